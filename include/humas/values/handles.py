"""The name of an account on a platform, however it was written: "@name", a link to it, or "Office (@name)"."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

PLATFORM_OF: Final = {
    "instagram.com": "instagram",
    "instagr.am": "instagram",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "fb.me": "facebook",
    "x.com": "x",
    "twitter.com": "x",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "tiktok.com": "tiktok",
    "whatsapp.com": "whatsapp",
    "wa.me": "whatsapp",
    "threads.net": "threads",
    "threads.com": "threads",
    "t.me": "telegram",
    "telegram.me": "telegram",
}
"""Domain → the platform that it is of."""
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
_NAMED = re.compile(r"(?<![\w.])@([\w.-]*\w)")
_WITHOUT_NAME: Final = frozenset({"c", "channel", "user", "pages", "people", "groups", "p", "profile"})
"""Parts of a path that stand before the name of an account."""


def handle_of(text: str) -> str:
    """The name as its platform shows it, without "@"; what names no account stays as it stands."""
    if _LINK.fullmatch(text):
        return _in_link(text) or text
    named = _NAMED.findall(text)
    return named[0] if len(named) == 1 else text


def platform_of(link: str) -> str:
    """The platform that a link leads to; "" when it is none that is known."""
    host = _split(link)[0]
    return next((name for domain, name in PLATFORM_OF.items() if host == domain or host.endswith(f".{domain}")), "")


def _in_link(link: str) -> str:
    """The name in the path of a known platform; of any other site its host."""
    host, path, query = _split(link)
    if not platform_of(link):
        return host
    parts = [part for part in path.split("/") if part and part.casefold() not in _WITHOUT_NAME]
    if not parts:
        return ""
    return f"{parts[0]}?{query}" if parts[0].endswith(".php") and query else parts[0].removeprefix("@")


def _split(link: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        return (parts.hostname or "").removeprefix("www."), parts.path, parts.query
    except ValueError:
        return "", "", ""
