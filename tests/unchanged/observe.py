"""What an installation of a given checkout shows the world: published files, figures, templates, and what commands say.

Every command is a process of that checkout, under one frozen clock and one place of state, so that two checkouts that
behave alike show the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PERIOD = "2026-TW3"
ATTEMPT = re.compile(rb"terakhir \d+ \w+ \d{4}, \d\d\.\d\d WIB")
"""When a unit was last tried: attempts follow the clock of the machine, so that the latest of them is known."""
CHAIN = re.compile(rb"(rantai semua edisi: <code[^>]*>)[0-9a-f]{64}")
OF_THE_PROGRAM = {"pencetak", "rantai"}
"""Columns of the record of an edition that follow the source of what printed it, as does the head of their chain."""
MANIFEST, SEALS = "manifes.json", "hasil_segel"
"""They hold hashes of pages that say so; the files that they vouch for are compared one by one."""
NOW = "1792141200"  # 16 October 2026: the quarter is closed, and its reports are due
BY_CHANCE = (
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),  # where the simulated units listen
    (re.compile(r"langsung__[\w-]+__[0-9a-f]{8}"), "RUN"),
    (re.compile(r'"rantai": "[0-9a-f]{64}"'), '"CHAIN"'),
    (re.compile(r'"(detik|\w*_detik)": ?(\{[^}]*\}|[\d.]+)'), '"SECONDS"'),
)
FIGURES = "hasil_"
CHECKED = 12
"""Of the files that the simulated units send, so many and a few are asked about with ``check``."""


def checkout(commit: str, folder: Path) -> Path:
    """The tree of a commit, laid out in a folder."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def observe(tree: Path, home: Path) -> dict[str, str]:
    """What that checkout shows, by name; ``home`` is emptied first, and must be the same for all that is compared."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    shown = {"quarter --json": said(tree, home, "quarter", PERIOD, "--demo", "--json")}
    demo = home / "demo"
    shown |= files(demo / "terbitan", "terbitan") | figures(demo / "gudang.db") | dict(commands(tree, demo))
    return shown | files(demo / "templat", "templat")


def commands(tree: Path, home: Path) -> Iterator[tuple[str, str]]:
    """What the commands say that answer at once."""
    [report, *_] = sorted(home.rglob("HT-KPU-33.74-*-E1.pdf"))
    asked = {
        "help": ("--help",),
        "due": ("due", "33.74", PERIOD, "--json"),
        "verify": ("verify", str(report), "--json"),
        "retensi": ("retensi", "--lihat", "--json"),
        "template": ("template", "33.74", PERIOD, "-o", str(home / "templat")),
    }
    asked |= {f"check {path.name}": ("check", str(path), "--json") for path in some_sent(home)}
    for name, arguments in asked.items():
        yield name, said(tree, home, *arguments)


def some_sent(home: Path) -> list[Path]:
    """A share of the files that units sent, under names that say what they are."""
    landed = sorted(path for path in (home / "landing").glob("??/*") if not path.name.startswith("."))
    folder = home / "periksa"
    folder.mkdir()
    return [
        Path(shutil.copy(path, folder / f"{path.name[:12]}{'.xlsx' if path.read_bytes()[:2] == b'PK' else '.csv'}"))
        for path in landed[:: len(landed) // CHECKED]
    ]


def said(tree: Path, home: Path, *arguments: str) -> str:
    """A command's exit code and what it prints, without what is chance."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("HUMAS_")}
    env |= {"HUMAS_HOME": str(home), "SOURCE_DATE_EPOCH": NOW, "PYTHONPATH": str(tree / "include")}
    done = subprocess.run(
        [sys.executable, "-m", "humas.cli", *arguments],
        cwd=tree,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    text = f"{done.returncode}\n{done.stdout}" + ("" if "--json" in arguments else done.stderr)
    for pattern, word in BY_CHANCE:
        text = pattern.sub(word, text)
    return text


def files(folder: Path, name: str) -> dict[str, str]:
    """Files below a folder, as readers reach them, with their SHA-256; releases by the address that points to them."""
    paths = (Path(parent, one) for parent, below, names in os.walk(folder, followlinks=True) for one in names)
    return {
        f"{name}/{path.relative_to(folder)}": _digest(path)
        for path in paths
        if ".rilis" not in path.relative_to(folder).parts and path.name != MANIFEST
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(CHAIN.sub(rb"\1", ATTEMPT.sub(b"", path.read_bytes()))).hexdigest()


def figures(database: Path) -> dict[str, str]:
    """Tables of figures and their rows, and the schema of the whole warehouse."""
    with sqlite3.connect(database) as connection:
        schema = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
        names = connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name").fetchall()
        shown = {"schema": json.dumps(schema)}
        for (table,) in names:
            if table.startswith(FIGURES) and table != SEALS:
                columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
                kept = ", ".join(name for name in columns if name not in OF_THE_PROGRAM)
                rows = connection.execute(f"SELECT {kept} FROM {table}").fetchall()
                shown[f"table {table}"] = "\n".join(sorted(map(repr, rows)))
    return shown
