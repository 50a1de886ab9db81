"""The bodies whose public-relations units report: all in which one differs from another, a folder of data each.

Takes: the folders below ``bodies/data``.
Gives: `BODIES`, every body by its code, `shared_kinds` of activity, `shared_laws`, `FAULTS` of folders that cannot be used, `DATA_SETS` and
`deadline_rule` of a body, what its simulated units write.
May import: errors, settings.
"""

from humas.bodies.dated import Validity
from humas.bodies.deadlines import deadline_rule
from humas.bodies.folders import BODIES, COLUMNS, DATA, FAULTS, data_files
from humas.bodies.kinds import OTHER_KIND, plain, shared_kinds
from humas.bodies.laws import shared_laws
from humas.bodies.model import (
    DATA_SETS,
    TIER_NAMES,
    TIERS,
    AcehName,
    ActivityKind,
    Body,
    Demand,
    Framework,
    FrameworkPart,
    KindList,
    Law,
    NewsSites,
    NewsWords,
    OwnColumn,
    StageList,
    tier_of,
)
from humas.bodies.phrases import alternatives, one_of
from humas.bodies.route import Approval, Duty, RouteStep
from humas.bodies.simulation import Simulation, SiteStyle, Story, simulation_faults, simulation_of
from humas.bodies.units import UNITS, OwnUnit

__all__ = [
    "BODIES",
    "COLUMNS",
    "DATA",
    "DATA_SETS",
    "FAULTS",
    "OTHER_KIND",
    "TIERS",
    "TIER_NAMES",
    "UNITS",
    "AcehName",
    "Approval",
    "Body",
    "Demand",
    "Duty",
    "Framework",
    "FrameworkPart",
    "ActivityKind",
    "KindList",
    "Law",
    "NewsSites",
    "NewsWords",
    "OwnColumn",
    "OwnUnit",
    "RouteStep",
    "SiteStyle",
    "StageList",
    "Simulation",
    "Story",
    "Validity",
    "alternatives",
    "data_files",
    "deadline_rule",
    "one_of",
    "plain",
    "shared_kinds",
    "shared_laws",
    "simulation_faults",
    "simulation_of",
    "tier_of",
]
