#!/usr/bin/env bash
# run_readers.sh - what four libraries read in our calendars: python3-icalendar, vobject, ical.js
# and node-ical. And our own linter, which knows more of what a calendar of ours must be. Prints TAP.
set -u
. "$(dirname "$0")/lib.sh"
build write_events write_fixture
[ -d tests/calendars/node_modules/ical.js ] ||
    npm ci --silent --no-audit --no-fund --prefix tests/calendars || exit 1

strings() { /usr/bin/python3 tests/calendars/read_strings.py "$scratch/$1" "$1"; }

check "the fixture is written" "$BUILD/tests/calendars/write_fixture" "$scratch/fixture" \
    2027-03-22 crn
check "the linter finds nothing in it" lint "$scratch/fixture"
check "the linter finds every fault that is put into it" /usr/bin/python3 \
    tests/calendars/lint_itself.py "$scratch/fixture/calendars/team.ics"
check "hostile strings come back exactly, and inject nothing" strings hostile
check "strings of 1 to 600 octets come back exactly, whatever they are made of" strings sweep
check "half past nine is half past nine in the weeks of the clock changes" strings weeks
check "5,000 events are 5,000 events" strings many
finish
