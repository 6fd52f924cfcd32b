"""What a suite measured, kept: results/NAME.csv for programs, results/NAME.md for people."""

import csv
from pathlib import Path


def write(options, name, rows, text):
    """Rows are alike dicts, one at least; text is the page."""
    folder = Path(options.results)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    (folder / f"{name}.md").write_text(text)
