"""A recap: rows of many units in one file of their superior, each handed to the unit it names.

Only a superior may speak for a unit: a province for its regencies and cities, the nation for all. Rows of other units, of
another body, and rows whose unit nobody can tell stay with the sender, where the rules hold them and say why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from humas.contract.rules import Severity, get_rule
from humas.errors import OperatorError
from humas.landing.model import share_id
from humas.layout.confirmed import as_corrected
from humas.layout.fingerprint import explained
from humas.layout.sheet import Recognised, Sheet
from humas.layout.tables import recognise_sheet
from humas.layout.titles import assign_units
from humas.periods import format_number, parse_period
from humas.reading.faults import MAX_ROWS
from humas.registry import Register
from humas.validation.cover import read_cover
from humas.validation.result import BatchResult, Division, ReadSubmission, SubmissionResult, SubmissionStatus
from humas.values.cells import as_text, choices, clean_text, fold
from humas.values.codes import settle_code
from humas.values.lessons import KnownHeadings

NATION = "00"
NO_HEADINGS = KnownHeadings()
_IDENTITY = frozenset({"kode_satker", "nama_satker"})
_WHOSE = ("kode_satker", "nama_satker", "lembaga")


def with_shares(
    readings: Iterable[ReadSubmission], register: Register, headings: KnownHeadings = NO_HEADINGS
) -> list[list[ReadSubmission]]:
    """Each submission with its shares behind it: what a recap says of each unit, as a submission of that unit.

    Alone stands a file that is no recap, or that is refused as a whole. headings: what people explained of columns; it
    comes out with the documents, so that all that follows reads them so.
    """
    return [_with_shares(_as_explained(reading, headings), register) for reading in readings]


def _as_explained(reading: ReadSubmission, headings: KnownHeadings) -> ReadSubmission:
    if reading.document is None or not headings:
        return reading
    document = explained(reading.document, headings, reading.lembaga, reading.satker_code, reading.received_at)
    return replace(reading, document=document)


def _with_shares(reading: ReadSubmission, register: Register) -> list[ReadSubmission]:
    if "." in reading.satker_code or reading.document is None or read_cover(reading, register).refusal:
        return [reading]
    division = divide(reading, register)
    if len(division.parts) == 1 or division.rows > MAX_ROWS:
        return [reading]
    shares = [
        replace(reading, id=share_id(reading.id, (reading.lembaga, code, reading.period)), satker_code=code)
        for code in sorted(division.parts.keys() - {reading.satker_code})
    ]
    return [replace(one, division=division) for one in (reading, *shares)]


def divide(reading: ReadSubmission, register: Register) -> Division:
    """Whose rows a superior's file holds; it keeps its own, and those that can be handed to nobody.

    Raises:
        OperatorError: ``neraca_baris``, a row was given to nobody or twice.
    """
    day = parse_period(reading.period).end
    whose = _Whose(reading.satker_code, reading.lembaga, register, day)
    tables = as_corrected(reading.document.tables) if reading.document else ()
    whole = [assign_units(recognise_sheet(table), reading.satker_code, register, day) for table in tables]
    parts: defaultdict[str, list[Recognised]] = defaultdict(list, {reading.satker_code: []})
    for recognised in whole:
        for code, part in whose.apart(recognised):
            parts[code].append(part)
    division = Division(reading.satker_code, {code: tuple(part) for code, part in parts.items()}, reading.id)
    if division.rows != sum(len(sheet.indices) for recognised in whole for sheet in recognised.sheets):
        raise OperatorError(
            "neraca_baris", "Baris rekap tidak terbagi habis kepada satkernya.",
            "hentikan penerbitan dan laporkan kepada pengembang.",
        )  # fmt: skip
    return division


@dataclass(slots=True)
class _Whose:
    """Tells whose a row is. known: what a row says of its unit and body → the code it goes to."""

    sender: str
    lembaga: str
    register: Register
    day: date
    known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def apart(self, recognised: Recognised) -> Iterator[tuple[str, Recognised]]:
        """A sheet by unit. The sender keeps its tables with all that is to be said of them, even when no row is left."""
        own: list[Sheet] = []
        others: defaultdict[str, list[Sheet]] = defaultdict(list)
        for sheet in recognised.sheets:
            rows = self._rows(sheet)
            own.append(replace(sheet, indices=tuple(rows.pop(self.sender, ()))))
            for code, indices in rows.items():
                others[code].append(self._handed(sheet, code, indices))
        yield self.sender, replace(recognised, sheets=tuple(own))
        for code, sheets in others.items():
            yield code, Recognised(recognised.name, tuple(sheets))

    def _rows(self, sheet: Sheet) -> dict[str, list[int]]:
        """Rows of a table by unit; a table that lacks a required column is told to its sender as a whole."""
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for index in sheet.indices:
            rows[self.sender if sheet.missing or sheet.draft else self._unit(sheet, index)].append(index)
        return rows

    def _unit(self, sheet: Sheet, index: int) -> str:
        row = sheet.table.cells[index]
        said = tuple(_said(sheet, row, name) for name in _WHOSE)
        if said not in self.known:
            self.known[said] = self._find(*said)
        return self.known[said]

    def _find(self, code: str, name: str, body: str) -> str:
        """The unit that code and name agree on, when the sender may speak for it; else the sender."""
        if body and choices("lembaga").get(fold(body), "") != self.lembaga:
            return self.sender
        named = self._named(name, narrow=not code)
        if not code:
            return named if named and self._below(named) else self.sender
        settled = settle_code(code, name, self.sender, self.register, self.day)
        agreed = named == settled if name else True
        return settled if agreed and self._below(settled) else self.sender

    def _named(self, name: str, *, narrow: bool) -> str:
        """The unit a name means; of several the only one that the sender may speak for, where no code is written."""
        if not name:
            return ""
        found = self.register.search_cell(name, self.day)
        if found.satker:
            return found.satker.code
        below = [unit.code for unit in found.candidates if self._below(unit.code)]
        return below[0] if narrow and len(below) == 1 else ""

    def _below(self, code: str) -> bool:
        below = code != NATION if self.sender == NATION else code.startswith(f"{self.sender}.")
        return below and self.register.in_force(code, self.day)

    def _handed(self, sheet: Sheet, code: str, indices: Sequence[int]) -> Sheet:
        """The rows of one unit as its own: whose they are is settled, and what is to be said of the table, its sender hears."""
        columns = {name: position for name, position in sheet.columns.items() if name not in _IDENTITY}
        owner = {"kode_satker": code, "nama_satker": self.register.satker(code, self.day).name}
        return replace(sheet, columns=columns, indices=tuple(indices), notes=(), nihil=False, owner=owner)


def _said(sheet: Sheet, row: Sequence[object], name: str) -> str:
    """What a row says in a column about whose it is; else what the title above it says."""
    position = sheet.columns.get(name)
    cell = row[position] if position is not None and position < len(row) else None
    text = clean_text(as_text(cell))[0].strip().lstrip("'") if cell is not None else ""
    return text or str(sheet.owner.get(name) or "")


def whole_verdict(result: BatchResult) -> SubmissionResult:
    """The verdict on a file as its sender hears it: of a recap, over all units together.

    One that is held with the question whose quarter it is, is held as a whole.
    """
    own, *shares = result.submissions
    if not shares:
        return own
    rows_in, accepted, held, duplicates, required, filled = (
        sum(getattr(verdict, name) for verdict in result.submissions)
        for name in ("baris_masuk", "diterima", "dikarantina", "kembar", "sel_wajib", "sel_wajib_terisi")
    )
    refused = own.status is SubmissionStatus.REFUSED
    as_sent = (own.status, own.alasan, own.cara)
    status, reason, remedy = as_sent if refused else _status_of(result, rows_in, accepted, held)
    return replace(
        own, status=status, alasan=reason, cara=remedy, baris_masuk=rows_in, diterima=accepted, dikarantina=held,
        kembar=duplicates, sel_wajib=required, sel_wajib_terisi=filled,
    )  # fmt: skip


def _status_of(result: BatchResult, rows_in: int, accepted: int, held: int) -> tuple[SubmissionStatus, str, str]:
    if not accepted:
        message = (
            f"Tidak ada baris yang dapat diterima: {format_number(held)} dari {format_number(rows_in)} baris ditahan."
        )
        return SubmissionStatus.REFUSED, message, get_rule("K33").remedy
    if held:
        return SubmissionStatus.PARTIAL, "", ""
    warned = (result.findings["keparahan"] == Severity.WARNING).any()
    return SubmissionStatus.WITH_NOTES if warned else SubmissionStatus.ACCEPTED, "", ""
