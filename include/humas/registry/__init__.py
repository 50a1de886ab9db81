"""Who reports: bodies, work units with valid time, the channels that connect them, and when which election is under way where.

Takes: the table of bodies, the embedded units, the channel file of an installation, and dated stages of elections.
Gives: `Register`: bodies, units, channels, `Stages` of elections, and what is wrong in the file.
May import: errors, bodies, text, settings, periods.
"""

from humas.registry.channel_kind import ChannelKind
from humas.registry.cycle import Cycle
from humas.registry.load import load_register
from humas.registry.register import Channel, Register, SearchResult, Trouble
from humas.registry.stages import StageLine, Stages
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
    "StageLine",
    "Stages",
    "Trouble",
    "load_register",
]
