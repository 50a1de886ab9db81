"""Personal data: what is missed and what is taken for it, on a labelled table, and what looking costs.

Method: ``tests/privacy/data/personal_strings.tsv`` (580 strings by three people who had not seen the code, each with its kinds
and whether it is a text or a link; the rest of their strings, about a third, was kept apart and not looked at while the finder
was made) or another table of that form. A string is *missed* when it has kinds and none is found, a *false alarm* when it has
none and one is found. The cost is CPU time, the best of three, over 50,000 typical texts, of which every second one holds a date or a number.

    PYTHONPATH=include python bench/privacy.py [table.tsv] [--cost]
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from humas.privacy import CANDIDATE, Kind, TextForm, mask, personal_kinds

TABLE = Path(__file__).parents[1] / "tests" / "privacy" / "data" / "personal_strings.tsv"
KINDS = {
    "NIK": Kind.NIK,
    "nomor_telepon": Kind.PHONE,
    "surel_pribadi": Kind.EMAIL,
    "npwp": Kind.TAX,
    "rekening": Kind.ACCOUNT,
}
CONTEXTS = {"teks": TextForm.TEXT, "tautan": TextForm.LINK}


@dataclass(frozen=True, slots=True)
class Example:
    """One string of a labelled table. kinds: what its author says it holds."""

    text: str
    kinds: frozenset[Kind]
    context: TextForm
    author: str

    @property
    def found(self) -> frozenset[Kind]:
        """What the finder says."""
        return frozenset(personal_kinds(self.text, self.context))


def load(path: Path = TABLE) -> list[Example]:
    """The strings of a table: text, kinds joined by commas or ``-``, ``teks`` or ``tautan``, author."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_example(*row) for row in rows if len(row) == 4 and row[2] in CONTEXTS]


def _example(text: str, kinds: str, context: str, author: str) -> Example:
    found = frozenset(KINDS[kind.strip()] for kind in kinds.split(",") if kind.strip() != "-")
    return Example(text, found, CONTEXTS[context], author)


def report(examples: list[Example]) -> str:
    """Misses and false alarms, in all and by kind, and every string that was judged otherwise than its author did."""
    personal = [example for example in examples if example.kinds]
    innocent = [example for example in examples if not example.kinds]
    missed = sum(not one.found for one in personal)
    alarms = sum(bool(one.found) for one in innocent)
    lines = [
        f"{len(personal)} personal strings, {missed} missed; {len(innocent)} innocent ones, {alarms} false alarms",
        *_by_kind(examples),
        *(f"  {one.author} {one.text!r}: {_names(one.kinds)}, found {_names(one.found)}" for one in wrong(examples)),
    ]
    return "\n".join(lines)


def wrong(examples: list[Example]) -> list[Example]:
    """The strings judged otherwise than their author did."""
    return [example for example in examples if example.found != example.kinds]


def _by_kind(examples: list[Example]) -> list[str]:
    total = Counter(kind for example in examples for kind in example.kinds)
    missed = Counter(kind for example in examples for kind in example.kinds - example.found)
    alarms = Counter(kind for example in examples for kind in example.found - example.kinds)
    return [f"  {kind.value}: {total[kind]}, {missed[kind]} missed, {alarms[kind]} false alarms" for kind in Kind]


def _names(kinds: frozenset[Kind]) -> str:
    return ", ".join(sorted(kinds)) or "-"


def typical_texts(count: int = 50_000) -> list[str]:
    """Cells as units write them: titles, letter numbers, links, places with hours."""
    shapes: tuple[Callable[[int], str], ...] = (
        lambda number: f"Rapat koordinasi kehumasan 33.{number % 80} nomor {number}",
        lambda number: f"{number}/HM.03.5-Und/33.{number % 100:02}/2026",
        lambda number: f"https://kpu.go.id/33.74/{number}",
        lambda number: f"Aula KPU Kota Semarang, {number % 28 + 1} Juli 2026 pukul 09.{number % 60:02} - 11.30 WIB",
        lambda number: f"Sosialisasi tahapan 15/07/2026 09.30-11.{number % 60:02}",
        lambda number: f"Diskominfo Jawa Tengah; PWI Kota {number}",
        lambda number: f"https://www.instagram.com/p/CxYz{number}abc/?igsh=MzRlODBiNWFlZA==",
    )
    return [shapes[number % len(shapes)](number) for number in range(count)]


def cost() -> str:
    """CPU seconds of the first look over all texts joined, of the kinds of those it leaves, and of masking them all."""
    texts = typical_texts()
    joined = "\0".join(texts)
    left = [text for text in texts if CANDIDATE.search(text)]
    first = _best(lambda: sum(1 for _ in CANDIDATE.finditer(joined)))
    kinds = _best(lambda: [personal_kinds(text) for text in left])
    masked = _best(lambda: [mask(text) for text in texts])
    return (
        f"{len(texts)} texts: first look {first:.2f} s, kinds of {len(left)} {kinds:.2f} s, masking all {masked:.2f} s"
    )


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print the report, and the cost when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("table", type=Path, nargs="?", default=TABLE)
    parser.add_argument("--cost", action="store_true")
    args = parser.parse_args()
    print(report(load(args.table)))
    if args.cost:
        print(cost())


if __name__ == "__main__":
    main()
