#!/usr/bin/python3
"""lint.py [--alarm MINUTES] [--published] FILE...: what our calendars must be, byte by byte.

Stricter than RFC 5545: it knows every property that we write, and takes no other. Shares nothing
with the code that writes. Prints a line for each fault and ends with 1 if there was any.
"""
import argparse
import datetime
import re

ONCE, MAYBE = "once", "maybe"
CALENDAR = {"PRODID": ONCE, "VERSION": ONCE, "NAME": ONCE, "X-WR-CALNAME": ONCE,
            "REFRESH-INTERVAL": ONCE, "X-PUBLISHED-TTL": ONCE}
EVENT = {"UID": ONCE, "DTSTAMP": ONCE, "LAST-MODIFIED": ONCE, "SEQUENCE": ONCE, "DTSTART": ONCE,
         "DTEND": ONCE, "SUMMARY": ONCE, "LOCATION": MAYBE, "DESCRIPTION": MAYBE, "STATUS": ONCE,
         "TRANSP": ONCE, "CLASS": ONCE, "CATEGORIES": ONCE, "GEO": MAYBE}
ALARM = {"ACTION": ONCE, "DESCRIPTION": ONCE, "TRIGGER": ONCE}
PATTERNS = {
    "PRODID": r"-//amends//roster//EN", "VERSION": r"2\.0", "METHOD": r"PUBLISH",
    "NAME": r"[A-Za-z0-9 -]+", "X-WR-CALNAME": r"[A-Za-z0-9 -]+",
    "REFRESH-INTERVAL": r"PT1H", "X-PUBLISHED-TTL": r"PT1H",
    "UID": r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    "DTSTAMP": r"\d{8}T\d{6}Z", "LAST-MODIFIED": r"\d{8}T\d{6}Z", "SEQUENCE": r"0|[1-9]\d*",
    "DTSTART": r"\d{8}T\d{4}00", "DTEND": r"\d{8}T\d{4}00",
    "STATUS": r"CONFIRMED|CANCELLED", "TRANSP": r"OPAQUE|TRANSPARENT", "CLASS": r"PRIVATE",
    "CATEGORIES": r"Group|Individual|Education|Induction|Appointment",
    "GEO": r"-?\d{1,2}\.\d{6};-?\d{1,3}\.\d{6}",
    "ORGANIZER": r"mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+", "ACTION": r"DISPLAY",
}
TEXTS = {"SUMMARY", "LOCATION", "DESCRIPTION"}
PARAMETERS = {"DTSTART": ";TZID=Europe/London", "DTEND": ";TZID=Europe/London",
              "REFRESH-INTERVAL": ";VALUE=DURATION"}
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19700329T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE""".split("\n")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]")


class Linter:
    def __init__(self, path, alarm=None, published=False):
        self.path, self.alarm, self.published = path, alarm, published
        self.faults, self.uids, self.events = [], set(), 0

    def fault(self, text):
        self.faults.append(f"{self.path}: {text}")

    # ---- bytes ----

    def physical_lines(self, data):
        if not data.endswith(b"\r\n"):
            self.fault("does not end with CRLF")
        before = b""
        for line in data.removesuffix(b"\r\n").split(b"\r\n"):
            # a fold before a space is bad where the line before it had a better place
            if not line or len(line) > 75 or line.endswith(b" ") or (
                    line.startswith(b"  ") and re.search(b"[^ ][^ ]", before[2:])):
                self.fault(f"a line badly folded: {line[:80]!r}")
            before = line
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                self.fault(f"a line that is no UTF-8, or folded within a character: {line!r}")
                text = line.decode("utf-8", "replace")
            if CONTROLS.search(text):
                self.fault(f"a control character: {line!r}")
            yield text

    def content_lines(self, data):
        lines = []
        for text in self.physical_lines(data):
            if text.startswith(" ") and lines:
                lines[-1] += text[1:]
            else:
                lines.append(text)
        return lines

    # ---- structure ----

    def check(self, data):
        lines = self.content_lines(data)
        if lines[:1] != ["BEGIN:VCALENDAR"] or lines[-1:] != ["END:VCALENDAR"]:
            self.fault("is not one VCALENDAR")
        lines = lines[1:-1]
        head = 0
        while head < len(lines) and not lines[head].startswith("BEGIN:"):
            head += 1
        wanted = dict(CALENDAR, METHOD=ONCE) if self.published else CALENDAR
        found = self.properties("VCALENDAR", lines[:head], wanted)
        if found.get("NAME") != found.get("X-WR-CALNAME"):
            self.fault("NAME and X-WR-CALNAME differ")
        if lines[head:head + len(ZONE)] != ZONE:
            self.fault("does not begin with the time zone that was agreed")
        self.components(lines[head + len(ZONE):])
        return self.faults

    def components(self, lines):
        block = None
        for line in lines:
            if line == "BEGIN:VEVENT" and block is None:
                block = []
            elif line == "END:VEVENT" and block is not None:
                self.event(block)
                block = None
            elif block is None:
                self.fault(f"a line outside any event: {line!r}")
            else:
                block.append(line)
        if block is not None:
            self.fault("an event without an end")

    def properties(self, where, lines, wanted):
        found = {}
        for line in lines:
            match = re.match(r"([A-Z-]+)((?:;[^:]*)?):(.*)", line)
            if not match:
                self.fault(f"{where}: no property: {line!r}")
                continue
            name, parameters, value = match.groups()
            if name not in wanted:
                self.fault(f"{where}: {name} is not wanted")
            if name in found:
                self.fault(f"{where}: {name} twice")
            if parameters != PARAMETERS.get(name, ""):
                self.fault(f"{where}: {name} with parameters {parameters!r}")
            if name in PATTERNS and not re.fullmatch(PATTERNS[name], value, re.ASCII):
                self.fault(f"{where}: {name} is {value!r}")
            if name in TEXTS and not re.fullmatch(r"(?:[^\\;,]|\\[\\;,n])+", value):
                self.fault(f"{where}: {name} badly escaped: {value!r}")
            found[name] = value
        for name, times in wanted.items():
            if times == ONCE and name not in found:
                self.fault(f"{where}: without {name}")
        return found

    # ---- one event ----

    def event(self, lines):
        self.events += 1
        if "BEGIN:VALARM" in lines:
            at = lines.index("BEGIN:VALARM")
            self.check_alarm(lines[at:])
            lines = lines[:at]
        elif self.alarm is not None:
            self.fault("an event without its alarm")
        wanted = dict(EVENT, ORGANIZER=ONCE) if self.published else EVENT
        found = self.properties("VEVENT", lines, wanted)
        uid = found.get("UID")
        if uid in self.uids:
            self.fault(f"UID {uid} twice")
        self.uids.add(uid)
        self.check_times(found)
        self.check_status(found)
        self.check_point(found.get("GEO"))

    def check_alarm(self, lines):
        if self.alarm is None:
            self.fault("an alarm that nobody asked for")
        sign = "-" if self.alarm else ""
        if lines != ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Reminder",
                     f"TRIGGER:{sign}PT{self.alarm}M", "END:VALARM"]:
            self.fault(f"another alarm: {lines}")

    def check_times(self, found):
        try:
            start, end, stamp, changed = (
                datetime.datetime.strptime(found[name].rstrip("Z"), "%Y%m%dT%H%M%S")
                for name in ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED"))
        except (KeyError, ValueError) as error:
            self.fault(f"no such time: {error}")
            return
        if not start < end <= start + datetime.timedelta(days=1):
            self.fault(f"an event from {start} to {end}")
        if stamp != changed:
            self.fault("DTSTAMP is not the last revision")

    def check_status(self, found):
        cancelled = found.get("STATUS") == "CANCELLED"
        if cancelled != (found.get("TRANSP") == "TRANSPARENT"):
            self.fault("TRANSP does not go with STATUS")
        if cancelled != found.get("SUMMARY", "").startswith("CANCELLED: "):
            self.fault("SUMMARY does not go with STATUS")

    def check_point(self, geo):
        if geo:
            latitude, longitude = (float(part) for part in geo.split(";"))
            if abs(latitude) > 90 or abs(longitude) > 180:
                self.fault(f"GEO is {geo}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--alarm", type=int)
    parser.add_argument("--published", action="store_true")
    parser.add_argument("--events", type=int, help="how many there are in all files together")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    faults, events = [], 0
    for path in options.files:
        linter = Linter(path, options.alarm, options.published)
        with open(path, "rb") as file:
            faults += linter.check(file.read())
        events += linter.events
    if options.events is not None and events != options.events:
        faults.append(f"{events} events, expected {options.events}")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
