from __future__ import annotations

import logging
import multiprocessing
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from humas.chain import FileHash, broken
from humas.contract.columns import KEGIATAN, Kolom, Tipe
from humas.errors import SistemError
from humas.warehouse import migrate
from humas.warehouse.arrivals import known
from humas.warehouse.engine import connect
from humas.warehouse.gudang import open_url
from humas.warehouse.models import FAKTA, Base, IntiKiriman, fact_table
from sqlalchemy import MetaData, Table, inspect, text


def _with_column(nama: str, tipe: Tipe) -> Table:
    """The fact table of ``kegiatan`` as if the contract had one more entry (or a changed one)."""
    lain = tuple(kolom for kolom in KEGIATAN.kolom if kolom.nama != nama)
    himpunan = replace(KEGIATAN, kolom=(*lain, Kolom(nama, nama, tipe, "Kolom uji.", "1")))
    metadata = MetaData()
    IntiKiriman.__table__.to_metadata(metadata)
    return fact_table(himpunan, metadata)


def test_empty_database_becomes_the_models_exactly(empty_url: str) -> None:
    with open_url(empty_url) as gudang, gudang.engine.connect() as koneksi:
        konteks = MigrationContext.configure(
            koneksi, opts={"version_table": migrate.VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(konteks, Base.metadata) == []


def test_second_opening_changes_nothing_and_needs_no_alembic(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_url(empty_url).close()
    monkeypatch.setattr(migrate, "_upgrade", lambda koneksi: pytest.fail("migrated again"))
    open_url(empty_url).close()


def test_arrivals_of_before_the_order_keep_the_order_of_their_times(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dulu:
        dulu.setattr(migrate, "HEAD", "0002")
        open_url(empty_url).close()
    with connect(empty_url).begin() as koneksi:
        koneksi.execute(text("INSERT INTO mentah_berkas VALUES ('s', 1, '2026-10-01 02:00:00', NULL)"))
        koneksi.execute(
            text(
                "INSERT INTO mentah_penerimaan (id, lembaga, kode_satker, periode, saluran, sidik, halaman, media_type, nama, url,"
                " header, diterima_pada) VALUES ('p', 'kpu', '33.74', '2026-TW3', 'api', 's', 1, '', '', '', '{}',"
                " '2026-10-01 02:00:00')"
            )
        )
    with open_url(empty_url) as gudang:
        (satu,) = known(gudang, ["s"])
    assert satu.diterima_pada == satu.tiba_pada == satu.urut_pada


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(migrate.FOLDER)).get_current_head() == migrate.HEAD


def test_new_contract_column_appears_and_data_stay(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with open_url(empty_url) as gudang, gudang.engine.begin() as koneksi:
        koneksi.execute(text("INSERT INTO operasi_skema VALUES ('uji', 'tetap')"))
    monkeypatch.setitem(FAKTA, "kegiatan", _with_column("jumlah_relawan", Tipe.BILANGAN))
    with caplog.at_level(logging.INFO), open_url(empty_url) as gudang:
        kolom = {satu["name"] for satu in inspect(gudang.engine).get_columns("inti_kegiatan")}
        with gudang.engine.connect() as koneksi:
            tersimpan = koneksi.scalar(text("SELECT nilai FROM operasi_skema WHERE kunci = 'uji'"))
    assert "jumlah_relawan" in kolom
    assert tersimpan == "tetap"
    assert "Kolom inti_kegiatan.jumlah_relawan ditambahkan dari kontrak data." in caplog.text


def test_column_that_left_the_contract_is_kept(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as dulu:
        dulu.setitem(FAKTA, "kegiatan", _with_column("kolom_lama", Tipe.TEKS))
        open_url(empty_url).close()
    with open_url(empty_url) as gudang:
        assert "kolom_lama" in {satu["name"] for satu in inspect(gudang.engine).get_columns("inti_kegiatan")}
    assert "kolom_lama tidak lagi ada dalam kontrak" in caplog.text


def test_changed_column_type_needs_a_migration(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_url(empty_url).close()
    monkeypatch.setitem(FAKTA, "kegiatan", _with_column("judul", Tipe.TANGGAL))
    with pytest.raises(SistemError, match=r"inti_kegiatan\.judul") as galat:
        open_url(empty_url)
    assert galat.value.kode == "tipe_kolom_berubah"


def test_database_of_newer_code_is_refused(empty_url: str) -> None:
    with open_url(empty_url) as gudang, gudang.engine.begin() as koneksi:
        koneksi.execute(text(f"UPDATE {migrate.VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(SistemError) as galat:
        open_url(empty_url)
    assert galat.value.kode == "gudang_lebih_baru"


def test_failure_in_the_middle_leaves_no_table(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(koneksi: object) -> None:
        raise RuntimeError("mati")

    monkeypatch.setattr(migrate, "_follow_contract", fail)
    with pytest.raises(RuntimeError):
        open_url(empty_url)
    assert inspect(connect(empty_url)).get_table_names() == []


@pytest.mark.warehouse  # starts processes: too slow for the unit tier
def test_processes_migrating_at_once(empty_url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as kolam:
        assert kolam.map(_count_tables, [empty_url] * 3) == [len(Base.metadata.tables) + 1] * 3


def _count_tables(url: str) -> int:
    with open_url(url) as gudang:
        return len(inspect(gudang.engine).get_table_names())


def test_opening_imports_neither_pandas_nor_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'g.db'}"
    open_url(url).close()
    kode = (
        "import sys; from humas.warehouse.gudang import open_url; open_url(sys.argv[1]); "
        "print(sorted({'pandas', 'alembic', 'requests'} & set(sys.modules)))"
    )
    lingkungan = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    hasil = subprocess.run(
        [sys.executable, "-c", kode, url], capture_output=True, text=True, check=True, env=lingkungan
    )
    assert hasil.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("url", "kode"),
    [
        pytest.param("mysql://a@b/c", "alamat_gudang_salah", id="lain"),
        pytest.param("bukan alamat", "alamat_gudang_salah", id="rusak"),
        pytest.param("sqlite:////proc/gudang/g.db", "gudang_tidak_dapat_ditulis", id="folder"),
        pytest.param("postgresql://x@127.0.0.1:1/x", "gudang_tidak_terjangkau", id="mati"),
    ],
)
def test_unusable_address_says_so(url: str, kode: str) -> None:
    with pytest.raises(SistemError) as galat:
        open_url(url)
    assert galat.value.kode == kode


def test_file_that_is_no_database(tmp_path: Path) -> None:
    berkas = tmp_path / "g.db"
    berkas.write_text("ini bukan basis data, " * 100)
    with pytest.raises(SistemError) as galat:
        open_url(f"sqlite:///{berkas}")
    assert galat.value.kode == "gudang_rusak"


def test_new_file_is_private(tmp_path: Path) -> None:
    open_url(f"sqlite:///{tmp_path / 'baru' / 'g.db'}").close()
    assert (tmp_path / "baru").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "baru" / "g.db").stat().st_mode & 0o777 == 0o600


def test_editions_published_before_the_chain_are_chained_with_the_hashes_that_were_noted(empty_url: str) -> None:
    """The rows are those of an installation of the schema before."""
    with open_url(empty_url) as gudang, gudang.engine.begin() as koneksi:
        for perintah in (
            "DROP TABLE hasil_segel", "ALTER TABLE inti_kiriman DROP COLUMN segel",
            *(f"ALTER TABLE hasil_edisi DROP COLUMN {nama}" for nama in _CHAIN),
            "UPDATE operasi_alembic SET version_num = '0005'",
        ):  # fmt: skip
            koneksi.execute(text(perintah))
        for nomor, status in ((1, "terbit"), (2, "terbit"), (3, "draf")):
            koneksi.execute(
                text(_OLDER_EDITION), {"edisi": nomor, "status": status, "berkas": f'{{"a{nomor}.pdf": "f00"}}'}
            )
    with open_url(empty_url) as gudang:
        satu, dua = gudang.edition_records("kpu", "2026-TW3")
        (draf,) = gudang.edition_records("kpu", "2026-TW3", "draf")
        edisi = gudang.editions("kpu", "2026-TW3")
    assert broken([satu, dua]) == ()
    assert dua.files == {"a2.pdf": FileHash("f00", 0)}
    assert draf.link == ""
    assert [(e.has_supplement, e.pelengkap.get("terbit")) for e in edisi[:2]] == [(True, "2026-10-17")] * 2


_CHAIN = ("pencetak", "pelengkap", "sidik_pelengkap", "rantai")
_OLDER_EDITION = (
    "INSERT INTO hasil_edisi (lembaga, periode, lingkup, kode, edisi, sidik_data, status, dibuat_pada, terbit_pada,"
    " kanonik, perubahan, berkas) VALUES ('kpu', '2026-TW3', 'satker', '33.74', :edisi, 'aa', :status,"
    " '2026-10-16 20:00:00', NULL, '{}', '[]', :berkas)"
)
