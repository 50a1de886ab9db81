"""What people answered to words that no vocabulary knows, and said of columns, as it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


UNUSED = "tidak_dipakai"
"""What is said of a column that holds nothing of the report."""


@dataclass(frozen=True, slots=True)
class HeadingLesson:
    """What a column of a layout holds: for one office, one body or ("") all, who said so, why and when.

    sidik: fingerprint of the layout; kepala: its headers as a JSON list, masked; urutan: number of the column among them,
    from 1; judul: its header. bidang: a field of the data set, ``tidak_dipakai``, or "" when it is taken back. asal:
    digest of the sender's file that says so; "" of an operator's answer.
    """

    sidik: str
    himpunan: str
    urutan: int
    lembaga: str
    kode_satker: str
    judul: str
    kepala: str
    bidang: str
    oleh: str
    alasan: str
    asal: str
    dibuat_pada: datetime

    @property
    def column(self) -> tuple[str, str, int]:
        """The column it is about, whoever it is for."""
        return self.sidik, self.himpunan, self.urutan

    @property
    def scope(self) -> tuple[str, str]:
        """Whom it is for: body and office; "" for all."""
        return self.lembaga, self.kode_satker


Columns = dict[int, HeadingLesson]


class KnownHeadings:
    """All that was ever said of columns, and what of it holds for one file.

    What an operator says holds for every file; what an office says, for its own files that came later. headers: of all
    layouts of which anything was ever said.
    """

    def __init__(self, history: Sequence[HeadingLesson] = ()) -> None:
        self._for_others: dict[str, dict[str, dict[str, Columns]]] = {}
        self.headers = frozenset(one.kepala for one in history)
        self._by_scope: dict[tuple[str, str], list[HeadingLesson]] = {}
        for one in sorted(history, key=lambda one: one.dibuat_pada):
            self._by_scope.setdefault(one.scope, []).append(one)

    def __bool__(self) -> bool:
        return bool(self._by_scope)

    def held(self, body: str, code: str, received: datetime) -> dict[str, dict[str, Columns]]:
        """Fingerprint → data set → column number → what holds for a file: the office's word before its body's and all's."""
        own = [one for one in self._by_scope.get((body, code), ()) if not one.asal or one.dibuat_pada < received]
        if own:
            return self._resolved(body, own)
        if body not in self._for_others:
            self._for_others[body] = self._resolved(body, ())
        return self._for_others[body]

    def _resolved(self, body: str, own: Iterable[HeadingLesson]) -> dict[str, dict[str, Columns]]:
        """What holds for a file of a body, of an office that said ``own``; each in the order of time."""
        holding: dict[tuple[str, str, int], HeadingLesson] = {}
        for said in (self._by_scope.get(("", ""), ()), self._by_scope.get((body, ""), ()), own):
            last = {one.column: one for one in said}
            holding |= {column: one for column, one in last.items() if one.bidang}
        layouts: dict[str, dict[str, Columns]] = {}
        for one in _each_field_once(holding.values()):
            layouts.setdefault(one.sidik, {}).setdefault(one.himpunan, {})[one.urutan] = one
        return layouts


def _each_field_once(lessons: Iterable[HeadingLesson]) -> list[HeadingLesson]:
    """Of two columns that are said to hold one field the one of the nearer scope, then the later one."""
    ranked = sorted(lessons, key=lambda one: (one.scope != ("", ""), bool(one.kode_satker), one.dibuat_pada))
    fields = {
        (one.sidik, one.himpunan, one.bidang if one.bidang != UNUSED else f"{UNUSED} {one.urutan}"): one
        for one in ranked
    }
    return list(fields.values())
