"""Frames to rows and rows to frames: one place that decides which pandas type a column has.

Text is the ``str`` type (missing: NaN), numbers float64 (missing: NaN), dates and wall-clock times
``datetime64[ns]``, instants ``datetime64[ns, UTC]``, flags bool.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import JSON, BigInteger, Boolean, Column, Connection, Date, DateTime, Double, Select, Table

from humas.errors import SistemError
from humas.settings import WIB
from humas.warehouse.bulk import CHUNK, Baris
from humas.warehouse.models import UtcDateTime

_CACAT = str.maketrans({"\x00": "\ufffd"})


def read_frame(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """Run a query; columns typed as described above, also when there are no rows. Read in chunks: rows of Python are big."""
    kolom = list(query.selected_columns)
    hasil = connection.execute(query.execution_options(yield_per=CHUNK))
    potong = [_as_frame(kolom, zip(*baris, strict=True)) for baris in hasil.partitions()]
    return pd.concat(potong, ignore_index=True) if potong else _as_frame(kolom, [()] * len(kolom))


def _as_frame(kolom: list[Any], isi: Iterable[Sequence[Any]]) -> pd.DataFrame:
    return pd.DataFrame({satu.name: _as_series(nilai, satu.type) for satu, nilai in zip(kolom, isi, strict=True)})


def _as_series(nilai: Sequence[Any], tipe: object) -> pd.Series[Any]:
    if isinstance(tipe, UtcDateTime):
        return pd.Series(pd.DatetimeIndex(list(nilai), tz="UTC")).dt.as_unit("ns")
    if isinstance(tipe, Date | DateTime):
        return pd.Series(pd.DatetimeIndex(list(nilai))).dt.as_unit("ns")
    if isinstance(tipe, Double):
        return pd.Series(nilai, dtype="float64")
    if isinstance(tipe, Boolean):
        return pd.Series(nilai, dtype="bool")
    if isinstance(tipe, BigInteger):
        return pd.Series(nilai, dtype="int64")
    return pd.Series(nilai, dtype="object" if isinstance(tipe, JSON) else "str")


def conform(frame: pd.DataFrame, tabel: Table, nama: Sequence[str]) -> pd.DataFrame:
    """The columns ``nama`` of a frame in the types of the table, so that equal values are equal whatever batch they came in.

    Raises:
        SistemError: a column is missing, or holds what its type cannot hold.
    """
    hilang = [satu for satu in nama if satu not in frame.columns]
    if hilang and len(frame):
        raise _bad_result(tabel, f"kolom {', '.join(hilang)} tidak ada")
    try:
        return pd.DataFrame({satu: _conform_column(frame, tabel.c[satu]) for satu in nama})
    except (ValueError, TypeError) as galat:
        raise _bad_result(tabel, str(galat)) from galat


def _conform_column(frame: pd.DataFrame, kolom: Column[Any]) -> pd.Series[Any]:
    nilai = frame[kolom.name] if kolom.name in frame.columns else pd.Series([], dtype="object")
    if isinstance(kolom.type, Date | DateTime):
        waktu = pd.to_datetime(nilai)
        if waktu.dt.tz is not None:
            waktu = waktu.dt.tz_convert(WIB).dt.tz_localize(None)
        return waktu.dt.as_unit("ns")
    if isinstance(kolom.type, Double):
        return nilai.astype("float64")
    if isinstance(kolom.type, Boolean):
        return nilai.astype("bool")
    if isinstance(kolom.type, BigInteger):
        return nilai.astype("int64")
    return _clean_text(nilai.where(nilai.notna(), None).astype("str"))


def _clean_text(nilai: pd.Series[Any]) -> pd.Series[Any]:
    """Replace what no database stores as text (NUL, lone surrogates); one look at the whole column in the good case."""
    gabung = "".join(nilai.dropna())
    if "\x00" not in gabung and not _has_surrogate(gabung):
        return nilai
    return nilai.map(
        lambda teks: teks.translate(_CACAT).encode("utf-8", "replace").decode(), na_action="ignore"
    ).astype("str")


def _has_surrogate(teks: str) -> bool:
    try:
        teks.encode()
    except UnicodeEncodeError:
        return True
    return False


def _bad_result(tabel: Table, sebab: str) -> SistemError:
    return SistemError(
        "hasil_tidak_sesuai", f"Hasil untuk tabel {tabel.name} tidak sesuai: {sebab}.", "laporkan ke pengembang."
    )


def to_rows(frame: pd.DataFrame) -> list[Baris]:
    """Rows as plain Python values, None where missing."""
    nama = [str(satu) for satu in frame.columns]
    isi = [_plain(frame[satu]) for satu in frame.columns]
    return [dict(zip(nama, nilai, strict=True)) for nilai in zip(*isi, strict=True)]


def _plain(kolom: pd.Series[Any]) -> list[Any]:
    nilai: Any
    if kolom.dtype.kind == "M":
        nilai = pd.DatetimeIndex(kolom).as_unit("us").to_pydatetime().astype(object)
    elif kolom.dtype.kind in "bi":
        return kolom.tolist()
    else:
        nilai = kolom.to_numpy(dtype=object, copy=True)
    nilai[kolom.isna().to_numpy()] = None
    return list(nilai)


def digest_by(frame: pd.DataFrame, kunci: str) -> dict[Hashable, bytes]:
    """Digest of the rows of each group, in their order: equal content gives equal bytes."""
    if frame.empty:
        return {}
    sidik = pd.util.hash_pandas_object(frame.drop(columns=kunci), index=False).to_numpy()
    letak = frame.groupby(kunci, sort=False).indices
    return {satu: sidik[np.sort(baris)].tobytes() for satu, baris in letak.items()}
