"""All rows of one data set judged together: read, compared with each other, put before the suite, told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from typing import Any

import numpy as np
import pandas as pd

from humas.contract.columns import Column, ColumnType, Dataset
from humas.contract.rules import Severity, get_rule
from humas.contract.vocabulary import VOCABULARIES_OF_BODIES
from humas.layout.date_order import ask_about_order
from humas.privacy import TextForm, mask
from humas.validation.batch import RowBatch
from humas.validation.checks.base import Knowledge, Mask
from humas.validation.checks.regime import FILLED, FILLED_COLUMN
from humas.validation.engine import run_suite
from humas.validation.keys import event_ids, row_ids, row_keys
from humas.validation.masking import context_of
from humas.validation.messages import Finding, Writer
from humas.validation.quarter import NOWHERE, Elsewhere, Origin, counted_elsewhere, unit_zone
from humas.validation.silent import AskedOnce, ask_once, excused_rows, silent_columns, spared_rows
from humas.validation.suite import EMPTY, ERROR, TYPED, expectations
from humas.validation.unread import findings_on, unread_columns
from humas.values.cells import ColumnReading, read_column, vocabulary_of
from humas.values.codes import settle_column
from humas.values.lessons import Taught
from humas.values.regime import calendar_regimes
from humas.values.taught import KIND, REFUSED, answered

_TIMES = frozenset({ColumnType.DATE, ColumnType.DATETIME})


@dataclass(slots=True)
class RowResult:
    """The rows of one data set after judgement; positions refer to the ``RowBatch``.

    held: position → rule codes. duplicates: position → position of the first such row.
    required: cells every row should fill. filled: how many of them it has or cannot have, by row. readings: columns as read.
    """

    accepted: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)
    held: dict[int, list[str]] = field(default_factory=dict)
    duplicates: dict[int, int] = field(default_factory=dict)
    required: int = 0
    filled: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    readings: dict[str, ColumnReading] = field(default_factory=dict)

    def parsed(self, position: int) -> dict[str, object]:
        """What was understood of a row, as JSON values with personal data masked; None when empty or unreadable."""
        cells = {name: column.distinct[column.code[position]] for name, column in self.readings.items()}
        return {name: None if cell.problem else _plain(cell.value, context_of(name)) for name, cell in cells.items()}


def _plain(value: object, context: TextForm) -> object:
    """A value read from a cell as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return mask(value, context) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The rows of one data set as read, before they are judged.

    defects: rows of broken sheets, and such as people said are no activities → rule codes. duplicates: row told twice → the first such row. frame: all others, as
    the suite sees them, by position in the ``RowBatch``.
    """

    batch: RowBatch
    readings: dict[str, ColumnReading]
    defects: dict[int, list[str]]
    duplicates: dict[int, int]
    frame: pd.DataFrame

    def without(self, held: Collection[int]) -> ReadRows:
        """The rows of all submissions but these (by position): what is held as a whole is not looked at row by row."""
        if not held:
            return self
        submissions = self.batch.submissions
        return replace(
            self,
            defects={position: codes for position, codes in self.defects.items() if submissions[position] not in held},
            duplicates={
                position: first for position, first in self.duplicates.items() if submissions[position] not in held
            },
            frame=self.frame[~self.frame["kiriman"].isin(held)],
        )


def read_rows(
    batch: RowBatch, origin: Sequence[Origin], knowledge: Knowledge, elsewhere: Elsewhere = NOWHERE
) -> ReadRows:
    """Read all rows of a data set and find which of them other quarters count; nothing is judged."""
    readings = _read(batch, origin, knowledge, elsewhere.taught)
    broken = _rows_of_broken_sheets(batch)
    broken |= {position: [REFUSED] for position in _refused(readings) if position not in broken}
    duplicates = _duplicates(batch, readings, broken)
    remaining = [position for position in range(len(batch)) if position not in broken and position not in duplicates]
    frame = build_frame(batch.dataset, readings, batch, origin, remaining)
    frame["counted_in"] = counted_elsewhere(batch.dataset, frame, origin, elsewhere)
    if "rezim" in batch.dataset.by_name:
        frame["calendar_regime"] = calendar_regimes(
            frame["diminta_lembaga"], frame["kode_satker"], frame[batch.dataset.dated_by], knowledge.register.stages
        )
    return ReadRows(batch, readings, broken, duplicates, frame)


def judge(rows: ReadRows, origin: Sequence[Origin], knowledge: Knowledge) -> RowResult:
    """Judge the rows of a data set; every one ends in exactly one of accepted, quarantined, duplicate."""
    batch, readings, duplicates, frame = rows.batch, rows.readings, rows.duplicates, rows.frame
    dataset = batch.dataset
    writer = Writer(batch, readings, frame, knowledge, lambda position: origin[batch.submissions[position]].id)
    violations = run_suite(dataset, frame, knowledge)
    excused = excused_rows(dataset, readings)
    required = [readings[column.name].filled | excused.get(column.name, False) for column in dataset.wanted]
    filled = np.asarray(np.sum(required, axis=0, dtype=np.int64))
    result = RowResult(
        pd.DataFrame(),
        duplicates=duplicates,
        held=dict(rows.defects),
        required=len(required),
        filled=filled,
        readings=readings,
    )
    spared = spared_rows(dataset, readings)
    silent = silent_columns(batch, readings, list(frame.index), spared)
    result.findings.extend(ask_once(batch, silent, writer.submission_id))
    dropped = _apply(dataset, _told_once(_without_silent(violations, silent, spared), silent), writer, result)
    _hold_unread_personal_data(batch, list(frame.index), writer, result)
    refused = {position for position, codes in rows.defects.items() if codes == [REFUSED]}
    result.findings.extend(_remarks(writer, duplicates, refused))
    result.accepted = _accepted(dataset, batch, frame, result, dropped, origin, knowledge)
    return result


def _read(batch: RowBatch, origins: Sequence[Origin], known: Knowledge, taught: Taught) -> dict[str, ColumnReading]:
    """All columns read; the period tells missing years, the unit damaged codes; an empty cell takes another's value."""

    def body(position: int) -> str:
        return origins[batch.submissions[position]].lembaga

    def period(position: int) -> tuple[date, date]:
        origin = origins[batch.submissions[position]]
        return origin.start.date(), origin.end.date()

    def asked(position: int) -> str:
        return origins[batch.submissions[position]].satker_code

    def zone(position: int) -> tzinfo:
        return unit_zone(known.register, asked(position))

    readings = {
        column.name: read_column(column, batch.cells[column.name]).with_zones(zone).with_years(period)
        for column in batch.dataset.columns
    }
    for column in batch.dataset.columns:
        if vocabulary_of(column) in VOCABULARIES_OF_BODIES:
            readings[column.name] = readings[column.name].with_bodies(column, body)
        if explained := answered(taught, column):
            readings[column.name] = readings[column.name].with_answers(body, explained)
    for column in batch.dataset.columns:
        if column.type_name in _TIMES:
            cells = batch.cells[column.name]
            dated = column.name == batch.dataset.dated_by
            readings[column.name] = ask_about_order(readings[column.name], cells, batch.sheets, period, dated=dated)
    readings["kode_satker"] = settle_column(readings["kode_satker"], readings["nama_satker"], asked, known.register)
    for column in batch.dataset.columns:
        if column.default_from:
            readings[column.name] = readings[column.name].filled_from(readings[column.default_from])
    return readings


def _rows_of_broken_sheets(batch: RowBatch) -> dict[int, list[str]]:
    """Rows of sheets that lack a required column, with the code of that sheet's finding."""
    codes = {i: "K15" if not sheet.columns else "K13" for i, sheet in enumerate(batch.origins) if sheet.missing}
    return {position: [codes[sheet]] for position, sheet in enumerate(batch.sheets) if sheet in codes}


def _refused(readings: Mapping[str, ColumnReading]) -> set[int]:
    """Rows that people said are no activities."""
    kinds = readings.get(KIND)
    return {position for position, code in kinds.note.items() if code == REFUSED} if kinds else set()


def _duplicates(batch: RowBatch, readings: dict[str, ColumnReading], broken: dict[int, list[str]]) -> dict[int, int]:
    """Rows equal in every contract column to an earlier row of the same submission, each with that row."""
    if not len(batch):
        return {}
    same = pd.DataFrame({name: _same_as(column) for name, column in readings.items()} | {"": batch.submissions})
    same = same[~same.index.isin(list(broken))]
    groups = same.groupby(list(same.columns), sort=False).ngroup()
    positions = groups.index.to_numpy()
    first = pd.Series(positions).groupby(groups.to_numpy()).transform("min").to_numpy()
    repeated = first != positions
    return dict(zip(positions[repeated].tolist(), first[repeated].tolist(), strict=True))


def _same_as(column: ColumnReading) -> np.ndarray:
    """A number by row, equal where the values read are equal; what could not be read equals only itself."""
    known: dict[object, int] = {}
    contents = (("", code) if value.problem else value.value for code, value in enumerate(column.distinct))
    numbers = np.fromiter((known.setdefault(value, len(known)) for value in contents), np.intp, len(column.distinct))
    return np.asarray(numbers[column.code])


def build_frame(
    dataset: Dataset,
    readings: dict[str, ColumnReading],
    batch: RowBatch,
    origin: Sequence[Origin],
    remaining: Sequence[int],
) -> pd.DataFrame:
    """The coerced frame the suite sees; its index is the row's position in the ``RowBatch``."""
    chosen = np.asarray(remaining, dtype=np.int64)
    columns: dict[str, object] = {}
    for column in dataset.columns:
        columns[column.name] = _array(column, readings[column.name])[chosen]
        if column.type_name in TYPED:
            faulty = np.zeros(len(batch))
            faulty[list(readings[column.name].problem)] = 1
            columns[ERROR + column.name] = faulty[chosen]
    numbers = np.asarray(batch.submissions, dtype=np.int64)[chosen]
    frame = pd.DataFrame(columns | _context(dataset, origin, numbers), index=chosen)
    frame["acuan"] = frame["periode_selesai" if dataset.of_quarter_end else dataset.dated_by]
    frame["kunci"] = row_keys(dataset, frame)
    frame["id_baris"] = row_ids(dataset, frame)
    for name in ("counted_in", "calendar_regime", "account_unlisted"):
        frame[name] = pd.array([None] * len(frame), dtype="str")
    for name in ("request_received", "request_answered"):
        frame[name] = np.full(len(frame), np.datetime64("NaT"), dtype="datetime64[ns]")
    return frame


def _array(column: Column, readings: ColumnReading) -> Any:
    """Values in the types Great Expectations is fast with: datetime64[ns], float, str."""
    values = [reading.value for reading in readings.distinct]
    if column.type_name in _TIMES:
        return np.array(values, dtype="datetime64[us]").astype("datetime64[ns]")[readings.code]
    if column.type_name is ColumnType.INTEGER:
        return np.array([np.nan if value is None else value for value in values], dtype="float64")[readings.code]
    texts: Any = values
    return pd.array(texts, dtype="str")[readings.code]


def _context(dataset: Dataset, origins: Sequence[Origin], numbers: np.ndarray) -> dict[str, object]:
    """The columns that say where a row came from."""
    wib = dataset.by_name[dataset.dated_by].type_name is ColumnType.DATETIME

    def moment(values: list[pd.Timestamp]) -> object:
        return np.array(values, dtype="datetime64[ns]")[numbers]

    return {
        "diminta_kode": pd.Series([origin.satker_code for origin in origins], dtype="str").to_numpy()[numbers],
        "diminta_lembaga": pd.Series([origin.lembaga for origin in origins], dtype="str").to_numpy()[numbers],
        "diterima": moment([origin.arrival_wib if wib else origin.arrival for origin in origins]),
        "periode_mulai": moment([origin.start for origin in origins]),
        "periode_selesai": moment([origin.end for origin in origins]),
        "kiriman": numbers.astype("float64"),
    }


def _apply(
    dataset: Dataset,
    violations: dict[str, np.ndarray],
    writer: Writer,
    result: RowResult,
) -> dict[str, list[int]]:
    """Write the findings, note which rows they hold back, and return the cells to be left out, by column.

    One cell that breaks one rule in two ways is told once.
    """
    codes: dict[int, list[str]] = defaultdict(list)
    dropped: dict[str, list[int]] = defaultdict(list)
    told: set[tuple[int, str, str]] = set()
    for expectation in expectations(dataset):
        for position in violations.get(expectation.key, ()):
            finding = writer.write(expectation, int(position))
            if finding is None or (int(position), finding.kolom, finding.kode) in told:
                continue
            told.add((int(position), finding.kolom, finding.kode))
            result.findings.append(finding)
            if expectation.severity is Severity.FATAL:
                codes[int(position)].append(expectation.rule.code)
            for column in expectation.left_out:
                dropped[column].append(int(position))
    result.held.update({position: list(dict.fromkeys(broken)) for position, broken in codes.items()})
    return dropped


def _hold_unread_personal_data(batch: RowBatch, positions: Sequence[int], writer: Writer, result: RowResult) -> None:
    """Tell of personal data beside the columns that are read, and hold the rows whose notes hold some."""
    for column in unread_columns(batch, positions):
        for position, finding in findings_on(column, batch, writer.submission_id):
            result.findings.append(finding)
            if position is not None:
                result.held[position] = list(dict.fromkeys((*result.held.get(position, ()), finding.kode)))


def _without_silent(
    violations: dict[str, np.ndarray], silent: Sequence[AskedOnce], spared: Mapping[str, Mask]
) -> dict[str, np.ndarray]:
    """The violations but for empty cells of columns that are asked for once, or not at all."""
    told: dict[str, list[int]] = defaultdict(list)
    for name, rows in spared.items():
        told[f"{EMPTY}:{name}"] += np.flatnonzero(rows).tolist()
    for one in silent:
        told[f"{EMPTY}:{one.column.name}"] += one.positions
    return {key: at[~np.isin(at, told[key])] if key in told else at for key, at in violations.items()}


def _told_once(violations: dict[str, np.ndarray], silent: Sequence[AskedOnce]) -> dict[str, np.ndarray]:
    """An empty regime that the calendar fills is told and not asked; of a silent column it is told once, with the question."""
    asked = [position for one in silent if one.column.name == FILLED_COLUMN for position in one.positions]
    told = {key: at[~np.isin(at, asked)] if key in FILLED else at for key, at in violations.items()}
    filled = [at for key, at in told.items() if key in FILLED]
    empty = f"{EMPTY}:{FILLED_COLUMN}"
    return {
        key: at[~np.isin(at, np.concatenate(filled))] if filled and key == empty else at for key, at in told.items()
    }


def _remarks(writer: Writer, duplicates: dict[int, int], refused: Collection[int]) -> Iterator[Finding]:
    """What is worth saying though it breaks no rule of a row: cleaned text, codes kept as numbers, rows told twice.

    refused: rows that people said are no activities; of them nothing else is told.
    """
    present = set(writer.frame.index)
    texts = {
        "K11": "huruf kendali atau huruf tak tampak dibuang.",
        "K21": "kode tersimpan sebagai angka; dibaca sebagai teks.",
    }
    for name, column in writer.readings.items():
        for position, code in column.note.items():
            if position in present or (position in refused and code == REFUSED):
                message = (
                    f'"{writer.shown(position, name)}" {column.remark[position]}.'
                    if position in column.remark
                    else texts[code]
                )
                yield writer.finding(position, name, code, get_rule(code).severity, message, get_rule(code).remedy)
    for position, first in duplicates.items():
        message = f"sama persis dengan baris {writer.row_of(first, position)}; dihitung sekali."
        yield writer.finding(position, "", "K17", Severity.INFO, message, get_rule("K17").remedy)


def _accepted(
    dataset: Dataset,
    batch: RowBatch,
    frame: pd.DataFrame,
    result: RowResult,
    dropped: dict[str, list[int]],
    origins: Sequence[Origin],
    known: Knowledge,
) -> pd.DataFrame:
    """The rows that stay, in the shape ``BatchResult.accepted`` promises."""
    passed = frame[~frame.index.isin(list(result.held))].copy()
    for name, at in dropped.items():
        passed.loc[passed.index.intersection(at), name] = None
    out = pd.DataFrame(
        {column.name: _out(column, passed[column.name]) for column in dataset.columns}, index=passed.index
    )
    out["id_kiriman"] = [origins[batch.submissions[at]].id for at in passed.index]
    out["lembar"] = [batch.sheet(at).name for at in passed.index]
    out["baris"] = np.asarray(batch.rows, dtype=np.int64)[passed.index]
    out["id_baris"] = passed["id_baris"].astype(object)
    day = passed["acuan"].dt.normalize()
    out["susulan"] = ((day < passed["periode_mulai"]) | (day > passed["periode_selesai"])).to_numpy()
    if dataset.name == "kegiatan":
        out["id_acara"] = event_ids(passed, known.register)
    return out.reset_index(drop=True)


def _out(column: Column, values: pd.Series) -> pd.Series:
    """Text as str or None, the rest as it is."""
    if column.type_name in _TIMES or column.type_name is ColumnType.INTEGER:
        return values
    return values.astype(object).where(values.notna(), None)
