"""The keys of ``--json`` are those of ``docs/perintah.md``, read from its tables: neither can move alone."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from humas.cli.accept import _record
from humas.installation import summary
from humas.publish.verify import RecordSource, Status
from humas.settings import Settings
from humas.validation.result import SubmissionStatus
from humas.warehouse import Doubt
from humas.warehouse.facade import open_url

from tests.cli.calls import NOW
from tests.cli.files import make_row, write_workbook

pytestmark = pytest.mark.mesin

COMMAND = (Path(__file__).parents[2] / "docs" / "perintah.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([a-z_0-9]+)(?:\[\])?`")


def section(command: str) -> str:
    return COMMAND.split(f"## `{command} --json`\n", 1)[1].partition("\n## ")[0]


def table(command: str) -> list[tuple[str, str]]:
    """First and second cell of each row of the command's table."""
    row = re.findall(r"^\| (`.*?) \| (.*) \|$", section(command), re.MULTILINE)
    assert row
    return row


def top_keys(command: str) -> set[str]:
    return {name for key, _ in table(command) for name in NAMED.findall(key)}


def inner_keys(command: str, key: str) -> set[str]:
    """Names in the second cell, without what its brackets explain."""
    (content,) = [content for name, content in table(command) if name.strip("`").removesuffix("[]") == key]
    return set(NAMED.findall(re.sub(r"\([^)]*\)", "", content)))


def in_brackets(command: str, key: str) -> set[str]:
    (content,) = [content for name, content in table(command) if name.strip("`").removesuffix("[]") == key]
    return set(NAMED.findall(" ".join(re.findall(r"\(([^)]*)\)", content))))


@pytest.fixture(params=["valid", "refused", "unreadable"])
def checked(request, humas, tmp_path):
    file = write_workbook(tmp_path / "a.xlsx", make_row(), make_row(), make_row(Mode="terbang"))
    if request.param == "refused":
        file = write_workbook(file, make_row(), cover={"Kode satker": "99.99", "Periode": "2026-TW3"})
    if request.param == "unreadable":
        file.write_bytes(b"%PDF-1.7")
    return json.loads(humas("check", file, "--json").output)


def test_check(checked):
    assert set(checked) == top_keys("check")
    assert checked["status"] in inner_keys("check", "status")
    for listing in ("rows", "findings"):
        for one in checked[listing]:
            assert set(one) == inner_keys("check", listing)
    assert {one["state"] for one in checked["rows"]} <= in_brackets("check", "rows")


def test_check_statuses_are_all_documented_and_named():
    assert inner_keys("check", "status") == {one.value for one in SubmissionStatus}
    assert len({one.label for one in SubmissionStatus}) == len(SubmissionStatus)


def test_retention(humas):
    assert set(json.loads(humas("retensi", "--lihat", "--json").output)) == top_keys("retensi")


def test_backup_and_restore(humas, tmp_path):
    open_url(Settings.from_environment().database_url).close()
    created = json.loads(humas("cadangkan", tmp_path / "a.tar", "--json").output)
    assert set(created) == top_keys("cadangkan")
    reply = humas("pulihkan", tmp_path / "a.tar", "--ke", tmp_path / "baru", "--json")
    assert (reply.code, set(json.loads(reply.output))) == (0, top_keys("pulihkan"))


def test_release(humas):
    reply = humas("terima", "--json")
    assert (reply.code, set(json.loads(reply.output))) == (0, top_keys("terima"))
    doubt = Doubt("kpu", "2026-TW4", "33.74", "a", "berkas", NOW, "ditolak", "Apakah?", "Kirim.", None)
    assert set(_record(doubt)) == inner_keys("terima", "kiriman")


def test_due(humas):
    reply = humas("due", "33.74", "2026-TW3", "--json")
    assert reply.code == 0
    assert set(json.loads(reply.output)) == set(NAMED.findall(section("due")))


def make_summary(failed: tuple[summary.CollectionFailure, ...] = ()) -> summary.TriwulanSummary:
    return summary.TriwulanSummary(
        "kpu",
        "2026-TW3",
        "langsung__1",
        summary.CollectionSummary(2, 1, failed, 10, 0.5),
        summary.ValidationSummary(1, 0, 0, 3, 2, 1, 0),
        summary.RecapSummary(10, 553, 1, 2, 2),
        summary.Verdict(failed, failed, 0.1, False),
        summary.PublishSummary(("HT-KPU-N-2026TW3-E1",), "terbitan/kpu/2026-TW3"),
        {"Kumpulkan": 0.5},
    )


FAILED = summary.CollectionFailure(
    "33.74", "KPU Kota Semarang", "batas_waktu", "sumber", "Tidak menjawab.", "periksa.", True
)


@pytest.mark.parametrize(("failed", "code"), [((), 0), ((FAILED,), 1)], ids=["done", "needs_people"])
def test_quarter(humas, monkeypatch, failed, code):
    monkeypatch.setattr("humas.pipeline.quarter.run_quarter", lambda *_, **__: make_summary(failed))
    reply = humas("quarter", "2026-TW3", "--json")
    assert reply.code == code
    content = json.loads(reply.output)
    assert content == json.loads(json.dumps(asdict(make_summary(failed))))
    assert set(content) == top_keys("quarter")
    for key in ("kumpul", "validasi", "rekap", "putusan", "terbit"):
        assert set(content[key]) == inner_keys("quarter", key)
    assert {field.name for field in fields(summary.CollectionFailure)} == in_brackets("quarter", "putusan")
    assert {field.name for field in fields(summary.Alteration)} == inner_keys("quarter", "alterations")
    assert {field.name for field in fields(summary.Withheld)} == inner_keys("quarter", "withheld")


def test_quarter_for_people(humas, monkeypatch):
    monkeypatch.setattr("humas.pipeline.quarter.run_quarter", lambda *_, **__: make_summary((FAILED,)))
    reply = humas("quarter", "2026-TW3")
    assert reply.code == 1
    assert "Baris: 3 masuk = 2 diterima + 1 ditahan + 0 kembar" in reply.output
    assert "Gagal dikumpulkan: 1 satker" in reply.output
    assert "33.74 KPU Kota Semarang" in reply.output


def test_a_bad_line_of_the_channel_file_needs_people(humas, monkeypatch, tmp_path):
    (tmp_path / "r.csv").write_text("lembaga,nama_satker,jenis,alamat\nkpu,Semarang,berkas,x\n")
    monkeypatch.setenv("HUMAS_REGISTER", str(tmp_path / "r.csv"))
    monkeypatch.setattr("humas.pipeline.quarter.run_quarter", lambda *_, **__: make_summary())
    reply = humas("quarter", "2026-TW3")
    assert reply.code == 1
    assert 'r.csv, baris 2: "Semarang" dapat berarti Kabupaten Semarang (33.22) atau Kota' in reply.output


def test_units_without_channel_need_nobody_today(humas, monkeypatch):
    result = make_summary()
    result = replace(result, putusan=replace(result.putusan, tanpa_saluran=("11", "12")))
    monkeypatch.setattr("humas.pipeline.quarter.run_quarter", lambda *_, **__: result)
    reply = humas("quarter", "2026-TW3")
    assert reply.code == 0
    assert "Belum tersambung: 2 satker" in reply.output
    assert "Perlu perbaikan" not in reply.output


@pytest.mark.parametrize("mended", [False, True], ids=["left", "mended"])
def test_what_another_hand_changed_is_told_and_needs_people(humas, monkeypatch, mended):
    alteration = summary.Alteration("laporan/a.pdf", "laporan/a.pdf tidak sama.", "pulihkan berkas itu.", mended)
    result = replace(make_summary(), alterations=(alteration,))
    monkeypatch.setattr("humas.pipeline.quarter.run_quarter", lambda *_, **__: result)
    reply = humas("quarter", "2026-TW3")
    assert reply.code == 1
    assert f"Diubah di luar program: 1 hal, {int(mended)} di antaranya sudah dipulihkan" in reply.output
    assert "laporan/a.pdf tidak sama. Admin sistem: pulihkan berkas itu." in reply.output


def test_verify(humas, tmp_path):
    (tmp_path / "asing.pdf").write_bytes(b"%PDF-1.7")
    reply = humas("verify", tmp_path / "asing.pdf", "--json")
    assert reply.code == 1
    content = json.loads(reply.output)
    name = set(NAMED.findall(section("verify"))) - {one.value for one in RecordSource}
    assert set(content) == name - {one.value for one in Status}
    assert {one.value for one in Status} <= name
    assert {one.value for one in RecordSource if one} <= set(NAMED.findall(section("verify")))
    assert content["status"] == "bukan_laporan_kami"


def test_exit_codes_are_documented():
    assert "`0` selesai · `1` ada yang perlu ditindaklanjuti orang" in COMMAND
    assert "`2` perintah keliru · `3` sistem gagal" in COMMAND.replace("\n", " ")
