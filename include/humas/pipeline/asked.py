"""Which figure people mean, by what stands printed: its id, and whose and when, or the number of the report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from humas.errors import SenderError
from humas.periods import quarter_of
from humas.registry import Cycle

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.rollup.trail import Sought

NATION = "00"
_NAMES_OF_NATION = frozenset({NATION, "nasional"})


class Asked(NamedTuple):
    """A figure of one place and quarter. edition: number of the edition that showed it, 0 for the newest."""

    cycle: Cycle
    sought: Sought
    edition: int = 0


def figure_asked(context: Context, lembaga: str, figure: str, place: str, period: str) -> Asked:
    """What is meant by a figure's id and a place and a quarter, or the number of a report in the place of both.

    Raises:
        SenderError: that is no figure, no place, no quarter, or not one of these of the other.
    """
    from humas.publish.verify import report_named
    from humas.report.measures import LETTERS, read_figure_id
    from humas.rollup.trail import Sought

    told = read_figure_id(figure)
    if told is None:
        raise SenderError(
            "angka_tidak_dikenal",
            f'"{figure[:40]}" bukan kode angka.',
            "tulis kode seperti pada laporan, misalnya S3 atau P5.4.",
        )
    scope, measure, detail = told
    if report := report_named(place):
        body, level, code, quarter, edition = report
        if level != scope:
            raise SenderError(
                "angka_bukan_laporannya",
                f"Angka {figure} tidak ada pada {place}.",
                f"kode angka laporan itu diawali huruf {LETTERS[level]}.",
            )
        return Asked(Cycle(body, quarter), Sought(scope, measure, code, detail), edition)
    if not period:
        raise SenderError("periode_tidak_disebut", "Periode tidak disebut.", "tambahkan periodenya, misalnya 2026-TW3.")
    asked = quarter_of(period)
    code = _code(context, lembaga, scope, place, asked.end)
    return Asked(Cycle(lembaga, asked.key), Sought(scope, measure, code, detail))


def _code(context: Context, lembaga: str, scope: str, place: str, day: date) -> str:
    """Code of the place that a figure of this level is about.

    Raises:
        SenderError: there is no such place, or it is none of this level.
    """
    if scope == "nasional":
        if place.strip().lower() not in _NAMES_OF_NATION:
            raise SenderError("angka_nasional", "Itu adalah angka nasional.", "tulis nasional sebagai kodenya.")
        return NATION
    code = context.register.resolve(place, day).code
    if scope == "satker":
        return context.register.unit_of(lembaga, code, day).code
    if "." in code or code == NATION:
        raise SenderError(
            "angka_provinsi", "Itu adalah angka provinsi.", "tulis kode provinsinya, dua angka, misalnya 33."
        )
    return code
