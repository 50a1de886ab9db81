"""The plan: findings in the order of their weight, each with the cell to look at, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from humas.contract.rules import Severity, load_rules
from humas.forms.feedback.book import Book
from humas.forms.feedback.kinds import ask_once, guesses
from humas.forms.feedback.model import MAX_FINDINGS, Checked, FeedbackPlan, Note
from humas.forms.feedback.rebuild import TablePlace
from humas.forms.feedback.sheet import Worksheet, column_index, reference
from humas.forms.feedback.words import (
    by_weight,
    clean,
    consequence,
    count_words,
    place_words,
    what_is_wrong,
)
from humas.layout.sheet import Sheet, column_letter
from humas.layout.upright import LAID_SIDEWAYS
from humas.periods import parse_period
from humas.periods.format import full_date
from humas.registry import DEFAULT_BODY, Lembaga
from humas.validation.answer import verdict_label
from humas.validation.suite import SILENT_COLUMN
from humas.values.cells import fold

if TYPE_CHECKING:
    from humas.registry import Register

COVER_SHEET = "Sampul"
_TWICE = "K17"
_COVER_LABELS = {
    "lembaga": ("lembaga",),
    "kode_satker": ("kodesatker", "kode"),
    "nama_satker": ("namasatker", "satker"),
    "periode": ("periode", "triwulan"),
    "nihil": ("nihil",),
    "cara": ("tambahatauganti", "sifatkiriman"),
    "versi_kontrak": ("versitemplat", "versikontrak"),
}


@dataclass(frozen=True)
class CellFinder:
    """Finds the cell that a finding speaks of.

    book: the workbook. worksheets: its sheets by name. positions: where each table of the document stands, by the name
    that findings give it. starts: first data row of each sheet. laid: sheets whose labels stand beside their values.
    """

    book: Book
    worksheets: Mapping[str, Worksheet]
    positions: Mapping[str, TablePlace]
    starts: Mapping[str, int]
    laid: Sequence[Sheet] = ()

    def find(self, finding: Mapping[str, Any]) -> tuple[str, tuple[int, int] | None]:
        """Name of the sheet ("" when none) and place of the cell (None when none)."""
        if finding["sheet"] == COVER_SHEET and not finding["row"]:
            name = next((sheet for sheet in self.worksheets if fold(sheet) == fold(COVER_SHEET)), "")
            return name, self._cover_cell(name, finding["field"])
        position = self.positions.get(finding["sheet"])
        if position is None or position.name not in self.worksheets:
            return "", None
        return position.name, self._cell(position, finding)

    def _cell(self, position: TablePlace, finding: Mapping[str, Any]) -> tuple[int, int] | None:
        sheet = self.worksheets[position.name]
        if spot := self._beside_label(finding):
            return sheet.anchor((spot[0] + position.offset, spot[1]))
        column = _column(position, finding["column"])
        if finding["row"] or (position.keys is not None and column is not None):
            row = int(finding["row"]) + position.offset
            column = next(iter(sheet.filled(row)), 0) if column is None else column
            return sheet.anchor((row, column))
        header = self._header(position.name, column)
        return sheet.anchor(header) if header else None

    def _beside_label(self, finding: Mapping[str, Any]) -> tuple[int, int] | None:
        """The cell of a row whose labels stand beside its values: by field, else by letter, else the first one.

        None in any other file, and of what is said of a label, which names its own cell.
        """
        laid = next((one for one in self.laid if _tells_of_row(one, finding)), None)
        if laid is None:
            return None
        row = int(finding["row"])
        fields = {**laid.columns, **laid.sources}
        if finding["field"] in fields and (place := laid.place(row, fields[finding["field"]])):
            return place
        spots = laid.spots(row)
        lettered = [spot for spot in spots if column_letter(spot[1]) == finding["column"]]
        return next(iter(lettered if len(lettered) == 1 else spots), None)

    def _header(self, name: str, column: int | None) -> tuple[int, int] | None:
        """The nearest filled cell above the data: of a column, or the first one of its row."""
        sheet = self.worksheets[name]
        above = [row for row in sheet.row if row < self.starts.get(name, 1_048_577)]
        for row in sorted(above, reverse=True):
            filled = sheet.filled(row)
            if filled and (column is None or column in filled):
                return row, filled[0] if column is None else column
        return None

    def _cover_cell(self, name: str, key: str) -> tuple[int, int] | None:
        """The cell beside the label of a cover field."""
        if not name:
            return None
        for place, cell in self.worksheets[name].cells.items():
            if len(cell) and fold(self.book.text(cell)) in _COVER_LABELS.get(key, ()):
                right = [column for column in self.worksheets[name].filled(place[0]) if column > place[1]]
                return place[0], right[0] if right else place[1] + 1
        return None


def make_plan(checked: Checked, register: Register, finder: CellFinder, *, whole: bool) -> FeedbackPlan:
    """All that the workbook will show. whole: the sender's own file comes back, not a workbook made anew."""
    answer = checked.answer
    ordered = list(ask_once(by_weight(answer["findings"], list(finder.worksheets))))
    notes = tuple(
        _note(number, finding, finder, answer["status"]) for number, finding in enumerate(ordered[:MAX_FINDINGS], 1)
    )
    rows = row_states(answer, finder.positions)
    return FeedbackPlan(
        _head(answer, register), _steps(answer, notes, whole=whole, empty=not finder.worksheets),
        notes, len(ordered) - len(notes), rows, whole,
    )  # fmt: skip


def row_states(answer: Mapping[str, Any], places: Mapping[str, TablePlace]) -> dict[str, dict[int, bool]]:
    """For each sheet of the workbook its data rows, with whether they are settled: accepted, and without a warning.

    A warning may be met in another cell than the one it names, so its whole row stays open; where a column is asked for
    once, all rows of its sheet do. Where labels stand beside their values a row of the report is no row of the sheet.
    """
    open_rows = {
        (finding["sheet"], finding["row"]) for finding in answer["findings"] if finding["severity"] == Severity.WARNING
    }
    asked = {finding["sheet"] for finding in answer["findings"] if finding["rule"] in {SILENT_COLUMN, LAID_SIDEWAYS}}
    states: dict[str, dict[int, bool]] = {}
    for row in answer["rows"]:
        position = places.get(row["sheet"])
        if position is not None:
            named = row["sheet"] in asked or (row["sheet"], row["row"]) in open_rows
            settled = row["state"] == "accepted" and not named
            number, rows = int(row["row"]) + position.offset, states.setdefault(position.name, {})
            rows[number] = settled and rows.get(number, True)
    return states


def _tells_of_row(sheet: Sheet, finding: Mapping[str, Any]) -> bool:
    """Whether a finding is on a row of a sheet, and not on its labels."""
    rule = load_rules().get(finding["rule"])
    if (
        rule is None
        or rule.code == SILENT_COLUMN
        or not (finding["field"] or rule.place == "baris" or rule.code == _TWICE)
    ):
        return False
    same = (sheet.name, sheet.dataset.name) == (finding["sheet"], finding["dataset"])
    return same and finding["row"] in map(sheet.number, sheet.indices)


def _column(position: TablePlace, letters: str) -> int | None:
    if position.keys is not None:
        return position.keys.get(letters)
    return column_index(letters) if letters else None


def _note(number: int, finding: Mapping[str, Any], layout: CellFinder, status: str) -> Note:
    sheet, place = layout.find(finding)
    where = f"{sheet} {reference(place)}" if sheet and place else place_words(finding) or "Seluruh berkas"
    return Note(
        number, Severity(finding["severity"]), consequence(finding, status), sheet, place, where, finding["label"],
        what_is_wrong(finding), clean(finding["fix"]), finding["rule"],
    )  # fmt: skip


def _head(answer: Mapping[str, Any], register: Register) -> tuple[tuple[str, str], ...]:
    period = parse_period(answer["periode"]).label if answer["periode"] else "belum dikenali dari berkas ini"
    lines = [("Satker", _owner(answer, register)), ("Periode", period), ("Berkas", answer["file"])]
    lines.append(("Hasil", verdict_label(answer)))
    if answer["reason"]:
        lines.append(("Sebab", f"{answer['reason']} {answer['remedy']}"))
    if answer["rows_in"]:
        lines.append(("Baris", count_words(answer)))
    if answer.get("due"):
        assumed = " (asumsi pemasangan)" if answer["due_assumed"] else ""
        lines.append(("Tenggat", full_date(date.fromisoformat(answer["due"])) + assumed))
    lines += [("Tabel", line) for line in guesses(answer["understood"])]
    return tuple((label, clean(text)) for label, text in lines if text)


def _owner(answer: Mapping[str, Any], register: Register) -> str:
    if not answer["satker"]:
        return "belum dikenali dari berkas ini"
    name = register.satker(answer["satker"]).official_name(Lembaga(answer["lembaga"] or DEFAULT_BODY))
    return f"{name} ({answer['satker']})"


def _steps(answer: Mapping[str, Any], notes: tuple[Note, ...], *, whole: bool, empty: bool) -> tuple[str, ...]:
    """What to do now, in order."""
    if empty:
        return ("Perbaiki berkas asli menurut daftar di bawah ini.", "Kirim ulang berkas itu.")
    if not any(note.severity is not Severity.INFO for note in notes):
        return ("Tidak ada yang perlu diperbaiki; semua baris sudah dihitung.",)
    steps = [
        "Klik tautan pada kolom Tempat; sel yang perlu dilihat berwarna dan berkomentar.",
        "Perbaiki isinya di sel itu.",
        "Simpan berkas ini, lalu kirim ulang seutuhnya. Lembar Perbaikan boleh dibiarkan.",
    ]
    if answer["accepted"]:
        steps.append(
            "Baris yang sudah diterima terkunci. Bila ada yang memang salah: Tinjau, lalu Buka Proteksi Lembar (tanpa sandi)."
        )
    if not whole:
        steps.append("Buku kerja ini disusun ulang dari berkas Anda; kirim buku kerja ini, bukan berkas lama.")
    if answer["file"].casefold().endswith(".csv"):
        steps.append(
            "Satker mengirim beberapa CSV? Perbaiki CSV ini saja dan kirim lagi sebagai CSV, agar yang lain tetap dihitung."
        )
    return tuple(steps)
