"""The answer to a file: check all of a sweep at once, then a receipt for each, and a workbook to correct."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from humas.fence import Fault, in_halves, large_apart, time_limit
from humas.inbox.following import Judged, answer_lines, following, held_of_sender
from humas.inbox.model import BroughtFile, Following
from humas.inbox.names import Destination, encode_text
from humas.inbox.recap import recap_lines
from humas.periods import date_and_time, format_number, parse_period
from humas.pipeline.check import CheckedFile, as_answer
from humas.pipeline.recognise import Identity, Unrecognised
from humas.validation.answer import is_held

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.registry import Register
    from humas.validation.quarter import Elsewhere
    from humas.validation.result import ReadSubmission

log = logging.getLogger(__name__)

STATUS_LABEL = {
    "diterima": "Diterima",
    "diterima_dengan_catatan": "Diterima dengan catatan",
    "diterima_sebagian": "Diterima sebagian: ada baris yang ditahan",
    "nihil": "Nihil: tidak ada kegiatan untuk dilaporkan",
    "ditolak": "Ditolak",
}
HELD_LABEL = "Ditahan dengan satu pertanyaan; yang sudah diterima tetap berlaku"
_SHOWN = 20
_CORRECT_CSV = (
    'Berkas "{perbaikan}" di folder ini menunjukkan yang harus diperbaiki. Perbaiki pada CSV Anda, lalu taruh CSV itu di'
    " masuk: buku kerja menggantikan semua himpunan."
)
_CORRECT = 'Perbaiki pada berkas "{perbaikan}" di folder ini, lalu taruh di masuk.'


@dataclass(frozen=True, slots=True)
class LaidAnswer:
    """What is laid beside a file: place inside the drop-box → bytes."""

    files: Mapping[tuple[str, ...], bytes]
    short: str


def check_all(context: Context, brought: Sequence[BroughtFile]) -> list[Fault[BroughtFile]]:
    """Check every recognised file as a run would, in one batch, and keep the documented answer with it.

    Returns the files that no rule can digest: they have no answer, all others do, however many fail.

    Raises:
        OperatorError: the installation is at fault, not a file.
    """
    from humas.pipeline.quarter import LARGE_ROWS, rows_of

    recognised = [file for file in brought if file.identity]
    return [
        fault
        for group in large_apart(recognised, lambda file: rows_of(file.document), LARGE_ROWS)
        for fault in in_halves(group, lambda part: _check_batch(context, part), name_of, give_up=None)
    ]


def name_of(brought: BroughtFile) -> str:
    """A file as a sentence begins with it."""
    return f"Berkas {brought.name}"


def _check_batch(context: Context, files: Sequence[BroughtFile]) -> None:
    from humas.pipeline.quarter import judging_seconds
    from humas.validation.recap import with_shares
    from humas.validation.result import results_of
    from humas.validation.validate import validate_batch

    elsewhere = _elsewhere(context, files)
    groups = with_shares([_as_read(file) for file in files], context.register, elsewhere.headings)
    submissions = [one for group in groups for one in group]
    with time_limit(judging_seconds(submissions)):
        result = validate_batch(submissions, context.register, context.calendar, context.settings, elsewhere)
    parts = results_of(result, [[one.id for one in group] for group in groups])
    for file, group, part in zip(files, groups, parts, strict=True):
        if file.identity:
            units = [one.satker_code for one in group[1:]]
            file.document = group[0].document
            file.answer = as_answer(context, file.name, file.identity, part, file.document, units)
            file.follows, file.shares = following(file, part, units)
            file.held = held_of_sender(part)


def _elsewhere(context: Context, files: Sequence[BroughtFile]) -> Elsewhere:
    """What the warehouse knows of other quarters; submissions that people let pass under the names they have here."""
    known = context.warehouse.elsewhere()
    released = {file.url for file in files if file.submission and file.submission.id in known.released}
    return replace(known, released=frozenset(released))


def _as_read(file: BroughtFile) -> ReadSubmission:
    """The submission under a name of its own in this batch: the same bytes may be in it twice."""
    from humas.validation.result import ReadSubmission

    error = file.error
    reason = (error.code, error.message, error.remedy) if error else ("", "", "")
    lembaga, code, period = file.key
    return ReadSubmission(file.url, lembaga, code, period, file.received_at, True, file.document, *reason)


def compose_answer(
    context: Context,
    brought: BroughtFile,
    target: Destination,
    before: Mapping[str, Sequence[Following]],
    judged: Judged,
) -> LaidAnswer:
    """All that is laid beside one file.

    before: what the same sweep took of its quarter ahead of it, by unit. judged: what this sweep knows of submissions.
    """
    identity = brought.identity
    if identity is None:
        text = _why_unknown(brought)
        return LaidAnswer({target.receipts: encode_text(text)}, text)
    feedback = _feedback(context, brought, identity)
    lines = [
        *recap_lines(context, brought, before, judged),
        *answer_lines(context, brought, before.get(identity.satker_code, ()), judged),
    ]
    text = "\n".join(_receipt(brought, identity, context.register, target.fixes[-1] if feedback else "", lines))
    files = {target.receipts: encode_text(text)}
    return LaidAnswer(files | ({target.fixes: feedback} if feedback else {}), text)


def _feedback(context: Context, file: BroughtFile, identity: Identity) -> bytes:
    """The sender's own file back as a workbook with what to mend; empty when nothing is to be mended.

    A file that cannot be marked still gets its receipt, which names the findings.
    """
    from humas.forms.feedback import build_feedback

    if is_held(file.answer) or not _to_mend(file.answer):
        return b""
    check = CheckedFile(file.answer, identity, file.document, file.error)
    data = context.landing.read(file.digest)
    try:
        return build_feedback(data, check, context.register)
    except Exception:
        log.exception("no feedback workbook for %s", file.name)
        return b""


def _to_mend(answer: Mapping[str, Any]) -> bool:
    """Whether something is to be done in the file: it was refused, rows are held, or accepted ones lack what was written."""
    from humas.forms.feedback.words import lacks_value

    return answer["status"] == "ditolak" or answer["quarantined"] > 0 or any(map(lacks_value, answer["findings"]))


def _receipt(
    file: BroughtFile, identity: Identity, register: Register, feedback: str, about_before: Sequence[str]
) -> Iterator[str]:
    answer = file.answer
    owner = register.satker(identity.satker_code).official_name(identity.lembaga)
    yield "TANDA TERIMA"
    yield ""
    yield f"Berkas    : {file.name}"
    yield f"Satker    : {owner} ({identity.satker_code})"
    yield f"Periode   : {parse_period(identity.period).label}"
    yield f"Diterima  : {date_and_time(file.received_at)}"
    yield f"Hasil     : {HELD_LABEL if is_held(answer) else STATUS_LABEL[answer['status']]}"
    if answer["rows_in"]:
        yield (
            f"Baris     : {format_number(answer['rows_in'])} masuk = {format_number(answer['accepted'])} diterima"
            f" + {format_number(answer['quarantined'])} ditahan + {format_number(answer['duplicates'])} kembar"
        )
    yield f"Nomor     : {file.submission.id if file.submission else ''}"
    yield ""
    if file.first:
        yield f"Isi yang sama persis sudah diterima {date_and_time(file.first)}; tidak ada yang dihitung dua kali."
        yield ""
    if answer["reason"]:
        yield f"{answer['reason']} {answer['remedy']}".strip()
        yield ""
    yield from about_before
    yield from _findings(answer)
    if feedback:
        is_csv = file.document is not None and file.document.form == "csv"
        yield (_CORRECT_CSV if is_csv else _CORRECT).format(perbaikan=feedback)


def _findings(answer: Mapping[str, Any]) -> Iterator[str]:
    """How the tables were read, then what was found, a kind at a time: forty unknown words of one column are one line."""
    from humas.forms.feedback.kinds import by_rule, guesses, heading, lines_of

    read = list(guesses(answer["understood"]))
    yield from [*read, ""] if read else []
    groups = by_rule([finding for finding in answer["findings"] if finding["message"] != answer["reason"]])
    for number, findings in enumerate(groups[:_SHOWN], start=1):
        yield f"{number}. {heading(findings, answer['status'])}"
        yield from (f"   {line}" for line in lines_of(findings))
    if len(groups) > _SHOWN:
        yield f"… dan {format_number(sum(map(len, groups[_SHOWN:])))} temuan lain."
    if groups:
        yield ""


def _why_unknown(file: BroughtFile) -> str:
    unknown = file.who
    if not isinstance(unknown, Unrecognised):
        return ""
    lines = [
        "BERKAS BELUM DIKENAL",
        "",
        f"Berkas    : {file.name}",
        f"Tiba      : {date_and_time(file.received_at)}",
        "",
        f"Sebab     : {unknown.cause}",
        *([f"Isi berkas: {file.error.message} {file.error.remedy}"] if file.error else []),
        f"Caranya   : {unknown.remedy}",
        "",
        *(
            ["Mungkin yang dimaksud:", *(f"- {candidate}" for candidate in unknown.candidates)]
            if unknown.candidates
            else []
        ),
    ]
    return "\n".join(lines)
