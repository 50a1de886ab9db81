"""``./humas retensi``: remove raw bytes whose retention period is over."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from humas.pipeline.rawfiles import RetentionSummary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--lihat", action="store_true", help="hanya hitung; tidak menghapus apa pun")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Remove, or count with ``--lihat``; tells how many files and since when."""
    from humas.installation.context import load_context
    from humas.pipeline.rawfiles import remove_expired

    removed = remove_expired(load_context(), dry_run=args.lihat)
    print(_as_json(removed, dry_run=args.lihat) if args.json else _told(removed, dry_run=args.lihat))
    return 0


def _as_json(removed: RetentionSummary, *, dry_run: bool) -> str:
    content = {
        "dihapus": not dry_run,
        "berkas": removed.file,
        "tak_tercatat": removed.unrecorded,
        "sebelum": removed.before.isoformat(),
    }
    return json.dumps(content, indent=2)


def _told(removed: RetentionSummary, *, dry_run: bool) -> str:
    from humas.periods import format_number, jakarta_day, long_date

    word = "melewati masa simpan" if dry_run else "dihapus"
    day = long_date(jakarta_day(removed.before))
    sentence = f"{format_number(removed.file)} berkas mentah {word}: terakhir datang sebelum {day}."
    if not removed.unrecorded:
        return sentence
    return f"{sentence}\n{format_number(removed.unrecorded)} berkas lain yang tidak tercatat di gudang juga {word}."
