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
    if not any(_has_no_channel(k, one) for one in hasil):
        return list(hasil)
    newest = {one.kode_satker: one for one in k.gudang.kiriman(lembaga, periode) if one.saluran == SALURAN}
    return [
        _collected(one, newest[one.kode_satker]) if one.kode_satker in newest and _has_no_channel(k, one) else one
        for one in hasil
    ]


def _has_no_channel(k: Konteks, outcome: HasilSatker) -> bool:
    last = outcome.percobaan[-1]
    if outcome.kiriman or last.status not in {"tanpa_saluran", "nonaktif"}:
        return False
    return not k.register.gangguan_satker(last.lembaga, outcome.kode_satker)


def _collected(outcome: HasilSatker, submission: Kiriman) -> HasilSatker:
    successful = replace(
        outcome.percobaan[-1], saluran=SALURAN, status="berhasil", kode_galat="", pelaku="", pesan="", cara="",
        sidik=submission.sidik, halaman=len(submission.berkas),
    )  # fmt: skip
    return replace(outcome, percobaan=(*outcome.percobaan[:-1], successful), kiriman=submission)


def serves(k: Konteks, lembaga: str) -> bool:
    """Whether a drop-box brings files of this body: one of its own, or an open one that already brought some."""
    found = boxes(k.settings)
    if any(box.lembaga == lembaga for box in found):
        return True
    if not any(not box.lembaga for box in found):
        return False
    from humas.warehouse.arrivals import has_come

    return has_come(k.gudang, lembaga, SALURAN)
