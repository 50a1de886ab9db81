"""What a run makes public by itself, and what waits as a draft until somebody says so."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from humas.cli.main import main
from humas.installation.context import Context
from humas.pipeline import quarter as pipeline
from humas.publish.preview import MARK
from humas.registry import Cycle
from humas.settings import Publishing

from tests.pipeline.small import KPU, SATKER, install_few, published
from tests.real_input.installation import serve_office

pytestmark = pytest.mark.pipeline
EARLIER = Cycle("kpu", "2026-TW2")
ALL = {"nasional": 1, "provinsi": 2, "satker": 4}


@pytest.fixture
def office():
    with serve_office() as running:
        yield running


def installed(home: Path, office, rule: Publishing) -> Context:
    return install_few(home, office, print_processes=1, publishing=rule)


def drafts(k: Context, cycle: Cycle = KPU) -> int:
    return sum(one.status == "draf" for one in k.warehouse.editions(cycle))


def _style_of(page: Path) -> str:
    (style,) = re.findall(r'rel="stylesheet" href="([^"]+)"', page.read_text(encoding="utf-8"))
    return style


def correct(office) -> None:
    """A unit counts one participant more."""
    body = office.body("/kota_bandung.csv").replace(b"2400", b"2401").replace(b"2.400", b"2.401")
    office.replaced["kota_bandung.csv"] = body


def decide(k: Context, monkeypatch, *arguments: str) -> int:
    monkeypatch.setattr("humas.installation.context.load_context", lambda _: k)
    return main(["terbitkan", KPU.period, *arguments])


def test_the_first_reports_of_an_installation_wait_for_somebody(tmp_path, office, monkeypatch, capsys):
    k = installed(tmp_path, office, Publishing.ASKED)
    result = pipeline.run_quarter(k, KPU)
    waiting = result.terbit.menunggu
    assert (waiting.sebab, waiting.belum_diminta, result.terbit.edisi_baru) == ("pertama", 0, ())
    assert not (k.settings.published / "kpu").exists()
    assert not (k.settings.published / "index.html").exists()
    assert drafts(k) == waiting.count > 3
    look_at(Path(result.terbit.folder))
    assert pipeline.announce(k, KPU) == "KPU Triwulan III 2026: belum terbit; drafnya menunggu keputusan."

    assert decide(k, monkeypatch) == 3
    assert "tambahkan --ya" in capsys.readouterr().err
    assert drafts(k) == waiting.count
    assert decide(k, monkeypatch, "--ya") == 0
    told = capsys.readouterr().out
    assert f"{waiting.count} laporan (1 nasional, 2 provinsi, " in told
    assert f"Terbit: {waiting.count} laporan." in told
    assert drafts(k) == 0
    assert published(k)
    assert not Path(result.terbit.folder).exists()
    assert decide(k, monkeypatch, "--ya") == 0
    assert "tidak ada draf yang menunggu" in capsys.readouterr().out


def look_at(folder: Path) -> None:
    """A draft says so on every page and on every sheet of paper, and offers nothing that cannot say so."""
    styles = {(page.parent / _style_of(page)).resolve() for page in folder.parents[1].rglob("*.html")}
    assert all(MARK in style.read_text(encoding="utf-8") for style in styles)
    assert 'href="kpu/2026-TW3/index.html"' in (folder.parents[1] / "index.html").read_text(encoding="utf-8")
    assert not [one for one in folder.rglob("*") if one.suffix in {".xlsx", ".csv"}]
    papers = list(folder.rglob("*.pdf"))
    assert papers
    for paper in papers:
        with pikepdf.open(io.BytesIO(paper.read_bytes())) as pdf:
            for page in pdf.pages:
                contents = b"".join(stream.read_bytes() for stream in page.Contents)
                assert b"DRAF - belum diterbitkan" in contents
            assert "/Metadata" not in pdf.Root


def test_what_was_tried_with_a_few_units_waits_and_what_follows_publishes_itself(tmp_path, office):
    k = installed(tmp_path, office, Publishing.WHOLE)
    tried = pipeline.run_quarter(k, KPU, ("32.73",)).terbit
    assert (tried.menunggu.sebab, tried.menunggu.belum_diminta) == ("sebagian", 6)
    assert not (k.settings.published / "kpu").exists()
    whole = pipeline.run_quarter(k, KPU).terbit
    assert whole.menunggu is None
    assert len(whole.edisi_baru) > 3
    correct(office)
    again = pipeline.run_quarter(k, KPU, ("32.73",), force=True).terbit
    assert "HT-KPU-32.73-2026TW3-E2" in again.edisi_baru


def test_one_decision_is_enough_for_the_body(tmp_path, office):
    k = installed(tmp_path, office, Publishing.ASKED)
    pipeline.run_quarter(k, KPU)
    pipeline.decide_to_publish(k, KPU)
    other = pipeline.run_quarter(k, EARLIER, SATKER).terbit
    assert other.menunggu.sebab == "sebagian"
    assert pipeline.run_quarter(k, EARLIER).terbit.menunggu is None


def test_a_draft_that_is_built_anew_takes_the_place_of_the_one_before(tmp_path, office):
    k = installed(tmp_path, office, Publishing.ASKED)
    pipeline.run_quarter(k, KPU)
    correct(office)
    pipeline.run_quarter(k, KPU, force=True)
    kept = list((k.settings.published / ".rilis" / "kpu" / KPU.period).glob("draf-*"))
    assert len(kept) == 1
    assert {one.edisi for one in k.warehouse.editions(KPU)} == {1}


def test_a_draft_publishes_the_bytes_that_were_built(tmp_path, office):
    """However it was decided, readers get the same files."""
    k = installed(tmp_path, office, Publishing.ASKED)
    reference = installed(tmp_path / "acuan", office, Publishing.ALWAYS)
    pipeline.run_quarter(k, KPU)
    pipeline.decide_to_publish(k, KPU)
    pipeline.run_quarter(reference, KPU)
    papers = {one.name: one.read_bytes() for one in (k.settings.published / "kpu" / KPU.period / "laporan").iterdir()}
    others = (reference.settings.published / "kpu" / KPU.period / "laporan").iterdir()
    assert papers == {one.name: one.read_bytes() for one in others}
