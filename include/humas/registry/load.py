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

from humas.registry.register import Register
from humas.registry.unit import Satker
from humas.settings import Settings


def load_register(settings: Settings, channels_file: Path | None = None) -> Register:
    """The register of an installation: embedded units, and the channels of its CSV or YAML file.

    channels_file: instead of ``settings.registry_file``. A bad line becomes a ``Gangguan`` of the register;
    a file that cannot be read at all raises SistemError (``register_tak_terbaca``).
    """
    berkas = channels_file or settings.registry_file
    dasar = embedded_register()
    if berkas is None:
        return dasar
    from humas.registry.channels import read_channels  # pydantic and yaml, needed with a file only

    saluran, gangguan = read_channels(berkas, dasar)
    return dasar.with_channels(saluran, gangguan)


_BERSITUS = ("kpu", "bawaslu")


@cache
def embedded_register() -> Register:
    """The units alone, without any channel."""
    return Register(load_units())


@cache
def load_units() -> tuple[Satker, ...]:
    """All units, those under a code of before 2022 included."""
    alias: dict[str, list[str]] = defaultdict(list)
    for baris in _rows("alias.csv"):
        alias[baris["kode"]].append(baris["alias"])
    kini = {baris["kode"]: _unit(baris, alias[baris["kode"]]) for baris in _rows("satker.csv")}
    return (*kini.values(), *(_former_unit(baris, kini[baris["kode_baru"]]) for baris in _rows("satker_riwayat.csv")))


def _rows(nama: str) -> Iterator[Mapping[str, str]]:
    teks = resources.files("humas.registry").joinpath(f"data/{nama}").read_text(encoding="utf-8")
    return csv.DictReader(teks.splitlines())


def _unit(baris: Mapping[str, str], alias: Sequence[str]) -> Satker:
    return Satker(
        kode=baris["kode"],
        tingkat=baris["tingkat"],
        nama=baris["nama"],
        nama_pendek=baris["nama_pendek"],
        kode_induk=baris["kode_induk"],
        zona_waktu=baris["zona_waktu"],
        berlaku_dari=date.fromisoformat(baris["berlaku_dari"]) if baris["berlaku_dari"] else None,
        nama_ganda=baris["nama_ganda"] == "ya",
        alias=(*(satu for satu in baris["alias"].split(";") if satu), *alias),
        kode_bps=baris["kode_bps_2018"],
        nama_kpu=baris["nama_kpu"],
        nama_bawaslu=baris["nama_bawaslu"],
        host_kpu=baris["host_kpu"],
        host_bawaslu=baris["host_bawaslu"],
        kode_lama=baris["kode_lama"],
        host_dugaan=tuple(baris[f"host_{satu}"] for satu in _BERSITUS if baris[f"status_host_{satu}"] == "turunan"),
    )


def _former_unit(baris: Mapping[str, str], kini: Satker) -> Satker:
    """The same unit under the code and province it had until the change."""
    return replace(
        kini,
        kode=baris["kode"],
        nama=baris["nama"],
        kode_induk=baris["kode_induk"],
        berlaku_dari=None,
        berlaku_sampai=date.fromisoformat(baris["berlaku_sampai"]),
        kode_lama="",
        kode_baru=baris["kode_baru"],
    )
