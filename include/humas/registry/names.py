"""Names of work units as people write them, reduced to what tells units apart.

A written name becomes a ``ParsedName``: the kind it states (``kota``, ``kabupaten``, ``provinsi``,
``nasional`` or none) and a key without case, spacing, punctuation and the words around the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from humas.bodies import BODIES, alternatives

GREATEST_LENGTH = 200
_OFFICES = ("humas", "satker", "satuan kerja", "sekretariat", "kantor", "ppid")
_BODY_WORDS = [word for body in BODIES.values() for word in body.words.unit]
_LEMBAGA = re.compile(rf"(?:{alternatives([*_BODY_WORDS, *_OFFICES])})\b ?")
_TIERS = re.compile(
    r"(?:(?P<provinsi>pemprov|provinsi|propinsi|prov|prop)|(?P<kabupaten>pemkab|kabupaten|kab)"
    r"|(?P<kota>pemkot|kotamadya|kodya|kota))\b ?(?:(?:administrasi|administratif|adm)\b ?)?"
)
_TRAILING_KIND = re.compile(r"(?P<nama>.+) (?P<jenis>provinsi|prov|kabupaten|kab|kota)")
_KAB_KOTA = re.compile(r"(?:kabupaten|kab) kota (?P<nama>.+)")
_CODE = re.compile(
    r"^\(?(?P<depan>[0-9]{2}(?:\.[0-9]{2})?)\)?(?![0-9.])|\(?(?<![0-9.])(?P<belakang>[0-9]{2}(?:\.[0-9]{2})?)\)?$"
)
_NATIONAL = frozenset(word for body in BODIES.values() for word in body.words.national)
_NATIONAL_TERMS = frozenset({
    "ri", "republik indonesia", "indonesia", "pusat", "nasional",
    *(body.headquarters.name.lower() for body in BODIES.values() if body.headquarters),
})  # fmt: skip
_SPELLINGS = {
    "kep": "kepulauan",
    "kepl": "kepulauan",
    "dan": "",
    "sumatra": "sumatera",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
}


class ParsedName(NamedTuple):
    """A written name taken apart. kind: kind stated, or empty. key: the letters and digits that identify."""

    kind: str
    key: str


class NameReading(NamedTuple):
    """One way to read a written name. province: the province it names as well. code: the code it carries, or empty."""

    name: ParsedName
    province: ParsedName | None = None
    code: str = ""


def normalize(text: str) -> str:
    """Lower case, no accents, punctuation as single spaces: ``"KAB.  Fak-Fak"`` → ``"kab fak fak"``. Idempotent."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter) and letter not in "'`’‘ʼ")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def key_of(text: str) -> str:
    """The identifying letters of a bare name: ``"Kep. Siau dan Biaro"`` → ``"kepulauansiaubiaro"``."""
    return "".join(_SPELLINGS.get(word, word) for word in normalize(text).split())


def parse_name(text: str) -> ParsedName:
    """Take a written name apart: ``"KIP Kab. Aceh Besar"`` → (``kabupaten``, ``acehbesar``)."""
    clean = normalize(text)
    rest = _without_body(clean)
    if rest in _NATIONAL_TERMS or clean in _NATIONAL:
        return ParsedName("nasional", "")
    match = _TIERS.match(rest)
    if match and (name := rest[match.end() :]):
        return ParsedName(str(match.lastgroup), key_of(name))
    return ParsedName("", key_of(rest))


def readings(text: str) -> Iterator[NameReading]:
    """The ways to read a written name, likeliest first.

    "Kota Baru" is a kota named Baru or, that failing, a unit named Kotabaru; the kind may stand last
    ("Semarang, Kota"); "Kab/Kota X" states no kind; and the last words may name the province: "Banjar,
    Kalimantan Selatan".
    """
    name, code = _split_code(text[:GREATEST_LENGTH])
    if code:
        yield NameReading(parse_name(text[:GREATEST_LENGTH]))  # "50 Kota" is a name, not the code 50
    whole = _without_body(normalize(name))
    yield NameReading(parse_name(name), code=code)
    yield NameReading(ParsedName("", key_of(whole)), code=code)
    if match := _TRAILING_KIND.fullmatch(whole):
        yield NameReading(parse_name(f"{match['jenis']} {match['nama']}"), code=code)
    if match := _KAB_KOTA.match(whole):
        yield NameReading(ParsedName("", key_of(match["nama"])), code=code)
    words = whole.split()
    for split in range(len(words) - 1, 0, -1):
        yield NameReading(parse_name(" ".join(words[:split])), parse_name(" ".join(words[split:])), code)


def _without_body(name: str) -> str:
    while match := _LEMBAGA.match(name):
        name = name[match.end() :]
    return name


def _split_code(text: str) -> tuple[str, str]:
    """Take the code off "Kota Semarang (33.74)" or "33.74 Kota Semarang"."""
    clean = text.strip()
    match = _CODE.search(clean)
    if not match or match.span() == (0, len(clean)):
        return clean, ""
    return clean[: match.start()] + clean[match.end() :], match["depan"] or match["belakang"]
