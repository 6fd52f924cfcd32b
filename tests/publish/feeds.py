#!/usr/bin/env python3
"""feeds.py FOLDER [STATE] - is every feed of a folder as a reader needs it?

Of each: bytes (lines, folds, UTF-8), structure (vobject, icalendar, and what neither looks at),
the gzipped copy. With STATE (a file), also against what was seen there before: SEQUENCE and stamps
of a UID never go back, whatever changed has a higher SEQUENCE, a UID that went does not come back,
a feed that held anything is not empty, and what is over has gone when it was due. Says what is
wrong, and then ends with 1.
"""
import datetime
import gzip
import json
import os
import re
import sys

import icalendar
import vobject

BAD = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
LINES = {"UID": 1, "DTSTAMP": 1, "LAST-MODIFIED": 1, "SEQUENCE": 1, "DTSTART;TZID=Europe/London": 1,
         "DTEND;TZID=Europe/London": 1, "SUMMARY": 1, "STATUS": 1, "TRANSP": 1, "CLASS": 1}
wrong = []


def check_bytes(name, raw):
    text = raw.decode("utf-8")
    if not text.endswith("END:VCALENDAR\r\n"):
        wrong.append(f"{name}: cut short")
    if BAD.search(text):
        wrong.append(f"{name}: a control character")
    for line in raw[:-2].split(b"\r\n"):
        if not line or len(line) > 75 or line.endswith(b" ") or b"\n" in line or b"\r" in line:
            wrong.append(f"{name}: line {line!r}")
    for word in ("METHOD", "ATTENDEE", "ORGANIZER", "BEGIN:VALARM", "RRULE;"):
        if f"\r\n{word}" in text:
            wrong.append(f"{name}: {word}")
    return text


def events_of(name, text):
    """Of each event by UID: what stands in it."""
    events = {}
    unfolded = text.replace("\r\n ", "")
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", unfolded, re.S):
        fields = dict(line.split(":", 1) for line in block.split("\r\n") if line)
        for field in LINES:
            if field not in fields:
                wrong.append(f"{name}: an event without {field}")
        for field in fields:
            if len(re.findall(f"^{re.escape(field)}:", block, re.M)) != 1:
                wrong.append(f"{name}: {field} twice")
        if fields["DTEND;TZID=Europe/London"] <= fields["DTSTART;TZID=Europe/London"]:
            wrong.append(f"{name}: an event that ends before it begins")
        cancelled = fields["STATUS"] == "CANCELLED"
        if cancelled != fields["SUMMARY"].startswith("CANCELLED: ") or cancelled != (
                fields["TRANSP"] == "TRANSPARENT") or (cancelled and "DESCRIPTION" in fields):
            wrong.append(f"{name}: half cancelled: {fields}")
        if re.search(r"X7000|[0-9]+ (people|person)$", fields["SUMMARY"]) and cancelled:
            wrong.append(f"{name}: people in a tombstone: {fields}")
        if fields["UID"] in events:
            wrong.append(f"{name}: UID {fields['UID']} twice")
        if not re.fullmatch(r"[0-9a-f-]{36}", fields["UID"]):
            wrong.append(f"{name}: UID {fields['UID']}")
        events[fields["UID"]] = fields
    return events


def read(folder, token):
    path = os.path.join(folder, "feeds", token + ".ics")
    with open(path, "rb") as file:
        raw = file.read()
    with open(path + ".gz", "rb") as file:
        zipped = file.read()
    if gzip.decompress(zipped) != raw or zipped[4:8] != b"\0\0\0\0":
        wrong.append(f"{token}: the gzipped copy differs, or has a date")
    text = check_bytes(token, raw)
    calendar = vobject.readOne(text)
    if calendar.contents.get("vevent"):
        calendar.validate(raiseException=True)
    count = len(icalendar.Calendar.from_ical(raw).walk("VEVENT"))
    events = events_of(token, text)
    if count != len(events) or len(calendar.contents.get("vevent", [])) != count:
        wrong.append(f"{token}: {count} events to icalendar, {len(events)} here")
    return events


def utc(text):
    return datetime.datetime.strptime(text, "%Y%m%dT%H%M%S")


def compare(feed, before, now, moment):
    """before: {uid: fields} of the last look; gone ones have None."""
    for uid, fields in now.items():
        old = before.get(uid, fields)
        if old is None:
            wrong.append(f"{feed}: UID {uid} came back after it had gone")
            continue
        same = {k: v for k, v in fields.items() if k not in ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")}
        was = {k: v for k, v in old.items() if k not in ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")}
        step = int(fields["SEQUENCE"]) - int(old["SEQUENCE"])
        later = fields["LAST-MODIFIED"] > old["LAST-MODIFIED"]
        if fields["DTSTAMP"] != fields["LAST-MODIFIED"]:
            wrong.append(f"{feed}: DTSTAMP is not the last revision: {fields}")
        if (step, later) != ((0, False) if same == was else (1, True)):
            wrong.append(f"{feed}: from {old} to {fields}")
        days = 7 if fields["STATUS"] == "CANCELLED" else 28
        over = utc(fields["DTEND;TZID=Europe/London"]) + datetime.timedelta(days=days, hours=1)
        if over <= moment and len(now) > 1:
            wrong.append(f"{feed}: still there: {fields}")
    for uid, old in before.items():
        if old is None or uid in now:
            continue
        days = 7 if old["STATUS"] == "CANCELLED" else 28
        over = utc(old["DTEND;TZID=Europe/London"]) + datetime.timedelta(days=days)
        if over > moment + datetime.timedelta(hours=1):
            wrong.append(f"{feed}: gone too early: {old}")
    if before and not now:
        wrong.append(f"{feed}: became empty")


def main():
    folder = sys.argv[1]
    tokens = sorted(name[:-4] for name in os.listdir(os.path.join(folder, "feeds"))
                    if name.endswith(".ics"))
    if not tokens:
        wrong.append("no feeds")
    feeds = {token: read(folder, token) for token in tokens}
    uids = [uid for events in feeds.values() for uid in events]
    if len(set(uids)) != len(uids):
        wrong.append("a UID in two feeds")
    if len(sys.argv) > 2:
        with open(os.path.join(folder, "ledger.json"), encoding="utf-8") as file:
            moment = datetime.datetime.strptime(json.load(file)["now"], "%Y-%m-%dT%H:%M:%SZ")
        state = {}
        if os.path.exists(sys.argv[2]):
            with open(sys.argv[2], encoding="utf-8") as file:
                state = json.load(file)
        for token, events in feeds.items():
            before = state.setdefault(token, {})
            compare(token[:8], before, events, moment)
            for uid in before:
                before[uid] = events.get(uid)
            before.update(events)
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            json.dump(state, file)
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
