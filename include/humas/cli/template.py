"""``./humas template KODE PERIODE``: the workbook a unit fills in; ``--semua PERIODE`` makes those of all units."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from humas.errors import OperatorError, SenderError, os_reason
from humas.registry import DEFAULT_BODY, Cycle, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("kode", metavar="KODE", nargs="?", help="kode atau nama satker, misalnya 33.74")
    parser.add_argument("periode", metavar="PERIODE", nargs="?", help="misalnya 2026-TW3")
    parser.add_argument("--semua", metavar="PERIODE", help="templat semua satker untuk triwulan ini")
    parser.add_argument("--lembaga", choices=[lembaga.value for lembaga in Lembaga], default=DEFAULT_BODY.value)
    parser.add_argument(
        "-o", "--keluaran", type=Path, metavar="TUJUAN", help="nama berkas; dengan --semua: nama folder"
    )


def run(args: argparse.Namespace) -> int:
    """Write one template or all of them, and say where they lie."""
    from humas.installation.context import load_context

    if args.semua and not args.kode:
        return _write_all(load_context(), Cycle(args.lembaga, args.semua), args.keluaran)
    if args.kode and args.periode and not args.semua:
        return _write_one(load_context(), args)
    raise SenderError(
        "perintah_keliru",
        "Perintah perlu KODE dan PERIODE, atau --semua PERIODE.",
        "tulis ./humas template 33.74 2026-TW3, atau ./humas template --semua 2026-TW3 -o FOLDER.",
    )


def _write_one(context: Context, args: argparse.Namespace) -> int:
    from humas.periods import quarter_of
    from humas.pipeline.distribution import file_name, template_of

    triwulan = quarter_of(args.periode)
    unit = context.register.resolve(args.kode, triwulan.end)
    target = args.keluaran or Path(file_name(args.lembaga, unit, triwulan))
    if target.is_dir():
        target /= file_name(args.lembaga, unit, triwulan)
    content = template_of(context, args.lembaga, unit.code, triwulan)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise OperatorError(
            "templat_tak_tertulis",
            f"Templat {target} tidak dapat ditulis: {os_reason(error)}.",
            "pilih folder lain dengan -o, atau beri izin tulis.",
        ) from error
    print(f"{target}: templat {unit.official_name(args.lembaga)} ({unit.code}), {triwulan.label}")
    return 0


def _write_all(context: Context, cycle: Cycle, folder: Path | None) -> int:
    from humas.installation.summary import RunProgress
    from humas.local.screen import Screen
    from humas.periods import quarter_of
    from humas.pipeline.distribution import template_folder, write_templates

    triwulan = quarter_of(cycle.period)
    target = folder or template_folder(context.settings.home, cycle.lembaga, triwulan)
    with Screen() as screen:

        def show(done: int, total: int) -> None:
            screen.show([RunProgress("Templat", done, total)])

        written = write_templates(
            context, cycle.lembaga, triwulan, target, processes=os.cpu_count() or 1, on_written=show
        )
    print(f"{written.templat} templat {Lembaga(cycle.lembaga).label} {triwulan.label} di {written.folder}")
    if written.galat:
        print(
            f"Tanpa draf karena galat program: {', '.join(written.galat)}. Admin sistem: lihat catatan di folder galat."
        )
    return 1 if written.galat else 0
