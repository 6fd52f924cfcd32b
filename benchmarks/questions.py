"""Questions about a roster that is made: an explanation, an offer, prices."""

import json
import statistics
import sys
import tempfile
from pathlib import Path

import record
from measure import run

HERE = Path(__file__).resolve().parent
LIMIT_S = 7200
# people, seconds to search for the roster that is asked about, seconds that an explanation and
# an offer should take at most; None: nothing was asked for
UNITS = ((500, 60, 1.0, 1.0), (5000, 120, 10.0, None))
ASKED = 5  # people explained of each sort; the median of the times counts


def measured(command):
    done = run(command, LIMIT_S)
    if done.code != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.err[-2000:]}")
    return done


def known(amends):
    """The commands that there are."""
    return measured([amends, "--help"]).out.split()


def new_person(caseload, template):
    """Somebody sentenced a week before the window, like one of the caseload."""
    person = json.loads(json.dumps(template))
    person.update({"crn": "NEW00001", "inducted_on": caseload["as_of"], "keep_apart": []})
    person["orders"] = [{**person["orders"][0], "event": "1", "status": "active",
                         "sentence_date": caseload["as_of"], "worked_minutes": 0, "ete_minutes": 0,
                         "adjustment_minutes": 0}]
    for key in ("deadline", "runs"):
        person["orders"][0].pop(key, None)
    person.pop("allocations", None)
    return person


def row(what, people, runs, target):
    seconds = statistics.median(r.seconds for r in runs)
    return {"question": what, "people": people, "asked": len(runs),
            "seconds": round(seconds, 2), "slowest": round(max(r.seconds for r in runs), 2),
            "processor_seconds": round(statistics.median(r.cpu_seconds for r in runs), 2),
            "should_be_under": target if target else "",
            "peak_mb": round(max(r.peak_mb for r in runs))}


def explanations(amends, files, roster, people, target):
    placed = sorted({a["crn"] for a in roster["appointments"]})
    left_out = [u["crn"] for u in roster["unplaced"]]
    for what, crns in (("why somebody has what they have", placed),
                       ("why somebody has nothing", left_out)):
        step = max(1, len(crns) // ASKED)
        chosen = crns[::step][:ASKED]
        for fixes in ("0", None):
            more = ["--fixes", fixes] if fixes else []
            runs = [measured([amends, "explain", *files, "--person", crn, *more])
                    for crn in chosen]
            if runs:
                yield row(what + (", and the cheapest fixes" if not fixes else ""), people, runs,
                          target if fixes else None)


def questions(options, people, seconds, explain_under, offer_under, scratch):
    amends, gen = f"{options.build}/amends", f"{options.build}/benchmarks/gen"
    path = Path(scratch) / f"unit-{people}.json"
    out = Path(scratch) / f"roster-{people}.json"
    measured([gen, "--people", str(people), "--seed", "1", "-o", str(path)])
    out.write_text(measured([amends, "roster", str(path), "-q", "--time-limit", str(seconds),
                             "--threads", str(options.threads)]).out)
    caseload, roster = json.loads(path.read_text()), json.loads(out.read_text())
    files = [str(path), str(out)]
    if "explain" in known(amends):
        yield from explanations(amends, files, roster, people, explain_under)
    runs = []
    for template in caseload["people"][::len(caseload["people"]) // ASKED][:ASKED]:
        person = Path(scratch) / "person.json"
        person.write_text(json.dumps(new_person(caseload, template)))
        runs.append(measured([amends, "offer", *files, str(person), "--moves"]))
    yield row("what a new person can be offered", people, runs, offer_under)
    if people <= 500:
        threads = ["--threads", str(options.threads)]
        yield row("what a little more is worth, nothing checked", people,
                  [measured([amends, "prices", *files, "--check", "0", *threads])], None)
        yield row("the same, the best of each kind checked for 10 s", people,
                  [measured([amends, "prices", *files, "--time-limit", "10", *threads])], None)


def text(rows, options):
    lines = ["# Questions", "",
             "About the roster of `gen --people N --seed 1`, found in 60 s (500 people) and 120 s "
             f"(5,000). Each is the median of the times of whole commands, on {options.threads} "
             "threads.", "",
             "| question | people | asked | median | slowest | processor | wanted | memory |",
             "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for r in rows:
        wanted = f"< {r['should_be_under']:.0f} s" if r["should_be_under"] else ""
        lines.append(f"| {r['question']} | {r['people']:,} | {r['asked']} | {r['seconds']:.2f} s "
                     f"| {r['slowest']:.2f} s | {r['processor_seconds']:.2f} s | {wanted} "
                     f"| {r['peak_mb']} MB |")
    return "\n".join(lines) + "\n"


def suite(options):
    """Measure, print, and write results/questions.csv and .md. Returns an exit code."""
    rows = []
    for unit in UNITS:
        with tempfile.TemporaryDirectory() as scratch:
            for measured_row in questions(options, *unit, scratch):
                rows.append(measured_row)
                print(measured_row, flush=True)
    record.write(options, "questions", rows, text(rows, options))
    sys.stdout.write(text(rows, options))
    return 0
