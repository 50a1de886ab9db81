"""What one file may cost the process that reads it; stated once, for the reader and for its tests."""

from __future__ import annotations

from typing import Final

MIB: Final = 1024 * 1024
ADDRESS_SPACE: Final = 512 * MIB
"""Addresses of the reader process; a workbook of 100,000 rows needs 448 MiB. The process that asks takes up to 500 MiB
when it does quarter after quarter: together they stay below 1 GiB."""
CPU_SECONDS: Final = 30
"""Processor time for one file; a workbook of 100,000 rows takes about ten."""
WALL_SECONDS: Final = 50.0
"""How long an answer is waited for, also on a busy machine."""
RETIRED_AT: Final = 200 * MIB
"""A reader that ever took so much is not kept: what it grew to it never gives back."""
WRITTEN_BYTES: Final = MIB
"""Longest file the reader could write; it has nothing to write."""
MAX_CELLS: Final = 4_000_000
"""Cells of all tables of one file, empty ones between filled ones included: 100,000 rows of the widest data set."""
MAX_TEXT: Final = 96 * 1024 * 1024
"""Letters of all distinct cells of one file."""
MAX_CELL_TEXT: Final = 5_000
"""Letters of one cell that are read; no column takes more than 2,000, and looking for personal data takes its time."""
MAX_AREA: Final = 8_000_000
"""Cells of the rectangle that the spreadsheet library lays out, each 32 bytes, before one row is seen."""
MAX_SHEETS: Final = 1_000
"""Sheets of one workbook; a nation in one file has 553."""
