"""Rules on free text and links in every data set: personal data (V32) and campaigning (V33)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from humas.contract.checks.base import (
    BarisTemuan,
    Pemeriksaan,
    Pengetahuan,
    Topeng,
    any_of,
    holding,
    matching,
    text_columns,
)
from humas.contract.columns import HIMPUNAN, Himpunan
from humas.contract.privacy import CANDIDATE, Context, Kind, find_personal, personal_kinds
from humas.contract.privacy.columns import context_of
from humas.contract.rules import read_data

_KALIMAT = ("judul", "tempat", "akun")
_OFFICIAL_WAYS = {
    Kind.PHONE: "Telepon kantor ditulis dengan kata kantor di depannya, misalnya telp kantor (024) 8400000.",
    Kind.EMAIL: "Surel lembaga ditulis dengan alamat resminya, misalnya yang berakhir go.id.",
}
_TANDA_KAMPANYE = ("coblos", "pilih", "dukung", "menang", "ganti", "lanjutkan", "putaran")


@cache
def campaign_words() -> re.Pattern[str]:
    """Phrases that call for a vote or support, from ``data/kata_kampanye.csv`` (SKB 2/2022 on ASN neutrality)."""
    return re.compile("|".join(row["ungkapan"] for row in read_data("kata_kampanye.csv")), re.IGNORECASE)


def holds_personal_data(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V32: a NIK, NPWP, account, private telephone number or private e-mail address in any free text or link."""
    texts = [(frame[name], context_of(name)) for name in frame.columns if name not in {"kiriman", "kunci"}]
    return any_of((_personal(*text) for text in texts), len(frame))


def _personal(texts: pd.Series[Any], context: Context) -> Topeng:
    candidates = matching(texts, CANDIDATE)
    for position in np.flatnonzero(candidates):
        candidates[position] = bool(find_personal(texts.iloc[position], context))
    return candidates


def _link_columns(dataset: Himpunan) -> tuple[str, ...]:
    return tuple(column.nama for column in dataset.kolom if column.holds_links)


def campaigns(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V33: words that campaign, for a person to review."""
    texts = [frame[name] for name in frame.columns if name in _KALIMAT]
    return any_of((holding(text, _TANDA_KAMPANYE, campaign_words()) for text in texts), len(frame))


def first_personal_column(himpunan: Himpunan, nilai: Any) -> tuple[str, tuple[Kind, ...]]:
    """Which column of a row holds personal data, and of what kinds."""
    for name in (*text_columns(himpunan), *_link_columns(himpunan)):
        content = nilai(name)
        if isinstance(content, str) and (kinds := personal_kinds(content, context_of(name))):
            return name, kinds
    return "", ()


def _personal_text(dataset: Himpunan) -> Callable[[BarisTemuan], str]:
    def text(row: BarisTemuan) -> str:
        kinds = first_personal_column(dataset, row.nilai)[1]
        return f"memuat {_listed(kinds)}. Baris ditahan dan isinya disamarkan."

    return text


def _personal_remedy(dataset: Himpunan) -> Callable[[BarisTemuan], str]:
    def text(row: BarisTemuan) -> str:
        kinds = first_personal_column(dataset, row.nilai)[1]
        remedy = f"Hapus {_listed(kinds)} itu lalu kirim ulang baris ini."
        return " ".join((remedy, *(_OFFICIAL_WAYS[kind] for kind in kinds if kind in _OFFICIAL_WAYS)))

    return text


def _listed(kinds: tuple[Kind, ...]) -> str:
    """``NIK, NPWP dan nomor telepon``."""
    return " dan ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))


def _personal_rule(dataset: Himpunan) -> Pemeriksaan:
    return Pemeriksaan(
        "V32", f"no_personal_data_in_{dataset.nama}", (*text_columns(dataset), *_link_columns(dataset)),
        holds_personal_data,
        _personal_text(dataset), (dataset.nama,), _personal_remedy(dataset),
    )  # fmt: skip


def _campaign_rule(dataset: Himpunan) -> Pemeriksaan:
    columns = tuple(name for name in _KALIMAT if name in dataset.menurut_nama)
    return Pemeriksaan(
        "V33", f"no_campaigning_in_{dataset.nama}", (*columns, "kiriman"), campaigns,
        lambda row: "memuat kata yang dapat terbaca sebagai ajakan memilih; perlu ditinjau.", (dataset.nama,),
    )  # fmt: skip


PEMERIKSAAN = (
    *(_personal_rule(dataset) for dataset in HIMPUNAN),
    *(_campaign_rule(dataset) for dataset in HIMPUNAN if "judul" in dataset.menurut_nama),
)
