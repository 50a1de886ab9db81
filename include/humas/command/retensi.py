"""``./humas retensi``: remove raw bytes whose retention period is over."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--lihat", action="store_true", help="hanya hitung; tidak menghapus apa pun")


def run(args: argparse.Namespace) -> int:
    """Remove, or count with ``--lihat``; one line says how many files and since when."""
    from humas.context import open_konteks
    from humas.periods import bilangan, tanggal, tanggal_jakarta
    from humas.rawfiles import remove_expired

    hasil = remove_expired(open_konteks(), lihat=args.lihat)
    kata = "melewati masa simpan" if args.lihat else "dihapus"
    hari = tanggal(tanggal_jakarta(hasil.sebelum))
    print(f"{bilangan(hasil.berkas)} berkas mentah {kata}: terakhir datang sebelum {hari}.")
    return 0
