"""The reader of news pages: how often each field is right on labelled pages, and how long 1,000 pages take.

Method: each page of ``tests/news/data/pages_dev.jsonl`` (text, address, title and label, written by hand) is read
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

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT / "include") not in sys.path:
    sys.path.insert(0, str(ROOT / "include"))

from humas.news import Draft, read_page  # noqa: E402
from humas.registry import Register, load_register  # noqa: E402
from humas.settings import Settings  # noqa: E402

PAGES = ROOT / "tests" / "news" / "data" / "pages_dev.jsonl"
TODAY = date(2026, 7, 1)
COUNT = 1_000
Judge = Callable[[Draft, dict[str, Any]], bool]
FIELDS: dict[str, Judge] = {
    "start date": lambda draft, label: _iso(draft.tanggal_mulai) == label["tanggal_mulai"],
    "no date invented": lambda draft, label: label["tanggal_mulai"] is not None or draft.tanggal_mulai is None,
    "end date": lambda draft, label: _iso(draft.tanggal_selesai) == label["tanggal_selesai"],
    "unit": lambda draft, label: draft.kode_satker == label["kode"],
    "counts or not": lambda draft, label: draft.layak_dihitung == label["layak_dihitung"],
    "kind": lambda draft, label: (draft.jenis_kegiatan or "BUKAN_KEGIATAN") == label["jenis_kegiatan"],
    "mode": lambda draft, label: (draft.mode or None) == label["mode"],
    "role": lambda draft, label: (draft.peran_satker or None) == label["peran_satker"],
    "participants": lambda draft, label: draft.jumlah_peserta == label["jumlah_peserta"],
    "mentions hoax": lambda draft, label: draft.menyebut_hoaks == label["menyebut_hoaks"],
}


def main() -> None:
    """Print the share of right fields and the seconds for 1,000 pages."""
    register = load_register(Settings.from_environment({"HUMAS_HOME": str(ROOT)}))
    pages = [json.loads(line) for line in PAGES.read_text(encoding="utf-8").splitlines()]
    groups = {"all": pages, "never read": pages[3::4]}
    shares = {name: measure(group, register) for name, group in groups.items()}
    print(f"{'field':20}" + "".join(f"{name + f' ({len(groups[name])})':>18}" for name in shares))
    for field in FIELDS:
        print(f"{field:20}" + "".join(f"{group[field]:18.0%}" for group in shares.values()))
    seconds = time_pages(pages, register)
    print(f"{COUNT:,} pages: {seconds:.1f} s")


def measure(samples: Sequence[dict[str, Any]], register: Register) -> dict[str, float]:
    """Share of pages on which each field is right."""
    right = dict.fromkeys(FIELDS, 0)
    for page in samples:
        draft = read_page(page["text"], page["url"], register=register, title=page["judul"], today=TODAY)
        for name, is_right in FIELDS.items():
            right[name] += is_right(draft, page["label"])
    return {name: count / len(samples) for name, count in right.items()}


def time_pages(samples: Sequence[dict[str, Any]], register: Register) -> float:
    """Seconds for JUMLAH pages of HTML."""
    pages = [wrap(samples[number % len(samples)], number) for number in range(COUNT)]
    start = time.perf_counter()
    for content, url in pages:
        read_page(content, url, register=register, today=TODAY)
    return time.perf_counter() - start


def wrap(one: dict[str, Any], serial: int) -> tuple[str, str]:
    """A page as sites serve it: the text of an article three times over between menu, side bar and foot."""
    menu = "".join(f'<li><a href="/halaman/{number}">Menu {number}</a></li>' for number in range(60))
    side = "".join(
        f'<div class="item"><a href="/blog/read/{number}">Berita lain nomor {number}</a></div>' for number in range(40)
    )
    paragraph = f"<p>{escape(one['text'])}</p>"
    content = (
        f"<!doctype html><html><head><title>{escape(one['judul'])} - {serial}</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><article><h1>{escape(one['judul'])}</h1>{paragraph * 3}</article>"
        f"<aside>{side}</aside><footer>Dilihat {serial} kali</footer></body></html>"
    )
    return content, one["url"]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


if __name__ == "__main__":
    main()
