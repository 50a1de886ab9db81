"""One finder of personal data for the rule and for the mask alike.

UU 27/2022 and the field's own rule V32: no NIK, private phone number, private e-mail, NPWP or account number leaves a unit.
What ``find_personal`` lets pass, the mask does not hide.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from humas.privacy.emails import emails_in
from humas.privacy.letters import HIDDEN, plain
from humas.privacy.links import IN_LIST, IN_TEXT, personal_in_link
from humas.privacy.numbers import numbers_in
from humas.privacy.spans import Kind, Span

_ROUNDS = 4
_REPLACEMENT = re.compile("|".join(re.escape(kind.replacement) for kind in Kind))
_ANYTHING = re.compile(r"\d(?:[^\w\x00]|[\d_])*|@", re.ASCII)
_PERSONAL_HEADER = re.compile(
    r"\b(?:nama (?:lengkap |asli )?(?:pemohon|pelapor|pengadu|pengguna|warga|narahubung|ybs)|nama lengkap|pemohon|"
    r"pelapor|pengadu|nik|ktp|kk|alamat|domisili|hp|handphone|ponsel|telp|tlp|telepon|kontak|narahubung|contact person|cp|"
    r"wa|whatsapp|e ?mail|surel|lahir|ttl|umur|usia|jenis kelamin|pekerjaan|identitas|npwp|rekening)\b"
)
_OTHER_DIGITS = (
    "\u00b2\u00b3\u00b9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2070-\u2089\u2460-\u2468\u24ea"
    "\uff10-\uff19\U0001d7ce-\U0001d7ff"
)
CANDIDATE = re.compile(
    rf"[0-9Oo{_OTHER_DIGITS}](?:[^a-zA-Z0-9\x00{_OTHER_DIGITS}]{{0,4}}[0-9OoIl{_OTHER_DIGITS}]){{8}}"
    r"|[@\uff20\ufe6b]|%(?:40|2[0BDEFbdef]\d|3\d%3\d)|&(?:#0{0,4}64|commat);"
    r"|[\[({<] ?(?:[Aa][Tt]?|[Ee][Tt]) ?[\])}>]|[Tt][ _*\-]{1,2}(?i:g[amn]|ya?h|ym|hot|rock|prot|outl|iclo|live)"
)
"""Cheap first look: nothing personal without nine digits in a row, however separated, or an at sign."""


class TextForm(Enum):
    """What a text is: words in which addresses may stand, or nothing but addresses."""

    TEXT = auto()
    LINK = auto()


def find_personal(text: str, context: TextForm = TextForm.TEXT) -> tuple[Span, ...]:
    """All personal data in a text, from left to right, none within another."""
    if not CANDIDATE.search(text):
        return ()
    rest, origin = plain(_REPLACEMENT.sub(lambda match: HIDDEN * len(match[0]), text.replace(HIDDEN, " ")))
    found = _look_again(rest, context)
    return tuple(Span(origin[start], origin[end], kind) for start, end, kind in sorted(found))


def _look_again(rest: str, context: TextForm) -> list[Span]:
    """Looks until nothing more appears, so that a masked text has nothing left to find."""
    found: list[Span] = []
    for _ in range(_ROUNDS):
        more = _look(rest, context)
        if not more:
            return found
        found += more
        rest = _hide(rest, more)
    # What appears only because its neighbours are gone, again and again, is nothing that somebody wrote for people.
    return [*found, *(Span(*match.span(), Kind.PHONE) for match in _ANYTHING.finditer(rest))]


def _look(text: str, context: TextForm) -> list[Span]:
    """One look at a plain text: links first, then what is left of it."""
    address = IN_LIST if context is TextForm.LINK else IN_TEXT
    links = [match for match in address.finditer(text) if context is TextForm.TEXT or _is_link(match[0])]
    found = [span for match in links for span in personal_in_link(match[0], match.start())]
    rest = _hide(text, [Span(*match.span(), Kind.PHONE) for match in links])
    emails = list(emails_in(rest))
    return [*found, *emails, *numbers_in(_hide(rest, emails))]


def _is_link(token: str) -> bool:
    """Whether a word in a column of links is one: letters, and what separates the parts of an address."""
    return re.search(r"[a-z]{2}", token, re.IGNORECASE) is not None and re.search(r"[/?=:]|\.[a-z]", token) is not None


def _hide(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, _ in sorted(spans):
        parts += [text[at:start], HIDDEN * (end - start)]
        at = end
    return "".join((*parts, text[at:]))


def personal_kinds(text: str, context: TextForm = TextForm.TEXT) -> tuple[Kind, ...]:
    """Which kinds of personal data a text holds, each once; a kind is the name people read."""
    found = {span.kind for span in find_personal(text, context)}
    return tuple(kind for kind in Kind if kind in found)


def mask(text: str, context: TextForm = TextForm.TEXT) -> str:
    """The text with all that ``find_personal`` finds replaced; everything else unchanged."""
    parts: list[str] = []
    at = 0
    for start, end, kind in find_personal(text, context):
        parts += [text[at:start], kind.replacement]
        at = end
    return "".join((*parts, text[at:])) if parts else text


def personal_header(title: str) -> bool:
    """Whether a column by this header holds who a member of the public is, whatever its cells look like."""
    return _PERSONAL_HEADER.search(" ".join(re.sub(r"[\W_]+", " ", title.casefold()).split())) is not None
