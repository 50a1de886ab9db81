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
    return ((name, render()) for name, render in pages(bahan, hanya))


def pages(bahan: Bahan, hanya: Collection[tuple[str, str]] | None = None) -> Iterator[tuple[str, Render]]:
    """Path within the release of each page, and what renders it; of all reports, or of those in ``hanya`` (lingkup, kode).

    The lists (nation, units, status, method, search index, style) are always among them: they are few, and
    hold something of every report. To render in two processes, give each half of the keys.
    """
    for code, province in bahan.provinsi.items():
        if hanya is None or ("provinsi", code) in hanya:
            yield f"provinsi/{code}.html", partial(render_province, province, bahan.berkas)
    for code, satker in bahan.satker.items():
        if hanya is None or ("satker", code) in hanya:
            yield f"satker/{code}.html", partial(render_unit, satker, bahan.berkas)
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
    for name, content in assets().items():
        yield f"aset/{name}", partial(bytes, content)


def page_of(lingkup: str, kode: str) -> str:
    """Path of the page of a report."""
    return "index.html" if lingkup == "nasional" else f"{lingkup}/{kode}.html"


def render_withheld(lap: Laporan, judul: str, akar: str) -> bytes:
    """The page of a report, or another page, that our program failed on; made of next to nothing, so that it cannot fail."""
    values = {"lembaga": view.body_label(lap), "periode": view.period_of(lap.kepala.periode), "judul": judul}
    return _template("tertahan.html").render(akar=akar, sini="", csp=CSP, menu=MENU, **values).encode()


def render_unit(lap: LaporanSatker, berkas: Mapping[str, BerkasTerbit]) -> bytes:
    """Page of one work unit: its figures, findings and rows, or who must act and how when nothing came."""
    if lap.withheld:
        return render_withheld(lap, lap.kepala.nama, "../")
    values = {
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
    return _page("satker.html", lap, berkas, "../", "", **values)


def render_province(lap: LaporanProvinsi, berkas: Mapping[str, BerkasTerbit]) -> bytes:
    """Page of one province."""
    if lap.withheld:
        return render_withheld(lap, lap.kepala.nama, "../")
    values = {
        "pengantar": parts.intro_rollup(lap),
        "kartu": parts.cards(lap, parts.KARTU_REKAP),
        "ketepatan": view.KETEPATAN.items(),
        "median": view.medians(lap.satker),
        "isu": list(parts.issues(lap.isu)),
        "sebab_ralat": parts.cause_of_units(lap.penyebab),
        **parts.must_act(lap.satker),
    }
    return _page("provinsi.html", lap, berkas, "../", "", **values)


def render_nation(lap: LaporanNasional, berkas: Mapping[str, BerkasTerbit]) -> bytes:
    """The national page: figures first, trend, tile map in two readings, who must act, provinces, method of each figure."""
    if lap.withheld:
        return render_withheld(lap, "Laporan nasional", "")
    complete = sum(province.wajib > 0 and province.lapor == province.wajib for province in lap.provinsi)
    values = {
        "judul": f"Kehumasan {view.body_label(lap)}, {view.period_of(lap.kepala.periode).label}",
        "pengantar": parts.intro_rollup(lap),
        "kartu": parts.cards(lap, parts.KARTU_REKAP),
        "judul_peta": f"{complete} dari {len(lap.provinsi)} provinsi lengkap",
        "peta_lengkap": [
            parts.tile(province, province.kelengkapan, province.lapor, "lapor") for province in lap.provinsi
        ],
        "peta_tepat": [
            parts.tile(province, province.ketepatan_waktu, province.tepat_waktu, "tepat waktu")
            for province in lap.provinsi
        ],
        "tingkat": charts.TINGKAT,
        "median": view.medians(lap.satker),
        "rekomendasi": recommendations(lap),
        "aturan": parts.rules(lap.aturan),
        "sebab_ralat": parts.cause_of_units(lap.penyebab),
        **parts.must_act(lap.satker),
    }
    return _page("nasional.html", lap, berkas, "", "Nasional", **values)


def render_unit_list(lap: LaporanNasional) -> bytes:
    """All units in one table that can be searched, filtered and sorted."""
    missing = sum(not unit.lapor for unit in lap.satker)
    intro = (
        f"{len(lap.satker) - missing} sudah lapor, {missing} belum. Cari menurut nama atau kode, saring, atau urutkan."
    )
    return _page("daftar.html", lap, {}, "../", "Satker", pengantar=intro, ketepatan=view.KETEPATAN.items())


def render_status(bahan: Bahan) -> bytes:
    """Who must act, unit by unit, and whether the rows balance."""
    lap = bahan.nasional
    missing = [parts.silent(unit, bahan.satker.get(unit.kode)) for unit in lap.satker if not unit.lapor]
    held = sorted(
        (unit for unit in lap.satker if unit.lapor and unit.dikarantina),
        key=lambda unit: (-unit.dikarantina, unit.kode),
    )
    counts = {punctuality: sum(unit.ketepatan == punctuality for unit in lap.satker) for punctuality in view.KETEPATAN}
    values = {
        "pengantar": f"Keadaan pengumpulan {view.period_of(lap.kepala.periode).label}: siapa harus bertindak, dan bagaimana.",
        "ringkas": [(punctuality, label, counts[punctuality]) for punctuality, label in view.KETEPATAN.items()],
        "belum": missing,
        "lepas": uncollected(lap.satker),
        "siapa": sorted({row["siapa"] for row in missing}),
        "ditahan": held,
        "tertahan": [
            _withheld_row(report, report.kunci) for report in _reports(bahan) if report.kunci in bahan.withheld
        ],
        "gangguan": [{**asdict(trouble), "cara": findings.sentence(trouble.cara)} for trouble in bahan.gangguan],
    }
    return _page("status.html", lap, {}, "", "Status", **values)


def _reports(material: Bahan) -> Iterator[Laporan]:
    yield from (material.nasional, *material.provinsi.values(), *material.satker.values())


def _withheld_row(report: Laporan, key: tuple[str, str]) -> dict[str, object]:
    name = "Laporan nasional" if key[0] == "nasional" else report.kepala.nama
    return {"nama": name, "tujuan": page_of(*key), "edisi": report.edisi}


def render_method(lap: LaporanNasional) -> bytes:
    """How every figure is computed."""
    return _page("metode.html", lap, {}, "", "Cara menghitung", ukuran=DAFTAR)


def render_open_data(lap: LaporanNasional, berkas: Mapping[str, BerkasTerbit], rantai: str = "") -> bytes:
    """What machines can take, and what its columns mean."""
    others = (
        ("Katalog DCAT", opendata.KATALOG),
        ("Daftar ukuran dan rumus", opendata.UKURAN),
        ("Manifes", "manifes.json"),
    )
    values = {
        "data": [(dataset, parts.files_of(dataset.berkas, berkas)) for dataset in opendata.DATA],
        "lain": parts.files_of(others, berkas),
        "rantai": rantai,
    }
    return _page("data-terbuka.html", lap, berkas, "", "Data terbuka", **values)


def render_api(lap: LaporanNasional) -> bytes:
    """The contract for programmers of other systems: how a register hands over its data."""
    return _page("api.html", lap, {}, "", "", **api.page_parts())


def render_index(manifes: Iterable[Mapping[str, Any]]) -> bytes:
    """The front page over all bodies and periods, from the manifests of the releases in force."""
    by_body: dict[str, list[Mapping[str, Any]]] = {}
    for manifest in manifes:
        by_body.setdefault(manifest["lembaga"], []).append(manifest)
    blocks = [
        _body_block(body, manifests)
        for body, manifests in sorted(by_body.items(), key=lambda entry: _body_order(entry[0]))
    ]
    return _template("indeks.html").render(akar="", sini="", csp=CSP, lembaga=blocks, api=_api_page(by_body)).encode()


def _api_page(by_body: Mapping[str, list[Mapping[str, Any]]]) -> str:
    """Where the front page finds the page for programmers: in the newest release that has one; empty when none has."""
    offering = [manifest for manifests in by_body.values() for manifest in manifests if api.NAMA in manifest["berkas"]]
    if not offering:
        return ""
    newest = max(offering, key=lambda manifest: (manifest["periode"], -_body_order(manifest["lembaga"])))
    return f"{newest['lembaga']}/{newest['periode']}/{api.NAMA}"


def search_index(laporan: Iterable[LaporanSatker]) -> bytes:
    """A script with code, name and province of every unit: pages opened from a folder cannot fetch."""
    units = [[report.kepala.kode, report.kepala.nama, report.kepala.nama_provinsi] for report in laporan]
    return f"window.INDEKS_SATKER={_script_json(units)};\n".encode()


@cache
def assets() -> Mapping[str, bytes]:
    """Style, script and fonts of the pages by name."""
    return {path.name: path.read_bytes() for path in sorted(_STATIS.iterdir()) if path.is_file()}


@cache
def site_version() -> str:
    """Digest of all that makes a page of a report: when it differs from a release's, every page is rendered again."""
    digest = sha256()
    for path in sorted([*_TEMPLAT.glob("*.html"), *_STATIS.iterdir(), *_PAKET.glob("*.py"), *_PAKET.glob("data/*")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _page(
    template: str, report: Laporan, files: Mapping[str, BerkasTerbit], root: str, here: str, **values: object
) -> bytes:
    common = {
        "lap": report,
        "akar": root,
        "sini": here,
        "csp": CSP,
        "menu": MENU,
        "lembaga": view.body_label(report),
        "periode": view.period_of(report.kepala.periode),
        "unduhan": parts.downloads(report, files),
        "lama": parts.earlier(report, files),
        "asal": parts.origin(report),
    }
    return _template(template).render(common | values).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLAT),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "angka": view.figure_text, "lengkap": view.figure_full, "nama_angka": view.figure_name, "bil": view.number_text,
        "psn": view.percent_number, "tgl": view.date_text, "wkt": view.time_text, "beda": parts.difference_of,
        "beda_ralat": parts.change_of, "nilai_ukuran": parts.edition_value, "st": parts.badge, "selang": parts.interval, "grafik": parts.trend,
        "pecahan": parts.breakdowns, "kepala_rincian": parts.breakdown_head, "nama_tingkat": view.TINGKAT.__getitem__,
        "bagian": share, "kepala_median": ("Satker melapor", "Kegiatan", "Publikasi", "Permohonan", "Isu"),
    }  # fmt: skip
    return environment


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


def _body_order(body: str) -> int:
    order = ("kpu", "bawaslu", "pemda")
    return order.index(body) if body in order else len(order)


def _body_block(body: str, manifests: list[Mapping[str, Any]]) -> dict[str, object]:
    """One body on the front page: its periods, newest first, and the trend when there are at least two."""
    ordered = sorted(manifests, key=lambda manifest: manifest["periode"])
    periods = [
        {
            "tujuan": f"{body}/{manifest['periode']}/index.html",
            "label": view.period_of(manifest["periode"]).label,
            "edisi": manifest["edisi"],
            "terbit": manifest["terbit"],
            **manifest["ringkasan"],
        }
        for manifest in reversed(ordered)
    ]
    recent = ordered[-5:]
    rates = {
        measure: [manifest["ringkasan"][measure] for manifest in recent]
        for measure in ("kelengkapan", "ketepatan_waktu")
    }
    curves = parts.line_charts([manifest["periode"] for manifest in recent], rates) if len(recent) > 1 else None
    return {"label": view.label_of("lembaga", body), "periode": periods, "garis": curves}


def _script_json(value: object) -> str:
    """JSON that cannot end a script: ``<`` written as an escape."""
    return (
        json
        .dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
    )
