"""Manifest, open data and the whole road from reports to a release that readers see."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from humas.chain import EditionRecord, FileHash, broken, digest_of, head_of
from humas.errors import SistemError
from humas.publish import build, manifest, opendata, release
from humas.publish.site import Bahan

from tests.publish.contoh_situs import all_reports, make_bahan

pytestmark = pytest.mark.mesin


def record(lap, previous: str = "") -> EditionRecord:
    """The record of stand-ins for the printed files of a report."""
    files = {f"laporan/{lap.id}.{jenis}": FileHash.of(content(lap, jenis)) for jenis in ("pdf", "xlsx")}
    place = (lap.kepala.lembaga, lap.kepala.periode, *lap.kunci, lap.edisi)
    return EditionRecord(*place, lap.sidik, digest_of(lap.supplement()), "uji", files).chained(previous)


def content(lap, jenis: str) -> bytes:
    return f"{jenis} {lap.sidik}".encode()


def printed(folder: Path, bahan: Bahan, earlier: tuple[EditionRecord, ...] = ()) -> build.Archive:
    """Stand-ins for the printed files of every report that is printed, as somebody printed them just now."""
    folder.mkdir(parents=True, exist_ok=True)
    links = {(satu.key, satu.number): satu.link for satu in earlier}
    for lap in all_reports(bahan):
        if lap.dicetak:
            for jenis in ("pdf", "xlsx"):
                (folder / f"{lap.id}.{jenis}").write_bytes(content(lap, jenis))
    baru = [record(s, links.get((s.kunci, s.edisi - 1), "")) for s in all_reports(bahan) if s.dicetak]
    records = (*earlier, *(satu for satu in baru if (satu.key, satu.number) not in links))
    return build.Archive(records, frozenset(nama for satu in records for nama in satu.files), folder)


def publish(
    root: Path, bahan: Bahan, nama: str = "jalan", earlier: tuple[EditionRecord, ...] = ()
) -> tuple[Path, build.HasilSitus]:
    panggung = release.stage(root / "terbitan", "kpu", "2026-TW3", nama)
    lama = manifest.read_manifest(panggung.tautan)
    hasil = build.build_draft(panggung, bahan, printed(root / f"cetak-{nama}", bahan, earlier), lama)
    return build.publish_draft(panggung), hasil


def digests(folder: Path) -> dict[str, str]:
    return {nama: sha256((folder / nama).read_bytes()).hexdigest() for nama in release.files_of(folder)}


@pytest.fixture(scope="module")
def bahan():
    return make_bahan()


@pytest.fixture(scope="module")
def terbit(tmp_path_factory, bahan):
    return publish(tmp_path_factory.mktemp("situs"), bahan)[0]


def test_manifest_knows_every_file_and_its_hash(terbit):
    tertulis = manifest.read_manifest(terbit)["berkas"]
    nyata = digests(terbit)
    nyata.pop("manifes.json")
    assert {nama: b["sha256"] for nama, b in tertulis.items()} == nyata
    assert manifest.check_release(terbit) == []


def test_manifest_holds_editions_digests_and_conservation(terbit, bahan):
    isi = manifest.read_manifest(terbit)
    assert isi["laporan"]["satker/33.02"] == {
        "id": "HT-KPU-33.02-2026TW3-E1",
        "edisi": 1,
        "terbit": "2026-10-16",
        "sidik": bahan.satker["33.02"].sidik,
        "berkas": ["laporan/HT-KPU-33.02-2026TW3-E1.pdf", "laporan/HT-KPU-33.02-2026TW3-E1.xlsx"],
    }
    diam = isi["laporan"]["satker/33.76"]
    assert (diam["id"], diam["edisi"], diam["berkas"]) == ("", 0, [])
    neraca = isi["neraca"]
    assert neraca["masuk"] == neraca["diterima"] + neraca["dikarantina"] + neraca["kembar"] > 0


def test_same_data_same_bytes_whatever_the_day(tmp_path, terbit):
    with time_machine.travel("2031-01-01T00:00:00Z"):
        kembali = publish(tmp_path, make_bahan(), "lain")[0]
    assert digests(kembali) == digests(terbit)


@pytest.mark.parametrize(
    ("rusak", "pesan"),
    [
        (lambda f: (f / "index.html").write_bytes(b"x"), "index.html: isi tidak sama dengan manifes."),
        (lambda f: (f / "status.html").unlink(), "status.html: berkas hilang."),
        (lambda f: (f / "asing.html").write_bytes(b"x"), "asing.html: tidak tercatat pada manifes."),
        (lambda f: (f / "manifes.json").unlink(), "Manifes tidak ada."),
        (lambda f: (f / "manifes.json").write_bytes((f / "manifes.json").read_bytes()[:-99]), "Manifes rusak."),
    ],
    ids=["diubah", "hilang", "asing", "tanpa-manifes", "manifes-terpotong"],
)
def test_damage_is_found_and_named(tmp_path, bahan, rusak, pesan):
    tautan = publish(tmp_path, bahan)[0]
    rusak(tautan)
    assert manifest.check_release(tautan) == [pesan]


def test_corrected_unit_changes_three_reports_and_keeps_the_old_edition(tmp_path, bahan):
    tautan, _ = publish(tmp_path, bahan, "satu")
    lama = digests(tautan)
    tanggal = date(2026, 10, 23)
    satker = bahan.satker | {
        "33.02": replace(bahan.satker["33.02"], angka=_plus_one(bahan.satker["33.02"])).as_edition(2, tanggal)
    }
    provinsi = bahan.provinsi | {
        "33": replace(bahan.provinsi["33"], angka=_plus_one(bahan.provinsi["33"])).as_edition(2, tanggal)
    }
    nasional = replace(bahan.nasional, angka=_plus_one(bahan.nasional)).as_edition(2, tanggal)
    baru = Bahan(nasional, provinsi, satker, gangguan=bahan.gangguan)
    tautan, hasil = publish(tmp_path, baru, "dua", manifest.records_of(manifest.read_manifest(tautan)))
    kini = digests(tautan)
    diam = sum(not lap.dicetak for lap in bahan.satker.values())
    sebab = {kode for kode, lap in provinsi.items() if any(not unit.lapor for unit in lap.satker)} - {"33"}
    assert hasil.laporan_berubah == 3 + diam + len(sebab)
    beda = {nama for nama in kini if kini[nama] != lama.get(nama)}
    pokok = {f"laporan/HT-KPU-{k}-2026TW3-E2.{j}" for k in ("33.02", "P33", "N") for j in ("pdf", "xlsx")}
    halaman = {
        "index.html",
        "provinsi/33.html",
        "satker/33.02.html",
        "status.html",
        "data-terbuka.html",
        "manifes.json",
    }
    data = {"data/angka.csv", "data/angka.csv-metadata.json", "data/satker.csv-metadata.json"}
    data |= {"data/angka.json", opendata.KATALOG}
    assert beda == pokok | halaman | data
    assert "laporan/HT-KPU-33.02-2026TW3-E1.pdf" in kini
    assert manifest.check_release(tautan) == []


def _plus_one(lap):
    return tuple(replace(a, nilai=a.nilai + 1) if a.ukuran == "kegiatan_dilaporkan" else a for a in lap.angka)


def test_publishing_the_same_again_renders_only_what_may_have_moved(tmp_path, bahan):
    tautan, _ = publish(tmp_path, bahan, "satu")
    lama = manifest.read_manifest(tautan)
    panggung = release.stage(tmp_path / "terbitan", "kpu", "2026-TW3", "dua")
    hasil = build.build_draft(panggung, bahan, build.Archive(manifest.records_of(lama)), lama)
    assert (hasil.berubah, hasil.alterations) == (0, ())


def test_new_templates_render_everything_again(bahan, terbit, monkeypatch):
    lama = manifest.read_manifest(terbit)
    monkeypatch.setattr(manifest, "site_version", lambda: "lain")
    assert len(manifest.changed_reports(lama, all_reports(bahan), {})) == len(all_reports(bahan))


def test_front_page_shows_what_is_in_force(terbit):
    isi = (terbit.parent.parent / "index.html").read_text()
    assert "kpu/2026-TW3/index.html" in isi
    assert (terbit.parent.parent / "aset/situs.css").is_file()


def test_without_national_report_nothing_is_built(bahan):
    with pytest.raises(SistemError) as galat:
        build.gather(bahan.satker.values())
    assert galat.value.kode == "nasional_tidak_ada"


def test_gather_sorts_reports(bahan):
    hasil = build.gather(all_reports(bahan), bahan.gangguan)
    assert (hasil.nasional, hasil.provinsi, hasil.satker) == (bahan.nasional, bahan.provinsi, bahan.satker)


def test_open_data_matches_its_metadata_and_the_figures(terbit, bahan):
    for nama in ("angka", "satker"):
        baris = list(csv.DictReader(io.StringIO((terbit / f"data/{nama}.csv").read_text())))
        skema = json.loads((terbit / f"data/{nama}.csv-metadata.json").read_bytes())["tableSchema"]
        assert list(baris[0]) == [k["name"] for k in skema["columns"]]
        kunci = [tuple(b[k] for k in skema["primaryKey"]) for b in baris]
        assert len(kunci) == len(set(kunci))
    angka = {(b["lingkup"], b["id"]): b for b in csv.DictReader(io.StringIO((terbit / "data/angka.csv").read_text()))}
    assert float(angka["nasional", "N1"]["nilai"]) == pytest.approx(bahan.nasional.value("kelengkapan"))


def test_open_data_leaves_silent_units_empty(terbit):
    satker = {b["kode"]: b for b in csv.DictReader(io.StringIO((terbit / "data/satker.csv").read_text()))}
    assert (satker["33.76"]["kegiatan"], satker["33.02"]["kegiatan"]) == ("", "24")


def test_units_never_asked_are_counted_and_marked(terbit, bahan):
    lepas = {k.kode for k in bahan.nasional.satker if k.sebab == "belum_dikumpulkan"}
    assert lepas
    satker = csv.DictReader(io.StringIO((terbit / "data/satker.csv").read_text()))
    assert {b["kode"] for b in satker if b["status"] == "belum_dikumpulkan"} == lepas
    assert manifest.read_manifest(terbit)["belum_dikumpulkan"] == len(lepas)


@pytest.mark.parametrize("teks", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_open_data_has_no_formulas(teks):
    assert opendata._cell(teks) == f"'{teks}"


def test_page_offers_a_file_that_was_printed_later(tmp_path, bahan):
    panggung = release.stage(tmp_path / "terbitan", "kpu", "2026-TW3", "tanpa-cetak")
    build.build_draft(panggung, bahan, build.Archive())
    build.publish_draft(panggung)
    tautan, _ = publish(tmp_path, bahan, "dengan-cetak")
    assert b"laporan/HT-KPU-33.02-2026TW3-E1.pdf" in (tautan / "satker/33.02.html").read_bytes()


def test_page_of_a_unit_that_is_no_more_goes_and_its_report_stays(tmp_path, bahan):
    publish(tmp_path, bahan, "satu")
    tinggal = {kode: lap for kode, lap in bahan.satker.items() if kode != "33.02"}
    earlier = manifest.records_of(manifest.read_manifest(tmp_path / "terbitan/kpu/2026-TW3"))
    tautan, _ = publish(tmp_path, replace(bahan, satker=tinggal), "dua", earlier)
    assert not (tautan / "satker/33.02.html").exists()
    assert (tautan / "laporan/HT-KPU-33.02-2026TW3-E1.pdf").exists()
    assert manifest.check_release(tautan) == []


def test_open_data_says_the_same_as_json_and_is_catalogued(terbit, bahan):
    for data in opendata.DATA:
        baris = list(csv.DictReader(io.StringIO((terbit / f"data/{data.nama}.csv").read_text())))
        isi = json.loads((terbit / f"data/{data.nama}.json").read_bytes())
        assert len(isi) == len(baris)
        assert [{k: "" if n is None else str(n) for k, n in satu.items()} for satu in isi[:50]] == baris[:50]
    katalog = json.loads((terbit / opendata.KATALOG).read_bytes())
    sebaran = [s for d in katalog["dcat:dataset"] for s in d["dcat:distribution"]]
    assert {(terbit / "data" / s["dcat:downloadURL"]["@id"]).is_file() for s in sebaran} == {True}
    assert {d["dct:issued"]["@value"] for d in katalog["dcat:dataset"]} == {bahan.nasional.terbit}


def test_province_page_tells_the_newest_cause_of_silence(tmp_path, bahan):
    publish(tmp_path, bahan, "satu")
    provinsi = bahan.provinsi["33"]
    satker = tuple(k if k.lapor else replace(k, sebab="sistem") for k in provinsi.satker)
    assert any(not k.lapor for k in satker)
    baru = replace(bahan, provinsi=bahan.provinsi | {"33": replace(provinsi, satker=satker)})
    tautan, _ = publish(tmp_path, baru, "dua")
    assert "Pemasangan bermasalah" in (tautan / "provinsi/33.html").read_text()


def test_manifest_carries_the_record_of_every_edition_and_the_head_of_their_chain(terbit, bahan):
    isi = manifest.read_manifest(terbit)
    records = manifest.records_of(isi)
    assert {manifest.id_of(s): s for s in records} == {s.id: record(s) for s in all_reports(bahan) if s.dicetak}
    assert broken(records) == ()
    assert isi["rantai"] == head_of(records)
    assert isi["rantai"] in (terbit / "data-terbuka.html").read_text()


@pytest.mark.parametrize(
    "rusak",
    [
        lambda isi: isi[: len(isi) // 2],
        lambda _: b"",
        lambda _: b"[]",
        lambda _: b"[" * 100_000,
        lambda _: b"\xff\xfe",
        lambda isi: isi.replace(b'"ringkasan"', b'"lain"'),
        lambda isi: isi.replace(b'"sha256": "', b'"sha256": 1, "x": "'),
        lambda isi: isi.replace(b'"lingkup": "satker"', b'"lingkup": "dunia"'),
        lambda isi: isi.replace(b'"catatan": {', b'"catatan": {"x": 1, '),
        lambda isi: isi.replace(b'"versi_situs"', b'"versi"'),
    ],
    ids=["half", "empty", "list", "deep", "bytes", "no_summary", "hash", "level", "record", "no_version"],
)
def test_a_damaged_manifest_is_no_manifest_and_the_front_page_goes_on(tmp_path, bahan, caplog, rusak):
    tautan, _ = publish(tmp_path, bahan)
    (tautan / "manifes.json").write_bytes(rusak((tautan / "manifes.json").read_bytes()))
    assert manifest.read_manifest(tautan) is None
    assert manifest.published_manifests(tmp_path / "terbitan") == []
    assert "manifes.json rusak atau hilang" in caplog.text
    build.refresh_front_page(tmp_path / "terbitan")
    assert b"2026-TW3" not in (tmp_path / "terbitan/index.html").read_bytes()


def test_a_page_that_somebody_altered_is_made_anew_and_told(tmp_path, bahan):
    tautan, _ = publish(tmp_path, bahan, "satu")
    lama = digests(tautan)
    diubah = ["satker/33.02.html", "provinsi/33.html", "status.html", "data/angka.csv", "aset/situs.css"]
    for nama in diubah:
        (tautan / nama).write_bytes(b"palsu")
    (tautan / "satker/33.01.html").unlink()
    earlier = manifest.records_of(manifest.read_manifest(tautan))
    tautan, hasil = publish(tmp_path, bahan, "dua", earlier)
    assert digests(tautan) == lama
    assert {satu.subject for satu in hasil.alterations} == {*diubah, "satker/33.01.html"}
    assert all(satu.mended for satu in hasil.alterations)


def test_a_stranger_among_the_reports_stays_is_told_and_is_in_no_manifest(tmp_path, bahan):
    tautan, _ = publish(tmp_path, bahan, "satu")
    (tautan / "laporan/HT-KPU-33.02-2026TW3-E9.pdf").write_bytes(b"%PDF palsu")
    earlier = manifest.records_of(manifest.read_manifest(tautan))
    tautan, hasil = publish(tmp_path, bahan, "dua", earlier)
    assert [(s.subject, s.mended) for s in hasil.alterations] == [("laporan/HT-KPU-33.02-2026TW3-E9.pdf", False)]
    assert manifest.check_release(tautan) == ["laporan/HT-KPU-33.02-2026TW3-E9.pdf: tidak tercatat pada manifes."]
