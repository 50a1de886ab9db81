"""Content-addressed store of raw bytes, written before anything is parsed."""
