"""``./humas kotak``: one sweep of the drop-boxes; with ``--lihat`` only what lies there."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from humas.errors import SistemError

if TYPE_CHECKING:
    from humas.kotak_masuk.model import Tindakan
    from humas.kotak_masuk.sweep import HasilSapu, ReportProgress

_STATES = {
    "diambil": "Diambil",
    "tak_dikenal": "Tak dikenal",
    "menunggu": "Menunggu",
    "tertunda": "Tertunda",
    "dilewati": "Dilewati",
    "gagal": "Gagal",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--lihat", action="store_true", help="hanya sebutkan yang menunggu; tidak mengambil apa pun")
    parser.add_argument(
        "--paksa", action="store_true", help="coba juga berkas tertunda yang belum waktunya dicoba lagi"
    )
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Sweep or look; exit code 1 when a file needs a person, 3 when a drop-box could not be reached."""
    from humas.context import open_konteks
    from humas.kotak_masuk.sweep import list_waiting, sweep
    from humas.kotak_masuk.trigger import follow_up

    k = open_konteks()
    if not k.settings.box.alamat:
        raise SistemError(
            "kotak_belum_diatur",
            "Kotak masuk belum diatur.",
            "isi HUMAS_KOTAK_MASUK dengan alamat foldernya, misalnya kpu=/srv/kotak.",
        )
    if args.lihat:
        hasil = list_waiting(k)
    else:
        with _progress(tampil=not args.json) as progress:
            hasil = sweep(k, progress=progress, force=args.paksa)
    susulan = [] if args.lihat else [asdict(satu) for satu in follow_up(k)]
    if args.json:
        print(json.dumps(_as_json(hasil, susulan), ensure_ascii=False, indent=2))
    else:
        _show(hasil, susulan)
    return 3 if hasil.galat else int(_needs_people(hasil))


def _needs_people(hasil: HasilSapu) -> bool:
    return any(satu.pelaku for satu in hasil.tindakan)


def _as_json(hasil: HasilSapu, susulan: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "files": [_file(satu) for satu in hasil.tindakan],
        "errors": [
            {"box": g.kotak, "rule": g.kode, "actor": g.pelaku, "message": g.pesan, "fix": g.cara, "retry": g.layak_diulang}
            for g in hasil.galat
        ],
        "follow_up": [
            {"lembaga": s["lembaga"], "periode": s["periode"], "satker": list(s["satker"])} for s in susulan
        ],
        "seconds": hasil.detik,
    }  # fmt: skip


def _file(satu: Tindakan) -> dict[str, Any]:
    masuk, diterima, ditahan, kembar = satu.baris
    return {
        "box": satu.kotak,
        "file": satu.berkas,
        "state": satu.keadaan.value,
        "lembaga": satu.lembaga,
        "satker": satu.satker,
        "periode": satu.periode,
        "status": satu.status,
        "rows_in": masuk,
        "accepted": diterima,
        "quarantined": ditahan,
        "duplicates": kembar,
        "repeated": satu.ulang,
        "message": satu.pesan,
        "actor": satu.pelaku,
        "failures": satu.kali,
        "retry_at": satu.coba_lagi.isoformat() if satu.coba_lagi else None,
        "moved_to": satu.tujuan,
        "answers": list(satu.jawaban),
    }


@contextmanager
def _progress(*, tampil: bool) -> Iterator[ReportProgress]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    layar = Console(stderr=True)
    kolom = (TextColumn("Kotak masuk"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*kolom, console=layar, disable=not (tampil and layar.is_terminal), transient=True) as batang:
        tugas = batang.add_task("", total=None)
        yield lambda selesai, jumlah, nama: batang.update(
            tugas, completed=selesai, total=jumlah, description=nama[:40].replace("[", "(")
        )


def _show(hasil: HasilSapu, susulan: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    layar = Console(highlight=False)
    if hasil.tindakan:
        tabel = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for judul in ("Keadaan", "Berkas", "Satker", "Periode", "Baris", "Keterangan"):
            tabel.add_column(judul, overflow="fold")
        for satu in hasil.tindakan:
            tabel.add_row(*map(Text, _row(satu)))
        layar.print(tabel)
    else:
        layar.print("Tidak ada berkas di kotak masuk.")
    for galat in hasil.galat:
        layar.print(Text(f"{galat.pesan} Yang perlu dilakukan: {galat.cara}"))
    for jalan in susulan:
        lembaga, periode, jumlah = jalan["lembaga"], jalan["periode"], len(jalan["satker"])
        layar.print(f"{lembaga} {periode} sudah direkap; {jumlah} satker menunggu rekap ulang. Jalankan:")
        layar.print(f"  ./humas quarter {periode} --lembaga {lembaga}")


def _row(satu: Tindakan) -> tuple[str, str, str, str, str, str]:
    from humas.kotak_masuk.answer import STATUS_LABEL

    masuk, diterima, ditahan, kembar = satu.baris
    baris = f"{masuk} = {diterima} + {ditahan} + {kembar}" if masuk else ""
    keterangan = [STATUS_LABEL.get(satu.status, ""), "sudah pernah diterima" if satu.ulang else "", satu.pesan]
    satker = f"{satu.lembaga} {satu.satker}".strip()
    teks = ". ".join(bagian.rstrip(".") for bagian in keterangan if bagian)
    return _STATES[satu.keadaan], satu.berkas, satker, satu.periode, baris, teks
