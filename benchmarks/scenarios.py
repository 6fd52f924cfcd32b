"""Ten scenarios of a caseload, solved side by side from its roster, against one solve of it."""

import json
import sys
import tempfile
from pathlib import Path

import record
from measure import run

HERE = Path(__file__).resolve().parent
LIMIT_S = 7200
GAPS = ("0.1%", "0.01%")


def ten(caseload):
    """What a planner would ask of the example unit: the name, and what is different."""
    groups = [p["code"] for p in caseload["projects"] if p["type"] == "group"]
    singles = [p["code"] for p in caseload["projects"] if p["type"] == "individual"]
    session = next(p for p in caseload["projects"] if p["code"] == groups[0])["sessions"][0]["id"]
    supervisors = [s["code"] for s in caseload["supervisors"]]
    first = supervisors[0]
    return {
        "close-a-group": [{"verb": "close_project", "project": groups[0]}],
        "close-a-shop": [{"verb": "close_project", "project": singles[0]}],
        "more-places-in-a-group": [{"verb": "add_places", "project": groups[1], "places": 4}],
        "more-places-everywhere": [{"verb": "add_places", "project": code, "places": 1}
                                   for code in singles],
        "one-session-more": [{"verb": "add_session", "id": "MORE", "like": session}],
        "a-supervisor-ill": [{"verb": "remove_supervisor", "supervisor": first}],
        "a-supervisor-more": [{"verb": "add_supervisor", "code": "SV-MORE", "like": first}],
        "more-arrivals": [{"verb": "scale_arrivals", "percent": 120}],
        "longer-journeys": [{"verb": "policy", "set": {"travel_limit_minutes": 100}}],
        "over-instruction": [{"verb": "policy", "set": {"over_instruction_percent": 110}}],
    }


def write(folder, caseload):
    paths = []
    for name, verbs in ten(caseload).items():
        path = Path(folder) / f"{name}.json"
        path.write_text(json.dumps({"format": "amends-scenario/1", "name": name, "verbs": verbs}))
        paths.append(str(path))
    return paths


def measured(command):
    done = run(command, LIMIT_S)
    if done.code != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.err[-2000:]}")
    return done


def measure(options, caseload, gap, scratch):
    """One row: the solve, then base and scenarios together; each at most options.limit seconds."""
    settings = ["--threads", str(options.threads), "--gap", gap, "--time-limit", str(options.limit)]
    amends = f"{options.build}/amends"
    alone = measured([amends, "roster", str(caseload), *settings])
    paths = write(scratch, json.loads(Path(caseload).read_text()))
    out = Path(scratch) / "out"
    many = measured([amends, "scenario", str(caseload), *paths, "--quiet", "-o", str(out),
                     *settings])
    rows = json.loads((out / "scenarios.json").read_text())["scenarios"]
    if len(rows) != len(paths) + 1:
        raise RuntimeError(f"{len(rows)} rows in scenarios.json")
    return {"gap_asked": gap, "threads": options.threads, "scenarios": len(paths),
            "one_solve_s": round(alone.seconds, 2), "base_and_scenarios_s": round(many.seconds, 2),
            "ratio": round(many.seconds / alone.seconds, 2),
            "ratio_of_processor_time": round(many.cpu_seconds / alone.cpu_seconds, 2),
            "worst_gap": max(row["proof"]["gap_ppm"] for row in rows) / 1e6,
            "peak_mb": round(many.peak_mb)}


def text(rows):
    lines = ["# Scenarios", "",
             "`examples/pdu.json` (500 people): its roster (`amends roster`), and ten scenarios "
             "with the base that they start from (`amends scenario`). One run each.", "",
             "| gap asked | one solve | base and ten scenarios | ratio | of processor time "
             "| worst gap | memory |", "|--:|--:|--:|--:|--:|--:|--:|"]
    for row in rows:
        lines.append(f"| {row['gap_asked']} | {row['one_solve_s']:.1f} s "
                     f"| {row['base_and_scenarios_s']:.1f} s | {row['ratio']:.2f} "
                     f"| {row['ratio_of_processor_time']:.2f} | {100 * row['worst_gap']:.3f} % "
                     f"| {row['peak_mb']} MB |")
    return "\n".join(lines) + "\n"


def suite(options):
    """Measure, print, and write results/scenarios.csv and .md. Returns an exit code."""
    rows = []
    caseload = HERE.parent / "examples" / "pdu.json"
    for gap in [options.gap] if options.gap else GAPS:
        with tempfile.TemporaryDirectory() as scratch:
            rows.append(measure(options, caseload, gap, scratch))
        print(rows[-1], flush=True)
    record.write(options, "scenarios", rows, text(rows))
    sys.stdout.write(text(rows))
    return 0
