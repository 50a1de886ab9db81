"""One page in, one draft out: the parts put together. Pure; nothing is fetched or stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from humas.berita.dates import find_dates
from humas.berita.kind import JENIS_LAIN, find_function, find_kind, find_strategies, mentions_hoax
from humas.berita.mode import find_mode, find_place, find_platform
from humas.berita.model import Draf, Naskah
from humas.berita.naskah import read_script
from humas.berita.participants import find_participants
from humas.berita.role import find_role
from humas.berita.sentences import Kalimat, split_sentences
from humas.berita.unit import Pemilik, find_bodies, find_owner, find_region
from humas.berita.when import Waktu, find_when
from humas.berita.worth import reason_against
from humas.registry import Register

_TANPA_MODE = frozenset({"RILIS"})
_BUKAN_ACARA = frozenset({"opini", "penjelasan", "salinan"})


@dataclass(slots=True)
class _Lembar:
    """Fields collected on the way, with confidence and words."""

    isi: dict[str, object] = field(default_factory=dict)
    keyakinan: dict[str, float] = field(default_factory=dict)
    kata: dict[str, str] = field(default_factory=dict)

    def put(self, nama: str, nilai: object, keyakinan: float, kata: str) -> None:
        """Set a field; confidence and words are kept only for one that says something."""
        self.isi[nama] = nilai
        if nilai not in {None, ""}:
            self.keyakinan[nama] = keyakinan
            self.kata[nama] = kata


def read_page(
    isi: str,
    url: str = "",
    terbit: date | None = None,
    *,
    register: Register,
    judul: str = "",
    hari_ini: date | None = None,
    terkini: bool = False,
) -> Draf:
    """Read one news page into a draft.

    isi: HTML or plain text. terbit: day of publication when known. judul: its title when known (plain text).
    hari_ini: the day of reading; no event told lies after it (default: the computer's day).
    terkini: it is read about when it appeared, as a nightly visit does; of years that fit alike the newest is taken.
    What the page does not say stays empty; nothing is invented, and it never raises on any text.
    """
    naskah = replace(read_script(isi, url, judul, terbit), terkini=terkini)
    return read_text(naskah, register, hari_ini or date.today())  # noqa: DTZ011  the page's own zone is not known


def read_text(naskah: Naskah, register: Register, hari_ini: date) -> Draf:
    """Read a page whose text is already taken out of its markup."""
    kalimat = split_sentences(naskah.utuh)
    pelaku = find_bodies(naskah.utuh, register)
    pemilik = find_owner(naskah, register)
    sebutan = find_dates(naskah.utuh)
    lembar = _Lembar()
    _put_owner(lembar, pemilik)
    jenis, yakin, kata = find_kind(kalimat)
    waktu = find_when(naskah, kalimat, sebutan, hari_ini, rilis=jenis == "RILIS")
    peran = find_role(kalimat, pelaku, pemilik, find_region(naskah.utuh, register), siaran=jenis == "SIARAN")
    kode, alasan = reason_against(naskah, kalimat, pelaku, pemilik, peran, jenis, waktu)
    if not kode and jenis == JENIS_LAIN and peran.peran == "peserta" and peran.bertindak:
        jenis, yakin, kata = "RAKOR", 0.4, peran.kata  # a gathering of units under a name of its own
    _put_when(lembar, waktu, kode)
    bagian = "narasumber" if (jenis, peran.peran) == ("SIARAN", "peserta") else peran.peran
    lembar.put("peran_satker", "" if kode in _BUKAN_ACARA else bagian, peran.keyakinan, peran.kata)
    lembar.put("penyelenggara", peran.penyelenggara, peran.keyakinan, peran.kata)
    tanpa_jenis = kode in _BUKAN_ACARA or kode == "upacara" or (kode and jenis == JENIS_LAIN)
    lembar.put("jenis_kegiatan", "" if tanpa_jenis else jenis, yakin, kata)
    if kode not in {*_BUKAN_ACARA, "tanpa_tanggal"} or (kode == "salinan" and (peran.tegas or jenis != JENIS_LAIN)):
        _put_course(lembar, naskah, kalimat, jenis)
    _put_hoax(lembar, naskah)
    catatan = tuple(satu for satu in (pemilik.catatan, *waktu.catatan) if satu)
    return Draf(
        judul=naskah.judul, url=naskah.url, tayangan=naskah.tayangan, tanggal_publikasi=naskah.terbit,
        layak_dihitung=not kode, alasan_tidak=alasan, catatan=catatan,
        keyakinan=lembar.keyakinan, kata=lembar.kata, **lembar.isi,  # type: ignore[arg-type]
    )  # fmt: skip


def _put_owner(lembar: _Lembar, pemilik: Pemilik) -> None:
    lembar.put("lembaga", pemilik.lembaga.value if pemilik.lembaga else "", 0.95, pemilik.kata)
    lembar.put("kode_satker", pemilik.satker.kode if pemilik.satker else "", pemilik.keyakinan, pemilik.kata)
    nama = pemilik.satker.nama if pemilik.satker else ""
    lembar.put("nama_satker", nama, pemilik.keyakinan, pemilik.kata)


def _put_when(lembar: _Lembar, waktu: Waktu, kode: str) -> None:
    if kode == "penjelasan":
        waktu = Waktu()
    lembar.put("tanggal_mulai", waktu.mulai, waktu.keyakinan, waktu.kata)
    lembar.put("tanggal_selesai", waktu.selesai, waktu.keyakinan, waktu.kata)
    lembar.isi["tanggal_tertulis"] = waktu.tertulis
    lembar.isi["asal_tahun"] = waktu.asal


def _put_hoax(lembar: _Lembar, naskah: Naskah) -> None:
    hoaks = mentions_hoax(naskah.utuh)
    lembar.isi["menyebut_hoaks"] = bool(hoaks)
    if hoaks:
        lembar.keyakinan["menyebut_hoaks"], lembar.kata["menyebut_hoaks"] = 1.0, hoaks


def _put_course(lembar: _Lembar, naskah: Naskah, kalimat: list[Kalimat], jenis: str) -> None:
    """How the event went: mode, place, participants, strategies."""
    if jenis not in _TANPA_MODE:
        lembar.put("mode", *find_mode(naskah.utuh))
        tempat = find_place(naskah.teks)
        lembar.put("tempat", tempat, 0.7, tempat)
        platform = find_platform(naskah.utuh) if lembar.isi["mode"] != "luring" else ""
        lembar.put("platform", platform, 0.9, platform)
    lembar.isi["strategi"] = find_strategies(kalimat, jenis)
    lembar.isi["fungsi"] = find_function(kalimat, jenis)
    if peserta := find_participants(kalimat):
        lembar.put("jumlah_peserta", peserta.jumlah, 0.8, peserta.kata)
        lembar.put("satuan_peserta", peserta.satuan, 0.8, peserta.kata)
        lembar.put("lingkup_peserta", peserta.lingkup, 0.7, peserta.kata)
