"""Reports as PDF/A-2a and PDF/UA-1 with typst: same report, same bytes.

A template never sees raw data as markup: a report becomes ready text (:func:`payload`), passes as JSON
through ``sys.inputs``, and every string has only characters that the fonts can draw. One compiler per
worker process; typst and pikepdf are imported there and nowhere else.
"""

from __future__ import annotations

import io
import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from humas.chain import FileHash
from humas.errors import SistemError
from humas.publish.model import Laporan, load_report
from humas.publish.payload import payload
from humas.publish.record import write_note
from humas.publish.release import write_whole

STANDAR = ("a-2a", "ua-1")
KELOMPOK = 8
OnPrinted = Callable[[int, int], None]
WriteBeside = Callable[[Laporan, Path], tuple[str, FileHash]]


@dataclass(frozen=True, slots=True)
class Cetakan:
    """One printed report. standar: PDF standards it fulfils, empty when it had to be printed without.

    catatan: why a standard had to be given up, else "".
    """

    id: str
    path: Path
    sha256: str
    halaman: int
    standar: tuple[str, ...]
    catatan: str = ""


def render(laporan: Laporan) -> tuple[bytes, tuple[str, ...], str]:
    """The PDF of a report, the standards it fulfils, and the reason when they are fewer than wished.

    Raises:
        SistemError: typst refuses the report even without standards.
    """
    return _compile(payload(laporan), laporan.terbit)


def print_batch(
    laporan: Iterable[Laporan | bytes],
    folder: Path,
    processes: int = 1,
    on_printed: OnPrinted | None = None,
    beside: WriteBeside | None = None,
) -> list[Cetakan]:
    """Print reports into ``folder`` as ``<id>.pdf``, in the order given.

    laporan: reports, or their :meth:`~humas.publish.model.Laporan.to_json`, which travels to workers as it is.
    processes: worker processes; 1 prints in this one. Workers are spawned, so that it works in any task.
    on_printed: called with (printed, of how many) as the work goes on.
    beside: a function of a module that writes a report's other file into the folder, in the process that printed it,
    and tells its name and hash.

    Beside the files of a report lies the note of what was printed (``humas.publish.record``), written last.

    Raises:
        SistemError: typst refuses a report, or the folder cannot be written.
    """
    teks = [satu if isinstance(satu, bytes) else satu.to_json() for satu in laporan]
    hasil: dict[int, Cetakan] = {}
    for nomor, cetakan in _printed(teks, _Bengkel(folder, beside), processes):
        hasil.update(zip(nomor, cetakan, strict=True))
        if on_printed:
            on_printed(len(hasil), len(teks))
    return [hasil[i] for i in range(len(teks))]


@dataclass(frozen=True, slots=True)
class _Bengkel:
    """What a worker needs beside the reports: where the files go, and what else to write of each."""

    folder: Path
    beside: WriteBeside | None

    def print_many(self, teks: Sequence[bytes]) -> list[Cetakan]:
        """Print one batch, in its order."""
        return [self._print_one(satu) for satu in teks]

    def _print_one(self, teks: bytes) -> Cetakan:
        laporan = load_report(teks)
        isi, standar, catatan = render(laporan)
        ringkas, halaman = _pack(isi)
        tujuan = self.folder / f"{laporan.id}.pdf"
        write_whole(tujuan, ringkas)
        berkas = {tujuan.name: FileHash.of(ringkas)}
        if self.beside:
            berkas.update([self.beside(laporan, self.folder)])
        write_note(laporan, self.folder, {f"laporan/{nama}": satu for nama, satu in berkas.items()})
        return Cetakan(laporan.id, tujuan, berkas[tujuan.name].sha256, halaman, standar, catatan)


def _printed(teks: Sequence[bytes], bengkel: _Bengkel, processes: int) -> Iterator[tuple[Sequence[int], list[Cetakan]]]:
    """Batches of reports as they are done, with their places; the largest begin first."""
    urutan = sorted(range(len(teks)), key=lambda i: -len(teks[i]))
    kelompok = [urutan[i : i + KELOMPOK] for i in range(0, len(urutan), KELOMPOK)]
    if processes <= 1 or len(kelompok) < 2:
        for nomor in kelompok:
            yield nomor, bengkel.print_many([teks[i] for i in nomor])
        return
    konteks = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(kelompok)), mp_context=konteks) as kolam:
        yield from _collect({kolam.submit(bengkel.print_many, [teks[i] for i in nomor]): nomor for nomor in kelompok})


def _collect(tugas: dict[Future[list[Cetakan]], list[int]]) -> Iterator[tuple[list[int], list[Cetakan]]]:
    """Results as they come; the first failure cancels what has not begun."""
    try:
        for selesai in as_completed(tugas):
            yield tugas[selesai], selesai.result()
    except BrokenProcessPool as galat:
        raise SistemError(
            "proses_cetak_mati",
            "Satu proses cetak mati di tengah kerja.",
            "periksa memori komputer (sekitar 0,3 GB tiap proses), kurangi HUMAS_PROSES_CETAK, lalu cetak lagi.",
        ) from galat
    finally:
        for satu in tugas:
            satu.cancel()


@cache
def _compiler() -> Any:
    """The one compiler of this process; making it loads the fonts."""
    import typst

    akar = Path(str(resources.files("humas.publish")))
    return typst.Compiler(
        akar / "templates" / "laporan.typ",
        root=akar / "templates",
        font_paths=[akar / "fonts"],
        ignore_system_fonts=True,
    )


def _compile(isi: dict[str, Any], terbit: str) -> tuple[bytes, tuple[str, ...], str]:
    import typst

    teks = json.dumps(isi, ensure_ascii=False)
    waktu = datetime.fromisoformat(terbit).replace(tzinfo=UTC)
    try:
        return run_typst(teks, waktu, STANDAR), STANDAR, ""
    except typst.TypstError as galat:
        sebab = str(galat)
    try:
        return run_typst(teks, waktu, ()), (), sebab
    except typst.TypstError as galat:
        raise SistemError(
            "cetak_ditolak",
            f"Laporan {isi['id']} tidak dapat dicetak: {galat}.",
            "laporkan ke pengembang dengan nomor laporan itu.",
        ) from galat


def run_typst(isi: str, waktu: datetime, standar: Sequence[str]) -> bytes:
    """Compile one payload (JSON text) with this process's compiler.

    Raises:
        typst.TypstError: typst refuses it.
    """
    hasil: bytes = _compiler().compile(
        format="pdf", sys_inputs={"data": isi}, pdf_standards=list(standar), timestamp=waktu
    )
    return hasil


def _pack(isi: bytes) -> tuple[bytes, int]:
    """The same PDF with object streams (a third of the size) and its number of pages; deterministic."""
    import pikepdf

    with pikepdf.open(io.BytesIO(isi)) as pdf:
        hasil = io.BytesIO()
        pdf.save(hasil, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return hasil.getvalue(), len(pdf.pages)
