"""One cell that says more than its column asks: a place and a platform, a channel and an account.

Unlike a header that names several fields (``humas.layout.fused``), the header names one, and its cells tell the other beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from humas.contract.columns import Column, Dataset
from humas.contract.vocabulary import load_vocabulary
from humas.layout.headers import Header
from humas.layout.new_column import NewColumn
from humas.reading.table import RawTable
from humas.values.cells import as_text, is_blank
from humas.values.words import find_choice

_SIDE_BY_SIDE = re.compile(
    r"\s*[;|/&+()\n]\s*|,\s+|\s+-\s+|\s+(?:dan|serta|and|via|melalui|lewat|juga)\s+", re.IGNORECASE
)
_ACCOUNT = re.compile(
    r"\s*(?P<channel>[^@:(]{1,40}?)\s*(?:(?::\s*)?(?P<open>\()?\s*(?P<handle>@[^\s@:,;|/&+()]{1,80})\s*(?(open)\))|:\s*(?P<name>[^\d\s@][^@]{1,80}?))\s*"
)
_LINK = re.compile(r"https?:|www\.|//", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"'()]+[^\s<>\"'().,;:]", re.IGNORECASE)
_ONLINE = "daring"


def parted_cells(
    table: RawTable, dataset: Dataset, header: Header, lacking: Sequence[Column], rows: Sequence[int]
) -> Iterator[NewColumn]:
    """The fields that cells tell beside their own, of those that have no column. lacking: fields without one."""
    free = {column.name: column for column in lacking}
    if "platform" in free and "tempat" in header.columns:
        yield from _places(table, dataset, header, free, rows)
    if "rujukan" in free and "fakta" in header.columns:
        yield from _references(table, header, free["rujukan"], rows)
    if "akun" in free and "kanal" in header.columns:
        yield from _accounts(table, dataset, header, free["akun"], rows)


def _cells(table: RawTable, position: int, rows: Iterable[int]) -> dict[int, object]:
    return {i: table.cells[i][position] for i in rows if position < len(table.cells[i])}


def _places(
    table: RawTable, dataset: Dataset, header: Header, free: Mapping[str, Column], rows: Sequence[int]
) -> Iterator[NewColumn]:
    """A place and a platform in one cell, on one row at least; a mode only where the words of all parts tell one."""
    position, text = header.columns["tempat"], header.texts[header.columns["tempat"]]
    cells = _cells(table, position, rows)
    parted = {i: parts for i, cell in cells.items() if (parts := place_and_platform(cell))}
    if not any(place for place, _ in parted.values()):
        return
    where = f'kolom "{text}"'
    places = cells | {i: place or None for i, (place, _) in parted.items()}
    platforms = {i: platform for i, (_, platform) in parted.items()}
    note = f"tempat dan platform dalam satu isian pada {where} dibaca masing-masing."
    ticked = frozenset({position})
    yield NewColumn(dataset.by_name["tempat"], text, places, position, note, ticked)
    yield NewColumn(
        free["platform"], f"Platform (dari {text})", platforms, position,
        f"{free['platform'].label} dibaca dari {where}.", ticked,
    )  # fmt: skip
    modes = {i: mode for i, parts in parted.items() if (mode := _mode(*parts))} if "mode" in free else {}
    if modes:
        note = f"{free['mode'].label} disimpulkan dari kata-kata pada {where}, pada baris yang menyebutnya."
        yield NewColumn(free["mode"], f"{free['mode'].label} (dari {text})", modes, position, note, ticked)


def place_and_platform(cell: object) -> tuple[str, str] | None:
    """The place, as written but for the platform, and the platform that a cell names; None where no part surely is one."""
    return None if is_blank(cell) else _place_and_platform(as_text(cell))


@lru_cache(maxsize=10_000)
def _place_and_platform(place: str) -> tuple[str, str] | None:
    online = []
    while span := _platform_in(place):
        online.append(place[slice(*span)].strip())
        place = _without(place, *span)
    return (place, ", ".join(online)) if online else None


def _platform_in(text: str) -> tuple[int, int] | None:
    """Where the first part of a text that is a platform stands."""
    between = [match.span() for match in _SIDE_BY_SIDE.finditer(text)]
    starts, ends = [0, *(end for _, end in between)], [*(start for start, _ in between), len(text)]
    return next((span for span in zip(starts, ends, strict=True) if _is_platform(text[slice(*span)])), None)


def _without(text: str, start: int, end: int) -> str:
    """A text without one part and what sets it apart: a sign before or after it, or its pair of brackets."""
    signs = list(_SIDE_BY_SIDE.finditer(text))
    before = next((sign for sign in signs if sign.end() == start), None)
    after = next((sign for sign in signs if sign.start() == end), None)
    opened = before is not None and "(" in before[0]
    if before and after and opened and ")" in after[0]:
        return f"{text[: before.start()]} {text[after.end() :]}".strip()
    if before and not (opened or ")" in before[0]):
        start = before.start()
    elif after:
        end = after.end()
    elif before and opened:
        start = before.start()
    left = (text[:start] + text[end:]).strip()
    return left.removesuffix(")") if left.count(")") > left.count("(") else left


def _is_platform(part: str) -> bool:
    choice = find_choice("mode", part)
    return choice is not None and choice.value == _ONLINE and not choice.note


def _mode(place: str, platform: str) -> str:
    """The mode that the words of place and platform make up together; "" where the place says nothing of it."""
    if not place:
        return _ONLINE
    on_site = find_choice("mode", place)
    both = {_ONLINE, on_site.value} if on_site else set()
    terms = load_vocabulary()["mode"].terms
    return next((term.value for term in terms if term.merged and both == set(term.merged)), "") if platform else ""


def _references(table: RawTable, header: Header, field: Column, rows: Sequence[int]) -> Iterator[NewColumn]:
    """Addresses in the words that put an issue right: its sources."""
    position, text = header.columns["fakta"], header.texts[header.columns["fakta"]]
    cells = _cells(table, position, rows)
    values = {i: "\n".join(found) for i, cell in cells.items() if (found := _ADDRESS.findall(as_text(cell)))}
    if values:
        note = f'{field.label} dibaca dari alamat pada kolom "{text}".'
        yield NewColumn(field, f"{field.label} (dari {text})", values, position, note)


def _accounts(
    table: RawTable, dataset: Dataset, header: Header, field: Column, rows: Sequence[int]
) -> Iterator[NewColumn]:
    """A channel and the account on it: "IG @kpu_kota", "Facebook: KPU Kota"."""
    position, text = header.columns["kanal"], header.texts[header.columns["kanal"]]
    cells = _cells(table, position, rows)
    parted = {i: parts for i, cell in cells.items() if (parts := channel_and_account(cell))}
    if not parted:
        return
    note = f'kanal dan akun dalam satu isian pada kolom "{text}" dibaca masing-masing.'
    ticked = frozenset({position})
    channels = cells | {i: channel for i, (channel, _) in parted.items()}
    yield NewColumn(dataset.by_name["kanal"], text, channels, position, note, ticked)
    accounts = {i: account for i, (_, account) in parted.items()}
    label = f'{field.label} dibaca dari kolom "{text}".'
    yield NewColumn(field, f"{field.label} (dari {text})", accounts, position, label, ticked)


def channel_and_account(cell: object) -> tuple[str, str] | None:
    """The channel and the account that a cell names; None where what follows the channel is something else."""
    match = _ACCOUNT.fullmatch(as_text(cell)) if not is_blank(cell) else None
    if match is None:
        return None
    channel, name = find_choice("kanal", match["channel"]), match["name"] or ""
    if channel is None or channel.note or not is_account(name):
        return None
    return match["channel"], match["handle"] or name


def is_account(name: str) -> bool:
    """Whether what stands beside a channel may be an account on it: no link, no kind of post, no other channel."""
    known = not name.startswith("@") and _is_kind_of_post(name)
    return not (known or _LINK.search(name) or _names_channel(name))


def _names_channel(name: str) -> bool:
    """Whether another channel is named beside an account: then the cell tells of two, and nobody may drop one."""
    return any(find_choice("kanal", part) for part in _SIDE_BY_SIDE.split(name)[1:])


def _is_kind_of_post(text: str) -> bool:
    return any(find_choice(name, text) for name in ("kanal", "jenis_konten"))
