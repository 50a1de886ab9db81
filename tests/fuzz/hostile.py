"""What a sender can lay into a folder to harm: kinds of hostile submissions, each made anew from a seed."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from humas.contract.columns import DATASETS, KEGIATAN
from humas.periods import Triwulan

from tests.fuzz.mutate import mutate
from tests.fuzz.nation import Content, good_document
from tests.reading.bombs import BOMBS
from tests.reading.workbooks import one_sheet, with_sheet_xml
from tests.validation import samples

Files = list[tuple[str | bytes, Content]]
NIK = "3374015503850007"
DIGITS = "9" * 4301
KILLER = "a_dress_that_is_not_measured"


@dataclass(frozen=True)
class Victim:
    """The unit in whose name the files are laid, and its neighbour."""

    code: str
    other: str
    quarter: Triwulan


Kind = Callable[[Victim, random.Random], Files]


def _own_row(victim: Victim, number: int) -> list[object]:
    """A good row of the unit itself, with evidence of its own."""
    return samples.row(
        kode_satker=victim.code,
        nama_satker=None,
        judul=f"Rapat koordinasi nomor {number}",
        url_bukti=f"https://kpu.go.id/{victim.code}/{number}",
    )


def _rows(victim: Victim, chance: random.Random, poison: Callable[[], object], rows: int = 12) -> list[list[object]]:
    """Good rows of activities with poisoned cells."""
    sheet = [samples.header(KEGIATAN)]
    for number in range(rows):
        row = _own_row(victim, number)
        for _ in range(chance.randrange(1, 4)):
            row[chance.randrange(len(row))] = poison()
        sheet.append(row)
    return sheet


def _csv(rows: list[list[object]], separator: str = ";") -> str:
    return "\r\n".join(
        separator.join('"' + str("" if cell is None else cell).replace('"', '""') + '"' for cell in row) for row in rows
    )


def _json(victim: Victim, cell: str, encoding: str = "utf-8") -> bytes:
    """A document with one row whose columns all hold this JSON text."""
    row = ", ".join(
        f'"{column.name}": {cell}' for column in KEGIATAN.columns if column.name not in {"lembaga", "kode_satker"}
    )
    text = (
        f'{{"lembaga": "kpu", "kode_satker": "{victim.code}", "periode": "{victim.quarter.key}", "nihil": false,'
        f' "jumlah_halaman": {cell}, "data": {{"kegiatan": [{{{row}}}, {{"judul": {cell}, "judul": 1}}]}}}}'
    )
    return text.encode(encoding, "surrogatepass")


def spoiled(victim: Victim, chance: random.Random) -> Files:
    """The unit's own good document, spoiled."""
    name, data, _ = good_document(victim.code, victim.quarter)
    return [(name, mutate(data, chance))]


def digits(victim: Victim, chance: random.Random) -> Files:
    """Cells of thousands of digits, and of numbers at every edge."""
    poison = [
        "9" * chance.choice((309, 4300, 4301, 9000)),
        "1," + DIGITS,
        "1." + "000." * 1500 + "000",
        "-1e308",
        "1e999",
        "²",
    ]
    rows = _rows(victim, chance, lambda: chance.choice(poison))
    return [("angka.xlsx", one_sheet(rows))] if chance.random() < 0.5 else [("angka.csv", _csv(rows).encode())]


def dates(victim: Victim, chance: random.Random) -> Files:
    """Days outside of every calendar."""
    poison = [
        "0001-01-01",
        "9999-12-31",
        1e10,
        -1.0,
        2958466,
        1e300,
        "31/02/2026",
        "1 s.d. 99 Juli 2026",
        f"{DIGITS}/7/2026",
    ]
    return [("tanggal.xlsx", one_sheet(_rows(victim, chance, lambda: chance.choice(poison))))]


def odd_names(victim: Victim, chance: random.Random) -> Files:
    """A good document under a name that nobody expects, beside things that are no submission."""
    name, data, _ = good_document(victim.code, victim.quarter)
    form = name.rpartition(".")[2].encode()
    names = [
        b"laporan \x96 TW3.",
        b"\xff\xfe.",
        "\u202elsx.\u200b.".encode(),
        b"-rf *.",
        b"a\nb\r.",
        b"x" * 240 + b".",
        b"'; drop--.",
        b"CON.",
    ]
    return [(chance.choice(names) + form, data), (b".tersembunyi.xlsx", b"x"), (b"~$kunci.xlsx", b"x")]


def odd_entries(victim: Victim, chance: random.Random) -> Files:
    """Entries of a folder that are no plain files, or that never end."""
    entries: list[Content] = [
        os.mkfifo,
        Path.mkdir,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to("/etc/passwd"),
        lambda path: path.symlink_to(path.name),
        lambda path: path.symlink_to("tidak-ada"),
        lambda path: _sparse(path, 5 * 1024**3),
    ]
    return [(f"laporan {number}.xlsx", entry) for number, entry in enumerate(chance.sample(entries, 2))]


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def crowd(victim: Victim, chance: random.Random) -> Files:
    """Hundreds of files where one is expected."""
    name, data, _ = good_document(victim.code, victim.quarter)
    return [(f"{number} {name}", data + b" " * number) for number in range(chance.choice((2, 60, 400)))]


def wrong_quarter(victim: Victim, chance: random.Random) -> Files:
    """The unit's document of the quarter before."""
    name, data, _ = good_document(victim.code, victim.quarter.previous())
    return [(name, data)]


def of_another(victim: Victim, chance: random.Random) -> Files:
    """The document of another unit."""
    name, data, _ = good_document(victim.other, victim.quarter)
    return [(name, data)]


def json_numbers(victim: Victim, chance: random.Random) -> Files:
    """Numbers without an end as values, doubled keys."""
    return [
        (
            "k.json",
            _json(victim, chance.choice([DIGITS, "-" + DIGITS, "1e999", "1E-999", "NaN", "0." + DIGITS, "Infinity"])),
        )
    ]


def json_texts(victim: Victim, chance: random.Random) -> Files:
    """NUL, half characters, nesting, other encodings."""
    cell = chance.choice([
        r'"\u0000"',
        r'"\ud800"',
        '"\u202e🙂' + "x" * 40_000 + '"',
        "[" * 90_000 + "]" * 90_000,
        "{" * 5000,
        r'["a", null, {"b": [1]}]',
    ])
    return [("k.json", _json(victim, cell, chance.choice(["utf-8", "utf-16", "utf-32"])))]


def formulas(victim: Victim, chance: random.Random) -> Files:
    """Formulas, error values, commands of programs."""
    poison = [
        "=1+1",
        '=HYPERLINK("http://a.id","x")',
        "=cmd|' /C calc'!A0",
        "#REF!",
        "Err:502",
        "@SUM(1)",
        "+1",
        "<script>alert(1)</script>",
    ]
    rows = _rows(victim, chance, lambda: chance.choice(poison))
    return [("rumus.xlsx", one_sheet(rows))] if chance.random() < 0.5 else [("rumus.csv", _csv(rows, ",").encode())]


def encodings(victim: Victim, chance: random.Random) -> Files:
    """Lines in different encodings in one file."""
    lines = _csv(_rows(victim, chance, lambda: "Café – “rapat” 🙂 ١٢")).split("\r\n")
    codings = ["utf-8", "cp1252", "utf-16-le", "latin-1"]
    return [("campur.csv", b"\r\n".join(line.encode(chance.choice(codings), "replace") for line in lines))]


def many_rows(victim: Victim, chance: random.Random) -> Files:
    """As many rows as a file may have, or more."""
    row = ";".join(str(cell or "") for cell in _own_row(victim, 0))
    head = ";".join(str(cell) for cell in samples.header(KEGIATAN))
    count = chance.choice((20_000, 99_999, 120_000))
    return [("banyak.csv", "\n".join([head, *[row] * count]).encode())]


def wrapped(victim: Victim, chance: random.Random) -> Files:
    """An archive in an archive, a thousand parts, a package that says a false size."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(chance.choice((1, 1999, 2500))):
            package.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 1000)
        package.writestr("xl/workbook.xml", b"\0" * chance.choice((10, 30_000_000)))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as package:
        package.writestr("dalam.xlsx", inner.getvalue())
    return [("bungkus.xlsx", chance.choice([inner, outer]).getvalue())]


def entities(victim: Victim, chance: random.Random) -> Files:
    """Entities that unfold, and one that asks for a file of ours."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    head = chance.choice([
        b'<!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]>",
        b'<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    ])
    cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return [("entitas.xlsx", with_sheet_xml(cells, b'<?xml version="1.0"?>' + head))]


def personal(victim: Victim, chance: random.Random) -> Files:
    """Personal data of members of the public in any cell."""
    poison = [NIK, f"a.n. Budi, NIK {NIK}", "0812-3456-7890", "budi@gmail.com", f"https://a.id/?nik={NIK}"]
    return [("warga.xlsx", one_sheet(_rows(victim, chance, lambda: chance.choice(poison))))]


def nothing(victim: Victim, chance: random.Random) -> Files:
    """Nothing, or next to nothing."""
    return [
        (
            "kosong" + chance.choice([".xlsx", ".csv", ".json", ".ods", ".xls"]),
            chance.choice([b"", b"\0", b"PK\x03\x04", b"{}", b"\xff\xfe"]),
        )
    ]


def long_cells(victim: Victim, chance: random.Random) -> Files:
    """Cells of 100,000 letters in every column."""
    poison = ["1-" * 50_000, "a" * 100_000, "１" * 100_000, "Instagram, " * 9000, "9 " * 50_000]
    return [("panjang.csv", _csv(_rows(victim, chance, lambda: chance.choice(poison), rows=6)).encode())]


def deep_json(victim: Victim, chance: random.Random) -> Files:
    """A good document of every data set whose keys are strange."""
    data = {
        dataset.name: [{chance.choice(["__proto__", "", "x" * 5000, "judul", "\u0000"]): 1} for _ in range(3)]
        for dataset in DATASETS
    }
    return [("k.json", json.dumps({"periode": victim.quarter.key, "kode_satker": victim.code, "data": data}).encode())]


def bomb(victim: Victim, chance: random.Random) -> Files:
    """A workbook that unfolds in memory, and is measured first."""
    return [("bom.xlsx", BOMBS[chance.choice(sorted(BOMBS.keys() - {KILLER}))][0]())]


def killer(victim: Victim, chance: random.Random) -> Files:
    """A workbook that unfolds in memory and escapes measuring: the bounds of the reader alone stop it."""
    return [("bom.xlsx", BOMBS[KILLER][0]())]


KINDS: dict[str, Kind] = {
    kind.__name__: kind
    for kind in (
        spoiled, digits, dates, odd_names, odd_entries, crowd, wrong_quarter, of_another, json_numbers, json_texts, formulas, encodings,
        many_rows, wrapped, entities, personal, nothing, long_cells, deep_json, bomb, killer,
    )
}  # fmt: skip
HEAVY = frozenset({"bomb", "killer", "many_rows"})
"""Kinds that take seconds: once in a quarter."""
