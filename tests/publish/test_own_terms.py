"""Reports of a body hold its own terms: addressees, decrees, names of its strategies; `tests/terms` reads them for those of others."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from humas.publish.payload import payload
from humas.report.model import ProvinceReport, Report, SatkerReport

from tests.report.samples import make_satker

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
    report = replace(
        report, kepala=header, satker=tuple(replace(unit, nama=renamed(unit.nama)) for unit in report.satker)
    )
    if isinstance(report, ProvinceReport):
        return replace(
            report, isu=replace(report.isu, baris=tuple(tuple(map(renamed, row)) for row in report.isu.baris))
        )
    return report


@pytest.mark.parametrize("body", list(OWN))
def test_reports_of_a_unit_hold_what_is_its_own(body):
    report = of_body(make_satker(), body)
    content = json.dumps(payload(report), ensure_ascii=False)
    assert [word for word in OWN[body] if word not in content] == []
