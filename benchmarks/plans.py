"""Completion plans: amends against the same model given whole to other engines."""

import json
import sys
import tempfile
from pathlib import Path

import record
from measure import run
from peers import NAMES, PEERS, installed

HERE = Path(__file__).resolve().parent
LIMIT_S = 7200
SIZES = (50, 100, 200, 500, 5000)  # 500: the example unit
LARGEST_WHOLE = 200  # people whose model is given to the others
PEER_ROUNDING = 1.0  # points by which a peer's doubles may be off


def caseload_of(options, people, scratch):
    if people == 500:
        return HERE.parent / "examples" / "pdu.json"
    path = Path(scratch) / f"{people}.json"
    done = run([f"{options.build}/benchmarks/gen", "--people", str(people), "--seed", "1",
                "-o", str(path)], LIMIT_S)
    if done.code != 0:
        raise RuntimeError(done.err)
    return path


def measure_own(options, caseload):
    done = run([f"{options.build}/benchmarks/plan", str(caseload), str(options.threads)], LIMIT_S)
    if done.code != 0:
        raise RuntimeError(done.err)
    found = json.loads(done.out)
    return found | {"engine": "amends", "threads": options.threads, "status": "feasible",
                    "peak_mb": done.peak_mb}


def measure_peer(name, model, own, options, scratch):
    points = max(own["objective"] - own["bound"], 1)
    answer = PEERS[name](model, options.limit, points, own["objective"], options.threads, scratch)
    for row_of, other in ((own["bound"], answer.objective), (answer.bound, own["objective"])):
        if row_of is not None and other is not None and row_of > other + PEER_ROUNDING:
            raise RuntimeError(f"{NAMES[name]}: a bound of {row_of} above a plan of {other}")
    return {key: own[key] for key in ("people", "weeks", "kinds", "choices")} | {
        "engine": NAMES[name], "threads": answer.threads, "status": answer.status,
        "seconds": answer.seconds, "objective": answer.objective, "bound": answer.bound,
        "peak_mb": answer.peak_mb}


def measure(options, people, scratch):
    caseload = caseload_of(options, people, scratch)
    rows = [measure_own(options, caseload)]
    if people > LARGEST_WHOLE or options.peers == "none":
        return rows
    model = Path(scratch) / f"{people}.mps"
    done = run([f"{options.build}/benchmarks/plan", str(caseload), "1", str(model)], LIMIT_S)
    if done.code != 0:
        raise RuntimeError(done.err)
    for name in options.peers.split(","):
        if installed(name):
            print(f"{NAMES[name]} is left out: {installed(name)}", file=sys.stderr)
            continue
        rows.append(measure_peer(name, model, rows[0], options, scratch))
    return rows


def whole(value):
    return "none" if value is None else f"{value:,.0f}"


def gap(row):
    if row["objective"] is None or row["bound"] is None or row["bound"] <= 0:
        return ""
    return f"{100 * max(0, row['objective'] - row['bound']) / row['bound']:.3f} %"


def text(rows, options):
    lines = ["# Completion plans", "",
             "Everybody with minutes to work, week by week to 26 weeks beyond the last deadline "
             "(docs/formulation.md, section 8). The others get the same model whole, "
             f"{options.limit} s, and the points that amends leaves unproven. Choices: person, "
             "week, kind of place. Gap: (objective - bound) / bound.", "",
             "| people | weeks | choices | engine | seconds | objective | bound | gap | memory |",
             "|--:|--:|--:|---|--:|--:|--:|--:|--:|"]
    for row in rows:
        lines.append(f"| {row['people']:,} | {row['weeks']} | {row['choices']:,} | {row['engine']} "
                     f"| {row['seconds']:.1f} | {whole(row['objective'])} | {whole(row['bound'])} "
                     f"| {gap(row)} | {row['peak_mb']:.0f} MB |")
    return "\n".join(lines) + "\n"


def suite(options):
    """Measure, print, and write results/plans.csv and .md. Returns an exit code."""
    rows = []
    for people in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            rows += measure(options, people, scratch)
        print(text(rows, options).splitlines()[-1], flush=True)
        record.write(options, "plans", rows, text(rows, options))
    return 0
