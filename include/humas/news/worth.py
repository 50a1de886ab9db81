"""Whether a page tells an activity of public relations in which its unit took part."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from humas.news.kind import MEETING, OTHER_KIND, news_of_kinds, without_posts
from humas.news.model import Script
from humas.news.role import Role, is_own, is_superior
from humas.news.sentences import Sentence
from humas.news.unit import NamedBody, Owner
from humas.news.when import When
from humas.news.words import (
    BESIDE_OCCASION,
    CERTAIN_CEREMONIES,
    CERTAIN_HUMAS,
    CLEAR_HUMAS,
    ELECTION_DAY,
    EVENT_NOUNS,
    EVENT_VERBS,
    EXPLAINERS,
    FIGURE_TITLES,
    OPINION_OPENINGS,
    OPINION_TITLES,
    OTHER_EVENTS,
    OUTSIDE_SECTIONS,
    PARTNERS,
    PLANS,
    PUBLIC_RELATIONS,
    PUBLIC_RELATIONS_KINDS,
    SITE_MARK,
)

_OPINION_TITLES = re.compile(OPINION_TITLES, re.IGNORECASE)
_OPINION_OPENINGS = re.compile(OPINION_OPENINGS, re.IGNORECASE)
_SITE_MARK = re.compile(SITE_MARK, re.IGNORECASE)
_NEWS_HEAD = 120
_CERTAIN_DAY = 0.95
_FOR_SATKER = frozenset({"RAKOR", "BIMTEK"})
_EXPLAINER = re.compile(EXPLAINERS, re.IGNORECASE)
_SECTION = re.compile(OUTSIDE_SECTIONS, re.IGNORECASE)
_PUBLIC_RELATIONS = re.compile(PUBLIC_RELATIONS, re.IGNORECASE)
_CLEAR = re.compile(CLEAR_HUMAS, re.IGNORECASE)
_PARTNERS = re.compile(PARTNERS, re.IGNORECASE)
_CERTAIN_HUMAS = re.compile(CERTAIN_HUMAS, re.IGNORECASE)
_OTHER = re.compile(OTHER_EVENTS, re.IGNORECASE)
_SUBORDINATES = re.compile(
    r"(?:diikuti|dihadiri|kepada|bagi|untuk|peserta|melibatkan|mengundang|menghadirkan|mengikuti|hadir|jajaran|seluruh)\b[^.;]{0,120}"
    r"(?:kabupaten\s?(?:/|dan|&)?\s?kota|kab\.?\s?/\s?kota|\bse[- ](?:indonesia|[A-Z]))"
    r"|kab(?:upaten|\.)?\s?(?:/|dan|&)?\s?kota,?\s(?:di\s)?se[- ]?\w",
    re.IGNORECASE,
)
_CEREMONY = re.compile(CERTAIN_CEREMONIES, re.IGNORECASE)
_EVENT = re.compile(f"{EVENT_NOUNS}|{EVENT_VERBS}", re.IGNORECASE)
_EVENT_VERB = re.compile(EVENT_VERBS, re.IGNORECASE)
_BESIDE, _FIGURES = re.compile(BESIDE_OCCASION, re.IGNORECASE), re.compile(FIGURE_TITLES, re.IGNORECASE)
_PLANS = re.compile(PLANS, re.IGNORECASE)
_EVENT_NOUN = re.compile(EVENT_NOUNS, re.IGNORECASE)
_ELECTION_DAY = re.compile(ELECTION_DAY, re.IGNORECASE)
_OPENING, _HEADLINE = 4, 2
# Work that is told without an event: what is published, answered, or watched.
_KINDS_WITHOUT_EVENT = frozenset({"RILIS", "KLARIFIKASI_HOAKS", "KONTEN_MEDSOS", "MONITORING_MEDIA"})
_JAKARTA = re.compile(r"^\W*jakarta\b", re.IGNORECASE)


def reason_against(
    script: Script, sentences: list[Sentence], bodies: Sequence[NamedBody], owner: Owner,
    role: Role, kind: str, moment: When, core: Collection[int] = (),
) -> tuple[str, str]:  # fmt: skip
    """Why the page does not count, as a code and in Indonesian; two empty texts when it counts.

    Codes: ``opini``, ``penjelasan``, ``tanpa_tanggal``, ``salinan``, ``upacara``, ``bukan_kehumasan``,
    ``tanpa_isi``, ``tanpa_acara``, ``hari_pemilihan``.
    """
    if not script.text:
        return "tanpa_isi", "Isi artikel tidak ditemukan pada halaman ini."
    if (
        _SECTION.search(script.section)
        or _OPINION_TITLES.search(script.title)
        or _OPINION_OPENINGS.search(script.text[:200])
    ):
        return "opini", "Opini atau artikel, bukan kegiatan."
    if _is_explainer(script, role, kind, moment):
        return "penjelasan", "Penjelasan tanpa kegiatan dan tanpa tanggal."
    if _is_undated(sentences, role, kind, moment):
        return "tanpa_tanggal", "Tanpa tanggal dan tanpa acara yang jelas."
    if _is_copy(script, bodies, owner, role, kind):
        return "salinan", "Berita lembaga lain yang dimuat ulang; satker ini tidak disebut ikut."
    if _is_ceremony(sentences):
        return "upacara", "Bukan kegiatan kehumasan, melainkan urusan dalam atau upacara."
    if _is_election_day(sentences):
        return "hari_pemilihan", "Pelaksanaan pemilihan, bukan kegiatan kehumasan."
    if not moment.start and _is_planned(sentences):
        return "belum_terjadi", "Baru rencana; tidak menceritakan kegiatan yang sudah terjadi."
    if _tells_no_event(sentences, kind, core):
        return "tanpa_acara", "Pernyataan, data, atau pengumuman; tidak menceritakan kegiatan."
    if not _is_public_relations(sentences, kind, core, owner):
        return "bukan_kehumasan", "Bukan kegiatan kehumasan."
    return "", ""


def _is_election_day(sentences: Sequence[Sentence]) -> bool:
    """A headline or an opening about voting, with no event of public relations beside it."""
    title, opening = (sentences[number].teks if len(sentences) > number else "" for number in (0, 1))
    return _ELECTION_DAY.search(title) is not None and not _EVENT_NOUN.search(f"{title} {opening}")


def _is_planned(sentences: Sequence[Sentence]) -> bool:
    """The opening tells an event that is still to come, and none that took place."""
    opening = [sentence.teks for sentence in sentences[1:3]]
    planned = any(_EVENT_VERB.search(match[0]) for text in opening for match in _PLANS.finditer(text))
    return planned and not any(_EVENT_VERB.search(_PLANS.sub(" ", text)) for text in opening)


def _tells_no_event(sentences: Sequence[Sentence], kind: str, core: Collection[int]) -> bool:
    """Neither headline nor opening names an event or says that one took place.

    Where figures are the headline, or plans are told, a name is not enough: a verb must say that it took place.
    """
    if kind in _KINDS_WITHOUT_EVENT:
        return False
    told = [
        _BESIDE.sub(" ", without_posts(sentence.teks))
        for sentence in sentences
        if sentence.urut < _OPENING or sentence.urut in core
    ]
    done = [_PLANS.sub(" ", text) for text in told]
    figures = _FIGURES.search(told[0]) is not None and not _EVENT.search(told[0])
    planned = done[:_HEADLINE] != told[:_HEADLINE]
    event = _EVENT_VERB if figures or planned else _EVENT
    return not any(event.search(text) for text in done)


def _is_explainer(page: Script, role: Role, kind: str, when: When) -> bool:
    """A headline that explains; where a day of an event is told, only when the unit does nothing there."""
    if kind == "RILIS":
        return False
    explains = _EXPLAINER.search(page.title) is not None
    if when.start:  # a day with its weekday on which someone holds an event is news, whatever the headline says
        return explains and not (role.acts or (role.certain and when.confidence >= _CERTAIN_DAY))
    return explains or not (role.words or when.written)


def _is_undated(sentences: Sequence[Sentence], role: Role, kind: str, when: When) -> bool:
    """No day, not even a vague one, no body that surely holds or attends an event, and none in headline or opening."""
    opening = " ".join(sentence.teks for sentence in sentences[:_HEADLINE])
    named = kind not in {"", OTHER_KIND, *_KINDS_WITHOUT_EVENT} and _EVENT_NOUN.search(opening) is not None
    told = role.certain or (role.acts and named)
    return kind != "RILIS" and not (when.start or when.written or told)


def _is_copy(page: Script, bodies: Sequence[NamedBody], owner: Owner, role: Role, kind: str) -> bool:
    """News of another unit put on this site: others act and the unit itself is not named.

    A superior's event that all its units attend, or its training or meeting on public relations, is not foreign,
    though the text names none of them.
    """
    if owner.satker is None or owner.satker.tier == "nasional":
        return False
    others = [body for body in bodies if body.satker and not is_own(body, owner)]
    acts_first = role.acts and _bare_is_own(bodies, owner)
    if any(is_own(body, owner) and (body.satker or body.candidates) for body in bodies):
        return False
    if _foreign_site(page):
        return True
    jakarta = _JAKARTA.match(page.text) is not None
    if acts_first and not jakarta:
        return False
    if jakarta or any(is_superior(body, owner) for body in others):
        for_units = not jakarta and kind in _FOR_SATKER and _CERTAIN_HUMAS.search(page.whole)
        return not (for_units or _SUBORDINATES.search(page.whole))
    return bool(others)


def _bare_is_own(bodies: Sequence[NamedBody], owner: Owner) -> bool:
    """On a unit's own site its body named bare ("KPU") is the unit, until another unit of that body is named."""
    first = next((body for body in bodies if body.lembaga is owner.lembaga and not body.group), None)
    return first is not None and is_own(first, owner)


def _foreign_site(page: Script) -> bool:
    """Whether the dateline names another site than the one the page stands on."""
    match = _SITE_MARK.search(page.text[:_NEWS_HEAD])
    if match is None:
        return False
    return match[2] is not None or match[1].casefold().removeprefix("www.") not in page.url.casefold()


def _is_ceremony(sentences: list[Sentence]) -> bool:
    """An oath, a parade, a farewell, unless its words are those of public relations; a parade first named stays one."""
    core = " ".join(sentence.teks for sentence in sentences[:3])
    ceremony, humas = (pattern.search(sentences[0].teks if sentences else "") for pattern in (_CEREMONY, _CLEAR))
    if ceremony and (humas is None or ceremony.start() < humas.start()):
        return True
    return bool(sentences and _OTHER.search(sentences[0].teks)) and not _CLEAR.search(core)


def _is_public_relations(sentences: list[Sentence], kind: str, core: Collection[int], owner: Owner) -> bool:
    if kind in PUBLIC_RELATIONS_KINDS or news_of_kinds(owner.lembaga.value if owner.lembaga else "").get(kind):
        return True
    title, opening = (
        (sentences[0].teks if sentences else ""),
        " ".join(without_posts(one.teks) for one in sentences if one.urut in {1, 2, *core}),
    )
    if _PUBLIC_RELATIONS.search(title) or _CLEAR.search(opening):
        return True
    if kind == MEETING and _PARTNERS.search(f"{title}\n{opening}"):
        return True
    whole = " ".join(without_posts(sentence.teks) for sentence in sentences[:8])
    return kind != OTHER_KIND and _CERTAIN_HUMAS.search(whole) is not None
