"""The command line: one module per command, thin over the pipeline; ``--json`` output is a contract."""
