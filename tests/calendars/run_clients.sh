#!/usr/bin/env bash
# run_clients.sh - what people's programs show of our calendars, imported from files: khal, calcurse,
# and the backend of Evolution. In the weeks of the clock changes, and when a changed file is
# imported after the first one. Prints TAP.
set -u
. "$(dirname "$0")/lib.sh"
build write_events
export XDG_RUNTIME_DIR=$scratch/run
mkdir -m 700 "$XDG_RUNTIME_DIR"

# events NAME MONDAY START VALUE...: a calendar with an event for each value.
events() {
    printf '%s\0' "${@:4}" | "$BUILD/tests/calendars/write_events" "$scratch/$1" "$2" "$3"
}
file_of() { echo "$scratch/$1/calendars/supervisor-S1.ics"; }

# ---- what each shows of one week: a line an event, its start in UTC ----
khal_week() { # khal_week NAME MONDAY
    khal_with "$1" import --batch -a roster "$(file_of "$1")" >/dev/null &&
        khal_with "$1" list --day-format '' --format '{start-date} {start-time}' "$2" 7d
}
calcurse_week() {
    local day=${2:5:2}/${2:8:2}/${2:0:4}
    (
        export TZ=UTC
        calcurse -D "$scratch/calcurse-$1" -q -i "$(file_of "$1")" >/dev/null &&
            calcurse -D "$scratch/calcurse-$1" -Q --from "$day" --days 7 \
                --format-apt '%(start:%Y-%m-%d %H:%M)\n' | grep '^20'
    )
}
evolution() { # evolution NAME...: imported one after the other into a calendar of its own
    local name files=() home
    for name in "$@"; do files+=("$(file_of "$name")"); done
    home=$(mktemp -d -p "$scratch")
    HOME=$home XDG_CONFIG_HOME=$home XDG_CACHE_HOME=$home/cache XDG_DATA_HOME=$home/data \
        timeout 120 dbus-run-session -- /usr/bin/python3 tests/calendars/evolution.py \
        "${files[@]}" >"$home/said" 2>"$home/log" </dev/null || { tail -5 "$home/log"; return 1; }
    cat "$home/said" # not by a pipe: the backend's processes would hold it open
}
evolution_week() {
    evolution "$1" | sed -E 's/^(....)(..)(..)T(..)(..)00Z .*/\1-\2-\3 \4:\5/'
}

# week NAME MONDAY HOUR...: the hour (UTC) at which each day's 09:30 begins.
week() {
    local name=$1 monday=$2 expected='' day=0 hour client
    shift 2
    for hour in "$@"; do
        expected+=$(date -u -d "$monday + $day days" +%F)" $hour:30"$'\n'
        day=$((day + 1))
    done
    check "$name: written" events "$name" "$monday" 09:30 a b c d e f g
    for client in khal calcurse evolution; do
        check "$name: $client shows half past nine" is "${expected%$'\n'}" \
            "${client}_week" "$name" "$monday"
    done
}
week "clocks go forward" 2027-03-22 09 09 09 09 09 09 08
week "the week after" 2027-03-29 08 08 08 08 08 08 08
week "clocks go back" 2027-10-25 08 08 08 08 08 08 09
week "the week after that" 2027-11-01 09 09 09 09 09 09 09

# ---- a second file: all an hour later, one event gone and another new ----
import_twice() {
    khal_with twice import --batch -a roster "$(file_of first)" &&
        khal_with twice import --batch -a roster "$(file_of second)"
}
khal_shows() {
    khal_with twice list --day-format '' --format '{start-time} {title}' 2027-06-07 7d
}
check "the first file" events first 2027-06-07 09:30 a b c d e
check "the second file" events second 2027-06-07 10:30 a b c d f
# A file never takes anything away: e stays. a to d are moved, not doubled, since their UIDs are the same.
after="09:30 a (P000000): 0 people
09:30 b (P000001): 0 people
09:30 c (P000002): 0 people
09:30 d (P000003): 0 people
08:30 e (P000004): 0 people
09:30 f (P000004): 0 people"
check "khal imports both" import_twice
check "khal moved what was moved" is "$after" khal_shows
check "khal imports the second again" khal_with twice import --batch -a roster "$(file_of second)"
check "khal shows nothing twice" is "$after" khal_shows
check "Evolution's backend moved what was moved, and shows nothing twice" is \
    "20270607T093000Z a (P000000): 0 people
20270608T093000Z b (P000001): 0 people
20270609T093000Z c (P000002): 0 people
20270611T093000Z d (P000003): 0 people
20270612T083000Z e (P000004): 0 people
20270612T093000Z f (P000004): 0 people" evolution first second second
finish
