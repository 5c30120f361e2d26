"""Small plots as inline SVG: means with their intervals, and how long the answers took."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from evals.chance import percentile

ROW, LABEL, SPAN, NOTE = 22, 165, 250, 110


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar from 0 to 1 with its interval and the note behind it."""

    label: str
    value: float
    interval: tuple[float, float] | None
    note: str


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Return horizontal bars with whiskers for the intervals."""
    body = "".join(_bar(at, row) for at, row in enumerate(rows))
    return _svg(title, LABEL + SPAN + NOTE, ROW * len(rows) + 6, body)


def histogram(title: str, seconds: Sequence[float], columns: int = 24) -> str:
    """Return how many answers took how long; the last column holds the slowest hundredth, too."""
    top = percentile(seconds, 0.99) or 1.0
    if not seconds:
        return ""
    counts = [0] * columns
    for one in seconds:
        counts[min(columns - 1, int(one / top * columns))] += 1
    span = LABEL + SPAN
    wide, high = span / columns, 90
    body = "".join(
        f'<rect class="bar" x="{at * wide:.1f}" y="{high - high * count / max(counts):.1f}" '
        f'width="{wide - 1:.1f}" height="{high * count / max(counts):.1f}"/>'
        for at, count in enumerate(counts)
    )
    axis = f'<text x="0" y="{high + 16}">0 ms</text>' + (
        f'<text x="{span}" y="{high + 16}" text-anchor="end">{1000 * top:.0f} ms and more</text>'
    )
    return _svg(title, span + 4, high + 22, body + axis)


def _bar(at: int, row: Bar) -> str:
    y, end = at * ROW, LABEL + SPAN * row.value
    parts = [
        f'<text x="{LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(row.label)}</text>',
        f'<rect class="rail" x="{LABEL}" y="{y + 4}" width="{SPAN}" height="14"/>',
        f'<rect class="bar" x="{LABEL}" y="{y + 4}" width="{end - LABEL:.1f}" height="14"/>',
        f'<text x="{LABEL + SPAN + 8}" y="{y + 15}">{row.value:.3f} {escape(row.note)}</text>',
    ]
    if row.interval:
        low, high = (LABEL + SPAN * edge for edge in row.interval)
        parts.append(f'<path class="whisker" d="M{low:.1f} {y + 11}H{high:.1f}"/>')
        parts += [f'<path class="whisker" d="M{x:.1f} {y + 7}v8"/>' for x in (low, high)]
    return "".join(parts)


def _svg(title: str, wide: float, high: float, body: str) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )
