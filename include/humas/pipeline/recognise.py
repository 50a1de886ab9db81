"""Whose file it is and for which quarter: one answer when the evidence agrees, else why not and who it may be.

Nothing is decided against any of the evidence: a cover left over from another unit or from last quarter would
replace figures that are right. See ``docs/decisions/0010-kotak-masuk.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from humas.errors import SenderError
from humas.periods import Triwulan, long_date, parse_period
from humas.pipeline.evidence import NATION, Clue
from humas.registry import DEFAULT_BODY, Cycle, Lembaga, Register

_MAX_CANDIDATES = 10
_WHAT = {"satker": "satker", "lembaga": "lembaga", "period": "triwulan"}
_CONTRADICTION = "keterangan_bertentangan"
_CONTRADICTION_REMEDY = "Betulkan yang keliru, entah sampul, isi, atau nama berkas, lalu taruh lagi di masuk."
_REMEDY = "Perbaiki sampul atau nama berkas, lalu taruh lagi di masuk. Nama yang selalu dikenali: {contoh}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose file it is, and for which period."""

    lembaga: str
    satker_code: str
    period: str

    @property
    def cycle(self) -> Cycle:
        """Its body and period."""
        return Cycle(self.lembaga, self.period)


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """Why nobody can say whose file it is. candidates: ``33.74 KPU Kota Semarang`` and the like. remedy: how to mend it."""

    code: str
    cause: str
    remedy: str
    candidates: tuple[str, ...] = ()


def recognise(
    hints: Sequence[Clue], register: Register, today: date, only_lembaga: str = ""
) -> Identity | Unrecognised:
    """Judge the evidence.

    only_lembaga: the body of this installation when it serves one only; it speaks when nothing else names a body.
    """
    verdicts = {field: _judge(field, hints, register) for field in _WHAT}
    if isinstance(verdicts["satker"], frozenset) and all(hint.recap for hint in hints if hint.satker):
        verdicts["satker"] = frozenset()  # rows of others alone make nobody their superior
    lembaga = verdicts["lembaga"]
    if only_lembaga and lembaga == frozenset():
        verdicts["lembaga"] = lembaga = frozenset({only_lembaga})
    contradictions = [verdict for verdict in verdicts.values() if isinstance(verdict, str)]
    if contradictions:
        return _unknown(_CONTRADICTION, " ".join(contradictions), hints, register)
    certain = {field: next(iter(verdict)) for field, verdict in verdicts.items() if len(verdict) == 1}
    if len(certain) < len(_WHAT):
        lacking = " ".join(_lack(field, verdicts[field], register) for field in _WHAT if field not in certain)
        return _unknown("tak_dikenal", lacking, hints, register)
    return _confirm(Identity(certain["lembaga"], certain["satker"], certain["period"]), hints, register, today)


@dataclass(frozen=True, slots=True)
class Inferred:
    """What the evidence says of ``satker``, ``lembaga`` or ``period``. value: "" when it does not agree on one.

    origin: the sources that speak, as they stand in a message. why_not: why nobody can tell, "" when it is told.
    """

    value: str
    origin: str
    why_not: str = ""


def infer(field: str, hints: Sequence[Clue], register: Register) -> Inferred:
    """What all evidence that speaks agrees on for one field."""
    verdict = _judge(field, hints, register)
    if field == "satker" and isinstance(verdict, frozenset):
        verdict = _nearer_superior(verdict)
    origins = " dan ".join(dict.fromkeys(hint.origin for hint in hints if getattr(hint, field)))
    if isinstance(verdict, frozenset) and len(verdict) == 1:
        return Inferred(next(iter(verdict)), origins)
    return Inferred("", origins, verdict if isinstance(verdict, str) else _lack(field, verdict, register))


def _judge(field: str, hints: Sequence[Clue], register: Register) -> frozenset[str] | str:
    """What all sources that speak can agree on; their contradiction, in words, when they cannot.

    Rows of many units contradict nobody who is named: a regency may name others too.
    """
    heard = [hint for hint in hints if getattr(hint, field)]
    named = [hint for hint in heard if field != "satker" or not hint.recap]
    speaking = [(hint.origin, getattr(hint, field)) for hint in named or heard]
    if not speaking:
        return frozenset()
    agreed = frozenset.intersection(*(values for _, values in speaking))
    if agreed:
        return frozenset.intersection(agreed, *(getattr(hint, field) for hint in heard)) or agreed
    mentions = [
        f"{origin} menyebut {_join(_label(field, value, register) for value in values)}" for origin, values in speaking
    ]
    sentence = ", ".join(dict.fromkeys(mentions))
    return f"Keterangan {_WHAT[field]} bertentangan: {sentence}."


def _nearer_superior(agreed: frozenset[str]) -> frozenset[str]:
    """A recap of one province's units may be the province's or the nation's: where nothing else speaks, the province's."""
    nearer = agreed - {NATION}
    return nearer if len(nearer) == 1 and NATION in agreed else agreed


def _lack(field: str, candidates: frozenset[str] | str, register: Register) -> str:
    if not candidates:
        return f"Berkas tidak menyebut {_WHAT[field]}."
    return f"Keterangan {_WHAT[field]} dapat berarti {_join(_label(field, candidate, register) for candidate in candidates)}."


def _confirm(identity: Identity, hints: Sequence[Clue], register: Register, today: date) -> Identity | Unrecognised:
    """The unit must have existed in that quarter, and the quarter must have begun."""
    triwulan = parse_period(identity.period)
    try:
        register.unit_of(identity.lembaga, identity.satker_code, triwulan.end)
    except SenderError as error:
        return _unknown(error.code, error.message, hints, register)
    if triwulan.start > today:
        cause = f"{triwulan.label} baru mulai {long_date(triwulan.start)}."
        return _unknown("periode_belum_mulai", cause, hints, register)
    return identity


def _unknown(code: str, cause: str, hints: Sequence[Clue], register: Register) -> Unrecognised:
    satker = sorted(frozenset().union(*(hint.satker for hint in hints)))
    lembaga = sorted(frozenset().union(*(hint.lembaga for hint in hints))) or [DEFAULT_BODY.value]
    periods = sorted(frozenset().union(*(hint.period for hint in hints)))
    units = [f"{one} {register.satker(one).official_name(body)}" for one in satker for body in lembaga]
    quarters = [f"{parse_period(period).label} ({period})" for period in periods]
    example = _example(satker, lembaga, periods, register)
    remedy = _CONTRADICTION_REMEDY if code == _CONTRADICTION else _REMEDY.format(contoh=example)
    return Unrecognised(code, cause, remedy, (*units[:_MAX_CANDIDATES], *quarters[:_MAX_CANDIDATES]))


def _example(satker: Sequence[str], lembaga: Sequence[str], periods: Sequence[str], register: Register) -> str:
    """A file name that would be recognised, made of what is known."""
    code = satker[0] if satker else "33.74"
    triwulan = parse_period(periods[0] if periods else "2026-TW3")
    when = f"TW{triwulan.number} {triwulan.year}" if isinstance(triwulan, Triwulan) else triwulan.key
    return f'"{code} {register.satker(code).official_name(lembaga[0])} {when}.xlsx".'


def _label(field: str, value: str, register: Register) -> str:
    if field == "satker":
        return f"{register.satker(value).name} ({value})"
    return Lembaga(value).label if field == "lembaga" else parse_period(value).label


def _join(labels: Iterable[str]) -> str:
    ordered = sorted(labels)
    return ordered[0] if len(ordered) == 1 else f"{', '.join(ordered[:-1])} atau {ordered[-1]}"
