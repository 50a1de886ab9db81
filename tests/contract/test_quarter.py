"""Whose quarter it is: files of another quarter are asked about once, and no row counts in two quarters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from humas.contract.columns import HIMPUNAN, KEGIATAN, MENURUT_NAMA
from humas.contract.quarter import Elsewhere
from humas.contract.result import HasilBatch, StatusKiriman
from humas.contract.validate import validate_batch

from tests.contract.contoh import SETTINGS, kalender, register, row, sheet, submission

pytestmark = pytest.mark.mesin

K, P, I, H = MENURUT_NAMA.values()  # noqa: E741
TW2, TW3, TW4, LALU = date(2026, 4, 6), date(2026, 7, 6), date(2026, 10, 5), date(2025, 8, 4)
JANUARI = datetime(2027, 1, 8, 2, tzinfo=UTC)
BEBAS = {"hari": None, "tanggal_selesai": None, "tanggal_publikasi": None}


def activities(mulai: date, banyak: int) -> list[list[object]]:
    """So many activities from a day on, at most three a day, no two alike."""
    return [
        row(KEGIATAN, tanggal_mulai=mulai + timedelta(n // 3), judul=f"Rapat koordinasi kehumasan nomor {n}", **BEBAS)
        for n in range(banyak)
    ]


def judged(*baris: list[object], elsewhere: Elsewhere | None = None, himpunan=KEGIATAN, tiba=JANUARI) -> HasilBatch:
    kiriman = submission(sheet(*baris, himpunan=himpunan), tiba=tiba)
    return validate_batch([kiriman], register(), kalender(), SETTINGS, elsewhere or Elsewhere())


@dataclass
class Counts:
    """Rows that other quarters count, as a warehouse would tell: those of the quarter, whatever is asked."""

    rows: Mapping[str, str]

    def __call__(self, body: str, quarter: str, dataset: str, early: Collection[str]) -> Mapping[str, str]:
        return self.rows


def ids(hasil: HasilBatch, himpunan=KEGIATAN) -> list[str]:
    return list(hasil.diterima[himpunan.nama]["id_baris"])


ISI = [
    ("a good file", activities(TW3, 50), False),
    ("three late rows among fifty", [*activities(TW3, 50), *activities(TW2, 3)], False),
    ("one row of the quarter among four late ones", [*activities(TW3, 1), *activities(TW2, 4)], False),
    ("nine late rows and one", [*activities(TW3, 1), *activities(TW2, 9)], False),
    ("ten late rows and three", [*activities(TW3, 3), *activities(TW2, 10)], False),
    ("ten late rows and two", [*activities(TW3, 2), *activities(TW2, 10)], True),
    ("one late row alone", activities(TW2, 1), True),
    ("two late rows alone", activities(TW2, 2), True),
    ("the quarter before", activities(TW2, 50), True),
    ("the quarter after", activities(TW4, 50), True),
    ("half of it the quarter after", [*activities(TW3, 20), *activities(TW4, 20)], False),
    ("the same quarter of last year", activities(LALU, 20), True),
    ("a late row beside one without a date", [*activities(TW2, 1), row(tanggal_mulai="besok", **BEBAS)], False),
    ("a file of dates to come", [row(tanggal_mulai=date(2027, 3, 1), **BEBAS)], False),
]


@pytest.mark.parametrize(("baris", "ditahan"), [satu[1:] for satu in ISI], ids=[satu[0] for satu in ISI])
def test_a_file_is_asked_about_when_nearly_nothing_of_it_is_of_the_quarter(baris, ditahan):
    hasil = judged(*baris)
    (vonis,), kode = hasil.kiriman, list(hasil.temuan["kode"])
    assert ("K43" in kode) is ditahan
    if ditahan:
        assert kode == ["K43"]
        assert (vonis.status, vonis.diterima) == (StatusKiriman.DITOLAK, 0)
        assert vonis.baris_masuk == vonis.dikarantina == len(baris)
        assert hasil.diterima["kegiatan"].empty
        assert hasil.karantina.empty


PERTANYAAN = [
    ("before", activities(TW2, 50), None,
     "50 dari 50 baris bukan baris Triwulan III 2026: 50 bertanggal dalam Triwulan II 2026. Apakah ini memang"
     " laporan Triwulan III 2026?", True),
    ("after", activities(TW4, 50), None,
     "50 dari 50 baris bukan baris Triwulan III 2026: 50 bertanggal dalam Triwulan IV 2026. Yang sudah diterima untuk"
     " Triwulan III 2026 tetap berlaku.", False),
    ("two quarters", [*activities(TW2, 2), *activities(LALU, 3)], None,
     "5 dari 5 baris bukan baris Triwulan III 2026: 3 bertanggal dalam Triwulan III 2025, 2 bertanggal dalam"
     " Triwulan II 2026. Apakah", True),
    ("counted there", activities(TW2, 2), "2026-TW2", "2 bertanggal dalam Triwulan II 2026 (semuanya sudah dihitung di sana).", True),
    ("counted later", activities(TW3, 2), "2026-TW4", ": 2 sudah dihitung pada laporan Triwulan IV 2026. Apakah", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("baris", "di", "pesan", "dijawab"), [satu[1:] for satu in PERTANYAAN], ids=[satu[0] for satu in PERTANYAAN]
)
def test_the_question_names_both_quarters_how_many_and_what_to_do(baris, di, pesan, dijawab):
    luar = Elsewhere()
    if di:
        lain = Elsewhere(released=frozenset({"k1"}))
        luar = Elsewhere(counted=Counts(dict.fromkeys(ids(judged(*baris, elsewhere=lain)), di)))
    (vonis,) = judged(*baris, elsewhere=luar).kiriman
    assert pesan in vonis.alasan
    assert vonis.cara.startswith("Kirim berkas Triwulan III 2026.")
    assert "{periode}" in vonis.cara
    assert ("./humas terima 33.74 2026-TW3 --lembaga kpu" in vonis.cara) is dijawab


def test_what_a_person_let_pass_is_asked_about_no_more_and_its_early_rows_are_late_ones():
    hasil = judged(*activities(TW2, 50), elsewhere=Elsewhere(released=frozenset({"k1"})))
    assert hasil.kiriman[0].status is StatusKiriman.DENGAN_CATATAN
    assert set(hasil.temuan["kode"]) == {"V09"}
    assert hasil.diterima["kegiatan"]["susulan"].all()
    assert len(hasil.diterima["kegiatan"]) == 50


def test_letting_a_file_pass_lets_no_later_row_and_no_counted_row_pass():
    lepas = frozenset({"k1"})
    hasil = judged(*activities(TW4, 12), elsewhere=Elsewhere(released=lepas))
    assert set(hasil.karantina["kode"]) == {"K44"}
    dini = ids(judged(*activities(TW2, 12), elsewhere=Elsewhere(released=lepas)))
    lagi = Elsewhere(counted=Counts(dict.fromkeys(dini, "2026-TW2")), released=lepas)
    hasil = judged(*activities(TW2, 12), elsewhere=lagi)
    assert set(hasil.karantina["kode"]) == {"K45"}
    assert hasil.kiriman[0].status is StatusKiriman.DITOLAK


SESUDAH = [
    (K, {"tanggal_mulai": "06/10/2026", **BEBAS}, "K44"),
    (P, {"tanggal_terbit": "06/10/2026"}, "K44"),
    (
        I,
        {"no_registrasi": "9/2026", "tanggal_terima": "06/10/2026", "tanggal_lengkap": None, "tanggal_tanggapan": None},
        "K44",
    ),
    (
        H,
        {"id_isu": "nomor-lain-9", "tanggal_temuan": "06/10/2026 08.00", "tanggal_klarifikasi": "06/10/2026 09.00"},
        "K44",
    ),
    (K, {"tanggal_mulai": "30/06/2026", **BEBAS}, "V09"),
    (P, {"tanggal_terbit": "30/06/2026"}, "V09"),
    (
        I,
        {
            "no_registrasi": "9/2026",
            "tanggal_terima": "30/06/2026",
            "tanggal_lengkap": None,
            "tanggal_tanggapan": "02/07/2026",
        },
        "",
    ),
    (
        H,
        {"id_isu": "nomor-lain-9", "tanggal_temuan": "30/06/2026 08.00", "tanggal_klarifikasi": "30/06/2026 09.00"},
        "",
    ),
]


@pytest.mark.parametrize(("himpunan", "isi", "kode"), SESUDAH, ids=[f"{h.nama} {k or 'late'}" for h, _, k in SESUDAH])
def test_rows_after_the_quarter_are_held_and_rows_before_it_are_late_in_every_data_set(himpunan, isi, kode):
    hasil = judged(row(himpunan), row(himpunan, **isi), himpunan=himpunan)
    assert set(hasil.temuan.loc[hasil.temuan["baris"] == 3, "kode"]) == ({kode} if kode else set())
    assert list(hasil.karantina["baris"]) == ([3] if kode == "K44" else [])
    if kode == "K44":
        temuan = hasil.temuan.set_index("kode").loc["K44"]
        assert "6 Oktober 2026 sesudah Triwulan III 2026; baris ini milik Triwulan IV 2026." in temuan["pesan"]
        assert temuan["cara"] == "Kirim dalam laporan Triwulan IV 2026."
    else:
        assert hasil.diterima[himpunan.nama]["susulan"].tolist() == [False, True]


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda satu: satu.nama)
def test_a_row_that_another_quarter_counts_is_held_with_the_quarter(himpunan):
    baris = [row(himpunan), row(himpunan, **{himpunan.kunci[-1]: _another(himpunan)})]
    frame = judged(*baris, himpunan=himpunan).diterima[himpunan.nama]
    satu = frame["id_baris"].iloc[0]
    if himpunan.acuan not in himpunan.kunci:
        satu += f"@{frame[himpunan.acuan].iloc[0]:%Y-%m-%d}"
    hasil = judged(*baris, himpunan=himpunan, elsewhere=Elsewhere(counted=Counts({satu: "2026-TW4"})))
    assert list(hasil.karantina["kode"]) == ["K45"]
    temuan = hasil.temuan.set_index("kode").loc["K45"]
    assert "baris ini sudah dihitung pada laporan Triwulan IV 2026." in temuan["pesan"]
    assert "kirim perbaikan laporan Triwulan IV 2026" in temuan["cara"]
    assert len(hasil.diterima[himpunan.nama]) == 1


def _another(himpunan) -> object:
    return {"judul": "Rapat kehumasan yang lain", "tanggal_terbit": "03/07/2026"}.get(
        himpunan.kunci[-1], "nomor-lain-9"
    )


@pytest.mark.parametrize("himpunan", [I, H], ids=lambda satu: satu.nama)
def test_a_number_given_anew_on_another_day_is_another_row(himpunan):
    satu = judged(row(himpunan), himpunan=himpunan).diterima[himpunan.nama]["id_baris"].iloc[0]
    lain = Elsewhere(counted=Counts({f"{satu}@2026-04-02": "2026-TW2"}))
    assert judged(row(himpunan), himpunan=himpunan, elsewhere=lain).karantina.empty


def test_a_late_row_that_its_own_quarter_counts_is_told_once():
    baris = [*activities(TW3, 20), *activities(TW2, 1)]
    telat = judged(*baris).diterima["kegiatan"].set_index("susulan").loc[True, "id_baris"]
    hasil = judged(*baris, elsewhere=Elsewhere(counted=Counts({telat: "2026-TW2"})))
    assert list(hasil.temuan["kode"]) == ["K45"]


NIHIL = [
    ("nothing known", Elsewhere(), StatusKiriman.NIHIL),
    ("the very bytes of another quarter's address", Elsewhere(repeats={"k1": "2026-TW2"}), StatusKiriman.DITOLAK),
    (
        "let pass",
        Elsewhere(repeats={"k1": "2026-TW2"}, released=frozenset({"k1"})),
        StatusKiriman.NIHIL,
    ),
]


@pytest.mark.parametrize(("luar", "status"), [satu[1:] for satu in NIHIL], ids=[satu[0] for satu in NIHIL])
def test_a_nil_file_left_at_its_address_is_asked_about(luar, status):
    kiriman = submission(sheet(), sampul={"nihil": "Ya"})
    (vonis,) = validate_batch([kiriman], register(), kalender(), SETTINGS, luar).kiriman
    assert vonis.status is status
    if status is StatusKiriman.DITOLAK:
        assert "sama persis dengan berkas Triwulan II 2026" in vonis.alasan


def test_what_is_held_leaves_the_others_of_its_batch_as_they_are_alone():
    baik = submission(sheet(*activities(TW3, 4)), nomor=1, tiba=JANUARI)
    lain = submission(sheet(*activities(TW2, 4), *activities(TW2, 1)), nomor=2, kode="33.22", sampul={}, tiba=JANUARI)
    berdua = validate_batch([lain, baik], register(), kalender(), SETTINGS)
    sendiri = validate_batch([baik], register(), kalender(), SETTINGS)
    assert berdua.kiriman[1] == sendiri.kiriman[0]
    assert berdua.diterima["kegiatan"].equals(sendiri.diterima["kegiatan"])
    assert berdua.kiriman[0].status is StatusKiriman.DITOLAK
    assert berdua.kembar.empty
