"""What the demo server remembers while it runs: who was asked how often, and who has been mended."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable

from humas.simulate.model import JenisIsi, Pemulihan, Perangai, Rencana

GAGAL_SEBENTAR = {Perangai.GALAT_SEKALI: 1, Perangai.SIBUK: 1, Perangai.GALAT_SEMENTARA: 4}
"""How many requests fail before the channel answers. Four outlast one collection with up to three requests."""


class Keadaan:
    """Mutable state of one server process; every method is safe to call from many threads.

    pulih_setelah: seconds after its first failure at which a recoverable channel comes back by itself,
    None when it waits for the operator's sign.
    """

    def __init__(self, pulih_setelah: float | None = None) -> None:
        self._pulih_setelah = pulih_setelah
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

    def recover(self, kode: Iterable[str]) -> None:
        """Mend these channels, as far as their plan allows it."""
        with self._kunci:
            self._pulih.update(kode)

    def misbehaves(self, rencana: Rencana) -> bool:
        """Count a request; whether it meets the unit's bad behaviour."""
        code = rencana.satuan.kode
        with self._kunci:
            order = self._permintaan[code] = self._permintaan[code] + 1
            if rencana.perangai in GAGAL_SEBENTAR:
                return order <= GAGAL_SEBENTAR[rencana.perangai]
            return rencana.perangai is not Perangai.BAIK and not self._mended(rencana)

    def _mended(self, plan: Rencana) -> bool:
        if plan.pemulihan is not Pemulihan.KENDALI:
            return False
        code, now = plan.satuan.kode, time.monotonic()
        since = self._gagal_sejak.setdefault(code, now)
        return code in self._pulih or (self._pulih_setelah is not None and now - since >= self._pulih_setelah)

    def version(self, rencana: Rencana, halaman: int) -> int:
        """Which version of its report a unit serves: the corrected one once the first has been fetched whole."""
        if rencana.isi is not JenisIsi.PERBAIKAN:
            return 1
        code = rencana.satuan.kode
        with self._kunci:
            if halaman == 1 and code in self._terambil:
                self._diperbaiki.add(code)
            return 2 if code in self._diperbaiki else 1

    def note_served(self, rencana: Rencana, halaman: int, jumlah: int) -> None:
        """Note that a page went out; with the last one the unit's report has been fetched whole."""
        if halaman == jumlah and rencana.isi is JenisIsi.PERBAIKAN:
            with self._kunci:
                self._terambil.add(rencana.satuan.kode)

    def counts(self) -> dict[str, int]:
        """Requests so far by unit."""
        with self._kunci:
            return dict(sorted(self._permintaan.items()))
