"""Set-up of the environment: when it is ready, what is repaired, what uv is told. Nothing is installed here."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from humas.local import prepare


@pytest.fixture
def root(tmp_path):
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt"):
        (tmp_path / name).write_text(f"# {name}\n")
    return tmp_path


@pytest.fixture
def steps(monkeypatch):
    """Commands that would have been run; venv and packages appear as empty files."""
    done = []

    def fake_run(command, extra, failure, cwd=None):
        done.append(command)
        if "venv" in command:
            venv = Path(command[-1])
            (venv / "bin").mkdir(parents=True, exist_ok=True)
            (venv / "bin/python").touch()
            (venv / "pyvenv.cfg").touch()

    monkeypatch.setattr(prepare, "_run", fake_run)
    monkeypatch.setattr(prepare, "_version", lambda python: "{}.{}".format(*sys.version_info[:2]))
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=""))
    return done


def test_first_use_installs_and_second_does_nothing(root, steps):
    venv = root / ".venv"
    prepare.prepare(root, venv, dev=False)
    install = next(command for command in steps if "--compile-bytecode" in command)
    assert {"--no-deps", "--require-hashes"} <= set(install)
    assert str(root / "requirements.txt") in install
    assert str(root / "requirements-dev.txt") not in install
    steps.clear()
    prepare.prepare(root, venv, dev=False)
    assert steps == []


def test_test_packages_come_on_top_and_also_serve_without(root, steps):
    venv = root / ".venv"
    prepare.prepare(root, venv, dev=True)
    steps.clear()
    prepare.prepare(root, venv, dev=False)
    assert steps == []


@pytest.mark.parametrize("changed", ["requirements.txt", "requirements-uv.txt"])
def test_changed_lock_installs_again(root, steps, changed):
    venv = root / ".venv"
    prepare.prepare(root, venv, dev=False)
    (root / changed).write_text("# lain\n")
    steps.clear()
    prepare.prepare(root, venv, dev=False)
    assert any("--compile-bytecode" in command for command in steps)


def test_interrupted_setup_is_continued(root, steps, monkeypatch):
    venv = root / ".venv"
    kept = prepare._run

    def cut_off(command, *rest, **options):
        if "--compile-bytecode" in command:
            raise KeyboardInterrupt
        kept(command, *rest, **options)

    monkeypatch.setattr(prepare, "_run", cut_off)
    with pytest.raises(KeyboardInterrupt):
        prepare.prepare(root, venv, dev=False)
    assert not prepare.is_ready(root, venv, dev=False)
    monkeypatch.setattr(prepare, "_run", kept)
    prepare.prepare(root, venv, dev=False)
    assert prepare.is_ready(root, venv, dev=False)


def test_environment_whose_interpreter_is_gone_is_made_anew(root, steps, monkeypatch):
    venv = root / ".venv"
    prepare.prepare(root, venv, dev=False)
    (venv / "sisa").touch()
    (root / "requirements.txt").write_text("# lain\n")
    monkeypatch.setattr(prepare, "_version", lambda python: "")
    prepare.prepare(root, venv, dev=False)
    assert not (venv / "sisa").exists()
    assert prepare.is_ready(root, venv, dev=False)


def test_two_at_once_install_once(root, steps):
    threads = [
        threading.Thread(target=prepare.prepare, args=(root, root / ".venv"), kwargs={"dev": False}) for _ in "12"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum("--compile-bytecode" in command for command in steps) == 1


@pytest.mark.parametrize(
    ("config", "environ", "expected"),
    [
        pytest.param(
            "global.index-url='https://a.example/simple'",
            {},
            {"UV_DEFAULT_INDEX": "https://a.example/simple"},
            id="mirror",
        ),
        pytest.param(
            "global.extra-index-url='https://a.example/s https://b.example/s'",
            {},
            {"UV_INDEX": "https://a.example/s https://b.example/s"},
            id="several more",
        ),
        pytest.param("global.find-links='/w1 /w2'", {}, {"UV_FIND_LINKS": "/w1,/w2"}, id="wheel folders"),
        pytest.param("global.no-index='true'", {}, {"UV_OFFLINE": "1"}, id="no index"),
        pytest.param("global.cert='/c.pem'", {}, {"SSL_CERT_FILE": "/c.pem"}, id="certificate"),
        pytest.param("global.cert='/c.pem'", {"SSL_CERT_FILE": "/own.pem"}, {}, id="what is set for uv wins"),
        pytest.param(
            "global.index-url='https://a.example'\n:env:.index-url='https://b.example'",
            {},
            {"UV_DEFAULT_INDEX": "https://b.example"},
            id="environment over file",
        ),
        pytest.param("global.colour='blue'\nnonsense", {}, {}, id="others are ignored"),
    ],
)
def test_sources_set_for_pip_serve_uv(config, environ, expected):
    always = {"UV_PYTHON_DOWNLOADS": "never", "UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_CONFIG": "1"}
    assert prepare.uv_environment(config, environ) == {**always, **expected}


def test_full_disk_is_one_clear_line(root, monkeypatch, capsys):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(prepare, "_create", full)
    assert prepare.main([str(root), str(root / ".venv")]) == 3
    assert capsys.readouterr().err.splitlines()[-1].endswith("Kosongkan ruang disk (perlu ±2 GB), lalu jalankan lagi.")
