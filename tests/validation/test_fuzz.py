"""Whatever stands in a cell or a sheet: reading never raises, and no row gets lost."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

import pytest
from humas.contract.columns import DATASETS, LIST_TYPES, ColumnType, all_columns
from humas.layout.tables import recognise
from humas.privacy import mask, personal_kinds
from humas.reading.table import RawTable
from humas.values.cells import Reading, reader
from humas.values.codes import settle_code
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.validation import samples

pytestmark = pytest.mark.mesin

PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.dates(), st.datetimes(timezones=st.timezones() | st.none()),
    st.sampled_from(["1.007", "Rp 1,-", "31/09/2026", "2 Juli 2026", "32.1", "=1+1", "https://a.id", "\ud800", "#REF!", "08123456789"]),
)  # fmt: skip
CELLS = st.one_of(PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(st.text(max_size=3), PLAIN, max_size=2))
COLUMNS = [pytest.param(column, id=f"{dataset.name}.{column.name}") for dataset, column in all_columns()]
ONE_PER_TYPE = list({param.values[0].type_name: param for param in COLUMNS}.values())
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("column", ONE_PER_TYPE)
@RELAXED
@given(content=CELLS)
def test_any_cell_is_read_into_its_type_or_told(column, content):
    readings = reader(column)(content)
    assert isinstance(readings, Reading)
    expected = {ColumnType.DATE: datetime, ColumnType.DATETIME: datetime, ColumnType.INTEGER: int}.get(
        column.type_name, str
    )
    assert readings.value is None or isinstance(readings.value, expected)
    if column.type_name in LIST_TYPES and readings.value:
        assert all(isinstance(load, str) for load in json.loads(readings.value))


@RELAXED
@given(text=st.text(alphabet="0123456789 .-@abc+gmil.cok", max_size=60))
def test_masking_is_complete_and_final(text):
    assert personal_kinds(mask(text)) == ()
    assert mask(mask(text)) == mask(text)


@RELAXED
@given(
    cells=st.lists(st.lists(CELLS, max_size=6), max_size=6),
    name=st.sampled_from(["Kegiatan", "x.csv", "Publikasi", ""]),
)
def test_any_sheet_is_recognised_or_told(cells, name):
    recognise(RawTable(name, cells))


def test_hundreds_of_nasty_rows_balance():
    """validate_batch proves conservation itself and raises when a row is lost; here it has every reason to."""
    rng = random.Random(7)
    poison = [
        None, "", "-", "x" * 400, "NaN", "Inf", float("nan"), float("-inf"), True, 10**300, -1, 1.5, "1.o07", "31/09/2026",
        "=HYPERLINK(1)", "#eval", "<script>", "../..", "🎉" * 50, "\u202e", "\x00", "\ud800", [], ["a", None], {"a": 1},
        "3374011505900002", "08123456789", "a@gmail.com", "https://x.id/" + "y" * 3000, datetime(9999, 12, 31, 23, tzinfo=UTC), "32.1", 32.1, 45000, b"bita",
    ]  # fmt: skip
    submission = []
    for number in range(10):
        sheet = []
        for dataset in DATASETS:
            row = [samples.row(dataset) for _ in range(10)]
            for one in row:
                for _ in range(rng.randrange(4)):
                    one[rng.randrange(len(one))] = rng.choice(poison)
            sheet.append(samples.sheet(*row, dataset=dataset))
        submission.append(samples.submission(*sheet, number=number))
    result = samples.validate(*submission)
    assert sum(verdict.baris_masuk for verdict in result.submissions) == 100 * len(DATASETS)
    assert len(result.quarantine) + len(result.duplicates) + sum(map(len, result.accepted.values())) == 100 * len(
        DATASETS
    )
    assert "3374011505900002" not in result.findings.to_csv(errors="replace") + result.quarantine.to_csv(
        errors="replace"
    )


SATKER = samples.register().everything()
NAME_DRESS = st.sampled_from([
    str, str.upper, str.lower, lambda n: f"  {n} ", lambda n: n.replace(" ", "  "), lambda n: n.replace(" ", "\u00a0"), lambda n: f"KPU {n}",
    lambda n: f"Bawaslu {n}", lambda n: n.replace("Kabupaten", "Kab."), lambda n: n.replace("Kabupaten", "KAB"), lambda n: f"{n}.",
    lambda n: f"KOMISI PEMILIHAN UMUM {n.upper()}",
])  # fmt: skip


@RELAXED
@given(satker=st.sampled_from(SATKER), dress=NAME_DRESS)
def test_every_unit_is_found_by_its_name_in_every_dress(satker, dress):
    result = samples.register().search(dress(satker.name))
    assert result.satker == satker or satker in result.candidates


@RELAXED
@given(text=st.text(max_size=80))
def test_any_name_finds_one_unit_several_or_none(text):
    result = samples.register().search(text)
    assert not (result.satker and result.candidates)
    assert result.satker is None or result.satker in SATKER
    assert len(set(result.candidates)) == len(result.candidates) != 1


@RELAXED
@given(written=st.text("0123456789., -/", max_size=8), name=st.sampled_from(["", "Kota Semarang", "Bekasi", "x"]))
def test_a_code_is_settled_to_a_unit_that_exists_or_left_as_it_is(written, name):
    code = settle_code(written, name, "33.74", samples.register())
    assert code == written or code in {one.code for one in SATKER}
