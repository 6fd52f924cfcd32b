"""Results as a CSV table and a Markdown page."""

import csv
import platform
from pathlib import Path

COLUMNS = ["instance", "people", "sessions", "pairs", "engine", "threads", "seconds", "ratio",
           "cut_off", "objective", "bound", "between", "gap", "peak_mb", "read_seconds", "status",
           "made_by"]


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
        "fixed − bound). HiGHS is its WebAssembly build from npm, slower than HiGHS compiled for the",
        "machine.",
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
    return "\n".join(lines + winners(rows) + commands(rows)) + "\n"


def winners(rows):
    """Say where another engine was quicker, or got further in the time."""
    lines = []
    for name in dict.fromkeys(row["instance"] for row in rows):
        own, *others = [row for row in rows if row["instance"] == name]
        better = [row for row in others
                  if row["between"] is not None and row["seconds"] < own["seconds"]
                  and not row["cut_off"]]
        better += [row for row in others
                   if row["between"] is not None and own["cut_off"] and row not in better
                   and row["between"] < own["between"]]
        for row in better:
            lines.append(f"- {name}: {row['engine']} wins: {seconds_text(row)}, "
                         f"{whole(row['between'])} points between, against "
                         f"{seconds_text(own)} and {whole(own['between'])} of amends.")
    if lines:
        return ["", "Where another engine wins:", "", *lines]
    if any(row["engine"] != "amends" for row in rows):
        return ["", "No other engine reached the same gap sooner on any of these."]
    return []


def asked_text(row):
    return f", with `--gap {row['asked_gap']}`" if row.get("asked_gap") else ""


def commands(rows):
    own = [row for row in rows if row.get("made_by")]
    return ["", "Each caseload is made by one command:", ""] + \
        [f"- {row['instance']}: `{row['made_by']}`" + asked_text(row) for row in own]
