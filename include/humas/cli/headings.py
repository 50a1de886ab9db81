"""The part of ``./humas kata`` about columns: which of them nobody is sure of, and what people explained."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from humas.periods import date_and_time, format_number, parse_period
from humas.registry import DEFAULT_BODY, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.pipeline.headings import OpenColumn
    from humas.values.lessons import HeadingLesson

SHOWN, CANDIDATES, HEADERS = 30, 3, 12


def heading_from(context: Context, args: argparse.Namespace) -> HeadingLesson:
    """What an operator says of one column of a layout."""
    from humas.pipeline.headings import column_number, find_layout, make_heading

    layout = find_layout(context, args.tata_letak, args.kata)
    number = column_number(args.kolom)
    return make_heading(
        layout, args.kata, args.artinya, _scope(context, args), args.oleh, args.alasan, context.settings.now(),
        number=number, withdraw=args.cabut,
    )  # fmt: skip


def _scope(context: Context, args: argparse.Namespace) -> tuple[str, str]:
    """Body and office that it is for; "" for all."""
    if not args.satker:
        return args.lembaga, ""
    return args.lembaga or DEFAULT_BODY.value, context.register.resolve(args.satker).code


def listed(context: Context, found: Sequence[OpenColumn]) -> Iterator[str]:
    """The columns that wait, most rows first, and how to answer."""
    if not found:
        return
    rows = format_number(sum(one.baris for one in found))
    yield f"Kolom yang diragukan: {format_number(len(found))} isian pada {rows} baris, yang terbanyak lebih dulu"
    for one in found[:SHOWN]:
        yield from _of_column(context, one)
    if len(found) > SHOWN:
        yield f"  … dan {format_number(len(found) - SHOWN)} lagi; semuanya ada pada --json"
    first = found[0]
    yield (
        f'Jelaskan: ./humas kata "{first.calon[0][1]}" --tata-letak {_sign(first.sidik)} --artinya "{first.label}" --oleh NAMA'
    )


def _of_column(context: Context, one: OpenColumn) -> Iterator[str]:
    shown = [f'{number} "{text}"{_claimed(one, number)}' for number, text in one.calon[:CANDIDATES]]
    more = f" atau {len(one.calon) - CANDIDATES} lainnya" if len(one.calon) > CANDIDATES else ""
    rows, units = format_number(one.baris), format_number(len(one.satker))
    yield f"  {one.label}: kolom {' atau '.join(shown)}{more}, {rows} baris, {units} satker"
    headers = [text for text in one.kepala if "disamarkan]" not in text]
    rest = " | …" if len(headers) > HEADERS else ""
    yield f"    tata letak {_sign(one.sidik)}: {' | '.join(headers[:HEADERS])}{rest}"
    count, body, period, code = one.contoh
    name = context.register.satker(code).official_name(Lembaga(body))
    yield f"    terbanyak: {code} {name}, {parse_period(period).label} ({format_number(count)})"


def _claimed(one: OpenColumn, number: int) -> str:
    offices = one.menurut.get(number, 0)
    return f" (menurut {format_number(offices)} satker)" if offices else ""


def _sign(fingerprint: str) -> str:
    from humas.pipeline.headings import SHORT

    return fingerprint[:SHORT]


def explained(history: Sequence[HeadingLesson]) -> Iterator[str]:
    """What holds, as people read it."""
    from humas.pipeline.headings import holding

    found = holding(history)
    if found:
        yield f"Sudah dijelaskan: {format_number(len(found))} kolom"
    yield from (f"  {in_words(one)}" for one in found)


def in_words(one: HeadingLesson) -> str:
    """One explanation: column, whom it is for, what it holds, who said so and when."""
    from humas.pipeline.headings import meaning_of

    scope = " ".join(filter(None, (one.lembaga.upper(), one.kode_satker)))
    where = f" ({scope})" if scope else ""
    what = f"= {meaning_of(one)}" if one.bidang else "ditarik kembali"
    why = f": {one.alasan}" if one.alasan else ""
    return f'{_sign(one.sidik)}{where}: kolom {one.urutan} "{one.judul}" {what}; {one.oleh}, {date_and_time(one.dibuat_pada)}{why}'


def record_of(one: OpenColumn) -> dict[str, Any]:
    """A column that waits, for programs."""
    _, body, period, code = one.contoh
    return {
        "tata_letak": one.sidik, "himpunan": one.himpunan, "isian": one.bidang, "baris": one.baris, "satker": len(one.satker),
        "judul": list(one.kepala),
        "calon": [
            {"kolom": number, "judul": text, "menurut": one.menurut.get(number, 0)} for number, text in one.calon
        ],
        "contoh": {"lembaga": body, "periode": period, "satker": code},
    }  # fmt: skip


def lesson_of(one: HeadingLesson, *, holds: bool) -> dict[str, Any]:
    """An explanation, for programs."""
    return {
        "tata_letak": one.sidik, "himpunan": one.himpunan, "kolom": one.urutan, "judul": one.judul, "lembaga": one.lembaga,
        "satker": one.kode_satker, "artinya": one.bidang, "berlaku": holds, "oleh": one.oleh, "alasan": one.alasan,
        "asal": one.asal, "pada": one.dibuat_pada.isoformat(),
    }  # fmt: skip
