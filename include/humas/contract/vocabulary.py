"""Controlled vocabulary, read once from ``data/kosakata.json``; the words people write for it included."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Istilah:
    """One allowed value: ``nilai`` is stored, ``label`` is shown.

    sinonim: words read as this value. mirip: words read so too, but said, because they may mean something else.
    gabungan: values that mean this one when they are named together (daring and luring: hibrida).
    """

    nilai: str
    label: str
    sinonim: tuple[str, ...] = ()
    mirip: tuple[str, ...] = ()
    gabungan: tuple[str, ...] = ()

    @property
    def ringkas(self) -> str:
        """A short name for where the label is too long: the first synonym."""
        return self.sinonim[0] if self.sinonim else self.label


@dataclass(frozen=True, slots=True)
class Kosakata:
    """A named list of allowed values."""

    nama: str
    istilah: tuple[Istilah, ...]

    @property
    def nilai(self) -> tuple[str, ...]:
        """The stored values, in the order people should see them."""
        return tuple(term.nilai for term in self.istilah)

    def label(self, nilai: str) -> str:
        """Text a reader sees for ``nilai``; an unknown value stands for itself."""
        return next((term.label for term in self.istilah if term.nilai == nilai), nilai)


@cache
def load_vocabulary() -> dict[str, Kosakata]:
    """All vocabularies by name (``mode``, ``jenis_kegiatan``, …)."""
    text = resources.files("humas.contract").joinpath("data/kosakata.json").read_text(encoding="utf-8")
    return {name: Kosakata(name, tuple(map(_term, terms))) for name, terms in json.loads(text)["kosakata"].items()}


def _term(fields: dict[str, Any]) -> Istilah:
    return Istilah(
        fields["nilai"], fields["label"], *(tuple(fields.get(key, ())) for key in ("sinonim", "mirip", "gabungan"))
    )
