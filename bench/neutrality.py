"""Neutrality (V33): how labelled sentences are read, and what reading a nation's titles costs.

Method. ``tests/contract/data/netralitas_*.jsonl``: sentences of three authors, two of whom never saw the program, half of which a person ought
to look at. The words were gathered on two thirds of each list; the last third was read once when they stood, see decision 0044 for
its figures then. *Precision*: of what is asked about, the share that ought to be; *recall*: of what ought to be, the share that
is asked about. The cost is CPU seconds for 100,000 titles, no two alike: ordinary ones, and such that all speak of elections.

    PYTHONPATH=include:. python bench/neutrality.py [--sentences]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "include"), str(ROOT)]

from humas.contract.neutrality import load_neutrality  # noqa: E402

from tests.contract.sentences import FILES, figures, sentences  # noqa: E402

TITLES = 100_000


ORDINARY = (
    "Rapat koordinasi kehumasan se-Jawa Tengah", "Sosialisasi pemutakhiran data pemilih di kampus", "Apel pagi dan pembinaan pegawai",
    "Siaran pers hasil rekapitulasi", "Kunjungan wartawan ke media center", "Pelatihan menulis berita bagi staf humas",
)  # fmt: skip
"""Titles of the kind most rows have."""


def cost(kind: Sequence[str]) -> float:
    """CPU seconds of reading many titles of a kind."""
    titles = [f"{kind[number % len(kind)]} {number // 500} {number % 500}" for number in range(TITLES)]
    read = load_neutrality().read
    begun = time.process_time()
    for title in titles:
        read(title)
    return time.process_time() - begun


def main() -> None:
    """Print the figures of each author and part, the sentences read otherwise when asked for, and the cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", action="store_true", help="also the sentences read otherwise than meant")
    args = parser.parse_args()
    neutrality = load_neutrality()
    for file in FILES:
        for apart in (False, True):
            chosen = [one for one in sentences(file) if one.apart is apart]
            found = figures(neutrality, chosen)
            part = "apart" if apart else "built on"
            print(f"{file.stem}, {part}: {len(chosen)}, precision {found.precision:.2f}, recall {found.recall:.2f}")
            if args.sentences:
                wrong = [one for one in chosen if one.partisan != bool(neutrality.read(one.text))]
                print(*(f"  {'missed' if one.partisan else 'in vain'}: {one.text}" for one in wrong), sep="\n")
    lawful = [one.text for file in FILES for one in sentences(file) if not one.partisan]
    print(f"{TITLES} titles: ordinary {cost(ORDINARY):.1f} s CPU, all on elections {cost(lawful):.1f} s")


if __name__ == "__main__":
    main()
