"""The warehouse as the rest of the pipeline sees it: each method one transaction, each of them idempotent.

Modules that need pandas are imported inside the methods: every task opens the warehouse, few need frames.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Engine

from humas.registry import Cycle
from humas.warehouse import collection, drafts, editions, obligations, runs, seals, setaside
from humas.warehouse.engine import close, connect, reading, writing
from humas.warehouse.migrate import ensure_schema
from humas.warehouse.records import (
    Answer,
    Balance,
    Doubt,
    DraftRow,
    Edition,
    EditionDraft,
    EditionMark,
    NeedsPerson,
    Obligation,
    ObligationVersion,
    Print,
    ReportedKegiatan,
    SetAside,
    SitePage,
    UrlRecord,
)

if TYPE_CHECKING:
    import pandas as pd

    from humas.chain.links import EditionRecord
    from humas.landing.model import Attempt, File, SatkerResult, Submission
    from humas.settings import Settings
    from humas.validation.quarter import Elsewhere
    from humas.validation.result import BatchResult


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

    def freeze_obligations(self, cycle: Cycle, rows: Sequence[Obligation], now: datetime) -> int:
        """Freeze the obligations of a period, once; a second call changes nothing. Returns how many were stored."""
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            return obligations.freeze(connection, cycle, rows, now)

    def obligations(self, cycle: Cycle) -> list[Obligation]:
        """The obligations as they stand, in code order: the denominator of every rate."""
        with reading(self.engine) as connection:
            return obligations.current(connection, cycle)

    def change_obligation(
        self,
        cycle: Cycle,
        new: Obligation,
        *,
        reason: str,
        now: datetime,
        required: bool = True,
        by: str = "",
    ) -> ObligationVersion:
        """Change, add or (``required=False``) lift one obligation as a new version with its reason.

        Raises:
            SenderError: ``reason`` is empty.
            OperatorError: the period was never opened.
        """
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            return obligations.change(connection, cycle, new, required=required, reason=reason, by=by, now=now)

    def obligation_history(self, cycle: Cycle) -> list[ObligationVersion]:
        """All versions of all obligations of a period, by unit and version."""
        with reading(self.engine) as connection:
            return obligations.history(connection, cycle)

    # --- collection ---

    def record_collection(self, result: Sequence[SatkerResult]) -> None:
        """Store outcomes, receptions, raw files and submissions of a collection pass, all or nothing."""
        if not result or not result[0].attempts:
            key = "pengumpulan"
        else:
            key = f"{result[0].attempts[0].lembaga}|{result[0].attempts[0].periode}"
        with writing(self.engine, key) as connection:
            collection.record(connection, result)

    def submissions(self, cycle: Cycle) -> list[Submission]:
        """All versions of all submissions; within a unit the newest stands last."""
        with reading(self.engine) as connection:
            return collection.submissions(connection, cycle)

    def known_etags(self, cycle: Cycle) -> dict[str, UrlRecord]:
        """URL → (etag, sidik) of the bytes it gave last."""
        with reading(self.engine) as connection:
            return collection.known_etags(connection, cycle)

    def failed_units(self, cycle: Cycle) -> list[Attempt]:
        """Units whose latest collection brought no submission by any channel, for a technical reason (sumber, sistem)."""
        with reading(self.engine) as connection:
            return collection.failed_units(connection, cycle)

    def units_needing_people(self, cycle: Cycle) -> list[NeedsPerson]:
        """Units that no retry helps: refused files, no working channel."""
        with reading(self.engine) as connection:
            return collection.units_needing_people(connection, cycle)

    def last_attempts(self, cycle: Cycle) -> pd.DataFrame:
        """The decisive attempt of each unit's latest collection; columns of ``Attempt``."""
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.last_attempts(connection, cycle)

    def expired_raw(self, before: datetime) -> list[str]:
        """Digests of raw files that came last before ``before``: what retention may remove from landing."""
        with reading(self.engine) as connection:
            return collection.expired_raw(connection, before)

    def removed_raw(self) -> frozenset[str]:
        """Digests of raw files whose bytes retention removed."""
        with reading(self.engine) as connection:
            return collection.removed_raw(connection)

    def recorded_raw(self, digest: Sequence[str]) -> frozenset[str]:
        """Those of these digests of raw files that the warehouse knows."""
        with reading(self.engine) as connection:
            return collection.recorded_raw(connection, digest)

    def mark_raw_removed(self, digest: Sequence[str], now: datetime) -> None:
        """Note that retention removed these bytes."""
        with writing(self.engine, "retensi") as connection:
            collection.mark_raw_removed(connection, digest, now)

    def mark_raw_present(self, digest: Sequence[str]) -> None:
        """Note that these bytes stand in landing."""
        with writing(self.engine, "retensi") as connection:
            collection.mark_raw_present(connection, digest)

    # --- drop-boxes: what was set aside ---

    def set_aside(self, box: str) -> list[SetAside]:
        """The files that are set aside in one drop-box, in the order in which they are tried again."""
        with reading(self.engine) as connection:
            return setaside.load(connection, box)

    def note_set_aside(self, rows: Sequence[SetAside]) -> None:
        """Keep what is now known of files that were set aside."""
        with writing(self.engine, "kotak_tertunda") as connection:
            setaside.note(connection, rows)

    def forget_set_aside(self, rows: Sequence[SetAside]) -> None:
        """Strike files off that came through, or are gone."""
        if rows:
            with writing(self.engine, "kotak_tertunda") as connection:
                setaside.forget(connection, rows)

    # --- news sites: drafts, never figures ---

    def site_pages(self, lembaga: str, satker_code: str) -> dict[str, SitePage]:
        """All that is known of a unit's news site, by canonical URL."""
        with reading(self.engine) as connection:
            return drafts.pages(connection, lembaga, satker_code)

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
            drafts.note_pages(connection, pages)
            drafts.store(connection, new_drafts)

    def unread_articles(self, lembaga: str, satker_code: str, reader: str, since: date) -> list[SitePage]:
        """Articles in landing without a draft of these bytes; of activities since ``since``, by the rules ``reader``."""
        with reading(self.engine) as connection:
            return drafts.unread(connection, lembaga, satker_code, reader, since)

    def store_drafts(self, new_drafts: Sequence[DraftRow]) -> None:
        """Keep drafts; one of the same article of the same unit is replaced."""
        if new_drafts:
            with writing(self.engine, f"situs|{new_drafts[0].lembaga}|{new_drafts[0].kode_satker}") as connection:
                drafts.store(connection, new_drafts)

    def drafts(self, lembaga: str | None, period: str | None, satker_code: str | None = None) -> list[DraftRow]:
        """Drafts by body, unit, day and URL; None asks for all, the period "" for those without a date."""
        with reading(self.engine) as connection:
            return drafts.load(connection, lembaga, period, satker_code)

    def set_draft_events(self, event: Mapping[tuple[str, str, str], str]) -> int:
        """Give drafts, by (lembaga, kode_satker, url), the id of their event; returns how many changed."""
        with writing(self.engine, "situs|acara") as connection:
            return drafts.set_events(connection, event)

    def reported_activities(self, cycle: Cycle, satker_code: str | None = None) -> dict[str, list[ReportedKegiatan]]:
        """By unit (of one, or of all), the accepted activities as far as a draft may repeat them."""
        with reading(self.engine) as connection:
            return drafts.reported(connection, cycle, satker_code)

    # --- validated facts ---

    def store_validation(self, cycle: Cycle, result: BatchResult) -> int:
        """Store a validation; returns how many submissions were rewritten because their result changed.

        Sets ``berlaku`` on the newest valid version of each unit and links quarantined rows to the next
        valid version.
        """
        from humas.warehouse import validation

        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            return validation.store(connection, cycle, result)

    def elsewhere(self, cycle: Cycle = NO_CYCLE) -> Elsewhere:
        """What validation of a quarter must know of the others, and of answers of people; asked as it is needed.

        Without a quarter: for files that are not collected yet, of any quarter.
        """
        from humas.validation.quarter import Elsewhere
        from humas.warehouse import elsewhere

        def counted(body: str, quarter: str, dataset: str, early: Collection[str]) -> Mapping[str, str]:
            with reading(self.engine) as connection:
                return elsewhere.counted(connection, Cycle(body, quarter), dataset, early)

        with reading(self.engine) as connection:
            repeats = elsewhere.repeats(connection, cycle)
            return Elsewhere(counted, elsewhere.released(connection), repeats)

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

    def facts(self, cycle: Cycle, dataset: str) -> pd.DataFrame:
        """Accepted rows of the submissions in force; columns of the contract and the row's place."""
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.facts(connection, cycle, dataset)

    def verdicts(self, cycle: Cycle) -> pd.DataFrame:
        """All submissions with status, counts and times; the newest of a unit last (see ``results.verdicts``)."""
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.verdicts(connection, cycle)

    def receipts(self, cycle: Cycle) -> pd.DataFrame:
        """kode_satker, received_at, first_ok_at, last_changed_at of each unit that reported."""
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.receipts(connection, cycle)

    def findings(self, cycle: Cycle) -> pd.DataFrame:
        """All findings of all versions, with ``kode_satker`` and whether the submission is in force."""
        return self._fates(cycle, "temuan")

    def quarantine(self, cycle: Cycle) -> pd.DataFrame:
        """All quarantined rows of all versions; ``id_pengganti`` names the correction that releases a row."""
        return self._fates(cycle, "karantina")

    def duplicates(self, cycle: Cycle) -> pd.DataFrame:
        """All duplicate rows of all versions, each with the row it repeats (``baris_asal``)."""
        return self._fates(cycle, "kembar")

    def _fates(self, cycle: Cycle, name: str) -> pd.DataFrame:
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.fates(connection, cycle, name)

    def altered_rows(self, cycle: Cycle) -> list[tuple[str, str]]:
        """Submissions (id, unit) whose verdict or rows are no longer those that were stored; in code order."""
        with reading(self.engine) as connection:
            return seals.altered(connection, cycle)

    def reopen_altered(self, cycle: Cycle) -> list[tuple[str, str]]:
        """Let the next validation write the submissions of ``altered_rows`` again; returns them."""
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            altered = seals.altered(connection, cycle)
            seals.reopen(connection, [submission for submission, _ in altered])
            return altered

    # --- runs and conservation ---

    def start_run(self, run_id: str, cycle: Cycle, now: datetime) -> None:
        """Note that a run began."""
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            runs.start(connection, run_id, cycle, now)

    def finish_run(self, run_id: str, cycle: Cycle, now: datetime) -> Balance:
        """Prove that no row was lost and store the balance with the run, also when the proof fails.

        Raises:
            OperatorError: ``neraca_tidak_cocok``.
        """
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            balance = runs.finish(connection, run_id, cycle, now)
        runs.require_balance(balance, cycle.period)
        return balance

    def conservation(self, cycle: Cycle) -> Balance:
        """The balance of the period as it stands; ``selisih`` names what does not balance."""
        with reading(self.engine) as connection:
            return runs.weigh(connection, cycle)

    def balance(self, run_id: str, cycle: Cycle) -> dict[str, Any]:
        """The balance stored with a run, as a plain mapping; empty when there is none."""
        with reading(self.engine) as connection:
            return runs.balance_of(connection, run_id, cycle)

    # --- figures and editions ---

    def store_figures(self, cycle: Cycle, frame: pd.DataFrame) -> int:
        """Make the stored figures equal to ``frame``; returns how many rows changed."""
        from humas.warehouse import figures

        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            return figures.store(connection, cycle, frame)

    def figures(self, cycle: Cycle) -> pd.DataFrame:
        """Stored figures: lingkup, kode, ukuran, rincian, nilai, pembilang, penyebut; sorted."""
        from humas.warehouse import figures

        with reading(self.engine) as connection:
            return figures.load(connection, cycle)

    def altered_figures(self, cycle: Cycle) -> bool:
        """Whether the stored figures are no longer those that ``store_figures`` wrote."""
        from humas.warehouse import figures

        with reading(self.engine) as connection:
            return figures.altered(connection, cycle)

    def editions(self, cycle: Cycle, scope: str | None = None, code: str | None = None) -> list[Edition]:
        """Editions of a period, of one level of it, or of one report; by level, code, number."""
        with reading(self.engine) as connection:
            return editions.load(connection, cycle, scope, code)

    def edition_marks(self, cycle: Cycle) -> list[EditionMark]:
        """Number, digest and status of every edition of a period, without its data; by level, code, number."""
        with reading(self.engine) as connection:
            return editions.marks(connection, cycle)

    def draft_editions(self, cycle: Cycle, reports: Sequence[EditionDraft], now: datetime) -> list[Edition | None]:
        """A draft for each report whose data changed since it was published, None for each unchanged one."""
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            return editions.draft(connection, cycle, reports, now)

    def draft_edition(
        self,
        cycle: Cycle,
        scope: str,
        code: str,
        digest: str,
        canonical: Mapping[str, Any],
        changes: list[Any],
        now: datetime,
    ) -> Edition | None:
        """One report's draft of its next edition; None when its data are what was published last."""
        (edition,) = self.draft_editions(cycle, [EditionDraft(scope, code, digest, canonical, changes)], now)
        return edition

    def record_prints(self, cycle: Cycle, prints: Sequence[Print]) -> None:
        """Note of drafts what was printed for them, chained to the edition before.

        Raises:
            OperatorError: there is no such draft.
        """
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            editions.record_prints(connection, cycle, prints)

    def edition_records(self, cycle: Cycle, status: str = "terbit") -> list[EditionRecord]:
        """The records of the published editions (or of the drafts: ``draf``), without their data."""
        with reading(self.engine) as connection:
            return editions.records(connection, cycle, status)

    def published_cycles(self) -> list[Cycle]:
        """Bodies and periods of which anything was published."""
        with reading(self.engine) as connection:
            return editions.cycles(connection)

    def restore_records(self, cycle: Cycle, broken: Sequence[EditionRecord], now: datetime) -> None:
        """Make published editions say again what these records say, whatever the warehouse says by now."""
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            for record in broken:
                editions.restore(connection, record, now)

    def restore_data(self, record: EditionRecord, canonical: Mapping[str, Any], supplement: Mapping[str, Any]) -> None:
        """Make a published edition hold again the data that its record is about."""
        with writing(self.engine, f"{record.lembaga}|{record.periode}") as connection:
            editions.restore_data(connection, record, dict(canonical), dict(supplement))

    def publish_editions(self, cycle: Cycle, publication: Sequence[tuple[str, str, int]], now: datetime) -> None:
        """Mark editions (level, code, number) as published.

        Raises:
            OperatorError: there is no such edition.
        """
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            editions.publish(connection, cycle, publication, now)

    def manifests(self, cycle: Cycle) -> frozenset[str]:
        """SHA-256 of the manifests that may be what readers see: of the release in force, and of a draft."""
        with reading(self.engine) as connection:
            return seals.load(connection, cycle, "manifes")

    def note_manifests(self, cycle: Cycle, digest: Collection[str]) -> None:
        """Note these manifests, and no others."""
        with writing(self.engine, f"{cycle.lembaga}|{cycle.period}") as connection:
            seals.store(connection, cycle, "manifes", digest)
