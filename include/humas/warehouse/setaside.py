"""Files of the drop-boxes that were set aside: the memory of their pauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, delete, select

from humas.warehouse.bulk import upsert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import SetAside

_TABLE = Base.metadata.tables["operasi_kotak_tertunda"]
_KEY = ("kotak", "nama", "sidik")


def load(connection: Connection, box: str) -> list[SetAside]:
    """The files that are set aside in one drop-box, in the order in which they are tried again."""
    columns = [_TABLE.c[field.name] for field in fields(SetAside)]
    query = select(*columns).where(_TABLE.c.kotak == box).order_by(_TABLE.c.coba_lagi, *(_TABLE.c[n] for n in _KEY))
    return [SetAside(*row) for row in connection.execute(query)]


def note(connection: Connection, rows: Sequence[SetAside]) -> None:
    """Keep what is now known of files that were set aside."""
    changing = [field.name for field in fields(SetAside) if field.name not in _KEY]
    upsert_rows(connection, _TABLE, [asdict(row) for row in rows], replaced=changing)


def forget(connection: Connection, rows: Sequence[SetAside]) -> None:
    """Strike files off that came through, or are gone."""
    for row in rows:
        same = (_TABLE.c[name] == getattr(row, name) for name in _KEY)
        connection.execute(delete(_TABLE).where(*same))
