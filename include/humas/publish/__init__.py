"""Reports and site from figures: canonical model, charts, PDF, workbook, pages, manifest."""
