"""Reading the lines of the channel file: CSV or YAML, each entry with its line and its values as text."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from humas.errors import SistemError, os_reason

KOLOM = (
    "lembaga",
    "kode_satker",
    "nama_satker",
    "jenis",
    "alamat",
    "urutan",
    "kredensial",
    "himpunan",
    "percaya_waktu",
    "aktif",
)
_SEBUTAN = {"kode": "kode_satker", "nama": "nama_satker", "satker": "nama_satker", "url": "alamat"}
_CATATAN = frozenset({"catatan", "keterangan"})
_SUSUNAN_TERDALAM = 10
_KOMENTAR = re.compile(r"#(?!N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)")
_BARIS_TERPANJANG = 20
_BYTE_TERBANYAK = 8 * 1024 * 1024
_TEKS = "tag:yaml.org,2002:str"
_KOSONG = "tag:yaml.org,2002:null"
_CARA_BERKAS = "simpan berkas saluran sebagai CSV atau YAML dengan huruf UTF-8, lalu periksa HUMAS_REGISTER."


class Masalah(NamedTuple):
    """What is wrong with an entry, and how to mend it."""

    pesan: str
    cara: str


class Entri(NamedTuple):
    """One entry of the file. baris: its 1-based line. isi: values as text by column. masalah: faults of its form."""

    baris: int
    isi: Mapping[str, str]
    masalah: tuple[Masalah, ...] = ()


def read_entries(berkas: Path) -> list[Entri]:
    """All entries of a channel file, in order; raises SistemError (``register_tak_terbaca``) when it cannot be read."""
    akhiran = berkas.suffix.lower()
    if akhiran in {".yaml", ".yml"}:
        return list(_yaml_entries(_read_text(berkas), berkas.name))
    if akhiran in {".csv", ".txt"}:
        return list(_csv_entries(_read_text(berkas), berkas.name))
    raise _unreadable(berkas.name, f'jenis "{akhiran}" tidak didukung')


def _unreadable(nama: str, sebab: str) -> SistemError:
    return SistemError("register_tak_terbaca", f"Berkas saluran {nama} tidak dapat dibaca: {sebab}.", _CARA_BERKAS)


def _read_text(berkas: Path) -> str:
    try:
        if berkas.stat().st_size > _BYTE_TERBANYAK:
            raise _unreadable(berkas.name, "lebih besar dari 8 MB")
        data = berkas.read_bytes()
    except OSError as galat:
        raise _unreadable(berkas.name, os_reason(galat)) from galat
    # A spreadsheet on Windows saves what is neither UTF-8 nor UTF-16 in its old Western encoding.
    utama = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    for sandi in (utama, "cp1252"):
        try:
            return data.decode(sandi)
        except UnicodeDecodeError:
            continue
    raise _unreadable(berkas.name, "hurufnya bukan UTF-8")


def _csv_entries(teks: str, nama: str) -> Iterator[Entri]:
    """Each line is read on its own, so that a forgotten quote spoils one line and not the rest of the file."""
    semua = list(enumerate(re.split(r"\r\n|\r|\n", teks), start=1))
    mulai = next((letak for letak, (_, isi) in enumerate(semua) if _says_something(isi)), None)
    if mulai is None:
        raise _unreadable(nama, "tidak ada isinya")
    nomor_kepala, kepala = semua[mulai]
    pemisah = max(",;\t", key=kepala.count)
    kolom = _header(kepala, pemisah, nama)
    asing = tuple(_unknown_column(satu) for satu in kolom if satu and satu not in KOLOM and satu not in _CATATAN)
    if asing:
        yield Entri(nomor_kepala, {}, asing)
    letak, mundur = mulai + 1, 0
    while letak < len(semua):
        nomor, isi = semua[letak]
        panjang = _lines_of_record([satu for _, satu in semua[letak : letak + _BARIS_TERPANJANG]], pemisah, len(kolom))
        if _says_something(isi):
            utuh = "\n".join(satu for _, satu in semua[letak : letak + panjang])
            yield _csv_entry(nomor - mundur, utuh, pemisah, kolom)
        mundur += panjang - 1  # only spreadsheets write rows of several lines, and they count rows
        letak += panjang


def _says_something(baris: str) -> bool:
    """Whether a line is more than a blank row, a comment (which spreadsheets put in quotes), or Excel's ``sep=``."""
    isi = baris.strip(' \t,;"')
    return bool(isi) and not _KOMENTAR.match(isi) and not isi.lower().startswith("sep=")


def _lines_of_record(baris: Sequence[str], pemisah: str, lebar: int) -> int:
    """How many lines one row takes: several, when a cell in quotes holds line breaks and the row is whole then."""
    for jumlah in range(1, len(baris) + 1 if baris[0].count('"') % 2 else 1):
        try:
            if len(next(csv.reader(["\n".join(baris[:jumlah])], delimiter=pemisah, strict=True))) == lebar:
                return jumlah
        except csv.Error:
            continue
    return 1


def _header(baris: str, pemisah: str, nama: str) -> list[str]:
    """The columns of the file by our names; raises SistemError when a needed one is missing or named twice."""
    try:
        sel = next(csv.reader([baris], delimiter=pemisah, strict=True))
    except csv.Error as galat:
        raise _unreadable(nama, "baris kepala kolom rusak") from galat
    kolom = [_column(satu) for satu in sel]
    kurang = [satu for satu in ("lembaga", "jenis", "alamat") if satu not in kolom]
    if not {"kode_satker", "nama_satker"} & set(kolom):
        kurang.append("kode_satker")
    if kurang:
        raise _unreadable(nama, f"kolom {', '.join(kurang)} tidak ada pada kepala")
    if ganda := sorted({satu for satu in kolom if satu and kolom.count(satu) > 1}):
        raise _unreadable(nama, f"kolom {', '.join(ganda)} tertulis dua kali")
    return kolom


def _column(teks: str) -> str:
    rapi = re.sub(r"[\s-]+", "_", teks.strip().lower())
    return _SEBUTAN.get(rapi, rapi)


def _unknown_column(kolom: str) -> Masalah:
    dekat = difflib.get_close_matches(kolom, KOLOM, 1)
    saran = f'ganti menjadi "{dekat[0]}".' if dekat else f"pakai salah satu: {', '.join(KOLOM)}."
    return Masalah(f'Kolom "{kolom[:40]}" tidak dikenal, sehingga isinya tidak dibaca.', saran)


def _csv_entry(nomor: int, baris: str, pemisah: str, kolom: Sequence[str]) -> Entri:
    try:
        sel = next(csv.reader([baris], delimiter=pemisah, strict=True))
    except csv.Error:
        tanpa_kutip = dict(zip(kolom, (satu.strip(' "') for satu in baris.split(pemisah)), strict=False))
        return Entri(
            nomor, tanpa_kutip, (Masalah("Tanda kutip pada baris ini tidak berpasangan.", "tutup tanda kutipnya."),)
        )
    isi = {nama: satu.strip() for nama, satu in zip(kolom, sel, strict=False)}
    if any(sel[len(kolom) :]):
        lebih = Masalah(
            f"Baris ini berisi {len(sel)} sel, kepala kolom hanya {len(kolom)}.",
            f'apit sel yang memuat "{pemisah}" dengan tanda kutip.',
        )
        return Entri(nomor, isi, (lebih,))
    return Entri(nomor, isi)


def _yaml_entries(teks: str, nama: str) -> Iterator[Entri]:
    akar = _compose(teks, nama)
    if isinstance(akar, yaml.MappingNode):
        akar = next((isi for kunci, isi in akar.value if kunci.value == "saluran"), akar)
    if not isinstance(akar, yaml.SequenceNode):
        raise _unreadable(nama, 'daftar "saluran" tidak ada')
    for simpul in akar.value:
        yield _yaml_entry(simpul)


def _compose(teks: str, nama: str) -> yaml.Node | None:
    """The tree of the document with its line numbers; nothing is constructed from it."""
    pemuat = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if _depth(yaml.parse(teks, Loader=pemuat)) > _SUSUNAN_TERDALAM:
            raise _unreadable(nama, "susunan YAML terlalu dalam")
        return yaml.compose(teks, Loader=pemuat)
    except yaml.MarkedYAMLError as galat:
        tempat = f" pada baris {galat.problem_mark.line + 1}" if galat.problem_mark else ""
        raise _unreadable(nama, f"susunan YAML salah{tempat}") from galat
    except yaml.YAMLError as galat:
        raise _unreadable(nama, "susunan YAML salah") from galat


def _depth(peristiwa: Iterable[yaml.Event]) -> int:
    """How deep collections are nested, counted up to the limit: composing a deeper tree would exhaust the C stack."""
    dalam = terdalam = 0
    for satu in peristiwa:
        dalam += isinstance(satu, yaml.CollectionStartEvent) - isinstance(satu, yaml.CollectionEndEvent)
        terdalam = max(terdalam, dalam)
        if terdalam > _SUSUNAN_TERDALAM:
            break
    return terdalam


def _yaml_entry(simpul: yaml.Node) -> Entri:
    """One entry; its values keep the text that stands in the file, so that 32.10 is not lost to a number."""
    nomor = simpul.start_mark.line + 1
    if not isinstance(simpul, yaml.MappingNode):
        return Entri(
            nomor,
            {},
            (Masalah("Entri ini bukan pasangan nama dan isi.", 'tulis tiap saluran mulai dengan "- lembaga:".'),),
        )
    isi: dict[str, str] = {}
    masalah: list[Masalah] = []
    for kunci, nilai in simpul.value:
        kolom = _column(str(kunci.value))
        if keluhan := _yaml_fault(kolom, nilai, kolom in isi):
            masalah.append(keluhan)
        if isinstance(nilai, yaml.ScalarNode):
            isi[kolom] = "" if nilai.tag == _KOSONG else nilai.value
    return Entri(nomor, isi, tuple(masalah))


def _yaml_fault(kolom: str, nilai: yaml.Node, ganda: bool) -> Masalah | None:
    if kolom not in KOLOM:
        return None if kolom in _CATATAN else _unknown_column(kolom)
    if ganda:
        return Masalah(f'"{kolom}" tertulis dua kali.', "hapus salah satu.")
    if not isinstance(nilai, yaml.ScalarNode):
        return Masalah(f'Isi "{kolom}" bukan satu nilai.', "tulis satu nilai saja.")
    if kolom == "kode_satker" and nilai.tag not in {_TEKS, _KOSONG}:
        return Masalah(
            f"Kode {nilai.value[:20]} tertulis tanpa tanda kutip, sehingga terbaca sebagai bilangan.",
            f'tulis dalam tanda kutip, misalnya "{nilai.value[:20]}".',
        )
    return None
