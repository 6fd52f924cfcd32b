#!/usr/bin/env python3
"""coverage.py [FOLDER] - what the tests that just ran reached, from a build with MODE=cov (build/cov).

By file and by folder: lines and branches; every line in coverage.html. By rule and wish of
model/rules.def: the branches of the functions of model/ that name it, in their text, in the comment
above them or in that at the head of their file: these are what judges, counts and audits it.

Fails where model/, io/ or solver/ has less than 95 % of its lines, and where a branch of a rule is
never taken that tools/known-branches.txt does not explain. A branch to where memory has run out is
no branch of a rule: tests/faults takes those.
"""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PARTS = ("base", "model", "io", "solver", "cli", "command", "publish")
HELD = ("model", "io", "solver")
LEAST = 95
KNOWN = "tools/known-branches.txt"
ID = re.compile(r"(?<![A-Za-z0-9])(?:AM_)?([RS][0-9]{1,2})(?![0-9A-Za-z])")
# what a status is, whether an allocation gave something
MEMORY = re.compile(r"\bstatus\b|\bAM_OK\b|am_fail_memory|am_grow")


def gather(folder):
    """gcovr's account, made once; the pages are made from it."""
    made = os.path.join(folder, "coverage.json")
    options = ["gcovr", "--root", ".", "--exclude-throw-branches"]
    subprocess.run([*options, "-j", str(os.cpu_count()), "--gcov-ignore-parse-errors", "--json", made,
                    *[os.path.join(folder, part) for part in PARTS]], check=True)
    subprocess.run([*options, "-a", made, "--html-details", os.path.join(folder, "coverage.html")], check=True)
    with open(made) as file:
        return sorted(json.load(file)["files"], key=lambda entry: entry["file"])


def share(taken, of):
    return f"{100 * taken / of:5.1f}% ({taken} of {of})" if of else "    - (0 of 0)"


class Count:
    def __init__(self):
        self.lines = self.reached = self.branches = self.taken = 0

    def add(self, line):
        self.lines += 1
        self.reached += line["count"] > 0
        self.branches += len(line["branches"])
        self.taken += sum(branch["count"] > 0 for branch in line["branches"])

    def __str__(self):
        return f"lines {share(self.reached, self.lines):24} branches {share(self.taken, self.branches)}"


def code_of(entry):
    return [line for line in entry["lines"] if not line["gcovr/noncode"] and not line["gcovr/excluded"]]


def by_file(files):
    for entry in files:
        count = Count()
        for line in code_of(entry):
            count.add(line)
        missed = [line["line_number"] for line in code_of(entry) if line["count"] == 0]
        print(f"{entry['file']:36} {count}", *([f"  not {ranges(missed)}"] if missed else []))


def ranges(numbers):
    """1-3,7"""
    runs = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def by_part(files):
    """The parts that have too little."""
    failed = []
    print()
    for part in PARTS:
        count = Count()
        for entry in files:
            if entry["file"].startswith(part + "/"):
                for line in code_of(entry):
                    count.add(line)
        print(f"{part:8} {count}")
        if part in HELD and 100 * count.reached < LEAST * count.lines:
            failed.append(part)
    return failed


# ---- rules ----

def functions_of(entry, text):
    """(first line, last line, first line of the comment above), from 1, in the order of the file."""
    starts = sorted({function["lineno"] for function in entry["functions"]})
    for start, after in zip(starts, starts[1:] + [len(text) + 1]):
        above = start
        while above > 1 and text[above - 2].strip() and not text[above - 2].startswith(("}", "#")):
            above -= 1
        last = next((n for n in range(start, after) if text[n - 1] == "}"), after - 1)
        yield start, last, above


def statement_of(text, number):
    """The statement or condition that the line is part of, and the line after it."""
    first = last = number - 1
    while first > 0 and not re.search(r"[;{}:]\s*$|\*/\s*$", text[first - 1]):
        first -= 1
    while last + 1 < len(text) and not re.search(r"[;{}]\s*$|\)$", text[last]):
        last += 1
    return "\n".join(text[first:last + 2])


def read_known():
    """Line of code -> why a branch of it is never taken."""
    known = {}
    with open(KNOWN) as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                where, code, why = (word.strip() for word in line.split(" | "))
                assert why
                known[where, code] = why
    return known


def by_rule(files):
    """What is wrong with the branches of rules."""
    with open("model/rules.def") as file:
        ids = re.findall(r"^AM_(?:RULE|RESTRICTED|WISH)\(([RS]\d+),", file.read(), re.M)
    counts, known, used = {each: [0, 0, 0] for each in ids}, read_known(), set()  # all, taken, explained
    missed = {}
    for entry in files:
        if not entry["file"].startswith("model/"):
            continue
        with open(entry["file"]) as file:
            text = file.read().split("\n")
        lines = {line["line_number"]: line for line in code_of(entry)}
        whole = set(ID.findall("\n".join(text).split("*/", 1)[0]))
        for start, last, above in functions_of(entry, text):
            named = (whole | set(ID.findall("\n".join(text[above - 1:last])))) & set(ids)
            for number in range(start, last + 1) if named else []:
                branches = lines[number]["branches"] if number in lines else []
                if not branches or MEMORY.search(statement_of(text, number)):
                    continue
                taken = sum(branch["count"] > 0 for branch in branches)
                key = (entry["file"], text[number - 1].strip())
                for each in named:
                    counts[each][0] += len(branches)
                    counts[each][1] += taken
                    counts[each][2] += len(branches) - taken if key in known else 0
                if taken < len(branches):
                    used.add(key)
                    if key not in known:
                        missed[entry["file"], number] = key[1]
    print()
    for each in ids:
        of, taken, explained = counts[each]
        print(f"{each:4} branches {share(taken, of)}" + (f", {explained} explained" if explained else ""))
    faults = [f"{file}:{number}: a branch is never taken: {code}" for (file, number), code in missed.items()]
    faults += [f"{KNOWN}: taken, or gone: {' | '.join(key)}" for key in known.keys() - used]
    faults += [f"{each} has no branch" for each in ids if counts[each][0] == 0]
    return faults


def main():
    os.chdir(ROOT)
    folder = sys.argv[1] if len(sys.argv) > 1 else "build/cov"
    files = gather(folder)
    by_file(files)
    failed = by_part(files)
    faults = by_rule(files)
    print(f"\nby line: {folder}/coverage.html")
    for fault in faults:
        print(fault)
    if failed:
        print(f"under {LEAST} % of the lines: {' '.join(failed)}")
    return 1 if failed or faults else 0


sys.exit(main())
