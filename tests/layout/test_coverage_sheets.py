"""Coverage told from publications: by the sheet's name, by a title above the table, or by a column of tones."""

from __future__ import annotations

import pytest
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

PLAIN = ["No", "Tanggal", "Media", "Judul Berita", "Link"]
TONED = [*PLAIN, "Tone"]
ROWS = [
    [1, "14/07/2026", "Suara Merdeka", "Antrean layanan dikeluhkan warga", "https://suaramerdeka.example/1", "Negatif"],
    [2, "15/07/2026", "Kabar Kota", "Rapat pleno daftar pemilih", "https://kabarkota.example/2", "Netral"],
]
OWN = ["No", "Tanggal Posting", "Kanal", "Judul", "Link", "Jenis Konten"]
OWN_ROWS = [[1, "14/07/2026", "Instagram", "Selamat hari pers", "https://www.instagram.com/p/abc", "Foto"]]
MADE = ["No", "Tanggal", "Nama Kegiatan", "Jenis Kegiatan", "Tempat", "Jumlah Peserta"]
MADE_ROWS = [[1, "14/07/2026", "Monitoring pemberitaan media lokal", "Monitoring media", "Kantor", 4]]


def _sheet(name: str, header: list[str], rows: list[list[object]], *titles: str) -> RawTable:
    return RawTable(name, [*([title] for title in titles), list(header), *(row[: len(header)] for row in rows)], 1)


CASES = {
    "a sheet of the template": ("Pemberitaan Media", PLAIN, ROWS, (), "pemberitaan"),
    "a sheet named so": ("Kliping", PLAIN, ROWS, (), "pemberitaan"),
    "a sheet named so, and the quarter": ("MONITORING MEDIA TW III", PLAIN, ROWS, (), "pemberitaan"),
    "a title above": ("Sheet1", PLAIN, ROWS, ("KLIPING BERITA TRIWULAN III 2026", "Kota Semarang"), "pemberitaan"),
    "a column of tones": ("Sheet1", TONED, ROWS, (), "pemberitaan"),
    "tones below a header nobody knows": ("Sheet1", [*PLAIN, "Penilaian"], ROWS, (), "pemberitaan"),
    "nothing tells": ("Sheet1", PLAIN, ROWS, (), "publikasi"),
    "a sheet of publications": ("Publikasi", TONED, ROWS, (), "publikasi"),
    "own news": ("Pemberitaan", OWN, OWN_ROWS, (), "publikasi"),
    "publications": ("Sheet1", OWN, OWN_ROWS, (), "publikasi"),
    "publications below a title that names papers": ("Sheet1", OWN, OWN_ROWS, ("Publikasi media massa",), "publikasi"),
    "activities below a title that speaks of it": (
        "Sheet1",
        MADE,
        MADE_ROWS,
        ("KEGIATAN MONITORING MEDIA",),
        "kegiatan",
    ),
}


@pytest.mark.parametrize(("name", "header", "rows", "titles", "told"), CASES.values(), ids=CASES)
def test_which_data_set_a_sheet_holds(
    name: str, header: list[str], rows: list[list[object]], titles: tuple[str, ...], told: str
) -> None:
    (found,) = recognise_sheet(_sheet(name, header, rows, *titles)).sheets
    assert found.dataset.name == told


def test_all_columns_of_a_clipping_are_read() -> None:
    header = ["No", "Tgl", "Nama Media", "Jenis Media", "Judul Berita", "Link", "Tone", "Isu", "Tindak Lanjut"]
    row = [
        1,
        "14/07/2026",
        "Suara Merdeka",
        "Koran",
        "Antrean layanan dikeluhkan",
        None,
        "Negatif",
        "Layanan",
        "Hak jawab",
    ]
    (found,) = recognise_sheet(RawTable("Sheet1", [header, row], 1)).sheets
    assert set(found.columns) == {
        "tanggal_berita", "media", "jenis_media", "judul_berita", "url_berita", "nada", "isu", "tanggapan",
    }  # fmt: skip


def test_ticks_below_two_lines_and_a_group_of_names() -> None:
    """A monitoring sheet under two lines: "Media Massa" over name and kind, the tones ticked."""
    header = [
        ["No", "Media Massa", None, "Tanggal Terbit", "Judul Berita", "Sifat Pemberitaan", None, None, "Tautan"],
        [None, "Nama", "Jenis", None, None, "Positif", "Netral", "Negatif", None],
    ]
    rows = [
        [1, "Suara Kota", "Cetak", "2 Juli 2026", "Pemutakhiran data pemilih dimulai", "v", None, None, None],
        [
            2,
            "Kabar Kota",
            "Online",
            "6 Juli 2026",
            "Pemilih bertambah tiga ribu",
            None,
            "v",
            None,
            "https://k.example/1",
        ],
    ]
    merged = ((3, 1, 3, 2), (3, 5, 3, 7))
    titles = [["MONITORING BERITA"], [None]]
    table = RawTable("Lembar1", [*titles, *header, *rows], 1, merged=merged)
    (found,) = recognise_sheet(table).sheets
    assert found.dataset.name == "pemberitaan"
    places = {name: found.columns[name] for name in ("tanggal_berita", "media", "jenis_media", "judul_berita")}
    assert places == {"tanggal_berita": 3, "media": 1, "jenis_media": 2, "judul_berita": 4}
    assert [found.table.cells[i][found.columns["nada"]] for i in found.indices] == ["positif", "netral"]
