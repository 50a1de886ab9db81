"""Memory that a process freed, for whoever needs it next."""

from __future__ import annotations

import ctypes
import gc


def release_memory() -> None:
    """Give what this process freed back to the system; where the C library cannot (it is not glibc) it stays as it is.

    What a quarter's documents and reports took stays with the process otherwise, a hundred MiB and more, while a reader
    beside it may take half a GiB for one hostile file.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
