#!/usr/bin/env bash
# run.sh - the calendars of the fixture, as other people's programs read them.
#
# An ordinary week and both weeks in which the clocks change: bytes, python3-icalendar, and khal,
# which imports and lists what a person would see. Prints TAP.
set -u
. "$(dirname "$0")/lib.sh"
build write_fixture fixed_roster
write=$BUILD/tests/calendars/write_fixture
fixed=$BUILD/tests/calendars/fixed_roster

# Lines of at most 75 octets that end in CRLF and neither end in a space nor hold CR or LF.
well_folded() {
    local file
    while IFS= read -r file; do
        LC_ALL=C awk 'BEGIN {RS = "\r\n"}
            {if (length($0) > 75 || $0 ~ / $/ || $0 ~ /[\r\n]/ || $0 == "") bad++}
            END {exit bad > 0 || NR == 0}' "$file" || { echo "$file"; return 1; }
        [ "$(tail -c 2 "$file" | od -An -tx1)" = " 0d 0a" ] || { echo "$file: end"; return 1; }
    done < <(calendars "$1")
}
clean_utf8() {
    local file
    while IFS= read -r file; do
        iconv -f UTF-8 -t UTF-8 "$file" >/dev/null || { echo "$file"; return 1; }
        if LC_ALL=C grep -qP \
            '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]' "$file"; then
            echo "$file: a control character"
            return 1
        fi
    done < <(calendars "$1")
}
same_bytes() { diff -r "$1" "$2"; }
# The surnames of tests/support/output_fixture.c.
nobody_named() {
    ! grep -rE 'Quillfeather|Inkpen|Locke|Marsh|Brook|Vane|Pell|Overton|Underhill|Weir' "$1"
}
limited_access_not_in_calendars() { ! grep -r X900003 "$1/calendars"; }

khal_week() {
    local folder=$1 monday=$2 expected=$3
    khal_with "$2" import --batch -a roster "$folder/calendars/project-P01.ics" &&
        khal_with "$2" import --batch -a roster "$folder"/calendars/supervisor-s1.*.ics || return 1
    is "$expected" khal_lines "$monday"
}
khal_lines() {
    khal_with "$1" list --day-format '' --format '{start-date} {start-time} {end-time}' "$1" 7d
}

week() {
    local folder=$1 monday=$2 expected=$3 vdir=$scratch/vdir-$2 seen
    mkdir -p "$vdir"
    cat >"$scratch/khal.conf" <<END
[calendars]
[[roster]]
path = $vdir
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $scratch/khal-$2.db
END
    khal -c "$scratch/khal.conf" import --batch -a roster "$folder/calendars/project-P01.ics" &&
        khal -c "$scratch/khal.conf" import --batch -a roster \
            "$folder"/calendars/supervisor-s1.*.ics || return 1
    seen=$(khal -c "$scratch/khal.conf" list --day-format '' \
        --format '{start-date} {start-time} {end-time}' "$monday" 7d | grep -v '^$')
    [ "$seen" = "$expected" ] || { echo "$seen"; return 1; }
}

week() {
    local name=$1 monday=$2 expected=$3 folder=$scratch/$2
    check "$name: the files are written" "$write" "$folder" "$monday" crn
    check "$name: a second run gives the same bytes" "$write" "$folder-again" "$monday" crn
    check "$name: the same bytes" same_bytes "$folder" "$folder-again"
    check "$name: lines are folded well" well_folded "$folder"
    check "$name: clean UTF-8" clean_utf8 "$folder"
    check "$name: the linter finds nothing" lint "$folder"
    check "$name: nobody is named" nobody_named "$folder"
    check "$name: limited-access cases are not in calendars" \
        limited_access_not_in_calendars "$folder"
    check "$name: icalendar, csv and json read them" \
        /usr/bin/python3 tests/calendars/read_back.py "$folder" "$monday"
    check "$name: khal imports and lists them" khal_week "$folder" "$monday" "$expected"
}

week "ordinary week" 2027-06-07 "2027-06-07 08:30 15:30
2027-06-12 08:30 15:30
2027-06-13 08:30 15:30"
week "clocks go forward" 2027-03-22 "2027-03-22 09:30 16:30
2027-03-27 09:30 16:30
2027-03-28 08:30 15:30"
week "clocks go back" 2027-10-25 "2027-10-25 08:30 15:30
2027-10-30 08:30 15:30
2027-10-31 09:30 16:30"

# The command, on a roster with one pinned appointment.
amends=$BUILD/amends
case=$scratch/caseload.json
jq '.appointments += [{"crn": "X100001", "event": "1", "session": "SHOP-A", "date": "2026-03-03",
    "start": "09:30", "minutes": 300, "state": "booked", "pinned": true}]' \
    examples/tiny.json >"$case" || exit 1
"$fixed" "$case" >"$scratch/roster.json" || exit 1
jq '.appointments[0].minutes = 240' "$scratch/roster.json" >"$scratch/broken.json"
jq '.appointments[0].crn = "X10001"' "$scratch/roster.json" >"$scratch/slip.json"
printf 'a secret' >"$scratch/key"

calendars_are() { [ "$(calendars "$1" | wc -l)" = "$2" ] || { calendars "$1"; return 1; }; }
absent() { [ ! -e "$1" ] || { ls -R "$1"; return 1; }; }
says() {
    local text=$1 said
    shift
    said=$("$@" 2>&1)
    [[ $said == *"$text"* ]] || { echo "$said"; return 1; }
}
same_names() { [ "$(ls "$1/calendars/people")" = "$(ls "$2/calendars/people")" ]; }
other_names() { ! same_names "$1" "$2"; }

out=$scratch/out
check "calendars: written" ends_with 0 "$amends" calendars "$case" "$scratch/roster.json" -o "$out"
check "calendars: the team, a supervisor, four projects, six people" calendars_are "$out" 12
check "calendars: well folded" well_folded "$out"
check "calendars: some only" ends_with 0 "$amends" calendars "$case" "$scratch/roster.json" \
    -o "$scratch/some" --only team,supervisors
check "calendars: the team and a supervisor" calendars_are "$scratch/some" 2
check "calendars: with a key" ends_with 0 "$amends" calendars "$case" "$scratch/roster.json" \
    -o "$scratch/keyed" --key "$scratch/key"
check "calendars: a key gives other names" other_names "$out" "$scratch/keyed"
check "calendars: with heads only" ends_with 0 "$amends" calendars "$case" \
    "$scratch/roster.json" -o "$scratch/heads" --detail count
check "calendars: another detail keeps the names" same_names "$out" "$scratch/heads"
check "calendars: a broken rule is refused" ends_with 3 "$amends" calendars "$case" \
    "$scratch/broken.json" -o "$scratch/refused"
check "calendars: and nothing is written" absent "$scratch/refused"
check "calendars: an unknown person is named with the nearest" says 'the nearest is "X100001"' \
    "$amends" calendars "$case" "$scratch/slip.json" -o "$scratch/refused"
check "calendars: nor is anything written then" absent "$scratch/refused"
check "calendars: a folder is needed" ends_with 2 "$amends" calendars "$case" \
    "$scratch/roster.json"
check "calendars: which calendars" ends_with 2 "$amends" calendars "$case" \
    "$scratch/roster.json" -o "$scratch/refused" --only team,folk
check "calendars: what detail" ends_with 2 "$amends" calendars "$case" "$scratch/roster.json" \
    -o "$scratch/refused" --detail all
check "calendars: an empty key" ends_with 1 "$amends" calendars "$case" "$scratch/roster.json" \
    -o "$scratch/refused" --key /dev/null

finish
