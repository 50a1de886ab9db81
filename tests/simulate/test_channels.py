"""The channels file is one that the registry reads, with exactly one line it cannot use."""

from __future__ import annotations

from humas.registry import load_register
from humas.settings import Settings


def test_registry_reads_the_file_and_names_the_one_bad_line(demo, tmp_path):
    register = load_register(demo.configure(Settings(home=tmp_path, database_url="")))
    [gangguan] = register.gangguan
    [rusak] = demo.dunia.saluran_rusak
    assert gangguan.kode == rusak
    for kode, rencana in demo.dunia.rencana.items():
        saluran = register.saluran("kpu", kode)
        if kode in demo.dunia.tanpa_saluran | {rusak}:
            assert saluran == ()
        else:
            assert [satu.jenis for satu in saluran] == ["api" if b == "json" else "berkas" for b in rencana.saluran]
            assert all(satu.percaya_waktu and satu.alamat.startswith(demo.url) for satu in saluran)
