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
from humas.validation.checks import activity, belonging, hoax, identity, publication, request, texts
from humas.validation.checks.base import Check
from humas.values.codes import CODE_PATTERN

CHECKS: tuple[Check, ...] = (
    *identity.CHECKS,
    *belonging.CHECKS,
    *activity.CHECKS,
    *publication.CHECKS,
    *request.CHECKS,
    *hoax.CHECKS,
    *texts.CHECKS,
)
TYPED = frozenset({ColumnType.DATE, ColumnType.DATETIME, ColumnType.INTEGER, ColumnType.URL}) | LIST_TYPES
"""Types whose unreadable cells leave the frame empty, so that a flag beside the column must say so."""
ERROR = "galat_"
_GENERAL = {"kosong": ("K01", "K01"), "batas": ("K04", "K04"), "panjang": ("K09", "K10"), "pilihan": ("K05", "K06")}
_GENERAL_UNREADABLE = {
    ColumnType.DATE: ("K02", "K02"),
    ColumnType.DATETIME: ("K02", "K02"),
    ColumnType.INTEGER: ("K03", "K03"),
    ColumnType.URL: ("K07", "K08"),
    ColumnType.URL_LIST: ("K07", "K08"),
    ColumnType.CHOICE_LIST: ("K05", "K06"),
}
_SOFT = frozenset({"pilihan", "tautan", "batas"})


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation.

    key: unique within its suite. type_name, arguments: of the expectation class. kind: what kind of failure it names
    (``kosong``, ``terbaca``, ``pilihan``, ``batas``, ``panjang``, ``kode``, ``baris``). column: the one it points to.
    description: what it demands. check: the row rule it stands for, None when it follows from a column's entry.
    """

    key: str
    type_name: str
    arguments: Mapping[str, Any]
    rule: Rule
    kind: str
    column: str
    description: str
    check: Check | None = None

    @property
    def blanks_cell(self) -> bool:
        """Whether an offending cell is left out of an accepted row: its value would be wrong or meaningless."""
        return self.check is None and self.rule.severity is not Severity.FATAL and self.kind != "panjang"


def expectations(dataset: Dataset) -> tuple[Expectation, ...]:
    """All expectations of a data set: for each column what its entry says, then the row rules."""
    by_column = (expectation for column in dataset.columns for expectation in _of_column(column))
    return (*by_column, *(row_rule(check) for check in CHECKS if check.applies(dataset)))


def _of_column(column: Column) -> Iterator[Expectation]:
    if column.required:
        yield _column(column, "kosong", "expect_column_values_to_not_be_null", {}, f"{column.label} terisi.")
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
    return Expectation(
        f"{kind}:{column.name}", type_name, domain, rule_of(column, kind), kind, column.name, description
    )


@cache
def rule_of(column: Column, kind: str) -> Rule:
    """The rule a failure of a column carries.

    The column's own when it is FATAL, and for choices, links and bounds also when it is a warning: such a cell
    is left out and flagged. A number or a date that cannot be read would make figures wrong in silence,
    so it always holds the row back, under a general code if need be.
    """
    own = get_rule(column.rule) if column.rule else None
    if own and (own.severity is Severity.FATAL or _soft(column, kind) in _SOFT):
        return own
    mandatory, optional = _GENERAL.get(kind) or _GENERAL_UNREADABLE[column.type_name]
    return get_rule(mandatory if column.required else optional)


def _soft(column: Column, kind: str) -> str:
    if kind != "terbaca":
        return kind
    return {ColumnType.URL: "tautan", ColumnType.URL_LIST: "tautan", ColumnType.CHOICE_LIST: "pilihan"}.get(
        column.type_name, kind
    )


def row_rule(check: Check) -> Expectation:
    """The expectation of a row rule, with what its entry says.

    Raises:
        OperatorError: its code has no entry.
    """
    rule = get_rule(check.code)
    return Expectation(
        f"baris:{check.name}", f"expect_{check.name}", {"column_list": list(check.domain)},
        rule, "baris", check.columns[0], rule.description[0].upper() + rule.description[1:] + ".", check,
    )  # fmt: skip
