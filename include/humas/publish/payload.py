"""A report as ready text for the PDF templates: words, formats, charts; no decision about data is made here."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from statistics import median
from typing import Any

from humas.contract.vocabulary import load_vocabulary
from humas.publish import charts, view
from humas.publish.findings import column_place, rule_code, rule_text, sentence, sheet_label, without_place
from humas.publish.model import (
    Angka,
    HitungAturan,
    Keadaan,
    KeadaanProvinsi,
    Laporan,
    LaporanNasional,
    LaporanProvinsi,
    LaporanSatker,
    Nilai,
    Tabel,
)
from humas.publish.narrative import (
    KETEPATAN,
    NAMA_ACEH,
    STATUS,
    conservation,
    narrate,
    office,
    quarter,
    title_name,
    uncollected,
)
from humas.publish.text import (
    bilangan,
    clean_tree,
    opening,
    percent_number,
    persen,
    share,
    tanggal,
    tanggal_panjang,
    tanggal_pendek,
    waktu,
    waktu_pendek,
)
from humas.publish.ukuran import DAFTAR, HURUF, MENURUT_NAMA, breakdown
from humas.registry import Lembaga

BARIS_TERBANYAK = 120
BARIS_ATURAN = 12
_KOSONG = "–"
_KURANG = "\u2212"
_TREN = ("kegiatan_dilaporkan", "publikasi", "permohonan")


def payload(laporan: Laporan) -> dict[str, Any]:
    """Everything the template prints, every string printable."""
    isi = _common(laporan)
    if isinstance(laporan, LaporanSatker):
        isi |= _unit(laporan)
    elif isinstance(laporan, LaporanProvinsi):
        isi |= _province(laporan)
    elif isinstance(laporan, LaporanNasional):
        isi |= _nation(laporan)
    bersih: dict[str, Any] = clean_tree(isi)
    return bersih


def qr_text(laporan: Laporan) -> str:
    """What the QR code says: report id and data digest, in its compact alphabet."""
    return f"{laporan.id}:{laporan.sidik}".upper()


def keywords(laporan: Laporan) -> list[str]:
    """What the PDF's metadata say for :mod:`humas.publish.verify`: report id and data digest."""
    return [laporan.id, f"sidik:{laporan.sidik}"]


# ---------- all reports ----------


def _common(laporan: Laporan) -> dict[str, Any]:
    triwulan, kepala = quarter(laporan), laporan.kepala
    nama = title_name(laporan)
    return {
        "jenis": laporan.jenis,
        "judul": f"Laporan Kehumasan {nama}, {triwulan.label}",
        "uraian": f"Laporan kehumasan {nama} untuk {triwulan.rentang}, edisi {laporan.edisi}.",
        "penyusun": office(laporan) or Lembaga(kepala.lembaga).nama_panjang,
        "kata_kunci": keywords(laporan),
        "kepala_halaman": f"Laporan Kehumasan {nama}",
        "jenis_laporan": {
            "satker": "Laporan Kehumasan",
            "provinsi": "Laporan Kehumasan Provinsi",
            "nasional": "Laporan Kehumasan Nasional",
        }[kepala.lingkup],
        "kop": _letterhead(laporan),
        "periode": triwulan.label,
        "triwulan_lalu": triwulan.sebelumnya().label_pendek,
        "id": laporan.id,
        "edisi": str(laporan.edisi),
        "sidik": laporan.sidik,
        "qr": {"svg": _qr(laporan), "alt": f"Kode QR berisi nomor laporan {laporan.id} dan sidik data"},
        "identitas": _identity(laporan),
        "catatan": _assumption_note(laporan),
        "penyusun_jabatan": f"Pejabat kehumasan {office(laporan)}".strip(),
        "pengesah_jabatan": _signer(laporan),
        "narasi": asdict(narrate(laporan)),
        "neraca": _conservation(laporan),
        "tren": _trend(laporan),
        "strategi": _strategies(laporan),
        "kanal": _parts(laporan, "publikasi_kanal", "publikasi"),
        "ralat": [[r.id, r.label, _value(r.ukuran, r.lama), _value(r.ukuran, r.baru)] for r in laporan.ralat],
        "lampiran": _appendices(laporan),
    }


_KOP_PUSAT = {"Puspen Kemendagri": ["KEMENTERIAN DALAM NEGERI", "PUSAT PENERANGAN"]}


def _letterhead(laporan: Laporan) -> list[str]:
    """Two lines: the body by the name it has there, and the place."""
    kepala, kantor = laporan.kepala, office(laporan)
    if kantor in _KOP_PUSAT:
        return _KOP_PUSAT[kantor]
    lembaga = NAMA_ACEH.get(kantor.partition(" ")[0], Lembaga(kepala.lembaga).nama_panjang)
    return [lembaga.upper(), "REPUBLIK INDONESIA" if kepala.tingkat == "nasional" else kepala.nama_wilayah.upper()]


def _signer(laporan: Laporan) -> str:
    jabatan = "Pimpinan" if laporan.kepala.lembaga == Lembaga.PEMDA else "Ketua"
    return f"{jabatan} {office(laporan) or title_name(laporan)}"


def _identity(laporan: Laporan) -> list[list[str]]:
    kepala = laporan.kepala
    baris = [["Periode", quarter(laporan).rentang]]
    if isinstance(laporan, LaporanSatker):
        tempat = f", {kepala.nama_provinsi}" if kepala.tingkat not in {"provinsi", "nasional"} else ""
        keadaan = laporan.keadaan
        baris = [["Satuan kerja", f"{kepala.nama} ({kepala.kode}){tempat}"], *baris]
        baris += [["Tenggat", f"{tanggal_panjang(t.tanggal)}{_assumed(laporan)}"] for t in kepala.tenggat]
        baris.append(["Diterima", f"{waktu(keadaan.diterima_pada)}: {KETEPATAN[keadaan.ketepatan].lower()}"])
        baris.append(["Hasil pemeriksaan", f"{STATUS[keadaan.status]}: {_rows(laporan)}"])
    else:
        wajib, lapor = laporan.count("satker_wajib"), laporan.count("satker_lapor")
        nama = {"kabkota": "kabupaten/kota", "provinsi": "provinsi", "nasional": "pusat"}
        baris.append(["Cakupan", f"{bilangan(wajib)} satuan kerja, {bilangan(lapor)} melapor"])
        baris += [
            [f"Tenggat {nama.get(t.tingkat, t.tingkat)}", f"{tanggal(t.tanggal)}{_assumed(laporan)}"]
            for t in kepala.tenggat
        ]
        baris.append(["Neraca baris", _rows(laporan)])
    return [*baris, ["Edisi", f"{laporan.edisi}, terbit {tanggal(laporan.terbit)}"]]


def _assumed(laporan: Laporan) -> str:
    return " (asumsi)" if laporan.kepala.asumsi_tenggat else ""


def _rows(laporan: Laporan) -> str:
    masuk, diterima, ditahan, kembar = conservation(laporan)
    if not masuk:
        return "tidak ada baris"
    return f"{bilangan(masuk)} baris masuk = {bilangan(diterima)} diterima + {bilangan(ditahan)} ditahan + {bilangan(kembar)} kembar"


def _assumption_note(laporan: Laporan) -> str:
    if not laporan.kepala.asumsi_tenggat:
        return ""
    return "Tenggat adalah asumsi pemasangan ini; belum ada keputusan yang menetapkannya."


@cache
def _qr_path(teks: str) -> str:
    import segno

    keluar = io.BytesIO()
    segno.make(teks, error="m", micro=False).save(keluar, kind="svg", xmldecl=False, border=1, dark=charts.TINTA)
    return keluar.getvalue().decode()


def _qr(laporan: Laporan) -> str:
    return _qr_path(qr_text(laporan))


def _conservation(laporan: Laporan) -> dict[str, Any]:
    masuk, diterima, ditahan, kembar = conservation(laporan)
    selisih = masuk - diterima - ditahan - kembar
    angka = laporan.figure("baris", "masuk")
    return {
        "nilai": [bilangan(n) for n in (masuk, diterima, ditahan, kembar)],
        "cocok": not selisih,
        "kata": "Cocok, selisih 0" if not selisih else f"Selisih {bilangan(selisih)}",
        "id": angka.id if angka else "",
    }


def _trend(laporan: Laporan) -> list[dict[str, str]]:
    hasil = []
    for tren in laporan.tren:
        if tren.ukuran in _TREN and any(n for _, n in tren.titik):
            judul = MENURUT_NAMA[tren.ukuran].label
            grafik = charts.bar_columns([(_short_quarter(p), n) for p, n in tren.titik], judul)
            hasil.append({"judul": judul, "svg": grafik.svg, "alt": grafik.alt})
    return hasil


def _short_quarter(kunci: str) -> str:
    """``III '26`` from ``2026-TW3``."""
    tahun, nomor = kunci.split("-TW")
    return f"{('I', 'II', 'III', 'IV')[int(nomor) - 1]} \u2019{tahun[2:]}"


def _strategies(laporan: Laporan) -> dict[str, Any]:
    semua = {a.rincian: a for a in laporan.breakdown("kegiatan_strategi")}
    jumlah = laporan.figure("kegiatan_dilaporkan")
    if not jumlah or not jumlah.nilai:
        return {"baris": [], "kaki": [], "ada_lalu": False}
    puncak = max((a.nilai or 0 for a in semua.values()), default=0) or 1
    baris = []
    for istilah in load_vocabulary()["strategi"].istilah:
        angka = semua.get(istilah.nilai)
        nilai = angka.nilai or 0 if angka else 0
        baris.append({
            "nama": f"{istilah.nilai}. {istilah.label}",
            "w": nilai / puncak,
            "n": bilangan(nilai),
            **_before(angka),
        })
    kaki = ["Jumlah", "", bilangan(jumlah.nilai), *_before(jumlah).values()]
    return {"baris": baris, "kaki": kaki, "ada_lalu": jumlah.sebelumnya is not None}


def _before(angka: Angka | None) -> dict[str, str]:
    """Value of last quarter and the difference with its sign."""
    if angka is None or angka.nilai is None or angka.sebelumnya is None:
        return {"lalu": _KOSONG, "selisih": _KOSONG}
    selisih = angka.nilai - angka.sebelumnya
    tanda = "+" if selisih > 0 else _KURANG if selisih < 0 else ""
    return {"lalu": bilangan(angka.sebelumnya), "selisih": tanda + bilangan(abs(selisih))}


def _parts(laporan: Laporan, ukuran: str, jumlah: str) -> dict[str, Any]:
    """A breakdown with shares, largest first, zeros left out."""
    seluruh = laporan.count(jumlah)
    bagian = sorted((a for a in laporan.breakdown(ukuran) if a.nilai), key=lambda a: -(a.nilai or 0))
    baris = [[a.label, bilangan(a.nilai), share(a.nilai or 0, seluruh)] for a in bagian]
    total = sum(a.nilai or 0 for a in bagian)
    return {"baris": baris, "kaki": ["Jumlah", bilangan(total), share(total, seluruh)] if baris else []}


def _appendices(laporan: Laporan) -> dict[str, str]:
    """Letters of the appendices that exist, in order."""
    ada: list[tuple[str, bool]] = []
    if isinstance(laporan, LaporanSatker):
        ada = [
            ("kegiatan", bool(laporan.tabel.get("kegiatan"))),
            ("ditahan", bool(laporan.ditahan)),
            ("peringatan", bool(laporan.catatan)),
        ]
    elif isinstance(laporan, LaporanProvinsi):
        ada = [("aturan", bool(laporan.aturan))]
    else:
        ada = [("belum", True), ("kepatuhan", True), ("metode", True)]
    ada += [("ralat", bool(laporan.ralat)), ("sidik", True)]
    return {kunci: "ABCDEFG"[i] for i, kunci in enumerate(k for k, tampil in ada if tampil)}


def _value(ukuran: str, nilai: float | None) -> str:
    return persen(nilai) if MENURUT_NAMA[ukuran].persen else bilangan(nilai)


def _card(laporan: Laporan, ukuran: str, ket: str = "", rincian: str = "", label: str = "") -> dict[str, str]:
    angka = laporan.figure(ukuran, rincian)
    satuan = MENURUT_NAMA[ukuran].satuan
    nilai = angka.nilai if angka else None
    teks = _value(ukuran, nilai)
    return {
        "label": label or MENURUT_NAMA[ukuran].label,
        "id": angka.id if angka else "",
        "nilai": teks.removesuffix("\u00a0%"),
        "satuan": (
            "%"
            if satuan == "persen" and nilai is not None
            else satuan
            if satuan in {"hari kerja", "jam", "orang"} and nilai is not None
            else ""
        ),
        "ket": ket,
        "ubah": _delta(laporan, angka),
    }


def _delta(laporan: Laporan, angka: Angka | None) -> str:
    """``+5 dari TW II 2026``; for percentages in points."""
    if angka is None or angka.nilai is None or angka.sebelumnya is None:
        return ""
    lalu = quarter(laporan).sebelumnya().label_pendek
    selisih = round(angka.nilai - angka.sebelumnya, 1)
    if not selisih:
        return f"sama dengan {lalu}"
    poin = " poin" if angka.satuan == "persen" else ""
    return f"{'+' if selisih > 0 else _KURANG}{bilangan(abs(selisih))}{poin} dari {lalu}"


# ---------- one unit ----------


def _unit(laporan: LaporanSatker) -> dict[str, Any]:
    return {
        "nihil": laporan.keadaan.status == "nihil",
        "angka": _unit_cards(laporan),
        "garis_waktu": _timeline(laporan),
        "kegiatan": _activities(laporan),
        "permohonan": _requests(laporan.tabel.get("permohonan_info")),
        "isu": _issues(laporan.tabel.get("isu_hoaks")),
        "ditahan": _findings(laporan.ditahan),
        "peringatan": _findings(laporan.catatan),
        "sumber": [
            [
                s.sidik[:24],
                s.saluran,
                waktu(s.diterima_pada),
                STATUS.get(s.status, s.status) + (" (berlaku)" if s.berlaku else ""),
            ]
            for s in laporan.sumber
        ],
    }


def _unit_cards(laporan: LaporanSatker) -> list[dict[str, str]]:
    kanal = sum(1 for a in laporan.breakdown("publikasi_kanal") if a.nilai)
    tepat, telat = (laporan.count("permohonan_ketepatan", r) for r in ("tepat", "terlambat"))
    terang = laporan.count("hoaks_diklarifikasi")
    return [
        _card(laporan, "kegiatan_dilaporkan", f"{bilangan(laporan.count('acara_unik'))} acara unik"),
        _card(laporan, "publikasi", f"di {bilangan(kanal)} kanal" if kanal else ""),
        _card(
            laporan,
            "peserta",
            f"{bilangan(laporan.count('peserta', 'orang/satker_ini'))} orang dari satker ini",
            "orang/seluruh_acara",
            "Peserta seluruh acara",
        ),
        _card(
            laporan,
            "permohonan",
            f"{bilangan(tepat)} dari {bilangan(tepat + telat)} dijawab tepat waktu" if tepat + telat else "",
        ),
        _card(laporan, "permohonan_median_hari", "dari diterima sampai dijawab"),
        _card(laporan, "hoaks_isu", f"{bilangan(terang)} sudah diklarifikasi" if laporan.count("hoaks_isu") else ""),
    ]


def _timeline(laporan: LaporanSatker) -> dict[str, str]:
    akhir = quarter(laporan).selesai
    tenggat = laporan.kepala.tenggat[0]
    titik = [(tanggal_pendek(akhir.isoformat()), "Triwulan berakhir", 0)]
    for iso, nama in ((tenggat.tanggal, "Tenggat"), (tenggat.akhir_tenggang, "Akhir tenggang")):
        titik.append((tanggal_pendek(iso), nama, (date.fromisoformat(iso) - akhir).days))
    datang = laporan.keadaan.diterima_pada
    diterima = None
    if datang:
        diterima = (tanggal_pendek(datang), "Laporan diterima", (datetime.fromisoformat(datang).date() - akhir).days)
    return asdict(charts.timeline(titik, diterima, "Ketepatan waktu"))


def _label(kosakata: str, nilai: Nilai) -> str:
    return load_vocabulary()[kosakata].label(str(nilai)) if nilai not in {None, ""} else _KOSONG


def _or_dash(nilai: Nilai) -> str:
    return _KOSONG if nilai in {None, ""} else str(nilai)


def _capped(baris: Iterable[Any], jumlah: int, batas: int = BARIS_TERBANYAK) -> dict[str, Any]:
    """At most ``batas`` rows, and a note that says where the rest are."""
    dicetak = [satu for satu, _ in zip(baris, range(batas), strict=False)]
    sisa = jumlah - len(dicetak)
    return {
        "baris": dicetak,
        "catatan": f"{bilangan(sisa)} baris lain dimuat lengkap dalam buku kerja XLSX laporan ini." if sisa else "",
    }


_LINGKUP = ("seluruh_acara", "satker_ini")


def _activities(laporan: LaporanSatker) -> dict[str, Any]:
    tabel = laporan.tabel.get("kegiatan") or Tabel(())
    baris = (
        [
            str(nomor),
            tanggal_pendek(_iso(r, "tanggal_mulai")),
            _or_dash(r.get("judul")),
            _or_dash(r.get("strategi_utama")),
            _label("peran_satker", r.get("peran_satker")),
            *(_participants(r, lingkup) for lingkup in _LINGKUP),
        ]
        for nomor, r in enumerate(tabel.records(), 1)
    )
    unik = bilangan(laporan.count("acara_unik"))
    jumlah = [bilangan(laporan.value("peserta", f"orang/{lingkup}")) for lingkup in _LINGKUP]
    return _capped(baris, len(tabel)) | {
        "kaki": ["", "", f"{bilangan(len(tabel))} kegiatan, {unik} acara unik", "", "", *jumlah]
    }


def _participants(baris: Mapping[str, Nilai], lingkup: str) -> str:
    """Persons of one scope; another scope or unit is not added to it."""
    if baris.get("satuan_peserta") != "orang" or baris.get("lingkup_peserta") != lingkup:
        return _KOSONG
    jumlah = baris.get("jumlah_peserta")
    return bilangan(jumlah) if isinstance(jumlah, int | float) else _KOSONG


def _iso(baris: Mapping[str, Nilai], kolom: str) -> str | None:
    nilai = baris.get(kolom)
    return nilai if isinstance(nilai, str) else None


def _requests(tabel: Tabel | None) -> dict[str, Any]:
    tabel = tabel or Tabel(())
    rezim = {"UMUM": "Umum", "PEMILU": "Pemilu"}
    baris = (
        [
            str(nomor),
            tanggal_pendek(_iso(r, "tanggal_terima")),
            _label("jenis_pemohon", r.get("jenis_pemohon")),
            _or_dash(r.get("informasi_diminta")),
            rezim.get(str(r.get("rezim")), _KOSONG),
            _or_dash(r.get("hari_kerja")),
            _label("putusan", r.get("putusan")),
            breakdown("permohonan_ketepatan").get(str(r.get("ketepatan")), _KOSONG),
        ]
        for nomor, r in enumerate(tabel.records(), 1)
    )
    return _capped(baris, len(tabel), 60)


def _issues(tabel: Tabel | None) -> dict[str, Any]:
    tabel = tabel or Tabel(())
    baris = (
        [
            _or_dash(r.get("judul_klaim")),
            _or_dash(r.get("jumlah_konten")),
            waktu_pendek(_iso(r, "tanggal_temuan")),
            waktu_pendek(_iso(r, "tanggal_klarifikasi")),
            _hours(r),
            _label("status_isu", r.get("status")),
        ]
        for r in tabel.records()
    )
    return _capped(baris, len(tabel), 60)


def _hours(baris: Mapping[str, Nilai]) -> str:
    """Hours from discovery to clarification."""
    awal, akhir = _iso(baris, "tanggal_temuan"), _iso(baris, "tanggal_klarifikasi")
    if not awal or not akhir:
        return _KOSONG
    return f"{bilangan((datetime.fromisoformat(akhir) - datetime.fromisoformat(awal)).total_seconds() / 3600)} jam"


def _findings(tabel: Tabel) -> dict[str, Any]:
    """Findings with their place in columns, and the message without it."""
    baris = (
        [
            sheet_label(r.get("lembar")) or _KOSONG,
            bilangan(r["baris"]) if r.get("baris") and isinstance(r["baris"], int) else _KOSONG,
            column_place(r.get("huruf"), r.get("kolom")) or _KOSONG,
            _or_dash(r.get("kode")),
            without_place(_or_dash(r.get("pesan"))),
            sentence(_or_dash(r.get("cara"))),
        ]
        for r in tabel.records()
    )
    return _capped(baris, len(tabel), 60)


# ---------- province and nation ----------


def _level_cards(laporan: Laporan) -> list[dict[str, str]]:
    wajib = bilangan(laporan.count("satker_wajib"))
    lapor, tepat = laporan.count("satker_lapor"), laporan.count("ketepatan", "tepat_waktu")
    hari, terang = laporan.value("permohonan_median_hari"), laporan.count("hoaks_diklarifikasi")
    return [
        _card(laporan, "kelengkapan", f"{bilangan(lapor)} dari {wajib} kewajiban"),
        _card(laporan, "ketepatan_waktu", f"{bilangan(tepat)} dari {wajib} kewajiban"),
        _card(laporan, "kegiatan_dilaporkan", f"{bilangan(laporan.count('acara_unik'))} acara unik"),
        _card(laporan, "publikasi", _median_publications(laporan)),
        _card(laporan, "permohonan", f"median jawaban {bilangan(hari)} hari kerja" if hari is not None else ""),
        _card(laporan, "hoaks_isu", f"{bilangan(terang)} sudah diklarifikasi" if laporan.count("hoaks_isu") else ""),
    ]


def _median_publications(laporan: Laporan) -> str:
    satker = laporan.satker if isinstance(laporan, LaporanProvinsi | LaporanNasional) else ()
    lapor = [unit.publikasi for unit in satker if unit.lapor]
    return f"median {bilangan(median(lapor))} tiap satker melapor" if lapor else ""


def _punctuality(laporan: Laporan) -> dict[str, str]:
    bagian = [(jenis, label, laporan.count("ketepatan", jenis)) for jenis, label in KETEPATAN.items()]
    return asdict(charts.stacked_bar(bagian, "Kewajiban menurut ketepatan"))


def _standing(unit: Keadaan) -> list[Any]:
    cap = {"jenis": unit.ketepatan, "kata": KETEPATAN[unit.ketepatan]}
    angka = [bilangan(n) if unit.lapor else _KOSONG for n in (unit.kegiatan, unit.publikasi, unit.dikarantina)]
    return [unit.kode, unit.nama, cap, view.STATUS.get(unit.hasil, unit.hasil), *angka]


def _silent(satker: Sequence[Keadaan]) -> list[Keadaan]:
    return [unit for unit in satker if not unit.lapor]


def _silent_sentence(satker: Sequence[Keadaan]) -> str:
    return f"{opening(len(_silent(satker)))} dari {bilangan(len(satker))} satuan kerja belum lapor{uncollected(satker)}. Keadaannya disebut menurut siapa yang perlu bertindak."


def _rules(aturan: Sequence[HitungAturan]) -> dict[str, list[list[str]]]:
    """Rules that held rows, and rules that only left a note, the most frequent of each first."""
    return {
        nama: [
            [rule_code(a.kode), rule_text(a.kode), bilangan(a.temuan), bilangan(a.satker)]
            for a in aturan
            if (a.keparahan == "FATAL") is menahan
        ][:BARIS_ATURAN]
        for nama, menahan in (("menahan", True), ("mencatat", False))
    }


def _province(laporan: LaporanProvinsi) -> dict[str, Any]:
    isu = (
        [
            _or_dash(r.get("judul_klaim")),
            _or_dash(r.get("nama")),
            _label("status_isu", r.get("status")),
            waktu_pendek(_iso(r, "tanggal_temuan")),
            _hours(r),
        ]
        for r in laporan.isu.records()
    )
    jumlah = [laporan.count("kegiatan_dilaporkan"), laporan.count("publikasi"), laporan.count("baris", "dikarantina")]
    lapor = f"{bilangan(laporan.count('satker_lapor'))} dari {bilangan(laporan.count('satker_wajib'))} melapor"
    return {
        "angka": _level_cards(laporan),
        "batang_ketepatan": _punctuality(laporan),
        "belum": [[u.kode, u.nama, *_cause(u)] for u in _silent(laporan.satker)],
        "kalimat_belum": _silent_sentence(laporan.satker),
        "kepatuhan": [_standing(unit) for unit in laporan.satker],
        "median": view.medians(laporan.satker),
        "layanan": _service_tables(laporan),
        "kepatuhan_kaki": ["", lapor, "", "", *(bilangan(n) for n in jumlah)],
        "isu": _capped(isu, len(laporan.isu), 80),
        "aturan": _rules(laporan.aturan),
    }


def _nation(laporan: LaporanNasional) -> dict[str, Any]:
    lengkap = sum(p.wajib == p.lapor for p in laporan.provinsi)
    nama = {p.kode: _province_name(p) for p in laporan.provinsi}
    petak = [charts.Petak(p.kode, p.nama, p.kelengkapan if p.lapor else None) for p in laporan.provinsi]
    isi = {
        "angka": _level_cards(laporan),
        "judul_peta": f"{lengkap} dari {len(laporan.provinsi)} provinsi lengkap",
        "peta": asdict(charts.tile_map(petak, "Kelengkapan laporan tiap provinsi, persen")),
        "keterangan_peta": asdict(charts.legend()),
        "batang_ketepatan": _punctuality(laporan),
        "selang": _interval_chart(laporan),
        "kalimat_selang": "Titik ialah kelengkapan, garis ialah selang 95 % (Wilson). Provinsi yang selangnya bertumpuk belum berarti berbeda, maka tidak diperingkat.",
        "provinsi": [_province_row(p) for p in laporan.provinsi],
        "provinsi_kaki": _nation_totals(laporan),
        "layanan": _service_tables(laporan),
        "respons": _responses(laporan),
        "aturan": _rules(laporan.aturan),
        "belum": [[u.kode, u.nama, nama.get(u.kode[:2], _KOSONG), *_cause(u)] for u in _silent(laporan.satker)],
        "kalimat_belum": _silent_sentence(laporan.satker),
        "sebab": _causes(laporan.satker),
        "kepatuhan": _by_province(laporan),
        "median": view.medians(laporan.satker),
        "metode": [[f"{HURUF['nasional']}{u.nomor}", u.label, u.rumus] for u in DAFTAR],
    }
    return isi | _nation_lines(laporan)


def _by_province(laporan: LaporanNasional) -> list[dict[str, Any]]:
    """All units in groups: the national office, then each province with how many of its units reported."""
    anggota: dict[str, list[Keadaan]] = {}
    for unit in laporan.satker:
        anggota.setdefault(unit.kode[:2], []).append(unit)
    nama = {p.kode: _province_name(p) for p in laporan.provinsi}
    return [
        {
            "judul": f"{nama.get(kode, 'Kantor pusat')}: {sum(u.lapor for u in satker)} dari {len(satker)} melapor",
            "baris": [_standing(unit) for unit in satker],
        }
        for kode, satker in anggota.items()
    ]


def _service_tables(laporan: Laporan) -> dict[str, list[list[str]]]:
    """Requests by punctuality and by decision, issues by class: label, count, share in percent."""
    return {
        "ketepatan": _parts(laporan, "permohonan_ketepatan", "permohonan")["baris"],
        "putusan": _parts(laporan, "permohonan_putusan", "permohonan")["baris"],
        "klasifikasi": _parts(laporan, "hoaks_klasifikasi", "hoaks_isu")["baris"],
    }


def _responses(laporan: Laporan) -> list[list[str]]:
    """How fast issues were answered: measure, value with unit, trace code."""
    ukuran = ("hoaks_isu", "hoaks_konten", "hoaks_diklarifikasi", "hoaks_median_jam", "hoaks_p90_jam")
    ada = [a for nama in ukuran if (a := laporan.figure(nama)) and a.nilai is not None]
    return [[a.label, f"{bilangan(a.nilai)} {a.satuan}", a.id] for a in ada] if laporan.count("hoaks_isu") else []


_SEBUTAN = (("Provinsi ", ""), ("Daerah Khusus Ibukota ", "DKI "), ("Daerah Istimewa ", "DI "))


def _province_name(p: KeadaanProvinsi) -> str:
    """The name people use: "Jawa Tengah", "DKI Jakarta"."""
    nama = p.nama
    for panjang, pendek in _SEBUTAN:
        nama = nama.replace(panjang, pendek)
    return nama


def _province_row(p: KeadaanProvinsi) -> list[str]:
    return [
        _province_name(p),
        f"{bilangan(p.lapor)} dari {bilangan(p.wajib)}",
        percent_number(p.kelengkapan),
        percent_number(p.ketepatan_waktu),
        *(bilangan(n) for n in (p.kegiatan, p.publikasi, p.permohonan, p.hoaks, p.dikarantina)),
    ]


def _causes(satker: Sequence[Keadaan]) -> list[list[str]]:
    """Why units are silent and who acts, the most frequent first."""
    hitung = Counter(_cause(unit) for unit in _silent(satker))
    return [[*sebab, bilangan(jumlah)] for sebab, jumlah in hitung.most_common()]


def _cause(unit: Keadaan) -> tuple[str, str]:
    """What happened, and who must act; the same words as on the pages."""
    sebab = view.cause_of(unit)
    return sebab.judul, sebab.siapa


def _nation_totals(laporan: LaporanNasional) -> list[str]:
    wajib, lapor = laporan.count("satker_wajib"), laporan.count("satker_lapor")
    laju = [percent_number(laporan.value(u)) for u in ("kelengkapan", "ketepatan_waktu")]
    jumlah = [laporan.count(u) for u in ("kegiatan_dilaporkan", "publikasi", "permohonan", "hoaks_isu")]
    ditahan = laporan.count("baris", "dikarantina")
    return ["Nasional", f"{bilangan(lapor)} dari {bilangan(wajib)}", *laju, *map(bilangan, [*jumlah, ditahan])]


def _short_name(p: KeadaanProvinsi) -> str:
    """The province's name, or its abbreviation where it is too long for a chart."""
    nama = _province_name(p)
    return nama if len(nama) <= 25 else p.singkatan


def _interval_chart(laporan: LaporanNasional) -> dict[str, str]:
    baris = [
        charts.Selang(_short_name(p), p.kelengkapan, p.selang_bawah or 0.0, p.selang_atas or 0.0)
        for p in laporan.provinsi
        if p.kelengkapan is not None
    ]
    return asdict(charts.intervals(baris, "Kelengkapan provinsi dengan selang 95 %"))


def _nation_lines(laporan: LaporanNasional) -> dict[str, Any]:
    """The line chart of the two rates, when there is more than one quarter."""
    tren = {t.ukuran: t for t in laporan.tren}
    if "kelengkapan" not in tren or "ketepatan_waktu" not in tren:
        return {}
    deret = [
        charts.Deret("Kelengkapan", tuple(n for _, n in tren["kelengkapan"].titik)),
        charts.Deret("Ketepatan waktu", tuple(n for _, n in tren["ketepatan_waktu"].titik), putus=True),
    ]
    label = [_short_quarter(p) for p, _ in tren["kelengkapan"].titik]
    return {"garis": asdict(charts.lines(label, deret, "Kelengkapan dan ketepatan waktu, persen"))}
