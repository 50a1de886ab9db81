"""Kinds of activity: those that bodies share with their words, and from a body's folder which ones it offers and calls how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from humas.bodies.blocks import Block, BodyFault, BodyFile
from humas.bodies.model import ActivityKind, KindList
from humas.errors import OperatorError

SHARED_FILE: Final = "jenis_bersama.toml"
OTHER_KIND: Final = "LAINNYA"
"""The kind for what fits no other; every body has it."""
_VALUE = re.compile(r"[A-Z]+(?:_[A-Z]+)*")


@cache
def shared_kinds() -> KindList:
    """The kinds that bodies share, in the order in which figures number them.

    Raises:
        OperatorError: their file cannot be used, so that no body can be.
    """
    path = Path(__file__).with_name("data") / SHARED_FILE
    try:
        return read_shared(BodyFile("", SHARED_FILE, path.read_text(encoding="utf-8")))
    except (BodyFault, OSError, UnicodeDecodeError) as fault:
        raise OperatorError(
            "jenis_keliru",
            f"Jenis kegiatan bersama tidak dapat dipakai: {fault}.",
            f"perbaiki {SHARED_FILE} di include/humas/bodies/data.",
        ) from fault


def read_shared(source: BodyFile) -> KindList:
    """The shared kinds; no word may mean two of them."""
    content = source.content()
    asked = content.texts("ditanyakan", ())
    kinds = {value: _kind(source, value, block, "") for value, block in content.all_parts()}
    _refuse_doubles(source, kinds, {})
    if OTHER_KIND not in kinds:
        raise source.fault(f"[{OTHER_KIND}] tidak ada")
    return KindList(tuple(kinds), kinds, asked)


def read_kinds(source: BodyFile, shared: Mapping[str, ActivityKind]) -> KindList:
    """The kinds that a body offers in its order, and those it has words of its own for."""
    content = source.content()
    offered, asked = content.texts("urutan"), content.texts("ditanyakan", ())
    own = {
        value: _kind(source, value, block, shared[value].label if value in shared else "")
        for value, block in content.all_parts()
    }
    for value in offered:
        if value not in shared and value not in own:
            raise source.fault(f'jenis "{value}" tidak dikenal; jenis sendiri perlu blok [{value}]', key="urutan")
    if double := next((value for value in offered if offered.count(value) > 1), ""):
        raise source.fault(f'jenis "{double}" tertulis dua kali', key="urutan")
    if OTHER_KIND not in offered:
        raise source.fault(f"urutan harus memuat {OTHER_KIND}", key="urutan")
    if idle := next((value for value in own if value not in offered), ""):
        raise source.fault(f'jenis "{idle}" tidak ada dalam urutan', section=idle)
    _refuse_doubles(source, own, shared)
    return KindList(offered, own, asked)


def plain(word: str) -> str:
    """A word as words of kinds are compared: letters and digits, lower case."""
    return "".join(filter(str.isalnum, word.casefold()))


def _kind(source: BodyFile, value: str, block: Block, shared_label: str) -> ActivityKind:
    if not _VALUE.fullmatch(value):
        raise source.fault(f'jenis "{value}" harus huruf besar A-Z dan garis bawah', section=value)
    if not shared_label and "label" not in block:
        raise source.fault(f'jenis "{value}" tidak dikenal; jenis sendiri perlu label', section=value)
    if shared_label and "label" in block:
        raise block.fault("label", f'label "{value}" ditulis dalam {SHARED_FILE} saja')
    kind = ActivityKind(
        value,
        shared_label or block.text("label"),
        block.texts("sinonim", ()),
        block.texts("mirip", ()),
        block.patterns("berita", re.IGNORECASE),
    )
    block.close()
    return kind


def _refuse_doubles(source: BodyFile, kinds: Mapping[str, ActivityKind], others: Mapping[str, ActivityKind]) -> None:
    """No word may stand for two kinds of a file, nor be the name of another kind; a body may call a shared kind's word its own."""
    meant = {plain(name): kind.value for kind in others.values() for name in (kind.value, kind.label)}
    for kind in kinds.values():
        for key, words in (("label", (kind.label,)), ("sinonim", kind.synonyms), ("mirip", kind.alike)):
            for word in words:
                first = meant.setdefault(plain(word), kind.value)
                if first != kind.value:
                    raise source.fault(
                        f'"{word}" tertulis untuk {first} dan {kind.value}; tulis pada satu saja',
                        section=kind.value,
                        key=key,
                    )


def refuse_unlike(kinds: KindList, others: Iterable[KindList], source: BodyFile) -> None:
    """Two bodies may have the same kind of their own, but under one name."""
    known = {kind.value: kind.label for other in others for kind in other.words.values()}
    for kind in kinds.words.values():
        if plain(known.get(kind.value, kind.label)) != plain(kind.label):
            raise source.fault(
                f'jenis {kind.value} pada lembaga lain berlabel "{known[kind.value]}"; samakan',
                section=kind.value,
                key="label",
            )
