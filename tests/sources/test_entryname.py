"""Names of files: what people see, what is stored, and what reaches the file."""

from __future__ import annotations

import os
import unicodedata
from urllib.parse import unquote_to_bytes

import pytest
from humas.sources.entryname import LONGEST, UNNAMED, EntryName
from humas.sources.fetch import safe_name
from hypothesis import given
from hypothesis import strategies as st

SHOWN = {
    "Windows dash": (b"laporan \x96 TW3.csv", "laporan – TW3.csv"),
    "Windows quotes": (b"\x93laporan\x94.csv", "“laporan”.csv"),
    "Latin letter": (b"Caf\xe9.csv", "Café.csv"),
    "UTF-8 beside Windows": ("ä–".encode() + b"\x96.csv", "ä––.csv"),
    "byte that Windows lacks": (b"a\x81.csv", "a�.csv"),
    "cut UTF-8": (b"lap\xe2\x80.csv", "lapâ€.csv"),
    "surrogate in UTF-8": (b"lap\xed\xa0\x80.csv", "lapí €.csv"),
    "C1 control": ("lap\x96.csv".encode(), "lap–.csv"),
    "decomposed": (b"e\xcc\x81.csv", "é.csv"),
    "line end": (b"33.74\nTW3\r.csv", "33.74 TW3 .csv"),
    "tab and no-break space": ("33.74\tTW3\u00a02026.csv".encode(), "33.74 TW3 2026.csv"),
    "escape": (b"\x1b[31mlap\x07.csv", "[31mlap.csv"),
    "right to left": ("lap\u202evsc.exe".encode(), "lapvsc.exe"),
    "zero width": ("la\u200bp\ufeff.csv".encode(), "lap.csv"),
    "blank letters": ("\u3164\u2800".encode(), UNNAMED),
    "only spaces": (b"   ", UNNAMED),
    "only dots": (b"...", UNNAMED),
    "blank and dot behind": (b"lap.csv. ", "lap.csv"),
    "backslash": (b"33.74\\lap.csv", "33.74-lap.csv"),
    "device of Windows": (b"CON", "CON"),
    "colon": (b"a:b", "a:b"),
    "emoji": ("🎉.csv".encode(), "🎉.csv"),
    "percent": (b"%2e%2e%2f", "%2e%2e%2f"),
    "markup": (b"[bold]<a>&*?#.csv", "[bold]<a>&*?#.csv"),
}


@pytest.mark.parametrize(("raw", "shown"), SHOWN.values(), ids=SHOWN)
def test_what_people_see(raw, shown):
    assert EntryName(os.fsdecode(raw)).shown == shown


def test_a_long_name_keeps_its_beginning_and_its_end():
    name = EntryName("33.74 KPU Kota Semarang " + "a" * 220 + " TW3.xlsx")
    assert len(name.shown) == LONGEST
    assert name.shown.startswith("33.74 KPU Kota Semarang a")
    assert name.shown.endswith("a TW3.xlsx")
    assert name.text.count("a") > 220


def _is_clean(text):
    text.encode("utf-8")
    return text.isprintable() and "\n" not in text and text == unicodedata.normalize("NFC", text)


@given(st.binary(min_size=1, max_size=255))
def test_any_bytes_are_shown_clean_and_found_again(raw):
    name = EntryName(raw.decode("utf-8", "surrogateescape"))
    assert name.shown
    assert _is_clean(name.shown)
    assert _is_clean(name.text)
    assert unquote_to_bytes(name.quoted) == raw
    assert name.quoted.isascii()


@given(st.text(st.characters(categories=("Cs", "Cc", "Cf", "Lo", "Zs", "Mn")), min_size=1, max_size=255))
def test_any_text_is_shown_clean(text):
    for shown in (EntryName(text).shown, safe_name(text)):
        assert shown
        assert _is_clean(shown)
        assert "/" not in shown
    assert EntryName(text).quoted.isascii()


@pytest.mark.parametrize("byte", range(0x80, 0x100), ids=hex)
def test_every_single_byte(byte):
    shown = EntryName(os.fsdecode(b"lap " + bytes([byte]) + b".csv")).shown
    assert shown.endswith(".csv")
    assert _is_clean(shown)
