"""``./humas verify`` asks the warehouse, and a copied site where it is told to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.chain.links import EditionRecord, FileHash
from humas.registry import Cycle
from humas.settings import Settings
from humas.warehouse import Print
from humas.warehouse.facade import open_warehouse
from sqlalchemy import text

from tests.publish.test_verify import write_manifest
from tests.warehouse.batches import draft_edition

pytestmark = pytest.mark.mesin

CONTENT = b"%PDF-1.7 laporan"
KPU = Cycle("kpu", "2026-TW3")
NOW = datetime(2026, 10, 16, tzinfo=UTC)


@pytest.fixture
def published() -> Settings:
    """An installation that published one edition."""
    settings = Settings.from_environment()
    file = {"laporan/HT-KPU-33.74-2026TW3-E1.pdf": FileHash.of(CONTENT)}
    with open_warehouse(settings) as warehouse:
        draft_edition(warehouse, KPU, "33.74", "aa", {})
        warehouse.record_prints(KPU, [Print("satker", "33.74", 1, "p", {}, file)])
        warehouse.publish_editions(KPU, [("satker", "33.74", 1)], NOW)
    return settings


@pytest.fixture
def file(tmp_path) -> Path:
    (tmp_path / "laporan.pdf").write_bytes(CONTENT)
    return tmp_path / "laporan.pdf"


def test_the_warehouse_answers_when_there_is_no_site_left(humas, published, file):
    reply = humas("verify", file, "--json")
    content = json.loads(reply.output)
    assert (reply.code, content["status"], content["sumber"], content["edisi"]) == (0, "asli_terkini", "gudang", 1)
    assert len(content["rantai"]) == 64
    assert "Manifes situs hilang." in content["pesan"]


def test_a_record_that_somebody_edited_answers_changed(humas, published, file):
    with open_warehouse(published) as warehouse, warehouse.engine.begin() as connection:
        connection.execute(text("UPDATE hasil_edisi SET sidik_data = 'bb'"))
    reply = humas("verify", file)
    assert reply.code == 1
    assert "catatan itu tidak sesuai rantainya" in reply.output


def test_a_damaged_warehouse_is_said_and_the_site_answers(humas, published, file):
    Path(published.home / "gudang.db").write_bytes(b"bukan basis data" * 1000)
    reply = humas("verify", file)
    assert reply.code == 1
    assert "Dijawab dari manifes situs saja." in reply.error
    assert "Bukan laporan yang diterbitkan pemasangan ini." in reply.output


def test_a_warehouse_that_is_gone_is_said_and_the_site_answers(humas, published, file):
    Path(published.home / "gudang.db").unlink()
    site = published.published / "kpu" / "2026-TW3"
    site.mkdir(parents=True)
    (site / "manifes.json").write_text("{}")
    reply = humas("verify", file)
    assert reply.code == 1
    assert "Gudang pemasangan ini tidak ada. Dijawab dari manifes situs saja." in reply.error


def test_nothing_is_made_where_nothing_was_published(humas, file):
    assert humas("verify", file).code == 1
    assert not Settings.from_environment().home.exists()


def test_a_copied_site_answers_without_the_warehouse(humas, published, file, tmp_path):
    assert "Bukan laporan" in humas("verify", file, "--terbitan", tmp_path / "salinan").output


def test_a_report_of_the_demo_is_not_ours_but_told(humas, published, tmp_path):
    content = b"%PDF-1.7 laporan demo"
    file = FileHash.of(content)
    record = EditionRecord("kpu", "2026-TW3", "satker", "33.74", 1, "aa", files={"laporan/x.pdf": file}).chained("")
    write_manifest(published.home / "demo" / "terbitan", [record])
    (tmp_path / "demo.pdf").write_bytes(content)
    reply = humas("verify", tmp_path / "demo.pdf")
    assert reply.code == 1
    assert "Bukan laporan yang diterbitkan pemasangan ini." in reply.output
    assert "bukan laporan resmi; catatan demo: Asli dan terkini: HT-KPU-33.74-2026TW3-E1" in reply.output
