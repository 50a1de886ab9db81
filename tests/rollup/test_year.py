"""Figures of a year: sums of its quarters, medians and different things from the rows, accounts as they stood last."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import pandas as pd
import pytest
from humas.contract.columns import DATASETS
from humas.periods import Triwulan, Year
from humas.rollup import reconcile
from humas.rollup.balance import PARTS
from humas.rollup.year import STATES, QuarterResult, differences_of_year, roll_up_year

from tests.rollup.nation import NOW, Nation, obligations, rows, verdict, verdicts

YEAR = Year(2026)
FIRST, SECOND = Triwulan(2026, 1), Triwulan(2026, 2)
UNITS = ("33.74", "33.02", "31.71")


def activities(*event: tuple[str, str]) -> pd.DataFrame:
    return rows("kegiatan", *({"kode_satker": code, "id_acara": one, "lembar": "Kegiatan"} for code, one in event))


def requests(*days: tuple[str, str]) -> pd.DataFrame:
    return rows("permohonan_info", *(
        {"kode_satker": "33.74", "tanggal_terima": a, "tanggal_tanggapan": b, "rezim": "UMUM", "putusan": "dikabulkan_penuh"}
        for a, b in days
    ))  # fmt: skip


def accounts(*told: tuple[str, int]) -> pd.DataFrame:
    return rows("akun", *(
        {"kode_satker": code, "platform": "instagram", "status": "aktif", "pengikut": many, "unggahan_terakhir": "2026-03-31"}
        for code, many in told
    ))  # fmt: skip


FACTS: Mapping[Triwulan, dict[str, pd.DataFrame]] = {
    FIRST: {
        "kegiatan": activities(("33.74", "a"), ("33.74", "b"), ("33.02", "b")),
        "permohonan_info": requests(("2026-01-05", "2026-01-07"), ("2026-01-05", "2026-01-08"), ("2026-01-05", "2026-01-09")),
        "akun": accounts(("33.74", 100), ("33.02", 50)),
    },
    SECOND: {
        "kegiatan": activities(("33.74", "b"), ("33.74", "c")),
        "permohonan_info": requests(("2026-04-06", "2026-04-14")),
        "akun": accounts(("33.74", 120), ("33.74", 7)),
    },
}  # fmt: skip
REPORTED = {FIRST: ("33.74", "33.02"), SECOND: ("33.74",)}


@pytest.fixture(scope="module")
def result_of(register, calendar):
    """A quarter in which some units reported the rows of another one's table."""

    def of(quarter: Triwulan, like: Triwulan = FIRST) -> QuarterResult:
        said = verdicts(*(verdict(code) for code in REPORTED[like]))
        nation = Nation(register, calendar, obligations(*UNITS), said, FACTS[like])
        facts = {one.name: FACTS[like].get(one.name, rows(one.name)) for one in DATASETS}
        return QuarterResult(quarter, nation.roll(), facts)

    return of


@pytest.fixture(scope="module")
def half(result_of, register, calendar):
    """The year of which two quarters are known."""
    known = (result_of(FIRST), result_of(SECOND, SECOND))
    return SimpleNamespace(known=known, figures=roll_up_year(YEAR, known, register, calendar, NOW, "kpu"))


def value(figures: pd.DataFrame, scope: str, code: str, measure: str, breakdown: str = "") -> float | None:
    place = (figures["lingkup"] == scope) & (figures["kode"] == code)
    told = figures[place & (figures["ukuran"] == measure) & (figures["rincian"] == breakdown)]["nilai"]
    return None if told.empty else told.item()


@pytest.mark.parametrize(
    ("scope", "code", "measure", "breakdown", "expected"),
    [
        ("satker", "33.74", "kegiatan_dilaporkan", "", 4),
        ("satker", "33.02", "kegiatan_dilaporkan", "", 1),
        ("satker", "31.71", "kegiatan_dilaporkan", "", None),
        ("nasional", "00", "kegiatan_dilaporkan", "", 5),
        ("satker", "33.74", "acara_unik", "", 3),
        ("provinsi", "33", "acara_unik", "", 3),
        ("nasional", "00", "permohonan_median_hari", "", 3.5),
        ("nasional", "00", "permohonan_ketepatan", "tepat", 4),
        ("satker", "33.74", "akun_pengikut", "", 127),
        ("satker", "33.02", "akun_pengikut", "", 50),
        ("nasional", "00", "akun", "", 3),
        ("nasional", "00", "akun_diam", "", 2),
        ("nasional", "00", "satker_wajib", "", 3),
        ("nasional", "00", "satker_lapor", "", 2),
        ("nasional", "00", "kelengkapan", "", 50),
        ("satker", "33.02", "kelengkapan", "", 50),
        ("satker", "31.71", "kelengkapan", "", 0),
        ("nasional", "00", "konsistensi_lapor", "", None),
    ],
)  # fmt: skip
def test_a_half_year(half, scope, code, measure, breakdown, expected):
    assert value(half.figures, scope, code, measure, breakdown) == expected


def test_levels_of_a_year_add_up(half):
    """But for what is counted by obligations, of which a unit has several, and the ledger of lists that newer ones replace."""
    by_obligation = [part for part, whole in PARTS.items() if whole == "satker_wajib"]
    wrong = reconcile(half.figures[~half.figures["ukuran"].isin(by_obligation)])
    assert [line for line in wrong if not line.startswith(f"buku {STATES} ")] == []


def test_a_whole_year_tells_who_reported_each_quarter(result_of, register, calendar):
    quarters = [result_of(quarter) for quarter in YEAR.triwulan[:3]] + [result_of(YEAR.triwulan[3], SECOND)]
    figures = roll_up_year(YEAR, quarters, register, calendar, NOW, "kpu")
    (told,) = figures[(figures["ukuran"] == "konsistensi_lapor") & (figures["lingkup"] == "nasional")].to_dict(
        "records"
    )
    assert (told["nilai"], told["pembilang"], told["penyebut"]) == (50, 1, 2)


def test_the_order_of_the_quarters_does_not_matter(half, register, calendar):
    again = roll_up_year(YEAR, reversed(half.known), register, calendar, NOW, "kpu")
    pd.testing.assert_frame_equal(again, half.figures)


def test_figures_agree_with_the_rows(half):
    assert differences_of_year(half.figures, half.known) == []


def test_rows_that_came_after_the_figures_are_told(half):
    first, second = half.known
    more = {**second.facts, "kegiatan": activities(("33.74", "b"), ("33.74", "c"), ("33.02", "d"))}
    wrong = differences_of_year(half.figures, (first, QuarterResult(second.quarter, second.figures, more)))
    assert wrong == [
        "kegiatan_dilaporkan satker 33.02: 1 menurut triwulan, 2 menurut baris",
        "kegiatan_dilaporkan provinsi 33: 5 menurut triwulan, 6 menurut baris",
        "kegiatan_dilaporkan nasional 00: 5 menurut triwulan, 6 menurut baris",
    ]
