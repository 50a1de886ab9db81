"""What became of the articles of one site: how many were read, how many are offered, and why the others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from humas.news.stored import from_stored, still_open

if TYPE_CHECKING:
    from humas.news.model import Draft
    from humas.periods import Triwulan
    from humas.warehouse import DraftRow, ReportedKegiatan

REASONS: Mapping[str, str] = {
    "opini": "opini atau artikel",
    "penjelasan": "penjelasan",
    "tanpa_tanggal": "tanpa tanggal dan acara",
    "salinan": "berita satker lain",
    "upacara": "upacara atau urusan dalam",
    "hari_pemilihan": "pelaksanaan pemilihan",
    "tanpa_acara": "tidak menceritakan kegiatan",
    "bukan_kehumasan": "bukan kehumasan",
    "tanpa_isi": "isi tidak ditemukan",
    "belum_terjadi": "belum terjadi",
    "tanpa_hari": "hari kegiatan tidak disebut",
    "luar_triwulan": "di luar triwulan",
    "sudah_dilaporkan": "sudah dilaporkan",
    "kembar": "kegiatan yang sama",
    "lain": "alasan lain",
}
"""Why an article is not offered, in the words of the line about its site."""


@dataclass(frozen=True, slots=True)
class SiteTally:
    """The line about one site. alasan: by reason, how many articles are not offered; dibaca is ditawarkan and these.

    berubah: articles that were corrected since they were first read. kalimat: all of it in one line.
    """

    kode: str
    nama: str
    dibaca: int = 0
    ditawarkan: int = 0
    berubah: int = 0
    alasan: Mapping[str, int] = field(default_factory=dict)
    kalimat: str = ""


def tally_site(
    code: str, name: str, rows: Sequence[DraftRow], reported: Sequence[ReportedKegiatan], quarter: Triwulan
) -> SiteTally:
    """Count the articles that appeared since the quarter's first day, each with one outcome."""
    drafts = [draft for row in rows if _is_recent(draft := from_stored(row), row, quarter)]
    within = [draft for draft in drafts if _lies_within(draft, quarter)]
    offered = {draft.url for draft in still_open(within, reported)}
    reasons = Counter(_reason(draft, quarter, reported) for draft in drafts if draft.url not in offered)
    return _tally(code, name, (len(drafts), len(offered), sum(bool(draft.berubah) for draft in drafts)), reasons)


def total(tallies: Iterable[SiteTally]) -> SiteTally:
    """All sites together."""
    tallies = list(tallies)
    reasons: Counter[str] = Counter()
    for one in tallies:
        reasons.update(one.alasan)
    read, offered, changed = (
        sum(getattr(one, name) for one in tallies) for name in ("dibaca", "ditawarkan", "berubah")
    )
    return _tally("", "", (read, offered, changed), reasons)


def _tally(code: str, name: str, counts: tuple[int, int, int], reasons: Mapping[str, int]) -> SiteTally:
    """counts: read, offered, changed."""
    read, offered, changed = counts
    ranked = sorted(reasons.items(), key=lambda item: (-item[1], REASONS[item[0]]))
    rest = ", ".join(f"{REASONS[code]} ({count})" for code, count in ranked)
    line = f"{read} dibaca, {offered} ditawarkan{f', sisanya karena {rest}' if rest else ''}."
    line += f" {changed} berubah sejak dibaca." if changed else ""
    return SiteTally(code, name, read, offered, changed, dict(ranked), line)


def _is_recent(draft: Draft, row: DraftRow, quarter: Triwulan) -> bool:
    day = draft.tanggal_publikasi or draft.tanggal_mulai or row.dibaca_pada.date()
    return day >= quarter.start and (draft.tanggal_mulai or quarter.start) <= quarter.end


def _lies_within(draft: Draft, quarter: Triwulan) -> bool:
    return draft.tanggal_mulai is not None and quarter.start <= draft.tanggal_mulai <= quarter.end


def _reason(draft: Draft, quarter: Triwulan, reported: Sequence[ReportedKegiatan]) -> str:
    """Why a draft is not offered; the first reason that holds."""
    if not draft.layak_dihitung:
        return draft.kode_alasan if draft.kode_alasan in REASONS else "lain"
    if draft.tanggal_mulai is None:
        return "tanpa_hari"
    if not _lies_within(draft, quarter):
        return "luar_triwulan"
    return "kembar" if still_open([draft], reported) else "sudah_dilaporkan"


def changed_since(before: Draft, after: Draft, read_on: date) -> str:
    """What a correction of an article changed, in one sentence; "" when the article is the same."""
    if before.sidik_isi == after.sidik_isi:
        return ""
    changed = [label for name, label in _TOLD.items() if getattr(before, name) != getattr(after, name)]
    return f"Berubah sejak dibaca {read_on:%d/%m/%Y}: {', '.join(changed) or 'isi berita'}."


_TOLD: Mapping[str, str] = {
    "judul": "judul",
    "tanggal_mulai": "tanggal mulai",
    "tanggal_selesai": "tanggal selesai",
    "jenis_kegiatan": "jenis",
    "peran_satker": "peran",
    "mode": "mode",
    "tempat": "tempat",
    "jumlah_peserta": "jumlah peserta",
    "layak_dihitung": "layak dihitung atau tidak",
}
