"""Whose page it is: by address, by former address, by the name in the text; never by the dateline's town."""

from __future__ import annotations

import pytest
from humas.news.unit import find_bodies, find_region

from tests.news.samples import REGISTER, read

HOSTS = {
    "https://kota-tegal.kpu.go.id/blog/read/1_a": ("kpu", "33.76"),
    "https://kab-tegal.kpu.go.id/index.php/blog/category/104?page=3": ("kpu", "33.28"),
    "https://www.kpu.go.id/berita/1": ("kpu", "00"),
    "https://sulsel.kpu.go.id/blog/read/1": ("kpu", "73"),
    "https://kab-acehbesar.kpu.go.id/blog/read/1": ("kpu", "11.06"),
    "https://ntb.bawaslu.go.id/berita/a": ("bawaslu", "52"),
    "https://tegalkab.bawaslu.go.id/berita/a": ("bawaslu", "33.28"),
    "https://kotategal.bawaslu.go.id/berita/a": ("bawaslu", "33.76"),
    "https://kab-lumajang.bawaslu.go.id/berita/a": ("bawaslu", "35.08"),
    "http://kpu-tegalkota.go.id/2016/01/berita": ("kpu", "33.76"),
    "http://www.kpud-lumajang.go.id/berita": ("kpu", "35.08"),
    "https://bawaslu-tegalkab.com/berita": ("bawaslu", "33.28"),
    "https://jogja.bawaslu.go.id/berita/a": ("bawaslu", ""),
}


@pytest.mark.parametrize(("url", "satker"), HOSTS.items(), ids=list(HOSTS))
def test_the_address_names_the_unit(url, satker):
    draft = read("SEMARANG - Rapat koordinasi kehumasan digelar, Rabu (25/6/2025).", url)
    assert (draft.lembaga, draft.kode_satker) == satker


@pytest.mark.parametrize(
    ("name", "code"),
    [("Bawaslu Kota Tegal", "33.76"), ("Bawaslu Kabupaten Tegal", "33.28"), ("Bawaslu Kab. Tegal", "33.28")],
)
def test_a_host_that_may_mean_two_units_is_decided_by_the_text(name, code):
    draft = read(f"{name} menggelar rapat, Rabu (25/6/2025).", "https://tegal.bawaslu.go.id/berita/a")
    assert draft.kode_satker == code


def test_an_undecided_host_says_so():
    draft = read("Rapat digelar, Rabu (25/6/2025).", "https://tegal.bawaslu.go.id/berita/a")
    assert draft.keyakinan["kode_satker"] < 0.5
    assert any("Kota Tegal (33.76)" in one for one in draft.catatan)


NAMES = {
    "KPU Kota Cimahi": "32.77",
    "KIP Kabupaten Aceh Tamiang": "11.16",
    "Panwaslih Kota Langsa": "11.74",
    "Bawaslu Jateng": "33",
    "Bawaslu Provinsi Nusa Tenggara Barat": "52",
    "KPU Pangkep": "73.10",
    "Bawaslu Kota Administrasi Jakarta Barat": "31.73",
    "KPU Kabupaten Administrasi Kepulauan Seribu": "31.01",
    "Komisi Pemilihan Umum (KPU) Kabupaten Lumajang": "35.08",
    "Badan Pengawas Pemilihan Umum Kabupaten Lumajang": "35.08",
    "KPU Kab. Lumajang": "35.08",
    "BAWASLU KABUPATEN LUMAJANG": "35.08",
}


@pytest.mark.parametrize(("name", "code"), NAMES.items(), ids=list(NAMES))
def test_without_an_address_the_name_in_the_text_counts(name, code):
    assert read(f"SURABAYA - {name} menggelar rapat di Jakarta, Rabu (25/6/2025).", "").kode_satker == code


def test_a_shared_name_without_its_kind_is_not_guessed():
    draft = read("KPU Tegal menggelar rapat, Rabu (25/6/2025).", "")
    assert draft.kode_satker == ""
    assert any("Kota Tegal" in one and "Kabupaten Tegal" in one for one in draft.catatan)


def test_many_units_at_once_are_no_unit():
    group = find_bodies("KPU Provinsi dan KPU Kabupaten/Kota se-Indonesia serta Bawaslu Kab/Kota", REGISTER)
    assert [(p.satker, p.group) for p in group] == [(None, True)] * 3


def test_the_region_of_se_is_a_province():
    region = find_region("diikuti satker se-Nusa Tenggara Barat", REGISTER)
    assert region is not None
    assert region.code == "52"
    assert find_region("diikuti semua satker", REGISTER) is None


REGIONS = {
    "by its host": ("https://kendalkab.go.id/berita/1", "Rapat kehumasan digelar", "33.24"),
    "by an office's host": ("https://diskominfo.surabaya.go.id/a", "Rapat kehumasan digelar", "35.78"),
    "by a short host": ("https://ppukab.go.id/a", "Pemkab PPU menggelar jumpa pers", "64.09"),
    "by a province's host": ("https://berita.sulbarprov.go.id/a", "Kadis Kominfo Sulbar menggelar rakor humas", "76"),
    "two of a name, told apart": ("https://bandung.go.id/a", "Pemkot Bandung menggelar jumpa pers", "32.73"),
    "Pemkab in the text": ("", "Pemkab Kendal menggelar rakor kehumasan", "33.24"),
    "an office in the text": ("", "Diskominfo Batola menggelar rakor kehumasan", "63.04"),
    "a short name in the text": ("", "Pemerintah Kabupaten PPU menggelar jumpa pers", "64.09"),
    "a post in the text": ("", "Kadis Kominfo Sulbar menggelar jumpa pers", "76"),
}


@pytest.mark.parametrize(("url", "text", "code"), REGIONS.values(), ids=list(REGIONS))
def test_a_local_government_is_known_by_its_short_names(url, text, code):
    draft = read(f"{text} di aula, Rabu (25/6/2025).", url, title="Kabar Kehumasan")
    assert (draft.lembaga, draft.kode_satker) == ("pemda", code)


def test_a_local_government_that_holds_its_event_is_its_organiser():
    text = "Pemkab Kendal melalui Diskominfo menggelar rapat koordinasi kehumasan, Selasa (24/6/2025)."
    draft = read(text, "https://kendalkab.go.id/berita/1", title="Pemkab Kendal Gelar Rakor Kehumasan")
    assert (draft.peran_satker, draft.penyelenggara) == ("penyelenggara", "Humas Pemda Kabupaten Kendal")
    assert draft.layak_dihitung


def test_on_the_page_of_another_body_a_local_government_is_a_partner():
    text = "KPU Kota Cimahi menghadiri rakor kehumasan yang digelar Diskominfo Cimahi, Rabu (25/6/2025)."
    draft = read(text, "")
    assert (draft.lembaga, draft.kode_satker, draft.penyelenggara) == ("kpu", "32.77", "Diskominfo Cimahi")
