"""The visit of one news site: its rules, its lists, its articles, each landed, kept in mind and read."""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from humas.errors import HumasError, OperatorError
from humas.landing.model import Attempt, File
from humas.news.stored import reader_version, to_stored
from humas.news.tally import SiteTally, changed_since, tally_site
from humas.periods import Triwulan, jakarta_day
from humas.registry import Cycle
from humas.sources.faults import make_error
from humas.sources.listing import Link, Listing, bare_host, canonical_url, page_number, read_listing
from humas.sources.markup import decode_page, parse_page, refuse_obstacle
from humas.sources.model import Fetched
from humas.sources.site import QuotaSpent, Site, Turns, Validators, Visit, is_fatal
from humas.sources.wordpress import POSTS
from humas.warehouse import DraftRow, SitePage

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.news.model import Draft
    from humas.sources.http import Fetcher

log = logging.getLogger(__name__)

CHANNEL = "situs"
# A page that fails so often is given up; so many failures in a row end the visit.
GIVEN_UP_AFTER = 5
FAILURES_IN_A_ROW = 3
LISTS_PER_SITE = 16
# A page in the way of news says nothing of the next page, until too many in a row do.
_IN_THE_WAY = frozenset({"halaman_tantangan", "halaman_masuk", "halaman_galat"})
# Articles are corrected soon after they appear, if at all; each is asked for again once a week.
CORRECTED_WITHIN = timedelta(days=30)
ASKED_AGAIN_EVERY = 7
_SETTLED = timedelta(days=2)
# What stands there is not, and will not be, an article of this site.
_MISSING = frozenset({"status_4xx", "situs_pindah", "jenis_salah"})


@dataclass(frozen=True)
class VisitRun:
    """What all visits of one pass share. force: ask again for articles that are known."""

    context: Context
    triwulan: Triwulan
    run_id: str
    http: Fetcher
    turn: Turns
    force: bool = False


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What the visit of one site came to. articles: newly landed; draft: made; eligible: worth offering.

    tally: what became of all articles of the quarter, those of earlier visits, too.
    """

    site: Site
    attempt: Attempt
    articles: int
    draft: int
    eligible: int
    requests: int
    tally: SiteTally


def visit_site(visit_run: VisitRun, site: Site) -> SiteResult:
    """Visit one site and read what is new; whatever happens becomes its outcome."""
    return _Visit(visit_run, site).run()


@dataclass
class _Record:
    """What one visit has come to so far."""

    start: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock_start: float = field(default_factory=time.monotonic)
    page: int = 0
    listing: int = 0
    tried: set[str] = field(default_factory=set)
    articles: int = 0
    draft: int = 0
    eligible: int = 0
    consecutive: int = 0
    deferred: list[HumasError] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    cut_off: bool = False


class _Visit:
    """One visit of one site, from robots.txt to its outcome."""

    def __init__(self, visit_run: VisitRun, site: Site) -> None:
        self._visit_run = visit_run
        self._site = site
        self._record = _Record()
        context = visit_run.context
        self._site_visit = Visit(site, visit_run.http, visit_run.turn, context.settings.site, context.settings.now)
        self._known: dict[str, SitePage] = {}
        self._known_before: frozenset[str] = frozenset()  # what earlier visits knew
        self._days: dict[str, date] = {}
        self._drafts: dict[str, DraftRow] = {}

    def run(self) -> SiteResult:
        """Visit and read; whatever happens becomes the outcome."""
        try:
            self._visit()
            self._read_left_over()
        except HumasError as error:
            return self._result(self._failed(error))
        except Exception as error:
            log.exception("visiting %s failed", self._site.satker_code)
            message = f"Kunjungan ke situs {self._site.owner} terhenti karena galat program ({type(error).__name__})."
            return self._result(
                self._failed(
                    OperatorError("galat_program", message, "laporkan ke pengembang dengan catatan (log) jalan ini.")
                )
            )
        return self._result(self._succeeded())

    def _visit(self) -> None:
        lembaga, code = str(self._site.lembaga), self._site.satker_code
        self._known = self._visit_run.context.warehouse.site_pages(lembaga, code)
        self._known_before = frozenset(self._known)
        for row in self._visit_run.context.warehouse.drafts(lembaga, None, code):
            self._note_draft(row)
        self._learn_rules()
        try:
            self._walk_lists()
            self._try_again()
            self._look_for_corrections()
        except QuotaSpent:
            self._record.cut_off = True

    def _learn_rules(self) -> None:
        key = canonical_url(self._site.url("/robots.txt"))
        known = self._known.get(key)
        fetched = self._site_visit.open(_trace(known), self._bytes_of(known))
        if fetched:
            self._keep("robots", key, fetched)

    def _try_again(self) -> None:
        """Articles of this address that an earlier visit could not fetch."""
        failed = [page for page in self._known.values() if page.status == "gagal" and page.kali < GIVEN_UP_AFTER]
        for page in failed:
            if page.url not in self._record.tried and bare_host(page.alamat) == self._site.host:
                self._record.consecutive = 0  # what failed before says nothing of the site today
                self._fetch_article(Link(page.url, page.alamat, page.terbit))

    def _look_for_corrections(self) -> None:
        """Articles of the last weeks, a share of them each night; what tells the same as before is not kept again."""
        for page in list(self._known.values()):
            if page.jenis == "artikel" and page.url not in self._record.tried and self._may_be_corrected(page):
                self._fetch_article(Link(page.url, page.alamat, page.terbit))

    def _may_be_corrected(self, page: SitePage) -> bool:
        """Whether it is the turn of an article that appeared lately; by its address, so that no memory is needed."""
        now = self._visit_run.context.settings.now()
        appeared = page.terbit or self._days.get(page.url) or page.diambil_pada.date()
        if page.status != "ada" or not page.sidik or bare_host(page.alamat) != self._site.host:
            return False
        turn = zlib.crc32(page.url.encode()) % ASKED_AGAIN_EVERY == now.toordinal() % ASKED_AGAIN_EVERY
        return turn and now - page.diambil_pada >= _SETTLED and now.date() - appeared <= CORRECTED_WITHIN

    # --- lists ---

    def _walk_lists(self) -> None:
        """The main list, then the other lists that its first page links to; what stands in the way of one stops no other."""
        main, first = self._first_page()
        try:
            self._walk(main, first)
        except HumasError as error:
            if error.code not in _IN_THE_WAY or self._record.consecutive >= FAILURES_IN_A_ROW:
                raise
            self._record.deferred.append(error)
        others = [address for address in first.other_listings if canonical_url(address) != canonical_url(main)]
        for address in others[: LISTS_PER_SITE - 1]:
            try:
                self._walk(address, self._read_list(address))
            except HumasError as error:
                if is_fatal(error) or self._record.consecutive >= FAILURES_IN_A_ROW:
                    raise
                self._record.deferred.append(error)

    def _first_page(self) -> tuple[str, Listing]:
        """The first place that lists articles: the usual ones, the home page, what it links to, its feed, WordPress's posts.

        Raises:
            HumasError: daftar_kosong, what stood in the way everywhere, or the first error of another kind.
        """
        refused: list[HumasError] = []
        seen: list[Listing] = []
        asked: set[str] = set()
        for address in self._places(seen):
            if address.rstrip("/") in asked:
                continue
            asked.add(address.rstrip("/"))
            listing = self._list_if_there(address, refused)
            if listing and listing.links:
                return address, listing
            seen += [listing] if listing else []
        if refused:
            raise refused[0]
        raise make_error("daftar_kosong", self._site.place, jalur=urlsplit(self._site.listing[0]).path)

    def _places(self, seen: Sequence[Listing]) -> Iterator[str]:
        """Where a list may be, the likeliest first. seen: what was found at the places given so far."""
        yield from self._site.listing
        if len(self._site.listing) > 1:
            yield self._site.url("/")
            yield from (seen[-1].other_listings if seen else ())[: LISTS_PER_SITE // 4]
        yield from dict.fromkeys(one.feed for one in list(seen) if one.feed)
        if any(one.wordpress for one in seen):
            yield self._site.url(POSTS)

    def _list_if_there(self, address: str, refused: list[HumasError]) -> Listing | None:
        try:
            return self._read_list(address)
        except HumasError as error:
            if error.code in _IN_THE_WAY:
                refused.append(error)
            elif error.code != "status_4xx":
                raise
            return None

    def _walk(self, address: str, listing: Listing) -> None:
        """Follow one list back to the quarter's first day, or to what is known to be complete since then."""
        key = canonical_url(address)
        start = self._visit_run.triwulan.start
        before = self._known[key].tuntas_sejak
        complete = before is not None and before <= start
        seen: set[str] = set()
        repeats = 0
        while True:
            new = [link for link in listing.links if self._is_wanted(link)]
            if new and self._known[key].tuntas_sejak:
                self._mark_complete(key, None)  # until this visit has come to the end of what is new
            for link in new:
                self._fetch_article(link)
            repeats = repeats + 1 if {link.key for link in listing.links} <= seen else 0
            seen |= {link.key for link in listing.links}
            known = all(link.key in self._known_before or self._is_old(link) for link in listing.links)
            if (complete and known) or not listing.next_page or repeats > 1 or self._lies_before(listing, start):
                break
            following = self._following(listing)
            if following is None:
                break
            listing = following
        self._mark_complete(key, min(start, before or start))

    def _following(self, listing: Listing) -> Listing | None:
        """The next page of a list; None where one without a stated end has ended."""
        try:
            return self._read_list(listing.next_page)
        except HumasError as error:
            if listing.open_end and error.code == "status_4xx":
                return None
            raise

    def _read_list(self, address: str) -> Listing:
        """One page of a list, from the site or, when unchanged, from landing."""
        self._record.listing += 1
        if self._record.listing > self._visit_run.context.settings.site.max_lists:
            raise QuotaSpent
        number = page_number(address)
        key = canonical_url(address) + (f"?page={number}" if number else "")
        known = self._known.get(key)
        data = self._bytes_of(known)
        fetched = self._site_visit.get(address, _trace(known) if data else Validators(), listing=True)
        if fetched:
            data = fetched.data
            known = self._keep("daftar", key, fetched)
        text = decode_page(data or b"")
        listing = read_listing(text, known.alamat if known else address, self._site.lembaga)
        if not listing.links:
            refuse_obstacle(parse_page(text), text, self._site.place)
        return listing

    def _lies_before(self, listing: Listing, start: date) -> bool:
        """Whether all articles of a list page whose day is known are older than the period."""
        days = [link.published or self._days.get(link.key) for link in listing.links]
        dated = [day for day in days if day]
        return bool(dated) and max(dated) < start

    def _is_wanted(self, link: Link) -> bool:
        """New, or to be asked for again; never twice in a visit, and not from before the period."""
        if link.key in self._record.tried or self._is_old(link):
            return False
        return self._visit_run.force or link.key not in self._known

    def _is_old(self, link: Link) -> bool:
        return link.published is not None and link.published < self._visit_run.triwulan.start

    def _mark_complete(self, key: str, since: date | None) -> None:
        page = replace(self._known[key], tuntas_sejak=since)
        if page != self._known[key]:
            self._store(page)

    # --- articles ---

    def _fetch_article(self, link: Link) -> None:
        """Fetch, land and read one article; its failure is noted and, unless it speaks for the site, passed over."""
        if len(self._record.tried) >= self._visit_run.context.settings.site.max_articles:
            raise QuotaSpent
        self._record.tried.add(link.key)
        known = self._known.get(link.key)
        fetched = None
        try:
            fetched = self._site_visit.get(link.address, _trace(known) if self._bytes_of(known) else Validators())
            if fetched:
                text = decode_page(fetched.data)
                refuse_obstacle(parse_page(text), text, self._site.place)
        except HumasError as error:
            self._note_failure(link, error, fetched)
            return
        self._record.consecutive = 0
        if fetched and not self._tells_the_same(known, fetched.data):
            self._record.articles += known is None or not known.sidik
            self._keep("artikel", link.key, fetched, link.published)

    def _tells_the_same(self, known: SitePage | None, data: bytes) -> bool:
        """Whether a copy differs from the one we hold in its surroundings alone, as in a count of readers."""
        held = self._bytes_of(known)
        if known is None or held is None:
            return False
        context = self._visit_run.context
        try:
            before, after = (read_article(context, self._site, known, copy) for copy in (held, data))
        except Exception:  # what our rules stumble over is landed and told as any such page
            log.exception("comparing %s failed", known.url)
            return False
        return before.sidik_isi == after.sidik_isi

    def _note_failure(self, link: Link, error: HumasError, fetched: Fetched | None) -> None:
        """Keep in mind what failed, so that the next visit tries it again; gone for good is no failure.

        fetched: the page that stood in the article's place; it is landed as evidence.
        """
        gone = error.code in _MISSING
        known = self._known.get(link.key) or self._page("artikel", link.key, link.address, terbit=link.published)
        if error.code != "robots_melarang":
            evidence = [_raw_file(fetched, self._visit_run.context.landing.store(fetched.data)[0])] if fetched else []
            self._store(replace(known, status="hilang" if gone else "gagal", kali=known.kali + 1), evidence)
        if gone:
            return
        self._record.consecutive += 1
        self._record.deferred.append(error)
        if is_fatal(error) or self._record.consecutive >= FAILURES_IN_A_ROW:
            raise error

    def _read_left_over(self) -> None:
        """Articles landed but not read: our rules stumbled over them, or the rules have changed since."""
        context, site = self._visit_run.context, self._site
        since = self._visit_run.triwulan.start
        for page in context.warehouse.unread_articles(str(site.lembaga), site.satker_code, reader_version(), since):
            data = context.landing.find(page.sidik)
            if data is not None:
                context.warehouse.store_drafts(self._read(page, data))

    def _read(self, page: SitePage, data: bytes, before: SitePage | None = None) -> list[DraftRow]:
        """The draft of one landed article; none of a page that our rules stumble over, which the next visit reads again."""
        try:
            draft = self._marked(read_article(self._visit_run.context, self._site, page, data), page, before)
        except Exception:
            log.exception("reading %s failed", page.url)
            self._record.unreadable.add(page.url)
            return []
        row = to_stored(draft, page, self._visit_run.context.settings.now())
        self._note_draft(row)
        self._record.draft += 1
        self._record.eligible += row.layak_dihitung
        return [row]

    def _marked(self, draft: Draft, page: SitePage, before: SitePage | None) -> Draft:
        """The draft with what a correction changed, told by the copy we hold; an earlier mark stays."""
        held = self._bytes_of(before)
        known = self._drafts.get(page.url)
        marked = str(known.isi.get("berubah") or "") if known else ""
        if before is not None and held is not None:
            earlier = read_article(self._visit_run.context, self._site, before, held)
            marked = changed_since(earlier, draft, jakarta_day(before.diambil_pada)) or marked
        return replace(draft, berubah=marked)

    # --- memory ---

    def _note_draft(self, row: DraftRow) -> None:
        self._drafts[row.url] = row
        published = row.isi.get("tanggal_publikasi")
        days = [day for day in (row.tanggal_mulai, date.fromisoformat(published) if published else None) if day]
        if days:
            self._days[row.url] = max(days)

    def _bytes_of(self, page: SitePage | None) -> bytes | None:
        return self._visit_run.context.landing.find(page.sidik) if page and page.sidik else None

    def _page(self, kind: str, key: str, address: str, **values: object) -> SitePage:
        site, now = self._site, self._visit_run.context.settings.now()
        return SitePage(str(site.lembaga), site.satker_code, key, kind, "ada", now, alamat=address, **values)  # type: ignore[arg-type]

    def _keep(self, kind: str, key: str, fetched: Fetched, published: date | None = None) -> SitePage:
        """Land the bytes; then read them, if they are an article, and keep in mind what they were: all or nothing."""
        digest, _ = self._visit_run.context.landing.store(fetched.data)
        known = self._known.get(key)
        page = self._page(
            kind, key, fetched.url, etag=fetched.header.get("etag", ""),
            terakhir_diubah=fetched.header.get("last-modified", ""), sidik=digest, terbit=published,
            tuntas_sejak=known.tuntas_sejak if known else None,
        )  # fmt: skip
        self._record.page += 1
        drafts = self._read(page, fetched.data, known) if kind == "artikel" else []
        self._store(page, [_raw_file(fetched, digest)], drafts)
        return page

    def _store(self, page: SitePage, files: Sequence[File] = (), drafts: Sequence[DraftRow] = ()) -> None:
        self._visit_run.context.warehouse.record_site_pages(self._visit_run.triwulan.key, [page], files, drafts)
        self._known[page.url] = page

    # --- outcome ---

    def _succeeded(self) -> Attempt:
        message = " ".join([self._tally().kalimat, *self._remarks()])
        code = self._record.deferred[0].code if self._record.deferred else ""
        return replace(self._outcome("berhasil"), pesan=message, kode_galat=code)

    def _remarks(self) -> list[str]:
        """What a visit that succeeded on the whole left undone."""
        notes = self._record
        remarks = []
        if notes.deferred:
            remarks.append(
                f"{len(notes.deferred)} halaman belum terambil dan dicoba lagi; yang pertama: {notes.deferred[0].message}"
            )
        if notes.unreadable:
            remarks.append(f"{len(notes.unreadable)} artikel terambil tetapi gagal dibaca; lihat log.")
        if notes.cut_off:
            remarks.append("Jatah kunjungan habis; sisanya dibaca pada kunjungan berikutnya.")
        return remarks

    def _failed(self, error: HumasError) -> Attempt:
        return replace(
            self._outcome("gagal"),
            kode_galat=error.code,
            pelaku=str(error.actor),
            pesan=error.message,
            cara=error.remedy,
            layak_diulang=error.layak_diulang,
        )

    def _outcome(self, status: str) -> Attempt:
        shared, notes = self._visit_run, self._record
        return Attempt(
            str(self._site.lembaga), self._site.satker_code, shared.triwulan.key, CHANNEL, 1, 1, status, notes.start,
            round(time.monotonic() - notes.clock_start, 3), shared.run_id, ukuran=self._site_visit.size, halaman=notes.page,
        )  # fmt: skip

    def _result(self, attempt: Attempt) -> SiteResult:
        notes = self._record
        return SiteResult(
            self._site, attempt, notes.articles, notes.draft, notes.eligible, self._site_visit.requests, self._tally()
        )

    def _tally(self) -> SiteTally:
        site, quarter = self._site, self._visit_run.triwulan
        cycle = Cycle(site.lembaga, quarter.key)
        reported = self._visit_run.context.warehouse.reported_activities(cycle, site.satker_code)
        rows = sorted(self._drafts.values(), key=lambda row: (str(row.tanggal_mulai or ""), row.url))
        return tally_site(site.satker_code, site.owner, rows, reported.get(site.satker_code, ()), quarter)


def read_site_again(context: Context, site: Site, triwulan: Triwulan) -> int:
    """Make the drafts of one site's landed articles anew; returns how many."""
    rows = []
    known = {row.url: row for row in context.warehouse.drafts(str(site.lembaga), None, site.satker_code)}
    for page in context.warehouse.unread_articles(str(site.lembaga), site.satker_code, "", triwulan.start):
        data = context.landing.find(page.sidik)
        if data is not None:
            marked = str(known[page.url].isi.get("berubah") or "") if page.url in known else ""
            draft = replace(read_article(context, site, page, data), berubah=marked)
            rows.append(to_stored(draft, page, context.settings.now()))
    context.warehouse.store_drafts(rows)
    return len(rows)


def read_article(context: Context, site: Site, page: SitePage, data: bytes) -> Draft:
    """The draft of a landed article: of these bytes, this address and the day they came, and of nothing else.

    Whose site it is, is known, whatever the page says; the reader is told by the address it knows the unit under.
    """
    from humas.news.read import read_page

    unit = context.register.satker(site.satker_code)
    host = unit.host(site.lembaga)
    address = f"https://{host}{urlsplit(page.url).path}" if host else page.alamat
    day = jakarta_day(page.diambil_pada)
    draft = read_page(decode_page(data), address, page.terbit, register=context.register, today=day, current=True)
    return replace(
        draft,
        lembaga=str(site.lembaga),
        kode_satker=unit.code,
        nama_satker=unit.name,
        url=page.alamat,
        keyakinan={**draft.keyakinan, "kode_satker": 1.0},
    )


def _trace(page: SitePage | None) -> Validators:
    return Validators(page.etag, page.terakhir_diubah) if page else Validators()


def _raw_file(fetched: Fetched, digest: str) -> File:
    return File(
        digest, len(fetched.data), fetched.media_type, fetched.name, fetched.url, fetched.diambil_pada,
        header=dict(fetched.header),
    )  # fmt: skip
