"""Columns that nobody is sure of: told over all units by layout, explained once, and what an explanation changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from humas.contract.columns import BY_NAME, Dataset
from humas.errors import SenderError
from humas.layout.confirmed import as_corrected
from humas.layout.fingerprint import as_kept, field_named, fingerprint, said_of, spelt_out, teachable_header
from humas.registry import Cycle, Lembaga
from humas.text.digits import bounded_int
from humas.values.lessons import UNUSED, HeadingLesson
from humas.values.words import fold

if TYPE_CHECKING:
    from datetime import datetime

    from humas.installation.context import Context
    from humas.landing.model import Submission
    from humas.validation.result import ReadSubmission
    from humas.warehouse import WrittenLayout

_OFFICE = "satker ini, lembar Kolom"
NOT_USED = "tidak dipakai"
_DIGITS = 4
_CODE = re.compile(r"\d{2}(?:\.\d{2})?")
SHORT = 8
"""Letters of a fingerprint that people are shown; a prefix is enough to name a layout."""


@dataclass(slots=True)
class OpenColumn:
    """A field that columns of a layout may hold, nobody knows which: the columns, rows and units, and what offices say of it.

    calon: number and header of each. contoh: rows, body, quarter and unit that has most. menurut: number of the column →
    offices that say it is this one.
    """

    sidik: str
    himpunan: str
    bidang: str
    kepala: tuple[str, ...]
    calon: tuple[tuple[int, str], ...]
    baris: int = 0
    satker: set[tuple[str, str]] = field(default_factory=set)
    contoh: tuple[int, str, str, str] = (0, "", "", "")
    menurut: dict[int, int] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The field as people know it."""
        return BY_NAME[self.himpunan].by_name[self.bidang].label


def open_columns(context: Context, lembaga: str = "") -> list[OpenColumn]:
    """The fields whose columns nobody is sure of and nobody explained, by layout: most rows first."""
    known, now = context.warehouse.headings(), context.settings.now()
    found: dict[tuple[str, str, str], OpenColumn] = {}
    for one in context.warehouse.open_layouts(lembaga):
        said = known.held(one.lembaga, one.kode_satker, now).get(one.sidik, {}).get(one.himpunan, {})
        for name, numbers in one.pertanyaan.items():
            if name not in BY_NAME[one.himpunan].by_name or name in {lesson.bidang for lesson in said.values()}:
                continue
            candidates = tuple((number, one.kepala[number - 1]) for number in numbers if number not in said)
            if shown := tuple((number, text) for number, text in candidates if _may_be_shown(one.himpunan, text)):
                key = one.sidik, one.himpunan, name
                _add(found.setdefault(key, OpenColumn(*key, one.kepala, shown)), one)
    offices = _claims(context.warehouse.heading_history())
    for key, column in found.items():
        column.menurut = offices.get(key, {})
    return sorted(found.values(), key=lambda one: (-one.baris, one.sidik, one.bidang))


def _may_be_shown(dataset: str, header: str) -> bool:
    """Without headers that hold personal data; those were masked when they were kept."""
    return teachable_header(BY_NAME[dataset], header, UNUSED) and "disamarkan]" not in header


def _add(column: OpenColumn, one: WrittenLayout) -> None:
    column.baris += one.baris
    column.satker.add((one.lembaga, one.kode_satker))
    column.contoh = max(column.contoh, (one.baris, one.lembaga, one.periode, one.kode_satker))


def _claims(history: Iterable[HeadingLesson]) -> dict[tuple[str, str, str], dict[int, int]]:
    """Layout, data set and field → number of the column → how many offices say so themselves; each one's last word counts."""
    last = {(one.column, one.scope): one for one in history if one.kode_satker and one.asal}
    claims: dict[tuple[str, str, str], dict[int, int]] = {}
    for one in last.values():
        columns = claims.setdefault((one.sidik, one.himpunan, one.bidang), {})
        columns[one.urutan] = columns.get(one.urutan, 0) + 1
    return claims


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that somebody sent or explained: its fingerprint, data set and headers."""

    sidik: str
    himpunan: str
    kepala: tuple[str, ...]

    @property
    def dataset(self) -> Dataset:
        """The data set that its tables are read as."""
        return BY_NAME[self.himpunan]


def find_layout(context: Context, sign: str, header: str) -> Layout:
    """The one layout whose fingerprint begins so and that has this header. sign: may name its data set: ``kegiatan:1a2b3c4d``.

    Raises:
        SenderError: there is none, or more than one.
    """
    dataset, _, prefix = sign.casefold().rpartition(":")
    sent = (Layout(one.sidik, one.himpunan, one.kepala) for one in context.warehouse.layouts_of([prefix]))
    explained = (
        Layout(one.sidik, one.himpunan, tuple(json.loads(one.kepala))) for one in context.warehouse.heading_history()
    )
    begun = [
        one for one in (*sent, *explained) if one.sidik.startswith(prefix) and dataset in {"", one.himpunan} and prefix
    ]
    found = {(one.himpunan, one.sidik): one for one in begun if fold(header) in map(fold, one.kepala)}
    if len(found) == 1:
        return next(iter(found.values()))
    signs = " dan ".join(f"{name}:{fingerprint[:SHORT]}" for name, fingerprint in found)
    why = f"dapat berarti {signs}" if found else f'tidak memuat judul "{header}"' if begun else "tidak ada"
    raise SenderError(
        "tata_letak_tidak_dikenal",
        f'Tata letak "{sign}" {why}.',
        "salin tanda tata letak dan judulnya dari ./humas kata.",
    )


def make_heading(
    layout: Layout,
    header: str,
    meaning: str,
    scope: tuple[str, str],
    by: str,
    reason: str,
    now: datetime,
    *,
    number: int = 0,
    withdraw: bool = False,
) -> HeadingLesson:
    """What a column of a layout holds, checked: for one office, one body or ("") all; or that it is taken back.

    number: of the column among its headers, where several bear the same. meaning: label or name of a field, or "tidak dipakai".

    Raises:
        SenderError: no such column or field, a header that says itself what it is, or one that may be personal data.
    """  # fmt: skip
    position = _column_number(layout, header, number)
    text = layout.kepala[position - 1]
    value = "" if withdraw else field_named(layout.dataset, meaning if fold(meaning) != fold(NOT_USED) else UNUSED)
    if not withdraw:
        _refuse(layout, text, value, meaning, scope)
    return HeadingLesson(
        layout.sidik, layout.himpunan, position, *scope, text, json.dumps(layout.kepala, ensure_ascii=False), value,
        " ".join(by.split()), " ".join(reason.split()), "", now,
    )  # fmt: skip


def column_number(text: str) -> int:
    """The number of a column as somebody wrote it; 0 when nothing is written.

    Raises:
        SenderError: it is no number, or one that no table has so many columns for.
    """
    try:
        return bounded_int(text, _DIGITS) if text else 0
    except ValueError as error:
        raise SenderError(
            "kolom_tidak_dikenal", f'"{text}" bukan nomor kolom.', "tulis nomornya pada tata letak, mulai dari 1."
        ) from error


def _column_number(layout: Layout, header: str, number: int) -> int:
    found = [i for i, text in enumerate(layout.kepala, 1) if fold(text) == fold(header) and number in {0, i}]
    if len(found) == 1:
        return found[0]
    same = " dan ".join(str(i) for i, text in enumerate(layout.kepala, 1) if fold(text) == fold(header))
    raise SenderError("kolom_tidak_disebut", f'Judul "{header}" ada pada kolom nomor {same}.', "tulis --kolom NOMOR.")


def _refuse(layout: Layout, header: str, value: str, meaning: str, scope: tuple[str, str]) -> None:
    dataset = layout.dataset
    if not value:
        labels = ", ".join(column.label for column in dataset.columns)
        raise SenderError(
            "arti_tidak_dikenal", f'"{meaning}" bukan kolom {dataset.sheet}.', f"pilih: {labels}, {NOT_USED}."
        )
    if spelt_out(dataset, header):
        raise SenderError(
            "judul_sudah_dikenal", f'"{header}" adalah judul menurut kamus data.', "tidak dapat diartikan lain."
        )
    if not teachable_header(dataset, header, value) or "disamarkan]" in header:
        raise SenderError(
            "kata_data_pribadi", "Judul itu memuat atau menandai data pribadi.", f"yang dapat dipilih hanya {NOT_USED}."
        )
    if value != UNUSED and dataset.by_name[value].from_cover and not scope[1]:
        raise SenderError(
            "kolom_milik_siapa", f"Kolom {dataset.by_name[value].label} menentukan milik siapa barisnya.",
            "jelaskan untuk satu satker saja: tambahkan --satker KODE.",
        )  # fmt: skip


def meaning_of(lesson: HeadingLesson) -> str:
    """What an explanation says, as people read it."""
    column = BY_NAME[lesson.himpunan].by_name.get(lesson.bidang) if lesson.himpunan in BY_NAME else None
    return column.label if column else lesson.bidang.replace("_", " ")


def touched_by(context: Context, lessons: Iterable[HeadingLesson]) -> list[Cycle]:
    """Bodies and quarters with tables of these layouts, of offices that the explanations are for."""
    scopes: dict[str, set[tuple[str, str]]] = {}
    for one in lessons:
        scopes.setdefault(one.sidik, set()).add(one.scope)
    return list(dict.fromkeys(
        Cycle(one.lembaga, one.periode)
        for one in context.warehouse.layouts_of(scopes)
        if scopes[one.sidik] & {("", ""), (one.lembaga, ""), (one.lembaga, one.kode_satker)}
    ))  # fmt: skip


def learn(
    context: Context, cycle: Cycle, readings: Sequence[ReadSubmission], submissions: Mapping[str, Submission]
) -> list[HeadingLesson]:
    """Keep what senders said of columns in files that were accepted, for their own next files; what was new of it.

    It holds for what came later than the file that says it, so that the same files in the same order give the same.
    """
    from humas.validation.result import SubmissionStatus

    valid = {status.value for status in SubmissionStatus if status.valid}
    verdicts = context.warehouse.verdicts(cycle)
    accepted = set(verdicts.loc[verdicts["status"].isin(valid), "id_kiriman"])
    said = [one for reading in readings if reading.id in accepted for one in _said(reading, submissions[reading.id])]
    return context.warehouse.teach_headings(sorted(said, key=lambda one: one.dibuat_pada)) if said else []


def _said(reading: ReadSubmission, submission: Submission) -> Iterator[HeadingLesson]:
    if reading.document is None or reading.is_share:
        return
    for one in said_of(reading.document, as_corrected(reading.document.tables)):
        yield HeadingLesson(
            one.sidik, one.himpunan, one.urutan, reading.lembaga, reading.satker_code, one.judul, one.kepala, one.bidang,
            _OFFICE, "", submission.sidik, reading.received_at,
        )  # fmt: skip


def touches_later(lessons: Sequence[HeadingLesson], readings: Iterable[ReadSubmission]) -> bool:
    """Whether any of these submissions came later from an office that said so: it is then read anew."""
    return any(
        one.scope == (reading.lembaga, reading.satker_code) and one.dibuat_pada < reading.received_at
        for one in lessons
        for reading in readings
    )


def holding(history: Iterable[HeadingLesson]) -> list[HeadingLesson]:
    """The last word on each column for each office or body, in the order of the history; without those taken back."""
    last = {(one.column, one.scope): one for one in history}
    return [one for one in last.values() if one.bidang]


def as_line(one: HeadingLesson) -> dict[str, str]:
    """What is exported of an explanation, beside who, why and when."""
    return {
        "kolom": str(one.urutan), "kata": one.judul, "lembaga": one.lembaga, "artinya": meaning_of(one),
        "satker": one.kode_satker, "himpunan": one.himpunan, "tata_letak": one.kepala,
    }  # fmt: skip


def from_line(cell: Mapping[str, str], by: str, now: datetime) -> HeadingLesson:
    """An explanation from an exported line, checked as one that an operator gives.

    Raises:
        SenderError: what is wrong with it.
    """
    try:
        headers = tuple(map(str, json.loads(cell["tata_letak"])))
    except (ValueError, TypeError) as error:
        raise SenderError(
            "tata_letak_rusak", "kolom tata_letak tidak terbaca.", "pakai berkas hasil ekspor."
        ) from error
    if cell.get("himpunan") not in BY_NAME or fold(cell["kata"]) not in map(fold, headers):
        raise SenderError("tata_letak_rusak", "himpunan atau judulnya tidak dikenal.", "pakai berkas hasil ekspor.")
    number = column_number(cell["kolom"])
    layout = Layout(fingerprint(headers), cell["himpunan"], headers)
    scope = _scope(cell.get("lembaga", "").lower(), cell.get("satker", ""))
    lesson = make_heading(layout, cell["kata"], cell["artinya"], scope, by, cell.get("alasan", ""), now, number=number)
    return replace(lesson, kepala=as_kept(headers))


def _scope(body: str, code: str) -> tuple[str, str]:
    """Whom an imported explanation is for. A spreadsheet makes 33.1 of 33.10: then it would never hold.

    Raises:
        SenderError: no such body, no code of a unit, or a unit without its body.
    """
    if body not in {"", *(one.value for one in Lembaga)}:
        raise SenderError(
            "lembaga_tidak_dikenal", f'lembaga "{body}" tidak dikenal.', "tulis lembaganya, atau kosongkan."
        )
    if code and not (body and _CODE.fullmatch(code)):
        raise SenderError(
            "satker_tidak_dikenal", f'satker "{code}" bukan kode satker sebuah lembaga.', "tulis kode seperti 33.10, dan lembaganya."
        )  # fmt: skip
    return body, code
