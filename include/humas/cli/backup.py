"""``./humas cadangkan``: one file that holds the whole installation, made while it works."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from humas.settings import Settings

if TYPE_CHECKING:
    from humas.backup import BackupSummary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "tujuan", metavar="TUJUAN", type=Path, nargs="?", help="folder, atau nama berkas .tar; bawaan: cadangan/"
    )
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Make the backup; exit code 1 when raw files were missing or damaged already."""
    from humas.backup import make_backup
    from humas.installation.summary import RunProgress
    from humas.local.screen import Screen, open_console

    screen = Screen(open_console(stderr=args.json))
    with screen:
        made = make_backup(
            Settings.from_environment(), args.tujuan, os.environ,
            lambda done, total: screen.show([RunProgress("Menyalin", done, total)]),
        )  # fmt: skip
    print(json.dumps(asdict(made), ensure_ascii=False, indent=2) if args.json else _told(made))
    return 1 if made.hilang or made.rusak else 0


def _told(made: BackupSummary) -> str:
    from humas.periods import format_number

    lines = [
        f"{made.arsip}: {format_number(made.berkas)} berkas, {format_number(made.ukuran / 1_000_000)} MB",
        f"SHA-256 {made.sha256}",
        "Simpan di disk atau komputer lain. Tidak ada rahasia di dalamnya: HUMAS_TOKEN_… dan kata sandi disimpan terpisah.",
    ]
    if made.tidak_ikut:
        lines.append(f"Tidak ikut: {', '.join(made.tidak_ikut)}.")
    return "\n".join([*lines, *_damage(made)])


def _damage(made: BackupSummary) -> list[str]:
    from humas.periods import format_number

    return [
        f"{format_number(len(listing))} berkas mentah {word} sejak sebelum dicadangkan: {listing[0][:12]}… Kumpulkan ulang satkernya."
        for word, listing in (("hilang", made.hilang), ("rusak", made.rusak))
        if listing
    ]
