"""Letters that say in a sentence that a quarter had nothing to report: nil, as surely as a line "NIHIL" below a header.

Only a whole sentence that says so without reserve counts: none that sets a condition, instructs, leaves blanks to fill in,
excepts something or speaks of a month alone; none in a sheet with rows of a table, or with sentences of what was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from humas.bodies import alternatives
from humas.contract.columns import DATASETS, Dataset
from humas.layout.sheet import Sheet, TableNote, blank_cell, blank_row, clean_name, is_json
from humas.periods.in_text import QUARTER, quarters_in, years_in
from humas.periods.period import MONTH_NAMES
from humas.privacy import mask
from humas.reading.table import RawTable
from humas.values.cells import as_text, clean_text

_NOUNS = {
    "kegiatan": r"kegiatan|acara|agenda|aktivitas",
    "isu_hoaks": r"isu|hoaks|hoax|berita\s+bohong",
    "publikasi": r"publikasi|konten|rilis(?:\s+berita)?|siaran\s+pers|pemberitaan|berita|unggahan",
    "permohonan_info": r"permohonan|pemohon",
    "keberatan": r"keberatan|sengketa",
    "pemberitaan": r"kliping|monitoring\s+media|pemantauan\s+media",
    "aspirasi": r"aspirasi|(?:peng)?aduan",
    "akun": r"akun(?:\s+(?:resmi|medsos))?",
}
_NAMED = {name: re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE) for name, nouns in _NOUNS.items()}
_NOUN = "|".join(_NOUNS.values())
_FILLER = (
    r"satu\s*pun|apa\s*pun|sama\s+sekali|adanya|data|laporan|informasi|publik|kehumasan|humas|bakohumas|hubungan\s+masyarakat"
    r"|bidang|terkait|dan/atau|dan|atau|maupun|serta|baik|media\s+sosial|ppid"
)
_THING = rf"(?:(?:{_FILLER})\W+)*(?:{_NOUN})\b(?:[\s,/]+(?:{_FILLER}|{_NOUN})\b)*"
_THAT = (
    r"(?:\s+(?:yang\s+)?(?:(?:dapat|telah|kami|bisa)\s+)*(?:dilaksanakan|diselenggarakan|diadakan|dilakukan|dilaporkan|diterima|"
    r"ditemukan|diterbitkan|dipublikasikan|ditangani|laksanakan|selenggarakan|lakukan|laporkan|terima|terlaksana|terjadi|masuk)\b)?"
)
_HAS_NONE = (
    r"\b(?:tidak|tdk|belum)\s+(?:pernah\s+)?(?:ada|terdapat|memiliki|mempunyai|melaksanakan|menyelenggarakan|mengadakan|melakukan|"
    r"menerima|menerbitkan|menemukan|menangani)\s+"
)
_IS_NIL = r"\s*(?:adalah|ialah|dinyatakan|kami\s+nyatakan|[:=-])?\s*\W?\bnihil\b"
_IS_NOT_HELD = r"\s+(?:tidak|belum)\s+(?:ada|terlaksana|dilaksanakan|diselenggarakan|diadakan)\b"
_BETWEEN = r"(?:\s+[\w.,/'-]+){0,14}?"
_SAYS_NIL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_HAS_NONE}(?P<thing>{_THING}){_THAT}",
        rf"(?P<thing>\b{_THING}){_THAT}(?P<between>{_BETWEEN}){_IS_NIL}",
        rf"\bnihil\s+(?P<thing>{_THING}){_THAT}",
        rf"(?P<thing>\b{_THING})(?P<between>{_BETWEEN}){_IS_NOT_HELD}",
    )
)
_GOES_ON = re.compile(
    r"\W*(?:\bnihil\b\W*)?(?:$|\b(?:di|pada|selama|dalam|untuk|oleh|sepanjang|dari|periode|triwulan|tw|bulan|tahun|karena|dikarenakan|"
    r"disebabkan|sebab|akibat|mengingat|sehubungan|sehingga|demikian|mohon|harap|atau|dan|serta|maupun|untuk)\b)",
    re.IGNORECASE,
)
_REASON = re.compile(r"\b(?:karena|dikarenakan|disebabkan|sebab|akibat|mengingat|sehubungan)\b", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:^|[,:;.(/]|\b(?:laporan|bahwa|untuk|tentang|perihal|hal|menyatakan|melaporkan|maka|seluruh|semua|adalah|20\d\d|[ivx]+))\W*$",
    re.IGNORECASE,
)
"""What may stand before the things of which there are none, where nothing before them says so: no "anggaran kegiatan"."""
_NARROWS = re.compile(
    r"\b(?:secara|selain|kecuali|luar|lain(?:nya)?|yang|tambahan|susulan|luring|daring|tatap\s+muka|khusus|hari|tanggal|jam|peserta|anggaran|"
    r"kendala|hambatan|temuan|bukan|tidak|belum|namun|tetapi|tapi|melainkan|hanya|kecamatan|desa|kelurahan)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?<!akan )(?<!tidak )(?<!belum )(?<!dapat )(?<!yang )\b(?:dilaksanakan|melaksanakan|diselenggarakan|menyelenggarakan|mengadakan|diadakan|"
    r"menghadiri|dihadiri|mengikuti|diikuti|terlaksana)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:apabila|jika(?:lau)?|bila(?:mana)?|kalau|seandainya|andai(?:kata)?|manakala|sekiranya|dalam\s+hal|contoh|misal(?:nya)?|agar|supaya|"
    r"hendaknya|wajib|harus|silakan|tulis(?:kan|lah)?|isi(?:kan|lah)?|pilih|centang|coret|bagi\s+(?:satker|satuan|unit|yang)|setiap|"
    r"masing-masing|akan\s+dinyatakan|dianggap|(?:mohon|harap)(?!\s+(?:menjadi\s+)?(?:maklum|periksa|maaf)))\b|\?|\*\)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\.{3,}|…|_{3,}|<[^<>]*>|\[[^\[\]]*\]|\{[^{}]*\}|\bxx+\b", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"\b(?:contoh|format|templat|template|formulir|petunjuk|panduan|pedoman|tata\s+cara|cara\s+pengisian)\b",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"\b(?:mohon|dimohon|diminta|agar|harap|diharapkan)\b.{0,80}?\b(?:menyampaikan|mengirim(?:kan)?|melapor(?:kan)?|mengisi|menyusun|segera)\b",
    re.IGNORECASE,
)
_OF_A_MONTH = re.compile(rf"\bbulan\s+(?:{alternatives(map(str.lower, MONTH_NAMES))})\b", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"(?<=[^\W\d_]{5}[.!;])\s+|(?<=[\d)][.!;])\s+(?=[^\W\d_])")
_MARKS = frozenset({":", "=", "-", ";"})
_LETTER_CELLS, _LETTER_ROWS = 2, 1
"""Cells of a line of a letter, its colons aside; so many fuller lines are still none of a table."""
_MOST_LINES, _LONGEST = 120, 4_000
_TITLE_LINES = 6
_SHOWN = 120


def nil_letter(table: RawTable) -> tuple[Sheet, ...]:
    """The data sets that a letter says there was nothing of, each as a sheet declared nil; () of any other sheet."""
    if is_json(table) or table.hidden or table.labels or holds_table(table) or len(table.cells) > _MOST_LINES * 5:
        return ()
    lines = _lines(table)
    whole = " ".join(text for _, text in lines)
    if not lines or len(lines) > _MOST_LINES or len(whole) > _LONGEST or _is_template(table, lines):
        return ()
    said = list(_sentences(lines))
    nil = [(index, sentence, found) for index, sentence in said if (found := _nil_of(sentence, whole))]
    told = {sentence for _, sentence, _ in nil}
    if not nil or any(_DONE.search(sentence) for _, sentence in said if sentence not in told):
        return ()
    return tuple(
        _sheet(table, dataset, nil, whole) for dataset in DATASETS if any(dataset.name in one for *_, one in nil)
    )


def holds_table(table: RawTable) -> bool:
    """Whether a sheet has rows of more cells than a letter's lines have."""
    return sum(len(_words(row)) > _LETTER_CELLS for row in table.cells) > _LETTER_ROWS


def quarters_of_letter(sheet: Sheet) -> frozenset[str]:
    """The quarters that a letter speaks of, by its sentence and the years it names, else by its other lines."""
    sentence, whole = sheet.top
    return _quarters(sentence, whole)


def _sheet(table: RawTable, dataset: Dataset, nil: Sequence[tuple[int, str, frozenset[str]]], whole: str) -> Sheet:
    index, sentence = next((index, sentence) for index, sentence, found in nil if dataset.name in found)
    shown = mask(sentence if len(sentence) <= _SHOWN else f"{sentence[:_SHOWN]}…")
    note = TableNote(
        "K25",
        f'kalimat "{shown}" dibaca sebagai pernyataan nihil {dataset.sheet}.',
        "Tidak perlu tindakan bila memang nihil.",
        row=table.row_number(index),
    )
    width = max(map(len, table.cells))
    return Sheet(
        table, dataset, {}, ("",) * width, (), notes=(note,), top=(sentence, whole), nihil=True, by_letter=True
    )


def _words(row: Sequence[object]) -> list[str]:
    """The filled cells of a row, its colons aside."""
    return [text for cell in row if not blank_cell(cell) and (text := clean_text(as_text(cell))[0]) not in _MARKS]


def _lines(table: RawTable) -> list[tuple[int, str]]:
    """The text of each row with its index; a blank row is a line of nothing."""
    return [(i, "" if blank_row(row) else " ".join(_words(row))) for i, row in enumerate(table.cells)]


def _is_template(table: RawTable, lines: Sequence[tuple[int, str]]) -> bool:
    """Whether a sheet shows how such a letter is written, or asks for one."""
    titles = [text for _, text in lines if text][:_TITLE_LINES]
    whole = " ".join(text for _, text in lines)
    return (
        any(_TEMPLATE.search(text) for text in (clean_name(table.name), *titles)) or _REQUESTS.search(whole) is not None
    )


def _sentences(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The sentences of paragraphs, which blank lines part and which may run over several rows; with the row they begin in."""
    start, paragraph = 0, ""
    for index, text in (*lines, (len(lines), "")):
        if text:
            start = start if paragraph else index
            paragraph = f"{paragraph} {text}".strip()
        elif paragraph:
            yield from ((start, one) for one in _SENTENCE_ENDS.split(paragraph) if one)
            paragraph = ""


def _nil_of(sentence: str, whole: str) -> frozenset[str]:
    """The data sets that a sentence says there was nothing of in a quarter."""
    years = " ".join(years_in(whole))
    if _CONDITION.search(sentence) or _BLANKS.search(sentence) or not _quarters(sentence, whole):
        return frozenset()
    if _OF_A_MONTH.search(sentence) and not _quarters(QUARTER.sub(" ", sentence), years):
        return frozenset()  # a month is no quarter, and its first and last month are
    found = (match for shape in _SAYS_NIL for match in shape.finditer(sentence) if _without_reserve(sentence, match))
    return frozenset(name for match in found for name, noun in _NAMED.items() if noun.search(match["thing"]))


def _without_reserve(sentence: str, match: re.Match[str]) -> bool:
    """Whether a sentence says so of all there is: nothing is excepted, and nothing else in it was done."""
    rest = sentence[match.end() :]
    between = match.groupdict().get("between")
    if between is not None and not _LEADS.search(sentence[: match.start()]):
        return False
    clause = _REASON.split(rest, maxsplit=1)[0]
    other = f"{sentence[: match.start()]} . {between or ''} . {rest}"
    return _GOES_ON.match(rest) is not None and not (
        _NARROWS.search(between or "") or _NARROWS.search(clause) or _DONE.search(other)
    )


def _quarters(sentence: str, whole: str) -> frozenset[str]:
    """The quarters that a sentence names, with the years of the whole text; those of the whole where it names none."""
    return quarters_in(" ".join((sentence, *years_in(whole)))) or quarters_in(whole)
