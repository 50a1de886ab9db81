"""``./humas bench [NAMA]``: the committed benchmarks, each with its method in its module docstring."""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from pathlib import Path

from humas.errors import PengirimError

FOLDER = Path(__file__).parents[3] / "bench"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("nama", metavar="NAMA", nargs="?", help="tanpa nama: daftar pengukuran")
    parser.add_argument("pilihan", metavar="PILIHAN", nargs=argparse.REMAINDER, help="diteruskan ke pengukuran")


def run(args: argparse.Namespace) -> int:
    """List the benchmarks, or run one as a program of its own."""
    tersedia = {berkas.stem: berkas for berkas in sorted(FOLDER.glob("*.py")) if not berkas.stem.startswith("_")}
    if not args.nama:
        for nama, berkas in tersedia.items():
            print(f"{nama:14} {_first_line(berkas)}")
        return 0
    if args.nama not in tersedia:
        raise PengirimError("bench_tidak_ada", f'Pengukuran "{args.nama}" tidak ada.', f"pilih: {', '.join(tersedia)}.")
    return subprocess.run([sys.executable, str(tersedia[args.nama]), *args.pilihan], check=False).returncode  # noqa: S603


def _first_line(berkas: Path) -> str:
    keterangan = ast.get_docstring(ast.parse(berkas.read_text(encoding="utf-8"))) or ""
    return keterangan.partition("\n")[0]
