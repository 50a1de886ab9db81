"""The table of bodies: what it must hold, what its loader refuses, and that a block of it is enough for a body."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from humas.contract.rules import load_rules
from humas.contract.vocabulary import load_vocabulary
from humas.errors import OperatorError
from humas.registry import DEFAULT_BODY, SITES
from humas.registry.bodies import BODIES, alternatives, one_of, read_bodies

from tests.registry.added import BLOCK, run_with_added_body

SITE = """
[dkpp.situs]
domain = "dkpp.go.id"
jadwal = "20 3 * * *"
artikel = '/berita/[^/]+'
daftar = '/berita'
daftar_biasa = ["/berita"]
"""


def test_a_block_without_words_is_named_by_its_code() -> None:
    body = read_bodies(BLOCK)["dkpp"]
    assert (body.code, body.label, body.signer) == ("dkpp", "DKPP", "Ketua")
    assert body.words.file == body.words.unit == body.words.organiser == ("dkpp",)
    assert body.words.channel == body.words.instead_of_kind == ()
    assert (body.aceh, body.headquarters, body.sites, body.news.names) == (None, None, None, ())


def test_an_empty_list_of_words_means_never() -> None:
    assert read_bodies(f"{BLOCK}[dkpp.sebutan]\nsesudah_kode = []\n")["dkpp"].words.after_code == ()


def test_bodies_stand_in_the_order_of_the_table() -> None:
    assert list(read_bodies(BLOCK + BLOCK.replace("dkpp", "abc").replace("DKPP", "ABC"))) == ["dkpp", "abc"]
    assert DEFAULT_BODY.value == next(iter(BODIES)) == "kpu"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        pytest.param("[dkpp", "Tabel lembaga: bukan TOML", id="not TOML"),
        pytest.param("", "Tabel lembaga: tidak memuat satu lembaga pun", id="empty"),
        pytest.param('dkpp = "DKPP"', "[dkpp]: harus berupa blok", id="no block"),
        pytest.param(BLOCK.replace("dkpp", "dkpp-ri"), "[dkpp-ri]: kode lembaga", id="code with a hyphen"),
        pytest.param(BLOCK.replace("dkpp", "DKPP"), "[DKPP]: kode lembaga", id="code in capitals"),
        pytest.param(BLOCK.replace("label", "lable"), '[dkpp]: kunci "label" tidak ada', id="key missing"),
        pytest.param(BLOCK + 'warna = "merah"\n', '[dkpp]: kunci "warna" tidak dikenal', id="key unknown"),
        pytest.param(BLOCK.replace('"DKPP"', "7"), '[dkpp]: kunci "label" harus berisi teks', id="number for text"),
        pytest.param(BLOCK.replace('"DKPP"', '" "'), '[dkpp]: kunci "label" harus berisi teks', id="blank text"),
        pytest.param(
            f'{BLOCK.partition("dasar_hukum")[0]}dasar_hukum = "UU"\n',
            '[dkpp]: kunci "dasar_hukum" harus berupa daftar teks',
            id="text for a list",
        ),
        pytest.param(
            f"{BLOCK}[dkpp.sebutan]\nberkas = ['']\n",
            '[dkpp.sebutan]: kunci "berkas" harus berupa daftar teks',
            id="blank word, which any text would hold",
        ),
        pytest.param(
            f"{BLOCK.partition('dasar_hukum')[0]}dasar_hukum = []\n",
            '[dkpp]: kunci "dasar_hukum" kosong',
            id="empty list",
        ),
        pytest.param(
            f"{BLOCK}[dkpp.sebutan]\nnama = ['x']\n", '[dkpp.sebutan]: kunci "nama" tidak dikenal', id="unknown inside"
        ),
        pytest.param(
            f"{BLOCK}[dkpp.aceh]\nnama = 'D'\n", '[dkpp.aceh]: kunci "nama_panjang" tidak ada', id="half a name in Aceh"
        ),
        pytest.param(
            BLOCK + SITE.replace("'/berita'", "'/berita('"),
            '[dkpp.situs]: kunci "daftar" bukan pola',
            id="broken pattern",
        ),
        pytest.param(
            BLOCK + SITE.replace("20 3 * * *", "tiap malam"), '[dkpp.situs]: kunci "jadwal" harus cron', id="no cron"
        ),
        pytest.param(
            BLOCK + BLOCK.replace("dkpp", "abc"), 'Tabel lembaga: dua lembaga berlabel "dkpp"', id="same label twice"
        ),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_place(table: str, message: str) -> None:
    with pytest.raises(OperatorError) as caught:
        read_bodies(table)
    assert caught.value.code == "tabel_lembaga_keliru"
    assert message in caught.value.message
    assert "registry/data/lembaga.toml" in caught.value.remedy


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["a"], "a"), (["a", "b"], "a atau b"), (["a", "b", "c"], "a, b, atau c")],
    ids=["one", "two", "three"],
)
def test_words_become_a_list_in_a_sentence(words: list[str], sentence: str) -> None:
    assert one_of(words, "atau") == sentence


def test_the_longest_word_is_tried_first_and_signs_are_no_pattern() -> None:
    assert alternatives(["a.b", "ab c", "ab"]) == r"ab\ c|a\.b|ab"


def test_the_contract_knows_the_bodies_of_the_table() -> None:
    """The contract imports nothing of ours, so its vocabulary stands beside the table and is compared."""
    terms = {term.value: term.label for term in load_vocabulary()["lembaga"].terms}
    table = {code: body.label for code, body in BODIES.items()}
    where = "contract/data/kosakata.json (lembaga), then python -m humas.specification.export"
    assert terms == table, f"write into {where}: {dict(table.items() ^ terms.items())}"
    labels = one_of((body.label for body in BODIES.values()), "atau")
    assert load_rules()["V05"].remedy == f"Tulis {labels}.", (
        "write so into contract/data/aturan.toml (V05), then export"
    )


def test_every_nightly_visit_has_its_own_time() -> None:
    times = [sites.schedule for sites in SITES.values()]
    assert len(set(times)) == len(times)


PROGRAM = """
import json, sys
from pathlib import Path
from humas.pipeline.mentions import bodies_in
from humas.news.unit import find_bodies
from humas.periods import Triwulan
from humas.registry import Lembaga, load_register
from humas.registry.channel_line import parse_body
from humas.registry.names import parse_name
from humas.settings import Settings
from humas.simulate.document import write_document
from humas.simulate.plan import plan_world
from humas.sources.site import find_sites
from humas.validation.keys import body_in

register = load_register(Settings(home=Path(sys.argv[1]), database_url=""))
unit = register.satker("33.74")
settings = Settings(home=Path(sys.argv[1]), database_url="")
worlds = {body.value: plan_world(2026, body, Triwulan(2026, 3), register) for body in Lembaga}
print(json.dumps({
    "bodies": [body.value for body in Lembaga],
    "names": [register.satker(code).official_name("dkpp") for code in ("00", "33", "33.74")],
    "same": parse_name("DKPP Kota Semarang") == parse_name("KPU Kota Semarang"),
    "read": [parse_body(" Dkpp "), sorted(bodies_in("Laporan DKPP Kota Semarang")), body_in("DKPP RI")],
    "news": [one.lembaga for one in find_bodies("KPU dan DKPP Kota Semarang", register)],
    "sites": find_sites(register, settings.site, "dkpp"),
    "written": {body: len(write_document(world, world.plans["33.74"], "json").pages) for body, world in worlds.items()},
}))
"""


@pytest.mark.mesin
def test_a_body_added_by_the_table_alone_is_named_read_and_written(tmp_path: Path) -> None:
    found = json.loads(run_with_added_body(tmp_path, PROGRAM, str(tmp_path)))
    assert found["bodies"] == [*BODIES, "dkpp"]
    assert found["names"] == ["DKPP RI", "DKPP Provinsi Jawa Tengah", "DKPP Kota Semarang"]
    assert found["same"]
    assert found["read"] == ["dkpp", ["dkpp"], "dkpp"]
    assert found["news"] == ["kpu"], "news is searched for it once its words stand in [dkpp.berita]"
    assert found["sites"] == []
    assert set(found["written"]) == {*BODIES, "dkpp"}
    assert all(found["written"].values())
