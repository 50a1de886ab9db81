"""The calendar of election stages: when which election was under way, and where; dated lines with their source.

A line of the regime ``PEMILU`` says that an election was under way in its regions; one of ``UMUM``, that none was. Where both
hold, the election counts. A day and place of which no line speaks is not known, and nothing is concluded from it.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Final

from humas.errors import OperatorError, os_reason
from humas.text.digits import bounded_int

ELECTION: Final = "PEMILU"
GENERAL: Final = "UMUM"
STATUSES: Final = ("peraturan", "sumber sekunder", "asumsi")
COLUMNS: Final = ("pemilihan", "rezim", "mulai", "selesai", "wilayah", "status", "sumber")
EMBEDDED: Final = "tahapan.csv"
_EVERYWHERE, _BUT = "semua", "semua kecuali"
_DAY_FIRST = re.compile(r"(?P<hari>[0-9]{1,2})[/.-](?P<bulan>[0-9]{1,2})[/.-](?P<tahun>[0-9]{4})")
_FILE_REMEDY = f"simpan berkas tahapan (HUMAS_TAHAPAN) sebagai CSV dengan kolom {', '.join(COLUMNS)}."


@dataclass(frozen=True, slots=True)
class StageLine:
    """One line: an election, or that there is none, from a day to a day, both inclusive.

    regions: codes of the units it holds for; None for all but those of ``without``. written: its regions as written.
    status: one of `STATUSES`, how surely it is known. row: its line in the file.
    """

    election: str
    regime: str
    begin: date
    finish: date
    regions: frozenset[str] | None
    without: frozenset[str]
    written: str
    status: str
    source: str
    row: int

    def holds(self, code: str, day: date) -> bool:
        """Whether it speaks of a unit's region on a day."""
        return self.names(code) and self.begin <= day <= self.finish

    def names(self, code: str) -> bool:
        """Whether it speaks of a unit's region at all."""
        return code not in self.without if self.regions is None else code in self.regions


class Stages:
    """The lines of a calendar; it never changes."""

    def __init__(self, lines: Iterable[StageLine] = ()) -> None:
        self.lines = tuple(sorted(lines, key=lambda line: (line.begin, line.finish, line.election)))

    def at(self, code: str, day: date) -> StageLine | None:
        """The line that tells of a unit's region on a day: an election under way before "none"; None when none tells."""
        held = [line for line in self.lines if line.holds(code, day)]
        return min(held, key=lambda line: line.regime != ELECTION, default=None)


NO_STAGES: Final = Stages()
"""The calendar that knows nothing."""


@cache
def embedded_lines(codes: frozenset[str]) -> tuple[StageLine, ...]:
    """The lines that come with the program. codes: of all units, those of former years included."""
    text = resources.files("humas.registry").joinpath(f"data/{EMBEDDED}").read_text(encoding="utf-8")
    return checked(_parse(text, EMBEDDED, codes), EMBEDDED, codes)


def load_stages(codes: frozenset[str], file: Path | None = None) -> Stages:
    """The calendar: embedded lines, those of an election replaced by the lines of an installation's file that name it.

    Raises:
        OperatorError: ``tahapan_tak_terbaca``, with file, line and remedy: no clock may rest on half a calendar.
    """
    embedded = embedded_lines(codes)
    if file is None:
        return Stages(embedded)
    own = checked(_parse(_text(file), file.name, codes), file.name, codes)
    told = {_name(line.election) for line in own}
    return Stages((*(line for line in embedded if _name(line.election) not in told), *own))


def checked(lines: Iterable[StageLine], file: str, codes: Collection[str]) -> tuple[StageLine, ...]:
    """The lines, once no two of one election speak of a region twice, or leave days between them out."""
    known = tuple(lines)
    groups: dict[str, list[StageLine]] = {}
    for line in sorted(known, key=lambda line: (line.begin, line.finish)):
        groups.setdefault(_name(line.election), []).append(line)
    for group in groups.values():
        for code in sorted(codes):
            for earlier, later in pairwise(line for line in group if line.names(code)):
                _refuse_pair(earlier, later, code, file)
    return known


def _refuse_pair(earlier: StageLine, later: StageLine, code: str, file: str) -> None:
    """An election that goes on after a pause is named anew: a hole is a slip far more often. Pauses between elections are none."""
    gap = (later.begin - earlier.finish).days - 1
    if gap < 0:
        raise _fault(
            file, later.row, f'"{later.election}" bertumpuk dengan baris {earlier.row} bagi wilayah {code}',
            "ubah tanggal atau wilayah salah satunya.",
        )  # fmt: skip
    if gap > 0 and later.regime == ELECTION:
        begin = earlier.finish + timedelta(days=1)
        raise _fault(
            file, later.row, f'"{later.election}" tidak menyebut {gap} hari mulai {begin:%d/%m/%Y} bagi wilayah {code}',
            f"sambung dengan baris {earlier.row}, atau beri nama lain bila tahapannya memang dimulai lagi.",
        )  # fmt: skip


def _name(election: str) -> str:
    return " ".join(election.casefold().split())


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _unreadable(file, os_reason(error)) from error
    for encoding in ("utf-8-sig", "cp1252"):  # the latter is what a spreadsheet on Windows may save
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    raise _unreadable(file, "bukan UTF-8")


def _unreadable(file: Path, cause: str) -> OperatorError:
    return OperatorError("tahapan_tak_terbaca", f"Berkas tahapan {file} tidak dapat dibaca: {cause}.", _FILE_REMEDY)


def _fault(file: str, row: int, what: str, remedy: str) -> OperatorError:
    return OperatorError("tahapan_tak_terbaca", f"{file}, baris {row}: {what}.", remedy)


def _parse(text: str, file: str, codes: frozenset[str]) -> Iterator[StageLine]:
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    reader.fieldnames = [column.strip().lower() for column in reader.fieldnames or ()]
    if missing := next((name for name in COLUMNS if name not in reader.fieldnames), ""):
        raise _fault(file, 1, f'kolom "{missing}" tidak ada', _FILE_REMEDY)
    try:
        for row in reader:
            if None in row:
                raise _fault(
                    file,
                    reader.line_num,
                    "isiannya lebih banyak daripada kolomnya",
                    "beri tanda kutip pada isian yang memuat pemisah.",
                )
            if any(isinstance(value, str) and value.strip() for value in row.values()):
                yield _line(row, file, reader.line_num, codes)
    except csv.Error as error:
        raise OperatorError("tahapan_tak_terbaca", f"{file}: susunan CSV rusak.", _FILE_REMEDY) from error


def _line(row: Mapping[str, str | None], file: str, number: int, codes: frozenset[str]) -> StageLine:
    values = {name: (row[name] or "").strip() for name in COLUMNS}
    if empty := next((name for name in COLUMNS if not values[name]), ""):
        raise _fault(file, number, f'kolom "{empty}" kosong', "isi kolom itu.")
    for name, allowed in (("rezim", (ELECTION, GENERAL)), ("status", STATUSES)):
        if values[name] not in allowed:
            raise _fault(file, number, f'{name} "{values[name]}" tidak dikenal', f"tulis {', '.join(allowed)}.")
    begin, finish = (_day(values[name], file, number) for name in ("mulai", "selesai"))
    if finish < begin:
        raise _fault(file, number, f"selesai {finish:%d/%m/%Y} sebelum mulai {begin:%d/%m/%Y}", "tukar kedua tanggal.")
    regions, without = _regions(values["wilayah"], file, number, codes)
    return StageLine(
        values["pemilihan"], values["rezim"], begin, finish, regions, without, values["wilayah"], values["status"],
        values["sumber"], number,
    )  # fmt: skip


def _day(text: str, file: str, number: int) -> date:
    try:
        if match := _DAY_FIRST.fullmatch(text):
            return date(bounded_int(match["tahun"]), bounded_int(match["bulan"]), bounded_int(match["hari"]))
        return date.fromisoformat(text)
    except ValueError as error:
        raise _fault(file, number, f'"{text}" bukan tanggal', "tulis seperti 2026-08-17 atau 17/08/2026.") from error


def _regions(text: str, file: str, number: int, codes: frozenset[str]) -> tuple[frozenset[str] | None, frozenset[str]]:
    words = " ".join(text.replace(",", " ").split())
    if words == _EVERYWHERE:
        return None, frozenset()
    everywhere = words.startswith(f"{_BUT} ")
    named = frozenset(
        code
        for word in words.removeprefix(_BUT if everywhere else "").split()
        for code in _codes(word, file, number, codes)
    )
    return (None, named) if everywhere else (named, frozenset())


def _codes(word: str, file: str, number: int, codes: frozenset[str]) -> Iterator[str]:
    """The code itself, or all regencies and cities of a province: ``33.*``."""
    found = [code for code in codes if code.startswith(word[:-1])] if word.endswith(".*") else [word] * (word in codes)
    if not found:
        raise _fault(
            file, number, f'wilayah "{word}" tidak dikenal',
            "tulis semua, semua kecuali …, atau kode Kemendagri seperti 33, 33.74, atau 33.* untuk semua kabupaten/kota di sana.",
        )  # fmt: skip
    yield from found
