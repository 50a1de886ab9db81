"""The drop-box: folders into which units lay their files, emptied by a sweep that answers each of them (0010).

Takes: files in a folder, over SFTP or S3.
Gives: them landed, checked, recorded, answered and moved (`sweep`).
May import: errors, locks, text, contract, fence, settings, periods, registry, sources, landing, reading,
    validation, warehouse, installation, forms, pipeline, ledger, privacy.
"""
