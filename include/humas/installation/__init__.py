"""One installation at work: its opened parts, turns to work on a quarter, what its steps report.

Takes: `Settings`.
Gives: `Context` (register, calendar, landing, warehouse), `turn`, drop-boxes, records of what a step did.
May import: errors, locks, settings, periods, registry, landing, warehouse.
"""
