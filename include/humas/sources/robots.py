"""What a site's robots.txt allows, read by the standard library from bytes that we fetched ourselves."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from urllib.parse import unquote
from urllib.robotparser import RobotFileParser

NAMA_AGEN = "HumasTriwulan"
"""The name by which a robots.txt can address us."""
_TERBESAR = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB must be parsed
_LAJU = re.compile(r"(?i)\s*(?:crawl-delay|request-rate)\s*:")
_TAK_PERLU = re.compile(
    r"[^ -$&-~]"
)  # the parser decodes percent signs once more, and trips over digits such as \u00b2
_ANGKA_PANJANG = re.compile(r"\d{7,}")
_PECAHAN = re.compile(r"(?i)^(\s*crawl-delay\s*:\s*)(\d*\.\d+|\d+\.)\s*$")
_TERLAMA = "999999"


@dataclass(frozen=True, slots=True)
class Aturan:
    """The rules of one site for us. jeda: seconds it asks for between two requests, 0 when it asks for none."""

    _pengurai: RobotFileParser
    jeda: float

    def allows(self, url: str) -> bool:
        """Whether we may read this address."""
        return self._pengurai.can_fetch(NAMA_AGEN, url)


def read_robots(data: bytes) -> Aturan:
    """The rules in a robots.txt; b"" allows everything. A page in its place holds no rules, and so forbids nothing."""
    pengurai = RobotFileParser()
    baris = data[:_TERBESAR].decode("utf-8-sig", errors="replace").splitlines()
    pengurai.parse([_plain_rate(satu) if _LAJU.match(satu) else satu for satu in baris])
    laju = pengurai.request_rate(NAMA_AGEN)
    jeda = float(pengurai.crawl_delay(NAMA_AGEN) or 0)
    return Aturan(pengurai, max(jeda, laju.seconds / laju.requests if laju and laju.requests else 0.0))


def _plain_rate(baris: str) -> str:
    """A line about pace as the parser can take it: short whole numbers; a fraction is rounded up, never forgotten."""
    polos = _ANGKA_PANJANG.sub(_TERLAMA, _TAK_PERLU.sub("", unquote(baris)))
    return _PECAHAN.sub(lambda m: m[1] + str(math.ceil(float(m[2]))), polos)
