"""A server on loopback whose every path misbehaves in its own way; answers are raw bytes, so nothing tidies them."""

from __future__ import annotations

import contextlib
import functools
import gzip
import json
import socket
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator

Answer = Callable[[socket.socket, "Request"], None]


class Request:
    """One request line with its headers."""

    def __init__(self, raw: bytes, nth: int) -> None:
        first, *rest = raw.decode("latin-1").split("\r\n")
        self.target = first.split(" ")[1]
        self.path, _, self.query = self.target.partition("?")
        self.headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in rest if line)}
        self.nth = nth


class Server:
    """Threads and sockets of the server; ``hits`` counts requests per path, ``seen`` keeps them."""

    def __init__(self, answers: dict[str, Answer], host: str = "127.0.0.1") -> None:
        self.answers = answers
        self.hits: Counter[str] = Counter()
        self.seen: list[Request] = []
        self._sock = socket.create_server((host, 0), backlog=256)
        self._open = True
        self._clients: set[socket.socket] = set()
        self.url = f"http://{host}:{self._sock.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while self._open:
            try:
                client, _ = self._sock.accept()
            except OSError:
                return
            self._clients.add(client)
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            client.settimeout(20)
            while raw := self._read_head(client):
                path = raw.split(b" ", 2)[1].decode().partition("?")[0]
                self.hits[path] += 1
                request = Request(raw, self.hits[path])
                self.seen.append(request)
                if self.answers[path](client, request) is False:
                    break
        self._clients.discard(client)

    @staticmethod
    def _read_head(client: socket.socket) -> bytes:
        raw = b""
        while b"\r\n\r\n" not in raw:
            piece = client.recv(65536)
            if not piece:
                return b""
            raw += piece
        return raw

    def close(self) -> None:
        self._open = False
        self._sock.close()
        for client in list(self._clients):
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)


def head(status: int = 200, **headers: object) -> bytes:
    lines = [f"HTTP/1.1 {status} X"] + [f"{k.replace('_', '-')}: {v}" for k, v in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def send(body: bytes, status: int = 200, **headers: object) -> Answer:
    """A well-behaved answer."""
    headers.setdefault("Content_Length", len(body))

    def answer(client: socket.socket, request: Request) -> None:
        client.sendall(head(status, **headers) + body)

    return answer


def page(number: int = 1, count: int = 1, **rest: object) -> bytes:
    content = {"versi_kontrak": 1, "halaman": number, "jumlah_halaman": count, "data": {"kegiatan": []}, **rest}
    return json.dumps(content).encode()


def hang(client: socket.socket, request: Request) -> bool:
    time.sleep(5)
    return False


def drip_head(client: socket.socket, request: Request) -> bool:
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200:
        client.sendall(bytes([byte]))
        time.sleep(0.05)
    return False


def drip_body(client: socket.socket, request: Request) -> bool:
    client.sendall(head(Content_Type="application/json", Content_Length=1000))
    for _ in range(200):
        client.sendall(b" ")
        time.sleep(0.05)
    return False


def drip_chunk_size(client: socket.socket, request: Request) -> bool:
    client.sendall(head(Content_Type="application/json", Transfer_Encoding="chunked", Connection="close"))
    for _ in range(200):
        client.sendall(b"0")
        time.sleep(0.05)
    return False


def endless(client: socket.socket, request: Request) -> bool:
    client.sendall(head(Content_Type="application/json", Connection="close"))
    for _ in range(100_000):
        client.sendall(b'{"data": "' + b"a" * 65536)
    return False


def endless_after(status: int, **headers: object) -> Answer:
    def answer(client: socket.socket, request: Request) -> bool:
        client.sendall(head(status, Connection="close", **headers))
        for _ in range(3000):
            client.sendall(b"a" * 65536)
        return False

    return answer


def truncated(client: socket.socket, request: Request) -> bool:
    client.sendall(head(Content_Type="application/json", Content_Length=5000) + page())
    return False


def truncated_chunks(client: socket.socket, request: Request) -> bool:
    client.sendall(head(Content_Type="application/json", Transfer_Encoding="chunked") + b"400\r\n" + page())
    return False


def without_length(body: bytes) -> Answer:
    def answer(client: socket.socket, request: Request) -> bool:
        client.sendall(head(Content_Type="application/json", Connection="close") + body)
        return False

    return answer


def raw(rest: bytes, status: bytes = b"200") -> Answer:
    """An answer as it stands: headers, blank line, body; the connection ends with it."""

    def answer(client: socket.socket, request: Request) -> bool:
        client.sendall(b"HTTP/1.1 " + status + b" X\r\nContent-Type: application/json\r\n" + rest)
        return False

    return answer


def endless_headers(client: socket.socket, request: Request) -> bool:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        client.sendall(b"X-%d: %s\r\n" % (number, b"a" * 1000))
    return False


def drop(client: socket.socket, request: Request) -> bool:
    return False


def written(data: bytes) -> Answer:
    """These bytes and no more, whatever they are; the connection ends with them."""

    def answer(client: socket.socket, request: Request) -> bool:
        client.sendall(data)
        return False

    return answer


def repeated(before: bytes, piece: bytes, times: int = 200_000) -> Answer:
    """A beginning and then the same piece without an end."""

    def answer(client: socket.socket, request: Request) -> bool:
        client.sendall(before)
        for _ in range(times):
            client.sendall(piece)
        return False

    return answer


def reset_after(data: bytes) -> Answer:
    """Some bytes, and then the connection is reset instead of closed."""

    def answer(client: socket.socket, request: Request) -> bool:
        client.sendall(data)
        time.sleep(0.05)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        return False

    return answer


def growing_redirect(client: socket.socket, request: Request) -> None:
    """Always on to a longer address that was never seen before."""
    client.sendall(
        head(302, Location=f"{request.target}{'?' if '?' not in request.target else '&'}lagi=1", Content_Length=0)
    )


@functools.cache
def bomb_bytes() -> bytes:
    """300 MB of blanks in 300 KB."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()


def gzip_bomb(client: socket.socket, request: Request) -> bool:
    bomb = bomb_bytes()
    client.sendall(head(Content_Type="application/json", Content_Encoding="gzip", Content_Length=len(bomb)) + bomb)
    return False


def gzipped(body: bytes, cut: int = 0) -> Answer:
    packed = gzip.compress(body)
    return send(packed[: len(packed) - cut], Content_Type="application/json", Content_Encoding="gzip")


def in_turn(*answers: Answer) -> Answer:
    """The first answer to the first request, and so on; the last one for all that follow."""

    def answer(client: socket.socket, request: Request) -> None:
        return answers[min(request.nth, len(answers)) - 1](client, request)

    return answer


@contextlib.contextmanager
def serving(answers: dict[str, Answer], host: str = "127.0.0.1") -> Iterator[Server]:
    server = Server(answers, host)
    try:
        yield server
    finally:
        server.close()
