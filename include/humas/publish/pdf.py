"""Reports as PDF/A-2a and PDF/UA-1 with typst: same report, same bytes.

A template never sees raw data as markup: a report becomes ready text (:func:`payload`), passes as JSON
through ``sys.inputs``, and every string has only characters that the fonts can draw. One compiler per
worker process; typst and pikepdf are imported there and nowhere else.
"""

from __future__ import annotations

import io
import json
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from humas.chain.links import FileHash
from humas.errors import OperatorError, ProgramFault, ReportFault
from humas.fence import GIVE_UP, OutOfTime, explain, in_halves, of_one_submission, time_limit
from humas.publish.payload import payload
from humas.publish.record import write_note
from humas.publish.release import write_whole
from humas.report.model import Report, load_report

STANDARDS = ("a-2a", "ua-1")
OTHER_SPACINGS = ("0.72", "1.4")
BATCH_SIZE = 8
SECONDS_EACH_PRINT = 300.0
DEAD_IN_A_ROW = 3
OnPrinted = Callable[[int, int], None]
OnFault = Callable[[bytes, ProgramFault], None]
WriteBeside = Callable[[Report, Path], tuple[str, FileHash]]


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed report. standards: PDF standards it fulfils, empty when it had to be printed without.

    note: why a standard had to be given up, else "".
    """

    id: str
    path: Path
    sha256: str
    page: int
    standards: tuple[str, ...]
    note: str = ""


def render(reports: Report) -> tuple[bytes, tuple[str, ...], str]:
    """The PDF of a report, the standards it fulfils, and the reason when they are fewer than wished.

    Raises:
        OperatorError: typst refuses the report even without standards.
    """
    return _compile(payload(reports), reports.terbit)


def print_batch(
    reports: Iterable[Report | bytes],
    folder: Path,
    processes: int = 0,
    on_printed: OnPrinted | None = None,
    beside: WriteBeside | None = None,
    on_fault: OnFault | None = None,
) -> list[Printed]:
    """Print reports into ``folder`` as ``<id>.pdf``, in the order given.

    reports: reports, or their :meth:`~humas.report.model.Laporan.to_json`, which travels to workers as it is.
    processes: worker processes, spawned so that it works in any task; 0 prints in this one, which a report may then end,
    as does a task of Celery.
    on_printed: called with (done, of how many) as the work goes on.
    beside: a function of a module that writes a report's other file into the folder, in the process that printed it,
    and tells its name and hash.
    on_fault: called with each report that our program fails on, and the fault; the others are printed. Without it the
    first such fault is raised.

    Beside the files of a report lies the note of what was printed (``humas.publish.record``), written last.

    Raises:
        OperatorError: the folder cannot be written, or whatever prints dies. ProgramFault: every report fails alike.
    """
    texts = [report if isinstance(report, bytes) else report.to_json() for report in reports]
    tally = _Tally(len(texts), on_printed)
    if processes < 1 or multiprocessing.current_process().daemon:  # a Celery task may have no such children
        for number in _largest_first(texts):
            tally.take([number], [_Workshop(folder, beside).print_one(texts[number])])
    else:
        _print_apart(texts, _Workshop(folder, beside), processes, tally)
    for number, error in sorted(tally.faults.items()):
        if on_fault is None:
            raise error
        on_fault(texts[number], error)
    return [tally.printed[number] for number in sorted(tally.printed)]


class _Tally:
    """What became of each report so far, by its place."""

    def __init__(self, count: int, on_printed: OnPrinted | None) -> None:
        self._count, self._on_printed = count, on_printed
        self.printed: dict[int, Printed] = {}
        self.faults: dict[int, ProgramFault] = {}

    def take(self, numbers: Sequence[int], result: Sequence[Printed | ProgramFault]) -> None:
        """Note what came of these.

        Raises:
            ProgramFault: many have failed alike and none was printed: then it is not the reports.
        """
        for number, outcome in zip(numbers, result, strict=True):
            if isinstance(outcome, ProgramFault):
                self.faults[number] = outcome
            else:
                self.printed[number] = outcome
        alike = {(fault.cause, fault.detail) for fault in self.faults.values()}
        if len(self.faults) >= GIVE_UP and not self.printed and len(alike) == 1:
            raise next(iter(self.faults.values()))
        if self._on_printed:
            self._on_printed(len(self.printed) + len(self.faults), self._count)

    def left(self, numbers: Iterable[int]) -> list[int]:
        """Those of which nothing is known yet."""
        return [number for number in numbers if number not in self.printed and number not in self.faults]


@dataclass(frozen=True, slots=True)
class _Workshop:
    """What a worker needs beside the reports: where the files go, and what else to write of each."""

    folder: Path
    beside: WriteBeside | None

    def print_many(self, texts: Sequence[bytes]) -> list[Printed | ProgramFault]:
        """Print one batch, in its order."""
        return [self.print_one(text) for text in texts]

    def print_one(self, texts: bytes) -> Printed | ProgramFault:
        """Both files of a report, or why our program fails on it.

        Raises:
            OperatorError: the folder cannot be written.
        """
        try:
            with time_limit(SECONDS_EACH_PRINT):
                return self._print(load_report(texts))
        except (Exception, OutOfTime) as error:
            if not of_one_submission(error):
                raise
            return explain(name_of(texts), error, ReportFault)

    def _print(self, report: Report) -> Printed:
        content, standards, note = render(report)
        packed, pages = _pack(content)
        target = self.folder / f"{report.id}.pdf"
        write_whole(target, packed)
        files = {target.name: FileHash.of(packed)}
        if self.beside:
            files.update([self.beside(report, self.folder)])
        write_note(report, self.folder, {f"laporan/{name}": file for name, file in files.items()})
        return Printed(report.id, target, files[target.name].sha256, pages, standards, note)


def name_of(texts: bytes) -> str:
    """A report (its JSON) as a sentence begins with it."""
    return f"Laporan {json.loads(texts)['kepala']['nama']}"


def _largest_first(texts: Sequence[bytes]) -> list[int]:
    return sorted(range(len(texts)), key=lambda i: -len(texts[i]))


def _print_apart(texts: Sequence[bytes], workshop: _Workshop, processes: int, tally: _Tally) -> None:
    """Print in workers. When one dies, nobody says at which report: ever smaller parts tell.

    Raises:
        OperatorError: workers die whatever they are given.
    """

    def work(numbers: Sequence[int]) -> None:
        _pool(texts, tally.left(numbers), workshop, processes, tally)

    order = _largest_first(texts)
    try:
        work(order)
    except BrokenProcessPool as error:
        # Reports that none of a dead pool printed: one alone that kills its worker is no report's doing three times over.
        hopeless = None if tally.printed else DEAD_IN_A_ROW
        try:
            dead = in_halves(tally.left(order), work, lambda i: name_of(texts[i]), hopeless, ReportFault)
        except ReportFault:
            raise _all_dead() from error
        tally.faults |= {fault.item: ReportFault(fault.error.what, "proses cetaknya mati") for fault in dead}


def _all_dead() -> OperatorError:
    return OperatorError(
        "proses_cetak_mati",
        "Satu proses cetak mati di tengah kerja, juga sesudah diulang.",
        "periksa memori komputer (sekitar 0,3 GB tiap proses), kurangi HUMAS_PROSES_CETAK, lalu cetak lagi.",
    )


def _pool(texts: Sequence[bytes], numbers: Sequence[int], workshop: _Workshop, processes: int, tally: _Tally) -> None:
    """Print these in workers, in batches that are noted as they are done.

    Raises:
        BrokenProcessPool: a worker died. OperatorError: the folder cannot be written.
    """
    if not numbers:
        return
    size = min(BATCH_SIZE, -(-len(numbers) // processes))
    batches = [numbers[i : i + size] for i in range(0, len(numbers), size)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(batches)), mp_context=context) as pool:
        tasks = {pool.submit(workshop.print_many, [texts[i] for i in batch]): batch for batch in batches}
        _collect(tasks, tally)


def _collect(tasks: dict[Future[list[Printed | ProgramFault]], Sequence[int]], tally: _Tally) -> None:
    """Results as they come, also those that came before a worker died; another failure cancels what has not begun."""
    dead: BrokenProcessPool | None = None
    try:
        for done in as_completed(tasks):
            try:
                tally.take(tasks[done], done.result())
            except BrokenProcessPool as error:
                dead = error
    finally:
        for task in tasks:
            task.cancel()
    if dead:
        raise dead


@cache
def _compiler() -> Any:
    """The one compiler of this process; making it loads the fonts."""
    import typst

    root = Path(str(resources.files("humas.publish")))
    return typst.Compiler(
        root / "templates" / "laporan.typ",
        root=root / "templates",
        font_paths=[root / "fonts"],
        ignore_system_fonts=True,
    )


def _compile(content: dict[str, Any], published: str) -> tuple[bytes, tuple[str, ...], str]:
    import typst

    text = json.dumps(content, ensure_ascii=False)
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC)
    try:
        return run_typst(text, moment, STANDARDS), STANDARDS, ""
    except typst.TypstError as error:
        cause = str(error)
    try:
        return run_typst(text, moment, ()), (), cause
    except typst.TypstError as error:
        raise OperatorError(
            "cetak_ditolak",
            f"Laporan {content['id']} tidak dapat dicetak: {error}.",
            "laporkan ke pengembang dengan nomor laporan itu.",
        ) from error


def run_typst(content: str, moment: datetime, standards: Sequence[str]) -> bytes:
    """Compile one payload (JSON text) with this process's compiler.

    A report that would end on a page of a few lines is set tighter, which spares the page, or else looser, which fills it.

    Raises:
        typst.TypstError: typst refuses it.
    """
    usual, short = _typeset({"data": content}, moment, standards)
    if short:
        for spacing in OTHER_SPACINGS:
            printed, still_short = _typeset({"data": content, "sela": spacing}, moment, standards)
            if not still_short:
                return printed
    return usual


def _typeset(inputs: dict[str, str], moment: datetime, standards: Sequence[str]) -> tuple[bytes, bool]:
    """The document, and whether its last page holds less than a third of what it could."""
    compiler = _compiler()
    printed = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=list(standards), timestamp=moment)
    # A query without inputs is answered from the document that was compiled last.
    return printed, json.loads(compiler.query("<berakhir-pendek>", field="value", one=True))


def _pack(content: bytes) -> tuple[bytes, int]:
    """The same PDF with object streams (a third of the size) and its number of pages; deterministic."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        packed = io.BytesIO()
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return packed.getvalue(), len(pdf.pages)
