"""One tongue (0034): every word of a name is English, as ``words.txt`` knows it, or stands in ``docs/glosarium.md``."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.tongue.names import ROOT, fields, given_names, sources, words_of

WORDS = Path(__file__).with_name("words.txt")


@cache
def english() -> frozenset[str]:
    """The words in use, each looked at once by somebody who put it there."""
    return frozenset(WORDS.read_text("utf-8").split())


@cache
def glossary() -> frozenset[str]:
    """The domain's own nouns: the first column of the table."""
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs" / "glosarium.md").read_text("utf-8"), re.MULTILINE)
    return frozenset(word.lower() for row in rows for word in re.findall(r"\w+", row))


@cache
def known() -> frozenset[str]:
    """All words that a name may be made of."""
    return english() | glossary()


def foreign_words(path: Path) -> list[str]:
    """Words that neither list holds, with the name and the line."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    data = fields(nodes)
    return [
        f"{path.relative_to(ROOT)}:{line}: {name} ({word})"
        for name, line in given_names(nodes)
        if name not in data and not name.startswith("__")
        for word in words_of(name)
        if word not in known()
    ]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_name_is_english_or_in_the_glossary(path: Path) -> None:
    foreign = foreign_words(path)
    assert not foreign, (
        "give it its English name; a noun of the domain goes into docs/glosarium.md, "
        f"an English word that is new here into tests/tongue/words.txt: {foreign}"
    )


@pytest.mark.parametrize("room", ["include", "plugins", "tests"])
def test_every_module_bears_an_english_name(room: str) -> None:
    """Files in ``dags`` are named as their DAGs, those in ``bench`` as people type them."""
    names = {
        part
        for path in sources()
        for part in path.relative_to(ROOT).with_suffix("").parts
        if path.is_relative_to(ROOT / room)
    }
    foreign = {name for name in names for word in words_of(name) if word not in known()}
    assert not foreign - {"__init__", "__main__"}


def test_the_list_is_sorted_and_holds_no_word_of_the_glossary() -> None:
    listed = WORDS.read_text("utf-8").split()
    assert listed == sorted(set(listed))
    assert not english() & {"satker", "triwulan", "lembaga", "kegiatan"}


@pytest.mark.parametrize("name", ["letak", "Lembaran", "_baris_judul"])
def test_another_tongue_is_seen(name: str) -> None:
    assert not set(words_of(name)) <= known()


def test_a_class_name_serves_one_class() -> None:
    named = [
        node.name
        for path in sources()
        if path.is_relative_to(ROOT / "include")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert {name for name in named if named.count(name) > 1} == set()
