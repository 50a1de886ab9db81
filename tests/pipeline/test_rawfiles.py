"""Raw bytes that retention removed, that a disk lost, and that came back: figures stay, and only what is wrong is red."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from humas import pipeline
from humas.context import Konteks
from humas.landing import LandingError
from humas.landing.model import Berkas
from humas.rawfiles import RingkasanRetensi, remove_expired
from humas.warehouse import HalamanSitus

from tests.real_input.installation import NOW, install

pytestmark = pytest.mark.pipeline
KPU = ("kpu", "2026-TW3")
SATKER = ("33.74", "33.22", "33.10", "32.73")


@pytest.fixture
def k(tmp_path, kantor):
    k = install(tmp_path, kantor)
    k.gudang.start_run("jalan-1", *KPU, NOW)
    pipeline.open_period(k, *KPU)
    pipeline.collect(k, *KPU, SATKER, "jalan-1")
    pipeline.validate(k, *KPU, "jalan-1")
    return k


HARI = 24 * 3600.0


def later(k: Konteks, hari: int) -> Konteks:
    """The same installation some days later; to its disk, two days have passed."""
    for path in filter(os.path.isfile, k.landing.root.glob("*/*")):
        os.utime(path, (time.time() - 2 * HARI,) * 2)
    return Konteks(replace(k.settings, frozen_now=NOW + timedelta(days=hari)), k.register, k.kalender)


def again(k: Konteks, run_id: str = "jalan-2"):
    """Validate once more, as a run of its own."""
    k.gudang.start_run(run_id, *KPU, NOW)
    return pipeline.validate(k, *KPU, run_id)


def held(k: Konteks):
    """What the warehouse holds: verdicts and accepted rows."""
    fakta = {nama: bingkai.to_dict("records") for nama, bingkai in pipeline.national_facts(k, *KPU).items()}
    return k.gudang.verdicts(*KPU).astype(str).to_dict("records"), str(fakta)


def files(k: Konteks, kode: str):
    """Where the raw files of a unit's submissions lie."""
    return [k.landing.path(b.sidik) for s in k.gudang.kiriman(*KPU) if s.kode_satker == kode for b in s.berkas]


def test_what_retention_removed_keeps_its_verdict_and_rows(k):
    sebelum, ringkas = held(k), again(k)
    nanti = later(k, 731)
    assert remove_expired(nanti, lihat=True) == RingkasanRetensi(5, 0, NOW + timedelta(days=1))
    assert remove_expired(nanti).berkas == 5
    assert not any(path.exists() for kode in SATKER for path in files(k, kode))
    assert again(nanti, "jalan-3") == ringkas
    assert held(nanti) == sebelum
    assert pipeline.decide(nanti, *KPU, "jalan-3").gagal == ()
    assert remove_expired(nanti).berkas == 0


def test_files_stay_for_the_whole_period(k):
    assert remove_expired(later(k, 725)).berkas == 0
    assert all(path.is_file() for kode in SATKER for path in files(k, kode))


def test_what_a_killed_writer_left_goes_too(k):
    sisa = files(k, "33.22")[0].parent / ".sisa.tmp"
    sisa.write_bytes(b"3374012345678901")
    os.utime(sisa, (0, 0))
    remove_expired(k, lihat=True)
    assert sisa.exists()
    remove_expired(k)
    assert not sisa.exists()


def test_removal_that_was_killed_halfway_is_finished(k):
    nanti = later(k, 800)
    nanti.gudang.mark_raw_removed(nanti.gudang.expired_raw(NOW + timedelta(days=1)), NOW)
    assert remove_expired(nanti).berkas == 5


def unrecorded(k: Konteks, hari: float):
    """A file that landed so many days ago, whose process was killed before it recorded it."""
    _, path = k.landing.store(b"NIK 3374012345678901, %d hari" % hari)
    os.utime(path, (time.time() - hari * HARI,) * 2)
    return path


def test_what_no_record_knows_goes_by_its_time_on_disk(k):
    lama, baru = unrecorded(k, 731), unrecorded(k, 729)
    assert remove_expired(k, lihat=True).tak_tercatat == 1
    assert lama.exists()
    hasil = remove_expired(k)
    assert (hasil.berkas, hasil.tak_tercatat) == (0, 1)
    assert not lama.exists()
    assert baru.exists()
    assert remove_expired(k).tak_tercatat == 0


def test_old_files_that_a_record_knows_stay_for_their_time(k):
    for kode in SATKER:
        for path in files(k, kode):
            os.utime(path, (0, 0))
    assert remove_expired(k).tak_tercatat == 0
    assert all(path.is_file() for kode in SATKER for path in files(k, kode))


def test_what_is_being_collected_again_stays_though_it_is_not_recorded_yet(k):
    lama, nanti = unrecorded(k, 800), later(k, 731)
    isi = lama.read_bytes()
    os.utime(lama, (0, 0))
    [tercatat] = files(k, "33.22")
    k.landing.store(isi)
    k.landing.store(tercatat.read_bytes())
    assert remove_expired(nanti, lihat=True) == RingkasanRetensi(4, 0, NOW + timedelta(days=1))
    assert remove_expired(nanti).berkas == 4
    assert lama.exists()
    assert tercatat.exists()
    assert tercatat.name not in k.gudang.removed_raw()


def test_bytes_that_come_again_during_the_removal_are_not_noted_as_removed(k, monkeypatch):
    nanti = later(k, 731)
    [path] = files(k, "33.22")
    isi, asli = path.read_bytes(), nanti.gudang.mark_raw_removed

    def mark(sidik, kini):
        k.landing.store(isi)
        asli(sidik, kini)

    monkeypatch.setattr(nanti.gudang, "mark_raw_removed", mark)
    assert remove_expired(nanti).berkas == 4
    assert path.exists()
    assert path.name not in k.gudang.removed_raw()


def test_a_false_note_of_removal_is_taken_back(k):
    [path] = files(k, "33.22")
    k.gudang.mark_raw_removed([path.name], NOW)
    assert remove_expired(later(k, 30)).berkas == 0
    assert path.exists()
    assert k.gudang.removed_raw() == set()


def test_pages_of_news_sites_are_removed_as_well(k):
    isi = b"<html>Hubungi 0812-3456-7890</html>"
    sidik, path = k.landing.store(isi)
    alamat = "https://kota-semarang.kpu.go.id/berita/1"
    halaman = HalamanSitus("kpu", "33.74", alamat, "artikel", "ada", NOW, sidik=sidik)
    k.gudang.record_site_pages("2026-TW3", [halaman], [Berkas(sidik, len(isi), "text/html", "1", alamat, NOW)])
    assert remove_expired(later(k, 725)).berkas == 0
    assert remove_expired(later(k, 731)).berkas == 6
    assert not path.exists()
    assert k.gudang.site_pages("kpu", "33.74")[alamat].sidik == sidik


@pytest.mark.parametrize("rusak", ["landing_hilang", "landing_rusak"])
def test_a_lost_file_is_its_unit_s_failure_and_stops_nobody(k, rusak):
    sebelum = held(k)
    (path,) = files(k, "33.22")
    utuh = path.read_bytes()
    if rusak == "landing_hilang":
        path.unlink()
    else:
        path.write_bytes(utuh[:-1] + b"?")
    ringkas = again(k)
    assert (ringkas.hilang, ringkas.masuk, ringkas.diterima) == (1, 23, 17)
    assert held(k) == sebelum
    putusan = pipeline.decide(k, *KPU, "jalan-2")
    (gagal,) = putusan.gagal
    assert not putusan.lulus
    assert (gagal.kode, gagal.kode_galat, gagal.pelaku) == ("33.22", rusak, "sistem")
    assert "KPU Kabupaten Semarang" in gagal.pesan
    assert path.name[:12] in gagal.pesan
    path.write_bytes(utuh)
    assert again(k, "jalan-3").hilang == 0
    assert pipeline.decide(k, *KPU, "jalan-3").lulus


def test_collecting_the_unit_again_brings_a_lost_file_back(k):
    (path,) = files(k, "33.22")
    path.unlink()
    again(k)
    pipeline.collect_again(k, *KPU, "33.22", "jalan-3")
    assert path.is_file()
    assert again(k, "jalan-3").hilang == 0
    assert pipeline.decide(k, *KPU, "jalan-3").lulus


def test_an_older_version_that_decides_nothing_is_only_told(k, kantor, caplog):
    lama = files(k, "33.74")[1]
    kantor.replaced["api/kota_semarang_2.json"] = kantor.body("/api/humas?periode=2026-TW3&halaman=2") + b"\n"
    pipeline.collect(k, *KPU, ["33.74"], "jalan-2")
    assert again(k).kiriman == 5
    lama.unlink()
    assert again(k, "jalan-3").hilang == 0
    assert pipeline.decide(k, *KPU, "jalan-3").lulus
    assert lama.name[:12] in caplog.text


def test_a_missing_store_stops_the_run(k):
    k.landing.root.rename(k.landing.root.with_name("pindah"))
    with pytest.raises(LandingError, match="tidak ada di"):
        again(k)
