"""``./humas due KODE PERIODE``: the deadline of a unit, explained day by day."""

from __future__ import annotations

import argparse
import json

from humas.bodies import deadline_rule
from humas.periods import Calendar, due, explain, parse_period
from humas.registry import DEFAULT_BODY, Lembaga, load_register
from humas.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("kode", metavar="KODE", help="kode atau nama satker, misalnya 33.74")
    parser.add_argument("periode", metavar="PERIODE", help="misalnya 2026-TW3 atau 2026")
    parser.add_argument(
        "--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default=DEFAULT_BODY.value
    )
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Print the deadline; the list of days says why it falls there."""
    settings = Settings.from_environment()
    register = load_register(settings)
    period = parse_period(args.periode)
    unit = register.unit_of(args.lembaga, register.resolve(args.kode, period.end).code, period.end)
    deadline = due(
        period, unit.tier, deadline_rule(settings, args.lembaga, period.end), Calendar.load(settings.holiday_file)
    )
    name = unit.official_name(Lembaga(args.lembaga))
    if args.json:
        print(
            json.dumps(
                {
                    "kode": unit.code,
                    "nama": name,
                    "periode": period.key,
                    "tenggat": deadline.day.isoformat(),
                    "akhir_tenggang": deadline.grace_end.isoformat(),
                    "asumsi": deadline.assumption,
                    "penjelasan": explain(deadline),
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return 0
    print(f"{name} ({unit.code}), {period.label}")
    for line in explain(deadline):
        print(f"  {line}")
    return 0
