"""The three kinds of drop-boxes, each behind its real protocol, and how a unit puts files into them."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import paramiko

OLD = 1_790_000_000.0  # September 2026: a time of change that lies still
PASSWORD = "rahasia-uji"


class Place(Protocol):
    """A drop-box from the unit's side."""

    url: str
    environ: dict[str, str]

    def put(self, name: str, data: bytes, moment: float = OLD) -> None: ...

    def files(self, folder: str = "") -> dict[str, bytes]: ...


@dataclass
class Local:
    """A folder."""

    root: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"file://{self.root}"

    def put(self, name: str, data: bytes, moment: float = OLD) -> None:
        file = self.root / "masuk" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (moment, moment))

    def files(self, folder: str = "") -> dict[str, bytes]:
        root = self.root / folder
        return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@dataclass
class Sftp(Local):
    """The same folder, seen by the sweep over SSH only."""

    port: int = 0

    @property
    def url(self) -> str:
        return f"sftp://humas@127.0.0.1:{self.port}/kotak#UJI"


@dataclass
class S3:
    """A bucket."""

    endpoint: str
    bucket: str
    environ: dict[str, str]

    @property
    def url(self) -> str:
        return f"s3://{self.bucket}/kotak#UJI"

    @property
    def _client(self):
        import boto3

        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id="uji",
            aws_secret_access_key="uji",
            region_name="us-east-1",
        )

    def put(self, name: str, data: bytes, moment: float = OLD) -> None:
        self._client.put_object(Bucket=self.bucket, Key=f"kotak/masuk/{name}", Body=data)

    def files(self, folder: str = "") -> dict[str, bytes]:
        begin = f"kotak/{folder}".rstrip("/") + "/"
        content = self._client.list_objects_v2(Bucket=self.bucket, Prefix=begin).get("Contents", ())
        return {
            one["Key"].removeprefix(begin): self._client.get_object(Bucket=self.bucket, Key=one["Key"])["Body"].read()
            for one in content
        }


class _Door(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        return paramiko.AUTH_SUCCESSFUL if password == PASSWORD else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED if kind == "session" else paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED

    def get_allowed_auths(self, username: str) -> str:
        return "password"


def _guarded(work: Callable) -> Callable:
    def run(self, *args):
        try:
            return work(self, *args)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    return run


class _Message(paramiko.Message):
    """Paths as the bytes they are: the library's own server knows UTF-8 only, real servers do not care."""

    def get_text(self) -> str:
        return os.fsdecode(self.get_string())


class _AnyNames(paramiko.SFTPServer):
    def _process(self, t, request_number, msg):
        super()._process(t, request_number, _Message(msg.get_remainder()))


class _Attributes(paramiko.SFTPAttributes):
    """An entry whose long form is bytes as well."""

    def asbytes(self) -> bytes:
        return b"-rw-r--r-- 1 humas humas " + self.filename


class _Files(paramiko.SFTPServerInterface):
    """Real files below ``root``; ``/kotak`` is the root."""

    def __init__(self, server, root: Path) -> None:
        super().__init__(server)
        self._root = root

    def _real(self, path: str) -> Path:
        return self._root.parent / ("." + self.canonicalize(path))

    @_guarded
    def list_folder(self, path):
        return [self._attr(p) for p in sorted(self._real(path).iterdir())]

    def _attr(self, p: Path):
        return _Attributes.from_stat(p.lstat(), os.fsencode(p.name))

    @_guarded
    def stat(self, path):
        return paramiko.SFTPAttributes.from_stat(self._real(path).stat())

    @_guarded
    def lstat(self, path):
        return paramiko.SFTPAttributes.from_stat(self._real(path).lstat())

    @_guarded
    def open(self, path, flags, attr):
        handle = paramiko.SFTPHandle(flags)
        mode = "wb" if flags & os.O_WRONLY else "r+b" if flags & os.O_RDWR else "rb"
        handle.readfile = handle.writefile = self._real(path).open(mode)
        return handle

    @_guarded
    def remove(self, path):
        self._real(path).unlink()
        return paramiko.SFTP_OK

    @_guarded
    def posix_rename(self, oldpath, newpath):
        self._real(oldpath).replace(self._real(newpath))
        return paramiko.SFTP_OK

    @_guarded
    def mkdir(self, path, attr):
        self._real(path).mkdir()
        return paramiko.SFTP_OK


class Silent(paramiko.SubsystemHandler):
    """Takes the session and never says a word."""

    def start_subsystem(self, name, transport, channel):
        while transport.is_active():
            time.sleep(0.05)


@contextmanager
def sftp_server(root: Path, known_hosts: Path, *handler: object) -> Iterator[int]:
    """A real SSH server on loopback whose ``/kotak`` is ``root``; its key is written to ``known_hosts``."""
    key = paramiko.RSAKey.generate(2048)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    known_hosts.write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
    alive: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", *(handler or (_AnyNames, _Files, root)))
            transport.start_server(event=threading.Event(), server=_Door())  # one that dies early keeps nobody waiting
            alive.append(transport)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield port
    finally:
        listener.close()
        for one in alive:
            one.close()


@contextmanager
def s3_server() -> Iterator[str]:
    """A real HTTP server on loopback that speaks S3."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()
