"""``./humas verify FILE``: is this report ours, intact, current?"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("berkas", metavar="BERKAS", type=Path, help="PDF atau XLSX laporan")
    parser.add_argument("--terbitan", metavar="FOLDER", type=Path, help="folder terbitan; bawaan: milik pemasangan ini")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Compare the file with what was published; exit code 1 unless it is genuine and current."""
    from humas.publish.verify import Status, verify
    from humas.settings import Settings

    hasil = verify(args.berkas, args.terbitan or Settings.from_environment().published)
    print(json.dumps(asdict(hasil), ensure_ascii=False, indent=2) if args.json else hasil.pesan)
    return 0 if hasil.status is Status.TERKINI else 1
