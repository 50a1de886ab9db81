"""Listed hosts pass, names that point inside do not; ways of writing an address: test_hostile_urls."""

from __future__ import annotations

import socket
import time

import pytest
from humas.errors import HumasError
from humas.settings import HttpBudget
from humas.sources import AllowList, Fetcher
from humas.sources.http import FetchRequest

from tests.sources import server as s

OPEN = AllowList((".go.id", "docs.google.com"), allow_private=False)
WITH_PRIVATE = AllowList((".go.id",), allow_private=True)


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
    "::7f00:1",
    "::ffff:0:7f00:1",
    "fec0::1",
]
METADATA = [
    "169.254.169.254",
    "169.254.170.2",
    "fd00:ec2::254",
    "fd20:ce::254",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
]
NEVER = [
    *METADATA,
    "169.254.1.1",
    "fe80::1",
    "fe80::1%lo",
    "0.0.0.0",
    "0.1.2.3",
    "::",
    "224.0.0.1",
    "233.252.0.1",
    "ff02::1",
    "ff0e::1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "2001:db8::1",
    "100::1",
    "::ffff:169.254.169.254",
    "::ffff:100.100.100.200",
    "::ffff:0:a9fe:a9fe",
    "::a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::a83f:8110",
    "64:ff9b:1::a00:1",
    "2002:a9fe:a9fe::",
    "2001:0:1::5601:5601",
]


def _resolving(monkeypatch: pytest.MonkeyPatch, *address: str) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in address]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)


@pytest.mark.parametrize("address", INSIDE)
def test_names_pointing_inside_are_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    _resolving(monkeypatch, "103.1.2.3", address)
    with pytest.raises(HumasError) as caught:
        OPEN.addresses("kpu.go.id", 80, 1, "x")
    assert caught.value.code == "alamat_pribadi"


@pytest.mark.parametrize("address", INSIDE)
def test_private_networks_can_be_opened(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    _resolving(monkeypatch, address)
    assert WITH_PRIVATE.addresses("kpu.go.id", 80, 1, "x") == [(address, 80)]


@pytest.mark.parametrize("beside", ["103.1.2.3", "10.0.0.1"], ids=["beside a public one", "beside a private one"])
@pytest.mark.parametrize("allow_list", [OPEN, WITH_PRIVATE], ids=["public only", "private networks open"])
@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_never_open(
    monkeypatch: pytest.MonkeyPatch, address: str, allow_list: AllowList, beside: str
) -> None:
    _resolving(monkeypatch, beside, address)
    with pytest.raises(HumasError) as caught:
        allow_list.addresses("kpu.go.id", 80, 1, "x")
    assert caught.value.code == "alamat_terlarang"
    assert "tidak ada pengaturan yang membuka" in caught.value.remedy


@pytest.mark.parametrize("address", METADATA)
def test_a_metadata_address_does_not_open_by_being_listed(address: str) -> None:
    allow_list = AllowList((address,), allow_private=True)
    host = f"[{address}]" if ":" in address else address
    assert allow_list.check_url(f"http://{host}/", "x").host == host
    with pytest.raises(HumasError) as caught:
        allow_list.addresses(host, 80, 1, "x")
    assert caught.value.code == "alamat_terlarang"


def test_an_answer_of_dns_that_changes_after_the_check_is_never_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second answer would lead to the metadata; what was checked is what is connected to."""
    asked: list[str] = []

    def answer(host: str, port: int, *rest: object, **more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = host if host[0].isdigit() else ["127.0.0.1", "169.254.169.254"][asked.count(host) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    with s.serving({"/x": s.send(b"{}")}) as server:
        monkeypatch.setattr(socket, "getaddrinfo", answer)
        http = Fetcher(HttpBudget(), WITH_PRIVATE)
        url = server.url.replace("127.0.0.1", "berpindah.go.id")
        assert http.get(FetchRequest(f"{url}/x", "x")).data == b"{}"
        assert asked == ["berpindah.go.id", "127.0.0.1"]
        http.close()
        http = Fetcher(HttpBudget(), WITH_PRIVATE)
        with pytest.raises(HumasError) as caught:
            http.get(FetchRequest(f"{url}/x", "x"))
        http.close()
    assert caught.value.code == "alamat_terlarang"


def test_slow_resolver_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: time.sleep(0.3) or [])
    with pytest.raises(HumasError) as caught:
        OPEN.addresses("kpu.go.id", 80, 0.05, "x")
    assert caught.value.code == "batas_waktu"


def test_unknown_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(HumasError) as caught:
        OPEN.addresses("tidak-ada.go.id", 80, 1, "x")
    assert caught.value.code == "nama_tidak_ditemukan"
