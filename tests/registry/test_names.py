from __future__ import annotations

import pytest
from humas.registry.names import ParsedName, key_of, normalize, parse_name
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("KAB.  Fak-Fak", "kab fak fak"),
        ("  Ma’rang, Kota ", "marang kota"),
        ("Kóta Sémarang", "kota semarang"),
        ("ＫＯＴＡ", "kota"),
        ("!?", ""),
    ],
)
def test_normalizes(text: str, result: str) -> None:
    assert normalize(text) == result


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert key_of(once) == key_of(text)


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("KIP Kab. Aceh Besar", "kabupaten", "acehbesar"),
        ("Sekretariat KPU Kota Semarang", "kota", "semarang"),
        ("Bagian Humas Pemda Kota Semarang", "kota", "semarang"),
        ("Pemerintah Provinsi Jawa Barat", "provinsi", "jawabarat"),
        ("Kota Adm Jakarta Utara", "kota", "jakartautara"),
        ("Kotabaru", "", "kotabaru"),
        ("KPU RI", "nasional", ""),
        ("kip", "", ""),
        ("Kep. Siau dan Biaro", "", "kepulauansiaubiaro"),
    ],
)
def test_takes_a_name_apart(text: str, kind: str, key: str) -> None:
    assert parse_name(text) == ParsedName(kind, key)
