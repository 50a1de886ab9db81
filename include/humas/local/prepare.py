"""Set the Python environment up: called by the launcher with the machine's own Python, before any package exists.

Standard library only. The environment is finished when its marker holds the fingerprint of the locks;
whatever else is found there (an interrupted set-up, older locks, a vanished interpreter) is repaired.
Two launchers at once wait for each other. pip fetches uv, pinned with hashes; uv installs the lock with
bytecode compiled, because Great Expectations imports in 3 s instead of 8 s then.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

MARKER = ".humas-siap"
LOCKS = {False: ("requirements.txt",), True: ("requirements.txt", "requirements-dev.txt")}
UV_LOCK = "requirements-uv.txt"
# pip's setting -> the variable of uv with the same meaning, and what joins several values.
PIP_TO_UV = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "proxy": ("ALL_PROXY", " "),
    "timeout": ("UV_HTTP_TIMEOUT", " "),
}


class SetupError(Exception):
    """The environment cannot be set up; the text is one Indonesian line that says what to do."""


def fingerprint(root: Path, *, dev: bool) -> str:
    """SHA-256 over the locks and the interpreter's version: what the marker must hold."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in (UV_LOCK, *LOCKS[dev]):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def is_ready(root: Path, venv: Path, *, dev: bool) -> bool:
    """Whether the environment was finished with these locks; one with test packages also serves without."""
    try:
        found = (venv / MARKER).read_text("utf-8").split()
    except OSError:
        return False
    return fingerprint(root, dev=dev) in found and (venv / "bin" / "python").exists()


def uv_environment(pip_config: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Hand pip's configured sources on to uv, so that a package mirror set for pip serves both.

    ``pip_config`` is the output of ``pip config list``; variables already set for uv win. Every package is
    pinned with its hash, so it may come from whichever index has it: ``unsafe-best-match`` is safe here.
    """
    result = {"UV_PYTHON_DOWNLOADS": "never", "UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_CONFIG": "1"}
    for key, value in _pip_settings(pip_config).items():
        if key == "no-index" and value.lower() in {"1", "true", "yes", "on"}:
            result["UV_OFFLINE"] = "1"
        elif key in PIP_TO_UV:
            name, separator = PIP_TO_UV[key]
            result[name] = separator.join(value.split())
    return {name: value for name, value in result.items() if name not in environ}


def _pip_settings(pip_config: str) -> dict[str, str]:
    """Settings by key; environment over install over global, as pip itself reads them."""
    rank = {"global": 0, "install": 1, ":env:": 2}
    found: dict[str, tuple[int, str]] = {}
    for line in pip_config.splitlines():
        name, _, quoted = line.partition("=")
        section, _, key = name.strip().rpartition(".")
        if section in rank and quoted:
            value = (shlex.split(quoted) or [""])[0].replace("\\n", " ")
            found[key] = max(found.get(key, (-1, "")), (rank[section], value))
    return {key: value for key, (_, value) in found.items()}


def prepare(root: Path, venv: Path, *, dev: bool) -> None:
    """Bring the environment to the state of the locks; returns at once when it is there already."""
    if is_ready(root, venv, dev=dev):
        return
    with _locked(venv):
        if is_ready(root, venv, dev=dev):
            return
        begun = time.monotonic()
        say(f"Menyiapkan lingkungan Python di {venv} (hanya kali pertama; beberapa menit bila jaringan lambat).")
        _install(root, venv, dev=dev)
        marks = [fingerprint(root, dev=False), *([fingerprint(root, dev=True)] if dev else [])]
        (venv / MARKER).write_text("\n".join(marks) + "\n", "utf-8")
        say(f"Lingkungan siap dalam {time.monotonic() - begun:.0f} detik.")


def _install(root: Path, venv: Path, *, dev: bool) -> None:
    (venv / MARKER).unlink(missing_ok=True)
    _create(venv)
    environ = _install_uv(root, venv)
    say("2/3 Memasang paket sesuai kunci versi (diperiksa sidiknya) …")
    files = [argument for name in LOCKS[dev] for argument in ("-r", str(root / name))]
    command = ["pip", "install", "--python", str(venv / "bin" / "python"), "--no-deps", "--require-hashes"]
    _run([str(venv / "bin" / "uv"), *command, "--compile-bytecode", *files], environ, "Pemasangan paket gagal")
    say("3/3 Memeriksa kecocokan paket …")
    _run(
        [str(venv / "bin" / "uv"), "pip", "check", "-q", "--python", str(venv / "bin" / "python")],
        environ,
        "Paket tidak cocok",
    )


def _create(venv: Path) -> None:
    """Create the environment, or keep a half-made one whose interpreter still runs with pip."""
    python = venv / "bin" / "python"
    if python.exists() and _version(python) == f"{sys.version_info[0]}.{sys.version_info[1]}":
        return
    if venv.exists() and any(venv.iterdir()):
        if not (venv / "pyvenv.cfg").exists():
            raise SetupError(f"{venv} berisi berkas lain, bukan lingkungan Python. Pilih map lain dengan HUMAS_VENV.")
        say(f"Lingkungan lama di {venv} tidak utuh; dibuat ulang.")
        shutil.rmtree(venv)
    say(f"1/3 Membuat lingkungan dengan Python {sys.version.split()[0]} …")
    _run([sys.executable, "-m", "venv", str(venv)], {}, "venv gagal dibuat; pasang paket python3-venv bila belum ada")


def _version(python: Path) -> str:
    """``3.11`` when the interpreter runs and has pip, otherwise empty."""
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    result = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    return result.stdout.strip()


def _install_uv(root: Path, venv: Path) -> dict[str, str]:
    """Install uv with pip and its configuration; returns the variables uv shall run with."""
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    _run([*pip, "install", "-q", "--require-hashes", "--no-deps", "-r", str(root / UV_LOCK)], {}, "uv gagal dipasang")
    config = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False).stdout
    return uv_environment(config, os.environ)


def lock(root: Path, venv: Path) -> None:
    """Compile the locks anew from what requirements*.in name."""
    with _locked(venv):
        _create(venv)
        environ = _install_uv(root, venv)
    for name in ("requirements-uv", "requirements", "requirements-dev"):
        say(f"Mengunci {name}.in …")
        command = ["pip", "compile", "-q", "--universal", "--generate-hashes", "--python-version", "3.11"]
        arguments = ["--no-annotate", "--no-header", f"{name}.in", "-o", f"{name}.txt"]
        _run([str(venv / "bin" / "uv"), *command, *arguments], environ, f"{name}.in tidak dapat dikunci", cwd=root)


@contextmanager
def _locked(venv: Path) -> Iterator[None]:
    """Hold the set-up alone; a second launcher waits here.

    A lock of its own: this module runs as a file, where no package of ours can be imported.
    """
    venv.parent.mkdir(parents=True, exist_ok=True)
    with (venv.parent / f"{venv.name}.lock").open("a", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Penyiapan lain sedang berjalan; menunggu sampai selesai …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _run(command: Sequence[str], extra: Mapping[str, str], failure: str, cwd: Path | None = None) -> None:
    """Run one step; its output is shown only when it fails."""
    result = subprocess.run(
        command,
        env={**os.environ, **extra},
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode:
        lines = [line for line in result.stdout.splitlines() if line.strip()][-12:]
        raise SetupError("\n".join([f"{failure}:", *(f"  {line}" for line in lines)]))


def say(line: str) -> None:
    """One line of progress; standard output stays free for the command itself."""
    print(line, file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """``prepare.py ROOT VENV [--dev|--lock]``; exit code 0 ready, 3 not possible."""
    root, venv, *options = arguments
    try:
        if "--lock" in options:
            lock(Path(root), Path(venv))
        else:
            prepare(Path(root), Path(venv), dev="--dev" in options)
    except SetupError as problem:
        say(str(problem))
        return 3
    except OSError as problem:
        say(f"Lingkungan tidak dapat disiapkan di {venv}: {problem.strerror or problem}. {_remedy(problem)}")
        return 3
    return 0


def _remedy(problem: OSError) -> str:
    if problem.errno == 28:
        return "Kosongkan ruang disk (perlu ±2 GB), lalu jalankan lagi."
    return "Tunjuk map yang dapat ditulis dengan HUMAS_VENV=/jalur/venv."


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("Penyiapan dihentikan; perintah berikutnya melanjutkannya.")
        sys.exit(130)
