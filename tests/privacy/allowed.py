"""Which class of canary may stand in which output: the table of docs/security.md, which the test
compares with this one. What is not here may stand nowhere."""

CRN = {"crn", "lcrn"}  # the second of limited-access cases
CODES = {"project", "session", "supervisor"}
SITE = {"pname", "sitename", "siteaddress", "sitepoint"}

# the first pattern that fits a file of a run (its path below the output folder) is its row
ROWS = [
    ("roster.json", CRN | {"event", "by"} | CODES),
    ("roster.csv", CRN | {"event", "pname"} | CODES),
    ("roster.html", {"pname", "sitename", "siteaddress"} | CODES),
    ("calendars/team.ics", CODES | SITE),
    ("calendars/project-*.ics", CODES | SITE),
    ("calendars/supervisor-*.ics", CODES | SITE),
    ("calendars/people/*.ics", {"siteaddress", "sitepoint"}),
    ("registers/*.html", {"pname", "sitename", "siteaddress"} | CODES),
    ("feeds/team", CODES | SITE),
    ("feeds/project", CODES | SITE),
    ("feeds/supervisor", CODES | SITE),
    ("feeds/person", {"siteaddress", "sitepoint"}),
    ("ledger.json", CRN | {"project", "supervisor"}),
    ("publish", CRN | {"project", "supervisor"}),
    ("private/index.csv", CRN | {"project", "supervisor"}),
    ("check", CRN | {"event"} | CODES),  # standard output and error
    ("audit", CRN | {"event", "by"} | CODES),
    ("scenarios.csv", set()),
    ("scenarios.svg", set()),
    ("pairs.csv", set()),
    ("people.csv", CRN),
    ("scenarios.json", CRN),
    ("sweep.*", {"project"}),
    ("slice-*.jsonl", CRN | {"project"}),
    ("open*", {"session"}),
    ("scenario", CRN | {"project"}),
    # of a forecast; a star stands for files in which not everything need be
    ("forecast*", CRN | {"event", "project", "pname", "sitename"}),
    ("court*", CRN | {"event"}),
    ("ledger.csv", CRN | {"event"}),
    ("ete.csv", CRN | {"event", "project", "session"}),
    ("jams*", {"project", "sitename"}),
    ("fan.csv", set()),
    ("plan.json", CRN | {"event", "project", "site"}),
    ("year", CRN | {"event", "project"}),
    ("prices.csv", {"project", "pname", "session"}),
    ("prices.json", {"project", "session"}),
    ("prices", {"project", "pname", "session"}),
    ("offer", CRN | {"pname"} | CODES),
    ("explain", CRN | {"event", "pname"} | CODES),
    ("other", set()),  # summaries, progress, --verbose, export, redact
]

# what --detail adds: nothing for "count"
DETAIL = {
    "count": {},
    "crn": {"roster.html": CRN | {"event"}, "calendars/supervisor-*.ics": {"crn"},
            "feeds/supervisor": {"crn"}, "registers/*.html": CRN},
    "names": {"roster.html": CRN | {"event", "name", "supname"}, "roster.csv": {"name"},
              "calendars/supervisor-*.ics": {"crn", "name"}, "feeds/supervisor": {"crn", "name"},
              "registers/*.html": CRN | {"name", "supname"},
              "forecast*": {"name"}, "court*": {"name"}, "ledger.csv": {"name"},
              "ete.csv": {"name"}},
}

# what has no detail "count"
NO_COUNT = {"forecast*", "court*", "ledger.csv", "ete.csv"}

# words for docs/security.md
WORDS = {
    "crn": "case reference", "lcrn": "that of a limited-access case", "name": "name",
    "lname": "that of a limited-access case", "event": "event number", "home": "id of a home",
    "homename": "name of a home", "homeaddress": "address of a home", "homepoint": "point of a home",
    "project": "project code", "pname": "project name", "beneficiary": "beneficiary",
    "session": "session id", "supervisor": "supervisor code", "supname": "supervisor's name",
    "site": "id of a site", "sitename": "name of a site", "siteaddress": "address of a site",
    "sitepoint": "point of a site", "tag": "what is at a project", "offer": "what a project offers",
    "avoid": "what must be avoided", "need": "what is needed", "reason": "reason of an absence",
    "by": "who answers for a waiver", "note": "`x-` keys and `division`",
}
