"""What stands in the warehouse once files have followed one another: rows in force, and where the others went."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from humas.landing.model import Submission
from humas.ledger import Count
from humas.registry import Cycle
from humas.registry.channel_kind import WAY_HEADER
from humas.validation.result import BatchResult, SubmissionStatus
from humas.warehouse import Settlement
from humas.warehouse.facade import Warehouse
from sqlalchemy import text

from tests.warehouse.batches import LEMBAGA, PERIOD, START, batch, collected, later, submission

CYCLE, CODE = Cycle(LEMBAGA, PERIOD), "33.74"
Contents = Sequence[tuple[Submission, Sequence[tuple[str, int]]]]
pytestmark = pytest.mark.mesin


def sent(number: int, *, name: str = "laporan.xlsx", at: int | None = None) -> Submission:
    """A file of the drop-box; ``number`` is its content and, unless told, its day."""
    one = submission(CODE, str(number), at=later(days=number if at is None else at))
    return replace(one, saluran="kotak", berkas=tuple(replace(file, nama=name) for file in one.berkas))


def result(contents: Contents, said: dict[str, str] | None = None, held: dict[str, str] | None = None) -> BatchResult:
    """Submissions whose activities have these titles and numbers of people, and the same other cells.

    held: submission → title of a row of it that is held for its number of people.
    """
    submissions = [one for one, _ in contents]
    model = batch(submissions[:1], 1)
    kegiatan = model.accepted["kegiatan"].iloc[0]
    records = [
        kegiatan.to_dict() | {"id_kiriman": one.id, "judul": title, "jumlah_peserta": float(people), "baris": 2 + place,
                              "id_baris": title.replace(" ", "").ljust(24, "0")[:24]}
        for one, rows in contents
        for place, (title, people) in enumerate(rows)
    ]  # fmt: skip
    empty = {name: frame.iloc[:0] for name, frame in model.accepted.items()}
    frame = pd.DataFrame(records, columns=list(model.accepted["kegiatan"].columns))
    cells = {name: str(value) for name, value in kegiatan.items() if value is not None and name != "id_kiriman"}
    waiting = [
        {"id_kiriman": one, "himpunan": "kegiatan", "lembar": "Kegiatan", "baris": 90, "kode": "V17",
         "isi_asli": json.dumps(cells | {"judul": title, "jumlah_peserta": -1})}
        for one, title in (held or {}).items()
    ]  # fmt: skip
    reasons = [
        {name: row[name] for name in ("id_kiriman", "himpunan", "lembar", "baris", "kode")}
        | {"kolom": "jumlah_peserta", "huruf": "H", "keparahan": "FATAL", "pesan": "Kurang dari nol.", "cara": "", "nilai": "-1"}
        for row in waiting
    ]  # fmt: skip
    held_of = {one.id: int(one.id in (held or {})) for one in submissions}
    verdicts = [
        replace(model.submissions[0], id_kiriman=one.id, status=SubmissionStatus.ACCEPTED if rows else SubmissionStatus.NIHIL,
                baris_masuk=len(rows) + held_of[one.id], diterima=len(rows), dikarantina=held_of[one.id], kembar=0, nihil=not rows,
                per_himpunan={"kegiatan": (len(rows) + held_of[one.id], len(rows), held_of[one.id], 0)}, pernyataan=(said or {}).get(one.id, ""))
        for one, rows in contents
    ]  # fmt: skip
    return replace(
        model, submissions=tuple(verdicts), accepted=empty | {"kegiatan": frame},
        findings=pd.DataFrame(reasons, columns=list(model.findings.columns)),
        quarantine=pd.DataFrame(waiting, columns=list(model.quarantine.columns)), duplicates=model.duplicates.iloc[:0],
    )  # fmt: skip


def stored(warehouse: Warehouse, contents: Contents, **said: Any) -> dict[str, int]:
    """Title → people of what counts, after these came and were validated."""
    warehouse.record_collection([collected(one) for one, _ in contents])
    warehouse.store_validation(CYCLE, result(contents, said.get("said"), said.get("held")))
    return counted(warehouse)


def counted(warehouse: Warehouse) -> dict[str, int]:
    frame = warehouse.facts(CYCLE, "kegiatan")
    return {str(title): int(people) for title, people in zip(frame["judul"], frame["jumlah_peserta"], strict=True)}


def count(warehouse: Warehouse) -> Count:
    return warehouse.ledgers(CYCLE, CODE)["kegiatan"].count


TWENTY = [(f"Kegiatan {name}", 10) for name in "abcdefghijklmnopqrst"]
THREE = [("Lomba foto", 5), ("Senam bersama", 6), ("Dialog di radio", 7)]


def test_three_rows_named_as_addition_do_not_remove_twenty(warehouse: Warehouse) -> None:
    shown = stored(warehouse, [(sent(1), TWENTY), (sent(2, name="susulan.csv"), THREE)])
    assert shown == dict(TWENTY + THREE)
    assert count(warehouse) == Count(23)


def test_a_corrected_file_takes_the_place_of_the_first(warehouse: Warehouse) -> None:
    mended = [(TWENTY[0][0], 11), *TWENTY[1:]]
    assert stored(warehouse, [(sent(1), TWENTY), (sent(2), mended)]) == dict(mended)
    assert count(warehouse) == Count(20, 1)
    assert list(warehouse.verdicts(CYCLE)["berlaku"]) == [False, True]


def test_dropped_rows_stay_until_somebody_answers_and_go_then(warehouse: Warehouse) -> None:
    first, second = sent(1), sent(2)
    contents = [(first, TWENTY), (second, TWENTY[:18])]
    assert stored(warehouse, contents) == dict(TWENTY)
    for answer, left in (("ganti", 18), ("", 20), ("tambah", 20)):
        assert warehouse.settle_question(Settlement(second.id, answer, "Sari", "lewat telepon", START))
        assert warehouse.store_validation(CYCLE, result(contents)) == 0
        assert len(counted(warehouse)) == left
    assert warehouse.ledgers(CYCLE, CODE)["kegiatan"].question is None


def test_a_cover_that_says_it_replaces_withdraws_what_is_not_told(warehouse: Warehouse) -> None:
    first, second = sent(1), sent(2)
    said = {second.id: '{"cara": "mengganti"}'}
    assert len(stored(warehouse, [(first, TWENTY), (second, TWENTY[:18])], said=said)) == 18
    assert count(warehouse) == Count(18, 0, 2)


def fetched(number: int, way: str) -> Submission:
    """What a source answered on a day, and what the register said of that source then."""
    one = sent(number)
    header = {WAY_HEADER: way} if way else {}
    return replace(one, saluran="api", berkas=tuple(replace(file, header=header) for file in one.berkas))


WAYS = {
    "an API lists its whole state unless told otherwise: what vanishes is withdrawn": ("", 18, Count(18, 0, 2)),
    "a source said to be complete": ("lengkap", 18, Count(18, 0, 2)),
    "a source of what is new adds, and nothing vanishes from it": ("susulan", 20, Count(20)),
}


@pytest.mark.parametrize(("way", "in_force", "proof"), WAYS.values(), ids=WAYS.keys())
def test_the_register_says_what_a_source_lists(warehouse: Warehouse, way: str, in_force: int, proof: Count) -> None:
    contents = [(fetched(1, way), TWENTY), (fetched(2, way), TWENTY[:18])]
    assert len(stored(warehouse, contents)) == in_force
    assert count(warehouse) == proof
    assert warehouse.ledgers(CYCLE, CODE)["kegiatan"].question is None
    assert set(warehouse.verdicts(CYCLE)["saluran_lengkap"]) == {way != "susulan"}


def test_nil_after_rows_leaves_them(warehouse: Warehouse) -> None:
    assert stored(warehouse, [(sent(1), TWENTY), (sent(2), [])]) == dict(TWENTY)
    assert warehouse.ledgers(CYCLE, CODE)["kegiatan"].question is not None


def test_an_old_file_sent_again_changes_nothing(warehouse: Warehouse) -> None:
    mended = [*TWENTY[:19], (TWENTY[19][0], 11), *THREE]
    first, second = sent(1), sent(2)
    stored(warehouse, [(first, TWENTY), (second, mended)])
    again = replace(first, diterima_pada=later(days=3), berkas=sent(1, at=3).berkas)
    warehouse.record_collection([collected(again)])
    warehouse.store_validation(CYCLE, result([(first, TWENTY), (second, mended)]))
    assert counted(warehouse) == dict(mended)


WAITING = {
    "nothing came since": ([], False),
    "a later file brought it": ([("Dialog di radio", 7)], True),
    "a later file brought others": (THREE[:2], False),
}


@pytest.mark.parametrize(("later_rows", "mended"), WAITING.values(), ids=WAITING.keys())
def test_a_held_row_names_the_later_file_that_brought_it_mended(
    warehouse: Warehouse, later_rows: list[tuple[str, int]], mended: bool
) -> None:
    first, second = sent(1), sent(2, name="susulan.csv")
    held = {first.id: "Dialog di radio"}
    stored(warehouse, [(first, TWENTY), *([(second, later_rows)] if later_rows else [])], held=held)
    (row,) = warehouse.quarantine(CYCLE).to_dict("records")
    assert row["id_pengganti"] == second.id if mended else pd.isna(row["id_pengganti"])
    assert warehouse.verdicts(CYCLE)["diperbaiki"].sum() == int(mended)
    balance = warehouse.finish_run("r1", CYCLE, START)
    assert (balance.dikarantina, balance.baris_masuk) == (1, 21 + len(later_rows)), "what a file was stays as it was"
    warehouse.store_validation(CYCLE, result([(second, [])]) if later_rows else result([(first, TWENTY)], held=held))
    assert warehouse.quarantine(CYCLE)["id_pengganti"].isna().all(), "the mended row is gone: held again"


def test_the_proof_of_a_run_counts_every_row_ever_accepted(warehouse: Warehouse) -> None:
    stored(warehouse, [(sent(1), TWENTY), (sent(2), [(TWENTY[0][0], 11), *TWENTY[1:]]), (sent(3), THREE)])
    balance = warehouse.finish_run("r1", CYCLE, START)
    assert balance.buku == (24, 23, 1, 0)


def test_rows_that_no_longer_count_are_named_with_file_time_and_hand(warehouse: Warehouse) -> None:
    first, second, third = sent(1), sent(2, name="ralat.xlsx"), sent(3, name="akhir.xlsx")
    mended = [("Kegiatan satu", 11), *TWENTY[1:3]]
    contents = [(first, [("Kegiatan satu", 10), *TWENTY[1:3]]), (second, mended), (third, mended[:2])]
    stored(warehouse, contents)
    warehouse.settle_question(Settlement(third.id, "ganti", "Sari", "batal", START))
    warehouse.store_validation(CYCLE, result(contents))
    columns = ["himpunan", "judul", "keadaan", "berkas", "oleh", "alasan"]
    assert warehouse.ledger_changes(CYCLE)[columns].to_numpy().tolist() == [
        ["kegiatan", "Kegiatan satu", "digantikan", "ralat.xlsx", "pengirim", ""],
        ["kegiatan", TWENTY[2][0], "dicabut", "akhir.xlsx", "Sari", "batal"],
    ]
    counts = warehouse.ledger_counts(CYCLE)
    assert dict(zip(counts["keadaan"], counts["jumlah"], strict=True)) == {"berlaku": 2, "dicabut": 1, "digantikan": 1}
    assert sum(counts["jumlah"]) == warehouse.conservation(CYCLE).buku[0]


def test_a_row_that_another_hand_took_from_the_ledger_is_told_and_comes_back(warehouse: Warehouse) -> None:
    contents = [(sent(1), TWENTY)]
    stored(warehouse, contents)
    with warehouse.engine.begin() as connection:
        connection.execute(text("DELETE FROM inti_buku WHERE id_baris LIKE 'Kegiatana%'"))
    assert [line.rpartition("kegiatan: ")[2] for line in warehouse.conservation(CYCLE).selisih] == [
        "20 baris diterima, 19 di buku"
    ]
    assert stored(warehouse, contents) == dict(TWENTY)


def test_the_same_validation_again_rewrites_nothing(warehouse: Warehouse) -> None:
    contents = [(sent(1), TWENTY), (sent(2), TWENTY[:18]), (sent(3, name="tambahan.xlsx"), THREE)]
    before = stored(warehouse, contents)
    assert stored(warehouse, contents) == before


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_files_are_recorded_is_no_matter(warehouse: Warehouse, order: tuple[int, ...]) -> None:
    contents = [(sent(1), TWENTY), (sent(2), [(TWENTY[0][0], 11), *TWENTY[1:]]), (sent(3), THREE)]
    files = [one for one, _ in contents]
    for number in order:
        warehouse.record_collection([collected(files[number])])
    warehouse.store_validation(CYCLE, result(contents))
    assert counted(warehouse) == dict([(TWENTY[0][0], 11), *TWENTY[1:], *THREE])
