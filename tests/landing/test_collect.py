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
from humas.landing import CollectionError, HasilSatker, Landing, collect
from humas.landing import store as store_module
from humas.landing.collect import joint_digest
from humas.periods import Triwulan
from humas.registry import Gangguan, Lembaga, Register, Saluran, load_register
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


def register(*saluran: Saluran, gangguan: tuple[Gangguan, ...] = ()) -> Register:
    return load_register(Settings(Path(), "")).with_channels(saluran, gangguan)


def channel(kode: str, alamat: str, urutan: int = 1, **rest: object) -> Saluran:
    jenis = "berkas" if alamat.endswith(".csv") else "api"
    return Saluran(Lembaga.KPU, kode, jenis, alamat, urutan, **rest)  # type: ignore[arg-type]


def run(settings: Settings, reg: Register, *kode: str, **rest: object) -> list[HasilSatker]:
    return collect(kode, Lembaga.KPU, TW3, reg, settings, "r1", Landing(settings.landing), **rest)  # type: ignore[arg-type]


def test_units_do_not_disturb_each_other(srv: s.Server, settings: Settings) -> None:
    reg = register(
        channel("33.74", f"{srv.url}/two"), channel("33.22", f"{srv.url}/500"), channel("33", f"{srv.url}/cut")
    )
    seen: list[str] = []
    hasil = run(settings, reg, *UNITS, "99.99", on_result=lambda satu: seen.append(satu.kode_satker), percobaan=3)
    assert [satu.kode_satker for satu in hasil] == [*UNITS, "99.99"]
    assert sorted(seen) == sorted([*UNITS, "99.99"])
    ringkas = {satu.kode_satker: (satu.percobaan[-1].status, satu.percobaan[-1].kode_galat) for satu in hasil}
    assert ringkas == {
        "33.74": ("berhasil", ""),
        "33.22": ("gagal", "status_5xx"),
        "33": ("gagal", "terpotong"),
        "11.72": ("tanpa_saluran", "tanpa_saluran"),
        "64.71": ("tanpa_saluran", "tanpa_saluran"),
        "99.99": ("gagal", "satker_tidak_dikenal"),
    }
    assert all(
        (p.run_id == "r1" and p.percobaan == 3 and p.pelaku) or p.status == "berhasil"
        for h in hasil
        for p in h.percobaan
    )
    assert "KPU Kabupaten Semarang" in hasil[1].percobaan[0].pesan
    assert hasil[1].percobaan[0].layak_diulang
    assert "KIP Kota Sabang" in hasil[3].percobaan[0].pesan


def test_submission_of_pages(srv: s.Server, settings: Settings) -> None:
    [hasil] = run(settings, register(channel("33.74", f"{srv.url}/two")), "33.74")
    kiriman = hasil.kiriman
    assert kiriman is not None
    assert (kiriman.lembaga, kiriman.periode, kiriman.saluran) == ("kpu", "2026-TW3", "api")
    assert [b.halaman for b in kiriman.berkas] == [1, 2]
    assert kiriman.sidik == joint_digest(kiriman.berkas) == hasil.percobaan[0].sidik
    assert (hasil.percobaan[0].halaman, hasil.percobaan[0].ukuran) == (2, sum(b.ukuran for b in kiriman.berkas))
    assert Landing(settings.landing).read(kiriman.berkas[1].sidik) == s.page(2, 2)
    assert kiriman.id == run(settings, register(channel("33.74", f"{srv.url}/two")), "33.74")[0].kiriman.id  # type: ignore[union-attr]


def test_units_that_share_an_address_never_share_a_copy(settings: Settings) -> None:
    """A portal may tell units apart by their tokens alone; its ETag then stands for another answer."""

    def by_token(client: object, request: s.Request) -> object:
        if request.headers.get("if-none-match"):
            return s.send(b"", 304)(client, request)
        siapa = request.headers["authorization"]
        return s.send(s.page(siapa=siapa), Content_Type="application/json", ETag='"v1"')(client, request)

    with s.serving({"/api": by_token}) as server:
        alamat = f"{server.url}/api"
        reg = register(channel("33.74", alamat, kredensial="a"), channel("33.22", alamat, kredensial="b"))
        landing = Landing(settings.landing)
        etags = {f"{alamat}?periode=2026-TW3&halaman=1": ('"v1"', landing.store(s.page(siapa="Bearer a"))[0])}
        hasil = run(settings, reg, "33.74", "33.22", etags=etags, kredensial=str)
    dibaca = [landing.read(satu.kiriman.berkas[0].sidik) for satu in hasil if satu.kiriman]
    assert dibaca == [s.page(siapa="Bearer a"), s.page(siapa="Bearer b")]


def test_pages_before_a_failure_stay(srv: s.Server, settings: Settings) -> None:
    [hasil] = run(settings, register(channel("33.74", f"{srv.url}/cut")), "33.74")
    assert hasil.kiriman is None
    assert [b.halaman for b in hasil.berkas_sebagian] == [1]
    assert (hasil.percobaan[0].halaman, hasil.percobaan[0].halaman_lanjut) == (1, 2)
    assert Landing(settings.landing).read(hasil.berkas_sebagian[0].sidik) == s.page(1, 2)


def test_next_channel_is_tried_and_recorded(srv: s.Server, settings: Settings) -> None:
    reg = register(
        channel("33.74", f"{srv.url}/cut"),
        channel("33.74", f"{srv.url}/a.csv", 2),
        channel("33.74", f"{srv.url}/500", 3),
    )
    [hasil] = run(settings, reg, "33.74")
    assert [(p.saluran, p.urutan, p.status) for p in hasil.percobaan] == [
        ("api", 1, "gagal"),
        ("berkas", 2, "berhasil"),
    ]
    assert hasil.kiriman is not None
    assert hasil.kiriman.saluran == "berkas"
    assert len(hasil.berkas_sebagian) == 1


def test_csv_channels_of_equal_order_are_one_submission(srv: s.Server, settings: Settings) -> None:
    reg = register(
        channel("33.74", f"{srv.url}/a.csv", himpunan="kegiatan"),
        channel("33.74", f"{srv.url}/b.csv", himpunan="publikasi"),
    )
    [hasil] = run(settings, reg, "33.74")
    assert hasil.kiriman is not None
    assert [(b.nama, b.halaman) for b in hasil.kiriman.berkas] == [("kegiatan", 1), ("publikasi", 2)]


def test_half_of_such_a_submission_is_none(srv: s.Server, settings: Settings) -> None:
    reg = register(
        channel("33.74", f"{srv.url}/hilang.csv", himpunan="publikasi"),
        channel("33.74", f"{srv.url}/a.csv", himpunan="kegiatan"),
    )
    srv.answers["/hilang.csv"] = s.send(b"", 404)
    [hasil] = run(settings, reg, "33.74")
    assert hasil.kiriman is None
    assert [b.nama for b in hasil.berkas_sebagian] == ["kegiatan"]
    assert [p.status for p in hasil.percobaan] == ["berhasil", "gagal"]


TIMES = [("good", True, "2026-10-03T01:00:00+00:00"), ("good", False, NOW.isoformat()), ("future", True, NOW.isoformat()),
         ("two", True, NOW.isoformat())]  # fmt: skip


@pytest.mark.parametrize(("path", "trusted", "diterima"), TIMES, ids=["trusted", "distrusted", "future", "silent"])
def test_received_time(srv: s.Server, settings: Settings, path: str, trusted: bool, diterima: str) -> None:
    [hasil] = run(settings, register(channel("33.74", f"{srv.url}/{path}", percaya_waktu=trusted)), "33.74")
    assert hasil.kiriman is not None
    assert hasil.kiriman.diterima_pada == datetime.fromisoformat(diterima)


def test_folder_time_counts_when_trusted(settings: Settings, tmp_path: Path) -> None:
    berkas = tmp_path / "kotak" / "a.csv"
    berkas.parent.mkdir()
    berkas.write_text("Judul;Tanggal\nRapat;1\n")
    os.utime(berkas, (1_790_000_000, 1_790_000_000))
    reg = register(Saluran(Lembaga.KPU, "33.74", "berkas", "kotak", percaya_waktu=True))
    [hasil] = run(settings, reg, "33.74")
    assert hasil.kiriman is not None
    assert hasil.kiriman.diterima_pada.timestamp() == 1_790_000_000


def test_unchanged_answer_gives_the_same_submission(srv: s.Server, settings: Settings) -> None:
    reg = register(channel("33.74", f"{srv.url}/good"))
    [dulu] = run(settings, reg, "33.74")
    assert dulu.kiriman is not None
    berkas = dulu.kiriman.berkas[0]
    srv.answers["/good"] = srv.answers["/304"]
    [kini] = run(settings, reg, "33.74", etags={berkas.url: (berkas.header["etag"], berkas.sidik)})
    assert kini.kiriman is not None
    assert kini.kiriman.id == dulu.kiriman.id
    assert kini.kiriman.berkas[0].header["etag"] == '"v1"'


def test_bad_line_and_switched_off_channels(srv: s.Server, settings: Settings) -> None:
    rusak = Gangguan("saluran.csv", 7, 'Alamat "htps//" bukan URL.', "betulkan alamatnya.", "kpu", "33.74")
    reg = register(channel("33.22", f"{srv.url}/good", aktif=False), gangguan=(rusak,))
    hasil = run(settings, reg, "33.74", "33.22")
    assert [(h.percobaan[0].status, h.percobaan[0].pelaku) for h in hasil] == [("nonaktif", "sistem")] * 2
    assert hasil[0].percobaan[0].pesan == 'Alamat "htps//" bukan URL.'
    assert "KPU Kabupaten Semarang dimatikan" in hasil[1].percobaan[0].pesan


def test_full_disk_surfaces_once_after_all_results(
    srv: s.Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(fd: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(store_module.os, "fsync", refuse)
    reg = register(
        channel("33.74", f"{srv.url}/a.csv", himpunan="kegiatan"),
        channel("33.74", f"{srv.url}/b.csv", himpunan="publikasi"),
        *(channel(kode, f"{srv.url}/good") for kode in UNITS[1:3]),
        channel("11.72", f"{srv.url}/500"),
    )
    seen: list[str] = []
    with pytest.raises(CollectionError) as caught:
        run(settings, reg, *UNITS, on_result=lambda satu: seen.append(satu.kode_satker))
    assert sorted(seen) == sorted(UNITS)
    assert caught.value.kode == "disk_penuh"
    assert "3 satker" in caught.value.pesan
    assert [h.percobaan[-1].kode_galat for h in caught.value.hasil[:4]] == ["disk_penuh"] * 3 + ["status_5xx"]


def test_a_fault_of_our_own_in_one_unit_is_its_outcome(
    srv: s.Server, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(self: Landing, data: bytes) -> None:
        if b"Rapat" in data:
            raise ZeroDivisionError

    asli = Landing.store
    monkeypatch.setattr(Landing, "store", lambda self, data: break_down(self, data) or asli(self, data))
    reg = register(channel("33.74", f"{srv.url}/a.csv"), channel("33.22", f"{srv.url}/good"))
    with caplog.at_level(logging.ERROR):
        hasil = run(settings, reg, "33.74", "33.22")
    assert [h.percobaan[0].kode_galat for h in hasil] == ["galat_program", ""]
    assert "ZeroDivisionError" in hasil[0].percobaan[0].pesan
    assert caplog.records[0].exc_info


def test_interrupt_ends_what_is_in_flight(srv: s.Server, settings: Settings) -> None:
    def interrupt(hasil: HasilSatker) -> None:
        raise KeyboardInterrupt

    srv.answers["/hang"] = s.hang
    reg = register(channel("33.74", f"{srv.url}/hang"), channel("33.22", f"{srv.url}/good"))
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(settings, reg, "33.74", "33.22", on_result=interrupt)
    assert time.monotonic() - start < 4, "the silent source keeps its client for five seconds"


def test_submission_of_one_file_has_the_digest_of_its_bytes(srv: s.Server, settings: Settings) -> None:
    [hasil] = run(settings, register(channel("33.74", f"{srv.url}/good")), "33.74")
    assert hasil.kiriman is not None
    assert hasil.kiriman.sidik == hasil.kiriman.berkas[0].sidik


def test_one_unit_is_tried_again(srv: s.Server, settings: Settings) -> None:
    reg = register(channel("33.74", f"{srv.url}/good"))
    [hasil] = collect(["33.74"], Lembaga.KPU, TW3, reg, settings, "r2", Landing(settings.landing), percobaan=2)
    assert (hasil.percobaan[0].percobaan, hasil.percobaan[0].status) == (2, "berhasil")
    [pertama] = collect(["33.74"], Lembaga.KPU, TW3, reg, settings, "r1", Landing(settings.landing))
    assert pertama.percobaan[0].percobaan == 1


def test_no_units_no_results(settings: Settings) -> None:
    assert run(settings, register()) == []
