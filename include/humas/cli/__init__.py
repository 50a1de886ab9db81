"""The command line: one module for each command, thin over the pipeline; `--json` output is a contract.

Takes: words of the command line.
Gives: lines for people or JSON, and the exit code.
May import: chain, contract, errors, text, settings, periods, registry, sources, values, validation, warehouse,
    installation, forms, publish, news, pipeline, simulate, local, backup, inbox.
"""
