"""Kind of activity, strategies, function, and mentions of hoaxes: by weighted words of title and opening."""

from __future__ import annotations

import re
from functools import cache

from humas.berita.sentences import Kalimat
from humas.berita.words import (
    HOAKS,
    IKUT,
    JENIS,
    KOREKTIF,
    NAMA_BAGIAN,
    PERMINTAAN,
    SELENGGARA,
    STRATEGI,
    STRATEGI_JENIS,
    TUJUAN,
)

_BAGIAN = re.compile(NAMA_BAGIAN, re.IGNORECASE)
_HOAKS = re.compile(HOAKS, re.IGNORECASE)
_KOREKTIF = re.compile(KOREKTIF, re.IGNORECASE)
_BOBOT_JUDUL, _BOBOT_JUDUL_TANPA_KERJA, _BOBOT_AWAL, _BOBOT_LAIN = 1.5, 0.7, 1.0, 0.3
# What stands right behind the verb is the event itself: "mengikuti Bimbingan Teknis … Sosialisasi".
_INTI = 1.6
_KERJA = re.compile(rf"{IKUT}|{SELENGGARA}", re.IGNORECASE)
_SESUDAH_KERJA = re.compile(
    rf"(?:{IKUT}|{SELENGGARA})\W+(?:(?:\w+\W+){{0,2}}|(?:\w+\W+){{1,6}}(?:dan|serta|sekaligus)\W+)$", re.IGNORECASE
)
# "hal itu disampaikan dalam Podcast …": the event behind the words; "minta … tingkatkan sosialisasi": a demand, no event.
_DISAMPAIKAN = re.compile(
    r"\b(?:disampaikan|diungkapkan|dikatakan|ditegaskan)\w*\W+(?:\w+\W+){0,4}(?:dalam|pada|saat|ketika)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_MEMINTA = re.compile(PERMINTAAN + r"[^.;:]{0,90}$", re.IGNORECASE)
_RANGKA = re.compile(r"\b(?:kunjungan|rapat|kegiatan)\W+(?:\w+\W+){0,6}dalam rangka\W+(?:\w+\W+){0,4}$", re.IGNORECASE)
_BOBOT_PERMINTAAN = 0.5
_BERTUJUAN = re.compile(TUJUAN + r"\s(?:\w+\s){0,2}$", re.IGNORECASE)
_BOBOT_TUJUAN = 0.75
_KALIMAT_AWAL = 2
_KALIMAT_TERJAUH = 12
_CUKUP = 3.0
JENIS_LAIN = "LAINNYA"


def find_kind(kalimat: list[Kalimat]) -> tuple[str, float, str]:
    """The kind, how sure, and the words; LAINNYA when no word of the trade stands where the event is told."""
    scores: dict[str, float] = {}
    words: dict[str, str] = {}
    for kind, patterns in _patterns().items():
        scores[kind], words[kind] = _weigh(kalimat, patterns)
    ranked = sorted(scores, key=lambda kind: -scores[kind])
    first, second = ranked[0], ranked[1]
    if scores[first] < _CUKUP:
        return JENIS_LAIN, 0.3, ""
    lead = (scores[first] - scores[second]) / scores[first]
    return first, round(min(0.95, 0.55 + lead), 2), words[first]


def find_strategies(kalimat: list[Kalimat], jenis: str) -> tuple[int, ...]:
    """Strategies 1 to 8, the main one first: that of the kind, then those whose words the title and opening use."""
    text = " ".join(without_posts(sentence.teks) for sentence in kalimat[: _KALIMAT_AWAL + 1])
    others = [number for number, pattern in _strategies().items() if pattern.search(text)]
    main = STRATEGI_JENIS.get(jenis)
    if jenis == "RAKOR" and 7 in others and not re.search(r"rapat koordinasi|\brakor", text, re.IGNORECASE):
        main = 7
    strategies = [*([main] if main else []), *(number for number in others if number != main)]
    return tuple(strategies[:3])


def find_function(kalimat: list[Kalimat], jenis: str) -> str:
    """``korektif`` when the activity answers an issue, else ``konstruktif``."""
    opening = " ".join(sentence.teks for sentence in kalimat[: _KALIMAT_AWAL + 1])
    return "korektif" if jenis == "KLARIFIKASI_HOAKS" or _KOREKTIF.search(opening) else "konstruktif"


def mentions_hoax(teks: str) -> str:
    """The first word that speaks of hoaxes; "" when there is none."""
    match = _HOAKS.search(teks)
    return match[0] if match else ""


@cache
def _patterns() -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
    return {
        kind: tuple((re.compile(rf"(?:{pattern})", re.IGNORECASE), weight) for pattern, weight in patterns)
        for kind, patterns in JENIS.items()
    }


@cache
def _strategies() -> dict[int, re.Pattern[str]]:
    return {number: re.compile(pattern, re.IGNORECASE) for number, pattern in STRATEGI.items()}


def _weigh(sentences: list[Kalimat], patterns: tuple[tuple[re.Pattern[str], float], ...]) -> tuple[float, str]:
    """Strongest word in the title, in the opening and later, each once: repeating a word adds nothing."""
    strongest: dict[int, tuple[float, str]] = {}
    for sentence in sentences[:_KALIMAT_TERJAUH]:
        part = min(sentence.urut, 1) if sentence.urut <= _KALIMAT_AWAL else 2
        text = without_posts(sentence.teks)
        for pattern, weight in patterns:
            match = pattern.search(text)
            if (
                match
                and (score := weight * _share(sentence.urut, text, match.start())) > strongest.get(part, (0.0, ""))[0]
            ):
                strongest[part] = (score, match[0])
    if not strongest:
        return 0.0, ""
    return sum(score for score, _ in strongest.values()), strongest[min(strongest)][1]


def _share(order: int, text: str, place: int) -> float:
    """How much a word counts by its place; a title that is no sentence ("Mengukur …") tells less of the event."""
    if _MEMINTA.search(text[:place]):
        return _BOBOT_PERMINTAAN
    if order == 0 and _BERTUJUAN.search(text[:place]):
        return _BOBOT_TUJUAN
    if order == 0:
        return _BOBOT_JUDUL if _KERJA.search(text) else _BOBOT_JUDUL_TANPA_KERJA
    if order > _KALIMAT_AWAL:
        return _BOBOT_LAIN
    before = text[max(0, place - 70) : place]
    core = (
        _RANGKA.search(before)
        or _KERJA.match(text, place)
        or _SESUDAH_KERJA.search(before)
        or _DISAMPAIKAN.search(before)
    )
    return _BOBOT_AWAL * (_INTI if core else 1.0)


def without_posts(teks: str) -> str:
    """A text without the names of divisions and posts, which carry words of the trade but tell nothing of the event."""
    return _BAGIAN.sub(" ", teks)
