"""Rows that say of their platform, month or channel that there is nothing: passed over, without a nil of the whole quarter."""

from __future__ import annotations

import pytest
from humas.layout.sheet import Sheet
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

ACCOUNTS = ["No", "Platform", "Nama Akun", "Tautan", "Followers", "Posting Terakhir", "Keterangan"]
ACCOUNT: list[object] = [1, "Instagram", "@humas", "https://instagram.com/humas", 5120, "28/09/2026", "aktif"]
VOICES = ["No", "Tanggal", "Saluran", "Jenis aduan", "Isi Aduan", "Tindak Lanjut", "Catatan"]
VOICE: list[object] = [1, "06/07/2026", "WhatsApp", "Pengaduan", "Jam layanan kantor tidak terpasang", "Selesai", None]
EVENTS = ["No", "Tanggal", "Nama Kegiatan", "Jenis Kegiatan", "Tempat", "Peserta", "Kendala"]
EVENT: list[object] = [1, "06/07/2026", "Rapat evaluasi kehumasan", "Rapat", "Kantor", 12, None]
LISTS = {"akun": (ACCOUNTS, ACCOUNT), "aspirasi": (VOICES, VOICE), "kegiatan": (EVENTS, EVENT)}

NOTHING: dict[str, tuple[str, list[object]]] = {
    "a platform without an account": ("akun", [2, "Podcast", "belum ada", "-", "-", "-", "direncanakan 2027"]),
    "said in the remarks alone": ("akun", [2, "Twitter", "-", None, None, None, "belum punya"]),
    "a platform and no standing": ("akun", [2, "Telegram", "tidak punya akun", "-", 0, "-", None]),
    "a month": ("aspirasi", [2, "Agustus 2026", "-", "-", "Nihil", "-", None]),
    "a day": ("aspirasi", [2, "Selasa, 7 Juli 2026", "-", "-", "Tidak ada aduan", "-", None]),
    "a day and its channel": ("aspirasi", [2, "07/07/2026", "WhatsApp", "-", "Tidak ada pengaduan masuk", "-", None]),
    "a month without an event": ("kegiatan", [2, "Agustus", "Nihil", "-", "-", "-", None]),
}
ROWS: dict[str, tuple[str, list[object]]] = {
    "an account without a name has followers": ("akun", [2, "Podcast", "belum ada", "-", 88, "-", None]),
    "a post, though no name": ("akun", [2, "Podcast", "belum ada", "-", "-", "https://x.example/1", None]),
    "an account, its check not": ("akun", [2, "Facebook", "Humas Kota", "-", "-", "-", "belum ada centang biru"]),
    "a complaint, nothing became of it": (
        "aspirasi",
        [2, "07/07/2026", "WhatsApp", "Pengaduan", "Lampu taman mati", "belum ada", None],
    ),
    "a complaint that lost its summary": (
        "aspirasi",
        [2, "07/07/2026", "WhatsApp", "Pengaduan", None, "Selesai", "tidak ada"],
    ),
    "an event without obstacles": ("kegiatan", [2, "07/07/2026", "Rapat humas", "Rapat", "-", "-", "tidak ada"]),
    "an event that lost its title": ("kegiatan", [2, "07/07/2026", None, "Rapat", "Kantor", "-", "tidak ada"]),
}


def _read(kind: str, *rows: list[object]) -> Sheet:
    header, first = LISTS[kind]
    (found,) = recognise_sheet(RawTable(kind, [list(header), list(first), *map(list, rows)], 1)).sheets
    assert found.dataset.name == kind
    return found


@pytest.mark.parametrize(("kind", "row"), NOTHING.values(), ids=NOTHING)
def test_a_row_that_says_that_there_is_nothing(kind: str, row: list[object]) -> None:
    found = _read(kind, row)
    assert found.indices == (1,)
    assert not found.nihil
    assert any(note.code == "K16" and "menyatakan tidak ada" in note.message and note.row == 3 for note in found.notes)


@pytest.mark.parametrize(("kind", "row"), ROWS.values(), ids=ROWS)
def test_a_row_that_says_more(kind: str, row: list[object]) -> None:
    assert _read(kind, row).indices == (1, 2)


def test_months_of_nothing_alone_are_no_nil() -> None:
    header, _ = LISTS["kegiatan"]
    rows = [[1, "Juli", "Nihil", "-", "-", "-", None], [2, "Agustus", "Nihil", "-", "-", "-", None]]
    (found,) = recognise_sheet(RawTable("Kegiatan", [list(header), *rows], 1)).sheets
    assert (found.indices, found.nihil) == ((), False)


def test_a_line_that_says_nihil_is_nil_as_before() -> None:
    header, _ = LISTS["kegiatan"]
    (found,) = recognise_sheet(RawTable("Kegiatan", [list(header), [1, "-", "NIHIL", "-", "-", "-", None]], 1)).sheets
    assert (found.indices, found.nihil) == ((), True)
