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
        with zipfile.ZipFile(io.BytesIO(data)) as arsip, arsip.open(_PART) as bagian:
            akar = ElementTree.fromstring(bagian.read(_LARGEST))  # noqa: S314 - see above
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError,
            ElementTree.ParseError):  # fmt: skip
        return {}
    isi = {satu.get("name", ""): "".join(satu.itertext()).strip() for satu in akar}
    return {_FIELDS[nama]: teks for nama, teks in isi.items() if nama in _FIELDS and teks}
