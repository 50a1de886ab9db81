"""The terminal of the live demo: one bar per phase; plain lines where there is no terminal."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from humas.installation.summary import RunProgress


def open_console(*, stderr: bool = False) -> Console:
    """Standard output (or error); kept in a file, a line stays whole there, so that its path can be copied and found."""
    console = Console(stderr=stderr, highlight=False)
    console.soft_wrap = not console.is_terminal
    return console


class Screen:
    """Shows lines and phases; entered, it owns the bars at the bottom of the terminal."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or open_console()
        self._bars = Progress(
            TextColumn("{task.description:16}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[catatan]}"),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self._rows: dict[str, TaskID] = {}
        self._finished: set[str] = set()

    def __enter__(self) -> Self:
        """Draw the bars."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the bars as they are."""
        self._bars.stop()

    def say(self, line: str) -> None:
        """One line above the bars."""
        self.console.print(line, markup=False, soft_wrap=True)

    def show(self, phases: Sequence[RunProgress]) -> None:
        """Bring every phase up to date; elsewhere than on a terminal, a line for each phase that has just ended."""
        if not self.console.is_terminal:
            self._tell(phases)
            return
        for phase in phases:
            self._draw(phase)
        running = next((phase for phase in phases if not _done(phase)), None)
        if running:
            self._bars.start_task(self._rows[running.tahap])

    def _tell(self, phases: Sequence[RunProgress]) -> None:
        for phase in phases:
            if _done(phase) and phase.tahap not in self._finished:
                self._finished.add(phase.tahap)
                remark = f" ({phase.catatan})" if phase.catatan else ""
                self.say(f"{phase.tahap}: {phase.selesai} dari {phase.jumlah}{remark}")

    def _draw(self, phase: RunProgress) -> None:
        """One bar; its clock runs from when it is its turn until it is full."""
        if phase.tahap not in self._rows:
            self._rows[phase.tahap] = self._bars.add_task(phase.tahap, start=False, total=None, catatan="")
        row = self._rows[phase.tahap]
        self._bars.update(row, completed=phase.selesai, total=phase.jumlah or None, catatan=phase.catatan)


def _done(phase: RunProgress) -> bool:
    return 0 < phase.jumlah <= phase.selesai
