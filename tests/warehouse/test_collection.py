from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest
from humas.errors import OperatorError
from humas.landing.model import Attempt, SatkerResult
from humas.registry import Cycle
from humas.validation.result import SubmissionStatus
from humas.warehouse.facade import Warehouse

from tests.warehouse.batches import LEMBAGA, PERIOD, START, attempt, batch, collected, later, submission

CYCLE = Cycle(LEMBAGA, PERIOD)


def test_submission_comes_back_whole_and_in_utc(warehouse: Warehouse) -> None:
    original = submission("33.74", page=3)
    warehouse.record_collection([collected(original)])
    (returned,) = warehouse.submissions(CYCLE)
    assert returned == original
    assert returned.diterima_pada.tzinfo is UTC


def test_versions_of_a_unit_stand_oldest_first(warehouse: Warehouse) -> None:
    old, new = submission("33.74", "a"), submission("33.74", "b", at=later(days=1))
    warehouse.record_collection([collected(new)])
    warehouse.record_collection([collected(old), collected(submission("33.02"))])
    assert [(k.kode_satker, k.sidik) for k in warehouse.submissions(CYCLE)] == [
        ("33.02", submission("33.02").sidik), ("33.74", old.sidik), ("33.74", new.sidik),
    ]  # fmt: skip


def test_same_bytes_again_keep_their_first_time_but_become_the_newest(warehouse: Warehouse) -> None:
    """A unit that goes back to its first file means its first file; punctuality stays."""
    first, second = submission("33.74", "a"), submission("33.74", "b", at=later(days=1))
    repeated = submission("33.74", "a", at=later(days=2))
    for one in (first, second, repeated):
        warehouse.record_collection([collected(one)])
    everything = warehouse.submissions(CYCLE)
    assert [k.sidik for k in everything] == [second.sidik, first.sidik]
    assert everything[-1].diterima_pada == START


def test_equal_counted_time_is_decided_by_arrival(warehouse: Warehouse) -> None:
    a, b = submission("33.74", "a", arrival=later(hours=2)), submission("33.74", "b", arrival=later(hours=1))
    warehouse.record_collection([collected(a), collected(b)])
    assert warehouse.submissions(CYCLE)[-1].sidik == a.sidik


def test_time_of_sending_goes_before_time_of_arrival(warehouse: Warehouse) -> None:
    """An old file that only arrives later (from a second channel) does not replace the newer one."""
    old = submission("33.74", "lama", at=START, arrival=later(days=3))
    new = submission("33.74", "baru", at=later(days=1), arrival=later(days=2))
    warehouse.record_collection([collected(new)])
    warehouse.record_collection([collected(old)])
    assert warehouse.submissions(CYCLE)[-1].sidik == new.sidik


def test_pages_before_a_break_are_kept_without_a_submission(warehouse: Warehouse) -> None:
    partial = submission("33.74", page=2).berkas[:1]
    warehouse.record_collection([SatkerResult("33.74", (attempt("33.74", "gagal", actor="sumber"),), None, partial)])
    assert warehouse.submissions(CYCLE) == []
    assert warehouse.known_etags(CYCLE) == {partial[0].url: ('"a1"', partial[0].sidik)}


def test_known_etags_are_of_the_latest_answer(warehouse: Warehouse) -> None:
    old, new = submission("33.74", "a"), submission("33.74", "b", at=later(days=1))
    warehouse.record_collection([collected(new), collected(old)])
    assert warehouse.known_etags(CYCLE) == {new.berkas[0].url: ('"b1"', new.berkas[0].sidik)}


def test_unit_without_any_attempt_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(OperatorError) as error:
        warehouse.record_collection([collected(submission("33.02")), SatkerResult("33.74", ())])
    assert error.value.code == "tanpa_percobaan"
    assert warehouse.submissions(CYCLE) == []


API_DEAD = attempt("33.74", "gagal", actor="sumber", kode_galat="status_5xx", layak_diulang=True)
FILE_DEAD = attempt("33.74", "gagal", actor="sistem", kode_galat="kredensial_tidak_ada", saluran="berkas", urutan=2)
FILE_WRONG = attempt("33.74", "gagal", actor="pengirim", kode_galat="folder_kosong", saluran="berkas", urutan=2)
API_GOOD = replace(attempt("33.74"), percobaan=2, mulai=later(minutes=1))


@pytest.mark.parametrize(
    ("attempts", "failed", "needed"),
    [
        pytest.param((API_GOOD,), None, None, id="berhasil"),
        pytest.param((API_DEAD,), "status_5xx", None, id="sumber"),
        pytest.param((FILE_DEAD,), "kredensial_tidak_ada", None, id="sistem"),
        pytest.param((API_DEAD, API_GOOD), None, None, id="berhasil-pada-ulangan"),
        pytest.param((API_DEAD, replace(FILE_DEAD, mulai=later(seconds=9))), "kredensial_tidak_ada", None, id="dua-saluran"),
        pytest.param((API_DEAD, replace(FILE_WRONG, mulai=later(seconds=9))), "status_5xx", None, id="saluran-lain-salah"),
        pytest.param((FILE_WRONG,), None, "folder_kosong", id="pengirim"),
        pytest.param((attempt("33.74", "tanpa_saluran", actor="sistem"),), None, "tanpa_saluran", id="tanpa-saluran"),
        pytest.param((attempt("33.74", "nonaktif", actor="sistem", kode_galat="baris_salah"),), None, "baris_salah", id="nonaktif"),
    ],
)  # fmt: skip
def test_who_still_fails_and_who_needs_a_person(
    warehouse: Warehouse, attempts: tuple[Attempt, ...], failed: str | None, needed: str | None
) -> None:
    warehouse.record_collection([SatkerResult("33.74", attempts)])
    assert [p.kode_galat for p in warehouse.failed_units(CYCLE)] == ([failed] if failed else [])
    assert [p.kode_galat for p in warehouse.units_needing_people(CYCLE)] == ([needed] if needed else [])


def test_only_the_latest_collection_of_a_unit_counts(warehouse: Warehouse) -> None:
    warehouse.record_collection([SatkerResult("33.74", (API_DEAD,)), SatkerResult("33.02", (attempt("33.02", "gagal", actor="sumber"),))])  # fmt: skip
    warehouse.record_collection([collected(submission("33.74", at=later(hours=1)))])
    assert [p.kode_satker for p in warehouse.failed_units(CYCLE)] == ["33.02"]
    warehouse.record_collection([SatkerResult("33.74", (replace(API_DEAD, mulai=later(hours=2)),))])
    assert [p.kode_satker for p in warehouse.failed_units(CYCLE)] == ["33.02", "33.74"]
    finish = warehouse.last_attempts(CYCLE).set_index("kode_satker")
    assert finish.loc["33.74", "mulai"] == later(hours=2)
    assert list(finish["status"]) == ["gagal", "gagal"]


def test_refused_newest_file_needs_a_person_even_when_an_older_one_counts(warehouse: Warehouse) -> None:
    old, new = submission("33.74", "a"), submission("33.74", "b", at=later(days=1))
    warehouse.record_collection([collected(old), collected(new)])
    warehouse.store_validation(CYCLE, batch([old, new], 20, status={new.id: SubmissionStatus.REFUSED}))
    (needed,) = warehouse.units_needing_people(CYCLE)
    assert (needed.kode_satker, needed.kode_galat, needed.pesan) == ("33.74", "kiriman_ditolak", "Periode salah.")
    assert warehouse.failed_units(CYCLE) == []


def test_raw_files_expire_by_their_last_arrival(warehouse: Warehouse) -> None:
    old, repeated = submission("33.74"), submission("33.02")
    warehouse.record_collection([collected(old), collected(repeated)])
    warehouse.record_collection([collected(submission("33.02", at=later(days=800)))])
    expired = warehouse.expired_raw(later(days=730))
    assert expired == [old.berkas[0].sidik]
    warehouse.mark_raw_removed(expired, later(days=900))
    assert warehouse.expired_raw(later(days=730)) == []
    assert warehouse.removed_raw() == set(expired)
    assert old.berkas[0].url not in warehouse.known_etags(CYCLE)
    warehouse.record_collection([collected(submission("33.74", at=later(days=901)))])
    assert old.berkas[0].url in warehouse.known_etags(CYCLE)
    assert warehouse.removed_raw() == set()


def test_all_times_come_back_aware(warehouse: Warehouse) -> None:
    warehouse.record_collection([collected(submission("33.74"))])
    with warehouse.engine.connect() as connection:
        from humas.warehouse.models import OperationAttempt
        from sqlalchemy import select

        start = connection.scalar(select(OperationAttempt.mulai))
    assert start is not None
    assert start.tzinfo is UTC
    assert start == START


def test_time_without_zone_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(Exception, match="without zone"):
        warehouse.start_run("r", CYCLE, START.replace(tzinfo=None))
