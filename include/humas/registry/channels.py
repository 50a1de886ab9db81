"""The installation's own file of channels: which way leads to which unit.

A line that cannot be used becomes a ``Gangguan`` and disables that channel of that unit; nothing else stops.
Only a file that cannot be read as a whole raises SistemError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from humas.errors import HumasError
from humas.registry.channel_file import KOLOM, Entri, Masalah, read_entries
from humas.registry.channel_line import BarisSaluran, faults_of, parse_body
from humas.registry.register import Gangguan, Register, Saluran
from humas.registry.unit import Satker


def read_channels(berkas: Path, register: Register) -> tuple[list[Saluran], list[Gangguan]]:
    """The channels of a file and its bad lines; raises SistemError (``register_tak_terbaca``) for a whole bad file."""
    saluran: dict[tuple[str, ...], Saluran] = {}
    gangguan: list[Gangguan] = []
    for entri in read_entries(berkas):
        hasil = _read_entry(entri, register)
        if isinstance(hasil, Saluran):
            kembar = saluran.setdefault(_identity(hasil), hasil)
            if kembar is hasil:
                continue
            hasil = (Masalah(f"Saluran ini sama dengan baris {kembar.baris}.", "hapus salah satu baris."),)
        gangguan.append(_report(entri, hasil, berkas.name, register))
    return list(saluran.values()), gangguan


def _identity(saluran: Saluran) -> tuple[str, ...]:
    return (saluran.lembaga, saluran.kode_satker, saluran.jenis, saluran.alamat, saluran.himpunan)


def _read_entry(entri: Entri, register: Register) -> Saluran | Sequence[Masalah]:
    """The channel of an entry, or all that is wrong with it."""
    if entri.masalah:
        return entri.masalah
    try:
        baris = BarisSaluran.model_validate({kolom: entri.isi.get(kolom, "").strip() for kolom in KOLOM})
    except ValidationError as galat:
        return faults_of(galat)
    satker = _find_unit(baris.kode_satker, baris.nama_satker, register)
    if isinstance(satker, Masalah):
        return (satker,)
    return _channel(baris, satker, entri.baris)


def _channel(baris: BarisSaluran, satker: Satker, nomor: int) -> Saluran:
    return Saluran(
        lembaga=baris.lembaga,
        kode_satker=satker.kode,
        jenis=baris.jenis,
        alamat=baris.alamat,
        urutan=baris.urutan,
        kredensial=baris.kredensial,
        himpunan=baris.himpunan,
        percaya_waktu=baris.percaya_waktu,
        aktif=baris.aktif,
        baris=nomor,
    )


def _find_unit(kode: str, nama: str, register: Register) -> Satker | Masalah:
    """The unit of a line by code, by name, or by both, which must then agree."""
    if not kode and not nama:
        return Masalah("Satker tidak disebut.", "isi kode_satker atau nama_satker.")
    try:
        satker = register.resolve(kode or nama)
    except HumasError as galat:
        return Masalah(galat.pesan, galat.cara)
    if satker.kode_baru:
        pesan = f"Kode {satker.kode} {satker.nama} tidak berlaku lagi."
        return Masalah(pesan, f'tulis kode "{satker.kode_baru}".')
    return (_disagreement(satker, nama, register) if kode and nama else None) or satker


def _disagreement(satker: Satker, nama: str, register: Register) -> Masalah | None:
    hasil = register.cari(nama)
    if satker in {hasil.satker, *hasil.calon}:
        return None
    bps = register.satker_bps(satker.kode)
    dugaan = f" {satker.kode} mungkin kode BPS." if bps and bps == hasil.satker else ""
    benar = f'tulis kode "{hasil.satker.kode}", atau perbaiki namanya.' if hasil.satker else "samakan kode dan nama."
    return Masalah(f'Kode {satker.kode} adalah {satker.nama}, tetapi tertulis "{nama[:60]}".{dugaan}', benar)


def _report(entri: Entri, masalah: Sequence[Masalah], berkas: str, register: Register) -> Gangguan:
    lembaga = parse_body(entri.isi.get("lembaga", ""))
    return Gangguan(
        berkas=berkas,
        baris=entri.baris,
        pesan=_printable(" ".join(satu.pesan for satu in masalah)),
        cara=_join_remedies(masalah),
        lembaga=lembaga or "",
        kode=_code_of(entri.isi, register),
    )


def _printable(teks: str) -> str:
    """What was written may hold control characters; no terminal and no page should act on them."""
    return "".join(huruf if huruf.isprintable() else "�" for huruf in teks)


def _join_remedies(masalah: Sequence[Masalah]) -> str:
    """The remedies as sentences; the first starts small, because the name of the actor stands before it."""
    pertama, *lain = dict.fromkeys(satu.cara for satu in masalah)
    return _printable(" ".join((pertama, *(satu[:1].upper() + satu[1:] for satu in lain))))


def _code_of(isi: Mapping[str, str], register: Register) -> str:
    """The code of the unit a bad line is about, as far as it can be told; by name when the code says nothing."""
    for kolom in ("kode_satker", "nama_satker"):
        if satker := register.find(isi.get(kolom, "")):
            return satker.kode_baru or satker.kode
    return ""
