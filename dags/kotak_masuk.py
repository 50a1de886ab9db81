"""Kotak masuk: ambil berkas yang ditaruh satker, jawab, dan hitung ulang triwulan yang sudah direkap.

Setiap 15 menit bila HUMAS_KOTAK_MASUK diisi, atau kapan saja lewat tombol *Trigger*. Berkas dipindahkan hanya
sesudah tersimpan; jawabannya (tanda terima, dan bila perlu buku kerja perbaikan) diletakkan di sampingnya.

### Apa yang dilakukan bila merah
| tugas merah | artinya | tindakan |
|---|---|---|
| **Sapu** | server folder tidak menjawab, pengaturan salah, atau disk penuh; log menyebut yang mana | perbaiki sebabnya; jalan berikutnya mengambil semua yang tertinggal |
| **Sapu**, "berkas tertunda" | program gagal pada berkas itu, atau berkasnya tidak dapat diambil; semua berkas lain sudah dijawab | laporkan ke pengembang dengan log; berkas dicoba lagi sendiri, dengan jeda yang makin panjang |
| **Pilih susulan** | gudang tidak menjawab | baca log; *Clear* |
| **Susulkan** | jalan triwulan tidak dapat dimulai | *Clear*, atau jalankan DAG triwulan dengan Periode dan Satker |

Mematikan tugas di tengah kerja tidak berbahaya: tidak ada berkas yang hilang atau dihitung dua kali.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, TriggerRule, task
from humas.orchestration import boxkit, dagkit


@task(task_id="sapu", task_display_name="Sapu", execution_timeout=dagkit.LONG)
def sweep_boxes() -> dict[str, int]:
    """Mengambil dan menjawab semua berkas; log memuat satu baris untuk tiap berkas."""
    with dagkit.explained():
        return boxkit.sweep_and_report()


@task(task_id="pilih_susulan", task_display_name="Pilih susulan", trigger_rule=TriggerRule.ALL_DONE)
def pick_follow_ups() -> list[dict[str, object]]:
    """Triwulan yang sudah direkap tetapi belum memuat berkas yang baru tiba, dan satkernya."""
    return boxkit.runs_to_start()


with DAG(
    dag_id="kotak_masuk",
    dag_display_name="Kotak masuk",
    description="Ambil dan jawab berkas yang ditaruh satker; hitung ulang bila triwulannya sudah direkap",
    doc_md=__doc__,
    schedule=boxkit.schedule(),
    default_args=dagkit.defaults(),
    tags=["kotak masuk"],
    **dagkit.COMMON,
):
    swept, follow_ups = sweep_boxes(), pick_follow_ups()
    start_follow_ups = TriggerDagRunOperator.partial(
        task_id="susulkan",
        task_display_name="Susulkan",
        doc_md="Menjalankan triwulan sekali lagi untuk satker yang berkasnya baru tiba; satu jalan untuk tiap triwulan.",
        skip_when_already_exists=True,
        map_index_template="{{ task.trigger_run_id }}",
        execution_timeout=timedelta(minutes=5),
    ).expand_kwargs(follow_ups)
    swept >> follow_ups >> start_follow_ups
    [swept, start_follow_ups] >> EmptyOperator(
        task_id="selesai",
        task_display_name="Selesai",
        doc_md="Merah bila sapuan atau susulan merah, supaya jalan ini ikut merah.",
        trigger_rule=TriggerRule.NONE_FAILED,
    )
