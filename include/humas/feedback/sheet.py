"""One worksheet part: its cells by place, what is locked, and where new elements belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from humas.contract.tables import column_letter
from humas.digits import bounded_int
from humas.feedback.package import CannotPatch
from humas.feedback.styles import Gaya
from humas.feedback.xml import Unsur, make, tag

KOLOM_TERAKHIR = 16_384
_LEBAR_BIASA = "9.140625"
_TEMPAT = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
# Children of a worksheet in the order the standard asks for.
_NAMA_URUT = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls
    webPublishItems tableParts extLst
"""
_URUTAN = tuple(map(tag, _NAMA_URUT.split()))


@dataclass
class Kertas:
    """A worksheet being edited. Places are (row, column), both as indexes that people would count from 1 and 0."""

    akar: Unsur
    gaya: Gaya
    _gabungan: dict[tuple[int, int], tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._gabungan = dict(self._merged())

    @cached_property
    def baris(self) -> dict[int, Unsur]:
        """Row elements by number.

        Raises:
            CannotPatch: a row or cell states no number.
        """
        if not all(satu.get("r", "").isdecimal() for satu in self._data):
            raise CannotPatch("row without number")
        return {bounded_int(satu.get("r", "")): satu for satu in self._data}

    @cached_property
    def sel(self) -> dict[tuple[int, int], Unsur]:
        """Cell elements by place."""
        return {place_of(satu.get("r", "")): satu for deret in self.baris.values() for satu in deret.iter(tag("c"))}

    @property
    def _data(self) -> Unsur:
        data = self.akar.find(tag("sheetData"))
        if data is None:
            raise CannotPatch("no sheet data")
        return data

    def anchor(self, tempat: tuple[int, int]) -> tuple[int, int]:
        """The place itself, or the first cell of the merged range it lies in."""
        return self._gabungan.get(tempat, tempat)

    def cell(self, tempat: tuple[int, int]) -> Unsur:
        """The cell element of a place, made when it is not there."""
        if tempat not in self.sel:
            nomor, kolom = tempat
            deret = self._row(nomor)
            baru = make("c", r=reference(tempat), s=str(self._inherited(nomor, kolom)))
            letak = next((i for i, satu in enumerate(deret) if place_of(satu.get("r", "A1"))[1] > kolom), len(deret))
            deret.insert(letak, baru)
            self.sel[tempat] = baru
        return self.sel[tempat]

    def style(self, tempat: tuple[int, int]) -> int:
        """Index of a cell's format."""
        return bounded_int(self.cell(tempat).get("s", "0"))

    def set_style(self, tempat: tuple[int, int], gaya: int) -> None:
        """Give a cell a format."""
        self.cell(tempat).set("s", str(gaya))

    def filled(self, nomor: int) -> list[int]:
        """Columns of a row that hold something, in order."""
        deret = self.baris.get(nomor)
        return [] if deret is None else [place_of(satu.get("r", ""))[1] for satu in deret if len(satu)]

    def width(self) -> int:
        """How many columns the cells of this sheet use."""
        return max((kolom for _, kolom in self.sel), default=-1) + 1

    def lock_row(self, nomor: int, lebar: int, *, terkunci: bool) -> None:
        """Lock or unlock the cells of a row of the table, also those that are not there yet."""
        deret = self._row(nomor)
        for kolom in range(lebar):
            self.cell((nomor, kolom))
        if deret.get("s"):
            deret.set("s", str(self.gaya.locked(bounded_int(deret.get("s", "0")), terkunci=terkunci)))
        for satu in deret:
            satu.set("s", str(self.gaya.locked(bounded_int(satu.get("s", "0")), terkunci=terkunci)))

    def unlock(self, tempat: tuple[int, int]) -> None:
        """Unlock one cell."""
        self.set_style(tempat, self.gaya.locked(self.style(tempat), terkunci=False))

    def unlock_unused(self) -> None:
        """Unlock every cell that is not there, by the format of its column."""
        kolom = self.akar.find(tag("cols"))
        if kolom is None:
            kolom = self.insert(make("cols"))
        lebar = self._default_width()
        berikut = 1
        for satu in list(kolom):
            awal, akhir = bounded_int(satu.get("min", "1")), bounded_int(satu.get("max", "1"))
            if awal > berikut:
                satu.addprevious(self._open_columns(berikut, awal - 1, lebar))
            satu.set("style", str(self.gaya.locked(bounded_int(satu.get("style", "0")), terkunci=False)))
            berikut = akhir + 1
        if berikut <= KOLOM_TERAKHIR:
            kolom.append(self._open_columns(berikut, KOLOM_TERAKHIR, lebar))

    def protect(self) -> None:
        """Protect the sheet without a password, unless it is protected already; sorting out rows stays possible."""
        if self.akar.find(tag("sheetProtection")) is None:
            self.insert(
                make(
                    "sheetProtection", sheet="1", formatCells="0", formatColumns="0", formatRows="0",
                    deleteRows="0", sort="0", autoFilter="0",
                )
            )  # fmt: skip

    def insert(self, unsur: Unsur) -> Unsur:
        """Put a new child of the worksheet where the standard wants it."""
        nomor = _URUTAN.index(unsur.tag)
        for satu in self.akar:
            if satu.tag in _URUTAN and _URUTAN.index(satu.tag) > nomor:
                satu.addprevious(unsur)
                return unsur
        self.akar.append(unsur)
        return unsur

    def unselect(self) -> None:
        """Another sheet is shown when the workbook opens."""
        for satu in self.akar.iterfind(f"{tag('sheetViews')}/{tag('sheetView')}"):
            satu.attrib.pop("tabSelected", None)

    def _row(self, nomor: int) -> Unsur:
        if nomor not in self.baris:
            baru = make("row", r=str(nomor))
            sesudah = min((satu for satu in self.baris if satu > nomor), default=None)
            if sesudah is None:
                self._data.append(baru)
            else:
                self.baris[sesudah].addprevious(baru)
            self.baris[nomor] = baru
        return self.baris[nomor]

    def _inherited(self, nomor: int, kolom: int) -> int:
        """The format of a cell that is not there: its row's, else its column's."""
        deret = self._row(nomor)
        if deret.get("s"):
            return bounded_int(deret.get("s", "0"))
        for satu in self.akar.iterfind(f"{tag('cols')}/{tag('col')}"):
            if bounded_int(satu.get("min", "0")) <= kolom + 1 <= bounded_int(satu.get("max", "0")):
                return bounded_int(satu.get("style", "0"))
        return 0

    def _open_columns(self, awal: int, akhir: int, lebar: str) -> Unsur:
        gaya = str(self.gaya.locked(0, terkunci=False))
        return make("col", min=str(awal), max=str(akhir), width=lebar, style=gaya)

    def _default_width(self) -> str:
        bentuk = self.akar.find(tag("sheetFormatPr"))
        return _LEBAR_BIASA if bentuk is None else bentuk.get("defaultColWidth", _LEBAR_BIASA)

    def _merged(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for satu in self.akar.iterfind(f"{tag('mergeCells')}/{tag('mergeCell')}"):
            awal, _, akhir = satu.get("ref", "").partition(":")
            (atas, kiri), (bawah, kanan) = place_of(awal), place_of(akhir or awal)
            if (bawah - atas + 1) * (kanan - kiri + 1) <= 10_000:
                for nomor in range(atas, bawah + 1):
                    for kolom in range(kiri, kanan + 1):
                        yield (nomor, kolom), (atas, kiri)


def place_of(acuan: str) -> tuple[int, int]:
    """``B3`` as (3, 1).

    Raises:
        CannotPatch: it is no reference of a cell.
    """
    cocok = _TEMPAT.fullmatch(acuan)
    if cocok is None:
        raise CannotPatch(f'no cell reference: "{acuan}"')
    return bounded_int(cocok[2]), column_index(cocok[1])


def column_index(huruf: str) -> int:
    """``A`` as 0, ``AA`` as 26."""
    nomor = 0
    for satu in huruf:
        nomor = nomor * 26 + ord(satu) - 64
    return nomor - 1


def reference(tempat: tuple[int, int]) -> str:
    """(3, 1) as ``B3``."""
    return f"{column_letter(tempat[1])}{tempat[0]}"
