"""Rows whose words people explained: accepted with what was taught, or held by the name of who said so."""

from __future__ import annotations

import pandas as pd
import pytest
from humas.contract.columns import KEGIATAN
from humas.validation.quarter import Elsewhere
from humas.validation.result import BatchResult
from humas.values.lessons import Taught
from humas.values.taught import NO_ACTIVITY

from tests.validation import samples
from tests.values.test_taught import lesson

pytestmark = pytest.mark.mesin


def judged(kinds: list[str], *lessons) -> BatchResult:
    from humas.validation.validate import validate_batch

    rows = [samples.row(judul=f"Kegiatan kehumasan {kind} ke-{i}", jenis_kegiatan=kind) for i, kind in enumerate(kinds)]
    sent = samples.submission(samples.sheet(*rows))
    elsewhere = Elsewhere(taught=Taught(tuple(lessons)))
    return validate_batch([sent], samples.register(), samples.calendar(), samples.SETTINGS, elsewhere)


def kinds(result: BatchResult) -> list[object]:
    return result.accepted["kegiatan"]["jenis_kegiatan"].tolist()


def told(result: BatchResult, row: int) -> list[tuple[str, str]]:
    found = samples.findings(result, row)
    found = found[found["kolom"] == "jenis_kegiatan"]
    return list(zip(found["kode"], found["keparahan"], strict=True))


def test_every_row_with_a_taught_word_counts_with_its_meaning():
    assert kinds(judged(["Coklit", "COKLIT", "Rakor"])) == [None, None, "RAKOR"]
    taught = judged(["Coklit", "COKLIT", "Rakor"], lesson("jenis_kegiatan", "coklit", "SOSIALISASI"))
    assert kinds(taught) == ["SOSIALISASI", "SOSIALISASI", "RAKOR"]
    assert told(taught, 2) == told(taught, 3) == [("K40", "INFO")]


def test_what_nobody_can_tell_stays_asked_of_its_sender():
    taught = judged(["Coklit", "Rakor"], lesson("jenis_kegiatan", "coklit", "tidak_disebut"))
    assert kinds(taught) == [None, "RAKOR"]
    assert ("K40", "INFO") in told(taught, 2)
    assert ("V13", "PERINGATAN") in told(taught, 2)


def test_what_is_no_activity_is_held_by_name_and_the_others_stay():
    taught = judged(["Kerja bakti", "Rakor"], lesson("jenis_kegiatan", "Kerja bakti", NO_ACTIVITY))
    (verdict,) = taught.submissions
    assert (verdict.baris_masuk, verdict.diterima, verdict.dikarantina) == (2, 1, 1)
    assert taught.quarantine[["baris", "kode"]].values.tolist() == [[2, "K60"]]
    assert told(taught, 2) == [("K60", "FATAL")]
    (message,) = samples.findings(taught, 2)["pesan"]
    assert message.endswith('"Kerja bakti" bukan kegiatan kehumasan menurut Rina, 06/10/2026; baris tidak dihitung.')


def test_the_same_files_and_the_same_answers_give_the_same_result():
    answers = [lesson("jenis_kegiatan", "coklit", "SOSIALISASI"), lesson("jenis_kegiatan", "zumba", NO_ACTIVITY)]
    one, other = judged(["Coklit", "Zumba"], *answers), judged(["Coklit", "Zumba"], *reversed(answers))
    pd.testing.assert_frame_equal(one.findings, other.findings)
    pd.testing.assert_frame_equal(one.accepted["kegiatan"], other.accepted["kegiatan"])


def test_an_answer_about_another_word_changes_nothing():
    plain, taught = judged(["Coklit"]), judged(["Coklit"], lesson("jenis_kegiatan", "Senam", "LAINNYA"))
    pd.testing.assert_frame_equal(plain.findings, taught.findings)
    assert KEGIATAN.name in taught.accepted
