"""A body that the program never heard of, through a quarter: run as a program over a copy that has its folder.

Commissions of information have an office in the capital and one in each province, and six parts of a framework.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from humas.errors import SenderError
from humas.installation.context import Context, load_context
from humas.periods import Triwulan
from humas.pipeline.check import check_bytes
from humas.pipeline.distribution import template_of, write_templates
from humas.pipeline.quarter import open_period, run_quarter
from humas.registry import Cycle, Register
from humas.settings import Settings

from tests.forms.template.filling import DATA, headers, opened, saved
from tests.real_input.installation import LAID_DOWN, NOW

BODY = Cycle("ki", "2026-TW3")
TRIWULAN = Triwulan(2026, 3)
CODES = ("00", "32", "33", "33.22", "33.74")
REPORTING = ("33", "00")
Rows = Mapping[str, Sequence[Mapping[str, object]]]

ACTIVITY: dict[str, object] = {
    "Judul kegiatan *": "Sidang ajudikasi terbuka sengketa informasi desa",
    "Tanggal mulai *": date(2026, 7, 2),
    "Jenis kegiatan *": "Ajudikasi terbuka",
    "Pilar utama *": 2,
    "Mode *": "Luring",
    "Tempat": "Ruang sidang utama",
    "Peran satker *": "Penyelenggara",
    "Jumlah peserta": 40,
    "Satuan peserta": "Orang",
    "Lingkup peserta": "Seluruh acara",
    "Tautan bukti": "https://informasi.jatengprov.go.id/berita/1",
}
ROWS: Rows = {
    "Kegiatan": [
        ACTIVITY,
        ACTIVITY
        | {
            "Judul kegiatan *": "Kajian keterbukaan anggaran desa",
            "Tanggal mulai *": date(2026, 8, 4),
            "Jenis kegiatan *": "KI masuk kampus",
            "Pilar utama *": "Kajian",
        },
        ACTIVITY
        | {
            "Judul kegiatan *": "Rapat koordinasi badan publik se-provinsi",
            "Tanggal mulai *": date(2026, 9, 1),
            "Jenis kegiatan *": "Rapat koordinasi",
            "Pilar utama *": 7,
        },
    ],
    "Publikasi": [
        {
            "Judul konten": "Siaran pers putusan sengketa informasi",
            "Kanal *": "Instagram",
            "Tautan *": "https://www.instagram.com/p/abc",
            "Tanggal terbit *": date(2026, 7, 2),
            "Jenis konten *": "Berita",
        }
    ],
    "Permohonan Informasi": [
        {
            "Nomor registrasi *": "012/2026",
            "Tanggal terima *": date(2026, 7, 2),
            "Kanal permohonan *": "Langsung",
            "Jenis pemohon *": "Perorangan",
            "Informasi yang diminta *": "Rekapitulasi putusan per kabupaten",
            "Rezim waktu *": "Umum (UU 14/2008)",
            "Tanggal tanggapan": date(2026, 7, 9),
            "Putusan *": "Dikabulkan penuh",
        }
    ],
}

CENTRAL: Rows = {"Kegiatan": [ACTIVITY | {"Judul kegiatan *": "Rapat koordinasi komisi seluruh Indonesia"}]}


def install(home: Path) -> Context:
    """An installation with a few units of the whole nation, and a folder for each that reports."""
    register = home / "register.csv"
    lines = [f"ki;{code};berkas;{code};ya" for code in (*REPORTING, "33.74")]
    register.write_text("\n".join(["lembaga;kode_satker;jenis;alamat;percaya_waktu", *lines]), encoding="utf-8")
    environment = {
        "HUMAS_HOME": str(home / "keadaan"),
        "HUMAS_REGISTER": str(register),
        "HUMAS_TERBIT": "semua",
        "HUMAS_FOLDER_DIIZINKAN": str(home / "kiriman"),
        "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
    }
    for code in (*REPORTING, "33.74"):
        (home / "kiriman" / code).mkdir(parents=True)
    k = load_context(Settings.from_environment(environment))
    units = [one for one in k.register.everything() if one.code in CODES]
    few = Register(units, k.register.all_channels, k.register.troubles)
    return Context(k.settings.with_(print_processes=0), few, k.calendar)


def typed(content: bytes, rows: Rows) -> bytes:
    """The workbook with rows typed below its headers."""
    book = opened(content)
    for name, several in rows.items():
        position = headers(book[name])
        for i, row in enumerate(several):
            for title, value in row.items():
                book[name].cell(DATA + i, position[title]).value = value
    return saved(book)


def texts(content: bytes) -> Iterator[str]:
    """All that a workbook says to the one who opens it: cells, notes, choices."""
    for sheet in opened(content):
        yield sheet.title
        yield from (str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
        for validation in sheet.data_validations.dataValidation:
            yield from filter(None, (validation.prompt, validation.promptTitle, validation.error, validation.formula1))


def refusal(k: Context) -> str:
    """What is said of a regency of a body that has none there."""
    try:
        open_period(k, BODY, ["33.74"])
    except SenderError as error:
        return error.message
    return ""


def main(home: Path) -> dict[str, Any]:
    k = install(home)
    written = write_templates(k, "ki", TRIWULAN, home / "templat")
    empty = template_of(k, "ki", "33", TRIWULAN)
    filled = {
        code: typed(template_of(k, "ki", code, TRIWULAN), ROWS if code == "33" else CENTRAL) for code in REPORTING
    }
    for code, content in filled.items():
        file = home / "kiriman" / code / "laporan.xlsx"
        file.write_bytes(content)
        os.utime(file, (LAID_DOWN, LAID_DOWN))
    checked = check_bytes(k, filled["33"], "laporan.xlsx").answer
    refused = refusal(k)
    summary = run_quarter(k, BODY)
    figures = k.warehouse.figures(BODY)
    return {
        "templates": written.templat,
        "names": sorted(file.name for file in (home / "templat").iterdir()),
        "template": sorted(set(texts(empty))),
        "checked": dict(checked),
        "refused": refused,
        "troubles": [one.message for one in k.register.troubles],
        "summary": asdict(summary),
        "findings": k.warehouse.findings(BODY).to_dict("records"),
        "obligations": sorted(one.kode_satker for one in k.warehouse.obligations(BODY)),
        "figures": figures[["lingkup", "kode", "ukuran", "rincian", "nilai"]].to_dict("records"),
        "published": str(k.settings.published),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), default=str))
