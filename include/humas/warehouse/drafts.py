"""News sites: the memory of pages seen there, and the drafts read from them. Nothing here reaches any figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date

from sqlalchemy import Connection, or_, select, update

from humas.registry import Cycle
from humas.warehouse.bulk import upsert_rows
from humas.warehouse.models import FACTS, Base
from humas.warehouse.records import DraftRow, ReportedKegiatan, SitePage

_PAGE = Base.metadata.tables["operasi_halaman_situs"]
_DRAFT = Base.metadata.tables["inti_draf"]
_SUBMISSION = Base.metadata.tables["inti_kiriman"]
_KEY = ("lembaga", "kode_satker", "url")


def note_pages(connection: Connection, pages: Sequence[SitePage]) -> None:
    """Keep what is now known of these pages."""
    replaced = [field.name for field in fields(SitePage) if field.name not in _KEY]
    upsert_rows(connection, _PAGE, [asdict(page) for page in pages], replaced=replaced)


def pages(connection: Connection, lembaga: str, satker_code: str) -> dict[str, SitePage]:
    """All that is known of a unit's site, by canonical URL, in URL order."""
    columns = [_PAGE.c[field.name] for field in fields(SitePage)]
    query = select(*columns).where(_PAGE.c.lembaga == lembaga, _PAGE.c.kode_satker == satker_code)
    return {row.url: SitePage(*row) for row in connection.execute(query.order_by(_PAGE.c.url))}


def unread(connection: Connection, lembaga: str, satker_code: str, reader: str, since: date) -> list[SitePage]:
    """Articles in landing without a draft of these bytes, or (activities since ``since``) by these rules; in URL order."""
    h, d = _PAGE.c, _DRAFT.c
    recent = or_(d.tanggal_mulai.is_(None), d.tanggal_mulai >= since)
    same = (h.lembaga == d.lembaga) & (h.kode_satker == d.kode_satker) & (h.url == d.url)
    query = (
        select(*(h[field.name] for field in fields(SitePage)))
        .outerjoin(_DRAFT, same)
        .where(h.lembaga == lembaga, h.kode_satker == satker_code, h.jenis == "artikel", h.sidik != "")
        .where(or_(d.url.is_(None), d.sidik != h.sidik, (d.pembaca != reader) & recent))
        .order_by(h.url)
    )
    return [SitePage(*row) for row in connection.execute(query)]


def store(connection: Connection, drafts: Sequence[DraftRow]) -> None:
    """Keep these drafts; a draft of the same article is replaced."""
    replaced = [field.name for field in fields(DraftRow) if field.name not in _KEY]
    upsert_rows(connection, _DRAFT, [asdict(draft) for draft in drafts], replaced=replaced)


def load(
    connection: Connection, lembaga: str | None, period: str | None, satker_code: str | None = None
) -> list[DraftRow]:
    """Drafts by body, unit, day and URL; ``period`` "" asks for those without a date, None for all."""
    query = select(*(_DRAFT.c[field.name] for field in fields(DraftRow)))
    for column, value in (("lembaga", lembaga), ("periode", period), ("kode_satker", satker_code)):
        if value is not None:
            query = query.where(_DRAFT.c[column] == value)
    drafts = [DraftRow(*row) for row in connection.execute(query)]
    return sorted(
        drafts, key=lambda draft: (draft.lembaga, draft.kode_satker, str(draft.tanggal_mulai or ""), draft.url)
    )


def set_events(connection: Connection, events: Mapping[tuple[str, str, str], str]) -> int:
    """Give drafts, by (lembaga, kode_satker, url), the id of their event; returns how many changed."""
    changed = 0
    for (lembaga, satker, url), event in events.items():
        conditions = (_DRAFT.c.lembaga == lembaga, _DRAFT.c.kode_satker == satker, _DRAFT.c.url == url)
        statement = update(_DRAFT).where(*conditions, _DRAFT.c.id_acara != event).values(id_acara=event)
        changed += connection.execute(statement).rowcount
    return changed


def reported(connection: Connection, cycle: Cycle, satker_code: str | None = None) -> dict[str, list[ReportedKegiatan]]:
    """By unit, the accepted activities of its submission in force, as far as a draft may repeat them."""
    facts = FACTS["kegiatan"].c
    query = (
        select(_SUBMISSION.c.kode_satker, facts.tanggal_mulai, facts.judul, facts.url_bukti, facts.id_acara)
        .join(_SUBMISSION, _SUBMISSION.c.id == facts.id_kiriman)
        .where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period, _SUBMISSION.c.berlaku)
    )
    if satker_code is not None:
        query = query.where(_SUBMISSION.c.kode_satker == satker_code)
    activities: dict[str, list[ReportedKegiatan]] = {}
    for code, day, *texts in connection.execute(query):
        activities.setdefault(code, []).append(ReportedKegiatan(day, *(text or "" for text in texts)))
    return activities
