"""What the DAG files share: retry policy, defaults, form, and which period and body a run is about.

Light at import: the DAG files are parsed every few seconds, so pandas, Great Expectations and typst stay out.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from airflow.sdk import Asset, ExceptionRetryPolicy, Param, RetryAction, RetryRule, get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from humas.bodies import deadline_rule
from humas.errors import Actor, HumasError, OperatorError, SenderError, SourceError
from humas.periods import Triwulan, Year, jakarta_day, parse_period, quarter_of, whole_year
from humas.registry import Cycle, Lembaga
from humas.settings import WIB, Settings, whole_number

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.installation.summary import CollectionFailure, PublishSummary, Verdict, Withheld

log = logging.getLogger(__name__)

COMMON: Final[Mapping[str, Any]] = {
    "start_date": datetime(2026, 1, 1, tzinfo=WIB),
    "catchup": False,
    "max_active_runs": 1,
}
LONG: Final = timedelta(hours=1)
PERIOD_PATTERN: Final = r"^20[0-9]{2}-TW[1-4]$"
YEAR_PATTERN: Final = r"^20[0-9]{2}$"
SATKER_PATTERN: Final = r"^[0-9]{2}(\.[0-9]{2})?$"
QUARTERS_OFFERED: Final = 4
DEFAULT_RETRY_SECONDS: Final = 60
DEFAULT_RETRIES: Final = 2
MISHAP_RETRIES: Final = 1
WAITING: Final = frozenset({"batas_waktu", "tidak_menjawab"})
BATCH_SIZE: Final = 92
MOST_PLACES: Final = 128
LOG_WIDTH: Final = 96  # the UI's log window cuts longer lines


def retry_policy() -> ExceptionRetryPolicy:
    """Retries by class of error: a silent source is asked again, a bad file or our own fault is not."""
    delay = timedelta(seconds=_setting("HUMAS_JEDA_ULANG", DEFAULT_RETRY_SECONDS, 86_400))
    again = RetryAction.RETRY if _source_retries() else RetryAction.FAIL
    return ExceptionRetryPolicy(
        rules=[
            RetryRule(exception=SourceError, action=again, retry_delay=delay, reason="Sumber tidak menjawab"),
            RetryRule(exception=SenderError, action=RetryAction.FAIL, reason="Satker harus memperbaiki kiriman"),
            RetryRule(exception=OperatorError, action=RetryAction.FAIL, reason="Admin harus memperbaiki sistem"),
        ]
    )


def _source_retries() -> int:
    return _setting("HUMAS_KALI_ULANG", DEFAULT_RETRIES, 100)


def _setting(name: str, default: int, most: int) -> int:
    return whole_number(name, os.environ.get(name) or str(default), most=most)


def defaults(minutes: int = 15) -> dict[str, Any]:
    """Default arguments of every task; an unknown error (a lost worker, a locked database) is retried too."""
    return {
        "owner": "humas",
        "retries": max(_source_retries(), MISHAP_RETRIES),
        "retry_delay": timedelta(seconds=10),
        "retry_policy": retry_policy(),
        "execution_timeout": timedelta(minutes=minutes),
    }


def schedule(lembaga: str) -> dict[str, Any]:
    """Arguments of the timetable: working days of the body's head office, and whether runs are planned at all."""
    settings = Settings.from_environment()
    rule = deadline_rule(settings, lembaga, jakarta_day(settings.now()))
    return {"working_days": rule.nation, "active": os.environ.get("HUMAS_JADWAL") != "mati"}


def mapped(name: str, pool: str) -> dict[str, Any]:
    """Arguments of a task that is mapped; ``begin`` names each instance."""
    return {
        "task_display_name": name,
        "pool": pool,
        "map_index_template": "{{ label }}",
        "max_active_tis_per_dagrun": _share(pool),
    }


def _share(pool: str) -> int | None:
    """How many places of a pool one body may hold at once (``HUMAS_JATAH``, such as ``kumpul:4,cetak:1``); None: all."""
    named = (one.partition(":") for one in (os.environ.get("HUMAS_JATAH") or "").split(","))
    written = next((number for name, _, number in named if name.strip() == pool), "")
    return whole_number("HUMAS_JATAH", written, least=1, most=MOST_PLACES) if written else None


def spread(work: Any, lembaga: str) -> Any:
    """The mapped task for one body, ready to expand; a docstring reaches mapped tasks only by hand."""
    return work.override(doc_md=work.function.__doc__).partial(lembaga=lembaga)


def form(*, with_units: bool) -> dict[str, Param]:
    """The form of a manual run; refused by its JSON schema before anything starts."""
    fields = {
        "periode": Param(
            None,
            type=["null", "string"],
            pattern=PERIOD_PATTERN,
            examples=_last_quarters(),
            title="Periode",
            description="Triwulan yang dikerjakan, misalnya 2026-TW3. Boleh kosong bila kunci partisi diisi.",
        )
    }
    if with_units:
        fields["satker"] = Param(
            [],
            type=["array", "null"],
            items={"type": "string", "pattern": SATKER_PATTERN},
            title="Satker",
            description="Kode satker yang dikumpulkan, satu per baris (33.74). Kosong berarti semua.",
        )
        fields["paksa"] = Param(
            False,
            type="boolean",
            title="Ambil ulang semuanya",
            description="Ambil lagi juga yang menurut sumbernya tidak berubah.",
        )
    return fields


def form_of_year() -> dict[str, Param]:
    """The form of a manual run of a year's reports; quarters that are missing are named in them."""
    last = datetime.now(WIB).year - 1
    return {
        "tahun": Param(
            None,
            type=["null", "string"],
            pattern=YEAR_PATTERN,
            examples=[str(last), str(last + 1)],
            title="Tahun",
            description="Tahun yang dilaporkan, misalnya 2026, juga bila belum semua triwulannya terbit. Boleh kosong bila"
            " kunci partisi diisi.",
        )
    }


def _last_quarters() -> list[str]:
    quarter = Triwulan.containing(datetime.now(WIB).date()).previous()
    keys = []
    for _ in range(QUARTERS_OFFERED):
        keys.append(quarter.key)
        quarter = quarter.previous()
    return keys


@dataclass(frozen=True, slots=True)
class Run:
    """What a task works on: the opened installation, the quarter, the run's id, and what the form asks for.

    satker: codes to collect, empty for all. force: fetch again what has not changed. rounds: which pass
    over a unit this is, 1 the first.
    """

    context: Context
    cycle: Cycle
    id: str
    satker: tuple[str, ...]
    force: bool
    rounds: int


def begin(lembaga: str, label: str = "") -> Run:
    """Open the installation for the current task; ``label`` names a mapped instance in the UI.

    Raises:
        AirflowSkipException: no channel of this body is registered.
        SenderError: the run names no quarter, or two different ones.
    """
    context = get_current_context()
    if label:
        context["label"] = label  # type: ignore[typeddict-unknown-key]
    asked = context["params"]
    units = tuple(asked.get("satker") or ())
    force, attempt = bool(asked.get("paksa")), 1 + context["ti"].try_number
    cycle = Cycle(lembaga, period_of_run())
    return Run(_installation(lembaga), cycle, str(context["run_id"]), units, force, attempt)


def longest_first(failed: Iterable[CollectionFailure]) -> list[CollectionFailure]:
    """Units that kept us waiting before the others: they will again, and all of that waiting goes on side by side."""
    return sorted(failed, key=lambda unit: (unit.kode_galat not in WAITING, unit.kode))


@contextmanager
def explained() -> Iterator[None]:
    """Write an error of the taxonomy into the task's log as a person reads it: what, who acts, how; then let it go on."""
    try:
        yield
    except HumasError as error:
        _tell(error.message, error.actor, error.remedy)
        raise


def _tell(problem: str, actor: Actor, remedy: str) -> None:
    """Lines of the log that its window in the UI shows whole."""
    for line in (problem, f"Yang bertindak: {actor.label}.", f"Caranya: {remedy}"):
        for piece in wrap(line, LOG_WIDTH):
            log.error("%s", piece)


def period_of_run() -> str:
    """The period of the current run, a quarter or, where the form asks for one, a year: its partition key, else the form.

    Never from the run's start date: clearing resets that.

    Raises:
        SenderError: the run names no period, two different ones, or one of the other kind.
    """
    context = get_current_context()
    yearly = "tahun" in context["params"]
    name, example, read = ("tahun", "2026", whole_year) if yearly else ("periode", "2026-TW3", quarter_of)
    key, asked = context["dag_run"].partition_key, context["params"].get(name)
    if key and asked and key != asked:
        raise SenderError(
            "periode_bertentangan",
            f"Kunci partisi menyebut {key}, formulir menyebut {asked}.",
            "jalankan lagi dan isi salah satu saja.",
        )
    if not (key or asked):
        field = name.capitalize()
        raise SenderError(
            "periode_kosong", f"{field} tidak diisi.", f"jalankan lagi dan isi {field}, misalnya {example}."
        )
    return read(str(key or asked)).key


def _installation(lembaga: str) -> Context:
    """The opened installation, when it connects units of this body: nothing to do is not an error."""
    from humas.installation.context import load_context
    from humas.pipeline.standing import serves

    opened = load_context()
    connected = any(channel.lembaga == lembaga and channel.active for channel in opened.register.all_channels)
    if not connected and not serves(opened, lembaga):
        raise AirflowSkipException(
            f"Belum ada saluran {Lembaga(lembaga).label} dalam register pemasangan ini; tidak ada yang dikerjakan."
        )
    return opened


def require(task_id: str, otherwise: str) -> None:
    """Fail unless that task has handed something on in this run."""
    if get_current_context()["ti"].xcom_pull(task_ids=task_id) is None:
        raise AirflowFailException(otherwise)


def recap_asset(lembaga: str) -> Asset:
    """What the roll-up of a body emits and its reports listen to; the partition key is the quarter."""
    return Asset(name=f"rekap/{lembaga}", uri=f"humas://rekap/{lembaga}", group="rekap")


def published_asset(lembaga: str) -> Asset:
    """What publishing a quarter of a body emits, and its year waits for; the partition key is the quarter."""
    return Asset(name=f"terbit/{lembaga}", uri=f"humas://terbit/{lembaga}", group="terbit")


def correction_asset(lembaga: str) -> Asset:
    """What publishing a quarter emits of which the year was published before: then the year follows without waiting."""
    return Asset(name=f"koreksi_tahun/{lembaga}", uri=f"humas://koreksi_tahun/{lembaga}", group="terbit")


def emit_key(cycle: Cycle, asset: Asset) -> None:
    """Give the asset event of a run that was started without a partition key its key, so that what listens follows."""
    context = get_current_context()
    if not context["dag_run"].partition_key:
        context["outlet_events"][asset].add_partitions(cycle.period)


def emit_published(cycle: Cycle) -> None:
    """The same for a published quarter; of a year nothing follows."""
    if isinstance(parse_period(cycle.period), Triwulan):
        emit_key(cycle, published_asset(cycle.lembaga))


def skip_unless_year_is_public(run: Run) -> None:
    """A quarter whose year nobody has published yet corrects nothing.

    Raises:
        AirflowSkipException: the year was not published.
    """
    from humas.pipeline.decision import is_public

    year = Year(quarter_of(run.cycle.period).year)
    if not is_public(run.context, Cycle(run.cycle.lembaga, year.key)):
        raise AirflowSkipException(f"Laporan {year.label} belum terbit; tidak ada yang diperbarui.")


def plain(summary: Any) -> dict[str, Any]:
    """A summary of the pipeline as plain JSON, for XCom."""
    return dict(json.loads(json.dumps(asdict(summary))))


def batch_label(reports: list[str]) -> str:
    """``satker:33.01 … satker:33.25`` for a batch of report ids."""
    return reports[0] if len(reports) == 1 else f"{reports[0]} … {reports[-1]} ({len(reports)})"


def judge(verdict: Verdict) -> None:
    """Hand the verdict on, then fail when somebody still has to act technically, naming everybody.

    What is wrong with each stands in the log above the failure; that one cannot be wrapped, so it only names.

    Raises:
        AirflowFailException: units still fail, or too many rows were quarantined.
    """
    get_current_context()["ti"].xcom_push(key="putusan", value=plain(verdict))
    if verdict.lulus:
        return
    for unit in verdict.gagal:
        log.error("%s %s", unit.kode, unit.nama)
        _tell(unit.pesan, Actor(unit.pelaku), unit.cara)
    lines = [f"- {unit.kode} {unit.nama}" for unit in verdict.gagal]
    if verdict.karantina_melebihi_batas:
        lines.append(f"- Bagian baris yang ditahan {verdict.bagian_karantina:.1%} melebihi batas.")
    raise AirflowFailException("\n".join([f"Masih gagal: {len(verdict.gagal)} satker", *lines]))


def skip_draft(cycle: Cycle, result: PublishSummary) -> None:
    """Tell of a draft that waits for somebody's decision, and skip; nothing to do for what was published.

    Raises:
        AirflowSkipException: it waits.
    """
    from humas.pipeline.decision import draft_lines

    if result.menunggu is None:
        return
    lines = draft_lines(cycle, result)
    get_current_context()["ti"].xcom_push(key="draf", value={"baris": lines})
    raise AirflowSkipException("\n".join(lines))


def tell_withheld(withheld: Sequence[Withheld]) -> None:
    """Tell of each report that our own program failed on, then fail; all others are published by now.

    Raises:
        AirflowFailException: there is one.
    """
    for report in withheld:
        log.error("%s %s", report.report, report.name)
        _tell(report.message, Actor.OPERATOR, report.remedy)
    if withheld:
        names = [f"- {report.report} {report.name}" for report in withheld]
        raise AirflowFailException("\n".join([f"Ditahan karena galat program kami: {len(withheld)} laporan", *names]))
