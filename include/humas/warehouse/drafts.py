"""News sites: the memory of pages seen there, and the drafts read from them. Nothing here reaches any figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date

from sqlalchemy import Connection, or_, select, update

from humas.warehouse.bulk import upsert_rows
from humas.warehouse.models import FAKTA, Base
from humas.warehouse.records import BarisDraf, HalamanSitus, LaporanKegiatan

_HALAMAN = Base.metadata.tables["operasi_halaman_situs"]
_DRAF = Base.metadata.tables["inti_draf"]
_KIRIMAN = Base.metadata.tables["inti_kiriman"]
_KUNCI = ("lembaga", "kode_satker", "url")


def note_pages(connection: Connection, halaman: Sequence[HalamanSitus]) -> None:
    """Keep what is now known of these pages."""
    replaced = [field.name for field in fields(HalamanSitus) if field.name not in _KUNCI]
    upsert_rows(connection, _HALAMAN, [asdict(page) for page in halaman], ganti=replaced)


def pages(connection: Connection, lembaga: str, kode_satker: str) -> dict[str, HalamanSitus]:
    """All that is known of a unit's site, by canonical URL, in URL order."""
    columns = [_HALAMAN.c[field.name] for field in fields(HalamanSitus)]
    query = select(*columns).where(_HALAMAN.c.lembaga == lembaga, _HALAMAN.c.kode_satker == kode_satker)
    return {row.url: HalamanSitus(*row) for row in connection.execute(query.order_by(_HALAMAN.c.url))}


def unread(connection: Connection, lembaga: str, kode_satker: str, pembaca: str, sejak: date) -> list[HalamanSitus]:
    """Articles in landing without a draft of these bytes, or (activities since ``sejak``) by these rules; in URL order."""
    h, d = _HALAMAN.c, _DRAF.c
    recent = or_(d.tanggal_mulai.is_(None), d.tanggal_mulai >= sejak)
    same = (h.lembaga == d.lembaga) & (h.kode_satker == d.kode_satker) & (h.url == d.url)
    query = (
        select(*(h[field.name] for field in fields(HalamanSitus)))
        .outerjoin(_DRAF, same)
        .where(h.lembaga == lembaga, h.kode_satker == kode_satker, h.jenis == "artikel", h.sidik != "")
        .where(or_(d.url.is_(None), d.sidik != h.sidik, (d.pembaca != pembaca) & recent))
        .order_by(h.url)
    )
    return [HalamanSitus(*row) for row in connection.execute(query)]


def store(connection: Connection, draf: Sequence[BarisDraf]) -> None:
    """Keep these drafts; a draft of the same article is replaced."""
    replaced = [field.name for field in fields(BarisDraf) if field.name not in _KUNCI]
    upsert_rows(connection, _DRAF, [asdict(draft) for draft in draf], ganti=replaced)


def load(
    connection: Connection, lembaga: str | None, periode: str | None, kode_satker: str | None = None
) -> list[BarisDraf]:
    """Drafts by body, unit, day and URL; ``periode`` "" asks for those without a date, None for all."""
    query = select(*(_DRAF.c[field.name] for field in fields(BarisDraf)))
    for column, value in (("lembaga", lembaga), ("periode", periode), ("kode_satker", kode_satker)):
        if value is not None:
            query = query.where(_DRAF.c[column] == value)
    drafts = [BarisDraf(*row) for row in connection.execute(query)]
    return sorted(
        drafts, key=lambda draft: (draft.lembaga, draft.kode_satker, str(draft.tanggal_mulai or ""), draft.url)
    )


def set_events(connection: Connection, acara: Mapping[tuple[str, str, str], str]) -> int:
    """Give drafts, by (lembaga, kode_satker, url), the id of their event; returns how many changed."""
    changed = 0
    for (lembaga, satker, url), event in acara.items():
        conditions = (_DRAF.c.lembaga == lembaga, _DRAF.c.kode_satker == satker, _DRAF.c.url == url)
        statement = update(_DRAF).where(*conditions, _DRAF.c.id_acara != event).values(id_acara=event)
        changed += connection.execute(statement).rowcount
    return changed


def reported(
    connection: Connection, lembaga: str, periode: str, kode_satker: str | None = None
) -> dict[str, list[LaporanKegiatan]]:
    """By unit, the accepted activities of its submission in force, as far as a draft may repeat them."""
    facts = FAKTA["kegiatan"].c
    query = (
        select(_KIRIMAN.c.kode_satker, facts.tanggal_mulai, facts.judul, facts.url_bukti, facts.id_acara)
        .join(_KIRIMAN, _KIRIMAN.c.id == facts.id_kiriman)
        .where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode, _KIRIMAN.c.berlaku)
    )
    if kode_satker is not None:
        query = query.where(_KIRIMAN.c.kode_satker == kode_satker)
    activities: dict[str, list[LaporanKegiatan]] = {}
    for code, day, *texts in connection.execute(query):
        activities.setdefault(code, []).append(LaporanKegiatan(day, *(text or "" for text in texts)))
    return activities
