"""The visit of one news site: its rules, its lists, its articles, each landed, kept in mind and read."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from humas.berita.stored import reader_version, to_stored
from humas.errors import HumasError, SistemError
from humas.landing.model import Berkas, Percobaan
from humas.periods import Triwulan, tanggal_jakarta
from humas.sources.galat import make_error
from humas.sources.listing import Daftar, Tautan, bare_host, canonical_url, page_number, read_listing
from humas.sources.markup import decode_page, parse_page, refuse_obstacle
from humas.sources.model import Ambilan
from humas.sources.situs import Giliran, JatahHabis, Jejak, Kunjungan, Situs, is_fatal
from humas.warehouse import BarisDraf, HalamanSitus

if TYPE_CHECKING:
    from humas.berita.model import Draf
    from humas.context import Konteks
    from humas.sources.http import Pengambil

log = logging.getLogger(__name__)

SALURAN = "situs"
# A page that fails so often is given up; so many failures in a row end the visit.
GIVEN_UP_AFTER = 5
FAILURES_IN_A_ROW = 3
LISTS_PER_SITE = 4
# What stands there is not, and will not be, an article of this site.
_HILANG = frozenset({"status_4xx", "situs_pindah", "jenis_salah"})


@dataclass(frozen=True)
class Jalan:
    """What all visits of one pass share. paksa: ask again for articles that are known."""

    k: Konteks
    triwulan: Triwulan
    run_id: str
    http: Pengambil
    giliran: Giliran
    paksa: bool = False


@dataclass(frozen=True, slots=True)
class HasilSitus:
    """What the visit of one site came to. artikel: newly landed; draf: made; layak: worth offering."""

    situs: Situs
    percobaan: Percobaan
    artikel: int
    draf: int
    layak: int
    permintaan: int


def visit_site(jalan: Jalan, situs: Situs) -> HasilSitus:
    """Visit one site and read what is new; whatever happens becomes its outcome."""
    return _Kunjung(jalan, situs).run()


@dataclass
class _Catatan:
    """What one visit has come to so far."""

    mulai: datetime = field(default_factory=lambda: datetime.now(UTC))
    detak: float = field(default_factory=time.monotonic)
    halaman: int = 0
    daftar: int = 0
    dicoba: set[str] = field(default_factory=set)
    artikel: int = 0
    draf: int = 0
    layak: int = 0
    berturut: int = 0
    tertunda: list[HumasError] = field(default_factory=list)
    tak_terbaca: set[str] = field(default_factory=set)
    terputus: bool = False


class _Kunjung:
    """One visit of one site, from robots.txt to its outcome."""

    def __init__(self, jalan: Jalan, situs: Situs) -> None:
        self._jalan = jalan
        self._situs = situs
        self._catat = _Catatan()
        context = jalan.k
        self._kunjungan = Kunjungan(situs, jalan.http, jalan.giliran, context.settings.site, context.settings.now)
        self._kenal: dict[str, HalamanSitus] = {}
        self._semula: frozenset[str] = frozenset()  # what earlier visits knew
        self._hari: dict[str, date] = {}

    def run(self) -> HasilSitus:
        """Visit and read; whatever happens becomes the outcome."""
        try:
            self._visit()
            self._read_left_over()
        except HumasError as error:
            return self._result(self._failed(error))
        except Exception as error:
            log.exception("visiting %s failed", self._situs.kode_satker)
            message = (
                f"Kunjungan ke situs {self._situs.pemilik} terhenti karena galat program ({type(error).__name__})."
            )
            return self._result(
                self._failed(
                    SistemError("galat_program", message, "laporkan ke pengembang dengan catatan (log) jalan ini.")
                )
            )
        return self._result(self._succeeded())

    def _visit(self) -> None:
        lembaga, code = str(self._situs.lembaga), self._situs.kode_satker
        self._kenal = self._jalan.k.gudang.site_pages(lembaga, code)
        self._semula = frozenset(self._kenal)
        for row in self._jalan.k.gudang.drafts(lembaga, None, code):
            self._note_day(row)
        self._learn_rules()
        try:
            self._walk_lists()
            self._try_again()
        except JatahHabis:
            self._catat.terputus = True

    def _learn_rules(self) -> None:
        key = canonical_url(self._situs.url("/robots.txt"))
        known = self._kenal.get(key)
        fetched = self._kunjungan.open(_trace(known), self._bytes_of(known))
        if fetched:
            self._keep("robots", key, fetched)

    def _try_again(self) -> None:
        """Articles of this address that an earlier visit could not fetch."""
        failed = [page for page in self._kenal.values() if page.status == "gagal" and page.kali < GIVEN_UP_AFTER]
        for page in failed:
            if page.url not in self._catat.dicoba and bare_host(page.alamat) == self._situs.host:
                self._catat.berturut = 0  # what failed before says nothing of the site today
                self._fetch_article(Tautan(page.url, page.alamat, page.terbit))

    # --- lists ---

    def _walk_lists(self) -> None:
        """The main list, then the other lists that its first page links to."""
        main, first = self._first_page()
        self._walk(main, first)
        others = [address for address in first.daftar_lain if canonical_url(address) != canonical_url(main)]
        for address in others[: LISTS_PER_SITE - 1]:
            try:
                self._walk(address, self._read_list(address))
            except HumasError as error:
                if is_fatal(error):
                    raise
                self._catat.tertunda.append(error)

    def _first_page(self) -> tuple[str, Daftar]:
        """The first place that lists articles: the usual ones, then what the home page links to.

        Raises:
            HumasError: daftar_kosong, or the first error that is not just "no such page".
        """
        for address in self._situs.daftar:
            listing = self._list_if_there(address)
            if listing and listing.tautan:
                return address, listing
        home = self._list_if_there(self._situs.url("/")) if len(self._situs.daftar) > 1 else None
        for address in home.daftar_lain[:LISTS_PER_SITE] if home else ():
            listing = self._list_if_there(address)
            if listing and listing.tautan:
                return address, listing
        raise make_error("daftar_kosong", self._situs.tempat, jalur=urlsplit(self._situs.daftar[0]).path)

    def _list_if_there(self, address: str) -> Daftar | None:
        try:
            return self._read_list(address)
        except HumasError as error:
            if error.kode != "status_4xx":
                raise
            return None

    def _walk(self, address: str, listing: Daftar) -> None:
        """Follow one list back to the quarter's first day, or to what is known to be complete since then."""
        key = canonical_url(address)
        start = self._jalan.triwulan.mulai
        before = self._kenal[key].tuntas_sejak
        complete = before is not None and before <= start
        seen: set[str] = set()
        repeats = 0
        while True:
            new = [link for link in listing.tautan if self._is_wanted(link)]
            if new and self._kenal[key].tuntas_sejak:
                self._mark_complete(key, None)  # until this visit has come to the end of what is new
            for link in new:
                self._fetch_article(link)
            repeats = repeats + 1 if {link.kunci for link in listing.tautan} <= seen else 0
            seen |= {link.kunci for link in listing.tautan}
            known = all(link.kunci in self._semula or self._is_old(link) for link in listing.tautan)
            if (complete and known) or not listing.berikut or repeats > 1 or self._lies_before(listing, start):
                break
            listing = self._read_list(listing.berikut)
        self._mark_complete(key, min(start, before or start))

    def _read_list(self, address: str) -> Daftar:
        """One page of a list, from the site or, when unchanged, from landing."""
        self._catat.daftar += 1
        if self._catat.daftar > self._jalan.k.settings.site.max_lists:
            raise JatahHabis
        number = page_number(address)
        key = canonical_url(address) + (f"?page={number}" if number else "")
        known = self._kenal.get(key)
        data = self._bytes_of(known)
        fetched = self._kunjungan.get(address, _trace(known) if data else Jejak())
        if fetched:
            data = fetched.data
            known = self._keep("daftar", key, fetched)
        text = decode_page(data or b"")
        listing = read_listing(text, known.alamat if known else address, self._situs.lembaga)
        if not listing.tautan:
            refuse_obstacle(parse_page(text), text, self._situs.tempat)
        return listing

    def _lies_before(self, listing: Daftar, start: date) -> bool:
        """Whether all articles of a list page whose day is known are older than the period."""
        days = [link.terbit or self._hari.get(link.kunci) for link in listing.tautan]
        dated = [day for day in days if day]
        return bool(dated) and max(dated) < start

    def _is_wanted(self, link: Tautan) -> bool:
        """New, or to be asked for again; never twice in a visit, and not from before the period."""
        if link.kunci in self._catat.dicoba or self._is_old(link):
            return False
        return self._jalan.paksa or link.kunci not in self._kenal

    def _is_old(self, link: Tautan) -> bool:
        return link.terbit is not None and link.terbit < self._jalan.triwulan.mulai

    def _mark_complete(self, key: str, since: date | None) -> None:
        page = replace(self._kenal[key], tuntas_sejak=since)
        if page != self._kenal[key]:
            self._store(page)

    # --- articles ---

    def _fetch_article(self, link: Tautan) -> None:
        """Fetch, land and read one article; its failure is noted and, unless it speaks for the site, passed over."""
        if len(self._catat.dicoba) >= self._jalan.k.settings.site.max_articles:
            raise JatahHabis
        self._catat.dicoba.add(link.kunci)
        known = self._kenal.get(link.kunci)
        fetched = None
        try:
            fetched = self._kunjungan.get(link.alamat, _trace(known) if self._bytes_of(known) else Jejak())
            if fetched:
                text = decode_page(fetched.data)
                refuse_obstacle(parse_page(text), text, self._situs.tempat)
        except HumasError as error:
            self._note_failure(link, error, fetched)
            return
        self._catat.berturut = 0
        if fetched:
            self._catat.artikel += 1
            self._keep("artikel", link.kunci, fetched, link.terbit)

    def _note_failure(self, link: Tautan, error: HumasError, fetched: Ambilan | None) -> None:
        """Keep in mind what failed, so that the next visit tries it again; gone for good is no failure.

        fetched: the page that stood in the article's place; it is landed as evidence.
        """
        gone = error.kode in _HILANG
        known = self._kenal.get(link.kunci) or self._page("artikel", link.kunci, link.alamat, terbit=link.terbit)
        if error.kode != "robots_melarang":
            evidence = [_raw_file(fetched, self._jalan.k.landing.store(fetched.data)[0])] if fetched else []
            self._store(replace(known, status="hilang" if gone else "gagal", kali=known.kali + 1), evidence)
        if gone:
            return
        self._catat.berturut += 1
        self._catat.tertunda.append(error)
        if is_fatal(error) or self._catat.berturut >= FAILURES_IN_A_ROW:
            raise error

    def _read_left_over(self) -> None:
        """Articles landed but not read: our rules stumbled over them, or the rules have changed since."""
        context, site = self._jalan.k, self._situs
        since = self._jalan.triwulan.mulai
        for page in context.gudang.unread_articles(str(site.lembaga), site.kode_satker, reader_version(), since):
            data = context.landing.find(page.sidik)
            if data is not None:
                context.gudang.store_drafts(self._read(page, data))

    def _read(self, page: HalamanSitus, data: bytes) -> list[BarisDraf]:
        """The draft of one landed article; none of a page that our rules stumble over, which the next visit reads again."""
        try:
            draft = read_article(self._jalan.k, self._situs, page, data)
        except Exception:
            log.exception("reading %s failed", page.url)
            self._catat.tak_terbaca.add(page.url)
            return []
        row = to_stored(draft, page, self._jalan.k.settings.now())
        self._note_day(row)
        self._catat.draf += 1
        self._catat.layak += row.layak_dihitung
        return [row]

    # --- memory ---

    def _note_day(self, row: BarisDraf) -> None:
        published = row.isi.get("tanggal_publikasi")
        days = [day for day in (row.tanggal_mulai, date.fromisoformat(published) if published else None) if day]
        if days:
            self._hari[row.url] = max(days)

    def _bytes_of(self, page: HalamanSitus | None) -> bytes | None:
        return self._jalan.k.landing.find(page.sidik) if page and page.sidik else None

    def _page(self, kind: str, key: str, address: str, **values: object) -> HalamanSitus:
        site, now = self._situs, self._jalan.k.settings.now()
        return HalamanSitus(str(site.lembaga), site.kode_satker, key, kind, "ada", now, alamat=address, **values)  # type: ignore[arg-type]

    def _keep(self, kind: str, key: str, fetched: Ambilan, published: date | None = None) -> HalamanSitus:
        """Land the bytes; then read them, if they are an article, and keep in mind what they were: all or nothing."""
        digest, _ = self._jalan.k.landing.store(fetched.data)
        known = self._kenal.get(key)
        page = self._page(
            kind, key, fetched.url, etag=fetched.header.get("etag", ""),
            terakhir_diubah=fetched.header.get("last-modified", ""), sidik=digest, terbit=published,
            tuntas_sejak=known.tuntas_sejak if known else None,
        )  # fmt: skip
        self._catat.halaman += 1
        drafts = self._read(page, fetched.data) if kind == "artikel" else []
        self._store(page, [_raw_file(fetched, digest)], drafts)
        return page

    def _store(self, page: HalamanSitus, files: Sequence[Berkas] = (), drafts: Sequence[BarisDraf] = ()) -> None:
        self._jalan.k.gudang.record_site_pages(self._jalan.triwulan.kunci, [page], files, drafts)
        self._kenal[page.url] = page

    # --- outcome ---

    def _succeeded(self) -> Percobaan:
        message = " ".join(self._remarks())
        code = self._catat.tertunda[0].kode if self._catat.tertunda else ""
        return replace(self._outcome("berhasil"), pesan=message, kode_galat=code)

    def _remarks(self) -> list[str]:
        """What a visit that succeeded on the whole left undone."""
        notes = self._catat
        remarks = []
        if notes.tertunda:
            remarks.append(
                f"{len(notes.tertunda)} artikel belum terambil dan dicoba lagi; yang pertama: {notes.tertunda[0].pesan}"
            )
        if notes.tak_terbaca:
            remarks.append(f"{len(notes.tak_terbaca)} artikel terambil tetapi gagal dibaca; lihat log.")
        if notes.terputus:
            remarks.append("Jatah kunjungan habis; sisanya dibaca pada kunjungan berikutnya.")
        return remarks

    def _failed(self, error: HumasError) -> Percobaan:
        return replace(
            self._outcome("gagal"),
            kode_galat=error.kode,
            pelaku=str(error.pelaku),
            pesan=error.pesan,
            cara=error.cara,
            layak_diulang=error.layak_diulang,
        )

    def _outcome(self, status: str) -> Percobaan:
        shared, notes = self._jalan, self._catat
        return Percobaan(
            str(self._situs.lembaga), self._situs.kode_satker, shared.triwulan.kunci, SALURAN, 1, 1, status, notes.mulai,
            round(time.monotonic() - notes.detak, 3), shared.run_id, ukuran=self._kunjungan.ukuran, halaman=notes.halaman,
        )  # fmt: skip

    def _result(self, attempt: Percobaan) -> HasilSitus:
        notes = self._catat
        return HasilSitus(self._situs, attempt, notes.artikel, notes.draf, notes.layak, self._kunjungan.permintaan)


def read_site_again(k: Konteks, situs: Situs, triwulan: Triwulan) -> int:
    """Make the drafts of one site's landed articles anew; returns how many."""
    rows = []
    for page in k.gudang.unread_articles(str(situs.lembaga), situs.kode_satker, "", triwulan.mulai):
        data = k.landing.find(page.sidik)
        if data is not None:
            rows.append(to_stored(read_article(k, situs, page, data), page, k.settings.now()))
    k.gudang.store_drafts(rows)
    return len(rows)


def read_article(k: Konteks, situs: Situs, halaman: HalamanSitus, data: bytes) -> Draf:
    """The draft of a landed article: of these bytes, this address and the day they came, and of nothing else.

    Whose site it is, is known, whatever the page says; the reader is told by the address it knows the unit under.
    """
    from humas.berita.read import read_page

    unit = k.register.satker(situs.kode_satker)
    host = unit.host(situs.lembaga)
    address = f"https://{host}{urlsplit(halaman.url).path}" if host else halaman.alamat
    day = tanggal_jakarta(halaman.diambil_pada)
    draft = read_page(decode_page(data), address, halaman.terbit, register=k.register, hari_ini=day, terkini=True)
    return replace(
        draft,
        lembaga=str(situs.lembaga),
        kode_satker=unit.kode,
        nama_satker=unit.nama,
        url=halaman.alamat,
        keyakinan={**draft.keyakinan, "kode_satker": 1.0},
    )


def _trace(page: HalamanSitus | None) -> Jejak:
    return Jejak(page.etag, page.terakhir_diubah) if page else Jejak()


def _raw_file(fetched: Ambilan, digest: str) -> Berkas:
    return Berkas(
        digest, len(fetched.data), fetched.media_type, fetched.nama, fetched.url, fetched.diambil_pada,
        header=dict(fetched.header),
    )  # fmt: skip
