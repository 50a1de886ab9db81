"""Entry of the command line: ``python -m humas.cli`` (through the launcher: ``./humas``).

Exit codes: 0 done; 1 the data or units have findings that need people; 2 wrong use; 3 the system failed.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

from humas.cli.language import speak_indonesian
from humas.errors import Actor, HumasError, SenderError, os_reason

DONE: Final = 0
NEEDS_PEOPLE: Final = 1
WRONG_USE: Final = 2
SYSTEM_FAILED: Final = 3

OUTSIDE_FAULTS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})
"""What a machine refuses through no fault of the program; anything else keeps its trace."""
_DISK: Final = f"{Actor.OPERATOR.label}: periksa ruang disk dan hak atas folder itu, lalu jalankan lagi."

COMMANDS: Final = {
    "run": "semuanya dari nol: satker tiruan, Airflow, dan satu triwulan nasional di depan mata",
    "up": "Airflow dengan pengaturan pemasangan ini, di latar",
    "down": "hentikan yang dijalankan dengan up atau run",
    "status": "apa yang berjalan, di mana, dan hasil triwulan terakhir",
    "quarter": "satu triwulan penuh dalam satu proses: kumpulkan, periksa, rekap, terbitkan",
    "terbitkan": "terbitkan draf yang menunggu, sesudah disebutkan apa yang akan dibaca umum",
    "check": "apa yang akan terjadi pada satu berkas; tidak menyimpan apa pun",
    "page": "apa yang terbaca dari satu halaman berita: draf kegiatan; tidak menyimpan apa pun",
    "situs": "kunjungi situs berita satker dan buat draf kegiatan; tidak ada yang dihitung",
    "kotak": "ambil dan jawab berkas di kotak masuk; --lihat hanya menyebut yang menunggu",
    "terima": "kiriman yang ditahan karena tampak milik triwulan lain: sebutkan, atau nyatakan benar",
    "ganti": "kiriman yang ditanya menambah atau mengganti: sebutkan, atau jawab",
    "kata": "kata yang tidak dikenal, dari semua satker: sebutkan, jawab sekali, tarik, ekspor, impor",
    "lembaga": "lembaga apa saja yang ada, dan apa yang keliru dalam foldernya",
    "tahun": "angka satu tahun di samping keempat triwulannya",
    "trace": "dari mana satu angka yang terbit: rumus, edisi, dan semua barisnya",
    "hitung-ulang": "angka satu triwulan dihitung sekali lagi lewat jalan lain, dan selisihnya",
    "due": "tenggat satu satker, dijelaskan hari demi hari",
    "verify": "apakah laporan ini terbitan kami, utuh, dan terkini",
    "tte": "laporan untuk ditandatangani secara elektronik: siapkan, terima kembali, dan mana yang sudah",
    "template": "buku kerja untuk diisi satker; --semua untuk seluruh satker",
    "retensi": "hapus berkas mentah yang melewati masa simpan; --lihat hanya menghitung",
    "cadangkan": "satu berkas berisi seluruh pemasangan, juga sewaktu bekerja",
    "pulihkan": "pemasangan dari berkas cadangan; diperiksa seluruhnya lebih dahulu",
    "bench": "pengukuran yang ikut tersimpan bersama kode",
}
_MODULES: Final = {
    "cadangkan": "backup", "ganti": "replace", "hitung-ulang": "recount", "kata": "words", "kotak": "inbox", "lembaga": "bodies", "pulihkan": "restore", "retensi": "retention", "situs": "sites", "tahun": "year", "terbitkan": "publish", "terima": "accept", "tte": "signing",
}  # fmt: skip
"""Modules of the commands that people call by an Indonesian word; the others bear the command's name."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that answers wrong use in Indonesian, in one line."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and one line."""
        command = "" if self.prog == "humas" else f" {self.prog}"
        self.exit(WRONG_USE, _one_line(f"Perintah keliru: {message}. Lihat: ./humas{command} --help") + "\n")


def _module(command: str) -> Any:
    """The module of a command, imported only when it is asked for."""
    return import_module(f"humas.cli.{_MODULES.get(command, command)}")


def _one_line(text: str) -> str:
    """A message as one line that a terminal shows as it is, whatever names were given to us."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _print_what_the_screen_can() -> None:
    """On a screen that knows fewer letters than Unicode, show ``?`` instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; each command's module adds its own arguments."""
    speak_indonesian()
    parser = _Parser(prog="humas", description="Humas Triwulan: laporan kehumasan triwulanan dan tahunan.")
    commands = parser.add_subparsers(dest="perintah", required=True, metavar="PERINTAH", parser_class=_Parser)
    for name, explanation in COMMANDS.items():
        command = commands.add_parser(name, prog=name, help=explanation, description=explanation.capitalize() + ".")
        _module(name).add_arguments(command)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; errors of the taxonomy become one clear line and an exit code."""
    _print_what_the_screen_can()
    try:
        args = build_parser().parse_args(argv)
        code = int(_module(args.perintah).run(args))
        sys.stdout.flush()  # a reader that left early is noticed here, not while the interpreter ends
        return code
    except SenderError as error:
        print(_one_line(f"{error.message} Yang perlu dilakukan: {error.remedy}"), file=sys.stderr)
        return WRONG_USE
    except HumasError as error:
        print(_one_line(f"{error.message} {error.actor.label}: {error.remedy}"), file=sys.stderr)
        return SYSTEM_FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        if error.errno not in OUTSIDE_FAULTS:
            raise
        print(
            _one_line(f"{error.filename or 'Berkas'} tidak dapat ditulis atau dibaca: {os_reason(error)}. {_DISK}"),
            file=sys.stderr,
        )
        return SYSTEM_FAILED
    except KeyboardInterrupt:
        print("Dihentikan. Yang sudah tersimpan tetap ada; jalankan lagi perintah yang sama.", file=sys.stderr)
        return SYSTEM_FAILED
