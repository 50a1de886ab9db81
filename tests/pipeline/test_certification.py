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
from humas import pipeline
from humas.context import Konteks
from humas.errors import SistemError
from humas.publish import release
from humas.publish.manifest import check_release
from humas.publish.verify import Book, Source, Status, books_of_site, judged, verify
from sqlalchemy import text

from tests.pipeline.kecil import KPU, fork, install_few, published, stored, wait
from tests.real_input.installation import serve_kantor

pytestmark = pytest.mark.pipeline
UNIT, PROVINCE, NATION = "HT-KPU-33.22-2026TW3-E1", "HT-KPU-P33-2026TW3-E1", "HT-KPU-N-2026TW3-E1"
RECORDED = ("hasil_edisi", "hasil_segel", "hasil_angka")


@pytest.fixture(scope="module")
def kantor():
    with serve_kantor() as berjalan:
        yield berjalan


@pytest.fixture(scope="module")
def base(tmp_path_factory, kantor) -> Path:
    """Home of the installation that published its first editions."""
    home = tmp_path_factory.mktemp("asal")
    run(install_few(home, kantor), home)
    return home


@pytest.fixture
def k(tmp_path, base, kantor) -> Konteks:
    return copied(base, tmp_path / "salinan", kantor)


def copied(base: Path, home: Path, kantor) -> Konteks:
    shutil.copytree(base / "keadaan", home / "keadaan", symlinks=True)
    return install_few(home, kantor)


def run(k: Konteks, home: Path, before: Callable[[], object] = lambda: None) -> dict[str, Any]:
    """A whole quarter in a child; its summary."""

    def work() -> None:
        before()
        (home / "hasil.json").write_text(json.dumps(asdict(pipeline.run_quarter(k, *KPU))))

    k.gudang.close()
    assert wait(fork(work)) == "selesai"
    return json.loads((home / "hasil.json").read_text())


def told(hasil: dict[str, Any]) -> dict[str, bool]:
    """What the summary says was altered, and whether it is mended."""
    return {satu["subject"]: satu["mended"] for satu in hasil["alterations"]}


def sql(k: Konteks, *perintah: str) -> None:
    """Change the warehouse by hand; every statement must hit something."""
    with k.gudang.engine.begin() as koneksi:
        for satu in perintah:
            assert koneksi.execute(text(satu)).rowcount > 0, satu


def folder(k: Konteks) -> Path:
    return k.settings.published / KPU[0] / KPU[1]


def ask(k: Konteks, berkas: Path):
    """What ``./humas verify`` answers here."""
    book = Book(*KPU, tuple(k.gudang.edition_records(*KPU)), Source.WAREHOUSE)
    return verify(berkas, judged([book], books_of_site(k.settings.published)))


class Kept(NamedTuple):
    """An installation before and after a run."""

    k: Konteks
    hasil: dict[str, Any]
    sebelum: dict[str, str]


# --- files and manifest ---


def spoil(jalur: Path) -> None:
    isi = jalur.read_bytes()
    jalur.write_bytes(isi[:-200] + bytes(200) if len(isi) > 400 else b"palsu")


def cut(jalur: Path) -> None:
    jalur.write_bytes(jalur.read_bytes()[:1000])


def believe(jalur: Path) -> None:
    """Edit the manifest so that it vouches for the national PDF as somebody altered it."""
    pdf = jalur.parent / "laporan" / f"{NATION}.pdf"
    spoil(pdf)
    isi = json.loads(jalur.read_bytes())
    palsu = hashlib.sha256(pdf.read_bytes()).hexdigest()
    isi["berkas"][f"laporan/{NATION}.pdf"]["sha256"] = palsu
    isi["catatan"][NATION]["berkas"][f"laporan/{NATION}.pdf"][0] = palsu
    jalur.write_text(json.dumps(isi))


PALSU = (f"laporan/{UNIT}.pdf", f"laporan/{PROVINCE}.xlsx")
MANIFESTS = {
    "damaged_manifest": cut,
    "deleted_manifest": Path.unlink,
    "edited_manifest": believe,
    "whole_manifest": None,
}


@pytest.fixture(scope="module", params=MANIFESTS, ids=str)
def spoilt(request, tmp_path_factory, base, kantor) -> Iterator[Kept]:
    """Two files altered, one deleted, a page altered, and the manifest as named; then the quarter ran again."""
    home = tmp_path_factory.mktemp("rusak")
    k = copied(base, home / "salinan", kantor)
    sebelum, akar = {Path(n).name: s for n, s in published(k).items()}, folder(k)
    for nama in PALSU:
        spoil(akar / nama)
        assert not ask(k, akar / nama).asli
    (akar / f"laporan/{NATION}.xlsx").unlink()
    spoil(akar / "satker/33.22.html")
    ubah = MANIFESTS[request.param]
    if ubah:
        ubah(akar / "manifes.json")
        assert ask(k, akar / f"laporan/{PROVINCE}.pdf").status is Status.TERKINI
        assert ask(k, akar / f"laporan/{NATION}.pdf").asli is (request.param != "edited_manifest")
    yield Kept(k, run(k, home), sebelum)


def test_altered_files_are_printed_again_to_the_same_bytes_and_told(spoilt):
    k, hasil, sebelum = spoilt
    assert {Path(n).name: s for n, s in published(k).items()} == sebelum
    assert hasil["terbit"]["edisi_baru"] == []
    harap = {*PALSU, f"laporan/{NATION}.xlsx"}
    assert harap <= told(hasil).keys()
    assert all(told(hasil).values())


def test_after_the_run_everything_answers_again(spoilt):
    k = spoilt.k
    assert check_release(folder(k)) == []
    for jalur in (folder(k) / "laporan").iterdir():
        jawab = ask(k, jalur)
        assert (jawab.status, "Manifes" in jawab.pesan) == (Status.TERKINI, False), jalur


def test_a_manifest_that_is_not_ours_is_told_and_only_then_are_pages_made_anew(spoilt, request):
    whole = "whole_manifest" in request.node.name
    assert ("kpu/2026-TW3/manifes.json" in told(spoilt.hasil)) is not whole
    assert ("satker/33.22.html" in told(spoilt.hasil)) is whole


def test_what_cannot_be_printed_to_the_same_bytes_is_left_told_and_answers_changed(k, tmp_path, monkeypatch):
    akar, nama = folder(k), f"laporan/{UNIT}.pdf"
    shutil.rmtree(k.settings.home / "rakitan")
    spoil(akar / nama)
    spoil(akar / f"laporan/{UNIT}.xlsx")
    palsu = (akar / nama).read_bytes()
    hasil = run(k, tmp_path, lambda: monkeypatch.setattr("humas.publish.pdf.STANDAR", ()))
    assert told(hasil)[nama] is False
    assert told(hasil)[f"laporan/{UNIT}.xlsx"] is True
    assert (akar / nama).read_bytes() == palsu
    assert not ask(k, akar / nama).asli
    assert check_release(akar) == [f"{nama}: isi tidak sama dengan manifes."]
    assert told(run(k, tmp_path)) == {nama: True}
    assert ask(k, akar / nama).status is Status.TERKINI


def test_no_published_file_is_the_same_as_one_where_the_next_run_works(k, base):
    asal = k.settings.with_(home=base / "keadaan").published  # a copy has no links any more
    assert {satu.stat().st_nlink for satu in asal.rglob("*.[px]*[fx]")} == {1}
    sebelum = published(k)
    for jalur in (k.settings.home / "rakitan").rglob("*"):
        if jalur.is_file():
            with jalur.open("r+b") as berkas:
                berkas.write(b"kecelakaan")
    panggung = release.stage(k.settings.published, *KPU, "lain")
    for nama in release.files_of(panggung.folder):
        with (panggung.folder / nama).open("r+b") as berkas:
            berkas.write(b"kecelakaan")
    assert published(k) == sebelum


def test_a_draft_that_was_altered_before_it_was_published_is_refused(k):
    pipeline.compose(k, *KPU)
    pipeline.build_site(k, *KPU)
    (draf,) = (k.settings.published / ".rilis/kpu/2026-TW3").glob("draf-*")
    spoil(draf / f"laporan/{UNIT}.pdf")
    with pytest.raises(SistemError, match=f"Draf situs diubah sesudah disusun: laporan/{UNIT}.pdf"):
        pipeline.publish(k, *KPU)


def test_an_edition_that_was_not_printed_is_not_published(k):
    pipeline.compose(k, *KPU)
    sql(k, "UPDATE hasil_edisi SET status = 'draf' WHERE kode = '33.22'")
    (k.settings.home / f"rakitan/kpu/2026-TW3/laporan/{UNIT}.json").unlink()
    with pytest.raises(SistemError, match=f"{UNIT} belum dicetak"):
        pipeline.build_site(k, *KPU)


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
def edited(tmp_path_factory, base, kantor) -> Kept:
    """All of these at once; then the quarter ran again."""
    home = tmp_path_factory.mktemp("gudang")
    k = copied(base, home / "salinan", kantor)
    sebelum = stored(k, *RECORDED, "inti_")
    sql(k, *(perintah for perintah, _ in EDITED.values()))
    return Kept(k, run(k, home), sebelum)


@pytest.mark.parametrize("apa", EDITED)
def test_a_change_of_the_warehouse_by_hand_is_told(edited, apa):
    assert EDITED[apa][1] in told(edited.hasil)


def test_nothing_that_was_changed_by_hand_becomes_an_edition_and_all_that_can_be_is_mended(edited):
    k, hasil, sebelum = edited
    assert hasil["terbit"]["edisi_baru"] == []
    kini = stored(k, *RECORDED, "inti_")
    assert [(nama, baris) for nama in kini for baris in set(kini[nama]) ^ set(sebelum[nama])] == []
    assert all(told(hasil).values())


def test_figures_that_change_after_they_were_rolled_up_are_not_published(k):
    sql(k, "UPDATE hasil_angka SET nilai = nilai + 1 WHERE lingkup = 'nasional' AND ukuran = 'publikasi'")
    with pytest.raises(SistemError) as galat:
        pipeline.compose(k, *KPU)
    assert galat.value.kode == "angka_diubah"
    assert [satu.mended for satu in pipeline.roll_up(k, *KPU, "jalan").alterations] == [True]
    assert pipeline.compose(k, *KPU).alterations == ()


def test_rows_that_change_before_the_reports_are_composed_are_told_and_left_to_the_next_validation(k):
    sql(k, "UPDATE inti_kegiatan SET judul = 'Judul palsu' WHERE kode_satker = '32.73'")
    susun = pipeline.compose(k, *KPU)
    assert [(satu.subject, satu.mended) for satu in susun.alterations] == [("32.73", False)]
    assert [(s.subject, s.mended) for s in pipeline.validate(k, *KPU, "jalan").alterations] == [("32.73", True)]
    assert pipeline.compose(k, *KPU).alterations == ()


def test_rows_without_their_raw_file_cannot_be_mended_and_are_told_each_time(k):
    (kiriman,) = [satu for satu in k.gudang.kiriman(*KPU) if satu.kode_satker == "32.73"]
    for berkas in kiriman.berkas:
        k.landing.path(berkas.sidik).unlink()
    sql(k, "UPDATE inti_kegiatan SET judul = 'Judul palsu' WHERE kode_satker = '32.73'")
    for _ in range(2):
        assert [(s.subject, s.mended) for s in pipeline.validate(k, *KPU, "jalan").alterations] == [("32.73", False)]


def test_figures_of_an_earlier_quarter_that_somebody_changed_are_told(k):
    awal = k.gudang.figures(*KPU)
    k.gudang.store_figures("kpu", "2026-TW2", awal)
    assert pipeline.compose(k, *KPU).alterations == ()
    sql(k, "UPDATE hasil_angka SET nilai = 1 WHERE periode = '2026-TW2' AND ukuran = 'publikasi'")
    assert [satu.subject for satu in pipeline.compose(k, *KPU).alterations] == ["kpu 2026-TW2"]
