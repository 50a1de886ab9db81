"""``python -m humas.cli``, which ``./humas`` calls."""

from __future__ import annotations

import sys

from humas.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
