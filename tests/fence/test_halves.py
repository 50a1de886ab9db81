"""Work in halves: the item that throws is found and told, all others are done, and no more is done than needed."""

from __future__ import annotations

import pytest
from humas.errors import REPORT_FAULT, OperatorError, ProgramFault, ReportFault, SenderError
from humas.fence import GIVE_UP, OutOfTime, in_halves, large_apart, one_by_one
from hypothesis import given
from hypothesis import strategies as st


class Work:
    """Counts what it is given; throws ``error`` on the bad items."""

    def __init__(self, bad: dict[int, BaseException]) -> None:
        self.bad, self.done, self.calls = bad, [], 0

    def __call__(self, items) -> None:
        self.calls += 1
        for item in items:
            if item in self.bad:
                raise self.bad[item]
        self.done += items


def name(item: int) -> str:
    return f"Nomor {item}"


ERRORS = [
    ("exception", KeyError("x"), "KeyError"),
    ("memory", MemoryError(), "kehabisan memori"),
    ("time", OutOfTime(), "melewati batas waktu"),
    ("recursion", RecursionError(), "RecursionError"),
    ("refused_by_the_warehouse", OperatorError("gudang_menolak", "a.", "b."), "gudang_menolak"),
    ("rule_that_fails", OperatorError("validasi_gagal", "a.", "b."), "validasi_gagal"),
    ("rows_that_do_not_balance", OperatorError("neraca_baris", "a.", "b."), "neraca_baris"),
    ("an_error_of_its_own", SenderError("aneh", "a.", "b."), "aneh"),
    ("a_fault_already", ProgramFault("Berkas", "ValueError"), "ValueError"),
]


@pytest.mark.parametrize(("error", "cause"), [e[1:] for e in ERRORS], ids=[e[0] for e in ERRORS])
def test_what_one_item_can_cause_is_told_of_it_alone(error: BaseException, cause: str) -> None:
    work = Work({5: error})
    [fault] = in_halves(list(range(16)), work, name)
    assert (fault.item, fault.error.cause) == (5, cause)
    assert sorted(work.done) == [n for n in range(16) if n != 5]


@pytest.mark.parametrize("code", ["disk_penuh", "gudang_terkunci", "gudang_tidak_terjangkau", "landing_gagal"])
def test_what_concerns_the_installation_is_nobodys_fault_and_rises_at_once(code: str) -> None:
    work = Work({5: OperatorError(code, "a.", "b.")})
    with pytest.raises(OperatorError) as caught:
        in_halves(list(range(16)), work, name)
    assert caught.value.code == code
    assert work.calls == 1


def test_an_error_raised_again_while_it_is_handled_is_told_once() -> None:
    again = ValueError("x")

    def work(_: object) -> None:
        try:
            raise again
        except ValueError as error:
            raise SenderError("aneh", "a.", "b.") from error

    [one, other] = in_halves([1, 2], work, name, give_up=None)
    assert one.error.detail.count("\nValueError\n") == other.error.detail.count("\nValueError\n") == 1
    assert other.error.detail.endswith("SenderError")


def test_an_interrupt_rises() -> None:
    with pytest.raises(KeyboardInterrupt):
        in_halves([1, 2], Work({1: KeyboardInterrupt()}), name)


def test_a_program_that_fails_on_whatever_it_is_given_is_not_tried_on_a_nation() -> None:
    error = KeyError("x")
    work = Work(dict.fromkeys(range(553), error))
    with pytest.raises(ProgramFault):
        in_halves(list(range(553)), work, name)
    assert work.calls < 40


def test_faults_in_different_places_before_any_success_are_still_told_one_by_one() -> None:
    bad = {n: [KeyError(), ValueError(), TypeError()][n % 3] for n in range(20)}
    work = Work(bad)
    assert len(in_halves(list(range(40)), work, name)) == 20
    assert sorted(work.done) == list(range(20, 40))


@given(st.sets(st.integers(0, 99), max_size=20), st.integers(0, 100))
def test_every_good_item_is_done_once_and_every_bad_one_is_told_once(bad: set[int], count: int) -> None:
    work = Work({n: [KeyError(), ValueError()][n % 2] for n in bad})
    faults = in_halves(list(range(count)), work, name)
    assert sorted(work.done) == [n for n in range(count) if n not in bad]
    assert [fault.item for fault in faults] == sorted(n for n in bad if n < count)


def test_one_by_one_does_nothing_twice_and_goes_on_after_a_fault() -> None:
    work = Work({5: KeyError("x")})
    [fault] = one_by_one(range(16), lambda item: work([item]), name, ReportFault)
    assert (fault.item, fault.error.code, work.calls) == (5, REPORT_FAULT, 16)
    assert work.done == [n for n in range(16) if n != 5]


def test_one_by_one_gives_up_on_what_fails_on_everything() -> None:
    work = Work({n: KeyError("x") for n in range(99)})
    with pytest.raises(ReportFault):
        one_by_one(range(99), lambda item: work([item]), name, ReportFault)
    assert work.calls == GIVE_UP


@pytest.mark.parametrize(
    ("items", "groups"),
    [([], [[]]), ([1, 2], [[1, 2]]), ([1, 9, 2, 8], [[1, 2], [9], [8]]), ([9], [[], [9]]), ([5, 6], [[5], [6]])],
    ids=str,
)
def test_large_items_are_worked_on_by_themselves_after_all_others(items, groups):
    assert large_apart(items, lambda item: item, 5) == groups
