"""What quarters' reports advised, and what the figures of today say became of it.

Only what can be said from figures is said; the rest cannot be judged yet. The advice is that of ``humas.report.narrative``
(its recommendations and follow-ups) as far as a later figure can answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from humas.contract.vocabulary import NOT_STATED
from humas.report.annual import LATE, REPORTED
from humas.report.measures import figure_id
from humas.report.text import format_number, join

Numbers = Mapping[tuple[str, str], float | None]


@dataclass(frozen=True, slots=True)
class QuarterState:
    """A quarter as advice sees it. key: of the quarter; numbers: its figures; states: standing of each unit concerned."""

    key: str
    numbers: Numbers
    states: Mapping[str, str]

    def count(self, measure: str, breakdown: str = "") -> int:
        """A count; one that does not exist asks for nothing."""
        return int(self.numbers.get((measure, breakdown)) or 0)

    def spoke(self, measure: str) -> bool:
        """Whether there is a figure of the measure at all."""
        return self.numbers.get((measure, "")) is not None


@dataclass(frozen=True, slots=True)
class AdviceOutcome:
    """What became of one piece of advice. keadaan: of ``humas.report.annual.OUTCOMES``. id: of the figure it rests on."""

    periode: str
    id: str
    saran: str
    keadaan: str
    keterangan: str


Judge = Callable[[QuarterState, QuarterState | None], tuple[str, str, str] | None]
"""From a quarter and the next (None: not known) to what was advised, its outcome and a remark; None where nothing was."""
_UNKNOWN = ("belum_dinilai", "triwulan berikutnya belum direkap")
_ONE_UNIT = 1


def outcomes(scope: str, quarters: Sequence[QuarterState | None], noun: str) -> Iterator[AdviceOutcome]:
    """What became of the advice of each known quarter, in order. quarters: one after another; the last may lie after the year.

    noun: what the body calls the parts of its framework.
    """
    for now, following in pairwise(quarters):
        if now is None:
            continue
        for measure, breakdown, judge in _JUDGES:
            if (found := judge(now, following)) is not None:
                text, standing, remark = found
                identity = figure_id(scope, measure, breakdown)
                yield AdviceOutcome(now.key, identity, text.format(bagian=noun), standing, remark)


def _reporting(now: QuarterState, following: QuarterState | None) -> tuple[str, str, str] | None:
    """Units that did not report: how many of these same units reported the next time."""
    silent = [code for code, state in now.states.items() if state == "belum_lapor"]
    if not silent:
        return None
    text = (
        "Menyampaikan laporan yang belum ada"
        if len(now.states) == _ONE_UNIT
        else f"Menghubungi {format_number(len(silent))} satuan kerja yang belum lapor"
    )
    return text, *_of_these(silent, following, REPORTED, "melapor pada triwulan berikutnya")


def _punctuality(now: QuarterState, following: QuarterState | None) -> tuple[str, str, str] | None:
    """Units that reported late: how many of these same units were in time the next time."""
    late = [code for code, state in now.states.items() if state in LATE]
    if not late:
        return None
    text = (
        "Menyiapkan laporan lebih awal agar tiba sampai tenggat"
        if len(now.states) == _ONE_UNIT
        else f"Mengingatkan {format_number(len(late))} satuan kerja yang terlambat"
    )
    return text, *_of_these(late, following, REPORTED - LATE, "tepat waktu pada triwulan berikutnya")


def _of_these(
    codes: Sequence[str], following: QuarterState | None, good: frozenset[str], words: str
) -> tuple[str, str]:
    if following is None:
        return _UNKNOWN
    asked = [following.states[code] for code in codes if following.states.get(code) not in _NOT_JUDGED]
    if not asked:
        return "belum_dinilai", "triwulan berikutnya tidak dapat dinilai dari angka"
    done = sum(state in good for state in asked)
    if len(following.states) == _ONE_UNIT:
        return _graded(done, len(asked)), words if done else f"belum {words}"
    return _graded(done, len(asked)), f"{format_number(done)} dari {format_number(len(asked))} {words}"


_NOT_JUDGED = frozenset({None, "sumber", "sistem", "belum_dikumpulkan", "tidak_wajib"})


def _graded(done: int, whole: int) -> str:
    return "ditindaklanjuti" if done >= whole else "sebagian" if done > 0 else "belum"


def _held(now: QuarterState, _: QuarterState | None) -> tuple[str, str, str] | None:
    """Rows that were held: how many of them a later file mended."""
    held, mended = now.count("baris", "dikarantina"), now.count("baris", "diperbaiki")
    if not held:
        return None
    text = f"Memperbaiki {format_number(held)} baris yang ditahan"
    rest = f"{format_number(held - mended)} baris masih ditahan" if held > mended else "seluruhnya sudah diperbaiki"
    return text, _graded(mended, held), f"{format_number(mended)} diperbaiki, {rest}" if 0 < mended < held else rest


def _requests(kind: str, advice: str, words: str) -> Judge:
    def judge(now: QuarterState, following: QuarterState | None) -> tuple[str, str, str] | None:
        before = now.count("permohonan_ketepatan", kind)
        if not before:
            return None
        return advice, *_less(
            before, following, "permohonan", lambda one: one.count("permohonan_ketepatan", kind), words
        )

    return judge


def _less(
    before: int, following: QuarterState | None, measure: str, count: Callable[[QuarterState], int], words: str
) -> tuple[str, str]:
    """Whether there is less of something in the next quarter; nothing is said where nobody spoke about it."""
    if following is None:
        return _UNKNOWN
    if not following.spoke(measure):
        return "belum_dinilai", "himpunan data itu belum dilaporkan pada triwulan berikutnya"
    after = count(following)
    return _graded(before - after, before), f"{words}: dari {format_number(before)} menjadi {format_number(after)}"


def _open_issues(one: QuarterState) -> int:
    return one.count("hoaks_isu") - one.count("hoaks_diklarifikasi")


def _clarified(now: QuarterState, following: QuarterState | None) -> tuple[str, str, str] | None:
    before = _open_issues(now)
    if before <= 0:
        return None
    found = _less(before, following, "hoaks_isu", _open_issues, "isu belum diklarifikasi")
    return "Menerbitkan klarifikasi isu yang masih terbuka", *found


def _parts_of(one: QuarterState) -> dict[str, float | None]:
    return {
        detail: value
        for (measure, detail), value in one.numbers.items()
        if measure == "kegiatan_strategi" and detail and detail != NOT_STATED
    }


def _unused(now: QuarterState, following: QuarterState | None) -> tuple[str, str, str] | None:
    """Parts of the framework without an activity: which of them had one the next time."""
    unused = sorted((detail for detail, value in _parts_of(now).items() if not value), key=lambda one: (len(one), one))
    if not unused or now.count("kegiatan_strategi", NOT_STATED) or not now.count("kegiatan_dilaporkan"):
        return None
    text = f"Merencanakan kegiatan pada {{bagian}} {join(unused)}"
    if following is None:
        return text, *_UNKNOWN
    if not following.spoke("kegiatan_dilaporkan"):
        return text, "belum_dinilai", "kegiatan belum dilaporkan pada triwulan berikutnya"
    used = [detail for detail in unused if following.count("kegiatan_strategi", detail)]
    remark = f"ada kegiatan pada nomor {join(used)}" if used else "belum ada kegiatannya"
    return text, _graded(len(used), len(unused)), remark


_JUDGES: tuple[tuple[str, str, Judge], ...] = (
    ("ketepatan", "belum_lapor", _reporting),
    ("ketepatan", "terlambat", _punctuality),
    ("baris", "dikarantina", _held),
    ("permohonan_ketepatan", "lewat_tenggat",
     _requests("lewat_tenggat", "Menjawab permohonan yang lewat batas", "permohonan lewat batas")),
    ("permohonan_ketepatan", "terlambat",
     _requests("terlambat", "Menelaah sebab jawaban terlambat", "permohonan dijawab terlambat")),
    ("hoaks_diklarifikasi", "", _clarified),
    ("kegiatan_strategi", "", _unused),
)  # fmt: skip
