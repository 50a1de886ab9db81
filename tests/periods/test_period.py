from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from humas.errors import SenderError
from humas.periods import Triwulan, Year, parse_period
from hypothesis import given, settings
from hypothesis import strategies as st

TRIWULAN = st.builds(Triwulan, st.integers(2000, 2099), st.integers(1, 4))
TW3 = Triwulan(2026, 3)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026-TW3", "2026-TW3"),
        ("TW3 2026", "2026-TW3"),
        ("Triwulan III 2026", "2026-TW3"),
        ("2026 TW III", "2026-TW3"),
        ("triwulan 3 tahun 2026", "2026-TW3"),
        ("TRIWULAN IV TAHUN 2025", "2025-TW4"),
        ("Triwulan ke-2 2026", "2026-TW2"),
        ("tw. i / 2026", "2026-TW1"),
        ("2026TW3", "2026-TW3"),
        ("  2026\u00a0–\u00a0TW3".replace("–", "-"), "2026-TW3"),
        ("Triwulan Ⅲ 2026", "2026-TW3"),
        ("TW３ ２０２６", "2026-TW3"),
        ("2026", "2026"),
        ("Tahun 2026", "2026"),
    ],
)
def test_reads_the_forms_people_write(text: str, key: str) -> None:
    assert parse_period(text).key == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TW3",
        "TW5 2026",
        "2026-TW0",
        "TW IIII 2026",
        "TW32026",
        "2026-03",
        "2026-Q3",
        "26-TW3",
        "12026",
        "1899",
        "2026-TW3 2026-TW4",
        "2026-TW3; drop",
        "x" * 10_000,
        "TW٣ 2026",
    ],
)
def test_refuses_other_text_and_says_the_accepted_forms(text: str) -> None:
    with pytest.raises(SenderError) as error:
        parse_period(text)
    assert error.value.code == "periode_salah"
    assert len(error.value.message) < 100
    if text != "1899":
        assert "2026-TW3" in error.value.remedy
        assert "Triwulan III 2026" in error.value.remedy


def test_the_message_repeats_no_control_characters() -> None:
    with pytest.raises(SenderError) as error:
        parse_period("TW\x1b[31m\n3")
    assert error.value.message.isprintable()


@settings(max_examples=150, deadline=None)
@given(
    TRIWULAN,
    st.sampled_from([" ", "-", "/", "  ", ". "]),
    st.sampled_from([str.lower, str.upper, str.title]),
    st.booleans(),
)
def test_any_writing_of_a_quarter_is_read_back(triwulan, mark, letter_case, roman) -> None:
    number = triwulan.label.split()[1] if roman else str(triwulan.number)
    for text in (f"{triwulan.year}{mark}tw{number}", f"triwulan {number}{mark}{triwulan.year}", triwulan.label):
        assert parse_period(letter_case(text)) == triwulan
    assert parse_period(triwulan.key) == parse_period(triwulan.short_label) == triwulan


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30) | st.text("2026 TWIV-/.tahun3", max_size=16))
def test_any_text_gives_a_period_or_the_senders_error(text: str) -> None:
    try:
        period = parse_period(text)
    except SenderError:
        return
    assert parse_period(period.key) == period


@pytest.mark.parametrize(
    ("triwulan", "start", "end", "label", "short_label", "span"),
    [
        (
            Triwulan(2024, 1),
            date(2024, 1, 1),
            date(2024, 3, 31),
            "Triwulan I 2024",
            "TW I 2024",
            "1 Januari–31 Maret 2024",
        ),
        (
            Triwulan(2026, 2),
            date(2026, 4, 1),
            date(2026, 6, 30),
            "Triwulan II 2026",
            "TW II 2026",
            "1 April–30 Juni 2026",
        ),
        (TW3, date(2026, 7, 1), date(2026, 9, 30), "Triwulan III 2026", "TW III 2026", "1 Juli–30 September 2026"),
        (
            Triwulan(2099, 4),
            date(2099, 10, 1),
            date(2099, 12, 31),
            "Triwulan IV 2099",
            "TW IV 2099",
            "1 Oktober–31 Desember 2099",
        ),
    ],
    ids=["I", "II", "III", "IV"],
)
def test_a_quarter_knows_its_days_and_names(triwulan, start, end, label, short_label, span) -> None:
    assert (triwulan.start, triwulan.end) == (start, end)
    assert (triwulan.label, triwulan.short_label, triwulan.span) == (label, short_label, span)


def test_a_year_knows_its_days_names_and_quarters() -> None:
    year = Year(2026)
    assert (year.start, year.end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (year.key, year.label, year.short_label) == ("2026", "Tahun 2026", "2026")
    assert year.span == "1 Januari–31 Desember 2026"
    assert [triwulan.key for triwulan in year.triwulan] == ["2026-TW1", "2026-TW2", "2026-TW3", "2026-TW4"]
    assert (year.previous(), year.following()) == (Year(2025), Year(2027))


@settings(max_examples=100, deadline=None)
@given(st.integers(2001, 2098), st.integers(1, 4))
def test_quarters_follow_each_other_without_gap_or_overlap(year: int, number: int) -> None:
    triwulan = Triwulan(year, number)
    assert (triwulan.following().start - triwulan.end).days == 1
    assert triwulan.following().previous() == triwulan
    assert triwulan.previous() < triwulan < triwulan.following()
    assert Triwulan.containing(triwulan.start) == Triwulan.containing(triwulan.end) == triwulan
    assert triwulan.start in triwulan
    assert triwulan.following().start not in triwulan


def test_an_instant_belongs_to_the_quarter_of_its_date_in_jakarta() -> None:
    assert Triwulan.containing(datetime(2026, 9, 30, 16, 59, tzinfo=UTC)) == TW3
    assert Triwulan.containing(datetime(2026, 9, 30, 17, 0, tzinfo=UTC)) == Triwulan(2026, 4)


def test_periods_are_values() -> None:
    assert len({TW3, Triwulan(2026, 3), parse_period("TW3 2026")}) == 1
    assert sorted([Triwulan(2026, 1), Triwulan(2025, 4)]) == [Triwulan(2025, 4), Triwulan(2026, 1)]
    assert str(TW3) == "2026-TW3"


@pytest.mark.parametrize("number", [0, 5, -1])
def test_a_quarter_that_does_not_exist_is_refused(number: int) -> None:
    with pytest.raises(SenderError, match="tidak ada"):
        Triwulan(2026, number)
