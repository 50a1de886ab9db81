"""What simulated units write: each body's own topics and kinds from its folder, neutral ones where it says nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from humas.bodies import BODIES, DATA, Simulation, simulation_of
from humas.bodies.blocks import BodyFault
from humas.bodies.folders import read_folder
from humas.bodies.simulation import read_simulation
from humas.contract.columns import BY_NAME
from humas.contract.vocabulary import kinds_of, load_vocabulary
from humas.values.words import first_words

from tests.registry.added import write_body

STORY = '[[kegiatan]]\njenis = "RAKOR"\njudul = ["Rapat majelis tentang {topik}"]\n'


def read(tmp_path: Path, text: str | None = None) -> Simulation:
    """The simulation of the added body; text: its own file."""
    folder = write_body(tmp_path, **({} if text is None else {"simulasi": text}))
    shutil.copy(DATA / "simulasi_bersama.toml", tmp_path)
    return read_simulation(read_folder(folder)[1], tmp_path)


@pytest.mark.parametrize("body", BODIES)
def test_each_body_tells_kinds_it_offers_under_its_parts_in_values_of_the_contract(body: str) -> None:
    told, vocabulary = simulation_of(body), load_vocabulary()
    targets = vocabulary[BY_NAME["kegiatan"].by_name["sasaran"].vocabulary or ""].value
    for story in (*told.activities, *told.national_events, *told.province_events):
        assert story.kind in BODIES[body].kinds.offered
        assert str(story.part) in BODIES[body].framework.values
        assert set(story.targets) <= set(targets)
    assert {voice.kind for voice in told.voices} <= set(vocabulary["jenis_aspirasi"].value)


@pytest.mark.parametrize(
    "body", [body for body in BODIES if body != "kpu"]
)  # KPU's were written before its newer kinds
def test_a_title_says_no_other_kind_than_its_story(body: str) -> None:
    told = simulation_of(body)
    for story in (*told.activities, *told.national_events, *told.province_events):
        assert {first_words(kinds_of(body), title) for title in story.titles} <= {"", story.kind}, story.titles


OWN = {
    "kpu": ({"PENDIDIKAN_PEMILIH"}, "pemutakhiran data pemilih berkelanjutan"),
    "bawaslu": ({"PENGAWASAN_PARTISIPATIF", "POSKO", "PENYERAPAN_ASPIRASI", "EVALUASI"}, "kampung pengawasan"),
    "pemda": ({"KEPROTOKOLAN", "LIPUTAN", "PENYEBARAN_INFORMASI", "PENGADUAN", "NETRALITAS_ASN"}, "pengelolaan aduan warga"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "own"), OWN.items(), ids=OWN)
def test_a_body_tells_of_its_own_work(body: str, own: tuple[set[str], str]) -> None:
    told = simulation_of(body)
    assert own[0] <= {story.kind for story in told.activities}
    assert own[1] in told.topics
    assert not any(own[1] in simulation_of(other).topics for other in BODIES if other != body)


def test_a_body_without_the_file_tells_neutral_things_of_kinds_it_offers(tmp_path: Path) -> None:
    told = read(tmp_path)
    assert {story.kind for story in told.activities} == {"RAKOR", "RILIS", "LAINNYA"}
    assert {story.part for story in told.activities} <= {1, 2, 3}
    assert "keterbukaan informasi publik" in told.topics
    assert not told.site.numbered


def test_what_a_file_leaves_out_is_the_shared_word(tmp_path: Path) -> None:
    told = read(tmp_path, 'topik = ["kode etik"]\n' + STORY)
    assert (told.topics, [story.kind for story in told.activities]) == (("kode etik",), ["RAKOR"])
    assert told.partners
    assert told.voices


FAULTY = {
    "a kind that it does not offer": (STORY.replace("RAKOR", "KIRAB"), 'baris 2: jenis "KIRAB" tidak ada dalam urutan'),
    "a place of no kind": (STORY + 'tempat = "pasar"\n', "baris 4: kunci \"tempat\" harus salah satu dari kantor, warga"),
    "half a span": (STORY + "peserta = [3]\n", 'baris 4: kunci "peserta" harus dua bilangan bulat'),
    "a span upside down": (STORY + "peserta = [60, 3]\n", 'baris 4: kunci "peserta" harus urut, dari 1'),
    "a word for true": (STORY + 'korektif = "ya"\n', 'baris 4: kunci "korektif" harus true atau false'),
    "a weight of nothing": (STORY + "bobot = 0\n", 'baris 4: kunci "bobot" harus 1 sampai 100'),
    "a place in braces that nobody fills": ('topik = ["kode {etik}"]\n', 'baris 1: kurung kurawal pada "kode {etik}"'),
    "braces of a title": (STORY.replace("{topik}", "{topik"), 'baris 3: kurung kurawal pada "Rapat majelis'),
    "an unknown key": ('warna = "merah"\n', 'baris 1: kunci "warna" tidak dikenal'),
    "an unknown key of a story": (STORY + "strategi = 1\n", 'baris 4: kunci "strategi" tidak dikenal'),
    "no TOML": ("topik = [\n", "bukan TOML yang sah"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), FAULTY.values(), ids=FAULTY)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BodyFault) as fault:
        read(tmp_path, text)
    assert str(fault.value).startswith("dkpp/simulasi.toml")
    assert message in str(fault.value)
