"""Files of another quarter through folders, fixed addresses and an API: nothing is counted twice, nothing is replaced."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from humas.contract.columns import KEGIATAN
from humas.errors import SenderError
from humas.installation.context import Context, load_context
from humas.pipeline import quarter as pipeline
from humas.pipeline.check import check_bytes
from humas.registry import Cycle
from humas.settings import Settings
from humas.warehouse import Answer

from tests.cli.calls import call
from tests.pipeline.small import few
from tests.validation.samples import header, row

pytestmark = pytest.mark.pipeline
TW3, TW4, TW1 = "2026-TW3", "2026-TW4", "2027-TW1"
START = {TW3: date(2026, 7, 6), TW4: date(2026, 10, 5), TW1: date(2027, 1, 4)}
RUN_AT = {
    TW3: datetime(2026, 10, 6, 3, tzinfo=UTC),
    TW4: datetime(2027, 1, 6, 3, tzinfo=UTC),
    TW1: datetime(2027, 4, 6, 3, tzinfo=UTC),
}
FOLDER, ADDRESS, API = "33.10", "33.22", "33.74"
NAME = {FOLDER: "Kabupaten Klaten", ADDRESS: "Kabupaten Semarang", API: "Kota Semarang"}


def activities(code: str, period: str, quantity: int, start: int = 0) -> list[dict[str, object]]:
    """Activities of a unit in a quarter, at most three a day, each with a title and a link of its own."""
    empty = {"hari": None, "tanggal_selesai": None, "tanggal_publikasi": None}
    return [
        dict(zip([column.name for column in KEGIATAN.columns], row(
            KEGIATAN, kode_satker=code, nama_satker=NAME[code], judul=f"Rapat koordinasi kehumasan nomor {n} {period}",
            tanggal_mulai=(START[period] + timedelta(n // 3)).isoformat(),
            url_bukti=f"https://kpu.go.id/{code}/{period}/{n}", **empty,
        ), strict=True))
        for n in range(start, start + quantity)
    ]  # fmt: skip


def as_csv(row: list[dict[str, object]]) -> bytes:
    output = io.StringIO()
    csv.writer(output).writerows([header(KEGIATAN), *(list(one.values()) for one in row)])
    return output.getvalue().encode()


def as_api(row: list[dict[str, object]], **other: object) -> bytes:
    content = [{name: value for name, value in one.items() if value is not None} for one in row]
    data = {"kegiatan": content, "publikasi": [], "permohonan_info": [], "isu_hoaks": []}
    unchanged = {"versi_kontrak": 1, "lembaga": "kpu", "kode_satker": API, "halaman": 1, "jumlah_halaman": 1}
    return json.dumps(unchanged | {"nihil": False, "data": data} | other).encode()


class Installation:
    """An installation with one unit each on a folder, a fixed address and an API that answers any quarter alike."""

    def __init__(self, home: Path, office, trust: str = "tidak") -> None:
        self.office, self.folder = office, home / "kiriman" / FOLDER
        self.folder.mkdir(parents=True)
        register = home / "register.csv"
        register.write_text(
            "lembaga;kode_satker;jenis;alamat;himpunan;percaya_waktu\n"
            f"kpu;{FOLDER};berkas;{FOLDER};;{trust}\n"
            f"kpu;{ADDRESS};berkas;{office.url}/tetap.csv;kegiatan;\n"
            f"kpu;{API};api;{office.url}/register;;\n"
        )
        self.environment = {
            "HUMAS_HOME": str(home / "keadaan"),
            "HUMAS_REGISTER": str(register),
            "HUMAS_HOST_DIIZINKAN": "127.0.0.1",
            "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1",
            "HUMAS_TERBIT": "semua",
            "HUMAS_FOLDER_DIIZINKAN": str(home / "kiriman"),
        }
        self.settings = Settings.from_environment(self.environment).with_(print_processes=1)
        self.order = 0

    def at(self, period: str) -> Context:
        """The installation on the day on which a quarter is collected."""
        k = load_context(replace(self.settings, frozen_now=RUN_AT[period]))
        return Context(k.settings, few(k.register), k.calendar)

    def lay(self, code: str, content: bytes, written: datetime | None = None) -> None:
        """What a unit's source gives from now on; ``written``: when the file in the folder says it was written."""
        if code == FOLDER:
            file, moment = self.folder / "laporan.csv", (written or RUN_AT[TW3]).timestamp() - 3600
            file.write_bytes(content)
            os.utime(file, (moment, moment))
        else:
            self.office.replaced["tetap.csv" if code == ADDRESS else "register"] = content

    def lay_all(self, period: str, quantity: int) -> None:
        for code in NAME:
            content = activities(code, period, quantity)
            self.lay(code, as_api(content) if code == API else as_csv(content))

    def step(self, period: str, on: str = "") -> Context:
        """Collect, validate and roll a quarter up, on the day of ``on``."""
        k, run_id = self.at(on or period), f"jalan-{self.order}"
        self.order += 1
        k.warehouse.start_run(run_id, Cycle("kpu", period), k.settings.now())
        pipeline.open_period(k, Cycle("kpu", period))
        pipeline.collect(k, Cycle("kpu", period), list(NAME), run_id, force=True)
        pipeline.validate(k, Cycle("kpu", period), run_id)
        pipeline.roll_up(k, Cycle("kpu", period), run_id)
        return k


@pytest.fixture
def installed(tmp_path, office):
    return Installation(tmp_path, office)


def rows(k: Context, period: str, code: str):
    """The activities of a unit that a quarter counts."""
    facts = k.warehouse.facts(Cycle("kpu", period), "kegiatan")
    return facts[facts["kode_satker"] == code]


def counted(k: Context, period: str, code: str) -> int:
    return len(rows(k, period, code))


def newest(k: Context, period: str) -> dict[str, str]:
    verdict = k.warehouse.verdicts(Cycle("kpu", period))
    return dict(verdict.loc[verdict["terbaru"], ["kode_satker", "status"]].itertuples(index=False, name=None))


def total(k: Context, code: str) -> int:
    """Rows of a unit over all quarters; each row once, or this fails."""
    everything = [one for period in (TW3, TW4, TW1) for one in rows(k, period, code)["id_baris"]]
    assert len(everything) == len(set(everything))
    return len(everything)


def files(k: Context, period: str) -> dict[str, str]:
    """What readers see of a quarter: file → SHA-256."""
    press_release = (k.settings.published / "kpu" / period).resolve()
    return {
        str(one.relative_to(press_release)): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(press_release.rglob("*"))
        if one.is_file()
    }


def state(k: Context, period: str) -> tuple[object, ...]:
    """What is stored and published of a quarter that must not move."""
    figure = k.warehouse.figures(Cycle("kpu", period)).to_dict("records")
    return str(figure), k.warehouse.edition_marks(Cycle("kpu", period)), files(k, period)


def test_both_stories_of_the_quarter_that_moved_on(installed):
    installed.lay_all(TW3, 50)
    begin = pipeline.run_quarter(installed.at(TW3), Cycle("kpu", TW3))
    assert begin.rekap.kegiatan == 150
    old = state(installed.at(TW3), TW3)

    # The quarter after, collected from what was left of this one.
    k = installed.at(TW4)
    result = pipeline.run_quarter(k, Cycle("kpu", TW4))
    assert (result.rekap.kegiatan, result.rekap.satker_lapor) == (0, 0)
    needed = {one.kode: one for one in result.putusan.perlu_orang}
    assert set(needed) == set(NAME)
    assert {one.kode_galat for one in needed.values()} == {"triwulan_diragukan"}
    assert all(
        "50 dari 50 baris bukan baris Triwulan IV 2026: 50 bertanggal dalam Triwulan III 2026" in one.pesan
        for one in needed.values()
    )
    assert result.putusan.lulus
    page = (k.settings.published / "kpu" / TW4 / "satker" / f"{FOLDER}.html").read_text()
    assert "Apakah ini memang laporan Triwulan IV 2026?" in page
    assert state(k, TW3) == old

    # The sources move on; the quarter after is collected, then this one again.
    installed.lay_all(TW4, 40)
    assert pipeline.run_quarter(k, Cycle("kpu", TW4)).rekap.kegiatan == 120
    new = state(k, TW4)
    repeated = pipeline.run_quarter(k, Cycle("kpu", TW3), force=True)
    assert repeated.terbit.edisi_baru == ()
    assert {one.kode_galat for one in repeated.putusan.perlu_orang} == {"sumber_beralih"}
    assert "Yang sudah diterima untuk Triwulan III 2026 tetap berlaku." in repeated.putusan.perlu_orang[0].pesan
    assert state(k, TW3) == old
    assert state(k, TW4) == new


@pytest.mark.parametrize("trust", ["ya", "tidak"])
def test_a_source_that_comes_back_is_told_no_more(tmp_path, office, trust):
    """Also one that is trusted with its times: the file that came back says that it is the older one."""
    installed = Installation(tmp_path, office, trust)
    old, new = (as_csv(activities(FOLDER, period, 12)) for period in (TW3, TW4))

    def told() -> list[str]:
        return [one.kode_galat for one in pipeline.decide(k, Cycle("kpu", TW3), "x").perlu_orang if one.kode == FOLDER]

    installed.lay(FOLDER, old, RUN_AT[TW3])
    k = installed.step(TW3)
    assert told() == []
    installed.lay(FOLDER, new, RUN_AT[TW4])
    k = installed.step(TW3, on=TW4)
    assert told() == ["sumber_beralih"]
    installed.lay(FOLDER, old, RUN_AT[TW3])
    k = installed.step(TW3, on=TW1)
    assert told() == []
    assert counted(k, TW3, FOLDER) == 12


def test_a_few_late_rows_count_where_they_came_and_never_twice(installed):
    installed.lay_all(TW3, 20)
    installed.step(TW3)
    late = activities(FOLDER, TW3, 3, start=100)
    installed.lay(FOLDER, as_csv([*activities(FOLDER, TW4, 50), *late, *activities(FOLDER, TW3, 2)]))
    k = installed.step(TW4)
    assert counted(k, TW4, FOLDER) == 53
    assert list(k.warehouse.quarantine(Cycle("kpu", TW4))["kode"]) == ["K45", "K45"]
    assert total(k, FOLDER) == 73

    # A correction of the old quarter brings the late rows too: they stay where they count.
    installed.lay(FOLDER, as_csv([*activities(FOLDER, TW3, 20), *late, *activities(FOLDER, TW3, 1, start=200)]))
    k = installed.step(TW3, on=TW4)
    assert (counted(k, TW3, FOLDER), counted(k, TW4, FOLDER), total(k, FOLDER)) == (21, 53, 74)
    for period in (TW4, TW3, TW3, TW4):  # runs without anything new change nothing, in whatever order
        pipeline.validate(k, Cycle("kpu", period), f"lagi-{period}")
        assert (counted(k, TW3, FOLDER), counted(k, TW4, FOLDER), total(k, FOLDER)) == (21, 53, 74)


@pytest.mark.parametrize("order", [(TW3, TW4, TW1), (TW1, TW4, TW3), (TW4, TW3, TW1)], ids=" ".join)
def test_whatever_the_order_of_runs_each_row_counts_once(installed, order):
    late = activities(FOLDER, TW3, 5, start=100)
    content = {
        TW3: [*activities(FOLDER, TW3, 20), *late],
        TW4: [*activities(FOLDER, TW4, 20), *late],
        TW1: [*activities(FOLDER, TW1, 20), *late, *activities(FOLDER, TW4, 3)],
    }
    for period in (*order, *order):
        installed.lay(FOLDER, as_csv(content[period]))
        k = installed.step(period, on=TW1)
        total(k, FOLDER)
    assert total(k, FOLDER) == 65


def test_a_correction_through_its_own_file_replaces_the_old_quarter(installed):
    installed.lay_all(TW3, 20)
    installed.step(TW3)
    installed.lay_all(TW4, 15)
    installed.step(TW4)
    fixes = activities(FOLDER, TW3, 20)
    fixes[0]["jumlah_peserta"] = 999
    installed.lay(FOLDER, as_csv(fixes))
    k = installed.step(TW3, on=TW4)
    facts = rows(k, TW3, FOLDER)
    assert len(facts) == 20
    assert 999 in set(facts["jumlah_peserta"])


def test_other_units_and_other_bodies_are_not_concerned(installed):
    same = activities(FOLDER, TW3, 12)
    installed.lay(FOLDER, as_csv(same))
    for one in same:
        one.update(kode_satker=ADDRESS, nama_satker=NAME[ADDRESS])
    installed.lay(ADDRESS, as_csv(same))
    installed.lay(API, as_api([], nihil=True))
    k = installed.step(TW3)
    assert (counted(k, TW3, FOLDER), counted(k, TW3, ADDRESS)) == (12, 12)
    for one in same:
        one.update(lembaga="bawaslu", kode_satker=FOLDER, nama_satker=NAME[FOLDER])
    answer = check_bytes(k, as_csv(same), "bawaslu.csv", "bawaslu", FOLDER, TW3).answer
    assert (answer["accepted"], answer["quarantined"]) == (12, 0)


def test_a_nil_file_left_at_a_fixed_address_is_asked_about_and_an_api_s_answer_is_not(installed):
    nihil = as_csv([]) + b"NIHIL" + b"," * (len(KEGIATAN.columns) - 1) + b"\n"
    for code in NAME:
        installed.lay(code, as_api([], nihil=True) if code == API else nihil)
    assert newest(installed.step(TW3), TW3) == dict.fromkeys(NAME, "nihil")
    k = installed.step(TW4)
    assert newest(k, TW4) == {FOLDER: "ditolak", ADDRESS: "ditolak", API: "nihil"}
    assert newest(installed.step(TW3, on=TW4), TW3) == dict.fromkeys(NAME, "nihil")
    doubts = {doubt.kode_satker: doubt for doubt in k.warehouse.doubts("kpu", TW4)}
    assert "Apakah Triwulan IV 2026 memang nihil?" in doubts[ADDRESS].alasan
    k.warehouse.answer_doubt(Answer(doubts[ADDRESS].id_kiriman, True, "Sari", "ditelepon", k.settings.now()))
    assert newest(installed.step(TW4), TW4) == {FOLDER: "ditolak", ADDRESS: "nihil", API: "nihil"}
    assert newest(installed.step(TW3, on=TW4), TW3) == dict.fromkeys(NAME, "nihil")


def test_what_a_person_lets_pass_counts_from_the_next_run_until_it_is_withdrawn(installed):
    installed.lay_all(TW3, 12)  # the old quarter was never reported; its rows come with the next
    k = installed.step(TW4)
    (doubts,) = [doubt for doubt in k.warehouse.doubts("kpu", TW4) if doubt.kode_satker == FOLDER]
    answer = Answer(doubts.id_kiriman, True, "Sari", "surat 12/2027", k.settings.now())
    assert k.warehouse.answer_doubt(answer)
    assert not k.warehouse.answer_doubt(answer)
    assert (counted(k, TW4, FOLDER), counted(installed.step(TW4), TW4, FOLDER)) == (0, 12)
    assert counted(k, TW4, ADDRESS) == 0
    k = installed.step(TW3, on=TW4)  # and the old quarter may no longer count them
    assert (counted(k, TW3, FOLDER), total(k, FOLDER)) == (0, 12)
    assert k.warehouse.answer_doubt(replace(answer, terima=False))
    installed.step(TW4)
    assert (counted(k, TW4, FOLDER), counted(installed.step(TW3, on=TW4), TW3, FOLDER)) == (0, 12)
    with pytest.raises(SenderError, match="alasan"):
        k.warehouse.answer_doubt(replace(answer, alasan=" "))


def test_the_question_is_listed_answered_and_withdrawn_by_command(installed, monkeypatch):
    for name, content in (installed.environment | {"SOURCE_DATE_EPOCH": str(int(RUN_AT[TW4].timestamp()))}).items():
        monkeypatch.setenv(name, content)
    installed.lay(FOLDER, as_csv(activities(FOLDER, TW3, 12)))
    installed.step(TW4)
    listing = call("terima")
    assert listing.code == 1
    assert "33.10 KPU Kabupaten Klaten, Triwulan IV 2026" in listing.output
    assert "Apakah ini memang laporan Triwulan IV 2026?" in listing.output
    who = ("--oleh", "Sari", "--alasan", "surat 12/2027")
    for mistaken in (("terima", FOLDER), ("terima", FOLDER, TW4), ("terima", FOLDER, TW3, *who)):
        assert call(*mistaken).code == 2
    assert call("terima", FOLDER, TW4, "--batal", *who).code == 2
    reply = call("terima", "Kabupaten Klaten", TW4, *who)
    assert (reply.code, "mulai jalan berikutnya: ./humas quarter 2026-TW4" in reply.output) == (0, True)
    assert "tidak ada yang berubah" in call("terima", FOLDER, TW4, *who).output
    assert counted(installed.step(TW4), TW4, FOLDER) == 12
    listing = call("terima")
    assert (listing.code, "Sari, 6 Januari 2027" in listing.output) == (0, True)
    (one,) = json.loads(call("terima", FOLDER, TW4, "--json", *who).output)["kiriman"]
    assert (one["diterima"], one["oleh"], one["sebab"]) == (True, "Sari", "surat 12/2027")
    assert "ditanyakan lagi" in call("terima", FOLDER, TW4, "--batal", *who).output
    assert counted(installed.step(TW4), TW4, FOLDER) == 0


def test_what_was_counted_twice_before_is_counted_once_after_a_run_of_each(installed, monkeypatch):
    """An installation that this was built into: both quarters stand in force with the same rows."""
    from humas.validation.quarter import NOWHERE

    installed.lay_all(TW3, 20)
    installed.step(TW3)
    installed.lay(FOLDER, as_csv([*activities(FOLDER, TW4, 20), *activities(FOLDER, TW3, 2)]))
    with monkeypatch.context() as earlier:
        earlier.setattr("humas.warehouse.facade.Warehouse.elsewhere", lambda *_: NOWHERE)
        k = installed.step(TW4)
    assert counted(k, TW4, FOLDER) == 22
    for period in (TW3, TW4):
        pipeline.validate(k, Cycle("kpu", period), f"sesudah-{period}")
    assert (counted(k, TW3, FOLDER), counted(k, TW4, FOLDER), total(k, FOLDER)) == (20, 20, 40)


@pytest.mark.parametrize("period", [TW3, TW4])
def test_checking_a_file_answers_as_the_run_does(installed, period):
    installed.lay_all(TW3, 12)
    installed.step(TW3)
    content = as_csv([*activities(FOLDER, TW4, 12), *activities(FOLDER, TW3, 2)])
    installed.lay(FOLDER, content)
    k = installed.at(TW4)
    checked = check_bytes(k, content, "laporan.csv", "kpu", FOLDER, period).answer
    k = installed.step(period, on=TW4)
    verdict = k.warehouse.verdicts(Cycle("kpu", period))
    last_verdict = verdict[verdict["kode_satker"] == FOLDER].iloc[-1]
    assert checked["status"] == last_verdict["status"]
    assert (checked["accepted"], checked["quarantined"]) == (last_verdict["diterima"], last_verdict["dikarantina"])
    assert checked["reason"] == last_verdict["alasan"]
