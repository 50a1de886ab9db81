"""The contract as others read it; run `python -m humas.specification.export` after each change of it.

Takes: contract and validation.
Gives: data dictionary, JSON Schema, OpenAPI and suites, generated and kept in version control.
May import: bodies, contract, settings, registry, values, validation.
"""
