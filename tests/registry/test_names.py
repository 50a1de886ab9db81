from __future__ import annotations

import pytest
from humas.registry.names import NamaTerurai, key_of, normalize, parse_name
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("KAB.  Fak-Fak", "kab fak fak"),
        ("  Ma’rang, Kota ", "marang kota"),
        ("Kóta Sémarang", "kota semarang"),
        ("ＫＯＴＡ", "kota"),
        ("!?", ""),
    ],
)
def test_normalizes(teks: str, hasil: str) -> None:
    assert normalize(teks) == hasil


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_normalizing_twice_changes_nothing(teks: str) -> None:
    sekali = normalize(teks)
    assert normalize(sekali) == sekali
    assert set(sekali) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert key_of(sekali) == key_of(teks)


@pytest.mark.parametrize(
    ("teks", "jenis", "kunci"),
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
def test_takes_a_name_apart(teks: str, jenis: str, kunci: str) -> None:
    assert parse_name(teks) == NamaTerurai(jenis, kunci)
