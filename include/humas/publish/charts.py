"""Charts and the tile map as SVG text, for the PDF and the pages alike.

Colours are written as attributes (what the PDF sees) and named by classes (``c-nila``, ``t-3`` …), so that
the site's style sheet, which wins over attributes, can follow dark mode. No ``style`` attribute, no script,
no font but Inter. Values are printed at their point; bars begin at zero; shape and pattern say what colour
says. Each chart carries ``<title>`` and ``<desc>``. Design follows the identity notes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources

from humas.periods import bilangan

NILA, SOGA, TINTA, REDUP, GARIS, LEMBUT = "#1F4480", "#8A4B08", "#14202F", "#4C586A", "#D8DDE5", "#F3F5F8"
KENDALI = "#7D8898"
TANGGA = ("#DDE7F5", "#ADC5E7", "#6E97D0", "#3663A6", "#173865")
BATAS = (80.0, 90.0, 95.0, 100.0)
TINGKAT = ("di bawah 80", "80–89", "90–94", "95–99", "100")
_WARNA = {"nila": NILA, "soga": SOGA, "tinta": TINTA, "redup": REDUP, "garis": GARIS, "lembut": LEMBUT}


HURUF_LEBAR = 5.1  # average width of a letter at 9.5 px
GARIS_TINGGI = 12


@dataclass(frozen=True, slots=True)
class Grafik:
    """A finished chart: its SVG text and the sentence that stands for it where it cannot be seen."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Deret:
    """One line of a line chart; a gap is None. putus: dashed, with hollow points."""

    nama: str
    nilai: tuple[float | None, ...]
    putus: bool = False


@dataclass(frozen=True, slots=True)
class Petak:
    """One tile: a province on the grid. nilai: percent, None when nothing came. tautan: page, or ""."""

    kode: str
    nama: str
    nilai: float | None
    tautan: str = ""


@dataclass(frozen=True, slots=True)
class Selang:
    """One row of the interval chart, percent: the value and its 95 % interval."""

    nama: str
    nilai: float
    bawah: float
    atas: float


def level(nilai: float) -> int:
    """Step 0–4 of the one-hue scale; rounding down, so that 99.9 is not 100."""
    return sum(nilai >= batas for batas in BATAS)


def bar_columns(titik: Sequence[tuple[str, float | None]], judul: str, lebar: int = 190, tinggi: int = 104) -> Grafik:
    """Columns over time, the last one dark; value above each column, label below, missing as a dash."""
    puncak = max((n for _, n in titik if n is not None), default=0) or 1
    dasar, ruang, langkah = tinggi - 18, tinggi - 36, lebar / max(1, len(titik))
    isi = []
    for i, (label, nilai) in enumerate(titik):
        tengah, akhir = langkah * (i + 0.5), i == len(titik) - 1
        tebal = {"berat": 700} if akhir else {}
        warna = "tinta" if akhir else "redup"
        isi.append(_text(tengah, tinggi - 4, label, 9.5, warna, "middle"))
        if nilai is None:
            isi.append(_text(tengah, dasar - 4, "–", 10, warna, "middle"))
            continue
        naik = ruang * nilai / puncak
        kelas, isian = ("c-nila", NILA) if akhir else ("t-1", TANGGA[1])
        isi.append(_rect(tengah - langkah * 0.31, dasar - naik, langkah * 0.62, naik, isian, kelas))
        isi.append(_text(tengah, dasar - naik - 4, bilangan(nilai), 10, warna, "middle", **tebal))
    isi.append(_line(0, dasar, lebar, dasar, KENDALI, "g-kendali"))
    alt = f"{judul}: " + "; ".join(f"{label} {bilangan(nilai)}" for label, nilai in titik) + "."
    return _svg(lebar, tinggi, judul, alt, isi)


def lines(label: Sequence[str], deret: Sequence[Deret], judul: str, *, sempit: bool = False) -> Grafik:
    """Lines over time in percent, values printed at the points, names at the line's end; the axis may not begin at 0."""
    lebar, tinggi, ukuran = (360, 260, 12) if sempit else (760, 250, 12)
    kiri, kanan, atas, bawah = 34, (18 if sempit else 128), 16, tinggi - 26
    mulai = _axis_start([n for d in deret for n in d.nilai if n is not None])
    x = [kiri + 22 + i * (lebar - kiri - kanan - 44) / max(1, len(label) - 1) for i in range(len(label))]

    def tinggi_dari(nilai: float) -> float:
        return bawah - (nilai - mulai) / (100 - mulai) * (bawah - atas)

    isi = _grid(mulai, kiri, lebar - kanan, tinggi_dari, ukuran)
    isi += [_text(a, tinggi - 6, t, ukuran - 1, "redup", "middle") for a, t in zip(x, label, strict=True)]
    for nomor, satu in enumerate(deret):
        isi += _one_line(satu, x, [None if n is None else tinggi_dari(n) for n in satu.nilai], nomor, ukuran, sempit)
    alt = f"{judul}. " + " ".join(
        f"{d.nama}: " + "; ".join(f"{t} {bilangan(n)}" for t, n in zip(label, d.nilai, strict=True)) + "."
        for d in deret
    )
    return _svg(lebar, tinggi, judul, alt, isi)


def timeline(
    titik: Sequence[tuple[str, str, int]], diterima: tuple[str, str, int] | None, judul: str, lebar: int = 560
) -> Grafik:
    """From the quarter's end over the deadline to the end of grace, with the day the report came.

    titik: (date as text, name, day count) of the end, the deadline and the end of grace, ascending.
    diterima: the same for the reception, or None when nothing came; days before the end count negative.
    """
    akhir = max(titik[-1][2], (diterima[2] if diterima else 0), 1)
    awal = min(titik[0][2], diterima[2] if diterima else 0)
    y, kiri, kanan = 36.0, 8.0, lebar - 8.0

    def x(hari: float) -> float:
        return kiri + (hari - awal) / (akhir - awal) * (kanan - kiri)

    isi = [_rect(x(titik[0][2]), y - 3, x(titik[1][2]) - x(titik[0][2]), 6, TANGGA[1], "t-1")]
    isi.append(_rect(x(titik[1][2]), y - 3, x(titik[2][2]) - x(titik[1][2]), 6, "#E8C48F", "c-tenggang"))
    isi += [_line(x(h), y - 8, x(h), y + 8, TINTA, "g-tinta", 1.4) for _, _, h in titik]
    if diterima and diterima[2] > titik[2][2]:
        isi.append(_line(x(titik[2][2]), y, x(diterima[2]), y, KENDALI, "g-kendali", 1.2))
    nama_titik, tambahan = _timeline_labels(titik, [x(h) for _, _, h in titik], y, lebar)
    isi += nama_titik
    if diterima:
        isi += _reception(diterima, x(diterima[2]), y, terlambat=diterima[2] > titik[1][2], lebar=lebar)
    kata = "; ".join(f"{nama} {tanggal}" for tanggal, nama, _ in titik)
    datang = f"{diterima[1]} {diterima[0]}" if diterima else "belum ada laporan"
    return _svg(lebar, 66 + tambahan * GARIS_TINGGI, judul, f"{judul}: {kata}; {datang}.", isi)


def stacked_bar(bagian: Sequence[tuple[str, str, int]], judul: str, lebar: int = 560, awalan: str = "b") -> Grafik:
    """One bar of parts that add up: (kind, label, count); kinds are solid, half, striped, hatched as statuses are.

    kinds: ``tepat_waktu`` solid indigo, ``terlambat`` solid brown, ``sangat_terlambat`` striped brown,
    ``belum_lapor`` hatched grey. awalan: makes pattern ids unique on a page.
    """
    jumlah = sum(n for _, _, n in bagian) or 1
    isi, x = [_patterns(awalan)], 0.0
    for jenis, _, n in bagian:
        panjang = lebar * n / jumlah
        isian, kelas = _status_fill(jenis, awalan)
        if n:
            isi.append(_rect(x, 0, panjang, 18, isian, kelas))
            isi.append(_line(x + panjang, 0, x + panjang, 18, "#FFFFFF", "g-latar", 1.5))
        x += panjang
    langkah = lebar / max(1, len(bagian))
    for i, (jenis, label, n) in enumerate(bagian):
        isian, kelas = _status_fill(jenis, awalan)
        isi.append(_rect(i * langkah, 28, 10, 10, isian, kelas, KENDALI))
        isi.append(_text(i * langkah + 15, 37, f"{label} {bilangan(n)}", 10.5, "tinta"))
    alt = f"{judul}: " + "; ".join(f"{label} {bilangan(n)}" for _, label, n in bagian) + "."
    return _svg(lebar, 44, judul, alt, isi)


def tile_map(petak: Sequence[Petak], judul: str, *, sempit: bool = False, awalan: str = "p") -> Grafik:
    """The provinces on their grid, abbreviation and percent (rounded down) in each tile; grey hatch when nothing came.

    sempit: two bands for phones, west above, Sulawesi–Maluku–Papua below.
    """
    letak = tile_places(sempit=sempit)
    kolom, baris = max(k for _, k in letak.values()), max(b for b, _ in letak.values())
    lebar, tinggi = 62, 50
    isi = [_patterns(awalan)]
    for satu in petak:
        b, k = letak[satu.kode]
        isi.append(_tile(satu, (k - 1) * lebar, (b - 1) * tinggi, awalan))
    alt = f"{judul}: " + "; ".join(f"{p.nama} {_whole(p.nilai)}" for p in petak) + "."
    return _svg(kolom * lebar - 3, baris * tinggi - 3, judul, alt, isi)


def legend(awalan: str = "l", lebar: int = 560) -> Grafik:
    """The steps of the scale with their bounds, and the hatch for "belum ada laporan"."""
    isi, x = [_patterns(awalan)], 0.0
    for i, kata in enumerate((*TINGKAT, "belum ada laporan")):
        isian, kelas = (TANGGA[i], f"t-{i}") if i < len(TANGGA) else (f"url(#{awalan}-abu)", "")
        isi.append(_rect(x, 1, 22, 11, isian, kelas, "" if i < len(TANGGA) else KENDALI))
        isi.append(_text(x + 27, 11, kata, 10.5, "redup"))
        x += 40 + 6.1 * len(kata)
    return _svg(lebar, 16, "Keterangan warna", "Kelengkapan dalam persen: " + ", ".join(TINGKAT) + ".", isi)


def intervals(baris: Sequence[Selang], judul: str, lebar: int = 560) -> Grafik:
    """Value and 95 % Wilson interval per row, percent from 0 to 100; rows whose intervals overlap are not ranked."""
    kiri, kanan, langkah = 128.0, lebar - 48.0, 12.0
    atas, tinggi = 16.0, 16 + 12 * len(baris) + 4

    def x(nilai: float) -> float:
        return kiri + nilai / 100 * (kanan - kiri)

    isi = []
    for persen in (0, 25, 50, 75, 100):
        isi.append(_line(x(persen), atas - 4, x(persen), tinggi - 4, GARIS, "g-garis"))
        isi.append(_text(x(persen), 9, str(persen), 9, "redup", "middle"))
    for i, satu in enumerate(baris):
        y = atas + langkah * (i + 0.5)
        isi.append(_text(kiri - 8, y + 3, satu.nama, 9, "tinta", "end"))
        isi.append(_line(x(satu.bawah), y, x(satu.atas), y, TANGGA[2], "g-t2", 3))
        isi.append(f'<circle cx="{x(satu.nilai):.1f}" cy="{y:.1f}" r="3.2" fill="{NILA}" class="c-nila"/>')
        isi.append(_text(lebar - 2, y + 3, bilangan(int(satu.nilai * 10) / 10), 9, "tinta", "end"))
    alt = f"{judul}: " + "; ".join(f"{s.nama} {bilangan(s.nilai)}" for s in baris) + "."
    return _svg(lebar, tinggi, judul, alt, isi)


@cache
def tile_places(*, sempit: bool = False) -> Mapping[str, tuple[int, int]]:
    """(row, column) of each province by code, 1-based; in two bands of nine columns when ``sempit``."""
    teks = resources.files("humas.publish").joinpath("data/tilegrid.csv").read_text(encoding="utf-8")
    luas = {r["kode"]: (int(r["baris"]), int(r["kolom"])) for r in csv.DictReader(teks.splitlines())}
    if not sempit:
        return luas
    timur = {kode: letak for kode, letak in luas.items() if kode[0] in "789"}
    geser_kolom = min(k for _, k in timur.values()) - 1
    geser_baris = max(b for kode, (b, _) in luas.items() if kode not in timur) - min(b for b, _ in timur.values()) + 2
    return luas | {kode: (b + geser_baris, k - geser_kolom) for kode, (b, k) in timur.items()}


@cache
def tile_names() -> Mapping[str, str]:
    """Abbreviation of each province by code."""
    teks = resources.files("humas.publish").joinpath("data/tilegrid.csv").read_text(encoding="utf-8")
    return {r["kode"]: r["singkatan"] for r in csv.DictReader(teks.splitlines())}


def _axis_start(nilai: Sequence[float]) -> int:
    """Start of the percent axis: the ten below the smallest value, at most 50."""
    return min(50, int(min(nilai, default=0) // 10) * 10)


def _grid(mulai: int, kiri: float, kanan: float, y: Callable[[float], float], ukuran: float) -> list[str]:
    isi = []
    langkah = 10 if mulai >= 50 else 20 if mulai >= 20 else 25
    for nilai in range(mulai, 101, langkah):
        tinggi = y(nilai)
        isi.append(_line(kiri, tinggi, kanan, tinggi, GARIS, "g-garis"))
        isi.append(_text(kiri - 6, tinggi + 4, str(nilai), ukuran - 1, "redup", "end"))
    return isi


def _one_line(
    deret: Deret, x: Sequence[float], y: Sequence[float | None], nomor: int, ukuran: float, sempit: bool
) -> list[str]:
    nama = "soga" if deret.putus else "nila"
    warna, garis = _WARNA[nama], ' stroke-dasharray="6 4"' if deret.putus else ""
    ada = [(a, b, n) for a, b, n in zip(x, y, deret.nilai, strict=True) if b is not None and n is not None]
    titik = " ".join(f"{a:.1f},{b:.1f}" for a, b, _ in ada)
    isi = [f'<polyline points="{titik}" fill="none" stroke="{warna}" stroke-width="2"{garis} class="g-{nama}"/>']
    for i, (a, b, n) in enumerate(ada):
        isian = "#FFFFFF" if deret.putus else warna
        kelas = f"g-{nama} c-latar" if deret.putus else f"g-{nama} c-{nama}"
        isi.append(
            f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{isian}" stroke="{warna}" stroke-width="1.8" class="{kelas}"/>'
        )
        akhir = i == len(ada) - 1 and not sempit
        if akhir:
            isi.append(_text(a + 11, b + 1, bilangan(n), ukuran + 1, nama, "start", berat=700))
            isi.append(_text(a + 11, b + 15, deret.nama, ukuran - 1, nama))
        else:
            isi.append(_text(a, b + (18 if nomor else -9), bilangan(n), ukuran - 1, "tinta", "middle"))
    return isi


def _timeline_labels(
    titik: Sequence[tuple[str, str, int]], x: Sequence[float], y: float, lebar: float
) -> tuple[list[str], int]:
    """Names below the axis, and how many extra lines they took: one that would cover another goes a line lower."""
    isi: list[str] = []
    terisi: list[tuple[float, float, int]] = []
    for (tanggal, nama, _), a in zip(titik, x, strict=True):
        panjang = HURUF_LEBAR * (len(tanggal) + 1 + len(nama))
        jangkar, dari = _anchored(a, panjang, lebar)
        garis = 0
        while any(g == garis and dari < akhir and awal < dari + panjang for awal, akhir, g in terisi):
            garis += 1
        terisi.append((dari, dari + panjang + HURUF_LEBAR, garis))
        kata = f'<tspan font-weight="600">{escape(tanggal)}</tspan> {escape(nama)}'
        isi.append(_raw_text(a, y + 23 + garis * GARIS_TINGGI, kata, 9.5, "tinta", jangkar))
    return isi, max(garis for _, _, garis in terisi)


def _anchored(a: float, panjang: float, lebar: float) -> tuple[str, float]:
    """How a text at ``a`` is anchored so that it stays inside, and where it begins."""
    if a - panjang / 2 < 0:
        return "start", a
    return ("end", a - panjang) if a + panjang / 2 > lebar else ("middle", a - panjang / 2)


def _reception(diterima: tuple[str, str, int], x: float, y: float, *, terlambat: bool, lebar: float) -> list[str]:
    nama = "soga" if terlambat else "nila"
    jangkar = "start" if x < 90 else "end" if x > lebar - 90 else "middle"
    kata = f'<tspan font-weight="600">{escape(diterima[0])}</tspan> {escape(diterima[1])}'
    bulat = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{_WARNA[nama]}" stroke="#FFFFFF" stroke-width="1.2" class="c-{nama} g-latar"/>'
    tanda = "M-2.6 0 L-0.7 2 L2.8 -2.2" if not terlambat else "M0 -3 L0 0 L2.2 1.6"
    jalur = f'<path d="{tanda}" transform="translate({x:.1f} {y:.1f})" fill="none" stroke="#FFFFFF" stroke-width="1.4" class="g-latar"/>'
    return [bulat, jalur, _raw_text(x, y - 14, kata, 9.5, nama, jangkar)]


def _tile(petak: Petak, x: float, y: float, awalan: str) -> str:
    if petak.nilai is None:
        isian, kelas, tulis, tulis_kelas, tepi = f"url(#{awalan}-abu)", "", TINTA, "c-tinta", KENDALI
    else:
        tingkat = level(petak.nilai)
        isian, kelas, tepi = TANGGA[tingkat], f"t-{tingkat}", ""
        tulis, tulis_kelas = (TINTA, f"tt-{tingkat}") if tingkat < 3 else ("#FFFFFF", f"tt-{tingkat}")
    singkat = tile_names().get(petak.kode, petak.kode)
    isi = "".join((
        f"<title>{escape(petak.nama)}: {_whole(petak.nilai)}</title>",
        _rect(x, y, 59, 47, isian, kelas, tepi, 2),
        _colour_text(x + 29.5, y + 19, singkat, 11, tulis, tulis_kelas, 400),
        _colour_text(x + 29.5, y + 37, _whole(petak.nilai), 15, tulis, tulis_kelas, 600),
    ))
    return f'<a href="{escape(petak.tautan)}">{isi}</a>' if petak.tautan else f"<g>{isi}</g>"


def _whole(nilai: float | None) -> str:
    return "–" if nilai is None else str(int(nilai))


def _status_fill(jenis: str, awalan: str) -> tuple[str, str]:
    return {
        "tepat_waktu": (NILA, "c-nila"),
        "terlambat": (SOGA, "c-soga"),
        "sangat_terlambat": (f"url(#{awalan}-soga)", ""),
    }.get(jenis, (f"url(#{awalan}-abu)", ""))


def _patterns(awalan: str) -> str:
    def satu(nama: str, warna: str, kelas: str) -> str:
        return (
            f'<pattern id="{awalan}-{nama}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="5" height="5" fill="#FFFFFF" class="c-latar"/>'
            f'<rect width="2" height="5" fill="{warna}" class="{kelas}"/></pattern>'
        )

    return f"<defs>{satu('abu', '#B4BCC8', 'c-arsir')}{satu('soga', SOGA, 'c-soga')}</defs>"


def _rect(
    x: float, y: float, lebar: float, tinggi: float, isian: str, kelas: str, tepi: str = "", sudut: float = 0
) -> str:
    tambahan = f' stroke="{tepi}" stroke-width="0.8"' if tepi else ""
    tambahan += f' rx="{sudut}"' if sudut else ""
    tambahan += f' class="{kelas}"' if kelas else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{lebar:.1f}" height="{tinggi:.1f}" fill="{isian}"{tambahan}/>'


def _line(x1: float, y1: float, x2: float, y2: float, warna: str, kelas: str, tebal: float = 1) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{warna}" stroke-width="{tebal}" class="{kelas}"/>'


def _text(x: float, y: float, kata: str, ukuran: float, warna: str, jangkar: str = "start", *, berat: int = 400) -> str:
    return _raw_text(x, y, escape(kata), ukuran, warna, jangkar, berat)


def _raw_text(x: float, y: float, isi: str, ukuran: float, warna: str, jangkar: str, berat: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{ukuran}" font-weight="{berat}" text-anchor="{jangkar}"'
        f' fill="{_WARNA[warna]}" class="c-{warna}">{isi}</text>'
    )


def _colour_text(x: float, y: float, kata: str, ukuran: float, warna: str, kelas: str, berat: int) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{ukuran}" font-weight="{berat}" text-anchor="middle"'
        f' fill="{warna}" class="{kelas}">{escape(kata)}</text>'
    )


def _svg(lebar: float, tinggi: float, judul: str, alt: str, isi: Sequence[str]) -> Grafik:
    kepala = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {lebar:g} {tinggi:g}" role="img"'
        f' font-family="Inter, system-ui, sans-serif"><title>{escape(judul)}</title><desc>{escape(alt)}</desc>'
    )
    return Grafik(kepala + "".join(isi) + "</svg>", alt)
