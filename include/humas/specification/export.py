"""Everything that is generated from the contract and kept under version control: ``python -m humas.specification.export``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from humas.contract.columns import DATASETS, Dataset
from humas.specification.dictionary import data_dictionary
from humas.specification.openapi import openapi_document
from humas.specification.schema import api_schema

HOME = Path(__file__).parent
ROOT = HOME.parents[2]


def artefacts() -> Iterator[tuple[Path, str]]:
    """Each generated file with its content; files of the package by their place in it, docs by theirs in the project."""
    for dataset in DATASETS:
        yield HOME / "suites" / f"{dataset.name}.json", as_json(suite_document(dataset))
    yield HOME / "skema-api.json", as_json(api_schema())
    yield HOME / "openapi.json", as_json(openapi_document())
    yield ROOT / "docs" / "kamus-data.md", data_dictionary()


def suite_document(dataset: Dataset) -> dict[str, Any]:
    """The Great Expectations suite of a data set as plain JSON, without its random ids."""
    from humas.validation.engine import gx_suite

    document: dict[str, Any] = gx_suite(dataset).to_json_dict()
    expectations = [
        {name: value for name, value in expectation.items() if name != "id"} for expectation in document["expectations"]
    ]
    meta = {"great_expectations_version": document["meta"]["great_expectations_version"]}
    return {"name": document["name"], "meta": meta, "expectations": expectations}


def as_json(content: object) -> str:
    """Readable, with real letters, ending in a newline."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write_all() -> list[Path]:
    """Write every file that differs; returns those written."""
    written = []
    for path, content in artefacts():
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            written.append(path)
    return written


def main() -> None:
    """Write the files and say which changed."""
    for path in write_all():
        print(f"Ditulis: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
