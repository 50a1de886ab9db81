"""Who does what: from a seed, the behaviour of every unit is drawn before any row is written.

The plan is cheap (milliseconds for 553 units) and complete: ``humas.simulate.truth`` reads the expected
outcome from it alone, and ``humas.simulate.document`` writes exactly what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from random import Random

from humas.bodies import BODIES, DATA_SETS
from humas.periods import Calendar, Triwulan, due
from humas.periods import punctuality as when
from humas.registry import SITES, Lembaga, Register, Satker
from humas.settings import WIB, DeadlineRule
from humas.simulate import defects
from humas.simulate.content import ACCOUNTS, Event, Season, shared_events, slug
from humas.simulate.model import (
    Atmosphere,
    Behaviour,
    Conduct,
    ContentKind,
    Defect,
    Placement,
    Plan,
    Recovery,
    UnitFacts,
)

_OWED = DATA_SETS[:4]
_WITH_OBJECTIONS = 0.12
"""Share of the units that tell of objections, where their requests are as they should be."""
_WITH_COVERAGE = 0.1
"""Share of the units that tell what media wrote about them."""
_WITH_VOICES = 0.1
"""Share of the units that tell what the public told them."""
_WITH_ACCOUNTS = 0.1
"""Share of the units that tell of their accounts."""
FORMS = ("json", "xlsx", "csv")
UNITS_OF_A_RECAP = 3
_RECOVERABLE = (
    Conduct.ERROR_ALWAYS,
    Conduct.HANG,
    Conduct.CUT_SHORT,
    Conduct.LOGIN_PAGE,
    Conduct.WRONG_KIND,
    Conduct.CUT,
    Conduct.NOT_FOUND,
)
_SPECIAL_SHAPES: Mapping[str, tuple[str, ...]] = {
    ContentKind.NO_ROWS: ("json",),
    ContentKind.EMPTY_SHEET: ("xlsx",),
    ContentKind.BROKEN_JSON: ("json",),
    ContentKind.BROKEN_XLSX: ("xlsx",),
    ContentKind.FALSE_KIND: ("xlsx",),
    ContentKind.DOUBLE_NAME: ("xlsx",),
    Conduct.FALLBACK: ("json", "xlsx"),
}


@dataclass(frozen=True)
class World:
    """The whole simulated nation of one body in one quarter.

    plans: plan by unit code, in code order. without_channel, broken_channels: codes of units without channel
    and with an unusable line in the channels file. recaps: provinces that send a recap → the units that it speaks for,
    none of which has a channel.
    """

    season: Season
    factor: float
    plans: Mapping[str, Plan]
    without_channel: frozenset[str]
    broken_channels: frozenset[str]
    recaps: Mapping[str, tuple[str, ...]]
    nama_wilayah: Mapping[str, str]
    _events: dict[str, tuple[Event, ...]] = field(default_factory=dict, repr=False)

    def events_for(self, unit: UnitFacts) -> tuple[Event, ...]:
        """The shared events a unit may attend: the nation's, and those of its province."""
        codes = ("00",) if unit.code == "00" else ("00", unit.province_code)
        return tuple(event for code in codes for event in self._events_of(code))

    def spoken_for(self, code: str) -> str:
        """Code of the province whose recap tells the unit's rows; "" of a unit that reports itself."""
        return next((province for province, units in self.recaps.items() if code in units), "")

    def _events_of(self, code: str) -> tuple[Event, ...]:
        if code not in self._events:
            self._events[code] = shared_events(self.season, self.plans[code].unit, self.nama_wilayah[code])
        return self._events[code]

    def atmosphere(self, plan: Plan) -> Atmosphere:
        """What the defects of a unit may draw on."""
        triwulan = self.season.triwulan
        return Atmosphere(self.season.lembaga, plan.unit, triwulan.start, triwulan.end, plan.sent_at)

    def codes(self, *traits: Conduct | ContentKind) -> tuple[str, ...]:
        """Codes of the units that behave, or send, in one of the given ways."""
        return tuple(code for code, plan in self.plans.items() if plan.conduct in traits or plan.content in traits)


def plan_world(
    seed: int,
    lembaga: str,
    triwulan: Triwulan,
    register: Register,
    behaviour: Behaviour | None = None,
    factor: float = 1.0,
) -> World:
    """Decide for all units of the register what each sends, when, and how its channel behaves.

    factor: scales the number of rows that every unit owes (0.1 … 10 and beyond).
    """
    satker = register.units_of(lembaga, triwulan.end)
    official = {unit.code: unit.official_name(lembaga) for unit in satker}
    units = {unit.code: _unit_facts(unit, Lembaga(lembaga), official.get(unit.parent_code, "")) for unit in satker}
    season = Season(seed, lembaga, triwulan, Calendar.load())
    draw = _Draw(season, behaviour or Behaviour(), units, factor, BODIES[lembaga].deadline(triwulan.end))
    plans = {code: draw.plan_unit(facts) for code, facts in units.items()}
    regions = {unit.code: "Indonesia" if unit.code == "00" else unit.short_name for unit in satker}
    return World(season, factor, plans, draw.without_channel, draw.broken_channels, draw.recaps, regions)


def _unit_facts(unit: Satker, lembaga: Lembaga, parent: str) -> UnitFacts:
    bps = f"{unit.bps_code[:2]}.{unit.bps_code[2:]}" if unit.bps_code else ""
    return UnitFacts(
        unit.code,
        unit.tier,
        unit.name,
        unit.short_name,
        unit.official_name(lembaga),
        parent,
        unit.host(lembaga) or _derived_host(unit, lembaga),
        bps,
        unit.shared_name,
    )


def _derived_host(unit: Satker, lembaga: Lembaga) -> str:
    short = slug(unit.short_name).replace("-", "")
    front = {"kabupaten": f"kab-{short}", "kota": f"kota-{short}"}.get(unit.tier, short)
    domain = SITES[lembaga].domain if lembaga in SITES else "go.id"
    return f"{front}.{domain}"


@dataclass
class _Draw:
    """The draw: hands out behaviours to shuffled units, then defects to those that keep clean channels."""

    season: Season
    behaviour: Behaviour
    units: Mapping[str, UnitFacts]
    factor: float
    rule: DeadlineRule

    @cached_property
    def _shapes(self) -> dict[str, tuple[str, ...]]:
        """Formats by unit, as far as they have been drawn."""
        return {}

    @cached_property
    def _queue(self) -> list[str]:
        """Kabupaten and kota in random order; provinces and the nation always behave on the wire."""
        codes = [code for code, unit in self.units.items() if unit.tier in {"kabupaten", "kota"}]
        self.season.rng("antrean").shuffle(codes)
        return codes

    def _take(self, count: int, fitting: Sequence[str] | None = None) -> tuple[str, ...]:
        """The next ``count`` units of the queue (of those in ``fitting``, when given); they leave the queue."""
        choices = self._queue if fitting is None else [code for code in self._queue if code in set(fitting)]
        taken = tuple(choices[:count])
        for code in taken:
            self._queue.remove(code)
        return taken

    @cached_property
    def _roles(self) -> dict[str, tuple[Conduct, ContentKind, Recovery]]:
        """Units with a part to play: how the wire behaves, what they send, whether they recover."""
        parts: dict[str, tuple[Conduct, ContentKind, Recovery]] = {}
        for content in (ContentKind.OTHER_SATKER, ContentKind.DOUBLE_NAME, *ContentKind):
            if content is ContentKind.NORMAL or content in {part[1] for part in parts.values()}:
                continue
            for code in self._take(getattr(self.behaviour, content.value), self._fitting(content)):
                parts[code] = (Conduct.GOOD, content, Recovery.NEVER)
        for behaviour in list(Conduct)[1:]:
            for order, code in enumerate(self._take(getattr(self.behaviour, behaviour.value))):
                parts[code] = (behaviour, ContentKind.NORMAL, _recovery(behaviour, order))
        return parts

    def _fitting(self, content: ContentKind) -> Sequence[str] | None:
        if content is ContentKind.OTHER_SATKER:
            return self._bps_lookalikes
        if content is ContentKind.DOUBLE_NAME:
            return [code for code, unit in self.units.items() if unit.double]
        return None

    @cached_property
    def _bps_lookalikes(self) -> list[str]:
        """Units whose BPS code is the Kemendagri code of another unit."""
        return [code for code, unit in self.units.items() if unit.bps_code != code and unit.bps_code in self.units]

    @cached_property
    def without_channel(self) -> frozenset[str]:
        """Units that no channel is known of."""
        _ = self._roles
        return frozenset(self._take(self.behaviour.tanpa_saluran))

    @cached_property
    def broken_channels(self) -> frozenset[str]:
        """Units whose only line in the channels file is unusable."""
        _ = self.without_channel
        return frozenset(self._take(self.behaviour.saluran_rusak))

    @cached_property
    def _two_channels(self) -> frozenset[str]:
        _ = self.broken_channels
        return frozenset(self._take(self.behaviour.dua_saluran))

    @cached_property
    def _defects(self) -> dict[str, tuple[Defect, ...]]:
        """Defects by unit: every kind at least once, kinds that need a certain unit first."""
        _ = self._two_channels
        rng = self.season.rng("cacat")
        spoiled: dict[str, list[Defect]] = {code: [] for code in self._defect_hosts(defects.ALL)}
        self._deal(
            rng,
            spoiled,
            (*defects.QUARANTINE, *defects.DESCRIPTIVE, *defects.ODD, *defects.DUPLICATE, *defects.CONFLICTS),
        )
        remarks: dict[str, list[Defect]] = {code: [] for code in self._take(self.behaviour.catatan)}
        self._deal(rng, remarks, defects.REMARKS)
        corrections: dict[str, list[Defect]] = {
            code: rng.sample(self._correctable(code), 4)
            for code, (_, content, _) in self._roles.items()
            if content is ContentKind.CORRECTION
        }
        return {code: tuple(listing) for code, listing in {**spoiled, **remarks, **corrections}.items()}

    @cached_property
    def recaps(self) -> Mapping[str, tuple[str, ...]]:
        """Provinces that send a recap, with units of theirs that play no other part; drawn last, so that nobody else's part moves."""
        _ = self._defects
        provinces = [code for code, unit in self.units.items() if unit.tier == "provinsi"]
        self.season.rng("rekap").shuffle(provinces)
        found: dict[str, tuple[str, ...]] = {}
        for province in provinces:
            members = [code for code in self._queue if code.startswith(f"{province}.")]
            if len(found) < self.behaviour.rekap and len(members) >= UNITS_OF_A_RECAP:
                found[province] = self._take(UNITS_OF_A_RECAP, members)
        return found

    @cached_property
    def _objection_defects(self) -> Mapping[str, Defect]:
        """Unit → what is wrong with one of its objections; drawn after all others, from the units that are left."""
        _ = self.recaps
        if not self.behaviour.baris_buruk:
            return {}
        left = [code for code in self._queue if self._can_carry(code, defects.OBJECTIONS[0])]
        return dict(zip(left, defects.OBJECTIONS, strict=False))

    @cached_property
    def _coverage_defects(self) -> Mapping[str, Defect]:
        """Unit → what is wrong with one of its items of coverage; units left by those with a wrong objection, the last first."""
        taken = self._objection_defects
        if not self.behaviour.baris_buruk:
            return {}
        left = [code for code in self._queue if code not in taken and self._can_carry(code, defects.COVERAGE[0])]
        kinds = [defect for defect in defects.COVERAGE if self.season.lembaga in defect.lembaga]
        return dict(zip(reversed(left), kinds, strict=False))

    @cached_property
    def _voice_defects(self) -> Mapping[str, Defect]:
        """Unit → what is wrong with one of the voices it tells of; units that spoil an objection or coverage are passed over."""
        taken = {*self._objection_defects, *self._coverage_defects}
        if not self.behaviour.baris_buruk:
            return {}
        left = [code for code in self._queue if code not in taken and self._can_carry(code, defects.VOICES[0])]
        return dict(zip(left, defects.VOICES, strict=False))

    @cached_property
    def _regime_defects(self) -> Mapping[str, Defect]:
        """Unit → which regime it writes wrongly; units with another wrong row of an optional data set are passed over."""
        taken = {*self._objection_defects, *self._coverage_defects, *self._voice_defects}
        if not self.behaviour.baris_buruk:
            return {}
        left = [code for code in self._queue if code not in taken and self._can_carry(code, defects.REGIMES[0])]
        return dict(zip(left, defects.REGIMES, strict=False))

    @cached_property
    def _account_defects(self) -> Mapping[str, Defect]:
        """Unit → what is wrong with one of its accounts, or with a publication that names one; units left by all others."""
        taken = {*self._objection_defects, *self._coverage_defects, *self._voice_defects, *self._regime_defects}
        if not self.behaviour.baris_buruk:
            return {}
        left = [code for code in self._queue if code not in taken and self._can_carry(code, defects.ACCOUNTS[0])]
        return dict(zip(left, defects.ACCOUNTS, strict=False))

    def _defect_hosts(self, kinds: Sequence[Defect]) -> tuple[str, ...]:
        if not self.behaviour.baris_buruk:
            return ()
        needed = {unit for defect in kinds for unit in defect.satker if "." in unit}
        special = [code for code in sorted(needed) if code in self._queue]
        bps = self._bps_lookalikes
        ambiguous = [code for code, unit in self.units.items() if unit.double and code not in bps]
        first = (*self._take(len(special), special), *self._take(1, bps), *self._take(1, ambiguous))
        return (*first, *self._take(self.behaviour.baris_buruk - len(first)))

    def _deal(self, rng: Random, hosts: dict[str, list[Defect]], kinds: Sequence[Defect]) -> None:
        """Deal every kind of defect in turn to the units that can carry it, the least burdened first."""
        if not hosts:
            return
        rounds = max(1, round(2.5 * len(hosts) / len(kinds)))
        for defect in sorted(list(kinds) * rounds, key=lambda defect: not defect.satker):
            candidates = [code for code in hosts if self._can_carry(code, defect) and defect not in hosts[code]]
            if candidates:
                lightest = min(len(hosts[code]) for code in candidates)
                hosts[rng.choice([code for code in candidates if len(hosts[code]) == lightest])].append(defect)

    def _correctable(self, code: str) -> list[Defect]:
        """Defects a unit may send first and mend later."""
        return [
            defect
            for defect in defects.QUARANTINE
            if defect.dataset == "kegiatan" and not defect.satker and self._can_carry(code, defect)
        ]

    def _can_carry(self, code: str, defect: Defect) -> bool:
        if self._channels(code)[0] not in defect.forms or self.season.lembaga not in defect.lembaga:
            return False
        if "csv" in self._channels(code) and defect.dataset != "kegiatan":
            return False
        unit = self.units[code]
        conditions = {
            "bps": code in self._bps_lookalikes,
            "ganda": unit.double,
            "bukan_aceh": unit.province_code != "11",
        }
        return not defect.satker or code in defect.satker or any(conditions.get(need, False) for need in defect.satker)

    def _channels(self, code: str) -> tuple[str, ...]:
        """Formats a unit offers, in order: asked for every defect that it might carry, drawn once."""
        if code not in self._shapes:
            self._shapes[code] = self._draw_channels(code)
        return self._shapes[code]

    def _draw_channels(self, code: str) -> tuple[str, ...]:
        """A part to play may prescribe the formats."""
        behaviour, content, _ = self._part(code)
        special = _SPECIAL_SHAPES.get(content) or _SPECIAL_SHAPES.get(behaviour)
        if special:
            return special
        if code in self._two_channels:
            return ("json", "xlsx")
        form = self.season.rng("bentuk", code).choices(FORMS, [self.behaviour.bentuk.get(form, 0) for form in FORMS])[0]
        ordinary = content is ContentKind.NORMAL and self.units[code].tier in {"kabupaten", "kota"}
        return (form if ordinary or form != "csv" else "json",)

    def _part(self, code: str) -> tuple[Conduct, ContentKind, Recovery]:
        return self._roles.get(code, (Conduct.GOOD, ContentKind.NORMAL, Recovery.NEVER))

    def plan_unit(self, unit: UnitFacts) -> Plan:
        """The plan of one unit."""
        behaviour, content, recovery = self._part(unit.code)
        defects = self._defects.get(unit.code, ())
        rng = self.season.rng("rencana", unit.code)
        province = next((code for code, units in self.recaps.items() if unit.code in units), "")
        channels = self._channels(province or unit.code)
        rows = _row_counts(rng, unit.tier, self.factor, content, channels, defects)
        doubtful = self._regime_defects.get(unit.code)
        spoiled = self._objection_defects.get(unit.code) or doubtful
        told = spoiled is not None and spoiled.dataset == "keberatan"
        rows |= _objections(self.season.rng("keberatan", unit.code), rows, defects, spoil=told)
        if spoiled and rows[spoiled.dataset]:
            defects = (*defects, spoiled)
        wrong = self._coverage_defects.get(unit.code)
        rows |= _coverage(self.season.rng("pemberitaan", unit.code), content, channels, spoil=bool(wrong))
        if wrong and rows["pemberitaan"]:
            defects = (*defects, wrong)
        faulty = self._voice_defects.get(unit.code)
        rows |= _voices(self.season.rng("aspirasi", unit.code), rows, channels, spoil=bool(faulty))
        if faulty and rows["aspirasi"]:
            defects = (*defects, faulty)
        mistaken = self._account_defects.get(unit.code)
        rows |= _accounts(self.season.rng("akun", unit.code), rows, channels, defects, spoil=bool(mistaken))
        if mistaken and rows["akun"]:
            defects = (*defects, mistaken)
        punctuality, sent = self._sent(rng, unit.tier)
        if province:
            sent = self.plan_unit(self.units[province]).sent_at
            punctuality = when(sent, due(self.season.triwulan, unit.tier, self.rule, self.season.calendar))
        seconds = rng.uniform(1.0, 2.0) if behaviour is Conduct.SLOW else 0.0
        style = rng.randrange(4)
        placements = tuple(_place_defects(rng, rows, defects))
        return Plan(unit, behaviour, content, recovery, channels, style, rows, placements, sent, punctuality, seconds)

    def _sent(self, rng: Random, tier: str) -> tuple[str, datetime]:
        """How punctual the unit is, and a moment in office hours that agrees with it."""
        triwulan, calendar = self.season.triwulan, self.season.calendar
        deadline = due(triwulan, tier, self.rule, calendar)
        draw = rng.random()
        if draw < self.behaviour.sangat_terlambat:
            return "sangat_terlambat", _office_hour(rng, calendar.add_workdays(deadline.grace_end, rng.randint(1, 6)))
        if draw < self.behaviour.sangat_terlambat + self.behaviour.terlambat:
            return "terlambat", _office_hour(rng, calendar.add_workdays(deadline.day, rng.randint(1, self.rule.grace)))
        days = calendar.workdays_between(triwulan.end, deadline.day)
        return "tepat_waktu", _office_hour(rng, calendar.add_workdays(triwulan.end, rng.randint(1, days)))


def _recovery(behaviour: Conduct, order: int) -> Recovery:
    if behaviour is Conduct.ERROR_FOR_A_WHILE:
        return Recovery.BY_ITSELF
    return Recovery.CONTROL if order == 0 and behaviour in _RECOVERABLE else Recovery.NEVER


def _office_hour(rng: Random, day: date) -> datetime:
    return datetime.combine(day, time(rng.randint(8, 16), rng.randint(0, 59)), WIB).astimezone(UTC)


def _row_counts(
    rng: Random, tier: str, factor: float, content: ContentKind, channels: Sequence[str], defects: Sequence[Defect]
) -> dict[str, int]:
    """Good rows by data set; enough of them to carry the defects."""
    means = {"nasional": (38, 90, 40, 3), "provinsi": (30, 62, 9, 1)}.get(tier, (18, 44, 3, 0))
    if content in {ContentKind.NIHIL, ContentKind.NO_ROWS, ContentKind.EMPTY_SHEET}:
        return dict.fromkeys(_OWED, 0)
    counts = dict(
        zip(_OWED, (rng.randint(mean * 3 // 4, mean * 5 // 4) + rng.randint(0, 1) for mean in means), strict=True)
    )
    counts["isu_hoaks"] += rng.choices((0, 1, 2), (5, 3, 2))[0]
    rows = {name: max(round(count * factor), 1 if name == "kegiatan" else 0) for name, count in counts.items()}
    if channels == ("csv",):
        rows = {name: count if name == "kegiatan" else 0 for name, count in rows.items()}
    for name in _OWED:
        own = [defect for defect in defects if defect.dataset == name]
        rows[name] = max(rows[name], 2 * len(own), len(own) + max((defect.on_site for defect in own), default=0))
    return rows


def _objections(rng: Random, rows: Mapping[str, int], defects: Sequence[Defect], *, spoil: bool) -> dict[str, int]:
    """Objections of a unit, of one with something to spoil at least one, drawn apart so that nothing else moves; a spoiled request is spoiled to by nobody."""
    requests = rows["permohonan_info"]
    spoiled = any(defect.dataset == "permohonan_info" for defect in defects)
    told = (spoil or rng.random() < _WITH_OBJECTIONS) and requests and not spoiled
    return {"keberatan": min(requests, rng.randint(1, 3)) if told else 0}


def _coverage(rng: Random, content: ContentKind, channels: Sequence[str], *, spoil: bool) -> dict[str, int]:
    """Coverage of a unit that sends ordinary rows, drawn apart so that nothing else moves; two items where one is spoiled."""
    told = content is ContentKind.NORMAL and channels != ("csv",) and (spoil or rng.random() < _WITH_COVERAGE)
    return {"pemberitaan": (2 if spoil else rng.randint(3, 9)) if told else 0}


def _voices(rng: Random, rows: Mapping[str, int], channels: Sequence[str], *, spoil: bool) -> dict[str, int]:
    """What the public told a unit, of one with something to spoil at least one; drawn apart so that nothing else moves."""
    told = (spoil or rng.random() < _WITH_VOICES) and rows["kegiatan"] and channels != ("csv",)
    return {"aspirasi": rng.randint(2, 8) if told else 0}


def _accounts(
    rng: Random, rows: Mapping[str, int], channels: Sequence[str], defects: Sequence[Defect], *, spoil: bool
) -> dict[str, int]:
    """The accounts of a unit, all of them or none, where its publications are as they should be; drawn apart so that nothing else moves."""
    spoiled = any(defect.dataset == "publikasi" for defect in defects)
    told = (spoil or rng.random() < _WITH_ACCOUNTS) and rows["publikasi"] and not spoiled and channels != ("csv",)
    return {"akun": len(ACCOUNTS) if told else 0}


def _place_defects(rng: Random, rows: Mapping[str, int], defects: Sequence[Defect]) -> Iterator[Placement]:
    """Put each defect on a row of its own; an added row comes after all good ones."""
    for dataset in DATA_SETS:
        own = [defect for defect in defects if defect.dataset == dataset]
        places = rng.sample(range(rows[dataset]), len(own))
        added = rows[dataset]
        for defect, index in zip(own, places, strict=True):
            if defect.added:
                yield Placement(defect, added, index)
                added += 1
            else:
                yield Placement(defect, index, index)
