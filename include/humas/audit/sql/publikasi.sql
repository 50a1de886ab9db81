-- Publications: one row is one item on one channel. A sum is of the rows that say a number.
SELECT lingkup, kode, 'publikasi' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM publikasi GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'publikasi_kanal' AS ukuran, coalesce(kanal, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM publikasi GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'publikasi_jenis' AS ukuran, coalesce(jenis_konten, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM publikasi GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'publikasi_aksesibilitas' AS ukuran, coalesce(aksesibilitas, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM publikasi GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'jangkauan' AS ukuran, '' AS rincian, sum(jangkauan)::DOUBLE AS nilai FROM publikasi
    WHERE jangkauan IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'tayangan' AS ukuran, '' AS rincian, sum(tayangan)::DOUBLE AS nilai FROM publikasi
    WHERE tayangan IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'interaksi' AS ukuran, '' AS rincian, sum(coalesce(suka, 0) + coalesce(komentar, 0) + coalesce(bagikan, 0))::DOUBLE AS nilai FROM publikasi
    WHERE suka IS NOT NULL OR komentar IS NOT NULL OR bagikan IS NOT NULL GROUP BY ALL;
