"""Satu triwulan: kumpulkan dari semua satker, periksa, rekap.

**Urutan.** Buka periode → kumpulkan per provinsi → kumpulkan ulang *hanya* satker yang gagal teknis →
periksa sekali untuk seluruh negeri → rekap → putusan. Rekap dan laporan tetap terbit walau ada satker gagal.

### Apa yang dilakukan bila merah
| tugas merah | artinya | tindakan |
|---|---|---|
| **Kumpulkan ulang** satu satker | sumber satker itu tidak menjawab, juga sesudah dicoba lagi | baca log (siapa bertindak tertulis di akhir); bila sudah beres: *Clear* tugas itu **dengan Downstream**. Satker, provinsi, dan nasional mendapat edisi baru |
| **Putusan** | masih ada satker gagal; daftarnya di log | selesaikan satker itu satu per satu seperti di atas; putusan ikut hijau |
| **Kumpulkan** satu provinsi | sistem kita (disk, basis data), bukan satker | perbaiki sebabnya, lalu *Clear* **dengan Downstream** |
| **Periksa** atau **Rekap** | jumlah baris atau jumlah antartingkat tidak cocok | jangan terbitkan; kirim log ke pengembang |

*Clear only failed* saja tidak cukup: rekap tidak ikut dihitung ulang. Satker yang baik dikumpulkan lagi lewat
tombol *Trigger*: isi Periode dan Satker.
"""

from __future__ import annotations

import os
from datetime import timedelta

from airflow.sdk import Asset, TriggerRule, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException
from humas.operate import dagkit
from humas.registry import Lembaga
from humas.settings import Settings
from humas_plugin import TriwulanTimetable

HARI_KERJA = Settings.from_environment().deadline.nasional
JADWAL_AKTIF = os.environ.get("HUMAS_JADWAL") != "mati"


def build_triwulan(lembaga: Lembaga) -> None:
    """Define ``<lembaga>_triwulan``."""
    asset = Asset(name=f"rekap/{lembaga}", uri=f"humas://rekap/{lembaga}", group="rekap")

    @dag(
        dag_id=f"{lembaga}_triwulan",
        dag_display_name=f"{lembaga.label}: triwulan",
        description=f"Kumpulkan, periksa, dan rekap satu triwulan {lembaga.label}",
        doc_md=__doc__,
        schedule=TriwulanTimetable(HARI_KERJA, aktif=JADWAL_AKTIF),
        start_date=dagkit.START,
        catchup=False,
        max_active_runs=1,
        params=dagkit.form(with_units=True),
        default_args=dagkit.defaults(),
        tags=[lembaga.label, "triwulan"],
    )
    def triwulan() -> None:
        @task(task_display_name="Buka periode", doc_md="Membekukan kewajiban lapor dan membagi satker per provinsi.")
        def buka_periode() -> list[dict[str, object]]:
            from humas.pipeline import open_period

            k = dagkit.installation(lembaga)
            opened = open_period(k, lembaga, dagkit.period_of_run(), dagkit.asked_units())
            return [dagkit.plain(group) for group in opened.kelompok]

        @task(
            task_display_name="Kumpulkan",
            doc_md="Putaran pertama satu provinsi, serentak; satker yang gagal tidak mengganggu yang lain.",
            map_index_template="{{ label }}",
            pool="kumpul",
        )
        def kumpulkan(kelompok: dict[str, object]) -> dict[str, object]:
            from humas.pipeline import collect

            dagkit.label(f"{kelompok['kode']} {kelompok['nama']}")
            k, periode = dagkit.installation(lembaga), dagkit.period_of_run()
            return dagkit.plain(
                collect(k, lembaga, periode, kelompok["satker"], dagkit.run_id(), paksa=dagkit.asked_force())
            )

        @task(task_display_name="Pilih yang gagal", doc_md="Daftar satker yang gagal teknis pada putaran pertama.")
        def pilih_gagal() -> list[dict[str, str]]:
            from humas.pipeline import failed_units

            k = dagkit.installation(lembaga)
            failed = failed_units(k, lembaga, dagkit.period_of_run(), dagkit.asked_units())
            return [{"kode": unit.kode, "nama": k.register.satker(unit.kode).nama} for unit in failed]

        @task(
            task_display_name="Kumpulkan ulang",
            doc_md="Satu satker yang gagal. Bila merah: baca log, lalu *Clear* **dengan Downstream**.",
            map_index_template="{{ label }}",
            pool="kumpul",
        )
        def kumpulkan_ulang(unit: dict[str, str]) -> dict[str, object]:
            from humas.pipeline import collect_again

            dagkit.label(f"{unit['kode']} {unit['nama']}")
            k, periode = dagkit.installation(lembaga), dagkit.period_of_run()
            percobaan = 1 + get_current_context()["ti"].try_number
            return dagkit.plain(collect_again(k, lembaga, periode, unit["kode"], dagkit.run_id(), percobaan))

        @task(
            task_display_name="Periksa",
            doc_md="Semua kiriman triwulan ini sekaligus; baris yang salah ditahan, jumlahnya dibuktikan.",
            trigger_rule=TriggerRule.ALL_DONE,
            execution_timeout=timedelta(hours=1),
        )
        def validasi() -> dict[str, object]:
            from humas.pipeline import validate

            k = dagkit.installation(lembaga)
            if get_current_context()["ti"].xcom_pull(task_ids="pilih_gagal") is None:
                raise AirflowFailException(
                    "Putaran pertama belum selesai di semua provinsi; perbaiki Kumpulkan dahulu."
                )
            return dagkit.plain(validate(k, lembaga, dagkit.period_of_run(), dagkit.run_id()))

        @task(task_display_name="Rekap", doc_md="Angka satker, provinsi, nasional; memicu laporan.", outlets=[asset])
        def rekap() -> dict[str, object]:
            from humas.pipeline import roll_up

            periode, context = dagkit.period_of_run(), get_current_context()
            summary = roll_up(dagkit.installation(lembaga), lembaga, periode, dagkit.run_id())
            if not context["dag_run"].partition_key:
                context["outlet_events"][asset].add_partitions(periode)
            return dagkit.plain(summary)

        @task(
            task_display_name="Putusan", doc_md="Merah bila masih ada satker gagal; log memuat nama mereka.", retries=0
        )
        def putusan() -> None:
            from humas.pipeline import decide

            units, periode = dagkit.asked_units(), dagkit.period_of_run()
            dagkit.judge(decide(dagkit.installation(lembaga), lembaga, periode, dagkit.run_id(), units))

        kelompok = buka_periode()
        gagal = pilih_gagal()
        kumpulkan.expand(kelompok=kelompok) >> gagal
        kumpulkan_ulang.expand(unit=gagal) >> validasi() >> rekap() >> putusan()

    triwulan()


for satu in Lembaga:
    build_triwulan(satu)
