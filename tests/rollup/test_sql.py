"""The national figures once more, by plain SQL on the warehouse: a path that shares no code with the roll-up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from humas.contract.columns import DATASETS
from humas.contract.vocabulary import NOT_STATED
from humas.periods import Calendar
from humas.registry import Cycle, Register
from humas.rollup import reconcile, roll_up
from humas.validation.result import SubmissionStatus
from humas.warehouse.facade import Warehouse
from sqlalchemy import text

from tests.rollup.nation import NOW, TW3, obligations
from tests.warehouse.batches import LEMBAGA, PERIOD, START, batch, collected, submission

CYCLE = Cycle(LEMBAGA, PERIOD)
BEFORE = Cycle(LEMBAGA, "2026-TW2")

CODE = ("00", "11", "11.01", "33", "33.02", "33.74", "31", "31.71", "31.72", "32", "32.01")
IN_FORCE = (
    "JOIN inti_kiriman k ON k.id = f.id_kiriman WHERE k.lembaga = :lembaga AND k.periode = :periode AND k.berlaku"
)
# One row for each account that is held and says its followers; an account that a quarter tells of twice is left out.
FOLLOWED = """SELECT f.kode_satker AS unit, f.platform AS place, lower(coalesce(f.nama_akun, f.tautan)) AS name, min(f.pengikut) AS people
              FROM inti_akun f JOIN inti_kiriman k ON k.id = f.id_kiriman WHERE k.lembaga = :lembaga AND k.periode = {period} AND k.berlaku
              AND f.pengikut IS NOT NULL AND coalesce(f.status, '') NOT IN ('hilang', 'ditutup')
              AND f.platform IS NOT NULL AND coalesce(f.nama_akun, f.tautan) IS NOT NULL GROUP BY 1, 2, 3 HAVING count(*) = 1"""
NOW_FOLLOWED, FOLLOWED_BEFORE = (FOLLOWED.format(period=period) for period in (":periode", f"'{BEFORE.period}'"))
IN_BOTH = f"({NOW_FOLLOWED}) n JOIN ({FOLLOWED_BEFORE}) b ON n.unit = b.unit AND n.place = b.place AND n.name = b.name"
BARE_NAME = "lower(replace(replace(replace(replace(f.media, ' ', ''), '.', ''), '-', ''), ',', ''))"
MEASURES = {
    "kegiatan_dilaporkan": f"SELECT '', count(*) FROM inti_kegiatan f {IN_FORCE}",
    "acara_unik": f"SELECT '', count(DISTINCT id_acara) FROM inti_kegiatan f {IN_FORCE}",
    "kegiatan_strategi": f"SELECT coalesce(cast(cast(strategi_utama AS int) AS text), '{NOT_STATED}'), count(*) FROM inti_kegiatan f {IN_FORCE} GROUP BY 1",
    "kegiatan_jenis": f"SELECT coalesce(jenis_kegiatan, '{NOT_STATED}'), count(*) FROM inti_kegiatan f {IN_FORCE} GROUP BY 1",
    "kegiatan_mode": f"SELECT coalesce(mode, '{NOT_STATED}'), count(*) FROM inti_kegiatan f {IN_FORCE} GROUP BY 1",
    "kegiatan_peran": f"SELECT coalesce(peran_satker, '{NOT_STATED}'), count(*) FROM inti_kegiatan f {IN_FORCE} GROUP BY 1",
    "kegiatan_tahapan": f"SELECT coalesce(tahapan, '{NOT_STATED}'), count(*) FROM inti_kegiatan f {IN_FORCE} GROUP BY 1",
    "kegiatan_fungsi": f"SELECT coalesce(fungsi, '{NOT_STATED}'), count(*) FROM inti_kegiatan f {IN_FORCE} GROUP BY 1",
    "peserta": f"""SELECT coalesce(satuan_peserta, '{NOT_STATED}') || '/' || coalesce(lingkup_peserta, '{NOT_STATED}'),
                   sum(jumlah_peserta) FROM inti_kegiatan f {IN_FORCE} AND jumlah_peserta IS NOT NULL GROUP BY 1""",
    "publikasi": f"SELECT '', count(*) FROM inti_publikasi f {IN_FORCE}",
    "publikasi_kanal": f"SELECT coalesce(kanal, '{NOT_STATED}'), count(*) FROM inti_publikasi f {IN_FORCE} GROUP BY 1",
    "publikasi_jenis": f"SELECT coalesce(jenis_konten, '{NOT_STATED}'), count(*) FROM inti_publikasi f {IN_FORCE} GROUP BY 1",
    "jangkauan": f"SELECT '', sum(jangkauan) FROM inti_publikasi f {IN_FORCE}",
    "tayangan": f"SELECT '', sum(tayangan) FROM inti_publikasi f {IN_FORCE}",
    "permohonan": f"SELECT '', count(*) FROM inti_permohonan_info f {IN_FORCE}",
    "permohonan_putusan": f"SELECT coalesce(putusan, '{NOT_STATED}'), count(*) FROM inti_permohonan_info f {IN_FORCE} GROUP BY 1",
    "keberatan": f"SELECT '', count(*) FROM inti_keberatan f {IN_FORCE}",
    "keberatan_alasan": f"SELECT coalesce(f.alasan, '{NOT_STATED}'), count(*) FROM inti_keberatan f {IN_FORCE} GROUP BY 1",
    "keberatan_hasil": f"SELECT coalesce(f.hasil, '{NOT_STATED}'), count(*) FROM inti_keberatan f {IN_FORCE} GROUP BY 1",
    "keberatan_sengketa": f"SELECT '', count(*) FROM inti_keberatan f {IN_FORCE} AND f.sengketa = 'ya'",
    "pemberitaan": f"SELECT '', count(*) FROM inti_pemberitaan f {IN_FORCE}",
    "pemberitaan_nada": f"SELECT coalesce(f.nada, '{NOT_STATED}'), count(*) FROM inti_pemberitaan f {IN_FORCE} GROUP BY 1",
    "pemberitaan_jenis_media": f"SELECT coalesce(f.jenis_media, '{NOT_STATED}'), count(*) FROM inti_pemberitaan f {IN_FORCE} GROUP BY 1",
    "pemberitaan_media": f"SELECT '', count(DISTINCT {BARE_NAME}) FROM inti_pemberitaan f {IN_FORCE}",
    "pemberitaan_tanggapan": f"""SELECT coalesce(f.tanggapan, '{NOT_STATED}'), count(*) FROM inti_pemberitaan f {IN_FORCE}
                                 AND f.nada = 'negatif' GROUP BY 1""",
    "pemberitaan_negatif_ditanggapi": f"""SELECT '', 100.0 * sum(CASE WHEN f.tanggapan = 'belum' THEN 0 ELSE 1 END) / count(*)
                                          FROM inti_pemberitaan f {IN_FORCE} AND f.nada = 'negatif'
                                          AND f.tanggapan IS NOT NULL AND f.tanggapan <> 'tidak_perlu'""",
    "aspirasi": f"SELECT '', count(*) FROM inti_aspirasi f {IN_FORCE}",
    "aspirasi_jenis": f"SELECT coalesce(f.jenis_aspirasi, '{NOT_STATED}'), count(*) FROM inti_aspirasi f {IN_FORCE} GROUP BY 1",
    "aspirasi_saluran": f"SELECT coalesce(f.saluran, '{NOT_STATED}'), count(*) FROM inti_aspirasi f {IN_FORCE} GROUP BY 1",
    "aspirasi_tindak_lanjut": f"SELECT coalesce(f.tindak_lanjut, '{NOT_STATED}'), count(*) FROM inti_aspirasi f {IN_FORCE} GROUP BY 1",
    "aspirasi_diberi_tahu": f"""SELECT '', 100.0 * count(f.tanggal_diberi_tahu) / count(*) FROM inti_aspirasi f {IN_FORCE}
                                AND (f.tanggal_diberi_tahu IS NOT NULL OR f.tindak_lanjut IS NOT NULL)""",
    "permohonan_dilengkapi": f"SELECT '', count(*) FROM inti_permohonan_info f {IN_FORCE} AND f.tanggal_lengkap > f.tanggal_terima",
    "permohonan_rezim_lain": f"SELECT '', count(*) FROM inti_permohonan_info f {IN_FORCE} AND f.rezim = 'PEMILU'",
    "keberatan_rezim_lain": f"SELECT '', count(*) FROM inti_keberatan f {IN_FORCE} AND f.rezim = 'PEMILU'",
    "akun": f"SELECT '', count(*) FROM inti_akun f {IN_FORCE}",
    "akun_platform": f"SELECT coalesce(f.platform, '{NOT_STATED}'), count(*) FROM inti_akun f {IN_FORCE} GROUP BY 1",
    "akun_status": f"SELECT coalesce(f.status, '{NOT_STATED}'), count(*) FROM inti_akun f {IN_FORCE} GROUP BY 1",
    "akun_diam": f"""SELECT '', sum(CASE WHEN f.unggahan_terakhir < '2026-07-01' THEN 1 ELSE 0 END) FROM inti_akun f {IN_FORCE}
                     AND f.unggahan_terakhir IS NOT NULL AND coalesce(f.status, '') NOT IN ('hilang', 'ditutup')""",
    "akun_pengikut": f"""SELECT '', sum(f.pengikut) FROM inti_akun f {IN_FORCE} AND coalesce(f.status, '') NOT IN ('hilang', 'ditutup')""",
    "akun_pengikut_platform": f"""SELECT coalesce(f.platform, '{NOT_STATED}'), sum(f.pengikut) FROM inti_akun f {IN_FORCE}
                                  AND f.pengikut IS NOT NULL AND coalesce(f.status, '') NOT IN ('hilang', 'ditutup') GROUP BY 1""",
    "akun_perubahan_pengikut": f"SELECT '', sum(n.people - b.people) FROM {IN_BOTH}",
    "akun_dibandingkan": f"SELECT '', count(*) FROM {IN_BOTH}",
    "hoaks_isu": f"SELECT '', count(*) FROM inti_isu_hoaks f {IN_FORCE}",
    "hoaks_konten": f"SELECT '', sum(jumlah_konten) FROM inti_isu_hoaks f {IN_FORCE}",
    "hoaks_diklarifikasi": f"SELECT '', count(tanggal_klarifikasi) FROM inti_isu_hoaks f {IN_FORCE}",
    "hoaks_klasifikasi": f"SELECT coalesce(klasifikasi, '{NOT_STATED}'), count(*) FROM inti_isu_hoaks f {IN_FORCE} GROUP BY 1",
    "permohonan_kanal": f"SELECT coalesce(kanal_permohonan, '{NOT_STATED}'), count(*) FROM inti_permohonan_info f {IN_FORCE} GROUP BY 1",
    "permohonan_pemohon": f"SELECT coalesce(jenis_pemohon, '{NOT_STATED}'), count(*) FROM inti_permohonan_info f {IN_FORCE} GROUP BY 1",
    "hoaks_sumber": f"SELECT coalesce(sumber_temuan, '{NOT_STATED}'), count(*) FROM inti_isu_hoaks f {IN_FORCE} GROUP BY 1",
    "hoaks_platform": f"SELECT coalesce(f.platform, '{NOT_STATED}'), count(*) FROM inti_isu_hoaks f {IN_FORCE} GROUP BY 1",
    "hoaks_tahapan": f"SELECT coalesce(terkait_tahapan, '{NOT_STATED}'), count(*) FROM inti_isu_hoaks f {IN_FORCE} GROUP BY 1",
    "publikasi_aksesibilitas": f"SELECT coalesce(aksesibilitas, '{NOT_STATED}'), count(*) FROM inti_publikasi f {IN_FORCE} GROUP BY 1",
    "permohonan_penolakan": f"SELECT alasan_penolakan, count(*) FROM inti_permohonan_info f {IN_FORCE} AND alasan_penolakan IS NOT NULL GROUP BY 1",
    "permohonan_biaya": f"SELECT '', sum(biaya_rp) FROM inti_permohonan_info f {IN_FORCE}",
    "hoaks_diturunkan": f"SELECT '', sum(jumlah_diturunkan) FROM inti_isu_hoaks f {IN_FORCE}",
    "hoaks_diproses": f"SELECT '', sum(jumlah_diproses) FROM inti_isu_hoaks f {IN_FORCE}",
    "hoaks_diteruskan": f"SELECT '', count(diteruskan_ke) FROM inti_isu_hoaks f {IN_FORCE}",
    "interaksi": f"SELECT '', sum(coalesce(suka, 0) + coalesce(komentar, 0) + coalesce(bagikan, 0)) FROM inti_publikasi f {IN_FORCE}",
    "kegiatan_bermitra": f"SELECT '', count(mitra) FROM inti_kegiatan f {IN_FORCE}",
    "kegiatan_narasumber": f"SELECT '', count(narasumber) FROM inti_kegiatan f {IN_FORCE}",
    "satker_wajib": """SELECT '', count(DISTINCT kode_satker) FROM operasi_kewajiban f
                       WHERE f.lembaga = :lembaga AND f.periode = :periode""",
    "satker_lapor": """SELECT '', count(DISTINCT w.kode_satker) FROM operasi_kewajiban w JOIN inti_kiriman k
                       ON k.kode_satker = w.kode_satker AND k.lembaga = w.lembaga AND k.periode = w.periode
                       WHERE w.lembaga = :lembaga AND w.periode = :periode AND k.status NOT IN ('ditolak', 'menunggu')""",
}  # fmt: skip
BY_PROVINCE = {
    "kegiatan_dilaporkan": f"SELECT substr(f.kode_satker, 1, 2), count(*) FROM inti_kegiatan f {IN_FORCE} GROUP BY 1",
    "acara_unik": f"SELECT substr(f.kode_satker, 1, 2), count(DISTINCT id_acara) FROM inti_kegiatan f {IN_FORCE} GROUP BY 1",
    "publikasi": f"SELECT substr(f.kode_satker, 1, 2), count(*) FROM inti_publikasi f {IN_FORCE} GROUP BY 1",
    "jangkauan": f"SELECT substr(f.kode_satker, 1, 2), sum(jangkauan) FROM inti_publikasi f {IN_FORCE} GROUP BY 1",
}


@pytest.fixture
def recap(warehouse: Warehouse, register: Register, calendar: Calendar) -> pd.DataFrame:
    """Two versions of some units, one refused, one nil, two silent; rolled up from the warehouse."""
    sent = [submission(code) for code in CODE[:-2]]
    new = [submission(code, "b", at=START + timedelta(days=3)) for code in ("33.74", "11")]
    warehouse.freeze_obligations(CYCLE, obligations(*CODE), START)
    warehouse.record_collection([collected(one) for one in (*sent, *new)])
    status = {
        sent[0].id: SubmissionStatus.NIHIL,
        sent[2].id: SubmissionStatus.REFUSED,
        new[1].id: SubmissionStatus.REFUSED,
    }
    warehouse.store_validation(CYCLE, batch([*sent, *new], 300, status=status))
    before = [replace(submission(code, "c"), periode=BEFORE.period) for code in CODE]
    warehouse.record_collection([collected(one) for one in before])
    warehouse.store_validation(BEFORE, batch(before, 300, seed=7))
    facts = {h.name: warehouse.facts(CYCLE, h.name) for h in DATASETS}
    required = warehouse.obligations(CYCLE)
    figure = roll_up(
        facts, warehouse.facts(BEFORE, "akun"), warehouse.verdicts(CYCLE), required, register, calendar, TW3, NOW,
        warehouse.ledger_counts(CYCLE), CYCLE.lembaga,
    )  # fmt: skip
    warehouse.store_figures(CYCLE, figure)
    return warehouse.figures(CYCLE)


def _ask(warehouse: Warehouse, query: str) -> dict[str, float]:
    with warehouse.engine.connect() as connection:
        row = connection.execute(text(query), {"lembaga": LEMBAGA, "periode": PERIOD})
        return {key: float(value) for key, value in row if value}


def test_figures_equal_what_plain_sql_counts(warehouse: Warehouse, recap: pd.DataFrame) -> None:
    nation = recap[recap["lingkup"] == "nasional"]
    for measure, query in MEASURES.items():
        one = nation[nation["ukuran"] == measure]
        counted = {r: n for r, n in zip(one["rincian"], one["nilai"], strict=True) if n}
        assert counted == pytest.approx(_ask(warehouse, query)), measure
    province = recap[(recap["lingkup"] == "provinsi") & (recap["rincian"] == "") & (recap["nilai"] != 0)]
    for measure, query in BY_PROVINCE.items():
        one = province[province["ukuran"] == measure]
        expected = {code: value for code, value in _ask(warehouse, query).items() if code != "00"}
        assert dict(zip(one["kode"], one["nilai"], strict=True)) == pytest.approx(expected), measure
    assert reconcile(recap) == []


UNLINKED = (
    " - sum(CASE WHEN f.url IS NULL AND f.kanal IN"
    " ('radio', 'televisi', 'media_cetak', 'papan_pengumuman', 'tatap_muka') THEN 1 ELSE 0 END)"
)


def test_completeness_of_descriptions_equals_what_plain_sql_counts(warehouse: Warehouse, recap: pd.DataFrame) -> None:
    filled = asked = 0.0
    for dataset in DATASETS:
        counts = " + ".join(f"count(f.{column.name})" for column in dataset.asked)
        every = f"{len(dataset.asked)} * count(*)" + (UNLINKED if dataset.name == "publikasi" else "")
        query = f"SELECT {counts}, {every} FROM inti_{dataset.name} f {IN_FORCE}"
        ((one, all_of_them),) = _ask(warehouse, query).items()
        filled, asked = filled + one, asked + all_of_them
    (nation,) = recap[(recap["lingkup"] == "nasional") & (recap["ukuran"] == "kelengkapan_uraian")].to_dict("records")
    assert 0 < filled < asked
    assert (nation["pembilang"], nation["penyebut"], nation["nilai"]) == (
        filled,
        asked,
        pytest.approx(100 * filled / asked),
    )


def test_rows_of_the_balance_equal_the_published_ones(warehouse: Warehouse, recap: pd.DataFrame) -> None:
    balance = warehouse.finish_run("r1", CYCLE, NOW)
    row = recap[(recap["lingkup"] == "nasional") & (recap["ukuran"] == "baris")].set_index("rincian")["nilai"]
    # A unit of which everything was refused shows its refused rows; they are not in force.
    refused = 3
    assert tuple(row[["masuk", "diterima", "dikarantina", "kembar"]]) == tuple(
        n + t for n, t in zip(balance.berlaku, (refused, 0, refused, 0), strict=True)
    )
    assert json.loads(json.dumps(warehouse.balance("r1", CYCLE)))["selisih"] == []
