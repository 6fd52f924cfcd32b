#!/usr/bin/env python3
"""make bench-check: fail where a fixed caseload takes more instructions, or is proven less well,
than results/check.json records.

  check.py                   compare; ends with 1 on a regression of more than 5 %
  check.py --record          write what is measured now into results/check.json

Instructions are counted by valgrind's callgrind on one thread, so they depend on the program and
its compiler but hardly on the machine or what else it does. Quality is the share of the possible
improvement that is not proven.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from measure import run

HERE = Path(__file__).resolve().parent
ALLOWED = 1.05
SOLVER_GAP = 1e-4  # what the search is asked for; within it one roster is as good as another
LIMIT_S = 3600

# name, options of gen, what is run, whether it gives a roster
CASES = [
    ("read-1000", ("--people", "1000", "--seed", "1"), ("check",), False),
    ("roster-60", ("--people", "60", "--seed", "1"), ("roster", "--threads", "1"), True),
    ("roster-100", ("--people", "100", "--seed", "1", "--no-supervisors"),
     ("roster", "--threads", "1"), True),
]


def count_instructions(command):
    """(instructions, standard output) of a run under callgrind."""
    done = run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
               LIMIT_S)
    found = re.search(r"Collected : (\d+)", done.err)
    if done.code != 0 or not found:
        raise RuntimeError(f"{' '.join(command)}: {done.err[-2000:]}")
    return int(found.group(1)), done.out


def measure(build, case, scratch):
    name, options, command, gives_roster = case
    caseload = Path(scratch) / f"{name}.json"
    made = run([f"{build}/benchmarks/gen", *options, "-o", str(caseload)], LIMIT_S)
    if made.code != 0:
        raise RuntimeError(f"gen: {made.err}")
    instructions, out = count_instructions([f"{build}/amends", command[0], str(caseload),
                                            *command[1:]])
    figures = {"instructions": instructions}
    if gives_roster:
        proof = json.loads(out)["proof"]
        figures["gap"] = proof["gap_millionths"] / 1e6
        figures["objective"] = proof["objective"]
    return figures


def regressions(name, now, before):
    """What is worse than recorded, as text."""
    if before is None:
        return [f"{name}: nothing is recorded: run check.py --record"]
    found = []
    if now["instructions"] > ALLOWED * before["instructions"]:
        found.append(f"{name}: {now['instructions']:,} instructions, "
                     f"{before['instructions']:,} are recorded")
    if "gap" in now and now["gap"] > ALLOWED * max(before["gap"], SOLVER_GAP):
        found.append(f"{name}: gap {now['gap']:.6f}, {before['gap']:.6f} is recorded")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--recorded", default=str(HERE / "results" / "check.json"))
    options = parser.parse_args()
    if shutil.which("valgrind") is None:
        sys.exit("check.py: valgrind is not installed (apt-get install valgrind)")
    path = Path(options.recorded)
    recorded = json.loads(path.read_text()) if path.exists() else {}
    worse = []
    with tempfile.TemporaryDirectory() as scratch:
        for case in CASES:
            if options.only and case[0] not in options.only:
                continue
            now = measure(options.build, case, scratch)
            before = recorded.get(case[0])
            share = f" ({now['instructions'] / before['instructions']:.3f} of what is recorded)" \
                if before else ""
            gap = f", gap {now['gap']:.6f}" if "gap" in now else ""
            print(f"{case[0]:<12} {now['instructions']:>16,} instructions{share}{gap}", flush=True)
            if options.record:
                recorded[case[0]] = now
            else:
                worse += regressions(case[0], now, before)
    if options.record:
        path.write_text(json.dumps(recorded, indent=2, sort_keys=True) + "\n")
    for line in worse:
        print(f"regression: {line}", file=sys.stderr)
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
