"""``./humas up``: Airflow with the installation's own configuration, in the background."""

from __future__ import annotations

import argparse

from humas.cli.bodies import tell_faults
from humas.cli.port import port
from humas.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--port", type=port, help="port UI; bila kosong dipilihkan yang bebas mulai 8080")


def run(args: argparse.Namespace) -> int:
    """Start it and say where it is."""
    from humas.local.daemon import start

    tell_faults()
    print(start(Settings.from_environment(), args.port, print))
    return 0
