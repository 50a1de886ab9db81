"""Answers of people to the question whether a submission adds to what was accepted, or replaces it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, func, select

from humas.errors import SenderError
from humas.warehouse.bulk import insert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import Settlement

_TABLE = Base.metadata.tables["operasi_ganti"]


def last_settlements(connection: Connection) -> dict[str, Settlement]:
    """The last answer given for each submission; one that was taken back is none."""
    columns = [_TABLE.c[name] for name in Settlement.__dataclass_fields__]
    rows = connection.execute(select(*columns).order_by(_TABLE.c.versi))
    last = {answer.id_kiriman: answer for answer in (Settlement(*row) for row in rows)}
    return {id_: answer for id_, answer in last.items() if answer.jawaban}


def settle_question(connection: Connection, new: Settlement) -> bool:
    """Keep an answer, unless the last one of this submission says the same; whether it was kept.

    Raises:
        SenderError: nobody is named, or no reason is given.
    """
    if not new.oleh.strip() or not new.alasan.strip():
        raise SenderError(
            "jawaban_tanpa_alasan", "Jawaban tanpa nama atau tanpa alasan.", "tulis --oleh NAMA dan --alasan TEKS."
        )
    last = last_settlements(connection).get(new.id_kiriman)
    if (last.jawaban if last else "") == new.jawaban:
        return False
    query = select(func.count()).select_from(_TABLE).where(_TABLE.c.id_kiriman == new.id_kiriman)
    insert_rows(connection, _TABLE, [asdict(new) | {"versi": int(connection.scalar(query) or 0) + 1}])
    return True
