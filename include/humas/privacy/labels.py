"""What the words beside a number say it is: ``NIK``, ``WA``, ``rek. BRI``, ``Meeting ID``."""

from __future__ import annotations

import re
from enum import Enum, auto

from humas.privacy.letters import HIDDEN

_REACH = 48
_AFTER = 32


class Label(Enum):
    """What the nearest words before a number name. CODE: a number of a thing, NONE: nothing we know."""

    NIK = auto()
    TAX = auto()
    PHONE = auto()
    ACCOUNT = auto()
    CODE = auto()
    OTHER = auto()
    NONE = auto()


_BANKS = (
    r"bank|bri|bni|bca|bsi|btn|bpd|bjb|mandiri|cimb|niaga|danamon|permata|muamalat|mega|bukopin|jago|seabank|"
    r"jenius|btpn|ocbc|"
    r"panin|maybank"
)
_WORDS = {
    Label.TAX: r"n ?\.?p ?\.?w ?\.?p|nitku|wajib pajak",
    Label.CODE: (
        r"nib|barcode|ean(?:-13)?|upc|isbn|issn|imei|mac|resi|serial|seri|sn|nip|npsn|nisn?|nidn|nuptk|billing|"
        r"ntpn|ntb|"
        r"(?:id )?pelanggan|idpel|sha\d*|md5|sku|awb|polis|vin|rangka|mesin|hash"
    ),
    Label.OTHER: (
        r"kode rek\.?(?:ening)?(?: belanja)?|rek(?:\.|ening) belanja|mata anggaran|meeting|zoom|id rapat|"
        r"webinar id|passcode|"
        r"kode akses|akun belanja|dipa|pagu|anggaran|surat|registrasi|register|reg|doi|koordinat|lat|lon|"
        r"latitude|longitude|"
        r"idr|rp|id|kode|versi|invoice|faktur|pesanan|order|transaksi|tiket|token|paket|rup|sirup|uuid|posting|"
        r"post|video|"
        r"iklan|tweet|status|reel|story|pixel|konten"
    ),
    Label.NIK: r"n ?\.?i ?\.?k|e?-?ktp|k\.?k|kartu keluarga|induk kependudukan|identitas",
    Label.ACCOUNT: rf"no\.? ?rek|norek|rek(?:ening)?|bank account|account number|acc(?:ount)? no|{_BANKS}|"
    r"transfer|ditransfer|trf|tf",
    Label.PHONE: (
        r"no\.? ?hp|hp|h\.p|handphone|hape|ponsel|seluler|selular|telp?|tlp|tlpn?|telpon|telepon|telephone|"
        r"phone|mobile|wa|w\.a|"
        r"whats ?app|whatshapp|hub|hubungi|menghubungi|kontak|contact|cp|c\.p|narahubung|sms|call|telegram|"
        r"gopay|ovo|nomornya"
    ),
}
_LABEL = re.compile(
    "(?<![a-z])(?:" + "|".join(f"(?P<{label.name}>{words})" for label, words in _WORDS.items()) + ")(?![a-z])"
)
_OFFICE = re.compile(
    r"(?<![a-z])(?:kantor|sekretariat|sekre|call ?cent(?:er|re)|hot ?line|ppid|fax|faks|faksimil[ei]?|kpu|kip|"
    r"bawaslu|panwaslih|"
    r"dinas|diskominfo|kominfo|kesbangpol|disdukcapil|humas|posko|layanan|pelayanan|help ?desk|hotel|rsud|rsup|"
    r"puskesmas|"
    r"rumah sakit|polres\w*|polsek|polda|pemda|pemkab|pemkot|pemprov|setda|kelurahan|kecamatan|universitas|kampus|"
    r"sekolah|resepsionis|ext|gedung|redaksi|studio|radio|pusat informasi|customer service|pengaduan|telkom|"
    r"bandara|stasiun|kodim|"
    r"kejari|pengadilan)(?![a-z])"
)
_PRIVATE = re.compile(
    r"(?<![a-z])(?:rumah(?! sakit)|pribadi|warga|pemohon|pelapor|pengadu|ibu|bapak|bpk|sdri?|saudara|saudari|keluarga|"
    r"orang tua|a\.?n|atas nama)(?![a-z])"
)
_HOTLINE = re.compile(
    r"(?<![a-z])(?:hot ?line|call ?cent(?:er|re)|nomor (?:resmi|kantor|layanan)|"
    r"(?:wa|whatsapp|telp|telepon|hp|nomor) (?:resmi|kantor|cent(?:er|re)|layanan|dinas|pengaduan|ppid)|"
    r"layanan (?:wa|whatsapp|pengaduan|informasi|publik)|customer service|help ?desk|"
    r"(?:posko|pusat) (?:pengaduan|aduan|layanan)|halo (?:kpu|bawaslu))(?![a-z])"
)
_NIK_AFTER = re.compile(r"(?<![a-z])(?:nik|ktp)(?![a-z])")
_BANK_AFTER = re.compile(rf"[ ,(\-/]{{1,4}}(?:[^\d\0;]{{0,20}}[ (])?(?:{_BANKS})(?![a-z])")
_AMOUNT_AFTER = re.compile(
    r" ?(?:bytes?|[kmgt]b|rupiah|suara|orang|jiwa|pemilih|views?|tayangan|kali|penduduk|lembar|unit|ribu|juta|"
    r"miliar|triliun|%)(?![a-z])"
)
_LONG_NUMBER = re.compile(r"\d{3,}")


def label_before(text: str, at: int) -> Label:
    """What the words before a position name, the nearest one."""
    last = Label.NONE
    for match in _LABEL.finditer(words_before(text, at)):
        last = Label[match.lastgroup or "NONE"]
    return last


def words_before(text: str, at: int) -> str:
    """The words before a position, small, as far as no other number and nothing hidden comes between."""
    reach = text[max(at - _REACH, 0) : at]
    reach = reach[reach.rfind(HIDDEN) + 1 :]
    return _LONG_NUMBER.split(reach)[-1].lower()


def bank_after(text: str, at: int) -> bool:
    """Whether a bank is named right after a number."""
    return _BANK_AFTER.match(text[at : at + _AFTER].lower()) is not None


def named_nik_after(text: str, at: int) -> bool:
    """Whether the words behind a number call it a NIK."""
    return _NIK_AFTER.search(text[at : at + _AFTER].lower()) is not None


def counts_things(text: str, at: int) -> bool:
    """Whether a unit stands right after a number: it is an amount."""
    return _AMOUNT_AFTER.match(text[at : at + _AFTER].lower()) is not None


def of_somebody(text: str, start: int, end: int) -> bool:
    """Whether the words beside a number name its owner, or a home."""
    return _PRIVATE.search(_beside(text, start, end)) is not None


def of_an_office(text: str, start: int, end: int, *, mobile: bool = False) -> bool:
    """Whether the words beside a number say that it is a public one; a mobile one must be called a hotline or an office's."""
    beside = _beside(text, start, end)
    public = _HOTLINE if mobile else _OFFICE
    private = _PRIVATE.search(beside if mobile else words_before(text, start))
    return public.search(beside) is not None and private is None


def _beside(text: str, start: int, end: int) -> str:
    """The words before and behind a number."""
    return words_before(text, start) + "|" + text[end : end + _AFTER].lower().split(HIDDEN)[0]
