"""Checking a file's bytes on a frozen day, and a unit's workbook with every kind of bad row."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from humas.bodies import DATA_SETS
from humas.forms.feedback import build_feedback
from humas.installation.context import Context
from humas.periods import Calendar, Triwulan
from humas.pipeline.check import CheckedFile, check_bytes
from humas.registry import load_register
from humas.settings import Settings
from humas.simulate.defects import ALL
from humas.simulate.document import write_document
from humas.simulate.model import Defect, Placement, Plan
from humas.simulate.plan import World, plan_world

ARRIVAL = datetime(2026, 10, 6, 3, tzinfo=UTC)
SATKER = "33.74"
IDENTITY = ("kode_", "nama_", "lembaga_", "satker_")


@cache
def context() -> Context:
    settings = Settings(home=Path(tempfile.gettempdir(), "humas-tanpa-pemasangan"), database_url="")
    return Context(settings, load_register(settings), Calendar.load())


@cache
def check(data: bytes, name: str = "laporan.xlsx", **asked: str) -> CheckedFile:
    return check_bytes(context(), data, name, received_at=ARRIVAL, **asked)


def feedback(data: bytes, checked: CheckedFile) -> bytes:
    return build_feedback(data, checked, context().register)


@cache
def world(body: str = "kpu") -> World:
    return plan_world(2026, body, Triwulan(2026, 3), context().register)


def _fits(defect: Defect, plan: Plan) -> bool:
    place = {SATKER, "bukan_aceh", *(["bps"] if plan.unit.bps_code != SATKER else []), "ganda"}
    return "xlsx" in defect.forms and (not defect.satker or bool(place & set(defect.satker)))


def _place(defect: list[Defect], good: int) -> Iterator[Placement]:
    """Each defect on a row of its own, good rows between them; added rows last."""
    finish = dict.fromkeys(DATA_SETS, 0)
    quantity = {name: good + 2 * sum(c.dataset == name for c in defect) for name in DATA_SETS}
    extra = dict(quantity)
    for one in defect:
        name = one.dataset
        if one.added:
            yield Placement(one, extra[name], 0)
            extra[name] += 1
        else:
            yield Placement(one, finish[name] * 2 + 1, finish[name] * 2 + 1)
            finish[name] += 1


@cache
def bad_unit(form: str = "xlsx", styling: int = 3, body: str = "kpu") -> tuple[bytes, bytes]:
    """A unit's document with every defect its format can carry, and the same document without them."""
    origin = world(body).plans[SATKER]
    # Only layout 3 has columns for the unit; elsewhere such a defect would add a column that the right file lacks.
    defect = [one for one in ALL if _fits(one, origin) and (styling == 3 or not one.name.startswith(IDENTITY))]
    plan = replace(
        origin,
        styling=styling,
        channels=("xlsx",),
        placements=tuple(_place(defect, 4)),
        rows={name: 4 + 2 * sum(c.dataset == name for c in defect) for name in DATA_SETS},
    )
    bad, good = (write_document(world(body), plan, form, version).pages[0] for version in (1, 2))
    return bad, good


def by_row(answer: dict[str, Any]) -> dict[tuple[str, int], dict[str, Any]]:
    """Rows of an answer by sheet and physical row."""
    return {(one["sheet"], one["row"]): one for one in answer["rows"]}
