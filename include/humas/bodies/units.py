"""What a body calls its units and where their websites are: ``satker.csv`` in its folder, which may be absent."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO
from typing import Final

from humas.bodies.blocks import BodyFile

UNITS: Final = "satker.csv"
_COLUMNS: Final = ("kode", "nama", "host", "status_host")
_SEEN, _GUESSED = "teramati", "turunan"
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """What a body says of a unit. name: "" where it follows from label and region. host: "" where it has none; guessed: nobody saw it."""

    name: str
    host: str
    guessed: bool


def read_units(source: BodyFile) -> dict[str, OwnUnit]:
    """Units by code; whether there are such units the registry knows.

    Raises:
        BodyFault: the first row that cannot be used.
    """
    rows = csv.reader(StringIO(source.text), delimiter=";")
    if next(rows, None) != [*_COLUMNS]:
        raise source.fault_at(1, f"kolomnya harus {';'.join(_COLUMNS)}")
    units = dict[str, OwnUnit]()
    for row in filter(None, rows):
        if len(row) != len(_COLUMNS):
            raise source.fault_at(rows.line_num, f"harus {len(_COLUMNS)} isian, dipisah titik koma")
        code, name, host, status = (cell.strip() for cell in row)
        if code in units:
            raise source.fault_at(rows.line_num, f"satker {code} tertulis dua kali")
        if host and not _HOST.fullmatch(host):
            raise source.fault_at(rows.line_num, f'host "{host}" harus alamat tanpa https:// dan garis miring')
        if status not in ((_SEEN, _GUESSED) if host else ("",)):
            raise source.fault_at(
                rows.line_num, f"status_host harus {_SEEN} atau {_GUESSED} bila ada host, selain itu kosong"
            )
        units[code] = OwnUnit(name, host, status == _GUESSED)
    return units
