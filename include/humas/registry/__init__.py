"""Who reports: bodies, work units with valid time, and the channels that connect them.

Takes: the table of bodies, the embedded units, and the channel file of an installation.
Gives: `Register`: bodies, units, channels, and what is wrong in the file.
May import: errors, bodies, text, settings, periods.
"""

from humas.registry.channel_kind import ChannelKind
from humas.registry.cycle import Cycle
from humas.registry.load import load_register
from humas.registry.register import Channel, Register, SearchResult, Trouble
from humas.registry.unit import DEFAULT_BODY, SITES, Lembaga, Satker

__all__ = [
    "DEFAULT_BODY",
    "SITES",
    "Channel",
    "ChannelKind",
    "Cycle",
    "Lembaga",
    "Register",
    "Satker",
    "SearchResult",
    "Trouble",
    "load_register",
]
