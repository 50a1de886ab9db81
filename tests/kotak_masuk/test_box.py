"""The setting of the drop-boxes, and the names of what lies in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from humas.check import Identitas
from humas.errors import SistemError
from humas.kotak_masuk.box import boxes
from humas.kotak_masuk.names import destination
from humas.settings import Settings

SIDIK = "0123456789abcdef" * 4
SEMARANG = Identitas("kpu", "33.74", "2026-TW3")


def read(teks):
    return boxes(Settings.from_environment({"HUMAS_HOME": "x", "HUMAS_KOTAK_MASUK": teks}))


GOOD = {
    "/srv/kotak": ("file:///srv/kotak", "", ""),
    "kpu=/srv/kotak/": ("file:///srv/kotak", "kpu", ""),
    "file:///srv/kotak": ("file:///srv/kotak", "", ""),
    "bawaslu=sftp://humas@berkas.bawaslu.go.id:2222/kotak#KOTAK": ("sftp://berkas.bawaslu.go.id:2222/kotak", "bawaslu", "KOTAK"),
    "s3://gudang/humas/kotak#MINIO": ("s3://gudang/humas/kotak", "", "MINIO"),
}  # fmt: skip


@pytest.mark.parametrize(("teks", "harap"), GOOD.items(), ids=GOOD)
def test_good_addresses(teks, harap):
    (kotak,) = read(teks)
    assert (kotak.alamat, kotak.lembaga, kotak.kredensial) == harap


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


@pytest.mark.parametrize(("teks", "sebab"), BAD.items(), ids=BAD)
def test_bad_addresses(teks, sebab):
    with pytest.raises(SistemError) as galat:
        read(teks)
    assert sebab in galat.value.pesan
    assert "rahasia" not in str(galat.value)


def test_several_and_none():
    assert [kotak.lembaga for kotak in read("kpu=/a, bawaslu=/b")] == ["kpu", "bawaslu"]
    assert read("") == ()


def test_answers_lie_beside_the_file_under_its_name():
    tujuan = destination("laporan humas.xlsx", SIDIK, SEMARANG)
    assert "/".join(tujuan.berkas) == "diterima/kpu/2026-TW3/33.74 laporan humas (0123456789ab).xlsx"
    assert tujuan.tanda_terima[-1] == "33.74 laporan humas (0123456789ab) - tanda terima.txt"
    assert tujuan.perbaikan[-1] == "33.74 laporan humas (0123456789ab) - perbaikan.xlsx"
    assert "/".join(destination("foto.jpg", SIDIK, None).berkas) == "tak dikenal/foto (0123456789ab).jpg"


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


@pytest.mark.parametrize("nama", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("identitas", [SEMARANG, None], ids=["dikenal", "tak dikenal"])
def test_hostile_names_stay_inside_and_fit(nama, identitas):
    tujuan = destination(nama, SIDIK, identitas)
    for letak in (tujuan.berkas, tujuan.tanda_terima, tujuan.perbaikan):
        assert all(Path(bagian).name == bagian and len(bagian.encode()) <= 220 for bagian in letak)
        assert letak[0] in {"diterima", "tak dikenal"}
