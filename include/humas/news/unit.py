"""Whose page it is, and which bodies a text names: by web address first, then by the names in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from humas.bodies import BODIES, NewsWords, alternatives
from humas.news.model import Script
from humas.registry import Lembaga, Register, Satker
from humas.registry.names import key_of

_SUFFIX = re.compile(r"\.(?:go|or|co|web|my|ac|desa)\.id$|\.(?:id|com|net|org|info)$|\.(?:blogspot|wordpress)\.com$")
_NEWS = {code: body.news for code, body in BODIES.items()}
_HOST_WORDS = [word for words in _NEWS.values() for word in words.host_words]
_HEAD = re.compile(rf"^(?:{alternatives([*_HOST_WORDS, 'ppid', 'eppid', 'jdih', 'www', 'web'])})$")
_JOINED_HEAD = re.compile(rf"^(?:{alternatives(_HOST_WORDS)})(?=[a-z]{{3}})")


def _naming(code: str, words: NewsWords) -> str:
    """The pattern of one body's names, a group under its code."""
    exact, names = alternatives(words.exact), alternatives([*words.names, *words.own_names])
    return f"(?P<{code}>{'|'.join([*([exact] if exact else []), *([f'(?i:{names})'] if names else [])])})"


_BODY = re.compile(
    rf"\b(?:{'|'.join(_naming(code, words) for code, words in _NEWS.items() if words.exact or words.names or words.own_names)})"
    rf"\b(?![/\-]\w)(?:\s\((?:{alternatives(word for words in _NEWS.values() for word in words.bracketed)})\))?[ \t]?"
)
_NAME = re.compile(
    r"(?:(?P<ri>RI\b|R\.I\.|(?i:republik indonesia|pusat))|(?P<tingkat>(?i:provinsi|propinsi|prov\.?|kabupaten|kab\.?|kota)(?i:\sadministrasi)?)\s)?"
)
_GROUP = re.compile(r"(?:provinsi|kabupaten|kab\b|kota\b|se[ -]|daerah\b|di daerah|seluruh)", re.IGNORECASE)
_WORDS = re.compile(r"[A-Za-z'’\-]+")
_OVERSEES = re.compile(r"\b(?:se|Se|SE)\s?[\-–]\s?(?P<nama>[A-Z][\w\-]*(?:\s[A-Z][\w\-]*){0,4})")
_MAX_WORDS = 6
_OWN_NAMES = {code: frozenset(words.own_names) for code, words in _NEWS.items()}
_KIND_IN_NAME = re.compile(r"\b(?:pem)?(?P<jenis>prov|kab|kot)", re.IGNORECASE)
_KINDS = {"prov": "provinsi", "prop": "provinsi", "kab": "kabupaten", "kot": "kota"}


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body named in a text. satker: None when it is named bare ("KPU"). candidates: the units a name may mean.

    group: many units at once ("KPU Kabupaten/Kota", "Bawaslu Provinsi").
    """

    begin: int
    finish: int
    written: str
    lembaga: Lembaga
    satker: Satker | None = None
    candidates: tuple[Satker, ...] = ()
    group: bool = False

    @property
    def name(self) -> str:
        """Official name, as the contract writes organisers."""
        return self.satker.official_name(self.lembaga) if self.satker else self.written


@dataclass(frozen=True, slots=True)
class Owner:
    """The unit whose page this is. confidence, words: how sure, and from what. note: what a person should look at."""

    lembaga: Lembaga | None = None
    satker: Satker | None = None
    confidence: float = 0.0
    words: str = ""
    note: str = ""


class _Index:
    """Names and web addresses of all units, looked up by key without any search."""

    def __init__(self, register: Register) -> None:
        self.name: dict[str, tuple[Satker, ...]] = {}
        self.host: dict[str, tuple[Lembaga, Satker]] = {}
        self.slug: dict[str, tuple[Satker, ...]] = {}
        for unit in register.everything():
            for code, host in unit.hosts.items():
                self.host[host.removeprefix("www.")] = (Lembaga(code), unit)
            if unit.tier == "nasional":
                continue
            for key in _keys(unit):
                _append(self.name, key, unit)
                for slug in _slugs(unit, key):
                    _append(self.slug, slug, unit)


def _append(index: dict[str, tuple[Satker, ...]], key: str, unit: Satker) -> None:
    existing = index.get(key, ())
    if unit not in existing:
        index[key] = (*existing, unit)


def _keys(unit: Satker) -> set[str]:
    """Keys of the bare name and of aliases; an island group also without that word, DKI and DIY as spoken."""
    keys = {
        key_of(unit.short_name),
        *(key_of(re.sub(r"^(?:kabupaten|kota)(?: administrasi)? ", "", alias, flags=re.I)) for alias in unit.alias),
    }
    keys |= {
        key.removeprefix("kepulauan") for key in keys if unit.tier == "provinsi" and key.startswith("kepulauanbangka")
    }
    if unit.tier == "provinsi":
        keys |= {re.sub(r"^(?:dki|di)(?=[jy])", "", key) for key in keys}
    return keys - {""}


def _slugs(unit: Satker, key: str) -> Iterable[str]:
    prefixes = {"provinsi": ("prov", "provinsi"), "kabupaten": ("kab", "kabupaten"), "kota": ("kota",)}[unit.tier]
    return (key, *(f"{prefix}{key}" for prefix in prefixes), *(f"{key}{prefix}" for prefix in prefixes))


@lru_cache(maxsize=4)
def _index(register: Register) -> _Index:
    return _Index(register)


def find_owner(script: Script, register: Register) -> Owner:
    """The unit a page belongs to: the host when it is one of ours, else the body the text names most."""
    bodies = _plainly_named(find_bodies(script.whole, register))
    from_host = _from_host(script.url, bodies, register)
    return from_host if from_host.satker else _from_text(bodies, from_host)


def bodies_for(owner: Owner, bodies: Sequence[NamedBody]) -> list[NamedBody]:
    """The bodies that count on a page: names of a local government mean it on its own pages; elsewhere it is a partner."""
    return [body for body in bodies if body.lembaga is owner.lembaga or not _is_partner_name(body)]


def _plainly_named(bodies: Sequence[NamedBody]) -> list[NamedBody]:
    """Bodies named by a name of their own, else all."""
    return [body for body in bodies if not _is_partner_name(body)] or list(bodies)


def _is_partner_name(body: NamedBody) -> bool:
    written = body.written.casefold()
    return any(written.startswith(name) for name in _OWN_NAMES[body.lembaga.value])


def find_bodies(text: str, register: Register) -> list[NamedBody]:
    """All election bodies a text names, in reading order."""
    return [_body(text, match, register) for match in _BODY.finditer(text)]


def find_region(text: str, register: Register) -> Satker | None:
    """The province of "se-Jawa Timur"; None without such words."""
    index = _index(register)
    for match in _OVERSEES.finditer(text):
        for key, _ in _prefixes(match["nama"]):
            unit = next((unit for unit in index.name.get(key, ()) if unit.tier == "provinsi"), None)
            if unit:
                return unit
            if key == "indonesia":
                return register.satker("00")
    return None


def name_in(text: str, register: Register) -> tuple[Satker, ...]:
    """The units whose bare name a short text begins with; the longest name wins."""
    index = _index(register)
    return next((index.name[key] for key, _ in _prefixes(text) if key in index.name), ())


def _body(text: str, match: re.Match[str], register: Register) -> NamedBody:
    lembaga = Lembaga(match.lastgroup or "")
    bare = NamedBody(match.start(), match.start() + len(match[0].rstrip()), match[0].strip(), lembaga)
    rest = _NAME.match(text, match.end())
    if rest is None:
        return bare
    if rest["ri"]:
        return _named(text, bare, rest.end(), (register.satker("00"),))
    return _named_unit(text, bare, rest, register)


def _named_unit(text: str, bare: NamedBody, rest: re.Match[str], register: Register) -> NamedBody:
    """Read the words after the body as the longest unit name that exists, of the kind that is written."""
    index = _index(register)
    stated = _KIND_IN_NAME.search(rest["tingkat"] or bare.written)
    tier = _KINDS[stated["jenis"].casefold()] if stated else ""
    for key, length in _prefixes(text[rest.end() : rest.end() + 80].partition("\n")[0]):
        candidates = tuple(unit for unit in index.name.get(key, ()) if not tier or unit.tier == tier)
        if candidates:
            return _named(text, bare, rest.end() + length, candidates)
    return replace(bare, group=_GROUP.match(text, rest.start()) is not None)


def _named(text: str, bare: NamedBody, end: int, candidates: tuple[Satker, ...]) -> NamedBody:
    satker = candidates[0] if len(candidates) == 1 else None
    written = text[bare.begin : end].strip(" \t-–,")
    return NamedBody(bare.begin, bare.begin + len(written), written, bare.lembaga, satker, candidates)


def _prefixes(text: str) -> Iterator[tuple[str, int]]:
    """Keys of the first words of a text, longest first, and how many characters each takes."""
    words: list[re.Match[str]] = []
    end = 0
    for match in _WORDS.finditer(text):
        if len(words) == _MAX_WORDS or text[end : match.start()].strip(" \t.") or not (words or match.start() <= 1):
            break
        words.append(match)
        end = match.end()
    for count in range(len(words), 0, -1):
        yield key_of(" ".join(word[0] for word in words[:count])), words[count - 1].end()


def _from_host(url: str, bodies: Sequence[NamedBody], register: Register) -> Owner:
    host = _host(url)
    if not host:
        return Owner()
    exact = _index(register).host.get(host)
    if exact:
        return Owner(*exact, 0.99, host)
    lembaga = _body_of_host(host)
    if lembaga is None:
        return _region_of_host(host, bodies, register)
    candidates = _host_candidates(host, register)
    return _choose(lembaga, candidates, bodies, host)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _body_of_host(host: str) -> Lembaga | None:
    """The last body of the table that a part of the host begins with: "kip" of the first one means much else, too."""
    parts = re.split(r"[.\-]", host)
    named = (body for body in reversed(Lembaga) if any(part.startswith(body.body.news.host_starts) for part in parts))
    return next(named, None)


def _region_of_host(host: str, bodies: Sequence[NamedBody], register: Register) -> Owner:
    """The body whose hosts bear a region's name alone: ``kendalkab.go.id``, ``diskominfo.surabaya.go.id``."""
    for code, words in _NEWS.items():
        for domain in words.region_domains:
            name = host.removesuffix(f".{domain}").rpartition(".")[2] if host.endswith(f".{domain}") else ""
            if candidates := _index(register).slug.get(name.replace("-", "")):
                return _choose(Lembaga(code), candidates, bodies, host)
    return Owner()


def _host_candidates(host: str, register: Register) -> tuple[Satker, ...]:
    """Units a host may name: ``kota-x.kpu.go.id``, ``xkab.bawaslu.go.id``, former ``kpu-xkota.go.id``."""
    bare = _SUFFIX.sub("", host)
    parts = [_JOINED_HEAD.sub("", part) for part in re.split(r"[.\-_]", bare) if not _HEAD.match(part)]
    slug = _index(register).slug
    return next((slug[key] for key in ("".join(parts), "".join(reversed(parts))) if key in slug), ())


def _choose(lembaga: Lembaga, candidates: tuple[Satker, ...], bodies: Sequence[NamedBody], host: str) -> Owner:
    """One candidate is the unit; of several the one the text names, else the kabupaten or province (a kota says so)."""
    if not candidates:
        return Owner(lembaga, None, 0.0, host)
    if len(candidates) == 1:
        return Owner(lembaga, candidates[0], 0.95, host)
    named = [body.satker for body in bodies if body.satker in candidates and body.lembaga is lembaga]
    if named and named[0]:
        return Owner(lembaga, max(named, key=named.count), 0.85, f"{host}; {named[0].name}")
    ranked = sorted(candidates, key=lambda unit: ("provinsi", "kabupaten", "kota").index(unit.tier))
    names = " atau ".join(f"{unit.name} ({unit.code})" for unit in ranked)
    return Owner(lembaga, ranked[0], 0.4, host, f"Alamat situs dapat berarti {names}.")


def _from_text(bodies: Sequence[NamedBody], from_host: Owner) -> Owner:
    """The unit named most among those of the lowest level; the host's body counts when it told one."""
    same_body = [body for body in bodies if from_host.lembaga in {None, body.lembaga}]
    named = [body for body in same_body if body.satker]
    if not named:
        ambiguous = next((body for body in same_body if body.candidates), None)
        remark = (
            f"{ambiguous.written} dapat berarti {' atau '.join(unit.name for unit in ambiguous.candidates)}."
            if ambiguous
            else ""
        )
        return Owner(from_host.lembaga or (same_body[0].lembaga if same_body else None), None, 0.0, "", remark)
    counts: Mapping[str, int] = {body.name: sum(other.name == body.name for other in named) for body in named}
    best = max(
        named,
        key=lambda body: (
            len(body.satker.code) if body.satker and body.satker.code != "00" else 0,
            counts[body.name],
            -body.begin,
        ),
    )
    return Owner(best.lembaga, best.satker, 0.7, best.written)
