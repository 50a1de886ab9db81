"""What holds for the warehouse as a whole: running twice changes nothing, dying half-way changes nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pandas as pd
import pytest
from humas.contract.columns import DATASETS
from humas.errors import OperatorError
from humas.registry import Cycle
from humas.settings import Settings
from humas.validation.layouts import TableLayout
from humas.warehouse import Answer, Obligation, Settlement, SignedCopy, bulk, open_warehouse
from humas.warehouse.facade import Warehouse, open_url
from humas.warehouse.models import Base
from sqlalchemy import select

from tests.values.test_taught import lesson
from tests.warehouse.batches import LEMBAGA, PERIOD, START, batch, collected, draft_edition, later, submission
from tests.warehouse.test_drafts import draft, page, raw
from tests.warehouse.test_figures import FIGURES
from tests.warehouse.test_layouts import LESSON as HEADING
from tests.warehouse.test_setaside import ROW as SET_ASIDE

CYCLE = Cycle(LEMBAGA, PERIOD)

UNIT = [submission(f"33.{n:02d}", page=2) for n in range(1, 7)]
RESULT = batch(UNIT, 30)
LAYOUTS = pd.DataFrame([TableLayout(UNIT[0].id, "kegiatan", "Lap", "ab12", '["No", "Ket."]', "{}", 3)])
STEPS: dict[str, Callable[[Warehouse], object]] = {
    "kewajiban": lambda g: g.freeze_obligations(CYCLE, [Obligation("33.01", date(2026, 10, 7), date(2026, 10, 14))], START),
    "mulai": lambda g: g.start_run("r1", CYCLE, START),
    "pengumpulan": lambda g: g.record_collection([collected(one) for one in UNIT]),
    "validasi": lambda g: g.store_validation(CYCLE, replace(RESULT, layouts=LAYOUTS)),
    "neraca": lambda g: g.finish_run("r1", CYCLE, later(hours=1)),
    "jawaban": lambda g: g.answer_doubt(Answer(UNIT[0].id, terima=True, oleh="Sari", alasan="surat 1", dibuat_pada=START)),
    "ganti": lambda g: g.settle_question(Settlement(UNIT[0].id, "ganti", "Sari", "lewat telepon", START)),
    "kata": lambda g: g.teach([lesson("jenis_kegiatan", "Coklit", "SOSIALISASI")]),
    "kolom": lambda g: g.teach_headings([HEADING]),
    "angka": lambda g: g.store_figures(CYCLE, FIGURES),
    "situs": lambda g: g.record_site_pages(PERIOD, [page("a")], [raw("a")]),
    "tertunda": lambda g: g.note_set_aside([SET_ASIDE]),
    "draf situs": lambda g: g.store_drafts([draft("a")]),
    "tanda tangan": lambda g: g.note_signed_copy(CYCLE, SignedCopy("satker", "33.01", 1, "ab12", "utuh", [{"penanda_tangan": "Siti"}], START)),
    "draf": lambda g: draft_edition(g, CYCLE, "33.01", "aa", {"a": 1}),
}  # fmt: skip


def dump(warehouse: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, in a stable order."""
    with warehouse.engine.connect() as connection:
        return {
            name: sorted(tuple(map(repr, row)) for row in connection.execute(select(table)))
            for name, table in Base.metadata.tables.items()
        }


def test_every_step_twice_leaves_the_same_tables(warehouse: Warehouse) -> None:
    for name, steps in STEPS.items():
        steps(warehouse)
        once = dump(warehouse)
        steps(warehouse)
        assert dump(warehouse) == once, name
    assert all(content for name, content in dump(warehouse).items()), (
        "a table stayed empty: the test proves less than it says"
    )


def test_collection_of_nobody_leaves_the_tables_empty(warehouse: Warehouse) -> None:
    before = dump(warehouse)
    warehouse.record_collection([])
    assert dump(warehouse) == before


def _work(url: str, number: int) -> None:
    with open_url(url) as warehouse:
        for n in range(5):
            unit = submission(f"{11 + number}.{n:02d}")
            warehouse.record_collection([collected(unit)])
            warehouse.store_validation(CYCLE, batch([unit], 20, seed=n))


@pytest.mark.warehouse  # starts processes: too slow for the unit tier
def test_writers_at_once_lose_nothing(database_url: str) -> None:
    process = [multiprocessing.get_context("spawn").Process(target=_work, args=(database_url, n)) for n in range(2)]
    for one in process:
        one.start()
    for one in process:
        one.join(60)
    assert [one.exitcode for one in process] == [0, 0]
    with open_url(database_url) as warehouse:
        balance = warehouse.conservation(CYCLE)
        assert (balance.kiriman, balance.menunggu, balance.selisih) == (10, 0, ())
        assert balance.diterima == 10 * len(DATASETS) * 20


def test_threads_may_share_a_warehouse(warehouse: Warehouse) -> None:
    threads = [Thread(target=warehouse.record_collection, args=([collected(one)],)) for one in UNIT]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(warehouse.submissions(CYCLE)) == len(UNIT)


def _die_half_way(url: str) -> None:
    """Store a validation and be killed after two of its tables are written."""
    original, aggregate = bulk.insert_rows, iter(range(100))

    def insert_then_die(*args: object) -> int:
        if next(aggregate) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args)

    from humas.warehouse import validation

    validation.insert_rows = insert_then_die
    with open_url(url) as warehouse:
        warehouse.store_validation(CYCLE, batch(UNIT, 60, seed=7))


@pytest.mark.warehouse  # starts processes: too slow for the unit tier
def test_killed_in_the_middle_of_a_validation_leaves_the_old_state(database_url: str) -> None:
    with open_url(database_url) as warehouse:
        STEPS["pengumpulan"](warehouse)
        STEPS["validasi"](warehouse)
        before = dump(warehouse)
        victim = multiprocessing.get_context("spawn").Process(target=_die_half_way, args=(database_url,))
        victim.start()
        victim.join(60)
        assert victim.exitcode == -signal.SIGKILL
        assert dump(warehouse) == before
        assert warehouse.store_validation(CYCLE, batch(UNIT, 60, seed=7)) == len(UNIT)
        assert warehouse.conservation(CYCLE).selisih == ()


def test_locked_database_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("humas.warehouse.engine.BUSY_SECONDS", 0.05)
    with open_url(f"sqlite:///{tmp_path / 'g.db'}") as warehouse:
        blocker = sqlite3.connect(tmp_path / "g.db")
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperatorError) as error:
            warehouse.start_run("r", CYCLE, START)
        blocker.close()
    assert error.value.code == "gudang_terkunci"


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    with open_url(f"sqlite:///{tmp_path / 'g.db'}") as warehouse:
        writer = sqlite3.connect(tmp_path / "g.db")
        writer.execute("BEGIN IMMEDIATE")
        assert warehouse.submissions(CYCLE) == []
        writer.close()


def test_full_disk_says_so_and_leaves_the_old_state(tmp_path: Path) -> None:
    with open_url(f"sqlite:///{tmp_path / 'g.db'}") as warehouse:
        STEPS["pengumpulan"](warehouse)
        before = dump(warehouse)
        with warehouse.engine.connect() as connection:
            page = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        warehouse.engine.dispose()

        from sqlalchemy import event

        event.listen(warehouse.engine, "connect", lambda dbapi, _: dbapi.execute(f"PRAGMA max_page_count = {page + 2}"))
        with pytest.raises(OperatorError) as error:
            warehouse.store_validation(CYCLE, batch(UNIT, 500))
        assert error.value.code == "disk_penuh"
        assert dump(warehouse) == before


def test_opens_what_the_settings_name(tmp_path: Path) -> None:
    with open_warehouse(Settings.from_environment({"HUMAS_HOME": str(tmp_path / "rumah baru")})) as warehouse:
        assert warehouse.submissions(CYCLE) == []
    assert (tmp_path / "rumah baru" / "gudang.db").exists()
