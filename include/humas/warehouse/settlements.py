"""Answers of people: whether a submission adds or replaces, and whether a recap counts instead of a unit's own file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import Connection, func, select

from humas.errors import SenderError
from humas.warehouse.bulk import insert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import Settlement

_TABLE = Base.metadata.tables["operasi_ganti"]
_TURNS = {"rekap": True, "sendiri": False}
WITHDRAWS = "cabut"
"""The answer by which nothing that a recap says of a unit counts any longer."""


def last_settlements(connection: Connection) -> dict[str, Settlement]:
    """The last answer given for each submission; one that was taken back is none."""
    last = {answer.id_kiriman: answer for answer in _answers(connection) if not _word(answer)}
    return {id_: answer for id_, answer in last.items() if answer.jawaban}


def _answers(connection: Connection) -> Iterator[Settlement]:
    columns = [_TABLE.c[name] for name in Settlement.__dataclass_fields__]
    yield from (Settlement(*row) for row in connection.execute(select(*columns).order_by(_TABLE.c.versi)))


def _word(answer: Settlement) -> str:
    """``rekap`` or ``sendiri`` of an answer to whose word counts; "" of any other."""
    word = answer.jawaban.partition(":")[0]
    return word if word in _TURNS else ""


def last_turns(connection: Connection) -> dict[str, dict[str, Settlement]]:
    """For each share of a recap, by data set, the last word of an operator on whether the recap counts (:func:`recap_counts`)."""
    found: defaultdict[str, dict[str, Settlement]] = defaultdict(dict)
    for answer in _answers(connection):
        if _word(answer):
            found[answer.id_kiriman][answer.jawaban.partition(":")[2]] = answer
    return dict(found)


def recap_counts(answer: Settlement | None) -> bool:
    """Whether an operator's last word is that the recap counts, and not the unit's own file."""
    return answer is not None and _TURNS[_word(answer)]


def turn_round(connection: Connection, new: Settlement) -> None:
    """Keep an operator's word on whose rows count: ``rekap:DATA_SET`` or ``sendiri:DATA_SET``, on any share of the unit.

    Raises:
        SenderError: nobody is named, or no reason is given.
    """
    _require_reason(new)
    _insert(connection, new)


def settle_question(connection: Connection, new: Settlement) -> bool:
    """Keep an answer, unless the last one of this submission says the same; whether it was kept.

    Raises:
        SenderError: nobody is named, or no reason is given.
    """
    _require_reason(new)
    last = last_settlements(connection).get(new.id_kiriman)
    if (last.jawaban if last else "") == new.jawaban:
        return False
    _insert(connection, new)
    return True


def _require_reason(new: Settlement) -> None:
    if not new.oleh.strip() or not new.alasan.strip():
        raise SenderError(
            "jawaban_tanpa_alasan", "Jawaban tanpa nama atau tanpa alasan.", "tulis --oleh NAMA dan --alasan TEKS."
        )


def _insert(connection: Connection, new: Settlement) -> None:
    query = select(func.count()).select_from(_TABLE).where(_TABLE.c.id_kiriman == new.id_kiriman)
    insert_rows(connection, _TABLE, [asdict(new) | {"versi": int(connection.scalar(query) or 0) + 1}])
