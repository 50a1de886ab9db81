"""Runs, and the proof in each that no row was lost: rows in = accepted + quarantined + duplicate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Table, func, select, update

from humas.errors import SistemError
from humas.warehouse.bulk import upsert_rows
from humas.warehouse.models import FAKTA, HITUNGAN, Base
from humas.warehouse.records import Neraca

_JALAN = Base.metadata.tables["operasi_jalan"]
_KIRIMAN = Base.metadata.tables["inti_kiriman"]
_NASIB = {"dikarantina": Base.metadata.tables["inti_karantina"], "kembar": Base.metadata.tables["inti_kembar"]}
_SELISIH_DISEBUT = 20


def start(connection: Connection, run_id: str, lembaga: str, periode: str, now: datetime) -> None:
    """Note that a run began; a run that is known already stays as it is."""
    row = {"run_id": run_id, "lembaga": lembaga, "periode": periode, "mulai": now, "selesai": None}
    upsert_rows(connection, _JALAN, [row | {"status": "berjalan", "neraca": {}}])


def finish(connection: Connection, run_id: str, lembaga: str, periode: str, now: datetime) -> Neraca:
    """Weigh the rows and store the balance with the run: ``selesai``, or ``gagal`` when something is missing."""
    balance = weigh(connection, lembaga, periode)
    start(connection, run_id, lembaga, periode, now)
    key = (_JALAN.c.run_id == run_id, _JALAN.c.lembaga == lembaga, _JALAN.c.periode == periode)
    values = {"selesai": now, "status": "gagal" if balance.selisih else "selesai", "neraca": asdict(balance)}
    connection.execute(update(_JALAN).where(*key).values(values))
    return balance


def require_balance(neraca: Neraca, periode: str) -> None:
    """Raise SistemError (``neraca_tidak_cocok``) when rows are missing or too many."""
    if neraca.selisih:
        raise SistemError(
            "neraca_tidak_cocok",
            f"Neraca baris {periode} tidak cocok di {len(neraca.selisih)} tempat: {'; '.join(neraca.selisih[:3])}.",
            "jangan terbitkan; jalankan pemeriksaan lagi, dan bila tetap demikian laporkan ke pengembang.",
        )


def weigh(connection: Connection, lembaga: str, periode: str) -> Neraca:
    """The balance per file, unit, period and nation, counted from verdicts and, independently, from stored rows."""
    conditions = (_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode)
    submissions = list(
        connection.execute(select(_KIRIMAN).where(*conditions).order_by(_KIRIMAN.c.kode_satker, _KIRIMAN.c.id))
    )
    checked = [submission for submission in submissions if submission.status != "menunggu"]
    stored = _stored_rows(connection, lembaga, periode)
    mismatches = [message for submission in checked for message in _mismatches(submission, stored)]
    by_unit = _sums_per_unit(checked)
    nation = _sum(checked)
    mismatches += _level_mismatches(by_unit, nation)
    return Neraca(
        len(checked), len(submissions) - len(checked), *nation,
        _sum(submission for submission in checked if submission.berlaku), by_unit, tuple(mismatches[:_SELISIH_DISEBUT]),
    )  # fmt: skip


def _stored_rows(connection: Connection, lembaga: str, period: str) -> Counter[tuple[str, str, str]]:
    """(submission, fate, data set) → rows that stand in the tables."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for dataset, table in FAKTA.items():
        for submission, count in connection.execute(_count(table, [], lembaga, period)):
            counts[submission, "diterima", dataset] = count
    for fate, table in _NASIB.items():
        for submission, dataset, count in connection.execute(_count(table, [table.c.himpunan], lembaga, period)):
            counts[submission, fate, dataset or ""] = count
    return counts


def _count(table: Table, breakdown: list[Column[Any]], lembaga: str, period: str) -> Select[Any]:
    """Rows of a table by submission (and by ``breakdown``)."""
    keys = [table.c.id_kiriman, *breakdown]
    joined = select(*keys, func.count()).join(_KIRIMAN, table.c.id_kiriman == _KIRIMAN.c.id).group_by(*keys)
    return joined.where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == period)


def _mismatches(submission: Row[Any], stored: Counter[tuple[str, str, str]]) -> Iterator[str]:
    """What does not balance in one submission, in plain words."""
    place = f"satker {submission.kode_satker}, kiriman {submission.id}"
    rows_in, *out = (getattr(submission, name) for name in HITUNGAN)
    if rows_in != sum(out):
        yield f"{place}: masuk {rows_in}, keluar {sum(out)}"
    if submission.status == "ditolak":
        found = sum(stored[submission.id, "diterima", name] for name in FAKTA)
        if submission.diterima or found:
            yield f"{place}: ditolak, tetapi {max(submission.diterima, found)} baris diterima"
        return
    for position, fate in enumerate(HITUNGAN[1:], start=1):
        for name in FAKTA:
            noted = submission.per_himpunan.get(name, (0, 0, 0, 0))[position]
            if stored[submission.id, fate, name] != noted:
                found = stored[submission.id, fate, name]
                yield f"{place}, {name}: {fate} {noted} tercatat, {found} tersimpan"
        if sum(counts[position] for counts in submission.per_himpunan.values()) != getattr(submission, fate):
            yield f"{place}: {fate} tidak sama dengan jumlah himpunannya"


def _sum(submissions: Iterable[Row[Any]]) -> tuple[int, int, int, int]:
    listing = list(submissions)
    rows_in, accepted, quarantined, duplicates = (
        sum(getattr(submission, name) for submission in listing) for name in HITUNGAN
    )
    return rows_in, accepted, quarantined, duplicates


def _sums_per_unit(submissions: list[Row[Any]]) -> dict[str, tuple[int, int, int, int]]:
    by_unit: dict[str, list[Row[Any]]] = {}
    for submission in submissions:
        by_unit.setdefault(submission.kode_satker, []).append(submission)
    return {code: _sum(listing) for code, listing in by_unit.items()}


def _level_mismatches(by_unit: dict[str, tuple[int, int, int, int]], nation: tuple[int, ...]) -> Iterator[str]:
    """Balance of each unit and of the nation, and that the units make up the nation."""
    for code, (rows_in, *out) in (*by_unit.items(), ("nasional", nation)):
        if rows_in != sum(out):
            yield f"{code}: masuk {rows_in}, keluar {sum(out)}"
    for position, name in enumerate(HITUNGAN):
        total = sum(counts[position] for counts in by_unit.values())
        if total != nation[position]:
            yield f"{name}: jumlah satker {total}, nasional {nation[position]}"


def neraca_of(connection: Connection, run_id: str, lembaga: str, periode: str) -> dict[str, Any]:
    """The balance stored with a run; empty when the run is unknown or not finished."""
    key = (_JALAN.c.run_id == run_id, _JALAN.c.lembaga == lembaga, _JALAN.c.periode == periode)
    return connection.scalar(select(_JALAN.c.neraca).where(*key)) or {}
