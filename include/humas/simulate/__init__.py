"""Demo units on loopback that behave and misbehave, and the truth about what they send.

``humas.simulate.server.demo_server`` serves them, ``humas.simulate.plan`` decides who does what,
``humas.simulate.truth`` says what a pipeline must make of it.
"""
