"""A sweep, the same on a folder, over SFTP and in an object store."""

from __future__ import annotations

import io
import time

import pytest
from humas.inbox.model import EntryState
from humas.registry import Cycle
from humas.warehouse import Answer
from openpyxl import load_workbook

from tests.inbox.conftest import NOW
from tests.inbox.files import csv, workbook

KPU = "diterima/kpu/2026-TW3"

pytestmark = pytest.mark.kotak


def by_name(result):
    return {action.berkas: action for action in result.actions}


def attempts(k):
    with k.warehouse.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT status, kode_galat FROM operasi_percobaan ORDER BY mulai").all()


def test_good_file_is_recorded_answered_and_moved(place, sweep_place):
    data = workbook({}, {"Judul_kegiatan": "Rapat kedua yang lain"})
    place.put("laporan.xlsx", data)
    result, k = sweep_place(place)
    assert not result.errors
    (one,) = result.actions
    assert (one.keadaan, one.satker, one.periode, one.baris) == (EntryState.TAKEN, "33.74", "2026-TW3", (2, 2, 0, 0))
    file = place.files(KPU)
    assert len(file) == 2
    assert file[one.tujuan.rpartition("/")[2]] == data
    (mark,) = (content.decode("utf-8-sig") for name, content in file.items() if name.endswith("tanda terima.txt"))
    assert "KPU Kota Semarang (33.74)" in mark
    assert "2 masuk = 2 diterima + 0 ditahan + 0 kembar" in mark
    assert place.files("masuk") == {}
    (submission,) = k.warehouse.submissions(Cycle("kpu", "2026-TW3"))
    assert (submission.saluran, k.landing.read(submission.sidik)) == ("kotak_masuk", data)


def test_bad_row_brings_the_workbook_back_to_be_corrected(place, sweep_place):
    place.put("laporan.xlsx", workbook({}, {"Mode": "terbang"}))
    (one,) = sweep_place(place)[0].actions
    assert one.baris == (2, 1, 1, 0)
    fixes = [content for name, content in place.files(KPU).items() if name.endswith("perbaikan.xlsx")]
    assert len(fixes) == 1
    assert fixes[0].startswith(b"PK")


def test_a_file_of_other_quarters_is_answered_with_one_question(folder, sweep_place):
    data = workbook({"Tanggal mulai": "06/01/2026"}, {"Tanggal mulai": "06/04/2026"})
    folder.put("laporan.xlsx", data)
    result, k = sweep_place(folder)
    (one,) = result.actions
    assert (one.status, one.baris) == ("ditolak", (2, 0, 2, 0))
    (content,) = (content for name, content in folder.files(KPU).items() if name.endswith("tanda terima.txt"))
    mark = content.decode("utf-8-sig")
    assert "Hasil     : Ditahan dengan satu pertanyaan; yang sudah diterima tetap berlaku" in mark
    assert mark.count("Apakah ini memang laporan Triwulan III 2026?") == 1
    assert not any(name.endswith("perbaikan.xlsx") for name in folder.files(KPU))
    (submission,) = k.warehouse.submissions(Cycle("kpu", "2026-TW3"))
    k.warehouse.answer_doubt(
        Answer(submission.id, terima=True, oleh="Sari", alasan="semuanya susulan", dibuat_pada=NOW)
    )
    folder.put("laporan.xlsx", data)
    (again,) = sweep_place(folder)[0].actions
    assert (again.status, again.baris) == ("diterima_dengan_catatan", (2, 2, 0, 0))


def test_corrected_workbook_sent_back_is_accepted_whole(folder, sweep_place):
    folder.put("laporan.xlsx", workbook({}, {"Judul_kegiatan": "Rapat kedua yang lain", "Mode": "terbang"}))
    sweep_place(folder)
    ((name, data),) = ((n, content) for n, content in folder.files(KPU).items() if n.endswith("perbaikan.xlsx"))
    book = load_workbook(io.BytesIO(data))
    wrong = [cells for row in book["Kegiatan"].iter_rows() for cells in row if cells.value == "terbang"]
    assert len(wrong) == 1
    wrong[0].value = "Luring"
    saved = io.BytesIO()
    book.save(saved)
    folder.put(name, saved.getvalue())
    (one,) = sweep_place(folder)[0].actions
    assert (one.satker, one.periode, one.baris) == ("33.74", "2026-TW3", (2, 2, 0, 0))


def test_unknown_file_is_set_aside_with_reason_and_candidates(place, sweep_place):
    place.put("laporan Semarang TW3 2026.xlsx", workbook(Kode_satker="", Nama_satker="", Periode=""))
    result, k = sweep_place(place)
    (one,) = result.actions
    assert one.keadaan is EntryState.UNKNOWN
    (why,) = (content.decode() for name, content in place.files("tak dikenal").items() if name.endswith("mengapa.txt"))
    assert "- 33.22 KPU Kabupaten Semarang" in why
    assert "- 33.74 KPU Kota Semarang" in why
    assert attempts(k) == [("gagal", "tak_dikenal")]
    assert k.warehouse.submissions(Cycle("kpu", "2026-TW3")) == []


def test_of_two_files_of_a_unit_the_later_counts(place, sweep_place):
    place.put("b.csv", csv("33.74", "Rapat koordinasi pertama"), 1_790_000_000)
    place.put("a.csv", csv("33.74", "Rapat koordinasi kedua ini"), 1_790_000_100)
    result, k = sweep_place(place)
    assert result.count(EntryState.TAKEN) == 2
    newest = k.warehouse.submissions(Cycle("kpu", "2026-TW3"))[-1]
    order = [action.berkas for action in result.actions]
    if not place.url.startswith("s3"):  # an object store has its own clock, of whole seconds
        assert order == ["b.csv", "a.csv"]
    assert newest.berkas[0].nama == order[-1]


def test_same_bytes_again_change_nothing_and_are_told_so(place, sweep_place):
    place.put("a.csv", csv("33.74"))
    place.put("salinan.csv", csv("33.74"), 1_790_000_050)
    first, k = sweep_place(place)
    assert [action.ulang for action in first.actions] == [False, True]
    if place.url.startswith("s3"):
        time.sleep(1.1)  # object stores tell times of change in whole seconds
    place.put("a.csv", csv("33.74"), 1_790_009_999)
    (again,) = sweep_place(place)[0].actions
    assert again.ulang
    assert len(k.warehouse.submissions(Cycle("kpu", "2026-TW3"))) == 1
    mark = [
        content.decode() for name, content in place.files(KPU).items() if "salinan" in name and name.endswith(".txt")
    ]
    assert "Isi yang sama persis sudah diterima" in mark[0]


@pytest.mark.parametrize(
    "name",
    ["x.csv.part", "~$laporan.xlsx", ".laporan.csv", "laporan.csv.crdownload", "laporan.xlsx.filepart", "Thumbs.db"],
)
def test_unfinished_and_foreign_files_stay(place, sweep_place, name):
    place.put(name, csv("33.74"))
    result, k = sweep_place(place)
    assert [action.keadaan for action in result.actions] in ([EntryState.WAITING], [EntryState.SKIPPED])
    assert list(place.files("masuk")) == [name]
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


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_taken_and_stay_inside(place, sweep_place, name):
    place.put(name, csv("33.74", start="02/07/2026"))
    result, _ = sweep_place(place)
    assert [action.keadaan for action in result.actions] == [EntryState.TAKEN]
    assert place.files("masuk") == {}
    assert csv("33.74", start="02/07/2026") in place.files(KPU).values()


def test_names_that_differ_in_case_only_stay_two(place, sweep_place):
    place.put("Laporan.csv", csv("33.74", "Rapat koordinasi pertama"))
    place.put("laporan.csv", csv("33.22", "Rapat koordinasi kedua ini"))
    result, k = sweep_place(place)
    assert result.count(EntryState.TAKEN) == 2
    assert {submission.kode_satker for submission in k.warehouse.submissions(Cycle("kpu", "2026-TW3"))} == {
        "33.74",
        "33.22",
    }


def test_empty_drop_box(place, sweep_place):
    result, _ = sweep_place(place)
    assert (result.actions, result.errors) == ((), ())
