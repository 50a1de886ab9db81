"""Reports in their forms: PDF, workbooks, pages, open data, and the releases that readers see.

Takes: reports.
Gives: files of a release, its manifest, one rename that puts it in force; `verify`.
May import: chain, errors, bodies, signature, locks, contract, fence, settings, periods, registry, validation, specification,
    installation, report.
"""
