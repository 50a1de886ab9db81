from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest
from humas.contract.result import StatusKiriman
from humas.errors import SistemError
from humas.landing.model import HasilSatker, Percobaan
from humas.warehouse.gudang import Gudang

from tests.warehouse.batches import AWAL, LEMBAGA, PERIODE, attempt, batch, collected, later, submission


def test_submission_comes_back_whole_and_in_utc(gudang: Gudang) -> None:
    asli = submission("33.74", halaman=3)
    gudang.record_collection([collected(asli)])
    (kembali,) = gudang.kiriman(LEMBAGA, PERIODE)
    assert kembali == asli
    assert kembali.diterima_pada.tzinfo is UTC


def test_versions_of_a_unit_stand_oldest_first(gudang: Gudang) -> None:
    lama, baru = submission("33.74", "a"), submission("33.74", "b", at=later(days=1))
    gudang.record_collection([collected(baru)])
    gudang.record_collection([collected(lama), collected(submission("33.02"))])
    assert [(k.kode_satker, k.sidik) for k in gudang.kiriman(LEMBAGA, PERIODE)] == [
        ("33.02", submission("33.02").sidik), ("33.74", lama.sidik), ("33.74", baru.sidik),
    ]  # fmt: skip


def test_same_bytes_again_keep_their_first_time_but_become_the_newest(gudang: Gudang) -> None:
    """A unit that goes back to its first file means its first file; punctuality stays."""
    pertama, kedua = submission("33.74", "a"), submission("33.74", "b", at=later(days=1))
    ulang = submission("33.74", "a", at=later(days=2))
    for satu in (pertama, kedua, ulang):
        gudang.record_collection([collected(satu)])
    semua = gudang.kiriman(LEMBAGA, PERIODE)
    assert [k.sidik for k in semua] == [kedua.sidik, pertama.sidik]
    assert semua[-1].diterima_pada == AWAL


def test_equal_counted_time_is_decided_by_arrival(gudang: Gudang) -> None:
    a, b = submission("33.74", "a", tiba=later(hours=2)), submission("33.74", "b", tiba=later(hours=1))
    gudang.record_collection([collected(a), collected(b)])
    assert gudang.kiriman(LEMBAGA, PERIODE)[-1].sidik == a.sidik


def test_time_of_sending_goes_before_time_of_arrival(gudang: Gudang) -> None:
    """An old file that only arrives later (from a second channel) does not replace the newer one."""
    lama = submission("33.74", "lama", at=AWAL, tiba=later(days=3))
    baru = submission("33.74", "baru", at=later(days=1), tiba=later(days=2))
    gudang.record_collection([collected(baru)])
    gudang.record_collection([collected(lama)])
    assert gudang.kiriman(LEMBAGA, PERIODE)[-1].sidik == baru.sidik


def test_pages_before_a_break_are_kept_without_a_submission(gudang: Gudang) -> None:
    sebagian = submission("33.74", halaman=2).berkas[:1]
    gudang.record_collection([HasilSatker("33.74", (attempt("33.74", "gagal", pelaku="sumber"),), None, sebagian)])
    assert gudang.kiriman(LEMBAGA, PERIODE) == []
    assert gudang.known_etags(LEMBAGA, PERIODE) == {sebagian[0].url: ('"a1"', sebagian[0].sidik)}


def test_known_etags_are_of_the_latest_answer(gudang: Gudang) -> None:
    lama, baru = submission("33.74", "a"), submission("33.74", "b", at=later(days=1))
    gudang.record_collection([collected(baru), collected(lama)])
    assert gudang.known_etags(LEMBAGA, PERIODE) == {baru.berkas[0].url: ('"b1"', baru.berkas[0].sidik)}


def test_unit_without_any_attempt_is_refused(gudang: Gudang) -> None:
    with pytest.raises(SistemError) as galat:
        gudang.record_collection([collected(submission("33.02")), HasilSatker("33.74", ())])
    assert galat.value.kode == "tanpa_percobaan"
    assert gudang.kiriman(LEMBAGA, PERIODE) == []


API_MATI = attempt("33.74", "gagal", pelaku="sumber", kode_galat="status_5xx", layak_diulang=True)
FILE_MATI = attempt("33.74", "gagal", pelaku="sistem", kode_galat="kredensial_tidak_ada", saluran="berkas", urutan=2)
FILE_SALAH = attempt("33.74", "gagal", pelaku="pengirim", kode_galat="folder_kosong", saluran="berkas", urutan=2)
API_BAIK = replace(attempt("33.74"), percobaan=2, mulai=later(minutes=1))


@pytest.mark.parametrize(
    ("percobaan", "gagal", "perlu"),
    [
        pytest.param((API_BAIK,), None, None, id="berhasil"),
        pytest.param((API_MATI,), "status_5xx", None, id="sumber"),
        pytest.param((FILE_MATI,), "kredensial_tidak_ada", None, id="sistem"),
        pytest.param((API_MATI, API_BAIK), None, None, id="berhasil-pada-ulangan"),
        pytest.param((API_MATI, replace(FILE_MATI, mulai=later(seconds=9))), "kredensial_tidak_ada", None, id="dua-saluran"),
        pytest.param((API_MATI, replace(FILE_SALAH, mulai=later(seconds=9))), "status_5xx", None, id="saluran-lain-salah"),
        pytest.param((FILE_SALAH,), None, "folder_kosong", id="pengirim"),
        pytest.param((attempt("33.74", "tanpa_saluran", pelaku="sistem"),), None, "tanpa_saluran", id="tanpa-saluran"),
        pytest.param((attempt("33.74", "nonaktif", pelaku="sistem", kode_galat="baris_salah"),), None, "baris_salah", id="nonaktif"),
    ],
)  # fmt: skip
def test_who_still_fails_and_who_needs_a_person(
    gudang: Gudang, percobaan: tuple[Percobaan, ...], gagal: str | None, perlu: str | None
) -> None:
    gudang.record_collection([HasilSatker("33.74", percobaan)])
    assert [p.kode_galat for p in gudang.failed_units(LEMBAGA, PERIODE)] == ([gagal] if gagal else [])
    assert [p.kode_galat for p in gudang.units_needing_people(LEMBAGA, PERIODE)] == ([perlu] if perlu else [])


def test_only_the_latest_collection_of_a_unit_counts(gudang: Gudang) -> None:
    gudang.record_collection([HasilSatker("33.74", (API_MATI,)), HasilSatker("33.02", (attempt("33.02", "gagal", pelaku="sumber"),))])  # fmt: skip
    gudang.record_collection([collected(submission("33.74", at=later(hours=1)))])
    assert [p.kode_satker for p in gudang.failed_units(LEMBAGA, PERIODE)] == ["33.02"]
    gudang.record_collection([HasilSatker("33.74", (replace(API_MATI, mulai=later(hours=2)),))])
    assert [p.kode_satker for p in gudang.failed_units(LEMBAGA, PERIODE)] == ["33.02", "33.74"]
    akhir = gudang.last_attempts(LEMBAGA, PERIODE).set_index("kode_satker")
    assert akhir.loc["33.74", "mulai"] == later(hours=2)
    assert list(akhir["status"]) == ["gagal", "gagal"]


def test_refused_newest_file_needs_a_person_even_when_an_older_one_counts(gudang: Gudang) -> None:
    lama, baru = submission("33.74", "a"), submission("33.74", "b", at=later(days=1))
    gudang.record_collection([collected(lama), collected(baru)])
    gudang.store_validation(LEMBAGA, PERIODE, batch([lama, baru], 20, status={baru.id: StatusKiriman.DITOLAK}))
    (perlu,) = gudang.units_needing_people(LEMBAGA, PERIODE)
    assert (perlu.kode_satker, perlu.kode_galat, perlu.pesan) == ("33.74", "kiriman_ditolak", "Periode salah.")
    assert gudang.failed_units(LEMBAGA, PERIODE) == []


def test_raw_files_expire_by_their_last_arrival(gudang: Gudang) -> None:
    lama, ulang = submission("33.74"), submission("33.02")
    gudang.record_collection([collected(lama), collected(ulang)])
    gudang.record_collection([collected(submission("33.02", at=later(days=800)))])
    kedaluwarsa = gudang.expired_raw(later(days=730))
    assert kedaluwarsa == [lama.berkas[0].sidik]
    gudang.mark_raw_removed(kedaluwarsa, later(days=900))
    assert gudang.expired_raw(later(days=730)) == []
    assert gudang.removed_raw() == set(kedaluwarsa)
    assert lama.berkas[0].url not in gudang.known_etags(LEMBAGA, PERIODE)
    gudang.record_collection([collected(submission("33.74", at=later(days=901)))])
    assert lama.berkas[0].url in gudang.known_etags(LEMBAGA, PERIODE)
    assert gudang.removed_raw() == set()


def test_all_times_come_back_aware(gudang: Gudang) -> None:
    gudang.record_collection([collected(submission("33.74"))])
    with gudang.engine.connect() as koneksi:
        from humas.warehouse.models import OperasiPercobaan
        from sqlalchemy import select

        mulai = koneksi.scalar(select(OperasiPercobaan.mulai))
    assert mulai is not None
    assert mulai.tzinfo is UTC
    assert mulai == AWAL


def test_time_without_zone_is_refused(gudang: Gudang) -> None:
    with pytest.raises(Exception, match="without zone"):
        gudang.start_run("r", LEMBAGA, PERIODE, AWAL.replace(tzinfo=None))
