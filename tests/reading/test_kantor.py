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


def convert(sumber: Path, bentuk: str) -> Path:
    """The workbook in another format, with a profile of its own so that runs do not meet."""
    tujuan = sumber.parent / "hasil"
    perintah = [
        str(SOFFICE), f"-env:UserInstallation=file://{sumber.parent}/profil", "--headless", "--convert-to", bentuk,
        "--outdir", str(tujuan), str(sumber),
    ]  # fmt: skip
    subprocess.run(perintah, check=True, capture_output=True, timeout=150)
    [hasil] = tujuan.iterdir()
    return hasil


def workbook(tempat: Path, *, dari_1904: bool = False) -> Path:
    buku = openpyxl.Workbook()
    if dari_1904:
        buku.epoch = CALENDAR_MAC_1904
    lembar = buku.active
    lembar.title = "Kegiatan"
    for deret in ROWS:
        lembar.append(deret)
    for nomor in (2, 3):
        lembar.cell(nomor, 2).number_format = "DD/MM/YYYY"
    buku.save(tempat / "asal.xlsx")
    return tempat / "asal.xlsx"


@pytest.mark.parametrize(("bentuk", "nama"), [f[1:] for f in FORMATS], ids=[f[0] for f in FORMATS])
def test_every_format_gives_the_same_cells(tmp_path: Path, bentuk: str, nama: str) -> None:
    sel = read_files([(nama, convert(workbook(tmp_path), bentuk).read_bytes())]).tabel[0].sel
    tanggal = [date(2026, 7, 15), date(2026, 8, 1)] if nama != "a.csv" else ["15/07/2026", "01/08/2026"]
    assert list(sel[0]) == ROWS[0]
    assert [satu[0] for satu in sel[1:]] == [ROWS[1][0], ROWS[2][0]]
    assert [satu[1] for satu in sel[1:]] == tanggal
    assert [str(satu[2]).removesuffix(".0") for satu in sel[1:]] == ["50", "100"]


@pytest.mark.parametrize("bentuk", ["xls", "ods", "xlsx"])
def test_days_counted_from_1904_in_every_format(tmp_path: Path, bentuk: str) -> None:
    sel = read_files([("lama", convert(workbook(tmp_path, dari_1904=True), bentuk).read_bytes())]).tabel[0].sel
    assert [satu[1] for satu in sel[1:]] == [date(2026, 7, 15), date(2026, 8, 1)]
