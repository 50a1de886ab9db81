"""``./humas down``: stop what ``up`` or ``run`` started."""

from __future__ import annotations

import argparse

from humas.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no arguments."""


def run(args: argparse.Namespace) -> int:
    """Stop everything and say so."""
    from humas.local.daemon import stop

    print(stop(Settings.from_environment()))
    return 0
