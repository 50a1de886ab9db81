"""``./humas ganti KODE PERIODE``: say whether a file adds or replaces, and whether a recap counts or the unit's own file."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from humas.contract.columns import BY_NAME
from humas.errors import SenderError
from humas.periods import format_number, long_date
from humas.registry import Cycle, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.ledger import Outcome, Row
    from humas.warehouse.recaps import LeftOut

Question = tuple[Cycle, str, str, "Outcome"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "kode", nargs="?", default="", metavar="KODE", help="kode atau nama satker; kosong: sebutkan semua pertanyaan"
    )
    parser.add_argument("periode", nargs="?", default="", metavar="PERIODE", help="misalnya 2026-TW3")
    parser.add_argument("--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default="")
    answer = parser.add_mutually_exclusive_group()
    answer.add_argument(
        "--tambah", action="store_const", dest="jawaban", const="tambah", help="yang tidak disebut tetap"
    )
    answer.add_argument(
        "--ganti", action="store_const", dest="jawaban", const="ganti", help="yang tidak disebut dicabut"
    )
    answer.add_argument(
        "--batal", action="store_const", dest="jawaban", const="", help="tarik kembali jawaban terakhir"
    )
    answer.add_argument(
        "--rekap",
        action="store_const",
        dest="jawaban",
        const="rekap",
        help="rekap atasan dihitung, bukan berkas sendiri",
    )
    answer.add_argument(
        "--sendiri",
        action="store_const",
        dest="jawaban",
        const="sendiri",
        help="berkas sendiri dihitung lagi, bukan rekap",
    )
    answer.add_argument(
        "--cabut",
        action="store_const",
        dest="jawaban",
        const="cabut",
        help="yang disebut rekap dicabut; KODE provinsi: satker yang ditinggalkan rekap terbarunya",
    )
    parser.add_argument(
        "--himpunan", choices=list(BY_NAME), default="", help="dengan --rekap atau --sendiri: hanya himpunan data ini"
    )
    parser.add_argument("--oleh", default="", metavar="NAMA", help="siapa yang menjawab")
    parser.add_argument("--alasan", default="", metavar="TEKS", help="atas dasar apa")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """List what waits, or keep the answer; exit code 1 when something listed waits."""
    from humas.installation.context import load_context

    context = load_context()
    if not args.kode:
        found, left = list(_questions(context, args.lembaga)), list(_left_out(context, args.lembaga))
        print(_as_json(found, left) if args.json else "\n".join([*_listed(context, found), *_told_left(context, left)]))
        return 1 if found else 0
    print(_answer(context, args))
    return 0


def _questions(context: Context, lembaga: str) -> Iterator[Question]:
    for cycle in context.warehouse.cycles():
        if not lembaga or cycle.lembaga == lembaga:
            yield from ((cycle, *question) for question in context.warehouse.questions(cycle))


def _left_out(context: Context, lembaga: str) -> Iterator[tuple[Cycle, LeftOut]]:
    for cycle in context.warehouse.cycles():
        if not lembaga or cycle.lembaga == lembaga:
            yield from ((cycle, one) for one in context.warehouse.left_out(cycle))


def _told_left(context: Context, left: Sequence[tuple[Cycle, LeftOut]]) -> Iterator[str]:
    """Units that newest recaps leave out: nothing waits, their rows count."""
    from humas.pipeline.answers import owner_of

    for (cycle, sender), some in groupby(left, key=lambda pair: (pair[0], pair[1].sender)):
        units = [one for _, one in some]
        yield f"Tidak disebut lagi dalam rekap terbaru {owner_of(context, cycle, sender)}; barisnya tetap dihitung:"
        for one in units:
            yield f"  {owner_of(context, cycle, one.unit)}: {format_number(one.rows)} baris"
        yield f"  Cabut semuanya dengan ./humas ganti {sender} {cycle.period} --cabut, atau sebut satu satker."


def _answer(context: Context, args: argparse.Namespace) -> str:
    from humas.pipeline.answers import OperatorAnswer, keep_answer

    if not args.periode or args.jawaban is None:
        raise SenderError(
            "jawaban_tidak_ada", "Triwulan atau jawaban belum disebut.",
            "tulis ./humas ganti KODE PERIODE --tambah atau --ganti, atau --rekap bila rekap atasan yang harus dihitung.",
        )  # fmt: skip
    answered = keep_answer(
        context,
        OperatorAnswer(args.kode, args.periode, args.jawaban, args.oleh, args.alasan, args.lembaga, args.himpunan),
    )
    if not answered.changed:
        return answered.message
    cycle = answered.cycle
    again = f"./humas quarter {cycle.period} --lembaga {cycle.lembaga} --satker {answered.code}"
    return f"{answered.message}, mulai jalan berikutnya: {again}."


def _listed(context: Context, found: Sequence[Question]) -> Iterator[str]:
    from humas.pipeline.answers import owner_of

    if not found:
        yield "Tidak ada kiriman yang ditanya menambah atau mengganti."
        return
    yield f"Menunggu jawaban, menambah atau mengganti: {format_number(len(found))} himpunan data"
    for cycle, code, dataset, outcome in found:
        yield f"  {owner_of(context, cycle, code)}, {dataset}: {_about(outcome)}"
        yield from (f"    - {_named(row)}" for row in (*outcome.missing, *outcome.stale))


def _about(outcome: Outcome) -> str:
    if outcome.missing:
        return f"{format_number(len(outcome.missing))} baris tidak ada di kiriman terbaru; tetap dihitung"
    return f"{format_number(len(outcome.stale))} baris berisi yang lama; tidak dihitung lagi"


def _named(row: Row) -> str:
    from humas.privacy import mask

    return f"{long_date(row.day)}: {mask(row.title)}" if row.day else mask(row.title)


def _as_json(found: Sequence[Question], left: Sequence[tuple[Cycle, LeftOut]]) -> str:
    units = [
        {"lembaga": cycle.lembaga, "periode": cycle.period, "rekap_dari": one.sender, "satker": one.unit, "baris": one.rows}
        for cycle, one in left
    ]  # fmt: skip
    content = {"pertanyaan": [_record(*one) for one in found], "tidak_disebut_lagi": units}
    return json.dumps(content, ensure_ascii=False, indent=2)


def _record(cycle: Cycle, code: str, dataset: str, outcome: Outcome) -> dict[str, Any]:
    return {
        "lembaga": cycle.lembaga,
        "periode": cycle.period,
        "satker": code,
        "himpunan": dataset,
        "id_kiriman": outcome.submission,
        "tidak_ada": [_named(row) for row in outcome.missing],
        "isi_lama": [_named(row) for row in outcome.stale],
    }
