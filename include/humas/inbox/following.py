"""What a file means for what was accepted before it, in words for its sender: by name, and with the one question there may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from humas.contract.columns import BY_NAME, DATASETS
from humas.ledger import Effect, Ledger, Outcome, Row, RowChange
from humas.ledger.rows import rows_of
from humas.periods import format_number, long_date
from humas.privacy import mask

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


def following(file: BroughtFile, result: BatchResult) -> Following | None:
    """What a checked file tells, as the ledger enters it; None when it was refused or nobody knows whose it is."""
    submission = file.submission
    return _entered(submission, file.name, result) if submission else None


def _entered(submission: Submission, name: str, result: BatchResult) -> Following | None:
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
    return told_of(submission.id, submission.place, submission.saluran, statement, name, nihil=nihil), rows


def _waiting(context: Context, cycle: Cycle, code: str, known: frozenset[str], judged: Judged) -> list[Following]:
    """What the unit sent that no run has validated yet, judged as a run will."""
    ids = set(context.warehouse.waiting(cycle, code)) - known
    submissions = [one for one in context.warehouse.submissions(cycle) if one.id in ids] if ids else []
    if fresh := [one for one in submissions if one.id not in judged]:
        judged.update({one.id: told for one, told in _judge(context, cycle, fresh)})
    return [told for one in submissions if (told := judged.get(one.id))]


def _judge(
    context: Context, cycle: Cycle, submissions: Sequence[Submission]
) -> Iterator[tuple[Submission, Following | None]]:
    """Submissions in one batch, as a run takes them, and what each tells; those whose bytes are lost are left out."""
    from humas.pipeline.rawfiles import read_all
    from humas.validation.result import single_results
    from humas.validation.validate import validate_batch

    by_id = {one.id: one for one in submissions}
    readings = read_all(context, submissions).readings
    elsewhere = context.warehouse.elsewhere(cycle)
    batch = validate_batch(readings, context.register, context.calendar, context.settings, elsewhere)
    for reading, result in zip(readings, single_results(batch), strict=True):
        one = by_id[reading.id]
        yield one, _entered(one, one.berkas[0].nama, result)


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
    waiting = _waiting(context, cycle, identity.satker_code, known, judged)
    ledgers = context.warehouse.ledgers(cycle, identity.satker_code, [*waiting, *before, file.follows])
    lines: list[str] = []
    for name, ledger in ledgers.items():
        ask = _ASK.replace("{satker}", identity.satker_code).replace("{periode}", identity.period)
        lines += _of_data_set(BY_NAME[name].sheet, ledger, told, ask)
    if unsaid := [dataset.sheet for dataset in DATASETS if not ledgers[dataset.name].outcomes]:
        lines.append(
            f"Belum dilaporkan: {', '.join(unsaid)}. Kirim barisnya, atau nyatakan NIHIL bila memang tidak ada."
        )
    return [*lines, ""] if lines else []


def _of_data_set(sheet: str, ledger: Ledger, told: str, ask: str) -> Iterator[str]:
    outcome = ledger.outcomes[-1] if ledger.outcomes else None
    if outcome is None or outcome.submission != told:
        if ledger.in_force:
            yield f"{sheet}: tidak disebut di berkas ini; {_rows(ledger.in_force)} yang sudah diterima tetap dihitung."
        return
    if outcome.effect is Effect.FIRST:
        return
    yield _summary(sheet, ledger, outcome)
    yield from _listed("Berubah", [_changed(change) for change in outcome.changed])
    yield from _listed("Baru", [_named(row) for row in outcome.new])
    yield from _listed("Dicabut", [_named(row) for row in outcome.withdrawn])
    yield from _listed("Menunggu perbaikan; isi lamanya tetap dihitung", [_named(row) for row in outcome.held])
    if outcome.stale:
        yield from _listed(
            "Isi lama yang sudah digantikan atau dicabut, tidak dihitung lagi", map(_named, outcome.stale)
        )
    if outcome.question:
        yield "  PERTANYAAN: " + ask.replace("{yang}", _kept(outcome))
        yield from _listed("Tidak ada di berkas ini", [_named(row) for row in outcome.missing])


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


def _listed(title: str, names: Iterator[str] | Sequence[str] | map[str]) -> Iterator[str]:
    shown = list(names)
    if shown:
        yield f"  {title}:"
    yield from (f"    - {name}" for name in shown[:SHOWN])
    if len(shown) > SHOWN:
        yield f"    … dan {format_number(len(shown) - SHOWN)} lagi"


def _changed(change: RowChange) -> str:
    old, new, columns = change
    labels = [column.label for dataset in DATASETS for column in dataset.columns if column.name in columns]
    what = f" ({', '.join(dict.fromkeys(labels))})" if labels else ""
    before = f"; semula {_named(old)}" if (old.title, old.day) != (new.title, new.day) else ""
    return f"{_named(new)}{what}{before}"


def _named(row: Row) -> str:
    day = f"{long_date(row.day)}: " if row.day else ""
    return f"{day}{mask(row.title) or 'tanpa judul'}"


def _rows(rows: Sequence[Row]) -> str:
    return f"{format_number(len(rows))} baris"
