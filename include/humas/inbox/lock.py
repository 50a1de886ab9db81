"""One sweep at a time. The lock dies with the process that holds it, so a crash leaves none behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from humas.errors import OperatorError, os_reason
from humas.installation.boxes import CHANNEL
from humas.locks import BY_UMASK, FileLock

if TYPE_CHECKING:
    from humas.installation.context import Context

LOCK_FILE = "kotak_masuk.kunci"


class BoxBusy(OperatorError):
    """Another sweep is running; it does this one's work as well."""


@contextmanager
def only_sweep(context: Context) -> Iterator[None]:
    """Hold the lock of this installation: on this machine and, with PostgreSQL, on all that share the warehouse.

    Raises:
        BoxBusy: somebody else holds it. OperatorError: the lock file cannot be written.
    """
    from humas.warehouse.arrivals import alone

    file = context.settings.home / LOCK_FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file, BY_UMASK)
    except OSError as error:
        raise OperatorError(
            "kunci_gagal", f"Berkas kunci {file} tidak dapat dibuat ({os_reason(error)}).", "periksa HUMAS_HOME."
        ) from error
    with lock:
        if not lock.take():
            raise _busy()
        with alone(context.warehouse, CHANNEL) as holds:
            if not holds:
                raise _busy()
            yield


def _busy() -> BoxBusy:
    return BoxBusy(
        "kotak_sibuk", "Sapuan kotak masuk lain sedang berjalan.", "tunggu sampai selesai; tidak ada yang terlewat."
    )
