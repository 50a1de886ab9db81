"""Units that report by the drop-box alone: a collection that finds no channel has collected what they laid there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from humas.kotak_masuk.box import SALURAN, boxes
from humas.landing.model import HasilSatker, Kiriman

if TYPE_CHECKING:
    from humas.context import Konteks


def count_box(k: Konteks, lembaga: str, periode: str, hasil: Sequence[HasilSatker]) -> list[HasilSatker]:
    """The outcomes of a collection, where units without a working channel stand with their newest file of the box.

    A unit whose registry line is bad stays as it is: somebody must mend the line.
    """
    if not any(_has_no_channel(k, satu) for satu in hasil):
        return list(hasil)
    terbaru = {satu.kode_satker: satu for satu in k.gudang.kiriman(lembaga, periode) if satu.saluran == SALURAN}
    return [
        _collected(satu, terbaru[satu.kode_satker])
        if satu.kode_satker in terbaru and _has_no_channel(k, satu)
        else satu
        for satu in hasil
    ]


def _has_no_channel(k: Konteks, hasil: HasilSatker) -> bool:
    terakhir = hasil.percobaan[-1]
    if hasil.kiriman or terakhir.status not in {"tanpa_saluran", "nonaktif"}:
        return False
    return not k.register.gangguan_satker(terakhir.lembaga, hasil.kode_satker)


def _collected(hasil: HasilSatker, kiriman: Kiriman) -> HasilSatker:
    berhasil = replace(
        hasil.percobaan[-1], saluran=SALURAN, status="berhasil", kode_galat="", pelaku="", pesan="", cara="",
        sidik=kiriman.sidik, halaman=len(kiriman.berkas),
    )  # fmt: skip
    return replace(hasil, percobaan=(*hasil.percobaan[:-1], berhasil), kiriman=kiriman)


def serves(k: Konteks, lembaga: str) -> bool:
    """Whether a drop-box brings files of this body: one of its own, or an open one that already brought some."""
    kotak = boxes(k.settings)
    if any(satu.lembaga == lembaga for satu in kotak):
        return True
    if not any(not satu.lembaga for satu in kotak):
        return False
    from humas.warehouse.arrivals import has_come

    return has_come(k.gudang, lembaga, SALURAN)
