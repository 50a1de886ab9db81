"""Parts of pages: what a template shows of a report, as ready words, charts and links. Pure functions.

Everything a page prints is decided here; the templates only place it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from markupsafe import Markup

from humas.contract.columns import MENURUT_NAMA as HIMPUNAN
from humas.publish import charts, view
from humas.publish.findings import column_place, rule_code, rule_text, sentence, sheet_label, without_place
from humas.publish.model import (
    Angka,
    GalatTerakhir,
    HitungAturan,
    Keadaan,
    KeadaanProvinsi,
    Laporan,
    LaporanNasional,
    LaporanProvinsi,
    LaporanSatker,
    Nilai,
    Perubahan,
    Tabel,
    report_id,
)
from humas.publish.narrative import uncollected
from humas.publish.ukuran import MENURUT_NAMA, breakdown

BATAS_TEMUAN = 200
BATAS_KEGIATAN = 500
BATAS_ATURAN = 12
BATAS_PERMOHONAN = 60
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
_KESELURUHAN = {
    "kegiatan": "kegiatan_dilaporkan",
    "publikasi": "publikasi",
    "permohonan": "permohonan",
    "hoaks": "hoaks_isu",
}


@dataclass(frozen=True, slots=True)
class BerkasTerbit:
    """A file that lies beside the pages. nama: path within the release. sidik: SHA-256, hex."""

    nama: str
    ukuran: int
    sidik: str


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


@cache
def badge(jenis: str, label: str = "") -> Markup:
    """Status as shape, word and colour."""
    word = label or view.KETEPATAN.get(jenis) or view.STATUS.get(jenis) or jenis
    return Markup(
        '<span class="st st-{0}"><svg class="ik" aria-hidden="true"><use href="#i-{0}"/></svg>{1}</span>'
    ).format(jenis, word)


def difference_of(angka: Angka) -> str:
    """Difference of a figure to the quarter before."""
    return view.difference(angka.sebelumnya, angka.nilai)


def change_of(ubah: Perubahan) -> str:
    """Difference between two editions."""
    return view.difference(ubah.lama, ubah.baru)


def edition_value(ukuran: str, nilai: int | float | None) -> str:
    """A value of the table of changes; a measure we no longer know is a plain number."""
    return view.measure_text(ukuran, nilai) if ukuran in MENURUT_NAMA else view.number_text(nilai)


def interval(p: KeadaanProvinsi) -> Markup | str:
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
        *(1.22 * value + 4 for value in (p.selang_bawah, p.selang_atas, p.kelengkapan)),
    )


def tile(p: KeadaanProvinsi, nilai: float | None, pembilang: int, kata: str) -> dict[str, object]:
    """One tile of the map: class of its level, value rounded down, and the sentence that stands for it."""
    known = nilai is not None and p.lapor > 0
    return {
        "kode": p.kode,
        "singkatan": p.singkatan,
        "tingkat": f"k{charts.level(nilai) + 1}" if known and nilai is not None else "k0",
        "nilai": int(nilai) if nilai is not None else "–",
        "uraian": f"{p.nama}, {pembilang} dari {p.wajib} satker {kata}",
    }


def cards(lap: Laporan, ukuran: Iterable[str]) -> list[Kartu]:
    """The main figures that exist, each with its numerator and denominator or a second figure."""
    since = view.period_of(lap.kepala.periode).sebelumnya().label
    figures = (lap.figure(measure) for measure in ukuran)
    return [Kartu(figure, _beside(lap, figure), view.change_text(figure), since) for figure in figures if figure]


def _beside(report: Laporan, figure: Angka) -> str:
    """The line below a main figure."""
    if figure.penyebut is not None and MENURUT_NAMA[figure.ukuran].persen:
        nihil = report.count("status_kiriman", "nihil") if figure.ukuran == "kelengkapan" else 0
        aside = f", termasuk {view.number_text(nihil)} laporan nihil" if nihil else ""
        return f"{view.number_text(figure.pembilang)} dari {view.number_text(figure.penyebut)} kewajiban{aside}."
    second = {
        "kegiatan_dilaporkan": ("acara_unik", "acara unik"),
        "permohonan": ("permohonan_median_hari", "hari kerja, median waktu jawab"),
        "hoaks_isu": ("hoaks_diklarifikasi", "sudah diklarifikasi"),
    }.get(figure.ukuran)
    if second and report.value(second[0]) is not None and second[0] not in _own_card(report):
        return f"{view.number_text(report.value(second[0]))} {second[1]}"
    return _beside_publication(report) if figure.ukuran == "publikasi" else _ARTI.get(figure.ukuran, "")


_ARTI = {
    "permohonan": "tanpa data pribadi pemohon",
    "permohonan_median_hari": "dari diterima sampai ditanggapi",
    "hoaks_median_jam": "dari temuan sampai klarifikasi pertama",
}


def _own_card(report: Laporan) -> tuple[str, ...]:
    return KARTU_SATKER if isinstance(report, LaporanSatker) else KARTU_REKAP


def _beside_publication(report: Laporan) -> str:
    if isinstance(report, LaporanNasional) and "publikasi" in report.median_satker:
        return f"median {view.number_text(report.median_satker['publikasi'])} tiap satker yang lapor"
    largest = max(report.breakdown("publikasi_kanal"), key=lambda figure: figure.nilai or 0, default=None)
    return f"terbanyak di {largest.label} ({view.number_text(largest.nilai)})" if largest and largest.nilai else ""


def intro_unit(lap: LaporanSatker) -> str:
    """The first sentence of a unit: what it did and when its report came, or that nothing counts."""
    period, standing = view.period_of(lap.kepala.periode).label, lap.keadaan
    if not standing.lapor:
        return f"Belum ada laporan {period} yang dapat dihitung.{_deadline_note(lap)}"
    arrival = f"Laporan tiba {view.date_text(standing.diterima_pada)}{_lateness(lap)}."
    if standing.status == "nihil":
        return f"{period}: satker menyatakan tidak ada kegiatan kehumasan (nihil). {arrival}"
    counts = ", ".join(
        f"{view.number_text(lap.count(measure))} {word}"
        for measure, word in (("kegiatan_dilaporkan", "kegiatan"), ("publikasi", "publikasi"))
    )
    return f"{period}: {counts}, dan {view.number_text(lap.count('permohonan'))} permohonan informasi. {arrival}"


def _lateness(report: LaporanSatker) -> str:
    standing, due = report.keadaan, report.kepala.tenggat
    if standing.hari_terlambat:
        return f", {standing.hari_terlambat} hari kerja sesudah tenggat"
    if standing.ketepatan != "tepat_waktu" or not standing.diterima_pada or not due:
        return ""
    rest = (date.fromisoformat(due[0].tanggal) - date.fromisoformat(standing.diterima_pada[:10])).days
    return f", {rest} hari sebelum tenggat" if rest > 0 else ", tepat pada hari tenggat"


def _deadline_note(report: Laporan) -> str:
    due = report.kepala.tenggat
    return f" Tenggat {view.date_text(due[0].tanggal)}." if due else ""


def intro_rollup(lap: LaporanProvinsi | LaporanNasional) -> str:
    """The first sentence of a province or the nation: how many reported, and how punctually."""
    reporting, obliged = lap.count("satker_lapor"), lap.count("satker_wajib")
    period = view.period_of(lap.kepala.periode)
    start = f"Sebanyak {view.number_text(reporting)} dari {view.number_text(obliged)} satuan kerja melaporkan kegiatan kehumasan {period.rentang}."
    on_time = lap.figure("ketepatan_waktu")
    if on_time is None or on_time.nilai is None:
        return start
    punctuality = f" Ketepatan waktu {view.percent_number(on_time.nilai)} persen"
    moved = view.change_text(on_time)
    return f"{start}{punctuality}{', ' + moved + ' dari triwulan sebelumnya' if moved else ''}."


def strategy_heading(lap: Laporan) -> str:
    """A heading that states the finding when three strategies hold at least half of the activities."""
    values = sorted((figure.nilai or 0 for figure in lap.breakdown("kegiatan_strategi")), reverse=True)
    total, three = sum(values), sum(values[:3])
    if total < 6 or three * 2 < total or sum(values[3:]) == 0:
        return "Delapan strategi"
    return f"Tiga strategi menampung {view.number_text(three)} dari {view.number_text(total)} kegiatan"


def action(lap: LaporanSatker) -> Tindakan | None:
    """Who must act on this unit and how; None when nobody must."""
    standing = lap.keadaan
    if standing.lapor and not standing.dikarantina:
        return None
    if standing.lapor:
        return Tindakan(
            f"{view.number_text(standing.dikarantina)} baris ditahan",
            "tindak",
            f"{view.number_text(standing.dikarantina)} dari {view.number_text(standing.masuk)} baris belum dihitung karena ada isian yang salah.",
            "",
            "Satker pengirim",
            "Perbaiki baris pada daftar temuan di bawah, lalu kirim ulang laporan. Edisi baru terbit untuk satker, provinsi, dan nasional.",
        )
    cause, error = view.cause_of(standing), lap.galat
    event = lap.tolak[0] or (error.pesan if error else "") or cause.apa
    remedy = lap.tolak[1] or (error.cara if error else "") or cause.cara
    css_class = "gagal" if standing.status == "ditolak" else "tindak"
    title = cause.judul if standing.belum_dikumpulkan else "Belum lapor"
    return Tindakan(title, css_class, sentence(event), _tried(error), cause.siapa, sentence(remedy))


def _tried(error: GalatTerakhir | None) -> str:
    return (
        f"Saluran {error.saluran}, terakhir {view.time_text(error.waktu)} (kode {error.kode})."
        if error and error.saluran
        else ""
    )


def silent(k: Keadaan, lap: LaporanSatker | None) -> dict[str, str]:
    """One row of the status page: cause, who must act, what happened, how to mend it."""
    cause, follow_up = view.cause_of(k), action(lap) if lap else None
    return {
        "kode": k.kode,
        "nama": k.nama,
        "sebab": cause.judul,
        "siapa": cause.siapa,
        "apa": follow_up.apa if follow_up else cause.apa,
        "cara": follow_up.cara if follow_up else cause.cara,
    }


def must_act(satker: Iterable[Keadaan]) -> dict[str, object]:
    """Silent units grouped by cause, in the order of causes."""
    missing = [unit for unit in satker if not unit.lapor]
    groups = [
        Kelompok(cause, [unit for unit in missing if view.cause_of(unit) is cause]) for cause in view.SEBAB.values()
    ]
    return {
        "bertindak": [group for group in groups if group.satker],
        "judul_bertindak": f"{view.number_text(len(missing))} satker belum lapor{uncollected(missing)}: siapa bertindak",
    }


def findings(lap: LaporanSatker) -> dict[str, object]:
    """What is wrong in a submission, row by row; at most ``BATAS_TEMUAN`` of a kind."""
    held, notes = len(lap.ditahan), len(lap.catatan)
    rows = [
        _finding(finding, effect)
        for table, effect in ((lap.ditahan, "ditahan"), (lap.catatan, "catatan"))
        for finding in _first(table)
    ]
    counts = [
        f"{view.number_text(count)} {word}"
        for count, word in ((held, "menahan baris" if lap.keadaan.lapor else "menolak kiriman"), (notes, "catatan"))
        if count
    ]
    return {"jumlah": held + notes, "baris": rows, "judul": "Temuan: " + ", ".join(counts)}


def _first(table: Tabel) -> Iterator[dict[str, Any]]:
    return Tabel(table.kolom, table.baris[:BATAS_TEMUAN]).records()


def _finding(finding: Mapping[str, Any], effect: str) -> dict[str, str]:
    return {
        "akibat": effect,
        "lembar": sheet_label(finding["lembar"]) or "Berkas",
        "baris": view.number_text(finding["baris"]) if finding["baris"] else "–",
        "kolom": column_place(finding["huruf"], finding["kolom"]) or "–",
        "pesan": without_place(finding["pesan"] or ""),
        "cara": sentence(finding["cara"] or ""),
        "kode": finding["kode"] or "",
    }


def activities(tabel: Tabel | None) -> dict[str, object]:
    """The accepted activities by date; at most ``BATAS_KEGIATAN``."""
    if tabel is None:
        return {"jumlah": 0, "baris": []}
    columns = {column.nama: column for _, column in view.public_columns("kegiatan", tabel)}
    ordered = sorted(tabel.records(), key=lambda row: (str(row.get("tanggal_mulai")), str(row.get("judul"))))
    return {"jumlah": len(ordered), "baris": [_activity(row, columns) for row in ordered[:BATAS_KEGIATAN]]}


def _activity(row: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, str]:
    def teks(name: str) -> str:
        return view.cell_text(columns[name], row[name]) if name in columns else ""

    return {
        "urut": str(row.get("tanggal_mulai") or "").replace("-", "")[:8] or "0",
        "tanggal": teks("tanggal_mulai"),
        "judul": teks("judul"),
        "jenis": teks("jenis_kegiatan"),
        "mode": teks("mode"),
        "peran": teks("peran_satker"),
        "peserta": f"{teks('jumlah_peserta')} {teks('satuan_peserta').lower()}".strip(),
        "tautan": view.safe_link(row.get("url_bukti")) if "url_bukti" in columns else "",
    }


def requests(tabel: Tabel | None) -> dict[str, object]:
    """Information requests by date, without anything personal; at most ``BATAS_PERMOHONAN``."""
    if tabel is None:
        return {"jumlah": 0, "baris": []}
    columns = HIMPUNAN["permohonan_info"].menurut_nama
    labels = breakdown("permohonan_ketepatan")
    shown = ("tanggal_terima", "jenis_pemohon", "informasi_diminta", "rezim", "putusan")
    rows = [
        {name: view.cell_text(columns[name], row.get(name)) for name in shown}
        | {
            "hari": view.number_text(_number(row.get("hari_kerja"))),
            "ketepatan": labels.get(str(row.get("ketepatan")), "–"),
        }
        for row in Tabel(tabel.kolom, tabel.baris[:BATAS_PERMOHONAN]).records()
    ]
    return {"jumlah": len(tabel), "baris": rows}


def _number(value: Nilai) -> int | float | None:
    return value if isinstance(value, int | float) else None


def issues(tabel: Tabel | None) -> Iterator[dict[str, str]]:
    """Hoaxes with every value as text."""
    if tabel is None:
        return
    columns = HIMPUNAN["isu_hoaks"].menurut_nama
    for row in tabel.records():
        yield {
            name: view.cell_text(columns[name], value) if name in columns else str(value) for name, value in row.items()
        }


def breakdowns(lap: Laporan) -> list[tuple[str, str, list[Angka], int, int | None]]:
    """Measures that have a breakdown, without its zero lines; what nobody stated, and their sum where parts add up."""
    kept = []
    for measure in _PECAHAN:
        figures = [figure for figure in lap.breakdown(measure) if figure.nilai]
        if figures and not (isinstance(lap, LaporanSatker) and measure in {"ketepatan", "status_kiriman"}):
            kept.append((measure, MENURUT_NAMA[measure].label, figures, *_rest_and_sum(lap, measure, figures)))
    return kept


def _rest_and_sum(report: Laporan, measure: str, figures: Iterable[Angka]) -> tuple[int, int | None]:
    """How many the breakdown leaves out of its whole, and the whole; (0, None) where parts do not add up."""
    if measure in _TAK_BERJUMLAH:
        return 0, None
    total = int(sum(figure.nilai or 0 for figure in figures))
    rest = max(0, report.count(_KESELURUHAN.get(measure.partition("_")[0], measure)) - total)
    return rest, total + rest


def breakdown_head(nama: str) -> str:
    """Head of the first column of a breakdown: what follows "menurut"."""
    return MENURUT_NAMA[nama].label.rpartition(" menurut ")[2].capitalize()


def trend(lap: Laporan) -> Gambar | None:
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
    return Gambar(*_trend_words(rates), curves, bars, [MENURUT_NAMA[one.ukuran].label for one in trends], rows)


def _trend_words(rates: Mapping[str, Any]) -> tuple[str, str]:
    """Heading that states the finding when the data bear it, and how to read the charts."""
    recent = [[value for _, value in trend.titik if value is not None][-2:] for trend in rates.values()]
    rising = len(recent) == 2 and all(len(pair) == 2 and pair[1] > pair[0] for pair in recent)
    scale = "Tiap grafik batang memakai skalanya sendiri, mulai dari nol."
    if not rates:
        return "Perkembangan per triwulan", scale
    title = "Laporan makin lengkap dan makin tepat waktu" if rising else "Perkembangan per triwulan"
    return title, f"Garis: persen dari seluruh kewajiban; sumbu tidak selalu mulai dari nol. {scale}"


def line_charts(periode: list[str], nilai: Mapping[str, list[Any]]) -> tuple[Markup, Markup] | None:
    """Completeness and punctuality over time, wide and narrow."""
    if not nilai:
        return None
    series = [
        charts.Deret(
            MENURUT_NAMA[measure].label, tuple(map(_floored, nilai[measure])), putus=measure == "ketepatan_waktu"
        )
        for measure in ("kelengkapan", "ketepatan_waktu")
        if measure in nilai
    ]
    wide = [view.period_of(period).label_pendek for period in periode]
    narrow = [f"{period[-1]}/{period[2:4]}" for period in periode]
    title = "Kelengkapan dan ketepatan waktu"
    return (
        Markup(charts.lines(wide, series, title).svg),  # noqa: S704 - built by our own charts, text escaped there
        Markup(charts.lines(narrow, series, title, sempit=True).svg),  # noqa: S704
    )


def _floored(value: float | None) -> float | None:
    """One decimal, rounded down as every printed percentage is."""
    return None if value is None else math.floor(round(value, 9) * 10) / 10


def _columns(measure: str, points: Iterable[tuple[str, int | float | None]]) -> tuple[str, Markup]:
    label = MENURUT_NAMA[measure].label
    short = [(f"TW {period[-1]} ’{period[2:4]}", value) for period, value in points]
    return label, Markup(charts.bar_columns(short, label, lebar=300, tinggi=120).svg)  # noqa: S704 - as above


def downloads(lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> list[Unduhan]:
    """Files of this edition that lie beside the page."""
    stem = f"laporan/{lap.id}"
    candidates = [
        ("Laporan triwulan (PDF)", f"{stem}.pdf"),
        ("Semua angka dan baris (XLSX)" if isinstance(lap, LaporanSatker) else "Semua angka (XLSX)", f"{stem}.xlsx"),
    ]
    if isinstance(lap, LaporanNasional):
        candidates += [
            ("Angka nasional dan provinsi (CSV)", "data/angka.csv"),
            ("Keadaan setiap satuan kerja (CSV)", "data/satker.csv"),
        ]
    return files_of(candidates, berkas)


def files_of(calon: Iterable[tuple[str, str]], berkas: Mapping[str, BerkasTerbit]) -> list[Unduhan]:
    """Those of the files, by label and path, that lie beside the pages."""
    there = ((label, berkas[name]) for label, name in calon if name in berkas)
    return [Unduhan(label, file.nama, view.size_text(file.ukuran), f"{file.sidik[:8]}…") for label, file in there]


def earlier(lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> list[tuple[int, str]]:
    """Earlier editions whose PDF still lies there."""
    names = (
        (edition, f"laporan/{report_id(lap.kepala.lembaga, *lap.kunci, lap.kepala.periode, edition)}.pdf")
        for edition in range(1, lap.edisi)
    )
    return [(edition, name) for edition, name in names if name in berkas]


def origin(lap: Laporan) -> str:
    """What the figures of a report come from: submissions, rows, edition, digest of the data."""
    if isinstance(lap, LaporanSatker):
        in_force = [source for source in lap.sumber if source.berlaku]
        sources = "; ".join(
            f"berkas {view.time_text(source.diterima_pada)}, SHA-256 {source.sidik[:16]}…" for source in in_force
        )
    else:
        sources = f"{view.number_text(lap.count('satker_lapor'))} laporan satker"
    accepted = f"{view.number_text(lap.count('baris', 'diterima'))} baris diterima"
    edition = f"{lap.id}, terbit {view.date_text(lap.terbit)}" if lap.dicetak else "belum ada edisi"
    return "; ".join(text for text in (sources, accepted, edition, f"sidik data {lap.sidik[:16]}…") if text)


def cause_of_change(lap: LaporanSatker) -> str:
    """The file because of which a unit has a new edition."""
    in_force = next((source for source in lap.sumber if source.berlaku), None)
    return (
        f"berkas yang diterima {view.time_text(in_force.diterima_pada)} (sidik {in_force.sidik[:16]}…)"
        if in_force
        else ""
    )


def cause_of_units(satker: Collection[str]) -> str:
    """The units because of which a province or the nation has a new edition."""
    names = list(satker)
    others = f"; dan {len(names) - 30} satker lain" if len(names) > 30 else ""
    return f"berkas {'; '.join(names[:30])}{others}" if names else ""


def rules(aturan: Iterable[HitungAturan]) -> list[dict[str, object]]:
    """The most broken rules, the most frequent first, whatever they lead to; at most ``BATAS_ATURAN``."""
    ranked = sorted(aturan, key=lambda rule: (-rule.temuan, rule.kode))[:BATAS_ATURAN]
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
