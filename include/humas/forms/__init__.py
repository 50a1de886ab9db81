"""Workbooks that go to units: the template they fill in, and their own file back with what to correct.

Takes: contract, a unit and a quarter, drafts; or a file and its findings.
Gives: workbooks (`forms.template`, `forms.feedback`).
May import: text, bodies, contract, privacy, periods, registry, reading, values, layout, validation.
"""
