"""``./humas lembaga periksa``: which bodies there are, what each has of its own, and what is wrong in a folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from humas.bodies import BODIES, FAULTS, TIER_NAMES, Body, one_of
from humas.contract.columns import BY_NAME
from humas.periods import jakarta_day, long_date
from humas.settings import Settings

_REMEDY = "perbaiki berkas itu di include/humas/bodies/data; BACA_SAYA.md di sana menjelaskan tiap kunci."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("tindakan", choices=["periksa"], metavar="periksa", help="baca folder semua lembaga")


def run(args: argparse.Namespace) -> int:
    """One paragraph for each body, one line for each fault; exit code 1 when there is one."""
    today = jakarta_day(Settings.from_environment().now())
    for body in BODIES.values():
        print(f"{body.label} ({body.code}): dapat dipakai")
        for line in _describe(body):
            print(f"  {line}")
        print(f"  Dasar hukum yang berlaku {long_date(today)}: {len(body.legal_basis(today))} dari {len(body.laws)}")
    tell_faults()
    lost = list(_examples_of_nothing())
    for line in lost:
        print(line)
    return 1 if FAULTS or lost else 0


def _examples_of_nothing() -> Iterator[str]:
    """One line for each example of a column that there is not; nothing else of its body is lost."""
    for code, body in BODIES.items():
        for dataset, column in body.examples:
            if column not in BY_NAME[dataset].by_name:
                what = f'{code}/lembaga.toml: [contoh.{dataset}] menyebut kolom "{column}", yang tidak ada'
                yield f"Tidak dipakai: {what}. Admin sistem: {_REMEDY}"


def tell_faults() -> None:
    """One line for each folder that cannot be used; the bodies of the others go on."""
    for fault in FAULTS:
        print(f"Tidak dipakai: {fault}. Admin sistem: {_REMEDY}")


def _describe(body: Body) -> list[str]:
    framework = body.framework
    return [
        f"Tingkat: {one_of((TIER_NAMES[tier] for tier in body.tiers), 'dan')}",
        f"Kerangka: {len(framework.parts)} {framework.title} ({framework.note})",
        f"Jenis kegiatan: {len(body.kinds.offered)}, {len(body.kinds.words)} di antaranya dengan kata sendiri",
        f"Penandatangan satker: {body.report.signer(body.tiers[0])}",
        f"Laporan satker disampaikan kepada: {body.report.recipients['satker']}",
        f"Situs berita: {body.sites.domain if body.sites else 'tidak dibaca'}",
    ]
