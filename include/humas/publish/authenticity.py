"""What is answered when somebody asks whether a report is ours: the words, once for the command and for the public page.

``{…}`` are filled by :meth:`str.format` here and by the page's script there, so that both say the same.
"""

from __future__ import annotations

from types import MappingProxyType

ANSWERS = MappingProxyType({
    "terkini": "Asli dan terkini: {id} utuh seperti saat terbit.",
    "lama": "Asli: {id} utuh seperti saat terbit. Sudah ada edisi {terbaru}.",
    "rantai": (
        "Berubah: berkas cocok dengan catatan {id}, tetapi catatan itu tidak sesuai rantainya; catatan telah diubah."
    ),
    "tertukar": (
        "Berubah: nama berkas menyebut {nama}, isinya {id} yang utuh seperti saat terbit;"
        " berkas itu tertukar atau berganti nama."
    ),
    "berubah": "Berubah: berkas menyebut {id}, tetapi isinya tidak sama dengan yang diterbitkan.",
    "tambahan": "Bagian aslinya utuh; ada tambahan di belakangnya.",
    "bukan": "Bukan laporan yang diterbitkan pemasangan ini.",
    "nomor_terkini": "{id} tercatat sebagai laporan yang kami terbitkan, dan itu edisi terkini.",
    "nomor_lama": "{id} tercatat sebagai laporan yang kami terbitkan. Sudah ada edisi {terbaru}.",
    "nomor_rantai": "Catatan {id} tidak sesuai rantainya; catatan telah diubah.",
    "nomor_tak_ada": "{id} tidak tercatat sebagai laporan yang kami terbitkan.",
    "sidik_beda": "Sidik data yang ditulis di belakang nomor tidak sama dengan catatan {id}.",
    "tak_tercatat": "Berkas menyebut {id}, tetapi laporan itu tidak tercatat di sini.",
})
"""Answers by key. id: number of the report; nama: number in the name of the file; terbaru: number of the newest edition."""
