"""Validation of submissions as one national batch: the only entry, also for a single file.

Conservation is proved here for each submission: rows in = accepted + quarantined + duplicate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from humas.contract.columns import BY_NAME, DATASETS, asked_of, datasets_of, in_words_of, spoken_by
from humas.contract.rules import QUESTION, Severity, get_rule, load_rules
from humas.errors import OperatorError
from humas.layout.confirmed import as_corrected
from humas.layout.nil_letters import holds_table, quarters_of_letter
from humas.layout.sheet import Recognised, Sheet, TableNote
from humas.layout.tables import recognise_sheet
from humas.layout.titles import assign_units
from humas.periods import format_number, parse_period
from humas.reading.faults import MAX_ROWS, too_many_rows
from humas.settings import WIB
from humas.validation.accounts import with_accounts
from humas.validation.batch import RowBatch
from humas.validation.checks.base import Knowledge
from humas.validation.cover import Cover, Reason, read_cover
from humas.validation.layouts import TableLayout, layouts_of
from humas.validation.messages import Finding, file_finding, sheet_finding
from humas.validation.quarter import NOWHERE, Elsewhere, Origin, nil_question, questions, unit_zone
from humas.validation.requests import with_requests
from humas.validation.result import BatchResult, ReadSubmission, SubmissionResult, SubmissionStatus
from humas.validation.rows import ReadRows, RowResult, judge, read_rows
from humas.validation.statement import statement_of
from humas.values.cells import as_text

if TYPE_CHECKING:
    from humas.periods import Calendar
    from humas.reading.table import Document
    from humas.registry import Register
    from humas.settings import Settings

MAX_SUBMISSION_ROWS = MAX_ROWS
"""Rows one submission may have; reading holds one table to the same number."""
MAX_UNREADABLE = 20_000
"""Cells of one submission that may be unreadable and are told one by one: each costs a finding."""
_QUARANTINE = ("id_kiriman", "himpunan", "lembar", "baris", "kode", "isi_asli")
_DUPLICATES = ("id_kiriman", "himpunan", "lembar", "baris", "baris_asal", "isi_asli")
_UNKNOWN_REMEDY = (
    "Bila salah berkas, kirim yang benar. Bila ini memang laporan, pakai templat satker ini, atau beri judul kolom Tanggal"
    " dan Nama kegiatan. Bila tidak ada kegiatan, nyatakan NIHIL pada sampul templat."
)
_LETTER_REMEDY = "Hapus surat itu bila tabelnya benar, atau kirim surat itu saja bila memang nihil."
_NIHIL_REMEDY = "Isi lembar yang sesuai, atau tulis Ya pada Nihil di sampul atau pada NIHIL di tiap lembar."


@dataclass(slots=True)
class _File:
    """One submission on its way: what was found so far, its sheets, and its counts by data set."""

    submission: ReadSubmission
    cover: Cover
    sheets: list[Sheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refusal: Reason | None = None
    tallies: dict[str, list[int]] = field(default_factory=dict)
    required: int = 0
    filled: int = 0

    @property
    def incoming(self) -> int:
        """Rows in, of all its tables."""
        return sum(len(sheet.indices) for sheet in self.sheets)

    @property
    def nihil(self) -> bool:
        """Whether the cover, or every data set that the file has a sheet for, is declared nil."""
        asked = asked_of(self.submission.lembaga)
        owed = any(sheet.dataset.name in asked for sheet in self.sheets)
        declared = self.cover.nihil or (owed and not self.not_nihil)
        return declared and self.submission.division is None

    @property
    def statement(self) -> str:
        """What it says of what came before."""
        return statement_of(self.submission.document, self.sheets, nil=self.cover.nihil)

    @property
    def not_nihil(self) -> list[str]:
        """Data sets of the file that its unit owes and no sheet declares nil; drafts declare nothing."""
        asked = asked_of(self.submission.lembaga)
        nihil = {sheet.dataset.name for sheet in self.sheets if sheet.nihil}
        return list(dict.fromkeys(
            sheet.dataset.sheet for sheet in self.sheets if not sheet.draft and sheet.dataset.name in asked - nihil
        ))  # fmt: skip


def validate_batch(
    submission: Sequence[ReadSubmission],
    register: Register,
    calendar: Calendar,
    settings: Settings,
    elsewhere: Elsewhere = NOWHERE,
) -> BatchResult:
    """Validate submissions of one body and period, or of several, in one pass per data set.

    elsewhere: what other quarters count already, and which doubted submissions people let pass.
    Raises OperatorError when a rule cannot be evaluated or when rows in and out do not balance.
    """
    known = Knowledge(register, calendar)
    origins = [_origin(item, register) for item in submission]
    files = [_open(item, register, origin, elsewhere) for item, origin in zip(submission, origins, strict=True)]
    batches = [_gather(dataset.name, files) for dataset in DATASETS]
    readings = [read_rows(item, origins, known, elsewhere) for item in batches]
    with_requests(readings, elsewhere)
    with_accounts(readings)
    doubted = questions(_dated(readings), origins, elsewhere, known) | _unreadable(readings)
    for number, question in doubted.items():
        files[number].refusal = question
    results = [judge(item.without(doubted.keys()), origins, known) for item in readings]
    for batch, result in zip(batches, results, strict=True):
        _count(batch, result, files)
    warned = _warned(results)
    verdicts = tuple(_verdict(item, warned) for item in files)
    return BatchResult(
        submissions=verdicts,
        accepted={batch.dataset.name: result.accepted for batch, result in zip(batches, results, strict=True)},
        findings=_findings(files, results),
        quarantine=_quarantine(batches, results, origins),
        duplicates=_twins(batches, results, origins),
        readings={
            (
                origins[item.submissions[position]].id,
                item.dataset.name,
                item.sheet(position).name,
                item.rows[position],
            ): result.parsed(position)
            for item, result in zip(batches, results, strict=True)
            for position in (*result.held, *result.duplicates)
        },
        layouts=_layouts(files),
    )


def _dated(readings: Iterable[ReadRows]) -> list[pd.DataFrame]:
    """The frames whose rows have a quarter of their own, by which a file may be doubted."""
    return [reading.frame for reading in readings if not reading.batch.dataset.of_quarter_end]


def _unreadable(readings: Iterable[ReadRows]) -> dict[int, Reason]:
    """The submissions, by position, of which so many cells cannot be read that nobody would mend them one by one."""
    counts = Counter[int]()
    for reading in readings:
        for column in reading.readings.values():
            counts.update(reading.batch.submissions[position] for position in column.problem)
    return {
        number: _too_strange(f"{format_number(count)} isian yang tidak terbaca")
        for number, count in counts.items()
        if count > MAX_UNREADABLE
    }


def _strange_words(file: _File) -> Reason | None:
    """A file is refused before it is read whose columns of choices hold more words than any vocabulary has spellings."""
    count = 0
    for sheet in file.sheets:
        picked = [
            sheet.columns[spec.name] for spec in sheet.dataset.columns if spec.vocabulary and spec.name in sheet.columns
        ]
        rows = [sheet.table.cells[i] for i in sheet.indices]
        count += sum(len({as_text(row[position]) for row in rows if position < len(row)}) for position in picked)
    return (
        _too_strange(f"{format_number(count)} isian berlainan pada kolom pilihan") if count > MAX_UNREADABLE else None
    )


def _too_strange(what: str) -> Reason:
    return Reason(
        "K33", "",
        f"Berkas memuat {what}; di atas {format_number(MAX_UNREADABLE)} barisnya tidak diperiksa satu per satu.",
        "Isi templat satker ini menurut contoh dan pilihan di dalamnya, lalu kirim ulang.",
    )  # fmt: skip


def _open(submission: ReadSubmission, register: Register, origin: Origin, elsewhere: Elsewhere) -> _File:
    """Read cover and sheets; a reason to refuse the whole file is kept, the first one counts."""
    cover = _share_cover(submission) if submission.is_share else read_cover(submission, register)
    file = _File(submission, cover, refusal=cover.refusal)
    if submission.document is None:
        remedy = submission.error_remedy[:1].upper() + submission.error_remedy[1:]  # here it begins a sentence
        file.refusal = Reason(submission.error_code, "", submission.error_message, remedy)
        return file
    for recognised in _recognised(submission, register):
        _add_sheet(file, recognised)
    _leave_unasked(file)
    _weigh_letters(file, submission.document)
    file.findings += [_cover_finding(file, remark) for remark in cover.note]
    file.refusal = file.refusal or _refusal_by_rows(file, origin, elsewhere)
    if not file.refusal:
        file.findings += _nil_with_rows(file)
    return file


def _share_cover(submission: ReadSubmission) -> Cover:
    """The cover is the recap's, and was checked with it."""
    return Cover(False, {"lembaga": submission.lembaga, "kode_satker": submission.satker_code})


def _recognised(submission: ReadSubmission, register: Register) -> Iterator[Recognised]:
    """What the sheets hold; of a recap and of its shares the rows that are this unit's."""
    if submission.division:
        yield from submission.division.parts[submission.satker_code]
    elif submission.document:
        day = parse_period(submission.period).end
        for table in as_corrected(submission.document.tables):
            yield assign_units(recognise_sheet(table), submission.satker_code, register, day)


def _add_sheet(file: _File, recognised: Recognised) -> None:
    """Book a sheet's tables, and what is to be said of it and of them."""
    submission_id = file.submission.id
    file.sheets += recognised.sheets
    for sheet in recognised.sheets:
        file.findings += [
            sheet_finding(submission_id, sheet, _in_words_of(file, remark), rule.severity, rule.remedy)
            for remark in sheet.notes
            for rule in [get_rule(remark.code)]
        ]
    file.findings += [
        file_finding(
            submission_id, remark.code, rule.severity, remark.message, remark.remedy or rule.remedy, sheet=recognised.name
        )
        for remark in (_in_words_of(file, note) for note in recognised.notes)
        for rule in [get_rule(remark.code)]
    ]  # fmt: skip


def _in_words_of(file: _File, remark: TableNote) -> TableNote:
    """A remark of the layout, which knows no body, in the words of the file's."""
    message, remedy = (in_words_of(file.submission.lembaga, text) for text in (remark.message, remark.remedy))
    return replace(remark, message=message, remedy=remedy)


def _leave_unasked(file: _File) -> None:
    """Tables of a data set that the body does not ask for stay in the file as it was sent, told and not counted."""
    asked = {dataset.name for dataset in datasets_of(file.submission.lembaga)}
    rule = get_rule("K67")
    for sheet in file.sheets:
        if sheet.dataset.name not in asked and sheet.indices:
            message = f"{sheet.dataset.sheet} tidak diminta; {format_number(len(sheet.indices))} baris disimpan, tidak dihitung."
            file.findings.append(
                file_finding(file.submission.id, rule.code, rule.severity, message, rule.remedy, sheet=sheet.name)
            )
    file.sheets = [sheet for sheet in file.sheets if sheet.dataset.name in asked]


def _weigh_letters(file: _File, document: Document) -> None:
    """A letter declares nothing in a file with tables or of another quarter: then it is no part of what was sent."""
    letters = [sheet for sheet in file.sheets if sheet.by_letter]
    if not letters:
        return
    quarters = frozenset().union(*map(quarters_of_letter, letters))
    tables = file.incoming or any(holds_table(table) for table in document.tables)
    if tables or file.submission.period not in quarters:
        file.sheets = [sheet for sheet in file.sheets if not sheet.by_letter]
    if tables:
        name = letters[0].name
        message = f'Lembar "{name}" adalah surat yang menyatakan nihil, tetapi berkas ini memuat tabel; suratnya tidak dipakai.'
        file.findings.append(
            file_finding(file.submission.id, "V48", Severity.WARNING, message, _LETTER_REMEDY, sheet=name)
        )
    elif file.submission.period not in quarters:
        said = ", ".join(sorted(parse_period(quarter).label for quarter in quarters))
        asked = parse_period(file.submission.period).label
        message = f"Surat menyatakan nihil untuk {said}, diminta {asked}."
        file.refusal = file.refusal or Reason("K30", "periode", message, f"Kirim surat untuk {asked}.")


def _nil_with_rows(file: _File) -> list[Finding]:
    """Nil declared, on the cover or on a sheet, over rows that are there all the same: they count, with a warning."""
    findings = []
    if file.cover.nihil and file.incoming:
        message = f"Sampul menyatakan nihil, tetapi ada {format_number(file.incoming)} baris; baris dipakai."
        remedy = "Kosongkan Nihil pada sampul."
        findings.append(file_finding(file.submission.id, "V48", Severity.WARNING, message, remedy, "nihil"))
    counts = Counter[tuple[str, str]]()
    for sheet in file.sheets:
        counts[sheet.name, sheet.dataset.name] += len(sheet.indices)
    for sheet in file.sheets:
        if sheet.nihil and (count := counts[sheet.name, sheet.dataset.name]):
            remark = TableNote(
                "V48", f"lembar menyatakan NIHIL, tetapi berisi {format_number(count)} baris; baris dipakai."
            )
            remedy = "Pilih Tidak pada NIHIL di lembar ini, atau hapus barisnya."
            findings.append(sheet_finding(file.submission.id, sheet, remark, Severity.WARNING, remedy))
    return findings


def _refusal_by_rows(file: _File, origin: Origin, elsewhere: Elsewhere) -> Reason | None:
    if file.incoming > MAX_SUBMISSION_ROWS:
        return Reason("K34", "", too_many_rows(file.incoming).message, get_rule("K34").remedy)
    if strange := _strange_words(file):
        return strange
    if file.submission.is_recap:
        return None
    if not file.incoming and not file.nihil:
        if not file.sheets:
            return Reason(
                "V48", "", "Berkas ini tidak memuat tabel yang dikenali sebagai laporan humas.", _UNKNOWN_REMEDY
            )
        missing = file.not_nihil if any(sheet.nihil for sheet in file.sheets) else []
        who = f"lembar {', '.join(missing)} tidak menyatakan" if missing else "tidak menyatakan"
        return Reason("V48", "", f"Berkas tidak berisi baris dan {who} nihil.", _NIHIL_REMEDY)
    return nil_question(origin, elsewhere) if not file.incoming else None


def _cover_finding(file: _File, reason: Reason) -> Finding:
    rule = load_rules().get(reason.code)
    severity = rule.severity if rule else Severity.FATAL
    return file_finding(file.submission.id, reason.code, severity, reason.message, reason.remedy, reason.column)


def _origin(submission: ReadSubmission, register: Register) -> Origin:
    period = parse_period(submission.period)
    zone = unit_zone(register, submission.satker_code)
    arrival, arrival_wib = (_local(submission.received_at, zone) for zone in (zone, WIB))
    start, end = (pd.Timestamp(day).as_unit("ns") for day in (period.start, period.end))
    recap = submission.division.recap if submission.division else ""
    return Origin(
        submission.id, submission.lembaga, submission.satker_code, start, end, arrival, arrival_wib, submission.period, recap
    )  # fmt: skip


def _local(moment: datetime, zone: ZoneInfo) -> pd.Timestamp:
    return pd.Timestamp(moment.astimezone(zone).replace(tzinfo=None)).as_unit("ns")


def _gather(name: str, files: Sequence[_File]) -> RowBatch:
    """The rows of a data set from all submissions that are not refused; where all are one body's, asked for as it does."""
    bodies = {file.submission.lembaga for file in files}
    until = max((parse_period(file.submission.period).end for file in files), default=None)
    batch = RowBatch(spoken_by(bodies.pop(), until)[name] if len(bodies) == 1 else BY_NAME[name])
    for number, file in enumerate(files):
        if file.refusal:
            continue
        for sheet in file.sheets:
            if sheet.dataset.name == name:
                batch.add(number, sheet, {**file.cover.fill, **sheet.owner})
    return batch


def _count(batch: RowBatch, result: RowResult, files: Sequence[_File]) -> None:
    """Book each submission's rows in, accepted, quarantined and duplicate."""
    numbers = np.asarray(batch.submissions, dtype=np.int64)
    held, duplicates = (np.isin(np.arange(len(numbers)), list(group)) for group in (result.held, result.duplicates))
    order = {file.submission.id: i for i, file in enumerate(files)}
    accepted = result.accepted["id_kiriman"].map(order).to_numpy(dtype=np.int64)
    counts = [
        np.bincount(group, minlength=len(files)) for group in (numbers, accepted, numbers[held], numbers[duplicates])
    ]
    filled = np.bincount(numbers, weights=result.filled, minlength=len(files))
    for i in np.unique(numbers):
        files[i].tallies[batch.dataset.name] = [int(group[i]) for group in counts]
        files[i].required += int(counts[0][i]) * result.required
        files[i].filled += int(filled[i])


def _verdict(file: _File, warned: set[str]) -> SubmissionResult:
    """The status of one submission, after its rows were shown to balance."""
    if file.refusal:
        return _refused(file, file.refusal)
    rows_in, accepted, held, duplicates = (
        (sum(counts) for counts in zip(*file.tallies.values(), strict=True)) if file.tallies else (0,) * 4
    )
    if rows_in != accepted + held + duplicates or rows_in != file.incoming:
        raise OperatorError(
            "neraca_baris",
            f"Kiriman {file.submission.id}: {rows_in} baris masuk, {accepted} diterima + {held} ditahan + {duplicates} kembar.",
            "hentikan penerbitan dan laporkan kepada pengembang.",
        )
    status, reason, remedy = _status(file, rows_in, accepted, held, warned)
    return SubmissionResult(
        file.submission.id, status, reason, remedy, file.nihil and not rows_in, rows_in, accepted, held, duplicates,
        file.required, file.filled, {name: tuple(counts) for name, counts in file.tallies.items()},  # type: ignore[misc]
        file.statement,
    )  # fmt: skip


def _status(file: _File, rows_in: int, accepted: int, held: int, warned: set[str]) -> tuple[SubmissionStatus, str, str]:
    if file.submission.is_recap and not accepted:
        return SubmissionStatus.HANDED_ON, "", ""
    if not rows_in:
        return SubmissionStatus.NIHIL, "", ""
    if not accepted:
        message = (
            f"Tidak ada baris yang dapat diterima: {format_number(held)} dari {format_number(rows_in)} baris ditahan."
        )
        rule = get_rule("K33")
        if not file.submission.is_share:
            file.findings.append(file_finding(file.submission.id, "K33", rule.severity, message, rule.remedy))
        return SubmissionStatus.REFUSED, message, rule.remedy
    if held:
        return SubmissionStatus.PARTIAL, "", ""
    warning = any(finding.keparahan == Severity.WARNING for finding in file.findings)
    if warning or file.submission.id in warned:
        return SubmissionStatus.WITH_NOTES, "", ""
    return SubmissionStatus.ACCEPTED, "", ""


def _refused(file: _File, reason: Reason) -> SubmissionResult:
    """A refused file: one finding, all its rows held back without being looked at.

    Of a recap that is held with a question its sender alone is asked.
    """
    if not (file.submission.is_share and reason.code == QUESTION):
        file.findings.append(_cover_finding(file, reason))
    counts = {
        dataset.name: sum(len(sheet.indices) for sheet in file.sheets if sheet.dataset is dataset)
        for dataset in DATASETS
    }
    return SubmissionResult(
        file.submission.id, SubmissionStatus.REFUSED, reason.message, reason.remedy, False, file.incoming, 0, file.incoming, 0, 0, 0,
        {name: (count, 0, count, 0) for name, count in counts.items() if count},
    )  # fmt: skip


def _warned(results: Sequence[RowResult]) -> set[str]:
    """Submissions with a warning on some row."""
    return {
        finding.id_kiriman for result in results for finding in result.findings if finding.keparahan == Severity.WARNING
    }


def _findings(files: Sequence[_File], results: Sequence[RowResult]) -> pd.DataFrame:
    findings = [finding for file in files for finding in file.findings]
    findings += [finding for result in results for finding in result.findings]
    findings.sort(
        key=lambda finding: (
            finding.id_kiriman,
            finding.himpunan,
            finding.lembar,
            finding.baris,
            finding.kolom,
            finding.kode,
            finding.pesan,
        )
    )
    return pd.DataFrame(findings, columns=list(Finding._fields)).astype({"baris": "int64"})


def _layouts(files: Sequence[_File]) -> pd.DataFrame:
    """The layouts of all submissions; of a recap with the rows of all its units, of its shares none."""
    rows = [
        layout
        for file in files
        if not file.submission.is_share
        for layout in layouts_of(file.submission.id, _whole_sheets(file))
    ]
    return pd.DataFrame(rows, columns=list(TableLayout._fields)).astype({"baris": "int64"})


def _whole_sheets(file: _File) -> list[Sheet]:
    division = file.submission.division
    if division is None:
        return file.sheets
    others = (part for code, part in division.parts.items() if code != division.sender)
    return [*file.sheets, *(sheet for part in others for recognised in part for sheet in recognised.sheets)]


def _quarantine(batches: Sequence[RowBatch], results: Sequence[RowResult], origins: Sequence[Origin]) -> pd.DataFrame:
    rows = [
        (
            origins[batch.submissions[position]].id, batch.dataset.name, batch.sheet(position).name, batch.rows[position],
            ",".join(sorted(codes)), batch.original(position),
        )
        for batch, result in zip(batches, results, strict=True)
        for position, codes in sorted(result.held.items())
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(_QUARANTINE)).astype({"baris": "int64"})


def _twins(batches: Sequence[RowBatch], results: Sequence[RowResult], origins: Sequence[Origin]) -> pd.DataFrame:
    rows = [
        (
            origins[batch.submissions[position]].id, batch.dataset.name, batch.sheet(position).name, batch.rows[position],
            batch.rows[first], batch.original(position),
        )
        for batch, result in zip(batches, results, strict=True)
        for position, first in sorted(result.duplicates.items())
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(_DUPLICATES)).astype({"baris": "int64", "baris_asal": "int64"})
