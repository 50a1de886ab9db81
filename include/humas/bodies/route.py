"""The way of a report: who receives, checks and approves it before it is signed, and to whom it goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from humas.bodies.blocks import Block
from humas.bodies.dated import ALWAYS, Validity, read_validity, refuse_gaps
from humas.bodies.texts import filled


class Duty(StrEnum):
    """What somebody does with a report, in the order of its way."""

    RECEIVES = "menerima"
    CHECKS = "memeriksa"
    APPROVES = "menyetujui"
    SIGNS = "menandatangani"
    IS_TOLD = "disampaikan kepada"


BEFORE_SIGNATURE: Final = (Duty.RECEIVES, Duty.CHECKS, Duty.APPROVES)


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step of a report. tier: where it is taken. post: who takes it, with places for {kantor} and the like."""

    tier: str
    duty: Duty
    post: str

    @property
    def told(self) -> str:
        """The step in a list of steps."""
        return f"{self.duty} {self.post}" if self.duty is Duty.IS_TOLD else f"{self.post} ({self.duty})"


@dataclass(frozen=True, slots=True)
class Approval:
    """The steps of a tier before the signature. receiving: who takes what the tier below sends; of the lowest tier nobody.

    basis: the decree; "" where nobody has decreed it.
    """

    tier: str
    receiving: tuple[RouteStep, ...]
    own: tuple[RouteStep, ...]
    validity: Validity = ALWAYS
    basis: str = ""

    @property
    def note(self) -> str:
        """Where the steps come from, as a reader is told."""
        return self.basis or "asumsi pemasangan"


def read_approvals(block: Block, tiers: Collection[str]) -> tuple[Approval, ...]:
    """The approvals of each tier that the body has.

    Raises:
        BodyFault: a tier that it has not, no step at all, dates that overlap or leave days out.
    """
    read = [(tier, part, _approval(part, tier)) for tier in tiers if tier in block for part in block.parts(tier)]
    if unknown := block.rest():
        raise block.fault("", f'lembaga ini tidak bersatker pada tingkat "{unknown}"')
    refuse_gaps((tier, part, approval.validity) for tier, part, approval in read)
    return tuple(approval for _, _, approval in read)


def _approval(block: Block, tier: str) -> Approval:
    steps = {duty: tuple(_steps(block, tier, duty)) for duty in BEFORE_SIGNATURE}
    if not any(steps.values()):
        raise block.fault("", f"belum ada langkah; isi salah satu dari {', '.join(BEFORE_SIGNATURE)}")
    own = (*steps[Duty.CHECKS], *steps[Duty.APPROVES])
    approval = Approval(tier, steps[Duty.RECEIVES], own, read_validity(block), block.text("ditetapkan", ""))
    block.close()
    return approval


def _steps(block: Block, tier: str, duty: Duty) -> Iterator[RouteStep]:
    for post in filled(block, duty.value, block.texts(duty.value, ())):
        yield RouteStep(tier, duty, post)
