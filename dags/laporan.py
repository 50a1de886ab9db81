"""Laporan satu triwulan: susun, cetak, bangun situs, terbitkan. Hanya yang datanya berubah.

Berjalan sendiri setiap kali rekap selesai, juga sesudah satu satker dikumpulkan ulang: maka hanya laporan
satker itu, provinsinya, dan nasional yang mendapat edisi baru.

### Apa yang dilakukan bila merah
| tugas merah | artinya | tindakan |
|---|---|---|
| **Cetak** satu kelompok | berkas laporan tidak jadi (disk penuh, kesalahan templat) | baca log; perbaiki; *Clear* **dengan Downstream** |
| **Situs** atau **Terbitkan** | map terbitan tidak dapat ditulis | bebaskan ruang atau beri izin tulis; *Clear* **dengan Downstream** |
| **Kabarkan**, "ditahan" | program kami gagal pada laporan yang disebut log; yang lain sudah terbit | kirim catatan di folder `galat/` ke pengembang; sesudah program dibetulkan, *Clear* **Susun dengan Downstream** |
| **Pengesahan** menunggu | pejabat belum memutuskan | buka *Required Actions*, pilih setuju atau tolak |

**Terbitkan** merah jambu (dilewati): laporannya masih draf, karena baru sebagian satker yang diminta atau lembaga ini belum
pernah menerbitkan apa pun. Log menyebut berapa laporan, di mana drafnya, dan perintah untuk menerbitkannya.

Edisi lama tetap tersimpan; tidak ada yang ditimpa.
"""

from __future__ import annotations

import os
from datetime import timedelta

from airflow.sdk import DAG, PartitionedAssetTimetable, TriggerRule, task
from humas.orchestration import dagkit
from humas.registry import Lembaga

NEEDS_APPROVAL = os.environ.get("HUMAS_PENGESAHAN") == "1"


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
    return dagkit.plain(result)


@task(task_id="kabarkan", task_display_name="Kabarkan", trigger_rule=TriggerRule.NONE_FAILED)
def announce_editions(lembaga: str) -> str:
    """Menulis kabar singkat tentang edisi baru; merah bila ada laporan yang ditahan karena galat program kami."""
    from humas.pipeline.quarter import announce, withheld_reports

    run = dagkit.begin(lembaga)
    announcement = announce(run.context, run.cycle)
    dagkit.tell_withheld(withheld_reports(run.context, run.cycle))
    return announcement


def _approval(lembaga: Lembaga) -> object:
    """An officer approves or refuses before anything is published; waits without a worker slot."""
    from airflow.providers.standard.operators.hitl import ApprovalOperator

    return ApprovalOperator(
        task_id="pengesahan",
        task_display_name="Pengesahan",
        doc_md="Pejabat menyetujui atau menolak penerbitan.",
        subject=f"Terbitkan laporan triwulanan {lembaga.label}?",
        body="Laporan sudah dicetak dan situs sudah dibangun. Setuju berarti terbit.",
        execution_timeout=timedelta(days=14),
    )


def build_report_dag(lembaga: Lembaga) -> None:
    """Define ``<lembaga>_laporan``."""
    with DAG(
        dag_id=f"{lembaga}_laporan",
        dag_display_name=f"{lembaga.label}: laporan",
        description=f"Cetak dan terbitkan laporan triwulanan {lembaga.label} yang datanya berubah",
        doc_md=__doc__,
        schedule=PartitionedAssetTimetable(assets=dagkit.recap_asset(lembaga.value)),
        params=dagkit.form(with_units=False),
        default_args=dagkit.defaults(minutes=30),
        tags=[lembaga.label, "laporan"],
        **dagkit.COMMON,
    ):
        code = lembaga.value
        batches = compose_reports(code)
        pages, published = site(code), publish_reports(code)
        [batches, dagkit.spread(print_batch, code).expand(group=batches)] >> pages
        (pages >> _approval(lembaga) if NEEDS_APPROVAL else pages) >> published >> announce_editions(code)


for one in Lembaga:
    build_report_dag(one)
