"""Jawaban: menambah atau mengganti, dan siapa yang dihitung, rekap atau berkas satker sendiri.

Jalankan lewat tombol *Trigger* dan isi formulirnya; yang menunggu jawaban disebut `./humas ganti` dan tanda terima. Yang
menekan tombol tercatat sebagai yang menjawab. Triwulan itu lalu dijalankan lagi untuk satker itu, sehingga jawabannya berlaku.

### Apa yang dilakukan bila merah
| tugas merah | artinya | tindakan |
|---|---|---|
| **Simpan jawaban**: *tidak ada kiriman yang dihitung* | satker, lembaga, atau periodenya keliru | jalankan lagi dengan isian yang benar |
| **Simpan jawaban**: *tidak ada rekap* | tidak ada rekap atasan yang menyebut satker itu | minta provinsinya mengirim rekap |
| **Jalankan triwulan** | jalan triwulan tidak dapat dimulai; jawabannya sudah tersimpan | *Clear*, atau jalankan DAG triwulan dengan Periode dan Satker |
"""

from __future__ import annotations

from datetime import timedelta

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, task
from humas.orchestration import answerkit, dagkit


@task(task_id="simpan_jawaban", task_display_name="Simpan jawaban")
def keep() -> list[dict[str, object]]:
    """Menyimpan jawaban atas nama yang menekan tombol; jawaban lama tetap tercatat."""
    return answerkit.answer_from_form()


with DAG(
    dag_id="jawaban",
    dag_display_name="Jawaban",
    description="Jawab menambah atau mengganti, rekap atau berkas sendiri; berlaku dengan jalan triwulan yang dimulainya",
    doc_md=__doc__,
    schedule=None,
    params=answerkit.form(),
    default_args=dagkit.defaults(),
    tags=["jawaban"],
    **dagkit.COMMON,
):
    TriggerDagRunOperator.partial(
        task_id="jalankan_triwulan",
        task_display_name="Jalankan triwulan",
        doc_md="Menjalankan triwulan itu sekali lagi untuk satker yang dijawab.",
        skip_when_already_exists=True,
        map_index_template="{{ task.trigger_run_id }}",
        execution_timeout=timedelta(minutes=5),
    ).expand_kwargs(keep())
