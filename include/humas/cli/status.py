"""``./humas status``: what runs, where, and how the last quarters ended."""

from __future__ import annotations

import argparse

from humas.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no arguments."""


def run(args: argparse.Namespace) -> int:
    """Tell the state."""
    from humas.local.daemon import describe

    print("\n".join(describe(Settings.from_environment())))
    return 0
