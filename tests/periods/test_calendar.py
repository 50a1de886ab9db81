from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from humas.errors import SistemError
from humas.periods import Kalender, tanggal_jakarta
from hypothesis import given, settings
from hypothesis import strategies as st

KALENDER = Kalender.load()
HARI = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@pytest.fixture
def override(tmp_path: Path):
    def write(isi: str) -> Path:
        berkas = tmp_path / "libur.csv"
        berkas.write_text(isi, encoding="utf-8")
        return berkas

    return write


@pytest.mark.parametrize(
    ("hari", "bekerja", "nama"),
    [
        (date(2026, 10, 6), True, ""),
        (date(2026, 10, 3), False, ""),
        (date(2026, 8, 17), False, "Hari Kemerdekaan Republik Indonesia"),
        (date(2025, 8, 18), False, "Cuti Bersama Hari Kemerdekaan Republik Indonesia"),
        (date(2024, 11, 27), False, "Hari Pemilihan Kepala Daerah"),
    ],
    ids=["ordinary day", "saturday", "public holiday", "cuti bersama", "election day"],
)
def test_knows_working_days_and_the_names_of_holidays(hari: date, bekerja: bool, nama: str) -> None:
    assert KALENDER.hari_kerja(hari) is bekerja
    assert KALENDER.nama_libur(hari) == nama


@pytest.mark.parametrize(
    ("hari", "jumlah", "hasil"),
    [
        (date(2026, 9, 30), 5, date(2026, 10, 7)),
        (date(2026, 9, 30), 0, date(2026, 9, 30)),
        (date(2025, 12, 31), 1, date(2026, 1, 2)),
        (date(2026, 3, 17), 1, date(2026, 3, 25)),
        (date(2026, 10, 5), -1, date(2026, 10, 2)),
        (date(2026, 10, 4), -1, date(2026, 10, 2)),
    ],
    ids=["quarter", "zero", "new year", "idul fitri", "back over weekend", "back from a sunday"],
)
def test_adds_working_days(hari: date, jumlah: int, hasil: date) -> None:
    assert KALENDER.tambah_hari_kerja(hari, jumlah) == hasil


@pytest.mark.parametrize(
    ("awal", "akhir", "selisih"),
    [
        (date(2026, 10, 7), date(2026, 10, 7), 0),
        (date(2026, 10, 7), date(2026, 10, 12), 3),
        (date(2026, 10, 12), date(2026, 10, 7), -3),
        (date(2026, 10, 2), date(2026, 10, 4), 0),
        (date(2025, 12, 31), date(2026, 1, 2), 1),
    ],
    ids=["same day", "three late", "backwards", "only weekend", "over new year"],
)
def test_counts_working_days_between(awal: date, akhir: date, selisih: int) -> None:
    assert KALENDER.selisih_hari_kerja(awal, akhir) == selisih


@settings(max_examples=100, deadline=None)
@given(HARI, st.integers(0, 60))
def test_counting_agrees_with_walking_day_by_day(awal: date, jarak: int) -> None:
    akhir = awal + timedelta(days=jarak)
    satu_satu = sum(KALENDER.hari_kerja(awal + timedelta(days=n)) for n in range(1, jarak + 1))
    assert KALENDER.selisih_hari_kerja(awal, akhir) == satu_satu
    assert KALENDER.selisih_hari_kerja(akhir, awal) == -satu_satu


@settings(max_examples=100, deadline=None)
@given(HARI, st.integers(1, 30))
def test_adding_and_counting_are_inverse(hari: date, jumlah: int) -> None:
    akhir = KALENDER.tambah_hari_kerja(hari, jumlah)
    assert KALENDER.hari_kerja(akhir)
    assert KALENDER.selisih_hari_kerja(hari, akhir) == jumlah
    assert KALENDER.hari_kerja(KALENDER.tambah_hari_kerja(hari, -jumlah))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: KALENDER.hari_kerja(date(2028, 1, 3)),
        lambda: KALENDER.nama_libur(date(2018, 12, 25)),
        lambda: KALENDER.tambah_hari_kerja(date(2027, 12, 31), 1),
        lambda: KALENDER.tambah_hari_kerja(date(2019, 1, 1), -1),
        lambda: KALENDER.tambah_hari_kerja(date(2030, 1, 1), -1),
        lambda: KALENDER.selisih_hari_kerja(date(2026, 1, 1), date(2028, 1, 1)),
    ],
    ids=["later", "earlier", "adding into", "back into", "back from far", "counting over"],
)
def test_a_year_without_data_is_an_error_with_a_remedy(ask) -> None:
    with pytest.raises(SistemError) as galat:
        ask()
    assert galat.value.kode == "kalender_tidak_ada"
    assert "HUMAS_HARI_LIBUR" in galat.value.cara


def test_the_override_file_wins(override) -> None:
    berkas = override(
        "\ufefftanggal;jenis;nama\n2026-10-06;cuti_bersama;Hari Daerah\n2026-08-17;hari_kerja;dipindah\n2026-10-10;hari_kerja;\n"
    )
    kalender = Kalender.load(berkas)
    assert kalender.nama_libur(date(2026, 10, 6)) == "Hari Daerah"
    assert kalender.tambah_hari_kerja(date(2026, 9, 30), 5) == date(2026, 10, 8)
    assert kalender.hari_kerja(date(2026, 8, 17))
    assert kalender.nama_libur(date(2026, 8, 17)) == ""
    assert kalender.hari_kerja(date(2026, 10, 10))
    assert KALENDER.hari_kerja(date(2026, 10, 6))


@pytest.mark.parametrize(
    "isi",
    [
        "Tanggal;Jenis;Nama\r\n06/10/2026;Cuti Bersama;Hari Daerah\r\n;;\r\n;;\r\n",
        " TANGGAL \tJenis\tKeterangan\n6-10-2026\tCUTI BERSAMA\t\n",
        "tanggal,jenis,nama\n2026-10-06,cuti-bersama,x\n06/10/2026,cuti_bersama,lagi\n",
    ],
    ids=["spreadsheet", "tabs", "said twice alike"],
)
def test_the_override_file_as_a_spreadsheet_saves_it(override, isi: str) -> None:
    assert not Kalender.load(override(isi)).hari_kerja(date(2026, 10, 6))


def test_the_override_file_in_the_encoding_of_windows(tmp_path: Path) -> None:
    berkas = tmp_path / "libur.csv"
    berkas.write_bytes("tanggal;jenis;nama\n06/10/2026;cuti_bersama;Isra Mi’raj\n".encode("cp1252"))
    assert Kalender.load(berkas).nama_libur(date(2026, 10, 6)) == "Isra Mi’raj"


def test_the_override_file_can_bring_a_new_year(override) -> None:
    kalender = Kalender.load(override("tanggal,jenis,nama\n2028-01-01,libur_nasional,Tahun Baru Masehi\n"))
    assert kalender.tambah_hari_kerja(date(2027, 12, 31), 1) == date(2028, 1, 3)
    assert kalender.tahun[-1] == 2028


@pytest.mark.parametrize("hari", ["2028-08-18", "2206-10-06"], ids=["half a new year", "typing error"])
def test_a_day_in_an_unknown_year_is_refused_rather_than_ignored(override, hari: str) -> None:
    with pytest.raises(SistemError, match=hari[:4]) as galat:
        Kalender.load(override(f"tanggal,jenis,nama\n{hari},cuti_bersama,Tambahan\n"))
    assert "1 Januari" in galat.value.cara


@pytest.mark.parametrize(
    ("isi", "tempat"),
    [
        ("tanggal,jenis,nama\n2026-10-06,cuti_bersama,x\n31/02/2026,cuti_bersama,x\n", "libur.csv, baris 3"),
        (
            "tanggal,jenis,nama\n2026-10-06,cuti_bersama,x\n06/10/2026,hari_kerja,y\n",
            "6 Oktober 2026 tertulis dua kali",
        ),
        ("tanggal,jenis,nama\n2026-10-06,libur,x\n", 'jenis "libur"'),
        ("tanggal,jenis,nama\n2026-10-06\n", 'jenis ""'),
        ("tanggal,jenis,nama\n2026-10-06,cuti_bersama," + "x" * 200_000, "susunan CSV rusak"),
        ("hari,apa\n", "kolom tanggal"),
        ("", "kolom tanggal"),
    ],
    ids=["bad date", "two kinds for one day", "bad kind", "short line", "huge cell", "no header", "empty"],
)
def test_a_bad_override_file_says_where(override, isi: str, tempat: str) -> None:
    with pytest.raises(SistemError, match=tempat):
        Kalender.load(override(isi))


def test_an_override_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "biner.csv").write_bytes(b"\xff\xfe\x00\x81")
    for berkas in (tmp_path / "tidak_ada.csv", tmp_path / "biner.csv", tmp_path):
        with pytest.raises(SistemError) as galat:
            Kalender.load(berkas)
        assert galat.value.kode == "kalender_tak_terbaca"


def test_the_embedded_days_cover_2019_to_2027() -> None:
    assert KALENDER.tahun == tuple(range(2019, 2028))


def test_the_date_of_an_instant_is_that_of_jakarta() -> None:
    assert tanggal_jakarta(datetime(2026, 10, 7, 16, 59, tzinfo=UTC)) == date(2026, 10, 7)
    assert tanggal_jakarta(datetime(2026, 10, 7, 17, 0, tzinfo=UTC)) == date(2026, 10, 8)
    with pytest.raises(SistemError, match="zona"):
        tanggal_jakarta(datetime(2026, 10, 7, 12, 0))  # noqa: DTZ001
