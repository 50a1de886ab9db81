"""A small whole site of example reports: three provinces, every unit with a page, also the silent ones."""

from __future__ import annotations

from dataclasses import replace

from humas.publish.site import Material
from humas.report.model import LastError, NationReport, ProvinceReport, Report, SatkerReport, Standing, Table

from tests.report.samples import NAUGHTY, make_kegiatan, make_national, make_province, make_satker, make_unreported

HOST = "sumber.example"
PROVINCE_CODES = ("11", "12", "33")
PROVINCE_NAMES = {"11": "Aceh", "12": "Sumatera Utara", "33": "Jawa Tengah"}
CAUSES = ("sumber", "pengirim", "sistem", "nonaktif", "tanpa_saluran", "belum_mengirim", "belum_dikumpulkan")


def make_nation() -> NationReport:
    """The nation cut down to three provinces; silent units carry every cause in turn."""
    origin = make_national()
    satker, silent = [], 0
    for state in origin.satker:
        if state.kode[:2] in (*PROVINCE_CODES, "00"):
            silent += not state.lapor
            satker.append(state if state.lapor else replace(state, sebab=CAUSES[silent % len(CAUSES)]))
    satker.append(Standing("33.76", "KPU Kota Tegal", "kota", "belum_lapor", "ditolak", sebab="pengirim"))
    satker.append(
        Standing("33.75", "KPU Kota Pekalongan", "kota", "belum_lapor", "menunggu", sebab="belum_dikumpulkan")
    )
    satker.append(Standing("33.77", "KPU Kota <b>Salatiga</b>", "kota", "belum_lapor", "menunggu", sebab="nonaktif"))
    province = tuple(
        replace(p, nama=f"Provinsi {PROVINCE_NAMES[p.kode]}") for p in origin.provinsi if p.kode in PROVINCE_CODES
    )
    return replace(origin, satker=tuple(satker), provinsi=province)


def make_units(nation: NationReport) -> dict[str, SatkerReport]:
    """A report for every unit of the nation; 33.01 holds the naughty texts."""
    result = {}
    for state in nation.satker:
        origin = make_satker() if state.lapor else make_unreported()
        province = state.kode[:2] if state.kode != "00" else ""
        header = replace(
            origin.kepala,
            kode=state.kode,
            nama=state.nama,
            kode_provinsi=province,
            nama_provinsi=PROVINCE_NAMES.get(province, ""),
        )
        result[state.kode] = replace(origin, kepala=header, keadaan=state, galat=None if state.lapor else _error(state))
    result["33.01"] = replace(result["33.01"], tabel=dict(result["33.01"].tabel) | {"kegiatan": make_naughty()})
    result["33.76"] = replace(
        result["33.76"], tolak=('Lembar "Kegiatan" tidak ada.', "kirim ulang dengan templat Triwulan III.")
    )
    return result


def _error(state: Standing) -> LastError | None:
    if state.sebab in {"belum_mengirim", "pengirim", "belum_dikumpulkan"}:
        return None
    return LastError(
        "api",
        "status_5xx",
        "sumber",
        f"https://{HOST}/api menjawab 503.",
        "periksa HUMAS_API_KUNCI.",
        "2026-10-15T05:12:00+07:00",
    )


def make_naughty() -> Table:
    """Activities whose text tries everything, with good and bad links."""
    table = make_kegiatan(4, (NAUGHTY, "{{ 7 * 7 }} {% raw %}", "=1+1", "</script><img src=x onerror=alert(1)>"))
    link = (
        '["javascript:alert(1)"]',
        '["https://kota-semarang.kpu.go.id/blog/read/1"]',
        '["data:text/html,x"]',
        None,
    )
    return Table((*table.kolom, "url_bukti"), tuple((*b, t) for b, t in zip(table.baris, link, strict=True)))


def make_provinces(nation: NationReport) -> dict[str, ProvinceReport]:
    """A report for each province, with the standing of its own units."""
    result = {}
    for p in nation.provinsi:
        origin = make_province()
        header = replace(
            origin.kepala, kode=p.kode, nama=p.nama, kode_provinsi=p.kode, nama_provinsi=PROVINCE_NAMES[p.kode]
        )
        satker = tuple(k for k in nation.satker if k.kode[:2] == p.kode)
        issues = Table(origin.isu.kolom, tuple((satker[-1].kode, *row[1:]) for row in origin.isu.baris))
        result[p.kode] = replace(origin, kepala=header, satker=satker, isu=issues)
    return result


def make_material() -> Material:
    """All that the small site is made of."""
    nation = make_nation()
    return Material(nation, make_provinces(nation), make_units(nation))


def all_reports(material: Material) -> list[Report]:
    """Every report of the small site."""
    return [material.nasional, *material.provinsi.values(), *material.satker.values()]
