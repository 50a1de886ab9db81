from __future__ import annotations

import logging
import subprocess
import sys

import pandas as pd
import pytest
from humas.contract.vocabulary import NOT_STATED
from humas.errors import OperatorError
from humas.periods import Calendar
from humas.registry import Register
from humas.rollup import figures, reconcile
from humas.rollup.levels import COLUMNS

from tests.rollup.nation import Nation, obligations, rows, verdict, verdicts

CODE = ("00", "33", "33.02", "33.74", "31", "31.71")


@pytest.fixture
def nation(register: Register, calendar: Calendar) -> Nation:
    return Nation(register, calendar, obligations(*CODE), verdicts(*(verdict(code) for code in CODE)))


def _kegiatan(code: str, event: str, **content: object) -> dict[str, object]:
    unchanged = {
        "strategi_utama": 2.0,
        "jenis_kegiatan": "RAKOR",
        "mode": "luring",
        "peran_satker": "peserta",
        "tahapan": "NON_TAHAPAN",
    }
    return {"kode_satker": code, "id_acara": event, **unchanged, **content}


@pytest.fixture(scope="module")
def zoom(register: Register, calendar: Calendar) -> Nation:
    """One national meeting that several units attended, and one event of their own."""
    owner = [("33.74", "zoom"), ("33.74", "lain"), ("33", "zoom"), ("33.02", "zoom"), ("00", "zoom")]
    facts = {"kegiatan": rows("kegiatan", *(_kegiatan(*one) for one in owner))}
    return Nation(register, calendar, obligations(*CODE), verdicts(*(verdict(code) for code in CODE)), facts)


@pytest.mark.parametrize(
    ("scope", "code", "reported_rows", "distinct"),
    [
        pytest.param("satker", "33.74", 2, 2, id="satker"),
        pytest.param("satker", "33", 1, 1, id="kantor-provinsi"),
        pytest.param("provinsi", "33", 4, 2, id="provinsi-dengan-kabkota"),
        pytest.param("provinsi", "31", None, None, id="provinsi-tanpa-kegiatan"),
        pytest.param("nasional", "00", 5, 2, id="nasional-dengan-kantor-pusat"),
    ],
)
def test_one_event_reported_by_many_units_is_one_event(
    zoom: Nation, scope: str, code: str, reported_rows: int | None, distinct: int | None
) -> None:
    assert zoom.value(scope, code, "kegiatan_dilaporkan") == reported_rows
    assert zoom.value(scope, code, "acara_unik") == distinct


def test_the_national_office_is_no_province(zoom: Nation) -> None:
    assert zoom.value("satker", "00", "kegiatan_dilaporkan") == 1
    assert zoom.value("provinsi", "00", "kegiatan_dilaporkan") is None
    assert zoom.value("provinsi", "00", "satker_wajib") is None


def test_participants_are_summed_by_unit_and_scope(nation: Nation) -> None:
    content = [
        _kegiatan("33.74", "a", jumlah_peserta=120.0, satuan_peserta="orang", lingkup_peserta="satker_ini"),
        _kegiatan("33.74", "b", jumlah_peserta=30.0, satuan_peserta="orang", lingkup_peserta="satker_ini"),
        _kegiatan("33.02", "c", jumlah_peserta=514.0, satuan_peserta="satker", lingkup_peserta="seluruh_acara"),
        _kegiatan("33.02", "d", jumlah_peserta=7.0),
        _kegiatan("33.02", "e"),
    ]
    nation.facts["kegiatan"] = rows("kegiatan", *content)
    assert nation.value("provinsi", "33", "peserta", "orang/satker_ini") == 150
    assert nation.value("provinsi", "33", "peserta", "satker/seluruh_acara") == 514
    assert nation.value("provinsi", "33", "peserta", "satker/satker_ini") == 0
    assert nation.value("provinsi", "33", "peserta", "tidak_disebut/tidak_disebut") == 7


def test_breakdowns(nation: Nation) -> None:
    nation.facts["kegiatan"] = rows(
        "kegiatan",
        _kegiatan("33.74", "a", fungsi="korektif"),
        _kegiatan(
            "33.74", "b", strategi_utama=8.0, jenis_kegiatan="BIMTEK", mode="daring", peran_satker="penyelenggara"
        ),
    )
    expected = {
        ("kegiatan_strategi", "2"): 1, ("kegiatan_strategi", "8"): 1, ("kegiatan_strategi", "5"): 0,
        ("kegiatan_jenis", "RAKOR"): 1, ("kegiatan_mode", "daring"): 1, ("kegiatan_mode", "hibrida"): 0,
        ("kegiatan_peran", "penyelenggara"): 1, ("kegiatan_tahapan", "NON_TAHAPAN"): 2,
        ("kegiatan_fungsi", "korektif"): 1, ("kegiatan_fungsi", "konstruktif"): 0,
    }  # fmt: skip
    assert {key: nation.value("satker", "33.74", *key) for key in expected} == expected


def test_what_a_row_does_not_say_is_a_part_of_its_own_and_the_parts_add_up(nation: Nation) -> None:
    silent = dict.fromkeys(("strategi_utama", "jenis_kegiatan", "mode", "peran_satker", "tahapan", "fungsi"))
    nation.facts["kegiatan"] = rows(
        "kegiatan", _kegiatan("33.74", "a", fungsi="korektif"), _kegiatan("33.74", "b", **silent)
    )
    nation.facts["publikasi"] = rows(
        "publikasi", {"kode_satker": "33.74", "kanal": "website"}, {"kode_satker": "33.74"}
    )
    nation.facts["permohonan_info"] = rows("permohonan_info", {"kode_satker": "33.74", "tanggal_terima": "2026-07-01"})
    nation.facts["isu_hoaks"] = rows("isu_hoaks", {"kode_satker": "33.74"})
    figures = nation.roll()
    assert reconcile(figures) == []
    unsaid = figures[(figures["rincian"] == NOT_STATED) & (figures["lingkup"] == "satker")].set_index("ukuran")["nilai"]
    assert unsaid.to_dict() == {
        "kegiatan_strategi": 1, "kegiatan_jenis": 1, "kegiatan_mode": 1, "kegiatan_peran": 1, "kegiatan_tahapan": 1,
        "kegiatan_fungsi": 1, "publikasi_kanal": 1, "publikasi_jenis": 2, "permohonan_putusan": 1,
        "permohonan_ketepatan": 1, "permohonan_kanal": 1, "permohonan_pemohon": 1, "permohonan_tujuan": 1, "hoaks_klasifikasi": 1, "hoaks_sumber": 1,
        "hoaks_platform": 1, "hoaks_tahapan": 1, "publikasi_aksesibilitas": 2,
    }  # fmt: skip


def test_completeness_of_descriptions_counts_the_asked_cells_of_accepted_rows(nation: Nation) -> None:
    nation.facts["kegiatan"] = rows("kegiatan", _kegiatan("33.74", "a"), _kegiatan("33.02", "b", mode=None))
    nation.facts["publikasi"] = rows("publikasi", {"kode_satker": "33.74", "kanal": "website"})
    figures = nation.roll().set_index(["lingkup", "kode", "ukuran", "rincian"])
    told = ["pembilang", "penyebut"]
    assert list(figures.loc[("satker", "33.74", "kelengkapan_uraian", ""), told]) == [5, 7]
    assert list(figures.loc[("provinsi", "33", "kelengkapan_uraian", ""), told]) == [8, 11]
    assert ("satker", "31", "kelengkapan_uraian", "") not in figures.index


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        pytest.param({"kanal": "radio"}, [1, 2], id="no-address"),
        pytest.param({"kanal": "radio", "url": "https://rri.co.id/1"}, [2, 3], id="an-address-all-the-same"),
        pytest.param({"kanal": "instagram"}, [1, 3], id="an-address-not-said"),
        pytest.param({}, [0, 3], id="no-channel-said"),
    ],
)
def test_a_link_that_cannot_be_is_not_missing_in_a_description(
    nation: Nation, cells: dict[str, object], told: list[int]
) -> None:
    nation.facts["publikasi"] = rows("publikasi", {"kode_satker": "33.74", **cells})
    figures = nation.roll().set_index(["lingkup", "kode", "ukuran", "rincian"])
    assert list(figures.loc[("satker", "33.74", "kelengkapan_uraian", ""), ["pembilang", "penyebut"]]) == told


def test_publications(nation: Nation) -> None:
    one = {"kode_satker": "33.74", "kanal": "instagram", "jenis_konten": "foto", "jangkauan": 1500.0}
    other = {"kode_satker": "31.71", "kanal": "website", "jenis_konten": "berita", "tayangan": 70.0}
    nation.facts["publikasi"] = rows("publikasi", one, one, other)
    measure = ("publikasi", "jangkauan", "tayangan")
    assert [nation.value("nasional", "00", u) for u in measure] == [3, 3000, 70]
    assert [nation.value("satker", "33.74", u) for u in measure] == [2, 3000, 0]
    assert nation.value("nasional", "00", "publikasi_kanal", "instagram") == 2
    assert nation.value("provinsi", "31", "publikasi_jenis", "berita") == 1


def _issue(code: str, hour: float | None, posts: float = 1.0) -> dict[str, object]:
    finding = pd.Timestamp("2026-08-13 08:00")
    reply = None if hour is None else finding + pd.Timedelta(hours=hour)
    return {"kode_satker": code, "jumlah_konten": posts, "klasifikasi": "konten_palsu", "tanggal_temuan": finding, "tanggal_klarifikasi": reply}  # fmt: skip


def test_hoaxes(nation: Nation) -> None:
    hour = [float(n) for n in range(1, 11)]
    nation.facts["isu_hoaks"] = rows(
        "isu_hoaks", *(_issue("33.74", n) for n in hour), _issue("33.02", None, 5.0), _issue("33.02", 100.0)
    )
    figure = nation.roll().set_index(["lingkup", "kode", "ukuran", "rincian"])
    assert figure.at[("satker", "33.74", "hoaks_median_jam", ""), "nilai"] == 5.5
    assert figure.at[("satker", "33.74", "hoaks_p90_jam", ""), "nilai"] == 9
    assert figure.at[("provinsi", "33", "hoaks_p90_jam", ""), "nilai"] == 10
    assert figure.at[("provinsi", "33", "hoaks_konten", ""), "nilai"] == 16
    clarified = figure.loc[("provinsi", "33", "hoaks_diklarifikasi", "")]
    assert list(clarified[["nilai", "pembilang", "penyebut"]]) == [11, 11, 12]
    assert ("satker", "31", "hoaks_median_jam", "") not in figure.index


def test_requests(nation: Nation) -> None:
    one = {"kode_satker": "33.74", "rezim": "UMUM", "putusan": "dikabulkan_penuh", "tanggal_terima": "2026-07-01"}
    nation.facts["permohonan_info"] = rows(
        "permohonan_info",
        {**one, "tanggal_tanggapan": "2026-07-06"},
        {**one, "tanggal_tanggapan": "2026-09-01"},
        {**one, "putusan": "dalam_proses"},
        one,
    )
    result = {n: nation.value("satker", "33.74", "permohonan_ketepatan", n) for n in figures.PERMOHONAN_TIMELINESS}
    assert result == {"tepat": 1, "terlambat": 1, "berjalan": 0, "lewat_tenggat": 1}
    assert nation.value("satker", "33.74", "permohonan_ketepatan", NOT_STATED) == 1
    assert nation.value("satker", "33.74", "permohonan") == 4
    assert nation.value("satker", "33.74", "permohonan_putusan", "dikabulkan_penuh") == 3
    assert nation.value("satker", "33.74", "permohonan_median_hari") == (3 + 42) / 2


def test_rates_carry_numerator_and_denominator(register: Register, calendar: Calendar) -> None:
    verdict_rows = verdicts(
        verdict("33.74", "diterima_sebagian", baris_masuk=10, diterima=7, dikarantina=2, kembar=1, sel_wajib=40, sel_wajib_terisi=38),
        verdict("33.02", "nihil", at="2026-10-08T00:00:00Z"),
        verdict("33", "ditolak", baris_masuk=4, dikarantina=4),
    )  # fmt: skip
    figure = (
        Nation(register, calendar, obligations(*CODE), verdict_rows)
        .roll()
        .set_index(["lingkup", "kode", "ukuran", "rincian"])
    )

    def rate(*key: str) -> list[float]:
        return [round(x, 3) for x in figure.loc[(*key, ""), ["nilai", "pembilang", "penyebut"]]]

    assert rate("nasional", "00", "kelengkapan") == [33.333, 2, 6]
    assert rate("nasional", "00", "ketepatan_waktu") == [16.667, 1, 6]
    assert rate("provinsi", "33", "kelengkapan") == [66.667, 2, 3]
    assert rate("satker", "33.74", "validitas") == [80, 8, 10]
    assert rate("provinsi", "33", "validitas") == [57.143, 8, 14]
    assert rate("satker", "33.74", "kelengkapan_isi") == [95, 38, 40]
    assert rate("satker", "33.02", "kelengkapan") == [100, 1, 1]
    assert (
        figure.loc[("satker", "33.02", "validitas", ""), "nilai"]
        != figure.loc[("satker", "33.02", "validitas", ""), "nilai"]
    )
    assert figure.at[("nasional", "00", "status_kiriman", "menunggu"), "nilai"] == 3
    assert figure.at[("nasional", "00", "status_kiriman", "ditolak"), "nilai"] == 1
    assert figure.at[("nasional", "00", "baris", "masuk"), "nilai"] == 14


def test_rows_that_a_later_file_mended_are_a_part_of_those_held(register: Register, calendar: Calendar) -> None:
    counts = {"baris_masuk": 10, "diterima": 8, "dikarantina": 2}
    rows = verdicts(verdict("33.74", "diterima_sebagian", diperbaiki=1, **counts), verdict("33.02", **counts))
    nation = Nation(register, calendar, obligations(*CODE), rows)
    for scope, code, mended in (("satker", "33.74", 1), ("provinsi", "33", 1), ("nasional", "00", 1)):
        assert nation.value(scope, code, "baris", "diperbaiki") == mended
    assert nation.value("satker", "33.02", "baris", "diperbaiki") is None, "no row where there is nothing to say"
    assert nation.value("nasional", "00", "baris", "dikarantina") == 4, "what came stays as it was"


def test_sent_but_all_held_is_neither_silence_nor_zero(register: Register, calendar: Calendar) -> None:
    sent = {"kegiatan": (5, 5, 0, 0), "publikasi": (3, 0, 3, 0), "isu_hoaks": (0, 0, 0, 0)}
    rows = verdicts(verdict("33.74", "diterima_sebagian", by_data_set=sent), verdict("33.02", by_data_set=sent))
    nation = Nation(register, calendar, obligations(*CODE), rows)
    assert nation.value("satker", "33.74", "himpunan_ditahan", "publikasi") == 3
    assert nation.value("provinsi", "33", "himpunan_ditahan", "publikasi") == 6
    assert nation.value("satker", "33.74", "himpunan_ditahan", "kegiatan") is None
    assert nation.value("satker", "33.74", "himpunan_ditahan", "isu_hoaks") is None
    mended = verdicts(verdict("33.74", by_data_set=sent), verdict("33.74", by_data_set={"publikasi": (1, 1, 0, 0)}))
    later = Nation(register, calendar, obligations(*CODE), mended)
    assert later.value("satker", "33.74", "himpunan_ditahan", "publikasi") is None, "a row of it counts by now"


def test_what_was_not_reported_is_not_zero(register: Register, calendar: Calendar) -> None:
    nation = Nation(
        register, calendar, obligations(*CODE), verdicts(verdict("33.74", "nihil"), verdict("33.02", "ditolak"))
    )
    assert nation.value("satker", "33.74", "kegiatan_dilaporkan") == 0
    assert nation.value("provinsi", "33", "kegiatan_dilaporkan") == 0
    assert nation.value("satker", "33.02", "kegiatan_dilaporkan") is None
    assert nation.value("provinsi", "31", "kegiatan_dilaporkan") is None
    assert nation.value("satker", "33.02", "satker_lapor") == 0
    assert nation.value("provinsi", "31", "satker_wajib") == 2


def test_the_ledger_counts_rows_that_no_longer_count_beside_those_that_do(nation: Nation) -> None:
    nation.facts["kegiatan"] = rows("kegiatan", _kegiatan("33.74", "a1"), _kegiatan("33.02", "a2"))
    nation.gone = (("33.74", "kegiatan", "digantikan", 3), ("33.02", "kegiatan", "dicabut", 1))
    parts = ("pernah", "berlaku", "digantikan", "dicabut")
    assert [nation.value("satker", "33.74", "buku", f"kegiatan/{part}") for part in parts] == [4, 1, 3, None]
    assert [nation.value("provinsi", "33", "buku", f"kegiatan/{part}") for part in parts] == [6, 2, 3, 1]
    assert reconcile(nation.roll()) == []


NIL, HELD = {"statement": '{"nihil": ["publikasi"]}'}, {"by_data_set": {"publikasi": (2, 0, 2, 0)}}
EMPTY = {"statement": '{"kosong": ["publikasi"]}'}
SAID = {
    "a file that does not speak of a data set has not reported it": ({}, None, 0, None),
    "a sheet declared nil is a zero that was said": (NIL, 0, 100, 1),
    "rows that are all held are a zero that waits to be mended": (HELD, 0, 100, None),
    "an empty list of an API that lists its whole state is nil": (EMPTY | {"complete": True}, 0, 100, 1),
    "an empty list in a file says nothing": (EMPTY, None, 0, None),
}


@pytest.mark.parametrize(("said", "figure", "complete", "nil"), SAID.values(), ids=SAID.keys())
def test_each_data_set_is_an_obligation_of_its_own(
    register: Register, calendar: Calendar, said: dict, figure: int | None, complete: int, nil: int | None
) -> None:
    nation = Nation(register, calendar, obligations(*CODE), verdicts(verdict("33.74", **said)))
    nation.facts["kegiatan"] = rows("kegiatan", _kegiatan("33.74", "a1"))
    for scope, code in (("satker", "33.74"), ("provinsi", "33"), ("nasional", "00")):
        assert nation.value(scope, code, "kegiatan_dilaporkan") == 1
        assert nation.value(scope, code, "publikasi") == figure
        assert nation.value(scope, code, "jangkauan") == figure
        assert nation.value(scope, code, "himpunan_nihil", "publikasi") == nil
    assert nation.value("satker", "33.74", "kelengkapan_himpunan", "publikasi") == complete
    assert nation.value("nasional", "00", "kelengkapan_himpunan", "kegiatan") == pytest.approx(100 / len(CODE))
    assert nation.value("satker", "33.74", "kelengkapan") == 100
    assert reconcile(nation.roll()) == []


def test_nobody_reported(register: Register, calendar: Calendar) -> None:
    nation = Nation(register, calendar, obligations(*CODE))
    assert nation.value("nasional", "00", "kelengkapan") == 0
    assert nation.value("nasional", "00", "kegiatan_dilaporkan") is None
    assert reconcile(nation.roll()) == []


def test_output_is_sorted_unique_and_does_not_depend_on_row_order(nation: Nation) -> None:
    nation.facts["kegiatan"] = rows("kegiatan", *(_kegiatan(k, f"a{n}") for n, k in enumerate(CODE * 3)))
    first = nation.roll()
    nation.facts["kegiatan"] = nation.facts["kegiatan"].sample(frac=1, random_state=3)
    nation.obligations = list(reversed(nation.obligations))
    pd.testing.assert_frame_equal(nation.roll(), first)
    assert list(first.columns) == list(COLUMNS)
    key = first[list(COLUMNS[:4])]
    assert not key.duplicated().any()
    assert key.apply(tuple, axis=1).is_monotonic_increasing


def test_rate_above_100_is_an_alarm(nation: Nation) -> None:
    nation.verdict = verdicts(verdict("33.74", sel_wajib=10, sel_wajib_terisi=11))
    with pytest.raises(OperatorError, match="kelengkapan_isi") as error:
        nation.roll()
    assert error.value.code == "angka_melebihi_100"


def test_changed_denominator_and_unit_without_obligation_are_said_aloud(
    nation: Nation, caplog: pytest.LogCaptureFixture
) -> None:
    nation.obligations = obligations("33", "99.99")
    with caplog.at_level(logging.WARNING):
        nation.roll()
    assert "tidak terdaftar: 99.99" in caplog.text
    assert "Satker tanpa kewajiban melapor untuk 2026-TW3: 00, 31, 31.71, 33.02, 33.74." in caplog.text


def test_importing_the_room_does_not_import_pandas() -> None:
    code = "import sys; import humas.rollup; print('pandas' in sys.modules)"
    path = {"PYTHONPATH": ":".join(sys.path)}
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=path).stdout
        == "False\n"
    )
