"""The workbook a unit fills in: generated from the contract, one for each unit and quarter."""

from humas.template.model import DrafTemplat
from humas.template.mould import build_template

__all__ = ["DrafTemplat", "build_template"]
