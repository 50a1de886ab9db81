"""The rooms stand in one direction: each says what it may import, imports nothing else, and there are no circles."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import pytest

from tests.rooms import imports

ROOMS = sorted(path.parent.name for path in imports.PACKAGE.glob("*/__init__.py"))
DAG_FILES = sorted(imports.ROOT.glob("dags/*.py"))


def test_nothing_stands_loose_but_settings_and_errors():
    loose = {path.stem for path in imports.PACKAGE.glob("*.py")} - {"__init__"}
    assert loose == set(imports.LOOSE)


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_what_it_says_and_nothing_else(name):
    said = imports.read_room(name).may_import
    assert set(said) == imports.room_arrows()[name], f"mend 'May import' in {name}/__init__.py, or the import"


def test_rooms_are_said_from_left_to_right():
    placed = imports.ordered()
    for name in ROOMS:
        assert all(placed.index(other) < placed.index(name) for other in imports.read_room(name).may_import), name


def test_no_module_imports_itself_by_a_detour():
    tuple(TopologicalSorter(imports.arrows()).static_order())  # raises CycleError with the circle


@pytest.mark.parametrize("file", DAG_FILES, ids=lambda path: path.name)
def test_dag_files_use_few_rooms(file):
    used = {imports.room_of(name) for name in imports._imported(ast.parse(file.read_bytes()))}
    assert used <= {"installation", "orchestration", "periods", "pipeline", "registry"}


def test_the_map_is_drawn_from_the_imports():
    document = imports.MAP.read_text(encoding="utf-8")
    assert document == imports.redrawn(document), "run: python -m tests.rooms.imports"
