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
    nasib: dict[str, tuple[sa.Column[Any], ...]] = {
        "inti_temuan": (
            *_text("kolom", "huruf", nullable=True),
            *_text("kode", "keparahan", "pesan"),
            *_text("cara", "nilai", nullable=True),
        ),
        "inti_karantina": (*_text("kode", "isi_asli"), *_text("id_pengganti", nullable=True)),
        "inti_kembar": (*_int("baris_asal"), *_text("isi_asli")),
    }
    for nama, kolom in nasib.items():
        _table(
            nama,
            ("id_kiriman", "urutan"),
            *_text("id_kiriman"),
            *_int("urutan"),
            *_text("himpunan", "lembar", nullable=True),
            *_int("baris"),
            *kolom,
            _foreign(nama, "id_kiriman", "inti_kiriman.id"),
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


def _table(nama: str, kunci: tuple[str, ...], *isi: sa.schema.SchemaItem) -> None:
    op.create_table(nama, *isi, sa.PrimaryKeyConstraint(*kunci, name=f"pk_{nama}"))


def _foreign(tabel: str, kolom: str, tujuan: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([kolom], [tujuan], name=f"fk_{tabel}_{kolom}")


def _columns(tipe: Any, nama: tuple[str, ...], *, nullable: bool = False) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(satu, tipe, nullable=nullable) for satu in nama)


def _text(*nama: str, nullable: bool = False) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.Text(), nama, nullable=nullable)


def _int(*nama: str) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.BigInteger(), nama)


def _bool(*nama: str) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.Boolean(), nama)


def _json(*nama: str) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.JSON(), nama)


def _time(*nama: str, nullable: bool = False) -> tuple[sa.Column[Any], ...]:
    return _columns(sa.DateTime(timezone=True), nama, nullable=nullable)
