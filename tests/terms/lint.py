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

from humas.bodies import BODIES, Body, alternatives, one_of, shared_kinds
from humas.contract.partners import load_partners
from humas.contract.vocabulary import VOCABULARIES_OF_BODIES, load_vocabulary
from humas.periods import quarter_of
from humas.registry import Register, Satker
from humas.registry.load import embedded_register
from humas.registry.names import ParsedName, key_of

from tests.terms.laws import Key, known_laws, law_faults
from tests.terms.texts import Piece, pieces, plain

PLACE_IN_BRACES = re.compile(r"\{\w+\}")
LEADING = re.compile(r",|;|:|\bdan\b|\blalu\b|\bditeruskan\b|\bkepada\b|\bke\b|\bdi\b")
UNIT = re.compile(
    r"\b(?P<kind>(?i:Provinsi|Kabupaten|Kota)) (?P<rest>[A-Z][\w'’.-]*(?:,?\s(?:dan\s)?[A-Z][\w'’.-]*){0,5})"
)
QUOTED = re.compile(r'"([^"\n]+)"')
CODE = re.compile(r" \((?P<code>\d\d(?:\.\d\d)?)\)")
SHORTEST = 4
ABOUT_PARTS = ("{} utama", "{} lain", "per {}", "menurut {}", "nomor {}", "daftar {}")
"""How the program speaks of the parts of a framework: by their noun, which alone may be any word ("bidang", "tugas")."""
MARK = "\x00"
NAME = "sebutan"
ACEH = "11"


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
    yield from (phrase.format(body.framework.noun) for phrase in ABOUT_PARTS)
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
    return "\n".join((
        *names_of(body),
        *terms_of(body),
        *(law.title for law in body.laws),
        *(kind.label for kind in kinds),
    ))


@cache
def shared_labels() -> frozenset[str]:
    """What all bodies share: choices, as read and as stored, of which some name a body as a partner of all; who reports."""
    of_bodies = ("lembaga", *VOCABULARIES_OF_BODIES)
    shared = (one for name, one in load_vocabulary().items() if not name.startswith(of_bodies))
    chosen = (text for one in shared for term in one.terms for text in (term.label, term.value))
    kinds = (kind.label for kind in shared_kinds().words.values())
    bodies = (", ".join(body.label for body in BODIES.values()), *(one_of(BODIES, word) for word in ("atau", "dan")))
    return frozenset((*chosen, *kinds, *bodies, *(label for _, label in load_partners().labels)))


def folded(text: str) -> str:
    """A text without case and line breaks."""
    return " ".join(text.casefold().split())


def any_of(words: Iterable[str]) -> str:
    """A pattern that finds any of the words, also over the end of a line; nothing where there are none."""
    return alternatives(words).replace("\\ ", r"\s+") or "(?!)"


class Linter:
    """Reads files of one body and quarter.

    spoken: what senders wrote themselves; a unit may meet another body, and law may be in its titles.
    """

    def __init__(self, body: str, on: date, spoken: Iterable[str] = (), register: Register | None = None) -> None:
        self._body, self._on = BODIES[body], on
        self._spoken = frozenset(filter(None, map(plain, spoken)))
        self._spoken_folded = frozenset(map(folded, self._spoken))
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
                self._seen[piece.text] = list(dict.fromkeys(self._found(self._without_spoken(piece.text))))
            yield from (Finding(file, piece.place, term, why) for term, why in self._seen[piece.text])

    def _found(self, text: str) -> Iterator[tuple[str, str]]:
        """What is found in a text, and why it should not be there."""
        for match in self._foreign.finditer(text):
            yield match[0], self._owners.get(folded(match[0]), f"{NAME} lembaga lain")
        yield from ((fault.written, fault.why) for fault in law_faults(text.replace("\n", " "), self._laws, self._on))
        yield from self._wrong_units(text)

    def _without_spoken(self, text: str) -> str:
        """What the program says in a text: what senders wrote is none of it, nor a list of choices that all bodies share."""
        if folded(text) in self._spoken_folded or set(filter(None, re.split(r"[,;]\s*|\n", text))) <= shared_labels():
            return ""
        return QUOTED.sub(self._unquoted, self._masked.sub(MARK, text))

    def _unquoted(self, quoted: re.Match[str]) -> str:
        return MARK if folded(quoted[1]) in self._spoken_folded else quoted[0]

    @cached_property
    def _masked(self) -> re.Pattern[str]:
        """What senders wrote and all bodies share and would be found, within longer texts; a bare name is masked nowhere but alone."""
        bare = {folded(term) for term in self._terms}
        longer = (text for text in self._spoken | shared_labels() if len(text) > SHORTEST and folded(text) not in bare)
        return re.compile(rf"(?<!\w)(?:{any_of(text for text in longer if any(self._found(text)))})(?!\w)")

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
                    found.setdefault(name, f"{NAME} {other.label}")
            for term in terms_of(other):
                if len(term) >= SHORTEST and term.casefold() not in own and term.casefold() not in shared:
                    found.setdefault(term, f"istilah {other.label}")
        return found

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        return {folded(term): why for term, why in self._terms.items()}

    @cached_property
    def _foreign(self) -> re.Pattern[str]:
        """Terms of others: abbreviations as they are written, all else in any spelling, and hosts and accounts that begin so."""
        exact = {name for body in BODIES.values() for name in body.news.exact if name != body.label}
        starts = {start for body in BODIES.values() if body is not self._body for start in body.news.host_starts}
        return re.compile(
            rf"(?<![^\W_])(?:(?:{any_of(term for term in self._terms if term in exact)})"
            rf"|(?i:{any_of(term for term in self._terms if term not in exact)}))(?![^\W_])"
            rf"|(?:(?<=@)|(?<=//)|(?<=\.))(?:{any_of(starts)})\w*"
        )

    def _wrong_units(self, text: str) -> Iterator[tuple[str, str]]:
        """Units that are none on that day where the text says that it means one; wrong codes and names in Aceh."""
        for match in UNIT.finditer(text):
            name, code = self._unit_of(match)
            before = self._office.search(text, 0, match.start())
            told = CODE.match(text, match.start("rest") + len(name))
            if not code and (before or match.span() == (0, len(text))):
                yield f"{before[0] if before else ''}{match[0]}", f"tidak ada satker bernama ini pada {self._on}"
            elif told and code and told["code"] != code:
                yield f"{match['kind']} {name}{told[0]}", f"kodenya {code}"
            elif before and code[:2] == ACEH and self._body.aceh and self._body.aceh.wrong.search(before[0]):
                yield f"{before[0]}{match['kind']} {name}", f"di Aceh namanya {self._body.aceh.name}"

    def _unit_of(self, match: re.Match[str]) -> tuple[str, str]:
        """The longest name that a unit has or had, and its code on the day, "" where it has none."""
        words = match["rest"].split()
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length]).rstrip(".,")
            if (parsed := ParsedName(match["kind"].casefold(), key_of(name))) in self._units:
                return name, self._units[parsed]
        return match["rest"], ""

    @cached_property
    def _office(self) -> re.Pattern[str]:
        """Words before the name of a unit that say that it is an office of this body."""
        body = self._body
        signs = chain(body.report.signers.values(), *body.report.letterheads.values())
        heads = (PLACE_IN_BRACES.split(text)[0].strip() for text in signs)
        words = (*body.words.unit, body.label, body.long_name, *filter(None, heads))
        return re.compile(rf"\b(?i:{any_of(words)})[ ]\Z")

    @cached_property
    def _units(self) -> Mapping[ParsedName, str]:
        """Names of units that this body has now or on the day, and the code of each on the day."""
        now, then = (
            {_name(unit): unit.code for unit in self._register.everything(day) if self._body.has_units(unit.tier)}
            for day in (None, self._on)
        )
        return dict.fromkeys(now, "") | then


def _name(unit: Satker) -> ParsedName:
    return ParsedName(unit.tier, key_of(unit.short_name))


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
