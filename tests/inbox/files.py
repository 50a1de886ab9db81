"""Small files that units send."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.cli.files import COVER, make_row, write_workbook

HEADER = (
    "Lembaga;Kode satker;Judul kegiatan;Tanggal mulai;Jenis kegiatan;Strategi utama;Mode;Tempat;Peran satker"
    ";Tautan bukti"
)

ACCEPTED = {
    "status": "diterima", "reason": "", "remedy": "", "rows_in": 1, "accepted": 1, "quarantined": 0, "duplicates": 0,
    "findings": [], "understood": [],
}  # fmt: skip
"""The answer to a file of one good row, for tests that do not look at checking."""


def csv(code: str, *title: str, lembaga: str = "KPU", start: str = "02/07/2026") -> bytes:
    """A CSV of activities of one unit; a title that is too short makes a row that is held back."""
    row = [
        f"{lembaga};{code};{one};{start};Rapat koordinasi;2;Luring;Aula;Penyelenggara;https://a.kpu.go.id/{number}"
        for number, one in enumerate(title or ("Rapat koordinasi kehumasan",))
    ]
    return "\n".join([HEADER, *row, ""]).encode()


def workbook(*overrides: dict[str, object], **cover: str) -> bytes:
    """A workbook, a row of activities for each change; words of the cover given by name, "" leaves one out."""
    written = {
        name: content
        for name, content in (COVER | {k.replace("_", " "): v for k, v in cover.items()}).items()
        if content
    }
    with tempfile.TemporaryDirectory() as folder:
        row = [make_row(**one) for one in overrides or ({},)]
        return write_workbook(Path(folder, "a.xlsx"), *row, cover=written).read_bytes()


def csv_publikasi(code: str, *link: str, period: str = "") -> bytes:
    """A CSV of publications of one unit; period: what a column of that name says, "" for no such column."""
    header = "Lembaga;Kode satker;Kanal;Tautan;Tanggal terbit;Jenis konten" + (";Periode" if period else "")
    finish = f";{period}" if period else ""
    row = [f"KPU;{code};Instagram;https://instagram.com/p/{one};03/07/2026;Foto{finish}" for one in link or ("a1",)]
    return "\n".join([header, *row, ""]).encode()
