"""The engines to compare with: how each is run on an exported model, and how to read its answer.

All get the same model, the same number of threads where they know threads, and the same absolute
gap in points: CBC and HiGHS take it as it is; glpsol only knows a relative one, which is reckoned
from it. Exit codes say nothing: the answer is in what they print.
"""

import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from measure import run

HERE = Path(__file__).resolve().parent
GRACE_S = 30  # to read the model and to stop, beyond the engine's own limit


@dataclass
class Answer:
    """What a peer found. objective and bound are None where it had none."""
    status: str
    objective: float | None
    bound: float | None
    seconds: float
    peak_mb: float
    threads: int

    def between(self):
        if self.objective is None or self.bound is None:
            return None
        return max(0.0, self.objective - self.bound)


def _number(pattern, text):
    found = re.findall(pattern, text, re.MULTILINE)
    return float(found[-1]) if found else None


def cbc(model, limit, points, reference, threads, scratch):
    """COIN-OR CBC. -seconds and the gaps must precede -solve."""
    del reference, scratch
    done = run(["cbc", str(model), "-timeMode", "elapsed",
                "-threads", str(threads if threads > 1 else 0), "-seconds", str(limit),
                "-ratioGap", "0", "-allowableGap", str(points), "-solve", "-quit"], limit + GRACE_S)
    objective = _number(r"^Objective value:\s+(\S+)", done.out)
    bound = _number(r"^Lower bound:\s+(\S+)", done.out)
    if bound is None:
        bound = _number(r"best possible (-?[0-9.e+]+)", done.out)
    result = re.search(r"^Result - (.*)$", done.out, re.MULTILINE)
    status = result.group(1).strip() if result else "no result"
    if "Optimal solution found" in status and "within gap" not in status and bound is None:
        bound = objective
    if "No feasible solution" in done.out:
        objective = None
    return Answer(status, objective, bound, done.seconds, done.peak_mb, threads)


def glpsol(model, limit, points, reference, threads, scratch):
    """GLPK's own command, one thread."""
    del threads
    relative = points / max(1.0, abs(reference))
    solution = Path(scratch) / "glpsol.txt"
    done = run(["glpsol", "--freemps", str(model), "--cuts", "--tmlim", str(limit),
                "--mipgap", f"{relative:.3e}", "-o", str(solution)], limit + GRACE_S)
    text = solution.read_text() if solution.exists() else ""
    status = re.search(r"^Status:\s+(.*)$", text, re.MULTILINE)
    status = status.group(1).strip() if status else "cut off"
    objective = None
    if "INTEGER" in status and "UNDEFINED" not in status and "EMPTY" not in status:
        objective = _number(r"^Objective:\s+\S+ = (\S+)", text)
    bound = _number(r"^\+.*?>=\s+(-?[0-9.]+e?[-+0-9]*)", done.out)
    if status == "INTEGER OPTIMAL":
        bound = objective
    return Answer(status, objective, bound, done.seconds, done.peak_mb, 1)


def highs(model, limit, points, reference, threads, scratch):
    """HiGHS compiled to WebAssembly (npm's highs), one thread."""
    del reference, threads, scratch
    done = run(["node", str(HERE / "highs.mjs"), str(model), str(limit), str(points)],
               limit + GRACE_S, cwd=HERE)
    try:
        found = json.loads(done.out.strip().splitlines()[-1])
    except (IndexError, ValueError):
        return Answer("cut off" if done.cut_off else "failed", None, None, done.seconds,
                      done.peak_mb, 1)
    bound = found["bound"]
    return Answer(found["status"], found["objective"],
                  bound if isinstance(bound, (int, float)) and abs(bound) < 1e29 else None,
                  done.seconds, done.peak_mb, 1)


PEERS = {"cbc": cbc, "highs": highs, "glpsol": glpsol}
NAMES = {"cbc": "CBC", "highs": "HiGHS (WebAssembly)", "glpsol": "glpsol"}


def installed(name):
    """Why a peer cannot be run, or an empty string."""
    if name == "highs":
        if shutil.which("node") is None:
            return "node is not installed"
        if not (HERE / "node_modules" / "highs").is_dir():
            return f"run `npm ci` in {os.path.relpath(HERE)} first"
        return ""
    return "" if shutil.which(name) else f"{name} is not installed"
