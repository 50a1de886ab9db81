"""What a body is made of: its names, words, framework, kinds of activity, report terms, laws and sites, as its folder of data tells them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from humas.bodies.dated import ALWAYS, Validity
from humas.bodies.phrases import alternatives
from humas.bodies.route import Approval, Duty, RouteStep
from humas.bodies.units import OwnUnit
from humas.settings import DeadlineRule

TIERS: Final = ("kabkota", "provinsi", "nasional")
"""The tiers in which a body may have units; regencies and cities are one."""
TIER_NAMES: Final = {"kabkota": "kabupaten/kota", "provinsi": "provinsi", "nasional": "pusat"}
"""What people call a tier."""
DATA_SETS: Final = (
    "kegiatan", "publikasi", "permohonan_info", "isu_hoaks", "keberatan", "pemberitaan", "aspirasi", "akun",
)  # fmt: skip
"""Names of the data sets that a body may ask for; their columns are the contract's."""


def tier_of(kind: str) -> str:
    """The tier of a unit by its kind: ``kabupaten`` and ``kota`` are ``kabkota``."""
    return kind if kind in TIERS else "kabkota"


class Demand(StrEnum):
    """Whether a body wants a data set: units owe it, may send it, or are not asked."""

    ASKED = "diminta"
    OPTIONAL = "opsional"
    NONE = "tidak"


@dataclass(frozen=True, slots=True)
class Words:
    """Words by which people name a body, lower case without punctuation, by the place where they are looked for.

    file: in names and cells of files; national_in_file: there, before "RI"; after_code: after a code in a file's name.
    unit: before a unit's name; national: alone the head office. channel: in the channel file.
    heading: before a unit in a title; instead_of_kind: there, in place of "kota" and the like. organiser: begins a name.
    cell: in a cell that says whose a row is, beside code and label; these in any spelling.
    """

    file: tuple[str, ...]
    national_in_file: tuple[str, ...]
    after_code: tuple[str, ...]
    unit: tuple[str, ...]
    national: tuple[str, ...]
    channel: tuple[str, ...]
    heading: tuple[str, ...]
    instead_of_kind: tuple[str, ...]
    organiser: tuple[str, ...]
    cell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcehName:
    """What a body is called in Aceh. wrong: finds names that are not its name there."""

    name: str
    long_name: str
    wrong: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Headquarters:
    """A head office with a name of its own."""

    name: str


@dataclass(frozen=True, slots=True)
class NewsSites:
    """News sites of a body's units. schedule: cron of the visit. article, listing: what paths of each look like.

    usual_listings: paths where the list of news mostly is, in order of trying.
    """

    domain: str
    schedule: str
    article: re.Pattern[str]
    listing: re.Pattern[str]
    usual_listings: tuple[str, ...]

    @property
    def own_domain(self) -> str:
        """The domain where it is this body's alone, else "": all of government stands under ``go.id``."""
        return self.domain if self.domain.count(".") > 1 else ""


@dataclass(frozen=True, slots=True)
class NewsWords:
    """How news and web addresses name a body; empty for one that news is not searched for.

    exact: in this spelling only; names: in any. bracketed: in brackets after a name.
    host_words: parts of a host that mean it; host_starts: what such parts begin with. region_domains: where a region's name
    alone means it. own_names: names that mean it on its own pages only; elsewhere they are a partner's.
    """

    exact: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    bracketed: tuple[str, ...] = ()
    host_words: tuple[str, ...] = ()
    host_starts: tuple[str, ...] = ()
    region_domains: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """A kind of activity. synonyms: words read as it; alike: words read so too, but said.

    news: what a news page that tells one says; what is told so is work of public relations.
    """

    value: str
    label: str
    synonyms: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    news: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class KindList:
    """Kinds of activity as a file has them. offered: in the order in which people choose.

    words: by kind, what the file says of it; a body says nothing of most shared kinds. asked: a text that begins so is
    asked about, whatever else it holds.
    """

    offered: tuple[str, ...]
    words: Mapping[str, ActivityKind]
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameworkPart:
    """One of the numbered parts by which activities are grouped, as it is called for a time. value: its number as text.

    synonyms: words read as it; alike: words read so too, but said. topic: what a report calls it in a sentence, "" for
    one that no sentence is about. told: what news about it says; None where its own words say enough.
    """

    value: str
    label: str
    synonyms: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    topic: str = ""
    told: re.Pattern[str] | None = None
    validity: Validity = ALWAYS

    @property
    def news(self) -> re.Pattern[str]:
        """What a news page says that is about this part."""
        words = alternatives(word.casefold() for word in (self.label, *self.synonyms))
        return self.told or re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Framework:
    """By what a body groups its activities. title: what its parts are called ("strategi kehumasan"); decreed: or assumed.

    basis: the decree, or where an assumption comes from. usual: kind of activity → numbers that go with it.
    main: kind of activity → the number under which its news is proposed, then those that go before it where a page that
    does not call the kind by its name has their words. parts: one for each number; where no day is asked for, as each was
    called last. history: the same numbers as they were called before or will be, the earliest first.
    """

    title: str
    decreed: bool
    basis: str
    parts: tuple[FrameworkPart, ...]
    usual: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    main: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    history: tuple[FrameworkPart, ...] = ()

    def on(self, day: date, used: Collection[str] = ()) -> Framework:
        """The parts that hold on a day, and those of other days whose numbers were used all the same."""
        in_force = {part.value: part for part in self.history or self.parts if part.validity.holds(day)}
        return replace(
            self,
            parts=tuple(in_force.get(part.value, part) for part in self.parts if part.value in {*in_force, *used}),
        )

    def since(self, day: date) -> date:
        """The first day from which the parts of a day hold; the earliest date of all for those without dates."""
        begins = (part.validity.begin for part in self.history)
        ends = (part.validity.until + timedelta(1) for part in self.history if part.validity.until < date.max)
        return max((one for one in (*begins, *ends) if one <= day), default=date.min)

    @property
    def changes(self) -> tuple[date, ...]:
        """Days from which other parts hold than before, the earliest first."""
        return tuple(sorted({self.since(day) for part in self.history for day in _changes_of(part.validity)}))

    @property
    def values(self) -> tuple[str, ...]:
        """The numbers of its parts in their order."""
        return tuple(part.value for part in self.parts)

    def part(self, value: str) -> FrameworkPart | None:
        """The part with a number."""
        return next((part for part in self.parts if part.value == value), None)

    @property
    def noun(self) -> str:
        """What one of its parts is called in a sentence: the first word of the title ("strategi")."""
        return self.title.split()[0]

    @property
    def note(self) -> str:
        """Where the framework comes from, as a reader is told."""
        return self.basis if self.decreed else f"asumsi pemasangan: {self.basis}"


def _changes_of(validity: Validity) -> Iterator[date]:
    yield validity.begin
    if validity.until < date.max:
        yield validity.until + timedelta(1)


@dataclass(frozen=True, slots=True)
class ReportTerms:
    """What the reports of a body say of themselves.

    purpose: their first sentence. recipients: who they are presented to, by scope (``satker``, ``provinsi``,
    ``nasional``). signers, letterheads: by those of `TIERS` that the body has, with places for {kantor}, {lembaga} and
    {wilayah}. approvals: the steps of tiers before the signature.
    """

    purpose: str
    recipients: Mapping[str, str]
    signers: Mapping[str, str]
    letterheads: Mapping[str, tuple[str, ...]]
    approvals: tuple[Approval, ...] = ()

    def approval(self, tier: str, on: date) -> Approval | None:
        """The steps of a tier before the signature as they hold on a day; None where the body names none."""
        return next((one for one in self.approvals if one.tier == tier and one.validity.holds(on)), None)

    def route(self, tier: str, on: date) -> tuple[RouteStep, ...]:
        """The whole way of a report of a tier on a day: its own steps, the signature, and who receives it then.

        That is the next tier where the body has units, at the top the one to whom the nation's report is presented.
        """
        own, higher = self.approval(tier, on), [*self.signers][[*self.signers].index(tier) + 1 :]
        signed = (*(own.own if own else ()), RouteStep(tier, Duty.SIGNS, self.signers[tier]))
        if not higher:
            return (*signed, RouteStep(tier, Duty.IS_TOLD, self.recipients["nasional"]))
        above = self.approval(higher[0], on)
        unnamed = RouteStep(higher[0], Duty.RECEIVES, "satuan kerja")
        return (*signed, *(above.receiving if above and above.receiving else (unnamed,)))

    def told_route(self, tier: str, on: date) -> str:
        """The way of a report of a tier in one line; a step of another tier says so, for its office is another one."""
        steps = self.route(tier, on)
        return " → ".join(
            one.told if one.tier == tier else f"tingkat {TIER_NAMES[one.tier]}: {one.told}" for one in steps
        )

    def signer(self, kind: str) -> str:
        """The post that signs reports of a unit of a kind; regencies and cities have one."""
        return self.signers[tier_of(kind)]

    def letterhead(self, kind: str) -> tuple[str, ...]:
        """The lines above reports of a unit of a kind."""
        return self.letterheads[tier_of(kind)]


@dataclass(frozen=True, slots=True)
class Law:
    """A law that reports are founded on, from a day to a day, both inclusive. status: how surely the dates are known."""

    title: str
    valid_from: date
    valid_until: date | None
    status: str
    source: str

    def in_force(self, begin: date, end: date) -> bool:
        """Whether it holds on some day of a span."""
        return self.valid_from <= end and (self.valid_until is None or self.valid_until >= begin)


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """What a body says of a column in other words than the contract, for a time; None where the contract's hold.

    asked: whether its units are asked for a cell that a row is accepted without.
    """

    example: str | None = None
    explanation: str | None = None
    asked: bool | None = None
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class StageList:
    """Stages of elections that a body offers of the contract's. words: by stage, what else its offices call it."""

    offered: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """One body. code: as stored. laws: in the order of printing. aceh, headquarters, sites: None where it has none.

    election_regime: whether the clocks of election information bind it. tiers: those of `TIERS` in which it has units.
    data_sets: what it says of some of them; of the others the contract's word holds. columns: the same, by data set and
    column, the last word where no day is asked for; columns_in_time: every word with its days. deadlines: with the day from
    which each holds, the earliest first. stages: None where it offers all of the contract's.
    units: by code, those of which it says more than follows from label and region.
    """

    code: str
    label: str
    long_name: str
    framework: Framework
    kinds: KindList
    report: ReportTerms
    laws: tuple[Law, ...]
    words: Words
    aceh: AcehName | None = None
    headquarters: Headquarters | None = None
    sites: NewsSites | None = None
    news: NewsWords = field(default_factory=NewsWords)
    data_sets: Mapping[str, Demand] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], OwnColumn] = field(default_factory=dict)
    columns_in_time: tuple[tuple[tuple[str, str], OwnColumn], ...] = ()
    deadlines: tuple[tuple[date, DeadlineRule], ...] = ()
    tiers: tuple[str, ...] = TIERS
    election_regime: bool = False
    stages: StageList | None = None
    units: Mapping[str, OwnUnit] = field(default_factory=dict)

    def on(self, day: date) -> Body:
        """The body as its framework and columns are on a day, the last of a quarter."""
        own = {column: said for column, said in self.columns_in_time if said.validity.holds(day)}
        return replace(self, framework=self.framework.on(day), columns=own)

    def has_units(self, kind: str) -> bool:
        """Whether it has units of a kind (``kota``, ``provinsi``)."""
        return tier_of(kind) in self.tiers

    def legal_basis(self, on: date) -> tuple[str, ...]:
        """Titles of the laws in force on a day, in the order of printing."""
        return tuple(law.title for law in self.laws if law.in_force(on, on))

    def deadline(self, on: date) -> DeadlineRule:
        """The days within which reports are due, as they hold on a day; the usual ones where it names none."""
        return next((rule for begin, rule in reversed(self.deadlines) if begin <= on), DeadlineRule())
