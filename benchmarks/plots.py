"""Plots as SVG: growth with size, and how a search went."""

import csv
import math
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 680, 420, 70
TIME, MEMORY, BOUND = "#1b5e20", "#0d47a1", "#b71c1c"


class Axis:
    """Values to pixels, linear or logarithmic."""

    def __init__(self, values, size, logarithmic, backwards=False):
        self.f = math.log10 if logarithmic else float
        low, high = self.f(min(values)), self.f(max(values))
        margin = 0.06 * (high - low) or 0.5
        self.low, self.span = low - margin, high - low + 2 * margin
        self.size, self.backwards, self.logarithmic = size, backwards, logarithmic

    def __call__(self, value):
        share = (self.f(value) - self.low) / self.span
        at = MARGIN + share * (self.size - 2 * MARGIN)
        return self.size - at if self.backwards else at

    def ticks(self):
        """Round values within the axis."""
        low, high = self.low, self.low + self.span
        if self.logarithmic:
            whole = range(math.ceil(low), math.floor(high) + 1)
            return [10.0 ** e for e in whole]
        step = 10.0 ** math.floor(math.log10(self.span))
        step = step / 2 if self.span / step < 3 else step
        first = math.ceil(low / step)
        return [step * i for i in range(first, math.floor(high / step) + 1)]


def _head(title):
    return [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            'font-family="sans-serif" font-size="12">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            f'<text x="{WIDTH / 2}" y="24" text-anchor="middle" font-size="14">{title}</text>']


def _frame(x, y, x_label, unit):
    parts = []
    for value in y.ticks():
        parts.append(f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y(value):.1f}" '
                     f'y2="{y(value):.1f}" stroke="#ddd"/><text x="{MARGIN - 6}" '
                     f'y="{y(value) + 4:.1f}" text-anchor="end">{value:,g}{unit}</text>')
    for value in x.ticks():
        parts.append(f'<line x1="{x(value):.1f}" x2="{x(value):.1f}" y1="{MARGIN}" '
                     f'y2="{HEIGHT - MARGIN}" stroke="#eee"/><text x="{x(value):.1f}" '
                     f'y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{value:,g}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 20}" text-anchor="middle">{x_label}</text>')
    return parts


def _polyline(points, colour, hollow=()):
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    for i, (x, y) in enumerate(points):
        fill = "white" if i in hollow else colour
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{fill}" '
                     f'stroke="{colour}"/>')
    return parts


# ---- growth ----

def exponent(sizes, values):
    """Of the power of size that fits best: the slope of the logarithms, by least squares."""
    x, y = [math.log(v) for v in sizes], [math.log(v) for v in values]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - mean_x) ** 2 for a in x)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / spread


def growth(rows):
    """Seconds and megabytes against pairs. Hollow: cut off at the limit. None: too few rows."""
    rows = sorted((r for r in rows if r["engine"] == "amends"), key=lambda r: r["pairs"])
    if len({row["pairs"] for row in rows}) < 3:
        return None
    pairs = [row["pairs"] for row in rows]
    series = [("seconds", TIME, [max(row["seconds"], 0.01) for row in rows]),
              ("reading, eligibility (seconds)", BOUND,
               [max(row["read_seconds"], 0.01) for row in rows]),
              ("memory (MB)", MEMORY, [row["peak_mb"] for row in rows])]
    x = Axis(pairs, WIDTH, True)
    y = Axis([v for _, _, values in series for v in values], HEIGHT, True, backwards=True)
    parts = _head("Time and memory against possible appointments (500 to 50,000 people)")
    parts += _frame(x, y, "possible appointments (pairs of person and session)", "")
    cut_off = [i for i, row in enumerate(rows) if row["cut_off"]]
    for n, (name, colour, values) in enumerate(series):
        parts += _polyline([(x(p), y(v)) for p, v in zip(pairs, values)], colour,
                           cut_off if n == 0 else ())
        parts.append(f'<text x="{MARGIN + 8}" y="{MARGIN - 24 + 15 * n}" fill="{colour}">{name} '
                     f'~ pairs^{exponent(pairs, values):.2f}</text>')
    for row in rows:
        parts.append(f'<text x="{x(row["pairs"]):.1f}" y="{HEIGHT - MARGIN + 34}" '
                     f'text-anchor="middle" fill="#777">{row["people"]:,}</text>')
    return "\n".join(parts + ["</svg>"]) + "\n"


# ---- the search ----

def read_trace(path):
    """Rows (seconds, objective, bound), None where there is none."""
    if not Path(path).exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return [(float(row["seconds"]), int(row["objective"]) if row["objective"] else None,
                 int(row["bound"]) if row["bound"] else None) for row in csv.DictReader(file)]


def _stairs(points, end):
    """Each value holds until the next."""
    path = []
    for (time, value), after in zip(points, points[1:] + [(end, None)]):
        path += [(time, value), (after[0], value)]
    return path


def search(name, rows):
    """Incumbent and bound over time; None where there is nothing to show."""
    objectives = [(t, o) for t, o, _ in rows if o is not None]
    bounds = [(t, b) for t, _, b in rows if b is not None]
    if not objectives or not bounds or rows[-1][0] <= 0:
        return None
    end = rows[-1][0]
    # the first bounds are far off: begin where half of the way is done
    far = objectives[0][1] - bounds[-1][1]
    shown = [(t, b) for t, b in bounds if b >= bounds[-1][1] - far / 2] or bounds[-1:]
    x = Axis([0, end], WIDTH, False)
    y = Axis([v for _, v in objectives + shown], HEIGHT, False, backwards=True)
    parts = _head(f"{name}: the best roster and the proven bound") + _frame(x, y, "seconds", "")
    for label, points, colour in (("roster", objectives, TIME), ("bound", shown, BOUND)):
        path = " ".join(f"{x(t):.1f},{y(v):.1f}" for t, v in _stairs(points, end))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" '
                     'stroke-width="1.5"/>')
        beside = y(points[-1][1]) + (12 if label == "bound" else -4)
        parts.append(f'<text x="{x(end) + 4:.1f}" y="{beside:.1f}" fill="{colour}">{label}</text>')
    return "\n".join(parts + ["</svg>"]) + "\n"


def write_all(folder, suite, rows):
    if suite == "growth":
        plot = growth(rows)
        if plot:
            (folder / "growth.svg").write_text(plot)
        return
    for row in rows:
        plot = search(row["instance"], row["trace"]) if row.get("trace") else None
        if plot:
            (folder / f"trace-{row['instance']}.svg").write_text(plot)
