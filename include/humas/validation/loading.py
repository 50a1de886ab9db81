"""The libraries that validation needs, loaded while there is time."""

from __future__ import annotations

import gc
import sys
from importlib import import_module


def warm_up() -> None:
    """Import what validation needs; it takes seconds, best spent while waiting for the network.

    Nothing looks for garbage meanwhile, and afterwards not among these: the half a million objects of Great
    Expectations live as long as the process; looking through them again and again, the last time while it ends, took
    a third of the whole of ``./humas check`` (``bench/check.py``).
    """
    if "great_expectations" in sys.modules:
        return
    gc.disable()
    try:
        import_module("humas.validation.validate")
        import_module("great_expectations")
    finally:
        gc.freeze()
        gc.enable()
