"""Reports of a body hold its own terms and nobody else's: addressees, decrees, names of its strategies."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import openpyxl
import pytest
from humas.publish.payload import payload
from humas.publish.site import render_unit
from humas.publish.workbook import build_workbook
from humas.report.model import Report, SatkerReport

from tests.report.samples import make_national, make_province, make_satker

FOREIGN = {
    "bawaslu": (
        "Bakohumas",
        "Keputusan KPU",
        "Sekretaris Daerah",
        "Permendagri",
        "kepemiluan",
        "KPU",
        "Strategi",
        " strategi ",
    ),
    "pemda": ("Bakohumas", "Keputusan KPU", "Ketua", "Bawaslu", "kepemiluan", "KPU", "Strategi", " strategi "),
    "kpu": ("Sekretaris Daerah", "Bawaslu", "Perbawaslu", "netralitas ASN"),
}
OWN = {
    "bawaslu": (
        "Pengelompokan ini asumsi pemasangan",
        "Badan Pengawas Pemilihan Umum Nomor 10 Tahun 2019",
        "Pengelolaan isu publik",
        "Delapan bidang kehumasan",
    ),
    "pemda": (
        "Pengelompokan ini asumsi pemasangan",
        "PEMERINTAH",
        "SEKRETARIAT DAERAH",
        "Gubernur",
        "Netralitas ASN",
        "Delapan tugas kehumasan",
    ),
    "kpu": ("Bakohumas", "Ketua", "Delapan strategi kehumasan"),
}
LABELS = {"bawaslu": "Bawaslu", "pemda": "Humas Pemda", "kpu": "KPU"}


def of_body(report: Report, body: str) -> Report:
    """A sample report as another body's: every name in it that begins with KPU begins with that body's."""

    def renamed(value: object) -> object:
        return value.replace("KPU", LABELS[body]) if isinstance(value, str) else value

    header = replace(report.kepala, lembaga=body, nama=renamed(report.kepala.nama))
    if isinstance(report, SatkerReport):
        return replace(report, kepala=header, tabel={})
    return replace(
        report, kepala=header, satker=tuple(replace(unit, nama=renamed(unit.nama)) for unit in report.satker)
    )


@pytest.mark.parametrize("body", list(FOREIGN))
@pytest.mark.parametrize("make", [make_satker, make_province, make_national], ids=["unit", "province", "nation"])
def test_paper_speaks_in_the_terms_of_its_body(make, body):
    content = payload(of_body(make(), body))
    told = json.dumps(
        [content["narasi"], content["kop"], content["pengesah_jabatan"], content["strategi"]], ensure_ascii=False
    )
    assert [word for word in FOREIGN[body] if word in told] == []


@pytest.mark.parametrize("body", list(OWN))
def test_paper_and_page_of_a_unit_hold_what_is_its_own(body):
    report = of_body(make_satker(), body)
    content = json.dumps(payload(report), ensure_ascii=False)
    assert [word for word in OWN[body] if word not in content] == []
    page = render_unit(report, {}).decode()
    assert [word for word in FOREIGN[body] if word in page] == []


@pytest.mark.parametrize("body", list(FOREIGN))
@pytest.mark.parametrize("make", [make_satker, make_province, make_national], ids=["unit", "province", "nation"])
def test_workbooks_speak_in_the_terms_of_their_body(make, body):
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(of_body(make(), body))), read_only=True)
    told = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    }
    text = "\n".join(f" {cell} " for cell in told)
    assert len(told) > 20, "something was read"
    assert [word for word in FOREIGN[body] if word in text] == []
