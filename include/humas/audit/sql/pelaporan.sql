-- Reporting: what became of the obligations, and the rows of the submissions in force.
WITH pertama AS (
    SELECT kode_satker, min(diterima_pada) AS diterima_pada FROM kiriman_asli
    WHERE status NOT IN ('ditolak', 'menunggu', 'diteruskan', 'dicabut') GROUP BY ALL
),
kewajiban_kini AS (
    SELECT kewajiban.*, CASE
        WHEN pertama.diterima_pada IS NULL THEN 'belum_lapor'
        WHEN pertama.diterima_pada::DATE <= tenggat::DATE THEN 'tepat_waktu'
        WHEN pertama.diterima_pada::DATE <= tenggang::DATE THEN 'terlambat'
        ELSE 'sangat_terlambat' END AS ketepatan
    FROM kewajiban LEFT JOIN pertama USING (kode_satker)
),
-- Of a unit without a submission in force its newest speaks, so that the rows of a refused file are not lost.
berbicara AS (
    SELECT * FROM kiriman_asli WHERE status <> 'dicabut'
    WINDOW satker AS (PARTITION BY kode_satker)
    QUALIFY berlaku OR (NOT bool_or(berlaku) OVER satker AND versi = max(versi) OVER satker)
),
buku AS (SELECT lingkup, kode, berbicara.* FROM kewajiban JOIN berbicara USING (kode_satker))
SELECT lingkup, kode, 'satker_wajib' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM kewajiban_kini GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'satker_lapor' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM kewajiban_kini
    WHERE ketepatan <> 'belum_lapor' GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'ketepatan' AS ukuran, ketepatan AS rincian, count(*)::DOUBLE AS nilai FROM kewajiban_kini GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kelengkapan' AS ukuran, '' AS rincian, 100.0 * count(*) FILTER (ketepatan <> 'belum_lapor') / count(*) AS nilai
    FROM kewajiban_kini GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'ketepatan_waktu' AS ukuran, '' AS rincian, 100.0 * count(*) FILTER (ketepatan = 'tepat_waktu') / count(*) AS nilai
    FROM kewajiban_kini GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'baris' AS ukuran, 'masuk' AS rincian, sum(baris_masuk)::DOUBLE AS nilai FROM buku GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'baris' AS ukuran, 'diterima' AS rincian, sum(diterima)::DOUBLE AS nilai FROM buku GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'baris' AS ukuran, 'dikarantina' AS rincian, sum(dikarantina)::DOUBLE AS nilai FROM buku GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'baris' AS ukuran, 'kembar' AS rincian, sum(kembar)::DOUBLE AS nilai FROM buku GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'baris' AS ukuran, 'diperbaiki' AS rincian, sum(diperbaiki)::DOUBLE AS nilai FROM buku GROUP BY ALL
    HAVING sum(diperbaiki) > 0
UNION ALL
SELECT lingkup, kode, 'validitas' AS ukuran, '' AS rincian, 100.0 * (1 - sum(dikarantina) / sum(baris_masuk)) AS nilai
    FROM buku GROUP BY ALL HAVING sum(baris_masuk) > 0;
