"""``./humas verify FILE``: is this report ours, intact, current?"""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("berkas", metavar="BERKAS", type=Path, help="PDF atau XLSX laporan")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")
