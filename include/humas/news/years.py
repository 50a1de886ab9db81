"""Which year a date without one belongs to: from what the page says elsewhere, with the weekday as checksum."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from humas.news.dates import Mention
from humas.news.model import WEEKDAYS, Script
from humas.news.words import AROUND_ELECTION, ELECTION_YEAR, FUTURE_YEAR, WORD_ERAS
from humas.text.digits import bounded_int

FIRST_YEAR = 2012
_YEAR = re.compile(r"(?<![\d/.,\-])(20[12]\d)(?![\d.,]\d|\d)")
_URL_DAY = re.compile(r"/(20[12]\d)/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?(?=/|$)")
_LETTER_NUMBER = re.compile(r"/(?:[IVX]{1,4}|\d{1,2})/(20[12]\d)\b")
_LAW_YEAR = re.compile(
    r"(?:nomor|no\.?|pkpu|perbawaslu|uu|undang-undang|peraturan|keputusan)\s[^.;]{0,40}?(?:tahun\s|/)20[12]\d",
    re.IGNORECASE,
)
_ELECTION = re.compile(ELECTION_YEAR, re.IGNORECASE)
_FUTURE = re.compile(FUTURE_YEAR, re.IGNORECASE)
# Bawaslu's former sites had the title alone as path; the later ones write /berita/.
_OLD_SITE = re.compile(
    r"https?://[^/]*bawaslu\.go\.id/(?!berita|index\.php|id/|category|tag)[a-z0-9\-]{15,}/?$", re.IGNORECASE
)
_OLD_SITE_LAST = 2022
_DEEP_LISTING = re.compile(r"[?&]page=(?:[4-9]\d|\d{3,})\b")
_CAPITAL = re.compile(r"\W*jakarta\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundYear:
    """A year found. origin: contract value of ``tahun_tersirat``, "" when it is written; words: what it was read from."""

    year: int
    origin: str
    confidence: float
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class YearHints:
    """What a page says about its year. evidence: (year, origin, words), strongest first; begin, finish: bounds.

    old: news of the head office deep in a list page, as sites carried over from their predecessors.
    current: the page is read about when it appeared.
    """

    evidence: tuple[tuple[int, str, str], ...]
    begin: int
    finish: int
    limit: date
    published: date | None
    today: date
    old: bool = False
    current: bool = False


def gather_hints(script: Script, mentions: Sequence[Mention], today: date) -> YearHints:
    """Collect the hints once per page. today: no event told lies after it."""
    evidence = [
        *((year, "", str(year)) for year in _said_twice(script)),
        *((bounded_int(match[1]), "url", match[0]) for match in _URL_DAY.finditer(script.url)),
        *((mention.year, "", mention.written) for mention in mentions if mention.year),
        *_years(script.title, "judul"),
        *((bounded_int(match[1]), "nomor_surat", match[0]) for match in _LETTER_NUMBER.finditer(script.text)),
        *_years(script.text, ""),
        *_years(re.sub(r"[-_/+]", " ", script.url.partition("://")[2].partition("?")[0]), "url"),
    ]
    first, last = _bounds(script)
    published = script.published or url_date(script.url)
    limit = min(today, published + timedelta(days=2)) if published else today
    carried_over = _DEEP_LISTING.search(script.url) is not None and _CAPITAL.match(script.text) is not None
    return YearHints(tuple(evidence), first, last, limit, script.published, today, carried_over, script.current)


def url_date(url: str) -> date | None:
    """A full date in the path of a URL (``/2019/01/07/``)."""
    match = _URL_DAY.search(url)
    if not match or not match[3]:
        return None
    return Mention(0, 0, "", bounded_int(match[3]), bounded_int(match[2])).start(bounded_int(match[1]))


def resolve_year(one: Mention, hints: YearHints) -> FoundYear | None:
    """The year of a mention; None when nothing on the page tells it (a year is never made up)."""
    if one.year:
        return _check_written(one, one.year, hints)
    available = range(FIRST_YEAR, hints.limit.year + 1)
    possible = [year for year in available if (day := one.start(year)) and day <= hints.limit]
    fitting = [year for year in possible if _weekday_fits(one, year)]
    if one.weekday is not None and fitting:
        return _by_weekday(one, fitting, hints)
    return _by_hint(one, possible, hints, contradicting=one.weekday is not None)


def _check_written(mention: Mention, year: int, hints: YearHints) -> FoundYear:
    """A written year stands; a weekday that contradicts it is told, and corrects it when the day would lie ahead."""
    start = mention.start(year)
    if start is None or _weekday_fits(mention, year):
        return FoundYear(year, "", 0.97 if mention.weekday is not None else 0.9, mention.written)
    actual = WEEKDAYS[start.weekday()]
    remark = f"Hari tidak cocok: {mention.written}; {start:%d/%m/%Y} adalah {actual}."
    if start > hints.limit:
        others = [other for other in (year - 1, year - 2) if _weekday_fits(mention, other)]
        if others:
            return FoundYear(
                others[0], "hari", 0.5, mention.written, f"{remark} Tahun {others[0]} dipakai karena harinya cocok."
            )
    return FoundYear(year, "", 0.6, mention.written, remark)


def _by_weekday(mention: Mention, fitting: list[int], hints: YearHints) -> FoundYear:
    """Among the years in which the weekday is right: the one the page names, else the only or likeliest one."""
    span = [year for year in fitting if hints.begin <= year <= hints.finish] or fitting
    if hints.published:
        near = [year for year in span if (day := mention.start(year)) and (hints.limit - day).days <= 366]
        if near:
            return FoundYear(near[-1], "tanggal_terbit", 0.95, f"terbit {hints.published:%d/%m/%Y}")
    if len(span) == 1:
        return FoundYear(span[0], "hari", 0.9, mention.written)
    for year, origin, words in hints.evidence:
        if year in span:
            return FoundYear(year, origin or "hari", 0.9, words)
    choice = span[0] if hints.old else _likeliest(span, hints)
    remark = f"Tahun tidak tertulis; hari cocok pada {', '.join(map(str, span))}."
    return FoundYear(choice, "hari", 0.4, mention.written, remark)


def _by_hint(mention: Mention, possible: list[int], hints: YearHints, *, contradicting: bool) -> FoundYear | None:
    """Without a usable weekday only what the page names counts."""
    remark = f"Hari tidak cocok dengan tahun mana pun: {mention.written}." if contradicting else ""
    if hints.published:
        near = [year for year in possible if (day := mention.start(year)) and (hints.limit - day).days <= 366]
        if near:
            return FoundYear(near[-1], "tanggal_terbit", 0.8, f"terbit {hints.published:%d/%m/%Y}", remark)
    for year, origin, words in hints.evidence:
        if year in possible and hints.begin <= year <= hints.finish:
            return FoundYear(year, origin, 0.6 if contradicting else 0.75, words, remark)
    return None


def _likeliest(span: list[int], hints: YearHints) -> int:
    """Pages at hand are mostly read long after they were written: the newest year that is not this one."""
    if hints.current:
        return span[-1]
    past = [year for year in span if year < hints.today.year]
    return (past or span)[-1]


def _weekday_fits(mention: Mention, year: int) -> bool:
    start = mention.start(year)
    return start is not None and (mention.weekday is None or start.weekday() == mention.weekday)


def _years(text: str, origin: str) -> Iterable[tuple[int, str, str]]:
    """Years in a text, but not those of a law, of an election, or looked forward to."""
    clean = _FUTURE.sub(" ", _ELECTION.sub(" ", _LAW_YEAR.sub(" ", text)))
    return [(bounded_int(match[1]), origin, match[0]) for match in _YEAR.finditer(clean)]


def _said_twice(script: Script) -> list[int]:
    """Years the page itself writes more than once, most often first: they outrank what an address looks like."""
    counts = Counter(year for year, _, _ in _years(script.whole, ""))
    return [year for year, count in counts.most_common() if count > 1]


@cache
def _eras() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), first, last) for pattern, first, last in WORD_ERAS)


def _bounds(page: Script) -> tuple[int, int]:
    """First and last year the page's words allow."""
    limits = [(first, last) for pattern, first, last in _eras() if pattern.search(page.whole)]
    elections = [bounded_int(match[1]) for match in _ELECTION.finditer(page.whole)]
    if elections:
        limits.append((min(elections) - AROUND_ELECTION[0], max(elections) + AROUND_ELECTION[1]))
    if _OLD_SITE.match(page.url) and max(_said_twice(page), default=0) <= _OLD_SITE_LAST:
        limits.append((FIRST_YEAR, _OLD_SITE_LAST))
    first = max((first for first, _ in limits), default=FIRST_YEAR)
    last = min((last for _, last in limits), default=2099)
    return (first, last) if first <= last else (FIRST_YEAR, 2099)
