"""The steps of a quarter, of publication and of checking one file: what DAGs, command line and tests call.

Takes: `Context`, body, period.
Gives: counts and names of what a step did; everything else it leaves in warehouse and folders.
May import: errors, settings, privacy, fence, chain, periods, registry, sources, landing, contract, reading, values,
    layout, validation, warehouse, installation, rollup, report, publish, forms, news.
"""
