"""First schema. The fact tables ``inti_<himpunan>`` are not here: the data contract makes them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_PERIODE = ("lembaga", "periode")
_LAPORAN = (*_PERIODE, "lingkup", "kode")


def upgrade() -> None:
    _create_raw()
    _create_submissions()
    _create_row_fates()
    _create_operation()
    _create_attempts()
    _create_results()


def _create_raw() -> None:
    _table(
        "mentah_berkas",
        ("sidik",),
        *_text("sidik"),
        *_int("ukuran"),
        *_time("diterima_pada"),
        *_time("dihapus_pada", nullable=True),
    )
    _table(
        "mentah_penerimaan",
        ("id",),
        *_text("id", "lembaga", "kode_satker", "periode", "saluran", "sidik"),
        *_text("id_kiriman", nullable=True),
        *_int("halaman"),
        *_text("media_type", "nama", "url"),
        *_json("header"),
        *_time("diterima_pada"),
        _foreign("mentah_penerimaan", "sidik", "mentah_berkas.sidik"),
    )
    op.create_index("ix_mentah_penerimaan_periode", "mentah_penerimaan", [*_PERIODE])
    op.create_index("ix_mentah_penerimaan_sidik", "mentah_penerimaan", ["sidik"])


def _create_submissions() -> None:
    _table(
        "inti_kiriman",
        ("id",),
        *_text("id", "lembaga", "kode_satker", "periode", "saluran", "sidik"),
        *_time("diterima_pada", "terakhir_diterima", "penerimaan_terakhir"),
        *_text("status", "alasan", "cara"),
        *_bool("nihil"),
        *_int("baris_masuk", "diterima", "dikarantina", "kembar", "sel_wajib", "sel_wajib_terisi"),
        *_json("per_himpunan"),
        *_bool("berlaku"),
        *_text("sidik_hasil"),
    )
    op.create_index("ix_inti_kiriman_periode", "inti_kiriman", [*_PERIODE, "kode_satker"])


def _create_row_fates() -> None:
    fates: dict[str, tuple[sa.Column[Any], ...]] = {
        "inti_temuan": (
            *_text("kolom", "huruf", nullable=True),
            *_text("kode", "keparahan", "pesan"),
            *_text("cara", "nilai", nullable=True),
        ),
        "inti_karantina": (*_text("kode", "isi_asli"), *_text("id_pengganti", nullable=True)),
        "inti_kembar": (*_int("baris_asal"), *_text("isi_asli")),
    }
    for name, columns in fates.items():
        _table(
            name,
            ("id_kiriman", "urutan"),
            *_text("id_kiriman"),
            *_int("urutan"),
            *_text("himpunan", "lembar", nullable=True),
            *_int("baris"),
            *columns,
            _foreign(name, "id_kiriman", "inti_kiriman.id"),
        )


def _create_operation() -> None:
    _table("operasi_skema", ("kunci",), *_text("kunci", "nilai"))
    _table(
        "operasi_kewajiban",
        (*_PERIODE, "kode_satker", "versi"),
        *_text(*_PERIODE, "kode_satker"),
        *_int("versi"),
        *_columns(sa.Date(), ("tenggat", "akhir_tenggang")),
        *_bool("wajib"),
        *_text("alasan", "oleh"),
        *_time("dibuat_pada"),
    )
    _table(
        "operasi_jalan",
        ("run_id", *_PERIODE),
        *_text("run_id", *_PERIODE),
        *_time("mulai"),
        *_time("selesai", nullable=True),
        *_text("status"),
        *_json("neraca"),
    )


def _create_attempts() -> None:
    _table(
        "operasi_percobaan",
        ("id",),
        *_text("id"),
        *_time("pengumpulan"),
        *_text("lembaga", "kode_satker", "periode", "saluran"),
        *_int("urutan", "percobaan"),
        *_text("status"),
        *_time("mulai"),
        *_columns(sa.Double(), ("detik",)),
        *_text("run_id", "kode_galat", "pelaku", "pesan", "cara"),
        *_bool("layak_diulang"),
        *_int("ukuran", "halaman", "halaman_lanjut"),
        *_text("sidik"),
    )
    op.create_index("ix_operasi_percobaan_periode", "operasi_percobaan", [*_PERIODE, "kode_satker"])


def _create_results() -> None:
    _table(
        "hasil_angka",
        (*_LAPORAN, "ukuran", "rincian"),
        *_text(*_LAPORAN, "ukuran", "rincian"),
        *_columns(sa.Double(), ("nilai", "pembilang", "penyebut"), nullable=True),
    )
    _table(
        "hasil_edisi",
        (*_LAPORAN, "edisi"),
        *_text(*_LAPORAN),
        *_int("edisi"),
        *_text("sidik_data", "status"),
        *_time("dibuat_pada"),
        *_time("terbit_pada", nullable=True),
        *_json("kanonik", "perubahan", "berkas"),
    )


def _table(name: str, key: tuple[str, ...], *items: sa.schema.SchemaItem) -> None:
    op.create_table(name, *items, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"))


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _columns(sql_type: Any, names: tuple[str, ...], *, nullable: bool = False) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sql_type, nullable=nullable) for name in names)


def _text(*names: str, nullable: bool = False) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.Text(), names, nullable=nullable)


def _int(*names: str) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.BigInteger(), names)


def _bool(*names: str) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.Boolean(), names)


def _json(*names: str) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.JSON(), names)


def _time(*names: str, nullable: bool = False) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.DateTime(timezone=True), names, nullable=nullable)
