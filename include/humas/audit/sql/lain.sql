-- Accounts, news of other media, and what people bring forward.
SELECT lingkup, kode, 'akun' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM akun GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'akun_platform' AS ukuran, coalesce(platform, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM akun GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'akun_status' AS ukuran, coalesce(status, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM akun GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'akun_pengikut' AS ukuran, '' AS rincian, sum(pengikut)::DOUBLE AS nilai FROM akun
    WHERE coalesce(status, '') NOT IN ('hilang', 'ditutup') AND pengikut IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'akun_pengikut_platform' AS ukuran, coalesce(platform, 'tidak_disebut') AS rincian, sum(pengikut)::DOUBLE AS nilai FROM akun WHERE coalesce(status, '') NOT IN ('hilang', 'ditutup') AND pengikut IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'pemberitaan' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM pemberitaan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'pemberitaan_nada' AS ukuran, coalesce(nada, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM pemberitaan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'pemberitaan_jenis_media' AS ukuran, coalesce(jenis_media, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM pemberitaan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'pemberitaan_tanggapan' AS ukuran, coalesce(tanggapan, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM pemberitaan WHERE nada = 'negatif' GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'aspirasi' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM aspirasi GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'aspirasi_jenis' AS ukuran, coalesce(jenis_aspirasi, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM aspirasi GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'aspirasi_saluran' AS ukuran, coalesce(saluran, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM aspirasi GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'aspirasi_tindak_lanjut' AS ukuran, coalesce(tindak_lanjut, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM aspirasi GROUP BY ALL;
