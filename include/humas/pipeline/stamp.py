"""The template's stamp: document properties of a workbook, which outlive a cover that was deleted."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree  # expat bounds the expansion of entities; the part is at most 64 KiB

_PART, _LARGEST = "docProps/custom.xml", 64 * 1024
_FIELDS = {"Lembaga": "lembaga", "Kode satker": "kode_satker", "Periode": "periode"}


def read_stamp(data: bytes) -> dict[str, str]:
    """Fields of the cover that the properties name; empty for what is no workbook of ours, or a broken one."""
    if not data.startswith(b"PK\x03\x04"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_PART) as part:
            root = ElementTree.fromstring(part.read(_LARGEST))  # noqa: S314 - see above
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError,
            ElementTree.ParseError):  # fmt: skip
        return {}
    properties = {element.get("name", ""): "".join(element.itertext()).strip() for element in root}
    return {_FIELDS[name]: text for name, text in properties.items() if name in _FIELDS and text}
