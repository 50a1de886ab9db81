"""``./humas bench [NAMA]``: the committed benchmarks, each with its method in its module docstring."""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from pathlib import Path

from humas.errors import SenderError

FOLDER = Path(__file__).parents[3] / "bench"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("nama", metavar="NAMA", nargs="?", help="tanpa nama: daftar pengukuran")
    parser.add_argument("pilihan", metavar="PILIHAN", nargs=argparse.REMAINDER, help="diteruskan ke pengukuran")


def run(args: argparse.Namespace) -> int:
    """List the benchmarks, or run one as a program of its own."""
    benches = {file.stem: file for file in sorted(FOLDER.glob("*.py")) if not file.stem.startswith("_")}
    if not args.nama:
        for name, file in benches.items():
            description = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
            print(f"{name:14}", description.partition("\n")[0])
        return 0
    if args.nama not in benches:
        raise SenderError("bench_tidak_ada", f'Pengukuran "{args.nama}" tidak ada.', f"pilih: {', '.join(benches)}.")
    return subprocess.run([sys.executable, str(benches[args.nama]), *args.pilihan], check=False).returncode  # noqa: S603
