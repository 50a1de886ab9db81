"""From raw bytes to tables of cells with their physical place; no interpretation."""
