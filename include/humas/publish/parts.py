"""Parts of pages: what a template shows of a report, as ready words, charts and links. Pure functions.

Everything a page prints is decided here; the templates only place it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from markupsafe import Markup

from humas.contract.columns import MENURUT_NAMA as HIMPUNAN
from humas.publish import charts, view
from humas.publish.findings import column_place, rule_code, rule_text, sentence, sheet_label, without_place
from humas.publish.model import (
    Angka,
    GalatTerakhir,
    HitungAturan,
    Keadaan,
    KeadaanProvinsi,
    Laporan,
    LaporanNasional,
    LaporanProvinsi,
    LaporanSatker,
    Nilai,
    Perubahan,
    Tabel,
    report_id,
)
from humas.publish.narrative import uncollected
from humas.publish.ukuran import MENURUT_NAMA, breakdown

BATAS_TEMUAN = 200
BATAS_KEGIATAN = 500
BATAS_ATURAN = 12
BATAS_PERMOHONAN = 60
KARTU_SATKER = (
    "kegiatan_dilaporkan",
    "publikasi",
    "permohonan",
    "permohonan_median_hari",
    "hoaks_isu",
    "hoaks_median_jam",
)
KARTU_REKAP = ("kelengkapan", "ketepatan_waktu", "kegiatan_dilaporkan", "publikasi", "permohonan", "hoaks_isu")
_PECAHAN = (
    "ketepatan", "status_kiriman", "kegiatan_jenis", "kegiatan_mode", "kegiatan_peran", "kegiatan_fungsi",
    "kegiatan_tahapan", "peserta", "publikasi_kanal", "publikasi_jenis", "permohonan_putusan",
    "permohonan_ketepatan", "hoaks_klasifikasi",
)  # fmt: skip
_TAK_BERJUMLAH = frozenset({"peserta"})
_KESELURUHAN = {
    "kegiatan": "kegiatan_dilaporkan",
    "publikasi": "publikasi",
    "permohonan": "permohonan",
    "hoaks": "hoaks_isu",
}


@dataclass(frozen=True, slots=True)
class BerkasTerbit:
    """A file that lies beside the pages. nama: path within the release. sidik: SHA-256, hex."""

    nama: str
    ukuran: int
    sidik: str


class Kartu(NamedTuple):
    """One of the main figures: the figure, a line below it, its change and since when."""

    angka: Angka
    keterangan: str
    ubah: str
    dari: str


class Tindakan(NamedTuple):
    """What a unit's page says when a person must act."""

    judul: str
    kelas: str
    apa: str
    dicoba: str
    siapa: str
    cara: str


class Kelompok(NamedTuple):
    """Units without a report that counts, by cause."""

    sebab: view.Sebab
    satker: list[Keadaan]


class Gambar(NamedTuple):
    """The trend of a report: a sentence, line charts (wide, narrow), columns by measure, and the table for both."""

    judul: str
    keterangan: str
    garis: tuple[Markup, Markup] | None
    batang: list[tuple[str, Markup]]
    kolom: list[str]
    baris: list[tuple[str, list[str]]]


class Unduhan(NamedTuple):
    """A file offered on a page."""

    label: str
    tujuan: str
    ukuran: str
    sidik: str


@cache
def badge(jenis: str, label: str = "") -> Markup:
    """Status as shape, word and colour."""
    kata = label or view.KETEPATAN.get(jenis) or view.STATUS.get(jenis) or jenis
    return Markup(
        '<span class="st st-{0}"><svg class="ik" aria-hidden="true"><use href="#i-{0}"/></svg>{1}</span>'
    ).format(jenis, kata)


def difference_of(angka: Angka) -> str:
    """Difference of a figure to the quarter before."""
    return view.difference(angka.sebelumnya, angka.nilai)


def change_of(ubah: Perubahan) -> str:
    """Difference between two editions."""
    return view.difference(ubah.lama, ubah.baru)


def edition_value(ukuran: str, nilai: int | float | None) -> str:
    """A value of the table of changes; a measure we no longer know is a plain number."""
    return view.measure_text(ukuran, nilai) if ukuran in MENURUT_NAMA else view.number_text(nilai)


def interval(p: KeadaanProvinsi) -> Markup | str:
    """The 95 % interval as a line from 0 to 100 with the value as a dot."""
    if p.kelengkapan is None or p.selang_bawah is None or p.selang_atas is None:
        return "–"
    return Markup(
        '<svg class="selang" viewBox="0 0 130 14" role="img" aria-label="{} sampai {} persen">'
        '<path class="jalan" d="M0 7H130"/><path class="rentang" d="M{:.1f} 7H{:.1f}"/>'
        '<circle class="titik" cx="{:.1f}" cy="7" r="4"/></svg>'
    ).format(
        view.percent_number(p.selang_bawah),
        view.percent_number(p.selang_atas),
        *(1.22 * n + 4 for n in (p.selang_bawah, p.selang_atas, p.kelengkapan)),
    )


def tile(p: KeadaanProvinsi, nilai: float | None, pembilang: int, kata: str) -> dict[str, object]:
    """One tile of the map: class of its level, value rounded down, and the sentence that stands for it."""
    ada = nilai is not None and p.lapor > 0
    return {
        "kode": p.kode,
        "singkatan": p.singkatan,
        "tingkat": f"k{charts.level(nilai) + 1}" if ada and nilai is not None else "k0",
        "nilai": int(nilai) if nilai is not None else "–",
        "uraian": f"{p.nama}, {pembilang} dari {p.wajib} satker {kata}",
    }


def cards(lap: Laporan, ukuran: Iterable[str]) -> list[Kartu]:
    """The main figures that exist, each with its numerator and denominator or a second figure."""
    dari = view.period_of(lap.kepala.periode).sebelumnya().label
    ada = (lap.figure(nama) for nama in ukuran)
    return [Kartu(a, _beside(lap, a), view.change_text(a), dari) for a in ada if a]


def _beside(lap: Laporan, a: Angka) -> str:
    """The line below a main figure."""
    if a.penyebut is not None and MENURUT_NAMA[a.ukuran].persen:
        nihil = lap.count("status_kiriman", "nihil") if a.ukuran == "kelengkapan" else 0
        sisipan = f", termasuk {view.number_text(nihil)} laporan nihil" if nihil else ""
        return f"{view.number_text(a.pembilang)} dari {view.number_text(a.penyebut)} kewajiban{sisipan}."
    kedua = {
        "kegiatan_dilaporkan": ("acara_unik", "acara unik"),
        "permohonan": ("permohonan_median_hari", "hari kerja, median waktu jawab"),
        "hoaks_isu": ("hoaks_diklarifikasi", "sudah diklarifikasi"),
    }.get(a.ukuran)
    if kedua and lap.value(kedua[0]) is not None and kedua[0] not in _own_card(lap):
        return f"{view.number_text(lap.value(kedua[0]))} {kedua[1]}"
    return _beside_publication(lap) if a.ukuran == "publikasi" else _ARTI.get(a.ukuran, "")


_ARTI = {
    "permohonan": "tanpa data pribadi pemohon",
    "permohonan_median_hari": "dari diterima sampai ditanggapi",
    "hoaks_median_jam": "dari temuan sampai klarifikasi pertama",
}


def _own_card(lap: Laporan) -> tuple[str, ...]:
    return KARTU_SATKER if isinstance(lap, LaporanSatker) else KARTU_REKAP


def _beside_publication(lap: Laporan) -> str:
    if isinstance(lap, LaporanNasional) and "publikasi" in lap.median_satker:
        return f"median {view.number_text(lap.median_satker['publikasi'])} tiap satker yang lapor"
    terbanyak = max(lap.breakdown("publikasi_kanal"), key=lambda a: a.nilai or 0, default=None)
    return (
        f"terbanyak di {terbanyak.label} ({view.number_text(terbanyak.nilai)})" if terbanyak and terbanyak.nilai else ""
    )


def intro_unit(lap: LaporanSatker) -> str:
    """The first sentence of a unit: what it did and when its report came, or that nothing counts."""
    periode, k = view.period_of(lap.kepala.periode).label, lap.keadaan
    if not k.lapor:
        return f"Belum ada laporan {periode} yang dapat dihitung.{_deadline_note(lap)}"
    tiba = f"Laporan tiba {view.date_text(k.diterima_pada)}{_lateness(lap)}."
    if k.status == "nihil":
        return f"{periode}: satker menyatakan tidak ada kegiatan kehumasan (nihil). {tiba}"
    isi = ", ".join(
        f"{view.number_text(lap.count(ukuran))} {kata}"
        for ukuran, kata in (("kegiatan_dilaporkan", "kegiatan"), ("publikasi", "publikasi"))
    )
    return f"{periode}: {isi}, dan {view.number_text(lap.count('permohonan'))} permohonan informasi. {tiba}"


def _lateness(lap: LaporanSatker) -> str:
    k, tenggat = lap.keadaan, lap.kepala.tenggat
    if k.hari_terlambat:
        return f", {k.hari_terlambat} hari kerja sesudah tenggat"
    if k.ketepatan != "tepat_waktu" or not k.diterima_pada or not tenggat:
        return ""
    sisa = (date.fromisoformat(tenggat[0].tanggal) - date.fromisoformat(k.diterima_pada[:10])).days
    return f", {sisa} hari sebelum tenggat" if sisa > 0 else ", tepat pada hari tenggat"


def _deadline_note(lap: Laporan) -> str:
    tenggat = lap.kepala.tenggat
    return f" Tenggat {view.date_text(tenggat[0].tanggal)}." if tenggat else ""


def intro_rollup(lap: LaporanProvinsi | LaporanNasional) -> str:
    """The first sentence of a province or the nation: how many reported, and how punctually."""
    lapor, wajib = lap.count("satker_lapor"), lap.count("satker_wajib")
    periode = view.period_of(lap.kepala.periode)
    awal = f"Sebanyak {view.number_text(lapor)} dari {view.number_text(wajib)} satuan kerja melaporkan kegiatan kehumasan {periode.rentang}."
    tepat = lap.figure("ketepatan_waktu")
    if tepat is None or tepat.nilai is None:
        return awal
    lanjut = f" Ketepatan waktu {view.percent_number(tepat.nilai)} persen"
    ubah = view.change_text(tepat)
    return f"{awal}{lanjut}{', ' + ubah + ' dari triwulan sebelumnya' if ubah else ''}."


def strategy_heading(lap: Laporan) -> str:
    """A heading that states the finding when three strategies hold at least half of the activities."""
    nilai = sorted((a.nilai or 0 for a in lap.breakdown("kegiatan_strategi")), reverse=True)
    jumlah, tiga = sum(nilai), sum(nilai[:3])
    if jumlah < 6 or tiga * 2 < jumlah or sum(nilai[3:]) == 0:
        return "Delapan strategi"
    return f"Tiga strategi menampung {view.number_text(tiga)} dari {view.number_text(jumlah)} kegiatan"


def action(lap: LaporanSatker) -> Tindakan | None:
    """Who must act on this unit and how; None when nobody must."""
    k = lap.keadaan
    if k.lapor and not k.dikarantina:
        return None
    if k.lapor:
        return Tindakan(
            f"{view.number_text(k.dikarantina)} baris ditahan",
            "tindak",
            f"{view.number_text(k.dikarantina)} dari {view.number_text(k.masuk)} baris belum dihitung karena ada isian yang salah.",
            "",
            "Satker pengirim",
            "Perbaiki baris pada daftar temuan di bawah, lalu kirim ulang laporan. Edisi baru terbit untuk satker, provinsi, dan nasional.",
        )
    sebab, galat = view.cause_of(k), lap.galat
    apa = lap.tolak[0] or (galat.pesan if galat else "") or sebab.apa
    cara = lap.tolak[1] or (galat.cara if galat else "") or sebab.cara
    kelas = "gagal" if k.status == "ditolak" else "tindak"
    judul = sebab.judul if k.belum_dikumpulkan else "Belum lapor"
    return Tindakan(judul, kelas, sentence(apa), _tried(galat), sebab.siapa, sentence(cara))


def _tried(galat: GalatTerakhir | None) -> str:
    return (
        f"Saluran {galat.saluran}, terakhir {view.time_text(galat.waktu)} (kode {galat.kode})."
        if galat and galat.saluran
        else ""
    )


def silent(k: Keadaan, lap: LaporanSatker | None) -> dict[str, str]:
    """One row of the status page: cause, who must act, what happened, how to mend it."""
    sebab, tindakan = view.cause_of(k), action(lap) if lap else None
    return {
        "kode": k.kode,
        "nama": k.nama,
        "sebab": sebab.judul,
        "siapa": sebab.siapa,
        "apa": tindakan.apa if tindakan else sebab.apa,
        "cara": tindakan.cara if tindakan else sebab.cara,
    }


def must_act(satker: Iterable[Keadaan]) -> dict[str, object]:
    """Silent units grouped by cause, in the order of causes."""
    belum = [s for s in satker if not s.lapor]
    kelompok = [Kelompok(sebab, [s for s in belum if view.cause_of(s) is sebab]) for sebab in view.SEBAB.values()]
    return {
        "bertindak": [k for k in kelompok if k.satker],
        "judul_bertindak": f"{view.number_text(len(belum))} satker belum lapor{uncollected(belum)}: siapa bertindak",
    }


def findings(lap: LaporanSatker) -> dict[str, object]:
    """What is wrong in a submission, row by row; at most ``BATAS_TEMUAN`` of a kind."""
    ditahan, catatan = len(lap.ditahan), len(lap.catatan)
    baris = [
        _finding(r, akibat)
        for tabel, akibat in ((lap.ditahan, "ditahan"), (lap.catatan, "catatan"))
        for r in _first(tabel)
    ]
    bagian = [
        f"{view.number_text(n)} {kata}"
        for n, kata in ((ditahan, "menahan baris" if lap.keadaan.lapor else "menolak kiriman"), (catatan, "catatan"))
        if n
    ]
    return {"jumlah": ditahan + catatan, "baris": baris, "judul": "Temuan: " + ", ".join(bagian)}


def _first(tabel: Tabel) -> Iterator[dict[str, Any]]:
    return Tabel(tabel.kolom, tabel.baris[:BATAS_TEMUAN]).records()


def _finding(r: Mapping[str, Any], akibat: str) -> dict[str, str]:
    return {
        "akibat": akibat,
        "lembar": sheet_label(r["lembar"]) or "Berkas",
        "baris": view.number_text(r["baris"]) if r["baris"] else "–",
        "kolom": column_place(r["huruf"], r["kolom"]) or "–",
        "pesan": without_place(r["pesan"] or ""),
        "cara": sentence(r["cara"] or ""),
        "kode": r["kode"] or "",
    }


def activities(tabel: Tabel | None) -> dict[str, object]:
    """The accepted activities by date; at most ``BATAS_KEGIATAN``."""
    if tabel is None:
        return {"jumlah": 0, "baris": []}
    kolom = {k.nama: k for _, k in view.public_columns("kegiatan", tabel)}
    urut = sorted(tabel.records(), key=lambda r: (str(r.get("tanggal_mulai")), str(r.get("judul"))))
    return {"jumlah": len(urut), "baris": [_activity(r, kolom) for r in urut[:BATAS_KEGIATAN]]}


def _activity(r: Mapping[str, Any], kolom: Mapping[str, Any]) -> dict[str, str]:
    def teks(nama: str) -> str:
        return view.cell_text(kolom[nama], r[nama]) if nama in kolom else ""

    return {
        "urut": str(r.get("tanggal_mulai") or "").replace("-", "")[:8] or "0",
        "tanggal": teks("tanggal_mulai"),
        "judul": teks("judul"),
        "jenis": teks("jenis_kegiatan"),
        "mode": teks("mode"),
        "peran": teks("peran_satker"),
        "peserta": f"{teks('jumlah_peserta')} {teks('satuan_peserta').lower()}".strip(),
        "tautan": view.safe_link(r.get("url_bukti")) if "url_bukti" in kolom else "",
    }


def requests(tabel: Tabel | None) -> dict[str, object]:
    """Information requests by date, without anything personal; at most ``BATAS_PERMOHONAN``."""
    if tabel is None:
        return {"jumlah": 0, "baris": []}
    kolom = HIMPUNAN["permohonan_info"].menurut_nama
    tepat = breakdown("permohonan_ketepatan")
    pilih = ("tanggal_terima", "jenis_pemohon", "informasi_diminta", "rezim", "putusan")
    baris = [
        {nama: view.cell_text(kolom[nama], r.get(nama)) for nama in pilih}
        | {"hari": view.number_text(_number(r.get("hari_kerja"))), "ketepatan": tepat.get(str(r.get("ketepatan")), "–")}
        for r in Tabel(tabel.kolom, tabel.baris[:BATAS_PERMOHONAN]).records()
    ]
    return {"jumlah": len(tabel), "baris": baris}


def _number(nilai: Nilai) -> int | float | None:
    return nilai if isinstance(nilai, int | float) else None


def issues(tabel: Tabel | None) -> Iterator[dict[str, str]]:
    """Hoaxes with every value as text."""
    if tabel is None:
        return
    kolom = HIMPUNAN["isu_hoaks"].menurut_nama
    for r in tabel.records():
        yield {nama: view.cell_text(kolom[nama], nilai) if nama in kolom else str(nilai) for nama, nilai in r.items()}


def breakdowns(lap: Laporan) -> list[tuple[str, str, list[Angka], int, int | None]]:
    """Measures that have a breakdown, without its zero lines; what nobody stated, and their sum where parts add up."""
    hasil = []
    for nama in _PECAHAN:
        daftar = [a for a in lap.breakdown(nama) if a.nilai]
        if daftar and not (isinstance(lap, LaporanSatker) and nama in {"ketepatan", "status_kiriman"}):
            hasil.append((nama, MENURUT_NAMA[nama].label, daftar, *_rest_and_sum(lap, nama, daftar)))
    return hasil


def _rest_and_sum(lap: Laporan, nama: str, daftar: Iterable[Angka]) -> tuple[int, int | None]:
    """How many the breakdown leaves out of its whole, and the whole; (0, None) where parts do not add up."""
    if nama in _TAK_BERJUMLAH:
        return 0, None
    jumlah = int(sum(a.nilai or 0 for a in daftar))
    sisa = max(0, lap.count(_KESELURUHAN.get(nama.partition("_")[0], nama)) - jumlah)
    return sisa, jumlah + sisa


def breakdown_head(nama: str) -> str:
    """Head of the first column of a breakdown: what follows "menurut"."""
    return MENURUT_NAMA[nama].label.rpartition(" menurut ")[2].capitalize()


def trend(lap: Laporan) -> Gambar | None:
    """Charts of the measures that have at least two quarters, with the table that stands for them."""
    deret = [t for t in lap.tren if sum(n is not None for _, n in t.titik) > 1]
    if not deret:
        return None
    periode = [p for p, _ in deret[0].titik]
    persen = {t.ukuran: t for t in deret if t.ukuran in {"kelengkapan", "ketepatan_waktu"}}
    garis = line_charts(periode, {nama: [n for _, n in t.titik] for nama, t in persen.items()})
    batang = [_columns(t.ukuran, t.titik) for t in deret if t.ukuran not in persen]
    baris = [
        (view.period_of(p).label, [view.measure_text(t.ukuran, dict(t.titik).get(p)) for t in deret]) for p in periode
    ]
    return Gambar(*_trend_words(persen), garis, batang, [MENURUT_NAMA[t.ukuran].label for t in deret], baris)


def _trend_words(persen: Mapping[str, Any]) -> tuple[str, str]:
    """Heading that states the finding when the data bear it, and how to read the charts."""
    akhir = [[n for _, n in t.titik if n is not None][-2:] for t in persen.values()]
    naik = len(akhir) == 2 and all(len(a) == 2 and a[1] > a[0] for a in akhir)
    batang = "Tiap grafik batang memakai skalanya sendiri, mulai dari nol."
    if not persen:
        return "Perkembangan per triwulan", batang
    judul = "Laporan makin lengkap dan makin tepat waktu" if naik else "Perkembangan per triwulan"
    return judul, f"Garis: persen dari seluruh kewajiban; sumbu tidak selalu mulai dari nol. {batang}"


def line_charts(periode: list[str], nilai: Mapping[str, list[Any]]) -> tuple[Markup, Markup] | None:
    """Completeness and punctuality over time, wide and narrow."""
    if not nilai:
        return None
    deret = [
        charts.Deret(MENURUT_NAMA[nama].label, tuple(map(_floored, nilai[nama])), putus=nama == "ketepatan_waktu")
        for nama in ("kelengkapan", "ketepatan_waktu")
        if nama in nilai
    ]
    luas = [view.period_of(p).label_pendek for p in periode]
    sempit = [f"{p[-1]}/{p[2:4]}" for p in periode]
    judul = "Kelengkapan dan ketepatan waktu"
    return (
        Markup(charts.lines(luas, deret, judul).svg),  # noqa: S704 - built by our own charts, text escaped there
        Markup(charts.lines(sempit, deret, judul, sempit=True).svg),  # noqa: S704
    )


def _floored(nilai: float | None) -> float | None:
    """One decimal, rounded down as every printed percentage is."""
    return None if nilai is None else math.floor(round(nilai, 9) * 10) / 10


def _columns(ukuran: str, titik: Iterable[tuple[str, int | float | None]]) -> tuple[str, Markup]:
    label = MENURUT_NAMA[ukuran].label
    pendek = [(f"TW {p[-1]} ’{p[2:4]}", n) for p, n in titik]
    return label, Markup(charts.bar_columns(pendek, label, lebar=300, tinggi=120).svg)  # noqa: S704 - as above


def downloads(lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> list[Unduhan]:
    """Files of this edition that lie beside the page."""
    pokok = f"laporan/{lap.id}"
    calon = [
        ("Laporan triwulan (PDF)", f"{pokok}.pdf"),
        ("Semua angka dan baris (XLSX)" if isinstance(lap, LaporanSatker) else "Semua angka (XLSX)", f"{pokok}.xlsx"),
    ]
    if isinstance(lap, LaporanNasional):
        calon += [
            ("Angka nasional dan provinsi (CSV)", "data/angka.csv"),
            ("Keadaan setiap satuan kerja (CSV)", "data/satker.csv"),
        ]
    return files_of(calon, berkas)


def files_of(calon: Iterable[tuple[str, str]], berkas: Mapping[str, BerkasTerbit]) -> list[Unduhan]:
    """Those of the files, by label and path, that lie beside the pages."""
    ada = ((label, berkas[nama]) for label, nama in calon if nama in berkas)
    return [Unduhan(label, b.nama, view.size_text(b.ukuran), f"{b.sidik[:8]}…") for label, b in ada]


def earlier(lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> list[tuple[int, str]]:
    """Earlier editions whose PDF still lies there."""
    nama = (
        (e, f"laporan/{report_id(lap.kepala.lembaga, *lap.kunci, lap.kepala.periode, e)}.pdf")
        for e in range(1, lap.edisi)
    )
    return [(e, n) for e, n in nama if n in berkas]


def origin(lap: Laporan) -> str:
    """What the figures of a report come from: submissions, rows, edition, digest of the data."""
    if isinstance(lap, LaporanSatker):
        berlaku = [s for s in lap.sumber if s.berlaku]
        dari = "; ".join(f"berkas {view.time_text(s.diterima_pada)}, SHA-256 {s.sidik[:16]}…" for s in berlaku)
    else:
        dari = f"{view.number_text(lap.count('satker_lapor'))} laporan satker"
    baris = f"{view.number_text(lap.count('baris', 'diterima'))} baris diterima"
    edisi = f"{lap.id}, terbit {view.date_text(lap.terbit)}" if lap.dicetak else "belum ada edisi"
    return "; ".join(teks for teks in (dari, baris, edisi, f"sidik data {lap.sidik[:16]}…") if teks)


def cause_of_change(lap: LaporanSatker) -> str:
    """The file because of which a unit has a new edition."""
    berlaku = next((s for s in lap.sumber if s.berlaku), None)
    return (
        f"berkas yang diterima {view.time_text(berlaku.diterima_pada)} (sidik {berlaku.sidik[:16]}…)" if berlaku else ""
    )


def cause_of_units(satker: Collection[str]) -> str:
    """The units because of which a province or the nation has a new edition."""
    daftar = list(satker)
    lain = f"; dan {len(daftar) - 30} satker lain" if len(daftar) > 30 else ""
    return f"berkas {'; '.join(daftar[:30])}{lain}" if daftar else ""


def rules(aturan: Iterable[HitungAturan]) -> list[dict[str, object]]:
    """The most broken rules, the most frequent first, whatever they lead to; at most ``BATAS_ATURAN``."""
    urut = sorted(aturan, key=lambda a: (-a.temuan, a.kode))[:BATAS_ATURAN]
    return [
        {
            "kode": rule_code(a.kode),
            "uraian": rule_text(a.kode),
            "akibat": "baris ditahan" if a.keparahan == "FATAL" else "catatan",
            "temuan": a.temuan,
            "satker": a.satker,
        }
        for a in urut
    ]
