"""Which of the dates on a page is the day of its event, and of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from humas.berita.dates import Sebutan, find_vague
from humas.berita.model import HARI, Naskah
from humas.berita.sentences import Kalimat
from humas.berita.words import ACARA_PADA, DIPUBLIKASI, HARI_INI, TANGGAL_LAIN
from humas.berita.years import PetunjukTahun, gather_hints, resolve_year, url_date
from humas.digits import bounded_int

_LAIN = re.compile(TANGGAL_LAIN, re.IGNORECASE)
_TERBIT = re.compile(DIPUBLIKASI, re.IGNORECASE)
_HARI_INI = re.compile(HARI_INI, re.IGNORECASE)
_LAMA = re.compile(r"\bselama (dua|tiga|empat|lima|2|3|4|5) (?:\(\w+\) )?hari\b", re.IGNORECASE)
_HARI_LAMA = {"dua": 2, "tiga": 3, "empat": 4, "lima": 5}
_PEMILU = re.compile(r"\b(?:pemilu|pilkada|pemilihan|pileg|pilpres)\b[^.;]{0,25}$", re.IGNORECASE)
# "dilaksanakan pada (hari/tanggal)": the day of the event, told as such.
_ACARA = re.compile(ACARA_PADA + r"[\s(,]*$", re.IGNORECASE)
_KURUNG_HARI = r"\((?P<d1>\d{1,2})(?:\s?[/\-–]\s?(?P<d2>\d{1,2}))?\)"
_HARI_SAJA = (
    re.compile(rf"\b(?P<hari>{'|'.join(HARI)}|jum['’]at)\b[\s,]{{0,2}}{_KURUNG_HARI}", re.IGNORECASE),
    re.compile(
        rf"\b(?P<hari>)(?:digelar|dilaksanakan|diselenggarakan|berlangsung|selama|hari)\b[A-Za-z0-9\s,]{{0,25}}{_KURUNG_HARI}",
        re.IGNORECASE,
    ),
)
_SEBULAN = 31
_SEBELUM = 60
_SEBELAHAN = 200
_DATELINE, _KATA_DATELINE = 60, 5


@dataclass(frozen=True, slots=True)
class Waktu:
    """When the event was. tertulis: as written; asal: where the year came from, "" when written; kata: what told it."""

    mulai: date | None = None
    selesai: date | None = None
    tertulis: str = ""
    asal: str = ""
    keyakinan: float = 0.0
    kata: str = ""
    catatan: tuple[str, ...] = ()


def find_when(
    naskah: Naskah, kalimat: Sequence[Kalimat], sebutan: Sequence[Sebutan], hari_ini: date, *, rilis: bool
) -> Waktu:
    """The day of the event; empty when the page names none. rilis: a press release happens when it is published."""
    hints = gather_hints(naskah, sebutan, hari_ini)
    if (
        rilis
        and (published := _from_publication(naskah, rilis=True))
        and not any(mention.nama_hari is not None for mention in sebutan)
    ):
        return published
    ranked = sorted(sebutan, key=lambda mention: (-_score(mention, naskah, kalimat), mention.awal))
    for mention in ranked:
        if _score(mention, naskah, kalimat) < 0:
            break
        if when := _when(mention, sebutan, hints, naskah):
            return when
    published = _from_bare_days(naskah) or _from_publication(naskah, rilis=rilis)
    return published or Waktu(tertulis=find_vague(naskah.teks))


def _score(mention: Sebutan, page: Naskah, sentences: Sequence[Kalimat]) -> float:
    """How much a date looks like the event's: weekday, brackets, near the beginning; not in the company of laws."""
    text = page.utuh
    order = next((sentence.urut for sentence in reversed(sentences) if sentence.awal <= mention.awal), 0)
    before = re.split(r"[.;\n]\s", text[max(0, mention.awal - _SEBELUM) : mention.awal])[-1]
    score = (
        3.0 * (mention.nama_hari is not None) + 1.0 * mention.kurung + 1.0 * bool(mention.tahun) + max(3.0 - order, 0.0)
    )
    score += 1.0 * (mention.sampai_hari is not None) + 1.5 * bool(_ACARA.search(before))
    score -= 1.0 * _is_dateline(mention, page)
    if mention.tahun and (start := mention.start(mention.tahun)) and mention.nama_hari not in {None, start.weekday()}:
        score -= 1.5
    if _foreign(mention, text):
        score -= 5.0 if mention.nama_hari is None else 2.5
    elif mention.kurung and _PEMILU.search(before):
        score -= 1.5
    if _TERBIT.search(before[-30:]):
        score -= 4.0
    if order > 2 and mention.nama_hari is None and not mention.kurung and not mention.tahun:
        score -= 2.0
    return score


def _when(mention: Sebutan, mentions: Sequence[Sebutan], hints: PetunjukTahun, page: Naskah) -> Waktu | None:
    """A mention with its year; a range that begins on this day, or days beside it, give first and last day."""
    span = (
        mention
        if mention.sampai_hari is not None
        else next((other for other in mentions if other.covers(mention)), None)
    )
    main = mention if mention.tahun or span is None else replace(mention, tahun=span.tahun)
    year = resolve_year(main, hints)
    start = main.start(year.tahun) if year else None
    if year is None or start is None:
        return None
    end = (span or main).end(year.tahun) or start
    written = mention.tertulis if span in {None, mention} else f"{mention.tertulis}; {span.tertulis}"
    if span is None and (length := _duration(page.utuh, mention)):
        end = start + timedelta(days=length - 1)
    elif span is None:
        start, end = _beside(mention, mentions, page, start)
    remarks = (year.catatan,) if year.catatan else ()
    return Waktu(start, end, written, year.asal, year.keyakinan, year.kata, remarks)


def _beside(mention: Sebutan, mentions: Sequence[Sebutan], page: Naskah, day: date) -> tuple[date, date]:
    """First and last day of an event of which two neighbouring days are told in the same breath."""
    days = [day]
    for other in mentions:
        neighbour = other.start(day.year) if other.tahun in {None, day.year} else None
        near = (
            abs(other.awal - mention.awal) <= _SEBELAHAN
            and not _is_dateline(other, page)
            and not _is_dateline(mention, page)
        )
        if neighbour and near and abs((neighbour - day).days) == 1 and not _foreign(other, page.utuh):
            days.append(neighbour)
    return min(days), max(days)


def _is_dateline(mention: Sebutan, page: Naskah) -> bool:
    """A date at the head of the text, "Kota, 17 Juli 2025 –", is often the day of writing."""
    before = mention.awal - len(page.judul) - 1
    if mention.nama_hari is not None or not 0 <= before <= _DATELINE:
        return False
    return len(page.teks[:before].split()) <= _KATA_DATELINE


def _foreign(mention: Sebutan, text: str) -> bool:
    """Whether a date stands in the company of laws, plans or the election."""
    before = re.split(r"[.;\n]\s", text[max(0, mention.awal - _SEBELUM) : mention.awal])[-1]
    election = (
        _PEMILU.search(before) and not mention.kurung
    )  # "… Pemilihan Serentak (11/9/2024)." closes a sentence of news
    return bool(_LAIN.search(before) or election)


def _duration(text: str, mention: Sebutan) -> int:
    """Days of "selama tiga hari sejak Rabu (27/10)", when said right beside the date."""
    match = _LAMA.search(text[max(0, mention.awal - 60) : mention.akhir + 60])
    if not match:
        return 0
    return _HARI_LAMA.get(match[1].casefold()) or bounded_int(match[1])


def _from_bare_days(page: Naskah) -> Waktu | None:
    """Days without a month, "2 hari (26/27)" or "Kamis (26)": of the month before publication, when that is known."""
    published, origin = _publication(page)
    if published is None:
        return None
    for match in (match for pattern in _HARI_SAJA for match in pattern.finditer(page.teks[:1500])):
        if when := _bare_days(match, published, origin):
            return when
    return None


def _bare_days(match: re.Match[str], published: date, origin: str) -> Waktu | None:
    first, last = bounded_int(match["d1"]), bounded_int(match["d2"] or match["d1"])
    if not (match["hari"] or match["d2"]) or not 0 <= last - first <= 7:
        return None
    days = (published + timedelta(days=2 - back) for back in range(_SEBULAN))
    start = next((day for day in days if day.day == first), None)
    weekday = re.sub(r"\W", "", match["hari"] or "").casefold()
    if start is None or (weekday and HARI[start.weekday()] != weekday):
        return None
    remarks = ("Bulan dan tahun diambil dari tanggal terbit.",)
    return Waktu(
        start, start + timedelta(days=last - first), match[0], origin, 0.7, f"terbit {published:%d/%m/%Y}", remarks
    )


def _publication(page: Naskah) -> tuple[date | None, str]:
    """The day of publication and where it comes from: the page itself, else its address."""
    return (page.terbit, "tanggal_terbit") if page.terbit else (url_date(page.url), "url")


def _from_publication(page: Naskah, *, rilis: bool) -> Waktu | None:
    """A release, or an event told as of today, happened on the day of publication; other pages without a date have none."""
    today = _HARI_INI.search(page.teks[:1500])
    published, origin = _publication(page)
    if published is None or not (rilis or today):
        return None
    words = today[0] if today else f"terbit {published:%d/%m/%Y}"
    return Waktu(published, published, "", origin, 0.6, words, ("Tanggal kegiatan diambil dari tanggal terbit.",))
