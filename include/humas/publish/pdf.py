"""Reports as PDF/A-2a and PDF/UA-1 with typst: same report, same bytes.

A template never sees raw data as markup: a report becomes ready text (:func:`payload`), passes as JSON
through ``sys.inputs``, and every string has only characters that the fonts can draw. One compiler per
worker process; typst and pikepdf are imported there and nowhere else.
"""

from __future__ import annotations

import io
import json
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from humas.chain import FileHash
from humas.errors import ProgramFault, ReportFault, SistemError
from humas.fence import GIVE_UP, OutOfTime, explain, in_halves, of_one_submission, time_limit
from humas.publish.model import Laporan, load_report
from humas.publish.payload import payload
from humas.publish.record import write_note
from humas.publish.release import write_whole

STANDAR = ("a-2a", "ua-1")
KELOMPOK = 8
SECONDS_EACH_PRINT = 300.0
DEAD_IN_A_ROW = 3
OnPrinted = Callable[[int, int], None]
OnFault = Callable[[bytes, ProgramFault], None]
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
    processes: int = 0,
    on_printed: OnPrinted | None = None,
    beside: WriteBeside | None = None,
    on_fault: OnFault | None = None,
) -> list[Cetakan]:
    """Print reports into ``folder`` as ``<id>.pdf``, in the order given.

    laporan: reports, or their :meth:`~humas.publish.model.Laporan.to_json`, which travels to workers as it is.
    processes: worker processes, spawned so that it works in any task; 0 prints in this one, which a report may then end.
    on_printed: called with (done, of how many) as the work goes on.
    beside: a function of a module that writes a report's other file into the folder, in the process that printed it,
    and tells its name and hash.
    on_fault: called with each report that our program fails on, and the fault; the others are printed. Without it the
    first such fault is raised.

    Beside the files of a report lies the note of what was printed (``humas.publish.record``), written last.

    Raises:
        SistemError: the folder cannot be written, or whatever prints dies. ProgramFault: every report fails alike.
    """
    teks = [satu if isinstance(satu, bytes) else satu.to_json() for satu in laporan]
    hasil = _Tally(len(teks), on_printed)
    if processes < 1:
        for nomor in _largest_first(teks):
            hasil.take([nomor], [_Bengkel(folder, beside).print_one(teks[nomor])])
    else:
        _print_apart(teks, _Bengkel(folder, beside), processes, hasil)
    for nomor, galat in sorted(hasil.faults.items()):
        if on_fault is None:
            raise galat
        on_fault(teks[nomor], galat)
    return [hasil.printed[nomor] for nomor in sorted(hasil.printed)]


class _Tally:
    """What became of each report so far, by its place."""

    def __init__(self, jumlah: int, on_printed: OnPrinted | None) -> None:
        self._jumlah, self._on_printed = jumlah, on_printed
        self.printed: dict[int, Cetakan] = {}
        self.faults: dict[int, ProgramFault] = {}

    def take(self, nomor: Sequence[int], hasil: Sequence[Cetakan | ProgramFault]) -> None:
        """Note what came of these.

        Raises:
            ProgramFault: many have failed alike and none was printed: then it is not the reports.
        """
        for satu, isi in zip(nomor, hasil, strict=True):
            if isinstance(isi, ProgramFault):
                self.faults[satu] = isi
            else:
                self.printed[satu] = isi
        alike = {(galat.cause, galat.detail) for galat in self.faults.values()}
        if len(self.faults) >= GIVE_UP and not self.printed and len(alike) == 1:
            raise next(iter(self.faults.values()))
        if self._on_printed:
            self._on_printed(len(self.printed) + len(self.faults), self._jumlah)

    def left(self, nomor: Iterable[int]) -> list[int]:
        """Those of which nothing is known yet."""
        return [satu for satu in nomor if satu not in self.printed and satu not in self.faults]


@dataclass(frozen=True, slots=True)
class _Bengkel:
    """What a worker needs beside the reports: where the files go, and what else to write of each."""

    folder: Path
    beside: WriteBeside | None

    def print_many(self, teks: Sequence[bytes]) -> list[Cetakan | ProgramFault]:
        """Print one batch, in its order."""
        return [self.print_one(satu) for satu in teks]

    def print_one(self, teks: bytes) -> Cetakan | ProgramFault:
        """Both files of a report, or why our program fails on it.

        Raises:
            SistemError: the folder cannot be written.
        """
        try:
            with time_limit(SECONDS_EACH_PRINT):
                return self._print(load_report(teks))
        except (Exception, OutOfTime) as error:
            if not of_one_submission(error):
                raise
            return explain(name_of(teks), error, ReportFault)

    def _print(self, laporan: Laporan) -> Cetakan:
        isi, standar, catatan = render(laporan)
        ringkas, halaman = _pack(isi)
        tujuan = self.folder / f"{laporan.id}.pdf"
        write_whole(tujuan, ringkas)
        berkas = {tujuan.name: FileHash.of(ringkas)}
        if self.beside:
            berkas.update([self.beside(laporan, self.folder)])
        write_note(laporan, self.folder, {f"laporan/{nama}": satu for nama, satu in berkas.items()})
        return Cetakan(laporan.id, tujuan, berkas[tujuan.name].sha256, halaman, standar, catatan)


def name_of(teks: bytes) -> str:
    """A report (its JSON) as a sentence begins with it."""
    return f"Laporan {json.loads(teks)['kepala']['nama']}"


def _largest_first(teks: Sequence[bytes]) -> list[int]:
    return sorted(range(len(teks)), key=lambda i: -len(teks[i]))


def _print_apart(teks: Sequence[bytes], bengkel: _Bengkel, processes: int, hasil: _Tally) -> None:
    """Print in workers. When one dies, nobody says at which report: ever smaller parts tell.

    Raises:
        SistemError: workers die whatever they are given.
    """

    def work(nomor: Sequence[int]) -> None:
        _pool(teks, hasil.left(nomor), bengkel, processes, hasil)

    urutan = _largest_first(teks)
    try:
        work(urutan)
    except BrokenProcessPool as galat:
        # Reports that none of a dead pool printed: one alone that kills its worker is no report's doing three times over.
        hopeless = None if hasil.printed else DEAD_IN_A_ROW
        try:
            mati = in_halves(hasil.left(urutan), work, lambda i: name_of(teks[i]), hopeless, ReportFault)
        except ReportFault:
            raise _all_dead() from galat
        hasil.faults |= {satu.item: ReportFault(satu.error.what, "proses cetaknya mati") for satu in mati}


def _all_dead() -> SistemError:
    return SistemError(
        "proses_cetak_mati",
        "Satu proses cetak mati di tengah kerja, juga sesudah diulang.",
        "periksa memori komputer (sekitar 0,3 GB tiap proses), kurangi HUMAS_PROSES_CETAK, lalu cetak lagi.",
    )


def _pool(teks: Sequence[bytes], nomor: Sequence[int], bengkel: _Bengkel, processes: int, hasil: _Tally) -> None:
    """Print these in workers, in batches that are noted as they are done.

    Raises:
        BrokenProcessPool: a worker died. SistemError: the folder cannot be written.
    """
    if not nomor:
        return
    besar = min(KELOMPOK, -(-len(nomor) // processes))
    kelompok = [nomor[i : i + besar] for i in range(0, len(nomor), besar)]
    konteks = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(kelompok)), mp_context=konteks) as kolam:
        tugas = {kolam.submit(bengkel.print_many, [teks[i] for i in satu]): satu for satu in kelompok}
        _collect(tugas, hasil)


def _collect(tugas: dict[Future[list[Cetakan | ProgramFault]], Sequence[int]], hasil: _Tally) -> None:
    """Results as they come, also those that came before a worker died; another failure cancels what has not begun."""
    mati: BrokenProcessPool | None = None
    try:
        for selesai in as_completed(tugas):
            try:
                hasil.take(tugas[selesai], selesai.result())
            except BrokenProcessPool as galat:
                mati = galat
    finally:
        for satu in tugas:
            satu.cancel()
    if mati:
        raise mati


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
