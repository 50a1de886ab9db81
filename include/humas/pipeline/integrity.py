"""Whether what is stored and what is published is what this program stored and published; mended where it can be.

The warehouse holds the record of every edition, the manifest of the release carries the same; a chain ties each
edition to the one before. Here the two are compared before anything new is made of them. Nothing that another hand
changed is published as a new edition without a word: each finding is an :class:`~humas.installation.summary.Alteration`, told in
the log and in the summary of the step.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from humas.chain.links import EditionRecord, broken, digest_of
from humas.errors import Actor, OperatorError
from humas.installation.summary import Alteration
from humas.periods import jakarta_day
from humas.registry import Cycle, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.report.model import Report
    from humas.warehouse import Edition

log = logging.getLogger(__name__)
_LOOK = "cari siapa yang mengubah gudang di luar program"
Place = tuple[str, str, int]


def tell(alterations: Iterable[Alteration]) -> tuple[Alteration, ...]:
    """Write every alteration to the log of the operators; returns them."""
    found = tuple(alterations)
    for one in found:
        log.error("Diubah di luar program: %s %s: %s", one.message, Actor.OPERATOR.label, one.remedy)
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """What readers see of a period. manifest: of the release in force, {} when it cannot be used.

    authentic: it is, byte for byte, one that this program published. alterations: what is wrong with it.
    """

    manifest: Mapping[str, Any] = field(default_factory=dict)
    authentic: bool = False
    alterations: tuple[Alteration, ...] = ()

    @property
    def trusted(self) -> dict[str, Any] | None:
        """The manifest, if it may be believed."""
        return dict(self.manifest) if self.authentic else None


def shown(context: Context, cycle: Cycle) -> Shown:
    """The manifest in force, judged by what the warehouse notes of it."""
    from humas.publish.manifest import manifest_digest, read_manifest

    folder = context.settings.published / cycle.lembaga / cycle.period
    if not folder.is_symlink():
        return Shown()
    manifest, known = read_manifest(folder), context.warehouse.manifests(cycle)
    if manifest is not None and manifest_digest(folder) in known:
        return Shown(manifest, True)
    if not known:
        return Shown(manifest or {})
    what = "rusak atau hilang" if manifest is None else "bukan yang diterbitkan program ini"
    remedy = "cari siapa atau apa yang mengubah folder terbitan; manifes disusun ulang dari catatan gudang."
    name = f"{cycle.lembaga}/{cycle.period}/manifes.json"
    return Shown(manifest or {}, False, (Alteration(name, f"{name} {what}.", remedy, True),))


def mend_records(context: Context, cycle: Cycle, site: Shown) -> list[Alteration]:
    """Compare the records of the warehouse with their chain and with the manifest; what differed.

    A record is written back from the manifest when the manifest is the one that was published, or when the chain
    proves that record to be the one that the warehouse had.
    """
    stored = {_place(record): record for record in context.warehouse.edition_records(cycle)}
    theirs = _records_of(site, cycle)
    wrong = {_place(one) for one in broken(stored.values())}
    if site.authentic:
        wrong |= {place for place, one in theirs.items() if stored.get(place) != one}
    unproven = {_place(one) for one in broken(theirs.values())} if wrong else set()
    good = [
        theirs[place]
        for place in sorted(wrong & theirs.keys())
        if place not in unproven and (site.authentic or _same_link(theirs[place], stored.get(place)))
    ]
    if good:
        context.warehouse.restore_records(cycle, good, context.settings.now())
    now = {_place(record): record for record in context.warehouse.edition_records(cycle)} if wrong else stored
    left = {_place(one) for one in broken(now.values())}
    return [_record_alteration(cycle, place, mended=place in now and place not in left) for place in sorted(wrong)]


def _records_of(site: Shown, cycle: Cycle) -> dict[Place, EditionRecord]:
    from humas.publish.manifest import records_of

    records = records_of(site.manifest) if site.manifest else ()
    return {
        _place(record): record
        for record in records
        if (record.lembaga, record.periode) == (cycle.lembaga, cycle.period)
    }


def _place(record: EditionRecord) -> Place:
    return *record.key, record.number


def _same_link(one: EditionRecord, other: EditionRecord | None) -> bool:
    return other is not None and one.link == other.link


def _record_alteration(cycle: Cycle, place: Place, *, mended: bool) -> Alteration:
    from humas.report.model import report_id

    level, code, number = place
    name = report_id(cycle.lembaga, level, code, cycle.period, number)
    message = f"Catatan edisi {name} di gudang tidak sama dengan rantainya"
    if mended:
        return Alteration(name, f"{message}; dipulihkan dari manifes.", f"{_LOOK}.", True)
    return Alteration(name, f"{message}.", f"{_LOOK}, lalu pulihkan gudang dari cadangan.", False)


def mend_data(
    context: Context, editions: Sequence[Edition], reports: Mapping[tuple[str, str], Report]
) -> tuple[list[Edition], list[Alteration]]:
    """Editions whose stored data are not those of their record: mended where the chain or today's report proves them.

    Returns:
        The editions; what could not be mended is left empty in them: nothing is made of it.
    """
    links = {_place(one.record): one.rantai for one in editions}
    kept, found = [], []
    for edition in editions:
        if edition.status == "terbit" and not (edition.has_data and edition.has_supplement):
            before = links.get((edition.lingkup, edition.kode, edition.edisi - 1), "")
            mended = _mended(context, edition, before, reports.get((edition.lingkup, edition.kode)))
            found.append(_data_alteration(edition, mended=mended.has_data and mended.has_supplement))
            kept.append(_proven_part(mended))
        else:
            kept.append(edition)
    return kept, found


def _mended(context: Context, edition: Edition, before: str, report: Report | None) -> Edition:
    """The edition with its digest, its data and what stands beside them, as far as each can be proved."""
    digest = replace(edition.record, digest=digest_of(edition.kanonik))
    if not edition.has_data and digest.follows(before):
        context.warehouse.restore_records(Cycle(edition.lembaga, edition.periode), [digest], context.settings.now())
        edition = replace(edition, sidik_data=digest.digest)
    if report is None:
        return edition
    candidate = replace(edition, kanonik=json.loads(report.canonical()))
    mended = candidate if not edition.has_data and candidate.has_data else edition
    beside = replace(mended, pelengkap=_beside(edition, report))
    mended = beside if not edition.has_supplement and beside.has_supplement else mended
    if mended != edition:
        context.warehouse.restore_data(edition.record, mended.kanonik, mended.pelengkap)
    return mended


def _beside(edition: Edition, report: Report) -> Mapping[str, Any]:
    """What would stand beside the data of this edition if it were printed today."""
    published = jakarta_day(edition.dibuat_pada).isoformat()
    beside = {**report.supplement(), "terbit": published, "ralat": edition.perubahan}
    return cast("dict[str, Any]", json.loads(json.dumps(beside, sort_keys=True)))


def _proven_part(edition: Edition) -> Edition:
    return replace(
        edition,
        kanonik=edition.kanonik if edition.has_data else {},
        pelengkap=edition.pelengkap if edition.has_supplement else {},
    )


def _data_alteration(edition: Edition, *, mended: bool) -> Alteration:
    from humas.report.model import report_id

    name = report_id(edition.lembaga, edition.lingkup, edition.kode, edition.periode, edition.edisi)
    message = f"Data tersimpan edisi {name} tidak sama dengan catatannya"
    if mended:
        return Alteration(name, f"{message}; dipulihkan.", f"{_LOOK}.", True)
    message += "; berkasnya tidak dapat dicetak ulang" + (
        "" if edition.has_data else ", edisi sesudahnya tanpa tabel ralat"
    )
    return Alteration(name, f"{message}.", f"{_LOOK}, lalu pulihkan gudang dari cadangan.", False)


def mended_rows(context: Context, cycle: Cycle, before: Sequence[tuple[str, str]]) -> list[Alteration]:
    """What became of submissions whose rows had been changed, after they were validated again from their raw bytes."""
    left = set(context.warehouse.altered_rows(cycle)) if before else set()
    return [_row_alteration(context, cycle.lembaga, one, mended=one not in left) for one in before]


def altered_rows(context: Context, cycle: Cycle) -> list[Alteration]:
    """Submissions whose rows are not what validation stored, at this moment."""
    return [_row_alteration(context, cycle.lembaga, row, mended=False) for row in context.warehouse.altered_rows(cycle)]


def _row_alteration(context: Context, lembaga: str, submission: tuple[str, str], *, mended: bool) -> Alteration:
    id_, code = submission
    name = context.register.satker(code).official_name(Lembaga(lembaga))
    message = f"Baris atau hasil periksa kiriman {id_} dari {code} {name} diubah di gudang"
    if mended:
        return Alteration(code, f"{message}; ditulis ulang dari berkas mentahnya.", f"{_LOOK}.", True)
    remedy = (
        f"{_LOOK}, lalu jalankan Validasi lagi; bila berkas mentahnya sudah tidak ada, pulihkan gudang dari cadangan."
    )
    return Alteration(code, f"{message}.", remedy, False)


def overwritten_figures(context: Context, cycle: Cycle) -> list[Alteration]:
    """Figures that another hand changed since they were stored; asked before they are computed again."""
    if not context.warehouse.altered_figures(cycle):
        return []
    message = f"Angka rekap {cycle.lembaga} {cycle.period} diubah di gudang; dihitung ulang dari barisnya."
    return [Alteration(f"{cycle.lembaga} {cycle.period}", message, f"{_LOOK}.", True)]


def altered_history(context: Context, lembaga: str, periods: Iterable[str]) -> list[Alteration]:
    """Earlier quarters whose figures, which this one is compared with, are not what was stored."""
    remedy = f"{_LOOK}, lalu jalankan Rekap triwulan itu sebelum edisi berikut."
    return [
        Alteration(
            f"{lembaga} {period}",
            f"Angka rekap {lembaga} {period}, pembanding triwulan ini, diubah di gudang.",
            remedy,
            False,
        )
        for period in periods
        if context.warehouse.altered_figures(Cycle(lembaga, period))
    ]


def require_figures(context: Context, cycle: Cycle) -> None:
    """Refuse figures that are not those that were rolled up.

    Raises:
        OperatorError: another hand changed them.
    """
    if context.warehouse.altered_figures(cycle):
        raise OperatorError(
            "angka_diubah",
            f"Angka rekap {cycle.lembaga} {cycle.period} diubah di gudang sesudah dihitung; tidak ada yang diterbitkan darinya.",
            f"{_LOOK}, lalu jalankan Rekap lagi: angka dihitung ulang dari baris.",
        )
