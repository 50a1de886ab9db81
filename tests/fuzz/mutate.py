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


def mutate(data: bytes, acak: random.Random) -> bytes:
    """The file spoiled in one to twelve places; packages are spoiled inside as often as outside."""
    if data.startswith(b"PK") and acak.random() < 0.7:
        return _inside(data, acak)
    return _spoil(data, acak)


def _spoil(data: bytes, acak: random.Random) -> bytes:
    hasil = bytearray(data)
    for _ in range(acak.choice((1, 1, 2, 4, 12))):
        acak.choice(SPOILS)(hasil, acak)
    return bytes(hasil)


def _inside(data: bytes, acak: random.Random) -> bytes:
    """Some members spoiled, the package itself sound."""
    tujuan = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as lama, zipfile.ZipFile(tujuan, "w", zipfile.ZIP_DEFLATED) as baru:
        nama = lama.namelist()
        kena = set(acak.sample(nama, k=min(len(nama), acak.choice((1, 1, 2)))))
        kena |= {satu for satu in nama if "sheet" in satu and acak.random() < 0.3}
        for satu in nama:
            isi = lama.read(satu)
            baru.writestr(satu, _spoil(isi, acak) if satu in kena else isi)
    return tujuan.getvalue()


def _place(data: bytearray, acak: random.Random) -> int:
    return acak.randrange(len(data) + 1)


def _flip(data: bytearray, acak: random.Random) -> None:
    if data:
        data[acak.randrange(len(data))] = acak.randrange(256)


def _insert(data: bytearray, acak: random.Random) -> None:
    letak = _place(data, acak)
    data[letak:letak] = acak.choice(WORDS) * acak.choice((1, 1, 1, 3, 200))


def _delete(data: bytearray, acak: random.Random) -> None:
    letak = _place(data, acak)
    del data[letak : letak + acak.choice((1, 2, 8, 64, 1024))]


def _copy(data: bytearray, acak: random.Random) -> None:
    awal, letak = _place(data, acak), _place(data, acak)
    data[letak:letak] = data[awal : awal + acak.choice((4, 32, 256, 4096))]


def _overwrite(data: bytearray, acak: random.Random) -> None:
    kata = acak.choice(WORDS)
    letak = _place(data, acak)
    data[letak : letak + len(kata)] = kata


def _cut(data: bytearray, acak: random.Random) -> None:
    if acak.random() < 0.3:
        del data[_place(data, acak) :]


def _digits(data: bytearray, acak: random.Random) -> None:
    """Another number in the place of one."""
    letak = [i for i in range(len(data)) if 48 <= data[i] <= 57][:20_000]
    if letak:
        data[acak.choice(letak)] = acak.choice(b"0123456789-.eE")


SPOILS: tuple[Spoil, ...] = (_flip, _insert, _delete, _copy, _overwrite, _cut, _digits)
