"""Bodies and work units: what each is called, and from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Lembaga(StrEnum):
    """The three bodies whose public-relations units report."""

    KPU = "kpu"
    BAWASLU = "bawaslu"
    PEMDA = "pemda"

    @property
    def label(self) -> str:
        """Short name a reader sees."""
        return {Lembaga.KPU: "KPU", Lembaga.BAWASLU: "Bawaslu", Lembaga.PEMDA: "Humas Pemda"}[self]

    @property
    def nama_panjang(self) -> str:
        """Full name."""
        return {
            Lembaga.KPU: "Komisi Pemilihan Umum",
            Lembaga.BAWASLU: "Badan Pengawas Pemilihan Umum",
            Lembaga.PEMDA: "Hubungan Masyarakat Pemerintah Daerah",
        }[self]


@dataclass(frozen=True, slots=True)
class Satker:
    """A work unit under one code; a unit whose code changed has one entry per code.

    kode: Kemendagri code as text (``33``, ``33.74``; ``00`` is the national unit). nama: with its kind
    (``Kota Semarang``); nama_pendek: without. berlaku_dari, berlaku_sampai: inclusive, None is open.
    nama_ganda: the bare name is shared with another unit. alias: other names people write.
    kode_bps: BPS code of 2018 (four digits, look-alike of another unit's Kemendagri code), or empty.
    nama_kpu, nama_bawaslu: what the body calls the unit (KIP and Panwaslih in Aceh).
    host_kpu, host_bawaslu: its website, or empty; host_dugaan: those of them nobody has seen yet.
    kode_lama, kode_baru: the code before or after this one.
    """

    kode: str
    tingkat: str
    nama: str
    nama_pendek: str
    kode_induk: str
    zona_waktu: str
    berlaku_dari: date | None = None
    berlaku_sampai: date | None = None
    nama_ganda: bool = False
    alias: tuple[str, ...] = ()
    kode_bps: str = ""
    nama_kpu: str = ""
    nama_bawaslu: str = ""
    host_kpu: str = ""
    host_bawaslu: str = ""
    kode_lama: str = ""
    kode_baru: str = ""
    host_dugaan: tuple[str, ...] = ()

    @property
    def kode_provinsi(self) -> str:
        """Code of the province it lies in: ``33``; of the national unit: ``00``."""
        return self.kode[:2]

    def nama_resmi(self, lembaga: Lembaga | str) -> str:
        """The name of this unit of a body: ``KPU Kota Semarang``, ``Panwaslih Provinsi Aceh``, ``Humas Pemda Kota Semarang``."""
        lembaga = Lembaga(lembaga)
        if lembaga is not Lembaga.PEMDA:
            return self.nama_kpu if lembaga is Lembaga.KPU else self.nama_bawaslu
        if self.tingkat == "nasional":
            return "Puspen Kemendagri"
        return f"{lembaga.label} {'Provinsi ' + self.nama_pendek if self.tingkat == 'provinsi' else self.nama}"

    def host(self, lembaga: Lembaga | str) -> str:
        """The website of this unit of a body, or empty."""
        return {Lembaga.KPU: self.host_kpu, Lembaga.BAWASLU: self.host_bawaslu}.get(Lembaga(lembaga), "")

    def berlaku(self, pada: date | None) -> bool:
        """Whether this entry holds on a day; without a day, whether it holds to this day."""
        if pada is None:
            return self.berlaku_sampai is None
        return (self.berlaku_dari or date.min) <= pada <= (self.berlaku_sampai or date.max)
