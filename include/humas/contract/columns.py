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


class ColumnType(StrEnum):
    """How a cell is read and stored."""

    TEXT = "teks"
    CODE = "kode"
    DATE = "tanggal"
    DATETIME = "waktu"
    INTEGER = "bilangan"
    CHOICE = "pilihan"
    CHOICE_LIST = "daftar_pilihan"
    TEXT_LIST = "daftar_teks"
    URL = "url"
    URL_LIST = "daftar_url"


LIST_TYPES = frozenset({ColumnType.CHOICE_LIST, ColumnType.TEXT_LIST, ColumnType.URL_LIST})


class Privacy(StrEnum):
    """Who may see a column: everybody, or only the work units and their superiors."""

    PUBLIC = "publik"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    name: name in code, JSON and database. label: header of the workbook and of tables.
    explanation: help for the sender. example: a valid cell as a sender would write it.
    required: an empty cell is a finding that quarantines the row. rule: rule code such a finding,
    and one of a cell that cannot be read as ``type_name``, carries (``""``: the generic codes).
    vocabulary: name of the vocabulary of a PILIHAN. minimum/maximum: bounds of a BILANGAN.
    unit: unit of a BILANGAN. length: allowed length of a TEKS, in characters.
    brought: value of an empty cell; default_from: the column whose value an empty cell takes.
    synonyms: other headers people write for it.
    from_cover: an empty cell takes the value of the submission's cover.
    masks_unknown: a word outside the vocabulary is likely somebody's name, so it is neither shown nor kept.
    """

    name: str
    label: str
    type_name: ColumnType
    explanation: str
    example: str
    required: bool = False
    rule: str = ""
    vocabulary: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    length: tuple[int, int] | None = None
    brought: str | None = None
    synonyms: tuple[str, ...] = ()
    from_cover: bool = False
    privacy: Privacy = Privacy.PUBLIC
    default_from: str = ""
    masks_unknown: bool = False

    @property
    def holds_links(self) -> bool:
        """Whether its cells are addresses."""
        return self.type_name in {ColumnType.URL, ColumnType.URL_LIST}


@dataclass(frozen=True)
class Dataset:
    """One data set: its sheet, its columns and the columns that make a row unique within a unit.

    name: name in code, JSON and database. sheet: name of its sheet. entity: name of its rules
    in ``aturan.toml``. keys: two rows equal in these columns are the same event told twice.
    dated_by: the date that places a row in a period.
    """

    name: str
    sheet: str
    entity: str
    explanation: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    dated_by: str
    sheet_synonyms: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns a row cannot do without."""
        return tuple(column for column in self.columns if column.required)


_IDENTITY = (
    Column(
        "lembaga",
        "Lembaga",
        ColumnType.CHOICE,
        "Lembaga satker.",
        "KPU",
        required=True,
        rule="V05",
        vocabulary="lembaga",
        from_cover=True,
    ),
    Column(
        "kode_satker",
        "Kode satker",
        ColumnType.CODE,
        "Kode Kemendagri sebagai teks: NN atau NN.NN, bukan kode BPS.",
        "33.74",
        required=True,
        rule="V03",
        synonyms=(
            "Kode",
            "Kode wilayah",
            "Kode Kemendagri",
            "Kode satuan kerja",
            "Kode kabupaten/kota",
            "Kode kab/kota",
        ),
        from_cover=True,
    ),
    Column(
        "nama_satker",
        "Nama satker",
        ColumnType.TEXT,
        "Nama lengkap dengan Kota atau Kabupaten.",
        "Kota Semarang",
        rule="V04",
        synonyms=(
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
        length=(3, 120),
        from_cover=True,
    ),
)

_REACH_COLUMNS = (
    Column(
        "jangkauan",
        "Jangkauan",
        ColumnType.INTEGER,
        "Orang yang terjangkau.",
        "1.500",
        rule="V51",
        minimum=0,
        unit="orang",
        synonyms=("Reach", "Jumlah jangkauan"),
    ),
    Column(
        "tayangan",
        "Tayangan",
        ColumnType.INTEGER,
        "Berapa kali dilihat.",
        "2.300",
        rule="V51",
        minimum=0,
        unit="kali",
        synonyms=("Dilihat", "Views", "Jumlah tayangan", "Penonton", "Jumlah penonton"),
    ),
)

KEGIATAN = Dataset(
    name="kegiatan",
    sheet="Kegiatan",
    entity="kegiatan",
    explanation="Satu baris untuk satu kegiatan kehumasan yang diselenggarakan atau diikuti satker.",
    keys=("tanggal_mulai", "judul"),
    dated_by="tanggal_mulai",
    sheet_synonyms=("Data Kegiatan", "Daftar Kegiatan"),
    columns=(
        *_IDENTITY,
        Column(
            "judul",
            "Judul kegiatan",
            ColumnType.TEXT,
            "Nama kegiatan, 10 sampai 300 huruf.",
            "Rapat koordinasi kehumasan se-Jawa Tengah",
            required=True,
            rule="V12",
            length=(10, 300),
            synonyms=(
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
        Column(
            "tanggal_mulai",
            "Tanggal mulai",
            ColumnType.DATE,
            "Hari dulu, misalnya 04/05/2026 berarti 4 Mei 2026.",
            "02/07/2026",
            required=True,
            rule="V06",
            synonyms=(
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
        Column(
            "tanggal_selesai",
            "Tanggal selesai",
            ColumnType.DATE,
            "Kosong berarti sama dengan tanggal mulai.",
            "03/07/2026",
            rule="V07",
            default_from="tanggal_mulai",
            synonyms=(
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
        Column(
            "hari",
            "Hari",
            ColumnType.CHOICE,
            "Nama hari tanggal mulai, sebagai pemeriksa tanggal.",
            "Kamis",
            rule="V10",
            vocabulary="hari",
            synonyms=("Nama hari",),
        ),
        Column(
            "jenis_kegiatan",
            "Jenis kegiatan",
            ColumnType.CHOICE,
            "Pilih satu jenis.",
            "Rapat koordinasi",
            required=True,
            rule="V13",
            vocabulary="jenis_kegiatan",
            synonyms=(
                "Jenis",
                "Bentuk kegiatan",
                "Kategori",
                "Kategori kegiatan",
                "Bentuk",
                "Tipe kegiatan",
                "Jenis acara",
            ),
        ),
        Column(
            "strategi_utama",
            "Strategi utama",
            ColumnType.INTEGER,
            "Nomor satu dari delapan strategi Bakohumas.",
            "2",
            required=True,
            rule="V16",
            minimum=1,
            maximum=8,
            synonyms=(
                "Strategi",
                "Strategi Bakohumas",
                "Strategi kehumasan",
                "Strategi komunikasi",
                "Nomor strategi",
                "No. strategi",
            ),
        ),
        Column(
            "strategi_lain",
            "Strategi lain",
            ColumnType.CHOICE_LIST,
            "Nomor strategi lain, dipisah koma.",
            "1, 3",
            rule="V16",
            vocabulary="strategi",
            synonyms=("Strategi lainnya", "Strategi tambahan", "Strategi pendukung"),
        ),
        Column(
            "fungsi",
            "Fungsi",
            ColumnType.CHOICE,
            "Konstruktif (terencana) atau korektif (menjawab krisis).",
            "Konstruktif",
            vocabulary="fungsi",
            synonyms=("Fungsi humas", "Fungsi kehumasan"),
        ),
        Column(
            "mode",
            "Mode",
            ColumnType.CHOICE,
            "Daring, luring, atau hibrida.",
            "Luring",
            required=True,
            rule="V14",
            vocabulary="mode",
            synonyms=(
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
        Column(
            "tempat",
            "Tempat",
            ColumnType.TEXT,
            "Wajib bila luring atau hibrida.",
            "Aula KPU Kota Semarang",
            rule="V15",
            length=(2, 200),
            synonyms=("Lokasi", "Tempat kegiatan", "Tempat pelaksanaan", "Lokasi kegiatan", "Lokasi pelaksanaan"),
        ),
        Column(
            "platform",
            "Platform",
            ColumnType.TEXT,
            "Wajib bila daring.",
            "Zoom",
            rule="V15",
            length=(1, 200),
            synonyms=(
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
        Column(
            "peran_satker",
            "Peran satker",
            ColumnType.CHOICE,
            "Penyelenggara, peserta, atau narasumber.",
            "Peserta",
            required=True,
            rule="V21",
            vocabulary="peran_satker",
            synonyms=("Peran", "Peran humas", "Peran dalam kegiatan", "Sebagai", "Keikutsertaan"),
        ),
        Column(
            "penyelenggara",
            "Penyelenggara",
            ColumnType.TEXT,
            "Wajib bila satker bukan penyelenggara.",
            "KPU Provinsi Jawa Tengah",
            rule="V22",
            length=(2, 200),
            synonyms=(
                "Penyelenggara kegiatan",
                "Instansi penyelenggara",
                "Diselenggarakan oleh",
                "Pelaksana",
                "Pelaksana kegiatan",
            ),
        ),
        Column(
            "narasumber",
            "Narasumber",
            ColumnType.TEXT_LIST,
            "Lembaga atau jabatan, dipisah titik koma.",
            "Diskominfo Jawa Tengah",
            synonyms=("Nara sumber", "Pembicara", "Pemateri"),
        ),
        Column(
            "mitra",
            "Mitra",
            ColumnType.TEXT_LIST,
            "Lembaga mitra, dipisah titik koma.",
            "PWI Kota Semarang",
            synonyms=("Mitra kerja", "Mitra kegiatan", "Kerja sama dengan", "Bekerja sama dengan"),
        ),
        Column(
            "jumlah_peserta",
            "Jumlah peserta",
            ColumnType.INTEGER,
            "Bilangan bulat; 1.007 dibaca seribu tujuh.",
            "120",
            rule="V18",
            minimum=0,
            unit="orang atau satker",
            synonyms=(
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
        Column(
            "satuan_peserta",
            "Satuan peserta",
            ColumnType.CHOICE,
            "Orang atau satker.",
            "Orang",
            rule="V19",
            vocabulary="satuan_peserta",
            synonyms=("Satuan",),
        ),
        Column(
            "lingkup_peserta",
            "Lingkup peserta",
            ColumnType.CHOICE,
            "Peserta dari satker ini saja, atau seluruh acara.",
            "Satker ini",
            rule="V19",
            vocabulary="lingkup_peserta",
            synonyms=("Lingkup", "Cakupan peserta"),
        ),
        Column(
            "sasaran",
            "Sasaran",
            ColumnType.CHOICE_LIST,
            "Kelompok sasaran, dipisah koma.",
            "Pemilih pemula",
            vocabulary="sasaran",
            synonyms=("Sasaran kegiatan", "Kelompok sasaran", "Segmen", "Segmen sasaran"),
        ),
        Column(
            "kanal",
            "Kanal",
            ColumnType.CHOICE_LIST,
            "Kanal penyebaran, dipisah koma.",
            "Laman, Instagram",
            vocabulary="kanal",
            synonyms=("Kanal publikasi", "Kanal penyebaran", "Media publikasi", "Media sosial"),
        ),
        *_REACH_COLUMNS,
        Column(
            "tahapan",
            "Tahapan",
            ColumnType.CHOICE,
            "Tahapan pemilu terkait; kosong berarti non-tahapan.",
            "Non-tahapan",
            vocabulary="tahapan",
            brought="NON_TAHAPAN",
            synonyms=("Tahapan pemilu", "Tahapan pemilihan"),
        ),
        Column(
            "tanggal_publikasi",
            "Tanggal publikasi",
            ColumnType.DATE,
            "Tanggal berita kegiatan terbit.",
            "02/07/2026",
            rule="V27",
            synonyms=("Tgl publikasi", "Tanggal terbit", "Tanggal berita", "Tanggal tayang"),
        ),
        Column(
            "url_bukti",
            "Tautan bukti",
            ColumnType.URL_LIST,
            "Alamat lengkap berita atau berkas bukti.",
            "https://kota-semarang.kpu.go.id/blog/read/1",
            rule="V23",
            synonyms=(
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
        Column(
            "nomor_dokumen",
            "Nomor dokumen",
            ColumnType.TEXT,
            "Nomor undangan, nota dinas, atau SK.",
            "467/HM.03.5-Und/06/KPU/IX/2026",
            length=(1, 120),
            synonyms=("No. dokumen", "Nomor surat", "No. surat", "Nomor undangan", "Nomor SK"),
        ),
        Column(
            "tahun_tersirat",
            "Asal tahun",
            ColumnType.CHOICE,
            "Diisi bila tahun tidak tertulis: dari mana tahun disimpulkan.",
            "Tanggal terbit",
            rule="V11",
            vocabulary="tahun_tersirat",
        ),
    ),
)

PUBLIKASI = Dataset(
    name="publikasi",
    sheet="Publikasi",
    entity="publikasi",
    explanation="Satu baris untuk satu terbitan pada satu kanal.",
    keys=("kanal", "url", "tanggal_terbit"),
    dated_by="tanggal_terbit",
    sheet_synonyms=("Data Publikasi",),
    columns=(
        *_IDENTITY,
        Column(
            "judul",
            "Judul konten",
            ColumnType.TEXT,
            "Judul berita atau takarir singkat.",
            "Siaran pers daftar pemilih berkelanjutan",
            length=(3, 300),
            synonyms=(
                "Judul",
                "Judul berita",
                "Judul publikasi",
                "Judul unggahan",
                "Nama konten",
                "Takarir",
                "Caption",
            ),
        ),
        Column(
            "kanal",
            "Kanal",
            ColumnType.CHOICE,
            "Kanal tempat terbit.",
            "Instagram",
            required=True,
            vocabulary="kanal",
            synonyms=(
                "Media",
                "Kanal media",
                "Kanal publikasi",
                "Media publikasi",
                "Media sosial",
                "Jenis media",
                "Platform",
            ),
        ),
        Column(
            "akun",
            "Akun",
            ColumnType.TEXT,
            "Nama akun resmi.",
            "@kpukotasemarang",
            length=(1, 120),
            synonyms=("Nama akun", "Username"),
        ),
        Column(
            "url",
            "Tautan",
            ColumnType.URL,
            "Alamat lengkap terbitan.",
            "https://www.instagram.com/p/abc",
            required=True,
            synonyms=(
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
        Column(
            "tanggal_terbit",
            "Tanggal terbit",
            ColumnType.DATE,
            "Hari dulu.",
            "02/07/2026",
            required=True,
            synonyms=(
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
        Column(
            "jenis_konten",
            "Jenis konten",
            ColumnType.CHOICE,
            "Bentuk konten.",
            "Berita",
            required=True,
            vocabulary="jenis_konten",
            synonyms=(
                "Jenis",
                "Bentuk konten",
                "Format konten",
                "Format",
                "Tipe konten",
                "Kategori",
                "Kategori konten",
            ),
        ),
        *_REACH_COLUMNS,
        Column(
            "suka",
            "Suka",
            ColumnType.INTEGER,
            "Jumlah suka.",
            "120",
            minimum=0,
            unit="kali",
            synonyms=("Jumlah suka", "Like", "Likes"),
        ),
        Column(
            "komentar",
            "Komentar",
            ColumnType.INTEGER,
            "Jumlah komentar.",
            "12",
            minimum=0,
            unit="kali",
            synonyms=("Jumlah komentar", "Comment", "Comments"),
        ),
        Column(
            "bagikan",
            "Dibagikan",
            ColumnType.INTEGER,
            "Berapa kali dibagikan.",
            "5",
            minimum=0,
            unit="kali",
            synonyms=("Bagikan", "Jumlah dibagikan", "Share", "Shares"),
        ),
        Column(
            "aksesibilitas",
            "Aksesibilitas",
            ColumnType.CHOICE,
            "Ada juru bahasa isyarat atau teks alternatif.",
            "Ya",
            vocabulary="ya_tidak",
            synonyms=("Ramah disabilitas",),
        ),
    ),
)

PERMOHONAN_INFO = Dataset(
    name="permohonan_info",
    sheet="Permohonan Informasi",
    entity="permohonan_info",
    explanation="Satu baris untuk satu permohonan informasi publik, tanpa data pribadi pemohon.",
    keys=("no_registrasi",),
    dated_by="tanggal_terima",
    sheet_synonyms=("Permohonan", "PPID", "Layanan Informasi"),
    columns=(
        *_IDENTITY,
        Column(
            "no_registrasi",
            "Nomor registrasi",
            ColumnType.TEXT,
            "Nomor pada register PPID; unik per satker dan tahun.",
            "012/PPID/2026",
            required=True,
            rule="V39",
            length=(1, 80),
            synonyms=(
                "No registrasi",
                "No. registrasi",
                "Nomor",
                "Nomor register",
                "No. register",
                "Nomor permohonan",
                "No. permohonan",
            ),
            privacy=Privacy.INTERNAL,
        ),
        Column(
            "tanggal_terima",
            "Tanggal terima",
            ColumnType.DATE,
            "Tanggal permohonan diterima.",
            "02/07/2026",
            required=True,
            rule="V39",
            synonyms=(
                "Tanggal masuk",
                "Tanggal",
                "Tgl terima",
                "Tgl masuk",
                "Tanggal diterima",
                "Tanggal permohonan",
                "Tgl permohonan",
            ),
        ),
        Column(
            "kanal_permohonan",
            "Kanal permohonan",
            ColumnType.CHOICE,
            "Cara permohonan masuk.",
            "e-PPID",
            required=True,
            vocabulary="kanal_permohonan",
            synonyms=("Kanal", "Cara", "Cara permohonan", "Media permohonan", "Saluran permohonan", "Jalur", "Melalui"),
        ),
        Column(
            "jenis_pemohon",
            "Jenis pemohon",
            ColumnType.CHOICE,
            "Perorangan, kelompok, atau badan hukum; tanpa nama.",
            "Perorangan",
            required=True,
            vocabulary="jenis_pemohon",
            synonyms=("Pemohon", "Kategori pemohon"),
            masks_unknown=True,
        ),
        Column(
            "tujuan",
            "Tujuan",
            ColumnType.TEXT,
            "Tujuan penggunaan informasi.",
            "Penelitian",
            length=(2, 300),
            privacy=Privacy.INTERNAL,
            synonyms=("Tujuan permohonan", "Tujuan penggunaan", "Tujuan penggunaan informasi"),
        ),
        Column(
            "informasi_diminta",
            "Informasi yang diminta",
            ColumnType.TEXT,
            "Pokok informasi yang diminta.",
            "Rekapitulasi pemilih per kelurahan",
            required=True,
            length=(5, 500),
            synonyms=(
                "Informasi",
                "Informasi diminta",
                "Informasi yang dimohon",
                "Informasi yang dimohonkan",
                "Rincian informasi",
                "Uraian informasi",
            ),
        ),
        Column(
            "rezim",
            "Rezim waktu",
            ColumnType.CHOICE,
            "PEMILU (3 hari kerja) atau UMUM (10 + 7 hari kerja).",
            "UMUM",
            required=True,
            rule="V40",
            vocabulary="rezim",
            synonyms=("Rezim",),
        ),
        Column(
            "tanggal_lengkap",
            "Tanggal lengkap",
            ColumnType.DATE,
            "Tanggal syarat lengkap.",
            "02/07/2026",
            synonyms=("Tgl lengkap", "Tanggal berkas lengkap"),
        ),
        Column(
            "tanggal_perpanjangan",
            "Tanggal perpanjangan",
            ColumnType.DATE,
            "Diisi bila diperpanjang (sekali saja).",
            "",
            rule="V42",
            synonyms=("Tgl perpanjangan",),
        ),
        Column(
            "alasan_perpanjangan",
            "Alasan perpanjangan",
            ColumnType.TEXT,
            "Alasan tertulis perpanjangan.",
            "",
            rule="V42",
            length=(3, 300),
        ),
        Column(
            "tanggal_tanggapan",
            "Tanggal tanggapan",
            ColumnType.DATE,
            "Kosong bila masih diproses.",
            "09/07/2026",
            rule="V41",
            synonyms=(
                "Tanggal jawab",
                "Tanggal dijawab",
                "Tgl tanggapan",
                "Tgl jawab",
                "Tanggal jawaban",
                "Tanggal selesai",
            ),
        ),
        Column(
            "putusan",
            "Putusan",
            ColumnType.CHOICE,
            "Hasil permohonan.",
            "Dikabulkan penuh",
            required=True,
            vocabulary="putusan",
            synonyms=("Hasil", "Status", "Keputusan", "Hasil permohonan", "Status permohonan"),
        ),
        Column(
            "alasan_penolakan",
            "Alasan penolakan",
            ColumnType.CHOICE,
            "Wajib bila ditolak.",
            "",
            rule="V43",
            vocabulary="alasan_penolakan",
            synonyms=("Alasan ditolak",),
        ),
        Column(
            "dasar_penolakan",
            "Dasar penolakan",
            ColumnType.TEXT,
            "Pasal atau keputusan; wajib bila ditolak.",
            "",
            rule="V43",
            length=(3, 300),
            synonyms=("Dasar hukum", "Dasar hukum penolakan"),
        ),
        Column(
            "biaya_rp",
            "Biaya (Rp)",
            ColumnType.INTEGER,
            "Biaya penggandaan.",
            "0",
            minimum=0,
            unit="rupiah",
            synonyms=("Biaya", "Biaya penggandaan"),
        ),
    ),
)

ISU_HOAKS = Dataset(
    name="isu_hoaks",
    sheet="Isu dan Hoaks",
    entity="hoaks",
    explanation="Satu baris untuk satu isu atau hoaks yang ditangani satker.",
    keys=("id_isu",),
    dated_by="tanggal_temuan",
    sheet_synonyms=("Isu Hoaks", "Hoaks", "Isu"),
    columns=(
        *_IDENTITY,
        Column(
            "id_isu",
            "Nomor isu",
            ColumnType.TEXT,
            "Nomor isu, unik per satker.",
            "ISU-2026-03",
            required=True,
            rule="V34",
            length=(1, 80),
            synonyms=("ID isu", "No isu", "Nomor", "Kode isu", "Nomor hoaks", "No. hoaks"),
        ),
        Column(
            "judul_klaim",
            "Judul klaim",
            ColumnType.TEXT,
            "Klaim yang beredar, dalam satu kalimat.",
            "Data pemilih dihapus sepihak",
            required=True,
            length=(5, 300),
            synonyms=(
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
        Column(
            "narasi",
            "Narasi",
            ColumnType.TEXT,
            "Isi klaim.",
            "",
            length=(5, 2000),
            synonyms=("Isi narasi", "Uraian isu"),
        ),
        Column(
            "tanggal_temuan",
            "Waktu temuan",
            ColumnType.DATETIME,
            "Tanggal dan jam (WIB) isu ditemukan.",
            "13/08/2026 08.30",
            required=True,
            rule="V36",
            synonyms=(
                "Tanggal temuan",
                "Ditemukan",
                "Tgl temuan",
                "Tanggal ditemukan",
                "Waktu ditemukan",
                "Tanggal",
                "Waktu",
            ),
        ),
        Column(
            "sumber_temuan",
            "Sumber temuan",
            ColumnType.CHOICE,
            "Dari mana isu diketahui.",
            "Patroli internal",
            required=True,
            vocabulary="sumber_temuan",
            synonyms=("Sumber", "Sumber informasi", "Asal temuan"),
        ),
        Column(
            "klasifikasi",
            "Klasifikasi",
            ColumnType.CHOICE,
            "Jenis hoaks.",
            "Konten menyesatkan",
            vocabulary="klasifikasi",
            brought="belum_diklasifikasi",
            synonyms=("Jenis hoaks", "Jenis isu", "Kategori", "Kategori hoaks"),
        ),
        Column(
            "terkait_tahapan",
            "Terkait tahapan",
            ColumnType.CHOICE,
            "Tahapan pemilu terkait.",
            "Non-tahapan",
            vocabulary="tahapan",
            brought="NON_TAHAPAN",
            synonyms=("Tahapan", "Tahapan pemilu"),
        ),
        Column(
            "fakta", "Fakta", ColumnType.TEXT, "Fakta yang benar.", "", length=(5, 2000), synonyms=("Fakta sebenarnya",)
        ),
        Column(
            "rujukan",
            "Rujukan",
            ColumnType.URL_LIST,
            "Alamat sumber resmi.",
            "https://www.kpu.go.id/berita",
            rule="V37",
            synonyms=("Sumber rujukan",),
        ),
        Column(
            "platform",
            "Platform",
            ColumnType.CHOICE,
            "Tempat isu paling banyak beredar.",
            "Facebook",
            vocabulary="platform_isu",
            synonyms=("Platform media", "Media", "Media penyebaran", "Kanal penyebaran", "Kanal"),
        ),
        Column(
            "jumlah_konten",
            "Jumlah konten",
            ColumnType.INTEGER,
            "Banyaknya konten pembawa isu, paling sedikit 1.",
            "2",
            required=True,
            rule="V34",
            minimum=1,
            unit="konten",
            synonyms=("Jumlah unggahan", "Jumlah tautan", "Banyak konten"),
        ),
        Column(
            "jumlah_diturunkan",
            "Diturunkan",
            ColumnType.INTEGER,
            "Konten yang sudah diturunkan.",
            "1",
            rule="V35",
            minimum=0,
            unit="konten",
            synonyms=("Jumlah diturunkan", "Takedown"),
        ),
        Column(
            "jumlah_diproses",
            "Diproses",
            ColumnType.INTEGER,
            "Konten yang masih diproses.",
            "1",
            rule="V35",
            minimum=0,
            unit="konten",
            synonyms=("Jumlah diproses", "Dalam proses"),
        ),
        Column(
            "status",
            "Status",
            ColumnType.CHOICE,
            "Keadaan terakhir.",
            "Diklarifikasi",
            required=True,
            vocabulary="status_isu",
            synonyms=("Status isu", "Status penanganan", "Keadaan"),
        ),
        Column(
            "tanggal_klarifikasi",
            "Waktu klarifikasi",
            ColumnType.DATETIME,
            "Tanggal dan jam (WIB) klarifikasi pertama.",
            "13/08/2026 14.30",
            rule="V36",
            synonyms=("Tanggal klarifikasi", "Tgl klarifikasi"),
        ),
        Column(
            "kanal_klarifikasi",
            "Kanal klarifikasi",
            ColumnType.CHOICE_LIST,
            "Kanal klarifikasi, dipisah koma.",
            "Laman, Instagram",
            vocabulary="kanal",
            synonyms=("Media klarifikasi",),
        ),
        Column(
            "url_klarifikasi",
            "Tautan klarifikasi",
            ColumnType.URL,
            "Wajib bila diklarifikasi.",
            "https://kota-semarang.kpu.go.id/blog/read/2",
            rule="V37",
            synonyms=("Link klarifikasi", "URL klarifikasi", "Tautan bantahan"),
        ),
        Column(
            "diteruskan_ke",
            "Diteruskan ke",
            ColumnType.TEXT_LIST,
            "Lembaga penerima terusan, dipisah titik koma.",
            "Komdigi",
            synonyms=("Diteruskan kepada", "Dilaporkan ke"),
        ),
    ),
)

DATASETS: tuple[Dataset, ...] = (KEGIATAN, PUBLIKASI, PERMOHONAN_INFO, ISU_HOAKS)
BY_NAME: dict[str, Dataset] = {dataset.name: dataset for dataset in DATASETS}


def all_columns() -> Iterator[tuple[Dataset, Column]]:
    """Every column of the contract with the data set it belongs to."""
    for dataset in DATASETS:
        for column in dataset.columns:
            yield dataset, column
