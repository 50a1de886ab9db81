"""An annual report as ready text for its PDF template: beside what all reports have."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from humas.publish import year_parts
from humas.report import annual, view
from humas.report.model import AnnualReport
from humas.report.narrative import framework_heading, framework_of


def annual_payload(report: AnnualReport) -> dict[str, Any]:
    """The parts of an annual report that its template prints."""
    framework, year = framework_of(report), view.period_of(report.kepala.periode)
    level = report.kepala.lingkup != "satker"
    return {
        "tingkat": report.kepala.lingkup,
        "kolom": list(year_parts.QUARTERS),
        "tahun": year.short_label,
        "tahun_lalu": year.previous().short_label if year_parts.compared(report) else "",
        "ringkasan": [asdict(one) for one in annual.summary(report)],
        "penutup": [asdict(one) for one in annual.closing(report)],
        "bab": [{"judul": heading, "baris": [asdict(line) for line in lines]} for heading, lines in year_parts.chapters(report)],
        "catatan_angka": annual.figures_note(report),
        "konsistensi": [[word, *counts] for word, counts in year_parts.consistency(report)] if level else [],
        "kedudukan": [[one.kode, one.nama, *one.triwulan] for one in year_parts.standings(report)],
        "catatan_kedudukan": year_parts.states_note(report),
        "provinsi": [[one.nama, *one.triwulan] for one in year_parts.provinces(report)],
        "strategi": {
            "judul": framework_heading(report),
            "sebutan": framework.noun.capitalize(),
            "baris": [asdict(line) for line in year_parts.breakdown(report, "kegiatan_strategi")],
        },
        "peran": [asdict(line) for line in year_parts.breakdown(report, "kegiatan_peran")],
        "kanal": [asdict(line) for line in year_parts.breakdown(report, "publikasi_kanal")],
        "tindak": [list(one)[:4] for one in year_parts.advice(report)],
        "peristiwa": list(report.peristiwa),
        "edisi_triwulan": [[one.label, one.keadaan, one.sidik[:32], one.sidik[32:]] for one in year_parts.quarters(report)],
        "lampiran": _appendices(report),
    }  # fmt: skip


def _appendices(report: AnnualReport) -> dict[str, str]:
    """Letters of the appendices that exist, in order."""
    told = [
        ("kedudukan", report.kepala.lingkup != "satker"),
        ("ralat", bool(report.ralat)),
        ("edisi", True),
        ("sidik", True),
    ]
    return {key: "ABCD"[place] for place, key in enumerate(key for key, shown in told if shown)}
