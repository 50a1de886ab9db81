"""Words of the simulated reports that are no body's own; those of each body stand in its folder (``simulasi.toml``).

A placeholder in braces is filled by ``humas.simulate.content``: ``{topik}``, ``{tempat}``, ``{sekolah}``,
``{mitra}``, ``{radio}``, ``{satker}``, ``{wilayah}``, ``{triwulan}``.
"""

from __future__ import annotations

from typing import Final

NEWS_CATEGORY, SECOND_CATEGORY = 104, 105
"""Numbers of lists of news, where a site has several."""
PARTICIPANT_PREFIXES: Final = ("Mengikuti ", "Menghadiri ", "", "", "Partisipasi dalam ")

PLACES: Final[dict[str, tuple[str, ...]]] = {
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
RADIO: Final = ("Radio Suara {wilayah}", "Radio Gema {wilayah}", "RRI {wilayah}", "TV {wilayah}")
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
FACTS: Final = (
    "Kabar itu tidak benar; keterangan resmi ada pada laman {satker}.",
    "Isi unggahan tidak sesuai dengan dokumen resmi {satker}.",
    "Layanan {satker} tidak dipungut biaya dan jadwal tidak berubah.",
)
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
COVERAGE_TITLES: Final[dict[str, tuple[str, ...]]] = {
    "positif": (
        "{satker} diapresiasi: {topik} makin terbuka ({nomor})",
        "Warga sambut baik {topik} {satker} ({nomor})",
    ),
    "netral": ("{satker} jelaskan {topik} kepada wartawan ({nomor})", "{topik}: {satker} gelar rapat ({nomor})"),
    "negatif": ("{satker} dikritik soal {topik} ({nomor})", "Warga keluhkan {topik} di {satker} ({nomor})"),
}
