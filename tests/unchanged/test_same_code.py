"""The comparison of code sees what a renaming must not do."""

from __future__ import annotations

import pytest

from tests.unchanged.same_code import differences

BEFORE = """
def total(baris, batas=3):
    hasil = 0
    for satu in baris:
        hasil += sum(sel.nilai for sel in satu if sel.nilai > batas)
    baris = str(hasil)
    return baris

def _tell(nama: str, nilai: int) -> str:
    def words(teks):
        return f"{nama}: {teks}"
    return words(nilai)
"""
SAME = {
    "a local": [("hasil", "result")],
    "a variable of a comprehension": [("sel", "cell"), ("satu", "row")],
    "parameters of a private function, also seen from a nested one": [("nama", "name"), ("nilai:", "value:"), ("(nilai)", "(value)")],
    "a parameter of a nested function": [("teks", "text")],
}  # fmt: skip
OTHER = {
    "an attribute": [("sel.nilai", "sel.value")],
    "a public parameter": [("batas", "limit")],
    "a public parameter bound again under another name": [("baris = str", "text = str"), ("return baris", "return text")],
    "a parameter read after it was renamed away": [("baris = str(hasil)", "row = str(hasil)"), ("return baris", "return row")],
    "two locals that became one": [("satu", "hasil")],
    "a function": [("total", "sum_of")],
    "a constant": [("batas=3", "batas=4")],
    "a word that people read": [(": {teks}", " = {teks}")],
    "an operation": [("+=", "-=")],
}  # fmt: skip


def changed(words: list[tuple[str, str]]) -> str:
    text = BEFORE
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("words", SAME.values(), ids=SAME)
def test_names_of_locals_may_differ(words) -> None:
    assert differences(BEFORE, changed(words)) == []


@pytest.mark.parametrize("words", OTHER.values(), ids=OTHER)
def test_anything_else_is_a_difference(words) -> None:
    assert differences(BEFORE, changed(words))
