"""What a file means for what was accepted before it, in words for its sender: by name, and with the one question there may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from humas.contract.columns import BY_NAME, datasets_of
from humas.ledger import Effect, Ledger, Outcome, Row, RowChange
from humas.ledger.precedence import OWN_WINS
from humas.ledger.rows import rows_of
from humas.periods import format_number, long_date
from humas.privacy import mask
from humas.validation.recap import NATION

if TYPE_CHECKING:
    from humas.inbox.model import BroughtFile, Following
    from humas.installation.context import Context
    from humas.landing.model import Submission
    from humas.registry import Cycle
    from humas.validation.result import BatchResult

SHOWN = 40
Judged: TypeAlias = "dict[str, Following | None]"
"""What submissions that no run has validated tell, by id: a sweep judges each once, not beside each file of its unit."""
_ASK = (
    'Ini menambah atau mengganti? Sampai dijawab, {yang} tetap dihitung. Jawab dengan menulis "Menambah" atau'
    ' "Mengganti" pada baris "Tambah atau ganti?" di lembar Sampul lalu kirim lagi, atau minta operator menjalankan'
    " ./humas ganti {satker} {periode}."
)


def following(
    file: BroughtFile, result: BatchResult, units: Sequence[str] = ()
) -> tuple[Following | None, dict[str, Following]]:
    """What a checked file tells, as the ledger enters it, and of a recap what it tells of each unit.

    None when it was refused or nobody knows whose it is. units: codes of the shares, which stand behind it in ``result``.
    """
    from humas.validation.result import single_results

    submission = file.submission
    if submission is None:
        return None, {}
    own, *shares = single_results(result)
    told = {
        code: follows
        for code, share in zip(units, shares, strict=True)
        if (follows := _entered(submission.share(code), file.name, share, submission))
    }
    return _entered(submission, file.name, own), told


def _entered(
    submission: Submission, name: str, result: BatchResult, recap: Submission | None = None
) -> Following | None:
    """recap: the one that the submission is a share of."""
    from humas.warehouse.ledger import told_of

    (verdict,) = result.submissions
    if verdict.status == "ditolak":
        return None
    rows = {
        dataset: rows_of(dataset, frame.assign(id_kiriman=submission.id).to_dict("records"))
        for dataset, frame in result.accepted.items()
        if len(frame)
    }
    statement, nihil = verdict.pernyataan, verdict.nihil
    sent = recap or submission
    told = told_of(submission.id, sent.place, sent.saluran, statement, name, nihil=nihil)
    return replace(told, superior=recap.kode_satker if recap else ""), rows


def waiting_for(context: Context, cycle: Cycle, code: str, known: frozenset[str], judged: Judged) -> list[Following]:
    """What the unit sent, and what recaps of its superiors say of it, that no run has validated yet: judged as a run will."""
    senders = dict.fromkeys((code, code[:2], NATION))
    ids = {one for sender in senders for one in context.warehouse.waiting(cycle, sender)}
    found = [one for one in context.warehouse.submissions(cycle) if one.id in ids and not one.rekap] if ids else []
    if fresh := [one for one in found if one.id not in judged]:
        judged.update(_judge(context, cycle, fresh))
    about = [one if one.kode_satker == code else one.share(code) for one in found]
    return [told for one in about if one.id not in known and (told := judged.get(one.id))]


def _judge(context: Context, cycle: Cycle, submissions: Sequence[Submission]) -> Iterator[tuple[str, Following | None]]:
    """Submissions in one batch, as a run takes them, and what each tells of each unit; without those whose bytes are lost.

    A recap that our program fails to divide tells nothing: a run will say so, and no unit goes without its receipt for it.
    """
    from humas.pipeline.rawfiles import read_all
    from humas.pipeline.shares import divide_each
    from humas.validation.result import single_results
    from humas.validation.validate import validate_batch

    by_id = {one.id: one for one in submissions}
    groups, faults = divide_each(context, read_all(context, submissions).readings)
    yield from ((fault.item.id, None) for fault in faults)
    elsewhere = context.warehouse.elsewhere(cycle)
    readings = [one for group in groups for one in group]
    batch = validate_batch(readings, context.register, context.calendar, context.settings, elsewhere)
    results = single_results(batch)
    for group in groups:
        recap = by_id[group[0].id]
        for reading, result in zip(group, results, strict=False):
            one = recap.share(reading.satker_code) if reading.is_share else recap
            yield one.id, _entered(one, recap.berkas[0].nama, result, recap if reading.is_share else None)


def answer_lines(context: Context, file: BroughtFile, before: Sequence[Following], judged: Judged) -> list[str]:
    """The lines of a receipt about what was accepted before; none for a first file, or when the same bytes came before.

    before: what the same sweep took of the unit and quarter ahead of it.
    """
    identity = file.identity
    if identity is None or file.follows is None or file.first:
        return []
    cycle = identity.cycle
    told = file.follows[0].id
    known = frozenset({told, *(one.id for one, _ in before)})
    waiting = waiting_for(context, cycle, identity.satker_code, known, judged)
    unit = context.warehouse.unit_ledgers(cycle, identity.satker_code, [*waiting, *before, file.follows])
    ledgers = unit.by_dataset
    lines: list[str] = []
    for name, ledger in ledgers.items():
        ask = _ASK.replace("{satker}", identity.satker_code).replace("{periode}", identity.period)
        lines += _of_data_set(BY_NAME[name].sheet, ledger, told, ask)
        mended = [row for _, row in unit.mended(name) if row.submission == told]
        lines += listed(
            f"{BY_NAME[name].sheet}, baris yang dahulu ditahan dan kini telah diperbaiki", map(named, mended)
        )
    held = {name: file.held.get(name, 0) or unit.held_only(name) for name in ledgers}
    units = file.answer.get("units") or ()
    whose = f" {units[0]['name']} sendiri" if units else ""
    lines += [
        f"{BY_NAME[name].sheet}{whose}: {format_number(count)} baris dikirim, semuanya ditahan; belum ada yang dihitung."
        for name, count in held.items()
        if count and not ledgers[name].outcomes
    ]
    if unsaid := [
        one.sheet
        for one in datasets_of(cycle.lembaga)
        if not (one.optional or ledgers[one.name].outcomes or held[one.name])
    ]:
        lines.append(
            f"Belum dilaporkan{whose}: {', '.join(unsaid)}. Kirim barisnya, atau nyatakan NIHIL bila memang tidak ada."
        )
    return [*lines, ""] if lines else []


def held_of_sender(result: BatchResult) -> dict[str, int]:
    """Rows held in a checked file's own part, without those of the units that a recap speaks for, by data set."""
    held = result.quarantine
    return dict(Counter(held.loc[held["id_kiriman"] == result.submissions[0].id_kiriman, "himpunan"]))


def _of_data_set(sheet: str, ledger: Ledger, told: str, ask: str) -> Iterator[str]:
    outcome = ledger.outcome_of(told)
    if outcome is None:
        if ledger.in_force:
            yield f"{sheet}: tidak disebut di berkas ini; {_rows(ledger.in_force)} yang sudah diterima tetap dihitung."
        return
    yield from _instead_of_recap(sheet, ledger)
    if outcome.effect is Effect.FIRST:
        return
    yield _summary(sheet, ledger, outcome)
    yield from listed("Berubah", [_changed(change) for change in outcome.changed])
    yield from listed("Baru", [named(row) for row in outcome.new])
    yield from listed("Dicabut", [named(row) for row in outcome.withdrawn])
    yield from listed("Menunggu perbaikan; isi lamanya tetap dihitung", [named(row) for row in outcome.held])
    if outcome.stale:
        yield from listed("Isi lama yang sudah digantikan atau dicabut, tidak dihitung lagi", map(named, outcome.stale))
    if outcome.question:
        yield "  PERTANYAAN: " + ask.replace("{yang}", _kept(outcome))
        yield from listed("Tidak ada di berkas ini", [named(row) for row in outcome.missing])


def _instead_of_recap(sheet: str, ledger: Ledger) -> Iterator[str]:
    """Rows of a superior's recap that this unit's own file takes the place of; by name those that it does not tell."""
    recaps = {one.submission for one in ledger.aside}
    given_way = [fate for ref, fate in ledger.fates.items() if ref.submission in recaps and fate.reason == OWN_WINS]
    if not given_way:
        return
    yield f"{sheet}: berkas satker sendiri yang dihitung, bukan {format_number(len(given_way))} baris dari rekap atasan."
    yield from listed(
        "Hanya ada di rekap; kirim bila memang kegiatan satker ini",
        [named(fate.row) for fate in given_way if fate.successor is None],
    )


def _kept(outcome: Outcome) -> str:
    return f"{_rows(outcome.missing)} yang tidak ada di berkas ini" if outcome.missing else "isi yang terakhir diterima"


def _summary(sheet: str, ledger: Ledger, outcome: Outcome) -> str:
    now = f"sekarang dihitung {_rows(ledger.in_force)}"
    if outcome.effect is Effect.SAME:
        return f"{sheet}: sama dengan yang sudah diterima, tidak ada yang berubah; {now}."
    missing = 0 if outcome.effect is Effect.ADDITION else len(outcome.missing)
    counts = (
        (len(outcome.changed), "berubah"), (len(outcome.new), "baru"), (len(outcome.withdrawn), "dicabut"),
        (missing, "tidak ada di berkas ini"),
    )  # fmt: skip
    said = ", ".join(f"{format_number(count)} {word}" for count, word in counts if count)
    return f"{sheet}, dibanding yang sudah diterima: {said or 'tidak ada yang baru'}; {now}."


def listed(title: str, names: Iterator[str] | Sequence[str] | map[str]) -> Iterator[str]:
    """A title and the names below it, so many as anybody reads."""
    shown = list(names)
    if shown:
        yield f"  {title}:"
    yield from (f"    - {name}" for name in shown[:SHOWN])
    if len(shown) > SHOWN:
        yield f"    … dan {format_number(len(shown) - SHOWN)} lagi"


def _changed(change: RowChange) -> str:
    old, new, columns = change
    labels = [column.label for dataset in BY_NAME.values() for column in dataset.columns if column.name in columns]
    what = f" ({', '.join(dict.fromkeys(labels))})" if labels else ""
    before = f"; semula {named(old)}" if (old.title, old.day) != (new.title, new.day) else ""
    return f"{named(new)}{what}{before}"


def named(row: Row) -> str:
    """A row as people know it: its day and its title."""
    day = f"{long_date(row.day)}: " if row.day else ""
    return f"{day}{mask(row.title) or 'tanpa judul'}"


def _rows(rows: Sequence[Row]) -> str:
    return f"{format_number(len(rows))} baris"
