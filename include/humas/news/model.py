"""What is read from one news page: its bare text, and the draft of an activity that a unit may confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from humas.registry import Lembaga

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@dataclass(frozen=True, slots=True)
class Script:
    """A page without its markup. section: section name the site gives it; tayangan: "Dilihat N kali".

    current: it is read about when it appeared.
    """

    title: str
    text: str
    url: str = ""
    published: date | None = None
    tayangan: int | None = None
    section: str = ""
    current: bool = False

    @property
    def whole(self) -> str:
        """Title and text as one reading text."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Draft:
    """An activity as one page tells it; a proposal, never a figure.

    Values are those of the contract's vocabulary; "" or None is "the page does not say". tanggal_tertulis: the date
    as the page writes it. asal_tahun: where a year that is not written comes from. layak_dihitung: whether this is an
    activity of public relations in which the unit took part; alasan_tidak says why not, kode_alasan in one word. catatan: what a person should
    look at. keyakinan (0 to 1), kata (the words that led to it) and kalimat (the sentence they stand in) are by field.
    sidik_isi: digest of the article's own text; berubah: what the page's corrections changed since it was first read.
    """

    lembaga: str = ""
    kode_satker: str = ""
    nama_satker: str = ""
    judul: str = ""
    tanggal_mulai: date | None = None
    tanggal_selesai: date | None = None
    tanggal_tertulis: str = ""
    asal_tahun: str = ""
    jenis_kegiatan: str = ""
    strategi: tuple[int, ...] = ()
    fungsi: str = ""
    mode: str = ""
    peran_satker: str = ""
    penyelenggara: str = ""
    tempat: str = ""
    platform: str = ""
    jumlah_peserta: int | None = None
    satuan_peserta: str = ""
    lingkup_peserta: str = ""
    menyebut_hoaks: bool = False
    tayangan: int | None = None
    tanggal_publikasi: date | None = None
    url: str = ""
    layak_dihitung: bool = False
    alasan_tidak: str = ""
    id_acara: str = ""
    catatan: tuple[str, ...] = ()
    keyakinan: Mapping[str, float] = field(default_factory=dict)
    kata: Mapping[str, str] = field(default_factory=dict)
    kalimat: Mapping[str, str] = field(default_factory=dict)
    kode_alasan: str = ""
    sidik_isi: str = ""
    berubah: str = ""

    @property
    def keyakinan_umum(self) -> float:
        """Confidence in the draft as a whole: that of its weakest field among unit, date, kind and role."""
        return min((self.keyakinan.get(name, 0.0) for name in _DECISIVE), default=0.0)

    def as_row(self) -> dict[str, object]:
        """The draft in the columns of data set ``kegiatan``; empty cells are None, lists are text as in a sheet."""
        values: dict[str, object] = {name: getattr(self, name) for name in _SAME}
        values |= {
            "lembaga": Lembaga(self.lembaga).label if self.lembaga else "",
            "hari": WEEKDAYS[self.tanggal_mulai.weekday()] if self.tanggal_mulai else "",
            "strategi_utama": self.strategi[0] if self.strategi else None,
            "strategi_lain": ", ".join(map(str, self.strategi[1:])),
            "kanal": "website" if self.url else "",
            "url_bukti": self.url,
            "tahun_tersirat": self.asal_tahun,
        }
        return {name: value if value != "" else None for name, value in values.items()}


_DECISIVE = ("kode_satker", "tanggal_mulai", "jenis_kegiatan", "peran_satker")
_SAME = (
    "kode_satker", "nama_satker", "judul", "tanggal_mulai", "tanggal_selesai", "jenis_kegiatan", "fungsi", "mode",
    "tempat", "platform", "peran_satker", "penyelenggara", "jumlah_peserta", "satuan_peserta", "lingkup_peserta",
    "tayangan", "tanggal_publikasi",
)  # fmt: skip
