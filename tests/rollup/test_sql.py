"""The national figures once more, by plain SQL on the warehouse: a path that shares no code with the roll-up."""

from __future__ import annotations

import json
from datetime import timedelta

import pandas as pd
import pytest
from humas.contract.columns import HIMPUNAN
from humas.contract.result import StatusKiriman
from humas.periods import Kalender
from humas.registry import Register
from humas.rollup import reconcile, roll_up
from humas.warehouse.gudang import Gudang
from sqlalchemy import text

from tests.rollup.nation import KINI, TW3, obligations
from tests.warehouse.batches import AWAL, LEMBAGA, PERIODE, batch, collected, submission

KODE = ("00", "11", "11.01", "33", "33.02", "33.74", "31", "31.71", "31.72", "32", "32.01")
BERLAKU = "JOIN inti_kiriman k ON k.id = f.id_kiriman WHERE k.lembaga = :lembaga AND k.periode = :periode AND k.berlaku"
UKURAN = {
    "kegiatan_dilaporkan": f"SELECT '', count(*) FROM inti_kegiatan f {BERLAKU}",
    "acara_unik": f"SELECT '', count(DISTINCT id_acara) FROM inti_kegiatan f {BERLAKU}",
    "kegiatan_strategi": f"SELECT cast(cast(strategi_utama AS int) AS text), count(*) FROM inti_kegiatan f {BERLAKU} GROUP BY 1",
    "kegiatan_jenis": f"SELECT jenis_kegiatan, count(*) FROM inti_kegiatan f {BERLAKU} GROUP BY 1",
    "kegiatan_mode": f"SELECT mode, count(*) FROM inti_kegiatan f {BERLAKU} GROUP BY 1",
    "kegiatan_peran": f"SELECT peran_satker, count(*) FROM inti_kegiatan f {BERLAKU} GROUP BY 1",
    "kegiatan_tahapan": f"SELECT tahapan, count(*) FROM inti_kegiatan f {BERLAKU} AND tahapan IS NOT NULL GROUP BY 1",
    "kegiatan_fungsi": f"SELECT fungsi, count(*) FROM inti_kegiatan f {BERLAKU} AND fungsi IS NOT NULL GROUP BY 1",
    "peserta": f"""SELECT coalesce(satuan_peserta, 'tidak_disebut') || '/' || coalesce(lingkup_peserta, 'tidak_disebut'),
                   sum(jumlah_peserta) FROM inti_kegiatan f {BERLAKU} AND jumlah_peserta IS NOT NULL GROUP BY 1""",
    "publikasi": f"SELECT '', count(*) FROM inti_publikasi f {BERLAKU}",
    "publikasi_kanal": f"SELECT kanal, count(*) FROM inti_publikasi f {BERLAKU} GROUP BY 1",
    "publikasi_jenis": f"SELECT jenis_konten, count(*) FROM inti_publikasi f {BERLAKU} GROUP BY 1",
    "jangkauan": f"SELECT '', sum(jangkauan) FROM inti_publikasi f {BERLAKU}",
    "tayangan": f"SELECT '', sum(tayangan) FROM inti_publikasi f {BERLAKU}",
    "permohonan": f"SELECT '', count(*) FROM inti_permohonan_info f {BERLAKU}",
    "permohonan_putusan": f"SELECT putusan, count(*) FROM inti_permohonan_info f {BERLAKU} GROUP BY 1",
    "hoaks_isu": f"SELECT '', count(*) FROM inti_isu_hoaks f {BERLAKU}",
    "hoaks_konten": f"SELECT '', sum(jumlah_konten) FROM inti_isu_hoaks f {BERLAKU}",
    "hoaks_diklarifikasi": f"SELECT '', count(tanggal_klarifikasi) FROM inti_isu_hoaks f {BERLAKU}",
    "hoaks_klasifikasi": f"SELECT klasifikasi, count(*) FROM inti_isu_hoaks f {BERLAKU} AND klasifikasi IS NOT NULL GROUP BY 1",
    "satker_wajib": """SELECT '', count(DISTINCT kode_satker) FROM operasi_kewajiban f
                       WHERE f.lembaga = :lembaga AND f.periode = :periode""",
    "satker_lapor": """SELECT '', count(DISTINCT w.kode_satker) FROM operasi_kewajiban w JOIN inti_kiriman k
                       ON k.kode_satker = w.kode_satker AND k.lembaga = w.lembaga AND k.periode = w.periode
                       WHERE w.lembaga = :lembaga AND w.periode = :periode AND k.status NOT IN ('ditolak', 'menunggu')""",
}  # fmt: skip
MENURUT_PROVINSI = {
    "kegiatan_dilaporkan": f"SELECT substr(f.kode_satker, 1, 2), count(*) FROM inti_kegiatan f {BERLAKU} GROUP BY 1",
    "acara_unik": f"SELECT substr(f.kode_satker, 1, 2), count(DISTINCT id_acara) FROM inti_kegiatan f {BERLAKU} GROUP BY 1",
    "publikasi": f"SELECT substr(f.kode_satker, 1, 2), count(*) FROM inti_publikasi f {BERLAKU} GROUP BY 1",
    "jangkauan": f"SELECT substr(f.kode_satker, 1, 2), sum(jangkauan) FROM inti_publikasi f {BERLAKU} GROUP BY 1",
}


@pytest.fixture
def rekap(gudang: Gudang, register: Register, kalender: Kalender) -> pd.DataFrame:
    """Two versions of some units, one refused, one nil, two silent; rolled up from the warehouse."""
    kiriman = [submission(kode) for kode in KODE[:-2]]
    baru = [submission(kode, "b", at=AWAL + timedelta(days=3)) for kode in ("33.74", "11")]
    gudang.freeze_obligations(LEMBAGA, PERIODE, obligations(*KODE), AWAL)
    gudang.record_collection([collected(satu) for satu in (*kiriman, *baru)])
    status = {
        kiriman[0].id: StatusKiriman.NIHIL,
        kiriman[2].id: StatusKiriman.DITOLAK,
        baru[1].id: StatusKiriman.DITOLAK,
    }
    gudang.store_validation(LEMBAGA, PERIODE, batch([*kiriman, *baru], 300, status=status))
    fakta = {h.nama: gudang.facts(LEMBAGA, PERIODE, h.nama) for h in HIMPUNAN}
    wajib = gudang.obligations(LEMBAGA, PERIODE)
    angka = roll_up(fakta, gudang.verdicts(LEMBAGA, PERIODE), wajib, register, kalender, TW3, KINI)
    gudang.store_figures(LEMBAGA, PERIODE, angka)
    return gudang.figures(LEMBAGA, PERIODE)


def _ask(gudang: Gudang, query: str) -> dict[str, float]:
    with gudang.engine.connect() as koneksi:
        baris = koneksi.execute(text(query), {"lembaga": LEMBAGA, "periode": PERIODE})
        return {kunci: float(nilai) for kunci, nilai in baris if nilai}


def test_figures_equal_what_plain_sql_counts(gudang: Gudang, rekap: pd.DataFrame) -> None:
    nasional = rekap[rekap["lingkup"] == "nasional"]
    for ukuran, query in UKURAN.items():
        satu = nasional[nasional["ukuran"] == ukuran]
        dihitung = {r: n for r, n in zip(satu["rincian"], satu["nilai"], strict=True) if n}
        assert dihitung == pytest.approx(_ask(gudang, query)), ukuran
    provinsi = rekap[(rekap["lingkup"] == "provinsi") & (rekap["rincian"] == "") & (rekap["nilai"] != 0)]
    for ukuran, query in MENURUT_PROVINSI.items():
        satu = provinsi[provinsi["ukuran"] == ukuran]
        harap = {kode: nilai for kode, nilai in _ask(gudang, query).items() if kode != "00"}
        assert dict(zip(satu["kode"], satu["nilai"], strict=True)) == pytest.approx(harap), ukuran
    assert reconcile(rekap) == []


def test_rows_of_the_balance_equal_the_published_ones(gudang: Gudang, rekap: pd.DataFrame) -> None:
    neraca = gudang.finish_run("r1", LEMBAGA, PERIODE, KINI)
    baris = rekap[(rekap["lingkup"] == "nasional") & (rekap["ukuran"] == "baris")].set_index("rincian")["nilai"]
    # A unit of which everything was refused shows its refused rows; they are not in force.
    ditolak = 3
    assert tuple(baris[["masuk", "diterima", "dikarantina", "kembar"]]) == tuple(
        n + t for n, t in zip(neraca.berlaku, (ditolak, 0, ditolak, 0), strict=True)
    )
    assert json.loads(json.dumps(gudang.neraca("r1", LEMBAGA, PERIODE)))["selisih"] == []
