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

from humas.feedback.xml import HUBUNGAN, JENIS_ISI, PAKET, Unsur, parse, tag, write

JENIS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MAKS_XML = 12 * 1024 * 1024
"""Bytes of sheets that are edited in memory, some 9,000 rows of all columns: an element costs thirty times its text."""
_AKAR = "_rels/.rels"
_ISI = "[Content_Types].xml"
_SAAT = (1980, 1, 1, 0, 0, 0)


class CannotPatch(Exception):
    """The package cannot be edited safely; a rebuilt workbook takes its place."""


@dataclass
class Bungkus:
    """Parts of a package by name. Parsed parts are kept in ``pohon`` and written back when the package is saved."""

    isi: dict[str, bytes]
    pohon: dict[str, Unsur] = field(default_factory=dict)

    def root(self, nama: str, *, longgar: bool = False) -> Unsur:
        """The parsed part; changes to it are saved.

        Raises:
            CannotPatch: it is missing or no XML.
        """
        if nama not in self.pohon:
            try:
                self.pohon[nama] = parse(self.isi[nama], longgar=longgar)
            except (KeyError, ValueError) as error:
                raise CannotPatch(f"{nama}: {error}") from error
        return self.pohon[nama]

    def put(self, nama: str, akar: Unsur, media_type: str) -> None:
        """Add or replace a part, with its content type."""
        self.pohon[nama] = akar
        self.isi.setdefault(nama, b"")
        types = self.root(_ISI)
        for old in types.findall(f"{{{JENIS_ISI}}}Override[@PartName='/{nama}']"):
            types.remove(old)
        _child(types, JENIS_ISI, "Override", PartName=f"/{nama}", ContentType=media_type)

    def default_type(self, akhiran: str, media_type: str) -> None:
        """Declare the content type of all parts with this ending, unless declared."""
        types = self.root(_ISI)
        declared = {default.get("Extension", "").lower() for default in types.findall(f"{{{JENIS_ISI}}}Default")}
        if akhiran not in declared:
            default = _child(types, JENIS_ISI, "Default", Extension=akhiran, ContentType=media_type)
            types.insert(0, default)

    def remove(self, nama: str) -> None:
        """Take a part out, with its relations and content type."""
        for part in (nama, relations_of(nama)):
            self.isi.pop(part, None)
            self.pohon.pop(part, None)
        types = self.root(_ISI)
        for old in types.findall(f"{{{JENIS_ISI}}}Override[@PartName='/{nama}']"):
            types.remove(old)

    def relations(self, nama: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (kind, the last word of its type; target as part name)."""
        part = relations_of(nama)
        if part not in self.isi:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                _resolve(nama, relation.get("Target", "")),
            )
            for relation in self.root(part)
            if relation.get("TargetMode") != "External"
        }

    def relate(self, nama: str, jenis: str, sasaran: str) -> str:
        """Relate a part to another one; answers the new id."""
        part = relations_of(nama)
        if part not in self.isi:
            self.isi[part] = b""
            self.pohon[part] = parse(f'<Relationships xmlns="{PAKET}"/>'.encode())
        root = self.root(part)
        taken = {relation.get("Id") for relation in root}
        key = next(f"rIdHumas{n}" for n in range(1, 10_000) if f"rIdHumas{n}" not in taken)
        _child(root, PAKET, "Relationship", Id=key, Type=f"{HUBUNGAN}/{jenis}", Target=f"/{sasaran}")
        return key

    def unrelate(self, nama: str, kunci: str) -> None:
        """Drop a relation by its id."""
        root = self.root(relations_of(nama))
        for relation in [relation for relation in root if relation.get("Id") == kunci]:
            root.remove(relation)

    def free_name(self, pola: str) -> str:
        """The first unused part name of a pattern such as ``xl/comments{}.xml``."""
        return next(name for n in range(1, 100_000) if (name := pola.format(n)) not in self.isi)

    @property
    def workbook(self) -> str:
        """Name of the workbook's main part."""
        root = self.root(_AKAR)
        for relation in root:
            if relation.get("Type", "").endswith("/officeDocument"):
                return _resolve("", relation.get("Target", ""))
        raise CannotPatch("no workbook part")

    def to_bytes(self) -> bytes:
        """The package as a file: same parts, same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in self.isi:
                content = write(self.pohon[name]) if name in self.pohon else self.isi[name]
                entry = zipfile.ZipInfo(name, _SAAT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, content)
        return buffer.getvalue()


def open_package(data: bytes) -> Bungkus:
    """The package of a workbook.

    Raises:
        CannotPatch: it is no such package, or its sheets are too large to be edited in memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members if member.filename.startswith("xl/worksheets/")) > MAKS_XML:
                raise CannotPatch("too large")
            package = Bungkus({member.filename: archive.read(member) for member in members if not member.is_dir()})
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise CannotPatch(str(error)) from error
    if package.root(package.workbook).tag != tag("workbook"):
        raise CannotPatch("strict or foreign workbook")
    return package


def relations_of(nama: str) -> str:
    """Name of the part that holds the relations of another one."""
    folder, file = posixpath.split(nama)
    return posixpath.join(folder, "_rels", file + ".rels")


def _resolve(name: str, target: str) -> str:
    """A relation's target as a part name, without leading slash."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _child(parent: Unsur, namespace: str, name: str, **attributes: str) -> Unsur:
    element = parent.makeelement(f"{{{namespace}}}{name}", attributes)
    parent.append(element)
    return element
