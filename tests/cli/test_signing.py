"""``./humas tte`` says in one line each what was laid ready, taken back, refused, and what still waits."""

from __future__ import annotations

import json

import pytest
from humas.chain.links import FileHash
from humas.registry import Cycle
from humas.settings import Settings
from humas.warehouse import Print
from humas.warehouse.facade import open_warehouse

from tests.cli.test_verify import NOW
from tests.signature.certificates import person, signed, small_pdf
from tests.warehouse.batches import draft_edition

pytestmark = pytest.mark.mesin
KPU = Cycle("kpu", "2026-TW3")
ID = "HT-KPU-33.74-2026TW3-E1"
CONTENT = small_pdf()


@pytest.fixture(autouse=True)
def _published(tmp_path) -> None:
    """One edition, published, with its file where readers have it."""
    settings = Settings.from_environment()
    with open_warehouse(settings) as warehouse:
        draft_edition(warehouse, KPU, "33.74", "aa", {})
        files = {f"laporan/{ID}.pdf": FileHash.of(CONTENT)}
        warehouse.record_prints(KPU, [Print("satker", "33.74", 1, "p", {}, files)])
        warehouse.publish_editions(KPU, [("satker", "33.74", 1)], NOW)
    folder = settings.published / "kpu" / "2026-TW3" / "laporan"
    folder.mkdir(parents=True)
    (folder / f"{ID}.pdf").write_bytes(CONTENT)


def test_the_whole_way(humas, tmp_path):
    assert "Ditandatangani: 0 dari 1" in humas("tte", "status", "2026-TW3").output
    reply = humas("tte", "siap", "2026-TW3", "Kota Semarang", "--ke", tmp_path / "siap")
    assert (reply.code, "1 laporan siap ditandatangani" in reply.output) == (0, True)
    assert (tmp_path / "siap" / f"{ID}.pdf").read_bytes() == CONTENT
    assert "KPU Kota Semarang" in (tmp_path / "siap" / "daftar.csv").read_text(encoding="utf-8-sig")
    back = tmp_path / f"{ID}.pdf"
    back.write_bytes(signed(CONTENT, person("Siti Aminah")))
    reply = humas("tte", "terima", back)
    assert (reply.code, f"Diterima: {ID}, ditandatangani secara elektronik oleh Siti Aminah" in reply.output) == (
        0,
        True,
    )
    reply = humas("tte", "status", "2026-TW3", "--json")
    assert (reply.code, json.loads(reply.output)[0]["edisi_ditandatangani"]) == (0, 1)


def test_what_is_refused_says_why_and_how(humas, tmp_path):
    (tmp_path / f"{ID}.pdf").write_bytes(CONTENT)
    reply = humas("tte", "terima", tmp_path / f"{ID}.pdf")
    assert reply.code == 1
    assert reply.output.startswith(f"Ditolak: {ID}.pdf tidak memuat tanda tangan elektronik.")
    content = json.loads(humas("tte", "terima", tmp_path / f"{ID}.pdf", "--json").output)
    assert sorted(content["ditolak"][0]) == ["berkas", "cara", "pesan"]


def test_a_period_without_reports_is_said(humas):
    reply = humas("tte", "status", "2026-TW1")
    assert (reply.code, "Belum ada laporan terbit" in reply.error) == (2, True)
