"""Stable identities of rows: the key within a submission, the row's id, and the event it belongs to."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import pandas as pd

from humas.bodies import BODIES
from humas.contract.columns import Column, Dataset
from humas.registry import Register
from humas.values.cells import fold

ID_LENGTH = 24
DAY_MARK = "@"
"""Stands between a row's id and its day, see :func:`identities`."""
_STAND_IN_MARK = "="
"""Stands before what stands in for a part of a key; no folded text holds it, so no link equals a title."""


def row_keys(dataset: Dataset, frame: pd.DataFrame) -> pd.Series[Any]:
    """Key of each row within its unit, None when a part that identifies is missing; what is numbered anew each year holds its year.

    Text parts are compared without case, spacing and punctuation (data model: normalised title), names of accounts
    without case alone.
    """
    parts = [_key_part(dataset.by_name[name], frame) for name in dataset.keys]
    if dataset.numbered_yearly:
        parts.append(_part(frame[dataset.dated_by].dt.year))
    key: pd.Series[Any] = parts[0]
    for part in parts[1:]:
        key = key + "|" + part
    return key


def row_ids(dataset: Dataset, frame: pd.DataFrame) -> list[str]:
    """24 hex digits from data set, body, unit and key: the same row in a corrected file keeps its id."""
    return [
        digest(f"{dataset.name}|{lembaga}|{code}|{key}")
        for lembaga, code, key in zip(frame["lembaga"], frame["kode_satker"], frame["kunci"], strict=True)
    ]


def identities(dataset: Dataset, frame: pd.DataFrame) -> pd.Series[str]:
    """What a row is over all quarters: its id (column ``id_baris``), and its day where the key does not hold it.

    A unit may number its requests and issues anew each quarter; only the same number of the same day is the same
    row. Missing when the key or the day is.
    """
    whole = frame["kunci"].notna() & frame["acuan"].notna()
    identity = frame["id_baris"].where(whole)
    if dataset.dated_by not in dataset.keys:
        identity = identity + DAY_MARK + frame["acuan"].dt.strftime("%Y-%m-%d")
    return identity.astype("str")


def event_ids(frame: pd.DataFrame, register: Register) -> list[str]:
    """Cluster of each activity: organiser, day and kind; one whose kind is not said is told by its title.

    The organiser is the unit itself when it organised; else the one named, recognised through the register
    whatever way its name is written. An attendee that names none forms its own event, on its own unit.
    """
    organisers = [
        _organiser(register, lembaga, code, role if isinstance(role, str) else "", name if isinstance(name, str) else "", end)
        for lembaga, code, role, name, end in zip(
            frame["lembaga"], frame["kode_satker"], frame["peran_satker"], frame["penyelenggara"],
            frame["periode_selesai"], strict=True,
        )
    ]  # fmt: skip
    days = frame["tanggal_mulai"].dt.strftime("%Y-%m-%d")
    kinds = frame["jenis_kegiatan"].where(frame["jenis_kegiatan"].notna(), frame["judul"].map(fold, na_action="ignore"))
    return [
        digest(f"acara|{organiser}|{day}|{kind}") for organiser, day, kind in zip(organisers, days, kinds, strict=True)
    ]


def digest(text: str) -> str:
    """First 24 hex digits of SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]


@lru_cache(maxsize=50_000)
def _organiser(register: Register, lembaga: str, code: str, role: str, name: str, day: pd.Timestamp) -> str:
    """``kpu:33`` for a unit of one of the bodies, else the folded name."""
    if role == "penyelenggara":
        return f"{lembaga}:{code}"
    if not name:
        return f"{lembaga}:{code}:peserta"
    unit = register.search(name, day.date()).satker
    body = body_in(name)
    return f"{body}:{unit.code}" if unit and body else fold(name)


def body_in(name: str) -> str:
    """Code of the body a name begins with (``kpu``); "" when it names none of ours."""
    lower = name.casefold()
    return next((code for code, body in BODIES.items() if lower.startswith(body.words.organiser)), "")


def _key_part(column: Column, frame: pd.DataFrame) -> pd.Series[Any]:
    """What a column adds to the key; where its cell is empty, what stands in for it."""
    part = _handles(frame[column.name]) if column.handle else _part(frame[column.name])
    if column.stand_in:
        return part.fillna(_STAND_IN_MARK + _part(frame[column.stand_in]))
    return part if column.required else part.fillna("")


def _handles(values: pd.Series[Any]) -> pd.Series[Any]:
    """Names of accounts: in these a point or a line is a letter like any other."""
    return values.map(str.casefold, na_action="ignore").astype("str")


def _part(values: pd.Series[Any]) -> pd.Series[Any]:
    texts: pd.Series[Any]
    if pd.api.types.is_datetime64_any_dtype(values):
        texts = values.dt.strftime("%Y-%m-%d")
    elif pd.api.types.is_numeric_dtype(values):
        texts = values.map("{:.0f}".format, na_action="ignore")
    else:
        texts = values.map(fold, na_action="ignore")
    return texts.astype("str")
