"""Bodies and work units: what each is called, and from when until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from humas.bodies import BODIES, Body, NewsSites


class Lembaga(StrEnum):
    """The bodies whose public-relations units report, as the table has them: ``Lembaga("kpu")`` is ``Lembaga.KPU``."""

    # The namespace of an enumeration takes members by assignment only; the table's codes are known at run time.
    vars().update({code.upper(): code for code in BODIES})

    @property
    def body(self) -> Body:
        """All that the table says of it."""
        return BODIES[self.value]

    @property
    def label(self) -> str:
        """Short name a reader sees."""
        return self.body.label

    @property
    def long_name(self) -> str:
        """Full name."""
        return self.body.long_name


DEFAULT_BODY: Final = next(iter(Lembaga))
"""The body that commands mean when they name none."""
SITES: Final[Mapping[Lembaga, NewsSites]] = {body: body.body.sites for body in Lembaga if body.body.sites}
"""The bodies whose units have news sites, and what those look like."""


@dataclass(frozen=True, slots=True)
class Satker:
    """A work unit under one code; a unit whose code changed has one entry per code.

    code: Kemendagri code as text (``33``, ``33.74``; ``00`` is the national unit). name: with its kind
    (``Kota Semarang``); short_name: without. valid_from, valid_until: inclusive, None is open.
    shared_name: the bare name is shared with another unit. alias: other names people write.
    bps_code: BPS code of 2018 (four digits, look-alike of another unit's Kemendagri code), or empty.
    names: what a body calls the unit (KIP and Panwaslih in Aceh), by code of the body; the others by their rule.
    hosts: its websites by code of the body; guessed_hosts: those of them nobody has seen yet.
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
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    hosts: Mapping[str, str] = field(default_factory=dict, hash=False)
    old_code: str = ""
    new_code: str = ""
    guessed_hosts: tuple[str, ...] = ()

    @property
    def province_code(self) -> str:
        """Code of the province it lies in: ``33``; of the national unit: ``00``."""
        return self.code[:2]

    def official_name(self, lembaga: Lembaga | str) -> str:
        """The name of this unit of a body: ``KPU Kota Semarang``, ``Panwaslih Provinsi Aceh``, ``Humas Pemda Kota Semarang``."""
        body = Lembaga(lembaga).body
        if name := self.names.get(body.code):
            return name
        if self.tier == "nasional":
            return body.headquarters.name if body.headquarters else f"{body.label} RI"
        return f"{body.label} {'Provinsi ' + self.short_name if self.tier == 'provinsi' else self.name}"

    def host(self, lembaga: Lembaga | str) -> str:
        """The website of this unit of a body, or empty."""
        return self.hosts.get(Lembaga(lembaga), "")

    def in_force(self, on: date | None) -> bool:
        """Whether this entry holds on a day; without a day, whether it holds to this day."""
        if on is None:
            return self.valid_until is None
        return (self.valid_from or date.min) <= on <= (self.valid_until or date.max)
