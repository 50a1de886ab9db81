"""What validation of a batch of submissions yields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from humas.layout.sheet import Recognised
    from humas.reading.table import Document


class SubmissionStatus(StrEnum):
    """How far a submission came."""

    ACCEPTED = "diterima"
    WITH_NOTES = "diterima_dengan_catatan"
    PARTIAL = "diterima_sebagian"
    NIHIL = "nihil"
    REFUSED = "ditolak"
    HANDED_ON = "diteruskan"
    """A recap of which no row is its sender's own: its rows count for their units, and the sender still has to report."""

    @property
    def valid(self) -> bool:
        """Whether it can carry figures (the newest valid version wins)."""
        return self is not SubmissionStatus.REFUSED

    @property
    def label(self) -> str:
        """The status in words, as its sender reads it."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Division:
    """Whose rows a recap holds. sender: code of the superior that sent it. parts: unit → its tables, the sender's among them.

    recap: id of the recap as a submission.
    """

    sender: str
    parts: Mapping[str, tuple[Recognised, ...]]
    recap: str = ""

    @property
    def rows(self) -> int:
        """Rows of all units."""
        return sum(map(rows_of_part, self.parts.values()))


def rows_of_part(part: Iterable[Recognised]) -> int:
    """Rows of some sheets."""
    return sum(len(sheet.indices) for recognised in part for sheet in recognised.sheets)


@dataclass(frozen=True, slots=True)
class ReadSubmission:
    """A submission after reading: its document, or the error that kept it from being read (already a finding).

    division: of a recap and of each of its shares, whose rows it holds; None of any other file.
    """

    id: str
    lembaga: str
    satker_code: str
    period: str
    received_at: datetime
    newest: bool
    document: Document | None
    error_code: str = ""
    error_message: str = ""
    error_remedy: str = ""
    division: Division | None = None

    @property
    def is_share(self) -> bool:
        """Whether it is what another unit's recap says of this one."""
        return self.division is not None and self.division.sender != self.satker_code

    @property
    def is_recap(self) -> bool:
        """Whether it handed rows to other units."""
        return self.division is not None and self.division.sender == self.satker_code


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """Verdict on one submission; ``baris_masuk == diterima + dikarantina + kembar`` always.

    alasan: for DITOLAK, the reason first; else "". All rows of a DITOLAK count as quarantined.
    per_himpunan: the same four counts by data set name. pernyataan: what its sender says of what came before, and which
    data sets are nil, as JSON (``humas.validation.statement``); "" for nothing.
    """

    id_kiriman: str
    status: SubmissionStatus
    alasan: str
    cara: str
    nihil: bool
    baris_masuk: int
    diterima: int
    dikarantina: int
    kembar: int
    sel_wajib: int
    sel_wajib_terisi: int
    per_himpunan: Mapping[str, tuple[int, int, int, int]]
    pernyataan: str = ""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Validation of a national batch.

    submissions: one verdict per submission, in the order given.
    accepted: accepted rows by data set: one column per contract column (native types: str/None, datetime64,
        float with NaN for numbers, list columns as JSON text) plus ``id_kiriman``, ``lembar``, ``baris``
        (physical row), ``id_baris`` (24 hex, stable), ``susulan`` (bool), ``id_acara`` (kegiatan only).
    findings: columns id_kiriman, himpunan, lembar, baris (0 = whole file), kolom, huruf, kode, keparahan,
        pesan, cara, nilai (masked); sorted, deterministic.
    quarantine: columns id_kiriman, himpunan, lembar, baris, kode (codes joined by comma), isi_asli (JSON, masked).
    duplicates: columns id_kiriman, himpunan, lembar, baris, baris_asal, isi_asli (JSON, masked).
    readings: what was understood of each row that is quarantined or a duplicate, by (id_kiriman, himpunan, lembar, baris):
        contract column → value as JSON (masked), None when empty or unreadable.
    layouts: of each table with headers of its own: columns id_kiriman, himpunan, lembar, sidik, kepala, pertanyaan, baris
        (``humas.validation.layouts``); None where nobody asks for them.
    """

    submissions: tuple[SubmissionResult, ...]
    accepted: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    duplicates: pd.DataFrame
    readings: Mapping[tuple[str, str, str, int], Mapping[str, object]] = field(default_factory=dict)
    layouts: pd.DataFrame | None = None


def single_results(batch: BatchResult) -> Iterator[BatchResult]:
    """The result of each submission of a batch, in order; what was understood of held rows is left with the batch."""
    yield from results_of(batch, [[verdict.id_kiriman] for verdict in batch.submissions])


def results_of(batch: BatchResult, groups: Sequence[Sequence[str]]) -> Iterator[BatchResult]:
    """The result of each group of submissions (ids), in order, with the verdicts in the group's own order."""
    group_of = {submission: number for number, group in enumerate(groups) for submission in group}
    verdicts = {verdict.id_kiriman: verdict for verdict in batch.submissions}

    def by_group(frame: pd.DataFrame) -> dict[int, pd.DataFrame]:
        return dict(iter(frame.groupby(frame["id_kiriman"].map(group_of), sort=False))) if len(frame) else {}

    accepted = {name: by_group(frame) for name, frame in batch.accepted.items()}
    findings, quarantine, duplicates = by_group(batch.findings), by_group(batch.quarantine), by_group(batch.duplicates)
    for number, group in enumerate(groups):
        yield BatchResult(
            tuple(verdicts[submission] for submission in group),
            {name: rows.get(number, batch.accepted[name].iloc[:0]) for name, rows in accepted.items()},
            findings.get(number, batch.findings.iloc[:0]),
            quarantine.get(number, batch.quarantine.iloc[:0]),
            duplicates.get(number, batch.duplicates.iloc[:0]),
        )
