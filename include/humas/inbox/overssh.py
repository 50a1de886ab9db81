"""SFTP for names of any bytes: a server hands out what its disk holds, and that need not be UTF-8."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem


class _AnyText(paramiko.Message):  # type: ignore[misc]  # the library is untyped
    """A message whose texts keep bytes that are no UTF-8 as lone surrogates, as Python does for its own files."""

    def get_text(self) -> str:
        """The next text."""
        return str(self.get_string(), "utf-8", "surrogateescape")


class _AnyNameClient(paramiko.SFTPClient):  # type: ignore[misc]  # the library is untyped
    """The library's client reads and writes every name as strict UTF-8, and one other name fails a whole listing."""

    def listdir_iter(self, path: str = ".", read_aheads: int = 50) -> Iterator[paramiko.SFTPAttributes]:
        """The entries of a folder; the library's own way of reading ahead does not pass through ``_request``."""
        return iter(self.listdir_attr(path))

    def _request(self, kind_asked: Any, *args: Any) -> tuple[Any, paramiko.Message]:
        kind, message = super()._request(kind_asked, *args)
        return kind, _AnyText(message.get_remainder())

    def _convert_status(self, msg: paramiko.Message) -> None:
        super()._convert_status(_AnyText(msg.get_remainder()))

    def _adjust_cwd(self, path: str | bytes) -> bytes:
        raw = path.encode("utf-8", "surrogateescape") if isinstance(path, str) else path
        adjusted: bytes = super()._adjust_cwd(raw)
        return adjusted


OPENING_SECONDS = 40.0


class AnyNameSftp(SFTPFileSystem):  # type: ignore[misc]  # the library is untyped
    """Files over SFTP, whatever bytes their names are."""

    ftp: Any

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.set_missing_host_key_policy(self.host_key_policy)
        with _given_up_after(OPENING_SECONDS, self.client):
            self.client.connect(self.host, **self.ssh_kwargs)
            self.ftp = _AnyNameClient.from_transport(self.client.get_transport())


@contextmanager
def _given_up_after(seconds: float, client: paramiko.SSHClient) -> Iterator[None]:
    """Close the connection when that takes longer: the library waits for ever for the answers before the first file."""
    timer = threading.Timer(seconds, client.close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
