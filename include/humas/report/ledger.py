"""What the ledger says of a report, as ready text: how many rows were ever accepted, and what became of the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from humas.contract.columns import asked_of
from humas.report.measures import DATA_SETS, STANDINGS
from humas.report.model import Report, SatkerReport, Value
from humas.report.text import format_number
from humas.report.zones import local_time
from humas.rollup.counted import IN_FIGURES

_TITLES = 3
_LINES = 12
_NUMBERS = 10
_WHO = {"pengirim": "pengirim", "api": "sumber (API)", "berkas": "sumber (berkas)", "rekap": "rekap"}
_LABELS = dict(DATA_SETS)
_OF_DATA_SET = {measure: name for name, measure in IN_FIGURES.items()} | {
    "peserta": "kegiatan",
    "permohonan_median_hari": "permohonan_info",
    "keberatan_median_hari": "keberatan",
    "pemberitaan_median_hari": "pemberitaan",
    "aspirasi_diberi_tahu": "aspirasi",
    "aspirasi_median_hari": "aspirasi",
    "akun_diam": "akun",
    "akun_pengikut": "akun",
    "akun_perubahan_pengikut": "akun",
    "akun_dibandingkan": "akun",
    "hoaks_median_jam": "isu_hoaks",
}


class Line(NamedTuple):
    """Rows of one data set that ceased to count in the same way, as text."""

    himpunan: str
    jumlah: str
    apa: str
    baris: str
    lewat: str
    oleh: str


def total(report: Report) -> tuple[int, int, int, int]:
    """Rows ever accepted, in force, superseded, withdrawn, over all data sets."""
    ever, in_force, superseded, withdrawn = (
        sum(report.count("buku", f"{name}/{part}") for name, _ in DATA_SETS) for part, _ in STANDINGS
    )
    return ever, in_force, superseded, withdrawn


def concerned(report: Report) -> list[tuple[str, str]]:
    """The data sets that a report speaks of, with their labels: those that its body asks for, and what was sent besides."""
    asked = asked_of(report.kepala.lembaga)
    return [(name, label) for name, label in DATA_SETS if name in asked or report.reported(name)]


def speaks_of(report: Report, name: str) -> bool:
    """Whether a report speaks of a data set: nothing is missing of one that its body does not ask for."""
    return any(name == one for one, _ in concerned(report))


def is_main(report: Report, measure: str) -> bool:
    """Whether a main figure has a place in a report: it is of no data set, or of one that the report speaks of."""
    return measure not in _OF_DATA_SET or speaks_of(report, _OF_DATA_SET[measure])


def table(report: Report) -> list[list[str]]:
    """A row for each data set it speaks of: its name, who reported it, rows ever accepted, in force, superseded, withdrawn.

    Dashes stand where nobody spoke about it.
    """
    return [
        [label, state(report, name), *(_number(report, name, part) for part, _ in STANDINGS)]
        for name, label in concerned(report)
        if report.angka
    ]


def sums(report: Report) -> list[str]:
    """The sums below :func:`table`."""
    return ["Jumlah", "", *map(format_number, total(report))]


def state(report: Report, name: str) -> str:
    """Whether a data set was reported: of a unit in a word, of a level how many units did, and how many say nil.

    Rows that were sent and are all held are neither silence nor nil.
    """
    figure, nil = report.figure("kelengkapan_himpunan", name), report.count("himpunan_nihil", name)
    held = report.count("himpunan_ditahan", name)
    if isinstance(report, SatkerReport):
        if held:
            return unreported(report, IN_FIGURES[name])
        return "belum dilaporkan" if not report.reported(name) else "nihil" if nil else "dilaporkan"
    if figure is None:
        return "–"
    aside = f", {format_number(nil)} nihil" if nil else ""
    aside += f", {format_number(held)} baris dari satker yang semua barisnya ditahan" if held else ""
    return f"{format_number(figure.pembilang)} dari {format_number(figure.penyebut)}{aside}"


def unreported(report: Report, measure: str, breakdown: str = "") -> str:
    """Why a main figure is a dash, or a zero that means nothing; "" of a figure that says what it says.

    breakdown: which part of its measure it shows.
    """
    name = _OF_DATA_SET.get(measure, "")
    if held := report.count("himpunan_ditahan", name) if isinstance(report, SatkerReport) else 0:
        return f"{format_number(held)} baris dikirim, semuanya ditahan"
    if report.figure(measure, breakdown):
        return ""
    return "belum dapat dihitung" if name and report.reported(name) else "belum dilaporkan"


def _number(report: Report, name: str, part: str) -> str:
    return format_number(report.count("buku", f"{name}/{part}") if report.reported(name) else None)


def lines(report: SatkerReport) -> list[Line]:
    """What was superseded or withdrawn, alike ones together, with the first titles; at most ``_LINES``."""
    return [line for line, _ in zip(_lines(report), range(_LINES), strict=False)]


def rest(report: SatkerReport) -> int:
    """Rows of which :func:`lines` says nothing."""
    named = [size for size, _ in zip(_sizes(report), range(_LINES), strict=False)]
    return len(report.buku) - sum(named)


def mended(report: SatkerReport) -> list[str]:
    """Rows once held that a later file told mended: a line for each sheet and file, with the numbers of its rows."""
    rows = sorted(report.diperbaiki.records(), key=_same_file)
    return [_mended_by(report, list(some)) for _, some in groupby(rows, key=_same_file)]


def _same_file(row: dict[str, Value]) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("lembar", "berkas", "pada"))


def _mended_by(report: SatkerReport, rows: list[dict[str, Value]]) -> str:
    sheet, file, at = _same_file(rows[0])
    numbers = ", ".join(str(row["baris"]) for row in rows[:_NUMBERS])
    more = f" dan {format_number(len(rows) - _NUMBERS)} lagi" if len(rows) > _NUMBERS else ""
    by = f"berkas {file}" if file else "kiriman"
    when = f" ({local_time(report, at)})" if at else ""
    return f"{sheet} baris {numbers}{more}: telah diperbaiki oleh {by}{when}."


def _alike(row: dict[str, Value]) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("himpunan", "keadaan", "pada", "berkas", "oleh", "alasan"))


def _sizes(report: SatkerReport) -> Iterator[int]:
    for _, some in groupby(sorted(report.buku.records(), key=_alike), key=_alike):
        yield len(list(some))


def _lines(report: SatkerReport) -> Iterator[Line]:
    for key, some in groupby(sorted(report.buku.records(), key=_alike), key=_alike):
        dataset, standing, at, file, by, reason = key
        rows = list(some)
        when = local_time(report, at) if at else ""
        told = f"{_WHO.get(by, by)}; {reason}" if reason else _WHO.get(by, by)
        yield Line(
            _LABELS[dataset], format_number(len(rows)), standing, _titles([str(row["judul"] or "") for row in rows]),
            ", ".join(part for part in (file, when) if part), told,
        )  # fmt: skip


def _titles(titles: list[str]) -> str:
    named = "; ".join(title or "tanpa uraian" for title in titles[:_TITLES])
    return f"{named}; dan {format_number(len(titles) - _TITLES)} lagi" if len(titles) > _TITLES else named
