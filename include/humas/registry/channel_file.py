"""Reading the lines of the channel file: CSV or YAML, each entry with its line and its values as text."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from humas.errors import OperatorError, os_reason

COLUMNS = (
    "lembaga",
    "kode_satker",
    "nama_satker",
    "jenis",
    "alamat",
    "urutan",
    "kredensial",
    "himpunan",
    "percaya_waktu",
    "aktif",
    "cara",
)
_ALIASES = {"kode": "kode_satker", "nama": "nama_satker", "satker": "nama_satker", "url": "alamat"}
_NOTES = frozenset({"catatan", "keterangan"})
_MAX_DEPTH = 10
_COMMENT = re.compile(r"#(?!N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)")
_MAX_RECORD_LINES = 20
_MAX_BYTES = 8 * 1024 * 1024
_TEXT = "tag:yaml.org,2002:str"
_BLANK = "tag:yaml.org,2002:null"
_FILE_REMEDY = "simpan berkas saluran sebagai CSV atau YAML dengan huruf UTF-8, lalu periksa HUMAS_REGISTER."


class EntryProblem(NamedTuple):
    """What is wrong with an entry, and how to mend it."""

    message: str
    remedy: str


class ChannelEntry(NamedTuple):
    """One entry of the file. row: its 1-based line. content: values as text by column. problems: faults of its form."""

    row: int
    content: Mapping[str, str]
    problems: tuple[EntryProblem, ...] = ()


def read_entries(file: Path) -> list[ChannelEntry]:
    """All entries of a channel file, in order; raises OperatorError (``register_tak_terbaca``) when it cannot be read."""
    suffix = file.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        return list(_yaml_entries(_read_text(file), file.name))
    if suffix in {".csv", ".txt"}:
        return list(_csv_entries(_read_text(file), file.name))
    raise _unreadable(file.name, f'jenis "{suffix}" tidak didukung')


def _unreadable(name: str, cause: str) -> OperatorError:
    return OperatorError("register_tak_terbaca", f"Berkas saluran {name} tidak dapat dibaca: {cause}.", _FILE_REMEDY)


def _read_text(file: Path) -> str:
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise _unreadable(file.name, "lebih besar dari 8 MB")
        data = file.read_bytes()
    except OSError as error:
        raise _unreadable(file.name, os_reason(error)) from error
    # A spreadsheet on Windows saves what is neither UTF-8 nor UTF-16 in its old Western encoding.
    likeliest = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    for encoding in (likeliest, "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(file.name, "hurufnya bukan UTF-8")


def _csv_entries(text: str, name: str) -> Iterator[ChannelEntry]:
    """Each line is read on its own, so that a forgotten quote spoils one line and not the rest of the file."""
    lines = list(enumerate(re.split(r"\r\n|\r|\n", text), start=1))
    start = next((position for position, (_, line) in enumerate(lines) if _says_something(line)), None)
    if start is None:
        raise _unreadable(name, "tidak ada isinya")
    header_number, header = lines[start]
    delimiter = max(",;\t", key=header.count)
    columns = _header(header, delimiter, name)
    odd = tuple(_unknown_column(label) for label in columns if label and label not in COLUMNS and label not in _NOTES)
    if odd:
        yield ChannelEntry(header_number, {}, odd)
    position, shift = start + 1, 0
    while position < len(lines):
        number, line = lines[position]
        length = _lines_of_record(
            [line for _, line in lines[position : position + _MAX_RECORD_LINES]], delimiter, len(columns)
        )
        if _says_something(line):
            whole = "\n".join(line for _, line in lines[position : position + length])
            yield _csv_entry(number - shift, whole, delimiter, columns)
        shift += length - 1  # only spreadsheets write rows of several lines, and they count rows
        position += length


def _says_something(line: str) -> bool:
    """Whether a line is more than a blank row, a comment (which spreadsheets put in quotes), or Excel's ``sep=``."""
    content = line.strip(' \t,;"')
    return bool(content) and not _COMMENT.match(content) and not content.lower().startswith("sep=")


def _lines_of_record(lines: Sequence[str], delimiter: str, width: int) -> int:
    """How many lines one row takes: several, when a cell in quotes holds line breaks and the row is whole then."""
    for count in range(1, len(lines) + 1 if lines[0].count('"') % 2 else 1):
        try:
            if len(next(csv.reader(["\n".join(lines[:count])], delimiter=delimiter, strict=True))) == width:
                return count
        except csv.Error:
            continue
    return 1


def _header(line: str, delimiter: str, name: str) -> list[str]:
    """The columns of the file by our names; raises OperatorError when a needed one is missing or named twice."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _unreadable(name, "baris kepala kolom rusak") from error
    columns = [_column(heading) for heading in cells]
    missing = [heading for heading in ("lembaga", "jenis", "alamat") if heading not in columns]
    if not {"kode_satker", "nama_satker"} & set(columns):
        missing.append("kode_satker")
    if missing:
        raise _unreadable(name, f"kolom {', '.join(missing)} tidak ada pada kepala")
    if doubled := sorted({heading for heading in columns if heading and columns.count(heading) > 1}):
        raise _unreadable(name, f"kolom {', '.join(doubled)} tertulis dua kali")
    return columns


def _column(text: str) -> str:
    clean = re.sub(r"[\s-]+", "_", text.strip().lower())
    return _ALIASES.get(clean, clean)


def _unknown_column(column: str) -> EntryProblem:
    near = difflib.get_close_matches(column, COLUMNS, 1)
    advice = f'ganti menjadi "{near[0]}".' if near else f"pakai salah satu: {', '.join(COLUMNS)}."
    return EntryProblem(f'Kolom "{column[:40]}" tidak dikenal, sehingga isinya tidak dibaca.', advice)


def _csv_entry(number: int, line: str, delimiter: str, columns: Sequence[str]) -> ChannelEntry:
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        unquoted = dict(zip(columns, (cell.strip(' "') for cell in line.split(delimiter)), strict=False))
        return ChannelEntry(
            number, unquoted, (EntryProblem("Tanda kutip pada baris ini tidak berpasangan.", "tutup tanda kutipnya."),)
        )
    values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    if any(cells[len(columns) :]):
        surplus = EntryProblem(
            f"Baris ini berisi {len(cells)} sel, kepala kolom hanya {len(columns)}.",
            f'apit sel yang memuat "{delimiter}" dengan tanda kutip.',
        )
        return ChannelEntry(number, values, (surplus,))
    return ChannelEntry(number, values)


def _yaml_entries(text: str, name: str) -> Iterator[ChannelEntry]:
    root = _compose(text, name)
    if isinstance(root, yaml.MappingNode):
        root = next((value for key, value in root.value if key.value == "saluran"), root)
    if not isinstance(root, yaml.SequenceNode):
        raise _unreadable(name, 'daftar "saluran" tidak ada')
    for node in root.value:
        yield _yaml_entry(node)


def _compose(text: str, name: str) -> yaml.Node | None:
    """The tree of the document with its line numbers; nothing is constructed from it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if _depth(yaml.parse(text, Loader=loader)) > _MAX_DEPTH:
            raise _unreadable(name, "susunan YAML terlalu dalam")
        return yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        place = f" pada baris {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise _unreadable(name, f"susunan YAML salah{place}") from error
    except yaml.YAMLError as error:
        raise _unreadable(name, "susunan YAML salah") from error


def _depth(events: Iterable[yaml.Event]) -> int:
    """How deep collections are nested, counted up to the limit: composing a deeper tree would exhaust the C stack."""
    depth = deepest = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > _MAX_DEPTH:
            break
    return deepest


def _yaml_entry(node: yaml.Node) -> ChannelEntry:
    """One entry; its values keep the text that stands in the file, so that 32.10 is not lost to a number."""
    number = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        return ChannelEntry(
            number,
            {},
            (EntryProblem("Entri ini bukan pasangan nama dan isi.", 'tulis tiap saluran mulai dengan "- lembaga:".'),),
        )
    values: dict[str, str] = {}
    problems: list[EntryProblem] = []
    for key, value in node.value:
        column = _column(str(key.value))
        if problem := _yaml_fault(column, value, column in values):
            problems.append(problem)
        if isinstance(value, yaml.ScalarNode):
            values[column] = "" if value.tag == _BLANK else value.value
    return ChannelEntry(number, values, tuple(problems))


def _yaml_fault(column: str, value: yaml.Node, doubled: bool) -> EntryProblem | None:
    if column not in COLUMNS:
        return None if column in _NOTES else _unknown_column(column)
    if doubled:
        return EntryProblem(f'"{column}" tertulis dua kali.', "hapus salah satu.")
    if not isinstance(value, yaml.ScalarNode):
        return EntryProblem(f'Isi "{column}" bukan satu nilai.', "tulis satu nilai saja.")
    if column == "kode_satker" and value.tag not in {_TEXT, _BLANK}:
        return EntryProblem(
            f"Kode {value.value[:20]} tertulis tanpa tanda kutip, sehingga terbaca sebagai bilangan.",
            f'tulis dalam tanda kutip, misalnya "{value.value[:20]}".',
        )
    return None
