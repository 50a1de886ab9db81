"""What a reader sees of a value: Indonesian numbers, dates, labels, safe links. Shared by pages and workbook.

Formatting is remembered, because the same few thousand numbers and dates stand on 592 pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Final
from urllib.parse import urlsplit

from humas.bodies import BODIES, Framework
from humas.contract.columns import BY_NAME as DATASETS
from humas.contract.columns import Column, ColumnType, Privacy, datasets_of
from humas.contract.vocabulary import load_vocabulary
from humas.periods import Period, parse_period
from humas.report.measures import ABSENT, BY_NAME, STATUS, TIMELINESS, figure_label, measures_of
from humas.report.model import NOT_COLLECTED, Change, Figure, Report, Standing, Table, Value
from humas.report.text import date_and_time, format_number, long_date, percent_number

RESULTS = STATUS | {NOT_COLLECTED: ABSENT[NOT_COLLECTED]}
SHORT_RESULTS = RESULTS | {"diterima_dengan_catatan": "Dengan catatan"}
TIERS = {"kabkota": "kabupaten/kota", "provinsi": "provinsi", "nasional": "nasional"}


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a unit has no report that counts: what happened, who must act, how."""

    judul: str
    siapa: str
    apa: str
    cara: str


CAUSES: dict[str, Cause] = {
    "sumber": Cause(
        "Saluran gagal dibaca",
        "Pengelola sumber data",
        "Saluran satker ini gagal dibaca, sehingga belum ada laporan yang dapat dihitung.",
        "Pengelola memulihkan API atau berkasnya; sesudah itu admin mengumpulkan ulang.",
    ),
    "pengirim": Cause(
        "Kiriman tidak dapat dipakai",
        "Satker pengirim",
        "Kiriman sudah tiba, tetapi tidak dapat dipakai.",
        "Satker memperbaiki berkas menurut pesan pada halamannya, lalu mengirim ulang.",
    ),
    "sistem": Cause(
        "Gangguan pada sistem kami",
        "Admin sistem",
        "Sistem kami gagal memproses saluran satker ini.",
        "Admin memperbaiki sistem, lalu mengumpulkan ulang; satker tidak perlu mengirim lagi.",
    ),
    "program": Cause(
        "Galat program kami",
        "Admin sistem",
        "Kiriman satker ini tersimpan, tetapi program kami gagal menyusun laporannya; kesalahan bukan pada satker.",
        "Admin mengirim catatan galat ke pengembang; sesudah program dibetulkan, laporan ini terbit.",
    ),
    "nonaktif": Cause(
        "Saluran dimatikan",
        "Admin sistem",
        "Pendaftaran saluran satker ini keliru, sehingga salurannya dimatikan.",
        "Admin memperbaiki pendaftarannya, lalu mengumpulkan ulang.",
    ),
    "tanpa_saluran": Cause(
        "Belum ada saluran",
        "Admin sistem",
        "Belum ada saluran yang terdaftar untuk satker ini.",
        "Admin mendaftarkan alamat API atau berkas satker pada register.",
    ),
    "belum_mengirim": Cause(
        "Belum mengirim",
        "Satker pengirim",
        "Belum ada kiriman untuk periode ini.",
        "Satker mengirim laporan, atau menyatakan nihil bila tidak ada kegiatan.",
    ),
    NOT_COLLECTED: Cause(
        ABSENT[NOT_COLLECTED],
        "Admin sistem",
        "Data satker ini belum diminta: pengumpulan periode ini baru dijalankan untuk satker lain.",
        "Admin menjalankan pengumpulan untuk semua satker, atau menyebut satker ini.",
    ),
}


_COMPARISON = (("nasional", "Kantor pusat"), ("provinsi", "Provinsi"), ("kabupaten", "Kabupaten"), ("kota", "Kota"))


@dataclass(frozen=True, slots=True)
class PartnerBar:
    """A kind of partner in the picture of networks: activities with it, and its partners, each named once. width: of its bar, 0 to 1."""

    label: str
    activities: Figure
    partners: Figure | None
    width: float


PARTNERS_NOTE: Final = (
    "Panjang batang menurut kegiatan. Satu kegiatan dapat mempunyai beberapa jenis mitra, sehingga kolom tidak dijumlah. "
    "Ejaan dan singkatan yang lazim dari satu mitra dihitung satu."
)


def partner_bars(report: Report) -> list[PartnerBar]:
    """The kinds of partner that activities name, those of most activities first; bars are measured by the longest."""
    activities = [figure for figure in report.breakdown("kegiatan_jenis_mitra") if figure.nilai]
    activities.sort(key=lambda figure: -(figure.nilai or 0))
    peak = max((figure.nilai or 0 for figure in activities), default=0)
    return [
        PartnerBar(one.label, one, report.figure("mitra_unik", one.rincian), (one.nilai or 0) / peak)
        for one in activities
    ]


@dataclass(frozen=True, slots=True)
class CountedRows:
    """Rows of a data set as tables of provinces and units count them. name: of the count; dataset: whose rows; label: above it."""

    name: str
    dataset: str
    label: str


_COUNTED = (
    CountedRows("kegiatan", "kegiatan", "Kegiatan"),
    CountedRows("publikasi", "publikasi", "Publikasi"),
    CountedRows("permohonan", "permohonan_info", "Permohonan"),
    CountedRows("hoaks", "isu_hoaks", "Isu"),
)


def counted(body: str) -> tuple[CountedRows, ...]:
    """What tables of provinces and units count: of the data sets that a body asks for."""
    asked = {dataset.name for dataset in datasets_of(body)}
    return tuple(one for one in _COUNTED if one.dataset in asked)


def medians(satker: Iterable[Standing], body: str) -> list[list[str]]:
    """Median per reporting unit among peers of one level, as text: level, units, and what tables of a body count.

    A level of one unit has nothing to compare with; a silent unit is not counted as zero.
    """
    reporting, names = [unit for unit in satker if unit.lapor], [one.name for one in counted(body)]
    rows = []
    for tier, label in _COMPARISON:
        peers = [unit for unit in reporting if unit.tingkat == tier]
        if len(peers) > 1:
            counts = (_said(peers, name) for name in names)
            medians_of = (format_number(median(values) if values else None) for values in counts)
            rows.append([label, format_number(len(peers)), *medians_of])
    return rows


def _said(peers: Iterable[Standing], name: str) -> list[int]:
    """A count of the units that spoke about its data set."""
    return [count for peer in peers if (count := getattr(peer, name)) is not None]


def timeliness_of(state: Standing) -> str:
    """How a unit's report stands in time, in words; where there is none, why."""
    return ABSENT[state.absence] if state.absence else TIMELINESS[state.ketepatan]


def cause_of(state: Standing) -> Cause:
    """The cause of a unit that has no report that counts."""
    return CAUSES.get(state.sebab, CAUSES["belum_mengirim"])


def figure_text(figure: Figure) -> str:
    """Value of a figure without its unit."""
    return measure_text(figure.ukuran, figure.nilai, unit=False)


def figure_full(figure: Figure) -> str:
    """Value of a figure with its unit: ``94,2 %``, ``5 hari kerja``, ``10.264``."""
    return measure_text(figure.ukuran, figure.nilai)


def measure_text(measure_name: str, value: int | float | None, *, unit: bool = True) -> str:
    """A value of a measure as printed; ``–`` when it does not exist."""
    measure = BY_NAME[measure_name]
    if measure.persen:
        return percent_number(value) + (" %" if unit and value is not None else "")
    text = format_number(value)
    return (
        f"{text} {measure.satuan}" if unit and value is not None and measure.satuan in {"hari kerja", "jam"} else text
    )


def label_in(report: Report, one: Figure | Change) -> str:
    """What a reader of a report sees as the name of a figure: strategies are called as its body calls them."""
    return part_label(report.kepala.lembaga, report.kepala.periode, one.ukuran, one.rincian)


def part_label(body: str, period: str, measure: str, detail: str) -> str:
    """Name of a figure, of its breakdown when it has one, in the words of a body and period."""
    part = framework_then(body, period, frozenset({detail})).part(detail) if measure == "kegiatan_strategi" else None
    return part.label if part else figure_label(measure, detail)


@cache
def framework_then(body: str, period: str, used: frozenset[str]) -> Framework:
    """By what a body groups its activities on the last day of a period, and what else its rows used."""
    return BODIES[body].framework.on(parse_period(period).end, used)


def figure_name(report: Report, figure: Figure) -> str:
    """Name of a figure that also says what it breaks down."""
    if not figure.rincian:
        return figure.label
    return f"{measures_of(report.kepala.lembaga)[figure.ukuran].label}: {label_in(report, figure)}"


def formula(report: Report, figure: Figure) -> str:
    """The formula of a figure in the words of the report's body."""
    return measures_of(report.kepala.lembaga)[figure.ukuran].rumus


def difference(old: int | float | None, new: int | float | None) -> str:
    """``+5``, ``−1,5``, ``0``; ``–`` when one side does not exist."""
    if old is None or new is None:
        return "–"
    difference = round(new - old, 1)
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + format_number(abs(difference))


def change_text(figure: Figure) -> str:
    """Change since the quarter before: ``▲ 2,2 poin``, ``▼ 5``, ``tetap``; "" when unknown."""
    if figure.nilai is None or figure.sebelumnya is None:
        return ""
    difference = round(figure.nilai - figure.sebelumnya, 1)
    if not difference:
        return "tetap"
    points = " poin" if BY_NAME[figure.ukuran].persen else ""
    return f"{'▲' if difference > 0 else '▼'} {format_number(abs(difference))}{points}"


@cache
def period_of(key: str) -> Period:
    """The quarter or the year a report is about."""
    return parse_period(key)


@cache
def label_of(vocabulary: str, value: str) -> str:
    """Label of a stored value of a vocabulary."""
    return load_vocabulary()[vocabulary].label(value)


def body_label(report: Report) -> str:
    """``KPU``, ``Bawaslu``, ``Humas Pemda``."""
    return label_of("lembaga", report.kepala.lembaga)


def public_columns(dataset: str, table: Table) -> list[tuple[int, Column]]:
    """Place and contract of each column that may be published; a column the contract does not know is left out."""
    known = DATASETS[dataset].by_name
    return [
        (place, known[name])
        for place, name in enumerate(table.kolom)
        if name in known and known[name].privacy is Privacy.PUBLIC
    ]


def cell_text(column: Column, value: Value) -> str:
    """A cell as text: dates and numbers in Indonesian, codes as labels, lists joined; "" when empty."""
    if value is None or value == "":
        return ""
    if column.type_name is ColumnType.DATE:
        return long_date(str(value))
    if column.type_name is ColumnType.DATETIME:
        return date_and_time(str(value))
    if isinstance(value, int | float):
        return format_number(value)
    return "; ".join(_labels(column, value))


_REGIMES: Final = {"UMUM": "Umum", "PEMILU": "Pemilu", "UMUM_BUKAN_PEMILU": "Umum"}


def regime_text(row: Mapping[str, Value], labels: Mapping[str, str] = _REGIMES) -> str:
    """The regime a request or an objection is judged by, and which one is written when that is another; "" for none.

    Rows of an edition from before the calendar of election stages have only what was written.
    """
    written = str(row.get("rezim") or "")
    judged = str(row.get("rezim_dinilai") or written)
    label = labels.get(judged, "")
    other = _REGIMES.get(written, "")
    return f"{label} (tertulis {other})" if label and other not in {"", _REGIMES.get(judged)} else label


def _labels(column: Column, value: str) -> Iterator[str]:
    """Labels of the values in a cell; lists are stored as JSON text."""
    for part in list_values(value) if column.type_name.value.startswith("daftar") else (value,):
        yield label_of(column.vocabulary, part) if column.vocabulary and column.vocabulary != "strategi" else part


def list_values(value: Value) -> tuple[str, ...]:
    """Values of a list cell (JSON text); text that is no JSON list is one value."""
    text = str(value or "")
    if not text.startswith("["):
        return (text,) if text else ()
    try:
        return tuple(str(value) for value in json.loads(text))
    except ValueError:
        return (text,)


def safe_link(value: Value) -> str:
    """The first web address in a cell, "" when there is none; only http and https are links."""
    for address in list_values(value):
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.netloc:
            return address.strip()
    return ""


def size_text(byte_size: int) -> str:
    """``98 KB``, ``1,2 MB``."""
    return (
        f"{format_number(round(byte_size / 1_000_000, 1))} MB"
        if byte_size >= 1_000_000
        else f"{max(1, round(byte_size / 1000))} KB"
    )
