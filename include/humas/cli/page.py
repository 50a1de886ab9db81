"""``./humas page FILE_OR_URL``: what the reader of news pages makes of one page; stores nothing."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.errors import SenderError, os_reason

if TYPE_CHECKING:
    from humas.news import Draft
    from humas.settings import Settings

KEYS = {
    "lembaga": "lembaga",
    "kode_satker": "satker",
    "nama_satker": "satker_name",
    "judul": "title",
    "tanggal_mulai": "start",
    "tanggal_selesai": "end",
    "tanggal_tertulis": "date_text",
    "asal_tahun": "year_origin",
    "jenis_kegiatan": "kind",
    "strategi": "strategies",
    "fungsi": "function",
    "mode": "mode",
    "peran_satker": "role",
    "penyelenggara": "organiser",
    "tempat": "place",
    "platform": "platform",
    "jumlah_peserta": "participants",
    "satuan_peserta": "participants_unit",
    "lingkup_peserta": "participants_scope",
    "menyebut_hoaks": "mentions_hoax",
    "tayangan": "views",
    "tanggal_publikasi": "published",
    "url": "url",
    "layak_dihitung": "counts",
    "alasan_tidak": "reason",
    "id_acara": "event_id",
    "catatan": "notes",
}
LABELS = {
    "nama_satker": "Satker",
    "judul": "Judul",
    "tanggal_mulai": "Mulai",
    "tanggal_selesai": "Selesai",
    "jenis_kegiatan": "Jenis",
    "strategi": "Strategi",
    "fungsi": "Fungsi",
    "mode": "Mode",
    "peran_satker": "Peran",
    "penyelenggara": "Penyelenggara",
    "tempat": "Tempat",
    "platform": "Platform",
    "jumlah_peserta": "Peserta",
    "menyebut_hoaks": "Menyebut hoaks",
    "tayangan": "Dilihat",
}
VOCABULARY = {"jenis_kegiatan", "mode", "peran_satker", "fungsi"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("halaman", metavar="BERKAS_ATAU_URL", help="berkas HTML atau teks, atau alamat http(s)")
    parser.add_argument("--url", default="", help="alamat asal halaman dalam berkas")
    parser.add_argument("--title", default="", metavar="JUDUL", help="judul bila berkas teks tidak memuatnya")
    parser.add_argument("--published", type=_day, default=None, metavar="TANGGAL", help="tanggal terbit, 2026-07-02")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Read and print the draft; also a page that does not count is an answer (exit code 0)."""
    from humas.news import decode_page, group_events, read_page
    from humas.periods import jakarta_day
    from humas.registry import load_register
    from humas.settings import Settings

    settings = Settings.from_environment()
    register = load_register(settings)
    data, url = _load(args.halaman, args.url, settings)
    _refuse_other(data, args.halaman)
    today = jakarta_day(settings.now())
    draft = read_page(decode_page(data), url, args.published, register=register, title=args.title, today=today)
    draft = group_events([draft], register)[0]
    if args.json:
        print(json.dumps(answer(args.halaman, draft), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _show(draft)
    return 0


def answer(file: str, draft: Draft) -> dict[str, Any]:
    """The documented JSON answer; what the page does not say is null."""
    content = {key: _plain(getattr(draft, name)) for name, key in KEYS.items()}
    return {
        "file": file,
        **content,
        "confidence": {KEYS[name]: value for name, value in draft.keyakinan.items()},
        "words": {KEYS[name]: words for name, words in draft.kata.items()},
        "row": {name: _plain(value) for name, value in draft.as_row().items()},
    }


def _day(text: str) -> date:
    from humas.values.dates import NotADate, parse_date

    try:
        return parse_date(text)
    except NotADate as error:
        raise argparse.ArgumentTypeError(f"{text} {error.message}") from None


def _load(page: str, url: str, settings: Settings) -> tuple[bytes, str]:
    """The bytes of a page and its address; a URL is fetched within the allow-list and the budget."""
    if not page.startswith(("http://", "https://")):
        return _read_file(Path(page)), url
    from humas.sources import open_fetcher
    from humas.sources.http import FetchRequest

    fetcher = open_fetcher(settings)
    try:
        response = fetcher.get(FetchRequest(page, page[:200]))
    finally:
        fetcher.close()
    return response.data, url or response.url


def _read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        message = f"{file} tidak dapat dibaca: {os_reason(error)}."
        raise SenderError("berkas_tak_terbaca", message, "periksa nama dan izin berkasnya.") from error


def _refuse_other(data: bytes, page: str) -> None:
    """Only text and markup are pages; a workbook or a picture is said to be none."""
    from humas.sources import FileKind, sniff

    kind = sniff(data)
    if kind not in {FileKind.MARKUP, FileKind.CSV, FileKind.JSON}:
        reason = "kosong" if kind is FileKind.EMPTY else "bukan halaman berita"
        raise SenderError("bukan_halaman", f"{page} {reason}.", "berikan halaman HTML atau teks.")


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return None if value == "" else value


def _show(draft: Draft) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    verdict = "Kegiatan; layak dihitung" if draft.layak_dihitung else f"Tidak dihitung: {draft.alasan_tidak}"
    console.print(Text(verdict, style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("Isian", "Terbaca", "Yakin", "Kata penunjuk"):
        table.add_column(title, overflow="fold")
    for name, label in LABELS.items():
        confidence = draft.keyakinan.get(name)
        percent = f"{confidence:.0%}" if confidence is not None else ""
        table.add_row(label, Text(_readable(draft, name)), percent, Text(draft.kata.get(name, "")))
    console.print(table)
    for note in draft.catatan:
        console.print(Text(f"Catatan: {note}"))


def _readable(draft: Draft, name: str) -> str:
    """A value as a person reads it; a dash for what the page does not say."""
    from humas.contract.vocabulary import load_vocabulary
    from humas.periods import long_date

    value = getattr(draft, name)
    if value is None or value in {"", ()}:
        return "–"
    if name in VOCABULARY:
        return load_vocabulary()[name].label(value)
    if name == "jumlah_peserta":
        return f"{value} {draft.satuan_peserta} ({draft.lingkup_peserta.replace('_', ' ')})"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return long_date(value) if isinstance(value, date) else str(value)
