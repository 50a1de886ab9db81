"""Laporan tahunan, dari keempat triwulan yang sudah terbit: susun, cetak, bangun situs, terbitkan.

Menunggu keempat triwulan terbit, dan berjalan lagi bila sesudah itu satu triwulan dibetulkan: hanya laporan yang datanya
berubah mendapat edisi baru. Lebih awal: *Trigger* dan isi Tahun; triwulan yang belum ada disebut namanya dan tidak dihitung nol.

### Apa yang dilakukan bila merah
| tugas merah | artinya | tindakan |
|---|---|---|
| **Susun** | belum satu triwulan pun direkap, atau angka diubah di luar program | log menyebut yang mana; jalankan triwulannya, lalu *Clear* **dengan Downstream** |
| **Cetak**, **Situs**, **Terbitkan** | seperti pada DAG laporan | lihat di sana |
| **Kabarkan**, "ditahan" | program kami gagal pada laporan yang disebut log; yang lain sudah terbit | kirim catatan di folder `galat/` ke pengembang |
"""

from __future__ import annotations

from airflow.sdk import DAG, PartitionedAssetTimetable, RollupMapper
from humas.orchestration import dagkit, reportkit
from humas.registry import Lembaga
from humas_plugin import QuartersOfYear, YearOfQuarter


def build_annual_dag(lembaga: Lembaga) -> None:
    """Define ``<lembaga>_tahunan``."""
    code = lembaga.value
    published, corrected = dagkit.published_asset(code), dagkit.correction_asset(code)
    of_year = YearOfQuarter()
    with DAG(
        dag_id=f"{lembaga}_tahunan",
        dag_display_name=f"{lembaga.label}: tahunan",
        description=f"Cetak dan terbitkan laporan tahunan {lembaga.label} dari keempat triwulannya",
        doc_md=__doc__,
        schedule=PartitionedAssetTimetable(
            assets=published | corrected,
            partition_mapper_config={
                published: RollupMapper(upstream_mapper=of_year, window=QuartersOfYear()),
                corrected: of_year,
            },
        ),
        params=dagkit.form_of_year(),
        default_args=dagkit.defaults(minutes=30),
        tags=[lembaga.label, "tahunan"],
        **dagkit.COMMON,
    ):
        reportkit.steps(code)


for one in Lembaga:
    build_annual_dag(one)
