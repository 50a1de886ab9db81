"""The setting of the drop-boxes, and the names of what lies in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from humas.errors import OperatorError
from humas.inbox.names import destination
from humas.installation.boxes import boxes
from humas.pipeline.check import Identity
from humas.settings import Settings

DIGEST = "0123456789abcdef" * 4
SEMARANG = Identity("kpu", "33.74", "2026-TW3")


def read(text):
    return boxes(Settings.from_environment({"HUMAS_HOME": "x", "HUMAS_KOTAK_MASUK": text}))


GOOD = {
    "/srv/kotak": ("file:///srv/kotak", "", ""),
    "kpu=/srv/kotak/": ("file:///srv/kotak", "kpu", ""),
    "file:///srv/kotak": ("file:///srv/kotak", "", ""),
    "bawaslu=sftp://humas@berkas.bawaslu.go.id:2222/kotak#KOTAK": ("sftp://berkas.bawaslu.go.id:2222/kotak", "bawaslu", "KOTAK"),
    "s3://gudang/humas/kotak#MINIO": ("s3://gudang/humas/kotak", "", "MINIO"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOOD.items(), ids=GOOD)
def test_good_addresses(text, expected):
    (box,) = read(text)
    assert (box.address, box.lembaga, box.credential) == expected


BAD = {
    "ftp://x/y": "tidak didukung",
    "dprd=/srv/kotak": 'lembaga "dprd" tidak dikenal',
    "kotak": "tidak menyebut folder",
    "sftp://humas:rahasia@host/kotak": "kata sandi",
    "sftp://host": "tidak menyebut folder",
    "s3://": "tidak menyebut folder",
    "/srv/../etc": '".."',
    "sftp://host:abc/kotak": "tidak terbaca",
    "/srv/a,/srv/a": "disebut dua kali",
}


@pytest.mark.parametrize(("text", "cause"), BAD.items(), ids=BAD)
def test_bad_addresses(text, cause):
    with pytest.raises(OperatorError) as error:
        read(text)
    assert cause in error.value.message
    assert "rahasia" not in str(error.value)


def test_several_and_none():
    assert [box.lembaga for box in read("kpu=/a, bawaslu=/b")] == ["kpu", "bawaslu"]
    assert read("") == ()


def test_answers_lie_beside_the_file_under_its_name():
    target = destination("laporan humas.xlsx", DIGEST, SEMARANG)
    assert "/".join(target.files) == "diterima/kpu/2026-TW3/33.74 laporan humas (0123456789ab).xlsx"
    assert target.receipts[-1] == "33.74 laporan humas (0123456789ab) - tanda terima.txt"
    assert target.fixes[-1] == "33.74 laporan humas (0123456789ab) - perbaikan.xlsx"
    assert "/".join(destination("foto.jpg", DIGEST, None).files) == "tak dikenal/foto (0123456789ab).jpg"


HOSTILE = [
    "../../etc/passwd",
    "..",
    "",
    "a" * 300 + ".xlsx",
    "🎉" * 200,
    "a\x00b\n.csv",
    "CON",
    "\udcff.csv",
    "/",
    "x." + "y" * 90,
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("identity", [SEMARANG, None], ids=["dikenal", "tak dikenal"])
def test_hostile_names_stay_inside_and_fit(name, identity):
    target = destination(name, DIGEST, identity)
    for position in (target.files, target.receipts, target.fixes):
        assert all(Path(parts).name == parts and len(parts.encode()) <= 220 for parts in position)
        assert position[0] in {"diterima", "tak dikenal"}
