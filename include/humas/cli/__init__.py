"""The command line: one module for each command, thin over the pipeline; `--json` output is a contract.

Takes: words of the command line.
Gives: lines for people or JSON, and the exit code.
May import: bodies, chain, errors, signature, text, contract, settings, periods, registry, sources, values, validation, warehouse,
    installation, forms, news, publish, pipeline, simulate, local, backup, inbox, ledger, privacy.
"""
