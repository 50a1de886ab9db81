"""``./humas run``: demo units, Airflow and one national quarter, live."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Final

from humas.bodies import one_of
from humas.cli.bodies import tell_faults
from humas.cli.port import port
from humas.cli.quarter import unit_codes
from humas.registry import DEFAULT_BODY, Lembaga, load_register
from humas.settings import Settings

_ALL: Final = "semua"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--periode", metavar="PERIODE", help="misalnya 2026-TW3; bila kosong, triwulan yang baru berakhir"
    )
    parser.add_argument(
        "--lembaga",
        type=bodies_of,
        default=(DEFAULT_BODY,),
        metavar="LEMBAGA",
        help=f"{one_of(Lembaga, 'atau')}; beberapa dengan koma, atau semua",
    )
    parser.add_argument(
        "--satker", nargs="+", default=(), metavar="SATKER", help="hanya satker ini yang dikumpulkan: kode atau nama"
    )
    parser.add_argument("--port", type=port, help="port UI; bila kosong dipilihkan yang bebas mulai 8080")
    parser.add_argument(
        "--exit", action="store_true", help="berhenti sesudah ringkasan; kode 0 bila hasil sesuai harapan"
    )


def bodies_of(text: str) -> tuple[Lembaga, ...]:
    """The bodies that a text names, each once: codes with commas between, or ``semua``."""
    named = tuple(Lembaga) if text.strip().lower() == _ALL else tuple(map(_body, filter(None, text.split(","))))
    if not named:
        raise argparse.ArgumentTypeError(f"tidak menyebut lembaga; pilih {one_of(Lembaga, 'atau')}, atau {_ALL}")
    return tuple(dict.fromkeys(named))


def _body(word: str) -> Lembaga:
    if (code := word.strip().lower()) in set(Lembaga):
        return Lembaga(code)
    raise argparse.ArgumentTypeError(f'"{word.strip()}" tidak dikenal; pilih {one_of(Lembaga, "atau")}, atau {_ALL}')


def run(args: argparse.Namespace) -> int:
    """Run the quarter live; exit code 0, or 3 when the expected outcome of a body was not met."""
    from humas.local.live import Order, last_finished_quarter, run_live
    from humas.local.screen import Screen
    from humas.local.supervisor import Stopped
    from humas.periods import quarter_of

    period = quarter_of(args.periode or last_finished_quarter(datetime.now(UTC))).key
    settings = Settings.from_environment()
    # Names and codes are settled here: Airflow would refuse them only after a minute.
    register = load_register(settings)
    satker = tuple(register.resolve(code).code for code in unit_codes(args.satker, register))
    for body in args.lembaga:
        for code in satker:
            register.unit_of(body, code)
    order = Order(args.lembaga, period, satker, args.port, args.exit)
    tell_faults()
    screen = Screen()
    try:
        return run_live(order, settings, screen)
    except Stopped:
        screen.say("Semua proses sudah berhenti dan port sudah bebas. Hasil tetap tersimpan.")
        return 0
