"""A small nation for roll-up tests: obligations, submissions of every kind, and their facts, without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

import pandas as pd
from humas.contract.columns import HIMPUNAN
from humas.periods import Kalender, Triwulan
from humas.registry import Register
from humas.rollup import roll_up
from humas.warehouse import Kewajiban
from humas.warehouse.frames import conform
from humas.warehouse.models import FAKTA

TW3 = Triwulan(2026, 3)
KINI = datetime(2026, 10, 20, 3, tzinfo=UTC)
VONIS = (
    "kode_satker", "id_kiriman", "status", "berlaku", "diterima_pada",
    "baris_masuk", "diterima", "dikarantina", "kembar", "sel_wajib", "sel_wajib_terisi",
)  # fmt: skip


def obligations(*kode: str) -> list[Kewajiban]:
    return [Kewajiban(satu, date(2026, 10, 7), date(2026, 10, 14)) for satu in kode]


def verdict(
    kode: str, status: str = "diterima", *, berlaku: bool | None = None, at: str = "2026-10-07T09:00:00Z", **hitung: int
) -> dict[str, object]:
    tetap = dict.fromkeys(VONIS[5:], 0)
    sah = status not in {"ditolak", "menunggu"}
    return {**tetap, "kode_satker": kode, "id_kiriman": f"{kode}-{at}", "status": status, "berlaku": sah if berlaku is None else berlaku, "diterima_pada": pd.Timestamp(at), **hitung}  # fmt: skip


def verdicts(*baris: Mapping[str, object]) -> pd.DataFrame:
    return pd.DataFrame(baris, columns=list(VONIS)).astype({"berlaku": "bool", "diterima_pada": "datetime64[ns, UTC]"})


def rows(himpunan: str, *baris: Mapping[str, object]) -> pd.DataFrame:
    """Accepted rows with the given cells, typed as the warehouse gives them; the other cells are empty."""
    nama = [kolom.name for kolom in FAKTA[himpunan].columns]
    isi = [{"id_baris": f"b{n}", "baris": n, "susulan": False, **satu} for n, satu in enumerate(baris)]
    return conform(pd.DataFrame(isi, columns=nama), FAKTA[himpunan], nama)


@dataclass
class Bangsa:
    """What a roll-up needs, with nothing reported unless said."""

    register: Register
    kalender: Kalender
    kewajiban: Sequence[Kewajiban] = ()
    vonis: pd.DataFrame = field(default_factory=verdicts)
    fakta: dict[str, pd.DataFrame] = field(default_factory=dict)

    def roll(self) -> pd.DataFrame:
        isi = {h.nama: self.fakta.get(h.nama, rows(h.nama)) for h in HIMPUNAN}
        return roll_up(isi, self.vonis, self.kewajiban, self.register, self.kalender, TW3, KINI)

    def value(self, lingkup: str, kode: str, ukuran: str, rincian: str = "") -> float | None:
        """One figure; None when there is no such row."""
        return self._nilai.get((lingkup, kode, ukuran, rincian))

    @cached_property
    def _nilai(self) -> dict[tuple[str, ...], float]:
        return self.roll().set_index(["lingkup", "kode", "ukuran", "rincian"])["nilai"].to_dict()
