"""The truth: what a pipeline must make of every unit, told from how the units were spoiled.

Nothing here reads a document or calls a rule: a row's codes are those of the defect put on it, a count is
that of the plan. That is what makes it a judge of the pipeline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from humas.bodies import DATA_SETS
from humas.simulate.document import first_row
from humas.simulate.model import Conduct, ContentKind, Fate, Plan, Recovery
from humas.simulate.plan import World

ERROR: Mapping[Conduct, str] = {
    Conduct.FALLBACK: "status_5xx",
    Conduct.ERROR_ALWAYS: "status_5xx",
    Conduct.ERROR_FOR_A_WHILE: "status_5xx",
    Conduct.BUSY_ALWAYS: "terlalu_sering",
    Conduct.HANG: "batas_waktu",
    Conduct.DRIP: "batas_waktu",
    Conduct.CUT_SHORT: "terpotong",
    Conduct.LOGIN_PAGE: "halaman_masuk",
    Conduct.WRONG_KIND: "jenis_salah",
    Conduct.GIANT: "terlalu_besar",
    Conduct.GZIP_BOMB: "terlalu_besar",
    Conduct.REDIRECT_LOOP: "terlalu_banyak_alihan",
    Conduct.REDIRECT_OUTSIDE: "di_luar_daftar",
    Conduct.CUT: "tidak_menjawab",
    Conduct.NOT_FOUND: "status_4xx",
}
"""Error code that a failing channel must end in; what is absent here succeeds within one collection."""

REFUSAL_REASONS: Mapping[ContentKind, str] = {
    ContentKind.NO_ROWS: "V48",
    ContentKind.EMPTY_SHEET: "kosong",
    ContentKind.PREVIOUS_TRIWULAN: "K30",
    ContentKind.OTHER_SATKER: "V04",
    ContentKind.DOUBLE_NAME: "V29",
    ContentKind.BROKEN_JSON: "tak_terbaca",
    ContentKind.BROKEN_XLSX: "tak_terbaca",
}
"""Why a whole document is refused: a rule's code, or the reader's error code."""

_UNREADABLE = frozenset({ContentKind.EMPTY_SHEET, ContentKind.BROKEN_JSON, ContentKind.BROKEN_XLSX})


@dataclass(frozen=True, slots=True)
class RowExpectation:
    """A row that is not simply good. baris: its physical number. kode: all rule codes it must get, sorted."""

    himpunan: str
    baris: int
    kode: tuple[str, ...]
    nasib: str
    cacat: str


@dataclass(frozen=True, slots=True)
class ExpectedOutcome:
    """What one collection of a unit must end in.

    status: of the collection (``berhasil``, ``gagal``, ``nonaktif``, ``tanpa_saluran``); kode_galat when it
    failed. saluran: kind of the channel that succeeded. gagal_dulu: error code of an earlier channel.
    kiriman: status of the submission, "" when there is none; alasan: code for which it was refused.
    per_himpunan: (rows in, accepted, quarantined, duplicate) by data set. baris: rows that are not simply good.
    """

    status: str
    kode_galat: str = ""
    saluran: str = ""
    gagal_dulu: str = ""
    kiriman: str = ""
    alasan: str = ""
    masuk: int = 0
    diterima: int = 0
    dikarantina: int = 0
    kembar: int = 0
    per_himpunan: Mapping[str, tuple[int, int, int, int]] | None = None
    baris: tuple[RowExpectation, ...] = ()


@dataclass(frozen=True, slots=True)
class SatkerExpectation:
    """A unit's expected outcomes.

    perangai: how its channel behaves, ``rekap`` of a unit of which only a recap speaks. rekap_dari: who sends that recap.
    pertama: of the first collection. ulang: of a second one with nobody's help (also the corrected version).
    pulih: of one after the operator's sign. dikirim_pada: ISO time, UTC, of the first version.
    """

    kode: str
    perangai: str
    isi: str
    pemulihan: str
    dikirim_pada: str
    ketepatan: str
    pertama: ExpectedOutcome
    ulang: ExpectedOutcome
    pulih: ExpectedOutcome
    rekap_dari: str = ""


def expect_all(world: World) -> dict[str, SatkerExpectation]:
    """The expected outcome of every unit, by code."""
    return {code: expect_unit(world, plan) for code, plan in world.plans.items()}


def expect_unit(world: World, plan: Plan) -> SatkerExpectation:
    """The expected outcomes of one unit."""
    code, province = plan.unit.code, world.spoken_for(plan.unit.code)
    if code in world.without_channel or code in world.broken_channels:
        status = "tanpa_saluran" if code in world.without_channel else "nonaktif"
        first = repeated = recovered = ExpectedOutcome(status)
    elif province:
        first = repeated = recovered = replace(_expect_document(plan, plan.channels[0], 1), saluran="rekap")
    else:
        failure = ERROR.get(plan.conduct, "")
        version = 2 if plan.content is ContentKind.CORRECTION else 1
        good = _expect_document(plan, plan.channels[0], version)
        first = _expect_failure(plan, failure) if failure else _expect_document(plan, plan.channels[0], 1)
        repeated = good if not failure or plan.recovery is Recovery.BY_ITSELF else first
        recovered = good if not failure or plan.recovery is not Recovery.NEVER else first
    return SatkerExpectation(
        code,
        "rekap" if province else plan.conduct.value,
        plan.content.value,
        plan.recovery.value,
        plan.sent_at.isoformat(),
        plan.punctuality if recovered.status == "berhasil" else "belum_lapor",
        first,
        repeated,
        recovered,
        province,
    )


def _expect_failure(plan: Plan, error: str) -> ExpectedOutcome:
    """All channels fail, unless a second one stands in."""
    if plan.conduct is Conduct.FALLBACK:
        return _expect_document(plan, plan.channels[1], 1, earlier_failure=error)
    return ExpectedOutcome("gagal", error)


def _expect_document(plan: Plan, form: str, version: int, earlier_failure: str = "") -> ExpectedOutcome:
    """The verdict on a document that arrived."""
    rows = _expect_rows(plan, form) if version == 1 else ()
    reason = REFUSAL_REASONS.get(plan.content, "")
    counts = {name: _count(plan, name, rows, refused=bool(reason)) for name in DATA_SETS}
    total, accepted, quarantined, duplicates = (sum(count[n] for count in counts.values()) for n in range(4))
    return ExpectedOutcome(
        "berhasil",
        saluran="api" if form == "json" else "berkas",
        gagal_dulu=earlier_failure,
        kiriman=_verdict(plan, rows, reason),
        alasan=reason,
        masuk=total,
        diterima=accepted,
        dikarantina=quarantined,
        kembar=duplicates,
        per_himpunan=counts,
        baris=rows,
    )


def _expect_rows(plan: Plan, form: str) -> tuple[RowExpectation, ...]:
    start = first_row(form, plan.styling)
    rows = (
        RowExpectation(
            placement.defect.dataset,
            start + placement.index,
            placement.defect.codes,
            placement.defect.fate.value,
            placement.defect.name,
        )
        for placement in plan.placements
    )
    return tuple(sorted(rows, key=lambda row: (row.himpunan, row.baris)))


def _count(plan: Plan, dataset: str, rows: tuple[RowExpectation, ...], *, refused: bool) -> tuple[int, int, int, int]:
    if plan.content in _UNREADABLE:
        return 0, 0, 0, 0
    added = (
        sum(placement.defect.added for placement in plan.placements if placement.defect.dataset == dataset)
        if rows
        else 0
    )
    total = plan.rows[dataset] + added
    if refused:
        return total, 0, total, 0
    fates = [row.nasib for row in rows if row.himpunan == dataset]
    quarantined, duplicates = fates.count(Fate.QUARANTINE.value), fates.count(Fate.DUPLICATE.value)
    return total, total - quarantined - duplicates, quarantined, duplicates


def _verdict(plan: Plan, rows: tuple[RowExpectation, ...], reason: str) -> str:
    if reason:
        return "ditolak"
    if plan.content is ContentKind.NIHIL:
        return "nihil"
    if any(row.nasib == Fate.QUARANTINE for row in rows):
        return "diterima_sebagian"
    remarks = any(row.nasib == Fate.ACCEPTED and set(row.kode) - INFO_ONLY for row in rows)
    return "diterima_dengan_catatan" if remarks else "diterima"


INFO_ONLY = frozenset({"K11", "K17", "K21", "K22", "K72", "K78", "K91", "K92"})
"""Rules of weight INFO: they do not make a submission one with remarks."""


def to_json(world: World) -> dict[str, object]:
    """The truth as written to disk: what was asked for, totals, and every unit."""
    units = expect_all(world)
    return {
        "benih": world.season.seed,
        "lembaga": world.season.lembaga,
        "periode": world.season.triwulan.key,
        "faktor": world.factor,
        "jumlah": {
            stage: _totals([getattr(expected, stage) for expected in units.values()])
            for stage in ("pertama", "ulang", "pulih")
        },
        "satker": {code: asdict(expected) for code, expected in units.items()},
    }


def _totals(outcomes: list[ExpectedOutcome]) -> dict[str, object]:
    """How many units end in what, and the rows."""
    status = [outcome.status for outcome in outcomes]
    submissions = [outcome.kiriman for outcome in outcomes if outcome.kiriman]
    return {
        "status": {name: status.count(name) for name in sorted(set(status))},
        "kiriman": {name: submissions.count(name) for name in sorted(set(submissions))},
        "baris": {
            name: sum(getattr(outcome, name) for outcome in outcomes)
            for name in ("masuk", "diterima", "dikarantina", "kembar")
        },
    }
