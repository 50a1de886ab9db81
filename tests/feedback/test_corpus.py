"""The feedback of every nasty workbook: it opens, and read again it says of every row and cell what was said before."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest
from humas.check import Identitas, Pemeriksaan, as_answer
from humas.contract.result import HasilBatch, KirimanTerbaca
from humas.reading import read_files

from tests.contract import contoh
from tests.feedback.periksa import feedback, konteks
from tests.nasty.kasus import KASUS
from tests.nasty.lembar import workbook

pytestmark = pytest.mark.pipeline
SATKER = Identitas("kpu", "33.74", "2026-TW3")


def check_all(berkas: Mapping[str, bytes]) -> dict[str, Pemeriksaan]:
    """All files checked in one pass of the rules."""
    dokumen = {nama: read_files([(f"{nama}.xlsx", data)]) for nama, data in berkas.items()}
    kiriman = [
        KirimanTerbaca(nama, "kpu", "33.74", "2026-TW3", contoh.TIBA, True, satu) for nama, satu in dokumen.items()
    ]
    hasil = contoh.validate(*kiriman)
    return {
        nama: Pemeriksaan(as_answer(konteks(), f"{nama}.xlsx", SATKER, only(hasil, nama), satu), SATKER, satu, None)
        for nama, satu in dokumen.items()
    }


def only(hasil: HasilBatch, nama: str) -> HasilBatch:
    """The part of one submission."""

    def mine(bingkai: Any) -> Any:
        return bingkai[bingkai["id_kiriman"] == nama]

    return replace(
        hasil,
        kiriman=tuple(satu for satu in hasil.kiriman if satu.id_kiriman == nama),
        diterima={himpunan: mine(satu) for himpunan, satu in hasil.diterima.items()},
        temuan=mine(hasil.temuan),
        karantina=mine(hasil.karantina),
        kembar=mine(hasil.kembar),
    )


@cache
def rounds() -> tuple[dict[str, Pemeriksaan], dict[str, bytes], dict[str, Pemeriksaan]]:
    """First checks, their feedback workbooks, and the checks of these."""
    data = {satu.nama: workbook(satu) for satu in KASUS}
    pertama = check_all(data)
    balik = {nama: feedback(data[nama], satu) for nama, satu in pertama.items()}
    return pertama, balik, check_all(balik)


@pytest.mark.parametrize("nama", [satu.nama for satu in KASUS])
def test_feedback_reads_as_its_file_did(nama):
    pertama, balik, kedua = rounds()
    assert kedua[nama].jawaban == pertama[nama].jawaban
    buku = openpyxl.load_workbook(io.BytesIO(balik[nama]))
    assert buku.sheetnames[0].startswith("Perbaikan")
    ditandai = [sel for lembar in buku.worksheets[1:] for deret in lembar.iter_rows() for sel in deret if sel.comment]
    tempat = {satu["location"] for satu in _links(buku.worksheets[0])}
    assert {f"'{sel.parent.title}'!{sel.coordinate}" for sel in ditandai} == tempat


def _links(lembar: Any) -> list[dict[str, str]]:
    return [{"location": sel.hyperlink.location} for deret in lembar.iter_rows() for sel in deret if sel.hyperlink]
