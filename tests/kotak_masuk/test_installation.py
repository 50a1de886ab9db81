"""What a sweep knows before it looks into a file: the one body it serves, and how far it is."""

from __future__ import annotations

import pytest
from humas.kotak_masuk.box import boxes
from humas.kotak_masuk.sweep import only_body, sweep

from tests.kotak_masuk.berkas import csv
from tests.kotak_masuk.conftest import installation

pytestmark = pytest.mark.mesin


@pytest.mark.parametrize(
    ("lembaga", "harap"),
    [(("kpu",), "kpu"), (("kpu", "kpu"), "kpu"), (("kpu", "bawaslu"), ""), (("bawaslu", ""), "bawaslu"), (("",), "")],
    ids=["one", "twice", "two", "one_and_any", "any"],
)
def test_the_only_body_speaks_for_files_that_name_none(tmp_path, lembaga, harap):
    alamat = [f"{satu}=file://{tmp_path}/{i}".removeprefix("=") for i, satu in enumerate(lembaga)]
    k = installation(tmp_path, *alamat)
    assert only_body(k, boxes(k.settings)) == harap


def test_progress_counts_every_file_once(folder, tmp_path):
    folder.put("a.csv", csv("33.74"))
    folder.put("b.csv", b"bukan laporan")
    kabar: list[tuple[int, int, str]] = []
    sweep(installation(tmp_path, f"kpu={folder.url}"), progress=lambda *satu: kabar.append(satu))
    selesai = [(n, dari) for n, dari, teks in kabar if not teks.startswith("membaca")]
    assert selesai == [(1, 2), (2, 2)]
