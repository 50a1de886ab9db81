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

from airflow.sdk import DAG, PartitionedAssetTimetable
from humas.orchestration import dagkit, reportkit
from humas.registry import Lembaga


def build_report_dag(lembaga: Lembaga) -> None:
    """Define ``<lembaga>_laporan``."""
    code = lembaga.value
    with DAG(
        dag_id=f"{lembaga}_laporan",
        dag_display_name=f"{lembaga.label}: laporan",
        description=f"Cetak dan terbitkan laporan triwulanan {lembaga.label} yang datanya berubah",
        doc_md=__doc__,
        schedule=PartitionedAssetTimetable(assets=dagkit.recap_asset(code)),
        params=dagkit.form(with_units=False),
        default_args=dagkit.defaults(minutes=30),
        tags=[lembaga.label, "laporan"],
        **dagkit.COMMON,
    ):
        correction = reportkit.renew_year.override(outlets=[dagkit.correction_asset(code)])(code)
        reportkit.steps(code, correction, outlets=(dagkit.published_asset(code),))


for one in Lembaga:
    build_report_dag(one)
