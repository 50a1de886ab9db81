"""Each column that units type earns its keep: it tells a row, or a figure, a published table or a rule of a row needs it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from humas.contract.columns import DATASETS, LIST_TYPES, Column, ColumnType, Dataset, all_columns
from humas.contract.vocabulary import load_vocabulary
from humas.publish.site import render_unit
from humas.report.model import Table
from humas.validation.suite import CHECKS

from tests.report.samples import make_satker
from tests.rollup.nation import Nation, obligations, rows, verdict, verdicts

PERSONAL_DATA = "V32"
"""Looks at every text, so it says nothing of what a text is for."""
_FINGERPRINT = re.compile(rb"[0-9a-f]{16,}")
_AS_TEXT = {ColumnType.DATE: "%Y-%m-%d", ColumnType.DATETIME: "%Y-%m-%dT%H:%M:%S+07:00"}
TYPED = [(dataset, column) for dataset, column in all_columns() if not column.from_cover]


def value(column: Column) -> object:
    """A value of a column as the warehouse holds it."""
    offered = load_vocabulary()[column.vocabulary].value if column.vocabulary else ("Kata satu",)
    plain: dict[ColumnType, object] = {
        ColumnType.DATE: pd.Timestamp(2026, 7, 6),
        ColumnType.DATETIME: pd.Timestamp(2026, 8, 3, 8),
        ColumnType.INTEGER: 2.0,
        ColumnType.URL: "https://humas.go.id/a",
    }
    return json.dumps([offered[0]]) if column.type_name in LIST_TYPES else plain.get(column.type_name, offered[0])


def row(dataset: Dataset, blank: Column | None = None) -> dict[str, object]:
    """A row with every cell filled but one."""
    cells = {one.name: None if one == blank else value(one) for one in dataset.columns if not one.from_cover}
    return {
        **cells,
        "lembaga": "kpu",
        "kode_satker": "33.74",
        "id_kiriman": "k",
        "id_acara": "a",
        "lembar": dataset.sheet,
    }


@pytest.fixture(scope="module")
def figures(register, calendar):
    """What is counted where one unit told one row of each data set, with a cell left blank or none; not how full rows are."""

    @cache
    def of(blank: tuple[str, str] | None = None) -> dict[tuple[str, ...], float]:
        facts = {
            one.name: rows(one.name, row(one, one.by_name[blank[1]] if blank and blank[0] == one.name else None))
            for one in DATASETS
        }
        told = verdicts(verdict("33.74", baris_masuk=len(DATASETS), diterima=len(DATASETS)))
        nation = Nation(register, calendar, obligations("33.74"), told, facts)
        figures = nation.roll()
        counted = figures[(figures["lingkup"] == "satker") & (figures["ukuran"] != "kelengkapan_uraian")]
        return counted.set_index(["ukuran", "rincian"])["nilai"].fillna(-1.0).to_dict()

    return of


def page(dataset: Dataset, blank: Column | None = None) -> bytes:
    """A unit's page that shows one row of a data set, without the fingerprint of all its data."""
    times = {one.name: _AS_TEXT[one.type_name] for one in dataset.columns if one.type_name in _AS_TEXT}
    told = {name: one and format(one, times.get(name, "")) for name, one in row(dataset, blank).items()}
    table = Table(tuple(told), (tuple(told.values()),))
    report = make_satker("33.74", "KPU Kota Semarang")
    return _FINGERPRINT.sub(b"", render_unit(replace(report, tabel={**report.tabel, dataset.name: table}), {}))


def needs(dataset: Dataset, column: Column) -> Iterator[str]:
    """What needs a column without looking at its cells."""
    if column.required or column.stand_in or column.name in {*dataset.keys, dataset.dated_by}:
        yield "row"
    if any(column.name in check.columns for check in CHECKS if check.applies(dataset) and check.code != PERSONAL_DATA):
        yield "rule"


@pytest.mark.parametrize(("dataset", "column"), TYPED, ids=[f"{d.name}.{c.name}" for d, c in TYPED])
def test_each_column_that_units_type_is_needed(dataset: Dataset, column: Column, figures) -> None:
    used = [*needs(dataset, column)]
    used += ["figure"] if not used and figures((dataset.name, column.name)) != figures() else []
    used += ["table"] if not used and page(dataset, column) != page(dataset) else []
    assert used
