"""Pages: what they say, what they never say, that every link leads somewhere, and that they do not change by themselves."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
import time_machine
from humas.publish import site
from humas.publish.opendata import DATA
from humas.publish.parts import PublishedFile, intro_unit, rules
from humas.publish.payload import payload
from humas.publish.site import (
    pages,
    render_index,
    render_nation,
    render_open_data,
    render_province,
    render_unit,
)
from humas.report import view
from humas.report.model import Change, Figure, LastError, RuleCount, Table
from humas.report.narrative import without_report
from humas.report.text import format_number

from tests.publish.sample_site import CAUSES, HOST, make_material, make_naughty
from tests.report.samples import make_nihil, make_partial, make_province, make_satker, make_unreported

OUTSIDE = {"../../periksa.html", "manifes.json", "../../index.html"}


class Reader(HTMLParser):
    """Collects ids, links, tags, attributes and visible text of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.id: list[str] = []
        self.link: list[str] = []
        self.tag: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        self.tag.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.id.append(value)
            if name in {"href", "src"}:
                self.link.append(value)

    def handle_data(self, data):
        self.text.append(data)

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.text))


def rendered(material) -> dict[str, bytes]:
    return {name: render() for name, render in pages(material)}


@pytest.fixture(scope="module")
def material():
    return make_material()


@pytest.fixture(scope="module")
def page(material):
    return rendered(material)


@pytest.fixture(scope="module")
def readings(page):
    return {name: Reader(content) for name, content in page.items() if name.endswith(".html")}


def test_every_registered_unit_has_a_page(material, page):
    assert {f"satker/{k.kode}.html" for k in material.nasional.satker} <= page.keys()
    assert {f"provinsi/{code}.html" for code in material.provinsi} <= page.keys()


def test_every_link_and_every_trace_leads_somewhere(page, readings):
    cut = []
    for name, reading in readings.items():
        for link in reading.link:
            if link.startswith("https:"):
                continue
            path, _, mark = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            present = target in page or target in OUTSIDE
            if not present or (mark and mark not in readings[target].id):
                cut.append(f"{name}: {link}")
    assert cut == []


def test_ids_are_unique_on_each_page(readings):
    assert [n for n, reading in readings.items() if len(reading.id) != len(set(reading.id))] == []


def test_nothing_inline_that_the_policy_would_refuse(page, readings):
    for name, reading in readings.items():
        assert "style" not in reading.attributes | set(reading.tag), name
        assert not [a for a in reading.attributes if a.startswith("on")], name
        assert "unsafe" not in page[name].decode()
        assert not re.search(rb"<script(?![^>]*\ssrc=)", page[name]), name


def test_rendering_twice_gives_the_same_bytes(material, page):
    site._environment.cache_clear()
    site._template.cache_clear()
    with time_machine.travel("2031-01-01T00:00:00Z"):
        assert rendered(make_material()) == page


def test_only_changed_pages_and_the_lists_are_rendered(material):
    name = {n for n, _ in pages(material, {("satker", "33.01")}) if not n.startswith("aset/")}
    listing = {
        "index.html",
        "satker/index.html",
        "status.html",
        "cara-menghitung.html",
        "data-terbuka.html",
        "api.html",
        "openapi.json",
    }
    assert name == {"satker/33.01.html", *listing}


def test_figures_come_with_numerator_and_denominator(material, readings):
    a = material.nasional.figure("kelengkapan")
    assert f"{format_number(a.pembilang)} dari {format_number(a.penyebut)} kewajiban" in readings["index.html"].words


def test_map_has_both_readings_without_script(page):
    content = page["index.html"].decode()
    assert content.count('<ul class="peta">') == 2
    assert '<input class="pilih" type="radio" name="peta" id="peta-tepat"' in content
    aceh = re.findall(r'<li class="p11"><a class="petak (k\d)[^"]*"[^>]*>(.*?)</a>', content)
    assert [(css_class, re.sub("<[^>]+>", "", text)) for css_class, text in aceh] == [
        ("k5", "Aceh 100 persen: Provinsi Aceh, 10 dari 10 satker lapor"),
        ("k3", "Aceh 90 persen: Provinsi Aceh, 9 dari 10 satker tepat waktu"),
    ]


def test_province_without_any_report_is_hatched_not_zero(material):
    empty = replace(material.nasional.provinsi[0], lapor=0, tepat_waktu=0, kelengkapan=0.0, ketepatan_waktu=0.0)
    content = render_nation(replace(material.nasional, provinsi=(empty,)), {}).decode()
    assert content.count('class="petak k0"') == 2


@pytest.mark.parametrize("cause", CAUSES)
def test_silent_unit_says_what_happened_who_acts_and_how(cause):
    report = make_unreported()
    content = Reader(render_unit(replace(report, keadaan=replace(report.keadaan, sebab=cause)), {})).words
    assert "Belum ada laporan Triwulan III 2026 yang dapat dihitung. Tenggat 7 Oktober 2026." in content
    assert f"Siapa bertindak {view.CAUSES[cause].siapa}" in content
    assert view.CAUSES[cause].cara in content
    assert "Kegiatan dilaporkan" not in content, "no zeros for what was never said"


def test_units_never_asked_are_shown_as_such(material, readings):
    unasked = [k for k in material.nasional.satker if k.belum_dikumpulkan]
    silent = [k for k in material.nasional.satker if not k.lapor]
    assert 0 < len(unasked) < len(silent)
    title = f"{len(silent)} satker {without_report(silent)}"
    assert f"{len(unasked)} belum diminta" in title
    assert f"{title}: siapa bertindak" in readings["index.html"].words
    assert title in readings["status.html"].words
    assert f"{unasked[0].nama} {unasked[0].kode} Belum diminta Belum diminta" in readings["satker/index.html"].words
    assert "Hasil Belum diminta" in readings[f"satker/{unasked[0].kode}.html"].words


def test_silent_unit_tells_of_the_last_attempt(readings):
    content = readings["satker/33.77.html"].words
    assert "Yang sudah dicoba Laporan terakhir diminta 15 Oktober 2026, 05.12 WIB." in content
    assert f"Apa yang terjadi {view.CAUSES['nonaktif'].apa}" in content
    assert "KPU Kota <b>Salatiga</b>" in content


@pytest.mark.parametrize(
    ("code", "received", "due"),
    [
        ("33.74", "05.00 WIB", "7 Oktober 2026 14"),
        ("51.71", "06.00 WITA", "7 Oktober 2026 (WIB)"),
        ("91.71", "07.00 WIT", "7 Oktober 2026 (WIB)"),
        ("99.99", "05.00 WIB", "7 Oktober 2026 14"),
    ],
)
def test_a_unit_reads_times_by_its_own_clock_and_deadlines_by_that_of_jakarta(code, received, due):
    report = make_satker()
    standing = replace(report.keadaan, kode=code, diterima_pada="2026-10-05T05:00:00+07:00")
    report = replace(report, kepala=replace(report.kepala, kode=code), keadaan=standing)
    words = Reader(render_unit(report, {})).words
    assert f"5 Oktober 2026, {received}" in words
    assert due in words
    told = [line[1] for line in payload(report)["identitas"]]
    assert f"5 Oktober 2026, {received}: tepat waktu" in told
    assert any("(WIB)" in line for line in told) is ("(WIB)" in due)


def test_refused_submission_says_why_and_how(readings):
    content = readings["satker/33.76.html"].words
    assert 'Lembar "Kegiatan" tidak ada.' in content
    assert "Kirim ulang dengan templat Triwulan III." in content
    assert "Ditolak" in content


def test_nil_report_is_not_a_missing_one():
    content = Reader(render_unit(make_nihil(), {})).words
    assert "satker menyatakan tidak ada kegiatan kehumasan (nihil)" in content
    assert "Belum lapor" not in content


def test_findings_say_row_column_fault_and_remedy(readings):
    content = readings["satker/33.02.html"].words
    assert "Kegiatan 17 Tanggal mulai (C) Ditahan 25/10/2026 belum terjadi saat laporan dikirim. V08" in content
    assert "Perbaiki tanggal lalu kirim ulang." in content


def test_pages_show_the_proof_of_the_ledger_and_the_unit_its_rows_that_no_longer_count(readings):
    for name in ("satker/33.02.html", "provinsi/33.html", "index.html", "status.html"):
        assert "Pernah diterima = berlaku + digantikan + dicabut" in readings[name].words
    content = readings["satker/33.02.html"].words
    assert "Kegiatan dilaporkan 27 24 2 1" in content
    assert (
        "2 kegiatan: Rapat koordinasi kehumasan se-Jawa Tengah; Sosialisasi pemilih pemula di SMA Negeri 3" in content
    )
    assert "dicabut laporan-2.xlsx, 6 Oktober 2026, 14.12 WIB Sari; tidak jadi diadakan" in content


def test_a_data_set_that_was_not_reported_is_named_on_the_page():
    words = Reader(render_unit(make_partial(), {})).words
    assert "24 kegiatan, – publikasi, dan 0 permohonan informasi. Belum dilaporkan: publikasi, isu dan hoaks." in words
    assert "Publikasi belum dilaporkan – – – –" in words


def test_long_tables_are_cut_and_say_so():
    column = make_satker().ditahan.kolom
    quantity = Table(
        column, tuple(("Kegiatan", i, "C", "judul", "V12", "Pendek.", "Tulis lengkap.") for i in range(1000))
    )
    content = render_unit(replace(make_satker(), ditahan=quantity), {})
    assert len(content) < 200_000
    assert "800 temuan lain ada di buku XLSX, lembar Temuan" in Reader(content).words


def test_text_of_units_stays_text(page):
    reading = Reader(page["satker/33.01.html"])
    assert "<script>alert('x')</script>" in reading.words
    assert "{{ 7 * 7 }} {% raw %}" in reading.words
    assert reading.tag.count("script") == 2
    assert "img" not in reading.tag
    outside = [t for t in reading.link if ":" in t]
    assert outside == ["https://kota-semarang.kpu.go.id/blog/read/1"]


def test_internal_columns_never_appear(page):
    naughty = make_naughty()
    table = Table((*naughty.kolom, "no_registrasi"), tuple((*b, "RAHASIA") for b in naughty.baris))
    report = replace(
        make_satker(),
        tabel={"kegiatan": table, "permohonan_info": Table(("no_registrasi", "tujuan"), (("RAHASIA", "RAHASIA"),))},
    )
    assert b"RAHASIA" not in render_unit(report, {})


def test_no_page_names_hosts_error_codes_or_settings(readings):
    for name, page in readings.items():
        assert not (found := re.search(rf"{re.escape(HOST)}|status_5xx|HUMAS_|\.csv, baris", page.words)), (
            f"{name}: {found}"
        )


def test_a_sender_is_told_how_to_mend_a_failed_file_but_not_where_it_lies():
    failed = LastError(
        "berkas",
        "berkas_terlalu_besar",
        "pengirim",
        f"{HOST}: melebihi batas.",
        "bagi berkas.",
        "2026-10-15T05:12:00+07:00",
    )
    report = make_unreported()
    report = replace(
        report, keadaan=replace(report.keadaan, sebab="pengirim", status="menunggu"), galat=failed, tolak=("", "")
    )
    content = Reader(render_unit(report, {})).words
    assert f"Apa yang terjadi {view.CAUSES['pengirim'].apa}" in content
    assert "Bagaimana Bagi berkas." in content
    assert HOST not in content


def test_status_page_lists_every_silent_unit_and_whom_to_ask(material, readings):
    content = readings["status.html"]
    for unit in material.nasional.satker:
        assert unit.lapor or f"satker/{unit.kode}.html" in content.link
    assert f"{view.CAUSES['nonaktif'].judul} {view.CAUSES['nonaktif'].siapa}" in content.words
    assert "Cocok, selisih 0" in content.words


def test_unbalanced_rows_are_shouted(material):
    figure = tuple(
        replace(a, nilai=a.nilai + 1) if (a.ukuran, a.rincian) == ("baris", "masuk") else a
        for a in material.nasional.angka
    )
    content = Reader(render_nation(replace(material.nasional, angka=figure), {})).words
    assert "Tidak cocok, selisih 1 baris." in content


def test_new_edition_says_what_changed_by_how_much_and_why():
    change = (Change("S3", "kegiatan_dilaporkan", "", 24, 25), Change("K1", "kelengkapan", "", 99.96, 100))
    report = make_satker().as_edition(2, date(2026, 10, 23), change)
    old = "laporan/HT-KPU-33.74-2026TW3-E1.pdf"
    reading = Reader(render_unit(report, {old: PublishedFile(old, 98_000, "ab" * 32)}))
    assert "Edisi 2 terbit 23 Oktober 2026. 2 angka berubah sejak edisi 1." in reading.words
    assert "Kegiatan dilaporkan 24 25 +1" in reading.words
    assert "Kelengkapan 99,9 % 100,0 %" in reading.words
    assert "Sebab: berkas yang diterima 6 Oktober 2026, 14.12 WIB (sidik abababababababab…)" in reading.words
    assert f"../{old}" in reading.link


def test_rollup_edition_names_the_units_that_caused_it(material):
    change = (Change("P3", "kegiatan_dilaporkan", "", 719, 720),)
    province = material.provinsi["33"].as_edition(2, date(2026, 10, 23), change, ("KPU Kabupaten Jateng 2",))
    assert "Sebab: berkas KPU Kabupaten Jateng 2." in Reader(render_province(province, {})).words


def test_downloads_are_offered_only_when_they_lie_there():
    pdf = "laporan/HT-KPU-33.74-2026TW3-E1.pdf"
    content = Reader(render_unit(make_satker(), {pdf: PublishedFile(pdf, 98_400, "cd" * 32)}))
    assert f"../{pdf}" in content.link
    assert "98 KB" in content.words
    assert not [t for t in content.link if t.endswith(".xlsx")]


def test_trend_needs_two_quarters_and_has_a_table():
    report = make_province()
    assert b"Perkembangan per triwulan" in render_province(report, {})
    one = tuple(replace(t, titik=tuple((p, None) for p, _ in t.titik[:-1]) + t.titik[-1:]) for t in report.tren)
    assert b"Perkembangan per triwulan" not in render_province(replace(report, tren=one), {})
    assert b"Tampilkan sebagai tabel" in render_province(report, {})


def test_search_index_cannot_end_its_script(material, page):
    content = page["aset/indeks.js"].decode()
    assert "<" not in content
    listing = json.loads(content.removeprefix("window.INDEKS_SATKER=").removesuffix(";\n"))
    assert len(listing) == len(material.satker)
    assert ["33.77", "KPU Kota <b>Salatiga</b>", "Jawa Tengah"] in listing


def test_front_page_lists_bodies_newest_period_first_with_trend():
    summary = {
        "kelengkapan": 94.2,
        "ketepatan_waktu": 82.6,
        "satker_lapor": 521,
        "satker_wajib": 553,
        "kegiatan_dilaporkan": 10264,
        "publikasi": 26478,
    }
    manifest = [
        {"lembaga": lembaga, "periode": period, "edisi": 1, "terbit": "2026-10-16", "ringkasan": summary}
        | {"berkas": {} if (lembaga, period) == ("kpu", "2026-TW3") else {"api.html": {}}}
        for lembaga, period in (("pemda", "2026-TW3"), ("kpu", "2026-TW2"), ("kpu", "2026-TW3"))
    ]
    reading = Reader(render_index(manifest))
    assert [t for t in reading.link if t.endswith(("TW3/index.html", "TW2/index.html"))] == [
        "kpu/2026-TW3/index.html", "kpu/2026-TW2/index.html", "pemda/2026-TW3/index.html",
    ]  # fmt: skip
    assert [t for t in reading.link if t.endswith("api.html")] == ["pemda/2026-TW3/api.html"]
    assert reading.tag.count("figure") == 1
    assert "521 dari 553" in reading.words
    empty = Reader(render_index([])).words
    assert "Belum ada periode yang terbit" in empty
    assert "pemilu" not in empty, "regional governments publish here too"


@pytest.mark.parametrize(
    ("value", "link"),
    [
        ('["https://a.go.id/x"]', "https://a.go.id/x"),
        ("http://a.go.id", "http://a.go.id"),
        ('["javascript:alert(1)","https://b.go.id"]', "https://b.go.id"),
        ("JAVASCRIPT:alert(1)", ""),
        ("javascript://a.go.id/%0Aalert(1)", ""),
        ("ftp://a.go.id/x", ""),
        ("data:text/html,x", ""),
        ("//a.go.id", ""),
        ("https://[", ""),
        ("[bukan json", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_become_links(value, link):
    assert view.safe_link(value) == link


def test_breakdown_names_what_nobody_stated():
    report = make_satker()
    figure = tuple(a for a in report.angka if (a.ukuran, a.rincian) != ("kegiatan_fungsi", "korektif"))
    content = Reader(render_unit(replace(report, angka=figure), {})).words
    assert "Kegiatan menurut fungsi Fungsi Jumlah Konstruktif 23 Tidak disebut 1 Jumlah 24" in content
    assert "Tidak disebut" not in Reader(render_unit(report, {})).words


def test_activities_without_a_strategy_are_a_line_of_their_own_and_the_lines_add_up():
    report = make_satker()
    unsaid = Figure("S5.tidak_disebut", "kegiatan_strategi", "tidak_disebut", 4)
    content = Reader(render_unit(replace(report, angka=(*report.angka, unsaid)), {})).words
    assert re.search(r"SDM kehumasan yang berkualitas [^A-Z]* Tidak disebut 4 ", content)
    assert "tidak_disebut. " not in content


def test_silent_unit_has_no_edition():
    content = Reader(render_unit(replace(make_unreported(), terbit="1970-01-01"), {})).words
    assert "1970" not in content
    assert "Belum ada edisi." in content


def test_open_data_page_offers_what_lies_there_and_explains_every_column(material):
    file = {n: PublishedFile(n, 2_000, "ab" * 32) for data in DATA for _, n in data.berkas}
    content = render_open_data(material.nasional, file).decode()
    assert all(f'href="{name}"' in content for name in file)
    assert all(
        f"<code>{column}</code>" in content and meaning in content for data in DATA for column, _, meaning in data.kolom
    )


@pytest.mark.parametrize(
    ("arrival", "words"),
    [("2026-10-05", "2 hari sebelum tenggat"), ("2026-10-07", "tepat pada hari tenggat")],
    ids=["lebih-awal", "hari-terakhir"],
)
def test_unit_page_says_how_long_before_the_deadline(material, arrival, words):
    lap = material.satker["33.02"]
    due = replace(lap.kepala.tenggat[0], tanggal="2026-10-07")
    state = replace(lap.keadaan, ketepatan="tepat_waktu", hari_terlambat=0, diterima_pada=f"{arrival}T14:12:00+07:00")
    lap = replace(lap, kepala=replace(lap.kepala, tenggat=(due,)), keadaan=state)
    assert words in intro_unit(lap)


def test_unit_page_lists_requests_without_persons(page):
    content = page["satker/33.02.html"].decode()
    assert 'id="permohonan"' in content
    assert "Hari kerja" in content


def test_strategies_add_up_to_all_activities(page):
    content = page["index.html"].decode()
    table = content[content.index("Delapan strategi") :]
    assert "<tfoot>" in table[: table.index("</table>")]


def test_rules_are_the_most_frequent_whatever_they_lead_to():
    rule = [RuleCount("V07", "FATAL", 2, 2), RuleCount("V51", "PERINGATAN", 15, 13)]
    assert [(r["kode"], r["akibat"]) for r in rules(rule)] == [("V51", "catatan"), ("V07", "baris ditahan")]


def test_anything_that_words_a_page_changes_the_version(monkeypatch, tmp_path):
    for place in ("_PACKAGE", "_REPORT", "_CONTRACT"):
        copy = tmp_path / getattr(site, place).name
        shutil.copytree(getattr(site, place), copy, ignore=shutil.ignore_patterns("__pycache__", "fonts"))
        monkeypatch.setattr(site, place, copy)
    aggregate = site.site_version.__wrapped__
    for name in ("publish/parts.py", "report/narrative.py", "report/findings.py", "contract/data/aturan.toml"):
        earlier = aggregate()
        with (tmp_path / name).open("a") as file:
            file.write("\n")
        assert aggregate() != earlier, name
