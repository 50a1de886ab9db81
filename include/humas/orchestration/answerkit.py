"""What the DAG of answers does: keep what its form says, in the name of who pressed the button, and name the run that follows."""

from __future__ import annotations

import logging
from typing import Any, Final

from airflow.sdk import Param, get_current_context

from humas.orchestration import dagkit
from humas.registry import DEFAULT_BODY, Lembaga

log = logging.getLogger(__name__)

ANSWERS: Final = {
    "menambah": "tambah", "mengganti": "ganti", "tarik kembali jawaban": "", "rekap yang dihitung": "rekap",
    "berkas sendiri yang dihitung": "sendiri", "yang disebut rekap dicabut": "cabut",
}  # fmt: skip
"""What the form offers → the word of ``humas.pipeline.answers``."""
NOBODY: Final = "operator Airflow"


def form() -> dict[str, Param]:
    """The form; refused by its JSON schema before anything starts."""
    return {
        "lembaga": Param(DEFAULT_BODY.value, type="string", enum=[body.value for body in Lembaga], title="Lembaga"),
        "satker": Param("", type="string", pattern=dagkit.SATKER_PATTERN, title="Satker", description="Kode, misalnya 33.74."),
        "periode": dagkit.form(with_units=False)["periode"],
        "jawaban": Param(
            "menambah", type="string", enum=list(ANSWERS), title="Jawaban",
            description="Berkas terbaru menambah atau mengganti; atau siapa yang dihitung, rekap atasan atau satker sendiri.",
        ),
        "alasan": Param("", type="string", minLength=3, title="Alasan", description="Atas dasar apa, misalnya telepon satker."),
    }  # fmt: skip


def answer_from_form() -> list[dict[str, object]]:
    """Keep the answer; arguments of the one run of ``<lembaga>_triwulan`` that makes it count, none when nothing is new.

    Raises:
        SenderError: unit or quarter is unknown, or nothing is there to answer.
    """
    from humas.installation.context import load_context
    from humas.pipeline.answers import OperatorAnswer, keep_answer

    context = get_current_context()
    said: dict[str, Any] = dict(context["params"])
    run = context["dag_run"]
    answer = OperatorAnswer(
        said["satker"], dagkit.period_of_run(), ANSWERS[said["jawaban"]], run.triggering_user_name or NOBODY,
        said["alasan"], said["lembaga"],
    )  # fmt: skip
    with dagkit.explained():
        answered = keep_answer(load_context(), answer)
    log.info("%s", answered.message)
    if not answered.changed:
        return []
    return [
        {
            "trigger_dag_id": f"{answered.cycle.lembaga}_triwulan",
            "trigger_run_id": f"jawaban__{answered.cycle.period}__{run.run_id}",
            "conf": {"periode": answered.cycle.period, "satker": [answered.code]},
        }
    ]
