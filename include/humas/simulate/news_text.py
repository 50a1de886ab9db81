"""Invented news of demo units: what happened, what the page says of it, and what a reader must make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from humas.bodies import simulation_of
from humas.periods import Triwulan, full_date, long_date
from humas.registry import Lembaga, Register, Satker
from humas.simulate.phrases import NEWS_CATEGORY, SECOND_CATEGORY

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_PLACE = ("Aula Kantor", "Pendopo Kabupaten", "Hotel Melati Raya", "Gedung Serbaguna", "Balai Desa Sukamaju")
_CLOSINGS = (
    "Kepala Subbagian Hubungan Masyarakat berharap materi ini segera dipakai pada pelayanan sehari-hari. "
    "Dokumentasi kegiatan dapat dilihat pada laman dan media sosial resmi.",
    "Acara ditutup dengan tanya jawab. Peserta menyusun rencana tindak lanjut yang akan dievaluasi bulan depan, "
    "termasuk pembagian tugas penulisan berita dan pengarsipan foto.",
    "Ketua menyampaikan terima kasih kepada semua pihak yang hadir dan meminta jajaran sekretariat menjaga mutu "
    "layanan informasi kepada masyarakat.",
)


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One article of a demo site with its truth.

    day: first day of the activity, None when the page tells none. eligible: whether it is one of the unit's
    activities. event: name of an event that several sites tell, or empty. categories: the lists it stands in.
    """

    number: int
    title: str
    published: date
    paragraphs: tuple[str, ...]
    day: date | None
    eligible: bool
    mode: str = ""
    event: str = ""
    categories: tuple[int, ...] = (NEWS_CATEGORY,)

    @property
    def slug(self) -> str:
        """Last part of its address."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    def path(self, lembaga: Lembaga) -> str:
        """Its address on a site of this body; where it carries its number, every other one has it in front."""
        style = simulation_of(lembaga).site
        if not style.numbered:
            return f"/{style.section}/{self.slug}"
        last = f"{self.number}_{self.slug}" if self.number % 2 else f"{self.slug}-{self.number}"
        return f"/{style.section}/{last}"


def write_articles(
    seed: int, lembaga: Lembaga, satker: Satker, register: Register, triwulan: Triwulan, count: int, old: int = 4
) -> tuple[DemoArticle, ...]:
    """The news of one unit, newest first: ``count`` of this quarter, then ``old`` of the quarter before."""
    writer = _Writer(Random(f"{seed}|{lembaga}|{satker.code}"), lembaga, satker, register)  # noqa: S311
    days = sorted((writer.workday(triwulan) for _ in range(count)), reverse=True)
    days += sorted((writer.workday(triwulan.previous()) for _ in range(old)), reverse=True)
    articles = [writer.write(number, day) for number, day in zip(range(len(days), 0, -1), days, strict=True)]
    shared = writer.shared_event(len(days) + 1, triwulan)
    return tuple(sorted((*articles, shared), key=lambda article: (article.published, article.number), reverse=True))


class _Writer:
    """Writes the news of one unit."""

    def __init__(self, rng: Random, lembaga: Lembaga, satker: Satker, register: Register) -> None:
        self._rng = rng
        self._lembaga = lembaga
        self._told = simulation_of(lembaga)
        self._satker = satker
        self._name = satker.official_name(lembaga)
        self._parent = register.satker(satker.province_code if len(satker.code) > 2 else "00")

    def workday(self, triwulan: Triwulan) -> date:
        """A Monday to Friday of the quarter."""
        day = triwulan.start + timedelta(days=self._rng.randrange(3, (triwulan.end - triwulan.start).days - 3))
        return day - timedelta(days=max(0, day.weekday() - 4))

    def write(self, number: int, day: date) -> DemoArticle:
        """One article of any kind about that day; every fifth stands in two lists."""
        kind = self._rng.choices(
            (self._socialisation, self._coordination, self._opinion, self._explainer), (6, 4, 1, 1)
        )[0]
        article = kind(number, day)
        return article if number % 5 else replace(article, categories=(NEWS_CATEGORY, SECOND_CATEGORY))

    def shared_event(self, number: int, triwulan: Triwulan) -> DemoArticle:
        """The same coordination meeting of the province, told by every unit of it."""
        day = triwulan.start + timedelta(days=40 + int(self._satker.province_code) % 20)
        day -= timedelta(days=max(0, day.weekday() - 4))
        return self._meeting(number, day, "Kehumasan", f"{self._lembaga}|{self._parent.code}|{day}", "daring")

    def _socialisation(self, number: int, day: date) -> DemoArticle:
        topic, place = self._rng.choice(self._told.news_topics), self._rng.choice(_PLACE)
        count = self._rng.randrange(25, 180)
        title = f"{self._name} Gelar Sosialisasi {topic} Angkatan {number}"
        paragraphs = (
            f"{self._satker.short_name} - {self._name} menyelenggarakan sosialisasi {topic.lower()} secara tatap muka di "
            f"{place}, {self._stamp(day)}. Kegiatan ini diikuti {count} peserta dari kalangan {self._told.audience}.",
            self._told.lesson,
            self._rng.choice(_CLOSINGS),
        )
        return DemoArticle(number, title, day, paragraphs, day, True, "luring")

    def _coordination(self, number: int, day: date) -> DemoArticle:
        return self._meeting(
            number, day, self._rng.choice(self._told.news_topics), "", self._rng.choice(("daring", "luring"))
        )

    def _meeting(self, number: int, day: date, topic: str, event: str, mode: str) -> DemoArticle:
        parent = self._parent.official_name(self._lembaga)
        manner = "secara daring melalui Zoom Meeting" if mode == "daring" else "secara luring di Hotel Melati Raya"
        title = f"{self._name} Ikuti Rapat Koordinasi {topic} Seri {number}"
        paragraphs = (
            f"{self._satker.short_name} - {self._name} mengikuti Rapat Koordinasi {topic} yang diselenggarakan {parent} "
            f"{manner}, {self._stamp(day)}.",
            "Narasumber memaparkan penataan konten, jadwal publikasi, dan tata cara menanggapi permohonan informasi. "
            "Peserta diminta menyampaikan kendala yang dihadapi pada triwulan berjalan.",
            self._rng.choice(_CLOSINGS),
        )
        return DemoArticle(number, title, day + timedelta(days=1), paragraphs, day, True, mode, event)

    def _opinion(self, number: int, day: date) -> DemoArticle:
        title = f"Opini: Menjaga Nalar di Tengah Banjir Informasi Bagian {number}"
        paragraphs = (
            "Demokrasi tumbuh dari warga yang mau bertanya. Saya percaya kebiasaan memeriksa sumber lebih berharga "
            "daripada kecepatan membagikan kabar, sebab kepercayaan yang hilang sukar kembali.",
            "Tulisan ini adalah pendapat pribadi penulis dan tidak mewakili sikap lembaga. Penulis adalah pegiat literasi "
            "yang tinggal di kota kecil dan gemar membaca riwayat pemilihan umum.",
            "Pada akhirnya, pendidikan politik adalah pekerjaan panjang yang tidak selesai pada satu hari pemungutan suara.",
        )
        return DemoArticle(number, title, day, paragraphs, None, False)

    def _explainer(self, number: int, day: date) -> DemoArticle:
        title = f"Apa Itu Daftar Informasi Publik? Penjelasan Lengkap Bagian {number}"
        paragraphs = (
            "Daftar informasi publik adalah catatan sistematis tentang informasi yang dikuasai badan publik. Pengertian, "
            "manfaat, dan cara mengaksesnya dijelaskan di bawah ini.",
            "Informasi terbagi menjadi informasi berkala, informasi serta-merta, dan informasi yang tersedia setiap saat. "
            "Masing-masing mempunyai cara pengumuman sendiri.",
            "Dengan memahami pembagian ini, pemohon dapat menyusun permohonan yang jelas dan memperoleh jawaban lebih cepat.",
        )
        return DemoArticle(number, title, day, paragraphs, None, False)

    def _stamp(self, day: date) -> str:
        name = WEEKDAYS[day.weekday()]
        forms = (
            f"{name} ({day.day}/{day.month}/{day.year})",
            full_date(day),
            f"{name} ({long_date(day)})",
            f"{name} ({day.day:02d}-{day.month:02d}-{day.year})",
        )
        return self._rng.choice(forms)
