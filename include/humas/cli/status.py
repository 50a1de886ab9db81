"""``./humas status``: what runs, where, and how the last quarters ended, and which lines of the channel file cannot be used."""

from __future__ import annotations

import argparse

from humas.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no arguments."""


def run(args: argparse.Namespace) -> int:
    """Tell the state."""
    from humas.cli.quarter import line_faults
    from humas.local.daemon import describe
    from humas.registry import load_register

    settings = Settings.from_environment()
    lines = [*describe(settings), *line_faults(load_register(settings).troubles)]
    print("\n".join(lines))
    return 0
