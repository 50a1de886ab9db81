"""A fault for developers: where it arose and of what kind, without its words, which may quote a cell."""

from __future__ import annotations

import traceback
from collections.abc import Iterator


def trace_of(error: BaseException) -> str:
    """The traceback of an error and of those it came from, first cause first; of each its kind alone."""
    return "\n".join(reversed([_one(each) for each in _with_causes(error)]))


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    """An error, what it came from, and so on. One that is raised again while it is handled comes from itself: it is given once."""
    told: list[BaseException] = []
    before: BaseException | None = error
    while before is not None and not any(before is one for one in told):
        told.append(before)
        yield before
        before = before.__cause__ or (None if before.__suppress_context__ else before.__context__)


def _one(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    return "\n".join(filter(None, (frames, type(error).__name__)))
