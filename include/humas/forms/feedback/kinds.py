"""Findings of one kind as one line: what a rule found, in how many rows of a column, and what to do about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from humas.contract.rules import Severity
from humas.forms.feedback.words import by_weight, clean, consequence, dotted, place_words, what_is_wrong

SHOWN_EACH = 5
_HOW_READ = frozenset({"K25", "K63"})
_WHICH_UNIT = "V29"
_ROWS_NAMED = 20
_VALUE = re.compile(r'"[^"]*"')
Finding = Mapping[str, Any]


def guesses(tables: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """How each table was read where more than its headers led to it: one line a table for each reason. tables: ``understood`` of an answer."""
    for table in tables:
        where = f"{clean(table['sheet'])}, judul baris {table['header_row']}, {dotted(table['rows'])} baris data"
        if guessed := [_column(one) for one in table["columns"] if not one["sure"]]:
            yield f"Dibaca menurut dugaan ({where}): {'; '.join(guessed)}."
        if told := [f"{_column(one)}, dijelaskan {one['told']}" for one in table["columns"] if one["told"]]:
            yield f"Dibaca menurut penjelasan ({where}): {'; '.join(told)}."


def _column(column: Mapping[str, Any]) -> str:
    return f'{column["column"]} "{clean(column["header"])}" = {column["label"]}'


def by_rule(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of each rule together, the gravest and most frequent rules first; without how a table was read, told elsewhere."""
    told = [finding for finding in findings if finding["rule"] not in _HOW_READ]
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in by_weight(told, list(dict.fromkeys(finding["sheet"] for finding in told))):
        groups[finding["severity"], finding["rule"]].append(finding)
    severities = list(Severity)
    return sorted(groups.values(), key=lambda group: (severities.index(group[0]["severity"]), -len(group)))


def ask_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings in their order, but a question about one name once for a sheet, at its first row, with the rows it is about."""
    rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for finding in findings:
        if finding["rule"] == _WHICH_UNIT:
            rows[finding["sheet"], what_is_wrong(finding)].append(finding["row"])
    asked: set[tuple[str, str]] = set()
    for finding in findings:
        key = (finding["sheet"], what_is_wrong(finding))
        others = sorted(rows.get(key, ()))
        if finding["rule"] != _WHICH_UNIT or len(others) < 2:
            yield finding
        elif key not in asked:
            asked.add(key)
            named = ", ".join(map(str, others[:_ROWS_NAMED])) + (", …" if len(others) > _ROWS_NAMED else "")
            yield {**finding, "message": f"{finding['message']} Berlaku untuk {dotted(len(others))} baris: {named}."}


def heading(findings: Sequence[Finding], status: str) -> str:
    """``Perlu dilengkapi (K06): 12 temuan``."""
    return f"{consequence(findings[0], status)} ({findings[0]['rule']}): {dotted(len(findings))} temuan"


def lines_of(findings: Sequence[Finding]) -> list[str]:
    """What is wrong, once for all rows of one column; the remedy once below when it is the same for all, else beside each."""
    remedies = {clean(finding["fix"]) for finding in findings}
    shared = remedies.pop() if len(remedies) == 1 else ""
    kinds: dict[tuple[str, str, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        own = "" if shared else clean(finding["fix"])
        kinds[finding["sheet"], finding["column"], _VALUE.sub("…", what_is_wrong(finding)), own].append(finding)
    lines = [_line(group, own) for (_, _, _, own), group in list(kinds.items())[:SHOWN_EACH]]
    rest = sum(len(group) for group in list(kinds.values())[SHOWN_EACH:])
    if rest:
        lines.append(f"dan {dotted(rest)} lagi")
    return [*lines, f"→ {shared}"] if shared else lines


def _line(group: Sequence[Finding], remedy: str) -> str:
    """Place, what is wrong, remedy; of several rows how many they are, the first and the last, and the first one's words."""
    place = place_words(group[0])
    rows = sorted({finding["row"] for finding in group})
    if len(rows) > 1:
        span = f"{len(rows)} baris, {rows[0]}–{rows[-1]}"
        place = place.replace(f"baris {group[0]['row']}", span, 1)
    return " ".join(filter(None, (f"{place}:" if place else "", what_is_wrong(group[0]), remedy)))
