"""Airflow on several machines: the one-time job before the composed installation starts.

Takes: addresses and passwords of the composed installation.
Gives: roles and databases, each with the least it needs; the first administrator.
May import: errors, sources, warehouse, local.
"""
