"""A unit that writes another regime than the calendar is asked in one line, and its clock is the calendar's."""

from __future__ import annotations

from pathlib import Path

import pytest
from humas.contract.columns import BY_NAME
from humas.registry import Register, load_register
from humas.registry.stages import COLUMNS
from humas.settings import Settings
from humas.validation.validate import validate_batch

from tests.validation.samples import SETTINGS, calendar, row, sheet, submission

pytestmark = pytest.mark.mesin

REQUEST, OBJECTION = BY_NAME["permohonan_info"], BY_NAME["keberatan"]
WITHIN = {"tanggal_terima": "06/07/2026", "tanggal_lengkap": None, "tanggal_tanggapan": "10/07/2026"}
BEFORE = {**WITHIN, "tanggal_terima": "03/07/2026"}
RAISED = {"tanggal_keberatan": "06/07/2026", "tanggal_tanggapan": "10/07/2026", "id_permohonan": None}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """From 6 July 2026 an election is under way in Semarang, and nowhere else."""
    file: Path = tmp_path_factory.mktemp("tahapan") / "tahapan.csv"
    lines = (";".join(COLUMNS), "Pemilihan sela;PEMILU;2026-07-06;2026-08-31;33.74;asumsi;uji")
    file.write_text("\n".join(lines), encoding="utf-8")
    return load_register(Settings(file.parent, "", stage_file=file))


CASES = [
    pytest.param(REQUEST, {**WITHIN, "rezim": "PEMILU"}, "kpu", "33.74", "V41", id="election, late by its clock"),
    pytest.param(REQUEST, {**WITHIN, "rezim": "UMUM"}, "kpu", "33.74", "V41,V53", id="general within"),
    pytest.param(REQUEST, {**WITHIN, "rezim": "Umum, bukan informasi pemilu"}, "kpu", "33.74", "", id="another subject"),
    pytest.param(REQUEST, {**WITHIN, "rezim": None}, "kpu", "33.74", "K91,V41", id="empty within"),
    pytest.param(REQUEST, {**BEFORE, "rezim": "UMUM"}, "kpu", "33.74", "", id="the day before"),
    pytest.param(REQUEST, {**BEFORE, "rezim": "PEMILU"}, "kpu", "33.74", "V53", id="election the day before"),
    pytest.param(REQUEST, {**WITHIN, "rezim": "PEMILU"}, "kpu", "33.02", "V53", id="in another region"),
    pytest.param(REQUEST, {**WITHIN, "rezim": "PEMILU"}, "bawaslu", "33.74", "V41", id="the other organiser"),
    pytest.param(REQUEST, {**WITHIN, "rezim": "PEMILU"}, "pemda", "33.74", "V53", id="a government"),
    pytest.param(OBJECTION, {**RAISED, "rezim": "UMUM"}, "kpu", "33.74", "K47,V45,V54", id="objection within"),
    pytest.param(OBJECTION, {**RAISED, "rezim": None}, "kpu", "33.74", "K47,K92,V45", id="objection without regime"),
]  # fmt: skip


def _submitted(dataset, content, body, code):  # type: ignore[no-untyped-def]
    from humas.bodies import BODIES

    label = BODIES[body].label
    cells = {"lembaga": label, "kode_satker": code, "nama_satker": None, **content}
    return submission(sheet(row(dataset, **cells), dataset=dataset), lembaga=body, code=code, cover={})


@pytest.mark.parametrize(("dataset", "content", "body", "code", "rules"), CASES)
def test_rules_follow_the_calendar(register, dataset, content, body, code, rules):
    result = validate_batch([_submitted(dataset, content, body, code)], register, calendar(), SETTINGS)
    found = result.findings[result.findings["baris"] == 2]
    assert ",".join(sorted(set(found["kode"]))) == rules
    assert len(result.accepted[dataset.name]) == 1


@pytest.mark.parametrize(
    ("content", "body", "code", "message", "remedy"),
    [
        pytest.param(
            {**WITHIN, "rezim": "UMUM"}, "kpu", "33.74",
            "tertulis UMUM, tetapi 6 Juli 2026 termasuk tahapan Pemilihan sela di wilayah satker ini; dinilai menurut rezim PEMILU.",
            'Tulis PEMILU, atau "Umum, bukan informasi pemilu" bila yang diminta bukan informasi pemilu.', id="within",
        ),
        pytest.param(
            {**BEFORE, "rezim": "PEMILU"}, "kpu", "33.74",
            "tertulis PEMILU, tetapi 3 Juli 2026 di luar tahapan pemilu dan pemilihan di wilayah satker ini; dinilai menurut rezim UMUM.",
            "Tulis UMUM. Bila tahapan di wilayah ini belum ada dalam kalender, beri tahu admin pemasangan.", id="outside",
        ),
        pytest.param(
            {**WITHIN, "rezim": "PEMILU"}, "pemda", "33.74",
            "tertulis PEMILU, tetapi rezim pemilu hanya bagi penyelenggara pemilu; dinilai menurut rezim UMUM.",
            "Tulis UMUM.", id="government",
        ),
        pytest.param(
            {**BEFORE, "rezim": None}, "kpu", "33.74",
            "kosong; dinilai menurut rezim UMUM, karena 3 Juli 2026 di luar tahapan pemilu dan pemilihan di wilayah satker ini.",
            "Tidak perlu tindakan bila rezim itu benar.", id="empty",
        ),
    ],
)  # fmt: skip
def test_one_line_says_what_where_and_how(register, content, body, code, message, remedy):
    result = validate_batch([_submitted(REQUEST, content, body, code)], register, calendar(), SETTINGS)
    (finding,) = result.findings[result.findings["kode"].isin(["V53", "K91"])].to_dict("records")
    assert finding["pesan"].endswith(f"(Rezim waktu): {message}")
    assert finding["cara"] == remedy


def test_a_sheet_without_regimes_is_asked_once(register):
    rows = [row(REQUEST, no_registrasi=f"{n}/PPID", rezim=None) for n in range(3)]
    result = validate_batch([submission(sheet(*rows, dataset=REQUEST))], register, calendar(), SETTINGS)
    about = result.findings[result.findings["kolom"] == "rezim"]
    assert about["kode"].tolist() == ["K46"]
    assert "dinilai menurut kalender tahapan pemilu" in about["pesan"].item()
