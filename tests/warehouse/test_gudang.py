"""What holds for the warehouse as a whole: running twice changes nothing, dying half-way changes nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from humas.errors import SistemError
from humas.settings import Settings
from humas.warehouse import Answer, Kewajiban, bulk, open_gudang
from humas.warehouse.gudang import Gudang, open_url
from humas.warehouse.models import Base
from sqlalchemy import select

from tests.warehouse.batches import AWAL, LEMBAGA, PERIODE, batch, collected, later, submission
from tests.warehouse.test_drafts import draft, page, raw
from tests.warehouse.test_figures import ANGKA
from tests.warehouse.test_setaside import ROW as SET_ASIDE

UNIT = [submission(f"33.{n:02d}", halaman=2) for n in range(1, 7)]
HASIL = batch(UNIT, 30)
LANGKAH: dict[str, Callable[[Gudang], object]] = {
    "kewajiban": lambda g: g.freeze_obligations(LEMBAGA, PERIODE, [Kewajiban("33.01", date(2026, 10, 7), date(2026, 10, 14))], AWAL),
    "mulai": lambda g: g.start_run("r1", LEMBAGA, PERIODE, AWAL),
    "pengumpulan": lambda g: g.record_collection([collected(satu) for satu in UNIT]),
    "validasi": lambda g: g.store_validation(LEMBAGA, PERIODE, HASIL),
    "neraca": lambda g: g.finish_run("r1", LEMBAGA, PERIODE, later(hours=1)),
    "jawaban": lambda g: g.answer_doubt(Answer(UNIT[0].id, terima=True, oleh="Sari", alasan="surat 1", dibuat_pada=AWAL)),
    "angka": lambda g: g.store_figures(LEMBAGA, PERIODE, ANGKA),
    "situs": lambda g: g.record_site_pages(PERIODE, [page("a")], [raw("a")]),
    "tertunda": lambda g: g.note_set_aside([SET_ASIDE]),
    "draf situs": lambda g: g.store_drafts([draft("a")]),
    "draf": lambda g: g.draft_edition(LEMBAGA, PERIODE, "satker", "33.01", "aa", {"a": 1}, [], AWAL),
}  # fmt: skip


def dump(gudang: Gudang) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, in a stable order."""
    with gudang.engine.connect() as koneksi:
        return {
            nama: sorted(tuple(map(repr, baris)) for baris in koneksi.execute(select(tabel)))
            for nama, tabel in Base.metadata.tables.items()
        }


def test_every_step_twice_leaves_the_same_tables(gudang: Gudang) -> None:
    for nama, langkah in LANGKAH.items():
        langkah(gudang)
        sekali = dump(gudang)
        langkah(gudang)
        assert dump(gudang) == sekali, nama
    assert all(isi for nama, isi in dump(gudang).items()), "a table stayed empty: the test proves less than it says"


def test_collection_of_nobody_leaves_the_tables_empty(gudang: Gudang) -> None:
    sebelum = dump(gudang)
    gudang.record_collection([])
    assert dump(gudang) == sebelum


def _work(url: str, nomor: int) -> None:
    with open_url(url) as gudang:
        for n in range(5):
            unit = submission(f"{11 + nomor}.{n:02d}")
            gudang.record_collection([collected(unit)])
            gudang.store_validation(LEMBAGA, PERIODE, batch([unit], 20, seed=n))


@pytest.mark.warehouse  # starts processes: too slow for the unit tier
def test_writers_at_once_lose_nothing(database_url: str) -> None:
    proses = [multiprocessing.get_context("spawn").Process(target=_work, args=(database_url, n)) for n in range(2)]
    for satu in proses:
        satu.start()
    for satu in proses:
        satu.join(60)
    assert [satu.exitcode for satu in proses] == [0, 0]
    with open_url(database_url) as gudang:
        neraca = gudang.conservation(LEMBAGA, PERIODE)
        assert (neraca.kiriman, neraca.menunggu, neraca.selisih) == (10, 0, ())
        assert neraca.diterima == 10 * 4 * 20


def test_threads_may_share_a_warehouse(gudang: Gudang) -> None:
    benang = [Thread(target=gudang.record_collection, args=([collected(satu)],)) for satu in UNIT]
    for satu in benang:
        satu.start()
    for satu in benang:
        satu.join()
    assert len(gudang.kiriman(LEMBAGA, PERIODE)) == len(UNIT)


def _die_half_way(url: str) -> None:
    """Store a validation and be killed after two of its tables are written."""
    asli, hitung = bulk.insert_rows, iter(range(100))

    def insert_then_die(*args: object) -> int:
        if next(hitung) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return asli(*args)

    from humas.warehouse import validation

    validation.insert_rows = insert_then_die
    with open_url(url) as gudang:
        gudang.store_validation(LEMBAGA, PERIODE, batch(UNIT, 60, seed=7))


@pytest.mark.warehouse  # starts processes: too slow for the unit tier
def test_killed_in_the_middle_of_a_validation_leaves_the_old_state(database_url: str) -> None:
    with open_url(database_url) as gudang:
        LANGKAH["pengumpulan"](gudang)
        LANGKAH["validasi"](gudang)
        sebelum = dump(gudang)
        korban = multiprocessing.get_context("spawn").Process(target=_die_half_way, args=(database_url,))
        korban.start()
        korban.join(60)
        assert korban.exitcode == -signal.SIGKILL
        assert dump(gudang) == sebelum
        assert gudang.store_validation(LEMBAGA, PERIODE, batch(UNIT, 60, seed=7)) == len(UNIT)
        assert gudang.conservation(LEMBAGA, PERIODE).selisih == ()


def test_locked_database_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("humas.warehouse.engine.BUSY_SECONDS", 0.05)
    with open_url(f"sqlite:///{tmp_path / 'g.db'}") as gudang:
        penghalang = sqlite3.connect(tmp_path / "g.db")
        penghalang.execute("BEGIN IMMEDIATE")
        with pytest.raises(SistemError) as galat:
            gudang.start_run("r", LEMBAGA, PERIODE, AWAL)
        penghalang.close()
    assert galat.value.kode == "gudang_terkunci"


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    with open_url(f"sqlite:///{tmp_path / 'g.db'}") as gudang:
        penulis = sqlite3.connect(tmp_path / "g.db")
        penulis.execute("BEGIN IMMEDIATE")
        assert gudang.kiriman(LEMBAGA, PERIODE) == []
        penulis.close()


def test_full_disk_says_so_and_leaves_the_old_state(tmp_path: Path) -> None:
    with open_url(f"sqlite:///{tmp_path / 'g.db'}") as gudang:
        LANGKAH["pengumpulan"](gudang)
        sebelum = dump(gudang)
        with gudang.engine.connect() as koneksi:
            halaman = koneksi.exec_driver_sql("PRAGMA page_count").scalar_one()
        gudang.engine.dispose()

        from sqlalchemy import event

        event.listen(gudang.engine, "connect", lambda dbapi, _: dbapi.execute(f"PRAGMA max_page_count = {halaman + 2}"))
        with pytest.raises(SistemError) as galat:
            gudang.store_validation(LEMBAGA, PERIODE, batch(UNIT, 500))
        assert galat.value.kode == "disk_penuh"
        assert dump(gudang) == sebelum


def test_opens_what_the_settings_name(tmp_path: Path) -> None:
    with open_gudang(Settings.from_environment({"HUMAS_HOME": str(tmp_path / "rumah baru")})) as gudang:
        assert gudang.kiriman(LEMBAGA, PERIODE) == []
    assert (tmp_path / "rumah baru" / "gudang.db").exists()
