"""Our calendars as python3-icalendar and vobject read them; how to make calendars for a test.

A reader gives a list of events: (summary, location, description, start, end), the times in UTC.
"""
import json
import os
import subprocess
import sys

import icalendar
import vobject

HERE = os.path.dirname(os.path.abspath(__file__))
UTC = __import__("datetime").timezone.utc


def stamp(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def by_icalendar(path):
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    errors = [error for component in calendar.walk() for error in component.errors]
    if errors:
        raise ValueError(f"{path}: {errors}")
    return [(str(e.get("SUMMARY", "")), str(e.get("LOCATION", "")), str(e.get("DESCRIPTION", "")),
             stamp(e["DTSTART"].dt), stamp(e["DTEND"].dt)) for e in calendar.walk("VEVENT")]


def by_vobject(path):
    with open(path, newline="", encoding="utf-8") as file:
        calendar = vobject.readOne(file.read())
    calendar.validate(raiseException=True)

    def text(event, name):
        return getattr(event, name).value if hasattr(event, name) else ""

    events = getattr(calendar, "vevent_list", [])
    for event in events:
        if hasattr(event, "attendee"):
            raise ValueError(f"{path}: an attendee")
    return [(text(e, "summary"), text(e, "location"), text(e, "description"),
             stamp(e.dtstart.value), stamp(e.dtend.value)) for e in events]


def by_node(path):
    """Both readers of readers.mjs, in a process whose own time zone is UTC."""
    done = subprocess.run(["node", os.path.join(HERE, "readers.mjs"), path], check=True,
                          stdout=subprocess.PIPE, env=dict(os.environ, TZ="UTC"))
    return {name: [tuple(event) for event in events]
            for name, events in json.loads(done.stdout).items()}


def all_readers(path):
    return {"icalendar": by_icalendar(path), "vobject": by_vobject(path), **by_node(path)}


def write(folder, monday, values, start="09:30"):
    """The path of a calendar with an event for each value (bytes)."""
    program = os.path.join(os.environ.get("BUILD", "build/release"),
                           "tests/calendars/write_events")
    subprocess.run([program, folder, monday, start], check=True, stdout=sys.stderr,
                   input=b"".join(value + b"\0" for value in values))
    return os.path.join(folder, "calendars/supervisor-S1.ics")
