"""Whatever stands around a clean table, and in whatever order its columns stand: exactly its rows come out."""

from __future__ import annotations

from typing import Any

import pytest
from humas.contract.columns import DATASETS, Dataset
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.validation.samples import row

RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
ABOVE = (
    [], [None, ""], ["LAPORAN TRIWULAN III"], ["KOMISI PEMILIHAN UMUM"], ["KOTA SEMARANG"], ["NIHIL pada triwulan ini?", "Tidak"],
    ["Periode", ": Juli s.d. September 2026"], ["Satker", ": KPU Kota Semarang"], ["Kolom bertanda * wajib diisi."], [None, None, "Rahasia"],
)  # fmt: skip
BETWEEN = ([], [None, " "], [None] * 40)
BELOW = (
    [], ["Jumlah", None, None, 120], ["Total peserta"], ["Mengetahui,"], [None, None, "Semarang, 3 Oktober 2026"], ["Ketua", None, "Sekretaris"],
    ["NIP. 19800101 200501 1 001"], ["Keterangan: data sementara"], ["*) sementara"], ["Halaman 1 dari 2"], [None, "Mengetahui,", None, "Yang membuat"],
)  # fmt: skip
DECORATIONS = ("{}", "{} *", " {} ", "{}\n(wajib)", "{}:", "{} (wajib diisi)")


@st.composite
def tables(draw: st.DrawFn) -> tuple[Dataset, RawTable, list[int], list[str]]:
    """A data set, a sheet of it with junk, the positions of its clean rows, and its columns in order."""
    dataset = draw(st.sampled_from(DATASETS))
    needed = [i for i, k in enumerate(dataset.columns) if (k.wanted and not k.from_cover) or draw(st.booleans())]
    order = draw(st.permutations(needed))
    column = [dataset.columns[i] for i in order]
    header = [
        draw(st.sampled_from(DECORATIONS)).format(draw(st.sampled_from((k.label, k.name, *k.synonyms)))) for k in column
    ]
    cells: list[list[Any]] = [list(one) for one in draw(st.lists(st.sampled_from(ABOVE), max_size=6))]
    cells.append(list(header))
    data = []
    for _ in range(draw(st.integers(1, 6))):
        cells += [list(one) for one in draw(st.lists(st.sampled_from(BETWEEN), max_size=2))]
        data.append(len(cells))
        content = row(dataset)
        cells.append([content[i] for i in order])
    cells += [list(one) for one in draw(st.lists(st.sampled_from(BELOW), max_size=6))]
    name = draw(st.sampled_from((dataset.sheet, *dataset.sheet_synonyms, "Sheet1", "laporan.csv")))
    return dataset, RawTable(name, cells), data, [k.name for k in column]


@RELAXED
@given(case=tables())
def test_exactly_the_clean_rows(case):
    dataset, table, data, order = case
    (sheet,) = recognise_sheet(table).sheets
    assert sheet.dataset is dataset
    assert list(sheet.indices) == data
    assert sheet.columns == {name: position for position, name in enumerate(order)}
    assert sheet.missing == ()


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.name)
def test_every_documented_word_names_its_column_alone(dataset):
    for column in dataset.columns:
        for words in (column.label, column.name, *column.synonyms):
            header = [words if one is column else one.label for one in dataset.columns]
            (sheet,) = recognise_sheet(RawTable(dataset.sheet, [header, row(dataset)])).sheets
            assert sheet.headers[sheet.columns[column.name]] == words
            assert len(sheet.columns) == len(dataset.columns)
