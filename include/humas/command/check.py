"""``./humas check FILE``: what would happen to this file; stores nothing."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.errors import PengirimError, os_reason
from humas.periods import parse_periode
from humas.periods.format import tanggal_panjang
from humas.registry import Lembaga

if TYPE_CHECKING:
    from humas.check import Pemeriksaan
    from humas.context import Konteks
    from humas.registry import Register

SHOWN_EACH = 5
SHOWN_RULES = 12
Temuan = Mapping[str, Any]


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
    from humas.check import check_file
    from humas.context import open_konteks

    k = open_konteks()
    periksa = check_file(k, args.berkas, args.lembaga, args.satker, args.periode)
    if args.feedback:
        _write_feedback(k, args.berkas, periksa, args.feedback)
    jawaban = periksa.jawaban | {"feedback": str(args.feedback or "")}
    if args.json:
        print(json.dumps(jawaban, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _show(jawaban, k.register)
    return 1 if jawaban["status"] == "ditolak" or jawaban["quarantined"] else 0


def _check_target(berkas: Path, tujuan: Path | None) -> None:
    """Refuse a place for the feedback workbook that cannot be meant, before any work is done."""
    if tujuan is None:
        return
    if tujuan.suffix.lower() != ".xlsx":
        raise PengirimError(
            "umpan_balik_bukan_xlsx",
            f'Buku umpan balik "{tujuan}" bukan XLSX.',
            "beri nama yang berakhir dengan .xlsx.",
        )
    if tujuan.exists() and berkas.exists() and tujuan.samefile(berkas):
        raise PengirimError(
            "umpan_balik_menimpa",
            "Buku umpan balik akan menimpa berkas yang diperiksa.",
            "beri nama lain pada --feedback.",
        )


def _write_feedback(k: Konteks, berkas: Path, periksa: Pemeriksaan, tujuan: Path) -> None:
    """Write the feedback workbook, whole or not at all."""
    from humas.feedback import build_feedback

    sementara = tujuan.with_name(f".{tujuan.name}.tulis")
    try:
        sementara.write_bytes(build_feedback(berkas.read_bytes(), periksa, k.register))
        sementara.replace(tujuan)
    except OSError as error:
        raise PengirimError(
            "umpan_balik_tak_tertulis",
            f'Buku umpan balik "{tujuan}" tidak dapat ditulis: {os_reason(error)}.',
            "periksa nama folder dan hak tulisnya.",
        ) from error


def _owner(register: Register, jawaban: dict[str, Any]) -> str:
    """``KPU Kota Semarang (33.74), Triwulan III 2026``; "" when the file does not say."""
    if not jawaban["satker"]:
        return ""
    nama = register.satker(jawaban["satker"]).nama_resmi(Lembaga(jawaban["lembaga"] or Lembaga.KPU))
    return f"{nama} ({jawaban['satker']}), {parse_periode(jawaban['periode']).label}"


def _show(jawaban: dict[str, Any], register: Register) -> None:
    """The summary for people: the verdict first, then what to do about it, the most important first."""
    from rich.console import Console
    from rich.text import Text

    from humas.check import verdict_label
    from humas.feedback.words import count_words

    layar = Console(highlight=False, soft_wrap=False)
    layar.print(Text(f"{jawaban['file']}: {verdict_label(jawaban)}", style="bold"))
    for isi in (_owner(register, jawaban), f"Baris: {count_words(jawaban)}" if jawaban["rows_in"] else ""):
        if isi:
            layar.print(Text(isi))
    if jawaban["reason"]:
        layar.print(Text(f"{jawaban['reason']} {jawaban['remedy']}"))
    _show_findings(layar, jawaban)
    _show_next(layar, jawaban)


def _show_findings(layar: Any, jawaban: Mapping[str, Any]) -> None:
    """Findings by rule, the gravest and most frequent rules first; of each rule the first places."""
    from rich.padding import Padding
    from rich.text import Text

    kelompok = _by_rule([satu for satu in jawaban["findings"] if satu["message"] != jawaban["reason"]])
    for semua in kelompok[:SHOWN_RULES]:
        layar.print()
        layar.print(Text(_heading(semua, jawaban["status"]), style="bold"))
        for baris in _lines(semua):
            layar.print(Padding(Text(baris), (0, 0, 0, 2), expand=False))
    sisa = sum(map(len, kelompok[SHOWN_RULES:]))
    if sisa:
        layar.print(f"\ndan {sisa} temuan lain menurut {len(kelompok) - SHOWN_RULES} aturan; seluruhnya dengan --json.")


def _by_rule(temuan: Sequence[Temuan]) -> list[list[Temuan]]:
    from humas.contract.result import Keparahan
    from humas.feedback.words import by_weight

    kelompok: dict[tuple[str, str], list[Temuan]] = defaultdict(list)
    for satu in by_weight(temuan, list(dict.fromkeys(satu["sheet"] for satu in temuan))):
        kelompok[satu["severity"], satu["rule"]].append(satu)
    berat = list(Keparahan)
    return sorted(kelompok.values(), key=lambda semua: (berat.index(semua[0]["severity"]), -len(semua)))


def _heading(semua: Sequence[Temuan], status: str) -> str:
    from humas.feedback.words import consequence, dotted

    return f"{consequence(semua[0], status)} ({semua[0]['rule']}): {dotted(len(semua))} temuan"


def _lines(semua: Sequence[Temuan]) -> list[str]:
    """Places with what is wrong there; the remedy once below when it is the same for all, else beside each."""
    from humas.feedback.words import clean, dotted, place_words, what_is_wrong

    cara = {clean(satu["fix"]) for satu in semua}
    bersama = cara.pop() if len(cara) == 1 else ""
    baris = []
    for satu in semua[:SHOWN_EACH]:
        tempat, sendiri = place_words(satu), "" if bersama else clean(satu["fix"])
        baris.append(" ".join(filter(None, (f"{tempat}:" if tempat else "", what_is_wrong(satu), sendiri))))
    if len(semua) > SHOWN_EACH:
        baris.append(f"dan {dotted(len(semua) - SHOWN_EACH)} lagi")
    return [*baris, f"→ {bersama}"] if bersama else baris


def _show_next(layar: Any, jawaban: Mapping[str, Any]) -> None:
    """What to do now, by when, and where the feedback workbook lies."""
    from rich.text import Text

    perlu = any(satu["severity"] != "INFO" for satu in jawaban["findings"])
    baris = []
    if jawaban["feedback"]:
        baris.append(
            f"Buku umpan balik: {jawaban['feedback']}. {'Perbaiki di sana, lalu kirim berkas itu.' if perlu else ''}"
        )
    elif perlu and jawaban["rows_in"]:
        baris.append(
            "Tambahkan --feedback HASIL.xlsx untuk mendapat berkas ini dengan tanda pada sel yang perlu diperbaiki."
        )
    if perlu and jawaban["due"]:
        asumsi = " (asumsi pemasangan)" if jawaban["due_assumed"] else ""
        baris.append(f"Tenggat: {tanggal_panjang(date.fromisoformat(jawaban['due']))}{asumsi}.")
    if baris:
        layar.print()
    for satu in baris:
        layar.print(Text(satu.strip()))
