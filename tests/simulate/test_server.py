"""The server: what behaves, each way of misbehaving, recovery and the operator's signs."""

from __future__ import annotations

import http.client
import json
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import pytest
from humas.simulate import state
from humas.simulate.handler import UKURAN_BOM, UKURAN_RAKSASA
from humas.simulate.model import JenisIsi, Pemulihan, Perangai


class Jawaban:
    """An answer read whole (or as far as it goes)."""

    def __init__(self, status: int, kepala: dict[str, str], isi: bytes) -> None:
        self.status, self.kepala, self.isi = status, kepala, isi


def fetch(demo, jalur: str, kepala: dict[str, str] | None = None, metode: str = "GET", tunggu: float = 5) -> Jawaban:
    sambungan = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=tunggu)
    try:
        sambungan.request(metode, jalur, headers=kepala or {})
        jawaban = sambungan.getresponse()
        try:
            isi = jawaban.read()
        except http.client.IncompleteRead as galat:
            isi = galat.partial
        return Jawaban(jawaban.status, {k.lower(): v for k, v in jawaban.getheaders()}, isi)
    finally:
        sambungan.close()


def path_of(demo, kode: str, halaman: int = 1) -> str:
    bentuk = demo.dunia.rencana[kode].saluran[0]
    return f"/api/{kode}?periode=2026-TW3&halaman={halaman}" if bentuk == "json" else f"/berkas/{kode}.{bentuk}"


def fetch_first(demo, ciri: Perangai | JenisIsi, **pilihan) -> Jawaban:
    return fetch(demo, path_of(demo, demo.dunia.codes(ciri)[0]), **pilihan)


def mendable(demo, perangai: Perangai) -> str:
    return next(k for k in demo.dunia.codes(perangai) if demo.dunia.rencana[k].pemulihan is Pemulihan.KENDALI)


def good(demo, bentuk: str) -> str:
    return next(
        kode
        for kode, r in demo.dunia.rencana.items()
        if (r.perangai, r.isi, r.saluran[0]) == (Perangai.BAIK, JenisIsi.WAJAR, bentuk)
    )


@pytest.mark.parametrize(("bentuk", "awal"), [("json", b"{"), ("xlsx", b"PK"), ("csv", b"")])
def test_good_unit_is_served_with_validators(demo, bentuk, awal):
    kode = good(demo, bentuk)
    jawaban = fetch(demo, path_of(demo, kode))
    assert jawaban.status == 200
    assert jawaban.isi.startswith(awal)
    assert int(jawaban.kepala["content-length"]) == len(jawaban.isi)
    kapan = parsedate_to_datetime(jawaban.kepala["last-modified"])
    assert kapan == demo.dunia.rencana[kode].dikirim_pada.replace(microsecond=0)


def test_unchanged_page_answers_304_without_body(demo):
    jalur = path_of(demo, good(demo, "json"))
    tanda = fetch(demo, jalur).kepala["etag"]
    jawaban = fetch(demo, jalur, {"If-None-Match": tanda})
    assert (jawaban.status, jawaban.isi) == (304, b"")
    assert jawaban.kepala["etag"] == tanda


@pytest.mark.parametrize(
    "jalur",
    ["/", "/api/99.99?periode=2026-TW3", "/api/33.74?periode=2026-TW2", "/api/33.74?halaman=99", "/berkas/../x"],
)
def test_what_does_not_exist_is_404(demo, jalur):
    assert fetch(demo, jalur).status == 404


def test_one_connection_serves_many_requests(demo):
    jalur = path_of(demo, good(demo, "json"))
    sambungan = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=5)
    for _ in range(3):
        sambungan.request("GET", jalur)
        assert sambungan.getresponse().read()
    sambungan.close()
    assert list(demo.pelayan.keadaan.counts().values()) == [3]


@pytest.mark.parametrize(
    ("perangai", "status"),
    [
        (Perangai.GALAT_SELALU, 500),
        (Perangai.GALAT_SEMENTARA, 500),
        (Perangai.CADANGAN, 500),
        (Perangai.SIBUK_SELALU, 429),
        (Perangai.ALIHAN_PUTAR, 302),
        (Perangai.ALIHAN_LUAR, 302),
        (Perangai.TIDAK_ADA, 404),
    ],
)
def test_status_faults_stay(demo, perangai, status):
    assert [fetch_first(demo, perangai).status for _ in range(2)] == [status] * 2


@pytest.mark.parametrize(("perangai", "status"), [(Perangai.GALAT_SEKALI, 500), (Perangai.SIBUK, 429)])
def test_short_faults_pass_after_one_request(demo, perangai, status):
    pertama, kedua = fetch_first(demo, perangai), fetch_first(demo, perangai)
    assert (pertama.status, kedua.status) == (status, 200)
    assert (pertama.kepala.get("retry-after") == "1") == (status == 429)


def test_passing_fault_outlasts_one_collection_and_then_mends_itself(demo):
    status = [fetch_first(demo, Perangai.GALAT_SEMENTARA).status for _ in range(5)]
    assert status == [500, 500, 500, 500, 200]


def test_slow_unit_takes_a_second_or_two(demo):
    assert all(1 <= demo.dunia.rencana[kode].detik <= 2 for kode in demo.dunia.codes(Perangai.LAMBAT))
    mulai = time.monotonic()
    assert fetch_first(demo, Perangai.LAMBAT).status == 200
    assert time.monotonic() - mulai > 0.9


def test_hanging_unit_says_nothing(demo):
    with pytest.raises(TimeoutError):
        fetch_first(demo, Perangai.GANTUNG, tunggu=0.3)


def test_dripping_unit_sends_single_bytes(demo):
    sambungan = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=5)
    sambungan.request("GET", path_of(demo, demo.dunia.codes(Perangai.TETES)[0]))
    jawaban = sambungan.getresponse()
    assert [jawaban.read1(10) for _ in range(3)] == [b" "] * 3
    sambungan.close()


def test_cut_answer_is_shorter_than_announced_and_strikes_the_last_page(demo):
    for kode in demo.dunia.codes(Perangai.POTONG):
        rencana = demo.dunia.rencana[kode]
        jumlah = len(demo.pelayan.document(rencana, rencana.saluran[0], 1).halaman)
        *utuh, akhir = [fetch(demo, path_of(demo, kode, nomor)) for nomor in range(1, jumlah + 1)]
        assert all(len(satu.isi) == int(satu.kepala["content-length"]) for satu in utuh)
        assert 0 < len(akhir.isi) < int(akhir.kepala["content-length"])


def test_login_page_comes_with_status_200(demo):
    jawaban = fetch_first(demo, Perangai.HALAMAN_MASUK)
    assert (jawaban.status, jawaban.kepala["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"Masuk" in jawaban.isi


def test_wrong_type_is_a_pdf(demo):
    assert fetch_first(demo, Perangai.JENIS_SALAH).isi.startswith(b"%PDF")


def test_huge_body_is_streamed_not_held(demo):
    sambungan = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=5)
    for kode in demo.dunia.codes(Perangai.RAKSASA):
        sambungan.request("GET", path_of(demo, kode))
        jawaban = sambungan.getresponse()
        assert jawaban.getheader("Content-Length") in {None, str(UKURAN_RAKSASA)}
        assert len(jawaban.read(2_000_000)) == 2_000_000
        sambungan.close()


def test_bomb_is_small_on_the_wire_and_300_mb_unpacked(demo):
    jawaban = fetch_first(demo, Perangai.BOM_GZIP)
    assert jawaban.kepala["content-encoding"] == "gzip"
    assert len(jawaban.isi) < 1_000_000
    banyak, sisa = 0, jawaban.isi
    while sisa:
        pembuka = zlib.decompressobj(31)
        banyak += len(pembuka.decompress(sisa))
        sisa = pembuka.unused_data
    assert banyak >= UKURAN_BOM


def test_loop_leads_back_and_detour_leads_off_the_list(demo):
    putar = fetch_first(demo, Perangai.ALIHAN_PUTAR).kepala["location"]
    assert putar.startswith(("/api/", "/berkas/"))
    assert fetch(demo, putar).status == 302
    assert "127.0.0.1" not in fetch_first(demo, Perangai.ALIHAN_LUAR).kepala["location"]


def test_dropped_connection_has_no_answer(demo):
    with pytest.raises(http.client.RemoteDisconnected):
        fetch_first(demo, Perangai.PUTUS)


def test_spare_channel_of_a_broken_api_serves(demo):
    kode = demo.dunia.codes(Perangai.CADANGAN)[0]
    assert fetch(demo, path_of(demo, kode)).status == 500
    assert fetch(demo, f"/berkas/{kode}.xlsx").status == 200


def test_workbook_may_lie_about_its_type(demo):
    jawaban = fetch_first(demo, JenisIsi.JENIS_BOHONG)
    assert (jawaban.kepala["content-type"], jawaban.isi[:2]) == ("text/csv; charset=utf-8", b"PK")


def test_corrected_version_comes_with_the_second_fetch_also_against_an_etag(demo):
    jalur = path_of(demo, demo.dunia.codes(JenisIsi.PERBAIKAN)[0])
    pertama = fetch(demo, jalur)
    kedua = fetch(demo, jalur, {"If-None-Match": pertama.kepala["etag"]})
    assert kedua.status == 200
    assert kedua.isi != pertama.isi
    assert fetch(demo, jalur, {"If-None-Match": kedua.kepala["etag"]}).status == 304


def test_report_counts_as_fetched_before_its_last_byte_arrives(demo, monkeypatch):
    asli = demo.pelayan.keadaan.note_served
    monkeypatch.setattr(demo.pelayan.keadaan, "note_served", lambda *apa: (time.sleep(0.2), asli(*apa)))
    jalur = path_of(demo, demo.dunia.codes(JenisIsi.PERBAIKAN)[0])
    assert fetch(demo, jalur).isi != fetch(demo, jalur).isi


def test_operator_mends_one_channel_and_reset_breaks_it_again(demo):
    kode, lain = (mendable(demo, satu) for satu in (Perangai.GALAT_SELALU, Perangai.TIDAK_ADA))
    assert fetch(demo, f"/kendali/pulih?satker={kode}", metode="POST").status == 200
    assert [fetch(demo, path_of(demo, satu)).status for satu in (kode, lain)] == [200, 404]
    assert json.loads(fetch(demo, "/kendali/keadaan").isi)["permintaan"][kode] == 1
    fetch(demo, "/kendali/reset", metode="POST")
    assert fetch(demo, path_of(demo, kode)).status == 500


def test_who_never_recovers_is_not_mended_by_a_sign(demo):
    demo.recover()
    status = [fetch(demo, path_of(demo, kode)).status for kode in demo.dunia.codes(Perangai.GALAT_SELALU)]
    assert sorted(status) == [200, 500, 500]


def test_channel_recovers_by_itself_after_a_time(demo, monkeypatch):
    jam = iter([100.0, 129.9, 130.0])
    monkeypatch.setattr(state, "time", SimpleNamespace(monotonic=lambda: next(jam)))
    monkeypatch.setattr(demo.pelayan.keadaan, "_pulih_setelah", 30)
    jalur = path_of(demo, mendable(demo, Perangai.HALAMAN_MASUK))
    assert [b"Masuk" in fetch(demo, jalur).isi for _ in range(3)] == [True, True, False]


def test_forty_slow_clients_wait_side_by_side(demo, monkeypatch):
    jalur = [path_of(demo, kode) for kode in demo.dunia.codes(Perangai.LAMBAT)] * 4
    bersama = threading.Barrier(len(jalur))
    asli = demo.pelayan.henti.wait
    monkeypatch.setattr(demo.pelayan.henti, "wait", lambda detik: bersama.wait(30) if detik >= 1 else asli(detik))
    with ThreadPoolExecutor(len(jalur)) as pool:
        assert {satu.status for satu in pool.map(lambda satu: fetch(demo, satu, tunggu=60), jalur)} == {200}
