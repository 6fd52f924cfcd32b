#!/usr/bin/env bash
# run_registers.sh - sign-in sheets, printed by Chromium to PDF: one page of A4 a session, more only
# where the people do not fit, with everything on it. Prints TAP.
set -u
. "$(dirname "$0")/lib.sh"
build write_sheets

page() { echo "$scratch/$1/registers/supervisor-S1.html"; }
print() { # print NAME: into $scratch/NAME.pdf
    timeout 120 chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
        --user-data-dir="$scratch/chromium" --print-to-pdf="$scratch/$1.pdf" \
        "file://$(page "$1")" >"$scratch/chromium.log" 2>&1 && [ -s "$scratch/$1.pdf" ]
}
pages() { pdfinfo "$scratch/$1.pdf" | sed -n 's/^Pages: *//p'; }
paper() { pdfinfo "$scratch/$1.pdf" | sed -nE 's/^Page size: .*\((.*)\)$/\1/p'; }
# What is printed on a page, a line of words each.
text() { pdftotext -layout ${2:+-f "$2" -l "$2"} "$scratch/$1.pdf" -; }
# The last page holds the signature: nothing stands alone on a page of its own.
holds() { # holds NAME PAGE PATTERN
    text "$1" "$2" | grep -qE -- "$3" || { text "$1" "$2"; return 1; }
}
sheet() { # sheet NAME PAGES TEXT
    check "$3: printed" print "$1"
    check "$3: pages" is "$2" pages "$1"
    check "$3: A4" is A4 paper "$1"
    check "$3: to be signed at the end" holds "$1" "$2" "Supervisor.s signature"
}

check "the sheets are written" "$BUILD/tests/calendars/write_sheets" "$scratch"
sheet 1 1 "one person"
sheet 10 1 "ten people"
sheet 14 1 "fourteen people"
sheet 17 1 "as many as fit on a page"
sheet 18 2 "one more than fits"
sheet 40 2 "forty people"
sheet long 1 "long names of project and place"
check "long names: the last letters are there" holds long 1 "sons"
check "long names: text is text" holds long 1 "<b>"
check "ten people: the last one" holds 10 1 "X000010"
check "ten people: five blank lines" holds 10 1 "^ *15 *$"
check "forty people: the head again on the second page" holds 40 2 "Expected +Arrival +Finish +Notes +TOW-000000, 7 June 2027"
check "three sessions: printed" print three
check "three sessions: a page each" is 3 pages three
for number in 1 2 3; do
    check "three sessions: page $number" holds three $number "TOW-00000$((number - 1))"
    check "three sessions: page $number is whole" holds three $number "Supervisor.s signature"
done
finish
