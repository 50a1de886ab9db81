"""``./humas trace ANGKA KODE PERIODE``: a published figure led back to the rows it was made of."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from humas.registry import DEFAULT_BODY, Lembaga
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.pipeline.trace import FigureTrace, SourceLine

LINES = 20
_SOURCES = {"api": "sumber (API)", "rekap": "rekap"}
_KINDS = {"baris": "Baris sumber", "buku": "Baris dalam buku", "satker": "Satker dan kirimannya"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("angka", metavar="ANGKA", help="kode angka seperti tercetak, misalnya S3, P5.4, N1")
    parser.add_argument(
        "kode", metavar="KODE", help="kode atau nama satker atau provinsi, atau nasional; boleh juga nomor laporan"
    )
    parser.add_argument("periode", metavar="PERIODE", nargs="?", default="", help="misalnya 2026-TW3")
    parser.add_argument(
        "--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default=DEFAULT_BODY.value
    )
    parser.add_argument("--json", action="store_true", help="keluaran untuk program; memuat semua sumber")


def run(args: argparse.Namespace) -> int:
    """Print where the figure comes from."""
    from humas.installation.context import load_context
    from humas.pipeline.asked import figure_asked
    from humas.pipeline.trace import trace_figure

    context = load_context(Settings.from_environment())
    asked = figure_asked(context, args.lembaga, args.angka, args.kode, args.periode)
    trace = trace_figure(context, asked.cycle, asked.sought, asked.edition)
    if args.json:
        print(json.dumps(asdict(trace), ensure_ascii=False, indent=2))
    else:
        _show(trace)
    return 0


def _show(trace: FigureTrace) -> None:
    from humas.periods import parse_period

    shown = trace.edisi or trace
    print(f"{trace.id} {trace.label}: {_value(trace, shown.nilai)}")
    print(f"{trace.nama}, {parse_period(trace.periode).label}")
    print(f"Rumus: {trace.rumus}.")
    print(f"Satuan: {trace.satuan or 'hitungan'}")
    if shown.penyebut is not None:
        print(f"Pembilang ÷ penyebut: {_number(shown.pembilang)} ÷ {_number(shown.penyebut)}")
    print(_edition(trace))
    if trace.run_id:
        print(f"Jalan: {trace.run_id}")
    if trace.berbeda:
        print(f"Gudang hari ini berbeda dari edisi itu: {_now(trace)}. Sumber di bawah ini menurut gudang hari ini.")
    if trace.sebab:
        print(f"Tidak dihitung: {trace.sebab}.")
    elif not trace.sumber:
        print("Tidak ada baris yang menambah angka ini.")
    else:
        _show_sources(trace)


def _edition(trace: FigureTrace) -> str:
    from humas.periods import long_date

    shown = trace.edisi
    if shown is None:
        return "Edisi: belum ada yang terbit; angka menurut gudang hari ini"
    line = f"Edisi: {shown.id}, {long_date(date.fromisoformat(shown.terbit))}, sidik data {shown.sidik}"
    return line if shown.utuh else f"{line}; DATA TERSIMPANNYA TIDAK SAMA DENGAN SIDIK ITU"


def _now(trace: FigureTrace) -> str:
    parts = f" ({_number(trace.pembilang)} ÷ {_number(trace.penyebut)})" if trace.penyebut is not None else ""
    return _value(trace, trace.nilai) + parts


def _value(trace: FigureTrace, value: float | None) -> str:
    from humas.periods import percent

    return percent(value) if trace.satuan == "persen" else _number(value)


def _number(value: float | None) -> str:
    from humas.periods import format_number

    return format_number(value)


def _show_sources(trace: FigureTrace) -> None:
    """The first lines, those of one submission under what it came in."""
    print(f"\n{_KINDS[trace.asal]} ({_number(len(trace.sumber))}):")
    for heading, lines in groupby(trace.sumber[:LINES], key=_submission):
        print(heading)
        for line in lines:
            if told := _line(line):
                print(f"    {told}")
    if (rest := len(trace.sumber) - LINES) > 0:
        print(f"dan {_number(rest)} lagi; semuanya dengan --json")


def _submission(line: SourceLine) -> str:
    """Whose a submission is, and what it came in."""
    from humas.periods import date_and_time, long_date

    name = line.berkas or _SOURCES.get(line.saluran, line.saluran)
    parts = [f"{line.kode} {line.satker}", name]
    if line.diterima_pada:
        parts.append(f"diterima {date_and_time(datetime.fromisoformat(line.diterima_pada))}")
    if line.tenggat:
        parts.append(f"tenggat {long_date(date.fromisoformat(line.tenggat))}")
    parts.append(f"SHA-256 {line.sha256}" if line.sha256 else "tidak ada kiriman")
    return " · ".join(part for part in parts if part)


def _line(line: SourceLine) -> str:
    """Place and title of a row, or what became of a submission."""
    place = f"{line.lembar} baris {line.baris}" if line.baris is not None else ""
    counted = {True: "pembilang dan penyebut", False: "penyebut saja", None: ""}[line.pembilang]
    told = [place, line.judul, line.keadaan.replace("_", " "), counted]
    return " · ".join(part for part in told if part)
