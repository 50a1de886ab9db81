"""Reading the register: the embedded list of units, its history, and the installation's own channels."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from humas.bodies import BODIES, UNITS
from humas.registry.register import Register
from humas.registry.stages import load_stages
from humas.registry.unit import Satker
from humas.settings import Settings


def load_register(settings: Settings, channels_file: Path | None = None) -> Register:
    """The register of an installation: embedded units, and the channels of its CSV or YAML file.

    channels_file: instead of ``settings.registry_file``. The calendar of election stages follows ``settings.stage_file``. A bad line becomes a ``Trouble`` of the register;
    a file that cannot be read at all raises OperatorError (``register_tak_terbaca``, ``tahapan_tak_terbaca``).
    """
    file = channels_file or settings.registry_file
    base = embedded_register()
    if settings.stage_file:
        base = base.with_stages(load_stages(_codes(), settings.stage_file))
    if file is None:
        return base
    from humas.registry.channels import read_channels  # pydantic and yaml, needed with a file only

    channels, faults = read_channels(file, base)
    return base.with_channels(channels, faults)


@cache
def embedded_register() -> Register:
    """The units alone, without any channel."""
    return Register(load_units(), stages=load_stages(_codes()))


@cache
def _codes() -> frozenset[str]:
    return frozenset(unit.code for unit in load_units())


@cache
def load_units() -> tuple[Satker, ...]:
    """All units, those under a code of before 2022 included."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in _rows("alias.csv"):
        aliases[row["kode"]].append(row["alias"])
    current = {row["kode"]: _unit(row, aliases[row["kode"]]) for row in _rows("satker.csv")}
    return (*current.values(), *(_former_unit(row, current[row["kode_baru"]]) for row in _rows("satker_riwayat.csv")))


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    text = resources.files("humas.registry").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def unusable_units() -> Iterator[str]:
    """What bodies say of units that do not exist; nobody heeds it. One line each."""
    for body in BODIES.values():
        yield from (f"{body.code}/{UNITS}: satker {code} tidak dikenal" for code in body.units.keys() - _codes())


def _unit(row: Mapping[str, str], aliases: Sequence[str]) -> Satker:
    own = {body.code: said for body in BODIES.values() if (said := body.units.get(row["kode"]))}
    return Satker(
        code=row["kode"],
        tier=row["tingkat"],
        name=row["nama"],
        short_name=row["nama_pendek"],
        parent_code=row["kode_induk"],
        time_zone=row["zona_waktu"],
        valid_from=date.fromisoformat(row["berlaku_dari"]) if row["berlaku_dari"] else None,
        shared_name=row["nama_ganda"] == "ya",
        alias=(*(word for word in row["alias"].split(";") if word), *aliases),
        bps_code=row["kode_bps_2018"],
        names={body: said.name for body, said in own.items() if said.name},
        hosts={body: said.host for body, said in own.items() if said.host},
        old_code=row["kode_lama"],
        guessed_hosts=tuple(said.host for said in own.values() if said.guessed),
    )


def _former_unit(row: Mapping[str, str], current: Satker) -> Satker:
    """The same unit under the code and province it had until the change."""
    return replace(
        current,
        code=row["kode"],
        name=row["nama"],
        parent_code=row["kode_induk"],
        valid_from=None,
        valid_until=date.fromisoformat(row["berlaku_sampai"]),
        old_code="",
        new_code=row["kode_baru"],
    )
