"""Demo units on loopback that behave and misbehave, and the truth about what they send.

Takes: a seed, a body, a quarter.
Gives: `demo_server` serves them, `plan` decides who does what, `truth` says what must come of it.
May import: errors, bodies, text, contract, settings, periods, registry.
"""
