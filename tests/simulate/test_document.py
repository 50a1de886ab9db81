"""What units send: the same bytes for the same seed, in every format, with defects where the plan says."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from humas.contract.columns import BY_NAME, DATASETS
from humas.simulate.content import FEWEST_FIGURES, write_rows
from humas.simulate.document import OWN_BOOK, ROWS_PER_PAGE, document_rows, first_row, write_document
from humas.simulate.habits import SIGNATURES, own_header
from humas.simulate.model import ContentKind
from humas.simulate.plan import plan_world
from python_calamine import CalamineWorkbook


def pick(world, form: str, content: ContentKind = ContentKind.NORMAL, styling: int | None = None):
    return next(
        plan
        for plan in world.plans.values()
        if plan.channels[0] == form and plan.content is content and styling in {None, plan.styling}
    )


@pytest.mark.parametrize("form", ["json", "xlsx", "csv"])
def test_same_seed_same_bytes(world, register, form):
    twin = plan_world(2026, "kpu", world.season.triwulan, register)
    code = pick(world, form).unit.code
    one, second = (write_document(d, d.plans[code], form) for d in (world, twin))
    assert one == second


def test_pages_carry_all_rows_once_and_agree(world):
    plan = world.plans["00"]
    page = [json.loads(content) for content in write_document(world, plan, "json").pages]
    assert len(page) > 1
    assert [one["halaman"] for one in page] == list(range(1, len(page) + 1))
    assert {one["jumlah_halaman"] for one in page} == {len(page)}
    for dataset in DATASETS:
        quantity = sum(len(one["data"][dataset.name]) for one in page)
        assert quantity == plan.rows[dataset.name]
    assert all(sum(map(len, one["data"].values())) <= ROWS_PER_PAGE for one in page)


@pytest.mark.parametrize("styling", range(4))
def test_workbook_rows_begin_where_the_truth_says(world, styling):
    plan = pick(world, "xlsx", styling=styling)
    [content] = write_document(world, plan, "xlsx").pages
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Kegiatan")
    row = sheet.to_python(skip_empty_area=False)
    title = first_row("xlsx", styling) - 2
    column = BY_NAME["kegiatan"].by_name["judul"]
    own = styling == OWN_BOOK
    assert row[title].count(own_header(BY_NAME["kegiatan"], column) if own else column.label) == 1
    written = plan.rows["kegiatan"] + sum(placement.defect.added for placement in plan.placements)
    assert len(row) == title + 1 + written + own * len(SIGNATURES)


def test_csv_has_one_line_for_each_row_below_its_header(world):
    plan = pick(world, "csv")
    text = write_document(world, plan, "csv").pages[0].decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text), delimiter=";" if plan.styling % 2 else ","))
    assert row[0][:2] == ["Periode", "Lembaga"]
    assert len(row) - 1 == len(document_rows(world, plan)["kegiatan"])


def test_defects_are_where_the_plan_says_and_the_corrected_version_has_none(world):
    plan = pick(world, "json", ContentKind.CORRECTION)
    good = write_rows(
        world.season,
        plan.unit,
        plan.rows,
        world.events_for(plan.unit),
        written_day=plan.styling % 2 == 1,
    )
    broken = document_rows(world, plan, 1)
    differing = [n for n, (a, b) in enumerate(zip(good["kegiatan"], broken["kegiatan"], strict=True)) if a != b]
    assert differing == sorted(p.index for p in plan.placements)
    assert document_rows(world, plan, 2) == good


def test_corrected_version_is_sent_later(world):
    plan = pick(world, "json", ContentKind.CORRECTION)
    first, second = (write_document(world, plan, "json", version) for version in (1, 2))
    assert first.sent_at < second.sent_at
    assert first.pages != second.pages


@pytest.mark.parametrize(
    ("content", "key", "value"),
    [
        (ContentKind.NIHIL, "nihil", True),
        (ContentKind.PREVIOUS_TRIWULAN, "periode", "2026-TW2"),
    ],
)
def test_cover_says_what_the_content_is(world, content, key, value):
    plan = next(world.plans[code] for code in world.codes(content))
    assert json.loads(write_document(world, plan, "json").pages[0])[key] == value


def test_last_quarters_file_holds_last_quarters_activities(world):
    [plan, *_] = [world.plans[code] for code in world.codes(ContentKind.PREVIOUS_TRIWULAN)]
    assert {row["tanggal_mulai"] < date(2026, 7, 1) for row in document_rows(world, plan)["kegiatan"]} == {True}


def test_good_rows_use_only_columns_and_words_of_the_contract(world):
    from humas.contract.vocabulary import load_vocabulary

    plan = world.plans["33"]
    for name, row in document_rows(world, plan).items():
        column = BY_NAME[name].by_name
        required = {one.name for one in BY_NAME[name].required if not one.from_cover}
        for one in row:
            assert one.keys() <= column.keys() and required <= one.keys()
            for fill, value in one.items():
                if vocabulary := column[fill].vocabulary:
                    used = value if isinstance(value, list) else [str(value)]
                    assert set(used) <= set(load_vocabulary()[vocabulary].value), fill


def test_units_share_events_of_their_superiors(world):
    one, second = (document_rows(world, world.plans[code])["kegiatan"] for code in ("33", "33.74"))
    of_province = {(b["tanggal_mulai"], b["jenis_kegiatan"]) for b in one if b["peran_satker"] == "penyelenggara"}
    attended = [b for b in second if b["penyelenggara"] == "KPU Provinsi Jawa Tengah"]
    assert len(attended) >= 2
    assert all((b["tanggal_mulai"], b["jenis_kegiatan"]) in of_province for b in attended)


@pytest.mark.parametrize("seed", [2026, 7, 11])
def test_a_leap_of_reach_stands_among_enough_figures_of_its_channel(register, world, seed):
    planned = plan_world(seed, "kpu", world.season.triwulan, register, factor=0.1)
    leaps = [
        (plan, placement)
        for plan in planned.plans.values()
        for placement in plan.placements
        if placement.defect.name == "lonjakan_tayangan"
    ]
    assert leaps
    for plan, placement in leaps:
        rows = document_rows(planned, plan)["publikasi"]
        leap = rows[placement.index]
        spoiled = {one.index for one in plan.placements if one.defect.dataset == "publikasi"}
        whole = [row for index, row in enumerate(rows) if index not in spoiled and row["kanal"] == leap["kanal"]]
        assert len(whole) >= FEWEST_FIGURES
        assert leap["jangkauan"] > 10 * max(row["jangkauan"] for row in whole)
