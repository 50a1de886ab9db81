"""Content-addressed store of raw bytes, written before anything is parsed."""

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
