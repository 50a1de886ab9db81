"""``./humas situs``: what it says, and that its keys are the documented ones."""

from __future__ import annotations

import json

import pytest

from tests.command.test_documented_keys import inner_keys, top_keys


def test_an_installation_without_sites_is_told_how_to_have_them(humas):
    jawab = humas("situs", "2026-TW3")
    assert jawab.kode == 3
    assert "HUMAS_SITUS=ya" in jawab.galat
    assert "HUMAS_SITUS_KONTAK" in jawab.galat


def test_without_a_contact_nobody_is_visited(humas, monkeypatch):
    monkeypatch.setenv("HUMAS_SITUS", "ya")
    jawab = humas("situs", "2026-TW3")
    assert (jawab.kode, "kontak pengumpul belum diisi" in jawab.galat) == (3, True)


@pytest.mark.parametrize("isi", ["barangkali", "1"])
def test_a_setting_that_means_nothing_is_refused(humas, monkeypatch, isi):
    monkeypatch.setenv("HUMAS_SITUS", isi)
    jawab = humas("situs", "2026-TW3")
    assert (jawab.kode, "HUMAS_SITUS" in jawab.galat) == (3, True)


@pytest.mark.kotak
def test_the_demo_and_its_keys(humas):
    jawab = humas("situs", "2026-TW3", "--demo", "--json")
    isi = json.loads(jawab.keluar)
    assert jawab.kode == 1, "six demo sites need somebody"
    assert set(isi) == top_keys("situs")
    assert set(isi["gagal"][0]) == inner_keys("situs", "gagal")
    assert set(isi["tersimpan"]) == inner_keys("situs", "tersimpan")
    assert (isi["situs"], isi["berhasil"]) == (10, 4)
    assert isi["tersimpan"]["ditawarkan"] == isi["tersimpan"]["layak"] > 0
    lisan = humas("situs", "2026-TW3", "--demo")
    assert "4 dari 10 terbaca" in lisan.keluar
    assert "Draf tidak dihitung" in lisan.keluar
