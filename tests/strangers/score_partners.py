"""How names of partners are sorted: ``PYTHONPATH=include python tests/strangers/score_partners.py FILE [learned|apart]``; every third line is apart."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from humas.contract.partners import kind_of_partner


def main(path: Path, part: str) -> None:
    """Print the share that is sorted as its author did, then each other line."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    chosen = [line for number, line in enumerate(lines, 1) if part != ("learned" if number % 3 == 0 else "apart")]
    wrong = [(line, kind) for line in chosen if (kind := kind_of_partner(line["isian"])) != line["jenis"]]
    right = len(chosen) - len(wrong)
    print(f"{right} dari {len(chosen)} ({100 * right / len(chosen):.1f} %)")
    for line, kind in wrong:
        print(f"{line['lembaga']:8} {line['isian']!r}: {kind} (benar: {line['jenis']})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
