"""Bodies and work units: what each is called, and from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Lembaga(StrEnum):
    """The three bodies whose public-relations units report."""

    KPU = "kpu"
    BAWASLU = "bawaslu"
    PEMDA = "pemda"

    @property
    def label(self) -> str:
        """Short name a reader sees."""
        return {Lembaga.KPU: "KPU", Lembaga.BAWASLU: "Bawaslu", Lembaga.PEMDA: "Humas Pemda"}[self]

    @property
    def long_name(self) -> str:
        """Full name."""
        return {
            Lembaga.KPU: "Komisi Pemilihan Umum",
            Lembaga.BAWASLU: "Badan Pengawas Pemilihan Umum",
            Lembaga.PEMDA: "Hubungan Masyarakat Pemerintah Daerah",
        }[self]


@dataclass(frozen=True, slots=True)
class Satker:
    """A work unit under one code; a unit whose code changed has one entry per code.

    code: Kemendagri code as text (``33``, ``33.74``; ``00`` is the national unit). name: with its kind
    (``Kota Semarang``); short_name: without. valid_from, valid_until: inclusive, None is open.
    shared_name: the bare name is shared with another unit. alias: other names people write.
    bps_code: BPS code of 2018 (four digits, look-alike of another unit's Kemendagri code), or empty.
    kpu_name, bawaslu_name: what the body calls the unit (KIP and Panwaslih in Aceh).
    kpu_host, bawaslu_host: its website, or empty; guessed_hosts: those of them nobody has seen yet.
    old_code, new_code: the code before or after this one.
    """

    code: str
    tier: str
    name: str
    short_name: str
    parent_code: str
    time_zone: str
    valid_from: date | None = None
    valid_until: date | None = None
    shared_name: bool = False
    alias: tuple[str, ...] = ()
    bps_code: str = ""
    kpu_name: str = ""
    bawaslu_name: str = ""
    kpu_host: str = ""
    bawaslu_host: str = ""
    old_code: str = ""
    new_code: str = ""
    guessed_hosts: tuple[str, ...] = ()

    @property
    def province_code(self) -> str:
        """Code of the province it lies in: ``33``; of the national unit: ``00``."""
        return self.code[:2]

    def official_name(self, lembaga: Lembaga | str) -> str:
        """The name of this unit of a body: ``KPU Kota Semarang``, ``Panwaslih Provinsi Aceh``, ``Humas Pemda Kota Semarang``."""
        lembaga = Lembaga(lembaga)
        if lembaga is not Lembaga.PEMDA:
            return self.kpu_name if lembaga is Lembaga.KPU else self.bawaslu_name
        if self.tier == "nasional":
            return "Puspen Kemendagri"
        return f"{lembaga.label} {'Provinsi ' + self.short_name if self.tier == 'provinsi' else self.name}"

    def host(self, lembaga: Lembaga | str) -> str:
        """The website of this unit of a body, or empty."""
        return {Lembaga.KPU: self.kpu_host, Lembaga.BAWASLU: self.bawaslu_host}.get(Lembaga(lembaga), "")

    def in_force(self, on: date | None) -> bool:
        """Whether this entry holds on a day; without a day, whether it holds to this day."""
        if on is None:
            return self.valid_until is None
        return (self.valid_from or date.min) <= on <= (self.valid_until or date.max)
