"""The register: who reports, found by code or by name, on a given day, and over which channels."""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from humas.bodies import TIER_NAMES, one_of
from humas.errors import SenderError
from humas.periods import jakarta_day, long_date
from humas.registry.channel_kind import ChannelKind
from humas.registry.names import GREATEST_LENGTH, NameReading, ParsedName, key_of, parse_name, readings
from humas.registry.stages import NO_STAGES, Stages
from humas.registry.unit import Lembaga, Satker

_MAX_SUGGESTIONS = 3
_MIN_SIMILARITY = 0.7
_CODE_REMEDY = "tulis kode sebagai teks dengan titik, misalnya 33.74."
_NAME_REMEDY = "tulis nama lengkap dengan Kota, Kabupaten, atau Provinsi, atau tulis kodenya, misalnya 33.74."

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach one unit's data.

    kind: a site gives drafts from its news, never figures. address: URL, or a folder or file. order: order of trying, 1 first.
    credential: name of a secret, or empty. dataset: the data set a CSV holds, or empty.
    trust_time: whether the source's Last-Modified counts as the time of sending. row: its line in the file.
    way: whether the source lists its whole state (``lengkap``) or only what is new (``susulan``); "" as its kind does.
    """

    lembaga: Lembaga
    satker_code: str
    kind: ChannelKind
    address: str
    order: int = 1
    credential: str = ""
    dataset: str = ""
    trust_time: bool = False
    active: bool = True
    row: int = 0
    way: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line of the installation's file that cannot be used; it disables that channel of that unit only.

    file: name of the file. row: its 1-based line. message, remedy: Indonesian, for the status page.
    lembaga, code: empty when the line does not even say them.
    """

    file: str
    row: int
    message: str
    remedy: str
    lembaga: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Answer to a written name.

    satker: the unit, when exactly one fits. candidates: the units that fit, when several do.
    suggestions: units with near names, when none fits; empty when nothing is near.
    """

    written: str
    satker: Satker | None = None
    candidates: tuple[Satker, ...] = ()
    suggestions: tuple[Satker, ...] = ()

    @property
    def explanation(self) -> str:
        """What to tell the person who wrote the name; empty when it was found."""
        if self.satker:
            return ""
        if self.candidates:
            return f'"{self.written}" dapat berarti {_join_names(self.candidates)}.'
        guess = f" Mungkin {_join_names(self.suggestions)}." if self.suggestions else ""
        return f'Satker "{self.written}" tidak terdaftar.{guess}'


class Register:
    """All work units with their valid time, the channels of this installation, and the calendar of election stages.

    Without a date, answers are about the units as they are today. Never changes, so threads may share it.
    """

    def __init__(
        self,
        satker: Iterable[Satker],
        channel: Iterable[Channel] = (),
        troubles: Iterable[Trouble] = (),
        stages: Stages = NO_STAGES,
    ) -> None:
        self.stages = stages
        self._satker = tuple(sorted(satker, key=lambda unit: unit.code))
        self._by_code = _group(self._satker, lambda unit: [unit.code])
        self._by_bps = _group(self._satker, lambda unit: [unit.bps_code] if unit.bps_code else [])
        self._by_name = _group(self._satker, _names_of)
        self._by_key = _group(self._satker, lambda unit: {name.key for name in _names_of(unit)} - {""})
        self._set_channels(channel, troubles)

    def with_channels(self, channel: Iterable[Channel], troubles: Iterable[Trouble] = ()) -> Register:
        """The same units with other channels; cheap, because the units are not indexed again."""
        other = copy.copy(self)
        other._set_channels(channel, troubles)
        return other

    def with_stages(self, stages: Stages) -> Register:
        """The same units and channels with another calendar of election stages."""
        other = copy.copy(self)
        other.stages = stages
        return other

    def _set_channels(self, channels: Iterable[Channel], faults: Iterable[Trouble]) -> None:
        self.troubles = tuple(sorted(faults, key=lambda fault: (fault.file, fault.row)))
        ordered = sorted(
            channels, key=lambda channel: (channel.lembaga, channel.satker_code, channel.order, channel.row)
        )
        self.all_channels = tuple(channel for channel in ordered if channel.kind is not ChannelKind.SITE)
        self.all_sites = tuple(channel for channel in ordered if channel.kind is ChannelKind.SITE)
        self._channels = _group(
            self.all_channels, lambda channel: [(channel.lembaga, channel.satker_code)] if channel.active else []
        )

    def satker(self, code: str, on: date | None = None) -> Satker:
        """The unit that bears ``code`` on a day.

        Without a day: today's unit, else the last one that bore the code, so that old records keep their names.
        Raises SenderError: ``satker_tidak_dikenal`` (no such code) or ``satker_tidak_berlaku`` (not on that day).
        """
        units = self._by_code.get(code, ())
        if not units:
            raise self._unknown_code(code)
        day = _as_date(on)
        in_force = _in_force(units, day)
        if not in_force and day is not None:
            raise _not_in_force(units[-1], day)
        return (in_force or units)[-1]

    def in_force(self, code: str, on: date | None = None) -> bool:
        """Whether a unit bears ``code`` on a day (today when not given)."""
        return bool(_in_force(self._by_code.get(code, ()), _as_date(on)))

    def everything(self, on: date | None = None) -> tuple[Satker, ...]:
        """All units in force on a day, in code order (553 today)."""
        return _in_force(self._satker, _as_date(on))

    def units_of(self, lembaga: Lembaga | str, on: date | None = None) -> tuple[Satker, ...]:
        """The units in force on a day that a body has; some bodies have none in regencies and cities."""
        body = Lembaga(lembaga).body
        return tuple(unit for unit in self.everything(on) if body.has_units(unit.tier))

    def unit_of(self, lembaga: Lembaga | str, code: str, on: date | None = None) -> Satker:
        """The unit that bears ``code`` on a day, as `satker` has it, when the body has one there.

        Raises SenderError: as `satker`, or ``satker_tanpa_kantor``.
        """
        unit, body = self.satker(code, on), Lembaga(lembaga).body
        if body.has_units(unit.tier):
            return unit
        raise SenderError(
            "satker_tanpa_kantor",
            f"{body.label} tidak bersatker di {unit.name} ({code}); satkernya hanya tingkat"
            f" {one_of((TIER_NAMES[tier] for tier in body.tiers), 'dan')}.",
            "periksa lembaga dan kode satkernya.",
        )

    def province(self, on: date | None = None) -> tuple[Satker, ...]:
        """The provinces in force on a day, in code order (38 today)."""
        return tuple(unit for unit in self.everything(on) if unit.tier == "provinsi")

    def children(self, parent_code: str, on: date | None = None) -> tuple[Satker, ...]:
        """The units directly below one: provinces below ``00``, kabupaten and kota below a province."""
        return tuple(unit for unit in self.everything(on) if unit.parent_code == parent_code)

    def satker_by_bps(self, bps_code: str, on: date | None = None) -> Satker | None:
        """The unit whose BPS code is ``bps_code`` (``"3210"`` or, dotted to look like ours, ``"32.10"``), if any."""
        units = self._by_bps.get(bps_code.replace(".", ""), ())
        return next(iter(_in_force(units, _as_date(on))), None)

    def search(self, name: str, on: date | None = None) -> SearchResult:
        """Find a unit by its name as people write it, with or without its body, kind, province or code."""
        day, written = _as_date(on), _shorten(name)
        candidates = self._candidates(name, day)
        if len(candidates) == 1:
            return SearchResult(written, satker=candidates[0])
        return SearchResult(
            written, candidates=candidates, suggestions=() if candidates else self._near_names(name, day)
        )

    def search_cell(self, text: str, on: date | None = None) -> SearchResult:
        """Find a unit by what stands in a column of units' names: its name, or the code in place of it.

        Elsewhere a text like "12.07" is as well a day or an hour.
        """
        units = _in_force(self._by_code.get(text.strip(), ()), _as_date(on))
        return SearchResult(_shorten(text), satker=units[0]) if len(units) == 1 else self.search(text, on)

    def find(self, text: str) -> Satker | None:
        """The unit that a code or a name surely means, or bore once; None otherwise, without looking for near names."""
        clean = text.strip()
        if units := self._by_code.get(clean):
            return (_in_force(units, None) or units)[-1]
        candidates = self._candidates(clean, None)
        return candidates[0] if len(candidates) == 1 else None

    def resolve(self, text: str, on: date | None = None) -> Satker:
        """The unit meant by a code or a name.

        Raises SenderError: ``satker_ganda`` (several fit), ``satker_tidak_dikenal`` or ``satker_tidak_berlaku``.
        """
        clean = text.strip()
        if clean[:1].isdecimal() and not any(letter.isalpha() for letter in clean):
            return self.satker(clean, on)
        found = self.search(clean, on)
        if found.satker:
            return found.satker
        raise SenderError(
            "satker_ganda" if found.candidates else "satker_tidak_dikenal", found.explanation, _NAME_REMEDY
        )

    def channel(self, lembaga: Lembaga | str, code: str) -> tuple[Channel, ...]:
        """The active channels of a unit in the order they are tried; empty when there is none."""
        return self._channels.get((Lembaga(lembaga), code), ())

    def site(self, lembaga: Lembaga | str, code: str) -> tuple[Channel, ...]:
        """The lines about a unit's news site, also those switched off; no channel of reports is among them."""
        return tuple(site for site in self.all_sites if (site.lembaga, site.satker_code) == (Lembaga(lembaga), code))

    def satker_troubles(self, lembaga: Lembaga | str, code: str) -> tuple[Trouble, ...]:
        """The bad lines of the installation's file that concern one unit."""
        return tuple(fault for fault in self.troubles if (fault.lembaga, fault.code) == (lembaga, code))

    def _candidates(self, name: str, day: date | None) -> tuple[Satker, ...]:
        """The units that fit the likeliest reading which fits any."""
        return next((candidates for reading in readings(name) if (candidates := self._fitting(reading, day))), ())

    def _fitting(self, reading: NameReading, day: date | None) -> tuple[Satker, ...]:
        """The units a reading fits, within the province and with the code it names."""
        candidates = _in_force(self._by_name.get(reading.name, ()), day)
        if reading.code:
            candidates = tuple(unit for unit in candidates if unit.code == reading.code)
        if candidates and reading.province:
            provinces = {unit.code for unit in self._by_name.get(reading.province, ()) if unit.tier == "provinsi"}
            candidates = tuple(unit for unit in candidates if unit.province_code in provinces)
        return candidates

    def _near_names(self, name: str, day: date | None) -> tuple[Satker, ...]:
        """Units whose names are near, or the same but of another kind, province or code; those of the kind stated first."""
        sought = parse_name(name[:GREATEST_LENGTH])
        near = difflib.get_close_matches(sought.key, self._by_key, _MAX_SUGGESTIONS, _MIN_SIMILARITY)
        exact = [reading.name.key for reading in readings(name)]
        units = {unit.code: unit for key in (*near, *exact) for unit in _in_force(self._by_key.get(key, ()), day)}
        return tuple(sorted(units.values(), key=lambda unit: unit.tier != sought.kind))[:_MAX_SUGGESTIONS]

    def _unknown_code(self, code: str) -> SenderError:
        digits = re.sub(r"[^0-9]", "", code)
        similar = (f"{digits[:2]}.{digits[2:4]}", f"{digits[:2]}.{digits[2:]}0", digits, f"0{digits}")
        unit = next((self.satker(candidate) for candidate in similar if candidate in self._by_code), None)
        advice = f" Mungkin {unit.code} {unit.name}." if unit else ""
        return SenderError(
            "satker_tidak_dikenal", f'Kode satker "{_shorten(code)}" tidak terdaftar.{advice}', _CODE_REMEDY
        )


def _in_force(satker: Iterable[Satker], day: date | None) -> tuple[Satker, ...]:
    return tuple(unit for unit in satker if unit.in_force(day))


def _group(things: Iterable[Item], keys: Callable[[Item], Iterable[Key]]) -> Mapping[Key, tuple[Item, ...]]:
    """Index things by each of their keys, keeping their order."""
    index: dict[Key, tuple[Item, ...]] = {}
    for thing in things:
        for key in keys(thing):
            index[key] = (*index.get(key, ()), thing)
    return index


def _names_of(unit: Satker) -> set[ParsedName]:
    """All readings under which a unit is found; an alias that states its kind is found with the kind only."""
    if unit.tier == "nasional":
        return {ParsedName("nasional", "")}
    plain = {key_of(unit.short_name), parse_name(unit.name).key}  # "DI Yogyakarta", "Daerah Istimewa Yogyakarta"
    parsed = {ParsedName(kind, key) for kind in ("", unit.tier) for key in plain}
    for alias in map(parse_name, unit.alias):
        parsed |= {alias, ParsedName(unit.tier, alias.key)}
    return parsed


def _not_in_force(unit: Satker, day: date) -> SenderError:
    if unit.valid_until and day > unit.valid_until:
        message = f"Kode {unit.code} {unit.name} berlaku sampai {long_date(unit.valid_until)}."
        return SenderError("satker_tidak_berlaku", message, f"pakai kode {unit.new_code}.")
    start = unit.valid_from or day
    remedy = f"pakai kode {unit.old_code}." if unit.old_code else "periksa periode laporan."
    return SenderError(
        "satker_tidak_berlaku", f"Kode {unit.code} {unit.name} baru berlaku mulai {long_date(start)}.", remedy
    )


def _as_date(day: date | None) -> date | None:
    """A plain date; an aware time counts by its date in Jakarta."""
    if isinstance(day, datetime):
        return jakarta_day(day) if day.tzinfo else day.date()
    return day


def _join_names(satker: tuple[Satker, ...]) -> str:
    names = [f"{unit.name} ({unit.code})" for unit in satker]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} atau {names[-1]}"


def _shorten(text: str) -> str:
    """What was written, safe to show: printable and at most 60 characters."""
    clean = " ".join("".join(letter if letter.isprintable() else " " for letter in text[:61]).split())
    return clean if len(clean) <= 60 else clean[:59] + "…"
