"""Whose signature a PDF bears, whether it fits, and whether what was signed is what was published."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from humas.errors import OperatorError, SenderError
from humas.signature import Likeness, Trust, laid_over, likeness, load_issuers, signatures_in

from tests.signature.certificates import added_behind, person, redraw, saved_anew, signed, small_pdf

SIGNER, OTHER = person("Siti Aminah, S.Sos."), person("Budi Santoso", "KPU Provinsi Jawa Tengah")
REPORT = small_pdf()


def issuers(folder: Path, *people) -> tuple:
    for number, one in enumerate(people):
        (folder / f"{number}.pem").write_bytes(one.certificate)
    return load_issuers(folder)


def test_a_signature_names_its_signer_and_fits():
    (one,) = signatures_in(signed(REPORT, SIGNER))
    assert (one.signer, one.intact, one.unchanged) == ("Siti Aminah, S.Sos., KPU Kota Semarang", True, True)
    assert one.signed_at is not None and one.signed_at.tzinfo is not None


def test_two_may_sign_one_after_the_other():
    both = signatures_in(signed(signed(REPORT, SIGNER), OTHER, "TTE2"))
    assert [one.signer.split(",")[0] for one in both] == ["Siti Aminah", "Budi Santoso"]
    assert all(one.intact and one.unchanged for one in both)


@pytest.mark.parametrize(
    ("known", "trust"),
    [((), Trust.UNKNOWN), ((SIGNER,), Trust.YES), ((OTHER,), Trust.NO)],
    ids=["none", "own", "another"],
)
def test_trust_follows_the_issuers_of_the_installation(tmp_path, known, trust):
    named = issuers(tmp_path, *known) if known else ()
    assert [one.trust for one in signatures_in(signed(REPORT, SIGNER), named)] == [trust]


def test_a_flipped_byte_is_seen():
    content = bytearray(signed(REPORT, SIGNER))
    content[content.index(b"Kegiatan 1") + 9] ^= 1
    assert [one.intact for one in signatures_in(bytes(content))] == [False]


def test_what_is_added_after_the_signature_is_seen():
    (one,) = signatures_in(added_behind(signed(REPORT, SIGNER), redraw))
    assert (one.intact, one.unchanged) == (True, False)


def test_a_report_that_nobody_signed_bears_none():
    assert signatures_in(REPORT) == ()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 x", REPORT[:200], b"PK\x03\x04"], ids=["empty", "torn", "cut", "zip"]
)
def test_what_is_no_pdf_is_refused_by_name(content):
    with pytest.raises(SenderError, match="tidak dapat dibaca"):
        signatures_in(content)


def _stamp(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def _other_figure(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Contents.write(b"BT /F1 12 Tf 20 100 Td (Kegiatan 7) Tj ET")


def _narrower(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.CropBox = pikepdf.Array([0, 0, 100, 100])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (REPORT, Likeness.BYTES),
        (signed(REPORT, SIGNER), Likeness.BYTES),
        (saved_anew(REPORT), Likeness.PAGES),
        (saved_anew(REPORT, _stamp), Likeness.PAGES),
        (saved_anew(REPORT, _other_figure), Likeness.OTHER),
        (saved_anew(REPORT, _narrower), Likeness.OTHER),
        (saved_anew(REPORT, lambda pdf: pdf.pages.reverse()), Likeness.OTHER),
        (small_pdf(3), Likeness.OTHER),
        (added_behind(REPORT, redraw), Likeness.OTHER),
        (signed(added_behind(REPORT, redraw), SIGNER), Likeness.OTHER),
        (b"%PDF", Likeness.OTHER),
    ],
    ids=[
        "same",
        "signed",
        "saved_anew",
        "stamped",
        "other_figure",
        "cropped",
        "turned",
        "longer",
        "redrawn",
        "redrawn_and_signed",
        "torn",
    ],
)
def test_likeness_is_of_what_pages_draw(content, expected):
    assert likeness(REPORT, content) is expected


def test_stamps_are_counted_and_signatures_are_none():
    assert laid_over(REPORT, saved_anew(REPORT, _stamp)) == 1
    assert laid_over(REPORT, signed(REPORT, SIGNER)) == 0


def test_a_folder_of_issuers_with_anything_else_is_told_to_operators(tmp_path):
    (tmp_path / "catatan.txt").write_text("bukan sertifikat")
    with pytest.raises(OperatorError, match="Sertifikat penerbit"):
        load_issuers(tmp_path)
    with pytest.raises(OperatorError, match="tidak ada"):
        load_issuers(tmp_path / "tidak-ada")
    assert load_issuers(None) == ()
