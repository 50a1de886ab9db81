"""The reader of news pages: how often each field is right on labelled pages, and how long 1,000 pages take.

Method: each page of ``tests/berita/data/pages_dev.jsonl`` (text, address, title and label, written by hand) is read
as ``./humas page`` would read it on a fixed day. A field is right when it equals the label exactly; "not an activity"
of the labels is our empty kind. Half of the pages (odd positions) were set aside while the rules were written. Ten of
them were then looked at once; of the other nine (positions 3, 7, 11 …) no text was ever read, only which values were
confused: the second column. Speed: the same texts wrapped in a page of site furniture (menu, side bar, foot), 1,000
pages in one process, network and start-up left out.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

AKAR = Path(__file__).resolve().parents[1]
if str(AKAR / "include") not in sys.path:
    sys.path.insert(0, str(AKAR / "include"))

from humas.berita import Draf, read_page  # noqa: E402
from humas.registry import Register, load_register  # noqa: E402
from humas.settings import Settings  # noqa: E402

HALAMAN = AKAR / "tests" / "berita" / "data" / "pages_dev.jsonl"
HARI_INI = date(2026, 7, 1)
JUMLAH = 1_000
Nilai = Callable[[Draf, dict[str, Any]], bool]
ISIAN: dict[str, Nilai] = {
    "start date": lambda d, label: _iso(d.tanggal_mulai) == label["tanggal_mulai"],
    "no date invented": lambda d, label: label["tanggal_mulai"] is not None or d.tanggal_mulai is None,
    "end date": lambda d, label: _iso(d.tanggal_selesai) == label["tanggal_selesai"],
    "unit": lambda d, label: d.kode_satker == label["kode"],
    "counts or not": lambda d, label: d.layak_dihitung == label["layak_dihitung"],
    "kind": lambda d, label: (d.jenis_kegiatan or "BUKAN_KEGIATAN") == label["jenis_kegiatan"],
    "mode": lambda d, label: (d.mode or None) == label["mode"],
    "role": lambda d, label: (d.peran_satker or None) == label["peran_satker"],
    "participants": lambda d, label: d.jumlah_peserta == label["jumlah_peserta"],
    "mentions hoax": lambda d, label: d.menyebut_hoaks == label["menyebut_hoaks"],
}


def main() -> None:
    """Print the share of right fields and the seconds for 1,000 pages."""
    register = load_register(Settings.from_environment({"HUMAS_HOME": str(AKAR)}))
    halaman = [json.loads(baris) for baris in HALAMAN.read_text(encoding="utf-8").splitlines()]
    kelompok = {"all": halaman, "never read": halaman[3::4]}
    hasil = {nama: measure(satu, register) for nama, satu in kelompok.items()}
    print(f"{'field':20}" + "".join(f"{nama + f' ({len(kelompok[nama])})':>18}" for nama in hasil))
    for isian in ISIAN:
        print(f"{isian:20}" + "".join(f"{satu[isian]:18.0%}" for satu in hasil.values()))
    detik = time_pages(halaman, register)
    print(f"{JUMLAH:,} pages: {detik:.1f} s")


def measure(halaman: Sequence[dict[str, Any]], register: Register) -> dict[str, float]:
    """Share of pages on which each field is right."""
    benar = dict.fromkeys(ISIAN, 0)
    for satu in halaman:
        draf = read_page(satu["text"], satu["url"], register=register, judul=satu["judul"], hari_ini=HARI_INI)
        for nama, nilai in ISIAN.items():
            benar[nama] += nilai(draf, satu["label"])
    return {nama: jumlah / len(halaman) for nama, jumlah in benar.items()}


def time_pages(halaman: Sequence[dict[str, Any]], register: Register) -> float:
    """Seconds for JUMLAH pages of HTML."""
    situs = [wrap(halaman[i % len(halaman)], i) for i in range(JUMLAH)]
    mulai = time.perf_counter()
    for isi, url in situs:
        read_page(isi, url, register=register, hari_ini=HARI_INI)
    return time.perf_counter() - mulai


def wrap(satu: dict[str, Any], nomor: int) -> tuple[str, str]:
    """A page as sites serve it: the text of an article three times over between menu, side bar and foot."""
    menu = "".join(f'<li><a href="/halaman/{i}">Menu {i}</a></li>' for i in range(60))
    samping = "".join(f'<div class="item"><a href="/blog/read/{i}">Berita lain nomor {i}</a></div>' for i in range(40))
    paragraf = f"<p>{escape(satu['text'])}</p>"
    isi = (
        f"<!doctype html><html><head><title>{escape(satu['judul'])} - {nomor}</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><article><h1>{escape(satu['judul'])}</h1>{paragraf * 3}</article>"
        f"<aside>{samping}</aside><footer>Dilihat {nomor} kali</footer></body></html>"
    )
    return isi, satu["url"]


def _iso(hari: date | None) -> str | None:
    return hari.isoformat() if hari else None


if __name__ == "__main__":
    main()
