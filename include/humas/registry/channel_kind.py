"""The kinds of channels by which a unit's data reach us."""

from __future__ import annotations

from enum import StrEnum

WAYS = ("lengkap", "susulan")
"""What a source lists each time: its whole state, or only what is new; "" is the default of its kind."""
WAY_HEADER = "humas-cara"
"""Key among the headers of a fetched file: which of the two the register said of its source when it was fetched."""


class ChannelKind(StrEnum):
    """One kind; its value is what the channel file says."""

    API = "api"
    FILES = "berkas"
    SITE = "situs"

    @property
    def word(self) -> str:
        """How a message about such a channel begins."""
        return {ChannelKind.API: "API", ChannelKind.FILES: "Berkas", ChannelKind.SITE: "situs"}[self]

    @property
    def of_files(self) -> bool:
        """Whether it may lead to a folder, and hold one data set alone; the others have a URL and hold all."""
        return self is ChannelKind.FILES
