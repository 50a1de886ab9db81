"""``./humas terima KODE PERIODE``: let a submission pass that was held with the question whose quarter it is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from humas.errors import SenderError
from humas.periods import date_and_time, parse_period
from humas.registry import DEFAULT_BODY, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.registry import Register
    from humas.warehouse import Doubt


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "kode", nargs="?", default="", metavar="KODE", help="kode atau nama satker; kosong: sebutkan semua"
    )
    parser.add_argument("periode", nargs="?", default="", metavar="PERIODE", help="misalnya 2026-TW3")
    parser.add_argument("--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default="")
    parser.add_argument("--oleh", default="", metavar="NAMA", help="siapa yang menyatakan")
    parser.add_argument("--alasan", default="", metavar="TEKS", help="mengapa kiriman itu benar")
    parser.add_argument("--batal", action="store_true", help="tarik kembali: kiriman itu ditanyakan lagi")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """List what is held, or keep the answer; exit code 1 when something listed waits for an answer."""
    from humas.installation.context import load_context
    from humas.periods import quarter_of

    context = load_context()
    if not args.kode:
        found = context.warehouse.doubts(args.lembaga or None)
        print(_as_json(found) if args.json else "\n".join(_listed(context.register, found)))
        return 1 if any(not one.released for one in found) else 0
    if not args.periode:
        raise SenderError("periode_tidak_ada", "Triwulan belum disebut.", "tulis ./humas terima KODE PERIODE.")
    quarter = quarter_of(args.periode)
    unit = context.register.resolve(args.kode, quarter.end)
    doubt = _doubt_of(context, unit.code, quarter.key, args.lembaga or DEFAULT_BODY.value, withdraw=args.batal)
    kept = _answer(context, doubt, args)
    print(
        _as_json([_again(context, doubt)])
        if args.json
        else _told(context.register, doubt, kept=kept, withdrawn=args.batal)
    )
    return 0


def _doubt_of(context: Context, unit: str, quarter: str, body: str, *, withdraw: bool) -> Doubt:
    for one in context.warehouse.doubts(body, quarter):
        if one.kode_satker == unit and (one.released or not withdraw):
            return one
    owner, label = context.register.satker(unit).official_name(Lembaga(body)), parse_period(quarter).label
    what = "pernyataan yang dapat ditarik" if withdraw else "kiriman yang ditahan dengan pertanyaan"
    raise SenderError(
        "tidak_ada_pertanyaan", f"{owner}, {label}: tidak ada {what}.", "lihat daftarnya dengan ./humas terima."
    )


def _answer(context: Context, doubt: Doubt, args: argparse.Namespace) -> bool:
    from humas.warehouse import Answer

    reason = " ".join(args.alasan.split())
    return context.warehouse.answer_doubt(
        Answer(doubt.id_kiriman, not args.batal, " ".join(args.oleh.split()), reason, context.settings.now())
    )


def _again(context: Context, doubt: Doubt) -> Doubt:
    """The submission with the answer as it stands now."""
    found = context.warehouse.doubts(doubt.lembaga, doubt.periode)
    return next((one for one in found if one.id_kiriman == doubt.id_kiriman), doubt)


def _told(register: Register, doubt: Doubt, *, kept: bool, withdrawn: bool) -> str:
    label = _owner(register, doubt)
    if not kept:
        return f"{label}: sudah dinyatakan demikian; tidak ada yang berubah."
    what = "Ditarik kembali; kiriman itu ditanyakan lagi" if withdrawn else "Diterima"
    rows = (
        "" if withdrawn else " Baris sesudah triwulan, dan yang sudah dihitung di triwulan lain, tetap tidak dihitung."
    )
    return (
        f"{label}: {what}, mulai jalan berikutnya: "
        f"./humas quarter {doubt.periode} --lembaga {doubt.lembaga} --satker {doubt.kode_satker}.{rows}"
    )


def _listed(register: Register, found: Sequence[Doubt]) -> list[str]:
    waiting = [one for one in found if not one.released]
    passed = [one for one in found if one.released]
    if not found:
        return ["Tidak ada kiriman yang ditahan dengan pertanyaan."]
    lines = [f"Menunggu jawaban: {len(waiting)} kiriman"] if waiting else []
    for one in waiting:
        lines += [f"  {_owner(register, one)}, tiba {date_and_time(one.diterima_pada)}", f"    {one.alasan}"]
    lines += [f"Sudah dinyatakan benar: {len(passed)} kiriman"] if passed else []
    for one in passed:
        given = one.answer
        by_whom = f"{given.oleh}, {date_and_time(given.dibuat_pada)}: {given.alasan}" if given else ""
        lines += [f"  {_owner(register, one)}: {by_whom}"]
    return lines


def _owner(register: Register, one: Doubt) -> str:
    name = register.satker(one.kode_satker).official_name(Lembaga(one.lembaga))
    return f"{one.kode_satker} {name}, {parse_period(one.periode).label}"


def _as_json(found: Sequence[Doubt]) -> str:
    return json.dumps({"kiriman": [_record(one) for one in found]}, ensure_ascii=False, indent=2)


def _record(one: Doubt) -> dict[str, Any]:
    given = one.answer
    return {
        "lembaga": one.lembaga,
        "periode": one.periode,
        "satker": one.kode_satker,
        "id_kiriman": one.id_kiriman,
        "saluran": one.saluran,
        "diterima_pada": one.diterima_pada.isoformat(),
        "status": one.status,
        "alasan": one.alasan,
        "cara": one.cara,
        "diterima": one.released,
        "oleh": given.oleh if given else "",
        "sebab": given.alasan if given else "",
        "dijawab_pada": given.dibuat_pada.isoformat() if given else "",
    }
