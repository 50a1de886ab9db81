"""Submissions made for the tests of the contract: good rows from the contract's own examples, changed cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pandas as pd
from humas.contract.columns import KEGIATAN, MENURUT_NAMA, Himpunan
from humas.contract.result import HasilBatch, KirimanTerbaca
from humas.periods import Kalender
from humas.reading.table import Dokumen, TabelMentah
from humas.registry import Register, load_register
from humas.settings import Settings

SETTINGS = Settings(home=Path("ada-di-tempat-lain"), database_url="")
TIBA = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)
SAMPUL = {"lembaga": "KPU", "kode_satker": "33.74", "nama_satker": "Kota Semarang", "periode": "2026-TW3"}
_BIASA = {
    "kegiatan": {"tahun_tersirat": None},
    "publikasi": {},
    "permohonan_info": {},
    "isu_hoaks": {"narasi": None, "fakta": None},
}


@cache
def register() -> Register:
    return load_register(SETTINGS)


@cache
def kalender() -> Kalender:
    return Kalender.load()


def header(himpunan: Himpunan) -> list[object]:
    return [kolom.label for kolom in himpunan.kolom]


def row(himpunan: Himpunan = KEGIATAN, **isi: object) -> list[object]:
    """A good row with some cells changed."""
    nilai: dict[str, object] = {kolom.nama: kolom.contoh for kolom in himpunan.kolom} | _BIASA.get(himpunan.nama, {})
    asing = set(isi) - set(nilai)
    assert not asing, f"no such column: {asing}"
    return list((nilai | isi).values())


def sheet(*baris: Sequence[object], himpunan: Himpunan = KEGIATAN, nama: str = "", pertama: int = 1) -> TabelMentah:
    """A sheet with the header and these rows: the first one is physical row 2."""
    return TabelMentah(nama or himpunan.lembar, [header(himpunan), *baris], pertama)


def submission(
    *tabel: TabelMentah,
    sampul: Mapping[str, object] | None = None,
    kode: str = "33.74",
    nomor: int | str = 1,
    lembaga: str = "kpu",
    tiba: datetime = TIBA,
) -> KirimanTerbaca:
    dokumen = Dokumen("xlsx", SAMPUL if sampul is None else sampul, tabel)
    return KirimanTerbaca(f"k{nomor}", lembaga, kode, "2026-TW3", tiba, True, dokumen)


def validate(*kiriman: KirimanTerbaca) -> HasilBatch:
    from humas.contract.validate import validate_batch

    return validate_batch(kiriman, register(), kalender(), SETTINGS)


def findings(hasil: HasilBatch, baris: int | None = None) -> pd.DataFrame:
    """Findings, of one row when given."""
    return hasil.temuan if baris is None else hasil.temuan[hasil.temuan["baris"] == baris]


def himpunan(nama: str) -> Himpunan:
    return MENURUT_NAMA[nama]
