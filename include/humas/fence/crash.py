"""Crash reports: what developers need to mend a fault of ours, and nothing that a sender wrote of anybody.

One file for each submission and fault, named by both: the same fault in the next run writes the same file.
"""

from __future__ import annotations

import hashlib
import logging
import platform
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from humas.errors import HumasError, ProgramFault
from humas.fence.clock import OutOfTime, time_limit
from humas.fence.halves import OF_ONE_SUBMISSION, explain

log = logging.getLogger(__name__)
CRASH_FOLDER = "galat"
"""Folder of the crash reports, below the installation's folder."""
SECONDS_EACH = 60.0
"""How long understanding and judging one submission may take."""
_PACKAGES = ("apache-airflow", "great-expectations", "pandas", "python-calamine", "sqlalchemy", "typst")
_LINES = 200
_MESSAGE_LETTERS = 300
_PASSWORD = re.compile(r"//[^/@\s]{1,200}@")
_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")


def write_crash(home: Path, fault: ProgramFault, about: Mapping[str, str]) -> ProgramFault:
    """Write the crash report of a fault, and give the fault with the report's path below the installation's folder.

    Published pages show it: where an installation lies is nobody else's business.

    about: what it is of (unit, period, submission, step). A disk that refuses is told in the log: the report helps, the
    run does not depend on it.
    """
    path = home / CRASH_FOLDER / _name(fault, about)
    told = fault.reported(f"{CRASH_FOLDER}/{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(_content(fault, about), encoding="utf-8", errors="replace")
    except OSError:
        log.exception("the crash report %s cannot be written", path)
    log.error("%s %s: %s", told.message, told.actor.label, told.remedy)
    return told


@contextmanager
def guarded(home: Path, what: str, about: Mapping[str, str], seconds: float = SECONDS_EACH) -> Iterator[None]:
    """Turn whatever is thrown by work on one submission into a ``ProgramFault`` with a crash report.

    what: the submission, as a sentence begins with it.

    Raises:
        ProgramFault: our program failed on it. HumasError: as the work itself raised it.
    """
    try:
        with time_limit(seconds):
            yield
    except (Exception, OutOfTime) as error:
        if (
            isinstance(error, HumasError)
            and not isinstance(error, ProgramFault)
            and error.code not in OF_ONE_SUBMISSION
        ):
            raise
        raise write_crash(home, explain(what, error), about) from error


def _name(fault: ProgramFault, about: Mapping[str, str]) -> str:
    mark = hashlib.sha256(f"{about}|{fault.cause}|{_last_place(fault.detail)}".encode()).hexdigest()[:10]
    words = [_UNSAFE.sub("-", about.get(key, "")) for key in ("lembaga", "periode", "satker", "laporan")]
    return "-".join([*filter(None, words), mark]) + ".txt"


def _last_place(detail: str) -> str:
    return next((line for line in reversed(detail.splitlines()) if line.lstrip().startswith("File ")), "")


def _content(fault: ProgramFault, about: Mapping[str, str]) -> str:
    """The report as text. What a dead reader said last stands in it too: masked first, for a cut number is none, then cut."""
    from humas.privacy import mask

    head = [f"{key}: {value}" for key, value in about.items()]
    parts = [f"{name} {version(name)}" for name in _PACKAGES]
    told = _PASSWORD.sub("//***@", mask(fault.detail))
    trace = [line if line.startswith(" ") else line[:_MESSAGE_LETTERS] for line in told.splitlines()]
    lines = [fault.message, *head, f"Python {platform.python_version()}, {', '.join(parts)}", "", *trace[-_LINES:]]
    return "\n".join(lines) + "\n"
