"""Nobody converts foreign text into a number past ``humas.digits``: new places of the kind fail here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "include" / "humas"
FOREIGN = (
    "berita", "check.py", "command", "contract", "feedback", "kotak_masuk", "landing", "operate/dagkit.py", "operate/daemon.py",
    "periods", "reading", "registry", "settings.py", "simulate", "sources",
)  # fmt: skip
"""What reads files, answers, pages, names, settings and arguments that others wrote."""
JSON_OF_OTHERS = ("berita", "kotak_masuk", "landing", "reading/json_pages.py", "registry", "sources")
CONVERTERS = {"int", "float", "complex", "Decimal", "Fraction"}
OF_OURS = {
    "a position in an array or a sum of a column": {
        "contract/cells.py": ["int(i)", "int(self.kode[i])"],
        "contract/codes.py": ["int(kode.kode[i])"],
        "contract/rows.py": ["int(position)"],
        "contract/validate.py": ["int(filled[i])", "int(group[i])", "int(counts[0][i])"],
        "contract/messages.py": ["map(int, first.index)"],
        "command/kotak.py": ["int(_needs_people(swept))"],
        "command/quarter.py": ["int(held.sum())"],
    },
    "a row number of our own findings": {
        "check.py": ["int(record['baris'])"],
        "feedback/plan.py": ["int(finding['row'])", "int(row['row'])"],
        "feedback/words.py": ["int(finding['row'])"],
    },
    "a number already, within bounds that stand beside it": {
        "contract/cells.py": ["int(isi)"],
        "reading/worker.py": ["int(used.ru_utime + used.ru_stime)"],
        "contract/dates.py": ["int(number)", "float(nilai)"],
        "contract/numbers.py": ["int(value)", "float(nilai)", "int(thousands)"],
        "contract/checks/activity.py": ["float(number)"],
        "contract/checks/base.py": ["float(kalender.selisih_hari_kerja(day_zero, day))"],
        "periods/format.py": ["Decimal(str(round(nilai, 9)))"],
        "settings.py": ["float(whole_number(variable, env[variable]))", "float(whole_number('HUMAS_SITUS_JEDA', pause))",
                        "datetime.fromtimestamp(whole_number('SOURCE_DATE_EPOCH', epoch, 0, _LAST_SECOND), UTC)"],
        "simulate/content.py": ["int(writer.dasar * rng.lognormvariate(0, 0.5))"],
        "sources/api.py": ["int(value)"],
        "kotak_masuk/folder.py": ["int(info.get('size') or 0)", "int(self._fs.info(target)['size'])"],
        "sources/guard.py": ["int(address)", "int(row[4][1])"],
        "kotak_masuk/sweep.py": ["int(file.diterima_pada.timestamp() * 1000000.0)"],
    },
    "text of at most 25 digits or so, or one that float reads in any length": {
        "contract/dates.py": ["float(text.replace(',', '.'))"],
        "reading/json_pages.py": ["float(text)"],
        "contract/privacy/letters.py": ["int(match[1], 16)"],
    },
    "our own words, or what we or the system wrote": {
        "landing/arrival.py": ["digits.isdigit()", "int(digits)"],
        "reading/worker.py": ["int(status.partition('VmHWM:')[2].split(maxsplit=1)[0])"],
        "contract/cells.py": ["int(choice.nilai)"],
        "contract/openapi.py": ["int(VERSI_KONTRAK)"],
        "contract/schema.py": ["int(VERSI_KONTRAK)"],
        "contract/regimes.py": ["int(row['hari_kerja'])", "int(row['perpanjangan'])"],
        "simulate/news_text.py": ["int(self._satker.kode_provinsi)"],
    },
}  # fmt: skip


def conversions(kode: ast.AST) -> Iterator[ast.expr]:
    """Every expression that turns text of any length into a number, or asks for it with a word that lies."""
    for simpul in ast.walk(kode):
        if isinstance(simpul, ast.BinOp) and isinstance(simpul.op, ast.Pow) and not _constant(simpul.right):
            yield simpul
        if isinstance(simpul, ast.Call) and _converts(simpul):
            yield simpul


def _constant(simpul: ast.expr) -> bool:
    """A literal, or a constant by its name."""
    return isinstance(simpul, ast.Constant) or (isinstance(simpul, ast.Name) and simpul.id.isupper())


def _converts(panggilan: ast.Call) -> bool:
    nama = getattr(panggilan.func, "id", getattr(panggilan.func, "attr", ""))
    if nama in CONVERTERS:
        return not all(isinstance(satu, ast.Constant) for satu in panggilan.args)
    if nama == "map":
        return getattr(panggilan.args[0], "id", "") in CONVERTERS
    if nama in {"load", "loads"}:  # a number of 4,301 digits raises what is no JSONDecodeError
        return getattr(getattr(panggilan.func, "value", None), "id", "") == "json" and not any(
            satu.arg == "parse_int" for satu in panggilan.keywords
        )
    return nama in {"isdigit", "isnumeric", "fromtimestamp"}  # "²".isdigit() is true, and int("²") raises


def found_in(berkas: Path) -> dict[str, int]:
    """The conversions of a module as they are written, each with its line; JSON only where others wrote it."""
    semua = {ast.unparse(satu): satu.lineno for satu in conversions(ast.parse(berkas.read_text("utf-8")))}
    asing = berkas.relative_to(ROOT).as_posix().startswith(JSON_OF_OTHERS)
    return {tulisan: baris for tulisan, baris in semua.items() if asing or not tulisan.startswith("json.load")}


def modules() -> list[Path]:
    """All modules that read what others wrote."""
    return sorted(
        berkas
        for nama in FOREIGN
        for berkas in ([ROOT / nama] if nama.endswith(".py") else (ROOT / nama).rglob("*.py"))
    )


def permitted(nama: str) -> set[str]:
    """What may stand in a module."""
    return {satu for menurut_berkas in OF_OURS.values() for satu in menurut_berkas.get(nama, [])}


@pytest.mark.parametrize("berkas", modules(), ids=lambda berkas: berkas.relative_to(ROOT).as_posix())
def test_foreign_text_becomes_a_number_in_bounds_only(berkas: Path) -> None:
    nama = berkas.relative_to(ROOT).as_posix()
    baru = {tulisan: baris for tulisan, baris in found_in(berkas).items() if tulisan not in permitted(nama)}
    assert not baru, f"{nama}: use humas.digits, or say in OF_OURS why this cannot be long: {baru}"


def test_no_permission_outlives_its_line() -> None:
    semua = {berkas.relative_to(ROOT).as_posix(): set(found_in(berkas)) for berkas in modules()}
    tersisa = {
        f"{nama}: {satu}"
        for menurut_berkas in OF_OURS.values()
        for nama, daftar in menurut_berkas.items()
        for satu in daftar
        if satu not in semua.get(nama, set())
    }
    assert not tersisa


@pytest.mark.parametrize(
    "tulisan",
    [
        "int(teks)", "float(m[1])", "map(int, daftar)", "json.loads(isi)", "json.load(berkas)", "teks.isdigit()", "10 ** len(teks)",
        "Decimal(sel)", "datetime.fromtimestamp(waktu, UTC)",
    ],
)  # fmt: skip
def test_the_kind_is_found_wherever_it_stands(tulisan: str) -> None:
    assert [ast.unparse(satu) for satu in conversions(ast.parse(f"def f():\n    return {tulisan}"))] == [tulisan]


@pytest.mark.parametrize(
    "tulisan",
    [
        "int('7')",
        "bounded_int(teks)",
        "json.loads(isi, parse_int=int_or_text)",
        "10 ** 12",
        "10 ** TERBESAR",
        "map(str, x)",
    ],
)
def test_what_is_bounded_is_left_alone(tulisan: str) -> None:
    assert not list(conversions(ast.parse(tulisan)))
