"""The steps of a quarter as plain functions; DAGs, command line, tests and benchmarks all call these.

``open_period → collect → validate → roll_up → decide`` make the figures; ``compose → print_reports →
build_site → publish → announce`` make the reports. Each step is idempotent and leaves its result in the
warehouse or on disk, so that each may run in a process of its own, and again. What a step returns is
small (``humas.installation.summary``): counts, names, hashes; never rows.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from humas.bodies import deadline_rule
from humas.errors import PROGRAM_FAULT, Actor, HumasError, OperatorError, SenderError, SourceError
from humas.fence import SECONDS_EACH, in_halves, large_apart, release_memory, time_limit
from humas.installation.summary import (
    CollectionFailure,
    CollectionSummary,
    Group,
    OpenedPeriod,
    PrintSummary,
    RecapSummary,
    RunProgress,
    TriwulanSummary,
    ValidationSummary,
    Verdict,
)
from humas.installation.turns import in_turn, turn
from humas.landing import CollectionError
from humas.landing import collect as collect_units
from humas.periods import due, long_date, quarter_of
from humas.pipeline.decision import decide_to_publish, publish_or_keep
from humas.pipeline.facts import NOON, national_facts
from humas.pipeline.headings import learn, touches_later
from humas.pipeline.integrity import mended_rows, overwritten_figures, tell
from humas.pipeline.publication import announce, build_site, compose, print_reports, publish, withheld_reports
from humas.pipeline.rawfiles import LOST, OwnFailure, book_failures, read_all
from humas.pipeline.recount import require_same
from humas.pipeline.shares import count_shares, take_shares
from humas.registry import Cycle, Lembaga
from humas.settings import WIB
from humas.validation.loading import warm_up

if TYPE_CHECKING:
    import pandas as pd

    from humas.installation.context import Context
    from humas.landing import SatkerResult
    from humas.landing.model import Attempt, Submission
    from humas.news.channel import VisitSummary
    from humas.news.visit import SiteResult
    from humas.reading.table import Document
    from humas.validation.result import ReadSubmission
    from humas.warehouse import NeedsPerson, Obligation

log = logging.getLogger(__name__)
ReportProgress = Callable[[RunProgress], None]
Result = TypeVar("Result")
NOT_CONNECTED = "tanpa_saluran"
SECONDS_EACH_ROW = 0.002
LARGE_ROWS = 5_000
"""A submission of more rows is judged by itself; a unit's quarter has tens."""
ALL_QUARTERS = "semua-triwulan"

__all__ = [
    "announce",
    "build_site",
    "collect",
    "collect_again",
    "compose",
    "decide",
    "decide_to_publish",
    "failed_units",
    "group_drafts",
    "open_period",
    "print_reports",
    "publish",
    "publish_or_keep",
    "read_sites",
    "roll_up",
    "run_landed",
    "run_quarter",
    "site_groups",
    "validate",
    "withheld_reports",
]


def open_period(context: Context, cycle: Cycle, satker: Sequence[str] = ()) -> OpenedPeriod:
    """Freeze the obligations of the period (once) and group the asked units by province.

    satker: codes to collect; empty means every unit of the body. The frozen list is always whole.
    """
    from humas.warehouse import Obligation

    triwulan = quarter_of(cycle.period)
    units = context.register.units_of(cycle.lembaga, triwulan.end)
    rule = deadline_rule(context.settings, cycle.lembaga, triwulan.end)
    obligations = []
    for unit in units:
        deadline = due(triwulan, unit.tier, rule, context.calendar)
        obligations.append(Obligation(unit.code, deadline.day, deadline.grace_end))
    if not context.warehouse.freeze_obligations(cycle, obligations, context.settings.now()):
        _tell_moved_deadlines(context, cycle, obligations)
    asked = set(satker) or {unit.code for unit in units}
    _refuse_unknown(context, cycle, asked - {unit.code for unit in units})
    groups: dict[str, list[str]] = {}
    for unit in units:
        if unit.code in asked:
            groups.setdefault(unit.province_code, []).append(unit.code)
    return OpenedPeriod(
        cycle.lembaga,
        triwulan.key,
        len(obligations),
        tuple(Group(code, context.register.satker(code).name, tuple(members)) for code, members in groups.items()),
    )


def _tell_moved_deadlines(context: Context, cycle: Cycle, current: Sequence[Obligation]) -> None:
    """Say in the log when today's calendar or rule gives other deadlines than those frozen; the frozen ones stay."""
    computed = {obligation.kode_satker: obligation for obligation in current}
    differing: Counter[tuple[date, date]] = Counter()
    for frozen in context.warehouse.obligations(cycle):
        obligation = computed.get(frozen.kode_satker)
        if obligation and (obligation.tenggat, obligation.akhir_tenggang) != (frozen.tenggat, frozen.akhir_tenggang):
            differing[frozen.tenggat, obligation.tenggat] += 1
    for (old, new), count in sorted(differing.items()):
        log.warning(
            "Tenggat %s yang dibekukan (%s, %d satker) tidak sama dengan hitungan hari ini (%s): hari libur atau aturan"
            " tenggat berubah sesudah periode dibuka. Yang berlaku tetap yang dibekukan.",
            quarter_of(cycle.period).label, long_date(old), count, long_date(new),
        )  # fmt: skip


def _refuse_unknown(context: Context, cycle: Cycle, surplus: set[str]) -> None:
    """Refuse codes that are not in the registry, naming each, or at which the body has no unit."""
    end = quarter_of(cycle.period).end
    if unknown := sorted(code for code in surplus if not context.register.in_force(code, end)):
        raise SenderError(
            "satker_tidak_dikenal",
            f"Kode satker tidak terdaftar: {', '.join(unknown)}.",
            "tulis kode Kemendagri dengan titik, misalnya 33.74, dan periksa pada daftar satker.",
        )
    for code in sorted(surplus):
        context.register.unit_of(cycle.lembaga, code, end)


def collect(
    context: Context,
    cycle: Cycle,
    satker: Sequence[str],
    run_id: str,
    on_result: Callable[[SatkerResult], None] | None = None,
    *,
    force: bool = False,
) -> CollectionSummary:
    """Collect the units concurrently; no unit can fail another. Every attempt leaves an outcome row.

    force: fetch again even what the source says is unchanged.
    """
    from humas.pipeline.standing import count_box

    start = time.monotonic()
    release_memory()
    triwulan = quarter_of(cycle.period)
    etags = {} if force else context.warehouse.known_etags(cycle)
    with _recorded_even_on_failure(context):
        outcomes = collect_units(
            list(satker),
            Lembaga(cycle.lembaga),
            triwulan,
            context.register,
            context.settings,
            run_id,
            context.landing,
            etags,
            on_result,
        )
    outcomes = count_box(context, cycle, outcomes)
    context.warehouse.record_collection(outcomes)
    return _summarise_collection(context, outcomes, time.monotonic() - start)


@contextmanager
def _recorded_even_on_failure(context: Context) -> Iterator[None]:
    """When our own store fails in the middle, the outcomes so far are recorded before the error goes on."""
    try:
        yield
    except CollectionError as error:
        context.warehouse.record_collection(error.results)
        raise


def _summarise_collection(context: Context, outcomes: Sequence[SatkerResult], seconds: float) -> CollectionSummary:
    failures = tuple(_failure(context, outcome.attempts[-1]) for outcome in outcomes if outcome.submission is None)
    size = sum(attempt.ukuran for outcome in outcomes for attempt in outcome.attempts)
    return CollectionSummary(len(outcomes), len(outcomes) - len(failures), failures, size, round(seconds, 3))


def _failure(context: Context, attempt: Attempt) -> CollectionFailure:
    name = context.register.satker(attempt.kode_satker).official_name(Lembaga(attempt.lembaga))
    return _without_personal_data(CollectionFailure.from_attempt(attempt, name))


def _without_personal_data(failure: CollectionFailure) -> CollectionFailure:
    """The failure as logs and summaries may show it: names of files and covers that it quotes are masked."""
    from humas.privacy import mask

    return replace(failure, pesan=mask(failure.pesan), cara=mask(failure.cara))


def failed_units(context: Context, cycle: Cycle, satker: Sequence[str] = ()) -> tuple[CollectionFailure, ...]:
    """Units whose latest collection failed technically; of ``satker`` only, when given."""
    failures = context.warehouse.failed_units(cycle)
    return tuple(_failure(context, attempt) for attempt in failures if not satker or attempt.kode_satker in satker)


_ERROR_OF: dict[str, type[HumasError]] = {
    Actor.SOURCE: SourceError,
    Actor.SENDER: SenderError,
    Actor.OPERATOR: OperatorError,
}


def collect_again(context: Context, cycle: Cycle, code: str, run_id: str, attempt: int = 1) -> CollectionSummary:
    """Collect one unit again and raise its error if it fails, so that the caller's retry policy can judge.

    Raises:
        SourceError: the source failed; trying again may help.
        SenderError, OperatorError: trying again cannot help.
    """
    start = time.monotonic()
    triwulan = quarter_of(cycle.period)
    with _recorded_even_on_failure(context):
        [outcome] = collect_units(
            [code],
            Lembaga(cycle.lembaga),
            triwulan,
            context.register,
            context.settings,
            run_id,
            context.landing,
            attempt=attempt,
        )
    context.warehouse.record_collection([outcome])
    if outcome.submission is None:
        last = outcome.attempts[-1]
        raise _ERROR_OF[last.pelaku](last.kode_galat, last.pesan, last.cara)
    return _summarise_collection(context, [outcome], time.monotonic() - start)


@in_turn
def validate(context: Context, cycle: Cycle, run_id: str) -> ValidationSummary:
    """Read every landed submission of the period and validate them as one national batch.

    A unit whose raw bytes are lost, or on whose submission our program fails, keeps what the warehouse holds, and is
    booked as a failure of our own; all others go on. Quarters of one body are judged one after another: none may count a
    row that the other is about to count.

    Raises:
        OperatorError: the installation itself failed, or the program fails on whatever it is given.
    """
    warm_up()
    altered = context.warehouse.reopen_altered(cycle)
    failures, learnt = _read_and_judge(context, cycle)
    while learnt:
        failures, learnt = _read_and_judge(context, cycle)
    release_memory()
    count_shares(context, cycle, run_id)
    summary = _summarise_validation(context, cycle, book_failures(context, cycle, run_id, failures))
    summary = replace(summary, alterations=tell(mended_rows(context, cycle, altered)))
    return replace(summary, buku=context.warehouse.finish_run(run_id, cycle, context.settings.now()).buku)


def _read_and_judge(context: Context, cycle: Cycle) -> tuple[list[OwnFailure], bool]:
    """Judge all submissions as they are read by now; and whether a sender said of columns what makes others be read anew."""
    submissions = context.warehouse.submissions(cycle)
    batch = read_all(context, [submission for submission in submissions if not submission.rekap])
    readings, failed = take_shares(context, cycle, batch.readings, submissions)
    known = {submission.id: submission for submission in context.warehouse.submissions(cycle)}
    failures = [*batch.failed, *failed, *_judge(context, cycle, readings, known)]
    return failures, touches_later(learn(context, cycle, readings, known), readings)


def _judge(
    context: Context, cycle: Cycle, readings: Sequence[ReadSubmission], submissions: Mapping[str, Submission]
) -> list[OwnFailure]:
    """Judge and store the submissions, all at once or in parts; those that our program fails on."""
    from humas.validation.validate import validate_batch

    def work(part: Sequence[ReadSubmission]) -> None:
        with time_limit(judging_seconds(part)):
            result = validate_batch(part, context.register, context.calendar, context.settings, elsewhere)
        context.warehouse.store_validation(cycle, result)

    with turn(context.settings.home, Cycle(cycle.lembaga, ALL_QUARTERS)):
        elsewhere = context.warehouse.elsewhere(cycle)
        return [
            OwnFailure(submissions[failure.item.id], failure.error)
            for part in large_apart(readings, rows_to_judge, LARGE_ROWS)
            for failure in in_halves(part, work, lambda _: "Kiriman")
        ]


def rows_of(document: Document | None) -> int:
    """Rows of all tables of a document."""
    return sum(len(table.cells) for table in document.tables) if document else 0


def judging_seconds(submission: Iterable[ReadSubmission]) -> float:
    """How long judging so many rows may take before it counts as never ending."""
    return SECONDS_EACH + sum(map(rows_to_judge, submission)) * SECONDS_EACH_ROW


def rows_to_judge(submission: ReadSubmission) -> int:
    """Rows of a submission's tables; of a recap and its shares each one's own."""
    from humas.validation.result import rows_of_part

    division = submission.division
    return rows_of_part(division.parts[submission.satker_code]) if division else rows_of(submission.document)


def _summarise_validation(context: Context, cycle: Cycle, failures: Sequence[OperatorError]) -> ValidationSummary:
    """Counts of all versions that were ever validated, those included whose bytes are gone by now."""
    verdicts = context.warehouse.verdicts(cycle)
    checked = verdicts[verdicts["status"] != "menunggu"]
    return ValidationSummary(
        kiriman=len(checked),
        ditolak=int((checked["status"] == "ditolak").sum()),
        nihil=int((checked["status"] == "nihil").sum()),
        masuk=int(checked["baris_masuk"].sum()),
        diterima=int(checked["diterima"].sum()),
        dikarantina=int(checked["dikarantina"].sum()),
        kembar=int(checked["kembar"].sum()),
        hilang=sum(failure.code in LOST for failure in failures),
        galat=sum(failure.code == PROGRAM_FAULT for failure in failures),
    )


def figures_now(context: Context, cycle: Cycle, facts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The figures of a quarter as its rows in force, ``facts``, and all else in the warehouse say now; stored nowhere."""
    from humas.rollup import roll_up as compute_figures

    quarter = quarter_of(cycle.period)
    return compute_figures(
        facts,
        context.warehouse.facts(replace(cycle, period=quarter.previous().key), "akun"),
        context.warehouse.verdicts(cycle),
        context.warehouse.obligations(cycle),
        context.register,
        context.calendar,
        quarter,
        datetime.combine(context.reference_day(cycle), NOON, WIB),
        context.warehouse.ledger_counts(cycle),
        cycle.lembaga,
    )


@in_turn
def roll_up(context: Context, cycle: Cycle, run_id: str) -> RecapSummary:
    """Compute the figures of every unit, province and the nation, and prove that the levels reconcile.

    Then everything is computed a second time by another path, see ``humas.pipeline.recount``.

    Raises:
        OperatorError: a figure of a level is not the sum of the level below it, or not what the other path gives.
    """
    from humas.rollup import reconcile

    facts = national_facts(context, cycle)
    figures = figures_now(context, cycle, facts)
    mismatches = reconcile(figures)
    if mismatches:
        raise OperatorError(
            "rekap_tidak_cocok",
            f"Rekap {cycle.lembaga} {cycle.period} tidak cocok antartingkat: {'; '.join(mismatches[:3])}.",
            "jangan terbitkan; laporkan ke pengembang dengan nomor jalan " + run_id + ".",
        )
    recount = require_same(context, cycle, facts, figures)
    altered = tell(overwritten_figures(context, cycle))
    context.warehouse.store_figures(cycle, figures)
    return replace(_summarise_rollup(figures), alterations=altered, hitung_ulang=recount)


def _summarise_rollup(figures: pd.DataFrame) -> RecapSummary:
    nation = figures[(figures["lingkup"] == "nasional") & (figures["rincian"] == "")].set_index("ukuran")["nilai"]

    def of(measure: str) -> int:
        return int(nation.get(measure, 0))

    return RecapSummary(
        len(figures), of("satker_wajib"), of("satker_lapor"), of("kegiatan_dilaporkan"), of("acara_unik")
    )


def decide(context: Context, cycle: Cycle, run_id: str, satker: Iterable[str] = ()) -> Verdict:
    """The gate after the roll-up: who still fails technically, who needs a person, how much is quarantined."""
    asked = set(satker)
    failures = tuple(failure for failure in failed_units(context, cycle) if not asked or failure.kode in asked)
    units = context.warehouse.units_needing_people(cycle)
    needing = tuple(_needs_person(context, cycle.lembaga, row) for row in units if row.kode_galat != NOT_CONNECTED)
    unconnected = tuple(row.kode_satker for row in units if row.kode_galat == NOT_CONNECTED)
    share = _quarantined_share(context, cycle)
    return Verdict(failures, needing, round(share, 4), share > context.settings.quarantine_alarm, unconnected)


def _needs_person(context: Context, lembaga: str, needing: NeedsPerson) -> CollectionFailure:
    name = context.register.satker(needing.kode_satker).official_name(Lembaga(lembaga))
    failure = CollectionFailure(
        needing.kode_satker, name, needing.kode_galat, needing.pelaku, needing.pesan, needing.cara, False
    )
    return _without_personal_data(failure)


def _quarantined_share(context: Context, cycle: Cycle) -> float:
    """Quarantined rows that wait to be mended over rows in, of the nation's submissions in force; 0 when there are no rows."""
    judged = context.warehouse.verdicts(cycle)
    rows_in, quarantined, mended = judged[judged["berlaku"]][["baris_masuk", "dikarantina", "diperbaiki"]].sum()
    return float((quarantined - mended) / rows_in) if rows_in else 0.0


def site_groups(context: Context, cycle: Cycle, satker: Sequence[str] = ()) -> tuple[Group, ...]:
    """The units whose news sites are visited, by province; none unless the installation switched that on."""
    from humas.sources.site import find_sites

    groups: dict[str, list[str]] = {}
    for site in find_sites(context.register, context.settings.site, cycle.lembaga, quarter_of(cycle.period).end):
        if not satker or site.satker_code in satker:
            groups.setdefault(site.satker_code[:2], []).append(site.satker_code)
    return tuple(Group(code, context.register.satker(code).name, tuple(members)) for code, members in groups.items())


def read_sites(
    context: Context,
    cycle: Cycle,
    satker: Sequence[str],
    run_id: str,
    on_result: Callable[[SiteResult], None] | None = None,
    *,
    force: bool = False,
) -> VisitSummary:
    """Visit the units' news sites and store drafts of what they tell; nothing of it is ever counted.

    Raises:
        OperatorError: no contact is set, or our own store failed; a site's failure is an outcome, not an error.
    """
    from humas.news.channel import visit_sites

    return visit_sites(context, cycle.lembaga, quarter_of(cycle.period), satker, run_id, on_result, force=force)


def group_drafts(context: Context, period: str) -> int:
    """Give drafts of the same event, across sites and bodies, the same id; returns how many changed."""
    from humas.news.channel import group_drafts as group

    return group(context, quarter_of(period).key)


def run_quarter(
    context: Context,
    cycle: Cycle,
    satker: Sequence[str] = (),
    progress: ReportProgress | None = None,
    run_id: str | None = None,
    *,
    force: bool = False,
) -> TriwulanSummary:
    """The whole quarter in this process, step after step, exactly as the DAGs do it in many."""
    run = _QuarterRun(
        context,
        cycle,
        run_id or f"langsung__{cycle.period}__{uuid4().hex[:8]}",
        progress,
    )
    return run.run(tuple(satker), force=force)


def run_landed(
    context: Context, cycle: Cycle, progress: ReportProgress | None = None, run_id: str | None = None
) -> TriwulanSummary:
    """What landed, judged and published again without asking any source: what people answered takes effect.

    Reports whose data stay the same keep their edition.
    """
    return _QuarterRun(context, cycle, run_id or f"jawaban__{cycle.period}__{uuid4().hex[:8]}", progress).run_landed()


class _QuarterRun:
    """One in-process run: keeps the seconds of each stage and reports progress."""

    def __init__(self, context: Context, cycle: Cycle, run_id: str, progress: ReportProgress | None) -> None:
        self._context, self._cycle, self._run_id = context, cycle, run_id
        self._report = progress or (lambda _: None)
        self._count: dict[str, int] = {}
        self._seconds: dict[str, float] = {}

    def _progress(self, progress: RunProgress) -> None:
        self._count[progress.tahap] = progress.jumlah
        self._report(progress)

    def run(self, satker: tuple[str, ...], *, force: bool) -> TriwulanSummary:
        """All steps in order; from the figures on no other process works on this quarter."""
        context, cycle = self._context, self._cycle
        context.warehouse.start_run(self._run_id, cycle, context.settings.now())
        opened = open_period(context, cycle, satker)
        codes = [code for group in opened.kelompok for code in group.satker]
        collected = self._timed("Kumpulkan", lambda: self._collect(codes, force=force))
        with turn(context.settings.home, cycle):
            return self._after(collected)

    def run_landed(self) -> TriwulanSummary:
        """All steps but the collection."""
        self._context.warehouse.start_run(self._run_id, self._cycle, self._context.settings.now())
        with turn(self._context.settings.home, self._cycle):
            return self._after(CollectionSummary(0, 0, (), 0, 0.0))

    def _after(self, collected: CollectionSummary) -> TriwulanSummary:
        """What follows the collection: figures, gate, reports."""
        context, cycle, run_id = self._context, self._cycle, self._run_id
        validated = self._timed("Periksa", lambda: validate(context, cycle, run_id))
        rolled_up = self._timed("Rekap", lambda: roll_up(context, cycle, run_id))
        verdict = decide(context, cycle, run_id)
        composed = self._timed("Susun", lambda: compose(context, cycle))
        self._timed("Cetak", lambda: self._print(composed.laporan))
        site = self._timed("Situs", lambda: build_site(context, cycle))
        published = self._timed("Terbitkan", lambda: publish_or_keep(context, cycle))
        altered = (*validated.alterations, *rolled_up.alterations, *composed.alterations, *site.alterations)
        seconds = dict(self._seconds)
        return TriwulanSummary(
            cycle.lembaga,
            cycle.period,
            run_id,
            collected,
            validated,
            rolled_up,
            verdict,
            published,
            seconds,
            altered,
            site.withheld,
        )

    def _timed(self, stage: str, step: Callable[[], Result]) -> Result:
        start = time.monotonic()
        self._progress(RunProgress(stage, 0, 1))
        result = step()
        self._seconds[stage] = round(time.monotonic() - start, 3)
        count = self._count[stage]
        self._progress(RunProgress(stage, count, count, f"{self._seconds[stage]:.1f} detik".replace(".", ",")))
        return result

    def _collect(self, codes: Sequence[str], *, force: bool) -> CollectionSummary:
        """Collect, counting units as they answer; GX is loaded meanwhile, while most units are waited for."""
        statuses: list[str] = []

        def count(outcome: SatkerResult) -> None:
            statuses.append("berhasil" if outcome.submission else outcome.attempts[-1].status)
            unconnected = statuses.count(NOT_CONNECTED)
            failed = len(statuses) - statuses.count("berhasil") - unconnected
            remark = f"{failed} gagal" + (f", {unconnected} tanpa saluran" if unconnected else "")
            self._progress(RunProgress("Kumpulkan", len(statuses), len(codes), remark))

        with ThreadPoolExecutor(1) as pool:
            pool.submit(warm_up)
            return collect(self._context, self._cycle, codes, self._run_id, count, force=force)

    def _print(self, reports: Sequence[str]) -> PrintSummary:
        def count(done: int, total: int) -> None:
            self._progress(RunProgress("Cetak", done, total))

        return print_reports(
            self._context, self._cycle, reports, self._context.settings.print_processes, on_printed=count
        )
