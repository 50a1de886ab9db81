"""Publishing is a decision: what a run makes public by itself, and what waits as a draft until somebody says so.

See ``docs/decisions/0073-terbit-adalah-keputusan.md``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from humas.installation.summary import PublishSummary, Waiting
from humas.installation.turns import in_turn
from humas.periods import parse_period
from humas.pipeline.annual import year_of
from humas.pipeline.publication import built_draft, publish, unpublished
from humas.settings import Publishing

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.publish.release import Stage
    from humas.registry import Cycle

PARTIAL, FIRST = "sebagian", "pertama"
"""Why a draft waits: units of the body were never asked, or nothing of the body was ever published."""


@in_turn
def publish_or_keep(context: Context, cycle: Cycle) -> PublishSummary:
    """Publish the draft when that is decided already; else lay it out for operators, and say what waits.

    Raises:
        OperatorError: as ``publish``, or the disk refuses.
    """
    from humas.publish.preview import lay_out
    from humas.publish.release import drop_other_drafts

    draft = built_draft(context, cycle)
    waiting = _waiting(context, cycle, draft)
    if waiting is None:
        return decide_to_publish(context, cycle)
    drop_other_drafts(draft)
    return PublishSummary((), str(lay_out(draft, context.settings.drafts)), "", waiting)


@in_turn
def decide_to_publish(context: Context, cycle: Cycle) -> PublishSummary:
    """Publish the draft, because somebody or the rule of the installation said so.

    Raises:
        OperatorError: as ``publish``.
    """
    from humas.publish.preview import take_away

    draft = built_draft(context, cycle)
    result = publish(context, cycle)
    take_away(draft, context.settings.drafts)
    return result


def is_public(context: Context, cycle: Cycle) -> bool:
    """Whether readers see reports of a body and period."""
    from humas.publish.release import current

    return bool(current(context.settings.published, cycle))


def what_waits(context: Context, cycle: Cycle) -> Waiting | None:
    """What the draft built last would make public; None when it is public already.

    Raises:
        OperatorError: no draft was built.
    """
    draft = built_draft(context, cycle)
    return _would_publish(context, cycle, draft, "") if draft.folder.is_dir() else None


def _waiting(context: Context, cycle: Cycle, draft: Stage) -> Waiting | None:
    """Why the draft is not published by itself, and what it holds; None when it is."""
    from humas.publish.release import released

    rule, published = context.settings.publishing, context.settings.published
    if rule is Publishing.ALWAYS or draft.dasar or not draft.folder.is_dir():
        return None
    if _unasked(context, cycle):
        return _would_publish(context, cycle, draft, PARTIAL)
    if rule is Publishing.ASKED and not released(published, cycle.lembaga):
        return _would_publish(context, cycle, draft, FIRST)
    return None


def _would_publish(context: Context, cycle: Cycle, draft: Stage, why: str) -> Waiting:
    from humas.publish.manifest import read_manifest

    manifest = read_manifest(draft.folder) or {"laporan": {}}
    levels = Counter(mark.lingkup for mark, _ in unpublished(context, cycle, manifest))
    order = ("nasional", "provinsi", "satker")
    return Waiting(why, {level: levels[level] for level in order if levels[level]}, _unasked(context, cycle))


def _unasked(context: Context, cycle: Cycle) -> int:
    """Units of the body that no run of the quarter asked, and of which nothing came; of a year nobody is asked."""
    if year_of(cycle) is not None:
        return 0
    end = parse_period(cycle.period).end
    verdicts, attempts = context.warehouse.verdicts(cycle), context.warehouse.last_attempts(cycle)
    known = {*attempts["kode_satker"], *verdicts["kode_satker"]}
    return sum(unit.code not in known for unit in context.register.units_of(cycle.lembaga, end))


_WHY = {
    PARTIAL: "baru sebagian satker yang diminta",
    FIRST: "lembaga ini belum pernah menerbitkan apa pun dari pemasangan ini",
    "": "menunggu keputusan",
}
_LEVELS = {"nasional": "nasional", "provinsi": "provinsi", "satker": "satuan kerja"}


def in_words(waiting: Waiting) -> str:
    """``41 laporan (1 nasional, 38 provinsi, 2 satuan kerja)``, and how many units were never asked."""
    from humas.periods import format_number

    levels = ", ".join(f"{format_number(count)} {_LEVELS[level]}" for level, count in waiting.laporan.items())
    unasked = (
        f"; {format_number(waiting.belum_diminta)} satuan kerja belum pernah diminta" if waiting.belum_diminta else ""
    )
    return f"{format_number(waiting.count)} laporan ({levels}){unasked}"


def draft_lines(cycle: Cycle, result: PublishSummary) -> list[str]:
    """What to tell of a draft that waits: what it holds, why it waits, where it lies, how it is published."""
    waiting = result.menunggu
    if waiting is None:
        return []
    body = f" --lembaga {cycle.lembaga}"
    return [
        f"DRAF, belum diterbitkan: {in_words(waiting)}",
        f"  Sebabnya: {_WHY[waiting.sebab]}. Lihat: {result.folder}/index.html",
        f"  Terbitkan: ./humas terbitkan {cycle.period}{body}",
    ]
