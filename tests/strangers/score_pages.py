"""How many labelled whole news pages are read right: ``PYTHONPATH=include python tests/strangers/score_pages.py FOLDER``.

FOLDER holds pages.jsonl and the pages it names. Fields are judged on activities that are offered; a label that is a list
names everything a reader accepts, an empty place counts as right ("an empty field beats a guess"), an empty day only where
none is written. "No edit" asks for unit, day, kind, mode, role, participants and place at once.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from humas.news import decode_page, read_page
from humas.news.model import Draft
from humas.registry import load_register
from humas.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print each page with what is wrong on it, then the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--apart", choices=["learned", "apart", "all"], default="all", help="numbers by three or the rest"
    )
    args = parser.parse_args()
    register = load_register(Settings.from_environment({"HUMAS_HOME": str(ROOT)}))
    right, asked = Counter[str](), Counter[str]()
    for line in (args.folder / "pages.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        if args.apart != "all" and (page["id"] % 3 == 0) != (args.apart == "apart"):
            continue
        page_html = decode_page((args.folder / page["file"]).read_bytes())
        draft = read_page(page_html, page["url"], register=register, today=date.fromisoformat(page["fetched"]))
        wrong = []
        for name, is_right, told in judge(draft, page):
            asked[name] += 1
            right[name] += is_right
            wrong += [] if is_right else [f"{name}: {told}"]
        print(f"{page['file']} {'; '.join(wrong) or 'ok'}")
    for name, count in asked.items():
        print(f"{name:12} {right[name]:3} of {count:3}  {right[name] / count:.0%}")


def judge(draft: Draft, page: dict[str, Any]) -> Iterator[tuple[str, bool, str]]:
    """What was asked of a page, whether it is right, and what was read."""
    label = page["label"]
    if not label["layak_dihitung"]:
        yield "refused", not draft.layak_dihitung, "offered"
        return
    yield "offered", draft.layak_dihitung, draft.alasan_tidak
    if not draft.layak_dihitung:
        return
    day = draft.tanggal_mulai.isoformat() if draft.tanggal_mulai else None
    fields = {
        "unit": (draft.kode_satker == label["kode"], draft.kode_satker),
        "day": (day == label["tanggal_mulai"], day),
        "kind": (draft.jenis_kegiatan in label["jenis_kegiatan"], draft.jenis_kegiatan),
        "mode": (draft.mode == label["mode"], draft.mode),
        "role": (draft.peran_satker == label["peran_satker"], draft.peran_satker),
        "people": (draft.jumlah_peserta == label["jumlah_peserta"], draft.jumlah_peserta),
        "place": (_place_is_right(draft.tempat, label["tempat"]), draft.tempat),
    }
    for name, (is_right, told) in fields.items():
        yield name, is_right, str(told)
    if day is not None:
        yield "no day invented", label["tanggal_mulai"] is not None, day
    yield "no edit", all(is_right for is_right, _ in fields.values()), "needs one"


def _place_is_right(place: str, accepted: list[str | None]) -> bool:
    """Whether the place, however it is spelt, is one of those accepted or a longer form of it."""
    plain = re.sub(r"\W+", " ", place).casefold().strip()
    wanted = [re.sub(r"\W+", " ", one).casefold().strip() for one in accepted if one]
    return not plain or any(one == plain or one in plain or plain in one for one in wanted)


if __name__ == "__main__":
    main()
