"""A report that tells of one optional data set, as paper and as a page."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

from humas.publish.pdf import render
from humas.publish.site import render_province, render_unit
from humas.report.measures import figure_id
from humas.report.model import Figure, ProvinceReport, Report, SatkerReport, Table
from pypdf import PdfReader


def telling(
    report: Report,
    dataset: str,
    rows: Table,
    figures: Mapping[tuple[str, str], float],
    rates: Mapping[str, tuple[int, int]] | None = None,
) -> Report:
    """The report with figures of a data set, a unit's with its rows too. rates: measure → numerator and denominator."""
    scope = report.kepala.lingkup
    more = [Figure(figure_id(scope, *key), *key, value) for key, value in figures.items()]
    more += [Figure(figure_id(scope, name, ""), name, "", 100 * a / b, a, b) for name, (a, b) in (rates or {}).items()]
    report = replace(report, angka=(*report.angka, *more))
    return replace(report, tabel=report.tabel | {dataset: rows}) if isinstance(report, SatkerReport) else report


def printed(report: Report) -> str:
    """The text of its paper."""
    content, _, _ = render(report)
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages).split())


def page(report: SatkerReport | ProvinceReport) -> str:
    """Its page on the site."""
    return (render_unit(report, {}) if isinstance(report, SatkerReport) else render_province(report, {})).decode()
