"""Look into a zipped workbook before a library opens it: its true size, macros, and how far its cells reach.

The reader lays a sheet out densely from its first to its last cell. Two cells at opposite corners, a file of
5 KB, make it ask for 550 GB and end the whole process; so the reach is measured first, without the library.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat  # bounds the growth of entities

from humas.digits import bounded_int
from humas.reading import limits
from humas.reading.galat import MAX_DOCUMENT_ROWS, make_error, too_many_rows, too_many_sheets

MAX_UNPACKED = 256 * 1024 * 1024
MAX_MEMBERS = 2_000
_CHUNK = 1024 * 1024
# A tag longer than this is no cell's tag that an honest program writes.
_TAG = 64 * 1024
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_OPENING = re.compile(rb"<(?:\w+:)?(?:row|c)\s")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^<>]*)>")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^<>]*)>")
_ANY = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_COMMON = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"')
_FILLED_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"(?!(?: s="[0-9]*")?/>)')
_FILLED_ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"(?!(?: s="[0-9]*")?/>)')
_EMPTY = re.compile(rb"""(?:\s+[rs]=["'][A-Za-z0-9]*["'])*\s*/""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_UNREAD = re.compile(rb"\sr\s*=")
_FORMULA = re.compile(rb"<f[ />]")
_ENCRYPTED = 0x1
_MANIFEST = "META-INF/manifest.xml"
_CONTENT = "content.xml"
_SHEETS = "xl/worksheets/"
_SHARED_STRINGS = "xl/sharedstrings.xml"
_SHARED = re.compile(rb"""<(?:\w+:)?c\s(?=[^<>]*\bt\s*=\s*["']s["'])[^<>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})\s*</""")
_SHARED_HINTS = (b't="s"', b"t='s'")
_CELL_OPENING, _ROW_OPENING = b"<c ", b"<row"
_WORDY = 24
"""Shared texts up to this length are bounded by the number of cells."""


@dataclass(slots=True)
class Jangkauan:
    """How far the cells of a package reach at most, over all its members.

    baris, kolom: largest numbers written. baris_polos, sel_polos: rows and cells that state no number.
    aneh: written so unusually that the measure cannot be trusted. opendocument: its cells cannot be measured so. rumus: there may be formulas or error cells.
    """

    baris: int = 0
    kolom: int = 0
    baris_polos: int = 0
    sel_polos: int = 0
    aneh: bool = False
    rumus: bool = False
    opendocument: bool = False

    @property
    def luas(self) -> int:
        """Cells of the smallest rectangle that holds them all, never too small."""
        return (self.baris + self.baris_polos) * (self.kolom + self.sel_polos)


def inspect_package(nama: str, data: bytes) -> Jangkauan:
    """Check a zipped workbook and measure it.

    Raises:
        PengirimError: tak_terbaca, bersandi, bermakro or bom_zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arsip:
            anggota = arsip.infolist()
            _check_members(nama, anggota)
            _check_manifest(nama, arsip)
            jangkauan = _measure(nama, arsip, anggota)
            _check_unfolding(nama, arsip)
            jangkauan.opendocument = _CONTENT in arsip.NameToInfo
            if jangkauan.opendocument:
                _check_content(nama, arsip)
            return jangkauan
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise make_error("tak_terbaca", nama, sebab="bungkusnya rusak atau terpotong") from error


def sheet_members(arsip: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → name of its member in an XLSX; empty when the package does not tell."""
    try:
        hubungan = _xml(arsip, "xl/_rels/workbook.xml.rels")
        buku = _xml(arsip, "xl/workbook.xml")
    except (
        ElementTree.ParseError,
        LookupError,
        ValueError,
    ):  # also a part that is missing, or in an encoding that nobody knows
        return {}
    tujuan = {satu.get("Id"): posixpath.normpath(posixpath.join("/xl", satu.get("Target", ""))) for satu in hubungan}
    lembar = (satu for satu in buku.iter() if satu.tag.endswith("}sheet"))
    pasangan = ((satu, next((n for k, n in satu.items() if k.endswith("}id")), "")) for satu in lembar)
    semua = {satu.get("name", ""): str(tujuan.get(nomor) or "").lstrip("/") for satu, nomor in pasangan}
    return {nama: anggota for nama, anggota in semua.items() if anggota in arsip.NameToInfo}


def _xml(arsip: zipfile.ZipFile, anggota: str) -> ElementTree.Element:
    """A small part of the package as a tree; one that is not small is none."""
    if arsip.getinfo(anggota).file_size > _CHUNK:
        raise ValueError(anggota)
    return ElementTree.fromstring(arsip.read(anggota))  # noqa: S314 - expat bounds the growth of entities


def _check_unfolding(nama: str, arsip: zipfile.ZipFile) -> None:
    """Refuse an XLSX of which a few bytes stand for many: one long text named by many cells, one part named by many sheets.

    Zipped and unzipped size tell nothing of either: the library makes each cell's text anew, and each sheet's cells.
    """
    kali = Counter(sheet_members(arsip).values())
    isi = {bagian: arsip.read(bagian) for bagian, banyak in kali.items() if banyak > 1}
    if sum(isi[bagian].count(_CELL_OPENING) * kali[bagian] for bagian in isi) > limits.MAX_CELLS:
        raise make_error("terlalu_padat", nama, batas=limits.MAX_CELLS // 1_000_000)
    baris = sum(isi[bagian].count(_ROW_OPENING) * kali[bagian] for bagian in isi)
    if baris > MAX_DOCUMENT_ROWS:
        raise too_many_rows(baris, nama)
    bersama = next((satu for satu in arsip.namelist() if satu.casefold() == _SHARED_STRINGS), None)
    panjang = [len(satu) for satu in arsip.read(bersama).split(b"<si")[1:]] if bersama else []
    if _longest_text(arsip, kali, panjang) > limits.MAX_TEXT:
        raise make_error("terlalu_panjang", nama, batas=limits.MAX_TEXT // 1_000_000)


def _longest_text(arsip: zipfile.ZipFile, kali: Mapping[str, int], panjang: Sequence[int]) -> int:
    """Letters that the shared texts unfold to, counted out only where a generous bound does not settle it."""
    terpanjang = max(panjang, default=0)
    sebut = (
        {bagian: sum(map(arsip.read(bagian).count, _SHARED_HINTS)) for bagian in kali} if terpanjang > _WORDY else {}
    )
    if sum(sebut[bagian] * kali[bagian] for bagian in sebut) * terpanjang <= limits.MAX_TEXT:
        return 0
    return sum(kali[bagian] * _named_text(arsip.read(bagian), panjang) for bagian in sebut)


def _named_text(lembar: bytes, panjang: Sequence[int]) -> int:
    nomor = map(bounded_int, _SHARED.findall(lembar))
    return sum(panjang[satu] for satu in nomor if satu < len(panjang))


def _check_members(nama: str, anggota: list[zipfile.ZipInfo]) -> None:
    lembar = sum(satu.filename.casefold().startswith(_SHEETS) for satu in anggota)
    if lembar > limits.MAX_SHEETS:
        raise too_many_sheets(lembar, nama)
    if len(anggota) > MAX_MEMBERS or sum(satu.file_size for satu in anggota) > MAX_UNPACKED:
        raise make_error("bom_zip", nama, batas=MAX_UNPACKED // 1024 // 1024)
    if any(satu.flag_bits & _ENCRYPTED for satu in anggota):
        raise make_error("bersandi", nama)
    isi = {satu.filename.casefold() for satu in anggota}
    if any(satu.endswith("vbaproject.bin") for satu in isi):
        raise make_error("bermakro", nama)
    if "xl/workbook.bin" in isi:
        raise make_error("xlsb", nama)
    if not isi & {"xl/workbook.xml", "content.xml"}:
        if isi & {"word/document.xml", "ppt/presentation.xml"}:
            raise make_error("tak_terbaca", nama, sebab="isinya dokumen Word atau PowerPoint")
        raise make_error("arsip", nama)


def _check_manifest(nama: str, arsip: zipfile.ZipFile) -> None:
    """An OpenDocument with a password says so in its manifest alone."""
    kecil = _MANIFEST in arsip.NameToInfo and arsip.getinfo(_MANIFEST).file_size <= _CHUNK
    if kecil and b"encryption-data" in arsip.read(_MANIFEST):
        raise make_error("bersandi", nama)


def _check_content(nama: str, arsip: zipfile.ZipFile) -> None:
    """The library waits for ever for the end of a table that a cut or spoiled OpenDocument never closes."""
    try:
        with arsip.open(_CONTENT) as isi:
            expat.ParserCreate().ParseFile(isi)
    except (expat.ExpatError, LookupError, ValueError) as error:
        baris = getattr(error, "lineno", 1)  # an encoding that nobody knows is named in the first line
        raise make_error("tak_terbaca", nama, sebab=f"isinya rusak pada baris {baris} {_CONTENT}") from None


def _measure(nama: str, arsip: zipfile.ZipFile, anggota: list[zipfile.ZipInfo]) -> Jangkauan:
    jangkauan = Jangkauan()
    sisa = MAX_UNPACKED
    for satu in anggota:
        satu.file_size = MAX_UNPACKED + 2 * _CHUNK  # the size it states may be a lie; read until the data itself ends
        ekor, awal = b"", sisa
        with arsip.open(satu) as isi:
            while potongan := isi.read(_CHUNK):
                sisa -= len(potongan)
                if sisa < 0:
                    raise make_error("bom_zip", nama, batas=MAX_UNPACKED // 1024 // 1024)
                ekor = _scan(ekor + potongan, jangkauan)
        satu.file_size = awal - sisa
    return jangkauan


def _scan(potongan: bytes, jangkauan: Jangkauan) -> bytes:
    """Measure the tags of a piece; give back the tag that the piece cuts through."""
    if potongan.startswith(_WIDE):
        jangkauan.aneh = True
    ekor = potongan[potongan.rfind(b"<") :] if b"<" in potongan else b""
    if b">" in ekor:
        ekor = b""
    isi = potongan[: len(potongan) - len(ekor)]
    jangkauan.rumus = jangkauan.rumus or b't="e"' in isi or (b"<f" in isi and _FORMULA.search(isi) is not None)
    for temu in _ROW.finditer(isi):
        _count_row(temu[1], jangkauan)
    _scan_cells(isi, jangkauan)
    if len(ekor) > _TAG:
        jangkauan.aneh |= _OPENING.match(ekor) is not None
        return b""
    return ekor


def _scan_cells(isi: bytes, jangkauan: Jangkauan) -> None:
    """All cells at once where each is written the common way, else one by one; empty ones are left out."""
    if len(_COMMON.findall(isi)) == len(_ANY.findall(isi)):
        jangkauan.kolom = max([jangkauan.kolom, *map(column_number, set(_FILLED_COLUMN.findall(isi)))])
        jangkauan.baris = max([jangkauan.baris, *map(bounded_int, set(_FILLED_ROW.findall(isi)))])
        return
    for temu in _CELL.finditer(isi):
        if not _EMPTY.fullmatch(temu[1]):  # formatted but empty: the reader leaves it out as well
            _count_cell(temu[1], jangkauan)


def _count_row(atribut: bytes, jangkauan: Jangkauan) -> None:
    tertulis = _ROW_NUMBER.search(atribut)
    if tertulis:
        jangkauan.baris = max(jangkauan.baris, bounded_int(tertulis[1]))
    else:
        jangkauan.baris_polos += 1
        jangkauan.aneh |= _is_odd(atribut)


def _count_cell(atribut: bytes, jangkauan: Jangkauan) -> None:
    tertulis = _REFERENCE.search(atribut)
    if tertulis is None:
        jangkauan.sel_polos += 1
        jangkauan.aneh |= _is_odd(atribut)
        return
    jangkauan.kolom = max(jangkauan.kolom, column_number(tertulis[1]))
    jangkauan.baris = max(jangkauan.baris, bounded_int(tertulis[2]))


def _is_odd(atribut: bytes) -> bool:
    """Whether a position may be written in a way that the patterns here do not see."""
    return _UNREAD.search(atribut) is not None or any(atribut.count(kutip) % 2 for kutip in (b'"', b"'"))


def column_number(huruf: bytes) -> int:
    """Number of a column by its letters, counted from 1."""
    nomor = 0
    for satu in huruf.upper():
        nomor = nomor * 26 + satu - 64
    return nomor
