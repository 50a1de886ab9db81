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
    channels: dict[tuple[str, ...], Saluran] = {}
    faults: list[Gangguan] = []
    for entry in read_entries(berkas):
        result = _read_entry(entry, register)
        if isinstance(result, Saluran):
            earlier = channels.setdefault(_identity(result), result)
            if earlier is result:
                continue
            result = (Masalah(f"Saluran ini sama dengan baris {earlier.baris}.", "hapus salah satu baris."),)
        faults.append(_report(entry, result, berkas.name, register))
    return list(channels.values()), faults


def _identity(channel: Saluran) -> tuple[str, ...]:
    return (channel.lembaga, channel.kode_satker, channel.jenis, channel.alamat, channel.himpunan)


def _read_entry(entry: Entri, register: Register) -> Saluran | Sequence[Masalah]:
    """The channel of an entry, or all that is wrong with it."""
    if entry.masalah:
        return entry.masalah
    try:
        row = BarisSaluran.model_validate({column: entry.isi.get(column, "").strip() for column in KOLOM})
    except ValidationError as error:
        return faults_of(error)
    satker = _find_unit(row.kode_satker, row.nama_satker, register)
    if isinstance(satker, Masalah):
        return (satker,)
    return _channel(row, satker, entry.baris)


def _channel(row: BarisSaluran, satker: Satker, number: int) -> Saluran:
    return Saluran(
        lembaga=row.lembaga,
        kode_satker=satker.kode,
        jenis=row.jenis,
        alamat=row.alamat,
        urutan=row.urutan,
        kredensial=row.kredensial,
        himpunan=row.himpunan,
        percaya_waktu=row.percaya_waktu,
        aktif=row.aktif,
        baris=number,
    )


def _find_unit(code: str, name: str, register: Register) -> Satker | Masalah:
    """The unit of a line by code, by name, or by both, which must then agree."""
    if not code and not name:
        return Masalah("Satker tidak disebut.", "isi kode_satker atau nama_satker.")
    try:
        satker = register.resolve(code or name)
    except HumasError as error:
        return Masalah(error.pesan, error.cara)
    if satker.kode_baru:
        message = f"Kode {satker.kode} {satker.nama} tidak berlaku lagi."
        return Masalah(message, f'tulis kode "{satker.kode_baru}".')
    return (_disagreement(satker, name, register) if code and name else None) or satker


def _disagreement(satker: Satker, name: str, register: Register) -> Masalah | None:
    found = register.cari(name)
    if satker in {found.satker, *found.calon}:
        return None
    bps = register.satker_bps(satker.kode)
    guess = f" {satker.kode} mungkin kode BPS." if bps and bps == found.satker else ""
    remedy = f'tulis kode "{found.satker.kode}", atau perbaiki namanya.' if found.satker else "samakan kode dan nama."
    return Masalah(f'Kode {satker.kode} adalah {satker.nama}, tetapi tertulis "{name[:60]}".{guess}', remedy)


def _report(entry: Entri, problems: Sequence[Masalah], file: str, register: Register) -> Gangguan:
    lembaga = parse_body(entry.isi.get("lembaga", ""))
    return Gangguan(
        berkas=file,
        baris=entry.baris,
        pesan=_printable(" ".join(problem.pesan for problem in problems)),
        cara=_join_remedies(problems),
        lembaga=lembaga or "",
        kode=_code_of(entry.isi, register),
    )


def _printable(text: str) -> str:
    """What was written may hold control characters; no terminal and no page should act on them."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def _join_remedies(problems: Sequence[Masalah]) -> str:
    """The remedies as sentences; the first starts small, because the name of the actor stands before it."""
    first, *others = dict.fromkeys(problem.cara for problem in problems)
    return _printable(" ".join((first, *(remedy[:1].upper() + remedy[1:] for remedy in others))))


def _code_of(values: Mapping[str, str], register: Register) -> str:
    """The code of the unit a bad line is about, as far as it can be told; by name when the code says nothing."""
    for column in ("kode_satker", "nama_satker"):
        if satker := register.find(values.get(column, "")):
            return satker.kode_baru or satker.kode
    return ""
