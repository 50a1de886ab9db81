"""Whole numbers as Indonesian offices write them."""

from __future__ import annotations

import math

import pytest
from humas.values.numbers import NotANumber, parse_number, read_number
from hypothesis import given
from hypothesis import strategies as st

PLAIN = [
    ("1.007", 1007), ("1.234.567", 1_234_567), ("1007", 1007), ("1 500", 1500), ("1\u00a0500", 1500), ("1\u202f007", 1007), ("'1007", 1007), (" 50 ", 50),
    ("1,5 juta", 1_500_000), ("1.9K", 1900), ("12k", 12_000), ("661 subscribers", 661), ("2.5 jt", 2_500_000), ("2,5jt", 2_500_000), ("2 rb", 2000), ("3 ribu", 3000), ("1,2 miliar", 1_200_000_000),
    ("Rp 2.500.000,-", 2_500_000), ("Rp. 2.500.000,00", 2_500_000), ("Rp2,5 jt", 2_500_000), ("IDR 1.000", 1000), ("2.500.000 rupiah", 2_500_000),
    ("12,00", 12), ("50.0", 50), ("1.000", 1000), ("50 orang", 50), ("50 org", 50), ("35 kab/kota", 35), ("10 satker", 10), ("120 peserta", 120), ("50 orang peserta", 50), ("1.007 views", 1007), ("12x", 12),
    ("-5", -5), ("−5", -5), (12.0, 12), (0, 0), ("0", 0), ("50 (lima puluh) orang", 50), ("lima puluh (50)", 50),
]  # fmt: skip
SAID = [
    ("±50", 50), ("± 50 orang", 50), ("+/- 50", 50), ("sekitar 50 orang", 50), ("kurang lebih 1.000", 1000), ("50an", 50), ("50-an orang", 50), ("~50", 50),
    ("lima puluh", 50), ("Lima Puluh Orang", 50), ("tiga puluh dua ribu", 32_000), ("seribu lima ratus", 1500), ("sepuluh", 10), ("sebelas", 11),
    ("dua belas", 12), ("duabelas", 12), ("seratus dua puluh lima", 125), ("dua juta lima ratus ribu", 2_500_000), ("2 juta 500 ribu", 2_500_000),
    ("nol", 0), ("sekitar seratus orang", 100), ("1,000,000", 1_000_000), ("1,234.00", 1234), ("(5)", -5), ("120 orang terdiri atas pelajar dan guru", 120),
]  # fmt: skip
NONE = [
    ("1.o07", "misalnya 1007"), (1.007, "tulis 1007"), ("12,5", "12 atau 13"), ("1,007", "tulis 1.007"), ("2,000", "2 atau 2.000"), ("12,000 orang", "12 atau 12.000"), (math.nan, ""), (math.inf, ""),
    ("NaN", ""), ("Inf", ""), ("100-150", "satu angka"), ("12 laki-laki dan 13 perempuan", "satu angka"), ("50 (lima)", "satu angka"),
    ("50%", "tulis 50"), ("> 50", "tulis 50"), ("dua tiga", ""), ("ratus", ""), ("banyak", ""), ("x", ""), ("lima orang per hari", ""),
    (True, ""), ("9" * 16, "Periksa"), (10**400, "Periksa"), ("#REF!", ""), ([], ""), ("", ""), ("1.5", "1 atau 2"), ("satu koma lima", ""),
    ("30 orang/hari", "tulis 30"), ("30 orang tiap kelas", "tulis 30"), ("30 orang setiap sesi", "tulis 30"), ("30 orang masing-masing", "tulis 30"),
    (0.85, ""), (0.5, ""), (85.5, "misalnya 85 atau 86"), ("85,5", "misalnya 85 atau 86"), ("85.5 orang", "misalnya 85 atau 86"),
    (1.25, "tulis 1250"), (1234.567, "misalnya 1234 atau 1235"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "figure"), PLAIN, ids=[str(p[0]) for p in PLAIN])
def test_plain(written: object, figure: int) -> None:
    assert read_number(written) == (figure, "")


@pytest.mark.parametrize(("written", "figure"), SAID, ids=[str(p[0]) for p in SAID])
def test_interpreted_and_said(written: object, figure: int) -> None:
    readings = read_number(written)
    assert readings.nilai == figure
    assert readings.catatan


@pytest.mark.parametrize(("written", "parts"), NONE, ids=[str(n[0])[:20] for n in NONE])
def test_what_is_no_number_says_what_to_write(written: object, parts: str) -> None:
    with pytest.raises(NotANumber) as error:
        parse_number(written)
    assert error.value.message
    assert parts in error.value.remedy if parts else not error.value.remedy  # "": its column has an example


ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def spell(figure: int) -> str:
    """A number below a milliard in words, the textbook way."""
    for large, name in ((10**6, "juta"), (10**3, "ribu"), (100, "ratus")):
        if figure >= large:
            leading = f"se{name}" if figure // large == 1 and large < 10**6 else f"{spell(figure // large)} {name}"
            return f"{leading} {spell(figure % large)}" if figure % large else leading
    if 11 <= figure <= 19:
        return "sebelas" if figure == 11 else f"{ONES[figure - 10]} belas"
    if figure >= 10:
        leading = "sepuluh" if figure == 10 else f"{ONES[figure // 10]} puluh"
        return f"{leading} {ONES[figure % 10]}" if figure % 10 else leading
    return ONES[figure]


@given(st.integers(0, 10**9 - 1))
def test_every_number_in_words_and_in_digits(figure: int) -> None:
    assert parse_number(spell(figure)) == figure
    assert parse_number(f"{figure:,}".replace(",", ".")) == figure
    assert parse_number(f"Rp {figure:,}".replace(",", ".") + ",-") == figure
    assert parse_number(f"{figure} orang") == parse_number(float(figure)) == figure


@given(st.text(max_size=40) | st.integers() | st.floats() | st.booleans())
def test_anything_is_a_number_or_says_why_not(content: object) -> None:
    try:
        assert isinstance(parse_number(content), int)
    except NotANumber as error:
        assert error.message
        assert not error.remedy or error.remedy.endswith(".")
