"""The warehouse as the rest of the pipeline sees it: each method one transaction, each of them idempotent.

What a method does and returns stands at the function it is made of; here stands in what transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Engine

from humas.registry import Cycle
from humas.warehouse import (
    collection,
    layouts,
    ledger,
    lessons,
    origins,
    proof,
    recaps,
    results,
    runs,
    seals,
    setaside,
    settlements,
    validation,
)
from humas.warehouse import drafts as draft_rows
from humas.warehouse import editions as edition_rows
from humas.warehouse import figures as figure_rows
from humas.warehouse import obligations as obligation_rows
from humas.warehouse import signed as signed_rows
from humas.warehouse.engine import close, connect, reading, writing
from humas.warehouse.migrate import ensure_schema
from humas.warehouse.records import (
    Answer,
    Balance,
    Doubt,
    DraftRow,
    SetAside,
    SitePage,
)
from humas.warehouse.transactions import cycle_key, read, write, write_cycle

if TYPE_CHECKING:
    from humas.chain.links import EditionRecord
    from humas.landing.model import File, SatkerResult, Submission
    from humas.settings import Settings
    from humas.validation.quarter import Elsewhere, RequestDays


def open_warehouse(settings: Settings) -> Warehouse:
    """Open the warehouse of an installation, made or migrated first where needed.

    Raises:
        OperatorError: the database cannot be reached, written or migrated; the message says what to do.
    """
    return open_url(settings.database_url)


def open_url(database_url: str) -> Warehouse:
    """Open the warehouse at an address (``sqlite:///…`` or ``postgresql://…``)."""
    engine = connect(database_url)
    ensure_schema(engine)
    return Warehouse(engine)


NO_CYCLE = Cycle("", "")


class Warehouse:
    """An opened warehouse. Threads may share it; processes open their own.

    ``lembaga`` is a body's key (``kpu``), ``periode`` a period's key (``2026-TW3``) throughout. Every method
    raises OperatorError when the database does not serve, and then leaves the state as it was.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; a SQLite file is then whole by itself."""
        close(self.engine)

    # --- obligations ---

    freeze_obligations = write_cycle(obligation_rows.freeze)
    obligations = read(obligation_rows.current)
    change_obligation = write_cycle(obligation_rows.change)
    obligation_history = read(obligation_rows.history)

    # --- collection ---

    def record_collection(self, result: Sequence[SatkerResult]) -> None:
        """Store outcomes, receptions, raw files and submissions of a collection pass, all or nothing."""
        if not result or not result[0].attempts:
            key = "pengumpulan"
        else:
            key = cycle_key(Cycle(result[0].attempts[0].lembaga, result[0].attempts[0].periode))
        with writing(self.engine, key) as connection:
            collection.record(connection, result)

    def record_shares(self, cycle: Cycle, shares: Sequence[Submission]) -> None:
        """Store what recaps of a quarter say of units, all or nothing."""
        if shares:
            with writing(self.engine, cycle_key(cycle)) as connection:
                collection.record_shares(connection, shares)

    submissions = read(collection.submissions)
    known_etags = read(collection.known_etags)
    failed_units = read(collection.failed_units)
    units_needing_people = read(collection.units_needing_people)
    last_attempts = read(results.last_attempts)
    expired_raw = read(collection.expired_raw)
    removed_raw = read(collection.removed_raw)
    recorded_raw = read(collection.recorded_raw)
    mark_raw_removed = write(collection.mark_raw_removed, "retensi")
    mark_raw_present = write(collection.mark_raw_present, "retensi")

    # --- drop-boxes: what was set aside ---

    set_aside = read(setaside.load)
    note_set_aside = write(setaside.note, "kotak_tertunda")

    def forget_set_aside(self, rows: Sequence[SetAside]) -> None:
        """Strike files off that came through, or are gone."""
        if rows:
            with writing(self.engine, "kotak_tertunda") as connection:
                setaside.forget(connection, rows)

    # --- news sites: drafts, never figures ---

    site_pages = read(draft_rows.pages)

    def record_site_pages(
        self,
        period: str,
        pages: Sequence[SitePage],
        file: Sequence[File],
        new_drafts: Sequence[DraftRow] = (),
    ) -> None:
        """Keep what is now known of pages of one unit's site, that their bytes were received, and what was read there."""
        if not pages:
            return
        lembaga, code = pages[0].lembaga, pages[0].kode_satker
        with writing(self.engine, f"situs|{lembaga}|{code}") as connection:
            collection.record_files(connection, lembaga, code, period, collection.DRAFT_CHANNEL, file)
            draft_rows.note_pages(connection, pages)
            draft_rows.store(connection, new_drafts)

    unread_articles = read(draft_rows.unread)

    def store_drafts(self, new_drafts: Sequence[DraftRow]) -> None:
        """Keep drafts; one of the same article of the same unit is replaced."""
        if new_drafts:
            with writing(self.engine, f"situs|{new_drafts[0].lembaga}|{new_drafts[0].kode_satker}") as connection:
                draft_rows.store(connection, new_drafts)

    drafts = read(draft_rows.load)
    set_draft_events = write(draft_rows.set_events, "situs|acara")
    reported_activities = read(draft_rows.reported)

    # --- validated facts ---

    store_validation = write_cycle(validation.store)

    def elsewhere(self, cycle: Cycle = NO_CYCLE) -> Elsewhere:
        """What validation of a quarter must know of the others, and of answers of people; asked as it is needed.

        Without a quarter: for files that are not collected yet, of any quarter.
        """
        from humas.validation.quarter import Elsewhere
        from humas.warehouse import elsewhere

        def counted(body: str, quarter: str, dataset: str, early: Collection[str]) -> Mapping[str, str]:
            with reading(self.engine) as connection:
                return elsewhere.counted(connection, Cycle(body, quarter), dataset, early)

        def requests(body: str, units: Collection[str]) -> Mapping[tuple[str, str], RequestDays]:
            with reading(self.engine) as connection:
                return elsewhere.requests(connection, body, units)

        with reading(self.engine) as connection:
            repeats = elsewhere.repeats(connection, cycle)
            answers = lessons.taught(connection), layouts.headings(connection)
            return Elsewhere(counted, requests, elsewhere.released(connection), repeats, *answers)

    def doubts(self, lembaga: str | None = None, period: str | None = None) -> list[Doubt]:
        """Newest submissions of units that are held with the question whose quarter they are, or were let pass."""
        from humas.warehouse import elsewhere

        with reading(self.engine) as connection:
            return elsewhere.doubts(connection, lembaga, period)

    def answer_doubt(self, answer: Answer) -> bool:
        """Keep what a person answered; counts from the next validation on. False: that is the last answer already.

        Raises:
            SenderError: nobody is named, or no reason is given.
        """
        from humas.warehouse import elsewhere

        with writing(self.engine, "jawaban") as connection:
            return elsewhere.answer(connection, answer)

    ledgers = read(ledger.ledgers)
    unit_ledgers = read(ledger.unit_ledgers)
    questions = read(ledger.questions)
    cycles = read(ledger.cycles)
    waiting = read(ledger.waiting)
    left_out = read(recaps.left_out)
    told_by_recaps = read(recaps.told_by_recaps)
    ledger_counts = read(proof.counts)
    ledger_changes = read(proof.changes)
    entered_rows = read(origins.entered_rows)
    origins = read(origins.origins)
    last_settlements = read(settlements.last_settlements)
    settle_question = write(settlements.settle_question, "jawaban")
    turn_round = write(settlements.turn_round, "jawaban")

    taught = read(lessons.taught)
    lesson_history = read(lessons.lesson_history)
    written_choices = read(lessons.written_choices)
    teach = write(lessons.teach, "jawaban")
    headings = read(layouts.headings)
    heading_history = read(layouts.heading_history)
    open_layouts = read(layouts.open_layouts)
    layouts_of = read(layouts.layouts_of)
    teach_headings = write(layouts.teach_headings, "jawaban")

    facts = read(results.facts)
    verdicts = read(results.verdicts)
    receipts = read(results.receipts)
    findings = read(results.findings)
    quarantine = read(results.quarantine)
    duplicates = read(results.duplicates)
    altered_rows = read(seals.altered)

    def reopen_altered(self, cycle: Cycle) -> list[tuple[str, str]]:
        """Let the next validation write the submissions of ``altered_rows`` again; returns them."""
        with writing(self.engine, cycle_key(cycle)) as connection:
            altered = seals.altered(connection, cycle)
            seals.reopen(connection, [submission for submission, _ in altered])
            return altered

    # --- runs and conservation ---

    def start_run(self, run_id: str, cycle: Cycle, now: datetime) -> None:
        """Note that a run began."""
        with writing(self.engine, cycle_key(cycle)) as connection:
            runs.start(connection, run_id, cycle, now)

    def finish_run(self, run_id: str, cycle: Cycle, now: datetime) -> Balance:
        """Prove that no row was lost and store the balance with the run, also when the proof fails.

        Raises:
            OperatorError: ``neraca_tidak_cocok``.
        """
        with writing(self.engine, cycle_key(cycle)) as connection:
            balance = runs.finish(connection, run_id, cycle, now)
        runs.require_balance(balance, cycle.period)
        return balance

    conservation = read(runs.weigh)
    balance = read(runs.balance_of)
    run_at = read(runs.begun_by)

    # --- figures and editions ---

    store_figures = write_cycle(figure_rows.store)
    figures = read(figure_rows.load)
    altered_figures = read(figure_rows.altered)
    editions = read(edition_rows.load)
    edition_marks = read(edition_rows.marks)
    draft_editions = write_cycle(edition_rows.draft)
    record_prints = write_cycle(edition_rows.record_prints)
    edition_records = read(edition_rows.records)
    published_cycles = read(edition_rows.cycles)
    signed_copies = read(signed_rows.load)
    note_signed_copy = write_cycle(signed_rows.note)

    def restore_records(self, cycle: Cycle, broken: Sequence[EditionRecord], now: datetime) -> None:
        """Make published editions say again what these records say, whatever the warehouse says by now."""
        with writing(self.engine, cycle_key(cycle)) as connection:
            for record in broken:
                edition_rows.restore(connection, record, now)

    def restore_data(self, record: EditionRecord, canonical: Mapping[str, Any], supplement: Mapping[str, Any]) -> None:
        """Make a published edition hold again the data that its record is about."""
        with writing(self.engine, cycle_key(Cycle(record.lembaga, record.periode))) as connection:
            edition_rows.restore_data(connection, record, dict(canonical), dict(supplement))

    publish_editions = write_cycle(edition_rows.publish)

    def manifests(self, cycle: Cycle) -> frozenset[str]:
        """SHA-256 of the manifests that may be what readers see: of the release in force, and of a draft."""
        with reading(self.engine) as connection:
            return seals.load(connection, cycle, "manifes")

    def note_manifests(self, cycle: Cycle, digest: Collection[str]) -> None:
        """Note these manifests, and no others."""
        with writing(self.engine, cycle_key(cycle)) as connection:
            seals.store(connection, cycle, "manifes", digest)
