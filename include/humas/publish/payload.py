"""A report as ready text for the PDF templates: words, formats, charts; no decision about data is made here."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from statistics import median
from typing import Any

from humas.bodies import BODIES, TIER_NAMES
from humas.contract.vocabulary import NOT_STATED, load_vocabulary
from humas.publish import charts
from humas.publish.printable import clean_tree
from humas.publish.year_payload import annual_payload
from humas.registry import Lembaga
from humas.report import ledger, view
from humas.report.annual import HIGHLIGHTS
from humas.report.findings import column_place, rule_code, rule_text, sentence, sheet_label, without_place
from humas.report.measures import BY_NAME, LETTERS, TIMELINESS, breakdown, measures_of
from humas.report.model import (
    AnnualReport,
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
)
from humas.report.narrative import (
    ACEH_NAMES,
    conservation,
    framework_heading,
    framework_of,
    narrate,
    office,
    quarter,
    title_name,
    without_report,
)
from humas.report.text import (
    format_number,
    full_date,
    long_date,
    opening,
    percent,
    percent_number,
    share,
    short_date,
    short_moment,
)
from humas.report.zones import deadline_clock, local_time

MAX_ROWS = 120
RULE_ROWS = 12
_BLANK = "–"
_MINUS = "\u2212"
_TRENDS = ("kegiatan_dilaporkan", "publikasi", "permohonan")


def payload(report: Report) -> dict[str, Any]:
    """Everything the template prints, every string printable."""
    content = _frame(report)
    if isinstance(report, SatkerReport):
        content |= _common(report) | _unit(report)
    elif isinstance(report, ProvinceReport):
        content |= _common(report) | _province(report)
    elif isinstance(report, NationReport):
        content |= _common(report) | _nation(report)
    elif isinstance(report, AnnualReport):
        content |= annual_payload(report) | {"angka": _cards(report, *((name,) for name in HIGHLIGHTS))}
    cleaned: dict[str, Any] = clean_tree(content)
    return cleaned


def qr_text(report: Report) -> str:
    """What the QR code says: report id and data digest, in its compact alphabet."""
    return f"{report.id}:{report.sidik}".upper()


def keywords(report: Report) -> list[str]:
    """What the PDF's metadata say for :mod:`humas.publish.verify`: report id and data digest."""
    return [report.id, f"sidik:{report.sidik}"]


# ---------- all reports ----------


def _frame(report: Report) -> dict[str, Any]:
    """What a report of any period has around its contents: letterhead, identity, signatures, digest, changes."""
    period, header = view.period_of(report.kepala.periode), report.kepala
    name, kind = (
        title_name(report),
        "Laporan Tahunan Kehumasan" if isinstance(report, AnnualReport) else "Laporan Kehumasan",
    )
    return {
        "jenis": report.jenis,
        "judul": f"{kind} {name}, {period.label}",
        "uraian": f"{kind.capitalize()} {name} untuk {period.span}, edisi {report.edisi}.",
        "penyusun": office(report) or Lembaga(header.lembaga).long_name,
        "kata_kunci": keywords(report),
        "kepala_halaman": f"{kind} {name}",
        "jenis_laporan": {"satker": kind, "provinsi": f"{kind} Provinsi", "nasional": f"{kind} Nasional"}[
            header.lingkup
        ],
        "kop": _letterhead(report),
        "periode": period.label,
        "id": report.id,
        "edisi": str(report.edisi),
        "sidik": report.sidik,
        "qr": {"svg": _qr(report), "alt": f"Kode QR berisi nomor laporan {report.id} dan sidik data"},
        "identitas": _identity(report),
        "catatan": _assumption_note(report),
        "penyusun_jabatan": f"Pejabat kehumasan {office(report)}".strip(),
        "pengesah_jabatan": _signer(report),
        "tren": _trend(report),
        "ralat": [
            [
                change.id,
                view.label_in(report, change),
                _value(change.ukuran, change.lama),
                _value(change.ukuran, change.baru),
            ]
            for change in report.ralat
        ],
    }


def _common(report: Report) -> dict[str, Any]:
    """What the three kinds of a quarter's reports have in common within."""
    return {
        "triwulan_lalu": quarter(report).previous().short_label,
        "dihitung": [{"nama": one.name, "label": one.label} for one in view.counted(report.kepala.lembaga)],
        "narasi": asdict(narrate(report)),
        "neraca": _conservation(report),
        "buku": _ledger(report),
        "strategi": _strategies(report),
        "mitra": _partners(report),
        "kanal": _parts(report, "publikasi_kanal", "publikasi"),
        "lampiran": _appendices(report),
    }


def _letterhead(report: Report) -> list[str]:
    """Two lines, as the body has them at this tier."""
    return [
        _filled(line, report).upper() for line in BODIES[report.kepala.lembaga].report.letterhead(report.kepala.tingkat)
    ]


def _signer(report: Report) -> str:
    """The post that signs, as the body has it at this tier."""
    return _filled(BODIES[report.kepala.lembaga].report.signer(report.kepala.tingkat), report)


def _filled(text: str, report: Report) -> str:
    """A text of the body with its places filled: the office, the body by the name it has there, the region."""
    own_office = office(report)
    lembaga = ACEH_NAMES.get(own_office.partition(" ")[0], Lembaga(report.kepala.lembaga).long_name)
    return text.format(kantor=own_office or title_name(report), lembaga=lembaga, wilayah=report.kepala.nama_wilayah)


def _identity(report: Report) -> list[list[str]]:
    header = report.kepala
    lines = [["Periode", view.period_of(header.periode).span]]
    if isinstance(report, SatkerReport):
        place = f", {header.nama_provinsi}" if header.tingkat not in {"provinsi", "nasional"} else ""
        standing = report.keadaan
        lines = [["Satuan kerja", f"{header.nama} ({header.kode}){place}"], *lines]
        lines += [
            ["Tenggat", f"{full_date(due.tanggal)}{deadline_clock(report)}{_assumed(report)}"] for due in header.tenggat
        ]
        lines.append([
            "Diterima",
            f"{local_time(report, standing.diterima_pada)}: {view.timeliness_of(standing).lower()}",
        ])
        lines.append(["Hasil pemeriksaan", f"{view.RESULTS[standing.status]}: {_rows(report)}"])
    elif isinstance(report, AnnualReport) and header.lingkup == "satker":
        place = f", {header.nama_provinsi}" if header.tingkat not in {"provinsi", "nasional"} else ""
        lines = [["Satuan kerja", f"{header.nama} ({header.kode}){place}"], *lines, ["Neraca baris", _rows(report)]]
    else:
        obliged, reporting = report.count("satker_wajib"), report.count("satker_lapor")
        lines.append(["Cakupan", f"{format_number(obliged)} satuan kerja, {format_number(reporting)} melapor"])
        lines += [
            [f"Tenggat {TIER_NAMES.get(due.tingkat, due.tingkat)}", f"{long_date(due.tanggal)}{_assumed(report)}"]
            for due in header.tenggat
        ]
        lines.append(["Neraca baris", _rows(report)])
    return [*lines, ["Edisi", f"{report.edisi}, terbit {long_date(report.terbit)}"]]


def _assumed(report: Report) -> str:
    return " (asumsi)" if report.kepala.asumsi_tenggat else ""


def _rows(report: Report) -> str:
    incoming, accepted, held, duplicates = conservation(report)
    if not incoming:
        return "tidak ada baris"
    return f"{format_number(incoming)} baris masuk = {format_number(accepted)} diterima + {format_number(held)} ditahan + {format_number(duplicates)} kembar"


def _assumption_note(report: Report) -> str:
    if not report.kepala.asumsi_tenggat:
        return ""
    return "Tenggat adalah asumsi pemasangan ini; belum ada keputusan yang menetapkannya."


@cache
def _qr_path(text: str) -> str:
    import segno

    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", xmldecl=False, border=1, dark=charts.INK)
    return buffer.getvalue().decode()


def _qr(report: Report) -> str:
    return _qr_path(qr_text(report))


def _conservation(report: Report) -> dict[str, Any]:
    incoming, accepted, held, duplicates = conservation(report)
    difference = incoming - accepted - held - duplicates
    figure = report.figure("baris", "masuk")
    return {
        "nilai": [format_number(count) for count in (incoming, accepted, held, duplicates)],
        "cocok": not difference,
        "kata": "Cocok, selisih 0" if not difference else f"Selisih {format_number(difference)}",
        "id": figure.id if figure else "",
    }


def _ledger(report: Report) -> dict[str, Any]:
    """The proof of the ledger by data set, and what became of the rows of a unit that no longer count."""
    content: dict[str, Any] = {"baris": ledger.table(report), "kaki": ledger.sums(report), "lain": [], "catatan": ""}
    if isinstance(report, SatkerReport) and report.buku:
        rest = ledger.rest(report)
        content["lain"] = [list(line) for line in ledger.lines(report)]
        content["catatan"] = (
            f"{format_number(rest)} baris lain dimuat dalam buku kerja XLSX laporan ini." if rest else ""
        )
    return content


def _trend(report: Report) -> list[dict[str, str]]:
    panels = []
    for trend in report.tren:
        if trend.ukuran in _TRENDS and any(value for _, value in trend.titik):
            title = BY_NAME[trend.ukuran].label
            chart = charts.bar_columns([(_short_quarter(period), value) for period, value in trend.titik], title)
            panels.append({"judul": title, "svg": chart.svg, "alt": chart.alt})
    return panels


def _short_quarter(key: str) -> str:
    """``III '26`` from ``2026-TW3``."""
    year, number = key.split("-TW")
    return f"{('I', 'II', 'III', 'IV')[int(number) - 1]} \u2019{year[2:]}"


def _strategies(report: Report) -> dict[str, Any]:
    title, noun = framework_heading(report), framework_of(report).noun
    by_strategy = {figure.rincian: figure for figure in report.breakdown("kegiatan_strategi")}
    total = report.figure("kegiatan_dilaporkan")
    if not total or not total.nilai:
        return {"judul": title, "sebutan": noun, "baris": [], "kaki": [], "ada_lalu": False}
    peak = max((figure.nilai or 0 for figure in by_strategy.values()), default=0) or 1
    rows = []
    framework = framework_of(report)
    for part in framework.parts:
        figure = by_strategy.get(part.value)
        value = figure.nilai or 0 if figure else 0
        rows.append({
            "nama": f"{part.value}. {part.label}",
            "w": value / peak,
            "n": format_number(value),
            **_before(figure),
        })
    unsaid = by_strategy.get(NOT_STATED)
    if unsaid and unsaid.nilai:
        value = unsaid.nilai
        rows.append({"nama": unsaid.label, "w": value / peak, "n": format_number(value), **_before(unsaid)})
    footer = ["Jumlah", "", format_number(total.nilai), *_before(total).values()]
    return {
        "judul": title, "sebutan": noun, "baris": rows, "kaki": footer, "ada_lalu": total.sebelumnya is not None,
    }  # fmt: skip


def _partners(report: Report) -> dict[str, Any]:
    """The picture of networks: a bar for each kind of partner, and both counts beside it."""
    rows = [
        [bar.label, bar.width, format_number(bar.activities.nilai), format_number(bar.partners and bar.partners.nilai)]
        for bar in view.partner_bars(report)
    ]
    return {"baris": rows, "catatan": view.PARTNERS_NOTE}


def _before(figure: Figure | None) -> dict[str, str]:
    """Value of last quarter and the difference with its sign."""
    if figure is None or figure.nilai is None or figure.sebelumnya is None:
        return {"lalu": _BLANK, "selisih": _BLANK}
    difference = figure.nilai - figure.sebelumnya
    sign = "+" if difference > 0 else _MINUS if difference < 0 else ""
    return {"lalu": format_number(figure.sebelumnya), "selisih": sign + format_number(abs(difference))}


def _parts(report: Report, measure: str, whole_measure: str) -> dict[str, Any]:
    """A breakdown with shares, largest first, zeros left out."""
    whole = report.count(whole_measure)
    parts = sorted((part for part in report.breakdown(measure) if part.nilai), key=lambda part: -(part.nilai or 0))
    rows = [[part.label, format_number(part.nilai), share(part.nilai or 0, whole)] for part in parts]
    total = sum(part.nilai or 0 for part in parts)
    return {"baris": rows, "kaki": ["Jumlah", format_number(total), share(total, whole)] if rows else []}


def _appendices(report: Report) -> dict[str, str]:
    """Letters of the appendices that exist, in order."""
    appendices: list[tuple[str, bool]] = []
    if isinstance(report, SatkerReport):
        appendices = [
            ("kegiatan", bool(report.tabel.get("kegiatan"))),
            ("ditahan", bool(report.ditahan)),
            ("peringatan", bool(report.catatan)),
        ]
    elif isinstance(report, ProvinceReport):
        appendices = [("aturan", bool(report.aturan))]
    else:
        appendices = [("belum", True), ("kepatuhan", True), ("metode", True)]
    appendices += [("ralat", bool(report.ralat)), ("sidik", True)]
    return {key: "ABCDEFG"[position] for position, key in enumerate(key for key, shown in appendices if shown)}


def _value(measure: str, value: float | None) -> str:
    return percent(value) if BY_NAME[measure].persen else format_number(value)


def _card(report: Report, measure: str, note: str = "", breakdown: str = "", label: str = "") -> dict[str, str]:
    figure = report.figure(measure, breakdown)
    measuring_unit = BY_NAME[measure].satuan
    value = figure.nilai if figure else None
    text = _value(measure, value)
    return {
        "label": label or BY_NAME[measure].label,
        "id": figure.id if figure else "",
        "nilai": text.removesuffix("\u00a0%"),
        "satuan": (
            "%"
            if measuring_unit == "persen" and value is not None
            else measuring_unit
            if measuring_unit in {"hari kerja", "jam", "orang"} and value is not None
            else ""
        ),
        "ket": ledger.unreported(report, measure, breakdown) or note,
        "ubah": _delta(report, figure),
    }


def _cards(report: Report, *told: tuple[str, ...]) -> list[dict[str, str]]:
    """The main figures that have a place in the report; of each what :func:`_card` takes."""
    return [_card(report, *one) for one in told if ledger.is_main(report, one[0])]


def _delta(report: Report, figure: Figure | None) -> str:
    """``+5 dari TW II 2026``; for percentages in points."""
    if figure is None or figure.nilai is None or figure.sebelumnya is None:
        return ""
    before = view.period_of(report.kepala.periode).previous().short_label
    difference = round(figure.nilai - figure.sebelumnya, 1)
    if not difference:
        return f"sama dengan {before}"
    points = " poin" if figure.satuan == "persen" else ""
    return f"{'+' if difference > 0 else _MINUS}{format_number(abs(difference))}{points} dari {before}"


# ---------- one unit ----------


def _unit(report: SatkerReport) -> dict[str, Any]:
    return {
        "nihil": report.nihil,
        "angka": _unit_cards(report),
        "garis_waktu": _timeline(report),
        "kegiatan": _activities(report),
        "permohonan": _requests(report.tabel.get("permohonan_info")),
        "keberatan": _objections(report.tabel.get("keberatan")),
        "aspirasi": _voices(report.tabel.get("aspirasi")),
        "isu": _issues(report.tabel.get("isu_hoaks")),
        "pemberitaan": _coverage(report.tabel.get("pemberitaan")),
        "akun": _accounts(report.tabel.get("akun")),
        "ditahan": _findings(report.ditahan, report.kepala.lembaga),
        "diperbaiki": ledger.mended(report),
        "peringatan": _findings(report.catatan, report.kepala.lembaga),
        "sumber": [
            [
                source.sidik[:24],
                source.saluran,
                local_time(report, source.diterima_pada),
                view.RESULTS.get(source.status, source.status) + (" (berlaku)" if source.berlaku else ""),
            ]
            for source in report.sumber
        ],
    }


_ATTENDANCE = "jumlah kehadiran; orang berbeda tidak diketahui, karena nama peserta tidak dikumpulkan"


def _unit_cards(report: SatkerReport) -> list[dict[str, str]]:
    channels = sum(1 for figure in report.stated("publikasi_kanal") if figure.nilai)
    on_time, late = (report.count("permohonan_ketepatan", kind) for kind in ("tepat", "terlambat"))
    clarified = report.count("hoaks_diklarifikasi")
    return _cards(
        report,
        ("kegiatan_dilaporkan", f"{format_number(report.count('acara_unik'))} acara unik"),
        ("publikasi", f"di {format_number(channels)} kanal" if channels else ""),
        (
            "peserta",
            _ATTENDANCE,
            "orang/seluruh_acara",
            "Peserta seluruh acara",
        ),
        (
            "permohonan",
            f"{format_number(on_time)} dari {format_number(on_time + late)} dijawab tepat waktu"
            if on_time + late
            else "",
        ),
        ("permohonan_median_hari", "dari diterima sampai dijawab"),
        ("hoaks_isu", f"{format_number(clarified)} sudah diklarifikasi" if report.count("hoaks_isu") else ""),
    )


def _timeline(report: SatkerReport) -> dict[str, str]:
    end = quarter(report).end
    due = report.kepala.tenggat[0]
    points = [(short_date(end.isoformat()), "Triwulan berakhir", 0)]
    for iso, name in ((due.tanggal, "Tenggat"), (due.akhir_tenggang, "Akhir tenggang")):
        points.append((short_date(iso), name, (date.fromisoformat(iso) - end).days))
    arrival = report.keadaan.diterima_pada
    received = None
    if arrival:
        received = (short_date(arrival), "Laporan diterima", (datetime.fromisoformat(arrival).date() - end).days)
    return asdict(charts.timeline(points, received, "Ketepatan waktu"))


def _label(vocabulary: str, value: Value) -> str:
    return load_vocabulary()[vocabulary].label(str(value)) if value not in {None, ""} else _BLANK


def _or_dash(value: Value) -> str:
    return _BLANK if value in {None, ""} else str(value)


def _capped(rows: Iterable[Any], count: int, limit: int = MAX_ROWS) -> dict[str, Any]:
    """At most ``limit`` rows, and a note that says where the rest are."""
    printed = [row for row, _ in zip(rows, range(limit), strict=False)]
    rest = count - len(printed)
    return {
        "baris": printed,
        "catatan": f"{format_number(rest)} baris lain dimuat lengkap dalam buku kerja XLSX laporan ini."
        if rest
        else "",
    }


_SCOPES = ("seluruh_acara", "satker_ini")


def _activities(report: SatkerReport) -> dict[str, Any]:
    table = report.tabel.get("kegiatan") or Table(())
    rows = (
        [
            str(number),
            short_date(_iso(row, "tanggal_mulai")),
            _or_dash(row.get("judul")),
            _or_dash(row.get("strategi_utama")),
            _label("peran_satker", row.get("peran_satker")),
            *(_participants(row, scope) for scope in _SCOPES),
        ]
        for number, row in enumerate(table.records(), 1)
    )
    unique = format_number(report.count("acara_unik"))
    persons = [format_number(report.value("peserta", f"orang/{scope}")) for scope in _SCOPES]
    return _capped(rows, len(table)) | {
        "kaki": ["", "", f"{format_number(len(table))} kegiatan, {unique} acara unik", "", "", *persons]
    }


def _participants(row: Mapping[str, Value], scope: str) -> str:
    """Persons of one scope; another scope or unit is not added to it."""
    if row.get("satuan_peserta") != "orang" or row.get("lingkup_peserta") != scope:
        return _BLANK
    count = row.get("jumlah_peserta")
    return format_number(count) if isinstance(count, int | float) else _BLANK


def _iso(row: Mapping[str, Value], column: str) -> str | None:
    value = row.get(column)
    return value if isinstance(value, str) else None


def _requests(table: Table | None) -> dict[str, Any]:
    table = table or Table(())
    rows = (
        [
            str(number),
            short_date(_iso(row, "tanggal_terima")),
            _label("jenis_pemohon", row.get("jenis_pemohon")),
            _or_dash(row.get("informasi_diminta")),
            view.regime_text(row) or _BLANK,
            _or_dash(row.get("hari_kerja")),
            _label("putusan", row.get("putusan")),
            breakdown("permohonan_ketepatan").get(str(row.get("ketepatan")), _BLANK),
        ]
        for number, row in enumerate(table.records(), 1)
    )
    return _capped(rows, len(table), 60)


def _objections(table: Table | None) -> dict[str, Any]:
    table = table or Table(())
    rows = (
        [
            str(number),
            short_date(_iso(row, "tanggal_keberatan")),
            _label("alasan_keberatan", row.get("alasan")),
            view.regime_text(row) or _BLANK,
            _or_dash(row.get("hari_kerja")),
            _label("hasil_keberatan", row.get("hasil")),
            breakdown("keberatan_ketepatan").get(str(row.get("ketepatan")), _BLANK),
            _dispute(row),
        ]
        for number, row in enumerate(table.records(), 1)
    )
    return _capped(rows, len(table), 60)


def _voices(table: Table | None) -> dict[str, Any]:
    table = table or Table(())
    rows = (
        [
            str(number),
            short_date(_iso(row, "tanggal_disampaikan")),
            _label("jenis_aspirasi", row.get("jenis_aspirasi")),
            _label("saluran_aspirasi", row.get("saluran")),
            _or_dash(row.get("ringkasan")),
            _or_dash(row.get("diteruskan_kepada")),
            _label("tindak_lanjut_aspirasi", row.get("tindak_lanjut")),
            short_date(day) if (day := _iso(row, "tanggal_diberi_tahu")) else _BLANK,
        ]
        for number, row in enumerate(table.records(), 1)
    )
    return _capped(rows, len(table), 60)


def _accounts(table: Table | None) -> dict[str, Any]:
    table = table or Table(())
    rows = (
        [
            str(number),
            _label("platform_akun", row.get("platform")),
            _or_dash(row.get("nama_akun") or row.get("tautan")),
            _label("status_akun", row.get("status")),
            format_number(row["pengikut"]) if isinstance(row.get("pengikut"), int | float) else _BLANK,
            short_date(day) if (day := _iso(row, "tanggal_data")) else _BLANK,
            short_date(day) if (day := _iso(row, "unggahan_terakhir")) else _BLANK,
        ]
        for number, row in enumerate(table.records(), 1)
    )
    return _capped(rows, len(table), 60)


def _dispute(row: Mapping[str, Value]) -> str:
    """Whether the objection went to the commission, when, and with what end."""
    if row.get("sengketa") != "ya":
        return _label("ya_tidak", row.get("sengketa"))
    end = _label("hasil_sengketa", row.get("hasil_sengketa"))
    day = _iso(row, "tanggal_sengketa")
    parts = (short_date(day) if day else "", end.lower() if end != _BLANK else "")
    return ", ".join(part for part in parts if part) or "Ya"


def _coverage(table: Table | None) -> dict[str, Any]:
    table = table or Table(())
    rows = (
        [
            str(number),
            short_date(_iso(row, "tanggal_berita")),
            _or_dash(row.get("media")),
            _or_dash(row.get("judul_berita")),
            _label("nada", row.get("nada")),
            _or_dash(row.get("isu")),
            _answer(row),
        ]
        for number, row in enumerate(table.records(), 1)
    )
    return _capped(rows, len(table), 60)


def _answer(row: Mapping[str, Value]) -> str:
    """What was done about an item, and when."""
    day = _iso(row, "tanggal_tanggapan")
    answer = _label("tanggapan_berita", row.get("tanggapan"))
    return f"{answer}, {short_date(day)}" if day else answer


def _issues(table: Table | None) -> dict[str, Any]:
    table = table or Table(())
    rows = (
        [
            _or_dash(row.get("judul_klaim")),
            _or_dash(row.get("jumlah_konten")),
            short_moment(_iso(row, "tanggal_temuan")),
            short_moment(_iso(row, "tanggal_klarifikasi")),
            _hours(row),
            _label("status_isu", row.get("status")),
        ]
        for row in table.records()
    )
    return _capped(rows, len(table), 60)


def _hours(row: Mapping[str, Value]) -> str:
    """Hours from discovery to clarification."""
    start, end = _iso(row, "tanggal_temuan"), _iso(row, "tanggal_klarifikasi")
    if not start or not end:
        return _BLANK
    return f"{format_number((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 3600)} jam"


def _findings(table: Table, body: str) -> dict[str, Any]:
    """Findings with their place in columns, and the message without it."""
    rows = (
        [
            sheet_label(finding.get("lembar")) or _BLANK,
            format_number(finding["baris"]) if finding.get("baris") and isinstance(finding["baris"], int) else _BLANK,
            column_place(finding.get("huruf"), finding.get("kolom"), body) or _BLANK,
            _or_dash(finding.get("kode")),
            without_place(_or_dash(finding.get("pesan"))),
            sentence(_or_dash(finding.get("cara"))),
        ]
        for finding in table.records()
    )
    return _capped(rows, len(table), 60)


# ---------- province and nation ----------


def _level_cards(report: Report) -> list[dict[str, str]]:
    obliged = format_number(report.count("satker_wajib"))
    reporting, on_time = report.count("satker_lapor"), report.count("ketepatan", "tepat_waktu")
    days, clarified = report.value("permohonan_median_hari"), report.count("hoaks_diklarifikasi")
    return _cards(
        report,
        ("kelengkapan", f"{format_number(reporting)} dari {obliged} kewajiban"),
        ("ketepatan_waktu", f"{format_number(on_time)} dari {obliged} kewajiban"),
        ("kegiatan_dilaporkan", f"{format_number(report.count('acara_unik'))} acara unik"),
        ("publikasi", _median_publications(report)),
        ("permohonan", f"median jawaban {format_number(days)} hari kerja" if days is not None else ""),
        ("hoaks_isu", f"{format_number(clarified)} sudah diklarifikasi" if report.count("hoaks_isu") else ""),
    )


def _median_publications(report: Report) -> str:
    satker = report.satker if isinstance(report, ProvinceReport | NationReport) else ()
    counts = [unit.publikasi for unit in satker if unit.publikasi is not None]
    return f"median {format_number(median(counts))} tiap satker melapor" if counts else ""


def _punctuality(report: Report) -> dict[str, str]:
    parts = [(kind, label, report.count("ketepatan", kind)) for kind, label in TIMELINESS.items()]
    return asdict(charts.stacked_bar(parts, "Kewajiban menurut ketepatan"))


def _standing(unit: Standing) -> list[Any]:
    badge = {"jenis": unit.ketepatan, "kata": view.timeliness_of(unit)}
    held = unit.ditahan if unit.lapor else None
    figures = [format_number(count) for count in (unit.kegiatan, unit.publikasi, held)]
    return [unit.kode, unit.nama, badge, view.SHORT_RESULTS.get(unit.hasil, unit.hasil), *figures]


def _silent(satker: Sequence[Standing]) -> list[Standing]:
    return [unit for unit in satker if not unit.lapor]


def _silent_sentence(satker: Sequence[Standing]) -> str:
    return f"{opening(len(_silent(satker)))} dari {format_number(len(satker))} satuan kerja {without_report(satker)}. Keadaannya disebut menurut siapa yang perlu bertindak."


def _rules(rules: Sequence[RuleCount]) -> dict[str, list[list[str]]]:
    """Rules that held rows, and rules that only left a note, the most frequent of each first."""
    return {
        name: [
            [rule_code(rule.kode), rule_text(rule.kode), format_number(rule.temuan), format_number(rule.satker)]
            for rule in rules
            if (rule.keparahan == "FATAL") is holding
        ][:RULE_ROWS]
        for name, holding in (("menahan", True), ("mencatat", False))
    }


def _province(report: ProvinceReport) -> dict[str, Any]:
    issues = (
        [
            _or_dash(issue.get("judul_klaim")),
            _or_dash(issue.get("nama")),
            _label("status_isu", issue.get("status")),
            short_moment(_iso(issue, "tanggal_temuan")),
            _hours(issue),
        ]
        for issue in report.isu.records()
    )
    counts = [report.value("kegiatan_dilaporkan"), report.value("publikasi"), report.ditahan_kini]
    reporting = (
        f"{format_number(report.count('satker_lapor'))} dari {format_number(report.count('satker_wajib'))} melapor"
    )
    return {
        "angka": _level_cards(report),
        "batang_ketepatan": _punctuality(report),
        "belum": [[unit.kode, unit.nama, *_cause(unit)] for unit in _silent(report.satker)],
        "kalimat_belum": _silent_sentence(report.satker),
        "kepatuhan": [_standing(unit) for unit in report.satker],
        "median": view.medians(report.satker, report.kepala.lembaga),
        "layanan": _service_tables(report),
        "kepatuhan_kaki": ["", reporting, "", "", *(format_number(count) for count in counts)],
        "isu": _capped(issues, len(report.isu), 80),
        "aturan": _rules(report.aturan),
    }


def _nation(report: NationReport) -> dict[str, Any]:
    complete = sum(province.wajib == province.lapor for province in report.provinsi)
    names = {province.kode: _province_name(province) for province in report.provinsi}
    tiles = [
        charts.Tile(province.kode, province.nama, province.kelengkapan if province.lapor else None)
        for province in report.provinsi
    ]
    content = {
        "angka": _level_cards(report),
        "judul_peta": f"{complete} dari {len(report.provinsi)} provinsi lengkap",
        "peta": asdict(charts.tile_map(tiles, "Kelengkapan laporan tiap provinsi, persen")),
        "keterangan_peta": asdict(charts.legend()),
        "batang_ketepatan": _punctuality(report),
        "selang": _interval_chart(report),
        "kalimat_selang": "Titik ialah kelengkapan, garis ialah selang 95 % (Wilson). Provinsi yang selangnya bertumpuk belum berarti berbeda, maka tidak diperingkat.",
        "provinsi": [_province_row(province, report.kepala.lembaga) for province in report.provinsi],
        "provinsi_kaki": _nation_totals(report),
        "layanan": _service_tables(report),
        "respons": _responses(report),
        "aturan": _rules(report.aturan),
        "belum": [
            [unit.kode, unit.nama, names.get(unit.kode[:2], _BLANK), *_cause(unit)] for unit in _silent(report.satker)
        ],
        "kalimat_belum": _silent_sentence(report.satker),
        "sebab": _causes(report.satker),
        "kepatuhan": _by_province(report),
        "median": view.medians(report.satker, report.kepala.lembaga),
        "metode": [
            [f"{LETTERS['nasional']}{measure.nomor}", measure.label, measure.rumus]
            for measure in measures_of(report.kepala.lembaga).values()
        ],
    }
    return content | _nation_lines(report)


def _by_province(report: NationReport) -> list[dict[str, Any]]:
    """All units in groups: the national office, then each province with how many of its units reported."""
    members: dict[str, list[Standing]] = {}
    for unit in report.satker:
        members.setdefault(unit.kode[:2], []).append(unit)
    names = {province.kode: _province_name(province) for province in report.provinsi}
    return [
        {
            "judul": f"{names.get(code, 'Kantor pusat')}: {sum(unit.lapor for unit in satker)} dari {len(satker)} melapor",
            "baris": [_standing(unit) for unit in satker],
        }
        for code, satker in members.items()
    ]


def _service_tables(report: Report) -> dict[str, list[list[str]]]:
    """Requests by punctuality and by decision, objections by punctuality and reason, voices of the public, issues by class, coverage by tone and kind, accounts by platform and status, their followers: label, count, share in percent."""
    return {
        "ketepatan": _parts(report, "permohonan_ketepatan", "permohonan")["baris"],
        "putusan": _parts(report, "permohonan_putusan", "permohonan")["baris"],
        "keberatan": _parts(report, "keberatan_ketepatan", "keberatan")["baris"],
        "alasan": _parts(report, "keberatan_alasan", "keberatan")["baris"],
        "aspirasi": _parts(report, "aspirasi_jenis", "aspirasi")["baris"],
        "saluran": _parts(report, "aspirasi_saluran", "aspirasi")["baris"],
        "tindak_lanjut": _parts(report, "aspirasi_tindak_lanjut", "aspirasi")["baris"],
        "klasifikasi": _parts(report, "hoaks_klasifikasi", "hoaks_isu")["baris"],
        "nada": _parts(report, "pemberitaan_nada", "pemberitaan")["baris"],
        "jenis_media": _parts(report, "pemberitaan_jenis_media", "pemberitaan")["baris"],
        "akun": _parts(report, "akun_platform", "akun")["baris"],
        "status_akun": _parts(report, "akun_status", "akun")["baris"],
        "pengikut": _parts(report, "akun_pengikut_platform", "akun_pengikut")["baris"],
    }


def _responses(report: Report) -> list[list[str]]:
    """How fast issues were answered: measure, value with unit, trace code."""
    measures = ("hoaks_isu", "hoaks_konten", "hoaks_diklarifikasi", "hoaks_median_jam", "hoaks_p90_jam")
    figures = [figure for measure in measures if (figure := report.figure(measure)) and figure.nilai is not None]
    return (
        [[figure.label, f"{format_number(figure.nilai)} {figure.satuan}", figure.id] for figure in figures]
        if report.count("hoaks_isu")
        else []
    )


_SHORTENINGS = (("Provinsi ", ""), ("Daerah Khusus Ibukota ", "DKI "), ("Daerah Istimewa ", "DI "))


def _province_name(province: ProvinceState) -> str:
    """The name people use: "Jawa Tengah", "DKI Jakarta"."""
    name = province.nama
    for long, short in _SHORTENINGS:
        name = name.replace(long, short)
    return name


def _province_row(province: ProvinceState, body: str) -> list[str]:
    return [
        _province_name(province),
        f"{format_number(province.lapor)} dari {format_number(province.wajib)}",
        percent_number(province.kelengkapan),
        percent_number(province.ketepatan_waktu),
        *(format_number(getattr(province, one.name)) for one in view.counted(body)),
        format_number(province.ditahan),
    ]


def _causes(satker: Sequence[Standing]) -> list[list[str]]:
    """Why units are silent and who acts, the most frequent first."""
    counts = Counter(_cause(unit) for unit in _silent(satker))
    return [[*cause, format_number(count)] for cause, count in counts.most_common()]


def _cause(unit: Standing) -> tuple[str, str]:
    """What happened, and who must act; the same words as on the pages."""
    cause = view.cause_of(unit)
    return cause.judul, cause.siapa


_COUNTED_BY = {
    "kegiatan": "kegiatan_dilaporkan",
    "publikasi": "publikasi",
    "permohonan": "permohonan",
    "hoaks": "hoaks_isu",
}
"""Measure of the nation for each count of a province."""


def _nation_totals(report: NationReport) -> list[str]:
    obliged, reporting = report.count("satker_wajib"), report.count("satker_lapor")
    rates = [percent_number(report.value(measure)) for measure in ("kelengkapan", "ketepatan_waktu")]
    counts = [report.value(_COUNTED_BY[one.name]) for one in view.counted(report.kepala.lembaga)]
    held = report.ditahan_kini
    return [
        "Nasional",
        f"{format_number(reporting)} dari {format_number(obliged)}",
        *rates,
        *map(format_number, [*counts, held]),
    ]


def _short_name(province: ProvinceState) -> str:
    """The province's name, or its abbreviation where it is too long for a chart."""
    name = _province_name(province)
    return name if len(name) <= 25 else province.singkatan


def _interval_chart(report: NationReport) -> dict[str, str]:
    rows = [
        charts.Interval(
            _short_name(province), province.kelengkapan, province.selang_bawah or 0.0, province.selang_atas or 0.0
        )
        for province in report.provinsi
        if province.kelengkapan is not None
    ]
    return asdict(charts.intervals(rows, "Kelengkapan provinsi dengan selang 95 %"))


def _nation_lines(report: NationReport) -> dict[str, Any]:
    """The line chart of the two rates, when there is more than one quarter."""
    trends = {trend.ukuran: trend for trend in report.tren}
    if "kelengkapan" not in trends or "ketepatan_waktu" not in trends:
        return {}
    series = [
        charts.Curve("Kelengkapan", tuple(value for _, value in trends["kelengkapan"].titik)),
        charts.Curve("Ketepatan waktu", tuple(value for _, value in trends["ketepatan_waktu"].titik), putus=True),
    ]
    label = [_short_quarter(period) for period, _ in trends["kelengkapan"].titik]
    return {"garis": asdict(charts.lines(label, series, "Kelengkapan dan ketepatan waktu, persen"))}
