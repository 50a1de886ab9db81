"""Digests of what this program stored, so that a change by another hand is seen before anything is made of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import compress
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, or_, select, type_coerce, update
from sqlalchemy.types import NullType

from humas.warehouse.bulk import IN_CHUNK, chunks, insert_rows
from humas.warehouse.models import FAKTA, Base

_SEGEL = Base.metadata.tables["hasil_segel"]
_KIRIMAN = Base.metadata.tables["inti_kiriman"]
_ROWS = (*FAKTA.values(), *(Base.metadata.tables[f"inti_{nama}"] for nama in ("temuan", "karantina", "kembar")))
# The successor of a quarantined row moves with later submissions, and says nothing of the row.
_OUTSIDE = frozenset({"id_pengganti"})
_VERDICT = (
    "status", "alasan", "cara", "nihil", "baris_masuk", "diterima", "dikarantina", "kembar", "sel_wajib",
    "sel_wajib_terisi", "per_himpunan", "sidik_hasil",
)  # fmt: skip
_FORM = "1"
_OLDER, _REOPENED = "lama", "dibuka"
_WIDTH = 16


def load(connection: Connection, lembaga: str, periode: str, kind: str) -> frozenset[str]:
    """The digests of one kind that are noted for a period."""
    return frozenset(connection.scalars(select(_SEGEL.c.sidik).where(*_place(lembaga, periode, kind))))


def store(connection: Connection, lembaga: str, periode: str, kind: str, digests: Collection[str]) -> None:
    """Make these the digests of one kind of a period, and no others."""
    connection.execute(delete(_SEGEL).where(*_place(lembaga, periode, kind)))
    tetap = {"lembaga": lembaga, "periode": periode, "jenis": kind}
    insert_rows(connection, _SEGEL, [{**tetap, "sidik": satu} for satu in sorted(digests)])


def _place(lembaga: str, periode: str, kind: str) -> tuple[Any, ...]:
    return _SEGEL.c.lembaga == lembaga, _SEGEL.c.periode == periode, _SEGEL.c.jenis == kind


def altered(connection: Connection, lembaga: str, periode: str) -> list[tuple[str, str]]:
    """Submissions (id, unit) whose verdict or rows are not those that were stored, in code order."""
    k = _KIRIMAN.c
    milik = (k.lembaga == lembaga, k.periode == periode, or_(k.segel != "", k.status != "menunggu"), k.segel != _OLDER)
    query = select(k.id, k.kode_satker, k.segel).where(*milik).order_by(k.kode_satker, k.id)
    tersegel = list(connection.execute(query))
    kini = _digests(connection, lambda query, id_: query.where(id_.in_(select(k.id).where(*milik)))) if tersegel else {}
    return [(satu.id, satu.kode_satker) for satu in tersegel if satu.segel != kini.get(satu.id)]


def reopen(connection: Connection, submissions: Sequence[str]) -> None:
    """Let the next validation write these submissions again, whatever it says of them."""
    for potong in chunks(submissions, IN_CHUNK):
        connection.execute(update(_KIRIMAN).where(_KIRIMAN.c.id.in_(potong)).values(sidik_hasil="", segel=_REOPENED))


def seal(connection: Connection, submissions: Sequence[str]) -> None:
    """Note the digest of verdict and rows of submissions as they stand."""
    for potong in chunks(submissions, IN_CHUNK):
        digests = _digests(connection, lambda query, id_, ids=potong: query.where(id_.in_(ids)))
        rows = [{"kunci": kunci, "isi": isi} for kunci, isi in digests.items()]
        perintah = update(_KIRIMAN).where(_KIRIMAN.c.id == bindparam("kunci")).values(segel=bindparam("isi"))
        connection.execute(perintah, rows)


def unsealed(connection: Connection, lembaga: str, periode: str) -> list[str]:
    """Submissions that were validated before there were digests, and not since."""
    k = _KIRIMAN.c
    query = select(k.id).where(k.lembaga == lembaga, k.periode == periode, k.segel == _OLDER)
    return list(connection.scalars(query))


def _digests(connection: Connection, of: Any) -> dict[str, str]:
    """Digest of each submission that ``of`` (query, its column of ids) lets pass; the order of rows is no part of it."""
    verdict = select(_KIRIMAN.c.id, *(raw(_KIRIMAN.c[nama]) for nama in _VERDICT))
    rows: dict[str, list[bytes]] = defaultdict(list)
    for id_, isi in _hashed(connection, of(verdict, _KIRIMAN.c.id), "inti_kiriman"):
        rows[id_].append(isi)
    for tabel in _ROWS:
        for id_, isi in _hashed(connection, of(_columns(tabel), tabel.c.id_kiriman), tabel.name):
            rows[id_].append(isi)
    return {id_: f"{_FORM}:{hashlib.sha256(b''.join(sorted(isi))).hexdigest()}" for id_, isi in rows.items()}


def _columns(tabel: Table) -> Select[Any]:
    nama = sorted(kolom.name for kolom in tabel.columns if kolom.name not in {"id_kiriman", *_OUTSIDE})
    return select(tabel.c.id_kiriman, *(raw(tabel.c[satu]) for satu in nama))


def raw(kolom: Any) -> Any:
    """A column as the driver gives it: whatever another hand put there is read, and differs."""
    return type_coerce(kolom, NullType()).label(kolom.name)


def _hashed(connection: Connection, query: Select[Any], nama: str) -> Iterator[tuple[str, bytes]]:
    """Each row as a hash. Empty cells are no part of it: a column that the contract adds later changes nothing."""
    kolom = [satu.name for satu in query.selected_columns]
    kepala: dict[tuple[bool, ...], str] = {}
    for baris in connection.execute(query):
        terisi = tuple([sel is not None for sel in baris])
        if terisi not in kepala:
            kepala[terisi] = repr((nama, *compress(kolom, terisi)))
        isi = kepala[terisi] + repr(tuple(compress(baris, terisi)))
        yield baris[0], hashlib.blake2b(isi.encode("utf-8", "surrogatepass"), digest_size=_WIDTH).digest()
