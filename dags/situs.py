"""Situs berita satker: baca kabar baru, jadikan **draf** kegiatan yang ditawarkan dalam templat satker.

Setiap malam bila pemasangan menyalakannya (HUMAS_SITUS dan HUMAS_SITUS_KONTAK, atau baris `situs` pada register), atau
kapan saja lewat *Trigger*. Satu permintaan pada satu waktu ke tiap situs, dengan jeda; robots.txt dipatuhi; hanya yang
baru diambil. Draf tidak pernah dihitung sebelum satker menyatakan Ya.

### Apa yang dilakukan bila merah
Situs yang menolak atau mati **tidak** memerahkan tugas: daftarnya, sebabnya, dan siapa yang bertindak ada di log
**Rangkum**, dan dicoba lagi malam berikutnya.

| tugas merah | artinya | tindakan |
|---|---|---|
| **Kunjungi** satu provinsi: *kontak pengumpul belum diisi* | HUMAS_SITUS_KONTAK kosong | isi dengan surel atau URL, lalu *Clear* **dengan Downstream** |
| **Kunjungi** satu provinsi: sebab lain | sistem kita (disk, basis data), bukan situs | perbaiki sebabnya, lalu *Clear* **dengan Downstream**; yang sudah terambil tidak diambil lagi |
| **Bagi situs** | periode atau kode satker keliru, atau register tidak terbaca | jalankan lagi dengan isian yang benar |
| **Rangkum** | ada **Kunjungi** yang merah, atau gudang tidak menjawab | perbaiki Kunjungi seperti di atas; ini ikut hijau |
"""

from __future__ import annotations

from airflow.sdk import DAG, TriggerRule, task
from humas.orchestration import dagkit, sitekit
from humas.registry import Lembaga


@task(task_id="bagi_situs", task_display_name="Bagi situs")
def split_sites(lembaga: str) -> list[dict[str, object]]:
    """Situs yang dikunjungi, per provinsi."""
    with dagkit.explained():
        return sitekit.groups(lembaga)


@task(task_id="kunjungi", **dagkit.mapped("Kunjungi", "situs"), execution_timeout=dagkit.LONG)
def visit_province(lembaga: str, group: dict[str, object]) -> dict[str, object]:
    """Situs satu provinsi; tiap situs meninggalkan satu baris hasil, juga bila gagal."""
    return sitekit.visit(lembaga, group)


@task(task_id="rangkum", task_display_name="Rangkum", trigger_rule=TriggerRule.ALL_DONE)
def summarise(lembaga: str, group: list[dict[str, object]], result: list[dict[str, object]]) -> dict[str, int]:
    """Menyatukan draf tentang acara yang sama, dan menyebut sekali situs yang tidak terbaca."""
    with dagkit.explained():
        return sitekit.report(lembaga, len(group or ()), result[:] if result else ())


def build_site_dag(lembaga: Lembaga) -> None:
    """Define ``<lembaga>_situs``."""
    with DAG(
        dag_id=f"{lembaga}_situs",
        dag_display_name=f"{lembaga.label}: situs",
        description=f"Draf kegiatan dari situs berita satker {lembaga.label}",
        doc_md=__doc__,
        schedule=sitekit.schedule(lembaga),
        params=sitekit.form(),
        default_args=dagkit.defaults(),
        tags=[lembaga.label, "situs"],
        **dagkit.COMMON,
    ):
        code = lembaga.value
        groups = split_sites(code)
        summarise(code, groups, dagkit.spread(visit_province, code).expand(group=groups))


for one in sitekit.BODIES:
    build_site_dag(one)
