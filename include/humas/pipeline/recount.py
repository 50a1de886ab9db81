"""Every roll-up is computed a second time by another path before its figures count, see ``docs/decisions/0065-hitung-ulang-mandiri.md``."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from humas.errors import OperatorError
from humas.installation.summary import Recount
from humas.settings import OnDifference

if TYPE_CHECKING:
    import pandas as pd

    from humas.audit import Comparison, Difference
    from humas.installation.context import Context
    from humas.registry import Cycle

log = logging.getLogger(__name__)


def compare(
    context: Context, cycle: Cycle, figures: pd.DataFrame, facts: Mapping[str, pd.DataFrame] | None = None
) -> Comparison:
    """Figures beside those that the other path gives of the same rows. facts: the rows, where they were read already."""
    from humas.audit import MEASURES, differences, read_inputs, recompute

    return differences(figures, recompute(read_inputs(context.warehouse, cycle, facts)), MEASURES)


def require_same(context: Context, cycle: Cycle, facts: Mapping[str, pd.DataFrame], figures: pd.DataFrame) -> Recount:
    """Compare, and tell each difference.

    That the other path fails is a fault of the program and proves nothing against the figures: it is told, and they count.

    Raises:
        OperatorError: a figure differs, unless the installation only notes that.
    """
    try:
        found = compare(context, cycle, figures, facts)
    except Exception:  # whatever an embedded engine or a frame may raise
        log.exception("recount of %s failed", cycle)
        return Recount(0, len(figures), None)
    for one in found.selisih:
        log.error("%s", in_words(one))
    if found.selisih and context.settings.on_difference is OnDifference.STOP:
        raise refuse(cycle, found)
    log.info("Hitung ulang mandiri: %s", told(found).words)
    return told(found)


def told(found: Comparison) -> Recount:
    """What a comparison found, in numbers."""
    return Recount(found.dibandingkan, found.seluruhnya, len(found.selisih))


def refuse(cycle: Cycle, found: Comparison) -> OperatorError:
    """Why figures that differ do not count; names the first."""
    return OperatorError(
        "hitung_ulang_berbeda",
        f"{len(found.selisih)} angka {cycle.lembaga} {cycle.period} berbeda dari hitung ulang, misalnya"
        f" {in_words(found.selisih[0])}.",
        "jangan terbitkan; jalankan sekali lagi, dan bila tetap berbeda kirim log ini ke pengembang.",
    )


def in_words(one: Difference) -> str:
    """Id, place and both values of a figure."""
    from humas.report.measures import figure_id, figure_label

    name = f"{figure_id(one.lingkup, one.ukuran, one.rincian)} {figure_label(one.ukuran, one.rincian)}"
    return f"{name} · {one.kode} · tersimpan {_value(one.tersimpan)}, hitung ulang {_value(one.hitung_ulang)}"


def _value(number: float | None) -> str:
    from humas.periods import format_number

    return "tidak ada" if number is None else format_number(number)
