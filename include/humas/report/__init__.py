"""A report as data and as words, before any form: data, model, measures, sentences.

Takes: figures and rows of a quarter.
Gives: `SatkerReport`, `ProvinceReport`, `NationReport`, their sentences, labels, numbers and dates in words.
May import: errors, bodies, contract, privacy, fence, settings, periods, registry, values, warehouse, rollup.
"""
