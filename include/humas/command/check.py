"""``./humas check FILE``: what would happen to this file; stores nothing."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.periods import parse_periode
from humas.registry import Lembaga

if TYPE_CHECKING:
    from humas.registry import Register

SHOWN_FINDINGS = 20
STATUS_LABEL = {
    "diterima": "Diterima",
    "diterima_dengan_catatan": "Diterima dengan catatan",
    "diterima_sebagian": "Diterima sebagian",
    "nihil": "Nihil",
    "ditolak": "Ditolak",
}

CONSEQUENCE = {"FATAL": "Ditahan", "PERINGATAN": "Perlu dilihat", "INFO": "Catatan"}


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

    k = open_konteks()
    jawaban = check_file(k, args.berkas, args.lembaga, args.satker, args.periode).jawaban
    if args.json:
        print(json.dumps(jawaban, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _show(jawaban, _owner(k.register, jawaban))
    return 1 if jawaban["status"] == "ditolak" or jawaban["quarantined"] else 0


def _owner(register: Register, jawaban: dict[str, Any]) -> str:
    """``KPU Kota Semarang (33.74), Triwulan III 2026``; "" when the file does not say."""
    if not jawaban["satker"]:
        return ""
    nama = register.satker(jawaban["satker"]).nama_resmi(Lembaga(jawaban["lembaga"] or Lembaga.KPU))
    return f"{nama} ({jawaban['satker']}), {parse_periode(jawaban['periode']).label}"


def _show(jawaban: dict[str, Any], pemilik: str) -> None:
    from rich.console import Console
    from rich.text import Text

    layar = Console(highlight=False)
    layar.print(Text(f"{jawaban['file']}: {STATUS_LABEL[jawaban['status']]}", style="bold"))
    if pemilik:
        layar.print(Text(pemilik))
    if jawaban["rows_in"]:
        layar.print(
            f"Baris: {jawaban['rows_in']} masuk = {jawaban['accepted']} diterima"
            f" + {jawaban['quarantined']} ditahan + {jawaban['duplicates']} kembar"
        )
    if jawaban["reason"]:
        layar.print(Text(f"{jawaban['reason']} {jawaban['remedy']}"))
    _show_findings(layar, [satu for satu in jawaban["findings"] if satu["message"] != jawaban["reason"]])


def _show_findings(layar: Any, temuan: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    penting = sorted(temuan, key=lambda satu: ("FATAL", "PERINGATAN", "INFO").index(satu["severity"]))
    if not penting:
        return
    tabel = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    for judul in ("Akibat", "Aturan", "Tempat, sebab, dan cara memperbaiki"):
        tabel.add_column(judul, overflow="fold")
    for satu in penting[:SHOWN_FINDINGS]:
        tabel.add_row(
            CONSEQUENCE[satu["severity"]], Text(satu["rule"]), Text(f"{satu['message']} {satu['fix']}".strip())
        )
    layar.print()
    layar.print(tabel)
    if len(penting) > SHOWN_FINDINGS:
        layar.print(f"… dan {len(penting) - SHOWN_FINDINGS} temuan lain; seluruhnya dengan --json.")
