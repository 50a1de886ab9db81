"""The request that an objection is against: in the same run, or accepted before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from humas.contract.columns import KEBERATAN, PERMOHONAN_INFO
from humas.validation.quarter import RequestDays
from humas.values.cells import fold

if TYPE_CHECKING:
    from humas.validation.quarter import Elsewhere
    from humas.validation.rows import ReadRows

Known = Mapping[tuple[str, str], RequestDays]


def request_number(text: str) -> str:
    """A number of the register as it is compared: without case, spacing and punctuation."""
    return fold(text)


def with_requests(readings: Sequence[ReadRows], elsewhere: Elsewhere) -> None:
    """Fill ``request_received`` and ``request_answered`` of the objections."""
    frames = {reading.batch.dataset.name: reading.frame for reading in readings}
    objections, requests = frames[KEBERATAN.name], frames[PERMOHONAN_INFO.name]
    told = objections[objections["id_permohonan"].notna()]
    for body, rows in told.groupby("diminta_lembaga"):
        units = frozenset(rows["kode_satker"].dropna())
        known = {**elsewhere.requests(str(body), units), **_in_run(requests[requests["diminta_lembaga"] == body])}
        found = {index: known[key] for index, key in _keys(rows, "id_permohonan") if key in known}
        places = list(found)
        objections.loc[places, "request_received"] = [days.received for days in found.values()]
        objections.loc[places, "request_answered"] = [days.answered for days in found.values()]


def _in_run(requests: pd.DataFrame) -> dict[tuple[str, str], RequestDays]:
    days = dict(
        zip(requests.index, zip(requests["tanggal_terima"], requests["tanggal_tanggapan"], strict=True), strict=True)
    )
    return {key: RequestDays(*days[index]) for index, key in _keys(requests, "no_registrasi")}


def _keys(frame: pd.DataFrame, number: str) -> list[tuple[Any, tuple[str, str]]]:
    rows = frame[frame[number].notna() & frame["kode_satker"].notna()]
    numbers = rows[number].map(request_number)
    return list(zip(rows.index, zip(rows["kode_satker"], numbers, strict=True), strict=True))
