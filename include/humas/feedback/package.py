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
        daftar = self.root(_ISI)
        for lama in daftar.findall(f"{{{JENIS_ISI}}}Override[@PartName='/{nama}']"):
            daftar.remove(lama)
        _child(daftar, JENIS_ISI, "Override", PartName=f"/{nama}", ContentType=media_type)

    def default_type(self, akhiran: str, media_type: str) -> None:
        """Declare the content type of all parts with this ending, unless declared."""
        daftar = self.root(_ISI)
        ada = {satu.get("Extension", "").lower() for satu in daftar.findall(f"{{{JENIS_ISI}}}Default")}
        if akhiran not in ada:
            baru = _child(daftar, JENIS_ISI, "Default", Extension=akhiran, ContentType=media_type)
            daftar.insert(0, baru)

    def remove(self, nama: str) -> None:
        """Take a part out, with its relations and content type."""
        for satu in (nama, relations_of(nama)):
            self.isi.pop(satu, None)
            self.pohon.pop(satu, None)
        daftar = self.root(_ISI)
        for lama in daftar.findall(f"{{{JENIS_ISI}}}Override[@PartName='/{nama}']"):
            daftar.remove(lama)

    def relations(self, nama: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (kind, the last word of its type; target as part name)."""
        berkas = relations_of(nama)
        if berkas not in self.isi:
            return {}
        return {
            satu.get("Id", ""): (satu.get("Type", "").rpartition("/")[2], _resolve(nama, satu.get("Target", "")))
            for satu in self.root(berkas)
            if satu.get("TargetMode") != "External"
        }

    def relate(self, nama: str, jenis: str, sasaran: str) -> str:
        """Relate a part to another one; answers the new id."""
        berkas = relations_of(nama)
        if berkas not in self.isi:
            self.isi[berkas] = b""
            self.pohon[berkas] = parse(f'<Relationships xmlns="{PAKET}"/>'.encode())
        akar = self.root(berkas)
        dipakai = {satu.get("Id") for satu in akar}
        baru = next(f"rIdHumas{n}" for n in range(1, 10_000) if f"rIdHumas{n}" not in dipakai)
        _child(akar, PAKET, "Relationship", Id=baru, Type=f"{HUBUNGAN}/{jenis}", Target=f"/{sasaran}")
        return baru

    def unrelate(self, nama: str, kunci: str) -> None:
        """Drop a relation by its id."""
        akar = self.root(relations_of(nama))
        for satu in [satu for satu in akar if satu.get("Id") == kunci]:
            akar.remove(satu)

    def free_name(self, pola: str) -> str:
        """The first unused part name of a pattern such as ``xl/comments{}.xml``."""
        return next(nama for n in range(1, 100_000) if (nama := pola.format(n)) not in self.isi)

    @property
    def workbook(self) -> str:
        """Name of the workbook's main part."""
        akar = self.root(_AKAR)
        for satu in akar:
            if satu.get("Type", "").endswith("/officeDocument"):
                return _resolve("", satu.get("Target", ""))
        raise CannotPatch("no workbook part")

    def to_bytes(self) -> bytes:
        """The package as a file: same parts, same bytes."""
        tampung = io.BytesIO()
        with zipfile.ZipFile(tampung, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as arsip:
            for nama in self.isi:
                isi = write(self.pohon[nama]) if nama in self.pohon else self.isi[nama]
                catatan = zipfile.ZipInfo(nama, _SAAT)
                catatan.compress_type = zipfile.ZIP_DEFLATED
                catatan.external_attr = 0o600 << 16
                arsip.writestr(catatan, isi)
        return tampung.getvalue()


def open_package(data: bytes) -> Bungkus:
    """The package of a workbook.

    Raises:
        CannotPatch: it is no such package, or its sheets are too large to be edited in memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arsip:
            anggota = arsip.infolist()
            if sum(satu.file_size for satu in anggota if satu.filename.startswith("xl/worksheets/")) > MAKS_XML:
                raise CannotPatch("too large")
            bungkus = Bungkus({satu.filename: arsip.read(satu) for satu in anggota if not satu.is_dir()})
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise CannotPatch(str(error)) from error
    if bungkus.root(bungkus.workbook).tag != tag("workbook"):
        raise CannotPatch("strict or foreign workbook")
    return bungkus


def relations_of(nama: str) -> str:
    """Name of the part that holds the relations of another one."""
    folder, berkas = posixpath.split(nama)
    return posixpath.join(folder, "_rels", berkas + ".rels")


def _resolve(nama: str, sasaran: str) -> str:
    """A relation's target as a part name, without leading slash."""
    if sasaran.startswith("/"):
        return posixpath.normpath(sasaran).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(nama), sasaran))


def _child(induk: Unsur, ruang: str, nama: str, **atribut: str) -> Unsur:
    unsur = induk.makeelement(f"{{{ruang}}}{nama}", atribut)
    induk.append(unsur)
    return unsur
