from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from humas.contract.columns import DATASETS, KEGIATAN
from humas.errors import OperatorError
from humas.landing.model import Submission
from humas.registry import Cycle
from humas.settings import WIB
from humas.validation.result import BatchResult, SubmissionStatus
from humas.warehouse import seals
from humas.warehouse.facade import Warehouse
from humas.warehouse.models import FACTS, Base
from pandas.testing import assert_frame_equal
from sqlalchemy import Column, MetaData, Table, text

from tests.warehouse.batches import LEMBAGA, PERIOD, batch, collected, later, submission

CYCLE = Cycle(LEMBAGA, PERIOD)

pytestmark = pytest.mark.mesin

UNIT = [submission(f"33.{n:02d}") for n in range(1, 9)]


@pytest.fixture
def gathered(warehouse: Warehouse) -> Warehouse:
    warehouse.record_collection([collected(one) for one in UNIT])
    return warehouse


def _store(warehouse: Warehouse, result: BatchResult) -> int:
    return warehouse.store_validation(CYCLE, result)


def _versions(warehouse: Warehouse) -> dict[str, tuple[str, bool]]:
    frame = warehouse.verdicts(CYCLE)
    return dict(zip(frame["id_kiriman"], zip(frame["status"], frame["berlaku"], strict=True), strict=True))


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda h: h.name)
def test_accepted_rows_come_back_cell_by_cell(gathered: Warehouse, dataset: object) -> None:
    result = batch(UNIT, 60)
    _store(gathered, result)
    returned = gathered.facts(CYCLE, dataset.name)
    original = result.accepted[dataset.name]
    order = ["id_baris"]
    assert_frame_equal(
        returned[list(original.columns)].sort_values(order, ignore_index=True),
        _missing_as_nan(original).sort_values(order, ignore_index=True),
        check_dtype=False,
    )


def _missing_as_nan(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.where(frame.notna(), float("nan"))


def test_findings_quarantine_and_duplicates_come_back(gathered: Warehouse) -> None:
    result = batch(UNIT, 60)
    _store(gathered, result)
    for frame, original in (
        (gathered.findings(CYCLE), result.findings),
        (gathered.quarantine(CYCLE), result.quarantine),
        (gathered.duplicates(CYCLE), result.duplicates),
    ):
        assert_frame_equal(frame[list(original.columns)], original.sort_values("id_kiriman", kind="stable", key=_unit_order, ignore_index=True), check_dtype=False)  # fmt: skip


def _unit_order(submission_id: pd.Series) -> pd.Series:
    return submission_id.map({one.id: one.kode_satker for one in UNIT})


def test_only_changed_submissions_are_rewritten(gathered: Warehouse) -> None:
    result = batch(UNIT, 60)
    assert _store(gathered, result) == len(UNIT)
    assert _store(gathered, result) == 0
    kegiatan = result.accepted["kegiatan"].copy()
    kegiatan.loc[0, "judul"] = "Judul yang diperbaiki"
    assert _store(gathered, replace(result, accepted={**result.accepted, "kegiatan": kegiatan})) == 1
    assert "Judul yang diperbaiki" in set(gathered.facts(CYCLE, "kegiatan")["judul"])


def test_column_filled_by_another_unit_alone_does_not_rewrite_the_others(gathered: Warehouse) -> None:
    """Frame types depend on the batch; equal values must not look changed because of them."""
    result = batch(UNIT, 60)
    kegiatan = result.accepted["kegiatan"]
    empty = kegiatan.assign(nomor_dokumen=None, jangkauan=None, tanggal_publikasi=pd.NaT)
    _store(gathered, replace(result, accepted={**result.accepted, "kegiatan": empty}))
    one = empty.assign(nomor_dokumen=[f"{n}" if n == 0 else None for n in range(len(empty))])
    one["jangkauan"] = [7.0 if n == 0 else float("nan") for n in range(len(one))]
    assert _store(gathered, replace(result, accepted={**result.accepted, "kegiatan": one})) == 1


def test_result_of_one_unit_leaves_the_others(gathered: Warehouse) -> None:
    _store(gathered, batch(UNIT, 60))
    before = gathered.facts(CYCLE, "kegiatan")
    _store(gathered, batch(UNIT[:1], 5, seed=9))
    after = gathered.facts(CYCLE, "kegiatan")
    other = [one.id for one in UNIT[1:]]
    assert_frame_equal(
        before[before["id_kiriman"].isin(other)].reset_index(drop=True),
        after[after["id_kiriman"].isin(other)].reset_index(drop=True),
    )
    assert (after["id_kiriman"] == UNIT[0].id).sum() == 5


def _three_versions() -> list[Submission]:
    return [submission("33.74", text, at=later(days=day)) for day, text in enumerate("abc")]


@pytest.mark.parametrize("refused", [(), (2,), (0, 1), (0, 1, 2)], ids=str)
def test_no_valid_version_loses_rows_to_a_later_one_that_does_not_tell_them(
    warehouse: Warehouse, refused: tuple[int, ...]
) -> None:
    version = _three_versions()
    warehouse.record_collection([collected(one) for one in version])
    _store(warehouse, batch(version, 30, status={version[n].id: SubmissionStatus.REFUSED for n in refused}))
    recorded = _versions(warehouse)
    assert [recorded[one.id][1] for one in version] == [n not in refused for n in range(3)]
    owner = set(warehouse.facts(CYCLE, "kegiatan")["id_kiriman"])
    assert owner == {one.id for n, one in enumerate(version) if n not in refused}


def test_times_of_reception(warehouse: Warehouse) -> None:
    version = _three_versions()
    warehouse.record_collection([collected(one) for one in version])
    status = {
        version[0].id: SubmissionStatus.PARTIAL,
        version[1].id: SubmissionStatus.WITH_NOTES,
        version[2].id: SubmissionStatus.ACCEPTED,
    }
    _store(warehouse, batch(version, 30, status=status))
    (row,) = warehouse.receipts(CYCLE).to_dict("records")
    assert [row[n] for n in ("received_at", "first_ok_at", "last_changed_at")] == [s.diterima_pada for s in version]


def test_versions_are_numbered(warehouse: Warehouse) -> None:
    version = _three_versions()
    warehouse.record_collection([collected(one) for one in (*version, submission("33.02"))])
    verdict = warehouse.verdicts(CYCLE).set_index("id_kiriman")
    assert list(verdict.loc[[one.id for one in version], "versi"]) == [1, 2, 3]
    assert list(verdict.loc[[one.id for one in version], "terbaru"]) == [False, False, True]
    assert list(verdict["status"].unique()) == ["menunggu"]


def test_unknown_submission_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(OperatorError) as error:
        _store(warehouse, batch(UNIT, 10))
    assert error.value.code == "kiriman_tidak_dikenal"


def _with_kegiatan(result: BatchResult, kegiatan: pd.DataFrame) -> BatchResult:
    return replace(result, accepted={**result.accepted, "kegiatan": kegiatan})


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        pytest.param(lambda f: f.drop(columns="judul"), "hasil_tidak_sesuai", id="kolom-hilang"),
        pytest.param(lambda f: f.assign(jangkauan="banyak"), "hasil_tidak_sesuai", id="bukan-bilangan"),
        pytest.param(lambda f: pd.concat([f, f.head(1)]), "gudang_menolak", id="baris-sama-dua-kali"),
    ],
)
def test_malformed_result_leaves_the_old_state(gathered: Warehouse, broken: object, code: str) -> None:
    result = batch(UNIT, 60)
    _store(gathered, result)
    before = gathered.facts(CYCLE, "kegiatan")
    new = batch(UNIT, 60, seed=5)
    with pytest.raises(OperatorError) as error:
        _store(gathered, _with_kegiatan(new, broken(new.accepted["kegiatan"])))
    assert error.value.code == code
    assert_frame_equal(gathered.facts(CYCLE, "kegiatan"), before)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        pytest.param("a\x00b", "a\ufffdb", id="nul"),
        pytest.param("a\ud800b", "a?b", id="surrogat"),
        pytest.param("😀 é 漢 ' \" ; -- \n\t", "😀 é 漢 ' \" ; -- \n\t", id="unicode"),
        pytest.param("", "", id="kosong"),
        pytest.param("x" * 400, "x" * 400, id="panjang"),
    ],
)
def test_any_text_can_be_stored(gathered: Warehouse, text: str, stored: str) -> None:
    result = batch(UNIT, 10)
    kegiatan = result.accepted["kegiatan"].copy()
    kegiatan.loc[0, "judul"] = text
    _store(gathered, _with_kegiatan(result, kegiatan))
    returned = gathered.facts(CYCLE, "kegiatan").set_index("id_baris")
    assert returned.loc[kegiatan.loc[0, "id_baris"], "judul"] == stored


def test_wall_clock_stays_as_written_in_jakarta(gathered: Warehouse) -> None:
    result = batch(UNIT, 10)
    issues = result.accepted["isu_hoaks"]
    jakarta = issues.assign(tanggal_temuan=issues["tanggal_temuan"].dt.tz_localize(WIB).dt.tz_convert("UTC"))
    _store(gathered, replace(result, accepted={**result.accepted, "isu_hoaks": jakarta}))
    returned = gathered.facts(CYCLE, "isu_hoaks").set_index("id_baris")
    assert list(returned.loc[issues["id_baris"], "tanggal_temuan"]) == list(issues["tanggal_temuan"])


def test_empty_batch_and_empty_facts_have_typed_columns(warehouse: Warehouse) -> None:
    assert _store(warehouse, batch([], 0)) == 0
    frame = warehouse.facts(CYCLE, "kegiatan")
    assert len(frame) == 0
    assert {k.name for k in KEGIATAN.columns} <= set(frame.columns)
    assert frame["tanggal_mulai"].dtype.kind == "M"
    assert frame["jumlah_peserta"].dtype == "float64"


def test_unknown_data_set_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(OperatorError) as error:
        warehouse.facts(CYCLE, "lain")
    assert error.value.code == "himpunan_tidak_dikenal"


_CHANGES = {
    "fact": "UPDATE inti_kegiatan SET judul = 'palsu' WHERE kode_satker = '33.01'",
    "fact_gone": "DELETE FROM inti_publikasi WHERE kode_satker = '33.01'",
    "fact_moved": "UPDATE inti_kegiatan SET baris = baris + 1 WHERE kode_satker = '33.01'",
    "finding": "UPDATE inti_temuan SET pesan = 'palsu' WHERE id_kiriman = :id",
    "quarantine": "DELETE FROM inti_karantina WHERE id_kiriman = :id",
    "duplicate": "UPDATE inti_kembar SET baris_asal = 9 WHERE id_kiriman = :id",
    "verdict": "UPDATE inti_kiriman SET status = 'nihil' WHERE id = :id",
    "count": "UPDATE inti_kiriman SET diterima = diterima + 1 WHERE id = :id",
    "result_digest": "UPDATE inti_kiriman SET sidik_hasil = '' WHERE id = :id",
    "seal": "UPDATE inti_kiriman SET segel = '' WHERE id = :id",
    "as_if_never_validated": "UPDATE inti_kiriman SET segel = '', sidik_hasil = '' WHERE id = :id",
    "other_seal": "UPDATE inti_kiriman SET segel = 'x' WHERE id = :id",
}


@pytest.mark.parametrize("what", _CHANGES)
def test_rows_that_another_hand_changed_are_named_and_written_again(gathered: Warehouse, what: str) -> None:
    result = batch(UNIT, 60)
    _store(gathered, result)
    assert gathered.altered_rows(CYCLE) == []
    before = _all_rows(gathered)
    with gathered.engine.begin() as connection:
        change = text(_CHANGES[what])
        assert connection.execute(change, {"id": UNIT[0].id} if ":id" in str(change) else {}).rowcount > 0
    changed = [(UNIT[0].id, "33.01")]
    assert gathered.reopen_altered(CYCLE) == changed
    assert gathered.altered_rows(CYCLE) == changed
    assert _store(gathered, result) == 1
    assert gathered.altered_rows(CYCLE) == []
    assert _all_rows(gathered) == before


def _all_rows(warehouse: Warehouse) -> dict[str, list[str]]:
    name = [table for table in Base.metadata.tables if table.startswith("inti_")]
    with warehouse.engine.connect() as connection:
        return {one: sorted(map(repr, connection.execute(text(f"SELECT * FROM {one}")))) for one in name}


def test_a_column_that_the_contract_adds_later_changes_no_seal(gathered: Warehouse) -> None:
    _store(gathered, batch(UNIT, 60))
    with gathered.engine.begin() as connection:
        connection.execute(text("UPDATE inti_kegiatan SET nomor_dokumen = NULL"))
        seals.seal(connection, [one.id for one in UNIT])
    with pytest.MonkeyPatch.context() as earlier:
        without = [column for column in FACTS["kegiatan"].columns if column.name != "nomor_dokumen"]
        old = Table("inti_kegiatan", MetaData(), *(Column(column.name, column.type) for column in without))
        earlier.setattr(seals, "_ROWS", (old, *seals._ROWS[1:]))
        assert gathered.altered_rows(CYCLE) == []
