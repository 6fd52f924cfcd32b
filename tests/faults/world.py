"""What is at stake: commands that write over what an older caseload made, and what may come of it."""
import collections
import copy
import functools
import hashlib
import json
import os
import random
import re
import resource
import shutil
import subprocess
import tempfile
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AMENDS = os.environ.get("AMENDS", str(ROOT / os.environ.get("BUILD", "build/release") / "amends"))
NOTE, STAGE = "INCOMPLETE.txt", ".amends-new"
MEMORY = ["out of memory", "[Cc]annot allocate memory", "no memory available"]
PATIENCE_S = 300


class Wrong(Exception):
    """What a test found."""


def chance(*what):
    """Luck of its own for each test, the same every time."""
    return random.Random(zlib.crc32(repr(what).encode()))


class Command:
    """What is run, and what it gives when nothing goes wrong. CASE stands for the caseload, MADE
    for the roster made of it, out for where it writes."""

    def __init__(self, name, *words, writes=True, cut_short=None):
        self.name, self.words, self.writes = name, words, writes
        self.cut_short = cut_short  # may an end that came early give something else? place -> bool
        self.made, self.stdout, self.old, self.new = False, b"", {}, {}

    def argv(self, caseload="new"):
        return [word.replace("CASE", f"{caseload}.json").replace("MADE", f"{caseload}.made")
                for word in self.words]


def snapshot(folder):
    """Every file's digest but for the note and the stage."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != NOTE and STAGE not in path.parts}


def leftovers(folder):
    """Temporary files of ours, anywhere below; an empty stage and its lock do no harm."""
    return [str(path.relative_to(folder)) for path in folder.rglob("*")
            if path.is_file() and any(part.startswith(".amends-") for part in path.parts)
            and path != folder / STAGE / "lock"]


def little_room(most):
    """No file of more bytes can be written."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


class Place:
    """A folder to run in; one for each worker. Inputs are those of the world."""

    def __init__(self, world):
        self.folder = Path(tempfile.mkdtemp(prefix="place-", dir=world.folder))
        self.out = self.folder / "out"
        self.world = world
        for path in world.inputs:
            os.symlink(path, self.folder / path.name)

    def old_again(self, command):
        """What the older caseload made, and nothing else."""
        shutil.rmtree(self.out, ignore_errors=True)
        if command.writes:
            shutil.copytree(self.world.folder / "old" / command.name, self.out)

    def run(self, words, env=None, wrap=(), **more):
        done = subprocess.run([*wrap, self.world.program, *words], env={**os.environ, **(env or {})},
                              cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=PATIENCE_S, check=False, **more)
        return done.returncode, done.stdout, done.stderr.decode(errors="replace")

    # ---- what came of it ----

    def finish(self, command, what):
        """The note stands there: whoever comes next makes the folder new, even if it fails."""
        if not (self.out / STAGE / "publish").exists():
            raise Wrong(f"{what}: the note without a journal")
        # room for the note and small files, not for the largest that would have to change
        old = self.world.folder / "old" / command.name
        largest = max((old / name).stat().st_size for name, digest in command.old.items()
                      if command.new.get(name) != digest)
        code, _, err = self.run(command.argv("old"),
                                preexec_fn=functools.partial(little_room, largest - 1))
        if code != 1 or snapshot(self.out) != command.new or (self.out / NOTE).exists():
            raise Wrong(f"{what}: the next run did not finish it: {code}: {err}")

    def check_folder(self, command, what, killed=False):
        """Old, new, or the note and then new. Returns which."""
        if not command.writes:
            return "nothing written"
        if (self.out / NOTE).exists():
            self.finish(command, what)
            return "note"
        if leftovers(self.out) and not (self.out / STAGE / "publish").exists() and not killed:
            raise Wrong(f"{what}: left behind: {leftovers(self.out)}")
        found = snapshot(self.out)
        if found in (command.old, command.new):
            return "old" if found == command.old else "new"
        if command.cut_short and command.cut_short(self):
            return "cut short"
        differ = {name for name, _ in set(found.items()) ^ set(command.new.items())}
        raise Wrong(f"{what}: a mixture: {sorted(differ)} are not new")

    def check_ended(self, command, what, done, reasons):
        """As if nothing had been, or cut short and said so, or an error that says why."""
        code, stdout, err = done
        which = self.check_folder(command, what)
        if code not in (0, 1):
            raise Wrong(f"{what}: ended with {code}: {err[-300:]}")
        if code == 0 and which not in ("new", "cut short", "nothing written"):
            raise Wrong(f"{what}: exit code 0, and the folder is {which}")
        if code == 0 and which != "cut short" and stdout != command.stdout and not (
                command.cut_short and command.cut_short(self)):
            raise Wrong(f"{what}: exit code 0, and it says something else: {err[-300:]}")
        if code == 1 and not any(re.search(reason, err) for reason in reasons):
            raise Wrong(f"{what}: does not say why: {err[-300:]}")
        return f"{'error' if code else 'done'}, {which}"


# ---- what may be cut short ----

def roster_cut_short(place):
    """The search ended early: a roster of its own, which says so, passes its audit, and has its
    own calendars."""
    roster = place.out / "roster.json"
    if not roster.exists() or json.loads(roster.read_text())["outcome"] != "stopped":
        return False
    again = place.folder / "again"
    shutil.rmtree(again, ignore_errors=True)
    for words in (["audit", "new.json", "out/roster.json"],
                  ["calendars", "new.json", "out/roster.json", "-o", "again"]):
        if place.run(words)[0] != 0:
            return False
    found, calendars = snapshot(place.out), snapshot(again)
    return bool(calendars) and all(found.get(name) == what for name, what in calendars.items())


def forecast_cut_short(place):
    """The plan is not the best one: it passes its audit, and the forecast says so."""
    plan, forecast = place.out / "plan.json", place.out / "forecast.json"
    return (plan.exists() and '"stopped": true' in forecast.read_text()
            and place.run(["audit", "new.json", "out/plan.json"])[0] == 0)


ROSTER = ("roster", "-q", "--threads", "1", "CASE")
SCENARIO = ("scenario", "-q", "--threads", "1", "CASE")
EXPLAIN = ("explain", "CASE", "MADE/roster.json")


def every_command():
    """That reads more than settings, on examples/tiny.json."""
    return [
        Command("check", "check", "CASE", writes=False),
        Command("audit", "audit", "CASE", "MADE/roster.json", writes=False),
        Command("audit-plan", "audit", "CASE", "MADE/plan.json", writes=False),
        Command("roster", *ROSTER, "-o", "out", cut_short=roster_cut_short),
        Command("roster-plan", *ROSTER, "--plan", "MADE/plan.json", "-o", "out",
                cut_short=roster_cut_short),
        Command("calendars", "calendars", "CASE", "MADE/roster.json", "--registers", "-o", "out"),
        Command("credit", "credit", "-q", "CASE", "outcomes.csv", "--roster", "MADE/roster.json",
                "-o", "out/next.json"),
        Command("redact", "redact", "CASE", "-o", "out/redacted.json"),
        Command("export", "export", "CASE", "-o", "out/model.lp"),
        Command("forecast", "forecast", "-q", "--threads", "1", "--futures", "50", "CASE", "-o",
                "out", cut_short=forecast_cut_short),
        Command("explain-person", *EXPLAIN, "--person", "X100004", writes=False),
        Command("explain-session", *EXPLAIN, "--session", "PARK-A@2026-03-07", writes=False),
        Command("explain-supervisor", *EXPLAIN, "--supervisor", "SV1", writes=False),
        Command("explain-rule", *EXPLAIN, "--rule", "R3", writes=False),
        Command("prices", "prices", "--threads", "1", "CASE", "MADE/roster.json", "-o", "out"),
        Command("offer", "offer", "CASE", "MADE/roster.json", "new.person", writes=False),
        Command("scenario", *SCENARIO, "scenario.json", "-o", "out"),
        Command("scenario-sweep", *SCENARIO, "--sweep", "add_places:SHOP=0..1", "-o", "out"),
        Command("scenario-open", *SCENARIO, "--open", "candidates.json", "--budget", "300",
                "-o", "out"),
        Command("scenario-task", *SCENARIO, "scenario.json", "--task", "1/2",
                "-o", "out"),
        Command("scenario-collect", *SCENARIO, "scenario.json", "--collect",
                "MADE/slices", "-o", "out"),
        Command("scenario-caseload", *SCENARIO, "scenario.json",
                "--write-caseload", "out/changed.json"),
    ]


def bring_example(home):
    """examples/tiny.json and what goes with it."""
    examples = ROOT / "examples"
    for path, name in (("tiny.json", "new.json"), ("outcomes.csv", "outcomes.csv"),
                       ("people/new.json", "new.person"), ("open/candidates.json",
                                                           "candidates.json"),
                       ("scenarios/second-place.json", "scenario.json")):
        shutil.copy(examples / path, home / name)


class World:
    """The inputs, and what each command makes of the older caseload and of the new one. bring:
    function that puts new.json, and whatever else commands read, into a folder."""

    def __init__(self, all_commands, bring):
        self.folder = Path(tempfile.mkdtemp(prefix="amends-faults-"))
        self.commands = {command.name: command for command in all_commands}
        self.met = set()  # innermost calls of allocations that were let fail
        self.own = threading.local()
        self.pool = ThreadPoolExecutor(int(os.environ.get("FAULT_JOBS", os.cpu_count() or 1)))
        self.preload = self.folder / "preload.so"
        self.program = shutil.copy(AMENDS, self.folder)  # stays the same, whoever builds meanwhile
        subprocess.run([os.environ.get("CC", "gcc"), "-O1", "-shared", "-fPIC", "-o", self.preload,
                        ROOT / "tests/faults/preload.c"], check=True)
        self.bring, self.inputs, self.lock = bring, [], threading.Lock()

    def get_ready(self):
        """Once somebody wants to run something."""
        home = self.folder / "inputs"
        home.mkdir()
        self.bring(home)
        new = json.loads((home / "new.json").read_text())
        old = {**copy.deepcopy(new), "as_of": "2026-02-25", "x-note": "older"}
        old["people"][0]["orders"][0]["ordered_minutes"] += 60
        (home / "old.json").write_text(json.dumps(old))
        (home / "key").write_text("another key, so that people's files have other names")
        for name in ("old", "new"):
            self.make_rosters(home, name)
        self.inputs = sorted(home.iterdir())

    def command(self, name):
        """With what it makes."""
        command = self.commands[name]
        with self.lock:
            if not self.inputs:
                self.get_ready()
            if not command.made:
                self.make(command)
                command.made = True
        return command

    def make_rosters(self, home, name):
        """What commands read that come after the roster."""
        made, slices = home / f"{name}.made", home / f"{name}.made/slices"
        roster = ["roster", "-q", f"{name}.json", "-o", str(made)]
        runs = [roster + ["--key", "key"] if name == "old" else roster,
                ["forecast", "-q", f"{name}.json", "-o", str(made / "year")]]
        runs += [["scenario", "-q", f"{name}.json", "scenario.json", "--task", f"{i}/2", "-o",
                  str(slices)] for i in (1, 2)]
        for words in runs:
            subprocess.run([self.program, *words], cwd=home, check=True, stderr=subprocess.DEVNULL)
        shutil.move(made / "year/plan.json", made)

    def make(self, command):
        """Run it on the older caseload and on the new one."""
        place = Place(self)
        for caseload in ("old", "new"):
            shutil.rmtree(place.out, ignore_errors=True)
            if command.writes:
                place.out.mkdir(mode=0o700)
            words = command.argv(caseload)
            if command.name in ("roster", "roster-plan", "calendars") and caseload == "old":
                words += ["--key", "key"]
            code, stdout, err = place.run(words)
            if code != 0:
                raise Wrong(f"{command.name} of {caseload}.json: {code}: {err}")
            if command.writes:
                setattr(command, caseload, snapshot(place.out))
                shutil.copytree(place.out, self.folder / caseload / command.name)
            command.stdout = stdout
        both = set(command.old) & set(command.new)
        if command.writes and not any(command.old[name] != command.new[name] for name in both):
            raise Wrong(f"{command.name}: the older caseload makes nothing else")
        shutil.rmtree(place.folder)

    def place(self):
        """That of this worker."""
        if not hasattr(self.own, "place"):
            self.own.place = Place(self)
        return self.own.place

    def try_all(self, attempts):
        """attempts: functions of a place, each returning a word. How often each word came; raises
        the first Wrong, once all have been tried."""
        found = []

        def attempt(function):
            try:
                return function(self.place())
            except Wrong as wrong:
                found.append(wrong)
                return "WRONG"

        seen = collections.Counter(self.pool.map(attempt, attempts))
        if found:
            raise Wrong("\n".join(str(wrong) for wrong in found[:20]) +
                        f"\n({len(found)} of {seen.total()}: {dict(seen)})")
        return seen

    def close(self):
        self.pool.shutdown()
        shutil.rmtree(self.folder, ignore_errors=True)
