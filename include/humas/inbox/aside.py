"""Files set aside: what fails on one file costs nobody else an answer, and is tried again after a growing pause.

A file is set aside in the warehouse first, then its receipt is laid down, then that is noted: whatever a killed sweep
left out, the next one makes up. The file itself stays in ``masuk/``. See ``docs/decisions/0029-nama-berkas.md``.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

import humas
from humas.errors import HumasError, ProgramFault
from humas.inbox.folder import Entry, Folder
from humas.inbox.letter import waiting_letter
from humas.inbox.model import Reception
from humas.inbox.names import encode_text, waiting_place
from humas.warehouse.records import SetAside

if TYPE_CHECKING:
    from humas.installation.boxes import Box
    from humas.installation.context import Context

log = logging.getLogger(__name__)

PAUSES = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(days=1))
"""How long a file rests after the first, second, … failure of our program; the last counts for all that follow."""


class HandlingStep(StrEnum):
    """What was being done with a file when it failed."""

    TAKE = "ambil"
    READ = "baca"
    CHECK = "periksa"
    RECORD = "catat"
    ANSWER = "jawab"


@dataclass(frozen=True, slots=True)
class Sorted:
    """Files that are ready: new ones, those whose pause is over, and those that still rest with why."""

    fresh: tuple[Entry, ...]
    due: tuple[Entry, ...]
    resting: tuple[tuple[Entry, SetAside], ...]


class AsideList:
    """The files of one drop-box that are set aside. force: their pauses count as over."""

    def __init__(self, context: Context, box: Box, *, force: bool = False) -> None:
        self._context, self._box, self._force = context, box, force
        self._rows = {(row.nama, row.sidik): row for row in context.warehouse.set_aside(box.address)}

    def sort(self, ready: Iterable[Entry]) -> Sorted:
        """Tell new files from those that were tried before; each keeps its place among its like."""
        known = [(entry, self._same_file(entry)) for entry in ready]
        resting = tuple((entry, row) for entry, row in known if row and self.rests(row))
        due = tuple(entry for entry, row in known if row and not self.rests(row))
        return Sorted(tuple(entry for entry, row in known if row is None), due, resting)

    def rests(self, row: SetAside) -> bool:
        """Whether a file is not to be tried yet; new program code tries at once, and a clock set back delays nothing."""
        left = row.coba_lagi - self._context.settings.now()
        return not self._force and timedelta(0) < left <= PAUSES[-1] and row.versi == program_version()

    def find(self, entry: Entry, digest: str) -> SetAside | None:
        """What is known of these bytes under this name, or of this very file while its bytes could not be read."""
        row = self._rows.get((entry.name.quoted, digest))
        return row or self._same_file(entry)

    def add(
        self, folder: Folder, entry: Entry, digest: str, step: HandlingStep, fault: HumasError, first: Reception
    ) -> SetAside:
        """Set a file aside, or once more; its receipt lies in the drop-box afterwards, if that takes it."""
        before = self.find(entry, digest)
        digest = digest or (before.sidik if before else "")
        now, times = self._context.settings.now(), (before.kali if before else 0) + 1
        row = SetAside(
            self._box.address, entry.name.quoted, digest, entry.name.shown, _mark(entry), *(first_met(before) or first),
            times, now, now + pause(fault, times), step, fault.code, fault.message, _remedy(fault), program_version(),
        )  # fmt: skip
        self._note(row)
        self._strike(folder, [one for one in self._named(entry) if one.sidik != digest])
        return self._lay(folder, row)

    def touch(self, entry: Entry, row: SetAside) -> None:
        """Note that a file that rests was laid down again, the same."""
        self._note(replace(row, tanda=_mark(entry)))

    def settle(self, folder: Folder, entry: Entry) -> None:
        """A file came through: its receipt goes, for another has taken its place."""
        self._strike(folder, self._named(entry))

    def sweep_up(self, folder: Folder, listed: Iterable[Entry]) -> None:
        """Forget files that are gone, and lay the receipts that a killed sweep or a full disk left out."""
        names = {entry.name.quoted for entry in listed}
        self._strike(folder, [row for row in self._rows.values() if row.nama not in names])
        for row in [row for row in self._rows.values() if not row.surat]:
            self._lay(folder, row)

    def _named(self, entry: Entry) -> list[SetAside]:
        return [row for row in self._rows.values() if row.nama == entry.name.quoted]

    def _same_file(self, entry: Entry) -> SetAside | None:
        return next((row for row in self._named(entry) if row.tanda == _mark(entry)), None)

    def _note(self, row: SetAside) -> None:
        self._context.warehouse.note_set_aside([row])
        self._rows[row.nama, row.sidik] = row

    def _lay(self, folder: Folder, row: SetAside) -> SetAside:
        """Lay the receipt of a file down; a drop-box that does not take it is asked again by the next sweep."""
        place = _place(row)
        try:
            folder.write(folder.path(*place), encode_text(waiting_letter(row)))
        except HumasError as fault:
            log.warning("%s", fault)
            return row
        laid = replace(row, surat="/".join(place))
        self._note(laid)
        return laid

    def _strike(self, folder: Folder, rows: Sequence[SetAside]) -> None:
        """Take the receipts away, then forget: in this order a kill leaves no receipt that nobody knows."""
        gone = [row for row in rows if self._taken_away(folder, row)]
        self._context.warehouse.forget_set_aside(gone)
        for row in gone:
            self._rows.pop((row.nama, row.sidik))

    def _taken_away(self, folder: Folder, row: SetAside) -> bool:
        try:
            folder.remove(folder.path(*_place(row)))
        except HumasError as fault:
            log.warning("%s", fault)
            return False
        return True


def first_met(row: SetAside | None) -> Reception | None:
    """When a file that was set aside first came, and its order among arrivals."""
    return Reception(row.sejak, row.tiba_pada, row.urut_pada) if row else None


def pause(fault: HumasError, times: int) -> timedelta:
    """How long a file rests after so many failures; what the drop-box refused is asked for again in every sweep."""
    return PAUSES[min(times, len(PAUSES)) - 1] if isinstance(fault, ProgramFault) else timedelta(0)


def _remedy(fault: HumasError) -> str:
    if isinstance(fault, ProgramFault):
        return (
            f"kirim {fault.report or 'catatan galatnya'} ke pengembang; program yang dibetulkan langsung mencoba lagi."
        )
    return fault.remedy


def _place(row: SetAside) -> tuple[str, ...]:
    return waiting_place(row.tampil, hashlib.sha256(f"{row.nama}|{row.sidik}".encode()).hexdigest())


def _mark(entry: Entry) -> str:
    return "|".join(map(str, entry.mark))


@cache
def program_version() -> str:
    """Digest of this program's code, contract and libraries: another one may read what this one cannot."""
    total = hashlib.sha256()
    home = Path(humas.__path__[0])
    for source in sorted([*home.rglob("*.py"), *(home / "contract" / "data").iterdir()]):
        total.update(source.read_bytes())
    total.update(
        "|".join(sorted(f"{distribution.name}=={distribution.version}" for distribution in distributions())).encode()
    )
    return total.hexdigest()[:16]
