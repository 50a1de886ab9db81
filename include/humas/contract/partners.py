"""Kinds of partners, told by their names, from ``data/mitra.toml``."""

from __future__ import annotations

from functools import cache, lru_cache

from humas.contract.named_kinds import NamedKinds, load_kinds

_NAMES_KEPT = 1 << 16


@cache
def load_partners() -> NamedKinds:
    """What the file says.

    Raises:
        OperatorError: it is wrong; the message names the block and what is wrong with it.
    """
    return load_kinds("mitra.toml")


@lru_cache(_NAMES_KEPT)
def kind_of_partner(name: str) -> str:
    """The kind of partner that a name tells; a nation's partners have few names, each looked through once."""
    return load_partners().kind_of(name)
