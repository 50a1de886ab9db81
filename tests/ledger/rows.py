"""Rows and submissions of an office, short enough to be read in a table of cases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from humas.ledger import Part, Row
from humas.values.words import fold

BEGIN = datetime(2026, 10, 1, tzinfo=UTC)


def told(title: str, day: int, month: int = 7, **cells: object) -> dict[str, Any]:
    """One activity as an office tells it; ``tempat`` and ``jumlah_peserta`` are what most tell."""
    return {"judul": title, "hari_ini": date(2026, month, day), "tempat": "Aula KPU", "jumlah_peserta": 20} | cells


def row(submission: str, content: dict[str, Any]) -> Row:
    """The row as the ledger sees it."""
    cells = {name: fold(str(value)) for name, value in content.items() if value is not None and name != "hari_ini"}
    day = content["hari_ini"]
    cells["tanggal_mulai"] = day.isoformat()
    key = sha256(f"{fold(content['judul'])}|{day}".encode()).hexdigest()[:24]
    return Row(submission, key, content["judul"], day, cells)


def part(number: int, *contents: dict[str, Any], **said: Any) -> Part:
    """One submission of these rows, numbered in the order of arrival."""
    name = f"berkas {number}"
    rows = {one.id: one for one in (row(name, content) for content in contents)}
    return Part(name, BEGIN + timedelta(days=number), tuple(rows.values()), **said)
