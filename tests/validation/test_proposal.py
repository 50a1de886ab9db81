"""A kind that the title tells is proposed to the sender, in one sentence, and never counted."""

from __future__ import annotations

import pytest

from tests.validation import samples
from tests.validation.samples import findings, row, sheet, submission, validate

pytestmark = pytest.mark.mesin

TITLES = (
    "Rapat koordinasi kehumasan",
    "Sosialisasi pemilih pemula",
    "Sosialisasi di pesantren",
    "Senja di kantor kami",
)
PROPOSED = {
    "an empty cell": ([None, "Lainnya"], "mungkin Rapat koordinasi; tulis itu bila benar"),
    "an unknown word": (["Kumpul-kumpul", "Lainnya"], "mungkin Rapat koordinasi; tulis itu bila benar"),
    "a column left blank": (
        [None] * 4, "mungkin: Sosialisasi (baris 3, 4); Rapat koordinasi (baris 2). Tulis itu bila benar.",
    ),
    "a kind that was told": (["Bimbingan teknis", "Lainnya"], ""),
}  # fmt: skip


@pytest.mark.parametrize(("kinds", "words"), PROPOSED.values(), ids=PROPOSED.keys())
def test_a_kind_is_proposed_by_the_title_and_not_counted(kinds: list[str | None], words: str) -> None:
    rows = [
        row(judul=title, jenis_kegiatan=kind, strategi_utama=None, url_bukti=f"https://kpu.go.id/{number}")
        for number, (title, kind) in enumerate(zip(TITLES, kinds, strict=False))
    ]
    result = validate(submission(sheet(*rows)))
    told = " ".join(findings(result)["cara"])
    assert (words in told) if words else ("Menurut judulnya" not in told)
    assert told.count("Menurut judulnya") == bool(words)
    assert len(result.accepted["kegiatan"]) == len(kinds)
    if words:
        assert result.accepted["kegiatan"]["jenis_kegiatan"].iloc[0] is None


def test_a_title_of_other_data_sets_proposes_nothing() -> None:
    dataset = samples.dataset("publikasi")
    result = validate(submission(sheet(row(dataset, jenis_konten=None), dataset=dataset)))
    assert "Menurut judulnya" not in " ".join(findings(result)["cara"])


OWN = {
    "its own kind": ("Bawaslu", "Kampung pengawasan Desa Sukamaju", "mungkin Pengawasan partisipatif;"),
    "a kind of another body": ("KPU", "Kampung pengawasan Desa Sukamaju", ""),
    "its own word": ("Humas Pemda", "Gladi bersih kunjungan menteri", "mungkin Keprotokolan;"),
    "a word of another body": ("Bawaslu", "Gladi bersih kunjungan menteri", ""),
}


@pytest.mark.parametrize(("body", "title", "words"), OWN.values(), ids=OWN.keys())
def test_a_kind_is_proposed_in_the_words_of_the_body(body: str, title: str, words: str) -> None:
    rows = [row(lembaga=body, judul=title, jenis_kegiatan=None), row(lembaga=body, url_bukti="https://kpu.go.id/2")]
    cover = {**samples.COVER, "lembaga": body}
    result = validate(submission(sheet(*rows), cover=cover, lembaga=body.split()[-1].lower()))
    told = " ".join(findings(result)["cara"])
    assert (words in told) if words else ("Menurut judulnya" not in told)
