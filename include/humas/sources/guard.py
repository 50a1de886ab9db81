"""Which hosts and addresses a source may have; registry lines are edited by people and may be wrong or hostile."""

from __future__ import annotations

import ipaddress
import socket
import threading
from dataclasses import dataclass

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from humas.sources.galat import make_error
from humas.sources.galat import seconds as in_words

Address = tuple[str, int]
# NAT64, IPv4-compatible and IPv4-translated addresses: the last 32 bits are the IPv4 address.
_MENYALIN_IPV4 = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
_NAT64_SETEMPAT = ipaddress.ip_network("64:ff9b:1::/48")


@dataclass(frozen=True, slots=True)
class Gerbang:
    """The allow-list: host suffixes (``.go.id``) or whole names (``docs.google.com``), public addresses only.

    allow_private opens loopback and private networks to hosts on the list; link-local addresses (where
    clouds keep their secrets) stay shut.
    """

    allowed_hosts: tuple[str, ...]
    allow_private: bool

    def check_url(self, url: str, tempat: str) -> Url:
        """Parse ``url``; http(s), a host on the list, no user name in it.

        Raises:
            SistemError: alamat_salah or di_luar_daftar.
        """
        try:
            bagian = parse_url(url)
        except LocationParseError:
            raise make_error("alamat_salah", tempat, sebab="bukan URL") from None
        if bagian.scheme not in {"http", "https"} or not bagian.host:
            raise make_error("alamat_salah", tempat, sebab="bukan http atau https")
        if bagian.auth:
            raise make_error("alamat_salah", tempat, sebab="memuat nama pengguna")
        self.check_host(bagian.host, tempat)
        return bagian

    def check_host(self, host: str, tempat: str) -> None:
        """Refuse a host that is not on the list."""
        nama = host.strip("[]").rstrip(".").lower()
        if not any(nama.endswith(izin) if izin.startswith(".") else nama == izin for izin in self._hosts()):
            raise make_error("di_luar_daftar", tempat, host=nama[:100])

    def _hosts(self) -> tuple[str, ...]:
        return tuple(izin.lower() for izin in self.allowed_hosts)

    def addresses(self, host: str, port: int, seconds: float, tempat: str) -> list[Address]:
        """Resolve ``host`` once; these very addresses are then connected to, so that no later answer can differ.

        Raises:
            SumberError: nama_tidak_ditemukan or batas_waktu. SistemError: alamat_pribadi.
        """
        self.check_host(host, tempat)
        hasil = _resolve(host.strip("[]"), port, seconds, tempat)
        if not all(self._permits(alamat[0]) for alamat in hasil):
            raise make_error("alamat_pribadi", tempat, host=host[:100])
        return hasil

    def _permits(self, alamat: str) -> bool:
        ip = _innermost(ipaddress.ip_address(alamat.partition("%")[0]))
        if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
            return False
        inside = isinstance(ip, ipaddress.IPv6Address) and (ip.is_site_local or ip in _NAT64_SETEMPAT)
        return (ip.is_global and not inside) or self.allow_private


def _innermost(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that an IPv6 address wraps, if it does: it is there that the packets go."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if not (ip.is_loopback or ip.is_unspecified) and any(ip in jaringan for jaringan in _MENYALIN_IPV4):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


def _resolve(host: str, port: int, seconds: float, tempat: str) -> list[Address]:
    """Addresses of ``host``; the system's resolver knows no time limit, so it runs in a thread that may be left."""
    if _is_literal(host):
        return [(host, port)]
    kotak: list[list[Address] | OSError] = []

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            kotak.append([(str(row[4][0]), int(row[4][1])) for row in rows])
        except (OSError, UnicodeError) as error:
            kotak.append(error if isinstance(error, OSError) else OSError(str(error)))

    pencari = threading.Thread(target=look_up, daemon=True, name="dns")
    pencari.start()
    pencari.join(max(seconds, 0.01))
    if not kotak:
        raise make_error("batas_waktu", tempat, detik=in_words(seconds))
    hasil = kotak[0]
    if isinstance(hasil, OSError):
        raise make_error("nama_tidak_ditemukan", tempat) from hasil
    return hasil


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
