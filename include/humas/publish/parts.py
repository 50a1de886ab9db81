"""Parts of pages: what a template shows of a report, as ready words, charts and links. Pure functions.

Everything a page prints is decided here; the templates only place it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from markupsafe import Markup

from humas.contract.columns import BY_NAME as DATASETS
from humas.contract.vocabulary import load_vocabulary
from humas.periods import rounded_rate
from humas.publish import charts
from humas.report import ledger, view
from humas.report.findings import column_place, rule_code, rule_text, sentence, sheet_label, without_place
from humas.report.measures import BY_NAME, TIMELINESS, breakdown
from humas.report.model import (
    AnnualReport,
    Change,
    Figure,
    NationReport,
    ProvinceReport,
    ProvinceState,
    Report,
    RuleCount,
    SatkerReport,
    Standing,
    Table,
    Value,
    report_id,
)
from humas.report.narrative import framework_heading, framework_of, without_report
from humas.report.text import format_number, long_date, percent_number
from humas.report.zones import local_time

FINDING_LIMIT = 200
KEGIATAN_LIMIT = 500
RULE_LIMIT = 12
PERMOHONAN_LIMIT = 60
SATKER_CARDS = (
    "kegiatan_dilaporkan",
    "publikasi",
    "permohonan",
    "permohonan_median_hari",
    "hoaks_isu",
    "hoaks_median_jam",
)
RECAP_CARDS = ("kelengkapan", "ketepatan_waktu", "kegiatan_dilaporkan", "publikasi", "permohonan", "hoaks_isu")
_BREAKDOWNS = (
    "ketepatan", "status_kiriman", "kegiatan_jenis", "kegiatan_mode", "kegiatan_peran", "kegiatan_fungsi",
    "kegiatan_tahapan", "peserta", "publikasi_kanal", "publikasi_jenis", "permohonan_putusan",
    "permohonan_ketepatan", "hoaks_klasifikasi", "keberatan_alasan", "keberatan_ketepatan", "keberatan_hasil",
    "keberatan_hasil_sengketa", "kegiatan_strategi_lain", "kegiatan_sasaran", "kegiatan_kanal",
    "publikasi_aksesibilitas", "permohonan_kanal", "permohonan_pemohon", "permohonan_penolakan", "permohonan_tujuan", "hoaks_sumber",
    "hoaks_platform", "hoaks_tahapan", "hoaks_kanal", "pemberitaan_nada", "pemberitaan_jenis_media",
    "pemberitaan_tanggapan", "aspirasi_jenis", "aspirasi_saluran", "aspirasi_tindak_lanjut",
    "akun_platform", "akun_status", "akun_pengikut_platform",
)  # fmt: skip
_OF_VOICES = (
    "ringkasan", "tanggal_disampaikan", "jenis_aspirasi", "saluran", "diteruskan_kepada", "tindak_lanjut", "tanggal_diberi_tahu",
)  # fmt: skip
_OF_ACCOUNTS = ("platform", "nama_akun", "status", "pengikut", "tanggal_data", "unggahan_terakhir")
_WITHOUT_TOTAL = frozenset({
    "peserta", "kegiatan_kanal", "kegiatan_strategi_lain", "kegiatan_sasaran", "permohonan_penolakan", "hoaks_kanal",
    "pemberitaan_tanggapan",
})  # fmt: skip
_TOTALS = {
    "kegiatan": "kegiatan_dilaporkan",
    "publikasi": "publikasi",
    "permohonan": "permohonan",
    "hoaks": "hoaks_isu",
    "keberatan": "keberatan",
    "pemberitaan": "pemberitaan",
    "aspirasi": "aspirasi",
    "akun": "akun",
}
_PARTS_OF = {"keberatan_hasil_sengketa": "keberatan_sengketa", "akun_pengikut_platform": "akun_pengikut"}


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that lies beside the pages. nama: path within the release. sidik: SHA-256, hex."""

    nama: str
    ukuran: int
    sidik: str


class Card(NamedTuple):
    """One of the main figures: the figure (without an id where there is none), a line below it, its change and since when."""

    angka: Figure
    keterangan: str
    ubah: str
    dari: str


class ActionNotice(NamedTuple):
    """What a unit's page says when a person must act."""

    judul: str
    kelas: str
    apa: str
    dicoba: str
    siapa: str
    cara: str


class CauseGroup(NamedTuple):
    """Units without a report that counts, by cause."""

    sebab: view.Cause
    satker: list[Standing]


class Picture(NamedTuple):
    """The trend of a report: a sentence, line charts (wide, narrow), columns by measure, and the table for both."""

    judul: str
    keterangan: str
    garis: tuple[Markup, Markup] | None
    batang: list[tuple[str, Markup]]
    kolom: list[str]
    baris: list[tuple[str, list[str]]]


class Download(NamedTuple):
    """A file offered on a page."""

    label: str
    tujuan: str
    ukuran: str
    sidik: str


@cache
def badge(kind: str, label: str = "") -> Markup:
    """Status as shape, word and colour."""
    word = label or TIMELINESS.get(kind) or view.SHORT_RESULTS.get(kind) or kind
    return Markup(
        '<span class="st st-{0}"><svg class="ik" aria-hidden="true"><use href="#i-{0}"/></svg>{1}</span>'
    ).format(kind, word)


def difference_of(figure: Figure) -> str:
    """Difference of a figure to the quarter before."""
    return view.difference(figure.sebelumnya, figure.nilai)


def change_of(change: Change) -> str:
    """Difference between two editions."""
    return view.difference(change.lama, change.baru)


def edition_value(which: str, value: int | float | None) -> str:
    """A value of the table of changes; a measure we no longer know is a plain number."""
    return view.measure_text(which, value) if which in BY_NAME else format_number(value)


def interval(p: ProvinceState) -> Markup | str:
    """The 95 % interval as a line from 0 to 100 with the value as a dot."""
    if p.kelengkapan is None or p.selang_bawah is None or p.selang_atas is None:
        return "–"
    return Markup(
        '<svg class="selang" viewBox="0 0 130 14" role="img" aria-label="{} sampai {} persen">'
        '<path class="jalan" d="M0 7H130"/><path class="rentang" d="M{:.1f} 7H{:.1f}"/>'
        '<circle class="titik" cx="{:.1f}" cy="7" r="4"/></svg>'
    ).format(
        percent_number(p.selang_bawah),
        percent_number(p.selang_atas),
        *(1.22 * value + 4 for value in (p.selang_bawah, p.selang_atas, p.kelengkapan)),
    )


def tile(p: ProvinceState, value: float | None, numerator: int, words: str) -> dict[str, object]:
    """One tile of the map: class of its level, value in whole percent, and the sentence that stands for it."""
    known = value is not None and p.lapor > 0
    return {
        "kode": p.kode,
        "singkatan": p.singkatan,
        "tingkat": f"k{charts.level(value) + 1}" if known and value is not None else "k0",
        "nilai": "–" if value is None else int(rounded_rate(value, 0)),
        "uraian": f"{p.nama}, {numerator} dari {p.wajib} satker {words}",
    }


def cards(lap: Report, which: Iterable[str]) -> list[Card]:
    """The main figures, each with its numerator and denominator or a second figure; one that nobody told is a dash."""
    since = view.period_of(lap.kepala.periode).previous().label
    told = (measure for measure in which if ledger.is_main(lap, measure))
    figures = [lap.figure(measure) or Figure("", measure, "", None) for measure in told]
    below = [ledger.unreported(lap, figure.ukuran) or _beside(lap, figure) for figure in figures]
    return [Card(one, text, view.change_text(one), since) for one, text in zip(figures, below, strict=True)]


def _beside(report: Report, figure: Figure) -> str:
    """The line below a main figure."""
    if figure.penyebut is not None and BY_NAME[figure.ukuran].persen:
        nihil = report.count("status_kiriman", "nihil") if figure.ukuran == "kelengkapan" else 0
        aside = f", termasuk {format_number(nihil)} laporan nihil" if nihil else ""
        return f"{format_number(figure.pembilang)} dari {format_number(figure.penyebut)} kewajiban{aside}."
    second = {
        "kegiatan_dilaporkan": ("acara_unik", "acara unik"),
        "permohonan": ("permohonan_median_hari", "hari kerja, median waktu jawab"),
        "hoaks_isu": ("hoaks_diklarifikasi", "sudah diklarifikasi"),
    }.get(figure.ukuran)
    if second and report.value(second[0]) is not None and second[0] not in _own_card(report):
        return f"{format_number(report.value(second[0]))} {second[1]}"
    return _beside_publication(report) if figure.ukuran == "publikasi" else _MEANINGS.get(figure.ukuran, "")


_MEANINGS = {
    "permohonan": "tanpa data pribadi pemohon",
    "permohonan_median_hari": "dari diterima sampai ditanggapi",
    "hoaks_median_jam": "dari temuan sampai klarifikasi pertama",
}


def _own_card(report: Report) -> tuple[str, ...]:
    return SATKER_CARDS if isinstance(report, SatkerReport) else RECAP_CARDS


def _beside_publication(report: Report) -> str:
    if isinstance(report, NationReport) and "publikasi" in report.median_satker:
        return f"median {format_number(report.median_satker['publikasi'])} tiap satker yang lapor"
    largest = max(report.stated("publikasi_kanal"), key=lambda figure: figure.nilai or 0, default=None)
    return f"terbanyak di {largest.label} ({format_number(largest.nilai)})" if largest and largest.nilai else ""


def intro_unit(lap: SatkerReport) -> str:
    """The first sentence of a unit: what it did and when its report came, or that nothing counts."""
    period, standing = view.period_of(lap.kepala.periode).label, lap.keadaan
    if not standing.lapor:
        return f"Belum ada laporan {period} yang dapat dihitung.{_deadline_note(lap)}"
    arrival = f"Laporan tiba {long_date(standing.diterima_pada)}{_lateness(lap)}."
    if lap.nihil:
        return f"{period}: satker menyatakan tidak ada kegiatan kehumasan (nihil). {arrival}"
    counts = ", ".join(
        f"{format_number(lap.value(measure))} {word}"
        for measure, word in (("kegiatan_dilaporkan", "kegiatan"), ("publikasi", "publikasi"))
    )
    return f"{period}: {counts}, dan {format_number(lap.value('permohonan'))} permohonan informasi.{_unsaid(lap)} {arrival}"


def _unsaid(lap: Report) -> str:
    """The data sets that nobody spoke about, as a sentence; a dash among the figures stands for these."""
    names = [label.lower() for name, label in ledger.concerned(lap) if not lap.reported(name)]
    return f" Belum dilaporkan: {', '.join(names)}." if names else ""


def _lateness(report: SatkerReport) -> str:
    standing, due = report.keadaan, report.kepala.tenggat
    if standing.hari_terlambat:
        return f", {standing.hari_terlambat} hari kerja sesudah tenggat"
    if standing.ketepatan != "tepat_waktu" or not standing.diterima_pada or not due:
        return ""
    rest = (date.fromisoformat(due[0].tanggal) - date.fromisoformat(standing.diterima_pada[:10])).days
    return f", {rest} hari sebelum tenggat" if rest > 0 else ", tepat pada hari tenggat"


def _deadline_note(report: Report) -> str:
    due = report.kepala.tenggat
    return f" Tenggat {long_date(due[0].tanggal)}." if due else ""


def intro_rollup(lap: ProvinceReport | NationReport) -> str:
    """The first sentence of a province or the nation: how many reported, and how punctually."""
    reporting, obliged = lap.count("satker_lapor"), lap.count("satker_wajib")
    period = view.period_of(lap.kepala.periode)
    start = f"Sebanyak {format_number(reporting)} dari {format_number(obliged)} satuan kerja melaporkan kegiatan kehumasan {period.span}."
    on_time = lap.figure("ketepatan_waktu")
    if on_time is None or on_time.nilai is None:
        return start
    punctuality = f" Ketepatan waktu {percent_number(on_time.nilai)} persen"
    moved = view.change_text(on_time)
    return f"{start}{punctuality}{', ' + moved + ' dari triwulan sebelumnya' if moved else ''}."


def strategy_heading(lap: Report) -> str:
    """A heading that states the finding when three strategies hold at least half of the activities."""
    values = sorted((figure.nilai or 0 for figure in lap.stated("kegiatan_strategi")), reverse=True)
    total, three = sum(values), sum(values[:3])
    if total < 6 or three * 2 < total or sum(values[3:]) == 0:
        return framework_heading(lap)
    return f"Tiga {framework_of(lap).noun} menampung {format_number(three)} dari {format_number(total)} kegiatan"


def action(lap: SatkerReport) -> ActionNotice | None:
    """Who must act on this unit and how; None when nobody must.

    Of an attempt that failed only its time is told, and to a sender how to mend it: hosts and codes are the operators'.
    """
    standing = lap.keadaan
    if standing.lapor and not standing.ditahan:
        return None
    if standing.lapor:
        return ActionNotice(
            f"{format_number(standing.ditahan)} baris ditahan",
            "tindak",
            f"{format_number(standing.ditahan)} dari {format_number(standing.masuk)} baris belum dihitung karena ada isian yang salah.",
            "",
            "Satker pengirim",
            "Perbaiki baris pada daftar temuan di bawah, lalu kirim ulang laporan. Edisi baru terbit untuk satker, provinsi, dan nasional.",
        )
    cause, error = view.cause_of(standing), lap.galat
    event = lap.tolak[0] or cause.apa
    remedy = lap.tolak[1] or (error.cara if error and standing.sebab == "pengirim" else "") or cause.cara
    css_class = "gagal" if standing.status == "ditolak" else "tindak"
    title = view.timeliness_of(standing)
    return ActionNotice(title, css_class, sentence(event), _tried(lap), cause.siapa, sentence(remedy))


def _tried(lap: SatkerReport) -> str:
    error = lap.galat
    return f"Laporan terakhir diminta {local_time(lap, error.waktu)}." if error and error.saluran else ""


def silent(k: Standing) -> dict[str, str]:
    """One row of the status page: cause, and who must act; the unit's own page tells the rest."""
    cause = view.cause_of(k)
    return {"kode": k.kode, "nama": k.nama, "sebab": cause.judul, "siapa": cause.siapa}


def must_act(satker: Iterable[Standing]) -> dict[str, object]:
    """Silent units grouped by cause, in the order of causes."""
    missing = [unit for unit in satker if not unit.lapor]
    groups = [
        CauseGroup(cause, [unit for unit in missing if view.cause_of(unit) is cause]) for cause in view.CAUSES.values()
    ]
    return {
        "bertindak": [group for group in groups if group.satker],
        "judul_bertindak": f"{format_number(len(missing))} satker {without_report(missing)}: siapa bertindak",
    }


def findings(lap: SatkerReport) -> dict[str, object]:
    """What is wrong in a submission, row by row; at most ``FINDING_LIMIT`` of a kind."""
    held, notes = len(lap.ditahan), len(lap.catatan)
    rows = [
        _finding(finding, effect, lap.kepala.lembaga)
        for table, effect in ((lap.ditahan, "ditahan"), (lap.catatan, "catatan"))
        for finding in _first(table)
    ]
    counts = [
        f"{format_number(count)} {word}"
        for count, word in ((held, "menahan baris" if lap.keadaan.lapor else "menolak kiriman"), (notes, "catatan"))
        if count
    ]
    return {"jumlah": held + notes, "baris": rows, "judul": "Temuan: " + ", ".join(counts)}


def _first(table: Table) -> Iterator[dict[str, Any]]:
    return Table(table.kolom, table.baris[:FINDING_LIMIT]).records()


def _finding(finding: Mapping[str, Any], effect: str, body: str) -> dict[str, str]:
    return {
        "akibat": effect,
        "lembar": sheet_label(finding["lembar"]) or "Berkas",
        "baris": format_number(finding["baris"]) if finding["baris"] else "–",
        "kolom": column_place(finding["huruf"], finding["kolom"], body) or "–",
        "pesan": without_place(finding["pesan"] or ""),
        "cara": sentence(finding["cara"] or ""),
        "kode": finding["kode"] or "",
    }


def activities(table: Table | None) -> dict[str, object]:
    """The accepted activities by date; at most ``KEGIATAN_LIMIT``."""
    if table is None:
        return {"jumlah": 0, "baris": []}
    columns = {column.name: column for _, column in view.public_columns("kegiatan", table)}
    ordered = sorted(table.records(), key=lambda row: (str(row.get("tanggal_mulai")), str(row.get("judul"))))
    return {"jumlah": len(ordered), "baris": [_activity(row, columns) for row in ordered[:KEGIATAN_LIMIT]]}


def _activity(row: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, str]:
    def text(name: str) -> str:
        return view.cell_text(columns[name], row[name]) if name in columns else ""

    return {
        "urut": str(row.get("tanggal_mulai") or "").replace("-", "")[:8] or "0",
        "tanggal": text("tanggal_mulai"),
        "judul": text("judul"),
        "jenis": text("jenis_kegiatan"),
        "mode": text("mode"),
        "peran": text("peran_satker"),
        "peserta": f"{text('jumlah_peserta')} {text('satuan_peserta').lower()}".strip(),
        "dokumen": text("nomor_dokumen"),
        "tautan": view.safe_link(row.get("url_bukti")) if "url_bukti" in columns else "",
    }


_REGIMES = {term.value: term.label for term in load_vocabulary()["rezim"].terms}


def requests(table: Table | None) -> dict[str, object]:
    """Information requests by date, without anything personal; at most ``PERMOHONAN_LIMIT``."""
    if table is None:
        return {"jumlah": 0, "baris": []}
    columns = DATASETS["permohonan_info"].by_name
    labels = breakdown("permohonan_ketepatan")
    shown = ("tanggal_terima", "jenis_pemohon", "informasi_diminta", "putusan")
    rows = [
        {name: view.cell_text(columns[name], row.get(name)) for name in shown}
        | {
            "hari": format_number(_number(row.get("hari_kerja"))),
            "ketepatan": labels.get(str(row.get("ketepatan")), "–"),
            "rezim": view.regime_text(row, _REGIMES),
        }
        for row in Table(table.kolom, table.baris[:PERMOHONAN_LIMIT]).records()
    ]
    return {"jumlah": len(table), "baris": rows}


def objections(table: Table | None) -> dict[str, object]:
    """Objections by date, without numbers of the register; at most ``PERMOHONAN_LIMIT``."""
    if table is None:
        return {"jumlah": 0, "baris": []}
    columns = DATASETS["keberatan"].by_name
    labels = breakdown("keberatan_ketepatan")
    shown = ("tanggal_keberatan", "alasan", "hasil", "sengketa", "tanggal_sengketa", "hasil_sengketa")
    rows = [
        {name: view.cell_text(columns[name], row.get(name)) for name in shown}
        | {
            "hari": format_number(_number(row.get("hari_kerja"))),
            "ketepatan": labels.get(str(row.get("ketepatan")), "–"),
            "rezim": view.regime_text(row, _REGIMES),
        }
        for row in Table(table.kolom, table.baris[:PERMOHONAN_LIMIT]).records()
    ]
    return {"jumlah": len(table), "baris": rows}


def coverage(table: Table | None) -> dict[str, object]:
    """What media wrote, by date; at most ``PERMOHONAN_LIMIT``."""
    if table is None:
        return {"jumlah": 0, "baris": []}
    columns = DATASETS["pemberitaan"].by_name
    shown = ("tanggal_berita", "media", "judul_berita", "nada", "isu", "tanggapan", "tanggal_tanggapan")
    rows = [
        {name: view.cell_text(columns[name], row.get(name)) for name in shown}
        | {"tautan": str(row.get("url_berita") or "")}
        for row in Table(table.kolom, table.baris[:PERMOHONAN_LIMIT]).records()
    ]
    return {"jumlah": len(table), "baris": rows}


def voices(table: Table | None) -> dict[str, object]:
    """What the public told by date, without numbers of the register; at most ``PERMOHONAN_LIMIT``."""
    if table is None:
        return {"jumlah": 0, "baris": []}
    columns = DATASETS["aspirasi"].by_name
    rows = [
        {name: view.cell_text(columns[name], row.get(name)) for name in _OF_VOICES}
        for row in Table(table.kolom, table.baris[:PERMOHONAN_LIMIT]).records()
    ]
    return {"jumlah": len(table), "baris": rows}


def accounts(table: Table | None) -> dict[str, object]:
    """Official accounts as they stand in the list; at most ``PERMOHONAN_LIMIT``."""
    if table is None:
        return {"jumlah": 0, "baris": []}
    columns = DATASETS["akun"].by_name
    rows = [
        {name: view.cell_text(columns[name], row.get(name)) for name in _OF_ACCOUNTS}
        | {"tautan": str(row.get("tautan") or "")}
        for row in Table(table.kolom, table.baris[:PERMOHONAN_LIMIT]).records()
    ]
    return {"jumlah": len(table), "baris": rows}


def _number(value: Value) -> int | float | None:
    return value if isinstance(value, int | float) else None


def issues(table: Table | None) -> Iterator[dict[str, str]]:
    """Hoaxes with every value as text."""
    if table is None:
        return
    columns = DATASETS["isu_hoaks"].by_name
    for row in table.records():
        yield {
            name: view.cell_text(columns[name], value) if name in columns else str(value) for name, value in row.items()
        }


def breakdowns(lap: Report) -> list[tuple[str, str, list[Figure], int, int | None]]:
    """Measures that have a breakdown, without its zero lines; what nobody stated, and their sum where parts add up."""
    kept = []
    for measure in _BREAKDOWNS:
        figures = [figure for figure in lap.breakdown(measure) if figure.nilai]
        if figures and not (isinstance(lap, SatkerReport) and measure in {"ketepatan", "status_kiriman"}):
            kept.append((measure, BY_NAME[measure].label, figures, *_rest_and_sum(lap, measure, figures)))
    return kept


def _rest_and_sum(report: Report, measure: str, figures: Iterable[Figure]) -> tuple[int, int | None]:
    """How many the breakdown leaves out of its whole, and the whole; (0, None) where parts do not add up."""
    if measure in _WITHOUT_TOTAL:
        return 0, None
    total = int(sum(figure.nilai or 0 for figure in figures))
    whole = _PARTS_OF.get(measure) or _TOTALS.get(measure.partition("_")[0], measure)
    rest = max(0, report.count(whole) - total)
    return rest, total + rest


def breakdown_head(name: str) -> str:
    """Head of the first column of a breakdown: what follows "menurut"."""
    return BY_NAME[name].label.rpartition(" menurut ")[2].capitalize()


def trend(lap: Report) -> Picture | None:
    """Charts of the measures that have at least two quarters, with the table that stands for them."""
    trends = [one for one in lap.tren if sum(value is not None for _, value in one.titik) > 1]
    if not trends:
        return None
    periods = [period for period, _ in trends[0].titik]
    rates = {one.ukuran: one for one in trends if one.ukuran in {"kelengkapan", "ketepatan_waktu"}}
    curves = line_charts(periods, {measure: [value for _, value in one.titik] for measure, one in rates.items()})
    bars = [_columns(one.ukuran, one.titik) for one in trends if one.ukuran not in rates]
    rows = [
        (view.period_of(period).label, [view.measure_text(one.ukuran, dict(one.titik).get(period)) for one in trends])
        for period in periods
    ]
    return Picture(*_trend_words(rates), curves, bars, [BY_NAME[one.ukuran].label for one in trends], rows)


def _trend_words(rates: Mapping[str, Any]) -> tuple[str, str]:
    """Heading that states the finding when the data bear it, and how to read the charts."""
    recent = [[value for _, value in trend.titik if value is not None][-2:] for trend in rates.values()]
    rising = len(recent) == 2 and all(len(pair) == 2 and pair[1] > pair[0] for pair in recent)
    scale = "Tiap grafik batang memakai skalanya sendiri, mulai dari nol."
    if not rates:
        return "Perkembangan per triwulan", scale
    title = "Laporan makin lengkap dan makin tepat waktu" if rising else "Perkembangan per triwulan"
    return title, f"Garis: persen dari seluruh kewajiban; sumbu tidak selalu mulai dari nol. {scale}"


def line_charts(periods: list[str], value: Mapping[str, list[Any]]) -> tuple[Markup, Markup] | None:
    """Completeness and punctuality over time, wide and narrow."""
    if not value:
        return None
    series = [
        charts.Curve(BY_NAME[measure].label, tuple(map(_shown, value[measure])), putus=measure == "ketepatan_waktu")
        for measure in ("kelengkapan", "ketepatan_waktu")
        if measure in value
    ]
    wide = [view.period_of(period).short_label for period in periods]
    narrow = [f"{period[-1]}/{period[2:4]}" for period in periods]
    title = "Kelengkapan dan ketepatan waktu"
    return (
        Markup(charts.lines(wide, series, title).svg),  # noqa: S704 - built by our own charts, text escaped there
        Markup(charts.lines(narrow, series, title, narrow=True).svg),  # noqa: S704
    )


def _shown(value: float | None) -> float | None:
    """One decimal, rounded as every printed percentage is."""
    return None if value is None else float(rounded_rate(value))


def _columns(measure: str, points: Iterable[tuple[str, int | float | None]]) -> tuple[str, Markup]:
    label = BY_NAME[measure].label
    short = [(f"TW {period[-1]} ’{period[2:4]}", value) for period, value in points]
    return label, Markup(charts.bar_columns(short, label, width=300, height=120).svg)  # noqa: S704 - as above


def downloads(lap: Report, files: Mapping[str, PublishedFile]) -> list[Download]:
    """Files of this edition that lie beside the page."""
    stem = f"laporan/{lap.id}"
    candidates = [
        (f"Laporan {'tahunan' if isinstance(lap, AnnualReport) else 'triwulan'} (PDF)", f"{stem}.pdf"),
        ("Semua angka dan baris (XLSX)" if isinstance(lap, SatkerReport) else "Semua angka (XLSX)", f"{stem}.xlsx"),
    ]
    if isinstance(lap, NationReport):
        candidates += [
            ("Angka nasional dan provinsi (CSV)", "data/angka.csv"),
            ("Keadaan setiap satuan kerja (CSV)", "data/satker.csv"),
        ]
    return files_of(candidates, files)


def files_of(candidates: Iterable[tuple[str, str]], files: Mapping[str, PublishedFile]) -> list[Download]:
    """Those of the files, by label and path, that lie beside the pages."""
    there = ((label, files[name]) for label, name in candidates if name in files)
    return [Download(label, file.nama, view.size_text(file.ukuran), f"{file.sidik[:8]}…") for label, file in there]


def earlier(lap: Report, files: Mapping[str, PublishedFile]) -> list[tuple[int, str]]:
    """Earlier editions whose PDF still lies there."""
    names = (
        (edition, f"laporan/{report_id(lap.kepala.lembaga, *lap.kunci, lap.kepala.periode, edition)}.pdf")
        for edition in range(1, lap.edisi)
    )
    return [(edition, name) for edition, name in names if name in files]


def origin(lap: Report) -> str:
    """What the figures of a report come from: submissions, rows, edition, digest of the data."""
    if isinstance(lap, SatkerReport):
        in_force = [source for source in lap.sumber if source.berlaku]
        sources = "; ".join(
            f"berkas {local_time(lap, source.diterima_pada)}, SHA-256 {source.sidik[:16]}…" for source in in_force
        )
    else:
        sources = f"{format_number(lap.count('satker_lapor'))} laporan satker"
    accepted = f"{format_number(lap.count('baris', 'diterima'))} baris diterima"
    edition = f"{lap.id}, terbit {long_date(lap.terbit)}" if lap.dicetak else "belum ada edisi"
    return "; ".join(text for text in (sources, accepted, edition, f"sidik data {lap.sidik[:16]}…") if text)


def cause_of_change(lap: SatkerReport) -> str:
    """The file because of which a unit has a new edition."""
    in_force = next((source for source in lap.sumber if source.berlaku), None)
    return (
        f"berkas yang diterima {local_time(lap, in_force.diterima_pada)} (sidik {in_force.sidik[:16]}…)"
        if in_force
        else ""
    )


def cause_of_units(satker: Collection[str]) -> str:
    """The units because of which a province or the nation has a new edition."""
    names = list(satker)
    others = f"; dan {len(names) - 30} satker lain" if len(names) > 30 else ""
    return f"berkas {'; '.join(names[:30])}{others}" if names else ""


def rules(broken_rules: Iterable[RuleCount]) -> list[dict[str, object]]:
    """The most broken rules, the most frequent first, whatever they lead to; at most ``RULE_LIMIT``."""
    ranked = sorted(broken_rules, key=lambda rule: (-rule.temuan, rule.kode))[:RULE_LIMIT]
    return [
        {
            "kode": rule_code(rule.kode),
            "uraian": rule_text(rule.kode),
            "akibat": "baris ditahan" if rule.keparahan == "FATAL" else "catatan",
            "temuan": rule.temuan,
            "satker": rule.satker,
        }
        for rule in ranked
    ]
