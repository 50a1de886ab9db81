"""Rules on the official accounts of a unit: told once, dated as they can be, and on the platform that is said."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from humas.periods import long_date
from humas.validation.checks.activity import repeated_key
from humas.validation.checks.base import Check, Knowledge, Mask, OffendingRow, equals, filled
from humas.values.handles import platform_of

_ANYWHERE = "lainnya"
"""The platform of what is on none of those that are named, so no link contradicts it."""


def posted_later(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K86: the last post is after the day of the data, or after the quarter, of which the row tells the end."""
    end = frame["periode_selesai"]
    until = frame["tanggal_data"].where(frame["tanggal_data"] < end, end)
    return np.asarray(frame["unggahan_terakhir"].dt.normalize() > until, bool)


def counted_at_another_time(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K86: followers were counted before the quarter began, or after the file came in."""
    day = frame["tanggal_data"].dt.normalize()
    return np.asarray((day < frame["periode_mulai"]) | (day > frame["diterima"].dt.normalize()), bool)


def silent_though_active(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K87: said to be active, and the last post is older than the quarter."""
    silent = (frame["unggahan_terakhir"].dt.normalize() < frame["periode_mulai"]).to_numpy()
    return np.asarray(equals(frame["status"], "aktif") & silent, bool)


def on_another_platform(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K88: the link leads to a known platform, and another one is said; a short link or a site says nothing."""
    leads = frame["tautan"].map(platform_of, na_action="ignore").astype("str").fillna("")
    told = filled(frame["platform"]) & ~equals(frame["platform"], _ANYWHERE)
    return np.asarray(told & (leads != "") & (leads != frame["platform"]), bool)


def account_unlisted(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K89: a publication names an account that is not in the list of its unit."""
    return filled(frame["account_unlisted"])


def _k86_posted(row: OffendingRow) -> str:
    counted, end = row.value("tanggal_data"), row.value("periode_selesai")
    early = counted == counted and counted < end
    until = f"tanggal data {long_date(counted.date())}" if early else f"akhir triwulan {long_date(end.date())}"
    return f"unggahan terakhir {row.day('unggahan_terakhir')} sesudah {until}; tidak dipakai."


def _k86_counted(row: OffendingRow) -> str:
    if row.value("tanggal_data") < row.value("periode_mulai"):
        return f"pengikut dihitung {row.day('tanggal_data')}, sebelum triwulan ini dimulai."
    return f"pengikut dihitung {row.day('tanggal_data')}, sesudah berkas tiba."


_rule = partial(Check, datasets=("akun",))

CHECKS = (
    _rule(
        "K85", "account_told_once", ("nama_akun", "kiriman", "kunci"), repeated_key,
        lambda row: f"akun ini sudah ada pada baris {row.first()} dengan isi berbeda.",
    ),
    _rule(
        "K86", "last_post_by_quarter_end", ("unggahan_terakhir", "tanggal_data", "periode_selesai"), posted_later, _k86_posted,
        leaves_out=("unggahan_terakhir",),
    ),
    _rule(
        "K86", "followers_counted_in_quarter", ("tanggal_data", "periode_mulai", "diterima"), counted_at_another_time,
        _k86_counted,
    ),
    _rule(
        "K87", "active_account_to_post", ("unggahan_terakhir", "status", "periode_mulai"), silent_though_active,
        lambda row: f"disebut aktif, tetapi unggahan terakhirnya {row.day('unggahan_terakhir')}, sebelum triwulan ini.",
    ),
    _rule(
        "K88", "account_linked_on_its_platform", ("tautan", "platform"), on_another_platform,
        lambda row: f"platform {row.original('platform')}, tetapi tautannya {row.original('tautan')}.",
    ),
    Check(
        "K89", "account_of_publication_listed", ("akun", "account_unlisted"), account_unlisted,
        lambda row: f"akun {row.original('akun')} tidak ada dalam lembar Akun Resmi.", ("publikasi",),
    ),
)  # fmt: skip
