"""What a sweep knows before it looks into a file: the one body it serves, and how far it is."""

from __future__ import annotations

import pytest
from humas.inbox.sweep import only_body, sweep
from humas.installation.boxes import boxes

from tests.inbox.conftest import installation
from tests.inbox.files import csv

pytestmark = pytest.mark.mesin


@pytest.mark.parametrize(
    ("lembaga", "expected"),
    [(("kpu",), "kpu"), (("kpu", "kpu"), "kpu"), (("kpu", "bawaslu"), ""), (("bawaslu", ""), "bawaslu"), (("",), "")],
    ids=["one", "twice", "two", "one_and_any", "any"],
)
def test_the_only_body_speaks_for_files_that_name_none(tmp_path, lembaga, expected):
    address = [f"{one}=file://{tmp_path}/{i}".removeprefix("=") for i, one in enumerate(lembaga)]
    k = installation(tmp_path, *address)
    assert only_body(k, boxes(k.settings)) == expected


def test_progress_counts_every_file_once(folder, tmp_path):
    folder.put("a.csv", csv("33.74"))
    folder.put("b.csv", b"bukan laporan")
    notice: list[tuple[int, int, str]] = []
    sweep(installation(tmp_path, f"kpu={folder.url}"), progress=lambda *one: notice.append(one))
    end = [(n, start) for n, start, text in notice if not text.startswith("membaca")]
    assert end == [(1, 2), (2, 2)]
