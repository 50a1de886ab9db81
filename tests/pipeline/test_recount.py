"""A real quarter computed a second time by SQL: nothing differs, and a roll-up that is broken is caught."""

from __future__ import annotations

import pytest
from humas.audit import MEASURES, differences, read_inputs, recompute
from humas.cli.main import main
from humas.errors import OperatorError
from humas.installation.context import Context
from humas.installation.summary import Recount
from humas.pipeline import quarter as pipeline
from humas.rollup import figures as rolled
from humas.settings import OnDifference

from tests.pipeline.small import KPU, SATKER, install_few
from tests.real_input.installation import prepare, serve_office

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def sources():
    with serve_office() as office:
        yield office


@pytest.fixture(scope="module")
def quarter(tmp_path_factory, sources):
    """One quarter rolled up, with the folder it stands in."""
    home = tmp_path_factory.mktemp("ulang")
    k = install_few(home, sources)
    k.warehouse.start_run("jalan-1", KPU, k.settings.now())
    pipeline.open_period(k, KPU)
    pipeline.collect(k, KPU, SATKER, "jalan-1")
    pipeline.validate(k, KPU, "jalan-1")
    pipeline.roll_up(k, KPU, "jalan-1")
    return home, k


@pytest.fixture
def command(quarter, sources, monkeypatch, capsys):
    """Run the command within the installation; gives the exit code and what was printed."""
    for name, content in prepare(quarter[0], sources).items():
        monkeypatch.setenv(name, content)

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["hitung-ulang", *arguments])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def test_nothing_differs(quarter, command):
    stored = quarter[1].warehouse.figures(KPU)
    covered = stored["ukuran"].isin(MEASURES).sum()
    assert covered > 0.7 * len(stored)
    assert command(KPU.period) == (0, f"Hitung ulang mandiri: {covered} dari {len(stored)} angka, selisih 0\n")


BROKEN = ["kegiatan_dilaporkan", "acara_unik", "kegiatan_mode", "publikasi", "jangkauan", "permohonan_putusan", "hoaks_isu", "kelengkapan", "validitas"]  # fmt: skip


@pytest.mark.parametrize("measure", BROKEN)
def test_a_broken_roll_up_is_caught(quarter, monkeypatch, measure):
    """A measure of the roll-up gives one more than there is."""
    k = quarter[1]
    for name in ("by_level", "rate_by_level"):
        monkeypatch.setattr(rolled, name, _one_more(getattr(rolled, name), measure))
    wrong = pipeline.figures_now(k, KPU, pipeline.national_facts(k, KPU))
    found = differences(wrong, recompute(read_inputs(k.warehouse, KPU)), MEASURES)
    assert {one.ukuran for one in found.selisih} == {measure}
    assert {one.lingkup for one in found.selisih} == {"satker", "provinsi", "nasional"}


def _one_more(function, measure: str):
    def broken(*arguments, **named):
        frame = function(*arguments, **named)
        return frame.assign(nilai=frame["nilai"].where(frame["ukuran"] != measure, frame["nilai"] + 1))

    return broken


@pytest.fixture
def broken(monkeypatch):
    """One more different event in every figure of them, which is no sum, so that the levels still reconcile."""
    for name in ("by_level", "rate_by_level"):
        monkeypatch.setattr(rolled, name, _one_more(getattr(rolled, name), "acara_unik"))


def test_every_roll_up_is_computed_again_and_says_so(quarter):
    k = quarter[1]
    stored = k.warehouse.figures(KPU)
    told = pipeline.roll_up(k, KPU, "jalan-2").hitung_ulang
    assert told == Recount(int(stored["ukuran"].isin(MEASURES).sum()), len(stored), 0)


def test_figures_that_differ_are_never_stored(quarter, broken):
    k = quarter[1]
    before = k.warehouse.figures(KPU)
    with pytest.raises(OperatorError, match=r"berbeda dari hitung ulang, misalnya .* Acara unik"):
        pipeline.roll_up(k, KPU, "jalan-3")
    assert k.warehouse.figures(KPU).equals(before)


@pytest.fixture
def kept(quarter):
    """Put the figures back that a test stores."""
    k = quarter[1]
    before = k.warehouse.figures(KPU)
    yield k
    k.warehouse.store_figures(KPU, before)


def test_an_installation_may_only_note_the_difference(kept, broken, caplog):
    k = Context(kept.settings.with_(on_difference=OnDifference.TELL), kept.register, kept.calendar)
    assert pipeline.roll_up(k, KPU, "jalan-4").hitung_ulang.selisih > 3
    assert "Acara unik · 33.10 · tersimpan 4, hitung ulang 3" in caplog.text


def test_another_path_that_fails_stops_nothing_and_is_told(quarter, monkeypatch, caplog):
    def fail(_: object) -> None:
        raise ValueError("odd cell")

    monkeypatch.setattr("humas.audit.recompute", fail)
    told = pipeline.roll_up(quarter[1], KPU, "jalan-5").hitung_ulang
    assert told.selisih is None
    assert "galat program" in told.words
    assert "odd cell" in caplog.text


def test_a_quarter_that_was_not_rolled_up_says_what_to_do(command):
    code, printed = command("2026-TW4")
    assert code == 3
    assert "./humas quarter 2026-TW4" in printed


def test_a_figure_that_another_hand_changed_is_named(quarter, command):
    """The last test: it changes a stored figure."""
    k = quarter[1]
    stored = k.warehouse.figures(KPU)
    mine = (stored["kode"] == "33.10") & (stored["ukuran"] == "kegiatan_dilaporkan")
    k.warehouse.store_figures(KPU, stored.assign(nilai=stored["nilai"].mask(mine, 99.0)))
    code, printed = command(KPU.period)
    assert code == 3
    assert "selisih 1\n    S3 Kegiatan dilaporkan · 33.10 · tersimpan 99, hitung ulang 3\n" in printed
    assert "1 angka kpu 2026-TW3 berbeda dari hitung ulang, misalnya S3 Kegiatan dilaporkan · 33.10" in printed
