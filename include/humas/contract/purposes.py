"""Kinds of purposes that applicants state, told by their words, from ``data/tujuan.toml``.

What an applicant wrote may tell who asked; only its kind is counted and shown.
"""

from __future__ import annotations

from functools import cache, lru_cache

from humas.contract.named_kinds import NamedKinds, load_kinds

_TEXTS_KEPT = 1 << 14


@cache
def load_purposes() -> NamedKinds:
    """What the file says.

    Raises:
        OperatorError: it is wrong; the message names the block and what is wrong with it.
    """
    return load_kinds("tujuan.toml")


@lru_cache(_TEXTS_KEPT)
def kind_of_purpose(text: str) -> str:
    """The kind of purpose that a text tells."""
    return load_purposes().kind_of(text)
