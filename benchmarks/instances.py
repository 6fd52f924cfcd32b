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

    def caseload(self, gen, scratch, run):
        """Path of the caseload, generated where it has to be."""
        if self.file:
            return HERE.parent / self.file
        path = Path(scratch) / f"{self.name}.json"
        done = run([str(gen), "--people", str(self.people), *self.options, "-o", str(path)], 600)
        if done.code != 0:
            raise RuntimeError(f"{self.name}: gen failed: {done.err}")
        return path


def seeded(name, people, seed=1, peers=("cbc", "highs"), extra=()):
    return Instance(name, people, options=("--seed", str(seed), *extra), peers=peers)


SHORT = [
    Instance("pdu", 500, file="examples/pdu.json"),
    seeded("people-200", 200, peers=("cbc", "highs", "glpsol")),
    seeded("people-500", 500, seed=2),
    seeded("people-1000", 1000),
    seeded("people-2000", 2000),
    seeded("planted-500", 500, peers=("cbc", "highs"), extra=("--plant",)),
]
LONG = [
    seeded("people-5000", 5000, peers=("cbc",)),
    seeded("people-10000", 10000, peers=()),
    seeded("people-20000", 20000, peers=()),
    seeded("people-50000", 50000, peers=()),
]


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


class AnswerBook:
    """{name: {sha256, best, bound, planted}}; a line of another caseload than this counts for
    nothing. best is null until a roster is known."""

    def __init__(self):
        self.answers = json.loads(ANSWERS.read_text()) if ANSWERS.exists() else {}
        self.mistakes = []

    def check(self, name, sha256, who, objective, bound, slack):
        """A bound above the best known roster, or a roster below the best known bound, is a
        mistake of whoever claims it: slack covers the rounding of a peer's doubles."""
        known = self.answers.setdefault(name, {"sha256": sha256, "best": None, "bound": None})
        if known["sha256"] != sha256:
            known.clear()
            known.update({"sha256": sha256, "best": None, "bound": None})
        if bound is not None and known["best"] is not None and bound > known["best"] + slack:
            self.mistakes.append(f"{name}: {who} claims bound {bound}, but {known['best']} points "
                                 "are known")
        elif objective is not None and known["bound"] is not None \
                and objective < known["bound"] - slack:
            self.mistakes.append(f"{name}: {who} claims {objective} points, below the known bound "
                                 f"{known['bound']}")
        elif slack == 0:
            self._learn(known, objective, bound)

    @staticmethod
    def _learn(known, objective, bound):
        """Only what amends has audited and proven is written down."""
        if objective is not None and (known["best"] is None or objective < known["best"]):
            known["best"] = objective
        if bound is not None and (known["bound"] is None or bound > known["bound"]):
            known["bound"] = bound

    def write(self):
        ANSWERS.write_text(json.dumps(self.answers, indent=2, sort_keys=True) + "\n")
