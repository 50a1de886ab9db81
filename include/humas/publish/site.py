"""The pages of a release, rendered from reports alone; nothing here reads a clock, a database or a disk.

A page depends on its own report and on the files beside it, so that a new edition of three reports means
three pages and the four lists (nation, units, status, method). Text from units goes through autoescape and
never into a template, a script or a style; links are made of ``http`` and ``https`` addresses only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from humas.publish import api, charts, findings, opendata, parts, view
from humas.publish.model import (
    Laporan,
    LaporanNasional,
    LaporanProvinsi,
    LaporanSatker,
)
from humas.publish.narrative import recommendations, uncollected
from humas.publish.parts import BerkasTerbit
from humas.publish.text import share
from humas.publish.ukuran import DAFTAR

Render = Callable[[], bytes]
_PAKET = Path(__file__).parent
_TEMPLAT = _PAKET / "templates"
_STATIS = _PAKET / "static"
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
MENU = (
    ("Nasional", "index.html"),
    ("Provinsi", "index.html#provinsi"),
    ("Satker", "satker/index.html"),
    ("Status", "status.html"),
    ("Data terbuka", "data-terbuka.html"),
    ("Cara menghitung", "cara-menghitung.html"),
)


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
    lie beside the pages (``laporan/…``, ``data/…``) by path, earlier editions included. rantai: head of the chain of
    all editions, "" when nothing was recorded. withheld: reports that our program failed on, whether or not an earlier
    edition stands in their place.
    """

    nasional: LaporanNasional
    provinsi: Mapping[str, LaporanProvinsi]
    satker: Mapping[str, LaporanSatker]
    berkas: Mapping[str, BerkasTerbit] = field(default_factory=dict)
    gangguan: tuple[GangguanRegister, ...] = ()
    rantai: str = ""
    withheld: frozenset[tuple[str, str]] = frozenset()


def render_site(bahan: Bahan, hanya: Collection[tuple[str, str]] | None = None) -> Iterator[tuple[str, bytes]]:
    """Path within the release and bytes of each page; see :func:`pages`."""
    return ((nama, render()) for nama, render in pages(bahan, hanya))


def pages(bahan: Bahan, hanya: Collection[tuple[str, str]] | None = None) -> Iterator[tuple[str, Render]]:
    """Path within the release of each page, and what renders it; of all reports, or of those in ``hanya`` (lingkup, kode).

    The lists (nation, units, status, method, search index, style) are always among them: they are few, and
    hold something of every report. To render in two processes, give each half of the keys.
    """
    for kode, provinsi in bahan.provinsi.items():
        if hanya is None or ("provinsi", kode) in hanya:
            yield f"provinsi/{kode}.html", partial(render_province, provinsi, bahan.berkas)
    for kode, satker in bahan.satker.items():
        if hanya is None or ("satker", kode) in hanya:
            yield f"satker/{kode}.html", partial(render_unit, satker, bahan.berkas)
    yield from lists(bahan)


def lists(bahan: Bahan) -> Iterator[tuple[str, Render]]:
    """The pages that hold something of every report, and the files they need."""
    yield "index.html", partial(render_nation, bahan.nasional, bahan.berkas)
    yield "satker/index.html", partial(render_unit_list, bahan.nasional)
    yield "status.html", partial(render_status, bahan)
    yield "cara-menghitung.html", partial(render_method, bahan.nasional)
    yield "data-terbuka.html", partial(render_open_data, bahan.nasional, bahan.berkas, bahan.rantai)
    yield api.NAMA, partial(render_api, bahan.nasional)
    yield api.DOKUMEN, api.document_bytes
    yield "aset/indeks.js", partial(search_index, bahan.satker.values())
    for nama, isi in assets().items():
        yield f"aset/{nama}", partial(bytes, isi)


def page_of(lingkup: str, kode: str) -> str:
    """Path of the page of a report."""
    return "index.html" if lingkup == "nasional" else f"{lingkup}/{kode}.html"


def render_withheld(lap: Laporan, judul: str, akar: str) -> bytes:
    """The page of a report, or another page, that our program failed on; made of next to nothing, so that it cannot fail."""
    isi = {"lembaga": view.body_label(lap), "periode": view.period_of(lap.kepala.periode), "judul": judul}
    return _template("tertahan.html").render(akar=akar, sini="", csp=CSP, menu=MENU, **isi).encode()


def render_unit(lap: LaporanSatker, berkas: Mapping[str, BerkasTerbit]) -> bytes:
    """Page of one work unit: its figures, findings and rows, or who must act and how when nothing came."""
    if lap.withheld:
        return render_withheld(lap, lap.kepala.nama, "../")
    isi = {
        "k": lap.keadaan,
        "ada_baris": lap.keadaan.lapor or lap.count("baris", "masuk") > 0,
        "pengantar": parts.intro_unit(lap),
        "tindakan": parts.action(lap),
        "kartu": parts.cards(lap, parts.KARTU_SATKER) if lap.keadaan.lapor else [],
        "judul_strategi": parts.strategy_heading(lap),
        "temuan": parts.findings(lap),
        "kegiatan": parts.activities(lap.tabel.get("kegiatan")),
        "permohonan": parts.requests(lap.tabel.get("permohonan_info")),
        "isu": list(parts.issues(lap.tabel.get("isu_hoaks"))),
        "sebab_ralat": parts.cause_of_change(lap),
    }
    return _page("satker.html", lap, berkas, "../", "", **isi)


def render_province(lap: LaporanProvinsi, berkas: Mapping[str, BerkasTerbit]) -> bytes:
    """Page of one province."""
    if lap.withheld:
        return render_withheld(lap, lap.kepala.nama, "../")
    isi = {
        "pengantar": parts.intro_rollup(lap),
        "kartu": parts.cards(lap, parts.KARTU_REKAP),
        "ketepatan": view.KETEPATAN.items(),
        "median": view.medians(lap.satker),
        "isu": list(parts.issues(lap.isu)),
        "sebab_ralat": parts.cause_of_units(lap.penyebab),
        **parts.must_act(lap.satker),
    }
    return _page("provinsi.html", lap, berkas, "../", "", **isi)


def render_nation(lap: LaporanNasional, berkas: Mapping[str, BerkasTerbit]) -> bytes:
    """The national page: figures first, trend, tile map in two readings, who must act, provinces, method of each figure."""
    if lap.withheld:
        return render_withheld(lap, "Laporan nasional", "")
    lengkap = sum(p.wajib > 0 and p.lapor == p.wajib for p in lap.provinsi)
    isi = {
        "judul": f"Kehumasan {view.body_label(lap)}, {view.period_of(lap.kepala.periode).label}",
        "pengantar": parts.intro_rollup(lap),
        "kartu": parts.cards(lap, parts.KARTU_REKAP),
        "judul_peta": f"{lengkap} dari {len(lap.provinsi)} provinsi lengkap",
        "peta_lengkap": [parts.tile(p, p.kelengkapan, p.lapor, "lapor") for p in lap.provinsi],
        "peta_tepat": [parts.tile(p, p.ketepatan_waktu, p.tepat_waktu, "tepat waktu") for p in lap.provinsi],
        "tingkat": charts.TINGKAT,
        "median": view.medians(lap.satker),
        "rekomendasi": recommendations(lap),
        "aturan": parts.rules(lap.aturan),
        "sebab_ralat": parts.cause_of_units(lap.penyebab),
        **parts.must_act(lap.satker),
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
    belum = [parts.silent(s, bahan.satker.get(s.kode)) for s in lap.satker if not s.lapor]
    ditahan = sorted((s for s in lap.satker if s.lapor and s.dikarantina), key=lambda s: (-s.dikarantina, s.kode))
    hitung = {nilai: sum(s.ketepatan == nilai for s in lap.satker) for nilai in view.KETEPATAN}
    isi = {
        "pengantar": f"Keadaan pengumpulan {view.period_of(lap.kepala.periode).label}: siapa harus bertindak, dan bagaimana.",
        "ringkas": [(nilai, label, hitung[nilai]) for nilai, label in view.KETEPATAN.items()],
        "belum": belum,
        "lepas": uncollected(lap.satker),
        "siapa": sorted({b["siapa"] for b in belum}),
        "ditahan": ditahan,
        "tertahan": [_withheld_row(satu, satu.kunci) for satu in _reports(bahan) if satu.kunci in bahan.withheld],
        "gangguan": [{**asdict(g), "cara": findings.sentence(g.cara)} for g in bahan.gangguan],
    }
    return _page("status.html", lap, {}, "", "Status", **isi)


def _reports(bahan: Bahan) -> Iterator[Laporan]:
    yield from (bahan.nasional, *bahan.provinsi.values(), *bahan.satker.values())


def _withheld_row(lap: Laporan, kunci: tuple[str, str]) -> dict[str, object]:
    nama = "Laporan nasional" if kunci[0] == "nasional" else lap.kepala.nama
    return {"nama": nama, "tujuan": page_of(*kunci), "edisi": lap.edisi}


def render_method(lap: LaporanNasional) -> bytes:
    """How every figure is computed."""
    return _page("metode.html", lap, {}, "", "Cara menghitung", ukuran=DAFTAR)


def render_open_data(lap: LaporanNasional, berkas: Mapping[str, BerkasTerbit], rantai: str = "") -> bytes:
    """What machines can take, and what its columns mean."""
    lain = (
        ("Katalog DCAT", opendata.KATALOG),
        ("Daftar ukuran dan rumus", opendata.UKURAN),
        ("Manifes", "manifes.json"),
    )
    isi = {
        "data": [(satu, parts.files_of(satu.berkas, berkas)) for satu in opendata.DATA],
        "lain": parts.files_of(lain, berkas),
        "rantai": rantai,
    }
    return _page("data-terbuka.html", lap, berkas, "", "Data terbuka", **isi)


def render_api(lap: LaporanNasional) -> bytes:
    """The contract for programmers of other systems: how a register hands over its data."""
    return _page("api.html", lap, {}, "", "", **api.page_parts())


def render_index(manifes: Iterable[Mapping[str, Any]]) -> bytes:
    """The front page over all bodies and periods, from the manifests of the releases in force."""
    per_lembaga: dict[str, list[Mapping[str, Any]]] = {}
    for satu in manifes:
        per_lembaga.setdefault(satu["lembaga"], []).append(satu)
    lembaga = [
        _body_block(nama, daftar) for nama, daftar in sorted(per_lembaga.items(), key=lambda x: _body_order(x[0]))
    ]
    return (
        _template("indeks.html").render(akar="", sini="", csp=CSP, lembaga=lembaga, api=_api_page(per_lembaga)).encode()
    )


def _api_page(per_lembaga: Mapping[str, list[Mapping[str, Any]]]) -> str:
    """Where the front page finds the page for programmers: in the newest release that has one; empty when none has."""
    ada = [m for daftar in per_lembaga.values() for m in daftar if api.NAMA in m["berkas"]]
    if not ada:
        return ""
    terbaru = max(ada, key=lambda m: (m["periode"], -_body_order(m["lembaga"])))
    return f"{terbaru['lembaga']}/{terbaru['periode']}/{api.NAMA}"


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
    """Digest of all that makes a page of a report: when it differs from a release's, every page is rendered again."""
    sidik = sha256()
    for jalur in sorted([*_TEMPLAT.glob("*.html"), *_STATIS.iterdir(), *_PAKET.glob("*.py"), *_PAKET.glob("data/*")]):
        sidik.update(jalur.name.encode() + b"\0" + jalur.read_bytes())
    return sidik.hexdigest()[:16]


def _page(templat: str, lap: Laporan, berkas: Mapping[str, BerkasTerbit], akar: str, sini: str, **isi: object) -> bytes:
    dasar = {
        "lap": lap,
        "akar": akar,
        "sini": sini,
        "csp": CSP,
        "menu": MENU,
        "lembaga": view.body_label(lap),
        "periode": view.period_of(lap.kepala.periode),
        "unduhan": parts.downloads(lap, berkas),
        "lama": parts.earlier(lap, berkas),
        "asal": parts.origin(lap),
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
        "psn": view.percent_number, "tgl": view.date_text, "wkt": view.time_text, "beda": parts.difference_of,
        "beda_ralat": parts.change_of, "nilai_ukuran": parts.edition_value, "st": parts.badge, "selang": parts.interval, "grafik": parts.trend,
        "pecahan": parts.breakdowns, "kepala_rincian": parts.breakdown_head, "nama_tingkat": view.TINGKAT.__getitem__,
        "bagian": share, "kepala_median": ("Satker melapor", "Kegiatan", "Publikasi", "Permohonan", "Isu"),
    }  # fmt: skip
    return lingkungan


@cache
def _template(nama: str) -> Template:
    return _environment().get_template(nama)


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
    garis = parts.line_charts([m["periode"] for m in lima], nilai) if len(lima) > 1 else None
    return {"label": view.label_of("lembaga", lembaga), "periode": periode, "garis": garis}


def _script_json(nilai: object) -> str:
    """JSON that cannot end a script: ``<`` written as an escape."""
    return (
        json
        .dumps(nilai, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
    )
