"""What the DAG files share: which period a run is about, the form, the gate."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from humas.errors import OperatorError, SenderError, SourceError
from humas.installation.summary import CollectionFailure, PublishSummary, Verdict, Waiting, Withheld
from humas.registry import Cycle

pytestmark = pytest.mark.dags

PATI = CollectionFailure(
    "33.18", "KPU Kabupaten Pati", "status_5xx", "sumber", "Sumber menjawab 500.", "Kumpulkan ulang.", True
)


class FakeTask:
    def __init__(self):
        self.pushed = {}

    def xcom_push(self, key, value):
        self.pushed[key] = value


@pytest.fixture
def run(monkeypatch):
    """A run with a partition key and the values of the form."""
    from humas.orchestration import dagkit

    def make(key=None, **params):
        task = FakeTask()
        context = {"dag_run": SimpleNamespace(partition_key=key), "params": params, "ti": task, "run_id": "r"}
        monkeypatch.setattr(dagkit, "get_current_context", lambda: context)
        return dagkit, task

    return make


@pytest.mark.parametrize(
    ("key", "form", "expected"),
    [
        pytest.param("2026-TW3", None, "2026-TW3", id="key"),
        pytest.param(None, "2026-TW3", "2026-TW3", id="form"),
        pytest.param("2026-TW3", "2026-TW3", "2026-TW3", id="both agree"),
    ],
)
def test_period_of_a_run(run, key, form, expected):
    kit, _ = run(key, periode=form)
    assert kit.period_of_run() == expected


@pytest.mark.parametrize(
    ("key", "form", "expected"),
    [("2026", None, "2026"), (None, "2026", "2026"), ("2026", "2026", "2026")],
    ids=["key", "form", "both"],
)
def test_year_of_a_run(run, key, form, expected):
    kit, _ = run(key, tahun=form)
    assert kit.period_of_run() == expected


def test_a_run_of_a_year_refuses_a_quarter(run):
    kit, _ = run("2026-TW3", tahun=None)
    with pytest.raises(SenderError) as caught:
        kit.period_of_run()
    assert caught.value.code == "periode_bukan_tahun"


@pytest.mark.parametrize(
    ("key", "form", "code"),
    [
        pytest.param(None, None, "periode_kosong", id="neither"),
        pytest.param("2026-TW3", "2026-TW2", "periode_bertentangan", id="two different"),
    ],
)
def test_period_that_cannot_be_meant(run, key, form, code):
    kit, _ = run(key, periode=form)
    with pytest.raises(SenderError) as caught:
        kit.period_of_run()
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("2026-TW3", True),
        (None, True),
        ("2026-TW5", False),
        ("2026", False),
        ("2026-TW3; DROP", False),
    ],
)
def test_form_checks_the_period(value, good):
    from airflow.sdk.exceptions import ParamValidationError
    from humas.orchestration import dagkit

    field = dagkit.form(with_units=True)["periode"]
    if good:
        assert field.resolve(value) == value
    else:
        with pytest.raises(ParamValidationError):
            field.resolve(value)


@pytest.mark.parametrize(
    ("value", "good"), [([], True), (["33.74", "33"], True), (None, True), (["Semarang"], False), (["33.7"], False)]
)
def test_form_checks_the_units(value, good):
    from airflow.sdk.exceptions import ParamValidationError
    from humas.orchestration import dagkit

    field = dagkit.form(with_units=True)["satker"]
    if good:
        assert field.resolve(value) == value
    else:
        with pytest.raises(ParamValidationError):
            field.resolve(value)


def test_gate_fails_with_every_name_and_hands_the_verdict_on(run, caplog):
    from airflow.sdk.exceptions import AirflowFailException

    kit, task = run("2026-TW3")
    with pytest.raises(AirflowFailException, match=r"(?s)Masih gagal: 1 satker.*33\.18 KPU Kabupaten Pati"):
        kit.judge(Verdict((replace(PATI, cara="Perbaiki layanan. " * 12),), (), 0.0, False))
    assert "Yang bertindak: Pengelola sumber data." in caplog.messages
    assert max(map(len, caplog.messages)) <= kit.LOG_WIDTH  # the UI's log window cuts longer lines
    assert task.pushed["putusan"]["gagal"][0]["kode"] == "33.18"


def test_gate_fails_when_too_much_is_quarantined(run):
    from airflow.sdk.exceptions import AirflowFailException

    kit, _ = run("2026-TW3")
    with pytest.raises(AirflowFailException, match="melebihi batas"):
        kit.judge(Verdict((), (), 0.4, True))


def test_reports_withheld_for_a_fault_of_ours_are_told_and_red(run, caplog):
    from airflow.sdk.exceptions import AirflowFailException

    kit, _ = run("2026-TW3")
    kit.tell_withheld(())
    one = Withheld("satker:33.18", "KPU Kabupaten Pati", "cetak", "Laporan ditahan.", "kirim galat/a.txt. " * 12)
    with pytest.raises(AirflowFailException, match=r"(?s)galat program kami: 1 laporan.*33\.18 KPU Kabupaten Pati"):
        kit.tell_withheld([one])
    assert "Yang bertindak: Admin sistem." in caplog.messages
    assert max(map(len, caplog.messages)) <= kit.LOG_WIDTH


def test_a_draft_that_waits_is_skipped_and_says_how_it_is_published(run):
    from airflow.sdk.exceptions import AirflowSkipException

    kit, task = run("2026-TW3")
    cycle = Cycle("kpu", "2026-TW3")
    kit.skip_draft(cycle, PublishSummary(("HT-1",), "terbitan"))
    waiting = Waiting("sebagian", {"nasional": 1, "provinsi": 38, "satker": 2}, 549)
    with pytest.raises(AirflowSkipException, match=r"terbitkan 2026-TW3 --lembaga kpu"):
        kit.skip_draft(cycle, PublishSummary((), "draf/kpu/2026-TW3", "", waiting))
    assert task.pushed["draf"]["baris"][0] == (
        "DRAF, belum diterbitkan: 41 laporan (1 nasional, 38 provinsi, 2 satuan kerja); 549 satuan kerja belum pernah diminta"
    )


def test_gate_passes_when_only_people_must_act(run):
    kit, task = run("2026-TW3")
    kit.judge(Verdict((), (PATI,), 0.0, False))
    assert task.pushed["putusan"]["perlu_orang"]


@pytest.mark.parametrize(
    ("error", "action"), [(SourceError, "retry"), (SenderError, "fail"), (OperatorError, "fail"), (OSError, "default")]
)
def test_retries_follow_the_class_of_error(error, action):
    from humas.orchestration import dagkit

    problem = error("kode", "pesan", "cara") if error is not OSError else OSError("x")
    assert dagkit.retry_policy().evaluate(problem, 1, 2).action.value == action


def test_an_error_is_told_in_the_log_and_still_raised(caplog):
    from humas.orchestration import dagkit

    with pytest.raises(SourceError), dagkit.explained():
        raise SourceError("batas_waktu", "API KPU Kota Cilegon tidak menjawab.", "percepat layanan.")
    assert caplog.messages == [
        "API KPU Kota Cilegon tidak menjawab.",
        "Yang bertindak: Pengelola sumber data.",
        "Caranya: percepat layanan.",
    ]


@pytest.mark.parametrize(
    ("times", "action", "retries"), [("0", "fail", 1), ("1", "retry", 1), ("3", "retry", 3)], ids=["never", "1", "3"]
)
def test_installation_says_how_often_a_silent_source_is_asked_again(monkeypatch, times, action, retries):
    from humas.orchestration import dagkit

    monkeypatch.setenv("HUMAS_KALI_ULANG", times)
    assert dagkit.retry_policy().evaluate(SourceError("diam", "Diam.", "Coba."), 1, retries).action.value == action
    assert dagkit.defaults()["retries"] == retries  # a lost worker or a locked database is always tried once more


def test_units_that_kept_us_waiting_are_collected_again_first():
    from humas.orchestration import dagkit

    silent = [replace(PATI, kode=code, kode_galat="batas_waktu") for code in ("33.20", "33.19")]
    assert [unit.kode for unit in dagkit.longest_first([PATI, *silent])] == ["33.19", "33.20", "33.18"]


SHARES = [("", None), ("kumpul:4,situs:1,cetak:1", 1), ("kumpul:4", None), (" cetak : 2 ", 2)]


@pytest.mark.parametrize(("written", "places"), SHARES, ids=["nothing said", "a third", "of another pool", "spaced"])
def test_a_body_takes_no_more_of_a_pool_than_its_share(monkeypatch, written, places):
    from humas.orchestration import dagkit

    monkeypatch.setenv("HUMAS_JATAH", written)
    assert dagkit.mapped("Cetak", "cetak")["max_active_tis_per_dagrun"] == places


def test_a_share_that_is_no_number_is_refused(monkeypatch):
    from humas.orchestration import dagkit

    monkeypatch.setenv("HUMAS_JATAH", "cetak:separuh")
    with pytest.raises(OperatorError, match="HUMAS_JATAH"):
        dagkit.mapped("Cetak", "cetak")
