"""``./humas run``: demo units, Airflow and one national quarter, live."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from humas.cli.bodies import tell_faults
from humas.cli.port import port
from humas.cli.quarter import unit_codes
from humas.registry import DEFAULT_BODY, Lembaga, load_register
from humas.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--periode", metavar="PERIODE", help="misalnya 2026-TW3; bila kosong, triwulan yang baru berakhir"
    )
    parser.add_argument("--lembaga", choices=[lembaga.value for lembaga in Lembaga], default=DEFAULT_BODY.value)
    parser.add_argument(
        "--satker", nargs="+", default=(), metavar="SATKER", help="hanya satker ini yang dikumpulkan: kode atau nama"
    )
    parser.add_argument("--port", type=port, help="port UI; bila kosong dipilihkan yang bebas mulai 8080")
    parser.add_argument(
        "--exit", action="store_true", help="berhenti sesudah ringkasan; kode 0 bila hasil sesuai harapan"
    )


def run(args: argparse.Namespace) -> int:
    """Run the quarter live; exit code 0, or 3 when the expected outcome was not met."""
    from humas.local.live import Order, last_finished_quarter, run_live
    from humas.local.screen import Screen
    from humas.local.supervisor import Stopped
    from humas.periods import quarter_of

    period = quarter_of(args.periode or last_finished_quarter(datetime.now(UTC))).key
    settings = Settings.from_environment()
    # Names and codes are settled here: Airflow would refuse them only after a minute.
    register = load_register(settings)
    satker = tuple(register.resolve(code).code for code in unit_codes(args.satker, register))
    order = Order(Lembaga(args.lembaga), period, satker, args.port, args.exit)
    tell_faults()
    screen = Screen()
    try:
        return run_live(order, settings, screen)
    except Stopped:
        screen.say("Semua proses sudah berhenti dan port sudah bebas. Hasil tetap tersimpan.")
        return 0
