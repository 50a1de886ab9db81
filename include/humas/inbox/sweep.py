"""One sweep: settle, take, check, record, answer, move; in this order, so that a kill at any point loses nothing.

landed → checked → recorded → answer laid down → notified → moved. Whatever was done before a kill is found done by the
next sweep: bytes by their digest, arrivals in the warehouse, answers and destinations by names that the bytes
decide. What is not moved is still in ``masuk/``. A file on which a step fails is set aside with a receipt of its own,
and the others go on (``humas.inbox.aside``).
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from humas.errors import Actor, HumasError, ProgramFault, SourceError
from humas.fence import SECONDS_EACH, Fault, OutOfTime, in_halves, time_limit, write_crash
from humas.fence.halves import explain
from humas.inbox.answer import check_all, compose_answer, name_of
from humas.inbox.aside import AsideList, HandlingStep, first_met
from humas.inbox.faults import FileChanged
from humas.inbox.folder import Entry, Folder, open_folder
from humas.inbox.following import Judged
from humas.inbox.intake import Landed, SweepRun, fetch, recall, receive, record, understand
from humas.inbox.letter import waiting_letter
from humas.inbox.lock import BoxBusy, only_sweep
from humas.inbox.model import BroughtFile, EntryState, Following, Reception, SweptFile
from humas.inbox.names import destination
from humas.inbox.notify import Messenger, Notice, notifier
from humas.inbox.settle import Delay, SettledListing, sort_out
from humas.installation.boxes import Box, boxes
from humas.periods import date_and_time
from humas.pipeline.recognise import Unrecognised
from humas.sources.fetch import read_environment

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.registry import Cycle
    from humas.warehouse.records import SetAside

__all__ = ["SweepResult", "BoxBusy", "SweptFile", "list_waiting", "sweep"]

log = logging.getLogger(__name__)

BATCH, BATCH_BYTES = 150, 48 * 1024 * 1024
"""Files checked at once, and how large they may be together: less costs time for each batch, more costs memory."""
_OF_BOX = ("kotak_", "kunci_host", "kredensial_")
_OF_WHOLE_BOX = frozenset({"kotak_penuh", "kotak_ditolak"})

ReportProgress = Callable[[int, int, str], None]
"""Called with files done, files to do, and the name of the last one."""


@dataclass(frozen=True, slots=True)
class BoxFault:
    """A drop-box that could not be emptied. layak_diulang: trying again may help."""

    box: str
    code: str
    actor: str
    message: str
    remedy: str
    layak_diulang: bool


@dataclass(frozen=True, slots=True)
class SweepResult:
    """All that one sweep did."""

    actions: tuple[SweptFile, ...]
    errors: tuple[BoxFault, ...]
    seconds: float

    def count(self, state: EntryState) -> int:
        """How many entries ended so."""
        return sum(action.keadaan is state for action in self.actions)


def sweep(
    context: Context,
    run_id: str = "",
    progress: ReportProgress | None = None,
    *,
    force: bool = False,
    credential: Callable[[str], str | None] = read_environment,
    sleep: Callable[[float], None] = time.sleep,
) -> SweepResult:
    """Empty every drop-box of the installation once; one that fails does not keep the others waiting.

    force: also try the files again that were set aside and whose pause is not over.

    Raises:
        BoxBusy: another sweep is running.
        OperatorError: the settings are wrong, or our own landing store or warehouse failed.
    """
    start = time.monotonic()
    found, messenger = boxes(context.settings), notifier(context.settings)
    shared = SweepRun(
        context, run_id or f"kotak__{uuid4().hex[:12]}", context.settings.now(), only_body(context, found)
    )
    actions: list[SweptFile] = []
    failures: list[BoxFault] = []
    with only_sweep(context):
        for box in found:
            try:
                with open_folder(box, credential, context.settings.box.host_keys) as folder:
                    aside = AsideList(context, box, force=force)
                    sweeper = _Sweeper(shared, folder, aside, messenger, progress or (lambda *_: None), sleep)
                    for action in sweeper.run():
                        actions.append(action)
            except HumasError as error:
                failures.append(_of_box(box, error))
            except Exception as fault:
                log.exception("the sweep of %s failed", box.address)
                failures.append(_of_program(box, fault))
    return SweepResult(tuple(actions), tuple(failures), round(time.monotonic() - start, 3))


def list_waiting(
    context: Context,
    *,
    credential: Callable[[str], str | None] = read_environment,
    sleep: Callable[[float], None] = time.sleep,
) -> SweepResult:
    """What lies in ``masuk/`` of every drop-box; nothing is taken."""
    start = time.monotonic()
    actions: list[SweptFile] = []
    failures: list[BoxFault] = []
    for box in boxes(context.settings):
        try:
            with open_folder(box, credential, context.settings.box.host_keys) as folder:
                folder.prepare()
                listing = _settled(folder, context.settings.box.pause_seconds, sleep)
                sorted_out = AsideList(context, box).sort(listing.ready)
                ready = [Delay(entry, "siap diambil") for entry in (*sorted_out.fresh, *sorted_out.due)]
                actions += [_held_back(box, held) for held in (*ready, *listing.delayed)]
                actions += [_resting(box, entry, row) for entry, row in sorted_out.resting]
        except HumasError as error:
            failures.append(_of_box(box, error))
    return SweepResult(tuple(actions), tuple(failures), round(time.monotonic() - start, 3))


def only_body(context: Context, box: Sequence[Box]) -> str:
    """The body that this installation serves, when there is but one among its channels and drop-boxes."""
    bodies = {str(source.lembaga) for source in context.register.all_channels} | {source.lembaga for source in box} - {
        ""
    }
    return bodies.pop() if len(bodies) == 1 else ""


def _of_box(box: Box, error: HumasError) -> BoxFault:
    """A fault of this drop-box; any other is our own and ends the sweep."""
    if not error.code.startswith(_OF_BOX):
        raise error
    retry = isinstance(error, SourceError)
    return BoxFault(box.address, error.code, str(error.actor), error.message, error.remedy, retry)


def _of_program(box: Box, fault: Exception) -> BoxFault:
    """Our program failed on a drop-box as a whole; the others are swept."""
    return BoxFault(
        box.address, "kotak_galat_program", str(Actor.OPERATOR),
        f"Sapuan kotak masuk {box.address} terhenti karena galat program ({type(fault).__name__}).",
        "laporkan ke pengembang dengan catatan (log) sapuan ini; berkasnya tetap di masuk.", False,
    )  # fmt: skip


def _settled(folder: Folder, wait: float, sleep: Callable[[float], None]) -> SettledListing:
    """Two listings, a moment apart. An object store shows objects only when they are whole."""
    first = folder.entries()
    if not first or not folder.box.moves_whole:
        return sort_out(first, first)
    sleep(wait)
    return sort_out(first, folder.entries())


def _held_back(box: Box, held: Delay) -> SweptFile:
    state = EntryState.SKIPPED if held.forever else EntryState.WAITING
    return SweptFile(box.address, held.content.name.shown, state, pesan=held.cause)


def _resting(box: Box, entry: Entry, row: SetAside) -> SweptFile:
    """A file that is set aside and not tried now."""
    when = "pada sapuan berikutnya" if row.coba_lagi <= row.terakhir else f"mulai {date_and_time(row.coba_lagi)}"
    remedy = f"{row.cara[:1].upper()}{row.cara[1:]} Sudah {row.kali} kali; dicoba lagi {when}."
    return SweptFile(
        box.address, entry.name.shown, EntryState.SET_ASIDE, pesan=f"{row.pesan} {remedy}",
        jawaban=(row.surat,) if row.surat else (), kali=row.kali, coba_lagi=row.coba_lagi,
    )  # fmt: skip


def _batches(ready: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The files in order, in groups that memory can hold; a large one is a group of its own."""
    group: list[Entry] = []
    for entry in ready:
        full = len(group) >= BATCH or sum(other.size for other in group) + entry.size > BATCH_BYTES
        if group and full:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


class _Sweeper:
    """The sweep of one opened drop-box."""

    def __init__(
        self,
        sweep_run: SweepRun,
        folder: Folder,
        aside: AsideList,
        messenger: Messenger,
        progress: ReportProgress,
        sleep: Callable[[float], None],
    ) -> None:
        self._sweep_run, self._context, self._folder, self._aside = sweep_run, sweep_run.context, folder, aside
        self._messenger, self._progress, self._sleep = messenger, progress, sleep
        self._done, self._count = 0, 0
        self._taken: defaultdict[Cycle, defaultdict[str, list[Following]]] = defaultdict(partial(defaultdict, list))
        self._judged: Judged = {}

    def run(self) -> Iterator[SweptFile]:
        """Take everything that is ready, batch by batch: first what is new, then what failed before."""
        self._folder.prepare()
        listing = _settled(self._folder, self._context.settings.box.pause_seconds, self._sleep)
        yield from (_held_back(self._folder.box, held) for held in listing.delayed)
        self._aside.sweep_up(self._folder, [*listing.ready, *(held.content for held in listing.delayed)])
        sorted_out = self._aside.sort(listing.ready)
        self._count = len(sorted_out.fresh) + len(sorted_out.due)
        for group in (*_batches(sorted_out.fresh), *_batches(sorted_out.due)):
            yield from self._batch(group)
        yield from (_resting(self._folder.box, entry, row) for entry, row in sorted_out.resting)

    def _batch(self, ready: Sequence[Entry]) -> Iterator[SweptFile]:
        files: list[BroughtFile] = []
        for entry in ready:
            taken = self._take(entry)
            if isinstance(taken, BroughtFile):
                files.append(taken)
            else:
                yield self._counted(taken)
        recall(self._sweep_run, files)
        check = partial(check_all, self._context)
        for step, work in ((HandlingStep.CHECK, check), (HandlingStep.RECORD, self._record)):
            faults = work(files)
            for fault in faults:
                file = fault.item
                yield self._counted(self._set_aside(file.content, file.digest, step, fault.error, file.reception))
            failed = {id(fault.item) for fault in faults}
            files = [file for file in files if id(file) not in failed]
        self._judged.update({file.submission.id: file.follows for file in files if file.submission})
        self._judged.update({told.id: (told, rows) for file in files for told, rows in file.shares.values()})
        for file in files:
            yield self._counted(self._finish(file))

    def _take(self, entry: Entry) -> BroughtFile | SweptFile:
        self._progress(self._done, self._count, f"membaca {entry.name.shown}")
        try:
            landed = fetch(self._sweep_run, self._folder, entry)
        except FileChanged:
            return self._left(entry, EntryState.WAITING, "berubah sewaktu dibaca; ditunggu")
        except HumasError as error:
            return self._failed(entry, "", HandlingStep.TAKE, error)
        except Exception as fault:  # noqa: BLE001 - told with a crash report
            return self._set_aside(entry, "", HandlingStep.TAKE, explain(f"Berkas {entry.name.shown}", fault))
        if isinstance(landed, str):
            return self._left(entry, EntryState.WAITING, landed)
        return landed if isinstance(landed, BroughtFile) else self._understand(landed)

    def _understand(self, landed: Landed) -> BroughtFile | SweptFile:
        """Read what was landed; the same bytes laid down again do not shorten their pause."""
        entry, before = landed.content, self._aside.find(landed.content, landed.digest)
        if before and before.sidik == landed.digest and self._aside.rests(before):
            self._aside.touch(entry, before)
            return _resting(self._folder.box, entry, before)
        try:
            with self._fence(entry):
                file = understand(self._sweep_run, self._folder.box, landed)
        except ProgramFault as fault:
            return self._set_aside(entry, landed.digest, HandlingStep.READ, fault)
        file.original = first_met(before)
        return file

    @contextmanager
    def _fence(self, entry: Entry) -> Iterator[None]:
        """Whatever is thrown by our work on one file is a fault of our program on that file; it ends within a minute."""
        try:
            with time_limit(SECONDS_EACH):
                yield
        except (Exception, OutOfTime) as fault:
            raise explain(f"Berkas {entry.name.shown}", fault) from fault

    def _record(self, files: Sequence[BroughtFile]) -> list[Fault[BroughtFile]]:
        return in_halves(files, lambda some: record(self._sweep_run, some), name_of, give_up=None)

    def _finish(self, file: BroughtFile) -> SweptFile:
        """Answer and move one file; whatever fails there concerns this file, unless it is the drop-box or our store."""
        try:
            return self._answer_and_move(file)
        except FileChanged:
            return self._left(
                file.content, EntryState.WAITING, "isi baru tiba dengan nama ini; diambil pada sapuan berikutnya"
            )
        except HumasError as error:
            return self._failed(file.content, file.digest, HandlingStep.ANSWER, error, file.reception)
        except Exception as fault:  # noqa: BLE001 - told with a crash report
            return self._set_aside(
                file.content, file.digest, HandlingStep.ANSWER, explain(name_of(file), fault), file.reception
            )

    def _answer_and_move(self, file: BroughtFile) -> SweptFile:
        """Lay the answer down, send it, then move the file."""
        target = destination(file.name, file.digest, file.identity)
        with self._fence(file.content):
            taken = self._taken[file.identity.cycle] if file.identity else {}
            answer = compose_answer(self._context, file, target, taken, self._judged)
        for place, data in answer.files.items():
            self._folder.write(self._folder.path(*place), data)
        complaint = self._notify(file, answer.files, answer.short)
        self._folder.move(file.content, self._folder.path(*target.files))
        self._aside.settle(self._folder, file.content)
        place = tuple("/".join(parts) for parts in answer.files)
        # The same bytes are the same submission: it was said when they first came.
        if (identity := file.identity) and not file.first:
            for code, told in file.tells:
                self._taken[identity.cycle][code].append(told)
        action = self._described(file)
        message = f"{action.pesan} {complaint}".strip()
        return replace(action, tujuan="/".join(target.files), jawaban=place, pesan=message)

    def _notify(self, file: BroughtFile, files: Mapping[tuple[str, ...], bytes], text: str) -> str:
        """Send the answer; a server that does not take it must not hold the file back."""
        number = f"{file.digest[:16]}-{int(file.received_at.timestamp() * 1e6)}"
        attachments = {place[-1]: data for place, data in files.items() if place[-1].endswith(".xlsx")}
        title = f"Jawaban atas {file.name}"
        return self._send(Notice(number, title, text, file.received_at, attachments))

    def _send(self, message: Notice) -> str:
        try:
            self._messenger.send(message)
        except HumasError as error:
            log.warning("%s", error)
            return f"{error.message} {error.remedy}"
        except Exception:
            log.exception("message %s failed", message.number)
            return "Kabar tidak terkirim karena galat program; jawaban tetap ada di samping berkasnya."
        return ""

    def _described(self, file: BroughtFile) -> SweptFile:
        address, owner = self._folder.box.address, file.who
        if isinstance(owner, Unrecognised):
            return SweptFile(address, file.name, EntryState.UNKNOWN, pesan=owner.cause)
        answer = file.answer
        return SweptFile(
            address, file.name, EntryState.TAKEN, owner.lembaga, owner.satker_code, owner.period, answer["status"],
            (answer["rows_in"], answer["accepted"], answer["quarantined"], answer["duplicates"]), file.first is not None,
            answer["reason"],
        )  # fmt: skip

    def _left(self, entry: Entry, state: EntryState, message: str) -> SweptFile:
        return SweptFile(self._folder.box.address, entry.name.shown, state, pesan=message)

    def _failed(
        self, entry: Entry, digest: str, step: HandlingStep, error: HumasError, first: Reception | None = None
    ) -> SweptFile:
        """Set one file aside; a fault of the whole drop-box, or of our store, ends its sweep."""
        if not isinstance(error, ProgramFault):
            of_box = error.code.startswith(_OF_BOX) and error.code not in _OF_WHOLE_BOX
            if not of_box or not self._folder.answers():
                raise error
        return self._set_aside(entry, digest, step, error, first)

    def _set_aside(
        self, entry: Entry, digest: str, step: HandlingStep, fault: HumasError, first: Reception | None = None
    ) -> SweptFile:
        if isinstance(fault, ProgramFault):
            about = {
                "langkah": step.value,
                "kotak": self._folder.box.address,
                "berkas": entry.name.quoted,
                "sidik": digest,
            }
            fault = write_crash(self._context.settings.home, fault, about)
        else:
            log.error("%s: %s", entry.name.shown, fault)
        row = self._aside.add(self._folder, entry, digest, step, fault, first or receive(self._sweep_run, entry))
        if row.kali == 1:
            tag = hashlib.sha256(f"{row.nama}|{row.sidik}|{row.sejak}".encode()).hexdigest()[:24]
            self._send(Notice(f"{tag}-tertunda", f"Berkas {row.tampil} tertunda", waiting_letter(row), row.sejak))
        return replace(_resting(self._folder.box, entry, row), keadaan=EntryState.FAILED)

    def _counted(self, action: SweptFile) -> SweptFile:
        self._done += 1
        self._progress(self._done, self._count, action.berkas)
        return action
