"""The fence around each submission: what our program fails on costs that one, and nobody else anything (0025).

Takes: work on one or many submissions.
Gives: what came of it; for each that failed a `ProgramFault`, with a crash report for operators.
May import: errors, privacy.
"""

from humas.fence.clock import OutOfTime, time_limit
from humas.fence.crash import CRASH_FOLDER, SECONDS_EACH, guarded, write_crash
from humas.fence.halves import GIVE_UP, Fault, explain, in_halves, large_apart, of_one_submission, one_by_one
from humas.fence.memory import release_memory

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
    "release_memory",
    "time_limit",
    "write_crash",
]
