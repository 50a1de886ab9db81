"""Whether renaming locals changed nothing else: ``python -m tests.unchanged.same_code COMMIT [FOLDER …]``.

Every module is compiled as it was and as it is, and the two are compared instruction by instruction. Names of locals and
of parameters of private and nested functions may differ, one new name for each old one; everything else, parameters of
public functions, attributes and keywords among it, is the same.
"""

from __future__ import annotations

import dis
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# How variables of enclosing functions are carried follows the alphabet of their names; a NOP stands for a line.
CARRIED = {"MAKE_CELL", "COPY_FREE_VARS", "LOAD_CLOSURE", "RESUME", "EXTENDED_ARG", "NOP"}
LOCALS = {f"{verb}_{kind}" for verb in ("LOAD", "STORE", "DELETE") for kind in ("FAST", "DEREF")} | {"LOAD_CLASSDEREF"}
JUMPS = ("JUMP", "POP_JUMP", "FOR_ITER", "SEND")
OPTIMISED, VARIABLE, KEYWORDS = 2, 4, 8


def differences(before: str, after: str) -> list[str]:
    """Where two sources of one module differ in more than names of locals; nothing when they do not."""
    return list(_compared(compile(before, "before", "exec"), compile(after, "after", "exec"), nested=False))


def _compared(old: CodeType, new: CodeType, *, nested: bool) -> Iterator[str]:
    theirs, ours = _parameters(old), _parameters(new)
    private = nested or (old.co_name.startswith(("_", "<")) and not old.co_name.startswith("__"))
    if old.co_name != new.co_name or len(theirs) != len(ours) or (theirs != ours and not private):
        yield f"{old.co_name}({', '.join(theirs)}) became {new.co_name}({', '.join(ours)})"
    origin: dict[str, str] = {}
    for one, other in zip_longest(_instructions(old), _instructions(new)):
        if one is None or other is None or one.opname != other.opname:
            yield f"{old.co_name}: {one and one.opname} became {other and other.opname}"
            return
        if isinstance(one.argval, CodeType) and isinstance(other.argval, CodeType):
            yield from _compared(one.argval, other.argval, nested=nested or bool(old.co_flags & OPTIMISED))
        elif one.opname in LOCALS:
            moved = _place(one.argval, theirs) != _place(other.argval, ours)
            if moved or origin.setdefault(other.argval, one.argval) != one.argval:
                yield f"{old.co_name}: {one.argval} became {other.argval}, which is another"
        elif not one.opname.startswith(JUMPS) and not _equal(one.argval, other.argval):
            yield f"{old.co_name}: {one.argval!r} became {other.argval!r}"


def _parameters(code: CodeType) -> tuple[str, ...]:
    flags = bool(code.co_flags & VARIABLE) + bool(code.co_flags & KEYWORDS)
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + flags]


def _place(name: str, parameters: tuple[str, ...]) -> int | None:
    """Which parameter a name is: one that is bound again keeps being that parameter."""
    return parameters.index(name) if name in parameters else None


def _instructions(code: CodeType) -> list[dis.Instruction]:
    return [one for one in dis.get_instructions(code) if one.opname not in CARRIED]


def _equal(one: Any, other: Any) -> bool:
    """Constants of the same type and value; of annotations, the names of the parameters may differ."""
    if isinstance(one, tuple) and isinstance(other, tuple) and all(isinstance(part, str) for part in (*one, *other)):
        return one[1::2] == other[1::2] and len(one) == len(other)
    return one == other if isinstance(one, frozenset) else repr(one) == repr(other)


def main(commit: str, *folders: str) -> int:
    """Compare the modules of these folders with those of a commit; exit code 1 when one differs."""
    listing = _git("diff", "--name-only", commit, "--", *(folders or ("include", "dags", "plugins"))).splitlines()
    found = 0
    for name in listing:
        if name.endswith(".py") and (ROOT / name).exists():
            for line in differences(_git("show", f"{commit}:{name}"), (ROOT / name).read_text()):
                print(f"{name}: {line}")
                found += 1
    print(f"{len(listing)} files, {found} differences")
    return bool(found)


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
