"""Which bodies ``./humas run`` is asked for."""

from __future__ import annotations

import argparse

import pytest
from humas.cli.run import bodies_of

NAMED = [
    ("kpu", ["kpu"]),
    ("semua", ["kpu", "bawaslu", "pemda"]),
    ("Bawaslu, pemda", ["bawaslu", "pemda"]),
    ("pemda,kpu,pemda", ["pemda", "kpu"]),
]


@pytest.mark.parametrize(("text", "bodies"), NAMED, ids=["one", "all", "two", "one twice"])
def test_bodies_are_named_by_code_or_all_at_once(text: str, bodies: list[str]) -> None:
    assert list(bodies_of(text)) == bodies


@pytest.mark.parametrize("text", ["", ",", "semua,kpu"], ids=["nothing", "comma", "all and one"])
def test_what_names_no_body_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="pilih kpu, bawaslu, atau pemda, atau semua"):
        bodies_of(text)
