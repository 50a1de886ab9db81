"""The public page on which a reader checks a report: its records as a script, so that it works from a folder too.

A page opened from a folder cannot fetch, and a reader's file must not leave the reader's machine: the page computes the
hash itself and looks it up in what ``aset/catatan.js`` says. The answers are those of ``./humas verify``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from humas.chain.links import EditionRecord, broken
from humas.publish.authenticity import ANSWERS
from humas.publish.manifest import id_of, records_of
from humas.publish.site import page_of, script_json
from humas.publish.verify import ID_PATTERN
from humas.report.text import long_date

PAGE, RECORDS = "periksa.html", "aset/catatan.js"


def records_script(manifests: Iterable[Mapping[str, Any]]) -> bytes:
    """What the page knows: the answers, how a number of a report looks, and the records of the releases in force.

    ``laporan``: number → [page, edition, newest edition, digest of the data, day of issue or "", whether the chain proves
    it]; ``berkas``: SHA-256 → [number, path, bytes or 0]. The day is known of the edition in force only.
    """
    reports: dict[str, list[object]] = {}
    files: dict[str, list[object]] = {}
    for manifest in manifests:
        records = records_of(manifest)
        unproven = set(map(id_of, broken(records)))
        newest = _newest(records)
        dates = {report["id"]: report.get("terbit", "") for report in manifest["laporan"].values()}
        folder = f"{manifest['lembaga']}/{manifest['periode']}"
        for record in records:
            id_ = id_of(record)
            day = dates.get(id_, "")
            reports[id_] = [
                f"{folder}/{page_of(*record.key)}", record.number, newest[record.key], record.digest,
                long_date(day) if day else "", id_ not in unproven,
            ]  # fmt: skip
            files |= {file.sha256: [id_, f"{folder}/{name}", file.size] for name, file in record.files.items()}
    content = {"jawaban": dict(ANSWERS), "pola": ID_PATTERN.replace("?P<", "?<"), "laporan": reports, "berkas": files}
    return f"window.CATATAN={script_json(content)};\n".encode()


def _newest(records: Iterable[EditionRecord]) -> dict[tuple[str, str], int]:
    """Number of the newest edition of each report."""
    newest: dict[tuple[str, str], int] = {}
    for record in records:
        newest[record.key] = max(record.number, newest.get(record.key, 0))
    return newest
