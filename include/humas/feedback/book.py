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
        sheets = self._akar.find(tag("sheets"))
        if sheets is None:
            raise CannotPatch("no sheets")
        return sheets

    def parts(self) -> dict[str, str]:
        """Worksheets by name, in order, each with the name of its part; charts and dialogs are left out."""
        relations = self.bungkus.relations(self.bungkus.workbook)
        sheets = ((sheet.get("name", ""), relations.get(sheet.get(_KUNCI, ""), ("", ""))) for sheet in self._lembar)
        return {name: part for name, (kind, part) in sheets if kind == "worksheet"}

    def put_first(self, nama: str, akar: Unsur) -> str:
        """Add a worksheet before all others and show it when the workbook opens; answers the name of its part."""
        part = self.bungkus.free_name("xl/worksheets/humas{}.xml")
        self.bungkus.put(part, akar, f"{JENIS}.worksheet+xml")
        key = self.bungkus.relate(self.bungkus.workbook, "worksheet", part)
        number = max((bounded_int(sheet.get("sheetId", "0")) for sheet in self._lembar), default=0) + 1
        element = make("sheet", name=nama, sheetId=str(number))
        element.set(_KUNCI, key)
        self._lembar.insert(0, element)
        self._shift(-1, 1)
        for view in self._akar.iterfind(f"{tag('bookViews')}/{tag('workbookView')}"):
            view.set("activeTab", "0")
            view.set("firstSheet", "0")
        return part

    def take_out(self, nama: str) -> None:
        """Remove a worksheet with the parts only it uses."""
        relations = self.bungkus.relations(self.bungkus.workbook)
        for position, sheet in enumerate(list(self._lembar)):
            if sheet.get("name") != nama:
                continue
            key = sheet.get(_KUNCI, "")
            part = relations.get(key, ("", ""))[1]
            for _, owned in self.bungkus.relations(part).values():
                if not self._used_elsewhere(owned, part):
                    self.bungkus.remove(owned)
            self.bungkus.remove(part)
            self.bungkus.unrelate(self.bungkus.workbook, key)
            self._lembar.remove(sheet)
            self._shift(position, -1)
            return

    def _used_elsewhere(self, part: str, user: str) -> bool:
        others = [name for name in self.bungkus.isi if not name.endswith(".rels") and name != user]
        return any(part == target for name in others for _, target in self.bungkus.relations(name).values())

    def _shift(self, position: int, step: int) -> None:
        """Names that belong to one sheet count sheets from the first; those of a sheet taken out go."""
        for defined in list(self._akar.iterfind(f"{tag('definedNames')}/{tag('definedName')}")):
            owner = defined.get("localSheetId")
            if owner is None or bounded_int(owner) < position:
                continue
            if bounded_int(owner) == position:
                defined.getparent().remove(defined)
            else:
                defined.set("localSheetId", str(bounded_int(owner) + step))

    def text(self, sel: Unsur) -> str:
        """What a cell holds, as text; numbers as they are stored."""
        if sel.get("t") == "inlineStr":
            return "".join(run.text or "" for run in sel.iter(tag("t")))
        value: str = sel.findtext(tag("v"), "")
        if sel.get("t") != "s":
            return value
        return (
            self._strings[bounded_int(value)] if value.isdecimal() and bounded_int(value) < len(self._strings) else ""
        )

    @cached_property
    def _strings(self) -> list[str]:
        for kind, part in self.bungkus.relations(self.bungkus.workbook).values():
            if kind == "sharedStrings":
                root = self.bungkus.root(part)
                return ["".join(run.text or "" for run in item.iter(tag("t"))) for item in root.iter(tag("si"))]
        return []
