"""``./humas due KODE PERIODE``: the deadline of a unit, explained day by day."""

from __future__ import annotations

import argparse
import json

from humas.periods import Kalender, due, explain, parse_periode
from humas.registry import Lembaga, load_register
from humas.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("kode", metavar="KODE", help="kode atau nama satker, misalnya 33.74")
    parser.add_argument("periode", metavar="PERIODE", help="misalnya 2026-TW3 atau 2026")
    parser.add_argument("--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default="kpu")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Print the deadline; the list of days says why it falls there."""
    settings = Settings.from_environment()
    register = load_register(settings)
    period = parse_periode(args.periode)
    unit = register.resolve(args.kode, period.selesai)
    deadline = due(period, unit.tingkat, settings.deadline, Kalender.load(settings.holiday_file))
    name = unit.nama_resmi(Lembaga(args.lembaga))
    if args.json:
        print(
            json.dumps(
                {
                    "kode": unit.kode,
                    "nama": name,
                    "periode": period.kunci,
                    "tenggat": deadline.tanggal.isoformat(),
                    "akhir_tenggang": deadline.akhir_tenggang.isoformat(),
                    "asumsi": deadline.asumsi,
                    "penjelasan": explain(deadline),
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return 0
    print(f"{name} ({unit.kode}), {period.label}")
    for line in explain(deadline):
        print(f"  {line}")
    return 0
