"""The JSON Schema of one page of a unit's API, generated from the columns (draft 2020-12)."""

from __future__ import annotations

from typing import Any

from humas.contract.columns import DATASETS, Column, ColumnType, Dataset, datasets_of
from humas.contract.vocabulary import load_vocabulary
from humas.validation.cover import CONTRACT_VERSION
from humas.values.codes import CODE_PATTERN

DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
DATETIME_PATTERN = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?$"
URL_PATTERN = r"^https?://"
PERIOD_PATTERN = r"^\d{4}(-TW[1-4])?$"


def told_by(body: str) -> tuple[Dataset, ...]:
    """The data sets that a body asks for, in its words; those of the contract where no body is named."""
    return datasets_of(body) if body else DATASETS


def api_schema(body: str = "") -> dict[str, Any]:
    """Schema of the answer to ``GET {alamat}?periode=2026-TW3&halaman=n``; body: of whose units, "" for all bodies'."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Laporan humas satker, satu halaman",
        "description": "Dibuat dari kontrak data. Isian lain boleh ada dan tidak dibaca.",
        "type": "object",
        "required": ["versi_kontrak", "lembaga", "kode_satker", "periode", "data"],
        "properties": {
            "versi_kontrak": {"const": int(CONTRACT_VERSION)},
            "lembaga": {"enum": [body] if body else list(load_vocabulary()["lembaga"].value)},
            "kode_satker": {"type": "string", "pattern": CODE_PATTERN},
            "nama_satker": {"type": "string"},
            "periode": {"type": "string", "pattern": PERIOD_PATTERN},
            "nihil": {"type": "boolean", "default": False},
            "halaman": {"type": "integer", "minimum": 1, "default": 1},
            "jumlah_halaman": {"type": "integer", "minimum": 1, "default": 1},
            "data": {"type": "object", "properties": {one.name: _list(one, body) for one in told_by(body)}},
        },
    }


def _list(dataset: Dataset, body: str) -> dict[str, Any]:
    return {"type": "array", "description": dataset.explanation, "items": row_schema(dataset, body)}


def row_schema(dataset: Dataset, body: str = "") -> dict[str, Any]:
    """Schema of one row; cover columns are not required, the page's envelope gives them. body: the only one, "" for all."""
    required = [column.name for column in dataset.required if not column.from_cover and column.brought is None]
    return {
        "type": "object",
        "required": required,
        **_one_of_two(dataset),
        "properties": {column.name: column_schema(column, body) for column in dataset.columns},
    }


def _one_of_two(dataset: Dataset) -> dict[str, Any]:
    """Of a column and the one that stands in for it, a row fills one at least."""
    pairs = [(column.name, column.stand_in) for column in dataset.columns if column.stand_in]
    filled = {"not": {"type": "null"}}
    either = [{"anyOf": [{"required": [name], "properties": {name: filled}} for name in pair]} for pair in pairs]
    return {"allOf": either} if either else {}


def column_schema(column: Column, body: str = "") -> dict[str, Any]:
    """Schema of one cell; a column that may be empty also takes null."""
    core = _type_of(column) if not body or column.vocabulary != "lembaga" else {"enum": [body]}
    if not column.required:
        core = {"anyOf": [core, {"type": "null"}]}
    description = {"title": column.label, "description": column.explanation}
    return description | core | ({"default": column.brought} if column.brought else {})


def _type_of(column: Column) -> dict[str, Any]:
    choices = {"enum": list(load_vocabulary()[column.vocabulary].value)} if column.vocabulary else {}
    text: dict[str, Any] = {"type": "string"}
    shapes: dict[ColumnType, dict[str, Any]] = {
        ColumnType.TEXT: text | _length(column),
        ColumnType.CODE: text | {"pattern": CODE_PATTERN},
        ColumnType.DATE: text | {"format": "date", "pattern": DATE_PATTERN},
        ColumnType.DATETIME: text | {"pattern": DATETIME_PATTERN},
        ColumnType.INTEGER: {"type": "integer"} | _range(column),
        ColumnType.CHOICE: choices,
        ColumnType.URL: text | {"format": "uri", "pattern": URL_PATTERN},
        ColumnType.CHOICE_LIST: {"type": "array", "items": choices},
        ColumnType.TEXT_LIST: {"type": "array", "items": text},
        ColumnType.URL_LIST: {"type": "array", "items": text | {"format": "uri", "pattern": URL_PATTERN}},
    }
    return shapes[column.type_name]


def _length(column: Column) -> dict[str, int]:
    return dict(zip(("minLength", "maxLength"), column.length, strict=True)) if column.length else {}


def _range(column: Column) -> dict[str, int]:
    limits = {"minimum": column.minimum, "maximum": column.maximum}
    return {name: value for name, value in limits.items() if value is not None}
