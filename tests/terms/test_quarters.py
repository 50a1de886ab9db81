"""A quarter of each body, from simulated units to what readers see, and what its units are told: read by the linter."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.bodies import BODIES
from humas.inbox.answer import _findings
from humas.installation.context import Context, load_context
from humas.periods import Triwulan
from humas.pipeline.distribution import write_templates
from humas.pipeline.quarter import run_quarter
from humas.registry import Cycle, Register
from humas.registry.load import embedded_register
from humas.settings import Publishing, Settings
from humas.simulate.server import demo_server

from tests.forms.feedback.checking import bad_unit, check, feedback
from tests.terms.lint import Linter
from tests.terms.spoken import written_by_units
from tests.terms.texts import pieces

pytestmark = pytest.mark.pipeline

QUARTER = Triwulan(2026, 3)
RUN_AT = datetime(2026, 11, 16, 3, tzinfo=UTC)
CODES = {"00", "11", "11.71", "33", "33.22", "33.74"}
READ = {".pdf", ".xlsx", ".html", ".json", ".jsonld", ".csv", ".svg", ".txt"}
ASKS_WHICH_BODY = "V30"
"""The rule that names another body because the sender wrote a word that means several."""


def few(register: Register) -> Register:
    units = [unit for unit in register.everything() if unit.code in CODES]
    return Register(units, register.all_channels, register.troubles)


@pytest.fixture(scope="module", params=list(BODIES))
def quarter(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Context, Path]:
    """A published quarter of few units, with the templates for them."""
    body, home = request.param, tmp_path_factory.mktemp("rumah")
    settings = Settings(
        home=home,
        database_url=f"sqlite:///{home / 'gudang.db'}",
        frozen_now=RUN_AT,
        print_processes=0,
        publishing=Publishing.ALWAYS,
    )
    with demo_server(home / "demo", lembaga=body, register=few(embedded_register()), factor=0.3) as demo:
        opened = load_context(demo.configure(settings))
        k = Context(opened.settings, few(opened.register), opened.calendar)
        run_quarter(k, Cycle(body, QUARTER.key))
        write_templates(k, body, QUARTER, home / "templat")
    return body, k, home


def test_nothing_that_is_published_or_handed_out_belongs_to_another(quarter: tuple[str, Context, Path]) -> None:
    body, k, home = quarter
    linter = Linter(body, QUARTER.end, written_by_units(k))
    files = [one for folder in (k.settings.published, home / "templat") for one in folder.rglob("*") if one.is_file()]
    assert {one.suffix for one in files} >= {".pdf", ".xlsx", ".html", ".json", ".csv"}
    assert [str(one) for one in linter.files((one for one in files if one.suffix in READ), home)] == []


def test_no_report_names_an_obstacle_or_advice_and_then_says_that_nothing_follows(
    quarter: tuple[str, Context, Path],
) -> None:
    _, k, _ = quarter
    printed = list(k.settings.published.rglob("*.pdf"))
    assert printed
    for path in printed:
        text = "".join("".join(piece.text for piece in pieces(path.name, path.read_bytes())).split())
        if "tidakmenuntuttindaklanjutkhusus" in text:
            assert not re.search(r"Rekomendasi|Rencanatindaklanjut|belumlapor", text), path.name
            assert "Tidakadahambatanyangterbaca" in text, path.name


@pytest.mark.parametrize(("body", "styling"), [*((body, 2) for body in BODIES), ("bawaslu", 3)])
def test_what_is_said_of_every_fault_is_in_the_words_of_the_body(body: str, styling: int) -> None:
    bad, _ = bad_unit("xlsx", styling, body)
    checked = check(bad, lembaga=body)
    asked = [one for one in checked.answer["findings"] if one["rule"] == ASKS_WHICH_BODY]
    said = [text for one in asked for text in (one["message"], one["message"].partition(": ")[2], one["fix"])]
    linter = Linter(body, QUARTER.end, [*(piece.text for piece in pieces("a.xlsx", bad)), *said])
    assert linter.content("jawaban.json", json.dumps(checked.answer, default=str).encode()) == []
    assert linter.content("surat.txt", "\n".join(_findings(checked.answer)).encode()) == []
    assert linter.content("perbaikan.xlsx", feedback(bad, checked)) == []
