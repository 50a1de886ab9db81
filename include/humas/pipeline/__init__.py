"""The steps of a quarter, of publication and of checking one file: what DAGs, command line and tests call.

Takes: `Context`, body, period.
Gives: counts and names of what a step did; everything else it leaves in warehouse and folders.
May import: chain, errors, bodies, signature, text, contract, privacy, fence, settings, periods, registry, sources, landing, reading, values,
    layout, validation, warehouse, rollup, installation, forms, report, news, publish, audit.
"""
