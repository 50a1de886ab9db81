"""From the warehouse's frames to the canonical model: every unit, every province, the nation.

Frames are grouped once; nothing filters a whole frame per unit, so that 592 reports take seconds. Columns
marked internal in the contract and the identity of the unit never enter a report's rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from humas.contract.columns import MENURUT_NAMA as HIMPUNAN
from humas.contract.columns import Himpunan, Privasi, Tipe
from humas.contract.privacy import mask
from humas.errors import ProgramFault, ReportFault, SistemError
from humas.fence import SECONDS_EACH, Fault, in_halves, time_limit
from humas.periods import Kalender, Triwulan, parse_periode, tanggal_jakarta
from humas.publish.charts import tile_names
from humas.publish.model import (
    BELUM_DIKUMPULKAN,
    Angka,
    GalatTerakhir,
    HitungAturan,
    Keadaan,
    KeadaanProvinsi,
    Kepala,
    Laporan,
    LaporanNasional,
    LaporanProvinsi,
    LaporanSatker,
    Nilai,
    Sumber,
    Tabel,
    TenggatTingkat,
    Tren,
    number,
)
from humas.publish.ukuran import MENURUT_NAMA, figure_id, figure_place
from humas.rollup.clock import clock_requests
from humas.rollup.interval import wilson
from humas.settings import WIB

if TYPE_CHECKING:
    from humas.registry import Register, Satker
    from humas.warehouse import Kewajiban

Kunci = tuple[str, str]
OnFault = Callable[[Laporan, ProgramFault], None]
Unit = TypeVar("Unit", "Satker", "Satker | None")
Tiga = tuple[float | None, float | None, float | None]
_IDENTITAS = frozenset({"lembaga", "kode_satker", "nama_satker"})
_TEMUAN = ("lembar", "baris", "huruf", "kolom", "kode", "pesan", "cara")
_ISU_PROVINSI = ("judul_klaim", "klasifikasi", "status", "tanggal_temuan", "tanggal_klarifikasi", "jumlah_konten")
_KETEPATAN = ("tepat_waktu", "terlambat", "sangat_terlambat")
_TREN_SATKER = ("kegiatan_dilaporkan", "publikasi", "permohonan")
_TREN_TINGKAT = ("kelengkapan", "ketepatan_waktu", *_TREN_SATKER)
_TINGKAT_TENGGAT = {"nasional": "nasional", "provinsi": "provinsi", "kabupaten": "kabkota", "kota": "kabkota"}
TRIWULAN_TERBANYAK = 5
NATION = "00"
SECONDS_EACH_REPORT = 0.25


@dataclass(frozen=True)
class _Sumber:
    """Everything grouped once, by unit or by report."""

    lembaga: str
    triwulan: Triwulan
    kalender: Kalender
    asumsi: bool
    satker: tuple[Satker, ...]
    angka: Mapping[Kunci, Mapping[Kunci, Tiga]]
    riwayat: Mapping[str, Mapping[Kunci, Mapping[Kunci, Tiga]]]
    tabel: Mapping[str, Mapping[str, Tabel]]
    putusan: Mapping[str, list[dict[str, Any]]]
    temuan: Mapping[str, list[dict[str, Any]]]
    kewajiban: Mapping[str, Kewajiban]
    percobaan: Mapping[str, dict[str, Any]]

    def value(self, lingkup: str, kode: str, ukuran: str, rincian: str = "") -> float | None:
        """Value of a figure of this quarter."""
        return self.angka.get((lingkup, kode), {}).get((ukuran, rincian), (None, None, None))[0]

    def count(self, lingkup: str, kode: str, ukuran: str, rincian: str = "") -> int:
        """Value of a count; 0 when there is none."""
        return int(self.value(lingkup, kode, ukuran, rincian) or 0)


@dataclass(frozen=True)
class _Frames:
    """What the warehouse gives of a quarter, ungrouped: of all units, or of some (:meth:`of`)."""

    figures: pd.DataFrame
    facts: Mapping[str, pd.DataFrame]
    verdicts: pd.DataFrame
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    obligations: Sequence[Kewajiban]
    attempts: pd.DataFrame
    history: Mapping[str, pd.DataFrame]
    satker: tuple[Satker, ...]
    lembaga: str
    triwulan: Triwulan
    kalender: Kalender
    hari_ini: date | None
    asumsi: bool

    def of(self, satker: Sequence[Satker]) -> _Frames:
        """The rows of some units alone, with the figures of all provinces and the nation."""
        if len(satker) == len(self.satker):
            return self
        kode = {unit.kode for unit in satker}
        return replace(
            self,
            figures=_figures_of(self.figures, kode),
            facts={nama: _rows_of(frame, kode) for nama, frame in self.facts.items()},
            verdicts=_rows_of(self.verdicts, kode),
            findings=_rows_of(self.findings, kode),
            quarantine=_rows_of(self.quarantine, kode),
            attempts=_rows_of(self.attempts, kode),
            history={periode: _figures_of(frame, kode) for periode, frame in self.history.items()},
        )


def _rows_of(frame: pd.DataFrame, kode: Collection[str]) -> pd.DataFrame:
    return frame[frame["kode_satker"].isin(kode)] if "kode_satker" in frame.columns else frame


def _figures_of(frame: pd.DataFrame, kode: Collection[str]) -> pd.DataFrame:
    return frame[(frame["lingkup"] != "satker") | frame["kode"].isin(kode)]


def compose_reports(
    figures: pd.DataFrame,
    facts: Mapping[str, pd.DataFrame],
    verdicts: pd.DataFrame,
    findings: pd.DataFrame,
    quarantine: pd.DataFrame,
    obligations: Sequence[Kewajiban],
    attempts: pd.DataFrame,
    register: Register,
    lembaga: str,
    periode: str,
    history: Mapping[str, pd.DataFrame],
    *,
    kalender: Kalender | None = None,
    hari_ini: date | None = None,
    tenggat_ditetapkan: bool = False,
    on_fault: OnFault | None = None,
) -> Iterator[Laporan]:
    """Compose the report of every unit of the register, of every province and of the nation.

    figures: long figures of the quarter; history: the same of other quarters by key (``2026-TW2``), as far as
    they exist. facts, verdicts, findings, quarantine, attempts: frames of the warehouse. obligations: the
    frozen list. hari_ini: the business day that tells which requests are late, default the end of the grace.
    on_fault: called with each report that our program fails on, bare (:attr:`Laporan.withheld`), and with the fault;
    the bare one stands in its place. Without it the first such fault is raised.

    Raises:
        SistemError: a figure has no entry in the catalogue. ProgramFault: the program fails on whatever it is given.
    """
    triwulan = parse_periode(periode)
    if not isinstance(triwulan, Triwulan):
        raise SistemError("bukan_triwulan", f"{periode} bukan triwulan.", "laporkan ke pengembang.")
    frames = _Frames(
        figures, facts, verdicts, findings, quarantine, obligations, attempts, history,
        register.semua(triwulan.selesai), lembaga, triwulan, kalender or Kalender.load(), hari_ini,
        not tenggat_ditetapkan,
    )  # fmt: skip
    yield from _Composing(frames, on_fault or _raised).reports()


def _raised(_: Laporan, fault: ProgramFault) -> None:
    raise fault


class _Composing:
    """Reports of one quarter: all units at once, and where that throws, in halves; then provinces and nation."""

    def __init__(self, frames: _Frames, on_fault: OnFault) -> None:
        self._frames, self._on_fault = frames, on_fault
        self._sumber: dict[str, _Sumber] = {}
        self._keadaan: dict[str, Keadaan] = {}
        self._laporan: dict[Kunci, Laporan] = {}

    def reports(self) -> Iterator[Laporan]:
        semua = self._frames.satker
        gagal = self._apart(semua, self._gather_units)
        in_halves([fault.item for fault in gagal], self._stand_without_rows, _unit_name, give_up=None)
        self._keadaan = {unit.kode: self._keadaan.get(unit.kode) or self._bare_standing(unit) for unit in semua}
        sumber = self._whole()
        tanpa_baris = {fault.item.kode for fault in gagal}
        berbaris = [unit for unit in semua if unit.kode not in tanpa_baris]
        gagal += self._apart(berbaris, partial(self._report_units, sumber))
        for fault in gagal:
            self._withhold(self._bare_unit(fault.item), fault.error)
        provinsi = [unit for unit in semua if unit.tingkat == "provinsi"]
        for level in self._apart([*provinsi, None], partial(self._report_levels, sumber, provinsi)):
            self._withhold(self._bare_level(level.item), level.error)
        yield from (self._laporan["satker", unit.kode] for unit in semua)
        yield from (self._laporan["provinsi", unit.kode] for unit in provinsi)
        yield self._laporan["nasional", NATION]

    def _apart(self, units: Sequence[Unit], work: Callable[[Sequence[Unit]], None]) -> list[Fault[Unit]]:
        """Do the work, in halves if need be; the units that it fails on.

        Raises:
            ProgramFault: it fails on every one of several.
        """

        def bounded(part: Sequence[Unit]) -> None:
            with time_limit(SECONDS_EACH + SECONDS_EACH_REPORT * len(part)):
                work(part)

        gagal = in_halves(units, bounded, _unit_name, kind=ReportFault)
        if len(gagal) == len(units) > 1:
            raise gagal[0].error
        return gagal

    def _withhold(self, bare: Laporan, error: ProgramFault) -> None:
        self._laporan[bare.kunci] = bare
        self._on_fault(bare, error)

    def _gather_units(self, part: Sequence[Satker]) -> None:
        sumber = _gather(self._frames.of(part))
        self._keadaan |= {unit.kode: _standing(sumber, unit) for unit in part}
        self._sumber |= {unit.kode: sumber for unit in part}

    def _stand_without_rows(self, part: Sequence[Satker]) -> None:
        """Standings of units whose rows cannot be grouped: their figures and findings are known all the same."""
        sumber = _gather(replace(self._frames.of(part), facts={}))
        self._keadaan |= {unit.kode: _standing(sumber, unit) for unit in part}
        self._sumber |= {unit.kode: sumber for unit in part}

    def _report_units(self, sumber: _Sumber, part: Sequence[Satker]) -> None:
        _require_reasons(self._frames.of(part).quarantine, sumber)
        for unit in part:
            laporan = _unit_report(sumber, unit, self._keadaan[unit.kode])
            self._laporan[laporan.kunci] = laporan

    def _report_levels(self, sumber: _Sumber, provinsi: Sequence[Satker], part: Sequence[Satker | None]) -> None:
        """Reports of provinces, and of the nation, which is None."""
        for unit in part:
            if unit is None:
                laporan: Laporan = _nation_report(sumber, provinsi, self._keadaan)
            else:
                laporan = _province_report(sumber, unit, self._members(unit), self._keadaan)
            self._laporan[laporan.kunci] = laporan

    def _members(self, provinsi: Satker) -> list[Satker]:
        return [unit for unit in self._frames.satker if unit.kode_provinsi == provinsi.kode]

    def _whole(self) -> _Sumber:
        """What all units' parts hold together; one that could not be grouped is missing its rows."""
        bagian = list({id(satu): satu for satu in self._sumber.values()}.values())
        if len(bagian) == 1:
            return bagian[0]
        return replace(
            bagian[0],
            angka=_joined(satu.angka for satu in bagian),
            riwayat={p: _joined(satu.riwayat.get(p, {}) for satu in bagian) for p in self._frames.history},
            tabel={nama: _joined(satu.tabel.get(nama, {}) for satu in bagian) for nama in self._frames.facts},
            putusan=_joined(satu.putusan for satu in bagian),
            temuan=_joined(satu.temuan for satu in bagian),
            percobaan=_joined(satu.percobaan for satu in bagian),
        )

    def _bare_standing(self, unit: Satker) -> Keadaan:
        """What is known of a unit whose standing our program fails to tell."""
        nama = unit.nama_resmi(self._frames.lembaga)
        return Keadaan(unit.kode, nama, unit.tingkat, "belum_lapor", "menunggu", sebab="program")

    def _bare_head(self, unit: Satker | None, lingkup: str, nama: str, tingkat: str) -> Kepala:
        f = self._frames
        pusat = unit is None or unit.tingkat == "nasional"
        kode_provinsi = "" if unit is None or pusat else unit.kode_provinsi
        nama_provinsi = next(
            (satu.nama_pendek for satu in f.satker if kode_provinsi and satu.kode == kode_provinsi), ""
        )
        return Kepala(
            f.lembaga, lingkup, unit.kode if unit else NATION, nama, unit.nama if unit else nama, tingkat,
            f.triwulan.kunci, kode_provinsi, nama_provinsi, asumsi_tenggat=f.asumsi,
        )  # fmt: skip

    def _bare_unit(self, unit: Satker) -> LaporanSatker:
        kepala = self._bare_head(unit, "satker", unit.nama_resmi(self._frames.lembaga), unit.tingkat)
        return LaporanSatker(kepala=kepala, angka=(), keadaan=self._keadaan[unit.kode], edisi=0)

    def _bare_level(self, unit: Satker | None) -> Laporan:
        if unit is None:
            kepala = self._bare_head(None, "nasional", "Indonesia", "nasional")
            return LaporanNasional(kepala=kepala, angka=(), provinsi=(), satker=tuple(self._keadaan.values()), edisi=0)
        kepala = self._bare_head(unit, "provinsi", unit.nama, "provinsi")
        keadaan = tuple(self._keadaan[satu.kode] for satu in self._members(unit))
        return LaporanProvinsi(kepala=kepala, angka=(), satker=keadaan, edisi=0)


def _unit_name(unit: Satker | None) -> str:
    return f"Laporan {unit.nama}" if unit else "Laporan nasional"


def _joined(bagian: Iterable[Mapping[Any, Any]]) -> dict[Any, Any]:
    return {kunci: nilai for satu in bagian for kunci, nilai in satu.items()}


def _gather(frames: _Frames) -> _Sumber:
    putusan = _records_by(_masked(frames.verdicts, "alasan", "cara"), "kode_satker")
    penentu = {_deciding(daftar)["id_kiriman"] for daftar in putusan.values()}
    akhir = max((k.akhir_tenggang for k in frames.obligations), default=frames.triwulan.selesai)
    isi = {nama: _masked(frame, "lembar") for nama, frame in frames.facts.items()}
    temuan = frames.findings[frames.findings["id_kiriman"].isin(penentu)]
    if "permohonan_info" in isi:
        isi["permohonan_info"] = _clocked(isi["permohonan_info"], frames.kalender, frames.hari_ini or akhir)
    return _Sumber(
        lembaga=frames.lembaga,
        triwulan=frames.triwulan,
        kalender=frames.kalender,
        asumsi=frames.asumsi,
        satker=frames.satker,
        angka=_figures_by_report(frames.figures),
        riwayat={kunci: _figures_by_report(frame) for kunci, frame in frames.history.items() if len(frame)},
        tabel={nama: tables_by_unit(frame, HIMPUNAN[nama]) for nama, frame in isi.items()},
        putusan=putusan,
        temuan=_records_by(_masked(temuan, "lembar", "pesan", "cara"), "kode_satker"),
        kewajiban={satu.kode_satker: satu for satu in frames.obligations},
        percobaan={satu["kode_satker"]: satu for satu in _records(_masked(frames.attempts, "pesan", "cara"))},
    )


def _masked(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The same frame, with personal data hidden in texts that quote what senders name: files, sheets, fields, covers."""
    hidden: dict[str, dict[str, str]] = {}
    for name in columns:
        seen = {text: mask(text) for text in frame[name].unique() if isinstance(text, str)}
        hidden[name] = {text: shown for text, shown in seen.items() if shown != text}
    return frame.assign(**{name: frame[name].replace(changed) for name, changed in hidden.items() if changed})


# ---------- frames, grouped once ----------


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dicts of plain values, None where missing."""
    if frame.empty:
        return []
    polos = frame.astype(object).where(frame.notna(), None)
    return [{str(nama): nilai for nama, nilai in baris.items()} for baris in polos.to_dict("records")]


def _records_by(frame: pd.DataFrame, kunci: str) -> dict[str, list[dict[str, Any]]]:
    hasil: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for satu in _records(frame):
        hasil[satu[kunci]].append(satu)
    return hasil


def _figures_by_report(frame: pd.DataFrame) -> dict[Kunci, dict[Kunci, Tiga]]:
    """(lingkup, kode) → (ukuran, rincian) → value, numerator, denominator."""
    hasil: dict[Kunci, dict[Kunci, Tiga]] = defaultdict(dict)
    kolom = [frame[nama].tolist() for nama in ("lingkup", "kode", "ukuran", "rincian")]
    angka = [[None if n != n else n for n in frame[nama].tolist()] for nama in ("nilai", "pembilang", "penyebut")]
    for lingkup, kode, ukuran, rincian, *tiga in zip(*kolom, *angka, strict=True):
        if ukuran not in MENURUT_NAMA:
            raise SistemError(
                "ukuran_tidak_dikenal",
                f'Ukuran "{ukuran}" tidak ada dalam katalog.',
                "tambahkan pada humas/publish/ukuran.py.",
            )
        hasil[lingkup, kode][ukuran, rincian] = (tiga[0], tiga[1], tiga[2])
    return hasil


def _clocked(permohonan: pd.DataFrame, kalender: Kalender, hari_ini: date) -> pd.DataFrame:
    """Requests with the working days they took and how punctual the answer was."""
    jam = clock_requests(permohonan, kalender, hari_ini)
    return permohonan.assign(hari_kerja=jam["hari"], ketepatan=jam["ketepatan"])


def published_columns(himpunan: Himpunan) -> list[str]:
    """Columns of a data set that a report may show: public, without the unit's identity."""
    return [k.nama for k in himpunan.kolom if k.privasi is Privasi.PUBLIK and k.nama not in _IDENTITAS]


def tables_by_unit(frame: pd.DataFrame, himpunan: Himpunan) -> dict[str, Tabel]:
    """Rows of each unit as they are published, by date, sheet and row; conversion goes by whole columns."""
    waktu = next(k.nama for k in himpunan.kolom if k.tipe in {Tipe.TANGGAL, Tipe.WAKTU})
    urut = frame.sort_values(["kode_satker", waktu, "lembar", "baris"], kind="stable")
    tambahan = [nama for nama in ("hari_kerja", "ketepatan", "id_acara", "lembar", "baris") if nama in frame.columns]
    nama = [*published_columns(himpunan), *tambahan]
    tipe = {k.nama: k.tipe for k in himpunan.kolom}
    isi = [_plain_column(urut[satu], tipe.get(satu)) for satu in nama]
    hasil: dict[str, list[tuple[Nilai, ...]]] = defaultdict(list)
    for kode, baris in zip(urut["kode_satker"].tolist(), zip(*isi, strict=True), strict=True):
        hasil[kode].append(baris)
    return {kode: Tabel(tuple(nama), tuple(baris)) for kode, baris in hasil.items()}


def _plain_column(kolom: pd.Series[Any], tipe: Tipe | None) -> list[Nilai]:
    """A column as ISO dates, numbers and text, None where missing; times are Jakarta's wall clock."""
    if kolom.dtype.kind == "M":
        if tipe is Tipe.WAKTU:
            return [f"{t}+07:00" if t != "NaT" else None for t in kolom.to_numpy("datetime64[s]").astype(str)]
        return [str(t) if t != "NaT" else None for t in kolom.to_numpy("datetime64[D]").astype(str)]
    if kolom.dtype.kind == "f":
        return [None if n != n else number(n) for n in kolom.tolist()]
    if kolom.dtype.kind in "ib":
        return list(kolom.tolist())
    return [None if n is None or n != n else str(n) for n in kolom.tolist()]


def _require_reasons(quarantine: pd.DataFrame, sumber: _Sumber) -> None:
    """Each unit with quarantined rows in force must have a finding that says why."""
    if quarantine.empty or "berlaku" not in quarantine.columns:
        return
    tanpa = sorted(set(quarantine.loc[quarantine["berlaku"], "kode_satker"]) - set(sumber.temuan))
    if tanpa:
        raise SistemError(
            "karantina_tanpa_sebab",
            f"Baris ditahan tanpa temuan pada satker {', '.join(tanpa[:5])}.",
            "periksa ulang kiriman satker itu, lalu susun lagi.",
        )


# ---------- one unit ----------


def _deciding(putusan: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The submission in force, else the newest."""
    return next((satu for satu in reversed(putusan) if satu["berlaku"]), putusan[-1])


def _standing(sumber: _Sumber, unit: Satker) -> Keadaan:
    putusan = sumber.putusan.get(unit.kode, [])
    ketepatan = next((k for k in _KETEPATAN if sumber.value("satker", unit.kode, "ketepatan", k)), "belum_lapor")
    lapor = ketepatan != "belum_lapor"
    diterima = min((p["diterima_pada"] for p in putusan if p["status"] not in {"ditolak", "menunggu"}), default=None)

    def angka(ukuran: str, rincian: str = "") -> int:
        return sumber.count("satker", unit.kode, ukuran, rincian)

    return Keadaan(
        kode=unit.kode,
        nama=unit.nama_resmi(sumber.lembaga),
        tingkat=unit.tingkat,
        ketepatan=ketepatan,
        status=_deciding(putusan)["status"] if putusan else "menunggu",
        diterima_pada=_iso(diterima) if lapor else None,
        hari_terlambat=_days_late(sumber, unit.kode, diterima) if lapor else None,
        sebab="" if lapor else _cause(putusan, sumber.percobaan.get(unit.kode)),
        masuk=angka("baris", "masuk"),
        diterima=angka("baris", "diterima"),
        dikarantina=angka("baris", "dikarantina"),
        kembar=angka("baris", "kembar"),
        kegiatan=angka("kegiatan_dilaporkan"),
        publikasi=angka("publikasi"),
        permohonan=angka("permohonan"),
        hoaks=angka("hoaks_isu"),
    )


def _iso(saat: datetime | None) -> str | None:
    """ISO time of Jakarta, to the second."""
    return None if saat is None else pd.Timestamp(saat).tz_convert(WIB).isoformat(timespec="seconds")


def _days_late(sumber: _Sumber, kode: str, diterima: datetime | None) -> int | None:
    kewajiban = sumber.kewajiban.get(kode)
    if kewajiban is None or diterima is None:
        return None
    tiba = tanggal_jakarta(diterima)
    return max(0, sumber.kalender.selisih_hari_kerja(kewajiban.tenggat, tiba)) if tiba > kewajiban.tenggat else 0


def _cause(putusan: Sequence[dict[str, Any]], percobaan: dict[str, Any] | None) -> str:
    """Why nothing counts, by who must act; a failure to collect speaks before an old refusal."""
    if percobaan and percobaan["status"] in {"nonaktif", "tanpa_saluran"}:
        return str(percobaan["status"])
    if percobaan and percobaan["status"] == "gagal":
        return "belum_mengirim" if percobaan["kode_galat"] == "folder_kosong" else str(percobaan["pelaku"]) or "sistem"
    if percobaan is None and not putusan:
        return BELUM_DIKUMPULKAN
    return "pengirim" if putusan else "belum_mengirim"


def _unit_report(sumber: _Sumber, unit: Satker, keadaan: Keadaan) -> LaporanSatker:
    putusan = sumber.putusan.get(unit.kode, [])
    penentu = _deciding(putusan) if putusan else None
    ditahan, catatan = _finding_tables(sumber.temuan.get(unit.kode, []))
    ditolak = penentu is not None and penentu["status"] == "ditolak"
    return LaporanSatker(
        kepala=_unit_head(sumber, unit),
        angka=_figures(sumber, ("satker", unit.kode)),
        tren=_trends(sumber, ("satker", unit.kode), _TREN_SATKER),
        keadaan=keadaan,
        tabel={nama: tabel[unit.kode] for nama, tabel in sumber.tabel.items() if unit.kode in tabel},
        ditahan=ditahan,
        catatan=catatan,
        tolak=(str(penentu["alasan"] or ""), str(penentu["cara"] or "")) if penentu and ditolak else ("", ""),
        sumber=tuple(_source(satu) for satu in putusan if satu["status"] != "ditolak" or not keadaan.lapor),
        galat=None if keadaan.lapor else _last_error(sumber.percobaan.get(unit.kode)),
    )


def _unit_head(sumber: _Sumber, unit: Satker) -> Kepala:
    provinsi = "" if unit.tingkat == "nasional" else tile_province(sumber, unit.kode_provinsi)
    kewajiban = sumber.kewajiban.get(unit.kode)
    tingkat = _TINGKAT_TENGGAT[unit.tingkat]
    return Kepala(
        lembaga=sumber.lembaga,
        lingkup="satker",
        kode=unit.kode,
        nama=unit.nama_resmi(sumber.lembaga),
        nama_wilayah=unit.nama,
        tingkat=unit.tingkat,
        periode=sumber.triwulan.kunci,
        kode_provinsi="" if unit.tingkat == "nasional" else unit.kode_provinsi,
        nama_provinsi=provinsi,
        tenggat=(_deadline(tingkat, kewajiban),) if kewajiban else (),
        asumsi_tenggat=sumber.asumsi,
    )


def tile_province(sumber: _Sumber, kode: str) -> str:
    """Short name of a province: "Jawa Tengah"."""
    return next((unit.nama_pendek for unit in sumber.satker if unit.kode == kode), kode)


def _deadline(tingkat: str, kewajiban: Kewajiban) -> TenggatTingkat:
    return TenggatTingkat(tingkat, kewajiban.tenggat.isoformat(), kewajiban.akhir_tenggang.isoformat())


def _finding_tables(temuan: Iterable[dict[str, Any]]) -> tuple[Tabel, Tabel]:
    """Findings that quarantined rows, and mere warnings; in order of sheet and row as validation left them."""
    pilah: dict[str, list[tuple[Nilai, ...]]] = {"FATAL": [], "PERINGATAN": []}
    for satu in temuan:
        if satu["keparahan"] in pilah:
            pilah[satu["keparahan"]].append(tuple(satu[nama] for nama in _TEMUAN))
    return Tabel(_TEMUAN, tuple(pilah["FATAL"])), Tabel(_TEMUAN, tuple(pilah["PERINGATAN"]))


def _source(putusan: dict[str, Any]) -> Sumber:
    return Sumber(
        sidik=putusan["sidik"],
        saluran=putusan["saluran"],
        diterima_pada=_iso(putusan["diterima_pada"]) or "",
        status=putusan["status"],
        berlaku=bool(putusan["berlaku"]),
        masuk=int(putusan["baris_masuk"]),
        diterima=int(putusan["diterima"]),
        dikarantina=int(putusan["dikarantina"]),
        kembar=int(putusan["kembar"]),
    )


def _last_error(percobaan: dict[str, Any] | None) -> GalatTerakhir | None:
    if percobaan is None or percobaan["status"] == "berhasil":
        return None
    return GalatTerakhir(
        saluran=percobaan["saluran"] or "",
        kode=percobaan["kode_galat"] or percobaan["status"],
        pelaku=percobaan["pelaku"] or "",
        pesan=percobaan["pesan"] or "",
        cara=percobaan["cara"] or "",
        waktu=_iso(percobaan["mulai"]) or "",
    )


# ---------- figures and trends ----------


def _figures(sumber: _Sumber, kunci: Kunci) -> tuple[Angka, ...]:
    lalu = sumber.riwayat.get(sumber.triwulan.sebelumnya().kunci, {}).get(kunci, {})
    milik = sumber.angka.get(kunci, {})
    return tuple(
        _figure(kunci[0], ukuran, rincian, milik[ukuran, rincian], lalu.get((ukuran, rincian)))
        for ukuran, rincian in sorted(milik, key=lambda u: figure_place(*u))
    )


def _figure(lingkup: str, ukuran: str, rincian: str, kini: Tiga, lalu: Tiga | None) -> Angka:
    nilai, pembilang, penyebut = (_number_or_none(n) for n in kini)
    sebelumnya = _number_or_none(lalu[0]) if lalu else None
    return Angka(figure_id(lingkup, ukuran, rincian), ukuran, rincian, nilai, pembilang, penyebut, sebelumnya)


def _number_or_none(nilai: float | None) -> int | float | None:
    return None if nilai is None else number(nilai)


def _trends(sumber: _Sumber, kunci: Kunci, ukuran: Sequence[str]) -> tuple[Tren, ...]:
    """Up to five quarters ending with this one; nothing when this is the only one known."""
    triwulan, deret = sumber.triwulan, []
    for _ in range(TRIWULAN_TERBANYAK - 1):
        triwulan = triwulan.sebelumnya()
        deret.append((triwulan.kunci, sumber.riwayat.get(triwulan.kunci, {}).get(kunci, {})))
    while deret and not deret[-1][1]:
        deret.pop()
    if not deret:
        return ()
    semua = [*reversed(deret), (sumber.triwulan.kunci, sumber.angka.get(kunci, {}))]
    return tuple(
        Tren(nama, tuple((kapan, _number_or_none(angka.get((nama, ""), (None,))[0])) for kapan, angka in semua))
        for nama in ukuran
    )


# ---------- province and nation ----------


def _level_head(sumber: _Sumber, lingkup: str, unit: Satker | None, anggota: Iterable[Satker]) -> Kepala:
    tenggat: dict[str, TenggatTingkat] = {}
    for satu in anggota:
        kewajiban, tingkat = sumber.kewajiban.get(satu.kode), _TINGKAT_TENGGAT[satu.tingkat]
        if kewajiban and tingkat not in tenggat:
            tenggat[tingkat] = _deadline(tingkat, kewajiban)
    nama = unit.nama if unit else "Indonesia"
    return Kepala(
        lembaga=sumber.lembaga,
        lingkup=lingkup,
        kode=unit.kode if unit else "00",
        nama=nama,
        nama_wilayah=nama,
        tingkat=lingkup,
        periode=sumber.triwulan.kunci,
        kode_provinsi=unit.kode if unit else "",
        nama_provinsi=unit.nama_pendek if unit else "",
        tenggat=tuple(tenggat[t] for t in ("kabkota", "provinsi", "nasional") if t in tenggat),
        asumsi_tenggat=sumber.asumsi,
    )


def _rules(sumber: _Sumber, kode: Iterable[str]) -> tuple[HitungAturan, ...]:
    """How often each rule was broken, quarantining rules first, then by frequency."""
    hitung: dict[tuple[str, str], list[str]] = defaultdict(list)
    for satker in kode:
        for temuan in sumber.temuan.get(satker, []):
            if temuan["keparahan"] in {"FATAL", "PERINGATAN"}:
                hitung[temuan["keparahan"], temuan["kode"]].append(satker)
    urut = sorted(hitung.items(), key=lambda h: (h[0][0], -len(h[1]), h[0][1]))
    return tuple(HitungAturan(aturan, bobot, len(unit), len(set(unit))) for (bobot, aturan), unit in urut)


def _province_report(
    sumber: _Sumber, unit: Satker, anggota: Sequence[Satker], keadaan: Mapping[str, Keadaan]
) -> LaporanProvinsi:
    return LaporanProvinsi(
        kepala=_level_head(sumber, "provinsi", unit, anggota),
        angka=_figures(sumber, ("provinsi", unit.kode)),
        tren=_trends(sumber, ("provinsi", unit.kode), _TREN_TINGKAT),
        satker=tuple(keadaan[satu.kode] for satu in anggota),
        aturan=_rules(sumber, [satu.kode for satu in anggota]),
        isu=_province_issues(sumber, anggota, keadaan),
    )


def _province_issues(sumber: _Sumber, anggota: Sequence[Satker], keadaan: Mapping[str, Keadaan]) -> Tabel:
    isu, baris = sumber.tabel.get("isu_hoaks", {}), []
    for unit in anggota:
        for satu in isu[unit.kode].records() if unit.kode in isu else ():
            baris.append((unit.kode, keadaan[unit.kode].nama, *(satu[nama] for nama in _ISU_PROVINSI)))
    return Tabel(("kode_satker", "nama", *_ISU_PROVINSI), tuple(baris))


def _nation_report(sumber: _Sumber, provinsi: Sequence[Satker], keadaan: Mapping[str, Keadaan]) -> LaporanNasional:
    lapor = [satu for satu in keadaan.values() if satu.lapor]
    return LaporanNasional(
        kepala=_level_head(sumber, "nasional", None, sumber.satker),
        angka=_figures(sumber, ("nasional", "00")),
        tren=_trends(sumber, ("nasional", "00"), _TREN_TINGKAT),
        provinsi=tuple(_province_standing(sumber, unit) for unit in provinsi),
        satker=tuple(keadaan.values()),
        aturan=_rules(sumber, keadaan),
        median_satker={
            "kegiatan_dilaporkan": median([satu.kegiatan for satu in lapor]),
            "publikasi": median([satu.publikasi for satu in lapor]),
        }
        if lapor
        else {},
    )


def _province_standing(sumber: _Sumber, unit: Satker) -> KeadaanProvinsi:
    def nilai(ukuran: str, rincian: str = "") -> float | None:
        return sumber.value("provinsi", unit.kode, ukuran, rincian)

    def angka(ukuran: str, rincian: str = "") -> int:
        return int(nilai(ukuran, rincian) or 0)

    wajib, lapor = angka("satker_wajib"), angka("satker_lapor")
    bawah, atas = wilson(lapor, wajib)
    return KeadaanProvinsi(
        kode=unit.kode,
        nama=unit.nama,
        singkatan=tile_names().get(unit.kode, unit.nama_pendek),
        wajib=wajib,
        lapor=lapor,
        tepat_waktu=angka("ketepatan", "tepat_waktu"),
        kelengkapan=nilai("kelengkapan"),
        ketepatan_waktu=nilai("ketepatan_waktu"),
        selang_bawah=round(bawah, 4),
        selang_atas=round(atas, 4),
        kegiatan=angka("kegiatan_dilaporkan"),
        acara=angka("acara_unik"),
        publikasi=angka("publikasi"),
        permohonan=angka("permohonan"),
        hoaks=angka("hoaks_isu"),
        dikarantina=angka("baris", "dikarantina"),
    )
