"""Whose quarter a submission is: where its rows lie, and which of them another quarter of the unit counts already.

See ``docs/decisions/0026-triwulan-siapa.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from humas.contract.rules import QUESTION
from humas.errors import SenderError
from humas.periods import Triwulan, format_number, parse_period
from humas.settings import WIB
from humas.validation.checks.base import filled
from humas.validation.checks.identity import in_future
from humas.validation.cover import Reason
from humas.validation.keys import identities
from humas.values.lessons import KnownHeadings, Taught

if TYPE_CHECKING:
    from humas.contract.columns import Dataset
    from humas.registry import Register
    from humas.validation.checks.base import Knowledge

NEARLY_ALL = 0.8
"""Share of rows of other quarters from which on the submission as a whole is doubted …"""
FEW = 10
"""… unless there are fewer of them than this: then only when there is no other row."""
_NAMED = 3

Counted = Callable[[str, str, str, Collection[str]], Mapping[str, str]]


def _nothing(body: str, quarter: str, dataset: str, early: Collection[str]) -> Mapping[str, str]:
    return {}


Requests = Callable[[str, Collection[str]], "Mapping[tuple[str, str], RequestDays]"]


def _no_requests(body: str, units: Collection[str]) -> Mapping[tuple[str, str], RequestDays]:
    return {}


class RequestDays(NamedTuple):
    """When a request was received and answered; NaT while it is open."""

    received: pd.Timestamp
    answered: pd.Timestamp


@dataclass(frozen=True, slots=True)
class Origin:
    """What rules need to know of a submission: who was asked, for which days, and when it came (local and WIB, naive).

    recap: id of the recap that it is, or is a share of; "" of any other.
    """

    id: str
    lembaga: str
    satker_code: str
    start: pd.Timestamp
    end: pd.Timestamp
    arrival: pd.Timestamp
    arrival_wib: pd.Timestamp
    period: str = ""
    recap: str = ""

    @property
    def whole(self) -> str:
        """Id of the file as it was sent: of a share, its recap's."""
        return self.recap or self.id


def unit_zone(register: Register, code: str) -> ZoneInfo:
    """The time zone of a unit; WIB of one that the register does not know."""
    try:
        return ZoneInfo(register.satker(code).time_zone)
    except SenderError:
        return WIB


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is known beside the submissions themselves; the default knows nothing.

    counted: (body, asked quarter, data set, identities of rows dated before it) → identity → the other quarter
        that counts this row: of these rows, and of any row that a later quarter counts as late.
    requests: (body, units) → unit and number of the register as ``request_number`` folds it → days of the request,
        over all quarters; the newest one of a number.
    released: ids of submissions that a person let pass as what they were sent for.
    repeats: ids of submissions whose very bytes came from the same address before and declare another quarter nil,
        with that quarter.
    taught: what people answered to words that no vocabulary knows. headings: what they explained of columns.
    """

    counted: Counted = _nothing
    requests: Requests = _no_requests
    released: frozenset[str] = frozenset()
    repeats: Mapping[str, str] = field(default_factory=dict)
    taught: Taught = field(default_factory=Taught)
    headings: KnownHeadings = field(default_factory=KnownHeadings)


NOWHERE: Final = Elsewhere()


def counted_elsewhere(
    dataset: Dataset, frame: pd.DataFrame, origins: Sequence[Origin], elsewhere: Elsewhere
) -> pd.Series[str]:
    """By row, the key of another quarter of its unit that counts it already; missing when there is none."""
    if frame.empty:
        return frame["counted_in"]
    identity = identities(dataset, frame)
    early = frame["acuan"].dt.normalize() < frame["periode_mulai"]
    answer = pd.Series([None] * len(frame), index=frame.index, dtype="str")
    for place, numbers in _places(origins).items():
        here = frame["kiriman"].isin(numbers)
        known = elsewhere.counted(*place, dataset.name, frozenset(identity[here & early].dropna()))
        if known:
            answer = answer.mask(here, identity.map(known))
    return answer.astype("str")


def _places(origins: Sequence[Origin]) -> dict[tuple[str, str], list[int]]:
    """Positions of the submissions by body and quarter."""
    places: dict[tuple[str, str], list[int]] = {}
    for number, origin in enumerate(origins):
        places.setdefault((origin.lembaga, origin.period), []).append(number)
    return places


def questions(
    frames: Sequence[pd.DataFrame], origins: Sequence[Origin], elsewhere: Elsewhere, known: Knowledge
) -> dict[int, Reason]:
    """The submissions, by position, that are not taken for their quarter, each with its one question.

    A recap and its shares are one file: judged together, and asked about once. Rows dated after the day of receipt are left
    aside: they are told one by one (V08). A submission that a person let pass is asked about no more.
    """
    asked_at = _places_asked(origins)
    files = np.array([asked_at[origin.whole] for origin in origins], dtype=np.int64)
    views = [_view(frame, known, files) for frame in frames]
    rows, foreign = (sum(_per_file(view, name, len(origins)) for view in views) for name in ("row", "foreign"))
    doubted = np.flatnonzero(_nearly_all(np.asarray(rows), np.asarray(foreign))).tolist()
    asked = {
        number: _question(origins[number], pd.concat([view[view["file"] == number] for view in views]))
        for number in doubted
        if origins[number].whole not in elsewhere.released
    }
    return {position: asked[number] for position, number in enumerate(files.tolist()) if number in asked}


def _places_asked(origins: Sequence[Origin]) -> dict[str, int]:
    """The position that a file is asked about at: of a recap its own, where it is among them."""
    first = {origin.whole: number for number, origin in reversed(list(enumerate(origins)))}
    return first | {origin.id: number for number, origin in enumerate(origins) if origin.id == origin.whole}


def _view(frame: pd.DataFrame, known: Knowledge, files: np.ndarray[Any, np.dtype[np.int64]]) -> pd.DataFrame:
    """Of each row: its file, its day, where it is counted, and whether it is of another quarter."""
    day = frame["acuan"].dt.normalize()
    outside = ((day < frame["periode_mulai"]) | (day > frame["periode_selesai"])).to_numpy()
    view = pd.DataFrame({
        "file": files[frame["kiriman"].to_numpy(dtype=np.int64)], "day": day, "counted_in": frame["counted_in"], "row": True,
        "outside": outside, "foreign": outside | filled(frame["counted_in"]),
        "after": (day > frame["periode_selesai"]).to_numpy(),
    })  # fmt: skip
    return view[~in_future(frame, known)]


def _per_file(view: pd.DataFrame, name: str, files: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.bincount(view["file"][view[name]], minlength=files)


def _nearly_all(rows: np.ndarray[Any, Any], foreign: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.asarray((foreign > 0) & ((foreign == rows) | ((foreign >= FEW) & (foreign >= NEARLY_ALL * rows))))


def _question(origin: Origin, view: pd.DataFrame) -> Reason:
    """The one question about a submission, and what to do."""
    asked, foreign = parse_period(origin.period).label, view[view["foreign"]]
    reason = f"{format_number(len(foreign))} dari {format_number(len(view))} baris bukan baris {asked}: {', '.join(_where(foreign))}."
    moved_on = foreign["after"].sum() * 2 > len(foreign)
    remedy = f"Kirim berkas {asked}. Bila berkas diambil dari alamat tetap, pengelola saluran menulis {{periode}} pada alamat itu."
    if moved_on:
        return Reason(QUESTION, "", f"{reason} Yang sudah diterima untuk {asked} tetap berlaku.", remedy)
    return Reason(QUESTION, "", f"{reason} Apakah ini memang laporan {asked}?", f"{remedy} {_release(origin)}")


def _where(foreign: pd.DataFrame) -> Iterator[str]:
    """``40 bertanggal dalam Triwulan III 2026 (semuanya sudah dihitung di sana)``, by quarter, most rows first."""
    outside = foreign[foreign["outside"]]
    quarters = Counter(Triwulan.containing(day.date()).key for day in outside["day"])
    there = Counter(
        quarter for day, quarter in zip(outside["day"], outside["counted_in"], strict=True)
        if quarter == Triwulan.containing(day.date()).key
    )  # fmt: skip
    for quarter, rows in _most(quarters):
        known = "semuanya" if there[quarter] == rows else format_number(there[quarter])
        also = f" ({known} sudah dihitung di sana)" if there[quarter] else ""
        yield f"{format_number(rows)} bertanggal dalam {parse_period(quarter).label}{also}"
    if rest := quarters.total() - sum(rows for _, rows in _most(quarters)):
        yield f"{format_number(rest)} dalam triwulan lain"
    for quarter, rows in _most(Counter(foreign.loc[~foreign["outside"], "counted_in"])):
        yield f"{format_number(rows)} sudah dihitung pada laporan {parse_period(quarter).label}"


def _most(quarters: Counter[str]) -> list[tuple[str, int]]:
    return sorted(quarters.items(), key=lambda item: (-item[1], item[0]))[:_NAMED]


def _release(origin: Origin) -> str:
    """Who can say that a submission is right after all, and how."""
    return (
        f"Bila isinya memang untuk {parse_period(origin.period).label}, operator menyatakannya sekali dengan "
        f"./humas terima {origin.satker_code} {origin.period} --lembaga {origin.lembaga}."
    )


def nil_question(origin: Origin, elsewhere: Elsewhere) -> Reason | None:
    """The question about a nil declaration that is, to the byte and from the same address, another quarter's; else None."""
    other = elsewhere.repeats.get(origin.id)
    if other is None or origin.id in elsewhere.released:
        return None
    asked = parse_period(origin.period).label
    reason = (
        f"Berkas nihil ini sama persis dengan berkas {parse_period(other).label} dari alamat yang sama."
        f" Apakah {asked} memang nihil?"
    )
    remedy = f"Kirim berkas yang menyebut {asked}, atau pengelola saluran menulis {{periode}} pada alamatnya."
    return Reason(QUESTION, "nihil", reason, f"{remedy} {_release(origin)}")
