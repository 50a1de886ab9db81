"""Collect units concurrently: every attempt leaves an outcome, and no unit can fail another."""

from __future__ import annotations

import hashlib
import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from humas.errors import HumasError, Pelaku, SistemError
from humas.landing.arrival import order_time
from humas.landing.model import Berkas, HasilSatker, Kiriman, Percobaan
from humas.landing.store import STORE_CODES, Landing
from humas.periods import Triwulan
from humas.registry import Lembaga, Register, Saluran
from humas.settings import Settings
from humas.sources import Ambilan, Pengambil, Salinan, Tugas, fetch, open_fetcher, read_environment

log = logging.getLogger(__name__)

Etags = Mapping[str, tuple[str, str]]
"""By URL: the ETag last seen there, and the digest of the bytes it stood for."""


class CollectionError(SistemError):
    """Our own store failed while units were collected; ``hasil`` holds what every unit came to all the same."""

    hasil: tuple[HasilSatker, ...] = ()


@dataclass(frozen=True)
class _Jalan:
    """What all units of one pass share."""

    lembaga: Lembaga
    periode: str
    register: Register
    settings: Settings
    run_id: str
    landing: Landing
    etags: Etags
    percobaan: int
    kredensial: Callable[[str], str | None]
    http: Pengambil
    berbagi: frozenset[str]

    def find_copy(self, saluran: Saluran, url: str) -> Salinan | None:
        """The copy we hold of a URL, if any; none where units share an address, for their answers may differ by token."""
        known = None if saluran.alamat in self.berbagi else self.etags.get(url)
        return Salinan(known[0], lambda: self.landing.find(known[1])) if known else None


@dataclass
class _Catatan:
    """What one channel has yielded so far."""

    berkas: list[Berkas] = field(default_factory=list)
    mulai: datetime = field(default_factory=lambda: datetime.now(UTC))
    detak: float = field(default_factory=time.monotonic)


def collect(
    satker_kode: Sequence[str],
    lembaga: Lembaga,
    periode: Triwulan,
    register: Register,
    settings: Settings,
    run_id: str,
    landing: Landing,
    etags: Etags | None = None,
    on_result: Callable[[HasilSatker], None] | None = None,
    *,
    percobaan: int = 1,
    kredensial: Callable[[str], str | None] = read_environment,
) -> list[HasilSatker]:
    """Collect the units at once, ``settings.http.threads`` at a time; results in the order of ``satker_kode``.

    on_result is called in the caller's thread as each unit ends. kredensial turns a name into a secret.
    percobaan counts how often the units were tried within one run.

    Raises:
        CollectionError: our store failed (disk full, …); raised after every unit, with all results in ``hasil``.
    """
    http = open_fetcher(settings)
    jalan = _Jalan(
        lembaga,
        periode.kunci,
        register,
        settings,
        run_id,
        landing,
        etags or {},
        percobaan,
        kredensial,
        http,
        _shared_addresses(register.semua_saluran),
    )
    try:
        hasil = _run_all(jalan, satker_kode, on_result or (lambda satu: None))
    finally:
        http.close()
    _raise_own_failure(hasil)
    return hasil


def _run_all(jalan: _Jalan, satker_kode: Sequence[str], on_result: Callable[[HasilSatker], None]) -> list[HasilSatker]:
    hasil: dict[str, HasilSatker] = {}
    workers = max(1, min(jalan.settings.http.threads, len(satker_kode)))
    pool = ThreadPoolExecutor(workers, thread_name_prefix="kumpul")
    try:
        tugas: list[Future[HasilSatker]] = [
            pool.submit(_collect_unit, jalan, kode) for kode in dict.fromkeys(satker_kode)
        ]
        for selesai in as_completed(tugas):
            satu = selesai.result()
            hasil[satu.kode_satker] = satu
            on_result(satu)
    except BaseException:
        jalan.http.close()  # an interrupt must not wait for a source that hangs
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return [hasil[kode] for kode in satker_kode]


def _shared_addresses(semua: Iterable[Saluran]) -> frozenset[str]:
    """Addresses that stand for more than one unit as they are, without ``{kode}`` in them."""
    pemilik: dict[str, set[tuple[str, str]]] = {}
    for satu in semua:
        if "{kode}" not in satu.alamat:
            pemilik.setdefault(satu.alamat, set()).add((satu.lembaga, satu.kode_satker))
    return frozenset(alamat for alamat, milik in pemilik.items() if len(milik) > 1)


def _raise_own_failure(hasil: Iterable[HasilSatker]) -> None:
    """Raise once, at the end, what failed in our own house; the units' outcomes go with it."""
    semua = tuple(hasil)
    kena = [p for satu in semua for p in satu.percobaan if p.kode_galat in STORE_CODES]
    if not kena:
        return
    jumlah = len({satu.kode_satker for satu in kena})
    galat = CollectionError(kena[0].kode_galat, f"{kena[0].pesan} {jumlah} satker terkena.", kena[0].cara)
    galat.hasil = semua
    raise galat


def _collect_unit(jalan: _Jalan, kode: str) -> HasilSatker:
    """One unit over its channels in order; whatever happens becomes its outcome."""
    try:
        pemilik = jalan.register.satker(kode).nama_resmi(jalan.lembaga)
        saluran = jalan.register.saluran(jalan.lembaga, kode)
    except HumasError as galat:
        return HasilSatker(kode, (_failed(jalan, kode, "", 0, _Catatan(), galat),))
    if not saluran:
        return HasilSatker(kode, (_without_channel(jalan, kode, pemilik),))
    percobaan: list[Percobaan] = []
    sebagian: list[Berkas] = []
    for kelompok in group_channels(saluran):
        satu = [_try_channel(jalan, pemilik, s) for s in kelompok]
        # what failed stands last: a unit's last attempt tells whether it was collected
        percobaan += sorted((p for p, _ in satu), key=lambda p: p.status == "gagal")
        berkas = [b for _, landed in satu for b in landed]
        if all(p.status == "berhasil" for p, _ in satu):
            return HasilSatker(kode, tuple(percobaan), _submit(jalan, kode, kelompok[0].jenis, berkas), tuple(sebagian))
        sebagian += berkas
    return HasilSatker(kode, tuple(percobaan), None, tuple(sebagian))


def group_channels(saluran: Sequence[Saluran]) -> Iterator[list[Saluran]]:
    """Channels tried one after the other; those of equal order that each hold another data set belong together."""
    for _, satu in itertools.groupby(saluran, key=lambda s: (s.urutan, s.jenis)):
        kelompok = list(satu)
        himpunan = {s.himpunan for s in kelompok}
        if "" not in himpunan and len(himpunan) == len(kelompok):
            yield kelompok
        else:
            yield from ([s] for s in kelompok)


def _try_channel(jalan: _Jalan, pemilik: str, saluran: Saluran) -> tuple[Percobaan, list[Berkas]]:
    """Fetch and land one channel, page by page; pages landed before a failure stay."""
    catatan = _Catatan()
    salinan = partial(jalan.find_copy, saluran)
    tugas = Tugas(pemilik, jalan.periode, saluran, jalan.settings.now, jalan.kredensial, salinan)
    kode = saluran.kode_satker
    try:
        for ambilan in fetch(tugas, jalan.http, jalan.settings):
            catatan.berkas.append(_land(jalan.landing, ambilan, saluran))
    except HumasError as galat:
        return _failed(jalan, kode, saluran.jenis, saluran.urutan, catatan, galat), catatan.berkas
    except Exception as galat:
        log.exception("collecting %s failed", kode)
        own = SistemError(
            "galat_program",
            f"Pengumpulan {pemilik} terhenti karena galat program ({type(galat).__name__}).",
            "laporkan ke pengembang dengan catatan (log) jalan ini.",
        )
        return _failed(jalan, kode, saluran.jenis, saluran.urutan, catatan, own), catatan.berkas
    dasar = _outcome(jalan, kode, saluran.jenis, saluran.urutan, catatan, "berhasil")
    return replace(dasar, sidik=joint_digest(catatan.berkas)), catatan.berkas


def _land(landing: Landing, ambilan: Ambilan, saluran: Saluran) -> Berkas:
    sidik, _ = landing.store(ambilan.data)
    arrival = landing.arrive(ambilan.diambil_pada)
    return Berkas(
        sidik,
        len(ambilan.data),
        ambilan.media_type,
        ambilan.nama,
        ambilan.url,
        received_at(ambilan, trusted=saluran.percaya_waktu),
        ambilan.halaman,
        dict(ambilan.header),
        arrival.at,
        order_time(arrival, ambilan.terakhir_diubah if saluran.percaya_waktu else None),
    )


def received_at(ambilan: Ambilan, *, trusted: bool) -> datetime:
    """When it counts as received: by our clock, or by the source's word if that is trusted and not in the future."""
    if trusted and ambilan.terakhir_diubah:
        return min(ambilan.terakhir_diubah, ambilan.diambil_pada)
    return ambilan.diambil_pada


def joint_digest(berkas: Sequence[Berkas]) -> str:
    """Digest of a submission: of its single file, or of the joined digests of its files."""
    if len(berkas) == 1:
        return berkas[0].sidik
    return hashlib.sha256("".join(satu.sidik for satu in berkas).encode()).hexdigest()


def _submit(jalan: _Jalan, kode: str, jenis: str, berkas: Sequence[Berkas]) -> Kiriman:
    bernomor = tuple(replace(satu, halaman=nomor) for nomor, satu in enumerate(berkas, start=1))
    diterima = max(satu.diterima_pada for satu in bernomor)
    return Kiriman(jalan.lembaga, kode, jalan.periode, jenis, joint_digest(bernomor), diterima, bernomor)


def _outcome(jalan: _Jalan, kode: str, jenis: str, urutan: int, catatan: _Catatan, status: str) -> Percobaan:
    """The outcome of one attempt as far as it went."""
    return Percobaan(
        str(jalan.lembaga),
        kode,
        jalan.periode,
        jenis,
        urutan,
        jalan.percobaan,
        status,
        catatan.mulai,
        round(time.monotonic() - catatan.detak, 3),
        jalan.run_id,
        ukuran=sum(satu.ukuran for satu in catatan.berkas),
        halaman=len(catatan.berkas),
    )


def _failed(jalan: _Jalan, kode: str, jenis: str, urutan: int, catatan: _Catatan, galat: HumasError) -> Percobaan:
    lanjut = len(catatan.berkas) + 1 if catatan.berkas else 0
    return replace(
        _outcome(jalan, kode, jenis, urutan, catatan, "gagal"),
        kode_galat=galat.kode,
        pelaku=str(galat.pelaku),
        pesan=galat.pesan,
        cara=galat.cara,
        layak_diulang=galat.layak_diulang,
        halaman_lanjut=lanjut,
    )


def _without_channel(jalan: _Jalan, kode: str, pemilik: str) -> Percobaan:
    """The outcome of a unit that no channel reaches: none was written, or its lines are bad or switched off."""
    gangguan = jalan.register.gangguan_satker(jalan.lembaga, kode)
    if gangguan:
        status, pesan, cara = "nonaktif", gangguan[0].pesan, gangguan[0].cara
    elif any(s.lembaga == jalan.lembaga and s.kode_satker == kode for s in jalan.register.semua_saluran):
        status, pesan = "nonaktif", f"Semua saluran {pemilik} dimatikan pada register."
        cara = "hidupkan salah satu salurannya, lalu kumpulkan ulang satker ini."
    else:
        status, pesan = "tanpa_saluran", f"{pemilik} belum mempunyai saluran pada register."
        cara = "tambahkan alamat API atau berkasnya pada register."
    return replace(
        _outcome(jalan, kode, "", 0, _Catatan(), status),
        kode_galat="saluran_nonaktif" if status == "nonaktif" else status,
        pelaku=str(Pelaku.SISTEM),
        pesan=pesan,
        cara=cara,
    )
