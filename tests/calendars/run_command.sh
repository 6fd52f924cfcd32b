#!/usr/bin/env bash
# run_command.sh - amends calendars as people use it: what its options do, what it refuses, what it
# never tells, and that it leaves nothing half-written. Prints TAP.
set -u
. "$(dirname "$0")/lib.sh"
make -s "$BUILD/amends" >/dev/null || exit 1
amends=$BUILD/amends

# A caseload full of what no calendar may hold.
private='Quillfeather|Inkpen|Locke|oncology|1979-05-17|07700 900123|burglary|schizo|Hawthorn|11940'
jq '.people[0].name = "Wilhelmina Quillfeather" | .people[1].name = "Bartholomew Inkpen"
    | .people[1] += {limited_access: true} | .people[2].name = "Seraphina Locke"
    | .people[] += {"x-born": "1979-05-17", "x-phone": "07700 900123", "x-offence": "burglary",
        "x-health": "schizo", unavailable: [{from: "2026-03-08", to: "2026-03-08", reason: "oncology"}]}
    | .people[].orders[0].ordered_minutes = 11940
    | .places[0].name = "14 Hawthorn Close" | .places[1].name = "2 Hawthorn Close"
    | .places[2].name = "3 Hawthorn Close"' examples/tiny.json >"$scratch/case.json" || exit 1
"$amends" roster -q "$scratch/case.json" -o "$scratch/made" || exit 1
roster=$scratch/made/roster.json
write() { "$amends" calendars "$scratch/case.json" "$roster" -o "$scratch/$1" "${@:2}"; }
unfolded() { find "$scratch/$1" -type f -print0 | xargs -0 cat | sed -z 's/\r\n //g'; }
# A limited-access case that is booked, for what follows to mean anything.
limited_is_booked() { jq -e '.appointments[] | select(.crn == "X100002")' "$roster"; }
holds() { unfolded "$1" | grep -qE "$2" || { echo "$2 is not in $1"; return 1; }; }
lacks() { ! unfolded "$1" | grep -nE "$2"; }
no_file_name_holds() { ! find "$scratch/$1" | sed "s|^$scratch||" | grep -E "$2"; }

check "a limited-access case is booked" limited_is_booked

for detail in count crn names; do
    check "$detail: written" write "$detail" --detail "$detail" --registers
    check "$detail: the linter finds nothing" lint "$scratch/$detail"
    check "$detail: nothing private in team and projects" bash -c "
        cat $scratch/$detail/calendars/{team,project-*}.ics | sed -z 's/\r\n //g' |
        grep -nE '$private|X1000' && exit 1 || exit 0"
    check "$detail: nothing private in people's own calendars" \
        lacks "$detail/calendars/people" "$private|X1000|SV1|INDUCT|PARK|SHOP|SKILLS|Payback"
    check "$detail: no CRN of a limited-access case in any calendar" \
        lacks "$detail/calendars" 'X100002'
    check "$detail: no file is named after a person" no_file_name_holds "$detail" "$private|X1000"
done
check "count: nothing private anywhere" lacks count/calendars "$private|X1000"
check "count: none on the sign-in sheets either" lacks count/registers "$private|X1000"
check "crn: by CRN in supervisors' calendars" holds crn/calendars 'X100001|X100003'
check "crn: no name, nor anything else private, anywhere" lacks crn "$private"
check "crn: limited-access cases by CRN on the sheets" holds crn/registers 'X100002'
check "names: names in supervisors' calendars" holds names/calendars 'Quillfeather|Locke'
check "names: names on the sheets" holds names/registers 'Quillfeather|Locke'
check "names: a limited-access case is never named" lacks names 'Inkpen'
check "names: nothing else private" lacks names 'oncology|1979|07700|burglary|schizo|Hawthorn|11940'

# ---- options ----
check "an alarm" write alarm --alarm 60
check "an alarm: one an event" lint "$scratch/alarm" --alarm 60
check "an alarm at the start" write start --alarm 0
check "an alarm at the start: one an event" lint "$scratch/start" --alarm 0
for bad in '' -5 1h 60.5 10081 ' 60' 99999999999999999999; do
    check "an alarm of \"$bad\" is refused" ends_with 2 write refused --alarm "$bad"
done
check "METHOD:PUBLISH" write published --method publish --organizer payback.roster@example.org
check "METHOD:PUBLISH: an ORGANIZER an event" lint "$scratch/published" --published
check "METHOD:PUBLISH without an ORGANIZER is refused" ends_with 2 write refused --method publish
check "an ORGANIZER without METHOD is refused" ends_with 2 write refused \
    --organizer roster@example.org
check "another METHOD is refused" ends_with 2 write refused --method request \
    --organizer roster@example.org
check "an ORGANIZER that is no address is refused" ends_with 2 write refused --method publish \
    --organizer $'a@example.org\r\nATTENDEE:mailto:b@example.org'

# ---- what is refused ----
jq '.x = 1 | del(.x) | .["x-changed"] = true' "$scratch/case.json" >"$scratch/other.json"
jq '.appointments[0].minutes = 240' "$roster" >"$scratch/broken.json"
mkdir "$scratch/file" && : >"$scratch/file/calendars"
check "a roster of another caseload is refused" ends_with 1 "$amends" calendars \
    "$scratch/other.json" "$roster" -o "$scratch/refused"
check "a roster that breaks a rule is refused" ends_with 3 "$amends" calendars \
    "$scratch/case.json" "$scratch/broken.json" -o "$scratch/refused"
check "no roster at all is refused" ends_with 1 "$amends" calendars "$scratch/case.json" \
    "$scratch/case.json" -o "$scratch/refused"
check "a folder that is none is refused" ends_with 1 write file/calendars
check "nothing was written by any of these" test ! -e "$scratch/refused"
check "a file where calendars/ belongs is refused" ends_with 1 write file
check "and is still there" test -f "$scratch/file/calendars"
full_disk() (
    ulimit -f 2 # blocks of 1,024 bytes
    write full --registers
)
check "a full disk is an error" ends_with 1 full_disk
check "a full disk leaves nothing half-written" is "" find "$scratch/full" -type f
somebody_elses() {
    mkdir -p "$scratch/theirs/calendars" "$scratch/theirs/registers"
    echo theirs | tee "$scratch/theirs/calendars/holidays.ics" >"$scratch/theirs/registers/a.html"
    write theirs --registers && grep -q theirs "$scratch/theirs/calendars/holidays.ics" &&
        grep -q theirs "$scratch/theirs/registers/a.html"
}
check "somebody else's files in the folder stay" somebody_elses

# ---- the same bytes; memory; a kill ----
check "the same again" write again --detail crn --registers
check "gives the same bytes" diff -r "$scratch/crn" "$scratch/again"
check "valgrind finds nothing" valgrind -q --leak-check=full --error-exitcode=9 \
    --errors-for-leak-kinds=definite,indirect "$amends" calendars "$scratch/case.json" "$roster" \
    -o "$scratch/valgrind" --registers --alarm 60 --method publish --organizer a@example.org
# From one detail to the other and back until killed: whole files, of one run or with the note.
killed() {
    local pid pause
    write killed --detail crn || return 1
    for pause in 0.001 0.004 0.008 0.012 0.016 0.02 0.03 0.04 0.06 0.08; do
        set -m # a process group of its own, to be killed whole
        (while :; do write killed --detail names; write killed --detail crn; done) &
        pid=$!
        set +m
        sleep $pause
        kill -KILL -- -$pid
        wait $pid 2>/dev/null
        lint "$scratch/killed" || return 1
    done
    for _ in {1..50}; do # what was killed may hold its lock a moment longer
        write killed --detail crn && break
        sleep 0.1
    done
    diff -r "$scratch/killed/calendars" "$scratch/crn/calendars"
}
check "a kill at any moment leaves whole calendars, and the next run heals" killed
finish
