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
        jumlah = (self.triwulan.selesai - self.triwulan.mulai).days + 1
        semua = (self.triwulan.mulai + timedelta(days=n) for n in range(jumlah))
        return tuple(hari for hari in semua if self.kalender.hari_kerja(hari))


def slug(teks: str) -> str:
    """Lower-case words joined by hyphens."""
    return _BUKAN_SLUG.sub("-", teks.lower()).strip("-")


def shared_events(musim: Musim, penyelenggara: Satuan, wilayah: str) -> tuple[Acara, ...]:
    """The events ``penyelenggara`` (the national unit or a province) holds for the units below it."""
    nasional = penyelenggara.kode == "00"
    rng = musim.rng("acara", penyelenggara.kode)
    pola = phrases.POLA_NASIONAL if nasional else phrases.POLA_PROVINSI
    hari = rng.sample(musim.hari_kerja[:-1], ACARA_NASIONAL if nasional else ACARA_PROVINSI)
    topik = list(phrases.TOPIK[musim.lembaga])
    rng.shuffle(topik)
    return tuple(
        _shared_event(rng, penyelenggara, wilayah, tanggal, pola[urut % len(pola)], topik[urut % len(topik)])
        for urut, tanggal in enumerate(sorted(hari))
    )


def _shared_event(
    rng: Random, penyelenggara: Satuan, wilayah: str, tanggal: date, pola: PolaKegiatan, topik: str
) -> Acara:
    nasional = penyelenggara.kode == "00"
    mode = rng.choices(("daring", "luring", "hibrida"), (7, 2, 2) if nasional else (4, 5, 2))[0]
    kata = {"topik": topik, "satker": penyelenggara.resmi, "wilayah": wilayah}
    return Acara(
        penyelenggara.resmi,
        tanggal,
        pola,
        rng.choice(pola.judul).format(**kata),
        mode,
        "" if mode == "daring" else rng.choice(phrases.TEMPAT["kantor"]).format(**kata),
        "" if mode == "luring" else rng.choice(phrases.PLATFORM).format(**kata),
        rng.randint(300, 1400) if nasional else rng.randint(30, 180),
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
        bagian = "blog/read" if self.musim.lembaga == "kpu" else "berita"
        return f"https://{self.satuan.host}/{bagian}/{self.satuan.kode.replace('.', '')}{self.nomor:03d}_{slug(judul)[:48]}"

    def free_day(self, kunci: str) -> date:
        """A working day on which the unit has nothing of this kind yet, as long as there is one to be found."""
        for _ in range(_PERCOBAAN_HARI):
            hari = self.rng.choice(self.musim.hari_kerja[:-1])
            if (hari, kunci) not in self.terpakai:
                break
        self.terpakai.add((hari, kunci))
        return hari

    def unique_title(self, tanggal: date, judul: str) -> str:
        """``judul``, numbered when the unit already has it on this day."""
        urut, hasil = 1, judul
        while (tanggal, hasil) in self.terpakai:
            urut += 1
            hasil = f"{judul} sesi {urut}"
        self.terpakai.add((tanggal, hasil))
        return hasil


def write_rows(
    musim: Musim, satuan: Satuan, jumlah: Mapping[str, int], acara: Sequence[Acara], *, hari_tertulis: bool
) -> dict[str, list[Baris]]:
    """Good rows of one unit by data set, as many as ``jumlah`` says.

    acara: shared events the unit may have attended; those it organises itself come first in its report.
    hari_tertulis: whether the unit writes the name of the weekday.
    """
    wilayah = "Jakarta" if satuan.kode == "00" else satuan.nama
    kata = {"satker": satuan.resmi, "wilayah": wilayah, "triwulan": musim.triwulan.label}
    rng = musim.rng("isi", satuan.kode)
    penulis = _Penulis(musim, satuan, rng, kata, set(), rng.randint(*_PENGIKUT[satuan.tingkat]))
    hasil = {
        "kegiatan": _activities(penulis, jumlah["kegiatan"], acara),
        "publikasi": [_publication(penulis) for _ in range(jumlah["publikasi"])],
        "permohonan_info": [_request(penulis, urut) for urut in range(1, jumlah["permohonan_info"] + 1)],
        "isu_hoaks": [_issue(penulis, urut) for urut in range(1, jumlah["isu_hoaks"] + 1)],
    }
    if hari_tertulis:
        for baris in hasil["kegiatan"]:
            tanggal = baris["tanggal_mulai"]
            assert isinstance(tanggal, date)  # noqa: S101 - narrows the type of a value made above
            baris["hari"] = HARI[tanggal.weekday()]
    return hasil


def _activities(penulis: _Penulis, jumlah: int, acara: Sequence[Acara]) -> list[Baris]:
    sendiri = [a for a in acara if a.penyelenggara == penulis.satuan.resmi][:jumlah]
    lain = [a for a in acara if a.penyelenggara != penulis.satuan.resmi]
    diikuti = penulis.rng.sample(lain, min(len(lain), round((jumlah - len(sendiri)) * 0.55)))
    for satu in (*sendiri, *diikuti):
        penulis.terpakai.add((satu.tanggal, satu.pola.jenis))
    baris = [_hosted_event(penulis, satu) for satu in sendiri]
    baris += [_attended_event(penulis, satu) for satu in diikuti]
    baris += [_own_event(penulis) for _ in range(jumlah - len(baris))]
    return sorted(baris, key=lambda satu: (str(satu["tanggal_mulai"]), str(satu["judul"])))


def _activity(penulis: _Penulis, judul: str, tanggal: date, pola: PolaKegiatan) -> Baris:
    rng = penulis.rng
    publikasi = tanggal + timedelta(days=rng.random() < 0.25)
    judul = penulis.unique_title(tanggal, judul)
    return {
        "judul": judul,
        "tanggal_mulai": tanggal,
        "tanggal_selesai": tanggal,
        "jenis_kegiatan": pola.jenis,
        "strategi_utama": pola.strategi,
        "fungsi": "korektif" if pola.korektif else "konstruktif",
        "sasaran": list(pola.sasaran),
        "kanal": ["website", "instagram"] if rng.random() < 0.6 else ["website"],
        "tahapan": "PEMUTAKHIRAN_DATA_PEMILIH" if "data pemilih" in judul else "NON_TAHAPAN",
        "tanggal_publikasi": publikasi,
        "url_bukti": [penulis.evidence(judul)],
    }


def _own_event(penulis: _Penulis) -> Baris:
    rng = penulis.rng
    pola = rng.choices(phrases.POLA_SENDIRI, phrases.BOBOT_SENDIRI)[0]
    tanggal = penulis.free_day(pola.jenis)
    sekolah, mitra = f"{rng.choice(phrases.SEKOLAH)} {penulis.satuan.nama_pendek}", penulis.phrase(phrases.MITRA)
    radio, tempat = penulis.phrase(phrases.RADIO), penulis.phrase(phrases.TEMPAT[pola.tempat])
    judul = penulis.phrase(pola.judul, topik=penulis.topic(), tempat=tempat, sekolah=sekolah, mitra=mitra, radio=radio)
    mode = "daring" if pola.tempat == "kantor" and rng.random() < 0.2 else "luring"
    baris = _activity(penulis, judul, tanggal, pola)
    if pola.jenis in {"BIMTEK", "SOSIALISASI"} and rng.random() < 0.2:
        baris["tanggal_selesai"] = tanggal + timedelta(days=1)
    tayangan = rng.randint(120, 4200)
    baris |= {
        "mode": mode,
        "peran_satker": "penyelenggara",
        "penyelenggara": penulis.satuan.resmi,
        "jumlah_peserta": rng.randint(*pola.peserta),
        "satuan_peserta": "orang",
        "lingkup_peserta": "seluruh_acara",
        "jangkauan": tayangan * rng.randint(40, 95) // 100,
        "tayangan": tayangan,
        "platform" if mode == "daring" else "tempat": "Zoom" if mode == "daring" else tempat,
    }
    if rng.random() < 0.25:
        baris["strategi_lain"] = sorted({str(rng.randint(1, 8)), str(rng.randint(1, 8))})
    if pola.jenis in {"RAKOR", "AUDIENSI", "MEDIA_GATHERING"}:
        baris["mitra"] = [mitra]
    if pola.jenis in {"BIMTEK", "SOSIALISASI", "SIARAN"}:
        baris["narasumber"] = [penulis.phrase(phrases.NARASUMBER)]
    return baris


def _hosted_event(penulis: _Penulis, acara: Acara) -> Baris:
    baris = _activity(penulis, acara.judul, acara.tanggal, acara.pola) | _place(acara)
    return baris | {
        "peran_satker": "penyelenggara",
        "penyelenggara": acara.penyelenggara,
        "jumlah_peserta": acara.peserta,
        "satuan_peserta": acara.satuan,
        "lingkup_peserta": "seluruh_acara",
        "narasumber": [penulis.phrase(phrases.NARASUMBER)],
    }


def _attended_event(penulis: _Penulis, acara: Acara) -> Baris:
    rng = penulis.rng
    awalan = rng.choice(phrases.AWALAN_PESERTA)
    judul = awalan + (acara.judul[0].lower() + acara.judul[1:] if awalan else acara.judul)
    baris = _activity(penulis, judul, acara.tanggal, acara.pola) | _place(acara)
    seluruh = rng.random() < 0.15
    return baris | {
        "peran_satker": "narasumber" if rng.random() < 0.06 else "peserta",
        "penyelenggara": acara.penyelenggara,
        "jumlah_peserta": acara.peserta if seluruh else rng.randint(1, 6),
        "satuan_peserta": "orang",
        "lingkup_peserta": "seluruh_acara" if seluruh else "satker_ini",
        "nomor_dokumen": f"{rng.randint(10, 899)}/HM.03-Und/{penulis.satuan.kode_provinsi}/{acara.tanggal.year}",
    }


def _place(acara: Acara) -> Baris:
    tempat: Baris = {"mode": acara.mode}
    if acara.tempat:
        tempat["tempat"] = acara.tempat
    if acara.platform:
        tempat["platform"] = acara.platform
    return tempat


def _publication(penulis: _Penulis) -> Baris:
    rng = penulis.rng
    kanal, jenis, _ = rng.choices(_KANAL, [bobot for *_, bobot in _KANAL])[0]
    judul = penulis.phrase(phrases.JUDUL_PUBLIKASI, topik=penulis.topic())
    tayangan = min(int(penulis.dasar * rng.lognormvariate(0, 0.5)), 5 * penulis.dasar)
    suka = tayangan * rng.randint(1, 9) // 100
    return {
        "judul": judul,
        "kanal": kanal,
        "akun": penulis.satuan.host if kanal == "website" else f"@{slug(penulis.satuan.resmi).replace('-', '')}",
        "url": _publication_url(penulis, kanal, judul),
        "tanggal_terbit": rng.choice(penulis.musim.hari_kerja),
        "jenis_konten": jenis,
        "jangkauan": tayangan * rng.randint(40, 98) // 100,
        "tayangan": tayangan,
        "suka": suka,
        "komentar": suka // 8,
        "bagikan": suka // 12,
        "aksesibilitas": "ya" if rng.random() < 0.45 else "tidak",
    }


def _publication_url(penulis: _Penulis, kanal: str, judul: str) -> str:
    if kanal == "website":
        return penulis.evidence(judul)
    penulis.nomor += 1
    tanda = f"{penulis.satuan.kode.replace('.', '')}{penulis.nomor:05d}"
    akun = slug(penulis.satuan.resmi).replace("-", "")
    return {
        "instagram": f"https://www.instagram.com/p/{tanda}/",
        "facebook": f"https://www.facebook.com/{akun}/posts/{tanda}",
        "x": f"https://x.com/{akun}/status/{tanda}",
        "youtube": f"https://www.youtube.com/watch?v={tanda}",
        "tiktok": f"https://www.tiktok.com/@{akun}/video/{tanda}",
    }[kanal]


def _request(penulis: _Penulis, urut: int) -> Baris:
    rng, kalender = penulis.rng, penulis.musim.kalender
    terima = rng.choice(penulis.musim.hari_kerja[:-_JEDA_AKHIR])
    rezim = "PEMILU" if rng.random() < 0.1 else "UMUM"
    tanggapan = kalender.tambah_hari_kerja(terima, rng.randint(1, 3 if rezim == "PEMILU" else 9))
    baris: Baris = {
        "no_registrasi": f"{urut:03d}/PPID/{penulis.satuan.kode}/{terima.year}",
        "tanggal_terima": terima,
        "kanal_permohonan": rng.choice(("e_ppid", "e_ppid", "langsung", "surel", "surat", "whatsapp")),
        "jenis_pemohon": rng.choice(("perorangan", "perorangan", "kelompok", "badan_hukum")),
        "tujuan": rng.choice(phrases.TUJUAN_PERMOHONAN),
        "informasi_diminta": rng.choice(phrases.INFORMASI_DIMINTA),
        "rezim": rezim,
        "tanggal_lengkap": terima,
        "tanggal_tanggapan": tanggapan,
        "putusan": rng.choices(("dikabulkan_penuh", "dikabulkan_sebagian", "ditolak_dikecualikan"), (80, 14, 6))[0],
        "biaya_rp": 0,
    }
    if baris["putusan"] == "ditolak_dikecualikan":
        baris |= {"alasan_penolakan": "dikecualikan", "dasar_penolakan": rng.choice(phrases.DASAR_PENOLAKAN)}
    if rezim == "UMUM" and rng.random() < 0.08:
        baris |= {
            "tanggal_perpanjangan": kalender.tambah_hari_kerja(terima, 9),
            "alasan_perpanjangan": rng.choice(phrases.ALASAN_PERPANJANGAN),
            "tanggal_tanggapan": kalender.tambah_hari_kerja(terima, rng.randint(11, 15)),
        }
    return baris


def _issue(penulis: _Penulis, urut: int) -> Baris:
    rng = penulis.rng
    hari = rng.choice(penulis.musim.hari_kerja[:-5])
    temuan = datetime.combine(hari, time(rng.randint(7, 20), rng.randrange(0, 60, 5)))
    judul = penulis.phrase(phrases.KLAIM)
    konten = rng.randint(1, 14)
    turun = rng.randint(0, konten)
    return {
        "id_isu": f"ISU-{hari.year}-{urut:02d}",
        "judul_klaim": judul,
        "narasi": f"{judul}, disertai ajakan untuk meneruskan pesan.",
        "tanggal_temuan": temuan,
        "sumber_temuan": rng.choice(("patroli_internal", "patroli_internal", "aduan_masyarakat", "media")),
        "klasifikasi": rng.choice(("konten_menyesatkan", "konten_palsu", "konten_tiruan", "konteks_salah")),
        "terkait_tahapan": "NON_TAHAPAN",
        "fakta": penulis.phrase(phrases.FAKTA),
        "rujukan": [f"https://{penulis.satuan.host}/"],
        "platform": rng.choice(("facebook", "whatsapp", "instagram", "tiktok", "x")),
        "jumlah_konten": konten,
        "jumlah_diturunkan": turun,
        "jumlah_diproses": rng.randint(0, konten - turun),
        "status": "diklarifikasi",
        "tanggal_klarifikasi": temuan + timedelta(minutes=rng.randrange(45, 3600, 5)),
        "kanal_klarifikasi": ["website", "instagram"],
        "url_klarifikasi": penulis.evidence(judul),
        "diteruskan_ke": [rng.choice(phrases.PENERUSAN)],
    }
