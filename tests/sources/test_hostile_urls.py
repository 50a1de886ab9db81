"""No way of writing an address leads anywhere but to a listed host: as a register's line, and as a redirect."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from humas.errors import HumasError
from humas.settings import HttpBudget
from humas.sources import AllowList, Fetcher
from humas.sources.http import FetchRequest

from tests.sources import server as s

LISTED = (".go.id", "docs.google.com", ".googleusercontent.com")
OFF, BAD = "di_luar_daftar", "alamat_salah"
HOSTILE = [
    ("foreign host", "https://contoh.com/", OFF),
    ("suffix without its dot", "https://evilgo.id/", OFF),
    ("suffix in front", "https://go.id.contoh.com/", OFF),
    ("suffix in the path", "https://contoh.com/.go.id", OFF),
    ("suffix in the query", "https://contoh.com/?kpu.go.id", OFF),
    ("suffix in the fragment", "https://contoh.com/#.go.id", OFF),
    ("the suffix alone", "https://go.id/", OFF),
    ("below a whole name", "https://x.docs.google.com/", OFF),
    ("whole name with a tail", "https://docs.google.com.contoh.com/", OFF),
    ("user is a listed host", "https://kpu.go.id@contoh.com/", BAD),
    ("user and password", "https://nama:sandi@kpu.go.id/", BAD),
    ("empty user", "https://@kpu.go.id/", BAD),
    ("empty user and password", "https://:@kpu.go.id/", BAD),
    ("two at signs", "https://a@b@kpu.go.id/", BAD),
    ("encoded at sign", "https://kpu.go.id%40contoh.com/", BAD),
    ("user with a slash encoded", "https://kpu.go.id%2f@contoh.com/", BAD),
    ("backslash before the at sign", "http://contoh.com\\@kpu.go.id/", BAD),
    ("backslash after a listed host", "http://kpu.go.id\\@contoh.com/", BAD),
    ("backslashes for slashes", "http:\\\\kpu.go.id\\", BAD),
    ("backslash before the suffix", "http://contoh.com\\.go.id/", BAD),
    ("fragment before the at sign", "http://contoh.com#@kpu.go.id/", OFF),
    ("query before the at sign", "http://contoh.com?@kpu.go.id/", OFF),
    ("semicolon in the host", "http://contoh.com;.go.id/", BAD),
    ("comma in the host", "http://contoh.com,kpu.go.id/", BAD),
    ("space in the host", "http://contoh.com kpu.go.id/", BAD),
    ("wildcard in the host", "http://*.go.id/", BAD),
    ("loopback", "http://127.0.0.1/", OFF),
    ("loopback, another", "http://127.8.9.10/", OFF),
    ("loopback by name", "http://localhost/", OFF),
    ("loopback below localhost", "http://kpu.localhost/", OFF),
    ("loopback, short", "http://127.1/", OFF),
    ("loopback, decimal", "http://2130706433/", OFF),
    ("loopback, octal", "http://0177.0.0.1/", OFF),
    ("loopback, octal in one", "http://017700000001/", OFF),
    ("loopback, hexadecimal", "http://0x7f.0.0.1/", OFF),
    ("loopback, hexadecimal in one", "http://0x7f000001/", OFF),
    ("loopback, overflow", "http://4294967297/", OFF),
    ("loopback, leading zeros", "http://127.000.000.001/", OFF),
    ("loopback, encoded", "http://%31%32%37.0.0.1/", OFF),
    ("loopback, full-width digits", "http://１２７.0.0.1/", BAD),
    ("loopback, ideographic dots", "http://127。0。0。1/", BAD),
    ("loopback, circled digits", "http://①②⑦.0.0.1/", BAD),
    ("loopback, trailing dot", "http://127.0.0.1./", OFF),
    ("loopback, IPv6", "http://[::1]/", OFF),
    ("loopback, IPv6 in full", "http://[0:0:0:0:0:0:0:1]/", OFF),
    ("loopback, mapped", "http://[::ffff:127.0.0.1]/", OFF),
    ("loopback, mapped in hexadecimal", "http://[::ffff:7f00:1]/", OFF),
    ("loopback, compatible", "http://[::127.0.0.1]/", OFF),
    ("loopback by public DNS", "http://127.0.0.1.nip.io/", OFF),
    ("unspecified", "http://0.0.0.0/", OFF),
    ("unspecified, short", "http://0/", OFF),
    ("unspecified, IPv6", "http://[::]/", OFF),
    ("private, 10", "http://10.0.0.1/", OFF),
    ("private, 172", "http://172.16.0.1/", OFF),
    ("private, 192", "http://192.168.1.1/", OFF),
    ("private, ULA", "http://[fd00::1]/", OFF),
    ("carrier-grade NAT", "http://100.64.0.1/", OFF),
    ("link-local", "http://169.254.1.1/", OFF),
    ("link-local, IPv6", "http://[fe80::1]/", OFF),
    ("link-local with a zone", "http://[fe80::1%25eth0]/", OFF),
    ("link-local with a bare zone", "http://[fe80::1%eth0]/", OFF),
    ("zone that names a listed host", "http://[fe80::1%25.go.id]/", OFF),
    ("foreign address whose zone ends like a listed host", "http://[2606:4700::1111%25.go.id]/", OFF),
    ("zone with an at sign", "http://[fe80::1%25@kpu.go.id]/", BAD),
    ("multicast", "http://224.0.0.1/", OFF),
    ("multicast, IPv6", "http://[ff02::1]/", OFF),
    ("broadcast", "http://255.255.255.255/", OFF),
    ("metadata", "http://169.254.169.254/latest/meta-data/", OFF),
    ("metadata, decimal", "http://2852039166/", OFF),
    ("metadata, hexadecimal", "http://0xa9fea9fe/", OFF),
    ("metadata, octal", "http://0251.0376.0251.0376/", OFF),
    ("metadata, mapped", "http://[::ffff:169.254.169.254]/", OFF),
    ("metadata, NAT64", "http://[64:ff9b::a9fe:a9fe]/", OFF),
    ("metadata, 6to4", "http://[2002:a9fe:a9fe::]/", OFF),
    ("metadata, AWS on IPv6", "http://[fd00:ec2::254]/", OFF),
    ("metadata, Google by name", "http://metadata.google.internal/computeMetadata/v1/", OFF),
    ("metadata, Google's short name", "http://metadata/", OFF),
    ("metadata, Alibaba", "http://100.100.100.200/latest/meta-data/", OFF),
    ("metadata, Oracle", "http://192.0.0.192/opc/v1/", OFF),
    ("metadata, Azure", "http://168.63.129.16/machine", OFF),
    ("metadata, containers", "http://169.254.170.2/v2/credentials", OFF),
    ("Docker's host", "http://host.docker.internal/", OFF),
    ("Kubernetes", "http://kubernetes.default.svc/", OFF),
    ("homograph, Cyrillic", "http://kpu.gо.id/", OFF),
    ("homograph, already encoded", "http://kpu.xn--g-8fb.id/", OFF),
    ("homograph, full-width dot", "http://contoh.com．go．id．contoh.com/", BAD),
    ("zero-width space", "http://kpu.go.id\u200b.contoh.com/", BAD),
    ("right-to-left mark", "http://contoh.com/\u202e", OFF),
    ("file", "file:///etc/passwd", BAD),
    ("file on a host", "file://kpu.go.id/etc/passwd", BAD),
    ("gopher", "gopher://kpu.go.id:6379/_FLUSHALL", BAD),
    ("dict", "dict://kpu.go.id:11211/stats", BAD),
    ("ftp", "ftp://kpu.go.id/", BAD),
    ("ldap", "ldap://kpu.go.id/", BAD),
    ("data", "data:application/json,{}", BAD),
    ("javascript", "javascript:alert(1)//kpu.go.id", BAD),
    ("jar", "jar:http://kpu.go.id!/", BAD),
    ("unix socket", "http+unix://%2fvar%2frun%2fdocker.sock/info", BAD),
    ("scheme with a blank", " http://kpu.go.id/", BAD),
    ("no host", "https:///x", BAD),
    ("a port alone", "http://:80/", BAD),
    ("line break in the path", "http://kpu.go.id/\r\nHost: contoh.com", BAD),
    ("line break in the host", "http://kpu.go.id\r\n.contoh.com/", BAD),
    ("line feed in the query", "http://kpu.go.id/?a=1\nX: y", BAD),
    ("tab in the host", "http://contoh.com\t.go.id/", BAD),
    ("NUL in the host", "http://contoh.com\x00.go.id/", BAD),
    ("encoded NUL in the host", "http://contoh.com%00.go.id/", BAD),
    ("port 0", "http://kpu.go.id:0/", BAD),
    ("port too high", "http://kpu.go.id:65536/", BAD),
    ("negative port", "http://kpu.go.id:-1/", BAD),
    ("port with a sign", "http://kpu.go.id:+80/", BAD),
    ("port in hexadecimal", "http://kpu.go.id:0x50/", BAD),
    ("port in full-width digits", "http://kpu.go.id:８０/", BAD),
    ("two ports", "http://kpu.go.id:80:80/", BAD),
    ("port, then another host", "http://kpu.go.id:80@contoh.com/", BAD),
    ("open bracket", "http://[::1", BAD),
    ("bracket around a name", "http://[kpu.go.id]/", BAD),
    ("name behind a bracket", "http://[::1].go.id/", BAD),
    ("dots behind a suffix", "http://contoh.com/..go.id", OFF),
    ("two dots at the end", "http://kpu.go.id../", BAD),
    ("label too long", f"http://{'a' * 64}.contoh.com/", OFF),
    ("leading dot alone", "http://.go.id/", BAD),
]

FORMS = {name: (url, code) for name, url, code in HOSTILE}
# A header ends at a line break, and blanks around a redirect's target do not belong to it.
REDIRECTED = sorted(name for name, (url, _) in FORMS.items() if url == url.strip() and not re.search(r"[\r\n]", url))
SERVER_HOST = "127.0.0.77"
UNSAFE = {OFF, BAD, "alihan_tidak_aman"}


def test_there_are_as_many_as_ever_withstood() -> None:
    assert len(FORMS) == len(HOSTILE) >= 79


@pytest.mark.parametrize("allow_private", [False, True], ids=["public only", "private networks open"])
@pytest.mark.parametrize("name", FORMS)
def test_a_hostile_address_is_refused_by_its_code(name: str, allow_private: bool) -> None:
    url, code = FORMS[name]
    with pytest.raises(HumasError) as caught:
        AllowList(LISTED, allow_private).check_url(url, "API KPU Kota Semarang")
    assert caught.value.code == code
    assert "sandi@" not in str(caught.value)


@pytest.fixture(scope="module")
def redirecting() -> Iterator[s.Server]:
    """A listed server that sends on to every one of them."""
    answers = {f"/{n}": s.send(b"", 302, Location=FORMS[name][0]) for n, name in enumerate(REDIRECTED)}
    with s.serving(answers, SERVER_HOST) as server:
        yield server


@pytest.mark.parametrize("name", REDIRECTED)
def test_a_redirect_to_a_hostile_address_is_not_followed(redirecting: s.Server, name: str) -> None:
    path = f"/{REDIRECTED.index(name)}"
    http = Fetcher(HttpBudget(retries=0), AllowList((*LISTED, SERVER_HOST), allow_private=True))
    with pytest.raises(HumasError) as caught:
        http.get(FetchRequest(redirecting.url + path, "API KPU Kota Semarang"))
    http.close()
    assert caught.value.code in UNSAFE
    assert redirecting.hits[path] == 1
