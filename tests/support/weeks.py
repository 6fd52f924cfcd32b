"""What the suites that go from week to week share: what becomes of appointments, made up, and a
reckoning of its own of what `amends credit` makes of it."""
import copy
import csv
import datetime
import hashlib

HISTORY_WEEKS = 8


def chance(*what):
    """A number from 0 to 99 that depends on nothing but its arguments."""
    return hashlib.sha256(repr(what).encode()).digest()[0] * 100 // 256


def date(text):
    return datetime.date.fromisoformat(text)


def remaining(order):
    return order["ordered_minutes"] + order.get("adjustment_minutes", 0) - order.get("worked_minutes", 0)


def outcomes_of(caseload, roster, week):
    """What becomes of the appointments of the week, and of some that were left open before."""
    rows = []
    booked = [(a["crn"], a["event"], a["session"], a["original_date"], a["minutes"], a["date"])
              for a in roster["appointments"] if not a["recorded"]]
    known = {(a[0], a[2], a[3]) for a in booked}
    booked += [(a["crn"], a["event"], a["session"], a["date"], a["minutes"], a["date"])
               for a in caseload["appointments"]
               if a["state"] == "booked" and (a["crn"], a["session"], a["date"]) not in known
               and a["date"] < caseload["window"]["from"]]
    left = {(p["crn"], o["event"]): remaining(o) for p in caseload["people"] for o in p["orders"]}
    for crn, event, session, day, minutes, _ in sorted(booked, key=lambda a: (a[5], a[:4])):
        luck = chance(week, crn, session, day)
        state = ("attended" if luck < 60 else "missed" if luck < 75 else
                 "missed_unacceptable" if luck < 88 else "stood_down" if luck < 94 else None)
        if state is None:  # not known yet: it stays booked
            continue
        credited = ""
        if state == "attended" and luck % 5 == 0:
            credited = min(minutes - minutes // 4, max(0, left[crn, event] - minutes))
        if state == "attended":
            left[crn, event] -= minutes
        rows.append({"crn": crn, "event": event, "session": session, "date": day, "state": state,
                     "credited": credited})
    return rows


def together(a, b):
    return (a.get("runs", {}) != {} and a["runs"] != "alone" and
            a["runs"].get("concurrent_with") == b["event"])


def expect_credit(caseload, roster, rows):
    """What the orders should be afterwards, reckoned here."""
    kinds = {s["id"]: p["type"] for p in caseload["projects"] for s in p["sessions"]}
    minutes = {(a["crn"], a["session"], a["date"]): a["minutes"] for a in caseload["appointments"]}
    minutes.update({(a["crn"], a["session"], a["original_date"]): a["minutes"]
                    for a in roster["appointments"]})
    days = {(a["crn"], a["session"], a["original_date"]): (a["date"], a["start"])
            for a in roster["appointments"]}
    people = {p["crn"]: copy.deepcopy(p) for p in caseload["people"]}
    percent = caseload.get("policy", {}).get("ete_percent", 20)
    total = 0
    for row in sorted(rows, key=lambda r: days.get((r["crn"], r["session"], r["date"]), (r["date"], ""))):
        if row["state"] != "attended":
            continue
        person = people[row["crn"]]
        order = next(o for o in person["orders"] if o["event"] == row["event"])
        booked = minutes[row["crn"], row["session"], row["date"]]
        worked = min(booked if row["credited"] == "" else row["credited"], remaining(order))
        ete = kinds[row["session"]] == "ete"
        shares = [(order, worked)]
        for other in person["orders"]:
            if other is not order and other["status"] == "active" and (together(other, order) or together(order, other)):
                part = min(worked, remaining(other))
                if ete:
                    part = min(part, max(0, other["ordered_minutes"] * percent // 100 - other.get("ete_minutes", 0)))
                shares.append((other, part))
        for each, part in shares:
            each["worked_minutes"] = each.get("worked_minutes", 0) + part
            if ete and part:
                each["ete_minutes"] = each.get("ete_minutes", 0) + part
        total += worked
        if kinds[row["session"]] == "induction":
            person.setdefault("inducted_on", days.get((row["crn"], row["session"], row["date"]), (row["date"],))[0])
    for person in people.values():
        for order in person["orders"]:
            before = next(o for p in caseload["people"] if p["crn"] == person["crn"]
                          for o in p["orders"] if o["event"] == order["event"])
            if order["status"] == "active" and order != before and remaining(order) <= 0:
                order["status"] = "completed"
    return people, total


def check_next(before, after, roster, rows):
    people, total = expect_credit(before, roster, rows)
    for person in after["people"]:
        assert person == people[person["crn"]], f"{person}\nexpected\n{people[person['crn']]}"
        for order in person["orders"]:
            assert remaining(order) >= 0 or order.get("worked_minutes", 0) == 0, order
            assert order.get("ete_minutes", 0) <= order.get("worked_minutes", 0), order
    start = date(before["window"]["from"]) + datetime.timedelta(days=7)
    assert after["window"]["from"] == start.isoformat() == after["as_of"]
    for key in before:
        if key not in ("window", "as_of", "people", "appointments", "published"):
            assert before[key] == after[key], key
    assert [k for k in before if k != "published"] == list(after), "the order of keys"
    told = {(r["crn"], r["session"], r["date"]): r["state"] for r in rows}
    oldest = start - datetime.timedelta(days=7 * HISTORY_WEEKS)
    kept = {}
    for appointment in after["appointments"]:
        key = (appointment["crn"], appointment["session"], appointment["date"])
        assert key not in kept, f"twice: {key}"
        kept[key] = appointment
    for key, state in told.items():
        if date(key[2]) >= oldest:
            assert kept[key]["state"] == state, kept[key]
    for appointment in roster["appointments"]:
        key = (appointment["crn"], appointment["session"], appointment["original_date"])
        assert key in kept, f"lost: {key}"
        if key not in told and not appointment["recorded"]:
            assert kept[key]["state"] == "booked", kept[key]
        assert kept[key]["minutes"] == appointment["minutes"] or appointment["recorded"]
    supervisors = {}  # of each session: who last led it (S7) is not forgotten
    for appointment in before["appointments"]:
        if appointment.get("supervisor"):
            day = (appointment["date"], appointment["session"])
            supervisors[appointment["session"]] = max(day, supervisors.get(appointment["session"], day))
    still = {a["session"] for a in after["appointments"] if a.get("supervisor")}
    replaced = {a["session"] for a in before["appointments"] if a["state"] == "booked"}
    assert set(supervisors) - replaced <= still, set(supervisors) - replaced - still
    return total


def write_outcomes(path, rows):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, ["crn", "event", "session", "date", "state", "credited"])
        writer.writeheader()
        writer.writerows(rows)
