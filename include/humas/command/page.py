"""``./humas page FILE_OR_URL``: what the reader of news pages makes of one page; stores nothing."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.errors import PengirimError, os_reason

if TYPE_CHECKING:
    from humas.berita import Draf
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
    from humas.berita import decode_page, group_events, read_page
    from humas.periods import tanggal_jakarta
    from humas.registry import load_register
    from humas.settings import Settings

    settings = Settings.from_environment()
    register = load_register(settings)
    data, url = _load(args.halaman, args.url, settings)
    _refuse_other(data, args.halaman)
    hari_ini = tanggal_jakarta(settings.now())
    draf = read_page(decode_page(data), url, args.published, register=register, judul=args.title, hari_ini=hari_ini)
    draf = group_events([draf], register)[0]
    if args.json:
        print(json.dumps(answer(args.halaman, draf), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _show(draf)
    return 0


def answer(berkas: str, draf: Draf) -> dict[str, Any]:
    """The documented JSON answer; what the page does not say is null."""
    isi = {kunci: _plain(getattr(draf, nama)) for nama, kunci in KEYS.items()}
    return {
        "file": berkas,
        **isi,
        "confidence": {KEYS[nama]: nilai for nama, nilai in draf.keyakinan.items()},
        "words": {KEYS[nama]: kata for nama, kata in draf.kata.items()},
        "row": {nama: _plain(nilai) for nama, nilai in draf.as_row().items()},
    }


def _day(teks: str) -> date:
    from humas.contract.dates import BukanTanggal, parse_date

    try:
        return parse_date(teks)
    except BukanTanggal as error:
        raise argparse.ArgumentTypeError(f"{teks} {error.pesan}") from None


def _load(halaman: str, url: str, settings: Settings) -> tuple[bytes, str]:
    """The bytes of a page and its address; a URL is fetched within the allow-list and the budget."""
    if not halaman.startswith(("http://", "https://")):
        return _read_file(Path(halaman)), url
    from humas.sources import open_fetcher
    from humas.sources.http import Permintaan

    http = open_fetcher(settings)
    try:
        jawaban = http.get(Permintaan(halaman, halaman[:200]))
    finally:
        http.close()
    return jawaban.data, url or jawaban.url


def _read_file(berkas: Path) -> bytes:
    try:
        return berkas.read_bytes()
    except OSError as error:
        pesan = f"{berkas} tidak dapat dibaca: {os_reason(error)}."
        raise PengirimError("berkas_tak_terbaca", pesan, "periksa nama dan izin berkasnya.") from error


def _refuse_other(data: bytes, halaman: str) -> None:
    """Only text and markup are pages; a workbook or a picture is said to be none."""
    from humas.sources import Jenis, sniff

    jenis = sniff(data)
    if jenis not in {Jenis.MARKUP, Jenis.CSV, Jenis.JSON}:
        isi = "kosong" if jenis is Jenis.KOSONG else "bukan halaman berita"
        raise PengirimError("bukan_halaman", f"{halaman} {isi}.", "berikan halaman HTML atau teks.")


def _plain(nilai: object) -> object:
    if isinstance(nilai, date):
        return nilai.isoformat()
    if isinstance(nilai, tuple):
        return list(nilai)
    return None if nilai == "" else nilai


def _show(draf: Draf) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    layar = Console(highlight=False)
    putusan = "Kegiatan; layak dihitung" if draf.layak_dihitung else f"Tidak dihitung: {draf.alasan_tidak}"
    layar.print(Text(putusan, style="bold"))
    tabel = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for judul in ("Isian", "Terbaca", "Yakin", "Kata penunjuk"):
        tabel.add_column(judul, overflow="fold")
    for nama, label in LABELS.items():
        yakin = draf.keyakinan.get(nama)
        persen = f"{yakin:.0%}" if yakin is not None else ""
        tabel.add_row(label, Text(_readable(draf, nama)), persen, Text(draf.kata.get(nama, "")))
    layar.print(tabel)
    for satu in draf.catatan:
        layar.print(Text(f"Catatan: {satu}"))


def _readable(draf: Draf, nama: str) -> str:
    """A value as a person reads it; a dash for what the page does not say."""
    from humas.contract.vocabulary import load_vocabulary
    from humas.periods import tanggal

    nilai = getattr(draf, nama)
    if nilai is None or nilai in {"", ()}:
        return "–"
    if nama in VOCABULARY:
        return load_vocabulary()[nama].label(nilai)
    if nama == "jumlah_peserta":
        return f"{nilai} {draf.satuan_peserta} ({draf.lingkup_peserta.replace('_', ' ')})"
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, tuple):
        return ", ".join(map(str, nilai))
    return tanggal(nilai) if isinstance(nilai, date) else str(nilai)
