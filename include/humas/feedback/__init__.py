"""Feedback: the sender's own workbook back, with what to correct and how."""

from humas.feedback.build import build_feedback
from humas.feedback.model import LEMBAR_PERBAIKAN, Terperiksa

__all__ = ["LEMBAR_PERBAIKAN", "Terperiksa", "build_feedback"]
