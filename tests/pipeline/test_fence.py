"""Faults thrown at every function that reads, understands and judges a submission: they cost that submission alone.

``HUMAS_PAGAR_SEMUA=1`` throws at every function (and prints the list); without it a share of them is drawn.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import CodeType, FrameType

import pytest
from humas.bodies import DATA_SETS
from humas.errors import PROGRAM_FAULT, HumasError
from humas.fence import CRASH_FOLDER, OutOfTime, in_halves
from humas.pipeline import quarter as pipeline
from humas.reading import read_files, reader
from humas.reading.reader import Reader
from humas.registry import Cycle
from humas.validation import validate as validation
from humas.validation.rows import judge

from tests.pipeline.small import KPU, fork, wait
from tests.pipeline.test_truth import RUN_AT, open_demo
from tests.reading.sabotaged import TARGET, name_of, name_of_code
from tests.reading.workbooks import one_sheet
from tests.real_input.installation import NOW, install

pytestmark = pytest.mark.pipeline
CULPRIT, GOOD = "33.10", ("33.74", "33.22", "32.73")
ROOMS = (
    "humas.contract.", "humas.privacy.", "humas.values.", "humas.layout.", "humas.validation.", "humas.warehouse.frames",
    "humas.warehouse.validation",
)  # fmt: skip
ERRORS = (KeyError("sel"), MemoryError(), RecursionError(), ValueError("3374015503850007"), OutOfTime())
DRAWN = 8
JUDGE = name_of_code("humas.validation.rows", judge.__code__)


@dataclass
class Sabotage:
    """Throws ``error`` at the beginning of a function while the culprit's submission is being judged."""

    function: CodeType | None = None
    error: BaseException = field(default_factory=KeyError)
    culprits: frozenset[str] = frozenset({CULPRIT})
    batch: frozenset[str] = frozenset()

    def hook(self, frame: FrameType, event: str, _: object) -> None:
        if frame.f_code is self.function and event == "call":
            raise self.error

    @contextmanager
    def active(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        real = pipeline.in_halves

        def in_halves(items, work, name):
            def watched(part):
                self.batch = frozenset(one.satker_code for one in part)
                if self.batch.isdisjoint(self.culprits):
                    return work(part)
                sys.setprofile(self.hook)
                try:
                    return work(part)
                finally:
                    sys.setprofile(None)

            return real(items, watched, name)

        with monkeypatch.context() as patch:
            patch.setattr(pipeline, "in_halves", in_halves)
            yield


@dataclass
class Watch(Sabotage):
    """Throws nothing; notes the functions that judging calls."""

    seen: dict[str, CodeType] = field(default_factory=dict)

    def hook(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_globals.get("__name__", "").startswith(ROOMS):
            self.seen[name_of(frame)] = frame.f_code


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A nation of four units, collected and validated once."""
    from tests.real_input.installation import serve_office

    with serve_office() as office:
        k = install(tmp_path_factory.mktemp("pagar"), office)
        k.warehouse.start_run("jalan-1", KPU, NOW)
        pipeline.open_period(k, KPU)
        pipeline.collect(k, KPU, (*GOOD, CULPRIT), "jalan-1")
        pipeline.validate(k, KPU, "jalan-1")
        yield k


def rows(k, *code: str) -> str:
    facts = pipeline.national_facts(k, KPU)
    return "".join(str(b[b["kode_satker"].isin(code)].to_dict("records")) for b in facts.values())


def forget(k) -> None:
    """As if no submission had been judged yet."""
    from sqlalchemy import text

    with k.warehouse.engine.begin() as connection:
        for table in (*DATA_SETS, "temuan", "karantina", "kembar"):
            connection.execute(text(f"DELETE FROM inti_{table}"))
        connection.execute(text("UPDATE inti_kiriman SET status='menunggu', berlaku=false, sidik_hasil=''"))


def again(k, run_id: str):
    k.warehouse.start_run(run_id, KPU, NOW)
    return pipeline.validate(k, KPU, run_id)


def functions_of_judging(k, monkeypatch) -> dict[str, CodeType]:
    watch = Watch()
    forget(k)
    with watch.active(monkeypatch):
        again(k, "jalan-lihat")
    return watch.seen


def drawn(functions: Iterable[str]) -> list[str]:
    """All of them, or a share by a seed that is told."""
    everything = sorted(functions)
    if os.environ.get("HUMAS_PAGAR_SEMUA"):
        return everything
    seed = random.SystemRandom().randrange(10**6)
    print(f"benih {seed}")
    return random.Random(seed).sample(everything, min(DRAWN, len(everything)))


def test_a_fault_thrown_at_any_function_of_judging_costs_one_submission_alone(collected, monkeypatch) -> None:
    k = collected
    functions = functions_of_judging(k, monkeypatch)
    assert len(functions) > 150
    expectation = rows(k, *GOOD)
    hit = 0
    for number, name in enumerate([*drawn(functions), JUDGE]):  # of this one it is known that it matters
        forget(k)
        sabotage = Sabotage(functions[name], ERRORS[number % len(ERRORS)])
        with sabotage.active(monkeypatch):
            summary = again(k, f"jalan-{number}")
        failed = pipeline.decide(k, KPU, f"jalan-{number}").gagal
        ending = "galat program" if summary.galat else "tertangkap"
        print(f"{type(sabotage.error).__name__:16} {ending:14} {name}", flush=True)
        assert rows(k, *GOOD) == expectation
        assert summary.masuk == summary.diterima + summary.dikarantina + summary.kembar
        assert [(one.kode, one.kode_galat) for one in failed] == [(CULPRIT, PROGRAM_FAULT)] * summary.galat
        hit += summary.galat
    assert hit > 0
    assert not any("3374015503850007" in one.read_text() for one in (k.settings.home / CRASH_FOLDER).iterdir())
    forget(k)
    assert again(k, "jalan-pulih").galat == 0
    assert pipeline.decide(k, KPU, "jalan-pulih").lulus
    assert rows(k, *GOOD) == expectation
    assert rows(k, CULPRIT)


FILES = {
    "xlsx": one_sheet([["Judul", "Jumlah"], ["Rapat", 3.0], ["=1+1", "x"]]),
    "csv": b'Judul;Jumlah\nRapat;3\n"Rapat;4\n',
    "json": b'{"data": {"kegiatan": [{"judul": "Rapat", "jumlah": 1.5}]}}',
}


@pytest.mark.parametrize("form", FILES)
def test_a_fault_thrown_at_any_function_of_reading_costs_that_file_alone(form: str, monkeypatch) -> None:
    data = FILES[form]
    functions = functions_of_reading(data)
    assert len(functions) > 5
    expectation = read_files([("baik", data)])
    for function in drawn(functions):
        monkeypatch.setattr(reader, "COMMAND", (sys.executable, "-m", "tests.reading.sabotaged", "at", function))
        one = Reader()
        try:
            one.read([(TARGET, data)])
            ending = "tertangkap"
        except HumasError as error:
            ending = error.code
        assert ending in {PROGRAM_FAULT, "tertangkap", "tak_terbaca"}, function
        assert one.read([("baik", data)]) == expectation, function
        one.close()
        print(f"{ending:22} {function}")


def functions_of_reading(data: bytes) -> list[str]:
    from humas.reading import read_here

    seen: set[str] = set()

    def hook(frame, event: str, _: object) -> None:
        if event == "call" and frame.f_globals.get("__name__", "").startswith("humas.reading."):
            seen.add(name_of(frame))

    read_here([("x", data)])
    sys.setprofile(hook)
    try:
        read_here([("x", data)])
    finally:
        sys.setprofile(None)
    return sorted(seen)


def test_a_version_that_was_accepted_stays_in_force_while_our_program_fails_on_it(collected, monkeypatch) -> None:
    k = collected
    forget(k)
    again(k, "jalan-a")
    everything = rows(k, *GOOD, CULPRIT)
    with Sabotage(functions_of_judging(k, monkeypatch)[JUDGE]).active(monkeypatch):
        assert again(k, "jalan-b").galat == 1
    assert rows(k, *GOOD, CULPRIT) == everything


def test_a_large_submission_is_judged_by_itself_and_comes_to_the_same(collected, monkeypatch) -> None:
    k = collected
    forget(k)
    again(k, "jalan-besar-1")
    everything = rows(k, *GOOD, CULPRIT)
    parts: list[int] = []
    batch = validation.validate_batch
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "LARGE_ROWS", 0)
        patch.setattr(validation, "validate_batch", lambda *a: parts.append(len(a[0])) or batch(*a))
        forget(k)
        assert again(k, "jalan-besar-2").galat == 0
    assert parts == [0, *[1] * (len(GOOD) + 1)]
    assert rows(k, *GOOD, CULPRIT) == everything


def test_a_program_that_fails_on_everybody_is_told_as_such_and_publishes_nothing(collected, monkeypatch) -> None:
    from humas.errors import ProgramFault

    k = collected
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "in_halves", partial(in_halves, give_up=3))
        patch.setattr(validation, "judge", lambda *_: {}["x"])
        with pytest.raises(ProgramFault):
            again(k, "jalan-rusak")
    assert again(k, "jalan-pulih-2").galat == 0


@pytest.mark.timeout(2_400)  # a nation judged part by part; on a busy machine ten minutes are too near
def test_a_nation_is_published_but_for_the_units_our_program_fails_on(tmp_path, monkeypatch) -> None:
    """One submission throws while it is judged, one needs too much memory, one kills the reader: 550 others are as ever."""
    from humas.simulate.server import demo_server

    with demo_server(tmp_path / "demo") as demo:
        k = open_demo(demo, tmp_path)
        k.warehouse.start_run("jalan-1", Cycle("kpu", "2026-TW3"), RUN_AT)
        pipeline.open_period(k, KPU)
        pipeline.collect(k, KPU, list(demo.world.plans), "jalan-1")
    submission = {one.kode_satker: one for one in k.warehouse.submissions(KPU)}
    throwing, hungry, killing = sorted(code for code, one in submission.items() if demo.truth()[code].pertama.diterima)[
        100:400:100
    ]
    fault = Throwing({throwing: KeyError("sel"), hungry: MemoryError()}, judge.__code__)
    [file, *_] = submission[killing].berkas
    monkeypatch.setattr(reader, "COMMAND", (sys.executable, "-m", "tests.reading.sabotaged", "digest:kill", file.sidik))
    monkeypatch.setattr(reader, "_READER", Reader())
    with fault.active(monkeypatch):
        summary = pipeline.validate(k, KPU, "jalan-1")
    reader._READER.close()
    monkeypatch.undo()
    assert summary.galat == 3
    assert {s.kode for s in pipeline.decide(k, KPU, "jalan-1").gagal if s.kode_galat == PROGRAM_FAULT} == {
        throwing, hungry, killing,
    }  # fmt: skip
    first = publish_all(k)
    assert len(list((k.settings.published / "kpu" / "2026-TW3" / "satker").glob("[0-9]*.html"))) == 553
    summary = pipeline.validate(k, KPU, "jalan-1")
    assert summary.galat == 0
    second = publish_all(k)
    unit = {f"HT-KPU-{code}-2026TW3-E1.pdf" for code in (throwing, hungry, killing)}
    assert unit <= second.keys() - first.keys()
    other = {n: s for n, s in first.items() if "-P" not in n and "-N-" not in n}
    assert len(other) > 400
    assert {name: second[name] for name in other} == other


class Throwing(Sabotage):
    """Throws another error for each of several culprits."""

    def __init__(self, errors: Mapping[str, BaseException], function: CodeType) -> None:
        super().__init__(function, culprits=frozenset(errors))
        self.errors = errors

    def hook(self, frame: FrameType, event: str, _: object) -> None:
        if frame.f_code is self.function and event == "call":
            for code, error in self.errors.items():
                if code in self.batch:
                    raise error


def publish_all(k) -> dict[str, str]:
    """Roll up, print and publish in a child; the PDFs by name, with their digests."""

    def work() -> None:
        pipeline.roll_up(k, KPU, "jalan-1")
        composed = pipeline.compose(k, KPU)
        pipeline.print_reports(k, KPU, composed.laporan, 2)
        pipeline.build_site(k, KPU)
        pipeline.publish(k, KPU)

    k.warehouse.close()
    assert wait(fork(work)) == "selesai"
    folder = k.settings.published / "kpu" / "2026-TW3" / "laporan"
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.glob("*.pdf")}
