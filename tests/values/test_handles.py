"""Names of accounts, as offices write them."""

from __future__ import annotations

import pytest
from humas.contract.columns import AKUN
from humas.values.cells import reader
from humas.values.handles import handle_of, platform_of

NAMES = {
    "@kpu_semarang": "kpu_semarang",
    "kpu.semarang": "kpu.semarang",
    "KPU Kota Semarang": "KPU Kota Semarang",
    "KPU Kota Semarang (@kpu_semarang)": "kpu_semarang",
    "IG: @kpu_semarang": "kpu_semarang",
    "https://www.instagram.com/kpu_semarang/": "kpu_semarang",
    "instagram.com/kpu_semarang?igsh=abc": "kpu_semarang",
    "https://www.tiktok.com/@kpusemarang": "kpusemarang",
    "https://www.youtube.com/@kpusemarang": "kpusemarang",
    "https://www.youtube.com/channel/UCabc_1": "UCabc_1",
    "https://www.facebook.com/profile.php?id=1000123": "profile.php?id=1000123",
    "https://kota-semarang.kpu.go.id/": "kota-semarang.kpu.go.id",
    "kota-semarang.kpu.go.id": "kota-semarang.kpu.go.id",
    "@kpusemarang dan @kpu_smg": "@kpusemarang dan @kpu_smg",
    "humas@kpu.go.id": "humas@kpu.go.id",
    "https://www.instagram.com/": "https://www.instagram.com/",
    "http://[": "http://[",
}
PLATFORMS = {
    "https://m.facebook.com/kpu": "facebook",
    "https://fb.com/kpu": "facebook",
    "https://twitter.com/kpu": "x",
    "https://notx.com/kpu": "",
    "https://kpu.go.id/": "",
    "http://[": "",
}
STATUSES = {
    "masih aktif": "aktif",
    "Non Aktif": "tidak_aktif",
    "kena hack": "hilang",
    "Lupa password": "hilang",
    "sudah dihapus": "ditutup",
}


@pytest.mark.parametrize(("written", "name"), NAMES.items(), ids=NAMES)
def test_names_of_accounts(written: str, name: str) -> None:
    assert handle_of(written) == name


@pytest.mark.parametrize(("link", "platform"), PLATFORMS.items(), ids=PLATFORMS)
def test_links_lead_to_platforms(link: str, platform: str) -> None:
    assert platform_of(link) == platform


@pytest.mark.parametrize(("written", "value"), STATUSES.items(), ids=STATUSES)
def test_words_of_offices_for_how_an_account_stands(written: str, value: str) -> None:
    cell = reader(AKUN.by_name["status"])(written)
    assert (cell.value, cell.problem) == (value, None)
