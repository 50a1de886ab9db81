"""The allow-list holds against every way of writing an address, and against names that point inside."""

from __future__ import annotations

import socket
import time

import pytest
from humas.errors import HumasError
from humas.sources import Gerbang

OPEN = Gerbang((".go.id", "docs.google.com"), allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "https://kota-semarang.kpu.go.id/api",
        "http://KPU.GO.ID./x",
        "https://docs.google.com/a?b=c",
        "https://kpu.go.id:8443/",
    ],
)
def test_listed_hosts_pass(url: str) -> None:
    assert OPEN.check_url(url, "x").host


@pytest.mark.parametrize(
    ("url", "kode"),
    [
        ("https://contoh.com/", "di_luar_daftar"),
        ("https://go.id.contoh.com/", "di_luar_daftar"),
        ("https://evilgo.id/", "di_luar_daftar"),
        ("https://x.docs.google.com/", "di_luar_daftar"),
        ("http://contoh.com\\@kpu.go.id/", "di_luar_daftar"),
        ("http://127.0.0.1/", "di_luar_daftar"),
        ("http://[::1]/", "di_luar_daftar"),
        ("http://2130706433/", "di_luar_daftar"),
        ("https://nama:sandi@kpu.go.id/", "alamat_salah"),
        ("https://kpu.go.id@contoh.com/", "alamat_salah"),
        ("ftp://kpu.go.id/", "alamat_salah"),
        ("file:///etc/passwd", "alamat_salah"),
        ("gopher://kpu.go.id", "alamat_salah"),
        ("http://[rusak", "alamat_salah"),
        ("https:///x", "alamat_salah"),
        ("", "alamat_salah"),
    ],
)
def test_others_are_refused(url: str, kode: str) -> None:
    with pytest.raises(HumasError) as caught:
        OPEN.check_url(url, "x")
    assert caught.value.kode == kode
    assert "sandi@" not in str(caught.value)


INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "192.168.1.1",
    "172.16.0.9",
    "100.64.0.1",
    "::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "::7f00:1",
    "::ffff:0:7f00:1",
    "fec0::1",
]
NEVER = ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"]


def _resolving(monkeypatch: pytest.MonkeyPatch, *alamat: str) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (satu, 80)) for satu in alamat]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)


@pytest.mark.parametrize("alamat", INSIDE + NEVER)
def test_names_pointing_inside_are_refused(monkeypatch: pytest.MonkeyPatch, alamat: str) -> None:
    _resolving(monkeypatch, "103.1.2.3", alamat)
    with pytest.raises(HumasError) as caught:
        OPEN.addresses("kpu.go.id", 80, 1, "x")
    assert caught.value.kode == "alamat_pribadi"


@pytest.mark.parametrize("alamat", INSIDE)
def test_private_networks_can_be_opened(monkeypatch: pytest.MonkeyPatch, alamat: str) -> None:
    _resolving(monkeypatch, alamat)
    terbuka = Gerbang((".go.id",), allow_private=True)
    assert terbuka.addresses("kpu.go.id", 80, 1, "x") == [(alamat, 80)]


@pytest.mark.parametrize("alamat", NEVER)
def test_some_addresses_never_open(monkeypatch: pytest.MonkeyPatch, alamat: str) -> None:
    _resolving(monkeypatch, alamat)
    with pytest.raises(HumasError, match="jaringan dalam"):
        Gerbang((".go.id",), allow_private=True).addresses("kpu.go.id", 80, 1, "x")


def test_slow_resolver_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: time.sleep(0.3) or [])
    with pytest.raises(HumasError) as caught:
        OPEN.addresses("kpu.go.id", 80, 0.05, "x")
    assert caught.value.kode == "batas_waktu"


def test_unknown_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(HumasError) as caught:
        OPEN.addresses("tidak-ada.go.id", 80, 1, "x")
    assert caught.value.kode == "nama_tidak_ditemukan"
