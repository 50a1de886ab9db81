"""Type the files of ``ketikan/`` into LibreOffice Calc, cell by cell, as an officer with Indonesian settings would.

Not part of the tests: it made the committed workbooks once. Needs LibreOffice and its Python bridge:
``apt-get install --no-install-recommends libreoffice-calc python3-uno``, then ``/usr/bin/python3 type_workbooks.py``.
"""

import re
import subprocess
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

HERE = Path(__file__).parent
PIPE = "humas-ketik"
INDONESIA = uno.createUnoStruct("com.sun.star.lang.Locale", "id", "ID", "")
# Without this the program reads what is typed by American habits: 02/07/2026 would be February.
INDONESIAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"><value>id-ID</value></prop></item>
</oor:items>"""
WORKBOOK, SEMICOLON_CSV = "Calc MS Excel 2007 XML", "Text - txt - csv (StarCalc)"
# Semicolon, double quotes, Windows-1252, from line 1, cells as they are shown.
AS_SHOWN = "59,34,1,1,,0,false,true"


def main() -> None:
    with tempfile.TemporaryDirectory() as profile:
        settings = Path(profile, "user", "registrymodifications.xcu")
        settings.parent.mkdir()
        settings.write_text(INDONESIAN, encoding="utf-8")
        office = subprocess.Popen([
            "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}",
            f"--accept=pipe,name={PIPE};urp;",
        ])  # fmt: skip
        desktop = connect()
        for typed in sorted(HERE.glob("ketikan/*.txt")):
            type_file(desktop, typed)
        desktop.terminate()
        office.wait(30)


def connect():
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
        else:
            return context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    raise SystemExit("LibreOffice did not start")


def type_file(desktop, typed: Path) -> None:
    """``[Sheet]`` begins a sheet; a line is a row; a tab goes to the next cell; ``*`` before a row makes it bold."""
    document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (prop("Hidden", True),))
    document.CharLocale = INDONESIA
    sheets, blank, sheet, row = document.Sheets, document.Sheets.getByIndex(0).Name, None, 0
    for line in typed.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            sheets.insertNewByName(line[1:-1], sheets.Count)
            sheet, row = sheets.getByName(line[1:-1]), 0
            continue
        bold = line.startswith("*")
        for column, text in enumerate(line.removeprefix("*").split("\t")):
            cell = sheet.getCellByPosition(column, row)
            cell.setPropertyValue("CharWeight", 150.0 if bold else 100.0)
            enter(document, cell, text)
        row += 1
    sheets.removeByName(blank)
    for name in sheets.ElementNames:
        sheets.getByName(name).Columns.OptimalWidth = True
    save(document, typed.stem)


def enter(document, cell, text: str) -> None:
    """What the keyboard would do: an apostrophe makes text; a number with points gets the thousands button."""
    if text.startswith("'"):
        cell.String = text[1:]
    elif text:
        cell.FormulaLocal = text
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
        formats = document.NumberFormats
        key = formats.queryKey("#.##0", INDONESIA, False)
        cell.NumberFormat = key if key >= 0 else formats.addNew("#.##0", INDONESIA)


def save(document, name: str) -> None:
    """A name with ``csv`` in front becomes a CSV, any other a workbook."""
    csv = name.startswith("csv")
    target = HERE / (name.removeprefix("csv_") + (".csv" if csv else ".xlsx"))
    options = (prop("FilterName", SEMICOLON_CSV if csv else WORKBOOK), prop("FilterOptions", AS_SHOWN if csv else ""))
    document.storeToURL(target.as_uri(), options)
    document.close(True)


def prop(name: str, value: object) -> PropertyValue:
    wanted = PropertyValue()
    wanted.Name, wanted.Value = name, value
    return wanted


main()
