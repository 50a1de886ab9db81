"""Channels that no column tells: headings above groups of posts, and the addresses of the posts themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from humas.contract.columns import Column, Dataset
from humas.contract.vocabulary import load_vocabulary
from humas.layout.headers import Header
from humas.layout.new_column import NewColumn
from humas.layout.parted import is_account
from humas.layout.title_words import names_sheets
from humas.periods import format_number
from humas.periods.period import MONTH_NAMES
from humas.reading.table import RawTable
from humas.values.cells import as_text, is_blank
from humas.values.words import find_choice

_NUMBERED = re.compile(r"\A\(?(?:\d{1,2}[.)]?|[A-WYZa-z][.)]?|[IVXivx]{1,5}[.)])\s+")
_LEAD = re.compile(
    r"\A(?:(?:nama\s+)?(?:akun|kanal|platform|media\s+sosial|medsos)\b\s*(?:resmi\b\s*)?:?\s*)+", re.IGNORECASE
)
_CHANNEL, _HANDLE, _NAME = r"(?P<channel>[^@:()]{1,40}?)", r"@[^\s@:()]{1,80}", r"[^\d\s@:()][^@:()]{1,80}"
_HEADINGS = tuple(
    re.compile(shape)
    for shape in (
        rf"{_CHANNEL}(?P<account>)",
        rf"{_CHANNEL}\s*\((?P<account>{_HANDLE}|{_NAME})\)",
        rf"{_CHANNEL}(?:\s*[:–|]|\s+-)?\s*(?P<account>{_HANDLE})",
        rf"{_CHANNEL}(?:\s*[:–|]|\s+-)\s+(?P<account>{_NAME})",
        rf"(?P<account>{_HANDLE})\s*(?:\(|[-–:|]\s)\s*{_CHANNEL}\s*\)?",
    )
)
"""How a heading names a channel, and an account on it."""
_LONGEST_HEADING = 120
_MONTH = rf"(?:\bbulan\s*:?\s*)?\b(?:{'|'.join(MONTH_NAMES)}|nopember)\b(?:\s+\d{{4}})?"
_MONTH_ALONE = re.compile(rf"\W*{_MONTH}\W*", re.IGNORECASE)
_BESIDE = re.compile(
    rf"[\s(:|–-]*(?:{_MONTH}|(?:https?://|www\.)[^\s()]+|\b\d{{1,4}}\s*(?:konten|post(?:ingan)?|unggahan|publikasi|berita|buah|item)\b|(?:belum|tidak|nihil|kosong|lanjutan)\b[^()]*|resmi(?=\s*\)))\s*\)?",
    re.IGNORECASE,
)
"""What stands beside a channel and is no account: a month, an address, a count, how the account is."""
_PLATFORMS = {
    "instagram.com": "instagram", "instagr.am": "instagram", "facebook.com": "facebook", "fb.com": "facebook", "fb.watch": "facebook",
    "x.com": "x", "twitter.com": "x", "youtube.com": "youtube", "youtu.be": "youtube", "tiktok.com": "tiktok", "wa.me": "whatsapp",
    "whatsapp.com": "whatsapp",
}  # fmt: skip
_OFFICIAL = ".go.id"
_SITE = "website"
_OTHER_SERVICE = re.compile(r"(?:^|\.)(?:e-?ppid|ppid|drive|cloud|docs?|s|mail)\.")
"""Services under official addresses that are no website with news: a portal of requests, a store of files, short links."""


class Heading(NamedTuple):
    """What a line alone tells of the rows below it: the channel, as a value, and the account on it, or ""."""

    channel: str
    account: str

    @property
    def named(self) -> bool:
        """Whether the account is a name in words, without the sign that shows it to be one."""
        return bool(self.account) and not self.account.startswith("@")


@cache
def channels_of(dataset: Dataset) -> tuple[Column, ...]:
    """The fields that people name sheets and groups of rows after: the platform of posts, of hoaxes."""
    return tuple(column for column in dataset.columns if names_sheets(dataset, column.name))


@lru_cache(maxsize=4096)
def channel_heading(field: Column, line: str) -> Heading | None:
    """The channel that a line names and nothing else: "INSTAGRAM (@kpu_kota)", "Facebook: KPU Kota", "B. TikTok - @kpu"."""
    if len(line) > _LONGEST_HEADING:
        return None
    text = _LEAD.sub("", _NUMBERED.sub("", _BESIDE.sub("", line).strip())).strip(" :-–|")
    for match in filter(None, (shape.fullmatch(text) for shape in _HEADINGS)):
        choice, account = find_choice(field.vocabulary or "", match["channel"]), match["account"].strip()
        if choice and not choice.note and is_account(account):
            return Heading(choice.value, account)
    return None


def channels_in_headings(
    dataset: Dataset, lacking: Sequence[Column], parts: Sequence[tuple[str, Sequence[int]]], titles: Sequence[str]
) -> Iterator[NewColumn]:
    """Channel and account of rows, as the heading above them has it, down to the next one; months between leave it in force.

    titles: lines above the table, of which the lowest may be the heading of its first rows.
    """
    free = {column.name: column for column in lacking}
    above = next((title for title in reversed(titles) if not _MONTH_ALONE.fullmatch(title)), "")
    for field in channels_of(dataset):
        headings = (
            _headings(field, [(title or above, indices) for title, indices in parts]) if field.name in free else {}
        )
        channels = {i: heading.channel for i, heading in headings.items()}
        accounts = {i: heading.account for i, heading in headings.items() if heading.account}
        if channels:
            note = f"{field.label} dibaca dari judul bagian di atas baris-barisnya."
            yield NewColumn(field, f"{field.label} (dari judul bagian)", channels, None, note)
        if accounts and "akun" in free:
            note = f"{free['akun'].label} dibaca dari judul bagian di atas baris-barisnya."
            yield NewColumn(free["akun"], f"{free['akun'].label} (dari judul bagian)", accounts, None, note)


def _headings(field: Column, parts: Sequence[tuple[str, Sequence[int]]]) -> dict[int, Heading]:
    """The heading in force for each row."""
    found: dict[int, Heading] = {}
    heading: Heading | None = None
    for title, indices in parts:
        heading = heading if _MONTH_ALONE.fullmatch(title) else channel_heading(field, title)
        found |= dict.fromkeys(indices, heading) if heading else {}
    return found


def channels_of_links(
    table: RawTable, dataset: Dataset, header: Header, lacking: Sequence[Column], rows: Sequence[int]
) -> Iterator[NewColumn]:
    """The channel of posts as their addresses tell it: a platform's own, or a website of an office."""
    field = next((column for column in channels_of(dataset) if column in lacking), None)
    links = next(
        (header.columns[c.name] for c in dataset.identifying if c.holds_links and c.name in header.columns), None
    )
    if field is None or links is None or field.name in header.doubted:
        return
    cells = {i: table.cells[i][links] for i in rows if links < len(table.cells[i])}
    known = load_vocabulary()[field.vocabulary or ""].value
    values = {i: channel for i, cell in cells.items() if (channel := channel_of_link(cell)) in known}
    if values:
        told = Counter(load_vocabulary()[field.vocabulary or ""].label(value) for value in values.values())
        counts = ", ".join(f"{label} {format_number(count)}" for label, count in told.most_common())
        note = f'{field.label} disimpulkan dari alamat pada kolom "{header.texts[links]}": {counts} baris.'
        yield NewColumn(field, f"{field.label} (dari alamat)", values, links, note)


def channel_of_link(cell: object) -> str:
    """The channel that an address belongs to; "" where its host alone does not tell."""
    text = "" if is_blank(cell) else as_text(cell).strip().casefold()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    platform = next((channel for name, channel in _PLATFORMS.items() if host == name or host.endswith(f".{name}")), "")
    official = host.endswith(_OFFICIAL) and not _OTHER_SERVICE.search(host)
    return platform or (_SITE if official else "")
