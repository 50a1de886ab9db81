"""Files as LibreOffice writes them from one workbook: every format gives the same cells."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from humas.reading import read_files
from openpyxl.utils.datetime import CALENDAR_MAC_1904

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ROWS = [
    ["Judul kegiatan", "Tanggal mulai", "Peserta", "Mode"],
    ["Rapat koordinasi – lanjutan", date(2026, 7, 15), 50, "Luring"],
    ['Sosialisasi "pemilih pemula"; kafé', date(2026, 8, 1), "=C2*2", "Daring"],
]
FORMATS = [
    ("xls", "xls", "lama.xls"), ("ods", "ods", "terbuka.ods"), ("csv_utf8", "csv:Text - txt - csv (StarCalc):44,34,76", "a.csv"),
    ("csv_cp1252", "csv:Text - txt - csv (StarCalc):59,34,1", "a.csv"), ("csv_utf16_tab", "csv:Text - txt - csv (StarCalc):9,34,65535", "a.csv"),
]  # fmt: skip

pytestmark = [
    pytest.mark.kantor,
    pytest.mark.timeout(180),
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) tidak terpasang"),
]


def convert(source: Path, form: str) -> Path:
    """The workbook in another format, with a profile of its own so that runs do not meet."""
    target = source.parent / "hasil"
    command = [
        str(SOFFICE), f"-env:UserInstallation=file://{source.parent}/profil", "--headless", "--convert-to", form,
        "--outdir", str(target), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=150)
    [result] = target.iterdir()
    return result


def workbook(place: Path, *, from_1904: bool = False) -> Path:
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Kegiatan"
    for curves in ROWS:
        sheet.append(curves)
    for number in (2, 3):
        sheet.cell(number, 2).number_format = "DD/MM/YYYY"
    book.save(place / "asal.xlsx")
    return place / "asal.xlsx"


@pytest.mark.parametrize(("form", "name"), [f[1:] for f in FORMATS], ids=[f[0] for f in FORMATS])
def test_every_format_gives_the_same_cells(tmp_path: Path, form: str, name: str) -> None:
    cells = read_files([(name, convert(workbook(tmp_path), form).read_bytes())]).tables[0].cells
    day = [date(2026, 7, 15), date(2026, 8, 1)] if name != "a.csv" else ["15/07/2026", "01/08/2026"]
    assert list(cells[0]) == ROWS[0]
    assert [cell[0] for cell in cells[1:]] == [ROWS[1][0], ROWS[2][0]]
    assert [cell[1] for cell in cells[1:]] == day
    assert [str(cell[2]).removesuffix(".0") for cell in cells[1:]] == ["50", "100"]


@pytest.mark.parametrize("form", ["xls", "ods", "xlsx"])
def test_days_counted_from_1904_in_every_format(tmp_path: Path, form: str) -> None:
    cells = read_files([("lama", convert(workbook(tmp_path, from_1904=True), form).read_bytes())]).tables[0].cells
    assert [cell[1] for cell in cells[1:]] == [date(2026, 7, 15), date(2026, 8, 1)]
