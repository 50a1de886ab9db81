"""Every error a source can end in: its stable code, its words, and who must act."""

from __future__ import annotations

from humas.errors import HumasError, PengirimError, SistemError, SumberError

_AGAIN = "sesudah itu Admin sistem mengumpulkan ulang satker ini."
_NANTI = "kunjungan berikutnya membacanya sendiri."


class SitusTertutup(SumberError):
    """A site that does not want to be read by programs; asking again would not be polite, and not help."""

    layak_diulang = False


_TABLE: dict[str, tuple[type[HumasError], str, str]] = {
    "tidak_menjawab": (
        SumberError,
        "{tempat} tidak menjawab ({sebab}).",
        "pastikan layanan hidup dan terjangkau; " + _AGAIN,
    ),
    "nama_tidak_ditemukan": (
        SumberError,
        "{tempat}: nama host tidak ditemukan di DNS.",
        "periksa nama host pada register dan DNS; " + _AGAIN,
    ),
    "batas_waktu": (
        SumberError,
        "{tempat} tidak selesai menjawab dalam {detik} detik.",
        "percepat layanan atau kecilkan halaman; " + _AGAIN,
    ),
    "sertifikat_salah": (
        SumberError,
        "{tempat}: sertifikat TLS tidak sah ({sebab}).",
        "perbarui sertifikat; " + _AGAIN,
    ),
    "status_5xx": (
        SumberError,
        "{tempat} menjawab galat server {status} setelah {kali} kali dicoba.",
        "perbaiki layanan; " + _AGAIN,
    ),
    "status_4xx": (
        SumberError,
        "{tempat} menolak permintaan dengan status {status}.",
        "cocokkan alamat pada register dengan layanan; " + _AGAIN,
    ),
    "akses_ditolak": (
        SistemError,
        "{tempat} menolak akses dengan status {status}.",
        "periksa kredensial saluran ini pada register, lalu kumpulkan ulang satker ini.",
    ),
    "status_lain": (
        SumberError,
        "{tempat} menjawab dengan status {status} yang tidak dikenal di sini.",
        "cocokkan layanan dengan kontrak API; " + _AGAIN,
    ),
    "terlalu_sering": (
        SumberError,
        "{tempat} membatasi jumlah permintaan (status 429) setelah {kali} kali dicoba.",
        "longgarkan batas untuk pengumpul ini; " + _AGAIN,
    ),
    "terpotong": (
        SumberError,
        "{tempat}: jawaban terpotong setelah {ukuran} bita.",
        "periksa layanan atau perantaranya; " + _AGAIN,
    ),
    "kompresi_rusak": (
        SumberError,
        "{tempat}: jawaban termampat tidak dapat dibuka.",
        "perbaiki pemampatan (gzip) pada layanan; " + _AGAIN,
    ),
    "jenis_salah": (
        SumberError,
        "{tempat} mengirim {ditemukan}, bukan {diminta}.",
        "berikan alamat yang langsung menghasilkan {diminta}; " + _AGAIN,
    ),
    "halaman_masuk": (
        SumberError,
        "{tempat} mengirim halaman masuk atau pemeriksaan peramban{judul}, bukan data.",
        "buka akses bagi pengumpul (tanpa masuk dan tanpa captcha); " + _AGAIN,
    ),
    "jawaban_kosong": (
        SumberError,
        "{tempat} menjawab tanpa isi.",
        "pastikan layanan mengirim data periode ini; " + _AGAIN,
    ),
    "terlalu_besar": (
        SumberError,
        "{tempat}: jawaban melebihi batas {batas} MiB{sebab}.",
        "kecilkan berkas, atau bagi jawaban API menjadi beberapa halaman; " + _AGAIN,
    ),
    "terlalu_banyak_alihan": (
        SumberError,
        "{tempat} mengalihkan lebih dari {batas} kali.",
        "perbaiki pengalihan, atau tulis alamat akhirnya pada register; " + _AGAIN,
    ),
    "alihan_tidak_aman": (
        SumberError,
        "{tempat} mengalihkan ke alamat yang tidak dapat diikuti ({sebab}).",
        "perbaiki pengalihan, atau tulis alamat akhirnya pada register; " + _AGAIN,
    ),
    "di_luar_daftar": (
        SistemError,
        "{tempat}: host {host} tidak ada dalam daftar host yang diizinkan.",
        "betulkan alamat pada register, atau tambahkan host itu pada HUMAS_HOST_DIIZINKAN, di samping yang bawaan.",
    ),
    "alamat_pribadi": (
        SistemError,
        "{tempat}: host {host} menunjuk ke alamat jaringan dalam.",
        "betulkan alamat pada register; jaringan dalam hanya dibuka dengan HUMAS_IZINKAN_ALAMAT_PRIBADI=1.",
    ),
    "alamat_terlarang": (
        SistemError,
        "{tempat}: host {host} menunjuk ke alamat yang tidak pernah dibuka (metadata awan, link-local, multicast, "
        "atau dicadangkan).",
        "betulkan alamat pada register atau catatan DNS-nya; tidak ada pengaturan yang membuka alamat itu.",
    ),
    "alamat_salah": (
        SistemError,
        "{tempat}: alamat saluran tidak dapat dipakai ({sebab}).",
        "betulkan alamat pada register: http(s) tanpa nama pengguna, atau folder.",
    ),
    "kredensial_tidak_ada": (
        SistemError,
        '{tempat}: kredensial "{nama}" belum diisi.',
        "isi kredensial itu (variabel {variabel}, atau berkas bernama itu di HUMAS_RAHASIA_FOLDER) tanpa menuliskannya "
        "pada register, lalu kumpulkan ulang satker ini.",
    ),
    "terlalu_banyak_halaman": (
        SumberError,
        "{tempat} menyebut {jumlah} halaman; batasnya {batas}.",
        "perbesar isi tiap halaman; " + _AGAIN,
    ),
    "halaman_bertentangan": (
        SumberError,
        "{tempat}: halaman {halaman} bertentangan dengan halaman sebelumnya ({sebab}).",
        "perbaiki penomoran halaman pada layanan; " + _AGAIN,
    ),
    "penomoran_salah": (
        SumberError,
        '{tempat}: "{kunci}" pada halaman {halaman} tertulis {tertulis}, bukan bilangan.',
        "kirim halaman dan jumlah_halaman sebagai bilangan bulat mulai 1; " + _AGAIN,
    ),
    "folder_tidak_ada": (
        SistemError,
        "{tempat}: folder atau berkas itu tidak ada.",
        "buat folder itu, atau betulkan alamat pada register.",
    ),
    "di_luar_folder": (
        SistemError,
        "{tempat}: alamat itu berada di luar folder yang diizinkan.",
        "betulkan alamat pada register, atau tambahkan foldernya pada HUMAS_FOLDER_DIIZINKAN.",
    ),
    "folder_tidak_terbaca": (
        SistemError,
        "{tempat} tidak dapat dibaca ({sebab}).",
        "beri pengumpul hak baca atas folder itu, lalu kumpulkan ulang satker ini.",
    ),
    "folder_kosong": (
        PengirimError,
        "{tempat} belum berisi berkas XLSX, XLS, ODS, CSV, atau JSON.",
        "taruh berkas laporan di folder itu.",
    ),
    "berkas_belum_selesai": (
        SumberError,
        '{tempat}: berkas "{nama}" masih ditulis.',
        "tunggu penyalinan selesai; " + _AGAIN,
    ),
    "robots_melarang": (
        SitusTertutup,
        "{tempat}: robots.txt melarang pengumpul membaca {jalur}.",
        "izinkan HumasTriwulan pada robots.txt situs itu, atau tulis baris situs dengan aktif tidak pada register.",
    ),
    "jeda_terlalu_panjang": (
        SitusTertutup,
        "{tempat}: robots.txt meminta jeda {detik} detik antarpermintaan, terlalu lama untuk satu kunjungan.",
        "kecilkan Crawl-delay bagi HumasTriwulan, atau tulis baris situs dengan aktif tidak pada register.",
    ),
    "robots_tak_terbaca": (
        SumberError,
        "{tempat}: robots.txt tidak dapat dibaca ({sebab}), sehingga situs tidak dibuka.",
        "pastikan /robots.txt menjawab dengan status 200 atau 404; " + _NANTI,
    ),
    "halaman_tantangan": (
        SumberError,
        "{tempat} mengirim halaman pemeriksaan peramban{judul}, bukan berita.",
        "kecualikan pengumpul (User-Agent HumasTriwulan) dari pemeriksaan itu; " + _NANTI,
    ),
    "situs_menolak": (
        SumberError,
        "{tempat} menolak pengumpul.",
        "izinkan User-Agent HumasTriwulan pada situs itu atau pengamannya; " + _NANTI,
    ),
    "halaman_galat": (
        SumberError,
        "{tempat} mengirim halaman galat{judul} seolah-olah berhasil (status 200).",
        "perbaiki situs; " + _NANTI,
    ),
    "daftar_kosong": (
        SumberError,
        "{tempat}: tidak ada tautan berita pada {jalur}.",
        "tulis alamat halaman daftar beritanya pada register (jenis situs); " + _NANTI,
    ),
    "situs_pindah": (
        SistemError,
        "{tempat} mengalihkan ke host lain ({host}).",
        "tulis alamat barunya pada register (jenis situs).",
    ),
    "kontak_kosong": (
        SistemError,
        "Situs satker belum dapat dikunjungi: kontak pengumpul belum diisi.",
        "isi HUMAS_SITUS_KONTAK dengan surel atau URL, agar pengelola situs tahu siapa yang datang.",
    ),
    "berkas_terlalu_besar": (
        PengirimError,
        '{tempat}: berkas "{nama}" melebihi batas {batas} MiB.',
        "hapus lembar dan gambar yang tidak perlu, atau bagi per himpunan data, lalu kirim ulang.",
    ),
    "kiriman_terlalu_besar": (
        PengirimError,
        "{tempat}: berkas CSV di folder itu bersama-sama melebihi batas {batas} MiB.",
        "sisakan satu berkas CSV untuk tiap himpunan data, lalu pindahkan yang lain.",
    ),
    "kiriman_terlalu_banyak_berkas": (
        PengirimError,
        "{tempat}: folder itu berisi {jumlah} berkas CSV yang judul kolomnya berlainan; batasnya {batas}.",
        "sisakan satu berkas CSV untuk tiap himpunan data, lalu pindahkan yang lain.",
    ),
}


def seconds(detik: float) -> str:
    """Seconds as a reader writes them: ``10`` or ``1,5``."""
    return f"{detik:.2g}".replace(".", ",") if detik < 10 else f"{detik:.0f}"


def make_error(kode: str, tempat: str, **isi: object) -> HumasError:
    """The error ``kode`` at ``tempat`` (unit, channel and host), with the details its sentence needs."""
    error_class, message, remedy = _TABLE[kode]
    return error_class(kode, message.format(tempat=tempat, **isi), remedy.format(tempat=tempat, **isi))
