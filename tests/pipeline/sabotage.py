"""Faults of our own program on one report, by the step they arise in; importable, so that a spawned worker finds them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

from humas.publish import build, pdf, site, workbook
from humas.publish.workbook import write_workbook
from humas.report import compose

from tests.reading.sabotaged import name_of

SICK = "HUMAS_UJI_LAPORAN_SAKIT"
"""Environment variable: number of the report (without its edition) at which the worker that prints it is killed."""


def replace(module: Any, name: str, stand_in: Callable[..., Any]) -> None:
    """Replace a function for good: only in a child that dies with it."""
    setattr(module, name, partial(stand_in, getattr(module, name)))


def write_or_die(lap: Any, folder: Any) -> Any:
    """Stands in for ``write_workbook`` in a worker."""
    if lap.id.startswith(os.environ[SICK]):
        os.kill(os.getpid(), signal.SIGKILL)
    return write_workbook(lap, folder)


def code_of(number: str) -> str:
    """``33.10`` of ``HT-KPU-33.10-2026TW3``; ``00`` of the nation, ``33`` of a province."""
    place = number.split("-")[2]
    return {"N": "00"}.get(place, place.removeprefix("P"))


def composing(number: str) -> None:
    def fail(real: Callable[..., Any], source: Any, unit: Any, *rest: Any) -> Any:
        if name == "_nation_report" or unit.code == code_of(number):
            raise KeyError("3374015503850007")
        return real(source, unit, *rest)

    place = number.split("-")[2]
    name = {"N": "_nation_report", "P": "_province_report"}.get(place[0], "_unit_report")
    replace(compose, name, fail)


def grouping(number: str) -> None:
    def fail(real: Callable[..., Any], frame: Any, dataset: Any) -> Any:
        if code_of(number) in set(frame["kode_satker"]):
            raise ValueError("3374015503850007")
        return real(frame, dataset)

    replace(compose, "tables_by_unit", fail)


def typesetting(number: str) -> None:
    def fail(real: Callable[..., Any], content: str, *rest: Any) -> Any:
        if f'"id": "{number}-E' in content:
            import typst

            raise typst.TypstError("3374015503850007")
        return real(content, *rest)

    replace(pdf, "run_typst", fail)


def writing(number: str) -> None:
    def fail(real: Callable[..., Any], lap: Any) -> Any:
        if lap.id.startswith(f"{number}-E"):
            raise MemoryError
        return real(lap)

    replace(workbook, "build_workbook", fail)


def killing(number: str) -> None:
    os.environ[SICK] = f"{number}-E"
    workbook.write_workbook = write_or_die


def showing(number: str) -> None:
    def fail(real: Callable[..., Any], lap: Any, file: Any) -> Any:
        if lap.id.startswith(f"{number}-E") and not lap.withheld:
            raise RecursionError
        return real(lap, file)

    place = number.split("-")[2]
    replace(site, {"N": "render_nation", "P": "render_province"}.get(place[0], "render_unit"), fail)


def listing(_: str) -> None:
    def fail(real: Callable[..., Any], material: Any) -> Any:
        raise KeyError("3374015503850007")

    replace(site, "render_status", fail)


def giving_data(_: str) -> None:
    def fail(real: Callable[..., Any], *rest: Any) -> Any:
        raise ZeroDivisionError

    replace(build.opendata, "open_data", fail)


class Thrower:
    """Throws at one function of ``humas.publish`` while the report of one unit is worked on; notes what it calls."""

    def __init__(self, number: str, target: str = "", error: BaseException | None = None) -> None:
        self.number, self.target, self.error = number, target, error
        self.seen: set[str] = set()

    def hook(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_globals.get("__name__", "").startswith(("humas.publish.", "humas.report.")):
            name = name_of(frame)
            self.seen.add(name)
            if name == self.target and self.error:
                raise self.error

    def watched(self, work: Callable[[], Any]) -> Any:
        sys.setprofile(self.hook)
        try:
            return work()
        finally:
            sys.setprofile(None)

    def everywhere(self) -> None:
        """Watch composing, printing and showing of the report."""
        replace(compose, "in_halves", self._composing)
        replace(site, "render_unit", self._showing)
        printing = pdf._Workshop._print
        pdf._Workshop._print = lambda workshop, lap: self._of_report(lap, lambda: printing(workshop, lap))

    def _composing(
        self, real: Callable[..., Any], items: Any, work: Callable[..., Any], *rest: Any, **more: Any
    ) -> Any:
        def watched(part: Any) -> Any:
            culprit = any(unit is not None and unit.code == code_of(self.number) for unit in part)
            return self.watched(lambda: work(part)) if culprit else work(part)

        return real(items, watched, *rest, **more)

    def _showing(self, real: Callable[..., Any], lap: Any, file: Any) -> Any:
        return self._of_report(lap, lambda: real(lap, file))

    def _of_report(self, lap: Any, work: Callable[[], Any]) -> Any:
        mine = lap.id.startswith(f"{self.number}-E") and not lap.withheld
        return self.watched(work) if mine else work()
