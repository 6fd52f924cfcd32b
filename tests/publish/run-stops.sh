#!/usr/bin/env bash
# run-stops.sh - a run that is killed at any moment, a full disk, two runs at once. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/publish/lib.sh
stop=$scratch/stop_at.so
"${CC:-gcc}" -shared -fPIC -O1 -o "$stop" tests/publish/stop_at.c -ldl || exit 1

week one 2026-03-02 2026-02-26
week two 2026-03-02 2026-03-03 cancel=PARK-A@2026-03-05 lead=GARDEN-A@2026-03-06:SV1
W=$scratch/W
put one "$scratch/old" >/dev/null
copy "$scratch/old" "$scratch/new"
put two "$scratch/new" >/dev/null

bytes "$scratch/old" >"$scratch/old.bytes"
bytes "$scratch/new" >"$scratch/new.bytes"
cat "$scratch/old.bytes" "$scratch/new.bytes" >"$scratch/both.bytes"

# Every file of feeds/ is one of the old or one of the new, whole; and none is missing.
old_or_new() {
    ! bytes "$1" | grep ' ./feeds/' | grep -vxFf "$scratch/both.bytes" &&
        [ "$(ls "$1/feeds")" = "$(ls "$scratch/old/feeds")" ] || { ls -l "$1/feeds"; return 1; }
}
# same FOLDER old|new
same() { bytes "$1" | diff - "$scratch/$2.bytes"; }

# at_every VARIABLE START AFTER COMMAND...: run the command with VARIABLE=1, 2, ... (or every STEP-th)
# in a copy (W) of START until it is done undisturbed, each time followed by AFTER. Leaves the number of times in a file.
at_every() {
    local variable=$1 start=$2 after=$3 status=1 times
    shift 3
    for ((times = 1; times < 2000; times += ${STEP:-1})); do
        copy "$start" "$W"
        # the shell's own word on a process that was killed is of no interest
        { (export LD_PRELOAD="$stop" "$variable=$times" && "$@"); } >"$scratch/log" 2>&1
        status=$?
        [ $status = 0 ] && break
        echo $times >"$scratch/times"
        "$after" $status >"$scratch/after" 2>&1 ||
            { echo "at call $times, which ended with $status:"; cat "$scratch/after" "$scratch/log"; return 1; }
    done
    [ $status = 0 ]
}
enough() { [ "$(cat "$scratch/times")" -gt "$1" ] || { cat "$scratch/times"; return 1; }; }

# ---- killed ----
heals() {
    [ "$1" = 137 ] && old_or_new "$W" && put two "$W" && same "$W" new &&
        [ ! -e "$W/.amends-new" ] && [ ! -e "$W/INCOMPLETE.txt" ]
}
check "killed at any moment: each feed is old or new, and the next run heals" \
    at_every STOP_AT "$scratch/old" heals put two "$W"
check "which was tried at many moments" enough 40
lost_too() { rm -f "$W/ledger.json" && heals "$1"; }
STEP=3
check "even where the ledger is lost on top" at_every STOP_AT "$scratch/old" lost_too put two "$W"

begins_again() {
    put one "$W" && [ "$("$publish" list --in "$W" | grep -c '\.ics$')" = 6 ] &&
        [ "$(ls "$W"/feeds/*.ics | wc -l)" = 6 ]
}
mkdir "$scratch/empty"
check "killed at its first time: the next run begins again" \
    at_every STOP_AT "$scratch/empty" begins_again put one "$W"
STEP=1
check "which was tried at many moments too" enough 40

# Only the old address works, or only the new one; and no other feed is touched.
one_address() {
    local live
    put one "$W" && [ "$(ls "$W"/feeds/*.ics | wc -l)" = 6 ] || return 1
    live=$(feed "$W" team)
    cmp "$live" "$(feed "$scratch/old" team)" || return 1
    for token in "$W"/revoked/*; do
        token=${token##*/}
        [ ! -e "$W/feeds/$token.ics" ] || { echo "taken back, and still there"; return 1; }
    done
    [ "$(ls "$W/revoked" | wc -l)" -le 1 ]
}
check "rotate killed at any moment leaves one address" \
    at_every STOP_AT "$scratch/old" one_address "$publish" rotate team --in "$W"
old_token=$(basename "$(feed "$scratch/old" team)" .ics)
revoked_or_not() {
    put one "$W" || return 1
    if [ -e "$W/revoked/$old_token" ]; then
        [ ! -e "$W/feeds/$old_token.ics" ] && "$publish" list team --in "$W" | grep -q revoked
    else
        cmp "$W/feeds/$old_token.ics" "$scratch/old/feeds/$old_token.ics"
    fi
}
check "revoke killed at any moment has happened or has not" \
    at_every STOP_AT "$scratch/old" revoked_or_not "$publish" revoke team --in "$W"

# ---- a full disk ----
untouched() {
    [ "$1" = 1 ] && grep -q 'No space left' "$scratch/log" && ! grep -qE '[0-9a-f]{64}' "$scratch/log" &&
        same "$W" old && put two "$W" && same "$W" new
}
check "a disk that is full at any moment: nothing changed, an error, and the next run heals" \
    at_every FULL_AT "$scratch/old" untouched put two "$W"
check "which was tried at many moments" enough 30
copy "$scratch/old" "$W"
small_files() { (ulimit -f 1 && put two "$W"); }
check "files that may not grow" says "File too large" 1 small_files
check "change nothing" same "$W" old

# ---- two at once ----
hold_lock() { # hold the lock of a folder while a command runs
    /usr/bin/python3 -c '
import fcntl, os, subprocess, sys
stage = os.path.join(sys.argv[1], ".amends-new")
os.makedirs(stage, exist_ok=True)
with open(os.path.join(stage, "lock"), "w") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
    sys.exit(subprocess.run(sys.argv[2:]).returncode)' "$@"
}
copy "$scratch/old" "$W"
check "while another run writes" says "another run is writing here" 1 hold_lock "$W" \
    "$publish" folder "$scratch/two.json" "$scratch/two.roster.json" --to "$W"
rm -rf "$W/.amends-new"
check "nothing changes" same "$W" old
check "nor is an address rotated" says "another run is writing here" 1 hold_lock "$W" \
    "$publish" rotate team --in "$W"
many() {
    local jobs=() job
    copy "$scratch/old" "$W"
    for _ in 1 2 3 4 5 6; do
        put two "$W" &
        jobs+=($!)
    done
    for job in "${jobs[@]}"; do wait "$job"; done
    put two "$W" && same "$W" new
}
check "many runs at once end in one state" many

finish
