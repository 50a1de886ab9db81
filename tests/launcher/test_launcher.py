"""The launcher: which Python it takes, where it works, what it says. No package is installed here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")


@pytest.fixture
def checkout(tmp_path):
    """A copy of what the launcher needs, in a folder with a space, whose environment counts as ready."""
    root = tmp_path / "map dengan spasi"
    (root / "include/humas/local").mkdir(parents=True)
    shutil.copy(ROOT / "humas", root / "humas")
    shutil.copy(ROOT / "include/humas/local/prepare.py", root / "include/humas/local/prepare.py")
    for name in LOCKS:
        shutil.copy(ROOT / name, root / name)
    (root / "include/humas/cli").mkdir()
    (root / "include/humas/__init__.py").touch()
    (root / "include/humas/cli/__init__.py").touch()
    (root / "include/humas/cli/__main__.py").write_text(
        "import os, sys\nprint(sys.argv[1:], os.environ['HUMAS_HOME'], os.environ['PYTHONPATH'], sep='|')\n"
    )
    return root


@pytest.fixture
def ready(checkout):
    """The environment's folder, finished for these locks."""
    from humas.local import prepare

    python = checkout / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (checkout / ".venv" / prepare.MARKER).write_text(prepare.fingerprint(checkout, dev=False))
    return checkout


def fake_python(folder, version):
    """A program called python3 that claims to be an old Python."""
    folder.mkdir(exist_ok=True)
    program = folder / "python3"
    program.write_text(f'#!/bin/sh\ncase "$2" in *print*) echo "Python {version}";; *) exit 1;; esac\n')
    program.chmod(0o755)
    return program


def launch(root, *arguments, cwd=None, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HUMAS_", "PYTHON"))}
    return subprocess.run(
        ["bash", str(root / "humas"), *arguments],
        cwd=cwd or root,
        env={**clean, "HUMAS_PYTHON": sys.executable, **environment},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_old_python_is_refused_with_one_line(checkout, tmp_path):
    program = fake_python(tmp_path / "tua", "3.9.2")
    answer = launch(checkout, "due", HUMAS_PYTHON=str(program))
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.splitlines() == [
        "Humas Triwulan memerlukan Python 3.11 atau lebih baru (di sini: Python 3.9.2)."
        " Pasang, atau tunjuk dengan HUMAS_PYTHON=/jalur/python3.11."
    ]


def test_old_python_on_the_path_is_passed_over_for_a_newer_one(ready, tmp_path):
    folder = tmp_path / "tua"
    fake_python(folder, "3.9.2")
    (folder / "python3.11").symlink_to(sys.executable)
    answer = launch(ready, "due", PATH=f"{folder}:/usr/bin:/bin", HUMAS_PYTHON="")
    assert answer.returncode == 0, answer.stderr


def test_no_python_at_all(checkout, tmp_path):
    folder = tmp_path / "kosong"
    folder.mkdir()
    for name in ("bash", "dirname", "readlink"):
        (folder / name).symlink_to(shutil.which(name))
    answer = launch(checkout, "due", PATH=str(folder), HUMAS_PYTHON="")
    assert answer.returncode == 2
    assert "(di sini: tidak ada)" in answer.stderr


def test_works_from_any_folder_and_from_a_path_with_a_space(ready, tmp_path):
    answer = launch(ready, "due", "33.74", "2026-TW3", cwd=tmp_path, PYTHONPATH="/lain")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == f"['due', '33.74', '2026-TW3']|{ready}/.humas|{ready}/include\n"
    assert answer.stderr == ""


def test_works_through_a_symbolic_link(ready, tmp_path):
    link = tmp_path / "bin-humas"
    link.symlink_to(ready / "humas")
    answer = subprocess.run(
        ["bash", str(link), "due"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "HUMAS_PYTHON": sys.executable, "HUMAS_HOME": ""},
    )
    assert f"|{ready}/include" in answer.stdout


def test_a_search_path_for_cd_leads_nowhere_else(ready, tmp_path):
    (tmp_path / "lain" / ready.name).mkdir(parents=True)
    answer = subprocess.run(
        ["bash", f"{ready.name}/humas", "due"],
        cwd=ready.parent,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "HUMAS_PYTHON": sys.executable, "HUMAS_HOME": "", "CDPATH": str(tmp_path / "lain")},
    )
    assert f"|{ready}/include" in answer.stdout, answer.stderr


def test_relative_folders_count_from_where_one_stands(ready, tmp_path):
    answer = launch(ready, "due", cwd=tmp_path, HUMAS_HOME="data")
    assert f"|{tmp_path}/data|" in answer.stdout


@pytest.mark.skipif(os.getuid() == 0, reason="root menulis juga ke map yang hanya-baca")
def test_read_only_checkout_says_what_to_do(checkout):
    checkout.chmod(0o555)
    try:
        answer = launch(checkout, "due")
    finally:
        checkout.chmod(0o755)
    assert answer.returncode == 3
    assert "HUMAS_VENV" in answer.stderr


def test_folder_that_is_not_an_environment_is_left_alone(checkout):
    (checkout / ".venv").mkdir()
    (checkout / ".venv/naskah.txt").write_text("penting")
    answer = launch(checkout, "due")
    assert answer.returncode == 3
    assert "berisi berkas lain" in answer.stderr
    assert (checkout / ".venv/naskah.txt").read_text() == "penting"
