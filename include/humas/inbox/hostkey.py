"""SSH servers are known by their key, or they are refused: whoever stood between would get our password."""

from __future__ import annotations

from pathlib import Path

import paramiko

from humas.errors import OperatorError


class KnownHosts(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]  # the library is untyped
    """Accepts a server only when a file of known hosts holds its key."""

    def __init__(self, file: Path) -> None:
        self._file = file.expanduser()

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        """Look the server up.

        Raises:
            OperatorError: kunci_host_asing; the message names the fingerprint to compare.
        """
        known = paramiko.HostKeys(str(self._file)) if self._file.is_file() else paramiko.HostKeys()
        if not known.check(hostname, key):
            raise OperatorError(
                "kunci_host_asing",
                f"Server {hostname} tidak dikenal; sidik kuncinya {key.fingerprint}.",
                f"cocokkan sidik itu dengan pengelola server, lalu tambahkan kuncinya pada {self._file}.",
            )
