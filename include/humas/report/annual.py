"""What an annual report says: the words of its standings, its chapters of figures, its sentences.

Pure: from an :class:`~humas.report.model.AnnualReport` alone. Figures are named by their ids, as in a quarter's report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from humas.periods import Triwulan, quarter_of
from humas.report.measures import ABSENT, measures_of
from humas.report.model import AnnualReport
from humas.report.narrative import Statement, body_name, title_name
from humas.report.text import format_number, join, long_date, percent
from humas.report.view import measure_text, period_of

STATES: Final = {
    "tepat_waktu": "Tepat waktu",
    "terlambat": "Terlambat",
    "sangat_terlambat": "Sangat terlambat",
    "nihil": "Nihil",
    "nihil_terlambat": "Nihil, terlambat",
    **ABSENT,
    "belum_direkap": "Belum direkap",
    "tidak_wajib": "Tidak wajib",
}
"""How a quarter's report of a unit stands, with its word. ``belum_lapor`` alone blames the unit."""
REPORTED: Final = frozenset({"tepat_waktu", "terlambat", "sangat_terlambat", "nihil", "nihil_terlambat"})
LATE: Final = frozenset({"terlambat", "sangat_terlambat", "nihil_terlambat"})
OUTCOMES: Final = {
    "ditindaklanjuti": "Ditindaklanjuti",
    "sebagian": "Sebagian",
    "belum": "Belum",
    "belum_dinilai": "Belum dapat dinilai",
}
CHAPTERS: Final = (
    ("Pelaporan", ("kelengkapan", "ketepatan_waktu", "konsistensi_lapor", "satker_wajib", "satker_lapor")),
    ("Kegiatan", ("kegiatan_dilaporkan", "acara_unik", "kegiatan_bermitra", "mitra_unik", "kegiatan_narasumber")),
    ("Publikasi", ("publikasi", "jangkauan", "tayangan", "interaksi")),
    ("Layanan informasi", ("permohonan", "permohonan_median_hari", "keberatan", "keberatan_sengketa")),
    ("Isu dan hoaks", ("hoaks_isu", "hoaks_diklarifikasi", "hoaks_median_jam", "hoaks_diteruskan", "hoaks_diturunkan")),
    ("Pemberitaan media", ("pemberitaan", "pemberitaan_media", "pemberitaan_negatif_ditanggapi")),
    ("Aspirasi masyarakat", ("aspirasi", "aspirasi_diberi_tahu", "aspirasi_median_hari")),
    ("Akun resmi", ("akun", "akun_diam", "akun_pengikut", "akun_perubahan_pengikut")),
    ("Mutu data", ("validitas", "kelengkapan_isi", "kelengkapan_uraian")),
)
"""The table of main figures: headings and their measures; one without any figure is left out."""
HIGHLIGHTS: Final = ("kelengkapan", "ketepatan_waktu", "kegiatan_dilaporkan", "publikasi", "permohonan", "hoaks_isu")
_UNIT_ALONE = frozenset({"konsistensi_lapor", "satker_wajib", "satker_lapor"})
_SUMMED: Final = (
    "Kolom tahun menjumlah keempat triwulan sebagaimana keadaannya kini. Persen dihitung dari jumlah pembilang dan penyebutnya. "
    "Median dan hitungan yang berbeda-beda (acara, mitra, media) dihitung ulang dari baris setahun; akun menurut keadaan "
    "terakhir. Tanda – berarti tidak ada angka, bukan nol."
)


def figures_note(report: AnnualReport) -> str:
    """How to read the table of main figures."""
    return f"{missing_sentence(report)} {_SUMMED}".strip()


def quarters_of(report: AnnualReport) -> tuple[Triwulan, ...]:
    """The four quarters of the report's year."""
    return tuple(quarter_of(str(row["periode"])) for row in report.triwulan.records())


def main_measures(report: AnnualReport) -> Iterator[tuple[str, list[str]]]:
    """Each heading of the table of main figures with its measures that have a figure; of a unit those that say something of one."""
    alone = report.kepala.lingkup == "satker"
    for heading, names in CHAPTERS:
        told = [name for name in names if _told(report, name) and not (alone and name in _UNIT_ALONE)]
        if told:
            yield heading, told


def _told(report: AnnualReport, measure: str) -> bool:
    values = (report.value(measure), *report.by_quarter(measure))
    return any(value is not None for value in values)


def missing_sentence(report: AnnualReport) -> str:
    """The quarters that were never rolled up, named; "" when there are none."""
    names = [quarter_of(key).label for key in report.belum_direkap]
    return f"{join(names)} belum direkap: tidak dihitung, dan bukan nol." if names else ""


def summary(report: AnnualReport) -> Iterator[Statement]:
    """The year in a few sentences."""
    if gaps := missing_sentence(report):
        yield Statement(gaps, "")
    yield from _reporting(report)
    yield from _volume(report)
    yield from _course(report)
    yield from _year_before(report)
    yield from _advice(report)


def _say(report: AnnualReport, text: str, measure: str) -> Statement:
    figure = report.figure(measure)
    return Statement(text, figure.id if figure else "")


def _subject(report: AnnualReport) -> str:
    place = {
        "satker": report.kepala.nama,
        "provinsi": f"Satuan kerja {body_name(report)} di {report.kepala.nama_wilayah}",
    }
    return place.get(report.kepala.lingkup, f"Satuan kerja {body_name(report)}")


def _reporting(report: AnnualReport) -> Iterator[Statement]:
    complete, punctual = report.figure("kelengkapan"), report.figure("ketepatan_waktu")
    if not complete or not complete.penyebut:
        return
    text = f"{_subject(report)} menyampaikan {format_number(complete.pembilang)} dari {format_number(complete.penyebut)} laporan yang wajib pada triwulan yang direkap"
    if punctual and punctual.pembilang is not None:
        text += f", {format_number(punctual.pembilang)} di antaranya tepat waktu"
    yield _say(report, f"{text}.", "kelengkapan")
    consistent = report.figure("konsistensi_lapor")
    if consistent and consistent.nilai is not None and report.kepala.lingkup != "satker":
        text = f"Dari {format_number(consistent.penyebut)} satuan kerja yang melapor, {format_number(consistent.pembilang)} ({percent(consistent.nilai)}) melapor pada setiap triwulan yang wajib."
        yield _say(report, text, "konsistensi_lapor")


_VOLUMES = (
    ("kegiatan_dilaporkan", "kegiatan"),
    ("publikasi", "publikasi"),
    ("permohonan", "permohonan informasi"),
    ("hoaks_isu", "isu dan hoaks"),
)


def _volume(report: AnnualReport) -> Iterator[Statement]:
    told = [f"{format_number(value)} {words}" for name, words in _VOLUMES if (value := report.value(name)) is not None]
    if told:
        yield _say(report, f"Sepanjang tahun dilaporkan {join(told)}.", "kegiatan_dilaporkan")
    median = report.value("permohonan_median_hari")
    if median is not None:
        text = (
            f"Separuh permohonan informasi dijawab paling lama dalam {measure_text('permohonan_median_hari', median)}."
        )
        yield _say(report, text, "permohonan_median_hari")


def _course(report: AnnualReport) -> Iterator[Statement]:
    """Between which quarters activities and publications moved most."""
    for name, words in _VOLUMES[:2]:
        points = [
            (value, quarter)
            for value, quarter in zip(report.by_quarter(name), quarters_of(report), strict=True)
            if value is not None
        ]
        if len({value for value, _ in points}) > 1:
            (most, best), (least, worst) = max(points, key=lambda one: one[0]), min(points, key=lambda one: one[0])
            text = f"{words.capitalize()} terbanyak tercatat pada {best.label} ({format_number(most)}), tersedikit pada {worst.label} ({format_number(least)})."
            yield _say(report, text, name)


def _year_before(report: AnnualReport) -> Iterator[Statement]:
    moves = []
    for name, words in _VOLUMES:
        figure = report.figure(name)
        if figure and figure.nilai is not None and figure.sebelumnya is not None:
            moves.append(f"{words} dari {format_number(figure.sebelumnya)} menjadi {format_number(figure.nilai)}")
    if moves:
        before = period_of(report.kepala.periode).previous().label
        yield Statement(f"Dibandingkan dengan {before}: {join(moves)}.", "")


def _advice(report: AnnualReport) -> Iterator[Statement]:
    outcomes = Counter(str(row["keadaan"]) for row in report.tindak.records())
    if outcomes:
        told = [f"{format_number(outcomes[key])} {word.lower()}" for key, word in OUTCOMES.items() if outcomes[key]]
        yield Statement(f"Dari {format_number(outcomes.total())} saran triwulan: {join(told)}.", "")


def consistency(report: AnnualReport) -> list[tuple[str, tuple[int, ...]]]:
    """How many units stand how in each quarter: word of the standing and its counts; standings nobody has are left out."""
    rows = []
    for key, word in STATES.items():
        counts = tuple(sum(row[place] == key for row in report.kedudukan.baris) for place in range(2, 6))
        if any(counts):
            rows.append((word, counts))
    return rows


def states_note(states: Sequence[str]) -> str:
    """What the words of those standings mean that blame nobody, or say that nothing is known."""
    meanings = {
        "belum_lapor": "Belum lapor: satuan kerja diminta, salurannya terbaca, dan laporannya tidak ada atau tidak dapat dipakai.",
        "sumber": "Sumber gagal dibaca: API atau berkas sumbernya tidak dapat dibaca; satuan kerja mungkin sudah menyiapkan laporannya.",
        "sistem": "Gangguan sistem kami: saluran belum terdaftar, dimatikan, atau gagal pada pihak kami; bukan kelalaian satuan kerja.",
        "belum_dikumpulkan": "Belum diminta: pengumpulan triwulan itu tidak mencakup satuan kerja ini.",
        "belum_direkap": "Belum direkap: triwulan itu tidak ada dalam gudang; tidak dihitung dan bukan nol.",
        "tidak_wajib": "Tidak wajib: kode satuan kerja ini tidak berlaku pada akhir triwulan itu.",
    }
    return " ".join(text for key, text in meanings.items() if key in states)


def closing(report: AnnualReport) -> tuple[Statement, ...]:
    """How the report ends."""
    label = period_of(report.kepala.periode).label
    return (
        Statement(f"Demikian laporan kehumasan {title_name(report)} {label} disusun dari triwulannya sebagaimana keadaannya pada {long_date(report.terbit)}.", ""),
        Statement("Bila satu triwulan diperbaiki, edisi berikutnya terbit beserta daftar perubahannya; edisi ini tetap dapat dibuka.", ""),
    )  # fmt: skip


def measure_label(report: AnnualReport, measure: str) -> str:
    """Name of a measure in the words of the report's body, with its unit when it is not a plain count."""
    one = measures_of(report.kepala.lembaga)[measure]
    unit = {"persen": "%", "hari kerja": "hari kerja", "hari": "hari", "jam": "jam"}.get(one.satuan, "")
    return f"{one.label} ({unit})" if unit else one.label
