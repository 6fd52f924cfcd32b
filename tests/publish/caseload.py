#!/usr/bin/env python3
"""caseload.py MONDAY AS_OF [EDIT...] - a small caseload in which everything is booked already.

Its roster is what is fixed (tests/calendars/fixed_roster), so that a test can say what changes:

  cancel=SESSION@DATE           the session does not take place
  lead=SESSION@DATE:SUPERVISOR  somebody else leads it
  move=SESSION@DATE:DATETIME    it takes place at another time
  skip=CRN@SESSION@DATE         one person less
  gone=SUPERVISOR               has left
  people=N                      so many people in all (six else)

Everybody is made up; the names are here to be looked for where they must not be.
"""
import datetime
import json
import sys

NAMES = ["Quillfeather", "Inkpen", "Marsh", "Brook", "Vane", "Pell"]
PROJECTS = {
    "GARDEN": ("Ŵyl, Tŷ'r; Ysgol \\ \"Gardd\"", "group", "GARDEN-A", "MO,FR", (0, 4), "SV2"),
    "PARK": ("Park clean-up", "group", "PARK-A", "TU,TH", (1, 3), "SV1"),
    "SHOP": ("Hospice shop", "individual", "SHOP-A", "WE", (2,), None),
}


def edits_of(words):
    edits = {"cancel": set(), "lead": {}, "move": {}, "skip": set(), "gone": set(), "people": 6}
    for word in words:
        kind, _, rest = word.partition("=")
        if kind in ("lead", "move"):
            where, _, what = rest.partition(":")
            edits[kind][where] = what
        elif kind == "people":
            edits[kind] = int(rest)
        else:
            edits[kind].add(rest)
    return edits


def person(number):
    crn = f"X{700001 + number}"
    return {
        "crn": crn, "name": NAMES[number % len(NAMES)], "gender": "male",
        "limited_access": number % 6 == 5,
        "placement": ["mixed_group", "individual"], "home": "home", "travel_modes": ["walk"],
        "orders": [{"event": "1", "sentence_date": "2025-01-06", "ordered_minutes": 18000,
                    "adjustment_minutes": 0, "worked_minutes": 600, "ete_minutes": 0,
                    "status": "active", "deadline": "2027-12-31"}],
        "inducted_on": "2025-01-20",
        "available": [{"days": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], "from": "07:00",
                       "to": "21:00"}],
        "wants_ete": False,
    }


def project(code, edits, monday, supervisors):
    name, kind, session, days, weekdays, leader = PROJECTS[code]
    overrides = []
    for day in weekdays:
        date = (monday + datetime.timedelta(days=day)).isoformat()
        where = f"{session}@{date}"
        override = {"date": date}
        if leader:
            chosen = edits["lead"].get(where, leader)
            override["supervisor"] = chosen if chosen in supervisors else "SV1"
        if where in edits["move"]:
            override["start"] = edits["move"][where]
        if where in edits["cancel"]:
            override["cancelled"] = True
        if len(override) > 1:
            overrides.append(override)
    return {
        "code": code, "name": name, "type": kind, "place": "place", "women_only": False,
        "quality": 3, "offers": ["toilets"],
        "sessions": [{"id": session, "start": f"{datetime.date(2025, 1, 6 + weekdays[0])}T09:30",
                      "minutes": 420, "rrule": f"FREQ=WEEKLY;BYDAY={days}", "overrides": overrides,
                      "places": 60 if leader else 1, "min_group": 1,
                      "supervised": leader is not None}],
    }


def appointments(edits, monday, people):
    """Everybody in one group session a week, half of them in two; one person in the shop."""
    booked = []
    for code, (_, _, session, _, weekdays, leader) in PROJECTS.items():
        for turn, day in enumerate(weekdays):
            date = (monday + datetime.timedelta(days=day)).isoformat()
            start = edits["move"].get(f"{session}@{date}", f"{date}T09:30")[11:16]
            if f"{session}@{date}" in edits["cancel"]:
                continue
            for number, who in enumerate(people):
                if leader is None and number > 0:
                    continue
                if leader is not None and number % 2 != (code == "PARK"):
                    continue
                if turn == 1 and number % 4 > 1:
                    continue
                if f"{who['crn']}@{session}@{date}" in edits["skip"]:
                    continue
                booked.append({"crn": who["crn"], "event": "1", "session": session, "date": date,
                               "start": start, "minutes": 420, "state": "booked", "pinned": True})
    return booked


def main():
    monday = datetime.date.fromisoformat(sys.argv[1])
    edits = edits_of(sys.argv[3:])
    people = [person(number) for number in range(edits["people"])]
    supervisors = [
        {"code": code, "name": name, "gender": "female", "group_limit": 60,
         "weekly_max_minutes": 3000,
         "available": [{"days": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], "from": "07:00",
                        "to": "21:00"}]}
        for code, name in (("SV1", "Overton"), ("SV2", "Underhill")) if code not in edits["gone"]]
    codes = {supervisor["code"] for supervisor in supervisors}
    json.dump({
        "format": "amends-caseload/1", "as_of": sys.argv[2],
        "window": {"from": monday.isoformat(), "weeks": 1},
        "policy": {"weekly_max_minutes": 2400},
        "places": [{"id": "home", "name": "Home", "lat": 53.6, "lon": -2.3},
                   {"id": "place", "name": "Depot; gate 2, north", "lat": 53.601, "lon": -2.3}],
        "people": people,
        "projects": [project(code, edits, monday, codes) for code in PROJECTS],
        "supervisors": supervisors,
        "travel": [], "bank_holidays": [],
        "appointments": appointments(edits, monday, people),
    }, sys.stdout, ensure_ascii=False, indent=1)


main()
