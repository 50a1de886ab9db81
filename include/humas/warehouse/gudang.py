"""The warehouse as the rest of the pipeline sees it: each method one transaction, each of them idempotent.

Modules that need pandas are imported inside the methods: every task opens the warehouse, few need frames.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Engine

from humas.warehouse import collection, drafts, editions, obligations, runs, seals, setaside
from humas.warehouse.engine import close, connect, reading, writing
from humas.warehouse.migrate import ensure_schema
from humas.warehouse.records import (
    Answer,
    BarisDraf,
    Doubt,
    DrafEdisi,
    Edisi,
    HalamanSitus,
    JejakUrl,
    Kewajiban,
    LaporanKegiatan,
    Neraca,
    PerluOrang,
    Print,
    SetAside,
    TandaEdisi,
    VersiKewajiban,
)

if TYPE_CHECKING:
    import pandas as pd

    from humas.chain import EditionRecord
    from humas.contract.quarter import Elsewhere
    from humas.contract.result import HasilBatch
    from humas.landing.model import Berkas, HasilSatker, Kiriman, Percobaan
    from humas.settings import Settings


def open_gudang(settings: Settings) -> Gudang:
    """Open the warehouse of an installation, made or migrated first where needed.

    Raises:
        SistemError: the database cannot be reached, written or migrated; the message says what to do.
    """
    return open_url(settings.database_url)


def open_url(database_url: str) -> Gudang:
    """Open the warehouse at an address (``sqlite:///…`` or ``postgresql://…``)."""
    engine = connect(database_url)
    ensure_schema(engine)
    return Gudang(engine)


class Gudang:
    """An opened warehouse. Threads may share it; processes open their own.

    ``lembaga`` is a body's key (``kpu``), ``periode`` a period's key (``2026-TW3``) throughout. Every method
    raises SistemError when the database does not serve, and then leaves the state as it was.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, jenis: type[BaseException] | None, galat: BaseException | None, jejak: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; a SQLite file is then whole by itself."""
        close(self.engine)

    # --- obligations ---

    def freeze_obligations(self, lembaga: str, periode: str, rows: Sequence[Kewajiban], now: datetime) -> int:
        """Freeze the obligations of a period, once; a second call changes nothing. Returns how many were stored."""
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            return obligations.freeze(connection, lembaga, periode, rows, now)

    def obligations(self, lembaga: str, periode: str) -> list[Kewajiban]:
        """The obligations as they stand, in code order: the denominator of every rate."""
        with reading(self.engine) as connection:
            return obligations.current(connection, lembaga, periode)

    def change_obligation(
        self,
        lembaga: str,
        periode: str,
        baru: Kewajiban,
        *,
        alasan: str,
        now: datetime,
        wajib: bool = True,
        oleh: str = "",
    ) -> VersiKewajiban:
        """Change, add or (``wajib=False``) lift one obligation as a new version with its reason.

        Raises:
            PengirimError: ``alasan`` is empty.
            SistemError: the period was never opened.
        """
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            return obligations.change(
                connection, lembaga, periode, baru, wajib=wajib, alasan=alasan, oleh=oleh, now=now
            )

    def obligation_history(self, lembaga: str, periode: str) -> list[VersiKewajiban]:
        """All versions of all obligations of a period, by unit and version."""
        with reading(self.engine) as connection:
            return obligations.history(connection, lembaga, periode)

    # --- collection ---

    def record_collection(self, hasil: Sequence[HasilSatker]) -> None:
        """Store outcomes, receptions, raw files and submissions of a collection pass, all or nothing."""
        if not hasil or not hasil[0].percobaan:
            key = "pengumpulan"
        else:
            key = f"{hasil[0].percobaan[0].lembaga}|{hasil[0].percobaan[0].periode}"
        with writing(self.engine, key) as connection:
            collection.record(connection, hasil)

    def kiriman(self, lembaga: str, periode: str) -> list[Kiriman]:
        """All versions of all submissions; within a unit the newest stands last."""
        with reading(self.engine) as connection:
            return collection.submissions(connection, lembaga, periode)

    def known_etags(self, lembaga: str, periode: str) -> dict[str, JejakUrl]:
        """URL → (etag, sidik) of the bytes it gave last."""
        with reading(self.engine) as connection:
            return collection.known_etags(connection, lembaga, periode)

    def failed_units(self, lembaga: str, periode: str) -> list[Percobaan]:
        """Units whose latest collection brought no submission by any channel, for a technical reason (sumber, sistem)."""
        with reading(self.engine) as connection:
            return collection.failed_units(connection, lembaga, periode)

    def units_needing_people(self, lembaga: str, periode: str) -> list[PerluOrang]:
        """Units that no retry helps: refused files, no working channel."""
        with reading(self.engine) as connection:
            return collection.units_needing_people(connection, lembaga, periode)

    def last_attempts(self, lembaga: str, periode: str) -> pd.DataFrame:
        """The decisive attempt of each unit's latest collection; columns of ``Percobaan``."""
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.last_attempts(connection, lembaga, periode)

    def expired_raw(self, before: datetime) -> list[str]:
        """Digests of raw files that came last before ``before``: what retention may remove from landing."""
        with reading(self.engine) as connection:
            return collection.expired_raw(connection, before)

    def removed_raw(self) -> frozenset[str]:
        """Digests of raw files whose bytes retention removed."""
        with reading(self.engine) as connection:
            return collection.removed_raw(connection)

    def recorded_raw(self, sidik: Sequence[str]) -> frozenset[str]:
        """Those of these digests of raw files that the warehouse knows."""
        with reading(self.engine) as connection:
            return collection.recorded_raw(connection, sidik)

    def mark_raw_removed(self, sidik: Sequence[str], now: datetime) -> None:
        """Note that retention removed these bytes."""
        with writing(self.engine, "retensi") as connection:
            collection.mark_raw_removed(connection, sidik, now)

    def mark_raw_present(self, sidik: Sequence[str]) -> None:
        """Note that these bytes stand in landing."""
        with writing(self.engine, "retensi") as connection:
            collection.mark_raw_present(connection, sidik)

    # --- drop-boxes: what was set aside ---

    def set_aside(self, kotak: str) -> list[SetAside]:
        """The files that are set aside in one drop-box, in the order in which they are tried again."""
        with reading(self.engine) as connection:
            return setaside.load(connection, kotak)

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

    def site_pages(self, lembaga: str, kode_satker: str) -> dict[str, HalamanSitus]:
        """All that is known of a unit's news site, by canonical URL."""
        with reading(self.engine) as connection:
            return drafts.pages(connection, lembaga, kode_satker)

    def record_site_pages(
        self,
        periode: str,
        halaman: Sequence[HalamanSitus],
        berkas: Sequence[Berkas],
        draf: Sequence[BarisDraf] = (),
    ) -> None:
        """Keep what is now known of pages of one unit's site, that their bytes were received, and what was read there."""
        if not halaman:
            return
        lembaga, code = halaman[0].lembaga, halaman[0].kode_satker
        with writing(self.engine, f"situs|{lembaga}|{code}") as connection:
            collection.record_files(connection, lembaga, code, periode, collection.SALURAN_DRAF, berkas)
            drafts.note_pages(connection, halaman)
            drafts.store(connection, draf)

    def unread_articles(self, lembaga: str, kode_satker: str, pembaca: str, sejak: date) -> list[HalamanSitus]:
        """Articles in landing without a draft of these bytes; of activities since ``sejak``, by the rules ``pembaca``."""
        with reading(self.engine) as connection:
            return drafts.unread(connection, lembaga, kode_satker, pembaca, sejak)

    def store_drafts(self, draf: Sequence[BarisDraf]) -> None:
        """Keep drafts; one of the same article of the same unit is replaced."""
        if draf:
            with writing(self.engine, f"situs|{draf[0].lembaga}|{draf[0].kode_satker}") as connection:
                drafts.store(connection, draf)

    def drafts(self, lembaga: str | None, periode: str | None, kode_satker: str | None = None) -> list[BarisDraf]:
        """Drafts by body, unit, day and URL; None asks for all, the period "" for those without a date."""
        with reading(self.engine) as connection:
            return drafts.load(connection, lembaga, periode, kode_satker)

    def set_draft_events(self, acara: Mapping[tuple[str, str, str], str]) -> int:
        """Give drafts, by (lembaga, kode_satker, url), the id of their event; returns how many changed."""
        with writing(self.engine, "situs|acara") as connection:
            return drafts.set_events(connection, acara)

    def reported_activities(
        self, lembaga: str, periode: str, kode_satker: str | None = None
    ) -> dict[str, list[LaporanKegiatan]]:
        """By unit (of one, or of all), the accepted activities as far as a draft may repeat them."""
        with reading(self.engine) as connection:
            return drafts.reported(connection, lembaga, periode, kode_satker)

    # --- validated facts ---

    def store_validation(self, lembaga: str, periode: str, hasil: HasilBatch) -> int:
        """Store a validation; returns how many submissions were rewritten because their result changed.

        Sets ``berlaku`` on the newest valid version of each unit and links quarantined rows to the next
        valid version.
        """
        from humas.warehouse import validation

        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            return validation.store(connection, lembaga, periode, hasil)

    def elsewhere(self, lembaga: str = "", periode: str = "") -> Elsewhere:
        """What validation of a quarter must know of the others, and of answers of people; asked as it is needed.

        Without a quarter: for files that are not collected yet, of any quarter.
        """
        from humas.contract.quarter import Elsewhere
        from humas.warehouse import elsewhere

        def counted(body: str, quarter: str, dataset: str, early: Collection[str]) -> Mapping[str, str]:
            with reading(self.engine) as connection:
                return elsewhere.counted(connection, body, quarter, dataset, early)

        with reading(self.engine) as connection:
            repeats = elsewhere.repeats(connection, lembaga, periode)
            return Elsewhere(counted, elsewhere.released(connection), repeats)

    def doubts(self, lembaga: str | None = None, periode: str | None = None) -> list[Doubt]:
        """Newest submissions of units that are held with the question whose quarter they are, or were let pass."""
        from humas.warehouse import elsewhere

        with reading(self.engine) as connection:
            return elsewhere.doubts(connection, lembaga, periode)

    def answer_doubt(self, answer: Answer) -> bool:
        """Keep what a person answered; counts from the next validation on. False: that is the last answer already.

        Raises:
            PengirimError: nobody is named, or no reason is given.
        """
        from humas.warehouse import elsewhere

        with writing(self.engine, "jawaban") as connection:
            return elsewhere.answer(connection, answer)

    def facts(self, lembaga: str, periode: str, himpunan: str) -> pd.DataFrame:
        """Accepted rows of the submissions in force; columns of the contract and the row's place."""
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.facts(connection, lembaga, periode, himpunan)

    def verdicts(self, lembaga: str, periode: str) -> pd.DataFrame:
        """All submissions with status, counts and times; the newest of a unit last (see ``results.verdicts``)."""
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.verdicts(connection, lembaga, periode)

    def receipts(self, lembaga: str, periode: str) -> pd.DataFrame:
        """kode_satker, received_at, first_ok_at, last_changed_at of each unit that reported."""
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.receipts(connection, lembaga, periode)

    def findings(self, lembaga: str, periode: str) -> pd.DataFrame:
        """All findings of all versions, with ``kode_satker`` and whether the submission is in force."""
        return self._fates(lembaga, periode, "temuan")

    def quarantine(self, lembaga: str, periode: str) -> pd.DataFrame:
        """All quarantined rows of all versions; ``id_pengganti`` names the correction that releases a row."""
        return self._fates(lembaga, periode, "karantina")

    def duplicates(self, lembaga: str, periode: str) -> pd.DataFrame:
        """All duplicate rows of all versions, each with the row it repeats (``baris_asal``)."""
        return self._fates(lembaga, periode, "kembar")

    def _fates(self, lembaga: str, period: str, name: str) -> pd.DataFrame:
        from humas.warehouse import results

        with reading(self.engine) as connection:
            return results.fates(connection, lembaga, period, name)

    def altered_rows(self, lembaga: str, periode: str) -> list[tuple[str, str]]:
        """Submissions (id, unit) whose verdict or rows are no longer those that were stored; in code order."""
        with reading(self.engine) as connection:
            return seals.altered(connection, lembaga, periode)

    def reopen_altered(self, lembaga: str, periode: str) -> list[tuple[str, str]]:
        """Let the next validation write the submissions of ``altered_rows`` again; returns them."""
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            altered = seals.altered(connection, lembaga, periode)
            seals.reopen(connection, [submission for submission, _ in altered])
            return altered

    # --- runs and conservation ---

    def start_run(self, run_id: str, lembaga: str, periode: str, now: datetime) -> None:
        """Note that a run began."""
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            runs.start(connection, run_id, lembaga, periode, now)

    def finish_run(self, run_id: str, lembaga: str, periode: str, now: datetime) -> Neraca:
        """Prove that no row was lost and store the balance with the run, also when the proof fails.

        Raises:
            SistemError: ``neraca_tidak_cocok``.
        """
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            balance = runs.finish(connection, run_id, lembaga, periode, now)
        runs.require_balance(balance, periode)
        return balance

    def conservation(self, lembaga: str, periode: str) -> Neraca:
        """The balance of the period as it stands; ``selisih`` names what does not balance."""
        with reading(self.engine) as connection:
            return runs.weigh(connection, lembaga, periode)

    def neraca(self, run_id: str, lembaga: str, periode: str) -> dict[str, Any]:
        """The balance stored with a run, as a plain mapping; empty when there is none."""
        with reading(self.engine) as connection:
            return runs.neraca_of(connection, run_id, lembaga, periode)

    # --- figures and editions ---

    def store_figures(self, lembaga: str, periode: str, frame: pd.DataFrame) -> int:
        """Make the stored figures equal to ``frame``; returns how many rows changed."""
        from humas.warehouse import figures

        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            return figures.store(connection, lembaga, periode, frame)

    def figures(self, lembaga: str, periode: str) -> pd.DataFrame:
        """Stored figures: lingkup, kode, ukuran, rincian, nilai, pembilang, penyebut; sorted."""
        from humas.warehouse import figures

        with reading(self.engine) as connection:
            return figures.load(connection, lembaga, periode)

    def altered_figures(self, lembaga: str, periode: str) -> bool:
        """Whether the stored figures are no longer those that ``store_figures`` wrote."""
        from humas.warehouse import figures

        with reading(self.engine) as connection:
            return figures.altered(connection, lembaga, periode)

    def editions(self, lembaga: str, periode: str, lingkup: str | None = None, kode: str | None = None) -> list[Edisi]:
        """Editions of a period, of one level of it, or of one report; by level, code, number."""
        with reading(self.engine) as connection:
            return editions.load(connection, lembaga, periode, lingkup, kode)

    def edition_marks(self, lembaga: str, periode: str) -> list[TandaEdisi]:
        """Number, digest and status of every edition of a period, without its data; by level, code, number."""
        with reading(self.engine) as connection:
            return editions.marks(connection, lembaga, periode)

    def draft_editions(
        self, lembaga: str, periode: str, laporan: Sequence[DrafEdisi], now: datetime
    ) -> list[Edisi | None]:
        """A draft for each report whose data changed since it was published, None for each unchanged one."""
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            return editions.draft(connection, lembaga, periode, laporan, now)

    def draft_edition(
        self,
        lembaga: str,
        periode: str,
        lingkup: str,
        kode: str,
        sidik: str,
        kanonik: Mapping[str, Any],
        perubahan: list[Any],
        now: datetime,
    ) -> Edisi | None:
        """One report's draft of its next edition; None when its data are what was published last."""
        (edition,) = self.draft_editions(lembaga, periode, [DrafEdisi(lingkup, kode, sidik, kanonik, perubahan)], now)
        return edition

    def record_prints(self, lembaga: str, periode: str, prints: Sequence[Print]) -> None:
        """Note of drafts what was printed for them, chained to the edition before.

        Raises:
            SistemError: there is no such draft.
        """
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            editions.record_prints(connection, lembaga, periode, prints)

    def edition_records(self, lembaga: str, periode: str, status: str = "terbit") -> list[EditionRecord]:
        """The records of the published editions (or of the drafts: ``draf``), without their data."""
        with reading(self.engine) as connection:
            return editions.records(connection, lembaga, periode, status)

    def published_periods(self) -> list[tuple[str, str]]:
        """Bodies and periods of which anything was published."""
        with reading(self.engine) as connection:
            return editions.periods(connection)

    def restore_records(self, lembaga: str, periode: str, rusak: Sequence[EditionRecord], now: datetime) -> None:
        """Make published editions say again what these records say, whatever the warehouse says by now."""
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            for record in rusak:
                editions.restore(connection, record, now)

    def restore_data(self, record: EditionRecord, kanonik: Mapping[str, Any], pelengkap: Mapping[str, Any]) -> None:
        """Make a published edition hold again the data that its record is about."""
        with writing(self.engine, f"{record.lembaga}|{record.periode}") as connection:
            editions.restore_data(connection, record, dict(kanonik), dict(pelengkap))

    def publish_editions(
        self, lembaga: str, periode: str, terbitan: Sequence[tuple[str, str, int]], now: datetime
    ) -> None:
        """Mark editions (level, code, number) as published.

        Raises:
            SistemError: there is no such edition.
        """
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            editions.publish(connection, lembaga, periode, terbitan, now)

    def manifests(self, lembaga: str, periode: str) -> frozenset[str]:
        """SHA-256 of the manifests that may be what readers see: of the release in force, and of a draft."""
        with reading(self.engine) as connection:
            return seals.load(connection, lembaga, periode, "manifes")

    def note_manifests(self, lembaga: str, periode: str, sidik: Collection[str]) -> None:
        """Note these manifests, and no others."""
        with writing(self.engine, f"{lembaga}|{periode}") as connection:
            seals.store(connection, lembaga, periode, "manifes", sidik)
