"""Satu triwulan: kumpulkan dari semua satker, periksa, rekap.

**Urutan.** Buka periode → kumpulkan per provinsi → kumpulkan ulang *hanya* satker yang gagal teknis →
periksa sekali untuk seluruh negeri → rekap → putusan. Rekap dan laporan tetap terbit walau ada satker gagal.

### Apa yang dilakukan bila merah
| tugas merah | artinya | tindakan |
|---|---|---|
| **Buka periode** | periode kosong, atau kode satker keliru; log menyebut yang mana | jalankan lagi dengan isian yang benar |
| **Kumpulkan ulang** satu satker | sumber satker itu tidak menjawab, juga sesudah dicoba lagi | baca log (sebab, siapa bertindak, dan caranya ada pada baris ERROR teratas); bila sudah beres: *Clear* tugas itu **dengan Downstream**. Satker, provinsi, dan nasional mendapat edisi baru |
| **Putusan** | masih ada satker gagal; daftarnya di log | selesaikan satker itu satu per satu seperti di atas; putusan ikut hijau |
| **Kumpulkan** satu provinsi | sistem kita (disk, basis data), bukan satker | perbaiki sebabnya, lalu *Clear* **dengan Downstream** |
| **Validasi** atau **Rekap** | jumlah baris atau jumlah antartingkat tidak cocok | jangan terbitkan; kirim log ke pengembang |

*Clear only failed* saja tidak cukup: rekap tidak ikut dihitung ulang. Satker yang baik dikumpulkan lagi lewat
tombol *Trigger*: isi Periode dan Satker.
"""

from __future__ import annotations

from airflow.sdk import DAG, TriggerRule, task
from humas.orchestration import dagkit
from humas.registry import Lembaga
from humas_plugin import TriwulanTimetable


@task(task_id="buka_periode", task_display_name="Buka periode")
def open_quarter(lembaga: str) -> list[dict[str, object]]:
    """Membekukan kewajiban lapor dan membagi satker per provinsi."""
    from humas.pipeline.quarter import open_period

    with dagkit.explained():
        run = dagkit.begin(lembaga)
        return [dagkit.plain(group) for group in open_period(run.context, run.cycle, run.satker).kelompok]


@task(task_id="kumpulkan", **dagkit.mapped("Kumpulkan", "kumpul"))
def collect_province(lembaga: str, group: dict[str, object]) -> dict[str, object]:
    """Putaran pertama satu provinsi, serentak; satker yang gagal tidak mengganggu yang lain."""
    from humas.pipeline.quarter import collect

    run = dagkit.begin(lembaga, f"{group['kode']} {group['nama']}")
    return dagkit.plain(collect(run.context, run.cycle, group["satker"], run.id, force=run.force))


@task(task_id="pilih_gagal", task_display_name="Pilih yang gagal")
def pick_failed(lembaga: str) -> list[dict[str, str]]:
    """Daftar satker yang gagal teknis pada putaran pertama."""
    from humas.pipeline.quarter import failed_units

    run = dagkit.begin(lembaga)
    failed = dagkit.longest_first(failed_units(run.context, run.cycle, run.satker))
    return [{"kode": unit.kode, "nama": run.context.register.satker(unit.kode).name} for unit in failed]


@task(task_id="kumpulkan_ulang", **dagkit.mapped("Kumpulkan ulang", "kumpul"))
def collect_failed(lembaga: str, unit: dict[str, str]) -> dict[str, object]:
    """Satu satker yang gagal. Bila merah: baca log, lalu *Clear* **dengan Downstream**."""
    from humas.pipeline.quarter import collect_again

    run = dagkit.begin(lembaga, f"{unit['kode']} {unit['nama']}")
    with dagkit.explained():
        return dagkit.plain(collect_again(run.context, run.cycle, unit["kode"], run.id, run.rounds))


@task(
    task_id="validasi", task_display_name="Validasi", trigger_rule=TriggerRule.ALL_DONE, execution_timeout=dagkit.LONG
)
def validation(lembaga: str) -> dict[str, object]:
    """Semua kiriman triwulan ini sekaligus; baris yang salah ditahan, jumlahnya dibuktikan."""
    from humas.pipeline.quarter import validate

    run = dagkit.begin(lembaga)
    dagkit.require("pilih_gagal", "Putaran pertama belum selesai di semua provinsi; perbaiki Kumpulkan dahulu.")
    return dagkit.plain(validate(run.context, run.cycle, run.id))


@task(task_id="rekap", task_display_name="Rekap")
def recapitulate(lembaga: str) -> dict[str, object]:
    """Angka satker, provinsi, nasional; memicu laporan."""
    from humas.pipeline.quarter import roll_up

    run = dagkit.begin(lembaga)
    summary = roll_up(run.context, run.cycle, run.id)
    dagkit.emit_key(run.cycle, dagkit.recap_asset(lembaga))
    return dagkit.plain(summary)


@task(task_id="putusan", task_display_name="Putusan", retries=0)
def verdict(lembaga: str) -> None:
    """Merah bila masih ada satker gagal; log memuat nama mereka."""
    from humas.pipeline.quarter import decide

    run = dagkit.begin(lembaga)
    dagkit.judge(decide(run.context, run.cycle, run.id, run.satker))


def build_triwulan_dag(lembaga: Lembaga) -> None:
    """Define ``<lembaga>_triwulan``."""
    with DAG(
        dag_id=f"{lembaga}_triwulan",
        dag_display_name=f"{lembaga.label}: triwulan",
        description=f"Kumpulkan, periksa, dan rekap satu triwulan {lembaga.label}",
        doc_md=__doc__,
        schedule=TriwulanTimetable(**dagkit.schedule(lembaga.value)),
        params=dagkit.form(with_units=True),
        default_args=dagkit.defaults(),
        tags=[lembaga.label, "triwulan"],
        **dagkit.COMMON,
    ):
        code = lembaga.value
        failed = pick_failed(code)
        dagkit.spread(collect_province, code).expand(group=open_quarter(code)) >> failed
        again = dagkit.spread(collect_failed, code).expand(unit=failed)
        recap = recapitulate.override(outlets=[dagkit.recap_asset(code)])(code)
        again >> validation(code) >> recap >> verdict(code)


for one in Lembaga:
    build_triwulan_dag(one)
