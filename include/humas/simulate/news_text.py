"""Invented news of demo units: what happened, what the page says of it, and what a reader must make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from humas.periods import Triwulan, tanggal, tanggal_panjang
from humas.registry import Lembaga, Register, Satker

HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
KATEGORI_BERITA = 104
KATEGORI_KEDUA = 105
_TOPIK = (
    "Pendidikan Pemilih bagi Pelajar",
    "Pengelolaan Media Sosial",
    "Keterbukaan Informasi Publik",
    "Literasi Digital Menangkal Hoaks",
    "Pelayanan Informasi Publik Daring",
    "Penulisan Siaran Pers",
    "Layanan PPID",
    "Partisipasi Pemilih Penyandang Disabilitas",
)
_TEMPAT = ("Aula Kantor", "Pendopo Kabupaten", "Hotel Melati Raya", "Gedung Serbaguna", "Balai Desa Sukamaju")
_PENUTUP = (
    "Kepala Subbagian Hubungan Masyarakat berharap materi ini segera dipakai pada pelayanan sehari-hari. "
    "Dokumentasi kegiatan dapat dilihat pada laman dan media sosial resmi.",
    "Acara ditutup dengan tanya jawab. Peserta menyusun rencana tindak lanjut yang akan dievaluasi bulan depan, "
    "termasuk pembagian tugas penulisan berita dan pengarsipan foto.",
    "Ketua menyampaikan terima kasih kepada semua pihak yang hadir dan meminta jajaran sekretariat menjaga mutu "
    "layanan informasi kepada masyarakat.",
)


@dataclass(frozen=True, slots=True)
class ArtikelTiruan:
    """One article of a demo site with its truth.

    tanggal: first day of the activity, None when the page tells none. layak: whether it is one of the unit's
    activities. acara: name of an event that several sites tell, or empty. kategori: the lists it stands in.
    """

    nomor: int
    judul: str
    terbit: date
    paragraf: tuple[str, ...]
    tanggal: date | None
    layak: bool
    mode: str = ""
    acara: str = ""
    kategori: tuple[int, ...] = (KATEGORI_BERITA,)

    @property
    def slug(self) -> str:
        """Last part of its address."""
        return re.sub(r"[^a-z0-9]+", "-", self.judul.lower()).strip("-")

    def path(self, lembaga: Lembaga) -> str:
        """Its address on a site of this body; every other article of KPU carries its number."""
        if lembaga is Lembaga.BAWASLU:
            return f"/berita/{self.slug}"
        return f"/blog/read/{self.nomor}_{self.slug}" if self.nomor % 2 else f"/blog/read/{self.slug}-{self.nomor}"


def write_articles(
    benih: int, lembaga: Lembaga, satker: Satker, register: Register, triwulan: Triwulan, jumlah: int, lama: int = 4
) -> tuple[ArtikelTiruan, ...]:
    """The news of one unit, newest first: ``jumlah`` of this quarter, then ``lama`` of the quarter before."""
    writer = _Penulis(Random(f"{benih}|{lembaga}|{satker.kode}"), lembaga, satker, register)  # noqa: S311
    days = sorted((writer.workday(triwulan) for _ in range(jumlah)), reverse=True)
    days += sorted((writer.workday(triwulan.sebelumnya()) for _ in range(lama)), reverse=True)
    articles = [writer.write(number, day) for number, day in zip(range(len(days), 0, -1), days, strict=True)]
    shared = writer.shared_event(len(days) + 1, triwulan)
    return tuple(sorted((*articles, shared), key=lambda article: (article.terbit, article.nomor), reverse=True))


class _Penulis:
    """Writes the news of one unit."""

    def __init__(self, acak: Random, lembaga: Lembaga, satker: Satker, register: Register) -> None:
        self._acak = acak
        self._lembaga = lembaga
        self._satker = satker
        self._nama = satker.nama_resmi(lembaga)
        self._induk = register.satker(satker.kode_provinsi if len(satker.kode) > 2 else "00")

    def workday(self, triwulan: Triwulan) -> date:
        """A Monday to Friday of the quarter."""
        day = triwulan.mulai + timedelta(days=self._acak.randrange(3, (triwulan.selesai - triwulan.mulai).days - 3))
        return day - timedelta(days=max(0, day.weekday() - 4))

    def write(self, nomor: int, hari: date) -> ArtikelTiruan:
        """One article of any kind about that day; every fifth stands in two lists."""
        kind = self._acak.choices(
            (self._socialisation, self._coordination, self._opinion, self._explainer), (6, 4, 1, 1)
        )[0]
        article = kind(nomor, hari)
        return article if nomor % 5 else replace(article, kategori=(KATEGORI_BERITA, KATEGORI_KEDUA))

    def shared_event(self, nomor: int, triwulan: Triwulan) -> ArtikelTiruan:
        """The same coordination meeting of the province, told by every unit of it."""
        day = triwulan.mulai + timedelta(days=40 + int(self._satker.kode_provinsi) % 20)
        day -= timedelta(days=max(0, day.weekday() - 4))
        return self._meeting(nomor, day, "Kehumasan", f"{self._lembaga}|{self._induk.kode}|{day}", "daring")

    def _socialisation(self, number: int, day: date) -> ArtikelTiruan:
        topic, place = self._acak.choice(_TOPIK), self._acak.choice(_TEMPAT)
        count = self._acak.randrange(25, 180)
        title = f"{self._nama} Gelar Sosialisasi {topic} Angkatan {number}"
        paragraphs = (
            f"{self._satker.nama_pendek} - {self._nama} menyelenggarakan sosialisasi {topic.lower()} secara tatap muka di "
            f"{place}, {self._stamp(day)}. Kegiatan ini diikuti {count} peserta dari kalangan pelajar dan pemilih pemula.",
            "Anggota Divisi Sosialisasi menjelaskan tahapan, cara memeriksa data pemilih, dan pentingnya memilah kabar "
            "sebelum membagikannya kepada orang lain.",
            self._acak.choice(_PENUTUP),
        )
        return ArtikelTiruan(number, title, day, paragraphs, day, True, "luring")

    def _coordination(self, number: int, day: date) -> ArtikelTiruan:
        return self._meeting(number, day, self._acak.choice(_TOPIK), "", self._acak.choice(("daring", "luring")))

    def _meeting(self, number: int, day: date, topic: str, event: str, mode: str) -> ArtikelTiruan:
        parent = self._induk.nama_resmi(self._lembaga)
        manner = "secara daring melalui Zoom Meeting" if mode == "daring" else "secara luring di Hotel Melati Raya"
        title = f"{self._nama} Ikuti Rapat Koordinasi {topic} Seri {number}"
        paragraphs = (
            f"{self._satker.nama_pendek} - {self._nama} mengikuti Rapat Koordinasi {topic} yang diselenggarakan {parent} "
            f"{manner}, {self._stamp(day)}.",
            "Narasumber memaparkan penataan konten, jadwal publikasi, dan tata cara menanggapi permohonan informasi. "
            "Peserta diminta menyampaikan kendala yang dihadapi pada triwulan berjalan.",
            self._acak.choice(_PENUTUP),
        )
        return ArtikelTiruan(number, title, day + timedelta(days=1), paragraphs, day, True, mode, event)

    def _opinion(self, number: int, day: date) -> ArtikelTiruan:
        title = f"Opini: Menjaga Nalar di Tengah Banjir Informasi Bagian {number}"
        paragraphs = (
            "Demokrasi tumbuh dari warga yang mau bertanya. Saya percaya kebiasaan memeriksa sumber lebih berharga "
            "daripada kecepatan membagikan kabar, sebab kepercayaan yang hilang sukar kembali.",
            "Tulisan ini adalah pendapat pribadi penulis dan tidak mewakili sikap lembaga. Penulis adalah pegiat literasi "
            "yang tinggal di kota kecil dan gemar membaca riwayat pemilihan umum.",
            "Pada akhirnya, pendidikan politik adalah pekerjaan panjang yang tidak selesai pada satu hari pemungutan suara.",
        )
        return ArtikelTiruan(number, title, day, paragraphs, None, False)

    def _explainer(self, number: int, day: date) -> ArtikelTiruan:
        title = f"Apa Itu Daftar Informasi Publik? Penjelasan Lengkap Bagian {number}"
        paragraphs = (
            "Daftar informasi publik adalah catatan sistematis tentang informasi yang dikuasai badan publik. Pengertian, "
            "manfaat, dan cara mengaksesnya dijelaskan di bawah ini.",
            "Informasi terbagi menjadi informasi berkala, informasi serta-merta, dan informasi yang tersedia setiap saat. "
            "Masing-masing mempunyai cara pengumuman sendiri.",
            "Dengan memahami pembagian ini, pemohon dapat menyusun permohonan yang jelas dan memperoleh jawaban lebih cepat.",
        )
        return ArtikelTiruan(number, title, day, paragraphs, None, False)

    def _stamp(self, day: date) -> str:
        name = HARI[day.weekday()]
        forms = (
            f"{name} ({day.day}/{day.month}/{day.year})",
            tanggal_panjang(day),
            f"{name} ({tanggal(day)})",
            f"{name} ({day.day:02d}-{day.month:02d}-{day.year})",
        )
        return self._acak.choice(forms)
