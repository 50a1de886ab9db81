"""``./humas run``: demo units, Airflow and one national quarter, live."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from humas.registry import Lembaga
from humas.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--periode", metavar="PERIODE", help="misalnya 2026-TW3; bila kosong, triwulan yang baru berakhir"
    )
    parser.add_argument("--lembaga", choices=[lembaga.value for lembaga in Lembaga], default="kpu")
    parser.add_argument("--satker", nargs="+", default=(), metavar="KODE", help="hanya satker ini yang dikumpulkan")
    parser.add_argument("--port", type=int, help="port UI; bila kosong dipilihkan yang bebas mulai 8080")
    parser.add_argument(
        "--exit", action="store_true", help="berhenti sesudah ringkasan; kode 0 bila hasil sesuai harapan"
    )


def run(args: argparse.Namespace) -> int:
    """Run the quarter live; exit code 0, or 3 when the expected outcome was not met."""
    from humas.operate.live import Order, last_finished_quarter, run_live
    from humas.operate.screen import Screen
    from humas.operate.supervisor import Stopped
    from humas.pipeline import quarter_of

    periode = quarter_of(args.periode or last_finished_quarter(datetime.now(UTC))).kunci
    order = Order(Lembaga(args.lembaga), periode, tuple(args.satker), args.port, args.exit)
    screen = Screen()
    try:
        return run_live(order, Settings.from_environment(), screen)
    except Stopped:
        screen.say("Semua proses sudah berhenti dan port sudah bebas. Hasil tetap tersimpan.")
        return 0
