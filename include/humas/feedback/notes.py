"""Comments of a sheet: ours are added beside the sender's, and taken away again on the next round.

A comment stands in two parts: its text in a list of comments, its box in a drawing of the old kind (VML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from humas.digits import bounded_int
from humas.feedback.package import JENIS, Bungkus
from humas.feedback.sheet import Kertas, place_of, reference
from humas.feedback.xml import HUBUNGAN, UTAMA, Unsur, add, make, parse, plain, tag

PENULIS = "Humas Triwulan"
TANDA = "Humas Triwulan · "
"""Begins our text in a comment; what stands before it is the sender's."""
_NOMOR = re.compile(re.escape(TANDA) + r"Nomor (\d{1,6})")
_X = "urn:schemas-microsoft-com:office:excel"
_RUANG = f'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="{_X}"'
_GAMBAR = f"""<xml {_RUANG}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
_KOTAK = """<v:shape {ruang} id="humas_{acuan}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto"
style="position:absolute;margin-left:59pt;margin-top:1pt;width:270pt;height:{tinggi}pt;visibility:hidden">
<v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note">
<x:SizeWithCells/><x:Anchor>{jangkar}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{nomor}</x:Row>
<x:Column>{kolom}</x:Column></x:ClientData></v:shape>"""
_HURUF_SEBARIS = 46
_TINGGI_BARIS = 15


@dataclass
class Komentar:
    """The comments of one sheet. bagian: name of the sheet's part. teks, gambar: their roots, None when there are none."""

    bungkus: Bungkus
    bagian: str
    kertas: Kertas
    teks: Unsur | None = None
    gambar: Unsur | None = None

    def __post_init__(self) -> None:
        for jenis, sasaran in self.bungkus.relations(self.bagian).values():
            if jenis == "comments":
                self.teks = self.bungkus.root(sasaran)
            elif jenis == "vmlDrawing" and self._is_drawing(sasaran):
                self.gambar = self.bungkus.root(sasaran, longgar=True)

    def ours(self) -> dict[tuple[int, int], int]:
        """Places of our comments of an earlier round, each with its number; 0 when that was edited away."""
        hasil = {}
        for satu in self._each():
            isi = text_of(satu)
            if TANDA in isi:
                cocok = _NOMOR.search(isi)
                hasil[place_of(satu.get("ref", ""))] = bounded_int(cocok[1]) if cocok else 0
        return hasil

    def strip(self) -> None:
        """Take our texts away; a comment that held nothing else goes with its box."""
        for satu in list(self._each()):
            if TANDA not in text_of(satu):
                continue
            _cut(satu)
            if not text_of(satu).strip():
                satu.getparent().remove(satu)
                self._remove_box(place_of(satu.get("ref", "")))

    def add(self, tempat: tuple[int, int], isi: str) -> None:
        """Comment a cell; below what the sender wrote there, if anything."""
        self._prepare()
        acuan = reference(tempat)
        ada = next((satu for satu in self._each() if satu.get("ref") == acuan), None)
        if ada is not None:
            _append(ada, f"\n\n{TANDA}{isi}")
            return
        baru = make("comment", ref=acuan, authorId=str(self._author()))
        _append(baru, TANDA + isi)
        self._list().append(baru)
        self._draw(tempat, isi)

    def _each(self) -> Iterator[Unsur]:
        return iter(()) if self.teks is None else self.teks.iter(tag("comment"))

    def _list(self) -> Unsur:
        daftar = self.teks.find(tag("commentList")) if self.teks is not None else None
        return add(self.teks, "commentList") if daftar is None else daftar

    def _author(self) -> int:
        penulis = self.teks.find(tag("authors")) if self.teks is not None else None
        if penulis is None:
            penulis = make("authors")
            self.teks.insert(0, penulis)  # type: ignore[union-attr]  # _prepare made it
        nama = [satu.text for satu in penulis]
        if PENULIS not in nama:
            add(penulis, "author", PENULIS)
            return len(nama)
        return nama.index(PENULIS)

    def _prepare(self) -> None:
        """Make the parts that are missing."""
        if self.teks is None:
            nama = self.bungkus.free_name("xl/comments{}.xml")
            self.teks = parse(f'<comments xmlns="{UTAMA}"><authors/><commentList/></comments>'.encode())
            self.bungkus.put(nama, self.teks, f"{JENIS}.comments+xml")
            self.bungkus.relate(self.bagian, "comments", nama)
        if self.gambar is None:
            nama = self.bungkus.free_name("xl/drawings/vmlDrawing{}.vml")
            self.gambar = parse(_GAMBAR.encode())
            self.bungkus.isi[nama], self.bungkus.pohon[nama] = b"", self.gambar
            self.bungkus.default_type("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
            kunci = self.bungkus.relate(self.bagian, "vmlDrawing", nama)
            unsur = make("legacyDrawing")
            unsur.set(f"{{{HUBUNGAN}}}id", kunci)
            self.kertas.insert(unsur)

    def _is_drawing(self, sasaran: str) -> bool:
        """Whether this is the drawing of comments; headers and footers have one of their own."""
        unsur = self.kertas.akar.find(tag("legacyDrawing"))
        if unsur is None:
            return False
        return self.bungkus.relations(self.bagian).get(unsur.get(f"{{{HUBUNGAN}}}id", ""), ("", ""))[1] == sasaran

    def _remove_box(self, tempat: tuple[int, int]) -> None:
        if self.gambar is None:
            return
        for data in list(self.gambar.iter(f"{{{_X}}}ClientData")):
            letak = tuple(data.findtext(f"{{{_X}}}{nama}", "").strip() for nama in ("Row", "Column"))
            if letak == (str(tempat[0] - 1), str(tempat[1])):
                bentuk = data.getparent()
                bentuk.getparent().remove(bentuk)

    def _draw(self, tempat: tuple[int, int], isi: str) -> None:
        """The box, beside its cell, as high as its text needs."""
        deret = 1 + sum(1 + len(satu) // _HURUF_SEBARIS for satu in (TANDA + isi).split("\n"))
        nomor, kolom = tempat[0] - 1, tempat[1]
        atas = max(nomor - 1, 0)
        jangkar = f"{kolom + 1}, 15, {atas}, 4, {kolom + 5}, 15, {atas + deret}, 4"
        kotak = _KOTAK.format(
            ruang=_RUANG,
            acuan=reference(tempat),
            jangkar=jangkar,
            nomor=nomor,
            kolom=kolom,
            tinggi=deret * _TINGGI_BARIS,
        )
        if self.gambar is not None:
            self.gambar.append(parse(kotak.encode()))


def text_of(komentar: Unsur) -> str:
    """The text of a comment, its runs joined."""
    return "".join(satu.text or "" for satu in _texts(komentar))


def _texts(komentar: Unsur) -> list[Unsur]:
    isi = komentar.find(tag("text"))
    return [] if isi is None else [satu for satu in isi.iter(tag("t")) if satu.getparent().tag != tag("rPh")]


def _append(komentar: Unsur, teks: str) -> None:
    """Add a run of text; a text without runs becomes one first."""
    isi = komentar.find(tag("text"))
    if isi is None:
        isi = add(komentar, "text")
    polos = isi.find(tag("t"))
    if polos is not None:
        deret = make("r")
        polos.addprevious(deret)
        deret.append(polos)
    deret = add(isi, "r")
    huruf = add(deret, "rPr")
    for nama, nilai in (("sz", "9"), ("color", ""), ("rFont", "Tahoma"), ("family", "2")):
        add(huruf, nama, **({"val": nilai} if nilai else {"indexed": "81"}))
    unsur = add(deret, "t")
    unsur.text = plain(teks)
    unsur.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _cut(komentar: Unsur) -> None:
    """Drop our text: from our sign to the end, in whatever runs a program has put it since."""
    sisa = text_of(komentar).partition(TANDA)[0].rstrip()
    for satu in _texts(komentar):
        isi = satu.text or ""
        satu.text = isi[: len(sisa)]
        sisa = sisa[len(isi) :]
