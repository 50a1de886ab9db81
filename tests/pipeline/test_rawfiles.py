"""Raw bytes that retention removed, that a disk lost, and that came back: figures stay, and only what is wrong is red."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from humas.installation.context import Context
from humas.landing import LandingError
from humas.landing.model import File
from humas.pipeline import quarter as pipeline
from humas.pipeline.rawfiles import RetentionSummary, remove_expired
from humas.registry import Cycle
from humas.warehouse import SitePage

from tests.real_input.installation import NOW, install

pytestmark = pytest.mark.pipeline
KPU = Cycle("kpu", "2026-TW3")
SATKER = ("33.74", "33.22", "33.10", "32.73")


@pytest.fixture
def k(tmp_path, office):
    k = install(tmp_path, office)
    k.warehouse.start_run("jalan-1", KPU, NOW)
    pipeline.open_period(k, KPU)
    pipeline.collect(k, KPU, SATKER, "jalan-1")
    pipeline.validate(k, KPU, "jalan-1")
    return k


WEEKDAYS = 24 * 3600.0


def later(k: Context, day: int) -> Context:
    """The same installation some days later; to its disk, two days have passed."""
    for path in filter(os.path.isfile, k.landing.root.glob("*/*")):
        os.utime(path, (time.time() - 2 * WEEKDAYS,) * 2)
    return Context(replace(k.settings, frozen_now=NOW + timedelta(days=day)), k.register, k.calendar)


def again(k: Context, run_id: str = "jalan-2"):
    """Validate once more, as a run of its own."""
    k.warehouse.start_run(run_id, KPU, NOW)
    return pipeline.validate(k, KPU, run_id)


def held(k: Context):
    """What the warehouse holds: verdicts and accepted rows."""
    facts = {name: frame.to_dict("records") for name, frame in pipeline.national_facts(k, KPU).items()}
    return k.warehouse.verdicts(KPU).astype(str).to_dict("records"), str(facts)


def files(k: Context, code: str):
    """Where the raw files of a unit's submissions lie."""
    return [k.landing.path(b.sidik) for s in k.warehouse.submissions(KPU) if s.kode_satker == code for b in s.berkas]


def test_what_retention_removed_keeps_its_verdict_and_rows(k):
    before, summary = held(k), again(k)
    afterwards = later(k, 731)
    assert remove_expired(afterwards, dry_run=True) == RetentionSummary(5, 0, NOW + timedelta(days=1))
    assert remove_expired(afterwards).file == 5
    assert not any(path.exists() for code in SATKER for path in files(k, code))
    assert again(afterwards, "jalan-3") == summary
    assert held(afterwards) == before
    assert pipeline.decide(afterwards, KPU, "jalan-3").gagal == ()
    assert remove_expired(afterwards).file == 0


def test_files_stay_for_the_whole_period(k):
    assert remove_expired(later(k, 725)).file == 0
    assert all(path.is_file() for code in SATKER for path in files(k, code))


def test_what_a_killed_writer_left_goes_too(k):
    rest = files(k, "33.22")[0].parent / ".sisa.tmp"
    rest.write_bytes(b"3374012345678901")
    os.utime(rest, (0, 0))
    remove_expired(k, dry_run=True)
    assert rest.exists()
    remove_expired(k)
    assert not rest.exists()


def test_removal_that_was_killed_halfway_is_finished(k):
    afterwards = later(k, 800)
    afterwards.warehouse.mark_raw_removed(afterwards.warehouse.expired_raw(NOW + timedelta(days=1)), NOW)
    assert remove_expired(afterwards).file == 5


def unrecorded(k: Context, day: float):
    """A file that landed so many days ago, whose process was killed before it recorded it."""
    _, path = k.landing.store(b"NIK 3374012345678901, %d hari" % day)
    os.utime(path, (time.time() - day * WEEKDAYS,) * 2)
    return path


def test_what_no_record_knows_goes_by_its_time_on_disk(k):
    old, new = unrecorded(k, 731), unrecorded(k, 729)
    assert remove_expired(k, dry_run=True).unrecorded == 1
    assert old.exists()
    result = remove_expired(k)
    assert (result.file, result.unrecorded) == (0, 1)
    assert not old.exists()
    assert new.exists()
    assert remove_expired(k).unrecorded == 0


def test_old_files_that_a_record_knows_stay_for_their_time(k):
    for code in SATKER:
        for path in files(k, code):
            os.utime(path, (0, 0))
    assert remove_expired(k).unrecorded == 0
    assert all(path.is_file() for code in SATKER for path in files(k, code))


def test_what_is_being_collected_again_stays_though_it_is_not_recorded_yet(k):
    old, afterwards = unrecorded(k, 800), later(k, 731)
    content = old.read_bytes()
    os.utime(old, (0, 0))
    [recorded] = files(k, "33.22")
    k.landing.store(content)
    k.landing.store(recorded.read_bytes())
    assert remove_expired(afterwards, dry_run=True) == RetentionSummary(4, 0, NOW + timedelta(days=1))
    assert remove_expired(afterwards).file == 4
    assert old.exists()
    assert recorded.exists()
    assert recorded.name not in k.warehouse.removed_raw()


def test_bytes_that_come_again_during_the_removal_are_not_noted_as_removed(k, monkeypatch):
    afterwards = later(k, 731)
    [path] = files(k, "33.22")
    content, original = path.read_bytes(), afterwards.warehouse.mark_raw_removed

    def mark(digest, now):
        k.landing.store(content)
        original(digest, now)

    monkeypatch.setattr(afterwards.warehouse, "mark_raw_removed", mark)
    assert remove_expired(afterwards).file == 4
    assert path.exists()
    assert path.name not in k.warehouse.removed_raw()


def test_a_false_note_of_removal_is_taken_back(k):
    [path] = files(k, "33.22")
    k.warehouse.mark_raw_removed([path.name], NOW)
    assert remove_expired(later(k, 30)).file == 0
    assert path.exists()
    assert k.warehouse.removed_raw() == set()


def test_pages_of_news_sites_are_removed_as_well(k):
    content = b"<html>Hubungi 0812-3456-7890</html>"
    digest, path = k.landing.store(content)
    address = "https://kota-semarang.kpu.go.id/berita/1"
    page = SitePage("kpu", "33.74", address, "artikel", "ada", NOW, sidik=digest)
    k.warehouse.record_site_pages("2026-TW3", [page], [File(digest, len(content), "text/html", "1", address, NOW)])
    assert remove_expired(later(k, 725)).file == 0
    assert remove_expired(later(k, 731)).file == 6
    assert not path.exists()
    assert k.warehouse.site_pages("kpu", "33.74")[address].sidik == digest


@pytest.mark.parametrize("broken", ["landing_hilang", "landing_rusak"])
def test_a_lost_file_is_its_unit_s_failure_and_stops_nobody(k, broken):
    before = held(k)
    (path,) = files(k, "33.22")
    whole = path.read_bytes()
    if broken == "landing_hilang":
        path.unlink()
    else:
        path.write_bytes(whole[:-1] + b"?")
    summary = again(k)
    assert (summary.hilang, summary.masuk, summary.diterima) == (1, 23, 20)
    assert held(k) == before
    verdict = pipeline.decide(k, KPU, "jalan-2")
    (failed,) = verdict.gagal
    assert not verdict.lulus
    assert (failed.kode, failed.kode_galat, failed.pelaku) == ("33.22", broken, "sistem")
    assert "KPU Kabupaten Semarang" in failed.pesan
    assert path.name[:12] in failed.pesan
    path.write_bytes(whole)
    assert again(k, "jalan-3").hilang == 0
    assert pipeline.decide(k, KPU, "jalan-3").lulus


def test_collecting_the_unit_again_brings_a_lost_file_back(k):
    (path,) = files(k, "33.22")
    path.unlink()
    again(k)
    pipeline.collect_again(k, KPU, "33.22", "jalan-3")
    assert path.is_file()
    assert again(k, "jalan-3").hilang == 0
    assert pipeline.decide(k, KPU, "jalan-3").lulus


def test_an_older_version_that_decides_nothing_is_only_told(k, office, caplog):
    old = files(k, "33.74")[1]
    office.replaced["api/kota_semarang_2.json"] = office.body("/api/humas?periode=2026-TW3&halaman=2") + b"\n"
    pipeline.collect(k, KPU, ["33.74"], "jalan-2")
    assert again(k).kiriman == 5
    old.unlink()
    assert again(k, "jalan-3").hilang == 0
    assert pipeline.decide(k, KPU, "jalan-3").lulus
    assert old.name[:12] in caplog.text


def test_a_missing_store_stops_the_run(k):
    k.landing.root.rename(k.landing.root.with_name("pindah"))
    with pytest.raises(LandingError, match="tidak ada di"):
        again(k)
