"""The words of Indonesian election news, in one place: data, no logic.

Patterns are read without case. None names a unit, a host or a title; each is a word of the trade.
"""

from __future__ import annotations

from humas.periods.period import MONTH_NAMES

WRITTEN_MONTHS: dict[str, int] = {name.casefold(): number for number, name in enumerate(MONTH_NAMES, start=1)} | {
    "jan": 1, "feb": 2, "peb": 2, "pebruari": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "agu": 8, "ags": 8, "agt": 8,
    "agus": 8, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "nopember": 11, "des": 12,
    "dec": 12,
}  # fmt: skip

# What stands before a number or date that is not the day of an event.
BEFORE_NON_DATE = (
    r"\b(?:nomor|nomer|no|pkpu|perbawaslu|perki|perpres|permendagri|uu|undang-undang|putusan|pasal|ayat|rp|pukul|pkl|jam"
    r"|keputusan|chapter|seri|episode|volume|edisi|tps|fm|versi)\b\.?"
)
# Dates in such company belong to law, history, plans or the election itself, not to the event told.
OTHER_DATES = (
    r"\b(?:undang-undang|peraturan|pkpu|perbawaslu|keputusan|surat (?:dinas|edaran|keputusan)|nota dinas|tertanggal"
    r"|ditetapkan|disahkan|diundangkan|pemungutan suara|hari h|pencoblosan|batas (?:waktu|akhir)|paling lambat"
    r"|selambat|lahir|berlaku (?:sejak|mulai)|terhitung|periode|masa (?:jabatan|kampanye|tenang)|per tanggal"
    r"|mulai tanggal|sejak(?! (?:dini|pagi|siang|sore))|dijadwalkan|direncanakan|rencananya|akan (?:di|ber|me)\w+|mendatang|pada tahun|(?<!sehari )sebelumnya"
    r"|yang lalu|silam|terbentuk|dibentuk|berdiri|proklamasi|sejarah|update|diperbarui|data per|kondisi)\b"
)
# Words right before the day on which an event took place.
EVENT_ON = (
    r"\b(?:dilaksanakan|digelar|diselenggarakan|diadakan|dihelat|dilangsungkan|berlangsung|kegiatan|acara)\b[^.;()]{0,25}?\bpada"
    r"(?: hari)?(?: tanggal)?|\bpada tanggal|\bpada hari"
)
PUBLISHED = r"\b(?:diterbitkan|dipublikasikan|diposting|diunggah|published|posted|terbit|tayang|ditulis)\b"
TODAY = (
    r"\b(?:hari ini|pagi ini|siang ini|sore ini|malam ini|pagi tadi|siang tadi|sore tadi|tadi (?:pagi|siang|sore))\b"
)

# Words that came into use, or went out of it, with known years (law, application, custom): first and last year.
WORD_ERAS: tuple[tuple[str, int, int], ...] = (
    (r"\bbakohumas\b", 2021, 2099),
    (r"#?temanpemilih\b|\bteman pemilih\b", 2019, 2099),
    (r"\bsiakba\b", 2022, 2099),
    (r"\bpdpb\b|pemutakhiran data pemilih berkelanjutan|\bcoktas\b", 2020, 2099),
    (r"\bdak2\b", 2012, 2018),
    (r"\bzoom\b|\bgoogle meet\b|\bwebinar\b|(?<!media )\bdaring\b|\bvirtual\b", 2020, 2099),
    (r"\bcovid|\bpandemi\b|protokol kesehatan|\bprokes\b|new normal", 2020, 2022),
    (r"\bskpp\b|sekolah kader pengawas", 2018, 2022),
    (r"\bp2p\b|pendidikan pengawas(?:an)? partisipatif", 2022, 2099),
    (r"\bpanwaslu (?:kabupaten|kota|kab)\b|\bpanwaskab\b", 2003, 2018),
    (r"\bbawaslu (?:kabupaten|kota|kab)\b", 2018, 2099),
    (r"\btiktok\b|\breels\b", 2019, 2099),
    (r"\bsirekap\b", 2020, 2099),
    (r"\befisiensi anggaran\b|\binpres (?:nomor )?1/2025\b|\basta cita\b|kabinet merah putih", 2025, 2099),
    (r"\bjarimu awasi|\bjarimuawasi", 2022, 2099),
)
# A year that is looked forward to is not the year of the news.
FUTURE_YEAR = r"(?:songsong|menyongsong|jelang|menjelang|menuju|sambut|menyambut|hadapi|menghadapi|persiapan|anggaran)\s(?:tahun\s)?20[12]\d"
# "Pemilu 2024" dates nothing to the day, but its news lies around it: years before, years after.
AROUND_ELECTION = (3, 1)
ELECTION_YEAR = (
    r"\b(?:pemilu|pilkada|pemilihan|pileg|pilpres|pilgub|pilbup|pilwalkot|pilwako)"
    r"(?:\s(?:umum|serentak|kepala daerah|legislatif|presiden|gubernur|bupati|lanjutan|dan pemilihan|dan pilkada)){0,3}"
    r"(?:\stahun)?\s(20[0-3]\d)\b"
)

ATTEND = (
    r"\b(?:mengikuti|ikuti|menghadiri|hadiri|hadir|turut hadir|turut serta|ikut serta|ikut|turut|berpartisipasi|partisipasi"
    r"|mengirim(?:kan)?|kirim|mengutus|utus|diwakili(?: oleh)?|mewakili|diundang|memenuhi undangan|penuhi undangan"
    r"|menyimak|simak|(?:men)?jadi peserta|sebagai peserta|bergabung|gabung|raih|meraih|sabet|menyabet|menerima penghargaan"
    r"|terima penghargaan|menerima anugerah|berpartisipasi aktif|tergabung|terlibat|dilibatkan|memperoleh|peroleh"
    r"|mendapat(?:kan)?|dinobatkan|dianugerahi|dianugerahkan|diganjar|menyandang|mendampingi|dibekali|dilatih|disupervisi|dibina|tindaklanjuti undangan)\b"
)
HOLD = (
    r"\b(?:menggelar|gelar|menyelenggarakan|selenggarakan|melaksanakan|laksanakan|mengadakan|adakan|melakukan|lakukan"
    r"|membuka|buka(?! (?:puasa|bersama|suara))|memulai|mulai|meluncurkan|luncurkan|me-launching|menerima (?:kunjungan|audiensi|silaturahmi|studi)"
    r"|terima (?:kunjungan|audiensi|silaturahmi|studi)|mensosialisasikan|menyosialisasikan|sosialisasikan"
    r"|mengundang|undang|mengajak|ajak|memfasilitasi|fasilitasi|menginisiasi|inisiasi|merilis|rilis|mengunjungi"
    r"|kunjungi|menyambangi|sambangi|memberikan|berikan|beri|mengumpulkan|kumpulkan|menggandeng|gandeng|membentuk"
    r"|bentuk|memperkuat|perkuat|menyapa|sapa|bersosialisasi|menghelat|helat|menyampaikan|sampaikan|mengedukasi|edukasi"
    r"|mengudara|melayani|layani|meresmikan|resmikan|menyasar|sasar|membekali|bekali|menjalin|jalin"
    r"|mengevaluasi|mengoptimalkan|optimalkan|goes to|masuk|menandatangani|teken|bersilaturahmi"
    r"|beraudiensi|berkunjung|datangi|mendatangi|tingkatkan|meningkatkan|latih|melatih|klarifikasi|mengklarifikasi"
    r"|membantah|bantah|meluruskan|umumkan|mengumumkan|tekankan|menekankan|minta|meminta|dorong|mendorong|bahas|membahas"
    r"|tampil|ngobrol|melantik|lantik|menyerahkan|serahkan|menyusun|susun|menghimpun)\b"
)
# Headlines leave the verb out: "KPU … Sosialisasi di Radio".
HOLD_NOUNS = r"\b(?:sosialisasi|siaran|rakor|rapat|monitoring|evaluasi|audiensi|silaturahmi|launching|bimtek|workshop|talkshow)\b"
# Verbs that say who holds the event beyond doubt, also when another body is the subject.
STRONG_HOLD = (
    r"\b(?:melakukan|lakukan|menggelar|gelar|menyelenggarakan|selenggarakan|melaksanakan|laksanakan|mengadakan|adakan|menghelat|helat"
    r"|(?:menerima|terima) (?:kunjungan|audiensi|silaturahmi|studi)|memfasilitasi|menginisiasi|mengundang|undang|mengumpulkan|kumpulkan|membuka|melantik|menandatangani|tandatangani|teken)\b"
)
# What is asked for in a speech is not what took place.
# In a headline, what a verb of aims has as its object is the aim: "Perkuat Sosialisasi lewat …".
AIMS = r"\b(?:perkuat|memperkuat|tingkatkan|meningkatkan|dorong|mendorong|optimalkan|mengoptimalkan|wujudkan|mewujudkan|gugah|menggugah)"
DEMANDS = r"\b(?:minta|meminta|desak|mendesak|imbau|mengimbau|himbau|menghimbau|ingatkan|mengingatkan|harap(?:kan)?|berharap|diharapkan)\b"
HELD_BY = (
    r"\b(?:digelar|diselenggarakan|diadakan|dilaksanakan|dilakukan|diinisiasi|digagas|difasilitasi|dihelat|diprakarsai"
    r"|diikuti dari|dipandu|dikoordinir|dipimpin|diundang|undangan|besutan|gelaran|inisiasi|dikemas)\b"
)
SPEAKERS = (
    r"\b(?:sebagai|menjadi|jadi|selaku|didapuk|didaulat|dipercaya|bertindak|hadirkan|menghadirkan|dengan|sumber)?\s?(?:salah (?:satu|seorang)\s)?"
    r"(?:narasumber(?:nya)?|nara sumber|pembicara|pemateri(?:nya)?|pengisi materi|(?:meng)?isi (?:materi|acara|siaran|dialog)|keynote speaker"
    r"|bintang tamu|(?<=sebagai )(?:tamu|panelis)|(?<=menjadi )(?:tamu|panelis)|(?<=jadi )(?:tamu|panelis)|tamu (?=siniar|podcast|acara|siaran)"
    r"|(?:(?:mem)?beri(?:kan)?|menyampaikan|sampaikan|membawakan|memaparkan) materi|(?:mem)?beri(?:kan)? kuliah (?:umum|tamu)|berbicara (?=dalam|di|pada))\b"
)
# Whoever is asked to come and do this speaks there.
ASKED_TO_SPEAK = r"[^.;]{0,60}?\b(?:berbicara|mengisi|memberi(?:kan)?|menyampaikan|menjelaskan|memaparkan|membawakan)\b"

# Kind of activity: pattern and weight. The strongest word of the title and of the opening decides.
KINDS: dict[str, tuple[tuple[str, float], ...]] = {
    "RILIS": (
        (r"^\W*(?:rilis\b|siaran pers|press release|pers release)", 10),
        (r"(?:menerbitkan|terbitkan|mengeluarkan|keluarkan|sampaikan|menyampaikan|merilis) (?:siaran pers|press release|pers release|rilis (?:pers|media|berita))", 10),
        (r"(?<!menulis )(?<!penulisan )(?<!membuat )(?<!pembuatan )(?<!dan )(?:siaran pers|press release|pers release|rilis (?:pers|media|berita))", 3),
        (r"keterangan (?:pers|tertulis)", 2),
    ),
    "KONFERENSI_PERS": ((r"konferensi pers|konpers|jumpa pers|press conference|konfrensi pers", 6),),
    "MEDIA_GATHERING": (
        (r"(?:media|press|pers) (?:gath?ering|tour|trip)|gathering media|tur media|wisata jurnalistik|temu media|media visit|kunjungan media|temu pers|(?:kunjung\w*|sambang\w*|datang\w*|ke) (?:kantor |dapur )?redaksi", 6),
        (r"(?:ngopi|ngobrol|buka (?:puasa )?bersama|bukber|coffee morning|silaturahmi|bincang)\W+(?:\w+\W+){0,4}(?:media|wartawan|jurnalis|insan pers|awak media)", 5.5),
    ),
    "KLARIFIKASI_HOAKS": (
        (r"klarifikasi(?! (?:(?:terhadap|kepada|atas|dari|para) )*(?:saksi|pelapor|terlapor|laporan|dugaan))|hak jawab|membantah|bantah|tidak benar|cek fakta|luruskan|meluruskan|pastikan (?:kabar|informasi)\W+(?:\w+\W+){0,6}(?:hoaks|hoax)", 4.6),
        (r"\bitu (?:hoaks|hoax)\b|adalah (?:hoaks|hoax)|(?<!tangkal )(?<!cegah )(?<!lawan )(?<!perangi )(?<!anti )(?<!tolak )(?<!hadapi )(?<!atasi )(?<!antisipasi )(?<!waspada )(?<!waspadai )(?<!bahaya )(?:hoaks|hoax)[,:!]", 4.6),
    ),
    "MONITORING_MEDIA": (
        (r"(?:monitoring|pemantauan|analisis|kliping|pantau) (?:media|pemberitaan|berita)|media monitoring|patroli siber|pengawasan siber|pemantauan konten", 5),
    ),
    "LAYANAN_PPID": (
        (r"permohonan informasi|pemohon informasi|uji konsekuensi|layanan ppid|pelayanan informasi publik|layanan informasi publik|daftar informasi publik|daftar informasi (?:yang )?dikecualikan|uji akses|meja layanan", 3.8),
        (r"(?<!sosialisasi )(?<!rapat )(?<!evaluasi )(?<!rakor )(?<!koordinasi )(?<!\()(?:e-?monev|monev|monitoring dan evaluasi) (?:\(monev\) )?(?:\w+ )?(?:kip\b|keterbukaan|layanan informasi)|visitasi|wawancara (?:monev|monitoring)|penilaian (?:\w+ )?(?:kip\b|keterbukaan informasi)", 5),
        (r"\bppid\b|e-ppid", 1.6),
    ),
    "AUDIENSI": (
        (r"rombongan\b[^.;]{0,60}\bditerima|(?:terima|menerima|menyambut) (?:rombongan|tamu)\b", 3.2),
        (r"audiensi|kunjungan|silaturahmi|silaturrahmi|silaturahim|anjangsana|beraudiensi|studi (?:banding|tiru)", 4.4),
        (r"(?:kunjungi|mengunjungi|berkunjung|sambangi|menyambangi|datangi)\b(?![^.;]{0,80}\b(?:untuk|guna) (?:memberi|menggelar|melakukan|melaksanakan|mengadakan|menyosialisasi|mensosialisasi|sosialisasi))", 4.4),
        (r"(?:penjajakan|jajaki|menjajaki|membangun|bangun) (?:kerja ?sama|mou|kemitraan|sinergi)", 4.4),
        (r"(?:menandatangani|tandatangani|teken|penandatanganan)\W+(?:\w+\W+){0,4}(?:mou|memorandum|nota|kesepahaman|perjanjian|pks)\b", 5.5),
        (r"\bmou\b|nota kesepahaman|kesepahaman bersama|memorandum of understanding|nota kesepakatan|perjanjian kerja ?sama|jalin kerja ?sama|kerja ?sama dengan|gandeng|sinergi(?:tas)? dengan", 3),
    ),
    "PENGHARGAAN": (
        (r"penghargaan|anugerah|\baward|meraih|\braih\b|sabet|juara|predikat|peringkat|terbaik|kualifikasi informatif|\binformatif\b", 4.2),
    ),
    "PELAPORAN": (
        (r"(?:menyampaikan|sampaikan|penyampaian|menyerahkan|serahkan|penyerahan|penyusunan|menyusun|susun|mengirim(?:kan)?) (?:\w+ )?laporan|laporan (?:akhir|tahunan|bulanan|triwulan\w*|semester|kinerja|kehumasan|layanan)|pelaporan|\bsaq\b|self assessment", 4.3),
    ),
    "SARPRAS": (
        (r"(?:meresmikan|resmikan|peresmian|launching|luncurkan|meluncurkan|peluncuran|penataan|renovasi|pengadaan|perbaikan|pembangunan|pembenahan)\W+(?:\w+\W+){0,4}(?:website|laman|situs|aplikasi|media cent(?:er|re)|studio|ruang|pojok|rumah pintar|perpustakaan|podcast)", 6.6),
        (r"(?:website|laman|situs|aplikasi|media cent(?:er|re)|studio|ruang|pojok|perpustakaan|fasilitas|gedung)\W+(?:\w+\W+){0,14}(?:diresmikan|diluncurkan|difungsikan)", 6.6),
        (r"ruang ppid|media cent(?:er|re)|studio podcast|sarana (?:dan )?prasarana|akun resmi", 2),
    ),
    "SIARAN": (
        (r"\bradio\b|\brri\b|\brspd\b|\blppl\b|talk ?show|(?<!studio )podcast|(?<!studio )siniar|on ?air|dialog interaktif|\blpp\w*|\bfm\b|bincang (?:pagi|siang|sore)|obrolan\b|siaran langsung|mengudara|(?:di|bersama|dengan) \w*\s?tv\b|\btvri\b|televisi", 6.2),
    ),
    "KONTEN_MEDSOS": (
        (r"konten (?:media sosial|medsos|kreatif|digital|edukasi|edukatif)|(?:lomba|produksi|pembuatan|membuat) (?:konten|video|reels|infografis|film)|infografis|\breels\b|kampanye digital|live instagram|instagram live", 4.2),
        (r"instagram|tiktok|media sosial|medsos", 1.2),
    ),
    "PENDIDIKAN_PEMILIH": (
        (r"rumah pintar pemilu", 5),
        (r"(?<!rakor )(?<!koordinasi )(?<!divisi )(?<!evaluasi )(?<!bidang )sosialisasi (?:dan|serta|&) pendidikan (?:pemilih|politik)", 7.5),
        (r"(?:mengenal(?:kan)?|kenalkan|belajar|ajarkan|mengajarkan|diajari|dikenalkan)\W+(?:\w+\W+){0,2}(?:demokrasi|pemilu|pemilihan|pilkada|pencoblosan)\b", 4.3),
        (r"pendidikan pemilih|pendidikan politik|sekolah (?:demokrasi|kebangsaan|pemilu)|pemilih pemula|pemilih muda|goes to (?:school|campus|kampus|pesantren|sekolah)|\brpp\b|kpu mengajar|pemilos|pilketos|pemilihan ketua osis|ketua osis|\bmpls\b|kelas pemilu|kelas demokrasi|literasi (?:demokrasi|pemilu)|\bpelajar\b|\bsiswa|\bsantri\w*|\b(?:pondok )?pesantren\b|\bdayah\b|simulasi pemungutan", 4.3),
    ),
    "SOSIALISASI": (
        (r"(?<!rakor )(?<!koordinasi )(?<!evaluasi )sosialisasi (?:dan edukasi )?pengawasan (?:pemilu |pemilihan )?partisi?patif", 6.5),
        (r"(?:ikrar|deklarasi|kampanye)\W+(?:\w+\W+){0,2}(?:netral\w*|damai|anti\w*)", 4.1),
        (r"\bstand?\b|\bbooth\b|\bpameran\b", 2),
        (r"(?:men|ber)?sosialisasi(?:kan)?|menyosialisasikan|penyuluhan|webinar|seminar|pengawasan partisipatif|diskusi|ngabuburit|kuliah umum|desiminasi|diseminasi|nonton bareng|car free day|jalan sehat|(?:buka|isi|gelar|hadirkan|ikut\w*)\W+(?:\w+\W+){0,2}(?:stand?|booth|gerai|lapak|pameran)\b|kampung pengawasan|desa (?:pengawasan|anti)", 4.1),
    ),
    "RAKOR": (
        (r"\brakor\w*|rapat koordinasi|\brakernas\b|rapat evaluasi|koordinasi nasional|\bfgd\b|focus group|knowledge sharing|assess?ment|konsolidasi|\bforum\b(?! (?:warga|komunikasi|kerukunan|masyarakat|pemuda|anak|wartawan))|(?:chapter|seri|sesi|tahap|batch) ?#?\d+|rapat persiapan|rapat konsolidasi|rapat teknis", 4.5),
        (r"rapat kerja|\braker\b|(?<!ruang )(?<!meja )\brapat\b|\bzoom meeting\b|evaluasi|\bmonev\b|supervisi|asistensi|koordinasi|sharing session|arahan|pengarahan|briefing", 3.2),
        (r"bakohumas", 2),
    ),
    "BIMTEK": (
        (r"dibekali|keterampilan|(?:me|ber)latih\b|(?:menulis|penulisan) berita|teknik (?:menulis|penulisan|fotografi|peliputan|pengambilan|menyunting)", 3.2),
        (r"bimtek|bimbingan teknis|pelatihan|workshop|lokakarya|\btot\b|training|peningkatan kapasitas|penguatan kapasitas|\bdiklat\b|coaching|kursus|pembekalan|in house", 5),
    ),
}  # fmt: skip
# Kinds of media told in a row ("media cetak, radio, dan daring") are who came, not how or where it was held.
MEDIA_LISTS = (
    r"(?:(?<=wartawan )|(?<=jurnalis )|(?<=pewarta )|(?<=awak )|(?<=insan )|(?=[^.;]{0,30}\bcetak\b))"
    r"\b(?:(?:media|cetak|elektronik|televisi|tv|radio|daring|online|siber|penyiaran)\b(?:,? (?:dan|maupun|serta|atau) |, |/| (?=cetak|elektronik|televisi|daring|online|siber))?){2,}"
)
# Names of divisions and posts carry such words too ("Divisi Sosialisasi"); they say nothing of the event.
DIVISION_NAMES = (
    r"\b(?:koordinator divisi|ketua divisi|anggota divisi|kepala divisi|divisi|kordiv|koordiv|kadiv|kasubbag|kasubag|kabag"
    r"|kepala (?:sub ?)?bagian|sub ?bagian|subbag|bagian|komisioner|operator|staf|biro)\s"
    r"(?:(?:sosialisasi|sosdiklih|pendidikan|pemilih|parmas|partisipasi|masyarakat|sumber|daya|manusia|sdm|humas|hupmas"
    r"|hubungan|kehumasan|teknis|penyelenggaraan|pencegahan|pengawasan|hukum|data|informasi|datin|ppid|perencanaan|program"
    r"|organisasi|diklat|pelatihan|dan|serta|p2h|hubmas|antar|antarlembaga|lembaga|penanganan|pelanggaran|penyelesaian"
    r"|sengketa|rendatin|pp|p3s|parhumas|publikasi|administrasi|web)\b[\s,&/-]*){1,14}"
)
OTHER_EVENTS = r"\b(?:pelantikan|lantik|melantik|upacara|apel|senam|halal bihalal|takziah|donor darah|kerja bakti|gotong royong|pisah sambut|purna tugas|serah terima jabatan|doa bersama|tasyakuran|sumpah|jabatan|rotasi|cpns|pppk)\b"

# Named first in a headline, these are the event, whatever its speech was about.
CERTAIN_CEREMONIES = (
    r"(?<!usai )(?<!setelah )(?<!seusai )(?<!sebelum )\b(?:upacara|apel (?:pagi|rutin|senin|jumat|sore|siang|gabungan|bersama)|apel\b(?! siaga)"
    r"|senam|halal bihalal|takziah|donor darah|kerja bakti|gotong royong|pisah sambut|doa bersama|tasyakuran|ziarah)\b"
)

# Public relations in the sense of the eight strategies.
PUBLIC_RELATIONS = (
    r"(?:monev|evaluasi|penilaian|uu|undang-undang|anugerah) kip\b|humas|bakohumas|hubungan masyarakat|hupmas|ppid|informasi publik|keterbukaan informasi|layanan informasi|sosialisasi|sosdiklih|parmas"
    r"|pendidikan pemilih|pendidikan politik|pemilih pemula|partisipasi masyarakat|partisipatif|partisipasi pemilih|media"
    r"|\bpers\b|jurnalis|wartawan|radio|\bfm\b|podcast|talk ?show|hoaks|hoax|disinformasi|publikasi|website|\bweb\b|konten"
    r"|audiensi|silaturahmi|kunjungan|goes to|rumah pintar|citra|\bdip\b|komisi informasi|fotografi|videografi|literasi"
    r"|penyiaran|siaran|kampus|pelajar|siswa|sekolah|mahasiswa|komunikasi publik|mou\b|nota kesepahaman|masyarakat adat"
    r"|sp4n|\blapor!|kominfo|videotron|siaran keliling|protokol|posko|penyandang disabilitas|edukasi|diseminasi|webinar|seminar|aspirasi|pengaduan|influencer|bawaslu mengajar|kpu mengajar"
)
# What makes a meeting or training one of public relations when only its opening, not its title, says so …
CLEAR_HUMAS = (
    r"humas|(?:menulis|penulisan) berita|ppid|(?:monev|evaluasi|penilaian|uu|undang-undang|anugerah) kip\b|informasi publik|keterbukaan informasi|\bpers\b|jurnalis|wartawan|hoaks|hoax|media sosial|medsos|sosialisasi"
    r"|sosdiklih|parmas|partisipasi|partisipatif|pendidikan pemilih|pendidikan politik|pemilih pemula|website|konten|publikasi"
    r"|komunikasi publik|podcast|radio|narasi|opini publik|\bdip\b"
)
# … and when only a later sentence does.
CERTAIN_HUMAS = (
    r"(?:monev|evaluasi|penilaian|anugerah) kip\b|kehumasan|bakohumas|ppid|informasi publik|keterbukaan informasi"
)
# Those with whom an office keeps its net of cooperation; a meeting with them is one of public relations.
PARTNERS = (
    r"\b(?:bersama|dengan|mengundang|undang|melibatkan|libatkan|menghadirkan|hadirkan|mengumpulkan|kumpulkan|gandeng|menggandeng)"
    r" (?:(?:para|seluruh|berbagai|sejumlah) )?(?:pemangku kepentingan|stake ?holders?|mitra kerja|lintas (?:sektor\w*|instansi)|instansi terkait)\b"
)
PUBLIC_RELATIONS_KINDS = frozenset({
    "RILIS", "KONFERENSI_PERS", "MEDIA_GATHERING", "KLARIFIKASI_HOAKS", "MONITORING_MEDIA", "LAYANAN_PPID",
    "SIARAN", "KONTEN_MEDSOS", "PENDIDIKAN_PEMILIH", "SOSIALISASI", "AUDIENSI",
})  # fmt: skip

# Headlines and openings of what is no news: opinion, explanation, articles written to be found.
OPINION_TITLES = r"^\W*(?:opini|artikel|esai|kolom|catatan|refleksi|puisi|resensi|tulisan)\b\W|\bopini\b(?! publik)"
OPINION_OPENINGS = (
    r"^\W*(?:opini|artikel|tulisan|esai|kolom opini|refleksi)\b(?! (?:publik|terbaik))|^\W*oleh\s*:|^\W*oleh (?!karena|sebab)[^.]{3,80}"
    r"(?:anggota|ketua|staf|kasub|pegiat|dosen|mahasiswa|komisioner)|\b(?:artikel|tulisan) (?:ini|opini|edukasi|penjelasan|populer)\b"
    r"|\bpenulis adalah\b"
)
EXPLAINERS = (
    r"^\W*(?:apa (?:itu|saja|sih|arti|yang dimaksud)|apakah|mengenal|memahami|pengertian|sejarah|tugas|fungsi|peran|pentingnya|cara"
    r"|bagaimana|mengapa|kenapa|siapa|kapan|inilah|ini dia|berikut|tips|tata cara|prosedur|syarat|panduan|perbedaan|beda"
    r"|definisi|daftar|profil|visi|struktur|makna|arti|serba[- ]serbi|kilas balik|tahukah|yuk|simak|strategi"
    r"|\d+ (?:cara|alasan|tips|fakta|hal|langkah))\b"
    r"|\b(?:adalah|pengertian|definisi|jenis-jenis|manfaat|faq|ciri-ciri|tugas dan|fungsi dan|penjelasannya|penjelasan lengkap"
    r"|wajib tahu|perlu diketahui|menurut para ahli|contohnya)\b"
)
OUTSIDE_SECTIONS = r"\b(?:kpu|bawaslu) dalam berita|opini|artikel|kliping|kpu ri|nasional\b"
# A dateline that names the site the news was written for: "Jakarta, kpu.go.id –".
SITE_MARK = r"(?<![@\w.\-])((?:[a-z0-9\-]+\.)?(?:kpu|bawaslu)\.go\.id)\b|,\s(badan pengawas pemilihan umum)\s?[–—-]"

# A link to another article, or a post shown inside this one.
LINKED = r"\W*(?:(?:baca|lihat|simak) (?:juga|pula|selengkapnya|postingan)|sebuah kiriman dibagikan)\b"

ONLINE = (
    r"\b(?:daring|online|on-line|virtual(?:ly)?|zoom(?: meeting| cloud)?|google meet|gmeet|webinar|web seminar|via daring"
    r"|video ?conference|vidcon|vicon|teleconference|telekonferensi|dalam jaringan|melalui kanal youtube|live streaming youtube|(?:live|siaran langsung) (?:di |lewat |melalui )?(?:instagram|ig|tiktok)|melalui (?:akun )?(?:resmi )?(?:media sosial|medsos|instagram|facebook|tiktok|youtube))\b"
)
HYBRID = (
    r"\b(?:hybrid|hibrid|hibrida|blended)\b|\b(?:luring|langsung|tatap muka|offline|luar jaringan) (?:dan|maupun|serta|juga|atau|&) "
    r"(?:secara )?(?:daring|online|virtual|zoom)|\b(?:daring|online|virtual|zoom) (?:dan|maupun|serta|juga|&) (?:secara )?"
    r"(?:luring|tatap muka|offline|langsung)\b|\bdaring/luring\b|\bluring/daring\b"
)
# Some were in the hall and others on the screen, told in two halves of a sentence or in two sentences.
_IN_THE_HALL = (
    r"(?:(?:di)?hadiri?|datang|ikut|bergabung|(?:di|meng)ikuti|berkumpul|berada|duduk|peserta)\b[^.;,]{0,30}?"
    r"\b(?:langsung|tatap muka|luring|di (?:aula|lokasi|tempat|ruang\w*|hotel|kantor|gedung|pendopo|balai)\b)"
)
_ON_THE_SCREEN = (
    r"(?:(?:mengikuti|ikut(?: serta)?|bergabung|terhubung|menyimak|tersambung|hadir|peserta|mengikutinya)\b[^.;,]{0,40}?)"
    r"(?:(?<=mengikuti )(?:daring|online)\b|(?<=peserta )(?:daring|online)\b|\b(?:lewat|melalui|via|secara|menggunakan|dengan)\s(?:(?:aplikasi|platform|ruang|tautan|layar)\s)?"
    r"(?:zoom|daring|online|virtual|google meet|gmeet|video ?conference|konferensi video)\b|\bdari layar\b)"
)
# Who speaks from afar, and who only looks at a broadcast, is not the other half.
_OTHER_HALF = (
    r"(?:(?!narasumber|pemateri|pembicara|sambutan|arahan|ketua|kepala|pimpinan|bupati|gubernur|wali kota|warganet|disiarkan|siaran|\bakan\b)[^;]){0,110}?"
    r"\b(?:sementara|sedangkan|adapun|lain(?:nya)?|sisanya|selebihnya|sebagian|selain|ada (?:pula|juga))\b"
    r"(?:(?!narasumber|pemateri|pembicara|sambutan|arahan|ketua|kepala|pimpinan|bupati|gubernur|wali kota|warganet|disiarkan|siaran|\bakan\b)[^.;]){0,80}?\b"
)
HALVES = rf"\b(?:{_IN_THE_HALL}{_OTHER_HALF}{_ON_THE_SCREEN}|{_ON_THE_SCREEN}{_OTHER_HALF}{_IN_THE_HALL})"
ONSITE = (
    r"\b(?:luring|tatap muka|offline|bertempat di|bertempat|di aula|di hotel|di kantor|di ruang|di gedung|di pendopo|di balai"
    r"|di halaman|di sma|di smk|di studio|di kampus|di universitas|berlangsung di|digelar di|dilaksanakan di)\b"
)
NOT_ONLINE_MODE = r"(?<!melalui )(?:toko|media|portal|berita|ojek|judi|perjudian|penipuan|kejahatan|pinjaman|transaksi|belanja|perundungan|formulir|survei|kuesioner|game|pendaftaran|layanan|situs|permohonan|jurnalis|wartawan)\s$"
# A room of a meeting; "disiarkan lewat Zoom" is an event held there, "disiarkan lewat YouTube" is not.
MEETING_ROOMS = r"zoom.*|google meet|gmeet"
BROADCAST_WORDS = r"\b(?:disiarkan|siaran|ditayangkan|tayang\w*|streaming)\b[^.;]*$"
# Services and complaints are online without the event being so; nor is what anyone can do from home.
ONLINE_OF_OTHERS = (
    r"\b(?:aduan|pengaduan|lapor\w*|pelaporan|melapor\w*|konsultasi|layanan|melayani|permohonan|pendaftaran|mendaftar\w*|posko"
    r"|mengecek|cek|mengakses|diakses|mengunduh|diunduh|diunggah|akan terus|akan di\w+|jika|apabila)\b"
    r"[^.;]*$"
)
# Words that are as often the topic as the way of a meeting.
WEAK_ONLINE = r"melalui .*|live streaming.*|virtual(?:ly)?|online|on-line"
# Before the tool: someone who speaks from afar.
REMOTE_SPEAKER = (
    r"\b(?:menghadirkan|dihadirkan|hadirkan|(?<!menjadi )(?<!sebagai )(?:narasumber|pemateri|pembicara)|sambutan\w*|arahan\w*|dibuka|membuka|menyapa|hadir pula|turut hadir)\b"
    r"(?:(?!\b(?:dilaksanakan|digelar|diselenggarakan|diadakan|diikuti|mengikuti|berlangsung)\b)[^.;])*$"
)
PLATFORM = (
    (r"\bzoom\b", "Zoom"),
    (r"google meet|gmeet", "Google Meet"),
    (r"youtube", "YouTube"),
    (r"\bteams\b", "Teams"),
)
# What a place begins with: rooms and houses first, whole areas after these.
PLACE_STARTS = (
    r"(?:aula|auditorium|hotel|kantor|gedung|ruang(?:an)?(?! (?:digital|publik|siber|maya|redaksi))|balai(?:rung)?|pendopo|pendapa|kampus|kebun|meunasah|surau|bale|gedong|gelanggang|anjungan|tugu"
    r"|universitas|radio|studio|sma\w*|smk\w*|smp\w*|sdn?|mts\w*|man|madrasah|slb\w*|pondok|ponpes|pesantren|rumah|kafe|cafe|café|kedai|warung"
    r"|lapangan|alun-alun|alun|stadion|convention|ballroom|resto\w*|rm|sekretariat|halaman|the|swiss|grand|politeknik|institut|iain|uin|sekolah|graha|griya"
    r"|joglo|sanggar|wisma|villa|lpp|lppl|rri|mall?|lapas|rutan|rsud|puskesmas|masjid|gereja|vihara|perpustakaan|museum|pasar|terminal|stasiun"
    r"|gor|bioskop|teras|posko|lapas|dermaga|pelabuhan|taman|pantai|islamic center|command center|media center)"
)
AREA_STARTS = r"(?:desa|kelurahan|kecamatan|dusun|kampung|gampong|nagari|distrik|pekon|pulau)"
# What a place begins with when it heads its sentence ("Aula SMKN 1 … riuh oleh tepuk tangan").
HEADING_PLACES = (
    r"(?:aula|auditorium|hotel|gedung|ruang(?:an)?|balai(?:rung)?|pendopo|pendapa|lapangan|alun-alun|alun|halaman|studio|meunasah|surau|pondok|ponpes|pesantren"
    r"|gor|stadion|gelanggang|graha|wisma|taman|kampus|sma\w*|smk\w*|slb\w*|madrasah)"
)
# Before a house in which people gather though no "di" says so …
GATHERED_IN = (
    r"\b(?:(?:memenuhi|memadati|menyesaki|membanjiri|meramaikan|menghangatkan)(?: \w+){0,2}?"
    r"|(?:dalam )?suasana(?: \w+){0,2}?|(?:mendadak|seisi|segenap|seantero))\s"
)
# … and behind one that is told as the scene.
SCENES = (
    r"\b(?:(?:kembali|mendadak|tampak|terlihat|hari itu|pagi itu|siang itu|sore itu|malam itu|pun) ){0,2}(?:(?:men)?jadi (?:saksi|tempat|lokasi|pusat|titik|tuan rumah)"
    r"|dipenuhi|dipadati|disesaki|penuh|riuh|ramai|semarak|menerima|kedatangan|menyambut)\b"
)
# What is told behind these is the place of another day.
PLANNED_PLACES = (
    r"\b(?:rencananya|direncanakan|dijadwalkan|berencana|diagendakan"
    r"|(?:akan|bakal|hendak)\s(?:(?:kembali|juga|segera|pula|turut)\s)?(?:di(?:gelar|laksanakan|selenggarakan|adakan|helat|langsungkan|pusatkan|lanjutkan|teruskan"
    r"|sambangi|kunjungi|datangi|sasar)\w*|ber(?:lanjut|tempat|kunjung|pindah)|berlangsung(?! (?:hingga|sampai|selama))"
    r"|menggelar|menyelenggarakan|mengadakan|melaksanakan|menyambangi|mengunjungi|mendatangi|menyasar|menyapa|hadir)"
    r"|(?:kegiatan|sosialisasi|agenda|sekolah|kampus|desa|giliran|lokasi|jadwal|putaran|seri|titik|tujuan|kunjungan|acara|rapat|rakor|pertemuan|tahap|sesi)(?: \w+)?"
    r" (?:selanjutnya|berikutnya)|(?:selanjutnya|berikutnya),? (?:di|ke|giliran|adalah)\b)"
)
# Who comes to the unit's own house: behind the first kind of words visitors are told, before the second.
RECEIVING = (
    r"\b(?:(?:menerima|terima|menyambut|sambut|menjamu|kedatangan|dikunjungi|didatangi|disambangi)"
    r"(?! (?:penghargaan|materi|plakat|buku))(?: \w+){0,2}?\s(?:kunjungan|rombongan|tamu|studi|audiensi|kedatangan|silaturahmi|siswa|pelajar|mahasiswa|santri|guru)"
    r"|(?:kunjungan|rombongan|dikunjungi|kedatangan)(?: \w+){0,4}? (?:dari|asal|oleh)|(?:kunjungan|rombongan|dikunjungi|kedatangan) (?:siswa|pelajar|mahasiswa|santri|guru|murid))\b"
)
VISITING = r"\b(?:berkunjung|(?:meng|k)unjungi|bertandang|bertamu|(?:men)?datangi|datang ke|(?:yang|itu) datang|(?:meny|s)ambangi|diterima|disambut|studi (?:banding|tiru|lapangan))\b"
# Houses of those who come, when nobody says that it was there.
HOUSES_OF_VISITORS = r"(?:sma|smk|smp|slb|sd|man|mts|madrasah|kampus|pondok|ponpes|pesantren)"
# Schools and the like, named by their kind: where pupils are told of, they are the place.
SCHOOLS = r"\b(?:SMA|SMK|SMP|SLB|MAN|MTs|SD)(?:N| Negeri| Swasta)?(?: \d{1,2})?(?: [A-Z][\w\-]+){1,3}"
# Words in lower case that go on in the name of a place; any other ends it.
PLACE_WORDS = (
    r"(?:aula|hotel|kantor|gedung|ruang|rapat|sidang|serba|serbaguna|pertemuan|utama|lantai|lt|dinas|bupati|wali|kota|walikota|gubernur|camat|lurah"
    r"|desa|kelurahan|kecamatan|kabupaten|provinsi|media|center|makan|pintar|pemilu|tamu|pola|terbuka|olahraga|sekretariat|kampus|fakultas"
    r"|podcast|studio|radio|negeri|setda|halaman|pendopo|kesbangpol|sekolah|jabatan|masyarakat|tahanan)"
)
# A station is the place of its show.
STATIONS = r"\b(?:(?:Radio|RRI|LPPL?|TVRI|RSPD)(?: (?!FM\b)[A-Z][\w\-]*){1,4}(?: \d{2,3}[.,]\d)?(?: FM)?|[A-Z]\w+ FM)\b"

HOAKS = r"\bho(?:aks|ax)\b|\b(?:dis|mis|mal)informasi\b|\b(?:berita|kabar|informasi) bohong\b"
CORRECTIVE = r"klarifikasi|hak jawab|membantah|bantah|meluruskan|luruskan|krisis|pengaduan|aduan|somasi|pelurusan|permohonan maaf|tanggapi (?:isu|tudingan|tuduhan)"

# What a number in words is made of; "puluhan" and "ratusan" are none.
NUMBER_WORDS = (
    r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|seratus|seribu|belas|puluh|ratus|ribu)\b"
)
PERSON_UNITS = (
    r"(?:orang|peserta|aparatur(?: sipil negara)?|pewarta|hadirin|murid|taruna|jemaat|jamaah|lansia|relawan|pengurus|penonton|siswa(?:/siswi)?|siswi|pelajar|mahasiswa|staf|pegawai|personel|personil|wartawan|jurnalis|pemilih(?: pemula| muda)?"
    r"|warga|undangan|kader|guru|santri|perwakilan|operator|anggota|tamu|admin|pengelola|audiens|pemuda|perempuan|penyandang|asn|pedagang|petani|nelayan|karyawan|buruh|dosen|pengunjung|mahasiswi|santriwati|pemudi|remaja|anak|ibu(?:-ibu)?|bapak|kepala (?:desa|sekolah|keluarga|dusun|kampung)"
    r"|lurah|camat|perangkat desa|tokoh|penyuluh|pegiat|kreator|penyiar|reporter|redaktur|fotografer|pejabat|pranata humas|difabel|tunanetra"
    r"|penyintas|pengemudi|pelaku|perajin|pensiunan|veteran|atlet|pustakawan|penghuni|pengawas|juru bicara)"
)
SATKER_UNITS = (
    r"(?:satker|satuan kerja|kabupaten\s?(?:/|dan)\s?kota|kab\.?\s?/\s?kota|kabupaten-kota|(?:kpu|kip|bawaslu|panwaslih) (?:kabupaten|kab|kota|provinsi)\S*"
    r"|(?:kpu|kip|bawaslu) (?=se\b)|(?:diskominfo\w*|dinas kominfo) (?:kabupaten|kab|kota|provinsi)\S*|perangkat daerah|opd|skpd|ppid(?: pelaksana| pembantu| utama)?|kabupaten|provinsi|daerah)"
)
PARTICIPANT_WORDS = (
    r"\b(?:diikuti|dihadiri|peserta(?:nya)?|hadir|melibatkan|menghadirkan|mengundang|undang|ikuti|melayani|di hadapan|di depan"
    r"|mengikuti|kepada|bagi|untuk|terdiri|sasaran|mengumpulkan|bersama|kunjungan|menerima|mengajak|ajak|menjamu|mempertemukan)\b"
)
# Who an event is for; such people are counted beside the day of the event because they came.
AUDIENCES = (
    r"(?:peserta|siswa(?:/siswi)?|siswi|pelajar|murid|mahasiswa|santri|warga|wartawan|jurnalis|pewarta|undangan|kader|guru|aparatur(?: sipil negara)?"
    r"|asn|pemuda|perempuan|penyandang|pemilih (?:pemula|muda)|pedagang|petani|nelayan|karyawan|buruh|dosen|jemaat|jamaah|hadirin|lansia|taruna"
    r"|anak|mahasiswi|santriwati|pemudi|remaja|ibu(?:-ibu)?|kepala (?:desa|sekolah|dusun|kampung)|lurah|perangkat desa|difabel|tunanetra|pegiat|kreator|reporter|pengemudi|perajin)"
)
# Right behind the people counted: what they did there.
TOOK_PART = r"(?:[^.;,:]{0,80}?|\s(?:dari|asal) [^.;:]{0,80}?)\b(?:hadir|mengikuti|ikut|menyimak|mempraktikkan|membacakan|duduk|memadati|memenuhi|antusias|berpartisipasi|belajar|dibekali|dilatih|bertahan|bergabung|terhubung|berkumpul|menyusuri|mengunjungi|mendatangi|berdatangan)\b"
# Units of an office that came; those that hold elections are told in the same words.
UNITS_CAME = r"[^.;,:]{0,40}?\b(?:terhubung|bergabung|hadir|mengikuti(?! (?:pilkada|pemilu|pemilihan|tahapan))|ikut serta|turut serta|ambil bagian|berpartisipasi|menjadi peserta)\b"
# A count of seats, wishes and shares, of those who serve, of what a house or a group has.
NOT_COUNTED_PEOPLE = (
    r"\b(?:kuota|kapasitas|menampung|target\w*|ditargetkan|menarget\w*|mewakili|lowongan|ditonton|menonton|menangani|mengingatkan|mengimbau|(?<!pengelola )(?<!admin )akun|maksimal|minimal|paling banyak|perkiraan|semula|dari total|di antara|sebelumnya"
    r"|tersedia|formasi|akan (?:di|me|ber)\w+|rencananya|seharusnya|dibagikan|setiap|tiap|masing|rata-rata|beranggota\w*|dibagi (?:menjadi|dalam|ke)"
    r"|memiliki|mempunyai|punya|menaungi|mengasuh|membawahi|mempekerjakan|dibantu|dibatasi|disebar|\d[\d.]* suara|(?:panitia|tim|petugas|juri|kelompok|regu)\b[^.;,]{0,30}\bterdiri)\b[^.;]{0,40}$"
)
# Of another day, or of many days together.
OTHER_TIMES = (
    r"\b(?:(?:tahun|bulan|pekan|minggu|semester|triwulan|kemarin|edisi|periode) (?:lalu|sebelumnya)|pernah|biasanya|lazimnya|menjangkau|(?:telah|sudah) me\w+|sudah(?= \d| \w+ (?:belas|puluh|ratus))|(?:pemilu|pemilihan|pilkada) (?:lalu|(?:serentak )?20\d\d)|tahap (?:kedua|ketiga|berikutnya|selanjutnya)|serupa|berikutnya|mendatang"
    r"|sejak (?:di|ber)\w+|(?:sepanjang|selama) (?:tahun|20\d\d|triwulan|semester|bulan|januari|periode)|sejak (?:awal|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|20\d\d|tahun)"
    r"|hingga (?:kini|saat ini|akhir)|sampai (?:kini|saat ini))\b"
)
# Behind the number of those who came to something else.
OF_ANOTHER_DAY = r"[^.;]{0,60}?\b(?:dijadwalkan|direncanakan|pernah|melapor|diperiksa|(?:pekan|bulan|tahun|minggu) (?:sebelumnya|lalu|depan))\b"
# … until this one is told.
THIS_TIME = r"\b(?:kali ini|kini|tahun ini|hari itu)\b"
# The whole of participants, whatever part of them a sentence goes on with.
WHOLE_OF_PARTICIPANTS = r"\b(?:dari (?:total|jumlah)|termasuk di antara)\s$"
# The number counts participants, though a register could count so too.
OF_PARTICIPANTS = r"\bpeserta(?:nya)?\s(?:(?!pemilu|pemilihan)\w+\s){0,3}$"
# Between the two numbers of a span; between a part and its whole.
SPANS = r"(?:\s?[-–/]\s?|\s(?:sampai|hingga|s\.?d\.?|atau|dan)(?:\sdengan)?\s)"
PART_OF = r"(?:\sorang)?\sdari\s(?:total\s|seluruh\s)?"
# Right before a number, even a few: "diikuti sembilan pengelola akun".
FOLLOWED_BY = r"\b(?:diikuti|dihadiri)\s(?:oleh\s)?(?:sekitar\s|sebanyak\s)?$"
# How many of those invited came.
CAME_OF_INVITED = r"(?:\s(?:di antaranya|orang))?\s(?:yang\s)?(?:hadir|datang)\b"
# They count anything; participants only beside a word of coming.
QUANTITY_WORDS = r"\b(?:sebanyak|sejumlah|total|jumlah|berjumlah)\b"
COMING_WORDS = r"\b(?:rombongan|diikuti|dihadiri|peserta|hadir|melibatkan|mengundang|(?:meng)?ikuti|ikut|kepada|antusias|mengunjungi|berkunjung|datang)\b"
# What is counted in such a sentence is people of a register, not of an event.
REGISTER_WORDS = (
    r"\b(?:jumlah pemilih|data pemilih|rekap\w*|dpt\w*|dps|tercatat|terdaftar|bertambah|berkurang|meningkat|menurun|penduduk|jiwa"
    r"|hak pilih|suara sah|pemilih (?:laki|perempuan|baru|terdaftar|berkelanjutan|disabilitas))\b"
)
# Right before the few who came along.
BESIDE_SOMEONE = r"\b(?:didampingi|ditemani|disertai|beserta|diantar|bersama|mendampingi|membawa)\b[^.;:,\d]{0,60}$"
# Who accompanies is not who takes part: "bersama 3 staf".
COMPANIONS = r"(?:staf|dosen|guru|pendamping|pegawai|anggota|komisioner|operator|admin|pengelola|perwakilan)$"
NOT_PARTICIPANTS = r"\b(?:panelis|juri|penguji|asesor|pemateri|narasumber|pembicara|pemenang|panitia|petugas|terbaik|teratas|tercepat|terpilih|beruntung|pertama|lain(?:nya)?|bertanya|menanyakan|mengajukan|berpredikat|kategori|predikat|dari total|tps|dpt|suara|kasus|laporan|konten|temuan|persen|kegiatan|kali|perkara|dokumen)\b"
DELEGATES = r"\b(?:mengirim(?:kan)?|mengutus|utus|diwakili(?: oleh)?|menugaskan|mendelegasikan|mengikutsertakan|perwakilan(?:nya)?)\b"

# Words that name an event, and verbs by which one took place; a page with neither is a statement, a figure, a notice.
EVENT_NOUNS = (
    r"\b(?:rapat|rakor\w*|raker\w*|rakernas|bimtek|bimbingan teknis|pelatihan|workshop|lokakarya|seminar|webinar|(?:men|ber)?sosialisasi(?:kan)?"
    r"|sosialisasikan|penyuluhan|diskusi|forum|fgd|audiensi|kunjungan|silaturahmi|talk ?show|siaran|podcast|siniar|dialog|bincang|obrolan"
    r"|gathering|jumpa pers|konferensi pers|gelaran|ngopi|ngobrol|coffee morning|temu (?:media|wartawan|jurnalis|pers|warga)|studi lapangan|lomba|anugerah|penganugerahan|penghargaan|award|kuliah umum|nonton bareng|pameran|jalan sehat"
    r"|kirab|penandatanganan|peluncuran|launching|peresmian|simulasi|pendidikan (?:pemilih|politik)|ngabuburit|ass?ess?ment|visitasi|monev"
    r"|evaluasi|pembekalan|zoom|pertemuan|praktik (?:langsung|lapangan|men\w+|pen\w+)|bertukar cerita|acara|kegiatan|goes to|car free day|cfd|pemilos|pilketos|mpls|penataan|renovasi|pengadaan|pembenahan|perbaikan|knowledge sharing|briefing|konsolidasi|studi (?:banding|tiru)|mou)\b"
)
EVENT_VERBS = (
    r"\b(?:(?:meng|di)?gelar|(?:meny|di)?elenggarakan|(?:di)?selenggarakan|(?:di|mel|l)aksanakan|(?:meng|di)?adakan|(?:meng|di)?helat"
    r"|dilangsungkan|berlangsung|bertempat|diikuti|dihadiri|(?:mengi|i)kuti|(?:meng)?hadiri|hadir|berpartisipasi|(?:meny|s)ambangi"
    r"|(?:meng|k)unjungi|(?:men)?datangi|(?:men|t)erima kunjungan|(?:mel|l)uncurkan|(?:me)?resmikan|(?:men|t)andatangani|teken|(?:me)?layani"
    r"|(?:meny|s)erahkan|(?:me)?raih|sabet|dinobatkan|dianugerahi|(?:men|t)yampaikan laporan|(?:meny|s)apa|(?:mem)?bekali|mengudara"
    r"|(?:menjadi|jadi|sebagai) (?:narasumber|pemateri|pembicara)|(?:men|t)erima (?:penghargaan|audiensi)|(?:meng)?undang|diundang"
    r"|(?:mem)?produksi|bersosialisasi|berkunjung|beraudiensi|(?:men)?dampingi|(?:mem)?buka (?:stand?|posko|pojok|booth|layanan|gerai|lapak|meja|kelas)|(?:mem)?fasilitasi|(?:me)?latih|mempraktikkan|(?:meny|s)ambut (?:kunjungan|kedatangan|rombongan)|bertandang|bertamu|sowan|menyusuri|berkeliling|(?:mahasiswa|pelajar|siswa|santri|murid)\b[^.;]{0,60}\bbelajar"
    r"|rombongan\b[^.;]{0,60}\bditerima|memenuhi undangan)\b"
)
# Without one of these nobody taught voters: pupils of a digital class are none.
ELECTORAL = r"\b(?:pemilu\w*|pemilih\w*|pilkada|pilketos|pemilos|demokrasi|politik|memilih|kpud?|kip|bawaslu|panwas\w*|osis|suara|ppid)\b"
# An occasion beside which somebody only spoke.
BESIDE_OCCASION = r"\b(?:di sela|sela-sela|usai|seusai|selepas)\b[^,.;]*"
# What is told behind these is still to come.
PLANS = (
    r"\b(?:akan|bakal|hendak|berencana|direncanakan|rencananya|dijadwalkan|mempersiapkan|menyiapkan|siapkan)\b[^.;]*"
)
# A headline of figures.
FIGURE_TITLES = (
    r"\b\d[\d.,]*\s?(?:persen|orang|pemilih|jiwa|suara|%)|\b(?:jumlah|angka|tingkat|data) (?:pemilih|partisipasi|penduduk|suara)"
    r"|\b(?:bertambah|berkurang|tembus)\b"
)
# Words by which somebody is quoted; the day behind them is that of the talk, unless an event is named between.
SAYING = (
    r"\b(?:kata|ujar|tutur|ucap|ungkap|jelas|terang|tandas|tegas|papar|imbuh|pungkas)(?:nya)?\b"
    r"|\b(?:saat|ketika) (?:ditemui|dikonfirmasi|dihubungi|diwawancara\w*|ditanya)\b|\b(?:dalam|melalui|lewat) keterangan\w*\b"
    r"|\bkepada (?:para )?(?:wartawan|awak media|media|jurnalis)\b"
    r"|\b(?:hal (?:itu|ini|tersebut)|data|angka|informasi)\b[^.;]{0,20}\bdisampaikan"
    r"|\b(?:mengaku|menanggapi|menegaskan|mengatakan|menyatakan|menuturkan|mengungkapkan|menyebut(?:kan)?|mengimbau|mengingatkan|berharap)\b"
)
# The election itself is work of the office, not of its public relations.
ELECTION_DAY = r"(?<!mempraktikkan )(?<!praktik )(?<!simulasi )\b(?:pemungutan suara|pencoblosan|hari pemilihan|penghitungan suara|rekapitulasi|hak pilih(?:nya)? di|(?:tinjau|pantau)\w* tps)\b"

# What sites call the parts of a page (class, id, itemprop): around an article, beside its headline, its text, its section.
FURNITURE_MARKS = (
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|top-?bar|side-?bar|widget-area|related|terkait|popular|populer|terpopuler|trending"
    r"|latest|recent|terbaru|breadcrumbs?|share|sharing|sharedaddy|social|medsos|comments?|komentar|footer|copyright|iklan|ads"
    r"|newsletter|pagination|pager|tags?|tag-links|agenda|ticker|modal|cookie)(?:$|[\s_-])"
)
HEAD_MARKS = r"(?:^|[\s_-])(?:meta|submitted|byline|date|tanggal|published|datepublished|posted|author|views?|post-info|info-post)(?:$|[\s_-])"
BODY_MARKS = (
    r"(?:^|\s)(?:articlebody|(?:entry|post|article|blog|news|berita|detail)[_-]content|content[_-](?:detail|berita|body)"
    r"|isi[_-](?:berita|artikel)|field--name-body|node__content)(?:$|\s)"
)
SECTION_MARKS = r"(?:^|[\s_-])(?:category|kategori|cat-links|rubrik|section-name)(?:$|[\s_-])"
# Headings under which a page lists its other articles.
NEIGHBOUR_HEADINGS = (
    r"\W*(?:(?:berita|artikel|post(?:ingan)?|kabar|informasi)\W+)?(?:terkait|lainnya|terbaru|terpopuler|populer|terkini|sebelumnya"
    r"|selanjutnya|pilihan|rekomendasi|related (?:posts?|news|articles?)|popular(?: posts?)?|agenda|pengumuman|baca juga"
    r"|komentar(?: \(\d+\))?|comments?|(?:tinggalkan|tulis|kirim) (?:balasan|komentar)|leave a (?:reply|comment)|statistik(?: pengunjung)?)\W*"
    r"|apakah (?:berita|informasi|artikel|halaman) ini (?:bermanfaat|membantu)\b.{0,60}"
)
# A day of publication told from the day of reading: only units that lead to one day.
RELATIVE_DAY = r"(?:(?P<hari>\d{1,2}|se)\s?hari|(?P<jam>\d{1,2}|se)\s?jam|(?:\d{1,2}|se)\s?menit)\s(?:yang\s)?(?:lalu|ago)|(?P<kemarin>kemarin|yesterday)"
# Words of a byline; what else stands in it are names.
BYLINE_WORDS = (
    r"\b(?:oleh|by|penulis|editor|admin|humas|posted|submitted|published|updated|diterbitkan|dipublikasikan|diposting|diunggah|ditulis"
    r"|terbit|tanggal|pada|on|in|kategori|berita|wib|wita|wit|kali|komentar|comments?|views?|hits?|last|dibaca|dilihat"
    r"|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|sen|sel|rab|kam|jum|sab|ming?|menit baca)\b"
)
ENGLISH_MONTHS: dict[str, str] = {
    "january": "Januari", "february": "Februari", "march": "Maret", "may": "Mei", "june": "Juni", "july": "Juli",
    "august": "Agustus", "october": "Oktober", "december": "Desember",
}  # fmt: skip
