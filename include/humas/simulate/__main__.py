"""``python -m humas.simulate``: serve the demo units until told to stop; one JSON line when ready."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from humas.errors import HumasError
from humas.registry import DEFAULT_BODY, Lembaga
from humas.simulate.model import Behaviour
from humas.simulate.server import SEED, demo_server

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def build_parser() -> argparse.ArgumentParser:
    """Arguments of the demo server."""
    parser = argparse.ArgumentParser(prog="humas.simulate", description="Satker tiruan di komputer ini.")
    parser.add_argument("--port", type=int, default=0, help="0 memilih porta yang bebas")
    parser.add_argument("--lembaga", choices=[body.value for body in Lembaga], default=DEFAULT_BODY.value)
    parser.add_argument("--periode", default="2026-TW3", help="misalnya 2026-TW3")
    parser.add_argument("--folder", type=Path, required=True, help="tempat daftar saluran dan kebenaran ditulis")
    parser.add_argument("--benih", type=int, default=SEED, help="benih yang sama memberi isi yang sama")
    parser.add_argument("--faktor", type=float, default=1.0, help="pengali banyaknya baris, misalnya 0.1 atau 10")
    parser.add_argument("--tenang", action="store_true", help="semua satker berperilaku baik")
    parser.add_argument(
        "--pulih-setelah", type=float, default=None, metavar="DETIK", help="saluran rusak pulih sendiri"
    )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; 0 when stopped so, 3 when the server could not start."""
    args = build_parser().parse_args(argv)
    # Blocked and waited for: a handler that wakes the main thread could run inside its own wait, and hang there.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        with demo_server(
            args.folder,
            lembaga=args.lembaga,
            period=args.periode,
            seed=args.benih,
            behaviour=Behaviour.calm() if args.tenang else None,
            factor=args.faktor,
            port=args.port,
            recover_after=args.pulih_setelah,
        ) as demo:
            ready = {
                "url": demo.url,
                "port": demo.port,
                "saluran": str(demo.channel),
                "kebenaran": str(demo.truth_file),
                "lingkungan": demo.environment,
            }
            print(json.dumps(ready), flush=True)
            signal.sigwait(STOP_SIGNALS)
    except (OSError, HumasError) as error:
        print(f"Satker tiruan tidak dapat dijalankan: {error}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
