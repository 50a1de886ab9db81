"""How sheets of optional data sets are read: ``PYTHONPATH=include python tests/strangers/score_sets.py FOLDER [learned|apart]``.

A sheet is told when all its rows come as rows of its data set and no other; values are those named in ``truth.json``. Files
kept apart are those that ``apart.txt`` names, without it those whose number is divisible by three.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from humas.contract.columns import BY_NAME
from humas.installation.context import Context, load_context
from humas.pipeline.check import check_file

FIELDS = {
    "pemberitaan": {
        "tanggal": "tanggal_berita",
        "media": "media",
        "judul": "judul_berita",
        "nada": "nada",
        "tanggapan_tanggal": "tanggal_tanggapan",
    },
    "aspirasi": {
        "tanggal": "tanggal_disampaikan",
        "jenis": "jenis_aspirasi",
        "saluran": "saluran",
        "hasil": "tindak_lanjut",
        "tindak_lanjut": "tindak_lanjut",
        "diberi_tahu": "tanggal_diberi_tahu",
        "tanggal_jawab": "tanggal_diberi_tahu",
    },
    "akun": {
        "platform": "platform",
        "akun": "nama_akun",
        "status": "status",
        "pengikut": "pengikut",
        "unggahan_terakhir": "unggahan_terakhir",
    },
}
SAME = {
    "saluran": {
        "sp4n_lapor": ("sp4n",),
        "whatsapp": ("whatsapp",),
        "tatap_muka": ("tatap muka", "datang", "posko", "langsung"),
        "media_sosial": ("instagram", "facebook", "twitter", "media sosial"),
        "surel": ("e-mail",),
        "surat": ("surat",),
        "kotak_saran": ("kotak saran",),
        "telepon": ("telepon", "sms"),
        "pertemuan": ("pertemuan",),
        "posko": ("posko",),
        "laman": ("formulir", "aplikasi"),
        "media_massa": ("radio",),
        "lainnya": ("aplikasi", "sms", "formulir"),
    },
    "jenis": {"pengaduan": ("pengaduan", "kritik"), "saran": ("saran", "kritik")},
    "tindak_lanjut": {
        "bukan_kewenangan": ("ditolak", "bukan_kewenangan"),
        "belum": ("none", "diterima"),
        "diproses": ("diproses", "diterima"),
    },
}
"""Words of the truths for one value read, where they are not the contract's own; "none" is nothing said."""


def _handle(text: str) -> str:
    """An account's name without what only some write: the sign before it, case, what a link wears around it."""
    return text.casefold().strip("@/ ").rpartition("/")[2].lstrip("@").replace(" ", "")


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def agrees(name: str, told: Any, read: Any) -> bool:
    """Whether a value read is the true one."""
    if read is not None and (words := SAME.get(name, {}).get(str(read).casefold())):
        return any(word in str(told).casefold() for word in words)
    if told is None or read is None:
        return told is None and read in {None, ""}
    if name == "pengikut":
        return float(told) == float(read)
    if name == "platform" and read == "lainnya":
        return _plain(str(told)) in {"podcast", "telegram", "spotify"}
    if name == "akun":
        return _handle(str(told)) == _handle(str(read))
    if name in {"platform", "status"}:
        return _plain(str(told)) in _plain(str(read)) or _plain(str(read)) in _plain(str(told))
    if name in {"media", "judul"}:
        return str(told).casefold().split() == str(read).casefold().split()
    return str(told).casefold() == str(read)[:10].casefold() or str(told) == str(read)


def files_of(folder: Path) -> Iterator[Mapping[str, Any]]:
    """The files of a folder with their truth, whichever of two authors' forms it has."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    if isinstance(truth, list):
        yield from truth
        return
    for file, one in truth.items():
        sheets = [
            {
                "sheet": None if file.endswith(".csv") else name,
                "set": sheet["data_set"] if sheet["data_set"] in BY_NAME else "none",
                "rows": len(sheet["rows"]),
                "values": sheet["rows"],
            }
            for name, sheet in one["sheets"].items()
        ]
        secrets = tuple(one.get("secrets", ()))
        yield {"file": file, "body": one["body"], "unit": one["unit"], "sheets": sheets, "secrets": secrets}


def of_file(context: Context, folder: Path, one: Mapping[str, Any], found: Counter[str]) -> Iterator[str]:
    """Count what is right in a file; yield what is wrong."""
    answer = check_file(context, folder / one["file"], one["body"], one["satker"], "2026-TW3").answer
    everything = json.dumps(answer, default=str, ensure_ascii=False)
    yield from (f"RAHASIA TAMPAK: {secret}" for secret in one.get("secrets", ()) if secret in everything)
    for sheet in one["sheets"]:
        rows = [row for row in answer["rows"] if sheet["sheet"] in {None, row["sheet"]}]
        told = Counter(row["dataset"] for row in rows)
        expected = {} if sheet["set"] == "none" else {sheet["set"]: sheet["rows"]}
        found["sheets"] += 1
        found["sheets right"] += dict(told) == expected
        if dict(told) != expected:
            yield f"{sheet['sheet']}: {dict(told)} (benar: {expected})"
        held = [row["row"] for row in rows if row["state"] == "quarantined"]
        found["rows"] += sheet["rows"]
        found["rows held"] += len(held)
        if held:
            yield f"{sheet['sheet']}: ditahan {held}"
        by_row = {row["row"]: row for row in rows if row["dataset"] == sheet["set"]}
        for truth in sheet["values"]:
            parsed = by_row.get(truth["row"], {}).get("parsed", {})
            for name, field in FIELDS.get(sheet["set"], {}).items():
                if name not in truth:
                    continue
                found["values"] += 1
                others = truth.get("boleh", {}).get(name, [])
                others = others if isinstance(others, list) else [others]
                right = bool(parsed) and any(agrees(name, one, parsed.get(field)) for one in (truth[name], *others))
                found["values right"] += right
                if not right:
                    yield f"{sheet['sheet']} baris {truth['row']} {field}: {parsed.get(field)!r} (benar: {truth[name]!r})"


def main(folder: Path, part: str) -> None:
    """Print what is wrong in each file, then the shares."""
    os.environ["HUMAS_HOME"] = tempfile.mkdtemp()
    context = load_context()
    found: Counter[str] = Counter()
    listed = folder / "apart.txt"
    kept = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else None
    for file in files_of(folder):
        one = dict(file)
        apart = one["file"] in kept if kept is not None else int(one["file"][:2]) % 3 == 0
        if part == ("learned" if apart else "apart"):
            continue
        unit = one["unit"]
        for before in ("Pemerintah ", "KPU ", "Bawaslu ", "KIP "):
            unit = unit.removeprefix(before)
        one["satker"] = context.register.resolve(unit).code
        print(one["file"], *(f"   {line}" for line in of_file(context, folder, one, found)), sep="\n")
    assert set(FIELDS) <= set(BY_NAME)
    for what in ("sheets", "values"):
        print(
            f"{what}: {found[f'{what} right']} dari {found[what]} ({100 * found[f'{what} right'] / found[what]:.1f} %)"
        )
    print(f"rows: {found['rows']}, ditahan {found['rows held']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
