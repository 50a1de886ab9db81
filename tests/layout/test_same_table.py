"""What an office may do to its table without changing what it says: turn, rename, insert, part and join columns, repeat headers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from humas.contract.columns import KEGIATAN
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable
from humas.values.cells import reader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MONTHS = ("Juli", "Agustus", "September")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
TITLES = (
    "Sosialisasi pendidikan pemilih bagi pemula", "Rapat kehumasan se-kabupaten", "Audiensi dengan Dinas Kominfo",
    "Temu wartawan daerah di awal masa jabatan", "Kunjungan siswa madrasah ke rumah pintar pemilu", "Pelatihan pengelola media sosial",
    "Diskusi pengawasan partisipatif", "Penandatanganan nota kesepahaman dengan kampus", "Siaran bersama di radio daerah",
)  # fmt: skip
CHOICES = {
    "jenis_kegiatan": ("Sosialisasi", "Rapat koordinasi", "Audiensi", "Kunjungan"),
    "mode": ("luring", "daring", "hibrida"),
    "peran_satker": ("penyelenggara", "peserta", "narasumber"),
}
HEADERS = {
    "tanggal_mulai": ("Tanggal", "TGL", "Waktu Pelaksanaan", "Hari/Tanggal", "tgl_kegiatan", "Kapan dilaksanakan", "Date"),
    "judul": ("Nama Kegiatan", "URAIAN KEGIATAN", "Agenda", "Nama Acara", "nama_giat", "Kegiatan", "Activity Title"),
    "jenis_kegiatan": ("Jenis", "BENTUK KEGIATAN", "Kategori Kegiatan", "tipe_kegiatan", "Klasifikasi", "Type"),
    "mode": ("Moda", "DARING/LURING", "Mode Pelaksanaan", "metode", "Luring / Daring", "Online/Offline"),
    "peran_satker": ("Peran", "PERAN SATKER", "Kedudukan", "peran_kami", "Role"),
    "jumlah_peserta": ("Jumlah Peserta", "JML PESERTA", "Peserta (org)", "jml_hadir", "Banyaknya Peserta", "Participants"),
    "tempat": ("Tempat", "LOKASI", "Tempat Kegiatan", "lokasi_kegiatan", "Venue"),
}  # fmt: skip
PLACES = ("Aula kantor", "Balai desa Sukamaju", "Gedung Pemuda", "SMA Negeri 1", "Hotel Melati")
NOBODY_S = {"Paraf": ("", "ok"), "No. Arsip": ("A/12", "A/13", "B/7"), "Diinput oleh": ("Rini", "Budi")}


@st.composite
def activities(draw: st.DrawFn) -> list[dict[str, Any]]:
    """What happened, by field: each title once, days of one quarter in order."""
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=4, max_size=9, unique=True))
    days = sorted(draw(st.lists(st.integers(0, 91), min_size=len(titles), max_size=len(titles))))
    return [
        {
            "tanggal_mulai": date(2026, 7, 1) + timedelta(day),
            "judul": title,
            **{name: draw(st.sampled_from(words)) for name, words in CHOICES.items()},
            "jumlah_peserta": draw(st.integers(8, 400)),
            "tempat": draw(st.sampled_from(PLACES)),
        }
        for title, day in zip(titles, days, strict=True)
    ]


def written(day: date, form: int) -> object:
    return (
        day,
        f"{day.day} {MONTHS[day.month - 7]} {day.year}",
        f"{day:%d-%m-%Y}",
        f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 7]} {day.year}",
        f"{day:%d/%m/%y}",
    )[form]


class Office:
    """How one office writes: the headers it uses, in its order, and the columns nobody asked for."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.fields = draw(st.permutations(list(HEADERS)))
        self.headers = {name: draw(st.sampled_from(words)) for name, words in HEADERS.items()}
        self.form = draw(st.integers(0, 4))
        self.split = draw(st.booleans())
        self.numbered = draw(st.booleans())
        self.extra = draw(st.lists(st.sampled_from(sorted(NOBODY_S)), max_size=2, unique=True))

    def header(self) -> list[object]:
        names = [
            cell
            for name in self.fields
            for cell in (("Hari", "Tanggal") if name == "tanggal_mulai" and self.split else (self.headers[name],))
        ]
        return [*(["No"] if self.numbered else []), *names, *self.extra]

    def line(self, number: int, activity: dict[str, Any]) -> list[object]:
        cells: list[object] = [number] if self.numbered else []
        for name in self.fields:
            value = activity[name]
            if name != "tanggal_mulai":
                cells.append(value)
            elif self.split:
                cells += [DAYS[value.weekday()], written(value, self.form if self.form != 3 else 1)]
            else:
                cells.append(written(value, self.form))
        return [*cells, *(NOBODY_S[name][number % len(NOBODY_S[name])] for name in self.extra)]


@st.composite
def offices(draw: st.DrawFn) -> Office:
    return Office(draw)


def told(tables: Iterable[list[list[object]]]) -> list[dict[str, object]]:
    """What is read of each row, by field, whatever the layout."""
    rows = []
    for cells in tables:
        for sheet in recognise_sheet(RawTable("Lap TW", cells)).sheets:
            for index in sheet.indices:
                line = sheet.table.cells[index]
                rows.append({
                    name: _value(name, line[sheet.columns[name]]) if name in sheet.columns else None for name in HEADERS
                })
    return rows


def _value(name: str, cell: object) -> object:
    value = reader(KEGIATAN.by_name[name])(cell).value
    return value.date() if hasattr(value, "date") else value


def meant(activity: dict[str, Any]) -> dict[str, object]:
    return {name: _value(name, value) for name, value in activity.items()}


@RELAXED
@given(happened=activities(), office=offices())
def test_columns_may_stand_in_any_order_under_any_usual_words(happened, office):
    table = [office.header(), *(office.line(number, one) for number, one in enumerate(happened, 1))]
    assert told([table]) == [meant(one) for one in happened]


@RELAXED
@given(happened=activities(), office=offices(), repeated=st.booleans())
def test_a_table_may_be_parted_by_months(happened, office, repeated):
    table: list[list[object]] = [["LAPORAN KEGIATAN TRIWULAN III TAHUN 2026"], [], office.header()]
    for month in MONTHS:
        table += [[], [f"BULAN {month.upper()} 2026"], *([office.header()] if repeated else [])]
        ours = [one for one in happened if one["tanggal_mulai"].month == MONTHS.index(month) + 7]
        table += [office.line(number, one) for number, one in enumerate(ours, 1)]
    assert told([table]) == [meant(one) for one in happened]


@RELAXED
@given(happened=activities(), office=offices())
def test_a_table_may_be_cut_into_sheets(happened, office):
    half = len(happened) // 2
    tables = [
        [office.header(), *(office.line(number, one) for number, one in enumerate(part, 1))]
        for part in (happened[:half], happened[half:])
    ]
    assert told(tables) == [meant(one) for one in happened]


@RELAXED
@given(happened=activities(), office=offices())
def test_mode_may_be_ticked(happened, office):
    office.fields = [name for name in office.fields if name != "mode"]
    header = [*office.header(), "Luring", "Daring", "Hibrida"]
    table = [header]
    for number, one in enumerate(happened, 1):
        ticks = ["v" if one["mode"] == word else None for word in CHOICES["mode"]]
        table.append([*office.line(number, one), *ticks])
    assert told([table]) == [meant(one) for one in happened]
