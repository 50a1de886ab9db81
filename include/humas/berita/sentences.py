"""Sentences of a text with their place, so that findings can name the words they come from."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AKHIR = re.compile(r"(?<=[.!?”\"])\s+(?=[\"“(A-Z#])|\n+|;\s")
_SINGKATAN = re.compile(
    r"(?:\b(?:[A-Za-z]|Kab|Prov|No|Jl|Dr|Drs|Hj|Ir|Prof|St|Tgl|Pkl|Div|Kec|Ds|Sdr|dsb|dll|s\.d|S\.\w{1,3}|M\.\w{1,3}))\.$"
)


@dataclass(frozen=True, slots=True)
class Kalimat:
    """A sentence: its text, its place, and its number (0 is the title)."""

    teks: str
    awal: int
    urut: int


def split_sentences(teks: str) -> list[Kalimat]:
    """Cut a text at full stops that end a sentence, at line ends and semicolons."""
    sentences: list[Kalimat] = []
    start = 0
    for match in _AKHIR.finditer(teks):
        piece = teks[start : match.start()]
        if not piece.strip() or ("\n" not in match[0] and _SINGKATAN.search(piece[-8:])):
            continue
        sentences.append(Kalimat(piece, start, len(sentences)))
        start = match.end()
    if teks[start:].strip():
        sentences.append(Kalimat(teks[start:], start, len(sentences)))
    return sentences
