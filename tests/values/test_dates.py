"""Dates in every form that offices write, the day first; what is no date says what is impossible about it."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from humas.contract.columns import BY_NAME
from humas.layout.date_order import ask_about_order
from humas.periods.period import MONTH_NAMES
from humas.reading.table import Serial1904
from humas.values.cells import read_column, reader
from humas.values.dates import OFFSET_1904, WEEKDAYS, NotADate, find_month, parse_date, parse_datetime, read_dates
from hypothesis import given
from hypothesis import strategies as st

KEGIATAN = BY_NAME["kegiatan"].by_name
TW3 = (date(2026, 7, 1), date(2026, 9, 30))

ONE_DAY = [
    "15/07/2026", "15/7/2026", "Rabu/15 Juli 2026", "Rabu / 15-07-2026", "15_07_2026", "15,7,2026", "15 Juli 2026 (1 hari)", "15 Jull 2026", "15/7/26", "15-07-2026", "15.07.2026", "15.7.26", "15 07 2026", "15 / 7 / 2026", "2026-07-15",
    "2026/07/15", "20260715", "2026-07-15T00:00:00", "2026-07-15 08:30", "2026-07-15T01:30:00Z", "15 Juli 2026", "15 Jul 2026",
    "15-Jul-26", "15Juli2026", "15 Juli '26", "15 JULI 2026", "15 July 2026", "15th July 2026", "July 15, 2026", "15-VII-2026", "15 VII 2026",
    "Rabu, 15 Juli 2026", "Rabu 15 Juli 2026", "Rabu (15/7/2026)", "Rabu(15/7/2026)", "(Rabu, 15/7/2026)", "Rabu malam (15/7/2026)",
    "Hari Rabu tanggal 15 bulan Juli tahun 2026", "tgl. 15 Juli 2026", "Wednesday, 15 July 2026", "\u00a015 Juli\u00a02026 ", "'15/07/2026", "\u200915 Juli 2026",
    "15 Juli 2026 pukul 08.30 WIB", "15 Juli 2026, 08.30 s.d. selesai", "15/07/2026 1:30 PM", 46218, 46218.0, "46218", "46218.5", "'46218",
    date(2026, 7, 15), datetime(2026, 7, 15, 9, 30), Serial1904(46218 - OFFSET_1904),  # noqa: DTZ001 -- as a spreadsheet cell is
]  # fmt: skip


@pytest.mark.parametrize("written", ONE_DAY, ids=str)
def test_one_day(written: object) -> None:
    assert parse_date(written) == date(2026, 7, 15)
    assert not read_dates(written).wrong_weekday


FRIDAYS = ["Jumat 17 Juli 2026", "Jum'at, 17 Juli 2026", "Jum’at 17 Juli 2026", "Jum`at 17/7/2026", "jumaat 17 juli 2026", "JUM'AT, 17-7-2026"]  # fmt: skip


@pytest.mark.parametrize("written", FRIDAYS)
def test_friday_in_every_spelling(written: str) -> None:
    readings = read_dates(written)
    assert (readings.start.date(), readings.day, readings.wrong_weekday) == (date(2026, 7, 17), 4, False)


SPANS = [
    ("1 s.d. 3 Juli 2026", "01/07", "03/07"), ("1 s/d 3 Juli 2026", "01/07", "03/07"), ("1 sd 3 Juli 2026", "01/07", "03/07"),
    ("1-3 Juli 2026", "01/07", "03/07"), ("1 – 3 Juli 2026", "01/07", "03/07"), ("1 sampai dengan 3 Juli 2026", "01/07", "03/07"),
    ("1 hingga 3 Juli 2026", "01/07", "03/07"), ("1 dan 2 Juli 2026", "01/07", "02/07"), ("1, 2, dan 3 Juli 2026", "01/07", "03/07"),
    ("28 Juni - 2 Juli 2026", "28/06", "02/07"), ("01/07/2026 - 03/07/2026", "01/07", "03/07"), ("01/07/2026-03/07/2026", "01/07", "03/07"),
    ("1-3/7/2026", "01/07", "03/07"), ("1/7 - 3/7/2026", "01/07", "03/07"), ("1/7/2026 s.d 3/7/2026", "01/07", "03/07"),
    ("Rabu s/d Jumat, 1 s/d 3 Juli 2026", "01/07", "03/07"), ("1-3 Juli 2026 (3 hari)", "01/07", "03/07"), ("2026-07-01 s.d. 2026-07-03", "01/07", "03/07"),
    ("Rabu, 1 Juli s.d. Jumat, 3 Juli 2026", "01/07", "03/07"), ("Kamis - Jumat (2 - 3/7/2026)", "02/07", "03/07"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "start", "end"), SPANS, ids=[s[0] for s in SPANS])
def test_spans(written: str, start: str, end: str) -> None:
    readings = read_dates(written)
    assert (f"{readings.start:%d/%m}", f"{readings.end:%d/%m}", readings.start.year) == (start, end, 2026)
    assert not readings.wrong_weekday


def test_a_span_over_new_year_takes_its_years_from_its_end() -> None:
    for written in ("30 Desember 2025 s/d 2 Januari 2026", "30 Desember s/d 2 Januari 2026"):
        assert read_dates(written).start.date() == date(2025, 12, 30)


MONTHS = [
    ("Agust", 8), ("Agustsus", 8), ("Agutsus", 8), ("Nopember", 11), ("Pebruari", 2), ("Febuari", 2), ("Januri", 1), ("Septmber", 9),
    ("August", 8), ("may", 5), ("Okt", 10), ("Sept", 9), ("Des", 12), ("Mrt", 3), ("VIII", 8), ("Jumi", None), ("Mars", 3), ("Jull", 7), ("Juny", None), ("xyz", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "number"), MONTHS, ids=[m[0] for m in MONTHS])
def test_month_names(words: str, number: int | None) -> None:
    assert (find_month(words.lower()) or (None,))[0] == number


def test_a_misspelt_month_is_said() -> None:
    assert "Agustus" in read_dates("3 Agutsus 2026").note
    assert read_dates("3 Nopember 2026").note == ""


@pytest.mark.parametrize("written", ["15 Juli", "15/7", "15-7", "Rabu, 15 Juli", "Rabu (15/7)", "15 Jul"])
def test_without_a_year(written: str) -> None:
    readings = read_dates(written)
    assert not readings.has_year
    complete = readings.with_year(*TW3)
    assert complete and complete.start.date() == date(2026, 7, 15) and not complete.wrong_weekday
    with pytest.raises(NotADate, match="tidak menyebut tahun"):
        parse_date(written)


def test_a_year_is_only_taken_from_a_period_that_holds_the_day() -> None:
    assert read_dates("15 Januari").with_year(*TW3) is None
    assert read_dates("29 Februari").with_year(date(2026, 1, 1), date(2026, 3, 31)) is None
    across_years = read_dates("2 Januari").with_year(date(2025, 12, 1), date(2026, 1, 31))
    assert across_years and across_years.start.year == 2026


def test_four_may_is_not_five_april() -> None:
    assert parse_date("04/05/2026") == date(2026, 5, 4)


def test_a_weekday_is_a_checksum() -> None:
    assert read_dates("Kamis, 15 Juli 2026").wrong_weekday
    readings = reader(KEGIATAN["tanggal_mulai"])("Kamis, 15 Juli 2026")
    assert (readings.value, readings.note) == (datetime(2026, 7, 15), "V10")  # noqa: DTZ001
    assert "adalah Rabu, tertulis Kamis" in readings.remark


NO_DATE = [
    ("31/09/2026", "September 2026 berakhir pada tanggal 30"), ("30/02/2026", "Februari 2026 berakhir pada tanggal 28"),
    ("07/25/2026", "Tulis hari dulu: 25/07/2026"), ("12/13/2026", "Tulis hari dulu: 13/12/2026"), ("31 Juni", "dengan tahun"),
    ("02/07/0226", "tahun"), ("minggu depan", "hari dulu"), ("minggu ke-2 November 2025", "tanggal harinya"),
    ("Juli minggu ke-I; Agustus minggu ke-II, III", "tanggal harinya"),
    ("Minggu III September 2025", "tanggal harinya"),
    ("Agustus", "tanggal harinya"),
    ("x", "hari dulu"), ("Juli 2026", "lengkap"),
    (5, "hari dulu"), (99999999, "hari dulu"), (math.nan, "hari dulu"), (True, "hari dulu"), ("99/99/2026", "Bulan 99"), ("0/7/2026", "berakhir"),
    ("1 dan 15 Juli 2026", "satu baris per tanggal"), ("9 Juli; 12 Agustus 2026", "satu baris per tanggal"), ("9 Juli; selesai", "hari dulu"), ("3-1 Juli 2026", "Periksa kedua"), ("1 Juli - 30 September 2026", "paling lama 31"),
    ("1 s.d. 3 Juli 2026", "satu tanggal"), ("3 Jumi 2026", "hari dulu"), ("#REF!", "hari dulu"), ("", "hari dulu"), ([], "hari dulu"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "parts"), NO_DATE, ids=[str(n[0]) for n in NO_DATE])
def test_what_is_no_date_says_what_is_impossible(written: object, parts: str) -> None:
    with pytest.raises(NotADate) as error:
        parse_date(written)
    assert parts in error.value.remedy


TIMES = [
    ("13/08/2026 08.30", (8, 30)), ("13/08/2026 08:30 WIB", (8, 30)), ("13/08/2026 pukul 10.30 WITA", (9, 30)),
    ("13 Agustus 2026, 10.30 WIT", (8, 30)), ("2026-08-13T01:30:00Z", (8, 30)), (datetime(2026, 8, 13, 1, 30, tzinfo=UTC), (8, 30)),
    ("2026-08-13 08:30", (8, 30)), ("Kamis, 13 Agustus 2026 jam 08.30", (8, 30)), ("13/08/2026", (0, 0)), ("13.08.2026", (0, 0)),
    ("13/08/2026 12:15 AM", (0, 15)), ("13/08/2026 08.30 - 10.00 WIB", (8, 30)), (46247.5, (12, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("written", "wib"), TIMES, ids=[str(t[0]) for t in TIMES])
def test_times_are_wib(written: object, wib: tuple[int, int]) -> None:
    assert parse_datetime(written) == datetime(2026, 8, 13, *wib)  # noqa: DTZ001 -- naive WIB by contract


def test_an_hour_that_does_not_exist() -> None:
    with pytest.raises(NotADate, match="berjam"):
        parse_datetime("13/08/2026 25.00")


def test_a_span_fills_start_and_end() -> None:
    start = read_column(KEGIATAN["tanggal_mulai"], ["1 s.d. 3 Juli 2026", "1-3 Juli", "5/7/2026"]).with_years(
        lambda _: TW3
    )
    end = read_column(KEGIATAN["tanggal_selesai"], [None, None, "5-6 Juli 2026"]).filled_from(start)
    assert [f"{one:%d}" for one in start.value] == ["01", "01", "05"]
    assert [f"{one:%d}" for one in end.value] == ["03", "03", "06"]
    assert list(start.note.values()) == ["K40", "V11"]
    assert not start.problem


def test_other_dates_take_no_span_and_no_year_from_elsewhere() -> None:
    readings = reader(KEGIATAN["tanggal_publikasi"])("1-3 Juli 2026")
    assert readings.value is None
    assert readings.problem and "dua tanggal" in readings.problem.message
    outside = read_column(KEGIATAN["tanggal_mulai"], ["15 Januari"]).with_years(lambda _: TW3)
    assert outside.problem[0].message == "tidak menyebut tahun"


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
FORMS = st.sampled_from([
    lambda h: f"{h:%d/%m/%Y}", lambda h: f"{h.day}-{h.month}-{h.year}", lambda h: f"{h:%d.%m.%Y}", lambda h: h.isoformat(),
    lambda h: f"{h.day} {MONTH_NAMES[h.month - 1]} {h.year}", lambda h: f"{WEEKDAYS[h.weekday()]}, {h.day} {MONTH_NAMES[h.month - 1]} {h.year}",
    lambda h: f"{WEEKDAYS[h.weekday()].upper()} ({h.day}/{h.month}/{h.year})", lambda h: (h - date(1899, 12, 30)).days, lambda h: f"{h:%Y%m%d}",
])  # fmt: skip


@given(DAYS, FORMS)
def test_every_day_in_every_form(day: date, form: object) -> None:
    readings = read_dates(form(day))  # type: ignore[operator]
    assert readings.start.date() == readings.end.date() == day
    assert not readings.wrong_weekday


@given(DAYS, st.integers(1, 30), st.sampled_from([" s.d. ", "-", " – ", " sampai ", " s/d "]))
def test_every_span(day: date, old: int, joiner: str) -> None:
    finish = day + timedelta(days=old)
    if finish.year > 2099:
        return
    begin = (
        f"{day.day}"
        if (day.month, day.year) == (finish.month, finish.year)
        else f"{day.day} {MONTH_NAMES[day.month - 1]}"
    )
    readings = read_dates(f"{begin}{joiner}{finish.day} {MONTH_NAMES[finish.month - 1]} {finish.year}")
    assert (readings.start.date(), readings.end.date()) == (day, finish)


@given(st.text(max_size=40) | st.integers() | st.floats() | st.binary(max_size=8))
def test_anything_is_a_date_or_says_why_not(content: object) -> None:
    try:
        readings = read_dates(content)
    except NotADate as error:
        assert error.message and error.remedy.endswith(".")
        return
    assert readings.start <= readings.end


_TW3 = date(2026, 7, 1), date(2026, 9, 30)


def _asked(*cells: object, sheet: tuple[int, ...] = ()) -> list[object]:
    """What becomes of a column of dates: the day read, or what is wrong with the cell."""
    column = BY_NAME["kegiatan"].by_name["tanggal_mulai"]
    result = ask_about_order(read_column(column, cells), cells, sheet or (0,) * len(cells), lambda i: _TW3)
    return [result.problem[i].message if i in result.problem else result.value[i].date() for i in range(len(cells))]


def test_a_column_written_month_first_is_asked_about() -> None:
    assert _asked("07/25/2026", "7/8/2026", "02/07/2026", "7/7/2026", "9 Juli 2026") == [
        "bukan tanggal",
        "dapat berarti 7 Agustus 2026 atau 8 Juli 2026",
        date(2026, 7, 2),  # the other reading, 7 February, is outside the period
        date(2026, 7, 7),
        date(2026, 7, 9),
    ]


def test_one_slip_among_dates_that_are_day_first_doubts_no_other() -> None:
    assert _asked("07/25/2026", "7/8/2026", "25/07/2026")[1:] == [date(2026, 8, 7), date(2026, 7, 25)]


def test_another_sheet_is_not_doubted() -> None:
    assert _asked("07/25/2026", "7/8/2026", sheet=(0, 1))[1] == date(2026, 8, 7)


def test_dates_that_an_american_spreadsheet_swapped_are_asked_about() -> None:
    stored = [date(2026, 2, 7), date(2026, 7, 8)]
    assert _asked("25/07/2026", *stored)[1:] == [
        "dapat berarti 7 Februari 2026 atau 2 Juli 2026",
        "dapat berarti 8 Juli 2026 atau 7 Agustus 2026",
    ]
    assert _asked(*stored) == [date(2026, 2, 7), date(2026, 7, 8)], "nothing tells that they were swapped"
    assert _asked("25/07/2026", *stored, date(2026, 7, 20))[1] == date(2026, 2, 7), "a stored 20 July was not"


@given(st.lists(st.one_of(st.text(alphabet="0123456789/- ", max_size=12), st.datetimes(), st.none()), max_size=6))
def test_asking_about_order_takes_any_cells(cells: list[object]) -> None:
    assert len(_asked_any(cells)) == len(cells)


def _asked_any(cells: list[object]) -> list[object]:
    column = BY_NAME["kegiatan"].by_name["tanggal_mulai"]
    return list(ask_about_order(read_column(column, cells), cells, [0] * len(cells), lambda i: _TW3).value)


ORDERS = [
    ("american", ["08/05/2026", "09/10/2026", "09/03/2026"], 3),
    ("american_with_one_that_reads_alike", ["08/05/2026", "09/09/2026", "09/03/2026"], 2),
    ("one_late_row", ["08/06/2026"], 0),
    ("one_fits_as_written", ["08/05/2026", "09/10/2026", "02/07/2026"], 0),
    ("one_fits_neither_way", ["08/05/2026", "09/10/2026", "11/12/2026"], 0),
    ("stored_dates", [date(2026, 5, 8), date(2026, 10, 9)], 2),
]


@pytest.mark.parametrize(("written", "asked"), [one[1:] for one in ORDERS], ids=[one[0] for one in ORDERS])
def test_dates_that_fit_the_quarter_only_when_swapped_are_asked_about(written: list[object], asked: int) -> None:
    column = BY_NAME["kegiatan"].by_name["tanggal_mulai"]
    readings = read_column(column, written)
    found = ask_about_order(readings, written, [0] * len(written), lambda i: _TW3, dated=True)
    assert len(found.problem) == asked
    assert not ask_about_order(readings, written, [0] * len(written), lambda i: _TW3).problem
