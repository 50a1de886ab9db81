"""Humas Triwulan: quarterly and annual public-relations reports of Indonesia's election bodies.

One room per step, one direction:
``registry → sources → landing → reading → contract → warehouse → rollup → publish``.
A room imports what stands to its left; ``docs/arsitektur.md`` draws it and names the two exceptions.
``humas.pipeline.quarter`` names the steps of a quarter; DAGs, command line, tests and benchmarks call these.
"""
