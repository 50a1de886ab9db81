"""The command line: one module for each command, thin over the pipeline; `--json` output is a contract.

Takes: words of the command line.
Gives: lines for people or JSON, and the exit code.
May import: errors, text, settings, chain, periods, registry, sources, contract, values, validation, warehouse,
    installation, publish, forms, news, pipeline, inbox, simulate, local, backup.
"""
