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
    return re.compile("|".join(baris["ungkapan"] for baris in read_data("kata_kampanye.csv")), re.IGNORECASE)


def holds_personal_data(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V32: a NIK, NPWP, account, private telephone number or private e-mail address in any free text or link."""
    teks = [(frame[nama], context_of(nama)) for nama in frame.columns if nama not in {"kiriman", "kunci"}]
    return any_of((_personal(*satu) for satu in teks), len(frame))


def _personal(teks: pd.Series[Any], context: Context) -> Topeng:
    calon = matching(teks, CANDIDATE)
    for letak in np.flatnonzero(calon):
        calon[letak] = bool(find_personal(teks.iloc[letak], context))
    return calon


def _link_columns(himpunan: Himpunan) -> tuple[str, ...]:
    return tuple(kolom.nama for kolom in himpunan.kolom if kolom.holds_links)


def campaigns(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V33: words that campaign, for a person to review."""
    teks = [frame[nama] for nama in frame.columns if nama in _KALIMAT]
    return any_of((holding(satu, _TANDA_KAMPANYE, campaign_words()) for satu in teks), len(frame))


def first_personal_column(himpunan: Himpunan, nilai: Any) -> tuple[str, tuple[Kind, ...]]:
    """Which column of a row holds personal data, and of what kinds."""
    for nama in (*text_columns(himpunan), *_link_columns(himpunan)):
        isi = nilai(nama)
        if isinstance(isi, str) and (kinds := personal_kinds(isi, context_of(nama))):
            return nama, kinds
    return "", ()


def _personal_text(himpunan: Himpunan) -> Callable[[BarisTemuan], str]:
    def text(b: BarisTemuan) -> str:
        kinds = first_personal_column(himpunan, b.nilai)[1]
        return f"memuat {_listed(kinds)}. Baris ditahan dan isinya disamarkan."

    return text


def _personal_remedy(himpunan: Himpunan) -> Callable[[BarisTemuan], str]:
    def text(b: BarisTemuan) -> str:
        kinds = first_personal_column(himpunan, b.nilai)[1]
        hapus = f"Hapus {_listed(kinds)} itu lalu kirim ulang baris ini."
        return " ".join((hapus, *(_OFFICIAL_WAYS[kind] for kind in kinds if kind in _OFFICIAL_WAYS)))

    return text


def _listed(kinds: tuple[Kind, ...]) -> str:
    """``NIK, NPWP dan nomor telepon``."""
    return " dan ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))


def _personal_rule(himpunan: Himpunan) -> Pemeriksaan:
    return Pemeriksaan(
        "V32", f"no_personal_data_in_{himpunan.nama}", (*text_columns(himpunan), *_link_columns(himpunan)),
        holds_personal_data,
        _personal_text(himpunan), (himpunan.nama,), _personal_remedy(himpunan),
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
