"""The news channel against demo sites on loopback: the truth site by site, nothing twice, nothing lost, nothing counted."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from humas.berita.channel import group_drafts, offered_drafts, read_again, visit_sites
from humas.context import Konteks, open_konteks
from humas.settings import Settings
from humas.simulate.news import DemoBerita, PerangaiSitus, news_sites
from sqlalchemy import select, text

pytestmark = pytest.mark.kotak  # real servers, hundreds of pages

P = PerangaiSitus
PERIODE = "2026-TW3"
SEMUA = dict(
    zip(("33.74", "33.22", "33.10", "33.13", "33.18", "35.71", "35.06", "32.73", "32.04", "33"), P, strict=True)
)
BAIK = {"33.74": P.BAIK}


def installation(folder: Path, demo: DemoBerita, jeda: float = 0.0) -> Konteks:
    folder.mkdir(exist_ok=True)
    return open_konteks(demo.configure(Settings(home=folder, database_url=f"sqlite:///{folder / 'gudang.db'}"), jeda))


def visit(k: Konteks, demo: DemoBerita, satker=(), **pilihan):
    lembaga = str(next(iter(demo.situs.values())).lembaga)
    return visit_sites(k, lembaga, demo.triwulan, satker, "jalan", **pilihan)


def drafts(k: Konteks, kode: str, lembaga: str = "kpu") -> set[tuple[str, date | None]]:
    return {(satu.isi["judul"], satu.tanggal_mulai) for satu in k.gudang.drafts(lembaga, None, kode)}


def contents(k: Konteks) -> list[object]:
    """All drafts without the time of reading, which alone may differ."""
    return [replace(satu, dibaca_pada=k.settings.now().min) for satu in k.gudang.drafts(None, None)]


def landed(k: Konteks) -> set[str]:
    return {satu.name for satu in k.settings.landing.rglob("*") if satu.is_file()}


def attempts(k: Konteks) -> dict[str, tuple[str, str, str, str]]:
    with k.gudang.engine.connect() as koneksi:
        query = text(
            "SELECT kode_satker, status, kode_galat, pelaku, cara FROM operasi_percobaan WHERE saluran = 'situs' ORDER BY mulai"
        )
        return {kode: tuple(sisa) for kode, *sisa in koneksi.execute(query)}


def asked(demo: DemoBerita, sejak: int = 0) -> list[str]:
    return [satu.jalur for satu in demo.permintaan[sejak:]]


# --- ten sites of every behaviour, visited twice ---


class Kunjungan:
    """Two visits of ten sites, made once for all tests that look at them."""

    def __init__(self, folder: Path, lembaga: str) -> None:
        self.lembaga = lembaga
        with news_sites(folder / "situs", SEMUA, lembaga=lembaga, artikel=6) as self.demo:
            self.k = installation(folder, self.demo)
            self.pertama = visit(self.k, self.demo)
            self.hasil = attempts(self.k)
            self.isi, self.batas = contents(self.k), len(self.demo.permintaan)
            self.kedua = visit(self.k, self.demo)


@pytest.fixture(scope="module", params=["kpu", "bawaslu"])
def dua(request, tmp_path_factory) -> Kunjungan:
    return Kunjungan(tmp_path_factory.mktemp(request.param), request.param)


def test_drafts_are_what_each_site_tells(dua):
    for kode, situs in dua.demo.situs.items():
        harap = set() if situs.perangai.kode_galat else dua.demo.expected(kode)
        if situs.perangai is P.ARTIKEL_RUSAK:
            harap = {(a.judul, a.tanggal) for a in situs.artikel if a.nomor % 4 and a.terbit >= dua.demo.triwulan.mulai}
        assert drafts(dua.k, kode, dua.lembaga) == harap, (kode, situs.perangai)


def test_only_activities_are_worth_offering(dua):
    for kode in (kode for kode, satu in SEMUA.items() if satu in {P.BAIK, P.INDEX_PHP, P.LAMBAT}):
        layak = {
            (b.isi["judul"], b.tanggal_mulai)
            for b in dua.k.gudang.drafts(dua.lembaga, PERIODE, kode)
            if b.layak_dihitung
        }
        assert layak == dua.demo.expected(kode, layak=True)


def test_every_site_leaves_an_outcome_that_says_who_must_act(dua):
    for kode, situs in dua.demo.situs.items():
        status, kode_galat, pelaku, cara = dua.hasil[kode]
        if not situs.perangai.kode_galat:
            assert status == "berhasil", situs.perangai
            continue
        assert (status, kode_galat, pelaku) == ("gagal", situs.perangai.kode_galat, "sumber")
        assert cara.endswith(".")
    assert dua.pertama.situs == 10
    assert {satu.kode for satu in dua.pertama.gagal} == {k for k, s in SEMUA.items() if s.kode_galat}


def test_articles_that_failed_are_named_in_the_outcome(dua):
    (rusak,) = (kode for kode, satu in SEMUA.items() if satu is P.ARTIKEL_RUSAK)
    assert dua.hasil[rusak][:2] == ("berhasil", "status_5xx")


def test_the_second_visit_asks_for_nothing_it_knows(dua):
    ulang = [satu for satu in dua.demo.permintaan[dua.batas :] if SEMUA[satu.kode] is not P.ARTIKEL_RUSAK]
    assert not [satu.jalur for satu in ulang if "/read/" in satu.jalur or satu.jalur.startswith("/berita/")]
    baik = [satu for satu in ulang if SEMUA[satu.kode] is P.BAIK]
    assert {satu.status for satu in baik} == {304}
    assert len(baik) <= 3
    assert dua.kedua.artikel == dua.kedua.draf == 0
    assert contents(dua.k) == dua.isi


def test_a_site_that_forbids_is_asked_for_its_rules_only(dua):
    for kode, satu in SEMUA.items():
        jalur = [p.jalur for p in dua.demo.permintaan if p.kode == kode]
        if satu in {P.ROBOTS_TOLAK, P.ROBOTS_RUSAK}:
            assert jalur == ["/robots.txt", "/robots.txt"]
        assert "/admin/" not in jalur


def test_no_page_is_asked_for_twice_in_one_visit(dua):
    kali = Counter((satu.kode, satu.jalur) for satu in dua.demo.permintaan[: dua.batas])
    assert set(kali.values()) == {1}


def test_one_event_told_by_several_sites_has_one_id(dua):
    group_drafts(dua.k, PERIODE)
    acara = {}
    for kode, situs in dua.demo.situs.items():
        for artikel in (a for a in situs.artikel if a.acara and SEMUA[kode] in {P.BAIK, P.INDEX_PHP, P.LAMBAT}):
            (baris,) = (b for b in dua.k.gudang.drafts(dua.lembaga, PERIODE, kode) if b.isi["judul"] == artikel.judul)
            acara.setdefault(artikel.acara, set()).add(baris.id_acara)
    assert [len(satu) for satu in acara.values()] == [1]
    assert all(satu != {""} for satu in acara.values())
    assert group_drafts(dua.k, PERIODE) == 0


def test_everything_read_was_landed_first_and_can_be_read_again_without_the_network(dua):
    group_drafts(dua.k, PERIODE)
    sebelum = contents(dua.k)
    with dua.k.gudang.engine.connect() as koneksi:
        sidik = set(koneksi.scalars(text("SELECT sidik FROM mentah_penerimaan WHERE saluran = 'situs'")))
    assert {satu.sidik for satu in sebelum} <= sidik == landed(dua.k)
    assert read_again(dua.k, dua.lembaga, dua.demo.triwulan) > 0
    group_drafts(dua.k, PERIODE)
    assert contents(dua.k) == sebelum


# --- going on, day after day ---


def test_articles_that_keep_failing_do_not_close_the_site(tmp_path):
    with news_sites(tmp_path / "situs", {"33.74": P.ARTIKEL_RUSAK}, artikel=14) as demo:
        k = installation(tmp_path, demo)
        for _ in range(2):
            visit(k, demo)
            assert attempts(k)["33.74"][:2] == ("berhasil", "status_5xx")
        rusak = [satu for satu in demo.permintaan if satu.status == 500]
        assert len({satu.jalur for satu in rusak}) > 2
        for _ in range(5):
            visit(k, demo)
        assert max(Counter(satu.jalur for satu in demo.permintaan if satu.status == 500).values()) == 5, (
            "given up after five"
        )
        assert attempts(k)["33.74"][:2] == ("berhasil", "")


def test_a_site_that_moved_is_not_sought_at_its_old_address(tmp_path):
    for _ in range(2):  # the second time on another port: another site
        with news_sites(tmp_path / "situs", {"33.74": P.ARTIKEL_RUSAK}, artikel=14) as demo:
            k = installation(tmp_path, demo)
            visit(k, demo)
    assert attempts(k)["33.74"][:2] == ("berhasil", "status_5xx")


def test_what_is_new_is_fetched_and_nothing_else(tmp_path):
    with news_sites(tmp_path / "situs", BAIK, artikel=8) as demo:
        k = installation(tmp_path, demo)
        demo.publish_only("33.74", 9)
        visit(k, demo)
        dikenal, batas = drafts(k, "33.74"), len(demo.permintaan)
        demo.publish_only("33.74", 13)
        visit(k, demo)
        artikel = [satu for satu in asked(demo, batas) if "/read/" in satu]
        assert drafts(k, "33.74") == demo.expected("33.74")
        assert len(artikel) == len(drafts(k, "33.74") - dikenal) > 0


def test_paging_stops_where_the_quarter_begins(tmp_path):
    with news_sites(tmp_path / "situs", BAIK, artikel=1, lama=20) as demo:
        k = installation(tmp_path, demo)
        visit(k, demo)
        lama = [satu for satu in demo.situs["33.74"].artikel if satu.terbit < demo.triwulan.mulai]
        assert len(lama) == 20
        assert "/blog/category/104?page=2" in asked(demo)
        assert "/blog/category/104?page=3" not in asked(demo), "what lies before the quarter needs no page"
        assert not [satu for satu in lama if any(satu.slug in jalur for jalur in asked(demo))]


@pytest.mark.parametrize("setelah", [1, 4, 9])
def test_a_visit_broken_off_loses_nothing(tmp_path, monkeypatch, setelah):
    with news_sites(tmp_path / "situs", BAIK, artikel=8) as demo:
        utuh = installation(tmp_path / "utuh", demo)
        visit(utuh, demo)
        k = installation(tmp_path / "putus", demo)
        simpan, kali = k.landing.store, iter(range(1000))

        def break_off(data):
            if next(kali) == setelah:
                raise KeyboardInterrupt
            return simpan(data)

        monkeypatch.setattr(k.landing, "store", break_off)
        with pytest.raises(KeyboardInterrupt):
            visit(k, demo)
        assert len(contents(k)) < len(contents(utuh))
        monkeypatch.undo()
        batas = len(demo.permintaan)
        visit(k, demo)
        assert [satu.isi for satu in contents(k)] == [satu.isi for satu in contents(utuh)]
        assert landed(k) == landed(utuh)
        artikel = [satu for satu in asked(demo, batas) if "/read/" in satu]
        assert len(artikel) <= len(contents(utuh)) - max(0, setelah - 3), "what was landed is not fetched again"


def test_articles_of_a_gap_are_found_although_the_first_page_is_known(tmp_path, monkeypatch):
    """A visit dies after the newest articles; the next one must go on behind them."""
    with news_sites(tmp_path / "situs", BAIK, artikel=14) as demo:
        k = installation(tmp_path, demo)
        demo.publish_only("33.74", 5)
        visit(k, demo)
        demo.publish_only("33.74", 19)
        ketat = installation(tmp_path, demo)
        object.__setattr__(ketat, "settings", k.settings.with_(site=replace(k.settings.site, max_articles=7)))
        visit(ketat, demo)
        assert drafts(k, "33.74") < demo.expected("33.74")
        visit(k, demo)
        assert drafts(k, "33.74") == demo.expected("33.74")


def test_a_share_used_up_is_said_and_the_rest_comes_later(tmp_path):
    with news_sites(tmp_path / "situs", BAIK, artikel=8) as demo:
        k = installation(tmp_path, demo)
        object.__setattr__(k, "settings", k.settings.with_(site=replace(k.settings.site, max_articles=3)))
        pesan = []
        for _ in range(5):
            visit(k, demo, on_result=lambda satu: pesan.append(satu.percobaan.pesan))
        assert "Jatah kunjungan habis" in pesan[0]
        assert pesan[-1] == ""
        assert drafts(k, "33.74") == demo.expected("33.74")


def test_known_articles_are_asked_for_again_only_on_demand_and_with_their_validators(tmp_path):
    with news_sites(tmp_path / "situs", BAIK, artikel=4) as demo:
        k = installation(tmp_path, demo)
        visit(k, demo)
        batas = len(demo.permintaan)
        assert visit(k, demo, paksa=True).artikel == 0
        artikel = [satu for satu in demo.permintaan[batas:] if "/read/" in satu.jalur]
        assert len(artikel) == len(contents(k))
        assert {satu.status for satu in artikel} == {304}


def test_pause_and_order_hold_for_each_host(tmp_path):
    jeda = 0.06
    with news_sites(tmp_path / "situs", {"33.74": P.BAIK, "33.22": P.LAMBAT}, artikel=2) as demo:
        visit(installation(tmp_path, demo, jeda), demo)
        for kode in demo.situs:
            saat = sorted((satu.mulai, satu.selesai) for satu in demo.permintaan if satu.kode == kode)
            assert len(saat) > 5
            assert min(berikut[0] - satu[0] for satu, berikut in pairwise(saat)) >= jeda
            assert all(berikut[0] >= satu[1] for satu, berikut in pairwise(saat)), "two requests at once"
        assert {satu.agen for satu in demo.permintaan} == {"HumasTriwulan/1 (+humas@contoh.go.id)"}


def test_one_unit_alone_is_visited_when_asked_for(tmp_path):
    with news_sites(tmp_path / "situs", {"33.74": P.BAIK, "33.22": P.BAIK}, artikel=2) as demo:
        k = installation(tmp_path, demo)
        assert visit(k, demo, ["33.22"]).situs == 1
        assert {satu.kode for satu in demo.permintaan} == {"33.22"}


def test_a_page_our_rules_stumble_over_stops_nobody_and_is_read_the_next_time(tmp_path, monkeypatch):
    with news_sites(tmp_path / "situs", BAIK, artikel=3) as demo:
        k = installation(tmp_path, demo)
        pesan = []
        with monkeypatch.context() as rusak:
            rusak.setattr("humas.berita.read.read_page", lambda *a, **b: 1 / 0)
            visit(k, demo, on_result=lambda satu: pesan.append(satu.percobaan.pesan))
        assert drafts(k, "33.74") == set()
        assert "gagal dibaca" in pesan[0]
        batas = len(demo.permintaan)
        visit(k, demo)
        assert drafts(k, "33.74") == demo.expected("33.74")
        assert not [satu for satu in asked(demo, batas) if "/read/" in satu]


@pytest.mark.kotak
def test_killed_at_any_moment_the_next_visit_comes_to_the_same(tmp_path):
    with news_sites(tmp_path / "situs", BAIK, artikel=10) as demo:
        utuh = installation(tmp_path / "utuh", demo)
        visit(utuh, demo)
        lingkungan = {
            **os.environ,
            **demo.environment,
            "HUMAS_HOME": str(tmp_path / "mati"),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        for permintaan in (3, 6, 10):
            batas = len(demo.permintaan)
            perintah = [sys.executable, "-m", "humas.cli", "situs", PERIODE, "--json"]
            proses = subprocess.Popen(perintah, env=lingkungan, stdout=subprocess.DEVNULL)
            while len(demo.permintaan) - batas < permintaan and proses.poll() is None:
                time.sleep(0.002)
            proses.send_signal(signal.SIGKILL)
            proses.wait()
        k = installation(tmp_path / "mati", demo)
        visit(k, demo)
        assert [satu.isi for satu in contents(k)] == [satu.isi for satu in contents(utuh)]
        assert {satu.sidik for satu in contents(k)} <= landed(k)


# --- offering, never counting ---


def test_drafts_reach_the_template_and_never_the_figures(tmp_path):
    from humas.pipeline import open_period, roll_up, validate

    with news_sites(tmp_path / "situs", BAIK, artikel=4) as demo:
        k = installation(tmp_path, demo)

        def figures():
            k.gudang.start_run("r", "kpu", PERIODE, k.settings.now())
            open_period(k, "kpu", PERIODE)
            validate(k, "kpu", PERIODE, "r")
            roll_up(k, "kpu", PERIODE, "r")
            return k.gudang.figures("kpu", PERIODE).to_csv(), k.gudang.conservation("kpu", PERIODE)

        sebelum = figures()
        visit(k, demo)
        group_drafts(k, PERIODE)
        ditawarkan = offered_drafts(k, "kpu", PERIODE)
        assert figures() == sebelum
        assert {
            kode: {(d.isi["judul"], d.isi["tanggal_mulai"]) for d in milik} for kode, milik in ditawarkan.items()
        } == {"33.74": demo.expected("33.74", layak=True)}
        tabel = k.gudang.engine
        with tabel.connect() as koneksi:
            assert koneksi.scalar(select(text("count(*)")).select_from(text("inti_kegiatan"))) == 0


def test_a_confirmed_draft_is_an_accepted_row(tmp_path):
    """The whole way: news → draft → the unit's template → Ya → a clean row of the contract."""
    from humas.check import check_bytes
    from humas.distribution import template_of
    from openpyxl import load_workbook

    with news_sites(tmp_path / "situs", BAIK, artikel=4) as demo:
        k = installation(tmp_path, demo)
        visit(k, demo)
        group_drafts(k, PERIODE)
        buku = load_workbook(io.BytesIO(template_of(k, "kpu", "33.74", demo.triwulan)))
        lembar = buku["Draf dari situs Anda"]
        (kepala,) = (baris[0].row for baris in lembar.iter_rows() if str(baris[0].value).startswith("Pakai"))
        for nomor in range(kepala + 1, lembar.max_row + 1):
            if lembar.cell(nomor, 2).value:
                lembar.cell(nomor, 1).value = "Ya"
        berkas = io.BytesIO()
        buku.save(berkas)
        jawaban = check_bytes(k, berkas.getvalue(), "kembali.xlsx").jawaban
        layak = demo.expected("33.74", layak=True)
        assert (jawaban["rows_in"], jawaban["accepted"]) == (len(layak), len(layak))
        assert {satu["values"]["judul"] for satu in jawaban["rows"]} == {judul for judul, _ in layak}
