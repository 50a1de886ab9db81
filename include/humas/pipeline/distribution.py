"""Templates of many units as files, with the drafts of their news: what the command and the DAG hand out."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from humas.bodies import deadline_rule
from humas.errors import OperatorError, ProgramFault, os_reason
from humas.fence import guarded
from humas.forms.template import TemplateDraft, build_template
from humas.periods import DueDate, Triwulan, due, format_number, jakarta_day, long_date
from humas.registry import Cycle, Lembaga, Register, Satker, load_register
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.installation.context import Context

_AT_ONCE = 8
_WORTHWHILE = 80
"""Templates with drafts that are worth starting processes for: about three seconds of work."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


@dataclass(frozen=True, slots=True)
class TemplateSummary:
    """What was written: how many templates, how many of them with drafts, and where.

    galat: units whose drafts our program failed on; their templates are without drafts.
    """

    templat: int
    berdraf: int
    folder: str
    galat: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Order:
    """One template to make: for whom, with what, and the file to write, if any."""

    lembaga: str
    code: str
    triwulan: Triwulan
    drafts: tuple[TemplateDraft, ...]
    due: DueDate
    target: Path = Path()
    reported: str = ""


def file_name(lembaga: Lembaga | str, satker: Satker, triwulan: Triwulan) -> str:
    """``33.74 KPU Kota Semarang 2026-TW3.xlsx``: sorts by code, and says whose it is when it comes back."""
    return _FORBIDDEN.sub(" ", f"{satker.code} {satker.official_name(lembaga)} {triwulan.key}.xlsx")


def template_folder(home: Path, lembaga: str, triwulan: Triwulan) -> Path:
    """Where an installation keeps the templates of a quarter."""
    return home / "templat" / lembaga / triwulan.key


def template_of(context: Context, lembaga: str, code: str, triwulan: Triwulan) -> bytes:
    """The template of one unit, with its deadline and the drafts the warehouse has for it."""
    unit = context.register.unit_of(lembaga, code, triwulan.end)
    drafts = drafts_by_unit(context, lembaga, triwulan, code)
    deadline = due(triwulan, unit.tier, deadline_rule(context.settings, lembaga, triwulan.end), context.calendar)
    content, _ = _built(
        context.settings,
        context.register,
        _Order(
            lembaga, code, triwulan, tuple(drafts.get(code, ())), deadline,
            reported=told_by_recaps(context, lembaga, triwulan).get(code, ""),
        ),
    )  # fmt: skip
    return content


def drafts_by_unit(
    context: Context, lembaga: str, triwulan: Triwulan, code: str | None = None
) -> Mapping[str, Sequence[TemplateDraft]]:
    """Drafts of the quarter by unit code (of one unit, or of all): read from the units' news, not reported yet."""
    from humas.news.channel import offered_drafts

    return offered_drafts(context, Cycle(lembaga, triwulan.key), code)


def told_by_recaps(context: Context, lembaga: str, triwulan: Triwulan) -> Mapping[str, str]:
    """What counts of each unit because a superior's recap said so, in words; by unit."""
    cycle = Cycle(lembaga, triwulan.key)
    found: dict[str, str] = {}
    for told in context.warehouse.told_by_recaps(cycle):
        sender = context.register.satker(told.sender, triwulan.end).official_name(lembaga)
        words = f"{format_number(told.rows)} baris dari rekap {sender}, {long_date(jakarta_day(told.received_at))}"
        found[told.unit] = f"{found[told.unit]}; {words}" if told.unit in found else words
    return found


def write_templates(
    context: Context,
    lembaga: str,
    triwulan: Triwulan,
    folder: Path,
    satker: Iterable[str] = (),
    processes: int = 1,
    on_written: Callable[[int, int], None] = lambda done, total: None,
) -> TemplateSummary:
    """Write the templates of the asked units (none asked: of all units of the quarter) into a folder.

    Each file is replaced as a whole. processes: 1 works in this process. on_written: hears how many of how many
    are written.

    Raises:
        SenderError: an asked unit does not exist at the quarter's end.
        OperatorError: the folder cannot be written.
    """
    orders = list(_orders(context, lembaga, triwulan, folder, tuple(satker)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        failed = []
        for done, (order, whole) in enumerate(
            zip(orders, _spread(context.settings, orders, processes), strict=True), 1
        ):
            failed += [] if whole else [order.code]
            on_written(done, len(orders))
    except OSError as error:
        raise OperatorError(
            "templat_tak_tertulis",
            f"Templat di {folder} tidak dapat ditulis: {os_reason(error)}.",
            "bebaskan ruang atau beri izin tulis pada folder itu, lalu jalankan lagi.",
        ) from error
    return TemplateSummary(len(orders), sum(bool(order.drafts) for order in orders), str(folder), tuple(failed))


def _orders(
    context: Context, lembaga: str, triwulan: Triwulan, folder: Path, satker: Sequence[str]
) -> Iterator[_Order]:
    day = triwulan.end
    register = context.register
    units = [register.unit_of(lembaga, code, day) for code in satker] or list(register.units_of(lembaga, day))
    drafts, recaps = drafts_by_unit(context, lembaga, triwulan), told_by_recaps(context, lembaga, triwulan)
    rule = deadline_rule(context.settings, lembaga, day)
    for unit in units:
        target = folder / file_name(lembaga, unit, triwulan)
        deadline = due(triwulan, unit.tier, rule, context.calendar)
        yield _Order(
            lembaga, unit.code, triwulan, tuple(drafts.get(unit.code, ())), deadline, target, recaps.get(unit.code, "")
        )


def _spread(settings: Settings, orders: Sequence[_Order], processes: int) -> Iterator[bool]:
    """Make them here, or in several processes when many have drafts: those are put together one by one.

    Of each, in order, whether it holds its drafts.
    """
    if processes == 1 or sum(bool(order.drafts) for order in orders) < _WORTHWHILE:
        yield from map(_write_one, repeat(settings), orders)
        return
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_write_one, repeat(settings), orders, chunksize=_AT_ONCE)


def _write_one(settings: Settings, order: _Order) -> bool:
    content, whole = _built(settings, _register(settings), order)
    temporary = order.target.with_name(f".{order.target.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(order.target)
    finally:
        temporary.unlink(missing_ok=True)
    return whole


def _built(settings: Settings, register: Register, order: _Order) -> tuple[bytes, bool]:
    """A template, and whether it holds its drafts: what our program fails on costs the unit these, not the template."""

    def build(drafts: Sequence[TemplateDraft]) -> bytes:
        return build_template(
            register, order.lembaga, order.code, order.triwulan, drafts, due=order.due, reported=order.reported
        )

    if not order.drafts:
        return build(()), True
    about = {
        "langkah": "templat",
        "lembaga": order.lembaga,
        "periode": order.triwulan.key,
        "satker": order.code,
    }
    try:
        with guarded(settings.home, "Draf berita", about):
            return build(order.drafts), True
    except ProgramFault:
        return build(()), False


@cache
def _register(settings: Settings) -> Register:
    """The register, opened once in each process."""
    return load_register(settings)
