"""A port as people give it on the command line."""

from __future__ import annotations

import argparse
import re
from typing import Final

from humas.text.digits import bounded_int

LARGEST: Final = 65535


def port(text: str) -> int:
    """The number of a port; for ``type=`` of argparse, which shows the message of the error.

    Raises:
        ArgumentTypeError: no number, or none that a port can have.
    """
    if not (re.fullmatch(r"[0-9]{1,5}", text) and 1 <= bounded_int(text) <= LARGEST):
        raise argparse.ArgumentTypeError(
            f'port "{text[:40]}" tidak ada; tulis bilangan 1 sampai {LARGEST}, misalnya 8081'
        )
    return bounded_int(text)
