"""What is expected of each data set, generated from its columns and the row rules; no Great Expectations here.

Each ``Expectation`` is one expectation: its type, its arguments, the rule it enforces and what to tell people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from humas.contract.columns import LIST_TYPES, Column, ColumnType, Dataset
from humas.contract.rules import Rule, Severity, get_rule
from humas.contract.vocabulary import load_vocabulary
from humas.validation.checks import (
    account,
    activity,
    belonging,
    coverage,
    hoax,
    identity,
    neutrality,
    objection,
    publication,
    request,
    texts,
    voice,
)
from humas.validation.checks.base import Check
from humas.values.codes import CODE_PATTERN

CHECKS: tuple[Check, ...] = (
    *identity.CHECKS,
    *belonging.CHECKS,
    *activity.CHECKS,
    *publication.CHECKS,
    *request.CHECKS,
    *objection.CHECKS,
    *coverage.CHECKS,
    *voice.CHECKS,
    *account.CHECKS,
    *hoax.CHECKS,
    *texts.CHECKS,
    *neutrality.CHECKS,
)
TYPED = frozenset({ColumnType.DATE, ColumnType.DATETIME, ColumnType.INTEGER, ColumnType.URL}) | LIST_TYPES
"""Types whose unreadable cells leave the frame empty, so that a flag beside the column must say so."""
ERROR = "galat_"
SILENT_COLUMN = "K46"
"""The rule of a column that is asked for and says nothing in a whole sheet."""
EMPTY = "kosong"
"""Kind of an expectation that a cell is filled."""
_GENERAL = {EMPTY: ("K01", "K47"), "batas": ("K04", "K04"), "panjang": ("K09", "K10"), "pilihan": ("K06", "K06")}
_GENERAL_UNREADABLE = {
    ColumnType.DATE: ("K02", "K48"),
    ColumnType.DATETIME: ("K02", "K48"),
    ColumnType.INTEGER: ("K03", "K03"),
    ColumnType.URL: ("K07", "K08"),
    ColumnType.URL_LIST: ("K07", "K08"),
    ColumnType.CHOICE_LIST: ("K06", "K06"),
}


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation.

    key: unique within its suite. type_name, arguments: of the expectation class. kind: what kind of failure it names
    (``kosong``, ``terbaca``, ``pilihan``, ``batas``, ``panjang``, ``kode``, ``baris``). column: the one it points to.
    description: what it demands. severity: weight of its failure, the rule's own but for columns: there the column says
    what becomes of the row. check: the row rule it stands for, None when it follows from a column's entry.
    """

    key: str
    type_name: str
    arguments: Mapping[str, Any]
    rule: Rule
    kind: str
    column: str
    description: str
    severity: Severity
    check: Check | None = None

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns whose cells are left out of an accepted row that fails: their values are wrong or meaningless."""
        if self.check:
            return self.check.leaves_out
        return () if self.severity is Severity.FATAL or self.kind in {"panjang", EMPTY} else (self.column,)


def expectations(dataset: Dataset) -> tuple[Expectation, ...]:
    """All expectations of a data set: for each column what its entry says, then the row rules."""
    by_column = (expectation for column in dataset.columns for expectation in _of_column(column))
    return (*by_column, *(row_rule(check) for check in CHECKS if check.applies(dataset)))


def _of_column(column: Column) -> Iterator[Expectation]:
    if column.wanted:
        yield _column(column, EMPTY, "expect_column_values_to_not_be_null", {}, f"{column.label} terisi.")
    if column.type_name in TYPED and column.type_name is not ColumnType.TEXT_LIST:
        pair = {"column_list": [column.name, ERROR + column.name]}
        yield _column(
            column,
            "terbaca",
            "expect_cells_to_be_readable",
            pair,
            f"{column.label} terbaca sebagai {column.type_name.value}.",
        )
    if column.type_name is ColumnType.CODE:
        yield _column(
            column, "kode", "expect_column_values_to_match_regex", {"regex": CODE_PATTERN},
            f"{column.label} berbentuk NN atau NN.NN."
        )  # fmt: skip
    if column.type_name is ColumnType.CHOICE:
        values = list(load_vocabulary()[column.vocabulary or ""].value)
        yield _column(
            column,
            "pilihan",
            "expect_column_values_to_be_in_set",
            {"value_set": values},
            f"{column.label} ada dalam kosakata.",
        )
    yield from _bounds(column)


def _bounds(column: Column) -> Iterator[Expectation]:
    if column.type_name is ColumnType.INTEGER and (column.minimum is not None or column.maximum is not None):
        limits = {"min_value": column.minimum, "max_value": column.maximum}
        yield _column(
            column, "batas", "expect_column_values_to_be_between", limits, f"{column.label} {describe_bounds(column)}."
        )
    if column.length:
        shortest, longest = column.length
        limits = {"min_value": shortest, "max_value": longest}
        yield _column(
            column, "panjang", "expect_column_value_lengths_to_be_between", limits,
            f"{column.label} {shortest} sampai {longest} huruf."
        )  # fmt: skip


def describe_bounds(column: Column) -> str:
    """``1 sampai 8``, ``paling sedikit 0`` or ``paling banyak 8``."""
    if column.minimum is not None and column.maximum is not None:
        return f"{column.minimum} sampai {column.maximum}"
    return f"paling sedikit {column.minimum}" if column.minimum is not None else f"paling banyak {column.maximum}"


def _column(column: Column, kind: str, type_name: str, arguments: dict[str, Any], description: str) -> Expectation:
    domain = arguments if "column_list" in arguments else {"column": column.name, **arguments}
    rule = rule_of(column, kind)
    return Expectation(
        f"{kind}:{column.name}", type_name, domain, rule, kind, column.name, description, severity_of(column, rule)
    )


@cache
def rule_of(column: Column, kind: str) -> Rule:
    """The rule a failure of a column carries: the column's own, or a general one."""
    if column.rule:
        return get_rule(column.rule)
    mandatory, optional = _GENERAL.get(kind) or _GENERAL_UNREADABLE[column.type_name]
    return get_rule(mandatory if column.required else optional)


def severity_of(column: Column, rule: Rule) -> Severity:
    """The weight of a failure of a column: what identifies the row holds it, all else is left out and told."""
    if column.required:
        return Severity.FATAL
    return Severity.WARNING if rule.severity is Severity.FATAL else rule.severity


@cache
def lacking_rules(dataset: Dataset, column: Column) -> frozenset[str]:
    """Codes of the findings on a column after which an accepted row has no value there: empty, or left out."""
    of_column = [one for one in expectations(dataset) if one.column == column.name]
    return frozenset({SILENT_COLUMN, *(one.rule.code for one in of_column if one.kind == EMPTY or one.left_out)})


def row_rule(check: Check) -> Expectation:
    """The expectation of a row rule, with what its entry says.

    Raises:
        OperatorError: its code has no entry.
    """
    rule = get_rule(check.code)
    return Expectation(
        f"baris:{check.name}", f"expect_{check.name}", {"column_list": list(check.domain)},
        rule, "baris", check.columns[0], rule.description[0].upper() + rule.description[1:] + ".", rule.severity, check,
    )  # fmt: skip
