"""The catalogue of published measures: number, label, unit and formula of each, written once.

A figure's id is the letter of its level and the number here: ``K`` a work unit, ``P`` a province, ``N``
the nation; a breakdown adds its place, so ``K5.4`` is "activities of strategy 4" of a unit. Numbers are
stable: a new measure takes a new number, an old one is never given away. Definitions follow the
decision notes on metrics.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from humas.bodies import BODIES, OTHER_KIND
from humas.contract.columns import DATASETS
from humas.contract.partners import load_partners
from humas.contract.purposes import load_purposes
from humas.contract.regimes import RegimeLimits, load_regimes
from humas.contract.vocabulary import NOT_STATED, STRATEGIES, load_vocabulary

LETTERS = {"satker": "S", "provinsi": "P", "nasional": "N"}


@dataclass(frozen=True, slots=True)
class Measure:
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


TIMELINESS = {
    "tepat_waktu": "Tepat waktu",
    "terlambat": "Terlambat",
    "sangat_terlambat": "Sangat terlambat",
    "belum_lapor": "Belum ada laporan",
}
ABSENT = {
    "belum_lapor": "Belum lapor",
    "sumber": "Sumber gagal dibaca",
    "sistem": "Gangguan sistem kami",
    "belum_dikumpulkan": "Belum diminta",
}
"""Why there is no report of a unit, and whose doing that is; ``belum_lapor`` alone blames the unit."""
STATUS = {
    "diterima": "Diterima",
    "diterima_dengan_catatan": "Diterima dengan catatan",
    "diterima_sebagian": "Diterima sebagian",
    "nihil": "Nihil",
    "ditolak": "Ditolak",
    "menunggu": "Menunggu",
}
_PARTICIPANTS = (
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
_VERDICT_TIMES = (
    ("tepat", "Tepat waktu"),
    ("terlambat", "Terlambat"),
    ("berjalan", "Masih berjalan"),
    ("lewat_tenggat", "Lewat tenggat"),
    (NOT_STATED, "Tidak disebut"),
)
DATA_SETS = tuple((dataset.name, dataset.sheet.capitalize()) for dataset in DATASETS)
STANDINGS = (
    ("pernah", "pernah diterima"),
    ("berlaku", "berlaku"),
    ("digantikan", "digantikan"),
    ("dicabut", "dicabut"),
)
_ROWS = (
    ("masuk", "Baris masuk"),
    ("diterima", "Diterima"),
    ("dikarantina", "Ditahan"),
    ("kembar", "Kembar"),
    ("diperbaiki", "Dari yang ditahan, diperbaiki berkas sesudahnya"),
)


def _of_requests(limits: RegimeLimits) -> str:
    return f"{limits.working_days} + {limits.extension}"


def _of_objections(limits: RegimeLimits) -> str:
    return str(limits.objection)


def _limits(told: Callable[[RegimeLimits], str]) -> str:
    """The newest limits of each regime: ``umum 10 + 7, pemilu 3 + 2``."""
    newest = {limits.regime: limits for limits in load_regimes()}
    return ", ".join(f"{regime.lower()} {told(limits)}" for regime, limits in newest.items())


MEASURES: tuple[Measure, ...] = (
    Measure(
        "kelengkapan",
        1,
        "Kelengkapan",
        "persen",
        "100 × kewajiban dengan kiriman diterima atau nihil ÷ seluruh kewajiban",
    ),
    Measure(
        "ketepatan_waktu",
        2,
        "Ketepatan waktu",
        "persen",
        "100 × kewajiban yang dipenuhi sampai tenggat ÷ seluruh kewajiban",
    ),
    Measure("kegiatan_dilaporkan", 3, "Kegiatan dilaporkan", "kegiatan", "Banyaknya baris kegiatan yang diterima"),
    Measure(
        "acara_unik",
        4,
        "Acara unik",
        "acara",
        "Banyaknya acara berbeda; satu acara yang dilaporkan beberapa satker dihitung sekali",
    ),
    Measure(
        "kegiatan_strategi",
        5,
        "Kegiatan menurut strategi",
        "kegiatan",
        "Kegiatan dilaporkan menurut strategi utama",
        "strategi",
    ),
    Measure(
        "kegiatan_jenis", 6, "Kegiatan menurut jenis", "kegiatan", "Kegiatan dilaporkan menurut jenis", "jenis_kegiatan"
    ),
    Measure("kegiatan_mode", 7, "Kegiatan menurut mode", "kegiatan", "Kegiatan dilaporkan menurut mode", "mode"),
    Measure(
        "kegiatan_peran",
        8,
        "Kegiatan menurut peran satker",
        "kegiatan",
        "Kegiatan dilaporkan menurut peran satker",
        "peran_satker",
    ),
    Measure(
        "kegiatan_tahapan",
        9,
        "Kegiatan menurut tahapan",
        "kegiatan",
        "Kegiatan dilaporkan menurut tahapan",
        "tahapan",
    ),
    Measure(
        "kegiatan_fungsi",
        10,
        "Kegiatan menurut fungsi",
        "kegiatan",
        "Kegiatan dilaporkan menurut fungsi humas",
        "fungsi",
    ),
    Measure(
        "peserta",
        11,
        "Peserta",
        "",
        "Jumlah peserta yang dilaporkan, dipisah menurut satuan dan lingkup; yang hadir pada beberapa acara terhitung pada tiap acara",
        rincian=_PARTICIPANTS,
    ),
    Measure("publikasi", 12, "Publikasi", "publikasi", "Banyaknya baris publikasi yang diterima"),
    Measure("publikasi_kanal", 13, "Publikasi menurut kanal", "publikasi", "Publikasi menurut kanal terbit", "kanal"),
    Measure(
        "publikasi_jenis",
        14,
        "Publikasi menurut jenis konten",
        "publikasi",
        "Publikasi menurut jenis konten",
        "jenis_konten",
    ),
    Measure(
        "jangkauan",
        15,
        "Jangkauan kumulatif",
        "kali",
        "Jumlah jangkauan tiap publikasi yang melaporkannya; satu orang dapat terhitung pada beberapa publikasi",
    ),
    Measure("tayangan", 16, "Tayangan", "kali", "Jumlah tayangan publikasi yang melaporkannya"),
    Measure("permohonan", 17, "Permohonan informasi", "permohonan", "Banyaknya permohonan informasi yang diterima"),
    Measure(
        "permohonan_putusan", 18, "Permohonan menurut putusan", "permohonan", "Permohonan menurut putusan", "putusan"
    ),
    Measure(
        "permohonan_ketepatan",
        19,
        "Permohonan menurut ketepatan",
        "permohonan",
        f"Hari kerja sampai tanggapan dibandingkan dengan batas rezimnya ({_limits(_of_requests)})",
        rincian=_VERDICT_TIMES,
    ),
    Measure(
        "permohonan_median_hari",
        20,
        "Median waktu jawab",
        "hari kerja",
        "Median hari kerja dari permohonan diterima sampai ditanggapi",
    ),
    Measure("hoaks_isu", 21, "Isu dan hoaks", "isu", "Banyaknya isu yang ditangani"),
    Measure("hoaks_konten", 22, "Konten pembawa isu", "konten", "Jumlah konten dari semua isu"),
    Measure("hoaks_diklarifikasi", 23, "Isu diklarifikasi", "isu", "Isu yang sudah ada klarifikasinya"),
    Measure("hoaks_klasifikasi", 24, "Isu menurut klasifikasi", "isu", "Isu menurut klasifikasi", "klasifikasi"),
    Measure(
        "hoaks_median_jam", 25, "Median waktu klarifikasi", "jam", "Median jam dari temuan sampai klarifikasi pertama"
    ),
    Measure("hoaks_p90_jam", 26, "P90 waktu klarifikasi", "jam", "Jam yang cukup bagi 90 % isu yang diklarifikasi"),
    Measure(
        "ketepatan",
        27,
        "Kewajiban menurut ketepatan",
        "satker",
        "Kewajiban menurut waktu penerimaan pertama",
        rincian=tuple(TIMELINESS.items()),
    ),
    Measure(
        "status_kiriman",
        28,
        "Kiriman menurut hasil periksa",
        "satker",
        "Satker menurut hasil pemeriksaan kiriman",
        rincian=tuple(STATUS.items()),
    ),
    Measure("baris", 29, "Neraca baris", "baris", "Baris masuk = diterima + ditahan + kembar", rincian=_ROWS),
    Measure("validitas", 30, "Validitas", "persen", "100 × (1 - baris ditahan ÷ baris masuk)"),
    Measure(
        "kelengkapan_isi",
        31,
        "Kelengkapan isi",
        "persen",
        "100 × sel wajib atau diminta yang terisi ÷ sel wajib atau diminta dari baris masuk",
    ),
    Measure(
        "satker_wajib", 32, "Satker wajib lapor", "satker", "Banyaknya kewajiban yang ditetapkan saat periode dibuka"
    ),
    Measure("satker_lapor", 33, "Satker melapor", "satker", "Kewajiban dengan kiriman diterima atau nihil"),
    Measure(
        "kelengkapan_uraian",
        34,
        "Kelengkapan uraian",
        "persen",
        "100 × isian yang diminta dan dapat dipakai ÷ isian yang diminta dari baris yang diterima",
    ),
    Measure(
        "buku",
        35,
        "Buku baris",
        "baris",
        "Baris yang pernah diterima = berlaku + digantikan + dicabut; angka lain menghitung yang berlaku",
        rincian=tuple((f"{name}/{part}", f"{label}: {word}") for name, label in DATA_SETS for part, word in STANDINGS),
    ),
    Measure(
        "kelengkapan_himpunan",
        36,
        "Kelengkapan tiap himpunan data",
        "persen",
        "100 × satker yang melaporkan himpunan itu, nihil termasuk ÷ seluruh kewajiban",
        rincian=DATA_SETS,
    ),
    Measure(
        "himpunan_nihil",
        37,
        "Himpunan data yang dinyatakan nihil",
        "satker",
        "Satker yang menyatakan himpunan itu nihil dan tidak pernah mengirim barisnya",
        rincian=DATA_SETS,
    ),
    Measure(
        "himpunan_ditahan",
        38,
        "Himpunan data yang dikirim, semuanya ditahan",
        "baris",
        "Baris himpunan itu dari satker yang semua barisnya ditahan, sehingga belum ada yang dihitung",
        rincian=DATA_SETS,
    ),
    Measure("keberatan", 39, "Keberatan", "keberatan", "Banyaknya keberatan atas permohonan informasi"),
    Measure(
        "keberatan_alasan", 40, "Keberatan menurut alasan", "keberatan", "Keberatan menurut alasan", "alasan_keberatan"
    ),
    Measure(
        "keberatan_hasil", 41, "Keberatan menurut hasil", "keberatan", "Keberatan menurut hasil", "hasil_keberatan"
    ),
    Measure(
        "keberatan_ketepatan",
        42,
        "Keberatan menurut ketepatan",
        "keberatan",
        f"Hari kerja sampai tanggapan dibandingkan dengan batas rezimnya ({_limits(_of_objections)}); yang belum ditanggapi dinilai "
        "menurut hari terakhir triwulan",
        rincian=_VERDICT_TIMES,
    ),
    Measure(
        "keberatan_median_hari",
        43,
        "Median waktu tanggapan keberatan",
        "hari kerja",
        "Median hari kerja dari keberatan diterima sampai ditanggapi",
    ),
    Measure(
        "keberatan_sengketa",
        44,
        "Keberatan yang menjadi sengketa",
        "sengketa",
        "Keberatan yang dibawa ke Komisi Informasi, dari yang menyebut ada tidaknya sengketa",
    ),
    Measure(
        "keberatan_hasil_sengketa", 45, "Sengketa menurut hasil", "sengketa", "Sengketa menurut hasil", "hasil_sengketa"
    ),
    Measure("pemberitaan", 46, "Pemberitaan media", "berita", "Banyaknya berita media lain tentang satker"),
    Measure("pemberitaan_nada", 47, "Pemberitaan menurut nada", "berita", "Berita menurut nadanya bagi satker", "nada"),
    Measure(
        "pemberitaan_jenis_media",
        48,
        "Pemberitaan menurut jenis media",
        "berita",
        "Berita menurut jenis medianya",
        "jenis_media",
    ),
    Measure(
        "pemberitaan_media",
        49,
        "Media yang memberitakan",
        "media",
        "Banyaknya nama media berbeda; ejaan yang berbeda huruf besar, spasi, atau tanda baca saja dihitung satu",
    ),
    Measure(
        "pemberitaan_tanggapan",
        50,
        "Berita negatif menurut tanggapan",
        "berita",
        "Berita negatif menurut apa yang dilakukan satker",
        "tanggapan_berita",
    ),
    Measure(
        "pemberitaan_negatif_ditanggapi",
        51,
        "Berita negatif ditanggapi",
        "persen",
        "100 × berita negatif yang ditanggapi ÷ berita negatif yang menyebut tanggapannya, tanpa yang tidak perlu ditanggapi",
    ),
    Measure(
        "pemberitaan_median_hari",
        52,
        "Median waktu tanggapan atas berita",
        "hari",
        "Median hari kalender dari berita dimuat sampai ditanggapi, dari yang menyebut tanggalnya",
    ),
    Measure("aspirasi", 53, "Aspirasi masyarakat", "aspirasi", "Banyaknya hal yang disampaikan masyarakat"),
    Measure("aspirasi_jenis", 54, "Aspirasi menurut jenis", "aspirasi", "Aspirasi menurut jenis", "jenis_aspirasi"),
    Measure(
        "aspirasi_saluran", 55, "Aspirasi menurut saluran", "aspirasi", "Aspirasi menurut saluran", "saluran_aspirasi"
    ),
    Measure(
        "aspirasi_tindak_lanjut",
        56,
        "Aspirasi menurut tindak lanjut",
        "aspirasi",
        "Aspirasi menurut tindak lanjut",
        "tindak_lanjut_aspirasi",
    ),
    Measure(
        "aspirasi_diberi_tahu",
        57,
        "Penyampai diberi tahu hasilnya",
        "persen",
        "100 × aspirasi yang bertanggal diberi tahu ÷ aspirasi yang menyebut tindak lanjut atau tanggal diberi tahu",
    ),
    Measure(
        "aspirasi_median_hari",
        58,
        "Median waktu sampai diberi tahu",
        "hari",
        "Median hari kalender dari aspirasi disampaikan sampai penyampainya diberi tahu",
    ),
    Measure(
        "kegiatan_strategi_lain",
        60,
        "Kegiatan menurut strategi lain",
        "kegiatan",
        "Kegiatan menurut strategi yang didukungnya di samping strategi utama; satu kegiatan dapat mendukung beberapa",
        "strategi",
    ),
    Measure(
        "kegiatan_sasaran",
        61,
        "Kegiatan menurut sasaran",
        "kegiatan",
        "Kegiatan menurut kelompok sasaran; satu kegiatan dapat mempunyai beberapa",
        "sasaran",
    ),
    Measure(
        "kegiatan_bermitra", 62, "Kegiatan bersama mitra", "kegiatan", "Kegiatan yang menyebut sedikitnya satu mitra"
    ),
    Measure(
        "kegiatan_jenis_mitra",
        63,
        "Kegiatan menurut jenis mitra",
        "kegiatan",
        "Kegiatan menurut jenis mitranya, dikenali dari namanya; satu kegiatan dapat mempunyai beberapa",
        rincian=load_partners().labels,
    ),
    Measure(
        "mitra_unik",
        64,
        "Mitra",
        "mitra",
        "Banyaknya mitra berbeda; ejaan dan singkatan yang lazim dari satu nama dihitung satu, daerah atau nomor lain dihitung lain",
        rincian=load_partners().labels,
    ),
    Measure("interaksi", 65, "Interaksi", "kali", "Jumlah suka, komentar, dan pembagian publikasi yang melaporkannya"),
    Measure(
        "publikasi_aksesibilitas",
        66,
        "Publikasi menurut aksesibilitas",
        "publikasi",
        "Publikasi dengan juru bahasa isyarat atau teks alternatif, dan tanpanya",
        "ya_tidak",
    ),
    Measure(
        "permohonan_kanal",
        67,
        "Permohonan menurut kanal",
        "permohonan",
        "Permohonan menurut cara masuknya",
        "kanal_permohonan",
    ),
    Measure(
        "permohonan_pemohon",
        68,
        "Permohonan menurut jenis pemohon",
        "permohonan",
        "Permohonan menurut jenis pemohon",
        "jenis_pemohon",
    ),
    Measure(
        "permohonan_penolakan",
        69,
        "Permohonan menurut alasan penolakan",
        "permohonan",
        "Permohonan yang menyebut alasan penolakan",
        "alasan_penolakan",
    ),
    Measure("permohonan_biaya", 70, "Biaya penggandaan", "rupiah", "Jumlah biaya penggandaan yang dilaporkan"),
    Measure("hoaks_sumber", 71, "Isu menurut sumber temuan", "isu", "Isu menurut dari mana diketahui", "sumber_temuan"),
    Measure(
        "hoaks_platform", 72, "Isu menurut platform", "isu", "Isu menurut tempat paling banyak beredar", "platform_isu"
    ),
    Measure("hoaks_tahapan", 73, "Isu menurut tahapan", "isu", "Isu menurut tahapan pemilu terkait", "tahapan"),
    Measure(
        "hoaks_kanal",
        74,
        "Isu menurut kanal klarifikasi",
        "isu",
        "Isu menurut kanal klarifikasinya; satu isu dapat memakai beberapa",
        "kanal",
    ),
    Measure("hoaks_diteruskan", 75, "Isu yang diteruskan", "isu", "Isu yang diteruskan kepada lembaga lain"),
    Measure("hoaks_diturunkan", 76, "Konten diturunkan", "konten", "Jumlah konten isu yang sudah diturunkan"),
    Measure(
        "kegiatan_kanal",
        78,
        "Kegiatan menurut kanal",
        "kegiatan",
        "Kegiatan menurut kanal penyebarluasannya; satu kegiatan dapat memakai beberapa",
        "kanal",
    ),
    Measure(
        "kegiatan_narasumber", 79, "Kegiatan dengan narasumber", "kegiatan", "Kegiatan yang menyebut narasumbernya"
    ),
    Measure("hoaks_diproses", 77, "Konten diproses", "konten", "Jumlah konten isu yang masih diproses"),
    Measure("akun", 80, "Akun resmi", "akun", "Banyaknya akun dan laman resmi dalam daftar satker"),
    Measure("akun_platform", 81, "Akun menurut platform", "akun", "Akun menurut platform", "platform_akun"),
    Measure(
        "akun_status", 82, "Akun menurut status", "akun", "Akun menurut keadaannya pada akhir triwulan", "status_akun"
    ),
    Measure(
        "akun_diam",
        83,
        "Akun tanpa unggahan",
        "akun",
        "Akun yang unggahan terakhirnya mendahului triwulan, dari akun yang menyebutnya dan tidak hilang atau ditutup",
    ),
    Measure(
        "akun_pengikut",
        84,
        "Pengikut kumulatif",
        "pengikut",
        "Jumlah pengikut akun yang menyebutnya dan tidak hilang atau ditutup; bukan banyaknya orang, karena satu orang dapat "
        "mengikuti beberapa akun",
    ),
    Measure(
        "akun_pengikut_platform",
        85,
        "Pengikut kumulatif menurut platform",
        "pengikut",
        "Pengikut kumulatif menurut platform; bukan banyaknya orang",
        "platform_akun",
    ),
    Measure(
        "permohonan_rezim_lain",
        87,
        "Permohonan dengan rezim lain daripada yang tertulis",
        "permohonan",
        "Permohonan yang dinilai menurut kalender tahapan pemilu, bukan menurut rezim yang tertulis",
    ),
    Measure(
        "keberatan_rezim_lain",
        88,
        "Keberatan dengan rezim lain daripada yang tertulis",
        "keberatan",
        "Keberatan yang dinilai menurut kalender tahapan pemilu, bukan menurut rezim yang tertulis",
    ),
    Measure(
        "permohonan_dilengkapi",
        89,
        "Permohonan dilengkapi sesudah diterima",
        "permohonan",
        "Permohonan yang syaratnya lengkap sesudah tanggal terima, dari yang menyebut tanggal lengkap; batas waktu tetap dihitung sejak "
        "diterima",
    ),
    Measure(
        "permohonan_median_lengkap",
        90,
        "Median waktu melengkapi",
        "hari",
        "Median hari kalender dari permohonan diterima sampai syaratnya lengkap, dari yang dilengkapi sesudah diterima",
    ),
    Measure(
        "permohonan_tujuan",
        91,
        "Permohonan menurut tujuan",
        "permohonan",
        "Permohonan menurut jenis tujuan penggunaan informasi, dikenali dari kata-katanya; kalimat pemohon tidak ditampilkan",
        rincian=(*load_purposes().labels, (NOT_STATED, "Tidak disebut")),
    ),
    Measure(
        "akun_perubahan_pengikut",
        92,
        "Perubahan pengikut",
        "pengikut",
        "Selisih jumlah pengikut dengan triwulan sebelumnya, dari akun (platform dan nama sama) yang menyebut pengikutnya pada "
        "kedua triwulan dan tidak hilang atau ditutup; akun yang hanya disebut sekali tidak dihitung; bukan banyaknya orang",
    ),
    Measure(
        "akun_dibandingkan",
        93,
        "Akun yang pengikutnya dibandingkan",
        "akun",
        "Akun yang menyebut pengikutnya pada triwulan ini dan triwulan sebelumnya, dan tidak hilang atau ditutup",
    ),
    Measure(
        "konsistensi_lapor",
        94,
        "Konsistensi lapor",
        "persen",
        "100 × satker yang melapor setiap triwulan yang diwajibkan dalam tahun itu ÷ satker yang melapor sedikitnya sekali",
    ),
)
BY_NAME: dict[str, Measure] = {measure.nama: measure for measure in MEASURES}
_BY_NUMBER = {str(measure.nomor): measure.nama for measure in MEASURES}
_FIGURE_ID = re.compile(r"(?P<huruf>[SPN])(?P<nomor>\d{1,3})(?:\.(?P<rincian>\S{1,80}))?", re.ASCII | re.IGNORECASE)


@cache
def measures_of(body: str) -> dict[str, Measure]:
    """All measures by name in the words of a body, which calls the parts of its framework strategies or otherwise."""
    noun = BODIES[body].framework.noun

    def named(measure: Measure) -> Measure:
        if measure.kosakata != STRATEGIES:
            return measure
        return replace(
            measure, label=measure.label.replace(STRATEGIES, noun), rumus=measure.rumus.replace(STRATEGIES, noun)
        )

    return {name: named(measure) for name, measure in BY_NAME.items()}


@cache
def breakdown(name: str) -> dict[str, str]:
    """Breakdown values of a measure with their labels, in the order people should see them."""
    measure = BY_NAME[name]
    if measure.kosakata:
        terms = sorted(load_vocabulary()[measure.kosakata].terms, key=lambda term: term.value == OTHER_KIND)
        return {term.value: term.label for term in terms}
    return dict(measure.rincian)


@cache
def _numbered(name: str) -> tuple[str, ...]:
    """Breakdown values in the order of their numbers, which stay when kinds of activity are added."""
    vocabulary = BY_NAME[name].kosakata
    return load_vocabulary()[vocabulary].value if vocabulary else tuple(breakdown(name))


@cache
def figure_id(scope: str, name: str, detail: str) -> str:
    """Id of a figure, such as ``S3`` or ``N5.4``; a breakdown outside the vocabulary keeps its own name."""
    stem = f"{LETTERS[scope]}{BY_NAME[name].nomor}"
    if not detail:
        return stem
    order = _numbered(name)
    return f"{stem}.{order.index(detail) + 1 if detail in order else detail}"


def read_figure_id(text: str) -> tuple[str, str, str] | None:
    """Level, measure and breakdown of a figure by its id, as :func:`figure_id` makes it; None when it is no figure's id."""
    found = _FIGURE_ID.fullmatch(text.strip())
    name = _BY_NUMBER.get(found["nomor"]) if found else None
    if found is None or name is None:
        return None
    scope = next(scope for scope, letter in LETTERS.items() if letter == found["huruf"].upper())
    detail = found["rincian"] or ""
    order = _numbered(name)
    if detail and not order:
        return None
    return scope, name, {str(place): value for place, value in enumerate(order, 1)}.get(detail, detail)


@cache
def figure_place(name: str, detail: str) -> tuple[int, int, str]:
    """Where a figure stands among all figures of a report: by number, then by place of its breakdown."""
    order = list(breakdown(name)) if detail else []
    return BY_NAME[name].nomor, order.index(detail) if detail in order else len(order), detail


def figure_label(name: str, detail: str = "") -> str:
    """What a reader sees as the name of a figure: of its breakdown when it has one."""
    if not detail:
        return BY_NAME[name].label
    return breakdown(name).get(detail) or detail.replace("_", " ").capitalize()
