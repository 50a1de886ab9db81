"""Personal numbers in a chain of digit groups: NPWP, account, NIK and telephone numbers, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from humas.privacy.digits import Chain, chains
from humas.privacy.labels import (
    Label,
    bank_after,
    counts_things,
    label_before,
    named_nik_after,
    of_an_office,
    of_somebody,
)
from humas.privacy.shapes import (
    LONGEST_PHONE,
    NIK_LENGTH,
    TAX_GROUPS,
    is_area_code,
    is_landline,
    is_mobile,
    is_mobile_without_zero,
    is_moment,
    is_nik,
    is_placeholder,
    niks_within,
)
from humas.privacy.spans import Kind, Span

_YEAR = re.compile(r"(?:19|20)\d\d")
_KEY_BEFORE = re.compile(r"\d[a-z]{1,4}$")
_KEY_BEHIND = re.compile(r"[a-z]{1,4}\d")
_FEWEST = 9
_SHORTEST_LOST_ZERO = 10
_SHORTEST_FOREIGN = 11
_ACCOUNT = (8, 18)
_MISTYPED_NIK = (15, 17)
# What a telephone number begins with, unless + stands before it; most groups of digits begin otherwise.
_BEGINS_PHONE, _BEGINS_LANDLINE = ("0", "6", "8"), ("0", "6")
_LANDLINE_GAPS = frozenset({"", "-", ")", ")-", "."})
_GROUPS_OF_AMOUNT = 6
_OF_THINGS = frozenset({Label.CODE, Label.OTHER})


class _Hit(NamedTuple):
    """Groups ``first`` to before ``last`` of a chain are a number; start and end: its letters when only a part of them."""

    first: int
    last: int
    kind: Kind
    start: int = -1
    end: int = -1


def numbers_in(text: str) -> Iterator[Span]:
    """All personal numbers of a plain text without links, in any order, none within another."""
    for chain in chains(text, _FEWEST):
        yield from _in_chain(chain)


def _in_chain(chain: Chain) -> Iterator[Span]:
    """Each finder takes its numbers out of what those before it have left."""
    parts = [chain] if chain.open_digits >= _FEWEST else []
    for find in _FINDERS:
        left: list[Chain] = []
        for part in parts:
            done = 0
            for hit in find(part):
                span = _span(part, hit)
                if not is_placeholder(part.text[span.start : span.end]):
                    yield span
                    left.append(part.part(done, max(hit.first, done)))
                    done = hit.last
            left.append(part.part(done, len(part)) if done else part)
        parts = [part for part in left if part.open_digits >= _FEWEST]


def _span(chain: Chain, hit: _Hit) -> Span:
    if hit.start >= 0:
        return Span(hit.start, hit.end, hit.kind)
    return Span(chain.groups[hit.first][0], chain.groups[hit.last - 1][1], hit.kind)


def _labelled(chain: Chain) -> Iterator[_Hit]:
    """A number whose label says what it is, so that a mistyped one counts as well."""
    label, first = label_before(chain.text, chain.start), _behind_label_number(chain)
    if label is Label.NIK and (last := _fitting(chain, first, *_MISTYPED_NIK, NIK_LENGTH)):
        yield _Hit(first, last, Kind.NIK)
    elif label is Label.TAX and (last := _fitting(chain, first, 15, 16, 15, 16)):
        yield _Hit(first, last, Kind.TAX)
    elif (label is Label.ACCOUNT or bank_after(chain.text, chain.end)) and (last := _account(chain, first)):
        yield _Hit(first, last, Kind.ACCOUNT)


def _behind_label_number(chain: Chain) -> int:
    """1 where a label has a number of its own (``NPWP16: …``, ``NIK 2: …``), else 0."""
    return 1 if len(chain) > 1 and len(chain.digits[0]) < 3 and ":" in chain.gap(1) else 0


def _fitting(chain: Chain, first: int, fewest: int, most: int, *best: int) -> int:
    """Where groups from ``first`` on end that hold ``fewest`` to ``most`` digits, preferably ``best``; 0 when none do."""
    found = {total: last for last, total in _totals(chain, first) if fewest <= total <= most}
    return next((found[total] for total in (*best, *found) if total in found), 0)


def _account(chain: Chain, first: int) -> int:
    """Where an account number that begins with group ``first`` ends: no amount, date or list; 0 when it is none."""
    last = 0
    for end, total in _totals(chain, first):
        apart = end - 1 > first and chain.gap(end - 1).strip() not in {"", "-", "."}
        if chain.settled[end - 1] or total > _ACCOUNT[1] or apart:
            break
        last = end if total >= _ACCOUNT[0] else 0
    return last


def _totals(chain: Chain, first: int) -> Iterator[tuple[int, int]]:
    """(end, digits in the groups from ``first`` to before ``end``), as long as they can be one number."""
    total = 0
    for i in range(first, len(chain)):
        total += len(chain.digits[i])
        if total > NIK_LENGTH + 4:
            return
        yield i + 1, total


def _tax_number(chain: Chain) -> Iterator[_Hit]:
    """An NPWP by the lengths of its groups: 99.999.999.9-999.999."""
    lengths, wide, done = tuple(map(len, chain.digits)), len(TAX_GROUPS), 0
    for i in range(len(chain) - wide + 1):
        if i >= done and lengths[i : i + wide] == TAX_GROUPS and chain.gaps(i, i + wide) <= {"", ".", "-"}:
            done = i + wide
            yield _Hit(i, done, Kind.TAX)


def _nik_run(chain: Chain) -> Iterator[_Hit]:
    """Sixteen digits without a break, mistyped or not; more of them when they hold a plausible NIK."""
    for i, digits in enumerate(chain.digits):
        start = chain.groups[i][0]
        if len(digits) == NIK_LENGTH and (is_nik(digits) or not _of_something_else(chain, i)):
            yield _Hit(i, i + 1, Kind.NIK)
        elif len(digits) > NIK_LENGTH and not (i == 0 and label_before(chain.text, start) in _OF_THINGS):
            for within in niks_within(digits):
                yield _Hit(i, i + 1, Kind.NIK, start + within, start + within + NIK_LENGTH)


def _of_something_else(chain: Chain, i: int) -> bool:
    """Whether a mistyped run is none: the rest of an address or of a decimal, a moment, the number of a thing."""
    start = chain.groups[i][0]
    if chain.text[max(start - 1, 0) : start] in {"/", "="} or (i and chain.gap(i) in {".", ","}):
        return True
    label = label_before(chain.text, start) if i == 0 else Label.NONE
    return label in _OF_THINGS or (label is not Label.NIK and is_moment(chain.digits[i]))


def _nik_groups(chain: Chain) -> Iterator[_Hit]:
    """Groups one after another that are a plausible NIK together, whatever stands before and behind them."""
    done = 0
    for first in range(len(chain)):
        if first >= done and (last := _nik_from(chain, first)):
            yield _Hit(first, last, Kind.NIK)
            done = last


def _nik_from(chain: Chain, first: int) -> int:
    for last, total in _totals(chain, first):
        if chain.settled[last - 1] or total > NIK_LENGTH:
            break
        if total == NIK_LENGTH and _like_nik(chain.digits[first:last]):
            return 0 if _is_list(chain, first, last) or _is_amount(chain, first, last) else last
    return 0


def _is_list(chain: Chain, first: int, last: int) -> bool:
    """Whether the groups are several numbers, not one: commas part only some of them, or a dotted one is cut through."""
    if len({"," in gap for gap in chain.gaps(first, last)}) > 1:
        return True
    behind = chain.gap(last) if last < len(chain) else ""
    return "" in chain.gaps(first, last) and "." in {chain.gap(first).strip(), behind.strip()}


def _is_amount(chain: Chain, first: int, last: int) -> bool:
    """Whether sixteen digits with thousands points are money or a count, as the words beside them say."""
    if last - first != _GROUPS_OF_AMOUNT or chain.gaps(first, last) not in ({"."}, {","}):
        return False
    end = chain.groups[last - 1][1]
    of_things = label_before(chain.text, chain.start) in _OF_THINGS or counts_things(chain.text, end)
    return of_things and not named_nik_after(chain.text, end)


def _like_nik(groups: tuple[str, ...]) -> bool:
    single = sum(len(group) == 1 for group in groups)
    return (single <= 1 or single == len(groups)) and is_nik("".join(groups))


def _phone(chain: Chain) -> Iterator[_Hit]:
    """A mobile number, or any with + before it, unless it is called a hotline or the number of a thing."""
    label, done = label_before(chain.text, chain.start), 0
    if label is Label.CODE or _glued_to_a_code(chain, label):
        return
    for first in range(len(chain)):
        if first < done or chain.settled[first]:
            continue
        last = _phone_from(chain, first, label)
        if last and not _number_of_a_letter(chain, first, last, label) and not _public(chain, first, last):
            yield _Hit(first, last, Kind.PHONE)
            done = last


def _glued_to_a_code(chain: Chain, label: Label) -> bool:
    """``JX0812554312``, ``3f2a0812-9001``: capitals right before it that name no telephone, digits behind letters."""
    before, behind = chain.text[max(chain.start - 6, 0) : chain.start], chain.text[chain.end : chain.end + 6]
    capital = before[-1:].isalpha() and before[-1:].isupper() and label is not Label.PHONE
    return capital or _KEY_BEFORE.search(before) is not None or _KEY_BEHIND.match(behind) is not None


def _public(chain: Chain, first: int, last: int) -> bool:
    digits = "".join(chain.digits[first:last])
    start, end = chain.groups[first][0], chain.groups[last - 1][1]
    return of_an_office(chain.text, start, end, mobile=not is_landline(digits))


def _phone_from(chain: Chain, first: int, label: Label) -> int:
    """Where a telephone number that begins with this group ends: its longest reading."""
    found = 0
    digits = ""
    start = chain.groups[first][0]
    international = chain.text[max(start - 2, 0) : start].strip(" (").endswith("+")
    if not international and not chain.digits[first].startswith(_BEGINS_PHONE):
        return 0
    for i in range(first, len(chain)):
        if i > first and (chain.settled[i] or (gap := chain.gap(i)) == ", " or (found and "," in gap)):
            break
        digits += chain.digits[i]
        if len(digits) > LONGEST_PHONE:
            break
        if _is_phone(chain, first, i + 1, digits, international=international, label=label):
            found = i + 1
            if i == first:
                break
    return found


def _is_phone(chain: Chain, first: int, last: int, digits: str, *, international: bool, label: Label) -> bool:
    if is_mobile(digits):
        return international or label is Label.PHONE or _steady(chain, first, last)
    if international:
        return is_landline(digits) if digits.startswith("62") else _foreign(digits, label)
    if is_mobile_without_zero(digits):
        return _lost_zero(chain, first, last, label)
    if digits.startswith("00"):
        return is_landline(digits) or (label is Label.PHONE and digits[2:3] != "0" and len(digits) > _SHORTEST_FOREIGN)
    return False


def _foreign(digits: str, label: Label) -> bool:
    return digits[0] != "0" and (10 if label is not Label.PHONE else 8) <= len(digits) <= LONGEST_PHONE


def _steady(chain: Chain, first: int, last: int) -> bool:
    """Whether the groups look cut by one hand: not the digits behind a decimal point, not a row of small numbers."""
    if first and chain.gap(first) == ".":
        return False
    gaps, groups = chain.gaps(first, last), chain.digits[first:last]
    if len(groups) > 2 and all(group[0] == "0" and len(group) > 1 for group in groups):
        return False  # 081 082 083
    if all(len(group) == 1 for group in groups):
        return True
    if len(groups[0]) > 2 or groups[0].startswith("62"):
        return len(gaps) <= 3
    return len(gaps) == 1 and gaps != {":"}


def _lost_zero(chain: Chain, first: int, last: int, label: Label) -> bool:
    """``81234567890`` or ``812-3456-7890``: an account of nobody before it, no amount."""
    if label is Label.PHONE:
        return True
    if (
        label in _OF_THINGS
        or counts_things(chain.text, chain.groups[last - 1][1])
        or (first and chain.gap(first).strip() in {".", ",", "/"})
    ):
        return False
    if chain.text[max(chain.groups[first][0] - 1, 0) : chain.groups[first][0]] in {"/", "=", ".", ","}:
        return False
    if last - first == 1:
        return len(chain.digits[first]) > _SHORTEST_LOST_ZERO and not chain.digits[first].endswith("000")
    return len(chain.digits[first]) == 3 and chain.gaps(first, last) == {"-"}


def _number_of_a_letter(chain: Chain, first: int, last: int, label: Label) -> bool:
    """``0812/3374/2026``: slashes, and a year at the end or right behind."""
    if label is Label.PHONE or "/" not in {chain.gap(i).strip() for i in range(first + 1, min(last + 1, len(chain)))}:
        return False
    behind = chain.digits[last] if last < len(chain) and chain.gap(last) == "/" else ""
    if _YEAR.fullmatch(behind) or (chain.gap(last - 1) == "/" and _YEAR.fullmatch(chain.digits[last - 1])):
        return True
    return len(chain.gaps(first, last)) > 1


def _landline(chain: Chain) -> Iterator[_Hit]:
    """A telephone number with an area code, unless words beside it say that it is an office's."""
    done = 0
    for first in range(len(chain)):
        if first < done or chain.settled[first] or not chain.digits[first].startswith(_BEGINS_LANDLINE):
            continue
        last = _landline_from(chain, first)
        if last and not of_an_office(chain.text, chain.groups[first][0], chain.groups[last - 1][1]):
            yield _Hit(first, last, Kind.PHONE)
            done = last


def _landline_from(chain: Chain, first: int) -> int:
    found = 0
    for last, total in _totals(chain, first):
        if total > LONGEST_PHONE or chain.settled[last - 1]:
            break
        if is_landline("".join(chain.digits[first:last])) and _written_as_landline(chain, first, last):
            found = last
    return 0 if found and _number_of_a_letter(chain, first, found, Label.NONE) else found


def _written_as_landline(chain: Chain, first: int, last: int) -> bool:
    """Its area code stands apart, or words beside it say that it is a telephone or whose it is."""
    label = label_before(chain.text, chain.start)
    if label in _OF_THINGS or label is Label.PHONE:
        return label is Label.PHONE
    if of_somebody(chain.text, chain.groups[first][0], chain.groups[last - 1][1]):
        return chain.gaps(first, last) <= _LANDLINE_GAPS | {"/"}
    apart = last - first > 1 and is_area_code(chain.digits[first])
    return apart and chain.gaps(first, last) <= _LANDLINE_GAPS and not (first and chain.gap(first) == ".")


_FINDERS: tuple[Callable[[Chain], Iterator[_Hit]], ...] = (
    _labelled,
    _tax_number,
    _nik_run,
    _nik_groups,
    _phone,
    _landline,
)
