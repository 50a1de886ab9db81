"""Beside each field of a draft the sentence it comes from, so that a person can check it without reading the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from humas.news.sentences import Sentence

_LONGEST = 400


def quote_sentences(words: Mapping[str, str], sentences: Sequence[Sentence]) -> dict[str, str]:
    """By field the first sentence that holds its words in their order; none for a field that rests on no sentence.

    words: by field, as the page writes them; they may lie apart ("KPU Kota X … menggelar").
    """
    texts = [" ".join(sentence.teks.split()) for sentence in sentences]
    found = ((name, _first_with(written, texts)) for name, written in words.items())
    return {name: text for name, text in found if text}


def _first_with(written: str, texts: Sequence[str]) -> str:
    parts = written.casefold().split()
    text = next((text for text in texts if parts and _holds(text.casefold(), parts)), "")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _holds(text: str, parts: Sequence[str]) -> bool:
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True
