"""Histories of a province at random: own files, recaps of several units, operators' words, runs killed between two shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from humas.ledger import Effect, Intent, Ledger, RowStanding
from humas.ledger.precedence import NEARER_WINS, OWN_WINS
from humas.warehouse import Settlement
from humas.warehouse.ledger import Told, ledger_of
from humas.warehouse.settlements import WITHDRAWS
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.ledger.rows import BEGIN, row
from tests.ledger.test_histories import ACTIVITY, SAID

DATASET = "kegiatan"
UNITS = ("33.01", "33.02", "33.74")
SUPERIORS = ("33", "00")
UNIT, SUPERIOR = st.sampled_from(UNITS), st.sampled_from(SUPERIORS)
ROWS = st.lists(ACTIVITY, max_size=4)
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Sent:
    """One file. rows: unit → what it tells of that unit. superior: who sent it; "" of a unit's own."""

    number: int
    rows: Mapping[str, Sequence[Content]]
    superior: str = ""
    said: Intent = Intent.UNSAID
    channel: str = "kotak_masuk"
    nil: bool = False

    def told(self, unit: str, turn: Settlement | None, answer: Settlement | None) -> Told:
        """What it says of a unit, as the warehouse enters it."""
        at = BEGIN + timedelta(days=self.number)
        return Told(
            self.share(unit), (at, at), self.channel, self.said, frozenset({DATASET} if self.nil else ()), answer,
            self.superior, {DATASET: turn} if turn else {},
        )  # fmt: skip

    def share(self, unit: str) -> str:
        """Its submission of a unit."""
        return f"{self.superior or unit} {self.number:03d} {unit}"


class Province(RuleBasedStateMachine):
    """Three units report, or their province and the nation speak for them; nobody's word is lost, and none counts twice."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Sent] = []
        self.waiting: set[str] = set()
        self.turns: dict[str, Settlement] = {}
        self.answers: dict[str, Settlement] = {}
        self.now = self.ledgers()
        self.before = self.now
        self.touched: set[str] = set()

    # --- what the machine asks ---

    def ledgers(self, files: Sequence[Sent] | None = None) -> dict[str, Ledger]:
        """The ledger of each unit, of what runs have judged."""
        return {unit: self.ledger(unit, self.files if files is None else files) for unit in UNITS}

    def ledger(self, unit: str, files: Sequence[Sent]) -> Ledger:
        """The ledger of one unit, its submissions in the order in which they arrived."""
        about = [one for one in files if unit in one.rows and one.share(unit) not in self.waiting]
        newest = max((one.number for one in about if one.superior), default=None)
        told = [
            one.told(unit, self.turns.get(unit) if one.number == newest else None, self.answers.get(one.share(unit)))
            for one in about
        ]
        rows = {
            (DATASET, share): tuple(
                {key.id: key for key in (row(share, content) for content in one.rows[unit])}.values()
            )
            for one in about
            for share in [one.share(unit)]
        }
        return ledger_of(DATASET, sorted(told, key=lambda one: one.place), rows, {})

    def moves(self, *touched: str) -> None:
        """Something happened that may change these units alone."""
        self.before, self.now, self.touched = self.now, self.ledgers(), set(touched)

    def send(self, rows: Mapping[str, Sequence[Content]], **said: Any) -> Sent:
        self.files.append(Sent(len(self.files), rows, **said))
        self.moves(*rows)
        return self.files[-1]

    def last_recap(self, superior: str) -> Sent | None:
        return next((one for one in reversed(self.files) if one.superior == superior), None)

    # --- what people do ---

    @rule(unit=UNIT, contents=ROWS, said=SAID)
    def a_unit_sends_its_own_file(self, unit: str, contents: list[Content], said: Intent) -> None:
        self.send({unit: contents}, said=said, nil=not contents)

    @rule(unit=UNIT, contents=ROWS)
    def a_unit_lists_its_whole_state(self, unit: str, contents: list[Content]) -> None:
        self.send({unit: contents}, channel="api")

    @rule(
        superior=SUPERIOR, rows=st.dictionaries(UNIT, st.lists(ACTIVITY, min_size=1, max_size=4), min_size=1), said=SAID,
        channel=st.sampled_from(["kotak_masuk", "api"]),
    )  # fmt: skip
    def a_superior_sends_a_recap(
        self, superior: str, rows: dict[str, list[Content]], said: Intent, channel: str
    ) -> None:
        self.send(rows, superior=superior, said=said, channel=channel)

    @rule(unit=UNIT, superior=SUPERIOR)
    def a_recap_tells_what_the_unit_told_itself(self, unit: str, superior: str) -> None:
        own = next((one for one in reversed(self.files) if not one.superior and unit in one.rows), None)
        if own and own.rows[unit]:
            self.send({unit: own.rows[unit]}, superior=superior)

    @rule(superior=SUPERIOR, unit=UNIT, more=st.lists(ACTIVITY, max_size=2))
    def a_later_recap_leaves_a_unit_out(self, superior: str, unit: str, more: list[Content]) -> None:
        last = self.last_recap(superior)
        kept = {code: [*rows, *more] for code, rows in last.rows.items() if code != unit} if last else {}
        if last and kept:
            self.send(kept, superior=superior)
            if unit in last.rows:
                assert self.now[unit].fates == self.before[unit].fates, "leaving a unit out took something from it"

    @rule(superior=SUPERIOR, unit=UNIT)
    def a_later_recap_leaves_rows_of_a_unit_out(self, superior: str, unit: str) -> None:
        last = self.last_recap(superior)
        if last and len(last.rows.get(unit, ())) > 1:
            self.send({**last.rows, unit: last.rows[unit][1:]}, superior=superior)

    @rule(unit=UNIT, word=st.sampled_from(["rekap", "sendiri"]))
    def an_operator_says_whose_word_counts(self, unit: str, word: str) -> None:
        self.turns[unit] = Settlement("", f"{word}:{DATASET}", "Sari", "satker salah kirim", BEGIN)
        self.moves(unit)

    @rule(number=st.integers(0, 20), answer=st.sampled_from(["tambah", "ganti", ""]))
    def somebody_answers_a_question(self, number: int, answer: str) -> None:
        asked = [(unit, one) for unit in UNITS for one in [self.now[unit].question] if one]
        if asked:
            unit, outcome = asked[number % len(asked)]
            self.answer(outcome.submission, answer)
            self.moves(unit)

    @rule(superior=SUPERIOR, answer=st.sampled_from(["tambah", "ganti"]))
    def one_answer_settles_a_whole_recap(self, superior: str, answer: str) -> None:
        last = self.last_recap(superior)
        if last:
            for unit in last.rows:
                self.answer(last.share(unit), answer)
            self.moves(*last.rows)
            asked = {one.submission for ledger in self.now.values() for one in [ledger.question] if one}
            assert not asked & {last.share(unit) for unit in last.rows}

    @rule(superior=SUPERIOR, unit=UNIT)
    def what_a_superior_said_of_a_unit_is_withdrawn(self, superior: str, unit: str) -> None:
        about = [one for one in self.files if one.superior == superior and unit in one.rows]
        for one in about:
            self.answer(one.share(unit), WITHDRAWS)
        self.moves(unit)
        assert not {row.submission for row in self.now[unit].in_force} & {one.share(unit) for one in about}

    @rule(superior=SUPERIOR, unit=UNIT)
    def what_was_withdrawn_is_told_again(self, superior: str, unit: str) -> None:
        """Whoever tells the same again after all was withdrawn is believed: it counts where the superior alone speaks."""
        about = [one for one in self.files if one.superior == superior and unit in one.rows]
        for one in about:
            self.answer(one.share(unit), WITHDRAWS)
        if about:
            again = self.send({unit: about[-1].rows[unit]}, superior=superior)
            assert {row.submission for row in self.alone(unit, superior).in_force} == {again.share(unit)}

    def answer(self, submission: str, word: str) -> None:
        self.answers.pop(submission, None)
        if word:
            self.answers[submission] = Settlement(submission, word, "Sari", "lewat telepon", BEGIN)

    @rule(superior=SUPERIOR, rows=st.dictionaries(UNIT, ROWS.filter(bool), min_size=2), judged=st.integers(0, 2))
    def a_run_is_killed_between_two_shares(self, superior: str, rows: dict[str, list[Content]], judged: int) -> None:
        self.files.append(Sent(len(self.files), rows, superior=superior))
        self.waiting |= {self.files[-1].share(unit) for unit in sorted(rows)[judged:]}
        self.moves(*sorted(rows)[:judged])

    @precondition(lambda self: self.waiting)
    @rule()
    def the_run_is_made_again(self) -> None:
        touched = {share.rpartition(" ")[2] for share in self.waiting}
        self.waiting = set()
        self.moves(*touched)

    # --- what holds after each ---

    @invariant()
    def each_row_ever_accepted_is_in_force_superseded_or_withdrawn(self) -> None:
        for unit, ledger in self.now.items():
            judged = {ref for ref, _ in self.told(unit)}
            assert set(ledger.fates) == judged
            assert ledger.count.accepted + ledger.count.restated == len(judged)

    def told(self, unit: str) -> Iterator[tuple[Any, str]]:
        """Every row that judged files tell of a unit, with who told it."""
        for one in self.files:
            if unit in one.rows and one.share(unit) not in self.waiting:
                yield from {row(one.share(unit), content).ref: one.superior for content in one.rows[unit]}.items()

    @invariant()
    def nobody_is_touched_by_what_speaks_of_others(self) -> None:
        for unit in set(UNITS) - self.touched:
            assert self.now[unit].fates == self.before[unit].fates

    @invariant()
    def rows_in_force_are_one_sender_s_alone_and_tell_no_event_twice(self) -> None:
        for unit, ledger in self.now.items():
            whose = dict(self.told(unit))
            assert len({whose[one.ref] for one in ledger.in_force}) <= 1
            assert len({one.id for one in ledger.in_force}) == len(ledger.in_force)

    @invariant()
    def the_unit_s_own_word_counts_unless_an_operator_turned_it(self) -> None:
        for unit, ledger in self.now.items():
            turned = unit in self.turns and self.turns[unit].jawaban.startswith("rekap")
            heard = {superior: self.alone(unit, superior) for superior in ("", *SUPERIORS)}
            own = bool(heard[""].in_force) or self.is_nil(unit)
            order = [*SUPERIORS, ""] if turned and self.newest_judged(unit) else ["", *SUPERIORS]
            chief = next((one for one in order if heard[one].in_force or (one == "" and own)), "")
            assert {one.ref for one in ledger.in_force} == {one.ref for one in heard[chief].in_force}

    def newest_judged(self, unit: str) -> bool:
        """Whether the operator's word stands on a share that a run has judged."""
        return any(one.superior and unit in one.rows and one.share(unit) not in self.waiting for one in self.files)

    def alone(self, unit: str, superior: str) -> Ledger:
        """The ledger as if nobody else had spoken of the unit."""
        return self.ledger(unit, [one for one in self.files if one.superior == superior])

    def is_nil(self, unit: str) -> bool:
        return any(one.nil and not one.superior and unit in one.rows for one in self.files)

    @invariant()
    def nothing_leaves_the_figures_unnamed(self) -> None:
        for unit, ledger in self.now.items():
            gone = {one.ref for one in self.before[unit].in_force} - {one.ref for one in ledger.in_force}
            outcomes = (*ledger.outcomes, *ledger.aside)
            named = {change.old.ref for one in outcomes for change in one.changed}
            named |= {one.ref for outcome in outcomes for one in outcome.withdrawn}
            for ref in gone - named:
                fate = ledger.fates[ref]
                assert fate.standing is RowStanding.RESTATED or fate.reason in {OWN_WINS, NEARER_WINS} or fate.by

    @invariant()
    def a_question_takes_nothing(self) -> None:
        for ledger in self.now.values():
            assert not any(one.withdrawn for one in (*ledger.outcomes, *ledger.aside) if one.effect is Effect.QUESTION)

    @invariant()
    def each_chain_ends(self) -> None:
        for ledger in self.now.values():
            for ref in ledger.fates:
                end, walked = ref, set()
                while (successor := ledger.fates[end].successor) and end not in walked:
                    walked.add(end)
                    end = successor
                fate = ledger.fates[end]
                assert end not in walked
                assert fate.standing in {RowStanding.IN_FORCE, RowStanding.WITHDRAWN} or fate.reason

    def teardown(self) -> None:
        """Files of different senders are independent: in whatever order they come, the same rows count."""
        self.waiting = set()
        ends = self.ledgers()
        by_sender: dict[str, list[Sent]] = {}
        for one in self.files:
            by_sender.setdefault(one.superior or next(iter(one.rows)), []).append(one)
        for order in list(permutations(sorted(by_sender)))[:6]:
            again = self.ledgers([one for sender in order for one in by_sender[sender]])
            for unit in UNITS:
                assert again[unit].fates == ends[unit].fates


@pytest.mark.parametrize(
    ("examples", "steps"),
    [
        pytest.param(150, 12, id="some hundreds"),
        pytest.param(10_000, 8, id="ten thousand", marks=[pytest.mark.fuzz, pytest.mark.timeout(3_600)]),
    ],
)
def test_the_ledger_of_each_unit_closes_in_every_history_of_a_province(examples: int, steps: int) -> None:
    run_state_machine_as_test(Province, settings=settings(max_examples=examples, stateful_step_count=steps))
