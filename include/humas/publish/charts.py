"""Charts and the tile map as SVG text, for the PDF and the pages alike.

Colours are written as attributes (what the PDF sees) and named by classes (``c-nila``, ``t-3`` …), so that
the site's style sheet, which wins over attributes, can follow dark mode. No ``style`` attribute, no script,
no font but Inter. Values are printed at their point; bars begin at zero; shape and pattern say what colour
says. Each chart carries ``<title>`` and ``<desc>``. Design follows the identity notes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from humas.periods import format_number, rounded_rate
from humas.report.tiles import tile_names, tile_places

INDIGO, BROWN, INK, MUTED, LINE, SOFT = "#1F4480", "#8A4B08", "#14202F", "#4C586A", "#D8DDE5", "#F3F5F8"
CONTROL = "#7D8898"
STEPS = ("#DDE7F5", "#ADC5E7", "#6E97D0", "#3663A6", "#173865")
LIMITS = (80.0, 90.0, 95.0, 100.0)
TIERS = ("di bawah 80", "80–89", "90–94", "95–99", "100")
_COLOURS = {"nila": INDIGO, "soga": BROWN, "tinta": INK, "redup": MUTED, "garis": LINE, "lembut": SOFT}


LETTER_WIDTH = 5.1  # average width of a letter at 9.5 px
LINE_HEIGHT = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart: its SVG text and the sentence that stands for it where it cannot be seen."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a line chart; a gap is None. putus: dashed, with hollow points."""

    nama: str
    nilai: tuple[float | None, ...]
    putus: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: a province on the grid. nilai: percent, None when nothing came. tautan: page, or ""."""

    kode: str
    nama: str
    nilai: float | None
    tautan: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """One row of the interval chart, percent: the value and its 95 % interval."""

    nama: str
    nilai: float
    bawah: float
    atas: float


def level(value: float) -> int:
    """Step 0–4 of the one-hue scale, by the whole percent that stands in the tile."""
    return sum(rounded_rate(value, 0) >= limit for limit in LIMITS)


def bar_columns(points: Sequence[tuple[str, float | None]], title: str, width: int = 190, height: int = 104) -> Chart:
    """Columns over time, the last one dark; value above each column, label below, missing as a dash."""
    peak = max((value for _, value in points if value is not None), default=0) or 1
    base, room, step = height - 18, height - 36, width / max(1, len(points))
    shapes = []
    for i, (label, value) in enumerate(points):
        centre, last = step * (i + 0.5), i == len(points) - 1
        emphasis = {"weight": 700} if last else {}
        tone = "tinta" if last else "redup"
        shapes.append(_text(centre, height - 4, label, 9.5, tone, "middle"))
        if value is None:
            shapes.append(_text(centre, base - 4, "–", 10, tone, "middle"))
            continue
        rise = room * value / peak
        css_class, fill = ("c-nila", INDIGO) if last else ("t-1", STEPS[1])
        shapes.append(_rect(centre - step * 0.31, base - rise, step * 0.62, rise, fill, css_class))
        shapes.append(_text(centre, base - rise - 4, format_number(value), 10, tone, "middle", **emphasis))
    shapes.append(_line(0, base, width, base, CONTROL, "g-kendali"))
    alt = f"{title}: " + "; ".join(f"{label} {format_number(value)}" for label, value in points) + "."
    return _svg(width, height, title, alt, shapes)


def lines(label: Sequence[str], curves: Sequence[Curve], title: str, *, narrow: bool = False) -> Chart:
    """Lines over time in percent, values printed at the points, names at the line's end; the axis may not begin at 0."""
    width, height, size = (360, 260, 12) if narrow else (760, 250, 12)
    left, right, top, bottom = 34, (18 if narrow else 128), 16, height - 26
    start = _axis_start([value for series in curves for value in series.nilai if value is not None])
    x = [left + 22 + i * (width - left - right - 44) / max(1, len(label) - 1) for i in range(len(label))]

    def height_of(value: float) -> float:
        return bottom - (value - start) / (100 - start) * (bottom - top)

    shapes = _grid(start, left, width - right, height_of, size)
    shapes += [
        _text(place, height - 6, name, size - 1, "redup", "middle") for place, name in zip(x, label, strict=True)
    ]
    for number, series in enumerate(curves):
        shapes += _one_line(
            series, x, [None if value is None else height_of(value) for value in series.nilai], number, size, narrow
        )
    alt = f"{title}. " + " ".join(
        f"{series.nama}: "
        + "; ".join(f"{name} {format_number(value)}" for name, value in zip(label, series.nilai, strict=True))
        + "."
        for series in curves
    )
    return _svg(width, height, title, alt, shapes)


def timeline(
    points: Sequence[tuple[str, str, int]], accepted: tuple[str, str, int] | None, title: str, width: int = 560
) -> Chart:
    """From the quarter's end over the deadline to the end of grace, with the day the report came.

    points: (date as text, name, day count) of the end, the deadline and the end of grace, ascending.
    accepted: the same for the reception, or None when nothing came; days before the end count negative.
    """
    end = max(points[-1][2], (accepted[2] if accepted else 0), 1)
    start = min(points[0][2], accepted[2] if accepted else 0)
    y, left, right = 36.0, 8.0, width - 8.0

    def x(day: float) -> float:
        return left + (day - start) / (end - start) * (right - left)

    shapes = [_rect(x(points[0][2]), y - 3, x(points[1][2]) - x(points[0][2]), 6, STEPS[1], "t-1")]
    shapes.append(_rect(x(points[1][2]), y - 3, x(points[2][2]) - x(points[1][2]), 6, "#E8C48F", "c-tenggang"))
    shapes += [_line(x(day), y - 8, x(day), y + 8, INK, "g-tinta", 1.4) for _, _, day in points]
    if accepted and accepted[2] > points[2][2]:
        shapes.append(_line(x(points[2][2]), y, x(accepted[2]), y, CONTROL, "g-kendali", 1.2))
    labels, extra = _timeline_labels(points, [x(day) for _, _, day in points], y, width)
    shapes += labels
    if accepted:
        shapes += _reception(accepted, x(accepted[2]), y, late=accepted[2] > points[1][2], width=width)
    words = "; ".join(f"{name} {date}" for date, name, _ in points)
    arrival = f"{accepted[1]} {accepted[0]}" if accepted else "belum ada laporan"
    return _svg(width, 66 + extra * LINE_HEIGHT, title, f"{title}: {words}; {arrival}.", shapes)


def stacked_bar(parts: Sequence[tuple[str, str, int]], title: str, width: int = 560, prefix: str = "b") -> Chart:
    """One bar of parts that add up: (kind, label, count); kinds are solid, half, striped, hatched as statuses are.

    kinds: ``tepat_waktu`` solid indigo, ``terlambat`` solid brown, ``sangat_terlambat`` striped brown,
    ``belum_lapor`` hatched grey. prefix: makes pattern ids unique on a page.
    """
    total = sum(count for _, _, count in parts) or 1
    shapes, x = [_patterns(prefix)], 0.0
    for kind, _, count in parts:
        length = width * count / total
        fill, css_class = _status_fill(kind, prefix)
        if count:
            shapes.append(_rect(x, 0, length, 18, fill, css_class))
            shapes.append(_line(x + length, 0, x + length, 18, "#FFFFFF", "g-latar", 1.5))
        x += length
    step = width / max(1, len(parts))
    for i, (kind, label, count) in enumerate(parts):
        fill, css_class = _status_fill(kind, prefix)
        shapes.append(_rect(i * step, 28, 10, 10, fill, css_class, CONTROL))
        shapes.append(_text(i * step + 15, 37, f"{label} {format_number(count)}", 10.5, "tinta"))
    alt = f"{title}: " + "; ".join(f"{label} {format_number(count)}" for _, label, count in parts) + "."
    return _svg(width, 44, title, alt, shapes)


def tile_map(tiles: Sequence[Tile], title: str, *, narrow: bool = False, prefix: str = "p") -> Chart:
    """The provinces on their grid, abbreviation and whole percent in each tile; grey hatch when nothing came.

    narrow: two bands for phones, west above, Sulawesi–Maluku–Papua below.
    """
    places = tile_places(narrow=narrow)
    columns, rows = max(column for _, column in places.values()), max(row for row, _ in places.values())
    width, height = 62, 50
    shapes = [_patterns(prefix)]
    for tile in tiles:
        row, column = places[tile.kode]
        shapes.append(_tile(tile, (column - 1) * width, (row - 1) * height, prefix))
    alt = f"{title}: " + "; ".join(f"{tile.nama} {_whole(tile.nilai)}" for tile in tiles) + "."
    return _svg(columns * width - 3, rows * height - 3, title, alt, shapes)


def legend(prefix: str = "l", width: int = 560) -> Chart:
    """The steps of the scale with their bounds, and the hatch for "belum ada laporan"."""
    shapes, x = [_patterns(prefix)], 0.0
    for i, words in enumerate((*TIERS, "belum ada laporan")):
        fill, css_class = (STEPS[i], f"t-{i}") if i < len(STEPS) else (f"url(#{prefix}-abu)", "")
        shapes.append(_rect(x, 1, 22, 11, fill, css_class, "" if i < len(STEPS) else CONTROL))
        shapes.append(_text(x + 27, 11, words, 10.5, "redup"))
        x += 40 + 6.1 * len(words)
    return _svg(width, 16, "Keterangan warna", "Kelengkapan dalam persen: " + ", ".join(TIERS) + ".", shapes)


def intervals(rows: Sequence[Interval], title: str, width: int = 560) -> Chart:
    """Value and 95 % Wilson interval per row, percent from 0 to 100; rows whose intervals overlap are not ranked."""
    left, right, step = 128.0, width - 48.0, 12.0
    top, height = 16.0, 16 + 12 * len(rows) + 4

    def x(value: float) -> float:
        return left + value / 100 * (right - left)

    shapes = []
    for percent in (0, 25, 50, 75, 100):
        shapes.append(_line(x(percent), top - 4, x(percent), height - 4, LINE, "g-garis"))
        shapes.append(_text(x(percent), 9, str(percent), 9, "redup", "middle"))
    for i, row in enumerate(rows):
        y = top + step * (i + 0.5)
        shapes.append(_text(left - 8, y + 3, row.nama, 9, "tinta", "end"))
        shapes.append(_line(x(row.bawah), y, x(row.atas), y, STEPS[2], "g-t2", 3))
        shapes.append(f'<circle cx="{x(row.nilai):.1f}" cy="{y:.1f}" r="3.2" fill="{INDIGO}" class="c-nila"/>')
        shapes.append(_text(width - 2, y + 3, format_number(int(row.nilai * 10) / 10), 9, "tinta", "end"))
    alt = f"{title}: " + "; ".join(f"{row.nama} {format_number(row.nilai)}" for row in rows) + "."
    return _svg(width, height, title, alt, shapes)


def _axis_start(values: Sequence[float]) -> int:
    """Start of the percent axis: the ten below the smallest value, at most 50."""
    return min(50, int(min(values, default=0) // 10) * 10)


def _grid(start: int, left: float, right: float, y: Callable[[float], float], size: float) -> list[str]:
    shapes = []
    step = 10 if start >= 50 else 20 if start >= 20 else 25
    for value in range(start, 101, step):
        height = y(value)
        shapes.append(_line(left, height, right, height, LINE, "g-garis"))
        shapes.append(_text(left - 6, height + 4, str(value), size - 1, "redup", "end"))
    return shapes


def _one_line(
    series: Curve, x: Sequence[float], y: Sequence[float | None], number: int, size: float, narrow: bool
) -> list[str]:
    tone = "soga" if series.putus else "nila"
    colour, dash = _COLOURS[tone], ' stroke-dasharray="6 4"' if series.putus else ""
    points = [
        (a, b, value) for a, b, value in zip(x, y, series.nilai, strict=True) if b is not None and value is not None
    ]
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b, _ in points)
    shapes = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash} class="g-{tone}"/>']
    for i, (a, b, value) in enumerate(points):
        fill = "#FFFFFF" if series.putus else colour
        css_class = f"g-{tone} c-latar" if series.putus else f"g-{tone} c-{tone}"
        shapes.append(
            f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{fill}" stroke="{colour}" stroke-width="1.8" class="{css_class}"/>'
        )
        last = i == len(points) - 1 and not narrow
        if last:
            shapes.append(_text(a + 11, b + 1, format_number(value), size + 1, tone, "start", weight=700))
            shapes.append(_text(a + 11, b + 15, series.nama, size - 1, tone))
        else:
            shapes.append(_text(a, b + (18 if number else -9), format_number(value), size - 1, "tinta", "middle"))
    return shapes


def _timeline_labels(
    points: Sequence[tuple[str, str, int]], x: Sequence[float], y: float, width: float
) -> tuple[list[str], int]:
    """Names below the axis, and how many extra lines they took: one that would cover another goes a line lower."""
    shapes: list[str] = []
    taken: list[tuple[float, float, int]] = []
    for (date, name, _), a in zip(points, x, strict=True):
        length = LETTER_WIDTH * (len(date) + 1 + len(name))
        anchor, start = _anchored(a, length, width)
        line = 0
        while any(row == line and start < right and left < start + length for left, right, row in taken):
            line += 1
        taken.append((start, start + length + LETTER_WIDTH, line))
        words = f'<tspan font-weight="600">{escape(date)}</tspan> {escape(name)}'
        shapes.append(_raw_text(a, y + 23 + line * LINE_HEIGHT, words, 9.5, "tinta", anchor))
    return shapes, max(line for _, _, line in taken)


def _anchored(a: float, length: float, width: float) -> tuple[str, float]:
    """How a text at ``a`` is anchored so that it stays inside, and where it begins."""
    if a - length / 2 < 0:
        return "start", a
    return ("end", a - length) if a + length / 2 > width else ("middle", a - length / 2)


def _reception(received: tuple[str, str, int], x: float, y: float, *, late: bool, width: float) -> list[str]:
    tone = "soga" if late else "nila"
    anchor = "start" if x < 90 else "end" if x > width - 90 else "middle"
    words = f'<tspan font-weight="600">{escape(received[0])}</tspan> {escape(received[1])}'
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{_COLOURS[tone]}" stroke="#FFFFFF" stroke-width="1.2" class="c-{tone} g-latar"/>'
    mark = "M-2.6 0 L-0.7 2 L2.8 -2.2" if not late else "M0 -3 L0 0 L2.2 1.6"
    path = f'<path d="{mark}" transform="translate({x:.1f} {y:.1f})" fill="none" stroke="#FFFFFF" stroke-width="1.4" class="g-latar"/>'
    return [dot, path, _raw_text(x, y - 14, words, 9.5, tone, anchor)]


def _tile(tile: Tile, x: float, y: float, prefix: str) -> str:
    if tile.nilai is None:
        fill, css_class, ink, ink_class, edge = f"url(#{prefix}-abu)", "", INK, "c-tinta", CONTROL
    else:
        step = level(tile.nilai)
        fill, css_class, edge = STEPS[step], f"t-{step}", ""
        ink, ink_class = (INK, f"tt-{step}") if step < 3 else ("#FFFFFF", f"tt-{step}")
    short = tile_names().get(tile.kode, tile.kode)
    shapes = "".join((
        f"<title>{escape(tile.nama)}: {_whole(tile.nilai)}</title>",
        _rect(x, y, 59, 47, fill, css_class, edge, 2),
        _colour_text(x + 29.5, y + 19, short, 11, ink, ink_class, 400),
        _colour_text(x + 29.5, y + 37, _whole(tile.nilai), 15, ink, ink_class, 600),
    ))
    return f'<a href="{escape(tile.tautan)}">{shapes}</a>' if tile.tautan else f"<g>{shapes}</g>"


def _whole(value: float | None) -> str:
    return "–" if value is None else str(rounded_rate(value, 0))


def _status_fill(kind: str, prefix: str) -> tuple[str, str]:
    return {
        "tepat_waktu": (INDIGO, "c-nila"),
        "terlambat": (BROWN, "c-soga"),
        "sangat_terlambat": (f"url(#{prefix}-soga)", ""),
    }.get(kind, (f"url(#{prefix}-abu)", ""))


def _patterns(prefix: str) -> str:
    def one(name: str, colour: str, css_class: str) -> str:
        return (
            f'<pattern id="{prefix}-{name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="5" height="5" fill="#FFFFFF" class="c-latar"/>'
            f'<rect width="2" height="5" fill="{colour}" class="{css_class}"/></pattern>'
        )

    return f"<defs>{one('abu', '#B4BCC8', 'c-arsir')}{one('soga', BROWN, 'c-soga')}</defs>"


def _rect(
    x: float, y: float, width: float, height: float, fill: str, css_class: str, edge: str = "", radius: float = 0
) -> str:
    extra = f' stroke="{edge}" stroke-width="0.8"' if edge else ""
    extra += f' rx="{radius}"' if radius else ""
    extra += f' class="{css_class}"' if css_class else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{extra}/>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, css_class: str, thickness: float = 1) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{thickness}" class="{css_class}"/>'


def _text(x: float, y: float, words: str, size: float, tone: str, anchor: str = "start", *, weight: int = 400) -> str:
    return _raw_text(x, y, escape(words), size, tone, anchor, weight)


def _raw_text(x: float, y: float, content: str, size: float, tone: str, anchor: str, weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"'
        f' fill="{_COLOURS[tone]}" class="c-{tone}">{content}</text>'
    )


def _colour_text(x: float, y: float, words: str, size: float, colour: str, css_class: str, weight: int) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="middle"'
        f' fill="{colour}" class="{css_class}">{escape(words)}</text>'
    )


def _svg(width: float, height: float, title: str, alt: str, shapes: Sequence[str]) -> Chart:
    header = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"'
        f' font-family="Inter, system-ui, sans-serif"><title>{escape(title)}</title><desc>{escape(alt)}</desc>'
    )
    return Chart(header + "".join(shapes) + "</svg>", alt)
