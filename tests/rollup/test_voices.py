"""Figures of what the public told: counted where told, absent where nobody told of any, and who was told only where it is said."""

from __future__ import annotations

import pytest
from humas.contract.columns import asked_of
from humas.periods import Calendar
from humas.registry import Register
from humas.rollup import reconcile

from tests.rollup.nation import Nation, obligations, rows, verdict, verdicts

CODE = ("00", "33", "33.74", "33.02", "31.71")
VOICES = (
    {"kode_satker": "33.74", "tanggal_disampaikan": "2026-07-06", "jenis_aspirasi": "pengaduan", "saluran": "sp4n_lapor",
     "tindak_lanjut": "selesai", "tanggal_diberi_tahu": "2026-07-06"},
    {"kode_satker": "33.74", "tanggal_disampaikan": "2026-07-06", "jenis_aspirasi": "pengaduan", "saluran": "whatsapp",
     "tindak_lanjut": "diteruskan", "tanggal_diberi_tahu": "2026-07-13"},
    {"kode_satker": "33.74", "tanggal_disampaikan": "2026-09-28", "saluran": "whatsapp", "tindak_lanjut": "diproses"},
    {"kode_satker": "33.74", "tanggal_disampaikan": "2026-09-29", "jenis_aspirasi": "saran"},
    {"kode_satker": "33.74", "tanggal_disampaikan": "2026-08-03", "tanggal_diberi_tahu": "2026-08-06"},
    {"kode_satker": "33.02", "tanggal_disampaikan": "2026-08-04", "jenis_aspirasi": "apresiasi", "saluran": "kotak_saran"},
)  # fmt: skip
FIGURES = {
    ("33.74", "aspirasi", ""): 5,
    ("33.74", "aspirasi_jenis", "pengaduan"): 2,
    ("33.74", "aspirasi_jenis", "saran"): 1,
    ("33.74", "aspirasi_jenis", "tidak_disebut"): 2,
    ("33.74", "aspirasi_saluran", "whatsapp"): 2,
    ("33.74", "aspirasi_saluran", "tidak_disebut"): 2,
    ("33.74", "aspirasi_tindak_lanjut", "selesai"): 1,
    ("33.74", "aspirasi_tindak_lanjut", "belum"): None,
    ("33.74", "aspirasi_tindak_lanjut", "tidak_disebut"): 2,
    ("33.74", "aspirasi_diberi_tahu", ""): 75,
    ("33.74", "aspirasi_median_hari", ""): 3,
    ("33.02", "aspirasi", ""): 1,
    ("33.02", "aspirasi_diberi_tahu", ""): None,
    ("33.02", "aspirasi_median_hari", ""): None,
    ("33", "aspirasi", ""): None,
    ("31.71", "aspirasi", ""): None,
}


@pytest.fixture(scope="module")
def nation(register: Register, calendar: Calendar) -> Nation:
    said = verdicts(*(verdict(code) for code in CODE[:-1]), verdict("31.71", "nihil"))
    return Nation(register, calendar, obligations(*CODE), said, {"aspirasi": rows("aspirasi", *VOICES)})


@pytest.mark.parametrize(("key", "value"), FIGURES.items(), ids=map("/".join, FIGURES))
def test_figures_of_a_unit(nation: Nation, key: tuple[str, str, str], value: float | None) -> None:
    assert nation.value("satker", *key) == value


def test_levels_add_up(nation: Nation) -> None:
    assert reconcile(nation.roll()) == []
    assert [nation.value(*place, "aspirasi") for place in (("provinsi", "33"), ("nasional", "00"))] == [6, 6]


def test_the_share_of_the_nation_is_that_of_its_rows(nation: Nation) -> None:
    figures = nation.roll()
    (told,) = figures[(figures["ukuran"] == "aspirasi_diberi_tahu") & (figures["lingkup"] == "nasional")].to_dict(
        "records"
    )
    assert (told["pembilang"], told["penyebut"]) == (3, 4)


def test_what_nobody_owes_is_not_missing(nation: Nation) -> None:
    figures = nation.roll()
    owed = figures[figures["ukuran"].isin(["kelengkapan_himpunan", "himpunan_nihil"])]
    assert set(owed["rincian"]) == asked_of("kpu")
    assert "aspirasi" not in asked_of("kpu")
