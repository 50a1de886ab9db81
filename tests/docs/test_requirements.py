"""requirements.in names what the code imports, no more and no less; what is named for another reason says it here."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OUR_OWN = {"humas", *(file.stem for file in (ROOT / "plugins").glob("*.py"))}
OTHERWISE_NAMED = {"yaml": "pyyaml", "airflow": "apache-airflow"}
NEVER_IMPORTED = {
    "apache-airflow-providers-celery": "AIRFLOW__CORE__EXECUTOR names its executor (docker-compose.yaml)",
    "celery": "held below a release that Airflow's Celery provider cannot import",
    "redis": "Celery loads it by the broker's address",
    "psycopg2-binary": "SQLAlchemy loads it by the database's address",
    "python-dateutil": "held at the release that lets the FAB provider be installed",
}


def declared() -> list[str]:
    lines = (ROOT / "requirements.in").read_text("utf-8").splitlines()
    return [re.split(r"[^\w.-]", line)[0] for line in lines if line and not line.startswith("#")]


@cache
def imported() -> dict[str, set[str]]:
    """Package -> the files that import it."""
    found: dict[str, set[str]] = {}
    for file in sorted(path for folder in ("include", "dags", "plugins") for path in (ROOT / folder).rglob("*.py")):
        for module in modules_of(ast.parse(file.read_text("utf-8"))):
            if module.partition(".")[0] not in sys.stdlib_module_names | OUR_OWN:
                found.setdefault(package_of(module), set()).add(file.relative_to(ROOT).as_posix())
    return found


def modules_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module)


def package_of(module: str) -> str:
    """The package that a module comes from: each of Airflow's providers is one of its own."""
    top, *rest = module.split(".")
    if top == "airflow" and rest[:1] == ["providers"]:
        return f"apache-airflow-providers-{rest[1]}"
    return OTHERWISE_NAMED.get(top, top.lower().replace("_", "-"))


def test_what_the_code_imports_is_declared():
    missing = {package: files for package, files in imported().items() if package not in declared()}
    assert not missing, "requirements.in must name it, with one line why"


def test_what_is_declared_is_imported_or_has_its_reason():
    unused = set(declared()) - set(imported())
    assert unused == set(NEVER_IMPORTED), "take it out of requirements.in, or say in NEVER_IMPORTED who loads it"


def test_every_declaration_is_one_line_that_says_why():
    lines = [line for line in (ROOT / "requirements.in").read_text("utf-8").splitlines() if line[:1] not in {"", "#"}]
    assert [line for line in lines if not line.partition("#")[2].strip()] == []
    assert len(declared()) == len(set(declared()))


@pytest.mark.parametrize("package", declared())
def test_every_declaration_is_locked(package):
    assert re.search(rf"(?m)^{re.escape(package)}==", (ROOT / "requirements.txt").read_text("utf-8"))


@pytest.mark.parametrize(
    ("module", "package"),
    [
        ("airflow.sdk.exceptions", "apache-airflow"),
        ("airflow.providers.fab.auth_manager", "apache-airflow-providers-fab"),
        ("yaml", "pyyaml"),
        ("python_calamine", "python-calamine"),
        ("fontTools.ttLib", "fonttools"),
    ],
)
def test_a_module_is_known_by_its_package(module, package):
    assert package_of(module) == package
