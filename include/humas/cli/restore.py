"""``./humas pulihkan BERKAS``: an installation from a backup."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from humas.errors import OperatorError
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.backup import RestoreSummary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("berkas", metavar="BERKAS", type=Path, help="berkas cadangan")
    parser.add_argument("--ke", metavar="FOLDER", type=Path, help="folder pemasangan; bawaan: HUMAS_HOME")
    parser.add_argument("--ganti", action="store_true", help="folder yang berisi disisihkan, tidak dihapus")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Restore it, and say what is still to be done by hand."""
    from humas.backup import restore
    from humas.installation.summary import RunProgress
    from humas.local.screen import Screen, open_console

    home = _home(args.ke)
    screen = Screen(open_console(stderr=args.json))
    with screen:
        done = restore(
            args.berkas, home, replace=args.ganti,
            progress=lambda stage, finished, total: screen.show([RunProgress(stage, finished, total)]),
        )  # fmt: skip
    print(json.dumps(asdict(done), ensure_ascii=False, indent=2) if args.json else _told(done))
    return 0


def _home(asked: Path | None) -> Path:
    """Where to restore: as asked, else the installation's folder, whose warehouse must lie in it."""
    if asked:
        return asked.expanduser().resolve()
    settings = Settings.from_environment()
    if settings.database_url != f"sqlite:///{settings.home / 'gudang.db'}":
        raise OperatorError(
            "gudang_di_tempat_lain",
            "HUMAS_DATABASE_URL menunjuk gudang di luar folder pemasangan.",
            "kosongkan variabel itu, atau pulihkan ke folder lain dengan --ke FOLDER lalu pindahkan gudang.db sendiri.",
        )
    return settings.home


def _told(done: RestoreSummary) -> str:
    from humas.periods import format_number

    lines = [
        f"{done.folder}: {format_number(done.berkas)} berkas dari cadangan {done.dibuat} dipulihkan dan cocok sidiknya."
    ]
    if done.disisihkan:
        lines.append(f"Yang lama disisihkan: {done.disisihkan}")
    lines.append(
        f"Pengaturan waktu itu: {done.folder}/pengaturan/humas.env; isi lagi HUMAS_TOKEN_… dan kata sandi sendiri."
    )
    return "\n".join(lines)
