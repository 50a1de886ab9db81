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
        for kind, target in self.bungkus.relations(self.bagian).values():
            if kind == "comments":
                self.teks = self.bungkus.root(target)
            elif kind == "vmlDrawing" and self._is_drawing(target):
                self.gambar = self.bungkus.root(target, longgar=True)

    def ours(self) -> dict[tuple[int, int], int]:
        """Places of our comments of an earlier round, each with its number; 0 when that was edited away."""
        places = {}
        for comment in self._each():
            text = text_of(comment)
            if TANDA in text:
                match = _NOMOR.search(text)
                places[place_of(comment.get("ref", ""))] = bounded_int(match[1]) if match else 0
        return places

    def strip(self) -> None:
        """Take our texts away; a comment that held nothing else goes with its box."""
        for comment in list(self._each()):
            if TANDA not in text_of(comment):
                continue
            _cut(comment)
            if not text_of(comment).strip():
                comment.getparent().remove(comment)
                self._remove_box(place_of(comment.get("ref", "")))

    def add(self, tempat: tuple[int, int], isi: str) -> None:
        """Comment a cell; below what the sender wrote there, if anything."""
        self._prepare()
        ref = reference(tempat)
        existing = next((comment for comment in self._each() if comment.get("ref") == ref), None)
        if existing is not None:
            _append(existing, f"\n\n{TANDA}{isi}")
            return
        comment = make("comment", ref=ref, authorId=str(self._author()))
        _append(comment, TANDA + isi)
        self._list().append(comment)
        self._draw(tempat, isi)

    def _each(self) -> Iterator[Unsur]:
        return iter(()) if self.teks is None else self.teks.iter(tag("comment"))

    def _list(self) -> Unsur:
        listing = self.teks.find(tag("commentList")) if self.teks is not None else None
        return add(self.teks, "commentList") if listing is None else listing

    def _author(self) -> int:
        authors = self.teks.find(tag("authors")) if self.teks is not None else None
        if authors is None:
            authors = make("authors")
            self.teks.insert(0, authors)  # type: ignore[union-attr]  # _prepare made it
        names = [author.text for author in authors]
        if PENULIS not in names:
            add(authors, "author", PENULIS)
            return len(names)
        return names.index(PENULIS)

    def _prepare(self) -> None:
        """Make the parts that are missing."""
        if self.teks is None:
            name = self.bungkus.free_name("xl/comments{}.xml")
            self.teks = parse(f'<comments xmlns="{UTAMA}"><authors/><commentList/></comments>'.encode())
            self.bungkus.put(name, self.teks, f"{JENIS}.comments+xml")
            self.bungkus.relate(self.bagian, "comments", name)
        if self.gambar is None:
            name = self.bungkus.free_name("xl/drawings/vmlDrawing{}.vml")
            self.gambar = parse(_GAMBAR.encode())
            self.bungkus.isi[name], self.bungkus.pohon[name] = b"", self.gambar
            self.bungkus.default_type("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
            key = self.bungkus.relate(self.bagian, "vmlDrawing", name)
            element = make("legacyDrawing")
            element.set(f"{{{HUBUNGAN}}}id", key)
            self.kertas.insert(element)

    def _is_drawing(self, target: str) -> bool:
        """Whether this is the drawing of comments; headers and footers have one of their own."""
        element = self.kertas.akar.find(tag("legacyDrawing"))
        if element is None:
            return False
        return self.bungkus.relations(self.bagian).get(element.get(f"{{{HUBUNGAN}}}id", ""), ("", ""))[1] == target

    def _remove_box(self, place: tuple[int, int]) -> None:
        if self.gambar is None:
            return
        for anchor in list(self.gambar.iter(f"{{{_X}}}ClientData")):
            position = tuple(anchor.findtext(f"{{{_X}}}{name}", "").strip() for name in ("Row", "Column"))
            if position == (str(place[0] - 1), str(place[1])):
                shape = anchor.getparent()
                shape.getparent().remove(shape)

    def _draw(self, place: tuple[int, int], text: str) -> None:
        """The box, beside its cell, as high as its text needs."""
        lines = 1 + sum(1 + len(line) // _HURUF_SEBARIS for line in (TANDA + text).split("\n"))
        row, column = place[0] - 1, place[1]
        top = max(row - 1, 0)
        anchor = f"{column + 1}, 15, {top}, 4, {column + 5}, 15, {top + lines}, 4"
        box = _KOTAK.format(
            ruang=_RUANG,
            acuan=reference(place),
            jangkar=anchor,
            nomor=row,
            kolom=column,
            tinggi=lines * _TINGGI_BARIS,
        )
        if self.gambar is not None:
            self.gambar.append(parse(box.encode()))


def text_of(komentar: Unsur) -> str:
    """The text of a comment, its runs joined."""
    return "".join(run.text or "" for run in _texts(komentar))


def _texts(comment: Unsur) -> list[Unsur]:
    text = comment.find(tag("text"))
    return [] if text is None else [run for run in text.iter(tag("t")) if run.getparent().tag != tag("rPh")]


def _append(comment: Unsur, addition: str) -> None:
    """Add a run of text; a text without runs becomes one first."""
    text = comment.find(tag("text"))
    if text is None:
        text = add(comment, "text")
    bare = text.find(tag("t"))
    if bare is not None:
        run = make("r")
        bare.addprevious(run)
        run.append(bare)
    run = add(text, "r")
    font = add(run, "rPr")
    for name, value in (("sz", "9"), ("color", ""), ("rFont", "Tahoma"), ("family", "2")):
        add(font, name, **({"val": value} if value else {"indexed": "81"}))
    element = add(run, "t")
    element.text = plain(addition)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _cut(comment: Unsur) -> None:
    """Drop our text: from our sign to the end, in whatever runs a program has put it since."""
    rest = text_of(comment).partition(TANDA)[0].rstrip()
    for run in _texts(comment):
        text = run.text or ""
        run.text = text[: len(rest)]
        rest = rest[len(text) :]
