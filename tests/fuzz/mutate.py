"""Spoiling files: bytes anywhere, words of the format, and the inside of zipped packages."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

Spoil = Callable[[bytearray, random.Random], None]
WORDS = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b";", b",", b"\t", b"\n", b"\r\n", b"{", b"}", b"[", b"]", b"<", b"/>", b"&a;",
    b"NaN", b"1e999", b"-1", b"99999999999999999999", b"1048576", b"XFD1048576", b"65535", b"nan", b"null", b'""', b"sep=;\n", b"=1+1",
    b't="e"', b't="s"', b"<f>", b"</c>", b"<v>", b"</row>", b' r="A1"', b"hidden=\"1\"", b"#REF!", b"31/02/2026", b"1 s.d. 3 Juli", b"1.007",
    b"\xf0\x9f\x99\x82", b"\xed\xa0\x80", b"Jumlah", b"NIHIL", b"Kode satker", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"\xe2\x80\xae",
]  # fmt: skip


def mutate(data: bytes, rng: random.Random) -> bytes:
    """The file spoiled in one to twelve places; packages are spoiled inside as often as outside."""
    if data.startswith(b"PK") and rng.random() < 0.7:
        return _inside(data, rng)
    return _spoil(data, rng)


def _spoil(data: bytes, rng: random.Random) -> bytes:
    result = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 12))):
        rng.choice(SPOILS)(result, rng)
    return bytes(result)


def _inside(data: bytes, rng: random.Random) -> bytes:
    """Some members spoiled, the package itself sound."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        name = old.namelist()
        hit = set(rng.sample(name, k=min(len(name), rng.choice((1, 1, 2)))))
        hit |= {one for one in name if "sheet" in one and rng.random() < 0.3}
        for one in name:
            content = old.read(one)
            new.writestr(one, _spoil(content, rng) if one in hit else content)
    return target.getvalue()


def _place(data: bytearray, rng: random.Random) -> int:
    return rng.randrange(len(data) + 1)


def _flip(data: bytearray, rng: random.Random) -> None:
    if data:
        data[rng.randrange(len(data))] = rng.randrange(256)


def _insert(data: bytearray, rng: random.Random) -> None:
    position = _place(data, rng)
    data[position:position] = rng.choice(WORDS) * rng.choice((1, 1, 1, 3, 200))


def _delete(data: bytearray, rng: random.Random) -> None:
    position = _place(data, rng)
    del data[position : position + rng.choice((1, 2, 8, 64, 1024))]


def _copy(data: bytearray, rng: random.Random) -> None:
    begin, position = _place(data, rng), _place(data, rng)
    data[position:position] = data[begin : begin + rng.choice((4, 32, 256, 4096))]


def _overwrite(data: bytearray, rng: random.Random) -> None:
    words = rng.choice(WORDS)
    position = _place(data, rng)
    data[position : position + len(words)] = words


def _cut(data: bytearray, rng: random.Random) -> None:
    if rng.random() < 0.3:
        del data[_place(data, rng) :]


def _digits(data: bytearray, rng: random.Random) -> None:
    """Another number in the place of one."""
    position = [i for i in range(len(data)) if 48 <= data[i] <= 57][:20_000]
    if position:
        data[rng.choice(position)] = rng.choice(b"0123456789-.eE")


SPOILS: tuple[Spoil, ...] = (_flip, _insert, _delete, _copy, _overwrite, _cut, _digits)
