"""How words for kinds of activity are read: ``PYTHONPATH=include python tests/strangers/score_kinds.py FILE``; shares and each failing line.

A line is right when it is read as a code that fits, or not read where any clerk would ask too and nothing absurd is suggested.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from humas.contract.columns import BY_NAME
from humas.contract.vocabulary import kinds_of, load_vocabulary
from humas.values.cells import read_column
from humas.values.likeness import nearest_labels

RIGHT, ASKED, WRONG, IDLE, ABSURD = (
    "dibaca benar",
    "ditanya wajar",
    "dibaca keliru",
    "ditanya, padahal jelas",
    "mustahil",
)


def verdict(line: Mapping[str, str]) -> tuple[str, str]:
    """What became of a line, and what was read or suggested."""
    body, written = line["lembaga"], line["kata"]
    column = BY_NAME["kegiatan"].by_name["jenis_kegiatan"]
    reading = read_column(column, [written]).with_bodies(column, lambda _: body)
    absurd = set(line["mustahil"].split("|"))
    if not reading.problem:
        value = str(reading.value[0])
        return (RIGHT if value in line["jenis"].split("|") else ABSURD if value in absurd else WRONG), value
    values = {term.label: term.value for term in load_vocabulary()[kinds_of(body)].known}
    offered = [values[label] for label in nearest_labels(kinds_of(body), written)]
    if absurd.intersection(offered):
        return ABSURD, f"? {' '.join(offered)}"
    return (ASKED if line["boleh_tanya"] == "ya" else IDLE), f"? {' '.join(offered)}"


def main(path: Path) -> None:
    """Print the shares of each body, then each line that failed."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    failing = []
    for line in lines:
        what, told = verdict(line)
        found[line["lembaga"]][what] += 1
        if what not in {RIGHT, ASKED}:
            failing.append(f"{line['lembaga']:8} {what:22} {line['kata']!r}: {told} (benar: {line['jenis']})")
    for body, counts in found.items():
        good = counts[RIGHT] + counts[ASKED]
        shares = ", ".join(f"{what} {counts[what]}" for what in (RIGHT, ASKED, WRONG, IDLE, ABSURD))
        print(f"{body}: {good} dari {counts.total()} ({100 * good / counts.total():.1f} %); {shares}")
    print(*failing, sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
