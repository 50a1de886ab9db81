"""The reader process: files in over a pipe, a document or an error out; one file can end it, and nothing else.

``python -m humas.reading.worker``. It holds no secret, opens no file and no connection, and bounds itself before it
reads. Messages are frames: eight bytes of length, then a pickle (``humas.reading.reader`` is the other end).
"""

from __future__ import annotations

import os
import pickle
import resource
import struct
import sys
import traceback
from pathlib import Path
from typing import IO, Any

from humas.errors import HumasError, SenderError
from humas.fence.trace import trace_of
from humas.reading import limits
from humas.reading.document import read_here

LENGTH = struct.Struct(">Q")
MEASURED, DOCUMENT, REFUSED, FAULT = "measured", "document", "refused", "fault"
"""Kinds of frames: the reach of a workbook is known and small enough; the answer; the sender's fault; ours."""


def main() -> None:
    """Answer requests until the pipe closes."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not pass for an answer
    bound_process()
    while request := read_frame(requests):
        renew_processor_time()
        answer(pickle.loads(request), answers)  # noqa: S301 - from our own parent


def bound_process() -> None:
    """Limit what reading may take; a core file could hold personal data."""
    for what, most in (
        (resource.RLIMIT_AS, limits.ADDRESS_SPACE),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.WRITTEN_BYTES),
    ):
        resource.setrlimit(what, (most, most))


def renew_processor_time() -> None:
    """Processor time is counted from the process's start: each file gets its own share on top of what was used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def answer(files: list[tuple[str, bytes]], answers: IO[bytes]) -> None:
    """Read the files of one submission and write what came of it."""
    try:
        document = read_here(files, on_measured=lambda: write_frame(answers, (MEASURED, None)))
        result: tuple[str, Any] = (DOCUMENT, document)
    except SenderError as refusal:
        result = (REFUSED, (refusal.code, refusal.message, refusal.remedy))
    except MemoryError:
        traceback.print_exc()
        os._exit(os.EX_OSERR)  # the heap is in pieces: a new process for the next file
    except Exception as fault:  # noqa: BLE001 - told, with its traceback, to whoever asked
        result = (FAULT, describe(fault))
    write_frame(answers, (*result, peak_bytes()))


def describe(fault: BaseException) -> tuple[str, str]:
    """A fault as its kind and its traceback."""
    kind = fault.code if isinstance(fault, HumasError) else type(fault).__name__
    return kind, trace_of(fault)


def peak_bytes() -> int:
    """The most memory this process ever held.

    Linux's own count for the process survives ``exec``: a large parent would pass for a large reader.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0]) * 1024
    except (OSError, IndexError, ValueError):  # other systems
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def read_frame(pipe: IO[bytes]) -> bytes:
    """The next message; empty when the other end is gone."""
    head = pipe.read(LENGTH.size)
    return pipe.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


def write_frame(pipe: IO[bytes], message: tuple[Any, ...]) -> None:
    """Send one message whole."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


if __name__ == "__main__":
    main()
