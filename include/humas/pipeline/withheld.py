"""Reports that our own program failed on: told to operators, noted for the next step, replaced by what readers have.

A fault in composing lies with the assembled reports, a fault in printing beside the printed files, each with the
digest of the data that it is about; see ``docs/decisions/0025-pagar.md``.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.fence import write_crash
from humas.installation.summary import Withheld
from humas.registry import Cycle

if TYPE_CHECKING:
    from humas.errors import ProgramFault
    from humas.installation.context import Context
    from humas.report.model import Report
    from humas.warehouse import Edition

log = logging.getLogger(__name__)
COMPOSING, PRINTING, SHOWING = "susun", "cetak", "situs"


def withhold(context: Context, cycle: Cycle, report: str, name: str, step: str, fault: ProgramFault) -> Withheld:
    """Write the crash report of a fault on one report (``lingkup:kode``), and tell of it in the log."""
    about = {"lembaga": cycle.lembaga, "periode": cycle.period, "laporan": report, "langkah": step}
    told = write_crash(context.settings.home, fault, about)
    return Withheld(report, name, step, told.message, told.remedy)


def key_of(report: Report) -> str:
    """What a report is about, as ``lingkup:kode``."""
    return ":".join(report.kunci)


def note_unprinted(report: Report, folder: Path, withheld: Withheld) -> None:
    """Note beside the printed files that this report is not among them, and why."""
    from humas.publish.release import write_whole

    content = {"digest": report.sidik, "withheld": asdict(withheld)}
    write_whole(_note(folder, report.id), json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def forget_unprinted(folder: Path, printed: Iterable[str]) -> None:
    """Reports of these numbers were printed after all."""
    for id_ in printed:
        _note(folder, id_).unlink(missing_ok=True)


def unprinted(reports: Iterable[Report], folder: Path) -> list[Withheld]:
    """Which of these reports our program failed to print, with these very data."""
    noted = ((report, _read(_note(folder, report.id))) for report in reports if report.dicetak)
    return [Withheld(**note["withheld"]) for report, note in noted if note and note["digest"] == report.sidik]


def in_force(context: Context, cycle: Cycle, reports: Sequence[Report], withheld: Collection[str]) -> list[Report]:
    """The reports as readers see them: a withheld one as its last published edition, or as none (edition 0)."""
    if not withheld:
        return list(reports)
    published: dict[str, Edition] = {
        f"{edition.lingkup}:{edition.kode}": edition
        for edition in context.warehouse.editions(cycle)
        if edition.status == "terbit"
    }
    return [
        _earlier(published.get(key_of(report))) or _without_edition(report) if key_of(report) in withheld else report
        for report in reports
    ]


def _earlier(edition: Edition | None) -> Report | None:
    """A published edition from its stored model; None when there is none, or one of another model."""
    from humas.report.model import restore_report

    if edition is None:
        return None
    try:
        return restore_report(edition.kanonik, edition.edisi, edition.pelengkap)
    except ValueError as error:
        log.warning("%s %s edition %d cannot be shown: %s", edition.lingkup, edition.kode, edition.edisi, error)
        return None


def _without_edition(report: Report) -> Report:
    return replace(report, edisi=0, terbit="", ralat=(), penyebab=())


def _note(folder: Path, id_: str) -> Path:
    return folder / f"{id_}.galat.json"


def _read(path: Path) -> dict[str, Any] | None:
    """A note; None when there is none, or one that cannot be read: then the report counts as not printed."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return content if isinstance(content, dict) and {"digest", "withheld"} <= content.keys() else None
