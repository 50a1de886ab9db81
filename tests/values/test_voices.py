"""Words in which offices say how the public spoke to them and what became of it; what is not sure is asked."""

from __future__ import annotations

import pytest
from humas.contract.columns import ASPIRASI
from humas.values.cells import reader

READ = (
    ("saluran", "Aplikasi LAPOR!", "sp4n_lapor"),
    ("saluran", "lapor.go.id", "sp4n_lapor"),
    ("saluran", "via WA", "whatsapp"),
    ("saluran", "DM Instagram", "media_sosial"),
    ("saluran", "Datang langsung ke kantor", "tatap_muka"),
    ("saluran", "Posko Aduan Masyarakat Kawal Hak Pilih", "posko"),
    ("saluran", "Call center 112", "telepon"),
    ("saluran", "Kotak Saran", "kotak_saran"),
    ("saluran", "Form online", "laman"),
    ("jenis_aspirasi", "Permintaan Informasi", "pertanyaan"),
    ("jenis_aspirasi", "Saran/Masukan", "saran"),
    ("jenis_aspirasi", "Keluhan warga", "pengaduan"),
    ("jenis_aspirasi", "Ucapan terima kasih", "apresiasi"),
    ("tindak_lanjut", "Sudah", "selesai"),
    ("tindak_lanjut", "Telah ditindaklanjuti", "selesai"),
    ("tindak_lanjut", "Sudah disampaikan ke pimpinan", "diproses"),
    ("tindak_lanjut", "Terdisposisi", "diteruskan"),
    ("tindak_lanjut", "Sudah diteruskan ke Dinas PU", "diteruskan"),
    ("tindak_lanjut", "Belum selesai", "belum"),
    ("tindak_lanjut", "Bukan Kewenangan KPU", "bukan_kewenangan"),
)
ASKED = (
    ("saluran", "WA/Telepon"),
    ("jenis_aspirasi", "Gugatan"),
    ("tindak_lanjut", "Ditolak"),
    ("tindak_lanjut", "Diarsipkan"),
    ("tindak_lanjut", "Tidak ditindaklanjuti"),
    ("tindak_lanjut", "Proses, belum selesai"),
)


@pytest.mark.parametrize(("column", "written", "value"), READ, ids=[written for _, written, _ in READ])
def test_words_of_offices_are_read(column: str, written: str, value: str) -> None:
    cell = reader(ASPIRASI.by_name[column])(written)
    assert (cell.value, cell.problem) == (value, None)


@pytest.mark.parametrize(("column", "written"), ASKED, ids=[written for _, written in ASKED])
def test_what_is_not_sure_is_asked(column: str, written: str) -> None:
    assert reader(ASPIRASI.by_name[column])(written).problem is not None


def test_of_two_days_the_first_counts_with_a_remark() -> None:
    cell = reader(ASPIRASI.by_name["tanggal_disampaikan"])("14-16 Juli 2026")
    assert (str(cell.value)[:10], cell.problem, cell.note) == ("2026-07-14", None, "K40")
    assert cell.remark == "memuat 14/07/2026 sampai 16/07/2026; dipakai yang awal"
