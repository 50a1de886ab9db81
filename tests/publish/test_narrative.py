"""Each sentence is true of a figure and carries its id; nothing is said that the figures do not say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from humas.publish.model import Angka, HitungAturan
from humas.publish.narrative import Narasi, change, conservation, leaders, narrate
from humas.publish.ukuran import figure_id

from tests.publish.contoh import make_keadaan, make_nasional, make_nihil, make_provinsi, make_satker

SEMUA = [make_satker, make_nihil, make_provinsi, make_nasional]


def _sentences(narasi: Narasi):
    for nama in narasi.__dataclass_fields__:
        yield from (k for k in getattr(narasi, nama) if hasattr(k, "teks"))


def _with(laporan, **nilai):
    """The report with some figures changed: ``kegiatan_dilaporkan=0`` or ``ketepatan__belum_lapor=0``."""
    ganti = {tuple((kunci + "__").split("__")[:2]): n for kunci, n in nilai.items()}
    angka = tuple(replace(a, nilai=ganti.pop((a.ukuran, a.rincian), a.nilai)) for a in laporan.angka)
    tambah = tuple(Angka(figure_id(laporan.kepala.lingkup, u, r), u, r, n) for (u, r), n in ganti.items())
    return replace(laporan, angka=angka + tambah)


def _text(bagian) -> str:
    return " ".join(k.teks for k in bagian)


@pytest.mark.parametrize("make", SEMUA, ids=lambda f: f.__name__)
def test_ids_exist_and_sentences_are_clean(make):
    laporan = make()
    dikenal = {a.id for a in laporan.angka}
    for kalimat in _sentences(narrate(laporan)):
        assert kalimat.id == "" or kalimat.id in dikenal, kalimat
        assert kalimat.teks.endswith("."), kalimat
        assert "  " not in kalimat.teks
        assert not re.search(r"None|\bnan\b|!|\.\.|–", kalimat.teks.replace("1 Juli–30", "")), kalimat


def test_every_number_in_the_summary_is_a_figure():
    laporan = make_satker()
    angka = {str(a.nilai) for a in laporan.angka} | {
        str(int(a.nilai - a.sebelumnya)) for a in laporan.angka if a.sebelumnya
    }
    for kalimat in narrate(laporan).ringkasan:
        for bilangan in re.findall(r"\d[\d.]*\d|\d", kalimat.teks):
            assert bilangan.replace(".", "") in angka | {"7"}, kalimat


@pytest.mark.parametrize(
    ("kini", "lalu", "teks"),
    [
        (24, 19, "naik 5 dari triwulan sebelumnya"),
        (3, 1003, "turun 1.000 dari triwulan sebelumnya"),
        (7, 7, "sama dengan triwulan sebelumnya"),
        (7, None, ""),
        (None, 7, ""),
    ],
)
def test_change(kini, lalu, teks):
    assert change(Angka("S3", "kegiatan_dilaporkan", "", kini, sebelumnya=lalu)) == teks


def test_leaders_never_cut_through_equals():
    def angka(*nilai):
        return [Angka(f"S5.{i}", "kegiatan_strategi", str(i), n) for i, n in enumerate(nilai, 1)]

    assert [a.rincian for a in leaders(angka(5, 3, 3, 1), 3)] == ["1", "2", "3"]
    assert [a.rincian for a in leaders(angka(5, 3, 3, 3), 3)] == ["1"]
    assert leaders(angka(3, 3, 3, 3), 3) == []
    assert [a.rincian for a in leaders(angka(0, 2, 0), 3)] == ["2"]


def test_nil_is_declared_not_missing():
    teks = _text(narrate(make_nihil()).ringkasan)
    assert "menyatakan nihil" in teks
    assert "belum lapor" not in teks.lower()


def test_missing_units_are_named_or_counted():
    assert "Belum lapor: KPU Kabupaten Contoh 4 dan KPU Kabupaten Contoh 9." in _text(
        narrate(make_provinsi()).ringkasan
    )
    diam = tuple(make_keadaan(f"33.{i}", f"KPU {i}", lapor=False) for i in range(10, 22))
    teks = _text(narrate(replace(make_provinsi(), satker=diam)).ringkasan)
    assert "Sebanyak 12 satuan kerja belum lapor" in teks


@pytest.mark.parametrize(
    ("lepas", "teks", "siapa"),
    [
        (0, "Sebanyak 12 satuan kerja belum lapor; namanya", ["Humas provinsi"]),
        (5, "Sebanyak 12 satuan kerja belum lapor, 5 di antaranya belum dikumpulkan; namanya", ["Admin sistem", "Humas provinsi"]),
        (12, "Sebanyak 12 satuan kerja belum lapor, semuanya belum dikumpulkan; namanya", ["Admin sistem"]),
    ],
)  # fmt: skip
def test_units_never_asked_are_not_called_silent(lepas, teks, siapa):
    diam = tuple(
        replace(make_keadaan(f"33.{i}", f"KPU {i}", lapor=False), sebab="belum_dikumpulkan" if i < 10 + lepas else "")
        for i in range(10, 22)
    )
    narasi = narrate(_with(replace(make_provinsi(), satker=diam), ketepatan__belum_lapor=12))
    assert teks in _text(narasi.ringkasan)
    assert [t.penanggung_jawab for t in narasi.tindak if "satuan kerja yang belum" in t.tindakan] == siapa


def test_strategies_without_activity_are_named_and_planned():
    laporan = _with(make_satker(), kegiatan_strategi__5=0, kegiatan_strategi__7=0)
    narasi = narrate(laporan)
    assert "Belum ada kegiatan pada strategi 5 dan 7." in _text(narasi.strategi)
    assert any("strategi 5 dan 7" in t.tindakan for t in narasi.tindak)


def test_overdue_requests_are_an_obstacle_and_call_for_action():
    narasi = narrate(_with(make_satker(), permohonan_ketepatan__lewat_tenggat=2))
    assert "Dua permohonan belum dijawab dan sudah lewat batas." in _text(narasi.layanan)
    assert "Satu permohonan informasi dijawab sesudah batas waktu." in _text(narasi.hambatan)
    assert "Dua permohonan informasi belum dijawab dan sudah lewat batas." in _text(narasi.hambatan)
    assert "Menjawab permohonan yang lewat batas" in [t.tindakan for t in narasi.tindak]


def test_no_achievement_is_claimed_without_ground():
    laporan = replace(make_satker(), keadaan=replace(make_keadaan(), ketepatan="terlambat", hari_terlambat=3))
    laporan = _with(laporan, kegiatan_dilaporkan=1, publikasi=1)
    narasi = narrate(laporan)
    assert narasi.capaian == ()
    assert "Laporan tiba tiga hari kerja sesudah tenggat." in _text(narasi.hambatan)


def test_imbalance_is_said():
    laporan = _with(make_satker(), baris__masuk=120)
    assert "berselisih 1 baris" in _text(narrate(laporan).mutu)
    assert conservation(laporan) == (120, 114, 3, 2)


@pytest.mark.parametrize("asumsi", [True, False])
def test_deadline_says_whether_it_is_an_assumption(asumsi):
    laporan = make_provinsi()
    laporan = replace(laporan, kepala=replace(laporan.kepala, asumsi_tenggat=asumsi))
    teks = _text(narrate(laporan).tenggat)
    assert ("asumsi" in teks) is asumsi
    assert "kabupaten/kota 7 Oktober 2026 dan provinsi 14 Oktober 2026" in teks


def test_summary_of_a_unit_tells_lateness_and_held_rows():
    laporan = make_satker()
    keadaan = replace(laporan.keadaan, ketepatan="terlambat", hari_terlambat=3)
    narasi = narrate(replace(laporan, keadaan=keadaan))
    assert "Laporan tiba tiga hari kerja sesudah tenggat." in _text(narasi.ringkasan)
    assert "Tiga baris ditahan karena melanggar aturan data." in _text(narasi.ringkasan)
    assert "lebih awal" in _text(narasi.rekomendasi)
    assert narrate(laporan).rekomendasi == ()


@pytest.mark.parametrize(
    ("terang", "teks"),
    [(0, "belum ada yang diklarifikasi."), (2, "dua sudah diklarifikasi."), (3, "semuanya sudah diklarifikasi.")],
    ids=["tiada", "sebagian", "semua"],
)
def test_issues_say_how_many_were_clarified(terang, teks):
    assert narrate(_with(make_satker(), hoaks_diklarifikasi=terang)).isu[0].teks.endswith(teks)


def test_held_rows_of_refused_submissions_are_told_apart():
    laporan = make_provinsi()
    diam = next(s for s in laporan.satker if not s.lapor)
    satker = tuple(replace(s, dikarantina=58) if s is diam else s for s in laporan.satker)
    narasi = narrate(_with(replace(laporan, satker=satker), baris__dikarantina=60))
    assert (
        "Sebanyak 60 baris ditahan karena melanggar aturan data; 58 di antaranya ada dalam kiriman yang ditolak seluruhnya."
        in _text(narasi.hambatan)
    )


def test_recommendations_rest_on_figures():
    nasional = make_nasional()
    jauh = replace(nasional.provinsi[0], nama="Provinsi Uji", wajib=20, lapor=2, selang_atas=30.1)
    narasi = narrate(
        replace(nasional, provinsi=(jauh, *(replace(p, selang_atas=100.0) for p in nasional.provinsi[1:])))
    )
    teks = _text(narasi.rekomendasi)
    assert "Mendahulukan pendampingan di Uji (2 dari 20): kelengkapannya nyata di bawah" in teks
    assert "Menetapkan tenggat laporan triwulan dengan keputusan" in teks
    ditetapkan = replace(nasional, kepala=replace(nasional.kepala, asumsi_tenggat=False))
    assert "Menetapkan tenggat" not in _text(narrate(ditetapkan).rekomendasi)


def test_rule_to_explain_is_named_in_words():
    aturan = (
        HitungAturan("V18", "FATAL", 9, 3),
        HitungAturan("V03", "FATAL", 2, 1),
        HitungAturan("V51", "INFO", 80, 9),
    )
    teks = _text(narrate(replace(make_nasional(), aturan=aturan)).rekomendasi)
    assert 'Menjelaskan aturan V18, "Jumlah peserta bilangan bulat, titik sebagai pemisah ribuan", dalam' in teks
