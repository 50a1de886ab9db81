"""The content-addressed store of raw bytes, written before anything is parsed.

Takes: codes of units and a quarter.
Gives: raw bytes by SHA-256 (`Landing`), attempts and submissions (`SatkerResult`).
May import: errors, locks, settings, periods, registry, sources.
"""

from humas.landing.collect import CollectionError, Etags, collect
from humas.landing.model import Attempt, File, SatkerResult, Submission
from humas.landing.store import Landing, LandingError

__all__ = [
    "File",
    "CollectionError",
    "Etags",
    "SatkerResult",
    "Submission",
    "Landing",
    "LandingError",
    "Attempt",
    "collect",
]
