"""What the DAG files share: retry policy, defaults, form, and which period and body a run is about.

Light at import: the DAG files are parsed every few seconds, so pandas, Great Expectations and typst stay out.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from airflow.sdk import ExceptionRetryPolicy, Param, RetryAction, RetryRule, get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from humas.errors import PengirimError, SistemError, SumberError
from humas.periods import Triwulan
from humas.registry import Lembaga
from humas.settings import WIB

if TYPE_CHECKING:
    from humas.context import Konteks
    from humas.summary import Putusan

START: Final = datetime(2026, 1, 1, tzinfo=WIB)
POLA_PERIODE: Final = r"^20[0-9]{2}-TW[1-4]$"
POLA_SATKER: Final = r"^[0-9]{2}(\.[0-9]{2})?$"
QUARTERS_OFFERED: Final = 4
DEFAULT_RETRY_SECONDS: Final = 60
BATCH_SIZE: Final = 25


def retry_policy() -> ExceptionRetryPolicy:
    """Retries by class of error: a silent source is asked again, a bad file or our own fault is not."""
    delay = timedelta(seconds=int(os.environ.get("HUMAS_JEDA_ULANG") or DEFAULT_RETRY_SECONDS))
    return ExceptionRetryPolicy(
        rules=[
            RetryRule(
                exception=SumberError, action=RetryAction.RETRY, retry_delay=delay, reason="Sumber tidak menjawab"
            ),
            RetryRule(exception=PengirimError, action=RetryAction.FAIL, reason="Satker harus memperbaiki kiriman"),
            RetryRule(exception=SistemError, action=RetryAction.FAIL, reason="Admin harus memperbaiki sistem"),
        ]
    )


def defaults(minutes: int = 15) -> dict[str, Any]:
    """Default arguments of every task; an unknown error (a lost worker, a locked database) is tried twice more."""
    return {
        "owner": "humas",
        "retries": 2,
        "retry_delay": timedelta(seconds=10),
        "retry_policy": retry_policy(),
        "execution_timeout": timedelta(minutes=minutes),
    }


def form(*, with_units: bool) -> dict[str, Param]:
    """The form of a manual run; refused by its JSON schema before anything starts."""
    fields = {
        "periode": Param(
            None,
            type=["null", "string"],
            pattern=POLA_PERIODE,
            examples=_last_quarters(),
            title="Periode",
            description="Triwulan yang dikerjakan, misalnya 2026-TW3. Boleh kosong bila kunci partisi diisi.",
        )
    }
    if with_units:
        fields["satker"] = Param(
            [],
            type=["array", "null"],
            items={"type": "string", "pattern": POLA_SATKER},
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


def _last_quarters() -> list[str]:
    quarter = Triwulan.memuat(datetime.now(WIB).date()).sebelumnya()
    keys = []
    for _ in range(QUARTERS_OFFERED):
        keys.append(quarter.kunci)
        quarter = quarter.sebelumnya()
    return keys


def period_of_run() -> str:
    """The quarter of the current run: its partition key, else what the form says.

    Never from the run's start date: clearing resets that.

    Raises:
        PengirimError: the run names no quarter, or two different ones.
    """
    context = get_current_context()
    key, asked = context["dag_run"].partition_key, context["params"].get("periode")
    if key and asked and key != asked:
        raise PengirimError(
            "periode_bertentangan",
            f"Kunci partisi menyebut {key}, formulir menyebut {asked}.",
            "jalankan lagi dan isi salah satu saja.",
        )
    if not (key or asked):
        raise PengirimError(
            "periode_kosong", "Periode tidak diisi.", "jalankan lagi dan isi Periode, misalnya 2026-TW3."
        )
    return str(key or asked)


def asked_units() -> tuple[str, ...]:
    """Codes of the form; empty means every unit."""
    return tuple(get_current_context()["params"].get("satker") or ())


def asked_force() -> bool:
    """Whether the form asks to fetch again what has not changed."""
    return bool(get_current_context()["params"].get("paksa"))


def run_id() -> str:
    """Id of the current run, as recorded in the warehouse."""
    return str(get_current_context()["run_id"])


def label(text: str) -> None:
    """Name the current mapped task instance in the UI."""
    get_current_context()["label"] = text  # type: ignore[typeddict-unknown-key]


def installation(lembaga: Lembaga) -> Konteks:
    """The opened installation, when it connects units of this body.

    Raises:
        AirflowSkipException: no channel of this body is registered: nothing to do is not an error.
    """
    from humas.context import open_konteks

    opened = open_konteks()
    if not any(saluran.lembaga == lembaga and saluran.aktif for saluran in opened.register.semua_saluran):
        raise AirflowSkipException(
            f"Belum ada saluran {lembaga.label} dalam register pemasangan ini; tidak ada yang dikerjakan."
        )
    return opened


def plain(summary: Any) -> dict[str, Any]:
    """A summary of the pipeline as plain JSON, for XCom."""
    return dict(json.loads(json.dumps(asdict(summary))))


def batch_label(reports: list[str]) -> str:
    """``satker:33.01 … satker:33.25`` for a batch of report ids."""
    return reports[0] if len(reports) == 1 else f"{reports[0]} … {reports[-1]} ({len(reports)})"


def judge(verdict: Putusan) -> None:
    """Hand the verdict on, then fail when somebody still has to act technically, naming everybody.

    Raises:
        AirflowFailException: units still fail, or too many rows were quarantined.
    """
    get_current_context()["ti"].xcom_push(key="putusan", value=plain(verdict))
    if verdict.lulus:
        return
    lines = [f"- {unit.kode} {unit.nama}: {unit.pesan} {unit.cara}" for unit in verdict.gagal]
    if verdict.karantina_melebihi_batas:
        lines.append(f"- Bagian baris yang ditahan {verdict.bagian_karantina:.1%} melebihi batas.")
    raise AirflowFailException("\n".join([f"Masih gagal: {len(verdict.gagal)} satker", *lines]))
