"""The plan: who misbehaves follows from the seed alone, in the stated numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import pytest
from humas.contract.columns import asked_of
from humas.periods import Calendar, Triwulan, due, punctuality
from humas.settings import DeadlineRule
from humas.simulate import defects
from humas.simulate.model import Behaviour, Conduct, ContentKind, Recovery
from humas.simulate.plan import plan_world

TW3 = Triwulan(2026, 3)


def test_same_seed_gives_the_same_plan(world, register):
    assert plan_world(2026, "kpu", TW3, register).plans == world.plans


@pytest.mark.parametrize("other", [{"seed": 7}, {"lembaga": "bawaslu"}, {"triwulan": Triwulan(2026, 2)}], ids=str)
def test_another_seed_body_or_quarter_gives_another_plan(world, register, other):
    options = {"seed": 2026, "lembaga": "kpu", "triwulan": TW3} | other
    assert plan_world(register=register, **options).plans != world.plans


@pytest.mark.parametrize("traits", [*list(Conduct)[1:], *list(ContentKind)[1:]], ids=str)
def test_each_fault_has_its_stated_number_of_units(world, traits):
    assert len(world.codes(traits)) == getattr(Behaviour(), traits.value) > 0


def test_no_unit_plays_two_parts_and_the_superiors_behave(world):
    for code, one in world.plans.items():
        assert one.conduct is Conduct.GOOD or one.content is ContentKind.NORMAL, code
        if one.unit.tier in {"nasional", "provinsi"}:
            assert one.conduct is Conduct.GOOD and one.content is ContentKind.NORMAL and not one.placements


def test_every_defect_is_somewhere_and_on_a_row_of_its_own(world):
    present = {p.defect.name for plan in world.plans.values() for p in plan.placements}
    assert present == {defect.name for defect in defects.ALL}
    for code, one in world.plans.items():
        place = [(p.defect.dataset, n) for p in one.placements for n in {p.index, p.origin}]
        assert len(place) == len(set(place)), code


def test_names_of_defects_are_unique():
    assert max(Counter(defect.name for defect in defects.ALL).values()) == 1


def test_time_of_sending_agrees_with_the_stated_punctuality(world):
    calendar = Calendar.load()
    deadline = {t: due(TW3, t, DeadlineRule(), calendar) for t in ("nasional", "provinsi", "kabupaten", "kota")}
    for one in world.plans.values():
        assert punctuality(one.sent_at, deadline[one.unit.tier]) == one.punctuality


def test_some_broken_channels_come_back_and_others_never(world):
    recovered = Counter(plan.recovery for plan in world.plans.values())
    assert recovered[Recovery.CONTROL] == 7
    assert recovered[Recovery.BY_ITSELF] == Behaviour().galat_sementara


def test_a_province_sends_a_recap_of_units_that_play_no_other_part(world):
    ((province, units),) = world.recaps.items()
    assert len(units) == 3
    for code in units:
        plan = world.plans[code]
        assert world.spoken_for(code) == province == plan.unit.province_code
        assert (plan.conduct, plan.content, plan.placements) == (Conduct.GOOD, ContentKind.NORMAL, ())
        assert plan.sent_at == world.plans[province].sent_at
    assert not set(units) & (world.without_channel | world.broken_channels)


def test_calm_nation_has_no_fault_at_all(register):
    world = plan_world(2026, "kpu", TW3, register, Behaviour.calm())
    assert not world.codes(*list(Conduct)[1:], *list(ContentKind)[1:])
    assert not world.without_channel | world.broken_channels
    assert {plan.punctuality for plan in world.plans.values()} == {"tepat_waktu"}
    assert not any(plan.placements for plan in world.plans.values())


@pytest.mark.parametrize("factor", [0.1, 10.0])
def test_factor_scales_the_rows(world, register, factor):
    def rows(one) -> int:
        return sum(plan.rows[name] for plan in one.plans.values() for name in asked_of("kpu"))

    scaled = plan_world(2026, "kpu", TW3, register, Behaviour.calm(), factor)
    assert rows(scaled) == pytest.approx(rows(world) * factor, rel=0.1)


def test_national_plan_has_the_rows_of_a_real_quarter(world):
    assert 35_000 <= sum(sum(plan.rows.values()) for plan in world.plans.values()) <= 40_000


def test_every_field_of_the_behaviour_is_explained():
    text = Behaviour.__doc__ or ""
    name = {f.name for f in fields(Behaviour)} - {c.value for c in (*Conduct, *ContentKind)} - {"bentuk"}
    assert all(one in text for one in name), name
