"""Whose file it is and for which quarter: one answer when the evidence agrees, else why not and who it may be.

Nothing is decided against any of the evidence: a cover left over from another unit or from last quarter would
replace figures that are right. See ``docs/decisions/0010-kotak-masuk.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from humas.check import Identitas
from humas.errors import PengirimError
from humas.kotak_masuk.evidence import Petunjuk
from humas.periods import Triwulan, parse_periode, tanggal
from humas.registry import Lembaga, Register

_CALON_TERBANYAK = 10
_APA = {"satker": "satker", "lembaga": "lembaga", "periode": "triwulan"}
_CONTRADICTION = "keterangan_bertentangan"
_CARA_BERTENTANGAN = "Betulkan yang keliru, entah sampul, isi, atau nama berkas, lalu taruh lagi di masuk."
_CARA = "Perbaiki sampul atau nama berkas, lalu taruh lagi di masuk. Nama yang selalu dikenali: {contoh}"


@dataclass(frozen=True, slots=True)
class TakDikenal:
    """Why nobody can say whose file it is. calon: ``33.74 KPU Kota Semarang`` and the like. cara: how to mend it."""

    kode: str
    sebab: str
    cara: str
    calon: tuple[str, ...] = ()


def recognise(
    petunjuk: Sequence[Petunjuk], register: Register, hari_ini: date, satu_lembaga: str = ""
) -> Identitas | TakDikenal:
    """Judge the evidence.

    satu_lembaga: the body of this installation when it serves one only; it speaks when nothing else names a body.
    """
    verdicts = {field: _judge(field, petunjuk, register) for field in _APA}
    lembaga = verdicts["lembaga"]
    if satu_lembaga and lembaga == frozenset():
        verdicts["lembaga"] = lembaga = frozenset({satu_lembaga})
    contradictions = [verdict for verdict in verdicts.values() if isinstance(verdict, str)]
    if contradictions:
        return _unknown(_CONTRADICTION, " ".join(contradictions), petunjuk, register)
    certain = {field: next(iter(verdict)) for field, verdict in verdicts.items() if len(verdict) == 1}
    if len(certain) < len(_APA):
        lacking = " ".join(_lack(field, verdicts[field], register) for field in _APA if field not in certain)
        return _unknown("tak_dikenal", lacking, petunjuk, register)
    return _confirm(Identitas(certain["lembaga"], certain["satker"], certain["periode"]), petunjuk, register, hari_ini)


def _judge(field: str, hints: Sequence[Petunjuk], register: Register) -> frozenset[str] | str:
    """What all sources that speak can agree on; their contradiction, in words, when they cannot."""
    speaking = [(one.asal, values) for one in hints if (values := getattr(one, field))]
    if not speaking:
        return frozenset()
    agreed = frozenset.intersection(*(values for _, values in speaking))
    if agreed:
        return agreed
    mentions = [
        f"{origin} menyebut {_join(_label(field, one, register) for one in values)}" for origin, values in speaking
    ]
    sentence = ", ".join(dict.fromkeys(mentions))
    return f"Keterangan {_APA[field]} bertentangan: {sentence}."


def _lack(field: str, candidates: frozenset[str] | str, register: Register) -> str:
    if not candidates:
        return f"Berkas tidak menyebut {_APA[field]}."
    return f"Keterangan {_APA[field]} dapat berarti {_join(_label(field, candidate, register) for candidate in candidates)}."


def _confirm(identity: Identitas, hints: Sequence[Petunjuk], register: Register, today: date) -> Identitas | TakDikenal:
    """The unit must have existed in that quarter, and the quarter must have begun."""
    triwulan = parse_periode(identity.periode)
    try:
        register.satker(identity.kode_satker, triwulan.selesai)
    except PengirimError as error:
        return _unknown(error.kode, error.pesan, hints, register)
    if triwulan.mulai > today:
        cause = f"{triwulan.label} baru mulai {tanggal(triwulan.mulai)}."
        return _unknown("periode_belum_mulai", cause, hints, register)
    return identity


def _unknown(code: str, cause: str, hints: Sequence[Petunjuk], register: Register) -> TakDikenal:
    satker = sorted(frozenset().union(*(one.satker for one in hints)))
    lembaga = sorted(frozenset().union(*(one.lembaga for one in hints))) or [str(Lembaga.KPU)]
    periods = sorted(frozenset().union(*(one.periode for one in hints)))
    candidates = [_candidate(one, body, register) for one in satker for body in lembaga][:_CALON_TERBANYAK]
    candidates += [f"{parse_periode(one).label} ({one})" for one in periods[:_CALON_TERBANYAK]]
    example = _example(satker, lembaga, periods, register)
    remedy = _CARA_BERTENTANGAN if code == _CONTRADICTION else _CARA.format(contoh=example)
    return TakDikenal(code, cause, remedy, tuple(candidates))


def _candidate(code: str, lembaga: str, register: Register) -> str:
    return f"{code} {register.satker(code).nama_resmi(lembaga)}"


def _example(satker: Sequence[str], lembaga: Sequence[str], periods: Sequence[str], register: Register) -> str:
    """A file name that would be recognised, made of what is known."""
    code = satker[0] if satker else "33.74"
    triwulan = parse_periode(periods[0] if periods else "2026-TW3")
    when = f"TW{triwulan.nomor} {triwulan.tahun}" if isinstance(triwulan, Triwulan) else triwulan.kunci
    return f'"{code} {register.satker(code).nama_resmi(lembaga[0])} {when}.xlsx".'


def _label(field: str, value: str, register: Register) -> str:
    if field == "satker":
        return f"{register.satker(value).nama} ({value})"
    return Lembaga(value).label if field == "lembaga" else parse_periode(value).label


def _join(labels: Iterable[str]) -> str:
    ordered = sorted(labels)
    return ordered[0] if len(ordered) == 1 else f"{', '.join(ordered[:-1])} atau {ordered[-1]}"
