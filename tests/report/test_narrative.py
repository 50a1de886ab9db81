"""Each sentence is true of a figure and carries its id; nothing is said that the figures do not say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from humas.report.measures import figure_id
from humas.report.model import Figure, RuleCount
from humas.report.narrative import Narrative, change, conservation, leaders, narrate
from humas.report.view import regime_text

from tests.report.samples import make_national, make_nihil, make_province, make_satker, make_state

ALL = [make_satker, make_nihil, make_province, make_national]


def _sentences(narrative: Narrative):
    for name in narrative.__dataclass_fields__:
        yield from (k for k in getattr(narrative, name) if hasattr(k, "teks"))


def _with(report, **value):
    """The report with some figures changed: ``kegiatan_dilaporkan=0`` or ``ketepatan__belum_lapor=0``."""
    replaced = {tuple((key + "__").split("__")[:2]): n for key, n in value.items()}
    figure = tuple(replace(a, nilai=replaced.pop((a.ukuran, a.rincian), a.nilai)) for a in report.angka)
    added = tuple(Figure(figure_id(report.kepala.lingkup, u, r), u, r, n) for (u, r), n in replaced.items())
    return replace(report, angka=figure + added)


def _text(parts) -> str:
    return " ".join(k.teks for k in parts)


@pytest.mark.parametrize("make", ALL, ids=lambda f: f.__name__)
def test_ids_exist_and_sentences_are_clean(make):
    report = make()
    known = {a.id for a in report.angka}
    for sentences in _sentences(narrate(report)):
        assert sentences.id == "" or sentences.id in known, sentences
        assert sentences.teks.endswith("."), sentences
        assert "  " not in sentences.teks
        assert not re.search(r"None|\bnan\b|!|\.\.|–", sentences.teks.replace("1 Juli–30", "")), sentences


def test_every_number_in_the_summary_is_a_figure():
    report = make_satker()
    figure = {str(a.nilai) for a in report.angka} | {
        str(int(a.nilai - a.sebelumnya)) for a in report.angka if a.sebelumnya
    }
    for sentences in narrate(report).ringkasan:
        for number in re.findall(r"\d[\d.]*\d|\d", sentences.teks):
            assert number.replace(".", "") in figure | {"7"}, sentences


@pytest.mark.parametrize(
    ("now", "previous", "text"),
    [
        (24, 19, "naik 5 dari triwulan sebelumnya"),
        (3, 1003, "turun 1.000 dari triwulan sebelumnya"),
        (7, 7, "sama dengan triwulan sebelumnya"),
        (7, None, ""),
        (None, 7, ""),
    ],
)
def test_change(now, previous, text):
    assert change(Figure("S3", "kegiatan_dilaporkan", "", now, sebelumnya=previous)) == text


def test_leaders_never_cut_through_equals():
    def figure(*value):
        return [Figure(f"S5.{i}", "kegiatan_strategi", str(i), n) for i, n in enumerate(value, 1)]

    assert [a.rincian for a in leaders(figure(5, 3, 3, 1), 3)] == ["1", "2", "3"]
    assert [a.rincian for a in leaders(figure(5, 3, 3, 3), 3)] == ["1"]
    assert leaders(figure(3, 3, 3, 3), 3) == []
    assert [a.rincian for a in leaders(figure(0, 2, 0), 3)] == ["2"]


def test_nil_is_declared_not_missing():
    text = _text(narrate(make_nihil()).ringkasan)
    assert "menyatakan nihil" in text
    assert "belum lapor" not in text.lower()


def test_missing_units_are_named_or_counted():
    province = make_province()
    assert (
        "Belum ada laporannya: KPU Kabupaten Contoh 4 (sumbernya gagal dibaca) dan KPU Kabupaten Contoh 9 (sumbernya gagal dibaca)."
        in _text(narrate(province).ringkasan)
    )
    theirs = tuple(replace(unit, sebab="pengirim") if not unit.lapor else unit for unit in province.satker)
    assert "Belum lapor: KPU Kabupaten Contoh 4 dan KPU Kabupaten Contoh 9." in _text(
        narrate(replace(province, satker=theirs)).ringkasan
    )
    silent = tuple(replace(make_state(f"33.{i}", f"KPU {i}", reported=False), sebab="") for i in range(10, 22))
    text = _text(narrate(replace(make_province(), satker=silent)).ringkasan)
    assert "Sebanyak 12 satuan kerja belum lapor" in text


@pytest.mark.parametrize(
    ("unasked", "text", "who"),
    [
        (0, "Sebanyak 12 satuan kerja belum lapor; namanya", ["Humas provinsi"]),
        (5, "Sebanyak 12 satuan kerja belum ada laporannya (7 belum lapor, 5 belum diminta); namanya", ["Admin sistem", "Humas provinsi"]),
        (12, "Sebanyak 12 satuan kerja belum ada laporannya (semuanya belum diminta); namanya", ["Admin sistem"]),
    ],
)  # fmt: skip
def test_units_never_asked_are_not_called_silent(unasked, text, who):
    silent = tuple(
        replace(
            make_state(f"33.{i}", f"KPU {i}", reported=False), sebab="belum_dikumpulkan" if i < 10 + unasked else ""
        )
        for i in range(10, 22)
    )
    narrative = narrate(_with(replace(make_province(), satker=silent), ketepatan__belum_lapor=12))
    assert text in _text(narrative.ringkasan)
    assert [t.penanggung_jawab for t in narrative.tindak if "satuan kerja yang belum" in t.tindakan] == who


def test_what_nobody_said_is_told_as_such_and_never_as_a_lack():
    unsaid = {f"{name}__tidak_disebut": 3 for name in ("kegiatan_strategi", "kegiatan_peran", "kegiatan_fungsi")}
    unsaid |= {"publikasi_kanal__tidak_disebut": 900, "hoaks_klasifikasi__tidak_disebut": 9}
    report = _with(make_satker(), kegiatan_strategi__5=0, **unsaid, permohonan_ketepatan__tidak_disebut=2)
    narrative = narrate(report)
    everything = _text(_sentences(narrative))
    assert "Tiga kegiatan tidak menyebut strateginya." in _text(narrative.strategi)
    assert "dan 3 tanpa keterangan peran." in everything
    assert "Dua permohonan tanpa rezim atau tanggal jawaban, sehingga ketepatannya tidak dihitung." in everything
    for guess in (
        "Belum ada kegiatan pada strategi",
        "Tidak ada laporan tentang",
        "bersifat tidak disebut",
        "tidak_disebut",
    ):
        assert guess not in everything
    assert "Kanal terbanyak Instagram" in everything
    assert not [one.tindakan for one in narrative.tindak if "strategi" in one.tindakan]


@pytest.mark.parametrize("make", [make_satker, make_province, make_national], ids=lambda one: one.__name__)
def test_a_report_says_how_complete_its_descriptions_are(make):
    report = make()
    whole = Figure("S34", "kelengkapan_uraian", "", 90.0, 36, 40)
    told = _text(_sentences(narrate(replace(report, angka=(*report.angka, whole))))).replace("\u00a0", " ")
    assert "Uraian baris yang diterima lengkap 90,0 %; 4 isian masih perlu dilengkapi" in told
    full = replace(whole, nilai=100.0, pembilang=40)
    told = _text(_sentences(narrate(replace(report, angka=(*report.angka, full))))).replace("\u00a0", " ")
    assert "Uraian baris yang diterima lengkap 100,0 %." in told


def test_strategies_without_activity_are_named_and_planned():
    report = _with(make_satker(), kegiatan_strategi__5=0, kegiatan_strategi__7=0)
    narrative = narrate(report)
    assert "Belum ada kegiatan pada strategi 5 dan 7." in _text(narrative.strategi)
    assert any("strategi 5 dan 7" in t.tindakan for t in narrative.tindak)


def test_overdue_requests_are_an_obstacle_and_call_for_action():
    narrative = narrate(_with(make_satker(), permohonan_ketepatan__lewat_tenggat=2))
    assert "Dua permohonan belum dijawab dan sudah lewat batas." in _text(narrative.layanan)
    assert "Satu permohonan informasi dijawab sesudah batas waktu." in _text(narrative.hambatan)
    assert "Dua permohonan informasi belum dijawab dan sudah lewat batas." in _text(narrative.hambatan)
    assert "Menjawab permohonan yang lewat batas" in [t.tindakan for t in narrative.tindak]


def test_no_achievement_is_claimed_without_ground():
    report = replace(make_satker(), keadaan=replace(make_state(), ketepatan="terlambat", hari_terlambat=3))
    report = _with(report, kegiatan_dilaporkan=1, publikasi=1)
    narrative = narrate(report)
    assert narrative.capaian == ()
    assert "Laporan tiba tiga hari kerja sesudah tenggat." in _text(narrative.hambatan)


def test_imbalance_is_said():
    report = _with(make_satker(), baris__masuk=120)
    assert "berselisih 1 baris" in _text(narrate(report).mutu)
    assert conservation(report) == (120, 114, 3, 2)


@pytest.mark.parametrize("assumption", [True, False])
def test_deadline_says_whether_it_is_an_assumption(assumption):
    report = make_province()
    report = replace(report, kepala=replace(report.kepala, asumsi_tenggat=assumption))
    text = _text(narrate(report).tenggat)
    assert ("asumsi" in text) is assumption
    assert "kabupaten/kota 7 Oktober 2026 dan provinsi 14 Oktober 2026" in text


def test_summary_of_a_unit_tells_lateness_and_held_rows():
    report = make_satker()
    state = replace(report.keadaan, ketepatan="terlambat", hari_terlambat=3)
    narrative = narrate(replace(report, keadaan=state))
    assert "Laporan tiba tiga hari kerja sesudah tenggat." in _text(narrative.ringkasan)
    assert "Tiga baris ditahan karena melanggar aturan data." in _text(narrative.ringkasan)
    assert "lebih awal" in _text(narrative.rekomendasi)
    assert narrate(report).rekomendasi == ()


@pytest.mark.parametrize(
    ("clarified", "text"),
    [(0, "belum ada yang diklarifikasi."), (2, "dua sudah diklarifikasi."), (3, "semuanya sudah diklarifikasi.")],
    ids=["tiada", "sebagian", "semua"],
)
def test_issues_say_how_many_were_clarified(clarified, text):
    assert narrate(_with(make_satker(), hoaks_diklarifikasi=clarified)).isu[0].teks.endswith(text)


def test_held_rows_of_refused_submissions_are_told_apart():
    report = make_province()
    silent = next(s for s in report.satker if not s.lapor)
    satker = tuple(replace(s, dikarantina=58) if s is silent else s for s in report.satker)
    narrative = narrate(_with(replace(report, satker=satker), baris__dikarantina=60))
    assert (
        "Sebanyak 60 baris ditahan karena melanggar aturan data; 58 di antaranya ada dalam kiriman yang ditolak seluruhnya."
        in _text(narrative.hambatan)
    )


def test_recommendations_rest_on_figures():
    nation = make_national()
    far = replace(nation.provinsi[0], nama="Provinsi Uji", wajib=20, lapor=2, selang_atas=30.1)
    narrative = narrate(replace(nation, provinsi=(far, *(replace(p, selang_atas=100.0) for p in nation.provinsi[1:]))))
    text = _text(narrative.rekomendasi)
    assert "Mendahulukan pendampingan di Uji (2 dari 20): kelengkapannya nyata di bawah" in text
    assert "Menetapkan tenggat laporan triwulan dengan keputusan" in text
    decreed = replace(nation, kepala=replace(nation.kepala, asumsi_tenggat=False))
    assert "Menetapkan tenggat" not in _text(narrate(decreed).rekomendasi)


def test_rule_to_explain_is_named_in_words():
    rule = (
        RuleCount("V18", "FATAL", 9, 3),
        RuleCount("V03", "FATAL", 2, 1),
        RuleCount("V51", "INFO", 80, 9),
    )
    text = _text(narrate(replace(make_national(), aturan=rule)).rekomendasi)
    assert 'Menjelaskan aturan V18, "Jumlah peserta bilangan bulat, titik sebagai pemisah ribuan", dalam' in text


@pytest.mark.parametrize(("findings", "first"), [(8, "Mendampingi"), (80, "Menjelaskan")], ids=["files", "rule"])
def test_what_held_most_rows_is_advised_first(findings, first):
    report = make_province()
    silent = next(s for s in report.satker if not s.lapor)
    satker = tuple(replace(s, dikarantina=58) if s is silent else s for s in report.satker)
    report = replace(report, satker=satker, aturan=(RuleCount("V18", "FATAL", findings, 3),))
    told = [s.teks for s in narrate(_with(report, baris__dikarantina=60)).rekomendasi]
    advice = [text for text in told if text.startswith(("Mendampingi", "Menjelaskan"))]
    assert len(advice) == 2
    assert advice[0].startswith(first)
    assert (
        f"Mendampingi satuan kerja yang kirimannya ditolak seluruhnya ({silent.nama}): 58 dari 60 baris yang ditahan ada di dalamnya."
        in told
    )


def test_requests_that_were_complete_later_are_told_and_no_clock_heeds_it() -> None:
    told = "Dua permohonan baru lengkap sesudah diterima, median 3 hari; batas waktunya tetap dihitung sejak diterima."
    figures = {"permohonan": 5, "permohonan_dilengkapi": 2, "permohonan_median_lengkap": 3}
    assert told in _text(_sentences(narrate(_with(make_satker(), **figures))))
    assert "baru lengkap" not in _text(_sentences(narrate(_with(make_satker(), permohonan=5))))


@pytest.mark.parametrize("what", ["permohonan", "keberatan"])
def test_what_is_judged_by_another_regime_than_written_is_told(what: str) -> None:
    sentence = f"Dua {what} dinilai menurut kalender tahapan pemilu, bukan menurut rezim yang tertulis."
    figures = {what: 5, f"{what}_rezim_lain": 2}
    assert sentence in _text(_sentences(narrate(_with(make_satker(), **figures))))
    assert "kalender tahapan" not in _text(_sentences(narrate(_with(make_satker(), **{what: 5}))))


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"rezim": "UMUM", "rezim_dinilai": "UMUM"}, "Umum"),
        ({"rezim": "PEMILU", "rezim_dinilai": "UMUM"}, "Umum (tertulis Pemilu)"),
        ({"rezim": "UMUM", "rezim_dinilai": "PEMILU"}, "Pemilu (tertulis Umum)"),
        ({"rezim": "UMUM_BUKAN_PEMILU", "rezim_dinilai": "UMUM"}, "Umum"),
        ({"rezim": None, "rezim_dinilai": "PEMILU"}, "Pemilu"),
        ({"rezim": "PEMILU"}, "Pemilu"),
        ({"rezim": None, "rezim_dinilai": None}, ""),
    ],
    ids=["as written", "outside", "within", "another subject", "filled", "of an edition before", "unknown"],
)
def test_the_regime_that_counts_is_shown_with_the_one_written(row: dict[str, str | None], text: str) -> None:
    assert regime_text(row) == text
