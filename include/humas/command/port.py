"""A port as people give it on the command line."""

from __future__ import annotations

import argparse
from typing import Final

LARGEST: Final = 65535


def port(text: str) -> int:
    """The number of a port; for ``type=`` of argparse, which shows the message of the error.

    Raises:
        ArgumentTypeError: no number, or none that a port can have.
    """
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LARGEST):
        raise argparse.ArgumentTypeError(f'port "{text}" tidak ada; tulis bilangan 1 sampai {LARGEST}, misalnya 8081')
    return int(text)
