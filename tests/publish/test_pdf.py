"""Printed reports: archival and accessible, the same bytes every time, hostile text printed as text."""

from __future__ import annotations

import io
import multiprocessing
import os
import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from humas.chain.links import FileHash
from humas.errors import REPORT_FAULT, OperatorError, ProgramFault
from humas.publish import pdf
from humas.publish.payload import payload, qr_text
from humas.publish.pdf import STANDARDS, print_batch, render
from humas.publish.printable import clean, covered
from humas.publish.record import read_note
from humas.publish.workbook import build_workbook, write_workbook
from humas.report.model import Change, Standing, Table, load_report
from humas.report.narrative import Narrative
from humas.report.text import format_number

from tests.report.samples import (
    NAUGHTY,
    make_kegiatan,
    make_national,
    make_nihil,
    make_partial,
    make_province,
    make_satker,
)

pytestmark = pytest.mark.mesin

NONE_FOLLOW = "tidakmenuntuttindaklanjutkhusus"
RALAT = Change("K3", "kegiatan_dilaporkan", "", 1, 2)
ALL = [make_satker, make_nihil, make_province, make_national]


def _words(content: bytes) -> str:
    """All text of a PDF as a reader copies it, spaces gone."""
    from pypdf import PdfReader

    return re.sub(r"[\s\u200b]+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


@pytest.mark.parametrize("make", ALL, ids=lambda f: f.__name__)
def test_archival_tagged_titled_and_indonesian(make, tmp_path):
    report = make()
    (printed,) = print_batch([report], tmp_path)
    assert (printed.standards, printed.note) == (STANDARDS, "")
    with pikepdf.open(printed.path) as document:
        assert document.Root.Lang == "id-ID"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        properties = document.Root.Metadata.read_bytes().decode()
        assert re.search(r"<pdfaid:part>2</pdfaid:part>", properties)
        assert re.search(r"<pdfaid:conformance>A</pdfaid:conformance>", properties)
        assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", properties)
        assert str(document.docinfo.Keywords) == f"{report.id}, sidik:{report.sidik}"
        assert len(document.pages) == printed.page


@pytest.mark.parametrize(("make", "page"), [(make_satker, (4, 8)), (make_province, (5, 9))])
def test_length(make, page, tmp_path):
    (printed,) = print_batch([make()], tmp_path)
    assert page[0] <= printed.page <= page[1]


@pytest.mark.parametrize("count", range(1, 40, 3))
def test_no_report_ends_on_a_page_of_ten_lines_or_fewer(count):
    from pypdf import PdfReader

    last = PdfReader(io.BytesIO(render(make_satker(kegiatan=make_kegiatan(count)))[0])).pages[-1]
    head_and_foot = 2
    assert len([line for line in last.extract_text().splitlines() if line.strip()]) - head_and_foot > 10


def test_same_report_same_bytes_and_another_edition_other_bytes(tmp_path):
    one, second, three = print_batch(
        [make_nihil(), make_nihil(), make_nihil().as_edition(2, date(2026, 11, 1))], tmp_path
    )
    assert one.sha256 == second.sha256 != three.sha256


def test_order_and_progress(tmp_path):
    progress = []
    report = [make_nihil(), make_satker()]
    result = print_batch([report[0].to_json(), report[1]], tmp_path, 0, lambda n, start: progress.append((n, start)))
    assert [c.id for c in result] == [lap.id for lap in report]
    assert progress[-1] == (2, 2)


def test_hostile_text_is_printed_as_text():
    report = make_satker(
        kegiatan=make_kegiatan(3, (NAUGHTY, '#import "/etc/passwd": * $x^2$ *tebal* @acuan', "\u202eterbalik\x00\x07"))
    )
    content, standards, note = render(report)
    assert (standards, note) == (STANDARDS, "")
    text = _words(content)
    assert '#eval("1+1")' in text
    assert "<script>alert('x')</script>" in text
    assert "../../etc" in text
    assert "*tebal*@acuan" in text
    assert sum(map(len, re.findall("x{9,}", text))) == 400  # a row may go on upon the next page


def test_every_character_that_fonts_have_and_many_they_lack_print():
    odd = (
        "".join(chr(c) for c in sorted(covered()) if chr(c).isprintable())
        + " مرحبا 你好 \U0001f1ee\U0001f1e9 \ue000 ก็ 𝕏 e\u0301 a\u0335"
    )
    title = tuple(odd[i : i + 250] for i in range(0, len(odd), 250))
    _, standards, note = render(make_satker(kegiatan=make_kegiatan(len(title), title)))
    assert (standards, note) == (STANDARDS, "")


def test_long_tables_are_cut_with_a_pointer_to_the_workbook():
    content = payload(make_satker(kegiatan=make_kegiatan(1000)))
    assert len(content["kegiatan"]["baris"]) == 120
    assert "880 baris lain" in content["kegiatan"]["catatan"]


def test_report_without_history_says_so():
    text = _words(render(replace(make_satker(), tren=()))[0])
    assert "Barusatutriwulantersimpan" in text


@pytest.mark.parametrize("make", ALL, ids=lambda f: f.__name__)
def test_every_report_carries_assumption_and_conservation(make):
    content = payload(make())
    assert "asumsi" in content["catatan"]
    assert any("asumsi" in k["teks"] for k in content["narasi"]["tenggat"])
    assert content["neraca"]["kata"] == "Cocok, selisih 0"


def test_assumption_and_conservation_are_printed():
    text = _words(render(make_nihil())[0])
    assert "Tenggatadalahasumsipemasanganini" in text
    assert "Cocok,selisih0" in text


@pytest.mark.parametrize("make", [make_satker, make_province, make_national], ids=lambda f: f.__name__)
def test_the_proof_of_the_ledger_is_printed(make):
    assert "Bukubaris:pernahditerima=berlaku+digantikan+dicabut" in _words(render(make())[0])
    ever, *parts = (int(text.replace(".", "")) for text in payload(make())["buku"]["kaki"][2:])
    assert ever == sum(parts) > 0


def test_rows_that_no_longer_count_are_named_in_their_units_report():
    assert "Barisyangtidaklagidihitung" in _words(render(make_satker())[0])
    withdrawn, superseded = payload(make_satker())["buku"]["lain"]
    assert withdrawn[1:4] == ["1", "dicabut", "Audiensi dengan organisasi wartawan"]
    assert withdrawn[5] == "Sari; tidak jadi diadakan"
    assert superseded[:3] == ["Kegiatan", "2", "digantikan"]
    assert "laporan-2.xlsx" in superseded[4]


def test_a_data_set_that_was_not_reported_is_a_dash_and_not_a_zero():
    content = payload(make_partial())
    cards = {card["label"]: (card["nilai"], card["ket"]) for card in content["angka"]}
    assert cards["Publikasi"] == cards["Isu dan hoaks"] == ("–", "belum dilaporkan")
    assert cards["Permohonan informasi"][0] == "0"
    assert content["buku"]["baris"][1:3] == [
        ["Publikasi", "belum dilaporkan", *"––––"], ["Permohonan informasi", "nihil", *"0000"],
    ]  # fmt: skip
    said = " ".join(one["teks"] for one in content["narasi"]["publikasi"] + content["narasi"]["isu"])
    assert "Publikasi belum dilaporkan" in said and "Isu dan hoaks belum dilaporkan" in said
    assert "Tidak ada" not in said
    assert "Publikasibelumdilaporkan" in _words(render(make_partial())[0])


def test_the_sum_of_attendance_says_why_persons_are_not_known():
    unit = make_satker()
    cards = {card["label"]: card for card in payload(unit)["angka"]}
    shown = cards["Peserta seluruh acara"]
    assert shown["nilai"] == format_number(unit.count("peserta", "orang/seluruh_acara")) != "0"
    assert shown["ket"] == "jumlah kehadiran; orang berbeda tidak diketahui, karena nama peserta tidak dikumpulkan"


def test_decreed_deadline_is_not_called_an_assumption():
    report = make_nihil()
    report = replace(report, kepala=replace(report.kepala, asumsi_tenggat=False))
    assert "asumsi" not in _words(render(report)[0])


def test_silent_units_are_named():
    text = _words(render(make_province())[0])
    assert "Belumadalaporannya:KPUKabupatenContoh4(sumbernyagagaldibaca)dan" in text


def test_units_never_asked_are_not_called_silent():
    origin = make_province()
    silent = tuple(s if s.lapor else replace(s, sebab="belum_dikumpulkan") for s in origin.satker)
    text = _words(render(replace(origin, satker=silent))[0])
    assert "belumadalaporannya(semuanyabelumdiminta).keadaannyadisebut" in text.lower()
    assert "BelumdimintaAdminsistem" in text


def _aceh(report, office):
    """The same province report with another provincial office."""
    code = report.kepala.kode
    return replace(report, satker=tuple(replace(s, nama=office) if s.kode == code else s for s in report.satker))


@pytest.mark.parametrize(
    ("office", "letterhead", "signer"),
    [
        ("KPU Provinsi Jawa Tengah", "KOMISI PEMILIHAN UMUM", "Ketua KPU Provinsi Jawa Tengah"),
        ("KIP Aceh", "KOMISI INDEPENDEN PEMILIHAN", "Ketua KIP Aceh"),
        ("Panwaslih Provinsi Aceh", "PANITIA PENGAWAS PEMILIHAN", "Ketua Panwaslih Provinsi Aceh"),
    ],
    ids=["kpu", "kip", "panwaslih"],
)
def test_letterhead_and_signer_bear_the_name_of_the_provincial_office(office, letterhead, signer):
    content = payload(_aceh(make_province(), office))
    assert (content["kop"][0], content["pengesah_jabatan"]) == (letterhead, signer)
    assert content["kepala_halaman"].split()[2] == office.split()[0]


def test_letterhead_of_a_unit_in_aceh():
    report = make_nihil()
    report = replace(report, kepala=replace(report.kepala, nama="KIP Kota Sabang", nama_wilayah="Kota Sabang"))
    assert payload(report)["kop"] == ["KOMISI INDEPENDEN PEMILIHAN", "KOTA SABANG"]


def test_nation_compares_by_median_groups_units_by_province_and_separates_rules():
    report = make_national()
    content = payload(report)
    reported = [s for s in report.satker if s.tingkat == "kota" and s.lapor]
    (row,) = [b for b in content["median"] if b[0] == "Kota"]
    assert row[1] == str(len(reported))
    assert sum(len(k["baris"]) for k in content["kepatuhan"]) == len(report.satker)
    weight = {a.kode: a.keparahan for a in report.aturan}
    assert {weight.get(b[0], "FATAL") for b in content["aturan"]["menahan"]} <= {"FATAL"}
    assert {weight.get(b[0], "PERINGATAN") for b in content["aturan"]["mencatat"]} <= {"PERINGATAN"}


def test_nil_report_has_one_sentence_in_place_of_empty_sections():
    text = _words(render(make_nihil())[0])
    assert "menyatakannihil:tidakadakegiatan,publikasi" in text
    assert "Penangananisudanhoaks" not in text
    assert "BabII" not in text


LATE = Standing("33.71", "KPU Kota Magelang", "kota", "sangat_terlambat", "nihil", "2026-10-19T09:00:00+07:00", 8)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({}, id="on_time"),
        pytest.param({"keadaan": LATE}, id="late"),
        pytest.param({"sumber": make_nihil().sumber * 2}, id="sent_twice"),
    ],
)
def test_a_nil_report_is_one_page_with_its_statement_signatures_and_digest(change, tmp_path):
    report = replace(make_nihil(), buku=Table(make_nihil().buku.kolom), **change)
    (printed,) = print_batch([report], tmp_path)
    assert (printed.page, printed.standards) == (1, STANDARDS)
    text = _words(printed.path.read_bytes())
    assert all(
        part in text for part in ("Pernyataannihil", "Cocok,selisih0", "Disahkanoleh", "Kirimanyangmenjadisumber")
    )


def test_a_nil_report_also_names_the_rows_that_it_took_back():
    assert "Audiensidenganorganisasiwartawan" in _words(render(make_nihil())[0])


CALM = replace(LATE, kode="33.74", ketepatan="tepat_waktu", status="diterima", hari_terlambat=0)


@pytest.mark.parametrize(("late", "says_none_follow"), [(8, False), (0, True)], ids=["late", "on_time"])
def test_no_report_advises_and_then_says_that_nothing_follows(monkeypatch, late, says_none_follow):
    timely = replace(CALM, hari_terlambat=late, ketepatan="sangat_terlambat" if late else "tepat_waktu")
    monkeypatch.setattr("humas.report.narrative._actions", lambda report: ())
    monkeypatch.setattr("humas.report.narrative._held", lambda report: ())
    figures = tuple(one for one in make_satker().angka if not one.ukuran.startswith(("hoaks", "permohonan")))
    text = _words(render(replace(make_satker(), keadaan=timely, angka=figures))[0])
    assert ("Rekomendasi" in text) is bool(late)
    assert (NONE_FOLLOW in text) is says_none_follow


def test_qr_says_id_and_digest():
    report = make_nihil()
    assert qr_text(report) == f"{report.id}:{report.sidik}".upper()


def test_empty_columns_of_findings_print():
    table = Table(
        ("lembar", "baris", "huruf", "kolom", "kode", "pesan", "cara"),
        ((None, 0, None, None, "K12", "Lembar tidak ada.", None),),
    )
    assert render(replace(make_satker(), ditahan=table, catatan=table))[1] == STANDARDS


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
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
def test_clean(dirty, cleaned):
    assert clean(dirty) == cleaned


def test_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(OperatorError, match="berkas"):
        print_batch([make_nihil()], tmp_path / "berkas" / "laporan")


def test_refused_standard_is_recorded_and_refused_report_is_an_error(monkeypatch, tmp_path):
    import typst

    original = pdf.run_typst

    def refuse(content, moment, standards):
        if standards:
            raise typst.TypstError("huruf tidak ada")
        return original(content, moment, standards)

    monkeypatch.setattr(pdf, "run_typst", refuse)
    (printed,) = print_batch([make_nihil()], tmp_path)
    assert (printed.standards, printed.note) == ((), "huruf tidak ada")

    def always_refuse(content, moment, standards):
        raise typst.TypstError("rusak")

    monkeypatch.setattr(pdf, "run_typst", always_refuse)
    with pytest.raises(ProgramFault, match="cetak_ditolak"):
        print_batch([make_nihil()], tmp_path)


def test_two_processes_print_the_same_bytes_in_the_order_given(tmp_path):
    report = [make_nihil().as_edition(number, date(2026, 10, 16)) for number in range(1, 11)]
    second = print_batch(report, tmp_path / "dua", 2)
    one = print_batch(report[3:4], tmp_path / "satu")
    assert [c.id for c in second] == [lap.id for lap in report]
    assert second[3].sha256 == one[0].sha256


def test_dead_worker_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OperatorError, match="mati"):
        print_batch([make_nihil()] * 9, tmp_path, 2, beside=_die)


def _die(report, folder):
    os._exit(9)


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_worker_writes_the_other_file_of_the_same_report(tmp_path, processes):
    report = [make_nihil().as_edition(number, date(2026, 10, 16)) for number in range(1, 10)]
    print_batch(report, tmp_path, processes, beside=write_workbook)
    kind = ("pdf", "xlsx", "json")
    assert {f.name for f in tmp_path.iterdir()} == {f"{lap.id}.{one}" for lap in report for one in kind}
    for lap in report:
        files = read_note(lap, tmp_path).files
        assert files == {
            f"laporan/{lap.id}.{j}": FileHash.of((tmp_path / f"{lap.id}.{j}").read_bytes()) for j in kind[:2]
        }
    assert (tmp_path / f"{report[4].id}.xlsx").read_bytes() == build_workbook(report[4])


@pytest.mark.parametrize(
    "change", [{"terbit": "2026-10-17"}, {"ralat": (RALAT,)}, {"angka": ()}], ids=["date", "changes", "data"]
)
def test_a_note_answers_for_the_edition_that_was_printed_and_no_other(tmp_path, change):
    report = make_nihil()
    print_batch([report], tmp_path)
    assert read_note(report, tmp_path).digest == report.sidik
    with pytest.raises(OperatorError, match="belum dicetak"):
        read_note(replace(report, **change), tmp_path)


@pytest.mark.parametrize(
    "content", [None, b"", b"{}", b"[]", b'{"files": {"a": 1}}'], ids=["none", "empty", "no_keys", "list", "file"]
)
def test_without_a_usable_note_nothing_counts_as_printed(tmp_path, content):
    report = make_nihil()
    if content is not None:
        (tmp_path / f"{report.id}.json").write_bytes(content)
    with pytest.raises(OperatorError, match="belum dicetak"):
        read_note(report, tmp_path)


def test_a_report_that_kills_its_worker_is_told_and_the_others_are_printed(tmp_path):
    report = [make_nihil().as_edition(number, date(2026, 10, 16)) for number in range(1, 7)]
    failed = []
    printed = print_batch(report, tmp_path, 2, beside=_die_at_four, on_fault=lambda *one: failed.append(one))
    assert [c.id for c in printed] == [lap.id for lap in report if lap.edisi != 4]
    [(text, error)] = failed
    assert load_report(text).edisi == 4
    assert (error.code, error.cause) == (REPORT_FAULT, "proses cetaknya mati")


def _die_at_four(report, folder):
    if report.edisi == 4:
        os._exit(9)
    return write_workbook(report, folder)


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_a_report_that_throws_is_told_and_the_others_are_printed(tmp_path, processes):
    report = [make_nihil().as_edition(number, date(2026, 10, 16)) for number in range(1, 4)]
    failed = []
    printed = print_batch(report, tmp_path, processes, beside=_throw_at_two, on_fault=lambda *one: failed.append(one))
    assert [c.id for c in printed] == [report[0].id, report[2].id]
    assert [error.cause for _, error in failed] == ["KeyError"]
    assert not (tmp_path / f"{report[1].id}.json").exists()


def _throw_at_two(report, folder):
    if report.edisi == 2:
        raise KeyError("x")
    return write_workbook(report, folder)


def test_a_printer_that_fails_on_everything_is_no_reports_fault(tmp_path):
    report = [make_nihil().as_edition(number, date(2026, 10, 16)) for number in range(1, 10)]
    with pytest.raises(ProgramFault):
        print_batch(report, tmp_path, beside=_throw, on_fault=lambda *_: None)
    assert not list(tmp_path.glob("*.json"))


def _throw(report, folder):
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


@pytest.mark.parametrize("part", [field.name for field in fields(Narrative)])
def test_every_part_of_the_narrative_has_its_place_on_paper(part):
    templates = [path.read_text("utf-8") for path in Path(pdf.__file__).parent.glob("templates/*.typ")]
    assert any(re.search(rf"\bnarasi\.{part}\b", template) for template in templates), "place it in templates/*.typ"
