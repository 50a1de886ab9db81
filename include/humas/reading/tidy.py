"""Workbooks that are valid but oddly packed, in the form that the spreadsheet library and our own looks expect.

Spreadsheet programs open packages whose members have backslashes in their names, whose parts stand elsewhere, whose
elements carry a prefix, or whose tags are set apart by line breaks. The library refuses some of these, and of others
it reads less than is there. A package in the common form stays as it is, byte by byte.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from humas.reading.package import ENCRYPTED, MAX_MEMBERS, MAX_UNPACKED, small_xml

_HEAD = 8192
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_PLACES = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_SHEETS = "xl/worksheets/"
_CONTENT = "content.xml"
_DOCUMENT = "/officeDocument"
_RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_ENCODING = re.compile(r"""(<\?xml[^<>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
_PREFIXED = re.compile(rb"<([A-Za-z_][\w.-]*):(?:worksheet|sst)[\s>]")
_DIMENSION = re.compile(rb"""<dimension(?:\s[^<>]*?)?\sref\s*=\s*["']([^"']*)["'][^<>]*>(?:\s*</dimension>)?""")
_AREA = re.compile(rb"[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?")
_ODS_NAMES = re.compile(
    rb"""xmlns:([\w.-]+)\s*=\s*["']urn:oasis:names:tc:opendocument:xmlns:(office|table|text):1\.0["']"""
)
_TAG = re.compile(rb"<[^<>]*>")
_APART = re.compile(rb"(?<=>)\s+(?=</?(?:table|office):)")
_BEFORE_TEXT = re.compile(rb"(<table:[^<>]*>|</text:p>)\s+(?=<text:p[\s/>])")
_FAULTS = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, LookupError, ValueError, RuntimeError, EOFError, OSError,
)  # fmt: skip


def tidied(data: bytes) -> bytes:
    """The package in the common form; the very bytes when it has that form, or when it cannot be looked into."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _tidied(archive) or data
    except _FAULTS:
        return data


def _tidied(archive: zipfile.ZipFile) -> bytes | None:
    members = archive.infolist()
    if (
        len(members) > MAX_MEMBERS
        or sum(one.file_size for one in members) > MAX_UNPACKED
        or any(one.flag_bits & ENCRYPTED for one in members)
    ):
        return None  # whoever inspects the package says why it is refused
    names = {one.filename: one.filename.replace("\\", "/").lstrip("/") for one in members}
    written = _moved(archive, names)
    changes = dict(_changes(archive, names))
    if not (changes or written) and all(name == place for name, place in names.items()):
        return None
    return _packed(archive, names, changes, written)


def _packed(
    archive: zipfile.ZipFile,
    names: Mapping[str, str],
    changes: Mapping[str, Callable[[bytes], bytes]],
    written: Mapping[str, bytes],
) -> bytes:
    """The members at their new places, those named in ``changes`` mended, those in ``written`` replaced."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for place, name in {place: name for name, place in reversed(list(names.items()))}.items():
            content = written[name] if name in written else archive.read(name)
            packed.writestr(place, changes[name](content) if name in changes else content)
    return result.getvalue()


def _moved(archive: zipfile.ZipFile, names: dict[str, str]) -> dict[str, bytes]:
    """Give the parts of an XLSX the places where they are looked for; the relations that change by it, by member."""
    places = {place.casefold(): name for name, place in names.items()}
    root = places.get("_rels/.rels")
    main = small_xml(archive, root) if root else ()
    workbook = next(filter(None, (_main_part(relation, places) for relation in main)), _WORKBOOK)
    relations = places.get(_relations_of(workbook).casefold())
    if relations is None or workbook.casefold() not in places:
        return {}
    names[places[workbook.casefold()]] = _WORKBOOK
    names[relations] = _RELATIONS
    written = {}
    tree = small_xml(archive, relations)
    if _redirected(tree, workbook, places, names):
        written[relations] = _written(tree)
    if root and workbook != _WORKBOOK:
        for relation in main:
            if _main_part(relation, places):
                relation.set("Target", _WORKBOOK)
        written[root] = _written(main)
    return written


def _redirected(
    relations: Iterable[ElementTree.Element], workbook: str, places: Mapping[str, str], names: dict[str, str]
) -> bool:
    """Let the workbook's relations name the places where its parts now stand; whether one had to be changed."""
    changed = False
    for relation in relations:
        target = relation.get("Target", "")
        own = posixpath.join("/", posixpath.dirname(workbook), target.replace("\\", "/"))
        part = places.get(posixpath.normpath(own).lstrip("/").casefold())
        if part is None:
            continue
        names[part] = _PLACES.get(relation.get("Type", "").rpartition("/")[2], names[part])
        if _resolved(target) != names[part]:
            relation.set("Target", f"/{names[part]}")
            changed = True
    return changed


def _written(relations: Iterable[ElementTree.Element]) -> bytes:
    """Relations as XML without prefixes, the way that every reader knows them."""
    names = ("Id", "Type", "Target")
    attributes = (" ".join(f"{name}={quoteattr(one.get(name, ''))}" for name in names) for one in relations)
    lines = "".join(f"<Relationship {each}/>" for each in attributes)
    return f'<Relationships xmlns="{_RELATIONS_SPACE}">{lines}</Relationships>'.encode()


def _resolved(target: str) -> str:
    """Where a target of the workbook leads from its usual place."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _main_part(relation: ElementTree.Element, places: Mapping[str, str]) -> str:
    """The place of the workbook when a relation of the package names it; else ""."""
    target = posixpath.normpath(relation.get("Target", "").replace("\\", "/")).lstrip("/")
    return target if relation.get("Type", "").endswith(_DOCUMENT) and target.casefold() in places else ""


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _changes(archive: zipfile.ZipFile, names: Mapping[str, str]) -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    """The members whose content must be mended, each with what mends it; a look at its beginning tells."""
    for name, place in names.items():
        if place == _CONTENT:
            if (content := archive.read(name)) != _plain_ods(content):
                yield name, _plain_ods
        elif place.endswith((".xml", ".rels")):
            with archive.open(name) as member:
                head = member.read(_HEAD)
            sheet = place.startswith(_SHEETS) or place == _PLACES["sharedStrings"]
            if head[:2] in _WIDE or (sheet and _plain_sheet(head) != head):
                yield name, _plain_sheet if sheet else _narrow


def _narrow(content: bytes) -> bytes:
    """UTF-16 as UTF-8."""
    encoding = _WIDE.get(content[:2])
    if encoding is None:
        return content
    text = content.decode(encoding, errors="ignore").removeprefix("\ufeff")
    return _ENCODING.sub(r"\1", text, count=1).encode()


def _plain_sheet(content: bytes) -> bytes:
    """A sheet, or the shared texts, without a prefix before each element and without an extent that is none."""
    content = _narrow(content)
    if match := _PREFIXED.search(content, 0, _HEAD):
        prefix = re.escape(match[1])
        content = re.sub(rb"xmlns:" + prefix + rb"(\s*=)", rb"xmlns\1", content, count=1)
        content = re.sub(rb"<(/?)" + prefix + rb":", rb"<\1", content)
    extent = _DIMENSION.search(content, 0, _HEAD)
    if extent and not _AREA.fullmatch(extent[1]):
        content = content[: extent.start()] + content[extent.end() :]
    return content


def _plain_ods(content: bytes) -> bytes:
    """The content of an OpenDocument with the usual prefixes, and without blanks between the tags of its tables."""
    content = _narrow(content)
    others = {old: new for old, new in _ODS_NAMES.findall(content[:_HEAD]) if old != new}
    if others:
        pattern = re.compile(rb"(?<=[</\s:])(" + rb"|".join(map(re.escape, others)) + rb")(?=[:=])")
        content = _TAG.sub(lambda tag: _renamed(pattern, others, tag[0]), content)
    return _BEFORE_TEXT.sub(rb"\1", _APART.sub(b"", content))


def _renamed(pattern: re.Pattern[bytes], others: Mapping[bytes, bytes], tag: bytes) -> bytes:
    """A tag with its prefixes changed; what stands in quotes is the sender's."""
    parts = re.split(rb"""("[^"]*"|'[^']*')""", tag)
    parts[::2] = [pattern.sub(lambda match: others[match[1]], part) for part in parts[::2]]
    return b"".join(parts)
