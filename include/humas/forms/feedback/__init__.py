"""Feedback: the sender's own workbook back, with what to correct and how."""

from humas.forms.feedback.build import build_feedback
from humas.forms.feedback.model import FIXES_SHEET, Checked

__all__ = ["FIXES_SHEET", "Checked", "build_feedback"]
