"""The workbook a unit fills in: generated from the contract, one for each unit and quarter."""

from humas.forms.template.model import TemplateDraft
from humas.forms.template.mould import build_template

__all__ = ["TemplateDraft", "build_template"]
