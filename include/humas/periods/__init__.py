"""The only place that knows dates: quarters, years, working days, deadlines."""
