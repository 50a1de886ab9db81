"""``./humas template``: one unit, all units, wrong use."""

from __future__ import annotations

import pytest
from humas.pipeline import distribution

from tests.cli.calls import Reply

pytestmark = pytest.mark.mesin


@pytest.fixture(autouse=True)
def _there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("33.74", "2026-TW3"), "33.74 KPU Kota Semarang 2026-TW3.xlsx"),
        (("Kota Semarang", "Triwulan III 2026"), "33.74 KPU Kota Semarang 2026-TW3.xlsx"),
        (("33.74", "2026-TW3", "--lembaga", "bawaslu"), "33.74 Bawaslu Kota Semarang 2026-TW3.xlsx"),
        (("33.74", "2026-TW3", "-o", "a.xlsx"), "a.xlsx"),
        (("33.74", "2026-TW3", "-o", "."), "33.74 KPU Kota Semarang 2026-TW3.xlsx"),
    ],
    ids=["code", "name", "body", "file", "folder"],
)
def test_one_template_is_written_where_asked(humas, tmp_path, words, file):
    reply: Reply = humas("template", *words)
    assert (reply.code, reply.error) == (0, "")
    assert reply.output.startswith(f"{file}: templat ")
    assert "(33.74), Triwulan III 2026" in reply.output
    assert (tmp_path / file).read_bytes().startswith(b"PK")


def test_all_templates_with_progress_and_a_summary(humas, tmp_path, monkeypatch):
    original = distribution.write_templates
    monkeypatch.setattr(distribution, "write_templates", lambda *a, **o: original(*a, **o, satker=["33.74", "33"]))
    reply: Reply = humas("template", "--semua", "2026-TW3", "-o", "templat")
    assert (reply.code, reply.error) == (0, "")
    assert reply.output.splitlines() == ["Templat: 2 dari 2", "2 templat KPU Triwulan III 2026 di templat"]
    assert len(list((tmp_path / "templat").glob("*.xlsx"))) == 2


def test_without_a_folder_all_go_to_the_installation(humas, tmp_path, monkeypatch):
    original = distribution.write_templates
    monkeypatch.setattr(distribution, "write_templates", lambda *a, **o: original(*a, **o, satker=["33.74"]))
    assert humas("template", "--semua", "2026-TW3").code == 0
    assert len(list((tmp_path / "keadaan" / "templat" / "kpu" / "2026-TW3").iterdir())) == 1


@pytest.mark.parametrize(
    ("words", "code", "mention"),
    [
        ((), 2, "perlu KODE dan PERIODE"),
        (("33.74",), 2, "perlu KODE dan PERIODE"),
        (("33.74", "2026-TW3", "--semua", "2026-TW3"), 2, "perlu KODE dan PERIODE"),
        (("33.74", "2026"), 2, '"2026" adalah tahun'),
        (("99.99", "2026-TW3"), 2, "99.99"),
        (("33.74", "2026-TW3", "-o", "tidak/ada/a.xlsx"), 3, "tidak dapat ditulis: tidak ada"),
        (("--semua", "2026-TW3", "-o", "/proc/tidak-bisa"), 3, "tidak dapat ditulis"),
    ],
    ids=["nothing", "no period", "both", "year", "unknown unit", "no such folder", "folder refused"],
)
def test_wrong_use_is_one_line(humas, words, code, mention):
    reply: Reply = humas("template", *words)
    assert (reply.code, reply.output) == (code, "")
    assert mention in reply.error
    assert reply.error.count("\n") == 1
