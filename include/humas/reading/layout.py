"""What the cells of an XLSX alone do not tell: which of them are merged, and which rows are hidden.

The spreadsheet library leaves hidden rows out of its answer, and its search for merged cells reads the sheet once
more; here both come from one look at the sheet's bytes, and only of sheets that have any.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO
from xml.etree import ElementTree

from humas.digits import bounded_int
from humas.reading.package import MAX_UNPACKED

MAX_RANGES = 20_000
_CHUNK = 1024 * 1024
_TAG = 4096
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref=["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\s(?=[^<>]*\shidden=["'](?:1|true)["'])[^<>]*?\br=["'](\d{1,7})["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class TataLembar:
    """Layout of one sheet; see ``TabelMentah`` for the fields."""

    gabungan: tuple[tuple[int, int, int, int], ...] = ()
    baris_tersembunyi: frozenset[int] = frozenset()


def read_layouts(data: bytes) -> Mapping[str, TataLembar]:
    """Layout by sheet name, of the sheets of an XLSX that have merged cells or hidden rows.

    A workbook whose parts cannot be told apart yields nothing: the layout only helps, the cells are read anyway.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arsip:
            tata = {nama: satu for nama in _sheet_members(arsip) if (satu := _layout_of(arsip, nama))}
            return {lembar: tata[bagian] for lembar, bagian in _names(arsip).items() if bagian in tata} if tata else {}
    except (zipfile.BadZipFile, ElementTree.ParseError, LookupError, ValueError, RuntimeError, EOFError, OSError):
        return {}


def _sheet_members(arsip: zipfile.ZipFile) -> list[str]:
    semua = [satu for satu in arsip.infolist() if satu.filename.startswith("xl/worksheets/")]
    if sum(satu.file_size for satu in semua) > MAX_UNPACKED:
        return []
    return [satu.filename for satu in semua if satu.filename.endswith(".xml")]


def _layout_of(arsip: zipfile.ZipFile, nama: str) -> TataLembar | None:
    with arsip.open(nama) as lembar:
        return _layout(lembar)


def _layout(lembar: IO[bytes]) -> TataLembar | None:
    """Look through a sheet piece by piece; plain searches first, so that clean sheets cost little."""
    gabungan: list[tuple[int, int, int, int]] = []
    tersembunyi: set[int] = set()
    ekor = b""
    while potongan := lembar.read(_CHUNK):
        isi = ekor + potongan
        ekor = isi[isi.rfind(b"<") :][:_TAG]
        if b"mergeCell " in isi and len(gabungan) < MAX_RANGES:
            gabungan += [_range(satu.groups()) for satu in islice(_MERGED.finditer(isi), MAX_RANGES)]
        if b" hidden=" in isi:
            tersembunyi.update(map(bounded_int, _HIDDEN.findall(isi)))
    return TataLembar(tuple(dict.fromkeys(gabungan)), frozenset(tersembunyi)) if gabungan or tersembunyi else None


def _range(bagian: tuple[bytes, ...]) -> tuple[int, int, int, int]:
    kiri, atas, kanan, bawah = bagian
    return bounded_int(atas), _column(kiri), bounded_int(bawah), _column(kanan)


def _column(huruf: bytes) -> int:
    """Column of its letters, counted from 0."""
    nomor = 0
    for satu in huruf.upper():
        nomor = nomor * 26 + satu - 64
    return nomor - 1


def _names(arsip: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → member of the package."""
    hubungan = ElementTree.fromstring(arsip.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - expat bounds entities
    tujuan = {satu.get("Id"): posixpath.normpath(posixpath.join("/xl", satu.get("Target", ""))) for satu in hubungan}
    buku = ElementTree.fromstring(arsip.read("xl/workbook.xml"))  # noqa: S314 - as above
    lembar = (satu for satu in buku.iter() if satu.tag.endswith("}sheet"))
    return {
        satu.get("name", ""): tujuan.get(satu.get(_RELATION) or satu.get(_STRICT), "").lstrip("/") for satu in lembar
    }
