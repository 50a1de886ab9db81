"""The DAG of answers: the form's answer is kept in the name of who pressed the button, and one run makes it count."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from humas.errors import SenderError
from humas.orchestration import answerkit
from humas.pipeline import answers
from humas.pipeline.quarter import collect, open_period, validate

from tests.inbox.conftest import installation
from tests.inbox.files import csv
from tests.inbox.places import Local

pytestmark = pytest.mark.dags


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """An installation in which a second file dropped a row; what the form's answer starts."""
    from humas.inbox.sweep import sweep
    from humas.registry import Cycle

    (tmp_path / "kotak" / "masuk").mkdir(parents=True)
    folder, cycle = Local(tmp_path / "kotak"), Cycle("kpu", "2026-TW3")
    rows = ("Lomba foto demokrasi", "Senam bersama pemilih", "Rapat dengan wartawan")
    for minute, titles in enumerate((rows, rows[:2])):
        folder.put("33.74 KPU Kota Semarang.csv", csv("33.74", *titles), 1_790_000_000 + 60 * minute)
        k = installation(tmp_path, f"kpu={folder.url}")
        sweep(k)
        open_period(k, cycle)
        collect(k, cycle, ("33.74",), f"uji {minute}")
        validate(k, cycle, f"uji {minute}")
    monkeypatch.setattr("humas.installation.context.load_context", lambda: k)

    def press(**form):
        run = SimpleNamespace(partition_key=None, run_id="manual", triggering_user_name="sari")
        fields = {"lembaga": "kpu", "satker": "33.74", "periode": "2026-TW3", "alasan": "telepon satker", **form}
        for module in (answerkit, answerkit.dagkit):
            monkeypatch.setattr(module, "get_current_context", lambda: {"dag_run": run, "params": fields})
        return answerkit.answer_from_form()

    return k, cycle, press


def test_an_answer_is_kept_and_its_quarter_run_again(asked):
    k, cycle, press = asked
    assert len(k.warehouse.questions(cycle)) == 1
    (start,) = press(jawaban="mengganti")
    assert (start["trigger_dag_id"], start["conf"]) == ("kpu_triwulan", {"periode": "2026-TW3", "satker": ["33.74"]})
    validate(k, cycle, "sesudah")
    assert k.warehouse.questions(cycle) == []
    assert set(k.warehouse.facts(cycle, "kegiatan")["judul"]) == {"Lomba foto demokrasi", "Senam bersama pemilih"}
    changes = k.warehouse.ledger_changes(cycle)
    assert "sari" in changes.to_string()


def test_the_same_answer_again_starts_nothing(asked):
    _, _, press = asked
    assert press(jawaban="menambah") != []
    assert press(jawaban="menambah") == []


def test_a_recap_that_nobody_sent_cannot_count(asked, caplog):
    _, _, press = asked
    with pytest.raises(SenderError):
        press(jawaban="rekap yang dihitung")
    assert "tidak ada rekap atasan" in caplog.text


def test_the_form_offers_what_the_command_offers():
    assert set(answerkit.ANSWERS.values()) == set(answers.MEANINGS)
