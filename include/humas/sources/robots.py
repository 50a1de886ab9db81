"""What a site's robots.txt allows, read by the standard library from bytes that we fetched ourselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

NAMA_AGEN = "HumasTriwulan"
"""The name by which a robots.txt can address us."""
_TERBESAR = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB must be parsed
_JEDA = re.compile(rb"(?im)^([ \t]*crawl-delay[ \t]*:[ \t]*)(\d*\.\d+|\d+\.)[ \t\r]*$")


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
    # The parser knows whole seconds only; a fraction is rounded up, never forgotten.
    utuh = _JEDA.sub(lambda m: m[1] + str(int(float(m[2]) + 0.999)).encode(), data[:_TERBESAR])
    pengurai.parse(utuh.decode("utf-8-sig", errors="replace").splitlines())
    laju = pengurai.request_rate(NAMA_AGEN)
    jeda = float(pengurai.crawl_delay(NAMA_AGEN) or 0)
    return Aturan(pengurai, max(jeda, laju.seconds / laju.requests if laju and laju.requests else 0.0))
