"""Which hosts and addresses a source may have; registry lines are edited by people and may be wrong or hostile."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from dataclasses import dataclass
from enum import Enum

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from humas.sources.faults import make_error
from humas.sources.faults import seconds as in_words

Address = tuple[str, int]
# What parsers of addresses read differently, one as part of the host and the other not.
DOUBTFUL = re.compile(r"[\x00-\x1f\x7f\\]")
_WITH_USER = re.compile(r"[^/?#]*//[^/?#]*@")
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?", re.IGNORECASE)
_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


def _networks(*written: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(map(ipaddress.ip_network, written))


# NAT64, IPv4-compatible and IPv4-translated addresses: the last 32 bits are the IPv4 address.
_EMBEDS_IPV4 = _networks("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")
# What the switch opens: this machine, private networks, carrier-grade and site-local addresses; nothing else.
_PRIVATE = _networks(
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7", "fec0::/10"
)
# Where clouds tell a machine its secrets, outside the link-local networks: AWS, Google, Alibaba, Oracle, Azure.
_METADATA = _networks("fd00:ec2::/32", "fd20:ce::/32", "100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32")
# Local NAT64 leads to an IPv4 address whose place among the bits only its network knows.
_OPAQUE = _networks("64:ff9b:1::/48")


@dataclass(frozen=True, slots=True)
class AllowList:
    """The allow-list: host suffixes (``.go.id``) or whole names (``docs.google.com``), public addresses only.

    allow_private opens loopback and private networks to hosts on the list; link-local, metadata, multicast,
    unspecified and reserved addresses stay shut.
    """

    allowed_hosts: tuple[str, ...]
    allow_private: bool

    def check_url(self, url: str, place: str) -> Url:
        """Parse ``url``; http(s), a host on the list, no user name in it.

        Raises:
            OperatorError: alamat_salah or di_luar_daftar.
        """
        parts = _parse(url, place)
        if parts.scheme not in {"http", "https"} or not parts.host:
            raise make_error("alamat_salah", place, sebab="bukan http atau https")
        if parts.port == 0 or not (_NAME.fullmatch(parts.host) or _is_literal(parts.host.strip("[]"))):
            raise make_error("alamat_salah", place, sebab="nama host atau port tidak sah")
        self.check_host(parts.host, place)
        return parts

    def check_host(self, host: str, place: str) -> None:
        """Refuse a host that is not on the list; suffixes speak of names, an address is only listed whole."""
        name = host.strip("[]").rstrip(".").lower()
        is_name = _NAME.fullmatch(name) is not None
        listed = (
            name.endswith(permitted) and is_name if permitted.startswith(".") else name == permitted
            for permitted in self._hosts()
        )
        if not any(listed):
            raise make_error("di_luar_daftar", place, host=name[:100])

    def _hosts(self) -> tuple[str, ...]:
        return tuple(host.lower() for host in self.allowed_hosts)

    def addresses(self, host: str, port: int, seconds: float, place: str) -> list[Address]:
        """Resolve ``host`` once; these very addresses are then connected to, so that no later answer can differ.

        Raises:
            SourceError: nama_tidak_ditemukan or batas_waktu. OperatorError: alamat_terlarang or alamat_pribadi.
        """
        self.check_host(host, place)
        found = _resolve(host.strip("[]"), port, seconds, place)
        zones = {_zone(address) for address, _ in found}
        if _Zone.NEVER in zones:
            raise make_error("alamat_terlarang", place, host=host[:100])
        if _Zone.PRIVATE in zones and not self.allow_private:
            raise make_error("alamat_pribadi", place, host=host[:100])
        return found


def _parse(url: str, place: str) -> Url:
    """The parts of an address that every parser understands alike."""
    if DOUBTFUL.search(url):
        raise make_error("alamat_salah", place, sebab="memuat karakter kendali atau garis miring terbalik")
    if _WITH_USER.match(url):
        raise make_error("alamat_salah", place, sebab="memuat nama pengguna")
    try:
        return parse_url(url)
    except LocationParseError:
        raise make_error("alamat_salah", place, sebab="bukan URL") from None


class _Zone(Enum):
    """Where an address leads."""

    PUBLIC = "public"
    PRIVATE = "private"
    NEVER = "never"


def _zone(address: str) -> _Zone:
    """Metadata addresses lie in private networks and (Azure's) in public ones, so they are asked about first."""
    outer = ipaddress.ip_address(address.partition("%")[0])
    inner = _innermost(outer)
    if any(one in network for one in (outer, inner) for network in (*_METADATA, *_OPAQUE)):
        return _Zone.NEVER
    if any(inner in network for network in _PRIVATE):
        return _Zone.PRIVATE
    return _Zone.PUBLIC if inner.is_global and not inner.is_multicast else _Zone.NEVER


def _innermost(address: _Ip) -> _Ip:
    """The IPv4 address that an IPv6 address wraps, if it does: it is there that the packets go."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if not (address.is_loopback or address.is_unspecified) and any(address in network for network in _EMBEDS_IPV4):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def _resolve(host: str, port: int, seconds: float, place: str) -> list[Address]:
    """Addresses of ``host``; the system's resolver knows no time limit, so it runs in a thread that may be left."""
    if _is_literal(host):
        return [(host, port)]
    answers: list[list[Address] | OSError] = []

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.append([(str(row[4][0]), int(row[4][1])) for row in rows])
        except (OSError, UnicodeError) as error:
            answers.append(error if isinstance(error, OSError) else OSError(str(error)))

    resolver = threading.Thread(target=look_up, daemon=True, name="dns")
    resolver.start()
    resolver.join(max(seconds, 0.01))
    if not answers:
        raise make_error("batas_waktu", place, detik=in_words(seconds))
    result = answers[0]
    if isinstance(result, OSError):
        raise make_error("nama_tidak_ditemukan", place) from result
    return result


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
