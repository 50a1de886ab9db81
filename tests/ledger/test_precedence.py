"""Whose word counts: a unit's own file before a recap, the nearer superior before the farther one, an operator before both."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from humas.ledger import Count, Intent, Ledger, RowStanding, Turn, Voice, replay, settle_voices
from humas.ledger.precedence import NEARER_WINS, OWN_WINS

from tests.ledger.rows import BEGIN, part, told

OWN = (told("Sosialisasi pemilih pemula", 6), told("Rapat koordinasi kehumasan", 8, tempat="Ruang rapat"))
MENDED = {**OWN[0], "jumlah_peserta": 99}
ONLY_THERE = told("Lomba foto", 20, tempat="Alun-alun", jumlah_peserta=200)
TURN = Turn("Sari", "satker salah kirim", BEGIN)


def voice(*parts, nil: bool = False) -> Voice:
    return Voice(replay(parts), nil)


NOBODY = voice()


def titles(ledger: Ledger) -> list[str]:
    return sorted(row.title for row in ledger.in_force)


CASES = {
    "a recap alone counts": (NOBODY, [voice(part(2, *OWN))], None, [one["judul"] for one in OWN], Count(2)),
    "what the unit tells itself is said again by the recap": (
        voice(part(1, *OWN)), [voice(part(2, *OWN))], None, [one["judul"] for one in OWN], Count(2)
    ),
    "a row that the recap tells otherwise gives way": (
        voice(part(1, *OWN)), [voice(part(2, MENDED, OWN[1]))], None, [one["judul"] for one in OWN], Count(2, 1)
    ),
    "a row that only the recap tells gives way too": (
        voice(part(1, *OWN)), [voice(part(2, *OWN, ONLY_THERE))], None, [one["judul"] for one in OWN], Count(2, 1)
    ),
    "nil of the unit itself stands against a recap": (voice(nil=True), [voice(part(2, *OWN))], None, [], Count(0, 2)),
    "the nearer superior counts before the farther one": (
        NOBODY, [voice(part(2, *OWN)), voice(part(3, ONLY_THERE))], None, [one["judul"] for one in OWN], Count(2, 1)
    ),
    "an operator can let the recap count": (
        voice(part(1, *OWN)), [voice(part(2, MENDED, ONLY_THERE))], TURN, ["Lomba foto", OWN[0]["judul"]], Count(2, 2)
    ),
    "an operator's word for a recap that says nothing changes nothing": (
        voice(part(1, *OWN)), [NOBODY], TURN, [one["judul"] for one in OWN], Count(2)
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_whose_rows_count(case: str) -> None:
    own, recaps, turn, expected, count = CASES[case]
    ledger = settle_voices(own, recaps, turn)
    assert titles(ledger) == sorted(expected)
    assert ledger.count == count
    entered = [ref for one in (own, *recaps) for ref in one.ledger.fates]
    assert sorted(ledger.fates) == sorted(entered), "a row is lost"


def test_what_gives_way_names_the_row_in_its_place_or_the_reason() -> None:
    ledger = settle_voices(voice(part(1, *OWN)), [voice(part(2, MENDED, ONLY_THERE))])
    fates = {fate.row.title: fate for ref, fate in ledger.fates.items() if ref.submission == "berkas 2"}
    assert fates[MENDED["judul"]].successor in {row.ref for row in ledger.in_force}
    assert fates["Lomba foto"].successor is None
    assert {fate.reason for fate in fates.values()} == {OWN_WINS}
    turned = settle_voices(voice(part(1, *OWN)), [voice(part(2, ONLY_THERE))], TURN)
    assert {(fate.by, fate.reason) for fate in turned.fates.values() if fate.standing is RowStanding.SUPERSEDED} == {
        ("Sari", "satker salah kirim")
    }
    nearer = settle_voices(NOBODY, [voice(part(1, *OWN)), voice(part(2, ONLY_THERE))])
    assert nearer.fates[next(ref for ref in nearer.fates if ref.submission == "berkas 2")].reason == NEARER_WINS


def test_what_a_superior_asks_is_not_asked_while_the_unit_speaks_itself() -> None:
    asked = replay([part(2, *OWN, ONLY_THERE), part(3, *OWN)])
    assert asked.question
    assert settle_voices(NOBODY, [Voice(asked)]).question
    settled = settle_voices(voice(part(1, *OWN)), [Voice(asked)])
    assert settled.question is None
    assert settled.outcome_of("berkas 3") is not None


def test_no_order_of_arrival_turns_who_wins() -> None:
    """Own file and recaps arrive in every order: the days differ, what counts does not."""
    ends = set()
    for own, first, second in permutations((1, 2, 3)):
        recap = sorted([part(first, *OWN), part(second, *OWN, ONLY_THERE)], key=lambda one: one.at)
        ledger = settle_voices(voice(part(own, MENDED)), [voice(*recap)])
        ends.add((tuple(titles(ledger)), ledger.count.in_force))
    assert ends == {((MENDED["judul"],), 1)}


def test_what_was_withdrawn_as_a_whole_and_is_told_again_is_new() -> None:
    withdrawn = replace(part(1), intent=Intent.REPLACES, by="Sari", reason="salah satker", forgets=True)
    for complete in (False, True):
        ledger = replay([part(1, *OWN, complete=complete), withdrawn, part(3, *OWN, complete=complete)])
        assert (ledger.count, ledger.question) == (Count(2, 0, 2), None)
        assert {one.submission for one in ledger.in_force} == {"berkas 3"}


def test_a_question_is_asked_also_when_nobody_s_rows_count() -> None:
    withdrawn = replace(part(1), intent=Intent.REPLACES, by="Sari", reason="tidak jadi")
    asked = voice(part(1, *OWN), withdrawn, part(3, *OWN))
    ledger = settle_voices(NOBODY, [NOBODY, asked])
    assert ledger.in_force == ()
    assert ledger.question and ledger.question.submission == "berkas 3"
