"""``./humas retensi``: remove raw bytes whose retention period is over."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from humas.rawfiles import RingkasanRetensi


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--lihat", action="store_true", help="hanya hitung; tidak menghapus apa pun")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Remove, or count with ``--lihat``; tells how many files and since when."""
    from humas.context import open_konteks
    from humas.rawfiles import remove_expired

    removed = remove_expired(open_konteks(), lihat=args.lihat)
    print(_as_json(removed, lihat=args.lihat) if args.json else _told(removed, lihat=args.lihat))
    return 0


def _as_json(removed: RingkasanRetensi, *, lihat: bool) -> str:
    content = {
        "dihapus": not lihat,
        "berkas": removed.berkas,
        "tak_tercatat": removed.tak_tercatat,
        "sebelum": removed.sebelum.isoformat(),
    }
    return json.dumps(content, indent=2)


def _told(removed: RingkasanRetensi, *, lihat: bool) -> str:
    from humas.periods import bilangan, tanggal, tanggal_jakarta

    word = "melewati masa simpan" if lihat else "dihapus"
    day = tanggal(tanggal_jakarta(removed.sebelum))
    sentence = f"{bilangan(removed.berkas)} berkas mentah {word}: terakhir datang sebelum {day}."
    if not removed.tak_tercatat:
        return sentence
    return f"{sentence}\n{bilangan(removed.tak_tercatat)} berkas lain yang tidak tercatat di gudang juga {word}."
