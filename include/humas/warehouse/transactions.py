"""A function of a connection as a method of the warehouse: one transaction, of readers or of one writer at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, Engine

from humas.registry import Cycle
from humas.warehouse.engine import reading, writing

Rest = ParamSpec("Rest")
Result = TypeVar("Result")


class Opened(Protocol):
    """What has an engine: the warehouse."""

    engine: Engine


def read(query: Callable[Concatenate[Connection, Rest], Result]) -> Callable[Concatenate[Any, Rest], Result]:
    """A method that asks ``query`` in one consistent view."""

    @wraps(query)
    def method(opened: Opened, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        """The query on a connection of its own."""
        with reading(opened.engine) as connection:
            return query(connection, *args, **kwargs)

    return method


def write(
    change: Callable[Concatenate[Connection, Rest], Result], key: str
) -> Callable[Concatenate[Any, Rest], Result]:
    """A method that makes ``change`` whole or not at all; those with the same ``key`` follow one another."""

    @wraps(change)
    def method(opened: Opened, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        """The change in a transaction of its own."""
        with writing(opened.engine, key) as connection:
            return change(connection, *args, **kwargs)

    return method


def write_cycle(
    change: Callable[Concatenate[Connection, Cycle, Rest], Result],
) -> Callable[Concatenate[Any, Cycle, Rest], Result]:
    """A method that makes ``change`` whole or not at all; writers of the same cycle follow one another."""

    @wraps(change)
    def method(opened: Opened, cycle: Cycle, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        """The change in a transaction of its own."""
        with writing(opened.engine, cycle_key(cycle)) as connection:
            return change(connection, cycle, *args, **kwargs)

    return method


def cycle_key(cycle: Cycle) -> str:
    """What writers of a cycle wait for one another by."""
    return f"{cycle.lembaga}|{cycle.period}"
