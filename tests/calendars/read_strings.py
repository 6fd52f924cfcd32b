#!/usr/bin/python3
"""read_strings.py FOLDER WHAT: hostile and long strings go through our writer and four readers.

Prints a line for each fault and ends with 1 if there was any. What follows FOLDER says what is
done: hostile, sweep, weeks or many.
"""
import os
import re
import sys

from lint import Linter
from readers import all_readers, write

LLAN = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
# what goes in, and what readers must give back
HOSTILE = [
    (f"Ŵyl, Tŷ'r Ysgol; {LLAN}", None),
    ("🌳👩‍👩‍👧‍👦 🇬🇧", None),
    (', ; \\ " : =', None),
    ("two\nlines, and\n\na gap", None),
    ("\\n is no line end, nor is \\N, \\, or \\;", None),
    ("ends with a backslash \\", None),
    ("ends with two \\\\", None),
    ('"quoted"; "twice"', None),
    ("^n ^' ^^", None),
    ("%0D%0A &#10; <b>&amp;</b>", None),
    ("x\nATTENDEE:mailto:evil@example.org\nEND:VEVENT\nBEGIN:VEVENT", None),
    ("x\nEND:VCALENDAR\n", None),
    ("CR alone\rATTENDEE:mailto:evil@example.org", "CR alone\nATTENDEE:mailto:evil@example.org"),
    ("CRLF\r\nURL:http://example.org", "CRLF\nURL:http://example.org"),
    ("tab\there", "tab here"),
    ("  many   spaces  ", "many spaces"),
    ("bell\x07 escape\x1b del\x7f", "bell escape del"),
    ("C1\u0085 \u009f", "C1"),
    ("line\u2028 and paragraph\u2029", "line and paragraph"),
    ("left\u202e right\u202c \u2066isolate\u2069", "left right isolate"),
    ("\ufeffmark\u200e\u200f\u061c", "mark"),
    (b"invalid \xff\xc0\xaf\xed\xa0\x80 bytes", "invalid \ufffd\ufffd\ufffd\ufffd\ufffd\ufffd bytes"),
    (b"cut off \xe2\x82", "cut off \ufffd\ufffd"),
    (74 * "a", None), (75 * "b", None), (66 * "c" + "ŵ" * 9, None), ("d " * 400 + "d", None),
    (4000 * "🌳", None),
]
# Faults of readers, with text that was escaped as RFC 5545 says: what they make of it instead.
# python3-icalendar 4.0 undoes escapes one kind after the other, node-ical takes a value in quotes
# for a quoted one. The right answer is taken too, should they be mended.
KNOWN = {
    "icalendar": {
        "\\n is no line end, nor is \\N, \\, or \\;": "\n is no line end, nor is \n, , or ;",
        "ends with two \\\\": "ends with two \\",
    },
    "node-ical": {
        "\\n is no line end, nor is \\N, \\, or \\;":
            "\\\n is no line end, nor is \\\n, \\, or \\;",
        '"quoted"; "twice"': 'quoted"; "twice',
    },
}
UNITS = ["x", "ŵ", "🌳", "Ŵyl, Tŷ'r Ysgol; "]
LONGEST = 600


def swept(unit, octets):
    """The unit again and again, up to so many octets, never with a space at the end."""
    size = len(unit.encode())
    value = unit * (octets // size)
    value += "x" * (octets - len(value.encode()))
    return value[:-1] + "x" if value.endswith(" ") else value


def expected(index, value):
    """The texts of an event; no space is left beside a line's end."""
    return (f"{value} (P{index:06d}): 0 people".replace("\n ", "\n"), value,
            "0 booked for 0 places; about 0.0 expected.\nSupervisor: S1\nSession: " + value)


def differs(reader, found, value, wanted):
    """Is a text neither as it should be nor as this reader is known to mistake it?"""
    mistaken = KNOWN.get(reader, {}).get(value)
    return found != wanted and (mistaken is None or found != wanted.replace(value, mistaken))


def compare(path, values):
    """Faults of a calendar with these values, as each reader gives them back."""
    with open(path, "rb") as file:
        faults = Linter(path).check(file.read())
    for reader, events in all_readers(path).items():
        found = {int(re.search(r"\(P(\d{6})\)", event[0])[1]): event for event in events}
        if len(events) != len(values) or set(found) != set(range(len(values))):
            faults.append(f"{reader}: {len(events)} events, expected {len(values)}")
            continue
        for index, value in enumerate(values):
            for got, want in zip(found[index], expected(index, value)):
                if differs(reader, got, value, want):
                    faults.append(f"{reader}: found {got!r}, expected {want!r}")
    return faults


def hostile(folder):
    given = [value if isinstance(value, bytes) else value.encode() for value, _ in HOSTILE]
    path = write(folder, "2027-06-07", given)
    return compare(path, [back if back is not None else value for value, back in HOSTILE])


def sweep(folder):
    values = [swept(unit, octets) for unit in UNITS for octets in range(1, LONGEST + 1)]
    return compare(write(folder, "2027-06-07", [value.encode() for value in values]), values)


# Monday to Sunday at 09:30, in UTC.
WEEKS = {"2027-03-22": "09:30 09:30 09:30 09:30 09:30 09:30 08:30",
         "2027-03-29": "08:30 08:30 08:30 08:30 08:30 08:30 08:30",
         "2027-10-25": "08:30 08:30 08:30 08:30 08:30 08:30 09:30",
         "2027-11-01": "09:30 09:30 09:30 09:30 09:30 09:30 09:30"}


def weeks(folder):
    faults = []
    for monday, wanted in WEEKS.items():
        path = write(os.path.join(folder, monday), monday, [b"%d" % day for day in range(7)])
        for reader, events in all_readers(path).items():
            found = " ".join(start[11:16] for *_, start, _ in sorted(events, key=lambda e: e[3]))
            if found != wanted:
                faults.append(f"{monday}, {reader}: found {found}, expected {wanted}")
            if any(end[11:13] != f"{int(start[11:13]) + 7:02d}" for *_, start, end in events):
                faults.append(f"{monday}, {reader}: an event that is not seven hours long")
    return faults


def many(folder):
    path = write(folder, "2027-06-07", [b"event %d" % i for i in range(5000)])
    faults = Linter(path).check(open(path, "rb").read())
    for reader, events in all_readers(path).items():
        if len(set(events)) != 5000:
            faults.append(f"{reader}: {len(set(events))} different events, expected 5000")
    return faults


def main():
    what = {"hostile": hostile, "sweep": sweep, "weeks": weeks, "many": many}[sys.argv[2]]
    faults = what(sys.argv[1])
    print("\n".join(faults[:40]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
