"""The file of columns: what is wrong in it is told in one line, with its data set and column, before anything runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import humas
import pytest
from humas.contract.columns import PUBLIKASI, read_datasets
from humas.errors import OperatorError
from humas.inbox import aside
from humas.publish import record

PACKAGE = Path(humas.__path__[0])
DATASET = """
[rapat]
lembar = "Rapat"
entitas = "rapat"
penjelasan = "Satu baris untuk satu rapat."
kunci = ["nomor"]
bertanggal = "hari"
"""
NUMBER = """
[rapat.kolom.nomor]
label = "Nomor rapat"
tipe = "bilangan"
penjelasan = "Nomor urut."
contoh = "7"
"""
DAY = """
[rapat.kolom.hari]
label = "Hari rapat"
tipe = "tanggal"
penjelasan = "Hari dulu."
contoh = "02/07/2026"
wajib = true
"""
CHOICE = NUMBER.replace('"bilangan"', '"pilihan"')
TEXT = NUMBER.replace('"bilangan"', '"teks"')
SHARED = DAY.replace("rapat.kolom", "bersama")
OF_DATASET = ", himpunan rapat: "
OF_NUMBER = ", himpunan rapat, kolom nomor: "
OF_DAY = ", himpunan rapat, kolom hari: "
# name of the case, text of the file, what is said after the name of the file
FAULTS = [
    ("no TOML", "[rapat", ": Expected ']' at the end of a table declaration"),
    ("a column twice", DATASET + NUMBER + DAY + DAY, ": Cannot declare ('rapat', 'kolom', 'hari') twice (at line"),
    ("a data set that is none", "rapat = 1", OF_DATASET + "harus blok berisi kunci dan nilainya"),
    ("columns that are none", DATASET + "kolom = 1", OF_DATASET + "kolom harus blok berisi kunci dan nilainya"),
    ("a column that is none", DATASET + "kolom.nomor = 1", OF_NUMBER + "harus blok berisi kunci dan nilainya"),
    ("shared columns that are none", "bersama = 1", ": harus blok berisi kunci dan nilainya"),
    ("unknown key of a data set", DATASET + "isi = 1" + NUMBER + DAY, OF_DATASET + "kunci isi tidak dikenal; yang ada: lembar,"),
    ("no columns", DATASET, OF_DATASET + "kunci kolom belum ditulis"),
    ("unknown key", DATASET + NUMBER + "satuannya = 1" + DAY, OF_NUMBER + "kunci satuannya tidak dikenal; yang ada: label,"),
    ("missing key", DATASET + NUMBER.replace("label", "#") + DAY, OF_NUMBER + "kunci label belum ditulis"),
    ("unknown type", DATASET + NUMBER.replace("bilangan", "angka") + DAY, OF_NUMBER + "tipe 'angka' tidak dikenal; yang ada: teks,"),
    ("a type that is no text", DATASET + NUMBER.replace('"bilangan"', "[]") + DAY, OF_NUMBER + "tipe [] tidak dikenal; yang ada: teks,"),
    ("unknown privacy", DATASET + NUMBER + 'privasi = "rahasia"' + DAY, OF_NUMBER + "privasi 'rahasia' tidak dikenal; yang ada: publik, internal"),
    ("a number as label", DATASET + NUMBER.replace('"Nomor rapat"', "7") + DAY, OF_NUMBER + "label harus teks sebaris di antara tanda petik"),
    ("a label of two lines", DATASET + NUMBER.replace("Nomor rapat", "Nomor\\nrapat") + DAY, OF_NUMBER + "label harus teks sebaris"),
    ("an empty label", DATASET + NUMBER.replace("Nomor rapat", " ") + DAY, OF_NUMBER + "label tidak boleh kosong"),
    ("a word for true", DATASET + NUMBER + 'wajib = "ya"' + DAY, OF_NUMBER + "wajib harus true atau false"),
    ("one word for a list", DATASET + NUMBER + 'sinonim = "No."' + DAY, OF_NUMBER + "sinonim harus daftar teks di antara kurung siku"),
    ("true as a bound", DATASET + NUMBER + "terkecil = true" + DAY, OF_NUMBER + "terkecil harus bilangan bulat tanpa tanda petik"),
    ("bounds reversed", DATASET + NUMBER + "terkecil = 8\nterbesar = 1" + DAY, OF_NUMBER + "terkecil 8 melebihi terbesar 1"),
    ("length reversed", DATASET + TEXT + "panjang = [9, 2]" + DAY, OF_NUMBER + "panjang terbalik atau kurang dari nol: 9 sampai 2"),
    ("length of one number", DATASET + TEXT + "panjang = [9]" + DAY, OF_NUMBER + "panjang harus dua bilangan di antara kurung siku"),
    ("length of a number", DATASET + NUMBER + "panjang = [2, 9]" + DAY, OF_NUMBER + "panjang hanya untuk tipe teks"),
    ("bound of a date", DATASET + NUMBER + DAY + "terkecil = 1", OF_DAY + "terkecil hanya untuk tipe bilangan"),
    ("vocabulary missing", DATASET + CHOICE + DAY, OF_NUMBER + "tipe pilihan memerlukan kosakata"),
    ("unknown vocabulary", DATASET + CHOICE + 'kosakata = "moda"' + DAY, OF_NUMBER + "kosakata 'moda' tidak ada dalam kosakata.json"),
    ("vocabulary of a text", DATASET + TEXT + 'kosakata = "mode"' + DAY, OF_NUMBER + "kosakata hanya untuk tipe daftar_pilihan, pilihan"),
    ("unknown rule", DATASET + NUMBER + 'aturan = "V99"' + DAY, OF_NUMBER + "aturan 'V99' tidak ada dalam aturan.toml"),
    ("default outside the vocabulary", DATASET + CHOICE + 'kosakata = "mode"\nbawaan = "lain"' + DAY, OF_NUMBER + "bawaan 'lain' bukan nilai kosakata mode"),
    ("a name with capitals", DATASET + NUMBER + DAY.replace("hari", "Hari"), ", himpunan rapat, kolom Hari: nama hanya boleh"),
    ("a data set with capitals", (DATASET + NUMBER + DAY).replace("[rapat", "[Rapat"), ", himpunan Rapat: nama hanya boleh"),
    ("required and asked", DATASET + NUMBER + "wajib = true\ndiminta = true" + DAY, OF_NUMBER + "wajib dan diminta tidak dapat bersama"),
    ("required by a rule that holds nothing", DATASET + NUMBER + 'wajib = true\naturan = "V13"' + DAY, OF_NUMBER + "wajib menahan baris, tetapi aturan V13 berkeparahan PERINGATAN"),
    ("a period by a day that may be missing", DATASET + NUMBER + DAY.replace("wajib", "diminta"), OF_DATASET + "kolom hari menentukan periode baris, maka harus wajib"),
    ("key names no column", DATASET.replace("nomor", "no") + NUMBER + DAY, OF_DATASET + "kunci atau bertanggal menyebut kolom no, yang tidak ada"),
    ("dated by a number", DATASET.replace("hari", "nomor") + NUMBER + DAY, OF_DATASET + "bertanggal menyebut kolom nomor, yang bukan tanggal"),
    ("default from nowhere", DATASET + NUMBER + DAY + 'bawaan_dari = "akhir"', OF_DATASET + "kolom hari: bawaan_dari harus menyebut kolom lain"),
    ("default from itself", DATASET + NUMBER + DAY + 'bawaan_dari = "hari"', OF_DATASET + "kolom hari: bawaan_dari harus menyebut kolom lain"),
    ("default from another type", DATASET + NUMBER + DAY + 'bawaan_dari = "nomor"', OF_DATASET + "kolom hari: bawaan_dari harus menyebut kolom lain bertipe tanggal"),
    ("stand-in from nowhere", DATASET + NUMBER + 'pengganti = "judul"' + DAY, OF_DATASET + "kolom nomor: pengganti harus menyebut kolom lain"),
    ("its own stand-in", DATASET + NUMBER + 'pengganti = "nomor"' + DAY, OF_DATASET + "kolom nomor: pengganti harus menyebut kolom lain"),
    ("required and with a stand-in", DATASET + NUMBER + 'wajib = true\npengganti = "hari"' + DAY, OF_NUMBER + "wajib dan pengganti tidak dapat bersama"),
    ("one header for two columns", DATASET + NUMBER + DAY + 'sinonim = ["NOMOR rapat"]', OF_DATASET + '"NOMOR rapat" dipakai kolom nomor dan kolom hari'),
    ("one sheet for two data sets", (both := DATASET + NUMBER + DAY) + both.replace("[rapat", "[sidang"), ': "Rapat" dipakai himpunan rapat dan himpunan sidang'),
    ("shared but nowhere written", DATASET + NUMBER + "[rapat.kolom.hari]\nbersama = true", OF_DAY + "tidak ada blok [bersama.hari]"),
    ("shared and changed", SHARED + DATASET + NUMBER + '[rapat.kolom.hari]\nbersama = true\nlabel = "H"', OF_DAY + "kunci bersama tidak dikenal"),
    ("shared but nowhere used", SHARED.replace("hari", "jam") + DATASET + NUMBER + DAY, ": kolom bersama jam tidak dipakai himpunan mana pun"),
    ("a fault in a shared column", SHARED.replace("tanggal", "tgl") + DATASET + NUMBER, ", kolom bersama hari: tipe 'tgl' tidak dikenal"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS])
def test_what_is_wrong_in_the_file_is_told_in_one_line_with_its_place(text, told):
    with pytest.raises(OperatorError) as caught:
        read_datasets(text)
    assert caught.value.message.startswith("kolom.toml" + told)
    assert str(caught.value).isprintable()
    assert "betulkan include/humas/contract/data/kolom.toml" in caught.value.remedy


def test_a_column_that_data_sets_share_is_written_once_and_stands_where_it_is_named():
    named = "[rapat.kolom.hari]\nbersama = true\n"
    for columns, order in ((NUMBER + named, ["nomor", "hari"]), (named + NUMBER, ["hari", "nomor"])):
        (dataset,) = read_datasets(SHARED + DATASET + columns)
        assert [column.name for column in dataset.columns] == order
        assert dataset.by_name["hari"].label == "Hari rapat"


def test_a_column_with_a_stand_in_identifies_though_no_row_needs_it():
    (dataset,) = read_datasets(DATASET + NUMBER + 'diminta = true\npengganti = "hari"' + DAY)
    assert [column.name for column in dataset.identifying] == ["nomor", "hari"]
    assert [column.name for column in dataset.required] == ["hari"]


def test_what_has_no_address_excuses_from_links_alone():
    assert "radio" in PUBLIKASI.excuses(PUBLIKASI.by_name["url"])["kanal"]
    assert "instagram" not in PUBLIKASI.excuses(PUBLIKASI.by_name["url"])["kanal"]
    assert PUBLIKASI.excuses(PUBLIKASI.by_name["jenis_konten"]) == {}


def test_another_file_of_columns_is_another_program_and_another_printer(tmp_path, monkeypatch):
    copy = shutil.copytree(PACKAGE, tmp_path / "humas", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(humas, "__path__", [str(copy)])
    monkeypatch.setattr(record, "_CONTRACT", copy / "contract")
    digests = [one.__wrapped__() for one in (aside.program_version, record.printer_version)]
    with (copy / "contract" / "data" / "kolom.toml").open("a") as file:
        file.write("# lain")
    again = [one.__wrapped__() for one in (aside.program_version, record.printer_version)]
    assert digests[0] != again[0] and digests[1] != again[1]
