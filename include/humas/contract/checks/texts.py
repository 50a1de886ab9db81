"""Rules on free text in every data set: personal data (V32) and campaigning (V33)."""

from __future__ import annotations

import re
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
from humas.contract.privacy import KANDIDAT, personal_kinds
from humas.contract.rules import read_data

_KALIMAT = ("judul", "tempat", "akun")
_TANDA_KAMPANYE = ("coblos", "pilih", "dukung", "menang", "ganti", "lanjutkan", "putaran")


@cache
def campaign_words() -> re.Pattern[str]:
    """Phrases that call for a vote or support, from ``data/kata_kampanye.csv`` (SKB 2/2022 on ASN neutrality)."""
    return re.compile("|".join(baris["ungkapan"] for baris in read_data("kata_kampanye.csv")), re.IGNORECASE)


def holds_personal_data(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V32: a NIK, a private phone number or a private e-mail address in any free text."""
    teks = [frame[nama] for nama in frame.columns if nama not in {"kiriman", "kunci"}]
    return any_of((_personal(satu) for satu in teks), len(frame))


def _personal(teks: pd.Series[Any]) -> Topeng:
    calon = matching(teks, KANDIDAT)
    for letak in np.flatnonzero(calon):
        calon[letak] = bool(personal_kinds(teks.iloc[letak]))
    return calon


def campaigns(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V33: words that campaign, for a person to review."""
    teks = [frame[nama] for nama in frame.columns if nama in _KALIMAT]
    return any_of((holding(satu, _TANDA_KAMPANYE, campaign_words()) for satu in teks), len(frame))


def first_personal_column(himpunan: Himpunan, nilai: Any) -> tuple[str, tuple[str, ...]]:
    """Which column of a row holds personal data, and of what kinds."""
    for nama in text_columns(himpunan):
        isi = nilai(nama)
        if isinstance(isi, str) and (jenis := personal_kinds(isi)):
            return nama, jenis
    return "", ()


def _personal_text(himpunan: Himpunan) -> Any:
    def text(b: BarisTemuan) -> str:
        _, jenis = first_personal_column(himpunan, b.nilai)
        return f"memuat {' dan '.join(jenis)}. Baris ditahan dan isinya disamarkan."

    return text


def _personal_rule(himpunan: Himpunan) -> Pemeriksaan:
    return Pemeriksaan(
        "V32", f"no_personal_data_in_{himpunan.nama}", text_columns(himpunan), holds_personal_data,
        _personal_text(himpunan), (himpunan.nama,),
    )  # fmt: skip


def _campaign_rule(himpunan: Himpunan) -> Pemeriksaan:
    kolom = tuple(nama for nama in _KALIMAT if nama in himpunan.menurut_nama)
    return Pemeriksaan(
        "V33", f"no_campaigning_in_{himpunan.nama}", (*kolom, "kiriman"), campaigns,
        lambda b: "memuat kata yang dapat terbaca sebagai ajakan memilih; perlu ditinjau.", (himpunan.nama,),
    )  # fmt: skip


PEMERIKSAAN = (
    *(_personal_rule(himpunan) for himpunan in HIMPUNAN),
    *(_campaign_rule(himpunan) for himpunan in HIMPUNAN if "judul" in himpunan.menurut_nama),
)
