"""What came by the drop-box reaches the figures: standing of units without a channel, and the runs to start."""

from __future__ import annotations

from datetime import timedelta

import pytest
from humas.inbox import answer
from humas.inbox.sweep import sweep
from humas.inbox.trigger import follow_up
from humas.pipeline.quarter import collect, decide, failed_units, open_period, roll_up, validate
from humas.pipeline.standing import serves
from humas.registry import ChannelKind, Cycle, Lembaga
from humas.registry.register import Channel, Trouble

from tests.inbox.conftest import NOW, installation
from tests.inbox.files import ACCEPTED, csv

TW3 = Cycle("kpu", "2026-TW3")


def with_channels(k, *channel, troubles=()):
    from dataclasses import replace

    return replace(k, register=k.register.with_channels(channel, troubles))


@pytest.fixture
def swept(folder, tmp_path, monkeypatch):
    """A drop-box that is swept a second later each time, its files answered at once."""

    def check(k, brought):
        for one in brought:
            one.answer = dict(ACCEPTED)

    monkeypatch.setattr(answer, "_check_batch", check)
    seconds = iter(range(1000))

    def run(*file):
        for name, data in file:
            folder.put(name, data)
        k = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(seconds=next(seconds)))
        sweep(k)
        return k

    return run


def standing(k, code, channel=(), troubles=()):
    k = with_channels(k, *channel, troubles=troubles)
    summary = collect(k, TW3, [code], "uji")
    latest = k.warehouse.last_attempts(TW3).set_index("kode_satker").loc[code]
    return summary.berhasil, latest["status"], latest["saluran"]


def test_unit_without_a_channel_that_used_the_box_counts_as_collected(swept):
    k = swept(("a.csv", csv("33.74")))
    assert standing(k, "33.74") == (1, "berhasil", "kotak_masuk")
    assert len(k.warehouse.submissions(TW3)) == 1
    assert failed_units(k, TW3) == ()
    assert k.warehouse.units_needing_people(TW3) == []


def test_unit_whose_channels_are_switched_off_counts_too(swept):
    dead = Channel(Lembaga.KPU, "33.74", ChannelKind.API, "https://a.kpu.go.id", active=False)
    assert standing(swept(("a.csv", csv("33.74"))), "33.74", [dead]) == (1, "berhasil", "kotak_masuk")


def test_unit_with_a_bad_registry_line_still_needs_its_admin(swept):
    row = Trouble("register.csv", 3, "Alamat kosong.", "isi alamat.", "kpu", "33.74")
    assert standing(swept(("a.csv", csv("33.74"))), "33.74", troubles=[row])[1] == "nonaktif"


def test_unit_that_did_not_use_the_box_stays_unconnected(swept):
    assert standing(swept(("a.csv", csv("33.74"))), "33.22") == (0, "tanpa_saluran", "")


def test_unit_whose_own_channel_fails_is_still_shown_as_failed(swept, tmp_path):
    broken = Channel(Lembaga.KPU, "33.74", ChannelKind.FILES, str(tmp_path / "tidak ada"))
    assert standing(swept(("a.csv", csv("33.74"))), "33.74", [broken])[1] == "gagal"


@pytest.mark.kotak
def test_files_for_a_quarter_with_figures_ask_for_one_run_until_they_are_in(swept):
    k = swept(("a.csv", csv("33.74")), ("b.csv", csv("33.22")))
    open_period(k, TW3)
    assert follow_up(k) == ()
    validate(k, TW3, "uji")
    roll_up(k, TW3, "uji")
    assert follow_up(k) == ()

    k = swept(("c.csv", csv("33.74", "Rapat koordinasi yang baru")), ("tw2.csv", csv("33.74", start="02/04/2026")))
    (one,) = follow_up(k)
    assert (Cycle(one.lembaga, one.periode), one.satker) == (TW3, ("33.74",))
    assert follow_up(k) == (one,)
    validate(k, TW3, "uji 2")
    summary = roll_up(k, TW3, "uji 2")
    assert summary.satker_lapor == 2
    assert follow_up(k) == ()
    assert decide(k, TW3, "uji 2", ["33.74"]).gagal == ()

    k = swept(("a lagi.csv", csv("33.74")))
    (old,) = follow_up(k)
    assert old.kunci != one.kunci, "an old version sent again becomes the newest"


@pytest.mark.parametrize(
    ("address", "lembaga", "expected"),
    [
        ("kpu={}", "kpu", True),
        ("kpu={}", "bawaslu", False),
        ("{}", "kpu", True),
        ("{}", "bawaslu", False),
        ("", "kpu", False),
    ],
    ids=["miliknya", "milik lain", "terbuka, sudah dipakai", "terbuka, belum dipakai", "tanpa kotak"],
)
def test_whether_the_box_serves_a_body(swept, folder, tmp_path, address, lembaga, expected):
    swept(("a.csv", csv("33.74")))
    assert serves(installation(tmp_path, *([address.format(folder.url)] if address else [])), lembaga) is expected
