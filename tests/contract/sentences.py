"""Labelled sentences on neutrality, of three authors who never saw the program (a, b, d), and of one who mended it after writing them (c).

The program was built on two thirds of each list; a third (every third number) was read once, when all was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from humas.contract.neutrality import Neutrality

FILES = sorted((Path(__file__).parent / "data").glob("netralitas_*.jsonl"))


@dataclass(frozen=True)
class Sentence:
    """One sentence. partisan: a person ought to look. apart: of the third that the program was not built on."""

    text: str
    partisan: bool
    apart: bool


@dataclass(frozen=True)
class Figures:
    """How many sentences were rightly asked about, asked about in vain, and passed over."""

    right: int
    vain: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what is asked about, the share that a person ought to look at."""
        return self.right / (self.right + self.vain)

    @property
    def recall(self) -> float:
        """Of what a person ought to look at, the share that is asked about."""
        return self.right / (self.right + self.missed)


def sentences(file: Path) -> Iterator[Sentence]:
    """The sentences of one author."""
    for line in file.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        yield Sentence(one["teks"], one["perlu_ditinjau"], int(one["id"][1:]) % 3 == 0)


def figures(neutrality: Neutrality, chosen: list[Sentence]) -> Figures:
    """How the file's words read these sentences."""
    asked = {one for one in chosen if neutrality.read(one.text)}
    partisan = {one for one in chosen if one.partisan}
    return Figures(len(asked & partisan), len(asked - partisan), len(partisan - asked))
