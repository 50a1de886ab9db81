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

    hasil = remove_expired(open_konteks(), lihat=args.lihat)
    print(_as_json(hasil, lihat=args.lihat) if args.json else _told(hasil, lihat=args.lihat))
    return 0


def _as_json(hasil: RingkasanRetensi, *, lihat: bool) -> str:
    isi = {
        "dihapus": not lihat,
        "berkas": hasil.berkas,
        "tak_tercatat": hasil.tak_tercatat,
        "sebelum": hasil.sebelum.isoformat(),
    }
    return json.dumps(isi, indent=2)


def _told(hasil: RingkasanRetensi, *, lihat: bool) -> str:
    from humas.periods import bilangan, tanggal, tanggal_jakarta

    kata = "melewati masa simpan" if lihat else "dihapus"
    hari = tanggal(tanggal_jakarta(hasil.sebelum))
    pokok = f"{bilangan(hasil.berkas)} berkas mentah {kata}: terakhir datang sebelum {hari}."
    if not hasil.tak_tercatat:
        return pokok
    return f"{pokok}\n{bilangan(hasil.tak_tercatat)} berkas lain yang tidak tercatat di gudang juga {kata}."
