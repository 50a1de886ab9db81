"""XML of a workbook's parts: names, parsing without surprises, and text that every program takes."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

Element = Any
"""An lxml element; the library carries no types."""

_INVALID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def tag(name: str) -> str:
    """A name of the main namespace as lxml writes it."""
    return f"{{{MAIN}}}{name}"


def parse(data: bytes, *, lenient: bool = False) -> Element:
    """The root of a part. lenient: mend what is not well-formed, as drawings of old programs are.

    Raises:
        ValueError: it is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=lenient)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root is None:
        raise ValueError("empty part")
    return root


def write(root: Element) -> bytes:
    """A part as bytes."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def make(name: str, text: str = "", /, **attributes: str) -> Element:
    """An element of the main namespace."""
    element = etree.Element(tag(name), attributes)
    if text:
        element.text = plain(text)
    return element


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """A child element of the main namespace, appended."""
    element = make(name, text, **attributes)
    parent.append(element)
    return element


def plain(text: str) -> str:
    """Text that XML can hold, and that no program takes for an escape such as ``_x0041_``."""
    return _LIKE_ESCAPE.sub("_x005F_", _INVALID.sub("", text))
