"""How purposes of requests are told apart: ``PYTHONPATH=include python tests/strangers/score_purposes.py FILE``; the share and each other line."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from humas.contract.purposes import kind_of_purpose

MEANT = {
    "penelitian": {"penelitian_pendidikan"},
    "liputan": {"pemberitaan"},
    "advokasi": {"pengawasan_masyarakat", "hukum"},
    "pribadi": {"pribadi", "pekerjaan_usaha"},
    "instansi": {"kedinasan"},
    "pemilu": {"peserta_pemilu", "hukum", "pengawasan_masyarakat"},
    "usaha": {"pekerjaan_usaha"},
    "lainnya": {"lainnya"},
}
"""Words of the author, who did not see ours, and the kinds that fit."""


def main(path: Path) -> None:
    """Print the share of sentences whose kind fits, then each other line."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    wrong = [line for line in lines if kind_of_purpose(line["teks"]) not in MEANT[line["jenis"]]]
    print(f"{len(lines) - len(wrong)} dari {len(lines)}")
    for line in wrong:
        print(f"{line['teks']!r}: {kind_of_purpose(line['teks'])}, benar {line['jenis']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
