"""Killed, or asked to stop, at any moment. No strace: by the clock."""
import functools
import json
import signal
import subprocess
import time

from world import EXPLAIN, STAGE, Command, Wrong, chance, forecast_cut_short, \
    roster_cut_short

PEOPLE = 100


def begin(place, command):
    place.old_again(command)
    return subprocess.Popen([place.world.program, *command.argv()], cwd=place.folder, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def seconds(world, command):
    """How long it takes, and how long from when it begins to write."""
    def attempt(place):
        start = time.monotonic()
        with begin(place, command) as process:
            while process.poll() is None and not (place.out / STAGE).exists():
                time.sleep(0.0002)
            writing = time.monotonic()
            process.communicate()
        return time.monotonic() - start, time.monotonic() - writing
    return list(world.pool.map(lambda _: attempt(world.place()), range(3)))[-1]


# ---- kill ----

def kill_once(command, delay, place):
    with begin(place, command) as process:
        while process.poll() is None and not (place.out / STAGE).exists():
            time.sleep(0.0002)
        time.sleep(delay)
        process.kill()
        process.communicate()
    return place.check_folder(command, f"{command.name}, killed", killed=True)


def test_kills(world, of, count):
    """At any time once it has begun to write."""
    command = world.command(of)
    longest, luck = seconds(world, command)[1], chance("kill", command.name)
    seen = world.try_all([functools.partial(kill_once, command, luck.random() * longest)
                          for _ in range(count)])
    seen["kills"] = count
    return seen


# ---- interrupt ----

def prices_cut_short(place):
    """Fewer are checked; what there is is whole."""
    path = place.out / "prices.json"
    return path.exists() and bool(json.loads(path.read_text()))


def open_cut_short(place):
    """Fewer sets were tried; it says so, and the set is a scenario that can be solved."""
    path = place.out / "open.json"
    return path.exists() and '"stopped": true' in path.read_text()


def interruptible():
    """On a unit of PEOPLE, so that they take a while."""
    roster, scenario = ("roster", "-q", "CASE"), ("scenario", "-q", "CASE")
    return [
        Command("roster", *roster, "-o", "out", cut_short=roster_cut_short),
        Command("roster-plan", *roster, "--plan", "MADE/plan.json", "-o", "out",
                cut_short=roster_cut_short),
        Command("forecast", "forecast", "-q", "--futures", "200", "CASE", "-o", "out",
                cut_short=forecast_cut_short),
        Command("explain", *EXPLAIN, "--person", "PERSON", writes=False),
        Command("prices", "prices", "CASE", "MADE/roster.json", "-o", "out",
                cut_short=prices_cut_short),
        Command("offer", "offer", "CASE", "MADE/roster.json", "new.person", writes=False),
        Command("scenario", *scenario, "scenario.json", "-o", "out"),
        Command("scenario-forecast", *scenario, "--forecast", "scenario.json", "-o", "out"),
        Command("scenario-sweep", *scenario, "--sweep", "add_places=0..2", "-o", "out"),
        Command("scenario-open", *scenario, "--open", "candidates.json", "--budget", "300",
                "-o", "out", cut_short=open_cut_short),
        Command("scenario-task", *scenario, "scenario.json", "--task", "1/2", "-o", "out"),
    ]


def bring_unit(build, all_commands, home):
    """A generated unit, a scenario, candidates and somebody new."""
    subprocess.run([build / "benchmarks/gen", "--people", str(PEOPLE), "--seed", "4", "-o",
                    home / "new.json"], check=True)
    unit = json.loads((home / "new.json").read_text())
    person = unit["people"][5]
    for command in all_commands:
        command.words = [person["crn"] if word == "PERSON" else word for word in command.words]
    session = unit["projects"][0]["sessions"][0]["id"]
    (home / "new.person").write_text(json.dumps({**person, "crn": "X999999", "allocations": []}))
    (home / "scenario.json").write_text(json.dumps({
        "format": "amends-scenario/1", "name": "more", "sentence": "A place more everywhere.",
        "verbs": [{"verb": "add_places", "session": session, "places": 1}]}))
    (home / "candidates.json").write_text(json.dumps({
        "format": "amends-candidates/1", "candidates": [
            {"name": f"C{i}", "cost_pounds": 100 * i,
             "verbs": [{"verb": "add_session", "like": session, "id": f"NEW{i}"}]}
            for i in (1, 2, 3)]}))


def stop_once(command, name, delay, twice, place):
    number = getattr(signal, "SIG" + name)
    what = f"{command.name}, {name}{' twice' if twice else ''} after {delay:.3f} s"
    with begin(place, command) as process:
        time.sleep(delay)
        for _ in range(2 if twice else 1):
            if process.poll() is None:
                process.send_signal(number)
        stdout, err = process.communicate(timeout=300)
    code, err = process.returncode, err.decode(errors="replace")
    which = place.check_folder(command, what)
    if code == -number:  # as any program: nothing more to be said
        return f"ended by the signal, {which}"
    if code == 4 and (which == "new" or stdout or "stopped" not in err):
        raise Wrong(f"{what}: exit code 4, the folder is {which}, it said: {err[-300:]}")
    if code == 0 and which == "old":
        raise Wrong(f"{what}: exit code 0, and the folder is old")
    if code == 0 and which == "new" and stdout != command.stdout:
        raise Wrong(f"{what}: exit code 0, and it says something else")
    if code not in (0, 4):
        raise Wrong(f"{what}: ended with {code}: {err[-300:]}")
    return f"{'cut short' if which == 'cut short' else 'no result' if code else 'done'}, {which}"


def test_stops(world, of, count):
    """INT or TERM, once or twice, at any moment."""
    command = world.command(of)
    whole, luck = seconds(world, command)[0], chance("stop", command.name)
    tries = [(luck.choice(("INT", "TERM")), luck.random() * whole * 1.05, luck.random() < 0.2)
             for _ in range(count)]
    seen = world.try_all([functools.partial(stop_once, command, *which) for which in tries])
    seen["stops"] = count
    return seen
