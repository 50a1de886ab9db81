"""Coverage told twice, by its title or by its link."""

from __future__ import annotations

import pytest
from humas.contract.columns import PEMBERITAAN

from tests.validation.samples import row, sheet, submission, validate

pytestmark = pytest.mark.mesin

ANOTHER = {"url_berita": "https://kabarkota.example/2"}
CASES = {
    "the very same": ({}, ["K17"]),
    "the same title, another topic": ({"isu": "Anggaran"}, ["K73"]),
    "the same title in another spelling": ({"judul_berita": "ANTREAN layanan, makin singkat", "isu": "Anggaran"}, ["K73"]),
    "the same link, another title": ({"judul_berita": "KPU gelar rapat pleno"}, ["K74"]),
    "the same link, another paper": ({"media": "Kabar Kota"}, ["K74"]),
    "another title and link": ({"judul_berita": "KPU gelar rapat pleno", **ANOTHER}, []),
    "another title, no link": ({"judul_berita": "KPU gelar rapat pleno", "url_berita": None}, []),
    "the next day, another link": ({"tanggal_berita": "15/07/2026", **ANOTHER}, []),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "codes"), CASES.values(), ids=CASES)
def test_an_item_told_twice(changed: dict[str, object], codes: list[str]) -> None:
    found = validate(submission(sheet(row(PEMBERITAAN), row(PEMBERITAAN, **changed), dataset=PEMBERITAAN)))
    assert list(found.findings["kode"]) == codes
    assert len(found.accepted["pemberitaan"]) == 2 - (codes in (["K17"], ["K73"]))


def test_two_items_without_a_link_are_no_link_told_twice() -> None:
    rows = [row(PEMBERITAAN, judul_berita=f"Berita ke-{number}", url_berita=None) for number in (1, 2)]
    found = validate(submission(sheet(*rows, dataset=PEMBERITAAN)))
    assert (list(found.findings["kode"]), len(found.accepted["pemberitaan"])) == ([], 2)
