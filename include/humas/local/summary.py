"""What came of a quarter in Airflow, told to the person at the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.markup import escape

from humas.errors import Actor
from humas.installation.summary import ledger_words
from humas.local.watch import RunWatch
from humas.periods import format_number
from humas.registry import Lembaga

if TYPE_CHECKING:
    from humas.local.station import Station

NAMES_SHOWN: Final = 6
REPORTS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Result:
    """A finished quarter: its two runs (the second is None when the roll-up failed) and its seconds."""

    lembaga: Lembaga
    period: str
    collect: RunWatch
    report: RunWatch | None
    seconds: float

    @property
    def rows(self) -> Mapping[str, Any]:
        """Counts of the validation; empty when it did not end well."""
        return next(iter(self.collect.values("validasi")), None) or {}

    @property
    def verdict(self) -> Mapping[str, Any]:
        """The gate's answer: ``gagal`` and ``perlu_orang`` with names and remedies; empty when it did not run."""
        gate = next((task for task in self.collect.of("putusan") if task.end), None)
        return (self.collect.value(gate, "putusan") if gate else None) or {}

    @property
    def new_editions(self) -> Sequence[str]:
        """Ids of the reports with a new edition."""
        done = next(iter(self.report.values("terbitkan")), None) if self.report else None
        return list(done["edisi_baru"]) if done else []

    @property
    def draft(self) -> Sequence[str]:
        """What to tell of the draft that waits to be published; empty when there is none."""
        skipped = [one for one in self.report.of("terbitkan") if one.state == "skipped"] if self.report else []
        kept = self.report.value(skipped[0], "draf") if self.report and skipped else None
        return list(kept["baris"]) if kept else []

    @property
    def still_red(self) -> list[str]:
        """Labels of the units that an operator can run again."""
        return [task.label for task in self.collect.of("kumpulkan_ulang") if task.state == "failed"]


def show(result: Result, station: Station, home: Path, console: Console) -> None:
    """The summary: units, rows, who must act, where everything lies, how to run a unit again."""
    console.print(f"\n[bold]{result.lembaga.label} {result.period}[/bold]: {result.seconds:.0f} detik dari pemicu")
    passes = result.collect.values("kumpulkan")
    asked, answered = sum(one["satker"] for one in passes), sum(one["berhasil"] for one in passes)
    again = sum(task.state == "success" for task in result.collect.of("kumpulkan_ulang"))
    console.print(
        f"Satker  : {format_number(asked)} diminta, {format_number(answered + again)} terkumpul ({again} pada putaran ulang)"
    )
    console.print(f"Baris   : {_balance(result.rows)}")
    if ledger := result.rows.get("buku"):
        console.print(f"Buku    : {ledger_words(ledger)}")
    for title, units in (("Gagal dikumpulkan", "gagal"), ("Perlu diperbaiki orang", "perlu_orang")):
        _show_units(console, title, result.verdict.get(units, ()))
    unconnected = result.verdict.get("tanpa_saluran", ())
    if unconnected:
        console.print(
            f"\nBelum tersambung: {format_number(len(unconnected))} satker belum mempunyai saluran pada register"
        )
    _show_editions(console, result, home / "terbitan")
    console.print(escape(f"UI      : {station.url}  (masuk: {station.login})"), soft_wrap=True)
    if result.still_red:
        _show_rerun(console, result, station)


def _show_editions(console: Console, result: Result, folder: Path) -> None:
    """What was published and where it lies, or the draft that waits."""
    console.print()
    for line in result.draft:
        console.print(escape(line), soft_wrap=True)
    if result.draft:
        return
    console.print(f"Edisi baru: {format_number(len(result.new_editions))} laporan")
    console.print(escape(f"Situs   : {folder / 'index.html'}"), soft_wrap=True)
    console.print(escape(f"PDF     : {folder / result.lembaga.value / result.period / 'laporan'}"), soft_wrap=True)


def _balance(rows: Mapping[str, Any]) -> str:
    if not rows:
        return "pemeriksaan tidak selesai; baca tugas Validasi"
    parts = (("diterima", "diterima"), ("dikarantina", "ditahan"), ("kembar", "kembar"))
    sum_ = " + ".join(f"{format_number(rows[key])} {word}" for key, word in parts)
    return f"{format_number(rows['masuk'])} masuk = {sum_}"


def _show_units(console: Console, title: str, units: Sequence[Mapping[str, str]]) -> None:
    """Units grouped by who must act and by what is wrong."""
    if not units:
        return
    console.print(f"\n[bold]{title}: {format_number(len(units))} satker[/bold]")
    groups: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for unit in units:
        groups.setdefault((unit["pelaku"], unit["kode_galat"]), []).append(unit)
    for (actor, code), members in sorted(groups.items()):
        names = ", ".join(f"{unit['kode']} {unit['nama']}" for unit in members[:NAMES_SHOWN])
        more = f", dan {len(members) - NAMES_SHOWN} lagi" if len(members) > NAMES_SHOWN else ""
        label = Actor(actor).label if actor in set(Actor) else actor
        console.print(escape(f"  {label} · {code} · {len(members)} satker: {names}{more}"), soft_wrap=True)
        example, remedy = members[0]["pesan"], members[0]["cara"]
        console.print(escape(f"    {example} → {remedy}"), style="dim", soft_wrap=True)


def _show_rerun(console: Console, result: Result, station: Station) -> None:
    console.print("\nMengulang satu satker yang gagal:")
    place = f"{station.url}/dags/{result.collect.dag_id}/runs/{result.collect.run_id}/tasks/kumpulkan_ulang/mapped"
    console.print(escape(f"  1. buka {place}"), soft_wrap=True)
    example = f"  2. pilih satkernya, misalnya {result.still_red[0]}; log menyebut siapa harus bertindak"
    console.print(escape(example), soft_wrap=True)
    console.print(
        "  3. sesudah sumbernya dibetulkan: panah melingkar di kanan atas (Clear), biarkan Downstream terpilih, Confirm."
        " Tiga laporan mendapat edisi baru.",
        soft_wrap=True,
    )


class Follower:
    """Tells when a later run of the reports (after an operator's rerun) has made new editions."""

    def __init__(self, station: Station, dag_id: str, say: Callable[[str], None]) -> None:
        self._airflow = station.airflow
        self._dag_id = dag_id
        self._say = say
        self._told = {run["dag_run_id"] for run in self._airflow.runs(dag_id)}

    def look(self) -> None:
        """Tell about report runs that ended since the last look."""
        for run in self._airflow.runs(self._dag_id, ("success", "failed")):
            if run["dag_run_id"] in self._told:
                continue
            self._told.add(run["dag_run_id"])
            done = self._airflow.value(self._dag_id, run["dag_run_id"], "terbitkan") or {"edisi_baru": []}
            new = list(done["edisi_baru"])
            more = f", dan {len(new) - REPORTS_SHOWN} lagi" if len(new) > REPORTS_SHOWN else ""
            self._say(f"Terbit: {format_number(len(new))} edisi baru {', '.join(new[:REPORTS_SHOWN])}{more}")
