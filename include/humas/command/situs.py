"""``./humas situs PERIODE``: visit the units' news sites and make drafts of what they tell."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from humas.errors import SistemError
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.berita.channel import RingkasanSitus
    from humas.berita.visit import HasilSitus
    from humas.context import Konteks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("periode", metavar="PERIODE", help="misalnya 2026-TW3; berita sejak awal triwulan ini dibaca")
    parser.add_argument("--lembaga", choices=("kpu", "bawaslu"), default="kpu")
    parser.add_argument("--satker", nargs="+", default=(), metavar="KODE", help="hanya situs satker ini")
    parser.add_argument("--demo", action="store_true", help="pakai sepuluh situs tiruan pada komputer ini")
    parser.add_argument("--paksa", action="store_true", help="tanyakan lagi juga artikel yang sudah dikenal")
    parser.add_argument(
        "--baca-ulang", action="store_true", help="tanpa jaringan: buat lagi draf dari artikel yang sudah tersimpan"
    )
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Visit, group, and tell; exit code 1 when a site needs somebody."""
    from humas.context import open_konteks
    from humas.pipeline import group_drafts, quarter_of

    periode = quarter_of(args.periode).kunci
    with _installation(args, periode) as settings:
        k = open_konteks(settings)
        _require_sites(k, args.lembaga, periode, args.satker)
        hasil = _read_again(k, args, periode) if args.baca_ulang else _visit(k, args, periode)
        group_drafts(k, periode)
        draf = _count_drafts(k, args.lembaga, periode)
    if args.json:
        print(json.dumps(_as_json(hasil, draf), ensure_ascii=False, indent=2))
    else:
        _show(hasil, draf)
    return 1 if hasil.gagal else 0


def _visit(k: Konteks, args: argparse.Namespace, periode: str) -> RingkasanSitus:
    from humas.pipeline import read_sites

    note = _no_progress if args.json else _progress
    run_id = f"situs__{periode}__{uuid4().hex[:8]}"
    return read_sites(k, args.lembaga, periode, args.satker, run_id, note, paksa=args.paksa)


def _read_again(k: Konteks, args: argparse.Namespace, periode: str) -> RingkasanSitus:
    """Drafts anew from landing: no site is asked, so none is counted."""
    from humas.berita.channel import RingkasanSitus, read_again
    from humas.pipeline import quarter_of

    return RingkasanSitus(args.lembaga, periode, draf=read_again(k, args.lembaga, quarter_of(periode), args.satker))


@contextmanager
def _installation(args: argparse.Namespace, periode: str) -> Iterator[Settings]:
    """The installation's own settings, or those of demo sites with a state folder of their own."""
    own = Settings.from_environment()
    if not args.demo:
        yield own
        return
    from humas.simulate.news import DEMO, news_sites

    home = own.home / "demo-situs"
    if not args.baca_ulang:
        shutil.rmtree(home, ignore_errors=True)  # demo sites stand on other ports each time: to us, other sites
    with news_sites(home / "situs", DEMO, lembaga=args.lembaga, periode=periode) as demo:
        yield demo.configure(own.with_(home=home, database_url=f"sqlite:///{home / 'gudang.db'}"))


def _require_sites(k: Konteks, lembaga: str, periode: str, satker: tuple[str, ...]) -> None:
    from humas.pipeline import site_groups

    if not site_groups(k, lembaga, periode, satker):
        raise SistemError(
            "situs_belum_diatur",
            "Tidak ada situs satker yang dikunjungi pada pemasangan ini.",
            "isi HUMAS_SITUS=ya dan HUMAS_SITUS_KONTAK, atau tulis baris berjenis situs pada register.",
        )


def _count_drafts(k: Konteks, lembaga: str, periode: str) -> dict[str, int]:
    """Drafts of the period as they stand in the warehouse, and how many of them units are still to be asked about."""
    from humas.berita.channel import offered_drafts

    draf = k.gudang.drafts(lembaga, periode)
    ditawarkan = offered_drafts(k, lembaga, periode)
    return {
        "draf": len(draf),
        "layak": sum(satu.layak_dihitung for satu in draf),
        "acara": len({satu.id_acara for satu in draf if satu.layak_dihitung and satu.id_acara}),
        "ditawarkan": sum(len(milik) for milik in ditawarkan.values()),
    }


def _as_json(hasil: RingkasanSitus, draf: dict[str, int]) -> dict[str, Any]:
    return asdict(hasil) | {"tersimpan": draf}


def _no_progress(satu: HasilSitus) -> None:
    """A program reads the end only."""


def _progress(satu: HasilSitus) -> None:
    """One line for each site as it is done."""
    hasil = satu.percobaan
    isi = f"{satu.artikel} artikel baru, {satu.layak} draf layak" if hasil.status == "berhasil" else hasil.pesan
    catatan = f" ({hasil.pesan})" if hasil.status == "berhasil" and hasil.pesan else ""
    print(f"{satu.situs.kode_satker:<6} {satu.situs.pemilik}: {isi}{catatan}", flush=True)


def _show(hasil: RingkasanSitus, draf: dict[str, int]) -> None:
    from humas.command.quarter import show_failures
    from humas.operate.screen import open_console

    layar = open_console()
    layar.print(f"\n[bold]{hasil.lembaga.upper()} {hasil.periode}[/bold]")
    if hasil.situs:
        layar.print(f"Situs: {hasil.berhasil} dari {hasil.situs} terbaca, {hasil.artikel} artikel baru")
    else:
        layar.print(f"Dibaca ulang tanpa jaringan: {hasil.draf} artikel")
    layar.print(
        f"Draf triwulan ini: {draf['draf']}, layak {draf['layak']} ({draf['acara']} acara),"
        f" ditawarkan dalam templat {draf['ditawarkan']}"
    )
    layar.print("Draf tidak dihitung sebelum satker menyatakan Ya pada templatnya.")
    show_failures(layar, "Situs tidak terbaca", hasil.gagal)
