"""A small whole site of example reports: three provinces, every unit with a page, also the silent ones."""

from __future__ import annotations

from dataclasses import replace

from humas.publish.model import GalatTerakhir, Keadaan, Laporan, LaporanNasional, LaporanProvinsi, LaporanSatker, Tabel
from humas.publish.site import Bahan, GangguanRegister

from tests.publish.contoh import NAKAL, make_belum_lapor, make_kegiatan, make_nasional, make_provinsi, make_satker

KODE_PROVINSI = ("11", "12", "33")
NAMA_PROVINSI = {"11": "Aceh", "12": "Sumatera Utara", "33": "Jawa Tengah"}
SEBAB = ("sumber", "pengirim", "sistem", "nonaktif", "tanpa_saluran", "belum_mengirim", "belum_dikumpulkan")


def make_nation() -> LaporanNasional:
    """The nation cut down to three provinces; silent units carry every cause in turn."""
    asal = make_nasional()
    satker, diam = [], 0
    for keadaan in asal.satker:
        if keadaan.kode[:2] in (*KODE_PROVINSI, "00"):
            diam += not keadaan.lapor
            satker.append(keadaan if keadaan.lapor else replace(keadaan, sebab=SEBAB[diam % len(SEBAB)]))
    satker.append(Keadaan("33.76", "KPU Kota Tegal", "kota", "belum_lapor", "ditolak", sebab="pengirim"))
    satker.append(Keadaan("33.75", "KPU Kota Pekalongan", "kota", "belum_lapor", "menunggu", sebab="belum_dikumpulkan"))
    satker.append(Keadaan("33.77", "KPU Kota <b>Salatiga</b>", "kota", "belum_lapor", "menunggu", sebab="nonaktif"))
    provinsi = tuple(
        replace(p, nama=f"Provinsi {NAMA_PROVINSI[p.kode]}") for p in asal.provinsi if p.kode in KODE_PROVINSI
    )
    return replace(asal, satker=tuple(satker), provinsi=provinsi)


def make_units(nasional: LaporanNasional) -> dict[str, LaporanSatker]:
    """A report for every unit of the nation; 33.01 holds the naughty texts."""
    hasil = {}
    for keadaan in nasional.satker:
        asal = make_satker() if keadaan.lapor else make_belum_lapor()
        provinsi = keadaan.kode[:2] if keadaan.kode != "00" else ""
        kepala = replace(
            asal.kepala,
            kode=keadaan.kode,
            nama=keadaan.nama,
            kode_provinsi=provinsi,
            nama_provinsi=NAMA_PROVINSI.get(provinsi, ""),
        )
        hasil[keadaan.kode] = replace(
            asal, kepala=kepala, keadaan=keadaan, galat=None if keadaan.lapor else _error(keadaan)
        )
    hasil["33.01"] = replace(hasil["33.01"], tabel=dict(hasil["33.01"].tabel) | {"kegiatan": make_naughty()})
    hasil["33.76"] = replace(
        hasil["33.76"], tolak=('Lembar "Kegiatan" tidak ada.', "kirim ulang dengan templat Triwulan III.")
    )
    return hasil


def _error(keadaan: Keadaan) -> GalatTerakhir | None:
    if keadaan.sebab in {"belum_mengirim", "pengirim", "belum_dikumpulkan"}:
        return None
    return GalatTerakhir(
        "api", "status_5xx", "sumber", "Sumber menjawab 503.", "kumpulkan ulang.", "2026-10-15T05:12:00+07:00"
    )


def make_naughty() -> Tabel:
    """Activities whose text tries everything, with good and bad links."""
    tabel = make_kegiatan(4, (NAKAL, "{{ 7 * 7 }} {% raw %}", "=1+1", "</script><img src=x onerror=alert(1)>"))
    tautan = (
        '["javascript:alert(1)"]',
        '["https://kota-semarang.kpu.go.id/blog/read/1"]',
        '["data:text/html,x"]',
        None,
    )
    return Tabel((*tabel.kolom, "url_bukti"), tuple((*b, t) for b, t in zip(tabel.baris, tautan, strict=True)))


def make_provinces(nasional: LaporanNasional) -> dict[str, LaporanProvinsi]:
    """A report for each province, with the standing of its own units."""
    hasil = {}
    for p in nasional.provinsi:
        asal = make_provinsi()
        kepala = replace(
            asal.kepala, kode=p.kode, nama=p.nama, kode_provinsi=p.kode, nama_provinsi=NAMA_PROVINSI[p.kode]
        )
        satker = tuple(k for k in nasional.satker if k.kode[:2] == p.kode)
        isu = Tabel(asal.isu.kolom, tuple((satker[-1].kode, *baris[1:]) for baris in asal.isu.baris))
        hasil[p.kode] = replace(asal, kepala=kepala, satker=satker, isu=isu)
    return hasil


def make_bahan() -> Bahan:
    """All that the small site is made of."""
    nasional = make_nation()
    gangguan = (
        GangguanRegister("33.77", "saluran.csv, baris 12", "Alamat tidak diawali https://.", "perbaiki alamat."),
    )
    return Bahan(nasional, make_provinces(nasional), make_units(nasional), gangguan=gangguan)


def all_reports(bahan: Bahan) -> list[Laporan]:
    """Every report of the small site."""
    return [bahan.nasional, *bahan.provinsi.values(), *bahan.satker.values()]
