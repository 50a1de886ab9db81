-- Requests for information and objections, without their clocks.
SELECT lingkup, kode, 'permohonan' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM permohonan_info GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'permohonan_putusan' AS ukuran, coalesce(putusan, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM permohonan_info GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'permohonan_kanal' AS ukuran, coalesce(kanal_permohonan, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM permohonan_info GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'permohonan_pemohon' AS ukuran, coalesce(jenis_pemohon, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM permohonan_info GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'permohonan_penolakan' AS ukuran, coalesce(alasan_penolakan, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM permohonan_info WHERE alasan_penolakan IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'permohonan_biaya' AS ukuran, '' AS rincian, sum(biaya_rp)::DOUBLE AS nilai FROM permohonan_info
    WHERE biaya_rp IS NOT NULL GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'keberatan' AS ukuran, '' AS rincian, count(*)::DOUBLE AS nilai FROM keberatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'keberatan_alasan' AS ukuran, coalesce(alasan, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM keberatan GROUP BY ALL
UNION ALL
SELECT lingkup, kode, 'keberatan_hasil' AS ukuran, coalesce(hasil, 'tidak_disebut') AS rincian, count(*)::DOUBLE AS nilai FROM keberatan GROUP BY ALL;
