"""Each nasty workbook: what is counted, and every finding with its sheet, physical row, column letter and rule."""

from __future__ import annotations

from functools import cache

import pytest
from humas.contract.result import HasilBatch, KirimanTerbaca
from humas.reading import read_files

from tests.contract import contoh
from tests.nasty.kasus import KASUS
from tests.nasty.lembar import Kasus, workbook


@cache
def _batch() -> HasilBatch:
    """All workbooks judged as one batch, each as the submission of one unit."""
    return contoh.validate(*map(_submission, KASUS))


def _submission(kasus: Kasus) -> KirimanTerbaca:
    dokumen = read_files([(f"{kasus.nama}.xlsx", workbook(kasus))])
    return KirimanTerbaca(kasus.nama, "kpu", "33.74", "2026-TW3", contoh.TIBA, True, dokumen)


@pytest.mark.parametrize("kasus", KASUS, ids=lambda satu: satu.nama)
def test_counts_and_findings(kasus):
    vonis = next(satu for satu in _batch().kiriman if satu.id_kiriman == kasus.nama)
    temuan = _batch().temuan
    milik = temuan[temuan["id_kiriman"] == kasus.nama]
    dapat = sorted(milik[["lembar", "baris", "huruf", "kode"]].itertuples(index=False, name=None))
    assert dapat == sorted(kasus.temuan), milik["pesan"].to_list()
    assert (vonis.baris_masuk, vonis.diterima, vonis.dikarantina, vonis.kembar) == kasus.hitungan
    assert vonis.status.value == kasus.status
    assert all(milik["cara"]), "every finding says what to do"
