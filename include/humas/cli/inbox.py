"""``./humas kotak``: one sweep of the drop-boxes; with ``--lihat`` only what lies there."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from humas.errors import OperatorError

if TYPE_CHECKING:
    from humas.inbox.model import SweptFile
    from humas.inbox.sweep import ReportProgress, SweepResult

_STATES = {
    "diambil": "Diambil",
    "tak_dikenal": "Tak dikenal",
    "menunggu": "Menunggu",
    "tertunda": "Tertunda",
    "dilewati": "Dilewati",
    "gagal": "Gagal",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--lihat", action="store_true", help="hanya sebutkan yang menunggu; tidak mengambil apa pun")
    parser.add_argument(
        "--paksa", action="store_true", help="coba juga berkas tertunda yang belum waktunya dicoba lagi"
    )
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Sweep or look; exit code 1 when a file needs a person, 3 when a drop-box could not be reached."""
    from humas.inbox.sweep import list_waiting, sweep
    from humas.inbox.trigger import follow_up
    from humas.installation.context import load_context

    context = load_context()
    if not context.settings.box.address:
        raise OperatorError(
            "kotak_belum_diatur",
            "Kotak masuk belum diatur.",
            "isi HUMAS_KOTAK_MASUK dengan alamat foldernya, misalnya kpu=/srv/kotak.",
        )
    if args.lihat:
        swept = list_waiting(context)
    else:
        with _progress(shown=not args.json) as progress:
            swept = sweep(context, progress=progress, force=args.paksa)
    follow_ups = [] if args.lihat else [asdict(quarter) for quarter in follow_up(context)]
    if args.json:
        print(json.dumps(_as_json(swept, follow_ups), ensure_ascii=False, indent=2))
    else:
        _show(swept, follow_ups)
    return 3 if swept.errors else int(_needs_people(swept))


def _needs_people(swept: SweepResult) -> bool:
    return any(action.pelaku for action in swept.actions)


def _as_json(swept: SweepResult, follow_ups: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "files": [_file(action) for action in swept.actions],
        "errors": [
            {
                "box": error.box, "rule": error.code, "actor": error.actor, "message": error.message,
                "fix": error.remedy, "retry": error.layak_diulang,
            }
            for error in swept.errors
        ],
        "follow_up": [
            {"lembaga": quarter["lembaga"], "periode": quarter["periode"], "satker": list(quarter["satker"])}
            for quarter in follow_ups
        ],
        "seconds": swept.seconds,
    }  # fmt: skip


def _file(action: SweptFile) -> dict[str, Any]:
    rows_in, accepted, held, duplicates = action.baris
    return {
        "box": action.kotak,
        "file": action.berkas,
        "state": action.keadaan.value,
        "lembaga": action.lembaga,
        "satker": action.satker,
        "periode": action.periode,
        "status": action.status,
        "rows_in": rows_in,
        "accepted": accepted,
        "quarantined": held,
        "duplicates": duplicates,
        "repeated": action.ulang,
        "message": action.pesan,
        "actor": action.pelaku,
        "failures": action.kali,
        "retry_at": action.coba_lagi.isoformat() if action.coba_lagi else None,
        "moved_to": action.tujuan,
        "answers": list(action.jawaban),
    }


@contextmanager
def _progress(*, shown: bool) -> Iterator[ReportProgress]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("Kotak masuk"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, disable=not (shown and console.is_terminal), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(
            task, completed=done, total=total, description=name[:40].replace("[", "(")
        )


def _show(swept: SweepResult, follow_ups: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if swept.actions:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for title in ("Keadaan", "Berkas", "Satker", "Periode", "Baris", "Keterangan"):
            table.add_column(title, overflow="fold")
        for action in swept.actions:
            table.add_row(*map(Text, _row(action)))
        console.print(table)
    else:
        console.print("Tidak ada berkas di kotak masuk.")
    for error in swept.errors:
        console.print(Text(f"{error.message} Yang perlu dilakukan: {error.remedy}"))
    for quarter in follow_ups:
        lembaga, period, count = quarter["lembaga"], quarter["periode"], len(quarter["satker"])
        console.print(f"{lembaga} {period} sudah direkap; {count} satker menunggu rekap ulang. Jalankan:")
        console.print(f"  ./humas quarter {period} --lembaga {lembaga}")


def _row(action: SweptFile) -> tuple[str, str, str, str, str, str]:
    from humas.inbox.answer import STATUS_LABEL

    rows_in, accepted, held, duplicates = action.baris
    counts = f"{rows_in} = {accepted} + {held} + {duplicates}" if rows_in else ""
    remarks = [STATUS_LABEL.get(action.status, ""), "sudah pernah diterima" if action.ulang else "", action.pesan]
    satker = f"{action.lembaga} {action.satker}".strip()
    text = ". ".join(part.rstrip(".") for part in remarks if part)
    return _STATES[action.keadaan], action.berkas, satker, action.periode, counts, text
