-- Activities: one row is one activity that one unit reports.
SELECT lingkup, kode, 'kegiatan_dilaporkan' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM kegiatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'acara_unik' AS ukuran, '' AS rincian, count(DISTINCT id_acara)::DOUBLE AS nilai FROM kegiatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_strategi' AS ukuran, coalesce(strategi_utama::INTEGER::VARCHAR, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM kegiatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_jenis' AS ukuran, coalesce(jenis_kegiatan, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM kegiatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_mode' AS ukuran, coalesce(mode, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM kegiatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_peran' AS ukuran, coalesce(peran_satker, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM kegiatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_tahapan' AS ukuran, coalesce(tahapan, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM kegiatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_fungsi' AS ukuran, coalesce(fungsi, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM kegiatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'peserta' AS ukuran,
    coalesce(satuan_peserta, 'tidak_disebut') || '/' || coalesce(lingkup_peserta, 'tidak_disebut') AS rincian, sum(jumlah_peserta)::DOUBLE AS nilai
    FROM kegiatan WHERE jumlah_peserta IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_bermitra' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM kegiatan WHERE json_array_length(mitra) > 0 GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_narasumber' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM kegiatan WHERE json_array_length(narasumber) > 0 GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_strategi_lain' AS ukuran, trim(pilihan) AS rincian, count(*)::DOUBLE AS nilai
    FROM (SELECT lingkup, kode, unnest(list_distinct(from_json(strategi_lain, '["VARCHAR"]'))) AS pilihan FROM kegiatan WHERE strategi_lain IS NOT NULL) GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_sasaran' AS ukuran, trim(pilihan) AS rincian, count(*)::DOUBLE AS nilai
    FROM (SELECT lingkup, kode, unnest(list_distinct(from_json(sasaran, '["VARCHAR"]'))) AS pilihan FROM kegiatan WHERE sasaran IS NOT NULL) GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'kegiatan_kanal' AS ukuran, trim(pilihan) AS rincian, count(*)::DOUBLE AS nilai
    FROM (SELECT lingkup, kode, unnest(list_distinct(from_json(kanal, '["VARCHAR"]'))) AS pilihan FROM kegiatan WHERE kanal IS NOT NULL) GROUP BY ALL;
