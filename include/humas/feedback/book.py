"""The list of sheets: which part each one is, one put first, one taken out; and the text of cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from humas.digits import bounded_int
from humas.feedback.package import JENIS, Bungkus, CannotPatch
from humas.feedback.xml import HUBUNGAN, Unsur, make, tag

_KUNCI = f"{{{HUBUNGAN}}}id"


@dataclass
class Buku:
    """The sheets of a package."""

    bungkus: Bungkus

    @property
    def _akar(self) -> Unsur:
        return self.bungkus.root(self.bungkus.workbook)

    @property
    def _lembar(self) -> Unsur:
        semua = self._akar.find(tag("sheets"))
        if semua is None:
            raise CannotPatch("no sheets")
        return semua

    def parts(self) -> dict[str, str]:
        """Worksheets by name, in order, each with the name of its part; charts and dialogs are left out."""
        hubungan = self.bungkus.relations(self.bungkus.workbook)
        semua = ((satu.get("name", ""), hubungan.get(satu.get(_KUNCI, ""), ("", ""))) for satu in self._lembar)
        return {nama: bagian for nama, (jenis, bagian) in semua if jenis == "worksheet"}

    def put_first(self, nama: str, akar: Unsur) -> str:
        """Add a worksheet before all others and show it when the workbook opens; answers the name of its part."""
        bagian = self.bungkus.free_name("xl/worksheets/humas{}.xml")
        self.bungkus.put(bagian, akar, f"{JENIS}.worksheet+xml")
        kunci = self.bungkus.relate(self.bungkus.workbook, "worksheet", bagian)
        nomor = max((bounded_int(satu.get("sheetId", "0")) for satu in self._lembar), default=0) + 1
        unsur = make("sheet", name=nama, sheetId=str(nomor))
        unsur.set(_KUNCI, kunci)
        self._lembar.insert(0, unsur)
        self._shift(-1, 1)
        for jendela in self._akar.iterfind(f"{tag('bookViews')}/{tag('workbookView')}"):
            jendela.set("activeTab", "0")
            jendela.set("firstSheet", "0")
        return bagian

    def take_out(self, nama: str) -> None:
        """Remove a worksheet with the parts only it uses."""
        hubungan = self.bungkus.relations(self.bungkus.workbook)
        for letak, satu in enumerate(list(self._lembar)):
            if satu.get("name") != nama:
                continue
            kunci = satu.get(_KUNCI, "")
            bagian = hubungan.get(kunci, ("", ""))[1]
            for _, milik in self.bungkus.relations(bagian).values():
                if not self._used_elsewhere(milik, bagian):
                    self.bungkus.remove(milik)
            self.bungkus.remove(bagian)
            self.bungkus.unrelate(self.bungkus.workbook, kunci)
            self._lembar.remove(satu)
            self._shift(letak, -1)
            return

    def _used_elsewhere(self, bagian: str, oleh: str) -> bool:
        lain = [nama for nama in self.bungkus.isi if not nama.endswith(".rels") and nama != oleh]
        return any(bagian == sasaran for nama in lain for _, sasaran in self.bungkus.relations(nama).values())

    def _shift(self, letak: int, langkah: int) -> None:
        """Names that belong to one sheet count sheets from the first; those of a sheet taken out go."""
        for nama in list(self._akar.iterfind(f"{tag('definedNames')}/{tag('definedName')}")):
            milik = nama.get("localSheetId")
            if milik is None or bounded_int(milik) < letak:
                continue
            if bounded_int(milik) == letak:
                nama.getparent().remove(nama)
            else:
                nama.set("localSheetId", str(bounded_int(milik) + langkah))

    def text(self, sel: Unsur) -> str:
        """What a cell holds, as text; numbers as they are stored."""
        if sel.get("t") == "inlineStr":
            return "".join(satu.text or "" for satu in sel.iter(tag("t")))
        nilai: str = sel.findtext(tag("v"), "")
        if sel.get("t") != "s":
            return nilai
        return (
            self._strings[bounded_int(nilai)] if nilai.isdecimal() and bounded_int(nilai) < len(self._strings) else ""
        )

    @cached_property
    def _strings(self) -> list[str]:
        for jenis, bagian in self.bungkus.relations(self.bungkus.workbook).values():
            if jenis == "sharedStrings":
                akar = self.bungkus.root(bagian)
                return ["".join(t.text or "" for t in satu.iter(tag("t"))) for satu in akar.iter(tag("si"))]
        return []
