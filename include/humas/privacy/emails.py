"""Private e-mail addresses, with a sign or in words: ``budi@gmail.com``, ``budi [at] gmail [dot] com``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from humas.privacy.spans import Kind, Span

_AT = re.compile(
    r" ?(?:@|%40|&#0{0,4}64;|&commat;|[\[({<] ?(?:at|et|a|@) ?[\])}>]) ?"
    r"|[ _*\-]{1,2}(?:at|et)[ _*\-]{1,2}(?=[a-z]{2,12} ?(?:[.,\[({<]|[ _*\-]{1,2}(?:dot|titik)[ _*\-]))",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"(?:[\w.+\-]|[ \[({]{1,2}(?:dot|titik|underscore)[ \])}]{1,2}){1,64}$", re.IGNORECASE)
_DOT = r"(?: ?[.,] ?| ?[\[({<] ?(?:dot|titik|\.) ?[\])}>] ?|[ _*\-]{1,2}(?:dot|titik)[ _*\-]{1,2})"
_MAILBOXES = (
    r"gmail|googlemail|gmial|gamil|gmai|gmal|gnail|yahoo|yaho|yahooo|ymail|rocketmail|hotmail|hotmial|outlook|live|msn|icloud|me|"
    r"mac|aol|proton|protonmail|pm|zoho|gmx|yandex|mail|plasa"
)
_ALONE = r"gmail(?:com)?|yahoo(?:com)?|ymail|rocketmail|hotmail|outlook|icloud|protonmail"
_ENDINGS = r"com|co|id|net|org|uk|me|sg|ru|de|my|con|cm|om|ch"
_DOMAIN = re.compile(
    rf"(?:{_MAILBOXES})(?:{_DOT}(?:{_ENDINGS})(?![a-z]))+|(?:{_ALONE})(?![\w\-]|\.[a-z])", re.IGNORECASE
)
_LONGEST = 64


def emails_in(text: str) -> Iterator[Span]:
    """All private e-mail addresses of a plain text, from left to right; those of offices and firms are none."""
    done = 0
    for at in _AT.finditer(text):
        local = _LOCAL.search(text, max(at.start() - _LONGEST, done), at.start())
        domain = _DOMAIN.match(text, at.end())
        if local and domain:
            done = domain.end()
            yield Span(local.start(), done, Kind.EMAIL)
