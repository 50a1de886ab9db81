"""Figures from accepted rows: unit, province, nation."""
