-- Hoaxes: one row is one matter.
SELECT lingkup, kode, 'hoaks_isu' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM isu_hoaks GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_konten' AS ukuran, '' AS rincian, sum(jumlah_konten)::DOUBLE AS nilai FROM isu_hoaks
    WHERE jumlah_konten IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_diklarifikasi' AS ukuran, '' AS rincian, count(tanggal_klarifikasi)::DOUBLE AS nilai FROM isu_hoaks GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_klasifikasi' AS ukuran, coalesce(klasifikasi, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM isu_hoaks GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_sumber' AS ukuran, coalesce(sumber_temuan, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM isu_hoaks GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_platform' AS ukuran, coalesce(platform, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM isu_hoaks GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_tahapan' AS ukuran, coalesce(terkait_tahapan, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM isu_hoaks GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_kanal' AS ukuran, trim(pilihan) AS rincian, count(*)::DOUBLE AS nilai
    FROM (SELECT lingkup, kode, unnest(list_distinct(from_json(kanal_klarifikasi, '["VARCHAR"]'))) AS pilihan FROM isu_hoaks WHERE kanal_klarifikasi IS NOT NULL) GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_diteruskan' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM isu_hoaks WHERE json_array_length(diteruskan_ke) > 0 GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_diturunkan' AS ukuran, '' AS rincian, sum(jumlah_diturunkan)::DOUBLE AS nilai FROM isu_hoaks
    WHERE jumlah_diturunkan IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_diproses' AS ukuran, '' AS rincian, sum(jumlah_diproses)::DOUBLE AS nilai FROM isu_hoaks
    WHERE jumlah_diproses IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'hoaks_median_jam' AS ukuran, '' AS rincian, median(epoch(tanggal_klarifikasi - tanggal_temuan) / 3600)::DOUBLE AS nilai FROM isu_hoaks
    WHERE tanggal_klarifikasi IS NOT NULL AND tanggal_temuan IS NOT NULL GROUP BY ALL;
