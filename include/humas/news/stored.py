"""A draft as it lies in the warehouse, and back again; and which drafts a unit is still to be asked about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from humas.bodies import data_files
from humas.news.model import Draft
from humas.periods import Triwulan
from humas.sources.listing import canonical_url
from humas.values.cells import fold

if TYPE_CHECKING:
    from humas.forms.template.model import TemplateDraft
    from humas.warehouse import DraftRow, ReportedKegiatan, SitePage

_SPLIT = re.compile(r"[\s;,|]+")
_NOT_RULES = frozenset({"channel.py", "stored.py", "tally.py", "visit.py", "__init__.py"})
_POINTERS = {
    "tanggal_mulai": "tanggal",
    "jenis_kegiatan": "jenis",
    "peran_satker": "peran",
    "mode": "mode",
    "jumlah_peserta": "peserta",
}


@cache
def reader_version() -> str:
    """Digest of the reader's own rules and of the bodies' names: a draft made by others is made anew from its landed bytes."""
    rules = [
        (file.name, file.read_bytes())
        for file in resources.files("humas.news").iterdir()
        if file.name.endswith(".py") and file.name not in _NOT_RULES
    ]
    files = sorted([*rules, *((f"{path.parent.name}/{path.name}", path.read_bytes()) for path in data_files())])
    return hashlib.sha256(b"".join(name.encode() + data for name, data in files)).hexdigest()[:12]


def to_stored(drafts: Draft, page: SitePage, read_at: datetime) -> DraftRow:
    """The draft of an article as the warehouse keeps it; its period is the quarter in which it begins."""
    from humas.warehouse import DraftRow

    day = drafts.tanggal_mulai
    return DraftRow(
        page.lembaga,
        page.kode_satker,
        page.url,
        Triwulan.containing(day).key if day else "",
        day,
        drafts.layak_dihitung,
        drafts.id_acara,
        page.sidik,
        reader_version(),
        {field.name: _plain(getattr(drafts, field.name)) for field in fields(Draft)},
        read_at,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if hasattr(value, "items") else value


def from_stored(row: DraftRow) -> Draft:
    """The draft that was stored; fields of an older form are left out, new ones are empty."""
    values = {field.name: _typed(field.type, row.isi[field.name]) for field in fields(Draft) if field.name in row.isi}
    return replace(Draft(**values), id_acara=row.id_acara)


def _typed(kind: Any, value: Any) -> Any:
    """JSON knows neither days nor tuples."""
    if isinstance(value, str) and str(kind).startswith("date"):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def still_open(drafts: Sequence[Draft], reported_rows: Iterable[ReportedKegiatan]) -> list[Draft]:
    """Drafts worth offering: activities of the unit that its accepted rows do not tell yet, each once.

    Told already is what has the same evidence address, the same event, or the same day and title.
    """
    rows = list(reported_rows)
    addresses = {canonical_url(address) for row in rows for address in _SPLIT.split(row.url_bukti) if address}
    events = {row.id_acara for row in rows if row.id_acara}
    known = {(row.tanggal_mulai, fold(row.judul)) for row in rows}
    unreported: dict[tuple[date | None, str], Draft] = {}
    for draft in drafts:
        key = (draft.tanggal_mulai, fold(draft.judul))
        reported = canonical_url(draft.url) in addresses or draft.id_acara in events or key in known
        if draft.layak_dihitung and draft.tanggal_mulai and not reported:
            unreported.setdefault(key, draft)
    return list(unreported.values())


def to_template(drafts: Draft) -> TemplateDraft:
    """The draft as a row of the sheet that offers it."""
    from humas.forms.template.model import TemplateDraft

    values = {name: value for name, value in drafts.as_row().items() if value is not None}
    words = "; ".join(f"{label}: {drafts.kata[name]}" for name, label in _POINTERS.items() if drafts.kata.get(name))
    notes = " ".join(filter(None, (drafts.berubah, *drafts.catatan)))
    return TemplateDraft(values, round(drafts.keyakinan_umum, 2), words, dict(drafts.kalimat), drafts.url, notes)
