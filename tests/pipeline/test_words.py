"""One answer to an unknown word: every row that waits for it counts, and only the reports that it touches are new."""

from __future__ import annotations

from datetime import timedelta

import pytest
from humas.installation.context import Context
from humas.pipeline import quarter as pipeline
from humas.pipeline.words import export_words, import_words, make_lesson, release, touched, unknown_words

from tests.pipeline.small import KPU, SATKER, install_few, published, stored
from tests.real_input.installation import NOW

pytestmark = pytest.mark.pipeline
WORDS = {b";Podcast;": b";Coklit bareng;", b";Pelatihan;": b";COKLIT BARENG;"}


@pytest.fixture
def k(tmp_path, office) -> Context:
    """A published quarter in which one unit of West Java wrote a kind that nobody knows, in two rows."""
    body = office.body("/kota_bandung.csv")
    for known, unknown in WORDS.items():
        assert known in body
        body = body.replace(known, unknown)
    office.replaced["kota_bandung.csv"] = body
    k = install_few(tmp_path, office, print_processes=1)
    pipeline.run_quarter(k, KPU)
    return k


def answer(k: Context, meaning: str, body: str = "", *, withdraw: bool = False):
    lesson = make_lesson("Coklit bareng", "Jenis kegiatan", meaning, body, "Rina", "", NOW, withdraw=withdraw)
    later = Context(k.settings.with_(frozen_now=NOW + timedelta(hours=2)), k.register, k.calendar)
    return release(later, touched(later, later.warehouse.teach([lesson])))


def kinds(k: Context) -> dict[str, float]:
    f = k.warehouse.figures(KPU)
    f = f[(f["lingkup"] == "nasional") & (f["ukuran"] == "kegiatan_jenis")]
    return {kind: count for kind, count in zip(f["rincian"], f["nilai"], strict=True) if count}


def editions(k: Context) -> dict[str, int]:
    return {f"{one.lingkup}:{one.kode}": one.edisi for one in k.warehouse.editions(KPU) if one.status == "terbit"}


def report_files(k: Context) -> dict[str, str]:
    return {name: digest for name, digest in published(k).items() if name.endswith((".pdf", ".xlsx"))}


def test_the_word_is_told_with_its_rows_and_units(k):
    (word,) = unknown_words(k)
    assert (word.kolom, word.kata, word.baris, word.satker) == (
        "jenis_kegiatan",
        "Coklit bareng",
        2,
        {("kpu", "32.73")},
    )
    assert word.contoh[1:] == ("kpu", "2026-TW3", "32.73")
    assert unknown_words(k, "bawaslu") == []


def test_one_answer_releases_the_rows_and_makes_new_only_its_own_reports(k, office):
    before, files, first = kinds(k), report_files(k), editions(k)
    office.replaced = dict.fromkeys(("kota_bandung.csv", "kab_semarang.xlsx"))  # whoever asks a source now fails
    done, waiting = answer(k, "Sosialisasi")
    assert (len(done), waiting) == (1, [])
    now = kinds(k)
    assert now["SOSIALISASI"] == before.get("SOSIALISASI", 0) + 2
    assert now.get("tidak_disebut", 0) == before["tidak_disebut"] - 2
    changed = {key for key, edition in editions(k).items() if edition != first[key]}
    assert changed == {"satker:32.73", "provinsi:32", "nasional:00"}
    kept = {name: digest for name, digest in report_files(k).items() if name in files}
    assert kept == {name: files[name] for name in kept}
    for code in SATKER:
        if code != "32.73":
            assert any(code in name for name in kept)
    assert unknown_words(k) == []


def test_the_same_answers_over_the_same_files_change_nothing_more(k):
    answer(k, "Sosialisasi")
    first, files = stored(k, "inti_", "hasil_angka"), published(k)
    (again,) = [pipeline.run_landed(k, KPU)]
    assert again.terbit.edisi_baru == ()
    assert (stored(k, "inti_", "hasil_angka"), published(k)) == (first, files)


def test_an_answer_taken_back_leaves_the_figures_as_they_were(k):
    before = kinds(k)
    answer(k, "Sosialisasi")
    done, _ = answer(k, "", withdraw=True)
    assert len(done) == 1
    assert kinds(k) == before
    assert [one.kata for one in unknown_words(k)] == ["Coklit bareng"]


def test_what_is_no_activity_leaves_the_figures_by_name(k):
    before = sum(kinds(k).values())
    answer(k, "bukan kegiatan")
    assert sum(kinds(k).values()) == before - 2
    held = k.warehouse.quarantine(KPU)
    assert held[held["kode"] == "K60"]["baris"].count() == 2
    answer(k, "", withdraw=True)
    assert sum(kinds(k).values()) == before


def test_an_answer_for_another_body_changes_nothing(k):
    done, waiting = answer(k, "Sosialisasi", "bawaslu")
    assert (done, waiting) == ([], [])


def test_answers_go_to_another_installation_as_csv(k):
    k.warehouse.teach([make_lesson("=Coklit bareng", "jenis_kegiatan", "sosialisasi", "kpu", "Rina", "a;b, c", NOW)])
    text = export_words(k)
    assert "'=Coklit bareng" in text
    (lesson,), _ = import_words(text, NOW)
    assert lesson == k.warehouse.taught().lessons[0]
    assert touched(k, [lesson]) == [KPU]
