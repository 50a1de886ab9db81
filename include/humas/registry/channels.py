"""The installation's own file of channels: which way leads to which unit.

A line that cannot be used becomes a ``Trouble`` and disables that channel of that unit; nothing else stops.
Only a file that cannot be read as a whole raises OperatorError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from humas.errors import HumasError
from humas.registry.channel_file import COLUMNS, ChannelEntry, EntryProblem, read_entries
from humas.registry.channel_line import ChannelRow, faults_of, parse_body
from humas.registry.register import Channel, Register, Trouble
from humas.registry.unit import Lembaga, Satker


def read_channels(file: Path, register: Register) -> tuple[list[Channel], list[Trouble]]:
    """The channels of a file and its bad lines; raises OperatorError (``register_tak_terbaca``) for a whole bad file."""
    channels: dict[tuple[str, ...], Channel] = {}
    faults: list[Trouble] = []
    for entry in read_entries(file):
        result = _read_entry(entry, register)
        if isinstance(result, Channel):
            key = (result.lembaga, result.satker_code, result.kind, result.address, result.dataset)
            earlier = channels.setdefault(key, result)
            if earlier is result:
                continue
            result = (EntryProblem(f"Saluran ini sama dengan baris {earlier.row}.", "hapus salah satu baris."),)
        faults.append(_report(entry, result, file.name, register))
    return list(channels.values()), faults


def _read_entry(entry: ChannelEntry, register: Register) -> Channel | Sequence[EntryProblem]:
    """The channel of an entry, or all that is wrong with it."""
    if entry.problems:
        return entry.problems
    try:
        row = ChannelRow.model_validate({column: entry.content.get(column, "").strip() for column in COLUMNS})
    except ValidationError as error:
        return faults_of(error)
    satker = _find_unit(row.lembaga, row.kode_satker, row.nama_satker, register)
    if isinstance(satker, EntryProblem):
        return (satker,)
    return _channel(row, satker, entry.row)


def _channel(row: ChannelRow, satker: Satker, number: int) -> Channel:
    return Channel(
        lembaga=row.lembaga,
        satker_code=satker.code,
        kind=row.jenis,
        address=row.alamat,
        order=row.urutan,
        credential=row.kredensial,
        dataset=row.himpunan,
        trust_time=row.percaya_waktu,
        active=row.aktif,
        row=number,
        way=row.cara,
    )


def _find_unit(lembaga: Lembaga, code: str, name: str, register: Register) -> Satker | EntryProblem:
    """The unit of a line by code, by name, or by both, which must then agree."""
    if not code and not name:
        return EntryProblem("Satker tidak disebut.", "isi kode_satker atau nama_satker.")
    try:
        satker = register.resolve(code or name)
        register.unit_of(lembaga, satker.code)
    except HumasError as error:
        return EntryProblem(error.message, error.remedy)
    if satker.new_code:
        message = f"Kode {satker.code} {satker.name} tidak berlaku lagi."
        return EntryProblem(message, f'tulis kode "{satker.new_code}".')
    return (_disagreement(satker, name, register) if code and name else None) or satker


def _disagreement(satker: Satker, name: str, register: Register) -> EntryProblem | None:
    found = register.search(name)
    if satker in {found.satker, *found.candidates}:
        return None
    bps = register.satker_by_bps(satker.code)
    guess = f" {satker.code} mungkin kode BPS." if bps and bps == found.satker else ""
    remedy = f'tulis kode "{found.satker.code}", atau perbaiki namanya.' if found.satker else "samakan kode dan nama."
    return EntryProblem(f'Kode {satker.code} adalah {satker.name}, tetapi tertulis "{name[:60]}".{guess}', remedy)


def _report(entry: ChannelEntry, problems: Sequence[EntryProblem], file: str, register: Register) -> Trouble:
    lembaga = parse_body(entry.content.get("lembaga", ""))
    return Trouble(
        file=file,
        row=entry.row,
        message=_printable(" ".join(problem.message for problem in problems)),
        remedy=_join_remedies(problems),
        lembaga=lembaga or "",
        code=_code_of(entry.content, register),
    )


def _printable(text: str) -> str:
    """What was written may hold control characters; no terminal and no page should act on them."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def _join_remedies(problems: Sequence[EntryProblem]) -> str:
    """The remedies as sentences; the first starts small, because the name of the actor stands before it."""
    first, *others = dict.fromkeys(problem.remedy for problem in problems)
    return _printable(" ".join((first, *(remedy[:1].upper() + remedy[1:] for remedy in others))))


def _code_of(values: Mapping[str, str], register: Register) -> str:
    """The code of the unit a bad line is about, as far as it can be told; by name when the code says nothing."""
    for column in ("kode_satker", "nama_satker"):
        if satker := register.find(values.get(column, "")):
            return satker.new_code or satker.code
    return ""
