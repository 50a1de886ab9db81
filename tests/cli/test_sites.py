"""``./humas situs``: what it says, and that its keys are the documented ones."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_documented_keys import inner_keys, top_keys


def test_an_installation_without_sites_is_told_how_to_have_them(humas):
    reply = humas("situs", "2026-TW3")
    assert reply.code == 3
    assert "HUMAS_SITUS=ya" in reply.error
    assert "HUMAS_SITUS_KONTAK" in reply.error


def test_without_a_contact_nobody_is_visited(humas, monkeypatch):
    monkeypatch.setenv("HUMAS_SITUS", "ya")
    reply = humas("situs", "2026-TW3")
    assert (reply.code, "kontak pengumpul belum diisi" in reply.error) == (3, True)


@pytest.mark.parametrize("content", ["barangkali", "1"])
def test_a_setting_that_means_nothing_is_refused(humas, monkeypatch, content):
    monkeypatch.setenv("HUMAS_SITUS", content)
    reply = humas("situs", "2026-TW3")
    assert (reply.code, "HUMAS_SITUS" in reply.error) == (3, True)


@pytest.mark.kotak
def test_the_demo_and_its_keys(humas):
    reply = humas("situs", "2026-TW3", "--demo", "--json")
    content = json.loads(reply.output)
    assert reply.code == 1, "six demo sites need somebody"
    assert set(content) == top_keys("situs")
    assert set(content["gagal"][0]) == inner_keys("situs", "gagal")
    assert set(content["per_situs"][0]) == inner_keys("situs", "per_situs")
    for one in content["per_situs"]:
        assert one["dibaca"] == one["ditawarkan"] + sum(one["alasan"].values())
    assert set(content["tersimpan"]) == inner_keys("situs", "tersimpan")
    assert (content["situs"], content["berhasil"]) == (10, 4)
    assert content["tersimpan"]["ditawarkan"] == content["tersimpan"]["layak"] > 0
    spoken = humas("situs", "2026-TW3", "--demo")
    assert "4 dari 10 terbaca" in spoken.output
    assert "Draf tidak dihitung" in spoken.output
    assert "dibaca, " in spoken.output and "sisanya karena " in spoken.output
