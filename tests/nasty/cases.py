"""The corpus. Each case is one thing that offices do to a workbook, with exactly what must come of it."""

from __future__ import annotations

from tests.nasty.sheets import (
    COVER,
    HEADER,
    PERMOHONAN_HEADER,
    PUBLIKASI_HEADER,
    Case,
    Page,
    kegiatan,
    permohonan,
    publikasi,
)

K = "Kegiatan"
TWO = (kegiatan(1), kegiatan(2))
TWO_ROW_HEADER = (
    ["No", "Judul kegiatan", "Tanggal", None, "Jenis kegiatan", "Strategi", None, "Mode", "Tempat", "Peran satker", "Peserta", None, None, "Bukti"],
    [None, None, "Mulai", "Selesai", None, "Utama", "Lain", None, None, None, "Jumlah", "Satuan", "Lingkup", None],
)  # fmt: skip


def _wide(number: int) -> list[object]:
    """A good row under the two-line header."""
    content = kegiatan(number)
    return [*content[:3], "03/07/2026", content[3], content[4], "2", *content[5:]]


TITLE = (
    Case("blank_and_title_rows", [Page(K, [["LAPORAN KEGIATAN KEHUMASAN"], ["TRIWULAN III TAHUN 2026"], [], HEADER, *TWO], start=3)], (2, 2, 0, 0)),
    Case("reordered_and_renamed", [Page(K, [
        ["Lokasi", "Metode", "Nama Kegiatan", "Tgl", "Jenis", "Strategi", "Peran", "Link"],
        ["Aula kantor", "Luring", "Sosialisasi pendidikan pemilih", "02/07/2026", "Sosialisasi", 1, "Penyelenggara", "https://kota-semarang.kpu.go.id/1"],
    ])], (1, 1, 0, 0)),
    Case("marks_in_headers", [Page(K, [
        ["No.", "Judul kegiatan *", "Tanggal mulai\n(hh/bb/tttt)", "Jenis kegiatan (wajib)", "5. Strategi utama", "Mode:", "Tempat / Lokasi",
         "Peran satker - wajib diisi", "Jumlah peserta [orang]", "SATUAN  PESERTA", "lingkup_peserta", "Tautan\nbukti"], *TWO])], (2, 2, 0, 0)),
    Case("two_line_header_merged", [Page(K, [*TWO_ROW_HEADER, _wide(1), _wide(2)], merge=["A1:A2", "B1:B2", "C1:D1", "F1:G1", "K1:M1"])], (2, 2, 0, 0)),
    Case("two_line_header_parent_in_first_cell", [Page(K, [*TWO_ROW_HEADER, _wide(1)])], (1, 1, 0, 0)),
    Case("three_line_header", [Page(K, [
        ["No", "Data kegiatan", None, None, None, None, None, None, "Data peserta", None, None, "Bukti"],
        [None, "Judul", "Pelaksanaan", None, None, None, None, None, "Peserta", None, None, None],
        [None, None, "Tanggal mulai", "Jenis", "Strategi utama", "Mode", "Tempat", "Peran", "Jumlah", "Satuan", "Lingkup", None],
        *TWO], merge=["B1:H1", "C2:H2", "I1:K1", "I2:K2"])], (2, 2, 0, 0)),
    Case("three_line_header_not_merged", [Page(K, [
        ["No", "Data kegiatan", None, None, None, None, None, None, "Data peserta", None, None, "Bukti"],
        [None, "Judul", "Pelaksanaan", None, None, None, None, None, "Peserta", None, None, None],
        [None, None, "Tanggal mulai", "Jenis", "Strategi utama", "Mode", "Tempat", "Peran", "Jumlah", "Satuan", "Lingkup", None],
        *TWO])], (2, 2, 0, 0)),
    Case("close_headers_read_with_a_note", [Page(K, [
        [{"Jenis kegiatan": "Jenis Kegitan", "Tanggal mulai": "Tanggal Mulai Kegiatan"}.get(one, one) for one in HEADER], *TWO])],
        (2, 2, 0, 0), [(K, 1, "C", "K25"), (K, 1, "D", "K25")]),
    Case("close_header_with_other_content_refused", [Page(K, [
        [{"Tanggal mulai": "Tanggal Mulaai"}.get(one, one) for one in HEADER], kegiatan(**{"Tanggal mulai": "Aula"})])],
        (1, 0, 1, 0), [(K, 1, "C", "K13"), ("", 0, "", "K33")], "ditolak"),
    Case("extra_columns", [Page(K, [[*HEADER, "Warna baju", None], [*kegiatan(1), "merah", "catatan"], kegiatan(2)])],
        (2, 2, 0, 0), [(K, 1, "M", "K12"), (K, 1, "N", "K12")]),
    Case("column_numbers", [Page(K, [HEADER, [f"({i})" for i in range(1, 13)], *TWO])], (2, 2, 0, 0), [(K, 2, "", "K16")]),
    Case("header_repeated_on_each_page", [Page(K, [HEADER, kegiatan(1), HEADER, kegiatan(2)])], (2, 2, 0, 0), [(K, 3, "", "K16")]),
    Case("no_header_at_all", [Page(K, TWO)], (2, 0, 2, 0), [(K, 0, "", "K15"), ("", 0, "", "K33")], "ditolak"),
)  # fmt: skip

ROWS = (
    Case("totals_anywhere", [Page(K, [
        HEADER, kegiatan(1), ["Jumlah Juli", *[None] * 7, 40], kegiatan(2), [None, "TOTAL", *[None] * 6, 80], [*[None] * 8, 80]])],
        (2, 2, 0, 0), [(K, 3, "", "K16"), (K, 5, "", "K16"), (K, 6, "", "K16")]),
    Case("a_title_that_begins_with_total_is_data", [Page(K, [HEADER, kegiatan(**{"Judul kegiatan": "Total pemilih baru dibahas bersama"})])], (1, 1, 0, 0)),
    Case("signature_block", [Page(K, [
        HEADER, *TWO, [], [*[None] * 7, "Semarang, 3 Oktober 2026"], [None, "Mengetahui,", *[None] * 5, "Yang membuat laporan"],
        [None, "Ketua", *[None] * 5, "Kasubbag Humas"], [], [None, "Budi Santoso", *[None] * 5, "Siti Aminah, S.I.Kom."], [*[None] * 7, "NIP. 19800101 200501 1 001"]])],
        (2, 2, 0, 0), [(K, 5, "", "K16")]),
    Case("a_chairman_who_attends_is_no_signature", [Page(K, [HEADER, kegiatan(1), [
        2, "Ketua membuka rapat", "02/07/2026", *[None] * 9]])], (2, 2, 0, 0),
        [(K, 3, "D", "V13"), (K, 3, "E", "V16"), (K, 3, "F", "V14"), (K, 3, "H", "V21"), (K, 3, "L", "V23")], "diterima_dengan_catatan"),
    Case("titles_between_rows", [Page(K, [HEADER, ["A", "Kegiatan internal"], kegiatan(1), [None, "AGUSTUS 2026"], kegiatan(2), ["Kegiatan luar"], kegiatan(3)],
        merge=["A6:L6"])], (3, 3, 0, 0), [(K, 2, "", "K16"), (K, 4, "", "K16"), (K, 6, "", "K16")]),
    Case("prenumbered_empty_rows", [Page(K, [HEADER, kegiatan(1), *([i] for i in range(2, 11))])], (1, 1, 0, 0), [(K, 3, "", "K16")]),
    Case("footnotes", [Page(K, [HEADER, kegiatan(1), ["Keterangan: data sementara"], ["*) angka dari daftar hadir"], [None, "Halaman 1 dari 1"]])],
        (1, 1, 0, 0), [(K, 3, "", "K16"), (K, 4, "", "K16"), (K, 5, "", "K16")]),
    Case("example_row", [Page(K, [HEADER, ["Contoh", *kegiatan(1)[1:]], kegiatan(2)])], (1, 1, 0, 0), [(K, 2, "", "K16")]),
    Case("half_a_row_is_held_back", [Page(K, [HEADER, kegiatan(1), [None, "Rapat yang belum lengkap isiannya"]])], (2, 1, 1, 0), [
        (K, 3, "C", "V06"), (K, 3, "D", "V13"), (K, 3, "E", "V16"), (K, 3, "F", "V14"), (K, 3, "H", "V21"), (K, 3, "L", "V23"),
    ], "diterima_sebagian"),
    Case("same_row_twice", [Page(K, [HEADER, kegiatan(1), kegiatan(1)])], (2, 1, 0, 1), [(K, 3, "", "K17")]),
    Case("date_merged_over_three", [Page(K, [
        HEADER, kegiatan(1), kegiatan(2, **{"Tanggal mulai": None}), kegiatan(3, **{"Tanggal mulai": None})], merge=["C2:C4"])],
        (3, 3, 0, 0), [(K, 2, "C", "K26")]),
    Case("date_blank_but_not_merged", [Page(K, [HEADER, kegiatan(1), kegiatan(2, **{"Tanggal mulai": None})])],
        (2, 1, 1, 0), [(K, 3, "C", "V06")], "diterima_sebagian"),
    Case("participants_merged_count_once", [Page(K, [HEADER, kegiatan(1), kegiatan(2, **{"Jumlah peserta": None})], merge=["I2:I3"])],
        (2, 2, 0, 0), [(K, 2, "I", "K26")]),
    Case("hidden_rows_are_read", [Page(K, [HEADER, kegiatan(1), kegiatan(2), kegiatan(3)], hidden=[3])],
        (3, 3, 0, 0), [(K, 3, "", "K27")], "diterima_dengan_catatan"),
    Case("one_fault_one_finding", [Page(K, [
        HEADER, kegiatan(1), kegiatan(2, **{"Tanggal mulai": "07/12/2026"}), kegiatan(3, **{"Judul kegiatan": "a" * 400}),
        kegiatan(4, **{"Strategi utama": 9, "Jenis kegiatan": "Bimtek"})])],
        (4, 2, 2, 0), [(K, 3, "C", "V08"), (K, 4, "B", "V12"), (K, 5, "E", "V16")], "diterima_sebagian"),
)  # fmt: skip

TABLES = (
    Case("two_data_sets_under_each_other", [Page("Laporan", [
        ["A. KEGIATAN"], HEADER, *TWO, [], ["B. PUBLIKASI"], PUBLIKASI_HEADER, publikasi(1)])], (3, 3, 0, 0), [("Laporan", 0, "", "K37")]),
    Case("publications_under_activities", [Page(K, [HEADER, *TWO, [], PUBLIKASI_HEADER, publikasi(1)])], (3, 3, 0, 0), [(K, 0, "", "K37")]),
    Case("same_data_set_again", [Page(K, [
        ["Bulan Juli"], HEADER, kegiatan(1), ["Jumlah", *[None] * 7, 40], [], ["Bulan Agustus"], HEADER, kegiatan(2)])],
        (2, 2, 0, 0), [(K, 4, "", "K16"), (K, 0, "", "K37")]),
    Case("side_by_side", [Page("Laporan", [
        [*HEADER, None, *PUBLIKASI_HEADER], [*kegiatan(1), None, *publikasi(1)], [*kegiatan(2), None, *[None] * 6]])],
        (3, 3, 0, 0), [("Laporan", 0, "", "K37")]),
    Case("side_by_side_at_different_heights", [Page("Laporan", [
        HEADER, [*kegiatan(1)], [*kegiatan(2), None, *PUBLIKASI_HEADER], [*[None] * 13, *publikasi(1)]])],
        (3, 3, 0, 0), [("Laporan", 0, "", "K37")]),
    Case("units_by_block_titles", [Page(K, [
        ["KPU Kota Semarang"], HEADER, kegiatan(1), [], ["KPU Kota Surakarta"], HEADER, kegiatan(2)])],
        (2, 1, 1, 0), [(K, 7, "", "K19"), (K, 0, "", "K37")], "diterima_sebagian"),
    Case("units_by_titles_between_rows", [Page(K, [
        HEADER, ["Satker: KPU Kota Semarang"], kegiatan(1), ["2. KPU Kabupaten Demak"], kegiatan(2)])],
        (2, 1, 1, 0), [(K, 2, "", "K16"), (K, 4, "", "K16"), (K, 5, "", "K19")], "diterima_sebagian"),
    Case("own_title_on_top", [Page(K, [["KPU PROVINSI JAWA TENGAH"], ["KPU KOTA SEMARANG"], HEADER, *TWO])], (2, 2, 0, 0)),
    Case("other_units_title_on_top_is_told", [Page(K, [["KPU KOTA SURAKARTA"], HEADER, *TWO])],
        (2, 2, 0, 0), [(K, 0, "", "K38")], "diterima_dengan_catatan"),
    Case("unit_written_once_above_its_rows", [Page(K, [["Kabupaten/Kota", *HEADER], ["KPU Kota Semarang", *kegiatan(1)], [None, *kegiatan(2)],
        ["KPU Kabupaten Demak", *kegiatan(3)], [None, *kegiatan(4)]])],
        (4, 2, 2, 0), [(K, 3, "A", "K26"), (K, 4, "A", "V04"), (K, 5, "A", "V04")], "diterima_sebagian"),
    Case("publications_in_the_sheet_of_activities", [Page(K, [PUBLIKASI_HEADER, publikasi(1)])], (1, 1, 0, 0), [(K, 0, "", "K37")]),
    Case("unit_column", [Page(K, [["Kode satker", *HEADER], ["33.74", *kegiatan(1)], ["33.72", *kegiatan(2)]])],
        (2, 1, 1, 0), [(K, 3, "A", "K19")], "diterima_sebagian"),
)  # fmt: skip


def _template(name: str, header: tuple[str, ...], *row: list[object], nihil: object = None) -> Page:
    """A sheet laid out as our template: title, NIHIL switch, legend, header."""
    return Page(
        name,
        [
            [f"{name} triwulan III 2026"],
            ["NIHIL pada triwulan ini?", nihil],
            ["Kolom bertanda * wajib diisi."],
            header,
            *row,
        ],
    )


SHEETS = (
    Case("empty_template", [_template(K, HEADER), _template("Publikasi", PUBLIKASI_HEADER)], (0, 0, 0, 0), [("", 0, "", "V48")], "ditolak"),
    Case("headers_only", [Page(K, [HEADER])], (0, 0, 0, 0), [("", 0, "", "V48")], "ditolak"),
    Case("all_sheets_nil", [_template(K, HEADER, nihil="Ya"), _template("Publikasi", PUBLIKASI_HEADER, nihil="Ya")], (0, 0, 0, 0), (), "nihil"),
    Case("one_sheet_not_nil", [_template(K, HEADER, nihil="Ya"), _template("Publikasi", PUBLIKASI_HEADER, nihil="Tidak")],
        (0, 0, 0, 0), [("", 0, "", "V48")], "ditolak"),
    Case("nil_beside_rows", [_template(K, HEADER, *TWO), _template("Publikasi", PUBLIKASI_HEADER, nihil="Ya")], (2, 2, 0, 0)),
    Case("nil_over_rows", [_template(K, HEADER, *TWO, nihil="Ya")], (2, 2, 0, 0), [(K, 0, "", "V48")], "diterima_dengan_catatan"),
    Case("nil_over_the_second_table", [Page("Laporan", [
        ["A. Kegiatan"], HEADER, kegiatan(1), [], ["B. Publikasi"], ["NIHIL: Ya"], PUBLIKASI_HEADER])], (1, 1, 0, 0)),
    Case("nil_written_in_the_table", [Page(K, [HEADER, [1, "NIHIL", "-", "-"]])], (0, 0, 0, 0), [(K, 2, "", "K16")], "nihil"),
    Case("nil_instead_of_a_table", [Page(K, [["Tidak ada kegiatan"]])], (0, 0, 0, 0), (), "nihil"),
    Case("hidden_sheet", [Page(K, [HEADER, *TWO]), Page("Kegiatan lama", [HEADER, kegiatan(9)], state="hidden"),
        Page("Referensi", [["Luring"], ["Daring"]], state="hidden")], (2, 2, 0, 0), [("Kegiatan lama", 0, "", "K28")]),
    Case("sheets_of_other_things", [Page(K, [HEADER, *TWO]), Page("Petunjuk", [["Isi dengan benar"]]), Page("Perbaikan", [["2 baris"]]),
        Page("Sheet3", [["barang", "harga"], ["kertas", 3]])], (2, 2, 0, 0), [("Sheet3", 0, "", "K14")], "diterima_dengan_catatan"),
    Case("unnamed_sheet_by_its_header", [Page("Sheet1", [PERMOHONAN_HEADER, permohonan(1)])], (1, 1, 0, 0)),
    Case("last_quarters_template", [Page(K, [HEADER, *TWO])], (2, 0, 2, 0), [("Sampul", 0, "", "K30")], "ditolak",
        [*COVER[:3], ("Periode", "2026-TW2")]),
    Case("drafts_count_when_chosen", [Page(K, [HEADER, kegiatan(1)]), Page("Draf dari situs Anda", [
        ["Pilih Ya pada Pakai bila draf benar."], ["Pakai", *HEADER[1:], "Keyakinan", "Kata penunjuk"],
        ["Ya", *kegiatan(2)[1:], 0.9, "sosialisasi"], ["Tidak", *kegiatan(3)[1:], 0.5, "x"], [None, *kegiatan(4)[1:], 0.4, "y"]])],
        (2, 2, 0, 0), [("Draf dari situs Anda", 0, "", "K36")]),
)  # fmt: skip

CASES = (*TITLE, *ROWS, *TABLES, *SHEETS)
