"""Templates of many units: put together once for a body, quarter and deadline, then cast for each unit.

Without drafts and recaps, two templates differ in three words only: the unit's code and its two names. Casting changes these in
the finished parts, in a quarter of the time; it yields what putting together would (a test compares them).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from humas.forms.template.model import Letterhead, TemplateDraft
from humas.forms.template.workbook import assemble
from humas.registry import Lembaga

if TYPE_CHECKING:
    from humas.periods import DueDate, Triwulan
    from humas.registry import Register

# Letters for private use: they occur in no name and no text of the contract.
_CODE, _NAME, _SATKER_NAME = "\ue001", "\ue002", "\ue003"
_LEVELS = 3
_BODIES = len(Lembaga)


def build_template(
    register: Register,
    lembaga: Lembaga | str,
    code: str,
    triwulan: Triwulan,
    drafts: Sequence[TemplateDraft] = (),
    *,
    due: DueDate | None = None,
    reported: str = "",
) -> bytes:
    """The template of one unit for one quarter as XLSX; the same input gives the same bytes.

    code: Kemendagri code in force at the quarter's end. due: shown on the cover. reported: what a superior's recap
    already told of the unit, shown there too.

    Raises:
        SenderError: no unit has this code at the quarter's end.
    """
    unit, body = register.satker(code, triwulan.end), Lembaga(lembaga)
    heading = Letterhead(body, unit.code, unit.official_name(body), unit.name, triwulan, due, reported)
    return assemble(heading, drafts) if drafts or reported else _cast(heading)


def _cast(heading: Letterhead) -> bytes:
    words = {_CODE: heading.code, _NAME: heading.name, _SATKER_NAME: heading.nama_satker}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, varies in _mould(heading.lembaga, heading.triwulan, heading.due):
            # The first second zip files know, as XlsxWriter writes it.
            archive.writestr(zipfile.ZipInfo(name), _fill(content, words) if varies else content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _fill(content: bytes, words: dict[str, str]) -> bytes:
    for mark, word in words.items():
        content = content.replace(mark.encode(), escape(word).encode())
    return content


@lru_cache(maxsize=_LEVELS * _BODIES)
def _mould(lembaga: Lembaga, triwulan: Triwulan, due: DueDate | None) -> tuple[tuple[str, bytes, bool], ...]:
    """The parts of a template, and for each whether it names the unit."""
    data = assemble(Letterhead(lembaga, _CODE, _NAME, _SATKER_NAME, triwulan, due))
    marks = [mark.encode() for mark in (_CODE, _NAME, _SATKER_NAME)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return tuple((name, content, any(mark in content for mark in marks)) for name, content in parts)
