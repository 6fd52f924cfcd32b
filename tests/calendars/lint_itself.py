#!/usr/bin/python3
"""lint_itself.py FILE: the linter finds each of many faults put into a good calendar."""
import sys

from lint import Linter


def faults(data):
    return Linter("it").check(data)


def swap(old, new, count=1):
    def change(data):
        assert old in data, old
        return data.replace(old, new, count)
    return change


CHANGES = {
    "LF alone": lambda data: data.replace(b"\r\n", b"\n"),
    "no end of line": lambda data: data[:-2],
    "a bare CR": swap(b"SUMMARY:", b"SUMMARY:a\rb"),
    "a long line": swap(b"SUMMARY:", b"SUMMARY:" + 80 * b"a"),
    "a line of spaces": swap(b"STATUS:", b" \r\nSTATUS:"),
    "a space at the end": swap(b"STATUS:CONFIRMED", b"STATUS:CONFIRMED "),
    "a fold within a character": swap(b"SUMMARY:", b"SUMMARY:\xc5\r\n \xb5"),
    "invalid UTF-8": swap(b"SUMMARY:", b"SUMMARY:\xff"),
    "a bell": swap(b"SUMMARY:", b"SUMMARY:\x07"),
    "C1": swap(b"SUMMARY:", b"SUMMARY:\xc2\x85"),
    "U+2028": swap(b"SUMMARY:", b"SUMMARY:\xe2\x80\xa8"),
    "a direction control": swap(b"SUMMARY:", b"SUMMARY:\xe2\x80\xae"),
    "an unescaped comma": swap(b"SUMMARY:", b"SUMMARY:a,b"),
    "an unknown escape": swap(b"SUMMARY:", b"SUMMARY:a\\tb"),
    "no UID": swap(b"UID:", b"X-UID:"),
    "a UID that tells": swap(b"UID:", b"UID:X100001-"),
    "an ATTENDEE": swap(b"STATUS:", b"ATTENDEE:mailto:a@example.org\r\nSTATUS:"),
    "an ORGANIZER": swap(b"STATUS:", b"ORGANIZER:mailto:a@example.org\r\nSTATUS:"),
    "an RRULE": swap(b"STATUS:", b"RRULE:FREQ=DAILY\r\nSTATUS:"),
    "a METHOD": swap(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:REQUEST"),
    "two DTSTARTs": swap(b"DTEND", b"DTSTART;TZID=Europe/London:20270322T093000\r\nDTEND"),
    "no DTSTAMP": swap(b"DTSTAMP:", b"LAST-MODIFIED:"),
    "floating time": swap(b"DTSTART;TZID=Europe/London", b"DTSTART"),
    "another zone": swap(b"DTSTART;TZID=Europe/London", b"DTSTART;TZID=Europe/Paris"),
    "30 February": swap(b"DTSTART;TZID=Europe/London:20270322", b"DTSTART;TZID=Europe/London:20270230"),
    "an end before its start": swap(b"DTEND;TZID=Europe/London:2027", b"DTEND;TZID=Europe/London:2026"),
    "an alarm": swap(b"END:VEVENT", b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT"),
    "no time zone": swap(b"BEGIN:VTIMEZONE", b"BEGIN:VJOURNAL"),
    "another component": swap(b"END:VCALENDAR", b"BEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR"),
    "no end": swap(b"END:VEVENT", b"END:VEVENTS"),
    "an open CLASS": swap(b"CLASS:PRIVATE", b"CLASS:PUBLIC"),
    "another category": swap(b"CATEGORIES:", b"CATEGORIES:Drugs"),
    "cancelled, yet busy": swap(b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
    "nowhere on earth": swap(b"STATUS:", b"GEO:95.000000;0.000000\r\nSTATUS:"),
    "stamps that differ": swap(b"LAST-MODIFIED:2027", b"LAST-MODIFIED:2026"),
    "names that differ": swap(b"\r\nNAME:", b"\r\nNAME:A "),
    "events twice": lambda data: data.replace(
        b"END:VCALENDAR", data[data.index(b"BEGIN:VEVENT"):data.index(b"END:VCALENDAR")] +
        b"END:VCALENDAR"),
}

with open(sys.argv[1], "rb") as file:
    good = file.read()
missed = [name for name, change in CHANGES.items() if not faults(change(good))]
if faults(good):
    missed.append(f"the good one is not: {faults(good)}")
for name in missed:
    print(f"not found: {name}")
sys.exit(1 if missed else 0)
