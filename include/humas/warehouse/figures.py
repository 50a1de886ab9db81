"""Storing figures: only those that changed are written, those that vanished are removed; a digest is kept of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, select

from humas.warehouse import seals
from humas.warehouse.bulk import upsert_rows
from humas.warehouse.frames import conform, read_frame, to_rows
from humas.warehouse.models import Base

if TYPE_CHECKING:
    import pandas as pd

_ANGKA = Base.metadata.tables["hasil_angka"]
KUNCI = ("lingkup", "kode", "ukuran", "rincian")
NILAI = ("nilai", "pembilang", "penyebut")
SEAL = "angka"


def store(connection: Connection, lembaga: str, periode: str, frame: pd.DataFrame) -> int:
    """Make the stored figures of the period equal to ``frame``; returns how many rows were written or removed.

    Figures that another hand changed are all written anew.
    """
    if altered(connection, lembaga, periode):
        connection.execute(delete(_ANGKA).where(*_of_period(lembaga, periode)))
    baru = conform(frame.reset_index(drop=True), _ANGKA, [*KUNCI, *NILAI])
    banding = load(connection, lembaga, periode).merge(
        baru, on=list(KUNCI), how="outer", suffixes=("_lama", ""), indicator=True
    )
    sama = (banding["_merge"] == "both") & _equal(banding)
    tulis = banding[~sama & (banding["_merge"] != "left_only")]
    hapus = banding[banding["_merge"] == "left_only"]
    tetap = {"lembaga": lembaga, "periode": periode}
    upsert_rows(connection, _ANGKA, [tetap | baris for baris in to_rows(tulis[[*KUNCI, *NILAI]])], ganti=NILAI)
    _remove(connection, [tetap | baris for baris in to_rows(hapus[list(KUNCI)])])
    seals.store(connection, lembaga, periode, SEAL, {_digest(connection, lembaga, periode)})
    return len(tulis) + len(hapus)


def altered(connection: Connection, lembaga: str, periode: str) -> bool:
    """Whether the stored figures are not those that were stored last; False when nothing says what was stored."""
    noted = seals.load(connection, lembaga, periode, SEAL)
    return bool(noted) and _digest(connection, lembaga, periode) not in noted


def _digest(connection: Connection, lembaga: str, periode: str) -> str:
    """Digest of the figures of a period as they stand; floats are their exact bits."""
    kolom = [seals.raw(_ANGKA.c[nama]) for nama in (*KUNCI, *NILAI)]
    query = select(*kolom).where(*_of_period(lembaga, periode))
    baris = sorted(repr(tuple(satu)) for satu in connection.execute(query))
    return hashlib.sha256("\n".join(baris).encode("utf-8", "surrogatepass")).hexdigest()


def _of_period(lembaga: str, periode: str) -> tuple[Any, ...]:
    return _ANGKA.c.lembaga == lembaga, _ANGKA.c.periode == periode


def _equal(banding: pd.DataFrame) -> pd.Series[bool]:
    """Rows whose three numbers are the same, missing equal to missing."""
    sama = banding["_merge"] == "both"
    for nama in NILAI:
        lama, baru = banding[f"{nama}_lama"], banding[nama]
        sama &= (lama == baru) | (lama.isna() & baru.isna())
    return sama


def _remove(connection: Connection, baris: list[dict[str, Any]]) -> None:
    if baris:
        kunci = (_ANGKA.c[nama] == bindparam(nama) for nama in ("lembaga", "periode", *KUNCI))
        connection.execute(delete(_ANGKA).where(*kunci), baris)


def load(connection: Connection, lembaga: str, periode: str) -> pd.DataFrame:
    """Figures of a period: lingkup, kode, ukuran, rincian, nilai, pembilang, penyebut; sorted by the first four."""
    kolom = [_ANGKA.c[nama] for nama in (*KUNCI, *NILAI)]
    query = select(*kolom).where(*_of_period(lembaga, periode))
    # Sorted here: databases disagree on the order of text.
    return read_frame(connection, query).sort_values(list(KUNCI), ignore_index=True)
