#!/usr/bin/env python3
"""Twenty weeks of a delivery unit, one after another: roster, who comes is drawn, credit, again.

  rolling.py                       the example unit, as it stands and with ten new orders a week
  rolling.py --weeks 4 --quick     a short one, nothing is written

Four ways of making the week are held against each other, each on the same luck: whether somebody
comes on a day depends on the seed, the person and the day alone.

  plan        amends roster --plan, the plan made anew every fourth week
  roster      amends roster
  first place the rule of the service's own scheduler, made kinder: person by person in the order of
              the file, the earliest day with a place left, until the weekly offer is met
  first day   the same without a look at places, as that scheduler has it: whoever comes to a full
              session is stood down

The two rules get the supervisors of the first week's best roster as a standing pattern. Writes
results/rolling.csv and .md beside this file.
"""

import argparse
import csv
import datetime
import hashlib
import json
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measure import run

HERE = Path(__file__).resolve().parent
LIMIT_S = 7200
WAYS = ("plan", "roster", "first place", "first day")
PLAN_EVERY = 4
BUSINESS_DAYS = 20
ARRIVALS = (0, 10)
STEPS = 100  # of prices: enough beside last week's roster, and quick
FRAME = ("--gap", "100%", "--node-limit", 1)  # of a roster that nobody follows


def arguments(words=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build/release", help="folder of amends")
    parser.add_argument("--caseload", default=str(HERE.parent / "examples" / "pdu.json"))
    parser.add_argument("--weeks", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gap", default="2%", help="of rosters, in per cent")
    parser.add_argument("--jobs", type=int, default=2, help="ways side by side")
    parser.add_argument("--arrivals", type=int, action="append", help="new orders a week")
    parser.add_argument("--way", action="append", choices=WAYS)
    parser.add_argument("--quick", action="store_true", help="write no results")
    parser.add_argument("--results", default=str(HERE / "results"))
    return parser.parse_args(words)


# ---- dates and luck ----

def date(text):
    return datetime.date.fromisoformat(text)


def chance(*what):
    """0 to 9999, from nothing but the arguments."""
    return int.from_bytes(hashlib.sha256(repr(what).encode()).digest()[:4], "big") % 10000


def deadline(order):
    if order.get("deadline"):
        return date(order["deadline"])
    day = date(order["sentence_date"])
    try:
        anniversary = day.replace(year=day.year + 1)
    except ValueError:
        anniversary = datetime.date(day.year + 1, 3, 1)
    return anniversary - datetime.timedelta(days=1)


def start_due(order, holidays):
    day, left = date(order["sentence_date"]), BUSINESS_DAYS
    while left:
        day += datetime.timedelta(days=1)
        left -= day.weekday() < 5 and day.isoformat() not in holidays
    return day


def remaining(order):
    return order["ordered_minutes"] + order.get("adjustment_minutes", 0) - order["worked_minutes"]


# ---- the commands ----

class Amends:
    def __init__(self, options):
        self.program = f"{options.build}/amends"
        self.gap = options.gap

    def __call__(self, *words):
        done = run([self.program, *map(str, words)], LIMIT_S)
        if done.code != 0:
            raise RuntimeError(f"amends {' '.join(map(str, words))}: {done.err[-2000:]}")
        return done.out

    def roster(self, caseload, folder, *more):
        out = Path(folder) / "roster.json"
        text = self("roster", "-q", "--threads", 1, "--step-limit", STEPS, caseload, *more)
        out.write_text(text)
        return out

    def plan(self, caseload, folder):
        self("forecast", "-q", caseload, "-o", folder, "--threads", 1, "--futures", 0)
        return Path(folder) / "plan.json"


# ---- the rule of the service's own scheduler ----

PAIR = re.compile(r"\bx\.p(\d+)\.s(\d+)\b")


def eligible(amends, caseload, folder):
    """Sessions that each person may attend, by their numbers, as the exported model has them."""
    model = Path(folder) / "model.lp"
    amends("export", caseload, "-o", model)
    pairs = {}
    for person, session in PAIR.findall(model.read_text()):
        pairs.setdefault(int(person), set()).add(int(session))
    model.unlink()
    return pairs


class Rule:
    """The week booked one person at a time; a roster as `amends credit` reads it."""

    def __init__(self, caseload, frame, pairs, pattern, looks_at_places):
        self.caseload, self.frame, self.pairs = caseload, frame, pairs
        self.looks = looks_at_places
        self.types = {p["code"]: p["type"] for p in caseload["projects"]}
        self.groups = {s["id"]: s for p in caseload["projects"] for s in p["sessions"]}
        leaders = {s["code"]: s for s in caseload["supervisors"]}
        self.leads, self.room = {}, {}
        for s, session in enumerate(frame["sessions"]):
            places, kind = session["places"], self.groups[session["session"]]
            leader = leaders.get(pattern.get((session["session"], date(session["date"]).weekday())))
            if kind["supervised"]:
                places = min(places, leader["group_limit"]) if leader else 0
            self.leads[s], self.room[s] = leader, places
        self.booked = {s: [] for s in self.room}

    def _suits(self, person, s):
        leader, wanted = self.leads[s], person.get("supervisor_gender")
        apart = set(person.get("keep_apart", ()))
        return (self.room[s] > 0 and self.types[self.frame["sessions"][s]["project"]] != "ete"
                and (not wanted or (leader and leader["gender"] == wanted))
                and not any(p["crn"] in apart or person["crn"] in p.get("keep_apart", ())
                            for p, _ in self.booked[s])
                and (not self.looks or len(self.booked[s]) < self.room[s]))

    def _book(self, p, person, fixed):
        order = min((o for o in person["orders"] if o["status"] == "active" and remaining(o) > 0),
                    key=deadline, default=None)
        if order is None:
            return
        wants = max(420, person.get("intensive", {}).get("target_minutes", 0)
                    if person.get("intensive", {}).get("agreed") else 0)
        most = 1680 if person.get("intensive", {}).get("agreed") else 960
        most = person.get("weekly_max_minutes", most)
        left = remaining(order) - sum(a["minutes"] for a in fixed)
        got, days = sum(a["minutes"] for a in fixed), {a["date"] for a in fixed}
        first_induction = None
        for s in sorted(self.pairs.get(p, ())):
            session = self.frame["sessions"][s]
            induction = self.types[session["project"]] == "induction"
            minutes = min(left, self.groups[session["session"]]["minutes"])
            if session["date"] in days or got >= wants or got + minutes > most or minutes <= 0 \
                    or not self._suits(person, s):
                continue
            if induction != (first_induction is None and self._needs_induction(p)):
                continue
            first_induction = s if induction else first_induction
            self.booked[s].append((person, (order["event"], minutes)))
            days.add(session["date"])
            got, left = got + minutes, left - minutes

    def _needs_induction(self, p):
        return any(self.types[self.frame["sessions"][s]["project"]] == "induction"
                   for s in self.pairs.get(p, ()))

    def _turned_away(self, s):
        """Who is stood down: those beyond the places, a woman alone who has not agreed to be, and
        everybody where too few are left."""
        people = self.booked[s]
        away = list(people[self.room[s]:])
        stay = people[:self.room[s]]
        women = [b for b in stay if b[0]["gender"] == "female"]
        if len(women) == 1 and any(b[0]["gender"] == "male" for b in stay) \
                and not women[0][0].get("consents_alone"):
            away += women
            stay = [b for b in stay if b is not women[0]]
        least = self.groups[self.frame["sessions"][s]["session"]]["min_group"]
        return (away, stay) if len(stay) >= least else (people, [])

    def roster(self):
        fixed = {}
        for a in self.frame["appointments"]:
            if a["fixed"]:
                fixed.setdefault(a["crn"], []).append(a)
        for p, person in enumerate(self.caseload["people"]):
            self._book(p, person, fixed.get(person["crn"], []))
        appointments = [a for a in self.frame["appointments"] if a["fixed"]]
        stood_down = set()
        for s, session in enumerate(self.frame["sessions"]):
            away, stay = self._turned_away(s)
            leader = self.leads[s]["code"] if self.leads[s] and stay else None
            session.update(runs=bool(stay) or session["runs"], supervisor=leader)
            stood_down |= {(b[0]["crn"], session["session"], session["original_date"])
                           for b in away}
            for person, (event, minutes) in away + stay:
                appointments.append({
                    "crn": person["crn"], "event": event, "session": session["session"],
                    "original_date": session["original_date"], "project": session["project"],
                    "date": session["date"], "start": session["start"], "minutes": minutes,
                    "supervisor": leader, "travel": None, "fixed": False, "recorded": False})
        for a in appointments:
            a.pop("end", None)
            a["supervisor"] = next(s["supervisor"] for s in self.frame["sessions"]
                                   if (s["session"], s["original_date"]) ==
                                   (a["session"], a["original_date"]))
        return {**self.frame, "appointments": appointments}, stood_down


# ---- one way through the weeks ----

def outcomes(caseload, roster, stood_down, seed):
    percent = {p["crn"]: p.get("attendance",
                               caseload.get("policy", {}).get("attendance_percent", 65))
               for p in caseload["people"]}
    for a in roster["appointments"]:
        if a["recorded"]:
            continue
        key = (a["crn"], a["session"], a["original_date"])
        luck = chance(seed, a["crn"], a["date"])
        state = ("stood_down" if key in stood_down else
                 "attended" if luck < 100 * percent[a["crn"]] else "missed")
        yield {"crn": a["crn"], "event": a["event"], "session": a["session"],
               "date": a["original_date"], "state": state, "day": a["date"]}


def newcomers(first, week, count, seed, monday):
    """People sentenced in the week before, each like one of the first caseload."""
    for i in range(count):
        like = first["people"][chance(seed, "like", week, i) % len(first["people"])]
        person = {k: v for k, v in like.items()
                  if k not in ("inducted_on", "allocations", "keep_apart", "unavailable", "name")}
        person["crn"] = f"N{week:02}{i:02}"
        person["orders"] = [{
            "event": "1", "status": "active", "worked_minutes": 0, "ete_minutes": 0,
            "adjustment_minutes": 0, "ordered_minutes": like["orders"][0]["ordered_minutes"],
            "sentence_date": (monday - datetime.timedelta(days=5)).isoformat()}]
        yield person


class Tally:
    def __init__(self, first, hopeless):
        self.hopeless = hopeless
        listed = first.get("bank_holidays", [])
        self.holidays = set(listed if isinstance(listed, list) else [
            e["date"] for e in listed[first["division"]]["events"]])
        self.finished, self.late, self.credited, self.away = set(), set(), 0, 0
        self.started, self.start_days, self.late_starts = set(), 0, 0
        self.waiting = {(p["crn"], o["event"]) for p in first["people"] for o in p["orders"]
                        if self._unstarted(first, p, o)}

    @staticmethod
    def _unstarted(caseload, person, order):
        return order["worked_minutes"] == 0 and order["status"] == "active" and not any(
            a["crn"] == person["crn"] and a["state"] != "stood_down"
            and a["date"] < caseload["window"]["from"] for a in caseload["appointments"])

    def week(self, before, after, rows):
        last = {}
        for row in rows:
            key = (row["crn"], row["event"])
            self.away += row["state"] == "stood_down"
            if row["state"] == "attended":
                last[key] = max(row["day"], last.get(key, row["day"]))
            if row["state"] != "stood_down" and key in self.waiting:
                self.waiting.discard(key)
                self._start(before, key, date(row["day"]))
        was = {(p["crn"], o["event"]): o for p in before["people"] for o in p["orders"]}
        monday = date(after["window"]["from"])
        for person in after["people"]:
            for order in person["orders"]:
                self._order(person, order, was[person["crn"], order["event"]], last, monday)

    def _order(self, person, order, old, last, monday):
        key = (person["crn"], order["event"])
        self.credited += order["worked_minutes"] - old["worked_minutes"]
        if old["status"] != "active":
            return
        if order["status"] == "completed":
            self.finished.add(key)
            if key in last and date(last[key]) > deadline(order):
                self.late.add(key)
        elif remaining(order) > 0 and deadline(order) < monday:
            self.late.add(key)

    def _start(self, caseload, key, day):
        order = next(o for p in caseload["people"] if p["crn"] == key[0] for o in p["orders"]
                     if o["event"] == key[1])
        late = max(0, (day - start_due(order, self.holidays)).days)
        self.start_days += late
        self.late_starts += late > 0

    def add(self, people):
        self.waiting |= {(p["crn"], "1") for p in people}

    def close(self, after):
        """Those who have still not begun are late to the day."""
        monday = date(after["window"]["from"])
        for key in sorted(self.waiting):
            self._start(after, key, monday)


class Way:
    def __init__(self, name, amends, options, arrivals, pattern, hopeless):
        self.name, self.amends, self.options, self.arrivals = name, amends, options, arrivals
        self.pattern, self.hopeless = pattern, hopeless

    def _search(self, week, path, folder):
        more = ["--gap", self.options.gap]
        if week > 0:
            more += ["--warm", Path(folder) / "roster.json"]
        if self.name == "plan":
            if week % PLAN_EVERY == 0:
                self.plan = self.amends.plan(path, Path(folder) / "plan")
            more += ["--plan", self.plan]
        return json.loads(self.amends.roster(path, folder, *more).read_text()), set()

    def _rule(self, caseload, path, folder):
        frame = json.loads(self.amends.roster(
            path, folder, *FRAME).read_text())
        rule = Rule(caseload, frame, eligible(self.amends, path, folder), self.pattern,
                    self.name == "first place")
        roster, stood_down = rule.roster()
        (Path(folder) / "roster.json").write_text(json.dumps(roster))
        return roster, stood_down

    def run(self, folder):
        first = json.loads(Path(self.options.caseload).read_text())
        if self.arrivals:
            first["arrivals"] = {"per_week": self.arrivals}
        path, caseload = Path(folder) / "week00.json", first
        path.write_text(json.dumps(first))
        tally = Tally(first, self.hopeless)
        for week in range(self.options.weeks):
            roster, away = (self._search(week, path, folder) if self.name in ("plan", "roster")
                            else self._rule(caseload, path, folder))
            rows = list(outcomes(caseload, roster, away, self.options.seed))
            with open(Path(folder) / "outcomes.csv", "w", newline="") as file:
                writer = csv.DictWriter(file, ["crn", "event", "session", "date", "state"],
                                        extrasaction="ignore")
                writer.writeheader()
                writer.writerows(rows)
            after_path = Path(folder) / f"week{week + 1:02}.json"
            self.amends("credit", "-q", path, Path(folder) / "outcomes.csv", "--roster",
                        Path(folder) / "roster.json", "-o", after_path)
            after = json.loads(after_path.read_text())
            tally.week(caseload, after, rows)
            people = list(newcomers(first, week, self.arrivals, self.options.seed,
                                    date(after["window"]["from"])))
            tally.add(people)
            after["people"] += people
            after_path.write_text(json.dumps(after))
            caseload, path = after, after_path
            print(f"{self.name}, {self.arrivals} a week, week {week + 1}: "
                  f"{len(roster['appointments'])} booked, {len(tally.finished)} finished, "
                  f"{len(tally.late)} late", file=sys.stderr, flush=True)
        tally.close(caseload)
        end = self._stand(path, folder)
        return self._row(tally, end)

    def _stand(self, path, folder):
        roster = json.loads(self.amends.roster(path, folder, *FRAME).read_text())
        return [o["status"] for o in roster["orders"]]

    def _row(self, tally, end):
        return {"way": self.name, "arrivals": self.arrivals, "weeks": self.options.weeks,
                "finished": len(tally.finished), "late": len(tally.late),
                "late_saveable": len(tally.late - self.hopeless),
                "open_cannot_finish": end.count("cannot_finish"),
                "open_at_risk": end.count("at_risk"), "open_overdue": end.count("overdue"),
                "late_starts": tally.late_starts, "start_days_late": tally.start_days,
                "hours_credited": tally.credited // 60, "stood_down": tally.away}


# ---- the table ----

HEADS = (("way", "the week is made by"), ("finished", "orders finished"),
         ("late", "past their deadline"), ("late_saveable", "of these, not lost at the start"),
         ("open_cannot_finish", "cannot finish, at the end"),
         ("open_at_risk", "at risk, at the end"), ("late_starts", "late starts"),
         ("start_days_late", "days late"), ("hours_credited", "hours credited"),
         ("stood_down", "stood down"))


def markdown(rows, options):
    name = Path(options.caseload).name
    lines = [f"{options.weeks} weeks in a row of {name}, seed {options.seed}; rosters "
             f"to a gap of {options.gap}, the plan made anew every fourth week.", ""]
    for arrivals in sorted({r["arrivals"] for r in rows}):
        lines += [f"{arrivals} new orders a week:" if arrivals else "Nobody new:", "",
                  "| " + " | ".join(head for _, head in HEADS) + " |",
                  "|" + "---|" + "--:|" * (len(HEADS) - 1)]
        lines += ["| " + " | ".join(f"{r[k]:,}" if isinstance(r[k], int) else r[k]
                                    for k, _ in HEADS) + " |"
                  for r in rows if r["arrivals"] == arrivals]
        lines.append("")
    return "\n".join(lines)


def write(rows, options):
    folder = Path(options.results)
    with open(folder / "rolling.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (folder / "rolling.md").write_text(markdown(rows, options))


def first_week(amends, options, scratch):
    """The standing pattern of supervisors, and the orders that are lost before it begins."""
    roster = json.loads(amends.roster(options.caseload, scratch, "--gap", options.gap).read_text())
    pattern = {(s["session"], date(s["date"]).weekday()): s["supervisor"]
               for s in roster["sessions"] if s["runs"] and s["supervisor"]}
    lost = {(o["crn"], o["event"]) for o in roster["orders"]
            if o["status"] in ("cannot_finish", "overdue")}
    return pattern, lost


def measure(options):
    amends = Amends(options)
    with tempfile.TemporaryDirectory(prefix="rolling-") as scratch:
        pattern, lost = first_week(amends, options, scratch)
        jobs = [Way(name, amends, options, arrivals, pattern, lost)
                for arrivals in options.arrivals or ARRIVALS for name in options.way or WAYS]
        folders = [Path(scratch) / str(i) for i in range(len(jobs))]
        for folder in folders:
            folder.mkdir()
        with ThreadPoolExecutor(options.jobs) as pool:
            return list(pool.map(lambda pair: pair[0].run(pair[1]), zip(jobs, folders)))


def suite(of_run):
    """As run.py --suite rolling: everything, whatever it says of engines and repeats."""
    options = arguments(["--build", of_run.build, "--results", of_run.results,
                         *(("--gap", of_run.gap) if of_run.gap else ())])
    rows = measure(options)
    print(markdown(rows, options))
    write(rows, options)
    return 0


def main():
    options = arguments()
    rows = measure(options)
    print(markdown(rows, options))
    if not options.quick:
        write(rows, options)


if __name__ == "__main__":
    main()
