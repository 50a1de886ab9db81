"""From the warehouse's frames to reports: everybody has one, internal columns never leave, digests are stable."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from humas.contract.columns import DATASETS, LIST_TYPES, ColumnType, Privacy
from humas.errors import OperatorError, ProgramFault
from humas.periods import Calendar, Triwulan, due
from humas.registry import Cycle, load_register
from humas.report import ledger as ledger_text
from humas.report.compose import compose_reports, published_columns
from humas.report.model import LEDGER_COLUMNS, NationReport, ProvinceReport, SatkerReport, restore_report
from humas.report.narrative import narrate
from humas.rollup import roll_up
from humas.settings import DeadlineRule, Settings
from humas.warehouse import Obligation
from humas.warehouse.proof import CHANGED

from tests.rollup.nation import ledger

PERIOD = Triwulan(2026, 3)
SECRET = "RAHASIA-"
ARRIVAL = {"33.74": datetime(2026, 10, 6, 7, 12, tzinfo=UTC), "33.22": datetime(2026, 10, 12, 3, tzinfo=UTC)}


def _cell(column, i: int):
    if column.privacy is Privacy.INTERNAL:
        return SECRET + str(i)
    example = {
        ColumnType.DATE: pd.Timestamp(2026, 7, 1 + i), ColumnType.DATETIME: pd.Timestamp(2026, 8, 1 + i, 8, 30), ColumnType.INTEGER: 1.0 + i,
    }  # fmt: skip
    if column.type_name in example:
        return example[column.type_name]
    if column.type_name in LIST_TYPES:
        return json.dumps([f"{column.name} {i}"])
    unchanged = {
        "rezim": "UMUM", "peran_satker": "peserta", "fungsi": "konstruktif", "mode": "luring", "satuan_peserta": "orang",
        "lingkup_peserta": "seluruh_acara", "kanal": "website", "klasifikasi": "konten_palsu", "putusan": "dikabulkan_penuh",
        "tahapan": "NON_TAHAPAN", "jenis_kegiatan": "RAPAT_KOORDINASI", "jenis_konten": "berita",
    }  # fmt: skip
    return unchanged.get(column.name, f"{column.name} {i}")


def _facts(dataset, code: tuple[str, ...], count: int) -> pd.DataFrame:
    row = [
        {k.name: _cell(k, i) for k in dataset.columns}
        | {"kode_satker": one, "id_kiriman": f"kirim-{one}", "id_baris": f"{one}-{i}", "lembar": dataset.sheet,
           "baris": i + 2, "susulan": False, "id_acara": f"acara-{i}"}
        for one in code for i in range(count)
    ]  # fmt: skip
    frame = pd.DataFrame(row)
    return frame.drop(columns=[] if dataset.name == "kegiatan" else ["id_acara"])


def _verdict(code: str, status: str, *, in_force: bool, accepted: datetime, held: int = 0) -> dict[str, object]:
    incoming = 12 + held if in_force and status != "nihil" else held
    return {
        "id_kiriman": f"kirim-{code}", "kode_satker": code, "saluran": "api", "sidik": "ab" * 32, "diterima_pada": accepted,
        "terakhir_diterima": accepted, "status": status, "alasan": "Periode salah." if status == "ditolak" else "",
        "cara": "Kirim ulang." if status == "ditolak" else "", "nihil": status == "nihil", "baris_masuk": incoming,
        "diterima": incoming - held, "dikarantina": held, "kembar": 0, "diperbaiki": 0, "sel_wajib": 10, "sel_wajib_terisi": 10,
        "per_himpunan": {}, "pernyataan": None, "saluran_lengkap": True, "berlaku": in_force, "versi": 1, "terbaru": True, "rekap_dari": "",
    }  # fmt: skip


def _attempt(code: str, status: str, error: str, actor: str) -> dict[str, object]:
    return {
        "kode_satker": code, "saluran": "api", "status": status, "kode_galat": error, "pelaku": actor, "pesan": "Pesan.",
        "cara": "cara.", "mulai": datetime(2026, 10, 8, tzinfo=UTC), "lembaga": "kpu", "period": PERIOD.key,
    }  # fmt: skip


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    """Three units that reported (one late, one nil), one refused, one whose channel failed, the rest silent."""
    home: Path = tmp_path_factory.mktemp("rumah")
    register = load_register(Settings(home=home, database_url="sqlite://"))
    calendar = Calendar.load()
    obligations = []
    for unit in register.everything(PERIOD.end):
        deadline = due(PERIOD, unit.tier, DeadlineRule(), calendar)
        obligations.append(Obligation(unit.code, deadline.day, deadline.grace_end))
    facts = {h.name: _facts(h, ("33.74", "33.22"), 3) for h in DATASETS}
    verdicts = pd.DataFrame([
        _verdict("33.74", "diterima_sebagian", in_force=True, accepted=ARRIVAL["33.74"], held=1),
        _verdict("33.22", "diterima", in_force=True, accepted=ARRIVAL["33.22"]),
        _verdict("33.71", "nihil", in_force=True, accepted=ARRIVAL["33.74"]),
        _verdict("33.72", "ditolak", in_force=False, accepted=ARRIVAL["33.74"], held=5),
    ])  # fmt: skip
    finding = pd.DataFrame([
        {"kode_satker": code, "berlaku": code != "33.72", "id_kiriman": f"kirim-{code}", "urutan": i, "himpunan": "kegiatan",
         "lembar": "Kegiatan", "baris": 17, "kolom": "tanggal_mulai", "huruf": "C", "kode": "V08", "keparahan": weight,
         "pesan": "Belum terjadi.", "cara": "Perbaiki.", "nilai": "x"}
        for i, (code, weight) in enumerate([("33.74", "FATAL"), ("33.74", "PERINGATAN"), ("33.72", "FATAL")])
    ])  # fmt: skip
    quarantine = pd.DataFrame([
        {
            "kode_satker": "33.74",
            "berlaku": True,
            "id_kiriman": "kirim-33.74",
            "himpunan": "kegiatan",
            "lembar": "Kegiatan",
            "baris": 17,
            "id_pengganti": None,
            "berkas": "",
            "pada": pd.NaT,
        }
    ])
    attempt = pd.DataFrame([
        _attempt("33.73", "gagal", "batas_waktu", "sumber"), _attempt("33.75", "gagal", "folder_kosong", "pengirim"),
        _attempt("33.76", "tanpa_saluran", "", "sistem"), _attempt("33.74", "berhasil", "", ""),
    ])  # fmt: skip
    now = datetime(2026, 10, 20, tzinfo=UTC)
    gone = [("33.74", "kegiatan", "digantikan", 2), ("33.74", "publikasi", "dicabut", 1)]
    figures = roll_up(
        facts, facts["akun"].head(0), verdicts, obligations, register, calendar, PERIOD, now, ledger(facts, gone), "kpu"
    )
    changed = ("33.74", "kegiatan", "Rapat", "digantikan", ARRIVAL["33.74"], "laporan-2.xlsx", "pengirim", "")
    withdrawn = ("33.74", "publikasi", "Siaran radio", "dicabut", ARRIVAL["33.74"], "", "Sari", "salah unggah")
    ledger_changes = pd.DataFrame([changed, changed, withdrawn], columns=list(CHANGED))
    return {
        "figures": figures, "facts": facts, "verdicts": verdicts, "findings": finding, "quarantine": quarantine, "ledger": ledger_changes,
        "obligations": obligations, "attempts": attempt, "register": register, "cycle": Cycle("kpu", PERIOD.key),
        "history": {},
    }  # fmt: skip


@pytest.fixture(scope="module")
def report(material):
    return {one.kunci: one for one in compose_reports(**material)}


@pytest.fixture(scope="module")
def genuine(report) -> bytes:
    """All reports as they are published, in one."""
    return b"".join(one.to_json() for one in report.values())


def test_everybody_has_a_report(report):
    kind = [type(one) for one in report.values()]
    assert (kind.count(SatkerReport), kind.count(ProvinceReport), kind.count(NationReport)) == (553, 38, 1)
    assert [k for k, one in report.items() if isinstance(one, SatkerReport) and one.dicetak] == [
        ("satker", "33.22"), ("satker", "33.71"), ("satker", "33.74"),
    ]  # fmt: skip


def test_internal_columns_never_leave(report):
    assert all(SECRET.encode() not in one.to_json() for one in report.values())
    for dataset in DATASETS:
        internal = {k.name for k in dataset.columns if k.privacy is Privacy.INTERNAL}
        assert internal.isdisjoint(published_columns(dataset))


NIK, PHONE = "3374015503850007", "081234567890"
NAMED_BY_SENDERS = {
    "a row that no longer counts": ("ledger", "judul"),
    "the file that took its place": ("ledger", "berkas"),
    "who withdrew a row": ("ledger", "oleh"),
    "why a row was withdrawn": ("ledger", "alasan"),
    "name_of_a_sheet": ("facts", "lembar"),
    "sheet_of_a_finding": ("findings", "lembar"),
    "place_in_a_message": ("findings", "pesan"),
    "remedy_of_a_finding": ("findings", "cara"),
    "reason_of_a_refusal": ("verdicts", "alasan"),
    "remedy_of_a_refusal": ("verdicts", "cara"),
    "error_of_a_channel": ("attempts", "pesan"),
    "remedy_of_an_error": ("attempts", "cara"),
}


@pytest.mark.parametrize("what", NAMED_BY_SENDERS)
def test_personal_data_in_what_senders_name_is_not_published(material, genuine, what):
    parts, column = NAMED_BY_SENDERS[what]

    def named(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{column: frame[column] + f" NIK {NIK}_{PHONE}.xlsx"})

    content = material[parts]
    forged = {name: named(one) for name, one in content.items()} if isinstance(content, dict) else named(content)
    published = b"".join(one.to_json() for one in compose_reports(**material | {parts: forged}))
    assert [secret for secret in (NIK, PHONE) if secret.encode() in published] == []
    assert b"disamarkan" in published
    assert b"disamarkan" not in genuine


def test_values_are_raw(report):
    table = report["satker", "33.74"].tabel
    kegiatan = next(table["kegiatan"].records())
    assert (kegiatan["tanggal_mulai"], kegiatan["strategi_utama"], kegiatan["baris"]) == ("2026-07-01", 1, 2)
    assert next(table["isu_hoaks"].records())["tanggal_temuan"] == "2026-08-01T08:30:00+07:00"
    request = next(table["permohonan_info"].records())
    assert (request["hari_kerja"], request["rezim"], request["rezim_dinilai"]) == (0, "UMUM", "UMUM")


@pytest.mark.parametrize(
    ("code", "punctuality", "status", "cause", "late"),
    [
        ("33.74", "tepat_waktu", "diterima_sebagian", "", 0),
        ("33.22", "terlambat", "diterima", "", 3),
        ("33.71", "tepat_waktu", "nihil", "", 0),
        ("33.72", "belum_lapor", "ditolak", "pengirim", None),
        ("33.73", "belum_lapor", "menunggu", "sumber", None),
        ("33.75", "belum_lapor", "menunggu", "belum_mengirim", None),
        ("33.76", "belum_lapor", "menunggu", "tanpa_saluran", None),
        ("33.01", "belum_lapor", "menunggu", "belum_dikumpulkan", None),
    ],
)
def test_standing(report, code, punctuality, status, cause, late):
    one = report["satker", code].keadaan
    assert (one.ketepatan, one.status, one.sebab, one.hari_terlambat) == (punctuality, status, cause, late)


def test_being_asked_in_vain_is_no_new_edition(material, report):
    """The nation's and the province's digests do not know who was asked; a unit's page still says it."""
    everything = {unit.kode for unit in report["nasional", "00"].satker} - set(material["attempts"]["kode_satker"])
    asked = pd.DataFrame([_attempt(code, "gagal", "folder_kosong", "pengirim") for code in sorted(everything)])
    again = {s.kunci: s for s in compose_reports(**material | {"attempts": pd.concat([material["attempts"], asked])})}
    assert again["satker", "33.01"].keadaan.hasil == "menunggu"
    assert report["satker", "33.01"].keadaan.hasil == "belum_dikumpulkan"
    assert [k for k, one in again.items() if one.sidik != report[k].sidik] == []


def test_units_never_asked_keep_their_obligation(report):
    central_java = report["provinsi", "33"]
    assert (central_java.count("satker_wajib"), central_java.count("ketepatan", "belum_lapor")) == (36, 33)
    assert sum(unit.belum_dikumpulkan for unit in central_java.satker) == 29


def test_refused_unit_says_why_and_failed_one_shows_its_error(report):
    assert report["satker", "33.72"].tolak == ("Periode salah.", "Kirim ulang.")
    assert len(report["satker", "33.72"].ditahan) == 1
    assert report["satker", "33.73"].galat.kode == "batas_waktu"
    assert report["satker", "33.74"].galat is None


def test_findings_are_split_by_weight(report):
    one = report["satker", "33.74"]
    assert (len(one.ditahan), len(one.catatan)) == (1, 1)
    assert [(a.kode, a.keparahan, a.temuan, a.satker) for a in report["provinsi", "33"].aturan] == [
        ("V08", "FATAL", 2, 2), ("V08", "PERINGATAN", 1, 1),
    ]  # fmt: skip


def test_held_rows_that_a_later_file_mended_are_told_and_no_longer_asked_for(material):
    """What came stays as it was; findings, actions and counts of rows that wait leave the mended row out."""
    verdicts = material["verdicts"].assign(diperbaiki=[1, 0, 0, 0])
    mended = {"id_pengganti": "kirim-2", "berkas": "susulan.csv", "pada": ARRIVAL["33.22"]}
    quarantine = material["quarantine"].assign(**mended)
    figures = pd.concat([
        material["figures"],
        pd.DataFrame([{"lingkup": "satker", "kode": "33.74", "ukuran": "baris", "rincian": "diperbaiki", "nilai": 1.0}]),
    ])  # fmt: skip
    changed = material | {"verdicts": verdicts, "quarantine": quarantine, "figures": figures}
    one = {made.kunci: made for made in compose_reports(**changed)}["satker", "33.74"]
    assert (one.keadaan.dikarantina, one.keadaan.ditahan, one.ditahan_kini) == (1, 0, 0)
    assert (len(one.ditahan), len(one.catatan)) == (0, 0)
    assert ledger_text.mended(one) == [
        "Kegiatan baris 17: telah diperbaiki oleh berkas susulan.csv (12 Oktober 2026, 10.00 WIB)."
    ]
    assert [said.tindakan for said in narrate(one).tindak if "ditahan" in said.tindakan] == []
    assert restore_report(json.loads(one.canonical()), 1, one.supplement()).sidik == one.sidik


def test_levels_add_up(report):
    central_java, nation = report["provinsi", "33"], report["nasional", "00"]
    assert central_java.count("kegiatan_dilaporkan") == nation.count("kegiatan_dilaporkan") == 6
    assert central_java.count("acara_unik") == 3
    assert sum(unit.kegiatan or 0 for unit in nation.satker) == 6
    assert [(p.wajib, p.lapor) for p in nation.provinsi if p.kode == "33"] == [(36, 3)]
    assert len(central_java.isu) == 6
    assert [t.tingkat for t in nation.kepala.tenggat] == ["kabkota", "provinsi", "nasional"]


def test_digest_does_not_depend_on_order_or_on_who_failed_how(material, report):
    shuffled = {name: frame.sample(frac=1, random_state=3) for name, frame in material["facts"].items()}
    failed = material["attempts"].assign(pelaku="sistem", kode_galat="disk_penuh", status="gagal")
    other = {one.kunci: one for one in compose_reports(**material | {"facts": shuffled, "attempts": failed})}
    assert {k: one.sidik for k, one in other.items()} == {k: one.sidik for k, one in report.items()}


def test_a_report_tells_the_ledger_and_names_the_rows_that_no_longer_count(report):
    unit, nation = report["satker", "33.74"], report["nasional", "00"]
    assert ledger_text.table(unit)[:2] == [
        ["Kegiatan", "dilaporkan", "5", "3", "2", "0"], ["Publikasi", "dilaporkan", "4", "3", "0", "1"],
    ]  # fmt: skip
    each = 3 * len(DATASETS)
    assert ledger_text.total(unit) == (each + 3, each, 2, 1)
    assert ledger_text.total(report["provinsi", "33"]) == ledger_text.total(nation) == (2 * each + 3, 2 * each, 2, 1)
    [changed, withdrawn] = ledger_text.lines(unit)
    assert changed == (
        "Kegiatan", "2", "digantikan", "Rapat; Rapat", "laporan-2.xlsx, 6 Oktober 2026, 14.12 WIB", "pengirim",
    )  # fmt: skip
    assert (withdrawn.apa, withdrawn.baris, withdrawn.oleh) == ("dicabut", "Siaran radio", "Sari; salah unggah")


def test_an_edition_made_before_the_ledger_keeps_its_digest(report):
    unit = report["satker", "33.22"]
    old = replace(unit, buku=type(unit.buku)(LEDGER_COLUMNS))
    assert b'"buku":' not in old.canonical()
    assert restore_report(json.loads(old.canonical()), 1, old.supplement()).sidik == old.sidik


def test_history_gives_trend_and_change(material, report):
    assert report["satker", "33.74"].tren == ()
    previous = material["figures"].assign(nilai=material["figures"]["nilai"] + 1)
    new = {s.kunci: s for s in compose_reports(**material | {"history": {"2026-TW2": previous, "2025-TW4": previous}})}
    one = new["satker", "33.74"]
    assert one.figure("kegiatan_dilaporkan").sebelumnya == 4
    assert one.tren[0].titik == (("2025-TW4", 4), ("2026-TW1", None), ("2026-TW2", 4), ("2026-TW3", 3))


def test_unknown_measure_stops_publication(material):
    unknown = material["figures"].assign(ukuran="angka_baru")
    with pytest.raises(OperatorError, match="angka_baru"):
        list(compose_reports(**material | {"figures": unknown}))


def test_a_unit_with_unexplained_quarantine_is_withheld_and_no_other(material):
    whole = {one.kunci: one for one in compose_reports(**material)}
    without = material | {"quarantine": material["quarantine"].assign(kode_satker="33.22")}
    with pytest.raises(ProgramFault, match="Kabupaten Semarang"):
        list(compose_reports(**without))
    failed = []
    report = {one.kunci: one for one in compose_reports(**without, on_fault=lambda *one: failed.append(one))}
    [(empty, error)] = failed
    assert (empty.kunci, error.cause) == (("satker", "33.22"), "karantina_tanpa_sebab")
    assert empty.withheld and not empty.dicetak
    assert empty.keadaan == whole["satker", "33.22"].keadaan
    assert report == whole | {empty.kunci: empty}


def test_decreed_deadline(material):
    one = next(compose_reports(**material, due_decreed=True, today=date(2026, 10, 20)))
    assert not one.kepala.asumsi_tenggat
