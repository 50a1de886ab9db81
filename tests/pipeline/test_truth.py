"""The real pipeline against the truth of 553 simulated units, unit by unit and row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from statistics import median

import pytest
from humas.bodies import DATA_SETS
from humas.installation.context import Context, load_context
from humas.pipeline import quarter as pipeline
from humas.registry import Cycle
from humas.settings import Settings
from humas.simulate.document import document_rows
from humas.simulate.model import Conduct, ContentKind, Plan
from humas.simulate.server import Demo, demo_server

from tests.pipeline.judge import Outcome, differences, observe

pytestmark = pytest.mark.pipeline
KPU, TW3 = "kpu", "2026-TW3"
CYCLE = Cycle(KPU, TW3)
RUN_AT = datetime(2026, 11, 16, 3, tzinfo=UTC)


def open_demo(demo: Demo, home) -> Context:
    settings = Settings(home=home, database_url=f"sqlite:///{home / 'gudang.db'}", frozen_now=RUN_AT)
    return load_context(demo.configure(settings))


def run_pass(k: Context, code: list[str], run_id: str) -> Outcome:
    k.warehouse.start_run(run_id, CYCLE, RUN_AT)
    pipeline.open_period(k, CYCLE)
    pipeline.collect(k, CYCLE, code, run_id)
    pipeline.validate(k, CYCLE, run_id)
    return observe(k, CYCLE)


@dataclass(frozen=True)
class Nation:
    """A nation collected twice."""

    demo: Demo
    k: Context
    first: Outcome
    figure: dict[tuple[str, str], float]
    second: Outcome


@pytest.fixture(scope="module")
def nation(tmp_path_factory) -> Iterator[Nation]:
    home = tmp_path_factory.mktemp("bangsa")
    with demo_server(home / "demo") as demo:
        k = open_demo(demo, home)
        first = run_pass(k, list(demo.world.plans), "jalan-1")
        pipeline.roll_up(k, CYCLE, "jalan-1")
        figures = k.warehouse.figures(CYCLE)
        national = figures[figures["lingkup"] == "nasional"]
        figure = {(b.ukuran, b.rincian): b.nilai for b in national.fillna({"rincian": ""}).itertuples()}
        second = run_pass(k, list(demo.world.plans), "jalan-2")
        yield Nation(demo, k, first, figure, second)


def test_first_pass_agrees_with_truth_unit_by_unit_and_row_by_row(nation):
    expectation = {code: one.pertama for code, one in nation.demo.truth().items()}
    assert len(expectation) == 553
    assert not (differing := differences(expectation, nation.first)), "\n".join(differing)


def test_second_pass_agrees_with_truth(nation):
    expectation = {code: one.ulang for code, one in nation.demo.truth().items()}
    assert not (differing := differences(expectation, nation.second)), "\n".join(differing)


def test_second_pass_changes_only_units_that_sent_something_new(nation):
    old, new = nation.first.verdicts["id_kiriman"], nation.second.verdicts["id_kiriman"]
    changed = {code for code in new.index if code not in old.index or old[code] != new[code]}
    assert changed == set(nation.demo.world.codes(ContentKind.CORRECTION, Conduct.ERROR_FOR_A_WHILE))


def test_corrected_version_wins_and_the_first_is_kept(nation):
    verdicts = nation.k.warehouse.verdicts(CYCLE)
    for code in nation.demo.world.codes(ContentKind.CORRECTION):
        owned = verdicts[verdicts["kode_satker"] == code]
        assert list(owned["status"]) == ["diterima_sebagian", "diterima"]
        assert list(owned["berlaku"]) == [False, True]


def test_quarantined_rows_of_a_corrected_file_name_their_successor(nation):
    quarantine = nation.k.warehouse.quarantine(CYCLE)
    owned = quarantine[quarantine["kode_satker"].isin(nation.demo.world.codes(ContentKind.CORRECTION))]
    assert len(owned) == 16
    assert owned["id_pengganti"].notna().all()


def test_no_row_is_lost_at_any_level(nation):
    balance = nation.k.warehouse.conservation(CYCLE)
    assert balance.selisih == ()
    assert balance.baris_masuk == balance.diterima + balance.dikarantina + balance.kembar
    expectation = [one.ulang for one in nation.demo.truth().values()]
    in_force = [one for one in expectation if one.kiriman not in {"", "ditolak"}]
    assert balance.berlaku == tuple(
        sum(getattr(one, name) for one in in_force) for name in ("masuk", "diterima", "dikarantina", "kembar")
    )
    for dataset in DATA_SETS:
        accepted = sum(one.per_himpunan[dataset][1] for one in in_force)
        assert len(nation.k.warehouse.facts(CYCLE, dataset)) == accepted


def test_units_that_only_a_recap_tells_of_report_by_it(nation):
    ((province, units),) = nation.demo.world.recaps.items()
    verdicts = nation.k.warehouse.verdicts(CYCLE)
    for code in units:
        own = verdicts[verdicts["kode_satker"] == code]
        assert list(own["rekap_dari"]) == [province]
        assert list(own["diterima"]) == [nation.demo.truth()[code].pertama.diterima]


def accepted_rows(nation: Nation, dataset: str) -> Iterator[tuple[Plan, dict[str, object]]]:
    """Rows of the first pass that must count, as the generator made them: nothing here was sent or read."""
    world, truth = nation.demo.world, nation.demo.truth()
    for code, plan in world.plans.items():
        expectation = truth[code].pertama
        if expectation.kiriman not in {"diterima", "diterima_dengan_catatan", "diterima_sebagian"}:
            continue
        begin = next(b.baris - p.index for b, p in zip_rows(expectation, plan)) if plan.placements else 0
        lacking = {p.index: dict.fromkeys(p.defect.leaves_out) for p in plan.placements if p.defect.dataset == dataset}
        dropped = {b.baris - begin for b in expectation.baris if b.himpunan == dataset and b.nasib != "diterima"}
        for order, row in enumerate(document_rows(world, plan)[dataset]):
            if order not in dropped and (plan.channels != ("csv",) or dataset == "kegiatan"):
                yield plan, row | lacking.get(order, {})


def test_unique_events_are_those_the_generator_made(nation):
    event = {event_key(plan, row) for plan, row in accepted_rows(nation, "kegiatan")}
    assert nation.figure["acara_unik", ""] == len(event)
    assert nation.figure["acara_unik", ""] < 0.6 * nation.figure["kegiatan_dilaporkan", ""]


def test_national_figures_are_those_of_the_rows_the_generator_made(nation):
    participants, verdict = Counter(), Counter()
    for _, row in accepted_rows(nation, "kegiatan"):
        if row["jumlah_peserta"] is not None:
            parts = (row["satuan_peserta"], row["lingkup_peserta"])
            participants["/".join(part or "tidak_disebut" for part in parts)] += row["jumlah_peserta"]
    verdict.update(row["putusan"] or "tidak_disebut" for _, row in accepted_rows(nation, "permohonan_info"))
    publikasi = [row for _, row in accepted_rows(nation, "publikasi")]
    issues = [row for _, row in accepted_rows(nation, "isu_hoaks")]
    hours = sorted(
        (issue["tanggal_klarifikasi"] - issue["tanggal_temuan"]).total_seconds() / 3600
        for issue in issues
        if issue["tanggal_klarifikasi"]
    )
    expected = {("peserta", name): n for name, n in participants.items()} | {
        ("permohonan_putusan", n): j for n, j in verdict.items()
    }
    expected |= {("jangkauan", ""): sum(one["jangkauan"] or 0 for one in publikasi), ("publikasi", ""): len(publikasi)}
    expected |= {
        ("hoaks_isu", ""): len(issues),
        ("hoaks_konten", ""): sum(issue["jumlah_konten"] or 0 for issue in issues),
    }
    expected |= {("hoaks_median_jam", ""): median(hours), ("hoaks_p90_jam", ""): hours[ceil(0.9 * len(hours)) - 1]}
    assert len(participants) >= 4
    assert {key: nation.figure[key] for key in expected} == pytest.approx(expected)


def zip_rows(expectation, plan):
    """Expected rows with the defects that made them: both sorted by data set and position."""
    placements = sorted(plan.placements, key=lambda p: (p.defect.dataset, p.index))
    return zip(expectation.baris, placements, strict=True)


def event_key(plan, row) -> tuple[str, object, object]:
    own = row["peran_satker"] == "penyelenggara"
    who = plan.unit.official_name if own else row["penyelenggara"] or f"peserta {plan.unit.code}"
    return who, row["tanggal_mulai"], row["jenis_kegiatan"] or row["judul"]


@pytest.mark.parametrize("punctuality", ["tepat_waktu", "terlambat", "sangat_terlambat", "belum_lapor"])
def test_punctuality_is_that_of_the_plan(nation, punctuality):
    truth = nation.demo.truth().values()
    reported = [s.ketepatan if s.pertama.kiriman not in {"", "ditolak"} else "belum_lapor" for s in truth]
    assert nation.figure["ketepatan", punctuality] == reported.count(punctuality)


def test_recovered_units_agree_with_truth_and_others_still_fail(tmp_path):
    broken = (Conduct.ERROR_ALWAYS, Conduct.CUT_SHORT, Conduct.LOGIN_PAGE, Conduct.WRONG_KIND, Conduct.CUT)
    with demo_server(tmp_path / "demo") as demo:
        k = open_demo(demo, tmp_path)
        code = list(demo.world.codes(*broken))
        truth = demo.truth()
        first = run_pass(k, code, "jalan-1")
        assert not (differing := differences({one: truth[one].pertama for one in code}, first)), "\n".join(differing)
        demo.recover()
        recovered = run_pass(k, code, "jalan-2")
        assert not (differing := differences({one: truth[one].pulih for one in code}, recovered)), "\n".join(differing)
        assert 0 < (recovered.attempts["status"] == "berhasil").sum() < len(code)


@pytest.mark.parametrize(("lembaga", "period"), [("bawaslu", "2026-TW1"), ("pemda", "2026-TW2")])
def test_other_bodies_and_quarters_agree_with_truth(lembaga, period, tmp_path):
    """Units with bad rows and bad files of the other bodies, with what is special about their names and hosts."""
    cycle = Cycle(lembaga, period)
    with demo_server(tmp_path / "demo", lembaga=lembaga, period=period) as demo:
        k = open_demo(demo, tmp_path)
        defect = [code for code, one in demo.world.plans.items() if one.placements]
        code = sorted({*defect, "00", "11", "33", "33.74", *demo.world.codes(*list(ContentKind)[1:])})
        k.warehouse.start_run("jalan-1", cycle, RUN_AT)
        pipeline.open_period(k, cycle)
        pipeline.collect(k, cycle, code, "jalan-1")
        pipeline.validate(k, cycle, "jalan-1")
        expectation = {one: demo.truth()[one].pertama for one in code}
        assert not (differing := differences(expectation, observe(k, cycle))), "\n".join(differing)
