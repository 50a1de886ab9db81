"""The sheet of drafts read from the unit's own news: offered, counted only where the unit says Ya."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

from humas.contract.columns import KEGIATAN, Column, ColumnType, datasets_of
from humas.contract.vocabulary import load_vocabulary
from humas.forms.template.model import DRAFT_SHEET, Letterhead, TemplateDraft, template_columns
from humas.forms.template.reference import References, entries
from humas.forms.template.sheet import FIRST_DATA_ROW, SWITCH_ROW, Lane, lane_of, switch_check, write_frame
from humas.values.cells import clean_text
from humas.values.dates import NotADate, parse_datetime

USE, CONFIDENCE, WORDS = "Pakai", "Keyakinan", "Kata penunjuk"
PAGE, NOTES = "Berita", "Catatan draf"
LONGEST_TEXT = 32_767
_LONGEST_NOTE = 1_000
# The page was fetched at this address; what a program could read into another one is no link.
_LINK = re.compile(r"https?://[^\s\"<>\\]{3,1900}")
_EXPLAINER = "Draf dibaca dari berita di situs Anda dan belum dihitung."
_INVITATION = "Pilih Ya pada Pakai bila draf benar (perbaiki dahulu bila perlu). Baris tanpa Ya tidak dihitung."
_SENTENCE_HINT = "Catatan pada tiap sel memuat kalimat berita yang menjadi dasarnya."
_SEPARATORS = {ColumnType.CHOICE_LIST: ", ", ColumnType.TEXT_LIST: "; ", ColumnType.URL_LIST: "\n"}


def write_drafts(
    sheet: Any,
    drafts: Sequence[TemplateDraft],
    letterhead: Letterhead,
    references: References,
    formats: Mapping[str, Any],
) -> None:
    """Fill the sheet: the oldest event first, nothing chosen yet."""
    of_body = {dataset.name: dataset for dataset in datasets_of(letterhead.lembaga.value, letterhead.triwulan.end)}
    columns = template_columns(of_body[KEGIATAN.name])
    use = switch_check(references) | {
        "input_title": USE,
        "input_message": "Ya: draf ini benar dan dihitung. Kosong atau Tidak: tidak dihitung.",
    }
    lanes = [
        Lane(USE, 10, "teks", False, _INVITATION, use),
        *(lane_of(column, references) for column in columns),
        Lane(CONFIDENCE, 12, "persen", False, "Seberapa yakin mesin; makin rendah, makin perlu diperiksa.", {}),
        Lane(WORDS, 60, "teks", False, f"Kata pada berita yang menjadi dasar draf ini. {_SENTENCE_HINT}", {}),
        Lane(PAGE, 14, "teks", False, "Membuka halaman berita pada situs Anda.", {}),
        Lane(NOTES, 60, "teks", False, "Yang perlu dilihat, termasuk apa yang berubah sejak berita dibaca.", {}),
    ]
    write_frame(sheet, DRAFT_SHEET, _EXPLAINER, lanes, letterhead, formats, frozen_columns=2)
    sheet.write_string(SWITCH_ROW, 0, _INVITATION, formats["tanda"])
    for row, draft in enumerate(sorted(drafts, key=_order), start=FIRST_DATA_ROW):
        for position, column in enumerate(columns, start=1):
            write_value(sheet, row, position, column, draft.content.get(column.name), formats[lanes[position].form])
            _quote(sheet, row, position, draft.sentences.get(column.name, ""))
        _write_evidence(sheet, row, len(columns) + 1, draft, formats)


def _write_evidence(sheet: Any, row: int, first: int, draft: TemplateDraft, formats: Mapping[str, Any]) -> None:
    """Behind the columns of the contract: how sure, which words, the page itself, and what to look at."""
    sheet.write_number(row, first, round(draft.confidence, 2), formats["persen"])
    sheet.write_string(row, first + 1, clean_text(draft.words)[0][:LONGEST_TEXT], formats["teks"])
    if _LINK.fullmatch(draft.page):
        sheet.write_url(row, first + 2, draft.page, formats["tautan_isian"], "Buka")
    sheet.write_string(row, first + 3, clean_text(draft.notes)[0][:LONGEST_TEXT], formats["teks"])


def _quote(sheet: Any, row: int, position: int, sentence: str) -> None:
    """The sentence a field comes from, as a note beside its cell."""
    text = clean_text(sentence)[0][:_LONGEST_NOTE]
    if text:
        height = 20 * (2 + len(text) // 45)
        note = f"Dari berita: “{text}”"
        sheet.write_comment(row, position, note, {"author": "Humas Triwulan", "width": 320, "height": height})


def _order(draft: TemplateDraft) -> tuple[str, str]:
    day = _as_moment(draft.content.get(KEGIATAN.dated_by))
    return day.isoformat() if day else "9", str(draft.content.get("judul") or "")


def write_value(sheet: Any, row: int, position: int, column: Column, value: object, formats: Any) -> None:
    """One cell as its sender would write it: dates and numbers as such, labels for stored values, all else as text."""
    if value is None or value == "":
        return
    moment = _as_moment(value) if column.type_name in {ColumnType.DATE, ColumnType.DATETIME} else None
    if moment:
        sheet.write_datetime(row, position, moment, formats)
    elif isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        sheet.write_number(row, position, value, formats)
    else:
        sheet.write_string(row, position, _as_words(column, value)[:LONGEST_TEXT], formats)


def _as_moment(value: object) -> datetime | None:
    """A date or time, also one written as text; None when it is none."""
    if not isinstance(value, str | date):
        return None
    try:
        return parse_datetime(value)
    except NotADate:
        return None


def _as_words(column: Column, value: object) -> str:
    items = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    return _SEPARATORS.get(column.type_name, "; ").join(_label(column, clean_text(str(item))[0]) for item in items)


def _label(column: Column, value: str) -> str:
    """What the drop-down of the column offers for a stored value."""
    if not column.vocabulary or value in entries(column):
        return value
    return load_vocabulary()[column.vocabulary].label(value)
