#!/usr/bin/env python3
"""Measure amends, and the engines that are installed, on the same caseloads in the same run.

  run.py                     the short suite: 200 to 2,000 people
  run.py --suite targets     the rows that the program is held to, up to 50,000 people
  run.py --suite patience    the region of those: with --peer-limit the others have longer; likewise
                             patience-weeks (four weeks) and patience-unled (nobody led)
  run.py --suite growth      seconds and memory against size; amends alone
  run.py --suite questions   an explanation, an offer, prices
  run.py --suite scenarios   ten scenarios of the example unit against one solve of it
  run.py --suite forecasts   forecasts of the example unit and of a region, with 1,000 futures
  run.py --suite plans       completion plans, and the same model whole in the other engines
  run.py --suite rolling     twenty weeks of the example unit, one after another, four ways
  run.py --only pdu          some caseloads of any suite, nothing is written

Writes results/<suite>.csv and .md beside this file, the plot of growth, and one of the search on
each caseload (trace-<name>.svg); with --update-answers also the answer book. Ends with 1 when an
answer contradicts the book.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
from pathlib import Path

import forecasts
import plans
import plots
import questions
import rolling
import scenarios
import tables
from instances import SUITES, AnswerBook, digest
from measure import run
from peers import NAMES, PEERS, installed

HERE = Path(__file__).resolve().parent
SIZES = re.compile(r"(\d+) people, (\d+) sessions, (\d+) supervisors, (\d+) possible appointments")
PEER_ROUNDING = 1.0  # points by which a peer's doubles may be off
AMENDS_LIMIT_S = 7200


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build/release", help="folder of amends and gen")
    parser.add_argument("--suite", default="short",
                        choices=sorted((*SUITES, "forecasts", "plans", "questions", "rolling", "scenarios")))
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--gap", help="of amends, such as 0.1%%; else each caseload's own")
    parser.add_argument("--limit", type=int, default=120, help="seconds for each engine")
    parser.add_argument("--peer-limit", type=int,
                        help="seconds for each of the others; else those of --limit")
    parser.add_argument("--repeat", type=int, default=3, help="runs of amends: the median counts")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", default="cbc,highs,glpsol", help="which, or none")
    parser.add_argument("--results", default=str(HERE / "results"))
    parser.add_argument("--update-answers", action="store_true")
    return parser.parse_args()


def measure_reading(amends, caseload, repeat):
    runs = [run([amends, "check", str(caseload)], AMENDS_LIMIT_S) for _ in range(repeat)]
    if runs[0].code != 0:
        raise RuntimeError(f"amends check {caseload}: {runs[0].err or runs[0].out}")
    return statistics.median(r.seconds for r in runs)


def measure_amends(amends, caseload, options, trace):
    """The row of amends: the median run, and its roster's own figures. The trace is the last
    run's."""
    command = [amends, "roster", str(caseload), "--verbose", "--threads", str(options.threads),
               "--time-limit", str(options.limit)]
    if options.gap:
        command += ["--gap", options.gap]
    if trace:
        command += ["--trace", str(trace)]
    runs = [run(command, AMENDS_LIMIT_S) for _ in range(options.repeat)]
    if any(r.code != 0 for r in runs):
        raise RuntimeError(f"{' '.join(command)}: {runs[0].err[-2000:]}")
    roster = json.loads(runs[0].out)
    stopped = roster["outcome"] == "stopped"
    if not stopped and any(r.out != runs[0].out for r in runs):
        raise RuntimeError(f"{caseload}: two runs gave different rosters")
    sizes = SIZES.search(runs[0].err)
    proof = roster["proof"]
    return {"engine": "amends", "threads": options.threads,
            "seconds": statistics.median(r.seconds for r in runs), "cut_off": stopped,
            "peak_mb": max(r.peak_mb for r in runs), "status": roster["outcome"],
            "people": int(sizes.group(1)), "sessions": int(sizes.group(2)),
            "pairs": int(sizes.group(4)), "objective": proof["objective"],
            "bound": proof["bound"], "between": proof["points_between"],
            "gap": proof["gap_millionths"] / 1e6, "fixed_only": proof["fixed_only"]}


def measure_peer(name, model, own, options, scratch):
    """One engine on the exported model, to the absolute points that amends leaves unproven."""
    points = max(own["between"], 0.999)
    limit = options.peer_limit or options.limit
    answer = PEERS[name](model, limit, points, own["objective"], options.threads, scratch)
    between = answer.between()
    possible = None if answer.bound is None else own["fixed_only"] - answer.bound
    reached = between is not None and between <= points + PEER_ROUNDING
    return {"engine": NAMES[name], "threads": answer.threads, "seconds": answer.seconds,
            "ratio": answer.seconds / own["seconds"], "cut_off": not reached,
            "peak_mb": answer.peak_mb, "status": answer.status, "people": own["people"],
            "sessions": own["sessions"], "pairs": own["pairs"], "objective": answer.objective,
            "bound": answer.bound, "between": between,
            "gap": between / possible if between is not None and possible else None}


def peers_of(instance, options):
    wanted = [] if options.peers == "none" else options.peers.split(",")
    usable = [name for name in instance.peers if name in wanted]
    for name in usable:
        if installed(name):
            print(f"{NAMES[name]} is left out: {installed(name)}", file=sys.stderr)
    return [name for name in usable if not installed(name)]


def show(row):
    print(f"{row['instance']:<22} {row['engine']:<20} {tables.seconds_text(row):>10} "
          f"{tables.ratio_text(row):>8}  {tables.whole(row['objective']):>12} points, "
          f"{tables.whole(row['between'])} between, gap {tables.gap_text(row)}, "
          f"{row['peak_mb']:.0f} MB, {row['status']}", flush=True)


def measure_instance(instance, options, book, scratch):
    options = argparse.Namespace(**{**vars(options),
                                    "limit": max(options.limit, instance.least_limit),
                                    "gap": options.gap or instance.gap})
    amends, gen = f"{options.build}/amends", f"{options.build}/benchmarks/gen"
    caseload = instance.caseload(gen, scratch, run)
    sha256 = digest(caseload)
    trace = Path(scratch) / f"{instance.name}-trace.csv"
    rows = [measure_amends(amends, caseload, options, trace)]
    own = rows[0]
    own["read_seconds"] = measure_reading(amends, caseload, options.repeat)
    own["instance"] = instance.name
    own["made_by"] = instance.command()
    own["asked_gap"] = options.gap
    own["trace"] = plots.read_trace(trace)
    show(own)
    book.check(instance.name, sha256, "amends", own["objective"], own["bound"], 0)
    planted = json.loads(caseload.read_text()).get("x-planted") if "planted" in instance.name \
        else None
    if planted and not own["bound"] <= planted["objective"] <= own["objective"]:
        book.mistakes.append(f"{instance.name}: planted {planted['objective']} is not between "
                             f"{own['bound']} and {own['objective']}")
    wanted = peers_of(instance, options)
    model = Path(scratch) / f"{instance.name}.mps"
    if wanted:
        done = run([amends, "export", str(caseload), "-o", str(model)], AMENDS_LIMIT_S)
        if done.code != 0:
            raise RuntimeError(f"amends export {caseload}: {done.err}")
    for name in wanted:
        row = measure_peer(name, model, own, options, scratch)
        row["instance"] = instance.name
        show(row)
        book.check(instance.name, sha256, row["engine"], row["objective"], row["bound"],
                   PEER_ROUNDING)
        rows.append(row)
    return rows


def write_results(rows, options):
    folder = Path(options.results)
    folder.mkdir(parents=True, exist_ok=True)
    limits = f"at most {options.limit} s each"
    if options.peer_limit:
        limits = f"amends has {options.limit} s, each of the others {options.peer_limit} s"
    settings = (f"amends: median of {options.repeat} runs on {options.threads} threads; "
                f"the others: one run; {limits}"
                + "".join(f", {one.least_limit} s for {one.name}" for one in SUITES[options.suite]
                          if one.least_limit > options.limit))
    tables.write_csv(folder / f"{options.suite}.csv", rows)
    (folder / f"{options.suite}.md").write_text(tables.markdown(rows, settings))
    plots.write_all(folder, options.suite, rows)


def choose(options):
    """Caseloads to measure: a suite, or those named, of whatever suite."""
    if not options.only:
        return SUITES[options.suite]
    known = {i.name: i for suite in SUITES.values() for i in suite}
    unknown = [name for name in options.only if name not in known]
    if unknown:
        sys.exit(f"run.py: there is no caseload {unknown[0]}; there are {', '.join(known)}")
    return [known[name] for name in options.only]


def main():
    options = arguments()
    if options.suite == "scenarios":
        sys.exit(scenarios.suite(options))
    if options.suite == "questions":
        sys.exit(questions.suite(options))
    if options.suite == "forecasts":
        sys.exit(forecasts.suite(options))
    if options.suite == "plans":
        sys.exit(plans.suite(options))
    if options.suite == "rolling":
        sys.exit(rolling.suite(options))
    book = AnswerBook()
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for instance in choose(options):
            rows += measure_instance(instance, options, book, scratch)
            if not options.only:  # what is measured so far stays, whatever comes
                write_results(rows, options)
    if options.update_answers:
        book.write()
    for mistake in book.mistakes:
        print(f"contradiction: {mistake}", file=sys.stderr)
    sys.exit(1 if book.mistakes else 0)


if __name__ == "__main__":
    main()
