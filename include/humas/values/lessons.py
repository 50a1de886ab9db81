"""What people answered to words that no vocabulary knows, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Lesson:
    """One answer: what a word means in a column, who said so, why and when.

    kata: the word folded; tertulis: as it was written. lembaga: "" for all bodies. arti: a value of the column's
    vocabulary, ``tidak_disebut``, ``bukan_kegiatan``, or "" when the answer is taken back.
    """

    kolom: str
    kata: str
    lembaga: str
    tertulis: str
    arti: str
    oleh: str
    alasan: str
    dibuat_pada: datetime


@dataclass(frozen=True, slots=True)
class Taught:
    """All answers that hold."""

    lessons: tuple[Lesson, ...] = ()

    def words(self, column: str, body: str) -> dict[str, Lesson]:
        """Folded word → what a body's files mean by it in a column; the body's own answer before the one for all."""
        own = [one for one in self.lessons if one.kolom == column and one.lembaga in {"", body}]
        return {one.kata: one for one in sorted(own, key=lambda one: one.lembaga)}
