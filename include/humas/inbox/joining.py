"""CSV files of one unit that count together: each holds one data set, the newest of each makes the submission.

The warehouse is the ledger here too: every reception remembers which data set it brought (``DATASET_MARK``),
so that what counts together follows from what came, in the order it came.
See ``docs/decisions/0010-kotak-masuk.md``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from humas.inbox.model import ALONG, DATASET_MARK, MARK, BroughtFile
from humas.installation.boxes import CHANNEL
from humas.landing.model import File
from humas.registry import Cycle

if TYPE_CHECKING:
    from humas.reading.table import Document
    from humas.warehouse.arrivals import RecordedFile
    from humas.warehouse.facade import Warehouse


def data_set_of(document: Document | None) -> str:
    """The one data set that a CSV file holds; "" for a workbook, for several, and when none is recognised."""
    if document is None or document.form != "csv":
        return ""
    from humas.layout.tables import recognise_sheet

    names = {sheet.dataset.name for table in document.tables for sheet in recognise_sheet(table).sheets}
    return names.pop() if len(names) == 1 else ""


def join(warehouse: Warehouse, brought: Sequence[BroughtFile]) -> None:
    """Note with every CSV file which others count together with it; files in the order in which they came."""
    ledgers = _ledger(warehouse, brought)
    for file in brought:
        if file.key in ledgers:
            ledgers[file.key].enter(file)


@dataclass(slots=True)
class _Ledger:
    """What the drop-box brought for one unit and quarter. latest: where its newest version stands in the order."""

    rows: list[RecordedFile]
    deleted: frozenset[str]
    arrivals: list[File] = field(default_factory=list)
    latest: datetime | None = None

    def __post_init__(self) -> None:
        self.arrivals = [row.file for row in self.rows if ALONG not in row.file.header]
        self.latest = max((row.terakhir_diterima for row in self.rows), default=None)

    def enter(self, brought: BroughtFile) -> None:
        """Find the files that count together with this one, or end with it; a new one is then in the ledger."""
        if DATASET_MARK not in brought.file.header:
            brought.replaced = current(arrival for arrival in self.arrivals if arrival.place < brought.file.place)
        if brought.recorded:
            brought.companions = self._recorded_with(brought)
            return
        raw = brought.file
        self.arrivals.append(raw)
        together = current(self.arrivals)
        if any(one is raw for one in together):
            brought.companions = tuple(
                other for other in together if other is not raw and other.sidik not in self.deleted
            )
        if brought.companions and self.latest and self.latest > raw.place[0]:
            brought.counted_at = self.latest + timedelta(microseconds=1)
        time = brought.counted_at or raw.place[0]
        self.latest = max(self.latest or time, time)

    def _recorded_with(self, file: BroughtFile) -> tuple[File, ...] | None:
        """What a killed sweep recorded together with this very arrival; None when it makes up its version alone."""
        for row in self.rows:
            if _is_own(row.file, file) and row.file.header.get(DATASET_MARK):
                version = {
                    other.file.halaman: other.file for other in self.rows if other.submission_id == row.submission_id
                }
                return tuple(other for page, other in sorted(version.items()) if page != row.file.halaman)
        return None


def current(arrivals: Iterable[File]) -> tuple[File, ...]:
    """The files that count together after these arrivals: the newest of each data set since the last fresh start.

    A file refused as a whole changes nothing. One that does not hold exactly one data set starts afresh.
    """
    together: dict[str, File] = {}
    for arrival in sorted(arrivals, key=lambda file: file.place):
        dataset = arrival.header.get(DATASET_MARK)
        if dataset is None:
            together.clear()
        elif dataset:
            together[dataset] = arrival
    return tuple(together.values())


def _is_own(raw: File, file: BroughtFile) -> bool:
    known = (raw.sidik, raw.url, raw.header.get(MARK))
    return ALONG not in raw.header and known == (file.digest, file.url, file.content.changed.isoformat())


def _ledger(warehouse: Warehouse, files: Iterable[BroughtFile]) -> dict[tuple[str, str, str], _Ledger]:
    """What came before, for every unit and quarter of which a file came."""
    from humas.warehouse.arrivals import submitted

    codes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for lembaga, satker, period in (file.key for file in files if file.identity):
        codes[lembaga, period].add(satker)
    removed = warehouse.removed_raw() if codes else frozenset()
    ledgers: dict[tuple[str, str, str], _Ledger] = {}
    for (lembaga, period), units in codes.items():
        rows = submitted(warehouse, Cycle(lembaga, period), sorted(units), CHANNEL)
        for satker in units:
            own = [row for row in rows if row.satker_code == satker]
            ledgers[lembaga, satker, period] = _Ledger(own, removed)
    return ledgers
