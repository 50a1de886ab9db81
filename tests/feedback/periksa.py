"""Checking a file's bytes on a frozen day, and a unit's workbook with every kind of bad row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from humas.check import Pemeriksaan, check_bytes
from humas.context import Konteks
from humas.feedback import build_feedback
from humas.periods import Kalender, Triwulan
from humas.registry import load_register
from humas.settings import Settings
from humas.simulate.defects import SEMUA
from humas.simulate.document import write_document
from humas.simulate.model import Cacat, Pasangan, Rencana
from humas.simulate.plan import Dunia, plan_world

TIBA = datetime(2026, 10, 6, 3, tzinfo=UTC)
SATKER = "33.74"
IDENTITAS = ("kode_", "nama_", "lembaga_", "satker_")
HIMPUNAN = ("kegiatan", "publikasi", "permohonan_info", "isu_hoaks")


@cache
def konteks() -> Konteks:
    settings = Settings(home=Path("ada-di-tempat-lain"), database_url="")
    return Konteks(settings, load_register(settings), Kalender.load())


@cache
def check(data: bytes, nama: str = "laporan.xlsx", **diminta: str) -> Pemeriksaan:
    return check_bytes(konteks(), data, nama, diterima_pada=TIBA, **diminta)


def feedback(data: bytes, periksa: Pemeriksaan) -> bytes:
    return build_feedback(data, periksa, konteks().register)


@cache
def dunia() -> Dunia:
    return plan_world(2026, "kpu", Triwulan(2026, 3), konteks().register)


def _fits(cacat: Cacat, rencana: Rencana) -> bool:
    tempat = {SATKER, "bukan_aceh", *(["bps"] if rencana.satuan.kode_bps != SATKER else []), "ganda"}
    return "xlsx" in cacat.bentuk and (not cacat.satker or bool(tempat & set(cacat.satker)))


def _place(cacat: list[Cacat], baik: int) -> Iterator[Pasangan]:
    """Each defect on a row of its own, good rows between them; added rows last."""
    akhir = dict.fromkeys(HIMPUNAN, 0)
    banyak = {nama: baik + 2 * sum(c.himpunan == nama for c in cacat) for nama in HIMPUNAN}
    tambahan = dict(banyak)
    for satu in cacat:
        nama = satu.himpunan
        if satu.tambah:
            yield Pasangan(satu, tambahan[nama], 0)
            tambahan[nama] += 1
        else:
            yield Pasangan(satu, akhir[nama] * 2 + 1, akhir[nama] * 2 + 1)
            akhir[nama] += 1


@cache
def bad_unit(bentuk: str = "xlsx", gaya: int = 3) -> tuple[bytes, bytes]:
    """A unit's document with every defect its format can carry, and the same document without them."""
    asal = dunia().rencana[SATKER]
    # Only layout 3 has columns for the unit; elsewhere such a defect would add a column that the right file lacks.
    cacat = [satu for satu in SEMUA if _fits(satu, asal) and (gaya == 3 or not satu.nama.startswith(IDENTITAS))]
    rencana = replace(
        asal,
        gaya=gaya,
        saluran=("xlsx",),
        pasangan=tuple(_place(cacat, 4)),
        baris={nama: 4 + 2 * sum(c.himpunan == nama for c in cacat) for nama in HIMPUNAN},
    )
    buruk, baik = (write_document(dunia(), rencana, bentuk, versi).halaman[0] for versi in (1, 2))
    return buruk, baik


def by_row(jawaban: dict[str, Any]) -> dict[tuple[str, int], dict[str, Any]]:
    """Rows of an answer by sheet and physical row."""
    return {(satu["sheet"], satu["row"]): satu for satu in jawaban["rows"]}
