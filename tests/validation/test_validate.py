"""Validation through Great Expectations: every rule fires on its row and on no other, verdicts and conservation hold."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from humas.contract.columns import BY_NAME, DATASETS
from humas.contract.rules import load_rules
from humas.errors import OperatorError
from humas.layout.sheet import column_letter
from humas.reading.table import RawTable
from humas.validation.result import BatchResult, ReadSubmission, SubmissionStatus

from tests.validation import samples
from tests.validation.samples import findings, row, sheet, submission, validate

pytestmark = pytest.mark.mesin

NIK = "3374011505900002"
K, P, I, H, O, M, A, _ = BY_NAME.values()  # noqa: E741
NON = {"hari": None, "tanggal_selesai": None, "tanggal_publikasi": None}
PARTICIPANT = {"peran_satker": "peserta"}
RAISED = {"tanggal_keberatan": "06/07/2026", "id_permohonan": None}
OPEN = {**RAISED, "tanggal_tanggapan": None, "hasil": "Dalam proses"}
DISPUTED = {"sengketa": "Ya", "tanggal_sengketa": "26/08/2026"}
RECEIVED = {"tanggal_terima": "06/07/2026", "tanggal_lengkap": None}

ROWS: list[tuple[str, object, dict[str, object], str]] = [
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
    ("32 days", K, {"tanggal_selesai": "02/08/2026"}, "K65"),
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
    ("a civil servant's like", K, {"judul": "Camat like unggahan cabup petahana"}, "V33"),
    ("a warning of likes", K, {"judul": "Bawaslu imbau ASN tidak like akun paslon"}, ""),
    ("a peace pledge", K, {"judul": "Deklarasi pemilu damai bersama seluruh paslon"}, ""),
    ("training called clarification", K, {"judul": "Pelatihan menangkal hoaks", "jenis_kegiatan": "Klarifikasi hoaks"}, "V38"),
    ("views below reach", K, {"tayangan": 10}, "V51"),
    ("views below zero and below reach", K, {"tayangan": -10}, "K04"),
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
    ("no channel", P, {"kanal": None}, "K47"),
    ("unknown channel", P, {"kanal": "Friendster"}, "K06"),
    ("no day of publication", P, {"tanggal_terbit": None}, "K01"),
    ("no link", P, {"url": None}, "K47"),
    ("no http link", P, {"url": "ftp://x.go.id"}, "K08"),
    ("no link on the radio", P, {"url": None, "kanal": "Radio"}, ""),
    ("no link in a newspaper", P, {"url": None, "kanal": "Koran"}, ""),
    ("no title", P, {"judul": None}, ""),
    ("neither title nor link", P, {"judul": None, "url": None}, "K66"),
    ("neither title nor link on the radio", P, {"judul": None, "url": None, "kanal": "Radio"}, "K66"),
    ("no title and no http link", P, {"judul": None, "url": "ftp://x.go.id"}, "K08,K66"),
    ("no such day", P, {"tanggal_terbit": "31/09/2026"}, "K02"),
    ("likes in words", P, {"suka": "banyak"}, "K03"),
    ("negative likes", P, {"suka": -3}, "K04"),
    ("negative views", P, {"tayangan": -3, "jangkauan": None}, "K04"),
    ("published last quarter", P, {"tanggal_terbit": "30/06/2026"}, "V09"),
    ("day and month swapped", K, {"tanggal_mulai": date(2026, 2, 7), **NON}, "V09"),
    ("day and month swapped into the future", P, {"tanggal_terbit": date(2026, 12, 7)}, "V08"),
    ("published in future", P, {"tanggal_terbit": "07/10/2026"}, "V08"),
    ("received in future", I, {"tanggal_terima": "07/10/2026", "tanggal_lengkap": None, "tanggal_tanggapan": None}, "V08"),
    ("no number", I, {"no_registrasi": None}, "V39"),
    ("no regime", I, {"rezim": None}, "K91"),
    ("unknown regime", I, {"rezim": "Darurat"}, "V40"),
    ("other subject", I, {"rezim": "Bukan informasi pemilu"}, ""),
    ("short request", I, {"informasi_diminta": "Data"}, "K10"),
    ("short claim", H, {"judul_klaim": "Data"}, "K09"),
    ("unreadable day of completion", I, {"tanggal_lengkap": "menyusul"}, "K48"),
    ("complete on the day it was answered", I, {**RECEIVED, "tanggal_lengkap": "10/07/2026", "tanggal_tanggapan": "10/07/2026"}, ""),
    ("complete before it came in", I, {**RECEIVED, "tanggal_lengkap": "03/07/2026", "tanggal_tanggapan": "10/07/2026"}, "V55"),
    ("complete after its answer", I, {**RECEIVED, "tanggal_lengkap": "13/07/2026", "tanggal_tanggapan": "10/07/2026"}, "V55"),
    ("10 working days", I, {**RECEIVED, "tanggal_tanggapan": "20/07/2026"}, ""),
    ("11 working days", I, {**RECEIVED, "tanggal_tanggapan": "21/07/2026"}, "V41"),
    ("election regime, 4 days", I, {**RECEIVED, "rezim": "PEMILU", "tanggal_tanggapan": "10/07/2026"}, "V53"),
    (
        "extended, 17 days", I,
        {**RECEIVED, "tanggal_perpanjangan": "13/07/2026", "alasan_perpanjangan": "Dokumen dihimpun", "tanggal_tanggapan": "29/07/2026"}, "",
    ),
    ("extended without reason", I, {**RECEIVED, "tanggal_perpanjangan": "13/07/2026", "tanggal_tanggapan": "14/07/2026"}, "V42"),
    ("reason without extension", I, {"alasan_perpanjangan": "Dokumen dihimpun"}, "V42"),
    ("refused without ground", I, {"putusan": "Ditolak (dikecualikan)"}, "V43"),
    ("refused, nobody can tell how, without ground", I, {"putusan": "Ditolak"}, "K06,V43"),
    ("refused with ground", I, {"putusan": "Ditolak (dikecualikan)", "alasan_penolakan": "Dikecualikan", "dasar_penolakan": "Pasal 17"}, ""),
    ("overdue", I, {**RECEIVED, "putusan": "Dalam proses", "tanggal_tanggapan": None}, "V44"),
    ("received on Sunday", I, {"tanggal_terima": "05/07/2026", "tanggal_lengkap": None}, "K22"),
    ("answered before receipt", I, {"tanggal_tanggapan": "01/07/2026"}, "K24"),
    ("no items", H, {"jumlah_konten": 0, "jumlah_diturunkan": 0, "jumlah_diproses": 0}, "V34"),
    ("more handled than found", H, {"jumlah_konten": 1}, "V35"),
    ("clarified before found", H, {"tanggal_klarifikasi": "13/08/2026 08.29"}, "V36"),
    ("clarified on the day it was found, no hour", H, {"tanggal_klarifikasi": "13/08/2026"}, ""),
    ("clarified the day before, no hour", H, {"tanggal_klarifikasi": "12/08/2026"}, "V36"),
    ("clarified before found, ISO", H, {"tanggal_temuan": "2026-08-13T08:30:00", "tanggal_klarifikasi": "2026-08-13T08:29:00"}, "V36"),
    ("clarified after report", H, {"tanggal_klarifikasi": "06/10/2026 09.01"}, "V36"),
    ("clarified without link", H, {"url_klarifikasi": None}, "V37"),
    ("good objection", O, {}, ""),
    ("no number of the objection", O, {"id_keberatan": None}, "K68"),
    ("no day of the objection", O, {"tanggal_keberatan": None}, "K68"),
    ("objection in future", O, {**OPEN, "tanggal_keberatan": "07/10/2026"}, "K47,V08"),
    ("objection to nothing", O, {"id_permohonan": None}, "K47"),
    ("objection to an unknown request", O, {"id_permohonan": "999/PPID/2026"}, "K71"),
    ("request numbered in another spelling", O, {"id_permohonan": "012 / ppid / 2026"}, ""),
    ("no reason", O, {"alasan": None}, "K47"),
    ("reason by its letter", O, {"alasan": "Pasal 35 huruf c"}, ""),
    ("unknown reason", O, {"alasan": "Kurang ramah"}, "K06"),
    ("objection answered after 30 working days", O, {**RAISED, "tanggal_tanggapan": "18/08/2026"}, "K47"),
    ("objection answered after 31 working days", O, {**RAISED, "tanggal_tanggapan": "19/08/2026"}, "K47,V45"),
    ("objection in the election regime, 3 days", O, {**RAISED, "rezim": "PEMILU", "tanggal_tanggapan": "09/07/2026"}, "K47,V54"),
    ("objection in the election regime, 4 days", O, {**RAISED, "rezim": "PEMILU", "tanggal_tanggapan": "10/07/2026"}, "K47,V54"),
    ("open objection, late", O, OPEN, "K47,V45"),
    ("open objection, result not said", O, {**OPEN, "hasil": None}, "K47,V45"),
    ("open objection, in time on the last day", O, {**OPEN, "tanggal_keberatan": "18/08/2026"}, "K47"),
    ("open objection, out of time on the last day", O, {**OPEN, "tanggal_keberatan": "17/08/2026"}, "K47,V45"),
    ("decided, day of the answer not said", O, {**RAISED, "tanggal_tanggapan": None}, "K47"),
    ("objection without regime", O, {**OPEN, "rezim": None}, "K47,K92,V45"),
    ("objection answered before it", O, {"tanggal_tanggapan": "13/07/2026"}, "K69"),
    ("dispute within 14 working days", O, DISPUTED, ""),
    ("dispute after 15 working days", O, {**DISPUTED, "tanggal_sengketa": "27/08/2026"}, "K72"),
    ("dispute before the answer", O, {**DISPUTED, "tanggal_sengketa": "03/08/2026"}, "K70"),
    ("dispute denied, and its day", O, {**DISPUTED, "sengketa": "Tidak"}, "K70"),
    ("end of a dispute that is not said", O, {"sengketa": None, "hasil_sengketa": "Mediasi"}, "K70"),
    ("good coverage", M, {}, ""),
    ("coverage without a day", M, {"tanggal_berita": None}, "K01"),
    ("coverage in nobody's paper", M, {"media": None}, "K01"),
    ("coverage in future", M, {"tanggal_berita": "07/10/2026"}, "V08"),
    ("coverage of last quarter", M, {"tanggal_berita": "30/06/2026", "url_berita": None}, "V09"),
    ("coverage without title", M, {"judul_berita": None}, "K47"),
    ("coverage without title and link", M, {"judul_berita": None, "url_berita": None}, "K66"),
    ("printed, without a link", M, {"url_berita": None}, ""),
    ("tone by its sign", M, {"nada": "+"}, ""),
    ("tone in words of an office", M, {"nada": "berita miring", "tanggapan": "Rilis"}, ""),
    ("no tone", M, {"nada": None}, "K47"),
    ("unknown tone", M, {"nada": "Abu-abu"}, "K06"),
    ("unknown kind of paper", M, {"jenis_media": "Mading"}, "K06"),
    ("answered on the day", M, {"tanggapan": "Hak jawab", "tanggal_tanggapan": "14/07/2026"}, ""),
    ("coverage answered before it", M, {"tanggapan": "Hak jawab", "tanggal_tanggapan": "13/07/2026"}, "K75"),
    ("on the own site", M, {"url_berita": "https://kota-semarang.kpu.go.id/blog/read/9"}, "K76"),
    ("on a site of the body", M, {"url_berita": "https://jateng.kpu.go.id/berita/baca/9"}, "K76"),
    ("on a site that only looks like the body's", M, {"url_berita": "https://kpu.go.id.example/9"}, ""),
    ("day of an answer that was not needed", M, {"tanggal_tanggapan": "15/07/2026"}, "K77"),
    ("day of an answer that nobody names", M, {"tanggapan": None, "tanggal_tanggapan": "15/07/2026"}, "K77"),
    ("negative, nothing said", M, {"nada": "Negatif", "tanggapan": None}, "K78"),
    ("negative, not yet", M, {"nada": "Negatif", "tanggapan": "Belum"}, "K78"),
    ("negative, no answer needed", M, {"nada": "Negatif"}, ""),
    ("neutral, nothing said", M, {"tanggapan": None}, ""),
    ("good voice", A, {}, ""),
    ("voice told on the day it spoke", A, {"tanggal_diberi_tahu": "06/07/2026"}, ""),
    ("voice told before it spoke", A, {"tanggal_diberi_tahu": "05/07/2026"}, "K81"),
    ("voice of the future", A, {"tanggal_disampaikan": "07/10/2026", "tanggal_diberi_tahu": None, "tindak_lanjut": "Diproses"}, "V08"),
    ("no day of the voice", A, {"tanggal_disampaikan": None}, "K01"),
    ("voice without number", A, {"nomor_aspirasi": None}, ""),
    ("voice without words", A, {"ringkasan": None}, "K47"),
    ("voice without number and words", A, {"nomor_aspirasi": None, "ringkasan": None}, "K66"),
    ("voice of an unknown kind", A, {"jenis_aspirasi": "Gugatan perdata"}, "K06"),
    ("voice without channel", A, {"saluran": None}, "K47"),
    ("done, and nobody was told", A, {"tanggal_diberi_tahu": None}, "K82"),
    ("praise, and nobody was told", A, {"tanggal_diberi_tahu": None, "jenis_aspirasi": "Apresiasi"}, ""),
    ("a box of suggestions tells nobody", A, {"tanggal_diberi_tahu": None, "saluran": "Kotak saran"}, ""),
    ("in hand, and nobody was told", A, {"tanggal_diberi_tahu": None, "tindak_lanjut": "Diproses"}, ""),
    ("told of what nobody has begun with", A, {"tindak_lanjut": "Belum ditindaklanjuti"}, "K83"),
    ("passed on to nobody", A, {"tindak_lanjut": "Diteruskan", "diteruskan_kepada": None}, "K84"),
    ("passed on to somebody", A, {"tindak_lanjut": "Dilimpahkan"}, ""),
    ("NIK in a voice", A, {"ringkasan": f"Nama belum terdaftar, NIK {NIK}"}, "V32"),
    ("phone of a person among officials", A, {"diteruskan_kepada": "Pak Budi 0812 3456 7890"}, "V32"),
    ("phone in claim", H, {"judul_klaim": "Hubungi 0812 3456 7890 untuk uang"}, "V32"),
]  # fmt: skip


# row of ROWS → the column that its accepted row lacks
DESCRIBES = {
    "no kind": "jenis_kegiatan", "unknown kind": "jenis_kegiatan", "unknown mode": "mode", "unknown role": "peran_satker",
    "strategy in words": "strategi_utama", "strategy 9": "strategi_utama", "no strategy": "strategi_utama",
    "1.o07": "jumlah_peserta", "negative": "jumlah_peserta", "unreadable reach": "jangkauan",
    "32 days": "tanggal_selesai", "end cannot be read": "tanggal_selesai",
    "no link": "url", "no http link": "url",
    "no channel": "kanal", "unknown channel": "kanal", "likes in words": "suka", "negative likes": "suka",
    "unknown regime": "rezim", "unreadable day of completion": "tanggal_lengkap",
    "complete before it came in": "tanggal_lengkap", "complete after its answer": "tanggal_lengkap",
    "no tone": "nada", "unknown tone": "nada", "unknown kind of paper": "jenis_media",
    "coverage without title": "judul_berita",
    "no reason": "alasan", "unknown reason": "alasan",
    "extended without reason": "tanggal_perpanjangan", "no items": "jumlah_konten",
}  # fmt: skip
OUTSIDE = ("06/10/2026", "30/06/2026", date(2026, 2, 7))


def _one(number: int, dataset, content: dict[str, object]) -> ReadSubmission:
    """A submission of a unit of its own with a link of its own, so that rules across rows keep quiet."""
    evidence = f"https://kota-semarang.kpu.go.id/blog/read/{number}"
    fill = ({"url_bukti": evidence} if dataset is K else {"url": evidence} if dataset is P else {}) | content
    good = (
        [row(dataset)] if content.get(dataset.dated_by) in OUTSIDE else []
    )  # else the whole file would be asked about
    return submission(sheet(row(dataset, **fill), *good, dataset=dataset), number=number)


def _row_findings(result: BatchResult, number: int) -> pd.DataFrame:
    return result.findings[(result.findings["id_kiriman"] == f"k{number}") & (result.findings["baris"] == 2)]


@pytest.fixture(scope="module")
def result() -> BatchResult:
    return validate(*(_one(number, dataset, content) for number, (_, dataset, content, _) in enumerate(ROWS)))


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[one[0] for one in ROWS])
def test_each_rule_fires_on_its_row_alone(result, number):
    _, dataset, _, code = ROWS[number]
    finding = result.findings[(result.findings["id_kiriman"] == f"k{number}") & (result.findings["baris"] == 2)]
    assert ",".join(sorted(set(finding["kode"]))) == code
    fatal = bool((finding["keparahan"] == "FATAL").any())
    held = result.quarantine[result.quarantine["id_kiriman"] == f"k{number}"]
    accepted = result.accepted[dataset.name]
    assert len(held) == fatal
    assert ((accepted["id_kiriman"] == f"k{number}") & (accepted["baris"] == 2)).sum() == (not fatal)


def test_rows_with_a_warning_are_looked_for_once_for_all_submissions(monkeypatch):
    from humas.validation import validate as batch

    looked: list[object] = []
    look = batch._warned
    monkeypatch.setattr(batch, "_warned", lambda results: looked.append(results) or look(results))
    sheets = [sheet(row(jumlah_peserta="1.o07")), sheet(row())]
    result = validate(*(submission(one, number=number) for number, one in enumerate(sheets)))
    assert [one.status for one in result.submissions] == [SubmissionStatus.WITH_NOTES, SubmissionStatus.ACCEPTED]
    assert len(looked) == 1


def test_findings_name_place_value_and_remedy(result):
    position = next(i for i, one in enumerate(ROWS) if one[0] == "1.o07")
    (finding,) = _row_findings(result, position).to_dict("records")
    letter = column_letter(samples.header(K).index("Jumlah peserta"))
    assert finding == {
        "id_kiriman": f"k{position}", "himpunan": "kegiatan", "lembar": "Kegiatan", "baris": 2, "kolom": "jumlah_peserta",
        "huruf": letter, "kode": "V18", "keparahan": "PERINGATAN",
        "pesan": f'Kegiatan, baris 2, kolom {letter} (Jumlah peserta): "1.o07" bukan bilangan. Isian ini tidak dipakai.',
        "cara": "Tulis angka tanpa huruf, misalnya 1007.", "nilai": "1.o07",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "message", "remedy"),
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
        ("bare name", '"Semarang": Kabupaten Semarang (33.22) atau Kota Semarang (33.74)?', '"Kota Semarang" (33.74)'),
        ("wrong weekday", "2 Juli 2026 adalah Kamis, tertulis \"Rabu\"", "Pastikan"),
        ("neither title nor link", "Judul konten dan tautan kosong: tidak diketahui apa yang dilaporkan.", "Isi judul konten, dan tautannya bila ada."),
        ("no title and no http link", 'Judul konten kosong dan tautan "ftp://x.go.id" tidak terbaca: ', "Isi judul konten"),
        ("empty title", "kosong, padahal wajib.", "misalnya Rapat koordinasi"),
        ("day and month swapped", "7 Februari 2026 di luar periode", "Bila maksudnya 2 Juli 2026, hari dan bulannya tertukar"),
        ("day and month swapped into the future", "7 Desember 2026 belum terjadi", "tulis 12/07/2026. Bila tidak: Laporkan"),
        ("last quarter", "30 Juni 2026 di luar periode", "Tidak perlu tindakan bila tanggalnya benar."),
        ("unknown kind", '"Turnamen futsal" tidak dikenal sebagai jenis kegiatan.', "Pilih: "),
        ("javascript as evidence", "Isian ini tidak dipakai.", "https://"),
        ("11 working days", "dijawab 11 hari kerja", "dicatat" and "Tidak perlu"),
        ("campaigning", 'ajakan memilih ("coblos", "nomor 3"). Perlu ditinjau manusia; ini pertanyaan, bukan putusan.', "Minta seseorang membaca"),
        ("400-character word", "teks sepanjang 400 huruf, paling banyak 300.", "10 sampai 300"),
    ],
)  # fmt: skip
def test_messages(result, name, message, remedy):
    position = next(i for i, one in enumerate(ROWS) if one[0] == name)
    finding = result.findings[(result.findings["id_kiriman"] == f"k{position}") & (result.findings["baris"] == 2)].iloc[
        0
    ]
    assert message in finding["pesan"]
    assert remedy in finding["cara"]


def test_no_personal_data_anywhere_in_the_result(result):
    for name in ("findings", "quarantine", "duplicates"):
        text = getattr(result, name).to_csv()
        assert NIK not in text
        assert "081234567890" not in text
        assert "0812 3456 7890" not in text
        assert "gmail" not in text
    assert all(NIK not in frame.to_csv() for frame in result.accepted.values())


def test_warned_cells_that_cannot_be_used_are_left_out(result):
    kegiatan = result.accepted["kegiatan"].set_index("id_kiriman")
    publikasi = result.accepted["publikasi"].set_index("id_kiriman")
    number = {name: f"k{i}" for i, (name, *_) in enumerate(ROWS)}
    assert kegiatan.at[number["unknown weekday"], "hari"] is None
    assert kegiatan.at[number["unknown optional choice"], "fungsi"] is None
    assert math.isnan(publikasi.at[number["negative views"], "tayangan"])
    assert kegiatan.at[number["views below reach"], "tayangan"] == 10


def test_accepted_rows_have_the_promised_columns_and_types(result):
    for dataset in DATASETS:
        frame = result.accepted[dataset.name]
        other = ["id_kiriman", "lembar", "baris", "id_baris", "susulan"] + (["id_acara"] if dataset is K else [])
        assert list(frame.columns) == [column.name for column in dataset.columns] + other
        assert frame["susulan"].dtype == bool
        assert frame["id_baris"].str.fullmatch("[0-9a-f]{24}").all()
    kegiatan = result.accepted["kegiatan"].iloc[0]
    assert str(result.accepted["kegiatan"]["tanggal_mulai"].dtype) == "datetime64[ns]"
    assert kegiatan["jumlah_peserta"] == 120.0
    assert json.loads(kegiatan["kanal"]) == ["website", "instagram"]
    assert kegiatan["tanggal_selesai"] == pd.Timestamp("2026-07-03")


def test_late_rows_are_marked(result):
    kegiatan = result.accepted["kegiatan"].set_index(["id_kiriman", "baris"])["susulan"]
    number = {name: f"k{i}" for i, (name, *_) in enumerate(ROWS)}
    start, first, finish = (kegiatan[number[name], 2] for name in ("last quarter", "first day", "last day"))
    assert (bool(start), bool(first), bool(finish)) == (True, False, False)


def test_every_rule_a_row_can_break_is_tried_here(result):
    tried = set(result.findings["kode"])
    other = {"V01", "V25", "V31", "K07", "K18", "K45", "K73", "K74", "K79", "K80", "K85", "K86", "K87", "K88", "K89"}
    required = {code for code, rule in load_rules().items() if rule.place == "baris"}
    assert required - tried == other, "add a row to ROWS that breaks it, and one that just does not"


def test_findings_are_sorted(result):
    order = result.findings.sort_values(
        ["id_kiriman", "himpunan", "lembar", "baris", "kolom", "kode", "pesan"], kind="stable"
    )
    pd.testing.assert_frame_equal(order, result.findings)


def _only(result: BatchResult, *name: str) -> BatchResult:
    """What a batch says of some of its submissions."""
    id_ = [f"k{one}" for one in name]

    def pick(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["id_kiriman"].isin(id_)].reset_index(drop=True)

    return BatchResult(
        submissions=tuple(verdict for verdict in result.submissions if verdict.id_kiriman in id_),
        accepted={dataset: pick(frame) for dataset, frame in result.accepted.items()},
        findings=pick(result.findings),
        quarantine=pick(result.quarantine),
        duplicates=pick(result.duplicates),
    )


CONFLICTS = [
    ("activity", K, {"jumlah_peserta": 77}, "V01"),
    ("publication", P, {"suka": 77}, "K18"),
    ("request", I, {"informasi_diminta": "Informasi lain lagi"}, "V39"),
    ("issue", H, {"judul_klaim": "Klaim lain lagi"}, "V34"),
    ("voice", A, {"diteruskan_kepada": "Bagian lain"}, "K79"),
]
USUAL_COVERS: list[dict[str, object]] = [
    {"kode_satker": 33.74},
    {"nama_satker": "KPU Kota Semarang"},
    {"periode": "TW3 2026", "lembaga": "kpu"},
    {"versi_kontrak": 1.0},
    {"nihil": "Tidak"},
]
STEPS: list[tuple[str, list[RawTable], dict[str, object], SubmissionStatus, set[str]]] = [
    ("nil", [], {"nihil": True}, SubmissionStatus.NIHIL, set()),
    ("nil with empty sheet", [sheet()], {"nihil": "Ya"}, SubmissionStatus.NIHIL, set()),
    ("nil with rows", [sheet(row())], {"nihil": "NIHIL"}, SubmissionStatus.WITH_NOTES, {"V48"}),
    ("nothing", [], {}, SubmissionStatus.REFUSED, {"V48"}),
    ("empty sheet", [sheet()], {}, SubmissionStatus.REFUSED, {"V48"}),
    ("good", [sheet(row())], {}, SubmissionStatus.ACCEPTED, set()),
    ("warned", [sheet(row(hari="Rabu"))], {}, SubmissionStatus.WITH_NOTES, {"V10"}),
    ("partly", [sheet(row(), row(judul="x"))], {}, SubmissionStatus.PARTIAL, {"V12"}),
    ("none left", [sheet(row(judul="x"))], {}, SubmissionStatus.REFUSED, {"V12", "K33"}),
    (
        "odd sheet", [sheet(row()), RawTable("Belanja", [["barang"], ["kertas"]])], {},
        SubmissionStatus.WITH_NOTES, {"K14"},
    ),
    ("version", [sheet(row())], {"versi_kontrak": "2"}, SubmissionStatus.WITH_NOTES, {"K35"}),
    ("twin", [sheet(row(), row())], {}, SubmissionStatus.ACCEPTED, {"K17"}),
]  # fmt: skip


def _mixed() -> list[ReadSubmission]:
    """Many small cases of one unit, validated in one batch: a call of Great Expectations costs half a second."""
    without_title = [
        [s for s in samples.header(K) if s != "Judul kegiatan"],
        [s for i, s in enumerate(row()) if i != 3],
    ]
    odd = ["Moda kegiatannya" if one == "Mode" else one for one in samples.header(K)]
    without_mode = RawTable("Kegiatan", [odd, *(row(judul=f"Rapat koordinasi {one}", mode="ya") for one in "ABC")])
    header = [*samples.header(K), "Catatan", ""]
    usual = [row(P, url=f"https://www.instagram.com/p/{i}", jangkauan=100 + i, tayangan=9_000_000) for i in range(8)]
    unreadable = (row(judul="Rapat lain sekali", jumlah_peserta=x) for x in "xy")
    records = RawTable("kegiatan", [[column.name for column in K.columns], row(jumlah_peserta="1.o07")], 0)
    table: dict[str, list[RawTable]] = {
        **{name: [sheet(row(h), row(h), row(h, **content), dataset=h)] for name, h, content, _ in CONFLICTS},
        "spelling": [sheet(row(), row(tanggal_mulai="2 Juli 2026", jumlah_peserta=120.0, mode="offline"))],
        "unreadable": [sheet(row(), *unreadable)],
        "first": [sheet(row())],
        "second": [sheet(row())],
        "no title": [RawTable("Kegiatan", without_title), sheet(row(P), dataset=P)],
        "no mode": [without_mode, sheet(row(P), dataset=P)],
        "blank mode": [sheet(row(mode=None), row(judul="Rapat koordinasi kedua", mode="-", jenis_kegiatan=None))],
        "no unit": [sheet(row(lembaga=None, kode_satker="", nama_satker=None))],
        "gaps": [sheet(row(), row(judul=None, mode="-"))],
        "extra": [RawTable("Kegiatan", [header, [*row(judul="x"), f"NIK {NIK}", "tepi"]])],
        "json": [records],
        "leap": [
            sheet(*usual, row(P, url="https://www.instagram.com/p/x", jangkauan=50_000, tayangan=9_000_000), dataset=P)
        ],
    }
    sent = [submission(*sheets, number=name) for name, sheets in table.items()]
    sent += [
        submission(sheet(row()), cover=samples.COVER | content, number=f"cover {i}")
        for i, content in enumerate(USUAL_COVERS)
    ]
    sent += [submission(*sheets, cover=samples.COVER | content, number=name) for name, sheets, content, *_ in STEPS]
    arrival = datetime(2026, 8, 13, 1, 30, 1, tzinfo=UTC)
    new = sheet(row(H, tanggal_klarifikasi=None, status="dilaporkan"), dataset=H)
    return [*sent, submission(new, number="minute", arrival=arrival)]


@pytest.fixture(scope="module")
def mixed() -> BatchResult:
    return validate(*_mixed())


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, _, _, code in CONFLICTS])
def test_identical_rows_count_once_and_conflicting_ones_are_held(mixed, name, code):
    result = _only(mixed, name)
    (verdict,) = result.submissions
    assert (verdict.baris_masuk, verdict.diterima, verdict.dikarantina, verdict.kembar) == (3, 1, 1, 1)
    assert result.duplicates[["baris", "baris_asal"]].values.tolist() == [[3, 2]]
    assert result.quarantine[["baris", "kode"]].values.tolist() == [[4, code]]
    assert "baris 2" in findings(result, 4).iloc[0]["pesan"]


def test_duplicates_are_equal_in_meaning_not_in_spelling(mixed):
    assert _only(mixed, "spelling").submissions[0].kembar == 1


def test_rows_unreadable_in_different_ways_are_no_duplicates(mixed):
    (verdict,) = _only(mixed, "unreadable").submissions
    assert (verdict.kembar, verdict.diterima) == (0, 2)


def test_the_same_row_in_another_submission_is_no_duplicate_and_keeps_its_id(mixed):
    result = _only(mixed, "first", "second")
    assert [verdict.kembar for verdict in result.submissions] == [0, 0]
    assert len(result.accepted["kegiatan"]) == 2
    assert result.accepted["kegiatan"]["id_baris"].nunique() == 1


@pytest.mark.parametrize("number", range(len(USUAL_COVERS)), ids=[str(cover) for cover in USUAL_COVERS])
def test_covers_as_people_write_them(mixed, number):
    result = _only(mixed, f"cover {number}")
    assert result.submissions[0].status is SubmissionStatus.ACCEPTED
    assert result.findings.empty


@pytest.mark.parametrize(("name", "status", "code"), [(step[0], *step[3:]) for step in STEPS])
def test_the_ladder_of_verdicts(mixed, name, status, code):
    result = _only(mixed, name)
    (verdict,) = result.submissions
    assert verdict.status is status
    assert set(result.findings["kode"]) == code
    assert verdict.nihil is (status is SubmissionStatus.NIHIL)
    assert verdict.baris_masuk == verdict.diterima + verdict.dikarantina + verdict.kembar


def test_a_sheet_without_a_required_column_holds_its_rows_and_no_other(mixed):
    result = _only(mixed, "no title")
    (verdict,) = result.submissions
    assert verdict.status is SubmissionStatus.PARTIAL
    assert verdict.per_himpunan == {"kegiatan": (1, 0, 1, 0), "publikasi": (1, 1, 0, 0)}
    assert result.findings["kode"].tolist() == ["K13"]
    assert result.quarantine["kode"].tolist() == ["K13"]


def test_a_sheet_without_an_asked_column_is_accepted_and_asked_once_for_it(mixed):
    result = _only(mixed, "no mode")
    (verdict,) = result.submissions
    assert verdict.status is SubmissionStatus.WITH_NOTES
    assert verdict.per_himpunan == {"kegiatan": (3, 3, 0, 0), "publikasi": (1, 1, 0, 0)}
    (finding,) = [one for one in result.findings.to_dict("records") if one["kode"] != "K12"]
    assert (finding["kode"], finding["keparahan"], finding["kolom"], finding["baris"]) == (
        "K46",
        "PERINGATAN",
        "mode",
        1,
    )
    assert 'kolom "Mode" tidak ada pada 3 baris; baris diterima, perlu dilengkapi.' in finding["pesan"]
    assert 'Ganti judul "Moda kegiatannya" menjadi "Mode"' in finding["cara"]
    assert result.accepted["kegiatan"]["mode"].tolist() == [None] * 3


def test_a_blank_column_is_asked_for_once_and_an_empty_cell_among_others_by_itself(mixed):
    result = _only(mixed, "blank mode")
    told = result.findings[["baris", "kolom", "kode"]].values.tolist()
    assert told == [[1, "mode", "K46"], [3, "jenis_kegiatan", "V13"]]
    assert result.submissions[0].diterima == 2


@pytest.mark.parametrize(("name", "column"), DESCRIBES.items(), ids=str)
def test_what_only_describes_is_left_out_of_an_accepted_row(result, name, column):
    number = next(i for i, one in enumerate(ROWS) if one[0] == name)
    frame = result.accepted[ROWS[number][1].name]
    (one,) = frame[frame["id_kiriman"] == f"k{number}"].to_dict("records")
    assert pd.isna(one[column])
    assert set(_row_findings(result, number)["keparahan"]) == {"PERINGATAN"}


def test_blank_cover_cells_take_the_unit_asked_and_are_counted_as_filled(mixed):
    result = _only(mixed, "no unit")
    one = result.accepted["kegiatan"].iloc[0]
    assert (one["lembaga"], one["kode_satker"], one["nama_satker"]) == ("kpu", "33.74", "Kota Semarang")
    assert (result.submissions[0].sel_wajib, result.submissions[0].sel_wajib_terisi) == (8, 8)


def test_completeness_of_required_cells(mixed):
    (verdict,) = _only(mixed, "gaps").submissions
    cells = 2 * len(K.wanted)
    assert (verdict.sel_wajib, verdict.sel_wajib_terisi) == (cells, cells - 2)


def test_quarantine_keeps_the_original_row_with_unknown_columns_masked(mixed):
    original = json.loads(_only(mixed, "extra").quarantine.iloc[0]["isi_asli"])
    assert original["Judul kegiatan"] == "x"
    assert original["Catatan"] == "NIK [NIK disamarkan]"
    assert original[f"({column_letter(len(samples.header(K)) + 1)})"] == "tepi"


def test_quarantine_does_not_say_who_somebody_is():
    header = ["Nama Pemohon", "No. HP", "NIK", "Keterangan"]
    personal: list[object] = ["Siti Aminah", 81234567890.0, 3374011505900002.0, "hubungi 0812\u00a03456\u00a07890"]
    good = row(I, jenis_pemohon="Siti Aminah", no_registrasi=None)
    table = RawTable(I.sheet, [[*samples.header(I), *header], [*good, *personal]])
    result = validate(submission(table))
    original = json.loads(result.quarantine.iloc[0]["isi_asli"])
    assert {original[one] for one in (*header[:3], "Jenis pemohon")} == {"[disamarkan]"}
    everything = result.quarantine.to_csv() + result.findings.to_csv() + json.dumps([*result.readings.values()])
    assert not [one for one in ("Siti", "81234567890", "3456", "3374011505900002") if one in everything]
    assert '"[disamarkan]" tidak dikenal sebagai jenis pemohon' in everything.replace('""', '"')


@pytest.mark.parametrize("address", ["https://www.facebook.com/photo?fbid=3374015503850007", "posts:81234567890"])
def test_what_the_rule_lets_pass_is_shown_and_kept_as_it_is(address):
    sent = submission(sheet(row(url_bukti=address, tempat="Sekretariat (024) 8413800, humas@kpu.go.id", judul="x")))
    result = validate(sent)
    original = json.loads(result.quarantine.iloc[0]["isi_asli"])
    assert "V12" in result.quarantine["kode"].tolist()
    assert "V32" not in result.quarantine["kode"].tolist()
    assert original[K.by_name["url_bukti"].label] == address
    assert original[K.by_name["tempat"].label] == "Sekretariat (024) 8413800, humas@kpu.go.id"


def test_the_remedy_says_how_an_office_writes_its_own_number():
    result = validate(submission(sheet(row(tempat="Rumah warga (024) 7601234, a.b@gmail.com"))))
    (finding,) = [one for one in result.findings.to_dict("records") if one["kode"] == "V32"]
    assert finding["pesan"].endswith("memuat nomor telepon dan surel pribadi. Baris ditahan dan isinya disamarkan.")
    assert finding["cara"].startswith(
        "Hapus nomor telepon dan surel pribadi itu lalu kirim ulang baris ini. Telepon kantor"
    )
    assert "7601234" not in result.findings.to_csv() + result.quarantine.to_csv()


def test_rows_without_a_key_repeat_nothing():
    without = {"tanggal_mulai": None, "tanggal_selesai": None, "hari": None}
    result = validate(submission(sheet(row(**without, jumlah_peserta=1), row(**without, jumlah_peserta=2))))
    assert result.quarantine["kode"].tolist() == ["V06", "V06"]


def test_no_other_sheet_than_the_one_written_month_first_is_asked_about():
    american = [
        {**NON, "tanggal_mulai": content, "judul": f"Rapat ke-{i} kehumasan"}
        for i, content in enumerate(["07/25/2026", "7/8/2026"])
    ]
    result = validate(
        submission(sheet(*(row(**content) for content in american)), number=1),
        submission(sheet(row(**american[1])), number=2),
    )
    assert result.quarantine[["id_kiriman", "baris", "kode"]].values.tolist() == [["k1", 2, "V06"], ["k1", 3, "V06"]]
    assert '"7/8/2026" dapat berarti 7 Agustus 2026 atau 8 Juli 2026.' in result.findings["pesan"].str.cat()


def test_json_records_are_named_by_number_and_key(mixed):
    finding = _only(mixed, "json").findings
    finding = finding[finding["kode"] == "V18"].iloc[0]
    assert finding["pesan"].startswith("kegiatan, rekaman 1, jumlah_peserta: ")
    assert (finding["huruf"], finding["baris"]) == ("jumlah_peserta", 1)


def test_reach_that_leaps_is_flagged(mixed):
    assert _only(mixed, "leap").findings[["kode", "baris"]].values.tolist() == [["V51", 10]]


def test_received_in_the_same_minute_is_not_the_future(mixed):
    assert _only(mixed, "minute").findings.empty


def test_a_unit_alone_gets_what_it_got_in_the_nation(mixed):
    """Another pass over one submission says the same, bit for bit."""
    repeated = validate(next(one for one in _mixed() if one.id == "kpartly"))
    companions = _only(mixed, "partly")
    assert repeated.submissions == companions.submissions
    pd.testing.assert_frame_equal(repeated.findings, companions.findings)
    pd.testing.assert_frame_equal(repeated.accepted["kegiatan"], companions.accepted["kegiatan"])


def _unit(number: str, code: str, name: str | None, lembaga: str = "kpu", **content: object) -> ReadSubmission:
    """A row of some unit, with evidence of its own unless told otherwise."""
    fill = {
        "kode_satker": code,
        "nama_satker": name,
        "lembaga": lembaga,
        "url_bukti": f"https://kpu.go.id/{number}",
    } | content
    return submission(sheet(row(**fill)), code=code, number=number, lembaga=lembaga, cover={"periode": "2026-TW3"})


@pytest.fixture(scope="module")
def across_units() -> BatchResult:
    companions = {"url_bukti": "https://jateng.kpu.go.id/rakor"}
    central_java = "KPU Provinsi Jawa Tengah"
    old = {"tanggal_mulai": "03/07/2022", "tanggal_selesai": None, "hari": None, "tanggal_publikasi": None}
    night = {"tanggal_mulai": "15/09/2026", "tanggal_selesai": None, "hari": None, "tanggal_publikasi": None}
    merauke = _unit("old", "91.01", "Kabupaten Merauke", **old)
    return validate(
        _unit("host", "33", "Provinsi Jawa Tengah", peran_satker="penyelenggara", penyelenggara=None, **companions),
        _unit("guest", "33.74", "Kota Semarang", penyelenggara=central_java, **companions),
        _unit("speaker", "33.22", "Kabupaten Semarang", penyelenggara="KPU Prov. Jawa Tengah", peran_satker="narasumber"),
        _unit("next day", "33.75", "Kota Pekalongan", penyelenggara=central_java, tanggal_mulai="03/07/2026", hari=None),
        _unit("nobody", "33.76", "Kota Tegal", penyelenggara=None),
        _unit("nation", "00", None),
        _unit("kpu sabang", "11.72", "KPU Kota Sabang"),
        _unit("kip sabang", "11.72", "KIP Kota Sabang"),
        _unit("bawaslu sabang", "11.72", "Bawaslu Kota Sabang", "bawaslu"),
        _unit("panwaslih sabang", "11.72", "Panwaslih Kota Sabang", "bawaslu"),
        _unit("kota sabang", "11.72", "Kota Sabang"),
        _unit("now", "91.01", None),
        replace(_unit("unknown", "99.99", None), satker_code="33.74"),
        replace(
            merauke, period="2022-TW3", received_at=datetime(2022, 10, 5, tzinfo=UTC),
            document=replace(merauke.document, cover={"periode": "2022-TW3"}),
        ),
        replace(_unit("east", "93.01", "Kabupaten Merauke", **night), received_at=PAST_MIDNIGHT),
        replace(_unit("west", "33.74", "Kota Semarang", **night), received_at=PAST_MIDNIGHT),
    )  # fmt: skip


PAST_MIDNIGHT = datetime(2026, 9, 14, 16, 30, tzinfo=UTC)
"""Half past eleven in the evening of 14 September in Jakarta, half past one on the 15th in Papua."""


def _with(result: BatchResult, code: str) -> list[str]:
    return result.findings.loc[result.findings["kode"] == code, "id_kiriman"].str[1:].tolist()


def test_evidence_shared_by_two_units_flags_those_that_did_not_organise(across_units):
    assert _with(across_units, "V25") == ["guest"]


@pytest.mark.parametrize(
    ("named", "flagged"), [("33.75", ["other", "own"]), ("33.74", [])], ids=["of its sender", "of another unit"]
)
def test_evidence_in_a_row_that_is_held_back_for_its_unit_is_no_use_of_it(named, flagged):
    """A unit that sends its neighbour's file throws no doubt on its neighbour."""
    evidence = {"url_bukti": "https://jateng.kpu.go.id/rakor", "peran_satker": "peserta"}
    other = _unit("other", "33.75", None, **evidence, kode_satker=named)
    result = validate(_unit("own", "33.74", None, **evidence), other)
    assert _with(result, "V25") == flagged


def test_one_event_told_by_several_units_has_one_id(across_units):
    event = across_units.accepted["kegiatan"].set_index("id_kiriman")["id_acara"]
    assert event["khost"] == event["kguest"] == event["kspeaker"]
    assert len({event[f"k{name}"] for name in ("host", "next day", "nobody")}) == 3


def test_aceh_names(across_units):
    violations = across_units.findings[across_units.findings["kode"] == "V31"]
    assert violations[["id_kiriman", "cara"]].values.tolist() == [
        ["kbawaslu sabang", 'Tulis "Panwaslih Kota Sabang".'],
        ["kkpu sabang", 'Tulis "KIP Kota Sabang".'],
    ]


def test_a_papuan_unit_is_valid_on_its_date(across_units):
    """Merauke was 91.01 until 10 November 2022 and is 93.01 since."""
    assert _with(across_units, "V02") == ["now", "unknown"]
    assert _only(across_units, "old").submissions[0].diterima == 1


def test_eastern_units_live_ahead_of_jakarta(across_units):
    assert _with(across_units, "V08") == ["west"]


def test_a_code_nobody_bears_is_no_other_unit(across_units):
    assert set(_only(across_units, "unknown").findings.query("keparahan == 'FATAL'")["kode"]) == {"V02", "K33"}


def test_the_national_unit_sends_too(across_units):
    assert _only(across_units, "nation").submissions[0].diterima == 1


REJECTED: list[tuple[str, dict[str, object], str, str]] = [
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


@pytest.mark.parametrize(("cover", "code", "reason"), [one[1:] for one in REJECTED], ids=[one[0] for one in REJECTED])
def test_a_cover_that_does_not_fit_refuses_the_whole_file(cover, code, reason):
    result = validate(submission(sheet(row(), row(judul="Rapat lain sekali")), cover=samples.COVER | cover))
    (verdict,) = result.submissions
    assert verdict.status is SubmissionStatus.REFUSED
    assert reason in verdict.alasan
    assert verdict.cara
    assert (verdict.baris_masuk, verdict.diterima, verdict.dikarantina, verdict.kembar) == (2, 0, 2, 0)
    assert verdict.per_himpunan == {"kegiatan": (2, 0, 2, 0)}
    assert result.findings[["kode", "baris"]].values.tolist() == [[code, 0]]
    assert result.quarantine.empty
    assert len(result.accepted["kegiatan"]) == 0


def test_an_unreadable_file_carries_its_error():
    sent = replace(
        submission(),
        document=None,
        error_code="tak_terbaca",
        error_message="Berkas rusak.",
        error_remedy="Kirim ulang.",
    )
    result = validate(sent)
    (verdict,) = result.submissions
    assert (verdict.status, verdict.alasan, verdict.cara) == (SubmissionStatus.REFUSED, "Berkas rusak.", "Kirim ulang.")
    assert result.findings[["kode", "keparahan"]].values.tolist() == [["tak_terbaca", "FATAL"]]


def test_a_flood_of_rows_is_refused():
    quantity = [[None, None, None, "x", "y", "z"]] * 100_001
    result = validate(submission(RawTable("Kegiatan", [samples.header(K), *quantity])))
    assert result.findings["kode"].tolist() == ["K34"]
    assert result.submissions[0].dikarantina == 100_001


def test_nobody_sent_anything():
    result = validate()
    assert result.submissions == ()
    assert all(
        frame.empty for frame in (result.findings, result.quarantine, result.duplicates, *result.accepted.values())
    )


def test_a_rule_that_cannot_run_is_a_system_error(monkeypatch):
    from humas.validation import expectations

    name = "weekday_to_match_date"
    broken = replace(expectations._BY_NAME[name], violations=lambda frame, knowledge: 1 / 0)
    monkeypatch.setitem(expectations._BY_NAME, name, broken)
    with pytest.raises(OperatorError, match="V10") as error:
        validate(submission(sheet(row())))
    assert error.value.code == "validasi_gagal"


def test_rows_that_do_not_balance_are_a_system_error(monkeypatch):
    from humas.validation import validate as module

    original = module.judge

    def lose_a_row(*content):
        result = original(*content)
        result.accepted = result.accepted.iloc[1:]
        return result

    monkeypatch.setattr(module, "judge", lose_a_row)
    with pytest.raises(OperatorError) as error:
        validate(submission(sheet(row())))
    assert error.value.code == "neraca_baris"


STRANGE = {
    "words_of_choices": ("mode", "entah", "isian berlainan pada kolom pilihan"),
    "cells_of_any_kind": ("tanggal_publikasi", "kapan", "isian yang tidak terbaca"),
}


@pytest.mark.parametrize(("column", "words", "what"), STRANGE.values(), ids=STRANGE)
def test_a_file_that_nobody_would_mend_cell_by_cell_is_refused_whole_and_alone(monkeypatch, column, words, what):
    monkeypatch.setattr("humas.validation.validate.MAX_UNREADABLE", 100)
    unknown = [row(K, **NON | {"judul": f"Rapat {i}", column: f"{words} {i}"}) for i in range(101)]
    bad, enough = submission(sheet(*unknown), number="buruk"), submission(sheet(*unknown[:20]), number="cukup")
    result = validate(bad, enough)
    one, second = result.submissions
    assert (one.status, one.baris_masuk, one.dikarantina) == (SubmissionStatus.REFUSED, 101, 101)
    assert what in one.alasan
    assert one.alasan.endswith("di atas 100 barisnya tidak diperiksa satu per satu.")
    assert one.cara
    assert len(result.findings[result.findings["id_kiriman"] == one.id_kiriman]) == 1
    assert second.baris_masuk == 20
    assert (result.findings["id_kiriman"] == second.id_kiriman).sum() >= 20


def test_the_nearest_choice_is_looked_for_only_where_it_is_told(monkeypatch):
    sought = []
    monkeypatch.setattr("humas.values.cells.nearest_labels", lambda name, text: sought.append(text) or [])
    monkeypatch.setattr("humas.validation.validate._strange_words", lambda file: None)
    monkeypatch.setattr("humas.validation.validate.MAX_UNREADABLE", 5)
    validate(submission(sheet(*(row(K, **NON, judul=f"Rapat {i}", mode=f"entah {i}") for i in range(6)))))
    assert sought == []


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.name)
def test_a_file_without_one_readable_date_costs_its_rows_and_not_our_program(dataset):
    dates = {column.name: "menyusul" for column in dataset.columns if column.type_name.value in {"tanggal", "waktu"}}
    result = validate(submission(sheet(row(dataset, **dates), dataset=dataset)))
    (verdict,) = result.submissions
    assert (verdict.baris_masuk, verdict.dikarantina) == (1, 0 if dataset.of_quarter_end else 1)
