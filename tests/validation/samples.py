"""Submissions made for the tests of the contract: good rows from the contract's own examples, changed cell by cell."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pandas as pd
from humas.contract.columns import BY_NAME, KEGIATAN, Dataset
from humas.periods import Calendar
from humas.reading.table import Document, RawTable
from humas.registry import Register, load_register
from humas.settings import Settings
from humas.validation.result import BatchResult, ReadSubmission

SETTINGS = Settings(home=Path(tempfile.gettempdir(), "humas-tanpa-pemasangan"), database_url="")
ARRIVAL = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)
COVER = {"lembaga": "KPU", "kode_satker": "33.74", "nama_satker": "Kota Semarang", "periode": "2026-TW3"}
_USUAL = {
    "kegiatan": {"tahun_tersirat": None},
    "publikasi": {},
    "permohonan_info": {},
    "isu_hoaks": {"narasi": None, "fakta": None},
}


@cache
def register() -> Register:
    return load_register(SETTINGS)


@cache
def calendar() -> Calendar:
    return Calendar.load()


def header(dataset: Dataset) -> list[object]:
    return [column.label for column in dataset.columns]


def row(dataset: Dataset = KEGIATAN, **content: object) -> list[object]:
    """A good row with some cells changed."""
    value: dict[str, object] = {column.name: column.example for column in dataset.columns} | _USUAL.get(
        dataset.name, {}
    )
    unknown = set(content) - set(value)
    assert not unknown, f"no such column: {unknown}"
    return list((value | content).values())


def sheet(*row: Sequence[object], dataset: Dataset = KEGIATAN, name: str = "", first: int = 1) -> RawTable:
    """A sheet with the header and these rows: the first one is physical row 2."""
    return RawTable(name or dataset.sheet, [header(dataset), *row], first)


def submission(
    *table: RawTable,
    cover: Mapping[str, object] | None = None,
    code: str = "33.74",
    number: int | str = 1,
    lembaga: str = "kpu",
    arrival: datetime = ARRIVAL,
) -> ReadSubmission:
    document = Document("xlsx", COVER if cover is None else cover, table)
    return ReadSubmission(f"k{number}", lembaga, code, "2026-TW3", arrival, True, document)


def validate(*submission: ReadSubmission) -> BatchResult:
    from humas.validation.validate import validate_batch

    return validate_batch(submission, register(), calendar(), SETTINGS)


def findings(result: BatchResult, row: int | None = None) -> pd.DataFrame:
    """Findings, of one row when given."""
    return result.findings if row is None else result.findings[result.findings["baris"] == row]


def dataset(name: str) -> Dataset:
    return BY_NAME[name]
