"""``./humas kata``: words and columns that nobody knows, over all units; one answer releases every row that waits for it."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from humas.cli.headings import explained, heading_from, in_words, lesson_of, listed, record_of
from humas.errors import SenderError
from humas.periods import date_and_time, format_number, parse_period
from humas.registry import Cycle, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.installation.summary import TriwulanSummary
    from humas.pipeline.headings import OpenColumn
    from humas.pipeline.words import UnknownWord
    from humas.values.lessons import HeadingLesson, Lesson

SHOWN = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "kata", nargs="?", default="", metavar="KATA", help="kata atau judul kolom yang dijawab; kosong: sebutkan semua"
    )
    parser.add_argument(
        "--kolom", default="", metavar="KOLOM", help="judul atau nama kolomnya, misalnya jenis_kegiatan"
    )
    parser.add_argument(
        "--artinya", default="", metavar="ARTI", help='pilihan kolom itu, "tidak disebut", atau "bukan kegiatan"'
    )
    parser.add_argument(
        "--tata-letak",
        default="",
        metavar="TANDA",
        help="KATA adalah judul kolom pada tata letak ini; --kolom: nomornya",
    )
    parser.add_argument("--satker", default="", metavar="KODE", help="penjelasan kolom untuk satker ini saja")
    parser.add_argument("--lembaga", type=str.lower, choices=[one.value for one in Lembaga], default="")
    parser.add_argument("--oleh", default="", metavar="NAMA", help="siapa yang menjawab")
    parser.add_argument("--alasan", default="", metavar="TEKS", help="atas dasar apa")
    parser.add_argument("--cabut", action="store_true", help="tarik kembali jawaban atas kata ini")
    parser.add_argument("--ekspor", type=Path, metavar="BERKAS", help="tulis semua jawaban yang berlaku sebagai CSV")
    parser.add_argument("--impor", type=Path, metavar="BERKAS", help="ambil jawaban dari CSV hasil ekspor")
    parser.add_argument("--nanti", action="store_true", help="simpan saja; dipakai mulai jalan berikutnya")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """List, answer, take back, export or import; exit code 1 when listed words wait for an answer."""
    from humas.installation.context import load_context
    from humas.pipeline.headings import open_columns
    from humas.pipeline.words import export_words, unknown_words

    context = load_context()
    if args.ekspor:
        args.ekspor.write_text(export_words(context), encoding="utf-8", newline="")
        print(f"Ditulis: {args.ekspor}")
        return 0
    if args.kata or args.impor:
        return _answered(context, args)
    found, columns = unknown_words(context, args.lembaga), open_columns(context, args.lembaga)
    answers = Answers(context.warehouse.lesson_history(), context.warehouse.heading_history())
    if args.json:
        print(_as_json(found, columns, answers))
    else:
        print("\n".join(_listed(context, found, columns, answers)))
    return 1 if found or columns else 0


class Answers(NamedTuple):
    """What people said of words, and of columns."""

    words: list[Lesson]
    columns: list[HeadingLesson]

    def __bool__(self) -> bool:
        return bool(self.words or self.columns)


def _answered(context: Context, args: argparse.Namespace) -> int:
    """Keep the answers and let them take effect; where an official approves each edition, from the next run on."""
    from humas.local.screen import Screen, open_console
    from humas.pipeline.headings import touched_by
    from humas.pipeline.words import release, touched

    new = _answers_in(context, args)
    kept = Answers(context.warehouse.teach(new.words), context.warehouse.teach_headings(new.columns))
    later = args.nanti or os.environ.get("HUMAS_PENGESAHAN") == "1"
    done: list[TriwulanSummary] = []
    waiting: list[Cycle] = []
    if kept and not later:
        cycles = dict.fromkeys((*touched(context, kept.words), *touched_by(context, kept.columns)))
        with Screen(open_console(stderr=args.json)) as screen:
            done, waiting = release(context, list(cycles), lambda phase: screen.show([phase]))
    print(_as_json([], [], kept, done) if args.json else "\n".join(_told(kept, done, waiting, later=later)))
    return 0


def _answers_in(context: Context, args: argparse.Namespace) -> Answers:
    from humas.pipeline.words import import_words, make_lesson

    now = context.settings.now()
    if args.impor:
        return Answers(*import_words(_text_of(args.impor), now, args.oleh))
    if not args.artinya and not args.cabut:
        raise SenderError(
            "arti_tidak_disebut", "Arti kata itu belum disebut.", "tulis --artinya ARTI, atau --cabut untuk menarik jawaban."
        )  # fmt: skip
    if args.tata_letak:
        return Answers([], [heading_from(context, args)])
    if args.satker:
        raise SenderError(
            "kata_untuk_satu_satker", "Kata dijawab untuk semua satker, atau satu lembaga.", "hapus --satker, atau tulis --tata-letak."
        )  # fmt: skip
    column = args.kolom or _only_column(context, args)
    lesson = make_lesson(
        args.kata, column, args.artinya, args.lembaga, args.oleh, args.alasan, now, withdraw=args.cabut
    )
    return Answers([lesson], [])


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SenderError("berkas_tidak_ada", f"Berkas {file} tidak ada.", "periksa namanya.") from error
    except UnicodeDecodeError as error:
        raise SenderError(
            "berkas_bukan_utf8", f"Berkas {file} bukan teks UTF-8.", "simpan sebagai CSV UTF-8."
        ) from error


def _only_column(context: Context, args: argparse.Namespace) -> str:
    """The one column in which the word waits, or was answered."""
    from humas.pipeline.words import columns_with

    columns = columns_with(context, args.kata, args.lembaga)
    if len(columns) != 1:
        where = f"menunggu di kolom {', '.join(columns)}" if columns else "tidak menunggu jawaban"
        raise SenderError("kolom_tidak_disebut", f'"{args.kata}" {where}.', "tulis --kolom KOLOM.")
    return columns[0]


def _listed(
    context: Context, found: Sequence[UnknownWord], columns: Sequence[OpenColumn], answers: Answers
) -> Iterator[str]:
    if not found:
        yield "Tidak ada kata yang menunggu jawaban."
    else:
        rows = format_number(sum(one.baris for one in found))
        yield f"Kata yang tidak dikenal: {format_number(len(found))} kata pada {rows} isian, yang terbanyak lebih dulu"
    for one in found[:SHOWN]:
        yield from _of_word(context, one)
    if len(found) > SHOWN:
        yield f"  … dan {format_number(len(found) - SHOWN)} kata lagi; semuanya ada pada --json"
    if found:
        first = found[0]
        yield (
            f'Jawab: ./humas kata "{first.kata}" --kolom {first.kolom} --artinya "{(first.saran or ["…"])[0]}" --oleh NAMA'
        )
    yield from listed(context, columns)
    holding = [one for one in _last(answers.words) if one.arti]
    if holding:
        yield f"Sudah dijawab: {format_number(len(holding))} kata"
    yield from (f"  {_answer_in_words(one)}" for one in holding)
    yield from explained(answers.columns)


def _of_word(context: Context, one: UnknownWord) -> Iterator[str]:
    count, body, period, code = one.contoh
    near = f"; mungkin {', '.join(one.saran)}" if one.saran else ""
    yield (
        f'  {one.label}: "{one.kata}", {format_number(one.baris)} isian, {format_number(len(one.satker))} satker{near}'
    )
    name = context.register.satker(code).official_name(Lembaga(body))
    yield f"    terbanyak: {code} {name}, {parse_period(period).label} ({format_number(count)})"


def _last(answers: Sequence[Lesson]) -> list[Lesson]:
    return list({(one.kolom, one.kata, one.lembaga): one for one in answers}.values())


def _answer_in_words(one: Lesson) -> str:
    from humas.pipeline.words import meaning_of

    where = f" ({one.lembaga.upper()})" if one.lembaga else ""
    what = f"= {meaning_of(one)}" if one.arti else "ditarik kembali"
    why = f": {one.alasan}" if one.alasan else ""
    return f'{one.kolom}{where}: "{one.tertulis}" {what}; {one.oleh}, {date_and_time(one.dibuat_pada)}{why}'


def _told(kept: Answers, done: Sequence[TriwulanSummary], waiting: Sequence[Cycle], *, later: bool) -> Iterator[str]:
    if not kept:
        yield "Sudah dijawab demikian; tidak ada yang berubah."
        return
    yield from map(_answer_in_words, kept.words)
    yield from map(in_words, kept.columns)
    for one in done:
        label = f"{one.lembaga.upper()} {parse_period(one.periode).label}"
        yield from _published(label, one)
    for cycle in waiting:
        yield f"{cycle.lembaga.upper()} {parse_period(cycle.period).label}: belum pernah terbit; dipakai pada jalan pertamanya."
    if later:
        yield "Dipakai mulai jalan berikutnya tiap triwulan."
    elif not done and not waiting:
        yield "Tidak ada baris yang memuatnya; dipakai mulai sekarang."


def _published(label: str, one: TriwulanSummary) -> Iterator[str]:
    """What an answer brought about in a quarter: new editions, or a draft that waits."""
    from humas.pipeline.decision import draft_lines

    editions = f"{label}: {format_number(len(one.terbit.edisi_baru))} laporan beredisi baru. Buka: {one.terbit.folder}/index.html"
    yield from draft_lines(Cycle(one.lembaga, one.periode), one.terbit) or [editions]


def _as_json(
    found: Sequence[UnknownWord], columns: Sequence[OpenColumn], answers: Answers, done: Sequence[TriwulanSummary] = ()
) -> str:
    from humas.pipeline.headings import holding

    last = {id(one) for one in (*_last(answers.words), *holding(answers.columns))}
    record = {
        "kata": [_record(one) for one in found],
        "kolom": [record_of(one) for one in columns],
        "jawaban": [_lesson(one, holds=bool(one.arti) and id(one) in last) for one in answers.words],
        "penjelasan": [lesson_of(one, holds=id(one) in last) for one in answers.columns],
        "edisi_baru": [edition for one in done for edition in one.terbit.edisi_baru],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def _record(one: UnknownWord) -> dict[str, Any]:
    _, body, period, code = one.contoh
    return {
        "kolom": one.kolom, "kata": one.kata, "baris": one.baris, "satker": len(one.satker), "saran": one.saran,
        "contoh": {"lembaga": body, "periode": period, "satker": code},
    }  # fmt: skip


def _lesson(one: Lesson, *, holds: bool) -> dict[str, Any]:
    return {
        "kolom": one.kolom, "kata": one.tertulis, "lembaga": one.lembaga, "artinya": one.arti, "berlaku": holds,
        "oleh": one.oleh, "alasan": one.alasan, "pada": one.dibuat_pada.isoformat(),
    }  # fmt: skip
