"""Work units that behave and misbehave, with the outcome that is expected of each."""
