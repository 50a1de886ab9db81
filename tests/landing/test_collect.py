"""Collecting: every unit has its outcome, none can fail another, and our own faults surface once, at the end."""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.landing import CollectionError, Landing, SatkerResult, collect
from humas.landing import store as store_module
from humas.landing.collect import joint_digest
from humas.periods import Triwulan
from humas.registry import Channel, ChannelKind, Lembaga, Register, Trouble, load_register
from humas.registry.channel_kind import WAY_HEADER
from humas.settings import HttpBudget, Settings

from tests.sources import server as s

NOW = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
TW3 = Triwulan(2026, 3)
STAMP = {"Last_Modified": "Sat, 03 Oct 2026 01:00:00 GMT", "ETag": '"v1"'}
LATER = {"Last_Modified": "Wed, 07 Oct 2026 01:00:00 GMT"}
BUDGET = HttpBudget(threads=8, read_seconds=9, total_seconds=20, backoff_factor=0.01)
UNITS = ("33.74", "33.22", "33", "11.72", "64.71")


@pytest.fixture
def srv() -> Iterator[s.Server]:
    def two_pages(client: object, request: s.Request) -> object:
        n = 2 if "halaman=2" in request.query else 1
        return s.send(s.page(n, 2), Content_Type="application/json")(client, request)

    def second_page_cut(client: object, request: s.Request) -> object:
        return s.truncated(client, request) if "halaman=2" in request.query else two_pages(client, request)

    answers = {
        "/good": s.send(s.page(), Content_Type="application/json", **STAMP),
        "/future": s.send(s.page(), Content_Type="application/json", **LATER),
        "/two": two_pages,
        "/cut": second_page_cut,
        "/500": s.send(b"x", 500),
        "/a.csv": s.send(b"Judul;Tanggal\nRapat;1\n", **STAMP),
        "/b.csv": s.send(b"Kanal;Tautan\nLaman;y\n"),
        "/304": s.send(b"", 304, ETag='"v1"'),
    }
    with s.serving(answers) as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        tmp_path,
        "",
        allowed_hosts=("127.0.0.1",),
        allow_private=True,
        http=BUDGET,
        frozen_now=NOW,
        folder_roots=(tmp_path,),
    )


def register(*channel: Channel, troubles: tuple[Trouble, ...] = ()) -> Register:
    return load_register(Settings(Path(), "")).with_channels(channel, troubles)


def channel(code: str, address: str, order: int = 1, **rest: object) -> Channel:
    kind = "berkas" if address.endswith(".csv") else "api"
    return Channel(Lembaga.KPU, code, ChannelKind(kind), address, order, **rest)  # type: ignore[arg-type]


def run(settings: Settings, reg: Register, *code: str, **rest: object) -> list[SatkerResult]:
    return collect(code, Lembaga.KPU, TW3, reg, settings, "r1", Landing(settings.landing), **rest)  # type: ignore[arg-type]


def test_units_do_not_disturb_each_other(srv: s.Server, settings: Settings) -> None:
    reg = register(
        channel("33.74", f"{srv.url}/two"), channel("33.22", f"{srv.url}/500"), channel("33", f"{srv.url}/cut")
    )
    seen: list[str] = []
    result = run(settings, reg, *UNITS, "99.99", on_result=lambda one: seen.append(one.satker_code), attempt=3)
    assert [one.satker_code for one in result] == [*UNITS, "99.99"]
    assert sorted(seen) == sorted([*UNITS, "99.99"])
    short = {one.satker_code: (one.attempts[-1].status, one.attempts[-1].kode_galat) for one in result}
    assert short == {
        "33.74": ("berhasil", ""),
        "33.22": ("gagal", "status_5xx"),
        "33": ("gagal", "terpotong"),
        "11.72": ("tanpa_saluran", "tanpa_saluran"),
        "64.71": ("tanpa_saluran", "tanpa_saluran"),
        "99.99": ("gagal", "satker_tidak_dikenal"),
    }
    assert all(
        (p.run_id == "r1" and p.percobaan == 3 and p.pelaku) or p.status == "berhasil"
        for h in result
        for p in h.attempts
    )
    assert "KPU Kabupaten Semarang" in result[1].attempts[0].pesan
    assert result[1].attempts[0].layak_diulang
    assert "KIP Kota Sabang" in result[3].attempts[0].pesan


def test_submission_of_pages(srv: s.Server, settings: Settings) -> None:
    [result] = run(settings, register(channel("33.74", f"{srv.url}/two")), "33.74")
    submission = result.submission
    assert submission is not None
    assert (submission.lembaga, submission.periode, submission.saluran) == ("kpu", "2026-TW3", "api")
    assert [b.halaman for b in submission.berkas] == [1, 2]
    assert submission.sidik == joint_digest(submission.berkas) == result.attempts[0].sidik
    assert (result.attempts[0].halaman, result.attempts[0].ukuran) == (2, sum(b.ukuran for b in submission.berkas))
    assert Landing(settings.landing).read(submission.berkas[1].sidik) == s.page(2, 2)
    assert submission.id == run(settings, register(channel("33.74", f"{srv.url}/two")), "33.74")[0].submission.id  # type: ignore[union-attr]


@pytest.mark.parametrize("way", ["", "lengkap", "susulan"])
def test_what_is_fetched_keeps_what_the_register_said_of_its_source(
    srv: s.Server, settings: Settings, way: str
) -> None:
    [result] = run(settings, register(channel("33.74", f"{srv.url}/two", way=way)), "33.74")
    assert result.submission is not None
    assert {file.header.get(WAY_HEADER, "") for file in result.submission.berkas} == {way}


def test_units_that_share_an_address_never_share_a_copy(settings: Settings) -> None:
    """A portal may tell units apart by their tokens alone; its ETag then stands for another answer."""

    def by_token(client: object, request: s.Request) -> object:
        if request.headers.get("if-none-match"):
            return s.send(b"", 304)(client, request)
        who = request.headers["authorization"]
        return s.send(s.page(siapa=who), Content_Type="application/json", ETag='"v1"')(client, request)

    with s.serving({"/api": by_token}) as server:
        address = f"{server.url}/api"
        reg = register(channel("33.74", address, credential="a"), channel("33.22", address, credential="b"))
        landing = Landing(settings.landing)
        etags = {f"{address}?periode=2026-TW3&halaman=1": ('"v1"', landing.store(s.page(siapa="Bearer a"))[0])}
        result = run(settings, reg, "33.74", "33.22", etags=etags, credential=str)
    was_read = [landing.read(one.submission.berkas[0].sidik) for one in result if one.submission]
    assert was_read == [s.page(siapa="Bearer a"), s.page(siapa="Bearer b")]


def test_pages_before_a_failure_stay(srv: s.Server, settings: Settings) -> None:
    [result] = run(settings, register(channel("33.74", f"{srv.url}/cut")), "33.74")
    assert result.submission is None
    assert [b.halaman for b in result.partial_files] == [1]
    assert (result.attempts[0].halaman, result.attempts[0].halaman_lanjut) == (1, 2)
    assert Landing(settings.landing).read(result.partial_files[0].sidik) == s.page(1, 2)


def test_next_channel_is_tried_and_recorded(srv: s.Server, settings: Settings) -> None:
    reg = register(
        channel("33.74", f"{srv.url}/cut"),
        channel("33.74", f"{srv.url}/a.csv", 2),
        channel("33.74", f"{srv.url}/500", 3),
    )
    [result] = run(settings, reg, "33.74")
    assert [(p.saluran, p.urutan, p.status) for p in result.attempts] == [
        ("api", 1, "gagal"),
        ("berkas", 2, "berhasil"),
    ]
    assert result.submission is not None
    assert result.submission.saluran == "berkas"
    assert len(result.partial_files) == 1


def test_csv_channels_of_equal_order_are_one_submission(srv: s.Server, settings: Settings) -> None:
    reg = register(
        channel("33.74", f"{srv.url}/a.csv", dataset="kegiatan"),
        channel("33.74", f"{srv.url}/b.csv", dataset="publikasi"),
    )
    [result] = run(settings, reg, "33.74")
    assert result.submission is not None
    assert [(b.nama, b.halaman) for b in result.submission.berkas] == [("kegiatan", 1), ("publikasi", 2)]


def test_half_of_such_a_submission_is_none(srv: s.Server, settings: Settings) -> None:
    reg = register(
        channel("33.74", f"{srv.url}/hilang.csv", dataset="publikasi"),
        channel("33.74", f"{srv.url}/a.csv", dataset="kegiatan"),
    )
    srv.answers["/hilang.csv"] = s.send(b"", 404)
    [result] = run(settings, reg, "33.74")
    assert result.submission is None
    assert [b.nama for b in result.partial_files] == ["kegiatan"]
    assert [p.status for p in result.attempts] == ["berhasil", "gagal"]


TIMES = [("good", True, "2026-10-03T01:00:00+00:00"), ("good", False, NOW.isoformat()), ("future", True, NOW.isoformat()),
         ("two", True, NOW.isoformat())]  # fmt: skip


@pytest.mark.parametrize(("path", "trusted", "accepted"), TIMES, ids=["trusted", "distrusted", "future", "silent"])
def test_received_time(srv: s.Server, settings: Settings, path: str, trusted: bool, accepted: str) -> None:
    [result] = run(settings, register(channel("33.74", f"{srv.url}/{path}", trust_time=trusted)), "33.74")
    assert result.submission is not None
    assert result.submission.diterima_pada == datetime.fromisoformat(accepted)


def test_folder_time_counts_when_trusted(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "kotak" / "a.csv"
    file.parent.mkdir()
    file.write_text("Judul;Tanggal\nRapat;1\n")
    os.utime(file, (1_790_000_000, 1_790_000_000))
    reg = register(Channel(Lembaga.KPU, "33.74", ChannelKind.FILES, "kotak", trust_time=True))
    [result] = run(settings, reg, "33.74")
    assert result.submission is not None
    assert result.submission.diterima_pada.timestamp() == 1_790_000_000


def test_unchanged_answer_gives_the_same_submission(srv: s.Server, settings: Settings) -> None:
    reg = register(channel("33.74", f"{srv.url}/good"))
    [earlier] = run(settings, reg, "33.74")
    assert earlier.submission is not None
    file = earlier.submission.berkas[0]
    srv.answers["/good"] = srv.answers["/304"]
    [now] = run(settings, reg, "33.74", etags={file.url: (file.header["etag"], file.sidik)})
    assert now.submission is not None
    assert now.submission.id == earlier.submission.id
    assert now.submission.berkas[0].header["etag"] == '"v1"'


def test_bad_line_and_switched_off_channels(srv: s.Server, settings: Settings) -> None:
    broken = Trouble("saluran.csv", 7, 'Alamat "htps//" bukan URL.', "betulkan alamatnya.", "kpu", "33.74")
    reg = register(channel("33.22", f"{srv.url}/good", active=False), troubles=(broken,))
    result = run(settings, reg, "33.74", "33.22")
    assert [(h.attempts[0].status, h.attempts[0].pelaku) for h in result] == [("nonaktif", "sistem")] * 2
    assert result[0].attempts[0].pesan == 'Alamat "htps//" bukan URL.'
    assert "KPU Kabupaten Semarang dimatikan" in result[1].attempts[0].pesan


def test_full_disk_surfaces_once_after_all_results(
    srv: s.Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(fd: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(store_module.os, "fsync", refuse)
    reg = register(
        channel("33.74", f"{srv.url}/a.csv", dataset="kegiatan"),
        channel("33.74", f"{srv.url}/b.csv", dataset="publikasi"),
        *(channel(code, f"{srv.url}/good") for code in UNITS[1:3]),
        channel("11.72", f"{srv.url}/500"),
    )
    seen: list[str] = []
    with pytest.raises(CollectionError) as caught:
        run(settings, reg, *UNITS, on_result=lambda one: seen.append(one.satker_code))
    assert sorted(seen) == sorted(UNITS)
    assert caught.value.code == "disk_penuh"
    assert "3 satker" in caught.value.message
    assert [h.attempts[-1].kode_galat for h in caught.value.results[:4]] == ["disk_penuh"] * 3 + ["status_5xx"]


def test_a_fault_of_our_own_in_one_unit_is_its_outcome(
    srv: s.Server, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(self: Landing, data: bytes) -> None:
        if b"Rapat" in data:
            raise ZeroDivisionError

    original = Landing.store
    monkeypatch.setattr(Landing, "store", lambda self, data: break_down(self, data) or original(self, data))
    reg = register(channel("33.74", f"{srv.url}/a.csv"), channel("33.22", f"{srv.url}/good"))
    with caplog.at_level(logging.ERROR):
        result = run(settings, reg, "33.74", "33.22")
    assert [h.attempts[0].kode_galat for h in result] == ["galat_program", ""]
    assert "ZeroDivisionError" in result[0].attempts[0].pesan
    assert caplog.records[0].exc_info


def test_interrupt_ends_what_is_in_flight(srv: s.Server, settings: Settings) -> None:
    def interrupt(result: SatkerResult) -> None:
        raise KeyboardInterrupt

    srv.answers["/hang"] = s.hang
    reg = register(channel("33.74", f"{srv.url}/hang"), channel("33.22", f"{srv.url}/good"))
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(settings, reg, "33.74", "33.22", on_result=interrupt)
    assert time.monotonic() - start < 4, "the silent source keeps its client for five seconds"


def test_submission_of_one_file_has_the_digest_of_its_bytes(srv: s.Server, settings: Settings) -> None:
    [result] = run(settings, register(channel("33.74", f"{srv.url}/good")), "33.74")
    assert result.submission is not None
    assert result.submission.sidik == result.submission.berkas[0].sidik


def test_one_unit_is_tried_again(srv: s.Server, settings: Settings) -> None:
    reg = register(channel("33.74", f"{srv.url}/good"))
    [result] = collect(["33.74"], Lembaga.KPU, TW3, reg, settings, "r2", Landing(settings.landing), attempt=2)
    assert (result.attempts[0].percobaan, result.attempts[0].status) == (2, "berhasil")
    [first] = collect(["33.74"], Lembaga.KPU, TW3, reg, settings, "r1", Landing(settings.landing))
    assert first.attempts[0].percobaan == 1


def test_no_units_no_results(settings: Settings) -> None:
    assert run(settings, register()) == []
