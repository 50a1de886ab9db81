"""Which of the dates on a page is the day of its event, and of which year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from humas.news.dates import Mention, find_vague
from humas.news.model import WEEKDAYS, Script
from humas.news.sentences import Sentence
from humas.news.words import EVENT_NOUNS, EVENT_ON, EVENT_VERBS, LINKED, OTHER_DATES, PUBLISHED, SAYING, TODAY
from humas.news.years import YearHints, gather_hints, resolve_year, url_date
from humas.text.digits import bounded_int

_OTHER = re.compile(OTHER_DATES, re.IGNORECASE)
_PUBLISHED = re.compile(PUBLISHED, re.IGNORECASE)
_TODAY = re.compile(TODAY, re.IGNORECASE)
_LINKED = re.compile(LINKED, re.IGNORECASE)
_SAYING = re.compile(SAYING, re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_EVENT_NOUN, _EVENT_VERB = re.compile(EVENT_NOUNS, re.IGNORECASE), re.compile(EVENT_VERBS, re.IGNORECASE)
_SAID_KINDS = frozenset({"RILIS", "KLARIFIKASI_HOAKS", "KONFERENSI_PERS"})  # what is said is what took place
_DURATION = re.compile(r"\bselama (dua|tiga|empat|lima|2|3|4|5) (?:\(\w+\) )?hari\b", re.IGNORECASE)
_DURATION_DAYS = {"dua": 2, "tiga": 3, "empat": 4, "lima": 5}
_ELECTION = re.compile(r"\b(?:pemilu|pilkada|pemilihan|pileg|pilpres)\b[^.;]{0,25}$", re.IGNORECASE)
# "dilaksanakan pada (hari/tanggal)": the day of the event, told as such.
_EVENT = re.compile(EVENT_ON + r"[\s(,]*$", re.IGNORECASE)
_BRACKETED_DAY = r"\((?P<d1>\d{1,2})(?:\s?[/\-–]\s?(?P<d2>\d{1,2}))?\)"
_DAY_ONLY = (
    re.compile(rf"\b(?P<hari>{'|'.join(WEEKDAYS)}|jum['’]at)\b[\s,]{{0,2}}{_BRACKETED_DAY}", re.IGNORECASE),
    re.compile(
        rf"\b(?P<hari>)(?:digelar|dilaksanakan|diselenggarakan|berlangsung|selama|hari)\b[A-Za-z0-9\s,]{{0,25}}{_BRACKETED_DAY}",
        re.IGNORECASE,
    ),
)
# "…, Kamis.", "Rabu pagi, …": a weekday with no number behind it, not one that comes round ("setiap Senin").
_WEEKDAY_ALONE = re.compile(
    rf"(?<!setiap )(?<!tiap )(?<!saban )(?<!hingga )(?<!sampai )\b(?P<hari>{'|'.join(WEEKDAYS)}|jum['’]at)\b"
    r"(?:\s(?:pagi|siang|sore|malam|kemarin|lalu))?\s?(?:,\s(?=\D)|\.(?:\s|$)|$)(?!\s?[\d(])",
    re.IGNORECASE,
)
_WEEK = 7
_MONTH_DAYS = 31
_BEFORE = 60
_NEARBY = 200
_BESIDE = 3
_FARTHEST_CORE = 8
_FARTHEST_SAYING = 1_000  # letters; a page may be one sentence with a thousand days, and each looks back
_DATELINE, _DATELINE_WORDS = 60, 5


@dataclass(frozen=True, slots=True)
class When:
    """When the event was. written: as written; origin: where the year came from, "" when written; words: what told it."""

    start: date | None = None
    end: date | None = None
    written: str = ""
    origin: str = ""
    confidence: float = 0.0
    words: str = ""
    notes: tuple[str, ...] = ()


def find_when(
    script: Script, sentences: Sequence[Sentence], mentions: Sequence[Mention], today: date, kind: str
) -> When:
    """The day of the event; empty when the page names none. kind: a press release happens when it is published."""
    press_release = kind == "RILIS"
    hints = gather_hints(script, mentions, today)
    mentions = [
        mention
        for mention in mentions
        if not _still_to_come(mention, hints, sentences) and not _is_linked(mention, sentences)
    ]
    if (
        press_release
        and (published := _from_publication(script, press_release=True))
        and not any(mention.weekday is not None for mention in mentions)
    ):
        return published
    if kind not in _SAID_KINDS:
        mentions = [mention for mention in mentions if not _is_of_talk(mention, script.whole, sentences)]
    if recent := _from_weekday_alone(script, mentions, sentences):
        return recent
    ranked = sorted(mentions, key=lambda mention: (-_score(mention, script, sentences), mention.begin))
    for mention in ranked:
        if _score(mention, script, sentences) < 0:
            break
        if when := _when(mention, mentions, hints, script):
            return when
    published = _from_bare_days(script) or _from_publication(script, press_release=press_release)
    return published or When(written=find_vague(script.text))


def core_sentences(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], bodies: Iterable[int], text: str
) -> frozenset[int]:
    """Numbers of the sentences that tell the event: the first with a day of its own, the first in which a body acts.

    bodies: places where bodies are named in the text. News often begins with a picture and comes to its event later.
    """
    dated = [
        one.begin
        for one in mentions
        if (one.weekday is not None or one.bracketed) and not (_foreign(one, text) or _is_of_talk(one, text, sentences))
    ]
    told = sentences[1:_FARTHEST_CORE]
    first_day = next((one.urut for one in told if _holds(one, dated)), None)
    places = list(bodies)
    first_act = next((one.urut for one in told if _holds(one, places) and _EVENT_VERB.search(one.teks)), None)
    return frozenset(number for number in (first_day, first_act) if number is not None)


def _holds(sentence: Sentence, places: Iterable[int]) -> bool:
    return any(sentence.awal <= place < sentence.awal + len(sentence.teks) for place in places)


def _sentence_of(mention: Mention, sentences: Sequence[Sentence]) -> Sentence | None:
    return next((sentence for sentence in reversed(sentences) if sentence.awal <= mention.begin), None)


def _still_to_come(mention: Mention, hints: YearHints, sentences: Sequence[Sentence]) -> bool:
    """Whether a written day lies after the page appeared: a plan told beside the event; in the opening it is the page's own."""
    start = mention.start(mention.year) if mention.year else None
    sentence = _sentence_of(mention, sentences)
    return start is not None and start > hints.limit and sentence is not None and sentence.urut >= _BESIDE


def _is_linked(mention: Mention, sentences: Sequence[Sentence]) -> bool:
    """Whether a day stands in a link to another article in the middle of this one ("Baca juga: …")."""
    sentence = _sentence_of(mention, sentences)
    return sentence is not None and _LINKED.match(sentence.teks) is not None


def _is_of_talk(mention: Mention, text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a day is that of a quotation: words of saying stand before it in its sentence, and no event behind these."""
    sentence = _sentence_of(mention, sentences)
    begin = sentence.awal if sentence else 0
    before = _QUOTED.sub(" ", text[max(begin, mention.begin - _FARTHEST_SAYING) : mention.begin])
    said = _SAYING.search(before)
    if said is None:
        return False
    return not (_EVENT_VERB.search(before) or _EVENT_NOUN.search(before, said.end()))


def _score(mention: Mention, page: Script, sentences: Sequence[Sentence]) -> float:
    """How much a date looks like the event's: weekday, brackets, near the beginning; not in the company of laws."""
    text = page.whole
    sentence = _sentence_of(mention, sentences)
    order = sentence.urut if sentence else 0
    before = re.split(r"[.;\n]\s", text[max(0, mention.begin - _BEFORE) : mention.begin])[-1]
    score = (
        3.0 * (mention.weekday is not None) + 1.0 * mention.bracketed + 1.0 * bool(mention.year) + max(3.0 - order, 0.0)
    )
    score += 1.0 * (mention.until_day is not None) + 1.5 * bool(_EVENT.search(before))
    score -= 1.0 * _is_dateline(mention, page)
    if mention.year and (start := mention.start(mention.year)) and mention.weekday not in {None, start.weekday()}:
        score -= 1.5
    if _foreign(mention, text):
        score -= 5.0 if mention.weekday is None else 2.5
    elif mention.bracketed and _ELECTION.search(before):
        score -= 1.5
    if _PUBLISHED.search(before[-30:]):
        score -= 4.0
    if order > 2 and mention.weekday is None and not mention.bracketed and not mention.year:
        score -= 2.0
    return score


def _when(mention: Mention, mentions: Sequence[Mention], hints: YearHints, page: Script) -> When | None:
    """A mention with its year; a range that begins on this day, or days beside it, give first and last day."""
    span = (
        mention if mention.until_day is not None else next((other for other in mentions if other.covers(mention)), None)
    )
    main = mention if mention.year or span is None else replace(mention, year=span.year)
    year = resolve_year(main, hints)
    start = main.start(year.year) if year else None
    if year is None or start is None:
        return None
    end = (span or main).end(year.year) or start
    written = mention.written if span in {None, mention} else f"{mention.written}; {span.written}"
    if span is None and (length := _duration(page.whole, mention)):
        end = start + timedelta(days=length - 1)
    elif span is None:
        start, end = _beside(mention, mentions, page, start)
    remarks = (year.note,) if year.note else ()
    return When(start, end, written, year.origin, year.confidence, year.words, remarks)


def _beside(mention: Mention, mentions: Sequence[Mention], page: Script, day: date) -> tuple[date, date]:
    """First and last day of an event of which two neighbouring days are told in the same breath."""
    days = [day]
    for other in mentions:
        neighbour = other.start(day.year) if other.year in {None, day.year} else None
        near = (
            abs(other.begin - mention.begin) <= _NEARBY
            and not _is_dateline(other, page)
            and not _is_dateline(mention, page)
        )
        if neighbour and near and abs((neighbour - day).days) == 1 and not _foreign(other, page.whole):
            days.append(neighbour)
    return min(days), max(days)


def _is_dateline(mention: Mention, page: Script) -> bool:
    """A date at the head of the text, "Kota, 17 Juli 2025 –", is often the day of writing."""
    before = mention.begin - len(page.title) - 1
    if mention.weekday is not None or not 0 <= before <= _DATELINE:
        return False
    return len(page.text[:before].split()) <= _DATELINE_WORDS


def _foreign(mention: Mention, text: str) -> bool:
    """Whether a date stands in the company of laws, plans or the election."""
    before = re.split(r"[.;\n]\s", text[max(0, mention.begin - _BEFORE) : mention.begin])[-1]
    election = (
        _ELECTION.search(before) and not mention.bracketed
    )  # "… Pemilihan Serentak (11/9/2024)." closes a sentence of news
    return bool(_OTHER.search(before) or election)


def _duration(text: str, mention: Mention) -> int:
    """Days of "selama tiga hari sejak Rabu (27/10)", when said right beside the date."""
    match = _DURATION.search(text[max(0, mention.begin - 60) : mention.finish + 60])
    if not match:
        return 0
    return _DURATION_DAYS.get(match[1].casefold()) or bounded_int(match[1])


def _from_bare_days(page: Script) -> When | None:
    """Days without a month, "2 hari (26/27)" or "Kamis (26)": of the month before publication, when that is known."""
    published, origin = _publication(page)
    if published is None:
        return None
    for match in (match for pattern in _DAY_ONLY for match in pattern.finditer(page.text[:1500])):
        if when := _bare_days(match, published, origin):
            return when
    return None


def _bare_days(match: re.Match[str], published: date, origin: str) -> When | None:
    first, last = bounded_int(match["d1"]), bounded_int(match["d2"] or match["d1"])
    if not (match["hari"] or match["d2"]) or not 0 <= last - first <= 7:
        return None
    days = (published + timedelta(days=2 - back) for back in range(_MONTH_DAYS))
    start = next((day for day in days if day.day == first), None)
    weekday = re.sub(r"\W", "", match["hari"] or "").casefold()
    if start is None or (weekday and WEEKDAYS[start.weekday()] != weekday):
        return None
    remarks = ("Bulan dan tahun diambil dari tanggal terbit.",)
    return When(
        start, start + timedelta(days=last - first), match[0], origin, 0.7, f"terbit {published:%d/%m/%Y}", remarks
    )


def _from_weekday_alone(page: Script, mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> When | None:
    """The last such weekday up to publication, when the opening tells the event with it and with no other day."""
    published, origin = _publication(page)
    opening = sentences[1:_BESIDE]
    if published is None or any(_holds(sentence, [one.begin for one in mentions]) for sentence in opening):
        return None
    for sentence in opening:
        match = _WEEKDAY_ALONE.search(sentence.teks)
        if match and (_EVENT_VERB.search(sentence.teks) or _EVENT_NOUN.search(sentence.teks)):
            weekday = WEEKDAYS.index(re.sub(r"\W", "", match["hari"]).casefold())
            day = published - timedelta(days=(published.weekday() - weekday) % _WEEK)
            remarks = (f"Tanggal dihitung dari hari {match['hari']} sebelum tanggal terbit.",)
            return When(day, day, match["hari"], origin, 0.7, f"terbit {published:%d/%m/%Y}", remarks)
    return None


def _publication(page: Script) -> tuple[date | None, str]:
    """The day of publication and where it comes from: the page itself, else its address."""
    return (page.published, "tanggal_terbit") if page.published else (url_date(page.url), "url")


def _from_publication(page: Script, *, press_release: bool) -> When | None:
    """A release, or an event told as of today, happened on the day of publication; other pages without a date have none."""
    today = _TODAY.search(page.text[:1500])
    published, origin = _publication(page)
    if published is None or not (press_release or today):
        return None
    words = today[0] if today else f"terbit {published:%d/%m/%Y}"
    return When(published, published, "", origin, 0.6, words, ("Tanggal kegiatan diambil dari tanggal terbit.",))
