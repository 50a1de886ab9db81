"""The only place that knows dates: quarters, years, working days, deadlines."""

from humas.periods.calendar import HariKhusus, Kalender, tanggal_jakarta
from humas.periods.deadline import Ketepatan, Langkah, Tenggat, due, explain, ketepatan
from humas.periods.format import ANGKA, bilangan, persen, tanggal, tanggal_panjang, waktu
from humas.periods.period import Periode, Tahun, Triwulan, parse_periode

__all__ = [
    "ANGKA",
    "HariKhusus",
    "Kalender",
    "Ketepatan",
    "Langkah",
    "Periode",
    "Tahun",
    "Tenggat",
    "Triwulan",
    "bilangan",
    "due",
    "explain",
    "ketepatan",
    "parse_periode",
    "persen",
    "tanggal",
    "tanggal_jakarta",
    "tanggal_panjang",
    "waktu",
]
