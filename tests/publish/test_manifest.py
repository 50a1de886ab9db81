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
from humas.chain.links import EditionRecord, FileHash, broken, digest_of, head_of
from humas.errors import OperatorError
from humas.publish import build, manifest, opendata, release
from humas.publish.site import Material
from humas.registry import Cycle

from tests.publish.sample_site import all_reports, make_material

pytestmark = pytest.mark.mesin


def record(lap, previous: str = "") -> EditionRecord:
    """The record of stand-ins for the printed files of a report."""
    files = {f"laporan/{lap.id}.{kind}": FileHash.of(content(lap, kind)) for kind in ("pdf", "xlsx")}
    place = (lap.kepala.lembaga, lap.kepala.periode, *lap.kunci, lap.edisi)
    return EditionRecord(*place, lap.sidik, digest_of(lap.supplement()), "uji", files).chained(previous)


def content(lap, kind: str) -> bytes:
    return f"{kind} {lap.sidik}".encode()


def printed(folder: Path, material: Material, earlier: tuple[EditionRecord, ...] = ()) -> build.Archive:
    """Stand-ins for the printed files of every report that is printed, as somebody printed them just now."""
    folder.mkdir(parents=True, exist_ok=True)
    links = {(one.key, one.number): one.link for one in earlier}
    for lap in all_reports(material):
        if lap.dicetak:
            for kind in ("pdf", "xlsx"):
                (folder / f"{lap.id}.{kind}").write_bytes(content(lap, kind))
    new = [record(s, links.get((s.kunci, s.edisi - 1), "")) for s in all_reports(material) if s.dicetak]
    records = (*earlier, *(one for one in new if (one.key, one.number) not in links))
    return build.Archive(records, frozenset(name for one in records for name in one.files), folder)


def publish(
    root: Path, material: Material, name: str = "jalan", earlier: tuple[EditionRecord, ...] = ()
) -> tuple[Path, build.BuiltSite]:
    stage = release.stage(root / "terbitan", Cycle("kpu", "2026-TW3"), name)
    old = manifest.read_manifest(stage.tautan)
    result = build.build_draft(stage, material, printed(root / f"cetak-{name}", material, earlier), old)
    return build.publish_draft(stage), result


def digests(folder: Path) -> dict[str, str]:
    return {name: sha256((folder / name).read_bytes()).hexdigest() for name in release.files_of(folder)}


@pytest.fixture(scope="module")
def material():
    return make_material()


@pytest.fixture(scope="module")
def published(tmp_path_factory, material):
    return publish(tmp_path_factory.mktemp("situs"), material)[0]


def test_manifest_knows_every_file_and_its_hash(published):
    written = manifest.read_manifest(published)["berkas"]
    actual = digests(published)
    actual.pop("manifes.json")
    assert {name: b["sha256"] for name, b in written.items()} == actual
    assert manifest.check_release(published) == []


def test_manifest_holds_editions_digests_and_conservation(published, material):
    content = manifest.read_manifest(published)
    assert content["laporan"]["satker/33.02"] == {
        "id": "HT-KPU-33.02-2026TW3-E1",
        "edisi": 1,
        "terbit": "2026-10-16",
        "sidik": material.satker["33.02"].sidik,
        "berkas": ["laporan/HT-KPU-33.02-2026TW3-E1.pdf", "laporan/HT-KPU-33.02-2026TW3-E1.xlsx"],
    }
    silent = content["laporan"]["satker/33.76"]
    assert (silent["id"], silent["edisi"], silent["berkas"]) == ("", 0, [])
    balance = content["neraca"]
    assert balance["masuk"] == balance["diterima"] + balance["dikarantina"] + balance["kembar"] > 0


def test_same_data_same_bytes_whatever_the_day(tmp_path, published):
    with time_machine.travel("2031-01-01T00:00:00Z"):
        returned = publish(tmp_path, make_material(), "lain")[0]
    assert digests(returned) == digests(published)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda f: (f / "index.html").write_bytes(b"x"), "index.html: isi tidak sama dengan manifes."),
        (lambda f: (f / "status.html").unlink(), "status.html: berkas hilang."),
        (lambda f: (f / "asing.html").write_bytes(b"x"), "asing.html: tidak tercatat pada manifes."),
        (lambda f: (f / "manifes.json").unlink(), "Manifes tidak ada."),
        (lambda f: (f / "manifes.json").write_bytes((f / "manifes.json").read_bytes()[:-99]), "Manifes rusak."),
    ],
    ids=["diubah", "hilang", "asing", "tanpa-manifes", "manifes-terpotong"],
)
def test_damage_is_found_and_named(tmp_path, material, broken, message):
    link = publish(tmp_path, material)[0]
    broken(link)
    assert manifest.check_release(link) == [message]


def test_corrected_unit_changes_three_reports_and_keeps_the_old_edition(tmp_path, material):
    link, _ = publish(tmp_path, material, "satu")
    old = digests(link)
    day = date(2026, 10, 23)
    satker = material.satker | {
        "33.02": replace(material.satker["33.02"], angka=_plus_one(material.satker["33.02"])).as_edition(2, day)
    }
    province = material.provinsi | {
        "33": replace(material.provinsi["33"], angka=_plus_one(material.provinsi["33"])).as_edition(2, day)
    }
    nation = replace(material.nasional, angka=_plus_one(material.nasional)).as_edition(2, day)
    new = Material(nation, province, satker)
    link, result = publish(tmp_path, new, "dua", manifest.records_of(manifest.read_manifest(link)))
    now = digests(link)
    silent = sum(not lap.dicetak for lap in material.satker.values())
    cause = {code for code, lap in province.items() if any(not unit.lapor for unit in lap.satker)} - {"33"}
    assert result.changed_reports == 3 + silent + len(cause)
    overrides = {name for name in now if now[name] != old.get(name)}
    main = {f"laporan/HT-KPU-{k}-2026TW3-E2.{j}" for k in ("33.02", "P33", "N") for j in ("pdf", "xlsx")}
    page = {
        "index.html",
        "provinsi/33.html",
        "satker/33.02.html",
        "status.html",
        "data-terbuka.html",
        "manifes.json",
    }
    data = {"data/angka.csv", "data/angka.csv-metadata.json", "data/satker.csv-metadata.json"}
    data |= {"data/angka.json", opendata.CATALOGUE_PATH}
    assert overrides == main | page | data
    assert "laporan/HT-KPU-33.02-2026TW3-E1.pdf" in now
    assert manifest.check_release(link) == []


def _plus_one(lap):
    return tuple(replace(a, nilai=a.nilai + 1) if a.ukuran == "kegiatan_dilaporkan" else a for a in lap.angka)


def test_publishing_the_same_again_renders_only_what_may_have_moved(tmp_path, material):
    link, _ = publish(tmp_path, material, "satu")
    old = manifest.read_manifest(link)
    stage = release.stage(tmp_path / "terbitan", Cycle("kpu", "2026-TW3"), "dua")
    result = build.build_draft(stage, material, build.Archive(manifest.records_of(old)), old)
    assert (result.changed, result.alterations) == (0, ())


def test_new_templates_render_everything_again(material, published, monkeypatch):
    old = manifest.read_manifest(published)
    monkeypatch.setattr(manifest, "site_version", lambda: "lain")
    assert len(manifest.changed_reports(old, all_reports(material), {})) == len(all_reports(material))


def test_front_page_shows_what_is_in_force(published):
    content = (published.parent.parent / "index.html").read_text()
    assert "kpu/2026-TW3/index.html" in content
    assert (published.parent.parent / "aset/situs.css").is_file()


def test_without_national_report_nothing_is_built(material):
    with pytest.raises(OperatorError) as error:
        build.gather(material.satker.values())
    assert error.value.code == "nasional_tidak_ada"


def test_gather_sorts_reports(material):
    result = build.gather(all_reports(material))
    assert (result.nasional, result.provinsi, result.satker) == (material.nasional, material.provinsi, material.satker)


def test_open_data_matches_its_metadata_and_the_figures(published, material):
    for name in ("angka", "satker"):
        row = list(csv.DictReader(io.StringIO((published / f"data/{name}.csv").read_text())))
        schema = json.loads((published / f"data/{name}.csv-metadata.json").read_bytes())["tableSchema"]
        assert list(row[0]) == [k["name"] for k in schema["columns"]]
        key = [tuple(b[k] for k in schema["primaryKey"]) for b in row]
        assert len(key) == len(set(key))
    figure = {
        (b["lingkup"], b["id"]): b for b in csv.DictReader(io.StringIO((published / "data/angka.csv").read_text()))
    }
    assert float(figure["nasional", "N1"]["nilai"]) == pytest.approx(material.nasional.value("kelengkapan"))


def test_open_data_leaves_silent_units_empty(published):
    satker = {b["kode"]: b for b in csv.DictReader(io.StringIO((published / "data/satker.csv").read_text()))}
    assert (satker["33.76"]["kegiatan"], satker["33.02"]["kegiatan"]) == ("", "24")


def test_units_never_asked_are_counted_and_marked(published, material):
    unasked = {k.kode for k in material.nasional.satker if k.sebab == "belum_dikumpulkan"}
    assert unasked
    satker = csv.DictReader(io.StringIO((published / "data/satker.csv").read_text()))
    assert {b["kode"] for b in satker if b["status"] == "belum_dikumpulkan"} == unasked
    assert manifest.read_manifest(published)["belum_dikumpulkan"] == len(unasked)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_open_data_has_no_formulas(text):
    assert opendata._cell(text) == f"'{text}"


def test_page_offers_a_file_that_was_printed_later(tmp_path, material):
    stage = release.stage(tmp_path / "terbitan", Cycle("kpu", "2026-TW3"), "tanpa-cetak")
    build.build_draft(stage, material, build.Archive())
    build.publish_draft(stage)
    link, _ = publish(tmp_path, material, "dengan-cetak")
    assert b"laporan/HT-KPU-33.02-2026TW3-E1.pdf" in (link / "satker/33.02.html").read_bytes()


def test_page_of_a_unit_that_is_no_more_goes_and_its_report_stays(tmp_path, material):
    publish(tmp_path, material, "satu")
    remaining = {code: lap for code, lap in material.satker.items() if code != "33.02"}
    earlier = manifest.records_of(manifest.read_manifest(tmp_path / "terbitan/kpu/2026-TW3"))
    link, _ = publish(tmp_path, replace(material, satker=remaining), "dua", earlier)
    assert not (link / "satker/33.02.html").exists()
    assert (link / "laporan/HT-KPU-33.02-2026TW3-E1.pdf").exists()
    assert manifest.check_release(link) == []


def test_open_data_says_the_same_as_json_and_is_catalogued(published, material):
    for data in opendata.DATA:
        row = list(csv.DictReader(io.StringIO((published / f"data/{data.nama}.csv").read_text())))
        content = json.loads((published / f"data/{data.nama}.json").read_bytes())
        assert len(content) == len(row)
        assert [{k: "" if n is None else str(n) for k, n in one.items()} for one in content[:50]] == row[:50]
    catalogue = json.loads((published / opendata.CATALOGUE_PATH).read_bytes())
    distributions = [s for d in catalogue["dcat:dataset"] for s in d["dcat:distribution"]]
    assert {(published / "data" / s["dcat:downloadURL"]["@id"]).is_file() for s in distributions} == {True}
    assert {d["dct:issued"]["@value"] for d in catalogue["dcat:dataset"]} == {material.nasional.terbit}


def test_province_page_tells_the_newest_cause_of_silence(tmp_path, material):
    publish(tmp_path, material, "satu")
    province = material.provinsi["33"]
    satker = tuple(k if k.lapor else replace(k, sebab="sistem") for k in province.satker)
    assert any(not k.lapor for k in satker)
    new = replace(material, provinsi=material.provinsi | {"33": replace(province, satker=satker)})
    link, _ = publish(tmp_path, new, "dua")
    assert "Gangguan pada sistem kami" in (link / "provinsi/33.html").read_text()


def test_manifest_carries_the_record_of_every_edition_and_the_head_of_their_chain(published, material):
    content = manifest.read_manifest(published)
    records = manifest.records_of(content)
    assert {manifest.id_of(s): s for s in records} == {s.id: record(s) for s in all_reports(material) if s.dicetak}
    assert broken(records) == ()
    assert content["rantai"] == head_of(records)
    assert content["rantai"] in (published / "data-terbuka.html").read_text()


@pytest.mark.parametrize(
    "broken",
    [
        lambda content: content[: len(content) // 2],
        lambda _: b"",
        lambda _: b"[]",
        lambda _: b"[" * 100_000,
        lambda _: b"\xff\xfe",
        lambda content: content.replace(b'"ringkasan"', b'"lain"'),
        lambda content: content.replace(b'"sha256": "', b'"sha256": 1, "x": "'),
        lambda content: content.replace(b'"lingkup": "satker"', b'"lingkup": "dunia"'),
        lambda content: content.replace(b'"catatan": {', b'"catatan": {"x": 1, '),
        lambda content: content.replace(b'"versi_situs"', b'"versi"'),
    ],
    ids=["half", "empty", "list", "deep", "bytes", "no_summary", "hash", "level", "record", "no_version"],
)
def test_a_damaged_manifest_is_no_manifest_and_the_front_page_goes_on(tmp_path, material, caplog, broken):
    link, _ = publish(tmp_path, material)
    (link / "manifes.json").write_bytes(broken((link / "manifes.json").read_bytes()))
    assert manifest.read_manifest(link) is None
    assert manifest.published_manifests(tmp_path / "terbitan") == []
    assert "manifes.json rusak atau hilang" in caplog.text
    build.refresh_front_page(tmp_path / "terbitan")
    assert b"2026-TW3" not in (tmp_path / "terbitan/index.html").read_bytes()


def test_a_page_that_somebody_altered_is_made_anew_and_told(tmp_path, material):
    link, _ = publish(tmp_path, material, "satu")
    old = digests(link)
    changed = ["satker/33.02.html", "provinsi/33.html", "status.html", "data/angka.csv", "aset/situs.css"]
    for name in changed:
        (link / name).write_bytes(b"palsu")
    (link / "satker/33.01.html").unlink()
    earlier = manifest.records_of(manifest.read_manifest(link))
    link, result = publish(tmp_path, material, "dua", earlier)
    assert digests(link) == old
    assert {alteration.subject for alteration in result.alterations} == {*changed, "satker/33.01.html"}
    assert all(alteration.mended for alteration in result.alterations)


def test_a_stranger_among_the_reports_stays_is_told_and_is_in_no_manifest(tmp_path, material):
    link, _ = publish(tmp_path, material, "satu")
    (link / "laporan/HT-KPU-33.02-2026TW3-E9.pdf").write_bytes(b"%PDF palsu")
    earlier = manifest.records_of(manifest.read_manifest(link))
    link, result = publish(tmp_path, material, "dua", earlier)
    assert [(s.subject, s.mended) for s in result.alterations] == [("laporan/HT-KPU-33.02-2026TW3-E9.pdf", False)]
    assert manifest.check_release(link) == ["laporan/HT-KPU-33.02-2026TW3-E9.pdf: tidak tercatat pada manifes."]
