"""The news channel: visit sites, land their pages, read drafts from them, store these; no figure comes from here.

Bytes are landed before anything is read from them. Whatever a visit learned is kept page by page, so that a visit
killed in the middle goes on where it stopped; a draft depends on the landed bytes alone and can be made anew from them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from humas.berita.stored import from_stored, still_open, to_template
from humas.berita.visit import HasilSitus, Jalan, read_site_again, visit_site
from humas.errors import ProgramFault, SistemError
from humas.fence import guarded
from humas.landing.model import HasilSatker
from humas.landing.store import STORE_CODES
from humas.periods import Triwulan
from humas.sources.situs import Giliran, Situs, find_sites, group_by_host, open_site_fetcher
from humas.summary import GagalKumpul

if TYPE_CHECKING:
    from humas.context import Konteks
    from humas.template.model import DrafTemplat
    from humas.warehouse import BarisDraf


@dataclass(frozen=True, slots=True)
class RingkasanSitus:
    """What one pass over the sites brought. artikel: newly landed; draf: drafts made; layak: those worth offering."""

    lembaga: str
    periode: str
    situs: int = 0
    berhasil: int = 0
    gagal: tuple[GagalKumpul, ...] = ()
    artikel: int = 0
    draf: int = 0
    layak: int = 0
    permintaan: int = 0
    ukuran: int = 0
    detik: float = 0.0


def visit_sites(
    k: Konteks,
    lembaga: str,
    triwulan: Triwulan,
    satker: Sequence[str],
    run_id: str,
    on_result: Callable[[HasilSitus], None] | None = None,
    *,
    paksa: bool = False,
) -> RingkasanSitus:
    """Visit the sites of these units (all when none is named), back to the quarter's first day; each leaves an outcome.

    paksa: ask again also for articles that are known, with their validators.

    Raises:
        SistemError: kontak_kosong, or our own store failed (after every site, outcomes recorded).
    """
    mulai = time.monotonic()
    situs = [
        satu
        for satu in find_sites(k.register, k.settings.site, lembaga, triwulan.selesai)
        if not satker or satu.kode_satker in satker
    ]
    if not situs:
        return RingkasanSitus(lembaga, triwulan.kunci)
    _ = k.gudang, k.landing  # opened here, before threads share them
    http = open_site_fetcher(k.settings)
    try:
        hasil = list(
            _visit_all(Jalan(k, triwulan, run_id, http, Giliran(), paksa), situs, on_result or (lambda _: None))
        )
    finally:
        http.close()
    _raise_own_failure(hasil)
    return _summarise(k, lembaga, triwulan, hasil, time.monotonic() - mulai)


def _visit_all(jalan: Jalan, situs: Sequence[Situs], on_result: Callable[[HasilSitus], None]) -> Iterator[HasilSitus]:
    """All hosts at once, up to the installation's number; the sites of one host after each other."""
    kelompok = group_by_host(situs)
    pool = ThreadPoolExecutor(min(jalan.k.settings.site.sites_at_once, len(kelompok)), thread_name_prefix="situs")
    try:
        tugas = [pool.submit(_visit_host, jalan, satu) for satu in kelompok]
        for selesai in as_completed(tugas):
            for satu in selesai.result():
                jalan.k.gudang.record_collection([HasilSatker(satu.situs.kode_satker, (satu.percobaan,))])
                on_result(satu)
                yield satu
    except BaseException:
        jalan.http.close()  # an interrupt must not wait for a site that hangs
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _visit_host(jalan: Jalan, situs: Sequence[Situs]) -> list[HasilSitus]:
    return [visit_site(jalan, satu) for satu in situs]


def _raise_own_failure(hasil: Sequence[HasilSitus]) -> None:
    kena = [satu.percobaan for satu in hasil if satu.percobaan.kode_galat in STORE_CODES]
    if kena:
        raise SistemError(kena[0].kode_galat, f"{kena[0].pesan} {len(kena)} situs terkena.", kena[0].cara)


def _summarise(
    k: Konteks, lembaga: str, triwulan: Triwulan, hasil: Sequence[HasilSitus], detik: float
) -> RingkasanSitus:
    gagal = sorted((h for h in hasil if h.percobaan.status != "berhasil"), key=lambda h: h.situs.kode_satker)
    return RingkasanSitus(
        lembaga,
        triwulan.kunci,
        len(hasil),
        len(hasil) - len(gagal),
        tuple(GagalKumpul.from_attempt(satu.percobaan, satu.situs.pemilik) for satu in gagal),
        sum(satu.artikel for satu in hasil),
        sum(satu.draf for satu in hasil),
        sum(satu.layak for satu in hasil),
        sum(satu.permintaan for satu in hasil),
        sum(satu.percobaan.ukuran for satu in hasil),
        round(detik, 3),
    )


def read_again(k: Konteks, lembaga: str, triwulan: Triwulan, satker: Sequence[str] = ()) -> int:
    """Make the drafts of all landed articles anew, without the network; returns how many there are.

    Articles of activities before the quarter, and those whose bytes retention removed, stay as they are.
    """
    jumlah = 0
    for situs in find_sites(k.register, k.settings.site, lembaga, triwulan.selesai):
        if not satker or situs.kode_satker in satker:
            jumlah += read_site_again(k, situs, triwulan)
    return jumlah


def group_drafts(k: Konteks, periode: str) -> int:
    """Give the drafts of a period, of all bodies together, the ids of their events; returns how many changed."""
    from humas.berita.events import group_events

    baris = k.gudang.drafts(None, periode)
    draf = group_events([from_stored(satu) for satu in baris], k.register)
    acara = {
        (b.lembaga, b.kode_satker, b.url): d.id_acara
        for b, d in zip(baris, draf, strict=True)
        if b.id_acara != d.id_acara
    }
    return k.gudang.set_draft_events(acara)


def offered_drafts(
    k: Konteks, lembaga: str, periode: str, kode_satker: str | None = None
) -> dict[str, tuple[DrafTemplat, ...]]:
    """By unit (of one, or of all), drafts to offer in its template: worth counting, of this period, not reported yet.

    A unit whose drafts our program fails on is offered none; a crash report tells why.
    """
    draf: dict[str, list[BarisDraf]] = {}
    for baris in k.gudang.drafts(lembaga, periode, kode_satker):
        draf.setdefault(baris.kode_satker, []).append(baris)
    dilaporkan = k.gudang.reported_activities(lembaga, periode, kode_satker) if draf else {}
    hasil: dict[str, tuple[DrafTemplat, ...]] = {}
    for kode, milik in draf.items():
        about = {"langkah": "draf", "lembaga": lembaga, "periode": periode, "satker": kode}
        with suppress(ProgramFault), guarded(k.settings.home, "Draf berita", about):
            terbuka = still_open([from_stored(satu) for satu in milik], dilaporkan.get(kode, ()))
            hasil |= {kode: tuple(map(to_template, terbuka))} if terbuka else {}
    return hasil
