"""What the words beside a number say it is: ``NIK``, ``WA``, ``rek. BRI``, ``Meeting ID``."""

from __future__ import annotations

import re
from enum import Enum, auto

from humas.contract.privacy.letters import HIDDEN

_REACH = 48
_AFTER = 32


class Label(Enum):
    """What the nearest words before a number name; NONE when they name nothing we know."""

    NIK = auto()
    TAX = auto()
    PHONE = auto()
    ACCOUNT = auto()
    OTHER = auto()
    NONE = auto()


_WORDS = {
    Label.TAX: r"n\.?p\.?w\.?p|nitku|wajib pajak",
    Label.OTHER: (
        r"kode rek(?:ening)?|rekening belanja|mata anggaran|meeting|zoom|id rapat|webinar id|passcode|kode akses|akun belanja|"
        r"dipa|pagu|anggaran|nip|nidn|nuptk|nisn?|surat|registrasi|register|reg|resi|billing|ntpn|ntb|ntp|isbn|issn|"
        r"barcode|serial|seri|imei|doi|koordinat|lat|lon|latitude|longitude|idr|rp|id|kode|versi|invoice|faktur|nib|"
        r"pesanan|order|transaksi|tiket|token|paket|rup|sirup|uuid|posting|post|video"
    ),
    Label.NIK: r"n\.?i\.?k|e?-?ktp|k\.?k|kartu keluarga|induk kependudukan|identitas",
    Label.ACCOUNT: (
        r"no\.?rek|rek(?:ening)?|account|acc|acct|bank|bri|bni|bca|bsi|btn|bpd|bjb|mandiri|cimb(?: niaga)?|danamon|permata|"
        r"muamalat|transfer|trf|tf"
    ),
    Label.PHONE: (
        r"no\.? ?hp|hp|h\.p|handphone|hape|ponsel|seluler|selular|telp?|tlp|telpon|telepon|telephone|phone|mobile|wa|w\.a|"
        r"whats ?app|whatshapp|hub|hubungi|menghubungi|kontak|contact|cp|c\.p|narahubung|sms|call|telegram|gopay|ovo"
    ),
}
_LABEL = re.compile(
    "(?<![a-z])(?:" + "|".join(f"(?P<{label.name}>{words})" for label, words in _WORDS.items()) + ")(?![a-z])"
)
_OFFICE = re.compile(
    r"(?<![a-z])(?:kantor|sekretariat|sekre|call ?cent(?:er|re)|hot ?line|ppid|fax|faks|faksimil[ei]?|kpu|kip|bawaslu|panwaslih|"
    r"dinas|diskominfo|kominfo|kesbangpol|disdukcapil|humas|posko|layanan|pelayanan|help ?desk|hotel|rsud|rsup|puskesmas|"
    r"rumah sakit|polres\w*|polsek|polda|pemda|pemkab|pemkot|pemprov|setda|kelurahan|kecamatan|universitas|kampus|"
    r"sekolah|resepsionis|ext|gedung|redaksi|studio|radio|pusat informasi|customer service|pengaduan)(?![a-z])"
)
_PRIVATE = re.compile(
    r"(?<![a-z])(?:rumah(?! sakit)|pribadi|warga|pemohon|pelapor|pengadu|ibu|bapak|bpk|sdri?|saudara|saudari|keluarga|"
    r"orang tua|a\.?n|atas nama)(?![a-z])"
)
_BANK_AFTER = re.compile(
    r"[ ,(\-/]{1,4}(?:[^\d\0;]{0,20}[ (])?(?:bank|bri|bni|bca|bsi|btn|bpd|bjb|mandiri|cimb|danamon|permata)(?![a-z])"
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


def of_an_office(text: str, start: int, end: int) -> bool:
    """Whether the words beside a landline say that it is a public one: of an office, a hotline, a hotel."""
    before = words_before(text, start)
    after = text[end : end + _AFTER].lower().split(HIDDEN)[0]
    return _OFFICE.search(before + "|" + after) is not None and _PRIVATE.search(before) is None
