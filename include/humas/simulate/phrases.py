"""Words of the simulated reports: titles, topics, places and partners, by body.

A placeholder in braces is filled by ``humas.simulate.content``: ``{topik}``, ``{tempat}``, ``{sekolah}``,
``{mitra}``, ``{radio}``, ``{satker}``, ``{wilayah}``, ``{triwulan}``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class KegiatanPattern:
    """One kind of activity: its vocabulary values and the titles it may carry.

    strategies: main strategy 1..8. place: key of ``PLACES`` for a meeting on the spot, "" when it only exists
    online. participants: range of participants. targets: vocabulary values.
    """

    kind: str
    strategies: int
    titles: tuple[str, ...]
    place: str = "kantor"
    participants: tuple[int, int] = (15, 60)
    targets: tuple[str, ...] = ("umum",)
    corrective: bool = False


@dataclass(frozen=True, slots=True)
class SiteStyle:
    """How the demo's news site of a body is built.

    section: folder of articles. lists: paths of its lists, the main one first; their last part is a category when there
    are several. first_page: number of a list's first page. numbered: whether addresses carry the article's number.
    """

    section: str = "berita"
    lists: tuple[str, ...] = ("/berita",)
    first_page: int = 0
    numbered: bool = False


NEWS_CATEGORY, SECOND_CATEGORY = 104, 105
SITE_STYLES: Final[dict[str, SiteStyle]] = {
    "kpu": SiteStyle(
        "blog/read", (f"/blog/category/{NEWS_CATEGORY}", f"/blog/category/{SECOND_CATEGORY}"), 1, numbered=True
    ),
}
"""By code of the body; ``site_style`` has one for all others."""
NEUTRAL_TOPICS: Final = (
    "keterbukaan informasi publik",
    "layanan informasi yang ramah disabilitas",
    "literasi digital warga",
    "kemitraan dengan media daerah",
    "pengelolaan media sosial kelembagaan",
    "pelurusan informasi keliru",
)
"""Topics of a body for which there are none of its own."""
TOPICS: Final[dict[str, tuple[str, ...]]] = {
    "kpu": (
        "pemutakhiran data pemilih berkelanjutan",
        "keterbukaan informasi publik",
        "literasi kepemiluan warga muda",
        "layanan informasi yang ramah disabilitas",
        "pengelolaan media sosial kelembagaan",
        "rekam jejak penyelenggaraan pemilu daerah",
        "partisipasi perempuan dalam demokrasi",
        "penataan daerah pemilihan",
        "arsip dan dokumentasi kepemiluan",
        "pelayanan pindah domisili pemilih",
        "peningkatan mutu berita laman resmi",
        "kerja sama dengan media lokal",
    ),
    "bawaslu": (
        "pengawasan partisipatif",
        "pengawasan pemutakhiran data pemilih",
        "keterbukaan informasi pengawasan",
        "pencegahan politik uang",
        "kampung pengawasan",
        "netralitas aparatur",
        "pemantauan isu di media sosial",
        "pendidikan pengawasan bagi warga muda",
        "penguatan kelembagaan pengawas",
        "layanan konsultasi pengaduan",
        "dokumentasi putusan pengawasan",
        "kemitraan dengan jurnalis daerah",
    ),
    "pemda": (
        "layanan publik daerah",
        "sinergi informasi pusat dan daerah",
        "netralitas aparatur sipil negara",
        "pengelolaan aduan warga",
        "komunikasi kebijakan daerah",
        "literasi digital warga",
        "siaga informasi bencana",
        "dukungan data kependudukan",
        "keterbukaan informasi pemerintah daerah",
        "pengelolaan laman pemerintah daerah",
        "kemitraan media daerah",
        "pelurusan informasi keliru",
    ),
}


def topics(lembaga: str) -> tuple[str, ...]:
    """What units of a body report about."""
    return TOPICS.get(lembaga, NEUTRAL_TOPICS)


def site_style(lembaga: str) -> SiteStyle:
    """How news sites of a body are built."""
    return SITE_STYLES.get(lembaga, SiteStyle())


OWN_PATTERNS: Final[tuple[KegiatanPattern, ...]] = (
    KegiatanPattern(
        "SOSIALISASI",
        4,
        (
            "Sosialisasi {topik} di {tempat}",
            "Temu warga membahas {topik}",
            "Sosialisasi {topik} bersama {mitra}",
        ),
        "warga",
        (30, 240),
        ("umum", "marginal"),
    ),
    KegiatanPattern(
        "PENDIDIKAN_PEMILIH",
        4,
        (
            "Kelas demokrasi untuk siswa {sekolah}",
            "Simulasi pemungutan suara pengurus OSIS {sekolah}",
            "Belajar {topik} bersama siswa {sekolah}",
        ),
        "sekolah",
        (40, 320),
        ("pemilih_pemula",),
    ),
    KegiatanPattern(
        "RILIS",
        3,
        (
            "Siaran pers tentang {topik} {wilayah}",
            "Siaran pers capaian {topik} {triwulan}",
        ),
        "kantor",
        (5, 20),
        ("media",),
    ),
    KegiatanPattern(
        "SIARAN",
        3,
        (
            "Dialog pagi di {radio} mengenai {topik}",
            "Siniar kelembagaan edisi {topik}",
            "Gelar wicara {topik} di {radio}",
        ),
        "studio",
        (3, 12),
    ),
    KegiatanPattern(
        "KONTEN_MEDSOS",
        6,
        (
            "Produksi seri infografis {topik}",
            "Pembuatan video pendek {topik}",
        ),
        "kantor",
        (3, 12),
        ("umum", "pemilih_pemula"),
    ),
    KegiatanPattern(
        "MONITORING_MEDIA",
        7,
        (
            "Pemantauan pemberitaan {topik} {triwulan}",
            "Analisis pemberitaan media lokal mengenai {topik}",
        ),
        "kantor",
        (3, 10),
        ("media",),
    ),
    KegiatanPattern(
        "LAYANAN_PPID",
        3,
        (
            "Pembaruan daftar informasi publik bidang {topik}",
            "Pelayanan meja informasi keliling di {tempat}",
        ),
        "warga",
        (5, 40),
    ),
    KegiatanPattern(
        "RAKOR",
        2,
        (
            "Rapat koordinasi {topik} bersama {mitra}",
            "Rapat koordinasi kehumasan {wilayah} tentang {topik}",
        ),
        "kantor",
        (15, 80),
        ("ASN",),
    ),
    KegiatanPattern(
        "AUDIENSI",
        1,
        (
            "Audiensi dengan {mitra} mengenai {topik}",
            "Menerima kunjungan {mitra}",
        ),
        "kantor",
        (6, 25),
        ("umum",),
    ),
    KegiatanPattern(
        "MEDIA_GATHERING",
        1,
        ("Temu media {wilayah} tentang {topik}", "Ngopi bareng jurnalis {wilayah}"),
        "warga",
        (15, 50),
        ("media",),
    ),
    KegiatanPattern(
        "BIMTEK",
        8,
        (
            "Bimbingan teknis penulisan berita bagi staf {satker}",
            "Pelatihan fotografi dokumentasi bagi staf {satker}",
            "Pelatihan bertema {topik}",
        ),
        "kantor",
        (10, 45),
        ("ASN",),
    ),
    KegiatanPattern(
        "SARPRAS",
        5,
        ("Penataan ruang layanan informasi {satker}", "Pembaruan tampilan laman {satker}"),
        "kantor",
        (3, 12),
    ),
    KegiatanPattern(
        "PENGHARGAAN",
        6,
        ("Penyerahan piagam mitra {topik}",),
        "warga",
        (20, 90),
    ),
    KegiatanPattern(
        "PELAPORAN",
        7,
        ("Penyusunan laporan kehumasan {triwulan} {satker}",),
        "kantor",
        (4, 15),
        ("ASN",),
    ),
    KegiatanPattern(
        "KLARIFIKASI_HOAKS",
        6,
        ("Penjelasan resmi atas kabar keliru mengenai {topik}",),
        "kantor",
        (3, 15),
        ("media", "umum"),
        corrective=True,
    ),
)
OWN_WEIGHTS: Final = (14, 13, 9, 9, 10, 7, 7, 10, 7, 4, 5, 2, 1, 2, 2)

NATIONAL_PATTERNS: Final[tuple[KegiatanPattern, ...]] = (
    KegiatanPattern("RAKOR", 2, ("Rapat koordinasi nasional {topik}", "Rapat kerja nasional bidang {topik}")),
    KegiatanPattern("BIMTEK", 8, ("Bimbingan teknis nasional {topik}", "Lokakarya nasional {topik}")),
    KegiatanPattern("SOSIALISASI", 4, ("Sosialisasi nasional {topik}", "Seri diskusi nasional {topik}")),
    KegiatanPattern("MONITORING_MEDIA", 7, ("Pemaparan hasil pemantauan media tentang {topik}",)),
)
PROVINCE_PATTERNS: Final[tuple[KegiatanPattern, ...]] = (
    KegiatanPattern("RAKOR", 2, ("Rapat koordinasi {topik} se-{wilayah}", "Rapat evaluasi {topik} se-{wilayah}")),
    KegiatanPattern("BIMTEK", 8, ("Bimbingan teknis {topik} se-{wilayah}", "Pelatihan {topik} se-{wilayah}")),
    KegiatanPattern("SOSIALISASI", 4, ("Sosialisasi {topik} se-{wilayah}",)),
    KegiatanPattern("AUDIENSI", 1, ("Kunjungan kerja {satker} mengenai {topik}",)),
    KegiatanPattern("MONITORING_MEDIA", 7, ("Rapat pemantauan media se-{wilayah} tentang {topik}",)),
)

PARTICIPANT_PREFIXES: Final = ("Mengikuti ", "Menghadiri ", "", "", "Partisipasi dalam ")

PLACES: Final[dict[str, tuple[str, ...]]] = {
    "kantor": ("Aula {satker}", "Ruang rapat {satker}", "Ruang layanan informasi {satker}", "Rumah pintar {satker}"),
    "warga": (
        "Balai desa Sukamaju, {wilayah}",
        "Pendopo {wilayah}",
        "Gedung serbaguna {wilayah}",
        "Alun-alun {wilayah}",
        "Balai warga Mekarsari, {wilayah}",
        "Gedung pertemuan Harapan, {wilayah}",
    ),
    "sekolah": ("Aula sekolah, {wilayah}", "Lapangan sekolah, {wilayah}", "Ruang kelas, {wilayah}"),
    "studio": ("Studio siaran, {wilayah}", "Studio siniar {satker}"),
}
SCHOOLS: Final = (
    "SMA Negeri 1",
    "SMA Negeri 2",
    "SMA Negeri 3",
    "SMK Negeri 1",
    "SMK Negeri 2",
    "MA Negeri 1",
    "SMA Bakti Bangsa",
    "SMK Karya Mandiri",
)
PARTNERS: Final = (
    "Diskominfo {wilayah}",
    "Kesbangpol {wilayah}",
    "PWI {wilayah}",
    "AJI {wilayah}",
    "Forum Anak {wilayah}",
    "Perpustakaan Daerah {wilayah}",
    "Perkumpulan Disabilitas {wilayah}",
    "Karang Taruna {wilayah}",
    "Universitas Terbuka {wilayah}",
    "Dinas Pendidikan {wilayah}",
)
RADIO: Final = ("Radio Suara {wilayah}", "Radio Gema {wilayah}", "RRI {wilayah}", "TV {wilayah}")
SPEAKERS: Final = (
    "Ketua {satker}",
    "Sekretaris {satker}",
    "Kepala Bagian Hubungan Masyarakat",
    "Komisi Informasi Provinsi",
    "Dewan Pers",
    "Akademisi ilmu komunikasi",
    "Kepala Diskominfo {wilayah}",
)
PLATFORM: Final = ("Zoom", "Google Meet", "Kanal YouTube {satker}", "Zoom dan siaran langsung YouTube")

PUBLIKASI_TITLES: Final = (
    "Kabar {wilayah}: {topik}",
    "Infografis {topik} di {wilayah}",
    "Mengenal {topik}",
    "Cerita petugas {satker} tentang {topik}",
    "Tanya jawab seputar {topik}",
    "Galeri kegiatan {topik} {satker}",
    "Ringkasan sepekan {satker}: {topik}",
    "Pengumuman {satker} mengenai {topik}",
)
REQUESTED_INFORMATION: Final = (
    "Rekapitulasi pemilih menurut kecamatan pada pemilu terakhir",
    "Salinan berita acara rapat pleno terbuka",
    "Laporan realisasi anggaran tahun sebelumnya",
    "Daftar informasi publik dan profil kelembagaan",
    "Peta daerah pemilihan dan alokasi kursi",
    "Data jumlah tempat pemungutan suara",
    "Standar operasional pelayanan informasi",
    "Laporan layanan informasi publik tahunan",
    "Daftar kegiatan kehumasan tahun berjalan",
)
PERMOHONAN_PURPOSES: Final = (
    "Penelitian skripsi",
    "Penelitian tesis",
    "Liputan media",
    "Kajian organisasi masyarakat",
    "Bahan ajar sekolah",
    "Kepentingan pribadi",
)
EXTENSION_REASONS: Final = (
    "Dokumen dihimpun dari beberapa bagian",
    "Berkas masih disunting oleh petugas arsip",
)
REFUSAL_GROUNDS: Final = ("Pasal 17 UU 14/2008", "Pasal 6 ayat (3) UU 14/2008")
CLAIMS: Final = (
    "Data pemilih {wilayah} disebut dihapus tanpa pemberitahuan",
    "Pesan berantai menyebut jadwal pemungutan suara {wilayah} berubah",
    "Unggahan menuduh petugas {wilayah} meminta biaya layanan",
    "Akun tiruan mengatasnamakan {satker}",
    "Potongan video lama disebut kejadian baru di {wilayah}",
    "Kabar lowongan petugas palsu mencatut nama {satker}",
    "Gambar surat palsu berkop {satker} beredar di grup percakapan",
)
FACTS: Final = (
    "Kabar itu tidak benar; keterangan resmi ada pada laman {satker}.",
    "Isi unggahan tidak sesuai dengan dokumen resmi {satker}.",
    "Layanan {satker} tidak dipungut biaya dan jadwal tidak berubah.",
)
FORWARDED_TO: Final = ("Komdigi", "Bawaslu setempat", "Polres setempat")
OUTLETS_ON_LINE: Final = (
    ("daring", "Kabar Nusantara", "kabarnusantara.example"),
    ("daring", "Warta Kita", "wartakita.example"),
    ("daring", "Suara Daerah Online", "suaradaerah.example"),
    ("cetak", "Harian Fajar Pagi", "fajarpagi.example"),
    ("televisi", "Nusantara TV Lokal", "nusantaratv.example"),
)
"""Kind, name and host of media whose items have a link."""
OUTLETS_ON_AIR: Final = (
    ("cetak", "Koran Mingguan Rakyat", ""),
    ("radio", "Radio Gema Kota", ""),
    ("televisi", "TV Daerah", ""),
)
COVERAGE_TOPICS: Final = ("Daftar pemilih", "Pendidikan pemilih", "Layanan informasi", "Anggaran", "Kelembagaan")
COVERAGE_TITLES: Final[dict[str, tuple[str, ...]]] = {
    "positif": (
        "{satker} diapresiasi: {topik} makin terbuka ({nomor})",
        "Warga sambut baik {topik} {satker} ({nomor})",
    ),
    "netral": ("{satker} jelaskan {topik} kepada wartawan ({nomor})", "{topik}: {satker} gelar rapat ({nomor})"),
    "negatif": ("{satker} dikritik soal {topik} ({nomor})", "Warga keluhkan {topik} di {satker} ({nomor})"),
}

VOICES: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "kpu": (
        ("pengaduan", "Nama keluarga belum ada pada daftar pemilih", "Divisi Perencanaan, Data, dan Informasi"),
        ("pertanyaan", "Cara pindah memilih bagi mahasiswa perantau", "Divisi Perencanaan, Data, dan Informasi"),
        ("saran", "Pendidikan pemilih diadakan juga di pesantren", "Divisi Sosialisasi dan Partisipasi Masyarakat"),
        ("aspirasi", "Tempat pemungutan suara mudah dicapai kursi roda", "Divisi Teknis Penyelenggaraan"),
        ("apresiasi", "Layanan cek daftar pemilih cepat dan jelas", "Subbagian Humas"),
    ),
    "bawaslu": (
        ("pengaduan", "Alat peraga masih terpasang di pohon", "Divisi Penanganan Pelanggaran"),
        ("pertanyaan", "Cara melapor dugaan pelanggaran pemilu", "Divisi Penanganan Pelanggaran"),
        ("saran", "Kampung pengawasan dibuka di kecamatan lain", "Divisi Pencegahan dan Partisipasi Masyarakat"),
        ("aspirasi", "Pemantau muda dilibatkan sejak tahapan awal", "Divisi Pencegahan dan Partisipasi Masyarakat"),
        ("apresiasi", "Posko kawal hak pilih ramah dan tanggap", "Subbagian Humas"),
    ),
    "pemda": (
        ("pengaduan", "Lampu jalan padam dekat pasar sejak sepekan", "Dinas Perhubungan"),
        ("pengaduan", "Antrean layanan kependudukan terlalu lama", "Dinas Kependudukan dan Pencatatan Sipil"),
        ("pertanyaan", "Jadwal siaran keliling di kecamatan", "Bagian Protokol dan Komunikasi Pimpinan"),
        ("saran", "Informasi bantuan sosial diumumkan di kelurahan", "Dinas Sosial"),
        ("apresiasi", "Jawaban atas laporan warga cepat", "Dinas Komunikasi dan Informatika"),
    ),
}
"""What the public tells a unit: value of its kind, its words, the official who deals with it."""
_ANY_VOICES: Final = (
    ("pertanyaan", "Jam layanan kantor pada hari libur", "Sekretariat"),
    ("saran", "Informasi di laman dimutakhirkan tiap pekan", "Bagian Humas"),
)


def voices(body: str) -> tuple[tuple[str, str, str], ...]:
    """What the public tells units of a body."""
    return VOICES.get(body, _ANY_VOICES)
