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
        k = jalan.k
        self._kunjungan = Kunjungan(situs, jalan.http, jalan.giliran, k.settings.site, k.settings.now)
        self._kenal: dict[str, HalamanSitus] = {}
        self._semula: frozenset[str] = frozenset()  # what earlier visits knew
        self._hari: dict[str, date] = {}

    def run(self) -> HasilSitus:
        """Visit and read; whatever happens becomes the outcome."""
        try:
            self._visit()
            self._read_left_over()
        except HumasError as galat:
            return self._result(self._failed(galat))
        except Exception as galat:
            log.exception("visiting %s failed", self._situs.kode_satker)
            pesan = f"Kunjungan ke situs {self._situs.pemilik} terhenti karena galat program ({type(galat).__name__})."
            return self._result(
                self._failed(
                    SistemError("galat_program", pesan, "laporkan ke pengembang dengan catatan (log) jalan ini.")
                )
            )
        return self._result(self._succeeded())

    def _visit(self) -> None:
        lembaga, kode = str(self._situs.lembaga), self._situs.kode_satker
        self._kenal = self._jalan.k.gudang.site_pages(lembaga, kode)
        self._semula = frozenset(self._kenal)
        for baris in self._jalan.k.gudang.drafts(lembaga, None, kode):
            self._note_day(baris)
        self._learn_rules()
        try:
            self._walk_lists()
            self._try_again()
        except JatahHabis:
            self._catat.terputus = True

    def _learn_rules(self) -> None:
        kunci = canonical_url(self._situs.url("/robots.txt"))
        lama = self._kenal.get(kunci)
        ambilan = self._kunjungan.open(_trace(lama), self._bytes_of(lama))
        if ambilan:
            self._keep("robots", kunci, ambilan)

    def _try_again(self) -> None:
        """Articles of this address that an earlier visit could not fetch."""
        gagal = [p for p in self._kenal.values() if p.status == "gagal" and p.kali < GIVEN_UP_AFTER]
        for satu in gagal:
            if satu.url not in self._catat.dicoba and bare_host(satu.alamat) == self._situs.host:
                self._catat.berturut = 0  # what failed before says nothing of the site today
                self._fetch_article(Tautan(satu.url, satu.alamat, satu.terbit))

    # --- lists ---

    def _walk_lists(self) -> None:
        """The main list, then the other lists that its first page links to."""
        utama, pertama = self._first_page()
        self._walk(utama, pertama)
        lain = [satu for satu in pertama.daftar_lain if canonical_url(satu) != canonical_url(utama)]
        for alamat in lain[: LISTS_PER_SITE - 1]:
            try:
                self._walk(alamat, self._read_list(alamat))
            except HumasError as galat:
                if is_fatal(galat):
                    raise
                self._catat.tertunda.append(galat)

    def _first_page(self) -> tuple[str, Daftar]:
        """The first place that lists articles: the usual ones, then what the home page links to.

        Raises:
            HumasError: daftar_kosong, or the first error that is not just "no such page".
        """
        for alamat in self._situs.daftar:
            daftar = self._list_if_there(alamat)
            if daftar and daftar.tautan:
                return alamat, daftar
        beranda = self._list_if_there(self._situs.url("/")) if len(self._situs.daftar) > 1 else None
        for alamat in beranda.daftar_lain[:LISTS_PER_SITE] if beranda else ():
            daftar = self._list_if_there(alamat)
            if daftar and daftar.tautan:
                return alamat, daftar
        raise make_error("daftar_kosong", self._situs.tempat, jalur=urlsplit(self._situs.daftar[0]).path)

    def _list_if_there(self, alamat: str) -> Daftar | None:
        try:
            return self._read_list(alamat)
        except HumasError as galat:
            if galat.kode != "status_4xx":
                raise
            return None

    def _walk(self, alamat: str, daftar: Daftar) -> None:
        """Follow one list back to the quarter's first day, or to what is known to be complete since then."""
        kunci = canonical_url(alamat)
        mulai = self._jalan.triwulan.mulai
        dulu = self._kenal[kunci].tuntas_sejak
        tuntas = dulu is not None and dulu <= mulai
        dilihat: set[str] = set()
        ulang = 0
        while True:
            baru = [satu for satu in daftar.tautan if self._is_wanted(satu)]
            if baru and self._kenal[kunci].tuntas_sejak:
                self._mark_complete(kunci, None)  # until this visit has come to the end of what is new
            for satu in baru:
                self._fetch_article(satu)
            ulang = ulang + 1 if {satu.kunci for satu in daftar.tautan} <= dilihat else 0
            dilihat |= {satu.kunci for satu in daftar.tautan}
            dikenal = all(satu.kunci in self._semula or self._is_old(satu) for satu in daftar.tautan)
            if (tuntas and dikenal) or not daftar.berikut or ulang > 1 or self._lies_before(daftar, mulai):
                break
            daftar = self._read_list(daftar.berikut)
        self._mark_complete(kunci, min(mulai, dulu or mulai))

    def _read_list(self, alamat: str) -> Daftar:
        """One page of a list, from the site or, when unchanged, from landing."""
        self._catat.daftar += 1
        if self._catat.daftar > self._jalan.k.settings.site.max_lists:
            raise JatahHabis
        nomor = page_number(alamat)
        kunci = canonical_url(alamat) + (f"?page={nomor}" if nomor else "")
        lama = self._kenal.get(kunci)
        data = self._bytes_of(lama)
        ambilan = self._kunjungan.get(alamat, _trace(lama) if data else Jejak())
        if ambilan:
            data = ambilan.data
            lama = self._keep("daftar", kunci, ambilan)
        teks = decode_page(data or b"")
        daftar = read_listing(teks, lama.alamat if lama else alamat, self._situs.lembaga)
        if not daftar.tautan:
            refuse_obstacle(parse_page(teks), teks, self._situs.tempat)
        return daftar

    def _lies_before(self, daftar: Daftar, mulai: date) -> bool:
        """Whether all articles of a list page whose day is known are older than the period."""
        hari = [satu.terbit or self._hari.get(satu.kunci) for satu in daftar.tautan]
        bertanggal = [satu for satu in hari if satu]
        return bool(bertanggal) and max(bertanggal) < mulai

    def _is_wanted(self, tautan: Tautan) -> bool:
        """New, or to be asked for again; never twice in a visit, and not from before the period."""
        if tautan.kunci in self._catat.dicoba or self._is_old(tautan):
            return False
        return self._jalan.paksa or tautan.kunci not in self._kenal

    def _is_old(self, tautan: Tautan) -> bool:
        return tautan.terbit is not None and tautan.terbit < self._jalan.triwulan.mulai

    def _mark_complete(self, kunci: str, sejak: date | None) -> None:
        baru = replace(self._kenal[kunci], tuntas_sejak=sejak)
        if baru != self._kenal[kunci]:
            self._store(baru)

    # --- articles ---

    def _fetch_article(self, tautan: Tautan) -> None:
        """Fetch, land and read one article; its failure is noted and, unless it speaks for the site, passed over."""
        if len(self._catat.dicoba) >= self._jalan.k.settings.site.max_articles:
            raise JatahHabis
        self._catat.dicoba.add(tautan.kunci)
        lama = self._kenal.get(tautan.kunci)
        ambilan = None
        try:
            ambilan = self._kunjungan.get(tautan.alamat, _trace(lama) if self._bytes_of(lama) else Jejak())
            if ambilan:
                teks = decode_page(ambilan.data)
                refuse_obstacle(parse_page(teks), teks, self._situs.tempat)
        except HumasError as galat:
            self._note_failure(tautan, galat, ambilan)
            return
        self._catat.berturut = 0
        if ambilan:
            self._catat.artikel += 1
            self._keep("artikel", tautan.kunci, ambilan, tautan.terbit)

    def _note_failure(self, tautan: Tautan, galat: HumasError, ambilan: Ambilan | None) -> None:
        """Keep in mind what failed, so that the next visit tries it again; gone for good is no failure.

        ambilan: the page that stood in the article's place; it is landed as evidence.
        """
        hilang = galat.kode in _HILANG
        lama = self._kenal.get(tautan.kunci) or self._page("artikel", tautan.kunci, tautan.alamat, terbit=tautan.terbit)
        if galat.kode != "robots_melarang":
            bukti = [_raw_file(ambilan, self._jalan.k.landing.store(ambilan.data)[0])] if ambilan else []
            self._store(replace(lama, status="hilang" if hilang else "gagal", kali=lama.kali + 1), bukti)
        if hilang:
            return
        self._catat.berturut += 1
        self._catat.tertunda.append(galat)
        if is_fatal(galat) or self._catat.berturut >= FAILURES_IN_A_ROW:
            raise galat

    def _read_left_over(self) -> None:
        """Articles landed but not read: our rules stumbled over them, or the rules have changed since."""
        k, situs = self._jalan.k, self._situs
        sejak = self._jalan.triwulan.mulai
        for halaman in k.gudang.unread_articles(str(situs.lembaga), situs.kode_satker, reader_version(), sejak):
            data = k.landing.find(halaman.sidik)
            if data is not None:
                k.gudang.store_drafts(self._read(halaman, data))

    def _read(self, halaman: HalamanSitus, data: bytes) -> list[BarisDraf]:
        """The draft of one landed article; none of a page that our rules stumble over, which the next visit reads again."""
        try:
            draf = read_article(self._jalan.k, self._situs, halaman, data)
        except Exception:
            log.exception("reading %s failed", halaman.url)
            self._catat.tak_terbaca.add(halaman.url)
            return []
        baris = to_stored(draf, halaman, self._jalan.k.settings.now())
        self._note_day(baris)
        self._catat.draf += 1
        self._catat.layak += baris.layak_dihitung
        return [baris]

    # --- memory ---

    def _note_day(self, baris: BarisDraf) -> None:
        terbit = baris.isi.get("tanggal_publikasi")
        hari = [satu for satu in (baris.tanggal_mulai, date.fromisoformat(terbit) if terbit else None) if satu]
        if hari:
            self._hari[baris.url] = max(hari)

    def _bytes_of(self, halaman: HalamanSitus | None) -> bytes | None:
        return self._jalan.k.landing.find(halaman.sidik) if halaman and halaman.sidik else None

    def _page(self, jenis: str, kunci: str, alamat: str, **isi: object) -> HalamanSitus:
        situs, kini = self._situs, self._jalan.k.settings.now()
        return HalamanSitus(str(situs.lembaga), situs.kode_satker, kunci, jenis, "ada", kini, alamat=alamat, **isi)  # type: ignore[arg-type]

    def _keep(self, jenis: str, kunci: str, ambilan: Ambilan, terbit: date | None = None) -> HalamanSitus:
        """Land the bytes; then read them, if they are an article, and keep in mind what they were: all or nothing."""
        sidik, _ = self._jalan.k.landing.store(ambilan.data)
        lama = self._kenal.get(kunci)
        halaman = self._page(
            jenis, kunci, ambilan.url, etag=ambilan.header.get("etag", ""),
            terakhir_diubah=ambilan.header.get("last-modified", ""), sidik=sidik, terbit=terbit,
            tuntas_sejak=lama.tuntas_sejak if lama else None,
        )  # fmt: skip
        self._catat.halaman += 1
        draf = self._read(halaman, ambilan.data) if jenis == "artikel" else []
        self._store(halaman, [_raw_file(ambilan, sidik)], draf)
        return halaman

    def _store(self, halaman: HalamanSitus, berkas: Sequence[Berkas] = (), draf: Sequence[BarisDraf] = ()) -> None:
        self._jalan.k.gudang.record_site_pages(self._jalan.triwulan.kunci, [halaman], berkas, draf)
        self._kenal[halaman.url] = halaman

    # --- outcome ---

    def _succeeded(self) -> Percobaan:
        pesan = " ".join(self._remarks())
        kode = self._catat.tertunda[0].kode if self._catat.tertunda else ""
        return replace(self._outcome("berhasil"), pesan=pesan, kode_galat=kode)

    def _remarks(self) -> list[str]:
        """What a visit that succeeded on the whole left undone."""
        catat = self._catat
        kata = []
        if catat.tertunda:
            kata.append(
                f"{len(catat.tertunda)} artikel belum terambil dan dicoba lagi; yang pertama: {catat.tertunda[0].pesan}"
            )
        if catat.tak_terbaca:
            kata.append(f"{len(catat.tak_terbaca)} artikel terambil tetapi gagal dibaca; lihat log.")
        if catat.terputus:
            kata.append("Jatah kunjungan habis; sisanya dibaca pada kunjungan berikutnya.")
        return kata

    def _failed(self, galat: HumasError) -> Percobaan:
        return replace(
            self._outcome("gagal"),
            kode_galat=galat.kode,
            pelaku=str(galat.pelaku),
            pesan=galat.pesan,
            cara=galat.cara,
            layak_diulang=galat.layak_diulang,
        )

    def _outcome(self, status: str) -> Percobaan:
        jalan, catat = self._jalan, self._catat
        return Percobaan(
            str(self._situs.lembaga), self._situs.kode_satker, jalan.triwulan.kunci, SALURAN, 1, 1, status, catat.mulai,
            round(time.monotonic() - catat.detak, 3), jalan.run_id, ukuran=self._kunjungan.ukuran, halaman=catat.halaman,
        )  # fmt: skip

    def _result(self, percobaan: Percobaan) -> HasilSitus:
        catat = self._catat
        return HasilSitus(self._situs, percobaan, catat.artikel, catat.draf, catat.layak, self._kunjungan.permintaan)


def read_site_again(k: Konteks, situs: Situs, triwulan: Triwulan) -> int:
    """Make the drafts of one site's landed articles anew; returns how many."""
    baris = []
    for halaman in k.gudang.unread_articles(str(situs.lembaga), situs.kode_satker, "", triwulan.mulai):
        data = k.landing.find(halaman.sidik)
        if data is not None:
            baris.append(to_stored(read_article(k, situs, halaman, data), halaman, k.settings.now()))
    k.gudang.store_drafts(baris)
    return len(baris)


def read_article(k: Konteks, situs: Situs, halaman: HalamanSitus, data: bytes) -> Draf:
    """The draft of a landed article: of these bytes, this address and the day they came, and of nothing else.

    Whose site it is, is known, whatever the page says; the reader is told by the address it knows the unit under.
    """
    from humas.berita.read import read_page

    unit = k.register.satker(situs.kode_satker)
    host = unit.host(situs.lembaga)
    alamat = f"https://{host}{urlsplit(halaman.url).path}" if host else halaman.alamat
    hari = tanggal_jakarta(halaman.diambil_pada)
    draf = read_page(decode_page(data), alamat, halaman.terbit, register=k.register, hari_ini=hari, terkini=True)
    return replace(
        draf,
        lembaga=str(situs.lembaga),
        kode_satker=unit.kode,
        nama_satker=unit.nama,
        url=halaman.alamat,
        keyakinan={**draf.keyakinan, "kode_satker": 1.0},
    )


def _trace(halaman: HalamanSitus | None) -> Jejak:
    return Jejak(halaman.etag, halaman.terakhir_diubah) if halaman else Jejak()


def _raw_file(ambilan: Ambilan, sidik: str) -> Berkas:
    return Berkas(
        sidik, len(ambilan.data), ambilan.media_type, ambilan.nama, ambilan.url, ambilan.diambil_pada,
        header=dict(ambilan.header),
    )  # fmt: skip
