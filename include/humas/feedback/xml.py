"""XML of a workbook's parts: names, parsing without surprises, and text that every program takes."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

UTAMA = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HUBUNGAN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAKET = "http://schemas.openxmlformats.org/package/2006/relationships"
JENIS_ISI = "http://schemas.openxmlformats.org/package/2006/content-types"

Unsur = Any
"""An lxml element; the library carries no types."""

_TAK_SAH = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MIRIP_KODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def tag(nama: str) -> str:
    """A name of the main namespace as lxml writes it."""
    return f"{{{UTAMA}}}{nama}"


def parse(data: bytes, *, longgar: bool = False) -> Unsur:
    """The root of a part. longgar: mend what is not well-formed, as drawings of old programs are.

    Raises:
        ValueError: it is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=longgar)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root is None:
        raise ValueError("empty part")
    return root


def write(akar: Unsur) -> bytes:
    """A part as bytes."""
    content: bytes = etree.tostring(akar, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def make(nama: str, teks: str = "", /, **atribut: str) -> Unsur:
    """An element of the main namespace."""
    element = etree.Element(tag(nama), atribut)
    if teks:
        element.text = plain(teks)
    return element


def add(induk: Unsur, nama: str, teks: str = "", /, **atribut: str) -> Unsur:
    """A child element of the main namespace, appended."""
    element = make(nama, teks, **atribut)
    induk.append(element)
    return element


def plain(teks: str) -> str:
    """Text that XML can hold, and that no program takes for an escape such as ``_x0041_``."""
    return _MIRIP_KODE.sub("_x005F_", _TAK_SAH.sub("", teks))
