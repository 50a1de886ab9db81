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
from humas.contract.columns import HIMPUNAN, Himpunan, Tipe
from humas.contract.privacy import CANDIDATE, personal_kinds, personal_kinds_of_links
from humas.contract.rules import read_data

_KALIMAT = ("judul", "tempat", "akun")
_TANDA_KAMPANYE = ("coblos", "pilih", "dukung", "menang", "ganti", "lanjutkan", "putaran")


@cache
def campaign_words() -> re.Pattern[str]:
    """Phrases that call for a vote or support, from ``data/kata_kampanye.csv`` (SKB 2/2022 on ASN neutrality)."""
    return re.compile("|".join(baris["ungkapan"] for baris in read_data("kata_kampanye.csv")), re.IGNORECASE)


def holds_personal_data(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V32: a NIK, a private phone number or a private e-mail address in any free text or link."""
    teks = [(frame[nama], _reader_of(nama)) for nama in frame.columns if nama not in {"kiriman", "kunci"}]
    return any_of((_personal(*satu) for satu in teks), len(frame))


def _personal(teks: pd.Series[Any], jenis: Callable[[str], tuple[str, ...]]) -> Topeng:
    calon = matching(teks, CANDIDATE)
    for letak in np.flatnonzero(calon):
        calon[letak] = bool(jenis(teks.iloc[letak]))
    return calon


def _reader_of(nama: str) -> Callable[[str], tuple[str, ...]]:
    return personal_kinds_of_links if nama in _link_names() else personal_kinds


@cache
def _link_names() -> frozenset[str]:
    return frozenset(nama for himpunan in HIMPUNAN for nama in _link_columns(himpunan))


def _link_columns(himpunan: Himpunan) -> tuple[str, ...]:
    return tuple(kolom.nama for kolom in himpunan.kolom if kolom.tipe in {Tipe.URL, Tipe.DAFTAR_URL})


def campaigns(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V33: words that campaign, for a person to review."""
    teks = [frame[nama] for nama in frame.columns if nama in _KALIMAT]
    return any_of((holding(satu, _TANDA_KAMPANYE, campaign_words()) for satu in teks), len(frame))


def first_personal_column(himpunan: Himpunan, nilai: Any) -> tuple[str, tuple[str, ...]]:
    """Which column of a row holds personal data, and of what kinds."""
    for nama in (*text_columns(himpunan), *_link_columns(himpunan)):
        isi = nilai(nama)
        if isinstance(isi, str) and (jenis := _reader_of(nama)(isi)):
            return nama, jenis
    return "", ()


def _personal_text(himpunan: Himpunan) -> Any:
    def text(b: BarisTemuan) -> str:
        _, jenis = first_personal_column(himpunan, b.nilai)
        return f"memuat {' dan '.join(jenis)}. Baris ditahan dan isinya disamarkan."

    return text


def _personal_rule(himpunan: Himpunan) -> Pemeriksaan:
    return Pemeriksaan(
        "V32", f"no_personal_data_in_{himpunan.nama}", (*text_columns(himpunan), *_link_columns(himpunan)),
        holds_personal_data,
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
