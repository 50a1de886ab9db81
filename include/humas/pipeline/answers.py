"""What an operator answers: whether a file adds or replaces, and whether a recap counts or the unit's own file (0038, 0040)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from humas.contract.columns import BY_NAME
from humas.errors import SenderError
from humas.periods import format_number, parse_period, quarter_of
from humas.registry import DEFAULT_BODY, Cycle, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.warehouse import Settlement

MEANINGS = {
    "tambah": "menambah; baris yang tidak disebut tetap dihitung",
    "ganti": "mengganti; baris yang tidak disebut dicabut",
    "": "belum dijawab; ditanyakan lagi",
    "rekap": "rekap atasannya yang dihitung; berkas satker sendiri disimpan dan tidak dihitung",
    "sendiri": "berkas satker sendiri yang dihitung; rekap atasannya disimpan dan tidak dihitung",
    "cabut": "yang disebut rekap dicabut; satker itu belum melapor sampai ada berkas atau rekap yang menyebutnya",
}
"""What each answer says."""
_WHOSE = ("rekap", "sendiri")
WITHDRAWS = "cabut"
_TAKEN_BACK = {WITHDRAWS: "yang disebut rekap dihitung lagi"}
"""What holds once an answer is taken back; of all others it is asked again."""


@dataclass(frozen=True, slots=True)
class OperatorAnswer:
    """One answer. unit: code or name. word: a key of ``MEANINGS``. dataset: with "rekap" and "sendiri" that one alone.

    by, reason: who answers, and on what ground.
    """

    unit: str
    period: str
    word: str
    by: str
    reason: str
    lembaga: str = ""
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What became of it. changed: whether it said anything new."""

    cycle: Cycle
    code: str
    changed: bool
    message: str


def keep_answer(context: Context, answer: OperatorAnswer) -> KeptAnswer:
    """Keep an answer; it counts from the next run of its quarter.

    An answer about a recap is given once, for all units that it speaks for.

    Raises:
        SenderError: unit or quarter is unknown, nothing is there to answer, or who and why are not said.
    """
    from humas.warehouse import Settlement

    quarter = quarter_of(answer.period)
    code = context.register.resolve(answer.unit, quarter.end).code
    cycle = Cycle(answer.lembaga or DEFAULT_BODY.value, quarter.key)
    whose = answer.word in _WHOSE
    if answer.dataset and not whose:
        raise SenderError(
            "himpunan_tidak_dipakai", "--himpunan hanya untuk --rekap dan --sendiri.", "hapus --himpunan dari perintah."
        )
    by, reason = " ".join(answer.by.split()), " ".join(answer.reason.split())
    said = Settlement("", answer.word, by, reason, context.settings.now())
    if whose:
        said = replace(said, id_kiriman=_share(context, cycle, code))
        for name in [answer.dataset] if answer.dataset else BY_NAME:
            context.warehouse.turn_round(replace(said, jawaban=f"{said.jawaban}:{name}"))
        return KeptAnswer(cycle, code, True, f"{owner_of(context, cycle, code)}: {MEANINGS[answer.word]}")
    return _settle(context, cycle, code, said)


def _settle(context: Context, cycle: Cycle, code: str, said: Settlement) -> KeptAnswer:
    """Keep one answer for each submission that it is about. said: without its submission."""
    owner = owner_of(context, cycle, code)
    submissions = _FOUND_BY.get(said.jawaban, _asked_or_newest)(context, cycle, code)
    whose = {one.id: one.kode_satker for one in context.warehouse.submissions(cycle)}
    withdrawn = {whose[one] for one in submissions} if said.jawaban == WITHDRAWS else ()
    rows, last = _counted_rows(context, cycle, withdrawn), context.warehouse.last_settlements()
    changed = [one for one in submissions if context.warehouse.settle_question(replace(said, id_kiriman=one))]
    if not changed:
        nothing = "sudah dijawab demikian" if submissions else "tidak ada jawaban untuk ditarik"
        return KeptAnswer(cycle, code, False, f"{owner}: {nothing}; tidak ada yang berubah.")
    meaning = MEANINGS[said.jawaban]
    if not said.jawaban:
        taken = last[changed[0]].jawaban
        meaning = f'jawaban "{taken}" ditarik; {_TAKEN_BACK.get(taken, meaning)}'
    units = dict.fromkeys(whose[one] for one in changed)
    if said.jawaban == WITHDRAWS:
        counts = {unit: sum(rows[one] for one in changed if whose[one] == unit) for unit in units}
        names = [f"{_named(context, cycle, unit)} ({format_number(count)} baris)" for unit, count in counts.items()]
    else:
        names = [_named(context, cycle, unit) for unit in units]
    told = f". Satker: {', '.join(names)}" if said.jawaban == WITHDRAWS or list(units) != [code] else ""
    return KeptAnswer(cycle, code, True, f"{owner}: {meaning}{told}")


def _named(context: Context, cycle: Cycle, code: str) -> str:
    return f"{code} {context.register.satker(code).official_name(Lembaga(cycle.lembaga))}"


def owner_of(context: Context, cycle: Cycle, code: str) -> str:
    """``33.74 KPU Kota Semarang, Triwulan III 2026``."""
    name = context.register.satker(code).official_name(Lembaga(cycle.lembaga))
    return f"{code} {name}, {parse_period(cycle.period).label}"


def _asked_or_newest(context: Context, cycle: Cycle, code: str) -> list[str]:
    """The submissions of a unit that are asked about, of its recap the shares among them; when none is, its newest that counts.

    Without what was withdrawn: that ends only when it is taken back by name.
    """
    withdrawn = {id_ for id_, last in context.warehouse.last_settlements().items() if last.jawaban == WITHDRAWS}
    about = {one.id: one.rekap for one in context.warehouse.submissions(cycle)}
    own = {id_ for id_, sender in _senders(context, cycle).items() if sender == code}
    asked = [
        outcome.submission
        for unit, _, outcome in context.warehouse.questions(cycle)
        if unit == code or about.get(outcome.submission) in own
    ]
    if found := [one for one in dict.fromkeys(asked) if one not in withdrawn]:
        return found
    newest = _newest(context, cycle, code)
    shares = [id_ for id_, recap in about.items() if recap == newest]
    if found := [one for one in shares or [newest] if one not in withdrawn]:
        return found
    raise _nothing_counts(context, cycle, code)


def _senders(context: Context, cycle: Cycle) -> dict[str, str]:
    """Who sent each submission: the unit itself, of a share nobody."""
    return {one.id: one.kode_satker for one in context.warehouse.submissions(cycle) if not one.rekap}


def _newest(context: Context, cycle: Cycle, code: str) -> str:
    verdicts = context.warehouse.verdicts(cycle)
    own = verdicts[(verdicts["kode_satker"] == code) & verdicts["berlaku"].astype(bool)]
    if own.empty:
        raise _nothing_counts(context, cycle, code)
    return str(own.iloc[-1]["id_kiriman"])


def _nothing_counts(context: Context, cycle: Cycle, code: str) -> SenderError:
    return SenderError(
        "tidak_ada_kiriman", f"{owner_of(context, cycle, code)}: tidak ada kiriman yang dihitung.",
        "lihat yang menunggu jawaban dengan ./humas ganti.",
    )  # fmt: skip


def _answered_last(context: Context, cycle: Cycle, code: str) -> list[str]:
    """What an answer is taken back from: all that was answered together, at last, of a unit or of its recaps."""
    verdicts = context.warehouse.verdicts(cycle)
    whose = (verdicts["kode_satker"] == code) | (verdicts["rekap_dari"] == code)
    last = context.warehouse.last_settlements()
    answers = [last[id_] for id_ in map(str, verdicts.loc[whose, "id_kiriman"]) if id_ in last]
    if not answers:
        return []
    newest = max(answers, key=lambda one: one.dibuat_pada)
    return [one.id_kiriman for one in answers if replace(one, id_kiriman=newest.id_kiriman) == newest]


def _told_by_recaps(context: Context, cycle: Cycle, code: str) -> list[str]:
    """All that recaps said of a unit; of a superior, what its earlier recaps said of units that its newest leaves out."""
    if "." not in code:
        return _of_left_out(context, cycle, code)
    verdicts = context.warehouse.verdicts(cycle)
    shares = verdicts[(verdicts["kode_satker"] == code) & (verdicts["rekap_dari"] != "")]
    return list(map(str, shares["id_kiriman"])) or [_share(context, cycle, code)]


def _of_left_out(context: Context, cycle: Cycle, superior: str) -> list[str]:
    left = [id_ for one in context.warehouse.left_out(cycle) if one.sender == superior for id_ in one.shares]
    if not left:
        raise SenderError(
            "tidak_ada_yang_ditinggalkan",
            f"{owner_of(context, cycle, superior)}: tidak ada satker yang ditinggalkan rekap terbaru.",
            "untuk satu satker, sebut kodenya sendiri; lihat daftarnya dengan ./humas ganti.",
        )
    return left


def _counted_rows(context: Context, cycle: Cycle, units: Iterable[str]) -> Counter[str]:
    """How many rows of each submission of these units count."""
    ledgers = (one for unit in units for one in context.warehouse.ledgers(cycle, unit).values())
    return Counter(row.submission for ledger in ledgers for row in ledger.in_force)


_FOUND_BY = {"": _answered_last, WITHDRAWS: _told_by_recaps}


def _share(context: Context, cycle: Cycle, code: str) -> str:
    """The newest thing that a recap says of a unit."""
    verdicts = context.warehouse.verdicts(cycle)
    shares = verdicts[(verdicts["kode_satker"] == code) & (verdicts["rekap_dari"] != "")]
    if shares.empty:
        raise SenderError(
            "tidak_ada_rekap", f"{owner_of(context, cycle, code)}: tidak ada rekap atasan yang menyebutnya.",
            "minta provinsinya mengirim rekap, lalu jalankan ./humas quarter.",
        )  # fmt: skip
    return str(shares.iloc[-1]["id_kiriman"])
