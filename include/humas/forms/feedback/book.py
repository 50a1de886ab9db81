"""The list of sheets: which part each one is, one put first, one taken out; and the text of cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from humas.forms.feedback.package import MEDIA_TYPE, CannotPatch, Package
from humas.forms.feedback.xml import RELATIONSHIPS, Element, make, tag
from humas.text.digits import bounded_int

_KEY = f"{{{RELATIONSHIPS}}}id"


@dataclass
class Book:
    """The sheets of a package."""

    package: Package

    @property
    def _root(self) -> Element:
        return self.package.root(self.package.workbook)

    @property
    def _sheets(self) -> Element:
        sheets = self._root.find(tag("sheets"))
        if sheets is None:
            raise CannotPatch("no sheets")
        return sheets

    def parts(self) -> dict[str, str]:
        """Worksheets by name, in order, each with the name of its part; charts and dialogs are left out."""
        relations = self.package.relations(self.package.workbook)
        sheets = ((sheet.get("name", ""), relations.get(sheet.get(_KEY, ""), ("", ""))) for sheet in self._sheets)
        return {name: part for name, (kind, part) in sheets if kind == "worksheet"}

    def put_first(self, name: str, root: Element) -> str:
        """Add a worksheet before all others and show it when the workbook opens; answers the name of its part."""
        part = self.package.free_name("xl/worksheets/humas{}.xml")
        self.package.put(part, root, f"{MEDIA_TYPE}.worksheet+xml")
        key = self.package.relate(self.package.workbook, "worksheet", part)
        number = max((bounded_int(sheet.get("sheetId", "0")) for sheet in self._sheets), default=0) + 1
        element = make("sheet", name=name, sheetId=str(number))
        element.set(_KEY, key)
        self._sheets.insert(0, element)
        self._shift(-1, 1)
        for view in self._root.iterfind(f"{tag('bookViews')}/{tag('workbookView')}"):
            view.set("activeTab", "0")
            view.set("firstSheet", "0")
        return part

    def take_out(self, name: str) -> None:
        """Remove a worksheet with the parts only it uses."""
        relations = self.package.relations(self.package.workbook)
        for position, sheet in enumerate(list(self._sheets)):
            if sheet.get("name") != name:
                continue
            key = sheet.get(_KEY, "")
            part = relations.get(key, ("", ""))[1]
            for _, owned in self.package.relations(part).values():
                if not self._used_elsewhere(owned, part):
                    self.package.remove(owned)
            self.package.remove(part)
            self.package.unrelate(self.package.workbook, key)
            self._sheets.remove(sheet)
            self._shift(position, -1)
            return

    def _used_elsewhere(self, part: str, user: str) -> bool:
        others = [name for name in self.package.content if not name.endswith(".rels") and name != user]
        return any(part == target for name in others for _, target in self.package.relations(name).values())

    def _shift(self, position: int, step: int) -> None:
        """Names that belong to one sheet count sheets from the first; those of a sheet taken out go."""
        for defined in list(self._root.iterfind(f"{tag('definedNames')}/{tag('definedName')}")):
            owner = defined.get("localSheetId")
            if owner is None or bounded_int(owner) < position:
                continue
            if bounded_int(owner) == position:
                defined.getparent().remove(defined)
            else:
                defined.set("localSheetId", str(bounded_int(owner) + step))

    def text(self, cell: Element) -> str:
        """What a cell holds, as text; numbers as they are stored."""
        if cell.get("t") == "inlineStr":
            return "".join(run.text or "" for run in cell.iter(tag("t")))
        value: str = cell.findtext(tag("v"), "")
        if cell.get("t") != "s":
            return value
        return (
            self._strings[bounded_int(value)] if value.isdecimal() and bounded_int(value) < len(self._strings) else ""
        )

    @cached_property
    def _strings(self) -> list[str]:
        for kind, part in self.package.relations(self.package.workbook).values():
            if kind == "sharedStrings":
                root = self.package.root(part)
                return ["".join(run.text or "" for run in item.iter(tag("t"))) for item in root.iter(tag("si"))]
        return []
