"""Histories of files at random: the ledger closes after each, nothing is lost unsaid, order matters only where it must."""

from __future__ import annotations

from typing import Any

import pytest
from humas.ledger import Effect, Intent, Ledger, Part, Row, RowStanding, replay
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.ledger.rows import part, told

TITLES = ("Sosialisasi pemilih pemula", "Sosialisasi pemilih pemla", "Rapat koordinasi", "Media gathering", "Apel pagi")
ACTIVITY = st.builds(
    told, st.sampled_from(TITLES), st.integers(1, 6), tempat=st.sampled_from(["Aula", "Studio", None]),
    jumlah_peserta=st.integers(20, 22),
)  # fmt: skip
SAID = st.sampled_from([Intent.UNSAID, Intent.UNSAID, Intent.ADDS, Intent.MENDS, Intent.REPLACES])


class Office(RuleBasedStateMachine):
    """One unit, one data set: it reports, mends, adds, forgets, takes back, answers; a source lists beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self.contents: list[dict[str, Any]] = []
        self.before: Ledger = replay([])
        self.now: Ledger = replay([])

    def _send(self, contents: list[dict[str, Any]], **said: Any) -> None:
        self.contents = contents
        self.parts.append(part(len(self.parts), *contents, **said))
        self.before, self.now = self.now, replay(self.parts)

    @rule(contents=st.lists(ACTIVITY, max_size=6), said=SAID)
    def sends_a_file(self, contents: list[dict[str, Any]], said: Intent) -> None:
        self._send(contents, intent=said, source="kotak")

    @rule(place=st.integers(0, 5), value=st.integers(20, 30), said=SAID)
    def mends_one_row(self, place: int, value: int, said: Intent) -> None:
        contents = [dict(one) for one in self.contents]
        if contents:
            contents[place % len(contents)]["jumlah_peserta"] = value
        self._send(contents, intent=said, source="kotak")

    @rule(place=st.integers(0, 5), more=st.lists(ACTIVITY, max_size=2))
    def forgets_one_row_and_adds_others(self, place: int, more: list[dict[str, Any]]) -> None:
        kept = [one for number, one in enumerate(self.contents) if number != place]
        self._send([*kept, *more], source="kotak")

    @rule(contents=st.lists(ACTIVITY, max_size=6))
    def lists_its_whole_state(self, contents: list[dict[str, Any]]) -> None:
        self._send(contents, source="api", complete=True)

    @rule(number=st.integers(0, 20))
    def sends_an_old_file_again_under_another_name(self, number: int) -> None:
        if self.parts:
            old = self.parts[number % len(self.parts)]
            again = [Row(f"berkas {len(self.parts)}", row.id, row.title, row.day, row.cells) for row in old.rows]
            self.parts.append(Part(f"berkas {len(self.parts)}", part(len(self.parts)).at, tuple(again), "kotak"))
            self.before, self.now = self.now, replay(self.parts)

    @rule(number=st.integers(0, 20), answer=st.sampled_from([Intent.ADDS, Intent.REPLACES]))
    def somebody_answers_a_question(self, number: int, answer: Intent) -> None:
        asked = [place for place, outcome in enumerate(self.now.outcomes) if outcome.question]
        if asked:
            place = asked[number % len(asked)]
            old = self.parts[place]
            self.parts[place] = Part(
                old.submission, old.at, old.rows, old.source, intent=answer, by="Sari", reason="lewat telepon"
            )
            self.now = self.before = replay(self.parts)

    @invariant()
    def each_row_ever_accepted_is_in_force_superseded_or_withdrawn(self) -> None:
        told_rows = [row for one in self.parts for row in one.rows]
        assert set(self.now.fates) == {row.ref for row in told_rows}
        count = self.now.count
        assert count.accepted + count.restated == len(told_rows)

    @invariant()
    def each_chain_ends_where_a_row_counts_or_was_withdrawn(self) -> None:
        ends = {fate.row.ref: fate.successor for fate in self.now.fates.values() if fate.successor}
        for ref in self.now.fates:
            end, walked = ref, 0
            while end in ends and walked <= len(ends):
                end, walked = ends[end], walked + 1
            assert self.now.fates[end].standing in {RowStanding.IN_FORCE, RowStanding.WITHDRAWN}

    @invariant()
    def no_two_rows_in_force_have_one_key(self) -> None:
        keys = [row.id for row in self.now.in_force]
        assert len(keys) == len(set(keys))

    @invariant()
    def nothing_leaves_the_figures_unnamed(self) -> None:
        if len(self.now.outcomes) != len(self.before.outcomes) + 1:
            return
        last = self.now.outcomes[-1]
        named = {change.old.ref for change in last.changed} | {row.ref for row in last.withdrawn}
        gone = {row.ref for row in self.before.in_force} - {row.ref for row in self.now.in_force}
        said_again = {ref for ref in gone if self.now.fates[ref].standing is RowStanding.RESTATED}
        assert gone == named | said_again
        assert last.question is False or not last.withdrawn

    @invariant()
    def a_withdrawal_is_said_by_somebody(self) -> None:
        for fate in self.now.fates.values():
            assert fate.standing is not RowStanding.WITHDRAWN or (fate.reason and fate.at)

    @invariant()
    def entering_all_again_gives_the_same(self) -> None:
        again = replay(self.parts)
        assert (again.fates, again.outcomes) == (self.now.fates, self.now.outcomes)


@pytest.mark.parametrize(
    ("examples", "steps"),
    [
        pytest.param(60, 12, id="some hundreds"),
        pytest.param(10_000, 12, id="ten thousand", marks=[pytest.mark.fuzz, pytest.mark.timeout(3_600)]),
    ],
)
def test_the_ledger_closes_in_every_history(examples: int, steps: int) -> None:
    run_state_machine_as_test(Office, settings=settings(max_examples=examples, stateful_step_count=steps))


@pytest.mark.parametrize("said", [Intent.UNSAID, Intent.ADDS])
def test_files_that_share_nothing_come_to_the_same_in_any_order(said: Intent) -> None:
    months = [
        part(number, told("Rapat evaluasi", 30, number), told("Apel pagi", 3, number), intent=said)
        for number in (7, 8, 9)
    ]
    ends = [
        {(row.title, row.day) for row in replay(order).in_force}
        for order in (months, months[::-1], [months[1], months[2], months[0]])
    ]
    assert ends[0] == ends[1] == ends[2]
    assert all(outcome.effect in {Effect.FIRST, Effect.ADDITION} for outcome in replay(months).outcomes)
