"""Airflow on one machine: set-up, processes and their supervisor, REST client, the live demo.

Takes: `Settings`, free ports.
Gives: `Station`: scheduler and UI that answer; `up`, `down`, `status`; progress on the terminal.
May import: errors, bodies, locks, text, settings, periods, registry, sources, installation.
"""
