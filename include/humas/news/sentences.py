"""Sentences of a text with their place, so that findings can name the words they come from."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?,][”\"]))\s+(?=[\"“(A-Z#])|\n+|;\s")
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:[A-Za-z]|Kab|Prov|No|Jl|Dr|Dra|Drs|Hj|KH|Ust|Ir|Moh|Moch|Mohd|Muh|Much|Prof|St|Tgl|Pkl|Div|Kec|Ds|Sdr|dsb|dll|s\.d|S\.\w{1,3}|M\.\w{1,3}))\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its text, its place, and its number (0 is the title)."""

    teks: str
    awal: int
    urut: int


def split_sentences(text: str) -> list[Sentence]:
    """Cut a text at full stops that end a sentence, at line ends and semicolons."""
    sentences: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.start()]
        if not piece.strip() or ("\n" not in match[0] and _ABBREVIATIONS.search(piece[-8:])):
            continue
        sentences.append(Sentence(piece, start, len(sentences)))
        start = match.end()
    if text[start:].strip():
        sentences.append(Sentence(text[start:], start, len(sentences)))
    return sentences
