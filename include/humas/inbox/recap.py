"""The one answer to a recap: what came of the rows of each unit, beside what the unit sent itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from humas.contract.columns import DATASETS
from humas.inbox.following import listed, named, waiting_for
from humas.ledger import Effect, Ledger, Outcome, RowStanding
from humas.periods import format_number

if TYPE_CHECKING:
    from humas.inbox.following import Judged
    from humas.inbox.model import BroughtFile, Following
    from humas.installation.context import Context

_ASK = (
    "  PERTANYAAN: rekap sebelumnya menyebut {jumlah} baris yang tidak ada lagi di sini. Ini menambah atau mengganti? Sampai"
    ' dijawab, baris itu tetap dihitung. Tulis "Menambah" atau "Mengganti" pada baris "Tambah atau ganti?" di lembar Sampul'
    " lalu kirim lagi, atau minta operator menjalankan ./humas ganti {satker} {periode}."
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
    lines = [
        f"Rekap: berkas ini memuat baris {format_number(len(others))} satker; tiap baris dihitung untuk satkernya."
    ]
    for unit in others:
        lines += _of_unit(context, file, unit, before.get(unit["satker"], ()), judged)
    if sender["rows_in"]:
        lines.append(f"  {sender['satker']} {sender['name']}, dan baris yang tidak dapat diserahkan: {_counts(sender)}")
    return [*lines, ""]


def _counts(unit: Mapping[str, Any]) -> str:
    rows_in, accepted, held, duplicates = (
        format_number(unit[name]) for name in ("rows_in", "accepted", "quarantined", "duplicates")
    )
    return f"{rows_in} masuk = {accepted} diterima + {held} ditahan + {duplicates} kembar"


def _of_unit(
    context: Context, file: BroughtFile, unit: Mapping[str, Any], before: Sequence[Following], judged: Judged
) -> Iterator[str]:
    yield f"  {unit['satker']} {unit['name']}: {_counts(unit)}"
    share, identity = file.shares.get(unit["satker"]), file.identity
    if share is None or identity is None:
        yield f"    {unit['reason']}"
        return
    told = share[0].id
    known = frozenset({told, *(one.id for one, _ in before)})
    waiting = waiting_for(context, identity.cycle, unit["satker"], known, judged)
    ledgers = context.warehouse.ledgers(identity.cycle, unit["satker"], [*waiting, *before, share])
    for dataset in DATASETS:
        ledger = ledgers[dataset.name]
        if outcome := ledger.outcome_of(told):
            yield from _beside_own(dataset.sheet, ledger, told)
            yield from _after_earlier(dataset.sheet, outcome, unit["satker"], identity.period)


def _beside_own(sheet: str, ledger: Ledger, told: str) -> Iterator[str]:
    """Rows that do not count since the unit, or a nearer superior, told of the data set itself."""
    fates = [fate for ref, fate in ledger.fates.items() if ref.submission == told]
    standings = Counter(fate.standing for fate in fates)
    if not any(one.submission == told for one in ledger.aside):
        return
    same, other = standings[RowStanding.RESTATED], standings[RowStanding.SUPERSEDED]
    yield (
        f"    {sheet}: satker ini melaporkannya sendiri, jadi berkasnya yang dihitung; dari rekap ini"
        f" {format_number(same)} baris sama dan {format_number(other)} baris tidak dihitung."
    )
    only_here = [
        named(fate.row) for fate in fates if fate.standing is RowStanding.SUPERSEDED and fate.successor is None
    ]
    yield from listed("  Hanya ada di rekap", only_here)


def _after_earlier(sheet: str, outcome: Outcome, code: str, period: str) -> Iterator[str]:
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
        number = format_number(len(outcome.missing) or len(outcome.stale))
        yield "  " + _ASK.format(jumlah=number, satker=code, periode=period)
        yield from listed("  Tidak ada di rekap ini", [named(row) for row in outcome.missing])
