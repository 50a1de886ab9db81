"""Contents are known by their bytes; a page is never taken for data."""

from __future__ import annotations

import pytest
from humas.errors import HumasError
from humas.sources import FileKind, sniff
from humas.sources.content import as_utf8, judge

CSV = b"Judul;Tanggal\r\nRapat;02/07/2026\r\n"
LOGIN = b"<!DOCTYPE html><html><title>Portal &amp; Masuk</title><form>Kata sandi</form></html>"
BROKEN_PAGE = b"\n\n<html><head><title>502 Bad Gateway</title></head></html>"
XLSX = b"PK\x03\x04\x14\x00\x06\x00"

KINDS = [
    ("json", b'{"a": 1}', FileKind.JSON),
    ("json_blanks", b"\xef\xbb\xbf \n[1]", FileKind.JSON),
    ("json_utf16", '{"a": 1}'.encode("utf-16"), FileKind.JSON),
    ("xlsx", XLSX, FileKind.XLSX),
    ("ods", b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", FileKind.ODS),
    ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 9, FileKind.XLS),
    ("csv", CSV, FileKind.CSV),
    ("csv_utf16", CSV.decode().encode("utf-16"), FileKind.CSV),
    ("csv_utf16_no_bom", CSV.decode().encode("utf-16-le"), FileKind.CSV),
    ("csv_cp1252", "Judul;Tempat\nRapat \u2013 lanjutan;Caf\u00e9\n".encode("cp1252"), FileKind.CSV),
    ("csv_one_nul", b"Judul;Tanggal\nRap\x00at;02/07/2026 " + b"x" * 60, FileKind.CSV),
    ("html", LOGIN, FileKind.MARKUP),
    ("pdf", b"%PDF-1.7\n", FileKind.OTHER),
    ("png", b"\x89PNG\r\n", FileKind.OTHER),
    ("noise", bytes(range(256)), FileKind.OTHER),
    ("empty", b"", FileKind.EMPTY),
    ("blank", b" \r\n\t" * 2000, FileKind.EMPTY),
    ("only_bom", b"\xef\xbb\xbf", FileKind.EMPTY),
]


@pytest.mark.parametrize(("data", "kind"), [k[1:] for k in KINDS], ids=[k[0] for k in KINDS])
def test_sniff(data: bytes, kind: FileKind) -> None:
    assert sniff(data) is kind


ALL = frozenset({FileKind.JSON, FileKind.XLSX, FileKind.CSV})
VERDICTS = [
    ("lying_type_true_magic", XLSX, "text/html", FileKind.XLSX),
    ("json_as_html", b"{}", "text/html; charset=utf-8", FileKind.JSON),
    ("csv_unlabelled", CSV, "", FileKind.CSV),
    ("csv_octets", CSV, "application/octet-stream", FileKind.CSV),
    ("csv_as_pdf", CSV, "application/pdf", "jenis_salah"),
    ("login", LOGIN, "application/json", "halaman_masuk"),
    ("error_page", BROKEN_PAGE, "application/json", "jenis_salah"),
    ("pdf", b"%PDF-1.7", "application/json", "jenis_salah"),
    ("nothing", b"", "application/json", "jawaban_kosong"),
]


@pytest.mark.parametrize(("data", "claim", "result"), [v[1:] for v in VERDICTS], ids=[v[0] for v in VERDICTS])
def test_judge(data: bytes, claim: str, result: FileKind | str) -> None:
    if isinstance(result, FileKind):
        assert judge(data, claim, ALL, "x") is result
        return
    with pytest.raises(HumasError) as caught:
        judge(data, claim, ALL, "x")
    assert caught.value.code == result


def test_message_names_the_page_in_one_clean_line() -> None:
    page = b"<html><title>Masuk\x1b[31m &lt;b&gt;\n" + b"a" * 100 + b"</title>login</html>"
    with pytest.raises(HumasError) as caught:
        judge(page, "", ALL, "API X (y)")
    assert caught.value.message.startswith(
        'API X (y) mengirim halaman masuk atau pemeriksaan peramban "Masuk [31m <b> aaa'
    )
    assert caught.value.message.isprintable()


CLAIMED = [
    ("declared", "“é”".encode("cp1252"), "application/json; charset=windows-1252", "“é”"),
    ("utf_8_whatever_is_declared", "é".encode(), "application/json; charset=windows-1252", "é"),
    ("nothing_declared", b"\xe9", "application/json", None),
    ("unknown_charset", b"\xe9", "application/json; charset=x-tidak-ada", None),
    ("charset_that_does_not_fit", b"\x81", "application/json; charset=windows-1252", None),
]


@pytest.mark.parametrize(("data", "claim", "text"), [one[1:] for one in CLAIMED], ids=[one[0] for one in CLAIMED])
def test_text_of_a_declared_charset(data: bytes, claim: str, text: str | None) -> None:
    assert as_utf8(data, claim) == (data if text is None else text.encode())
