"""What the DAGs of the news sites share: when they run, for which quarter, and one report at the end."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from airflow.sdk import CronTriggerTimetable, Param, get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from humas.orchestration import dagkit
from humas.periods import Triwulan
from humas.registry import SITES, Cycle, Lembaga
from humas.settings import WIB, Settings

if TYPE_CHECKING:
    from humas.installation.context import Context

log = logging.getLogger(__name__)

BODIES: Final = tuple(SITES)
# A quarter is visited until its last deadline has passed; what came since is read by then anyway.
LOOKS_BACK: Final = timedelta(days=31)
NAMES_SHOWN: Final = 12


def schedule(lembaga: Lembaga) -> CronTriggerTimetable | None:
    """Once a night; never by itself in an installation that visits no sites or plans no runs."""
    settings = Settings.from_environment()
    wanted = settings.site.contact and (settings.site.coverage or settings.registry_file)
    planned = wanted and os.environ.get("HUMAS_JADWAL") != "mati"
    return CronTriggerTimetable(SITES[lembaga].schedule, timezone=WIB.key) if planned else None


def form() -> dict[str, Param]:
    """Periode, Satker and Ambil ulang, as in every other form; here Periode may stay empty."""
    fields = dagkit.form(with_units=True)
    fields["periode"].description = "Berita sejak awal triwulan ini dibaca. Kosong: triwulan yang sedang dikumpulkan."
    fields["satker"].description = "Kode satker yang situsnya dikunjungi, satu per baris (33.74). Kosong berarti semua."
    return fields


@dataclass(frozen=True, slots=True)
class SiteRun:
    """What a visit works on. satker: codes to visit, empty for all. force: ask again for articles that are known."""

    context: Context
    period: str
    satker: tuple[str, ...]
    force: bool


def begin(label: str = "") -> SiteRun:
    """Open the installation for the current task; ``label`` names a mapped instance in the UI."""
    from humas.installation.context import load_context

    context = get_current_context()
    if label:
        context["label"] = label  # type: ignore[typeddict-unknown-key]
    asked = context["params"]
    period = str(asked.get("periode") or default_period())
    return SiteRun(load_context(), period, tuple(asked.get("satker") or ()), bool(asked.get("paksa")))


def default_period() -> str:
    """The quarter being collected on the day this run was due; clearing the run later does not change it."""
    due = get_current_context()["dag_run"].run_after
    return Triwulan.containing(due.astimezone(WIB).date() - LOOKS_BACK).key


def groups(lembaga: str) -> list[dict[str, object]]:
    """The sites to visit, by province.

    Raises:
        AirflowSkipException: this installation visits none of this body.
    """
    from humas.pipeline.quarter import site_groups

    run = begin()
    found = site_groups(run.context, Cycle(lembaga, run.period), run.satker)
    if not found:
        raise AirflowSkipException(
            f"Tidak ada situs {Lembaga(lembaga).label} yang dikunjungi: HUMAS_SITUS kosong dan register tidak menyebutnya."
        )
    return [dagkit.plain(group) for group in found]


def visit(lembaga: str, group: Mapping[str, Any]) -> dict[str, object]:
    """Visit the sites of one province; a site's failure is an outcome and a line of log, not an error."""
    from humas.pipeline.quarter import read_sites

    run = begin(f"{group['kode']} {group['nama']}")
    run_id = str(get_current_context()["run_id"])
    with dagkit.explained():
        return dagkit.plain(
            read_sites(run.context, Cycle(lembaga, run.period), group["satker"], run_id, force=run.force)
        )


def report(lembaga: str, province: int, result: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Group the drafts' events, and say once, by error, which sites could not be read and who must act.

    Raises:
        AirflowFailException: of ``province`` provinces not all were visited; what came is grouped all the same.
    """
    from humas.pipeline.quarter import group_drafts

    run = begin()
    outcomes = list(result)
    counts = {
        name: sum(int(outcome[name]) for outcome in outcomes)
        for name in ("situs", "berhasil", "artikel", "draf", "layak")
    }
    _tell_failures(outcomes)
    _tell_sites(outcomes)
    log.info("%s %s: %s", Lembaga(lembaga).label, run.period, counts)
    counts["acara_berubah"] = group_drafts(run.context, run.period)
    if len(outcomes) < province:
        raise AirflowFailException(
            f"{province - len(outcomes)} provinsi belum selesai dikunjungi; perbaiki Kunjungi dahulu."
        )
    return counts


def _tell_sites(outcomes: Sequence[Mapping[str, Any]]) -> None:
    """One line for each site: how many articles were read, how many are offered, and why the others are not."""
    for site in (site for outcome in outcomes for site in outcome["per_situs"]):
        log.info("%s %s: %s", site["kode"], site["nama"], site["kalimat"])


def _tell_failures(outcomes: Sequence[Mapping[str, Any]]) -> None:
    """One line for each kind of error: how many sites, which; and an example of what to do."""
    failures: dict[str, list[Mapping[str, Any]]] = {}
    for failure in (failure for outcome in outcomes for failure in outcome["gagal"]):
        failures.setdefault(failure["kode_galat"], []).append(failure)
    for code, affected in sorted(failures.items()):
        names = ", ".join(f"{failure['kode']} {failure['nama']}" for failure in affected[:NAMES_SHOWN])
        more = f", dan {len(affected) - NAMES_SHOWN} lagi" if len(affected) > NAMES_SHOWN else ""
        log.warning("%s: %d situs: %s%s", code, len(affected), names, more)
        for line in wrap(f"Misalnya: {affected[0]['pesan']} Caranya: {affected[0]['cara']}", dagkit.LOG_WIDTH - 2):
            log.warning("  %s", line)
