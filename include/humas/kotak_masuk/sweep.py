"""One sweep: settle, take, check, record, answer, move; in this order, so that a kill at any point loses nothing.

landed → checked → recorded → answer laid down → notified → moved. Whatever was done before a kill is found done by the
next sweep: bytes by their digest, arrivals in the warehouse, answers and destinations by names that the bytes
decide. What is not moved is still in ``masuk/``. A file on which a step fails is set aside with a receipt of its own,
and the others go on (``humas.kotak_masuk.aside``).
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from humas.errors import HumasError, Pelaku, ProgramFault, SumberError
from humas.fence import SECONDS_EACH, Fault, OutOfTime, in_halves, time_limit, write_crash
from humas.fence.halves import explain
from humas.kotak_masuk.answer import check_all, compose_answer, name_of
from humas.kotak_masuk.aside import AsideList, Step, first_met
from humas.kotak_masuk.box import Kotak, boxes
from humas.kotak_masuk.folder import Folder, Isi, open_folder
from humas.kotak_masuk.galat import BerkasBerubah
from humas.kotak_masuk.intake import Landed, Sapuan, fetch, recall, receive, record, understand
from humas.kotak_masuk.letter import waiting_letter
from humas.kotak_masuk.lock import KotakSibuk, only_sweep
from humas.kotak_masuk.model import Bawaan, Keadaan, Reception, Tindakan
from humas.kotak_masuk.names import destination
from humas.kotak_masuk.notify import Kabar, Pengabar, notifier
from humas.kotak_masuk.recognise import TakDikenal
from humas.kotak_masuk.settle import Pilahan, Tunda, sort_out
from humas.periods import waktu
from humas.sources.fetch import read_environment

if TYPE_CHECKING:
    from humas.context import Konteks
    from humas.warehouse.records import SetAside

__all__ = ["HasilSapu", "KotakSibuk", "Tindakan", "list_waiting", "sweep"]

log = logging.getLogger(__name__)

BATCH, BATCH_BYTES = 150, 48 * 1024 * 1024
"""Files checked at once, and how large they may be together: less costs time for each batch, more costs memory."""
_OF_BOX = ("kotak_", "kunci_host", "kredensial_")
_OF_WHOLE_BOX = frozenset({"kotak_penuh", "kotak_ditolak"})

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
    force: bool = False,
    kredensial: Callable[[str], str | None] = read_environment,
    sleep: Callable[[float], None] = time.sleep,
) -> HasilSapu:
    """Empty every drop-box of the installation once; one that fails does not keep the others waiting.

    force: also try the files again that were set aside and whose pause is not over.

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
                    aside = AsideList(k, satu, force=force)
                    penyapu = _Penyapu(sapuan, folder, aside, pengabar, progress or (lambda *_: None), sleep)
                    for selesai in penyapu.run():
                        tindakan.append(selesai)
            except HumasError as error:
                galat.append(_of_box(satu, error))
            except Exception as fault:
                log.exception("the sweep of %s failed", satu.alamat)
                galat.append(_of_program(satu, fault))
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
                sorted_out = AsideList(k, satu).sort(pilahan.siap)
                siap = [Tunda(isi, "siap diambil") for isi in (*sorted_out.fresh, *sorted_out.due)]
                tindakan += [_held_back(satu, tunda) for tunda in (*siap, *pilahan.tunda)]
                tindakan += [_resting(satu, isi, row) for isi, row in sorted_out.resting]
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


def _of_program(kotak: Kotak, fault: Exception) -> GalatKotak:
    """Our program failed on a drop-box as a whole; the others are swept."""
    return GalatKotak(
        kotak.alamat, "kotak_galat_program", str(Pelaku.SISTEM),
        f"Sapuan kotak masuk {kotak.alamat} terhenti karena galat program ({type(fault).__name__}).",
        "laporkan ke pengembang dengan catatan (log) sapuan ini; berkasnya tetap di masuk.", False,
    )  # fmt: skip


def _settled(folder: Folder, jeda: float, sleep: Callable[[float], None]) -> Pilahan:
    """Two listings, a moment apart. An object store shows objects only when they are whole."""
    awal = folder.entries()
    if not awal or not folder.kotak.berpindah_utuh:
        return sort_out(awal, awal)
    sleep(jeda)
    return sort_out(awal, folder.entries())


def _held_back(kotak: Kotak, tunda: Tunda) -> Tindakan:
    keadaan = Keadaan.DILEWATI if tunda.selamanya else Keadaan.MENUNGGU
    return Tindakan(kotak.alamat, tunda.isi.nama.shown, keadaan, pesan=tunda.sebab)


def _again(row: SetAside) -> str:
    kapan = "pada sapuan berikutnya" if row.coba_lagi <= row.terakhir else f"mulai {waktu(row.coba_lagi)}"
    return f"{row.cara[:1].upper()}{row.cara[1:]} Sudah {row.kali} kali; dicoba lagi {kapan}."


def _resting(kotak: Kotak, isi: Isi, row: SetAside) -> Tindakan:
    """A file that is set aside and not tried now."""
    return Tindakan(
        kotak.alamat, isi.nama.shown, Keadaan.TERTUNDA, pesan=f"{row.pesan} {_again(row)}", jawaban=(row.surat,) if row.surat else (),
        kali=row.kali, coba_lagi=row.coba_lagi,
    )  # fmt: skip


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
        aside: AsideList,
        pengabar: Pengabar,
        progress: ReportProgress,
        sleep: Callable[[float], None],
    ) -> None:
        self._sapuan, self._k, self._folder, self._aside = sapuan, sapuan.k, folder, aside
        self._pengabar, self._progress, self._sleep = pengabar, progress, sleep
        self._selesai, self._jumlah = 0, 0

    def run(self) -> Iterator[Tindakan]:
        """Take everything that is ready, batch by batch: first what is new, then what failed before."""
        self._folder.prepare()
        pilahan = _settled(self._folder, self._k.settings.box.jeda_seconds, self._sleep)
        yield from (_held_back(self._folder.kotak, satu) for satu in pilahan.tunda)
        self._aside.sweep_up(self._folder, [*pilahan.siap, *(satu.isi for satu in pilahan.tunda)])
        sorted_out = self._aside.sort(pilahan.siap)
        self._jumlah = len(sorted_out.fresh) + len(sorted_out.due)
        for kelompok in (*_batches(sorted_out.fresh), *_batches(sorted_out.due)):
            yield from self._batch(kelompok)
        yield from (_resting(self._folder.kotak, isi, row) for isi, row in sorted_out.resting)

    def _batch(self, siap: Sequence[Isi]) -> Iterator[Tindakan]:
        bawaan: list[Bawaan] = []
        for isi in siap:
            hasil = self._take(isi)
            if isinstance(hasil, Bawaan):
                bawaan.append(hasil)
            else:
                yield self._counted(hasil)
        recall(self._sapuan, bawaan)
        for step, work in ((Step.CHECK, self._check), (Step.RECORD, self._record)):
            faults = work(bawaan)
            for fault in faults:
                satu = fault.item
                yield self._counted(self._set_aside(satu.isi, satu.sidik, step, fault.error, satu.reception))
            failed = {id(fault.item) for fault in faults}
            bawaan = [satu for satu in bawaan if id(satu) not in failed]
        for satu in bawaan:
            yield self._counted(self._finish(satu))

    def _take(self, isi: Isi) -> Bawaan | Tindakan:
        self._progress(self._selesai, self._jumlah, f"membaca {isi.nama.shown}")
        try:
            landed = fetch(self._sapuan, self._folder, isi)
        except BerkasBerubah:
            return self._left(isi, Keadaan.MENUNGGU, "berubah sewaktu dibaca; ditunggu")
        except HumasError as galat:
            return self._failed(isi, "", Step.TAKE, galat)
        except Exception as fault:  # noqa: BLE001 - told with a crash report
            return self._set_aside(isi, "", Step.TAKE, explain(f"Berkas {isi.nama.shown}", fault))
        if isinstance(landed, str):
            return self._left(isi, Keadaan.MENUNGGU, landed)
        return landed if isinstance(landed, Bawaan) else self._understand(landed)

    def _understand(self, landed: Landed) -> Bawaan | Tindakan:
        """Read what was landed; the same bytes laid down again do not shorten their pause."""
        isi, before = landed.isi, self._aside.find(landed.isi, landed.sidik)
        if before and before.sidik == landed.sidik and self._aside.rests(before):
            self._aside.touch(isi, before)
            return _resting(self._folder.kotak, isi, before)
        try:
            with self._fence(isi):
                bawaan = understand(self._sapuan, self._folder.kotak, landed)
        except ProgramFault as fault:
            return self._set_aside(isi, landed.sidik, Step.READ, fault)
        bawaan.semula = first_met(before)
        return bawaan

    @contextmanager
    def _fence(self, isi: Isi) -> Iterator[None]:
        """Whatever is thrown by our work on one file is a fault of our program on that file; it ends within a minute."""
        try:
            with time_limit(SECONDS_EACH):
                yield
        except (Exception, OutOfTime) as fault:
            raise explain(f"Berkas {isi.nama.shown}", fault) from fault

    def _check(self, bawaan: Sequence[Bawaan]) -> list[Fault[Bawaan]]:
        return check_all(self._k, bawaan)

    def _record(self, bawaan: Sequence[Bawaan]) -> list[Fault[Bawaan]]:
        return in_halves(bawaan, lambda some: record(self._sapuan, some), name_of, give_up=None)

    def _finish(self, bawaan: Bawaan) -> Tindakan:
        """Answer and move one file; whatever fails there concerns this file, unless it is the drop-box or our store."""
        try:
            return self._answer_and_move(bawaan)
        except BerkasBerubah:
            return self._left(
                bawaan.isi, Keadaan.MENUNGGU, "isi baru tiba dengan nama ini; diambil pada sapuan berikutnya"
            )
        except HumasError as galat:
            return self._failed(bawaan.isi, bawaan.sidik, Step.ANSWER, galat, bawaan.reception)
        except Exception as fault:  # noqa: BLE001 - told with a crash report
            return self._set_aside(
                bawaan.isi, bawaan.sidik, Step.ANSWER, explain(name_of(bawaan), fault), bawaan.reception
            )

    def _answer_and_move(self, bawaan: Bawaan) -> Tindakan:
        """Lay the answer down, send it, then move the file."""
        tujuan = destination(bawaan.nama, bawaan.sidik, bawaan.identitas)
        with self._fence(bawaan.isi):
            jawaban = compose_answer(self._k, bawaan, tujuan)
        for letak, data in jawaban.berkas.items():
            self._folder.write(self._folder.path(*letak), data)
        keluhan = self._notify(bawaan, jawaban.berkas, jawaban.ringkas)
        self._folder.move(bawaan.isi, self._folder.path(*tujuan.berkas))
        self._aside.settle(self._folder, bawaan.isi)
        letak = tuple("/".join(satu) for satu in jawaban.berkas)
        hasil = self._described(bawaan)
        pesan = f"{hasil.pesan} {keluhan}".strip()
        return replace(hasil, tujuan="/".join(tujuan.berkas), jawaban=letak, pesan=pesan)

    def _notify(self, bawaan: Bawaan, berkas: Mapping[tuple[str, ...], bytes], teks: str) -> str:
        """Send the answer; a server that does not take it must not hold the file back."""
        nomor = f"{bawaan.sidik[:16]}-{int(bawaan.diterima_pada.timestamp() * 1e6)}"
        lampiran = {letak[-1]: data for letak, data in berkas.items() if letak[-1].endswith(".xlsx")}
        judul = f"Jawaban atas {bawaan.nama}"
        return self._send(Kabar(nomor, judul, teks, bawaan.diterima_pada, lampiran))

    def _send(self, kabar: Kabar) -> str:
        try:
            self._pengabar.send(kabar)
        except HumasError as galat:
            log.warning("%s", galat)
            return f"{galat.pesan} {galat.cara}"
        except Exception:
            log.exception("message %s failed", kabar.nomor)
            return "Kabar tidak terkirim karena galat program; jawaban tetap ada di samping berkasnya."
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
        return Tindakan(self._folder.kotak.alamat, isi.nama.shown, keadaan, pesan=pesan)

    def _failed(self, isi: Isi, sidik: str, step: Step, galat: HumasError, first: Reception | None = None) -> Tindakan:
        """Set one file aside; a fault of the whole drop-box, or of our store, ends its sweep."""
        if not isinstance(galat, ProgramFault):
            of_box = galat.kode.startswith(_OF_BOX) and galat.kode not in _OF_WHOLE_BOX
            if not of_box or not self._folder.answers():
                raise galat
        return self._set_aside(isi, sidik, step, galat, first)

    def _set_aside(
        self, isi: Isi, sidik: str, step: Step, fault: HumasError, first: Reception | None = None
    ) -> Tindakan:
        if isinstance(fault, ProgramFault):
            about = {
                "langkah": step.value,
                "kotak": self._folder.kotak.alamat,
                "berkas": isi.nama.quoted,
                "sidik": sidik,
            }
            fault = write_crash(self._k.settings.home, fault, about)
        else:
            log.error("%s: %s", isi.nama.shown, fault)
        row = self._aside.add(self._folder, isi, sidik, step, fault, first or receive(self._sapuan, isi))
        if row.kali == 1:
            tag = hashlib.sha256(f"{row.nama}|{row.sidik}|{row.sejak}".encode()).hexdigest()[:24]
            self._send(Kabar(f"{tag}-tertunda", f"Berkas {row.tampil} tertunda", waiting_letter(row), row.sejak))
        return replace(_resting(self._folder.kotak, isi, row), keadaan=Keadaan.GAGAL)

    def _counted(self, tindakan: Tindakan) -> Tindakan:
        self._selesai += 1
        self._progress(self._selesai, self._jumlah, tindakan.berkas)
        return tindakan
