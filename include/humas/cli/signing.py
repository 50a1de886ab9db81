"""``./humas tte``: reports laid ready for an electronic signature, taken back signed, and which are signed by now."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.errors import SenderError
from humas.registry import DEFAULT_BODY, Cycle, Lembaga
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.pipeline.signing import Place, SigningState, TakenBack

_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    steps = parser.add_subparsers(dest="langkah", required=True, metavar="LANGKAH")
    status = steps.add_parser("status", help="laporan mana yang sudah ditandatangani")
    ready = steps.add_parser("siap", help="salin PDF yang berlaku ke satu folder untuk ditandatangani")
    for one in (status, ready):
        one.add_argument("periode", metavar="PERIODE", help="misalnya 2026-TW3")
        one.add_argument(
            "--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default=DEFAULT_BODY.value
        )
    ready.add_argument("kode", metavar="KODE", nargs="*", help="kode atau nama satker; kosong: semua laporan")
    ready.add_argument("--ke", type=Path, default=Path("siap-tte"), metavar="FOLDER", help="bawaan: siap-tte")
    taken = steps.add_parser("terima", help="terima kembali PDF yang sudah ditandatangani")
    taken.add_argument("berkas", metavar="BERKAS", nargs="+", type=Path)
    for one in (status, taken):
        one.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """One step; exit code 1 when something waits: reports without a signature, or files that were refused."""
    from humas.installation.context import load_context

    context = load_context(Settings.from_environment())
    if args.langkah == "terima":
        return _take(context, args)
    cycle = Cycle(args.lembaga, _period(args.periode))
    return _tell(context, cycle, as_json=args.json) if args.langkah == "status" else _lay_ready(context, cycle, args)


def _period(text: str) -> str:
    from humas.periods import parse_period

    return parse_period(text).key


def _lay_ready(context: Context, cycle: Cycle, args: argparse.Namespace) -> int:
    from humas.pipeline.signing import LIST, lay_ready

    places = {("satker", context.register.resolve(text).code) for text in args.kode}
    count = lay_ready(context, cycle, places, args.ke, lambda place: _name(context, cycle, place))
    print(f"{count} laporan siap ditandatangani di {args.ke}, daftarnya {LIST}.")
    print("Sesudah ditandatangani: ./humas tte terima BERKAS…, tanpa menyimpan ulang atau mengganti namanya.")
    return 0


def _name(context: Context, cycle: Cycle, place: Place) -> str:
    from humas.periods import parse_period

    scope, code = place
    on = parse_period(cycle.period).end
    if scope == "nasional":
        return f"{Lembaga(cycle.lembaga).label}, nasional"
    if scope == "provinsi":
        return f"{Lembaga(cycle.lembaga).label}, seluruh satker di {context.register.satker(code, on).name}"
    return context.register.unit_of(cycle.lembaga, code, on).official_name(Lembaga(cycle.lembaga))


def _tell(context: Context, cycle: Cycle, *, as_json: bool) -> int:
    from humas.pipeline.signing import states

    known = states(context, cycle)
    if not known:
        raise SenderError(
            "belum_terbit", f"Belum ada laporan terbit untuk {cycle.lembaga} {cycle.period}.", "terbitkan dahulu."
        )
    waiting = [one for one in known if one.signed < one.number]
    if as_json:
        print(json.dumps([_state(one) for one in known], ensure_ascii=False, indent=2))
    else:
        print(f"Ditandatangani: {len(known) - len(waiting)} dari {len(known)} laporan yang berlaku.")
        for one in waiting[:_SHOWN]:
            older = f" (yang ditandatangani baru edisi {one.signed})" if one.signed else ""
            print(f"  belum: {one.id} {_name(context, cycle, one.place)}{older}")
        if len(waiting) > _SHOWN:
            print(f"  … dan {len(waiting) - _SHOWN} laporan lain; semuanya dengan --json.")
    return 1 if waiting else 0


def _state(one: SigningState) -> dict[str, Any]:
    return {
        "id": one.id,
        "lingkup": one.place[0],
        "kode": one.place[1],
        "edisi": one.number,
        "edisi_ditandatangani": one.signed,
        "penanda_tangan": list(one.signers),
    }


def _take(context: Context, args: argparse.Namespace) -> int:
    from humas.pipeline.signing import TakenBack, take_all

    results = take_all(context, args.berkas)
    taken = [one for one in results if isinstance(one, TakenBack)]
    refused = [one for one in results if not isinstance(one, TakenBack)]
    if args.json:
        content = {
            "diterima": [{"id": one.id, "edisi": one.number, "edisi_terbaru": one.newest, "baru": one.new} for one in taken],
            "ditolak": [{"berkas": name, "pesan": error.message, "cara": error.remedy} for name, error in refused],
        }  # fmt: skip
        print(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        for one in taken:
            print(_told(one))
        for _, error in refused:
            print(f"Ditolak: {error}")
    return 1 if refused else 0


def _told(one: TakenBack) -> str:
    """One answer in plain words."""
    from humas.publish.verify import told_signatures
    from humas.signature import Likeness

    again = "" if one.new else " Berkas ini sudah diterima sebelumnya."
    saved = " Berkas disimpan ulang oleh program lain; isi tiap halamannya sama." * (one.likeness is Likeness.PAGES)
    over = f" Di atas halaman ada {one.laid_over} cap atau catatan tambahan." if one.laid_over else ""
    old = f" Sudah ada edisi {one.newest}; yang itu belum ditandatangani." if one.number < one.newest else ""
    return f"Diterima: {one.id}, {told_signatures(one.signatures)}.{saved}{over}{old}{again}"
