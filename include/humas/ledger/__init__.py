"""What was accepted stays: how files of one unit, quarter and data set follow one another (decision 0038).

Takes: accepted rows, submission after submission, with what their senders said of them.
Gives: what each submission changed, and for every row ever accepted where it stands.
May import: contract, values.
"""

from humas.ledger.book import Ledger, replay
from humas.ledger.mended import HeldRef, HeldRow, held_row, mended_rows
from humas.ledger.model import Count, Effect, Intent, Outcome, Part, Ref, Row, RowChange, RowFate, RowStanding
from humas.ledger.precedence import Turn, Voice, settle_voices

__all__ = [
    "RowChange",
    "Count",
    "Effect",
    "HeldRef",
    "HeldRow",
    "RowFate",
    "Intent",
    "Ledger",
    "Outcome",
    "Part",
    "Ref",
    "Row",
    "RowStanding",
    "Turn",
    "Voice",
    "held_row",
    "mended_rows",
    "replay",
    "settle_voices",
]
