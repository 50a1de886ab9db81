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
        biasa = _HURUF.format(ukuran="11", warna=_TINTA)
        tipis = _GARIS.format(tebal="thin", warna="FFD8DDE5")
        own = self.gaya.own
        self.judul = own(huruf="<b/>" + _HURUF.format(ukuran="18", warna=_TINTA))
        self.label = own(huruf=_HURUF.format(ukuran="11", warna=_REDUP), rata='vertical="top"')
        self.isi = own(huruf=biasa, rata='vertical="top"')
        self.penting = own(huruf="<b/>" + biasa, rata='vertical="top"')
        self.kepala = own(
            huruf="<b/>" + biasa, isian="FFF3F5F8", garis=_GARIS.format(tebal="medium", warna=_TINTA), rata=_RAPI
        )
        self.sel = own(huruf=biasa, garis=tipis, rata=_RAPI)
        self.tautan = own(huruf="<u/>" + _HURUF.format(ukuran="11", warna=_NILA), garis=tipis, rata=_RAPI)
        self.akibat = {
            nama: own(huruf="<b/>" + biasa, isian=warna, garis=tipis, rata=_RAPI) for nama, warna in WARNA.items()
        }


def is_ours(kertas: Kertas, buku: Buku) -> bool:
    """Whether a sheet is one of ours from an earlier round, whatever it is called now."""
    return _text(kertas, buku, (1, 0)) == JUDUL


def build_sheet(rencana: Rencana, gaya: Gaya, asal: Mapping[int, Asal]) -> Unsur:
    """The worksheet. asal: what the cells marked by each finding number were before."""
    bentuk = _Bentuk(gaya)
    akar = _frame()
    data = add(akar, "sheetData")
    _write_head(data, rencana, bentuk)
    tautan = []
    if rencana.catatan:
        _row(data, [(judul, bentuk.kepala) for judul, _ in _KOLOM])
        for satu in rencana.catatan:
            nomor = _row(data, list(_cells(satu, bentuk, asal.get(satu.nomor))), tinggi=_height(satu))
            if satu.tempat:
                tautan.append((reference((nomor, _TEMPAT)), satu))
    if rencana.sisa:
        _row(
            data,
            [("", bentuk.isi), (f"dan {rencana.sisa} temuan lagi; perbaiki dahulu yang tertulis di sini.", bentuk.isi)],
        )
    if tautan:
        daftar = add(akar, "hyperlinks")
        for acuan, satu in tautan:
            add(daftar, "hyperlink", ref=acuan, location=_address(satu), display=satu.di_mana)
    add(akar, "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3", footer="0.3")
    add(akar, "pageSetup", paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0")
    add(add(akar, "headerFooter"), "oddFooter", f"&L{JUDUL}&RHalaman &P dari &N")
    return akar


def read_originals(kertas: Kertas, buku: Buku) -> dict[int, Asal]:
    """What an earlier round wrote down of the cells it marked, by finding number; what is no longer sound is left out."""
    hasil = {}
    for nomor in kertas.baris:
        nilai = [_text(kertas, buku, (nomor, kolom)) for kolom in (0, _SIMPANAN, _SIMPANAN + 1, _SIMPANAN + 2)]
        if nilai[0].isdecimal() and nilai[1] and nilai[2]:
            hasil[bounded_int(nilai[0])] = Asal(nilai[1], place_of(nilai[2]), nilai[3])
    return hasil


def _text(kertas: Kertas, buku: Buku, tempat: tuple[int, int]) -> str:
    return buku.text(kertas.sel[tempat]) if tempat in kertas.sel else ""


def _frame() -> Unsur:
    """The worksheet up to its columns."""
    akar = make("worksheet")
    add(add(akar, "sheetPr"), "pageSetUpPr", fitToPage="1")
    pandangan = add(add(akar, "sheetViews"), "sheetView", showGridLines="0", tabSelected="1", workbookViewId="0")
    add(pandangan, "selection", activeCell="A1", sqref="A1")
    add(akar, "sheetFormatPr", defaultRowHeight="15")
    kolom = add(akar, "cols")
    for nomor, (_, lebar) in enumerate(_KOLOM, 1):
        add(kolom, "col", min=str(nomor), max=str(nomor), width=str(lebar), customWidth="1")
    add(kolom, "col", min=str(_SIMPANAN + 1), max=str(_SIMPANAN + 3), width="9", hidden="1", customWidth="1")
    return akar


def _write_head(data: Unsur, rencana: Rencana, bentuk: _Bentuk) -> None:
    _row(data, [(JUDUL, bentuk.judul)], tinggi=30)
    for label, isi in rencana.kepala:
        _row(
            data, [(label, bentuk.label), ("", bentuk.label), (isi, bentuk.penting if label == "Hasil" else bentuk.isi)]
        )
    _row(data, [])
    _row(data, [("Yang perlu dilakukan", bentuk.penting)])
    for nomor, langkah in enumerate(rencana.langkah, 1):
        _row(data, [(f"{nomor}. {langkah}" if len(rencana.langkah) > 1 else langkah, bentuk.isi)])
    _row(data, [])


def _cells(satu: Catatan, bentuk: _Bentuk, asal: Asal | None) -> Iterator[tuple[str, int]]:
    yield str(satu.nomor), bentuk.sel
    yield satu.akibat, bentuk.akibat[satu.keparahan]
    yield satu.di_mana, bentuk.tautan if satu.tempat else bentuk.sel
    for isi in (satu.kolom, satu.pesan, satu.cara, satu.aturan):
        yield isi, bentuk.sel
    if asal:
        yield from ((asal.lembar, bentuk.isi), (reference(asal.tempat), bentuk.isi), (asal.isian, bentuk.isi))


def _height(satu: Catatan) -> int:
    """Height of a finding's row in points: programs do not all measure wrapped text when they open a file."""
    teks = (satu.di_mana, satu.kolom, satu.pesan, satu.cara)
    deret = max(1 + len(isi) // (lebar + 4) for isi, (_, lebar) in zip(teks, _KOLOM[2:], strict=False))
    return _TINGGI_BARIS * min(deret, 20)


def _row(data: Unsur, sel: list[tuple[str, int]], tinggi: int = 0) -> int:
    """Append a row of texts; the number in the first cell of a finding is text too, nothing here is calculated."""
    nomor = len(data) + 1
    deret = add(data, "row", r=str(nomor), **({"ht": str(tinggi), "customHeight": "1"} if tinggi else {}))
    for kolom, (isi, gaya) in enumerate(sel):
        unsur = add(deret, "c", r=reference((nomor, kolom)), s=str(gaya))
        if isi:
            unsur.set("t", "inlineStr")
            teks = add(add(unsur, "is"), "t", isi[:32_000])
            teks.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return nomor


def _address(satu: Catatan) -> str:
    """Where a link leads: ``'Kegiatan'!F14``."""
    nama = satu.lembar.replace("'", "''")
    return f"'{nama}'!{reference(satu.tempat)}" if satu.tempat else ""
