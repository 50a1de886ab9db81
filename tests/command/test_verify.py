"""``./humas verify`` asks the warehouse, and a copied site where it is told to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.chain import FileHash
from humas.settings import Settings
from humas.warehouse import Print
from humas.warehouse.gudang import open_gudang
from sqlalchemy import text

pytestmark = pytest.mark.mesin

ISI = b"%PDF-1.7 laporan"
KPU = ("kpu", "2026-TW3")
NOW = datetime(2026, 10, 16, tzinfo=UTC)


@pytest.fixture
def published() -> Settings:
    """An installation that published one edition."""
    settings = Settings.from_environment()
    berkas = {"laporan/HT-KPU-33.74-2026TW3-E1.pdf": FileHash.of(ISI)}
    with open_gudang(settings) as gudang:
        gudang.draft_edition(*KPU, "satker", "33.74", "aa", {}, [], NOW)
        gudang.record_prints(*KPU, [Print("satker", "33.74", 1, "p", {}, berkas)])
        gudang.publish_editions(*KPU, [("satker", "33.74", 1)], NOW)
    return settings


@pytest.fixture
def berkas(tmp_path) -> Path:
    (tmp_path / "laporan.pdf").write_bytes(ISI)
    return tmp_path / "laporan.pdf"


def test_the_warehouse_answers_when_there_is_no_site_left(humas, published, berkas):
    jawab = humas("verify", berkas, "--json")
    isi = json.loads(jawab.keluar)
    assert (jawab.kode, isi["status"], isi["sumber"], isi["edisi"]) == (0, "asli_terkini", "gudang", 1)
    assert len(isi["rantai"]) == 64
    assert "Manifes situs hilang." in isi["pesan"]


def test_a_record_that_somebody_edited_answers_changed(humas, published, berkas):
    with open_gudang(published) as gudang, gudang.engine.begin() as koneksi:
        koneksi.execute(text("UPDATE hasil_edisi SET sidik_data = 'bb'"))
    jawab = humas("verify", berkas)
    assert jawab.kode == 1
    assert "catatan itu tidak sesuai rantainya" in jawab.keluar


def test_a_damaged_warehouse_is_said_and_the_site_answers(humas, published, berkas):
    Path(published.home / "gudang.db").write_bytes(b"bukan basis data" * 1000)
    jawab = humas("verify", berkas)
    assert jawab.kode == 1
    assert "Dijawab dari manifes situs saja." in jawab.galat
    assert "Bukan laporan yang diterbitkan pemasangan ini." in jawab.keluar


def test_a_warehouse_that_is_gone_is_said_and_the_site_answers(humas, published, berkas):
    Path(published.home / "gudang.db").unlink()
    situs = published.published / "kpu" / "2026-TW3"
    situs.mkdir(parents=True)
    (situs / "manifes.json").write_text("{}")
    jawab = humas("verify", berkas)
    assert jawab.kode == 1
    assert "Gudang pemasangan ini tidak ada. Dijawab dari manifes situs saja." in jawab.galat


def test_nothing_is_made_where_nothing_was_published(humas, berkas):
    assert humas("verify", berkas).kode == 1
    assert not Settings.from_environment().home.exists()


def test_a_copied_site_answers_without_the_warehouse(humas, published, berkas, tmp_path):
    assert "Bukan laporan" in humas("verify", berkas, "--terbitan", tmp_path / "salinan").keluar
