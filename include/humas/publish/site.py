"""The pages of a release, rendered from reports alone; nothing here reads a clock, a database or a disk.

A page depends on its own report and on the files beside it, so that a new edition of three reports means
three pages and the four lists (nation, units, status, method). Text from units goes through autoescape and
never into a template, a script or a style; links are made of ``http`` and ``https`` addresses only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from humas.bodies import BODIES, data_files
from humas.publish import api, charts, opendata, parts
from humas.publish.parts import PublishedFile
from humas.report import ledger, view
from humas.report.measures import TIMELINESS, measures_of
from humas.report.model import (
    AnnualReport,
    NationReport,
    ProvinceReport,
    Report,
    SatkerReport,
)
from humas.report.narrative import accounts, framework_heading, framework_of, recommendations, without_report
from humas.report.text import format_number, long_date, percent_number, share
from humas.report.zones import deadline_clock, local_time

Render = Callable[[], bytes]
_PACKAGE = Path(__file__).parent
_REPORT, _CONTRACT = _PACKAGE.with_name("report"), _PACKAGE.with_name("contract")
_TEMPLATES = _PACKAGE / "templates"
_STATIC = _PACKAGE / "static"
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
YEAR_MENU = MENU[:3]


@dataclass(frozen=True)
class Material:
    """All that the site of one body and period is made of.

    satker: a report of EVERY registered unit, by code, also of those that sent nothing. berkas: files that
    lie beside the pages (``laporan/…``, ``data/…``) by path, earlier editions included. rantai: head of the chain of
    all editions, "" when nothing was recorded. withheld: reports that our program failed on, whether or not an earlier
    edition stands in their place.
    """

    nasional: NationReport
    provinsi: Mapping[str, ProvinceReport]
    satker: Mapping[str, SatkerReport]
    berkas: Mapping[str, PublishedFile] = field(default_factory=dict)
    rantai: str = ""
    withheld: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class YearMaterial:
    """The same of a year: a report of every unit that was asked in any of its quarters."""

    nasional: AnnualReport
    provinsi: Mapping[str, AnnualReport]
    satker: Mapping[str, AnnualReport]
    berkas: Mapping[str, PublishedFile] = field(default_factory=dict)
    rantai: str = ""
    withheld: frozenset[tuple[str, str]] = frozenset()


def reports_of(material: Material | YearMaterial) -> Iterator[Report]:
    """Every report of a site: the nation, the provinces, the units."""
    yield material.nasional
    yield from material.provinsi.values()
    yield from material.satker.values()


def pages(material: Material, only: Collection[tuple[str, str]] | None = None) -> Iterator[tuple[str, Render]]:
    """Path within the release of each page, and what renders it; of all reports, or of those in ``only`` (lingkup, kode).

    The lists (nation, units, status, method, search index, style) are always among them: they are few, and
    hold something of every report. To render in two processes, give each half of the keys.
    """
    for code, province in material.provinsi.items():
        if only is None or ("provinsi", code) in only:
            yield f"provinsi/{code}.html", partial(render_province, province, material.berkas)
    for code, satker in material.satker.items():
        if only is None or ("satker", code) in only:
            yield f"satker/{code}.html", partial(render_unit, satker, material.berkas)
    yield from lists(material)


def lists(material: Material) -> Iterator[tuple[str, Render]]:
    """The pages that hold something of every report, and the files they need."""
    yield "index.html", partial(render_nation, material.nasional, material.berkas)
    yield "satker/index.html", partial(render_unit_list, material.nasional)
    yield "status.html", partial(render_status, material)
    yield "cara-menghitung.html", partial(render_method, material.nasional)
    yield "data-terbuka.html", partial(render_open_data, material.nasional, material.berkas, material.rantai)
    yield api.NAME, partial(render_api, material.nasional)
    yield api.DOCUMENT, partial(api.document_bytes, material.nasional.kepala.lembaga)
    yield "aset/indeks.js", partial(search_index, material.satker.values())
    for name, content in assets().items():
        yield f"aset/{name}", partial(bytes, content)


def page_of(scope: str, code: str) -> str:
    """Path of the page of a report."""
    return "index.html" if scope == "nasional" else f"{scope}/{code}.html"


def render_withheld(lap: Report, title: str, root: str) -> bytes:
    """The page of a report, or another page, that our program failed on; made of next to nothing, so that it cannot fail."""
    values = {"lembaga": view.body_label(lap), "periode": view.period_of(lap.kepala.periode), "judul": title}
    return _template("tertahan.html").render(akar=root, sini="", csp=CSP, menu=_menu(lap), **values).encode()


def _menu(report: Report) -> Iterable[tuple[str, str]]:
    """The menu of a site: a year has no pages beside those of its reports and the list of units."""
    return YEAR_MENU if isinstance(report, AnnualReport) else MENU


def render_unit(lap: SatkerReport, files: Mapping[str, PublishedFile]) -> bytes:
    """Page of one work unit: its figures, findings and rows, or who must act and how when nothing came."""
    if lap.withheld:
        return render_withheld(lap, lap.kepala.nama, "../")
    values = {
        "k": lap.keadaan,
        "ada_baris": lap.keadaan.lapor or lap.count("baris", "masuk") > 0,
        "pengantar": parts.intro_unit(lap),
        "tindakan": parts.action(lap),
        "kartu": parts.cards(lap, parts.SATKER_CARDS) if lap.keadaan.lapor else [],
        "judul_strategi": parts.strategy_heading(lap),
        "temuan": parts.findings(lap),
        "diperbaiki": ledger.mended(lap),
        "kegiatan": parts.activities(lap.tabel.get("kegiatan")),
        "permohonan": parts.requests(lap.tabel.get("permohonan_info")),
        "keberatan": parts.objections(lap.tabel.get("keberatan")),
        "pemberitaan": parts.coverage(lap.tabel.get("pemberitaan")),
        "aspirasi": parts.voices(lap.tabel.get("aspirasi")),
        "akun": parts.accounts(lap.tabel.get("akun")),
        "tentang_akun": [one.teks for one in accounts(lap)],
        "isu": list(parts.issues(lap.tabel.get("isu_hoaks"))),
        "buku_lain": ledger.lines(lap),
        "buku_sisa": ledger.rest(lap),
        "sebab_ralat": parts.cause_of_change(lap),
    }
    return render_page("satker.html", lap, files, "../", "", **values)


def render_province(lap: ProvinceReport, files: Mapping[str, PublishedFile]) -> bytes:
    """Page of one province."""
    if lap.withheld:
        return render_withheld(lap, lap.kepala.nama, "../")
    values = {
        "pengantar": parts.intro_rollup(lap),
        "kartu": parts.cards(lap, parts.RECAP_CARDS),
        "ketepatan": TIMELINESS.items(),
        "median": view.medians(lap.satker, lap.kepala.lembaga),
        "isu": list(parts.issues(lap.isu)),
        "sebab_ralat": parts.cause_of_units(lap.penyebab),
        "ada_kabkota": BODIES[lap.kepala.lembaga].has_units("kabkota"),
        **parts.must_act(lap.satker),
    }
    return render_page("provinsi.html", lap, files, "../", "", **values)


def render_nation(lap: NationReport, files: Mapping[str, PublishedFile]) -> bytes:
    """The national page: figures first, trend, tile map in two readings, who must act, provinces, method of each figure."""
    if lap.withheld:
        return render_withheld(lap, "Laporan nasional", "")
    complete = sum(province.wajib > 0 and province.lapor == province.wajib for province in lap.provinsi)
    values = {
        "judul": f"Kehumasan {view.body_label(lap)}, {view.period_of(lap.kepala.periode).label}",
        "pengantar": parts.intro_rollup(lap),
        "kartu": parts.cards(lap, parts.RECAP_CARDS),
        "judul_peta": f"{complete} dari {len(lap.provinsi)} provinsi lengkap",
        "peta_lengkap": [
            parts.tile(province, province.kelengkapan, province.lapor, "lapor") for province in lap.provinsi
        ],
        "peta_tepat": [
            parts.tile(province, province.ketepatan_waktu, province.tepat_waktu, "tepat waktu")
            for province in lap.provinsi
        ],
        "tingkat": charts.TIERS,
        "median": view.medians(lap.satker, lap.kepala.lembaga),
        "rekomendasi": recommendations(lap),
        "aturan": parts.rules(lap.aturan),
        "sebab_ralat": parts.cause_of_units(lap.penyebab),
        **parts.must_act(lap.satker),
    }
    return render_page("nasional.html", lap, files, "", "Nasional", **values)


def render_unit_list(lap: NationReport) -> bytes:
    """All units in one table that can be searched, filtered and sorted."""
    missing = sum(not unit.lapor for unit in lap.satker)
    intro = (
        f"{len(lap.satker) - missing} sudah lapor, {missing} belum. Cari menurut nama atau kode, saring, atau urutkan."
    )
    return render_page("daftar.html", lap, {}, "../", "Satker", pengantar=intro, ketepatan=TIMELINESS.items())


def render_status(material: Material) -> bytes:
    """Who has not reported and whom to ask, and whether the rows balance.

    Readers of a public page are told nothing of hosts, settings and lines of files: these are the operators'
    (``./humas status`` and the Airflow UI).
    """
    lap = material.nasional
    missing = [parts.silent(unit) for unit in lap.satker if not unit.lapor]
    held = sorted(
        (unit for unit in lap.satker if unit.lapor and unit.ditahan),
        key=lambda unit: (-unit.ditahan, unit.kode),
    )
    counts = {punctuality: sum(unit.ketepatan == punctuality for unit in lap.satker) for punctuality in TIMELINESS}
    values = {
        "pengantar": f"Keadaan pengumpulan {view.period_of(lap.kepala.periode).label}: siapa sudah melapor, dan siapa yang dapat ditanya.",
        "ringkas": [(punctuality, label, counts[punctuality]) for punctuality, label in TIMELINESS.items()],
        "belum": missing,
        "tanpa_laporan": without_report(lap.satker),
        "siapa": sorted({row["siapa"] for row in missing}),
        "ditahan": held,
        "tertahan": [_withheld_row(report) for report in reports_of(material) if report.kunci in material.withheld],
    }
    return render_page("status.html", lap, {}, "", "Status", **values)


def _withheld_row(report: Report) -> dict[str, object]:
    level, code = report.kunci
    name = "Laporan nasional" if level == "nasional" else report.kepala.nama
    return {"nama": name, "tujuan": page_of(level, code), "edisi": report.edisi}


def render_method(lap: NationReport) -> bytes:
    """How every figure is computed."""
    return render_page(
        "metode.html", lap, {}, "", "Cara menghitung", ukuran=list(measures_of(lap.kepala.lembaga).values())
    )


def render_open_data(lap: NationReport, files: Mapping[str, PublishedFile], chain: str = "") -> bytes:
    """What machines can take, and what its columns mean."""
    others = (
        ("Katalog DCAT", opendata.CATALOGUE_PATH),
        ("Daftar ukuran dan rumus", opendata.MEASURES_PATH),
        ("Manifes", "manifes.json"),
    )
    values = {
        "data": [(dataset, parts.files_of(dataset.berkas, files)) for dataset in opendata.DATA],
        "lain": parts.files_of(others, files),
        "rantai": chain,
    }
    return render_page("data-terbuka.html", lap, files, "", "Data terbuka", **values)


def render_api(lap: NationReport) -> bytes:
    """The contract for programmers of other systems: how a register hands over its data."""
    return render_page("api.html", lap, {}, "", "", **api.page_parts(lap.kepala.lembaga))


def render_index(all_manifests: Iterable[Mapping[str, Any]]) -> bytes:
    """The front page over all bodies and periods, from the manifests of the releases in force."""
    by_body: dict[str, list[Mapping[str, Any]]] = {}
    for manifest in all_manifests:
        by_body.setdefault(manifest["lembaga"], []).append(manifest)
    blocks = [
        _body_block(body, manifests)
        for body, manifests in sorted(by_body.items(), key=lambda entry: _body_order(entry[0]))
    ]
    return _template("indeks.html").render(akar="", sini="", csp=CSP, lembaga=blocks, api=_api_page(by_body)).encode()


def render_check_page() -> bytes:
    """The page on which a reader checks a report; what it knows is in ``humas.publish.check_page``."""
    return _template("periksa.html").render(akar="", sini="", csp=CSP).encode()


def _api_page(by_body: Mapping[str, list[Mapping[str, Any]]]) -> str:
    """Where the front page finds the page for programmers: in the newest release that has one; empty when none has."""
    offering = [manifest for manifests in by_body.values() for manifest in manifests if api.NAME in manifest["berkas"]]
    if not offering:
        return ""
    newest = max(offering, key=lambda manifest: (manifest["periode"], -_body_order(manifest["lembaga"])))
    return f"{newest['lembaga']}/{newest['periode']}/{api.NAME}"


def search_index(reports: Iterable[Report]) -> bytes:
    """A script with code, name and province of every unit: pages opened from a folder cannot fetch."""
    units = [[report.kepala.kode, report.kepala.nama, report.kepala.nama_provinsi] for report in reports]
    return f"window.INDEKS_SATKER={script_json(units)};\n".encode()


@cache
def assets() -> Mapping[str, bytes]:
    """Style, script and fonts of the pages by name."""
    return {path.name: path.read_bytes() for path in sorted(_STATIC.iterdir()) if path.is_file()}


@cache
def site_version() -> str:
    """Digest of all that makes a page of a report: when it differs from a release's, every page is rendered again."""
    digest = sha256()
    for path in sorted([
        *_TEMPLATES.glob("*.html"),
        *_STATIC.iterdir(),
        *_PACKAGE.glob("*.py"),
        *_REPORT.glob("*.py"),
        *_REPORT.glob("data/*"),
        *data_files(),
        _CONTRACT / "data" / "aturan.toml",
    ]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def render_page(
    template: str, report: Report, files: Mapping[str, PublishedFile], root: str, here: str, **values: object
) -> bytes:
    """A page of a template: what all pages of a report know, and the values of its own."""
    common = {
        "lap": report,
        "dihitung": view.counted(report.kepala.lembaga),
        "akar": root,
        "sini": here,
        "csp": CSP,
        "menu": _menu(report),
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
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "angka": view.figure_text, "lengkap": view.figure_full, "nama_angka": view.figure_name, "rumus_angka": view.formula, "label_angka": view.label_in, "kerangka": framework_of, "judul_kerangka": framework_heading, "bil": format_number,
        "psn": percent_number, "tgl": long_date, "wkt": local_time, "jam_tenggat": deadline_clock, "beda": parts.difference_of,
        "beda_ralat": parts.change_of, "nilai_ukuran": parts.edition_value, "buku_baris": ledger.table, "st": parts.badge, "tepat": view.timeliness_of, "selang": parts.interval, "grafik": parts.trend,
        "pecahan": parts.breakdowns, "batang_mitra": view.partner_bars, "catatan_mitra": view.PARTNERS_NOTE, "kepala_rincian": parts.breakdown_head, "nama_tingkat": view.TIERS.__getitem__,
        "bagian": share,
    }  # fmt: skip
    return environment


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


def _body_order(body: str) -> int:
    order = list(BODIES)
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
    recent = [manifest for manifest in ordered if "-" in manifest["periode"]][-5:]
    rates = {
        measure: [manifest["ringkasan"][measure] for manifest in recent]
        for measure in ("kelengkapan", "ketepatan_waktu")
    }
    curves = parts.line_charts([manifest["periode"] for manifest in recent], rates) if len(recent) > 1 else None
    return {"label": view.label_of("lembaga", body), "periode": periods, "garis": curves}


def script_json(value: object) -> str:
    """JSON that cannot end a script: ``<`` written as an escape."""
    return (
        json
        .dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
    )
