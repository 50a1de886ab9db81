"""The fence around each submission: what our program fails on costs that submission, and nobody else anything.

Takes work on one or many submissions; gives what came of it, and for each that failed a ``ProgramFault`` with a crash
report for the operators. Imports errors and personal-data masking only; see ``docs/decisions/0025-pagar.md``.
"""

from humas.fence.clock import OutOfTime, time_limit
from humas.fence.crash import CRASH_FOLDER, SECONDS_EACH, guarded, write_crash
from humas.fence.halves import GIVE_UP, Fault, explain, in_halves, large_apart, of_one_submission, one_by_one

__all__ = [
    "CRASH_FOLDER",
    "GIVE_UP",
    "SECONDS_EACH",
    "Fault",
    "OutOfTime",
    "explain",
    "guarded",
    "in_halves",
    "large_apart",
    "of_one_submission",
    "one_by_one",
    "time_limit",
    "write_crash",
]
