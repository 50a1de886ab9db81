"""The catalogue of published measures: number, label, unit and formula of each, written once.

A figure's id is the letter of its level and the number here: ``K`` a work unit, ``P`` a province, ``N``
the nation; a breakdown adds its place, so ``K5.4`` is "activities of strategy 4" of a unit. Numbers are
stable: a new measure takes a new number, an old one is never given away. Definitions follow the
decision notes on metrics.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from humas.contract.vocabulary import load_vocabulary

HURUF = {"satker": "S", "provinsi": "P", "nasional": "N"}


@dataclass(frozen=True, slots=True)
class Ukuran:
    """One measure.

    nomor: stable number in ids. satuan: unit as printed ("" for a plain count). rumus: formula in plain
    words. kosakata: vocabulary that gives the labels of its breakdown, or "". rincian: breakdown values in
    the order people should see them, with labels, when no vocabulary has them.
    """

    nama: str
    nomor: int
    label: str
    satuan: str
    rumus: str
    kosakata: str = ""
    rincian: tuple[tuple[str, str], ...] = ()

    @property
    def persen(self) -> bool:
        """Whether values are percentages."""
        return self.satuan == "persen"


_KETEPATAN = (
    ("tepat_waktu", "Tepat waktu"),
    ("terlambat", "Terlambat"),
    ("sangat_terlambat", "Sangat terlambat"),
    ("belum_lapor", "Belum lapor"),
)
_STATUS = (
    ("diterima", "Diterima"),
    ("diterima_dengan_catatan", "Diterima dengan catatan"),
    ("diterima_sebagian", "Diterima sebagian"),
    ("nihil", "Nihil"),
    ("ditolak", "Ditolak"),
    ("menunggu", "Menunggu"),
)
_PESERTA = (
    ("orang/seluruh_acara", "Orang, seluruh acara"),
    ("orang/satker_ini", "Orang dari satker ini"),
    ("satker/seluruh_acara", "Satker, seluruh acara"),
    ("satker/satker_ini", "Satker, hanya satker ini"),
    ("orang/tidak_disebut", "Orang, lingkup tidak disebut"),
    ("satker/tidak_disebut", "Satker, lingkup tidak disebut"),
    ("tidak_disebut/seluruh_acara", "Satuan tidak disebut, seluruh acara"),
    ("tidak_disebut/satker_ini", "Satuan tidak disebut, satker ini"),
    ("tidak_disebut/tidak_disebut", "Satuan dan lingkup tidak disebut"),
)
_PUTUSAN_WAKTU = (
    ("tepat", "Tepat waktu"),
    ("terlambat", "Terlambat"),
    ("berjalan", "Masih berjalan"),
    ("lewat_tenggat", "Lewat tenggat"),
)
_BARIS = (("masuk", "Baris masuk"), ("diterima", "Diterima"), ("dikarantina", "Ditahan"), ("kembar", "Kembar"))

DAFTAR: tuple[Ukuran, ...] = (
    Ukuran(
        "kelengkapan",
        1,
        "Kelengkapan",
        "persen",
        "100 × kewajiban dengan kiriman diterima atau nihil ÷ seluruh kewajiban",
    ),
    Ukuran(
        "ketepatan_waktu",
        2,
        "Ketepatan waktu",
        "persen",
        "100 × kewajiban yang dipenuhi sampai tenggat ÷ seluruh kewajiban",
    ),
    Ukuran("kegiatan_dilaporkan", 3, "Kegiatan dilaporkan", "kegiatan", "Banyaknya baris kegiatan yang diterima"),
    Ukuran(
        "acara_unik",
        4,
        "Acara unik",
        "acara",
        "Banyaknya acara berbeda; satu acara yang dilaporkan beberapa satker dihitung sekali",
    ),
    Ukuran(
        "kegiatan_strategi",
        5,
        "Kegiatan menurut strategi",
        "kegiatan",
        "Kegiatan dilaporkan menurut strategi utama",
        "strategi",
    ),
    Ukuran(
        "kegiatan_jenis", 6, "Kegiatan menurut jenis", "kegiatan", "Kegiatan dilaporkan menurut jenis", "jenis_kegiatan"
    ),
    Ukuran("kegiatan_mode", 7, "Kegiatan menurut mode", "kegiatan", "Kegiatan dilaporkan menurut mode", "mode"),
    Ukuran(
        "kegiatan_peran",
        8,
        "Kegiatan menurut peran satker",
        "kegiatan",
        "Kegiatan dilaporkan menurut peran satker",
        "peran_satker",
    ),
    Ukuran(
        "kegiatan_tahapan",
        9,
        "Kegiatan menurut tahapan",
        "kegiatan",
        "Kegiatan dilaporkan menurut tahapan pemilu",
        "tahapan",
    ),
    Ukuran(
        "kegiatan_fungsi",
        10,
        "Kegiatan menurut fungsi",
        "kegiatan",
        "Kegiatan dilaporkan menurut fungsi humas",
        "fungsi",
    ),
    Ukuran(
        "peserta",
        11,
        "Peserta",
        "",
        "Jumlah peserta yang dilaporkan, dipisah menurut satuan dan lingkup",
        rincian=_PESERTA,
    ),
    Ukuran("publikasi", 12, "Publikasi", "publikasi", "Banyaknya baris publikasi yang diterima"),
    Ukuran("publikasi_kanal", 13, "Publikasi menurut kanal", "publikasi", "Publikasi menurut kanal terbit", "kanal"),
    Ukuran(
        "publikasi_jenis",
        14,
        "Publikasi menurut jenis konten",
        "publikasi",
        "Publikasi menurut jenis konten",
        "jenis_konten",
    ),
    Ukuran("jangkauan", 15, "Jangkauan", "orang", "Jumlah jangkauan publikasi yang melaporkannya"),
    Ukuran("tayangan", 16, "Tayangan", "kali", "Jumlah tayangan publikasi yang melaporkannya"),
    Ukuran("permohonan", 17, "Permohonan informasi", "permohonan", "Banyaknya permohonan informasi yang diterima"),
    Ukuran(
        "permohonan_putusan", 18, "Permohonan menurut putusan", "permohonan", "Permohonan menurut putusan", "putusan"
    ),
    Ukuran(
        "permohonan_ketepatan",
        19,
        "Permohonan menurut ketepatan",
        "permohonan",
        "Hari kerja sampai tanggapan dibandingkan dengan batas rezimnya (umum 10 + 7, pemilu 3)",
        rincian=_PUTUSAN_WAKTU,
    ),
    Ukuran(
        "permohonan_median_hari",
        20,
        "Median waktu jawab",
        "hari kerja",
        "Median hari kerja dari permohonan diterima sampai ditanggapi",
    ),
    Ukuran("hoaks_isu", 21, "Isu dan hoaks", "isu", "Banyaknya isu yang ditangani"),
    Ukuran("hoaks_konten", 22, "Konten pembawa isu", "konten", "Jumlah konten dari semua isu"),
    Ukuran("hoaks_diklarifikasi", 23, "Isu diklarifikasi", "isu", "Isu yang sudah ada klarifikasinya"),
    Ukuran("hoaks_klasifikasi", 24, "Isu menurut klasifikasi", "isu", "Isu menurut klasifikasi", "klasifikasi"),
    Ukuran(
        "hoaks_median_jam", 25, "Median waktu klarifikasi", "jam", "Median jam dari temuan sampai klarifikasi pertama"
    ),
    Ukuran("hoaks_p90_jam", 26, "P90 waktu klarifikasi", "jam", "Jam yang cukup bagi 90 % isu yang diklarifikasi"),
    Ukuran(
        "ketepatan",
        27,
        "Kewajiban menurut ketepatan",
        "satker",
        "Kewajiban menurut waktu penerimaan pertama",
        rincian=_KETEPATAN,
    ),
    Ukuran(
        "status_kiriman",
        28,
        "Kiriman menurut hasil periksa",
        "satker",
        "Satker menurut hasil pemeriksaan kiriman",
        rincian=_STATUS,
    ),
    Ukuran("baris", 29, "Neraca baris", "baris", "Baris masuk = diterima + ditahan + kembar", rincian=_BARIS),
    Ukuran("validitas", 30, "Validitas", "persen", "100 × (1 - baris ditahan ÷ baris masuk)"),
    Ukuran("kelengkapan_isi", 31, "Kelengkapan isi", "persen", "100 × sel wajib terisi ÷ sel wajib yang diharapkan"),
    Ukuran(
        "satker_wajib", 32, "Satker wajib lapor", "satker", "Banyaknya kewajiban yang ditetapkan saat periode dibuka"
    ),
    Ukuran("satker_lapor", 33, "Satker melapor", "satker", "Kewajiban dengan kiriman diterima atau nihil"),
)
MENURUT_NAMA: dict[str, Ukuran] = {measure.nama: measure for measure in DAFTAR}


@cache
def breakdown(nama: str) -> dict[str, str]:
    """Breakdown values of a measure with their labels, in the order people should see them."""
    measure = MENURUT_NAMA[nama]
    if measure.kosakata:
        return {term.nilai: term.label for term in load_vocabulary()[measure.kosakata].istilah}
    return dict(measure.rincian)


@cache
def figure_id(lingkup: str, nama: str, rincian: str) -> str:
    """Id of a figure, such as ``S3`` or ``N5.4``; a breakdown outside the vocabulary keeps its own name."""
    stem = f"{HURUF[lingkup]}{MENURUT_NAMA[nama].nomor}"
    if not rincian:
        return stem
    order = list(breakdown(nama))
    return f"{stem}.{order.index(rincian) + 1 if rincian in order else rincian}"


@cache
def figure_place(nama: str, rincian: str) -> tuple[int, int, str]:
    """Where a figure stands among all figures of a report: by number, then by place of its breakdown."""
    order = list(breakdown(nama)) if rincian else []
    return MENURUT_NAMA[nama].nomor, order.index(rincian) if rincian in order else len(order), rincian


def figure_label(nama: str, rincian: str = "") -> str:
    """What a reader sees as the name of a figure: of its breakdown when it has one."""
    if not rincian:
        return MENURUT_NAMA[nama].label
    return breakdown(nama).get(rincian) or rincian.replace("_", " ").capitalize()
