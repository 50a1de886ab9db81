"""What an operator answers: whether a file adds or replaces, and whether a recap counts or the unit's own file (0038, 0040)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from humas.contract.columns import BY_NAME
from humas.errors import SenderError
from humas.periods import parse_period, quarter_of
from humas.registry import DEFAULT_BODY, Cycle, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context

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
        changed = True
    else:
        submissions = _FOUND_BY.get(answer.word, _asked_or_newest)(context, cycle, code)
        kept = [context.warehouse.settle_question(replace(said, id_kiriman=id_)) for id_ in submissions]
        changed = any(kept)
    owner = owner_of(context, cycle, code)
    said_before = f"{owner}: sudah dijawab demikian; tidak ada yang berubah."
    return KeptAnswer(cycle, code, changed, f"{owner}: {MEANINGS[answer.word]}" if changed else said_before)


def owner_of(context: Context, cycle: Cycle, code: str) -> str:
    """``33.74 KPU Kota Semarang, Triwulan III 2026``."""
    name = context.register.satker(code).official_name(Lembaga(cycle.lembaga))
    return f"{code} {name}, {parse_period(cycle.period).label}"


def _asked_or_newest(context: Context, cycle: Cycle, code: str) -> list[str]:
    """The submissions of a unit that are asked about, of its recap the shares among them; when none is, its newest that counts."""
    about = {one.id: one.rekap for one in context.warehouse.submissions(cycle)}
    own = {id_ for id_, sender in _senders(context, cycle).items() if sender == code}
    asked = [
        outcome.submission
        for unit, _, outcome in context.warehouse.questions(cycle)
        if unit == code or about.get(outcome.submission) in own
    ]
    if asked:
        return list(dict.fromkeys(asked))
    newest = _newest(context, cycle, code)
    return [id_ for id_, recap in about.items() if recap == newest] or [newest]


def _senders(context: Context, cycle: Cycle) -> dict[str, str]:
    """Who sent each submission: the unit itself, of a share nobody."""
    return {one.id: one.kode_satker for one in context.warehouse.submissions(cycle) if not one.rekap}


def _newest(context: Context, cycle: Cycle, code: str) -> str:
    verdicts = context.warehouse.verdicts(cycle)
    own = verdicts[(verdicts["kode_satker"] == code) & verdicts["berlaku"].astype(bool)]
    if own.empty:
        raise SenderError(
            "tidak_ada_kiriman", f"{owner_of(context, cycle, code)}: tidak ada kiriman yang dihitung.",
            "lihat yang menunggu jawaban dengan ./humas ganti.",
        )  # fmt: skip
    return str(own.iloc[-1]["id_kiriman"])


def _withdrawn_or_asked(context: Context, cycle: Cycle, code: str) -> list[str]:
    """What an answer is taken back from: the shares that were withdrawn, if any; else what was answered of the newest."""
    verdicts = context.warehouse.verdicts(cycle)
    whose = (verdicts["kode_satker"] == code) | (verdicts["rekap_dari"] == code)
    withdrawn = verdicts.loc[whose & (verdicts["status"] == "dicabut"), "id_kiriman"]
    return list(map(str, withdrawn)) or _asked_or_newest(context, cycle, code)


def _told_by_recaps(context: Context, cycle: Cycle, code: str) -> list[str]:
    """All that recaps said of a unit; of a superior, what its earlier recaps said of units that its newest leaves out."""
    if left := [id_ for one in context.warehouse.left_out(cycle) if one.sender == code for id_ in one.shares]:
        return left
    verdicts = context.warehouse.verdicts(cycle)
    shares = verdicts[(verdicts["kode_satker"] == code) & (verdicts["rekap_dari"] != "")]
    return list(map(str, shares["id_kiriman"])) or [_share(context, cycle, code)]


_FOUND_BY = {"": _withdrawn_or_asked, "cabut": _told_by_recaps}


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
