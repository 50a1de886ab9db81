"""What is made of reports, templates and the contract says of each body what is its own: read by the linter."""

from __future__ import annotations

import argparse
import json

import pytest
from humas.bodies import BODIES
from humas.cli.main import build_parser
from humas.periods import quarter_of
from humas.publish.payload import payload
from humas.publish.site import render_unit
from humas.publish.workbook import build_workbook
from humas.report.model import NationReport, Report, SatkerReport
from humas.specification.openapi import openapi_document
from humas.specification.schema import api_schema

from tests.forms.template.filling import template
from tests.publish.test_own_terms import of_body
from tests.report.samples import make_national, make_province, make_satker
from tests.terms.lint import NAME, Linter

END = quarter_of("2026-TW3").end
TIERS = {"city": "33.74", "province": "33", "in Aceh": "11.71", "head office": "00"}


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode()


def invented(report: Report) -> tuple[str, ...]:
    """Names of units and provinces that only the samples have."""
    if isinstance(report, SatkerReport):
        return ()
    provinces = report.provinsi if isinstance(report, NationReport) else ()
    return tuple(one.nama for one in (*report.satker, *provinces))


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("make", [make_satker, make_province, make_national], ids=["unit", "province", "nation"])
def test_reports(make, body: str) -> None:
    report = of_body(make(), body)
    linter = Linter(body, END, invented(report))
    assert linter.content("isi.json", as_json(payload(report))) == []
    assert linter.content("laporan.xlsx", build_workbook(report)) == []
    if isinstance(report, SatkerReport):
        assert linter.content("halaman.html", render_unit(report, {})) == []


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("code", TIERS.values(), ids=list(TIERS))
def test_templates(code: str, body: str) -> None:
    assert Linter(body, END).content("templat.xlsx", template(code, body)) == []


@pytest.mark.parametrize("body", BODIES)
def test_page_for_programmers(body: str) -> None:
    linter = Linter(body, END)
    assert linter.content("openapi.json", as_json(openapi_document(body))) == []
    assert linter.content("skema.json", as_json(api_schema(body))) == []


@pytest.mark.parametrize("body", BODIES)
def test_help_of_commands_speaks_of_no_framework_addressee_or_law(body: str) -> None:
    """It may name bodies: all of them are asked for by it."""
    commands = [one for one in build_parser()._actions if isinstance(one, argparse._SubParsersAction)]
    helps = [command.format_help() for one in commands for command in one.choices.values()]
    found = Linter(body, END).content("bantuan.txt", "\n".join(helps).encode())
    assert len(helps) > 10
    assert [one for one in found if not one.why.startswith(NAME)] == []
