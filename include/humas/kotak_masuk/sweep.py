"""One sweep: settle, take, check, record, answer, move; in this order, so that a kill at any point loses nothing.

landed → checked → recorded → answer laid down → notified → moved. Whatever was done before a kill is found done by the
next sweep: bytes by their digest, arrivals in the warehouse, answers and destinations by names that the bytes
decide. What is not moved is still in ``masuk/``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from humas.errors import HumasError, SumberError
from humas.kotak_masuk.answer import check_all, compose_answer
from humas.kotak_masuk.box import Kotak, boxes
from humas.kotak_masuk.folder import Folder, Isi, open_folder
from humas.kotak_masuk.galat import BerkasBerubah
from humas.kotak_masuk.intake import Sapuan, recall, record, take
from humas.kotak_masuk.lock import KotakSibuk, only_sweep
from humas.kotak_masuk.model import Bawaan, Keadaan, Tindakan
from humas.kotak_masuk.names import destination
from humas.kotak_masuk.notify import Kabar, Pengabar, notifier
from humas.kotak_masuk.recognise import TakDikenal
from humas.kotak_masuk.settle import Pilahan, Tunda, sort_out
from humas.sources.fetch import read_environment, safe_name

if TYPE_CHECKING:
    from humas.context import Konteks

__all__ = ["HasilSapu", "KotakSibuk", "Tindakan", "list_waiting", "sweep"]

log = logging.getLogger(__name__)

BATCH, BATCH_BYTES = 150, 48 * 1024 * 1024
"""Files checked at once, and how large they may be together: less costs time for each batch, more costs memory."""
_OF_BOX = ("kotak_", "kunci_host", "kredensial_")
_OF_FILE = frozenset({"kotak_terkunci", "kotak_periksa_gagal", "kotak_baca_gagal"})

ReportProgress = Callable[[int, int, str], None]
"""Called with files done, files to do, and the name of the last one."""


@dataclass(frozen=True, slots=True)
class GalatKotak:
    """A drop-box that could not be emptied. layak_diulang: trying again may help."""

    kotak: str
    kode: str
    pelaku: str
    pesan: str
    cara: str
    layak_diulang: bool


@dataclass(frozen=True, slots=True)
class HasilSapu:
    """All that one sweep did."""

    tindakan: tuple[Tindakan, ...]
    galat: tuple[GalatKotak, ...]
    detik: float

    def count(self, keadaan: Keadaan) -> int:
        """How many entries ended so."""
        return sum(satu.keadaan is keadaan for satu in self.tindakan)


def sweep(
    k: Konteks,
    run_id: str = "",
    progress: ReportProgress | None = None,
    *,
    kredensial: Callable[[str], str | None] = read_environment,
    sleep: Callable[[float], None] = time.sleep,
) -> HasilSapu:
    """Empty every drop-box of the installation once; one that fails does not keep the others waiting.

    Raises:
        KotakSibuk: another sweep is running.
        SistemError: the settings are wrong, or our own landing store or warehouse failed.
    """
    mulai = time.monotonic()
    kotak, pengabar = boxes(k.settings), notifier(k.settings)
    sapuan = Sapuan(k, run_id or f"kotak__{uuid4().hex[:12]}", k.settings.now(), only_body(k, kotak))
    tindakan: list[Tindakan] = []
    galat: list[GalatKotak] = []
    with only_sweep(k):
        for satu in kotak:
            try:
                with open_folder(satu, kredensial, k.settings.box.host_keys) as folder:
                    penyapu = _Penyapu(sapuan, folder, pengabar, progress or (lambda *_: None), sleep)
                    for selesai in penyapu.run():
                        tindakan.append(selesai)
            except HumasError as error:
                galat.append(_of_box(satu, error))
    return HasilSapu(tuple(tindakan), tuple(galat), round(time.monotonic() - mulai, 3))


def list_waiting(
    k: Konteks,
    *,
    kredensial: Callable[[str], str | None] = read_environment,
    sleep: Callable[[float], None] = time.sleep,
) -> HasilSapu:
    """What lies in ``masuk/`` of every drop-box; nothing is taken."""
    mulai = time.monotonic()
    tindakan: list[Tindakan] = []
    galat: list[GalatKotak] = []
    for satu in boxes(k.settings):
        try:
            with open_folder(satu, kredensial, k.settings.box.host_keys) as folder:
                folder.prepare()
                pilahan = _settled(folder, k.settings.box.jeda_seconds, sleep)
                siap = [Tunda(isi, "siap diambil") for isi in pilahan.siap]
                tindakan += [_held_back(satu, tunda) for tunda in (*siap, *pilahan.tunda)]
        except HumasError as error:
            galat.append(_of_box(satu, error))
    return HasilSapu(tuple(tindakan), tuple(galat), round(time.monotonic() - mulai, 3))


def only_body(k: Konteks, kotak: Sequence[Kotak]) -> str:
    """The body that this installation serves, when there is but one among its channels and drop-boxes."""
    semua = {str(satu.lembaga) for satu in k.register.semua_saluran} | {satu.lembaga for satu in kotak} - {""}
    return semua.pop() if len(semua) == 1 else ""


def _of_box(kotak: Kotak, error: HumasError) -> GalatKotak:
    """A fault of this drop-box; any other is our own and ends the sweep."""
    if not error.kode.startswith(_OF_BOX):
        raise error
    ulang = isinstance(error, SumberError)
    return GalatKotak(kotak.alamat, error.kode, str(error.pelaku), error.pesan, error.cara, ulang)


def _settled(folder: Folder, jeda: float, sleep: Callable[[float], None]) -> Pilahan:
    """Two listings, a moment apart. An object store shows objects only when they are whole."""
    awal = folder.entries()
    if not awal or not folder.kotak.berpindah_utuh:
        return sort_out(awal, awal)
    sleep(jeda)
    return sort_out(awal, folder.entries())


def _held_back(kotak: Kotak, tunda: Tunda) -> Tindakan:
    keadaan = Keadaan.DILEWATI if tunda.selamanya else Keadaan.MENUNGGU
    return Tindakan(kotak.alamat, safe_name(tunda.isi.nama), keadaan, pesan=tunda.sebab)


def _batches(siap: Sequence[Isi]) -> Iterator[list[Isi]]:
    """The files in order, in groups that memory can hold; a large one is a group of its own."""
    kelompok: list[Isi] = []
    for isi in siap:
        penuh = len(kelompok) >= BATCH or sum(satu.ukuran for satu in kelompok) + isi.ukuran > BATCH_BYTES
        if kelompok and penuh:
            yield kelompok
            kelompok = []
        kelompok.append(isi)
    if kelompok:
        yield kelompok


class _Penyapu:
    """The sweep of one opened drop-box."""

    def __init__(
        self,
        sapuan: Sapuan,
        folder: Folder,
        pengabar: Pengabar,
        progress: ReportProgress,
        sleep: Callable[[float], None],
    ) -> None:
        self._sapuan, self._k, self._folder = sapuan, sapuan.k, folder
        self._pengabar, self._progress, self._sleep = pengabar, progress, sleep
        self._selesai, self._jumlah = 0, 0

    def run(self) -> Iterator[Tindakan]:
        """Take everything that is ready, batch by batch."""
        self._folder.prepare()
        pilahan = _settled(self._folder, self._k.settings.box.jeda_seconds, self._sleep)
        yield from (_held_back(self._folder.kotak, satu) for satu in pilahan.tunda)
        self._jumlah = len(pilahan.siap)
        for kelompok in _batches(pilahan.siap):
            yield from self._batch(kelompok)

    def _batch(self, siap: Sequence[Isi]) -> Iterator[Tindakan]:
        bawaan: list[Bawaan] = []
        for isi in siap:
            hasil = self._take(isi)
            if isinstance(hasil, Bawaan):
                bawaan.append(hasil)
            else:
                yield self._counted(hasil)
        recall(self._sapuan, bawaan)
        self._check(bawaan)
        record(self._sapuan, bawaan)
        for satu in bawaan:
            yield self._counted(self._finish(satu))

    def _take(self, isi: Isi) -> Bawaan | Tindakan:
        self._progress(self._selesai, self._jumlah, f"membaca {safe_name(isi.nama)}")
        try:
            hasil = take(self._sapuan, self._folder, isi)
        except BerkasBerubah:
            return self._left(isi, Keadaan.MENUNGGU, "berubah sewaktu dibaca; ditunggu")
        except HumasError as galat:
            return self._failed(isi, galat)
        return self._left(isi, Keadaan.MENUNGGU, hasil) if isinstance(hasil, str) else hasil

    def _check(self, bawaan: Sequence[Bawaan]) -> None:
        try:
            check_all(self._k, bawaan)
        except HumasError as galat:
            if galat.kode not in _OF_FILE:
                raise
            log.error("%s", galat)

    def _finish(self, bawaan: Bawaan) -> Tindakan:
        """Lay the answer down, send it, then move the file."""
        if bawaan.identitas and not bawaan.jawaban:
            pesan = "Pemeriksaan terhenti karena galat program; berkas tetap di masuk dan sudah tersimpan."
            return self._left(bawaan.isi, Keadaan.GAGAL, pesan)
        tujuan = destination(bawaan.isi.nama, bawaan.sidik, bawaan.identitas)
        try:
            jawaban = compose_answer(self._k, bawaan, tujuan)
            for letak, data in jawaban.berkas.items():
                self._folder.write(self._folder.path(*letak), data)
            keluhan = self._notify(bawaan, jawaban.berkas, jawaban.ringkas)
            self._folder.move(bawaan.isi, self._folder.path(*tujuan.berkas))
        except BerkasBerubah:
            return self._left(
                bawaan.isi, Keadaan.MENUNGGU, "isi baru tiba dengan nama ini; diambil pada sapuan berikutnya"
            )
        except HumasError as galat:
            return self._failed(bawaan.isi, galat)
        letak = tuple("/".join(satu) for satu in jawaban.berkas)
        hasil = self._described(bawaan)
        pesan = f"{hasil.pesan} {keluhan}".strip()
        return replace(hasil, tujuan="/".join(tujuan.berkas), jawaban=letak, pesan=pesan)

    def _notify(self, bawaan: Bawaan, berkas: Mapping[tuple[str, ...], bytes], teks: str) -> str:
        """Send the answer; a server that does not take it must not hold the file back."""
        nomor = f"{bawaan.sidik[:16]}-{int(bawaan.diterima_pada.timestamp() * 1e6)}"
        lampiran = {letak[-1]: data for letak, data in berkas.items() if letak[-1].endswith(".xlsx")}
        judul = f"Jawaban atas {bawaan.nama}"
        try:
            self._pengabar.send(Kabar(nomor, judul, teks, bawaan.diterima_pada, lampiran))
        except HumasError as galat:
            log.warning("%s", galat)
            return f"{galat.pesan} {galat.cara}"
        return ""

    def _described(self, bawaan: Bawaan) -> Tindakan:
        alamat, siapa = self._folder.kotak.alamat, bawaan.siapa
        if isinstance(siapa, TakDikenal):
            return Tindakan(alamat, bawaan.nama, Keadaan.TAK_DIKENAL, pesan=siapa.sebab)
        j = bawaan.jawaban
        return Tindakan(
            alamat, bawaan.nama, Keadaan.DIAMBIL, siapa.lembaga, siapa.kode_satker, siapa.periode, j["status"],
            (j["rows_in"], j["accepted"], j["quarantined"], j["duplicates"]), bawaan.pertama is not None,
            j["reason"],
        )  # fmt: skip

    def _left(self, isi: Isi, keadaan: Keadaan, pesan: str) -> Tindakan:
        return Tindakan(self._folder.kotak.alamat, safe_name(isi.nama), keadaan, pesan=pesan)

    def _failed(self, isi: Isi, galat: HumasError) -> Tindakan:
        """A file that cannot be read or moved stays where it is; a fault of the whole drop-box ends its sweep."""
        if galat.kode not in _OF_FILE:
            raise galat
        return self._left(isi, Keadaan.GAGAL, f"{galat.pesan} {galat.cara}")

    def _counted(self, tindakan: Tindakan) -> Tindakan:
        self._selesai += 1
        self._progress(self._selesai, self._jumlah, tindakan.berkas)
        return tindakan
