"""How spellings of partners are grouped: ``PYTHONPATH=include python tests/strangers/score_spellings.py FILE [learned|apart]``; every third line is apart."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from humas.contract.partner_names import partner_key


def main(path: Path, part: str) -> None:
    """Print the share of pairs that are held for one or for two as their author did, then each other line."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    chosen = [line for number, line in enumerate(lines, 1) if part != ("learned" if number % 3 == 0 else "apart")]
    wrong = [one for one in chosen if (partner_key(one["satu"]) == partner_key(one["lain"])) != (one["sama"] == "ya")]
    right = len(chosen) - len(wrong)
    print(f"{right} dari {len(chosen)} ({100 * right / len(chosen):.1f} %)")
    for line in wrong:
        print(f"{line['satu']!r} dan {line['lain']!r}: benar {line['sama']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
