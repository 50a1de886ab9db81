"""Who imports whom, read from the sources; what each room says of itself; and the map drawn from both.

``python -m tests.rooms.imports`` writes the map and the table of rooms into ``docs/arsitektur.md``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "include" / "humas"
MAP = ROOT / "docs" / "arsitektur.md"
LOOSE = ("errors", "settings")
"""Modules that stand beside the rooms, each a room of its own here."""
EVERYWHERE = {"errors", "settings", "text"}
"""Rooms that nearly all import, left out of the drawing."""
_DRAWN = re.compile(r"(<!-- drawn: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Room:
    """What a room says of itself in its first lines. ``may_import``: names of rooms."""

    name: str
    purpose: str
    takes: str
    gives: str
    may_import: tuple[str, ...]


@cache
def modules() -> Mapping[str, Path]:
    """Every module of ours by its dotted name below ``humas``; a package under its own name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    del found[""]
    return found


def room_of(module: str) -> str:
    """The room that a module stands in."""
    return module.partition(".")[0]


@cache
def arrows() -> Mapping[str, frozenset[str]]:
    """Module → modules that it imports, also inside functions and for types alone."""
    return {name: frozenset(_imported(ast.parse(path.read_bytes()))) - {name} for name, path in modules().items()}


def _imported(code: ast.AST) -> Iterator[str]:
    for node in ast.walk(code):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}".removeprefix("humas.")
                yield from _ours(whole if whole in modules() else node.module)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield from _ours(alias.name)


def _ours(name: str) -> Iterator[str]:
    top, _, rest = name.partition(".")
    if top == "humas" and rest:
        yield rest


@cache
def room_arrows() -> Mapping[str, frozenset[str]]:
    """Room → rooms that it imports."""
    found: dict[str, set[str]] = {room_of(name): set() for name in modules()}
    for module, imported in arrows().items():
        found[room_of(module)] |= {room_of(name) for name in imported} - {room_of(module)}
    return {room: frozenset(others) for room, others in found.items()}


def read_room(name: str) -> Room:
    """What the first lines of a room say.

    Raises:
        ValueError: they do not say what it takes, gives and may import, in this order.
    """
    text = ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_bytes())) or ""
    parts = re.fullmatch(r"(.+)\n\nTakes: (.+)\nGives: (.+)\nMay import: (.+)\.", text, re.DOTALL)
    if not parts:
        raise ValueError(f"{name}/__init__.py: say in lines what it is, 'Takes:', 'Gives:' and 'May import:'")
    said = " ".join(parts[4].split())
    return Room(name, parts[1], parts[2], parts[3], () if said == "nothing of ours" else tuple(said.split(", ")))


def drawing() -> str:
    """The rooms as a drawing: an arrow says "imports"; those that a longer way implies are left out."""
    shown = {room: others - EVERYWHERE for room, others in room_arrows().items() if room not in EVERYWHERE}
    lines = ["```mermaid", "flowchart TD"]
    for room in sorted(shown):
        direct = sorted(other for other in shown[room] if not any(other in _reach(shown, via) for via in shown[room]))
        lines += [f"    {room} --> {' & '.join(direct)}"] if direct else []
    return "\n".join([*lines, "```\n"])


def _reach(graph: Mapping[str, frozenset[str]], start: str) -> set[str]:
    """All that is reached from a room, without itself."""
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        room = waiting.pop()
        if room not in found:
            found.add(room)
            waiting += graph[room]
    return found


def ordered() -> list[str]:
    """The rooms from left to right: each imports only what stands before it; what the pipeline needs comes first."""
    left, placed = dict(room_arrows()), []
    needed = _reach(left, "pipeline")
    while left:
        free = [room for room, others in left.items() if others <= set(placed)]
        if not free:
            raise ValueError(f"a circle among {sorted(left)}")
        placed.append(min(free, key=lambda room: (room not in needed | {"pipeline"}, len(left[room]), room)))
        del left[placed[-1]]
    return placed


def table() -> str:
    """The rooms from left to right with what they say of themselves."""
    rows = [read_room(name) for name in ordered() if name not in LOOSE]
    head = "| room | what it is | takes | gives |\n|---|---|---|---|\n"
    return head + "".join(f"| `{r.name}` | {r.purpose} | {r.takes} | {r.gives} |\n" for r in rows)


def redrawn(document: str) -> str:
    """The document with drawing and table as they are now."""
    parts = {"rooms": drawing, "table": table}
    return _DRAWN.sub(lambda found: found[1] + parts[found[2]]() + found[3], document)


if __name__ == "__main__":
    MAP.write_text(redrawn(MAP.read_text(encoding="utf-8")), encoding="utf-8")
