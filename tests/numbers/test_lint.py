"""Nobody converts foreign text into a number past ``humas.text.digits``: new places of the kind fail here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "include" / "humas"
FOREIGN = (
    "cli", "contract", "forms/feedback", "inbox", "landing", "layout", "local/daemon.py", "news", "orchestration/dagkit.py",
    "periods", "pipeline/check.py", "privacy", "reading", "registry", "settings.py", "simulate", "sources", "specification",
    "validation", "values",
)  # fmt: skip
"""What reads files, answers, pages, names, settings and arguments that others wrote."""
JSON_OF_OTHERS = ("news", "inbox", "landing", "reading/json_pages.py", "registry", "sources")
CONVERTERS = {"int", "float", "complex", "Decimal", "Fraction"}
OF_OURS = {
    "a position in an array or a sum of a column": {
        "values/cells.py": ["int(i)", "int(self.code[i])"],
        "values/codes.py": ["int(code.code[i])"],
        "validation/rows.py": ["int(position)"],
        "validation/validate.py": ["int(filled[i])", "int(group[i])", "int(counts[0][i])"],
        "validation/messages.py": ["map(int, first.index)"],
        "cli/inbox.py": ["int(_needs_people(swept))"],
        "cli/quarter.py": ["int(held.sum())"],
    },
    "a row number of our own findings": {
        "pipeline/check.py": ["int(record['baris'])"],
        "forms/feedback/plan.py": ["int(finding['row'])", "int(row['row'])"],
        "forms/feedback/words.py": ["int(finding['row'])"],
    },
    "a number already, within bounds that stand beside it": {
        "values/cells.py": ["int(cell)"],
        "reading/worker.py": ["int(used.ru_utime + used.ru_stime)"],
        "values/dates.py": ["int(number)", "float(value)"],
        "values/numbers.py": ["int(value)", "float(value)", "int(thousands)"],
        "validation/checks/activity.py": ["float(number)"],
        "validation/checks/base.py": ["float(calendar.workdays_between(day_zero, day))"],
        "periods/format.py": ["Decimal(str(round(value, 9)))"],
        "settings.py": ["float(whole_number(variable, env[variable]))", "float(whole_number('HUMAS_SITUS_JEDA', pause))",
                        "datetime.fromtimestamp(whole_number('SOURCE_DATE_EPOCH', epoch, 0, _LAST_SECOND), UTC)"],
        "simulate/content.py": ["int(writer.basis * rng.lognormvariate(0, 0.5))"],
        "sources/api.py": ["int(value)"],
        "inbox/folder.py": ["int(info.get('size') or 0)", "int(self._fs.info(target)['size'])"],
        "sources/guard.py": ["int(address)", "int(row[4][1])"],
        "inbox/sweep.py": ["int(file.received_at.timestamp() * 1000000.0)"],
    },
    "text of at most 25 digits or so, or one that float reads in any length": {
        "values/dates.py": ["float(text.replace(',', '.'))"],
        "reading/json_pages.py": ["float(text)"],
        "privacy/letters.py": ["int(match[1], 16)"],
    },
    "our own words, or what we or the system wrote": {
        "cli/main.py": ["int(_module(args.perintah).run(args))"],
        "landing/arrival.py": ["digits.isdigit()", "int(digits)"],
        "reading/worker.py": ["int(status.partition('VmHWM:')[2].split(maxsplit=1)[0])"],
        "values/cells.py": ["int(choice.value)"],
        "values/taught.py": ["int(lesson.arti)"],
        "specification/openapi.py": ["int(CONTRACT_VERSION)"],
        "specification/schema.py": ["int(CONTRACT_VERSION)"],
        "contract/regimes.py": ["int(row['hari_kerja'])", "int(row['perpanjangan'])", "int(row['keberatan'])", "int(days)"],
        "simulate/news_text.py": ["int(self._satker.province_code)"],
    },
}  # fmt: skip


def conversions(code: ast.AST) -> Iterator[ast.expr]:
    """Every expression that turns text of any length into a number, or asks for it with a word that lies."""
    for node in ast.walk(code):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and not _constant(node.right):
            yield node
        if isinstance(node, ast.Call) and _converts(node):
            yield node


def _constant(node: ast.expr) -> bool:
    """A literal, or a constant by its name."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def _converts(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in CONVERTERS:
        return not all(isinstance(one, ast.Constant) for one in call.args)
    if name == "map":
        return getattr(call.args[0], "id", "") in CONVERTERS
    if name in {"load", "loads"}:  # a number of 4,301 digits raises what is no JSONDecodeError
        return getattr(getattr(call.func, "value", None), "id", "") == "json" and not any(
            one.arg == "parse_int" for one in call.keywords
        )
    return name in {"isdigit", "isnumeric", "fromtimestamp"}  # "²".isdigit() is true, and int("²") raises


@cache
def found_in(file: Path) -> dict[str, int]:
    """The conversions of a module as they are written, each with its line; JSON only where others wrote it."""
    everything = {ast.unparse(one): one.lineno for one in conversions(ast.parse(file.read_text("utf-8")))}
    unknown = file.relative_to(ROOT).as_posix().startswith(JSON_OF_OTHERS)
    return {
        expression: row for expression, row in everything.items() if unknown or not expression.startswith("json.load")
    }


def modules() -> list[Path]:
    """All modules that read what others wrote."""
    return sorted(
        file for name in FOREIGN for file in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))
    )


def permitted(name: str) -> set[str]:
    """What may stand in a module."""
    return {one for by_file in OF_OURS.values() for one in by_file.get(name, [])}


@pytest.mark.parametrize("file", modules(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_foreign_text_becomes_a_number_in_bounds_only(file: Path) -> None:
    name = file.relative_to(ROOT).as_posix()
    new = {expression: row for expression, row in found_in(file).items() if expression not in permitted(name)}
    assert not new, f"{name}: use humas.text.digits, or say in OF_OURS why this cannot be long: {new}"


def test_no_permission_outlives_its_line() -> None:
    everything = {file.relative_to(ROOT).as_posix(): set(found_in(file)) for file in modules()}
    remaining = {
        f"{name}: {one}"
        for by_file in OF_OURS.values()
        for name, listing in by_file.items()
        for one in listing
        if one not in everything.get(name, set())
    }
    assert not remaining


@pytest.mark.parametrize(
    "expression",
    [
        "int(teks)", "float(m[1])", "map(int, daftar)", "json.loads(isi)", "json.load(berkas)", "teks.isdigit()", "10 ** len(teks)",
        "Decimal(sel)", "datetime.fromtimestamp(waktu, UTC)",
    ],
)  # fmt: skip
def test_the_kind_is_found_wherever_it_stands(expression: str) -> None:
    assert [ast.unparse(one) for one in conversions(ast.parse(f"def f():\n    return {expression}"))] == [expression]


@pytest.mark.parametrize(
    "expression",
    [
        "int('7')",
        "bounded_int(teks)",
        "json.loads(isi, parse_int=int_or_text)",
        "10 ** 12",
        "10 ** TERBESAR",
        "map(str, x)",
    ],
)
def test_what_is_bounded_is_left_alone(expression: str) -> None:
    assert not list(conversions(ast.parse(expression)))
