"""What was certified stays what it was: files, manifest, records, rows and figures that another hand changes.

Each installation is a copy of one whose quarter was printed and published for real; whatever prints runs in a child,
because typst keeps threads that no later child inherits.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from humas.errors import OperatorError
from humas.installation.context import Context
from humas.pipeline import quarter as pipeline
from humas.publish import release
from humas.publish.manifest import check_release
from humas.publish.verify import RecordBook, RecordSource, Status, books_of_site, judged, verify
from humas.registry import Cycle
from sqlalchemy import text

from tests.pipeline.small import KPU, fork, install_few, published, stored, wait
from tests.real_input.installation import serve_office

pytestmark = pytest.mark.pipeline
UNIT, PROVINCE, NATION = "HT-KPU-33.22-2026TW3-E1", "HT-KPU-P33-2026TW3-E1", "HT-KPU-N-2026TW3-E1"
RECORDED = ("hasil_edisi", "hasil_segel", "hasil_angka")


@pytest.fixture(scope="module")
def office():
    with serve_office() as running:
        yield running


@pytest.fixture(scope="module")
def base(tmp_path_factory, office) -> Path:
    """Home of the installation that published its first editions."""
    home = tmp_path_factory.mktemp("asal")
    run(install_few(home, office), home)
    return home


@pytest.fixture
def k(tmp_path, base, office) -> Context:
    return copied(base, tmp_path / "salinan", office)


def copied(base: Path, home: Path, office) -> Context:
    shutil.copytree(base / "keadaan", home / "keadaan", symlinks=True)
    return install_few(home, office)


def run(k: Context, home: Path, before: Callable[[], object] = lambda: None) -> dict[str, Any]:
    """A whole quarter in a child; its summary."""

    def work() -> None:
        before()
        (home / "hasil.json").write_text(json.dumps(asdict(pipeline.run_quarter(k, KPU))))

    k.warehouse.close()
    assert wait(fork(work)) == "selesai"
    return json.loads((home / "hasil.json").read_text())


def told(result: dict[str, Any]) -> dict[str, bool]:
    """What the summary says was altered, and whether it is mended."""
    return {one["subject"]: one["mended"] for one in result["alterations"]}


def sql(k: Context, *command: str) -> None:
    """Change the warehouse by hand; every statement must hit something."""
    with k.warehouse.engine.begin() as connection:
        for one in command:
            assert connection.execute(text(one)).rowcount > 0, one


def folder(k: Context) -> Path:
    return k.settings.published / KPU.lembaga / KPU.period


def ask(k: Context, file: Path):
    """What ``./humas verify`` answers here."""
    book = RecordBook(KPU.lembaga, KPU.period, tuple(k.warehouse.edition_records(KPU)), RecordSource.WAREHOUSE)
    return verify(file, judged([book], books_of_site(k.settings.published)))


class Kept(NamedTuple):
    """An installation before and after a run."""

    k: Context
    result: dict[str, Any]
    before: dict[str, str]


# --- files and manifest ---


def spoil(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-200] + bytes(200) if len(content) > 400 else b"palsu")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


def believe(path: Path) -> None:
    """Edit the manifest so that it vouches for the national PDF as somebody altered it."""
    pdf = path.parent / "laporan" / f"{NATION}.pdf"
    spoil(pdf)
    content = json.loads(path.read_bytes())
    forged = hashlib.sha256(pdf.read_bytes()).hexdigest()
    content["berkas"][f"laporan/{NATION}.pdf"]["sha256"] = forged
    content["catatan"][NATION]["berkas"][f"laporan/{NATION}.pdf"][0] = forged
    path.write_text(json.dumps(content))


FORGED = (f"laporan/{UNIT}.pdf", f"laporan/{PROVINCE}.xlsx")
MANIFESTS = {
    "damaged_manifest": cut,
    "deleted_manifest": Path.unlink,
    "edited_manifest": believe,
    "whole_manifest": None,
}


@pytest.fixture(scope="module", params=MANIFESTS, ids=str)
def spoilt(request, tmp_path_factory, base, office) -> Iterator[Kept]:
    """Two files altered, one deleted, a page altered, and the manifest as named; then the quarter ran again."""
    home = tmp_path_factory.mktemp("rusak")
    k = copied(base, home / "salinan", office)
    before, root = {Path(n).name: s for n, s in published(k).items()}, folder(k)
    for name in FORGED:
        spoil(root / name)
        assert not ask(k, root / name).asli
    (root / f"laporan/{NATION}.xlsx").unlink()
    spoil(root / "satker/33.22.html")
    change = MANIFESTS[request.param]
    if change:
        change(root / "manifes.json")
        assert ask(k, root / f"laporan/{PROVINCE}.pdf").status is Status.CURRENT
        assert ask(k, root / f"laporan/{NATION}.pdf").asli is (request.param != "edited_manifest")
    yield Kept(k, run(k, home), before)


def test_altered_files_are_printed_again_to_the_same_bytes_and_told(spoilt):
    k, result, before = spoilt
    assert {Path(n).name: s for n, s in published(k).items()} == before
    assert result["terbit"]["edisi_baru"] == []
    expected = {*FORGED, f"laporan/{NATION}.xlsx"}
    assert expected <= told(result).keys()
    assert all(told(result).values())


def test_after_the_run_everything_answers_again(spoilt):
    k = spoilt.k
    assert check_release(folder(k)) == []
    for path in (folder(k) / "laporan").iterdir():
        reply = ask(k, path)
        assert (reply.status, "Manifes" in reply.pesan) == (Status.CURRENT, False), path


def test_a_manifest_that_is_not_ours_is_told_and_only_then_are_pages_made_anew(spoilt, request):
    whole = "whole_manifest" in request.node.name
    assert ("kpu/2026-TW3/manifes.json" in told(spoilt.result)) is not whole
    assert ("satker/33.22.html" in told(spoilt.result)) is whole


def test_what_cannot_be_printed_to_the_same_bytes_is_left_told_and_answers_changed(k, tmp_path, monkeypatch):
    root, name = folder(k), f"laporan/{UNIT}.pdf"
    shutil.rmtree(k.settings.home / "rakitan")
    spoil(root / name)
    spoil(root / f"laporan/{UNIT}.xlsx")
    forged = (root / name).read_bytes()
    result = run(k, tmp_path, lambda: monkeypatch.setattr("humas.publish.pdf.STANDARDS", ()))
    assert told(result)[name] is False
    assert told(result)[f"laporan/{UNIT}.xlsx"] is True
    assert (root / name).read_bytes() == forged
    assert not ask(k, root / name).asli
    assert check_release(root) == [f"{name}: isi tidak sama dengan manifes."]
    assert told(run(k, tmp_path)) == {name: True}
    assert ask(k, root / name).status is Status.CURRENT


def test_no_published_file_is_the_same_as_one_where_the_next_run_works(k, base):
    origin = k.settings.with_(home=base / "keadaan").published  # a copy has no links any more
    assert {one.stat().st_nlink for one in origin.rglob("*.[px]*[fx]")} == {1}
    before = published(k)
    for path in (k.settings.home / "rakitan").rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                file.write(b"kecelakaan")
    stage = release.stage(k.settings.published, KPU, "lain")
    for name in release.files_of(stage.folder):
        with (stage.folder / name).open("r+b") as file:
            file.write(b"kecelakaan")
    assert published(k) == before


def test_a_draft_that_was_altered_before_it_was_published_is_refused(k):
    pipeline.compose(k, KPU)
    pipeline.build_site(k, KPU)
    (draft,) = (k.settings.published / ".rilis/kpu/2026-TW3").glob("draf-*")
    spoil(draft / f"laporan/{UNIT}.pdf")
    with pytest.raises(OperatorError, match=f"Draf situs diubah sesudah disusun: laporan/{UNIT}.pdf"):
        pipeline.publish(k, KPU)


def test_an_edition_that_was_not_printed_is_not_published(k):
    pipeline.compose(k, KPU)
    sql(k, "UPDATE hasil_edisi SET status = 'draf' WHERE kode = '33.22'")
    (k.settings.home / f"rakitan/kpu/2026-TW3/laporan/{UNIT}.json").unlink()
    with pytest.raises(OperatorError, match=f"{UNIT} belum dicetak"):
        pipeline.build_site(k, KPU)


# --- the warehouse ---

EDITED = {
    "row_changed": ("UPDATE inti_kegiatan SET judul = 'Judul palsu' WHERE kode_satker = '32.73'", "32.73"),
    "row_of_wrong_type": ("UPDATE inti_kegiatan SET tanggal_mulai = 'kapan' WHERE kode_satker = '33.74'", "33.74"),
    "verdict_changed": (
        "UPDATE inti_kiriman SET diterima = 999, status = 'nihil' WHERE kode_satker = '33.10'",
        "33.10",
    ),
    "seal_removed": ("UPDATE inti_kiriman SET segel = '' WHERE kode_satker = '33.22'", "33.22"),
    "figure": ("UPDATE hasil_angka SET nilai = 7777 WHERE kode = '33.22' AND ukuran = 'publikasi'", "kpu 2026-TW3"),
    "digest": ("UPDATE hasil_edisi SET sidik_data = 'ee' WHERE kode = '33.22'", UNIT),
    "data": ("UPDATE hasil_edisi SET kanonik = '{\"a\": 1}' WHERE lingkup = 'nasional'", NATION),
    "files": ("UPDATE hasil_edisi SET berkas = '{\"a\": 5}' WHERE lingkup = 'provinsi' AND kode = '33'", PROVINCE),
    "link": ("UPDATE hasil_edisi SET rantai = 'ff' WHERE kode = '33.74'", "HT-KPU-33.74-2026TW3-E1"),
    "no_json": ("UPDATE hasil_edisi SET kanonik = 'bukan json' WHERE kode = '33.10'", "HT-KPU-33.10-2026TW3-E1"),
    "beside_the_data": (
        "UPDATE hasil_edisi SET pelengkap = '{\"ralat\": 5}' WHERE kode = '32.73'",
        "HT-KPU-32.73-2026TW3-E1",
    ),
    "deleted": ("DELETE FROM hasil_edisi WHERE kode = '32'", "HT-KPU-P32-2026TW3-E1"),
}


@pytest.fixture(scope="module")
def edited(tmp_path_factory, base, office) -> Kept:
    """All of these at once; then the quarter ran again."""
    home = tmp_path_factory.mktemp("gudang")
    k = copied(base, home / "salinan", office)
    before = stored(k, *RECORDED, "inti_")
    sql(k, *(command for command, _ in EDITED.values()))
    return Kept(k, run(k, home), before)


@pytest.mark.parametrize("what", EDITED)
def test_a_change_of_the_warehouse_by_hand_is_told(edited, what):
    assert EDITED[what][1] in told(edited.result)


def test_nothing_that_was_changed_by_hand_becomes_an_edition_and_all_that_can_be_is_mended(edited):
    k, result, before = edited
    assert result["terbit"]["edisi_baru"] == []
    now = stored(k, *RECORDED, "inti_")
    assert [(name, row) for name in now for row in set(now[name]) ^ set(before[name])] == []
    assert all(told(result).values())


def test_figures_that_change_after_they_were_rolled_up_are_not_published(k):
    sql(k, "UPDATE hasil_angka SET nilai = nilai + 1 WHERE lingkup = 'nasional' AND ukuran = 'publikasi'")
    with pytest.raises(OperatorError) as error:
        pipeline.compose(k, KPU)
    assert error.value.code == "angka_diubah"
    assert [alteration.mended for alteration in pipeline.roll_up(k, KPU, "jalan").alterations] == [True]
    assert pipeline.compose(k, KPU).alterations == ()


def test_rows_that_change_before_the_reports_are_composed_are_told_and_left_to_the_next_validation(k):
    sql(k, "UPDATE inti_kegiatan SET judul = 'Judul palsu' WHERE kode_satker = '32.73'")
    compose_reports = pipeline.compose(k, KPU)
    assert [(alteration.subject, alteration.mended) for alteration in compose_reports.alterations] == [("32.73", False)]
    assert [(s.subject, s.mended) for s in pipeline.validate(k, KPU, "jalan").alterations] == [("32.73", True)]
    assert pipeline.compose(k, KPU).alterations == ()


def test_rows_without_their_raw_file_cannot_be_mended_and_are_told_each_time(k):
    (submission,) = [one for one in k.warehouse.submissions(KPU) if one.kode_satker == "32.73"]
    for file in submission.berkas:
        k.landing.path(file.sidik).unlink()
    sql(k, "UPDATE inti_kegiatan SET judul = 'Judul palsu' WHERE kode_satker = '32.73'")
    for _ in range(2):
        assert [(s.subject, s.mended) for s in pipeline.validate(k, KPU, "jalan").alterations] == [("32.73", False)]


def test_figures_of_an_earlier_quarter_that_somebody_changed_are_told(k):
    begin = k.warehouse.figures(KPU)
    k.warehouse.store_figures(Cycle("kpu", "2026-TW2"), begin)
    assert pipeline.compose(k, KPU).alterations == ()
    sql(k, "UPDATE hasil_angka SET nilai = 1 WHERE periode = '2026-TW2' AND ukuran = 'publikasi'")
    assert [alteration.subject for alteration in pipeline.compose(k, KPU).alterations] == ["kpu 2026-TW2"]
