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
    ganti = [satu.name for satu in fields(HalamanSitus) if satu.name not in _KUNCI]
    upsert_rows(connection, _HALAMAN, [asdict(satu) for satu in halaman], ganti=ganti)


def pages(connection: Connection, lembaga: str, kode_satker: str) -> dict[str, HalamanSitus]:
    """All that is known of a unit's site, by canonical URL, in URL order."""
    kolom = [_HALAMAN.c[satu.name] for satu in fields(HalamanSitus)]
    query = select(*kolom).where(_HALAMAN.c.lembaga == lembaga, _HALAMAN.c.kode_satker == kode_satker)
    return {baris.url: HalamanSitus(*baris) for baris in connection.execute(query.order_by(_HALAMAN.c.url))}


def unread(connection: Connection, lembaga: str, kode_satker: str, pembaca: str, sejak: date) -> list[HalamanSitus]:
    """Articles in landing without a draft of these bytes, or (activities since ``sejak``) by these rules; in URL order."""
    h, d = _HALAMAN.c, _DRAF.c
    baru = or_(d.tanggal_mulai.is_(None), d.tanggal_mulai >= sejak)
    sama = (h.lembaga == d.lembaga) & (h.kode_satker == d.kode_satker) & (h.url == d.url)
    query = (
        select(*(h[satu.name] for satu in fields(HalamanSitus)))
        .outerjoin(_DRAF, sama)
        .where(h.lembaga == lembaga, h.kode_satker == kode_satker, h.jenis == "artikel", h.sidik != "")
        .where(or_(d.url.is_(None), d.sidik != h.sidik, (d.pembaca != pembaca) & baru))
        .order_by(h.url)
    )
    return [HalamanSitus(*baris) for baris in connection.execute(query)]


def store(connection: Connection, draf: Sequence[BarisDraf]) -> None:
    """Keep these drafts; a draft of the same article is replaced."""
    ganti = [satu.name for satu in fields(BarisDraf) if satu.name not in _KUNCI]
    upsert_rows(connection, _DRAF, [asdict(satu) for satu in draf], ganti=ganti)


def load(
    connection: Connection, lembaga: str | None, periode: str | None, kode_satker: str | None = None
) -> list[BarisDraf]:
    """Drafts by body, unit, day and URL; ``periode`` "" asks for those without a date, None for all."""
    query = select(*(_DRAF.c[satu.name] for satu in fields(BarisDraf)))
    for kolom, nilai in (("lembaga", lembaga), ("periode", periode), ("kode_satker", kode_satker)):
        if nilai is not None:
            query = query.where(_DRAF.c[kolom] == nilai)
    baris = [BarisDraf(*satu) for satu in connection.execute(query)]
    return sorted(baris, key=lambda b: (b.lembaga, b.kode_satker, str(b.tanggal_mulai or ""), b.url))


def set_events(connection: Connection, acara: Mapping[tuple[str, str, str], str]) -> int:
    """Give drafts, by (lembaga, kode_satker, url), the id of their event; returns how many changed."""
    ubah = 0
    for (lembaga, kode_satker, url), id_acara in acara.items():
        syarat = (_DRAF.c.lembaga == lembaga, _DRAF.c.kode_satker == kode_satker, _DRAF.c.url == url)
        pernyataan = update(_DRAF).where(*syarat, _DRAF.c.id_acara != id_acara).values(id_acara=id_acara)
        ubah += connection.execute(pernyataan).rowcount
    return ubah


def reported(
    connection: Connection, lembaga: str, periode: str, kode_satker: str | None = None
) -> dict[str, list[LaporanKegiatan]]:
    """By unit, the accepted activities of its submission in force, as far as a draft may repeat them."""
    fakta = FAKTA["kegiatan"].c
    query = (
        select(_KIRIMAN.c.kode_satker, fakta.tanggal_mulai, fakta.judul, fakta.url_bukti, fakta.id_acara)
        .join(_KIRIMAN, _KIRIMAN.c.id == fakta.id_kiriman)
        .where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode, _KIRIMAN.c.berlaku)
    )
    if kode_satker is not None:
        query = query.where(_KIRIMAN.c.kode_satker == kode_satker)
    hasil: dict[str, list[LaporanKegiatan]] = {}
    for kode, hari, *teks in connection.execute(query):
        hasil.setdefault(kode, []).append(LaporanKegiatan(hari, *(satu or "" for satu in teks)))
    return hasil
