"""The linter of words: what in a file of one body belongs to another, is no law then, or names a unit that does not exist.

All it knows comes from the folders of bodies, the table of laws and the registry; a body that is added is known by its folder.

python -m tests.terms.lint BODY PERIOD FILE_OR_FOLDER…    what is found, one line each; exit code 1 when anything is
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

from humas.bodies import BODIES, Body, alternatives, shared_kinds
from humas.contract.partners import load_partners
from humas.contract.vocabulary import VOCABULARIES_OF_BODIES, load_vocabulary
from humas.periods import quarter_of
from humas.registry import Register
from humas.registry.load import embedded_register
from humas.registry.names import ParsedName, key_of

from tests.terms.laws import Key, known_laws, law_faults
from tests.terms.texts import Piece, pieces

PLACE_IN_BRACES = re.compile(r"\{\w+\}")
LEADING = re.compile(r",|;|:|\bdan\b|\blalu\b|\bditeruskan\b|\bkepada\b|\bke\b|\bdi\b")
UNIT = re.compile(
    r"\b(?P<kind>Provinsi|Kabupaten|Kota|PROVINSI|KABUPATEN|KOTA) (?P<rest>[A-Z][\w'’.-]*(?:,? (?:dan )?[A-Z][\w'’.-]*){0,5})"
)
CODE = re.compile(r" \((?P<code>\d\d(?:\.\d\d)?)\)")
SHORTEST = 4
MARK = "\x00"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that should not stand where it stands."""

    file: str
    place: str
    term: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.term}: {self.why}"


def names_of(body: Body) -> Iterator[str]:
    """By what people call a body: its names, posts and places that are its alone."""
    yield from (body.label, body.long_name, *body.words.cell, *body.news.exact, *body.news.names)
    if body.aceh:
        yield from (body.aceh.name, body.aceh.long_name)
    if body.headquarters:
        yield body.headquarters.name
    if body.sites and body.sites.own_domain:
        yield body.sites.own_domain


def terms_of(body: Body) -> Iterator[str]:
    """What its reports say of themselves: purpose, addressees, signers, letterheads, framework."""
    yield body.report.purpose
    for text in body.report.recipients.values():
        yield from (part.strip() for part in LEADING.split(text) if part.strip()[:1].isupper())
    signs = chain(body.report.signers.values(), *body.report.letterheads.values())
    yield from (part.strip() for text in signs for part in PLACE_IN_BRACES.split(text))
    yield body.framework.title
    yield f"{body.framework.noun} utama"
    yield from body.framework.basis.split(", ") if body.framework.decreed else (body.framework.basis,)
    for part in body.framework.parts:
        yield from (part.label, part.topic)
    offered = (body.kinds.words.get(kind) for kind in body.kinds.offered)
    yield from (kind.label for kind in offered if kind and kind.value not in shared_kinds().words)
    for column in body.columns.values():
        yield from filter(None, (column.example, column.explanation))


@cache
def own_text(code: str) -> str:
    """All that outputs of a body may say by its folder: no words that are only read."""
    body = BODIES[code]
    kinds = (body.kinds.words.get(kind) or shared_kinds().words[kind] for kind in body.kinds.offered)
    return "\n".join((*names_of(body), *terms_of(body), *(law.title for law in body.laws), *(kind.label for kind in kinds)))


@cache
def shared_labels() -> tuple[str, ...]:
    """Choices and names that all bodies share; some of them name a body as a partner of all."""
    of_bodies = ("lembaga", *VOCABULARIES_OF_BODIES)
    shared = (one for name, one in load_vocabulary().items() if not name.startswith(of_bodies))
    chosen = (term.label for one in shared for term in one.terms)
    kinds = (kind.label for kind in shared_kinds().words.values())
    return tuple(dict.fromkeys((*chosen, *kinds, *(label for _, label in load_partners().labels))))


class Linter:
    """Reads files of one body and quarter.

    spoken: what senders wrote themselves; a unit may meet another body, and law may be in its titles.
    """

    def __init__(self, body: str, on: date, spoken: Iterable[str] = (), register: Register | None = None) -> None:
        self._body, self._on = BODIES[body], on
        self._spoken = {" ".join(text.split()) for text in spoken}
        self._register = register or embedded_register()
        self._laws: Mapping[Key, Collection] = known_laws(body)
        self._seen: dict[str, list[tuple[str, str]]] = {}

    def files(self, paths: Iterable[Path], root: Path) -> Iterator[Finding]:
        """Findings in files, named from ``root``."""
        for path in paths:
            yield from self.findings(str(path.relative_to(root)), pieces(path.name, path.read_bytes()))

    def content(self, name: str, data: bytes) -> list[Finding]:
        """Findings in a file by its name and bytes."""
        return list(self.findings(name, pieces(name, data)))

    def findings(self, file: str, texts: Iterable[Piece]) -> Iterator[Finding]:
        """Findings in pieces of a file."""
        for piece in texts:
            if piece.text not in self._seen:
                self._seen[piece.text] = list(dict.fromkeys(self._faults(piece.text)))
            yield from (Finding(file, piece.place, term, why) for term, why in self._seen[piece.text])

    def _faults(self, text: str) -> Iterator[tuple[str, str]]:
        said = self._without_spoken(text)
        for match in self._foreign.finditer(said):
            yield match[0], self._owner(match[0])
        yield from ((fault.written, fault.why) for fault in law_faults(said, self._laws, self._on))
        yield from self._unknown_units(said)

    def _without_spoken(self, text: str) -> str:
        if text in self._spoken or text in shared_labels():
            return ""
        return self._masked.sub(MARK, text)

    @cached_property
    def _masked(self) -> re.Pattern[str]:
        """What senders wrote and what all bodies share, within longer texts; a bare name is masked nowhere but alone."""
        bare = {term.casefold() for term in self._terms}
        long = [text for text in (*self._spoken, *shared_labels()) if len(text) > SHORTEST and text.casefold() not in bare]
        telling = [text for text in long if self._foreign.search(text) or UNIT.search(text) or any(law_faults(text, self._laws, self._on))]
        return re.compile(rf"(?<!\w)(?:{alternatives(telling)})(?!\w)" if telling else r"(?!)")

    @cached_property
    def _terms(self) -> dict[str, str]:
        """Terms of other bodies that are none of this one's, each with whose it is."""
        own = own_text(self._body.code).casefold()
        own_names = {name.casefold() for name in names_of(self._body)}
        shared = "\n".join(shared_labels()).casefold()
        found: dict[str, str] = {}
        for other in BODIES.values():
            if other.code == self._body.code:
                continue
            for name in names_of(other):
                if len(name) > 2 and name.casefold() not in own_names:
                    found.setdefault(name, f"sebutan {other.label}")
            for term in terms_of(other):
                if len(term) >= SHORTEST and term.casefold() not in own and term.casefold() not in shared:
                    found.setdefault(term, f"istilah {other.label}")
        return found

    def _owner(self, written: str) -> str:
        for term, why in self._terms.items():
            if term.casefold() == written.casefold():
                return why
        return "sebutan lembaga lain"

    @cached_property
    def _foreign(self) -> re.Pattern[str]:
        exact = {name for body in BODIES.values() for name in body.news.exact}
        starts = {start for body in BODIES.values() if body is not self._body for start in body.news.host_starts}
        return re.compile(
            rf"(?<![^\W_])(?:(?:{alternatives(term for term in self._terms if term in exact) or '(?!)'})"
            rf"|(?i:{alternatives(term for term in self._terms if term not in exact) or '(?!)'}))(?![^\W_])"
            rf"|(?:(?<=@)|(?<=//)|(?<=\.))(?:{alternatives(starts) or '(?!)'})\w*"
        )

    def _unknown_units(self, text: str) -> Iterator[tuple[str, str]]:
        for match in UNIT.finditer(text):
            kind, words = match["kind"].casefold(), match["rest"].split()
            for length in range(len(words), 0, -1):
                name = " ".join(words[:length]).strip(".,")
                if code := self._units.get(ParsedName(kind, key_of(name))):
                    yield from self._wrong_code(match, name, code)
                    break
            else:
                yield match[0], f"tidak ada satker bernama ini pada {self._on}"

    def _wrong_code(self, match: re.Match[str], name: str, code: str) -> Iterator[tuple[str, str]]:
        told = CODE.match(match.string, match.start("rest") + len(name))
        if told and told["code"] != code:
            yield match[0] + told[0], f"kodenya {code}"

    @cached_property
    def _units(self) -> Mapping[ParsedName, str]:
        units = (unit for unit in self._register.everything(self._on) if self._body.has_units(unit.tier))
        return {ParsedName(unit.tier, key_of(unit.short_name)): unit.code for unit in units}


def main(arguments: list[str]) -> int:
    """Lint files, or all files of folders."""
    body, period, *paths = arguments
    linter, found = Linter(body, quarter_of(period).end), 0
    for path in map(Path, paths):
        files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for finding in linter.files(files, path if path.is_dir() else path.parent):
            found += 1
            print(finding)
    print(f"{found} temuan")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
