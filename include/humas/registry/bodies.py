"""The table of bodies: all in which one body differs from another, one block each in ``data/lembaga.toml``.

The head of that file says what each key means. Whoever needs a difference asks for it here, by the body's code;
no other file names a body to decide something.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from humas.errors import OperatorError

BODIES_FILE: Final = Path(__file__).with_name("data") / "lembaga.toml"
_CODE = re.compile(r"[a-z]{2,16}")  # a report's number and a DAG's name hold it
_SCHEDULE_FIELDS = 5
_REMEDY = "perbaiki blok itu dalam registry/data/lembaga.toml; kepala berkas itu menjelaskan tiap kunci."


@dataclass(frozen=True, slots=True)
class Words:
    """Words by which people name a body, lower case without punctuation, by the place where they are looked for.

    file: in names and cells of files; national_in_file: there, before "RI"; after_code: after a code in a file's name.
    unit: before a unit's name; national: alone the head office. channel: in the channel file.
    heading: before a unit in a title; instead_of_kind: there, in place of "kota" and the like. organiser: begins a name.
    """

    file: tuple[str, ...]
    national_in_file: tuple[str, ...]
    after_code: tuple[str, ...]
    unit: tuple[str, ...]
    national: tuple[str, ...]
    channel: tuple[str, ...]
    heading: tuple[str, ...]
    instead_of_kind: tuple[str, ...]
    organiser: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcehName:
    """What a body is called in Aceh. wrong: finds names that are not its name there."""

    name: str
    long_name: str
    wrong: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Headquarters:
    """A head office with a name of its own. letterhead: its lines."""

    name: str
    letterhead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewsSites:
    """News sites of a body's units. schedule: cron of the visit. article, listing: what paths of each look like.

    usual_listings: paths where the list of news mostly is, in order of trying.
    """

    domain: str
    schedule: str
    article: re.Pattern[str]
    listing: re.Pattern[str]
    usual_listings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewsWords:
    """How news and web addresses name a body; empty for one that news is not searched for.

    exact: in this spelling only; names: in any. bracketed: in brackets after a name.
    host_words: parts of a host that mean it; host_starts: what such parts begin with. region_domains: where a region's name
    alone means it. own_names: names that mean it on its own pages only; elsewhere they are a partner's.
    """

    exact: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    bracketed: tuple[str, ...] = ()
    host_words: tuple[str, ...] = ()
    host_starts: tuple[str, ...] = ()
    region_domains: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """One body. code: as stored. signer: the post that signs reports. aceh, headquarters, sites: None where it has none."""

    code: str
    label: str
    long_name: str
    signer: str
    legal_basis: tuple[str, ...]
    words: Words
    aceh: AcehName | None = None
    headquarters: Headquarters | None = None
    sites: NewsSites | None = None
    news: NewsWords = field(default_factory=NewsWords)


def read_bodies(text: str) -> dict[str, Body]:
    """The bodies of a table by code, in its order.

    Raises:
        OperatorError: ``tabel_lembaga_keliru``, with the block and the key that cannot be used.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _fault("", f"bukan TOML ({error})") from error
    if not content:
        raise _fault("", "tidak memuat satu lembaga pun")
    bodies = {code: _body(_Block(code, block)) for code, block in content.items()}
    _require_distinct(body.label.casefold() for body in bodies.values())
    return bodies


def alternatives(words: Iterable[str]) -> str:
    """A pattern that finds any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def one_of(words: Iterable[str], last: str) -> str:
    """The words as a list in a sentence: ``kpu, bawaslu, atau pemda``; ``kpu dan bawaslu``."""
    *front, end = words
    return f"{', '.join(front)}{',' if len(front) > 1 else ''} {last} {end}" if front else end


def _fault(place: str, what: str) -> OperatorError:
    return OperatorError("tabel_lembaga_keliru", f"Tabel lembaga{f', [{place}]' if place else ''}: {what}.", _REMEDY)


class _Block:
    """One block of the table; what is asked for is taken out, so that what is left over was never meant."""

    def __init__(self, place: str, content: object) -> None:
        if not isinstance(content, dict):
            raise _fault(place, "harus berupa blok")
        self.place = place
        self._left: dict[str, Any] = dict(content)

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise _fault(self.place, f'kunci "{key}" harus berisi teks')
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; without a default it must be there and hold one."""
        if default is not None and key not in self._left:
            return default
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise _fault(self.place, f'kunci "{key}" harus berupa daftar teks')
        if default is None and not value:
            raise _fault(self.place, f'kunci "{key}" kosong')
        return tuple(value)

    def pattern(self, key: str, flags: int = 0) -> re.Pattern[str]:
        """A regular expression that must be there."""
        try:
            return re.compile(self.text(key), flags)
        except re.error as error:
            raise _fault(self.place, f'kunci "{key}" bukan pola yang sah ({error})') from error

    def part(self, key: str) -> _Block | None:
        """A block inside this one, if it is there."""
        return _Block(f"{self.place}.{key}", self._left.pop(key)) if key in self._left else None

    def close(self) -> None:
        """Refuse what nobody asked for."""
        if self._left:
            raise _fault(self.place, f'kunci "{min(self._left)}" tidak dikenal')

    def _take(self, key: str) -> object:
        if key not in self._left:
            raise _fault(self.place, f'kunci "{key}" tidak ada')
        return self._left.pop(key)


def _body(block: _Block) -> Body:
    code = block.place
    if not _CODE.fullmatch(code):
        raise _fault(code, "kode lembaga harus 2 sampai 16 huruf kecil a-z")
    aceh, headquarters, sites, news = (block.part(key) for key in ("aceh", "pusat", "situs", "berita"))
    body = Body(
        code=code,
        label=block.text("label"),
        long_name=block.text("nama"),
        signer=block.text("penandatangan"),
        legal_basis=block.texts("dasar_hukum"),
        words=_words(block.part("sebutan") or _Block(f"{code}.sebutan", {}), code),
        aceh=_aceh(aceh) if aceh else None,
        headquarters=_headquarters(headquarters) if headquarters else None,
        sites=_sites(sites) if sites else None,
        news=_news(news) if news else NewsWords(),
    )
    block.close()
    return body


def _words(block: _Block, code: str) -> Words:
    own = (code,)
    words = Words(
        file=block.texts("berkas", own),
        national_in_file=block.texts("pusat_di_berkas", own),
        after_code=block.texts("sesudah_kode", own),
        unit=block.texts("nama_satker", own),
        national=block.texts("pusat", own),
        channel=block.texts("saluran", ()),
        heading=block.texts("judul", own),
        instead_of_kind=block.texts("pengganti_jenis", ()),
        organiser=block.texts("penyelenggara", own),
    )
    block.close()
    return words


def _aceh(block: _Block) -> AcehName:
    aceh = AcehName(block.text("nama"), block.text("nama_panjang"), block.pattern("pola_keliru", re.IGNORECASE))
    block.close()
    return aceh


def _headquarters(block: _Block) -> Headquarters:
    headquarters = Headquarters(block.text("nama"), block.texts("kop"))
    block.close()
    return headquarters


def _sites(block: _Block) -> NewsSites:
    sites = NewsSites(
        block.text("domain"),
        block.text("jadwal"),
        block.pattern("artikel"),
        block.pattern("daftar"),
        block.texts("daftar_biasa"),
    )
    if len(sites.schedule.split()) != _SCHEDULE_FIELDS:
        raise _fault(block.place, 'kunci "jadwal" harus cron dengan lima isian')
    block.close()
    return sites


def _news(block: _Block) -> NewsWords:
    keys = ("singkatan", "nama", "kurung", "kata_host", "awal_host", "domain_daerah", "nama_di_situs_sendiri")
    words = NewsWords(*(block.texts(key, ()) for key in keys))
    block.close()
    return words


def _require_distinct(labels: Iterable[str]) -> None:
    seen: set[str] = set()
    for label in labels:
        if label in seen:
            raise _fault("", f'dua lembaga berlabel "{label}"')
        seen.add(label)


BODIES: Final[Mapping[str, Body]] = read_bodies(BODIES_FILE.read_text(encoding="utf-8"))
"""Every body by its code; the first is the one that commands mean when they name none."""
