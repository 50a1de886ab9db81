"""The steps of a quarter as plain functions; DAGs, command line, tests and benchmarks all call these.

``open_period → collect → validate → roll_up → decide`` make the figures; ``compose → print_reports →
build_site → publish → announce`` make the reports. Each step is idempotent and leaves its result in the
warehouse or on disk, so that each may run in a process of its own, and again. What a step returns is
small (``humas.summary``): counts, names, hashes; never rows.
"""

from __future__ import annotations

import gc
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from datetime import time as clock_time
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from humas.errors import PROGRAM_FAULT, HumasError, Pelaku, PengirimError, SistemError, SumberError
from humas.fence import SECONDS_EACH, in_halves, large_apart, time_limit
from humas.giliran import in_turn, turn
from humas.integrity import mended_rows, overwritten_figures, tell
from humas.landing import CollectionError
from humas.landing import collect as collect_units
from humas.periods import Triwulan, due, parse_periode, tanggal
from humas.publication import announce, build_site, compose, print_reports, publish, withheld_reports
from humas.rawfiles import LOST, OwnFailure, book_failures, read_all
from humas.registry import Lembaga
from humas.settings import WIB
from humas.summary import (
    GagalKumpul,
    Kelompok,
    Kemajuan,
    PeriodeDibuka,
    Putusan,
    RingkasanCetak,
    RingkasanKumpul,
    RingkasanRekap,
    RingkasanTriwulan,
    RingkasanValidasi,
)

if TYPE_CHECKING:
    import pandas as pd

    from humas.berita.channel import RingkasanSitus
    from humas.berita.visit import HasilSitus
    from humas.context import Konteks
    from humas.contract.result import KirimanTerbaca
    from humas.landing import HasilSatker
    from humas.landing.model import Kiriman, Percobaan
    from humas.reading.table import Dokumen
    from humas.warehouse import Kewajiban, PerluOrang

log = logging.getLogger(__name__)
ReportProgress = Callable[[Kemajuan], None]
Hasil = TypeVar("Hasil")
NOON = clock_time(12)
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
    "failed_units",
    "group_drafts",
    "open_period",
    "print_reports",
    "publish",
    "quarter_of",
    "read_sites",
    "roll_up",
    "run_quarter",
    "site_groups",
    "validate",
    "withheld_reports",
]


def quarter_of(periode: str) -> Triwulan:
    """The quarter named by a key such as ``2026-TW3``.

    Raises:
        PengirimError: the text names no period, or a whole year.
    """
    parsed = parse_periode(periode)
    if not isinstance(parsed, Triwulan):
        raise PengirimError(
            "periode_bukan_triwulan",
            f'"{periode}" adalah tahun, sedangkan pengumpulan berjalan per triwulan.',
            f"tulis salah satu triwulannya, misalnya {periode}-TW3.",
        )
    return parsed


def open_period(k: Konteks, lembaga: str, periode: str, satker: Sequence[str] = ()) -> PeriodeDibuka:
    """Freeze the obligations of the period (once) and group the asked units by province.

    satker: codes to collect; empty means every unit of the registry. The frozen list is always whole.
    """
    from humas.warehouse import Kewajiban

    triwulan = quarter_of(periode)
    semua = k.register.semua(triwulan.selesai)
    kewajiban = []
    for unit in semua:
        tenggat = due(triwulan, unit.tingkat, k.settings.deadline, k.kalender)
        kewajiban.append(Kewajiban(unit.kode, tenggat.tanggal, tenggat.akhir_tenggang))
    if not k.gudang.freeze_obligations(lembaga, triwulan.kunci, kewajiban, k.settings.now()):
        _tell_moved_deadlines(k, lembaga, triwulan, kewajiban)
    diminta = set(satker) or {unit.kode for unit in semua}
    _refuse_unknown(k, diminta, {unit.kode for unit in semua})
    kelompok: dict[str, list[str]] = {}
    for unit in semua:
        if unit.kode in diminta:
            kelompok.setdefault(unit.kode_provinsi, []).append(unit.kode)
    return PeriodeDibuka(
        lembaga,
        triwulan.kunci,
        len(kewajiban),
        tuple(Kelompok(kode, k.register.satker(kode).nama, tuple(anggota)) for kode, anggota in kelompok.items()),
    )


def _tell_moved_deadlines(k: Konteks, lembaga: str, triwulan: Triwulan, kini: Sequence[Kewajiban]) -> None:
    """Say in the log when today's calendar or rule gives other deadlines than those frozen; the frozen ones stay."""
    hitungan = {satu.kode_satker: satu for satu in kini}
    beda: Counter[tuple[date, date]] = Counter()
    for beku in k.gudang.obligations(lembaga, triwulan.kunci):
        satu = hitungan.get(beku.kode_satker)
        if satu and (satu.tenggat, satu.akhir_tenggang) != (beku.tenggat, beku.akhir_tenggang):
            beda[beku.tenggat, satu.tenggat] += 1
    for (dibekukan, baru), jumlah in sorted(beda.items()):
        log.warning(
            "Tenggat %s yang dibekukan (%s, %d satker) tidak sama dengan hitungan hari ini (%s): hari libur atau aturan"
            " tenggat berubah sesudah periode dibuka. Yang berlaku tetap yang dibekukan.",
            triwulan.label, tanggal(dibekukan), jumlah, tanggal(baru),
        )  # fmt: skip


def _refuse_unknown(k: Konteks, diminta: set[str], dikenal: set[str]) -> None:
    """Refuse codes that are not in the registry, naming each."""
    asing = sorted(diminta - dikenal)
    if asing:
        raise PengirimError(
            "satker_tidak_dikenal",
            f"Kode satker tidak terdaftar: {', '.join(asing)}.",
            "tulis kode Kemendagri dengan titik, misalnya 33.74, dan periksa pada daftar satker.",
        )


def collect(
    k: Konteks,
    lembaga: str,
    periode: str,
    satker: Sequence[str],
    run_id: str,
    on_result: Callable[[HasilSatker], None] | None = None,
    *,
    paksa: bool = False,
) -> RingkasanKumpul:
    """Collect the units concurrently; no unit can fail another. Every attempt leaves an outcome row.

    paksa: fetch again even what the source says is unchanged.
    """
    from humas.kotak_masuk.standing import count_box

    mulai = time.monotonic()
    triwulan = quarter_of(periode)
    etags = {} if paksa else k.gudang.known_etags(lembaga, triwulan.kunci)
    with _recorded_even_on_failure(k):
        hasil = collect_units(
            list(satker), Lembaga(lembaga), triwulan, k.register, k.settings, run_id, k.landing, etags, on_result
        )
    hasil = count_box(k, lembaga, triwulan.kunci, hasil)
    k.gudang.record_collection(hasil)
    return _summarise_collection(k, hasil, time.monotonic() - mulai)


@contextmanager
def _recorded_even_on_failure(k: Konteks) -> Iterator[None]:
    """When our own store fails in the middle, the outcomes so far are recorded before the error goes on."""
    try:
        yield
    except CollectionError as error:
        k.gudang.record_collection(error.hasil)
        raise


def _summarise_collection(k: Konteks, hasil: Sequence[HasilSatker], detik: float) -> RingkasanKumpul:
    gagal = tuple(_failure(k, h.percobaan[-1]) for h in hasil if h.kiriman is None)
    ukuran = sum(percobaan.ukuran for h in hasil for percobaan in h.percobaan)
    return RingkasanKumpul(len(hasil), len(hasil) - len(gagal), gagal, ukuran, round(detik, 3))


def _failure(k: Konteks, percobaan: Percobaan) -> GagalKumpul:
    nama = k.register.satker(percobaan.kode_satker).nama_resmi(Lembaga(percobaan.lembaga))
    return _without_personal_data(GagalKumpul.from_attempt(percobaan, nama))


def _without_personal_data(gagal: GagalKumpul) -> GagalKumpul:
    """The failure as logs and summaries may show it: names of files and covers that it quotes are masked."""
    from humas.contract.privacy import mask

    return replace(gagal, pesan=mask(gagal.pesan), cara=mask(gagal.cara))


def failed_units(k: Konteks, lembaga: str, periode: str, satker: Sequence[str] = ()) -> tuple[GagalKumpul, ...]:
    """Units whose latest collection failed technically; of ``satker`` only, when given."""
    gagal = k.gudang.failed_units(lembaga, periode)
    return tuple(_failure(k, p) for p in gagal if not satker or p.kode_satker in satker)


_ERROR_OF: dict[str, type[HumasError]] = {
    Pelaku.SUMBER: SumberError,
    Pelaku.PENGIRIM: PengirimError,
    Pelaku.SISTEM: SistemError,
}


def collect_again(
    k: Konteks, lembaga: str, periode: str, kode: str, run_id: str, percobaan: int = 1
) -> RingkasanKumpul:
    """Collect one unit again and raise its error if it fails, so that the caller's retry policy can judge.

    Raises:
        SumberError: the source failed; trying again may help.
        PengirimError, SistemError: trying again cannot help.
    """
    mulai = time.monotonic()
    triwulan = quarter_of(periode)
    with _recorded_even_on_failure(k):
        [hasil] = collect_units(
            [kode], Lembaga(lembaga), triwulan, k.register, k.settings, run_id, k.landing, percobaan=percobaan
        )
    k.gudang.record_collection([hasil])
    if hasil.kiriman is None:
        terakhir = hasil.percobaan[-1]
        raise _ERROR_OF[terakhir.pelaku](terakhir.kode_galat, terakhir.pesan, terakhir.cara)
    return _summarise_collection(k, [hasil], time.monotonic() - mulai)


@in_turn
def validate(k: Konteks, lembaga: str, periode: str, run_id: str) -> RingkasanValidasi:
    """Read every landed submission of the period and validate them as one national batch.

    A unit whose raw bytes are lost, or on whose submission our program fails, keeps what the warehouse holds, and is
    booked as a failure of our own; all others go on. Quarters of one body are judged one after another: none may count a
    row that the other is about to count.

    Raises:
        SistemError: the installation itself failed, or the program fails on whatever it is given.
    """
    warm_up()
    diubah = k.gudang.reopen_altered(lembaga, periode)
    kiriman = k.gudang.kiriman(lembaga, periode)
    bacaan = read_all(k, kiriman)
    gagal = [*bacaan.gagal, *_judge(k, lembaga, periode, bacaan.terbaca, {satu.id: satu for satu in kiriman})]
    ringkasan = _summarise_validation(k, lembaga, periode, book_failures(k, lembaga, periode, run_id, gagal))
    ringkasan = replace(ringkasan, alterations=tell(mended_rows(k, lembaga, periode, diubah)))
    k.gudang.finish_run(run_id, lembaga, periode, k.settings.now())
    return ringkasan


def _judge(
    k: Konteks, lembaga: str, periode: str, terbaca: Sequence[KirimanTerbaca], asal: Mapping[str, Kiriman]
) -> list[OwnFailure]:
    """Judge and store the submissions, all at once or in parts; those that our program fails on."""
    from humas.contract.validate import validate_batch

    def work(bagian: Sequence[KirimanTerbaca]) -> None:
        with time_limit(judging_seconds(bagian)):
            hasil = validate_batch(bagian, k.register, k.kalender, k.settings, elsewhere)
        k.gudang.store_validation(lembaga, periode, hasil)

    with turn(k.settings.home, lembaga, ALL_QUARTERS):
        elsewhere = k.gudang.elsewhere(lembaga, periode)
        return [
            OwnFailure(asal[satu.item.id], satu.error)
            for bagian in large_apart(terbaca, lambda satu: rows_of(satu.dokumen), LARGE_ROWS)
            for satu in in_halves(bagian, work, lambda _: "Kiriman")
        ]


def rows_of(dokumen: Dokumen | None) -> int:
    """Rows of all tables of a document."""
    return sum(len(tabel.sel) for tabel in dokumen.tabel) if dokumen else 0


def judging_seconds(kiriman: Iterable[KirimanTerbaca]) -> float:
    """How long judging so many rows may take before it counts as never ending."""
    return SECONDS_EACH + sum(rows_of(satu.dokumen) for satu in kiriman) * SECONDS_EACH_ROW


def _summarise_validation(k: Konteks, lembaga: str, periode: str, gagal: Sequence[SistemError]) -> RingkasanValidasi:
    """Counts of all versions that were ever validated, those included whose bytes are gone by now."""
    putusan = k.gudang.verdicts(lembaga, periode)
    semua = putusan[putusan["status"] != "menunggu"]
    return RingkasanValidasi(
        kiriman=len(semua),
        ditolak=int((semua["status"] == "ditolak").sum()),
        nihil=int((semua["status"] == "nihil").sum()),
        masuk=int(semua["baris_masuk"].sum()),
        diterima=int(semua["diterima"].sum()),
        dikarantina=int(semua["dikarantina"].sum()),
        kembar=int(semua["kembar"].sum()),
        hilang=sum(satu.kode in LOST for satu in gagal),
        galat=sum(satu.kode == PROGRAM_FAULT for satu in gagal),
    )


def national_facts(k: Konteks, lembaga: str, periode: str) -> dict[str, pd.DataFrame]:
    """Accepted rows of the valid submissions, by data set."""
    from humas.contract.columns import HIMPUNAN

    return {himpunan.nama: k.gudang.facts(lembaga, periode, himpunan.nama) for himpunan in HIMPUNAN}


@in_turn
def roll_up(k: Konteks, lembaga: str, periode: str, run_id: str) -> RingkasanRekap:
    """Compute the figures of every unit, province and the nation, and prove that the levels reconcile.

    Raises:
        SistemError: a figure of a level is not the sum of the level below it.
    """
    from humas.rollup import reconcile
    from humas.rollup import roll_up as compute_figures

    angka = compute_figures(
        national_facts(k, lembaga, periode),
        k.gudang.verdicts(lembaga, periode),
        k.gudang.obligations(lembaga, periode),
        k.register,
        k.kalender,
        quarter_of(periode),
        datetime.combine(k.reference_day(lembaga, periode), NOON, WIB),
    )
    selisih = reconcile(angka)
    if selisih:
        raise SistemError(
            "rekap_tidak_cocok",
            f"Rekap {lembaga} {periode} tidak cocok antartingkat: {'; '.join(selisih[:3])}.",
            "jangan terbitkan; laporkan ke pengembang dengan nomor jalan " + run_id + ".",
        )
    diubah = tell(overwritten_figures(k, lembaga, periode))
    k.gudang.store_figures(lembaga, periode, angka)
    return replace(_summarise_rollup(angka), alterations=diubah)


def _summarise_rollup(angka: pd.DataFrame) -> RingkasanRekap:
    nasional = angka[(angka["lingkup"] == "nasional") & (angka["rincian"] == "")].set_index("ukuran")["nilai"]

    def of(ukuran: str) -> int:
        return int(nasional.get(ukuran, 0))

    return RingkasanRekap(
        len(angka), of("satker_wajib"), of("satker_lapor"), of("kegiatan_dilaporkan"), of("acara_unik")
    )


def decide(k: Konteks, lembaga: str, periode: str, run_id: str, satker: Iterable[str] = ()) -> Putusan:
    """The gate after the roll-up: who still fails technically, who needs a person, how much is quarantined."""
    asked = set(satker)
    gagal = tuple(g for g in failed_units(k, lembaga, periode) if not asked or g.kode in asked)
    semua = k.gudang.units_needing_people(lembaga, periode)
    perlu = tuple(_needs_person(k, lembaga, baris) for baris in semua if baris.kode_galat != NOT_CONNECTED)
    lepas = tuple(baris.kode_satker for baris in semua if baris.kode_galat == NOT_CONNECTED)
    bagian = _quarantined_share(k, lembaga, periode)
    return Putusan(gagal, perlu, round(bagian, 4), bagian > k.settings.quarantine_alarm, lepas)


def _needs_person(k: Konteks, lembaga: str, perlu: PerluOrang) -> GagalKumpul:
    nama = k.register.satker(perlu.kode_satker).nama_resmi(Lembaga(lembaga))
    gagal = GagalKumpul(perlu.kode_satker, nama, perlu.kode_galat, perlu.pelaku, perlu.pesan, perlu.cara, False)
    return _without_personal_data(gagal)


def _quarantined_share(k: Konteks, lembaga: str, periode: str) -> float:
    """Quarantined rows of the nation over rows in, of the submissions in force; 0 when there are no rows."""
    masuk, _, dikarantina, _ = k.gudang.conservation(lembaga, periode).berlaku
    return dikarantina / masuk if masuk else 0.0


def site_groups(k: Konteks, lembaga: str, periode: str, satker: Sequence[str] = ()) -> tuple[Kelompok, ...]:
    """The units whose news sites are visited, by province; none unless the installation switched that on."""
    from humas.sources.situs import find_sites

    kelompok: dict[str, list[str]] = {}
    for satu in find_sites(k.register, k.settings.site, lembaga, quarter_of(periode).selesai):
        if not satker or satu.kode_satker in satker:
            kelompok.setdefault(satu.kode_satker[:2], []).append(satu.kode_satker)
    return tuple(Kelompok(kode, k.register.satker(kode).nama, tuple(isi)) for kode, isi in kelompok.items())


def read_sites(
    k: Konteks,
    lembaga: str,
    periode: str,
    satker: Sequence[str],
    run_id: str,
    on_result: Callable[[HasilSitus], None] | None = None,
    *,
    paksa: bool = False,
) -> RingkasanSitus:
    """Visit the units' news sites and store drafts of what they tell; nothing of it is ever counted.

    Raises:
        SistemError: no contact is set, or our own store failed; a site's failure is an outcome, not an error.
    """
    from humas.berita.channel import visit_sites

    return visit_sites(k, lembaga, quarter_of(periode), satker, run_id, on_result, paksa=paksa)


def group_drafts(k: Konteks, periode: str) -> int:
    """Give drafts of the same event, across sites and bodies, the same id; returns how many changed."""
    from humas.berita.channel import group_drafts as group

    return group(k, quarter_of(periode).kunci)


def run_quarter(
    k: Konteks,
    lembaga: str,
    periode: str,
    satker: Sequence[str] = (),
    progress: ReportProgress | None = None,
    run_id: str | None = None,
    *,
    paksa: bool = False,
) -> RingkasanTriwulan:
    """The whole quarter in this process, step after step, exactly as the DAGs do it in many."""
    jalan = _QuarterRun(
        k, lembaga, quarter_of(periode).kunci, run_id or f"langsung__{periode}__{uuid4().hex[:8]}", progress
    )
    return jalan.run(tuple(satker), paksa=paksa)


class _QuarterRun:
    """One in-process run: keeps the seconds of each stage and reports progress."""

    def __init__(self, k: Konteks, lembaga: str, periode: str, run_id: str, progress: ReportProgress | None) -> None:
        self._k, self._lembaga, self._periode, self._run_id = k, lembaga, periode, run_id
        self._report = progress or (lambda _: None)
        self._jumlah: dict[str, int] = {}
        self._detik: dict[str, float] = {}

    def _progress(self, kemajuan: Kemajuan) -> None:
        self._jumlah[kemajuan.tahap] = kemajuan.jumlah
        self._report(kemajuan)

    def run(self, satker: tuple[str, ...], *, paksa: bool) -> RingkasanTriwulan:
        """All steps in order; from the figures on no other process works on this quarter."""
        k, lembaga, periode = self._k, self._lembaga, self._periode
        k.gudang.start_run(self._run_id, lembaga, periode, k.settings.now())
        dibuka = open_period(k, lembaga, periode, satker)
        kode = [satu for kelompok in dibuka.kelompok for satu in kelompok.satker]
        kumpul = self._timed("Kumpulkan", lambda: self._collect(kode, paksa=paksa))
        with turn(k.settings.home, lembaga, periode):
            return self._after(kumpul)

    def _after(self, kumpul: RingkasanKumpul) -> RingkasanTriwulan:
        """What follows the collection: figures, gate, reports."""
        k, lembaga, periode, run_id = self._k, self._lembaga, self._periode, self._run_id
        validasi = self._timed("Periksa", lambda: validate(k, lembaga, periode, run_id))
        rekap = self._timed("Rekap", lambda: roll_up(k, lembaga, periode, run_id))
        putusan = decide(k, lembaga, periode, run_id)
        susunan = self._timed("Susun", lambda: compose(k, lembaga, periode))
        self._timed("Cetak", lambda: self._print(susunan.laporan))
        situs = self._timed("Situs", lambda: build_site(k, lembaga, periode))
        terbit = self._timed("Terbitkan", lambda: publish(k, lembaga, periode))
        diubah = (*validasi.alterations, *rekap.alterations, *susunan.alterations, *situs.alterations)
        detik = dict(self._detik)
        return RingkasanTriwulan(
            lembaga, periode, run_id, kumpul, validasi, rekap, putusan, terbit, detik, diubah, situs.withheld
        )

    def _timed(self, tahap: str, langkah: Callable[[], Hasil]) -> Hasil:
        mulai = time.monotonic()
        self._progress(Kemajuan(tahap, 0, 1))
        hasil = langkah()
        self._detik[tahap] = round(time.monotonic() - mulai, 3)
        jumlah = self._jumlah[tahap]
        self._progress(Kemajuan(tahap, jumlah, jumlah, f"{self._detik[tahap]:.1f} detik".replace(".", ",")))
        return hasil

    def _collect(self, kode: Sequence[str], *, paksa: bool) -> RingkasanKumpul:
        """Collect, counting units as they answer; GX is loaded meanwhile, while most units are waited for."""
        status: list[str] = []

        def count(hasil: HasilSatker) -> None:
            status.append("berhasil" if hasil.kiriman else hasil.percobaan[-1].status)
            lepas = status.count(NOT_CONNECTED)
            gagal = len(status) - status.count("berhasil") - lepas
            catatan = f"{gagal} gagal" + (f", {lepas} tanpa saluran" if lepas else "")
            self._progress(Kemajuan("Kumpulkan", len(status), len(kode), catatan))

        with ThreadPoolExecutor(1) as pool:
            pool.submit(warm_up)
            return collect(self._k, self._lembaga, self._periode, kode, self._run_id, count, paksa=paksa)

    def _print(self, laporan: Sequence[str]) -> RingkasanCetak:
        def count(selesai: int, jumlah: int) -> None:
            self._progress(Kemajuan("Cetak", selesai, jumlah))

        return print_reports(
            self._k, self._lembaga, self._periode, laporan, self._k.settings.print_processes, on_printed=count
        )


def warm_up() -> None:
    """Import what validation needs; it takes seconds, best spent while waiting for the network.

    Nothing looks for garbage meanwhile, and afterwards not among these: the half a million objects of Great
    Expectations live as long as the process; looking through them again and again, the last time while it ends, took
    a third of the whole of ``./humas check`` (``bench/check.py``).
    """
    if "great_expectations" in sys.modules:
        return
    gc.disable()
    try:
        import_module("humas.contract.validate")
        import_module("great_expectations")
    finally:
        gc.freeze()
        gc.enable()
