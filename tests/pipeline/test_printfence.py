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
from humas import pipeline
from humas.context import Konteks
from humas.errors import HumasError
from humas.fence import CRASH_FOLDER, OutOfTime
from humas.publish.manifest import check_release, read_manifest

from tests.pipeline import sabotage
from tests.pipeline.kecil import KPU, SATKER, fork, install_few, published, wait
from tests.pipeline.sabotage import Thrower
from tests.real_input.installation import serve_kantor

pytestmark = pytest.mark.pipeline
UNIT, PROVINCE, NATION = "HT-KPU-32.73-2026TW3", "HT-KPU-P32-2026TW3", "HT-KPU-N-2026TW3"
Fault = Callable[[str], None]
ALWAYS = {"status.html", "manifes.json", "data-terbuka.html"}
"""Pages that tell of every report, and of the head of the chain."""


@pytest.fixture(scope="module")
def kantor():
    with serve_kantor() as berjalan:
        yield berjalan


@pytest.fixture(scope="module")
def rolled(tmp_path_factory, kantor) -> Path:
    """Home of the installation whose figures are rolled up, and of which nothing is published."""
    home = tmp_path_factory.mktemp("asal")
    k = install_few(home, kantor)
    pipeline.open_period(k, *KPU)
    figures(k, SATKER)
    return home


@pytest.fixture(scope="module")
def corrected(tmp_path_factory, kantor, rolled) -> Path:
    """Home of the installation that published its first editions and then got other figures of the unit."""
    home = tmp_path_factory.mktemp("ralat")
    k = copied(rolled, home, kantor)
    reports(k)
    body = kantor.body("/kota_bandung.csv")
    kantor.replaced["kota_bandung.csv"] = body.replace(b"2400", b"2401").replace(b"2.400", b"2.401")
    figures(k, ["32.73"])
    del kantor.replaced["kota_bandung.csv"]
    k.gudang.close()
    return home


@pytest.fixture(scope="module")
def sound(tmp_path_factory, kantor, rolled, corrected) -> dict[Path, dict[str, str]]:
    """What readers see when nothing is disturbed, by the installation it began from."""
    hasil = {}
    for asal in (rolled, corrected):
        k = copied(asal, tmp_path_factory.mktemp("utuh"), kantor)
        reports(k)
        hasil[asal] = seen(k)
    return hasil


def figures(k: Konteks, satker) -> None:
    k.gudang.start_run("jalan", *KPU, k.settings.now())
    pipeline.collect(k, *KPU, satker, "jalan", paksa=True)
    pipeline.validate(k, *KPU, "jalan")
    pipeline.roll_up(k, *KPU, "jalan")
    k.gudang.close()


def copied(asal: Path, home: Path, kantor) -> Konteks:
    shutil.copytree(asal / "keadaan", home / "keadaan", symlinks=True)
    return install_few(home, kantor)


def reports(k: Konteks, fault: Fault | None = None, number: str = UNIT, processes: int = 0) -> dict[str, Any]:
    """Compose, print, build and publish in a child, with a fault at one report; the steps' summaries."""
    ke = k.settings.home / "hasil.json"

    def work() -> None:
        if fault:
            fault(number)
        susun = pipeline.compose(k, *KPU)
        cetak = pipeline.print_reports(k, *KPU, susun.laporan, processes)
        situs = pipeline.build_site(k, *KPU)
        terbit = pipeline.publish(k, *KPU)
        ke.write_text(json.dumps([asdict(satu) for satu in (susun, cetak, situs, terbit)]))

    k.gudang.close()
    assert wait(fork(work)) == "selesai"
    return dict(zip(("susun", "cetak", "situs", "terbit"), json.loads(ke.read_text()), strict=True))


def seen(k: Konteks) -> dict[str, str]:
    """Path below the period's folder → SHA-256."""
    akar = k.settings.published / "kpu" / "2026-TW3"
    return {str(Path(n).relative_to(akar)): s for n, s in published(k).items() if Path(n).is_relative_to(akar)}


def others(isi: dict[str, str], *own: str) -> dict[str, str]:
    """Without the pages of lists and without what is named."""
    return {nama: sidik for nama, sidik in isi.items() if nama not in ALWAYS and not any(o in nama for o in own)}


def page(k: Konteks, nama: str) -> str:
    return (k.settings.published / "kpu" / "2026-TW3" / nama).read_text()


def in_good_order(k: Konteks) -> None:
    folder = k.settings.published / "kpu" / "2026-TW3"
    assert check_release(folder) == []
    crashes = list((k.settings.home / CRASH_FOLDER).iterdir())
    assert crashes
    assert not any("3374015503850007" in satu.read_text() for satu in crashes)


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
    rolled, sound, tmp_path, kantor, fault, step, processes
) -> None:
    k, utuh = copied(rolled, tmp_path, kantor), sound[rolled]
    hasil = reports(k, fault, UNIT, processes)
    [tertahan] = hasil["situs"]["withheld"]
    assert (tertahan["report"], tertahan["step"]) == ("satker:32.73", step)
    assert CRASH_FOLDER in tertahan["remedy"]
    kini = seen(k)
    assert others(kini, "32.73") == others(utuh, "32.73")
    assert not any(UNIT in nama for nama in kini)
    assert "kesalahan program kami, bukan karena satuan kerja" in page(k, "satker/32.73.html")
    assert "1 laporan ditahan karena galat program kami" in page(k, "status.html")
    in_good_order(k)
    assert reports(k, fault, UNIT, processes)["situs"]["withheld"] == [tertahan]
    assert seen(k) == kini
    assert reports(k)["terbit"]["edisi_baru"] == [f"{UNIT}-E1"]
    assert seen(k) == utuh


@pytest.mark.parametrize(("fault", "step", "processes"), FAULTS)
def test_a_later_edition_that_fails_leaves_the_one_before_in_force_as_it_is(
    corrected, sound, tmp_path, kantor, fault, step, processes
) -> None:
    k, utuh = copied(corrected, tmp_path, kantor), sound[corrected]
    dulu = seen(k)
    hasil = reports(k, fault, UNIT, processes)
    assert [(s["report"], s["step"]) for s in hasil["situs"]["withheld"]] == [("satker:32.73", step)]
    kini = seen(k)
    assert {n: s for n, s in kini.items() if "32.73" in n} == {n: s for n, s in dulu.items() if "32.73" in n}
    assert others(kini, "32.73") == others(utuh, "32.73")
    assert "edisi 1" in page(k, "status.html")
    in_good_order(k)
    reports(k, fault, UNIT, processes)
    assert seen(k) == kini
    assert reports(k)["terbit"]["edisi_baru"] == [f"{UNIT}-E2"]
    assert seen(k) == utuh


LEVELS = [
    (NATION, {"index.html", "satker/index.html", "data/", NATION}),
    (PROVINCE, {"provinsi/32.html", "data/", PROVINCE}),
]


@pytest.mark.parametrize("fault", [sabotage.composing, sabotage.typesetting, sabotage.showing])
@pytest.mark.parametrize(("number", "own"), LEVELS, ids=["nation", "province"])
def test_a_level_that_fails_stops_no_unit(rolled, sound, tmp_path, kantor, fault, number, own) -> None:
    k, utuh = copied(rolled, tmp_path, kantor), sound[rolled]
    reports(k, fault, number)
    kini = seen(k)
    lists = (*own, "index.html", "api.html", "cara-menghitung.html")
    assert others(kini, *lists) == others(utuh, *lists)
    assert kini.keys() == {nama for nama in utuh if number not in nama}
    assert "belum tersedia" in page(k, "status.html")
    in_good_order(k)
    reports(k)
    assert seen(k) == utuh


@pytest.mark.parametrize("fault", [sabotage.composing, sabotage.typesetting, sabotage.showing])
@pytest.mark.parametrize(("number", "own"), LEVELS, ids=["nation", "province"])
def test_a_level_whose_later_edition_fails_stays_as_it_was(
    corrected, sound, tmp_path, kantor, fault, number, own
) -> None:
    k, utuh = copied(corrected, tmp_path, kantor), sound[corrected]
    dulu = seen(k)
    hasil = reports(k, fault, number)
    assert set(hasil["terbit"]["edisi_baru"]) == {f"{satu}-E2" for satu in (UNIT, PROVINCE, NATION) if satu != number}
    kini = seen(k)
    halaman = "index.html" if number == NATION else "provinsi/32.html"
    assert kini[halaman] == dulu[halaman]
    assert {n: s for n, s in kini.items() if number in n} == {n: s for n, s in dulu.items() if number in n}
    in_good_order(k)
    reports(k)
    assert seen(k) == utuh


def test_rows_that_cannot_be_grouped_cost_their_unit_alone(rolled, sound, tmp_path, kantor) -> None:
    k, utuh = copied(rolled, tmp_path, kantor), sound[rolled]
    hasil = reports(k, sabotage.grouping)
    assert [s["report"] for s in hasil["susun"]["withheld"]] == ["satker:32.73"]
    assert others(seen(k), "32.73") == others(utuh, "32.73")
    in_good_order(k)


@pytest.mark.parametrize("fault", [sabotage.listing, sabotage.giving_data], ids=["list", "data"])
def test_a_list_that_fails_stays_as_it_was_or_says_so(rolled, sound, tmp_path, kantor, fault) -> None:
    k, utuh = copied(rolled, tmp_path, kantor), sound[rolled]
    hasil = reports(k, fault)
    assert hasil["situs"]["withheld"]
    assert others(seen(k), "data/", "index.html") == others(utuh, "data/", "index.html")
    in_good_order(k)
    kini = seen(k)
    reports(k, fault)
    assert seen(k) == kini
    reports(k)
    assert seen(k) == utuh
    reports(k, fault)
    assert others(seen(k)) == others(utuh)
    in_good_order(k)


def test_when_everything_fails_nothing_is_published(rolled, tmp_path, kantor) -> None:
    k = copied(rolled, tmp_path, kantor)

    def work() -> None:
        sabotage.replace(sabotage.pdf, "render", lambda real, lap: {}["x"])
        with pytest.raises(HumasError):
            reports_here(k)

    k.gudang.close()
    assert wait(fork(work)) == "selesai"
    assert not (k.settings.published / "kpu").exists()
    assert read_manifest(k.settings.published / "kpu" / "2026-TW3") is None


def reports_here(k: Konteks) -> None:
    pipeline.print_reports(k, *KPU, pipeline.compose(k, *KPU).laporan)
    pipeline.build_site(k, *KPU)


ERRORS = (KeyError("sel"), MemoryError(), RecursionError(), ValueError("3374015503850007"), OutOfTime())
DRAWN = 8
NAMING = ("index.html", "provinsi/32.html", "HT-KPU-P32", "HT-KPU-N", "data/satker", "data/katalog")
"""What names the unit's standing, which is not told where the very standing cannot be; its figures count all the same."""


def test_a_fault_thrown_at_any_function_of_publishing_costs_one_report_alone(rolled, sound, tmp_path, kantor) -> None:
    utuh = sound[rolled]
    lihat = copied(rolled, tmp_path / "lihat", kantor)
    functions = functions_of_publishing(lihat, tmp_path / "fungsi.json")
    assert len(functions) > 100
    kena = 0
    for nomor, name in enumerate(drawn(functions)):
        k = copied(rolled, tmp_path / "satu", kantor)
        thrower = Thrower(UNIT, name, ERRORS[nomor % len(ERRORS)])
        hasil = reports(k, lambda _, satu=thrower: satu.everywhere())
        tertahan = [satu["step"] for satu in hasil["situs"]["withheld"]]
        akhir = tertahan[0] if tertahan else "tertangkap"
        print(f"{type(thrower.error).__name__:16} {akhir:10} {name}", flush=True)
        assert [satu["report"] for satu in hasil["situs"]["withheld"]] == ["satker:32.73"][: len(tertahan)]
        kini = seen(k)
        assert others(kini, "32.73", *NAMING) == others(utuh, "32.73", *NAMING)
        assert kini.keys() == {satu for satu in utuh if not (tertahan and UNIT in satu)}
        assert kini["data/angka.csv"] == utuh["data/angka.csv"]
        assert (kini == utuh) == (not tertahan)
        kena += len(tertahan)
        shutil.rmtree(tmp_path / "satu")
    assert kena > 0


def functions_of_publishing(k: Konteks, ke: Path) -> list[str]:
    """Functions that the report of the unit needs, from composing to its page."""

    def work() -> None:
        watcher.everywhere()
        reports_here(k)
        ke.write_text(json.dumps(sorted(watcher.seen)))

    watcher = Thrower(UNIT)
    k.gudang.close()
    assert wait(fork(work)) == "selesai"
    return json.loads(ke.read_text())


def drawn(functions: list[str]) -> list[str]:
    """All of them, or a share by a seed that is told."""
    if os.environ.get("HUMAS_PAGAR_SEMUA"):
        return functions
    seed = int(os.environ.get("HUMAS_BENIH_UJI") or random.SystemRandom().randrange(10**6))
    print(f"benih {seed}")
    return random.Random(seed).sample(functions, min(DRAWN, len(functions)))
