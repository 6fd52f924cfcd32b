"""Forecasts of a delivery unit and of a region: the plan, and what 1,000 futures of it add."""

import json
import sys
import tempfile
from pathlib import Path

import record
from measure import run

HERE = Path(__file__).resolve().parent
LIMIT_S = 7200
FUTURES = 1000


def units(options, scratch):
    """Name and caseload of each row."""
    yield "unit of 500", HERE.parent / "examples" / "pdu.json"
    path = Path(scratch) / "region.json"
    done = run([f"{options.build}/benchmarks/gen", "--people", "5000", "--seed", "1",
                "-o", str(path)], LIMIT_S)
    if done.code != 0:
        raise RuntimeError(f"gen: {done.err}")
    yield "region of 5,000", path


def forecast(options, caseload, futures, out):
    command = [f"{options.build}/amends", "forecast", str(caseload), "--futures", str(futures),
               "--threads", str(options.threads), "--quiet", "-o", str(out)]
    done = run(command, LIMIT_S)
    if done.code != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.err[-2000:]}")
    return done


def measure(options, name, caseload, scratch):
    """One row: a forecast without futures, and with them. (With them go some hundred futures more,
    to tell what a place more is worth.)"""
    out = Path(scratch) / "out"
    plan = forecast(options, caseload, 0, out)
    whole = forecast(options, caseload, FUTURES, out)
    proof = json.loads((out / "plan.json").read_text())["proof"]
    weeks = json.loads((out / "plan.json").read_text())["made"]["weeks"]
    return {"unit": name, "threads": options.threads, "weeks": weeks, "futures": FUTURES,
            "plan_s": round(plan.seconds, 2), "whole_s": round(whole.seconds, 2),
            "plan_cpu_s": round(plan.cpu_seconds, 2), "whole_cpu_s": round(whole.cpu_seconds, 2),
            "gap_ppm": proof["gap_millionths"], "peak_mb": round(whole.peak_mb)}


def text(rows):
    lines = ["# Forecasts", "",
             f"`amends forecast`: reading, the plan with its proof and its audit, what is written "
             f"(without futures), and the same with {FUTURES:,} futures. One run each.", "",
             "| unit | weeks | threads | without futures | with them | processor time, without "
             "| with | gap of the plan | memory |", "|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for row in rows:
        lines.append(f"| {row['unit']} | {row['weeks']} | {row['threads']} "
                     f"| {row['plan_s']:.1f} s | {row['whole_s']:.1f} s "
                     f"| {row['plan_cpu_s']:.1f} s | {row['whole_cpu_s']:.1f} s "
                     f"| {row['gap_ppm'] / 1e4:.3f} % | {row['peak_mb']} MB |")
    return "\n".join(lines) + "\n"


def suite(options):
    """Measure, print, and write results/forecasts.csv and .md. Returns an exit code."""
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, caseload in units(options, scratch):
            rows.append(measure(options, name, caseload, scratch))
            print(rows[-1], flush=True)
    record.write(options, "forecasts", rows, text(rows))
    sys.stdout.write(text(rows))
    return 0
