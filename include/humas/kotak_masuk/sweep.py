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
        return sum(action.keadaan is keadaan for action in self.tindakan)


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
    start = time.monotonic()
    found, messenger = boxes(k.settings), notifier(k.settings)
    shared = Sapuan(k, run_id or f"kotak__{uuid4().hex[:12]}", k.settings.now(), only_body(k, found))
    actions: list[Tindakan] = []
    failures: list[GalatKotak] = []
    with only_sweep(k):
        for box in found:
            try:
                with open_folder(box, kredensial, k.settings.box.host_keys) as folder:
                    aside = AsideList(k, box, force=force)
                    sweeper = _Penyapu(shared, folder, aside, messenger, progress or (lambda *_: None), sleep)
                    for action in sweeper.run():
                        actions.append(action)
            except HumasError as error:
                failures.append(_of_box(box, error))
            except Exception as fault:
                log.exception("the sweep of %s failed", box.alamat)
                failures.append(_of_program(box, fault))
    return HasilSapu(tuple(actions), tuple(failures), round(time.monotonic() - start, 3))


def list_waiting(
    k: Konteks,
    *,
    kredensial: Callable[[str], str | None] = read_environment,
    sleep: Callable[[float], None] = time.sleep,
) -> HasilSapu:
    """What lies in ``masuk/`` of every drop-box; nothing is taken."""
    start = time.monotonic()
    actions: list[Tindakan] = []
    failures: list[GalatKotak] = []
    for box in boxes(k.settings):
        try:
            with open_folder(box, kredensial, k.settings.box.host_keys) as folder:
                folder.prepare()
                listing = _settled(folder, k.settings.box.jeda_seconds, sleep)
                sorted_out = AsideList(k, box).sort(listing.siap)
                ready = [Tunda(entry, "siap diambil") for entry in (*sorted_out.fresh, *sorted_out.due)]
                actions += [_held_back(box, held) for held in (*ready, *listing.tunda)]
                actions += [_resting(box, entry, row) for entry, row in sorted_out.resting]
        except HumasError as error:
            failures.append(_of_box(box, error))
    return HasilSapu(tuple(actions), tuple(failures), round(time.monotonic() - start, 3))


def only_body(k: Konteks, kotak: Sequence[Kotak]) -> str:
    """The body that this installation serves, when there is but one among its channels and drop-boxes."""
    bodies = {str(source.lembaga) for source in k.register.semua_saluran} | {source.lembaga for source in kotak} - {""}
    return bodies.pop() if len(bodies) == 1 else ""


def _of_box(box: Kotak, error: HumasError) -> GalatKotak:
    """A fault of this drop-box; any other is our own and ends the sweep."""
    if not error.kode.startswith(_OF_BOX):
        raise error
    retry = isinstance(error, SumberError)
    return GalatKotak(box.alamat, error.kode, str(error.pelaku), error.pesan, error.cara, retry)


def _of_program(box: Kotak, fault: Exception) -> GalatKotak:
    """Our program failed on a drop-box as a whole; the others are swept."""
    return GalatKotak(
        box.alamat, "kotak_galat_program", str(Pelaku.SISTEM),
        f"Sapuan kotak masuk {box.alamat} terhenti karena galat program ({type(fault).__name__}).",
        "laporkan ke pengembang dengan catatan (log) sapuan ini; berkasnya tetap di masuk.", False,
    )  # fmt: skip


def _settled(folder: Folder, wait: float, sleep: Callable[[float], None]) -> Pilahan:
    """Two listings, a moment apart. An object store shows objects only when they are whole."""
    first = folder.entries()
    if not first or not folder.kotak.berpindah_utuh:
        return sort_out(first, first)
    sleep(wait)
    return sort_out(first, folder.entries())


def _held_back(box: Kotak, held: Tunda) -> Tindakan:
    state = Keadaan.DILEWATI if held.selamanya else Keadaan.MENUNGGU
    return Tindakan(box.alamat, held.isi.nama.shown, state, pesan=held.sebab)


def _again(row: SetAside) -> str:
    when = "pada sapuan berikutnya" if row.coba_lagi <= row.terakhir else f"mulai {waktu(row.coba_lagi)}"
    return f"{row.cara[:1].upper()}{row.cara[1:]} Sudah {row.kali} kali; dicoba lagi {when}."


def _resting(box: Kotak, entry: Isi, row: SetAside) -> Tindakan:
    """A file that is set aside and not tried now."""
    return Tindakan(
        box.alamat, entry.nama.shown, Keadaan.TERTUNDA, pesan=f"{row.pesan} {_again(row)}", jawaban=(row.surat,) if row.surat else (),
        kali=row.kali, coba_lagi=row.coba_lagi,
    )  # fmt: skip


def _batches(ready: Sequence[Isi]) -> Iterator[list[Isi]]:
    """The files in order, in groups that memory can hold; a large one is a group of its own."""
    group: list[Isi] = []
    for entry in ready:
        full = len(group) >= BATCH or sum(other.ukuran for other in group) + entry.ukuran > BATCH_BYTES
        if group and full:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


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
        listing = _settled(self._folder, self._k.settings.box.jeda_seconds, self._sleep)
        yield from (_held_back(self._folder.kotak, held) for held in listing.tunda)
        self._aside.sweep_up(self._folder, [*listing.siap, *(held.isi for held in listing.tunda)])
        sorted_out = self._aside.sort(listing.siap)
        self._jumlah = len(sorted_out.fresh) + len(sorted_out.due)
        for group in (*_batches(sorted_out.fresh), *_batches(sorted_out.due)):
            yield from self._batch(group)
        yield from (_resting(self._folder.kotak, entry, row) for entry, row in sorted_out.resting)

    def _batch(self, ready: Sequence[Isi]) -> Iterator[Tindakan]:
        files: list[Bawaan] = []
        for entry in ready:
            taken = self._take(entry)
            if isinstance(taken, Bawaan):
                files.append(taken)
            else:
                yield self._counted(taken)
        recall(self._sapuan, files)
        for step, work in ((Step.CHECK, self._check), (Step.RECORD, self._record)):
            faults = work(files)
            for fault in faults:
                file = fault.item
                yield self._counted(self._set_aside(file.isi, file.sidik, step, fault.error, file.reception))
            failed = {id(fault.item) for fault in faults}
            files = [file for file in files if id(file) not in failed]
        for file in files:
            yield self._counted(self._finish(file))

    def _take(self, entry: Isi) -> Bawaan | Tindakan:
        self._progress(self._selesai, self._jumlah, f"membaca {entry.nama.shown}")
        try:
            landed = fetch(self._sapuan, self._folder, entry)
        except BerkasBerubah:
            return self._left(entry, Keadaan.MENUNGGU, "berubah sewaktu dibaca; ditunggu")
        except HumasError as error:
            return self._failed(entry, "", Step.TAKE, error)
        except Exception as fault:  # noqa: BLE001 - told with a crash report
            return self._set_aside(entry, "", Step.TAKE, explain(f"Berkas {entry.nama.shown}", fault))
        if isinstance(landed, str):
            return self._left(entry, Keadaan.MENUNGGU, landed)
        return landed if isinstance(landed, Bawaan) else self._understand(landed)

    def _understand(self, landed: Landed) -> Bawaan | Tindakan:
        """Read what was landed; the same bytes laid down again do not shorten their pause."""
        entry, before = landed.isi, self._aside.find(landed.isi, landed.sidik)
        if before and before.sidik == landed.sidik and self._aside.rests(before):
            self._aside.touch(entry, before)
            return _resting(self._folder.kotak, entry, before)
        try:
            with self._fence(entry):
                file = understand(self._sapuan, self._folder.kotak, landed)
        except ProgramFault as fault:
            return self._set_aside(entry, landed.sidik, Step.READ, fault)
        file.semula = first_met(before)
        return file

    @contextmanager
    def _fence(self, entry: Isi) -> Iterator[None]:
        """Whatever is thrown by our work on one file is a fault of our program on that file; it ends within a minute."""
        try:
            with time_limit(SECONDS_EACH):
                yield
        except (Exception, OutOfTime) as fault:
            raise explain(f"Berkas {entry.nama.shown}", fault) from fault

    def _check(self, files: Sequence[Bawaan]) -> list[Fault[Bawaan]]:
        return check_all(self._k, files)

    def _record(self, files: Sequence[Bawaan]) -> list[Fault[Bawaan]]:
        return in_halves(files, lambda some: record(self._sapuan, some), name_of, give_up=None)

    def _finish(self, file: Bawaan) -> Tindakan:
        """Answer and move one file; whatever fails there concerns this file, unless it is the drop-box or our store."""
        try:
            return self._answer_and_move(file)
        except BerkasBerubah:
            return self._left(
                file.isi, Keadaan.MENUNGGU, "isi baru tiba dengan nama ini; diambil pada sapuan berikutnya"
            )
        except HumasError as error:
            return self._failed(file.isi, file.sidik, Step.ANSWER, error, file.reception)
        except Exception as fault:  # noqa: BLE001 - told with a crash report
            return self._set_aside(file.isi, file.sidik, Step.ANSWER, explain(name_of(file), fault), file.reception)

    def _answer_and_move(self, file: Bawaan) -> Tindakan:
        """Lay the answer down, send it, then move the file."""
        target = destination(file.nama, file.sidik, file.identitas)
        with self._fence(file.isi):
            answer = compose_answer(self._k, file, target)
        for place, data in answer.berkas.items():
            self._folder.write(self._folder.path(*place), data)
        complaint = self._notify(file, answer.berkas, answer.ringkas)
        self._folder.move(file.isi, self._folder.path(*target.berkas))
        self._aside.settle(self._folder, file.isi)
        place = tuple("/".join(parts) for parts in answer.berkas)
        action = self._described(file)
        message = f"{action.pesan} {complaint}".strip()
        return replace(action, tujuan="/".join(target.berkas), jawaban=place, pesan=message)

    def _notify(self, file: Bawaan, files: Mapping[tuple[str, ...], bytes], text: str) -> str:
        """Send the answer; a server that does not take it must not hold the file back."""
        number = f"{file.sidik[:16]}-{int(file.diterima_pada.timestamp() * 1e6)}"
        attachments = {place[-1]: data for place, data in files.items() if place[-1].endswith(".xlsx")}
        title = f"Jawaban atas {file.nama}"
        return self._send(Kabar(number, title, text, file.diterima_pada, attachments))

    def _send(self, message: Kabar) -> str:
        try:
            self._pengabar.send(message)
        except HumasError as error:
            log.warning("%s", error)
            return f"{error.pesan} {error.cara}"
        except Exception:
            log.exception("message %s failed", message.nomor)
            return "Kabar tidak terkirim karena galat program; jawaban tetap ada di samping berkasnya."
        return ""

    def _described(self, file: Bawaan) -> Tindakan:
        address, owner = self._folder.kotak.alamat, file.siapa
        if isinstance(owner, TakDikenal):
            return Tindakan(address, file.nama, Keadaan.TAK_DIKENAL, pesan=owner.sebab)
        answer = file.jawaban
        return Tindakan(
            address, file.nama, Keadaan.DIAMBIL, owner.lembaga, owner.kode_satker, owner.periode, answer["status"],
            (answer["rows_in"], answer["accepted"], answer["quarantined"], answer["duplicates"]), file.pertama is not None,
            answer["reason"],
        )  # fmt: skip

    def _left(self, entry: Isi, state: Keadaan, message: str) -> Tindakan:
        return Tindakan(self._folder.kotak.alamat, entry.nama.shown, state, pesan=message)

    def _failed(
        self, entry: Isi, digest: str, step: Step, error: HumasError, first: Reception | None = None
    ) -> Tindakan:
        """Set one file aside; a fault of the whole drop-box, or of our store, ends its sweep."""
        if not isinstance(error, ProgramFault):
            of_box = error.kode.startswith(_OF_BOX) and error.kode not in _OF_WHOLE_BOX
            if not of_box or not self._folder.answers():
                raise error
        return self._set_aside(entry, digest, step, error, first)

    def _set_aside(
        self, entry: Isi, digest: str, step: Step, fault: HumasError, first: Reception | None = None
    ) -> Tindakan:
        if isinstance(fault, ProgramFault):
            about = {
                "langkah": step.value,
                "kotak": self._folder.kotak.alamat,
                "berkas": entry.nama.quoted,
                "sidik": digest,
            }
            fault = write_crash(self._k.settings.home, fault, about)
        else:
            log.error("%s: %s", entry.nama.shown, fault)
        row = self._aside.add(self._folder, entry, digest, step, fault, first or receive(self._sapuan, entry))
        if row.kali == 1:
            tag = hashlib.sha256(f"{row.nama}|{row.sidik}|{row.sejak}".encode()).hexdigest()[:24]
            self._send(Kabar(f"{tag}-tertunda", f"Berkas {row.tampil} tertunda", waiting_letter(row), row.sejak))
        return replace(_resting(self._folder.kotak, entry, row), keadaan=Keadaan.GAGAL)

    def _counted(self, action: Tindakan) -> Tindakan:
        self._selesai += 1
        self._progress(self._selesai, self._jumlah, action.berkas)
        return action
