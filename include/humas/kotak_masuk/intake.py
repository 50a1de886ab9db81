"""Read, land, recognise and record: what must be safe before a file may leave ``masuk/``.

The warehouse is the ledger. An arrival is known by its place, its time of change, its bytes and whose it is; a
sweep that was killed finds what it recorded, records nothing twice, and goes on with the answer and the move.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from humas.errors import Pelaku, PengirimError
from humas.kotak_masuk.box import SALURAN, Kotak
from humas.kotak_masuk.evidence import evidence
from humas.kotak_masuk.folder import Folder, Isi
from humas.kotak_masuk.joining import data_set_of, join
from humas.kotak_masuk.model import MARK, Bawaan, Reception
from humas.kotak_masuk.recognise import TakDikenal, recognise
from humas.kotak_masuk.settle import unfinished
from humas.landing.arrival import order_time
from humas.landing.model import HasilSatker, Percobaan
from humas.periods import tanggal_jakarta
from humas.reading import read_files
from humas.sources import sniff

if TYPE_CHECKING:
    from humas.context import Konteks
    from humas.reading.table import Dokumen
    from humas.warehouse.arrivals import Kedatangan

TOO_LARGE = "berkas_terlalu_besar"


@dataclass(frozen=True, slots=True)
class Sapuan:
    """What all files of one sweep share.

    satu_lembaga: the only body this installation serves, or empty. nomor: counts the arrivals of the whole sweep.
    """

    k: Konteks
    run_id: str
    mulai: datetime
    satu_lembaga: str = ""
    nomor: Iterator[int] = field(default_factory=lambda: itertools.count(1))


@dataclass(frozen=True, slots=True)
class Landed:
    """A file whose bytes are safe in our store; nothing of it is understood yet."""

    isi: Isi
    sidik: str
    data: bytes


def fetch(sapuan: Sapuan, folder: Folder, isi: Isi) -> Landed | Bawaan | str:
    """Get one file's bytes and land them; one beyond the limit is refused unread, a text says why one is not whole yet.

    Raises:
        BerkasBerubah: it changed while it was read. LandingError: our own store failed.
        SumberError, SistemError: the drop-box does not give it out.
    """
    k = sapuan.k
    limit = k.settings.http.max_bytes
    if isi.ukuran > limit:
        return _too_large(sapuan, folder.kotak, isi, limit)
    data = folder.read(isi, limit)
    delay = unfinished(isi, data, sapuan.mulai, k.settings.box) if folder.kotak.berpindah_utuh else ""
    if delay:
        return delay
    digest, _ = k.landing.store(data)
    return Landed(isi, digest, data)


def understand(sapuan: Sapuan, kotak: Kotak, landed: Landed) -> Bawaan:
    """Read and recognise one landed file. Whatever it raises is a fault of our program on this file."""
    entry, data, register = landed.isi, landed.data, sapuan.k.register
    document, error = _read(entry.nama.shown, data)
    hints = evidence(entry.nama.text, data, document, register, kotak.lembaga)
    owner = recognise(hints, register, tanggal_jakarta(sapuan.mulai), sapuan.satu_lembaga)
    return Bawaan(
        kotak, entry, landed.sidik, len(data), sniff(data).media_type, document, error, owner, sapuan.mulai,
        himpunan=data_set_of(document),
    )  # fmt: skip


def _read(name: str, data: bytes) -> tuple[Dokumen | None, PengirimError | None]:
    """What the file holds, or why it cannot be read."""
    try:
        return read_files([(name, data)]), None
    except PengirimError as error:
        return None, error


def _too_large(sweep: Sapuan, box: Kotak, entry: Isi, limit: int) -> Bawaan:
    """A file beyond the limit is not read; it is set aside as it is, with the reason."""
    cause = f"Berkas melebihi batas {limit // 1024 // 1024} MiB dan tidak dibaca."
    remedy = "Hapus gambar dan lembar yang tidak perlu, lalu taruh lagi di masuk."
    unknown = TakDikenal(TOO_LARGE, cause, remedy)
    return Bawaan(box, entry, "", entry.ukuran, "", None, None, unknown, sweep.mulai)


def recall(sapuan: Sapuan, bawaan: Sequence[Bawaan]) -> None:
    """Ask the warehouse which arrivals are recorded and which bytes came before; the others are received now."""
    from humas.warehouse.arrivals import known

    _find_known(bawaan, known(sapuan.k.gudang, [file.sidik for file in bawaan if file.sidik]))
    for file in bawaan:
        if not file.tercatat:
            file.take_place(file.semula or receive(sapuan, file.isi))
    _note_repeats(bawaan)


def record(sapuan: Sapuan, bawaan: Sequence[Bawaan]) -> None:
    """Note every arrival that was recalled and checked in the warehouse, once; each body's quarter in a transaction.

    Within it files keep the order of the sweep, so that of two files of one unit the later one counts. A file that
    could not be checked is not recorded: whether it counts together with others is not known yet.
    """
    done = [file for file in bawaan if file.jawaban or not file.identitas]
    join(sapuan.k.gudang, done)
    new = [file for file in done if not file.tercatat]
    for group in _transactions(new):
        sapuan.k.gudang.record_collection([_outcome(sapuan, file) for file in group])
        for file in group:
            file.tercatat = True


def receive(sapuan: Sapuan, isi: Isi) -> Reception:
    """Received by our clock, or by the folder's where the installation trusts it; a microsecond apart in a sweep."""
    by_folder = isi.diubah if sapuan.k.settings.box.percaya_waktu else None
    offset = timedelta(microseconds=next(sapuan.nomor))
    arrival = sapuan.k.landing.arrive(sapuan.mulai + offset)
    received = min(by_folder or sapuan.mulai, sapuan.mulai) + offset
    return Reception(received, arrival.at, order_time(arrival, by_folder))


def _find_known(files: Iterable[Bawaan], arrivals: Iterable[Kedatangan]) -> None:
    """Recognise work done: arrivals that a killed sweep recorded, and bytes that came before."""
    recorded = list(arrivals)
    for file in files:
        same = [
            arrival
            for arrival in recorded
            if (arrival.lembaga, arrival.kode_satker, arrival.periode) == file.kunci and arrival.sidik == file.sidik
        ]
        this = [arrival for arrival in same if _is_arrival(arrival, file)]
        if this:
            file.tercatat, file.diterima_pada = True, this[0].diterima_pada
            file.tiba_pada, file.urut_pada = this[0].tiba_pada, this[0].urut_pada
        earlier = [arrival.diterima_pada for arrival in same if not this or arrival.tiba_pada < this[0].tiba_pada]
        file.pertama = min(earlier, default=None)


def _is_arrival(arrival: Kedatangan, file: Bawaan) -> bool:
    same_place = arrival.saluran == SALURAN and arrival.url == file.url
    return same_place and arrival.header.get(MARK) == file.isi.diubah.isoformat()


def _note_repeats(files: Iterable[Bawaan]) -> None:
    """The same bytes twice in one sweep: the second came after the first."""
    first: dict[tuple[tuple[str, str, str], str], datetime] = {}
    for file in files:
        key = (file.kunci, file.sidik)
        if key in first and file.pertama is None:
            file.pertama = first[key]
        first.setdefault(key, file.diterima_pada)


def _transactions(files: Iterable[Bawaan]) -> Iterator[list[Bawaan]]:
    """Files of one body and quarter together; a version that repeats begins a new transaction, which sees the first."""
    per_quarter: dict[tuple[str, str], list[list[Bawaan]]] = {}
    for file in files:
        groups = per_quarter.setdefault((file.kunci[0], file.kunci[2]), [[]])
        if any(_version(other) == _version(file) for other in groups[-1]):
            groups.append([])
        groups[-1].append(file)
    for groups in per_quarter.values():
        yield from groups


def _version(file: Bawaan) -> tuple[tuple[str, str, str], str]:
    return file.kunci, file.kiriman.sidik if file.kiriman else file.sidik


def _outcome(sweep: Sapuan, file: Bawaan) -> HasilSatker:
    """The attempt, the file and, when its unit is known, the submission."""
    lembaga, code, period = file.kunci
    attempt = Percobaan(
        lembaga, code, period, SALURAN, 0, 1, "berhasil", file.diterima_pada, 0.0, sweep.run_id,
        ukuran=file.ukuran, halaman=1, sidik=file.sidik,
    )  # fmt: skip
    if submission := file.kiriman:
        successful = replace(attempt, sidik=submission.sidik, halaman=len(submission.berkas))
        return HasilSatker(code, (successful,), submission)
    return HasilSatker(code, (_failed(attempt, file),), None, (file.berkas,) if file.sidik else ())


def _failed(attempt: Percobaan, file: Bawaan) -> Percobaan:
    unknown = file.siapa
    code, message, remedy = (
        (unknown.kode, unknown.sebab, unknown.cara) if isinstance(unknown, TakDikenal) else ("", "", "")
    )
    return replace(
        attempt,
        status="gagal",
        kode_galat=code,
        pelaku=str(Pelaku.PENGIRIM),
        pesan=f"{file.nama}: {message}",
        cara=remedy,
    )
