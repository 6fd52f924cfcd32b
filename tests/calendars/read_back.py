#!/usr/bin/python3
"""read_back.py FOLDER MONDAY: read the fixture's files with other people's readers.

Prints a line for each fault and ends with 1 if there was any.
"""
import csv
import datetime
import glob
import json
import re
import sys

import icalendar
import jsonschema

folder, monday = sys.argv[1], datetime.date.fromisoformat(sys.argv[2])
faults = []

HALL = (
    "Ŵyl, Tŷ'r Ysgol; Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch 🌳, "
    '<script>alert("1")</script> & \\ Lane\nATTENDEE:mailto:evil@example.org\nEND:VEVENT bad \ufffd byte'
)


def expect(what, found, expected):
    if found != expected:
        faults.append(f"{what}: found {found!r}, expected {expected!r}")


def read(path):
    with open(path, "rb") as file:
        return icalendar.Calendar.from_ical(file.read())


def summer(moment):
    """Is this local moment between the clock changes of its year?"""

    def last_sunday(month):
        day = datetime.date(moment.year, month, 31)
        return day - datetime.timedelta((day.weekday() + 1) % 7)

    return last_sunday(3) <= moment.date() < last_sunday(10)


def check_event(path, event):
    for name in ("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"):
        if name not in event:
            faults.append(f"{path}: an event without {name}")
    for name in ("ATTENDEE", "ORGANIZER", "RRULE", "URL"):
        if name in event:
            faults.append(f"{path}: an event with {name}")
    if event.subcomponents:
        faults.append(f"{path}: an event with something inside")
    for name in ("DTSTART", "DTEND"):
        moment = event[name].dt
        offset = datetime.timedelta(hours=1 if summer(moment) else 0)
        expect(f"{path}: offset of {moment}", moment.utcoffset(), offset)
    if not event["DTSTART"].dt < event["DTEND"].dt:
        faults.append(f"{path}: an event that ends before it starts")


uids = set()
for path in sorted(glob.glob(folder + "/calendars/**/*.ics", recursive=True)):
    calendar = read(path)
    if "METHOD" in calendar:
        faults.append(f"{path}: METHOD")
    expect(f"{path}: time zones", len(calendar.walk("VTIMEZONE")), 1)
    expect(f"{path}: errors", [e for c in calendar.walk() for e in c.errors], [])
    for event in calendar.walk("VEVENT"):
        check_event(path, event)
        if event["UID"] in uids:
            faults.append(f"{path}: UID {event['UID']} is there twice")
        uids.add(event["UID"])
expect("events in all files", len(uids), 4 + 3 + 4 + 7)

events = read(glob.glob(folder + "/calendars/supervisor-s1.*.ics")[0]).walk("VEVENT")
expect("events of supervisor s1", len(events), 1)
expect("hostile place", str(events[0]["LOCATION"]), HALL)
expect("hostile project", str(events[0]["SUMMARY"]),
       '=HYPERLINK("x"), "Tŷ" & <i>sons</i> (../P02): 2 people')

with open(folder + "/roster.csv", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))
expect("rows of roster.csv", len(rows), 7)
for row in rows:
    for cell in row.values():
        if cell[:1] in tuple("=+-@\t\r"):
            faults.append(f"roster.csv: a cell that is a formula: {cell!r}")

with open(folder + "/roster.json", encoding="utf-8") as file:
    roster = json.load(file)
expect("appointments of roster.json", len(roster["appointments"]), 7)
expect("from", roster["made"]["window"]["from"], monday.isoformat())

with open("docs/roster.schema.json", encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
for error in jsonschema.Draft202012Validator(schema).iter_errors(roster):
    faults.append(f"roster.json: {error.json_path}: {error.message}")
roster["sessions"][0]["booked"] = "three"  # the schema can say no
expect("a wrong roster", jsonschema.Draft202012Validator(schema).is_valid(roster), False)

with open(folder + "/roster.html", encoding="utf-8") as file:
    page = file.read()
if re.search(r"<script|<link|<img|<iframe|\bsrc=|\bhref=|@import|url\(|https?:", page):
    faults.append("roster.html: a script, or something to fetch")

print("\n".join(faults))
sys.exit(1 if faults else 0)
