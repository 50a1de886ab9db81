"""A small nation for roll-up tests: obligations, submissions of every kind, and their facts, without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

import pandas as pd
from humas.contract.columns import DATASETS
from humas.periods import Calendar, Triwulan
from humas.registry import Register
from humas.rollup import roll_up
from humas.warehouse import Obligation
from humas.warehouse.frames import conform
from humas.warehouse.models import FACTS
from humas.warehouse.proof import COUNTED

TW3 = Triwulan(2026, 3)
NOW = datetime(2026, 10, 20, 3, tzinfo=UTC)
VERDICTS = (
    "kode_satker", "id_kiriman", "status", "berlaku", "diterima_pada",
    "baris_masuk", "diterima", "dikarantina", "kembar", "diperbaiki", "sel_wajib", "sel_wajib_terisi",
    "saluran_lengkap", "nihil", "pernyataan", "per_himpunan",
)  # fmt: skip


def obligations(*code: str) -> list[Obligation]:
    return [Obligation(one, date(2026, 10, 7), date(2026, 10, 14)) for one in code]


def verdict(
    code: str,
    status: str = "diterima",
    *,
    in_force: bool | None = None,
    at: str = "2026-10-07T09:00:00Z",
    statement: str | None = None,
    by_data_set: Mapping[str, tuple[int, ...]] | None = None,
    complete: bool = False,
    **aggregate: int,
) -> dict[str, object]:
    unchanged = dict.fromkeys(VERDICTS[5:-4], 0)
    unchanged |= {
        "saluran_lengkap": complete,
        "nihil": status == "nihil",
        "pernyataan": statement,
        "per_himpunan": by_data_set or {},
    }
    valid = status not in {"ditolak", "menunggu"}
    return {**unchanged, "kode_satker": code, "id_kiriman": f"{code}-{at}", "status": status, "berlaku": valid if in_force is None else in_force, "diterima_pada": pd.Timestamp(at), **aggregate}  # fmt: skip


def verdicts(*row: Mapping[str, object]) -> pd.DataFrame:
    return pd.DataFrame(row, columns=list(VERDICTS)).astype({
        "berlaku": "bool",
        "nihil": "bool",
        "saluran_lengkap": "bool",
        "diterima_pada": "datetime64[ns, UTC]",
    })


def rows(dataset: str, *row: Mapping[str, object]) -> pd.DataFrame:
    """Accepted rows with the given cells, typed as the warehouse gives them; the other cells are empty."""
    name = [column.name for column in FACTS[dataset].columns]
    content = [{"id_baris": f"b{n}", "baris": n, "susulan": False, **one} for n, one in enumerate(row)]
    return conform(pd.DataFrame(content, columns=name), FACTS[dataset], name)


def as_written(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows as the rules see them where no calendar of election stages says anything: the regime they name holds."""
    return frame.assign(calendar_regime=pd.array([None] * len(frame), dtype="str"))


def ledger(facts: Mapping[str, pd.DataFrame], gone: Sequence[tuple[str, str, str, int]] = ()) -> pd.DataFrame:
    """The ledger in which all facts are in force, and besides them ``gone``: unit, data set, standing, rows."""
    in_force = [
        (code, name, "berlaku", count)
        for name, frame in facts.items()
        for code, count in frame["kode_satker"].value_counts().items()
    ]
    return pd.DataFrame([*in_force, *gone], columns=list(COUNTED))


@dataclass
class Nation:
    """What a roll-up needs, with nothing reported unless said; gone: rows of the ledger that no longer count. earlier: accounts of the quarter before."""

    register: Register
    calendar: Calendar
    obligations: Sequence[Obligation] = ()
    verdict: pd.DataFrame = field(default_factory=verdicts)
    facts: dict[str, pd.DataFrame] = field(default_factory=dict)
    gone: Sequence[tuple[str, str, str, int]] = ()
    earlier: Sequence[Mapping[str, object]] = ()

    def roll(self) -> pd.DataFrame:
        content = {h.name: self.facts.get(h.name, rows(h.name)) for h in DATASETS}
        entered = ledger(content, self.gone)
        before = rows("akun", *self.earlier)
        return roll_up(
            content, before, self.verdict, self.obligations, self.register, self.calendar, TW3, NOW, entered, "kpu"
        )

    def value(self, scope: str, code: str, measure: str, breakdown: str = "") -> float | None:
        """One figure; None when there is no such row."""
        return self._values.get((scope, code, measure, breakdown))

    @cached_property
    def _values(self) -> dict[tuple[str, ...], float]:
        return self.roll().set_index(["lingkup", "kode", "ukuran", "rincian"])["nilai"].to_dict()
