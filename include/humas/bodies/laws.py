"""Laws that reports are founded on, from a body's ``dasar_hukum.csv`` and from the one table that all bodies share."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Final

from humas.bodies.blocks import BodyFault, BodyFile
from humas.bodies.model import Law
from humas.errors import OperatorError

SHARED_LAWS: Final = "hukum_bersama.csv"
_COLUMNS: Final = ("judul", "berlaku_dari", "berlaku_sampai", "status", "sumber")
_SHORT: Final = "singkatan"
_AMENDED: Final = ", sebagaimana"


@cache
def shared_laws() -> Mapping[str, Law]:
    """The laws that bodies share and the contract cites, by what they are called in short ("UU 14/2008").

    Raises:
        OperatorError: their file cannot be used, so that no body can be.
    """
    path = Path(__file__).with_name("data") / SHARED_LAWS
    try:
        source = BodyFile("", SHARED_LAWS, path.read_text(encoding="utf-8"))
        return {row[_SHORT]: _law(source, line, row) for line, row in _rows(source, (_SHORT, *_COLUMNS))}
    except (BodyFault, OSError, UnicodeDecodeError) as fault:
        raise OperatorError(
            "hukum_keliru",
            f"Tabel dasar hukum bersama tidak dapat dipakai: {fault}.",
            f"perbaiki {SHARED_LAWS} di include/humas/bodies/data.",
        ) from fault


def read_laws(source: BodyFile, shared: Mapping[str, Law]) -> Iterator[Law]:
    """A body's laws in the order of printing; a row that holds no more than a shared law's short name means that one.

    Raises:
        BodyFault: the first row that cannot be used.
    """
    seen: dict[str, list[Law]] = {}
    for line, row in _rows(source, _COLUMNS):
        law = shared[row["judul"]] if row["judul"] in shared and _alone(row) else _law(source, line, row)
        same = seen.setdefault(law.title.partition(_AMENDED)[0], [])
        if any(other.in_force(law.valid_from, law.valid_until or date.max) for other in same):
            raise source.fault_at(line, "masa berlakunya bertumpuk dengan baris lain dari peraturan yang sama")
        same.append(law)
        yield law
    if not seen:
        raise source.fault_at(1, "belum memuat satu peraturan pun")


def _rows(source: BodyFile, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    rows = csv.DictReader(StringIO(source.text), delimiter=";")
    if rows.fieldnames != [*columns]:
        raise source.fault_at(1, f"kolomnya harus {';'.join(columns)}")
    for row in rows:
        yield rows.line_num, {name: (row.get(name) or "").strip() for name in columns}


def _alone(row: Mapping[str, str]) -> bool:
    return not any(row[name] for name in _COLUMNS[1:])


def _law(source: BodyFile, line: int, row: Mapping[str, str]) -> Law:
    if missing := next((name for name in row if not row[name] and name != "berlaku_sampai"), ""):
        raise source.fault_at(line, f'kolom "{missing}" kosong')
    try:
        begin = date.fromisoformat(row["berlaku_dari"])
        end = date.fromisoformat(row["berlaku_sampai"]) if row["berlaku_sampai"] else None
    except ValueError:
        raise source.fault_at(line, "tanggal harus berbentuk 2026-07-01") from None
    if end is not None and end < begin:
        raise source.fault_at(line, "berlaku_sampai mendahului berlaku_dari")
    return Law(row["judul"], begin, end, row["status"], row["sumber"])
