from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from humas.errors import OperatorError
from humas.periods import Calendar, SpecialDay, jakarta_day
from hypothesis import given, settings
from hypothesis import strategies as st

CALENDAR = Calendar.load()
WEEKDAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@pytest.fixture
def override(tmp_path: Path):
    def write(content: str) -> Path:
        file = tmp_path / "libur.csv"
        file.write_text(content, encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize(
    ("day", "working", "name"),
    [
        (date(2026, 10, 6), True, ""),
        (date(2026, 10, 3), False, ""),
        (date(2026, 8, 17), False, "Hari Kemerdekaan Republik Indonesia"),
        (date(2025, 8, 18), False, "Cuti Bersama Hari Kemerdekaan Republik Indonesia"),
        (date(2024, 11, 27), False, "Hari Pemilihan Kepala Daerah"),
    ],
    ids=["ordinary day", "saturday", "public holiday", "cuti bersama", "election day"],
)
def test_knows_working_days_and_the_names_of_holidays(day: date, working: bool, name: str) -> None:
    assert CALENDAR.is_working_day(day) is working
    special = CALENDAR.special_day(day)
    assert (special.name if special else "") == name


@pytest.mark.parametrize(
    ("day", "count", "result"),
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
def test_adds_working_days(day: date, count: int, result: date) -> None:
    assert CALENDAR.add_workdays(day, count) == result


@pytest.mark.parametrize(
    ("begin", "finish", "difference"),
    [
        (date(2026, 10, 7), date(2026, 10, 7), 0),
        (date(2026, 10, 7), date(2026, 10, 12), 3),
        (date(2026, 10, 12), date(2026, 10, 7), -3),
        (date(2026, 10, 2), date(2026, 10, 4), 0),
        (date(2025, 12, 31), date(2026, 1, 2), 1),
    ],
    ids=["same day", "three late", "backwards", "only weekend", "over new year"],
)
def test_counts_working_days_between(begin: date, finish: date, difference: int) -> None:
    assert CALENDAR.workdays_between(begin, finish) == difference


@settings(max_examples=100, deadline=None)
@given(WEEKDAYS, st.integers(0, 60))
def test_counting_agrees_with_walking_day_by_day(begin: date, distance: int) -> None:
    finish = begin + timedelta(days=distance)
    one_by_one = sum(CALENDAR.is_working_day(begin + timedelta(days=n)) for n in range(1, distance + 1))
    assert CALENDAR.workdays_between(begin, finish) == one_by_one
    assert CALENDAR.workdays_between(finish, begin) == -one_by_one


@settings(max_examples=100, deadline=None)
@given(WEEKDAYS, st.integers(1, 30))
def test_adding_and_counting_are_inverse(day: date, count: int) -> None:
    finish = CALENDAR.add_workdays(day, count)
    assert CALENDAR.is_working_day(finish)
    assert CALENDAR.workdays_between(day, finish) == count
    assert CALENDAR.is_working_day(CALENDAR.add_workdays(day, -count))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: CALENDAR.is_working_day(date(2028, 1, 3)),
        lambda: CALENDAR.special_day(date(2018, 12, 25)),
        lambda: CALENDAR.add_workdays(date(2027, 12, 31), 1),
        lambda: CALENDAR.add_workdays(date(2019, 1, 1), -1),
        lambda: CALENDAR.add_workdays(date(2030, 1, 1), -1),
        lambda: CALENDAR.workdays_between(date(2026, 1, 1), date(2028, 1, 1)),
    ],
    ids=["later", "earlier", "adding into", "back into", "back from far", "counting over"],
)
def test_a_year_without_data_is_an_error_with_a_remedy(ask) -> None:
    with pytest.raises(OperatorError) as error:
        ask()
    assert error.value.code == "kalender_tidak_ada"
    assert "HUMAS_HARI_LIBUR" in error.value.remedy


def test_the_override_file_wins(override) -> None:
    file = override(
        "\ufefftanggal;jenis;nama\n2026-10-06;cuti_bersama;Hari Daerah\n2026-08-17;hari_kerja;dipindah\n2026-10-10;hari_kerja;\n"
    )
    calendar = Calendar.load(file)
    assert calendar.special_day(date(2026, 10, 6)) == SpecialDay(date(2026, 10, 6), "cuti_bersama", "Hari Daerah")
    assert calendar.add_workdays(date(2026, 9, 30), 5) == date(2026, 10, 8)
    assert calendar.is_working_day(date(2026, 8, 17))
    assert calendar.special_day(date(2026, 8, 17)) == SpecialDay(date(2026, 8, 17), "hari_kerja", "dipindah")
    assert calendar.is_working_day(date(2026, 10, 10))
    assert CALENDAR.is_working_day(date(2026, 10, 6))


@pytest.mark.parametrize(
    "content",
    [
        "Tanggal;Jenis;Nama\r\n06/10/2026;Cuti Bersama;Hari Daerah\r\n;;\r\n;;\r\n",
        " TANGGAL \tJenis\tKeterangan\n6-10-2026\tCUTI BERSAMA\t\n",
        "tanggal,jenis,nama\n2026-10-06,cuti-bersama,x\n06/10/2026,cuti_bersama,lagi\n",
    ],
    ids=["spreadsheet", "tabs", "said twice alike"],
)
def test_the_override_file_as_a_spreadsheet_saves_it(override, content: str) -> None:
    assert not Calendar.load(override(content)).is_working_day(date(2026, 10, 6))


def test_the_override_file_in_the_encoding_of_windows(tmp_path: Path) -> None:
    file = tmp_path / "libur.csv"
    file.write_bytes("tanggal;jenis;nama\n06/10/2026;cuti_bersama;Isra Mi’raj\n".encode("cp1252"))
    special = Calendar.load(file).special_day(date(2026, 10, 6))
    assert special is not None
    assert special.name == "Isra Mi’raj"


def test_the_override_file_can_bring_a_new_year(override) -> None:
    calendar = Calendar.load(override("tanggal,jenis,nama\n2028-01-01,libur_nasional,Tahun Baru Masehi\n"))
    assert calendar.add_workdays(date(2027, 12, 31), 1) == date(2028, 1, 3)
    assert calendar.year[-1] == 2028


@pytest.mark.parametrize("day", ["2028-08-18", "2206-10-06"], ids=["half a new year", "typing error"])
def test_a_day_in_an_unknown_year_is_refused_rather_than_ignored(override, day: str) -> None:
    with pytest.raises(OperatorError, match=day[:4]) as error:
        Calendar.load(override(f"tanggal,jenis,nama\n{day},cuti_bersama,Tambahan\n"))
    assert "1 Januari" in error.value.remedy


@pytest.mark.parametrize(
    ("content", "place"),
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
def test_a_bad_override_file_says_where(override, content: str, place: str) -> None:
    with pytest.raises(OperatorError, match=place):
        Calendar.load(override(content))


def test_an_override_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "biner.csv").write_bytes(b"\xff\xfe\x00\x81")
    for file in (tmp_path / "tidak_ada.csv", tmp_path / "biner.csv", tmp_path):
        with pytest.raises(OperatorError) as error:
            Calendar.load(file)
        assert error.value.code == "kalender_tak_terbaca"


def test_the_embedded_days_cover_2019_to_2027() -> None:
    assert CALENDAR.year == tuple(range(2019, 2028))


def test_the_date_of_an_instant_is_that_of_jakarta() -> None:
    assert jakarta_day(datetime(2026, 10, 7, 16, 59, tzinfo=UTC)) == date(2026, 10, 7)
    assert jakarta_day(datetime(2026, 10, 7, 17, 0, tzinfo=UTC)) == date(2026, 10, 8)
    with pytest.raises(OperatorError, match="zona"):
        jakarta_day(datetime(2026, 10, 7, 12, 0))  # noqa: DTZ001
