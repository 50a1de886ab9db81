"""One cell's text as the value it stands for.

Takes: what an officer wrote in one cell, and the column it stands in.
Gives: its value, what was assumed, or why it is none.
May import: errors, bodies, text, contract, settings, periods, registry, reading.
"""
