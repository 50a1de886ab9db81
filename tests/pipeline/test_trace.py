"""Figures of a real quarter led back to their files, and what the command tells of them."""

from __future__ import annotations

import hashlib
import json
import re
from types import SimpleNamespace

import pytest
from humas.cli.main import main
from humas.errors import OperatorError, SenderError
from humas.pipeline import quarter as pipeline
from humas.pipeline.publication import compose
from humas.pipeline.trace import trace_figure
from humas.registry import Cycle
from humas.rollup.trail import Sought

from tests.cli.test_documented_keys import inner_keys, top_keys
from tests.pipeline.small import KPU, SATKER, install_few
from tests.real_input.installation import FILES, prepare, serve_office

pytestmark = pytest.mark.pipeline
REGENCY, CITY = "33.10", "33.74"
WORKBOOK = "rekap humas TW3 (final).xlsx"


@pytest.fixture(scope="module")
def sources():
    with serve_office() as office:
        yield office


@pytest.fixture(scope="module")
def quarter(tmp_path_factory, sources):
    """One quarter rolled up, its editions published without paper."""
    home = tmp_path_factory.mktemp("jejak")
    k = install_few(home, sources)
    k.warehouse.start_run("jalan-1", KPU, k.settings.now())
    pipeline.open_period(k, KPU)
    pipeline.collect(k, KPU, SATKER, "jalan-1")
    pipeline.validate(k, KPU, "jalan-1")
    pipeline.roll_up(k, KPU, "jalan-1")
    compose(k, KPU)
    drafts = [(one.lingkup, one.kode, one.edisi) for one in k.warehouse.edition_marks(KPU)]
    k.warehouse.publish_editions(KPU, drafts, k.settings.now())
    figures = k.warehouse.figures(KPU).fillna({"nilai": 0.0})
    return SimpleNamespace(home=home, context=k, figures=figures)


def trace(quarter, scope: str, code: str, measure: str, detail: str = ""):
    return trace_figure(quarter.context, KPU, Sought(scope, measure, code, detail))


PLACES = [("satker", REGENCY), ("satker", CITY), ("provinsi", "33"), ("nasional", "00")]
COUNTS = [
    ("kegiatan_dilaporkan", ""), ("kegiatan_strategi", "1"), ("publikasi", ""), ("permohonan", ""), ("hoaks_isu", ""),
    ("satker_lapor", ""), ("satker_wajib", ""), ("buku", "kegiatan/pernah"), ("buku", "publikasi/berlaku"),
]  # fmt: skip


@pytest.mark.parametrize(("scope", "code"), PLACES, ids=[code for _, code in PLACES])
@pytest.mark.parametrize(("measure", "detail"), COUNTS, ids=["-".join(one) for one in COUNTS])
def test_as_many_sources_as_the_figure_counts(quarter, scope, code, measure, detail):
    told = trace(quarter, scope, code, measure, detail)
    figures = quarter.figures
    mine = figures[(figures["lingkup"] == scope) & (figures["kode"] == code) & (figures["ukuran"] == measure)]
    expected = mine[mine["rincian"] == detail]["nilai"].sum()
    assert (told.nilai or 0) == expected
    assert not told.berbeda
    counted = {line.kode for line in told.sumber} if told.asal == "satker" else told.sumber
    assert len(counted) == expected
    inside = {"satker": code, "provinsi": code, "nasional": ""}[scope]
    assert all(line.kode.startswith(inside) for line in told.sumber)


def test_a_row_leads_to_its_file(quarter):
    lines = trace(quarter, "satker", REGENCY, "kegiatan_dilaporkan").sumber
    digest = hashlib.sha256((FILES / "klaten.xlsx").read_bytes()).hexdigest()
    assert {(one.berkas, one.sha256, one.satker) for one in lines} == {(WORKBOOK, digest, "KPU Kabupaten Klaten")}
    rows = quarter.context.warehouse.facts(KPU, "kegiatan")
    own = rows[rows["kode_satker"] == REGENCY]
    assert [(one.lembar, one.baris, one.judul) for one in lines] == list(own[["lembar", "baris", "judul"]].itertuples(index=False, name=None))  # fmt: skip


def test_an_api_leads_to_the_digest_of_its_answer(quarter):
    lines = trace(quarter, "satker", CITY, "kegiatan_dilaporkan").sumber
    verdicts = quarter.context.warehouse.verdicts(KPU)
    (digest,) = verdicts.loc[verdicts["kode_satker"] == CITY, "sidik"].unique()
    assert {(one.saluran, one.berkas, one.sha256) for one in lines} == {("api", "", digest)}


def test_a_rate_names_the_units_of_both_numbers(quarter):
    told = trace(quarter, "provinsi", "33", "kelengkapan")
    upper = {one.kode for one in told.sumber if one.pembilang}
    assert (told.asal, told.pembilang, told.penyebut) == ("satker", len(upper), len({one.kode for one in told.sumber}))
    silent = [one for one in told.sumber if not one.sha256]
    assert silent
    assert all(one.tenggat and not one.pembilang for one in silent)


def test_the_edition_that_shows_a_figure_is_named_with_its_run(quarter):
    told = trace(quarter, "satker", REGENCY, "kegiatan_dilaporkan")
    (edition,) = quarter.context.warehouse.editions(KPU, "satker", REGENCY)
    assert told.edisi is not None
    assert (told.edisi.id, told.edisi.sidik, told.edisi.nilai) == ("HT-KPU-33.10-2026TW3-E1", edition.sidik_data, told.nilai)  # fmt: skip
    assert told.edisi.utuh
    assert told.run_id == "jalan-1"


WHY = [
    (("satker", "33.22", "pemberitaan"), "KPU Kabupaten Semarang tidak menyebut Pemberitaan media"),
    (("provinsi", "32", "hoaks_median_jam"), "tidak ada satker yang menyebut Isu dan hoaks"),
    (("nasional", "00", "kegiatan_jenis", "rapat_dengan_siapa"), "tidak ada baris Kegiatan yang menyebut isian yang diperlukan"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "why"), WHY, ids=[one[0][2] for one in WHY])
def test_a_figure_that_is_not_computed_says_why(quarter, asked, why):
    told = trace(quarter, *asked)
    assert (told.nilai, told.sebab, told.sumber) == (None, why, ())


def test_a_quarter_that_was_not_rolled_up_says_what_to_do(quarter):
    with pytest.raises(OperatorError, match="belum direkap") as refusal:
        trace_figure(quarter.context, Cycle("kpu", "2026-TW4"), Sought("nasional", "publikasi", "00"))
    assert "./humas quarter 2026-TW4" in refusal.value.remedy


def test_an_edition_that_was_never_published_is_refused(quarter):
    with pytest.raises(SenderError, match="Edisi 7"):
        trace_figure(quarter.context, KPU, Sought("satker", "publikasi", REGENCY), 7)


@pytest.fixture
def command(quarter, sources, monkeypatch, capsys):
    """Run the command within the installation; gives the exit code and what was printed."""
    for name, content in prepare(quarter.home, sources).items():
        monkeypatch.setenv(name, content)

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["trace", *arguments])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


SAID = [
    (("S3", REGENCY, KPU.period), ("S3 Kegiatan dilaporkan: ", "KPU Kabupaten Klaten, Triwulan III 2026", "Rumus: Banyaknya baris kegiatan", "Edisi: HT-KPU-33.10-2026TW3-E1", WORKBOOK, "SHA-256 ")),
    (("s3", "Kabupaten Klaten", "2026-tw3"), ("Edisi: HT-KPU-33.10-2026TW3-E1",)),
    (("S3", "HT-KPU-33.10-2026TW3-E1"), ("Edisi: HT-KPU-33.10-2026TW3-E1",)),
    (("P1", "33", KPU.period), ("KPU, seluruh satker di Provinsi Jawa Tengah", "Pembilang ÷ penyebut: ", "tidak ada kiriman", "penyebut saja")),
    (("N3", "nasional", KPU.period), ("KPU seluruh Indonesia", "Baris sumber (")),
    (("N35.1", "00", KPU.period), ("Buku baris: Kegiatan: pernah diterima", "Baris dalam buku (", "berlaku")),
    (("S46", "33.22", KPU.period), ("Tidak dihitung: KPU Kabupaten Semarang tidak menyebut Pemberitaan media.",)),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), SAID, ids=[" ".join(one[0]) for one in SAID])
def test_the_command_tells_where_a_figure_comes_from(command, arguments, said):
    code, printed = command(*arguments)
    assert code == 0
    assert [one for one in said if one not in printed] == []


REFUSED = [
    (("X3", REGENCY, KPU.period), '"X3" bukan kode angka'),
    (("S3.1", REGENCY, KPU.period), '"S3.1" bukan kode angka'),
    (("S999999999999", REGENCY, KPU.period), "bukan kode angka"),
    (("N3", REGENCY, KPU.period), "Itu adalah angka nasional"),
    (("P3", REGENCY, KPU.period), "tulis kode provinsinya"),
    (("P3", "00", KPU.period), "Itu adalah angka provinsi"),
    (("P3", "HT-KPU-33.10-2026TW3-E1"), "diawali huruf S"),
    (("S3", "HT-KPU-33.10-2026TW3-E9"), "Edisi 9 laporan itu tidak terbit di sini"),
    (("S3", "99.99", KPU.period), "99.99"),
    (("S3", REGENCY), "Periode tidak disebut"),
    (("S3", REGENCY, "2026"), "adalah tahun"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), REFUSED, ids=[" ".join(one[0]) for one in REFUSED])
def test_the_command_refuses_what_is_no_figure_of_a_place(command, arguments, said):
    code, printed = command(*arguments)
    assert code == 2
    assert said in printed
    assert "Yang perlu dilakukan:" in printed


def test_the_screen_shows_twenty_lines_and_json_all(command, monkeypatch):
    from humas.cli import trace as shown

    monkeypatch.setattr(shown, "LINES", 2)
    content = json.loads(command("N3", "nasional", KPU.period, "--json")[1])
    _, printed = command("N3", "nasional", KPU.period)
    assert len(content["sumber"]) == content["nilai"] > 2
    assert f"dan {len(content['sumber']) - 2} lagi; semuanya dengan --json" in printed
    assert len(re.findall(r"^    \S.* baris \d+", printed, re.MULTILINE)) == 2


def test_the_keys_of_json_are_documented(command):
    content = json.loads(command("P1", "33", KPU.period, "--json")[1])
    assert content.keys() == top_keys("trace")
    assert content["edisi"].keys() == inner_keys("trace", "edisi") - {"null"}
    assert content["sumber"][0].keys() == inner_keys("trace", "sumber")


def test_a_warehouse_that_moved_on_is_told(quarter, command):
    """The last test: it changes the edition that was published."""
    (record,) = [one for one in quarter.context.warehouse.edition_records(KPU) if one.code == REGENCY]
    (edition,) = quarter.context.warehouse.editions(KPU, "satker", REGENCY)
    figures = [
        {**one, "nilai": 99} if one["ukuran"] == "kegiatan_dilaporkan" else one for one in edition.kanonik["angka"]
    ]
    quarter.context.warehouse.restore_data(record, {**edition.kanonik, "angka": figures}, edition.pelengkap)
    told = trace(quarter, "satker", REGENCY, "kegiatan_dilaporkan")
    assert told.berbeda
    assert told.edisi is not None
    assert (told.edisi.nilai, told.edisi.utuh) == (99, False)
    _, printed = command("S3", REGENCY, KPU.period)
    assert f"Gudang hari ini berbeda dari edisi itu: {told.nilai}." in printed
    assert "TIDAK SAMA DENGAN SIDIK ITU" in printed
