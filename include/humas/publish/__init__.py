"""Reports in their forms: PDF, workbooks, pages, open data, and the releases that readers see.

Takes: reports.
Gives: files of a release, its manifest, one rename that puts it in force; `verify`.
May import: errors, locks, settings, fence, chain, periods, registry, contract, validation, installation, report,
    specification.
"""
