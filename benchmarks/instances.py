"""The caseloads that are measured, and the answer book: the best known points and bound of each."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ANSWERS = HERE / "answers.json"


@dataclass
class Instance:
    name: str
    people: int
    file: str = ""  # a caseload of the tree; else it is generated with these options
    options: tuple = ()
    peers: tuple = ("cbc", "highs", "glpsol")
    least_limit: int = 0  # seconds that it gets whatever --limit says
    gap: str = ""  # that amends is asked for where --gap says nothing; else its own

    def command(self):
        """How the caseload is made, as README.md and the results tell it."""
        if self.file:
            return self.file
        return " ".join(("gen", "--people", str(self.people), *self.options))

    def caseload(self, gen, scratch, run):
        """Path of the caseload, generated where it has to be."""
        if self.file:
            return HERE.parent / self.file
        path = Path(scratch) / f"{self.name}.json"
        done = run([str(gen), "--people", str(self.people), *self.options, "-o", str(path)], 600)
        if done.code != 0:
            raise RuntimeError(f"{self.name}: gen failed: {done.err}")
        return path


def seeded(name, people, seed=1, peers=("cbc", "highs"), extra=(), gap=""):
    return Instance(name, people, options=("--seed", str(seed), *extra), peers=peers, gap=gap)


# ---- suites: each caseload is made by one command line, which README.md repeats ----

# The rows that the program is held to.
TARGETS = [
    seeded("unit-500", 500, peers=("cbc", "highs", "glpsol")),
    seeded("unit-500-unsupervised", 500, peers=("cbc", "highs", "glpsol"),
           extra=("--no-supervisors",)),
    seeded("people-2000", 2000, peers=("cbc", "highs", "glpsol")),
    seeded("people-2000-unsupervised", 2000, peers=("cbc", "highs", "glpsol"),
           extra=("--no-supervisors",)),
    seeded("region-5000", 5000, peers=("cbc", "highs", "glpsol")),
    seeded("region-5000-unsupervised", 5000, peers=("cbc", "highs", "glpsol"),
           extra=("--no-supervisors",)),
    seeded("weeks4-2000", 2000, peers=("cbc", "highs", "glpsol"), extra=("--weeks", "4"),
           gap="0.1%"),
    Instance("nation-50000", 50000, options=("--seed", "1"), peers=(), least_limit=180,
             gap="0.1%"),
]


def of_targets(name):
    return [instance for instance in TARGETS if instance.name == name]


# Seconds and memory against size; amends alone.
GROWTH = [seeded(f"growth-{people}", people, peers=())
          for people in (500, 1000, 2000, 5000, 10000, 20000, 50000)]
# Some minutes: for every day.
SHORT = [
    Instance("pdu", 500, file="examples/pdu.json"),
    seeded("people-200", 200, peers=("cbc", "highs", "glpsol")),
    seeded("people-500", 500, seed=2),
    seeded("people-1000", 1000),
    seeded("people-2000", 2000),
    seeded("planted-500", 500, peers=("cbc", "highs"), extra=("--plant",)),
]
# In those of patience the others are given many times as long as amends, up to an hour altogether.
SUITES = {
    "short": SHORT,
    "targets": TARGETS,
    "patience": of_targets("region-5000"),
    "patience-weeks": of_targets("weeks4-2000"),
    "patience-unled": of_targets("people-2000-unsupervised"),
    "growth": GROWTH,
}


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


class AnswerBook:
    """{name: {sha256, best, bound, peer_best, peer_bound}}. best and bound are what amends has
    audited and proven, the other two what peers claim, in doubles. null: nothing yet. A line of
    another caseload than this counts for nothing."""

    def __init__(self):
        self.answers = json.loads(ANSWERS.read_text()) if ANSWERS.exists() else {}
        self.mistakes = []

    def _known(self, name, sha256):
        known = self.answers.get(name)
        if known is None or known["sha256"] != sha256:
            known = {"sha256": sha256, "best": None, "bound": None, "peer_best": None,
                     "peer_bound": None}
            self.answers[name] = known
        return known

    def check(self, name, sha256, who, objective, bound, slack):
        """A bound above a known roster, or a roster below a known bound, is a mistake of one of
        the two who claim them. slack: 0 for amends, for a peer the rounding of its doubles."""
        known = self._known(name, sha256)
        for best, room in ((known["best"], slack), (known["peer_best"], 1)):
            if bound is not None and best is not None and bound > best + room:
                self.mistakes.append(f"{name}: {who} claims bound {bound}, but {best} points are "
                                     "known")
        for low, room in ((known["bound"], slack), (known["peer_bound"], 1)):
            if objective is not None and low is not None and objective < low - room:
                self.mistakes.append(f"{name}: {who} claims {objective} points, below the known "
                                     f"bound {low}")
        if not self.mistakes:
            self._learn(known, "" if slack == 0 else "peer_", objective, bound)

    @staticmethod
    def _learn(known, prefix, objective, bound):
        best, low = known[prefix + "best"], known[prefix + "bound"]
        if objective is not None and (best is None or objective < best):
            known[prefix + "best"] = objective
        if bound is not None and (low is None or bound > low):
            known[prefix + "bound"] = bound

    def write(self):
        ANSWERS.write_text(json.dumps(self.answers, indent=2, sort_keys=True) + "\n")
