"""The stylesheet: cell formats that differ from an existing one in their fill or in being locked, and our own.

Nothing of the sender's is changed; formats are only added, each once.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from humas.contract.result import Keparahan
from humas.digits import bounded_int
from humas.feedback.package import Bungkus, CannotPatch
from humas.feedback.xml import Unsur, add, make, parse, tag, write

WARNA = {
    Keparahan.FATAL: "FFF8D3DA",
    Keparahan.PERINGATAN: "FFF8E3C3",
    Keparahan.INFO: "FFDCE6F5",
}
"""Fill of a marked cell, by severity. No other program writes just these, so that a later round knows its own."""


@dataclass
class Gaya:
    """The stylesheet of one package; every method answers the index of a cell format (``s`` of a cell)."""

    akar: Unsur
    _kenal: dict[tuple[object, ...], int] = field(default_factory=dict)

    def filled(self, gaya: int, keparahan: Keparahan) -> int:
        """The format, filled as the severity is."""
        return self._variant(gaya, isian=self._fill(WARNA[keparahan]))

    def locked(self, gaya: int, *, terkunci: bool) -> int:
        """The format, locked or not (it takes effect on a protected sheet)."""
        return self._variant(gaya, terkunci=terkunci)

    def marked(self, gaya: int) -> bool:
        """Whether the format carries one of our fills."""
        warna = self._fill_of(gaya).find(f"{tag('patternFill')}/{tag('fgColor')}")
        return warna is not None and warna.get("rgb", "").upper() in WARNA.values()

    def fill_text(self, gaya: int) -> str:
        """The fill of a format as text for ``with_fill``; empty when it has none."""
        isian = self._fill_of(gaya)
        pola = isian.find(tag("patternFill"))
        kosong = pola is not None and pola.get("patternType", "none") == "none"
        return "" if kosong else write(isian).partition(b"?>")[2].decode().strip()

    def with_fill(self, gaya: int, teks: str) -> int:
        """The format with a fill kept by ``fill_text``; without any fill when that is empty or no longer sound."""
        isian = make("fill")
        try:
            isian = parse(teks.encode()) if teks else isian
        except ValueError:
            teks = ""
        if isian.tag != tag("fill") or not teks:
            return self._variant(gaya, isian=0)
        return self._variant(gaya, isian=_position(self._part("fills"), isian))

    def own(self, *, huruf: str = "", isian: str = "", garis: str = "", rata: str = "") -> int:
        """A format of ours: font, fill colour, border and alignment as XML of their content."""
        xf = make("xf", numFmtId="0", fontId="0", fillId="0", borderId="0", xfId="0")
        if huruf:
            xf.set("fontId", str(_position(self._part("fonts"), _parsed("font", huruf))))
            xf.set("applyFont", "1")
        if isian:
            xf.set("fillId", str(self._fill(isian)))
            xf.set("applyFill", "1")
        if garis:
            xf.set("borderId", str(_position(self._part("borders"), _parsed("border", garis))))
            xf.set("applyBorder", "1")
        if rata:
            xf.set("applyAlignment", "1")
            xf.append(parse(f'<alignment xmlns="{tag("")[1:-1]}" {rata}/>'.encode()))
        return _position(self._part("cellXfs"), xf)

    def _variant(self, gaya: int, *, isian: int | None = None, terkunci: bool | None = None) -> int:
        kunci = (gaya, isian, terkunci)
        if kunci not in self._kenal:
            self._kenal[kunci] = self._make_variant(gaya, isian, terkunci)
        return self._kenal[kunci]

    def _make_variant(self, gaya: int, isian: int | None, terkunci: bool | None) -> int:
        xf = deepcopy(self._format(gaya))
        if isian is not None:
            xf.set("fillId", str(isian))
            xf.set("applyFill", "1")
        if terkunci is not None:
            for lama in xf.findall(tag("protection")):
                xf.remove(lama)
            xf.set("applyProtection", "1")
            kunci = make("protection", locked="1" if terkunci else "0")
            xf.insert(1 if xf.find(tag("alignment")) is not None else 0, kunci)
        return _position(self._part("cellXfs"), xf)

    def _format(self, gaya: int) -> Unsur:
        semua = self._part("cellXfs")
        if not 0 <= gaya < len(semua):
            raise CannotPatch(f"no cell format {gaya}")
        return semua[gaya]

    def _fill_of(self, gaya: int) -> Unsur:
        semua, nomor = self._part("fills"), bounded_int(self._format(gaya).get("fillId", "0"))
        if not 0 <= nomor < len(semua):
            raise CannotPatch(f"no fill {nomor}")
        return semua[nomor]

    def _fill(self, warna: str) -> int:
        isian = make("fill")
        pola = add(isian, "patternFill", patternType="solid")
        add(pola, "fgColor", rgb=warna)
        add(pola, "bgColor", indexed="64")
        return _position(self._part("fills"), isian)

    def _part(self, nama: str) -> Unsur:
        bagian = self.akar.find(tag(nama))
        if bagian is None:
            raise CannotPatch(f"no {nama}")
        return bagian


def open_styles(bungkus: Bungkus) -> Gaya:
    """The stylesheet of a package.

    Raises:
        CannotPatch: it has none, or it lacks a part every program writes.
    """
    for jenis, nama in bungkus.relations(bungkus.workbook).values():
        if jenis == "styles":
            gaya = Gaya(bungkus.root(nama))
            for bagian in ("fonts", "fills", "borders", "cellXfs"):
                gaya._part(bagian)
            return gaya
    raise CannotPatch("no stylesheet")


def _parsed(nama: str, isi: str) -> Unsur:
    return parse(f'<{nama} xmlns="{tag("")[1:-1]}">{isi}</{nama}>'.encode())


def _position(wadah: Unsur, unsur: Unsur) -> int:
    """Where the same element stands in a list; appended when it does not."""
    rupa = _look(unsur)
    for letak, satu in enumerate(wadah):
        if _look(satu) == rupa:
            return letak
    wadah.append(unsur)
    wadah.set("count", str(len(wadah)))
    return len(wadah) - 1


def _look(unsur: Unsur) -> tuple[object, ...]:
    """What an element says, apart from how it is written."""
    return (unsur.tag, tuple(sorted(unsur.attrib.items())), (unsur.text or "").strip(), tuple(map(_look, unsur)))
