"""A column explained once: read so in the next file with the same layout, for those that it is for and nobody else."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from humas.errors import SenderError
from humas.forms.feedback.build import build_feedback
from humas.forms.feedback.columns import SHEET
from humas.installation.context import Context, load_context
from humas.pipeline import quarter as pipeline
from humas.pipeline.check import check_bytes
from humas.pipeline.headings import find_layout, learn, make_heading, open_columns, touched_by
from humas.pipeline.words import export_words, import_words, release
from humas.registry import Cycle
from humas.settings import Publishing, Settings

from tests.pipeline.small import KPU, few, stored
from tests.real_input.installation import NOW

pytestmark = pytest.mark.pipeline
HEADERS = ("Hari pelaksanaan agenda", "Uraian agenda humas", "Cara", "Jenis 1", "Jenis 2", "Ket. tempat")
EARLIER = Cycle("kpu", "2026-TW2")
FIRST, OTHER, THIRD = "33.74", "33.22", "33.10"
ANSWER = {"E": "Jenis kegiatan"}


def book(month: int, sheet: str = "Lap", headers: tuple[str, ...] = HEADERS, unit: str = "") -> bytes:
    """A workbook with two columns that may both be the kind of activity."""
    made = openpyxl.Workbook()
    made.active.title = sheet
    made.active.append(headers)
    for day in range(1, 9):
        title = f"Rapat kehumasan {unit} bersama warga nomor {day}"
        made.active.append([f"0{day}/0{month}/2026", title, "Luring", "Rapat koordinasi", "Sosialisasi", "Aula kantor"])
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def corrected(k: Context, data: bytes, code: str, cycle: Cycle, meant: dict[str, str] = ANSWER) -> bytes:
    """The feedback workbook of a file as its sender sends it back."""
    checked = check_bytes(k, data, "laporan.xlsx", satker=code, period=cycle.period)
    back = openpyxl.load_workbook(io.BytesIO(build_feedback(data, checked, k.register)))
    for row in back[SHEET].iter_rows(min_row=6):
        if row[1].value in meant:
            row[5].value = meant[row[1].value]
    return saved(back)


@pytest.fixture
def k(tmp_path: Path) -> Context:
    """Three units that lay their files in folders, and say when."""
    folder = tmp_path / "kiriman"
    for code in (FIRST, OTHER, THIRD):
        (folder / code).mkdir(parents=True)
    lines = [f"kpu;{code};;berkas;{code};;ya" for code in (FIRST, OTHER, THIRD)]
    register = tmp_path / "register.csv"
    head = "lembaga;kode_satker;nama_satker;jenis;alamat;himpunan;percaya_waktu"
    register.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    made = load_context(
        Settings.from_environment({
            "HUMAS_HOME": str(tmp_path / "keadaan"), "HUMAS_REGISTER": str(register), "HUMAS_FOLDER_DIIZINKAN": str(folder),
            "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
        })
    )  # fmt: skip
    return Context(
        made.settings.with_(print_processes=1, publishing=Publishing.ALWAYS), few(made.register), made.calendar
    )


def lay(k: Context, code: str, data: bytes, day: datetime) -> None:
    file = k.settings.folder_roots[0] / code / "laporan.xlsx"
    file.write_bytes(data)
    os.utime(file, (day.timestamp(),) * 2)


def send(k: Context, cycle: Cycle, code: str, data: bytes, day: datetime) -> None:
    """A file is laid down, collected and validated with all others of its quarter."""
    lay(k, code, data, day)
    pipeline.open_period(k, cycle)
    pipeline.collect(k, cycle, [code], "jalan")
    validate(k, cycle)


def validate(k: Context, cycle: Cycle) -> None:
    k.warehouse.start_run("jalan", cycle, NOW)
    pipeline.validate(k, cycle, "jalan")


def kinds(k: Context, cycle: Cycle, code: str) -> set[str]:
    facts = k.warehouse.facts(cycle, "kegiatan")
    return set(facts.loc[facts["kode_satker"] == code, "jenis_kegiatan"].fillna(""))


def told(k: Context, cycle: Cycle, code: str) -> list[str]:
    verdicts = k.warehouse.verdicts(cycle)
    newest = set(verdicts.loc[verdicts["terbaru"] & (verdicts["kode_satker"] == code), "id_kiriman"])
    findings = k.warehouse.findings(cycle)
    of_file = findings[findings["id_kiriman"].isin(newest)]
    return list(of_file.loc[of_file["kode"] == "K63", "pesan"])


def day(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 1, tzinfo=UTC)


def test_what_an_office_corrects_is_read_in_its_next_file_and_in_no_file_of_another(k):
    first = book(4)
    send(k, EARLIER, FIRST, first, day(7, 1))
    assert kinds(k, EARLIER, FIRST) == {""}
    send(k, EARLIER, FIRST, corrected(k, first, FIRST, EARLIER), day(7, 2))
    assert kinds(k, EARLIER, FIRST) == {"SOSIALISASI"}
    (lesson,) = k.warehouse.heading_history()
    assert (lesson.bidang, lesson.scope, lesson.judul) == ("jenis_kegiatan", ("kpu", FIRST), "Jenis 2")
    assert len(lesson.asal) == 64
    send(k, KPU, FIRST, book(7, "Lembar lain"), day(10, 1))
    send(k, KPU, OTHER, book(8), day(10, 2))
    assert kinds(k, KPU, FIRST) == {"SOSIALISASI"}
    (message,) = told(k, KPU, FIRST)
    assert 'judul "Jenis 2" dibaca sebagai "Jenis kegiatan", sebagaimana dijelaskan satker ini' in message
    assert kinds(k, KPU, OTHER) == {""}
    assert told(k, KPU, OTHER) == []
    (column,) = [one for one in open_columns(k) if one.bidang == "jenis_kegiatan"]
    assert (column.satker, column.menurut) == (
        {("kpu", OTHER)},
        {5: 1},
    )  # what the office says is shown to the operator
    before = stored(k, "inti_", "operasi_tata_letak")
    validate(k, KPU)
    validate(k, EARLIER)
    assert stored(k, "inti_", "operasi_tata_letak") == before


def test_a_check_of_one_file_reads_as_a_run_does(k):
    first = book(7)
    send(k, KPU, FIRST, corrected(k, first, FIRST, KPU), day(10, 1))

    def answer(code: str) -> dict[str, object]:
        checked = check_bytes(k, book(8, "Lap 2"), "b.xlsx", satker=code, period=KPU.period)
        (table,) = checked.answer["understood"]
        return {one["header"]: (one["field"], one["told"]) for one in table["columns"]}

    assert answer(FIRST)["Jenis 2"] == ("jenis_kegiatan", "satker ini pada lembar Kolom pada 01/10/2026")
    assert "Jenis 2" not in answer(OTHER)


def test_what_an_office_takes_for_something_else_harms_no_other_and_what_the_file_says_goes_first(k):
    """A malicious or careless office says that the title is a place; another's file with that layout stays as it was."""
    send(k, KPU, OTHER, book(8), day(10, 1))
    before = stored(k, "inti_kegiatan", "inti_karantina")
    send(k, KPU, FIRST, corrected(k, book(7), FIRST, KPU, {"B": "Tempat", "F": "Judul kegiatan"}), day(10, 2))
    assert {one.bidang for one in k.warehouse.heading_history()} == {"tempat", "judul"}
    validate(k, KPU)
    now = stored(k, "inti_kegiatan", "inti_karantina")
    assert all(set(before[name]) <= set(now[name]) for name in before)
    assert told(k, KPU, OTHER) == []
    again = corrected(k, book(9), FIRST, KPU, {"B": "Judul kegiatan", "F": "Tempat"})
    send(k, KPU, FIRST, again, day(10, 3))
    facts = k.warehouse.facts(KPU, "kegiatan")
    newest = facts[(facts["kode_satker"] == FIRST) & (facts["tanggal_mulai"].dt.month == 9)]
    assert set(newest["tempat"]) == {"Aula kantor"}


def test_a_file_that_came_with_the_correction_is_read_anew_in_the_same_run(k):
    """Both lie in landing before anybody validates: the later one is read as the earlier one says."""
    pipeline.open_period(k, KPU)
    for data, when in ((corrected(k, book(7), FIRST, KPU), day(10, 1)), (book(8), day(10, 2))):
        lay(k, FIRST, data, when)
        pipeline.collect(k, KPU, [FIRST], "jalan")
    validate(k, KPU)
    assert kinds(k, KPU, FIRST) == {"SOSIALISASI"}
    assert len(told(k, KPU, FIRST)) == 1
    before = stored(k, "inti_", "operasi_tata_letak")
    validate(k, KPU)
    assert stored(k, "inti_", "operasi_tata_letak") == before


def explain(k: Context, meaning: str, hour: int, scope: tuple[str, str] = ("", ""), *, withdraw: bool = False):
    (column, *_) = open_columns(k) or [None]
    sign = column.sidik if column else k.warehouse.heading_history()[0].sidik
    layout = find_layout(k, sign[:8], "Jenis 2")
    now = NOW + timedelta(hours=hour)
    lesson = make_heading(layout, "jenis 2", meaning, scope, "Sari", "surat 5", now, withdraw=withdraw)
    kept = k.warehouse.teach_headings([lesson])
    return release(k, touched_by(k, kept))


def test_an_operator_explains_once_and_the_rows_of_all_units_count_until_it_is_taken_back(k):
    for month, code in enumerate((FIRST, OTHER, THIRD), 7):
        lay(k, code, book(month, unit=code), day(10, 1))
    pipeline.run_quarter(k, KPU)
    units = (FIRST, OTHER, THIRD)
    assert {code: kinds(k, KPU, code) for code in units} == {key: {""} for key in units}
    (column,) = [one for one in open_columns(k) if one.bidang == "jenis_kegiatan"]
    assert (column.baris, len(column.satker), column.calon) == (24, 3, ((4, "Jenis 1"), (5, "Jenis 2")))
    before = stored(k, "hasil_angka")
    done, waiting = explain(k, "Jenis kegiatan", 1)
    assert (len(done), waiting) == (1, [])
    assert len(done[0].terbit.edisi_baru) == 3 + 1 + 1
    assert {code: kinds(k, KPU, code) for code in units} == {key: {"SOSIALISASI"} for key in units}
    assert all("pengelola (Sari)" in told(k, KPU, code)[0] for code in units)
    assert [one for one in open_columns(k) if one.bidang == "jenis_kegiatan"] == []
    done, _ = explain(k, "", 2, withdraw=True)
    assert len(done) == 1
    assert {code: kinds(k, KPU, code) for code in units} == {key: {""} for key in units}
    assert stored(k, "hasil_angka") == before
    assert len(open_columns(k)) == 1


def test_explanations_go_to_another_installation_as_csv(k):
    send(k, KPU, FIRST, book(7), day(10, 1))
    explain(k, "Jenis kegiatan", 1, ("kpu", FIRST))
    text = export_words(k)
    words, (lesson,) = import_words(text, NOW + timedelta(hours=1))
    assert words == []
    assert lesson == k.warehouse.heading_history()[0]
    assert [one.period for one in touched_by(k, [lesson])] == [KPU.period]
    with pytest.raises(SenderError, match="tata_letak tidak terbaca"):
        import_words(text.replace('"[""', '"[['), NOW)
    for scope, wrong in ((",kpu,", ",dkpp,"), (FIRST, "33.7"), (",kpu,", ",,")):
        assert scope in text
        with pytest.raises(SenderError, match=r"satker|lembaga"):
            import_words(text.replace(scope, wrong), NOW)
    (named,) = import_words(text.replace("Ket. tempat", "Hub 081234567890"), NOW)[1]
    assert "081234567890" not in named.kepala


def test_what_an_office_says_of_its_own_files_is_in_no_export(k):
    send(k, KPU, FIRST, corrected(k, book(7), FIRST, KPU, ANSWER), day(10, 1))
    assert k.warehouse.heading_history() != []
    assert import_words(export_words(k), NOW) == ([], [])


def test_a_file_that_was_refused_teaches_nothing(k):
    data = corrected(k, book(7), FIRST, KPU, {"A": "Tidak dilaporkan"})
    send(k, KPU, FIRST, data, day(10, 1))
    assert set(k.warehouse.verdicts(KPU)["status"]) == {"ditolak"}
    assert k.warehouse.heading_history() == []
    assert learn(k, KPU, [], {}) == []
