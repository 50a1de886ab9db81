"""What the demo server remembers while it runs: who was asked how often, and who has been mended."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable

from humas.simulate.model import Conduct, ContentKind, Plan, Recovery

BRIEF_FAILURES = {Conduct.ERROR_ONCE: 1, Conduct.BUSY: 1, Conduct.ERROR_FOR_A_WHILE: 4}
"""How many requests fail before the channel answers. Four outlast one collection with up to three requests."""


class State:
    """Mutable state of one server process; every method is safe to call from many threads.

    pulih_setelah: seconds after its first failure at which a recoverable channel comes back by itself,
    None when it waits for the operator's sign.
    """

    def __init__(self, recover_after: float | None = None) -> None:
        self._pulih_setelah = recover_after
        self._kunci = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Forget everything: as if the server had just started."""
        with self._kunci:
            self._permintaan: Counter[str] = Counter()
            self._terambil: set[str] = set()
            self._diperbaiki: set[str] = set()
            self._pulih: set[str] = set()
            self._gagal_sejak: dict[str, float] = {}

    def recover(self, code: Iterable[str]) -> None:
        """Mend these channels, as far as their plan allows it."""
        with self._kunci:
            self._pulih.update(code)

    def misbehaves(self, plan: Plan) -> bool:
        """Count a request; whether it meets the unit's bad behaviour."""
        code = plan.unit.code
        with self._kunci:
            order = self._permintaan[code] = self._permintaan[code] + 1
            if plan.conduct in BRIEF_FAILURES:
                return order <= BRIEF_FAILURES[plan.conduct]
            return plan.conduct is not Conduct.GOOD and not self._mended(plan)

    def _mended(self, plan: Plan) -> bool:
        if plan.recovery is not Recovery.CONTROL:
            return False
        code, now = plan.unit.code, time.monotonic()
        since = self._gagal_sejak.setdefault(code, now)
        return code in self._pulih or (self._pulih_setelah is not None and now - since >= self._pulih_setelah)

    def version(self, plan: Plan, page: int) -> int:
        """Which version of its report a unit serves: the corrected one once the first has been fetched whole."""
        if plan.content is not ContentKind.CORRECTION:
            return 1
        code = plan.unit.code
        with self._kunci:
            if page == 1 and code in self._terambil:
                self._diperbaiki.add(code)
            return 2 if code in self._diperbaiki else 1

    def note_served(self, plan: Plan, page: int, count: int) -> None:
        """Note that a page went out; with the last one the unit's report has been fetched whole."""
        if page == count and plan.content is ContentKind.CORRECTION:
            with self._kunci:
                self._terambil.add(plan.unit.code)

    def counts(self) -> dict[str, int]:
        """Requests so far by unit."""
        with self._kunci:
            return dict(sorted(self._permintaan.items()))
