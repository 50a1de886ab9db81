"""``./humas lembaga periksa``: which bodies there are, what each has of its own, and what is wrong in a folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from humas.bodies import BODIES, FAULTS, TIER_NAMES, Body, one_of, simulation_faults
from humas.contract.columns import unusable_columns
from humas.periods import jakarta_day, long_date
from humas.registry.load import unusable_units
from humas.settings import DeadlineRule, Settings

_REMEDY = "perbaiki berkas itu di include/humas/bodies/data; BACA_SAYA.md di sana menjelaskan tiap kunci."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("tindakan", choices=["periksa"], metavar="periksa", help="baca folder semua lembaga")


def run(args: argparse.Namespace) -> int:
    """One paragraph for each body, one line for each fault; exit code 1 when a folder or a column of it cannot be used."""
    today = jakarta_day(Settings.from_environment().now())
    for body in BODIES.values():
        print(f"{body.label} ({body.code}): dapat dipakai")
        for line in _describe(body, today):
            print(f"  {line}")
        print(f"  Dasar hukum yang berlaku {long_date(today)}: {len(body.legal_basis(today))} dari {len(body.laws)}")
    tell_faults()
    return 1 if FAULTS or any(_unusable()) or any(simulation_faults()) else 0


def tell_faults() -> None:
    """One line for each folder, or column of one, that cannot be used; all else goes on."""
    for fault in FAULTS:
        print(f"Tidak dipakai: {fault}. Admin sistem: {_REMEDY}")
    for line in _unusable():
        print(f"Tidak dipakai: {line}. Admin sistem: {_REMEDY}")
    for fault in simulation_faults():
        print(f"Tidak dapat disimulasikan: {fault}. Admin sistem: {_REMEDY}")


def _unusable() -> Iterator[str]:
    yield from unusable_columns()
    yield from unusable_units()


def _describe(body: Body, today: date) -> list[str]:
    framework = body.framework
    return [
        f"Tingkat: {one_of((TIER_NAMES[tier] for tier in body.tiers), 'dan')}",
        f"Kerangka: {len(framework.parts)} {framework.title} ({framework.note})",
        _deadlines(body.deadline(today)),
        f"Jenis kegiatan: {len(body.kinds.offered)}, {len(body.kinds.words)} di antaranya dengan kata sendiri",
        f"Penandatangan satker: {body.report.signer(body.tiers[0])}",
        f"Laporan satker disampaikan kepada: {body.report.recipients['satker']}",
        *(_route(body, tier, today) for tier in body.tiers),
        f"Satker dengan nama atau situs sendiri: {len(body.units)}",
        f"Situs berita: {body.sites.domain if body.sites else 'tidak dibaca'}",
    ]


def _route(body: Body, tier: str, today: date) -> str:
    """The way of a report of a tier in one line; who signs is known, what goes before is assumed until decreed."""
    own = body.report.approval(tier, today)
    steps = body.report.told_route(tier, today)
    return f"Alur laporan {TIER_NAMES[tier]}: {steps} ({own.note if own else 'langkah sebelum tanda tangan belum ditulis'})"


def _deadlines(rule: DeadlineRule) -> str:
    days = f"kabupaten/kota {rule.kabkota}, provinsi {rule.province}, nasional {rule.nation}, tenggang {rule.grace}"
    return f"Tenggat, hari kerja: {days} ({rule.basis or 'asumsi pemasangan'})"
