"""The pages of a year: of every unit, province and the nation, each linked with the pages of its quarters.

As in ``humas.publish.site``, a page depends on its own report and on the files beside it. Quarters lie beside the year
(``../2026-TW3/``), so that the links work from a folder as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from humas.publish import parts, year_parts
from humas.publish.parts import PublishedFile
from humas.publish.site import Render, YearMaterial, assets, page_of, render_page, render_withheld, search_index
from humas.report import annual, view
from humas.report.model import AnnualReport
from humas.report.narrative import framework_heading, framework_of, title_name


def year_pages(material: YearMaterial, only: Collection[tuple[str, str]] | None = None) -> Iterator[tuple[str, Render]]:
    """Path within the release of each page, and what renders it; as :func:`humas.publish.site.pages`."""
    for report in (*material.provinsi.values(), *material.satker.values()):
        if only is None or report.kunci in only:
            yield page_of(*report.kunci), partial(render_year, report, material.berkas, "../")
    yield "index.html", partial(render_year, material.nasional, material.berkas, "")
    yield "satker/index.html", partial(_unit_list, material.nasional)
    yield "aset/indeks.js", partial(search_index, material.satker.values())
    for name, content in assets().items():
        yield f"aset/{name}", partial(bytes, content)


def render_year(report: AnnualReport, files: Mapping[str, PublishedFile], root: str) -> bytes:
    """Page of a year of a unit, a province or the nation."""
    title = f"Kehumasan {title_name(report)}, {view.period_of(report.kepala.periode).label}"
    if report.withheld:
        return render_withheld(report, report.kepala.nama, root)
    values = {
        "judul": title,
        "ringkasan": list(annual.summary(report)),
        "kartu": parts.cards(report, annual.HIGHLIGHTS),
        "tahun": report.kepala.periode,
        "tahun_lalu": view.period_of(report.kepala.periode).previous().short_label if year_parts.compared(report) else "",
        "kolom": year_parts.QUARTERS,
        "bab": year_parts.chapters(report),
        "catatan_angka": annual.figures_note(report),
        "konsistensi": year_parts.consistency(report),
        "kedudukan": year_parts.standings(report),
        "catatan_kedudukan": year_parts.states_note(report),
        "provinsi": year_parts.provinces(report),
        "rincian": [
            (framework_heading(report), framework_of(report).noun.capitalize(), year_parts.breakdown(report, "kegiatan_strategi")),
            ("Peran satuan kerja", "Peran", year_parts.breakdown(report, "kegiatan_peran")),
            ("Kanal publikasi", "Kanal", year_parts.breakdown(report, "publikasi_kanal")),
        ],
        "tindak": list(year_parts.advice(report)),
        "triwulan": year_parts.quarters(report),
        "halaman": page_of(*report.kunci),
        "sebab_ralat": parts.cause_of_units(report.penyebab),
    }  # fmt: skip
    return render_page("tahun.html", report, files, root, "Nasional" if not root else "", **values)


def _unit_list(nation: AnnualReport) -> bytes:
    """All units with the standing of their four quarters."""
    values = {
        "kolom": year_parts.QUARTERS,
        "kedudukan": year_parts.standings(nation),
        "catatan_kedudukan": year_parts.states_note(nation),
    }
    return render_page("tahun-daftar.html", nation, {}, "../", "Satker", **values)
