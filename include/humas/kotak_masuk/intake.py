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
    batas = k.settings.http.max_bytes
    if isi.ukuran > batas:
        return _too_large(sapuan, folder.kotak, isi, batas)
    data = folder.read(isi, batas)
    tunda = unfinished(isi, data, sapuan.mulai, k.settings.box) if folder.kotak.berpindah_utuh else ""
    if tunda:
        return tunda
    sidik, _ = k.landing.store(data)
    return Landed(isi, sidik, data)


def understand(sapuan: Sapuan, kotak: Kotak, landed: Landed) -> Bawaan:
    """Read and recognise one landed file. Whatever it raises is a fault of our program on this file."""
    isi, data, register = landed.isi, landed.data, sapuan.k.register
    dokumen, galat = _read(isi.nama.shown, data)
    petunjuk = evidence(isi.nama.text, data, dokumen, register, kotak.lembaga)
    siapa = recognise(petunjuk, register, tanggal_jakarta(sapuan.mulai), sapuan.satu_lembaga)
    return Bawaan(
        kotak, isi, landed.sidik, len(data), sniff(data).media_type, dokumen, galat, siapa, sapuan.mulai,
        himpunan=data_set_of(dokumen),
    )  # fmt: skip


def _read(nama: str, data: bytes) -> tuple[Dokumen | None, PengirimError | None]:
    """What the file holds, or why it cannot be read."""
    try:
        return read_files([(nama, data)]), None
    except PengirimError as galat:
        return None, galat


def _too_large(sapuan: Sapuan, kotak: Kotak, isi: Isi, batas: int) -> Bawaan:
    """A file beyond the limit is not read; it is set aside as it is, with the reason."""
    sebab = f"Berkas melebihi batas {batas // 1024 // 1024} MiB dan tidak dibaca."
    cara = "Hapus gambar dan lembar yang tidak perlu, lalu taruh lagi di masuk."
    siapa = TakDikenal(TOO_LARGE, sebab, cara)
    return Bawaan(kotak, isi, "", isi.ukuran, "", None, None, siapa, sapuan.mulai)


def recall(sapuan: Sapuan, bawaan: Sequence[Bawaan]) -> None:
    """Ask the warehouse which arrivals are recorded and which bytes came before; the others are received now."""
    from humas.warehouse.arrivals import known

    _find_known(bawaan, known(sapuan.k.gudang, [satu.sidik for satu in bawaan if satu.sidik]))
    for satu in bawaan:
        if not satu.tercatat:
            satu.take_place(satu.semula or receive(sapuan, satu.isi))
    _note_repeats(bawaan)


def record(sapuan: Sapuan, bawaan: Sequence[Bawaan]) -> None:
    """Note every arrival that was recalled and checked in the warehouse, once; each body's quarter in a transaction.

    Within it files keep the order of the sweep, so that of two files of one unit the later one counts. A file that
    could not be checked is not recorded: whether it counts together with others is not known yet.
    """
    selesai = [satu for satu in bawaan if satu.jawaban or not satu.identitas]
    join(sapuan.k.gudang, selesai)
    baru = [satu for satu in selesai if not satu.tercatat]
    for kelompok in _transactions(baru):
        sapuan.k.gudang.record_collection([_outcome(sapuan, satu) for satu in kelompok])
        for satu in kelompok:
            satu.tercatat = True


def receive(sapuan: Sapuan, isi: Isi) -> Reception:
    """Received by our clock, or by the folder's where the installation trusts it; a microsecond apart in a sweep."""
    menurut_folder = isi.diubah if sapuan.k.settings.box.percaya_waktu else None
    selisih = timedelta(microseconds=next(sapuan.nomor))
    arrival = sapuan.k.landing.arrive(sapuan.mulai + selisih)
    diterima_pada = min(menurut_folder or sapuan.mulai, sapuan.mulai) + selisih
    return Reception(diterima_pada, arrival.at, order_time(arrival, menurut_folder))


def _find_known(bawaan: Iterable[Bawaan], kedatangan: Iterable[Kedatangan]) -> None:
    """Recognise work done: arrivals that a killed sweep recorded, and bytes that came before."""
    semua = list(kedatangan)
    for satu in bawaan:
        sama = [d for d in semua if (d.lembaga, d.kode_satker, d.periode) == satu.kunci and d.sidik == satu.sidik]
        ini = [d for d in sama if _is_arrival(d, satu)]
        if ini:
            satu.tercatat, satu.diterima_pada = True, ini[0].diterima_pada
            satu.tiba_pada, satu.urut_pada = ini[0].tiba_pada, ini[0].urut_pada
        lama = [d.diterima_pada for d in sama if not ini or d.tiba_pada < ini[0].tiba_pada]
        satu.pertama = min(lama, default=None)


def _is_arrival(kedatangan: Kedatangan, bawaan: Bawaan) -> bool:
    tempat = kedatangan.saluran == SALURAN and kedatangan.url == bawaan.url
    return tempat and kedatangan.header.get(MARK) == bawaan.isi.diubah.isoformat()


def _note_repeats(bawaan: Iterable[Bawaan]) -> None:
    """The same bytes twice in one sweep: the second came after the first."""
    pertama: dict[tuple[tuple[str, str, str], str], datetime] = {}
    for satu in bawaan:
        kunci = (satu.kunci, satu.sidik)
        if kunci in pertama and satu.pertama is None:
            satu.pertama = pertama[kunci]
        pertama.setdefault(kunci, satu.diterima_pada)


def _transactions(bawaan: Iterable[Bawaan]) -> Iterator[list[Bawaan]]:
    """Files of one body and quarter together; a version that repeats begins a new transaction, which sees the first."""
    per_kunci: dict[tuple[str, str], list[list[Bawaan]]] = {}
    for satu in bawaan:
        rombongan = per_kunci.setdefault((satu.kunci[0], satu.kunci[2]), [[]])
        if any(_version(lain) == _version(satu) for lain in rombongan[-1]):
            rombongan.append([])
        rombongan[-1].append(satu)
    for rombongan in per_kunci.values():
        yield from rombongan


def _version(bawaan: Bawaan) -> tuple[tuple[str, str, str], str]:
    return bawaan.kunci, bawaan.kiriman.sidik if bawaan.kiriman else bawaan.sidik


def _outcome(sapuan: Sapuan, bawaan: Bawaan) -> HasilSatker:
    """The attempt, the file and, when its unit is known, the submission."""
    lembaga, kode, periode = bawaan.kunci
    percobaan = Percobaan(
        lembaga, kode, periode, SALURAN, 0, 1, "berhasil", bawaan.diterima_pada, 0.0, sapuan.run_id,
        ukuran=bawaan.ukuran, halaman=1, sidik=bawaan.sidik,
    )  # fmt: skip
    if kiriman := bawaan.kiriman:
        berhasil = replace(percobaan, sidik=kiriman.sidik, halaman=len(kiriman.berkas))
        return HasilSatker(kode, (berhasil,), kiriman)
    return HasilSatker(kode, (_failed(percobaan, bawaan),), None, (bawaan.berkas,) if bawaan.sidik else ())


def _failed(percobaan: Percobaan, bawaan: Bawaan) -> Percobaan:
    sebab = bawaan.siapa
    kode, pesan, cara = (sebab.kode, sebab.sebab, sebab.cara) if isinstance(sebab, TakDikenal) else ("", "", "")
    return replace(
        percobaan,
        status="gagal",
        kode_galat=kode,
        pelaku=str(Pelaku.PENGIRIM),
        pesan=f"{bawaan.nama}: {pesan}",
        cara=cara,
    )
