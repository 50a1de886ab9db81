"""Templat triwulanan: satu buku kerja untuk tiap satker, siap diisi dan dikirim kembali.

Berjalan sendiri lima hari kerja sebelum triwulan berakhir, jauh sebelum tenggat lapor. Unit, periode, dan tenggat
sudah terisi. Draf kegiatan dari situs satker ikut bila gudang memilikinya. Hasilnya di map pemasangan:
`templat/<lembaga>/<periode>/`, satu berkas XLSX untuk tiap satker; bagikan dengan cara biasa.

Draf baru sesudah itu? Jalankan lagi lewat tombol *Trigger*: isi Periode, dan Satker bila tidak semua. Berkas lama
diganti; isian satker tidak ada di sini, jadi tidak ada yang hilang.

### Apa yang dilakukan bila merah
| tugas merah | artinya | tindakan |
|---|---|---|
| **Buat templat**: *tidak dapat ditulis* | disk penuh atau map tidak boleh ditulis | bebaskan ruang atau beri izin tulis pada map `templat`, lalu *Clear* |
| **Buat templat**: *tidak terdaftar* | kode pada Satker keliru | jalankan lagi dengan kode yang benar, misalnya 33.74 |
| **Buat templat**: sebab lain | kesalahan kita, bukan satker | kirim log ke pengembang; satker tetap dapat memakai `./humas template` |
"""

from __future__ import annotations

from airflow.sdk import DAG, Param, get_current_context, task
from humas.orchestration import dagkit
from humas.registry import Lembaga
from humas_plugin import TriwulanTimetable

WORKDAYS_BEFORE_END = 5


@task(task_id="buat_templat", task_display_name="Buat templat", execution_timeout=dagkit.LONG)
def make_templates(lembaga: str) -> dict[str, object]:
    """Templat semua satker (atau yang diminta); yang lama diganti."""
    from humas.installation.context import load_context
    from humas.periods import quarter_of
    from humas.pipeline.distribution import template_folder, write_templates

    asked = get_current_context()["params"].get("satker") or ()
    # Not dagkit.begin: a body whose units only send files has no channel, and needs templates most of all.
    context, quarter = load_context(), quarter_of(dagkit.period_of_run())
    with dagkit.explained():
        return dagkit.plain(
            write_templates(context, lembaga, quarter, template_folder(context.settings.home, lembaga, quarter), asked)
        )


def form() -> dict[str, Param]:
    """Periode and Satker, as in every other form."""
    fields = dagkit.form(with_units=True)
    unit = fields["satker"]
    unit.description = "Kode satker yang dibuatkan templat, satu per baris (33.74). Kosong berarti semua."
    return {"periode": fields["periode"], "satker": unit}


def build_template_dag(lembaga: Lembaga) -> None:
    """Define ``<lembaga>_templat``."""
    with DAG(
        dag_id=f"{lembaga}_templat",
        dag_display_name=f"{lembaga.label}: templat",
        description=f"Buku kerja triwulanan untuk tiap satker {lembaga.label}",
        doc_md=__doc__,
        schedule=TriwulanTimetable(**dagkit.schedule(lembaga.value) | {"working_days": -WORKDAYS_BEFORE_END}),
        params=form(),
        default_args=dagkit.defaults(),
        tags=[lembaga.label, "templat"],
        **dagkit.COMMON,
    ):
        make_templates(lembaga.value)


for one in Lembaga:
    build_template_dag(one)
