"""From tables of cells to data sets: where headers, columns, rows and titles stand in a sheet, by words and by cells.

Takes: `RawTable`s of a document.
Gives: `Recognised` sheets: which column is which, whose rows they are, in what order days are written.
May import: bodies, text, contract, privacy, periods, registry, reading, values.
"""
