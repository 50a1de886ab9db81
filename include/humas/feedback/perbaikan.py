"""The sheet "Perbaikan": who, what came of it, what to do, and each finding with a link to its cell.

Columns that nobody sees keep what was changed on the sender's cells, so that the next round can undo it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from humas.digits import bounded_int
from humas.feedback.book import Buku
from humas.feedback.model import Catatan, Rencana
from humas.feedback.sheet import Kertas, place_of, reference
from humas.feedback.styles import WARNA, Gaya
from humas.feedback.xml import Unsur, add, make

JUDUL = "Perbaikan laporan humas"
"""First cell of the sheet, by which a later round knows it."""
_KOLOM = (
    ("No", 6),
    ("Akibat", 16),
    ("Tempat", 27),
    ("Kolom", 22),
    ("Yang salah", 58),
    ("Cara memperbaiki", 56),
    ("Aturan", 9),
)
_TEMPAT = 2
_SIMPANAN = len(_KOLOM)
"""First of the hidden columns: sheet, cell and original fill of each marked cell."""
_TINGGI_BARIS = 15
_RAPI = 'vertical="top" wrapText="1"'
_HURUF = '<sz val="{ukuran}"/><color rgb="{warna}"/><name val="Calibri"/><family val="2"/>'
_TINTA, _NILA, _REDUP = "FF14202F", "FF1F4480", "FF4C586A"
_GARIS = '<left/><right/><top/><bottom style="{tebal}"><color rgb="{warna}"/></bottom><diagonal/>'


@dataclass(frozen=True, slots=True)
class Asal:
    """What a marked cell was before: its place, and its fill as text ("" for none)."""

    lembar: str
    tempat: tuple[int, int]
    isian: str


@dataclass
class _Bentuk:
    """Cell formats of the sheet, by use."""

    gaya: Gaya

    def __post_init__(self) -> None:
        plain = _HURUF.format(ukuran="11", warna=_TINTA)
        thin = _GARIS.format(tebal="thin", warna="FFD8DDE5")
        own = self.gaya.own
        self.judul = own(huruf="<b/>" + _HURUF.format(ukuran="18", warna=_TINTA))
        self.label = own(huruf=_HURUF.format(ukuran="11", warna=_REDUP), rata='vertical="top"')
        self.isi = own(huruf=plain, rata='vertical="top"')
        self.penting = own(huruf="<b/>" + plain, rata='vertical="top"')
        self.kepala = own(
            huruf="<b/>" + plain, isian="FFF3F5F8", garis=_GARIS.format(tebal="medium", warna=_TINTA), rata=_RAPI
        )
        self.sel = own(huruf=plain, garis=thin, rata=_RAPI)
        self.tautan = own(huruf="<u/>" + _HURUF.format(ukuran="11", warna=_NILA), garis=thin, rata=_RAPI)
        self.akibat = {
            severity: own(huruf="<b/>" + plain, isian=colour, garis=thin, rata=_RAPI)
            for severity, colour in WARNA.items()
        }


def is_ours(kertas: Kertas, buku: Buku) -> bool:
    """Whether a sheet is one of ours from an earlier round, whatever it is called now."""
    return _text(kertas, buku, (1, 0)) == JUDUL


def build_sheet(rencana: Rencana, gaya: Gaya, asal: Mapping[int, Asal]) -> Unsur:
    """The worksheet. asal: what the cells marked by each finding number were before."""
    formats = _Bentuk(gaya)
    root = _frame()
    data = add(root, "sheetData")
    _write_head(data, rencana, formats)
    links = []
    if rencana.catatan:
        _row(data, [(title, formats.kepala) for title, _ in _KOLOM])
        for note in rencana.catatan:
            row = _row(data, list(_cells(note, formats, asal.get(note.nomor))), tinggi=_height(note))
            if note.tempat:
                links.append((reference((row, _TEMPAT)), note))
    if rencana.sisa:
        _row(
            data,
            [
                ("", formats.isi),
                (f"dan {rencana.sisa} temuan lagi; perbaiki dahulu yang tertulis di sini.", formats.isi),
            ],
        )
    if links:
        listing = add(root, "hyperlinks")
        for ref, note in links:
            add(listing, "hyperlink", ref=ref, location=_address(note), display=note.di_mana)
    add(root, "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3", footer="0.3")
    add(root, "pageSetup", paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0")
    add(add(root, "headerFooter"), "oddFooter", f"&L{JUDUL}&RHalaman &P dari &N")
    return root


def read_originals(kertas: Kertas, buku: Buku) -> dict[int, Asal]:
    """What an earlier round wrote down of the cells it marked, by finding number; what is no longer sound is left out."""
    originals = {}
    for row in kertas.baris:
        values = [_text(kertas, buku, (row, column)) for column in (0, _SIMPANAN, _SIMPANAN + 1, _SIMPANAN + 2)]
        if values[0].isdecimal() and values[1] and values[2]:
            originals[bounded_int(values[0])] = Asal(values[1], place_of(values[2]), values[3])
    return originals


def _text(sheet: Kertas, book: Buku, place: tuple[int, int]) -> str:
    return book.text(sheet.sel[place]) if place in sheet.sel else ""


def _frame() -> Unsur:
    """The worksheet up to its columns."""
    root = make("worksheet")
    add(add(root, "sheetPr"), "pageSetUpPr", fitToPage="1")
    view = add(add(root, "sheetViews"), "sheetView", showGridLines="0", tabSelected="1", workbookViewId="0")
    add(view, "selection", activeCell="A1", sqref="A1")
    add(root, "sheetFormatPr", defaultRowHeight="15")
    columns = add(root, "cols")
    for number, (_, width) in enumerate(_KOLOM, 1):
        add(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    add(columns, "col", min=str(_SIMPANAN + 1), max=str(_SIMPANAN + 3), width="9", hidden="1", customWidth="1")
    return root


def _write_head(data: Unsur, plan: Rencana, formats: _Bentuk) -> None:
    _row(data, [(JUDUL, formats.judul)], tinggi=30)
    for label, text in plan.kepala:
        _row(
            data,
            [(label, formats.label), ("", formats.label), (text, formats.penting if label == "Hasil" else formats.isi)],
        )
    _row(data, [])
    _row(data, [("Yang perlu dilakukan", formats.penting)])
    for number, step in enumerate(plan.langkah, 1):
        _row(data, [(f"{number}. {step}" if len(plan.langkah) > 1 else step, formats.isi)])
    _row(data, [])


def _cells(note: Catatan, formats: _Bentuk, original: Asal | None) -> Iterator[tuple[str, int]]:
    yield str(note.nomor), formats.sel
    yield note.akibat, formats.akibat[note.keparahan]
    yield note.di_mana, formats.tautan if note.tempat else formats.sel
    for text in (note.kolom, note.pesan, note.cara, note.aturan):
        yield text, formats.sel
    if original:
        yield from (
            (original.lembar, formats.isi),
            (reference(original.tempat), formats.isi),
            (original.isian, formats.isi),
        )


def _height(note: Catatan) -> int:
    """Height of a finding's row in points: programs do not all measure wrapped text when they open a file."""
    texts = (note.di_mana, note.kolom, note.pesan, note.cara)
    lines = max(1 + len(text) // (width + 4) for text, (_, width) in zip(texts, _KOLOM[2:], strict=False))
    return _TINGGI_BARIS * min(lines, 20)


def _row(data: Unsur, cells: list[tuple[str, int]], tinggi: int = 0) -> int:
    """Append a row of texts; the number in the first cell of a finding is text too, nothing here is calculated."""
    number = len(data) + 1
    row = add(data, "row", r=str(number), **({"ht": str(tinggi), "customHeight": "1"} if tinggi else {}))
    for column, (content, style) in enumerate(cells):
        element = add(row, "c", r=reference((number, column)), s=str(style))
        if content:
            element.set("t", "inlineStr")
            text = add(add(element, "is"), "t", content[:32_000])
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return number


def _address(note: Catatan) -> str:
    """Where a link leads: ``'Kegiatan'!F14``."""
    name = note.lembar.replace("'", "''")
    return f"'{name}'!{reference(note.tempat)}" if note.tempat else ""
