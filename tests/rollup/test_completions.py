"""Requests that were complete only after they came in, and the kinds of purposes that applicants stated."""

from __future__ import annotations

import pytest
from humas.periods import Calendar
from humas.registry import Register
from humas.rollup import reconcile

from tests.rollup.nation import Nation, obligations, rows, verdict, verdicts

CODE = ("00", "33", "33.74", "33.02")
RECEIVED = {"kode_satker": "33.74", "tanggal_terima": "2026-07-06", "rezim": "UMUM", "putusan": "dikabulkan_penuh"}
REQUESTS = (
    {**RECEIVED, "tanggal_lengkap": "2026-07-06", "tanggal_tanggapan": "2026-07-20", "tujuan": "Penelitian skripsi"},
    {**RECEIVED, "tanggal_lengkap": "2026-07-08", "tanggal_tanggapan": "2026-07-21", "tujuan": "untuk tugas akhir"},
    {**RECEIVED, "tanggal_lengkap": "2026-07-11", "tanggal_tanggapan": "2026-07-20", "tujuan": "Liputan media"},
    {**RECEIVED, "tanggal_tanggapan": "2026-07-20"},
    {**RECEIVED, "kode_satker": "33.02", "tanggal_tanggapan": "2026-07-20", "tujuan": "Budi, tetangga kami"},
)
FIGURES = {
    ("33.74", "permohonan_dilengkapi", ""): 2,
    ("33.74", "permohonan_median_lengkap", ""): 3.5,
    ("33.74", "permohonan_ketepatan", "terlambat"): 1,
    ("33.74", "permohonan_tujuan", "penelitian_pendidikan"): 2,
    ("33.74", "permohonan_tujuan", "pemberitaan"): 1,
    ("33.74", "permohonan_tujuan", "tidak_disebut"): 1,
    ("33.02", "permohonan_tujuan", "lainnya"): 1,
    ("33.02", "permohonan_dilengkapi", ""): None,
    ("33.02", "permohonan_median_lengkap", ""): None,
}


@pytest.fixture(scope="module")
def nation(register: Register, calendar: Calendar) -> Nation:
    said = verdicts(*(verdict(code) for code in CODE))
    return Nation(register, calendar, obligations(*CODE), said, {"permohonan_info": rows("permohonan_info", *REQUESTS)})


@pytest.mark.parametrize(("key", "value"), FIGURES.items(), ids=map("/".join, FIGURES))
def test_figures_of_a_unit(nation: Nation, key: tuple[str, str, str], value: float | None) -> None:
    assert nation.value("satker", *key) == value


def test_levels_add_up_and_only_those_that_tell_the_day_are_asked(nation: Nation) -> None:
    figures = nation.roll()
    (later,) = figures[(figures["ukuran"] == "permohonan_dilengkapi") & (figures["lingkup"] == "nasional")].to_dict(
        "records"
    )
    assert reconcile(figures) == []
    assert (later["nilai"], later["pembilang"], later["penyebut"]) == (2, 2, 3)
