"""The one answer to a recap: what came of the rows of each unit, beside what the unit sent itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from humas.contract.columns import DATASETS
from humas.inbox.following import listed, named, waiting_for
from humas.ledger import Effect, Ledger, Outcome, RowStanding
from humas.periods import format_number, parse_period
from humas.registry import Cycle
from humas.validation.answer import is_held
from humas.warehouse.recaps import ADDING, Spoken, units_left_out

if TYPE_CHECKING:
    from humas.inbox.following import Judged
    from humas.inbox.model import BroughtFile, Following
    from humas.installation.context import Context

_ASK = (
    "PERTANYAAN: {jumlah} baris dari {satker_tanya} satker pada rekap sebelumnya tidak ada lagi di sini (disebut di atas). Ini"
    " menambah atau mengganti? Satu jawaban berlaku untuk semua satker itu; sampai dijawab, barisnya tetap dihitung. Tulis"
    ' "Menambah" atau "Mengganti" pada baris "Tambah atau ganti?" di lembar Sampul lalu kirim lagi, atau minta operator'
    " menjalankan ./humas ganti {satker} {periode} --tambah atau --ganti."
)
_LEFT_OUT = (
    "{jumlah} satker pada rekap terdahulu tidak ada dalam rekap ini; barisnya tetap berlaku. Cabut dengan ./humas ganti"
    " {satker} {periode} --cabut, atau untuk satu satker dengan kodenya sendiri:"
)


def recap_lines(
    context: Context, file: BroughtFile, before: Mapping[str, Sequence[Following]], judged: Judged
) -> list[str]:
    """The lines of a receipt about each unit of a recap; none for any other file.

    before: what the same sweep took of the quarter ahead of it, by unit.
    """
    units = file.answer.get("units") or ()
    if not units:
        return []
    sender, *others = units
    number = format_number(len(others))
    if is_held(file.answer):
        return [
            f"Rekap: berkas ini memuat baris {number} satker; satu jawaban atas pertanyaan itu berlaku untuk semuanya.",
            "",
        ]
    lines = [f"Rekap: berkas ini memuat baris {number} satker; tiap baris dihitung untuk satkernya."]
    asked: dict[str, int] = {}
    for unit in others:
        lines += _of_unit(context, file, unit, before.get(unit["satker"], ()), judged, asked)
    if sender["rows_in"]:
        lines.append(f"  {sender['satker']} {sender['name']}, dan baris yang tidak dapat diserahkan: {_counts(sender)}")
    return [*lines, *_question(sender["satker"], file, asked), *_left_out(context, file, before, judged), ""]


def _question(sender: str, file: BroughtFile, asked: Mapping[str, int]) -> Iterator[str]:
    """The one question about all units of a recap. asked: unit → rows that are asked about."""
    if asked and file.identity:
        rows, units = format_number(sum(asked.values())), format_number(len(asked))
        yield _ASK.format(jumlah=rows, satker_tanya=units, satker=sender, periode=file.identity.period)


def _left_out(
    context: Context, file: BroughtFile, before: Mapping[str, Sequence[Following]], judged: Judged
) -> Iterator[str]:
    """Units of earlier recaps of the same sender that this one does not tell of, with what counts of them."""
    identity = file.identity
    if identity is None or file.follows is None or file.first or _adds(file):
        return
    left = [
        f"{context.register.satker(code).official_name(identity.lembaga)} ({code}): {format_number(rows)} baris"
        for code, rows in _earlier_units(context, file, before, judged)
    ]
    if left:
        yield _LEFT_OUT.format(jumlah=format_number(len(left)), satker=identity.satker_code, periode=identity.period)
        yield from listed("Tidak disebut lagi", left)


def _adds(file: BroughtFile) -> bool:
    return any(told.said in ADDING for told, _ in file.shares.values())


def _earlier_units(
    context: Context, file: BroughtFile, before: Mapping[str, Sequence[Following]], judged: Judged
) -> Iterator[tuple[str, int]]:
    """Units that earlier recaps of this sender told of, each with the rows that count, when this one names them no longer.

    Only when it speaks of all data sets that count for the unit: a recap of publications says nothing of activities.
    """
    lembaga, _, period = file.key
    cycle = Cycle(lembaga, period)
    shares = _earlier_shares(context, cycle, file, judged)
    counts: dict[str, Counter[str]] = {}
    for code in sorted(set(shares.values()) - file.shares.keys()):
        own = before.get(code, ())
        waiting = waiting_for(context, cycle, code, frozenset(told.id for told, _ in own), judged)
        ledger = context.warehouse.ledgers(cycle, code, [*waiting, *own])
        counts[code] = Counter(name for name, one in ledger.items() for row in one.in_force if row.submission in shares)
    before_it = Spoken(frozenset(counts), frozenset(name for rows in counts.values() for name in rows))
    datasets = {name for _, told in file.shares.values() for name, rows in told.items() if rows}
    here = Spoken(frozenset(file.shares), frozenset(datasets))
    yield from ((code, counts[code].total()) for code in units_left_out([before_it, here], counts))


def _earlier_shares(context: Context, cycle: Cycle, file: BroughtFile, judged: Judged) -> dict[str, str]:
    """What earlier recaps of this sender said of units, those too that no run has divided yet: share → unit."""
    sender, sent = file.key[1], file.submission
    waiting_for(context, cycle, sender, frozenset(), judged)  # judges those recaps
    known = context.warehouse.submissions(cycle)
    recaps = [one for one in known if one.kode_satker == sender and not one.rekap and sent and one.place < sent.place]
    end = parse_period(cycle.period).end
    units = [unit.code for unit in context.register.units_of(cycle.lembaga, end) if unit.code != sender]
    recorded = {one.id for one in known if one.rekap}
    shares = {recap.share(code).id: code for recap in recaps for code in units}
    return {id_: code for id_, code in shares.items() if id_ in recorded or judged.get(id_)}


def _counts(unit: Mapping[str, Any]) -> str:
    rows_in, accepted, held, duplicates = (
        format_number(unit[name]) for name in ("rows_in", "accepted", "quarantined", "duplicates")
    )
    return f"{rows_in} masuk = {accepted} diterima + {held} ditahan + {duplicates} kembar"


def _of_unit(
    context: Context, file: BroughtFile, unit: Mapping[str, Any], before: Sequence[Following], judged: Judged,
    asked: dict[str, int],
) -> Iterator[str]:  # fmt: skip
    """asked: takes the rows of this unit that are asked about."""
    yield f"  {unit['satker']} {unit['name']}: {_counts(unit)}"
    share, identity = file.shares.get(unit["satker"]), file.identity
    if share is None or identity is None:
        yield f"    {unit['reason']}"
        return
    told = share[0].id
    known = frozenset({told, *(one.id for one, _ in before)})
    waiting = waiting_for(context, identity.cycle, unit["satker"], known, judged)
    entered = context.warehouse.unit_ledgers(identity.cycle, unit["satker"], [*waiting, *before, share])
    superiors = {one.id: one.superior for one in entered.told}
    for dataset in DATASETS:
        ledger = entered.by_dataset[dataset.name]
        if outcome := ledger.outcome_of(told):
            yield from _beside_own(dataset.sheet, ledger, told, superiors)
            yield from _after_earlier(dataset.sheet, outcome)
            if outcome.question:
                asked[unit["satker"]] = asked.get(unit["satker"], 0) + len(outcome.missing or outcome.stale)


def _beside_own(sheet: str, ledger: Ledger, told: str, superiors: Mapping[str, str]) -> Iterator[str]:
    """Rows that do not count since the unit, or another superior, told of the data set itself.

    superiors: submission → whose recap it is a share of; "" of the unit's own.
    """
    fates = [fate for ref, fate in ledger.fates.items() if ref.submission == told]
    standings = Counter(fate.standing for fate in fates)
    if not any(one.submission == told for one in ledger.aside):
        return
    same, other = standings[RowStanding.RESTATED], standings[RowStanding.SUPERSEDED]
    chief = next((superiors[one.submission] for one in ledger.outcomes), "")
    why = f"rekap {chief} yang dihitung" if chief else "satker ini melaporkannya sendiri, jadi berkasnya yang dihitung"
    yield (
        f"    {sheet}: {why}; dari rekap ini"
        f" {format_number(same)} baris sama dan {format_number(other)} baris tidak dihitung."
    )
    only_here = [
        named(fate.row) for fate in fates if fate.standing is RowStanding.SUPERSEDED and fate.successor is None
    ]
    yield from listed("  Hanya ada di rekap", only_here)


def _after_earlier(sheet: str, outcome: Outcome) -> Iterator[str]:
    """What a later recap of the same sender changed."""
    if outcome.effect in {Effect.FIRST, Effect.SAME}:
        return
    counts = (
        (len(outcome.changed), "berubah"), (len(outcome.new), "baru"), (len(outcome.withdrawn), "dicabut"),
        (len(outcome.missing), "tidak disebut lagi"), (len(outcome.stale), "berisi yang lama"),
    )  # fmt: skip
    said = ", ".join(f"{format_number(count)} {word}" for count, word in counts if count)
    yield f"    {sheet}, dibanding rekap sebelumnya: {said or 'tidak ada yang baru'}."
    if outcome.question:
        yield from listed("  Tidak ada di rekap ini", [named(row) for row in outcome.missing])
