"""Citations of law in a text, held against the dated tables: one table that all bodies share, and each body's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from humas.bodies import BODIES, Law, shared_laws

SHORT = {
    "UU": "Undang-Undang",
    "Perki": "Peraturan Komisi Informasi",
    "PKPU": "Peraturan Komisi Pemilihan Umum",
    "Perbawaslu": "Peraturan Badan Pengawas Pemilihan Umum",
    "Permendagri": "Peraturan Menteri Dalam Negeri",
    "PermenPANRB": "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "Permenkominfo": "Peraturan Menteri Komunikasi dan Informatika",
    "SKB": "Keputusan Bersama",
    "Keputusan Komisi Pemilihan Umum": "Keputusan KPU",
}
"""How people shorten what kind of law one is; a kind that is not here is known by its whole name alone."""
CITATION = re.compile(
    r"\b(?P<kind>(?:UU|PP|SKB|PKPU|Juknis|Perppu|Perpres|Kep(?:pres|men\w*)|Inpres|Perda|Permen\w*|Per(?:ki|bawaslu|dkpp|bup|wali|gub)"
    r"|Undang[-‑]Undang|Peraturan|Keputusan|Instruksi|Surat Edaran)(?:,? (?:dan )?(?!No\b|Nomor)[A-Z][\w‑-]*)*)"
    r" (?:(?:Nomor|No\.?) )?(?P<number>\d{1,4})(?:/[A-Z][^\s/]*(?:/[^\s/]+)*?)?(?:/| Tahun )(?P<year>(?:19|20)\d\d)\b",
)
ABOUT, AMENDED = " tentang ", ", sebagaimana"
SHOWN = 80


class Key(NamedTuple):
    """By what a citation finds its law."""

    kind: str
    number: int
    year: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a citation, and what was written."""

    written: str
    why: str


def key_of(match: re.Match[str]) -> Key:
    kind = match["kind"].replace("‑", "-")
    return Key(SHORT.get(kind, kind), int(match["number"]), int(match["year"]))


def known_laws(body: str) -> dict[Key, list[Law]]:
    """What outputs of a body may cite."""
    found: dict[Key, list[Law]] = {}
    for law in dict.fromkeys((*BODIES[body].laws, *shared_laws().values())):
        if match := CITATION.match(law.title):
            found.setdefault(key_of(match), []).append(law)
    return found


def law_faults(text: str, known: Mapping[Key, Collection[Law]], on: date) -> Iterator[Fault]:
    """Citations in a text that is no law here, not on that day, or has another title."""
    end = 0
    for match in CITATION.finditer(text):
        if match.start() < end:
            continue
        laws = known.get(key_of(match), ())
        held = [law for law in laws if law.in_force(on, on)]
        if not laws:
            yield Fault(match[0], "tidak ada dalam tabel dasar hukum lembaga ini atau tabel bersama")
        elif not held:
            yield Fault(match[0], f"tidak berlaku pada {on}: {_span(laws)}")
        elif text.startswith(ABOUT, match.end()):
            read = max(_length(text[match.end() + len(ABOUT) :], law) for law in laws)
            if not any(_length(text[match.end() + len(ABOUT) :], law) for law in held):
                yield Fault(text[match.start() : match.end() + SHOWN], f'judulnya "{held[0].title}"')
            end = match.end() + len(ABOUT) + read


def _span(laws: Collection[Law]) -> str:
    return "; ".join(f"{law.valid_from} sampai {law.valid_until or 'sekarang'}" for law in laws)


def _length(told: str, law: Law) -> int:
    """How much of a text is the title of a law as it stands; 0 where it is another, or is told without its change."""
    title = law.title.partition(ABOUT)[2]
    if told.startswith(title):
        return 0 if told.startswith(AMENDED, len(title)) else len(title)
    cut = told.rstrip("….")
    whole = title.partition(AMENDED)[0]
    return len(told) if cut and title.startswith(cut) and cut != whole else 0
