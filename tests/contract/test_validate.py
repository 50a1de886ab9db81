"""Validation through Great Expectations: every rule fires on its row and on no other, verdicts and conservation hold."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from humas.contract.columns import HIMPUNAN, MENURUT_NAMA
from humas.contract.result import HasilBatch, KirimanTerbaca, StatusKiriman
from humas.contract.rules import load_rules
from humas.errors import SistemError
from humas.reading.table import TabelMentah

from tests.contract import contoh
from tests.contract.contoh import findings, row, sheet, submission, validate

pytestmark = pytest.mark.mesin

NIK = "3374011505900002"
K, P, I, H = MENURUT_NAMA.values()  # noqa: E741
NON = {"hari": None, "tanggal_selesai": None, "tanggal_publikasi": None}
PESERTA = {"peran_satker": "peserta"}
TERIMA = {"tanggal_terima": "06/07/2026", "tanggal_lengkap": None}

BARIS: list[tuple[str, object, dict[str, object], str]] = [
    ("good activity", K, {}, ""),
    ("good publication", P, {}, ""),
    ("good request", I, {}, ""),
    ("good issue", H, {}, ""),
    ("empty title", K, {"judul": None}, "V12"),
    ("short title", K, {"judul": "Rapat"}, "V12"),
    ("400-character word", K, {"judul": "a" * 400}, "V12"),
    ("1,200-character words", K, {"judul": "rapat " * 200}, "V12"),
    ("template title", K, {"judul": "Lorem ipsum dolor sit amet"}, "V12"),
    ("trial title", K, {"judul": "tes tes tes tes"}, "V12"),
    ("a title that only begins like a trial", K, {"judul": "Testimoni pemilih pemula di sekolah"}, ""),
    ("impossible date", K, {"tanggal_mulai": "31/09/2026", **NON}, "V06"),
    ("no date", K, {"tanggal_mulai": None, **NON}, "V06"),
    ("participants without a scope", K, {"lingkup_peserta": None}, "V19"),
    ("as many participants as may pass", K, {"jumlah_peserta": 5000, "mode": "Luring"}, ""),
    ("no kind", K, {"jenis_kegiatan": None}, "V13"),
    ("strategy in words", K, {"strategi_utama": "Semua"}, "V16"),
    ("phone in a caption", P, {"judul": "Hubungi 081234567890 segera"}, "V32"),
    ("NIK in a request", I, {"informasi_diminta": f"Data warga NIK {NIK}"}, "V32"),
    ("campaign in a caption", P, {"judul": "Ayo coblos nomor 3 bersama relawan"}, "V33"),
    ("weekday without a date", K, {**NON, "tanggal_mulai": None, "hari": "Rabu"}, "V06"),
    ("on line without a place", K, {"mode": "daring", "tempat": None, "platform": "Zoom"}, ""),
    ("ends before it starts", K, {"tanggal_selesai": "30/06/2026"}, "V07"),
    ("ends before it starts, ISO", K, {"tanggal_selesai": "2026-06-30"}, "V07"),
    ("31 days", K, {"tanggal_selesai": "01/08/2026"}, ""),
    ("32 days", K, {"tanggal_selesai": "02/08/2026"}, "V07"),
    ("end cannot be read", K, {"tanggal_selesai": "besok"}, "V07"),
    ("future", K, {"tanggal_mulai": "07/10/2026", **NON}, "V08"),
    ("today", K, {"tanggal_mulai": "06/10/2026", **NON}, "K44"),
    ("last quarter", K, {"tanggal_mulai": "30/06/2026", **NON}, "V09"),
    ("first day", K, {"tanggal_mulai": "01/07/2026", **NON}, ""),
    ("last day", K, {"tanggal_mulai": "30/09/2026", **NON}, ""),
    ("wrong weekday", K, {"hari": "Rabu"}, "V10"),
    ("unknown weekday", K, {"hari": "Wage"}, "V10"),
    ("inferred year", K, {"tahun_tersirat": "tanggal_terbit"}, "V11"),
    ("unknown kind", K, {"jenis_kegiatan": "Turnamen futsal"}, "V13"),
    ("unknown mode", K, {"mode": "lewat telepon"}, "V14"),
    ("in person without place", K, {"tempat": None}, "V15"),
    ("on line without platform", K, {"mode": "Daring", "platform": None}, "V15"),
    ("hybrid without platform", K, {"mode": "Hibrida", "platform": None}, ""),
    ("strategy 9", K, {"strategi_utama": 9, "jenis_kegiatan": "Sosialisasi"}, "V16"),
    ("no strategy", K, {"strategi_utama": None}, "V16"),
    ("other strategy 11", K, {"strategi_lain": "3, 11"}, "V16"),
    ("odd strategy", K, {"jenis_kegiatan": "Bimtek"}, "V17"),
    ("1.o07", K, {"jumlah_peserta": "1.o07"}, "V18"),
    ("NaN", K, {"jumlah_peserta": math.nan}, "V18"),
    ("Inf", K, {"jumlah_peserta": "Inf"}, "V18"),
    ("negative", K, {"jumlah_peserta": -5}, "V18"),
    ("participants without unit", K, {"satuan_peserta": None}, "V19"),
    ("no participants at all", K, {"jumlah_peserta": None, "satuan_peserta": None, "lingkup_peserta": None}, ""),
    ("too many in person", K, {"jumlah_peserta": "5.001"}, "V20"),
    ("as many on line", K, {"jumlah_peserta": "5.001", "mode": "Daring"}, ""),
    ("unknown role", K, {"peran_satker": "Seksi konsumsi"}, "V21"),
    ("a place of 250 characters", K, {"tempat": "Aula " + "besar " * 50}, "K10"),
    ("no organiser", K, {"penyelenggara": "-"}, "V22"),
    ("organised by itself", K, {"penyelenggara": None, "peran_satker": "Penyelenggara"}, ""),
    ("no evidence", K, {"url_bukti": None}, "V23"),
    ("javascript as evidence", K, {"url_bukti": "javascript:alert(1)"}, "V23"),
    ("private storage", K, {"url_bukti": "https://drive.google.com/file/d/1"}, "V24"),
    ("short link", K, {"url_bukti": "https://kota-semarang.kpu.go.id/9, https://bit.ly/x"}, "V24"),
    ("bare number", K, {"url_bukti": "http://10.1.2.3/x"}, "V24"),
    ("a host that only ends alike", K, {"url_bukti": "https://berita.bit.ly.go.id/x"}, ""),
    ("opinion", K, {"judul": "Opini: mencatat suara warga"}, "V26"),
    ("published before", K, {"tanggal_publikasi": "01/07/2026"}, "V27"),
    ("published 3 working days after", K, {"tanggal_publikasi": "08/07/2026"}, ""),
    ("published 4 working days after", K, {"tanggal_publikasi": "09/07/2026"}, "V27"),
    ("KIP outside Aceh", K, {"penyelenggara": "KIP"}, "V30"),
    ("KIP spelled out", K, {"penyelenggara": "Komisi Informasi Pusat (KIP)"}, ""),
    ("NIK in the title", K, {"judul": f"Pendampingan warga NIK {NIK}"}, "V32"),
    ("NIK as a number", K, {"nomor_dokumen": int(NIK)}, "V32"),
    ("phone among partners", K, {"mitra": "PWI; Budi 081234567890"}, "V32"),
    ("private mail", K, {"tempat": "Rumah a.b@gmail.com"}, "V32"),
    ("phone in a link", K, {"url_bukti": "https://wa.me/6281234567890"}, "V32"),
    ("NIK in the path of a link", K, {"url_bukti": "https://contoh.go.id/pemohon/3374015503850007"}, "V32"),
    ("NIK in a reference", H, {"rujukan": "https://contoh.go.id/a https://contoh.go.id/cek?no_ktp=3374015503850007"}, "V32"),
    ("phone in a link that is a text", K, {"platform": "https://wa.me/6281234567890", "mode": "daring"}, "V32"),
    ("NIK behind a year", K, {"tempat": "Rumah warga 2026 3374 0155 0385 0007"}, "V32"),
    ("phone behind brackets", K, {"tempat": "Aula (0812) 3456-7890"}, "V32"),
    ("campaigning", K, {"judul": "Ayo coblos nomor 3 bersama relawan"}, "V33"),
    ("training called clarification", K, {"judul": "Pelatihan menangkal hoaks", "jenis_kegiatan": "Klarifikasi hoaks"}, "V38"),
    ("views below reach", K, {"tayangan": 10}, "V51"),
    ("unreadable reach", K, {"jangkauan": "banyak"}, "K03"),
    ("unknown optional choice", K, {"fungsi": "dekoratif"}, "K06"),
    ("control character", K, {"judul": "Rapat\u0007 koordinasi kehumasan"}, "K11"),
    ("code as number", K, {"kode_satker": 33.74}, "K21"),
    ("formula", K, {"judul": '=HYPERLINK("https://contoh.go.id";"klik")'}, ""),
    ("typst code", K, {"judul": '#eval("1+1") pada rapat'}, ""),
    ("script", K, {"judul": "<script>alert(1)</script> rapat"}, ""),
    ("path", K, {"judul": "../../../etc/passwd rapat", "tempat": "../aula"}, ""),
    ("emoji", K, {"judul": "Rapat penuh semangat 🎉🇮🇩"}, ""),
    ("unknown code", K, {"kode_satker": "99.99", "nama_satker": None}, "V02"),
    ("code without dot", K, {"kode_satker": "3374"}, "V03"),
    ("code cut short", K, {"kode_satker": 32.1}, "V03"),
    ("BPS code", K, {"kode_satker": "31.72", "nama_satker": "Jakarta Timur"}, "V04"),
    ("unknown name", K, {"nama_satker": "Kota Antah Berantah"}, "V04"),
    ("bare name", K, {"nama_satker": "Semarang"}, "V29"),
    ("another unit's code with a bare name", K, {"kode_satker": "33.22", "nama_satker": "Semarang"}, "V29"),
    ("body named in front", K, {"nama_satker": "KPU Kota Semarang"}, ""),
    ("unknown body", K, {"lembaga": "Kementerian Perikanan"}, "V05"),
    ("another unit", K, {"kode_satker": "32.73", "nama_satker": "Kota Bandung"}, "K19"),
    ("another body", K, {"lembaga": "Bawaslu"}, "K20"),
    ("no channel", P, {"kanal": None}, "K01"),
    ("unknown channel", P, {"kanal": "Friendster"}, "K05"),
    ("no link", P, {"url": None}, "K01"),
    ("no http link", P, {"url": "ftp://x.go.id"}, "K07"),
    ("no such day", P, {"tanggal_terbit": "31/09/2026"}, "K02"),
    ("likes in words", P, {"suka": "banyak"}, "K03"),
    ("negative likes", P, {"suka": -3}, "K04"),
    ("negative views", P, {"tayangan": -3, "jangkauan": None}, "V51"),
    ("published last quarter", P, {"tanggal_terbit": "30/06/2026"}, "V09"),
    ("day and month swapped", K, {"tanggal_mulai": date(2026, 2, 7), **NON}, "V09"),
    ("day and month swapped into the future", P, {"tanggal_terbit": date(2026, 12, 7)}, "V08"),
    ("published in future", P, {"tanggal_terbit": "07/10/2026"}, "V08"),
    ("received in future", I, {"tanggal_terima": "07/10/2026", "tanggal_lengkap": None, "tanggal_tanggapan": None}, "V08"),
    ("no number", I, {"no_registrasi": None}, "V39"),
    ("no regime", I, {"rezim": None}, "V40"),
    ("short request", I, {"informasi_diminta": "Data"}, "K09"),
    ("10 working days", I, {**TERIMA, "tanggal_tanggapan": "20/07/2026"}, ""),
    ("11 working days", I, {**TERIMA, "tanggal_tanggapan": "21/07/2026"}, "V41"),
    ("election regime, 4 days", I, {**TERIMA, "rezim": "PEMILU", "tanggal_tanggapan": "10/07/2026"}, "V41"),
    (
        "extended, 17 days", I,
        {**TERIMA, "tanggal_perpanjangan": "13/07/2026", "alasan_perpanjangan": "Dokumen dihimpun", "tanggal_tanggapan": "29/07/2026"}, "",
    ),
    ("extended without reason", I, {**TERIMA, "tanggal_perpanjangan": "13/07/2026", "tanggal_tanggapan": "14/07/2026"}, "V42"),
    ("reason without extension", I, {"alasan_perpanjangan": "Dokumen dihimpun"}, "V42"),
    ("refused without ground", I, {"putusan": "Ditolak (dikecualikan)"}, "V43"),
    ("refused with ground", I, {"putusan": "Ditolak (dikecualikan)", "alasan_penolakan": "Dikecualikan", "dasar_penolakan": "Pasal 17"}, ""),
    ("overdue", I, {**TERIMA, "putusan": "Dalam proses", "tanggal_tanggapan": None}, "V44"),
    ("received on Sunday", I, {"tanggal_terima": "05/07/2026", "tanggal_lengkap": None}, "K22"),
    ("answered before receipt", I, {"tanggal_tanggapan": "01/07/2026"}, "K24"),
    ("no items", H, {"jumlah_konten": 0, "jumlah_diturunkan": 0, "jumlah_diproses": 0}, "V34"),
    ("more handled than found", H, {"jumlah_konten": 1}, "V35"),
    ("clarified before found", H, {"tanggal_klarifikasi": "13/08/2026 08.29"}, "V36"),
    ("clarified before found, ISO", H, {"tanggal_temuan": "2026-08-13T08:30:00", "tanggal_klarifikasi": "2026-08-13T08:29:00"}, "V36"),
    ("clarified after report", H, {"tanggal_klarifikasi": "06/10/2026 09.01"}, "V36"),
    ("clarified without link", H, {"url_klarifikasi": None}, "V37"),
    ("phone in claim", H, {"judul_klaim": "Hubungi 0812 3456 7890 untuk uang"}, "V32"),
]  # fmt: skip


LUAR = ("06/10/2026", "30/06/2026", date(2026, 2, 7))


def _one(nomor: int, himpunan, isi: dict[str, object]) -> KirimanTerbaca:
    """A submission of a unit of its own with a link of its own, so that rules across rows keep quiet."""
    bukti = f"https://kota-semarang.kpu.go.id/blog/read/{nomor}"
    isian = ({"url_bukti": bukti} if himpunan is K else {"url": bukti} if himpunan is P else {}) | isi
    baik = [row(himpunan)] if isi.get(himpunan.acuan) in LUAR else []  # else the whole file would be asked about
    return submission(sheet(row(himpunan, **isian), *baik, himpunan=himpunan), nomor=nomor)


def _row_findings(hasil: HasilBatch, nomor: int) -> pd.DataFrame:
    return hasil.temuan[(hasil.temuan["id_kiriman"] == f"k{nomor}") & (hasil.temuan["baris"] == 2)]


@pytest.fixture(scope="module")
def hasil() -> HasilBatch:
    return validate(*(_one(nomor, himpunan, isi) for nomor, (_, himpunan, isi, _) in enumerate(BARIS)))


@pytest.mark.parametrize("nomor", range(len(BARIS)), ids=[satu[0] for satu in BARIS])
def test_each_rule_fires_on_its_row_alone(hasil, nomor):
    _, himpunan, _, kode = BARIS[nomor]
    temuan = hasil.temuan[(hasil.temuan["id_kiriman"] == f"k{nomor}") & (hasil.temuan["baris"] == 2)]
    assert ",".join(sorted(set(temuan["kode"]))) == kode
    fatal = bool((temuan["keparahan"] == "FATAL").any())
    ditahan = hasil.karantina[hasil.karantina["id_kiriman"] == f"k{nomor}"]
    diterima = hasil.diterima[himpunan.nama]
    assert len(ditahan) == fatal
    assert ((diterima["id_kiriman"] == f"k{nomor}") & (diterima["baris"] == 2)).sum() == (not fatal)


def test_findings_name_place_value_and_remedy(hasil):
    letak = next(i for i, satu in enumerate(BARIS) if satu[0] == "1.o07")
    (temuan,) = _row_findings(hasil, letak).to_dict("records")
    assert temuan == {
        "id_kiriman": f"k{letak}", "himpunan": "kegiatan", "lembar": "Kegiatan", "baris": 2, "kolom": "jumlah_peserta",
        "huruf": "S", "kode": "V18", "keparahan": "FATAL",
        "pesan": 'Kegiatan, baris 2, kolom S (Jumlah peserta): "1.o07" bukan bilangan.',
        "cara": "Tulis angka tanpa huruf, misalnya 1007.", "nilai": "1.o07",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("nama", "pesan", "cara"),
    [
        ("impossible date", '"31/09/2026" bukan tanggal.', "September 2026 berakhir pada tanggal 30; perbaiki tanggalnya."),
        ("code cut short", "Mungkin 32.10 Kabupaten Majalengka atau 32.01 Kabupaten Bogor.", "32.10"),
        ("code without dot", "", "teks"),
        ("BPS code", "Kode ini kode BPS.", "kode Kemendagri"),
        ("inferred year", "tahun tidak tertulis; disimpulkan dari tanggal terbit.", "dengan tahun"),
        ("clarified before found, ISO", "klarifikasi 13 Agustus 2026 pukul 08.29 mendahului temuan 13 Agustus 2026 pukul 08.30.", "Periksa"),
        ("clarified after report", "waktu klarifikasi 6 Oktober 2026 pukul 09.01 sesudah laporan tiba.", "Periksa"),
        ("ends before it starts, ISO", "selesai 30 Juni 2026 sebelum mulai 2 Juli 2026.", "Periksa"),
        ("1,200-character words", "teks sepanjang 1.199 huruf, paling banyak 300.", "300 huruf"),
        ("strategy in words", '"Semua" tidak dikenal sebagai strategi utama.', "Tulis satu nomor: 1 Jejaring, 2 Pertemuan dan koordinasi"),
        ("strategy 9", "9 di luar batas, 1 sampai 8.", "Tulis satu nomor: 1 Jejaring, 2 Pertemuan dan koordinasi"),
        ("bare name", '"Semarang" ada 2.', '"Kota Semarang" (33.74)'),
        ("wrong weekday", "2 Juli 2026 adalah Kamis, tertulis \"Rabu\"", "Pastikan"),
        ("empty title", "kosong, padahal wajib.", "misalnya Rapat koordinasi"),
        ("day and month swapped", "7 Februari 2026 di luar periode", "Bila maksudnya 2 Juli 2026, hari dan bulannya tertukar"),
        ("day and month swapped into the future", "7 Desember 2026 belum terjadi", "tulis 12/07/2026. Bila tidak: Laporkan"),
        ("last quarter", "30 Juni 2026 di luar periode", "Tidak perlu tindakan bila tanggalnya benar."),
        ("unknown kind", '"Turnamen futsal" tidak dikenal sebagai jenis kegiatan.', "Pilih: "),
        ("javascript as evidence", "Isian ini tidak dipakai.", "https://"),
        ("11 working days", "dijawab 11 hari kerja", "dicatat" and "Tidak perlu"),
        ("400-character word", "teks sepanjang 400 huruf, paling banyak 300.", "10 sampai 300"),
    ],
)  # fmt: skip
def test_messages(hasil, nama, pesan, cara):
    letak = next(i for i, satu in enumerate(BARIS) if satu[0] == nama)
    temuan = hasil.temuan[(hasil.temuan["id_kiriman"] == f"k{letak}") & (hasil.temuan["baris"] == 2)].iloc[0]
    assert pesan in temuan["pesan"]
    assert cara in temuan["cara"]


def test_no_personal_data_anywhere_in_the_result(hasil):
    for nama in ("temuan", "karantina", "kembar"):
        teks = getattr(hasil, nama).to_csv()
        assert NIK not in teks
        assert "081234567890" not in teks
        assert "0812 3456 7890" not in teks
        assert "gmail" not in teks
    assert all(NIK not in bingkai.to_csv() for bingkai in hasil.diterima.values())


def test_warned_cells_that_cannot_be_used_are_left_out(hasil):
    kegiatan = hasil.diterima["kegiatan"].set_index("id_kiriman")
    publikasi = hasil.diterima["publikasi"].set_index("id_kiriman")
    nomor = {nama: f"k{i}" for i, (nama, *_) in enumerate(BARIS)}
    assert kegiatan.at[nomor["unknown weekday"], "hari"] is None
    assert kegiatan.at[nomor["unknown optional choice"], "fungsi"] is None
    assert math.isnan(publikasi.at[nomor["negative views"], "tayangan"])
    assert kegiatan.at[nomor["views below reach"], "tayangan"] == 10


def test_accepted_rows_have_the_promised_columns_and_types(hasil):
    for himpunan in HIMPUNAN:
        bingkai = hasil.diterima[himpunan.nama]
        lain = ["id_kiriman", "lembar", "baris", "id_baris", "susulan"] + (["id_acara"] if himpunan is K else [])
        assert list(bingkai.columns) == [kolom.nama for kolom in himpunan.kolom] + lain
        assert bingkai["susulan"].dtype == bool
        assert bingkai["id_baris"].str.fullmatch("[0-9a-f]{24}").all()
    kegiatan = hasil.diterima["kegiatan"].iloc[0]
    assert str(hasil.diterima["kegiatan"]["tanggal_mulai"].dtype) == "datetime64[ns]"
    assert kegiatan["jumlah_peserta"] == 120.0
    assert json.loads(kegiatan["kanal"]) == ["website", "instagram"]
    assert kegiatan["tanggal_selesai"] == pd.Timestamp("2026-07-03")


def test_late_rows_are_marked(hasil):
    kegiatan = hasil.diterima["kegiatan"].set_index(["id_kiriman", "baris"])["susulan"]
    nomor = {nama: f"k{i}" for i, (nama, *_) in enumerate(BARIS)}
    mulai, pertama, akhir = (kegiatan[nomor[nama], 2] for nama in ("last quarter", "first day", "last day"))
    assert (bool(mulai), bool(pertama), bool(akhir)) == (True, False, False)


def test_every_rule_a_row_can_break_is_tried_here(hasil):
    tercoba = set(hasil.temuan["kode"])
    lain = {"V01", "V25", "V31", "K08", "K18", "K45"}
    harus = {kode for kode, aturan in load_rules().items() if aturan.tempat == "baris"}
    assert harus - tercoba == lain


def test_findings_are_sorted(hasil):
    urut = hasil.temuan.sort_values(
        ["id_kiriman", "himpunan", "lembar", "baris", "kolom", "kode", "pesan"], kind="stable"
    )
    pd.testing.assert_frame_equal(urut, hasil.temuan)


def _only(hasil: HasilBatch, *nama: str) -> HasilBatch:
    """What a batch says of some of its submissions."""
    id_ = [f"k{satu}" for satu in nama]

    def pick(bingkai: pd.DataFrame) -> pd.DataFrame:
        return bingkai[bingkai["id_kiriman"].isin(id_)].reset_index(drop=True)

    return HasilBatch(
        kiriman=tuple(vonis for vonis in hasil.kiriman if vonis.id_kiriman in id_),
        diterima={himpunan: pick(bingkai) for himpunan, bingkai in hasil.diterima.items()},
        temuan=pick(hasil.temuan),
        karantina=pick(hasil.karantina),
        kembar=pick(hasil.kembar),
    )


BENTROK = [
    ("activity", K, {"jumlah_peserta": 77}, "V01"),
    ("publication", P, {"suka": 77}, "K18"),
    ("request", I, {"informasi_diminta": "Informasi lain lagi"}, "V39"),
    ("issue", H, {"judul_klaim": "Klaim lain lagi"}, "V34"),
]
SAMPUL_LAZIM: list[dict[str, object]] = [
    {"kode_satker": 33.74},
    {"nama_satker": "KPU Kota Semarang"},
    {"periode": "TW3 2026", "lembaga": "kpu"},
    {"versi_kontrak": 1.0},
    {"nihil": "Tidak"},
]
TANGGA: list[tuple[str, list[TabelMentah], dict[str, object], StatusKiriman, set[str]]] = [
    ("nil", [], {"nihil": True}, StatusKiriman.NIHIL, set()),
    ("nil with empty sheet", [sheet()], {"nihil": "Ya"}, StatusKiriman.NIHIL, set()),
    ("nil with rows", [sheet(row())], {"nihil": "NIHIL"}, StatusKiriman.DENGAN_CATATAN, {"V48"}),
    ("nothing", [], {}, StatusKiriman.DITOLAK, {"V48"}),
    ("empty sheet", [sheet()], {}, StatusKiriman.DITOLAK, {"V48"}),
    ("good", [sheet(row())], {}, StatusKiriman.DITERIMA, set()),
    ("warned", [sheet(row(hari="Rabu"))], {}, StatusKiriman.DENGAN_CATATAN, {"V10"}),
    ("partly", [sheet(row(), row(judul="x"))], {}, StatusKiriman.SEBAGIAN, {"V12"}),
    ("none left", [sheet(row(judul="x"))], {}, StatusKiriman.DITOLAK, {"V12", "K33"}),
    (
        "odd sheet", [sheet(row()), TabelMentah("Belanja", [["barang"], ["kertas"]])], {},
        StatusKiriman.DENGAN_CATATAN, {"K14"},
    ),
    ("version", [sheet(row())], {"versi_kontrak": "2"}, StatusKiriman.DENGAN_CATATAN, {"K35"}),
    ("twin", [sheet(row(), row())], {}, StatusKiriman.DITERIMA, {"K17"}),
]  # fmt: skip


def _mixed() -> list[KirimanTerbaca]:
    """Many small cases of one unit, validated in one batch: a call of Great Expectations costs half a second."""
    tanpa_mode = [[s for s in contoh.header(K) if s != "Mode"], [s for i, s in enumerate(row()) if i != 11]]
    kepala = [*contoh.header(K), "Catatan", ""]
    biasa = [row(P, url=f"https://www.instagram.com/p/{i}", jangkauan=100 + i, tayangan=9_000_000) for i in range(8)]
    tak_terbaca = (row(judul="Rapat lain sekali", jumlah_peserta=x) for x in "xy")
    records = TabelMentah("kegiatan", [[kolom.nama for kolom in K.kolom], row(jumlah_peserta="1.o07")], 0)
    tabel: dict[str, list[TabelMentah]] = {
        **{nama: [sheet(row(h), row(h), row(h, **isi), himpunan=h)] for nama, h, isi, _ in BENTROK},
        "spelling": [sheet(row(), row(tanggal_mulai="2 Juli 2026", jumlah_peserta=120.0, mode="offline"))],
        "unreadable": [sheet(row(), *tak_terbaca)],
        "first": [sheet(row())],
        "second": [sheet(row())],
        "no mode": [TabelMentah("Kegiatan", tanpa_mode), sheet(row(P), himpunan=P)],
        "no unit": [sheet(row(lembaga=None, kode_satker="", nama_satker=None))],
        "gaps": [sheet(row(), row(judul=None, mode="-"))],
        "extra": [TabelMentah("Kegiatan", [kepala, [*row(judul="x"), f"NIK {NIK}", "tepi"]])],
        "json": [records],
        "leap": [
            sheet(*biasa, row(P, url="https://www.instagram.com/p/x", jangkauan=50_000, tayangan=9_000_000), himpunan=P)
        ],
    }
    kiriman = [submission(*lembar, nomor=nama) for nama, lembar in tabel.items()]
    kiriman += [
        submission(sheet(row()), sampul=contoh.SAMPUL | isi, nomor=f"cover {i}") for i, isi in enumerate(SAMPUL_LAZIM)
    ]
    kiriman += [submission(*lembar, sampul=contoh.SAMPUL | isi, nomor=nama) for nama, lembar, isi, *_ in TANGGA]
    tiba = datetime(2026, 8, 13, 1, 30, 1, tzinfo=UTC)
    baru = sheet(row(H, tanggal_klarifikasi=None, status="dilaporkan"), himpunan=H)
    return [*kiriman, submission(baru, nomor="minute", tiba=tiba)]


@pytest.fixture(scope="module")
def campur() -> HasilBatch:
    return validate(*_mixed())


@pytest.mark.parametrize(("nama", "kode"), [(nama, kode) for nama, _, _, kode in BENTROK])
def test_identical_rows_count_once_and_conflicting_ones_are_held(campur, nama, kode):
    hasil = _only(campur, nama)
    (vonis,) = hasil.kiriman
    assert (vonis.baris_masuk, vonis.diterima, vonis.dikarantina, vonis.kembar) == (3, 1, 1, 1)
    assert hasil.kembar[["baris", "baris_asal"]].values.tolist() == [[3, 2]]
    assert hasil.karantina[["baris", "kode"]].values.tolist() == [[4, kode]]
    assert "baris 2" in findings(hasil, 4).iloc[0]["pesan"]


def test_duplicates_are_equal_in_meaning_not_in_spelling(campur):
    assert _only(campur, "spelling").kiriman[0].kembar == 1


def test_rows_unreadable_in_different_ways_are_no_duplicates(campur):
    (vonis,) = _only(campur, "unreadable").kiriman
    assert (vonis.kembar, vonis.dikarantina) == (0, 2)


def test_the_same_row_in_another_submission_is_no_duplicate_and_keeps_its_id(campur):
    hasil = _only(campur, "first", "second")
    assert [vonis.kembar for vonis in hasil.kiriman] == [0, 0]
    assert len(hasil.diterima["kegiatan"]) == 2
    assert hasil.diterima["kegiatan"]["id_baris"].nunique() == 1


@pytest.mark.parametrize("nomor", range(len(SAMPUL_LAZIM)), ids=[str(satu) for satu in SAMPUL_LAZIM])
def test_covers_as_people_write_them(campur, nomor):
    hasil = _only(campur, f"cover {nomor}")
    assert hasil.kiriman[0].status is StatusKiriman.DITERIMA
    assert hasil.temuan.empty


@pytest.mark.parametrize(("nama", "status", "kode"), [(satu[0], *satu[3:]) for satu in TANGGA])
def test_the_ladder_of_verdicts(campur, nama, status, kode):
    hasil = _only(campur, nama)
    (vonis,) = hasil.kiriman
    assert vonis.status is status
    assert set(hasil.temuan["kode"]) == kode
    assert vonis.nihil is (status is StatusKiriman.NIHIL)
    assert vonis.baris_masuk == vonis.diterima + vonis.dikarantina + vonis.kembar


def test_a_sheet_without_a_required_column_holds_its_rows_and_no_other(campur):
    hasil = _only(campur, "no mode")
    (vonis,) = hasil.kiriman
    assert vonis.status is StatusKiriman.SEBAGIAN
    assert vonis.per_himpunan == {"kegiatan": (1, 0, 1, 0), "publikasi": (1, 1, 0, 0)}
    assert hasil.temuan["kode"].tolist() == ["K13"]
    assert hasil.karantina["kode"].tolist() == ["K13"]


def test_blank_cover_cells_take_the_unit_asked_and_are_counted_as_filled(campur):
    hasil = _only(campur, "no unit")
    satu = hasil.diterima["kegiatan"].iloc[0]
    assert (satu["lembaga"], satu["kode_satker"], satu["nama_satker"]) == ("kpu", "33.74", "Kota Semarang")
    assert (hasil.kiriman[0].sel_wajib, hasil.kiriman[0].sel_wajib_terisi) == (8, 8)


def test_completeness_of_required_cells(campur):
    (vonis,) = _only(campur, "gaps").kiriman
    assert (vonis.sel_wajib, vonis.sel_wajib_terisi) == (16, 14)


def test_quarantine_keeps_the_original_row_with_unknown_columns_masked(campur):
    asli = json.loads(_only(campur, "extra").karantina.iloc[0]["isi_asli"])
    assert asli["Judul kegiatan"] == "x"
    assert asli["Catatan"] == "NIK [NIK disamarkan]"
    assert asli["(AF)"] == "tepi"


def test_quarantine_does_not_say_who_somebody_is():
    kepala = ["Nama Pemohon", "No. HP", "NIK", "Keterangan"]
    pribadi: list[object] = ["Siti Aminah", 81234567890.0, 3374011505900002.0, "hubungi 0812\u00a03456\u00a07890"]
    baik = row(I, jenis_pemohon="Siti Aminah", informasi_diminta=None)
    tabel = TabelMentah(I.lembar, [[*contoh.header(I), *kepala], [*baik, *pribadi]])
    hasil = validate(submission(tabel))
    asli = json.loads(hasil.karantina.iloc[0]["isi_asli"])
    assert {asli[satu] for satu in (*kepala[:3], "Jenis pemohon")} == {"[disamarkan]"}
    semua = hasil.karantina.to_csv() + hasil.temuan.to_csv() + json.dumps([*hasil.terbaca.values()])
    assert not [satu for satu in ("Siti", "81234567890", "3456", "3374011505900002") if satu in semua]
    assert '"[disamarkan]" tidak dikenal sebagai jenis pemohon' in semua.replace('""', '"')


@pytest.mark.parametrize("alamat", ["https://www.facebook.com/photo?fbid=3374015503850007", "posts:81234567890"])
def test_what_the_rule_lets_pass_is_shown_and_kept_as_it_is(alamat):
    kiriman = submission(
        sheet(row(url_bukti=alamat, tempat="Sekretariat (024) 8413800, humas@kpu.go.id", mode="telepon"))
    )
    hasil = validate(kiriman)
    asli = json.loads(hasil.karantina.iloc[0]["isi_asli"])
    assert "V14" in hasil.karantina["kode"].tolist()
    assert "V32" not in hasil.karantina["kode"].tolist()
    assert asli[K.menurut_nama["url_bukti"].label] == alamat
    assert asli[K.menurut_nama["tempat"].label] == "Sekretariat (024) 8413800, humas@kpu.go.id"


def test_the_remedy_says_how_an_office_writes_its_own_number():
    hasil = validate(submission(sheet(row(tempat="Rumah warga (024) 7601234, a.b@gmail.com"))))
    (temuan,) = [satu for satu in hasil.temuan.to_dict("records") if satu["kode"] == "V32"]
    assert temuan["pesan"].endswith("memuat nomor telepon dan surel pribadi. Baris ditahan dan isinya disamarkan.")
    assert temuan["cara"].startswith(
        "Hapus nomor telepon dan surel pribadi itu lalu kirim ulang baris ini. Telepon kantor"
    )
    assert "7601234" not in hasil.temuan.to_csv() + hasil.karantina.to_csv()


def test_rows_without_a_key_repeat_nothing():
    tanpa = {"tanggal_mulai": None, "tanggal_selesai": None, "hari": None}
    hasil = validate(submission(sheet(row(**tanpa, jumlah_peserta=1), row(**tanpa, jumlah_peserta=2))))
    assert hasil.karantina["kode"].tolist() == ["V06", "V06"]


def test_no_other_sheet_than_the_one_written_month_first_is_asked_about():
    amerika = [
        {**NON, "tanggal_mulai": isi, "judul": f"Rapat ke-{i} kehumasan"}
        for i, isi in enumerate(["07/25/2026", "7/8/2026"])
    ]
    hasil = validate(
        submission(sheet(*(row(**isi) for isi in amerika)), nomor=1), submission(sheet(row(**amerika[1])), nomor=2)
    )
    assert hasil.karantina[["id_kiriman", "baris", "kode"]].values.tolist() == [["k1", 2, "V06"], ["k1", 3, "V06"]]
    assert '"7/8/2026" dapat berarti 7 Agustus 2026 atau 8 Juli 2026.' in hasil.temuan["pesan"].str.cat()


def test_json_records_are_named_by_number_and_key(campur):
    temuan = _only(campur, "json").temuan
    temuan = temuan[temuan["kode"] == "V18"].iloc[0]
    assert temuan["pesan"].startswith("kegiatan, rekaman 1, jumlah_peserta: ")
    assert (temuan["huruf"], temuan["baris"]) == ("jumlah_peserta", 1)


def test_reach_that_leaps_is_flagged(campur):
    assert _only(campur, "leap").temuan[["kode", "baris"]].values.tolist() == [["V51", 10]]


def test_received_in_the_same_minute_is_not_the_future(campur):
    assert _only(campur, "minute").temuan.empty


def test_a_unit_alone_gets_what_it_got_in_the_nation(campur):
    """Another pass over one submission says the same, bit for bit."""
    ulang = validate(next(satu for satu in _mixed() if satu.id == "kpartly"))
    bersama = _only(campur, "partly")
    assert ulang.kiriman == bersama.kiriman
    pd.testing.assert_frame_equal(ulang.temuan, bersama.temuan)
    pd.testing.assert_frame_equal(ulang.diterima["kegiatan"], bersama.diterima["kegiatan"])


def _unit(nomor: str, kode: str, nama: str | None, lembaga: str = "kpu", **isi: object) -> KirimanTerbaca:
    """A row of some unit, with evidence of its own unless told otherwise."""
    isian = {
        "kode_satker": kode,
        "nama_satker": nama,
        "lembaga": lembaga,
        "url_bukti": f"https://kpu.go.id/{nomor}",
    } | isi
    return submission(sheet(row(**isian)), kode=kode, nomor=nomor, lembaga=lembaga, sampul={"periode": "2026-TW3"})


@pytest.fixture(scope="module")
def lintas() -> HasilBatch:
    bersama = {"url_bukti": "https://jateng.kpu.go.id/rakor"}
    jateng = "KPU Provinsi Jawa Tengah"
    lama = {"tanggal_mulai": "03/07/2022", "tanggal_selesai": None, "hari": None, "tanggal_publikasi": None}
    malam = {"tanggal_mulai": "15/09/2026", "tanggal_selesai": None, "hari": None, "tanggal_publikasi": None}
    merauke = _unit("old", "91.01", "Kabupaten Merauke", **lama)
    return validate(
        _unit("host", "33", "Provinsi Jawa Tengah", peran_satker="penyelenggara", penyelenggara=None, **bersama),
        _unit("guest", "33.74", "Kota Semarang", penyelenggara=jateng, **bersama),
        _unit("speaker", "33.22", "Kabupaten Semarang", penyelenggara="KPU Prov. Jawa Tengah", peran_satker="narasumber"),
        _unit("next day", "33.75", "Kota Pekalongan", penyelenggara=jateng, tanggal_mulai="03/07/2026", hari=None),
        _unit("nobody", "33.76", "Kota Tegal", penyelenggara=None),
        _unit("nation", "00", None),
        _unit("kpu sabang", "11.72", "KPU Kota Sabang"),
        _unit("kip sabang", "11.72", "KIP Kota Sabang"),
        _unit("bawaslu sabang", "11.72", "Bawaslu Kota Sabang", "bawaslu"),
        _unit("panwaslih sabang", "11.72", "Panwaslih Kota Sabang", "bawaslu"),
        _unit("kota sabang", "11.72", "Kota Sabang"),
        _unit("now", "91.01", None),
        replace(_unit("unknown", "99.99", None), kode_satker="33.74"),
        replace(
            merauke, periode="2022-TW3", diterima_pada=datetime(2022, 10, 5, tzinfo=UTC),
            dokumen=replace(merauke.dokumen, sampul={"periode": "2022-TW3"}),
        ),
        replace(_unit("east", "93.01", "Kabupaten Merauke", **malam), diterima_pada=LEWAT_MALAM),
        replace(_unit("west", "33.74", "Kota Semarang", **malam), diterima_pada=LEWAT_MALAM),
    )  # fmt: skip


LEWAT_MALAM = datetime(2026, 9, 14, 16, 30, tzinfo=UTC)
"""Half past eleven in the evening of 14 September in Jakarta, half past one on the 15th in Papua."""


def _with(hasil: HasilBatch, kode: str) -> list[str]:
    return hasil.temuan.loc[hasil.temuan["kode"] == kode, "id_kiriman"].str[1:].tolist()


def test_evidence_shared_by_two_units_flags_those_that_did_not_organise(lintas):
    assert _with(lintas, "V25") == ["guest"]


@pytest.mark.parametrize(
    ("named", "flagged"), [("33.75", ["other", "own"]), ("33.74", [])], ids=["of its sender", "of another unit"]
)
def test_evidence_in_a_row_that_is_held_back_for_its_unit_is_no_use_of_it(named, flagged):
    """A unit that sends its neighbour's file throws no doubt on its neighbour."""
    bukti = {"url_bukti": "https://jateng.kpu.go.id/rakor", "peran_satker": "peserta"}
    lain = _unit("other", "33.75", None, **bukti, kode_satker=named)
    hasil = validate(_unit("own", "33.74", None, **bukti), lain)
    assert _with(hasil, "V25") == flagged


def test_one_event_told_by_several_units_has_one_id(lintas):
    acara = lintas.diterima["kegiatan"].set_index("id_kiriman")["id_acara"]
    assert acara["khost"] == acara["kguest"] == acara["kspeaker"]
    assert len({acara[f"k{nama}"] for nama in ("host", "next day", "nobody")}) == 3


def test_aceh_names(lintas):
    langgar = lintas.temuan[lintas.temuan["kode"] == "V31"]
    assert langgar[["id_kiriman", "cara"]].values.tolist() == [
        ["kbawaslu sabang", 'Tulis "Panwaslih Kota Sabang".'],
        ["kkpu sabang", 'Tulis "KIP Kota Sabang".'],
    ]


def test_a_papuan_unit_is_valid_on_its_date(lintas):
    """Merauke was 91.01 until 10 November 2022 and is 93.01 since."""
    assert _with(lintas, "V02") == ["now", "unknown"]
    assert _only(lintas, "old").kiriman[0].diterima == 1


def test_eastern_units_live_ahead_of_jakarta(lintas):
    assert _with(lintas, "V08") == ["west"]


def test_a_code_nobody_bears_is_no_other_unit(lintas):
    assert set(_only(lintas, "unknown").temuan.query("keparahan == 'FATAL'")["kode"]) == {"V02", "K33"}


def test_the_national_unit_sends_too(lintas):
    assert _only(lintas, "nation").kiriman[0].diterima == 1


TOLAK: list[tuple[str, dict[str, object], str, str]] = [
    ("period", {"periode": "Triwulan II 2026"}, "K30", "Berkas untuk Triwulan II 2026, diminta Triwulan III 2026."),
    ("annual", {"periode": "2026"}, "K30", "Berkas untuk Tahun 2026"),
    ("no period", {"periode": "kapan saja"}, "K30", "tidak dikenali"),
    ("body", {"lembaga": "Bawaslu"}, "K32", "Berkas milik Bawaslu, diminta KPU."),
    ("unknown body", {"lembaga": "PMI"}, "V05", '"PMI"'),
    (
        "other unit",
        {"kode_satker": "32.73", "nama_satker": "Kota Bandung"},
        "K31",
        "Kota Bandung (32.73), diminta Kota Semarang (33.74)",
    ),
    ("other name", {"nama_satker": "Kota Bandung"}, "K31", "Sampul menyebut Kota Bandung"),
    ("ambiguous name", {"nama_satker": "Semarang"}, "V29", "dapat berarti 2 satker"),
    ("unknown name", {"nama_satker": "Kota Antah"}, "V04", "tidak terdaftar"),
    ("malformed code", {"kode_satker": "3374"}, "V03", "bukan kode NN atau NN.NN"),
    ("cut code", {"kode_satker": 32.1}, "V03", "Mungkin 32.10 Kabupaten Majalengka"),
]


@pytest.mark.parametrize(("sampul", "kode", "alasan"), [satu[1:] for satu in TOLAK], ids=[satu[0] for satu in TOLAK])
def test_a_cover_that_does_not_fit_refuses_the_whole_file(sampul, kode, alasan):
    hasil = validate(submission(sheet(row(), row(judul="Rapat lain sekali")), sampul=contoh.SAMPUL | sampul))
    (vonis,) = hasil.kiriman
    assert vonis.status is StatusKiriman.DITOLAK
    assert alasan in vonis.alasan
    assert vonis.cara
    assert (vonis.baris_masuk, vonis.diterima, vonis.dikarantina, vonis.kembar) == (2, 0, 2, 0)
    assert vonis.per_himpunan == {"kegiatan": (2, 0, 2, 0)}
    assert hasil.temuan[["kode", "baris"]].values.tolist() == [[kode, 0]]
    assert hasil.karantina.empty
    assert len(hasil.diterima["kegiatan"]) == 0


def test_an_unreadable_file_carries_its_error():
    kiriman = replace(
        submission(), dokumen=None, galat_kode="tak_terbaca", galat_pesan="Berkas rusak.", galat_cara="Kirim ulang."
    )
    hasil = validate(kiriman)
    (vonis,) = hasil.kiriman
    assert (vonis.status, vonis.alasan, vonis.cara) == (StatusKiriman.DITOLAK, "Berkas rusak.", "Kirim ulang.")
    assert hasil.temuan[["kode", "keparahan"]].values.tolist() == [["tak_terbaca", "FATAL"]]


def test_a_flood_of_rows_is_refused():
    banyak = [[None, None, None, "x", "y", "z"]] * 100_001
    hasil = validate(submission(TabelMentah("Kegiatan", [contoh.header(K), *banyak])))
    assert hasil.temuan["kode"].tolist() == ["K34"]
    assert hasil.kiriman[0].dikarantina == 100_001


def test_nobody_sent_anything():
    hasil = validate()
    assert hasil.kiriman == ()
    assert all(bingkai.empty for bingkai in (hasil.temuan, hasil.karantina, hasil.kembar, *hasil.diterima.values()))


def test_a_rule_that_cannot_run_is_a_system_error(monkeypatch):
    from humas.contract import expectations

    nama = "weekday_to_match_date"
    rusak = replace(expectations._MENURUT_NAMA[nama], langgar=lambda frame, tahu: 1 / 0)
    monkeypatch.setitem(expectations._MENURUT_NAMA, nama, rusak)
    with pytest.raises(SistemError, match="V10") as galat:
        validate(submission(sheet(row())))
    assert galat.value.kode == "validasi_gagal"


def test_rows_that_do_not_balance_are_a_system_error(monkeypatch):
    from humas.contract import validate as modul

    asli = modul.judge

    def lose_a_row(*isi):
        hasil = asli(*isi)
        hasil.diterima = hasil.diterima.iloc[1:]
        return hasil

    monkeypatch.setattr(modul, "judge", lose_a_row)
    with pytest.raises(SistemError) as galat:
        validate(submission(sheet(row())))
    assert galat.value.kode == "neraca_baris"


STRANGE = {
    "words_of_choices": ("mode", "entah", "isian berlainan pada kolom pilihan"),
    "cells_of_any_kind": ("tanggal_publikasi", "kapan", "isian yang tidak terbaca"),
}


@pytest.mark.parametrize(("kolom", "kata", "apa"), STRANGE.values(), ids=STRANGE)
def test_a_file_that_nobody_would_mend_cell_by_cell_is_refused_whole_and_alone(monkeypatch, kolom, kata, apa):
    monkeypatch.setattr("humas.contract.validate.MAKS_TAK_TERBACA", 100)
    asing = [row(K, **NON | {"judul": f"Rapat {i}", kolom: f"{kata} {i}"}) for i in range(101)]
    buruk, cukup = submission(sheet(*asing), nomor="buruk"), submission(sheet(*asing[:20]), nomor="cukup")
    hasil = validate(buruk, cukup)
    satu, dua = hasil.kiriman
    assert (satu.status, satu.baris_masuk, satu.dikarantina) == (StatusKiriman.DITOLAK, 101, 101)
    assert apa in satu.alasan
    assert satu.alasan.endswith("di atas 100 barisnya tidak diperiksa satu per satu.")
    assert satu.cara
    assert len(hasil.temuan[hasil.temuan["id_kiriman"] == satu.id_kiriman]) == 1
    assert dua.baris_masuk == 20
    assert (hasil.temuan["id_kiriman"] == dua.id_kiriman).sum() >= 20


def test_the_nearest_choice_is_looked_for_only_where_it_is_told(monkeypatch):
    dicari = []
    monkeypatch.setattr("humas.contract.cells.nearest_labels", lambda nama, teks: dicari.append(teks) or [])
    monkeypatch.setattr("humas.contract.validate._strange_words", lambda berkas: None)
    monkeypatch.setattr("humas.contract.validate.MAKS_TAK_TERBACA", 5)
    validate(submission(sheet(*(row(K, **NON, judul=f"Rapat {i}", mode=f"entah {i}") for i in range(6)))))
    assert dicari == []
