"""A workbook as a package of parts: read whole, changed part by part, written with the same bytes each time.

The sender's file is patched, not rewritten: what no library here understands (charts, newer drop-downs,
stored results of formulas) comes back as it was. See ``docs/decisions/0016-umpan-balik-ditambal.md``.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from humas.forms.feedback.xml import CONTENT_TYPES, PACKAGE, RELATIONSHIPS, Element, parse, tag, write

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MAX_XML = 12 * 1024 * 1024
"""Bytes of sheets that are edited in memory, some 9,000 rows of all columns: an element costs thirty times its text."""
_ROOT = "_rels/.rels"
_CONTENT = "[Content_Types].xml"
_MOMENT = (1980, 1, 1, 0, 0, 0)


class CannotPatch(Exception):
    """The package cannot be edited safely; a rebuilt workbook takes its place."""


@dataclass
class Package:
    """Parts of a package by name. Parsed parts are kept in ``trees`` and written back when the package is saved."""

    content: dict[str, bytes]
    trees: dict[str, Element] = field(default_factory=dict)

    def root(self, name: str, *, lenient: bool = False) -> Element:
        """The parsed part; changes to it are saved.

        Raises:
            CannotPatch: it is missing or no XML.
        """
        if name not in self.trees:
            try:
                self.trees[name] = parse(self.content[name], lenient=lenient)
            except (KeyError, ValueError) as error:
                raise CannotPatch(f"{name}: {error}") from error
        return self.trees[name]

    def put(self, name: str, root: Element, media_type: str) -> None:
        """Add or replace a part, with its content type."""
        self.trees[name] = root
        self.content.setdefault(name, b"")
        types = self.root(_CONTENT)
        for old in types.findall(f"{{{CONTENT_TYPES}}}Override[@PartName='/{name}']"):
            types.remove(old)
        _child(types, CONTENT_TYPES, "Override", PartName=f"/{name}", ContentType=media_type)

    def default_type(self, extension: str, media_type: str) -> None:
        """Declare the content type of all parts with this ending, unless declared."""
        types = self.root(_CONTENT)
        declared = {default.get("Extension", "").lower() for default in types.findall(f"{{{CONTENT_TYPES}}}Default")}
        if extension not in declared:
            default = _child(types, CONTENT_TYPES, "Default", Extension=extension, ContentType=media_type)
            types.insert(0, default)

    def remove(self, name: str) -> None:
        """Take a part out, with its relations and content type."""
        for part in (name, relations_of(name)):
            self.content.pop(part, None)
            self.trees.pop(part, None)
        types = self.root(_CONTENT)
        for old in types.findall(f"{{{CONTENT_TYPES}}}Override[@PartName='/{name}']"):
            types.remove(old)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (kind, the last word of its type; target as part name)."""
        part = relations_of(name)
        if part not in self.content:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                _resolve(name, relation.get("Target", "")),
            )
            for relation in self.root(part)
            if relation.get("TargetMode") != "External"
        }

    def relate(self, name: str, kind: str, target: str) -> str:
        """Relate a part to another one; answers the new id."""
        part = relations_of(name)
        if part not in self.content:
            self.content[part] = b""
            self.trees[part] = parse(f'<Relationships xmlns="{PACKAGE}"/>'.encode())
        root = self.root(part)
        taken = {relation.get("Id") for relation in root}
        key = next(f"rIdHumas{n}" for n in range(1, 10_000) if f"rIdHumas{n}" not in taken)
        _child(root, PACKAGE, "Relationship", Id=key, Type=f"{RELATIONSHIPS}/{kind}", Target=f"/{target}")
        return key

    def unrelate(self, name: str, key: str) -> None:
        """Drop a relation by its id."""
        root = self.root(relations_of(name))
        for relation in [relation for relation in root if relation.get("Id") == key]:
            root.remove(relation)

    def free_name(self, pattern: str) -> str:
        """The first unused part name of a pattern such as ``xl/comments{}.xml``."""
        return next(name for n in range(1, 100_000) if (name := pattern.format(n)) not in self.content)

    @property
    def workbook(self) -> str:
        """Name of the workbook's main part."""
        root = self.root(_ROOT)
        for relation in root:
            if relation.get("Type", "").endswith("/officeDocument"):
                return _resolve("", relation.get("Target", ""))
        raise CannotPatch("no workbook part")

    def to_bytes(self) -> bytes:
        """The package as a file: same parts, same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in self.content:
                content = write(self.trees[name]) if name in self.trees else self.content[name]
                entry = zipfile.ZipInfo(name, _MOMENT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, content)
        return buffer.getvalue()


def open_package(data: bytes) -> Package:
    """The package of a workbook.

    Raises:
        CannotPatch: it is no such package, or its sheets are too large to be edited in memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members if member.filename.startswith("xl/worksheets/")) > MAX_XML:
                raise CannotPatch("too large")
            package = Package({member.filename: archive.read(member) for member in members if not member.is_dir()})
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise CannotPatch(str(error)) from error
    if package.root(package.workbook).tag != tag("workbook"):
        raise CannotPatch("strict or foreign workbook")
    return package


def relations_of(name: str) -> str:
    """Name of the part that holds the relations of another one."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", file + ".rels")


def _resolve(name: str, target: str) -> str:
    """A relation's target as a part name, without leading slash."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _child(parent: Element, namespace: str, name: str, **attributes: str) -> Element:
    element = parent.makeelement(f"{{{namespace}}}{name}", attributes)
    parent.append(element)
    return element
