"""Plausible good rows of one unit: what its office did, published, answered and corrected in a quarter.

Rows are dictionaries by column name of the contract with native values (``date``, ``datetime``, ``int``,
lists); ``humas.simulate.document`` writes them the way a unit would. Everything follows from the seed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

from humas.periods import Kalender, Triwulan
from humas.simulate import phrases
from humas.simulate.model import Baris, Satuan
from humas.simulate.phrases import PolaKegiatan

HARI = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
ACARA_NASIONAL = 16
ACARA_PROVINSI = 12
_JEDA_AKHIR = 18
_PERCOBAAN_HARI = 40
_KANAL = (
    ("website", "berita", 30),
    ("instagram", "infografis", 30),
    ("facebook", "foto", 18),
    ("x", "foto", 8),
    ("youtube", "video", 6),
    ("tiktok", "reels", 8),
)
_PENGIKUT = {"nasional": (9000, 12000), "provinsi": (1500, 4000), "kota": (400, 1500), "kabupaten": (200, 1200)}
_BUKAN_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Acara:
    """An event many units attend. organiser + day + kind identify it; no two events share all three."""

    penyelenggara: str
    tanggal: date
    pola: PolaKegiatan
    judul: str
    mode: str
    tempat: str
    platform: str
    peserta: int
    satuan: str


@dataclass(frozen=True)
class Musim:
    """One quarter of one body: its working days and everything random about it, by seed."""

    benih: int
    lembaga: str
    triwulan: Triwulan
    kalender: Kalender

    def rng(self, *kunci: object) -> Random:
        """A source of chance of its own for ``kunci``, so that no unit's draw moves another's."""
        return Random("/".join(map(str, (self.benih, self.lembaga, self.triwulan.kunci, *kunci))))  # noqa: S311 - play

    @cached_property
    def hari_kerja(self) -> tuple[date, ...]:
        """Working days of the quarter, in order."""
        count = (self.triwulan.selesai - self.triwulan.mulai).days + 1
        days = (self.triwulan.mulai + timedelta(days=n) for n in range(count))
        return tuple(day for day in days if self.kalender.hari_kerja(day))


def slug(teks: str) -> str:
    """Lower-case words joined by hyphens."""
    return _BUKAN_SLUG.sub("-", teks.lower()).strip("-")


def shared_events(musim: Musim, penyelenggara: Satuan, wilayah: str) -> tuple[Acara, ...]:
    """The events ``penyelenggara`` (the national unit or a province) holds for the units below it."""
    national = penyelenggara.kode == "00"
    rng = musim.rng("acara", penyelenggara.kode)
    patterns = phrases.POLA_NASIONAL if national else phrases.POLA_PROVINSI
    days = rng.sample(musim.hari_kerja[:-1], ACARA_NASIONAL if national else ACARA_PROVINSI)
    topics = list(phrases.TOPIK[musim.lembaga])
    rng.shuffle(topics)
    return tuple(
        _shared_event(rng, penyelenggara, wilayah, day, patterns[index % len(patterns)], topics[index % len(topics)])
        for index, day in enumerate(sorted(days))
    )


def _shared_event(rng: Random, organiser: Satuan, region: str, day: date, pattern: PolaKegiatan, topic: str) -> Acara:
    national = organiser.kode == "00"
    mode = rng.choices(("daring", "luring", "hibrida"), (7, 2, 2) if national else (4, 5, 2))[0]
    words = {"topik": topic, "satker": organiser.resmi, "wilayah": region}
    return Acara(
        organiser.resmi,
        day,
        pattern,
        rng.choice(pattern.judul).format(**words),
        mode,
        "" if mode == "daring" else rng.choice(phrases.TEMPAT["kantor"]).format(**words),
        "" if mode == "luring" else rng.choice(phrases.PLATFORM).format(**words),
        rng.randint(300, 1400) if national else rng.randint(30, 180),
        "orang",
    )


@dataclass
class _Penulis:
    """Writes the rows of one unit; keeps what has been used so that no two rows are the same event.

    dasar: how often a publication of this unit is usually seen.
    """

    musim: Musim
    satuan: Satuan
    rng: Random
    kata: Mapping[str, str]
    terpakai: set[tuple[date, str]]
    dasar: int
    nomor: int = 0

    def phrase(self, pilihan: Sequence[str], **tambahan: str) -> str:
        """One of ``pilihan`` with its placeholders filled."""
        return self.rng.choice(pilihan).format(**self.kata, **tambahan)

    def topic(self) -> str:
        """One topic of the body."""
        return self.rng.choice(phrases.TOPIK[self.musim.lembaga])

    def evidence(self, judul: str) -> str:
        """Address of a news page on the unit's own site; unique in the nation."""
        self.nomor += 1
        section = "blog/read" if self.musim.lembaga == "kpu" else "berita"
        return f"https://{self.satuan.host}/{section}/{self.satuan.kode.replace('.', '')}{self.nomor:03d}_{slug(judul)[:48]}"

    def free_day(self, kunci: str) -> date:
        """A working day on which the unit has nothing of this kind yet, as long as there is one to be found."""
        for _ in range(_PERCOBAAN_HARI):
            day = self.rng.choice(self.musim.hari_kerja[:-1])
            if (day, kunci) not in self.terpakai:
                break
        self.terpakai.add((day, kunci))
        return day

    def unique_title(self, tanggal: date, judul: str) -> str:
        """``judul``, numbered when the unit already has it on this day."""
        number, title = 1, judul
        while (tanggal, title) in self.terpakai:
            number += 1
            title = f"{judul} sesi {number}"
        self.terpakai.add((tanggal, title))
        return title


def write_rows(
    musim: Musim, satuan: Satuan, jumlah: Mapping[str, int], acara: Sequence[Acara], *, hari_tertulis: bool
) -> dict[str, list[Baris]]:
    """Good rows of one unit by data set, as many as ``jumlah`` says.

    acara: shared events the unit may have attended; those it organises itself come first in its report.
    hari_tertulis: whether the unit writes the name of the weekday.
    """
    region = "Jakarta" if satuan.kode == "00" else satuan.nama
    words = {"satker": satuan.resmi, "wilayah": region, "triwulan": musim.triwulan.label}
    rng = musim.rng("isi", satuan.kode)
    writer = _Penulis(musim, satuan, rng, words, set(), rng.randint(*_PENGIKUT[satuan.tingkat]))
    rows = {
        "kegiatan": _activities(writer, jumlah["kegiatan"], acara),
        "publikasi": [_publication(writer) for _ in range(jumlah["publikasi"])],
        "permohonan_info": [_request(writer, number) for number in range(1, jumlah["permohonan_info"] + 1)],
        "isu_hoaks": [_issue(writer, number) for number in range(1, jumlah["isu_hoaks"] + 1)],
    }
    if hari_tertulis:
        for row in rows["kegiatan"]:
            day = row["tanggal_mulai"]
            assert isinstance(day, date)  # noqa: S101 - narrows the type of a value made above
            row["hari"] = HARI[day.weekday()]
    return rows


def _activities(writer: _Penulis, count: int, events: Sequence[Acara]) -> list[Baris]:
    hosted = [event for event in events if event.penyelenggara == writer.satuan.resmi][:count]
    others = [event for event in events if event.penyelenggara != writer.satuan.resmi]
    attended = writer.rng.sample(others, min(len(others), round((count - len(hosted)) * 0.55)))
    for event in (*hosted, *attended):
        writer.terpakai.add((event.tanggal, event.pola.jenis))
    rows = [_hosted_event(writer, event) for event in hosted]
    rows += [_attended_event(writer, event) for event in attended]
    rows += [_own_event(writer) for _ in range(count - len(rows))]
    return sorted(rows, key=lambda row: (str(row["tanggal_mulai"]), str(row["judul"])))


def _activity(writer: _Penulis, title: str, day: date, pattern: PolaKegiatan) -> Baris:
    rng = writer.rng
    published = day + timedelta(days=rng.random() < 0.25)
    title = writer.unique_title(day, title)
    return {
        "judul": title,
        "tanggal_mulai": day,
        "tanggal_selesai": day,
        "jenis_kegiatan": pattern.jenis,
        "strategi_utama": pattern.strategi,
        "fungsi": "korektif" if pattern.korektif else "konstruktif",
        "sasaran": list(pattern.sasaran),
        "kanal": ["website", "instagram"] if rng.random() < 0.6 else ["website"],
        "tahapan": "PEMUTAKHIRAN_DATA_PEMILIH" if "data pemilih" in title else "NON_TAHAPAN",
        "tanggal_publikasi": published,
        "url_bukti": [writer.evidence(title)],
    }


def _own_event(writer: _Penulis) -> Baris:
    rng = writer.rng
    pattern = rng.choices(phrases.POLA_SENDIRI, phrases.BOBOT_SENDIRI)[0]
    day = writer.free_day(pattern.jenis)
    school, partner = f"{rng.choice(phrases.SEKOLAH)} {writer.satuan.nama_pendek}", writer.phrase(phrases.MITRA)
    radio, place = writer.phrase(phrases.RADIO), writer.phrase(phrases.TEMPAT[pattern.tempat])
    title = writer.phrase(pattern.judul, topik=writer.topic(), tempat=place, sekolah=school, mitra=partner, radio=radio)
    mode = "daring" if pattern.tempat == "kantor" and rng.random() < 0.2 else "luring"
    row = _activity(writer, title, day, pattern)
    if pattern.jenis in {"BIMTEK", "SOSIALISASI"} and rng.random() < 0.2:
        row["tanggal_selesai"] = day + timedelta(days=1)
    views = rng.randint(120, 4200)
    row |= {
        "mode": mode,
        "peran_satker": "penyelenggara",
        "penyelenggara": writer.satuan.resmi,
        "jumlah_peserta": rng.randint(*pattern.peserta),
        "satuan_peserta": "orang",
        "lingkup_peserta": "seluruh_acara",
        "jangkauan": views * rng.randint(40, 95) // 100,
        "tayangan": views,
        "platform" if mode == "daring" else "tempat": "Zoom" if mode == "daring" else place,
    }
    if rng.random() < 0.25:
        row["strategi_lain"] = sorted({str(rng.randint(1, 8)), str(rng.randint(1, 8))})
    if pattern.jenis in {"RAKOR", "AUDIENSI", "MEDIA_GATHERING"}:
        row["mitra"] = [partner]
    if pattern.jenis in {"BIMTEK", "SOSIALISASI", "SIARAN"}:
        row["narasumber"] = [writer.phrase(phrases.NARASUMBER)]
    return row


def _hosted_event(writer: _Penulis, event: Acara) -> Baris:
    row = _activity(writer, event.judul, event.tanggal, event.pola) | _place(event)
    return row | {
        "peran_satker": "penyelenggara",
        "penyelenggara": event.penyelenggara,
        "jumlah_peserta": event.peserta,
        "satuan_peserta": event.satuan,
        "lingkup_peserta": "seluruh_acara",
        "narasumber": [writer.phrase(phrases.NARASUMBER)],
    }


def _attended_event(writer: _Penulis, event: Acara) -> Baris:
    rng = writer.rng
    prefix = rng.choice(phrases.AWALAN_PESERTA)
    title = prefix + (event.judul[0].lower() + event.judul[1:] if prefix else event.judul)
    row = _activity(writer, title, event.tanggal, event.pola) | _place(event)
    all_of_it = rng.random() < 0.15
    return row | {
        "peran_satker": "narasumber" if rng.random() < 0.06 else "peserta",
        "penyelenggara": event.penyelenggara,
        "jumlah_peserta": event.peserta if all_of_it else rng.randint(1, 6),
        "satuan_peserta": "orang",
        "lingkup_peserta": "seluruh_acara" if all_of_it else "satker_ini",
        "nomor_dokumen": f"{rng.randint(10, 899)}/HM.03-Und/{writer.satuan.kode_provinsi}/{event.tanggal.year}",
    }


def _place(event: Acara) -> Baris:
    place: Baris = {"mode": event.mode}
    if event.tempat:
        place["tempat"] = event.tempat
    if event.platform:
        place["platform"] = event.platform
    return place


def _publication(writer: _Penulis) -> Baris:
    rng = writer.rng
    channel, kind, _ = rng.choices(_KANAL, [weight for *_, weight in _KANAL])[0]
    title = writer.phrase(phrases.JUDUL_PUBLIKASI, topik=writer.topic())
    views = min(int(writer.dasar * rng.lognormvariate(0, 0.5)), 5 * writer.dasar)
    likes = views * rng.randint(1, 9) // 100
    return {
        "judul": title,
        "kanal": channel,
        "akun": writer.satuan.host if channel == "website" else f"@{slug(writer.satuan.resmi).replace('-', '')}",
        "url": _publication_url(writer, channel, title),
        "tanggal_terbit": rng.choice(writer.musim.hari_kerja),
        "jenis_konten": kind,
        "jangkauan": views * rng.randint(40, 98) // 100,
        "tayangan": views,
        "suka": likes,
        "komentar": likes // 8,
        "bagikan": likes // 12,
        "aksesibilitas": "ya" if rng.random() < 0.45 else "tidak",
    }


def _publication_url(writer: _Penulis, channel: str, title: str) -> str:
    if channel == "website":
        return writer.evidence(title)
    writer.nomor += 1
    serial = f"{writer.satuan.kode.replace('.', '')}{writer.nomor:05d}"
    account = slug(writer.satuan.resmi).replace("-", "")
    return {
        "instagram": f"https://www.instagram.com/p/{serial}/",
        "facebook": f"https://www.facebook.com/{account}/posts/{serial}",
        "x": f"https://x.com/{account}/status/{serial}",
        "youtube": f"https://www.youtube.com/watch?v={serial}",
        "tiktok": f"https://www.tiktok.com/@{account}/video/{serial}",
    }[channel]


def _request(writer: _Penulis, number: int) -> Baris:
    rng, calendar = writer.rng, writer.musim.kalender
    received = rng.choice(writer.musim.hari_kerja[:-_JEDA_AKHIR])
    regime = "PEMILU" if rng.random() < 0.1 else "UMUM"
    answered = calendar.tambah_hari_kerja(received, rng.randint(1, 3 if regime == "PEMILU" else 9))
    row: Baris = {
        "no_registrasi": f"{number:03d}/PPID/{writer.satuan.kode}/{received.year}",
        "tanggal_terima": received,
        "kanal_permohonan": rng.choice(("e_ppid", "e_ppid", "langsung", "surel", "surat", "whatsapp")),
        "jenis_pemohon": rng.choice(("perorangan", "perorangan", "kelompok", "badan_hukum")),
        "tujuan": rng.choice(phrases.TUJUAN_PERMOHONAN),
        "informasi_diminta": rng.choice(phrases.INFORMASI_DIMINTA),
        "rezim": regime,
        "tanggal_lengkap": received,
        "tanggal_tanggapan": answered,
        "putusan": rng.choices(("dikabulkan_penuh", "dikabulkan_sebagian", "ditolak_dikecualikan"), (80, 14, 6))[0],
        "biaya_rp": 0,
    }
    if row["putusan"] == "ditolak_dikecualikan":
        row |= {"alasan_penolakan": "dikecualikan", "dasar_penolakan": rng.choice(phrases.DASAR_PENOLAKAN)}
    if regime == "UMUM" and rng.random() < 0.08:
        row |= {
            "tanggal_perpanjangan": calendar.tambah_hari_kerja(received, 9),
            "alasan_perpanjangan": rng.choice(phrases.ALASAN_PERPANJANGAN),
            "tanggal_tanggapan": calendar.tambah_hari_kerja(received, rng.randint(11, 15)),
        }
    return row


def _issue(writer: _Penulis, number: int) -> Baris:
    rng = writer.rng
    day = rng.choice(writer.musim.hari_kerja[:-5])
    found = datetime.combine(day, time(rng.randint(7, 20), rng.randrange(0, 60, 5)))
    title = writer.phrase(phrases.KLAIM)
    items = rng.randint(1, 14)
    taken_down = rng.randint(0, items)
    return {
        "id_isu": f"ISU-{day.year}-{number:02d}",
        "judul_klaim": title,
        "narasi": f"{title}, disertai ajakan untuk meneruskan pesan.",
        "tanggal_temuan": found,
        "sumber_temuan": rng.choice(("patroli_internal", "patroli_internal", "aduan_masyarakat", "media")),
        "klasifikasi": rng.choice(("konten_menyesatkan", "konten_palsu", "konten_tiruan", "konteks_salah")),
        "terkait_tahapan": "NON_TAHAPAN",
        "fakta": writer.phrase(phrases.FAKTA),
        "rujukan": [f"https://{writer.satuan.host}/"],
        "platform": rng.choice(("facebook", "whatsapp", "instagram", "tiktok", "x")),
        "jumlah_konten": items,
        "jumlah_diturunkan": taken_down,
        "jumlah_diproses": rng.randint(0, items - taken_down),
        "status": "diklarifikasi",
        "tanggal_klarifikasi": found + timedelta(minutes=rng.randrange(45, 3600, 5)),
        "kanal_klarifikasi": ["website", "instagram"],
        "url_klarifikasi": writer.evidence(title),
        "diteruskan_ke": [rng.choice(phrases.PENERUSAN)],
    }
