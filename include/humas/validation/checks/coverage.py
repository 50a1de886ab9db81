"""Rules on what media wrote about a unit, its tone and what was done about it."""

from __future__ import annotations

from functools import lru_cache, partial
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from humas.errors import SenderError
from humas.registry import SITES, Lembaga, Register
from humas.validation.checks.activity import repeated_key
from humas.validation.checks.base import Check, Knowledge, Mask, OffendingRow, equals, filled

_UNANSWERED = ("tidak_perlu", "belum")


def link_told_twice(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K74: a link that an earlier row of the submission has; the same item told twice (K73) is told once."""
    repeated = frame.duplicated(["kiriman", "url_berita"]).to_numpy() & filled(frame["url_berita"])
    return np.asarray(repeated & ~repeated_key(frame, knowledge), bool)


def answered_before(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K75: answered before it appeared; a negative time would spoil the median."""
    return (frame["tanggal_tanggapan"] < frame["tanggal_berita"]).to_numpy()


def on_own_site(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K76: the link leads to a site of the unit or of its body, so it is theirs and no coverage."""
    told = filled(frame["url_berita"]) & filled(frame["kode_satker"]) & filled(frame["lembaga"])
    rows = frame[told]
    found = np.zeros(len(frame), bool)
    found[told] = [
        _is_own(knowledge.register, body, code, link)
        for body, code, link in zip(rows["lembaga"], rows["kode_satker"], rows["url_berita"], strict=True)
    ]
    return found


def _is_own(register: Register, body: str, code: str, link: str) -> bool:
    host = _host(link)
    return any(host == site or host.endswith(f".{site}") for site in _sites(register, body, code))


@lru_cache(maxsize=2_000)
def _sites(register: Register, body: str, code: str) -> tuple[str, ...]:
    """Hosts and domains of a unit and of its body."""
    if body not in list(Lembaga):
        return ()
    lembaga = Lembaga(body)
    try:
        own = register.satker(code).host(lembaga)
    except SenderError:
        own = ""
    domain = SITES[lembaga].own_domain if lembaga in SITES else ""
    return tuple(site for site in (own.removeprefix("www."), domain) if site)


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def day_without_answer(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K77: the day of an answer, and no answer, or one that says there was none."""
    answered = filled(frame["tanggapan"]) & ~equals(frame["tanggapan"], *_UNANSWERED)
    return np.asarray(filled(frame["tanggal_tanggapan"]) & ~answered, bool)


def left_unanswered(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K78: negative, and nobody says what was done; with the day of an answer K77 asks already."""
    open_ = ~filled(frame["tanggapan"]) | equals(frame["tanggapan"], "belum")
    return np.asarray(equals(frame["nada"], "negatif") & open_ & ~filled(frame["tanggal_tanggapan"]), bool)


def _k77(row: OffendingRow) -> str:
    said = row.value("tanggapan")
    what = f"kolom Tanggapan berisi {row.original('tanggapan')}" if isinstance(said, str) else "kolom Tanggapan kosong"
    return f"tanggal tanggapan {row.day('tanggal_tanggapan')} terisi, sedangkan {what}."


_rule = partial(Check, datasets=("pemberitaan",))

CHECKS = (
    _rule(
        "K73", "coverage_told_once", ("judul_berita", "kiriman", "kunci"), repeated_key,
        lambda row: f"berita ini sudah ada pada baris {row.first()}, tetapi isinya berbeda.",
    ),
    _rule(
        "K74", "coverage_linked_once", ("url_berita", "kiriman", "kunci"), link_told_twice,
        lambda row: "tautan yang sama sudah dipakai pada baris lain dengan media, tanggal, atau judul yang berbeda.",
    ),
    _rule(
        "K75", "coverage_answered_after_it", ("tanggal_tanggapan", "tanggal_berita"), answered_before,
        lambda row: f"ditanggapi {row.day('tanggal_tanggapan')}, sebelum dimuat {row.day('tanggal_berita')}.",
    ),
    _rule(
        "K76", "coverage_by_others", ("url_berita", "lembaga", "kode_satker"), on_own_site,
        lambda row: f"{row.original('url_berita')} berada pada situs lembaga sendiri.",
    ),
    _rule("K77", "answer_to_coverage_said", ("tanggal_tanggapan", "tanggapan"), day_without_answer, _k77),
    _rule(
        "K78", "negative_coverage_answered", ("tanggapan", "nada", "tanggal_tanggapan"), left_unanswered,
        lambda row: "berita negatif tanpa tanggapan.",
    ),
)  # fmt: skip
