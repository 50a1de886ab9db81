"""Our own Great Expectations classes. Importing this module imports Great Expectations: do so only inside a run.

A row rule sees several columns at once, so each is a MulticolumnMapExpectation on one shared metric that calls
the rule's pure function. ``ignore_row_if="never"`` spares GX a copy of the batch per rule.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, ClassVar

import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)

from humas.validation.checks.base import Check, Knowledge
from humas.validation.suite import CHECKS

KNOWLEDGE: ContextVar[Knowledge] = ContextVar("humas_pengetahuan")
"""Register and calendar of the run in progress; rules cannot take them as arguments of an expectation."""

_BY_NAME = {check.name: check for check in CHECKS}
_DOMAIN = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")


class RowRuleMetric(MulticolumnMapMetricProvider):  # type: ignore[misc]
    """Rows that meet the row rule named ``nama``."""

    condition_metric_name = "humas.row_rule"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ("nama",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, nama: str, **kwargs: Any) -> pd.Series[Any]:
        broken = _BY_NAME[nama].violations(column_list, KNOWLEDGE.get())
        return pd.Series(~broken, index=column_list.index)


class ReadableMetric(MulticolumnMapMetricProvider):  # type: ignore[misc]
    """Rows whose cell was read: the flag beside the column is 0."""

    condition_metric_name = "humas.readable"
    condition_domain_keys = _DOMAIN

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **kwargs: Any) -> pd.Series[Any]:
        return column_list.iloc[:, 1] == 0


class ExpectCellsToBeReadable(MulticolumnMapExpectation):  # type: ignore[misc]
    """Cells of a column can be read as its type; the second column is the flag that coercion set."""

    map_metric = "humas.readable"
    ignore_row_if: str = "never"


class RowRuleExpectation(MulticolumnMapExpectation):  # type: ignore[misc]
    """Base of one class per row rule; abstract, because it names no metric."""

    success_keys: ClassVar[tuple[str, ...]] = ("mostly", "nama")
    nama: str = ""
    ignore_row_if: str = "never"


def _class_of(check: Check) -> type[RowRuleExpectation]:
    """An expectation class of its own for a rule: ``ExpectWeekdayToMatchDate`` for ``weekday_to_match_date``."""
    name = "Expect" + "".join(word.capitalize() for word in check.name.split("_"))
    attributes = {
        "__module__": __name__,
        "__doc__": check.violations.__doc__,
        "__annotations__": {"nama": str},
        "map_metric": "humas.row_rule",
        "nama": check.name,
    }
    metaclass: Any = type(RowRuleExpectation)
    rule_class: type[RowRuleExpectation] = metaclass(name, (RowRuleExpectation,), attributes)
    return rule_class


CLASSES: dict[str, type[MulticolumnMapExpectation]] = {
    "expect_cells_to_be_readable": ExpectCellsToBeReadable,
    **{f"expect_{check.name}": _class_of(check) for check in CHECKS},
}
