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
        kode = ("00",) if satuan.kode == "00" else ("00", satuan.kode_provinsi)
        return tuple(acara for satu in kode for acara in self._events_of(satu))

    def _events_of(self, kode: str) -> tuple[Acara, ...]:
        if kode not in self._acara:
            self._acara[kode] = shared_events(self.musim, self.rencana[kode].satuan, self.nama_wilayah[kode])
        return self._acara[kode]

    def atmosphere(self, rencana: Rencana) -> Suasana:
        """What the defects of a unit may draw on."""
        triwulan = self.musim.triwulan
        return Suasana(self.musim.lembaga, rencana.satuan, triwulan.mulai, triwulan.selesai, rencana.dikirim_pada)

    def codes(self, *ciri: Perangai | JenisIsi) -> tuple[str, ...]:
        """Codes of the units that behave, or send, in one of the given ways."""
        return tuple(kode for kode, r in self.rencana.items() if r.perangai in ciri or r.isi in ciri)


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
    resmi = {unit.kode: unit.nama_resmi(lembaga) for unit in satker}
    satuan = {unit.kode: _unit_facts(unit, Lembaga(lembaga), resmi.get(unit.kode_induk, "")) for unit in satker}
    musim = Musim(benih, lembaga, triwulan, Kalender.load())
    undian = _Undian(musim, perilaku or Perilaku(), satuan, faktor, aturan or DeadlineRule())
    rencana = {kode: undian.plan_unit(satu) for kode, satu in satuan.items()}
    wilayah = {unit.kode: "Indonesia" if unit.kode == "00" else unit.nama_pendek for unit in satker}
    return Dunia(musim, faktor, rencana, undian.tanpa_saluran, undian.saluran_rusak, wilayah)


def _unit_facts(unit: Satker, lembaga: Lembaga, induk: str) -> Satuan:
    bps = f"{unit.kode_bps[:2]}.{unit.kode_bps[2:]}" if unit.kode_bps else ""
    host = {Lembaga.KPU: unit.host_kpu, Lembaga.BAWASLU: unit.host_bawaslu}.get(lembaga, "")
    return Satuan(
        unit.kode,
        unit.tingkat,
        unit.nama,
        unit.nama_pendek,
        unit.nama_resmi(lembaga),
        induk,
        host or _derived_host(unit, lembaga),
        bps,
        unit.nama_ganda,
    )


def _derived_host(unit: Satker, lembaga: Lembaga) -> str:
    pendek = slug(unit.nama_pendek).replace("-", "")
    depan = {"kabupaten": f"kab-{pendek}", "kota": f"kota-{pendek}"}.get(unit.tingkat, pendek)
    domain = {Lembaga.KPU: "kpu.go.id", Lembaga.BAWASLU: "bawaslu.go.id"}.get(lembaga, "go.id")
    return f"{depan}.{domain}"


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
        kode = [kode for kode, satu in self.satuan.items() if satu.tingkat in {"kabupaten", "kota"}]
        self.musim.rng("antrean").shuffle(kode)
        return kode

    def _take(self, jumlah: int, cocok: Sequence[str] | None = None) -> tuple[str, ...]:
        """The next ``jumlah`` units of the queue (of those in ``cocok``, when given); they leave the queue."""
        pilihan = self._antrean if cocok is None else [kode for kode in self._antrean if kode in set(cocok)]
        diambil = tuple(pilihan[:jumlah])
        for kode in diambil:
            self._antrean.remove(kode)
        return diambil

    @cached_property
    def _peran(self) -> dict[str, tuple[Perangai, JenisIsi, Pemulihan]]:
        """Units with a part to play: how the wire behaves, what they send, whether they recover."""
        hasil: dict[str, tuple[Perangai, JenisIsi, Pemulihan]] = {}
        for isi in (JenisIsi.SATKER_LAIN, JenisIsi.NAMA_GANDA, *JenisIsi):
            if isi is JenisIsi.WAJAR or isi in {nilai[1] for nilai in hasil.values()}:
                continue
            for kode in self._take(getattr(self.perilaku, isi.value), self._fitting(isi)):
                hasil[kode] = (Perangai.BAIK, isi, Pemulihan.TIDAK)
        for perangai in list(Perangai)[1:]:
            for urut, kode in enumerate(self._take(getattr(self.perilaku, perangai.value))):
                hasil[kode] = (perangai, JenisIsi.WAJAR, _recovery(perangai, urut))
        return hasil

    def _fitting(self, isi: JenisIsi) -> Sequence[str] | None:
        if isi is JenisIsi.SATKER_LAIN:
            return self._bps_lookalikes
        if isi is JenisIsi.NAMA_GANDA:
            return [kode for kode, satu in self.satuan.items() if satu.ganda]
        return None

    @cached_property
    def _bps_lookalikes(self) -> list[str]:
        """Units whose BPS code is the Kemendagri code of another unit."""
        return [kode for kode, s in self.satuan.items() if s.kode_bps != kode and s.kode_bps in self.satuan]

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
        hasil: dict[str, list[Cacat]] = {kode: [] for kode in self._defect_hosts(defects.SEMUA)}
        self._deal(rng, hasil, (*defects.KARANTINA, *defects.ANEH, *defects.KEMBAR, *defects.BENTROK))
        catatan: dict[str, list[Cacat]] = {kode: [] for kode in self._take(self.perilaku.catatan)}
        self._deal(rng, catatan, defects.CATATAN)
        koreksi: dict[str, list[Cacat]] = {
            kode: rng.sample(self._correctable(kode), 4)
            for kode, (_, isi, _) in self._peran.items()
            if isi is JenisIsi.PERBAIKAN
        }
        return {kode: tuple(daftar) for kode, daftar in {**hasil, **catatan, **koreksi}.items()}

    def _defect_hosts(self, semua: Sequence[Cacat]) -> tuple[str, ...]:
        if not self.perilaku.baris_buruk:
            return ()
        perlu = {satu for cacat in semua for satu in cacat.satker if "." in satu}
        khusus = [kode for kode in sorted(perlu) if kode in self._antrean]
        bps = self._bps_lookalikes
        ganda = [kode for kode, satu in self.satuan.items() if satu.ganda and kode not in bps]
        awal = (*self._take(len(khusus), khusus), *self._take(1, bps), *self._take(1, ganda))
        return (*awal, *self._take(self.perilaku.baris_buruk - len(awal)))

    def _deal(self, rng: Random, ke: dict[str, list[Cacat]], jenis: Sequence[Cacat]) -> None:
        """Deal every kind of defect in turn to the units that can carry it, the least burdened first."""
        if not ke:
            return
        putaran = max(1, round(2.5 * len(ke) / len(jenis)))
        for cacat in sorted(list(jenis) * putaran, key=lambda c: not c.satker):
            calon = [kode for kode in ke if self._can_carry(kode, cacat) and cacat not in ke[kode]]
            if calon:
                paling_ringan = min(len(ke[kode]) for kode in calon)
                ke[rng.choice([kode for kode in calon if len(ke[kode]) == paling_ringan])].append(cacat)

    def _correctable(self, kode: str) -> list[Cacat]:
        """Defects a unit may send first and mend later."""
        return [c for c in defects.KARANTINA if c.himpunan == "kegiatan" and not c.satker and self._can_carry(kode, c)]

    def _can_carry(self, kode: str, cacat: Cacat) -> bool:
        if self._channels(kode)[0] not in cacat.bentuk or self.musim.lembaga not in cacat.lembaga:
            return False
        if "csv" in self._channels(kode) and cacat.himpunan != "kegiatan":
            return False
        satuan = self.satuan[kode]
        syarat = {
            "bps": kode in self._bps_lookalikes,
            "ganda": satuan.ganda,
            "bukan_aceh": satuan.kode_provinsi != "11",
        }
        return not cacat.satker or kode in cacat.satker or any(syarat.get(satu, False) for satu in cacat.satker)

    def _channels(self, kode: str) -> tuple[str, ...]:
        """Formats a unit offers, in order: asked for every defect that it might carry, drawn once."""
        if kode not in self._bentuk:
            self._bentuk[kode] = self._draw_channels(kode)
        return self._bentuk[kode]

    def _draw_channels(self, kode: str) -> tuple[str, ...]:
        """A part to play may prescribe the formats."""
        perangai, isi, _ = self._part(kode)
        khusus = _KHUSUS.get(isi) or _KHUSUS.get(perangai)
        if khusus:
            return khusus
        if kode in self._dua_saluran:
            return ("json", "xlsx")
        bentuk = self.musim.rng("bentuk", kode).choices(BENTUK, [self.perilaku.bentuk.get(b, 0) for b in BENTUK])[0]
        wajar = isi is JenisIsi.WAJAR and self.satuan[kode].tingkat in {"kabupaten", "kota"}
        return (bentuk if wajar or bentuk != "csv" else "json",)

    def _part(self, kode: str) -> tuple[Perangai, JenisIsi, Pemulihan]:
        return self._peran.get(kode, (Perangai.BAIK, JenisIsi.WAJAR, Pemulihan.TIDAK))

    def plan_unit(self, satuan: Satuan) -> Rencana:
        """The plan of one unit."""
        perangai, isi, pemulihan = self._part(satuan.kode)
        cacat = self._cacat.get(satuan.kode, ())
        rng = self.musim.rng("rencana", satuan.kode)
        saluran = self._channels(satuan.kode)
        baris = _row_counts(rng, satuan.tingkat, self.faktor, isi, saluran, cacat)
        ketepatan, dikirim = self._sent(rng, satuan.tingkat)
        detik = rng.uniform(1.0, 2.0) if perangai is Perangai.LAMBAT else 0.0
        gaya = rng.randrange(4)
        pasangan = tuple(_place_defects(rng, baris, cacat))
        return Rencana(satuan, perangai, isi, pemulihan, saluran, gaya, baris, pasangan, dikirim, ketepatan, detik)

    def _sent(self, rng: Random, tingkat: str) -> tuple[str, datetime]:
        """How punctual the unit is, and a moment in office hours that agrees with it."""
        triwulan, kalender = self.musim.triwulan, self.musim.kalender
        tenggat = due(triwulan, tingkat, self.aturan, kalender)
        undi = rng.random()
        if undi < self.perilaku.sangat_terlambat:
            return "sangat_terlambat", _office_hour(
                rng, kalender.tambah_hari_kerja(tenggat.akhir_tenggang, rng.randint(1, 6))
            )
        if undi < self.perilaku.sangat_terlambat + self.perilaku.terlambat:
            return "terlambat", _office_hour(
                rng, kalender.tambah_hari_kerja(tenggat.tanggal, rng.randint(1, self.aturan.tenggang))
            )
        hari = kalender.selisih_hari_kerja(triwulan.selesai, tenggat.tanggal)
        return "tepat_waktu", _office_hour(rng, kalender.tambah_hari_kerja(triwulan.selesai, rng.randint(1, hari)))


def _recovery(perangai: Perangai, urut: int) -> Pemulihan:
    if perangai is Perangai.GALAT_SEMENTARA:
        return Pemulihan.SENDIRI
    return Pemulihan.KENDALI if urut == 0 and perangai in _PULIH else Pemulihan.TIDAK


def _office_hour(rng: Random, hari: date) -> datetime:
    return datetime.combine(hari, time(rng.randint(8, 16), rng.randint(0, 59)), WIB).astimezone(UTC)


def _row_counts(
    rng: Random, tingkat: str, faktor: float, isi: JenisIsi, saluran: Sequence[str], cacat: Sequence[Cacat]
) -> dict[str, int]:
    """Good rows by data set; enough of them to carry the defects."""
    rata = {"nasional": (38, 90, 40, 3), "provinsi": (30, 62, 9, 1)}.get(tingkat, (18, 44, 3, 0))
    if isi in {JenisIsi.NIHIL, JenisIsi.TANPA_BARIS, JenisIsi.LEMBAR_KOSONG}:
        return dict.fromkeys(HIMPUNAN, 0)
    jumlah = dict(zip(HIMPUNAN, (rng.randint(n * 3 // 4, n * 5 // 4) + rng.randint(0, 1) for n in rata), strict=True))
    jumlah["isu_hoaks"] += rng.choices((0, 1, 2), (5, 3, 2))[0]
    hasil = {nama: max(round(banyak * faktor), 1 if nama == "kegiatan" else 0) for nama, banyak in jumlah.items()}
    if saluran == ("csv",):
        hasil = {nama: banyak if nama == "kegiatan" else 0 for nama, banyak in hasil.items()}
    for nama in HIMPUNAN:
        hasil[nama] = max(hasil[nama], 2 * sum(satu.himpunan == nama for satu in cacat))
    return hasil


def _place_defects(rng: Random, baris: Mapping[str, int], cacat: Sequence[Cacat]) -> Iterator[Pasangan]:
    """Put each defect on a row of its own; an added row comes after all good ones."""
    for himpunan in HIMPUNAN:
        milik = [satu for satu in cacat if satu.himpunan == himpunan]
        tempat = rng.sample(range(baris[himpunan]), len(milik))
        tambahan = baris[himpunan]
        for satu, indeks in zip(milik, tempat, strict=True):
            if satu.tambah:
                yield Pasangan(satu, tambahan, indeks)
                tambahan += 1
            else:
                yield Pasangan(satu, indeks, indeks)
