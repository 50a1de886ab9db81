"""The words argparse says on its own, in Indonesian; argparse offers gettext as its only hook for that."""

from __future__ import annotations

import argparse
from typing import Final

INDONESIAN: Final = {
    "usage: ": "pemakaian: ",
    "positional arguments": "isian",
    "options": "pilihan",
    "show this help message and exit": "tampilkan bantuan ini",
    "the following arguments are required: %s": "yang belum diisi: %s",
    "unrecognized arguments: %s": "tidak dikenal: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r bukan pilihan; pilih dari %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)": (
        "%(value)r bukan pilihan, mungkin %(suggestion)r; pilih dari %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r bukan %(type)s",
    "expected one argument": "perlu satu isian",
    "expected at least one argument": "perlu paling sedikit satu isian",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
}


def speak_indonesian() -> None:
    """Let argparse speak Indonesian from now on; what has no translation stays as it is."""
    argparse._ = lambda text: INDONESIAN.get(text, text)  # type: ignore[attr-defined]
