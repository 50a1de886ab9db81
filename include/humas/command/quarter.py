"""``./humas quarter PERIODE``: one whole quarter in one process, without Airflow."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from humas.chain import SHORT
from humas.errors import Pelaku, SistemError
from humas.periods import bilangan
from humas.registry import Lembaga, Register
from humas.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from humas.context import Konteks
    from humas.summary import GagalKumpul, RingkasanTriwulan

NAMES_SHOWN = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("periode", metavar="PERIODE", help="misalnya 2026-TW3")
    parser.add_argument("--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default="kpu")
    parser.add_argument(
        "--satker", nargs="+", default=(), metavar="SATKER", help="hanya satker ini yang dikumpulkan: kode atau nama"
    )
    parser.add_argument("--demo", action="store_true", help="pakai 553 satker tiruan pada komputer ini")
    parser.add_argument("--paksa", action="store_true", help="ambil lagi juga yang menurut sumbernya tidak berubah")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Run the quarter; exit code 1 when units or rows need people."""
    from humas.context import open_konteks
    from humas.operate.screen import Screen, open_console
    from humas.pipeline import quarter_of, run_quarter

    periode = quarter_of(args.periode).kunci
    layar = open_console(stderr=args.json)
    with _installation(args, periode) as settings:
        k = open_konteks(settings)
        satker = unit_codes(args.satker, k.register)
        with Screen(layar) as kemajuan:
            hasil = run_quarter(k, args.lembaga, periode, satker, lambda satu: kemajuan.show([satu]), paksa=args.paksa)
        sisa = [*held_rows(k, hasil), *bad_lines(k.register, hasil), *withheld(hasil), *altered(hasil)]
    if args.json:
        print(json.dumps(asdict(hasil), ensure_ascii=False, indent=2))
    else:
        show_summary(layar, hasil, sisa)
    return 0 if hasil.putusan.lulus and not hasil.putusan.perlu_orang and not sisa else 1


def held_rows(k: Konteks, hasil: RingkasanTriwulan) -> list[str]:
    """Lines about the rows that are held back in submissions that count; nothing when there are none."""
    semua = k.gudang.verdicts(hasil.lembaga, hasil.periode)
    ditahan = semua[semua["berlaku"].astype(bool) & (semua["dikarantina"] > 0)].set_index("kode_satker")["dikarantina"]
    if ditahan.empty:
        return []
    nama = [f"{kode} {k.register.satker(str(kode)).nama_resmi(hasil.lembaga)} ({n})" for kode, n in ditahan.items()]
    return [
        f"Baris ditahan pada laporan yang berlaku: {bilangan(int(ditahan.sum()))} baris, {len(nama)} satker",
        f"  {_shortened(nama)}",
        f"    Satker pengirim: perbaiki baris itu lalu kirim ulang; sebabnya ada di "
        f"{hasil.terbit.folder}/satker/{ditahan.index[0]}.html",
    ]


def bad_lines(register: Register, hasil: RingkasanTriwulan) -> list[str]:
    """Lines about what cannot be used in the channel file, of this body or of none; not those told as a unit's."""
    told = {satu.kode for satu in hasil.putusan.perlu_orang if satu.kode_galat == "saluran_nonaktif"}
    rusak = [g for g in register.gangguan if g.lembaga in {"", hasil.lembaga} and g.kode not in told]
    if not rusak:
        return []
    baris = [f"  {satu.berkas}, baris {satu.baris}: {satu.pesan} {Pelaku.SISTEM.label}: {satu.cara}" for satu in rusak]
    lebih = [f"  … dan {len(rusak) - NAMES_SHOWN} lagi"] if len(rusak) > NAMES_SHOWN else []
    return [f"Register: {len(rusak)} baris tidak dapat dipakai", *baris[:NAMES_SHOWN], *lebih]


def altered(hasil: RingkasanTriwulan) -> list[str]:
    """Lines about what another hand had changed; what could not be mended first."""
    semua = sorted(hasil.alterations, key=lambda satu: satu.mended)
    if not semua:
        return []
    baris = [f"  {satu.message} {Pelaku.SISTEM.label}: {satu.remedy}" for satu in semua[:NAMES_SHOWN]]
    lebih = [f"  … dan {len(semua) - NAMES_SHOWN} lagi; semuanya ada di log"] if len(semua) > NAMES_SHOWN else []
    pulih = sum(satu.mended for satu in semua)
    return [f"Diubah di luar program: {len(semua)} hal, {pulih} di antaranya sudah dipulihkan", *baris, *lebih]


def withheld(hasil: RingkasanTriwulan) -> list[str]:
    """Lines about the reports that our own program failed on; nothing when there are none."""
    if not hasil.withheld:
        return []
    baris = [f"  {satu.message} {Pelaku.SISTEM.label}: {satu.remedy}" for satu in hasil.withheld[:NAMES_SHOWN]]
    lebih = len(hasil.withheld) - NAMES_SHOWN
    tambah = [f"  … dan {lebih} lagi; semuanya ada di log"] if lebih > 0 else []
    return [f"Ditahan karena galat program kami: {len(hasil.withheld)} laporan; yang lain terbit", *baris, *tambah]


def _shortened(nama: Sequence[str]) -> str:
    lebih = f", dan {len(nama) - NAMES_SHOWN} lagi" if len(nama) > NAMES_SHOWN else ""
    return ", ".join(nama[:NAMES_SHOWN]) + lebih


def unit_codes(satker: Sequence[str], register: Register) -> list[str]:
    """The codes of units named by code (several with commas between) or by name."""
    hasil: list[str] = []
    for satu in satker:
        if any(huruf.isalpha() for huruf in satu):
            hasil.append(register.resolve(satu).kode)
        else:
            hasil += [kode.strip() for kode in satu.split(",") if kode.strip()]
    return hasil


@contextmanager
def _installation(args: argparse.Namespace, periode: str) -> Iterator[Settings]:
    """The installation's own settings, or those of freshly started demo units with a state folder of their own."""
    own = Settings.from_environment()
    if not args.demo:
        yield own
        return
    with _demo_units(own.home / "demo" / "satker", args.lembaga, periode) as environment:
        yield Settings.from_environment({**os.environ, **environment, "HUMAS_HOME": str(own.home / "demo")})


@contextmanager
def _demo_units(folder: Path, lembaga: str, periode: str) -> Iterator[dict[str, str]]:
    """Serve the demo units from a process of their own; the environment that makes us collect from them."""
    from humas.operate.supervisor import die_with_parent

    perintah = [sys.executable, "-m", "humas.simulate", "--folder", str(folder), "--lembaga", lembaga]
    proses = subprocess.Popen(  # noqa: S603
        [*perintah, "--periode", periode],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=partial(die_with_parent, os.getpid()),  # noqa: PLW1509 -- no other thread runs yet
    )
    try:
        siap = proses.stdout.readline() if proses.stdout else ""
        if not siap:
            raise SistemError(
                "demo_tak_jalan", "Satker tiruan tidak dapat dijalankan.", "baca pesan di atas baris ini."
            )
        yield json.loads(siap)["lingkungan"]
    finally:
        proses.terminate()
        proses.wait(10)


def show_summary(layar: Console, hasil: RingkasanTriwulan, sisa: Sequence[str] = ()) -> None:
    """The summary of a quarter as a person reads it; a path stays on one line, so that it can be copied.

    sisa: lines about what else people must see to (``held_rows``, ``bad_lines``, ``withheld``, ``altered``).
    """
    from rich.markup import escape

    kumpul, validasi, rekap, putusan = hasil.kumpul, hasil.validasi, hasil.rekap, hasil.putusan
    layar.print(f"\n[bold]{hasil.lembaga.upper()} {hasil.periode}[/bold]")
    layar.print(f"Satker: {kumpul.berhasil} dari {kumpul.satker} terkumpul, {rekap.satker_lapor} laporan sah")
    layar.print(
        f"Baris: {bilangan(validasi.masuk)} masuk = {bilangan(validasi.diterima)} diterima"
        f" + {bilangan(validasi.dikarantina)} ditahan + {bilangan(validasi.kembar)} kembar"
        f" (semua versi dari {bilangan(validasi.kiriman)} kiriman)"
    )
    layar.print(f"Kegiatan: {bilangan(rekap.kegiatan)} dilaporkan, {bilangan(rekap.acara_unik)} acara unik")
    show_failures(layar, "Gagal dikumpulkan", putusan.gagal)
    show_failures(layar, "Perlu perbaikan", putusan.perlu_orang)
    if ditolak := [satu.kode for satu in putusan.perlu_orang if satu.pelaku == Pelaku.PENGIRIM]:
        letak = f"{hasil.terbit.folder}/satker/{ditolak[0]}.html"
        layar.print(escape(f"  Temuan baris demi baris: ./humas check BERKAS, atau {letak}"), soft_wrap=True)
    for baris in sisa:
        awal = "" if baris.startswith(" ") else "\n"
        layar.print(escape(awal + baris), soft_wrap=True)
    if putusan.tanpa_saluran:
        layar.print(f"\nBelum tersambung: {len(putusan.tanpa_saluran)} satker belum mempunyai saluran pada register")
    baru = f"Edisi baru: {len(hasil.terbit.edisi_baru)} laporan. Buka: {hasil.terbit.folder}/index.html"
    layar.print(escape(baru), soft_wrap=True)
    if hasil.terbit.rantai:
        layar.print(f"Kepala rantai: {hasil.terbit.rantai[:SHORT]} (catat di luar komputer ini)")


def show_failures(layar: Console, judul: str, daftar: tuple[GagalKumpul, ...]) -> None:
    """Units that need somebody, grouped by what is wrong and who must act."""
    from rich.markup import escape

    if not daftar:
        return
    kelompok: dict[tuple[str, str], list[GagalKumpul]] = {}
    for satu in daftar:
        kelompok.setdefault((satu.pelaku, satu.kode_galat), []).append(satu)
    layar.print(f"\n{judul}: {len(daftar)} satker")
    for (pelaku, _), anggota in sorted(kelompok.items()):
        nama = _shortened([f"{satu.kode} {satu.nama}" for satu in anggota])
        layar.print(escape(f"  {len(anggota)} satker: {nama}"))
        contoh = "Misalnya: " if len(anggota) > 1 else ""
        layar.print(escape(f"    {contoh}{anggota[0].pesan} {Pelaku(pelaku).label}: {anggota[0].cara}"))
