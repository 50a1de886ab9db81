"""How offices that keep their own book write: their own words above the columns, a letterhead, numbered rows, signatures.

None of these words is a name of the contract's: the demo shows that such books are read by evidence (0039).
"""

from __future__ import annotations

from collections.abc import Mapping

from humas.contract.columns import Column, Dataset

LETTERHEAD = ("SEKRETARIAT", "SUBBAGIAN HUBUNGAN MASYARAKAT", "", "REKAPITULASI {sheet} TRIWULAN BERJALAN", "")
"""Lines above the header, blank ones among them."""
SIGNATURES = ("", "Mengetahui,", "Kepala Subbagian")
NUMBER = "No."
_HEADERS: Mapping[str, Mapping[str, str]] = {
    "kegiatan": {
        "judul": "Uraian giat kehumasan",
        "tanggal_mulai": "Hari pelaksanaan giat",
        "jenis_kegiatan": "Bentuk giat",
        "strategi_utama": "Strategi ke-",
        "mode": "Luring/daring",
        "peran_satker": "Kami selaku",
        "jumlah_peserta": "Orang yang hadir",
        "tempat": "Lokasi giat",
    },
    "publikasi": {
        "judul": "Takarir unggahan kami",
        "kanal": "Medsos/media yang dipakai",
        "url": "Alamat unggahan",
        "tanggal_terbit": "Hari tayang",
        "jenis_konten": "Wujud konten",
    },
    "permohonan_info": {
        "no_registrasi": "Nomor tiket",
        "tanggal_terima": "Hari masuk permohonan",
        "kanal_permohonan": "Masuk lewat",
        "jenis_pemohon": "Golongan pemohon",
        "informasi_diminta": "Data yang dimohon",
        "putusan": "Amar putusan",
    },
    "isu_hoaks": {
        "judul_klaim": "Bunyi kabar bohong",
        "tanggal_temuan": "Mulai beredar",
    },
}


def own_header(dataset: Dataset, column: Column) -> str:
    """The words of such an office above a column; the first synonym where it has none of its own."""
    usual = column.synonyms[0] if column.synonyms else column.label
    return _HEADERS.get(dataset.name, {}).get(column.name, usual)
