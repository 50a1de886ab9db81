"""Who does what: from a seed, the behaviour of every unit is drawn before any row is written.

The plan is cheap (milliseconds for 553 units) and complete: ``humas.simulate.truth`` reads the expected
outcome from it alone, and ``humas.simulate.document`` writes exactly what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from random import Random

from humas.periods import Kalender, Triwulan, due
from humas.registry import Lembaga, Register, Satker
from humas.settings import WIB, DeadlineRule
from humas.simulate import defects
from humas.simulate.content import Acara, Musim, shared_events, slug
from humas.simulate.model import Cacat, JenisIsi, Pasangan, Pemulihan, Perangai, Perilaku, Rencana, Satuan, Suasana

HIMPUNAN = ("kegiatan", "publikasi", "permohonan_info", "isu_hoaks")
BENTUK = ("json", "xlsx", "csv")
_PULIH = (
    Perangai.GALAT_SELALU,
    Perangai.GANTUNG,
    Perangai.POTONG,
    Perangai.HALAMAN_MASUK,
    Perangai.JENIS_SALAH,
    Perangai.PUTUS,
    Perangai.TIDAK_ADA,
)
_KHUSUS: Mapping[str, tuple[str, ...]] = {
    JenisIsi.TANPA_BARIS: ("json",),
    JenisIsi.LEMBAR_KOSONG: ("xlsx",),
    JenisIsi.JSON_RUSAK: ("json",),
    JenisIsi.XLSX_RUSAK: ("xlsx",),
    JenisIsi.JENIS_BOHONG: ("xlsx",),
    JenisIsi.NAMA_GANDA: ("xlsx",),
    Perangai.CADANGAN: ("json", "xlsx"),
}


@dataclass(frozen=True)
class Dunia:
    """The whole simulated nation of one body in one quarter.

    rencana: plan by unit code, in code order. tanpa_saluran, saluran_rusak: codes of units without channel
    and with an unusable line in the channels file.
    """

    musim: Musim
    faktor: float
    rencana: Mapping[str, Rencana]
    tanpa_saluran: frozenset[str]
    saluran_rusak: frozenset[str]
    nama_wilayah: Mapping[str, str]
    _acara: dict[str, tuple[Acara, ...]] = field(default_factory=dict, repr=False)

    def events_for(self, satuan: Satuan) -> tuple[Acara, ...]:
        """The shared events a unit may attend: the nation's, and those of its province."""
        codes = ("00",) if satuan.kode == "00" else ("00", satuan.kode_provinsi)
        return tuple(event for code in codes for event in self._events_of(code))

    def _events_of(self, code: str) -> tuple[Acara, ...]:
        if code not in self._acara:
            self._acara[code] = shared_events(self.musim, self.rencana[code].satuan, self.nama_wilayah[code])
        return self._acara[code]

    def atmosphere(self, rencana: Rencana) -> Suasana:
        """What the defects of a unit may draw on."""
        triwulan = self.musim.triwulan
        return Suasana(self.musim.lembaga, rencana.satuan, triwulan.mulai, triwulan.selesai, rencana.dikirim_pada)

    def codes(self, *ciri: Perangai | JenisIsi) -> tuple[str, ...]:
        """Codes of the units that behave, or send, in one of the given ways."""
        return tuple(code for code, plan in self.rencana.items() if plan.perangai in ciri or plan.isi in ciri)


def plan_world(
    benih: int,
    lembaga: str,
    triwulan: Triwulan,
    register: Register,
    perilaku: Perilaku | None = None,
    faktor: float = 1.0,
    aturan: DeadlineRule | None = None,
) -> Dunia:
    """Decide for all units of the register what each sends, when, and how its channel behaves.

    faktor: scales the number of rows of every unit (0.1 … 10 and beyond).
    """
    satker = register.semua(triwulan.selesai)
    official = {unit.kode: unit.nama_resmi(lembaga) for unit in satker}
    units = {unit.kode: _unit_facts(unit, Lembaga(lembaga), official.get(unit.kode_induk, "")) for unit in satker}
    season = Musim(benih, lembaga, triwulan, Kalender.load())
    draw = _Undian(season, perilaku or Perilaku(), units, faktor, aturan or DeadlineRule())
    plans = {code: draw.plan_unit(facts) for code, facts in units.items()}
    regions = {unit.kode: "Indonesia" if unit.kode == "00" else unit.nama_pendek for unit in satker}
    return Dunia(season, faktor, plans, draw.tanpa_saluran, draw.saluran_rusak, regions)


def _unit_facts(unit: Satker, lembaga: Lembaga, parent: str) -> Satuan:
    bps = f"{unit.kode_bps[:2]}.{unit.kode_bps[2:]}" if unit.kode_bps else ""
    host = {Lembaga.KPU: unit.host_kpu, Lembaga.BAWASLU: unit.host_bawaslu}.get(lembaga, "")
    return Satuan(
        unit.kode,
        unit.tingkat,
        unit.nama,
        unit.nama_pendek,
        unit.nama_resmi(lembaga),
        parent,
        host or _derived_host(unit, lembaga),
        bps,
        unit.nama_ganda,
    )


def _derived_host(unit: Satker, lembaga: Lembaga) -> str:
    short = slug(unit.nama_pendek).replace("-", "")
    front = {"kabupaten": f"kab-{short}", "kota": f"kota-{short}"}.get(unit.tingkat, short)
    domain = {Lembaga.KPU: "kpu.go.id", Lembaga.BAWASLU: "bawaslu.go.id"}.get(lembaga, "go.id")
    return f"{front}.{domain}"


@dataclass
class _Undian:
    """The draw: hands out behaviours to shuffled units, then defects to those that keep clean channels."""

    musim: Musim
    perilaku: Perilaku
    satuan: Mapping[str, Satuan]
    faktor: float
    aturan: DeadlineRule

    @cached_property
    def _bentuk(self) -> dict[str, tuple[str, ...]]:
        """Formats by unit, as far as they have been drawn."""
        return {}

    @cached_property
    def _antrean(self) -> list[str]:
        """Kabupaten and kota in random order; provinces and the nation always behave on the wire."""
        codes = [code for code, unit in self.satuan.items() if unit.tingkat in {"kabupaten", "kota"}]
        self.musim.rng("antrean").shuffle(codes)
        return codes

    def _take(self, count: int, fitting: Sequence[str] | None = None) -> tuple[str, ...]:
        """The next ``count`` units of the queue (of those in ``fitting``, when given); they leave the queue."""
        choices = self._antrean if fitting is None else [code for code in self._antrean if code in set(fitting)]
        taken = tuple(choices[:count])
        for code in taken:
            self._antrean.remove(code)
        return taken

    @cached_property
    def _peran(self) -> dict[str, tuple[Perangai, JenisIsi, Pemulihan]]:
        """Units with a part to play: how the wire behaves, what they send, whether they recover."""
        parts: dict[str, tuple[Perangai, JenisIsi, Pemulihan]] = {}
        for content in (JenisIsi.SATKER_LAIN, JenisIsi.NAMA_GANDA, *JenisIsi):
            if content is JenisIsi.WAJAR or content in {part[1] for part in parts.values()}:
                continue
            for code in self._take(getattr(self.perilaku, content.value), self._fitting(content)):
                parts[code] = (Perangai.BAIK, content, Pemulihan.TIDAK)
        for behaviour in list(Perangai)[1:]:
            for order, code in enumerate(self._take(getattr(self.perilaku, behaviour.value))):
                parts[code] = (behaviour, JenisIsi.WAJAR, _recovery(behaviour, order))
        return parts

    def _fitting(self, content: JenisIsi) -> Sequence[str] | None:
        if content is JenisIsi.SATKER_LAIN:
            return self._bps_lookalikes
        if content is JenisIsi.NAMA_GANDA:
            return [code for code, unit in self.satuan.items() if unit.ganda]
        return None

    @cached_property
    def _bps_lookalikes(self) -> list[str]:
        """Units whose BPS code is the Kemendagri code of another unit."""
        return [code for code, unit in self.satuan.items() if unit.kode_bps != code and unit.kode_bps in self.satuan]

    @cached_property
    def tanpa_saluran(self) -> frozenset[str]:
        """Units that no channel is known of."""
        _ = self._peran
        return frozenset(self._take(self.perilaku.tanpa_saluran))

    @cached_property
    def saluran_rusak(self) -> frozenset[str]:
        """Units whose only line in the channels file is unusable."""
        _ = self.tanpa_saluran
        return frozenset(self._take(self.perilaku.saluran_rusak))

    @cached_property
    def _dua_saluran(self) -> frozenset[str]:
        _ = self.saluran_rusak
        return frozenset(self._take(self.perilaku.dua_saluran))

    @cached_property
    def _cacat(self) -> dict[str, tuple[Cacat, ...]]:
        """Defects by unit: every kind at least once, kinds that need a certain unit first."""
        _ = self._dua_saluran
        rng = self.musim.rng("cacat")
        spoiled: dict[str, list[Cacat]] = {code: [] for code in self._defect_hosts(defects.SEMUA)}
        self._deal(rng, spoiled, (*defects.KARANTINA, *defects.ANEH, *defects.KEMBAR, *defects.BENTROK))
        remarks: dict[str, list[Cacat]] = {code: [] for code in self._take(self.perilaku.catatan)}
        self._deal(rng, remarks, defects.CATATAN)
        corrections: dict[str, list[Cacat]] = {
            code: rng.sample(self._correctable(code), 4)
            for code, (_, content, _) in self._peran.items()
            if content is JenisIsi.PERBAIKAN
        }
        return {code: tuple(listing) for code, listing in {**spoiled, **remarks, **corrections}.items()}

    def _defect_hosts(self, kinds: Sequence[Cacat]) -> tuple[str, ...]:
        if not self.perilaku.baris_buruk:
            return ()
        needed = {unit for defect in kinds for unit in defect.satker if "." in unit}
        special = [code for code in sorted(needed) if code in self._antrean]
        bps = self._bps_lookalikes
        ambiguous = [code for code, unit in self.satuan.items() if unit.ganda and code not in bps]
        first = (*self._take(len(special), special), *self._take(1, bps), *self._take(1, ambiguous))
        return (*first, *self._take(self.perilaku.baris_buruk - len(first)))

    def _deal(self, rng: Random, hosts: dict[str, list[Cacat]], kinds: Sequence[Cacat]) -> None:
        """Deal every kind of defect in turn to the units that can carry it, the least burdened first."""
        if not hosts:
            return
        rounds = max(1, round(2.5 * len(hosts) / len(kinds)))
        for defect in sorted(list(kinds) * rounds, key=lambda defect: not defect.satker):
            candidates = [code for code in hosts if self._can_carry(code, defect) and defect not in hosts[code]]
            if candidates:
                lightest = min(len(hosts[code]) for code in candidates)
                hosts[rng.choice([code for code in candidates if len(hosts[code]) == lightest])].append(defect)

    def _correctable(self, code: str) -> list[Cacat]:
        """Defects a unit may send first and mend later."""
        return [
            defect
            for defect in defects.KARANTINA
            if defect.himpunan == "kegiatan" and not defect.satker and self._can_carry(code, defect)
        ]

    def _can_carry(self, code: str, defect: Cacat) -> bool:
        if self._channels(code)[0] not in defect.bentuk or self.musim.lembaga not in defect.lembaga:
            return False
        if "csv" in self._channels(code) and defect.himpunan != "kegiatan":
            return False
        unit = self.satuan[code]
        conditions = {
            "bps": code in self._bps_lookalikes,
            "ganda": unit.ganda,
            "bukan_aceh": unit.kode_provinsi != "11",
        }
        return not defect.satker or code in defect.satker or any(conditions.get(need, False) for need in defect.satker)

    def _channels(self, code: str) -> tuple[str, ...]:
        """Formats a unit offers, in order: asked for every defect that it might carry, drawn once."""
        if code not in self._bentuk:
            self._bentuk[code] = self._draw_channels(code)
        return self._bentuk[code]

    def _draw_channels(self, code: str) -> tuple[str, ...]:
        """A part to play may prescribe the formats."""
        behaviour, content, _ = self._part(code)
        special = _KHUSUS.get(content) or _KHUSUS.get(behaviour)
        if special:
            return special
        if code in self._dua_saluran:
            return ("json", "xlsx")
        form = self.musim.rng("bentuk", code).choices(BENTUK, [self.perilaku.bentuk.get(form, 0) for form in BENTUK])[0]
        ordinary = content is JenisIsi.WAJAR and self.satuan[code].tingkat in {"kabupaten", "kota"}
        return (form if ordinary or form != "csv" else "json",)

    def _part(self, code: str) -> tuple[Perangai, JenisIsi, Pemulihan]:
        return self._peran.get(code, (Perangai.BAIK, JenisIsi.WAJAR, Pemulihan.TIDAK))

    def plan_unit(self, satuan: Satuan) -> Rencana:
        """The plan of one unit."""
        behaviour, content, recovery = self._part(satuan.kode)
        defects = self._cacat.get(satuan.kode, ())
        rng = self.musim.rng("rencana", satuan.kode)
        channels = self._channels(satuan.kode)
        rows = _row_counts(rng, satuan.tingkat, self.faktor, content, channels, defects)
        punctuality, sent = self._sent(rng, satuan.tingkat)
        seconds = rng.uniform(1.0, 2.0) if behaviour is Perangai.LAMBAT else 0.0
        style = rng.randrange(4)
        placements = tuple(_place_defects(rng, rows, defects))
        return Rencana(
            satuan, behaviour, content, recovery, channels, style, rows, placements, sent, punctuality, seconds
        )

    def _sent(self, rng: Random, tier: str) -> tuple[str, datetime]:
        """How punctual the unit is, and a moment in office hours that agrees with it."""
        triwulan, calendar = self.musim.triwulan, self.musim.kalender
        deadline = due(triwulan, tier, self.aturan, calendar)
        draw = rng.random()
        if draw < self.perilaku.sangat_terlambat:
            return "sangat_terlambat", _office_hour(
                rng, calendar.tambah_hari_kerja(deadline.akhir_tenggang, rng.randint(1, 6))
            )
        if draw < self.perilaku.sangat_terlambat + self.perilaku.terlambat:
            return "terlambat", _office_hour(
                rng, calendar.tambah_hari_kerja(deadline.tanggal, rng.randint(1, self.aturan.tenggang))
            )
        days = calendar.selisih_hari_kerja(triwulan.selesai, deadline.tanggal)
        return "tepat_waktu", _office_hour(rng, calendar.tambah_hari_kerja(triwulan.selesai, rng.randint(1, days)))


def _recovery(behaviour: Perangai, order: int) -> Pemulihan:
    if behaviour is Perangai.GALAT_SEMENTARA:
        return Pemulihan.SENDIRI
    return Pemulihan.KENDALI if order == 0 and behaviour in _PULIH else Pemulihan.TIDAK


def _office_hour(rng: Random, day: date) -> datetime:
    return datetime.combine(day, time(rng.randint(8, 16), rng.randint(0, 59)), WIB).astimezone(UTC)


def _row_counts(
    rng: Random, tier: str, factor: float, content: JenisIsi, channels: Sequence[str], defects: Sequence[Cacat]
) -> dict[str, int]:
    """Good rows by data set; enough of them to carry the defects."""
    means = {"nasional": (38, 90, 40, 3), "provinsi": (30, 62, 9, 1)}.get(tier, (18, 44, 3, 0))
    if content in {JenisIsi.NIHIL, JenisIsi.TANPA_BARIS, JenisIsi.LEMBAR_KOSONG}:
        return dict.fromkeys(HIMPUNAN, 0)
    counts = dict(
        zip(HIMPUNAN, (rng.randint(mean * 3 // 4, mean * 5 // 4) + rng.randint(0, 1) for mean in means), strict=True)
    )
    counts["isu_hoaks"] += rng.choices((0, 1, 2), (5, 3, 2))[0]
    rows = {name: max(round(count * factor), 1 if name == "kegiatan" else 0) for name, count in counts.items()}
    if channels == ("csv",):
        rows = {name: count if name == "kegiatan" else 0 for name, count in rows.items()}
    for name in HIMPUNAN:
        rows[name] = max(rows[name], 2 * sum(defect.himpunan == name for defect in defects))
    return rows


def _place_defects(rng: Random, rows: Mapping[str, int], defects: Sequence[Cacat]) -> Iterator[Pasangan]:
    """Put each defect on a row of its own; an added row comes after all good ones."""
    for dataset in HIMPUNAN:
        own = [defect for defect in defects if defect.himpunan == dataset]
        places = rng.sample(range(rows[dataset]), len(own))
        added = rows[dataset]
        for defect, index in zip(own, places, strict=True):
            if defect.tambah:
                yield Pasangan(defect, added, index)
                added += 1
            else:
                yield Pasangan(defect, index, index)
