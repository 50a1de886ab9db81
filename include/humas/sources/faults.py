"""Every error a source can end in: its stable code, its words, and who must act."""

from __future__ import annotations

from humas.errors import HumasError, OperatorError, SenderError, SourceError

_AGAIN = "sesudah itu Admin sistem mengumpulkan ulang satker ini."
_LATER = "kunjungan berikutnya membacanya sendiri."


class ClosedSiteError(SourceError):
    """A site that does not want to be read by programs; asking again would not be polite, and not help."""

    layak_diulang = False


_TABLE: dict[str, tuple[type[HumasError], str, str]] = {
    "tidak_menjawab": (
        SourceError,
        "{tempat} tidak menjawab ({sebab}).",
        "pastikan layanan hidup dan terjangkau; " + _AGAIN,
    ),
    "nama_tidak_ditemukan": (
        SourceError,
        "{tempat}: nama host tidak ditemukan di DNS.",
        "periksa nama host pada register dan DNS; " + _AGAIN,
    ),
    "batas_waktu": (
        SourceError,
        "{tempat} tidak selesai menjawab dalam {detik} detik.",
        "percepat layanan atau kecilkan halaman; " + _AGAIN,
    ),
    "sertifikat_salah": (
        SourceError,
        "{tempat}: sertifikat TLS tidak sah ({sebab}).",
        "perbarui sertifikat; " + _AGAIN,
    ),
    "status_5xx": (
        SourceError,
        "{tempat} menjawab galat server {status} setelah {kali} kali dicoba.",
        "perbaiki layanan; " + _AGAIN,
    ),
    "status_4xx": (
        SourceError,
        "{tempat} menolak permintaan dengan status {status}.",
        "cocokkan alamat pada register dengan layanan; " + _AGAIN,
    ),
    "akses_ditolak": (
        OperatorError,
        "{tempat} menolak akses dengan status {status}.",
        "periksa kredensial saluran ini pada register, lalu kumpulkan ulang satker ini.",
    ),
    "status_lain": (
        SourceError,
        "{tempat} menjawab dengan status {status} yang tidak dikenal di sini.",
        "cocokkan layanan dengan kontrak API; " + _AGAIN,
    ),
    "terlalu_sering": (
        SourceError,
        "{tempat} membatasi jumlah permintaan (status 429) setelah {kali} kali dicoba.",
        "longgarkan batas untuk pengumpul ini; " + _AGAIN,
    ),
    "terpotong": (
        SourceError,
        "{tempat}: jawaban terpotong setelah {ukuran} bita.",
        "periksa layanan atau perantaranya; " + _AGAIN,
    ),
    "kompresi_rusak": (
        SourceError,
        "{tempat}: jawaban termampat tidak dapat dibuka.",
        "perbaiki pemampatan (gzip) pada layanan; " + _AGAIN,
    ),
    "jenis_salah": (
        SourceError,
        "{tempat} mengirim {ditemukan}, bukan {diminta}.",
        "berikan alamat yang langsung menghasilkan {diminta}; " + _AGAIN,
    ),
    "halaman_masuk": (
        SourceError,
        "{tempat} mengirim halaman masuk atau pemeriksaan peramban{judul}, bukan data.",
        "buka akses bagi pengumpul (tanpa masuk dan tanpa captcha); " + _AGAIN,
    ),
    "jawaban_kosong": (
        SourceError,
        "{tempat} menjawab tanpa isi.",
        "pastikan layanan mengirim data periode ini; " + _AGAIN,
    ),
    "terlalu_besar": (
        SourceError,
        "{tempat}: jawaban melebihi batas {batas} MiB{sebab}.",
        "kecilkan berkas, atau bagi jawaban API menjadi beberapa halaman; " + _AGAIN,
    ),
    "terlalu_banyak_alihan": (
        SourceError,
        "{tempat} mengalihkan lebih dari {batas} kali.",
        "perbaiki pengalihan, atau tulis alamat akhirnya pada register; " + _AGAIN,
    ),
    "alihan_tidak_aman": (
        SourceError,
        "{tempat} mengalihkan ke alamat yang tidak dapat diikuti ({sebab}).",
        "perbaiki pengalihan, atau tulis alamat akhirnya pada register; " + _AGAIN,
    ),
    "di_luar_daftar": (
        OperatorError,
        "{tempat}: host {host} tidak ada dalam daftar host yang diizinkan.",
        "betulkan alamat pada register, atau tambahkan host itu pada HUMAS_HOST_DIIZINKAN, di samping yang bawaan.",
    ),
    "alamat_pribadi": (
        OperatorError,
        "{tempat}: host {host} menunjuk ke alamat jaringan dalam.",
        "betulkan alamat pada register; jaringan dalam hanya dibuka dengan HUMAS_IZINKAN_ALAMAT_PRIBADI=1.",
    ),
    "alamat_terlarang": (
        OperatorError,
        "{tempat}: host {host} menunjuk ke alamat yang tidak pernah dibuka (metadata awan, link-local, multicast, "
        "atau dicadangkan).",
        "betulkan alamat pada register atau catatan DNS-nya; tidak ada pengaturan yang membuka alamat itu.",
    ),
    "alamat_salah": (
        OperatorError,
        "{tempat}: alamat saluran tidak dapat dipakai ({sebab}).",
        "betulkan alamat pada register: http(s) tanpa nama pengguna, atau folder.",
    ),
    "kredensial_tidak_ada": (
        OperatorError,
        '{tempat}: kredensial "{nama}" belum diisi.',
        "isi kredensial itu (variabel {variabel}, atau berkas bernama itu di HUMAS_RAHASIA_FOLDER) tanpa menuliskannya "
        "pada register, lalu kumpulkan ulang satker ini.",
    ),
    "terlalu_banyak_halaman": (
        SourceError,
        "{tempat} menyebut {jumlah} halaman; batasnya {batas}.",
        "perbesar isi tiap halaman; " + _AGAIN,
    ),
    "halaman_bertentangan": (
        SourceError,
        "{tempat}: halaman {halaman} bertentangan dengan halaman sebelumnya ({sebab}).",
        "perbaiki penomoran halaman pada layanan; " + _AGAIN,
    ),
    "halaman_asing": (
        SourceError,
        "{tempat}: tautan ke halaman sesudah halaman {halaman} menunjuk ke host lain ({host}) dan tidak diikuti.",
        "tulis tautan halaman berikutnya dengan host yang sama seperti pada register; " + _AGAIN,
    ),
    "baris_kurang": (
        SourceError,
        "{tempat} menyebut {tertulis} baris, tetapi semua halamannya hanya berisi {jumlah}.",
        "beri tahu halaman berikutnya (jumlah_halaman, atau tautan next), atau betulkan jumlahnya; " + _AGAIN,
    ),
    "penomoran_salah": (
        SourceError,
        '{tempat}: "{kunci}" pada halaman {halaman} tertulis {tertulis}, bukan bilangan.',
        "kirim halaman dan jumlah_halaman sebagai bilangan bulat mulai 1; " + _AGAIN,
    ),
    "folder_tidak_ada": (
        OperatorError,
        "{tempat}: folder atau berkas itu tidak ada.",
        "buat folder itu, atau betulkan alamat pada register.",
    ),
    "di_luar_folder": (
        OperatorError,
        "{tempat}: alamat itu berada di luar folder yang diizinkan.",
        "betulkan alamat pada register, atau tambahkan foldernya pada HUMAS_FOLDER_DIIZINKAN.",
    ),
    "folder_tidak_terbaca": (
        OperatorError,
        "{tempat} tidak dapat dibaca ({sebab}).",
        "beri pengumpul hak baca atas folder itu, lalu kumpulkan ulang satker ini.",
    ),
    "folder_kosong": (
        SenderError,
        "{tempat} belum berisi berkas XLSX, XLS, ODS, CSV, atau JSON.",
        "taruh berkas laporan di folder itu.",
    ),
    "berkas_belum_selesai": (
        SourceError,
        '{tempat}: berkas "{nama}" masih ditulis.',
        "tunggu penyalinan selesai; " + _AGAIN,
    ),
    "robots_melarang": (
        ClosedSiteError,
        "{tempat}: robots.txt melarang pengumpul membaca {jalur}.",
        "izinkan HumasTriwulan pada robots.txt situs itu, atau tulis baris situs dengan aktif tidak pada register.",
    ),
    "jeda_terlalu_panjang": (
        ClosedSiteError,
        "{tempat}: robots.txt meminta jeda {detik} detik antarpermintaan, terlalu lama untuk satu kunjungan.",
        "kecilkan Crawl-delay bagi HumasTriwulan, atau tulis baris situs dengan aktif tidak pada register.",
    ),
    "robots_tak_terbaca": (
        SourceError,
        "{tempat}: robots.txt tidak dapat dibaca ({sebab}), sehingga situs tidak dibuka.",
        "pastikan /robots.txt menjawab dengan status 200 atau 404; " + _LATER,
    ),
    "halaman_tantangan": (
        SourceError,
        "{tempat} mengirim halaman pemeriksaan peramban{judul}, bukan berita.",
        "kecualikan pengumpul (User-Agent HumasTriwulan) dari pemeriksaan itu; " + _LATER,
    ),
    "situs_menolak": (
        SourceError,
        "{tempat} menolak pengumpul.",
        "izinkan User-Agent HumasTriwulan pada situs itu atau pengamannya; " + _LATER,
    ),
    "halaman_galat": (
        SourceError,
        "{tempat} mengirim halaman galat{judul} seolah-olah berhasil (status 200).",
        "perbaiki situs; " + _LATER,
    ),
    "daftar_kosong": (
        SourceError,
        "{tempat}: tidak ada tautan berita pada {jalur}.",
        "tulis alamat halaman daftar beritanya pada register (jenis situs); " + _LATER,
    ),
    "situs_pindah": (
        OperatorError,
        "{tempat} mengalihkan ke host lain ({host}).",
        "tulis alamat barunya pada register (jenis situs).",
    ),
    "kontak_kosong": (
        OperatorError,
        "Situs satker belum dapat dikunjungi: kontak pengumpul belum diisi.",
        "isi HUMAS_SITUS_KONTAK dengan surel atau URL, agar pengelola situs tahu siapa yang datang.",
    ),
    "berkas_terlalu_besar": (
        SenderError,
        '{tempat}: berkas "{nama}" melebihi batas {batas} MiB.',
        "hapus lembar dan gambar yang tidak perlu, atau bagi per himpunan data, lalu kirim ulang.",
    ),
    "kiriman_terlalu_besar": (
        SenderError,
        "{tempat}: berkas CSV di folder itu bersama-sama melebihi batas {batas} MiB.",
        "sisakan satu berkas CSV untuk tiap himpunan data, lalu pindahkan yang lain.",
    ),
    "kiriman_terlalu_banyak_berkas": (
        SenderError,
        "{tempat}: folder itu berisi {jumlah} berkas CSV yang judul kolomnya berlainan; batasnya {batas}.",
        "sisakan satu berkas CSV untuk tiap himpunan data, lalu pindahkan yang lain.",
    ),
}


def seconds(seconds: float) -> str:
    """Seconds as a reader writes them: ``10`` or ``1,5``."""
    return f"{seconds:.2g}".replace(".", ",") if seconds < 10 else f"{seconds:.0f}"


def make_error(code: str, place: str, **content: object) -> HumasError:
    """The error ``code`` at ``place`` (unit, channel and host), with the details its sentence needs."""
    error_class, message, remedy = _TABLE[code]
    return error_class(code, message.format(tempat=place, **content), remedy.format(tempat=place, **content))
