"""The words of the names that the code gives: to classes, functions, parameters, constants and locals.

Fields and properties are not looked at: many are stored, published or shown by a template under their name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("include", "dags", "plugins", "bench", "tests")


def sources() -> list[Path]:
    """All modules but migrations, which stay as they were applied."""
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "versions" not in path.parts]


def given_names(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, int]]:
    """Each name that the nodes of a module bind, with its line."""
    for node in nodes:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if not any(map(_makes_a_property, node.decorator_list)):
                yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def _makes_a_property(decorator: ast.expr) -> bool:
    name = getattr(decorator, "id", getattr(decorator, "attr", ""))
    return str(name).endswith("property")


def fields(nodes: Iterable[ast.AST]) -> set[str]:
    """Names that classes annotate or assign in their bodies."""
    return {
        target.id
        for owner in nodes
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        for target in (
            [node.target] if isinstance(node, ast.AnnAssign) else node.targets if isinstance(node, ast.Assign) else []
        )
        if isinstance(target, ast.Name)
    }


def words_of(name: str) -> list[str]:
    """``SatkerReport`` and ``satker_report`` are made of satker and report."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return [word.lower() for word in re.split(r"[_\d]+", apart) if len(word) > 1]
