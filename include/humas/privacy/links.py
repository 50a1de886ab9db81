"""Personal data in web addresses, whose long numbers are mostly those of posts, files and moments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from humas.privacy.digits import Chain, chains
from humas.privacy.emails import emails_in
from humas.privacy.letters import HIDDEN, decoded
from humas.privacy.shapes import NIK_LENGTH, is_mobile, is_nik
from humas.privacy.spans import Kind, Span

IN_TEXT = re.compile(
    r"(?:(?:https?|ftp|whatsapp):|www\.|//(?=[a-z])|(?<![\w@.\-])(?:[a-z0-9\-]{1,63}\.){1,5}[a-z]{2,12}(?=[/?#]))"
    r"[^\s\0\"<>]+",
    re.IGNORECASE,
)
"""An address within a text: with a scheme, with www, or a host with a path."""
IN_LIST = re.compile(r"[^\s\0\"<>|;]+")
"""An address in a column of links, whatever it looks like."""
_NAME = (
    r"(?:^|(?<=[^a-z]))(?:no|nomor|num|number|user|id)?[_\-]?(?:{})[_\-]?(?:no|nomor|number|pemohon|pelapor|warga)?"
    r"[=/:,_\- ]+(?:\+|no[=/_\-])?$"
)
_KIND = (
    (Kind.NIK, re.compile(_NAME.format("nik|ktp|e?ktp|kk|nokk|identitas"))),
    (Kind.TAX, re.compile(_NAME.format("npwp"))),
    (Kind.ACCOUNT, re.compile(_NAME.format("rek|rekening|norek|account|acc|va"))),
    (
        Kind.PHONE,
        re.compile(
            r"(?:wa\.me/(?:c/)?|^(?:tel|sms|callto):|t\.me/)\+?$|"
            + _NAME.format(
                "hp|nohp|handphone|phone|telp?|telepon|wa|nowa|whatsapp|mobile|msisdn|ponsel|kontak|contact|sms|cp|hubungi|call"
            )
        ),
    ),
)  # fmt: skip
_LENGTHS = {Kind.NIK: (15, 17), Kind.TAX: (15, 16), Kind.ACCOUNT: (8, 18), Kind.PHONE: (9, 15)}
_NUMBERED = re.compile(
    r"(?:^|(?<=[^a-z]))(?:f?b?id|story_fbid|set|v|p|s|d|j|u|t|ts|tv|posts?|permalink|status|videos?|reels?|photos?|watch|read|"
    r"article|artikel|berita|news|detail|view|folders?|file|uploads?|img|image|gid|rev|ref|time|timestamp|cache|ver|version|"
    r"meeting|webinar|doc|docs|dokumen|download|groups?|events?|story|stories|node|index|nomor|no|page|q|si|mid|aid|cid|"
    r"utm_\w+|fbclid|igshid)[=/_\-.:]*$"
)
_NUMBERED_HOSTS = re.compile(
    r"(?:^|//|\.)(?:facebook|fb|instagram|tiktok|twitter|x|youtube|youtu|google|goo|zoom|threads|linkedin|t|whatsapp|blogspot|"
    r"dropbox|issuu|scribd|slideshare|spotify)\.(?:com|be|net|us|me|watch|ly|gl|co)(?:[/?:]|$)"
)
_TYPED = re.compile(
    r"(?:entry[._]\d+|q|query|name|nama|search|keyword|cari|text|body|subject|title|judul|pesan|message|su)=[^&=]*$"
)
_REACH = 40
_FEWEST = 8


def personal_in_link(address: str, at: int) -> Iterator[Span]:
    """What an address that stands at ``at`` in its text holds."""
    text, origin = decoded(address)
    blank = list(text)
    found = list(emails_in(text))
    for span in found:
        blank[span.start : span.end] = HIDDEN * (span.end - span.start)
    hidden = "".join(blank).lower()
    numbered = _NUMBERED_HOSTS.search(hidden) is not None
    for chain in chains(hidden, _FEWEST, link=True):
        found.extend(_in_chain(chain, numbered=numbered))
    yield from (Span(at + origin[start], at + origin[end], kind) for start, end, kind in found)


def _in_chain(chain: Chain, *, numbered: bool) -> Iterator[Span]:
    """The numbers of a chain: by the name before it, else by their shape."""
    before = chain.text[max(chain.start - _REACH, 0) : chain.start]
    digits = "".join(chain.digits)
    for kind, name in _KIND:
        if name.search(before):
            fewest, most = _LENGTHS[kind]
            if fewest <= len(digits) <= most:
                yield Span(chain.start, chain.end, kind)
            return
    if _glued(chain):
        return
    typed = _TYPED.search(before) is not None
    if len(digits) == NIK_LENGTH and is_nik(digits) and (typed or not numbered):
        yield Span(chain.start, chain.end, Kind.NIK)
    elif is_mobile(digits) and (typed or _is_a_phone(chain, digits, before, numbered=numbered)):
        yield Span(chain.start, chain.end, Kind.PHONE)


def _is_a_phone(chain: Chain, digits: str, before: str, *, numbered: bool) -> bool:
    """Whether digits that no name explains are a telephone number: those of posts begin with no zero."""
    zero = digits.startswith("08")
    if _NUMBERED.search(before):
        return zero and not numbered and _alone(chain)
    cut = len(chain) > 1 and all(len(group) > 2 for group in chain.digits)
    return (zero or not numbered) and (cut or zero or _alone(chain))


def _alone(chain: Chain) -> bool:
    """Whether it is all that stands between two slashes, or the whole value of a parameter."""
    behind = chain.text[chain.end : chain.end + 1]
    return behind in {"", "/", "?", "&", "#"} and chain.text[max(chain.start - 1, 0) : chain.start] in {
        "/",
        "=",
        "+",
        " ",
    }


def _glued(chain: Chain) -> bool:
    """Whether it is a piece of a key: letters right before or behind it."""
    return (
        chain.text[max(chain.start - 1, 0) : chain.start].isalpha() or chain.text[chain.end : chain.end + 1].isalpha()
    )
