"""``./humas check FILE``: what would happen to this file; stores nothing."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.bodies import one_of
from humas.errors import SenderError, os_reason
from humas.periods import parse_period
from humas.periods.format import full_date
from humas.registry import DEFAULT_BODY, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.pipeline.check import CheckedFile
    from humas.registry import Register

SHOWN_RULES = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("berkas", metavar="BERKAS", type=Path, help="XLSX, XLS, ODS, CSV, atau JSON")
    parser.add_argument("--satker", default="", help="kode satker bila berkas tidak menyebutnya")
    parser.add_argument("--periode", default="", help="periode bila berkas tidak menyebutnya, misalnya 2026-TW3")
    parser.add_argument("--lembaga", choices=[lembaga.value for lembaga in Lembaga], default="")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")
    parser.add_argument(
        "--feedback",
        metavar="HASIL.xlsx",
        type=Path,
        help="tulis buku umpan balik: berkas ini dengan yang perlu diperbaiki",
    )


def run(args: argparse.Namespace) -> int:
    """Check and print; exit code 1 when a row is held back or the file is refused."""
    _check_target(args.berkas, args.feedback)
    from humas.installation.context import load_context
    from humas.pipeline.check import check_file

    context = load_context()
    checked = check_file(context, args.berkas, args.lembaga, args.satker, args.periode)
    if args.feedback:
        _write_feedback(context, args.berkas, checked, args.feedback)
    answer = checked.answer | {"feedback": str(args.feedback or "")}
    if args.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _show(answer, context.register)
    return 1 if answer["status"] == "ditolak" or answer["quarantined"] else 0


def _check_target(file: Path, target: Path | None) -> None:
    """Refuse a place for the feedback workbook that cannot be meant, before any work is done."""
    if target is None:
        return
    if target.suffix.lower() != ".xlsx":
        raise SenderError(
            "umpan_balik_bukan_xlsx",
            f'Buku umpan balik "{target}" bukan XLSX.',
            "beri nama yang berakhir dengan .xlsx.",
        )
    if target.exists() and file.exists() and target.samefile(file):
        raise SenderError(
            "umpan_balik_menimpa",
            "Buku umpan balik akan menimpa berkas yang diperiksa.",
            "beri nama lain pada --feedback.",
        )


def _write_feedback(context: Context, file: Path, checked: CheckedFile, target: Path) -> None:
    """Write the feedback workbook, whole or not at all."""
    from humas.forms.feedback import build_feedback

    temporary = target.with_name(f".{target.name}.tulis")
    try:
        temporary.write_bytes(build_feedback(file.read_bytes(), checked, context.register))
        temporary.replace(target)
    except OSError as error:
        raise SenderError(
            "umpan_balik_tak_tertulis",
            f'Buku umpan balik "{target}" tidak dapat ditulis: {os_reason(error)}.',
            "periksa nama folder dan hak tulisnya.",
        ) from error


def _owner(register: Register, answer: dict[str, Any]) -> str:
    """``KPU Kota Semarang (33.74), Triwulan III 2026``; "" when the file does not say."""
    if not answer["satker"]:
        return ""
    name = register.satker(answer["satker"]).official_name(Lembaga(answer["lembaga"] or DEFAULT_BODY))
    return f"{name} ({answer['satker']}), {parse_period(answer['periode']).label}"


def _inferred(answer: dict[str, Any]) -> Iterator[str]:
    """What nobody told the command: read from the file, and a body that the file does not tell either, or tells in two ways."""
    from humas.pipeline.check import TAKEN_FOR_GRANTED

    read = {name: origin for name, origin in answer["inferred"].items() if origin != TAKEN_FOR_GRANTED}
    if read:
        yield f"Dibaca dari berkas: {', '.join(f'{name} (dari {origin})' for name, origin in read.items())}."
    if len(read) < len(answer["inferred"]):
        others = one_of((body.value for body in Lembaga if body.value != answer["lembaga"]), "atau")
        label = Lembaga(answer["lembaga"]).label
        yield f"Lembaga tidak dapat dipastikan dari berkas; diperiksa sebagai {label}. Bila bukan, tambahkan --lembaga {others}."


def _show(answer: dict[str, Any], register: Register) -> None:
    """The summary for people: the verdict first, then what to do about it, the most important first."""
    from rich.console import Console
    from rich.text import Text

    from humas.forms.feedback.kinds import guesses
    from humas.forms.feedback.words import count_words
    from humas.validation.answer import verdict_label

    console = Console(highlight=False, soft_wrap=False)
    console.print(Text(f"{answer['file']}: {verdict_label(answer)}", style="bold"))
    for line in (
        *_inferred(answer),
        _owner(register, answer),
        f"Baris: {count_words(answer)}" if answer["rows_in"] else "",
    ):
        if line:
            console.print(Text(line))
    if answer["reason"]:
        console.print(Text(f"{answer['reason']} {answer['remedy']}"))
    for line in guesses(answer["understood"]):
        console.print(Text(line))
    _show_findings(console, answer)
    _show_next(console, answer)


def _show_findings(console: Any, answer: Mapping[str, Any]) -> None:
    """Findings by rule, the gravest and most frequent rules first; of each rule the first places."""
    from rich.padding import Padding
    from rich.text import Text

    from humas.forms.feedback.kinds import by_rule, heading, lines_of

    groups = by_rule([finding for finding in answer["findings"] if finding["message"] != answer["reason"]])
    for findings in groups[:SHOWN_RULES]:
        console.print()
        console.print(Text(heading(findings, answer["status"]), style="bold"))
        for line in lines_of(findings):
            console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
    rest = sum(map(len, groups[SHOWN_RULES:]))
    if rest:
        console.print(f"\ndan {rest} temuan lain menurut {len(groups) - SHOWN_RULES} aturan; seluruhnya dengan --json.")


def _show_next(console: Any, answer: Mapping[str, Any]) -> None:
    """What to do now, by when, and where the feedback workbook lies."""
    from rich.text import Text

    needed = any(finding["severity"] != "INFO" for finding in answer["findings"])
    lines = []
    if answer["feedback"]:
        lines.append(
            f"Buku umpan balik: {answer['feedback']}. {'Perbaiki di sana, lalu kirim berkas itu.' if needed else ''}"
        )
    elif needed and answer["rows_in"]:
        lines.append(
            "Tambahkan --feedback HASIL.xlsx untuk mendapat berkas ini dengan tanda pada sel yang perlu diperbaiki."
        )
    if needed and answer["due"]:
        assumption = " (asumsi pemasangan)" if answer["due_assumed"] else ""
        lines.append(f"Tenggat: {full_date(date.fromisoformat(answer['due']))}{assumption}.")
    if lines:
        console.print()
    for line in lines:
        console.print(Text(line.strip()))
