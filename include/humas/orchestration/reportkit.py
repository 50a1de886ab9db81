"""The tasks that a quarter's reports and a year's have in common, and the order in which they run."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any, Final

from airflow.sdk import Asset, TriggerRule, chain, task

from humas.orchestration import dagkit
from humas.registry import Lembaga

NEEDS_APPROVAL: Final = os.environ.get("HUMAS_PENGESAHAN") == "1"


@task(task_id="susun", task_display_name="Susun")
def compose_reports(lembaga: str) -> list[list[str]]:
    """Membandingkan dengan edisi terakhir; hanya yang berubah dicetak."""
    from humas.pipeline.quarter import compose

    run = dagkit.begin(lembaga)
    changed = list(compose(run.context, run.cycle).laporan)
    return [changed[at : at + dagkit.BATCH_SIZE] for at in range(0, len(changed), dagkit.BATCH_SIZE)]


@task(task_id="cetak", **dagkit.mapped("Cetak", "cetak"))
def print_batch(lembaga: str, group: list[str]) -> dict[str, object]:
    """PDF dan XLSX sekelompok laporan."""
    from humas.pipeline.quarter import print_reports

    run = dagkit.begin(lembaga, dagkit.batch_label(group))
    return dagkit.plain(print_reports(run.context, run.cycle, group, processes=1))


@task(task_id="situs", task_display_name="Situs", trigger_rule=TriggerRule.NONE_FAILED)
def site(lembaga: str) -> None:
    """Halaman satker, provinsi, dan nasional."""
    from humas.pipeline.quarter import build_site

    run = dagkit.begin(lembaga)
    build_site(run.context, run.cycle)


@task(task_id="terbitkan", task_display_name="Terbitkan")
def publish_reports(lembaga: str) -> dict[str, object]:
    """Edisi baru menjadi yang berlaku; edisi lama tetap ada. Dilewati bila penerbitannya belum diputuskan."""
    from humas.pipeline.quarter import decide_to_publish, publish_or_keep

    run = dagkit.begin(lembaga)
    result = (decide_to_publish if NEEDS_APPROVAL else publish_or_keep)(run.context, run.cycle)
    dagkit.skip_draft(run.cycle, result)
    dagkit.emit_published(run.cycle)
    return dagkit.plain(result)


@task(task_id="perbarui_tahun", task_display_name="Perbarui tahun")
def renew_year(lembaga: str) -> None:
    """Memicu laporan tahunan, bila tahun triwulan ini sudah terbit."""
    run = dagkit.begin(lembaga)
    dagkit.skip_unless_year_is_public(run)
    dagkit.emit_key(run.cycle, dagkit.correction_asset(lembaga))


@task(task_id="kabarkan", task_display_name="Kabarkan", trigger_rule=TriggerRule.NONE_FAILED)
def announce_editions(lembaga: str) -> str:
    """Menulis kabar singkat tentang edisi baru; merah bila ada laporan yang ditahan karena galat program kami."""
    from humas.pipeline.quarter import announce, withheld_reports

    run = dagkit.begin(lembaga)
    announcement = announce(run.context, run.cycle)
    dagkit.tell_withheld(withheld_reports(run.context, run.cycle))
    return announcement


def _approval(lembaga: Lembaga) -> Any:
    """An officer approves or refuses before anything is published; waits without a worker slot."""
    from airflow.providers.standard.operators.hitl import ApprovalOperator

    return ApprovalOperator(
        task_id="pengesahan",
        task_display_name="Pengesahan",
        doc_md="Pejabat menyetujui atau menolak penerbitan.",
        subject=f"Terbitkan laporan {lembaga.label}?",
        body="Laporan sudah dicetak dan situs sudah dibangun. Setuju berarti terbit.",
        execution_timeout=timedelta(days=14),
    )


def steps(code: str, *after: Any, outlets: tuple[Asset, ...] = ()) -> None:
    """Print the reports whose data changed, publish everything, tell it. after: tasks between publishing and telling."""
    batches, pages = compose_reports(code), site(code)
    published = publish_reports.override(outlets=list(outlets))(code)
    [batches, dagkit.spread(print_batch, code).expand(group=batches)] >> pages
    (pages >> _approval(Lembaga(code)) if NEEDS_APPROVAL else pages) >> published
    chain(published, *after, announce_editions(code))
