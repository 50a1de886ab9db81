"""One report that our program cannot compose, print or show: it is withheld as our fault, and all others are published.

``HUMAS_PAGAR_SEMUA=1`` throws at every function (and prints the list); without it a share of them is drawn. Each installation is a copy of one whose figures are rolled up; whatever prints runs in a child.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from humas.errors import HumasError
from humas.fence import CRASH_FOLDER, OutOfTime
from humas.installation.context import Context
from humas.pipeline import quarter as pipeline
from humas.publish.manifest import check_release, read_manifest

from tests.pipeline import sabotage
from tests.pipeline.sabotage import Thrower
from tests.pipeline.small import KPU, SATKER, fork, install_few, published, wait
from tests.real_input.installation import serve_office

pytestmark = pytest.mark.pipeline
UNIT, PROVINCE, NATION = "HT-KPU-32.73-2026TW3", "HT-KPU-P32-2026TW3", "HT-KPU-N-2026TW3"
Fault = Callable[[str], None]
ALWAYS = {"status.html", "manifes.json", "data-terbuka.html"}
"""Pages that tell of every report, and of the head of the chain."""


@pytest.fixture(scope="module")
def office():
    with serve_office() as running:
        yield running


@pytest.fixture(scope="module")
def rolled(tmp_path_factory, office) -> Path:
    """Home of the installation whose figures are rolled up, and of which nothing is published."""
    home = tmp_path_factory.mktemp("asal")
    k = install_few(home, office)
    pipeline.open_period(k, KPU)
    figures(k, SATKER)
    return home


@pytest.fixture(scope="module")
def corrected(tmp_path_factory, office, rolled) -> Path:
    """Home of the installation that published its first editions and then got other figures of the unit."""
    home = tmp_path_factory.mktemp("ralat")
    k = copied(rolled, home, office)
    reports(k)
    body = office.body("/kota_bandung.csv")
    office.replaced["kota_bandung.csv"] = body.replace(b"2400", b"2401").replace(b"2.400", b"2.401")
    figures(k, ["32.73"])
    del office.replaced["kota_bandung.csv"]
    k.warehouse.close()
    return home


@pytest.fixture(scope="module")
def sound(tmp_path_factory, office, rolled, corrected) -> dict[Path, dict[str, str]]:
    """What readers see when nothing is disturbed, by the installation it began from."""
    result = {}
    for origin in (rolled, corrected):
        k = copied(origin, tmp_path_factory.mktemp("utuh"), office)
        reports(k)
        result[origin] = seen(k)
    return result


def figures(k: Context, satker) -> None:
    k.warehouse.start_run("jalan", KPU, k.settings.now())
    pipeline.collect(k, KPU, satker, "jalan", force=True)
    pipeline.validate(k, KPU, "jalan")
    pipeline.roll_up(k, KPU, "jalan")
    k.warehouse.close()


def copied(origin: Path, home: Path, office) -> Context:
    shutil.copytree(origin / "keadaan", home / "keadaan", symlinks=True)
    return install_few(home, office)


def reports(k: Context, fault: Fault | None = None, number: str = UNIT, processes: int = 0) -> dict[str, Any]:
    """Compose, print, build and publish in a child, with a fault at one report; the steps' summaries."""
    target = k.settings.home / "hasil.json"

    def work() -> None:
        if fault:
            fault(number)
        compose_reports = pipeline.compose(k, KPU)
        print_batch = pipeline.print_reports(k, KPU, compose_reports.laporan, processes)
        site = pipeline.build_site(k, KPU)
        published = pipeline.publish(k, KPU)
        target.write_text(json.dumps([asdict(one) for one in (compose_reports, print_batch, site, published)]))

    k.warehouse.close()
    assert wait(fork(work)) == "selesai"
    return dict(zip(("susun", "cetak", "situs", "terbit"), json.loads(target.read_text()), strict=True))


def seen(k: Context) -> dict[str, str]:
    """Path below the period's folder → SHA-256."""
    root = k.settings.published / "kpu" / "2026-TW3"
    return {str(Path(n).relative_to(root)): s for n, s in published(k).items() if Path(n).is_relative_to(root)}


def others(content: dict[str, str], *own: str) -> dict[str, str]:
    """Without the pages of lists and without what is named."""
    return {name: digest for name, digest in content.items() if name not in ALWAYS and not any(o in name for o in own)}


def page(k: Context, name: str) -> str:
    return (k.settings.published / "kpu" / "2026-TW3" / name).read_text()


def in_good_order(k: Context) -> None:
    folder = k.settings.published / "kpu" / "2026-TW3"
    assert check_release(folder) == []
    crashes = list((k.settings.home / CRASH_FOLDER).iterdir())
    assert crashes
    assert not any("3374015503850007" in crash.read_text() for crash in crashes)


FAULTS = [
    pytest.param(sabotage.composing, "susun", 0, id="compose"),
    pytest.param(sabotage.typesetting, "cetak", 0, id="typst"),
    pytest.param(sabotage.writing, "cetak", 0, id="workbook"),
    pytest.param(sabotage.killing, "cetak", 1, id="killed_one_worker"),
    pytest.param(sabotage.killing, "cetak", 2, id="killed_worker"),
    pytest.param(sabotage.showing, "situs", 0, id="page"),
]


@pytest.mark.parametrize(("fault", "step", "processes"), FAULTS)
def test_a_first_report_that_fails_is_said_to_be_our_fault_and_all_others_stand(
    rolled, sound, tmp_path, office, fault, step, processes
) -> None:
    k, whole = copied(rolled, tmp_path, office), sound[rolled]
    result = reports(k, fault, UNIT, processes)
    [withheld] = result["situs"]["withheld"]
    assert (withheld["report"], withheld["step"]) == ("satker:32.73", step)
    assert CRASH_FOLDER in withheld["remedy"]
    now = seen(k)
    assert others(now, "32.73") == others(whole, "32.73")
    assert not any(UNIT in name for name in now)
    assert "kesalahan program kami, bukan karena satuan kerja" in page(k, "satker/32.73.html")
    assert "1 laporan ditahan karena galat program kami" in page(k, "status.html")
    in_good_order(k)
    assert reports(k, fault, UNIT, processes)["situs"]["withheld"] == [withheld]
    assert seen(k) == now
    assert reports(k)["terbit"]["edisi_baru"] == [f"{UNIT}-E1"]
    assert seen(k) == whole


@pytest.mark.parametrize(("fault", "step", "processes"), FAULTS)
def test_a_later_edition_that_fails_leaves_the_one_before_in_force_as_it_is(
    corrected, sound, tmp_path, office, fault, step, processes
) -> None:
    k, whole = copied(corrected, tmp_path, office), sound[corrected]
    earlier = seen(k)
    result = reports(k, fault, UNIT, processes)
    assert [(s["report"], s["step"]) for s in result["situs"]["withheld"]] == [("satker:32.73", step)]
    now = seen(k)
    assert {n: s for n, s in now.items() if "32.73" in n} == {n: s for n, s in earlier.items() if "32.73" in n}
    assert others(now, "32.73") == others(whole, "32.73")
    assert "edisi 1" in page(k, "status.html")
    in_good_order(k)
    reports(k, fault, UNIT, processes)
    assert seen(k) == now
    assert reports(k)["terbit"]["edisi_baru"] == [f"{UNIT}-E2"]
    assert seen(k) == whole


LEVELS = [
    (NATION, {"index.html", "satker/index.html", "data/", NATION}),
    (PROVINCE, {"provinsi/32.html", "data/", PROVINCE}),
]


@pytest.mark.parametrize("fault", [sabotage.composing, sabotage.typesetting, sabotage.showing])
@pytest.mark.parametrize(("number", "own"), LEVELS, ids=["nation", "province"])
def test_a_level_that_fails_stops_no_unit(rolled, sound, tmp_path, office, fault, number, own) -> None:
    k, whole = copied(rolled, tmp_path, office), sound[rolled]
    reports(k, fault, number)
    now = seen(k)
    lists = (*own, "index.html", "api.html", "cara-menghitung.html")
    assert others(now, *lists) == others(whole, *lists)
    assert now.keys() == {name for name in whole if number not in name}
    assert "belum tersedia" in page(k, "status.html")
    in_good_order(k)
    reports(k)
    assert seen(k) == whole


@pytest.mark.parametrize("fault", [sabotage.composing, sabotage.typesetting, sabotage.showing])
@pytest.mark.parametrize(("number", "own"), LEVELS, ids=["nation", "province"])
def test_a_level_whose_later_edition_fails_stays_as_it_was(
    corrected, sound, tmp_path, office, fault, number, own
) -> None:
    k, whole = copied(corrected, tmp_path, office), sound[corrected]
    earlier = seen(k)
    result = reports(k, fault, number)
    assert set(result["terbit"]["edisi_baru"]) == {f"{one}-E2" for one in (UNIT, PROVINCE, NATION) if one != number}
    now = seen(k)
    page = "index.html" if number == NATION else "provinsi/32.html"
    assert now[page] == earlier[page]
    assert {n: s for n, s in now.items() if number in n} == {n: s for n, s in earlier.items() if number in n}
    in_good_order(k)
    reports(k)
    assert seen(k) == whole


def test_rows_that_cannot_be_grouped_cost_their_unit_alone(rolled, sound, tmp_path, office) -> None:
    k, whole = copied(rolled, tmp_path, office), sound[rolled]
    result = reports(k, sabotage.grouping)
    assert [s["report"] for s in result["susun"]["withheld"]] == ["satker:32.73"]
    assert others(seen(k), "32.73") == others(whole, "32.73")
    in_good_order(k)


@pytest.mark.parametrize("fault", [sabotage.listing, sabotage.giving_data], ids=["list", "data"])
def test_a_list_that_fails_stays_as_it_was_or_says_so(rolled, sound, tmp_path, office, fault) -> None:
    k, whole = copied(rolled, tmp_path, office), sound[rolled]
    result = reports(k, fault)
    assert result["situs"]["withheld"]
    assert others(seen(k), "data/", "index.html") == others(whole, "data/", "index.html")
    in_good_order(k)
    now = seen(k)
    reports(k, fault)
    assert seen(k) == now
    reports(k)
    assert seen(k) == whole
    reports(k, fault)
    assert others(seen(k)) == others(whole)
    in_good_order(k)


def test_when_everything_fails_nothing_is_published(rolled, tmp_path, office) -> None:
    k = copied(rolled, tmp_path, office)

    def work() -> None:
        sabotage.replace(sabotage.pdf, "render", lambda real, lap: {}["x"])
        with pytest.raises(HumasError):
            reports_here(k)

    k.warehouse.close()
    assert wait(fork(work)) == "selesai"
    assert not (k.settings.published / "kpu").exists()
    assert read_manifest(k.settings.published / "kpu" / "2026-TW3") is None


def reports_here(k: Context) -> None:
    pipeline.print_reports(k, KPU, pipeline.compose(k, KPU).laporan)
    pipeline.build_site(k, KPU)


ERRORS = (KeyError("sel"), MemoryError(), RecursionError(), ValueError("3374015503850007"), OutOfTime())
DRAWN = 8
NAMING = ("index.html", "provinsi/32.html", "HT-KPU-P32", "HT-KPU-N", "data/satker", "data/katalog")
"""What names the unit's standing, which is not told where the very standing cannot be; its figures count all the same."""


def test_a_fault_thrown_at_any_function_of_publishing_costs_one_report_alone(rolled, sound, tmp_path, office) -> None:
    whole = sound[rolled]
    dry_run = copied(rolled, tmp_path / "lihat", office)
    functions = functions_of_publishing(dry_run, tmp_path / "fungsi.json")
    assert len(functions) > 100
    hit = 0
    for number, name in enumerate(drawn(functions)):
        k = copied(rolled, tmp_path / "satu", office)
        thrower = Thrower(UNIT, name, ERRORS[number % len(ERRORS)])
        result = reports(k, lambda _, one=thrower: one.everywhere())
        withheld = [one["step"] for one in result["situs"]["withheld"]]
        finish = withheld[0] if withheld else "tertangkap"
        print(f"{type(thrower.error).__name__:16} {finish:10} {name}", flush=True)
        assert [one["report"] for one in result["situs"]["withheld"]] == ["satker:32.73"][: len(withheld)]
        now = seen(k)
        assert others(now, "32.73", *NAMING) == others(whole, "32.73", *NAMING)
        assert now.keys() == {one for one in whole if not (withheld and UNIT in one)}
        assert now["data/angka.csv"] == whole["data/angka.csv"]
        assert (now == whole) == (not withheld)
        hit += len(withheld)
        shutil.rmtree(tmp_path / "satu")
    assert hit > 0


def functions_of_publishing(k: Context, target: Path) -> list[str]:
    """Functions that the report of the unit needs, from composing to its page."""

    def work() -> None:
        watcher.everywhere()
        reports_here(k)
        target.write_text(json.dumps(sorted(watcher.seen)))

    watcher = Thrower(UNIT)
    k.warehouse.close()
    assert wait(fork(work)) == "selesai"
    return json.loads(target.read_text())


def drawn(functions: list[str]) -> list[str]:
    """All of them, or a share by a seed that is told."""
    if os.environ.get("HUMAS_PAGAR_SEMUA"):
        return functions
    seed = int(os.environ.get("HUMAS_BENIH_UJI") or random.SystemRandom().randrange(10**6))
    print(f"benih {seed}")
    return random.Random(seed).sample(functions, min(DRAWN, len(functions)))
