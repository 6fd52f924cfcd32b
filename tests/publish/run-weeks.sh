#!/usr/bin/env bash
# run-weeks.sh - twenty weeks of publishing, each with a change in its middle, over both the change
# of the clocks in spring and a supervisor who leaves and comes back. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/publish/lib.sh
F=$scratch/F
views=(--only "team,supervisors,projects,people")
day() { date -u -d "$1 $2 days" +%F; }

sizes=()
publish_week() { # publish_week NUMBER
    local monday thursday wednesday gone=()
    monday=$(day 2026-02-16 $((7 * $1)))
    thursday=$(day "$monday" -4)
    wednesday=$(day "$monday" 2)
    if [ "$1" -ge 12 ] && [ "$1" -lt 14 ]; then gone=(gone=SV2); fi
    week "week$1" "$monday" "$thursday" "${gone[@]}"
    case $(($1 % 4)) in
    0) week "mid$1" "$monday" "$wednesday" "cancel=PARK-A@$(day "$monday" 3)" "${gone[@]}" ;;
    1) week "mid$1" "$monday" "$wednesday" "lead=GARDEN-A@$(day "$monday" 4):SV1" "${gone[@]}" ;;
    2) week "mid$1" "$monday" "$wednesday" "move=GARDEN-A@$(day "$monday" 4):$(day "$monday" 5)T10:00" \
        "${gone[@]}" ;;
    3) week "mid$1" "$monday" "$wednesday" "skip=X700002@PARK-A@$(day "$monday" 3)" "${gone[@]}" ;;
    esac
    put "week$1" "$F" "${views[@]}" -q && feeds "$F" "$scratch/state" &&
        put "mid$1" "$F" "${views[@]}" -q && feeds "$F" "$scratch/state" || return 1
    if [ $(($1 % 4)) = 0 ]; then # called off, and on again
        week "again$1" "$monday" "$wednesday" "${gone[@]}"
        put "again$1" "$F" "${views[@]}" -q && feeds "$F" "$scratch/state"
    elif [ $(($1 % 4)) = 3 ]; then # the ledger is lost now and then
        rm "$F/ledger.json"
        put "mid$1" "$F" "${views[@]}" -q && feeds "$F" "$scratch/state"
    fi
}
for ((number = 0; number < 20; number++)); do
    check "week $number: SEQUENCE, stamps, UIDs, tombstones and history are right" \
        publish_week "$number"
    sizes+=("$(stat -c %s "$F/ledger.json")")
done
# Six weeks fill what is remembered; after that the ledger stays as large as it is.
bounded() {
    local most=0 size
    for size in "${sizes[@]:4:5}"; do if [ "$size" -gt $most ]; then most=$size; fi; done
    for size in "${sizes[@]:10}"; do
        [ "$size" -le $((most + most / 4)) ] || { echo "${sizes[*]}"; return 1; }
    done
}
check "the ledger does not grow for ever" bounded
some_history() { [ "$(jq '[.[][] | select(. == null)] | length' "$scratch/state")" -gt 100 ]; }
check "and many an event has come and gone" some_history

finish
