"""Comments of a sheet: ours are added beside the sender's, and taken away again on the next round.

A comment stands in two parts: its text in a list of comments, its box in a drawing of the old kind (VML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from humas.forms.feedback.package import MEDIA_TYPE, Package
from humas.forms.feedback.sheet import Worksheet, place_of, reference
from humas.forms.feedback.xml import MAIN, RELATIONSHIPS, Element, add, make, parse, plain, tag
from humas.text.digits import bounded_int

AUTHOR = "Humas Triwulan"
MARK = "Humas Triwulan · "
"""Begins our text in a comment; what stands before it is the sender's."""
_NUMBER = re.compile(re.escape(MARK) + r"Nomor (\d{1,6})")
_X = "urn:schemas-microsoft-com:office:excel"
_NAMESPACES = (
    f'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="{_X}"'
)
_DRAWING = f"""<xml {_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
_BOX = """<v:shape {ruang} id="humas_{acuan}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto"
style="position:absolute;margin-left:59pt;margin-top:1pt;width:270pt;height:{tinggi}pt;visibility:hidden">
<v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note">
<x:SizeWithCells/><x:Anchor>{jangkar}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{nomor}</x:Row>
<x:Column>{kolom}</x:Column></x:ClientData></v:shape>"""
_LETTERS_PER_LINE = 46
_ROW_HEIGHT = 15


@dataclass
class Comments:
    """The comments of one sheet. parts: name of the sheet's part. text, drawing: their roots, None when there are none."""

    package: Package
    parts: str
    worksheet: Worksheet
    text: Element | None = None
    drawing: Element | None = None

    def __post_init__(self) -> None:
        for kind, target in self.package.relations(self.parts).values():
            if kind == "comments":
                self.text = self.package.root(target)
            elif kind == "vmlDrawing" and self._is_drawing(target):
                self.drawing = self.package.root(target, lenient=True)

    def ours(self) -> dict[tuple[int, int], int]:
        """Places of our comments of an earlier round, each with its number; 0 when that was edited away."""
        places = {}
        for comment in self._each():
            text = text_of(comment)
            if MARK in text:
                match = _NUMBER.search(text)
                places[place_of(comment.get("ref", ""))] = bounded_int(match[1]) if match else 0
        return places

    def strip(self) -> None:
        """Take our texts away; a comment that held nothing else goes with its box."""
        for comment in list(self._each()):
            if MARK not in text_of(comment):
                continue
            _cut(comment)
            if not text_of(comment).strip():
                comment.getparent().remove(comment)
                self._remove_box(place_of(comment.get("ref", "")))

    def add(self, place: tuple[int, int], content: str) -> None:
        """Comment a cell; below what the sender wrote there, if anything."""
        self._prepare()
        ref = reference(place)
        existing = next((comment for comment in self._each() if comment.get("ref") == ref), None)
        if existing is not None:
            _append(existing, f"\n\n{MARK}{content}")
            return
        comment = make("comment", ref=ref, authorId=str(self._author()))
        _append(comment, MARK + content)
        self._list().append(comment)
        self._draw(place, content)

    def _each(self) -> Iterator[Element]:
        return iter(()) if self.text is None else self.text.iter(tag("comment"))

    def _list(self) -> Element:
        listing = self.text.find(tag("commentList")) if self.text is not None else None
        return add(self.text, "commentList") if listing is None else listing

    def _author(self) -> int:
        authors = self.text.find(tag("authors")) if self.text is not None else None
        if authors is None:
            authors = make("authors")
            self.text.insert(0, authors)  # type: ignore[union-attr]  # _prepare made it
        names = [author.text for author in authors]
        if AUTHOR not in names:
            add(authors, "author", AUTHOR)
            return len(names)
        return names.index(AUTHOR)

    def _prepare(self) -> None:
        """Make the parts that are missing."""
        if self.text is None:
            name = self.package.free_name("xl/comments{}.xml")
            self.text = parse(f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode())
            self.package.put(name, self.text, f"{MEDIA_TYPE}.comments+xml")
            self.package.relate(self.parts, "comments", name)
        if self.drawing is None:
            name = self.package.free_name("xl/drawings/vmlDrawing{}.vml")
            self.drawing = parse(_DRAWING.encode())
            self.package.content[name], self.package.trees[name] = b"", self.drawing
            self.package.default_type("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
            key = self.package.relate(self.parts, "vmlDrawing", name)
            element = make("legacyDrawing")
            element.set(f"{{{RELATIONSHIPS}}}id", key)
            self.worksheet.insert(element)

    def _is_drawing(self, target: str) -> bool:
        """Whether this is the drawing of comments; headers and footers have one of their own."""
        element = self.worksheet.root.find(tag("legacyDrawing"))
        if element is None:
            return False
        return self.package.relations(self.parts).get(element.get(f"{{{RELATIONSHIPS}}}id", ""), ("", ""))[1] == target

    def _remove_box(self, place: tuple[int, int]) -> None:
        if self.drawing is None:
            return
        for anchor in list(self.drawing.iter(f"{{{_X}}}ClientData")):
            position = tuple(anchor.findtext(f"{{{_X}}}{name}", "").strip() for name in ("Row", "Column"))
            if position == (str(place[0] - 1), str(place[1])):
                shape = anchor.getparent()
                shape.getparent().remove(shape)

    def _draw(self, place: tuple[int, int], text: str) -> None:
        """The box, beside its cell, as high as its text needs."""
        lines = 1 + sum(1 + len(line) // _LETTERS_PER_LINE for line in (MARK + text).split("\n"))
        row, column = place[0] - 1, place[1]
        top = max(row - 1, 0)
        anchor = f"{column + 1}, 15, {top}, 4, {column + 5}, 15, {top + lines}, 4"
        box = _BOX.format(
            ruang=_NAMESPACES,
            acuan=reference(place),
            jangkar=anchor,
            nomor=row,
            kolom=column,
            tinggi=lines * _ROW_HEIGHT,
        )
        if self.drawing is not None:
            self.drawing.append(parse(box.encode()))


def text_of(comment: Element) -> str:
    """The text of a comment, its runs joined."""
    return "".join(run.text or "" for run in _texts(comment))


def _texts(comment: Element) -> list[Element]:
    text = comment.find(tag("text"))
    return [] if text is None else [run for run in text.iter(tag("t")) if run.getparent().tag != tag("rPh")]


def _append(comment: Element, addition: str) -> None:
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


def _cut(comment: Element) -> None:
    """Drop our text: from our sign to the end, in whatever runs a program has put it since."""
    rest = text_of(comment).partition(MARK)[0].rstrip()
    for run in _texts(comment):
        text = run.text or ""
        run.text = text[: len(rest)]
        rest = rest[len(text) :]
