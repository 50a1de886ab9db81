"""Validating a nation: our Great Expectations pass against GX's naive one, and what ten times the rows cost.

Method: 553 units with rows of activities made from the contract's examples, one in fifty spoiled. First the pass over
the same rows, alternating, in one process, CPU time, medians:

* *tuned*: as the pipeline runs it: datetime64[ns] and float columns, row rules as classes of our own, one fixed
  result format without queries and values, the frame's index as row id, no fingerprint, configurations asked once;
* *naive*: as the documentation shows it: pandas' own types (datetime64[us], object), stock expectations
  wherever ``aturan_validasi.csv`` names one (value set of 553 codes, compound uniqueness, column pairs, regexes over each
  text column), ``result_format="COMPLETE"`` with rows named by an index column, GX untouched;
* *plain*: our own suite, run with naive types, settings and GX untouched; it must name the same rows as tuned.

Then the whole of ``validate_batch`` (recognise, read, compare, judge, write findings) at 5k, 50k and, with ``--besar``,
500k rows.

    PYTHONPATH=include python bench/validation.py [--rounds 3] [--besar] [--json]
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import resource
import statistics
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from humas.contract.batch import Kumpulan
from humas.contract.checks.base import Pengetahuan
from humas.contract.columns import KEGIATAN
from humas.contract.result import KirimanTerbaca
from humas.contract.tables import Lembar, recognise
from humas.periods import Kalender
from humas.reading.table import Dokumen, TabelMentah
from humas.registry import Register, load_register
from humas.settings import Settings

TARGETS = {"rasio": 0.6, "detik_baca_50k": 2.5, "sepuluh_kali": 10.0}
SETTINGS = Settings(home=Path("bench"), database_url="")
PRIBADI = r"(?<!\d)\d{16}(?!\d)|(?<!\d)(?:\+?62|0)8[1-9]\d{7,10}(?!\d)|[\w.+\-]+@(?:gmail|yahoo|hotmail|outlook)\.com"
NAIF = {"result_format": "COMPLETE", "unexpected_index_column_names": ["row_id"]}


def make_submissions(register: Register, baris: int) -> list[KirimanTerbaca]:
    """A nation's submissions with ``baris`` rows in all, the same for the same number."""
    acak = random.Random(baris)
    satker = register.semua()
    banyak = [baris // len(satker) + (i < baris % len(satker)) for i in range(len(satker))]
    return [_submission(satu.kode, satu.nama, n, acak) for satu, n in zip(satker, banyak, strict=True)]


def _submission(kode: str, nama: str, banyak: int, acak: random.Random) -> KirimanTerbaca:
    kepala = [kolom.label for kolom in KEGIATAN.kolom]
    isi = [_row(kode, nama, nomor, acak) for nomor in range(banyak)]
    sampul = {"lembaga": "KPU", "kode_satker": kode, "nama_satker": nama, "periode": "2026-TW3", "nihil": not banyak}
    dokumen = Dokumen("xlsx", sampul, (TabelMentah(KEGIATAN.lembar, [kepala, *isi]),))
    return KirimanTerbaca(kode, "kpu", kode, "2026-TW3", datetime(2026, 10, 6, tzinfo=UTC), True, dokumen)


def _row(kode: str, nama: str, nomor: int, acak: random.Random) -> list[object]:
    hari = date(2026, 7, 1) + timedelta(days=acak.randrange(92))
    ubah = {
        "kode_satker": kode, "nama_satker": nama, "judul": f"Rapat koordinasi kehumasan {kode} nomor {nomor}",
        "tanggal_mulai": hari.strftime("%d/%m/%Y"), "tanggal_selesai": None, "hari": None, "tahun_tersirat": None,
        "tanggal_publikasi": hari.strftime("%d/%m/%Y"), "jumlah_peserta": f"{acak.randrange(3000)}",
        "url_bukti": f"https://kpu.go.id/{kode}/{nomor}", "nomor_dokumen": f"{nomor}/HM.03.5-Und/{kode}/2026",
        "jangkauan": str(acak.randrange(2000)), "tayangan": str(2000 + acak.randrange(3000)),
    }  # fmt: skip
    rusak: Sequence[dict[str, object]] = (
        {"judul": "Rapat"}, {"jumlah_peserta": "1.o07"}, {"mode": "telepon"}, {"tempat": None}, {"satuan_peserta": None},
    )  # fmt: skip
    ubah |= acak.choice(rusak) if acak.random() < 0.02 else {}
    return [ubah.get(kolom.nama, kolom.contoh) for kolom in KEGIATAN.kolom]


def coerced_frame(kiriman: Sequence[KirimanTerbaca], tahu: Pengetahuan) -> tuple[pd.DataFrame, float, float]:
    """The frame the suite sees; CPU seconds of recognising sheets, and of reading and building it."""
    from humas.contract import rows, validate

    mulai = time.process_time()
    kumpulan = Kumpulan(KEGIATAN)
    for nomor, satu in enumerate(kiriman):
        lembar = recognise(satu.dokumen.tabel[0]) if satu.dokumen else None
        if isinstance(lembar, Lembar):
            kumpulan.add(nomor, lembar, {})
    dikenali = time.process_time()
    asal = [validate._origin(satu, tahu.register) for satu in kiriman]
    frame = rows.build_frame(KEGIATAN, rows._read(kumpulan, asal, tahu), kumpulan, asal, range(len(kumpulan)))
    return frame, dikenali - mulai, time.process_time() - dikenali


def naive_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows as pandas gives them to somebody who does nothing special."""
    waktu = {nama: frame[nama].astype("datetime64[us]") for nama in frame.select_dtypes("datetime")}
    teks = {nama: frame[nama].astype(object) for nama in frame.select_dtypes("str")}
    return frame.assign(**waktu, **teks, row_id=range(len(frame))).reset_index(drop=True)


def stock_suite(register: Register) -> Any:
    """The suite with GX's own expectations for every rule that the rule table gives one."""
    import great_expectations as gx
    import great_expectations.expectations as gxe
    from humas.contract import engine
    from humas.contract.checks.activity import _TEMPLAT
    from humas.contract.checks.base import text_columns
    from humas.contract.checks.texts import campaign_words
    from humas.contract.suite import expectations

    stok = {"V01", "V02", "V07", "V12", "V23", "V24", "V32", "V33", "V51"}
    sisa = [h for h in expectations(KEGIATAN) if h.periksa is None or h.aturan.kode not in stok]
    urut = ("tanggal_selesai", "tanggal_mulai"), ("tayangan", "jangkauan")
    return gx.ExpectationSuite(
        name="stok",
        expectations=[
            *map(engine.gx_expectation, sisa),
            gxe.ExpectCompoundColumnsToBeUnique(column_list=["kiriman", "tanggal_mulai", "judul"]),
            gxe.ExpectColumnValuesToBeInSet(column="kode_satker", value_set=[u.kode for u in register.semua()]),
            gxe.ExpectColumnValuesToNotMatchRegex(column="judul", regex=f"(?i){_TEMPLAT.pattern}"),
            gxe.ExpectColumnValuesToNotBeNull(column="url_bukti"),
            gxe.ExpectColumnValuesToNotMatchRegex(column="url_bukti", regex=r"drive\.google|bit\.ly|s\.id/|dropbox"),
            *(gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A=a, column_B=b, or_equal=True) for a, b in urut),
            *(gxe.ExpectColumnValuesToNotMatchRegex(column=n, regex=PRIBADI) for n in text_columns(KEGIATAN)),
            *(
                gxe.ExpectColumnValuesToNotMatchRegex(column=n, regex=f"(?i){campaign_words().pattern}")
                for n in ("judul", "tempat")
            ),
        ],
    )


@contextmanager
def gx_untouched() -> Iterator[None]:
    """GX as it comes: its fingerprint of the frame, and a configuration for every key."""
    from great_expectations.execution_engine import pandas_execution_engine as gx_engine
    from great_expectations.expectations.expectation import Expectation
    from humas.contract import engine

    engine._batch_definition()
    kita = gx_engine.HASH_THRESHOLD, Expectation._get_domain_kwargs, Expectation._get_success_kwargs
    gx_engine.HASH_THRESHOLD = 1e9
    Expectation._get_domain_kwargs, Expectation._get_success_kwargs = engine.GX_ASLI
    try:
        yield
    finally:
        gx_engine.HASH_THRESHOLD, Expectation._get_domain_kwargs, Expectation._get_success_kwargs = kita


def compare(frame: pd.DataFrame, tahu: Pengetahuan, rounds: int) -> dict[str, Any]:
    """CPU seconds of the passes, alternating; medians and the ratios of tuned to the others."""
    from humas.contract import engine

    suite = engine.gx_suite(KEGIATAN)
    cara = {
        "tuned": (frame, suite, engine.RESULT_FORMAT, nullcontext),
        "naive": (naive_frame(frame), stock_suite(tahu.register), NAIF, gx_untouched),
        "plain": (naive_frame(frame), suite, NAIF, gx_untouched),
    }
    waktu: dict[str, list[float]] = {nama: [] for nama in cara}
    baris: dict[str, int] = {}
    for _ in range(rounds):
        for nama, (data, isi, bentuk, keadaan) in cara.items():
            with keadaan():
                mulai = time.process_time()
                hasil = engine._validate(isi, data, tahu, bentuk)
                waktu[nama].append(time.process_time() - mulai)
            baris[nama] = _named_rows(hasil)
    detik = {nama: statistics.median(satu) for nama, satu in waktu.items()}
    rasio = {nama: detik["tuned"] / detik[nama] for nama in ("naive", "plain")}
    return {
        "rows": len(frame),
        "detik": detik,
        "rasio": rasio,
        "baris": baris,
        "sama": baris["tuned"] == baris["plain"],
    }


def _named_rows(hasil: Any) -> int:
    """Rows named by all expectations together; one that could not run must not pass for a fast one."""
    gagal = [satu.expectation_config.type for satu in hasil.results if not satu.success and not satu.result]
    if gagal:
        raise RuntimeError(f"expectations that did not run: {gagal}")
    return sum(len(satu.result["unexpected_index_list"]) for satu in hasil.results if not satu.success)


def whole(register: Register, kalender: Kalender, baris: int) -> dict[str, Any]:
    """CPU seconds of the whole validation of a nation, with its balance."""
    from humas.contract.validate import validate_batch

    kiriman = make_submissions(register, baris)
    mulai = time.process_time()
    hasil = validate_batch(kiriman, register, kalender, SETTINGS)
    detik = time.process_time() - mulai
    masuk, diterima, ditahan, kembar = (
        sum(getattr(satu, nama) for satu in hasil.kiriman)
        for nama in ("baris_masuk", "diterima", "dikarantina", "kembar")
    )
    puncak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": masuk, "detik": detik, "diterima": diterima, "ditahan": ditahan, "kembar": kembar,
        "temuan": len(hasil.temuan), "mib": puncak,
    }  # fmt: skip


def measure(rounds: int, *, besar: bool) -> dict[str, Any]:
    """All figures."""
    warnings.simplefilter("ignore")
    register, kalender = load_register(SETTINGS), Kalender.load()
    tahu = Pengetahuan(register, kalender)
    whole(register, kalender, 553)  # imports, suites and caches are not what is measured
    frame, kenali, baca = coerced_frame(make_submissions(register, 50_000), tahu)
    bandingan = compare(frame, tahu, rounds)
    ukuran = [5_000, 50_000, *([500_000] if besar else [])]
    skala = [whole(register, kalender, baris) for baris in ukuran]
    kali = [b["detik"] / a["detik"] for a, b in itertools.pairwise(skala)]
    return {
        "bandingan": bandingan,
        "kenali_50k": kenali,
        "baca_50k": baca,
        "skala": skala,
        "kali": kali,
        "sasaran": TARGETS,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--besar", action="store_true", help="500,000 rows too")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    hasil = measure(args.rounds, besar=args.besar)
    if args.json:
        print(json.dumps(hasil, indent=1))
        return
    satu = hasil["bandingan"]
    print(f"GX, {satu['rows']} rows, CPU:", ", ".join(f"{nama} {detik:.2f} s" for nama, detik in satu["detik"].items()))
    print(
        f"tuned / naive {satu['rasio']['naive']:.2f} (target {TARGETS['rasio']}), tuned / plain {satu['rasio']['plain']:.2f}"
    )
    print(f"rows named {satu['baris']}, tuned and plain the same: {satu['sama']}")
    print(
        f"recognising {hasil['kenali_50k']:.2f} s, reading {hasil['baca_50k']:.2f} s (target {TARGETS['detik_baca_50k']})"
    )
    for baris in hasil["skala"]:
        print("whole: {rows} rows {detik:.2f} s CPU, {temuan} findings, peak {mib:.0f} MiB".format(**baris))
    print(
        "ten times the rows cost",
        ", ".join(f"{satu:.1f}x" for satu in hasil["kali"]),
        f"(target {TARGETS['sepuluh_kali']}x)",
    )


if __name__ == "__main__":
    main()
