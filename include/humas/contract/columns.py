"""THE data contract: each column of the four data sets, written once.

Everything else is generated from here: coercion, Great Expectations suites, the JSON Schema of the API,
the columns of the warehouse, the data dictionary and the simulated units. A new column is one entry.
Column facts follow the data model of the field notes; vocabularies live in ``data/kosakata.json``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Tipe(StrEnum):
    """How a cell is read and stored."""

    TEKS = "teks"
    KODE = "kode"
    TANGGAL = "tanggal"
    WAKTU = "waktu"
    BILANGAN = "bilangan"
    PILIHAN = "pilihan"
    DAFTAR_PILIHAN = "daftar_pilihan"
    DAFTAR_TEKS = "daftar_teks"
    URL = "url"
    DAFTAR_URL = "daftar_url"


DAFTAR = frozenset({Tipe.DAFTAR_PILIHAN, Tipe.DAFTAR_TEKS, Tipe.DAFTAR_URL})


class Privasi(StrEnum):
    """Who may see a column: everybody, or only the work units and their superiors."""

    PUBLIK = "publik"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column.

    nama: name in code, JSON and database. label: header of the workbook and of tables.
    penjelasan: help for the sender. contoh: a valid cell as a sender would write it.
    wajib: an empty cell is a finding that quarantines the row. aturan: rule code such a finding,
    and one of a cell that cannot be read as ``tipe``, carries (``""``: the generic codes).
    kosakata: name of the vocabulary of a PILIHAN. minimum/maksimum: bounds of a BILANGAN.
    satuan: unit of a BILANGAN. panjang: allowed length of a TEKS, in characters.
    bawaan: value of an empty cell; bawaan_dari: the column whose value an empty cell takes.
    sinonim: other headers people write for it.
    dari_sampul: an empty cell takes the value of the submission's cover.
    asing_disamarkan: a word outside the vocabulary is likely somebody's name, so it is neither shown nor kept.
    """

    nama: str
    label: str
    tipe: Tipe
    penjelasan: str
    contoh: str
    wajib: bool = False
    aturan: str = ""
    kosakata: str | None = None
    minimum: int | None = None
    maksimum: int | None = None
    satuan: str = ""
    panjang: tuple[int, int] | None = None
    bawaan: str | None = None
    sinonim: tuple[str, ...] = ()
    dari_sampul: bool = False
    privasi: Privasi = Privasi.PUBLIK
    bawaan_dari: str = ""
    asing_disamarkan: bool = False

    @property
    def holds_links(self) -> bool:
        """Whether its cells are addresses."""
        return self.tipe in {Tipe.URL, Tipe.DAFTAR_URL}


@dataclass(frozen=True)
class Himpunan:
    """One data set: its sheet, its columns and the columns that make a row unique within a unit.

    nama: name in code, JSON and database. lembar: name of its sheet. entitas: name of its rules
    in ``aturan_validasi.csv``. kunci: two rows equal in these columns are the same event told twice.
    acuan: the date that places a row in a period.
    """

    nama: str
    lembar: str
    entitas: str
    penjelasan: str
    kunci: tuple[str, ...]
    kolom: tuple[Kolom, ...]
    acuan: str
    sinonim_lembar: tuple[str, ...] = ()

    @cached_property
    def menurut_nama(self) -> dict[str, Kolom]:
        """Columns by name."""
        return {column.nama: column for column in self.kolom}

    @property
    def wajib(self) -> tuple[Kolom, ...]:
        """The columns a row cannot do without."""
        return tuple(column for column in self.kolom if column.wajib)


_IDENTITAS = (
    Kolom(
        "lembaga",
        "Lembaga",
        Tipe.PILIHAN,
        "Lembaga satker.",
        "KPU",
        wajib=True,
        aturan="V05",
        kosakata="lembaga",
        dari_sampul=True,
    ),
    Kolom(
        "kode_satker",
        "Kode satker",
        Tipe.KODE,
        "Kode Kemendagri sebagai teks: NN atau NN.NN, bukan kode BPS.",
        "33.74",
        wajib=True,
        aturan="V03",
        sinonim=(
            "Kode",
            "Kode wilayah",
            "Kode Kemendagri",
            "Kode satuan kerja",
            "Kode kabupaten/kota",
            "Kode kab/kota",
        ),
        dari_sampul=True,
    ),
    Kolom(
        "nama_satker",
        "Nama satker",
        Tipe.TEKS,
        "Nama lengkap dengan Kota atau Kabupaten.",
        "Kota Semarang",
        aturan="V04",
        sinonim=(
            "Satker",
            "Nama satuan kerja",
            "Wilayah",
            "Satuan kerja",
            "Unit kerja",
            "Kabupaten/Kota",
            "Kab/Kota",
            "Nama kabupaten/kota",
            "Nama wilayah",
        ),
        panjang=(3, 120),
        dari_sampul=True,
    ),
)

_SEBARAN = (
    Kolom(
        "jangkauan",
        "Jangkauan",
        Tipe.BILANGAN,
        "Orang yang terjangkau.",
        "1.500",
        aturan="V51",
        minimum=0,
        satuan="orang",
        sinonim=("Reach", "Jumlah jangkauan"),
    ),
    Kolom(
        "tayangan",
        "Tayangan",
        Tipe.BILANGAN,
        "Berapa kali dilihat.",
        "2.300",
        aturan="V51",
        minimum=0,
        satuan="kali",
        sinonim=("Dilihat", "Views", "Jumlah tayangan", "Penonton", "Jumlah penonton"),
    ),
)

KEGIATAN = Himpunan(
    nama="kegiatan",
    lembar="Kegiatan",
    entitas="kegiatan",
    penjelasan="Satu baris untuk satu kegiatan kehumasan yang diselenggarakan atau diikuti satker.",
    kunci=("tanggal_mulai", "judul"),
    acuan="tanggal_mulai",
    sinonim_lembar=("Data Kegiatan", "Daftar Kegiatan"),
    kolom=(
        *_IDENTITAS,
        Kolom(
            "judul",
            "Judul kegiatan",
            Tipe.TEKS,
            "Nama kegiatan, 10 sampai 300 huruf.",
            "Rapat koordinasi kehumasan se-Jawa Tengah",
            wajib=True,
            aturan="V12",
            panjang=(10, 300),
            sinonim=(
                "Judul",
                "Nama kegiatan",
                "Kegiatan",
                "Uraian kegiatan",
                "Nama acara",
                "Judul acara",
                "Agenda",
                "Agenda kegiatan",
                "Uraian",
                "Kegiatan kehumasan",
            ),
        ),
        Kolom(
            "tanggal_mulai",
            "Tanggal mulai",
            Tipe.TANGGAL,
            "Hari dulu, misalnya 04/05/2026 berarti 4 Mei 2026.",
            "02/07/2026",
            wajib=True,
            aturan="V06",
            sinonim=(
                "Tanggal",
                "Tanggal kegiatan",
                "Tgl",
                "Tgl mulai",
                "Hari/Tanggal",
                "Hari/Tgl",
                "Hari dan tanggal",
                "Tanggal pelaksanaan",
                "Tgl kegiatan",
                "Tgl pelaksanaan",
                "Waktu pelaksanaan",
                "Mulai",
                "Mulai tanggal",
                "Dari tanggal",
            ),
        ),
        Kolom(
            "tanggal_selesai",
            "Tanggal selesai",
            Tipe.TANGGAL,
            "Kosong berarti sama dengan tanggal mulai.",
            "03/07/2026",
            aturan="V07",
            bawaan_dari="tanggal_mulai",
            sinonim=(
                "Tgl selesai",
                "Sampai tanggal",
                "Selesai",
                "Tanggal akhir",
                "Tgl akhir",
                "Sampai",
                "Sampai dengan",
                "S.d. tanggal",
            ),
        ),
        Kolom(
            "hari",
            "Hari",
            Tipe.PILIHAN,
            "Nama hari tanggal mulai, sebagai pemeriksa tanggal.",
            "Kamis",
            aturan="V10",
            kosakata="hari",
            sinonim=("Nama hari",),
        ),
        Kolom(
            "jenis_kegiatan",
            "Jenis kegiatan",
            Tipe.PILIHAN,
            "Pilih satu jenis.",
            "Rapat koordinasi",
            wajib=True,
            aturan="V13",
            kosakata="jenis_kegiatan",
            sinonim=(
                "Jenis",
                "Bentuk kegiatan",
                "Kategori",
                "Kategori kegiatan",
                "Bentuk",
                "Tipe kegiatan",
                "Jenis acara",
            ),
        ),
        Kolom(
            "strategi_utama",
            "Strategi utama",
            Tipe.BILANGAN,
            "Nomor satu dari delapan strategi Bakohumas.",
            "2",
            wajib=True,
            aturan="V16",
            minimum=1,
            maksimum=8,
            sinonim=(
                "Strategi",
                "Strategi Bakohumas",
                "Strategi kehumasan",
                "Strategi komunikasi",
                "Nomor strategi",
                "No. strategi",
            ),
        ),
        Kolom(
            "strategi_lain",
            "Strategi lain",
            Tipe.DAFTAR_PILIHAN,
            "Nomor strategi lain, dipisah koma.",
            "1, 3",
            aturan="V16",
            kosakata="strategi",
            sinonim=("Strategi lainnya", "Strategi tambahan", "Strategi pendukung"),
        ),
        Kolom(
            "fungsi",
            "Fungsi",
            Tipe.PILIHAN,
            "Konstruktif (terencana) atau korektif (menjawab krisis).",
            "Konstruktif",
            kosakata="fungsi",
            sinonim=("Fungsi humas", "Fungsi kehumasan"),
        ),
        Kolom(
            "mode",
            "Mode",
            Tipe.PILIHAN,
            "Daring, luring, atau hibrida.",
            "Luring",
            wajib=True,
            aturan="V14",
            kosakata="mode",
            sinonim=(
                "Metode",
                "Cara pelaksanaan",
                "Pelaksanaan",
                "Mode kegiatan",
                "Mode pelaksanaan",
                "Metode pelaksanaan",
                "Bentuk pelaksanaan",
                "Luring/daring",
                "Daring/luring",
                "Online/offline",
                "Offline/online",
            ),
        ),
        Kolom(
            "tempat",
            "Tempat",
            Tipe.TEKS,
            "Wajib bila luring atau hibrida.",
            "Aula KPU Kota Semarang",
            aturan="V15",
            panjang=(2, 200),
            sinonim=("Lokasi", "Tempat kegiatan", "Tempat pelaksanaan", "Lokasi kegiatan", "Lokasi pelaksanaan"),
        ),
        Kolom(
            "platform",
            "Platform",
            Tipe.TEKS,
            "Wajib bila daring.",
            "Zoom",
            aturan="V15",
            panjang=(1, 200),
            sinonim=(
                "Media daring",
                "Tautan rapat",
                "Platform daring",
                "Aplikasi",
                "Aplikasi rapat",
                "Link rapat",
                "Link Zoom",
                "Tautan Zoom",
            ),
        ),
        Kolom(
            "peran_satker",
            "Peran satker",
            Tipe.PILIHAN,
            "Penyelenggara, peserta, atau narasumber.",
            "Peserta",
            wajib=True,
            aturan="V21",
            kosakata="peran_satker",
            sinonim=("Peran", "Peran humas", "Peran dalam kegiatan", "Sebagai", "Keikutsertaan"),
        ),
        Kolom(
            "penyelenggara",
            "Penyelenggara",
            Tipe.TEKS,
            "Wajib bila satker bukan penyelenggara.",
            "KPU Provinsi Jawa Tengah",
            aturan="V22",
            panjang=(2, 200),
            sinonim=(
                "Penyelenggara kegiatan",
                "Instansi penyelenggara",
                "Diselenggarakan oleh",
                "Pelaksana",
                "Pelaksana kegiatan",
            ),
        ),
        Kolom(
            "narasumber",
            "Narasumber",
            Tipe.DAFTAR_TEKS,
            "Lembaga atau jabatan, dipisah titik koma.",
            "Diskominfo Jawa Tengah",
            sinonim=("Nara sumber", "Pembicara", "Pemateri"),
        ),
        Kolom(
            "mitra",
            "Mitra",
            Tipe.DAFTAR_TEKS,
            "Lembaga mitra, dipisah titik koma.",
            "PWI Kota Semarang",
            sinonim=("Mitra kerja", "Mitra kegiatan", "Kerja sama dengan", "Bekerja sama dengan"),
        ),
        Kolom(
            "jumlah_peserta",
            "Jumlah peserta",
            Tipe.BILANGAN,
            "Bilangan bulat; 1.007 dibaca seribu tujuh.",
            "120",
            aturan="V18",
            minimum=0,
            satuan="orang atau satker",
            sinonim=(
                "Peserta",
                "Jml peserta",
                "Jlh peserta",
                "Banyak peserta",
                "Banyaknya peserta",
                "Total peserta",
                "Peserta hadir",
                "Jumlah hadir",
                "Jumlah peserta hadir",
            ),
        ),
        Kolom(
            "satuan_peserta",
            "Satuan peserta",
            Tipe.PILIHAN,
            "Orang atau satker.",
            "Orang",
            aturan="V19",
            kosakata="satuan_peserta",
            sinonim=("Satuan",),
        ),
        Kolom(
            "lingkup_peserta",
            "Lingkup peserta",
            Tipe.PILIHAN,
            "Peserta dari satker ini saja, atau seluruh acara.",
            "Satker ini",
            aturan="V19",
            kosakata="lingkup_peserta",
            sinonim=("Lingkup", "Cakupan peserta"),
        ),
        Kolom(
            "sasaran",
            "Sasaran",
            Tipe.DAFTAR_PILIHAN,
            "Kelompok sasaran, dipisah koma.",
            "Pemilih pemula",
            kosakata="sasaran",
            sinonim=("Sasaran kegiatan", "Kelompok sasaran", "Segmen", "Segmen sasaran"),
        ),
        Kolom(
            "kanal",
            "Kanal",
            Tipe.DAFTAR_PILIHAN,
            "Kanal penyebaran, dipisah koma.",
            "Laman, Instagram",
            kosakata="kanal",
            sinonim=("Kanal publikasi", "Kanal penyebaran", "Media publikasi", "Media sosial"),
        ),
        *_SEBARAN,
        Kolom(
            "tahapan",
            "Tahapan",
            Tipe.PILIHAN,
            "Tahapan pemilu terkait; kosong berarti non-tahapan.",
            "Non-tahapan",
            kosakata="tahapan",
            bawaan="NON_TAHAPAN",
            sinonim=("Tahapan pemilu", "Tahapan pemilihan"),
        ),
        Kolom(
            "tanggal_publikasi",
            "Tanggal publikasi",
            Tipe.TANGGAL,
            "Tanggal berita kegiatan terbit.",
            "02/07/2026",
            aturan="V27",
            sinonim=("Tgl publikasi", "Tanggal terbit", "Tanggal berita", "Tanggal tayang"),
        ),
        Kolom(
            "url_bukti",
            "Tautan bukti",
            Tipe.DAFTAR_URL,
            "Alamat lengkap berita atau berkas bukti.",
            "https://kota-semarang.kpu.go.id/blog/read/1",
            aturan="V23",
            sinonim=(
                "Bukti",
                "Link",
                "Tautan",
                "URL",
                "Link bukti",
                "Bukti kegiatan",
                "Bukti dukung",
                "Data dukung",
                "Bukti pendukung",
                "Upload bukti",
                "Upload bukti dukung",
                "Unggah bukti",
                "Unggah bukti dukung",
                "Eviden",
                "Evidence",
                "Link berita",
                "Tautan berita",
                "Alamat berita",
                "Link dokumentasi",
                "Dokumentasi",
                "Link publikasi",
                "Tautan publikasi",
                "URL bukti",
                "URL berita",
            ),
        ),
        Kolom(
            "nomor_dokumen",
            "Nomor dokumen",
            Tipe.TEKS,
            "Nomor undangan, nota dinas, atau SK.",
            "467/HM.03.5-Und/06/KPU/IX/2026",
            panjang=(1, 120),
            sinonim=("No. dokumen", "Nomor surat", "No. surat", "Nomor undangan", "Nomor SK"),
        ),
        Kolom(
            "tahun_tersirat",
            "Asal tahun",
            Tipe.PILIHAN,
            "Diisi bila tahun tidak tertulis: dari mana tahun disimpulkan.",
            "Tanggal terbit",
            aturan="V11",
            kosakata="tahun_tersirat",
        ),
    ),
)

PUBLIKASI = Himpunan(
    nama="publikasi",
    lembar="Publikasi",
    entitas="publikasi",
    penjelasan="Satu baris untuk satu terbitan pada satu kanal.",
    kunci=("kanal", "url", "tanggal_terbit"),
    acuan="tanggal_terbit",
    sinonim_lembar=("Data Publikasi",),
    kolom=(
        *_IDENTITAS,
        Kolom(
            "judul",
            "Judul konten",
            Tipe.TEKS,
            "Judul berita atau takarir singkat.",
            "Siaran pers daftar pemilih berkelanjutan",
            panjang=(3, 300),
            sinonim=("Judul", "Judul berita", "Judul publikasi", "Judul unggahan", "Nama konten", "Takarir", "Caption"),
        ),
        Kolom(
            "kanal",
            "Kanal",
            Tipe.PILIHAN,
            "Kanal tempat terbit.",
            "Instagram",
            wajib=True,
            kosakata="kanal",
            sinonim=(
                "Media",
                "Kanal media",
                "Kanal publikasi",
                "Media publikasi",
                "Media sosial",
                "Jenis media",
                "Platform",
            ),
        ),
        Kolom(
            "akun",
            "Akun",
            Tipe.TEKS,
            "Nama akun resmi.",
            "@kpukotasemarang",
            panjang=(1, 120),
            sinonim=("Nama akun", "Username"),
        ),
        Kolom(
            "url",
            "Tautan",
            Tipe.URL,
            "Alamat lengkap terbitan.",
            "https://www.instagram.com/p/abc",
            wajib=True,
            sinonim=(
                "Link",
                "URL",
                "Alamat",
                "Tautan konten",
                "Link konten",
                "URL konten",
                "Tautan berita",
                "Link berita",
                "Tautan publikasi",
                "Link publikasi",
                "Tautan unggahan",
                "Link unggahan",
                "Alamat tautan",
            ),
        ),
        Kolom(
            "tanggal_terbit",
            "Tanggal terbit",
            Tipe.TANGGAL,
            "Hari dulu.",
            "02/07/2026",
            wajib=True,
            sinonim=(
                "Tanggal",
                "Tgl terbit",
                "Tanggal publikasi",
                "Tgl publikasi",
                "Tanggal tayang",
                "Tanggal unggah",
                "Tgl unggah",
                "Tanggal posting",
                "Tgl posting",
                "Hari/Tanggal",
                "Waktu terbit",
            ),
        ),
        Kolom(
            "jenis_konten",
            "Jenis konten",
            Tipe.PILIHAN,
            "Bentuk konten.",
            "Berita",
            wajib=True,
            kosakata="jenis_konten",
            sinonim=("Jenis", "Bentuk konten", "Format konten", "Format", "Tipe konten", "Kategori", "Kategori konten"),
        ),
        *_SEBARAN,
        Kolom(
            "suka",
            "Suka",
            Tipe.BILANGAN,
            "Jumlah suka.",
            "120",
            minimum=0,
            satuan="kali",
            sinonim=("Jumlah suka", "Like", "Likes"),
        ),
        Kolom(
            "komentar",
            "Komentar",
            Tipe.BILANGAN,
            "Jumlah komentar.",
            "12",
            minimum=0,
            satuan="kali",
            sinonim=("Jumlah komentar", "Comment", "Comments"),
        ),
        Kolom(
            "bagikan",
            "Dibagikan",
            Tipe.BILANGAN,
            "Berapa kali dibagikan.",
            "5",
            minimum=0,
            satuan="kali",
            sinonim=("Bagikan", "Jumlah dibagikan", "Share", "Shares"),
        ),
        Kolom(
            "aksesibilitas",
            "Aksesibilitas",
            Tipe.PILIHAN,
            "Ada juru bahasa isyarat atau teks alternatif.",
            "Ya",
            kosakata="ya_tidak",
            sinonim=("Ramah disabilitas",),
        ),
    ),
)

PERMOHONAN_INFO = Himpunan(
    nama="permohonan_info",
    lembar="Permohonan Informasi",
    entitas="permohonan_info",
    penjelasan="Satu baris untuk satu permohonan informasi publik, tanpa data pribadi pemohon.",
    kunci=("no_registrasi",),
    acuan="tanggal_terima",
    sinonim_lembar=("Permohonan", "PPID", "Layanan Informasi"),
    kolom=(
        *_IDENTITAS,
        Kolom(
            "no_registrasi",
            "Nomor registrasi",
            Tipe.TEKS,
            "Nomor pada register PPID; unik per satker dan tahun.",
            "012/PPID/2026",
            wajib=True,
            aturan="V39",
            panjang=(1, 80),
            sinonim=(
                "No registrasi",
                "No. registrasi",
                "Nomor",
                "Nomor register",
                "No. register",
                "Nomor permohonan",
                "No. permohonan",
            ),
            privasi=Privasi.INTERNAL,
        ),
        Kolom(
            "tanggal_terima",
            "Tanggal terima",
            Tipe.TANGGAL,
            "Tanggal permohonan diterima.",
            "02/07/2026",
            wajib=True,
            aturan="V39",
            sinonim=(
                "Tanggal masuk",
                "Tanggal",
                "Tgl terima",
                "Tgl masuk",
                "Tanggal diterima",
                "Tanggal permohonan",
                "Tgl permohonan",
            ),
        ),
        Kolom(
            "kanal_permohonan",
            "Kanal permohonan",
            Tipe.PILIHAN,
            "Cara permohonan masuk.",
            "e-PPID",
            wajib=True,
            kosakata="kanal_permohonan",
            sinonim=("Kanal", "Cara", "Cara permohonan", "Media permohonan", "Saluran permohonan", "Jalur", "Melalui"),
        ),
        Kolom(
            "jenis_pemohon",
            "Jenis pemohon",
            Tipe.PILIHAN,
            "Perorangan, kelompok, atau badan hukum; tanpa nama.",
            "Perorangan",
            wajib=True,
            kosakata="jenis_pemohon",
            sinonim=("Pemohon", "Kategori pemohon"),
            asing_disamarkan=True,
        ),
        Kolom(
            "tujuan",
            "Tujuan",
            Tipe.TEKS,
            "Tujuan penggunaan informasi.",
            "Penelitian",
            panjang=(2, 300),
            privasi=Privasi.INTERNAL,
            sinonim=("Tujuan permohonan", "Tujuan penggunaan", "Tujuan penggunaan informasi"),
        ),
        Kolom(
            "informasi_diminta",
            "Informasi yang diminta",
            Tipe.TEKS,
            "Pokok informasi yang diminta.",
            "Rekapitulasi pemilih per kelurahan",
            wajib=True,
            panjang=(5, 500),
            sinonim=(
                "Informasi",
                "Informasi diminta",
                "Informasi yang dimohon",
                "Informasi yang dimohonkan",
                "Rincian informasi",
                "Uraian informasi",
            ),
        ),
        Kolom(
            "rezim",
            "Rezim waktu",
            Tipe.PILIHAN,
            "PEMILU (3 hari kerja) atau UMUM (10 + 7 hari kerja).",
            "UMUM",
            wajib=True,
            aturan="V40",
            kosakata="rezim",
            sinonim=("Rezim",),
        ),
        Kolom(
            "tanggal_lengkap",
            "Tanggal lengkap",
            Tipe.TANGGAL,
            "Tanggal syarat lengkap.",
            "02/07/2026",
            sinonim=("Tgl lengkap", "Tanggal berkas lengkap"),
        ),
        Kolom(
            "tanggal_perpanjangan",
            "Tanggal perpanjangan",
            Tipe.TANGGAL,
            "Diisi bila diperpanjang (sekali saja).",
            "",
            aturan="V42",
            sinonim=("Tgl perpanjangan",),
        ),
        Kolom(
            "alasan_perpanjangan",
            "Alasan perpanjangan",
            Tipe.TEKS,
            "Alasan tertulis perpanjangan.",
            "",
            aturan="V42",
            panjang=(3, 300),
        ),
        Kolom(
            "tanggal_tanggapan",
            "Tanggal tanggapan",
            Tipe.TANGGAL,
            "Kosong bila masih diproses.",
            "09/07/2026",
            aturan="V41",
            sinonim=(
                "Tanggal jawab",
                "Tanggal dijawab",
                "Tgl tanggapan",
                "Tgl jawab",
                "Tanggal jawaban",
                "Tanggal selesai",
            ),
        ),
        Kolom(
            "putusan",
            "Putusan",
            Tipe.PILIHAN,
            "Hasil permohonan.",
            "Dikabulkan penuh",
            wajib=True,
            kosakata="putusan",
            sinonim=("Hasil", "Status", "Keputusan", "Hasil permohonan", "Status permohonan"),
        ),
        Kolom(
            "alasan_penolakan",
            "Alasan penolakan",
            Tipe.PILIHAN,
            "Wajib bila ditolak.",
            "",
            aturan="V43",
            kosakata="alasan_penolakan",
            sinonim=("Alasan ditolak",),
        ),
        Kolom(
            "dasar_penolakan",
            "Dasar penolakan",
            Tipe.TEKS,
            "Pasal atau keputusan; wajib bila ditolak.",
            "",
            aturan="V43",
            panjang=(3, 300),
            sinonim=("Dasar hukum", "Dasar hukum penolakan"),
        ),
        Kolom(
            "biaya_rp",
            "Biaya (Rp)",
            Tipe.BILANGAN,
            "Biaya penggandaan.",
            "0",
            minimum=0,
            satuan="rupiah",
            sinonim=("Biaya", "Biaya penggandaan"),
        ),
    ),
)

ISU_HOAKS = Himpunan(
    nama="isu_hoaks",
    lembar="Isu dan Hoaks",
    entitas="hoaks",
    penjelasan="Satu baris untuk satu isu atau hoaks yang ditangani satker.",
    kunci=("id_isu",),
    acuan="tanggal_temuan",
    sinonim_lembar=("Isu Hoaks", "Hoaks", "Isu"),
    kolom=(
        *_IDENTITAS,
        Kolom(
            "id_isu",
            "Nomor isu",
            Tipe.TEKS,
            "Nomor isu, unik per satker.",
            "ISU-2026-03",
            wajib=True,
            aturan="V34",
            panjang=(1, 80),
            sinonim=("ID isu", "No isu", "Nomor", "Kode isu", "Nomor hoaks", "No. hoaks"),
        ),
        Kolom(
            "judul_klaim",
            "Judul klaim",
            Tipe.TEKS,
            "Klaim yang beredar, dalam satu kalimat.",
            "Data pemilih dihapus sepihak",
            wajib=True,
            panjang=(5, 300),
            sinonim=(
                "Klaim",
                "Judul",
                "Isu",
                "Judul isu",
                "Judul hoaks",
                "Isu/klaim",
                "Isu hoaks",
                "Hoaks",
                "Isi klaim",
            ),
        ),
        Kolom("narasi", "Narasi", Tipe.TEKS, "Isi klaim.", "", panjang=(5, 2000), sinonim=("Isi narasi", "Uraian isu")),
        Kolom(
            "tanggal_temuan",
            "Waktu temuan",
            Tipe.WAKTU,
            "Tanggal dan jam (WIB) isu ditemukan.",
            "13/08/2026 08.30",
            wajib=True,
            aturan="V36",
            sinonim=(
                "Tanggal temuan",
                "Ditemukan",
                "Tgl temuan",
                "Tanggal ditemukan",
                "Waktu ditemukan",
                "Tanggal",
                "Waktu",
            ),
        ),
        Kolom(
            "sumber_temuan",
            "Sumber temuan",
            Tipe.PILIHAN,
            "Dari mana isu diketahui.",
            "Patroli internal",
            wajib=True,
            kosakata="sumber_temuan",
            sinonim=("Sumber", "Sumber informasi", "Asal temuan"),
        ),
        Kolom(
            "klasifikasi",
            "Klasifikasi",
            Tipe.PILIHAN,
            "Jenis hoaks.",
            "Konten menyesatkan",
            kosakata="klasifikasi",
            bawaan="belum_diklasifikasi",
            sinonim=("Jenis hoaks", "Jenis isu", "Kategori", "Kategori hoaks"),
        ),
        Kolom(
            "terkait_tahapan",
            "Terkait tahapan",
            Tipe.PILIHAN,
            "Tahapan pemilu terkait.",
            "Non-tahapan",
            kosakata="tahapan",
            bawaan="NON_TAHAPAN",
            sinonim=("Tahapan", "Tahapan pemilu"),
        ),
        Kolom("fakta", "Fakta", Tipe.TEKS, "Fakta yang benar.", "", panjang=(5, 2000), sinonim=("Fakta sebenarnya",)),
        Kolom(
            "rujukan",
            "Rujukan",
            Tipe.DAFTAR_URL,
            "Alamat sumber resmi.",
            "https://www.kpu.go.id/berita",
            aturan="V37",
            sinonim=("Sumber rujukan",),
        ),
        Kolom(
            "platform",
            "Platform",
            Tipe.PILIHAN,
            "Tempat isu paling banyak beredar.",
            "Facebook",
            kosakata="platform_isu",
            sinonim=("Platform media", "Media", "Media penyebaran", "Kanal penyebaran", "Kanal"),
        ),
        Kolom(
            "jumlah_konten",
            "Jumlah konten",
            Tipe.BILANGAN,
            "Banyaknya konten pembawa isu, paling sedikit 1.",
            "2",
            wajib=True,
            aturan="V34",
            minimum=1,
            satuan="konten",
            sinonim=("Jumlah unggahan", "Jumlah tautan", "Banyak konten"),
        ),
        Kolom(
            "jumlah_diturunkan",
            "Diturunkan",
            Tipe.BILANGAN,
            "Konten yang sudah diturunkan.",
            "1",
            aturan="V35",
            minimum=0,
            satuan="konten",
            sinonim=("Jumlah diturunkan", "Takedown"),
        ),
        Kolom(
            "jumlah_diproses",
            "Diproses",
            Tipe.BILANGAN,
            "Konten yang masih diproses.",
            "1",
            aturan="V35",
            minimum=0,
            satuan="konten",
            sinonim=("Jumlah diproses", "Dalam proses"),
        ),
        Kolom(
            "status",
            "Status",
            Tipe.PILIHAN,
            "Keadaan terakhir.",
            "Diklarifikasi",
            wajib=True,
            kosakata="status_isu",
            sinonim=("Status isu", "Status penanganan", "Keadaan"),
        ),
        Kolom(
            "tanggal_klarifikasi",
            "Waktu klarifikasi",
            Tipe.WAKTU,
            "Tanggal dan jam (WIB) klarifikasi pertama.",
            "13/08/2026 14.30",
            aturan="V36",
            sinonim=("Tanggal klarifikasi", "Tgl klarifikasi"),
        ),
        Kolom(
            "kanal_klarifikasi",
            "Kanal klarifikasi",
            Tipe.DAFTAR_PILIHAN,
            "Kanal klarifikasi, dipisah koma.",
            "Laman, Instagram",
            kosakata="kanal",
            sinonim=("Media klarifikasi",),
        ),
        Kolom(
            "url_klarifikasi",
            "Tautan klarifikasi",
            Tipe.URL,
            "Wajib bila diklarifikasi.",
            "https://kota-semarang.kpu.go.id/blog/read/2",
            aturan="V37",
            sinonim=("Link klarifikasi", "URL klarifikasi", "Tautan bantahan"),
        ),
        Kolom(
            "diteruskan_ke",
            "Diteruskan ke",
            Tipe.DAFTAR_TEKS,
            "Lembaga penerima terusan, dipisah titik koma.",
            "Komdigi",
            sinonim=("Diteruskan kepada", "Dilaporkan ke"),
        ),
    ),
)

HIMPUNAN: tuple[Himpunan, ...] = (KEGIATAN, PUBLIKASI, PERMOHONAN_INFO, ISU_HOAKS)
MENURUT_NAMA: dict[str, Himpunan] = {dataset.nama: dataset for dataset in HIMPUNAN}


def all_columns() -> Iterator[tuple[Himpunan, Kolom]]:
    """Every column of the contract with the data set it belongs to."""
    for dataset in HIMPUNAN:
        for column in dataset.kolom:
            yield dataset, column
