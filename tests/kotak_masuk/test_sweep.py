"""A sweep, the same on a folder, over SFTP and in an object store."""

from __future__ import annotations

import io
import time

import pytest
from humas.kotak_masuk.model import Keadaan
from humas.warehouse import Answer
from openpyxl import load_workbook

from tests.kotak_masuk.berkas import csv, workbook
from tests.kotak_masuk.conftest import NOW

KPU = "diterima/kpu/2026-TW3"

pytestmark = pytest.mark.kotak


def by_name(hasil):
    return {satu.berkas: satu for satu in hasil.tindakan}


def attempts(k):
    with k.gudang.engine.connect() as koneksi:
        return koneksi.exec_driver_sql("SELECT status, kode_galat FROM operasi_percobaan ORDER BY mulai").all()


def test_good_file_is_recorded_answered_and_moved(place, sweep_place):
    data = workbook({}, {"Judul_kegiatan": "Rapat kedua yang lain"})
    place.put("laporan.xlsx", data)
    hasil, k = sweep_place(place)
    assert not hasil.galat
    (satu,) = hasil.tindakan
    assert (satu.keadaan, satu.satker, satu.periode, satu.baris) == (Keadaan.DIAMBIL, "33.74", "2026-TW3", (2, 2, 0, 0))
    berkas = place.files(KPU)
    assert len(berkas) == 2
    assert berkas[satu.tujuan.rpartition("/")[2]] == data
    (tanda,) = (isi.decode("utf-8-sig") for nama, isi in berkas.items() if nama.endswith("tanda terima.txt"))
    assert "KPU Kota Semarang (33.74)" in tanda
    assert "2 masuk = 2 diterima + 0 ditahan + 0 kembar" in tanda
    assert place.files("masuk") == {}
    (kiriman,) = k.gudang.kiriman("kpu", "2026-TW3")
    assert (kiriman.saluran, k.landing.read(kiriman.sidik)) == ("kotak_masuk", data)


def test_bad_row_brings_the_workbook_back_to_be_corrected(place, sweep_place):
    place.put("laporan.xlsx", workbook({}, {"Mode": "terbang"}))
    (satu,) = sweep_place(place)[0].tindakan
    assert satu.baris == (2, 1, 1, 0)
    perbaikan = [isi for nama, isi in place.files(KPU).items() if nama.endswith("perbaikan.xlsx")]
    assert len(perbaikan) == 1
    assert perbaikan[0].startswith(b"PK")


def test_a_file_of_other_quarters_is_answered_with_one_question(folder, sweep_place):
    data = workbook({"Tanggal mulai": "06/01/2026"}, {"Tanggal mulai": "06/04/2026"})
    folder.put("laporan.xlsx", data)
    hasil, k = sweep_place(folder)
    (satu,) = hasil.tindakan
    assert (satu.status, satu.baris) == ("ditolak", (2, 0, 2, 0))
    (isi,) = (isi for nama, isi in folder.files(KPU).items() if nama.endswith("tanda terima.txt"))
    tanda = isi.decode("utf-8-sig")
    assert "Hasil     : Ditahan dengan satu pertanyaan; yang sudah diterima tetap berlaku" in tanda
    assert tanda.count("Apakah ini memang laporan Triwulan III 2026?") == 1
    assert not any(nama.endswith("perbaikan.xlsx") for nama in folder.files(KPU))
    (kiriman,) = k.gudang.kiriman("kpu", "2026-TW3")
    k.gudang.answer_doubt(Answer(kiriman.id, terima=True, oleh="Sari", alasan="semuanya susulan", dibuat_pada=NOW))
    folder.put("laporan.xlsx", data)
    (lagi,) = sweep_place(folder)[0].tindakan
    assert (lagi.status, lagi.baris) == ("diterima_dengan_catatan", (2, 2, 0, 0))


def test_corrected_workbook_sent_back_is_accepted_whole(folder, sweep_place):
    folder.put("laporan.xlsx", workbook({}, {"Judul_kegiatan": "Rapat kedua yang lain", "Mode": "terbang"}))
    sweep_place(folder)
    ((nama, data),) = ((n, isi) for n, isi in folder.files(KPU).items() if n.endswith("perbaikan.xlsx"))
    buku = load_workbook(io.BytesIO(data))
    salah = [sel for baris in buku["Kegiatan"].iter_rows() for sel in baris if sel.value == "terbang"]
    assert len(salah) == 1
    salah[0].value = "Luring"
    simpan = io.BytesIO()
    buku.save(simpan)
    folder.put(nama, simpan.getvalue())
    (satu,) = sweep_place(folder)[0].tindakan
    assert (satu.satker, satu.periode, satu.baris) == ("33.74", "2026-TW3", (2, 2, 0, 0))


def test_unknown_file_is_set_aside_with_reason_and_candidates(place, sweep_place):
    place.put("laporan Semarang TW3 2026.xlsx", workbook(Kode_satker="", Nama_satker="", Periode=""))
    hasil, k = sweep_place(place)
    (satu,) = hasil.tindakan
    assert satu.keadaan is Keadaan.TAK_DIKENAL
    (mengapa,) = (isi.decode() for nama, isi in place.files("tak dikenal").items() if nama.endswith("mengapa.txt"))
    assert "- 33.22 KPU Kabupaten Semarang" in mengapa
    assert "- 33.74 KPU Kota Semarang" in mengapa
    assert attempts(k) == [("gagal", "tak_dikenal")]
    assert k.gudang.kiriman("kpu", "2026-TW3") == []


def test_of_two_files_of_a_unit_the_later_counts(place, sweep_place):
    place.put("b.csv", csv("33.74", "Rapat koordinasi pertama"), 1_790_000_000)
    place.put("a.csv", csv("33.74", "Rapat koordinasi kedua ini"), 1_790_000_100)
    hasil, k = sweep_place(place)
    assert hasil.count(Keadaan.DIAMBIL) == 2
    terbaru = k.gudang.kiriman("kpu", "2026-TW3")[-1]
    urut = [satu.berkas for satu in hasil.tindakan]
    if not place.url.startswith("s3"):  # an object store has its own clock, of whole seconds
        assert urut == ["b.csv", "a.csv"]
    assert terbaru.berkas[0].nama == urut[-1]


def test_same_bytes_again_change_nothing_and_are_told_so(place, sweep_place):
    place.put("a.csv", csv("33.74"))
    place.put("salinan.csv", csv("33.74"), 1_790_000_050)
    pertama, k = sweep_place(place)
    assert [satu.ulang for satu in pertama.tindakan] == [False, True]
    if place.url.startswith("s3"):
        time.sleep(1.1)  # object stores tell times of change in whole seconds
    place.put("a.csv", csv("33.74"), 1_790_009_999)
    (lagi,) = sweep_place(place)[0].tindakan
    assert lagi.ulang
    assert len(k.gudang.kiriman("kpu", "2026-TW3")) == 1
    tanda = [isi.decode() for nama, isi in place.files(KPU).items() if "salinan" in nama and nama.endswith(".txt")]
    assert "Isi yang sama persis sudah diterima" in tanda[0]


@pytest.mark.parametrize(
    "nama",
    ["x.csv.part", "~$laporan.xlsx", ".laporan.csv", "laporan.csv.crdownload", "laporan.xlsx.filepart", "Thumbs.db"],
)
def test_unfinished_and_foreign_files_stay(place, sweep_place, nama):
    place.put(nama, csv("33.74"))
    hasil, k = sweep_place(place)
    assert [satu.keadaan for satu in hasil.tindakan] in ([Keadaan.MENUNGGU], [Keadaan.DILEWATI])
    assert list(place.files("masuk")) == [nama]
    assert attempts(k) == []


HOSTILE = {
    "nama panjang": "ä" * 110 + " 33.74 TW3 2026.csv",
    "emoji": "🎉 laporan 🎉.csv",
    "titik": "laporan..csv",
    "tanpa akhiran": "laporan",
    "kutip": "a'b\"c$(x);d.csv",
    "persen": "a%2F..%2Fb#c?d.csv",
    "spasi": "  laporan  .csv",
    "pilihan": "--help.csv",
}


@pytest.mark.parametrize("nama", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_taken_and_stay_inside(place, sweep_place, nama):
    place.put(nama, csv("33.74", mulai="02/07/2026"))
    hasil, _ = sweep_place(place)
    assert [satu.keadaan for satu in hasil.tindakan] == [Keadaan.DIAMBIL]
    assert place.files("masuk") == {}
    assert csv("33.74", mulai="02/07/2026") in place.files(KPU).values()


def test_names_that_differ_in_case_only_stay_two(place, sweep_place):
    place.put("Laporan.csv", csv("33.74", "Rapat koordinasi pertama"))
    place.put("laporan.csv", csv("33.22", "Rapat koordinasi kedua ini"))
    hasil, k = sweep_place(place)
    assert hasil.count(Keadaan.DIAMBIL) == 2
    assert {satu.kode_satker for satu in k.gudang.kiriman("kpu", "2026-TW3")} == {"33.74", "33.22"}


def test_empty_drop_box(place, sweep_place):
    hasil, _ = sweep_place(place)
    assert (hasil.tindakan, hasil.galat) == ((), ())
