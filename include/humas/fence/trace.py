"""A fault for developers: where it arose and of what kind, without its words, which may quote a cell."""

from __future__ import annotations

import traceback


def trace_of(error: BaseException) -> str:
    """The traceback of an error and of those it came from, first cause first; of each its kind alone."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    return "\n".join(filter(None, (trace_of(before) if before else "", frames, type(error).__name__)))
