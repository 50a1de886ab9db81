"""The truth: what a pipeline must make of every unit, told from how the units were spoiled.

Nothing here reads a document or calls a rule: a row's codes are those of the defect put on it, a count is
that of the plan. That is what makes it a judge of the pipeline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from humas.simulate.document import first_row
from humas.simulate.model import JenisIsi, Nasib, Pemulihan, Perangai, Rencana
from humas.simulate.plan import HIMPUNAN, Dunia

GALAT: Mapping[Perangai, str] = {
    Perangai.CADANGAN: "status_5xx",
    Perangai.GALAT_SELALU: "status_5xx",
    Perangai.GALAT_SEMENTARA: "status_5xx",
    Perangai.SIBUK_SELALU: "terlalu_sering",
    Perangai.GANTUNG: "batas_waktu",
    Perangai.TETES: "batas_waktu",
    Perangai.POTONG: "terpotong",
    Perangai.HALAMAN_MASUK: "halaman_masuk",
    Perangai.JENIS_SALAH: "jenis_salah",
    Perangai.RAKSASA: "terlalu_besar",
    Perangai.BOM_GZIP: "terlalu_besar",
    Perangai.ALIHAN_PUTAR: "terlalu_banyak_alihan",
    Perangai.ALIHAN_LUAR: "di_luar_daftar",
    Perangai.PUTUS: "tidak_menjawab",
    Perangai.TIDAK_ADA: "status_4xx",
}
"""Error code that a failing channel must end in; what is absent here succeeds within one collection."""

ALASAN_TOLAK: Mapping[JenisIsi, str] = {
    JenisIsi.TANPA_BARIS: "V48",
    JenisIsi.LEMBAR_KOSONG: "kosong",
    JenisIsi.TRIWULAN_LALU: "K30",
    JenisIsi.SATKER_LAIN: "V04",
    JenisIsi.NAMA_GANDA: "V29",
    JenisIsi.JSON_RUSAK: "tak_terbaca",
    JenisIsi.XLSX_RUSAK: "tak_terbaca",
}
"""Why a whole document is refused: a rule's code, or the reader's error code."""

_TAK_TERBACA = frozenset({JenisIsi.LEMBAR_KOSONG, JenisIsi.JSON_RUSAK, JenisIsi.XLSX_RUSAK})


@dataclass(frozen=True, slots=True)
class HarapanBaris:
    """A row that is not simply good. baris: its physical number. kode: all rule codes it must get, sorted."""

    himpunan: str
    baris: int
    kode: tuple[str, ...]
    nasib: str
    cacat: str


@dataclass(frozen=True, slots=True)
class Harapan:
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
    baris: tuple[HarapanBaris, ...] = ()


@dataclass(frozen=True, slots=True)
class HarapanSatker:
    """A unit's expected outcomes.

    pertama: of the first collection. ulang: of a second one with nobody's help (also the corrected version).
    pulih: of one after the operator's sign. dikirim_pada: ISO time, UTC, of the first version.
    """

    kode: str
    perangai: str
    isi: str
    pemulihan: str
    dikirim_pada: str
    ketepatan: str
    pertama: Harapan
    ulang: Harapan
    pulih: Harapan


def expect_all(dunia: Dunia) -> dict[str, HarapanSatker]:
    """The expected outcome of every unit, by code."""
    return {code: expect_unit(dunia, plan) for code, plan in dunia.rencana.items()}


def expect_unit(dunia: Dunia, rencana: Rencana) -> HarapanSatker:
    """The expected outcomes of one unit."""
    code = rencana.satuan.kode
    if code in dunia.tanpa_saluran or code in dunia.saluran_rusak:
        status = "tanpa_saluran" if code in dunia.tanpa_saluran else "nonaktif"
        first = repeated = recovered = Harapan(status)
    else:
        failure = GALAT.get(rencana.perangai, "")
        version = 2 if rencana.isi is JenisIsi.PERBAIKAN else 1
        good = _expect_document(rencana, rencana.saluran[0], version)
        first = _expect_failure(rencana, failure) if failure else _expect_document(rencana, rencana.saluran[0], 1)
        repeated = good if not failure or rencana.pemulihan is Pemulihan.SENDIRI else first
        recovered = good if not failure or rencana.pemulihan is not Pemulihan.TIDAK else first
    return HarapanSatker(
        code,
        rencana.perangai.value,
        rencana.isi.value,
        rencana.pemulihan.value,
        rencana.dikirim_pada.isoformat(),
        rencana.ketepatan if recovered.status == "berhasil" else "belum_lapor",
        first,
        repeated,
        recovered,
    )


def _expect_failure(plan: Rencana, error: str) -> Harapan:
    """All channels fail, unless a second one stands in."""
    if plan.perangai is Perangai.CADANGAN:
        return _expect_document(plan, plan.saluran[1], 1, gagal_dulu=error)
    return Harapan("gagal", error)


def _expect_document(plan: Rencana, form: str, version: int, gagal_dulu: str = "") -> Harapan:
    """The verdict on a document that arrived."""
    rows = _expect_rows(plan, form) if version == 1 else ()
    reason = ALASAN_TOLAK.get(plan.isi, "")
    counts = {name: _count(plan, name, rows, ditolak=bool(reason)) for name in HIMPUNAN}
    total, accepted, quarantined, duplicates = (sum(count[n] for count in counts.values()) for n in range(4))
    return Harapan(
        "berhasil",
        saluran="api" if form == "json" else "berkas",
        gagal_dulu=gagal_dulu,
        kiriman=_verdict(plan, rows, reason),
        alasan=reason,
        masuk=total,
        diterima=accepted,
        dikarantina=quarantined,
        kembar=duplicates,
        per_himpunan=counts,
        baris=rows,
    )


def _expect_rows(plan: Rencana, form: str) -> tuple[HarapanBaris, ...]:
    start = first_row(form, plan.gaya)
    rows = (
        HarapanBaris(
            placement.cacat.himpunan,
            start + placement.indeks,
            placement.cacat.kode,
            placement.cacat.nasib.value,
            placement.cacat.nama,
        )
        for placement in plan.pasangan
    )
    return tuple(sorted(rows, key=lambda row: (row.himpunan, row.baris)))


def _count(plan: Rencana, dataset: str, rows: tuple[HarapanBaris, ...], *, ditolak: bool) -> tuple[int, int, int, int]:
    if plan.isi in _TAK_TERBACA:
        return 0, 0, 0, 0
    added = (
        sum(placement.cacat.tambah for placement in plan.pasangan if placement.cacat.himpunan == dataset) if rows else 0
    )
    total = plan.baris[dataset] + added
    if ditolak:
        return total, 0, total, 0
    fates = [row.nasib for row in rows if row.himpunan == dataset]
    quarantined, duplicates = fates.count(Nasib.KARANTINA.value), fates.count(Nasib.KEMBAR.value)
    return total, total - quarantined - duplicates, quarantined, duplicates


def _verdict(plan: Rencana, rows: tuple[HarapanBaris, ...], reason: str) -> str:
    if reason:
        return "ditolak"
    if plan.isi is JenisIsi.NIHIL:
        return "nihil"
    if any(row.nasib == Nasib.KARANTINA for row in rows):
        return "diterima_sebagian"
    remarks = any(row.nasib == Nasib.DITERIMA and set(row.kode) - HANYA_INFO for row in rows)
    return "diterima_dengan_catatan" if remarks else "diterima"


HANYA_INFO = frozenset({"K11", "K17", "K21", "K22"})
"""Rules of weight INFO: they do not make a submission one with remarks."""


def to_json(dunia: Dunia) -> dict[str, object]:
    """The truth as written to disk: what was asked for, totals, and every unit."""
    units = expect_all(dunia)
    return {
        "benih": dunia.musim.benih,
        "lembaga": dunia.musim.lembaga,
        "periode": dunia.musim.triwulan.kunci,
        "faktor": dunia.faktor,
        "jumlah": {
            stage: _totals([getattr(expected, stage) for expected in units.values()])
            for stage in ("pertama", "ulang", "pulih")
        },
        "satker": {code: asdict(expected) for code, expected in units.items()},
    }


def _totals(outcomes: list[Harapan]) -> dict[str, object]:
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
