"""The data contract: columns, vocabularies, rules, each written once; everything else follows from them.

Takes: tables of data that ops people may change.
Gives: `DATASETS` and their columns, vocabularies, rules with severity and remedy, terms of requests.
May import: errors, bodies.
"""
