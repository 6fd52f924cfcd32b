"""Results as a CSV table, a Markdown page and a plot."""

import csv
import math
import platform
from pathlib import Path

COLUMNS = ["instance", "people", "sessions", "pairs", "engine", "threads", "seconds", "ratio",
           "cut_off", "objective", "bound", "between", "gap", "peak_mb", "read_seconds", "status"]


def machine():
    model = "unknown processor"
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{model}, {platform.system()} {platform.machine()}"


def write_csv(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: "" if row.get(key) is None else row[key] for key in COLUMNS})


def seconds_text(row):
    figure = f"{row['seconds']:.2f}" if row["seconds"] < 10 else f"{row['seconds']:.0f}"
    return f"> {figure} s" if row["cut_off"] else f"{figure} s"


def ratio_text(row):
    if row.get("ratio") is None:
        return "1"  # amends itself
    figure = f"{row['ratio']:.1f}" if row["ratio"] < 10 else f"{row['ratio']:.0f}"
    return f"> {figure}" if row["cut_off"] else figure


def gap_text(row):
    if row.get("gap") is None:
        return "no roster" if row["objective"] is None else "no bound"
    return f"{100 * row['gap']:.4f} %" if row["gap"] < 0.1 else f"{100 * row['gap']:.0f} %"


def whole(value):
    return "–" if value is None else f"{value:,.0f}"


def markdown(rows, settings):
    lines = [
        "# Measured",
        "",
        f"{machine()}; {settings}.",
        "",
        "Each engine gets the model that `amends export` writes of the same caseload and the same",
        "absolute gap: the points that amends leaves unproven. Seconds are of the whole command,",
        "reading included; the ratio is to the row of amends above. The gap is the share of the",
        "possible improvement that is not proven: (points − bound) / (points with only what is",
        "fixed − bound).",
        "",
        "| caseload | people | sessions | pairs | engine | threads | time | ratio | points | between "
        "| gap | memory | reading |",
        "|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        reading = "" if row.get("read_seconds") is None else f"{row['read_seconds']:.2f} s"
        lines.append(
            f"| {row['instance']} | {row['people']:,} | {whole(row['sessions'])} "
            f"| {whole(row['pairs'])} | {row['engine']} | {row['threads']} | {seconds_text(row)} "
            f"| {ratio_text(row)} | {whole(row['objective'])} | {whole(row['between'])} "
            f"| {gap_text(row)} | {row['peak_mb']:.0f} MB | {reading} |")
    return "\n".join(lines) + "\n"


# ---- a plot: seconds against people, both logarithmic ----

WIDTH, HEIGHT, MARGIN = 640, 400, 60
COLOURS = ["#1b5e20", "#b71c1c", "#0d47a1", "#e65100"]


def _scale(low, high, size):
    low, high = math.log10(low), math.log10(high)
    span = max(high - low, 1e-9)
    return lambda value: MARGIN + (math.log10(value) - low) / span * (size - 2 * MARGIN)


def _decades(low, high):
    return [10.0 ** e for e in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]


def _line(engine, points, colour, x, y):
    path = " ".join(f"{x(p):.1f},{HEIGHT - y(s):.1f}" for p, s, _ in points)
    parts = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    for people, seconds, cut_off in points:
        fill = "white" if cut_off else colour
        parts.append(f'<circle cx="{x(people):.1f}" cy="{HEIGHT - y(seconds):.1f}" r="4" '
                     f'fill="{fill}" stroke="{colour}"/>')
    last = points[-1]
    parts.append(f'<text x="{x(last[0]) + 8:.1f}" y="{HEIGHT - y(last[1]) + 4:.1f}" '
                 f'fill="{colour}">{engine}</text>')
    return parts


def svg(rows):
    """Hollow points were cut off at the limit."""
    series = {}
    for row in rows:
        if row["instance"].startswith("people-"):
            series.setdefault(row["engine"], []).append(
                (row["people"], max(row["seconds"], 0.01), row["cut_off"]))
    if not series:
        return None
    everything = [point for points in series.values() for point in points]
    people = [p for p, _, _ in everything]
    seconds = [s for _, s, _ in everything]
    low, high = min(seconds) / 1.5, max(seconds) * 1.5
    x, y = _scale(min(people) / 1.2, max(people) * 1.6, WIDTH), _scale(low, high, HEIGHT)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
             'font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for value in _decades(low, high):
        parts.append(f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{HEIGHT - y(value):.1f}" '
                     f'y2="{HEIGHT - y(value):.1f}" stroke="#ccc"/>'
                     f'<text x="10" y="{HEIGHT - y(value) + 4:.1f}">{value:g} s</text>')
    for value in sorted(set(people)):
        parts.append(f'<text x="{x(value):.1f}" y="{HEIGHT - MARGIN / 2}" '
                     f'text-anchor="middle">{value:,}</text>')
    for (engine, points), colour in zip(sorted(series.items()), COLOURS):
        parts += _line(engine, sorted(points), colour, x, y)
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">people</text></svg>')
    return "\n".join(parts) + "\n"
