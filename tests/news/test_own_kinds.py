"""Each body's news is proposed in its own kinds of activity and under the parts of its own framework."""

from __future__ import annotations

import pytest
from humas.bodies import BODIES, FrameworkPart

from tests.news.samples import BAWASLU_SITE, KPU_SITE, read

REGION_SITE = "https://cimahikota.go.id/berita/detail/1-kabar"
SITES = {"kpu": KPU_SITE, "bawaslu": BAWASLU_SITE, "pemda": REGION_SITE}
WHO = {"kpu": "KPU Kota Cimahi", "bawaslu": "Bawaslu Kabupaten Sragen", "pemda": "Pemkot Cimahi"}
TOLD = {
    "a parade": ("kpu", "Gelar Kirab Pemilu", "KIRAB", 4),
    "a stand": ("kpu", "Buka Stan Pameran Kepemiluan", "PAMERAN", 4),
    "a practice of voting": ("kpu", "Gelar Simulasi Pemungutan Suara", "SIMULASI", 4),
    "a meeting": ("kpu", "Gelar Rakor Kehumasan", "RAKOR", 2),
    "a village that watches": ("bawaslu", "Luncurkan Kampung Pengawasan", "PENGAWASAN_PARTISIPATIF", 6),
    "scouts": ("bawaslu", "Gelar Kemah Saka Adhyasta", "PENGAWASAN_PARTISIPATIF", 6),
    "a post for complaints": ("bawaslu", "Buka Posko Aduan Kawal Hak Pilih", "POSKO", 5),
    "a look at its public relations": ("bawaslu", "Gelar Assessment Kehumasan", "EVALUASI", 8),
    "what journalists are told": ("bawaslu", "Gelar Konferensi Pers", "KONFERENSI_PERS", 3),
    "a rehearsal": ("pemda", "Gelar Gladi Bersih Kunjungan Menteri", "KEPROTOKOLAN", 8),
    "a car with loudspeakers": ("pemda", "Gelar Siaran Keliling", "PENYEBARAN_INFORMASI", 1),
    "a pledge of civil servants": ("pemda", "Gelar Ikrar Netralitas ASN", "NETRALITAS_ASN", 6),
    "what people talk about": ("pemda", "Gelar Analisis Isu Publik", "ANALISIS_ISU", 2),
}  # fmt: skip


@pytest.mark.parametrize(("body", "title", "kind", "part"), TOLD.values(), ids=list(TOLD))
def test_a_draft_is_in_the_words_of_its_body(body: str, title: str, kind: str, part: int) -> None:
    who = WHO[body]
    draft = read(f"{who} {title.lower()}, Kamis (18/6/2026).", SITES[body], f"{who} {title}")
    assert (draft.lembaga, draft.jenis_kegiatan, draft.strategi[0]) == (body, kind, part)


def test_a_kind_that_a_body_does_not_offer_is_not_proposed() -> None:
    draft = read("KPU Kota Cimahi luncurkan kampung pengawasan, Kamis (18/6/2026).", KPU_SITE, "Kampung Pengawasan")
    assert draft.jenis_kegiatan in BODIES["kpu"].kinds.offered


def test_of_a_page_that_names_no_body_no_part_is_proposed() -> None:
    draft = read(
        "Panitia menggelar sosialisasi bagi warga, Kamis (18/6/2026).", "https://kabar.example/1", "Sosialisasi"
    )
    assert (draft.lembaga, draft.strategi) == ("", ())


def test_news_of_a_part_without_patterns_is_told_by_its_own_words() -> None:
    part = FrameworkPart("1", "Layanan konsultasi", ("Konsultasi (tatap muka)", "Desk"))
    assert [bool(part.news.search(text)) for text in ("gelar layanan konsultasi", "buka desk", "deskripsi")] == [
        True,
        True,
        False,
    ]
