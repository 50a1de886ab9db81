"""``./humas check FILE``: what would happen to this file; stores nothing."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from humas.registry import Lembaga

SHOWN_FINDINGS = 20
STATUS_LABEL = {
    "diterima": "Diterima",
    "diterima_dengan_catatan": "Diterima dengan catatan",
    "diterima_sebagian": "Diterima sebagian",
    "nihil": "Nihil",
    "ditolak": "Ditolak",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("berkas", metavar="BERKAS", type=Path, help="XLSX, CSV, atau JSON")
    parser.add_argument("--satker", default="", help="kode satker bila berkas tidak menyebutnya")
    parser.add_argument("--periode", default="", help="periode bila berkas tidak menyebutnya, misalnya 2026-TW3")
    parser.add_argument("--lembaga", choices=[lembaga.value for lembaga in Lembaga], default="")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Check and print; exit code 1 when a row is held back or the file is refused."""
    from humas.check import check_file
    from humas.context import open_konteks

    jawaban = check_file(open_konteks(), args.berkas, args.lembaga, args.satker, args.periode)
    if args.json:
        print(json.dumps(jawaban, ensure_ascii=False, indent=2))
    else:
        _show(jawaban)
    return 1 if jawaban["status"] == "ditolak" or jawaban["quarantined"] else 0


def _show(jawaban: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.text import Text

    layar = Console(highlight=False)
    layar.print(Text(f"{jawaban['file']}: {STATUS_LABEL[jawaban['status']]}", style="bold"))
    layar.print(f"Satker {jawaban['satker']}, {jawaban['lembaga']}, periode {jawaban['periode']}")
    layar.print(
        f"Baris: {jawaban['rows_in']} masuk = {jawaban['accepted']} diterima"
        f" + {jawaban['quarantined']} ditahan + {jawaban['duplicates']} kembar"
    )
    if jawaban["reason"]:
        layar.print(Text(f"{jawaban['reason']} {jawaban['remedy']}"))
    _show_findings(layar, jawaban["findings"])


def _show_findings(layar: Any, temuan: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    penting = sorted(temuan, key=lambda satu: ("FATAL", "PERINGATAN", "INFO").index(satu["severity"]))
    if not penting:
        return
    tabel = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    for judul in ("Tempat", "Aturan", "Apa yang perlu diperbaiki"):
        tabel.add_column(judul, overflow="fold")
    for satu in penting[:SHOWN_FINDINGS]:
        tempat = f"{satu['sheet']} {satu['column']}{satu['row'] or ''}".strip()
        tabel.add_row(Text(tempat), Text(satu["rule"]), Text(f"{satu['message']} {satu['fix']}".strip()))
    layar.print(tabel)
    if len(penting) > SHOWN_FINDINGS:
        layar.print(f"… dan {len(penting) - SHOWN_FINDINGS} temuan lain; seluruhnya dengan --json.")
