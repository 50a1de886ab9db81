"""All figures of a period: every unit, every province, the nation, in one long frame.

Whole columns at a time, never unit by unit: the nation costs one pass per measure. Definitions are those of
the glossary and of ``docs/kamus-data.md``; rates always carry numerator and denominator.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd

from humas.contract.columns import Dataset, asked_of, spoken_by
from humas.contract.partner_names import partner_key
from humas.contract.partners import kind_of_partner
from humas.contract.purposes import kind_of_purpose
from humas.contract.vocabulary import NOT_STATED, load_vocabulary, strategies_of
from humas.errors import OperatorError
from humas.periods import jakarta_day
from humas.rollup.clock import clock_objections, clock_requests
from humas.rollup.counted import EVER, data_set_of
from humas.rollup.levels import COLUMNS, TIERS, by_level, fill_zeros, rate_by_level, with_levels
from humas.rollup.spoken import obligations_met, spoken
from humas.rollup.standing import INVALID, MENDED, ROWS, STATUS, TIMELINESS, standings
from humas.rollup.trail import ROW, note_groups
from humas.values.handles import handle_of
from humas.values.regime import with_regimes
from humas.values.words import fold

if TYPE_CHECKING:
    from humas.periods import Calendar
    from humas.periods.period import Period
    from humas.registry import Register, Satker
    from humas.warehouse import Obligation

log = logging.getLogger(__name__)

ACCOUNTS_GONE = ("hilang", "ditutup")
"""Standings of an account that nobody of the unit posts with any more."""
_ACCOUNT = ("kode_satker", "platform", "akun")
PERMOHONAN_TIMELINESS = ("tepat", "terlambat", "berjalan", "lewat_tenggat")
_PARTICIPANT_UNITS = ("orang/satker_ini", "orang/seluruh_acara", "satker/satker_ini", "satker/seluruh_acara")
# Breakdowns that a reader expects whole, zeros included; others have a row only for what occurs.
_COMPLETE: dict[str, Sequence[str]] = {
    **dict.fromkeys(("kegiatan_dilaporkan", "acara_unik", "publikasi", "jangkauan", "tayangan"), ("",)),
    **dict.fromkeys(("permohonan", "hoaks_isu", "hoaks_konten", "hoaks_diklarifikasi"), ("",)),
    "permohonan_ketepatan": PERMOHONAN_TIMELINESS,
    "keberatan": ("",),
    "aspirasi": ("",),
    "akun": ("",),
    "keberatan_ketepatan": PERMOHONAN_TIMELINESS,
    "pemberitaan": ("",),
    "peserta": _PARTICIPANT_UNITS,
}
_COMPLETE_VOCABULARIES = {
    "kegiatan_strategi": "strategi", "kegiatan_mode": "mode", "kegiatan_peran": "peran_satker", "kegiatan_fungsi": "fungsi",
}  # fmt: skip


def roll_up(
    facts: Mapping[str, pd.DataFrame],
    earlier_accounts: pd.DataFrame,
    verdicts: pd.DataFrame,
    obligations: Sequence[Obligation],
    register: Register,
    calendar: Calendar,
    period: Period,
    now: datetime,
    ledger: pd.DataFrame,
    body: str,
) -> pd.DataFrame:
    """Compute the figures of a period.

    facts: accepted rows of the submissions in force, by data set; earlier_accounts: those of ``akun`` in the quarter
    before, from which followers grew or fell; verdicts: all submissions, the newest of a
    unit last; obligations: the denominator of every rate. now: decides which requests are still in time.
    ledger: rows ever accepted, as of ``Warehouse.ledger_counts``. body: whose units they are; it says what they owe.

    Returns:
        Columns lingkup (``satker``, ``provinsi``, ``nasional``), kode, ukuran, rincian, nilai, pembilang,
        penyebut (NaN where not applicable), sorted by the first four. A place where nobody spoke about a data set
        has no figure of it; one where nobody reported, only the figures about reporting itself.

    Raises:
        OperatorError: a rate exceeds 100 %.
    """
    standing = with_levels(standings(verdicts, obligations))
    codes = verdicts.loc[verdicts["berlaku"] & ~verdicts["status"].isin(INVALID), "kode_satker"]
    _warn_of_denominator(obligations, register.units_of(body, period.end), period, codes)
    asked = asked_of(body)
    said = spoken(verdicts, facts, asked)
    frames = {name: with_levels(frame) for name, frame in facts.items()}
    described = _descriptions(frames, spoken_by(body, period.end))  # as written, before the calendar tells the regime
    parts = [
        figures_of_rows(facts, register, calendar, period, now, body),
        *_growth(frames["akun"], earlier_accounts),
        described,
        *_ledger(with_levels(ledger)),
    ]
    figures = fill_zeros(pd.concat(parts), with_levels(said), _expected(body, period.end))
    figures = pd.concat([figures, *_reporting(standing), *obligations_met(said, obligations, asked)])
    figures = figures.reindex(columns=list(COLUMNS))
    _require_rates(figures)
    return figures.sort_values(list(COLUMNS[:4]), ignore_index=True)


def figures_of_rows(
    facts: Mapping[str, pd.DataFrame],
    register: Register,
    calendar: Calendar,
    period: Period,
    now: datetime,
    body: str,
) -> pd.DataFrame:
    """What the rows say, at all levels and without zeros for what no row told; arguments as of :func:`roll_up`."""
    frames = {name: with_levels(frame) for name, frame in facts.items()}
    for name, day in (("permohonan_info", "tanggal_terima"), ("keberatan", "tanggal_keberatan")):
        frames[name] = with_regimes(frames[name], day, body, register.stages)
    return pd.concat(_told(frames, calendar, period, now))


def _told(frames: Mapping[str, pd.DataFrame], calendar: Calendar, period: Period, now: datetime) -> list[pd.DataFrame]:
    """The figures of each data set."""
    return [
        *_activities(frames["kegiatan"]),
        *_publications(frames["publikasi"]),
        *_requests(frames["permohonan_info"], calendar, jakarta_day(now)),
        *_hoaxes(frames["isu_hoaks"]),
        *_objections(frames["keberatan"], calendar, period.end),
        *_coverage(frames["pemberitaan"]),
        *_voices(frames["aspirasi"]),
        *_accounts(frames["akun"], period.start),
    ]


def _activities(kegiatan: pd.DataFrame) -> Iterable[pd.DataFrame]:
    kegiatan = kegiatan.assign(
        strategi=kegiatan["strategi_utama"].astype("Int64").astype("str").where(kegiatan["strategi_utama"].notna())
    )
    yield by_level(kegiatan, "kegiatan_dilaporkan", "id_baris", "size")
    yield by_level(kegiatan, "acara_unik", "id_acara", "nunique")
    for measure, column in (
        ("kegiatan_strategi", "strategi"), ("kegiatan_jenis", "jenis_kegiatan"), ("kegiatan_mode", "mode"),
        ("kegiatan_peran", "peran_satker"), ("kegiatan_tahapan", "tahapan"), ("kegiatan_fungsi", "fungsi"),
    ):  # fmt: skip
        yield _parts(kegiatan, measure, column)
    attended = kegiatan[kegiatan["jumlah_peserta"].notna()]
    columns = ["satuan_peserta", "lingkup_peserta"]
    attended = attended.assign(**{name: attended[name].fillna(NOT_STATED) for name in columns})
    yield by_level(attended, "peserta", "jumlah_peserta", "sum", columns)
    yield _items(kegiatan, "kegiatan_strategi_lain", "strategi_lain")
    yield _items(kegiatan, "kegiatan_sasaran", "sasaran")
    yield _items(kegiatan, "kegiatan_kanal", "kanal")
    yield by_level(_each_item(kegiatan, "narasumber"), "kegiatan_narasumber", "id_baris", "nunique")
    yield from _partners(_each_item(kegiatan, "mitra"))


def _partners(named: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """One row for each partner of an activity: a partner is one in all spellings of its name."""
    named = named.assign(nama=named["mitra"].map(partner_key), jenis_mitra=named["mitra"].map(kind_of_partner))
    yield by_level(named, "kegiatan_bermitra", "id_baris", "nunique")
    yield by_level(named, "kegiatan_jenis_mitra", "id_baris", "nunique", ["jenis_mitra"])
    yield by_level(named, "mitra_unik", "nama", "nunique")
    yield by_level(named, "mitra_unik", "nama", "nunique", ["jenis_mitra"])


def _each_item(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """A row for each item of a column that holds lists as JSON text; rows without one are left out."""
    filled = frame[frame[column].notna()]
    return filled.assign(**{column: filled[column].map(json.loads)}).explode(column).dropna(subset=[column])


def _items(frame: pd.DataFrame, measure: str, column: str) -> pd.DataFrame:
    """Rows by each item of a column of lists; one that names several counts for each."""
    return by_level(_each_item(frame, column), measure, "id_baris", "nunique", [column])


def _parts(frame: pd.DataFrame, measure: str, column: str) -> pd.DataFrame:
    """Rows by what a column says; those that say nothing are a part of their own."""
    return by_level(frame.assign(**{column: frame[column].fillna(NOT_STATED)}), measure, "id_baris", "size", [column])


def _descriptions(frames: Mapping[str, pd.DataFrame], datasets: Mapping[str, Dataset]) -> pd.DataFrame:
    """How many of the cells that senders are asked for are filled, over the accepted rows of all data sets."""
    counted = []
    for name, frame in frames.items():
        filled = frame[[column.name for column in datasets[name].asked]].notna()
        asked = (filled | ~_excused(frame, datasets[name])).sum(axis="columns")
        counted.append(frame[[*TIERS, *ROW]].assign(diminta=asked, terisi=filled.sum(axis="columns")))
    return rate_by_level(pd.concat(counted), "kelengkapan_uraian", "terisi", "diminta")


def _excused(frame: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """By column that is asked for, whether a row cannot fill it: what was on the radio has no address."""
    excused = pd.DataFrame(data=False, index=frame.index, columns=[column.name for column in dataset.asked])
    for column in dataset.asked:
        for other, values in dataset.excuses(column).items():
            excused[column.name] |= frame[other].isin(values)
    return excused


def _ledger(ledger: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """Rows ever accepted by data set, and which of them count, were superseded or withdrawn; what has none has no figure."""
    yield by_level(ledger.assign(keadaan=EVER), "buku", "jumlah", "sum", ["himpunan", "keadaan"])
    yield by_level(ledger, "buku", "jumlah", "sum", ["himpunan", "keadaan"])


def _publications(publikasi: pd.DataFrame) -> Iterable[pd.DataFrame]:
    yield by_level(publikasi, "publikasi", "id_baris", "size")
    yield _parts(publikasi, "publikasi_kanal", "kanal")
    yield _parts(publikasi, "publikasi_jenis", "jenis_konten")
    yield by_level(publikasi, "jangkauan", "jangkauan", "sum")
    yield by_level(publikasi, "tayangan", "tayangan", "sum")
    reactions = publikasi[["suka", "komentar", "bagikan"]].sum(axis="columns", min_count=1)
    yield by_level(publikasi.assign(reaksi=reactions)[reactions.notna()], "interaksi", "reaksi", "sum")
    yield _parts(publikasi, "publikasi_aksesibilitas", "aksesibilitas")


def _requests(permohonan: pd.DataFrame, calendar: Calendar, today: date) -> Iterable[pd.DataFrame]:
    permohonan = permohonan.join(clock_requests(permohonan.assign(rezim=permohonan["rezim_dinilai"]), calendar, today))
    yield by_level(permohonan, "permohonan", "id_baris", "size")
    yield _parts(permohonan, "permohonan_putusan", "putusan")
    yield by_level(permohonan, "permohonan_ketepatan", "id_baris", "size", ["ketepatan"])
    yield by_level(permohonan[permohonan["hari"].notna()], "permohonan_median_hari", "hari", "median")
    yield _parts(permohonan, "permohonan_kanal", "kanal_permohonan")
    yield _parts(permohonan, "permohonan_pemohon", "jenis_pemohon")
    refused = permohonan[permohonan["alasan_penolakan"].notna()]
    yield by_level(refused, "permohonan_penolakan", "id_baris", "size", ["alasan_penolakan"])
    yield by_level(permohonan[permohonan["biaya_rp"].notna()], "permohonan_biaya", "biaya_rp", "sum")
    yield by_level(permohonan[permohonan["rezim_lain"]], "permohonan_rezim_lain", "id_baris", "size")
    purposes = permohonan.assign(tujuan=permohonan["tujuan"].map(kind_of_purpose, na_action="ignore").astype("str"))
    yield _parts(purposes, "permohonan_tujuan", "tujuan")
    yield from _completions(permohonan[permohonan["tanggal_lengkap"].notna()])


def _completions(dated: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """Requests that say when they were complete: how many only after they came in, and after how many days; no clock heeds it."""
    days = (dated["tanggal_lengkap"].dt.normalize() - dated["tanggal_terima"].dt.normalize()).dt.days
    rates = rate_by_level(
        dated.assign(satu=1, kemudian=(days > 0).astype("int64")), "permohonan_dilengkapi", "kemudian", "satu"
    )
    yield rates.assign(nilai=rates["pembilang"])
    yield by_level(dated.assign(lama=days)[days > 0], "permohonan_median_lengkap", "lama", "median")


def _hoaxes(issues: pd.DataFrame) -> Iterable[pd.DataFrame]:
    hours = (issues["tanggal_klarifikasi"] - issues["tanggal_temuan"]).dt.total_seconds() / 3600
    hours = hours.clip(lower=0)  # a clarification on the day of the finding, of which the hour is not said
    issues = issues.assign(jam=hours, satu=1, diklarifikasi=issues["tanggal_klarifikasi"].notna().astype("int64"))
    yield by_level(issues, "hoaks_isu", "id_baris", "size")
    yield by_level(issues, "hoaks_konten", "jumlah_konten", "sum")
    rates = rate_by_level(issues, "hoaks_diklarifikasi", "diklarifikasi", "satu")
    yield rates.assign(nilai=rates["pembilang"])
    for measure, column in (
        ("hoaks_klasifikasi", "klasifikasi"), ("hoaks_sumber", "sumber_temuan"), ("hoaks_platform", "platform"),
        ("hoaks_tahapan", "terkait_tahapan"),
    ):  # fmt: skip
        yield _parts(issues, measure, column)
    yield _items(issues, "hoaks_kanal", "kanal_klarifikasi")
    yield by_level(_each_item(issues, "diteruskan_ke"), "hoaks_diteruskan", "id_baris", "nunique")
    for measure, column in (("hoaks_diturunkan", "jumlah_diturunkan"), ("hoaks_diproses", "jumlah_diproses")):
        yield by_level(issues[issues[column].notna()], measure, column, "sum")
    answered = issues[issues["jam"].notna()]
    yield by_level(answered, "hoaks_median_jam", "jam", "median")
    yield from (_p90(answered, tier) for tier in TIERS)


def _objections(keberatan: pd.DataFrame, calendar: Calendar, end: date) -> Iterable[pd.DataFrame]:
    """What is open on the quarter's last day is judged by that day; whether there was a dispute only where it is said."""
    keberatan = keberatan.join(clock_objections(keberatan.assign(rezim=keberatan["rezim_dinilai"]), calendar, end))
    yield by_level(keberatan, "keberatan", "id_baris", "size")
    yield _parts(keberatan, "keberatan_alasan", "alasan")
    yield _parts(keberatan, "keberatan_hasil", "hasil")
    yield by_level(keberatan, "keberatan_ketepatan", "id_baris", "size", ["ketepatan"])
    yield by_level(keberatan[keberatan["hari"].notna()], "keberatan_median_hari", "hari", "median")
    told = keberatan[keberatan["sengketa"].notna()]
    yield by_level(told.assign(ya=(told["sengketa"] == "ya") * 1.0), "keberatan_sengketa", "ya", "sum")
    yield _parts(told[told["sengketa"] == "ya"], "keberatan_hasil_sengketa", "hasil_sengketa")
    yield by_level(keberatan[keberatan["rezim_lain"]], "keberatan_rezim_lain", "id_baris", "size")


def _coverage(pemberitaan: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """Answers are counted among the negative items that say whether there was one, and whose sender holds one due."""
    days = (pemberitaan["tanggal_tanggapan"] - pemberitaan["tanggal_berita"]).dt.days
    pemberitaan = pemberitaan.assign(hari=days, nama_media=pemberitaan["media"].map(fold, na_action="ignore"))
    yield by_level(pemberitaan, "pemberitaan", "id_baris", "size")
    yield _parts(pemberitaan, "pemberitaan_nada", "nada")
    yield _parts(pemberitaan, "pemberitaan_jenis_media", "jenis_media")
    yield by_level(pemberitaan, "pemberitaan_media", "nama_media", "nunique")
    negative = pemberitaan[pemberitaan["nada"] == "negatif"]
    yield _parts(negative, "pemberitaan_tanggapan", "tanggapan")
    due = negative[negative["tanggapan"].notna() & (negative["tanggapan"] != "tidak_perlu")]
    due = due.assign(satu=1, ditanggapi=(due["tanggapan"] != "belum").astype("int64"))
    yield rate_by_level(due, "pemberitaan_negatif_ditanggapi", "ditanggapi", "satu")
    yield by_level(pemberitaan[days.notna()], "pemberitaan_median_hari", "hari", "median")


def _voices(aspirasi: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """Who was told counts among the rows that say what became of it, or when the public was told."""
    days = (aspirasi["tanggal_diberi_tahu"] - aspirasi["tanggal_disampaikan"]).dt.days
    told = days.notna()
    aspirasi = aspirasi.assign(hari=days, satu=1, diberi_tahu=told.astype("int64"))
    yield by_level(aspirasi, "aspirasi", "id_baris", "size")
    yield _parts(aspirasi, "aspirasi_jenis", "jenis_aspirasi")
    yield _parts(aspirasi, "aspirasi_saluran", "saluran")
    yield _parts(aspirasi, "aspirasi_tindak_lanjut", "tindak_lanjut")
    yield rate_by_level(
        aspirasi[told | aspirasi["tindak_lanjut"].notna()], "aspirasi_diberi_tahu", "diberi_tahu", "satu"
    )
    yield by_level(aspirasi[told], "aspirasi_median_hari", "hari", "median")


def _accounts(akun: pd.DataFrame, start: date) -> Iterable[pd.DataFrame]:
    """Who posts and who follows is counted of accounts that the unit still holds, and of those that say so."""
    yield by_level(akun, "akun", "id_baris", "size")
    yield _parts(akun, "akun_platform", "platform")
    yield _parts(akun, "akun_status", "status")
    held = _held(akun)
    posted = held[held["unggahan_terakhir"].notna()]
    silent = (posted["unggahan_terakhir"].dt.normalize() < pd.Timestamp(start)).astype("int64")
    rates = rate_by_level(posted.assign(satu=1, diam=silent), "akun_diam", "diam", "satu")
    yield rates.assign(nilai=rates["pembilang"])
    followed = held[held["pengikut"].notna()]
    yield by_level(followed, "akun_pengikut", "pengikut", "sum")
    followed = followed.assign(platform=followed["platform"].fillna(NOT_STATED))
    yield by_level(followed, "akun_pengikut_platform", "pengikut", "sum", ["platform"])


def _held(akun: pd.DataFrame) -> pd.DataFrame:
    return akun[~akun["status"].isin(ACCOUNTS_GONE)]


def _growth(akun: pd.DataFrame, earlier: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """By how many its followers differ from the quarter before, of each account that both quarters tell of.

    An account told of once only, or without its followers, has no growth: it did not begin at zero.
    """
    before = _followed_once(earlier)[[*_ACCOUNT, "pengikut"]]
    both = _followed_once(akun).merge(before, on=list(_ACCOUNT), suffixes=("", "_dahulu"))
    both = both.assign(perubahan=both["pengikut"] - both["pengikut_dahulu"])
    yield by_level(both, "akun_perubahan_pengikut", "perubahan", "sum")
    yield by_level(both, "akun_dibandingkan", "id_baris", "size")


def _followed_once(akun: pd.DataFrame) -> pd.DataFrame:
    """Accounts held that say their followers, by unit, platform and name; one that is told of twice is neither row."""
    told = _held(akun[akun["pengikut"].notna()])
    names = told["nama_akun"].fillna(told["tautan"])
    handles = names.map(lambda name: handle_of(name).casefold(), na_action="ignore").astype("str")
    known = told.assign(akun=handles)  # text also where no account of the nation has a name
    return known.dropna(subset=list(_ACCOUNT)).drop_duplicates(_ACCOUNT, keep=False)


def _p90(issues: pd.DataFrame, tier: str) -> pd.DataFrame:
    """The hours within which nine of ten answers came: the value at rank ⌈0.9·n⌉, never one between two."""
    note_groups(issues, tier, "hoaks_p90_jam", "jam", "quantile", (), "")
    ordered = issues[[tier, "jam"]].dropna().sort_values([tier, "jam"])
    groups = ordered.groupby(tier)["jam"]
    rank = -(-9 * groups.transform("size") // 10)
    chosen = ordered[groups.cumcount() + 1 == rank]
    return pd.DataFrame({
        "lingkup": tier, "kode": chosen[tier], "ukuran": "hoaks_p90_jam", "rincian": "", "nilai": chosen["jam"],
    })  # fmt: skip


def _reporting(standing: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """Figures about reporting itself; they exist wherever there is an obligation."""
    yield rate_by_level(standing, "kelengkapan", "lapor", "wajib")
    yield rate_by_level(standing, "ketepatan_waktu", "tepat", "wajib")
    yield by_level(standing, "satker_wajib", "wajib", "sum")
    yield by_level(standing, "satker_lapor", "lapor", "sum")
    yield _units_by(standing, "ketepatan", TIMELINESS)
    yield _units_by(standing.rename(columns={"status": "status_kiriman"}), "status_kiriman", STATUS)
    for breakdown, column in ROWS.items():
        yield by_level(standing, "baris", column, "sum", detail=breakdown)
    # Only where there are any, so that a report without them keeps its edition.
    mended = standing[standing[MENDED] > 0]
    yield by_level(mended, "baris", MENDED, "sum", detail=MENDED)
    standing = standing.assign(baris_sah=standing["baris_masuk"] - standing["dikarantina"])
    yield rate_by_level(standing, "validitas", "baris_sah", "baris_masuk")
    yield rate_by_level(standing, "kelengkapan_isi", "sel_wajib_terisi", "sel_wajib")


def _units_by(standing: pd.DataFrame, measure: str, values: Sequence[str]) -> pd.DataFrame:
    """Units by a property, zeros included."""
    complete = pd.DataFrame({"himpunan": "", "ukuran": measure, "rincian": list(values)})
    figures = by_level(standing, measure, "wajib", "sum", [measure])
    return fill_zeros(figures, standing.assign(himpunan=""), complete)


def _expected(lembaga: str, on: date) -> pd.DataFrame:
    """The figures that a reader expects also when they are zero, each with the data set it is about."""
    vocabularies = _COMPLETE_VOCABULARIES | {"kegiatan_strategi": strategies_of(lembaga, on)}
    complete = _COMPLETE | {measure: load_vocabulary()[name].value for measure, name in vocabularies.items()}
    expected = [
        (data_set_of(measure), measure, breakdown) for measure, values in complete.items() for breakdown in values
    ]
    return pd.DataFrame(expected, columns=["himpunan", "ukuran", "rincian"])


def _warn_of_denominator(
    obligations: Sequence[Obligation], units: Iterable[Satker], period: Period, reporting: pd.Series[str]
) -> None:
    """Say aloud when the obligations are not the body's units, or a unit reported that need not."""
    obliged = {unit.kode_satker for unit in obligations}
    registered = {unit.code for unit in units}
    if obliged != registered:
        lacking, surplus = sorted(registered - obliged), sorted(obliged - registered)
        log.warning("Penyebut %s: %d satker wajib; tidak wajib: %s; tidak terdaftar: %s.", period.key, len(obliged),
                    ", ".join(lacking[:10]) or "-", ", ".join(surplus[:10]) or "-")  # fmt: skip
    strangers = sorted(set(reporting) - obliged)
    if strangers:
        log.warning("Satker tanpa kewajiban melapor untuk %s: %s.", period.key, ", ".join(strangers[:10]))


def _require_rates(figures: pd.DataFrame) -> None:
    """A numerator above its denominator is an alarm, never a capped figure."""
    wrong = figures[figures["pembilang"] > figures["penyebut"]]
    if len(wrong):
        first = wrong.iloc[0]
        raise OperatorError(
            "angka_melebihi_100",
            f"{first['ukuran']} {first['kode']} melebihi 100 %: {first['pembilang']:.0f} dari {first['penyebut']:.0f}.",
            "jangan terbitkan; periksa kewajiban dan kiriman satker itu, lalu laporkan ke pengembang.",
        )
