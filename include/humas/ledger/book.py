"""The ledger of one unit, quarter and data set: submissions entered one after another, each row ever accepted accounted for.

Nothing is remembered but what came: the same submissions in the same order give the same ledger, however often.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from humas.ledger.likeness import alike, setting_of
from humas.ledger.model import Count, Effect, Intent, Outcome, Part, Ref, Row, RowChange, RowFate, RowStanding
from humas.values.words import fold

GONE = "tidak lagi pada sumber"
REPLACED = "kiriman ini menggantikan yang sebelumnya"
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_VANISHED = 0.5
"""Share of its rows that a source may lose before people are asked."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of every row ever accepted, and what each submission did, in order.

    aside: what the submissions did that came from senders whose rows do not count while another's do.
    """

    fates: Mapping[Ref, RowFate]
    outcomes: tuple[Outcome, ...]
    aside: tuple[Outcome, ...] = ()

    @property
    def in_force(self) -> tuple[Row, ...]:
        """The rows that count."""
        return tuple(fate.row for fate in self.fates.values() if fate.standing is RowStanding.IN_FORCE)

    @property
    def count(self) -> Count:
        """The proof in numbers."""
        found = Counter(fate.standing for fate in self.fates.values())
        return Count(*(found[standing] for standing in RowStanding))

    def outcome_of(self, submission: str) -> Outcome | None:
        """What one submission did; None when it says nothing of this data set."""
        return next((one for one in (*self.outcomes, *self.aside) if one.submission == submission), None)

    @property
    def question(self) -> Outcome | None:
        """The submission that still waits for an answer; what merely adds or says the same leaves a question open."""
        waiting: Outcome | None = None
        for outcome in self.outcomes:
            if outcome.question:
                waiting = outcome
            elif outcome.effect is Effect.CORRECTION:
                waiting = None
        return waiting


def replay(parts: Iterable[Part]) -> Ledger:
    """Enter what was said of one data set, in the order in which it counts as said."""
    book = _Book()
    outcomes = tuple(book.enter(part) for part in parts)
    return Ledger(book.fates, outcomes)


@dataclass(slots=True)
class _Book:
    """The ledger while it is written. versions: every version of a row by its id. sources: submission → its channel.

    said: complete source → what it listed last, by id.
    """

    fates: dict[Ref, RowFate] = field(default_factory=dict)
    in_force: dict[str, Row] = field(default_factory=dict)
    versions: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    sources: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, Row]] = field(default_factory=dict)

    def enter(self, part: Part) -> Outcome:
        """Enter one submission; returns what it did."""
        self.sources[part.submission] = part.source
        unsaid = _unsaid(part.rows, self.in_force.values())
        if stale := self._stale(part, unsaid):
            return self._say_again(part, stale)
        first = not self.fates
        before = list(self.in_force.values())
        overruled = self._overruled(part)
        pairs = _pairs([row for row in before if row.ref not in overruled.values()], part, set(overruled))
        changed = tuple(change for old, new in pairs if (change := self._follow(old, new, unsaid)))
        told = {old.ref for old, _ in pairs} | set(overruled.values())
        new = self._add(part.rows, {row.ref for _, row in pairs} | set(overruled))
        left = [row for row in before if row.ref not in told]
        outcome = Outcome(part.submission, Effect.SAME, changed, new, intent=part.intent)
        outcome = self._settle_left(part, left, outcome, before, shared=bool(told))
        if part.forgets:
            self.versions.clear()
            self.said.clear()
        return replace(outcome, effect=_effect(outcome, part, first=first, shared=bool(told)))

    def _overruled(self, part: Part) -> dict[Ref, Ref | None]:
        """Rows that a complete source lists unchanged though they were mended or withdrawn by another way since.

        Each with the row in force that took its place; the source says nothing new of it.
        """
        if not part.complete:
            return {}
        said, self.said[part.source] = self.said.get(part.source, {}), {row.id: row for row in part.rows}
        overruled: dict[Ref, Ref | None] = {}
        for row in part.rows:
            earlier = said.get(row.id)
            if earlier is None or _differences(earlier, row, frozenset()):
                continue
            last = self._last(earlier.ref)
            if last.standing is RowStanding.WITHDRAWN or _differences(last.row, row, frozenset()):
                overruled[row.ref] = last.row.ref if last.standing is RowStanding.IN_FORCE else None
                self.fates[row.ref] = RowFate(row, RowStanding.RESTATED, earlier.ref)
        return overruled

    def _last(self, ref: Ref) -> RowFate:
        """Where the chain of a row that was mended, or said again, ends."""
        fate = self.fates[ref]
        while fate.successor and fate.standing is not RowStanding.IN_FORCE:
            fate = self.fates[fate.successor]
        return fate

    def _stale(self, part: Part, unsaid: frozenset[str]) -> list[tuple[Row, Row]]:
        """Rows with the version they repeat, when a submission tells nothing new and some of it as it no longer is."""
        if part.intent is not Intent.UNSAID or part.complete or not part.rows:
            return []
        found = [(row, self._version(row, unsaid)) for row in part.rows]
        known = [(row, version) for row, version in found if version]
        outdated = any(self.fates[version.ref].standing is not RowStanding.IN_FORCE for _, version in known)
        return known if outdated and len(known) == len(found) else []

    def _version(self, row: Row, unsaid: frozenset[str]) -> Row | None:
        """The version of a row that says the same, the one in force first."""
        standing = self.in_force.get(row.id)
        versions = [*([standing] if standing else []), *reversed(self.versions.get(row.id, []))]
        return next((version for version in versions if not _differences(version, row, unsaid)), None)

    def _say_again(self, part: Part, repeated: Sequence[tuple[Row, Row]]) -> Outcome:
        stale = []
        for row, version in repeated:
            if self.fates[version.ref].standing is not RowStanding.IN_FORCE:
                stale.append(row)
            self.fates[row.ref] = RowFate(row, RowStanding.RESTATED, version.ref)
        return Outcome(part.submission, Effect.QUESTION, stale=tuple(stale), question=True)

    def _follow(self, old: Row, new: Row, unsaid: frozenset[str]) -> RowChange | None:
        """Let a row take the place of the one it tells anew; None when it says nothing else."""
        differences = _differences(old, new, unsaid)
        if not differences and old.cells.keys() - new.cells.keys():
            self.fates[new.ref] = RowFate(new, RowStanding.RESTATED, old.ref)
            return None
        standing = RowStanding.SUPERSEDED if differences else RowStanding.RESTATED
        self.fates[old.ref] = RowFate(old, standing, new.ref)
        del self.in_force[old.id]
        self._put(new)
        return RowChange(old, new, differences) if differences else None

    def _add(self, rows: Iterable[Row], entered: set[Ref]) -> tuple[Row, ...]:
        new = tuple(row for row in rows if row.ref not in entered)
        for row in new:
            self._put(row)
        return new

    def _put(self, row: Row) -> None:
        self.fates[row.ref] = RowFate(row, RowStanding.IN_FORCE)
        self.in_force[row.id] = row
        self.versions[row.id].append(row)

    def _settle_left(
        self, part: Part, left: Sequence[Row], outcome: Outcome, before: Sequence[Row], *, shared: bool
    ) -> Outcome:
        """What becomes of the rows in force that a submission does not tell."""
        held = tuple(row for row in left if fold(row.title) in part.held)
        missing = tuple(row for row in left if row not in held)
        outcome = replace(outcome, held=held, missing=missing)
        if part.intent is Intent.REPLACES:
            return self._withdraw(part, outcome, missing, part.by, part.reason or REPLACED)
        if part.intent in {Intent.ADDS, Intent.MENDS}:
            return outcome
        if part.complete:
            listed = sum(self.sources[row.submission] == part.source for row in before)
            return self._vanished(part, outcome, listed)
        return replace(outcome, question=bool(missing) and (shared or not part.rows))

    def _vanished(self, part: Part, outcome: Outcome, listed: int) -> Outcome:
        """Rows that a source listed before and no longer does; what came by another way cannot vanish from it."""
        own = [row for row in outcome.missing if self.sources[row.submission] == part.source]
        if len(own) > _VANISHED * listed:
            return replace(outcome, missing=tuple(own), question=True)
        return self._withdraw(part, outcome, own, part.source, GONE)

    def _withdraw(self, part: Part, outcome: Outcome, rows: Sequence[Row], by: str, reason: str) -> Outcome:
        for row in rows:
            self.fates[row.ref] = RowFate(row, RowStanding.WITHDRAWN, None, by, reason, part.at)
            del self.in_force[row.id]
        return replace(outcome, missing=(), withdrawn=tuple(rows))


def same_rows(before: Sequence[Row], rows: Sequence[Row]) -> list[tuple[Row, Row, bool]]:
    """Rows that two senders both tell: the one, the other, and whether they say the same."""
    unsaid = _unsaid(rows, before) | _unsaid(before, rows)
    pairs = _pairs(before, Part("", _NEVER, tuple(rows)), set())
    return [(old, new, not _differences(old, new, unsaid)) for old, new in pairs]


def _pairs(before: Sequence[Row], part: Part, without: set[Ref]) -> list[tuple[Row, Row]]:
    """Rows in force and the rows that tell them anew: by key, then by likeness unless the submission says it adds."""
    old = {row.id: row for row in before}
    rows = [row for row in part.rows if row.ref not in without]
    pairs = [(old[row.id], row) for row in rows if row.id in old]
    if part.intent is Intent.ADDS:
        return pairs
    told = {row.id for _, row in pairs}
    left, fresh = ([row for row in some if row.id not in told] for some in (before, rows))
    return pairs + alike(left, fresh, setting_of(before, rows, len(pairs), part.intent))


def _unsaid(rows: Sequence[Row], before: Iterable[Row]) -> frozenset[str]:
    """Columns in force of which a submission says nothing in any row: it has another layout."""
    said = {name for row in rows for name in row.cells}
    return frozenset(name for row in before for name in row.cells) - said


def _differences(old: Row, new: Row, unsaid: frozenset[str]) -> tuple[str, ...]:
    names = (old.cells.keys() | new.cells.keys()) - unsaid
    return tuple(sorted(name for name in names if old.cells.get(name) != new.cells.get(name)))


def _effect(outcome: Outcome, part: Part, *, first: bool, shared: bool) -> Effect:
    if first:
        return Effect.FIRST
    if outcome.question:
        return Effect.QUESTION
    if not (outcome.changed or outcome.new or outcome.withdrawn):
        return Effect.SAME
    adds = part.intent is Intent.ADDS or not shared
    return Effect.ADDITION if adds and outcome.new and not outcome.withdrawn else Effect.CORRECTION
