"""Private e-mail addresses, with a sign or in words: ``budi@gmail.com``, ``budi [at] gmail [dot] com``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from humas.contract.privacy.spans import Kind, Span

_AT = re.compile(r" ?(?:@|[\[({<] ?(?:at|et|a) ?[\])}>]) ?| (?:at|et) (?=[a-z]+ ?(?:[.,\[(]| dot | titik ))", re.IGNORECASE)
_LOCAL = re.compile(r"(?:[\w.+\-]|[ \[({]{1,2}(?:dot|titik|underscore)[ \])}]{1,2}){1,64}$", re.IGNORECASE)
_DOT = r"(?: ?[.,] ?| ?[\[({<] ?(?:dot|titik|\.) ?[\])}>] ?| (?:dot|titik) )"
_DOMAIN = re.compile(rf"[a-z0-9\-]{{1,63}}(?:{_DOT}[a-z0-9\-]{{1,63}}){{0,4}}", re.IGNORECASE)
_ANY_DOT = re.compile(_DOT, re.IGNORECASE)
_LONGEST = 64
_MAILBOXES = frozenset({
    "gmail", "googlemail", "yahoo", "ymail", "rocketmail", "hotmail", "outlook", "live", "msn", "icloud", "me", "mac", "aol",
    "proton", "protonmail", "pm", "zoho", "gmx", "yandex", "mail", "plasa",
})  # fmt: skip
_ENDINGS = frozenset({"com", "co", "id", "net", "org", "uk", "me", "sg", "ru", "de", "my", "con", "cm", "om", "ch"})


def emails_in(text: str) -> Iterator[Span]:
    """All private e-mail addresses of a plain text, from left to right; those of offices and firms are none."""
    done = 0
    for at in _AT.finditer(text):
        local = _LOCAL.search(text, max(at.start() - _LONGEST, done), at.start())
        domain = _DOMAIN.match(text, at.end())
        if local and domain and (end := _end_of_private(domain)):
            yield Span(local.start(), end, Kind.EMAIL)
            done = end


def _end_of_private(domain: re.Match[str]) -> int:
    """Where a private mailbox's domain ends; 0 when it is another's."""
    names = _ANY_DOT.split(domain[0].lower())
    if names[0] not in _MAILBOXES:
        return 0
    kept = 1
    while kept < len(names) and names[kept] in _ENDINGS:
        kept += 1
    if kept == 1:
        return 0
    dots = [match.start() for match in _ANY_DOT.finditer(domain[0])]
    return domain.start() + dots[kept - 1] if kept < len(names) else domain.end()
