"""Requests that any quarter counts, as an objection looks for them."""

from __future__ import annotations

import pandas as pd
from humas.registry import Cycle
from humas.validation.keys import DAY_MARK
from humas.validation.requests import request_number
from humas.warehouse import Warehouse

from tests.warehouse.batches import LEMBAGA, PERIOD, batch, collected, submission

CYCLE = Cycle(LEMBAGA, PERIOD)


def test_requests_in_force_are_found_by_unit_and_number(warehouse: Warehouse) -> None:
    sent = [submission("33.74"), submission("33.75")]
    warehouse.record_collection([collected(one) for one in sent])
    warehouse.store_validation(CYCLE, batch(sent, 40))
    facts = warehouse.facts(CYCLE, "permohonan_info").sort_values("tanggal_terima", kind="stable")
    of_unit = facts[facts["kode_satker"] == "33.74"].drop_duplicates("no_registrasi", keep=False)
    assert len(of_unit)
    found = warehouse.elsewhere().requests(LEMBAGA, ["33.74"])
    assert {unit for unit, _ in found} == {"33.74"}
    for row in of_unit.itertuples():
        received, answered = found["33.74", request_number(str(row.no_registrasi).upper())]
        assert received == row.tanggal_terima
        assert answered == row.tanggal_tanggapan or (pd.isna(answered) and pd.isna(row.tanggal_tanggapan))
    assert warehouse.elsewhere().requests("bawaslu", ["33.74"]) == {}


def test_a_request_counted_in_an_earlier_quarter_is_known_by_its_number_and_day(warehouse: Warehouse) -> None:
    sent = [submission("33.74")]
    warehouse.record_collection([collected(one) for one in sent])
    warehouse.store_validation(CYCLE, batch(sent, 40))
    row = warehouse.facts(CYCLE, "permohonan_info").iloc[0]
    identity = f"{row.id_baris}{DAY_MARK}{row.tanggal_terima:%Y-%m-%d}"
    elsewhere = warehouse.elsewhere()
    assert elsewhere.counted(LEMBAGA, "2026-TW4", "permohonan_info", {identity}) == {identity: PERIOD}
    assert elsewhere.counted(LEMBAGA, "2026-TW4", "permohonan_info", {f"{row.id_baris}{DAY_MARK}2026-07-01"}) == {}
