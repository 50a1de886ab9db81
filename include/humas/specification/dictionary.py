"""The data dictionary for people, in Indonesian Markdown, generated from columns, vocabulary and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from humas.bodies import BODIES, TIER_NAMES, Approval, Body, RouteStep, Validity
from humas.contract.columns import DATASETS, Column, ColumnType, Dataset
from humas.contract.regimes import load_regimes
from humas.contract.rules import PLACES, Rule, load_rules
from humas.contract.vocabulary import KINDS, STAGES, STRATEGIES, kinds_of, load_vocabulary, stages_of
from humas.registry.load import embedded_register
from humas.validation.suite import describe_bounds, expectations
from humas.values.regime import OTHER_SUBJECT

_TYPES = {
    ColumnType.TEXT: "teks",
    ColumnType.CODE: "kode (teks)",
    ColumnType.DATE: "tanggal",
    ColumnType.DATETIME: "tanggal dan jam (WIB)",
    ColumnType.INTEGER: "bilangan bulat",
    ColumnType.CHOICE: "pilihan",
    ColumnType.CHOICE_LIST: "beberapa pilihan",
    ColumnType.TEXT_LIST: "beberapa teks",
    ColumnType.URL: "tautan",
    ColumnType.URL_LIST: "beberapa tautan",
}
DEMANDED = {"wajib": "ya", "diminta": "diminta", "": "tidak"}
"""What stands under "wajib" of a column, by its demand."""
_OPENING = """# Kamus data

Halaman ini dibuat dari kontrak data (`python -m humas.specification.export`). Jangan disunting dengan tangan.

Himpunan data dikirim tiap triwulan: sebagai lembar kerja (satu lembar tiap himpunan), CSV (satu berkas tiap
himpunan), atau JSON (satu daftar tiap himpunan; skemanya `include/humas/specification/skema-api.json`). Judul kolom boleh
ditulis menurut label, nama, atau sinonim; huruf besar, spasi, dan tanda baca tidak berpengaruh.

**Keparahan.** `FATAL` menahan baris, `PERINGATAN` menandai baris yang tetap dihitung, `INFO` hanya dicatat.
**Wajib.** Tanpa kolom wajib tidak diketahui apa, kapan, atau milik siapa: sel yang kosong atau tidak terbaca menahan barisnya.
Terbitan tanpa tautan (radio, koran, spanduk) dikenali dari judulnya; hanya tanpa keduanya barisnya ditahan (K66).
Kolom yang *diminta* hanya menerangkan: barisnya diterima, dihitung dalam jumlah, dan tercantum sebagai "tidak disebut" dalam
rincian; pengirim diminta melengkapi, sekali untuk tiap kolom (K46). Isian lain yang tidak terbaca ditinggalkan dengan peringatan.
Kolom bertanda *sampul* mengambil isi sampul bila kosong.
**Privasi.** *publik* boleh tampil di laporan; *internal* hanya untuk satker dan atasannya. NIK, NPWP, nomor
rekening, nomor telepon pribadi, dan surel pribadi tidak boleh ada di kolom mana pun (V32); telepon kantor boleh, dengan kata
kantor di depannya, dan surel lembaga dengan alamat resminya."""
_SHAPE = """## Bentuk lembar

Templat selalu terbaca. Berkas lain pun dibaca selama judul kolomnya dikenal; yang dilakukan pembaca disebut sebagai temuan.

* **Judul kolom** boleh berada di bawah baris judul dan baris kosong, satu sampai tiga baris, dengan sel gabungan di atasnya,
  dalam urutan apa pun, dengan tanda `*`, `(wajib)`, nomor, atau ganti baris. Judul yang hanya mirip dibaca bila tidak dapat
  berarti lain dan isinya cocok (K25); selain itu judul terdekat disarankan (K13, K12).
* **Kolom tambahan** tidak dihitung, tetapi disebut (K12) dan tetap tersimpan pada berkas asal.
* **Beberapa tabel** dalam satu lembar, ke bawah atau ke samping, semuanya dibaca (K37), masing-masing menurut judul kolomnya.
* **Beberapa satker** dalam satu lembar: nama satker sendirian di atas tabel atau di antara baris berlaku untuk baris di
  bawahnya; kolom satker yang kosong mengikuti baris di atasnya (K26). Baris satker lain ditahan (K19, V04). Satu nama satker
  lain hanya di puncak lembar dianggap kop: barisnya dipakai, dengan peringatan (K38).
* **Bukan data** (K16): jumlah, nomor kolom, judul bagian, contoh, catatan kaki, tanda tangan, baris yang hanya bernomor. Baris
  yang mengisi sedikitnya tiga kolom wajib atau diminta selalu data, apa pun kata-katanya.
* **Sel gabungan ke bawah** diisikan ke tiap barisnya; jumlah peserta dan angka lain bersatuan dihitung sekali (K26).
* **Bulan sebagai kolom**: angka hari di bawah "Juli", "Agustus", "September" dibaca sebagai tanggal (K25) bila judul di atasnya menyebut
  tanggal, atau bila tiap baris hanya terisi pada satu bulan; jumlah, centang, dan kolom total tidak. Beberapa hari yang tidak
  berurutan dalam satu baris ditahan: satu baris untuk tiap tanggal.
* **Judul kanal** di atas unggahan ("INSTAGRAM (@akun)", "Facebook: nama akun") berlaku untuk baris di bawahnya (K25); kanal yang
  tidak tertulis disimpulkan dari alamatnya, bila alamat itu milik satu kanal atau laman berakhiran `.go.id`.
* **Baris tersembunyi** dibaca dengan peringatan (K27); **lembar tersembunyi** tidak dibaca (K28).
* **NIHIL**: Ya pada sakelar lembar, atau kata "nihil" sebagai isi tabel; di bawah judul bagian, hanya bagian itu. Kiriman nihil
  bila semua himpunan yang ada pada berkas nihil dan tidak ada baris; Ya di atas baris diperingatkan dan barisnya dihitung (V48).
* **Draf dari situs Anda** dihitung hanya yang kolom Pakai-nya Ya (K36)."""
_LIMITS = """Dalam hari kerja, menurut `include/humas/contract/data/rezim.csv`; yang berlaku pada hari permohonan diterima menentukan.
Hari pertama ialah hari kerja pertama sesudah tanggal terima, juga bila diterima pada hari libur. Perpanjangan menyambung batas
pertama dan hanya dihitung bila diberitahukan sebelum batas itu lewat. *sumber sekunder*: angkanya menurut tulisan orang lain, naskah
peraturannya belum dibaca. Keberatan berjam
sama: hari pertama ialah hari kerja pertama sesudah tanggal keberatan, tanpa perpanjangan; yang belum ditanggapi dinilai menurut hari
terakhir triwulan. Dua kolom terakhir sebelum dasarnya ialah waktu pemohon, dihitung dari jawaban permohonan dan dari tanggapan
keberatan; `–`: tidak ada sumber yang menyebutnya."""
_STAGES = """Rezim sebuah permohonan mengikuti kalender ini, menurut wilayah satker dan tanggal terimanya (keberatan: tanggal keberatannya), bukan apa yang tertulis:
`include/humas/registry/data/tahapan.csv`, dan berkas pemasangan (`HUMAS_TAHAPAN`) yang menggantikan baris pemilihan bernama sama. Dalam
tahapan berlaku rezim PEMILU bagi penyelenggara pemilu ({bound}), di luarnya UMUM; bagi lembaga lain selalu UMUM. Yang tertulis lain
ditanyakan (V53, V54) dan dinilai menurut kalender; yang kosong diisi (K91, K92). Dalam tahapan, "{other}" menyatakan bahwa yang
diminta bukan informasi pemilu. Hari atau wilayah yang tidak disebut kalender dinilai menurut yang tertulis. *asumsi*: tidak ada sumber yang menyebut kedua tanggalnya."""
_ROUTES = """Laporan sebuah tingkat diperiksa dan disetujui menurut urutan ini, ditandatangani, lalu diterima tingkat di atasnya: `[alur]` dan
`[penandatangan]` dalam `include/humas/bodies/data/<lembaga>/laporan.toml`. Yang tertinggi disampaikan menurut `[kepada]`. Langkah tanpa
keputusan ialah asumsi pemasangan."""
_DERIVED = {
    "susulan": "tanggal baris di luar periode laporan",
    "id_baris": "24 angka heksadesimal dari himpunan, lembaga, satker, dan kunci; tetap sama dalam kiriman perbaikan",
    "id_acara": "hanya kegiatan: penyelenggara, tanggal mulai, dan jenis; kegiatan yang sama dari beberapa satker ber-id sama",
    "id_kiriman, lembar, baris": "asal baris: kiriman, lembar, dan baris pada berkasnya",
}


def data_dictionary() -> str:
    """The whole dictionary as Markdown."""
    parts = (
        _OPENING,
        *map(describe, DATASETS),
        _derived(),
        _SHAPE,
        _vocabularies(),
        _limits(),
        _calendar(),
        _routes(),
        _rules(),
    )
    return "\n\n".join(parts) + "\n"


def describe(dataset: Dataset) -> str:
    """The section on one data set: what a row is, and every column."""
    header = ("kolom", "label dan sinonim", "isi", "wajib", "aturan", "privasi", "penjelasan dan contoh")
    key = ", ".join(f"`{name}`" for name in dataset.keys)
    free = (
        " Opsional: tidak pernah ditagih, dan dihitung bila ada barisnya; lembaga dapat memintanya."
        if dataset.optional
        else ""
    )
    placed = "ialah periode kirimannya" if dataset.of_quarter_end else f"ditentukan oleh `{dataset.dated_by}`"
    return "\n\n".join((
        f"## {dataset.sheet} (`{dataset.name}`)",
        f"{dataset.explanation} Kunci baris dalam satu satker: {key}. Periode baris {placed}.{free}",
        table(header, (_column(dataset, column) for column in dataset.columns)),
    ))


def _column(dataset: Dataset, column: Column) -> tuple[str, ...]:
    synonyms = f" ({', '.join(column.synonyms)})" if column.synonyms else ""
    synonyms += (
        f"; bila judul menyebut himpunannya: {', '.join(column.named_synonyms)}" if column.named_synonyms else ""
    )
    required = DEMANDED[column.demand]
    example = f" Contoh: {column.example}" if column.example else ""
    return (
        f"`{column.name}`",
        f"{column.label}{synonyms}",
        content_of(column),
        f"{required}, sampul" if column.from_cover else required,
        ", ".join(rules_of(dataset, column)),
        column.privacy.value,
        column.explanation + example,
    )


def content_of(column: Column) -> str:
    """Type, bounds, unit, vocabulary and default of a column in words."""
    parts = [_TYPES[column.type_name]]
    if column.vocabulary:
        parts.append(f"kosakata `{column.vocabulary}`")
    if column.minimum is not None or column.maximum is not None:
        parts.append(describe_bounds(column))
    if column.length:
        parts.append(f"{column.length[0]}–{column.length[1]} huruf")
    if column.unit:
        parts.append(column.unit)
    if column.brought:
        parts.append(f"kosong berarti `{column.brought}`")
    if column.default_from:
        parts.append(f"kosong berarti `{column.default_from}`")
    if column.handle:
        parts.append('"@" dan tautan akun dibaca sebagai namanya')
    if column.stand_in:
        parts.append(f"`{column.stand_in}` mengenali baris bila kosong")
    return ", ".join(parts)


def rules_of(dataset: Dataset, column: Column) -> list[str]:
    """Codes of the rules whose findings point to a column."""
    return sorted({expectation.rule.code for expectation in expectations(dataset) if expectation.column == column.name})


def _derived() -> str:
    rows = (((f"`{name}`" if ", " not in name else name), meaning) for name, meaning in _DERIVED.items())
    return "## Kolom yang dihitung\n\n" + table(("kolom", "arti"), rows)


def _vocabularies() -> str:
    used = {column.vocabulary for dataset in DATASETS for column in dataset.columns if column.vocabulary}
    used = {name for name in load_vocabulary() if name in used - {STRATEGIES} or name.startswith(f"{STRATEGIES}_")}
    sections = [
        _vocabulary(name) + (_OF_BODIES[name]() if name in _OF_BODIES else "")
        for name in load_vocabulary()
        if name in used
    ]
    return "\n\n".join(("## Kosakata", *sections))


def _vocabulary(name: str) -> str:
    rows = (
        (f"`{term.value}`", term.label, ", ".join((*term.synonyms, *term.alike)))
        for term in load_vocabulary()[name].terms
    )
    return f"### `{name}`\n\n" + table(("nilai", "label", "dibaca juga"), rows)


def _kinds_of_bodies() -> str:
    """Which kinds of activity each body offers, and in which words of its own they are read in its files."""
    sections = []
    for code, body in BODIES.items():
        words = body.kinds.words.values()
        rows = ((f"`{kind.value}`", kind.label, ", ".join((*kind.synonyms, *kind.alike))) for kind in words)
        offered = ", ".join(f"`{value}`" for value in body.kinds.offered)
        sections.append(
            f"\n\n#### `{kinds_of(code)}`\n\nDitawarkan {body.label}: {offered}.\n\n"
            + table(("nilai", "label", "kata sendiri"), rows)
        )
    return "".join(sections)


def _stages_of_bodies() -> str:
    """Which stages of elections a body offers that does not offer all, and its own words for them."""
    sections = []
    for code, body in BODIES.items():
        if body.stages and stages_of(code) in load_vocabulary():
            offered = ", ".join(f"`{value}`" for value in load_vocabulary()[stages_of(code)].value)
            rows = ((f"`{stage}`", ", ".join(words)) for stage, words in body.stages.words.items())
            own = f"\n\n{table(('nilai', 'kata sendiri'), rows)}" if body.stages.words else ""
            sections.append(f"\n\n#### `{stages_of(code)}`\n\nDitawarkan {body.label}: {offered}.{own}")
    return "".join(sections)


_OF_BODIES = {KINDS: _kinds_of_bodies, STAGES: _stages_of_bodies}


def _limits() -> str:
    header = (
        "rezim",
        "berlaku dari",
        "menjawab",
        "perpanjangan",
        "menjawab keberatan",
        "mengajukan keberatan",
        "mengajukan sengketa",
        "dasar",
        "sumber",
        "status",
    )
    rows = (
        (
            f"`{limit.regime}`", f"{limit.valid_from:%d/%m/%Y}", f"{limit.working_days}", f"{limit.extension}",
            f"{limit.objection}", f"{limit.raising or '–'}", f"{limit.dispute or '–'}", limit.basis, limit.source, limit.status,
        )
        for limit in load_regimes()
    )  # fmt: skip
    return f"## Batas waktu permohonan\n\n{_LIMITS}\n\n" + table(header, rows)


def _calendar() -> str:
    """The calendar of election stages as it comes with the program."""
    bound = ", ".join(body.label for body in BODIES.values() if body.election_regime)
    other = next(term.label for term in load_vocabulary()["rezim"].terms if term.value == OTHER_SUBJECT)
    rows = (
        (line.election, f"`{line.regime}`", f"{line.begin:%d/%m/%Y}", f"{line.finish:%d/%m/%Y}", line.written, line.status, line.source)
        for line in embedded_register().stages.lines
    )  # fmt: skip
    header = ("pemilihan", "rezim", "mulai", "selesai", "wilayah", "status", "sumber")
    return f"## Kalender tahapan\n\n{_STAGES.format(bound=bound, other=other)}\n\n" + table(header, rows)


def _routes() -> str:
    """Who receives, checks and approves a report before it is signed, by body and tier."""
    header = ("lembaga", "tingkat", "berlaku", "menerima dari bawah", "sebelum tanda tangan", "tanda tangan", "dasar")
    rows = (_approval(body, approval) for body in BODIES.values() for approval in body.report.approvals)
    return f"## Alur laporan\n\n{_ROUTES}\n\n" + table(header, rows)


def _approval(body: Body, approval: Approval) -> tuple[str, ...]:
    return (
        body.label,
        TIER_NAMES[approval.tier],
        _days(approval.validity),
        _posts(approval.receiving),
        _posts(approval.own),
        body.report.signers[approval.tier],
        approval.note,
    )


def _posts(steps: Iterable[RouteStep]) -> str:
    return ", lalu ".join(step.told for step in steps) or "–"


def _days(validity: Validity) -> str:
    """From when until when something holds."""
    begin = "" if validity.begin == date.min else f"dari {validity.begin:%d/%m/%Y}"
    until = "" if validity.until == date.max else f"sampai {validity.until:%d/%m/%Y}"
    return f"{begin} {until}".strip() or "selalu"


def _rules() -> str:
    explanation = (
        "Aturan V berasal dari lapangan, aturan K dari kontrak sendiri; semuanya tertulis dalam "
        "`include/humas/contract/data/aturan.toml`. Kolom *ditegakkan* menyebut di mana; yang tidak dapat dilanggar oleh satu baris "
        "tidak mempunyai harapan Great Expectations. Baris yang ditahan dapat diperbaiki hanya dengan kiriman baru."
    )
    header = ("kode", "aturan", "keparahan", "ditegakkan", "cara memperbaiki", "dasar")
    return f"## Aturan\n\n{explanation}\n\n" + table(header, map(_rule, load_rules().values()))


def _rule(rule: Rule) -> tuple[str, ...]:
    datasets = _data_sets_of(rule.code)
    place = PLACES[rule.place] + (f": {', '.join(datasets)}" if datasets else "")
    remark = f" ({rule.note})" if rule.note else ""
    return rule.code, rule.description, rule.severity.value, place + remark, rule.remedy or "–", rule.source


def _data_sets_of(code: str) -> list[str]:
    """Data sets with an expectation for a rule."""
    return [
        dataset.name
        for dataset in DATASETS
        if any(expectation.rule.code == code for expectation in expectations(dataset))
    ]


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars and line breaks in cells are made harmless."""
    return "\n".join(_lines(header, rows))


def _lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in row)} |"
