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
    hasil: list[Kalimat] = []
    awal = 0
    for cocok in _AKHIR.finditer(teks):
        potong = teks[awal : cocok.start()]
        if not potong.strip() or ("\n" not in cocok[0] and _SINGKATAN.search(potong[-8:])):
            continue
        hasil.append(Kalimat(potong, awal, len(hasil)))
        awal = cocok.end()
    if teks[awal:].strip():
        hasil.append(Kalimat(teks[awal:], awal, len(hasil)))
    return hasil
