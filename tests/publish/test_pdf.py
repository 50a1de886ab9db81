"""Printed reports: archival and accessible, the same bytes every time, hostile text printed as text."""

from __future__ import annotations

import io
import multiprocessing
import os
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from humas.chain import FileHash
from humas.errors import REPORT_FAULT, ProgramFault, SistemError
from humas.publish import pdf
from humas.publish.model import Perubahan, Tabel, load_report
from humas.publish.payload import payload, qr_text
from humas.publish.pdf import STANDAR, print_batch, render
from humas.publish.record import read_note
from humas.publish.text import clean, covered
from humas.publish.workbook import build_workbook, write_workbook

from tests.publish.contoh import (
    NAKAL,
    make_kegiatan,
    make_nasional,
    make_nihil,
    make_provinsi,
    make_satker,
)

pytestmark = pytest.mark.mesin

RALAT = Perubahan("K3", "kegiatan_dilaporkan", "", 1, 2)
SEMUA = [make_satker, make_nihil, make_provinsi, make_nasional]


def _words(isi: bytes) -> str:
    """All text of a PDF as a reader copies it, spaces gone."""
    from pypdf import PdfReader

    return re.sub(r"[\s\u200b]+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(isi)).pages))


@pytest.mark.parametrize("make", SEMUA, ids=lambda f: f.__name__)
def test_archival_tagged_titled_and_indonesian(make, tmp_path):
    laporan = make()
    (cetakan,) = print_batch([laporan], tmp_path)
    assert (cetakan.standar, cetakan.catatan) == (STANDAR, "")
    with pikepdf.open(cetakan.path) as dokumen:
        assert dokumen.Root.Lang == "id-ID"
        assert dokumen.Root.MarkInfo.Marked
        assert dokumen.Root.ViewerPreferences.DisplayDocTitle
        sifat = dokumen.Root.Metadata.read_bytes().decode()
        assert re.search(r"<pdfaid:part>2</pdfaid:part>", sifat)
        assert re.search(r"<pdfaid:conformance>A</pdfaid:conformance>", sifat)
        assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", sifat)
        assert str(dokumen.docinfo.Keywords) == f"{laporan.id}, sidik:{laporan.sidik}"
        assert len(dokumen.pages) == cetakan.halaman


@pytest.mark.parametrize(("make", "halaman"), [(make_satker, (4, 8)), (make_nihil, (4, 8)), (make_provinsi, (5, 9))])
def test_length(make, halaman, tmp_path):
    (cetakan,) = print_batch([make()], tmp_path)
    assert halaman[0] <= cetakan.halaman <= halaman[1]


def test_same_report_same_bytes_and_another_edition_other_bytes(tmp_path):
    satu, dua, tiga = print_batch([make_nihil(), make_nihil(), make_nihil().as_edition(2, date(2026, 11, 1))], tmp_path)
    assert satu.sha256 == dua.sha256 != tiga.sha256


def test_order_and_progress(tmp_path):
    kemajuan = []
    laporan = [make_nihil(), make_satker()]
    hasil = print_batch([laporan[0].to_json(), laporan[1]], tmp_path, 0, lambda n, dari: kemajuan.append((n, dari)))
    assert [c.id for c in hasil] == [lap.id for lap in laporan]
    assert kemajuan[-1] == (2, 2)


def test_hostile_text_is_printed_as_text():
    laporan = make_satker(
        kegiatan=make_kegiatan(3, (NAKAL, '#import "/etc/passwd": * $x^2$ *tebal* @acuan', "\u202eterbalik\x00\x07"))
    )
    isi, standar, catatan = render(laporan)
    assert (standar, catatan) == (STANDAR, "")
    teks = _words(isi)
    assert '#eval("1+1")' in teks
    assert "<script>alert('x')</script>" in teks
    assert "../../etc" in teks
    assert "*tebal*@acuan" in teks
    assert teks.count("x" * 400) == 1


def test_every_character_that_fonts_have_and_many_they_lack_print():
    aneh = (
        "".join(chr(c) for c in sorted(covered()) if chr(c).isprintable())
        + " مرحبا 你好 \U0001f1ee\U0001f1e9 \ue000 ก็ 𝕏 e\u0301 a\u0335"
    )
    judul = tuple(aneh[i : i + 250] for i in range(0, len(aneh), 250))
    _, standar, catatan = render(make_satker(kegiatan=make_kegiatan(len(judul), judul)))
    assert (standar, catatan) == (STANDAR, "")


def test_long_tables_are_cut_with_a_pointer_to_the_workbook():
    isi = payload(make_satker(kegiatan=make_kegiatan(1000)))
    assert len(isi["kegiatan"]["baris"]) == 120
    assert "880 baris lain" in isi["kegiatan"]["catatan"]


def test_report_without_history_says_so():
    teks = _words(render(replace(make_satker(), tren=()))[0])
    assert "Barusatutriwulantersimpan" in teks


@pytest.mark.parametrize("make", SEMUA, ids=lambda f: f.__name__)
def test_every_report_carries_assumption_and_conservation(make):
    isi = payload(make())
    assert "asumsi" in isi["catatan"]
    assert any("asumsi" in k["teks"] for k in isi["narasi"]["tenggat"])
    assert isi["neraca"]["kata"] == "Cocok, selisih 0"


def test_assumption_and_conservation_are_printed():
    teks = _words(render(make_nihil())[0])
    assert "Tenggatadalahasumsipemasanganini" in teks
    assert "Cocok,selisih0" in teks


def test_decreed_deadline_is_not_called_an_assumption():
    laporan = make_nihil()
    laporan = replace(laporan, kepala=replace(laporan.kepala, asumsi_tenggat=False))
    assert "asumsi" not in _words(render(laporan)[0])


def test_silent_units_are_named():
    teks = _words(render(make_provinsi())[0])
    assert "Belumlapor:KPUKabupatenContoh4danKPUKabupatenContoh9." in teks


def test_units_never_asked_are_not_called_silent():
    asal = make_provinsi()
    diam = tuple(s if s.lapor else replace(s, sebab="belum_dikumpulkan") for s in asal.satker)
    teks = _words(render(replace(asal, satker=diam))[0])
    assert "semuanyabelumdikumpulkan.keadaannyadisebut" in teks.lower()
    assert "BelumdikumpulkanAdminsistem" in teks


def _aceh(laporan, kantor):
    """The same province report with another provincial office."""
    kode = laporan.kepala.kode
    return replace(laporan, satker=tuple(replace(s, nama=kantor) if s.kode == kode else s for s in laporan.satker))


@pytest.mark.parametrize(
    ("kantor", "kop", "pengesah"),
    [
        ("KPU Provinsi Jawa Tengah", "KOMISI PEMILIHAN UMUM", "Ketua KPU Provinsi Jawa Tengah"),
        ("KIP Aceh", "KOMISI INDEPENDEN PEMILIHAN", "Ketua KIP Aceh"),
        ("Panwaslih Provinsi Aceh", "PANITIA PENGAWAS PEMILIHAN", "Ketua Panwaslih Provinsi Aceh"),
    ],
    ids=["kpu", "kip", "panwaslih"],
)
def test_letterhead_and_signer_bear_the_name_of_the_provincial_office(kantor, kop, pengesah):
    isi = payload(_aceh(make_provinsi(), kantor))
    assert (isi["kop"][0], isi["pengesah_jabatan"]) == (kop, pengesah)
    assert isi["kepala_halaman"].split()[2] == kantor.split()[0]


def test_letterhead_of_a_unit_in_aceh():
    laporan = make_nihil()
    laporan = replace(laporan, kepala=replace(laporan.kepala, nama="KIP Kota Sabang", nama_wilayah="Kota Sabang"))
    assert payload(laporan)["kop"] == ["KOMISI INDEPENDEN PEMILIHAN", "KOTA SABANG"]


def test_nation_compares_by_median_groups_units_by_province_and_separates_rules():
    laporan = make_nasional()
    isi = payload(laporan)
    lapor = [s for s in laporan.satker if s.tingkat == "kota" and s.lapor]
    (baris,) = [b for b in isi["median"] if b[0] == "Kota"]
    assert baris[1] == str(len(lapor))
    assert sum(len(k["baris"]) for k in isi["kepatuhan"]) == len(laporan.satker)
    berat = {a.kode: a.keparahan for a in laporan.aturan}
    assert {berat.get(b[0], "FATAL") for b in isi["aturan"]["menahan"]} <= {"FATAL"}
    assert {berat.get(b[0], "PERINGATAN") for b in isi["aturan"]["mencatat"]} <= {"PERINGATAN"}


def test_nil_report_has_one_sentence_in_place_of_empty_sections():
    teks = _words(render(make_nihil())[0])
    assert "BabIIPelaksanaan" in teks
    assert "Penangananisudanhoaks" not in teks


def test_qr_says_id_and_digest():
    laporan = make_nihil()
    assert qr_text(laporan) == f"{laporan.id}:{laporan.sidik}".upper()


def test_empty_columns_of_findings_print():
    tabel = Tabel(
        ("lembar", "baris", "huruf", "kolom", "kode", "pesan", "cara"),
        ((None, 0, None, None, "K12", "Lembar tidak ada.", None),),
    )
    assert render(replace(make_satker(), ditahan=tabel, catatan=tabel))[1] == STANDAR


@pytest.mark.parametrize(
    ("kotor", "bersih"),
    [
        ("e\u0301", "é"),
        ("a\u0000b\u202ec\u200dd\ufeff", "abcd"),
        ("baris\nbaru\ttab\u00a0nb", "baris baru tab\u00a0nb"),
        ("halo \U0001f600\U0001f601 dunia", "halo \ufffd dunia"),
        ("x" * 45, "\u200b".join(["x" * 20, "x" * 20, "x" * 5])),
        ("https://contoh.go.id/berita/1", "https://\u200bcontoh.\u200bgo.\u200bid/\u200bberita/\u200b1"),
    ],
    ids=["nfc", "kendali", "spasi", "emoji", "panjang", "alamat"],
)
def test_clean(kotor, bersih):
    assert clean(kotor) == bersih


def test_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(SistemError, match="berkas"):
        print_batch([make_nihil()], tmp_path / "berkas" / "laporan")


def test_refused_standard_is_recorded_and_refused_report_is_an_error(monkeypatch, tmp_path):
    import typst

    asli = pdf.run_typst

    def menolak(isi, waktu, standar):
        if standar:
            raise typst.TypstError("huruf tidak ada")
        return asli(isi, waktu, standar)

    monkeypatch.setattr(pdf, "run_typst", menolak)
    (cetakan,) = print_batch([make_nihil()], tmp_path)
    assert (cetakan.standar, cetakan.catatan) == ((), "huruf tidak ada")

    def selalu_menolak(isi, waktu, standar):
        raise typst.TypstError("rusak")

    monkeypatch.setattr(pdf, "run_typst", selalu_menolak)
    with pytest.raises(ProgramFault, match="cetak_ditolak"):
        print_batch([make_nihil()], tmp_path)


def test_two_processes_print_the_same_bytes_in_the_order_given(tmp_path):
    laporan = [make_nihil().as_edition(nomor, date(2026, 10, 16)) for nomor in range(1, 11)]
    dua = print_batch(laporan, tmp_path / "dua", 2)
    satu = print_batch(laporan[3:4], tmp_path / "satu")
    assert [c.id for c in dua] == [lap.id for lap in laporan]
    assert dua[3].sha256 == satu[0].sha256


def test_dead_worker_is_an_error_of_the_system(tmp_path):
    with pytest.raises(SistemError, match="mati"):
        print_batch([make_nihil()] * 9, tmp_path, 2, beside=_die)


def _die(laporan, folder):
    os._exit(9)


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_worker_writes_the_other_file_of_the_same_report(tmp_path, processes):
    laporan = [make_nihil().as_edition(nomor, date(2026, 10, 16)) for nomor in range(1, 10)]
    print_batch(laporan, tmp_path, processes, beside=write_workbook)
    jenis = ("pdf", "xlsx", "json")
    assert {f.name for f in tmp_path.iterdir()} == {f"{lap.id}.{satu}" for lap in laporan for satu in jenis}
    for lap in laporan:
        files = read_note(lap, tmp_path).files
        assert files == {
            f"laporan/{lap.id}.{j}": FileHash.of((tmp_path / f"{lap.id}.{j}").read_bytes()) for j in jenis[:2]
        }
    assert (tmp_path / f"{laporan[4].id}.xlsx").read_bytes() == build_workbook(laporan[4])


@pytest.mark.parametrize(
    "ubah", [{"terbit": "2026-10-17"}, {"ralat": (RALAT,)}, {"angka": ()}], ids=["date", "changes", "data"]
)
def test_a_note_answers_for_the_edition_that_was_printed_and_no_other(tmp_path, ubah):
    laporan = make_nihil()
    print_batch([laporan], tmp_path)
    assert read_note(laporan, tmp_path).digest == laporan.sidik
    with pytest.raises(SistemError, match="belum dicetak"):
        read_note(replace(laporan, **ubah), tmp_path)


@pytest.mark.parametrize(
    "isi", [None, b"", b"{}", b"[]", b'{"files": {"a": 1}}'], ids=["none", "empty", "no_keys", "list", "file"]
)
def test_without_a_usable_note_nothing_counts_as_printed(tmp_path, isi):
    laporan = make_nihil()
    if isi is not None:
        (tmp_path / f"{laporan.id}.json").write_bytes(isi)
    with pytest.raises(SistemError, match="belum dicetak"):
        read_note(laporan, tmp_path)


def test_a_report_that_kills_its_worker_is_told_and_the_others_are_printed(tmp_path):
    laporan = [make_nihil().as_edition(nomor, date(2026, 10, 16)) for nomor in range(1, 7)]
    gagal = []
    cetakan = print_batch(laporan, tmp_path, 2, beside=_die_at_four, on_fault=lambda *satu: gagal.append(satu))
    assert [c.id for c in cetakan] == [lap.id for lap in laporan if lap.edisi != 4]
    [(teks, galat)] = gagal
    assert load_report(teks).edisi == 4
    assert (galat.kode, galat.cause) == (REPORT_FAULT, "proses cetaknya mati")


def _die_at_four(laporan, folder):
    if laporan.edisi == 4:
        os._exit(9)
    return write_workbook(laporan, folder)


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_a_report_that_throws_is_told_and_the_others_are_printed(tmp_path, processes):
    laporan = [make_nihil().as_edition(nomor, date(2026, 10, 16)) for nomor in range(1, 4)]
    gagal = []
    cetakan = print_batch(laporan, tmp_path, processes, beside=_throw_at_two, on_fault=lambda *satu: gagal.append(satu))
    assert [c.id for c in cetakan] == [laporan[0].id, laporan[2].id]
    assert [galat.cause for _, galat in gagal] == ["KeyError"]
    assert not (tmp_path / f"{laporan[1].id}.json").exists()


def _throw_at_two(laporan, folder):
    if laporan.edisi == 2:
        raise KeyError("x")
    return write_workbook(laporan, folder)


def test_a_printer_that_fails_on_everything_is_no_reports_fault(tmp_path):
    laporan = [make_nihil().as_edition(nomor, date(2026, 10, 16)) for nomor in range(1, 10)]
    with pytest.raises(ProgramFault):
        print_batch(laporan, tmp_path, beside=_throw, on_fault=lambda *_: None)
    assert not list(tmp_path.glob("*.json"))


def _throw(laporan, folder):
    raise KeyError("x")


def test_a_process_that_may_have_no_children_prints_itself(tmp_path):
    """As a task of Celery, whose process is daemonic."""
    task = multiprocessing.get_context("spawn").Process(
        target=print_batch, args=([make_nihil().to_json()], tmp_path, 1), daemon=True
    )
    task.start()
    task.join()
    assert task.exitcode == 0
    assert len(list(tmp_path.glob("*.pdf"))) == 1
