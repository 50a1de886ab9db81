"""Rules on issues and hoaxes: V34–V37."""

from __future__ import annotations

import pandas as pd

from humas.contract.checks.activity import repeated_key
from humas.contract.checks.base import BarisTemuan, Pemeriksaan, Pengetahuan, Topeng, equals, filled
from humas.periods import bilangan


def more_handled_than_found(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V35: more items taken down or in process than there are."""
    ditangani = frame["jumlah_diturunkan"].fillna(0) + frame["jumlah_diproses"].fillna(0)
    return (ditangani > frame["jumlah_konten"]).to_numpy()


def clarified_before_found(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V36: clarified before it was found, or either after the report came in."""
    temuan, jawab, tiba = frame["tanggal_temuan"], frame["tanggal_klarifikasi"], frame["diterima"]
    return ((jawab < temuan) | (temuan > tiba) | (jawab > tiba)).to_numpy()


def clarification_without_source(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V37: clarified, but without the address of the clarification or an official source."""
    tanpa = ~filled(frame["url_klarifikasi"]) | ~filled(frame["rujukan"])
    return equals(frame["status"], "diklarifikasi") & tanpa


def _v36(b: BarisTemuan) -> str:
    temuan, jawab, tiba = b.nilai("tanggal_temuan"), b.nilai("tanggal_klarifikasi"), b.nilai("diterima")
    if temuan > tiba:
        return f"waktu temuan {b.saat('tanggal_temuan')} sesudah laporan tiba."
    if jawab > tiba:
        return f"waktu klarifikasi {b.saat('tanggal_klarifikasi')} sesudah laporan tiba."
    return f"klarifikasi {b.saat('tanggal_klarifikasi')} mendahului temuan {b.saat('tanggal_temuan')}."


def _v35(b: BarisTemuan) -> str:
    angka = [b.nilai(nama) for nama in ("jumlah_diturunkan", "jumlah_diproses", "jumlah_konten")]
    turun, proses, konten = (bilangan(0 if satu != satu else satu) for satu in angka)
    return f"diturunkan {turun} dan diproses {proses}, lebih dari {konten} konten."


def _v37(b: BarisTemuan) -> str:
    kosong = [
        kata
        for kolom, kata in (("url_klarifikasi", "tautan klarifikasi"), ("rujukan", "rujukan resmi"))
        if not isinstance(b.nilai(kolom), str)
    ]
    return f"isu diklarifikasi tanpa {' dan '.join(kosong)}."


_HOAKS = ("isu_hoaks",)

PEMERIKSAAN = (
    Pemeriksaan(
        "V34", "issue_told_once", ("id_isu", "kiriman", "kunci"), repeated_key,
        lambda b: f"nomor isu {b.asli('id_isu')} sudah dipakai pada baris {b.pertama()} dengan isi berbeda.", _HOAKS,
    ),
    Pemeriksaan(
        "V35", "handled_within_found", ("jumlah_diturunkan", "jumlah_diproses", "jumlah_konten"),
        more_handled_than_found, _v35, _HOAKS,
    ),
    Pemeriksaan(
        "V36", "clarified_after_found", ("tanggal_klarifikasi", "tanggal_temuan", "diterima"),
        clarified_before_found, _v36, _HOAKS,
    ),
    Pemeriksaan(
        "V37", "clarification_with_source", ("url_klarifikasi", "rujukan", "status"),
        clarification_without_source, _v37, _HOAKS,
    ),
)  # fmt: skip
