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
from humas.publish import site, view
from humas.publish.model import HitungAturan, Perubahan, Tabel
from humas.publish.opendata import DATA
from humas.publish.parts import BerkasTerbit, intro_unit, rules
from humas.publish.site import (
    render_index,
    render_nation,
    render_open_data,
    render_province,
    render_site,
    render_unit,
)

from tests.publish.contoh import make_belum_lapor, make_nihil, make_provinsi, make_satker
from tests.publish.contoh_situs import SEBAB, make_bahan, make_naughty

LUAR = {"manifes.json", "../../index.html"}


class Reader(HTMLParser):
    """Collects ids, links, tags, attributes and visible text of a page."""

    def __init__(self, isi: bytes) -> None:
        super().__init__()
        self.id: list[str] = []
        self.tautan: list[str] = []
        self.tag: list[str] = []
        self.atribut: set[str] = set()
        self.teks: list[str] = []
        self.feed(isi.decode())

    def handle_starttag(self, tag, attrs):
        self.tag.append(tag)
        for nama, nilai in attrs:
            self.atribut.add(nama)
            if nama == "id":
                self.id.append(nilai)
            if nama in {"href", "src"}:
                self.tautan.append(nilai)

    def handle_data(self, data):
        self.teks.append(data)

    @property
    def kata(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.teks))


@pytest.fixture(scope="module")
def bahan():
    return make_bahan()


@pytest.fixture(scope="module")
def halaman(bahan):
    return dict(render_site(bahan))


@pytest.fixture(scope="module")
def terbaca(halaman):
    return {nama: Reader(isi) for nama, isi in halaman.items() if nama.endswith(".html")}


def test_every_registered_unit_has_a_page(bahan, halaman):
    assert {f"satker/{k.kode}.html" for k in bahan.nasional.satker} <= halaman.keys()
    assert {f"provinsi/{kode}.html" for kode in bahan.provinsi} <= halaman.keys()


def test_every_link_and_every_trace_leads_somewhere(halaman, terbaca):
    putus = []
    for nama, baca in terbaca.items():
        for tautan in baca.tautan:
            if tautan.startswith("https:"):
                continue
            jalur, _, tanda = tautan.partition("#")
            tujuan = posixpath.normpath(posixpath.join(posixpath.dirname(nama), jalur)) if jalur else nama
            ada = tujuan in halaman or tujuan in LUAR
            if not ada or (tanda and tanda not in terbaca[tujuan].id):
                putus.append(f"{nama}: {tautan}")
    assert putus == []


def test_ids_are_unique_on_each_page(terbaca):
    assert [n for n, baca in terbaca.items() if len(baca.id) != len(set(baca.id))] == []


def test_nothing_inline_that_the_policy_would_refuse(halaman, terbaca):
    for nama, baca in terbaca.items():
        assert "style" not in baca.atribut | set(baca.tag), nama
        assert not [a for a in baca.atribut if a.startswith("on")], nama
        assert "unsafe" not in halaman[nama].decode()
        assert not re.search(rb"<script(?![^>]*\ssrc=)", halaman[nama]), nama


def test_rendering_twice_gives_the_same_bytes(bahan, halaman):
    site._environment.cache_clear()
    site._template.cache_clear()
    with time_machine.travel("2031-01-01T00:00:00Z"):
        assert dict(render_site(make_bahan())) == halaman


def test_only_changed_pages_and_the_lists_are_rendered(bahan):
    nama = {n for n, _ in render_site(bahan, {("satker", "33.01")}) if not n.startswith("aset/")}
    daftar = {
        "index.html",
        "satker/index.html",
        "status.html",
        "cara-menghitung.html",
        "data-terbuka.html",
        "api.html",
        "openapi.json",
    }
    assert nama == {"satker/33.01.html", *daftar}


def test_figures_come_with_numerator_and_denominator(bahan, terbaca):
    a = bahan.nasional.figure("kelengkapan")
    assert (
        f"{view.number_text(a.pembilang)} dari {view.number_text(a.penyebut)} kewajiban" in terbaca["index.html"].kata
    )


def test_map_has_both_readings_without_script(halaman):
    isi = halaman["index.html"].decode()
    assert isi.count('<ul class="peta">') == 2
    assert '<input class="pilih" type="radio" name="peta" id="peta-tepat"' in isi
    aceh = re.findall(r'<li class="p11"><a class="petak (k\d)[^"]*"[^>]*>(.*?)</a>', isi)
    assert [(kelas, re.sub("<[^>]+>", "", teks)) for kelas, teks in aceh] == [
        ("k5", "Aceh 100 persen: Provinsi Aceh, 10 dari 10 satker lapor"),
        ("k3", "Aceh 90 persen: Provinsi Aceh, 9 dari 10 satker tepat waktu"),
    ]


def test_province_without_any_report_is_hatched_not_zero(bahan):
    kosong = replace(bahan.nasional.provinsi[0], lapor=0, tepat_waktu=0, kelengkapan=0.0, ketepatan_waktu=0.0)
    isi = render_nation(replace(bahan.nasional, provinsi=(kosong,)), {}).decode()
    assert isi.count('class="petak k0"') == 2


@pytest.mark.parametrize("sebab", SEBAB)
def test_silent_unit_says_what_happened_who_acts_and_how(sebab):
    laporan = make_belum_lapor()
    isi = Reader(render_unit(replace(laporan, keadaan=replace(laporan.keadaan, sebab=sebab)), {})).kata
    assert "Belum ada laporan Triwulan III 2026 yang dapat dihitung. Tenggat 7 Oktober 2026." in isi
    assert f"Siapa bertindak {view.SEBAB[sebab].siapa}" in isi
    assert view.SEBAB[sebab].cara in isi
    assert "Kegiatan dilaporkan" not in isi, "no zeros for what was never said"


def test_units_never_asked_are_shown_as_such(bahan, terbaca):
    lepas = [k for k in bahan.nasional.satker if k.belum_dikumpulkan]
    diam = [k for k in bahan.nasional.satker if not k.lapor]
    assert 0 < len(lepas) < len(diam)
    judul = f"{len(diam)} satker belum lapor, {len(lepas)} di antaranya belum dikumpulkan"
    assert f"{judul}: siapa bertindak" in terbaca["index.html"].kata
    assert judul in terbaca["status.html"].kata
    assert f"{lepas[0].nama} {lepas[0].kode} Belum lapor Belum dikumpulkan" in terbaca["satker/index.html"].kata
    assert "Hasil Belum dikumpulkan" in terbaca[f"satker/{lepas[0].kode}.html"].kata


def test_silent_unit_tells_of_the_last_attempt(terbaca):
    isi = terbaca["satker/33.77.html"].kata
    assert "Saluran api, terakhir 15 Oktober 2026, 05.12 WIB (kode status_5xx)" in isi
    assert "Apa yang terjadi Sumber menjawab 503." in isi
    assert "KPU Kota <b>Salatiga</b>" in isi


def test_refused_submission_says_why_and_how(terbaca):
    isi = terbaca["satker/33.76.html"].kata
    assert 'Lembar "Kegiatan" tidak ada.' in isi
    assert "Kirim ulang dengan templat Triwulan III." in isi
    assert "Ditolak" in isi


def test_nil_report_is_not_a_missing_one():
    isi = Reader(render_unit(make_nihil(), {})).kata
    assert "satker menyatakan tidak ada kegiatan kehumasan (nihil)" in isi
    assert "Belum lapor" not in isi


def test_findings_say_row_column_fault_and_remedy(terbaca):
    isi = terbaca["satker/33.02.html"].kata
    assert "Kegiatan 17 Tanggal mulai (C) Ditahan 25/10/2026 belum terjadi saat laporan dikirim. V08" in isi
    assert "Perbaiki tanggal lalu kirim ulang." in isi


def test_long_tables_are_cut_and_say_so():
    kolom = make_satker().ditahan.kolom
    banyak = Tabel(kolom, tuple(("Kegiatan", i, "C", "judul", "V12", "Pendek.", "Tulis lengkap.") for i in range(1000)))
    isi = render_unit(replace(make_satker(), ditahan=banyak), {})
    assert len(isi) < 200_000
    assert "800 temuan lain ada di buku XLSX, lembar Temuan" in Reader(isi).kata


def test_text_of_units_stays_text(halaman):
    baca = Reader(halaman["satker/33.01.html"])
    assert "<script>alert('x')</script>" in baca.kata
    assert "{{ 7 * 7 }} {% raw %}" in baca.kata
    assert baca.tag.count("script") == 2
    assert "img" not in baca.tag
    luar = [t for t in baca.tautan if ":" in t]
    assert luar == ["https://kota-semarang.kpu.go.id/blog/read/1"]


def test_internal_columns_never_appear(halaman):
    naughty = make_naughty()
    tabel = Tabel((*naughty.kolom, "no_registrasi"), tuple((*b, "RAHASIA") for b in naughty.baris))
    laporan = replace(
        make_satker(),
        tabel={"kegiatan": tabel, "permohonan_info": Tabel(("no_registrasi", "tujuan"), (("RAHASIA", "RAHASIA"),))},
    )
    assert b"RAHASIA" not in render_unit(laporan, {})


def test_status_page_lists_every_silent_unit_and_registry_faults(bahan, terbaca):
    isi = terbaca["status.html"]
    for unit in bahan.nasional.satker:
        assert unit.lapor or f"satker/{unit.kode}.html" in isi.tautan
    assert "saluran.csv, baris 12" in isi.kata
    assert "Cocok, selisih 0" in isi.kata


def test_unbalanced_rows_are_shouted(bahan):
    angka = tuple(
        replace(a, nilai=a.nilai + 1) if (a.ukuran, a.rincian) == ("baris", "masuk") else a
        for a in bahan.nasional.angka
    )
    isi = Reader(render_nation(replace(bahan.nasional, angka=angka), {})).kata
    assert "Tidak cocok, selisih 1 baris." in isi


def test_new_edition_says_what_changed_by_how_much_and_why():
    ubah = (Perubahan("S3", "kegiatan_dilaporkan", "", 24, 25), Perubahan("K1", "kelengkapan", "", 99.96, 100))
    laporan = make_satker().as_edition(2, date(2026, 10, 23), ubah)
    lama = "laporan/HT-KPU-33.74-2026TW3-E1.pdf"
    baca = Reader(render_unit(laporan, {lama: BerkasTerbit(lama, 98_000, "ab" * 32)}))
    assert "Edisi 2 terbit 23 Oktober 2026. 2 angka berubah sejak edisi 1." in baca.kata
    assert "Kegiatan dilaporkan 24 25 +1" in baca.kata
    assert "Kelengkapan 99,9 % 100,0 %" in baca.kata
    assert "Sebab: berkas yang diterima 6 Oktober 2026, 14.12 WIB (sidik abababababababab…)" in baca.kata
    assert f"../{lama}" in baca.tautan


def test_rollup_edition_names_the_units_that_caused_it(bahan):
    ubah = (Perubahan("P3", "kegiatan_dilaporkan", "", 719, 720),)
    provinsi = bahan.provinsi["33"].as_edition(2, date(2026, 10, 23), ubah, ("KPU Kabupaten Jateng 2",))
    assert "Sebab: berkas KPU Kabupaten Jateng 2." in Reader(render_province(provinsi, {})).kata


def test_downloads_are_offered_only_when_they_lie_there():
    pdf = "laporan/HT-KPU-33.74-2026TW3-E1.pdf"
    isi = Reader(render_unit(make_satker(), {pdf: BerkasTerbit(pdf, 98_400, "cd" * 32)}))
    assert f"../{pdf}" in isi.tautan
    assert "98 KB" in isi.kata
    assert not [t for t in isi.tautan if t.endswith(".xlsx")]


def test_trend_needs_two_quarters_and_has_a_table():
    laporan = make_provinsi()
    assert b"Perkembangan per triwulan" in render_province(laporan, {})
    satu = tuple(replace(t, titik=tuple((p, None) for p, _ in t.titik[:-1]) + t.titik[-1:]) for t in laporan.tren)
    assert b"Perkembangan per triwulan" not in render_province(replace(laporan, tren=satu), {})
    assert b"Tampilkan sebagai tabel" in render_province(laporan, {})


def test_search_index_cannot_end_its_script(bahan, halaman):
    isi = halaman["aset/indeks.js"].decode()
    assert "<" not in isi
    daftar = json.loads(isi.removeprefix("window.INDEKS_SATKER=").removesuffix(";\n"))
    assert len(daftar) == len(bahan.satker)
    assert ["33.77", "KPU Kota <b>Salatiga</b>", "Jawa Tengah"] in daftar


def test_front_page_lists_bodies_newest_period_first_with_trend():
    ringkasan = {
        "kelengkapan": 94.2,
        "ketepatan_waktu": 82.6,
        "satker_lapor": 521,
        "satker_wajib": 553,
        "kegiatan_dilaporkan": 10264,
        "publikasi": 26478,
    }
    manifes = [
        {"lembaga": lembaga, "periode": periode, "edisi": 1, "terbit": "2026-10-16", "ringkasan": ringkasan}
        | {"berkas": {} if (lembaga, periode) == ("kpu", "2026-TW3") else {"api.html": {}}}
        for lembaga, periode in (("pemda", "2026-TW3"), ("kpu", "2026-TW2"), ("kpu", "2026-TW3"))
    ]
    baca = Reader(render_index(manifes))
    assert [t for t in baca.tautan if t.endswith(("TW3/index.html", "TW2/index.html"))] == [
        "kpu/2026-TW3/index.html", "kpu/2026-TW2/index.html", "pemda/2026-TW3/index.html",
    ]  # fmt: skip
    assert [t for t in baca.tautan if t.endswith("api.html")] == ["pemda/2026-TW3/api.html"]
    assert baca.tag.count("figure") == 1
    assert "521 dari 553" in baca.kata
    assert "Belum ada periode yang terbit" in Reader(render_index([])).kata


@pytest.mark.parametrize(
    ("nilai", "tautan"),
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
def test_only_web_addresses_become_links(nilai, tautan):
    assert view.safe_link(nilai) == tautan


def test_breakdown_names_what_nobody_stated():
    laporan = make_satker()
    angka = tuple(a for a in laporan.angka if (a.ukuran, a.rincian) != ("kegiatan_fungsi", "korektif"))
    isi = Reader(render_unit(replace(laporan, angka=angka), {})).kata
    assert "Kegiatan menurut fungsi Fungsi Jumlah Konstruktif 23 Tidak disebut 1 Jumlah 24" in isi
    assert "Tidak disebut" not in Reader(render_unit(laporan, {})).kata


def test_silent_unit_has_no_edition():
    isi = Reader(render_unit(replace(make_belum_lapor(), terbit="1970-01-01"), {})).kata
    assert "1970" not in isi
    assert "Belum ada edisi." in isi


def test_open_data_page_offers_what_lies_there_and_explains_every_column(bahan):
    berkas = {n: BerkasTerbit(n, 2_000, "ab" * 32) for data in DATA for _, n in data.berkas}
    isi = render_open_data(bahan.nasional, berkas).decode()
    assert all(f'href="{nama}"' in isi for nama in berkas)
    assert all(f"<code>{kolom}</code>" in isi and arti in isi for data in DATA for kolom, _, arti in data.kolom)


@pytest.mark.parametrize(
    ("tiba", "kata"),
    [("2026-10-05", "2 hari sebelum tenggat"), ("2026-10-07", "tepat pada hari tenggat")],
    ids=["lebih-awal", "hari-terakhir"],
)
def test_unit_page_says_how_long_before_the_deadline(bahan, tiba, kata):
    lap = bahan.satker["33.02"]
    tenggat = replace(lap.kepala.tenggat[0], tanggal="2026-10-07")
    keadaan = replace(lap.keadaan, ketepatan="tepat_waktu", hari_terlambat=0, diterima_pada=f"{tiba}T14:12:00+07:00")
    lap = replace(lap, kepala=replace(lap.kepala, tenggat=(tenggat,)), keadaan=keadaan)
    assert kata in intro_unit(lap)


def test_unit_page_lists_requests_without_persons(halaman):
    isi = halaman["satker/33.02.html"].decode()
    assert 'id="permohonan"' in isi
    assert "Hari kerja" in isi


def test_strategies_add_up_to_all_activities(halaman):
    isi = halaman["index.html"].decode()
    tabel = isi[isi.index("Delapan strategi") :]
    assert "<tfoot>" in tabel[: tabel.index("</table>")]


def test_rules_are_the_most_frequent_whatever_they_lead_to():
    aturan = [HitungAturan("V07", "FATAL", 2, 2), HitungAturan("V51", "PERINGATAN", 15, 13)]
    assert [(r["kode"], r["akibat"]) for r in rules(aturan)] == [("V51", "catatan"), ("V07", "baris ditahan")]


def test_anything_that_words_a_page_changes_the_version(monkeypatch, tmp_path):
    paket = tmp_path / "publish"
    shutil.copytree(site._PAKET, paket, ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    monkeypatch.setattr(site, "_PAKET", paket)
    hitung = site.site_version.__wrapped__
    for nama in ("parts.py", "narrative.py", "findings.py", "data/bunyi_aturan.csv"):
        dulu = hitung()
        with (paket / nama).open("a") as berkas:
            berkas.write("\n")
        assert hitung() != dulu, nama
