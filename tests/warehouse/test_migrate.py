from __future__ import annotations

import logging
import multiprocessing
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from humas.chain.links import FileHash, broken
from humas.contract.columns import KEGIATAN, Column, ColumnType
from humas.errors import OperatorError
from humas.registry import Cycle
from humas.warehouse import migrate
from humas.warehouse.arrivals import known
from humas.warehouse.engine import connect
from humas.warehouse.facade import open_url
from humas.warehouse.models import FACTS, Base, CoreSubmission, fact_table
from sqlalchemy import Insert, MetaData, Table, inspect, text

from tests.warehouse.batches import batch, collected, later, submission

CYCLE = Cycle("kpu", "2026-TW3")


def _with_column(name: str, type_name: ColumnType) -> Table:
    """The fact table of ``kegiatan`` as if the contract had one more entry (or a changed one)."""
    other = tuple(column for column in KEGIATAN.columns if column.name != name)
    dataset = replace(KEGIATAN, columns=(*other, Column(name, name, type_name, "Kolom uji.", "1")))
    metadata = MetaData()
    CoreSubmission.__table__.to_metadata(metadata)
    return fact_table(dataset, metadata)


def test_empty_database_becomes_the_models_exactly(empty_url: str) -> None:
    with open_url(empty_url) as warehouse, warehouse.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": migrate.VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_second_opening_changes_nothing_and_needs_no_alembic(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_url(empty_url).close()
    monkeypatch.setattr(migrate, "_upgrade", lambda connection: pytest.fail("migrated again"))
    open_url(empty_url).close()


def test_arrivals_of_before_the_order_keep_the_order_of_their_times(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "HEAD", "0002")
        open_url(empty_url).close()
    with connect(empty_url).begin() as connection:
        connection.execute(text("INSERT INTO mentah_berkas VALUES ('s', 1, '2026-10-01 02:00:00', NULL)"))
        connection.execute(
            text(
                "INSERT INTO mentah_penerimaan (id, lembaga, kode_satker, periode, saluran, sidik, halaman, media_type, nama, url,"
                " header, diterima_pada) VALUES ('p', 'kpu', '33.74', '2026-TW3', 'api', 's', 1, '', '', '', '{}',"
                " '2026-10-01 02:00:00')"
            )
        )
    with open_url(empty_url) as warehouse:
        (one,) = known(warehouse, ["s"])
    assert one.diterima_pada == one.tiba_pada == one.urut_pada


def test_held_rows_that_an_earlier_program_called_followed_are_not_called_mended(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "HEAD", "0009")
        open_url(empty_url).close()
    with connect(empty_url).begin() as connection:
        metadata = MetaData()
        metadata.reflect(connection, only=["inti_kiriman", "inti_karantina"])
        known_here = {"id": "s", "lembaga": CYCLE.lembaga, "kode_satker": "33.74", "periode": CYCLE.period}
        connection.execute(_filled(metadata.tables["inti_kiriman"], known_here))
        connection.execute(_filled(metadata.tables["inti_karantina"], {"id_kiriman": "s", "id_pengganti": "t"}))
    with open_url(empty_url) as warehouse:
        assert list(warehouse.quarantine(CYCLE)["id_pengganti"].isna()) == [True]


def _filled(table: Table, values: dict[str, object]) -> Insert:
    """A row of a table as it was once, with something in every column that must have it."""
    something: dict[type, object] = {str: "{}", int: 1, bool: False, datetime: later()}
    return table.insert().values(
        {column.name: something.get(column.type.python_type, {}) for column in table.columns if not column.nullable}
        | values
    )


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(migrate.FOLDER)).get_current_head() == migrate.HEAD


def test_new_contract_column_appears_and_data_stay(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with open_url(empty_url) as warehouse, warehouse.engine.begin() as connection:
        connection.execute(text("INSERT INTO operasi_skema VALUES ('uji', 'tetap')"))
    monkeypatch.setitem(FACTS, "kegiatan", _with_column("jumlah_relawan", ColumnType.INTEGER))
    with caplog.at_level(logging.INFO), open_url(empty_url) as warehouse:
        column = {one["name"] for one in inspect(warehouse.engine).get_columns("inti_kegiatan")}
        with warehouse.engine.connect() as connection:
            stored = connection.scalar(text("SELECT nilai FROM operasi_skema WHERE kunci = 'uji'"))
    assert "jumlah_relawan" in column
    assert stored == "tetap"
    assert "Kolom inti_kegiatan.jumlah_relawan ditambahkan dari kontrak data." in caplog.text


def test_column_that_left_the_contract_is_kept(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setitem(FACTS, "kegiatan", _with_column("kolom_lama", ColumnType.TEXT))
        open_url(empty_url).close()
    with open_url(empty_url) as warehouse:
        assert "kolom_lama" in {column["name"] for column in inspect(warehouse.engine).get_columns("inti_kegiatan")}
    assert "kolom_lama tidak lagi ada dalam kontrak" in caplog.text


def test_changed_column_type_needs_a_migration(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_url(empty_url).close()
    monkeypatch.setitem(FACTS, "kegiatan", _with_column("judul", ColumnType.DATE))
    with pytest.raises(OperatorError, match=r"inti_kegiatan\.judul") as error:
        open_url(empty_url)
    assert error.value.code == "tipe_kolom_berubah"


def test_database_of_newer_code_is_refused(empty_url: str) -> None:
    with open_url(empty_url) as warehouse, warehouse.engine.begin() as connection:
        connection.execute(text(f"UPDATE {migrate.VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(OperatorError) as error:
        open_url(empty_url)
    assert error.value.code == "gudang_lebih_baru"


def test_failure_in_the_middle_leaves_no_table(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: object) -> None:
        raise RuntimeError("mati")

    monkeypatch.setattr(migrate, "_follow_contract", fail)
    with pytest.raises(RuntimeError):
        open_url(empty_url)
    assert inspect(connect(empty_url)).get_table_names() == []


@pytest.mark.warehouse  # starts processes: too slow for the unit tier
def test_processes_migrating_at_once(empty_url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert pool.map(_count_tables, [empty_url] * 3) == [len(Base.metadata.tables) + 1] * 3


def _count_tables(url: str) -> int:
    with open_url(url) as warehouse:
        return len(inspect(warehouse.engine).get_table_names())


def test_opening_imports_neither_pandas_nor_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'g.db'}"
    open_url(url).close()
    code = (
        "import sys; from humas.warehouse.facade import open_url; open_url(sys.argv[1]); "
        "print(sorted({'pandas', 'alembic', 'requests'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    result = subprocess.run(
        [sys.executable, "-c", code, url], capture_output=True, text=True, check=True, env=environment
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("mysql://a@b/c", "alamat_gudang_salah", id="lain"),
        pytest.param("bukan alamat", "alamat_gudang_salah", id="rusak"),
        pytest.param("sqlite:////proc/gudang/g.db", "gudang_tidak_dapat_ditulis", id="folder"),
        pytest.param("postgresql://x@127.0.0.1:1/x", "gudang_tidak_terjangkau", id="mati"),
    ],
)
def test_unusable_address_says_so(url: str, code: str) -> None:
    with pytest.raises(OperatorError) as error:
        open_url(url)
    assert error.value.code == code


def test_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "g.db"
    file.write_text("ini bukan basis data, " * 100)
    with pytest.raises(OperatorError) as error:
        open_url(f"sqlite:///{file}")
    assert error.value.code == "gudang_rusak"


def test_new_file_is_private(tmp_path: Path) -> None:
    open_url(f"sqlite:///{tmp_path / 'baru' / 'g.db'}").close()
    assert (tmp_path / "baru").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "baru" / "g.db").stat().st_mode & 0o777 == 0o600


def test_editions_published_before_the_chain_are_chained_with_the_hashes_that_were_noted(empty_url: str) -> None:
    """The rows are those of an installation of the schema before."""
    with open_url(empty_url) as warehouse, warehouse.engine.begin() as connection:
        for command in (
            "DROP TABLE hasil_segel", "ALTER TABLE inti_kiriman DROP COLUMN segel",
            *(f"ALTER TABLE hasil_edisi DROP COLUMN {name}" for name in _CHAIN), *_WITHOUT_LEDGER,
            "UPDATE operasi_alembic SET version_num = '0005'",
        ):  # fmt: skip
            connection.execute(text(command))
        for number, status in ((1, "terbit"), (2, "terbit"), (3, "draf")):
            connection.execute(
                text(_OLDER_EDITION), {"edisi": number, "status": status, "berkas": f'{{"a{number}.pdf": "f00"}}'}
            )
    with open_url(empty_url) as warehouse:
        one, second = warehouse.edition_records(Cycle("kpu", "2026-TW3"))
        (draft,) = warehouse.edition_records(Cycle("kpu", "2026-TW3"), "draf")
        edition = warehouse.editions(Cycle("kpu", "2026-TW3"))
    assert broken([one, second]) == ()
    assert second.files == {"a2.pdf": FileHash("f00", 0)}
    assert draft.link == ""
    assert [(e.has_supplement, e.pelengkap.get("terbit")) for e in edition[:2]] == [(True, "2026-10-17")] * 2


def test_what_was_in_force_before_the_ledger_stays_in_force(empty_url: str) -> None:
    """Then the newest submission alone counted, whatever the ones before it held."""
    cycle = Cycle("kpu", "2026-TW3")
    versions = [submission("33.74", text, at=later(days=day)) for day, text in enumerate("ab")]
    result = batch(versions, 30)
    with open_url(empty_url) as warehouse:
        warehouse.record_collection([collected(one) for one in versions])
        warehouse.store_validation(cycle, result)
        with warehouse.engine.begin() as connection:
            for command in (*_WITHOUT_LEDGER, "UPDATE operasi_alembic SET version_num = '0006'"):
                connection.execute(text(command))
            connection.execute(text("UPDATE inti_kiriman SET berlaku = (id = :id)"), {"id": versions[1].id})
    with open_url(empty_url) as warehouse:
        before = set(warehouse.facts(cycle, "kegiatan")["id_baris"])
        warehouse.store_validation(cycle, result)
        after = warehouse.facts(cycle, "kegiatan")
        count = warehouse.ledgers(cycle, "33.74")["kegiatan"].count
    kegiatan = result.accepted["kegiatan"]
    assert before == set(after["id_baris"]) == set(kegiatan.loc[kegiatan["id_kiriman"] == versions[1].id, "id_baris"])
    assert count.accepted == len(kegiatan) > count.in_force


_WITHOUT_LEDGER = (
    "DROP TABLE inti_buku", "DROP TABLE operasi_ganti", "DROP TABLE operasi_kata", "DROP TABLE inti_tata_letak",
    "DROP TABLE operasi_tata_letak", "DROP TABLE hasil_tanda_tangan", "ALTER TABLE inti_kiriman DROP COLUMN pernyataan",
    "ALTER TABLE inti_kiriman DROP COLUMN id_rekap",
)  # fmt: skip
_CHAIN = ("pencetak", "pelengkap", "sidik_pelengkap", "rantai")
_OLDER_EDITION = (
    "INSERT INTO hasil_edisi (lembaga, periode, lingkup, kode, edisi, sidik_data, status, dibuat_pada, terbit_pada,"
    " kanonik, perubahan, berkas) VALUES ('kpu', '2026-TW3', 'satker', '33.74', :edisi, 'aa', :status,"
    " '2026-10-16 20:00:00', NULL, '{}', '[]', :berkas)"
)
