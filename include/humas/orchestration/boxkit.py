"""What the DAG of the drop-box does: sweep and log, and say which quarters must be rolled up again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from airflow.sdk import CronTriggerTimetable, get_current_context

from humas.errors import Actor, HumasError, OperatorError, SourceError
from humas.settings import WIB, Settings

if TYPE_CHECKING:
    from humas.inbox.sweep import BoxFault, SweepResult

log = logging.getLogger(__name__)

EVERY_QUARTER_HOUR: Final = "*/15 * * * *"
LOG_EVERY: Final = 50


def schedule() -> CronTriggerTimetable | None:
    """Every 15 minutes; never by itself in an installation without a drop-box."""
    return (
        CronTriggerTimetable(EVERY_QUARTER_HOUR, timezone=WIB.key) if Settings.from_environment().box.address else None
    )


def sweep_and_report() -> dict[str, int]:
    """Sweep every drop-box, a line of log for each file; counts by what became of them.

    Nothing when another sweep is at work: it does the same.

    Raises:
        SourceError, OperatorError: a drop-box could not be emptied, or files failed in this very sweep; all others were
        answered. Files that rest after a failure only show in the counts and in the log.
    """
    from humas.inbox.lock import BoxBusy
    from humas.inbox.model import EntryState
    from humas.inbox.sweep import sweep
    from humas.installation.context import load_context

    def note(done: int, total: int, _name: str) -> None:
        if done and (done % LOG_EVERY == 0 or done == total):
            log.info("%d dari %d berkas", done, total)

    try:
        swept = sweep(load_context(), str(get_current_context()["run_id"]), note)
    except BoxBusy as busy:
        log.info("%s %s", busy.message, busy.remedy)
        return {}
    _log(swept)
    for error in swept.errors:
        raise _as_error(error)
    failures = [f"{action.berkas}: {action.pesan}" for action in swept.actions if action.keadaan is EntryState.FAILED]
    if failures:
        summary = f"{len(failures)} berkas tertunda. {' '.join(failures[:5])}"
        raise OperatorError(
            "kotak_tertinggal", summary, "perbaiki sebabnya; berkasnya tetap di masuk dan dicoba lagi sendiri."
        )
    return {state.value: swept.count(state) for state in EntryState}


def _log(swept: SweepResult) -> None:
    for action in swept.actions:
        level = logging.WARNING if action.pelaku == str(Actor.OPERATOR) else logging.INFO
        owner = " ".join(word for word in (action.lembaga, action.satker, action.periode) if word)
        log.log(level, "%s: %s %s %s", action.berkas, action.keadaan.value, owner, action.pesan or action.status)
    for error in swept.errors:
        log.error("%s %s", error.message, error.remedy)


def _as_error(error: BoxFault) -> HumasError:
    kind = SourceError if error.layak_diulang else OperatorError
    return kind(error.code, error.message, error.remedy)


def runs_to_start() -> list[dict[str, object]]:
    """Arguments of one run of ``<lembaga>_triwulan`` for each quarter whose figures lack what has come."""
    from humas.inbox.trigger import follow_up
    from humas.installation.context import load_context

    return [
        {
            "trigger_dag_id": f"{run.lembaga}_triwulan",
            "trigger_run_id": f"kotak__{run.periode}__{run.kunci}",
            "conf": {"periode": run.periode, "satker": list(run.satker)},
        }
        for run in follow_up(load_context())
    ]
