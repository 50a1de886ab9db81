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

_OF_POSTS: Final = frozenset({"p", "reel", "reels", "tv", "status", "video", "videos", "watch", "posts", "shorts", "photo", "story", "stories"})  # fmt: skip
"""Parts of a path that lead to a post."""
_SHORTENED: Final = frozenset({"youtu.be", "vt.tiktok.com", "vm.tiktok.com"})
"""Sites whose addresses lead to posts alone, without a name in them."""


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


def leads_to_account(link: str) -> bool:
    """Whether a link leads to an account or a whole site, and not to one of its posts or pages."""
    host, path, query = _split(link)
    parts = [part for part in path.split("/") if part]
    if not platform_of(link):
        return bool(host) and not parts
    if any(part.casefold() in _OF_POSTS for part in parts) or host in _SHORTENED:
        return False
    named = [part for part in parts if part.casefold() not in _WITHOUT_NAME]
    return len(named) == 1 or (len(parts) == 1 and "id=" in query)


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
