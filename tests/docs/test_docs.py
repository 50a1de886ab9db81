"""The documents are true where a machine can check it: links lead somewhere, commands exist, keys are real."""

import re
from pathlib import Path

import pytest
from humas.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")])
LAUNCHER_COMMANDS = {"run", "test", "up", "down", "status", "lock"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    missing = [link for link in links if not (document.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/arsitektur.md", "README.md", "bench/README.md"])
def test_files_named_exist(name):
    """Paths are told from the root, or from the package."""
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.-]+/[\w./-]+\.(?:py|csv|json|toml|html|typ|tsv|md))`", text))
    tests = set(re.findall(r"(tests/[\w/]+)", text))
    missing = [path for path in named if not any((top / path).exists() for top in (ROOT, ROOT / "include" / "humas"))]
    assert not missing + [
        path for path in tests if not any((ROOT / f"{path}{end}").exists() for end in ("", ".py", ".txt"))
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_named_exist(document):
    named = set(re.findall(r"\./humas ([a-z][a-z-]*[a-z])", document.read_text(encoding="utf-8")))
    assert named <= set(COMMANDS) | LAUNCHER_COMMANDS


def test_readme_shows_the_result_before_the_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.index("![") < text.index("./humas run")


def test_every_setting_is_explained():
    source = (ROOT / "include/humas/settings.py").read_text(encoding="utf-8")
    guide = (ROOT / "docs/pemasangan.md").read_text(encoding="utf-8")
    settings = set(re.findall(r'"((?:HUMAS_|SOURCE_DATE_)[A-Z_]+)"', source))
    assert settings
    assert [name for name in sorted(settings) if f"`{name}`" not in guide] == []
