"""The stylesheet: cell formats that differ from an existing one in their fill or in being locked, and our own.

Nothing of the sender's is changed; formats are only added, each once.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from humas.contract.rules import Severity
from humas.forms.feedback.package import CannotPatch, Package
from humas.forms.feedback.xml import Element, add, make, parse, tag, write
from humas.text.digits import bounded_int

COLOURS = {
    Severity.FATAL: "FFF8D3DA",
    Severity.WARNING: "FFF8E3C3",
    Severity.INFO: "FFDCE6F5",
}
"""Fill of a marked cell, by severity. No other program writes just these, so that a later round knows its own."""


@dataclass
class Styles:
    """The stylesheet of one package; every method answers the index of a cell format (``s`` of a cell)."""

    root: Element
    _known: dict[tuple[object, ...], int] = field(default_factory=dict)

    def filled(self, styling: int, severity: Severity) -> int:
        """The format, filled as the severity is."""
        return self._variant(styling, fill=self._fill(COLOURS[severity]))

    def locked(self, styling: int, *, locked: bool) -> int:
        """The format, locked or not (it takes effect on a protected sheet)."""
        return self._variant(styling, locked=locked)

    def marked(self, styling: int) -> bool:
        """Whether the format carries one of our fills."""
        colour = self._fill_of(styling).find(f"{tag('patternFill')}/{tag('fgColor')}")
        return colour is not None and colour.get("rgb", "").upper() in COLOURS.values()

    def fill_text(self, styling: int) -> str:
        """The fill of a format as text for ``with_fill``; empty when it has none."""
        fill = self._fill_of(styling)
        pattern = fill.find(tag("patternFill"))
        empty = pattern is not None and pattern.get("patternType", "none") == "none"
        return "" if empty else write(fill).partition(b"?>")[2].decode().strip()

    def with_fill(self, styling: int, text: str) -> int:
        """The format with a fill kept by ``fill_text``; without any fill when that is empty or no longer sound."""
        fill = make("fill")
        try:
            fill = parse(text.encode()) if text else fill
        except ValueError:
            text = ""
        if fill.tag != tag("fill") or not text:
            return self._variant(styling, fill=0)
        return self._variant(styling, fill=_position(self._part("fills"), fill))

    def own(self, *, font: str = "", fill: str = "", border: str = "", alignment: str = "") -> int:
        """A format of ours: font, fill colour, border and alignment as XML of their content."""
        xf = make("xf", numFmtId="0", fontId="0", fillId="0", borderId="0", xfId="0")
        if font:
            xf.set("fontId", str(_position(self._part("fonts"), _parsed("font", font))))
            xf.set("applyFont", "1")
        if fill:
            xf.set("fillId", str(self._fill(fill)))
            xf.set("applyFill", "1")
        if border:
            xf.set("borderId", str(_position(self._part("borders"), _parsed("border", border))))
            xf.set("applyBorder", "1")
        if alignment:
            xf.set("applyAlignment", "1")
            xf.append(parse(f'<alignment xmlns="{tag("")[1:-1]}" {alignment}/>'.encode()))
        return _position(self._part("cellXfs"), xf)

    def _variant(self, style: int, *, fill: int | None = None, locked: bool | None = None) -> int:
        key = (style, fill, locked)
        if key not in self._known:
            self._known[key] = self._make_variant(style, fill, locked)
        return self._known[key]

    def _make_variant(self, style: int, fill: int | None, locked: bool | None) -> int:
        xf = deepcopy(self._format(style))
        if fill is not None:
            xf.set("fillId", str(fill))
            xf.set("applyFill", "1")
        if locked is not None:
            for old in xf.findall(tag("protection")):
                xf.remove(old)
            xf.set("applyProtection", "1")
            protection = make("protection", locked="1" if locked else "0")
            xf.insert(1 if xf.find(tag("alignment")) is not None else 0, protection)
        return _position(self._part("cellXfs"), xf)

    def _format(self, style: int) -> Element:
        formats = self._part("cellXfs")
        if not 0 <= style < len(formats):
            raise CannotPatch(f"no cell format {style}")
        return formats[style]

    def _fill_of(self, style: int) -> Element:
        fills, number = self._part("fills"), bounded_int(self._format(style).get("fillId", "0"))
        if not 0 <= number < len(fills):
            raise CannotPatch(f"no fill {number}")
        return fills[number]

    def _fill(self, colour: str) -> int:
        fill = make("fill")
        pattern = add(fill, "patternFill", patternType="solid")
        add(pattern, "fgColor", rgb=colour)
        add(pattern, "bgColor", indexed="64")
        return _position(self._part("fills"), fill)

    def _part(self, name: str) -> Element:
        part = self.root.find(tag(name))
        if part is None:
            raise CannotPatch(f"no {name}")
        return part


def open_styles(package: Package) -> Styles:
    """The stylesheet of a package.

    Raises:
        CannotPatch: it has none, or it lacks a part every program writes.
    """
    for kind, name in package.relations(package.workbook).values():
        if kind == "styles":
            styles = Styles(package.root(name))
            for part in ("fonts", "fills", "borders", "cellXfs"):
                styles._part(part)
            return styles
    raise CannotPatch("no stylesheet")


def _parsed(name: str, content: str) -> Element:
    return parse(f'<{name} xmlns="{tag("")[1:-1]}">{content}</{name}>'.encode())


def _position(container: Element, element: Element) -> int:
    """Where the same element stands in a list; appended when it does not."""
    look = _look(element)
    for position, child in enumerate(container):
        if _look(child) == look:
            return position
    container.append(element)
    container.set("count", str(len(container)))
    return len(container) - 1


def _look(element: Element) -> tuple[object, ...]:
    """What an element says, apart from how it is written."""
    return (
        element.tag,
        tuple(sorted(element.attrib.items())),
        (element.text or "").strip(),
        tuple(map(_look, element)),
    )
