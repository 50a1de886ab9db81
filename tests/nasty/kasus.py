"""The corpus. Each case is one thing that offices do to a workbook, with exactly what must come of it."""

from __future__ import annotations

from tests.nasty.lembar import (
    KEPALA,
    KEPALA_PERMOHONAN,
    KEPALA_PUBLIKASI,
    SAMPUL,
    Halaman,
    Kasus,
    kegiatan,
    permohonan,
    publikasi,
)

K = "Kegiatan"
DUA = (kegiatan(1), kegiatan(2))
JUDUL_DUA_BARIS = (
    ["No", "Judul kegiatan", "Tanggal", None, "Jenis kegiatan", "Strategi", None, "Mode", "Tempat", "Peran satker", "Peserta", None, None, "Bukti"],
    [None, None, "Mulai", "Selesai", None, "Utama", "Lain", None, None, None, "Jumlah", "Satuan", "Lingkup", None],
)  # fmt: skip


def _lebar(nomor: int) -> list[object]:
    """A good row under the two-line header."""
    isi = kegiatan(nomor)
    return [*isi[:3], "03/07/2026", isi[3], isi[4], "2", *isi[5:]]


JUDUL = (
    Kasus("blank_and_title_rows", [Halaman(K, [["LAPORAN KEGIATAN KEHUMASAN"], ["TRIWULAN III TAHUN 2026"], [], KEPALA, *DUA], mulai=3)], (2, 2, 0, 0)),
    Kasus("reordered_and_renamed", [Halaman(K, [
        ["Lokasi", "Metode", "Nama Kegiatan", "Tgl", "Jenis", "Strategi", "Peran", "Link"],
        ["Aula kantor", "Luring", "Sosialisasi pendidikan pemilih", "02/07/2026", "Sosialisasi", 1, "Penyelenggara", "https://kota-semarang.kpu.go.id/1"],
    ])], (1, 1, 0, 0)),
    Kasus("marks_in_headers", [Halaman(K, [
        ["No.", "Judul kegiatan *", "Tanggal mulai\n(hh/bb/tttt)", "Jenis kegiatan (wajib)", "5. Strategi utama", "Mode:", "Tempat / Lokasi",
         "Peran satker - wajib diisi", "Jumlah peserta [orang]", "SATUAN  PESERTA", "lingkup_peserta", "Tautan\nbukti"], *DUA])], (2, 2, 0, 0)),
    Kasus("two_line_header_merged", [Halaman(K, [*JUDUL_DUA_BARIS, _lebar(1), _lebar(2)], gabung=["A1:A2", "B1:B2", "C1:D1", "F1:G1", "K1:M1"])], (2, 2, 0, 0)),
    Kasus("two_line_header_parent_in_first_cell", [Halaman(K, [*JUDUL_DUA_BARIS, _lebar(1)])], (1, 1, 0, 0)),
    Kasus("three_line_header", [Halaman(K, [
        ["No", "Data kegiatan", None, None, None, None, None, None, "Data peserta", None, None, "Bukti"],
        [None, "Judul", "Pelaksanaan", None, None, None, None, None, "Peserta", None, None, None],
        [None, None, "Tanggal mulai", "Jenis", "Strategi utama", "Mode", "Tempat", "Peran", "Jumlah", "Satuan", "Lingkup", None],
        *DUA], gabung=["B1:H1", "C2:H2", "I1:K1", "I2:K2"])], (2, 2, 0, 0)),
    Kasus("three_line_header_not_merged", [Halaman(K, [
        ["No", "Data kegiatan", None, None, None, None, None, None, "Data peserta", None, None, "Bukti"],
        [None, "Judul", "Pelaksanaan", None, None, None, None, None, "Peserta", None, None, None],
        [None, None, "Tanggal mulai", "Jenis", "Strategi utama", "Mode", "Tempat", "Peran", "Jumlah", "Satuan", "Lingkup", None],
        *DUA])], (2, 2, 0, 0)),
    Kasus("close_headers_read_with_a_note", [Halaman(K, [
        [{"Jenis kegiatan": "Jenis Kegitan", "Tanggal mulai": "Tanggal Mulai Kegiatan"}.get(satu, satu) for satu in KEPALA], *DUA])],
        (2, 2, 0, 0), [(K, 1, "C", "K25"), (K, 1, "D", "K25")]),
    Kasus("close_header_with_other_content_refused", [Halaman(K, [
        [{"Tanggal mulai": "Tanggal Mulaai"}.get(satu, satu) for satu in KEPALA], kegiatan(**{"Tanggal mulai": "Aula"})])],
        (1, 0, 1, 0), [(K, 1, "C", "K13"), ("", 0, "", "K33")], "ditolak"),
    Kasus("extra_columns", [Halaman(K, [[*KEPALA, "Warna baju", None], [*kegiatan(1), "merah", "catatan"], kegiatan(2)])],
        (2, 2, 0, 0), [(K, 1, "M", "K12"), (K, 1, "N", "K12")]),
    Kasus("column_numbers", [Halaman(K, [KEPALA, [f"({i})" for i in range(1, 13)], *DUA])], (2, 2, 0, 0), [(K, 2, "", "K16")]),
    Kasus("header_repeated_on_each_page", [Halaman(K, [KEPALA, kegiatan(1), KEPALA, kegiatan(2)])], (2, 2, 0, 0), [(K, 3, "", "K16")]),
    Kasus("no_header_at_all", [Halaman(K, DUA)], (2, 0, 2, 0), [(K, 0, "", "K15"), ("", 0, "", "K33")], "ditolak"),
)  # fmt: skip

BARIS = (
    Kasus("totals_anywhere", [Halaman(K, [
        KEPALA, kegiatan(1), ["Jumlah Juli", *[None] * 7, 40], kegiatan(2), [None, "TOTAL", *[None] * 6, 80], [*[None] * 8, 80]])],
        (2, 2, 0, 0), [(K, 3, "", "K16"), (K, 5, "", "K16"), (K, 6, "", "K16")]),
    Kasus("a_title_that_begins_with_total_is_data", [Halaman(K, [KEPALA, kegiatan(**{"Judul kegiatan": "Total pemilih baru dibahas bersama"})])], (1, 1, 0, 0)),
    Kasus("signature_block", [Halaman(K, [
        KEPALA, *DUA, [], [*[None] * 7, "Semarang, 3 Oktober 2026"], [None, "Mengetahui,", *[None] * 5, "Yang membuat laporan"],
        [None, "Ketua", *[None] * 5, "Kasubbag Humas"], [], [None, "Budi Santoso", *[None] * 5, "Siti Aminah, S.I.Kom."], [*[None] * 7, "NIP. 19800101 200501 1 001"]])],
        (2, 2, 0, 0), [(K, 5, "", "K16")]),
    Kasus("a_chairman_who_attends_is_no_signature", [Halaman(K, [KEPALA, kegiatan(1), [
        2, "Ketua membuka rapat", "02/07/2026", *[None] * 9]])], (2, 1, 1, 0),
        [(K, 3, "D", "V13"), (K, 3, "E", "V16"), (K, 3, "F", "V14"), (K, 3, "H", "V21"), (K, 3, "L", "V23")], "diterima_sebagian"),
    Kasus("titles_between_rows", [Halaman(K, [KEPALA, ["A", "Kegiatan internal"], kegiatan(1), [None, "AGUSTUS 2026"], kegiatan(2), ["Kegiatan luar"], kegiatan(3)],
        gabung=["A6:L6"])], (3, 3, 0, 0), [(K, 2, "", "K16"), (K, 4, "", "K16"), (K, 6, "", "K16")]),
    Kasus("prenumbered_empty_rows", [Halaman(K, [KEPALA, kegiatan(1), *([i] for i in range(2, 11))])], (1, 1, 0, 0), [(K, 3, "", "K16")]),
    Kasus("footnotes", [Halaman(K, [KEPALA, kegiatan(1), ["Keterangan: data sementara"], ["*) angka dari daftar hadir"], [None, "Halaman 1 dari 1"]])],
        (1, 1, 0, 0), [(K, 3, "", "K16"), (K, 4, "", "K16"), (K, 5, "", "K16")]),
    Kasus("example_row", [Halaman(K, [KEPALA, ["Contoh", *kegiatan(1)[1:]], kegiatan(2)])], (1, 1, 0, 0), [(K, 2, "", "K16")]),
    Kasus("half_a_row_is_held_back", [Halaman(K, [KEPALA, kegiatan(1), [None, "Rapat yang belum lengkap isiannya"]])], (2, 1, 1, 0), [
        (K, 3, "C", "V06"), (K, 3, "D", "V13"), (K, 3, "E", "V16"), (K, 3, "F", "V14"), (K, 3, "H", "V21"), (K, 3, "L", "V23"),
    ], "diterima_sebagian"),
    Kasus("same_row_twice", [Halaman(K, [KEPALA, kegiatan(1), kegiatan(1)])], (2, 1, 0, 1), [(K, 3, "", "K17")]),
    Kasus("date_merged_over_three", [Halaman(K, [
        KEPALA, kegiatan(1), kegiatan(2, **{"Tanggal mulai": None}), kegiatan(3, **{"Tanggal mulai": None})], gabung=["C2:C4"])],
        (3, 3, 0, 0), [(K, 2, "C", "K26")]),
    Kasus("date_blank_but_not_merged", [Halaman(K, [KEPALA, kegiatan(1), kegiatan(2, **{"Tanggal mulai": None})])],
        (2, 1, 1, 0), [(K, 3, "C", "V06")], "diterima_sebagian"),
    Kasus("participants_merged_count_once", [Halaman(K, [KEPALA, kegiatan(1), kegiatan(2, **{"Jumlah peserta": None})], gabung=["I2:I3"])],
        (2, 2, 0, 0), [(K, 2, "I", "K26")]),
    Kasus("hidden_rows_are_read", [Halaman(K, [KEPALA, kegiatan(1), kegiatan(2), kegiatan(3)], sembunyi=[3])],
        (3, 3, 0, 0), [(K, 3, "", "K27")], "diterima_dengan_catatan"),
    Kasus("one_fault_one_finding", [Halaman(K, [
        KEPALA, kegiatan(1), kegiatan(2, **{"Tanggal mulai": "07/12/2026"}), kegiatan(3, **{"Judul kegiatan": "a" * 400}),
        kegiatan(4, **{"Strategi utama": 9, "Jenis kegiatan": "Bimtek"})])],
        (4, 1, 3, 0), [(K, 3, "C", "V08"), (K, 4, "B", "V12"), (K, 5, "E", "V16")], "diterima_sebagian"),
)  # fmt: skip

TABEL = (
    Kasus("two_data_sets_under_each_other", [Halaman("Laporan", [
        ["A. KEGIATAN"], KEPALA, *DUA, [], ["B. PUBLIKASI"], KEPALA_PUBLIKASI, publikasi(1)])], (3, 3, 0, 0), [("Laporan", 0, "", "K37")]),
    Kasus("publications_under_activities", [Halaman(K, [KEPALA, *DUA, [], KEPALA_PUBLIKASI, publikasi(1)])], (3, 3, 0, 0), [(K, 0, "", "K37")]),
    Kasus("same_data_set_again", [Halaman(K, [
        ["Bulan Juli"], KEPALA, kegiatan(1), ["Jumlah", *[None] * 7, 40], [], ["Bulan Agustus"], KEPALA, kegiatan(2)])],
        (2, 2, 0, 0), [(K, 4, "", "K16"), (K, 0, "", "K37")]),
    Kasus("side_by_side", [Halaman("Laporan", [
        [*KEPALA, None, *KEPALA_PUBLIKASI], [*kegiatan(1), None, *publikasi(1)], [*kegiatan(2), None, *[None] * 6]])],
        (3, 3, 0, 0), [("Laporan", 0, "", "K37")]),
    Kasus("side_by_side_at_different_heights", [Halaman("Laporan", [
        KEPALA, [*kegiatan(1)], [*kegiatan(2), None, *KEPALA_PUBLIKASI], [*[None] * 13, *publikasi(1)]])],
        (3, 3, 0, 0), [("Laporan", 0, "", "K37")]),
    Kasus("units_by_block_titles", [Halaman(K, [
        ["KPU Kota Semarang"], KEPALA, kegiatan(1), [], ["KPU Kota Surakarta"], KEPALA, kegiatan(2)])],
        (2, 1, 1, 0), [(K, 7, "", "K19"), (K, 0, "", "K37")], "diterima_sebagian"),
    Kasus("units_by_titles_between_rows", [Halaman(K, [
        KEPALA, ["Satker: KPU Kota Semarang"], kegiatan(1), ["2. KPU Kabupaten Demak"], kegiatan(2)])],
        (2, 1, 1, 0), [(K, 2, "", "K16"), (K, 4, "", "K16"), (K, 5, "", "K19")], "diterima_sebagian"),
    Kasus("own_title_on_top", [Halaman(K, [["KPU PROVINSI JAWA TENGAH"], ["KPU KOTA SEMARANG"], KEPALA, *DUA])], (2, 2, 0, 0)),
    Kasus("other_units_title_on_top_is_told", [Halaman(K, [["KPU KOTA SURAKARTA"], KEPALA, *DUA])],
        (2, 2, 0, 0), [(K, 0, "", "K38")], "diterima_dengan_catatan"),
    Kasus("unit_written_once_above_its_rows", [Halaman(K, [["Kabupaten/Kota", *KEPALA], ["KPU Kota Semarang", *kegiatan(1)], [None, *kegiatan(2)],
        ["KPU Kabupaten Demak", *kegiatan(3)], [None, *kegiatan(4)]])],
        (4, 2, 2, 0), [(K, 3, "A", "K26"), (K, 4, "A", "V04"), (K, 5, "A", "V04")], "diterima_sebagian"),
    Kasus("publications_in_the_sheet_of_activities", [Halaman(K, [KEPALA_PUBLIKASI, publikasi(1)])], (1, 1, 0, 0), [(K, 0, "", "K37")]),
    Kasus("unit_column", [Halaman(K, [["Kode satker", *KEPALA], ["33.74", *kegiatan(1)], ["33.72", *kegiatan(2)]])],
        (2, 1, 1, 0), [(K, 3, "A", "K19")], "diterima_sebagian"),
)  # fmt: skip


def _templat(nama: str, kepala: tuple[str, ...], *baris: list[object], nihil: object = None) -> Halaman:
    """A sheet laid out as our template: title, NIHIL switch, legend, header."""
    return Halaman(
        nama,
        [
            [f"{nama} triwulan III 2026"],
            ["NIHIL pada triwulan ini?", nihil],
            ["Kolom bertanda * wajib diisi."],
            kepala,
            *baris,
        ],
    )


LEMBAR = (
    Kasus("empty_template", [_templat(K, KEPALA), _templat("Publikasi", KEPALA_PUBLIKASI)], (0, 0, 0, 0), [("", 0, "", "V48")], "ditolak"),
    Kasus("headers_only", [Halaman(K, [KEPALA])], (0, 0, 0, 0), [("", 0, "", "V48")], "ditolak"),
    Kasus("all_sheets_nil", [_templat(K, KEPALA, nihil="Ya"), _templat("Publikasi", KEPALA_PUBLIKASI, nihil="Ya")], (0, 0, 0, 0), (), "nihil"),
    Kasus("one_sheet_not_nil", [_templat(K, KEPALA, nihil="Ya"), _templat("Publikasi", KEPALA_PUBLIKASI, nihil="Tidak")],
        (0, 0, 0, 0), [("", 0, "", "V48")], "ditolak"),
    Kasus("nil_beside_rows", [_templat(K, KEPALA, *DUA), _templat("Publikasi", KEPALA_PUBLIKASI, nihil="Ya")], (2, 2, 0, 0)),
    Kasus("nil_over_rows", [_templat(K, KEPALA, *DUA, nihil="Ya")], (2, 2, 0, 0), [(K, 0, "", "V48")], "diterima_dengan_catatan"),
    Kasus("nil_over_the_second_table", [Halaman("Laporan", [
        ["A. Kegiatan"], KEPALA, kegiatan(1), [], ["B. Publikasi"], ["NIHIL: Ya"], KEPALA_PUBLIKASI])], (1, 1, 0, 0)),
    Kasus("nil_written_in_the_table", [Halaman(K, [KEPALA, [1, "NIHIL", "-", "-"]])], (0, 0, 0, 0), [(K, 2, "", "K16")], "nihil"),
    Kasus("nil_instead_of_a_table", [Halaman(K, [["Tidak ada kegiatan"]])], (0, 0, 0, 0), (), "nihil"),
    Kasus("hidden_sheet", [Halaman(K, [KEPALA, *DUA]), Halaman("Kegiatan lama", [KEPALA, kegiatan(9)], keadaan="hidden"),
        Halaman("Referensi", [["Luring"], ["Daring"]], keadaan="hidden")], (2, 2, 0, 0), [("Kegiatan lama", 0, "", "K28")]),
    Kasus("sheets_of_other_things", [Halaman(K, [KEPALA, *DUA]), Halaman("Petunjuk", [["Isi dengan benar"]]), Halaman("Perbaikan", [["2 baris"]]),
        Halaman("Sheet3", [["barang", "harga"], ["kertas", 3]])], (2, 2, 0, 0), [("Sheet3", 0, "", "K14")], "diterima_dengan_catatan"),
    Kasus("unnamed_sheet_by_its_header", [Halaman("Sheet1", [KEPALA_PERMOHONAN, permohonan(1)])], (1, 1, 0, 0)),
    Kasus("last_quarters_template", [Halaman(K, [KEPALA, *DUA])], (2, 0, 2, 0), [("Sampul", 0, "", "K30")], "ditolak",
        [*SAMPUL[:3], ("Periode", "2026-TW2")]),
    Kasus("drafts_count_when_chosen", [Halaman(K, [KEPALA, kegiatan(1)]), Halaman("Draf dari situs Anda", [
        ["Pilih Ya pada Pakai bila draf benar."], ["Pakai", *KEPALA[1:], "Keyakinan", "Kata penunjuk"],
        ["Ya", *kegiatan(2)[1:], 0.9, "sosialisasi"], ["Tidak", *kegiatan(3)[1:], 0.5, "x"], [None, *kegiatan(4)[1:], 0.4, "y"]])],
        (2, 2, 0, 0), [("Draf dari situs Anda", 0, "", "K36")]),
)  # fmt: skip

KASUS = (*JUDUL, *BARIS, *TABEL, *LEMBAR)
