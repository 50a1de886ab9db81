"""A report's way to a signature and back: laid ready as published, taken back when it fits, kept, and told by ``verify``."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from humas.errors import OperatorError, SenderError
from humas.installation.context import Context
from humas.pipeline import quarter as pipeline
from humas.pipeline.signing import TakenBack, lay_ready, states, take_all, take_back
from humas.publish.verify import RecordBook, RecordSource, Status, verify
from humas.signature import Likeness

from tests.pipeline.small import KPU, fork, install_few, wait
from tests.real_input.installation import serve_office
from tests.signature.certificates import added_behind, person, redraw, saved_anew, signed

pytestmark = pytest.mark.pipeline
UNIT = "HT-KPU-33.22-2026TW3-E1"
PLACE = ("satker", "33.22")
SIGNER = person("Siti Aminah, S.Sos.")


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    """Home of an installation that published a quarter of a few units."""
    home = tmp_path_factory.mktemp("asal")
    with serve_office() as office:
        k = install_few(home, office)
        k.warehouse.close()
        assert wait(fork(lambda: pipeline.run_quarter(k, KPU))) == "selesai"
    return home


@pytest.fixture
def k(tmp_path, base) -> Context:
    shutil.copytree(base / "keadaan", tmp_path / "salinan" / "keadaan", symlinks=True)
    with serve_office() as office:
        return install_few(tmp_path / "salinan", office)


@pytest.fixture
def ready(k, tmp_path) -> Path:
    """The unit's report, laid ready."""
    assert lay_ready(k, KPU, {PLACE}, tmp_path / "siap", lambda place: place[1]) == 1
    return tmp_path / "siap" / f"{UNIT}.pdf"


def books(k: Context) -> list[RecordBook]:
    return [RecordBook("kpu", "2026-TW3", tuple(k.warehouse.edition_records(KPU)), RecordSource.WAREHOUSE)]


def back(folder: Path, content: bytes, name: str = f"{UNIT}_signed.pdf") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def renamed(content: bytes) -> bytes:
    """A signature with another name in its certificate."""
    name, other = (text.encode().hex().upper().encode() for text in ("Siti Aminah", "Siti Aminih"))
    assert name in content
    return content.replace(name, other)


def test_what_comes_back_is_kept_noted_and_told(k, ready, tmp_path):
    file = back(tmp_path, signed(ready.read_bytes(), SIGNER))
    first, again = take_back(k, file), take_back(k, file)
    assert (first.id, first.number, first.likeness, first.new, again.new) == (UNIT, 1, Likeness.BYTES, True, False)
    (kept,) = (k.settings.signed / "kpu" / "2026-TW3").iterdir()
    assert kept.read_bytes() == file.read_bytes()
    signed_now = {one.place: (one.signed, one.signers) for one in states(k, KPU) if one.signed}
    assert signed_now == {PLACE: (1, ("Siti Aminah, S.Sos., KPU Kota Semarang",))}
    answer = verify(file, books(k))
    assert (answer.status, answer.id, answer.settled) == (Status.SIGNED, UNIT, True)
    assert "Siti Aminah" in answer.pesan
    assert "penerbit belum diperiksa" in answer.pesan


def test_a_program_that_saves_anew_is_taken_and_said(k, ready, tmp_path):
    taken = take_back(k, back(tmp_path, signed(saved_anew(ready.read_bytes()), SIGNER)))
    assert (taken.likeness, taken.laid_over) == (Likeness.PAGES, 0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda content: content, "tidak memuat tanda tangan"),
        (lambda content: signed(added_behind(content, redraw), SIGNER), "isi halamannya bukan"),
        (lambda content: added_behind(signed(content, SIGNER), redraw), "ditambahi sesuatu sesudah"),
        (lambda content: renamed(signed(content, SIGNER)), "berubah sesudah|tidak dapat dibaca"),
        (lambda content: content[: len(content) // 2], "tidak dapat dibaca"),
        (lambda content: b"bukan pdf", "tidak dapat dibaca"),
    ],
    ids=["unsigned", "redrawn_and_signed", "redrawn_afterwards", "forged_name", "torn", "no_pdf"],
)
def test_what_does_not_fit_is_refused_and_nothing_is_noted(k, ready, tmp_path, change, reason):
    file = back(tmp_path, change(ready.read_bytes()))
    with pytest.raises(SenderError, match=reason):
        take_back(k, file)
    assert k.warehouse.signed_copies(KPU) == []
    assert verify(file, books(k)).status is not Status.SIGNED


def test_one_that_is_refused_stops_no_other(k, ready, tmp_path):
    files = [
        back(tmp_path, b"x", "lain.pdf"),
        back(tmp_path, signed(ready.read_bytes(), SIGNER)),
        tmp_path / "tiada.pdf",
    ]
    refused, taken, missing = take_all(k, files)
    assert isinstance(taken, TakenBack)
    assert "tidak menyebut laporan" in refused[1].message
    assert "tidak ada" in missing[1].message


@pytest.mark.parametrize("own", [True, False], ids=["own", "another"])
def test_only_issuers_that_are_named_count(k, ready, tmp_path, own):
    (tmp_path / "penerbit").mkdir()
    issuer = SIGNER if own else person("Orang Lain")
    (tmp_path / "penerbit" / "a.pem").write_bytes(issuer.certificate)
    k = Context(replace(k.settings, signature_issuers=tmp_path / "penerbit"), k.register, k.calendar)
    file = back(tmp_path, signed(ready.read_bytes(), SIGNER))
    if own:
        assert take_back(k, file).new
    else:
        with pytest.raises(SenderError, match="tidak ada pada daftar penerbit"):
            take_back(k, file)


def test_what_is_laid_ready_is_what_was_published(k, ready, tmp_path):
    published = k.settings.published / "kpu" / "2026-TW3" / "laporan" / f"{UNIT}.pdf"
    assert ready.read_bytes() == published.read_bytes()
    published.write_bytes(b"%PDF lain")
    with pytest.raises(OperatorError, match="tidak lagi seperti saat terbit"):
        lay_ready(k, KPU, {PLACE}, tmp_path / "siap", lambda place: place[1])
    with pytest.raises(SenderError, match="Belum ada laporan terbit: 99"):
        lay_ready(k, KPU, {("satker", "99")}, tmp_path / "siap", lambda place: place[1])
