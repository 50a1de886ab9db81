"""The publishing half of a quarter, and of a year: compose → print_reports → build_site → publish → announce.

Between the steps the reports lie in an assembly folder (``rakitan/``), so that each step may run in a
process of its own and be run again: ``laporan.jsonl`` holds every report of the period, ``laporan/`` the
files printed for new editions, each with the note of who printed it. Nothing published shares a file with it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.bodies import deadline_rule
from humas.chain.links import head_of
from humas.errors import OperatorError, ReportFault
from humas.installation.summary import ComposeSummary, PrintSummary, PublishSummary, SiteSummary, Withheld
from humas.installation.turns import in_turn
from humas.periods import jakarta_day, parse_period, quarter_of
from humas.pipeline import integrity
from humas.pipeline.annual import basis_of, composed_year, missing_quarters, year_of
from humas.pipeline.withheld import (
    COMPOSING,
    PRINTING,
    SHOWING,
    forget_unprinted,
    in_force,
    key_of,
    note_unprinted,
    unprinted,
    withhold,
)
from humas.registry import Cycle
from humas.warehouse import Print

if TYPE_CHECKING:
    import pandas as pd

    from humas.chain.links import EditionRecord
    from humas.errors import ProgramFault
    from humas.fence import Fault
    from humas.installation.context import Context
    from humas.publish.build import Archive
    from humas.publish.release import Stage
    from humas.report.model import Report
    from humas.warehouse import Edition, EditionDraft, EditionMark

log = logging.getLogger(__name__)
OnPrinted = Callable[[int, int], None]
TREND_QUARTERS = 5
ASSEMBLED, PRINTED, AGAIN, DRAFT = "laporan.jsonl", "laporan", "ulang", "draf.json"
WITHHELD = b"tertahan: "


def assembly(context: Context, cycle: Cycle) -> Path:
    """Folder where the reports of a body and period are put together."""
    return context.settings.home / "rakitan" / cycle.lembaga / cycle.period


@in_turn
def compose(context: Context, cycle: Cycle) -> ComposeSummary:
    """Compose every report from the warehouse, and draft an edition of those whose data changed.

    All reports, each with the edition it has or will have, go to the assembly folder. A unit that sent
    nothing has a page but no edition. One that our program cannot compose is withheld, and all others go on.

    Raises:
        ProgramFault: the program fails on whatever it is given.
    """
    site = integrity.shown(context, cycle)
    _note_published(context, cycle, site.trusted or {"laporan": {}})
    basis = basis_of(context, cycle)
    for one in basis:
        integrity.require_figures(context, one)
    found = integrity.mend_records(context, cycle, site)
    withheld: list[Withheld] = []
    reports = list(_composed(context, cycle, withheld))
    history, others = integrity.mend_data(
        context, context.warehouse.editions(cycle), {report.kunci: report for report in reports if report.dicetak}
    )
    found += [*others, *(row for one in basis for row in integrity.altered_rows(context, one))]
    found += integrity.altered_history(context, cycle.lembaga, _compared_with(cycle))
    published = {_key_of(report): report for report in history if report.status == "terbit"}
    printed = [report for report in reports if report.dicetak]
    drafts = context.warehouse.draft_editions(
        cycle, [_draft(report, published.get(report.kunci)) for report in printed], context.settings.now()
    )
    new = {_key_of(edition): edition for edition in drafts if edition}
    numbers = {**published, **new}
    newly_arrived = _with_new_files(context, cycle, [report for report in reports if report.withheld], published)
    numbered = [
        _numbered(report, numbers.get(report.kunci), _causes(report, numbers, history, newly_arrived))
        for report in reports
    ]
    _write_assembly(assembly(context, cycle), numbered, withheld)
    changed = tuple(f"{scope}:{code}" for scope, code in new)
    return ComposeSummary(changed, len(printed) - len(new), integrity.tell(found), tuple(withheld))


def _key_of(edition: Edition) -> tuple[str, str]:
    return edition.lingkup, edition.kode


def _composed(context: Context, cycle: Cycle, withheld: list[Withheld]) -> Iterable[Report]:
    """Every report; those that our program fails on bare, and told of in ``withheld``."""
    from humas.contract.columns import DATASETS
    from humas.report.compose import compose_reports

    if (year := year_of(cycle)) is not None:
        return composed_year(context, cycle, year, withheld)

    def on_fault(bare: Report, fault: ProgramFault) -> None:
        withheld.append(withhold(context, cycle, key_of(bare), bare.kepala.nama, COMPOSING, fault))

    warehouse = context.warehouse
    return compose_reports(
        warehouse.figures(cycle),
        {dataset.name: warehouse.facts(cycle, dataset.name) for dataset in DATASETS},
        warehouse.verdicts(cycle),
        warehouse.findings(cycle),
        warehouse.quarantine(cycle),
        warehouse.ledger_changes(cycle),
        warehouse.obligations(cycle),
        warehouse.last_attempts(cycle),
        context.register,
        cycle,
        _history(context, cycle),
        calendar=context.calendar,
        today=context.reference_day(cycle),
        due_decreed=deadline_rule(context.settings, cycle.lembaga, quarter_of(cycle.period).end).decreed,
        on_fault=on_fault,
    )


def _history(context: Context, cycle: Cycle) -> dict[str, pd.DataFrame]:
    """Figures of the four quarters before, oldest first; quarters that were never rolled up are left out."""
    figures = {
        quarter: context.warehouse.figures(Cycle(cycle.lembaga, quarter))
        for quarter in reversed(_quarters_before(cycle.period))
    }
    return {quarter: frame for quarter, frame in figures.items() if len(frame)}


def _compared_with(cycle: Cycle) -> list[str]:
    """The quarters whose figures stand in the reports beside those they are about."""
    year = year_of(cycle)
    return _quarters_before(cycle.period) if year is None else [quarter.key for quarter in year.previous().triwulan]


def _quarters_before(period: str) -> list[str]:
    """The quarters that a report compares its own with, newest first."""
    keys, quarter = [], parse_period(period)
    for _ in range(TREND_QUARTERS - 1):
        quarter = quarter.previous()
        keys.append(quarter.key)
    return keys


def _draft(report: Report, published: Edition | None) -> EditionDraft:
    """What a new edition would hold; of a report whose data are those published there is nothing to hold."""
    from humas.report.model import compare_figures
    from humas.warehouse import EditionDraft

    if published and published.sidik_data == report.sidik:
        return EditionDraft(*report.kunci, report.sidik, {}, [])
    old = published.kanonik if published else {}
    changes = [asdict(change) for change in compare_figures(old, report)] if old else []
    return EditionDraft(*report.kunci, report.sidik, json.loads(report.canonical()), changes)


def _numbered(report: Report, edition: Edition | None, causes: tuple[str, ...]) -> Report:
    """The report as its edition. What stands beside the data of a published one is what was printed then."""
    from humas.report.model import Change

    if edition is None or report.withheld:
        return report
    beside: dict[str, Any] = {"ralat": edition.perubahan, "penyebab": causes}
    beside["terbit"] = jakarta_day(edition.dibuat_pada).isoformat()
    beside |= edition.pelengkap if edition.status == "terbit" else {}
    changes = tuple(Change(**change) for change in beside["ralat"])
    return report.as_edition(edition.edisi, date.fromisoformat(beside["terbit"]), changes, tuple(beside["penyebab"]))


def _with_new_files(
    context: Context, cycle: Cycle, reports: Iterable[Report], shown: Mapping[tuple[str, str], Edition]
) -> set[str]:
    """Units whose report cannot be composed, and whose files in force are not those of their published edition."""
    codes = {unit.kepala.kode for unit in reports if unit.kepala.lingkup == "satker"}
    if not codes:
        return set()
    verdicts = context.warehouse.verdicts(cycle)
    ruling = verdicts[verdicts["berlaku"] & verdicts["kode_satker"].isin(codes)]
    now = {str(unit): set(own["sidik"]) for unit, own in ruling.groupby("kode_satker")}
    before = {unit: shown[key].kanonik.get("sumber", ()) for unit in codes if (key := ("satker", unit)) in shown}
    return {
        unit
        for unit, digests in now.items()
        if digests != {source["sidik"] for source in before.get(unit, ()) if source["berlaku"]}
    }


def _causes(
    report: Report,
    editions: Mapping[tuple[str, str], Edition],
    history: Iterable[Edition],
    newly_arrived: Container[str],
) -> tuple[str, ...]:
    """Names of the units because of which a province or the nation has its present edition, first editions included.

    newly_arrived: units that have no edition of what they sent, because our program failed on it.
    """
    present = editions.get(report.kunci)
    if present is None or present.edisi == 1 or report.kepala.lingkup == "satker":
        return ()
    earlier = next(
        (edition for edition in history if _key_of(edition) == report.kunci and edition.edisi == present.edisi - 1),
        None,
    )
    if earlier is None:
        return ()
    before = {standing["kode"]: standing for standing in _standings_in(earlier.kanonik)}
    return tuple(
        now["nama"]
        for now in _standings_in(json.loads(report.canonical()))
        if _moved(before.get(now["kode"], {}), now)
        or now["kode"] in newly_arrived
        or _came_with(editions.get(("satker", now["kode"])), earlier, present)
    )


def _standings_in(canonical: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The units that a province's or the nation's edition tells of, each with its standing; of a year by quarter."""
    if table := canonical.get("kedudukan"):
        return [dict(zip(table["kolom"], row, strict=True)) for row in table["baris"]]
    return list(canonical.get("satker", ()))


def _moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a unit's standing differs in what both editions say of it."""
    return any(now[name] != before[name] for name in now.keys() & before.keys())


def _came_with(unit: Edition | None, earlier: Edition, present: Edition) -> bool:
    """Whether a unit's edition was made after the level's earlier one, or corrected at the very time of this one."""
    if unit is None:
        return False
    return unit.dibuat_pada > earlier.dibuat_pada or (unit.edisi > 1 and unit.dibuat_pada == present.dibuat_pada)


def _write_assembly(folder: Path, reports: Iterable[Report], withheld: Sequence[Withheld]) -> None:
    """Replace the assembled reports at once, what could not be composed as the last line; killed here, the old ones stay."""
    from humas.publish.release import write_whole

    line = WITHHELD + json.dumps([asdict(one) for one in withheld], ensure_ascii=False).encode() + b"\n"
    write_whole(folder / ASSEMBLED, b"".join([*(report.to_json() + b"\n" for report in reports), line]))


def _uncomposed(folder: Path) -> list[Withheld]:
    """What could not be composed of the assembled reports."""
    with (folder / ASSEMBLED).open("rb") as file:
        return [
            Withheld(**report)
            for line in file
            if line.startswith(WITHHELD)
            for report in json.loads(line.removeprefix(WITHHELD))
        ]


def _assembled(folder: Path) -> Iterator[bytes]:
    """The assembled reports as JSON, one each.

    Raises:
        OperatorError: nothing was composed yet.
    """
    try:
        with (folder / ASSEMBLED).open("rb") as file:
            yield from (line for line in file if not line.startswith(WITHHELD))
    except FileNotFoundError as error:
        raise OperatorError(
            "belum_disusun", "Laporan periode ini belum disusun.", "jalankan tugas Susun, lalu ulangi."
        ) from error


def print_reports(
    context: Context,
    cycle: Cycle,
    reports: Sequence[str],
    processes: int = 0,
    on_printed: OnPrinted | None = None,
) -> PrintSummary:
    """Print the named reports (``lingkup:kode``) as PDF and XLSX into the assembly folder.

    processes: worker processes, 0 for none; each writes both files of a report. on_printed: called with (done, of how many). A report
    that our program cannot print is withheld, and all others are printed.

    Raises:
        OperatorError: the disk refuses. ProgramFault: the program fails on whatever it is given.
    """
    from humas.publish.pdf import print_batch
    from humas.publish.workbook import write_workbook
    from humas.report.model import load_report

    folder = assembly(context, cycle)
    target = folder / PRINTED
    target.mkdir(parents=True, exist_ok=True)
    withheld: list[Withheld] = []

    def on_fault(text: bytes, fault: ProgramFault) -> None:
        one = load_report(text)
        withheld.append(withhold(context, cycle, key_of(one), one.kepala.nama, PRINTING, fault))
        note_unprinted(one, target, withheld[-1])

    prints = print_batch(_chosen(folder, set(reports)), target, processes, on_printed, write_workbook, on_fault)
    forget_unprinted(target, [one.id for one in prints])
    without_standard = tuple(one.id for one in prints if not one.standards)
    return PrintSummary(len(prints), len(prints), without_standard, tuple(withheld))


def _chosen(folder: Path, keys: set[str]) -> list[bytes]:
    """The assembled reports named by ``lingkup:kode``."""
    chosen = []
    for text in _assembled(folder):
        header = json.loads(text)["kepala"]
        if f"{header['lingkup']}:{header['kode']}" in keys:
            chosen.append(text)
    return chosen


@in_turn
def build_site(context: Context, cycle: Cycle) -> SiteSummary:
    """Build a draft of the site beside the published one: pages that changed, printed files, manifest.

    What was printed of new editions is recorded now, from the notes of who printed it; files of earlier ones are
    compared with their records. While it is being built there is nothing to publish: a builder that is killed leaves
    no half draft to switch to.

    A page that our program cannot make stays as it was published, and with it the edition that it was to show; then the
    draft is built once more without it.

    Raises:
        OperatorError: a new edition was not printed. ProgramFault: the program fails on whatever it is given.
    """
    from humas.report.model import load_report

    folder = assembly(context, cycle)
    (folder / DRAFT).unlink(missing_ok=True)
    reports = [load_report(text) for text in _assembled(folder)]
    draft = _Draft(context, cycle, reports, [*_uncomposed(folder), *unprinted(reports, folder / PRINTED)])
    while draft.failed():
        pass
    return draft.finish()


class _Draft:
    """A draft in the making: built again without what our program fails on, until it fails on nothing more."""

    def __init__(self, context: Context, cycle: Cycle, reports: Sequence[Report], withheld: Iterable[Withheld]) -> None:
        self._context, self._cycle = context, cycle
        self._everything = reports
        self._withheld = {one.report: one for one in withheld}
        self._pages: set[str] = set()
        self._site = integrity.shown(context, cycle)

    def failed(self) -> bool:
        """Build it; whether there was something that our program failed on, which is left out the next time."""
        from humas.publish.build import Unmade, build_draft, gather, gather_year
        from humas.publish.release import stage
        from humas.publish.site import page_of

        context, cycle = self._context, self._cycle
        reports = in_force(context, cycle, self._everything, self._withheld.keys())
        self._refuse_emptiness(reports)
        withheld = [report for report in reports if key_of(report) in self._withheld]
        sort = gather if year_of(cycle) is None else gather_year
        material = sort(reports, frozenset(report.kunci for report in withheld))
        self._archive = _archive(context, cycle, reports)
        self._stage = stage(context.settings.published, cycle, _draft_name(reports))
        old = frozenset(page_of(*report.kunci) for report in withheld if not report.withheld)
        unmade = Unmade(old, frozenset(self._pages))
        self._result = build_draft(self._stage, material, self._archive, self._site.trusted, unmade)
        for fault in self._result.faults:
            self._withhold(fault)
        return bool(self._result.faults)

    def _withhold(self, fault: Fault[str]) -> None:
        """Leave out the new edition that a page was to show; where there is none, the page alone.

        Raises:
            ProgramFault: not even that can be said in the page's place.
        """
        from humas.publish.site import page_of

        if fault.item in self._pages:
            raise fault.error
        report = next((one for one in self._everything if page_of(*one.kunci) == fault.item), None)
        key = key_of(report) if report else f"halaman:{fault.item}"
        new = report and not self._archive.new.isdisjoint(f"laporan/{report.id}.{kind}" for kind in ("pdf", "xlsx"))
        if not new:
            self._pages.add(fault.item)
        name = report.kepala.nama if report else fault.item
        self._withheld[key] = withhold(self._context, self._cycle, key, name, SHOWING, fault.error)

    def _refuse_emptiness(self, reports: Sequence[Report]) -> None:
        """Nothing is published of a period when our program fails on all there is of it."""
        if self._withheld and not any(report.dicetak for report in reports):
            raise ReportFault("Seluruh terbitan", "semua laporan gagal")

    def finish(self) -> SiteSummary:
        """Note the draft for who publishes it."""
        from humas.publish.manifest import check_release, manifest_digest
        from humas.publish.release import write_whole

        context, cycle, draft, result = self._context, self._cycle, self._stage, self._result
        known = {manifest_digest(draft.tautan)} if self._site.authentic else set()
        context.warehouse.note_manifests(cycle, known | {manifest_digest(draft.folder)})
        withheld = tuple(self._withheld[key] for key in sorted(self._withheld))
        content = {
            **asdict(draft),
            "terbitan": str(draft.terbitan),
            "selisih": check_release(draft.folder),
            "withheld": [asdict(one) for one in withheld],
        }
        write_whole(assembly(context, cycle) / DRAFT, json.dumps(content).encode())
        alterations = integrity.tell([*self._site.alterations, *result.alterations])
        return SiteSummary(result.count, result.changed, alterations, withheld)


def withheld_reports(context: Context, cycle: Cycle) -> tuple[Withheld, ...]:
    """The reports that the draft built last does not bring up to date, because our program failed on them."""
    content = _noted_draft(assembly(context, cycle))
    return tuple(Withheld(**report) for report in content["withheld"])


def _archive(context: Context, cycle: Cycle, reports: Sequence[Report]) -> Archive:
    """The records of all editions, those of new ones made from the notes of their printing."""
    from humas.publish.build import Archive
    from humas.publish.record import read_note

    folder = assembly(context, cycle) / PRINTED
    drafts = {
        (mark.lingkup, mark.kode, mark.edisi)
        for mark in context.warehouse.edition_marks(cycle)
        if mark.status == "draf"
    }
    new = [report for report in reports if report.dicetak and (*report.kunci, report.edisi) in drafts]
    notes = [(one, read_note(one, folder)) for one in new]
    prints = [Print(*one.kunci, one.edisi, note.printer, note.supplement, note.files) for one, note in notes]
    context.warehouse.record_prints(cycle, prints)
    keys = {(*one.kunci, one.edisi) for one in new}
    new_records = [
        record for record in context.warehouse.edition_records(cycle, "draf") if (*record.key, record.number) in keys
    ]
    return Archive(
        (*context.warehouse.edition_records(cycle), *new_records),
        frozenset(name for record in new_records for name in record.files),
        folder,
        partial(_print_again, context, cycle),
    )


def _print_again(context: Context, cycle: Cycle, records: Sequence[EditionRecord]) -> Path:
    """Print editions from their stored model into a folder of their own; those that cannot be are left out."""
    from humas.report.model import restore_report

    folder = assembly(context, cycle) / AGAIN
    shutil.rmtree(folder, ignore_errors=True)
    asked = {(*record.key, record.number) for record in records}
    models = []
    for edition in context.warehouse.editions(cycle):
        if (edition.lingkup, edition.kode, edition.edisi) not in asked or not edition.has_data:
            continue
        try:
            models.append(restore_report(edition.kanonik, edition.edisi, edition.pelengkap).to_json())
        except ValueError as error:
            log.warning(
                "%s %s edition %d cannot be printed again: %s", edition.lingkup, edition.kode, edition.edisi, error
            )
    _print_models(models, folder, context.settings.print_processes)
    return folder


def _print_models(models: Sequence[bytes], folder: Path, processes: int) -> None:
    """Print what can be printed; one that cannot holds up no other."""
    from humas.publish.pdf import print_batch
    from humas.publish.workbook import write_workbook

    def on_fault(_: bytes, fault: ProgramFault) -> None:
        log.warning("printing again failed: %s", fault)

    try:
        print_batch(models, folder, processes, beside=write_workbook, on_fault=on_fault)
    except OperatorError as error:
        log.warning("printing again failed: %s", error)


def _draft_name(reports: Iterable[Report]) -> str:
    """A draft is named by what it publishes, so that a task run again builds the same draft."""
    digest = hashlib.sha256()
    for report in reports:
        digest.update(f"{report.id}|{report.sidik}\n".encode())
    return digest.hexdigest()[:12]


@in_turn
def publish(context: Context, cycle: Cycle) -> PublishSummary:
    """Switch readers to the draft and mark its new editions as published.

    The switch comes first: killed between the two, the next run marks them.

    Raises:
        OperatorError: no draft was built, the figures changed since it was, or somebody changed its files.
    """
    from humas.publish.build import publish_draft
    from humas.publish.manifest import manifest_digest, read_manifest

    draft, differences = _built(assembly(context, cycle))
    if draft.folder.is_dir():
        _refuse_altered(draft, differences, context.warehouse.manifests(cycle))
    manifest = read_manifest(draft.folder) or integrity.shown(context, cycle).trusted or {"laporan": {}}
    _refuse_outdated(manifest, context.warehouse.edition_marks(cycle))
    link = publish_draft(draft)
    published = _note_published(context, cycle, manifest)
    context.warehouse.note_manifests(cycle, {manifest_digest(link)})
    chain = head_of(context.warehouse.edition_records(cycle))
    log.info("Kepala rantai %s %s: %s", cycle.lembaga, cycle.period, chain)
    return PublishSummary(published, str(link), chain)


def _built(folder: Path) -> tuple[Stage, list[str]]:
    """The draft that was built last, and what was amiss with its files then.

    Raises:
        OperatorError: none was, or its builder did not end.
    """
    from humas.publish.release import Stage

    content = _noted_draft(folder)
    names = {field.name for field in fields(Stage)}
    paths = {key: value for key, value in content.items() if key in names}
    return Stage(**{**paths, "terbitan": Path(content["terbitan"])}), content["selisih"]


def _noted_draft(folder: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((folder / DRAFT).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise OperatorError(
            "situs_belum_disusun", "Situs periode ini belum selesai disusun.", "jalankan tugas Situs, lalu ulangi."
        ) from error
    return {"withheld": [], **content}


def _refuse_altered(draft: Stage, differences: Sequence[str], known: Container[str]) -> None:
    """Refuse a draft that is not, file by file, as it was built."""
    from humas.publish.manifest import check_release, manifest_digest

    now = check_release(draft.folder)
    if manifest_digest(draft.folder) not in known or now != differences:
        example = next((line for line in now if line not in differences), "manifesnya lain.")
        raise OperatorError(
            "draf_diubah",
            f"Draf situs diubah sesudah disusun: {example}",
            "cari siapa atau apa yang mengubahnya, bangun situs sekali lagi, lalu terbitkan.",
        )


def _refuse_outdated(manifest: Mapping[str, Any], marks: Iterable[EditionMark]) -> None:
    """Refuse a draft with an edition whose data the warehouse does not hold: a number stands for the same data for ever."""
    known = {(f"{mark.lingkup}/{mark.kode}", mark.edisi): mark.sidik_data for mark in marks}
    outdated = [
        entry["id"]
        for key, entry in manifest["laporan"].items()
        if entry["edisi"] and known.get((key, entry["edisi"])) != entry["sidik"]
    ]
    if outdated:
        raise OperatorError(
            "draf_usang",
            f"Angka {len(outdated)} laporan berubah sesudah situs disusun, misalnya {outdated[0]}.",
            "susun, cetak, dan bangun situs sekali lagi, lalu terbitkan.",
        )


def _note_published(context: Context, cycle: Cycle, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Mark the drafts that readers see as published; ids of their reports."""
    matching = unpublished(context, cycle, manifest)
    published = [(mark.lingkup, mark.kode, mark.edisi) for mark, _ in matching]
    if published:
        context.warehouse.publish_editions(cycle, published, context.settings.now())
    return tuple(entry["id"] for _, entry in matching)


def unpublished(
    context: Context, cycle: Cycle, manifest: Mapping[str, Any]
) -> list[tuple[EditionMark, Mapping[str, Any]]]:
    """The editions that a manifest shows and that are not marked as published, each with its entry."""
    drafts = [mark for mark in context.warehouse.edition_marks(cycle) if mark.status == "draf"]
    shown = [(mark, manifest["laporan"].get(f"{mark.lingkup}/{mark.kode}", {})) for mark in drafts]
    return [
        (mark, entry)
        for mark, entry in shown
        if (entry.get("edisi"), entry.get("sidik")) == (mark.edisi, mark.sidik_data)
    ]


def built_draft(context: Context, cycle: Cycle) -> Stage:
    """The draft that was built last.

    Raises:
        OperatorError: none was, or its builder did not end.
    """
    return _built(assembly(context, cycle))[0]


def announce(context: Context, cycle: Cycle) -> str:
    """One line for the log of the operators: what was published, where, and which quarters of a year it lacks."""
    from humas.publish.release import current
    from humas.registry import Lembaga

    if not current(context.settings.published, cycle):
        return f"{Lembaga(cycle.lembaga).label} {parse_period(cycle.period).label}: belum terbit; drafnya menunggu keputusan."
    published = sum(mark.status == "terbit" for mark in context.warehouse.edition_marks(cycle))
    folder = context.settings.published / cycle.lembaga / cycle.period
    label = parse_period(cycle.period).label
    where = f"{Lembaga(cycle.lembaga).label} {label}: {published} edisi terbit. Situs: {folder / 'index.html'}"
    missing = missing_quarters(context, cycle)
    names = ", ".join(quarter.label for quarter in missing)
    return f"{where}. Belum direkap dan tidak dihitung: {names}" if missing else where
