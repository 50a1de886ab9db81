"""The pages of a release, rendered from reports alone; nothing here reads a clock, a database or a disk.

A page depends on its own report and on the files beside it, so that a new edition of three reports means
three pages and the four lists (nation, units, status, method). Text from units goes through autoescape and
never into a template, a script or a style; links are made of ``http`` and ``https`` addresses only.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from humas.contract.columns import MENURUT_NAMA as HIMPUNAN
from humas.publish import charts, view
from humas.publish.model import (
    Angka,
    GalatTerakhir,
    Keadaan,
    KeadaanProvinsi,
    Laporan,
    LaporanNasional,
    LaporanProvinsi,
    LaporanSatker,
    Perubahan,
    Tabel,
    report_id,
)
from humas.publish.ukuran import DAFTAR, MENURUT_NAMA

_TEMPLAT = Path(__file__).parent / "templates"
_STATIS = Path(__file__).parent / "static"
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
BATAS_TEMUAN = 200
BATAS_KEGIATAN = 500
MENU = (
    ("Nasional", "index.html"),
    ("Provinsi", "index.html#provinsi"),
    ("Satker", "satker/index.html"),
    ("Status", "status.html"),
    ("Cara menghitung", "cara-menghitung.html"),
)
KARTU_SATKER = (
    "kegiatan_dilaporkan",
    "publikasi",
    "permohonan",
    "permohonan_median_hari",
    "hoaks_isu",
    "hoaks_median_jam",
)
KARTU_REKAP = ("kelengkapan", "ketepatan_waktu", "kegiatan_dilaporkan", "publikasi", "permohonan", "hoaks_isu")
_PECAHAN = (
    "ketepatan", "status_kiriman", "kegiatan_jenis", "kegiatan_mode", "kegiatan_peran", "kegiatan_fungsi",
    "kegiatan_tahapan", "peserta", "publikasi_kanal", "publikasi_jenis", "permohonan_putusan",
    "permohonan_ketepatan", "hoaks_klasifikasi",
)  # fmt: skip
_TAK_BERJUMLAH = frozenset({"peserta"})


@dataclass(frozen=True, slots=True)
class BerkasTerbit:
    """A file that lies beside the pages. nama: path within the release. sidik: SHA-256, hex."""

    nama: str
    ukuran: int
    sidik: str


@dataclass(frozen=True, slots=True)
class GangguanRegister:
    """A line of the installation's registry file that cannot be used, for the status page."""

    kode: str
    tempat: str
    pesan: str
    cara: str


@dataclass(frozen=True)
class Bahan:
    """All that the site of one body and period is made of.

    satker: a report of EVERY registered unit, by code, also of those that sent nothing. berkas: files that
    lie beside the pages (``laporan/…``, ``data/…``) by path, earlier editions included.
    """

    nasional: LaporanNasional
    provinsi: Mapping[str, LaporanProvinsi]
    satker: Mapping[str, LaporanSatker]
    berkas: Mapping[str, BerkasTerbit] = field(default_factory=dict)
    gangguan: tuple[GangguanRegister, ...] = ()


class Kartu(NamedTuple):
    """One of the main figures: the figure, a line below it, its change and since when."""

    angka: Angka
    keterangan: str
    ubah: str
    dari: str


class Tindakan(NamedTuple):
    """What a unit's page says when a person must act."""

    judul: str
    kelas: str
    apa: str
    dicoba: str
    siapa: str
    cara: str


class Kelompok(NamedTuple):
    """Units without a report that counts, by cause."""

    sebab: view.Sebab
    satker: list[Keadaan]


class Gambar(NamedTuple):
    """The trend of a report: a sentence, line charts (wide, narrow), columns by measure, and the table for both."""

    judul: str
    keterangan: str
    garis: tuple[Markup, Markup] | None
    batang: list[tuple[str, Markup]]
    kolom: list[str]
    baris: list[tuple[str, list[str]]]


class Unduhan(NamedTuple):
    """A file offered on a page."""

    label: str
    tujuan: str
    ukuran: str
    sidik: str


def render_site(bahan: Bahan, hanya: Collection[tuple[str, str]] | None = None) -> Iterator[tuple[str, bytes]]:
    """Path within the release and bytes of each page; of all reports, or of those in ``hanya`` (lingkup, kode).

    The lists (nation, units, status, method, search index, style) are always rendered: they are few, and
    hold something of every report. To render in two processes, give each half of the keys.
    """
    for kode, provinsi in bahan.provinsi.items():
        if hanya is None or ("provinsi", kode) in hanya:
            yield f"provinsi/{kode}.html", render_province(provinsi, bahan.berkas, changed_units(bahan, provinsi))
    for kode, satker in bahan.satker.items():
        if hanya is None or ("satker", kode) in hanya:
            yield f"satker/{kode}.html", render_unit(satker, bahan.berkas)
    yield from render_lists(bahan)


def render_lists(bahan: Bahan) -> Iterator[tuple[str, bytes]]:
    """The pages that hold something of every report, and the files they need."""
    yield "index.html", render_nation(bahan.nasional, bahan.berkas, changed_units(bahan, bahan.nasional))
    yield "satker/index.html", render_unit_list(bahan.nasional)
    yield "status.html", render_status(bahan)
    yield "cara-menghitung.html", render_method(bahan.nasional)
    yield "aset/indeks.js", search_index(bahan.satker.values())
    for nama, isi in assets().items():
        yield f"aset/{nama}", isi


def render_unit(lap: LaporanSatker, berkas: Mapping[str, BerkasTerbit]) -> bytes:
    """Page of one work unit: its figures, findings and rows, or who must act and how when nothing came."""
    isi = {
        "k": lap.keadaan,
        "ada_baris": lap.keadaan.lapor or lap.count("baris", "masuk") > 0,
        "pengantar": _intro_unit(lap),
        "tindakan": _action(lap),
        "kartu": _cards(lap, KARTU_SATKER) if lap.keadaan.lapor else [],
        "judul_strategi": _strategy_heading(lap),
        "temuan": _findings(lap),
        "kegiatan": _activities(lap.tabel.get("kegiatan")),
        "isu": list(_issues(lap.tabel.get("isu_hoaks"))),
        "sebab_ralat": _cause_of_change(lap),
    }
    return _page("satker.html", lap, berkas, "../", "", **isi)


def render_province(lap: LaporanProvinsi, berkas: Mapping[str, BerkasTerbit], berubah: Collection[str] = ()) -> bytes:
    """Page of one province. berubah: names of the units whose new edition changed it."""
    isi = {
        "pengantar": _intro_rollup(lap),
        "kartu": _cards(lap, KARTU_REKAP),
        "ketepatan": view.KETEPATAN.items(),
        "isu": list(_issues(lap.isu)),
        "sebab_ralat": _files_of(berubah),
        **_must_act(lap.satker),
    }
    return _page("provinsi.html", lap, berkas, "../", "", **isi)


def render_nation(lap: LaporanNasional, berkas: Mapping[str, BerkasTerbit], berubah: Collection[str] = ()) -> bytes:
    """The national page: figures first, trend, tile map in two readings, who must act, provinces, method of each figure."""
    lengkap = sum(p.wajib > 0 and p.lapor == p.wajib for p in lap.provinsi)
    isi = {
        "judul": f"Kehumasan {view.body_label(lap)}, {view.period_of(lap.kepala.periode).label}",
        "pengantar": _intro_rollup(lap),
        "kartu": _cards(lap, KARTU_REKAP),
        "judul_peta": f"{lengkap} dari {len(lap.provinsi)} provinsi lengkap",
        "peta_lengkap": [_tile(p, p.kelengkapan, p.lapor, "lapor") for p in lap.provinsi],
        "peta_tepat": [_tile(p, p.ketepatan_waktu, p.tepat_waktu, "tepat waktu") for p in lap.provinsi],
        "tingkat": charts.TINGKAT,
        "aturan": [_rule(a.kode, a.keparahan, a.temuan, a.satker) for a in lap.aturan[:10]],
        "sebab_ralat": _files_of(berubah),
        **_must_act(lap.satker),
    }
    return _page("nasional.html", lap, berkas, "", "Nasional", **isi)


def render_unit_list(lap: LaporanNasional) -> bytes:
    """All units in one table that can be searched, filtered and sorted."""
    belum = sum(not s.lapor for s in lap.satker)
    pengantar = (
        f"{len(lap.satker) - belum} sudah lapor, {belum} belum. Cari menurut nama atau kode, saring, atau urutkan."
    )
    return _page("daftar.html", lap, {}, "../", "Satker", pengantar=pengantar, ketepatan=view.KETEPATAN.items())


def render_status(bahan: Bahan) -> bytes:
    """Who must act, unit by unit, and whether the rows balance."""
    lap = bahan.nasional
    belum = [_silent(s, bahan.satker.get(s.kode)) for s in lap.satker if not s.lapor]
    ditahan = sorted((s for s in lap.satker if s.lapor and s.dikarantina), key=lambda s: (-s.dikarantina, s.kode))
    hitung = {nilai: sum(s.ketepatan == nilai for s in lap.satker) for nilai in view.KETEPATAN}
    isi = {
        "pengantar": f"Keadaan pengumpulan {view.period_of(lap.kepala.periode).label}: siapa harus bertindak, dan bagaimana.",
        "ringkas": [(nilai, label, hitung[nilai]) for nilai, label in view.KETEPATAN.items()],
        "belum": belum,
        "siapa": sorted({b["siapa"] for b in belum}),
        "ditahan": ditahan,
        "gangguan": bahan.gangguan,
    }
    return _page("status.html", lap, {}, "", "Status", **isi)


def render_method(lap: LaporanNasional) -> bytes:
    """How every figure is computed."""
    return _page("metode.html", lap, {}, "", "Cara menghitung", ukuran=DAFTAR)


def render_index(manifes: Iterable[Mapping[str, Any]]) -> bytes:
    """The front page over all bodies and periods, from the manifests of the releases in force."""
    per_lembaga: dict[str, list[Mapping[str, Any]]] = {}
    for satu in manifes:
        per_lembaga.setdefault(satu["lembaga"], []).append(satu)
    lembaga = [
        _body_block(nama, daftar) for nama, daftar in sorted(per_lembaga.items(), key=lambda x: _body_order(x[0]))
    ]
    return _template("indeks.html").render(akar="", sini="", csp=CSP, lembaga=lembaga).encode()


def search_index(laporan: Iterable[LaporanSatker]) -> bytes:
    """A script with code, name and province of every unit: pages opened from a folder cannot fetch."""
    daftar = [[lap.kepala.kode, lap.kepala.nama, lap.kepala.nama_provinsi] for lap in laporan]
    return f"window.INDEKS_SATKER={_script_json(daftar)};\n".encode()


@cache
def assets() -> Mapping[str, bytes]:
    """Style, script and fonts of the pages by name."""
    return {jalur.name: jalur.read_bytes() for jalur in sorted(_STATIS.iterdir()) if jalur.is_file()}


@cache
def site_version() -> str:
    """Digest of templates and assets: when it differs from a release's, every page must be rendered again."""
    sidik = sha256()
    for jalur in sorted([
        *_TEMPLAT.glob("*.html"),
        *_STATIS.iterdir(),
        Path(__file__),
        Path(view.__file__),
        Path(charts.__file__),
    ]):
        sidik.update(jalur.name.encode() + b"\0" + jalur.read_bytes())
    return sidik.hexdigest()[:16]


def changed_units(bahan: Bahan, lap: LaporanProvinsi | LaporanNasional) -> list[str]:
    """Names of the units whose edition came out with this edition of ``lap``; empty for its first edition."""
    if lap.edisi == 1:
        return []
    semua = (bahan.satker.get(keadaan.kode) for keadaan in lap.satker)
    return [s.kepala.nama for s in semua if s and s.terbit == lap.terbit and s.edisi > 1]


def _page(templat: str, lap: Laporan, berkas: Mapping[str, BerkasTerbit], akar: str, sini: str, **isi: object) -> bytes:
    dasar = {
        "lap": lap,
        "akar": akar,
        "sini": sini,
        "csp": CSP,
        "menu": MENU,
        "lembaga": view.body_label(lap),
        "periode": view.period_of(lap.kepala.periode),
        "unduhan": _downloads(lap, berkas),
        "lama": _earlier(lap, berkas),
        "asal": f"{lap.id}, edisi {lap.edisi}, terbit {view.date_text(lap.terbit)}; sidik data {lap.sidik[:16]}…",
    }
    return _template(templat).render(dasar | isi).encode()


@cache
def _environment() -> Environment:
    lingkungan = Environment(
        loader=FileSystemLoader(_TEMPLAT),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    lingkungan.globals |= {
        "angka": view.figure_text, "lengkap": view.figure_full, "nama_angka": view.figure_name, "bil": view.number_text,
        "psn": view.percent_number, "tgl": view.date_text, "wkt": view.time_text, "beda": _difference_of,
        "beda_ralat": _change_of, "nilai_ukuran": _edition_value, "st": _badge, "selang": _interval, "grafik": _trend,
        "pecahan": _breakdowns, "kepala_rincian": _breakdown_head, "nama_tingkat": view.TINGKAT.__getitem__,
    }  # fmt: skip
    return lingkungan


@cache
def _template(nama: str) -> Template:
    return _environment().get_template(nama)


@cache
def _badge(jenis: str, label: str = "") -> Markup:
    """Status as shape, word and colour."""
    kata = label or view.KETEPATAN.get(jenis) or view.STATUS.get(jenis) or jenis
    return Markup(
        '<span class="st st-{0}"><svg class="ik" aria-hidden="true"><use href="#i-{0}"/></svg>{1}</span>'
    ).format(jenis, kata)


def _difference_of(angka: Angka) -> str:
    return view.difference(angka.sebelumnya, angka.nilai)


def _change_of(ubah: Perubahan) -> str:
    return view.difference(ubah.lama, ubah.baru)


def _edition_value(ukuran: str, nilai: int | float | None) -> str:
    return view.measure_text(ukuran, nilai) if ukuran in MENURUT_NAMA else view.number_text(nilai)


def _interval(p: KeadaanProvinsi) -> Markup | str:
    """The 95 % interval as a line from 0 to 100 with the value as a dot."""
    if p.kelengkapan is None or p.selang_bawah is None or p.selang_atas is None:
        return "–"
    return Markup(
        '<svg class="selang" viewBox="0 0 130 14" role="img" aria-label="{} sampai {} persen">'
        '<path class="jalan" d="M0 7H130"/><path class="rentang" d="M{:.1f} 7H{:.1f}"/>'
        '<circle class="titik" cx="{:.1f}" cy="7" r="4"/></svg>'
    ).format(
        view.percent_number(p.selang_bawah),
        view.percent_number(p.selang_atas),
        *(1.22 * n + 4 for n in (p.selang_bawah, p.selang_atas, p.kelengkapan)),
    )


def _tile(p: KeadaanProvinsi, nilai: float | None, pembilang: int, kata: str) -> dict[str, object]:
    ada = nilai is not None and p.lapor > 0
    return {
        "kode": p.kode,
        "singkatan": p.singkatan,
        "tingkat": f"k{charts.level(nilai) + 1}" if ada and nilai is not None else "k0",
        "nilai": int(nilai) if nilai is not None else "–",
        "uraian": f"{p.nama}: {pembilang} dari {p.wajib} satker {kata}",
    }


def _cards(lap: Laporan, ukuran: Iterable[str]) -> list[Kartu]:
    """The main figures that exist, each with its numerator and denominator or a second figure."""
    dari = view.period_of(lap.kepala.periode).sebelumnya().label
    ada = (lap.figure(nama) for nama in ukuran)
    return [Kartu(a, _beside(lap, a), view.change_text(a), dari) for a in ada if a]


def _beside(lap: Laporan, a: Angka) -> str:
    """The line below a main figure."""
    if a.penyebut is not None and MENURUT_NAMA[a.ukuran].persen:
        nihil = lap.count("status_kiriman", "nihil") if a.ukuran == "kelengkapan" else 0
        sisipan = f", termasuk {view.number_text(nihil)} laporan nihil" if nihil else ""
        return f"{view.number_text(a.pembilang)} dari {view.number_text(a.penyebut)} kewajiban{sisipan}."
    kedua = {
        "kegiatan_dilaporkan": ("acara_unik", "acara unik"),
        "permohonan": ("permohonan_median_hari", "hari kerja, median waktu jawab"),
        "hoaks_isu": ("hoaks_diklarifikasi", "sudah diklarifikasi"),
    }.get(a.ukuran)
    if kedua and lap.value(kedua[0]) is not None and kedua[0] not in _own_card(lap):
        return f"{view.number_text(lap.value(kedua[0]))} {kedua[1]}"
    return _beside_publication(lap) if a.ukuran == "publikasi" else _ARTI.get(a.ukuran, "")


_ARTI = {
    "permohonan": "tanpa data pribadi pemohon",
    "permohonan_median_hari": "dari diterima sampai ditanggapi",
    "hoaks_median_jam": "dari temuan sampai klarifikasi pertama",
}


def _own_card(lap: Laporan) -> tuple[str, ...]:
    return KARTU_SATKER if isinstance(lap, LaporanSatker) else KARTU_REKAP


def _beside_publication(lap: Laporan) -> str:
    if isinstance(lap, LaporanNasional) and "publikasi" in lap.median_satker:
        return f"median {view.number_text(lap.median_satker['publikasi'])} tiap satker yang lapor"
    terbanyak = max(lap.breakdown("publikasi_kanal"), key=lambda a: a.nilai or 0, default=None)
    return (
        f"terbanyak di {terbanyak.label} ({view.number_text(terbanyak.nilai)})" if terbanyak and terbanyak.nilai else ""
    )


def _intro_unit(lap: LaporanSatker) -> str:
    periode, k = view.period_of(lap.kepala.periode).label, lap.keadaan
    if not k.lapor:
        return f"Belum ada laporan {periode} yang dapat dihitung.{_deadline_note(lap)}"
    tiba = f"Laporan tiba {view.date_text(k.diterima_pada)}{_lateness(k)}."
    if k.status == "nihil":
        return f"{periode}: satker menyatakan tidak ada kegiatan kehumasan (nihil). {tiba}"
    isi = ", ".join(
        f"{view.number_text(lap.count(ukuran))} {kata}"
        for ukuran, kata in (("kegiatan_dilaporkan", "kegiatan"), ("publikasi", "publikasi"))
    )
    return f"{periode}: {isi}, dan {view.number_text(lap.count('permohonan'))} permohonan informasi. {tiba}"


def _lateness(k: Keadaan) -> str:
    if k.hari_terlambat:
        return f", {k.hari_terlambat} hari kerja sesudah tenggat"
    return ", sebelum atau pada tenggat" if k.ketepatan == "tepat_waktu" else ""


def _deadline_note(lap: Laporan) -> str:
    tenggat = lap.kepala.tenggat
    return f" Tenggat {view.date_text(tenggat[0].tanggal)}." if tenggat else ""


def _intro_rollup(lap: LaporanProvinsi | LaporanNasional) -> str:
    lapor, wajib = lap.count("satker_lapor"), lap.count("satker_wajib")
    periode = view.period_of(lap.kepala.periode)
    awal = f"Sebanyak {view.number_text(lapor)} dari {view.number_text(wajib)} satuan kerja melaporkan kegiatan kehumasan {periode.rentang}."
    tepat = lap.figure("ketepatan_waktu")
    if tepat is None or tepat.nilai is None:
        return awal
    lanjut = f" Ketepatan waktu {view.percent_number(tepat.nilai)} persen"
    ubah = view.change_text(tepat)
    return f"{awal}{lanjut}{', ' + ubah + ' dari triwulan sebelumnya' if ubah else ''}."


def _strategy_heading(lap: Laporan) -> str:
    """A heading that states the finding when three strategies hold at least half of the activities."""
    nilai = sorted((a.nilai or 0 for a in lap.breakdown("kegiatan_strategi")), reverse=True)
    jumlah, tiga = sum(nilai), sum(nilai[:3])
    if jumlah < 6 or tiga * 2 < jumlah or sum(nilai[3:]) == 0:
        return "Delapan strategi"
    return f"Tiga strategi menampung {view.number_text(tiga)} dari {view.number_text(jumlah)} kegiatan"


def _action(lap: LaporanSatker) -> Tindakan | None:
    """Who must act on this unit and how; None when nobody must."""
    k = lap.keadaan
    if k.lapor and not k.dikarantina:
        return None
    if k.lapor:
        return Tindakan(
            f"{view.number_text(k.dikarantina)} baris ditahan",
            "tindak",
            f"{view.number_text(k.dikarantina)} dari {view.number_text(k.masuk)} baris belum dihitung karena ada isian yang salah.",
            "",
            "Satker pengirim",
            "Perbaiki baris pada daftar temuan di bawah, lalu kirim ulang laporan. Edisi baru terbit untuk satker, provinsi, dan nasional.",
        )
    sebab, galat = view.cause_of(k), lap.galat
    apa = lap.tolak[0] or (galat.pesan if galat else "") or sebab.apa
    cara = lap.tolak[1] or (galat.cara if galat else "") or sebab.cara
    kelas = "gagal" if k.status == "ditolak" else "tindak"
    return Tindakan("Belum lapor", kelas, _sentence(apa), _tried(galat), sebab.siapa, _sentence(cara))


def _tried(galat: GalatTerakhir | None) -> str:
    return (
        f"Saluran {galat.saluran}, terakhir {view.time_text(galat.waktu)} (kode {galat.kode})."
        if galat and galat.saluran
        else ""
    )


def _sentence(teks: str) -> str:
    """A message as a sentence of its own: messages of errors follow "who:" and begin small."""
    return teks[:1].upper() + teks[1:]


def _silent(k: Keadaan, lap: LaporanSatker | None) -> dict[str, str]:
    sebab, tindakan = view.cause_of(k), _action(lap) if lap else None
    return {
        "kode": k.kode,
        "nama": k.nama,
        "sebab": sebab.judul,
        "siapa": sebab.siapa,
        "apa": tindakan.apa if tindakan else sebab.apa,
        "cara": tindakan.cara if tindakan else sebab.cara,
    }


def _must_act(satker: Iterable[Keadaan]) -> dict[str, object]:
    """Silent units grouped by cause, in the order of causes."""
    belum = [s for s in satker if not s.lapor]
    kelompok = [Kelompok(sebab, [s for s in belum if view.cause_of(s) is sebab]) for sebab in view.SEBAB.values()]
    return {
        "bertindak": [k for k in kelompok if k.satker],
        "judul_bertindak": f"{view.number_text(len(belum))} satker belum lapor: siapa bertindak",
    }


def _findings(lap: LaporanSatker) -> dict[str, object]:
    ditahan, catatan = len(lap.ditahan), len(lap.catatan)
    baris = [
        _finding(r, akibat)
        for tabel, akibat in ((lap.ditahan, "ditahan"), (lap.catatan, "catatan"))
        for r in _first(tabel)
    ]
    bagian = [f"{view.number_text(n)} {kata}" for n, kata in ((ditahan, "menahan baris"), (catatan, "catatan")) if n]
    return {"jumlah": ditahan + catatan, "baris": baris, "judul": "Temuan: " + ", ".join(bagian)}


def _first(tabel: Tabel) -> Iterator[dict[str, Any]]:
    return Tabel(tabel.kolom, tabel.baris[:BATAS_TEMUAN]).records()


def _finding(r: Mapping[str, Any], akibat: str) -> dict[str, str]:
    kolom = _label_anywhere(r["kolom"] or "")
    return {
        "akibat": akibat,
        "lembar": r["lembar"] or "Berkas",
        "baris": str(r["baris"] or "–"),
        "kolom": f"{kolom} ({r['huruf']})" if kolom and r["huruf"] else kolom or "–",
        "pesan": r["pesan"] or "",
        "cara": _sentence(r["cara"] or ""),
        "kode": r["kode"] or "",
    }


@cache
def _label_anywhere(nama: str) -> str:
    """Header of a column by its name, whichever data set has it."""
    return next((label for h in HIMPUNAN if (label := view.column_label(h, nama)) != nama), nama)


def _activities(tabel: Tabel | None) -> dict[str, object]:
    if tabel is None:
        return {"jumlah": 0, "baris": []}
    kolom = {k.nama: k for _, k in view.public_columns("kegiatan", tabel)}
    urut = sorted(tabel.records(), key=lambda r: (str(r.get("tanggal_mulai")), str(r.get("judul"))))
    return {"jumlah": len(urut), "baris": [_activity(r, kolom) for r in urut[:BATAS_KEGIATAN]]}


def _activity(r: Mapping[str, Any], kolom: Mapping[str, Any]) -> dict[str, str]:
    def teks(nama: str) -> str:
        return view.cell_text(kolom[nama], r[nama]) if nama in kolom else ""

    return {
        "urut": str(r.get("tanggal_mulai") or "").replace("-", "")[:8] or "0",
        "tanggal": teks("tanggal_mulai"),
        "judul": teks("judul"),
        "jenis": teks("jenis_kegiatan"),
        "mode": teks("mode"),
        "peran": teks("peran_satker"),
        "peserta": f"{teks('jumlah_peserta')} {teks('satuan_peserta').lower()}".strip(),
        "tautan": view.safe_link(r.get("url_bukti")) if "url_bukti" in kolom else "",
    }


def _issues(tabel: Tabel | None) -> Iterator[dict[str, str]]:
    """Hoaxes with every value as text."""
    if tabel is None:
        return
    kolom = HIMPUNAN["isu_hoaks"].menurut_nama
    for r in tabel.records():
        yield {nama: view.cell_text(kolom[nama], nilai) if nama in kolom else str(nilai) for nama, nilai in r.items()}


def _breakdowns(lap: Laporan) -> list[tuple[str, str, list[Angka], int | None]]:
    """Measures that have a breakdown, zero lines left out, with their sum where parts add up."""
    hasil = []
    for nama in _PECAHAN:
        daftar = [a for a in lap.breakdown(nama) if a.nilai]
        if daftar and not (isinstance(lap, LaporanSatker) and nama in {"ketepatan", "status_kiriman"}):
            jumlah = None if nama in _TAK_BERJUMLAH else int(sum(a.nilai or 0 for a in daftar))
            hasil.append((nama, MENURUT_NAMA[nama].label, daftar, jumlah))
    return hasil


def _breakdown_head(nama: str) -> str:
    """Head of the first column of a breakdown: what follows "menurut"."""
    return MENURUT_NAMA[nama].label.rpartition(" menurut ")[2].capitalize()


def _trend(lap: Laporan) -> Gambar | None:
    """Charts of the measures that have at least two quarters, with the table that stands for them."""
    deret = [t for t in lap.tren if sum(n is not None for _, n in t.titik) > 1]
    if not deret:
        return None
    periode = [p for p, _ in deret[0].titik]
    persen = {t.ukuran: t for t in deret if t.ukuran in {"kelengkapan", "ketepatan_waktu"}}
    garis = _lines(periode, {nama: [n for _, n in t.titik] for nama, t in persen.items()})
    batang = [_columns(t.ukuran, t.titik) for t in deret if t.ukuran not in persen]
    baris = [
        (view.period_of(p).label, [view.measure_text(t.ukuran, dict(t.titik).get(p)) for t in deret]) for p in periode
    ]
    return Gambar(*_trend_words(persen), garis, batang, [MENURUT_NAMA[t.ukuran].label for t in deret], baris)


def _trend_words(persen: Mapping[str, Any]) -> tuple[str, str]:
    """Heading that states the finding when the data bear it, and how to read the charts."""
    akhir = [[n for _, n in t.titik if n is not None][-2:] for t in persen.values()]
    naik = len(akhir) == 2 and all(len(a) == 2 and a[1] > a[0] for a in akhir)
    batang = "Tiap grafik batang memakai skalanya sendiri, mulai dari nol."
    if not persen:
        return "Perkembangan per triwulan", batang
    judul = "Laporan makin lengkap dan makin tepat waktu" if naik else "Perkembangan per triwulan"
    return judul, f"Garis: persen dari seluruh kewajiban; sumbu tidak selalu mulai dari nol. {batang}"


def _lines(periode: list[str], nilai: Mapping[str, list[Any]]) -> tuple[Markup, Markup] | None:
    """Completeness and punctuality over time, wide and narrow."""
    if not nilai:
        return None
    deret = [
        charts.Deret(MENURUT_NAMA[nama].label, tuple(map(_floored, nilai[nama])), putus=nama == "ketepatan_waktu")
        for nama in ("kelengkapan", "ketepatan_waktu")
        if nama in nilai
    ]
    luas = [view.period_of(p).label_pendek for p in periode]
    sempit = [f"{p[-1]}/{p[2:4]}" for p in periode]
    judul = "Kelengkapan dan ketepatan waktu"
    return (
        Markup(charts.lines(luas, deret, judul).svg),  # noqa: S704 - built by our own charts, text escaped there
        Markup(charts.lines(sempit, deret, judul, sempit=True).svg),  # noqa: S704
    )


def _floored(nilai: float | None) -> float | None:
    """One decimal, rounded down as every printed percentage is."""
    return None if nilai is None else math.floor(round(nilai, 9) * 10) / 10


def _columns(ukuran: str, titik: Iterable[tuple[str, int | float | None]]) -> tuple[str, Markup]:
    label = MENURUT_NAMA[ukuran].label
    pendek = [(f"TW {p[-1]} ’{p[2:4]}", n) for p, n in titik]
    return label, Markup(charts.bar_columns(pendek, label, lebar=300, tinggi=120).svg)  # noqa: S704 - as above


def _downloads(lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> list[Unduhan]:
    pokok = f"laporan/{lap.id}"
    calon = [
        ("Laporan triwulan (PDF)", f"{pokok}.pdf"),
        ("Semua angka dan baris (XLSX)" if isinstance(lap, LaporanSatker) else "Semua angka (XLSX)", f"{pokok}.xlsx"),
    ]
    if isinstance(lap, LaporanNasional):
        calon += [
            ("Data terbuka: angka nasional dan provinsi (CSV)", "data/angka.csv"),
            ("Data terbuka: satuan kerja (CSV)", "data/satker.csv"),
        ]
    ada = ((label, berkas[nama]) for label, nama in calon if nama in berkas)
    return [Unduhan(label, b.nama, view.size_text(b.ukuran), f"{b.sidik[:8]}…") for label, b in ada]


def _earlier(lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> list[tuple[int, str]]:
    """Earlier editions whose PDF still lies there."""
    nama = (
        (e, f"laporan/{report_id(lap.kepala.lembaga, *lap.kunci, lap.kepala.periode, e)}.pdf")
        for e in range(1, lap.edisi)
    )
    return [(e, n) for e, n in nama if n in berkas]


def _cause_of_change(lap: LaporanSatker) -> str:
    berlaku = next((s for s in lap.sumber if s.berlaku), None)
    return (
        f"berkas yang diterima {view.time_text(berlaku.diterima_pada)} (sidik {berlaku.sidik[:16]}…)" if berlaku else ""
    )


def _files_of(satker: Collection[str]) -> str:
    daftar = list(satker)
    lain = f"; dan {len(daftar) - 30} satker lain" if len(daftar) > 30 else ""
    return f"berkas {'; '.join(daftar[:30])}{lain}" if daftar else ""


def _rule(kode: str, keparahan: str, temuan: int, satker: int) -> dict[str, object]:
    akibat = "baris ditahan" if keparahan == "FATAL" else "catatan"
    return {
        "kode": kode,
        "uraian": rule_texts().get(kode, "Isian wajib atau bentuk isian"),
        "akibat": akibat,
        "temuan": temuan,
        "satker": satker,
    }


@cache
def rule_texts() -> Mapping[str, str]:
    """What each rule demands, by code, without its remarks in brackets."""
    teks = resources.files("humas.contract").joinpath("data/aturan_validasi.csv").read_text(encoding="utf-8")
    baris = csv.DictReader(teks.splitlines(), delimiter=";")
    return {r["id"]: _plain_rule(r["aturan"].partition(" (")[0].partition(":")[0]) for r in baris}


def _plain_rule(aturan: str) -> str:
    """A rule with the headers that senders know in place of column names."""
    return _sentence(re.sub(r"[a-z]+(?:_[a-z]+)+", lambda cocok: _label_anywhere(cocok.group()), aturan))


def _body_order(lembaga: str) -> int:
    urutan = ("kpu", "bawaslu", "pemda")
    return urutan.index(lembaga) if lembaga in urutan else len(urutan)


def _body_block(lembaga: str, daftar: list[Mapping[str, Any]]) -> dict[str, object]:
    """One body on the front page: its periods, newest first, and the trend when there are at least two."""
    urut = sorted(daftar, key=lambda m: m["periode"])
    periode = [
        {
            "tujuan": f"{lembaga}/{m['periode']}/index.html",
            "label": view.period_of(m["periode"]).label,
            "edisi": m["edisi"],
            "terbit": m["terbit"],
            **m["ringkasan"],
        }
        for m in reversed(urut)
    ]
    lima = urut[-5:]
    nilai = {nama: [m["ringkasan"][nama] for m in lima] for nama in ("kelengkapan", "ketepatan_waktu")}
    garis = _lines([m["periode"] for m in lima], nilai) if len(lima) > 1 else None
    return {"label": view.label_of("lembaga", lembaga), "periode": periode, "garis": garis}


def _script_json(nilai: object) -> str:
    """JSON that cannot end a script: ``<`` written as an escape."""
    return (
        json
        .dumps(nilai, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
    )
