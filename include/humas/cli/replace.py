"""``./humas ganti KODE PERIODE``: say whether a file adds or replaces, and whether a recap counts or the unit's own file."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from humas.contract.columns import BY_NAME
from humas.errors import SenderError
from humas.periods import format_number, long_date, parse_period
from humas.registry import DEFAULT_BODY, Cycle, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.ledger import Outcome, Row
    from humas.warehouse import Settlement

Question = tuple[Cycle, str, str, "Outcome"]
_WORDS = {
    "tambah": "menambah; baris yang tidak disebut tetap dihitung",
    "ganti": "mengganti; baris yang tidak disebut dicabut",
    "": "belum dijawab; ditanyakan lagi",
    "rekap": "rekap atasannya yang dihitung; berkas satker sendiri disimpan dan tidak dihitung",
    "sendiri": "berkas satker sendiri yang dihitung; rekap atasannya disimpan dan tidak dihitung",
}
_WHOSE = ("rekap", "sendiri")


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
        found = list(_questions(context, args.lembaga))
        print(_as_json(found) if args.json else "\n".join(_listed(context, found)))
        return 1 if found else 0
    print(_answer(context, args))
    return 0


def _questions(context: Context, lembaga: str) -> Iterator[Question]:
    for cycle in context.warehouse.cycles():
        if not lembaga or cycle.lembaga == lembaga:
            yield from ((cycle, *question) for question in context.warehouse.questions(cycle))


def _answer(context: Context, args: argparse.Namespace) -> str:
    from humas.periods import quarter_of
    from humas.warehouse import Settlement

    if not args.periode or args.jawaban is None:
        raise SenderError(
            "jawaban_tidak_ada", "Triwulan atau jawaban belum disebut.",
            "tulis ./humas ganti KODE PERIODE --tambah atau --ganti, atau --rekap bila rekap atasan yang harus dihitung.",
        )  # fmt: skip
    quarter = quarter_of(args.periode)
    unit = context.register.resolve(args.kode, quarter.end)
    cycle = Cycle(args.lembaga or DEFAULT_BODY.value, quarter.key)
    if args.himpunan and args.jawaban not in _WHOSE:
        raise SenderError(
            "himpunan_tidak_dipakai", "--himpunan hanya untuk --rekap dan --sendiri.", "hapus --himpunan dari perintah."
        )
    whose = args.jawaban in _WHOSE
    submission = (_share if whose else _submission)(context, cycle, unit.code)
    said = Settlement(
        submission, args.jawaban, " ".join(args.oleh.split()), " ".join(args.alasan.split()), context.settings.now()
    )
    if whose:
        _turn_round(context, said, args.himpunan)
    kept = whose or context.warehouse.settle_question(said)
    label = _owner(context, cycle, unit.code)
    if not kept:
        return f"{label}: sudah dijawab demikian; tidak ada yang berubah."
    return (
        f"{label}: {_WORDS[args.jawaban]}, mulai jalan berikutnya: "
        f"./humas quarter {cycle.period} --lembaga {cycle.lembaga} --satker {unit.code}."
    )


def _submission(context: Context, cycle: Cycle, code: str) -> str:
    """The submission that is asked about; when none is, the unit's newest that counts."""
    asked = [outcome.submission for unit, _, outcome in context.warehouse.questions(cycle) if unit == code]
    if asked:
        return asked[0]
    verdicts = context.warehouse.verdicts(cycle)
    own = verdicts[(verdicts["kode_satker"] == code) & verdicts["berlaku"].astype(bool)]
    if own.empty:
        raise SenderError(
            "tidak_ada_kiriman", f"{_owner(context, cycle, code)}: tidak ada kiriman yang dihitung.",
            "lihat yang menunggu jawaban dengan ./humas ganti.",
        )  # fmt: skip
    return str(own.iloc[-1]["id_kiriman"])


def _turn_round(context: Context, said: Settlement, dataset: str) -> None:
    """Keep whose rows count, of one data set or of all."""
    for name in [dataset] if dataset else BY_NAME:
        context.warehouse.turn_round(replace(said, jawaban=f"{said.jawaban}:{name}"))


def _share(context: Context, cycle: Cycle, code: str) -> str:
    """The newest thing that a recap says of a unit."""
    verdicts = context.warehouse.verdicts(cycle)
    shares = verdicts[(verdicts["kode_satker"] == code) & (verdicts["rekap_dari"] != "")]
    if shares.empty:
        raise SenderError(
            "tidak_ada_rekap", f"{_owner(context, cycle, code)}: tidak ada rekap atasan yang menyebutnya.",
            "minta provinsinya mengirim rekap, lalu jalankan ./humas quarter.",
        )  # fmt: skip
    return str(shares.iloc[-1]["id_kiriman"])


def _listed(context: Context, found: Sequence[Question]) -> Iterator[str]:
    if not found:
        yield "Tidak ada kiriman yang ditanya menambah atau mengganti."
        return
    yield f"Menunggu jawaban, menambah atau mengganti: {format_number(len(found))} himpunan data"
    for cycle, code, dataset, outcome in found:
        yield f"  {_owner(context, cycle, code)}, {dataset}: {_about(outcome)}"
        yield from (f"    - {_named(row)}" for row in (*outcome.missing, *outcome.stale))


def _about(outcome: Outcome) -> str:
    if outcome.missing:
        return f"{format_number(len(outcome.missing))} baris tidak ada di kiriman terbaru; tetap dihitung"
    return f"{format_number(len(outcome.stale))} baris berisi yang lama; tidak dihitung lagi"


def _named(row: Row) -> str:
    from humas.privacy import mask

    return f"{long_date(row.day)}: {mask(row.title)}" if row.day else mask(row.title)


def _owner(context: Context, cycle: Cycle, code: str) -> str:
    name = context.register.satker(code).official_name(Lembaga(cycle.lembaga))
    return f"{code} {name}, {parse_period(cycle.period).label}"


def _as_json(found: Sequence[Question]) -> str:
    return json.dumps({"pertanyaan": [_record(*one) for one in found]}, ensure_ascii=False, indent=2)


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
