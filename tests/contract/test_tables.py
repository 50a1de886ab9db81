"""Recognising sheets, headers, and which rows are data."""

from __future__ import annotations

import pytest
from humas.contract.columns import KEGIATAN, MENURUT_NAMA
from humas.contract.tables import Catatan, Lembar, column_letter, recognise, recognise_sheet
from humas.reading.table import TabelMentah

from tests.contract.contoh import header, row, sheet


def _codes(lembar: Lembar) -> list[str]:
    return [catatan.kode for catatan in lembar.catatan]


@pytest.mark.parametrize(
    ("letak", "huruf"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_column_letters(letak, huruf):
    assert column_letter(letak) == huruf


@pytest.mark.parametrize(
    ("nama", "himpunan"),
    [
        *((nama, "kegiatan") for nama in ("Kegiatan", "KEGIATAN ", "data kegiatan", "kegiatan")),
        ("PPID", "permohonan_info"),
        ("Isu & Hoaks", "isu_hoaks"),
        *(("laporan-tw3.csv", himpunan) for himpunan in MENURUT_NAMA),
    ],
)
def test_recognised_by_name_or_by_header(nama, himpunan):
    satu = MENURUT_NAMA[himpunan]
    lembar = recognise(TabelMentah(nama, [header(satu), row(satu)]))
    assert isinstance(lembar, Lembar)
    assert lembar.himpunan is satu
    assert len(lembar.kolom) == len(satu.kolom)


def test_title_rows_blank_rows_and_physical_numbers():
    lembar = recognise(
        TabelMentah(
            "Kegiatan", [["LAPORAN KEGIATAN TRIWULAN III"], [], header(KEGIATAN), [None], row(), ["", None], row()], 3
        )
    )
    assert [lembar.nomor(i) for i in lembar.indeks] == [7, 9]


@pytest.mark.parametrize(
    "judul",
    ["JUDUL  KEGIATAN", "judul_kegiatan", "Judul kegiatan *", "Nama Kegiatan", "judul", "Judul kegiatan (wajib)"],
)
def test_headers_by_label_name_and_synonym(judul):
    kepala = ["Nomor urut", judul, *header(KEGIATAN)[4:]]
    lembar = recognise(TabelMentah("Kegiatan", [kepala, [1, *row()[3:]]]))
    assert lembar.kolom["judul"] == 1
    assert lembar.huruf("judul") == "B"
    assert _codes(lembar) == []


def test_reordered_columns():
    lembar = recognise(TabelMentah("Kegiatan", [header(KEGIATAN)[::-1], row()[::-1]]))
    assert lembar.kolom["lembaga"] == len(KEGIATAN.kolom) - 1
    assert lembar.hilang == ()


def test_merged_headers_over_two_rows():
    kepala = header(KEGIATAN)
    tempat = [kepala.index(satu) for satu in ("Jumlah peserta", "Satuan peserta", "Lingkup peserta")]
    atas, bawah = list(kepala), [None] * len(kepala)
    for urut, letak in enumerate(tempat):
        atas[letak], bawah[letak] = ("Keadaan peserta" if urut == 0 else None), kepala[letak]
    lembar = recognise(TabelMentah("Kegiatan", [atas, bawah, row()]))
    assert {"jumlah_peserta", "satuan_peserta", "lingkup_peserta"} <= set(lembar.kolom)
    assert len(lembar.indeks) == 1


def test_totals_numbering_and_repeated_headers_are_no_data():
    nomor = [f"({i})" for i in range(1, len(KEGIATAN.kolom) + 1)]
    jumlah = [
        "Jumlah",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        300,
    ]
    lembar = recognise(
        sheet(nomor, row(), header(KEGIATAN), row(judul="Jumlah pemilih baru dibahas"), jumlah, ["Total"])
    )
    assert [lembar.nomor(i) for i in lembar.indeks] == [3, 5]
    assert [catatan.baris for catatan in lembar.catatan] == [2, 4, 6, 7]
    assert set(_codes(lembar)) == {"K16"}


def test_a_first_row_that_only_starts_with_numbers_is_data():
    lembar = recognise(sheet(row(lembaga="1", kode_satker="2")))
    assert len(lembar.indeks) == 1


def test_unknown_and_repeated_columns_are_told_when_they_hold_something():
    kepala = [*header(KEGIATAN), "Warna baju", "Kosong saja", "Judul"]
    lembar = recognise(TabelMentah("Kegiatan", [kepala, [*row(), "merah", None, "lain"]]))
    assert [(c.kode, c.letak) for c in lembar.catatan] == [("K12", 30), ("K12", 32)]
    assert '"Warna baju"' in lembar.catatan[0].pesan


def test_missing_columns_name_the_nearest_headers_in_one_finding():
    kepala = [{"Judul kegiatan": "Judul rapat kita", "Mode": None}.get(satu, satu) for satu in header(KEGIATAN)]
    lembar = recognise(TabelMentah("Kegiatan", [kepala, row()]))
    (catatan,) = [satu for satu in lembar.catatan if satu.kode == "K13"]
    assert '"Judul kegiatan", "Mode" tidak ada' in catatan.pesan
    assert 'Ganti judul "Judul rapat kita" menjadi "Judul kegiatan".' in catatan.cara
    assert 'Tambahkan kolom "Mode".' in catatan.cara
    assert [kolom.nama for kolom in lembar.hilang] == ["judul", "mode"]


def test_a_named_sheet_without_header_holds_all_rows_back():
    lembar = recognise(TabelMentah("Kegiatan", [["a", "b"], ["c", "d"]]))
    assert _codes(lembar) == ["K15"]
    assert len(lembar.indeks) == 2


def test_an_unknown_sheet_is_told():
    catatan = recognise(TabelMentah("Belanja ATK", [["barang", "harga"], ["kertas", 3]]))
    assert isinstance(catatan, Catatan)
    assert (catatan.kode, "Belanja ATK" in catatan.pesan) == ("K14", True)


@pytest.mark.parametrize(
    "tabel",
    [
        TabelMentah("Kegiatan", []),
        TabelMentah("Kegiatan", [[None, " "], []]),
        TabelMentah("Petunjuk", [["Cara mengisi"]]),
    ],
    ids=["empty", "blank", "guide"],
)
def test_nothing_to_say(tabel):
    assert recognise(tabel) is None


def test_json_records_have_keys_instead_of_letters():
    lembar = recognise(TabelMentah("kegiatan", [[kolom.nama for kolom in KEGIATAN.kolom], row()], 0))
    assert lembar.huruf("judul") == "judul"
    assert [lembar.nomor(i) for i in lembar.indeks] == [1]


_SINGKAT = ["No", "Tanggal", "Nama kegiatan", "Jenis", "Tempat"]
_REGISTER = [
    "Nomor registrasi", "Tanggal terima", "Kanal permohonan", "Jenis pemohon", "Informasi yang diminta", "Rezim", "Putusan",
]  # fmt: skip


def test_a_table_above_the_best_filled_one_is_read_as_well():
    isi = [["LAPORAN"], ["A. KEGIATAN"], _SINGKAT, [1, "02/07/2026", "Rapat koordinasi", "Rakor", "Aula"], []]
    isi += [
        ["B. PERMOHONAN"],
        _REGISTER,
        ["1/PPID", "03/07/2026", "Surel", "Perorangan", "Daftar pemilih", "Umum", "Dikabulkan"],
    ]
    dikenali = recognise_sheet(TabelMentah("Laporan", isi))
    assert [(satu.himpunan.nama, [satu.nomor(i) for i in satu.indeks]) for satu in dikenali.lembar] == [
        ("kegiatan", [4]),
        ("permohonan_info", [8]),
    ]


def test_rows_above_the_header_that_look_like_data_are_told():
    pegawai = [
        ["Nama", "Gol", "Jabatan", "Bagian"],
        ["Sri", "III/a", "Staf", "Humas"],
        ["Budi", "III/b", "Staf", "Umum"],
    ]
    (lembar,) = recognise_sheet(TabelMentah("Kegiatan", [["LAPORAN"], *pegawai, [], header(KEGIATAN), row()])).lembar
    assert [lembar.nomor(i) for i in lembar.indeks] == [7]
    (catatan,) = [satu for satu in lembar.catatan if satu.kode == "K16"]
    assert catatan.pesan == "3 baris di atas judul kolom (baris 2–4); tidak dihitung sebagai data."
    assert "judul kolom" in catatan.cara


def test_the_same_as_above_is_read_as_what_stands_above():
    isi = row(tempat="Aula", jumlah_peserta=40)
    sama = row(judul="Rapat kehumasan yang lain", tempat="sda", jumlah_peserta="IDEM ", mitra='"')
    lagi = row(judul="Rapat kehumasan yang ketiga", tempat="s.d.a.", jumlah_peserta=" idem")
    (lembar,) = recognise_sheet(TabelMentah("Kegiatan", [header(KEGIATAN), isi, sama, lagi])).lembar
    letak = lembar.kolom
    assert [lembar.tabel.sel[i][letak["tempat"]] for i in lembar.indeks] == ["Aula"] * 3
    assert [lembar.tabel.sel[i][letak["jumlah_peserta"]] for i in lembar.indeks] == [40] * 3
    assert lembar.tabel.sel[2][letak["mitra"]] == isi[letak["mitra"]]
    pesan = {catatan.letak: (catatan.kode, catatan.baris, catatan.pesan) for catatan in lembar.catatan}
    assert pesan[letak["tempat"]] == (
        "K26",
        3,
        "Tempat bertuliskan 'sda' pada 2 baris; dibaca sama dengan baris di atasnya.",
    )
    assert len(pesan) == 3


def test_the_same_as_above_in_the_first_row_stays_as_it_is():
    (lembar,) = recognise_sheet(TabelMentah("Kegiatan", [header(KEGIATAN), row(tempat="sda"), row()])).lembar
    assert lembar.tabel.sel[1][lembar.kolom["tempat"]] == "sda"
    assert _codes(lembar) == []


@pytest.mark.parametrize(
    ("tertulis", "nihil"),
    [
        ("Tidak ada kegiatan pada triwulan ini", True),
        ("Belum ada permohonan informasi selama TW III 2026", True),
        ("NIHIL (tidak ada data)", False),
        ("Nihil untuk bulan Juli s.d. September 2026.", True),
        ("Tidak terdapat isu hoaks", True),
        ("Tidak ada kegiatan karena pegawai cuti", False),
        ("Tidak ada peserta yang keberatan", False),
    ],
)
def test_a_sentence_that_says_nil(tertulis, nihil):
    (lembar,) = recognise_sheet(TabelMentah("Kegiatan", [header(KEGIATAN), [tertulis]])).lembar
    assert lembar.nihil is nihil


def _two_lines(*gabungan: tuple[int, int, int, int]) -> TabelMentah:
    atas = ["No", "Waktu pelaksanaan", None, None, "Nama kegiatan", "Jenis kegiatan", "Jumlah peserta", None, None]
    bawah = [None, "Hari", "Tanggal", "Jam", None, None, "L", "P", "Jml"]
    isi = [1, "Kamis", "2 Juli 2026", "09.30", "Rapat koordinasi", "Rakor", 20, 30, 50]
    return TabelMentah("Kegiatan", [atas, bawah, isi], gabungan=gabungan)


def test_a_line_under_merged_group_titles_belongs_to_the_header_whatever_it_names():
    (lembar,) = recognise_sheet(_two_lines((1, 1, 1, 3), (1, 6, 1, 8))).lembar
    assert [lembar.nomor(i) for i in lembar.indeks] == [3]
    letak = {nama: lembar.huruf(nama) for nama in ("hari", "tanggal_mulai", "judul", "jumlah_peserta")}
    assert letak == {"hari": "B", "tanggal_mulai": "C", "judul": "E", "jumlah_peserta": "I"}


def test_parts_of_a_count_are_not_read_as_the_whole():
    kepala = [[*header(KEGIATAN)[3:10], "Jumlah peserta", "Jumlah peserta"], [*[None] * 7, "Laki-laki", "Perempuan"]]
    (lembar,) = recognise_sheet(TabelMentah("Kegiatan", [*kepala, [*row()[3:10], 20, 30]])).lembar
    assert [lembar.nomor(i) for i in lembar.indeks] == [3]
    assert "jumlah_peserta" not in lembar.kolom
    assert [catatan.letak for catatan in lembar.catatan if catatan.kode == "K12"] == [7, 8]
