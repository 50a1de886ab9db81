"""Published figures computed a second time, in plain SQL that shares no code with the roll-up.

Takes: accepted rows in force, verdicts and obligations of a quarter, through the warehouse's frames; its stored figures.
Gives: figures of all levels (`recompute`), where they differ from others and how many were compared (`differences`).
May import: contract, registry, warehouse.
"""

from humas.audit.compare import Comparison, Difference, differences
from humas.audit.recompute import MEASURES, Inputs, read_inputs, recompute

__all__ = ["MEASURES", "Comparison", "Difference", "Inputs", "differences", "read_inputs", "recompute"]
