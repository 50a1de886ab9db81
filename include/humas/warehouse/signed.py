"""Reports that came back signed: noted once each, never taken away."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Connection, select

from humas.registry import Cycle
from humas.warehouse.bulk import insert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import SignedCopy

_TABLE = Base.metadata.tables["hasil_tanda_tangan"]
_COLUMNS = tuple(field.name for field in fields(SignedCopy))


def load(connection: Connection, cycle: Cycle) -> list[SignedCopy]:
    """The signed copies of a period's reports, in the order in which they came."""
    query = select(*(_TABLE.c[name] for name in _COLUMNS)).where(
        _TABLE.c.lembaga == cycle.lembaga, _TABLE.c.periode == cycle.period
    )
    return [SignedCopy(*row) for row in connection.execute(query.order_by(_TABLE.c.diterima_pada, _TABLE.c.sha256))]


def note(connection: Connection, cycle: Cycle, copy: SignedCopy) -> bool:
    """Note a copy; whether it is new."""
    if any(one.sha256 == copy.sha256 and one.edisi == copy.edisi for one in load(connection, cycle)):
        return False
    values = {name: getattr(copy, name) for name in _COLUMNS}
    values["tanda_tangan"] = [dict(one) for one in copy.tanda_tangan]
    insert_rows(connection, _TABLE, [{"lembaga": cycle.lembaga, "periode": cycle.period, **values}])
    return True
