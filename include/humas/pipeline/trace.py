"""A published figure led back: the edition that shows it, its formula, and every row, submission or unit behind it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from humas.errors import OperatorError, SenderError
from humas.periods import jakarta_day, quarter_of
from humas.pipeline.facts import national_facts
from humas.pipeline.quarter import figures_now
from humas.privacy import mask
from humas.registry import Cycle
from humas.settings import WIB

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from humas.installation.context import Context
    from humas.rollup.trail import Sought
    from humas.warehouse import Edition
    from humas.warehouse.origins import SubmissionOrigin

NUMBERS = ("nilai", "pembilang", "penyebut")
LEDGER = "buku"
ROWS, UNITS, BOOK = "baris", "satker", "buku"
Number = int | float | None


@dataclass(frozen=True, slots=True)
class ShownIn:
    """The edition that shows a figure. terbit: ISO date. sidik: of its data. utuh: these are stored as they were published.

    nilai, pembilang, penyebut: as it shows them; None where it does not.
    """

    id: str
    edisi: int
    terbit: str
    sidik: str
    utuh: bool
    nilai: Number = None
    pembilang: Number = None
    penyebut: Number = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One row, or of a figure about reporting one submission of a unit, that stands behind a figure.

    kode, satker: whose it is. himpunan, lembar, baris: its place in the file, empty of a submission. judul: the column by which
    readers may know it. sha256: as of :class:`~humas.warehouse.origins.SubmissionOrigin`. diterima_pada: ISO time of Jakarta, "" where
    nothing came. keadaan: of a row where it stands in the ledger, of a submission its status. pembilang: of a percentage
    whether it adds to the numerator too, else None. tenggat: ISO date by which a unit had to report.
    """

    kode: str
    satker: str
    himpunan: str = ""
    judul: str = ""
    berkas: str = ""
    saluran: str = ""
    lembar: str = ""
    baris: int | None = None
    sha256: str = ""
    diterima_pada: str = ""
    keadaan: str = ""
    pembilang: bool | None = None
    tenggat: str = ""


@dataclass(frozen=True, slots=True)
class FigureTrace:
    """What is known of a figure. nilai, pembilang, penyebut: as the rows give it now. sebab: why there is none, else "".

    edisi: the edition asked for, else the newest published one, else None. berbeda: that edition shows other numbers.
    run_id: the run that had begun last when that edition was made, of none now. asal: what ``sumber`` lists (``baris``,
    ``satker``, ``buku``).
    """

    id: str
    ukuran: str
    rincian: str
    label: str
    satuan: str
    rumus: str
    lembaga: str
    lingkup: str
    kode: str
    nama: str
    periode: str
    nilai: Number
    pembilang: Number
    penyebut: Number
    sebab: str
    edisi: ShownIn | None
    berbeda: bool
    run_id: str
    asal: str
    sumber: tuple[SourceLine, ...]


def trace_figure(context: Context, cycle: Cycle, sought: Sought, edition: int = 0) -> FigureTrace:
    """Lead one figure of a quarter back to what it was made of, by computing all figures again and watching this one.

    edition: number of the edition that showed it; 0 for the newest.

    Raises:
        OperatorError: the quarter was never rolled up. SenderError: there is no such edition.
    """
    from humas.report.measures import figure_id, measures_of
    from humas.report.view import part_label
    from humas.rollup.trail import following

    if not len(context.warehouse.figures(cycle)):
        raise OperatorError(
            "belum_direkap",
            f"{quarter_of(cycle.period).label} belum direkap untuk {cycle.lembaga}.",
            f"jalankan ./humas quarter {cycle.period} dahulu.",
        )
    facts = national_facts(context, cycle)
    with following([sought]) as trails:
        figures = figures_now(context, cycle, facts)
    now = _numbers(figures, sought)
    shown = _edition(context, cycle, sought, edition)
    shown_in = _shown_in(shown, sought) if shown else None
    sources = _Sources(context, cycle, facts, sought)
    kind, lines = sources.of(trails[sought].contributions)
    measure = measures_of(cycle.lembaga)[sought.measure]
    part = part_label(cycle.lembaga, cycle.period, sought.measure, sought.detail) if sought.detail else ""
    return FigureTrace(
        id=figure_id(sought.scope, sought.measure, sought.detail),
        ukuran=sought.measure,
        rincian=sought.detail,
        label=f"{measure.label}: {part}" if part else measure.label,
        satuan=measure.satuan,
        rumus=measure.rumus,
        lembaga=cycle.lembaga,
        lingkup=sought.scope,
        kode=sought.code,
        nama=sources.place,
        periode=cycle.period,
        nilai=now[0],
        pembilang=now[1],
        penyebut=now[2],
        sebab=_why_not(figures, sought, sources.place) if now[0] is None else "",
        edisi=shown_in,
        berbeda=bool(shown_in) and now != tuple(getattr(shown_in, name) for name in NUMBERS),
        run_id=context.warehouse.run_at(cycle, shown.dibuat_pada if shown else context.settings.now()),
        asal=kind,
        sumber=tuple(lines),
    )


def _numbers(figures: pd.DataFrame, sought: Sought) -> tuple[Number, ...]:
    """The numbers of the figure as a report states them; None where there are none."""
    from humas.report.model import number

    mine = _at_place(figures, sought)
    mine = mine[(mine["ukuran"] == sought.measure) & (mine["rincian"] == sought.detail)]
    if mine.empty:
        return None, None, None
    told = [float(mine[name].item()) for name in NUMBERS]
    return tuple(None if math.isnan(one) else number(one) for one in told)


def _at_place(figures: pd.DataFrame, sought: Sought) -> pd.DataFrame:
    return figures[(figures["lingkup"] == sought.scope) & (figures["kode"] == sought.code)]


def _edition(context: Context, cycle: Cycle, sought: Sought, number: int) -> Edition | None:
    """The published edition of that number, or the newest one.

    Raises:
        SenderError: there is none of that number.
    """
    editions = context.warehouse.editions(cycle, sought.scope, sought.code)
    published = [one for one in editions if one.status == "terbit" and number in {0, one.edisi}]
    if number and not published:
        raise SenderError(
            "edisi_tidak_ada", f"Edisi {number} laporan itu tidak terbit di sini.", "periksa nomor laporannya."
        )
    return published[-1] if published else None


def _shown_in(edition: Edition, sought: Sought) -> ShownIn:
    from humas.report.model import report_id

    shown: Mapping[str, Any] = next(
        (
            one
            for one in edition.kanonik.get("angka", ())
            if (one["ukuran"], one["rincian"]) == (sought.measure, sought.detail)
        ),
        {},
    )
    return ShownIn(
        report_id(edition.lembaga, edition.lingkup, edition.kode, edition.periode, edition.edisi),
        edition.edisi,
        edition.pelengkap.get("terbit") or jakarta_day(edition.dibuat_pada).isoformat(),
        edition.sidik_data,
        edition.has_data,
        *(shown.get(name) for name in NUMBERS),
    )


def _why_not(figures: pd.DataFrame, sought: Sought, place: str) -> str:
    """Why there is no such figure at a place."""
    from humas.report.measures import DATA_SETS
    from humas.rollup.counted import IN_FIGURES, data_set_of

    known = set(_at_place(figures, sought)["ukuran"])
    dataset = data_set_of(sought.measure)
    unit = sought.scope == "satker"
    if not dataset:
        if "satker_wajib" not in known:
            return f"{place} tidak wajib melapor" if unit else "tidak ada satker yang wajib melapor"
        return "tidak ada yang dapat dihitung di sini"
    label = dict(DATA_SETS)[dataset]
    if IN_FIGURES[dataset] in known:
        return f"tidak ada baris {label} yang menyebut isian yang diperlukan"
    return f"{place} tidak menyebut {label}" if unit else f"tidak ada satker yang menyebut {label}"


@dataclass(frozen=True)
class _Sources:
    """What the warehouse knows of the origin of what stands behind one figure."""

    context: Context
    cycle: Cycle
    facts: Mapping[str, pd.DataFrame]
    sought: Sought

    def of(self, noted: pd.DataFrame) -> tuple[str, Iterator[SourceLine]]:
        """What kind of lines stand behind a figure, and these lines, by unit and place."""
        from humas.rollup.counted import data_set_of

        if self.sought.measure == LEDGER:
            return BOOK, self._entered(set(noted["satker"]))
        if "id_baris" in noted or (noted.empty and data_set_of(self.sought.measure)):
            return ROWS, self._rows(noted)
        return UNITS, self._units(noted)

    @cached_property
    def place(self) -> str:
        """Name of what the figure is about."""
        from humas.registry import Lembaga

        if self.sought.scope == "nasional":
            return f"{Lembaga(self.cycle.lembaga).label} seluruh Indonesia"
        if self.sought.scope == "provinsi":
            province = self.context.register.satker(self.sought.code, quarter_of(self.cycle.period).end)
            return f"{Lembaga(self.cycle.lembaga).label}, seluruh satker di {province.name}"
        return self._unit(self.sought.code)

    def _unit(self, code: str) -> str:
        return self.context.register.satker(code, quarter_of(self.cycle.period).end).official_name(self.cycle.lembaga)

    @cached_property
    def _origins(self) -> Mapping[str, SubmissionOrigin]:
        return self.context.warehouse.origins(self.cycle)

    def _rows(self, noted: pd.DataFrame) -> Iterator[SourceLine]:
        """Each row once, whatever it adds."""
        from humas.rollup.trail import ROW
        from humas.warehouse.proof import public_title, shown_title

        if noted.empty:
            return
        wanted = noted.groupby(list(ROW), as_index=False).sum(numeric_only=True)
        for name, frame in self.facts.items():
            title = public_title(name)
            for row in frame.merge(wanted, on=list(ROW)).to_dict("records"):
                yield SourceLine(
                    himpunan=name,
                    judul=shown_title(name, row[title]) if isinstance(row[title], str) else "",
                    lembar=mask(row["lembar"] or ""),
                    baris=int(row["baris"]),
                    pembilang=row["pembilang"] > 0 if "pembilang" in row else None,
                    **self._came_in(row["kode_satker"], row["id_kiriman"]),
                )

    def _entered(self, units: set[str]) -> Iterator[SourceLine]:
        """Rows of the ledger; what a sender took out of a row that no longer counts stays out, so none bears its title."""
        from humas.rollup.counted import EVER

        name, _, standing = self.sought.detail.partition("/")
        if name not in self.facts:
            return
        for row in self.context.warehouse.entered_rows(self.cycle, name):
            if row.kode_satker in units and standing in {EVER, row.keadaan}:
                yield SourceLine(
                    himpunan=name,
                    lembar=mask(row.lembar or ""),
                    baris=row.baris,
                    keadaan=row.keadaan,
                    **self._came_in(row.kode_satker, row.id_kiriman),
                )

    def _units(self, noted: pd.DataFrame) -> Iterator[SourceLine]:
        """Each unit with all that it ever submitted of the quarter; one that submitted nothing with its obligation alone."""
        due = {one.kode_satker: one.tenggat.isoformat() for one in self.context.warehouse.obligations(self.cycle)}
        verdicts = self.context.warehouse.verdicts(self.cycle)
        submissions = {str(code): own for code, own in verdicts.groupby("kode_satker")}
        adds = noted.groupby("satker").sum(numeric_only=True)
        for code, added in zip(adds.index, adds.to_dict("records"), strict=True):
            upper = added["pembilang"] > 0 if "pembilang" in added else None
            own = submissions.get(code)
            if own is None:
                yield SourceLine(code, self._unit(code), pembilang=upper, tenggat=due.get(code, ""))
                continue
            for submission, status in zip(own["id_kiriman"], own["status"], strict=True):
                came = self._came_in(code, submission)
                yield SourceLine(**came, keadaan=status, pembilang=upper, tenggat=due.get(code, ""))

    def _came_in(self, code: str, submission: str) -> dict[str, Any]:
        """Whose a submission is, and what it came in."""
        told = {"kode": code, "satker": self._unit(code)}
        origin = self._origins.get(submission)
        if origin is None or origin.file is None:
            return {**told, "sha256": origin.digest if origin else ""}
        file = origin.file
        return {
            **told,
            "sha256": origin.digest,
            "berkas": mask(file.name),
            "saluran": file.channel,
            "diterima_pada": _iso(file.received),
        }


def _iso(moment: datetime) -> str:
    return moment.astimezone(WIB).isoformat(timespec="seconds")
