"""Who reports: bodies, work units with valid time, and the channels that connect them."""
